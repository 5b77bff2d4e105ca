package courses

import (
	"context"
	"fmt"
	"slices"
	"time"

	"digibrug/data"
)

// Listed is a series as lists show it, with its counts.
type Listed struct {
	Series
	Sessions, Given   int       // planned in all, and over by now
	Booked, Offered   int       // seats that are held
	Waiting, Awaiting int       // on the list, before their head
	NextAt            time.Time // the next session; zero: none
	Rooms, Trainers   string    // names, in order, with commas
	Domain            string
	Level             int
}

// Free is how many seats nobody holds; those who wait come first.
func (l Listed) Free() int { return max(0, l.Seats-l.Booked-l.Offered) }

// Full tells whether a newcomer would wait (volzet).
func (l Listed) Full() bool { return l.Free() == 0 || l.Waiting > 0 }

// SeriesFilter narrows a list of series. The zero filter keeps all that are not over, drafts too.
type SeriesFilter struct {
	Course  string        // id
	States  []SeriesState // empty: draft, published, going
	Trainer string        // id: gives one of the sessions
	Open    bool          // only those that one can still enrol in
	Since   string        // YYYY-MM-DD: those that ended before are left out
}

// SeriesList lists series by when they begin, with their counts, in a fixed number of queries. A trainer sees only the own
// ones.
func (s *Store) SeriesList(ctx context.Context, by data.Actor, f SeriesFilter) (all []Listed, err error) {
	err = s.db.ViewFor(ctx, by, readers(), func(q data.Query) error {
		if data.Require(ctx, q, by, append(desk(), data.RoleDirector)...) != nil {
			if f.Trainer, err = trainerIDOf(ctx, q, by); err != nil || f.Trainer == "" {
				return err
			}
		}
		all, err = listed(ctx, q, f)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list series: %w", err)
	}
	return all, nil
}

// Programme lists what the public sees: published series that haven't begun, by when they begin. Anybody may.
func (s *Store) Programme(ctx context.Context) (all []Listed, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		all, err = listed(ctx, q, SeriesFilter{States: []SeriesState{Published, Going}, Open: true})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the programme: %w", err)
	}
	return all, nil
}

func listed(ctx context.Context, q data.Query, f SeriesFilter) ([]Listed, error) {
	where, args := `WHERE 1 = 1`, []any{q.Now().UnixMilli()}
	add := func(condition string, v any) {
		args = append(args, v)
		where += fmt.Sprintf(" AND "+condition, len(args))
	}
	if f.Course != "" {
		add("s.course_id = $%d", f.Course)
	}
	if len(f.States) == 0 {
		f.States = []SeriesState{Draft, Published, Going}
	}
	in := ""
	for i, state := range f.States {
		args = append(args, string(state))
		if i > 0 {
			in += ", "
		}
		in += fmt.Sprintf("$%d", len(args))
	}
	where += " AND s.state IN (" + in + ")"
	if f.Trainer != "" {
		add("EXISTS (SELECT 1 FROM course_sessions x JOIN course_session_trainers g ON g.session_id = x.id WHERE x.series_id = s.id AND g.trainer_id = $%d)", f.Trainer)
	}
	if f.Open {
		where += " AND s.first_at > $1"
	}
	if f.Since != "" {
		add("s.last_at >= $%d", data.StartOf(data.StoredDay(f.Since)).UnixMilli())
	}
	all, err := data.List(ctx, q, scanListed, listedColumns+where+` ORDER BY s.first_at, s.code, s.id`, args...)
	if err != nil {
		return nil, err
	}
	return all, names(ctx, q, all)
}

