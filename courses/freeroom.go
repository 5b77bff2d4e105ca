package courses

import (
	"context"
	"fmt"
	"time"

	"digibrug/data"
)

// FreeRoom is how many PCs of a public room are free now.
type FreeRoom struct {
	Room  string    // name
	Free  int       // PCs
	Until time.Time // when fewer will be; zero: not within twelve hours
	Then  string    // title of the course that begins then; empty: something else does, or nothing
}

// FreeRooms tells a kiosk how many PCs are free now in the rooms of its location that have any, and which lesson makes an
// end of that. It returns data.ErrDenied for who is no kiosk.
func (s *Store) FreeRooms(ctx context.Context, by data.Actor) (all []FreeRoom, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		pc, err := data.OwnKiosk(ctx, q, by)
		if err != nil {
			return err
		}
		list, err := rooms(ctx, q)
		if err != nil {
			return err
		}
		all = nil
		for _, r := range list {
			if r.LocationID != pc.LocationID || r.PCs == 0 {
				continue
			}
			f := FreeRoom{Room: r.Name}
			if f.Free, f.Until, err = FreePCs(ctx, q, r.ID, q.Now()); err != nil {
				return err
			}
			if !f.Until.IsZero() {
				if f.Then, err = beginsAt(ctx, q, r.ID, f.Until); err != nil {
					return err
				}
			}
			all = append(all, f)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("free PCs: %w", err)
	}
	return all, nil
}

// beginsAt is the title of the course of which a lesson begins in a room; empty for none.
func beginsAt(ctx context.Context, q data.Query, room string, at time.Time) (string, error) {
	all, err := data.List(ctx, q, func(scan func(...any) error) (title string, err error) { return title, scan(&title) },
		`SELECT c.title FROM course_sessions x JOIN course_series s ON s.id = x.series_id JOIN courses c ON c.id = s.course_id
			WHERE x.room_id = $1 AND x.start_at = $2 AND x.state = 'planned' ORDER BY s.code, x.id`, room, at.UnixMilli())
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0], nil
}
