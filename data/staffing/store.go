package staffing

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"digibrug/data"
)

// Store keeps who comes and goes. Only the ICT officer may look and change; the deputy may look.
type Store struct {
	db    *data.DB
	steps []Step
}

// NewStore gives the store of a database with these steps, in the order in which they are done.
func NewStore(db *data.DB, steps ...Step) *Store { return &Store{db, steps} }

// around is how long before today a case still shows: what was to come back is asked for that long.
const around = 60 // days

// Cases lists who comes or goes: whose day is still to come, or was at most sixty days ago, the earliest day first.
// A change of service is no case, unless it leaves something to do.
func (s *Store) Cases(ctx context.Context, by data.Actor) (cases []Case, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		if err := data.Require(ctx, q, by, data.RoleICT, data.RoleDeputy); err != nil {
			return err
		}
		since := data.DayOf(q.Now().AddDate(0, 0, -around))
		if cases, err = list(ctx, q, ` WHERE e.from_on >= $1 OR e.until_on >= $1`, since); err != nil {
			return err
		}
		for i, c := range cases {
			checked, err := s.check(ctx, q, c)
			if err != nil {
				return err
			}
			cases[i].Open = left(checked)
		}
		cases = slices.DeleteFunc(cases, func(c Case) bool { return c.Day < since || c.Other && c.Open == 0 })
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list who comes and goes: %w", err)
	}
	return cases, nil
}

// Case gives one case with its steps. It returns data.ErrNotFound for an employment that is not there, or that has
// no end when its Leave is asked for.
func (s *Store) Case(ctx context.Context, by data.Actor, employment string, move Move) (c Case, steps []Checked, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		if err := data.Require(ctx, q, by, data.RoleICT, data.RoleDeputy); err != nil {
			return err
		}
		c, steps, err = s.one(ctx, q, employment, move)
		return err
	})
	return c, steps, err
}

func (s *Store) one(ctx context.Context, q data.Query, employment string, move Move) (Case, []Checked, error) {
	cases, err := list(ctx, q, ` WHERE e.id = $1`, employment)
	if err != nil {
		return Case{}, nil, err
	}
	at := slices.IndexFunc(cases, func(c Case) bool { return c.Move == move })
	if at < 0 {
		return Case{}, nil, fmt.Errorf("%s of employment %s: %w", move, data.Clean(employment, 40), data.ErrNotFound)
	}
	steps, err := s.check(ctx, q, cases[at])
	cases[at].Open = left(steps)
	return cases[at], steps, err
}

func left(steps []Checked) (n int) {
	for _, step := range steps {
		if step.State == Todo {
			n++
		}
	}
	return n
}

// check finds out how far each step of a case is.
func (s *Store) check(ctx context.Context, q data.Query, c Case) (all []Checked, err error) {
	type tick struct {
		step, by string
		at       int64
	}
	ticks, err := data.List(ctx, q, func(scan func(...any) error) (t tick, err error) { return t, scan(&t.step, &t.by, &t.at) },
		`SELECT step, actor, at FROM staffing_ticks WHERE employment_id = $1 AND move = $2 ORDER BY step`, c.EmploymentID, string(c.Move))
	if err != nil {
		return nil, err
	}
	for _, step := range s.steps {
		if step.Move() != c.Move {
			continue
		}
		found, err := step.Look(ctx, q, c)
		if err != nil {
			return nil, fmt.Errorf("step %s of %s: %w", step.Code(), c.EmploymentID, err)
		}
		one := Checked{Code: step.Code(), Finding: found, ByHand: step.ByHand()}
		for _, t := range ticks {
			if step.ByHand() && t.step == step.Code() {
				one.State, one.By, one.At = Done, t.by, data.Milli(t.at)
			}
		}
		all = append(all, one)
	}
	return all, nil
}

// Tick ticks a step off that people do by hand, or takes the tick away, and audits it. It returns an *data.Invalid
// for a step that isn't one, and data.ErrNotFound.
func (s *Store) Tick(ctx context.Context, by data.Actor, employment string, move Move, code string, done bool) error {
	if !slices.ContainsFunc(s.steps, func(one Step) bool { return one.Move() == move && one.Code() == code && one.ByHand() }) {
		return &data.Invalid{Field: "step", Why: data.WhyNotOneOf, Got: data.Clean(code, 40)}
	}
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		c, steps, err := s.one(ctx, tx, employment, move)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(steps, func(one Checked) bool { return one.Code == code })
		if (steps[at].State == Done) == done {
			return nil // somebody was first: it is as asked, and there is nothing to write down
		}
		action := "staffing.tick"
		if done {
			_, err = tx.ExecContext(ctx, `INSERT INTO staffing_ticks (employment_id, move, step, at, actor) VALUES ($1, $2, $3, $4, $5)`,
				employment, string(move), code, tx.Now().UnixMilli(), data.Clean(by.Name, 80))
		} else {
			action = "staffing.untick"
			_, err = tx.ExecContext(ctx, `DELETE FROM staffing_ticks WHERE employment_id = $1 AND move = $2 AND step = $3`, employment, string(move), code)
		}
		if err != nil {
			return fmt.Errorf("tick %s of %s: %w", code, employment, err)
		}
		return tx.Audit(ctx, by, action, c.Person.ID, "step", string(move)+"."+code)
	})
}

// Joiner is who comes to work here.
type Joiner struct {
	PersonID   string // of somebody the house knows already; empty: Person is new
	Person     data.Person
	Employment data.Employment // its PersonID is ignored
}

