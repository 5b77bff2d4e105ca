package coursedesk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// series is one series as its page shows it.
type series struct {
	courses.Listed
	sessions []courses.Session
	found    []courses.Finding
	trainers map[string]string // names by id
}

// session is a session of the series by id.
func (s series) session(id string) (courses.Session, bool) {
	at := slices.IndexFunc(s.sessions, func(x courses.Session) bool { return x.ID == id })
	if at < 0 {
		return courses.Session{}, false
	}
	return s.sessions[at], true
}

// over tells whether nothing of the series can be changed any more.
func (s series) over() bool { return s.State == courses.SeriesCancelled || s.State == courses.Closed }

// people are those who are in the series or wait for it.
func (s series) people() int { return s.Booked + s.Offered + s.Waiting + s.Awaiting }

// everyState lists all states of a series.
func everyState() []courses.SeriesState {
	return []courses.SeriesState{courses.Draft, courses.Published, courses.Going, courses.SeriesCancelled, courses.Closed}
}

// read reads a series with its counts, its lessons, and what the doctor finds in those that are still to come.
func (d desk) read(id string) (s series, err error) {
	if s.Series, s.sessions, err = d.Store.Series(d.ctx(), d.By(), id); err != nil {
		return s, err
	}
	all, err := d.Store.SeriesList(d.ctx(), d.By(), courses.SeriesFilter{Course: s.CourseID, States: everyState()})
	if err != nil {
		return s, err
	}
	if at := slices.IndexFunc(all, func(l courses.Listed) bool { return l.ID == id }); at >= 0 {
		s.Listed = all[at]
	}
	trainers, err := d.Store.Trainers(d.ctx(), d.By())
	if err != nil {
		return s, err
	}
	s.trainers = map[string]string{}
	for _, t := range trainers {
		s.trainers[t.ID] = t.Name
	}
	if s.over() {
		return s, nil
	}
	s.found, err = d.Store.Examine(d.ctx(), d.By(), s.LocationID, s.Seats, s.coming(d.S.Now()), id)
	return s, err
}

// coming are the lessons that begin after an instant.
func (s series) coming(now time.Time) []courses.Session {
	return slices.DeleteFunc(slices.Clone(s.sessions), func(x courses.Session) bool { return !x.Instants().From.After(now) })
}

// series opens the page of one series: what was agreed, and its lessons with what the doctor finds.
func (d desk) series(id string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[series]{
		Title:   func(s series) string { return seriesTitle(s, d.S.T(words.CoursedeskSeries)) },
		Doing:   words.CoursedeskLoading,
		Load:    func() (series, error) { return d.read(id) },
		Columns: lessonColumns(),
		Rows:    func(s series) []parts.Row { return d.lessons(s) },
		Top:     d.facts,
		Foot:    d.lessonFoot,
		Opens:   words.CoursedeskMove,
		Open: func(s series, row string) tea.Cmd {
			if x, ok := s.session(row); ok && !s.over() && x.State == courses.Planned {
				return shell.Open(d.moveForm(s, x))
			}
			return shell.Notify(shell.Info, words.CoursedeskLessonStays)
		},
		Ways: d.seriesWays,
	})
}

func seriesTitle(s series, other string) string {
	if s.Code == "" {
		return other
	}
	return s.Code + " " + s.Course
}

func lessonColumns() []parts.Column {
	return []parts.Column{{Title: words.CoursedeskColLesson, Min: 3, Right: true}, {Title: words.CoursedeskColDay, Min: 13}, {Title: words.CoursedeskColHours, Min: 13},
		{Title: words.CoursedeskColRoom, Min: 14, Grow: 1, Drop: 1}, {Title: words.CoursedeskColTrainer, Min: 13, Grow: 1, Drop: 2}, {Title: words.CoursedeskColFound, Min: 20, Grow: 4}}
}

// lessons are the rows of sessions with what was found of each. What can't be saved begins with an exclamation mark.
func (d desk) lessons(s series) []parts.Row {
	rows := make([]parts.Row, len(s.sessions))
	for i, x := range s.sessions {
		rows[i] = parts.Row{ID: lessonID(x), Cells: []string{strconv.Itoa(x.Number), words.WeekdayDay(d.S.Lang(), x.Day), d.hours(x.Slot), x.Room, strings.Join(s.names(x), ", "), d.found(s, x)}}
	}
	return rows
}

// lessonFoot says all of one lesson: where, by whom, and what is the matter.
func (d desk) lessonFoot(s series, row string) string {
	x, ok := pick(s.sessions, func(x courses.Session) bool { return lessonID(x) == row })
	if !ok {
		return ""
	}
	who := strings.Join(s.names(x), ", ")
	if who == "" {
		who = d.S.T(words.CoursedeskNobody)
	}
	text := d.S.T(words.CoursedeskLessonFoot, "number", x.Number, "room", x.Room, "who", who)
	if found := d.found(s, x); found != "-" {
		text += " " + found
		if x.State == courses.SessionCancelled { // a word of the table, and no sentence
			text += "."
		}
	}
	if x.Note != "" {
		text += " " + d.S.T(words.CoursedeskLessonAbout, "what", x.Note)
	}
	return text
}

