package supervision

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"digibrug/quiz/recruit"
	"digibrug/tui/duties"
	"digibrug/tui/page"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
)

// waysFor are what can be done for a candidate as things stand: what waits for it first, then what may be wanted. has tells that
// there is one under the cursor.
func (d desk) waysFor(r recruit.Room, s recruit.Sitting, has bool) (first, then []page.Way) {
	if !has {
		return nil, nil
	}
	id, there, over := s.Candidate.ID, !s.ArrivedAt.IsZero(), s.Ended != ""
	if there && !over && r.State == recruit.Open {
		if s.Waits(r.Now) {
			first = append(first, page.Way{Key: d.Letter("r", words.SupervisionGoOn), Doing: words.SupervisionGoingOn,
				Ask: page.Question{Ask: words.SupervisionGoOnAsk, Yes: words.SupervisionGoOnYes, Args: []any{"label", s.Candidate.Label, "place", s.Next.Place}},
				Do:  d.act(r, s, words.SupervisionWentOn, recruit.Resumed, func() error { return d.store.Resume(d.S.Ctx, d.By(), id) })},
				page.Way{Key: d.Letter("w", words.SupervisionTurn), Doing: words.SupervisionTurning,
					Ask: page.Question{Ask: words.SupervisionTurnAsk, Yes: words.SupervisionTurnYes, Args: []any{"label", s.Candidate.Label, "place", s.Next.Place}},
					Do:  d.act(r, s, words.SupervisionTurned, recruit.TurnedAway, func() error { return d.store.TurnAway(d.S.Ctx, d.By(), id) })})
		}
		switch {
		case s.CheckedAt.IsZero():
			first = append(first, page.Way{Key: d.Letter("i", words.SupervisionCheck), Doing: words.SupervisionChecking,
				Do: d.act(r, s, words.SupervisionChecked, recruit.Checked, func() error { return d.store.Check(d.S.Ctx, d.By(), id) })})
		case s.ReleasedAt.IsZero():
			first = append(first, page.Way{Key: d.Letter("l", words.SupervisionRelease), Doing: words.SupervisionReleasing, Ask: d.late(r, s),
				Do: d.act(r, s, words.SupervisionReleased, recruit.Released, func() error { return d.store.Release(d.S.Ctx, d.By(), id) })})
		}
		then = append(then, d.waysBusy(r, s)...)
	}
	then = append(then, page.Way{Key: d.Letter("o", words.SupervisionIrregular), Open: func() shell.Screen { return d.irregular(r, s) }})
	if there && !over && r.State == recruit.Open {
		then = append(then, page.Way{Key: d.Letter("e", words.SupervisionEnd), Open: func() shell.Screen { return d.end(r, s) }})
	}
	return first, then
}

// waysBusy are what can be done once the test of a candidate has begun.
func (d desk) waysBusy(r recruit.Room, s recruit.Sitting) []page.Way {
	if !s.Started() {
		return nil
	}
	id := s.Candidate.ID
	pause := page.Way{Key: d.Letter("p", words.SupervisionPause), Doing: words.SupervisionPausing,
		Do: d.act(r, s, words.SupervisionPausedDone, recruit.PausedBy, func() error { return d.store.Pause(d.S.Ctx, d.By(), id) })}
	if s.Clock.Why == recruit.Paused {
		pause = page.Way{Key: d.Letter("p", words.SupervisionResume), Doing: words.SupervisionGoingOn,
			Do: d.act(r, s, words.SupervisionWentOn, recruit.Resumed, func() error { return d.store.Resume(d.S.Ctx, d.By(), id) })}
	}
	all := []page.Way{{Key: d.plus(), Open: func() shell.Screen { return d.extra(r, s) }}}
	if s.Clock.Why == recruit.Paused && s.Waits(r.Now) {
		return all // r lets both go: who waits, and the clock
	}
	return append([]page.Way{pause}, all...)
}

// plus is the key for more time; on a Belgian keyboard the sign needs Shift, the key doesn't.
func (d desk) plus() key.Binding {
	return key.NewBinding(key.WithKeys("+", "="), key.WithHelp("+", d.S.T(words.SupervisionExtra)))
}

// capital is a letter key with Shift: the small letter does something else.
func (d desk) capital(letter string, does words.Key) key.Binding {
	return key.NewBinding(key.WithKeys(letter), key.WithHelp(letter, d.S.T(does)))
}

