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
	ClosedOn       string // YYYY-MM-DD, the first day that it is no more; empty while it is there
	People         int    // persons employed in it on the day of asking
}

// People keeps organisations, services and persons.
type People struct{ db *DB }

// NewPeople gives the people of a database.
func NewPeople(db *DB) *People { return &People{db} }

const nameLimit = 80 // characters of a person's, service's or organisation's name

func cleanName(field, name string) (string, error) {
	name, err := ShortText(field, name, nameLimit)
	if err == nil && name == "" {
		err = &Invalid{Field: field, Why: WhyEmpty}
	}
	return name, err
}

// organisationKinds lists what an organisation can be.
func organisationKinds() []OrganisationKind {
	return []OrganisationKind{Gemeente, OCMW, Gemeenteschool}
}

// PutOrganisation adds an organisation, or changes the name of the one with that id, and audits it. Callers have
// asked Require. It returns an *Invalid for an empty or known name, and ErrNotFound.
func PutOrganisation(ctx context.Context, tx *Tx, by Actor, o Organisation) (Organisation, error) {
	name, err := cleanName("organisation", o.Name)
	if err != nil {
		return Organisation{}, err
	}
	if !slices.Contains(organisationKinds(), o.Kind) {
		return Organisation{}, &Invalid{Field: "kind", Why: WhyNotOneOf, Want: "gemeente, ocmw, gemeenteschool", Got: Clean(string(o.Kind), 20)}
	}
	o.Name = name
	action := "organisation.change"
	if o.ID == "" {
		o.ID, action = NewID(), "organisation.add"
		_, err = tx.ExecContext(ctx, `INSERT INTO organisations (id, kind, name, sort_key, created_at) VALUES ($1, $2, $3, $4, $5)`,
			o.ID, o.Kind, o.Name, SortKey(o.Name), tx.Now().UnixMilli())
	} else {
		var res sql.Result
		res, err = tx.ExecContext(ctx, `UPDATE organisations SET name = $1, sort_key = $2 WHERE id = $3`, o.Name, SortKey(o.Name), o.ID)
		err = OneRow(res, err)
	}
	if IsUnique(err) {
		return Organisation{}, &Invalid{Field: "organisation", Why: WhyTwice, Got: o.Name}
	} else if err != nil {
		return Organisation{}, fmt.Errorf("put organisation: %w", err)
	}
	return o, tx.Audit(ctx, by, action, o.ID, "name", o.Name)
}

