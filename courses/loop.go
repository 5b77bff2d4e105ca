package courses

import (
	"context"
	"fmt"
	"slices"
	"time"

	"digibrug/data"
)

// Measured is the level of a person in a domain at a moment, 1 to 4, from an assessment.
type Measured struct {
	PersonID string
	Domain   Domain
	At       time.Time
	Level    int
}

// Gaps says who should learn what: for each person and domain whose newest level is below target, the course of that
// domain for the next level, and how many levels are missing, 3 at most. Only courses that admit staff and are in use on
// the day count; a domain without one gives no need. What somebody measured twice is asked as the newest says.
func Gaps(levels []Measured, all []Course, target int, day string) (asks []NeedAsk) {
	type who struct {
		person string
		domain Domain
	}
	newest := map[who]Measured{}
	for _, l := range levels {
		if was, is := newest[who{l.PersonID, l.Domain}]; !is || !l.At.Before(was.At) {
			newest[who{l.PersonID, l.Domain}] = l
		}
	}
	for _, l := range newest {
		if l.Level >= target {
			continue
		}
		if c, is := courseFor(all, l.Domain, l.Level, day); is {
			asks = append(asks, NeedAsk{Person: l.PersonID, Course: c.ID, Levels: min(3, target-l.Level), Source: FromAssessment})
		}
	}
	slices.SortFunc(asks, func(a, b NeedAsk) int { return cmpText(a.Person+" "+a.Course, b.Person+" "+b.Course) })
	return asks
}

// courseFor is the course that takes staff of a level in a domain one level up: a course of the level above, or else one
// of their own.
func courseFor(all []Course, d Domain, level int, day string) (best Course, found bool) {
	for _, c := range all {
		if c.Domain != d || c.Admits(Staff) != nil || c.RetiredOn != "" && c.RetiredOn <= day || c.Level < level || c.Level > level+1 {
			continue
		}
		if !found || c.Level > best.Level || c.Level == best.Level && c.Code < best.Code {
			best, found = c, true
		}
	}
	return best, found
}

// Loop is what became of the need for a course: the closed loop from need to proof.
type Loop struct {
	Course
	Needs, Met   int     // asked in all, and of them with an enrolment that stands
	People       int     // who were at a session at least once
	Hours        float64 // of participants: what they were at
	TrainerHours float64
	Cents        int64 // allowances of the trainers
	Evaluated    int   // answers in totals that can be shown
	Alone        int   // of the answers per goal, how many can do it alone; of AloneOf
	AloneOf      int
	Retested     int     // people with a level before and after; 0 when there are fewer than EnoughAnswers
	Gained       int     // levels that they gained together
	RetestHours  float64 // what those people were at, of Hours
}

// PerHundred is how many levels hundred hours gained, of those who were measured before and after: nobody knows it of the
// others. ok is false when nobody can say.
func (l Loop) PerHundred() (levels float64, ok bool) {
	if l.Retested == 0 || l.RetestHours == 0 {
		return 0, false
	}
	return float64(l.Gained) / l.RetestHours * 100, true
}

