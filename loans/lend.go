package loans

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"digibrug/data"
)

// LendAsk is what a clerk asks for.
type LendAsk struct {
	Device      string
	Borrower    string
	Contract    string   // id of a contract of today that this goes on as well; empty: a new one
	Condition   string   // how the device is handed over
	Accessories []string // names of those that go along; nil: all
	Pay         Method   // how deposit and fee were paid; empty: later
	// What was done on paper is entered later: when it happened, which day the paper says that it is due (empty: by the
	// regulation), and why. The figures of the regulation don't stand in the way of what was done.
	At  time.Time
	Due string
	Why string

	taken *Taken // of TakeOver: what was paid
}

// What can be wrong with lending.
const (
	WhyContract data.Why = "loans.contract" // of another borrower or day, closed, or signed
	WhyFuture   data.Why = "loans.future"   // what was done on paper was done before now
	WhyNoReason data.Why = "loans.no_reason"
)

// errRaced says that the schema refused a second open loan: somebody was first.
var errRaced = errors.New("somebody was first")

// Lend hands a device to a borrower, with the figures of the regulation that holds, and audits it. It returns a
// *LentError that names who was first when the device is out, a *RefusedError with every reason, an *data.Invalid,
// and data.ErrNotFound.
func (s *Store) Lend(ctx context.Context, by data.Actor, ask LendAsk) (l Loan, err error) {
	if err := data.ShortTexts(noteLimit, data.Typed("condition", &ask.Condition), data.Typed("reason", &ask.Why)); err != nil {
		return Loan{}, err
	}
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		l, err = lend(ctx, tx, by, ask)
		return err
	})
	if errors.Is(err, errRaced) { // the transaction is dead: look again who it was
		err = s.db.View(ctx, func(q data.Query) error { return notLent(ctx, q, ask.Device) })
	}
	if err != nil {
		return Loan{}, fmt.Errorf("lend device %s: %w", data.Clean(ask.Device, 40), err)
	}
	return l, nil
}

// notLent returns a *LentError when a device is out.
func notLent(ctx context.Context, q data.Query, device string) error {
	l, err := openOf(ctx, q, device)
	switch {
	case errors.Is(err, data.ErrNotFound):
		return nil
	case err != nil:
		return err
	}
	return &LentError{Device: l.Device, By: nameOf(ctx, q, l.LentBy), At: l.LentAt}
}

// nameOf gives the name of whom an account is, and what was given for others.
func nameOf(ctx context.Context, q data.Query, login string) string {
	var p data.Person
	if err := data.One(ctx, q, []any{&p.Given, &p.Family}, `SELECT p.given, p.family FROM accounts a JOIN persons p ON p.id = a.person_id WHERE a.login = $1`, login); err != nil {
		return login // the sentence is about the device: it must not fail for want of a name
	}
	return p.Name()
}

// lending is a loan in the making.
type lending struct {
	ask      LendAsk
	at       time.Time
	day      string
	past     bool
	device   Device
	borrower Borrower
	rules    Regulation
	booking  Booking // the borrower's own that is fetched with it; zero: none
	due      Due
	refused  []Refusal
}

func lend(ctx context.Context, tx *data.Tx, by data.Actor, ask LendAsk) (Loan, error) {
	n := lending{ask: ask, at: tx.Now(), past: !ask.At.IsZero()}
	if n.past {
		n.at = data.Milli(ask.At.UnixMilli())
		if err := checkPaper(tx, ask.At, ask.Why, ask.Due); err != nil {
			return Loan{}, err
		}
	}
	n.day = data.DayOf(n.at)
	if err := checkMethod(ctx, tx, "pay", ask.Pay, true); err != nil {
		return Loan{}, err
	}
	var err error
	if n.device, err = device(ctx, tx, ask.Device); err != nil {
		return Loan{}, err
	}
	if err := notLent(ctx, tx, ask.Device); err != nil {
		return Loan{}, err
	}
	if n.borrower, err = borrower(ctx, tx, ask.Borrower); err != nil {
		return Loan{}, err
	}
	if n.rules, err = current(ctx, tx, n.day); err != nil {
		return Loan{}, err
	}
	if err := n.decide(ctx, tx); err != nil {
		return Loan{}, err
	}
	if len(n.refused) > 0 {
		return Loan{}, &RefusedError{n.refused}
	}
	return n.write(ctx, tx, by)
}

// checkPaper looks at the moment and reason of something that was done on paper.
func checkPaper(tx *data.Tx, at time.Time, why, due string) error {
	switch {
	case at.After(tx.Now()):
		return &data.Invalid{Field: "at", Why: WhyFuture}
	case why == "":
		return &data.Invalid{Field: "reason", Why: WhyNoReason}
	case due != "" && due < data.DayOf(at):
		return &data.Invalid{Field: "due", Why: data.WhyEarly, Want: data.DayOf(at), Got: due}
	}
	return data.OptionalDay("due", due)
}

