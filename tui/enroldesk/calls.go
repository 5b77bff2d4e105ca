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

// NewCalls opens the list of whom to call: offers first, then seats and series that changed.
func NewCalls(s *shell.Session, of Desk) shell.Screen {
	d := at(s, of)
	return page.NewSheet(s, page.Sheeted[[]courses.Call]{
		Title: func([]courses.Call) string { return s.T(words.EnroldeskCallsTitle) },
		Doing: words.EnroldeskLoading,
		Load:  func() ([]courses.Call, error) { return d.Store.Calls(d.ctx(), d.By()) },
		Top: func(p page.Page, all []courses.Call) []string {
			if len(all) == 0 {
				return nil
			}
			lead := s.T(words.EnroldeskCallsLead)
			if n := d.byLetter(all); n > 0 {
				lead += " " + s.T(words.CoursetellLettersLead, "n", n)
			}
			return d.quiet(p, lead)
		},
		Columns: []parts.Column{{Title: words.EnroldeskColPhone, Min: 13}, {Title: words.EnroldeskColName, Min: 12, Grow: 2}, {Title: words.EnroldeskColCall, Min: 27, Grow: 2},
			{Title: words.EnroldeskColCourse, Min: 14, Grow: 2, Drop: 1}},
		Rows: func(all []courses.Call) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, c := range all {
				rows[i] = parts.Row{ID: c.ID, Cells: []string{d.number(c), d.name(c.Participant), d.about(c), c.Series.Course}}
			}
			return rows
		},
		None: words.EnroldeskCallsNone, Filter: true, Opens: words.EnroldeskOpen,
		Open: func(all []courses.Call, id string) tea.Cmd {
			at := slices.IndexFunc(all, func(c courses.Call) bool { return c.ID == id })
			return shell.Open(d.enrolment(all[at].SeriesID, id))
		},
		Ways: func(all []courses.Call, id string) []page.Way {
			at := slices.IndexFunc(all, func(c courses.Call) bool { return c.ID == id })
			if at < 0 {
				return d.letters(all)
			}
			m := member{e: all[at].Enrolment, call: &all[at]}
			return append(d.callWays(m), d.letters(all)...)
		},
	})
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
