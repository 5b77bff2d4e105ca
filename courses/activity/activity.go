package activity

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
)

// Activity is something for children at one place on the days of a span: a week of the Kinderclub.
type Activity struct {
	ID          string
	Title       string
	LocationID  string
	Location    string // name
	RoomID      string // empty: no room in particular
	Room        string // name
	First, Last time.Time
	Groups      []Group
	KeepUntil   time.Time // the last day on which it is known which child came
	Purged      time.Time // the day on which that was purged; zero: not yet
}

// Summary is an activity as a list shows it.
type Summary struct {
	Activity
	HalfDays int // that take place
	Left     int // of them, that aren't over
	Free     int // places in those that aren't over
	Booked   int
	Waiting  int // for those that aren't over
	Untold   int // parents who must still hear what changed
}

// What stands in the way.
var (
	ErrShut      = errors.New("the half-day takes nobody any more")
	ErrClosed    = errors.New("the location is closed")
	ErrEnrolled  = errors.New("the child has a place then already")
	ErrNoPlace   = errors.New("the child has no place")
	ErrNotYet    = errors.New("the half-day is still to come")
	ErrMarked    = errors.New("the mark doesn't follow on what was marked")
	ErrHasPlaces = errors.New("the child is still to come")
)

// ClosedError says that the location is closed on a day, and why. It Is ErrClosed.
type ClosedError struct {
	Day time.Time
	Why calendar.Reason
}

func (e *ClosedError) Error() string {
	return fmt.Sprintf("%v: %s %s", ErrClosed, data.DayText(e.Day), e.Why.By)
}

// Is makes it an ErrClosed.
func (e *ClosedError) Is(t error) bool { return t == ErrClosed }

// How long it stays known which child came, in days after the last one: long enough for a question of a parent and for
// the bill, and never longer than a year and a day.
const (
	KeepDays     = 60
	mostKeepDays = 366
)

// mostDays is the longest span of an activity.
const mostDays = 92

// check gives an activity as it is kept, or an *data.Invalid.
func (a Activity) check() (_ Activity, err error) {
	if err := data.ShortTexts(nameLimit, data.Typed("title", &a.Title)); err != nil {
		return Activity{}, err
	}
	if a.KeepUntil.IsZero() {
		a.KeepUntil = a.Last.AddDate(0, 0, KeepDays)
	}
	latest := a.Last.AddDate(0, 0, mostKeepDays)
	switch {
	case a.Title == "":
		return Activity{}, &data.Invalid{Field: "title", Why: data.WhyEmpty}
	case a.First.IsZero():
		return Activity{}, &data.Invalid{Field: "first", Why: data.WhyEmpty}
	case a.Last.Before(a.First):
		return Activity{}, &data.Invalid{Field: "last", Why: data.WhyEarly, Want: data.DayText(a.First), Got: data.DayText(a.Last)}
	case a.Last.Sub(a.First) > mostDays*24*time.Hour:
		return Activity{}, &data.Invalid{Field: "last", Why: data.WhyTooLong, Want: strconv.Itoa(mostDays), Got: data.DayText(a.Last)}
	case a.KeepUntil.Before(a.Last) || a.KeepUntil.After(latest):
		return Activity{}, &data.Invalid{Field: "keep", Why: WhyKeep, Want: data.DayText(a.Last) + " … " + data.DayText(latest), Got: data.DayText(a.KeepUntil)}
	}
	a.Groups, err = checkGroups(a.Groups)
	return a, err
}

// place says, as an *data.Invalid or data.ErrNotFound, that the location or the room isn't there, or the room elsewhere.
func (a Activity) place(ctx context.Context, q data.Query) error {
	if _, err := calendar.Of(ctx, q, a.LocationID); err != nil {
		return err
	}
	if a.RoomID == "" {
		return nil
	}
	var where string
	if err := data.One(ctx, q, []any{&where}, `SELECT location_id FROM rooms WHERE id = $1`, a.RoomID); err != nil {
		return fmt.Errorf("room %s: %w", data.Clean(a.RoomID, 40), err)
	}
	if where != a.LocationID {
		return &data.Invalid{Field: "room", Why: WhyRoom}
	}
	return nil
}

