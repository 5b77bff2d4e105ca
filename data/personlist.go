package data

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// PersonRow is a person in a list of who works here, once, with every service where the person works today.
type PersonRow struct {
	ID         string
	Name       string
	ServiceIDs []string // in the order in which the work began
	Services   []string // their names, in the same order
	Login      string   // of an account in use; empty when there is none
	Number     string   // of payroll; empty when there is none
}

// Persons lists who works here today by family name, for the ICT officer and the deputy. Each word of query must
// occur in a name, a service or a log-in name, whatever its case and accents; an empty query gives everybody.
func (p *People) Persons(ctx context.Context, by Actor, query string) ([]PersonRow, error) {
	if err := Require(ctx, p.db, by, RoleICT, RoleDeputy); err != nil {
		return nil, err
	}
	type line struct{ id, name, service, serviceName, login, number string }
	lines, err := List(ctx, p.db, func(scan func(...any) error) (l line, err error) {
		var one Person
		err = scan(&l.id, &one.Given, &one.Family, &l.service, &l.serviceName, &l.login, &l.number)
		l.name = one.Name()
		return l, err
	}, `SELECT p.id, p.given, p.family, s.id, s.name,
		coalesce((SELECT min(a.login) FROM accounts a WHERE a.person_id = p.id AND a.disabled_at IS NULL), ''), coalesce(p.number, '')
		FROM persons p JOIN employments e ON e.person_id = p.id JOIN services s ON s.id = e.service_id
		WHERE e.from_on <= $1 AND (e.until_on IS NULL OR e.until_on >= $1) ORDER BY p.sort_key, p.id, e.from_on, e.id`, p.db.Today())
	if err != nil {
		return nil, fmt.Errorf("list persons: %w", err)
	}
	var all []PersonRow
	for _, l := range lines {
		if len(all) == 0 || all[len(all)-1].ID != l.id {
			all = append(all, PersonRow{ID: l.id, Name: l.name, Login: l.login, Number: l.number})
		}
		one := &all[len(all)-1]
		if !slices.Contains(one.ServiceIDs, l.service) {
			one.ServiceIDs, one.Services = append(one.ServiceIDs, l.service), append(one.Services, l.serviceName)
		}
	}
	wanted := strings.Fields(SortKey(query))
	return slices.DeleteFunc(all, func(r PersonRow) bool { return !r.has(wanted) }), nil
}

// What can be wrong with a name that should be one person's.
const (
	WhyNoPerson       Why = "person.none"    // nobody who works here is called Got
	WhySeveralPersons Why = "person.several" // Want are the names that Got can be
)

// namesTold is how many names a sentence lists.
const namesTold = 4

// PersonNamed gives the one who works here today whom a text means: by log-in name, payroll number or whole name, or
// by words that only one of them has, such as a name with a service. It returns an *Invalid of field person. Roles are those of Persons.
func (p *People) PersonNamed(ctx context.Context, by Actor, text string) (PersonRow, error) {
	found, err := p.Persons(ctx, by, text)
	if err != nil {
		return PersonRow{}, err
	}
	exact := slices.DeleteFunc(slices.Clone(found), func(r PersonRow) bool {
		return r.Login != SortKey(text) && SortKey(r.Name) != SortKey(text) && (r.Number == "" || SortKey(r.Number) != SortKey(text))
	})
	switch {
	case len(exact) == 1:
		return exact[0], nil
	case len(found) == 1:
		return found[0], nil
	case len(found) == 0:
		return PersonRow{}, &Invalid{Field: "person", Why: WhyNoPerson, Got: Clean(text, 60)}
	}
	var names []string
	for _, r := range found[:min(len(found), namesTold)] {
		names = append(names, r.Name+" ("+strings.Join(r.Services, ", ")+")")
	}
	if len(found) > namesTold {
		names = append(names, "…")
	}
	return PersonRow{}, &Invalid{Field: "person", Why: WhySeveralPersons, Want: strings.Join(names, "; "), Got: Clean(text, 60)}
}

// has tells whether every word occurs.
func (r PersonRow) has(wanted []string) bool {
	text := SortKey(r.Name + " " + strings.Join(r.Services, " ") + " " + r.Login + " " + r.Number)
	for _, word := range wanted {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
