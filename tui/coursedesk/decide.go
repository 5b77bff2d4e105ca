package coursedesk

import (
	"slices"
	"strconv"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// DecideRoom is the list of series to decide on, for the palette and shell.GoMsg.
const DecideRoom shell.Room = "coursedecide"

// NewDecide opens the list of series that somebody must decide on by today.
func NewDecide(s *shell.Session, of Desk) shell.Screen { return at(s, of).proposals() }

// proposals lists the series to decide on, with what the system proposes.
func (d desk) proposals() shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]courses.Proposal]{
		Title: func([]courses.Proposal) string { return d.S.T(words.CoursedeskDecideTitle) },
		Doing: words.CoursedeskLoading,
		Load:  func() ([]courses.Proposal, error) { return d.Store.Proposals(d.ctx(), d.By()) },
		Columns: []parts.Column{{Title: words.CoursedeskColCode, Min: 6}, {Title: words.CoursedeskColCourse, Min: 14, Grow: 1, Drop: 1}, {Title: words.CoursedeskColFirst, Min: 13},
			{Title: words.CoursedeskColBooked, Min: 6, Right: true}, {Title: words.CoursedeskColLeast, Min: 5, Right: true}, {Title: words.CoursedeskColProposal, Min: 22, Grow: 2}},
		Rows: func(all []courses.Proposal) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, p := range all {
				rows[i] = parts.Row{ID: p.ID, Cells: []string{p.Code, p.Course, d.firstDay(p.Series), strconv.Itoa(p.Booked), strconv.Itoa(p.Least), d.proposal(p)}}
			}
			return rows
		},
		Foot: func(all []courses.Proposal, id string) string {
			p, _ := pick(all, func(p courses.Proposal) bool { return p.ID == id })
			return d.S.T(words.CoursedeskDecideFoot, "course", p.Course, "held", p.Booked+p.Offered, "seats", p.Seats, "waiting", p.Waiting+p.Awaiting, "proposal", d.proposal(p))
		},
		None: words.CoursedeskDecideNone, Filter: true, Opens: words.CoursedeskDecideOpen,
		Open: func(all []courses.Proposal, id string) tea.Cmd { return shell.Open(d.decision(id)) },
		Ways: func(all []courses.Proposal, id string) []page.Way {
			if p, ok := pick(all, func(p courses.Proposal) bool { return p.ID == id }); ok {
				return d.decideWays(p)
			}
			return nil
		},
	})
}

// proposal is what the system proposes, in a few words.
func (d desk) proposal(p courses.Proposal) string {
	if p.Decision == courses.Merge {
		return d.S.T(words.CoursedeskMergeWith, "code", p.WithCode, "n", p.Room)
	}
	return d.S.T(words.SeriesDecision(string(p.Decision)))
}

// decisions are the four that a person may take, in the order of a page.
func decisions() []courses.Decision {
	return []courses.Decision{courses.Go, courses.Merge, courses.Postpone, courses.Stop}
}

// decision is the page of one series to decide on: the facts, and what each decision comes to.
func (d desk) decision(id string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[courses.Proposal]{
		Title: func(p courses.Proposal) string {
			if p.Code == "" {
				return d.S.T(words.CoursedeskDecideTitle)
			}
			return p.Code + " " + p.Course
		},
		Doing: words.CoursedeskLoading,
		Load: func() (courses.Proposal, error) {
			all, err := d.Store.Proposals(d.ctx(), d.By())
			p, _ := pick(all, func(p courses.Proposal) bool { return p.ID == id }) // none once it was decided
			return p, err
		},
		Columns: []parts.Column{{Title: words.CoursedeskColDecision, Min: 22}, {Title: words.CoursedeskColMeans, Min: 20, Grow: 1}},
		Rows: func(p courses.Proposal) []parts.Row {
			var rows []parts.Row
			if p.ID == "" {
				return nil
			}
			for _, one := range decisions() {
				rows = append(rows, parts.Row{ID: string(one), Cells: []string{d.decisionName(p, one), d.means(p, one)}})
			}
			return rows
		},
		Foot: func(p courses.Proposal, row string) string { return d.means(p, courses.Decision(row)) },
		Top:  d.decisionFacts, None: words.CoursedeskDecided,
		Ways: func(p courses.Proposal, row string) []page.Way {
			if p.ID == "" {
				return nil
			}
			ways := d.decideWays(p)
			at := slices.Index(decisions(), courses.Decision(row))
			if at < 0 {
				return ways
			}
			chosen := ways[at]
			chosen.Key = d.Enter(words.CoursedeskDecideDo)
			return append([]page.Way{chosen}, ways...)
		},
	})
}

