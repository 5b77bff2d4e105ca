package courses

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strconv"

	"digibrug/data"
	"digibrug/data/calendar"
)

// RoomMode says how a room is shared.
type RoomMode string

// The modes.
const (
	Exclusive RoomMode = "exclusive" // one lesson at a time
	Capacity  RoomMode = "capacity"  // lessons and visitors as long as there are places
)

// Room is a room as courses see it. Nothing was said of a room: it is exclusive and open at any time.
type Room struct {
	data.Room
	Location  string // name
	Mode      RoomMode
	Capacity  int // places to share; 0: its PCs, or else its seats
	KeepFree  int // PCs that stay for visitors during a lesson
	Equipment []string
	Windows   calendar.Week // none at all: any time
	Closures  []RoomClosure // in order
}

// RoomClosure is a span of days on which a room can't be used, both included, YYYY-MM-DD.
type RoomClosure struct{ First, Last, Reason string }

// Places is how many people the room takes at once.
func (r Room) Places() int {
	switch {
	case r.Capacity > 0:
		return r.Capacity
	case r.PCs > 0:
		return r.PCs
	}
	return r.Seats
}

// ForLessons is how many of the places lessons may take.
func (r Room) ForLessons() int { return max(0, r.Places()-r.KeepFree) }

// Usable tells whether the room can be used in a slot, whoever is in it.
func (r Room) Usable(s Slot) Fault {
	day := data.DayText(s.Day)
	switch {
	case slices.ContainsFunc(r.Closures, func(c RoomClosure) bool { return c.First <= day && day <= c.Last }):
		return FaultRoomClosed
	case !anyTime(r.Windows) && !covers(r.Windows[s.Day.Weekday()], s.From, s.To):
		return FaultRoomHours
	}
	return ""
}

func (r Room) check() (Room, error) {
	if r.Mode == "" {
		r.Mode = Exclusive
	}
	switch {
	case r.Mode != Exclusive && r.Mode != Capacity:
		return Room{}, &data.Invalid{Field: "mode", Why: data.WhyNotOneOf, Want: "exclusive, capacity", Got: data.Clean(string(r.Mode), 20)}
	case r.Capacity < 0 || r.Capacity > 500:
		return Room{}, &data.Invalid{Field: "capacity", Why: data.WhyNumber, Want: "0 … 500", Got: strconv.Itoa(r.Capacity)}
	case r.KeepFree < 0 || r.KeepFree > 500:
		return Room{}, &data.Invalid{Field: "keep_free", Why: data.WhyNumber, Want: "0 … 500", Got: strconv.Itoa(r.KeepFree)}
	}
	for i := range r.Equipment {
		if err := data.ShortTexts(nameLimit, data.Typed("equipment", &r.Equipment[i])); err != nil {
			return Room{}, err
		}
	}
	r.Equipment = slices.DeleteFunc(r.Equipment, func(e string) bool { return e == "" })
	for i, c := range r.Closures {
		if err := checkSpan("closed", c.First, c.Last); err != nil {
			return Room{}, err
		}
		if err := data.ShortTexts(nameLimit, data.Typed("reason", &r.Closures[i].Reason)); err != nil {
			return Room{}, err
		}
	}
	slices.SortFunc(r.Closures, func(a, b RoomClosure) int { return cmpText(a.First+a.Last, b.First+b.Last) })
	week, err := calendar.Calendar{Week: r.Windows}.Normal()
	r.Windows = week.Week
	return r, err
}

func cmpText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// SetRoom says how a room is used for courses, and audits it. Its name, seats and PCs are data's: they stay. It returns
// an *data.Invalid, and data.ErrNotFound.
func (s *Store) SetRoom(ctx context.Context, by data.Actor, r Room) error {
	return s.setRoom(ctx, by, nil, r)
}

// ChangeRoom is SetRoom for who saw the room as it was: it returns ErrChanged when somebody was first.
func (s *Store) ChangeRoom(ctx context.Context, by data.Actor, was, now Room) error {
	now.ID = was.ID
	return s.setRoom(ctx, by, &was, now)
}

func (s *Store) setRoom(ctx context.Context, by data.Actor, was *Room, r Room) error {
	r, err := r.check()
	if err != nil {
		return err
	}
	err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		now, err := roomOf(ctx, tx, r.ID)
		if err != nil {
			return err
		}
		if was != nil && !reflect.DeepEqual(now, *was) {
			return ErrChanged
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO course_rooms (room_id, mode, capacity, keep_free, equipment, windows) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (room_id) DO UPDATE SET mode = excluded.mode, capacity = excluded.capacity, keep_free = excluded.keep_free,
			equipment = excluded.equipment, windows = excluded.windows`, r.ID, string(r.Mode), r.Capacity, r.KeepFree, data.Pack(r.Equipment), data.Pack(r.Windows)); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM course_room_closures WHERE room_id = $1`, r.ID); err != nil {
			return err
		}
		for _, c := range r.Closures {
			if _, err := tx.ExecContext(ctx, `INSERT INTO course_room_closures (id, room_id, from_on, until_on, reason) VALUES ($1, $2, $3, $4, $5)`,
				data.NewID(), r.ID, c.First, c.Last, c.Reason); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, by, "room.courses", r.ID, "method", string(r.Mode))
	})
	if err != nil {
		return fmt.Errorf("set room %s: %w", data.Clean(r.ID, 40), err)
	}
	return nil
}

