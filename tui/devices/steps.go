package devices

import (
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// maxNote is how many characters a note takes; maxName how many a name.
const (
	maxNote = 500
	maxName = 80
)

// about opens a form about a device, as it stands when the form opens.
func (d Desk) about(s *shell.Session, id string, title words.Key, brief func(file) (page.Brief, error)) shell.Screen {
	return page.NewTask(s, title, words.DeviceSaving, func() (page.Brief, error) {
		f, err := d.file(s, id)
		if err != nil {
			return page.Brief{}, err
		}
		b, err := brief(f)
		b.Title = s.T(title) + ": " + f.Called()
		return b, err
	})
}

// move takes the device of a file further, and tells it.
func (d Desk) move(s *shell.Session, f file, to loans.State, p loans.Proof) (page.Outcome, error) {
	err := d.Store.Move(s.Ctx, s.Who.Actor(), f.ID, to, p)
	return page.Outcome{Said: words.DeviceMoved, Args: []any{"name", f.Called(), "state", s.T(words.LoanState(string(to)))}}, err
}

func noteField(label, hint words.Key) parts.Field {
	return parts.Field{Name: "note", Label: label, Hint: hint, Max: maxNote}
}

// newCheck compares what came back with what was handed over.
func newCheck(s *shell.Session, d Desk, id string) shell.Screen {
	return d.about(s, id, words.DeviceCheckTitle, func(f file) (page.Brief, error) {
		p := page.Still(s)
		b := page.Brief{Lead: words.DeviceCheckLead}
		given, missing, condition := f.Accessories, []string(nil), ""
		if len(f.Past) > 0 {
			l := f.Past[0]
			given, missing, condition = l.Accessories, l.Missing, l.BackCondition
			who := l.Borrower
			if who == "" {
				who = s.T(words.DeviceUnlinked)
			}
			b.Head = []page.Fact{
				page.Named(words.DeviceWasWith, s.T(words.DeviceLentFromTo, "name", who, "from", p.Day(l.LentOn), "to", p.Day(l.EndedOn))),
				page.Named(words.DeviceWentOut, orNothing(s, l.Condition)),
				page.Named(words.DeviceCameBack, orNothing(s, l.BackCondition)),
			}
		}
		b.Body = checkBody(s, given, missing, condition)
		b.Do = func(form parts.Form) (page.Outcome, error) { return d.inspect(s, f, given, form) }
		return b, nil
	})
}

func orNothing(s *shell.Session, text string) string {
	if text == "" {
		return s.T(words.DeviceNothingNoted)
	}
	return text
}

// What is done after a device was checked.
const (
	toWipe   = "wipe"
	toRepair = "repair"
)

// checkBody asks what is there of what was handed over, and how the device is.
func checkBody(s *shell.Session, given []loans.Accessory, missing []string, condition string) parts.Form {
	there := parts.Field{Name: "present", Label: words.DevicePresent, Hint: words.DevicePresentHint, Kind: parts.Many}
	var ticked []string
	for _, a := range given {
		label, gone := s.T(words.DeviceHandedBack, "name", a.Name), slices.Contains(missing, a.Name)
		switch {
		case gone && a.Cents > 0:
			label = s.T(words.DeviceHandedMissingCost, "name", a.Name, "amount", words.Money(s.Lang(), a.Cents))
		case gone:
			label = s.T(words.DeviceHandedMissing, "name", a.Name)
		}
		there.Options = append(there.Options, parts.Option{Value: a.Name, Label: label})
		if !gone {
			ticked = append(ticked, a.Name)
		}
	}
	there.Value = strings.Join(ticked, "\n")
	fields := []parts.Field{
		{Name: "condition", Label: words.DeviceCondition, Hint: words.DeviceConditionHint, Max: maxNote, Value: condition},
		{Name: "next", Label: words.DeviceThen, Kind: parts.Choice, Need: true, Options: []parts.Option{
			{Value: toWipe, Label: s.T(words.DeviceThenWipe)}, {Value: toRepair, Label: s.T(words.DeviceThenRepair)}}},
	}
	if len(there.Options) > 0 {
		fields = slices.Insert(fields, 0, there)
	}
	return parts.NewForm(words.DeviceCheckSave, fields...)
}

func (d Desk) inspect(s *shell.Session, f file, given []loans.Accessory, form parts.Form) (page.Outcome, error) {
	ask := loans.InspectAsk{Device: f.ID, Condition: form.Value("condition"), Repair: form.Value("next") == toRepair}
	here := form.Values("present")
	for _, a := range given {
		if !slices.Contains(here, a.Name) {
			ask.Missing = append(ask.Missing, a.Name)
		}
	}
	charged, err := d.Store.Inspect(s.Ctx, s.Who.Actor(), ask)
	if err != nil {
		return page.Outcome{}, err
	}
	state := loans.ToWipe
	if ask.Repair {
		state = loans.Repair
	}
	out := page.Outcome{Said: words.DeviceMoved, Args: []any{"name", f.Called(), "state", s.T(words.LoanState(string(state)))}}
	if charged > 0 {
		out.Said, out.Warn = words.DeviceCharged, true
		out.Args = append(out.Args, "amount", words.Money(s.Lang(), charged), "what", strings.Join(ask.Missing, ", "), "who", f.Past[0].Borrower)
	}
	if ask.Repair {
		out.Next = newExpect(s, d, f.ID)
	}
	return out, nil
}

// wipes are the usual ways to wipe a device; what is chosen is written down in words.
func wipes() []words.Key {
	return []words.Key{words.DeviceWipeReset, words.DeviceWipeImage, words.DeviceWipeDisk, words.DeviceWipeFactory, words.DeviceWipeOther}
}

// newWipe writes down how the device was wiped. It proposes what was done the last time.
func newWipe(s *shell.Session, d Desk, id string) shell.Screen {
	return d.about(s, id, words.DeviceWipeTitle, func(f file) (page.Brief, error) {
		how := parts.Field{Name: "how", Label: words.DeviceWipeHow, Kind: parts.Choice, Need: true}
		for _, k := range wipes() {
			how.Options = append(how.Options, parts.Option{Value: string(k), Label: s.T(k)})
		}
		for _, e := range f.Events {
			for _, k := range wipes() {
				if strings.HasPrefix(e.Proof.Method, s.T(k)) {
					how.Value = string(k)
				}
			}
		}
		return page.Brief{Lead: words.DeviceWipeLead,
			Head: []page.Fact{page.Named(words.DeviceBy, s.Who.Name+", "+page.Still(s).Moment(s.Now()))},
			Body: parts.NewForm(words.DeviceWipeSave, how, parts.Field{Name: "method", Label: words.DeviceWipeMore, Hint: words.DeviceWipeMoreHint, Max: 200}),
			Do:   func(form parts.Form) (page.Outcome, error) { return d.wiped(s, f, form) }}, nil
	})
}

func (d Desk) wiped(s *shell.Session, f file, form parts.Form) (page.Outcome, error) {
	how, more := words.Key(form.Value("how")), form.Value("method")
	method := s.T(how)
	switch {
	case how == words.DeviceWipeOther:
		method = more
	case more != "":
		method += ": " + more
	}
	return d.move(s, f, loans.InStock, loans.Proof{Method: method})
}

// Ticks of a test.
const (
	tickCharged = "charged"
	tickWorks   = "works"
)

// newTest makes a device ready once it was charged and tested.
func newTest(s *shell.Session, d Desk, id string) shell.Screen {
	return d.about(s, id, words.DeviceTestTitle, func(f file) (page.Brief, error) {
		var names []string
		for _, a := range f.Accessories {
			names = append(names, a.Name)
		}
		ticks := parts.Field{Name: "tested", Label: words.DeviceTicks, Hint: words.DeviceTicksHint, Kind: parts.Many, Options: []parts.Option{
			{Value: tickCharged, Label: s.T(words.DeviceTickCharged)}, {Value: tickWorks, Label: s.T(words.DeviceTickWorks)}}}
		return page.Brief{Lead: words.DeviceTestLead, Head: []page.Fact{page.Named(words.DeviceAccessories, orDash(strings.Join(names, ", ")))},
			Body: parts.NewForm(words.DeviceTestSave, ticks, noteField(words.DeviceNote, "")),
			Do: func(form parts.Form) (page.Outcome, error) {
				return d.move(s, f, loans.Ready, loans.Proof{Tested: len(form.Values("tested")) == len(ticks.Options), Note: form.Value("note")})
			}}, nil
	})
}

// newStepBack takes a device one step back: one that is ready to be tested anew, one in stock to be wiped anew.
func newStepBack(s *shell.Session, d Desk, id string) shell.Screen {
	return d.about(s, id, words.DeviceBackTitle, func(f file) (page.Brief, error) {
		to, lead := loans.InStock, words.DeviceBackTest
		if f.State == loans.InStock {
			to, lead = loans.ToWipe, words.DeviceBackWipe
		}
		return page.Brief{Lead: lead, Body: parts.NewForm(words.DeviceBackSave, noteField(words.DeviceWhy, "")),
			Do: func(form parts.Form) (page.Outcome, error) {
				return d.move(s, f, to, loans.Proof{Note: form.Value("note")})
			}}, nil
	})
}

// today is the day in Brussels.
func today(s *shell.Session) string { return data.DayOf(s.Now()) }
