package courses

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
)

// Visit is PCs that visitors have in a room. Who they are is asked of nobody and kept nowhere.
type Visit struct {
	ID       string
	RoomID   string
	From, To time.Time // instants, half-open
	Places   int
	PC       int // number from 1; 0: none in particular
}

// ErrVisitOver says that a visit ended: its PC may be somebody else's by now.
var ErrVisitOver = errors.New("the visit is over")

// keepers lists who gives PCs to visitors: the desk, and who gives lessons in the room.
func keepers() []data.Role { return append(desk(), data.RoleTrainer) }

// boardAhead is how far ahead a board looks, in quarters: twelve hours.
const boardAhead = 48

// usesOf lists what holds a room in the quarters from first to beyond, without beyond, in order of beginning.
func usesOf(ctx context.Context, q data.Query, room string, first, beyond int64) ([]Use, error) {
	return data.List(ctx, q, func(scan func(...any) error) (u Use, err error) {
		var from, until int64
		err = scan(&u.Holder, &from, &until, &u.Places, &u.Alone, &u.PC, &u.Kind, &u.Title)
		u.From, u.To = startOf(from), startOf(until+1)
		return u, err
	}, `SELECT q.holder, min(q.quarter), max(q.quarter), max(q.places), max(q.exclusive) = 1, max(q.pc), b.kind, b.title FROM room_quarters q JOIN (`+heldBy+`) b ON b.holder = q.holder
		WHERE q.room_id = $1 AND q.holder IN (SELECT h.holder FROM room_quarters h WHERE h.room_id = $1 AND h.quarter >= $2 AND h.quarter < $3)
		GROUP BY q.holder, b.kind, b.title ORDER BY min(q.quarter), q.holder`, room, first, beyond)
}

// busyByOthers lists when rooms are taken by activities and visitors, from a day ago on.
func busyByOthers(ctx context.Context, q data.Query) ([]Busy, error) {
	return data.List(ctx, q, scanBusy, `SELECT q.room_id, min(q.quarter) * 900000, (max(q.quarter) + 1) * 900000, r.location_id, max(q.places), b.code
		FROM room_quarters q JOIN rooms r ON r.id = q.room_id JOIN (`+heldBy+`) b ON b.holder = q.holder WHERE q.quarter >= $1 AND b.kind <> 'lesson'
		GROUP BY q.room_id, q.holder, r.location_id, b.code ORDER BY min(q.quarter), q.holder`, quarterAt(q.Now().Add(-24*time.Hour)))
}

// board reads how the PCs of a room stand now.
func board(ctx context.Context, q data.Query, r Room) (Board, error) {
	now := quarterAt(q.Now())
	uses, err := usesOf(ctx, q, r.ID, now-1, now+boardAhead)
	if err != nil {
		return Board{}, err
	}
	open, err := calendar.Of(ctx, q, r.LocationID)
	if err != nil {
		return Board{}, err
	}
	b := boardOf(r, q.Now(), uses)
	b.Closes, b.Shut = openAt(r, open, q.Now())
	return b, nil
}

