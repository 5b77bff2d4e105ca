package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Me is what this floor keeps about the person of an account: what somebody may ask for (GDPR, article 15).
type Me struct {
	Person     Person
	Since      time.Time // when the person was added
	Work       []Work    // all that were and are, the newest first
	Login      string
	Language   string     // as chosen, empty: the house's
	Roles      []HeldRole // also those that are over or begin later
	Password   bool       // there is one
	PasswordAt time.Time  // when it was last set; zero: not known
	Keys       []Key      // SSH keys, oldest first
	Second     SecondFactor
	Sessions   int       // log-ins of the last 90 days
	Codes      int       // paper codes that were made for the person, good or not
	Acts       int       // rows of the audit log by or about the person
	ActsSince  time.Time // the oldest of them; zero: none
}

// Work is an employment with its names.
type Work struct {
	Employment
	Service      string
	Organisation string
}

// HeldRole is a role with its days, both included.
type HeldRole struct {
	Role  Role
	From  string // YYYY-MM-DD
	Until string // YYYY-MM-DD, empty: no end
}

// On tells whether the role holds on a day.
func (h HeldRole) On(day string) bool { return h.From <= day && (h.Until == "" || h.Until >= day) }

// Me tells an account what is kept about its person. Nobody else's is told, and looking at one's own leaves no trace.
func (s *Accounts) Me(ctx context.Context, by Actor) (me Me, err error) {
	err = s.db.View(ctx, func(q Query) error {
		if err := requireOwn(ctx, q, by); err != nil {
			return err
		}
		me = Me{}
		return errors.Join(me.readPerson(ctx, q, by), me.readAccess(ctx, q, by), me.readTraces(ctx, q, by))
	})
	if err != nil {
		return Me{}, fmt.Errorf("what is kept about %s: %w", by.Name, err)
	}
	return me, nil
}

func (me *Me) readPerson(ctx context.Context, q Query, by Actor) error {
	var number sql.NullString
	var since int64
	if err := One(ctx, q, []any{&me.Person.ID, &me.Person.Given, &me.Person.Family, &number, &since, &me.Login, &me.Language, &me.Password},
		`SELECT p.id, p.given, p.family, p.number, p.created_at, a.login, a.language, a.password IS NOT NULL
		 FROM accounts a JOIN persons p ON p.id = a.person_id WHERE a.id = $1`, by.AccountID); err != nil {
		return err
	}
	me.Person.Number, me.Since = number.String, Milli(since)
	var err error
	me.Work, err = List(ctx, q, func(scan func(...any) error) (w Work, err error) {
		var until sql.NullString
		err = scan(&w.ID, &w.PersonID, &w.ServiceID, &w.Job, &w.Fraction, &w.Employer, &w.From, &until, &w.Service, &w.Organisation)
		w.Until = until.String
		return w, err
	}, `SELECT e.id, e.person_id, e.service_id, e.job, e.fraction, e.employer, e.from_on, e.until_on, s.name, o.name
		FROM employments e JOIN services s ON s.id = e.service_id JOIN organisations o ON o.id = s.organisation_id
		WHERE e.person_id = $1 ORDER BY e.from_on DESC, e.id`, me.Person.ID)
	return err
}

func (me *Me) readAccess(ctx context.Context, q Query, by Actor) (err error) {
	if me.Roles, err = rolesWithDays(ctx, q, by.AccountID); err != nil {
		return err
	}
	if me.Keys, err = List(ctx, q, scanKey, `SELECT id, fingerprint, public_key, label, used_at FROM account_keys
		WHERE account_id = $1 ORDER BY created_at, id`, by.AccountID); err != nil {
		return err
	}
	me.Second, err = secondFactor(ctx, q, by.AccountID, by.From)
	return err
}

func (me *Me) readTraces(ctx context.Context, q Query, by Actor) error {
	var since, password sql.NullInt64
	// The audit log names a person by the log-in name or by the id.
	if err := One(ctx, q, []any{&me.Acts, &since, &password}, `SELECT count(*), min(at),
		max(CASE WHEN object = $1 AND action IN ('password.change', 'password.reset') THEN at END)
		FROM audit WHERE actor = $1 OR object = $1 OR object = $2`, by.Name, me.Person.ID); err != nil {
		return err
	}
	if since.Valid {
		me.ActsSince = Milli(since.Int64)
	}
	if password.Valid && me.Password {
		me.PasswordAt = Milli(password.Int64)
	}
	if err := One(ctx, q, []any{&me.Sessions}, `SELECT count(*) FROM sessions WHERE account_id = $1`, by.AccountID); err != nil {
		return err
	}
	return One(ctx, q, []any{&me.Codes}, `SELECT count(*) FROM codes WHERE person_id = $1`, me.Person.ID)
}
