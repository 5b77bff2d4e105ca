package testroom_test

import (
	"testing"
	"time"

	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
	"digibrug/tui/screentest"
	"digibrug/tui/testroom"
	"digibrug/tui/words"
)

// TestPages compares every page that a candidate can see.
func TestPages(t *testing.T) {
	plain := recruittest.Options{}
	together := recruittest.Options{Details: func(d *recruit.Details) { d.Together = true }}
	broken := []string{"f7"}
	for name, open := range map[string]func(t testing.TB, w, h int) desk{
		"arrived":  func(t testing.TB, w, h int) desk { return sits(t, newHall(t, plain), w, h) },
		"together": func(t testing.TB, w, h int) desk { d := sits(t, newHall(t, together), w, h); return d.does(d.checks) },
		"released": func(t testing.TB, w, h int) desk {
			d := sits(t, newHall(t, plain), w, h)
			return d.does(d.checks, d.releases)
		},
		"question": func(t testing.TB, w, h int) desk { return busy(t, plain, w, h) },
		"with a break": func(t testing.TB, w, h int) desk {
			return busy(t, recruittest.Options{Settings: map[int]recruit.Settings{0: {Breaks: 15}}}, w, h)
		},
		"on a break": func(t testing.TB, w, h int) desk {
			d := busy(t, recruittest.Options{Settings: map[int]recruit.Settings{0: {Breaks: 15}}}, w, h)
			d.Send(screentest.Keys("f8")...)
			return d.beats(3)
		},
		"overview": func(t testing.TB, w, h int) desk {
			d := busy(t, plain, w, h)
			d.Send(screentest.Steps(screentest.Keys("enter", "f5", "f6"))...)
			return d
		},
		"open question": func(t testing.TB, w, h int) desk {
			d := busy(t, plain, w, h)
			d.Send(screentest.Keys("pgup", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown")...)
			return d
		},
		"something is wrong": func(t testing.TB, w, h int) desk {
			d := busy(t, plain, w, h)
			d.Send(screentest.Keys(broken...)...)
			return d
		},
		"asked": func(t testing.TB, w, h int) desk {
			d := busy(t, plain, w, h)
			d.Send(screentest.Steps(screentest.Keys(broken...), screentest.Type("Er staan twee juiste antwoorden"), screentest.Keys("enter", "enter"))...)
			return d
		},
		"paused": func(t testing.TB, w, h int) desk { d := busy(t, plain, w, h); return d.does(d.pauses) },
		"waits": func(t testing.TB, w, h int) desk {
			d := busy(t, plain, w, h)
			return desk{d.Hall, screentest.Show(t, testroom.New(session(t, d.Hall, 0), d.Store, "testpc-2"), w, h), t}
		},
		"handed in": func(t testing.TB, w, h int) desk {
			d := busy(t, plain, w, h)
			d.Send(screentest.Keys("f6", "home", "enter", "down", "enter")...)
			return d
		},
		"time up": func(t testing.TB, w, h int) desk {
			d := busy(t, plain, w, h)
			d.Pass(time.Hour, 0)
			return d.beats(1)
		},
		"outside the window": func(t testing.TB, w, h int) desk {
			hall := newHall(t, plain)
			hall.Hand.Forward(9 * time.Hour)
			return sits(t, hall, w, h)
		},
	} {
		t.Run(name, func(t *testing.T) {
			screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen { return open(t, w, h).Screen })
		})
	}
}

// TestLanguages: a candidate reads the help around the test in three languages.
func TestLanguages(t *testing.T) {
	d := sits(t, newHall(t, recruittest.Options{}), 80, 24)
	d.Screen.In(words.EN).Says("Show your identity card to the supervisor")
	d.Screen.In(words.FR).Says("Montrez votre carte d'identité au surveillant")
}