// decide gathers what is in the way, and when the device is due.
func (n *lending) decide(ctx context.Context, tx *data.Tx) error {
	if ok := n.device.State == Ready || n.past && n.device.State == InStock; !ok {
		n.refused = append(n.refused, Refusal{Why: WhyNotReady, Text: string(n.device.State)})
	}
	has, err := standing(ctx, tx, n.borrower, n.day)
	if err != nil {
		return err
	}
	if !n.past {
		n.refused = append(n.refused, n.rules.MayLend(has, n.device.TypeID, n.day)...)
		if until := n.borrower.RightUntil; until != "" && until < n.day {
			n.refused = append(n.refused, Refusal{Why: WhyRightEnded, Article: 3, Until: until})
		}
	}
	if n.booking, err = ownBooking(ctx, tx, n.borrower.ID, n.device.TypeID, n.device.ID, n.day); err != nil {
		return err
	}
	if n.past && n.ask.Due != "" {
		n.due = Due{Day: data.StoredDay(n.ask.Due)}
		return nil
	}
	return n.dueBy(ctx, tx)
}

// dueBy works out when the device is due, after bookings of any of the type were moved to other devices.
func (n *lending) dueBy(ctx context.Context, tx *data.Tx) error {
	open, err := openingOf(ctx, tx, n.device.LocationID)
	if err != nil {
		return err
	}
	c, t := n.borrower.Category, n.device.TypeID
	term := Term{From: data.StoredDay(n.day), Days: int(n.rules.Or(c, t, TermDays, 14)), Mode: n.rules.Mode(c, t), Opening: open,
		RightEnds: data.StoredDay(n.borrower.RightUntil), Gap: int(n.rules.Or(c, t, GapDays, 0))}
	if n.booking.ID != "" {
		term.Days = max(0, int(data.StoredDay(n.booking.To).Sub(term.From).Hours()/24))
	}
	if n.past && !term.RightEnds.IsZero() && term.RightEnds.Before(term.From) {
		term.RightEnds = time.Time{} // it was done: somebody will look at it
	}
	var due dueWith = term.with
	if hours := n.rules.Or(c, t, TermHours, 0); hours > 0 && n.booking.ID == "" { // what was booked was booked for days
		due = HourTerm{From: n.at, Hours: int(hours), Rule: n.rules.HourRule(c, t), Opening: open, RightEnds: term.RightEnds, Gap: term.Gap}.with
	}
	free, err := due(time.Time{})
	if err == nil {
		next, err := makeRoom(ctx, tx, n.rules, n.device, n.borrower.ID, n.booking.ID, n.day, data.DayText(free.Day.AddDate(0, 0, term.Gap)))
		if err != nil {
			return err
		}
		if n.due, err = due(next); err != nil {
			n.refused = append(n.refused, Refusal{Why: WhyBooked, Article: 6, Until: data.DayText(next)})
		}
		return nil
	}
	n.refused = append(n.refused, Refusal{Why: WhyNoDay, Article: 8})
	return nil
}

// dueWith works out when a loan is due when somebody else has booked the device from a day on; the zero time: nobody
// has.
type dueWith func(next time.Time) (Due, error)

func (t Term) with(next time.Time) (Due, error) {
	t.NextBooking = next
	return t.Due()
}

func (t HourTerm) with(next time.Time) (Due, error) {
	t.NextBooking = next
	return t.Due()
}

