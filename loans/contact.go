package loans

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"digibrug/data"
)

// Outcome is what came of trying to reach somebody.
type Outcome string

// The outcomes.
const (
	NoAnswer Outcome = "no_answer" // of a call
	Reached  Outcome = "reached"   // of a call: somebody heard it
	Added    Outcome = "added"     // a reminder that the ladder doesn't have
)

// Contact is one time that somebody was reached, or not, besides the steps themselves.
type Contact struct {
	ID       string
	LoanID   string
	NoticeID string // the step that it belongs to; empty for a reminder that was added
	At       time.Time
	Channel  Channel
	Outcome  Outcome
	Note     string
	Actor    string
}

const contactColumns = `SELECT c.id, c.loan_id, c.notice_id, c.at, c.channel, c.outcome, c.note, c.actor FROM loan_contacts c`

func scanContact(scan func(...any) error) (c Contact, err error) {
	var at int64
	err = scan(&c.ID, &c.LoanID, &c.NoticeID, &at, &c.Channel, &c.Outcome, &c.Note, &c.Actor)
	c.At = data.Milli(at)
	return c, err
}

func addContact(ctx context.Context, tx *data.Tx, by data.Actor, c Contact) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO loan_contacts (id, loan_id, notice_id, at, channel, outcome, note, actor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		data.NewID(), c.LoanID, c.NoticeID, tx.Now().UnixMilli(), string(c.Channel), string(c.Outcome), c.Note, actor(by))
	if err != nil {
		return fmt.Errorf("add contact about loan %s: %w", c.LoanID, err)
	}
	return nil
}

// Call writes down a call for a step, whatever the step's channel: when somebody was reached the step is done, when
// nobody answered it stays for another try. It is audited. done is false, and nothing was written, when the step was
// done or cancelled meanwhile. note is what was said, may be empty, and is kept as long as the loan has a name. It
// returns an *data.Invalid, and data.ErrNotFound.
func (s *Store) Call(ctx context.Context, by data.Actor, id string, reached bool, note string) (done bool, err error) {
	if note, err = data.ShortText("note", note, noteLimit); err != nil {
		return false, err
	}
	err = s.db.InTxFor(ctx, by, append(desk(), data.RoleSocial), func(tx *data.Tx) error {
		done, err = phoned(ctx, tx, by, id, reached, note)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("call for reminder %s: %w", data.Clean(id, 40), err)
	}
	return done, nil
}

func phoned(ctx context.Context, tx *data.Tx, by data.Actor, id string, reached bool, note string) (bool, error) {
	if reached {
		return remind(ctx, tx, by, id, func(ctx context.Context, tx *data.Tx, n Notice) error {
			return addContact(ctx, tx, by, Contact{LoanID: n.LoanID, NoticeID: id, Channel: spoken(n), Outcome: Reached, Note: note})
		})
	}
	var loanID string
	if err := data.One(ctx, tx, []any{&loanID}, `SELECT loan_id FROM loan_notices WHERE id = $1`, id); err != nil {
		return false, err
	}
	due, err := notices(ctx, tx, tx.Today(), loanID)
	if err != nil || len(due) == 0 || due[0].ID != id {
		return false, err
	}
	n := due[0]
	if err := mayRemind(ctx, tx, by, n.Channel); err != nil {
		return false, err
	}
	if err := addContact(ctx, tx, by, Contact{LoanID: n.LoanID, NoticeID: id, Channel: spoken(n), Outcome: NoAnswer, Note: note}); err != nil {
		return false, err
	}
	return true, tx.Audit(ctx, by, "loan.phone", n.LoanID, "number", string(n.Loan.DeviceNumber), "name", n.Loan.Device, "step", strconv.FormatInt(n.Step, 10))
}

// spoken is the channel of a call: what a social worker does stays with the social workers.
func spoken(n Notice) Channel {
	if n.Channel == SocialWorker {
		return SocialWorker
	}
	return ByCall
}

// mayRemind tells whether somebody may do a step of a channel.
func mayRemind(ctx context.Context, q data.Query, by data.Actor, c Channel) error {
	if c == SocialWorker {
		return data.Require(ctx, q, by, data.RoleSocial)
	}
	return data.Require(ctx, q, by, desk()...)
}

// extraLetter is the code of the letter of a reminder that was added.
const extraLetter = "extra"

// RemindExtra reminds of an open loan besides the ladder, once more or sooner, and audits it: put makes the letter or
// the like in the same transaction, may be nil, and may run more than once. The ladder goes on as it was. It returns an
// *data.Invalid, also for a loan that has ended, and data.ErrNotFound.
func (s *Store) RemindExtra(ctx context.Context, by data.Actor, loanID string, c Channel, note string, put func(context.Context, *data.Tx, Notice) error) error {
	note, err := data.ShortText("note", note, noteLimit)
	if err != nil {
		return err
	}
	if !slices.Contains(Channels(), c) {
		return &data.Invalid{Field: "channel", Why: data.WhyNotOneOf, Got: data.Clean(string(c), 20)}
	}
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		l, err := loan(ctx, tx, loanID)
		if err != nil {
			return err
		}
		if l.Ended != Open {
			return &data.Invalid{Field: "loan", Why: WhyIsBack}
		}
		if err := addContact(ctx, tx, by, Contact{LoanID: l.ID, Channel: c, Outcome: Added, Note: note}); err != nil {
			return err
		}
		if put != nil {
			n := Notice{On: tx.Today(), Letter: extraLetter, Channel: c, State: "done", LoanID: l.ID, Loan: l.shown(holds(ctx, tx, by, data.RoleSocial))}
			if err := put(ctx, tx, n); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, by, "loan.remind_extra", l.ID, "number", string(l.DeviceNumber), "name", l.Device, "method", string(c))
	})
	if err != nil {
		return fmt.Errorf("remind of loan %s: %w", data.Clean(loanID, 40), err)
	}
	return nil
}

