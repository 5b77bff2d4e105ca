package courses

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"digibrug/data"
)

// SickError says that the series doctor found what can't be: the findings that are Hard.
type SickError struct{ Findings []Finding }

func (e *SickError) Error() string {
	return fmt.Sprintf("series has %d conflicts, the first is %s", len(e.Findings), e.Findings[0].Fault)
}

// Is makes it an ErrSick.
func (e *SickError) Is(t error) bool { return t == ErrSick }

// ErrSick is what every *SickError Is.
var ErrSick = errors.New("series has conflicts")

// ErrHasSeats says that a series can't have fewer seats than are held.
var ErrHasSeats = errors.New("more seats are held")

// doctor fills the series doctor for a location: everything that rooms and trainers have besides one series.
func doctor(ctx context.Context, q data.Query, location string, seats int, but string) (d Doctor, err error) {
	return doctorSince(ctx, q, location, seats, but, q.Now().Add(-24*time.Hour))
}

// doctorSince is doctor with what ended after an instant; all that was ever given for the zero one.
func doctorSince(ctx context.Context, q data.Query, location string, seats int, but string, from time.Time) (d Doctor, err error) {
	d = Doctor{Now: q.Now(), Location: location, Seats: seats, Rooms: map[string]Room{}, Trainers: map[string]Trainer{}}
	if location != "" {
		if d.Calendar, err = calendarOf(ctx, q, Series{LocationID: location}); err != nil {
			return d, err
		}
	}
	all, err := rooms(ctx, q)
	if err != nil {
		return d, err
	}
	for _, r := range all {
		d.Rooms[r.ID] = r
	}
	known, err := trainers(ctx, q)
	if err != nil {
		return d, err
	}
	for _, t := range known {
		d.Trainers[t.ID] = t
	}
	if d.Travel, err = travelOf(ctx, q); err != nil {
		return d, err
	}
	since := data.Stamp(from)
	for _, query := range []string{
		busyTrainers + ` AND s.id <> $1 AND x.end_at > $2 ORDER BY x.start_at, x.id, g.trainer_id`,
		`SELECT x.room_id, x.start_at, x.end_at, s.location_id, s.seats, s.code FROM course_sessions x JOIN course_series s ON s.id = x.series_id
			WHERE x.state = 'planned' AND s.state <> 'cancelled' AND s.id <> $1 AND x.end_at > $2 ORDER BY x.start_at, x.id`,
	} {
		busy, err := data.List(ctx, q, scanBusy, query, but, since)
		if err != nil {
			return d, err
		}
		d.Busy = append(d.Busy, busy...)
	}
	others, err := busyByOthers(ctx, q)
	d.Busy = append(d.Busy, others...)
	return d, err
}

// Examine is the series doctor: what is wrong with the sessions of a series as they were planned, or would be, at a
// location. but is the series that they are of; empty for a new one. It changes nothing.
func (s *Store) Examine(ctx context.Context, by data.Actor, location string, seats int, sessions []Session, but string) (found []Finding, err error) {
	err = s.db.ViewFor(ctx, by, planners(), func(q data.Query) error {
		d, err := doctor(ctx, q, location, seats, but)
		if err != nil {
			return err
		}
		found = d.Examine(sessions)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("examine sessions: %w", err)
	}
	return found, nil
}

// Shift is the doctor's one key: the sessions from a number on, moved by whole weeks until that session can be given. It
// changes nothing; found is false when no week in a year will do. skip tells which days the series leaves out, as for
// Doctor.Shift.
func (s *Store) Shift(ctx context.Context, by data.Actor, location string, seats int, sessions []Session, number int, but string, skip func(day time.Time) bool) (shifted []Session, found bool, err error) {
	err = s.db.ViewFor(ctx, by, planners(), func(q data.Query) error {
		d, err := doctor(ctx, q, location, seats, but)
		if err != nil {
			return err
		}
		shifted, found = d.Shift(sessions, number, skip)
		return nil
	})
	if err != nil {
		return nil, false, fmt.Errorf("shift sessions: %w", err)
	}
	return shifted, found, nil
}

// Publish opens a draft for enrolment, once the doctor finds nothing hard, and audits it. Who was put in the draft, since it
// was made for them, is booked before anybody else can be. It returns a *SickError, ErrSeriesOver for what is no draft, and
// data.ErrNotFound.
func (s *Store) Publish(ctx context.Context, by data.Actor, id string) error {
	err := s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		of, err := seriesOf(ctx, tx, id)
		if err != nil {
			return err
		}
		if of.State != Draft {
			return ErrSeriesOver
		}
		sessions, err := sessionsOf(ctx, tx, id)
		if err != nil {
			return err
		}
		d, err := doctor(ctx, tx, of.LocationID, of.Seats, id)
		if err != nil {
			return err
		}
		found := slices.DeleteFunc(d.Examine(sessions), func(f Finding) bool { return !f.Fault.Hard() })
		if len(found) > 0 {
			return &SickError{found}
		}
		if err := setSeries(ctx, tx, id, Published); err != nil {
			return err
		}
		of.State = Published
		if err := seatGroup(ctx, tx, by, of); err != nil {
			return err
		}
		if err := tellTrainers(ctx, tx, of, trainersOf(sessions)); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "series.publish", id, "number", of.Code)
	})
	if err != nil {
		return fmt.Errorf("publish series %s: %w", data.Clean(id, 40), err)
	}
	return nil
}

