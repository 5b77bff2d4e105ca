package assessment_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui/assessment"
	"digibrug/tui/screentest"

	tea "charm.land/bubbletea/v2"
)

// byCode lets somebody in with a paper code for the campaign.
func (s scene) byCode(t *testing.T, login string) data.Identity {
	t.Helper()
	codes := data.NewCodes(s.DB, data.NewHasher(datatest.CheapHash))
	w := data.Window{From: s.DB.Now(), Until: s.DB.Now().Add(24 * time.Hour)}
	issued, err := codes.Issue(t.Context(), datatest.Operator, data.Journey{Kind: data.JourneyAssessment, Of: s.campaign.ID},
		[]string{s.Identity(login).PersonID}, w, nil, nil)
	if err != nil || len(issued) != 1 {
		t.Fatalf("issue: %d codes, %v", len(issued), err)
	}
	id, err := data.NewGate(s.Accounts, slog.New(slog.DiscardHandler)).Code(t.Context(), issued[0].Secret, "192.0.2.7", data.Identity{KioskID: "k1"})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// journey opens the journey of who came in with a code.
func (s scene) journey(t *testing.T, id data.Identity, lang string, w, h int, steps ...tea.Msg) *screentest.Screen {
	t.Helper()
	id.Language = lang
	session := screentest.Session(t, id)
	session.Bare = true
	return screentest.Show(t, assessment.NewJourney(session, s.store, s.campaign.ID), w, h, steps...)
}

// journeys compares a page with a golden file at every size and in every language.
func journeys(t *testing.T, before func(*testing.T, scene, data.Identity), steps ...[]tea.Msg) {
	t.Helper()
	for _, lang := range []string{"nl", "en", "fr"} {
		for _, size := range sizes {
			if lang != "nl" && size != sizes[0] {
				continue
			}
			t.Run(fmt.Sprintf("%s_%dx%d", lang, size[0], size[1]), func(t *testing.T) {
				s := newScene(t)
				id := s.byCode(t, "an.peeters")
				if before != nil {
					before(t, s, id)
				}
				screentest.Golden(t, s.journey(t, id, lang, size[0], size[1], screentest.Steps(steps...)...))
			})
		}
	}
}

// From the instruction into the first question, and to the end with nothing but the entry answered.
var (
	intoIt  = keys("down", "enter")
	allOpen = screentest.Steps(intoIt, entry(), keys("f6", "home", "enter", "down", "enter"))
)

func TestJourney(t *testing.T)       { journeys(t, nil) } // straight to the instruction
func TestJourneyBack(t *testing.T)   { journeys(t, nil, keys("esc")) }
func TestJourneyPaused(t *testing.T) { journeys(t, nil, intoIt, entry(), keys("esc")) }
func TestJourneyDone(t *testing.T)   { journeys(t, nil, allOpen, keys("esc")) }
func TestJourneyOver(t *testing.T) {
	journeys(t, func(t *testing.T, s scene, _ data.Identity) {
		if err := s.store.Close(t.Context(), datatest.Operator, s.campaign.ID); err != nil {
			t.Fatal(err)
		}
	})
}

// TestJourneyGoesOn comes back with the same code: at the question where it stopped, with nothing asked.
func TestJourneyGoesOn(t *testing.T) {
	s := newScene(t)
	id := s.byCode(t, "an.peeters")
	first := s.journey(t, id, "nl", 80, 24, screentest.Steps(intoIt, entry(), keys("enter"))...)
	where := strings.SplitN(strings.TrimSpace(first.Text()), "\n", 6)[3]
	if !strings.Contains(where, "Vraag 5") {
		t.Fatalf("stands at %q:\n%s", where, first.Text())
	}
	again := s.journey(t, id, "nl", 80, 24)
	if got := strings.SplitN(strings.TrimSpace(again.Text()), "\n", 6)[3]; got != where {
		t.Errorf("comes back at %q, stopped at %q", got, where)
	}
}

// TestJourneyEnds: "close" ends the visit, and Enter after the end is "close".
func TestJourneyEnds(t *testing.T) {
	for name, steps := range map[string][]tea.Msg{
		"before it began":   keys("esc", "down", "enter"),
		"in the middle":     screentest.Steps(intoIt, entry(), keys("esc", "down", "enter")),
		"done":              screentest.Steps(allOpen, keys("esc", "enter")),
		"Esc, and yes":      keys("esc", "esc", "down", "enter"),
		"done, read again":  screentest.Steps(allOpen, keys("esc", "up", "enter", "esc", "enter")),
		"done, by the keys": screentest.Steps(allOpen, keys("esc", "esc", "down", "enter")),
	} {
		s := newScene(t)
		if page := s.journey(t, s.byCode(t, "an.peeters"), "nl", 80, 24, steps...); !page.Left() {
			t.Errorf("%s: the visit goes on:\n%s", name, page.Text())
		}
	}
	for name, steps := range map[string][]tea.Msg{"Esc alone": keys("esc", "esc", "enter"), "going on": keys("esc", "enter")} {
		s := newScene(t)
		if page := s.journey(t, s.byCode(t, "an.peeters"), "nl", 80, 24, steps...); page.Left() {
			t.Errorf("%s: the visit has ended", name)
		}
	}
}

// TestJourneyOfAnother: a code is good for its own campaign alone, whatever screen is opened with it.
func TestJourneyOfAnother(t *testing.T) {
	s := newScene(t)
	id := s.byCode(t, "an.peeters")
	other, err := s.store.Create(t.Context(), datatest.Operator, quiz.Campaign{Title: "Kennismeting voorjaar", OpensOn: "2026-11-01", ClosesOn: "2026-12-31",
		Explain: quiz.ExplainNever, Blueprint: s.campaign.Blueprint, Services: s.campaign.Services})
	if err == nil {
		err = s.store.Open(t.Context(), datatest.Operator, other.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.campaign = other
	page := s.journey(t, id, "nl", 80, 24)
	if !strings.Contains(page.Text(), "Er staat nu niets voor u klaar") || strings.Contains(page.Text(), "voorjaar") {
		t.Errorf("the other campaign:\n%s", page.Text())
	}
}

// TestJourneyStoreFails loses the database before anything was loaded, and finds it again.
func TestJourneyStoreFails(t *testing.T) {
	s := newScene(t)
	id := s.byCode(t, "an.peeters")
	if err := s.DB.Close(); err != nil {
		t.Fatal(err)
	}
	page := s.journey(t, id, "nl", 80, 24)
	if !strings.Contains(page.Text(), "Uw gegevens laden") || !strings.Contains(page.Text(), "Enter") {
		t.Errorf("without a database:\n%s", page.Text())
	}
	page.Send(keys("enter")...)
	page.Fits()
}

// TestStaffCodeListsTheOwn: with "Ik werk hier" the list of the own campaigns is the first screen, and Esc asks.
func TestStaffCodeListsTheOwn(t *testing.T) {
	s := newScene(t)
	codes := data.NewCodes(s.DB, data.NewHasher(datatest.CheapHash))
	w := data.Window{From: s.DB.Now(), Until: s.DB.Now().Add(24 * time.Hour)}
	issued, err := codes.Issue(t.Context(), datatest.Operator, data.Journey{Kind: data.JourneyStaff}, []string{s.Identity("an.peeters").PersonID}, w, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	id, err := data.NewGate(s.Accounts, slog.New(slog.DiscardHandler)).Code(t.Context(), issued[0].Secret, "192.0.2.7", data.Identity{})
	if err != nil {
		t.Fatal(err)
	}
	session := screentest.Session(t, id)
	session.Bare = true
	page := screentest.Show(t, assessment.NewMine(session, s.store), 80, 24)
	if !strings.Contains(page.Text(), "Kennismeting najaar") || !strings.Contains(page.Text(), "An Peeters") {
		t.Errorf("the list:\n%s", page.Text())
	}
	if page.Send(screentest.Steps(begin, keys("esc"))...); !strings.Contains(page.Text(), "bezig") {
		t.Errorf("after a question:\n%s", page.Text())
	}
	if page.Send(keys("esc", "down", "enter")...); !page.Left() {
		t.Errorf("Esc does not end the visit:\n%s", page.Text())
	}
}
