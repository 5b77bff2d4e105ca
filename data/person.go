package data

import (
	"context"
	"database/sql"
	"fmt"
)

// Person is somebody the municipality works with. What is kept is the name, where the person works, and what
// payroll calls them; there is no national number, by design.
type Person struct {
	ID     string
	Given  string
	Family string
	Number string // of payroll (personeelsnummer), unique; empty where there is none
}

// Name is how a screen names the person: given name first.
func (p Person) Name() string { return Clean(p.Given+" "+p.Family, 0) }

const numberLimit = 20 // characters of a payroll number

// check tidies what is said of a person and says what is wrong with it.
func (p Person) check() (Person, error) {
	var err error
	if p.Given, err = cleanName("given", p.Given); err != nil {
		return Person{}, err
	}
	if p.Family, err = cleanName("family", p.Family); err != nil {
		return Person{}, err
	}
	p.Number, err = ShortText("number", p.Number, numberLimit)
	return p, err
}

// PutPerson adds a person, or changes the one with that id, and audits it. Callers have asked Require. It returns
// an *Invalid for a name or number that can't be, and ErrNotFound.
func PutPerson(ctx context.Context, tx *Tx, by Actor, p Person) (Person, error) {
	p, err := p.check()
	if err != nil {
		return Person{}, err
	}
	sortKey := SortKey(p.Family + " " + p.Given)
	if p.ID == "" {
		p.ID = NewID()
		_, err = tx.ExecContext(ctx, `INSERT INTO persons (id, given, family, sort_key, number, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
			p.ID, p.Given, p.Family, sortKey, OrNull(p.Number), tx.Now().UnixMilli())
		if err == nil {
			return p, tx.Audit(ctx, by, "person.add", p.ID)
		}
	} else {
		var res sql.Result
		res, err = tx.ExecContext(ctx, `UPDATE persons SET given = $1, family = $2, sort_key = $3, number = $4 WHERE id = $5`,
			p.Given, p.Family, sortKey, OrNull(p.Number), p.ID)
		err = OneRow(res, err)
		if err == nil {
			return p, tx.Audit(ctx, by, "person.change", p.ID)
		}
	}
	if IsUnique(err) {
		return Person{}, &Invalid{Field: "number", Why: WhyTwice, Got: p.Number}
	}
	return Person{}, fmt.Errorf("put person: %w", err)
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
		one.ID = ""
		one, err = addPerson(ctx, tx, by, one, e)
		return err
	})
}

// newPerson checks what is said of somebody who is not in the database yet.
func newPerson(given, family string, e Employment) (Person, error) {
	one, err := Person{Given: given, Family: family}.check()
	if err == nil {
		_, err = e.check()
	}
	return one, err
}

// addPerson adds a person with a first employment.
func addPerson(ctx context.Context, tx *Tx, by Actor, one Person, e Employment) (Person, error) {
	one, err := PutPerson(ctx, tx, by, one)
	if err != nil {
		return Person{}, err
	}
	e.ID, e.PersonID = "", one.ID
	_, err = PutEmployment(ctx, tx, by, e)
	return one, err
}