// seatGroup books who waits in a series: they are told of a seat, and not offered one.
func seatGroup(ctx context.Context, tx *data.Tx, by data.Actor, of Series) error {
	_, waiting, err := waiters(ctx, tx, of.ID)
	if err != nil {
		return err
	}
	if _, err = moveUp(ctx, tx, by, of, slices.Collect(maps.Keys(waiting))...); err != nil {
		return err
	}
	in, err := enrolmentsOf(ctx, tx, of.ID)
	if err != nil {
		return err
	}
	for _, e := range in { // nobody heard of a draft
		if e.Ended.IsZero() {
			if err := tell(ctx, tx, e, aboutState(e.State), false); err != nil {
				return err
			}
		}
	}
	return nil
}

func setSeries(ctx context.Context, tx *data.Tx, id string, state SeriesState) error {
	return data.OneRow(tx.ExecContext(ctx, `UPDATE course_series SET state = $1 WHERE id = $2`, string(state), id))
}

// ErrChanged says that what was to be changed is no longer what the one who changes it saw: somebody was first.
var ErrChanged = errors.New("changed by somebody else")

// SeriesChange is what a planner may change of a series whose sessions stay.
type SeriesChange struct {
	Was          *Series // as the planner saw it; nil: however it is
	Least, Seats int
	DecideOn     string // YYYY-MM-DD
	EnrolUntil   time.Time
	StopMinutes  int
	ByHand       bool
	NoApproval   bool
	Promotion    Promotion
	OfferDays    int
	Note         string
}