// boards reads those of the rooms with PCs, of one location or, without one, of all.
func boards(ctx context.Context, q data.Query, location string) (all []Board, err error) {
	list, err := rooms(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, r := range list {
		if r.PCs == 0 || location != "" && r.LocationID != location {
			continue
		}
		b, err := board(ctx, q, r)
		if err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	return all, nil
}

// PCBoards tells how the PCs stand in each room that has any, by location and name.
func (s *Store) PCBoards(ctx context.Context, by data.Actor) (all []Board, err error) {
	err = s.db.ViewFor(ctx, by, keepers(), func(q data.Query) error {
		all, err = boards(ctx, q, "")
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list PCs: %w", err)
	}
	return all, nil
}

// PCBoard is that of one room. It returns data.ErrNotFound.
func (s *Store) PCBoard(ctx context.Context, by data.Actor, room string) (b Board, err error) {
	err = s.db.ViewFor(ctx, by, keepers(), func(q data.Query) error {
		r, err := roomOf(ctx, q, room)
		if err != nil {
			return err
		}
		b, err = board(ctx, q, r)
		return err
	})
	return b, err
}

// FreeRooms tells a kiosk how many PCs are free now in the rooms of its location that have any, and what makes an end of
// that. It returns data.ErrDenied for who is no kiosk.
func (s *Store) FreeRooms(ctx context.Context, by data.Actor) (free []FreeRoom, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		kiosk, err := data.OwnKiosk(ctx, q, by)
		if err != nil {
			return err
		}
		all, err := boards(ctx, q, kiosk.LocationID)
		free = nil
		for _, b := range all {
			free = append(free, b.free())
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("free PCs: %w", err)
	}
	return free, nil
}

// RoomUses lists what holds a room from now on, up to some days ahead, in order.
func (s *Store) RoomUses(ctx context.Context, by data.Actor, room string, days int) (all []Use, err error) {
	err = s.db.ViewFor(ctx, by, keepers(), func(q data.Query) error {
		now := quarterAt(q.Now())
		all, err = usesOf(ctx, q, room, now, now+int64(days)*24*60/Quarter)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("uses of room %s: %w", data.Clean(room, 40), err)
	}
	return all, nil
}

// Seat gives a free PC of a room to a visitor, from now on for about so many minutes (15 to 240), and audits it. The visit
// ends sooner where a group or another visitor has the PC then, or the room closes. It returns a *ConflictError for a PC
// that isn't free or a room that is closed, an *data.Invalid, and data.ErrNotFound.
func (s *Store) Seat(ctx context.Context, by data.Actor, room string, pc, minutes int) (put Visit, err error) {
	if err := checkLength(minutes); err != nil {
		return Visit{}, err
	}
	err = s.db.InTxFor(ctx, by, keepers(), func(tx *data.Tx) error {
		r, err := roomOf(ctx, tx, room)
		if err != nil {
			return err
		}
		put = Visit{ID: data.NewID(), RoomID: r.ID, From: tx.Now(), Places: 1, PC: pc}
		if put.To, err = freeUntil(ctx, tx, r, pc, VisitEnd(tx.Now(), minutes)); err != nil {
			return err
		}
		if err := addVisit(ctx, tx, r, put); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "room.seat", put.ID, "name", r.Name, "number", strconv.Itoa(pc), "until", calendar.LocalOf(put.To).At.String())
	})
	if err != nil {
		return Visit{}, fmt.Errorf("seat a visitor in room %s: %w", data.Clean(room, 40), err)
	}
	return put, nil
}

func checkLength(minutes int) error {
	if minutes < shortVisit || minutes > longVisit {
		return &data.Invalid{Field: "minutes", Why: data.WhyNumber, Want: fmt.Sprintf("%d … %d", shortVisit, longVisit), Got: strconv.Itoa(minutes)}
	}
	return nil
}

// freeUntil tells until when a visitor can have a PC that is free now, at the latest until an instant.
func freeUntil(ctx context.Context, q data.Query, r Room, number int, latest time.Time) (time.Time, error) {
	b, err := board(ctx, q, r)
	if err != nil {
		return time.Time{}, err
	}
	p, has := b.PC(number)
	switch {
	case !has:
		return time.Time{}, fmt.Errorf("PC %d: %w", number, data.ErrNotFound)
	case b.Shut != "":
		return time.Time{}, &ConflictError{Fault: b.Shut, At: b.At, Room: r.Name}
	case !p.Free():
		return time.Time{}, &ConflictError{Fault: FaultPCTaken, At: p.Until, Room: r.Name, PC: number, Kind: p.Now.Kind, With: p.Now.Title, Holder: p.Now.Holder}
	}
	return sooner(latest, p.Until, b.Closes), nil
}

// sooner is the first of some instants; zero ones don't count.
func sooner(at time.Time, others ...time.Time) time.Time {
	for _, o := range others {
		if !o.IsZero() && o.Before(at) {
			at = o
		}
	}
	return at
}

// addVisit writes a visit and holds its places.
func addVisit(ctx context.Context, tx *data.Tx, r Room, v Visit) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO room_visits (id, room_id, start_at, end_at, places, pc) VALUES ($1, $2, $3, $4, $5, $6)`,
		v.ID, r.ID, v.From.UnixMilli(), v.To.UnixMilli(), v.Places, v.PC); err != nil {
		return err
	}
	return holdRoom(ctx, tx, r, holding{holder: v.ID, span: calendar.Interval{From: v.From, To: v.To}, places: v.Places, pc: v.PC})
}

// Extend gives a visitor who sits at a PC some minutes more (15 to 240), as far as nobody else has the PC then, and audits
// it. It returns ErrVisitOver for a visit that ended, a *ConflictError when not a quarter of an hour can be added, an
// *data.Invalid, and data.ErrNotFound.
func (s *Store) Extend(ctx context.Context, by data.Actor, visit string, minutes int) (put Visit, err error) {
	if err := checkLength(minutes); err != nil {
		return Visit{}, err
	}
	err = s.db.InTxFor(ctx, by, keepers(), func(tx *data.Tx) error {
		if put, err = visitOf(ctx, tx, visit); err != nil {
			return err
		}
		r, err := roomOf(ctx, tx, put.RoomID)
		if err != nil {
			return err
		}
		if !put.To.After(tx.Now()) {
			return ErrVisitOver
		}
		was := put.To
		if err := ReleaseRoom(ctx, tx, visit); err != nil { // it doesn't stand in its own way
			return err
		}
		if put.To, err = freeUntil(ctx, tx, r, put.PC, was.Add(time.Duration(minutes)*time.Minute)); err != nil {
			return err
		}
		if !put.To.After(was) {
			return stopped(ctx, tx, r, put.PC, was)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE room_visits SET end_at = $1 WHERE id = $2`, put.To.UnixMilli(), visit); err != nil {
			return err
		}
		if err := holdRoom(ctx, tx, r, holding{holder: visit, span: calendar.Interval{From: tx.Now(), To: put.To}, places: put.Places, pc: put.PC}); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "room.extend", visit, "name", r.Name, "number", strconv.Itoa(put.PC), "until", calendar.LocalOf(put.To).At.String())
	})
	if err != nil {
		return Visit{}, fmt.Errorf("extend visit %s: %w", data.Clean(visit, 40), err)
	}
	return put, nil
}

