package papers

import (
	"context"
	"strconv"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/words"
)

// CourseLists are the lists of courses: the catalogue and the series, who takes part, who waits, whom to call, hours of
// trainers, attests, and who took a course before. None of them tells why somebody pays less.
type CourseLists struct {
	Courses courseLists
	Now     clock
}

// courseLists is what the lists need of the courses; *courses.Store has it.
type courseLists interface {
	Courses(ctx context.Context) ([]courses.Course, error)
	SeriesList(ctx context.Context, by data.Actor, f courses.SeriesFilter) ([]courses.Listed, error)
	SeriesNamed(ctx context.Context, by data.Actor, name string) (courses.Series, error)
	Enrolments(ctx context.Context, by data.Actor, series string) ([]courses.Enrolment, error)
	Attendance(ctx context.Context, by data.Actor, series string) (courses.Series, []courses.Session, []courses.AttendanceRow, error)
	WaitingLists(ctx context.Context, by data.Actor) ([]courses.Waits, error)
	Calls(ctx context.Context, by data.Actor) ([]courses.Call, error)
	Hours(ctx context.Context, by data.Actor, month string) ([]courses.TrainerHours, error)
	Attests(ctx context.Context, by data.Actor, series string) ([]courses.Attest, error)
	OpenFees(ctx context.Context, by data.Actor) ([]courses.OpenFee, error)
	Formers(ctx context.Context, by data.Actor, course, since string) ([]courses.Former, error)
}

// ListOfAttendance is the name of the list of who was at which lesson.
const ListOfAttendance = "course-attendance"

// Papers are all lists, those of every day first.
func (l CourseLists) Papers() []Paper {
	desk := func(more ...data.Role) []data.Role {
		return append([]data.Role{data.RoleCoordinator, data.RoleClerk, data.RoleICT}, more...)
	}
	of := []Question{AsksSeries}
	return []Paper{
		{Name: "course-series", Title: words.CoursepaperSeries, Roles: desk(data.RoleTrainer, data.RoleDirector), fill: l.series},
		{Name: "course-calls", Title: words.CoursepaperCalls, Roles: desk(), fill: l.calls},
		{Name: "course-waiting", Title: words.CoursepaperWaiting, Roles: desk(), fill: l.waiting},
		{Name: "course-participants", Title: words.CoursepaperParticipants, Roles: desk(), Asks: of, fill: l.participants},
		{Name: ListOfAttendance, Title: words.CoursepaperAttendance, Roles: desk(data.RoleTrainer), Asks: of, fill: l.attendance},
		{Name: "course-attests", Title: words.CoursepaperAttests, Roles: desk(data.RoleTrainer), Asks: of, fill: l.attests},
		{Name: "course-hours", Title: words.CoursepaperHours, Roles: []data.Role{data.RoleCoordinator, data.RoleICT, data.RoleFinance}, Asks: []Question{AsksFrom}, fill: l.hours},
		{Name: "course-fees", Title: words.CoursepaperFees, Roles: desk(data.RoleFinance), fill: l.fees},
		{Name: "course-list", Title: words.CoursepaperList, Roles: desk(data.RoleTrainer, data.RoleDirector), fill: l.catalogue},
		{Name: "course-former", Title: words.CoursepaperFormer, Roles: desk(), Asks: []Question{AsksCourse, AsksFrom}, fill: l.former},
	}
}

// columns makes columns of a name, a title and a kind each.
func columns(all ...Column) []Column { return all }

func countIf(n int) Cell {
	if n == 0 {
		return Cell{}
	}
	return Count(n)
}