// decisionName names a decision, with a word beside the one that is proposed.
func (d desk) decisionName(p courses.Proposal, one courses.Decision) string {
	name := d.S.T(words.SeriesDecision(string(one)))
	if one == p.Decision {
		return "* " + name
	}
	return "  " + name
}

// means says what a decision comes to for the people of a series.
func (d desk) means(p courses.Proposal, one courses.Decision) string {
	switch one {
	case courses.Go:
		if p.Missing > 0 {
			return d.S.T(words.CoursedeskMeansShort, "n", p.Missing)
		}
		return d.S.T(words.CoursedeskMeansEnough)
	case courses.Merge:
		if p.With != "" {
			return d.S.T(words.CoursedeskMeansMerge, "code", p.WithCode, "n", p.Room)
		}
		return d.S.T(words.CoursedeskMeansOther)
	case courses.Postpone:
		return d.S.T(words.CoursedeskMeansLater, "n", p.Booked+p.Offered)
	}
	return d.S.T(words.CoursedeskMeansStop, "n", everybody(p))
}

func everybody(p courses.Proposal) int { return p.Booked + p.Offered + p.Waiting + p.Awaiting }

func (d desk) decisionFacts(at page.Page, p courses.Proposal) []string {
	if p.ID == "" {
		return nil
	}
	lines := at.Facts(page.Named(words.CoursedeskColFirst, d.firstDay(p.Series)+", "+p.Rooms),
		page.Named(words.CoursedeskDecideOn, d.Day(p.DecideOn)),
		page.Named(words.CoursedeskColSeats, d.S.T(words.CoursedeskSeatsLine, "held", p.Booked+p.Offered, "seats", p.Seats, "least", p.Least, "waiting", p.Waiting+p.Awaiting)))
	return append(append(lines, ""), at.Paragraphs(d.S.T(words.CoursedeskProposed))...)
}

// decideWays are the keys of the four decisions, in their order.
func (d desk) decideWays(p courses.Proposal) []page.Way {
	return []page.Way{
		{Key: d.Letter("g", words.CoursedeskGo), Doing: words.CoursedeskSaving,
			Ask: page.Question{Ask: words.CoursedeskGoAsk, Yes: words.CoursedeskGoYes, Args: []any{"code", p.Code, "n", p.Booked}},
			Do: func() (page.Outcome, error) {
				return d.telling(p.ID, false, page.Outcome{Said: words.CoursedeskGoes, Args: []any{"code", p.Code}}, func() error {
					return d.Store.DecideGo(d.ctx(), d.By(), p.ID)
				})
			}},
		{Key: d.Letter("m", words.CoursedeskMerge), Open: func() shell.Screen { return d.mergeForm(p) }},
		{Key: d.Letter("l", words.CoursedeskLater), Open: func() shell.Screen { return d.laterForm(p) }},
		{Key: d.Letter("a", words.CoursedeskStop), Open: func() shell.Screen { return d.stopForm(p.ID) }},
	}
}

