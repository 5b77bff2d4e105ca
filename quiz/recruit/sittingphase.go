package recruit

import "time"

// Phase is where a sitting stands, for the candidate's screen and for the supervisor's.
type Phase string

// The phases.
const (
	PhaseAbsent   Phase = "absent"   // the code was not typed, or whoever typed it left before the card was shown
	PhaseArrived  Phase = "arrived"  // waits for the supervisor to see the identity card
	PhaseReady    Phase = "ready"    // waits to be let in; can practise
	PhaseReleased Phase = "released" // may start
	PhaseBusy     Phase = "busy"
	PhasePaused   Phase = "paused"
	PhaseBreak    Phase = "break"
	PhaseAsking   Phase = "asking"  // a question stands open
	PhaseCut      Phase = "cut"     // nobody at the line
	PhaseWaiting  Phase = "waiting" // is back, or came twice, and waits for the supervisor
	PhaseFinished Phase = "finished"
)

// PhaseAt says where a sitting stands at a moment, as its supervisor sees it.
func (s Sitting) PhaseAt(now time.Time) Phase {
	s = s.AsOf(now)
	now = s.moment(now)
	gone := !s.There(now)
	switch {
	case s.Ended != "":
		return PhaseFinished
	case s.ArrivedAt.IsZero():
		return PhaseAbsent
	case s.Question != nil:
		return PhaseAsking
	case s.Waits(now):
		return PhaseWaiting
	case gone && s.CheckedAt.IsZero():
		return PhaseAbsent
	case s.Clock.Why == Paused:
		return PhasePaused
	case s.Clock.Why == OnBreak:
		return PhaseBreak
	case gone || s.Clock.Why == Cut:
		return PhaseCut
	case s.Clock.Why == Asking:
		return PhaseAsking
	case s.Started():
		return PhaseBusy
	}
	return s.before()
}

// before is the phase of who has arrived and not started.
func (s Sitting) before() Phase {
	switch {
	case s.CheckedAt.IsZero():
		return PhaseArrived
	case s.ReleasedAt.IsZero():
		return PhaseReady
	}
	return PhaseReleased
}

// Standing is where a sitting stands, for the screen of its candidate.
type Standing struct {
	Phase    Phase
	Label    string
	Settings Settings
	Together bool // all are started at once
	Clock    Clock
	Left     time.Duration
	At       int       // item, from 0
	Out      []int     // items that are out for this one, from 0, rising
	Question *Question // the last one that was asked, open or answered; nil: none
	Ended    End
}

// standing is how the screen of a visit sees the sitting.
func (at seat) standing(session string, now time.Time) Standing {
	s := at.AsOf(now)
	st := Standing{Phase: s.before(), Label: s.Candidate.Label, Settings: s.Candidate.Settings, Together: at.details.Together,
		Clock: s.Clock, Left: s.Left(now), At: s.At, Ended: s.Ended}
	if !s.Started() {
		st.Left = NewClock(now, at.details.Minutes, s.Candidate.Settings.Factor, 0, 0, time.Time{}).Allowed
	}
	switch {
	case s.Ended != "":
		st.Phase = PhaseFinished
	case session == s.Next.Session:
		st.Phase = PhaseWaiting
	case !s.Started():
	case s.Clock.Why == Paused:
		st.Phase = PhasePaused
	case s.Clock.Why == OnBreak:
		st.Phase = PhaseBreak
	case s.Clock.Why == Asking:
		st.Phase = PhaseAsking
	default: // a line that was only silent is alive again: this visit asks
		st.Phase = PhaseBusy
	}
	return st
}
