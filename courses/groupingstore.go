package courses

import (
	"context"
	"fmt"
	"slices"
	"time"

	"digibrug/courses/plan"
	"digibrug/data"
	"digibrug/data/calendar"
)

// Grouped is a plan of groups with what it was made from, as a screen shows it.
type Grouped struct {
	Grouping
	Facts GroupFacts
	Shut  []SlotFault     // slots that can't be used
	Short []plan.Shortage // courses of which people stay without a place
}

// Grouping gives the plan that is in the making: a Version of 0 when there is none.
func (s *Store) Grouping(ctx context.Context, by data.Actor) (g Grouped, err error) {
	err = s.db.ViewFor(ctx, by, planners(), func(q data.Query) error {
		if g.Grouping, err = groupingOf(ctx, q); err != nil {
			return err
		}
		g.Facts, err = groupFacts(ctx, q)
		return err
	})
	if err != nil || g.Version == 0 {
		return g, wrapped("read the plan of groups", err)
	}
	r, err := g.Facts.rules(g.Grouping)
	if err != nil { // a course was retired, say: what was planned is still shown
		return g, nil
	}
	g.Shut, g.Short = r.shut, plan.Shortages(r.problem, g.Plan)
	return g, nil
}

func wrapped(doing string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

func groupingOf(ctx context.Context, q data.Query) (Grouping, error) {
	all, err := data.List(ctx, q, func(scan func(...any) error) (g Grouping, err error) {
		var text string
		var at int64
		if err = scan(&g.Version, &text, &g.ChangedBy, &at); err != nil {
			return g, err
		}
		g.ChangedAt = data.Milli(at)
		return g, data.Unpack(text, &g)
	}, `SELECT version, plan, actor, changed_at FROM training_plans WHERE id = 'open'`)
	if err != nil || len(all) == 0 {
		return Grouping{}, err
	}
	return all[0], nil
}

// PlanGroups makes groups of the needs as they stand, and keeps the plan. What g has of an earlier plan changes as little as
// it can, and what is locked stays. g.Version must be the one that is kept, 0 for none: it returns ErrChanged when somebody
// else was first, an *data.Invalid, and what plan.Solve returns.
func (s *Store) PlanGroups(ctx context.Context, by data.Actor, g Grouping) (made Grouped, err error) {
	err = s.db.ViewFor(ctx, by, planners(), func(q data.Query) error {
		made.Facts, err = groupFacts(ctx, q)
		return err
	})
	if err != nil {
		return made, wrapped("plan groups", err)
	}
	r, err := made.Facts.rules(g)
	if err != nil {
		return made, wrapped("plan groups", err)
	}
	next, err := plan.Solve(ctx, r.problem, plan.Options{})
	if err != nil {
		return made, wrapped("plan groups", made.Facts.named(err))
	}
	before := slices.Concat(r.problem.Locked, r.problem.Previous)
	made.Short = plan.Shortages(r.problem, next)
	made.Facts.stays(g, &next)
	next.Unplaced = append(next.Unplaced, r.held...)
	g.Plan, g.Lost, g.Changes = next, r.lost, next.Changes(before)
	made.Shut = r.shut
	made.Grouping, err = s.keepGrouping(ctx, by, g)
	return made, wrapped("plan groups", err)
}

// stays gives remedies in people who are there on a day: the rule counts who works part-time otherwise.
func (f GroupFacts) stays(g Grouping, p *plan.Plan) {
	person := map[string]string{}
	for _, n := range f.Needs {
		person[n.ParticipantID] = n.PersonID
	}
	for i, u := range p.Unplaced {
		if u.Remedy.Has(plan.StepCover) {
			p.Unplaced[i].Remedy.Stay = max(0, u.Remedy.Stay-f.Services[f.serviceOf(person[u.Person])].missing())
		}
	}
}

// keepGrouping writes a plan over the one that it was made from.
func (s *Store) keepGrouping(ctx context.Context, by data.Actor, g Grouping) (Grouping, error) {
	kept := g
	err := s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		now, err := groupingOf(ctx, tx)
		if err != nil {
			return err
		}
		if now.Version != g.Version {
			return ErrChanged
		}
		kept = g
		kept.Version, kept.ChangedAt, kept.ChangedBy = now.Version+1, tx.Now(), actorName(by)
		if _, err = tx.ExecContext(ctx, `INSERT INTO training_plans (id, version, plan, actor, changed_at) VALUES ('open', $1, $2, $3, $4)
			ON CONFLICT (id) DO UPDATE SET version = excluded.version, plan = excluded.plan, actor = excluded.actor, changed_at = excluded.changed_at`,
			kept.Version, data.Pack(g), kept.ChangedBy, kept.ChangedAt.UnixMilli()); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "grouping.plan", "", "count", fmt.Sprint(len(g.Plan.Groups)))
	})
	return kept, err
}

// DropGrouping throws the plan in the making away, and audits it. It returns ErrChanged when it is another one by now.
func (s *Store) DropGrouping(ctx context.Context, by data.Actor, version int64) error {
	return wrapped("drop the plan of groups", s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		if err := dropGrouping(ctx, tx, version); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "grouping.drop", "")
	}))
}

