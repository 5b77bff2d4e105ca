package recruit

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"digibrug/data"
)

// Explanation is why a candidate has the score, as the log tells it: values, which a paper puts into words. It holds no text of an item and no answer:
// the items stay good for a next test.
type Explanation struct {
	Score     Score
	StartedAt time.Time
	EndedAt   time.Time
	Ended     End
	Allowed   time.Duration // all that the candidate got, extra time included
	Used      time.Duration // time on the clock
	Stops     []Standstill
	Extra     []Grant
	Outs      []OutItem
	Questions []Question // that the candidate asked, with the answers
	Levels    []LevelScore
	Work      []LevelScore // points to work on, the weakest first: see WorkOn
}

// Standstill is a time in which the candidate's clock stood, or the candidate was away.
type Standstill struct {
	Why  Stop
	From time.Time
	Till time.Time
}

// Grant is extra time that a supervisor gave.
type Grant struct {
	At      time.Time
	Minutes int
	Why     string
	By      string
}

// OutItem is an item that was out for this candidate.
type OutItem struct {
	N     int // from 0
	Scope Scope
	Why   string
}

// LevelScore is what a candidate earned of the items of a level in a domain, in hundredths.
type LevelScore struct {
	Domain string
	Level  int
	Items  int
	Points int
	Max    int
}

// Levels adds a score up by domain, in the order of the test, and level, rising. What is out counts for nothing.
func (s Score) Levels() (all []LevelScore) {
	for _, p := range s.Parts {
		for level := 1; level <= 4; level++ {
			l := LevelScore{Domain: p.Domain, Level: level}
			for _, it := range s.Items {
				if it.Domain == p.Domain && it.Level == level && it.Max > 0 {
					l.Items, l.Points, l.Max = l.Items+1, l.Points+it.Points, l.Max+it.Max
				}
			}
			if l.Items > 0 {
				all = append(all, l)
			}
		}
	}
	return all
}

// WorkOn gives at most n domains and levels that earned less than three quarters of their points, the smallest share first; of equal shares the lower
// level, which is what the others build on.
func (s Score) WorkOn(n int) []LevelScore {
	weak := slices.DeleteFunc(s.Levels(), func(l LevelScore) bool { return 4*l.Points >= 3*l.Max })
	slices.SortStableFunc(weak, func(a, b LevelScore) int {
		return cmp.Or(cmp.Compare(a.Points*b.Max, b.Points*a.Max), cmp.Compare(a.Level, b.Level))
	})
	return weak[:min(n, len(weak))]
}

// workPoints is how many points to work on an explanation has.
const workPoints = 5

// Why explains the frozen score of a candidate out of the log, for the recruiters and the jury of the procedure. It returns ErrNotScored before the scores
// are frozen.
func (s *Store) Why(ctx context.Context, by data.Actor, candidate string) (Explanation, error) {
	var e Explanation
	err := s.db.View(ctx, func(q data.Query) error {
		at, err := seatOf(ctx, q, candidate)
		if err != nil {
			if denied := data.Require(ctx, q, by, data.RoleRecruiter, data.RoleJury); denied != nil {
				return denied
			}
			return err
		}
		stored, err := s.frozen(ctx, q, by, at.Candidate.ProcedureID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(stored, func(f frozenScore) bool { return f.candidate == candidate })
		if i < 0 {
			return data.ErrNotFound
		}
		e = Explanation{StartedAt: at.Clock.StartedAt, EndedAt: at.EndedAt, Ended: at.Ended, Allowed: at.Clock.Allowed, Used: at.Clock.Ran(at.EndedAt)}
		if err := json.Unmarshal([]byte(stored[i].text), &e.Score); err != nil {
			return fmt.Errorf("score of %s: %w", stored[i].label, err)
		}
		e.Levels, e.Work = e.Score.Levels(), e.Score.WorkOn(workPoints)
		return e.tell(ctx, q, at)
	})
	if err != nil {
		return Explanation{}, fmt.Errorf("explain the score of %s: %w", data.Clean(candidate, 40), err)
	}
	return e, nil
}

// tell adds what happened in the test room.
func (e *Explanation) tell(ctx context.Context, q data.Query, at seat) error {
	all, err := events(ctx, q, at.Candidate.ProcedureID, at.Candidate.ID)
	if err != nil {
		return err
	}
	e.Stops, e.Extra = Standstills(all), grants(all)
	e.Questions, err = data.List(ctx, q, scanQuestion, questionColumns+` WHERE q.candidate_id = $1 ORDER BY q.asked_at, q.id`, at.Candidate.ID)
	if err != nil {
		return fmt.Errorf("questions: %w", err)
	}
	items, err := answered(ctx, q, at.Candidate)
	if err != nil {
		return fmt.Errorf("items: %w", err)
	}
	for _, it := range items {
		switch {
		case !it.OutAt.IsZero():
			e.Outs = append(e.Outs, OutItem{it.N, Everybody, it.OutWhy})
		case it.OutHere:
			e.Outs = append(e.Outs, OutItem{it.N, ThisOne, e.whyOut(it)})
		}
	}
	return nil
}

// whyOut is the reason that was given for an item that is out for this one.
func (e *Explanation) whyOut(it Answered) string {
	for _, q := range e.Questions {
		if q.N == it.N && q.Outcome == ThisOne {
			return q.Why
		}
	}
	return ""
}

// Standstills reads out of events, the oldest first, when a clock stood and why: each stop until the next one or until the clock ran again.
func Standstills(all []Event) (stops []Standstill) {
	open, started, asking := -1, false, false
	end := func(at time.Time) {
		if open >= 0 {
			stops[open].Till = at
			open = -1
		}
	}
	for _, ev := range all {
		why := NoStop
		switch ev.Kind {
		case Started:
			started = true
		case PausedBy:
			why = Paused
		case TookBreak:
			why = OnBreak
		case Asked:
			why, asking = Asking, true
		case LineCut:
			if open < 0 { // of a clock that stands already, a cut line is no new stop
				why = Cut
			}
		case BackFrom, Ended:
			end(ev.At)
		case Resumed:
			end(ev.At)
			if asking { // the clock waits on for the answer
				why = Asking
			}
		case Answering:
			asking = false
			if open >= 0 && stops[open].Why == Asking {
				end(ev.At)
			}
		}
		if started && why != NoStop {
			end(ev.At)
			stops = append(stops, Standstill{Why: why, From: ev.At})
			open = len(stops) - 1
		}
	}
	return stops
}

// grants reads the extra time out of events.
func grants(all []Event) (given []Grant) {
	for _, ev := range all {
		if ev.Kind == ExtraTime {
			minutes, why := ev.Parts()
			n, _ := strconv.Atoi(minutes) // we wrote it
			given = append(given, Grant{ev.At, n, why, ev.By})
		}
	}
	return given
}
