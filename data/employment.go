package data

import (
	"context"
	"database/sql"
	"fmt"
)

// FullTime is the Fraction of a whole week.
const FullTime = 10_000

// Employment puts a person in a service for a span of days, both included. A person may have several at once.
type Employment struct {
	ID        string
	PersonID  string
	ServiceID string
	Job       string // function, such as "administratief medewerker"
	Fraction  int    // of a full week, in ten-thousandths, 1 to FullTime; 0 means FullTime when it is put
	Employer  string // who pays the person, where that is not the service's organisation: an interim office, another town
	From      string // YYYY-MM-DD
	Until     string // YYYY-MM-DD, empty while it lasts
}

// check tidies an employment and says what is wrong with it; the person is not looked at.
func (e Employment) check() (Employment, error) {
	if e.ServiceID == "" {
		return Employment{}, &Invalid{Field: "service", Why: WhyEmpty}
	}
	var err error
	if e.Job, err = ShortText("job", e.Job, nameLimit); err != nil {
		return Employment{}, err
	}
	if e.Employer, err = ShortText("employer", e.Employer, nameLimit); err != nil {
		return Employment{}, err
	}
	if e.Fraction == 0 {
		e.Fraction = FullTime
	}
	if e.Fraction < 1 || e.Fraction > FullTime {
		return Employment{}, &Invalid{Field: "fraction", Why: WhyNumber, Want: "0,01 … 100 %", Got: fmt.Sprintf("%.2f %%", float64(e.Fraction)/100)}
	}
	return e, checkSpan(e.From, e.Until)
}

// checkSpan says what is wrong with two days, of which the second may be empty.
func checkSpan(from, until string) error {
	if _, err := ParseDay(from); err != nil {
		return &Invalid{Field: "from", Why: WhyDay, Want: "YYYY-MM-DD", Got: Clean(from, 40)}
	}
	if until == "" {
		return nil
	}
	if _, err := ParseDay(until); err != nil {
		return &Invalid{Field: "until", Why: WhyDay, Want: "YYYY-MM-DD", Got: Clean(until, 40)}
	}
	if until < from {
		return &Invalid{Field: "until", Why: WhyEarly, Want: from, Got: until}
	}
	return nil
}

// PutEmployment adds an employment, or changes the one with that id, and audits it. Callers have asked Require. It
// returns an *Invalid, and ErrNotFound.
func PutEmployment(ctx context.Context, tx *Tx, by Actor, e Employment) (Employment, error) {
	e, err := e.check()
	if err != nil {
		return Employment{}, err
	}
	if e.PersonID == "" {
		return Employment{}, &Invalid{Field: "person", Why: WhyEmpty}
	}
	action := "employment.change"
	if e.ID == "" {
		e.ID, action = NewID(), "employment.add"
		_, err = tx.ExecContext(ctx, `INSERT INTO employments (id, person_id, service_id, job, fraction, employer, from_on, until_on)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, e.ID, e.PersonID, e.ServiceID, e.Job, e.Fraction, e.Employer, e.From, OrNull(e.Until))
	} else {
		var res sql.Result
		res, err = tx.ExecContext(ctx, `UPDATE employments SET service_id = $1, job = $2, fraction = $3, employer = $4, from_on = $5, until_on = $6
			WHERE id = $7 AND person_id = $8`, e.ServiceID, e.Job, e.Fraction, e.Employer, e.From, OrNull(e.Until), e.ID, e.PersonID)
		err = OneRow(res, err)
	}
	if err != nil {
		return Employment{}, fmt.Errorf("put employment: %w", err)
	}
	return e, tx.Audit(ctx, by, action, e.PersonID, "service", e.ServiceID, "from", e.From, "until", e.Until)
}

// EndEmployment makes a day the last one of an employment, and audits it. Callers have asked Require. It returns
// an *Invalid for a day before the first, and ErrNotFound.
func EndEmployment(ctx context.Context, tx *Tx, by Actor, id, lastDay string) error {
	e, err := employment(ctx, tx, id)
	if err != nil {
		return err
	}
	e.Until = lastDay
	if lastDay == "" {
		return &Invalid{Field: "until", Why: WhyEmpty}
	}
	_, err = PutEmployment(ctx, tx, by, e)
	return err
}

const employmentColumns = `SELECT e.id, e.person_id, e.service_id, e.job, e.fraction, e.employer, e.from_on, e.until_on FROM employments e`

func scanEmployment(scan func(...any) error) (e Employment, err error) {
	var until sql.NullString
	err = scan(&e.ID, &e.PersonID, &e.ServiceID, &e.Job, &e.Fraction, &e.Employer, &e.From, &until)
	e.Until = until.String
	return e, err
}

func employment(ctx context.Context, q Query, id string) (Employment, error) {
	found, err := List(ctx, q, scanEmployment, employmentColumns+` WHERE e.id = $1`, id)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Employment{}, fmt.Errorf("employment %s: %w", Clean(id, 40), err)
	}
	return found[0], nil
}

// Employments lists all employments that were and are, by person, the first to begin first.
func Employments(ctx context.Context, q Query) ([]Employment, error) {
	return List(ctx, q, scanEmployment, employmentColumns+` ORDER BY e.person_id, e.from_on, e.id`)
}

// Persons lists everybody by family name.
func Persons(ctx context.Context, q Query) ([]Person, error) {
	return List(ctx, q, func(scan func(...any) error) (p Person, err error) {
		var number sql.NullString
		err = scan(&p.ID, &p.Given, &p.Family, &number)
		p.Number = number.String
		return p, err
	}, `SELECT id, given, family, number FROM persons ORDER BY sort_key, id`)
}
