package courses

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"digibrug/courses/plan"
	"digibrug/data"
)

// AppliedGroup is a draft series that came of a group.
type AppliedGroup struct {
	Series
	Name     string
	People   int       // who are in it
	Awaiting int       // of them, who wait for their head
	Findings []Finding // of the series doctor
}

// GroupError says which group of a plan can't become a series, and why: nothing was written of any.
type GroupError struct {
	Name string
	Err  error
}

func (e *GroupError) Error() string { return "group " + e.Name + ": " + e.Err.Error() }

// Unwrap gives why.
func (e *GroupError) Unwrap() error { return e.Err }

// Is makes it an ErrGroup.
func (e *GroupError) Is(t error) bool { return t == ErrGroup }

var (
	// ErrGroup is what every *GroupError Is.
	ErrGroup = errors.New("a group can't become a series")
	// ErrNoNeed says that somebody in a group has no open need for its course any more.
	ErrNoNeed = errors.New("somebody in the group has no need any more")
	// ErrNoGroups says that a plan has no groups.
	ErrNoGroups = errors.New("the plan has no groups")
)

// ApplyGrouping makes a draft series of each group of the plan, puts its people in it, and ends the plan, in one
// transaction: all or nothing. People wait in the draft until it is published, and get their seats then; who works here
// waits for the head first. Their needs are met by that. It audits. It returns a *GroupError that holds a *ConflictError when
// a room, a trainer or somebody was taken meanwhile, or ErrNoNeed; ErrChanged when the plan is another one by now.
func (s *Store) ApplyGrouping(ctx context.Context, by data.Actor, version int64) (all []AppliedGroup, err error) {
	err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		all = nil
		g, err := groupingOf(ctx, tx)
		if err != nil {
			return err
		}
		if len(g.Plan.Groups) == 0 && g.Version == version && version > 0 {
			return ErrNoGroups
		}
		if err := dropGrouping(ctx, tx, version); err != nil {
			return err
		}
		f, err := groupFacts(ctx, tx)
		if err != nil {
			return err
		}
		for _, one := range g.Plan.Groups {
			made, err := applyGroup(ctx, tx, by, f, g, one)
			if err != nil {
				return &GroupError{GroupName(one, f.Courses[one.Course].Title), err}
			}
			all = append(all, made)
		}
		return tx.Audit(ctx, by, "grouping.apply", "", "count", fmt.Sprint(len(all)))
	})
	if err != nil {
		return nil, wrapped("make series of groups", err)
	}
	return all, nil
}

func applyGroup(ctx context.Context, tx *data.Tx, by data.Actor, f GroupFacts, g Grouping, one plan.Group) (made AppliedGroup, err error) {
	c := f.Courses[one.Course]
	sessions, err := f.Lessons(g.GroupingAsk, one)
	if err != nil {
		return made, err
	}
	room := f.Rooms[sessions[0].RoomID]
	seats := max(len(one.People), min(c.Most, seatsIn(f.Doctors[room.LocationID], room, sessions)))
	made = AppliedGroup{Name: GroupName(one, c.Title), People: len(one.People)}
	if made.Series, err = addSeries(ctx, tx, by, SeriesAsk{Course: c.ID, Location: room.LocationID, Seats: seats, Least: min(c.Least, seats), Note: made.Name, Sessions: sessions}); err != nil {
		return made, err
	}
	for _, id := range one.People {
		if !slices.ContainsFunc(f.Needs, func(n Need) bool { return n.ParticipantID == id && n.CourseID == c.ID }) {
			return made, ErrNoNeed
		}
		e, err := join(ctx, tx, by, made.Series, c, EnrolAsk{Source: ByCoordinator}, joining{participant: id})
		if err != nil {
			return made, err
		}
		made.Awaiting += boolInt(e.State == AwaitsHead)
	}
	d, err := doctor(ctx, tx, room.LocationID, seats, made.ID)
	if err != nil {
		return made, err
	}
	if sessions, err = sessionsOf(ctx, tx, made.ID); err != nil {
		return made, err
	}
	made.Findings = d.Examine(sessions)
	return made, nil
}