// PutService adds a service or cluster, or renames and moves the one with that id, and audits it; a head is set
// when HeadID says one. Callers have asked Require. It returns an *Invalid when the organisation already has one of
// that name, and ErrNotFound.
func PutService(ctx context.Context, tx *Tx, by Actor, s Service) (Service, error) {
	name, err := cleanName("service", s.Name)
	if err != nil {
		return Service{}, err
	}
	s.Name = name
	action := "service.change"
	if s.ID == "" {
		s.ID, action = NewID(), "service.add"
		_, err = tx.ExecContext(ctx, `INSERT INTO services (id, organisation_id, cluster_id, is_cluster, name, sort_key, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			s.ID, s.OrganisationID, OrNull(s.ClusterID), s.IsCluster, s.Name, SortKey(s.Name), tx.Now().UnixMilli())
	} else {
		var res sql.Result
		res, err = tx.ExecContext(ctx, `UPDATE services SET cluster_id = $1, name = $2, sort_key = $3 WHERE id = $4`,
			OrNull(s.ClusterID), s.Name, SortKey(s.Name), s.ID)
		err = OneRow(res, err)
	}
	if IsUnique(err) {
		return Service{}, &Invalid{Field: "service", Why: WhyTwice, Got: s.Name}
	} else if err != nil {
		return Service{}, fmt.Errorf("put service: %w", err)
	}
	if err := tx.Audit(ctx, by, action, s.ID, "name", s.Name); err != nil || s.HeadID == "" {
		return s, err
	}
	return s, SetHead(ctx, tx, by, s.ID, s.HeadID)
}

// SetHead makes a person the head of a service, or of a cluster, and audits it; an empty person leaves it without.
// Callers have asked Require. It returns ErrNotFound.
func SetHead(ctx context.Context, tx *Tx, by Actor, service, person string) error {
	res, err := tx.ExecContext(ctx, `UPDATE services SET head_id = $1 WHERE id = $2`, OrNull(person), service)
	err = OneRow(res, err)
	if err != nil {
		return fmt.Errorf("head of service %s: %w", service, err)
	}
	return tx.Audit(ctx, by, "service.head", service, "person", person)
}

// CloseService ends a service: from that day on it is no more. Its people's past stays; callers have moved who
// still works there. Callers have asked Require. It returns ErrNotFound.
func CloseService(ctx context.Context, tx *Tx, by Actor, id, day string) error {
	if _, err := ParseDay(day); err != nil {
		return err
	}
	res, err := tx.ExecContext(ctx, `UPDATE services SET closed_on = $1 WHERE id = $2`, day, id)
	err = OneRow(res, err)
	if err != nil {
		return fmt.Errorf("close service %s: %w", id, err)
	}
	return tx.Audit(ctx, by, "service.close", id, "day", day)
}

// AddOrganisation adds an organisation and audits it. It returns an *Invalid for an empty or known name.
func (p *People) AddOrganisation(ctx context.Context, by Actor, kind OrganisationKind, name string) (o Organisation, err error) {
	err = p.act(ctx, by, func(tx *Tx) error {
		o, err = PutOrganisation(ctx, tx, by, Organisation{Kind: kind, Name: name})
		return err
	})
	return o, err
}

// act is a change that only the ICT officer may make.
func (p *People) act(ctx context.Context, by Actor, do func(*Tx) error) error {
	return p.db.InTx(ctx, func(tx *Tx) error {
		if err := Require(ctx, tx, by, RoleICT); err != nil {
			return err
		}
		return do(tx)
	})
}

// Organisations lists all organisations by name.
func (p *People) Organisations(ctx context.Context) ([]Organisation, error) {
	return Organisations(ctx, p.db)
}

// Organisations is People.Organisations in somebody else's view or transaction.
func Organisations(ctx context.Context, q Query) ([]Organisation, error) {
	return List(ctx, q, func(scan func(...any) error) (o Organisation, err error) {
		return o, scan(&o.ID, &o.Kind, &o.Name)
	}, `SELECT id, kind, name FROM organisations ORDER BY sort_key, id`)
}

// AddService adds a service or cluster (s.ID and s.HeadID are ignored) and audits it.
// It returns an *Invalid when the organisation already has one of that name.
func (p *People) AddService(ctx context.Context, by Actor, s Service) (added Service, err error) {
	err = p.act(ctx, by, func(tx *Tx) error {
		s.ID, s.HeadID = "", ""
		added, err = PutService(ctx, tx, by, s)
		return err
	})
	return added, err
}

// SetHead makes a person the head of a service, or of a cluster, and audits it.
func (p *People) SetHead(ctx context.Context, by Actor, service, person string) error {
	return p.act(ctx, by, func(tx *Tx) error { return SetHead(ctx, tx, by, service, person) })
}

// Services lists all services and clusters by name, with the number of people in each today.
func (p *People) Services(ctx context.Context) ([]Service, error) { return Services(ctx, p.db) }

// Services is People.Services in somebody else's view or transaction.
func Services(ctx context.Context, q Query) ([]Service, error) {
	return List(ctx, q, scanService, serviceColumns+` ORDER BY s.sort_key, s.id`, DayOf(q.Now()))
}

const serviceColumns = `SELECT s.id, s.organisation_id, s.cluster_id, s.is_cluster, s.name, s.head_id, s.closed_on,
	(SELECT count(DISTINCT e.person_id) FROM employments e WHERE e.service_id = s.id
	   AND e.from_on <= $1 AND (e.until_on IS NULL OR e.until_on >= $1))
	FROM services s`

func scanService(scan func(...any) error) (s Service, err error) {
	var cluster, head, closed sql.NullString
	err = scan(&s.ID, &s.OrganisationID, &cluster, &s.IsCluster, &s.Name, &head, &closed, &s.People)
	s.ClusterID, s.HeadID, s.ClosedOn = cluster.String, head.String, closed.String
	return s, err
}
