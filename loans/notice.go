package loans

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"digibrug/data"
)

// Rung is a step of the ladder of reminders.
type Rung struct {
	Step      int64  // from 0, before the due day
	Days      int64  // after the due day; less than 0: before it
	Letter    string // code of the letter
	Channel   Channel
	BlockDays int64 // no lending for so many days from the step on; 0: none
}

// Channel is how a reminder reaches somebody.
type Channel string

// The channels.
const (
	ByCall       Channel = "call"
	ByLetter     Channel = "letter"
	ByMail       Channel = "mail"
	ByText       Channel = "text"
	Registered   Channel = "registered"
	SocialWorker Channel = "social" // a task for the social worker, in the place of all others
)

// Channels gives all channels that a step can have.
func Channels() []Channel { return []Channel{ByCall, ByLetter, ByMail, ByText, Registered} }

// ModelLadder is what holds where no other was stored: a reminder before the due day, a call, two letters and a
// registered one (article 15).
func ModelLadder() []Rung {
	return []Rung{{0, -3, "before", ByMail, 0}, {1, 3, "first", ByCall, 0}, {2, 10, "second", ByLetter, 14}, {3, 21, "third", ByLetter, 30},
		{4, 35, "registered", Registered, 90}}
}

// WhyLadder says that the steps of the ladder don't rise, or that there are none or too many.
const WhyLadder data.Why = "loans.ladder"

// SetLadder replaces the ladder for loans and renewals from now on, and audits it. Steps are numbered anew, and must
// rise. Only the ICT officer may. It returns an *data.Invalid.
func (s *Store) SetLadder(ctx context.Context, by data.Actor, all []Rung) error {
	all = slices.Clone(all)
	for i := range all {
		r := &all[i]
		r.Step = int64(i)
		if r.Letter = data.Clean(r.Letter, 40); r.Letter == "" || !slices.Contains(Channels(), r.Channel) || r.BlockDays < 0 || i > 0 && r.Days <= all[i-1].Days {
			return &data.Invalid{Field: "ladder", Why: WhyLadder, Got: strconv.Itoa(i)}
		}
	}
	if len(all) == 0 || len(all) > 9 {
		return &data.Invalid{Field: "ladder", Why: WhyLadder, Got: strconv.Itoa(len(all))}
	}
	return s.db.InTxFor(ctx, by, []data.Role{data.RoleICT}, func(tx *data.Tx) error {
		if err := putLadder(ctx, tx, all); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "loan.ladder", "", "step", strconv.Itoa(len(all)))
	})
}

func putLadder(ctx context.Context, tx *data.Tx, all []Rung) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM loan_ladder`); err != nil {
		return err
	}
	for _, r := range all {
		if _, err := tx.ExecContext(ctx, `INSERT INTO loan_ladder (step, days, letter, channel, block_days) VALUES ($1, $2, $3, $4, $5)`,
			r.Step, r.Days, r.Letter, string(r.Channel), r.BlockDays); err != nil {
			return err
		}
	}
	return nil
}

// Ladder gives the ladder that holds.
func (s *Store) Ladder(ctx context.Context, by data.Actor) (all []Rung, err error) {
	err = s.db.ViewFor(ctx, by, readers(), func(q data.Query) error {
		all, err = ladder(ctx, q)
		return err
	})
	return all, err
}

func ladder(ctx context.Context, q data.Query) ([]Rung, error) {
	all, err := data.List(ctx, q, func(scan func(...any) error) (r Rung, err error) {
		return r, scan(&r.Step, &r.Days, &r.Letter, &r.Channel, &r.BlockDays)
	}, `SELECT step, days, letter, channel, block_days FROM loan_ladder ORDER BY step`)
	if err != nil || len(all) > 0 {
		return all, err
	}
	return ModelLadder(), nil
}

// planNotices plans the ladder of a loan's due day. Steps after that day whose own day is over (a loan entered from
// paper) are planned too: whoever opens the list sees them. A step before it that would come today or earlier is
// cancelled at once: nobody reminds of what was just said.
func planNotices(ctx context.Context, tx *data.Tx, l Loan) error {
	all, err := ladder(ctx, tx)
	if err != nil {
		return err
	}
	for _, r := range all {
		channel, block := r.Channel, r.BlockDays
		if l.Category == Client && r.Days >= 0 {
			channel, block = SocialWorker, 0
		}
		on, state := data.DayText(data.StoredDay(l.DueOn).AddDate(0, 0, int(r.Days))), "planned"
		if r.Days < 0 && on <= tx.Today() {
			state = "cancelled"
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO loan_notices (id, loan_id, round, step, plan_on, letter, channel, block_days, state, actor, act_id)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', '') ON CONFLICT (loan_id, round, step) DO NOTHING`, // done before an undo
			data.NewID(), l.ID, l.Renewals, r.Step, on, r.Letter, string(channel), block, state); err != nil {
			return fmt.Errorf("plan step %d of loan %s: %w", r.Step, l.ID, err)
		}
	}
	return nil
}