// PutRoom adds a room to a location, or changes what the one with that id is: its name, kind, seats and PCs. It audits. It
// returns an *data.Invalid, also for fewer places than are promised from now on, and data.ErrNotFound.
func (s *Store) PutRoom(ctx context.Context, by data.Actor, r data.Room) (put data.Room, err error) {
	err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		if _, err := calendar.Of(ctx, tx, r.LocationID); err != nil {
			return err
		}
		was, err := roomOf(ctx, tx, r.ID)
		if err != nil && r.ID != "" {
			return err
		}
		if put, err = data.PutRoom(ctx, tx, by, r); err != nil || r.ID == "" {
			return err
		}
		return keepsPromises(ctx, tx, was)
	})
	if err != nil {
		return data.Room{}, fmt.Errorf("put room %s: %w", data.Clean(r.Name, 40), err)
	}
	return put, nil
}

// keepsPromises returns an *data.Invalid for a room that got smaller than it was, and too small for what lessons, activities and
// visitors hold of it in any quarter from now on.
func keepsPromises(ctx context.Context, tx *data.Tx, was Room) error {
	r, err := roomOf(ctx, tx, was.ID)
	if err != nil || r.Places() >= was.Places() && r.PCs >= was.PCs {
		return err
	}
	var held, pc int
	if err := data.One(ctx, tx, []any{&held, &pc}, `SELECT coalesce(max(places), 0), coalesce(max(pc), 0)
		FROM (SELECT sum(places) AS places, max(pc) AS pc FROM room_quarters WHERE room_id = $1 AND quarter >= $2 GROUP BY quarter) q`,
		r.ID, quarterAt(tx.Now())); err != nil {
		return err
	}
	field := "seats"
	if was.PCs > 0 {
		field = "pcs"
	}
	if least := max(min(held, was.Places()), pc); r.Places() < least {
		return &data.Invalid{Field: field, Why: WhyHeld, Want: fmt.Sprint(least), Got: fmt.Sprint(r.Places())}
	}
	return nil
}

// Rooms lists all rooms by location and name.
func (s *Store) Rooms(ctx context.Context, by data.Actor) (all []Room, err error) {
	err = s.db.ViewFor(ctx, by, readers(), func(q data.Query) error {
		all, err = rooms(ctx, q)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list rooms: %w", err)
	}
	return all, nil
}

func rooms(ctx context.Context, q data.Query) ([]Room, error) {
	closures := map[string][]RoomClosure{}
	if _, err := data.List(ctx, q, func(scan func(...any) error) (c RoomClosure, err error) {
		var of string
		if err = scan(&of, &c.First, &c.Last, &c.Reason); err == nil {
			closures[of] = append(closures[of], c)
		}
		return c, err
	}, `SELECT room_id, from_on, until_on, reason FROM course_room_closures ORDER BY room_id, from_on, until_on`); err != nil {
		return nil, err
	}
	return data.List(ctx, q, func(scan func(...any) error) (r Room, err error) {
		var equipment, windows string
		if err = scan(&r.ID, &r.LocationID, &r.Location, &r.Name, &r.Kind, &r.Seats, &r.PCs, &r.Mode, &r.Capacity, &r.KeepFree, &equipment, &windows); err != nil {
			return r, err
		}
		r.Closures = closures[r.ID]
		if err = data.Unpack(equipment, &r.Equipment); err != nil {
			return r, err
		}
		return r, data.Unpack(windows, &r.Windows)
	}, `SELECT r.id, r.location_id, l.name, r.name, r.kind, r.seats, r.pcs, coalesce(c.mode, 'exclusive'), coalesce(c.capacity, 0), coalesce(c.keep_free, 0),
		coalesce(c.equipment, ''), coalesce(c.windows, '') FROM rooms r JOIN locations l ON l.id = r.location_id LEFT JOIN course_rooms c ON c.room_id = r.id
		ORDER BY l.sort_key, l.id, r.sort_key, r.id`)
}

func roomOf(ctx context.Context, q data.Query, id string) (Room, error) {
	all, err := rooms(ctx, q)
	at := slices.IndexFunc(all, func(r Room) bool { return r.ID == id })
	if err == nil && at < 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return Room{}, fmt.Errorf("room %s: %w", data.Clean(id, 40), err)
	}
	return all[at], nil
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