// ChangeSeries changes a series, gives new seats to who waits, and audits it. It returns ErrHasSeats, ErrSeriesOver,
// ErrChanged, a *ConflictError when the room has no places for more seats, an *data.Invalid, and data.ErrNotFound.
func (s *Store) ChangeSeries(ctx context.Context, by data.Actor, id string, c SeriesChange) (one Series, err error) {
	if err := data.ShortTexts(noteLimit, data.Typed("note", &c.Note)); err != nil {
		return Series{}, err
	}
	if err := data.OptionalDay("decide", c.DecideOn); err != nil {
		return Series{}, err
	}
	err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		if one, err = seriesOf(ctx, tx, id); err != nil {
			return err
		}
		if one.State == SeriesCancelled || one.State == Closed {
			return ErrSeriesOver
		}
		if c.Was != nil && *c.Was != one {
			return ErrChanged
		}
		was := one.Seats
		one.Least, one.Seats, one.DecideOn, one.EnrolUntil, one.StopMinutes = c.Least, c.Seats, c.DecideOn, c.EnrolUntil, c.StopMinutes
		one.Auto, one.Approval, one.Note = !c.ByHand, !c.NoApproval, c.Note
		if c.Promotion == Direct || c.Promotion == Offer {
			one.Promotion = c.Promotion
		}
		one.OfferDays = or(min(c.OfferDays, 30), one.OfferDays)
		if err := one.check(); err != nil {
			return err
		}
		if err := reseat(ctx, tx, one, was); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE course_series SET least = $1, seats = $2, decide_on = $3, enrol_until = $4, stop_minutes = $5, auto = $6, approval = $7,
			promotion = $8, offer_days = $9, details = $10 WHERE id = $11`, one.Least, one.Seats, one.DecideOn, data.Stamp(one.EnrolUntil), one.StopMinutes, boolInt(one.Auto),
			boolInt(one.Approval), string(one.Promotion), one.OfferDays, data.Pack(seriesDetails{one.Note}), id); err != nil {
			return err
		}
		if _, err := moveUp(ctx, tx, by, one); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "series.change", id, "number", one.Code, "count", strconv.Itoa(one.Seats))
	})
	if err != nil {
		return Series{}, fmt.Errorf("change series %s: %w", data.Clean(id, 40), err)
	}
	return one, nil
}

// reseat holds the rooms for another number of seats: those who sit on a seat that goes get a lower one.
func reseat(ctx context.Context, tx *data.Tx, one Series, was int) error {
	if one.Seats == was {
		return nil
	}
	held, err := data.List(ctx, tx, scanEnrolment, enrolmentColumns+` WHERE e.series_id = $1 AND e.seat > 0 ORDER BY e.seat, e.id`, one.ID)
	if err != nil {
		return err
	}
	if len(held) > one.Seats {
		return ErrHasSeats
	}
	for i, e := range held { // in order of seat, so that the new one is free
		if _, err := tx.ExecContext(ctx, `UPDATE enrolments SET seat = $1 WHERE id = $2`, i+1, e.ID); err != nil {
			return err
		}
	}
	sessions, err := sessionsOf(ctx, tx, one.ID)
	if err != nil {
		return err
	}
	for _, x := range sessions {
		span := x.Instants()
		if x.State == SessionCancelled || !span.To.After(tx.Now()) {
			continue
		}
		room, err := roomOf(ctx, tx, x.RoomID)
		if err != nil {
			return err
		}
		if err := ReleaseRoom(ctx, tx, x.ID); err != nil {
			return err
		}
		if err := holdRoom(ctx, tx, room, holding{holder: x.ID, span: span, places: one.Seats, group: true}); err != nil {
			return numbered(err, x)
		}
	}
	return nil
}

// CancelSeries cancels a series that isn't done: all who are in it hear it, its rooms and trainers come free, sessions that
// were given stay. It audits. It returns ErrSeriesOver, an *data.Invalid without a reason, and data.ErrNotFound.
func (s *Store) CancelSeries(ctx context.Context, by data.Actor, id, reason string) error {
	if reason = data.Clean(reason, noteLimit); reason == "" {
		return &data.Invalid{Field: "reason", Why: data.WhyEmpty}
	}
	err := s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		of, err := seriesOf(ctx, tx, id)
		if err != nil {
			return err
		}
		return cancelSeries(ctx, tx, by, of, reason)
	})
	if err != nil {
		return fmt.Errorf("cancel series %s: %w", data.Clean(id, 40), err)
	}
	return nil
}

func cancelSeries(ctx context.Context, tx *data.Tx, by data.Actor, of Series, reason string) error {
	if of.State == SeriesCancelled || of.State == Closed {
		return ErrSeriesOver
	}
	sessions, err := sessionsOf(ctx, tx, of.ID)
	if err != nil {
		return err
	}
	if of.State != Draft && AllPast(sessions, tx.Now()) { // what was followed stays
		return ErrSeriesOver
	}
	in, err := data.List(ctx, tx, scanEnrolment, enrolmentColumns+` WHERE e.series_id = $1 AND e.state IN `+active+` ORDER BY e.queued_at, e.id`, of.ID)
	if err != nil {
		return err
	}
	for _, e := range in {
		if err := end(ctx, tx, by, e, Withdrawn, reason); err != nil {
			return err
		}
		if err := addEvent(ctx, tx, by, e, "series", reason); err != nil {
			return err
		}
		if err := tell(ctx, tx, e, AboutStopped, false); err != nil {
			return err
		}
	}
	for _, x := range sessions {
		if x.State == Planned && x.Instants().From.After(tx.Now().Add(early)) { // who could sign in was there
			if err := cancelSession(ctx, tx, x); err != nil {
				return err
			}
		}
	}
	if err := tellTrainers(ctx, tx, of, trainersOf(sessions)); err != nil {
		return err
	}
	if err := setSeries(ctx, tx, of.ID, SeriesCancelled); err != nil {
		return err
	}
	return tx.Audit(ctx, by, "series.cancel", of.ID, "number", of.Code, "reason", reason)
}

// Close ends a series whose last session is over: its waiting list lapses, and attendance stays. It audits. It returns
// ErrNotYet, ErrSeriesOver, and data.ErrNotFound.
func (s *Store) Close(ctx context.Context, by data.Actor, id string) error {
	err := s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		of, err := seriesOf(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case of.State != Published && of.State != Going:
			return ErrSeriesOver
		case of.Last.After(tx.Now()):
			return ErrNotYet
		}
		rest, err := data.List(ctx, tx, scanEnrolment, enrolmentColumns+` WHERE e.series_id = $1 AND e.state IN ('approval', 'waiting', 'offered') ORDER BY e.queued_at, e.id`, id)
		if err != nil {
			return err
		}
		for _, e := range rest {
			if err := end(ctx, tx, by, e, Lapsed, ""); err != nil {
				return err
			}
		}
		if err := setSeries(ctx, tx, id, Closed); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "series.close", id, "number", of.Code)
	})
	if err != nil {
		return fmt.Errorf("close series %s: %w", data.Clean(id, 40), err)
	}
	return nil
}
