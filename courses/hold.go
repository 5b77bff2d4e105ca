package courses

import (
	"context"
	"fmt"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
)

// A room is held by the quarter of an hour: a row of room_quarters for each quarter and each holder. Lessons, the half-days
// of activities and the PCs of visitors all take from that one stock, so that none can be promised twice. An exclusive room
// has at most one group in a quarter, and a PC one visitor: two unique indexes see to both.

// HolderKind says what holds a room.
type HolderKind string

// What can hold a room.
const (
	HeldByLesson   HolderKind = "lesson"
	HeldByActivity HolderKind = "activity"
	HeldByVisit    HolderKind = "visit"
)

// Claim asks for a room for a group that is no lesson: a half-day of an activity.
type Claim struct {
	RoomID string
	Holder string // id of the half-day
	Slot
	Places int // of the group
}

// HoldRoom holds a room for a group in its caller's transaction, as a lesson does: alone where the room is exclusive, with
// its places where it is shared. It returns a *ConflictError that names what is there, and data.ErrNotFound.
func HoldRoom(ctx context.Context, tx *data.Tx, c Claim) error {
	room, err := roomOf(ctx, tx, c.RoomID)
	if err != nil {
		return err
	}
	span := c.Instants()
	if f := room.Usable(c.Slot); f != "" {
		return &ConflictError{Fault: f, At: span.From, Room: room.Name}
	}
	return holdRoom(ctx, tx, room, holding{holder: c.Holder, span: span, places: c.Places, group: true})
}

// ReleaseRoom gives back all that a holder has of a room, in its caller's transaction.
func ReleaseRoom(ctx context.Context, tx *data.Tx, holder string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM room_quarters WHERE holder = $1`, holder)
	return err
}

// holding is what somebody wants of a room.
type holding struct {
	holder string
	span   calendar.Interval
	places int
	group  bool // a lesson or an activity, which an exclusive room takes alone
	pc     int  // number from 1; 0: none in particular
}

const quarterLength = Quarter * 60 * 1000 // in milliseconds

// quarterAt is the quarter in which an instant lies, and startOf the instant at which one begins.
func quarterAt(at time.Time) int64 { return at.UnixMilli() / quarterLength }

func startOf(quarter int64) time.Time { return data.Milli(quarter * quarterLength) }

// quarters lists the quarters of an hour that real time touches, each as Unix milliseconds divided by 900 000.
func quarters(span calendar.Interval) (all []int64) {
	for q := quarterAt(span.From); q*quarterLength < span.To.UnixMilli(); q++ {
		all = append(all, q)
	}
	return all
}

// holdRoom holds a room. It returns a *ConflictError that names what is there.
func holdRoom(ctx context.Context, tx *data.Tx, r Room, h holding) error {
	alone, most := h.group && r.Mode == Exclusive, r.Places()
	if h.group {
		most = r.ForLessons()
	}
	if most > 0 && h.places > most && r.Mode == Capacity {
		return &ConflictError{Fault: FaultRoomFull, Room: r.Name, At: h.span.From, Free: most}
	}
	all := quarters(h.span)
	used, err := usedQuarters(ctx, tx, r.ID, h.holder, all[0], all[len(all)-1])
	if err != nil {
		return err
	}
	for _, t := range used {
		c := &ConflictError{Room: r.Name, At: startOf(t.quarter), Holder: t.holder}
		switch {
		case t.alone || alone:
			c.Fault = FaultRoomTaken
		case int(t.places)+h.places > most:
			c.Fault, c.Free = FaultRoomFull, max(0, most-int(t.places))
		default:
			continue
		}
		return named(ctx, tx, c)
	}
	for _, q := range all {
		if _, err := tx.ExecContext(ctx, `INSERT INTO room_quarters (room_id, quarter, holder, places, exclusive, pc) VALUES ($1, $2, $3, $4, $5, $6)`,
			r.ID, q, h.holder, h.places, boolInt(alone), h.pc); data.IsUnique(err) { // somebody was first: room_quarters_exclusive, room_quarters_one_pc
			if h.pc > 0 {
				return &ConflictError{Fault: FaultPCTaken, Room: r.Name, PC: h.pc}
			}
			return &ConflictError{Fault: FaultRoomTaken, Room: r.Name, At: h.span.From}
		} else if err != nil {
			return err
		}
	}
	return nil
}

// usedQuarter is what is held of a room in one quarter, and one of those who hold it.
type usedQuarter struct {
	quarter, places int64
	alone           bool
	holder          string
}

// usedQuarters lists what others hold of a room in the quarters from first to last, both included.
func usedQuarters(ctx context.Context, q data.Query, room, but string, first, last int64) ([]usedQuarter, error) {
	return data.List(ctx, q, func(scan func(...any) error) (t usedQuarter, err error) {
		return t, scan(&t.quarter, &t.places, &t.alone, &t.holder)
	}, `SELECT quarter, sum(places), max(exclusive) = 1, min(holder) FROM room_quarters WHERE room_id = $1 AND quarter >= $2 AND quarter <= $3 AND holder <> $4
		GROUP BY quarter ORDER BY quarter`, room, first, last, but)
}

// heldBy tells of each holder what it is: a lesson by the code of its series, an activity by its title, and a visit by the
// number of its PC.
const heldBy = `SELECT x.id AS holder, 'lesson' AS kind, s.code AS code, c.title AS title FROM course_sessions x JOIN course_series s ON s.id = x.series_id JOIN courses c ON c.id = s.course_id
	UNION ALL SELECT h.id, 'activity', a.title, a.title FROM activity_half_days h JOIN activities a ON a.id = h.activity_id
	UNION ALL SELECT v.id, 'visit', '', '' FROM room_visits v`

// named adds to a conflict what is in the way.
func named(ctx context.Context, q data.Query, c *ConflictError) error {
	found, err := data.List(ctx, q, func(scan func(...any) error) (one ConflictError, err error) { return one, scan(&one.Kind, &one.With) },
		`SELECT b.kind, b.code FROM (`+heldBy+`) b WHERE b.holder = $1`, c.Holder)
	if err != nil {
		return fmt.Errorf("what holds room %s: %w", c.Room, err)
	}
	for _, one := range found {
		c.Kind, c.With = one.Kind, one.With
	}
	return c
}
