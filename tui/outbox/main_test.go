package outbox_test

import (
	"context"
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	room "digibrug/tui/outbox"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// scene is the town with an outbox, at a clock that tests move.
type scene struct {
	*datatest.Town
	t     testing.TB
	store *outbox.Store
	clock *datatest.Hand
	way   room.Way
}

func newScene(t testing.TB) *scene {
	t.Helper()
	s := &scene{t: t, clock: &datatest.Hand{}}
	s.Town = datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t), data.WithClock(s.clock.Now)))
	s.store = outbox.NewStore(s.DB)
	s.way = func(context.Context) (string, string, error) { return "digibrug.zandwerve.example", "2223", nil }
	return s
}

func (s *scene) put(login string, channel outbox.Channel, name, target string) outbox.Paper {
	s.t.Helper()
	p, err := s.store.Put(s.t.Context(), s.Actor(login), outbox.Paper{Channel: channel, Name: name, Media: "application/pdf", Target: target},
		[]byte("%PDF "+strings.Repeat("x", 12_345)))
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

// round lets the printer try what is due, with this outcome.
func (s *scene) round(fault error) {
	s.t.Helper()
	if _, _, err := s.store.Deliver(s.t.Context(), map[outbox.Channel]outbox.Sender{outbox.Print: sender{fault}}); err != nil {
		s.t.Fatal(err)
	}
}

type sender struct{ fault error }

func (f sender) Send(context.Context, outbox.Paper, []byte) error { return f.fault }

// week is papers of every kind: an's letters of which one was fetched, a print that went, one that waits after a
// try and one that failed; and a print of bert that is new.
func (s *scene) week() {
	s.t.Helper()
	old := s.put("an.peeters", outbox.Fetch, "brieven-kennismeting-voorjaar-2026-04-02.pdf", "")
	if _, err := s.store.Body(s.t.Context(), s.Actor("an.peeters"), old.ID); err != nil {
		s.t.Fatal(err)
	}
	s.put("an.peeters", outbox.Fetch, "brieven-kennismeting-najaar-2026-11-23.pdf", "")
	s.put("an.peeters", outbox.Print, "lijst-1.pdf", "balie")
	s.round(nil)
	s.put("an.peeters", outbox.Print, "lijst-2.pdf", "balie")
	for range outbox.MaxTries {
		s.round(errors.New("lp: exit status 1: De printer balie bestaat niet."))
		s.clock.Forward(24 * time.Hour)
	}
	s.clock.Forward(-outbox.MaxTries * 24 * time.Hour)
	s.put("an.peeters", outbox.Print, "lijst-3.pdf", "")
	s.round(errors.New("lp: exit status 7: lade 2: geen papier"))
	s.put("bert.maes", outbox.Print, "jaarverslag.pdf", "balie")
	s.put("an.peeters", outbox.Fetch, "Overzicht van de diensten (nieuw).pdf", "")
}

func (s *scene) session(login string) *shell.Session {
	return screentest.Session(s.t, s.Identity(login))
}

func (s *scene) mine(login string) shell.Screen {
	return room.NewMine(s.session(login), s.store, s.way)
}

var keys = screentest.Keys

// pages shows a screen, presses keys, and compares the page with a golden file at every size.
func pages(t *testing.T, open func(*scene) shell.Screen, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen {
		return screentest.Show(t, open(newScene(t)), w, h, screentest.Steps(steps...)...)
	})
}

func show(t *testing.T, screen shell.Screen, steps ...[]tea.Msg) *screentest.Screen {
	t.Helper()
	s := screentest.Show(t, screen, 80, 24, screentest.Steps(steps...)...)
	s.Fits()
	return s
}

var (
	style   = regexp.MustCompile(`\x1b\[[0-9;:]*m`)
	harmful = regexp.MustCompile("[\x00-\x09\x0b-\x1f\x7f\u0080-\u009f\u200b\u202a-\u202e\u2066-\u2069]")
)