// endGrouping throws a plan away that was touched last before an instant: it says who works where and who lacks what.
func endGrouping(ctx context.Context, tx *data.Tx, by data.Actor, before time.Time) error {
	res, err := tx.ExecContext(ctx, `DELETE FROM training_plans WHERE changed_at < $1`, before.UnixMilli())
	if err != nil {
		return fmt.Errorf("end the plan of groups: %w", err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	return tx.Audit(ctx, by, "grouping.end", "")
}

func dropGrouping(ctx context.Context, tx *data.Tx, version int64) error {
	now, err := groupingOf(ctx, tx)
	if err != nil {
		return err
	}
	if now.Version != version || version == 0 {
		return ErrChanged
	}
	_, err = tx.ExecContext(ctx, `DELETE FROM training_plans WHERE id = 'open'`)
	return err
}

// GroupFacts is what groups can be made from now.
func (s *Store) GroupFacts(ctx context.Context, by data.Actor) (f GroupFacts, err error) {
	err = s.db.ViewFor(ctx, by, planners(), func(q data.Query) error {
		f, err = groupFacts(ctx, q)
		return err
	})
	return f, wrapped("read what groups are made from", err)
}

func groupFacts(ctx context.Context, q data.Query) (f GroupFacts, err error) {
	f = GroupFacts{Courses: map[string]Course{}, Rooms: map[string]Room{}, Trainers: map[string]Trainer{}, Doctors: map[string]Doctor{}}
	open, err := needs(ctx, q, false)
	if err != nil {
		return f, err
	}
	f.Needs = slices.DeleteFunc(open, Need.Met)
	all, err := data.List(ctx, q, scanCourse, `SELECT id, details, retired_on FROM courses ORDER BY sort_key, id`)
	if err != nil {
		return f, err
	}
	for _, c := range all {
		f.Courses[c.ID] = c
	}
	known, err := rooms(ctx, q)
	if err != nil {
		return f, err
	}
	for _, r := range known {
		f.Rooms[r.ID] = r
		if _, have := f.Doctors[r.LocationID]; !have {
			if f.Doctors[r.LocationID], err = doctor(ctx, q, r.LocationID, 1, ""); err != nil {
				return f, err
			}
		}
	}
	for _, d := range f.Doctors {
		f.Trainers = d.Trainers
	}
	if err = f.who(ctx, q); err != nil {
		return f, err
	}
	if f.Services, err = groupServices(ctx, q); err != nil {
		return f, err
	}
	f.Busy, err = busyParticipants(ctx, q)
	return f, err
}

// who fills in the name and the kind of each participant with a need, open or not.
func (f *GroupFacts) who(ctx context.Context, q data.Query) error {
	f.Names, f.Category = map[string]string{}, map[string]Category{}
	_, err := data.List(ctx, q, func(scan func(...any) error) (p Participant, err error) {
		if err = scan(&p.ID, &p.Given, &p.Family, &p.Category); err == nil {
			f.Names[p.ID], f.Category[p.ID] = p.Name(), p.Category
		}
		return p, err
	}, `SELECT p.id, p.given, p.family, p.category FROM participants p WHERE EXISTS (SELECT 1 FROM training_needs n WHERE n.participant_id = p.id) ORDER BY p.id`)
	return err
}

// groupServices gives the services with who works in each most: the one of the largest part of the day.
func groupServices(ctx context.Context, q data.Query) (map[string]GroupService, error) {
	services, parts, seen := map[string]GroupService{}, map[string]int{}, map[string]bool{}
	_, err := data.List(ctx, q, func(scan func(...any) error) (id string, err error) {
		var person, name string
		var fraction int
		if err = scan(&person, &id, &name, &fraction); err != nil || seen[person] {
			return id, err
		}
		seen[person] = true
		s := services[id]
		s.Name, s.People = name, append(s.People, person)
		parts[id] += fraction
		services[id] = s
		return id, nil
	}, `SELECT m.person_id, m.service_id, s.name, m.fraction FROM employments m JOIN services s ON s.id = m.service_id
		WHERE m.from_on <= $1 AND (m.until_on IS NULL OR m.until_on >= $1) ORDER BY m.person_id, m.fraction DESC, m.service_id`, data.DayOf(q.Now()))
	for id, s := range services {
		s.Full = parts[id] / wholeFraction
		services[id] = s
	}
	return services, err
}

// wholeFraction is the fraction of who works full-time.
const wholeFraction = 10000

// busyParticipants gives the coming lessons of those who have an open need.
func busyParticipants(ctx context.Context, q data.Query) (map[string][]calendar.Interval, error) {
	busy := map[string][]calendar.Interval{}
	_, err := data.List(ctx, q, func(scan func(...any) error) (id string, err error) {
		var from, to int64
		if err = scan(&id, &from, &to); err == nil {
			busy[id] = append(busy[id], calendar.Interval{From: data.Milli(from), To: data.Milli(to)})
		}
		return id, err
	}, `SELECT e.participant_id, x.start_at, x.end_at FROM enrolments e JOIN course_sessions x ON x.series_id = e.series_id AND x.state = 'planned'
		WHERE e.state IN `+active+` AND x.end_at > $1 AND EXISTS (SELECT 1 FROM training_needs n WHERE n.participant_id = e.participant_id AND n.closed_on = '')
		ORDER BY e.participant_id, x.start_at, x.id`, q.Now().UnixMilli())
	return busy, err
}