func (l CourseLists) catalogue(ctx context.Context, _ data.Actor, _ Ask) (Sheet, error) {
	all, err := l.Courses.Courses(ctx)
	s := Sheet{Columns: columns(column("code", words.CoursepaperColCode, KindText), column("title", words.CoursepaperColCourse, KindText), column("domain", words.CoursepaperColDomain, KindText),
		column("level", words.CoursepaperColLevel, KindText), column("audience", words.CoursepaperColAudience, KindList), column("lessons", words.CoursepaperColLessons, KindNumber),
		column("minutes", words.CoursepaperColMinutes, KindNumber), column("least", words.CoursepaperColLeast, KindNumber), column("most", words.CoursepaperColMost, KindNumber),
		column("goals", words.CoursepaperColGoals, KindList), column("retired_on", words.CoursepaperColRetired, KindDay))}
	for _, c := range all {
		var who, codes []string
		for _, kind := range c.Audience.Who {
			who, codes = append(who, nl.T(words.CourseCategory(string(kind)))), append(codes, string(kind))
		}
		audience := List(who, codes)
		if len(who) == 0 {
			audience = Cell{}
		}
		s.Rows = append(s.Rows, []Cell{Text(c.Code), Text(c.Title), Coded(nl.T(words.CourseDomain(string(c.Domain))), string(c.Domain)),
			Coded(nl.T(words.CourseLevel(c.Level)), strconv.Itoa(c.Level)), audience, Count(c.Lessons), Count(c.Minutes), Count(c.Least), Count(c.Most),
			List(c.Goals, nil), Day(c.RetiredOn)})
	}
	return s, err
}

func (l CourseLists) series(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
	all, err := l.Courses.SeriesList(ctx, by, courses.SeriesFilter{})
	s := Sheet{Columns: columns(column("code", words.CoursepaperColSeries, KindText), column("course", words.CoursepaperColCourse, KindText), column("state", words.CoursepaperColState, KindText),
		column("first_at", words.CoursepaperColFirst, KindMoment), column("last_on", words.CoursepaperColLast, KindDay), column("next_at", words.CoursepaperColNext, KindMoment),
		column("rooms", words.CoursepaperColRooms, KindText), column("trainers", words.CoursepaperColTrainers, KindText), column("lessons", words.CoursepaperColLessons, KindNumber),
		column("given", words.CoursepaperColGiven, KindNumber), column("seats", words.CoursepaperColSeats, KindNumber), column("booked", words.CoursepaperColBooked, KindNumber),
		column("offered", words.CoursepaperColOffered, KindNumber), column("waiting", words.CoursepaperColWaiting, KindNumber), column("free", words.CoursepaperColFree, KindNumber))}
	for _, one := range all {
		s.Rows = append(s.Rows, []Cell{Text(one.Code), Text(one.Course), Coded(coursewords.State(lang, one.Series, l.Now()), string(one.StateAt(l.Now()))), Moment(one.First), dayOf(one.Last), Moment(one.NextAt),
			textIf(one.Rooms), textIf(one.Trainers), Count(one.Sessions), Count(one.Given), Count(one.Seats), Count(one.Booked), Count(one.Offered), Count(one.Waiting), Count(one.Free())})
	}
	return s, err
}

// dayOf is the day of an instant; the zero time gives an empty cell.
func dayOf(at time.Time) Cell {
	if at.IsZero() {
		return Cell{}
	}
	return Day(data.DayOf(at))
}

// enrolmentState is how an enrolment stands, as a cell.
func enrolmentState(e courses.Enrolment) Cell {
	return Coded(nl.T(words.EnrolmentState(string(e.State))), string(e.State))
}

// feeCell is the fee as it was at enrolment; empty while nobody knows it.
func feeCell(f courses.Fee) Cell {
	if !f.Known {
		return Cell{}
	}
	return Money(f.Cents)
}

// one finds the series that an ask names.
func (l CourseLists) one(ctx context.Context, by data.Actor, ask Ask) (courses.Series, error) {
	if ask.Series == "" {
		return courses.Series{}, &data.Invalid{Field: string(AsksSeries), Why: data.WhyEmpty}
	}
	return l.Courses.SeriesNamed(ctx, by, ask.Series)
}

// titled names a paper after the series.
func titled(title words.Key, of courses.Series) string {
	return nl.T(words.CoursepaperOf, "title", nl.T(title), "course", of.Course, "code", of.Code)
}

