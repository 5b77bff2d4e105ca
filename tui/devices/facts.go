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

// needs names links of the return chain: "nakijken, wissen".
func needs(s *shell.Session, missing []loans.State) string {
	names := map[loans.State]words.Key{loans.ToCheck: words.DeviceNeedCheck, loans.ToWipe: words.DeviceNeedWipe, loans.InStock: words.DeviceNeedTest}
	all := make([]string, len(missing))
	for i, state := range missing {
		all[i] = s.T(names[state])
	}
	return strings.Join(all, ", ")
}

// lines is the whole page.
func (p Page) lines() []string {
	head := p.f.Called()
	if p.f.Name != "" {
		head += "   " + p.f.Number.Show()
	}
	lines := append([]string{p.Headline(head)}, p.standing()...)
	lines = append(append(lines, ""), p.now()...)
	lines = append(append(lines, ""), p.what()...)
	lines = append(append(lines, ""), p.costs()...)
	return append(lines, p.events()...)
}

// standing says how the device stands, and what is missing before it can be lent.
func (p Page) standing() []string {
	state, missing := stands(p.Page, p.f.Device), p.f.State.Missing()
	text := p.S.T(words.DeviceStands, "state", state)
	if len(missing) > 0 {
		text = p.S.T(words.DeviceStandsMissing, "state", state, "what", needs(p.S, missing))
	}
	var lines []string
	for _, line := range p.Paragraphs(text) {
		lines = append(lines, p.S.Theme().Strong.Render(line))
	}
	return lines
}

// now is who has the device, who comes next, who had it.
func (p Page) now() []string {
	var facts []page.Fact
	if l := p.f.Loan; l != nil {
		text := p.S.T(words.DeviceLentTo, "name", l.Borrower, "day", p.Day(l.DueOn))
		if late := l.LateOn(data.DayOf(p.S.Now())); late > 0 {
			text = p.S.T(words.DeviceLentLate, "name", l.Borrower, "day", p.Day(l.DueOn), "n", late)
		}
		facts = append(facts, page.Named(words.DeviceLoan, text))
	}
	next := p.S.T(words.DeviceNobody)
	if b := p.f.Next; b != nil {
		next = p.S.T(words.DeviceBooked, "name", b.Borrower, "from", p.Day(b.From), "to", p.Day(b.To), "number", b.Number.Show())
	}
	facts = append(facts, page.Named(words.DeviceNext, next))
	if len(p.f.Past) > 0 {
		facts = append(facts, page.Named(words.DevicePast, p.past(p.f.Past[0])))
	}
	return p.Facts(facts...)
}

// past tells about a loan that ended.
func (p Page) past(l loans.Loan) string {
	who := l.Borrower
	if who == "" {
		who = p.S.T(words.DeviceUnlinked)
	}
	text := p.S.T(words.DeviceLentFromTo, "name", who, "from", p.Day(l.LentOn), "to", p.Day(l.EndedOn))
	for _, more := range []struct {
		is  bool
		say func() string
	}{
		{l.Ended == loans.GotLost || l.Ended == loans.WasStolen, func() string { return p.S.T(words.LoanState(string(l.Ended))) }},
		{len(l.Missing) > 0, func() string { return p.S.T(words.DeviceWasMissing, "what", strings.Join(l.Missing, ", ")) }},
		{l.BackCondition != "", func() string { return l.BackCondition }},
	} {
		if more.is {
			text += "; " + more.say()
		}
	}
	return text
}

