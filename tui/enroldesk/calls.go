package enroldesk

import (
	"errors"
	"slices"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// callList is whom to call, and whom the visitor noted last as told.
type callList struct {
	all  []courses.Call
	last courses.Enrolment // without an id: nobody, or long ago
}

func (d desk) readCalls() (c callList, err error) {
	if c.all, err = d.Store.Calls(d.ctx(), d.By()); err != nil {
		return c, err
	}
	if c.last, err = d.Store.LastTold(d.ctx(), d.By()); errors.Is(err, data.ErrNotFound) {
		err = nil
	}
	return c, err
}

func (c callList) at(id string) int {
	return slices.IndexFunc(c.all, func(one courses.Call) bool { return one.ID == id })
}

// NewCalls opens the list of whom to call: offers first, then seats and series that changed.
func NewCalls(s *shell.Session, of Desk) shell.Screen {
	d := at(s, of)
	return page.NewSheet(s, page.Sheeted[callList]{
		Title: func(callList) string { return s.T(words.EnroldeskCallsTitle) },
		Doing: words.EnroldeskLoading,
		Load:  d.readCalls,
		Top: func(p page.Page, c callList) []string {
			if len(c.all) == 0 {
				return nil
			}
			lead := s.T(words.EnroldeskCallsLead)
			if n := d.byLetter(c.all); n > 0 {
				lead += " " + s.T(words.CoursetellLettersLead, "n", n)
			}
			return d.quiet(p, lead)
		},
		Columns: []parts.Column{{Title: words.EnroldeskColPhone, Min: 13}, {Title: words.EnroldeskColName, Min: 12, Grow: 2}, {Title: words.EnroldeskColCall, Min: 27, Grow: 2},
			{Title: words.EnroldeskColCourse, Min: 14, Grow: 2, Drop: 1}},
		Rows: func(list callList) []parts.Row {
			rows := make([]parts.Row, len(list.all))
			for i, c := range list.all {
				rows[i] = parts.Row{ID: c.ID, Cells: []string{d.number(c), d.name(c.Participant), d.about(c), c.Series.Course}}
			}
			return rows
		},
		None: words.EnroldeskCallsNone, Filter: true, Opens: words.EnroldeskOpen,
		Open: func(c callList, id string) tea.Cmd { return shell.Open(d.enrolment(c.all[c.at(id)].SeriesID, id)) },
		Ways: func(c callList, id string) (all []page.Way) {
			if at := c.at(id); at >= 0 {
				all = d.callWays(member{e: c.all[at].Enrolment, call: &c.all[at]})
			}
			return append(append(all, d.letters(c.all)...), d.untold(c.last)...)
		},
	})
}

// untold puts whom a slip of the finger took from the list on it again.
func (d desk) untold(last courses.Enrolment) []page.Way {
	if last.ID == "" {
		return nil
	}
	return []page.Way{{Key: d.Letter("z", words.EnroldeskUntold), Doing: words.EnroldeskSaving, Do: func() (page.Outcome, error) {
		_, err := d.Store.Untold(d.ctx(), d.By(), last.ID)
		return page.Outcome{Said: words.EnroldeskUntoldNow, Args: []any{"name", last.Participant}}, err
	}}}
}

// number is what to dial; who is told by letter has none.
func (d desk) number(c courses.Call) string {
	if c.Channel == courses.ByLetter || c.Phone == "" {
		return d.S.T(words.CoursetellByLetter)
	}
	return c.Phone
}

// byLetter counts who is told by letter, where there is a way to print.
func (d desk) byLetter(all []courses.Call) (n int) {
	for _, c := range all {
		if d.Letters != nil && c.Channel == courses.ByLetter {
			n++
		}
	}
	return n
}

// letters prints the letters of all who are told by letter.
func (d desk) letters(all []courses.Call) []page.Way {
	if d.byLetter(all) == 0 {
		return nil
	}
	return []page.Way{{Key: d.Letter("p", words.CoursetellLetters), Doing: words.EnroldeskPrinting, Do: func() (page.Outcome, error) {
		n, err := d.Letters(d.ctx(), d.By())
		return page.Outcome{Said: words.CoursetellLettersDone, Args: []any{"n", n}}, err
	}}}
}

// about says why somebody is called.
func (d desk) about(c courses.Call) string {
	if c.State == courses.Offered && c.About == courses.AboutOffered {
		return d.S.T(words.EnroldeskOfferedUntil, "day", d.weekday(c.OfferUntil))
	}
	return d.S.T(coursewords.Call(c.About))
}

// NewApprovals opens what waits for the yes of a head of service.
func NewApprovals(s *shell.Session, of Desk) shell.Screen {
	d := at(s, of)
	return page.NewSheet(s, page.Sheeted[[]courses.Approval]{
		Title: func([]courses.Approval) string { return s.T(words.EnroldeskApprovals) },
		Doing: words.EnroldeskLoading,
		Load:  func() ([]courses.Approval, error) { return d.Store.Approvals(d.ctx(), d.By()) },
		Columns: []parts.Column{{Title: words.EnroldeskColName, Min: 14, Grow: 2}, {Title: words.EnroldeskColCourse, Min: 16, Grow: 3}, {Title: words.EnroldeskColFirst, Min: 19},
			{Title: words.EnroldeskColFree, Min: 17, Drop: 1}},
		Rows: func(all []courses.Approval) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, a := range all {
				rows[i] = parts.Row{ID: a.ID, Cells: []string{d.name(a.Participant), a.Series.Course, coursewords.FirstShort(s.Lang(), a.Series.Series), coursewords.Free(s.Lang(), a.Series)}}
			}
			return rows
		},
		None: words.EnroldeskApprovalsNone,
		Ways: func(all []courses.Approval, id string) []page.Way {
			at := slices.IndexFunc(all, func(a courses.Approval) bool { return a.ID == id })
			if at < 0 {
				return nil
			}
			a := all[at]
			return []page.Way{{Key: d.Letter("j", words.EnroldeskApprove), Doing: words.EnroldeskSaving, Do: func() (page.Outcome, error) {
				_, err := d.Store.Approve(d.ctx(), d.By(), id, true, "")
				return page.Outcome{Said: words.EnroldeskApproved, Args: []any{"name", a.Participant}}, err
			}}, {Key: d.Letter("n", words.EnroldeskRefuse), Open: func() shell.Screen {
				return d.reasoned(member{e: a.Enrolment}, words.EnroldeskRefuse, words.EnroldeskRefuseLead, words.EnroldeskRefuse, words.EnroldeskRefused, nil, func(reason string) error {
					_, err := d.Store.Approve(d.ctx(), d.By(), id, false, reason)
					return err
				})
			}}}
		},
	})
}
