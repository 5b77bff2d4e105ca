package courses

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"digibrug/data"
)

// Former is somebody who took a course before, to invite to a next one.
type Former struct {
	Participant
	Course string // title, of the last one
	Code   string // of its series
	On     string // YYYY-MM-DD: when that ended
	Visits int    // lessons of it where the person was
}

// Formers lists who took a course, or any, that ended since a day, each person once with the last series, by name. Who has
// a seat or waits now is left out, and so is who never came to a lesson: nobody invites them. since is YYYY-MM-DD, empty for
// all. It returns an *data.Invalid.
func (s *Store) Formers(ctx context.Context, by data.Actor, course, since string) (all []Former, err error) {
	if since != "" {
		if _, err := data.ParseDay(since); err != nil {
			return nil, &data.Invalid{Field: "from", Why: data.WhyDay, Want: data.DayLayout, Got: data.Clean(since, 20)}
		}
	}
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = formers(ctx, q, course, since)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list former participants: %w", err)
	}
	return all, nil
}

func formers(ctx context.Context, q data.Query, course, since string) ([]Former, error) {
	var from int64
	if since != "" {
		from = data.StartOf(data.StoredDay(since)).UnixMilli()
	}
	args, of := []any{q.Now().UnixMilli(), from}, ""
	if course != "" {
		args = append(args, course)
		of = ` AND s.course_id = $3`
	}
	seen := map[string]bool{} // those who are in a series now, and those who are in the list already
	now, err := data.List(ctx, q, func(scan func(...any) error) (id string, err error) { return id, scan(&id) },
		`SELECT DISTINCT n.participant_id FROM enrolments n JOIN course_series t ON t.id = n.series_id WHERE n.state IN `+active+` AND t.last_at > $1 ORDER BY n.participant_id`, args[0])
	if err != nil {
		return nil, err
	}
	for _, id := range now {
		seen[id] = true
	}
	all, err := data.List(ctx, q, func(scan func(...any) error) (f Former, err error) {
		var ended int64
		if f.Participant, err = scanParticipant(func(dest ...any) error { return scan(append(dest, &f.Course, &f.Code, &ended, &f.Visits)...) }); err == nil {
			f.On = data.DayOf(data.Milli(ended))
		}
		return f, err
	}, `SELECT p.id, coalesce(p.person_id, ''), p.given, p.family, p.phone, p.mail, p.category, p.language, p.channel, p.address, c.title, s.code, s.last_at,
		(SELECT count(*) FROM attendance a WHERE a.enrolment_id = e.id AND a.mark IN ('present', 'late'))
		FROM enrolments e JOIN participants p ON p.id = e.participant_id
		JOIN course_series s ON s.id = e.series_id JOIN courses c ON c.id = s.course_id
		WHERE e.state = 'booked' AND s.last_at <= $1 AND s.last_at >= $2`+of+`
		ORDER BY p.sort_key, p.id, s.last_at DESC, s.code`, args...)
	out := all[:0]
	for _, f := range all {
		if f.Visits > 0 && !seen[f.ID] {
			seen[f.ID] = true
			out = append(out, f)
		}
	}
	return out, err
}

// Waits is somebody on a waiting list, with the series.
type Waits struct {
	Enrolment
	Code, Course string
	First        time.Time // when the series begins
	Place        int       // from 1, in the order in which seats are given
}

// WaitingLists lists who waits for a seat in a series that isn't over, by series and in turn.
func (s *Store) WaitingLists(ctx context.Context, by data.Actor) (all []Waits, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = data.List(ctx, q, func(scan func(...any) error) (w Waits, err error) {
			var first int64
			w.Enrolment, err = scanEnrolment(func(dest ...any) error { return scan(append(dest, &w.Code, &w.Course, &first)...) })
			w.First = data.StoredInstant(first)
			return w, err
		}, `SELECT `+enrolmentFields+`, s.code, c.title, s.first_at
			FROM enrolments e JOIN participants p ON p.id = e.participant_id JOIN course_series s ON s.id = e.series_id JOIN courses c ON c.id = s.course_id
			WHERE e.state = 'waiting' AND s.state IN ('published', 'going') ORDER BY s.first_at, s.code, e.priority DESC, e.queued_at, e.id`)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list who waits: %w", err)
	}
	return queued(all), nil
}

// queued numbers those who wait per series, in turn.
func queued(all []Waits) []Waits {
	waiting, series := map[string][]Waiter{}, map[string]int{}
	for i, w := range all {
		if _, seen := series[w.SeriesID]; !seen {
			series[w.SeriesID] = i
		}
		waiting[w.SeriesID] = append(waiting[w.SeriesID], Waiter{ID: w.ID, Priority: w.Priority, Queued: w.Queued, Pair: w.Pair})
	}
	place := map[string]int{}
	for _, list := range waiting {
		for i, w := range InTurn(list) {
			place[w.ID] = i + 1
		}
	}
	for i, w := range all {
		all[i].Place = place[w.ID]
	}
	slices.SortStableFunc(all, func(a, b Waits) int { // a pair stands where the later of them does
		return cmp.Or(cmp.Compare(series[a.SeriesID], series[b.SeriesID]), cmp.Compare(a.Place, b.Place))
	})
	return all
}