// names are those of who gives a lesson.
func (s series) names(x courses.Session) (all []string) {
	for _, id := range x.Trainers {
		all = append(all, s.trainers[id])
	}
	return all
}

// lessonID names a lesson's row: by id, or by number for one that isn't saved yet.
func lessonID(x courses.Session) string {
	if x.ID == "" {
		return strconv.Itoa(x.Number)
	}
	return x.ID
}

// hours are the times of a lesson: "14.00-16.00 u".
func (d desk) hours(s courses.Slot) string {
	return strings.TrimSuffix(words.Hour(d.S.Lang(), s.From), " u") + "-" + words.Hour(d.S.Lang(), s.To)
}

// found says what is the matter with a lesson.
func (d desk) found(s series, x courses.Session) string {
	switch {
	case x.State == courses.SessionCancelled:
		return d.S.T(words.CoursedeskCancelled)
	case x.ID != "" && !x.Instants().To.After(d.S.Now()):
		return d.S.T(words.CoursedeskGiven)
	}
	var all []string
	for _, f := range s.found {
		if f.Session != x.Number {
			continue
		}
		text := coursewords.FindingOnly(d.S.Lang(), f)
		if f.Fault.Hard() {
			text = "! " + text
		}
		all = append(all, text)
	}
	if len(all) == 0 {
		return "-"
	}
	return strings.Join(all, " ")
}

// facts are the lines over the lessons.
func (d desk) facts(p page.Page, s series) []string {
	facts := []page.Fact{
		page.Named(words.CoursedeskColState, d.stands(s)),
		page.Named(words.CoursedeskColSeats, d.S.T(words.CoursedeskSeatsLine, "held", s.Booked+s.Offered, "seats", s.Seats, "least", s.Least, "waiting", s.Waiting+s.Awaiting)),
		page.Named(words.CoursedeskWhere, s.Location),
		page.Named(words.CoursedeskEnrol, d.enrolLine(s.Series)),
	}
	if s.Note != "" {
		facts = append(facts, page.Named(words.CoursedeskNote, s.Note))
	}
	var lines []string // the verdict first: a small window cuts the rest
	if verdict := d.verdict(s); verdict != "" {
		lines = append(p.Paragraphs(verdict), "")
	}
	return append(lines, p.Facts(facts...)...)
}

// stands is the state, with the day of the decision where it is still to come.
func (d desk) stands(s series) string {
	text := d.state(s.Series)
	if now := d.S.Now(); s.StateAt(now) == courses.Published && !s.IsRunning(now) && s.DecideOn != "" {
		text += ", " + d.S.T(words.CoursedeskDecideLine, "day", d.Day(s.DecideOn))
	}
	return text
}

// enrolLine says until when people enrol, and how seats that come free are given.
func (d desk) enrolLine(s courses.Series) string {
	var all []string
	if s.EnrolUntil.IsZero() {
		all = append(all, d.S.T(words.CoursedeskEnrolStart))
	} else {
		all = append(all, d.S.T(words.CoursedeskEnrolUntil, "moment", words.WeekdayDay(d.S.Lang(), data.StoredDay(data.DayOf(s.EnrolUntil.Add(-time.Minute))))))
	}
	switch {
	case !s.Auto:
		all = append(all, d.S.T(words.CoursedeskByHand))
	case s.Promotion == courses.Direct:
		all = append(all, d.S.T(words.CoursedeskDirect))
	default:
		all = append(all, d.S.T(words.CoursedeskOffer, "n", s.OfferDays))
	}
	return strings.Join(all, "; ")
}

// crowded counts the lessons in a room with fewer places than the series has.
func (s series) crowded() (n int) {
	for _, f := range s.found {
		if f.Fault == courses.FaultSeats {
			n++
		}
	}
	return n
}

// verdict says in one sentence what the doctor thinks of the series.
func (d desk) verdict(s series) string {
	if state := s.StateAt(d.S.Now()); state == courses.SeriesCancelled || state == courses.Closed {
		return ""
	}
	hard, soft := map[int]bool{}, map[int]bool{}
	for _, f := range s.found {
		if f.Fault.Hard() {
			hard[f.Session] = true
		} else {
			soft[f.Session] = true
		}
	}
	switch {
	case len(hard) > 0:
		return d.S.T(words.CoursedeskSick, "n", len(hard))
	case s.crowded() > 0: // not everybody fits: "all is well" would be no true heading
		return d.S.T(words.CoursedeskCrowded, "n", s.crowded())
	case len(soft) > 0:
		return d.S.T(words.CoursedeskWeak, "n", len(soft))
	}
	return d.S.T(words.CoursedeskHealthy)
}
