package data

import (
	"context"
	"fmt"
)

// EndWork makes a day the last one of an employment, and audits it. Where the person has no work here after that
// day, everything that work gave ends with it: the roles of the person's accounts, so that they open nothing from
// the next day on, and the days as a stand-in; paper codes die by themselves. gone tells whether it was so. Callers
// have asked Require. It returns what EndEmployment does, and ErrLastICT.
func EndWork(ctx context.Context, tx *Tx, by Actor, employment, lastDay string) (gone bool, err error) {
	if err := EndEmployment(ctx, tx, by, employment, lastDay); err != nil {
		return false, err
	}
	var person string
	var others int
	if err := One(ctx, tx, []any{&person}, `SELECT person_id FROM employments WHERE id = $1`, employment); err != nil {
		return false, fmt.Errorf("end work %s: %w", employment, err)
	}
	if err := One(ctx, tx, []any{&others}, `SELECT count(*) FROM employments WHERE person_id = $1 AND (until_on IS NULL OR until_on > $2)`,
		person, lastDay); err != nil || others > 0 {
		return false, err
	}
	if err := endRoles(ctx, tx, by, person, lastDay); err != nil {
		return false, fmt.Errorf("end the roles of %s: %w", person, err)
	}
	if err := endStandins(ctx, tx, by, person, lastDay); err != nil {
		return false, fmt.Errorf("end the stand-ins of %s: %w", person, err)
	}
	return true, nil
}

// heldRole is a role of one account with its days.
type heldRole struct {
	account, login string
	role           Role
	from           string
}

func endRoles(ctx context.Context, tx *Tx, by Actor, person, lastDay string) error {
	held, err := List(ctx, tx, func(scan func(...any) error) (h heldRole, err error) {
		return h, scan(&h.account, &h.login, &h.role, &h.from)
	}, `SELECT a.id, a.login, r.role, r.from_on FROM account_roles r JOIN accounts a ON a.id = r.account_id
		WHERE a.person_id = $1 AND (r.until_on IS NULL OR r.until_on > $2) ORDER BY a.login, r.role`, person, lastDay)
	if err != nil {
		return err
	}
	ict := false
	for _, h := range held {
		if h.from > lastDay {
			err = revoke(ctx, tx, by, h.account, h.login, h.role)
		} else {
			err = grant(ctx, tx, by, h.account, h.login, h.role, h.from, lastDay)
		}
		if err != nil {
			return err
		}
		ict = ict || h.role == RoleICT
	}
	if !ict {
		return nil
	}
	return someICT(ctx, tx, max(tx.Today(), nextDay(lastDay)))
}

func endStandins(ctx context.Context, tx *Tx, by Actor, person, lastDay string) error {
	all, err := Standins(ctx, tx)
	if err != nil {
		return err
	}
	for _, s := range all {
		switch {
		case s.PersonID != person || s.Until != "" && s.Until <= lastDay:
			continue
		case s.From > lastDay:
			err = DropStandin(ctx, tx, by, s.ServiceID, person)
		default:
			s.Until = lastDay
			err = PutStandin(ctx, tx, by, s)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// ResumeWork lets an employment last that was to end, and audits it: an end that was booked for the wrong one, or
// somebody who stays. Roles that ended on that same day last again. Callers have asked Require.
func ResumeWork(ctx context.Context, tx *Tx, by Actor, id string) error {
	e, err := employment(ctx, tx, id)
	if err != nil || e.Until == "" {
		return err
	}
	lastDay := e.Until
	e.Until = ""
	if _, err := PutEmployment(ctx, tx, by, e); err != nil {
		return err
	}
	held, err := List(ctx, tx, func(scan func(...any) error) (h heldRole, err error) {
		return h, scan(&h.account, &h.login, &h.role, &h.from)
	}, `SELECT a.id, a.login, r.role, r.from_on FROM account_roles r JOIN accounts a ON a.id = r.account_id
		WHERE a.person_id = $1 AND r.until_on = $2 ORDER BY a.login, r.role`, e.PersonID, lastDay)
	if err != nil {
		return fmt.Errorf("roles of %s: %w", e.PersonID, err)
	}
	for _, h := range held {
		if err := grant(ctx, tx, by, h.account, h.login, h.role, h.from, ""); err != nil {
			return err
		}
	}
	return nil
}

// nextDay is the day after a stored one.
func nextDay(day string) string {
	at, err := ParseDay(day)
	if err != nil {
		return day
	}
	return at.AddDate(0, 0, 1).Format(DayLayout)
}