// listedColumns counts per series by joining counts once, not by a query a row. $1 is now.
const listedColumns = `SELECT ` + seriesFields + `, coalesce(x.planned, 0), coalesce(x.given, 0), coalesce(x.next_at, 0),
	coalesce(e.booked, 0), coalesce(e.offered, 0), coalesce(e.waiting, 0), coalesce(e.awaiting, 0), c.domain, c.level
	FROM course_series s JOIN courses c ON c.id = s.course_id JOIN locations l ON l.id = s.location_id
	LEFT JOIN (SELECT series_id, count(*) AS planned, sum(CASE WHEN end_at <= $1 THEN 1 ELSE 0 END) AS given, min(CASE WHEN end_at > $1 THEN start_at END) AS next_at
		FROM course_sessions WHERE state = 'planned' GROUP BY series_id) x ON x.series_id = s.id
	LEFT JOIN (SELECT series_id, sum(CASE WHEN state = 'booked' THEN 1 ELSE 0 END) AS booked, sum(CASE WHEN state = 'offered' THEN 1 ELSE 0 END) AS offered,
		sum(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END) AS waiting, sum(CASE WHEN state = 'approval' THEN 1 ELSE 0 END) AS awaiting
		FROM enrolments WHERE state IN ` + active + ` GROUP BY series_id) e ON e.series_id = s.id `

func scanListed(scan func(...any) error) (l Listed, err error) {
	var next int64
	l.Series, err = scanSeries(func(dest ...any) error {
		return scan(append(dest, &l.Sessions, &l.Given, &next, &l.Booked, &l.Offered, &l.Waiting, &l.Awaiting, &l.Domain, &l.Level)...)
	})
	l.NextAt = data.StoredInstant(next)
	return l, err
}

// names fills in which rooms and trainers the series have, by two queries.
func names(ctx context.Context, q data.Query, all []Listed) error {
	at := map[string]*Listed{}
	for i := range all {
		at[all[i].ID] = &all[i]
	}
	read := func(query string, into func(*Listed) *string) error {
		_, err := data.List(ctx, q, func(scan func(...any) error) (_ string, err error) {
			var id, name string
			if err = scan(&id, &name); err != nil || at[id] == nil {
				return name, err
			}
			text := into(at[id])
			if *text != "" {
				*text += ", "
			}
			*text += name
			return name, err
		}, query)
		return err
	}
	if err := read(`SELECT d.series_id, d.name FROM (SELECT DISTINCT x.series_id, r.name, r.sort_key FROM course_sessions x JOIN rooms r ON r.id = x.room_id) d ORDER BY d.series_id, d.sort_key`,
		func(l *Listed) *string { return &l.Rooms }); err != nil {
		return err
	}
	return read(`SELECT d.series_id, d.name FROM (SELECT DISTINCT x.series_id, t.name, t.sort_key FROM course_sessions x JOIN course_session_trainers g ON g.session_id = x.id
		JOIN trainers t ON t.id = g.trainer_id) d ORDER BY d.series_id, d.sort_key`, func(l *Listed) *string { return &l.Trainers })
}

// Own lists the enrolments of who works here, active and ended, the newest first.
func (s *Store) Own(ctx context.Context, by data.Actor) (all []Enrolment, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		if err := data.RequireFor(ctx, q, by, data.Journey{Kind: data.JourneyStaff}, data.Roles()...); err != nil {
			return err
		}
		if by.PersonID == "" {
			return nil
		}
		all, err = data.List(ctx, q, scanEnrolment, enrolmentColumns+` WHERE p.person_id = $1 ORDER BY e.queued_at DESC, e.id`, by.PersonID)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("own enrolments: %w", err)
	}
	return all, nil
}

// ToApprove lists whose enrolment waits for the actor's yes: of the services that the actor leads, or all for who plans.
// Who asked first comes first.
func (s *Store) ToApprove(ctx context.Context, by data.Actor) (all []Enrolment, err error) {
	err = s.db.ViewFor(ctx, by, append(planners(), data.RoleHead), func(q data.Query) error {
		all, err = data.List(ctx, q, scanEnrolment, enrolmentColumns+` WHERE e.state = 'approval' ORDER BY e.queued_at, e.id`)
		if err != nil || data.Require(ctx, q, by, planners()...) == nil {
			return err
		}
		works, err := servicesOf(ctx, q, `e.state = 'approval'`)
		if err != nil {
			return err
		}
		led, err := data.LedBy(ctx, q, by.PersonID)
		all = slices.DeleteFunc(all, func(e Enrolment) bool { return e.PersonID == by.PersonID || !shares(works[e.ID], led) })
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("enrolments to approve: %w", err)
	}
	return all, nil
}
