package data

import (
	"context"
	"database/sql"
	"fmt"
)

// Standin acts as head of a service or cluster beside its head, for a span of days, both included.
type Standin struct {
	ServiceID string
	PersonID  string
	From      string // YYYY-MM-DD
	Until     string // YYYY-MM-DD, empty while it lasts
}

// PutStandin lets a person stand in for the head of a service, and audits it; a person who does already gets the
// new days. Callers have asked Require. It returns an *Invalid for wrong days.
func PutStandin(ctx context.Context, tx *Tx, by Actor, s Standin) error {
	if err := checkSpan(s.From, s.Until); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO service_standins (service_id, person_id, from_on, until_on) VALUES ($1, $2, $3, $4)
		ON CONFLICT (service_id, person_id) DO UPDATE SET from_on = excluded.from_on, until_on = excluded.until_on`,
		s.ServiceID, s.PersonID, s.From, OrNull(s.Until)); err != nil {
		return fmt.Errorf("stand-in for service %s: %w", s.ServiceID, err)
	}
	return tx.Audit(ctx, by, "service.standin", s.ServiceID, "person", s.PersonID, "from", s.From, "until", s.Until)
}

// DropStandin takes a stand-in away, and audits it. Callers have asked Require. It returns ErrNotFound.
func DropStandin(ctx context.Context, tx *Tx, by Actor, service, person string) error {
	res, err := tx.ExecContext(ctx, `DELETE FROM service_standins WHERE service_id = $1 AND person_id = $2`, service, person)
	err = OneRow(res, err)
	if err != nil {
		return fmt.Errorf("stand-in for service %s: %w", service, err)
	}
	return tx.Audit(ctx, by, "service.standin_drop", service, "person", person)
}

// Standins lists all stand-ins that were, are and will be, by service.
func Standins(ctx context.Context, q Query) ([]Standin, error) {
	return List(ctx, q, func(scan func(...any) error) (s Standin, err error) {
		var until sql.NullString
		err = scan(&s.ServiceID, &s.PersonID, &s.From, &until)
		s.Until = until.String
		return s, err
	}, `SELECT service_id, person_id, from_on, until_on FROM service_standins ORDER BY service_id, from_on, person_id`)
}

// StandingIn lists the ids of services and clusters for whose head a person stands in today.
func StandingIn(ctx context.Context, q Query, person string) ([]string, error) {
	ids, err := List(ctx, q, func(scan func(...any) error) (id string, err error) { return id, scan(&id) },
		`SELECT service_id FROM service_standins WHERE person_id = $1 AND from_on <= $2 AND (until_on IS NULL OR until_on >= $2)
		ORDER BY service_id`, person, DayOf(q.Now()))
	if err != nil {
		return nil, fmt.Errorf("services for which %s stands in: %w", person, err)
	}
	return ids, nil
}

// LedBy lists the ids of the services that a person leads today: as head, as head of their cluster, or standing in for
// either.
func LedBy(ctx context.Context, q Query, person string) ([]string, error) {
	if person == "" {
		return nil, nil
	}
	ids, err := List(ctx, q, func(scan func(...any) error) (id string, err error) { return id, scan(&id) },
		`SELECT s.id FROM services s LEFT JOIN services k ON k.id = s.cluster_id WHERE s.head_id = $1 OR k.head_id = $1 OR EXISTS (SELECT 1 FROM service_standins i
			WHERE i.person_id = $1 AND i.from_on <= $2 AND (i.until_on IS NULL OR i.until_on >= $2) AND (i.service_id = s.id OR i.service_id = s.cluster_id)) ORDER BY s.id`,
		person, DayOf(q.Now()))
	if err != nil {
		return nil, fmt.Errorf("services that %s leads: %w", person, err)
	}
	return ids, nil
}
