package activity

import (
	"fmt"

	"digibrug/data"
)

// Store keeps the activities. Every method asks first whether the actor's roles allow it: coordinators and the ICT officer
// plan, the desk enrols too, a trainer reads the list of a half-day and marks who comes and who leaves.
type Store struct{ db *data.DB }

// NewStore gives the activities of a database.
func NewStore(db *data.DB) *Store { return &Store{db} }

// planners lists who makes and changes activities.
func planners() []data.Role { return []data.Role{data.RoleCoordinator, data.RoleICT} }

// desk lists who enrols children and answers their parents.
func desk() []data.Role { return append(planners(), data.RoleClerk) }

// hosts lists who stands at the door of a half-day.
func hosts() []data.Role { return append(desk(), data.RoleTrainer) }

// Limits of what people type, in characters. The note is short on purpose: it is for what the door needs.
const (
	nameLimit    = 80
	contactLimit = 120
	NoteLimit    = 120
)

// What can be wrong with what people type about activities.
const (
	WhyBorn      data.Why = "activity.born"       // neither a year nor a year and a month; Want says how
	WhyMonth     data.Why = "activity.month"      // the year alone doesn't tell the age group: the month is needed
	WhyAge       data.Why = "activity.age"        // in no age group; Want lists them, Got is the age
	WhyGroups    data.Why = "activity.groups"     // not age groups; Want says how
	WhyPart      data.Why = "activity.part"       // hours that don't lie in that part of the day; Want says which do
	WhyOutside   data.Why = "activity.outside"    // a day outside the activity; Want says its days
	WhyNoDays    data.Why = "activity.no_days"    // no half-day is left: all are closed, or none was asked
	WhyTaken     data.Why = "activity.taken"      // fewer places than children; Want is how many are taken
	WhyKeep      data.Why = "activity.keep"       // data can't be kept that long; Want says from when to when
	WhyRoom      data.Why = "activity.room"       // a room of another location
	WhyFetcher   data.Why = "activity.fetcher"    // isn't on the list of who may fetch the child, and no reason was given
	WhyNotAlone  data.Why = "activity.not_alone"  // the child may not go home alone
	WhyBeforeNow data.Why = "activity.before_now" // a time that is still to come, or before the child arrived
)

// first gives the one that a list has, or data.ErrNotFound that says what was looked for.
func first[T any](all []T, err error, what, id string) (one T, _ error) {
	if err == nil && len(all) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return one, fmt.Errorf("%s %s: %w", what, data.Clean(id, 40), err)
	}
	return all[0], nil
}

// flag stores a yes or no.
func flag(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
