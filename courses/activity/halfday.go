package activity

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/calendar"
)

// Part is a half of a day.
type Part string

// The halves.
const (
	Morning   Part = "morning"
	Afternoon Part = "afternoon"
)

// Parts lists them in order.
func Parts() []Part { return []Part{Morning, Afternoon} }

// HalfDay is a morning or an afternoon of an activity, with its places.
type HalfDay struct {
	ID         string
	ActivityID string
	Day        time.Time // midnight UTC
	Part       Part
	From, To   calendar.Minute // on the wall of Brussels, half-open
	Capacity   int             // 1 to 500
	Cancelled  string          // why it doesn't take place; empty: it does
	Booked     int             // how many children have a place
	Waiting    int             // how many wait for one
	Untold     int             // how many parents must still hear what changed
	Closed     bool            // the location's calendar closes the day, by now
	Why        calendar.Reason // what closes it, or decides about its hours
}

// Free is how many places are free; 0 for a half-day that doesn't take place.
func (h HalfDay) Free() int {
	if h.Cancelled != "" {
		return 0
	}
	return max(0, h.Capacity-h.Booked)
}

// Instants is the real time of the half-day.
func (h HalfDay) Instants() calendar.Interval { return calendar.Span(h.Day, h.From, h.To) }

// Begun tells whether the half-day has begun, and Over whether it has ended.
func (h HalfDay) Begun(now time.Time) bool { return !now.Before(h.Instants().From) }

// Over tells whether the half-day has ended.
func (h HalfDay) Over(now time.Time) bool { return !now.Before(h.Instants().To) }

// Bounds of the hours of a half-day: a morning begins from 06:00 and ends by 14:00, an afternoon begins from 11:00 and
// ends by 20:00. No clock changes between them.
const (
	morningFrom   = 6 * 60
	morningTo     = 14 * 60
	afternoonFrom = 11 * 60
	afternoonTo   = 20 * 60
	mostPlaces    = 500
)

// check says, as an *data.Invalid, what is wrong with the hours and the places of a half-day.
func (h HalfDay) check() error {
	within := calendar.Block{From: morningFrom, To: morningTo}
	switch h.Part {
	case Morning:
	case Afternoon:
		within = calendar.Block{From: afternoonFrom, To: afternoonTo}
	default:
		return &data.Invalid{Field: "part", Why: data.WhyNotOneOf, Want: "morning, afternoon", Got: data.Clean(string(h.Part), 20)}
	}
	got := calendar.Block{From: h.From, To: h.To}
	switch {
	case h.To <= h.From:
		return &data.Invalid{Field: string(h.Part), Why: calendar.WhyOrder, Got: got.String()}
	case h.From < within.From || h.To > within.To:
		return &data.Invalid{Field: string(h.Part), Why: WhyPart, Want: within.String(), Got: got.String()}
	case h.Capacity < 1 || h.Capacity > mostPlaces:
		return &data.Invalid{Field: "capacity", Why: data.WhyNumber, Want: fmt.Sprintf("1 … %d", mostPlaces), Got: strconv.Itoa(h.Capacity)}
	}
	return nil
}

// ParseBlock reads the hours of a half-day as somebody types them: "9u-12u", "van 13.30 tot 16.30". Empty gives the zero
// Block: there is no such part. It returns an *data.Invalid of a field, also for hours with a pause.
func ParseBlock(field, text string) (calendar.Block, error) {
	all, err := calendar.ParseHours(text)
	var bad *data.Invalid
	switch {
	case errors.As(err, &bad):
		return calendar.Block{}, &data.Invalid{Field: field, Why: bad.Why, Want: bad.Want, Got: bad.Got}
	case err != nil || len(all) == 0:
		return calendar.Block{}, err
	case len(all) > 1:
		return calendar.Block{}, &data.Invalid{Field: field, Why: calendar.WhyHours, Got: data.Clean(text, 40)}
	}
	return all[0], nil
}

// Plan says which half-days an activity has: on all weekdays of a span, in the morning, the afternoon or both. Hours of a
// part that are zero leave it out.
type Plan struct {
	First, Last        time.Time // both included
	Morning, Afternoon calendar.Block
	Capacity           int  // of each half-day
	Weekends           bool // Saturdays and Sundays too
}

// Closed is a day that a plan leaves out since the location is closed, and why.
type Closed struct {
	Day time.Time
	Why calendar.Reason
}