// Add makes an activity with the half-days of a plan, and audits it. closed lists the days that were left out because the
// location is closed. The span of the plan is that of the activity, and its room is held for all of them. It returns a
// *courses.ConflictError when that is taken then, an *data.Invalid, and data.ErrNotFound.
func (s *Store) Add(ctx context.Context, by data.Actor, a Activity, plan Plan) (put Activity, closed []Closed, err error) {
	if a, err = a.check(); err != nil {
		return Activity{}, nil, err
	}
	plan.First, plan.Last = a.First, a.Last
	err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		put = a
		put.ID = data.NewID()
		if err := put.place(ctx, tx); err != nil {
			return err
		}
		if data.DayText(put.Last) < tx.Today() {
			return &data.Invalid{Field: "last", Why: data.WhyEarly, Want: tx.Today(), Got: data.DayText(put.Last)}
		}
		open, err := calendar.Of(ctx, tx, put.LocationID)
		if err != nil {
			return err
		}
		var halves []HalfDay
		if halves, closed, err = plan.HalfDays(open); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO activities (id, title, sort_key, location_id, room_id, first_on, last_on, age_groups, keep_until, purged_on, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', $10)`, put.ID, put.Title, data.SortKey(put.Title), put.LocationID, data.OrNull(put.RoomID), data.DayText(put.First),
			data.DayText(put.Last), data.Pack(put.Groups), data.DayText(put.KeepUntil), tx.Now().UnixMilli()); err != nil {
			return err
		}
		for _, h := range halves {
			h.ID, h.ActivityID = data.NewID(), put.ID
			if err := insertHalfDay(ctx, tx, put, h); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, by, "activity.add", put.ID, "name", put.Title, "days", data.DayText(put.First)+" … "+data.DayText(put.Last), "count", strconv.Itoa(len(halves)))
	})
	if err != nil {
		return Activity{}, nil, fmt.Errorf("add activity %s: %w", data.Clean(a.Title, 40), err)
	}
	return put, closed, nil
}

// Change gives an activity another title, room, age groups or last day of its data, and audits it; its days and its
// location stay. It returns a *courses.ConflictError when its new room is taken, an *data.Invalid, also when a child that
// is in it would be in no group, and data.ErrNotFound.
func (s *Store) Change(ctx context.Context, by data.Actor, a Activity) (put Activity, err error) {
	err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		old, err := activityOf(ctx, tx, a.ID)
		if err != nil {
			return err
		}
		put = a
		put.First, put.Last, put.LocationID, put.Purged = old.First, old.Last, old.LocationID, old.Purged
		if put, err = put.check(); err != nil {
			return err
		}
		if err := put.place(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE activities SET title = $1, sort_key = $2, room_id = $3, age_groups = $4, keep_until = $5 WHERE id = $6`, put.Title, data.SortKey(put.Title),
			data.OrNull(put.RoomID), data.Pack(put.Groups), data.DayText(put.KeepUntil), put.ID); err != nil {
			return err
		}
		if err := regroupAll(ctx, tx, put); err != nil {
			return err
		}
		if put.RoomID != old.RoomID {
			if err := moveRoom(ctx, tx, put); err != nil {
				return err
			}
		}
		return tx.Audit(ctx, by, "activity.change", put.ID, "name", put.Title, "until", data.DayText(put.KeepUntil))
	})
	if err != nil {
		return Activity{}, fmt.Errorf("change activity %s: %w", data.Clean(a.ID, 40), err)
	}
	return put, nil
}

// regroupAll gives all children of an activity the group of their birth.
func regroupAll(ctx context.Context, tx *data.Tx, a Activity) error {
	in, err := data.List(ctx, tx, scanChild, `SELECT `+childColumns+` FROM activity_children c WHERE c.id IN (SELECT p.child_id FROM activity_places p
		JOIN activity_half_days h ON h.id = p.half_day_id WHERE h.activity_id = $1 AND p.state IN `+active+`) ORDER BY c.sort_key, c.id`, a.ID)
	if err != nil {
		return err
	}
	for _, c := range in {
		g, err := GroupOf(a.Groups, c.Born, a.First)
		if err != nil {
			var bad *data.Invalid
			if errors.As(err, &bad) { // it is the groups that somebody typed
				err = &data.Invalid{Field: "groups", Why: bad.Why, Want: bad.Want, Got: bad.Got}
			}
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE activity_places SET age_group = $1 WHERE child_id = $2 AND half_day_id IN (SELECT id FROM activity_half_days WHERE activity_id = $3)`,
			g.Name, c.ID, a.ID); err != nil {
			return err
		}
	}
	return nil
}

