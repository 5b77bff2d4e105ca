package supervision

import (
	"slices"
	"testing"
	"time"

	"digibrug/quiz/recruit"
	"digibrug/tui/page"
	"digibrug/tui/screentest"
	"digibrug/tui/words"
)

var noon = time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)

// sits is somebody who is busy, and what else holds.
func sits(more func(*recruit.Sitting)) recruit.Sitting {
	s := recruit.Sitting{Candidate: recruit.Candidate{ID: "c1", Label: "K-01"}, ArrivedAt: noon.Add(-time.Hour), CheckedAt: noon.Add(-time.Hour), ReleasedAt: noon.Add(-time.Hour),
		Clock: recruit.NewClock(noon.Add(-10*time.Minute), 60, 1, 2*time.Minute, 0, time.Time{}), Session: "a", SeenAt: noon, KeyAt: noon}
	if more != nil {
		more(&s)
	}
	return s
}

func TestStatuses(t *testing.T) {
	waits := recruit.Visit{Session: "b", Place: "PC-9", SeenAt: noon}
	asked := &recruit.Question{ID: "q", AskedAt: noon}
	gone := func(s *recruit.Sitting) { s.Session, s.Clock = "", s.Clock.Stop(recruit.Cut, noon) }
	for _, one := range []struct {
		name string
		more func(*recruit.Sitting)
		want []words.Key
		help bool
	}{
		{"busy", nil, []words.Key{words.SupervisionBusy}, false},
		{"no key", func(s *recruit.Sitting) { s.KeyAt = noon.Add(-6 * time.Minute) }, []words.Key{words.SupervisionQuiet}, true},
		{"cut", gone, []words.Key{words.SupervisionCut}, true},
		{"question and cut", func(s *recruit.Sitting) { s.Question = asked; gone(s) }, []words.Key{words.SupervisionAsks, words.SupervisionCut}, true},
		{"question and back", func(s *recruit.Sitting) { s.Question, s.Next = asked, waits; gone(s) }, []words.Key{words.SupervisionAsks, words.SupervisionWaits}, true},
		{"twice", func(s *recruit.Sitting) { s.Next = waits }, []words.Key{words.SupervisionWaits, words.SupervisionTwice}, true},
		{"paused", func(s *recruit.Sitting) { s.Clock = s.Clock.Stop(recruit.Paused, noon) }, []words.Key{words.SupervisionPaused}, false},
		{"paused and cut", func(s *recruit.Sitting) { s.Session, s.Clock = "", s.Clock.Stop(recruit.Paused, noon) },
			[]words.Key{words.SupervisionCut, words.SupervisionPaused}, true},
		{"break", func(s *recruit.Sitting) { s.Clock = s.Clock.Stop(recruit.OnBreak, noon) }, []words.Key{words.SupervisionBreak}, false},
		{"break with the window closed", func(s *recruit.Sitting) { s.Session, s.Clock = "", s.Clock.Stop(recruit.OnBreak, noon) },
			[]words.Key{words.SupervisionBreak, words.SupervisionCut}, false},
		{"card", func(s *recruit.Sitting) {
			s.CheckedAt, s.ReleasedAt, s.Clock = time.Time{}, time.Time{}, recruit.Clock{}
		}, []words.Key{words.SupervisionCard}, true},
		{"ready", func(s *recruit.Sitting) { s.ReleasedAt, s.Clock = time.Time{}, recruit.Clock{} }, []words.Key{words.SupervisionReady}, true},
		{"may", func(s *recruit.Sitting) { s.Clock = recruit.Clock{} }, []words.Key{words.SupervisionMay}, false},
		{"done", func(s *recruit.Sitting) { s.Ended, s.EndedAt = recruit.Submitted, noon }, []words.Key{words.SupervisionDone}, false},
		{"done with a question", func(s *recruit.Sitting) { s.Ended, s.EndedAt, s.Question = recruit.TimeUp, noon, asked },
			[]words.Key{words.SupervisionAsks, words.SupervisionDone}, true},
		{"absent", func(s *recruit.Sitting) { *s = recruit.Sitting{} }, []words.Key{words.SupervisionAbsent}, false},
	} {
		t.Run(one.name, func(t *testing.T) {
			s := sits(one.more)
			var got []words.Key
			for _, st := range statuses(s, noon) {
				got = append(got, st.word)
			}
			if !slices.Equal(got, one.want) || needsHelp(s, noon) != one.help {
				t.Errorf("got %v, help %v; want %v, %v", got, needsHelp(s, noon), one.want, one.help)
			}
		})
	}
}

