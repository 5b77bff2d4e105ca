package coursedesk

import (
	"strings"

	"digibrug/courses"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// series is one series as its page shows it.
type series struct {
	courses.Series
	sessions []courses.Session
	found    []courses.Finding
}

func (d desk) read(id string) (s series, err error) {
	if s.Series, s.sessions, err = d.Store.Series(d.ctx(), d.By(), id); err != nil {
		return s, err
	}
	s.found, err = d.Store.Examine(d.ctx(), d.By(), s.LocationID, s.Seats, s.sessions, id)
	return s, err
}

// series opens the page of one series: what was agreed, and its lessons with what the doctor finds.
func (d desk) series(id string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[series]{
		Title: func(s series) string { return strings.TrimSpace(s.Code + " " + s.Course) },
		Doing: words.CoursedeskLoading,
		Load:  func() (series, error) { return d.read(id) },
		Columns: []parts.Column{{Title: words.CoursedeskColLesson, Min: 4, Right: true}, {Title: words.CoursedeskColDay, Min: 13}, {Title: words.CoursedeskColHours, Min: 13},
			{Title: words.CoursedeskColRoom, Min: 14, Grow: 1, Drop: 1}, {Title: words.CoursedeskColFound, Min: 12, Grow: 3}},
		Rows: func(s series) []parts.Row { return d.lessons(s.sessions, s.found) },
	})
}

// lessons are sessions with what was found of each.
func (d desk) lessons(all []courses.Session, found []courses.Finding) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, s := range all {
		rows[i] = parts.Row{ID: s.ID, Cells: []string{words.Number(d.S.Lang(), float64(s.Number), 0), words.WeekdayDay(d.S.Lang(), s.Day), d.hours(s.Slot), s.Room, d.findings(s, found)}}
	}
	return rows
}

func (d desk) hours(s courses.Slot) string {
	return words.Hour(d.S.Lang(), s.From) + "-" + words.Hour(d.S.Lang(), s.To)
}

func (d desk) findings(s courses.Session, found []courses.Finding) string {
	var all []string
	for _, f := range found {
		if f.Session == s.Number {
			all = append(all, coursewords.FindingOnly(d.S.Lang(), f))
		}
	}
	return strings.Join(all, " ")
}
