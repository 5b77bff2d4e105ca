package coursedesk

import (
	"slices"
	"strings"

	"digibrug/courses"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// preview shows a new series before it is saved: each lesson with what the doctor finds. One key moves on what can't be,
// Enter saves the draft.
func (d desk) preview(p plan) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[series]{
		Title: func(series) string { return d.S.T(words.CoursedeskPreview) },
		Doing: words.CoursedeskExamining,
		Load: func() (series, error) {
			found, err := d.Store.Examine(d.ctx(), d.By(), p.room.LocationID, p.seats, p.lessons, "")
			return p.series(found), err
		},
		Columns: lessonColumns(),
		Rows:    d.lessons,
		Foot:    d.lessonFoot,
		Top:     func(at page.Page, s series) []string { return d.previewTop(at, p, s) },
		Ways: func(s series, row string) []page.Way {
			return []page.Way{
				{Key: d.Enter(words.CoursedeskSaveDraft), Doing: words.CoursedeskSaving, Do: func() (page.Outcome, error) { return d.saveDraft(p, s) }},
				{Key: d.Letter("s", words.CoursedeskShift), Doing: words.CoursedeskPlanning, Do: func() (page.Outcome, error) { return d.shiftPlan(p, s, row) }},
				{Key: d.Letter("w", words.CoursedeskChange), Doing: words.CoursedeskPlanning, Do: func() (page.Outcome, error) { return page.Outcome{Next: d.newForm(p.typed)}, nil }},
			}
		},
		Leaving: func(series) (words.Key, bool) { return words.CoursedeskPreviewLeave, true },
	})
}

func (d desk) previewTop(at page.Page, p plan, s series) []string {
	first, last := p.lessons[0].Day, p.lessons[len(p.lessons)-1].Day
	lines := at.Paragraphs(d.S.T(words.CoursedeskPlanLine, "course", p.course.Title, "n", len(p.lessons), "days", words.DaySpan(d.S.Lang(), first, last), "seats", p.seats))
	if len(p.skipped) > 0 {
		lines = append(lines, at.Paragraphs(d.S.T(words.CoursedeskSkipped, "days", d.skippedText(p.skipped)))...)
	}
	return append(lines, at.Paragraphs(d.verdict(s)+" "+d.S.T(words.CoursedeskNotSaved))...)
}

// skippedText lists days that are left out, each with why: "di 03/11/2026 (herfstvakantie)".
func (d desk) skippedText(all []skip) string {
	texts := make([]string, len(all))
	for i, one := range all {
		texts[i] = words.WeekdayDay(d.S.Lang(), one.day) + " (" + one.why + ")"
	}
	return strings.Join(texts, ", ")
}

// hard are the findings that keep a series from being saved.
func hard(found []courses.Finding) []courses.Finding {
	return slices.DeleteFunc(slices.Clone(found), func(f courses.Finding) bool { return !f.Fault.Hard() })
}

func (d desk) saveDraft(p plan, s series) (page.Outcome, error) {
	if bad := hard(s.found); len(bad) > 0 {
		return page.Outcome{}, &courses.SickError{Findings: bad[:1]}
	}
	added, err := d.Store.AddSeries(d.ctx(), d.By(), p.ask())
	if err != nil {
		return page.Outcome{}, err
	}
	return page.Outcome{Said: words.CoursedeskSavedDraft, Args: []any{"code", added.Code}, Next: d.series(added.ID)}, nil
}

// faulty is the number of the lesson that is to be moved on: the one under the cursor where something is the matter with
// it, or else the first that can't be given, or that falls on a closed day; 0 when there is none.
func faulty(found []courses.Finding, row int) int {
	matters := func(f courses.Finding) bool {
		return f.Fault.Hard() || f.Fault == courses.FaultClosed || f.Fault == courses.FaultSchool
	}
	for _, is := range []func(courses.Finding) bool{
		func(f courses.Finding) bool { return f.Session == row && matters(f) },
		func(f courses.Finding) bool { return f.Fault.Hard() },
		matters,
	} {
		if at := slices.IndexFunc(found, is); at >= 0 {
			return found[at].Session
		}
	}
	return 0
}

func (d desk) shiftPlan(p plan, s series, row string) (page.Outcome, error) {
	number := faulty(s.found, numbered(row))
	if number == 0 {
		return page.Outcome{Said: words.CoursedeskNothingToShift}, nil
	}
	shifted, ok, err := d.Store.Shift(d.ctx(), d.By(), p.room.LocationID, p.seats, p.lessons, number, "", p.leftOut)
	switch {
	case err != nil:
		return page.Outcome{}, err
	case !ok:
		return page.Outcome{Said: words.CoursedeskNoWeek, Args: []any{"number", number}, Warn: true}, nil
	}
	next := p
	next.lessons = shifted
	next.skipped = d.skippedDays(next)
	return page.Outcome{Said: words.CoursedeskShifted, Args: []any{"number", number, "day", words.WeekdayDay(d.S.Lang(), next.lessons[number-1].Day)}, Next: d.preview(next)}, nil
}

// shifted is a series with its lessons moved on, before that is saved.
type shifted struct {
	series
	number int
	moved  []courses.Session
	ok     bool
}

// shift shows what a series becomes when a lesson, and all that follow, move on by whole weeks; Enter does it.
func (d desk) shift(was series, number int) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[shifted]{
		Title:   func(shifted) string { return d.S.T(words.CoursedeskShiftTitle, "code", was.Code) },
		Doing:   words.CoursedeskExamining,
		Load:    func() (shifted, error) { return d.shiftOf(was.ID, number) },
		Columns: lessonColumns(),
		Rows:    func(s shifted) []parts.Row { return d.lessons(s.series) },
		Foot:    func(s shifted, row string) string { return d.lessonFoot(s.series, row) },
		Top: func(at page.Page, s shifted) []string {
			text := d.S.T(words.CoursedeskShiftLead, "number", s.number)
			if !s.ok {
				text = d.S.T(words.CoursedeskNoWeek, "number", s.number)
			}
			return at.Paragraphs(text + " " + d.verdict(s.series))
		},
		Ways: func(s shifted, _ string) []page.Way {
			if !s.ok {
				return nil
			}
			return []page.Way{{Key: d.Enter(words.CoursedeskSave), Doing: words.CoursedeskSaving, Do: func() (page.Outcome, error) { return d.saveShift(s) }}}
		},
	})
}

func (d desk) shiftOf(id string, number int) (shifted, error) {
	s, err := d.read(id)
	if err != nil {
		return shifted{}, err
	}
	all, ok, err := d.Store.Shift(d.ctx(), d.By(), s.LocationID, s.Seats, s.coming(d.S.Now()), number, id, nil)
	if err != nil {
		return shifted{}, err
	}
	out := shifted{series: s, number: number, moved: all, ok: ok}
	out.sessions = slices.Clone(s.sessions)
	for i, x := range out.sessions {
		if now, is := pick(all, func(one courses.Session) bool { return one.ID == x.ID }); is {
			out.sessions[i] = now
		}
	}
	out.found, err = d.Store.Examine(d.ctx(), d.By(), s.LocationID, s.Seats, all, id)
	return out, err
}

func (d desk) saveShift(s shifted) (page.Outcome, error) {
	return d.telling(s.ID, false, page.Outcome{Said: words.CoursedeskShiftedNow, Args: []any{"number", s.number}, Back: true}, func() error {
		return d.Store.ShiftSessions(d.ctx(), d.By(), s.ID, s.moved)
	})
}