const activityColumns = `SELECT a.id, a.title, a.location_id, l.name, coalesce(a.room_id, ''), coalesce(r.name, ''), a.first_on, a.last_on, a.age_groups, a.keep_until, a.purged_on
	FROM activities a JOIN locations l ON l.id = a.location_id LEFT JOIN rooms r ON r.id = a.room_id`

func scanActivity(scan func(...any) error) (a Activity, err error) {
	var first, last, groups, keep, purged string
	if err = scan(&a.ID, &a.Title, &a.LocationID, &a.Location, &a.RoomID, &a.Room, &first, &last, &groups, &keep, &purged); err != nil {
		return a, err
	}
	a.First, a.Last, a.KeepUntil, a.Purged = data.StoredDay(first), data.StoredDay(last), data.StoredDay(keep), data.StoredDay(purged)
	return a, data.Unpack(groups, &a.Groups)
}

func activityOf(ctx context.Context, q data.Query, id string) (Activity, error) {
	all, err := data.List(ctx, q, scanActivity, activityColumns+` WHERE a.id = $1`, id)
	return first(all, err, "activity", id)
}

// Activities lists the activities that end on a day or after it, with their counts: what comes next first. The zero day
// lists all.
func (s *Store) Activities(ctx context.Context, by data.Actor, from time.Time) (all []Summary, err error) {
	err = s.db.ViewFor(ctx, by, append(hosts(), data.RoleDirector), func(q data.Query) error {
		all = nil
		found, err := data.List(ctx, q, scanActivity, activityColumns+` WHERE a.last_on >= $1 ORDER BY a.first_on, a.sort_key, a.id`, data.DayText(from))
		if err != nil {
			return err
		}
		halves, err := data.List(ctx, q, scanHalfDay, halfDayColumns+` JOIN activities a ON a.id = h.activity_id WHERE a.last_on >= $1`+halfDayGroups, data.DayText(from))
		if err != nil {
			return err
		}
		sum := map[string]Summary{}
		for _, h := range halves {
			one := sum[h.ActivityID]
			one.Booked, one.Untold = one.Booked+h.Booked, one.Untold+h.Untold
			if h.Cancelled == "" {
				one.HalfDays++
			}
			if !h.Over(q.Now()) {
				one.Waiting, one.Free = one.Waiting+h.Waiting, one.Free+h.Free()
				if h.Cancelled == "" {
					one.Left++
				}
			}
			sum[h.ActivityID] = one
		}
		for _, a := range found {
			one := sum[a.ID]
			one.Activity = a
			all = append(all, one)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list activities: %w", err)
	}
	return all, nil
}

// Activity gives one with its half-days in order. It returns data.ErrNotFound.
func (s *Store) Activity(ctx context.Context, by data.Actor, id string) (a Activity, all []HalfDay, err error) {
	err = s.db.ViewFor(ctx, by, append(hosts(), data.RoleDirector), func(q data.Query) error {
		if a, err = activityOf(ctx, q, id); err != nil {
			return err
		}
		all, err = halfDaysOf(ctx, q, a)
		return err
	})
	return a, all, err
}
