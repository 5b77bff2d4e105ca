package papers

import (
	"context"
	"slices"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/words"
)

// calls is the list for who calls: offers that lapse first come first. There is a column to note how the call went.
func (l CourseLists) calls(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
	all, err := l.Courses.Calls(ctx, by)
	s := Sheet{Columns: columns(column("name", words.CoursepaperColName, KindText), column("phone", words.CoursepaperColPhone, KindText), column("mail", words.CoursepaperColMail, KindText),
		column("about", words.CoursepaperColAbout, KindText), column("course", words.CoursepaperColCourse, KindText), column("code", words.CoursepaperColSeries, KindText),
		column("begins", words.CoursepaperColFirst, KindMoment), column("until", words.CoursepaperColUntil, KindDay), column("result", words.CoursepaperColResult, KindText)),
		Notes: []string{nl.T(words.CoursepaperCallNote)}}
	for _, c := range all {
		what := Coded(nl.T(coursewords.Call(c.About)), string(c.About))
		s.Rows = append(s.Rows, []Cell{Text(c.Participant), textIf(c.Phone), textIf(c.Mail), what, Text(c.Series.Course), Text(c.Series.Code), Moment(c.Series.First), Day(c.OfferUntil), {}})
	}
	return s, err
}

// fees is the money that has still to come in or to go back.
func (l CourseLists) fees(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
	all, err := l.Courses.OpenFees(ctx, by)
	s := Sheet{Columns: columns(column("what", words.CoursepaperColPaid, KindText), column("amount", words.CoursepaperColFee, KindMoney), column("name", words.CoursepaperColName, KindText),
		column("phone", words.CoursepaperColPhone, KindText), column("mail", words.CoursepaperColMail, KindText), column("code", words.CoursepaperColSeries, KindText),
		column("course", words.CoursepaperColCourse, KindText), column("state", words.CoursepaperColState, KindText), column("ended_on", words.CoursepaperColOver, KindDay)),
		Notes: []string{nl.T(words.CoursepaperFeesNote)}}
	for _, f := range all {
		amount := Cell{}
		if cents, known := f.Amount(); known {
			amount = Money(cents)
		}
		s.Rows = append(s.Rows, []Cell{Coded(nl.T(words.FeePaid(string(f.Paid))), string(f.Paid)), amount, textIf(f.Participant), textIf(f.Phone), textIf(f.Mail), Text(f.Code), Text(f.Course),
			enrolmentState(f.Enrolment), dayOf(f.Ended)})
	}
	return s, err
}

func (l CourseLists) waiting(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
	all, err := l.Courses.WaitingLists(ctx, by)
	s := Sheet{Columns: columns(column("code", words.CoursepaperColSeries, KindText), column("course", words.CoursepaperColCourse, KindText), column("begins", words.CoursepaperColFirst, KindMoment),
		column("place", words.CoursepaperColPlace, KindNumber), column("name", words.CoursepaperColName, KindText), column("phone", words.CoursepaperColPhone, KindText),
		column("mail", words.CoursepaperColMail, KindText), column("since", words.CoursepaperColSince, KindMoment), column("together", words.CoursepaperColTogether, KindText))}
	for _, w := range all {
		s.Rows = append(s.Rows, []Cell{Text(w.Code), Text(w.Course), Moment(w.First), Count(w.Place), Text(w.Participant), textIf(w.Phone), textIf(w.Mail), Moment(w.Queued), together(w, all)})
	}
	return s, err
}

// together names who waits with somebody.
func together(w courses.Waits, all []courses.Waits) Cell {
	at := slices.IndexFunc(all, func(o courses.Waits) bool { return w.Pair != "" && o.Pair == w.Pair && o.ID != w.ID })
	if at < 0 {
		return Cell{}
	}
	return Text(all[at].Participant)
}

