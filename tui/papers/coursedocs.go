package papers

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"digibrug/courses"
	"digibrug/courses/programme"
	"digibrug/data"
	"digibrug/tui/words"
)

// courseRegister is what the papers of a series need of the courses; *courses.Store has it.
type courseRegister interface {
	Courses(ctx context.Context) ([]courses.Course, error)
	Attendance(ctx context.Context, by data.Actor, series string) (courses.Series, []courses.Session, []courses.AttendanceRow, error)
	Attests(ctx context.Context, by data.Actor, series string) ([]courses.Attest, error)
	Series(ctx context.Context, by data.Actor, id string) (courses.Series, []courses.Session, error)
	Calls(ctx context.Context, by data.Actor) ([]courses.Call, error)
	Enrolments(ctx context.Context, by data.Actor, series string) ([]courses.Enrolment, error)
}

// CoursePapers makes the documents of a series: the list to sign, attests, letters. None of them tells why somebody pays
// less. Now is the clock of the house.
type CoursePapers struct {
	Courses  courseRegister
	Settings places
	Now      func() time.Time
}

// courseHead is what all documents of courses say alike.
type courseHead struct {
	dutch
	place, help string
	contact     programme.Contact // of the course service, where that was set
	at          time.Time
}

func (p CoursePapers) head(ctx context.Context) (h courseHead, err error) {
	h.at = p.Now()
	for key, to := range map[data.Setting]*string{data.SettingPlace: &h.place, data.SettingHelp: &h.help} {
		if *to, err = p.Settings.Get(ctx, key, ""); err != nil {
			return h, err
		}
	}
	h.contact, err = courseContact(ctx, p.Settings)
	return h, err
}

func (h courseHead) document(name, title string, parts ...Part) Document {
	return Document{Name: name, Title: title, Place: h.place, At: h.at, Parts: parts}
}

// duration writes minutes as hours: "4 uur", "4 uur 30".
func (h courseHead) duration(minutes int) string {
	if minutes%60 == 0 {
		return h.T(words.CoursepaperHoursWhole, "n", minutes/60)
	}
	return h.T(words.CoursepaperHoursPart, "n", minutes/60, "minutes", minutes%60)
}

// SignList is the attendance list of a series to hang on the wall before the lessons: a box to sign per lesson. It returns
// data.ErrDenied, and data.ErrNotFound.
func (p CoursePapers) SignList(ctx context.Context, by data.Actor, series string) (Document, error) {
	h, err := p.head(ctx)
	if err != nil {
		return Document{}, fmt.Errorf("list to sign: %w", err)
	}
	of, sessions, rows, err := p.Courses.Attendance(ctx, by, series)
	if err != nil {
		return Document{}, fmt.Errorf("list to sign: %w", err)
	}
	d := h.document("aanwezigheidslijst-"+of.Code, h.T(words.CoursepaperSignTitle, "course", of.Course, "code", of.Code), Paragraph(h.T(words.CoursepaperSignHow)))
	sessions = slices.DeleteFunc(sessions, func(x courses.Session) bool { return x.State == courses.SessionCancelled })
	rows = slices.DeleteFunc(rows, func(r courses.AttendanceRow) bool { return r.State != courses.Booked })
	for part := range slices.Chunk(sessions, signLessons) {
		if len(sessions) > signLessons {
			d = d.with(Heading(h.T(words.CoursepaperSignLessons, "first", part[0].Number, "last", part[len(part)-1].Number)))
		}
		d = d.with(signGrid(h, part, rows))
	}
	return d.with(Signatures{{Role: h.T(words.CoursepaperSignTrainer)}}), nil
}

// signLessons is how many lessons have a box beside each other, and signSpare how many rows stay empty for who comes
// without a name on the list.
const (
	signLessons = 5
	signSpare   = 3
)

func signGrid(h courseHead, sessions []courses.Session, rows []courses.AttendanceRow) Grid {
	g := Grid{Heads: []Head{{Title: h.T(words.CoursepaperColName), Least: 42}}, Blank: signSpare}
	for _, x := range sessions {
		g.Heads = append(g.Heads, Head{Title: h.T(words.CoursepaperSignLesson, "n", x.Number, "day", words.WeekdayDay(lang, x.Day), "from", x.From.String()), Least: 24})
	}
	for _, r := range rows {
		row := make([]string, len(g.Heads))
		row[0] = r.Participant + "\n "
		g.Rows = append(g.Rows, row)
	}
	return g
}