// write stores the loan, and all that comes with it.
func (n *lending) write(ctx context.Context, tx *data.Tx, by data.Actor) (Loan, error) {
	tariff, err := tariffOf(ctx, tx, n.borrower.ID, n.day)
	if err != nil {
		return Loan{}, err
	}
	rules := n.rules.For(n.borrower.Category, n.device.TypeID)
	l := Loan{ID: data.NewID(), DeviceID: n.device.ID, Device: n.device.Called(), DeviceNumber: n.device.Number, TypeID: n.device.TypeID,
		OrganisationID: n.device.OrganisationID, LocationID: n.device.LocationID, BorrowerID: n.borrower.ID, Borrower: n.borrower.Name(),
		Category: n.borrower.Category, Tariff: tariff.Code, LentAt: n.at, LentOn: n.day, LentBy: actor(by), DueOn: data.DayText(n.due.Day), DueAt: n.due.At,
		Shifts: n.due.Shifts, Regulation: n.rules.ID, Rules: rules, Accessories: n.handed(), Condition: n.ask.Condition, BookingID: n.booking.ID, Why: n.ask.Why,
		DepositCents: rules[DepositCents] * tariff.DepositPercent / 100, FeeCents: rules[FeeCents] * tariff.FeePercent / 100}
	if n.ask.taken != nil { // what the paper says, and not what it would cost today
		l.DepositCents, l.FeeCents = n.ask.taken.Cents, 0
	}
	if l.ContractID, l.Contract, err = n.contract(ctx, tx, by); err != nil {
		return Loan{}, err
	}
	if err := insertLoan(ctx, tx, l); err != nil {
		return Loan{}, err
	}
	before := actBefore{State: n.device.State, Booking: n.booking.ID, BookingState: string(n.booking.State)}
	act, err := addAct(ctx, tx, by, l.ID, "lend", n.at, before, "")
	if err != nil {
		return Loan{}, err
	}
	if err := setState(ctx, tx, by, n.device, OnLoan, Proof{}); err != nil {
		return Loan{}, err
	}
	if n.booking.ID != "" {
		if err := fetchBooking(ctx, tx, n.booking.ID, n.booking.State, Fetched); err != nil {
			return Loan{}, err
		}
	}
	if err := takeIn(ctx, tx, by, l, act, n.ask.Pay); err != nil {
		return Loan{}, err
	}
	if err := planNotices(ctx, tx, l); err != nil {
		return Loan{}, err
	}
	return l.shown(holds(ctx, tx, by, data.RoleSocial)), tx.Audit(ctx, by, "loan.lend", l.ID, "number", string(l.DeviceNumber), "name", l.Device, "day", l.LentOn, "due", l.DueOn,
		"reason", l.Why)
}

// handed gives the accessories that go along.
func (n *lending) handed() []Accessory {
	if n.ask.Accessories == nil {
		return n.device.Accessories
	}
	return slices.DeleteFunc(slices.Clone(n.device.Accessories), func(a Accessory) bool {
		return !slices.ContainsFunc(n.ask.Accessories, func(name string) bool { return data.SortKey(name) == data.SortKey(a.Name) })
	})
}

// contract gives the contract that the loan goes on.
func (n *lending) contract(ctx context.Context, tx *data.Tx, by data.Actor) (id string, number Number, err error) {
	if n.ask.Contract != "" {
		var ok int
		err := data.One(ctx, tx, []any{&number, &ok}, `SELECT c.number, CASE WHEN c.borrower_id = $2 AND c.begun_on = $3 AND c.closed_at IS NULL
			AND NOT EXISTS (SELECT 1 FROM loan_signatures g WHERE g.contract_id = c.id) THEN 1 ELSE 0 END FROM loan_contracts c WHERE c.id = $1`,
			n.ask.Contract, n.borrower.ID, n.day)
		if err == nil && ok == 0 {
			err = &data.Invalid{Field: "contract", Why: WhyContract, Got: string(number)}
		}
		return n.ask.Contract, number, err
	}
	if number, err = newNumber(ctx, tx, KindContract); err != nil {
		return "", "", err
	}
	id = data.NewID()
	_, err = tx.ExecContext(ctx, `INSERT INTO loan_contracts (id, number, borrower_id, begun_on, regulation, actor, at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		id, string(number), n.borrower.ID, n.day, n.rules.ID, actor(by), tx.Now().UnixMilli())
	return id, number, err
}

func insertLoan(ctx context.Context, tx *data.Tx, l Loan) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO loans (id, contract_id, device_id, type_id, organisation_id, location_id, borrower_id, category, tariff,
		lent_at, lent_on, lent_by, due_on, due_at, shifts, renewals, regulation, rules, accessories, condition, deposit_cents, fee_cents, booking_id, entered_why,
		ended, ended_on, ended_by, missing, back_condition, late_days)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, $16, $17, $18, $19, $20, $21, $22, $23, '', '', '', '', '', 0)`,
		l.ID, l.ContractID, l.DeviceID, l.TypeID, l.OrganisationID, l.LocationID, l.BorrowerID, string(l.Category), l.Tariff, l.LentAt.UnixMilli(),
		l.LentOn, l.LentBy, l.DueOn, data.Stamp(l.DueAt), data.Pack(l.Shifts), l.Regulation, data.Pack(l.Rules), data.Pack(l.Accessories), l.Condition, l.DepositCents, l.FeeCents,
		l.BookingID, l.Why)
	if data.IsUnique(err) {
		return errRaced // loans_one_open_per_device
	}
	return err
}

// Renew lets a loan last longer, by the figures that it was made by, and audits it. It returns a *RefusedError with
// every reason, and data.ErrNotFound. A loan that has ended is data.ErrNotFound too.
func (s *Store) Renew(ctx context.Context, by data.Actor, id string) (l Loan, err error) {
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		l, err = renew(ctx, tx, by, id)
		return err
	})
	if err != nil {
		return Loan{}, fmt.Errorf("renew loan %s: %w", data.Clean(id, 40), err)
	}
	return l, nil
}

