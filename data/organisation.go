package data

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
)

// OrganisationKind is the legal person that a service belongs to.
type OrganisationKind string

// The kinds of organisations.
const (
	Gemeente       OrganisationKind = "gemeente"
	OCMW           OrganisationKind = "ocmw"
	Gemeenteschool OrganisationKind = "gemeenteschool"
)

// Organisation is a legal person: its people, devices and figures are apart from those of another.
type Organisation struct {
	ID   string
	Kind OrganisationKind
	Name string
}

// Service is a team with a head, or a cluster of services.
type Service struct {
	ID             string
	OrganisationID string
	ClusterID      string // the cluster that it belongs to; empty when it stands on its own
	IsCluster      bool
	Name           string
	HeadID         string // person; empty while there is none
	People         int    // persons employed in it on the day of asking
}

// People keeps organisations, services and persons.
type People struct{ db *DB }

// NewPeople gives the people of a database.
func NewPeople(db *DB) *People { return &People{db} }

const nameLimit = 80 // characters of a person's, service's or organisation's name

func cleanName(field, name string) (string, error) {
	if name = Clean(name, nameLimit); name == "" {
		return "", &Invalid{Field: field, Why: WhyEmpty}
	}
	return name, nil
}

// AddOrganisation adds an organisation and audits it. It returns an *Invalid for an empty or known name.
func (p *People) AddOrganisation(ctx context.Context, by Actor, kind OrganisationKind, name string) (Organisation, error) {
	name, err := cleanName("organisation", name)
	if err != nil {
		return Organisation{}, err
	}
	if !slices.Contains([]OrganisationKind{Gemeente, OCMW, Gemeenteschool}, kind) {
		return Organisation{}, &Invalid{Field: "kind", Why: WhyNotOneOf, Want: "gemeente, ocmw, gemeenteschool", Got: Clean(string(kind), 20)}
	}
	o := Organisation{ID: NewID(), Kind: kind, Name: name}
	return o, p.db.InTx(ctx, func(tx *Tx) error {
		if err := Require(ctx, tx, by, RoleICT); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO organisations (id, kind, name, sort_key, created_at) VALUES ($1, $2, $3, $4, $5)`,
			o.ID, o.Kind, o.Name, SortKey(o.Name), tx.Now().UnixMilli())
		if IsUnique(err) {
			return &Invalid{Field: "organisation", Why: WhyTwice, Got: o.Name}
		} else if err != nil {
			return fmt.Errorf("add organisation: %w", err)
		}
		return tx.Audit(ctx, by, "organisation.add", o.ID, "name", o.Name)
	})
}

// Organisations lists all organisations by name.
func (p *People) Organisations(ctx context.Context) ([]Organisation, error) {
	return List(ctx, p.db, func(scan func(...any) error) (o Organisation, err error) {
		return o, scan(&o.ID, &o.Kind, &o.Name)
	}, `SELECT id, kind, name FROM organisations ORDER BY sort_key, id`)
}

// AddService adds a service or cluster (s.ID and s.HeadID are ignored) and audits it.
// It returns an *Invalid when the organisation already has one of that name.
func (p *People) AddService(ctx context.Context, by Actor, s Service) (Service, error) {
	name, err := cleanName("service", s.Name)
	if err != nil {
		return Service{}, err
	}
	s.ID, s.Name, s.HeadID = NewID(), name, ""
	return s, p.db.InTx(ctx, func(tx *Tx) error {
		if err := Require(ctx, tx, by, RoleICT); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO services (id, organisation_id, cluster_id, is_cluster, name, sort_key, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			s.ID, s.OrganisationID, orNull(s.ClusterID), s.IsCluster, s.Name, SortKey(s.Name), tx.Now().UnixMilli())
		if IsUnique(err) {
			return &Invalid{Field: "service", Why: WhyTwice, Got: s.Name}
		} else if err != nil {
			return fmt.Errorf("add service: %w", err)
		}
		return tx.Audit(ctx, by, "service.add", s.ID, "name", s.Name)
	})
}

// SetHead makes a person the head of a service, or of a cluster, and audits it.
func (p *People) SetHead(ctx context.Context, by Actor, service, person string) error {
	return p.db.InTx(ctx, func(tx *Tx) error {
		if err := Require(ctx, tx, by, RoleICT); err != nil {
			return err
		}
		res, err := tx.ExecContext(ctx, `UPDATE services SET head_id = $1 WHERE id = $2`, orNull(person), service)
		if err == nil {
			err = oneRow(res)
		}
		if err != nil {
			return fmt.Errorf("head of service %s: %w", service, err)
		}
		return tx.Audit(ctx, by, "service.head", service, "person", person)
	})
}

// Services lists all services and clusters by name, with the number of people in each today.
func (p *People) Services(ctx context.Context) ([]Service, error) {
	return List(ctx, p.db, scanService, serviceColumns+` ORDER BY s.sort_key, s.id`, p.db.Today())
}

const serviceColumns = `SELECT s.id, s.organisation_id, s.cluster_id, s.is_cluster, s.name, s.head_id,
	(SELECT count(DISTINCT e.person_id) FROM employments e WHERE e.service_id = s.id
	   AND e.from_on <= $1 AND (e.until_on IS NULL OR e.until_on >= $1))
	FROM services s`

func scanService(scan func(...any) error) (s Service, err error) {
	var cluster, head sql.NullString
	err = scan(&s.ID, &s.OrganisationID, &cluster, &s.IsCluster, &s.Name, &head, &s.People)
	s.ClusterID, s.HeadID = cluster.String, head.String
	return s, err
}

// orNull stores an empty text as NULL, for columns that refer to another row.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// oneRow turns "no row was changed" into ErrNotFound.
func oneRow(res sql.Result) error {
	n, err := res.RowsAffected()
	if err == nil && n == 0 {
		return ErrNotFound
	}
	return err
}