// stopped says who has a PC from an instant on, or that the room closes then.
func stopped(ctx context.Context, q data.Query, r Room, number int, at time.Time) error {
	b, err := board(ctx, q, r)
	if err != nil {
		return err
	}
	p, _ := b.PC(number)
	if p.Until.Equal(at) {
		return &ConflictError{Fault: FaultPCTaken, At: p.Then.To, Room: r.Name, PC: number, Kind: p.Then.Kind, With: p.Then.Title, Holder: p.Then.Holder}
	}
	return &ConflictError{Fault: FaultRoomHours, At: at, Room: r.Name}
}

func visitOf(ctx context.Context, q data.Query, id string) (Visit, error) {
	all, err := data.List(ctx, q, func(scan func(...any) error) (v Visit, err error) {
		var from, until int64
		err = scan(&v.ID, &v.RoomID, &from, &until, &v.Places, &v.PC)
		v.From, v.To = data.Milli(from), data.Milli(until)
		return v, err
	}, `SELECT id, room_id, start_at, end_at, places, pc FROM room_visits WHERE id = $1`, id)
	return first(all, err, "visit", id)
}

// Reserve keeps PCs of a room for visitors who come later, such as a class, and audits it: none in particular, but from
// the same stock as lessons. It returns a *ConflictError when the room is taken or has too few places, an *data.Invalid,
// and data.ErrNotFound.
func (s *Store) Reserve(ctx context.Context, by data.Actor, room string, at Slot, places int) (put Visit, err error) {
	if at, err = NewSlot(at.Day, at.From, at.To); err != nil {
		return Visit{}, err
	}
	err = s.db.InTxFor(ctx, by, keepers(), func(tx *data.Tx) error {
		span := at.Instants()
		put = Visit{ID: data.NewID(), RoomID: room, From: span.From, To: span.To, Places: places}
		r, err := roomOf(ctx, tx, room)
		if err != nil {
			return err
		}
		switch f := r.Usable(at); {
		case places < 1 || places > r.PCs:
			return &data.Invalid{Field: "places", Why: data.WhyNumber, Want: "1 … " + strconv.Itoa(r.PCs), Got: strconv.Itoa(places)}
		case !put.To.After(tx.Now()):
			return &data.Invalid{Field: "time", Why: WhyPast}
		case f != "":
			return &ConflictError{Fault: f, At: span.From, Room: r.Name}
		}
		if err := addVisit(ctx, tx, r, put); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "room.reserve", put.ID, "name", r.Name, "count", strconv.Itoa(places))
	})
	if err != nil {
		return Visit{}, fmt.Errorf("reserve in room %s: %w", data.Clean(room, 40), err)
	}
	return put, nil
}

// Release gives PCs back before their time, and audits it: what was used stays counted, what was only reserved goes. It
// returns ErrVisitOver for a visit that ended, and data.ErrNotFound.
func (s *Store) Release(ctx context.Context, by data.Actor, visit string) error {
	err := s.db.InTxFor(ctx, by, keepers(), func(tx *data.Tx) error {
		v, err := visitOf(ctx, tx, visit)
		switch {
		case err != nil:
			return err
		case !v.To.After(tx.Now()):
			return ErrVisitOver
		case v.From.Before(tx.Now()):
			_, err = tx.ExecContext(ctx, `UPDATE room_visits SET end_at = $1 WHERE id = $2`, tx.Now().UnixMilli(), visit)
		default:
			_, err = tx.ExecContext(ctx, `DELETE FROM room_visits WHERE id = $1`, visit)
		}
		if err != nil {
			return err
		}
		if err := ReleaseRoom(ctx, tx, visit); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "room.release", visit)
	})
	if err != nil {
		return fmt.Errorf("release visit %s: %w", data.Clean(visit, 40), err)
	}
	return nil
}
