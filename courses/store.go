package courses

import (
	"fmt"

	"digibrug/data"
)

// Store keeps the courses. Every method asks first whether the actor's roles allow it: planning is for coordinators and
// the ICT officer, enrolling also for the desk, a trainer reads and marks the own sessions.
type Store struct {
	db    *data.DB
	mails bool // mails can leave the house: who has an address isn't called
}

// NewStore gives the courses of a database.
func NewStore(db *data.DB) *Store { return &Store{db: db} }

// Mailing is the store where mails can leave the house, or can't: then who has only an address gets a letter.
func (s *Store) Mailing(can bool) *Store { return &Store{db: s.db, mails: can} }

// planners lists who plans: catalogue, rooms, trainers, series.
func planners() []data.Role { return []data.Role{data.RoleCoordinator, data.RoleICT} }

// desk lists who enrols others.
func desk() []data.Role { return append(planners(), data.RoleClerk) }

// readers lists who may read the catalogue and the programme with its rooms and trainers.
func readers() []data.Role { return append(desk(), data.RoleTrainer, data.RoleDirector) }

// Limits of what people type, in characters.
const (
	nameLimit = 80
	noteLimit = 500
)

// What can be wrong with what people type about courses.
const (
	WhyMail      data.Why = "courses.mail"       // no mail address
	WhyNoContact data.Why = "courses.no_contact" // neither a phone number nor a mail address
	WhyQuarter   data.Why = "courses.quarter"    // a time that is not on a quarter of an hour
	WhyHeld      data.Why = "courses.held"       // fewer than lessons and visitors have: Want
	WhyPast      data.Why = "courses.past"       // what lies behind us can't be planned
)

// actorName is how an actor is called in what happened.
func actorName(by data.Actor) string { return data.Clean(by.Name, nameLimit) }

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