// Attests are the certificates of participation of a series, one for each who earned it, by name: the course, the hours
// that the person was there, and what one can do after it. It returns data.ErrDenied, and data.ErrNotFound.
func (p CoursePapers) Attests(ctx context.Context, by data.Actor, series string) (all []Document, err error) {
	return p.attests(ctx, by, series, "")
}

// AttestOf is the certificate of one enrolment in a series. It returns data.ErrDenied, and data.ErrNotFound for who has not
// earned one.
func (p CoursePapers) AttestOf(ctx context.Context, by data.Actor, series, enrolment string) (Document, error) {
	all, err := p.attests(ctx, by, series, enrolment)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("attest of enrolment %s: %w", data.Clean(enrolment, 40), data.ErrNotFound)
	}
	if err != nil {
		return Document{}, err
	}
	return all[0], nil
}

// attests makes those of one enrolment; of all when it is empty.
func (p CoursePapers) attests(ctx context.Context, by data.Actor, series, enrolment string) (all []Document, err error) {
	h, err := p.head(ctx)
	if err != nil {
		return nil, fmt.Errorf("attests: %w", err)
	}
	of, sessions, _, err := p.Courses.Attendance(ctx, by, series)
	if err != nil {
		return nil, fmt.Errorf("attests: %w", err)
	}
	list, err := p.Courses.Attests(ctx, by, series)
	if err != nil {
		return nil, fmt.Errorf("attests: %w", err)
	}
	known, err := p.Courses.Courses(ctx)
	if err != nil {
		return nil, fmt.Errorf("attests: %w", err)
	}
	var goals []string
	for _, c := range known {
		if c.ID == of.CourseID {
			goals = c.Goals
		}
	}
	for _, a := range list {
		if a.Earned && (enrolment == "" || a.ID == enrolment) {
			all = append(all, h.attest(of, sessions, goals, a))
		}
	}
	return all, nil
}

func (h courseHead) attest(of courses.Series, sessions []courses.Session, goals []string, a courses.Attest) Document {
	first, last := span(sessions)
	d := h.document("attest-"+of.Code+"-"+a.Participant, h.T(words.CoursepaperAttestTitle),
		Paragraph(h.T(words.CoursepaperAttestText, "place", h.place, "name", a.Participant)), Heading(of.Course),
		Facts{{h.T(words.CoursepaperColSeries), of.Code}, {h.T(words.CoursepaperAttestWhen), words.DaySpan(lang, first, last)}, {h.T(words.CoursepaperAttestWhere), of.Location},
			{h.T(words.CoursepaperAttestLessons), h.T(words.CoursepaperAttestOf, "n", a.Visits, "of", max(a.Given, a.Visits))}, {h.T(words.CoursepaperColHours), h.duration(a.Minutes)}})
	if len(goals) > 0 {
		d = d.with(Paragraph(h.T(words.CoursepaperAttestGoals)), Points(goals))
	}
	return d.with(Paragraph(h.T(words.CoursepaperAttestGiven, "place", h.place, "day", words.Day(lang, h.at))),
		Signatures{{Role: h.T(words.CoursepaperSignTrainer)}, {Role: h.T(words.CoursepaperSignTown, "place", h.place)}})
}

// span gives the first and the last day of the lessons that weren't cancelled.
func span(sessions []courses.Session) (first, last time.Time) {
	for _, x := range sessions {
		if x.State == courses.SessionCancelled {
			continue
		}
		if first.IsZero() || x.Day.Before(first) {
			first = x.Day
		}
		if x.Day.After(last) {
			last = x.Day
		}
	}
	return first, last
}

// lessonsOf lists when the lessons of a series are.
func (h courseHead) lessonsOf(sessions []courses.Session) Grid {
	g := Grid{Heads: []Head{{Title: h.T(words.CoursepaperLetterLesson), Right: true}, {Title: h.T(words.CoursepaperColDay)}, {Title: h.T(words.CoursepaperLetterHour)}, {Title: h.T(words.CoursepaperLetterRoom)}}}
	for _, x := range sessions {
		hour := strings.Join([]string{x.From.String(), x.To.String()}, " - ")
		if x.State == courses.SessionCancelled {
			hour = h.T(words.CoursepaperOff)
		}
		g.Rows = append(g.Rows, []string{strconv.Itoa(x.Number), words.WeekdayDay(lang, x.Day), hour, x.Room})
	}
	return g
}
