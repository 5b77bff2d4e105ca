package recruit_test

import (
	"testing"
	"time"

	"digibrug/quiz/recruit"

	"pgregory.net/rapid"
)

var start = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// at is a moment so many minutes after the start.
func at(minutes float64) time.Time {
	return start.Add(time.Duration(minutes * float64(time.Minute)))
}

const minute = time.Minute

func TestLeft(t *testing.T) {
	plain := recruit.NewClock(start, 60, 0, 3*minute, 10*minute, time.Time{})
	for name, c := range map[string]struct {
		clock recruit.Clock
		now   time.Time
		want  time.Duration
	}{
		"at the start":                              {plain, start, 60 * minute},
		"a millisecond before the end":              {plain, at(60).Add(-time.Millisecond), time.Millisecond},
		"at the end":                                {plain, at(60), 0},
		"long after the end":                        {plain, at(600), 0},
		"a clock that was put back before start":    {plain, at(-30), 60 * minute},
		"with a factor of one and a quarter":        {recruit.NewClock(start, 60, 1.25, 0, 0, time.Time{}), at(5), 70 * minute},
		"a factor below one is one":                 {recruit.NewClock(start, 60, 0.5, 0, 0, time.Time{}), start, 60 * minute},
		"paused at once":                            {plain.Stop(recruit.Paused, start), at(500), 60 * minute},
		"paused after 20 minutes":                   {plain.Stop(recruit.Paused, at(20)), at(500), 40 * minute},
		"paused and on again":                       {plain.Stop(recruit.Paused, at(20)).Run(at(50)), at(55), 35 * minute},
		"a question stops it as long as it lasts":   {plain.Stop(recruit.Asking, at(20)), at(200), 40 * minute},
		"on a break":                                {plain.Stop(recruit.OnBreak, at(20)), at(30), 40 * minute},
		"a minute longer than the break":            {plain.Stop(recruit.OnBreak, at(20)), at(31), 39 * minute},
		"a second break gets what is left":          {plain.Stop(recruit.OnBreak, at(20)).Run(at(26)).Stop(recruit.OnBreak, at(30)), at(36), 34 * minute},
		"cut, within the credit":                    {plain.Stop(recruit.Cut, at(20)), at(23), 40 * minute},
		"cut, a second beyond the credit":           {plain.Stop(recruit.Cut, at(20)), at(23).Add(time.Second), 40*minute - time.Second},
		"cut for so long that all is gone":          {plain.Stop(recruit.Cut, at(20)), at(63), 0},
		"cut without credit runs on":                {recruit.NewClock(start, 60, 0, 0, 0, time.Time{}).Stop(recruit.Cut, at(20)), at(25), 35 * minute},
		"a second cut gets what is left":            {plain.Stop(recruit.Cut, at(20)).Run(at(22)).Stop(recruit.Cut, at(30)), at(32), 31 * minute},
		"paused while cut: the cut ends there":      {plain.Stop(recruit.Cut, at(20)).Stop(recruit.Paused, at(21)), at(90), 40 * minute},
		"extra minutes":                             {plain.Grant(10*minute, at(20)), at(20), 50 * minute},
		"extra minutes while paused":                {plain.Stop(recruit.Paused, at(20)).Grant(10*minute, at(30)), at(90), 50 * minute},
		"the window ends before the time":           {recruit.NewClock(start, 60, 0, 0, 0, at(30)), at(20), 10 * minute},
		"the window ends while paused":              {recruit.NewClock(start, 60, 0, 0, 0, at(30)).Stop(recruit.Paused, at(10)), at(31), 20 * minute},
		"a pause in a window that is short":         {recruit.NewClock(start, 60, 0, 0, 0, at(30)).Stop(recruit.Asking, at(10)).Run(at(15)), at(20), 15 * minute},
		"a cut without credit in a short window":    {recruit.NewClock(start, 60, 0, 0, 0, at(30)).Stop(recruit.Cut, at(10)), at(20), 10 * minute},
		"extra minutes while paused in it":          {recruit.NewClock(start, 60, 0, 0, 0, at(30)).Stop(recruit.Paused, at(10)).Grant(5*minute, at(12)).Run(at(20)), at(25), 20 * minute},
		"extra minutes beyond the window":           {recruit.NewClock(start, 60, 0, 0, 0, at(60)).Grant(10*minute, at(55)), at(55), 15 * minute},
		"silent for as long as a line may be":       {plain.Seen(at(20), at(20).Add(recruit.Silence)), at(21), 39 * minute},
		"silent for longer: cut from the last sign": {plain.Seen(at(20), at(20).Add(recruit.Silence+1)), at(21), 40 * minute},
		"silent while paused: it stays a pause":     {plain.Stop(recruit.Paused, at(10)).Seen(at(20), at(40)), at(41), 50 * minute},
	} {
		if got := c.clock.Left(c.now); got != c.want {
			t.Errorf("%s: %v left at %v of %+v, want %v", name, got, c.now.Sub(start), c.clock, c.want)
		}
	}
}