// HalfDays expands a plan on the calendar of a location: a half-day for each part of each open day, in order, and the
// days that were left out because the location is closed. It returns an *data.Invalid, also when no half-day is left.
func (p Plan) HalfDays(open calendar.Calendar) (all []HalfDay, closed []Closed, err error) {
	var parts []HalfDay
	for _, one := range []HalfDay{{Part: Morning, From: p.Morning.From, To: p.Morning.To}, {Part: Afternoon, From: p.Afternoon.From, To: p.Afternoon.To}} {
		if one.From == 0 && one.To == 0 {
			continue
		}
		one.Capacity = p.Capacity
		if err := one.check(); err != nil {
			return nil, nil, err
		}
		parts = append(parts, one)
	}
	if len(parts) == 2 && parts[1].From < parts[0].To {
		return nil, nil, &data.Invalid{Field: string(Afternoon), Why: calendar.WhyOverlap, Got: p.Morning.String() + ", " + p.Afternoon.String()}
	}
	if len(parts) == 0 {
		return nil, nil, &data.Invalid{Field: string(Morning), Why: data.WhyEmpty}
	}
	for _, day := range open.Days(p.First, p.Last) {
		switch weekday := day.On.Weekday(); {
		case !p.Weekends && (weekday == time.Saturday || weekday == time.Sunday):
		case len(day.Hours) == 0:
			closed = append(closed, Closed{day.On, day.Why})
		default:
			for _, one := range parts {
				one.Day = day.On
				all = append(all, one)
			}
		}
	}
	if len(all) == 0 {
		return nil, nil, &data.Invalid{Field: "first", Why: WhyNoDays}
	}
	return all, closed, nil
}

const halfDayColumns = `SELECT h.id, h.activity_id, h.on_day, h.part, h.from_min, h.until_min, h.capacity, h.cancelled,
	coalesce(sum(CASE WHEN p.state = 'booked' THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN p.state = 'waiting' THEN 1 ELSE 0 END), 0), coalesce(sum(p.untold), 0)
	FROM activity_half_days h LEFT JOIN activity_places p ON p.half_day_id = h.id`

const halfDayGroups = ` GROUP BY h.id, h.activity_id, h.on_day, h.part, h.from_min, h.until_min, h.capacity, h.cancelled ORDER BY h.on_day, h.from_min, h.id`

func scanHalfDay(scan func(...any) error) (h HalfDay, err error) {
	var day string
	err = scan(&h.ID, &h.ActivityID, &day, &h.Part, &h.From, &h.To, &h.Capacity, &h.Cancelled, &h.Booked, &h.Waiting, &h.Untold)
	h.Day = data.StoredDay(day)
	return h, err
}

func halfDayOf(ctx context.Context, q data.Query, id string) (HalfDay, error) {
	all, err := data.List(ctx, q, scanHalfDay, halfDayColumns+` WHERE h.id = $1`+halfDayGroups, id)
	return first(all, err, "half-day", id)
}

// halfDaysOf lists the half-days of an activity in order, with what the calendar of its location says of their days.
func halfDaysOf(ctx context.Context, q data.Query, a Activity) ([]HalfDay, error) {
	open, err := calendar.Of(ctx, q, a.LocationID)
	if err != nil {
		return nil, err
	}
	all, err := data.List(ctx, q, scanHalfDay, halfDayColumns+` WHERE h.activity_id = $1`+halfDayGroups, a.ID)
	for i := range all {
		all[i] = all[i].on(open)
	}
	return all, err
}

// on adds what a calendar says of the day.
func (h HalfDay) on(open calendar.Calendar) HalfDay {
	hours, why := open.OpenOn(h.Day)
	h.Closed, h.Why = len(hours) == 0, why
	return h
}

