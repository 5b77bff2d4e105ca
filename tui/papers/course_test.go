package papers

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/tui/screentest"
)

// place is a municipality without other settings.
type noSettings struct{}

func (noSettings) Get(_ context.Context, key data.Setting, fallback string) (string, error) {
	switch key {
	case data.SettingPlace:
		return "Zandwerve", nil
	case data.SettingHelp:
		return "Bel 051 12 34 00", nil
	}
	return fallback, nil
}

// courseScene is a school after a series of two lessons: Zoë was at both, Mo at one, Rosa at none. A next one is open, with
// one seat, who got it, and who waits.
func courseScene(t *testing.T) (s *coursestest.School, past, next courses.Series) {
	t.Helper()
	s = coursestest.New(t, datatest.SQLite(t))
	past = s.Open(8, s.Sessions(s.PCs, s.Mia, "2026-12-01 14:00-16:00", "2026-12-08 14:00-15:30")...)
	next = s.Open(1, s.Sessions(s.PCs, s.Mia, "2026-12-15 14:00-16:00", "2026-12-22 14:00-16:00")...)
	var people []courses.Participant
	for _, p := range []courses.Participant{{Given: "Zoë", Family: "Adams", Phone: "0470 11 00 01"}, {Given: "Mo", Family: "Claes", Phone: "0470 11 00 02"}, {Given: "Rosa", Family: "De Wilde", Mail: "rosa@zandwerve.example"}} {
		p.Category = courses.Resident
		people = append(people, coursestest.Must(s.PutParticipant(t.Context(), s.An, p))(t))
	}
	var in []courses.Enrolment
	for _, p := range people {
		in = append(in, s.Join(past, p))
	}
	for _, p := range people[1:] {
		s.Join(next, p)
		s.Clock.Forward(time.Minute)
	}
	_, sessions, err := s.Series(t.Context(), s.An, past.ID)
	s.OK(err)
	s.Clock.Forward(sessions[1].Instants().To.Add(time.Hour).Sub(s.Clock.Now()))
	for i, marks := range [][]courses.Mark{{courses.Present, courses.Late, courses.Absent}, {courses.Present, courses.Excused, courses.Absent}} {
		for n, m := range marks {
			s.OK(s.Mark(t.Context(), s.An, sessions[i].ID, in[n].ID, m))
		}
	}
	return s, past, next
}

// TestCourseLists fills every list and compares it with its golden.
func TestCourseLists(t *testing.T) {
	s, past, next := courseScene(t)
	shelf := NewShelf(s.DB, noSettings{}, CourseLists{Courses: s.Store, Now: s.Clock.Now}.Papers()...)
	for _, p := range shelf.All() {
		t.Run(p.Name, func(t *testing.T) {
			ask := Ask{From: "2026-12-24"}
			if p.Name == "course-former" {
				ask.From = "2026-01-01"
			}
			if p.Needs() == AsksSeries {
				ask.Series = strings.ToUpper(past.Code)
				if _, err := shelf.Fill(t.Context(), s.An, p.Name, Ask{}); err == nil {
					t.Error("filled without a series")
				}
			}
			sheet, err := shelf.Fill(t.Context(), s.An, p.Name, ask)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range Formats() {
				made(t, f, sheet)
			}
			screentest.Text(t, sheet.Table(0))
			want := p.Name + "-2026-12-08.pdf"
			if p.Needs() == AsksSeries {
				want = p.Name + "-" + past.Code + "-2026-12-08.pdf"
			}
			if got := sheet.FileName(FormatPDF); got != want {
				t.Errorf("its file is called %q, want %q", got, want)
			}
			if _, err := shelf.Fill(t.Context(), s.Town.Actor("lid6"), p.Name, ask); err == nil {
				t.Error("a colleague without a role has it")
			}
		})
	}
	if _, err := shelf.Fill(t.Context(), s.Lesson, "course-attendance", Ask{Series: next.Code}); err == nil {
		t.Error("a trainer has the attendance of somebody else's series")
	}
}

// TestCourseDocuments writes every document as a PDF and as text.
func TestCourseDocuments(t *testing.T) {
	s, past, next := courseScene(t)
	p := CoursePapers{Courses: s.Store, Settings: noSettings{}, Now: s.Clock.Now}
	check := func(name string, all ...Document) {
		t.Run(name, func(t *testing.T) {
			var text strings.Builder
			for _, d := range all {
				var out bytes.Buffer
				if err := WriteDocument(&out, FormatPDF, d); err != nil {
					t.Fatal(err)
				}
				text.WriteString(d.FileName(FormatPDF) + "\n\n" + d.Text(letterWide) + "\n")
			}
			screentest.Text(t, text.String())
		})
	}
	check("sign", coursestest.Must(p.SignList(t.Context(), s.An, past.ID))(t))
	attests := coursestest.Must(p.Attests(t.Context(), s.An, past.ID))(t)
	if len(attests) != 1 { // who was at one lesson of two has none
		t.Errorf("%d attests, want 1", len(attests))
	}
	check("attest", attests...)
	of, sessions, err := s.Series(t.Context(), s.An, next.ID)
	s.OK(err)
	e := coursestest.Must(s.Enrolments(t.Context(), s.An, next.ID))(t)[0]
	off := of
	off.State = courses.SeriesCancelled
	letter := func(state courses.EnrolmentState, of courses.Series) Document {
		e := e
		if e.State = state; state == courses.Offered {
			e.OfferUntil = "2026-12-11"
		}
		return coursestest.Must(p.LetterTo(t.Context(), e, of, sessions))(t).Document
	}
	check("letters", letter(courses.Booked, of), letter(courses.Waiting, of), letter(courses.Offered, of), letter(courses.Withdrawn, of), letter(courses.Withdrawn, off), letter(courses.MovedOn, off))
	e.State = courses.Refused
	if _, err := p.LetterTo(t.Context(), e, of, sessions); err == nil {
		t.Error("a letter about nothing")
	}
	former := coursestest.Must(s.Formers(t.Context(), s.An, "", ""))(t)
	check("invitation", coursestest.Must(p.Invitation(t.Context(), former[0], coursestest.Must(s.SeriesList(t.Context(), s.An, courses.SeriesFilter{Open: true}))(t)))(t))
	s.OK(s.CancelSeries(t.Context(), s.An, next.ID, "te weinig cursisten"))
	told := 0
	coursestest.Must(s.TellByLetter(t.Context(), s.An, next.ID, func(ctx context.Context, _ *data.Tx, n courses.News) error {
		d, err := p.LetterAbout(ctx, n)
		if told++; !strings.Contains(d.Text(0), "niet door") {
			t.Errorf("a letter after it was cancelled: %+v", d)
		}
		return err
	}))(t)
	if told == 0 {
		t.Error("no letters after it was cancelled")
	}
}
