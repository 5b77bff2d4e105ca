package loans

import (
	"context"
	"fmt"
	"slices"

	"digibrug/data"
)

// Violation is something in the register that can't be.
type Violation struct {
	Rule   int    // which invariant: see Check
	Object string // kind and id
	What   string // plain English, for the one who mends it
}

// String is one line of a report.
func (v Violation) String() string { return fmt.Sprintf("rule %d: %s: %s", v.Rule, v.Object, v.What) }

// Check audits every invariant of the register, and changes nothing:
//
//	1 a device has at most one open loan, and is out exactly when it has one
//	2 a loan ends once: as many returns that stand as its state says
//	3 a contract has a line, is closed exactly when all its lines are, and its lines are of its borrower and day
//	4 every device's events lead to its state, step by step
//	5 no two bookings keep the same device free on the same day
//	6 a loan is never due before it began, and one of hours is due on the day of its hour
//	7 late days are counted by the calendar, and of a loan of hours by the clock
//	8 every loan has the figures that it was made by
//	9 of every deposit, received = returned + withheld + held, and nobody owes less than nothing
//	10 each reminder is done once, and none is planned for a loan that has ended
//	11 the chain of signatures holds
//	12 a replan moved something that is there, once, and one that was undone says by whom
//	13 who was offered something has an offered booking, and every offered booking is somebody's offer
func (s *Store) Check(ctx context.Context, by data.Actor) (all []Violation, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = check(ctx, q)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("check the register: %w", err)
	}
	return all, nil
}

