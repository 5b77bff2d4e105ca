package me_test

import (
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/tui/me"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

func golden(t *testing.T, s *screentest.Screen) {
	t.Helper()
	screentest.Golden(t, s)
}

func TestMinePage(t *testing.T) {
	each(t, "ivo.ict", func(t *testing.T, s scene, w window) {
		s.enrolled()
		golden(t, s.show(me.New(s.session(w.lang), s.stores()), w))
	})
}

func TestSecondPage(t *testing.T) {
	each(t, "an.peeters", func(t *testing.T, s scene, w window) {
		golden(t, s.show(me.NewSecond(s.session(w.lang), s.Accounts), w))
	})
}

func TestSecondPageOn(t *testing.T) {
	each(t, "ivo.ict", func(t *testing.T, s scene, w window) {
		s.enrolled()
		golden(t, s.show(me.NewSecond(s.session(w.lang), s.Accounts), w))
	})
}

func TestEnrolQR(t *testing.T) {
	each(t, "an.peeters", func(t *testing.T, s scene, w window) {
		screen := s.show(me.WithSecret(me.NewSecond(s.session(w.lang), s.Accounts), secret), w, keys("enter"))
		golden(t, screen)
		screen.Says("GEZD", "QOJQ")
	})
}

func TestEnrolForced(t *testing.T) {
	each(t, "ivo.ict", func(t *testing.T, s scene, w window) {
		s.id.MustEnrol = true
		screen := s.show(me.WithSecret(me.NewFirst(s.session(w.lang), s.Accounts, func() shell.Screen { return blank{} }), secret), w)
		golden(t, screen)
		screen.Says("GEZD", "QOJQ")
	})
}

func TestEnrolForm(t *testing.T) {
	each(t, "an.peeters", func(t *testing.T, s scene, w window) {
		s.enrolled()
		golden(t, s.show(me.NewSecond(s.session(w.lang), s.Accounts), w, keys("down", "enter", "enter")))
	})
}

func TestEnrolWrongCode(t *testing.T) {
	each(t, "an.peeters", func(t *testing.T, s scene, w window) {
		screen := s.show(me.WithSecret(me.NewSecond(s.session(w.lang), s.Accounts), secret), w, keys("enter", "enter"), screentest.Type("000000"), keys("enter"))
		golden(t, screen)
		if s.second().On() {
			t.Error("a wrong code set up a second factor")
		}
	})
}

func TestCodesPage(t *testing.T) {
	codes := []string{"bcdf-ghjk-nprs-tvxy", "cdfg-hjkn-prst-vxyb", "dfgh-jknp-rstv-xybc", "fghj-knpr-stvx-ybcd", "ghjk-nprs-tvxy-bcdf",
		"hjkn-prst-vxyb-cdfg", "jknp-rstv-xybc-dfgh", "knpr-stvx-ybcd-fghj", "nprs-tvxy-bcdf-ghjk", "prst-vxyb-cdfg-hjkn"}
	each(t, "an.peeters", func(t *testing.T, s scene, w window) {
		screen := s.show(me.NewCodes(s.session(w.lang), codes, words.MeEnrolDone, nil), w)
		golden(t, screen)
		screen.Says(codes...)
		t.Run("ask", func(t *testing.T) { golden(t, screen.Send(keys("esc")...)) })
	})
}

func TestRenewForm(t *testing.T) {
	each(t, "an.peeters", func(t *testing.T, s scene, w window) {
		s.enrolled()
		golden(t, s.show(me.NewSecond(s.session(w.lang), s.Accounts), w, keys("enter"), screentest.Type("000000"), keys("enter")))
	})
}

func TestDropForm(t *testing.T) {
	each(t, "an.peeters", func(t *testing.T, s scene, w window) {
		s.enrolled()
		golden(t, s.show(me.NewSecond(s.session(w.lang), s.Accounts), w, keys("end", "enter")))
	})
}

func TestKeysNone(t *testing.T) {
	each(t, "an.peeters", func(t *testing.T, s scene, w window) {
		golden(t, s.show(me.NewKeys(s.session(w.lang), s.Accounts), w))
	})
}

// anKey is a public key whose private half was thrown away.
const anKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKtQ0xCvGcbYf0Wv3H0x1l1jZ0r1q5m0lY9c3pQm1n7E laptop van An"

func TestKeysPage(t *testing.T) {
	each(t, "an.peeters", func(t *testing.T, s scene, w window) {
		if _, err := s.Accounts.AddKey(t.Context(), s.id.Actor(), "an.peeters", anKey); err != nil {
			t.Fatal(err)
		}
		golden(t, s.show(me.NewKeys(s.session(w.lang), s.Accounts), w))
	})
}

func TestKeyForm(t *testing.T) {
	each(t, "an.peeters", func(t *testing.T, s scene, w window) {
		golden(t, s.show(me.NewKeys(s.session(w.lang), s.Accounts), w, keys("n")))
	})
}

// visits are log-ins of the person: one long ago, one elsewhere, and this one.
func (s scene) visits() {
	s.hand.Forward(-48 * time.Hour)
	s.came("session-0", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff", "files:publickey")
	s.hand.Forward(47 * time.Hour)
	s.came("session-2", "198.51.100.77", "password+totp")
	s.hand.Forward(58 * time.Minute)
	s.came("session-1", "192.0.2.7", "keyboard-interactive")
	s.hand.Forward(2 * time.Minute)
	gate := data.NewGate(s.Accounts, screentest.Session(s.t).Log)
	s.check(gate.Still(s.t.Context(), data.Identity{AccountID: s.id.AccountID, Login: s.id.Login, SessionID: "session-2"}))
}

func TestSessionsNone(t *testing.T) {
	each(t, "an.peeters", func(t *testing.T, s scene, w window) {
		golden(t, s.show(me.NewSessions(s.session(w.lang), data.NewSessions(s.DB)), w))
	})
}

func TestSessionsPage(t *testing.T) {
	each(t, "an.peeters", func(t *testing.T, s scene, w window) {
		s.visits()
		golden(t, s.show(me.NewSessions(s.session(w.lang), data.NewSessions(s.DB)), w))
	})
}

func TestSessionAsk(t *testing.T) {
	each(t, "an.peeters", func(t *testing.T, s scene, w window) {
		s.visits()
		golden(t, s.show(me.NewSessions(s.session(w.lang), data.NewSessions(s.DB)), w, keys("down", "enter")))
	})
}

// knowing tells of kennismetingen.
type knowing struct{}

func (knowing) all() []quiz.Invitation {
	c := quiz.Campaign{Title: "Kennismeting 2026", OpensOn: "2026-11-02", ClosesOn: "2026-12-18"}
	old := quiz.Campaign{Title: "Kennismeting 2025", OpensOn: "2025-11-03", ClosesOn: "2025-12-19"}
	return []quiz.Invitation{{Campaign: c, Attempt: "a", Answered: 7, Total: 24}, {Campaign: old, Attempt: "b", Ended: quiz.EndedSubmitted, EndedAt: datatest.Noon.AddDate(-1, 0, 0)}}
}

func TestKeptPage(t *testing.T) {
	each(t, "an.peeters", func(t *testing.T, s scene, w window) {
		s.enrolled()
		s.visits()
		s.check(data.NewSettings(s.DB).Set(t.Context(), datatest.Operator, data.SettingHelp, "ICT-dienst, 050 12 34 56"))
		stores := s.stores()
		stores.Tests = told(knowing{}.all())
		screen := s.show(me.NewKept(s.session(w.lang), stores), w)
		text := screen.Text()
		for range 2 {
			screen.Send(keys("pgdown")...)
			screen.Fits()
			text += strings.Repeat("=", 40) + "\n" + screen.Text()
		}
		screentest.Text(t, text)
	})
}

func TestHelpFits(t *testing.T) {
	s := newScene(t, "ivo.ict")
	s.enrolled()
	for _, screen := range []shell.Screen{me.New(s.session("nl"), s.stores()), me.NewSecond(s.session("nl"), s.Accounts), me.NewKeys(s.session("nl"), s.Accounts),
		me.NewSessions(s.session("nl"), data.NewSessions(s.DB)), me.NewKept(s.session("nl"), s.stores())} {
		page := s.show(screen, window{60, 20, "nl"}, keys("f1"))
		page.Fits()
		page.Says("Enter")
	}
}