// TestAlarms says of a need once that it is new, for a while, and never at the first look.
func TestAlarms(t *testing.T) {
	asks := func(s *recruit.Sitting) { s.Question = &recruit.Question{ID: "q"} }
	room := func(at time.Time, more func(*recruit.Sitting)) recruit.Room {
		s := sits(more)
		s.SeenAt, s.KeyAt = at, at
		return recruit.Room{Procedure: "p", Now: at, Sittings: []recruit.Sitting{s}}
	}
	look := func(was view, got recruit.Room) view { return view{got, alarms(was, got)} }
	first := look(view{}, room(noon, asks))
	calm := look(first, room(noon.Add(time.Second), nil))
	news := look(calm, room(noon.Add(2*time.Second), asks))
	still := look(news, room(noon.Add(10*time.Second), asks))
	old := look(still, room(noon.Add(18*time.Second), asks))
	solved := look(news, room(noon.Add(3*time.Second), nil))
	for i, one := range []struct {
		v    view
		want int
	}{{first, 0}, {calm, 0}, {news, 1}, {still, 1}, {old, 0}, {solved, 0}} {
		if len(one.v.alarms) != one.want {
			t.Errorf("look %d: got %+v", i, one.v.alarms)
		}
	}
}

// TestBrief fits what holds into the cells of the board; a word that is cut says nothing.
func TestBrief(t *testing.T) {
	d := desk{page.Still(screentest.Session(t)), nil}
	asked := &recruit.Question{ID: "q", AskedAt: noon}
	for want, more := range map[string]func(*recruit.Sitting){
		"bezig":                nil,
		"stilgelegd":           func(s *recruit.Sitting) { s.Clock = s.Clock.Stop(recruit.Paused, noon) },
		"! vraag + stilgelegd": func(s *recruit.Sitting) { s.Question, s.Clock = asked, s.Clock.Stop(recruit.Paused, noon) },
		"! lijn weg + pauze":   func(s *recruit.Sitting) { s.Session, s.Clock = "", s.Clock.Stop(recruit.Paused, noon) },
		"pauze + lijn weg":     func(s *recruit.Sitting) { s.Session, s.Clock = "", s.Clock.Stop(recruit.OnBreak, noon) },
		"! lijn weg + start":   func(s *recruit.Sitting) { s.Session, s.ReleasedAt, s.Clock = "", time.Time{}, recruit.Clock{} },
		"! vraag + lijn weg +1": func(s *recruit.Sitting) {
			s.Session, s.Question, s.Clock = "", asked, s.Clock.Stop(recruit.Paused, noon)
		},
		"! wil verder + 2 pc's": func(s *recruit.Sitting) { s.Next = recruit.Visit{Session: "b", SeenAt: noon} },
	} {
		if got := d.brief(sits(more), noon); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestShort(t *testing.T) {
	for place, want := range map[string]string{"192.168.10.27": "..0.27", "192.168.1.127": "...127", "PC-21": "PC-21", "-": "-", "::1": "::1", "Leeszaal-pc-4": "Leeszaal-pc-4", "2001:db8::42": "..::42"} {
		if got := short(place); got != want {
			t.Errorf("%s: %q, want %q", place, got, want)
		}
	}
}
