package town

import (
	"fmt"
	"slices"
	"time"

	"digibrug/data"
	"digibrug/quiz"
)

// period is a campaign with its days.
type period struct {
	title         string
	opens, closes time.Time // midnight in Brussels
	over          bool
	explain       quiz.Explaining
}

// calendar says when the two campaigns are: four weeks in March, of this year when they are long over, and
// from two weeks ago until four weeks from now.
func calendar(now time.Time) (spring, running period) {
	y, m, d := now.In(data.Brussels).Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, data.Brussels)
	running = period{opens: today.AddDate(0, 0, -14), closes: today.AddDate(0, 0, 28), explain: quiz.ExplainAtSubmit}
	running.title = fmt.Sprintf("Kennismeting %s %d", season(running.opens), running.opens.Year())
	for year := y; ; year-- {
		first := time.Date(year, time.March, 1, 0, 0, 0, 0, data.Brussels)
		first = first.AddDate(0, 0, (8-int(first.Weekday()))%7) // a Monday
		spring = period{fmt.Sprintf("Kennismeting maart %d", year), first, first.AddDate(0, 0, 25), true, quiz.ExplainAtClose}
		if spring.closes.AddDate(0, 1, 0).Before(running.opens) {
			return spring, running
		}
	}
}

func season(at time.Time) string {
	switch at.Month() {
	case time.March, time.April, time.May:
		return "lente"
	case time.June, time.July, time.August:
		return "zomer"
	case time.September, time.October, time.November:
		return "najaar"
	}
	return "winter"
}

// hold creates a campaign, opens it, lets people take part, and closes it when its days are over.
func (b *builder) hold(p period) error {
	b.clock.set(p.opens.AddDate(0, 0, -7).Add(10 * time.Hour))
	k, err := b.quiz.Create(b.ctx, b.ict, quiz.Campaign{
		Title: p.title, OpensOn: data.DayOf(p.opens), ClosesOn: data.DayOf(p.closes), Explain: p.explain,
		Offer: "Starten met de computer (drie voormiddagen)", Blueprint: blueprint(), Services: b.services(),
	})
	if err != nil {
		return err
	}
	b.clock.set(p.opens.Add(8 * time.Hour))
	if err := b.quiz.Open(b.ctx, b.ict, k.ID); err != nil {
		return err
	}
	if err := b.sit(b.sittings(p, k.ID)); err != nil {
		return err
	}
	if !p.over {
		return nil
	}
	b.clock.set(p.closes.AddDate(0, 0, 1).Add(7 * time.Hour))
	return b.quiz.Close(b.ctx, b.ict, k.ID)
}

// blueprint asks three entry questions and two of each level in the two domains that everybody works with:
// nobody stays longer than half an hour, and each domain has enough for a band.
func blueprint() quiz.Blueprint {
	bp := quiz.Blueprint{Entry: 3}
	for _, domain := range []string{"mail", "windows"} {
		for level := 1; level <= 4; level++ {
			bp.Cells = append(bp.Cells, quiz.Cell{Domain: domain, Level: level, Count: 2})
		}
	}
	return bp
}

func (b *builder) services() (ids []string) {
	for _, t := range teams() {
		ids = append(ids, b.units[t.name].ID)
	}
	return ids
}

// sitting is one person at one campaign, in steps: log in and start, answer by answer, hand in.
type sitting struct {
	who      *inhabitant
	campaign string
	half     bool
	at       time.Time // of the next step
	attempt  quiz.Attempt
	n        int // item to answer next; -1: not started
}

// sittings plans who comes when: on working days, in office hours, before now.
func (b *builder) sittings(p period, campaign string) (all []*sitting) {
	last := p.closes
	if b.now.Before(last) {
		last = b.now.AddDate(0, 0, -1)
	}
	for _, who := range b.crowd {
		s := &sitting{who: who, campaign: campaign, half: who.state == halfWay && !p.over, n: -1, at: b.officeHour(p.opens, last)}
		if p.over && who.spring || !p.over && (who.state == finished || who.state == halfWay) {
			all = append(all, s)
		}
	}
	return all
}

// officeHour draws a moment between half past eight and four on a working day from first to last.
func (b *builder) officeHour(first, last time.Time) time.Time {
	days := int(last.Sub(first).Hours()/24) + 1
	for {
		day := first.AddDate(0, 0, b.chance.IntN(days))
		if day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
			y, m, d := day.Date()
			return time.Date(y, m, d, 8, 30+b.chance.IntN(450), b.chance.IntN(60), 0, data.Brussels)
		}
	}
}

// sit runs all sittings together, always the step that comes first, so that the log is in order of time.
func (b *builder) sit(running []*sitting) error {
	for len(running) > 0 {
		next := slices.MinFunc(running, func(s, t *sitting) int { return s.at.Compare(t.at) })
		b.clock.set(next.at)
		over, err := b.step(next)
		if err != nil {
			return fmt.Errorf("%s: %w", next.who.login, err)
		}
		if over {
			running = slices.DeleteFunc(running, func(s *sitting) bool { return s == next })
		}
	}
	return nil
}

// step does the next thing of a sitting and tells whether that was the last.
func (b *builder) step(s *sitting) (over bool, err error) {
	by := s.who.identity().Actor()
	if s.n < 0 {
		b.gate.Entered(b.ctx, s.who.identity())
		id, err := b.quiz.Start(b.ctx, by, s.campaign, s.who.ability < -1.5 && b.chance.IntN(2) == 0)
		if err != nil {
			return false, err
		}
		s.attempt, err = b.quiz.Attempt(b.ctx, by, id)
		s.n = 0
		s.wait(40 + b.chance.IntN(80))
		return false, err
	}
	items := s.attempt.Items
	if s.n == len(items) {
		_, err := b.quiz.Submit(b.ctx, by, s.attempt.ID)
		return true, err
	}
	it := items[s.n].Item
	given := answer(it, s.who.ability, b.chance)
	place := s.n + 1
	if s.n < s.attempt.Entry {
		place = min(place, s.attempt.Entry-1)
	}
	err = b.quiz.Save(b.ctx, by, s.attempt.ID, quiz.Save{N: s.n, Answer: &given, Place: min(place, len(items)-1)})
	if err != nil {
		return false, err
	}
	if s.n++; s.n == s.attempt.Entry {
		passed, err := b.quiz.PassEntry(b.ctx, by, s.attempt.ID, true)
		if err != nil || !passed {
			return true, err
		}
	}
	s.wait(it.Seconds*(60+b.chance.IntN(110))/100 + 3)
	return s.half && s.n >= len(items)/2, b.ctx.Err()
}

// wait moves the next step by so many seconds.
func (s *sitting) wait(seconds int) { s.at = s.at.Add(time.Duration(seconds) * time.Second) }