// insertHalfDay writes a half-day of an activity, and holds its room.
func insertHalfDay(ctx context.Context, tx *data.Tx, a Activity, h HalfDay) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO activity_half_days (id, activity_id, on_day, part, from_min, until_min, capacity, cancelled) VALUES ($1, $2, $3, $4, $5, $6, $7, '')`,
		h.ID, h.ActivityID, data.DayText(h.Day), string(h.Part), int(h.From), int(h.To), h.Capacity); err != nil {
		return err
	}
	return h.hold(ctx, tx, a.RoomID)
}

// AddHalfDay adds one to an activity, and audits it. It returns a *ClosedError when the location is closed that day, a
// *courses.ConflictError when its room is taken then, and an *data.Invalid: for a day outside the activity or behind us, one that is there already, or hours over the other half's.
func (s *Store) AddHalfDay(ctx context.Context, by data.Actor, h HalfDay) (put HalfDay, err error) {
	if err := h.check(); err != nil {
		return HalfDay{}, err
	}
	err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		a, err := activityOf(ctx, tx, h.ActivityID)
		if err != nil {
			return err
		}
		put = h
		put.ID = data.NewID()
		if err := put.fits(ctx, tx, a); err != nil {
			return err
		}
		if err := insertHalfDay(ctx, tx, a, put); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "activity.half_day", put.ID, "day", data.DayText(put.Day), "part", string(put.Part), "count", strconv.Itoa(put.Capacity))
	})
	if err != nil {
		return HalfDay{}, fmt.Errorf("add a half-day to activity %s: %w", data.Clean(h.ActivityID, 40), err)
	}
	return put, nil
}

// fits says why a half-day can't be in an activity.
func (h HalfDay) fits(ctx context.Context, tx *data.Tx, a Activity) error {
	if h.Day.Before(a.First) || h.Day.After(a.Last) {
		return &data.Invalid{Field: "day", Why: WhyOutside, Want: data.DayText(a.First) + " … " + data.DayText(a.Last), Got: data.DayText(h.Day)}
	}
	if h.Over(tx.Now()) {
		return &data.Invalid{Field: "day", Why: data.WhyEarly, Want: tx.Today(), Got: data.DayText(h.Day)}
	}
	all, err := halfDaysOf(ctx, tx, a)
	if err != nil {
		return err
	}
	for _, o := range all {
		switch {
		case o.ID == h.ID || !o.Day.Equal(h.Day):
		case o.Part == h.Part:
			return &data.Invalid{Field: "part", Why: data.WhyTwice}
		case o.Cancelled == "" && o.From < h.To && h.From < o.To:
			return &data.Invalid{Field: string(h.Part), Why: calendar.WhyOverlap, Got: calendar.Block{From: o.From, To: o.To}.String()}
		}
	}
	open, err := calendar.Of(ctx, tx, a.LocationID)
	if err != nil {
		return err
	}
	if at := h.on(open); at.Closed {
		return &ClosedError{Day: h.Day, Why: at.Why}
	}
	return nil
}

// ChangeHalfDay gives a half-day other hours or places, and audits it: new places go to who waits, in the same
// transaction. It returns those who moved up, a *courses.ConflictError when its room is taken then, an *data.Invalid, also
// for fewer places than children, and data.ErrNotFound.
func (s *Store) ChangeHalfDay(ctx context.Context, by data.Actor, h HalfDay) (moved []Place, err error) {
	err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		old, err := halfDayOf(ctx, tx, h.ID)
		if err != nil {
			return err
		}
		now := old
		now.From, now.To, now.Capacity = h.From, h.To, h.Capacity
		if err := now.check(); err != nil {
			return err
		}
		if now.Capacity < old.Booked {
			return &data.Invalid{Field: "capacity", Why: WhyTaken, Want: strconv.Itoa(old.Booked), Got: strconv.Itoa(now.Capacity)}
		}
		a, err := activityOf(ctx, tx, old.ActivityID)
		if err != nil {
			return err
		}
		if now.From != old.From || now.To != old.To {
			if err := now.fits(ctx, tx, a); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, `UPDATE activity_half_days SET from_min = $1, until_min = $2, capacity = $3 WHERE id = $4`,
			int(now.From), int(now.To), now.Capacity, now.ID); err != nil {
			return err
		}
		if err := now.holdAnew(ctx, tx, a.RoomID); err != nil {
			return err
		}
		if moved, err = moveUp(ctx, tx, now); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "activity.half_day_change", h.ID, "count", strconv.Itoa(now.Capacity), "moved", strconv.Itoa(len(moved)))
	})
	if err != nil {
		return nil, fmt.Errorf("change half-day %s: %w", data.Clean(h.ID, 40), err)
	}
	return moved, nil
}

// CancelHalfDay says that a half-day doesn't take place: all who were in it are out, and their parents must be told. It
// returns how many that are, an *data.Invalid without a reason, and ErrShut for one that is over or cancelled.
func (s *Store) CancelHalfDay(ctx context.Context, by data.Actor, id, why string) (out int, err error) {
	why, err = data.ShortText("why", why, contactLimit)
	if err != nil {
		return 0, err
	}
	if why == "" {
		return 0, &data.Invalid{Field: "why", Why: data.WhyEmpty}
	}
	err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		h, err := halfDayOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if h.Cancelled != "" || h.Over(tx.Now()) {
			return ErrShut
		}
		if _, err := tx.ExecContext(ctx, `UPDATE activity_half_days SET cancelled = $1 WHERE id = $2`, why, id); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE activity_places SET state = 'cancelled', seat = 0, untold = 1, ended_at = $1 WHERE half_day_id = $2 AND state IN `+active,
			tx.Now().UnixMilli(), id); err != nil {
			return err
		}
		if err := courses.ReleaseRoom(ctx, tx, id); err != nil {
			return err
		}
		out = h.Booked + h.Waiting
		return tx.Audit(ctx, by, "activity.half_day_cancel", id, "day", data.DayText(h.Day), "part", string(h.Part), "count", strconv.Itoa(out))
	})
	if err != nil {
		return 0, fmt.Errorf("cancel half-day %s: %w", data.Clean(id, 40), err)
	}
	return out, nil
}
