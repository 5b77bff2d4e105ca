package data

import (
	"context"
	"fmt"
	"strconv"
	"strings"
)

// An import brings hundreds of people at once. What stands here does for many what Put… does for one, with the
// same checks and an audit row for each, in few statements.

// Act is what one audit row tells.
type Act struct {
	Action string
	Object string
	Detail []string // pairs of name and value
}

// AuditAll is Audit for many acts, in their order.
func (tx *Tx) AuditAll(ctx context.Context, by Actor, acts []Act) error {
	switch {
	case !tx.audited:
		return errUnaudited
	case len(acts) == 0:
		return nil
	case by.Name == "":
		return fmt.Errorf("audit %s: %w: nobody acts", acts[0].Action, ErrDenied)
	}
	last := AuditRow{}
	if err := One(ctx, tx, []any{&last.Seq, &last.Hash}, `SELECT seq, hash FROM audit_head WHERE one = 1`); err != nil {
		return fmt.Errorf("audit head: %w", err)
	}
	rows := make([][]any, len(acts))
	for i, act := range acts {
		facts, err := detailJSON(act.Detail)
		if err != nil {
			return fmt.Errorf("audit %s: %w", act.Action, err)
		}
		row := AuditRow{Seq: last.Seq + 1, At: tx.at, Actor: Clean(by.Name, 80), From: Clean(by.From, 60), Action: act.Action, Object: Clean(act.Object, 200), Prev: last.Hash}
		row.Hash = row.sum(facts)
		rows[i] = []any{row.Seq, row.At.UnixMilli(), row.Actor, row.From, row.Action, row.Object, facts, row.Prev, row.Hash}
		last = row
	}
	if err := tx.InsertAll(ctx, `INSERT INTO audit (seq, at, actor, origin, action, object, detail, prev, hash)`, rows); err != nil {
		return fmt.Errorf("audit %d acts: %w", len(acts), err)
	}
	_, err := tx.ExecContext(ctx, `UPDATE audit_head SET seq = $1, hash = $2 WHERE one = 1`, last.Seq, last.Hash)
	return err
}

// rowsAtOnce is how many rows go into one statement: with nine columns far below the parameters that an engine takes.
const rowsAtOnce = 250

// InsertAll adds rows that have the columns of head, in few statements.
func (tx *Tx) InsertAll(ctx context.Context, head string, rows [][]any) error {
	for len(rows) > 0 {
		n := min(len(rows), rowsAtOnce)
		var query strings.Builder
		query.WriteString(head + " VALUES ")
		var args []any
		for i, row := range rows[:n] {
			if i > 0 {
				query.WriteString(", ")
			}
			for c, value := range row {
				query.WriteString(map[bool]string{true: "($", false: ", $"}[c == 0])
				args = append(args, value)
				query.WriteString(strconv.Itoa(len(args)))
			}
			query.WriteByte(')')
		}
		if _, err := tx.ExecContext(ctx, query.String(), args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// AddPersons adds persons who have an ID of NewID already, and audits each. Callers have asked Require. It returns
// an *Invalid for the first name or number that can't be; after a number that somebody has, the transaction is over.
func AddPersons(ctx context.Context, tx *Tx, by Actor, persons []Person) error {
	rows, acts := make([][]any, len(persons)), make([]Act, len(persons))
	for i, p := range persons {
		p, err := p.check()
		if err != nil {
			return err
		}
		rows[i] = []any{p.ID, p.Given, p.Family, SortKey(p.Family + " " + p.Given), OrNull(p.Number), tx.Now().UnixMilli()}
		acts[i] = Act{Action: "person.add", Object: p.ID}
	}
	if err := tx.InsertAll(ctx, `INSERT INTO persons (id, given, family, sort_key, number, created_at)`, rows); IsUnique(err) {
		return &Invalid{Field: "number", Why: WhyTwice}
	} else if err != nil {
		return fmt.Errorf("add %d persons: %w", len(persons), err)
	}
	return tx.AuditAll(ctx, by, acts)
}

// AddEmployments adds employments, with their ID where they have one already, and audits each. Callers have asked
// Require. It returns an *Invalid for the first that can't be.
func AddEmployments(ctx context.Context, tx *Tx, by Actor, all []Employment) error {
	rows, acts := make([][]any, len(all)), make([]Act, len(all))
	for i, e := range all {
		e, err := e.check()
		if err != nil {
			return err
		}
		if e.ID == "" {
			e.ID = NewID()
		}
		rows[i] = []any{e.ID, e.PersonID, e.ServiceID, e.Job, e.Fraction, e.Employer, e.From, OrNull(e.Until)}
		acts[i] = Act{"employment.add", e.PersonID, []string{"service", e.ServiceID, "from", e.From, "until", e.Until}}
	}
	if err := tx.InsertAll(ctx, `INSERT INTO employments (id, person_id, service_id, job, fraction, employer, from_on, until_on)`, rows); err != nil {
		return fmt.Errorf("add %d employments: %w", len(all), err)
	}
	return tx.AuditAll(ctx, by, acts)
}
