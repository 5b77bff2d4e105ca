package activities

import (
	"slices"
	"strings"

	"digibrug/courses/activity"
	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// mostFound is how many children a search shows.
const mostFound = 50

// enrol writes a child down and gives it places. from fills the form in, for a brother or sister: its name stays open.
// ticked is the half-day that is chosen already, or several with a line feed between.
func (d desk) enrol(id, ticked string, from activity.Child) shell.Screen {
	return page.NewTask(d.S, words.ActivityEnrolTitle, words.ActivityEnrolling, func() (b page.Brief, err error) {
		halves, err := d.choices(id, ticked)
		if err != nil {
			return b, err
		}
		return page.Brief{Lead: words.ActivityEnrolLead, Body: parts.NewForm(words.ActivityDoEnrol, append(childFields(d, from), halves)...),
			Do: func(f parts.Form) (o page.Outcome, err error) {
				child, err := childIn(f)
				if err != nil {
					return o, err
				}
				all, err := d.Store.Enrol(d.ctx(), d.By(), activity.Ask{Child: child, HalfDays: f.Values("half_days")})
				return d.enrolled(id, all), err
			}}, nil
	})
}

// childFields ask what the door needs of a child, and nothing else.
func childFields(d desk, c activity.Child) []parts.Field {
	alone := "no"
	if c.Alone {
		alone = "yes"
	}
	return []parts.Field{
		{Name: "given", Label: words.ActivityGiven, Need: true, Max: 80, Value: c.Given},
		{Name: "family", Label: words.ActivityFamily, Need: true, Max: 80, Value: c.Family},
		{Name: "born", Label: words.ActivityBorn, Hint: words.ActivityBornHint, Need: true, Max: 10, Digits: true, Value: bornShown(c.Born), Check: func(text string) error {
			_, err := activity.ParseBorn(text)
			return err
		}},
		{Name: "guardian", Label: words.ActivityGuardian, Need: true, Max: 80, Value: c.Guardian},
		{Name: "phone", Label: words.ActivityPhone, Need: true, Max: 40, Digits: true, Value: c.Phone},
		{Name: "second", Label: words.ActivitySecond, Hint: words.ActivitySecondHint, Max: 120, Value: c.Second},
		{Name: "fetchers", Label: words.ActivityFetchers, Hint: words.ActivityFetchersHint, Max: 120, Value: c.Fetchers},
		{Name: "alone", Label: words.ActivityMayAlone, Kind: parts.Choice, Need: true, Value: alone,
			Options: []parts.Option{{Value: "no", Label: d.S.T(words.ActivityNo)}, {Value: "yes", Label: d.S.T(words.ActivityYes)}}},
		{Name: "note", Label: words.ActivityNote, Hint: words.ActivityNoteHint, Max: activity.NoteLimit, Value: c.Note},
	}
}

// bornShown is a year of birth, or a month of one, as people type it: "2019", "5/2019".
func bornShown(born string) string {
	year, month, is := strings.Cut(born, "-")
	if !is {
		return born
	}
	return strings.TrimPrefix(month, "0") + "/" + year
}

// childIn reads the child out of a form.
func childIn(f parts.Form) (c activity.Child, err error) {
	c = activity.Child{Given: f.Value("given"), Family: f.Value("family"), Guardian: f.Value("guardian"), Phone: f.Value("phone"), Second: f.Value("second"),
		Fetchers: f.Value("fetchers"), Alone: f.Value("alone") == "yes", Note: f.Value("note")}
	c.Born, err = activity.ParseBorn(f.Value("born"))
	return c, err
}

// choices are the half-days that a child can still come to, with how many places are free.
func (d desk) choices(id, ticked string) (parts.Field, error) {
	f := parts.Field{Name: "half_days", Label: words.ActivityHalves, Kind: parts.Many, Need: true, Value: ticked}
	_, halves, err := d.Store.Activity(d.ctx(), d.By(), id)
	for _, h := range halves {
		if h.Cancelled == "" && !h.Over(d.S.Now()) {
			f.Options = append(f.Options, parts.Option{Value: h.ID, Label: d.short(h) + ": " + d.openFor(h)})
		}
	}
	return f, err
}

// openFor says what a child that asks now gets.
func (d desk) openFor(h activity.HalfDay) string {
	if h.Free() > 0 && h.Waiting == 0 {
		return d.S.T(words.ActivityFreeN, "n", h.Free())
	}
	return d.S.T(words.ActivityFullWait, "n", h.Waiting+1)
}

// enrolled tells where a child has a place, and where it waits.
func (d desk) enrolled(id string, all []activity.Place) page.Outcome {
	if len(all) == 0 {
		return page.Outcome{}
	}
	child, in := all[0].Child, 0
	var waits []string
	for _, p := range all {
		if p.State == activity.Booked {
			in++
		} else {
			waits = append(waits, d.S.T(words.ActivityTurn, "half", d.short(p.HalfDay), "n", p.Turn))
		}
	}
	o := page.Outcome{Said: words.ActivityEnrolled, Args: []any{"child", child.Name(), "n", in}, Next: d.card(id, child.ID)}
	switch {
	case len(waits) > 0 && in == 0:
		o.Said, o.Args, o.Warn = words.ActivityOnlyWaits, []any{"child", child.Name(), "waits", strings.Join(waits, "; ")}, true
	case len(waits) > 0:
		o.Said, o.Args, o.Warn = words.ActivityEnrolledWaits, []any{"child", child.Name(), "n", in, "waits", strings.Join(waits, "; ")}, true
	}
	return o
}

// known finds a child that came before, so that nothing is typed twice.
func (d desk) known(id, ticked string) shell.Screen {
	columns := []parts.Column{{Title: words.ActivityColChild, Min: 18, Grow: 2}, {Title: words.ActivityGuardian, Min: 16, Grow: 1}, {Title: words.ActivityPhone, Min: 14}}
	return page.NewFinder(d.S, words.ActivitySearching, columns, page.Finding[activity.Child]{
		Title: words.ActivityKnownTitle, Lead: words.ActivityKnownLead, None: words.ActivityKnownNone, Chooses: words.ActivityChoose,
		Search: func(typed string) ([]activity.Child, error) {
			if typed == "" {
				return nil, nil
			}
			return d.Store.Children(d.ctx(), d.By(), typed, mostFound)
		},
		IsCode: func(string) bool { return false },
		Row: func(c activity.Child) parts.Row {
			return parts.Row{ID: c.ID, Cells: []string{c.Name(), c.Guardian, c.Phone}}
		},
		Open: func(c activity.Child) tea.Cmd { return shell.Replace(d.again(id, ticked, c)) },
	})
}

// again enrols a child that is known.
func (d desk) again(id, ticked string, c activity.Child) shell.Screen {
	return page.NewTask(d.S, words.ActivityEnrolTitle, words.ActivityEnrolling, func() (b page.Brief, err error) {
		halves, err := d.choices(id, ticked)
		if err != nil {
			return b, err
		}
		return page.Brief{Title: c.Name(), Lead: words.ActivityAgainLead, Head: []page.Fact{page.Named(words.ActivityGuardian, c.Guardian+", "+c.Phone)},
			Body: parts.NewForm(words.ActivityDoEnrol, halves),
			Do: func(f parts.Form) (page.Outcome, error) {
				all, err := d.Store.Enrol(d.ctx(), d.By(), activity.Ask{ChildID: c.ID, HalfDays: f.Values("half_days")})
				return d.enrolled(id, all), err
			}}, nil
	})
}

// file is a child with its places in an activity.
type file struct {
	activity.Child
	places []activity.Place
}

// active are the ids of the half-days that the child is in, with a line feed between.
func (f file) active() string {
	var all []string
	for _, p := range f.places {
		if p.State != activity.Cancelled {
			all = append(all, p.HalfDay.ID)
		}
	}
	return strings.Join(all, "\n")
}

// card shows a child: whom to call, who may fetch it, and its half-days.
func (d desk) card(id, child string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[file]{
		Title: func(f file) string { return f.Name() },
		Doing: words.ActivityLoading,
		Load: func() (f file, err error) {
			f.Child, f.places, err = d.Store.Child(d.ctx(), d.By(), id, child)
			return f, err
		},
		Columns: []parts.Column{{Title: words.ActivityColHalf, Min: 19}, {Title: words.ActivityColState, Min: 14, Grow: 1}, {Title: words.ActivityColSeen, Min: 16, Grow: 2}},
		Rows: func(f file) []parts.Row {
			rows := make([]parts.Row, len(f.places))
			for i, p := range f.places {
				rows[i] = parts.Row{ID: p.ID, Cells: []string{d.short(p.HalfDay), d.S.T(words.ActivityState(string(p.State))), d.seen(p)}}
			}
			return rows
		},
		Top: func(p page.Page, f file) []string {
			return append([]string{p.Headline(f.Name())}, p.Facts(d.facts(f.Child)...)...)
		},
		Ways: func(f file, place string) []page.Way { return d.cardWays(id, f, place) },
	})
}