func check(ctx context.Context, q data.Query) (all []Violation, err error) {
	for _, rule := range rules() {
		found, err := data.List(ctx, q, func(scan func(...any) error) (v Violation, err error) {
			var id string
			err = scan(&id)
			return Violation{rule.number, rule.of + " " + id, rule.what}, err
		}, rule.query)
		if err != nil {
			return nil, fmt.Errorf("rule %d: %w", rule.number, err)
		}
		all = append(all, found...)
	}
	for _, more := range []func(context.Context, data.Query) ([]Violation, error){checkEvents, checkHours, checkSignatures} {
		found, err := more(ctx, q)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortStableFunc(all, func(a, b Violation) int { return a.Rule - b.Rule })
	return all, nil
}

// rule is an invariant as a query that gives the ids of what breaks it.
type rule struct {
	number int
	of     string
	what   string
	query  string
}

func rules() []rule {
	const standing = `FROM loan_acts a WHERE a.loan_id = l.id AND NOT EXISTS (SELECT 1 FROM loan_acts u WHERE u.reverses = a.id) AND a.kind`
	return []rule{
		{1, "device", "has more than one open loan", `SELECT device_id FROM loans WHERE ended = '' GROUP BY device_id HAVING count(*) > 1 ORDER BY device_id`},
		{1, "device", "is out without an open loan", `SELECT d.id FROM devices d WHERE d.state = 'loan' AND NOT EXISTS (SELECT 1 FROM loans l WHERE l.device_id = d.id AND l.ended = '') ORDER BY d.id`},
		{1, "loan", "is open, but its device is not out", `SELECT l.id FROM loans l JOIN devices d ON d.id = l.device_id WHERE l.ended = '' AND d.state <> 'loan' ORDER BY l.id`},
		{2, "loan", "has not one return that stands, or one too many", `SELECT l.id FROM loans l WHERE (SELECT count(*) ` + standing + ` = 'return') <> CASE WHEN l.ended = 'returned' THEN 1 ELSE 0 END ORDER BY l.id`},
		{2, "loan", "was lent and undone, but its acts say otherwise", `SELECT l.id FROM loans l WHERE (SELECT count(*) ` + standing + ` = 'lend') <> CASE WHEN l.ended = 'undone' THEN 0 ELSE 1 END ORDER BY l.id`},
		{3, "contract", "has no line", `SELECT c.id FROM loan_contracts c WHERE NOT EXISTS (SELECT 1 FROM loans l WHERE l.contract_id = c.id) ORDER BY c.id`},
		{3, "contract", "is closed with an open line, or open with none", `SELECT c.id FROM loan_contracts c WHERE (c.closed_at IS NULL) <> EXISTS (SELECT 1 FROM loans l WHERE l.contract_id = c.id AND l.ended = '') ORDER BY c.id`},
		{3, "loan", "is of another borrower or day than its contract", `SELECT l.id FROM loans l JOIN loan_contracts c ON c.id = l.contract_id WHERE l.lent_on <> c.begun_on OR coalesce(l.borrower_id, '') <> coalesce(c.borrower_id, '') ORDER BY l.id`},
		{5, "booking", "is for a device that another booking keeps free", `SELECT a.id FROM device_bookings a JOIN device_bookings b ON b.device_id = a.device_id AND b.id > a.id
			AND b.from_on <= a.to_on AND a.from_on <= b.to_on WHERE a.state IN ` + active + ` AND b.state IN ` + active + ` ORDER BY a.id`},
		{6, "loan", "is due before it began", `SELECT id FROM loans WHERE due_on < lent_on OR due_at <> 0 AND due_at < lent_at ORDER BY id`},
		{7, "loan", "came back on time but counts as late, or late and does not", `SELECT id FROM loans WHERE ended = 'returned' AND (ended_on > due_on OR due_at <> 0 AND ended_at > due_at) <> (late_days > 0) ORDER BY id`},
		{8, "loan", "has no figures of its own", `SELECT id FROM loans WHERE rules IN ('', 'null', '{}') ORDER BY id`},
		{9, "loan", "holds or is owed less than nothing", `SELECT loan_id FROM loan_ledger GROUP BY loan_id
			HAVING sum(CASE kind WHEN 'received' THEN cents WHEN 'returned' THEN -cents WHEN 'withheld' THEN -cents ELSE 0 END) < 0
			OR sum(CASE kind WHEN 'charged' THEN cents WHEN 'paid' THEN -cents WHEN 'waived' THEN -cents WHEN 'withheld' THEN -cents ELSE 0 END) < 0 ORDER BY loan_id`},
		{9, "entry", "reverses another amount than it names", `SELECT r.id FROM loan_ledger r JOIN loan_ledger e ON e.id = r.reverses
			WHERE r.cents <> -e.cents OR r.kind <> e.kind OR r.what <> e.what OR r.loan_id <> e.loan_id OR r.method <> e.method OR e.reverses IS NOT NULL ORDER BY r.id`},
		{9, "loan", "holds a deposit though it never was", `SELECT g.loan_id FROM loan_ledger g JOIN loans l ON l.id = g.loan_id WHERE l.ended = 'undone' GROUP BY g.loan_id
			HAVING sum(CASE kind WHEN 'received' THEN cents WHEN 'returned' THEN -cents WHEN 'withheld' THEN -cents ELSE 0 END) <> 0 ORDER BY g.loan_id`},
		{10, "reminder", "is planned for a loan that has ended", `SELECT n.id FROM loan_notices n JOIN loans l ON l.id = n.loan_id WHERE n.state = 'planned' AND l.ended <> '' ORDER BY n.id`},
		{12, "replan", "moved nothing", `SELECT r.id FROM loan_replans r WHERE NOT EXISTS (SELECT 1 FROM loan_replan_moves m WHERE m.replan_id = r.id) ORDER BY r.id`},
		{12, "replan", "was undone by nobody, or by somebody and stands", `SELECT id FROM loan_replans WHERE (undone_at IS NULL) <> (undone_by = '') ORDER BY id`},
		{12, "replan", "moved what isn't there, or the same twice", `SELECT m.replan_id FROM loan_replan_moves m LEFT JOIN loans l ON m.kind = 'loan' AND l.id = m.object_id
			LEFT JOIN device_bookings k ON m.kind = 'booking' AND k.id = m.object_id GROUP BY m.replan_id HAVING count(*) <> count(DISTINCT coalesce(l.id, k.id)) ORDER BY m.replan_id`},
		{13, "wait", "was offered what is no offer", `SELECT w.id FROM device_waits w LEFT JOIN device_bookings k ON k.id = w.booking_id WHERE w.state = 'offered' AND coalesce(k.state, '') <> 'offered' ORDER BY w.id`},
		{13, "booking", "is an offer to nobody, or to two", `SELECT k.id FROM device_bookings k WHERE k.state = 'offered'
			AND (SELECT count(*) FROM device_waits w WHERE w.booking_id = k.id AND w.state = 'offered') <> 1 ORDER BY k.id`},
		{10, "loan", "is open without a ladder", `SELECT l.id FROM loans l WHERE l.ended = '' AND NOT EXISTS (SELECT 1 FROM loan_notices n WHERE n.loan_id = l.id AND n.round = l.renewals) ORDER BY l.id`},
	}
}

// checkHours looks whether a loan of hours is due on the day of its hour.
func checkHours(ctx context.Context, q data.Query) (all []Violation, err error) {
	found, err := data.List(ctx, q, scanLoan, loanColumns+` WHERE l.due_at <> 0 ORDER BY l.id`)
	if err != nil {
		return nil, fmt.Errorf("rule 6: %w", err)
	}
	for _, l := range found {
		if data.DayOf(l.DueAt) != l.DueOn {
			all = append(all, Violation{6, "loan " + l.ID, "is due on another day than that of its hour"})
		}
	}
	return all, nil
}

// checkEvents walks every device's events: each begins where the one before ended, and the last is the device's state.
func checkEvents(ctx context.Context, q data.Query) (all []Violation, err error) {
	type event struct{ device, from, to, state string }
	events, err := data.List(ctx, q, func(scan func(...any) error) (e event, err error) {
		return e, scan(&e.device, &e.from, &e.to, &e.state)
	},
		`SELECT d.id, coalesce(e.from_state, ''), coalesce(e.to_state, ''), d.state FROM devices d LEFT JOIN device_events e ON e.device_id = d.id ORDER BY d.id, e.at, e.id`)
	if err != nil {
		return nil, fmt.Errorf("rule 4: %w", err)
	}
	for i, e := range events {
		from := ""
		if i > 0 && events[i-1].device == e.device {
			from = events[i-1].to
		}
		last := i+1 == len(events) || events[i+1].device != e.device
		if e.from != from || last && e.to != e.state {
			all = append(all, Violation{4, "device " + e.device, "its events don't lead to its state"})
		}
	}
	return all, nil
}
