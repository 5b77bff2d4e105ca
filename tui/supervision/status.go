package supervision

import (
	"slices"
	"time"

	"digibrug/quiz/recruit"
	"digibrug/tui/words"
)

// status is one thing that holds for a candidate now.
type status struct {
	word words.Key
	help bool // somebody must do something about it
}

func (s status) needs() bool { return s.help }

// briefly is a shorter word for what holds together with something else; has is false where there is none.
func briefly(word words.Key) (shorter words.Key, has bool) {
	switch word {
	case words.SupervisionReady, words.SupervisionMay:
		return words.SupervisionBriefStart, true
	case words.SupervisionPaused, words.SupervisionBreak:
		return words.SupervisionBriefPause, true
	}
	return "", false
}

// statuses are all that hold for a candidate at a moment, the most urgent first: a question doesn't hide that the line is gone,
// nor a pause that somebody waits to come back.
func statuses(s recruit.Sitting, now time.Time) []status {
	s = s.AsOf(now)
	switch phase := s.PhaseAt(now); phase {
	case recruit.PhaseFinished:
		return ended(s)
	case recruit.PhaseAbsent:
		return []status{{words.SupervisionAbsent, false}}
	}
	var all []status
	add := func(holds bool, word words.Key, help bool) {
		if holds {
			all = append(all, status{word, help})
		}
	}
	there, started, resting := s.There(now), s.Started(), s.Clock.Why == recruit.OnBreak
	gone := !s.Waits(now) && !there && !s.CheckedAt.IsZero()
	add(s.Question != nil, words.SupervisionAsks, true)
	add(s.Waits(now), words.SupervisionWaits, true)
	add(s.Waits(now) && there, words.SupervisionTwice, true)
	add(gone && !resting, words.SupervisionCut, true)
	add(there && s.Clock.Why == recruit.Cut, words.SupervisionBack, true)
	add(s.CheckedAt.IsZero(), words.SupervisionCard, true)
	add(!s.CheckedAt.IsZero() && s.ReleasedAt.IsZero(), words.SupervisionReady, true)
	add(!s.ReleasedAt.IsZero() && !started, words.SupervisionMay, false)
	add(s.Clock.Why == recruit.Paused, words.SupervisionPaused, false)
	add(resting, words.SupervisionBreak, false)
	add(gone && resting, words.SupervisionCut, false) // who takes a walk may close the window
	add(started && there && s.Clock.Running() && now.Sub(s.KeyAt) > recruit.Quiet, words.SupervisionQuiet, true)
	if len(all) == 0 {
		return []status{{words.SupervisionBusy, false}}
	}
	return all
}

// ended is how a sitting ended, and the question that was left open.
func ended(s recruit.Sitting) []status {
	all := []status{{words.SupervisionDone, false}}
	if s.Question != nil {
		all = append([]status{{words.SupervisionAsks, true}}, all...)
	}
	return all
}

// needsHelp tells whether somebody must do something for a candidate.
func needsHelp(s recruit.Sitting, now time.Time) bool {
	return slices.ContainsFunc(statuses(s, now), status.needs)
}

// alarm is what a candidate newly needs help for.
type alarm struct {
	label string
	word  words.Key
	since time.Time
}

// alarmFor is how long the board says that something is new.
const alarmFor = 15 * time.Second

// alarms gives what is new since a look at the room, and what was new shortly before and still stands. At the first look nothing is.
func alarms(was view, got recruit.Room) (all []alarm) {
	if was.Procedure == "" {
		return nil
	}
	before := map[string][]status{}
	for _, s := range was.Sittings {
		before[s.Candidate.ID] = statuses(s, was.Now)
	}
	for _, s := range got.Sittings {
		for _, one := range statuses(s, got.Now) {
			if !one.help {
				continue
			}
			if !slices.Contains(before[s.Candidate.ID], one) {
				all = append(all, alarm{s.Candidate.Label, one.word, got.Now})
				continue
			}
			at := slices.IndexFunc(was.alarms, func(a alarm) bool { return a.label == s.Candidate.Label && a.word == one.word })
			if at >= 0 && got.Now.Sub(was.alarms[at].since) < alarmFor {
				all = append(all, was.alarms[at])
			}
		}
	}
	slices.SortStableFunc(all, func(a, b alarm) int { return b.since.Compare(a.since) })
	return all
}

// counts are how many candidates there are of each sort.
type counts struct{ help, busy, ready, still, done, absent int }

func count(r recruit.Room) (c counts) {
	for _, s := range r.Sittings {
		switch phase := s.PhaseAt(r.Now); {
		case needsHelp(s, r.Now):
			c.help++
		case phase == recruit.PhaseFinished:
			c.done++
		case phase == recruit.PhaseAbsent:
			c.absent++
		case phase == recruit.PhasePaused || phase == recruit.PhaseBreak:
			c.still++
		case phase == recruit.PhaseReleased:
			c.ready++
		default:
			c.busy++
		}
	}
	return c
}
