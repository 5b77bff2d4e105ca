package recruit

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"digibrug/data"
)

// forever is the last day of who has no last day: a recruiter stays with a procedure until it is purged.
const forever = "9999-12-31"

// PutMember gives somebody a duty in a procedure from day to day, both included, or other days for it, and audits it. A
// recruiter of the procedure may, before the jury decided. Only m.AccountID, or where that is empty m.Login, and the duty
// and days count; the account must be in use and hold the role of the duty on the first of these days, or today where
// that is later. It returns an *Invalid for what doesn't fit, and ErrState.
func (s *Store) PutMember(ctx context.Context, by data.Actor, procedure string, m Member) error {
	return s.act(ctx, by, procedure, []Duty{Recruiter}, func(tx *data.Tx, p Procedure) error {
		if err := p.in(Draft, Open, Closed, Scored, Named); err != nil {
			return err
		}
		if err := m.check(); err != nil {
			return err
		}
		if err := m.find(ctx, tx); err != nil {
			return err
		}
		if err := putMember(ctx, tx, p.ID, m); err != nil {
			return err
		}
		if err := someRecruiter(ctx, tx, by, p.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "recruit.member", p.ID, "title", p.Title, "login", m.Login, "duty", string(m.Duty), "from", m.From, "until", m.Until)
	})
}

// RemoveMember ends a duty that somebody has in a procedure, yesterday, and audits it; who never had a day of it is no
// longer listed. A recruiter of it may, also the own duty while another recruiter stays. It returns data.ErrNotFound.
func (s *Store) RemoveMember(ctx context.Context, by data.Actor, procedure, account string, duty Duty) error {
	return s.act(ctx, by, procedure, []Duty{Recruiter}, func(tx *data.Tx, p Procedure) error {
		yesterday := daysAfter(tx.Today(), -1)
		res, err := tx.ExecContext(ctx, `DELETE FROM procedure_people WHERE procedure_id = $1 AND account_id = $2 AND role = $3 AND from_on >= $4`, p.ID, account, string(duty), tx.Today())
		if err := data.OneRow(res, err); err != nil {
			if !errors.Is(err, data.ErrNotFound) {
				return err
			}
			if err := data.OneRow(tx.ExecContext(ctx, `UPDATE procedure_people SET until_on = $1 WHERE procedure_id = $2 AND account_id = $3 AND role = $4 AND until_on > $1`,
				yesterday, p.ID, account, string(duty))); err != nil {
				return fmt.Errorf("%s of procedure %s: %w", duty, p.ID, err)
			}
		}
		if err := someRecruiter(ctx, tx, by, p.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "recruit.member_end", p.ID, "title", p.Title, "duty", string(duty), "account", account)
	})
}

// someRecruiter makes sure that somebody can go on with the procedure after today. The operator, who makes procedures that
// have no recruiter yet, is not asked.
func someRecruiter(ctx context.Context, tx *data.Tx, by data.Actor, procedure string) error {
	var n int
	err := data.One(ctx, tx, []any{&n}, `SELECT count(*) FROM procedure_people WHERE procedure_id = $1 AND role = 'recruiter' AND until_on > $2`, procedure, tx.Today())
	if err == nil && n == 0 && !by.Operator {
		err = &data.Invalid{Field: "duty", Why: WhyLastRecruiter}
	}
	return err
}

// Members lists who has which duty in a procedure, also of whom the days are over, duty by duty and by name. Its
// recruiters, supervisors and jury may ask.
func (s *Store) Members(ctx context.Context, by data.Actor, procedure string) (all []Member, err error) {
	err = s.view(ctx, by, procedure, []Duty{Recruiter, Supervisor, Jury}, func(q data.Query, _ Procedure) error {
		all, err = membersOf(ctx, q, procedure)
		return err
	})
	return all, err
}

func membersOf(ctx context.Context, q data.Query, procedure string) ([]Member, error) {
	all, err := data.List(ctx, q, func(scan func(...any) error) (m Member, err error) {
		var p data.Person
		err = scan(&m.AccountID, &m.Login, &p.Given, &p.Family, &m.Duty, &m.From, &m.Until)
		m.Name = p.Name()
		return m, err
	}, `SELECT a.id, a.login, p.given, p.family, m.role, m.from_on, m.until_on FROM procedure_people m
		JOIN accounts a ON a.id = m.account_id JOIN persons p ON p.id = a.person_id WHERE m.procedure_id = $1 ORDER BY p.sort_key, a.id, m.role`, procedure)
	if err != nil {
		return nil, fmt.Errorf("people of procedure %s: %w", procedure, err)
	}
	order := Duties()
	slices.SortStableFunc(all, func(a, b Member) int { return slices.Index(order, a.Duty) - slices.Index(order, b.Duty) })
	return all, nil
}

// check says what is wrong with a duty and its days.
func (m Member) check() error {
	if !slices.Contains(Duties(), m.Duty) {
		return &data.Invalid{Field: "duty", Why: data.WhyNotOneOf, Want: "recruiter, supervisor, jury, marker", Got: data.Clean(string(m.Duty), 40)}
	}
	first, err := data.ParseDay(m.From)
	if err != nil {
		return &data.Invalid{Field: "from", Why: data.WhyDay, Want: "YYYY-MM-DD", Got: data.Clean(m.From, 40)}
	}
	last, err := data.ParseDay(m.Until)
	if err != nil {
		return &data.Invalid{Field: "until", Why: data.WhyDay, Want: "YYYY-MM-DD", Got: data.Clean(m.Until, 40)}
	}
	if last.Before(first) {
		return &data.Invalid{Field: "until", Why: data.WhyEarly, Want: m.From, Got: m.Until}
	}
	return nil
}

// find fills in the account and its log-in name, of which one is known, and looks whether it can have the duty.
func (m *Member) find(ctx context.Context, tx *data.Tx) error {
	asked := m.Login
	if m.AccountID != "" {
		asked = m.AccountID
	}
	err := data.One(ctx, tx, []any{&m.AccountID, &m.Login}, `SELECT id, login FROM accounts WHERE disabled_at IS NULL AND (id = $1 OR ($1 = '' AND login = $2))`, m.AccountID, m.Login)
	if errors.Is(err, data.ErrNotFound) {
		return &data.Invalid{Field: "account", Why: data.WhyUnknown, Got: data.Clean(asked, 60)}
	} else if err != nil {
		return err
	}
	var n int
	if err := data.One(ctx, tx, []any{&n}, `SELECT count(*) FROM account_roles WHERE account_id = $1 AND role = $2 AND from_on <= $3 AND (until_on IS NULL OR until_on >= $3)`,
		m.AccountID, string(m.Duty.Role()), max(m.From, tx.Today())); err != nil {
		return err
	}
	if n == 0 {
		return &data.Invalid{Field: "account", Why: WhyRole, Want: string(m.Duty.Role()), Got: m.Login}
	}
	return nil
}

func putMember(ctx context.Context, tx *data.Tx, procedure string, m Member) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO procedure_people (procedure_id, account_id, role, from_on, until_on) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (procedure_id, account_id, role) DO UPDATE SET from_on = excluded.from_on, until_on = excluded.until_on`,
		procedure, m.AccountID, string(m.Duty), m.From, m.Until)
	return err
}