// facts are what the door must know of a child; what nobody said is left out.
func (d desk) facts(c activity.Child) (all []page.Fact) {
	all = []page.Fact{page.Named(words.ActivityBorn, bornShown(c.Born)), page.Named(words.ActivityGuardian, c.Guardian+", "+c.Phone)}
	if c.Second != "" {
		all = append(all, page.Named(words.ActivitySecond, c.Second))
	}
	all = append(all, page.Named(words.ActivityColFetch, d.fetch(c)))
	if c.Note != "" {
		all = append(all, page.Named(words.ActivityNote, c.Note))
	}
	return all
}

// fetch says who may take a child along, the guardian first, or first that it may go home alone.
func (d desk) fetch(c activity.Child) string {
	first := words.ActivityParent
	if c.Alone {
		first = words.ActivityMayGo
	}
	return strings.Join(append([]string{d.S.T(first)}, c.MayFetch()...), ", ")
}

func (d desk) cardWays(id string, f file, place string) (all []page.Way) {
	if !d.enrols() {
		return nil
	}
	at := slices.IndexFunc(f.places, func(p activity.Place) bool { return p.ID == place })
	if at >= 0 && f.places[at].State != activity.Cancelled && (f.places[at].Mark == activity.Expected || f.places[at].Mark == activity.Absent) && !f.places[at].HalfDay.Over(d.S.Now()) {
		p := f.places[at]
		all = append(all, page.Way{Key: d.Del(words.ActivityLeave), Doing: words.ActivitySaving,
			Ask: page.Question{Ask: words.ActivityLeaveAsk, Yes: words.ActivityLeaveYes, Args: []any{"child", f.Name(), "half", d.half(p.HalfDay)}},
			Do: func() (page.Outcome, error) {
				moved, err := d.Store.Cancel(d.ctx(), d.By(), p.ID)
				return d.told(words.ActivityLeft, moved), err
			}})
	}
	return append(all,
		page.Way{Key: d.Letter("i", words.ActivityMore), Open: func() shell.Screen { return d.again(id, "", f.Child) }},
		page.Way{Key: d.Letter("z", words.ActivitySibling), Open: func() shell.Screen {
			return d.enrol(id, f.active(), activity.Child{Family: f.Family, Guardian: f.Guardian, Phone: f.Phone, Second: f.Second, Fetchers: f.Fetchers})
		}},
		page.Way{Key: d.Letter("w", words.ActivityChange), Open: func() shell.Screen { return d.changeChild(f.Child) }},
		page.Way{Key: d.Letter("g", words.ActivityErase), Doing: words.ActivitySaving,
			Ask: page.Question{Ask: words.ActivityEraseAsk, Yes: words.ActivityEraseYes, Args: []any{"child", f.Name()}},
			Do: func() (page.Outcome, error) {
				return page.Outcome{Said: words.ActivityErased, Next: d.activity(id)}, d.Store.Erase(d.ctx(), d.By(), f.ID)
			}})
}

// changeChild writes a child anew.
func (d desk) changeChild(c activity.Child) shell.Screen {
	return page.NewTask(d.S, words.ActivityChildTitle, words.ActivitySaving, func() (page.Brief, error) {
		return page.Brief{Title: c.Name(), Lead: words.ActivityChildLead, Body: parts.NewForm(words.ActivitySave, childFields(d, c)...),
			Do: func(f parts.Form) (o page.Outcome, err error) {
				next, err := childIn(f)
				if err != nil {
					return o, err
				}
				next.ID = c.ID
				_, err = d.Store.ChangeChild(d.ctx(), d.By(), next)
				return page.Outcome{Said: words.ActivitySaved}, err
			}}, nil
	})
}

// childOf finds the place of a row with its child, as long as it is known.
func childOf(all []activity.Place, place string) (activity.Place, bool) {
	at := slices.IndexFunc(all, func(p activity.Place) bool { return p.ID == place && p.Child != activity.Child{} })
	if at < 0 {
		return activity.Place{}, false
	}
	return all[at], true
}

// reached tells whether a half-day is on a day, YYYY-MM-DD, or before it.
func reached(h activity.HalfDay, day string) bool { return data.DayText(h.Day) <= day }
