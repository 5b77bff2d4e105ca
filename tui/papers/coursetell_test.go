package papers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/tui/screentest"

	"github.com/emersion/go-ical"
)

// mailed is a school with who is told by mail in each language, by phone and by letter, whose mails are read from the outbox.
type mailed struct {
	*coursestest.School
	box    *outbox.Store
	mails  CourseMails
	papers CoursePapers
	people []courses.Participant
	had    map[string]bool
}

func newMailed(t *testing.T) *mailed {
	s := coursestest.New(t, datatest.SQLite(t))
	settings := data.NewSettings(s.DB)
	for key, value := range map[data.Setting]string{data.SettingPlace: "Zandwerve", data.SettingHelp: "051 12 34 00", data.SettingCourseMail: "cursussen@zandwerve.example",
		data.SettingCourseWeb: "https://www.zandwerve.example/cursussen"} {
		s.OK(settings.Set(t.Context(), datatest.Operator, key, value))
	}
	m := &mailed{School: s, box: outbox.NewStore(s.DB), mails: CourseMails{Settings: settings, Now: s.Clock.Now, From: "post@zandwerve.example"},
		papers: CoursePapers{Courses: s.Store, Settings: settings, Now: s.Clock.Now}, had: map[string]bool{}}
	mia := s.Mia
	mia.Mail = "mia@lessen.example"
	coursestest.Must(s.PutTrainer(t.Context(), s.An, mia))(t)
	for _, p := range []courses.Participant{{Given: "Emma", Mail: "emma@post.example"}, {Given: "Luc", Mail: "luc@post.example", Language: "fr"}, {Given: "Joy", Mail: "joy@post.example", Language: "en"},
		{Given: "Tijl", Phone: "0470 22 00 02"}, {Given: "Bea", Channel: courses.ByLetter, Address: "Kerkplein 1, 9999 Zandwerve"}} {
		p.Family, p.Category = "Claes", courses.Resident
		m.people = append(m.people, coursestest.Must(s.PutParticipant(t.Context(), s.An, p))(t))
	}
	return m
}

// sent are the mails that came into the outbox since the last time, as text.
func (m *mailed) sent(t *testing.T) string {
	t.Helper()
	by := data.Operator("digibrug")
	n := coursestest.Must(m.mails.Tell(t.Context(), by, m.Store.Mailing(true)))(t)
	var text strings.Builder
	all := coursestest.Must(m.box.Mine(t.Context(), by))(t)
	slices.SortStableFunc(all, func(a, b outbox.Paper) int { return strings.Compare(a.Target, b.Target) })
	for _, p := range all {
		if m.had[p.ID] {
			continue
		}
		m.had[p.ID] = true
		n--
		var msg outbox.Message
		m.OK(json.Unmarshal(coursestest.Must(m.box.Body(t.Context(), by, p.ID))(t), &msg))
		fmt.Fprintf(&text, "%s\naan: %s\nonderwerp: %s\n\n%s\n\n", p.Name, p.Target, msg.Subject, msg.Text)
		for _, c := range append([][]byte{msg.Calendar}, msg.More...) {
			text.WriteString(invitation(t, c))
		}
		text.WriteString("----\n")
	}
	if n != 0 {
		t.Errorf("%d mails were counted that aren't in the outbox", n)
	}
	return text.String()
}

// invitation is a calendar as an independent program reads it.
func invitation(t *testing.T, c []byte) string {
	t.Helper()
	if c == nil {
		return ""
	}
	got, err := ical.NewDecoder(bytes.NewReader(c)).Decode()
	if err != nil {
		t.Fatalf("%v:\n%s", err, c)
	}
	events := got.Events()
	if len(events) != 1 {
		t.Fatalf("%d events in an invitation", len(events))
	}
	e := events[0]
	text := func(name string) string { return coursestest.Must(e.Props.Text(name))(t) }
	start := coursestest.Must(e.DateTimeStart(data.Brussels))(t)
	return fmt.Sprintf("%s %s: %s, %s, %s -> %s\n", coursestest.Must(got.Props.Text("METHOD"))(t), e.Props.Get("SEQUENCE").Value, start.Format("2006-01-02 15:04"), text("SUMMARY"),
		e.Props.Get("ORGANIZER").Value, e.Props.Get("ATTENDEE").Value)
}