// what is what is known of the device itself.
func (p Page) what() []string {
	d := p.f.Device
	facts := []page.Fact{
		page.Named(words.DeviceColType, d.Type),
		page.Named(words.DeviceAccessories, orDash(strings.Join(p.accessories(d.Accessories), ", "))),
		page.Named(words.DeviceColLocation, p.f.location),
		page.Named(words.DeviceOwner, p.f.owner),
		page.Named(words.DeviceSerial, orDash(d.Serial)),
		page.Named(words.DeviceBought, p.bought()),
		worthFact(p.S, d),
		page.Named(words.DeviceGuarantee, p.guarantee()),
	}
	if p.f.Kit != "" {
		facts = append(facts, page.Named(words.DeviceKit, p.f.Kit))
	}
	if d.Note != "" {
		facts = append(facts, page.Named(words.DeviceNote, d.Note))
	}
	return p.Facts(facts...)
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// accessories writes accessories with what they cost.
func (p Page) accessories(all []loans.Accessory) []string {
	texts := make([]string, len(all))
	for i, a := range all {
		texts[i] = a.Name
		if a.Cents > 0 {
			texts[i] = a.Name + " (" + words.Money(p.S.Lang(), a.Cents) + ")"
		}
	}
	return texts
}

func (p Page) bought() string {
	var all []string
	if p.f.BoughtOn != "" {
		all = append(all, p.Day(p.f.BoughtOn))
	}
	if p.f.PriceCents > 0 {
		all = append(all, words.Money(p.S.Lang(), p.f.PriceCents))
	}
	return orDash(strings.Join(all, ", "))
}

// worthFact is what a device is worth today, which is what damage or loss may cost at most.
func worthFact(s *shell.Session, d loans.Device) page.Fact {
	text := s.T(words.DeviceWorthUnknown)
	if worth, known := d.WorthOn(today(s)); known {
		text = s.T(words.DeviceWorthNow, "amount", words.Money(s.Lang(), worth), "years", loans.WorthYears)
	}
	return page.Named(words.DeviceWorth, text)
}

// guarantee says until when it lasts, or since when it is over.
func (p Page) guarantee() string {
	switch until := p.f.GuaranteeUntil; {
	case until == "":
		return "-"
	case until < data.DayOf(p.S.Now()):
		return p.S.T(words.DeviceGuaranteeOver, "day", p.Day(until))
	default:
		return p.S.T(words.DeviceGuaranteeUntil, "day", p.Day(until))
	}
}

// section is the title of a part of the page, with a rule of its own.
func (p Page) section(title string) string {
	return p.S.Theme().Title.Render(parts.Cut(parts.Plain(title), p.W))
}

// costs lists what the upkeep cost, the newest first, with the sum.
func (p Page) costs() []string {
	if len(p.f.Costs) == 0 {
		return nil
	}
	var sum int64
	var facts []page.Fact
	for _, c := range slices.Backward(p.f.Costs) {
		sum += c.Cents
		facts = append(facts, page.Named(words.Key(p.Day(c.On)), p.S.T(words.DeviceCostLine, "what", c.What, "amount", words.Money(p.S.Lang(), c.Cents), "by", c.Actor)))
	}
	lines := append([]string{p.section(p.S.T(words.DeviceCosts, "amount", words.Money(p.S.Lang(), sum)))}, p.Facts(facts...)...)
	return append(lines, "")
}

// events tells the device's life, the newest first.
func (p Page) events() []string {
	var facts []page.Fact
	for _, e := range slices.Backward(p.f.Events) {
		facts = append(facts, page.Named(words.Key(p.Moment(e.At)), p.event(e)))
	}
	return append([]string{p.section(p.S.T(words.DeviceHistory))}, p.Facts(facts...)...)
}

// event tells what happened: the state that the device came in, how that is known, and who did it.
func (p Page) event(e loans.Event) string {
	text := p.S.T(words.LoanState(string(e.To)))
	if e.From == "" {
		text = p.S.T(words.DeviceAdded)
	}
	all := []string{text}
	if e.Proof.Method != "" {
		all = append(all, p.S.T(words.DeviceWipedBy, "how", e.Proof.Method))
	}
	if e.Proof.Tested {
		all = append(all, p.S.T(words.DeviceTested))
	}
	if e.Proof.Report != "" {
		all = append(all, p.S.T(words.DeviceReport, "number", e.Proof.Report))
	}
	if len(e.Proof.Missing) > 0 {
		all = append(all, p.S.T(words.DeviceWasMissing, "what", strings.Join(e.Proof.Missing, ", ")))
	}
	if e.Proof.Note != "" {
		all = append(all, e.Proof.Note)
	}
	return strings.Join(all, "; ") + " (" + e.Actor + ")"
}
