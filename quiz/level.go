package quiz

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"digibrug/data"
)

// Level is what an attempt that has ended says of a person in a domain.
type Level struct {
	PersonID string
	Domain   string
	At       time.Time // when the attempt ended
	Band     Band      // never BandNone
}

// Levels gives the levels of everybody from a day on, YYYY-MM-DD, "" for all, by person, domain and time. Single answers are
// not in it. Coordinators and ICT officers plan training on it; the director is shown totals of it.
func (s *Store) Levels(ctx context.Context, by data.Actor, since string) (all []Level, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		if err := data.Require(ctx, q, by, data.RoleCoordinator, data.RoleICT, data.RoleDirector); err != nil {
			return err
		}
		from := int64(0)
		if since != "" {
			from = data.StartOf(data.StoredDay(since)).UnixMilli()
		}
		found, err := data.List(ctx, q, func(scan func(...any) error) (l Level, err error) {
			var at int64
			var result string
			if err = scan(&l.PersonID, &l.Domain, &at, &result); err != nil {
				return l, err
			}
			var r DomainResult
			err = json.Unmarshal([]byte(result), &r)
			l.At, l.Band = data.Milli(at), r.Band
			return l, err
		}, `SELECT a.person_id, r.domain, a.ended_at, r.result FROM attempts a JOIN attempt_results r ON r.attempt_id = a.id
			WHERE a.ended_at IS NOT NULL AND a.ended_at >= $1 ORDER BY a.person_id, r.domain, a.ended_at, a.id`, from)
		all = nil
		for _, l := range found {
			if l.Band != BandNone {
				all = append(all, l)
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("levels: %w", err)
	}
	return all, nil
}
