package enroldesk

import (
	"slices"
	"strconv"
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// group is who is in a series, who waits and why, and what happened.
type group struct {
	courses.Listed
	all     []courses.Enrolment
	places  map[string]courses.Place // by enrolment
	history []courses.Event
}

// readGroup reads one.
func (d desk) readGroup(id string) (g group, err error) {
	list, err := d.Store.SeriesList(d.ctx(), d.By(), courses.SeriesFilter{States: []courses.SeriesState{courses.Draft, courses.Published, courses.Going, courses.SeriesCancelled, courses.Closed}})
	if err != nil {
		return g, err
	}
	at := slices.IndexFunc(list, func(l courses.Listed) bool { return l.ID == id })
	if at < 0 {
		return g, data.ErrNotFound
	}
	g.Listed = list[at]
	if g.all, err = d.Store.Enrolments(d.ctx(), d.By(), id); err != nil {
		return g, err
	}
	places, err := d.Store.WaitingList(d.ctx(), d.By(), id)
	if err != nil {
		return g, err
	}
	g.places = map[string]courses.Place{}
	for _, p := range places {
		g.places[p.ID] = p
	}
	slices.SortStableFunc(g.all, func(a, b courses.Enrolment) int { // in turn: two who wait together stand next to one another
		if pa, pb := g.places[a.ID].Place, g.places[b.ID].Place; pa > 0 && pb > 0 {
			return pa - pb
		}
		return 0
	})
	g.history, err = d.Store.History(d.ctx(), d.By(), id)
	return g, err
}

// active are those who are in it, or wait.
func (g group) active() []courses.Enrolment {
	return slices.DeleteFunc(slices.Clone(g.all), func(e courses.Enrolment) bool { return !e.State.IsActive() })
}

// series opens a series: seats, then the waiting list in turn with why nobody was offered anything.
func (d desk) series(id string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[group]{
		Title: func(g group) string { return strings.TrimSpace(g.Code + " " + g.Course) },
		Doing: words.EnroldeskLoading,
		Load:  func() (group, error) { return d.readGroup(id) },
		Top: func(p page.Page, g group) []string {
			return d.quiet(p, coursewords.First(d.S.Lang(), g.Series)+", "+g.Location+". "+coursewords.Free(d.S.Lang(), g.Listed)+".")
		},
		Columns: []parts.Column{{Title: words.EnroldeskColSeat, Min: 6, Right: true}, {Title: words.EnroldeskColName, Min: 14, Grow: 2}, {Title: words.EnroldeskColPhone, Min: 13, Drop: 1},
			{Title: words.EnroldeskColState, Min: 27, Grow: 3}},
		Rows: func(g group) []parts.Row {
			var rows []parts.Row
			for _, e := range g.active() {
				rows = append(rows, parts.Row{ID: e.ID, Cells: []string{d.seat(g, e), d.name(e.Participant), e.Phone, d.stands(g, e)}})
			}
			return rows
		},
		None: words.EnroldeskNobody, Filter: true, Opens: words.EnroldeskOpen,
		Open: func(_ group, row string) tea.Cmd { return shell.Open(d.enrolment(id, row)) },
		Ways: func(g group, _ string) []page.Way {
			return []page.Way{{Key: d.add(), Open: func() shell.Screen { return d.find(id, nil) }},
				{Key: d.Letter("g", words.EnroldeskHistory), Open: func() shell.Screen { return d.history(id, "") }}}
		},
	})
}

// seat is the number of a seat, or the place on the waiting list: "w2".
func (d desk) seat(g group, e courses.Enrolment) string {
	switch {
	case e.Seat > 0:
		return strconv.Itoa(e.Seat)
	case g.places[e.ID].Place > 0:
		return d.S.T(words.EnroldeskPlace, "place", g.places[e.ID].Place)
	}
	return "-"
}

// stands says how it is with somebody: the fee of who is in, until when an offer holds, or why there was none.
func (d desk) stands(g group, e courses.Enrolment) string {
	switch e.State {
	case courses.Booked:
		return d.paid(e)
	case courses.Offered:
		return d.S.T(words.EnroldeskOfferedUntil, "day", d.weekday(e.OfferUntil))
	case courses.Waiting:
		return d.why(g.places[e.ID])
	}
	return d.S.T(words.EnrolmentState(string(e.State)))
}

// why says why somebody who waits was offered nothing.
func (d desk) why(p courses.Place) string {
	var text string
	switch p.Why {
	case "":
		text = d.S.T(words.EnroldeskSeatComes)
	case courses.PassShut:
		text = d.S.T(words.SeriesShut(string(p.Shut)))
	default:
		text = d.S.T(words.PassedWhy(string(p.Why)))
	}
	if p.Taken != "" {
		text += " (" + p.Taken + ")"
	}
	if len(p.With) > 0 {
		text += " " + d.S.T(words.EnroldeskTogether, "names", strings.Join(p.With, ", "))
	}
	return text
}

// weekday writes a stored day as "vr 25/12/2026".
func (d desk) weekday(stored string) string {
	if !page.IsDay(stored) {
		return parts.Plain(stored)
	}
	return words.WeekdayDay(d.S.Lang(), data.StoredDay(stored))
}

// history opens what happened in a series, or to one enrolment of it, the newest first.
func (d desk) history(series, enrolment string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]courses.Event]{
		Title: func([]courses.Event) string { return d.S.T(words.EnroldeskHistoryTitle) },
		Doing: words.EnroldeskLoading,
		Load: func() ([]courses.Event, error) {
			all, err := d.Store.History(d.ctx(), d.By(), series)
			return slices.DeleteFunc(all, func(e courses.Event) bool { return enrolment != "" && e.EnrolmentID != enrolment }), err
		},
		Columns: []parts.Column{{Title: words.EnroldeskColWhen, Min: 16}, {Title: words.EnroldeskColName, Min: 12, Grow: 1}, {Title: words.EnroldeskColWhat, Min: 18, Grow: 2},
			{Title: words.EnroldeskColBy, Min: 10, Grow: 1, Drop: 1}},
		Rows: d.events, None: words.EnroldeskNoHistory, Filter: true,
	})
}

func (d desk) events(all []courses.Event) []parts.Row {
	var rows []parts.Row
	for i, e := range slices.Backward(all) {
		rows = append(rows, parts.Row{ID: strconv.Itoa(i), Cells: []string{d.Moment(e.At), d.name(e.Participant), d.event(e), e.Actor}})
	}
	return rows
}

// event says what happened.
func (d desk) event(e courses.Event) string {
	text := d.S.T(coursewords.ActKey(e.Act))
	detail := e.Detail
	switch e.Act {
	case "booked", "offered":
		detail = d.S.T(words.EnroldeskSeatNumber, "seat", detail)
	case "passed":
		if key := words.PassedWhy(detail); words.Has(key) {
			detail = d.S.T(key)
		}
	case "paid":
		state, reason, _ := strings.Cut(detail, " ")
		detail = strings.TrimSpace(d.S.T(words.FeePaid(state)) + " " + reason)
	}
	if detail == "" {
		return text
	}
	return text + ": " + detail
}
