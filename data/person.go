package data

import (
	"context"
	"fmt"
)

// Person is somebody the municipality works with. What is kept is the name and where the person works;
// there is no national number, by design.
type Person struct {
	ID     string
	Given  string
	Family string
}

// Name is how a screen names the person: given name first.
func (p Person) Name() string { return Clean(p.Given+" "+p.Family, 0) }

// Employment puts a person in a service for a span of days, both included. A person may have several.
type Employment struct {
	PersonID  string
	ServiceID string
	Job       string // function, such as "administratief medewerker"
	From      string // YYYY-MM-DD
	Until     string // YYYY-MM-DD, empty while it lasts
}

// AddPerson adds a person with a first employment and audits it. The employment's PersonID is ignored.
func (p *People) AddPerson(ctx context.Context, by Actor, given, family string, e Employment) (Person, error) {
	one, err := newPerson(given, family, e)
	if err != nil {
		return Person{}, err
	}
	return one, p.db.InTx(ctx, func(tx *Tx) error {
		if err := Require(ctx, tx, by, RoleICT); err != nil {
			return err
		}
		return addPerson(ctx, tx, by, one, e)
	})
}

// newPerson checks what is said of somebody who is not in the database yet.
func newPerson(given, family string, e Employment) (Person, error) {
	given, err := cleanName("given", given)
	if err != nil {
		return Person{}, err
	}
	if family, err = cleanName("family", family); err != nil {
		return Person{}, err
	}
	if e.ServiceID == "" {
		return Person{}, &Invalid{Field: "service", Why: WhyEmpty}
	}
	if _, err := ParseDay(e.From); err != nil {
		return Person{}, err
	}
	return Person{ID: NewID(), Given: given, Family: family}, nil
}

func addPerson(ctx context.Context, tx *Tx, by Actor, one Person, e Employment) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO persons (id, given, family, sort_key, created_at) VALUES ($1, $2, $3, $4, $5)`,
		one.ID, one.Given, one.Family, SortKey(one.Family+" "+one.Given), tx.Now().UnixMilli()); err != nil {
		return fmt.Errorf("add person: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO employments (id, person_id, service_id, job, from_on, until_on) VALUES ($1, $2, $3, $4, $5, $6)`,
		NewID(), one.ID, e.ServiceID, Clean(e.Job, nameLimit), e.From, orNull(e.Until)); err != nil {
		return fmt.Errorf("employ person: %w", err)
	}
	return tx.Audit(ctx, by, "person.add", one.ID)
}
