package courserooms

import (
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// trainerForm adds a trainer, or changes the one with that id.
func (d desk) trainerForm(id string) shell.Screen {
	title := words.CourseroomsChangeTrainer
	if id == "" {
		title = words.CourseroomsNewTrainerTitle
	}
	return page.NewTask(d.S, title, words.CourseroomsSaving, func() (page.Brief, error) {
		was := courses.Trainer{Kind: courses.TrainerVolunteer}
		b := page.Brief{Title: d.S.T(title), Lead: words.CourseroomsTrainerLead}
		if id != "" {
			found, err := d.readTrainer(id)
			if err != nil {
				return page.Brief{}, err
			}
			was = found.Trainer
			b.Title = was.Name
		}
		b.Body = parts.NewForm(words.CourseroomsSave, d.trainerFields(was)...)
		b.Do = func(form parts.Form) (page.Outcome, error) {
			now, err := filled(was, form)
			switch {
			case err != nil:
				return page.Outcome{}, err
			case id != "":
				return d.saveTrainer(was, now)
			}
			added, err := d.Store.PutTrainer(d.S.Ctx, d.By(), now)
			return page.Outcome{Said: words.CourseroomsSaved, Args: []any{"name", added.Name}, Next: d.trainer(added.ID)}, err
		}
		return b, nil
	})
}

func (d desk) trainerFields(was courses.Trainer) []parts.Field {
	kind := parts.Field{Name: "kind", Label: words.CourseroomsKind, Kind: parts.Choice, Need: true, Value: string(was.Kind)}
	for _, k := range courses.TrainerKinds() {
		kind.Options = append(kind.Options, parts.Option{Value: string(k), Label: d.S.T(words.TrainerKind(string(k)))})
	}
	allowance := ""
	if was.AllowanceCents > 0 {
		allowance = strings.TrimPrefix(words.Money(words.NL, was.AllowanceCents), "€ ")
	}
	return append([]parts.Field{
		{Name: "name", Label: words.CourseroomsName, Need: true, Max: 80, Value: was.Name},
		kind,
		{Name: "phone", Label: words.CourseroomsPhone, Digits: true, Max: 40, Value: was.Phone},
		{Name: "mail", Label: words.CourseroomsMail, Max: 80, Value: was.Mail},
		{Name: "allowance", Label: words.CourseroomsAllowance, Hint: words.CourseroomsAllowanceHint, Digits: true, Max: 12, Value: allowance,
			Check: func(text string) error { _, err := data.ParseEuro(text); return err }},
		number("travel", words.CourseroomsTravelOwn, words.CourseroomsTravelHint, was.TravelMinutes, mostTravel),
		{Name: "ended", Label: words.CourseroomsLastDay, Hint: words.CourseroomsLastDayHint, Kind: parts.Day, Value: was.EndedOn},
	}, d.weekFields(was.Windows)...)
}

// filled is a trainer with what was typed.
func filled(t courses.Trainer, form parts.Form) (courses.Trainer, error) {
	t.Name, t.Kind, t.Phone, t.Mail = form.Value("name"), courses.TrainerKind(form.Value("kind")), form.Value("phone"), form.Value("mail")
	t.TravelMinutes, t.EndedOn = whole(form.Value("travel")), form.Value("ended")
	t.AllowanceCents = 0
	if text := form.Value("allowance"); text != "" {
		cents, err := data.ParseEuro(text)
		if err != nil {
			return t, err
		}
		t.AllowanceCents = cents
	}
	week, err := readWeek(form)
	t.Windows = week
	return t, err
}

// mostFound is how many colleagues a search shows.
const mostFound = 30

// link is the key that says which colleague a trainer is, or takes that away.
func (d desk) link(t teacher) page.Way {
	if t.PersonID == "" {
		return page.Way{Key: d.Letter("k", words.CourseroomsLink), Open: func() shell.Screen { return d.finder(t.Trainer) }}
	}
	return page.Way{Key: d.Letter("k", words.CourseroomsUnlink), Doing: words.CourseroomsSaving,
		Ask: page.Question{Ask: words.CourseroomsUnlinkAsk, Yes: words.CourseroomsUnlinkYes, Args: []any{"name", t.Name, "colleague", t.colleague}},
		Do: func() (page.Outcome, error) {
			now := t.Trainer
			now.PersonID = ""
			return d.saveTrainer(t.Trainer, now)
		}}
}

// finder finds the colleague that a trainer is.
func (d desk) finder(t courses.Trainer) shell.Screen {
	return page.NewFinder(d.S, words.CourseroomsFinding, []parts.Column{{Title: words.CourseroomsName, Min: 20, Grow: 1}, {Title: words.CourseroomsService, Min: 20, Grow: 1}},
		page.Finding[courses.Colleague]{Title: words.CourseroomsLinkTitle, Lead: words.CourseroomsLinkLead, None: words.CourseroomsNobody, NoCode: words.CourseroomsNobody, Chooses: words.CourseroomsLink,
			Search: func(typed string) ([]courses.Colleague, error) {
				return d.Store.Colleagues(d.S.Ctx, d.By(), typed, mostFound)
			},
			IsCode: func(string) bool { return false },
			Row: func(c courses.Colleague) parts.Row {
				return parts.Row{ID: c.PersonID, Cells: []string{c.Name, c.Services}}
			},
			Open: func(c courses.Colleague) tea.Cmd { return shell.Replace(d.linkForm(t, c)) }})
}

// linkForm asks whether a trainer is a colleague: who is, reads and marks the own lessons with the own account.
func (d desk) linkForm(t courses.Trainer, c courses.Colleague) shell.Screen {
	return page.NewTask(d.S, words.CourseroomsLinkTitle, words.CourseroomsSaving, func() (page.Brief, error) {
		return page.Brief{Lead: words.CourseroomsLinkAsk, Head: []page.Fact{page.Named(words.CourseroomsTrainer, t.Name), page.Named(words.CourseroomsColleague, c.Name+", "+c.Services)},
			Body: parts.NewForm(words.CourseroomsLinkDo),
			Do: func(parts.Form) (page.Outcome, error) {
				now := t
				now.PersonID = c.PersonID
				return d.saveTrainer(t, now)
			}}, nil
	})
}