func renew(ctx context.Context, tx *data.Tx, by data.Actor, id string) (Loan, error) {
	l, err := loanWhere(ctx, tx, `l.id = $1 AND l.ended = ''`, id)
	if err != nil {
		return Loan{}, err
	}
	due, refused, err := renewal(ctx, tx, l)
	if err != nil {
		return Loan{}, err
	}
	if len(refused) > 0 {
		return Loan{}, &RefusedError{refused}
	}
	act, err := addAct(ctx, tx, by, l.ID, "renew", tx.Now(), actBefore{DueOn: l.DueOn, DueAt: data.Stamp(l.DueAt), Renewals: l.Renewals, Shifts: l.Shifts}, "")
	if err != nil {
		return Loan{}, err
	}
	l.DueOn, l.DueAt, l.Shifts, l.Renewals = data.DayText(due.Day), due.At, due.Shifts, l.Renewals+1
	if _, err := tx.ExecContext(ctx, `UPDATE loans SET due_on = $1, due_at = $2, shifts = $3, renewals = $4 WHERE id = $5`, l.DueOn, data.Stamp(l.DueAt), data.Pack(l.Shifts),
		l.Renewals, l.ID); err != nil {
		return Loan{}, err
	}
	if err := cancelNotices(ctx, tx, l.ID, act); err != nil {
		return Loan{}, err
	}
	if err := planNotices(ctx, tx, l); err != nil {
		return Loan{}, err
	}
	return l.shown(holds(ctx, tx, by, data.RoleSocial)), tx.Audit(ctx, by, "loan.renew", l.ID, "number", string(l.DeviceNumber), "name", l.Device, "due", l.DueOn, "times", strconv.FormatInt(l.Renewals, 10))
}

// renewal works out when a loan is due after a renewal, and what is in the way of it.
func renewal(ctx context.Context, tx *data.Tx, l Loan) (due Due, refused []Refusal, err error) {
	rules, today := fixed(l.Regulation, l.Rules), tx.Today()
	if most := rules.Or("", "", Renewals, 0); l.Renewals >= most {
		refused = append(refused, Refusal{Why: WhyRenewals, Article: Renewals.article(), Have: l.Renewals, Most: most})
	}
	if days, set := rules.Get("", "", RenewBefore); set {
		if first := data.DayText(data.StoredDay(l.DueOn).AddDate(0, 0, -int(days))); today < first {
			refused = append(refused, Refusal{Why: WhyRenewEarly, Article: RenewBefore.article(), Most: days, Until: first})
		}
	}
	var b Borrower
	if b, err = borrower(ctx, tx, l.BorrowerID); err != nil {
		return due, nil, err
	}
	has, err := standing(ctx, tx, b, today)
	if err != nil {
		return due, nil, err
	}
	refused = append(refused, Regulation{}.MayLend(Standing{Blocks: has.Blocks}, "", today)...)
	d, err := device(ctx, tx, l.DeviceID)
	if err != nil {
		return due, nil, err
	}
	open, err := openingOf(ctx, tx, l.LocationID)
	if err != nil {
		return due, nil, err
	}
	term := Term{From: data.StoredDay(max(today, l.DueOn)), Days: int(rules.Or("", "", RenewalDays, rules.Or("", "", TermDays, 14))), Mode: rules.Mode("", ""),
		Opening: open, RightEnds: data.StoredDay(b.RightUntil), Gap: int(rules.Or("", "", GapDays, 0))}
	var later dueWith = term.with
	if hours := rules.Or("", "", TermHours, 0); hours > 0 && !l.DueAt.IsZero() {
		from := l.DueAt
		if tx.Now().After(from) {
			from = tx.Now()
		}
		later = HourTerm{From: from, Hours: int(hours), Rule: rules.HourRule("", ""), Opening: open, RightEnds: term.RightEnds, Gap: term.Gap}.with
	}
	free, dueErr := later(time.Time{})
	if dueErr != nil {
		return due, append(refused, Refusal{Why: WhyNoDay, Article: 8}), nil
	}
	next, err := makeRoom(ctx, tx, rules, d, l.BorrowerID, "", today, data.DayText(free.Day.AddDate(0, 0, term.Gap)))
	if err != nil {
		return due, nil, err
	}
	if due, dueErr = later(next); dueErr != nil || !l.later(due) {
		why := Refusal{Why: WhyNoDay, Article: 8}
		if !next.IsZero() {
			why = Refusal{Why: WhyBooked, Article: 9, Until: data.DayText(next)}
		}
		refused = append(refused, why)
	}
	return due, refused, nil
}

// later tells whether a loan would last longer than it does.
func (l Loan) later(due Due) bool {
	if !l.DueAt.IsZero() && !due.At.IsZero() {
		return due.At.After(l.DueAt)
	}
	return data.DayText(due.Day) > l.DueOn
}