// LoopOf gives the loop of every course that had a need or a participant, by title. levels are the measures of people;
// none gives loops without a re-test. Totals of fewer than EnoughAnswers people are left out.
func (s *Store) LoopOf(ctx context.Context, by data.Actor, levels []Measured) (all []Loop, err error) {
	err = s.db.ViewFor(ctx, by, append(planners(), data.RoleDirector), func(q data.Query) error {
		all, err = loops(ctx, q, levels)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("what training brought: %w", err)
	}
	return all, nil
}

func loops(ctx context.Context, q data.Query, levels []Measured) ([]Loop, error) {
	all, err := data.List(ctx, q, func(scan func(...any) error) (l Loop, err error) {
		var details, retired string
		var minutes, trainer int64
		if err = scan(&l.ID, &details, &retired, &l.Needs, &l.Met, &l.People, &minutes, &trainer, &l.Cents); err != nil {
			return l, err
		}
		id := l.ID
		err = data.Unpack(details, &l.Course)
		l.ID, l.RetiredOn = id, retired
		l.Hours, l.TrainerHours = float64(minutes)/60, float64(trainer)/60
		return l, err
	}, `SELECT c.id, c.details, c.retired_on, coalesce(n.needs, 0), coalesce(n.met, 0), coalesce(a.people, 0), coalesce(a.minutes, 0), coalesce(t.minutes, 0), coalesce(t.cents, 0)
		FROM courses c
		LEFT JOIN (SELECT d.course_id, count(*) AS needs, sum(CASE WHEN e.state IN `+active+` THEN 1 ELSE 0 END) AS met FROM training_needs d
			LEFT JOIN enrolments e ON e.id = d.enrolment_id GROUP BY d.course_id) n ON n.course_id = c.id
		LEFT JOIN (SELECT s.course_id, count(DISTINCT e.participant_id) AS people, sum(x.until_min - x.from_min) AS minutes FROM attendance m JOIN enrolments e ON e.id = m.enrolment_id
			JOIN course_sessions x ON x.id = m.session_id JOIN course_series s ON s.id = x.series_id WHERE m.mark IN ('present', 'late') GROUP BY s.course_id) a ON a.course_id = c.id
		LEFT JOIN (SELECT s.course_id, sum(x.until_min - x.from_min) AS minutes, sum((x.until_min - x.from_min) * g.allowance_cents / 60) AS cents FROM course_sessions x
			JOIN course_series s ON s.id = x.series_id JOIN course_session_trainers h ON h.session_id = x.id JOIN trainers g ON g.id = h.trainer_id
			WHERE x.state = 'planned' AND x.end_at <= $1 GROUP BY s.course_id) t ON t.course_id = c.id
		WHERE coalesce(n.needs, 0) > 0 OR coalesce(a.people, 0) > 0 ORDER BY c.sort_key, c.id`, q.Now().UnixMilli())
	if err != nil {
		return nil, err
	}
	spans, err := spansOf(ctx, q)
	if err != nil {
		return nil, err
	}
	for i := range all {
		var minutes int
		all[i].Retested, all[i].Gained, minutes = Gained(levels, all[i].Domain, spans[all[i].ID])
		all[i].RetestHours = float64(minutes) / 60
		if err := evaluatedLoop(ctx, q, &all[i]); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Span is from when to when somebody took a course, and how long the lessons were that they were at.
type Span struct {
	From, To time.Time
	Minutes  int
}

// spansOf gives, by course and person, when people who work here were at their first and last session of it.
func spansOf(ctx context.Context, q data.Query) (map[string]map[string]Span, error) {
	spans := map[string]map[string]Span{}
	_, err := data.List(ctx, q, func(scan func(...any) error) (_ string, err error) {
		var course, person string
		var from, to int64
		var minutes int
		if err = scan(&course, &person, &from, &to, &minutes); err != nil {
			return course, err
		}
		if spans[course] == nil {
			spans[course] = map[string]Span{}
		}
		spans[course][person] = Span{data.Milli(from), data.Milli(to), minutes}
		return course, err
	}, `SELECT s.course_id, p.person_id, min(x.start_at), max(x.end_at), sum(x.until_min - x.from_min) FROM attendance m JOIN enrolments e ON e.id = m.enrolment_id JOIN participants p ON p.id = e.participant_id
		JOIN course_sessions x ON x.id = m.session_id JOIN course_series s ON s.id = x.series_id
		WHERE m.mark IN ('present', 'late') AND p.person_id IS NOT NULL GROUP BY s.course_id, p.person_id ORDER BY s.course_id, p.person_id`)
	return spans, err
}

// Gained counts who has a level in a domain from before a course and one from after it, and the levels that they gained
// together: the last before and the first after, and how many minutes they took for it. Fewer than EnoughAnswers people give
// zero: a total of few tells of one.
func Gained(levels []Measured, d Domain, took map[string]Span) (people, gained, minutes int) {
	for person, span := range took {
		before, after := Measured{}, Measured{}
		for _, l := range levels {
			switch {
			case l.PersonID != person || l.Domain != d:
			case !l.At.After(span.From) && l.At.After(before.At):
				before = l
			case !l.At.Before(span.To) && (after.At.IsZero() || l.At.Before(after.At)):
				after = l
			}
		}
		if before.Level > 0 && after.Level > 0 {
			people, gained, minutes = people+1, gained+after.Level-before.Level, minutes+span.Minutes
		}
	}
	if people < EnoughAnswers {
		return 0, 0, 0
	}
	return people, gained, minutes
}

// evaluatedLoop adds what the evaluations that can be shown say of what people can do alone.
func evaluatedLoop(ctx context.Context, q data.Query, l *Loop) error {
	closed, err := closedSeries(ctx, q, l.ID)
	if err != nil {
		return err
	}
	for _, group := range Pools(closed) {
		forms, err := formsOf(ctx, q, group)
		if err != nil {
			return err
		}
		a := Analyse(forms, len(l.Goals))
		l.Evaluated += a.N
		for _, s := range a.Shares {
			if s.Question.Code == AskNow {
				l.Alone, l.AloneOf = l.Alone+s.Good, l.AloneOf+s.N
			}
		}
	}
	return nil
}
