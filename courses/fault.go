package courses

import (
	"errors"
	"fmt"
	"time"
)

// Fault is what is wrong with a session as it is planned.
type Fault string

// What can be wrong. Those that are Hard can't be saved; the others are for a person to weigh.
const (
	FaultRoomTaken        Fault = "room_taken"        // somebody is in it
	FaultRoomFull         Fault = "room_full"         // too few places are left
	FaultPCTaken          Fault = "pc_taken"          // somebody sits at that PC
	FaultRoomClosed       Fault = "room_closed"       // a closed period of the room
	FaultRoomHours        Fault = "room_hours"        // outside the room's windows
	FaultTrainerTaken     Fault = "trainer_taken"     // gives another lesson
	FaultTrainerTravel    Fault = "trainer_travel"    // can't be there in time
	FaultTrainerLeave     Fault = "trainer_leave"     //
	FaultTrainerHours     Fault = "trainer_hours"     // outside what the trainer said
	FaultTrainerEnded     Fault = "trainer_ended"     // is a trainer no more
	FaultParticipantTaken Fault = "participant_taken" // somebody has another lesson then
	FaultClosed           Fault = "closed"            // the location is closed that day: a holiday, a closure
	FaultNoHours          Fault = "no_hours"          // nobody gave the location hours, or none from then on: who knows whether it is open
	FaultSchool           Fault = "school"            // in a school holiday
	FaultClock            Fault = "clock"             // the first lesson after the clock changed
	FaultSeats            Fault = "seats"             // more participants than the room has places
	FaultPast             Fault = "past"              // lies behind us
	FaultNoTrainer        Fault = "no_trainer"        // nobody gives it
)

// Hard tells whether a session with this fault can't be saved.
func (f Fault) Hard() bool {
	switch f {
	case "", FaultClosed, FaultNoHours, FaultSchool, FaultClock, FaultSeats, FaultNoTrainer:
		return false
	}
	return true
}

// ErrConflict is what every *ConflictError Is.
var ErrConflict = errors.New("something is taken")

// ConflictError says that a room, a trainer or a participant is taken. Names are for the screen.
type ConflictError struct {
	Fault   Fault
	Session int // number of the session that was to be saved; 0: none in particular
	At      time.Time
	Room    string
	Trainer string
	Who     string // participant
	With    string // what is in the way: the code of a series, the title of an activity; empty: none, or a visitor
	Kind    HolderKind
	Holder  string // id of what is in the way
	Free    int    // places that are left, for FaultRoomFull
	PC      int    // number, for FaultPCTaken; At is when it comes free, zero for not today
}

func (e *ConflictError) Error() string {
	return fmt.Sprintf("session %d: %s %s%s%s at %s", e.Session, e.Fault, e.Room, e.Trainer, e.Who, e.At.Format(time.RFC3339))
}

// Is makes a conflict an ErrConflict.
func (e *ConflictError) Is(t error) bool { return t == ErrConflict }