func (l CourseLists) participants(ctx context.Context, by data.Actor, ask Ask) (Sheet, error) {
	of, err := l.one(ctx, by, ask)
	if err != nil {
		return Sheet{}, err
	}
	all, err := l.Courses.Enrolments(ctx, by, of.ID)
	s := Sheet{Of: of.Code, Title: titled(words.CoursepaperParticipants, of), Columns: columns(column("seat", words.CoursepaperColSeat, KindNumber), column("name", words.CoursepaperColName, KindText),
		column("state", words.CoursepaperColState, KindText), column("phone", words.CoursepaperColPhone, KindText), column("mail", words.CoursepaperColMail, KindText),
		column("enrolled_at", words.CoursepaperColEnrolled, KindMoment), column("fee", words.CoursepaperColFee, KindMoney), column("paid", words.CoursepaperColPaid, KindText))}
	for _, e := range all {
		s.Rows = append(s.Rows, []Cell{countIf(e.Seat), Text(e.Participant), enrolmentState(e), textIf(e.Phone), textIf(e.Mail), Moment(e.Queued), feeCell(e.Fee),
			Coded(nl.T(words.FeePaid(string(e.Paid))), string(e.Paid))})
	}
	return s, err
}

// attendance is a grid: a row per participant, a column per lesson.
func (l CourseLists) attendance(ctx context.Context, by data.Actor, ask Ask) (Sheet, error) {
	of, err := l.one(ctx, by, ask)
	if err != nil {
		return Sheet{}, err
	}
	_, sessions, rows, err := l.Courses.Attendance(ctx, by, of.ID)
	s := Sheet{Of: of.Code, Title: titled(words.CoursepaperAttendance, of), Columns: columns(column("name", words.CoursepaperColName, KindText)), Notes: []string{nl.T(words.CoursepaperCaughtNote)}}
	for _, x := range sessions {
		title := nl.T(words.CoursepaperColLesson, "n", x.Number, "day", words.ShortDay(lang, x.Day))
		s.Columns = append(s.Columns, Column{Name: "lesson_" + strconv.Itoa(x.Number), Title: title, Kind: KindText})
	}
	s.Columns = append(s.Columns, column("caught_up", words.CoursepaperColCaught, KindList), column("visits", words.CoursepaperColVisits, KindNumber))
	for _, r := range rows {
		row, visits := []Cell{Text(seated(r))}, len(r.Caught)
		for _, x := range sessions {
			row = append(row, markCell(r.Marks[x.ID], x))
			if m := r.Marks[x.ID]; m == courses.Present || m == courses.Late {
				visits++
			}
		}
		var caught []string
		for _, n := range r.Caught {
			caught = append(caught, strconv.Itoa(n))
		}
		s.Rows = append(s.Rows, append(row, List(caught, nil), Count(visits)))
	}
	return s, err
}

// seated is the name of a participant, with what became of who left.
func seated(r courses.AttendanceRow) string {
	if r.State == courses.Booked {
		return r.Participant
	}
	return nl.T(words.CoursepaperLeft, "name", r.Participant)
}

func markCell(m courses.Mark, x courses.Session) Cell {
	switch {
	case x.State == courses.SessionCancelled:
		return Coded(nl.T(words.CoursepaperOff), "cancelled")
	case m == "":
		return Cell{}
	}
	return Coded(nl.T(words.AttendanceMark(string(m))), string(m))
}

func (l CourseLists) attests(ctx context.Context, by data.Actor, ask Ask) (Sheet, error) {
	of, err := l.one(ctx, by, ask)
	if err != nil {
		return Sheet{}, err
	}
	all, err := l.Courses.Attests(ctx, by, of.ID)
	s := Sheet{Of: of.Code, Title: titled(words.CoursepaperAttests, of), Columns: columns(column("name", words.CoursepaperColName, KindText), column("visits", words.CoursepaperColVisits, KindNumber),
		column("given", words.CoursepaperColGiven, KindNumber), column("minutes", words.CoursepaperColMinutes, KindNumber), column("earned", words.CoursepaperColEarned, KindText)),
		Notes: []string{nl.T(words.CoursepaperEarnedNote)}}
	for _, a := range all {
		earned := Coded(nl.T(words.CoursepaperNo), "no")
		if a.Earned {
			earned = Coded(nl.T(words.CoursepaperYes), "yes")
		}
		s.Rows = append(s.Rows, []Cell{Text(a.Participant), Count(a.Visits), Count(a.Given), Count(a.Minutes), earned})
	}
	return s, err
}