// cancelNotices cancels what is still planned for a loan, by an act that an undo can name.
func cancelNotices(ctx context.Context, tx *data.Tx, loan, act string) error {
	_, err := tx.ExecContext(ctx, `UPDATE loan_notices SET state = 'cancelled', act_id = $1 WHERE loan_id = $2 AND state = 'planned'`, act, loan)
	return err
}

// planAgain plans again what an act cancelled.
func planAgain(ctx context.Context, tx *data.Tx, act string) error {
	_, err := tx.ExecContext(ctx, `UPDATE loan_notices SET state = 'planned', act_id = '' WHERE act_id = $1 AND state = 'cancelled'`, act)
	return err
}

// Notice is a step of the ladder for one loan.
type Notice struct {
	ID      string
	Step    int64
	On      string // YYYY-MM-DD
	Letter  string
	Channel Channel
	State   string // planned, done, cancelled
	DoneBy  string
	LoanID  string
	Loan    Loan // of Notices; not of NoticesOf

	blockDays int64
}

// Notices lists what is to be done by today, of each loan the lowest step only, the earliest first. Tasks for the
// social worker are shown to social workers alone, and nothing else to who is no more than that.
func (s *Store) Notices(ctx context.Context, by data.Actor) (all []Notice, err error) {
	err = s.db.ViewFor(ctx, by, append(desk(), data.RoleSocial), func(q data.Query) error {
		all, err = notices(ctx, q, data.DayOf(q.Now()), "")
		atDesk, social := data.Require(ctx, q, by, desk()...) == nil, holds(ctx, q, by, data.RoleSocial)
		all = slices.DeleteFunc(all, func(n Notice) bool {
			return n.Channel == SocialWorker && !social || n.Channel != SocialWorker && !atDesk
		})
		for i := range all {
			all[i].Loan = all[i].Loan.shown(social)
		}
		return err
	})
	return all, err
}

// notices lists the lowest planned step of each open loan, or of one, whose day is at most a day.
func notices(ctx context.Context, q data.Query, day, only string) ([]Notice, error) {
	all, err := data.List(ctx, q, scanNotice, noticeColumns+` JOIN loans l ON l.id = n.loan_id WHERE n.state = 'planned' AND l.ended = '' AND n.plan_on <= $1
		AND ($2 = '' OR n.loan_id = $2) AND NOT EXISTS (SELECT 1 FROM loan_notices m WHERE m.loan_id = n.loan_id AND m.state = 'planned' AND
		(m.round < n.round OR m.round = n.round AND m.step < n.step)) ORDER BY n.plan_on, n.id`, day, only)
	if err != nil || len(all) == 0 {
		return all, err
	}
	open, err := data.List(ctx, q, scanLoan, loanColumns+` WHERE l.ended = '' AND ($1 = '' OR l.id = $1) ORDER BY l.id`, only)
	byID := map[string]Loan{}
	for _, l := range open {
		byID[l.ID] = l
	}
	for i := range all {
		all[i].Loan = byID[all[i].LoanID]
	}
	return all, err
}

const noticeColumns = `SELECT n.id, n.loan_id, n.step, n.plan_on, n.letter, n.channel, n.block_days, n.state, n.actor FROM loan_notices n`

