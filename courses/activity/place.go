package activity

import (
	"context"
	"fmt"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
)

// State says how the place of a child stands.
type State string

// The states. The first two are active: a child has one of them per half-day.
const (
	Booked    State = "booked"
	Waiting   State = "waiting"
	Cancelled State = "cancelled"
)

// active are the states in which a child is in a half-day.
const active = `('booked', 'waiting')`

// Mark says what the door saw of a child.
type Mark string

// The marks.
const (
	Expected Mark = "expected"
	Here     Mark = "here"
	Gone     Mark = "gone"
	Absent   Mark = "absent"
)

// Place is a child in a half-day.
type Place struct {
	ID      string
	HalfDay HalfDay // without counts
	Child   Child   // the zero Child once it was purged
	Group   string  // name of the age group
	State   State
	Seat    int // from 1; 0: none
	Turn    int // on the waiting list, from 1; 0: not on it. Only lists of a half-day tell
	Queued  time.Time
	Untold  bool // the parent must still hear what changed
	Mark    Mark
	Arrived calendar.Minute // 0: not said
	Left    calendar.Minute // 0: not said
	LeftHow How
	LeftBy  string // who fetched the child
	LeftWhy string // who allowed it, where the guardian named nobody
}

const placeColumns = `SELECT p.id, p.age_group, p.state, p.seat, p.queued_at, p.untold, p.mark, p.arrived_min, p.left_min, p.left_how, p.left_by, p.left_why,
	h.id, h.activity_id, h.on_day, h.part, h.from_min, h.until_min, h.capacity, h.cancelled,
	coalesce(c.id, ''), coalesce(c.given, ''), coalesce(c.family, ''), coalesce(c.born, ''), coalesce(c.guardian, ''), coalesce(c.phone, ''), coalesce(c.second_contact, ''),
	coalesce(c.alone, 0), coalesce(c.fetchers, ''), coalesce(c.note, '')
	FROM activity_places p JOIN activity_half_days h ON h.id = p.half_day_id LEFT JOIN activity_children c ON c.id = p.child_id`

func scanPlace(scan func(...any) error) (p Place, err error) {
	var queued int64
	var day string
	h, c := &p.HalfDay, &p.Child
	err = scan(&p.ID, &p.Group, &p.State, &p.Seat, &queued, &p.Untold, &p.Mark, &p.Arrived, &p.Left, &p.LeftHow, &p.LeftBy, &p.LeftWhy,
		&h.ID, &h.ActivityID, &day, &h.Part, &h.From, &h.To, &h.Capacity, &h.Cancelled,
		&c.ID, &c.Given, &c.Family, &c.Born, &c.Guardian, &c.Phone, &c.Second, &c.Alone, &c.Fetchers, &c.Note)
	h.Day, p.Queued = data.StoredDay(day), data.Milli(queued)
	return p, err
}

func placeOf(ctx context.Context, q data.Query, id string) (Place, error) {
	all, err := data.List(ctx, q, scanPlace, placeColumns+` WHERE p.id = $1`, id)
	return first(all, err, "place", id)
}

// Child gives a child with its places in an activity, in order of time, those that were cancelled too. It returns
// data.ErrNotFound.
func (s *Store) Child(ctx context.Context, by data.Actor, activity, child string) (c Child, all []Place, err error) {
	err = s.db.ViewFor(ctx, by, hosts(), func(q data.Query) error {
		if c, err = childOf(ctx, q, child); err != nil {
			return err
		}
		all, err = data.List(ctx, q, scanPlace, placeColumns+` WHERE h.activity_id = $1 AND p.child_id = $2 ORDER BY h.on_day, h.from_min, p.queued_at, p.id`, activity, child)
		return err
	})
	return c, all, err
}

// freeSeats gives the lowest numbers from 1 to capacity that nobody holds, as many as more children can come: none when
// as many children as places are there.
func freeSeats(held map[int]bool, capacity int) (free []int) {
	for seat := 1; seat <= capacity && len(held)+len(free) < capacity; seat++ {
		if !held[seat] {
			free = append(free, seat)
		}
	}
	return free
}

// seatsOf tells which seats of a half-day are held.
func seatsOf(ctx context.Context, q data.Query, halfDay string) (map[int]bool, error) {
	held := map[int]bool{}
	_, err := data.List(ctx, q, func(scan func(...any) error) (seat int, err error) {
		if err = scan(&seat); err == nil {
			held[seat] = true
		}
		return seat, err
	}, `SELECT seat FROM activity_places WHERE half_day_id = $1 AND seat > 0 ORDER BY seat`, halfDay)
	return held, err
}

// moveUp gives the free places of a half-day to who waits, in order of time, in the transaction that freed them: nobody
// is passed. Once the half-day has begun nobody moves up by itself any more. Who got a place must be told.
func moveUp(ctx context.Context, tx *data.Tx, h HalfDay) (moved []Place, err error) {
	if h.Cancelled != "" || h.Begun(tx.Now()) {
		return nil, nil
	}
	held, err := seatsOf(ctx, tx, h.ID)
	if err != nil {
		return nil, err
	}
	free := freeSeats(held, h.Capacity)
	waiting, err := data.List(ctx, tx, scanPlace, placeColumns+fmt.Sprintf(` WHERE p.half_day_id = $1 AND p.state = 'waiting' ORDER BY p.queued_at, p.id LIMIT %d`, len(free)), h.ID)
	if err != nil {
		return nil, err
	}
	for i, p := range waiting {
		p.State, p.Seat, p.Untold = Booked, free[i], true
		if _, err := tx.ExecContext(ctx, `UPDATE activity_places SET state = 'booked', seat = $1, untold = 1 WHERE id = $2`, p.Seat, p.ID); err != nil {
			return nil, err
		}
		moved = append(moved, p)
	}
	return moved, nil
}
