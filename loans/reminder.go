package loans

import (
	"context"
	"fmt"

	"digibrug/data"
)

// Reminder is a step of the ladder that is due, with who is to hear of it.
type Reminder struct {
	Notice
	Who   Borrower  // who has the device
	To    Borrower  // who is addressed: the guardian of a minor, and otherwise who has the device
	Tries []Contact // what was tried for this step before, the oldest first
}

// By is the channel that reaches somebody: the one of the ladder, or the next best where the register has no number or
// address for it.
func (r Reminder) By() Channel {
	switch {
	case r.Channel == ByMail && r.To.Mail == "" && r.To.Phone != "":
		return ByCall
	case r.Channel == ByCall && r.To.Phone == "" && r.To.Mail != "":
		return ByMail
	case (r.Channel == ByMail || r.Channel == ByCall || r.Channel == ByText) && r.To.Mail == "" && r.To.Phone == "", r.Channel == ByText && r.To.Phone == "":
		return ByLetter
	}
	return r.Channel
}

// Late is by how many days of the calendar the device is late on a day.
func (r Reminder) Late(day string) int64 { return r.Loan.LateOn(day) }

// Bundle is the steps that go out together: one letter for a household, one mail or text for a person.
type Bundle struct {
	Channel Channel
	To      Borrower // of a household: the one whose step is the most urgent
	All     []Reminder
}

// IDs gives the steps of a bundle.
func (b Bundle) IDs() []string {
	ids := make([]string, len(b.All))
	for i, r := range b.All {
		ids[i] = r.ID
	}
	return ids
}

// Step is the highest step in the bundle: it sets the tone.
func (b Bundle) Step() (step int64) {
	for _, r := range b.All {
		step = max(step, r.Step)
	}
	return step
}

// Bundles puts the steps together that go out as one paper, in the order of all. Calls and the tasks of social workers
// are no papers.
func Bundles(all []Reminder) (bundles []Bundle) {
	at := map[string]int{}
	for _, r := range all {
		channel := r.By()
		if channel == ByCall || channel == SocialWorker {
			continue
		}
		whom := r.To.ID
		if household := data.SortKey(r.To.Household); household != "" && (channel == ByLetter || channel == Registered) {
			whom = "household " + household
		}
		key := string(channel) + " " + whom
		i, known := at[key]
		if !known {
			i = len(bundles)
			at[key] = i
			bundles = append(bundles, Bundle{Channel: channel, To: r.To})
		}
		if b := &bundles[i]; r.Step > b.Step() || len(b.All) == 0 {
			b.To = r.To
		}
		bundles[i].All = append(bundles[i].All, r)
	}
	return bundles
}

// Reminders lists what Notices does, with who is to hear of it and what was tried before.
func (s *Store) Reminders(ctx context.Context, by data.Actor) (all []Reminder, err error) {
	err = s.db.ViewFor(ctx, by, append(desk(), data.RoleSocial), func(q data.Query) error {
		all, err = reminders(ctx, q, by)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list reminders: %w", err)
	}
	return all, nil
}

func reminders(ctx context.Context, q data.Query, by data.Actor) (all []Reminder, err error) {
	due, err := notices(ctx, q, data.DayOf(q.Now()), "")
	if err != nil {
		return nil, err
	}
	atDesk, social := data.Require(ctx, q, by, desk()...) == nil, holds(ctx, q, by, data.RoleSocial)
	people, err := data.List(ctx, q, scanBorrower, borrowerColumns+` WHERE b.id IN (SELECT l.borrower_id FROM loans l WHERE l.ended = '')
		OR b.id IN (SELECT m.guardian_id FROM borrowers m JOIN loans l ON l.borrower_id = m.id WHERE l.ended = '') ORDER BY b.id`)
	if err != nil {
		return nil, err
	}
	byID := map[string]Borrower{}
	for _, b := range people {
		byID[b.ID] = b.shown(social)
	}
	tries, err := data.List(ctx, q, scanContact, contactColumns+` JOIN loan_notices n ON n.id = c.notice_id WHERE n.state = 'planned' ORDER BY c.at, c.id`)
	if err != nil {
		return nil, err
	}
	for _, n := range due {
		if n.Channel == SocialWorker && !social || n.Channel != SocialWorker && !atDesk {
			continue
		}
		n.Loan = n.Loan.shown(social)
		r := Reminder{Notice: n, Who: byID[n.Loan.BorrowerID]}
		r.To = r.Who
		if g, known := byID[r.Who.GuardianID]; known {
			r.To = g
		}
		for _, c := range tries {
			if c.NoticeID == n.ID {
				r.Tries = append(r.Tries, c)
			}
		}
		all = append(all, r)
	}
	return all, nil
}

// RemindAll does several steps, and put makes the one paper for all of them, in one transaction. done are those that
// were done now: not those that somebody else did meanwhile. put is not called for none, and may run more than once. It
// returns data.ErrNotFound for an unknown step.
func (s *Store) RemindAll(ctx context.Context, by data.Actor, ids []string, put func(context.Context, *data.Tx, []Notice) error) (done []Notice, err error) {
	err = s.db.InTxFor(ctx, by, append(desk(), data.RoleSocial), func(tx *data.Tx) error {
		done = nil
		for _, id := range ids {
			if _, err := remind(ctx, tx, by, id, func(_ context.Context, _ *data.Tx, n Notice) error {
				done = append(done, n)
				return nil
			}); err != nil {
				return err
			}
		}
		if len(done) == 0 || put == nil {
			return nil
		}
		return put(ctx, tx, done)
	})
	if err != nil {
		return nil, fmt.Errorf("do %d reminders: %w", len(ids), err)
	}
	return done, nil
}
