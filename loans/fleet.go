package loans

import (
	"context"
	"fmt"

	"digibrug/data"
)

// fleet gives the devices of a type and what claims them, but for one booking.
func fleet(ctx context.Context, q data.Query, typeID string, gap int, but string) (Fleet, error) {
	f := Fleet{Gap: gap, Today: data.StoredDay(data.DayOf(q.Now()))}
	type unit struct{ id, state, back string }
	units, err := data.List(ctx, q, func(scan func(...any) error) (u unit, err error) { return u, scan(&u.id, &u.state, &u.back) },
		`SELECT id, state, back_on FROM devices WHERE type_id = $1 AND state NOT IN ('lost', 'stolen', 'retired') ORDER BY number`, typeID)
	if err != nil {
		return Fleet{}, fmt.Errorf("devices of type %s: %w", typeID, err)
	}
	for _, u := range units {
		f.Devices = append(f.Devices, u.id)
		if State(u.state) == Repair { // until the day before it is expected back, or for good
			c := Claim{Device: u.id, From: f.Today, Repair: true}
			if u.back > data.DayText(f.Today) {
				c.To = data.StoredDay(u.back).AddDate(0, 0, -1)
			}
			f.Claims = append(f.Claims, c)
		}
	}
	claim := func(out bool) func(scan func(...any) error) (Claim, error) {
		return func(scan func(...any) error) (c Claim, err error) {
			var from, to string
			err = scan(&c.ID, &c.Device, &from, &to)
			c.From, c.To, c.Out = data.StoredDay(from), data.StoredDay(to), out
			return c, err
		}
	}
	out, err := data.List(ctx, q, claim(true), `SELECT id, device_id, lent_on, due_on FROM loans WHERE type_id = $1 AND ended = '' ORDER BY id`, typeID)
	if err != nil {
		return Fleet{}, fmt.Errorf("loans of type %s: %w", typeID, err)
	}
	booked, err := data.List(ctx, q, claim(false), `SELECT b.id, b.device_id, b.from_on, b.to_on FROM device_bookings b JOIN devices d ON d.id = b.device_id
		WHERE b.type_id = $1 AND b.state IN `+active+` AND b.id <> $2 AND d.state NOT IN ('lost', 'stolen', 'retired') ORDER BY b.from_on, b.id`, typeID, but)
	if err != nil {
		return Fleet{}, fmt.Errorf("bookings of type %s: %w", typeID, err)
	}
	f.Claims = append(f.Claims, append(out, booked...)...)
	return f, nil
}

// Available gives how many devices of a type are free on each day of a span, with the service days that the
// regulation asks for.
func (s *Store) Available(ctx context.Context, by data.Actor, typeID, from, to string) (steps []Step, least int, err error) {
	if err := checkDays(from, to); err != nil {
		return nil, 0, err
	}
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		rules, err := current(ctx, q, data.DayOf(q.Now()))
		if err != nil {
			return err
		}
		f, err := fleet(ctx, q, typeID, int(rules.Or("", typeID, GapDays, 0)), "")
		steps, least = f.Steps(data.StoredDay(from), data.StoredDay(to)), f.Free(data.StoredDay(from), data.StoredDay(to))
		return err
	})
	return steps, least, err
}