// waysForAll are what can be done for everybody at once: starting, and the rest.
func (d desk) waysForAll(r recruit.Room) (start, all []page.Way) {
	if r.State != recruit.Open {
		return nil, nil
	}
	var ready, running, paused, busy, away, short int
	for _, s := range r.Sittings {
		switch {
		case s.Ended != "":
			continue
		case s.ArrivedAt.IsZero():
			away++
			continue
		case !s.CheckedAt.IsZero() && s.ReleasedAt.IsZero():
			ready++
			if _, due := r.Short(s); due > 0 {
				short++
			}
		case s.Started() && s.Clock.Why == recruit.Paused:
			paused++
		case s.Started():
			running++
		}
		busy++
	}
	if ready > 0 {
		ask := page.Question{Ask: words.SupervisionStartAllAsk, Yes: words.SupervisionStartAllYes, Args: []any{"n", ready}}
		if short > 0 {
			ask.Ask, ask.Args = words.SupervisionStartLateAsk, append(ask.Args, "short", short, "at", d.ends(r))
		}
		start = append(start, page.Way{Key: d.capital("a", words.SupervisionStartAll), Doing: words.SupervisionReleasing, Ask: ask,
			Do: d.everybody(words.SupervisionStartedAll, func() (int, error) { return d.store.StartAll(d.S.Ctx, d.By(), r.Procedure) })})
	}
	switch {
	case running > 0:
		all = append(all, page.Way{Key: d.capital("A", words.SupervisionPauseAll), Doing: words.SupervisionPausing,
			Ask: page.Question{Ask: words.SupervisionPauseAllAsk, Yes: words.SupervisionPauseAllYes, Args: []any{"n", running}},
			Do:  d.everybody(words.SupervisionPausedAll, func() (int, error) { return d.store.PauseAll(d.S.Ctx, d.By(), r.Procedure) })})
	case paused > 0:
		all = append(all, page.Way{Key: d.capital("A", words.SupervisionResumeAll), Doing: words.SupervisionGoingOn,
			Ask: page.Question{Ask: words.SupervisionResumeAllAsk, Yes: words.SupervisionResumeAllYes, Args: []any{"n", paused}},
			Do:  d.everybody(words.SupervisionResumedAll, func() (int, error) { return d.store.ResumeAll(d.S.Ctx, d.By(), r.Procedure) })})
	}
	return start, append(all, page.Way{Key: d.Letter("s", words.SupervisionClose), Doing: words.SupervisionClosing,
		Ask: closes(busy, away),
		Do: func() (page.Outcome, error) {
			return page.Outcome{Said: words.SupervisionClosed}, d.store.Close(d.S.Ctx, d.By(), r.Procedure)
		}})
}

// closes asks whether the test closes, with who is stopped by it and who then can't begin any more.
func closes(busy, away int) page.Question {
	q := page.Question{Ask: words.SupervisionCloseAsk, Yes: words.SupervisionCloseYes, Args: []any{"n", busy, "away", away}}
	switch {
	case busy > 0 && away > 0:
		q.Ask = words.SupervisionCloseBothAsk
	case away > 0:
		q.Ask, q.Args = words.SupervisionCloseAwayAsk, []any{"n", away}
	case busy == 0:
		q.Ask = words.SupervisionCloseDoneAsk
	}
	return q
}

// late asks once more where somebody who begins now gets less time than is due; nothing where all of it is left.
func (d desk) late(r recruit.Room, s recruit.Sitting) page.Question {
	gets, due := r.Short(s)
	if due == 0 {
		return page.Question{}
	}
	return page.Question{Ask: words.SupervisionLateAsk, Yes: words.SupervisionStartAllYes, Args: []any{"label", s.Candidate.Label, "at", d.ends(r),
		"gets", words.Duration(d.S.Lang(), gets.Truncate(time.Minute)), "due", words.Duration(d.S.Lang(), due)}}
}

// ends is when the hours of the test are over today.
func (d desk) ends(r recruit.Room) string {
	return words.Clock(d.S.Lang(), r.Details.Days.ClosesAt(r.Now))
}

// everybody does something for all, and tells for how many.
func (d desk) everybody(said words.Key, do func() (int, error)) func() (page.Outcome, error) {
	return func() (page.Outcome, error) {
		n, err := do()
		return page.Outcome{Said: said, Args: []any{"n", n}}, err
	}
}

// act does something for a candidate that leaves an event of a kind, and tells; or tells which other supervisor was first.
func (d desk) act(r recruit.Room, s recruit.Sitting, said words.Key, kind recruit.EventKind, do func() error) func() (page.Outcome, error) {
	return func() (page.Outcome, error) {
		err := do()
		if first, was := d.first(r, s, kind, err); was {
			return first, nil
		}
		return page.Outcome{Said: said, Args: []any{"label", s.Candidate.Label}}, err
	}
}

// again are the errors of who wants what somebody else did before.
var again = []error{recruit.ErrAnswered, recruit.ErrStopped, recruit.ErrRunning, recruit.ErrGone, recruit.ErrEnded}

// first tells who did it before, when somebody else did: some acts then fail, others are done already and do nothing.
func (d desk) first(r recruit.Room, s recruit.Sitting, kind recruit.EventKind, err error) (page.Outcome, bool) {
	if err != nil && !slices.ContainsFunc(again, func(one error) bool { return errors.Is(err, one) }) {
		return page.Outcome{}, false
	}
	if errors.Is(err, recruit.ErrEnded) {
		kind = recruit.Ended
	}
	events, lost := d.store.Events(d.S.Ctx, d.By(), r.Procedure, s.Candidate.ID)
	if lost != nil {
		return page.Outcome{}, false // what came of the act itself is told instead
	}
	at := -1
	for i, e := range events {
		if e.Kind == kind {
			at = i
		}
	}
	if at < 0 || events[at].By == d.By().Name || !other(events[at]) {
		return page.Outcome{}, false
	}
	e := events[at]
	return page.Outcome{Said: words.SupervisionFirst, Warn: true,
		Args: []any{"label", s.Candidate.Label, "who", e.By, "at", words.Clock(d.S.Lang(), e.At), "what", duties.Event(d.S.Lang(), e)}}, true
}

// other tells whether a supervisor did what an event tells, and not the candidate or the clock.
func other(e recruit.Event) bool {
	code, _ := e.Parts()
	return e.Kind != recruit.Ended || code == string(recruit.BySupervisor)
}

// minutes reads a number that the form let through.
func minutes(text string) (n int, err error) {
	_, err = fmt.Sscan(text, &n)
	return n, err
}