// hours is the sheet of a month: each lesson of a trainer, and a row with what it comes to.
func (l CourseLists) hours(ctx context.Context, by data.Actor, ask Ask) (Sheet, error) {
	month := data.DayOf(l.Now())[:len("2006-01")]
	if day, err := data.ParseDay(ask.From); err == nil {
		month = data.DayText(day)[:len("2006-01")]
	}
	all, err := l.Courses.Hours(ctx, by, month)
	s := Sheet{Title: nl.T(words.CoursepaperHoursOf, "month", words.Month(lang, data.StoredDay(month+"-01"))),
		Columns: columns(column("trainer", words.CoursepaperColTrainer, KindText), column("kind", words.CoursepaperColKind, KindText), column("day", words.CoursepaperColDay, KindDay),
			column("from", words.CoursepaperColFrom, KindText), column("until", words.CoursepaperColTo, KindText), column("code", words.CoursepaperColSeries, KindText),
			column("course", words.CoursepaperColCourse, KindText), column("present", words.CoursepaperColPresent, KindNumber),
			Column{Name: "hours", Title: nl.T(words.CoursepaperColHours), Kind: KindNumber, Decimals: 2}, column("allowance", words.CoursepaperColAllowance, KindMoney)),
		Notes: []string{nl.T(words.CoursepaperHoursNote)}}
	for _, t := range all {
		kind := Coded(nl.T(words.TrainerKind(string(t.Kind))), string(t.Kind))
		for _, x := range t.Lines {
			s.Rows = append(s.Rows, []Cell{Text(t.Trainer), kind, Day(data.DayText(x.Day)), Text(x.From.String()), Text(x.To.String()), Text(x.Code), Text(x.Course), Count(x.Present),
				Number(float64(x.Minutes()) / 60), {}})
		}
		s.Rows = append(s.Rows, []Cell{Text(t.Trainer), kind, {}, {}, {}, {}, Coded(nl.T(words.CoursepaperTotal, "n", t.Sessions), "total"), {}, Number(float64(t.Minutes) / 60), Money(t.Cents)})
	}
	return s, err
}

// formerYears is how many years back the list of who took a course goes where nobody says.
const formerYears = 2

// former is who may like a next course.
func (l CourseLists) former(ctx context.Context, by data.Actor, ask Ask) (Sheet, error) {
	since := ask.From
	if since == "" {
		since = data.DayOf(l.Now().AddDate(-formerYears, 0, 0))
	}
	course, err := l.courseNamed(ctx, ask.Course)
	if err != nil {
		return Sheet{}, err
	}
	all, err := l.Courses.Formers(ctx, by, course, since)
	s := Sheet{Columns: columns(column("name", words.CoursepaperColName, KindText), column("phone", words.CoursepaperColPhone, KindText), column("mail", words.CoursepaperColMail, KindText),
		column("course", words.CoursepaperColLastCourse, KindText), column("code", words.CoursepaperColSeries, KindText), column("ended_on", words.CoursepaperColEnded, KindDay),
		column("visits", words.CoursepaperColVisits, KindNumber)), Notes: []string{nl.T(words.CoursepaperFormerNote, "day", words.StoredDay(lang, since))}}
	for _, f := range all {
		s.Rows = append(s.Rows, []Cell{Text(f.Name()), textIf(f.Phone), textIf(f.Mail), Text(f.Course), Text(f.Code), Day(f.On), Count(f.Visits)})
	}
	return s, err
}

// courseNamed finds the id of a course by its code; an empty one stays empty.
func (l CourseLists) courseNamed(ctx context.Context, code string) (string, error) {
	if code == "" {
		return "", nil
	}
	all, err := l.Courses.Courses(ctx)
	if err != nil {
		return "", err
	}
	for _, c := range all {
		if c.Code == code || c.ID == code {
			return c.ID, nil
		}
	}
	return "", &data.Invalid{Field: string(AsksCourse), Why: data.WhyUnknown, Got: data.Clean(code, gotLen)}
}
