package recruit

import (
	"errors"
	"fmt"
	"time"

	"digibrug/quiz"
)

// Errors of the test room that callers tell apart.
var (
	// ErrNotOpen says that the procedure is not open: nobody can sit the test.
	ErrNotOpen = errors.New("procedure not open")
	// ErrWindow says that the test can't be sat at this moment: outside the days, or the hours, of the procedure.
	ErrWindow = errors.New("outside the window of the test")
	// ErrAbsent says that the candidate has not typed the code.
	ErrAbsent = errors.New("candidate has not arrived")
	// ErrNotChecked says that the supervisor has not seen the identity card.
	ErrNotChecked = errors.New("identity not checked")
	// ErrNotReleased says that the supervisor has not let the candidate begin.
	ErrNotReleased = errors.New("not released")
	// ErrNotStarted says that the test has not begun.
	ErrNotStarted = errors.New("sitting not started")
	// ErrEnded says that the sitting is over. *EndedError says how.
	ErrEnded = errors.New("sitting ended")
	// ErrStopped says that the clock stands still, and that nothing can be answered meanwhile. *StoppedError says why.
	ErrStopped = errors.New("clock stopped")
	// ErrRunning says that there is nothing to go on with: the clock runs.
	ErrRunning = errors.New("clock runs")
	// ErrWaiting says that this visit waits until the supervisor lets it go on.
	ErrWaiting = errors.New("waits for the supervisor")
	// ErrElsewhere says that another visit holds the sitting.
	ErrElsewhere = errors.New("sitting held elsewhere")
	// ErrGone says that nobody is there to go on.
	ErrGone = errors.New("nobody at the line")
	// ErrOut says that the item is out, for everybody or for this one.
	ErrOut = errors.New("item is out")
	// ErrNoBreak says that there are no minutes of break, or none left.
	ErrNoBreak = errors.New("no break left")
	// ErrAnswered says that somebody answered the question before.
	ErrAnswered = errors.New("question answered already")
)

// StoppedError says why the clock stands still. It Is ErrStopped.
type StoppedError struct{ Why Stop }

func (e *StoppedError) Error() string { return fmt.Sprintf("clock stopped: %s", e.Why) }

// Is makes it an ErrStopped.
func (e *StoppedError) Is(target error) bool { return target == ErrStopped }

// EndedError says how a sitting ended. It Is ErrEnded.
type EndedError struct{ How End }

func (e *EndedError) Error() string { return fmt.Sprintf("sitting ended: %s", e.How) }

// Is makes it an ErrEnded.
func (e *EndedError) Is(target error) bool { return target == ErrEnded }

// End is how a sitting ended.
type End string

// The ends.
const (
	Submitted    End = "submitted"
	TimeUp       End = "time"
	BySupervisor End = "supervisor"
	WithTest     End = "closed" // the procedure was closed
)

// Sitting is one candidate's go at the test. A zero ArrivedAt: the code was not typed yet.
type Sitting struct {
	Candidate   Candidate
	ArrivedAt   time.Time // code typed
	CheckedAt   time.Time // identity card shown
	CheckedBy   string    // log-in name
	PractisedAt time.Time
	ReleasedAt  time.Time // may start
	Clock       Clock
	Session     string // the one visit that may answer; empty: the line was cut
	Place       string // PC or address
	SeenAt      time.Time
	KeyAt       time.Time // last key
	Next        Visit     // who typed the code meanwhile, and waits
	At          int       // item, from 0
	Answered    int
	Items       int // that are not out
	Numbers     int // of the items, those that are out among them: as far as At counts
	EndedAt     time.Time
	Ended       End
	Question    *Question // that stands open
	Alerts      []Alert   // what the supervisor should see, newest first
}

// Visit is a visit that waits until the supervisor lets it go on. The zero Visit: nobody waits.
type Visit struct {
	Session string
	Place   string
	SeenAt  time.Time
}

// Alert is a kind of event that happened to somebody: how often, and when last.
type Alert struct {
	Kind  EventKind
	Times int
	Last  time.Time
}

// moment is the time that counts for a sitting: a clock that was put back stands until it has caught up, so that nobody gains.
func (s Sitting) moment(now time.Time) time.Time {
	for _, past := range []time.Time{s.SeenAt, s.Clock.StopAt, s.Clock.StartedAt} {
		if past.After(now) {
			now = past
		}
	}
	return now
}

// There tells whether the visit that holds the sitting shows signs of life.
func (s Sitting) There(now time.Time) bool { return s.Session != "" && now.Sub(s.SeenAt) <= Silence }

// Waits tells whether a visit waits for the supervisor, and is still there.
func (s Sitting) Waits(now time.Time) bool {
	return s.Next.Session != "" && now.Sub(s.Next.SeenAt) <= Silence
}

// Started tells whether the test began.
func (s Sitting) Started() bool { return !s.Clock.StartedAt.IsZero() }

// AsOf is the sitting as it stands at a moment, whether or not anybody has written that down: who was silent is cut from the last
// sign of life on, and whose time is up has ended when it was up.
func (s Sitting) AsOf(now time.Time) Sitting {
	if s.Ended != "" || !s.Started() {
		return s
	}
	now = s.moment(now)
	s.Clock = s.Clock.Seen(s.SeenAt, now)
	if s.Clock.Left(now) > 0 {
		return s
	}
	s.EndedAt, s.Ended = now, TimeUp
	if end := s.Clock.Ends(); !end.IsZero() && end.Before(now) {
		s.EndedAt = end
	}
	return s
}

// Left is the time that is left at a moment; before the start what is allowed, once that is known, and 0 after the end.
func (s Sitting) Left(now time.Time) time.Duration {
	s = s.AsOf(now)
	if s.Ended != "" {
		return 0
	}
	return s.Clock.Left(s.moment(now))
}

// answerable says why nothing can be answered now, or nil. The sitting is one that AsOf gave.
func (s Sitting) answerable() error {
	switch {
	case s.Ended != "":
		return &EndedError{s.Ended}
	case !s.Started():
		return ErrNotStarted
	case !s.Clock.StopAt.IsZero():
		return &StoppedError{s.Clock.Why}
	}
	return nil
}

// Answered is an item of a sitting with what was answered.
type Answered struct {
	Item
	Answer     quiz.Answer
	AnsweredAt time.Time // zero: never
	Later      bool
	OutHere    bool // out for this one
}

// Skipped tells whether the item is out for who sits here: it is not asked, and counts for nothing.
func (a Answered) Skipped() bool { return a.OutHere || !a.OutAt.IsZero() }
