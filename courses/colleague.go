package courses

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"digibrug/data"
)

// Colleague is who works here, as a planner may see it: to link a trainer to, and no more.
type Colleague struct {
	PersonID string
	Name     string
	Services string // names, in order, with commas
}

// Colleagues lists who works here today by family name: those in whose name or services each word of a search occurs,
// whatever its case and accents; everybody for an empty one. At most limit of them; 0: all.
func (s *Store) Colleagues(ctx context.Context, by data.Actor, find string, limit int) (all []Colleague, err error) {
	err = s.db.ViewFor(ctx, by, planners(), func(q data.Query) error {
		lines, err := data.List(ctx, q, func(scan func(...any) error) (c Colleague, err error) {
			var p data.Person
			err = scan(&c.PersonID, &p.Given, &p.Family, &c.Services)
			c.Name = p.Name()
			return c, err
		}, `SELECT p.id, p.given, p.family, s.name FROM persons p JOIN employments e ON e.person_id = p.id JOIN services s ON s.id = e.service_id
			WHERE e.from_on <= $1 AND (e.until_on IS NULL OR e.until_on >= $1) ORDER BY p.sort_key, p.id, e.from_on, e.id`, data.DayOf(q.Now()))
		all = joined(lines)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list colleagues: %w", err)
	}
	wanted := strings.Fields(data.SortKey(find))
	all = slices.DeleteFunc(all, func(c Colleague) bool {
		has := data.SortKey(c.Name + " " + c.Services)
		return slices.ContainsFunc(wanted, func(word string) bool { return !strings.Contains(has, word) })
	})
	if limit > 0 {
		all = all[:min(limit, len(all))]
	}
	return all, nil
}

// joined makes one colleague of who works for several services.
func joined(lines []Colleague) (all []Colleague) {
	for _, l := range lines {
		if n := len(all); n == 0 || all[n-1].PersonID != l.PersonID {
			all = append(all, l)
		} else if !slices.Contains(strings.Split(all[n-1].Services, ", "), l.Services) {
			all[n-1].Services += ", " + l.Services
		}
	}
	return all
}