// WhyIsBack says that a loan has ended: there is nothing to remind of.
const WhyIsBack data.Why = "loans.is_back"

// Told is one line of what was done about a loan, or is to be done: a step of the ladder, or a contact.
type Told struct {
	At      time.Time // when it was done; zero for what is planned or cancelled
	On      string    // YYYY-MM-DD: when it was done, or for when it was planned
	Step    int64     // of the ladder; -1: a contact beside it
	Channel Channel
	State   string  // planned, done, cancelled
	Outcome Outcome // of a contact
	Note    string
	Actor   string
}

// ToldOf lists what was done about a loan and what is planned, the oldest first. Social workers see their tasks, the
// desk all but those.
func (s *Store) ToldOf(ctx context.Context, by data.Actor, loan string) (all []Told, err error) {
	err = s.db.ViewFor(ctx, by, append(desk(), data.RoleSocial), func(q data.Query) error {
		all, err = told(ctx, q, by, loan)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list what was told about loan %s: %w", data.Clean(loan, 40), err)
	}
	return all, nil
}

func told(ctx context.Context, q data.Query, by data.Actor, loan string) ([]Told, error) {
	all, err := data.List(ctx, q, func(scan func(...any) error) (t Told, err error) {
		var at int64
		if err = scan(&t.Step, &t.On, &t.Channel, &t.State, &at, &t.Actor); err == nil && at > 0 {
			t.At = data.Milli(at)
			t.On = data.DayOf(t.At)
		}
		return t, err
	}, `SELECT step, plan_on, channel, state, coalesce(done_at, 0), actor FROM loan_notices WHERE loan_id = $1 ORDER BY round, step`, loan)
	if err != nil {
		return nil, err
	}
	contacts, err := data.List(ctx, q, scanContact, contactColumns+` WHERE c.loan_id = $1 ORDER BY c.at, c.id`, loan)
	if err != nil {
		return nil, err
	}
	for _, c := range contacts {
		all = append(all, Told{At: c.At, On: data.DayOf(c.At), Step: -1, Channel: c.Channel, State: "done", Outcome: c.Outcome, Note: c.Note, Actor: c.Actor})
	}
	atDesk, social := data.Require(ctx, q, by, desk()...) == nil, holds(ctx, q, by, data.RoleSocial)
	all = slices.DeleteFunc(all, func(t Told) bool {
		return t.Channel == SocialWorker && !social || t.Channel != SocialWorker && !atDesk
	})
	slices.SortStableFunc(all, func(a, b Told) int {
		if a.On != b.On {
			return map[bool]int{true: -1, false: 1}[a.On < b.On]
		}
		return a.At.Compare(b.At)
	})
	return all, nil
}
