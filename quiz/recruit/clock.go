package recruit

import "time"

// Stop is why a clock stands still.
type Stop string

// The reasons.
const (
	NoStop  Stop = ""
	Paused  Stop = "pause"    // by the supervisor
	OnBreak Stop = "break"    // an accommodation, taken by the candidate; stops the clock while there are minutes of it
	Cut     Stop = "cut"      // the line; stops the clock while there is credit
	Asking  Stop = "question" // about an item, until the supervisor answers
)

// Clock is the time of a sitting. All of it is the server's, and all of it is stored: a process that takes over reads the
// same clock. The methods are pure; those that change something give the changed clock.
type Clock struct {
	StartedAt time.Time     // zero: not started
	Allowed   time.Duration // all that the candidate gets: minutes × factor, and what a supervisor gave
	Stopped   time.Duration // how long it stood still before
	StopAt    time.Time     // since when it stands still; zero: it runs
	Why       Stop
	Credit    time.Duration // left for cut lines
	Break     time.Duration // left for breaks
	Until     time.Time     // end of the day's window, later by how long this clock stood still: nothing runs beyond it; zero: no such end
}

// Silence is how long a line may be silent before it counts as cut, from its last sign of life. Signs come every two
// seconds: two may get lost.
const Silence = 5 * time.Second

// NewClock is a clock that starts now. The time that is allowed is counted here, at the start: who waited for it loses nothing.
// factor is that of Settings, 0 for 1. until is the end of the window.
func NewClock(now time.Time, minutes int, factor float64, credit, breaks time.Duration, until time.Time) Clock {
	if factor < 1 {
		factor = 1
	}
	allowed := time.Duration(float64(minutes) * factor * float64(time.Minute)).Round(time.Second)
	return Clock{StartedAt: now, Allowed: allowed, Credit: credit, Break: breaks, Until: until}
}

// Running tells whether time passes for the candidate as far as stops go; a stop whose minutes or credit are used up
// is still a stop.
func (c Clock) Running() bool { return !c.StartedAt.IsZero() && c.StopAt.IsZero() }

// cover is how much of a stop for this reason holds the clock; limited is false for all of it.
func (c Clock) cover(why Stop) (most time.Duration, limited bool) {
	switch why {
	case OnBreak:
		return c.Break, true
	case Cut:
		return c.Credit, true
	}
	return 0, false
}

// standing is how long the present stop has held the clock. A moment before the stop began, of a clock that was put back,
// counts as its beginning.
func (c Clock) standing(now time.Time) time.Duration {
	if c.StopAt.IsZero() {
		return 0
	}
	held := max(0, now.Sub(c.StopAt))
	if most, limited := c.cover(c.Why); limited {
		held = min(held, most)
	}
	return held
}

// Ran is how much of the time was used, never negative; 0 before the start.
func (c Clock) Ran(now time.Time) time.Duration {
	if c.StartedAt.IsZero() {
		return 0
	}
	return max(0, now.Sub(c.StartedAt)-c.Stopped-c.standing(now))
}

// Left is the time that is left, never negative: what is allowed and not yet used, and no more than what is left of the window.
// Before the start it is all that is allowed.
func (c Clock) Left(now time.Time) time.Duration {
	left := c.Allowed - c.Ran(now)
	if !c.Until.IsZero() && !c.StartedAt.IsZero() {
		left = min(left, c.Until.Sub(now)+c.standing(now))
	}
	return max(0, left)
}

// Ends is when the time will be up if nothing more happens; zero when nothing ends it.
func (c Clock) Ends() time.Time {
	if c.StartedAt.IsZero() {
		return time.Time{}
	}
	end, until := c.StartedAt.Add(c.Allowed+c.Stopped), c.Until
	if !c.StopAt.IsZero() {
		most, limited := c.cover(c.Why)
		if !limited {
			return time.Time{}
		}
		end = end.Add(most)
		if !until.IsZero() {
			until = until.Add(most)
		}
	}
	if !until.IsZero() && until.Before(end) {
		return until
	}
	return end
}

// Stop is the clock that stands still from a moment for a reason. A stop for another reason ends there. Of a break that is used
// up, and a cut without credit, the clock runs on.
func (c Clock) Stop(why Stop, at time.Time) Clock {
	if c.StartedAt.IsZero() {
		return c
	}
	c = c.Run(at)
	c.StopAt, c.Why = at, why
	return c
}

// Run is the clock that runs again from a moment: what the stop held it counts as stopped, and goes off the credit
// or the break. The window of this sitting ends later by as much: what stood still is not lost at its end.
func (c Clock) Run(at time.Time) Clock {
	held := c.standing(at)
	switch c.Why {
	case OnBreak:
		c.Break -= held
	case Cut:
		c.Credit -= held
	}
	c.Stopped += held
	if !c.Until.IsZero() {
		c.Until = c.Until.Add(held)
	}
	c.StopAt, c.Why = time.Time{}, NoStop
	return c
}

// Grant is the clock with so much more time left. When the window would take it away again, the window of this sitting moves too.
func (c Clock) Grant(extra time.Duration, now time.Time) Clock {
	left := c.Left(now) + extra
	c.Allowed += extra
	if end := now.Add(left - c.standing(now)); !c.Until.IsZero() && end.After(c.Until) {
		c.Until = end
	}
	return c
}

// Seen is the clock as it is now of a line whose last sign of life was at seen: who was silent for longer than Silence is cut
// from then on, whether or not anybody has written that down.
func (c Clock) Seen(seen, now time.Time) Clock {
	if c.Running() && now.Sub(seen) > Silence {
		return c.Stop(Cut, seen)
	}
	return c
}