// Join books somebody in, and audits it. It returns an *data.Invalid. Whether a new person is somebody the house
// knows already, Namesakes tells.
func (s *Store) Join(ctx context.Context, by data.Actor, n Joiner) (c Case, err error) {
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		if n.PersonID == "" {
			added, err := data.PutPerson(ctx, tx, by, n.Person)
			if err != nil {
				return err
			}
			n.PersonID = added.ID
		}
		n.Employment.ID, n.Employment.PersonID = "", n.PersonID
		put, err := data.PutEmployment(ctx, tx, by, n.Employment)
		if err != nil {
			return err
		}
		c, _, err = s.one(ctx, tx, put.ID, Join)
		return err
	})
	if err != nil {
		return Case{}, err
	}
	return c, nil
}

// Leave books somebody out: the employment ends on that day, and with the last work everything that it gave. It is
// audited. It returns an *data.Invalid for a day before the first, data.ErrLastICT, and data.ErrNotFound.
func (s *Store) Leave(ctx context.Context, by data.Actor, employment, lastDay string) (c Case, err error) {
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		if _, err := data.EndWork(ctx, tx, by, employment, lastDay); err != nil {
			return err
		}
		c, _, err = s.one(ctx, tx, employment, Leave)
		return err
	})
	if err != nil {
		return Case{}, err
	}
	return c, nil
}

// Stay takes a Leave back, and audits it: the employment lasts again, and the roles that ended with it.
func (s *Store) Stay(ctx context.Context, by data.Actor, employment string) error {
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		return data.ResumeWork(ctx, tx, by, employment)
	})
}

// Namesakes lists the people of a name, whatever its case and accents: whoever comes may be known already.
func (s *Store) Namesakes(ctx context.Context, by data.Actor, given, family string) (all []data.Person, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		if err := data.Require(ctx, q, by, data.RoleICT); err != nil {
			return err
		}
		everybody, err := data.Persons(ctx, q)
		for _, p := range everybody {
			if data.SortKey(p.Given) == data.SortKey(given) && data.SortKey(p.Family) == data.SortKey(family) {
				all = append(all, p)
			}
		}
		return err
	})
	return all, err
}

// list reads the cases of employments, the earliest day first, without their steps: a Join for each, and a Leave for
// each that ends.
func list(ctx context.Context, q data.Query, where string, args ...any) (cases []Case, err error) {
	type row struct {
		Case
		from, until string
	}
	rows, err := data.List(ctx, q, func(scan func(...any) error) (r row, err error) {
		var until, number, login sql.NullString
		err = scan(&r.EmploymentID, &r.Person.ID, &r.Person.Given, &r.Person.Family, &number, &r.ServiceID, &r.Service, &r.Job, &r.Employer,
			&r.from, &until, &login)
		r.until, r.Person.Number, r.Login = until.String, number.String, login.String
		return r, err
	}, caseColumns+where+` ORDER BY p.sort_key, e.from_on, e.id`, args...)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	work, err := data.Employments(ctx, q)
	if err != nil {
		return nil, err
	}
	byPerson := map[string][]data.Employment{}
	for _, e := range work {
		byPerson[e.PersonID] = append(byPerson[e.PersonID], e)
	}
	for _, r := range rows {
		join, leave := r.Case, r.Case
		join.Move, join.Day, join.Other = Join, r.from, worked(byPerson[r.Person.ID], r.EmploymentID, r.from)
		cases = append(cases, join)
		if r.until != "" {
			leave.Move, leave.Day, leave.Other = Leave, r.until, stays(byPerson[r.Person.ID], r.EmploymentID, r.until)
			cases = append(cases, leave)
		}
	}
	slices.SortStableFunc(cases, func(a, b Case) int { return strings.Compare(a.Day, b.Day) })
	return cases, nil
}

// gap is how many days somebody can be away between two employments and still come back, and not come new.
const gap = 31

// worked tells whether other work began before a day and lasted until at most a gap before it.
func worked(all []data.Employment, but, day string) bool {
	since := day
	if at, err := data.ParseDay(day); err == nil {
		since = at.AddDate(0, 0, -gap).Format(data.DayLayout)
	}
	return slices.ContainsFunc(all, func(e data.Employment) bool {
		return e.ID != but && e.From < day && (e.Until == "" || e.Until >= since)
	})
}

// stays tells whether other work lasts after a day, as data.EndWork asks.
func stays(all []data.Employment, but, day string) bool {
	return slices.ContainsFunc(all, func(e data.Employment) bool { return e.ID != but && (e.Until == "" || e.Until > day) })
}

const caseColumns = `SELECT e.id, p.id, p.given, p.family, p.number, s.id, s.name, e.job, e.employer, e.from_on, e.until_on,
	(SELECT min(a.login) FROM accounts a WHERE a.person_id = p.id AND a.disabled_at IS NULL)
	FROM employments e JOIN persons p ON p.id = e.person_id JOIN services s ON s.id = e.service_id`

// Work is an employment that lasts, or will.
type Work struct {
	EmploymentID string
	Person       data.Person
	Service      string // name
	Job          string
	From         string // YYYY-MM-DD
}

// Working lists all work without an end, or with one that is still to come, by name.
func (s *Store) Working(ctx context.Context, by data.Actor) (all []Work, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		if err := data.Require(ctx, q, by, data.RoleICT); err != nil {
			return err
		}
		all, err = data.List(ctx, q, func(scan func(...any) error) (w Work, err error) {
			return w, scan(&w.EmploymentID, &w.Person.ID, &w.Person.Given, &w.Person.Family, &w.Service, &w.Job, &w.From)
		}, `SELECT e.id, p.id, p.given, p.family, s.name, e.job, e.from_on FROM employments e JOIN persons p ON p.id = e.person_id
			JOIN services s ON s.id = e.service_id WHERE e.until_on IS NULL OR e.until_on >= $1 ORDER BY p.sort_key, e.from_on, e.id`, data.DayOf(q.Now()))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list who works here: %w", err)
	}
	return all, nil
}