func TestClockNotStarted(t *testing.T) {
	var c recruit.Clock
	c.Allowed = 60 * minute
	if got := c.Stop(recruit.Paused, at(1)); got != c {
		t.Errorf("a stop before the start: %+v", got)
	}
	if c.Running() || c.Ran(at(5)) != 0 || c.Left(at(5)) != 60*minute || !c.Ends().IsZero() {
		t.Errorf("before the start: running %v, ran %v, left %v, ends %v", c.Running(), c.Ran(at(5)), c.Left(at(5)), c.Ends())
	}
}

// TestTimeIsConserved does whatever can happen to a clock, in any order, with a server's clock that is put forward and back. Time that
// is left never grows but by what is granted, and what ran and what stood still make up what went by.
func TestTimeIsConserved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		duration := func(most int, what string) time.Duration {
			return time.Duration(rapid.IntRange(0, most).Draw(t, what)) * time.Second
		}
		var until time.Time
		if rapid.Bool().Draw(t, "window") {
			until = start.Add(duration(3*3600, "until"))
		}
		s := recruit.Sitting{Clock: recruit.NewClock(start, rapid.IntRange(5, 120).Draw(t, "minutes"), rapid.Float64Range(1, 3).Draw(t, "factor"),
			duration(600, "credit"), duration(600, "break"), until), SeenAt: start, Session: "a"}
		server, now := start, start
		credit, breaks, left := s.Clock.Credit, s.Clock.Break, s.Clock.Left(start)
		granted := time.Duration(0)
		for range rapid.IntRange(1, 40).Draw(t, "acts") {
			server = server.Add(duration(900, "on") - 200*time.Second) // often back
			if server.After(now) {
				now = server // what Sitting.moment does with what is stored
			}
			c := s.Clock
			switch rapid.IntRange(0, 6).Draw(t, "act") {
			case 0:
				c = c.Stop(recruit.Paused, now)
			case 1:
				c = c.Stop(recruit.OnBreak, now)
			case 2:
				c = c.Stop(recruit.Cut, now)
			case 3:
				c = c.Stop(recruit.Asking, now)
			case 4:
				extra := duration(600, "extra")
				granted += extra
				c, left = c.Grant(extra, now), left+extra
			default:
				c = c.Run(now)
			}
			s.Clock = c
			if got := c.Left(now); got > left || got < 0 {
				t.Fatalf("%v left, %v before: %+v at %v", got, left, c, now.Sub(start))
			}
			left = c.Left(now)
			if held := now.Sub(start) - c.Ran(now); held < c.Stopped || c.StopAt.IsZero() && held != c.Stopped {
				t.Fatalf("%v of %v stood still, %v is counted", held, now.Sub(start), c.Stopped)
			}
			if c.Credit < 0 || c.Credit > credit || c.Break < 0 || c.Break > breaks {
				t.Fatalf("credit %v of %v, break %v of %v", c.Credit, credit, c.Break, breaks)
			}
			credit, breaks = c.Credit, c.Break
			if end := c.Ends(); !end.IsZero() && left > 0 && c.Left(end) != 0 {
				t.Fatalf("%v left at its own end %v: %+v", c.Left(end), end.Sub(start), c)
			}
		}
	})
}
