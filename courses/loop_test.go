package courses_test

import (
	"fmt"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
)

func TestGaps(t *testing.T) {
	mail := courses.Course{ID: "m1", Code: "mail-1", Domain: courses.DomainMail, Level: 1}
	all := []courses.Course{mail, {ID: "m2", Code: "mail-2", Domain: courses.DomainMail, Level: 2}, {ID: "s1", Code: "sheets", Domain: courses.DomainSheets, Level: 2, Audience: courses.Audience{Who: []courses.Category{courses.Resident}}},
		{ID: "w1", Code: "windows", Domain: courses.DomainWindows, Level: 2, RetiredOn: "2026-01-01"}, {ID: "w2", Code: "windows-2", Domain: courses.DomainWindows, Level: 3}}
	at := func(day int) time.Time { return time.Date(2026, 11, day, 12, 0, 0, 0, time.UTC) }
	for name, test := range map[string]struct {
		levels []courses.Measured
		want   string
	}{
		"one level up":             {[]courses.Measured{{"an", courses.DomainMail, at(1), 1}}, "an m2 2"},
		"on target already":        {[]courses.Measured{{"an", courses.DomainMail, at(1), 3}}, ""},
		"the newest counts":        {[]courses.Measured{{"an", courses.DomainMail, at(9), 3}, {"an", courses.DomainMail, at(1), 1}}, ""},
		"a course for others only": {[]courses.Measured{{"an", courses.DomainSheets, at(1), 1}}, ""},
		"a course that is retired": {[]courses.Measured{{"an", courses.DomainWindows, at(1), 1}}, ""},
		"the course above":         {[]courses.Measured{{"an", courses.DomainWindows, at(1), 2}}, "an w2 1"},
		"two people, in order":     {[]courses.Measured{{"bo", courses.DomainMail, at(1), 2}, {"an", courses.DomainMail, at(1), 2}}, "an m2 1 bo m2 1"},
	} {
		got := ""
		for _, ask := range courses.Gaps(test.levels, all, 3, "2026-11-23") {
			got += fmt.Sprintf(" %s %s %d", ask.Person, ask.Course, ask.Levels)
		}
		if got != "" {
			got = got[1:]
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// TestGained: the last level before and the first after, and nothing of fewer than five.
func TestGained(t *testing.T) {
	start := time.Date(2026, 11, 10, 12, 0, 0, 0, time.UTC)
	day := func(n int) time.Time { return start.AddDate(0, 0, n) }
	var levels []courses.Measured
	took := map[string]courses.Span{}
	for i := range 6 {
		who := fmt.Sprint(i)
		took[who] = courses.Span{From: start, To: day(7), Minutes: 120}
		levels = append(levels, courses.Measured{who, courses.DomainMail, day(-30), 4}, courses.Measured{who, courses.DomainMail, day(-5), 1}, courses.Measured{who, courses.DomainMail, day(3), 4},
			courses.Measured{who, courses.DomainMail, day(10), 2 + i%2}, courses.Measured{who, courses.DomainMail, day(90), 1}, courses.Measured{who, courses.DomainText, day(10), 4})
	}
	took["not measured"] = courses.Span{From: start, To: day(7), Minutes: 6000}
	people, gained, minutes := courses.Gained(levels, courses.DomainMail, took)
	if people != 6 || gained != 9 || minutes != 720 {
		t.Errorf("%d people gained %d in %d minutes, want 6, 9 and 720", people, gained, minutes)
	}
	if per, ok := (courses.Loop{Retested: people, Gained: gained, Hours: 112, RetestHours: float64(minutes) / 60}).PerHundred(); !ok || per != 75 {
		t.Errorf("%v levels in 100 hours, want 75: nobody measured what the others gained", per)
	}
	delete(took, "0")
	delete(took, "1")
	if people, gained, minutes := courses.Gained(levels, courses.DomainMail, took); people != 0 || gained != 0 || minutes != 0 {
		t.Errorf("of four people %d and %d are shown", people, gained)
	}
}

// TestLoop follows a need to a seat, to attendance, to what it brought.
func TestLoop(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		zoe, omar := s.Person(), s.Person()
		asks := []courses.NeedAsk{{Participant: zoe.ID, Course: s.Email.ID, Levels: 1, Source: courses.FromCoordinator}, {Participant: omar.ID, Course: s.Email.ID, Levels: 2, Source: courses.FromCoordinator},
			{Person: s.Town.Actor("lid1").PersonID, Course: s.Email.ID, Levels: 1, Source: courses.FromAssessment}}
		if n := coursestest.Must(s.PutNeeds(t.Context(), s.An, asks))(t); n != 3 {
			t.Errorf("%d needs are new", n)
		}
		asks[0].Levels = 3
		if n := coursestest.Must(s.PutNeeds(t.Context(), s.An, asks))(t); n != 0 {
			t.Errorf("again, %d needs are new", n)
		}
		needs := coursestest.Must(s.Needs(t.Context(), s.An, false))(t)
		if len(needs) != 3 || needs[0].Levels+needs[1].Levels+needs[2].Levels != 6 {
			t.Errorf("needs: %+v", needs)
		}
		one := s.Open(3, s.Sessions(s.Hall, s.Mia, nextWeek)...)
		e := s.Join(one, zoe)
		s.Clock.Forward(coursestest.Slot(t, nextWeek).Instants().To.Sub(s.Clock.Now()))
		s.OK(s.Mark(t.Context(), s.An, sessions(s, one)[0].ID, e.ID, courses.Present))
		loops := coursestest.Must(s.LoopOf(t.Context(), s.Town.Actor("dirk.adm"), nil))(t)
		if len(loops) != 1 {
			t.Fatalf("loops: %+v", loops)
		}
		if l := loops[0]; l.Title != s.Email.Title || l.Needs != 3 || l.Met != 1 || l.People != 1 || l.Hours != 2 || l.TrainerHours != 2 || l.Cents != 3000 || l.Retested != 0 {
			t.Errorf("the loop: %+v", l)
		}
		if _, ok := loops[0].PerHundred(); ok {
			t.Error("levels per hour without a re-test")
		}
		s.OK(s.CloseNeed(t.Context(), s.An, needs[0].ID, "kan het al"))
		if err := s.CloseNeed(t.Context(), s.An, needs[0].ID, "nog eens"); err == nil {
			t.Error("a need was closed twice")
		}
		if _, err := s.Needs(t.Context(), s.Town.Actor("dirk.adm"), true); err == nil {
			t.Error("the director reads needs by name")
		}
		s.Clean()
	})
}
