package enroldesk

import (
	"slices"

	"digibrug/courses"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// NewOwn opens the own courses of who works here: with an account, or at a kiosk with a paper code.
func NewOwn(s *shell.Session, of Desk) shell.Screen {
	d := at(s, of)
	return page.NewSheet(s, page.Sheeted[[]courses.OwnEnrolment]{
		Title: func([]courses.OwnEnrolment) string { return s.T(words.EnrolOwnTitle) },
		Doing: words.EnrolLoading,
		Load:  func() ([]courses.OwnEnrolment, error) { return d.Store.OwnSeries(d.ctx(), d.By()) },
		Columns: []parts.Column{{Title: words.EnrolColCourse, Min: 16, Grow: 3}, {Title: words.EnrolColFirst, Min: 19}, {Title: words.EnrolColPlace, Min: 14, Grow: 1, Drop: 1},
			{Title: words.EnrolColState, Min: 24, Grow: 2}},
		Rows: func(all []courses.OwnEnrolment) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, o := range all {
				rows[i] = parts.Row{ID: o.ID, Cells: []string{o.Series.Course, coursewords.FirstShort(s.Lang(), o.Series.Series), o.Series.Location, d.ownState(o)}}
			}
			return rows
		},
		None: words.EnrolOwnNone,
		Ways: func(all []courses.OwnEnrolment, id string) []page.Way {
			ways := []page.Way{{Key: d.Letter("n", words.EnrolOwnAdd), Open: func() shell.Screen { return d.programme() }}}
			at := slices.IndexFunc(all, func(o courses.OwnEnrolment) bool { return o.ID == id })
			if at >= 0 && all[at].State.IsActive() {
				ways = append(ways, page.Way{Key: d.Del(words.EnrolOwnCancel), Open: func() shell.Screen { return d.cancelOwn(all[at]) }})
			}
			return append(ways, d.calendarWay()...)
		},
	})
}

// calendarWay is the key for the own lessons as a calendar. Who came with a paper code has no place to fetch it from.
func (d desk) calendarWay() []page.Way {
	if d.Calendar == nil || d.S.Who.AccountID == "" {
		return nil
	}
	return []page.Way{{Key: d.Letter("a", words.CourseicsKey), Doing: words.CourseicsMaking, Do: func() (page.Outcome, error) {
		file, n, err := d.Calendar(d.ctx(), d.By())
		said, args := coursewords.CalendarMade(file, n)
		return page.Outcome{Said: said, Args: args}, err
	}}}
}

// ownState says how it is with an own enrolment.
func (d desk) ownState(o courses.OwnEnrolment) string {
	text := d.S.T(coursewords.StateKey(o.State))
	switch {
	case o.State == courses.Waiting:
		return d.S.T(words.EnrolStateWaitingAt, "place", o.Place)
	case o.State == courses.Offered:
		return d.S.T(words.EnrolStateOfferedUntil, "day", d.weekday(o.OfferUntil))
	case o.Reason != "":
		return text + ": " + o.Reason
	}
	return text
}

// programme lists what somebody who works here can enrol in.
func (d desk) programme() shell.Screen {
	load := func() ([]courses.Listed, error) {
		all, _, err := d.Store.OwnProgramme(d.ctx(), d.By())
		return all, err
	}
	return d.programmeTo(load, func(id string) shell.Screen { return d.enrolSelf(id) })
}

// programmeTo lists a programme; next opens one series of it.
func (d desk) programmeTo(load func() ([]courses.Listed, error), next func(series string) shell.Screen) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]courses.Listed]{
		Title: func([]courses.Listed) string { return d.S.T(words.EnrolProgramme) },
		Doing: words.EnrolLoading,
		Load:  load,
		Top: func(p page.Page, all []courses.Listed) []string {
			if len(all) == 0 {
				return nil
			}
			return p.Paragraphs(d.S.T(words.EnrolProgrammeLead))
		},
		Columns: []parts.Column{{Title: words.EnrolColCourse, Min: 14, Grow: 3}, {Title: words.EnrolColLevel, Min: 7, Drop: 1}, {Title: words.EnrolColFirst, Min: 19},
			{Title: words.EnrolColFree, Min: 17}},
		Rows: func(all []courses.Listed) []parts.Row { return programmeRows(d.S.Lang(), all) },
		None: words.EnrolNone, Filter: true, Opens: words.EnrolChoose,
		Open: func(_ []courses.Listed, id string) tea.Cmd { return shell.Open(next(id)) },
	})
}

func programmeRows(lang words.Lang, all []courses.Listed) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, l := range all {
		rows[i] = parts.Row{ID: l.ID, Cells: []string{l.Course, coursewords.Level(lang, l.Level), coursewords.FirstShort(lang, l.Series), coursewords.Free(lang, l)}}
	}
	return rows
}

// enrolSelf asks once more, with all that somebody should know.
func (d desk) enrolSelf(series string) shell.Screen {
	return page.NewTask(d.S, words.EnrolEnrol, words.EnrolEnrolling, func() (page.Brief, error) {
		f, err := d.Store.Leaflet(d.ctx(), series)
		if err != nil {
			return page.Brief{}, err
		}
		_, kind, err := d.Store.OwnProgramme(d.ctx(), d.By())
		if err != nil {
			return page.Brief{}, err
		}
		fee, err := d.Store.Quote(d.ctx(), f.CourseID, kind, false)
		if err != nil {
			return page.Brief{}, err
		}
		f.Prices = nil // those of others
		lead := words.EnrolSelfLead
		if f.Approval {
			lead = words.EnrolSelfHead
		}
		return page.Brief{Title: f.Course, Lead: lead, Body: parts.NewForm(words.EnrolEnrol),
			Head: append(leafletFacts(d.S.Lang(), f), page.Named(words.EnrolPriceStaff, coursewords.Amount(d.S.Lang(), fee))),
			Do: func(parts.Form) (page.Outcome, error) {
				e, err := d.Store.EnrolSelf(d.ctx(), d.By(), series)
				if err != nil {
					return page.Outcome{}, err
				}
				said := words.EnrolSelfBooked
				switch e.State {
				case courses.Waiting:
					said = words.EnrolSelfWaiting
				case courses.AwaitsHead:
					said = words.EnrolSelfApproval
				}
				return page.Outcome{Said: said, Args: []any{"course", f.Course}, Next: NewOwn(d.S, d.Desk)}, nil
			}}, nil
	})
}

// cancelOwn says what cancelling comes to, and does it.
func (d desk) cancelOwn(o courses.OwnEnrolment) shell.Screen {
	return page.NewTask(d.S, words.EnrolOwnCancel, words.EnrolCancelling, func() (page.Brief, error) {
		terms, _, err := cancelWords(d.S, func() (courses.Cancellation, error) { return d.Store.CancelTerms(d.ctx(), d.By(), o.ID) })
		if err != nil {
			return page.Brief{}, err
		}
		return page.Brief{Title: o.Series.Course, Lead: words.EnrolOwnCancelLead, Head: []page.Fact{page.Named(words.EnrolColFirst, coursewords.First(d.S.Lang(), o.Series.Series)),
			page.Named(words.EnrolRule, terms)}, Body: parts.NewForm(words.EnrolOwnCancel),
			Do: func(parts.Form) (page.Outcome, error) {
				_, err := d.Store.CancelSelf(d.ctx(), d.By(), o.ID)
				return page.Outcome{Said: words.EnrolOwnCancelled, Args: []any{"course", o.Series.Course}}, err
			}}, nil
	})
}
