package programme_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"digibrug/courses/ics"
	"digibrug/courses/programme"
	"digibrug/data"
	"digibrug/data/calendar"

	ical "github.com/emersion/go-ical"
)

// at is a moment on the wall: "2026-10-06 18:30".
func at(s string) calendar.Local {
	day, clock, _ := strings.Cut(s, " ")
	d, err := data.ParseDay(day)
	if err != nil {
		panic(err)
	}
	m, err := calendar.ParseMinute(clock)
	if err != nil {
		panic(err)
	}
	return calendar.Local{Day: d, At: m}
}

// series has a lesson of two hours at each moment.
func series(title string, starts ...string) programme.Series {
	s := programme.Series{Code: title, Course: programme.Course{Title: title}, Seats: 8, SeatsFree: 3}
	for i, start := range starts {
		from := at(start)
		s.Lessons = append(s.Lessons, programme.Lesson{ID: fmt.Sprintf("%s-%d", title, i+1), Number: i + 1, Start: from, End: calendar.Local{Day: from.Day, At: from.At + 120}})
	}
	return s
}

func TestStateAt(t *testing.T) {
	plain := func() programme.Series { return series("word", "2026-10-06 18:30", "2026-10-13 18:30") }
	for name, c := range map[string]struct {
		change func(*programme.Series)
		at     string
		want   programme.State
	}{
		"seats":                       {func(*programme.Series) {}, "2026-09-01 09:00", programme.Open},
		"the minute before it begins": {func(*programme.Series) {}, "2026-10-06 18:29", programme.Open},
		"it begins":                   {func(*programme.Series) {}, "2026-10-06 18:30", programme.Shut},
		"no seats":                    {func(s *programme.Series) { s.SeatsFree = 0 }, "2026-09-01 09:00", programme.Full},
		"fewer than none":             {func(s *programme.Series) { s.SeatsFree = -1 }, "2026-09-01 09:00", programme.Full},
		"enrolment is over":           {func(s *programme.Series) { s.EnrolUntil = at("2026-09-01 09:00").Bound() }, "2026-09-01 09:00", programme.Shut},
		"full and over":               {func(s *programme.Series) { s.SeatsFree, s.EnrolUntil = 0, at("2026-09-01 08:00").Bound() }, "2026-09-01 09:00", programme.Shut},
		"cancelled":                   {func(s *programme.Series) { s.Cancelled = true }, "2026-09-01 09:00", programme.Cancelled},
		"the first lesson is off":     {func(s *programme.Series) { s.Lessons[0].Cancelled = true }, "2026-10-06 19:00", programme.Open},
		"all lessons are off":         {func(s *programme.Series) { s.Lessons[0].Cancelled, s.Lessons[1].Cancelled = true, true }, "2026-09-01 09:00", programme.Cancelled},
		"no lessons yet":              {func(s *programme.Series) { s.Lessons = nil }, "2026-09-01 09:00", programme.Cancelled},
	} {
		s := plain()
		c.change(&s)
		if got := s.StateAt(at(c.at).Bound()); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestUpcoming(t *testing.T) {
	gone := series("gone", "2026-09-01 09:00", "2026-09-08 09:00")
	running := series("running", "2026-09-29 09:00", "2026-10-13 09:00")
	off := series("off", "2026-10-20 09:00")
	off.Cancelled = true
	p := programme.Programme{At: at("2026-10-06 12:00").Bound(), Series: []programme.Series{series("b", "2026-11-03 09:00"), off, gone, series("a", "2026-11-03 09:00"),
		running, series("empty"), series("ends now", "2026-10-06 10:00"), series("ends soon", "2026-10-06 10:01")}}
	var got []string
	for _, s := range p.Upcoming() {
		got = append(got, s.Code)
	}
	if want := "running, ends soon, off, a, b"; strings.Join(got, ", ") != want {
		t.Errorf("%s, want %s", strings.Join(got, ", "), want)
	}
}

func TestFirstAndLast(t *testing.T) {
	s := series("word", "2026-10-20 09:00", "2026-10-06 09:00", "2026-10-13 09:00", "2026-10-27 09:00")
	s.Lessons[1].Cancelled = true
	first, ok := s.First()
	last, okLast := s.Last()
	if !ok || !okLast || first.Number != 3 || last.Number != 4 || len(s.Ordered()) != 4 || s.Ordered()[0].Number != 2 || s.Lessons[0].Number != 1 {
		t.Errorf("first %+v, last %+v", first, last)
	}
	if _, ok := series("none").Last(); ok {
		t.Error("a series without lessons has a last one")
	}
}

func TestCalendar(t *testing.T) {
	s := series("word", "2026-10-20 18:30", "2026-10-27 18:30")
	s.Room, s.Location, s.Address = "computerlokaal", "Bib", calendar.Address{Street: "Kerkplein 4", Postcode: "8999", Town: "Zandwerve"}
	s.Contact = programme.Contact{Web: "https://www.zandwerve.example/cursus"}
	s.Lessons[1].Cancelled, s.Lessons[1].Sequence = true, 2
	c := programme.Programme{At: at("2026-10-21 12:00").Bound(), Series: []programme.Series{s, series("gone", "2026-01-05 09:00")}}.Calendar(programme.Labels{Name: "Lessen", Kind: "cursus",
		Title:  func(s programme.Series, l programme.Lesson) string { return fmt.Sprint(s.Course.Title, " ", l.Number) },
		Detail: func(programme.Series, programme.Lesson) string { return "Breng niets mee." }})
	var out bytes.Buffer
	if err := ics.Write(&out, c); err != nil {
		t.Fatal(err)
	}
	read, err := ical.NewDecoder(&out).Decode()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range read.Events() {
		start, err := e.DateTimeStart(time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		place, _ := e.Props.Text("LOCATION")
		got = append(got, fmt.Sprint(e.Props.Get("UID").Value, " ", e.Props.Get("SUMMARY").Value, " ", start.UTC().Format("02 15:04Z"), " ", e.Props.Get("STATUS").Value, " ", place))
	}
	want := "word-1@digibrug word 1 20 16:30Z CONFIRMED computerlokaal, Bib, Kerkplein 4, 8999 Zandwerve\n" +
		"word-2@digibrug word 2 27 17:30Z CANCELLED computerlokaal, Bib, Kerkplein 4, 8999 Zandwerve"
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}