// mergeForm moves everybody to another series of the course.
func (d desk) mergeForm(p courses.Proposal) shell.Screen {
	return page.NewTask(d.S, words.CoursedeskMergeTitle, words.CoursedeskSaving, func() (page.Brief, error) {
		all, err := d.Store.SeriesList(d.ctx(), d.By(), courses.SeriesFilter{Course: p.CourseID, States: []courses.SeriesState{courses.Published, courses.Going}, Open: true})
		if err != nil {
			return page.Brief{}, err
		}
		field := parts.Field{Name: "series", Label: words.CoursedeskMergeInto, Kind: parts.Choice, Need: true, Value: p.With}
		codes := map[string]string{}
		for _, l := range all {
			if l.ID != p.ID {
				codes[l.ID] = l.Code
				field.Options = append(field.Options, parts.Option{Value: l.ID, Label: d.S.T(words.CoursedeskMergeOption, "code", l.Code, "day", d.firstDay(l.Series), "n", l.Free())})
			}
		}
		lead := words.CoursedeskMergeLead
		if len(field.Options) == 0 {
			lead = words.CoursedeskMeansOther
		}
		return page.Brief{Title: d.S.T(words.CoursedeskMergeTitle) + ": " + p.Code, Lead: lead, Body: parts.NewForm(words.CoursedeskMergeDo, field),
			Ask: func(form parts.Form) page.Question {
				return page.Question{Ask: words.CoursedeskMergeAsk, Yes: words.CoursedeskMergeYes, Args: []any{"code", p.Code, "other", codes[form.Value("series")], "n", everybody(p)}}
			},
			Do: func(form parts.Form) (page.Outcome, error) {
				r, err := d.Store.Reached(d.ctx(), d.By(), p.ID, true)
				if err != nil {
					return page.Outcome{}, err
				}
				moved, err := d.Store.MergeInto(d.ctx(), d.By(), p.ID, form.Value("series"))
				return d.withTold(page.Outcome{Said: words.CoursedeskMerged, Args: []any{"code", p.Code, "other", codes[form.Value("series")], "n", moved}}, r), err
			}}, nil
	})
}

// mostWeeks is how far a series can be put off.
const mostWeeks = 52

// laterForm lets a series begin some weeks later.
func (d desk) laterForm(p courses.Proposal) shell.Screen {
	return page.NewTask(d.S, words.CoursedeskLaterTitle, words.CoursedeskSaving, func() (page.Brief, error) {
		s, err := d.read(p.ID)
		if err != nil {
			return page.Brief{}, err
		}
		weeks := number("weeks", words.CoursedeskWeeks, words.CoursedeskWeeksHint, 4, 1, mostWeeks)
		weeks.Need = true
		first := func(form parts.Form) string {
			n := whole(form.Value("weeks"))
			day, err := d.Store.PostponedTo(d.ctx(), d.By(), p.ID, n)
			if err != nil { // what is wrong, saving says
				day = data.StoredDay(data.DayOf(s.First)).AddDate(0, 0, 7*n)
			}
			return words.WeekdayDay(d.S.Lang(), day)
		}
		return page.Brief{Title: d.S.T(words.CoursedeskLaterTitle) + ": " + p.Code, Lead: words.CoursedeskLaterLead, Head: d.heads(s), Body: parts.NewForm(words.CoursedeskLaterDo, weeks),
			Ask: func(form parts.Form) page.Question {
				return page.Question{Ask: words.CoursedeskLaterAsk, Yes: words.CoursedeskLaterYes, Args: []any{"code", p.Code, "day", first(form), "n", s.Booked + s.Offered}}
			},
			Do: func(form parts.Form) (page.Outcome, error) {
				later := page.Outcome{Said: words.CoursedeskPostponed, Args: []any{"code", p.Code, "day", first(form)}}
				return d.telling(p.ID, false, later, func() error { return d.Store.PostponeSeries(d.ctx(), d.By(), p.ID, whole(form.Value("weeks"))) })
			}}, nil
	})
}
