package supervision

import (
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/duties"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// seen is a candidate with what happened, the newest first.
type seen struct {
	room    recruit.Room
	sitting recruit.Sitting
	events  []recruit.Event
}

// candidate is the page of one candidate: how things stand, the question that is open, and what happened.
func (d desk) candidate(procedure, id string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[seen]{
		Title:   func(c seen) string { return c.sitting.Candidate.Label },
		Doing:   words.SupervisionLoadingOne,
		Load:    func() (seen, error) { return d.read(procedure, id) },
		Columns: []parts.Column{{Title: words.SupervisionColAt, Min: 8}, {Title: words.SupervisionColWhat, Min: 24, Grow: 1}, {Title: words.SupervisionColWho, Min: 12}},
		Rows: func(c seen) []parts.Row {
			rows := make([]parts.Row, len(c.events))
			for i, e := range c.events {
				rows[i] = parts.Row{ID: e.ID, Cells: []string{e.At.In(data.Brussels).Format("15:04:05"), duties.Event(d.S.Lang(), e), d.who(e)}}
			}
			return rows
		},
		Top: d.stands, None: words.SupervisionNoEvents, Fresh: Fresh,
		Foot: func(c seen, row string) string {
			at := slices.IndexFunc(c.events, func(e recruit.Event) bool { return e.ID == row })
			if at < 0 {
				return ""
			}
			return duties.Event(d.S.Lang(), c.events[at])
		},
		Ways: func(c seen, _ string) []page.Way {
			first, then := d.waysFor(c.room, c.sitting, true)
			return slices.Concat(d.answers(c), first, then)
		},
	})
}

// read gives a candidate who is in the room.
func (d desk) read(procedure, id string) (seen, error) {
	r, err := d.store.Room(d.S.Ctx, d.By(), procedure)
	if err != nil {
		return seen{}, err
	}
	s, has := found(r, id)
	if !has {
		return seen{}, data.ErrNotFound // withdrew meanwhile
	}
	events, err := d.store.Events(d.S.Ctx, d.By(), procedure, id)
	slices.Reverse(events)
	return seen{r, s, events}, err
}

// who did what an event tells: the candidate is called so, and not by the code.
func (d desk) who(e recruit.Event) string {
	switch e.Kind {
	case recruit.Checked, recruit.Released, recruit.TurnedAway, recruit.PausedBy, recruit.ExtraTime, recruit.Answering, recruit.Irregularity:
		return e.By
	case recruit.Resumed, recruit.Ended:
		if !strings.HasPrefix(e.By, "code:") {
			return e.By
		}
	}
	return d.S.T(words.SupervisionCandidate)
}

// answers are what can be said to a question.
func (d desk) answers(c seen) []page.Way {
	if c.sitting.Question == nil {
		return nil
	}
	way := func(letter string, does words.Key, scope recruit.Scope) page.Way {
		return page.Way{Key: d.Letter(letter, does), Open: func() shell.Screen { return d.answer(c.room, c.sitting, scope) }}
	}
	out := []page.Way{way("v", words.SupervisionAllOut, recruit.Everybody), way("d", words.SupervisionOneOut, recruit.ThisOne)}
	if c.room.Details.OutFor == recruit.ThisOne {
		slices.Reverse(out) // what the procedure says comes first
	}
	return append(out, way("n", words.SupervisionRefuse, recruit.Refused))
}

// stands says how things are with a candidate.
func (d desk) stands(p page.Page, c seen) []string {
	s, now := c.sitting, c.room.Now
	facts := []page.Fact{page.Named(words.SupervisionColState, strings.TrimLeft(d.state(s, now), "! ")), page.Named(words.SupervisionColPlace, place(s))}
	if s.Waits(now) {
		facts = append(facts, page.Named(words.SupervisionNext, s.Next.Place))
	}
	if s.Started() {
		facts = append(facts, page.Named(words.SupervisionWhere, d.S.T(words.SupervisionWhereAt, "n", s.At+1, "of", s.Numbers, "done", s.Answered)))
	}
	if s.Started() && s.Ended == "" {
		facts = append(facts, page.Named(words.SupervisionTime, d.S.T(words.SupervisionTimeLeft, "left", duties.Clock(s.Left(now)), "all", words.Duration(d.S.Lang(), s.Clock.Allowed))))
	}
	if text := d.settings(s.Candidate.Settings); text != "" {
		facts = append(facts, page.Named(words.SupervisionSettings, text))
	}
	if text := d.alerts(s); text != "" {
		facts = append(facts, page.Named(words.SupervisionColAlerts, text))
	}
	var lines []string
	if s.Question != nil {
		for _, line := range p.Paragraphs(d.asks(*s.Question)) {
			lines = append(lines, d.S.Theme().Warn.Render(line))
		}
	}
	return append(lines, p.Facts(facts...)...)
}

// settings are what was agreed for a candidate: what, never why.
func (d desk) settings(set recruit.Settings) string {
	var all []string
	add := func(holds bool, key words.Key, args ...any) {
		if holds {
			all = append(all, d.S.T(key, args...))
		}
	}
	add(set.Factor > 1, words.SupervisionSetFactor, "n", words.Number(d.S.Lang(), set.Factor, 2))
	add(set.Breaks > 0, words.SupervisionSetBreaks, "n", set.Breaks)
	add(set.Reading, words.SupervisionSetReading)
	add(set.Big, words.SupervisionSetBig)
	add(set.Layout != "", words.SupervisionSetLayout, "layout", set.Layout)
	add(set.Untimed, words.SupervisionSetUntimed)
	return strings.Join(all, " · ")
}