func scanNotice(scan func(...any) error) (n Notice, err error) {
	return n, scan(&n.ID, &n.LoanID, &n.Step, &n.On, &n.Letter, &n.Channel, &n.blockDays, &n.State, &n.DoneBy)
}

// NoticesOf lists all steps of a loan, in order.
func (s *Store) NoticesOf(ctx context.Context, by data.Actor, loan string) (all []Notice, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = data.List(ctx, q, scanNotice, noticeColumns+` WHERE n.loan_id = $1 ORDER BY n.round, n.step`, loan)
		if !holds(ctx, q, by, data.RoleSocial) {
			all = slices.DeleteFunc(all, func(n Notice) bool { return n.Channel == SocialWorker })
		}
		return err
	})
	return all, err
}

// Remind does a step: put makes the letter or the like in the same transaction, so that there is one for each step
// that was done, and none twice. It is audited. The next step comes no sooner after this one than the ladder has it.
// done is false, and nothing was written, when the step was done or cancelled meanwhile. put may be nil and may run
// more than once.
func (s *Store) Remind(ctx context.Context, by data.Actor, id string, put func(context.Context, *data.Tx, Notice) error) (done bool, err error) {
	err = s.db.InTxFor(ctx, by, append(desk(), data.RoleSocial), func(tx *data.Tx) error {
		done, err = remind(ctx, tx, by, id, put)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("do reminder %s: %w", data.Clean(id, 40), err)
	}
	return done, nil
}

func remind(ctx context.Context, tx *data.Tx, by data.Actor, id string, put func(context.Context, *data.Tx, Notice) error) (bool, error) {
	var loanID string
	if err := data.One(ctx, tx, []any{&loanID}, `SELECT loan_id FROM loan_notices WHERE id = $1`, id); err != nil {
		return false, err
	}
	due, err := notices(ctx, tx, tx.Today(), loanID)
	if err != nil || len(due) == 0 || due[0].ID != id {
		return false, err
	}
	n := due[0]
	if n.Channel == SocialWorker {
		err = data.Require(ctx, tx, by, data.RoleSocial)
	} else {
		err = data.Require(ctx, tx, by, desk()...)
	}
	if err != nil {
		return false, err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE loan_notices SET state = 'done', done_at = $1, actor = $2 WHERE id = $3`, tx.Now().UnixMilli(), actor(by), id); err != nil {
		return false, err
	}
	if late := int(data.StoredDay(tx.Today()).Sub(data.StoredDay(n.On)).Hours() / 24); late > 0 {
		if err := pushBack(ctx, tx, loanID, late); err != nil {
			return false, err
		}
	}
	if n.blockDays > 0 && n.Loan.BorrowerID != "" {
		until := data.DayText(data.StoredDay(tx.Today()).AddDate(0, 0, int(n.blockDays)-1))
		if err := addBlock(ctx, tx, by, n.Loan.BorrowerID, Block{tx.Today(), until, remindReason}, ""); err != nil {
			return false, err
		}
	}
	if put != nil {
		if err := put(ctx, tx, n); err != nil {
			return false, err
		}
	}
	return true, tx.Audit(ctx, by, "loan.remind", loanID, "number", string(n.Loan.DeviceNumber), "name", n.Loan.Device, "step", strconv.FormatInt(n.Step, 10))
}

// remindReason is the reason of a block that a reminder brings.
const remindReason = "toestel niet teruggebracht"

// pushBack moves what is still planned for a loan by days.
func pushBack(ctx context.Context, tx *data.Tx, loan string, days int) error {
	type plan struct{ id, on string }
	all, err := data.List(ctx, tx, func(scan func(...any) error) (p plan, err error) { return p, scan(&p.id, &p.on) },
		`SELECT id, plan_on FROM loan_notices WHERE loan_id = $1 AND state = 'planned' ORDER BY round, step`, loan)
	if err != nil {
		return err
	}
	for _, p := range all {
		if _, err := tx.ExecContext(ctx, `UPDATE loan_notices SET plan_on = $1 WHERE id = $2`, data.DayText(data.StoredDay(p.on).AddDate(0, 0, days)), p.id); err != nil {
			return err
		}
	}
	return nil
}