// TestCourseMails reads each mail as the person would, and its invitations as a calendar would.
func TestCourseMails(t *testing.T) {
	m := newMailed(t)
	of := m.Open(6, m.Sessions(m.PCs, m.Mia, "2026-12-01 14:00-16:00", "2026-12-08 14:00-16:00")...)
	for _, p := range m.people {
		m.Join(of, p)
	}
	_, list, err := m.Series(t.Context(), m.An, of.ID)
	m.OK(err)
	m.Clock.Forward(time.Minute)
	screentest.Text(t, m.sent(t))
	steps := []struct {
		name string
		do   func()
	}{
		{"moved", func() {
			coursestest.Must(m.MoveSession(t.Context(), m.An, list[1].ID, coursestest.Slot(t, "2026-12-09 18:30-20:30"), m.Hall.ID, list[1].Trainers))(t)
		}},
		{"dropped", func() { m.OK(m.CancelSession(t.Context(), m.An, list[0].ID)) }},
		{"goes", func() { m.OK(m.DecideGo(t.Context(), m.An, of.ID)) }},
		{"stopped", func() { m.OK(m.CancelSeries(t.Context(), m.An, of.ID, "lesgever ziek")) }},
	}
	for _, step := range steps {
		m.Clock.Forward(time.Minute)
		step.do()
		t.Run(step.name, func(t *testing.T) { screentest.Text(t, m.sent(t)) })
	}
	if rest := m.sent(t); rest != "" {
		t.Errorf("told again:\n%s", rest)
	}
}

// TestMailWithoutOrganiser: where nobody can invite there is a mail without a calendar.
func TestMailWithoutOrganiser(t *testing.T) {
	m := newMailed(t)
	m.mails.From = ""
	m.OK(data.NewSettings(m.DB).Set(t.Context(), datatest.Operator, data.SettingCourseMail, ""))
	m.Join(m.Open(6, m.Sessions(m.PCs, m.Own, "2026-12-01 14:00-16:00")...), m.people[0])
	if got := m.sent(t); !strings.Contains(got, "U bent ingeschreven voor E-mail voor starters") || strings.Contains(got, "REQUEST") || strings.Contains(got, "agenda") {
		t.Error(got)
	}
}

// TestLettersOnce: a house whose outbox breaks off has no letter and told nobody; the next time each letter is there once.
func TestLettersOnce(t *testing.T) {
	m := newMailed(t)
	of := m.Open(6, m.Sessions(m.PCs, m.Mia, "2026-12-01 14:00-16:00", "2026-12-08 14:00-16:00")...)
	for _, p := range m.people[3:] {
		m.Join(of, p)
	}
	_, list, err := m.Series(t.Context(), m.An, of.ID)
	m.OK(err)
	m.OK(m.CancelSession(t.Context(), m.An, list[0].ID))
	broken, n := errors.New("disk full"), 0
	write := func(most int) courses.Write {
		return func(ctx context.Context, tx *data.Tx, news courses.News) error {
			if n++; n > most {
				return broken
			}
			d, err := m.papers.LetterAbout(ctx, news)
			if err == nil {
				_, err = Send(ctx, tx, m.An, outbox.Fetch, d)
			}
			return err
		}
	}
	if told, err := m.TellByLetter(t.Context(), m.An, of.ID, write(1)); !errors.Is(err, broken) || told != 0 {
		t.Errorf("broken off: %d, %v", told, err)
	}
	if left := coursestest.Must(m.box.Mine(t.Context(), m.An))(t); len(left) != 0 {
		t.Errorf("a letter is left of what broke off: %+v", left)
	}
	n = 0
	if told, err := m.TellByLetter(t.Context(), m.An, of.ID, write(9)); err != nil || told != 2 {
		t.Errorf("once more: %d, %v", told, err)
	}
	if told, err := m.TellByLetter(t.Context(), m.An, of.ID, write(9)); err != nil || told != 0 {
		t.Errorf("again: %d, %v", told, err)
	}
	if made := coursestest.Must(m.box.Mine(t.Context(), m.An))(t); len(made) != 2 {
		t.Errorf("%d letters, want 2: %+v", len(made), made)
	}
}

// TestLettersAbout reads the letters about what changed.
func TestLettersAbout(t *testing.T) {
	m := newMailed(t)
	of := m.Open(6, m.Sessions(m.PCs, m.Mia, "2026-12-01 14:00-16:00", "2026-12-08 14:00-16:00")...)
	m.Join(of, m.people[4])
	var text strings.Builder
	letters := func() {
		coursestest.Must(m.TellByLetter(t.Context(), m.An, "", func(ctx context.Context, _ *data.Tx, n courses.News) error {
			d, err := m.papers.LetterAbout(ctx, n)
			fmt.Fprintf(&text, "%s\n%s\n\n%s\n", d.FileName(FormatPDF), strings.Join(d.To, " / "), d.Text(letterWide))
			return err
		}))(t)
		m.Clock.Forward(time.Minute)
	}
	letters()
	_, list, err := m.Series(t.Context(), m.An, of.ID)
	m.OK(err)
	m.OK(m.CancelSession(t.Context(), m.An, list[0].ID))
	letters()
	m.OK(m.DecideGo(t.Context(), m.An, of.ID))
	letters()
	screentest.Text(t, text.String())
}
