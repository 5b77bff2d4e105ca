package activity

import (
	"context"

	"digibrug/courses"
	"digibrug/data"
)

// hold takes the room of the activity for a half-day, from the same stock as lessons; one that takes place nowhere in
// particular, doesn't take place, or is over, needs none. It returns a *courses.ConflictError.
func (h HalfDay) hold(ctx context.Context, tx *data.Tx, room string) error {
	if room == "" || h.Cancelled != "" || h.Over(tx.Now()) {
		return nil
	}
	return courses.HoldRoom(ctx, tx, courses.Claim{RoomID: room, Holder: h.ID, Slot: courses.Slot{Day: h.Day, From: h.From, To: h.To}, Places: h.Capacity})
}

// holdAnew is hold for a half-day that may have held a room, with other hours or places.
func (h HalfDay) holdAnew(ctx context.Context, tx *data.Tx, room string) error {
	if err := courses.ReleaseRoom(ctx, tx, h.ID); err != nil {
		return err
	}
	return h.hold(ctx, tx, room)
}

// moveRoom holds the room that an activity has now for its half-days to come, and gives back the one that it had.
func moveRoom(ctx context.Context, tx *data.Tx, a Activity) error {
	all, err := data.List(ctx, tx, scanHalfDay, halfDayColumns+` WHERE h.activity_id = $1`+halfDayGroups, a.ID)
	if err != nil {
		return err
	}
	for _, h := range all {
		if err := h.holdAnew(ctx, tx, a.RoomID); err != nil {
			return err
		}
	}
	return nil
}

// unheld finds the half-days to come that don't have the room of their activity: somebody else was there before
// activities held their rooms. A person must solve such a double booking.
func unheld(ctx context.Context, q data.Query) ([]Violation, error) {
	return data.List(ctx, q, func(scan func(...any) error) (v Violation, err error) { return v, scan(&v.HalfDay, &v.Found) },
		`SELECT h.id, h.on_day || ' ' || h.part || ', not held: ' || r.name FROM activity_half_days h JOIN activities a ON a.id = h.activity_id JOIN rooms r ON r.id = a.room_id
			WHERE h.cancelled = '' AND h.on_day > $1 AND NOT EXISTS (SELECT 1 FROM room_quarters q WHERE q.holder = h.id AND q.room_id = a.room_id) ORDER BY h.on_day, h.id`, data.DayOf(q.Now()))
}
