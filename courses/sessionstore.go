package courses

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
)

// What stands in the way of changing a session.
var (
	// ErrSessionOver says that a session was given, or cancelled: it stays as it was.
	ErrSessionOver = errors.New("session is over")
	// ErrSeriesOver says that a series is cancelled or done.
	ErrSeriesOver = errors.New("series is over")
)

// sessionFields are what scanSession reads, of x and r.
const sessionFields = `x.id, x.series_id, x.number, x.on_day, x.from_min, x.until_min, x.room_id, r.name, x.state, x.sequence, x.note`

const sessionColumns = `SELECT ` + sessionFields + ` FROM course_sessions x JOIN rooms r ON r.id = x.room_id`

func scanSession(scan func(...any) error) (s Session, err error) {
	var day string
	err = scan(&s.ID, &s.SeriesID, &s.Number, &day, &s.From, &s.To, &s.RoomID, &s.Room, &s.State, &s.Sequence, &s.Note)
	s.Day = data.StoredDay(day)
	return s, err
}

// sessionsOf lists the sessions of a series in order of number, with their trainers.
func sessionsOf(ctx context.Context, q data.Query, series string) ([]Session, error) {
	return sessionsWhere(ctx, q, `x.series_id = $1`, series)
}

// sessionsWhere lists sessions by series and number.
func sessionsWhere(ctx context.Context, q data.Query, where string, args ...any) ([]Session, error) {
	all, err := data.List(ctx, q, scanSession, sessionColumns+` WHERE `+where+` ORDER BY x.series_id, x.number`, args...)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	by := map[string][]string{}
	_, err = data.List(ctx, q, func(scan func(...any) error) (pair [2]string, err error) {
		if err = scan(&pair[0], &pair[1]); err == nil {
			by[pair[0]] = append(by[pair[0]], pair[1])
		}
		return pair, err
	}, `SELECT g.session_id, g.trainer_id FROM course_session_trainers g JOIN trainers t ON t.id = g.trainer_id JOIN course_sessions x ON x.id = g.session_id
		JOIN rooms r ON r.id = x.room_id WHERE `+where+` ORDER BY g.session_id, t.sort_key, t.id`, args...)
	for i := range all {
		all[i].Trainers = by[all[i].ID]
	}
	return all, err
}

func sessionOf(ctx context.Context, q data.Query, id string) (Session, error) {
	all, err := sessionsWhere(ctx, q, `x.id = $1`, id)
	return first(all, err, "session", id)
}

// insertSession writes a session and holds what it needs. It returns a *ConflictError.
func insertSession(ctx context.Context, tx *data.Tx, of Series, s Session) error {
	if err := writeSession(ctx, tx, s); err != nil {
		return err
	}
	return holdSession(ctx, tx, of, s)
}

// writeSession writes a session that holds nothing yet.
func writeSession(ctx context.Context, tx *data.Tx, s Session) error {
	span := s.Instants()
	_, err := tx.ExecContext(ctx, `INSERT INTO course_sessions (id, series_id, number, on_day, from_min, until_min, start_at, end_at, room_id, state, sequence, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'planned', 0, $10)`, s.ID, s.SeriesID, s.Number, data.DayText(s.Day), int(s.From), int(s.To), span.From.UnixMilli(),
		span.To.UnixMilli(), s.RoomID, data.Clean(s.Note, noteLimit))
	return err
}

// holdSession checks a session against room, trainers and participants, and holds its quarters.
func holdSession(ctx context.Context, tx *data.Tx, of Series, s Session) error {
	if _, err := NewSlot(s.Day, s.From, s.To); err != nil {
		return err
	}
	span := s.Instants()
	room, err := roomOf(ctx, tx, s.RoomID)
	if err != nil {
		return err
	}
	if f := room.Usable(s.Slot); f != "" {
		return &ConflictError{Fault: f, Session: s.Number, At: span.From, Room: room.Name}
	}
	if err := holdRoom(ctx, tx, room, holding{holder: s.ID, span: span, places: of.Seats, group: true}); err != nil {
		return numbered(err, s)
	}
	if err := holdTrainers(ctx, tx, of, s, span); err != nil {
		return numbered(err, s)
	}
	return numbered(participantsFree(ctx, tx, s, span), s)
}

// numbered adds to a conflict which session it is.
func numbered(err error, s Session) error {
	var c *ConflictError
	if errors.As(err, &c) {
		c.Session = s.Number
	}
	return err
}

// holdTrainers holds who gives a session, and counts the way to and from their other lessons.
func holdTrainers(ctx context.Context, tx *data.Tx, of Series, s Session, span calendar.Interval) error {
	if len(s.Trainers) == 0 {
		return nil
	}
	known, err := trainers(ctx, tx)
	if err != nil {
		return err
	}
	travel, err := travelOf(ctx, tx)
	if err != nil {
		return err
	}
	for _, id := range s.Trainers {
		at := slices.IndexFunc(known, func(t Trainer) bool { return t.ID == id })
		if at < 0 {
			return fmt.Errorf("trainer %s: %w", data.Clean(id, 40), data.ErrNotFound)
		}
		t := known[at]
		if f := t.Available(s.Day, s.From, s.To); f != "" {
			return &ConflictError{Fault: f, At: span.From, Trainer: t.Name}
		}
		if err := onTheWay(ctx, tx, of, s, t, travel, span); err != nil {
			return err
		}
		if err := holdTrainer(ctx, tx, s, t, span); err != nil {
			return err
		}
	}
	return nil
}

// holdTrainer writes that a trainer gives a session, and holds the time. It returns a *ConflictError.
func holdTrainer(ctx context.Context, tx *data.Tx, s Session, t Trainer, span calendar.Interval) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO course_session_trainers (session_id, trainer_id) VALUES ($1, $2)`, s.ID, t.ID); err != nil {
		return err
	}
	for _, q := range quarters(span) {
		if _, err := tx.ExecContext(ctx, `INSERT INTO trainer_quarters (trainer_id, quarter, session_id) VALUES ($1, $2, $3)`, t.ID, q, s.ID); data.IsUnique(err) {
			return &ConflictError{Fault: FaultTrainerTaken, At: span.From, Trainer: t.Name}
		} else if err != nil {
			return err
		}
	}
	return nil
}

// onTheWay tells whether a trainer gives another lesson at that time, or can't be there in time.
func onTheWay(ctx context.Context, q data.Query, of Series, s Session, t Trainer, travel Travel, span calendar.Interval) error {
	busy, err := data.List(ctx, q, scanBusy, busyTrainers+` AND g.trainer_id = $1 AND x.id <> $2 AND x.end_at > $3 AND x.start_at < $4 ORDER BY x.start_at, x.id`,
		t.ID, s.ID, span.From.Add(-4*time.Hour).UnixMilli(), span.To.Add(4*time.Hour).UnixMilli())
	if err != nil {
		return err
	}
	for _, b := range busy {
		far := time.Duration(travel(t, of.LocationID, b.Location)) * time.Minute
		switch {
		case overlap(b.Span, span):
			return &ConflictError{Fault: FaultTrainerTaken, At: span.From, Trainer: t.Name, With: b.With}
		case overlap(calendar.Interval{From: b.Span.From.Add(-far), To: b.Span.To.Add(far)}, span):
			return &ConflictError{Fault: FaultTrainerTravel, At: span.From, Trainer: t.Name, With: b.With}
		}
	}
	return nil
}

const busyTrainers = `SELECT g.trainer_id, x.start_at, x.end_at, s.location_id, 0, s.code FROM course_sessions x JOIN course_series s ON s.id = x.series_id
	JOIN course_session_trainers g ON g.session_id = x.id WHERE x.state = 'planned' AND s.state <> 'cancelled'`

func scanBusy(scan func(...any) error) (b Busy, err error) {
	var from, until int64
	err = scan(&b.Of, &from, &until, &b.Location, &b.Places, &b.With)
	b.Span = calendar.Interval{From: data.Milli(from), To: data.Milli(until)}
	return b, err
}

// travelOf gives the minutes between locations: none within one, those that were said, or else the trainer's own.
func travelOf(ctx context.Context, q data.Query) (Travel, error) {
	said := map[[2]string]int{}
	_, err := data.List(ctx, q, func(scan func(...any) error) (_ int, err error) {
		var pair [2]string
		var minutes int
		if err = scan(&pair[0], &pair[1], &minutes); err == nil {
			said[pair] = minutes
		}
		return minutes, err
	}, `SELECT a, b, minutes FROM course_travel ORDER BY a, b`)
	return func(t Trainer, a, b string) int {
		if a == b {
			return 0
		}
		if minutes, is := said[[2]string{min(a, b), max(a, b)}]; is {
			return minutes
		}
		return t.TravelMinutes
	}, err
}

// TravelTime is how many minutes there are between two locations, in either direction.
type TravelTime struct {
	A, B    string // ids of locations, A before B
	Minutes int
}

// TravelTimes lists what was said of the way between locations. Where nothing was said a trainer's own minutes count.
func (s *Store) TravelTimes(ctx context.Context, by data.Actor) (all []TravelTime, err error) {
	err = s.db.ViewFor(ctx, by, readers(), func(q data.Query) error {
		all, err = data.List(ctx, q, func(scan func(...any) error) (t TravelTime, err error) {
			return t, scan(&t.A, &t.B, &t.Minutes)
		}, `SELECT a, b, minutes FROM course_travel ORDER BY a, b`)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list travel times: %w", err)
	}
	return all, nil
}

// SetTravel says how many minutes there are between two locations, and audits it.
func (s *Store) SetTravel(ctx context.Context, by data.Actor, a, b string, minutes int) error {
	if a == b || minutes < 0 || minutes > 240 {
		return &data.Invalid{Field: "travel", Why: data.WhyNumber, Want: "0 … 240"}
	}
	return s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO course_travel (a, b, minutes) VALUES ($1, $2, $3) ON CONFLICT (a, b) DO UPDATE SET minutes = excluded.minutes`,
			min(a, b), max(a, b), minutes); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "trainer.travel", a)
	})
}

// participantsFree tells whether those who are in a session have no other one at that time.
func participantsFree(ctx context.Context, q data.Query, s Session, span calendar.Interval) error {
	found, err := data.List(ctx, q, func(scan func(...any) error) (c ConflictError, err error) {
		var given, family string
		err = scan(&given, &family, &c.With)
		c.Who = data.Clean(given+" "+family, 0)
		return c, err
	}, `SELECT p.given, p.family, s2.code FROM enrolments e JOIN participants p ON p.id = e.participant_id
		JOIN enrolments e2 ON e2.participant_id = e.participant_id AND e2.series_id <> e.series_id AND e2.state IN ('booked', 'offered')
		JOIN course_series s2 ON s2.id = e2.series_id JOIN course_sessions x2 ON x2.series_id = s2.id AND x2.state = 'planned'
		WHERE e.series_id = $1 AND e.state IN ('booked', 'offered') AND x2.start_at < $2 AND x2.end_at > $3 ORDER BY p.sort_key, p.id, s2.code LIMIT 1`,
		s.SeriesID, span.To.UnixMilli(), span.From.UnixMilli())
	if err != nil || len(found) == 0 {
		return err
	}
	c := found[0]
	c.Fault, c.At = FaultParticipantTaken, span.From
	return &c
}

// releaseSession gives back what a session holds, and takes its trainers off.
func releaseSession(ctx context.Context, tx *data.Tx, id string) error {
	if err := freeSession(ctx, tx, id); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM course_session_trainers WHERE session_id = $1`, id)
	return err
}

// freeSession gives back the time that a session holds of its room and its trainers.
func freeSession(ctx context.Context, tx *data.Tx, id string) error {
	if err := ReleaseRoom(ctx, tx, id); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM trainer_quarters WHERE session_id = $1`, id)
	return err
}

// MoveSession gives a session other times, another room or other trainers, and audits it. Attendance stays with it, its
// invitation gets the next sequence, and the series begins and ends where its sessions now do. Sessions keep their numbers
// also when one passes another. It returns a *ConflictError, ErrSessionOver, an *data.Invalid, and data.ErrNotFound.
func (s *Store) MoveSession(ctx context.Context, by data.Actor, id string, to Slot, room string, trainers []string) (Session, error) {
	return s.changeSession(ctx, by, Session{ID: id, Sequence: anySequence}, to, room, trainers)
}

// ChangeSession is MoveSession for who saw the session as it was: it returns ErrChanged when somebody was first.
func (s *Store) ChangeSession(ctx context.Context, by data.Actor, was Session, to Slot, room string, trainers []string) (Session, error) {
	return s.changeSession(ctx, by, was, to, room, trainers)
}

// anySequence stands for who didn't look how often a session had moved.
const anySequence = -1

func (s *Store) changeSession(ctx context.Context, by data.Actor, was Session, to Slot, room string, trainers []string) (moved Session, err error) {
	err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		if err := asSeen(ctx, tx, was); err != nil {
			return err
		}
		moved, err = moveSession(ctx, tx, by, was.ID, to, room, trainers)
		return err
	})
	if err != nil {
		return Session{}, fmt.Errorf("move session %s: %w", data.Clean(was.ID, 40), err)
	}
	return moved, nil
}

// asSeen returns ErrChanged when a session moved, or was cancelled, since somebody saw it.
func asSeen(ctx context.Context, tx *data.Tx, was Session) error {
	if was.Sequence == anySequence {
		return nil
	}
	now, err := sessionOf(ctx, tx, was.ID)
	if err == nil && now.Sequence != was.Sequence {
		err = ErrChanged
	}
	return err
}

func moveSession(ctx context.Context, tx *data.Tx, by data.Actor, id string, to Slot, room string, trainers []string) (Session, error) {
	was, err := sessionOf(ctx, tx, id)
	if err != nil {
		return Session{}, err
	}
	of, err := seriesOf(ctx, tx, was.SeriesID)
	if err != nil {
		return Session{}, err
	}
	if was.State == SessionCancelled || of.State == SeriesCancelled || of.State == Closed {
		return Session{}, ErrSessionOver
	}
	now := was
	now.Slot, now.RoomID, now.Trainers, now.Sequence = to, room, trainers, was.Sequence+1
	span := now.Instants()
	if !span.From.After(tx.Now()) && !was.Slot.Day.Equal(to.Day) {
		return Session{}, &data.Invalid{Field: "day", Why: WhyPast, Got: data.DayText(to.Day)}
	}
	if err := releaseSession(ctx, tx, id); err != nil {
		return Session{}, err
	}
	if err := holdSession(ctx, tx, of, now); err != nil {
		return Session{}, err
	}
	if err := data.OneRow(tx.ExecContext(ctx, `UPDATE course_sessions SET on_day = $1, from_min = $2, until_min = $3, start_at = $4, end_at = $5, room_id = $6, sequence = $7
		WHERE id = $8`, data.DayText(to.Day), int(to.From), int(to.To), span.From.UnixMilli(), span.To.UnixMilli(), room, now.Sequence, id)); err != nil {
		return Session{}, err
	}
	if err := respan(ctx, tx, of); err != nil {
		return Session{}, err
	}
	if was.Slot != now.Slot || was.RoomID != room { // another trainer is no news for who comes
		err = tellLesson(ctx, tx, of, id, slices.Concat(was.Trainers, trainers))
	} else {
		err = tellTrainers(ctx, tx, of, slices.Concat(was.Trainers, trainers))
	}
	if err != nil {
		return Session{}, err
	}
	if now, err = sessionOf(ctx, tx, id); err != nil {
		return Session{}, err
	}
	return now, tx.Audit(ctx, by, "session.move", id, "number", of.Code, "from", data.DayText(was.Day), "to", data.DayText(to.Day))
}

// respan writes when a series begins and ends, after its sessions changed.
func respan(ctx context.Context, tx *data.Tx, of Series) error {
	all, err := sessionsOf(ctx, tx, of.ID)
	if err != nil {
		return err
	}
	of.span(all)
	_, err = tx.ExecContext(ctx, `UPDATE course_series SET first_at = $1, last_at = $2 WHERE id = $3`, data.Stamp(of.First), data.Stamp(of.Last), of.ID)
	return err
}

// ShiftSessions moves several sessions of a series as one act: what the series doctor proposes. moved are sessions as
// they were seen, with the slot to move to; those whose slot is what it was stay. It returns what ChangeSession returns, and
// a *SickError when the location is closed on one of the new days: that it closes may be news since the doctor looked.
func (s *Store) ShiftSessions(ctx context.Context, by data.Actor, series string, moved []Session) error {
	err := s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		of, err := seriesOf(ctx, tx, series)
		if err != nil {
			return err
		}
		return shiftSessions(ctx, tx, by, of, moved)
	})
	if err != nil {
		return fmt.Errorf("shift sessions of series %s: %w", data.Clean(series, 40), err)
	}
	return nil
}

func shiftSessions(ctx context.Context, tx *data.Tx, by data.Actor, of Series, moved []Session) error {
	all, err := sessionsOf(ctx, tx, of.ID)
	if err != nil {
		return err
	}
	open, err := calendarOf(ctx, tx, of)
	if err != nil {
		return err
	}
	var going []Session
	var shut []Finding
	for _, one := range all {
		at := slices.IndexFunc(moved, func(m Session) bool { return m.ID == one.ID })
		switch {
		case at < 0 || moved[at].Slot == one.Slot:
			continue
		case moved[at].Sequence != one.Sequence:
			return ErrChanged
		case closedOn(open, moved[at].Day):
			_, why := open.OpenOn(moved[at].Day)
			shut = append(shut, Finding{Session: one.Number, Slot: moved[at].Slot, Fault: FaultClosed, Note: noteOf(why)})
		}
		one.Slot = moved[at].Slot
		going = append(going, one)
	}
	if len(shut) > 0 {
		return &SickError{shut}
	}
	for _, one := range going { // give all back first: a series may step on its own heels
		if err := releaseSession(ctx, tx, one.ID); err != nil {
			return err
		}
	}
	for _, one := range going {
		if _, err := moveSession(ctx, tx, by, one.ID, one.Slot, one.RoomID, one.Trainers); err != nil {
			return err
		}
	}
	return nil
}

// CancelSession cancels one session, gives back its room and trainers, and audits it: the others stay. A session with
// attendance can't be cancelled. It returns ErrSessionOver, and data.ErrNotFound.
func (s *Store) CancelSession(ctx context.Context, by data.Actor, id string) error {
	err := s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		one, err := sessionOf(ctx, tx, id)
		if err != nil {
			return err
		}
		var marked int
		if err := data.One(ctx, tx, []any{&marked}, `SELECT count(*) FROM attendance WHERE session_id = $1 AND mark <> 'expected'`, id); err != nil {
			return err
		}
		if one.State == SessionCancelled || marked > 0 {
			return ErrSessionOver
		}
		of, err := seriesOf(ctx, tx, one.SeriesID)
		if err != nil {
			return err
		}
		if err := tellLesson(ctx, tx, of, id, one.Trainers); err != nil { // before who comes to catch up is forgotten
			return err
		}
		if err := cancelSession(ctx, tx, one); err != nil {
			return err
		}
		if err := respan(ctx, tx, of); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "session.cancel", id, "number", of.Code, "day", data.DayText(one.Day))
	})
	if err != nil {
		return fmt.Errorf("cancel session %s: %w", data.Clean(id, 40), err)
	}
	return nil
}

// cancelSession ends a session: what was expected of it is expected no more. Who would have given it stays known, since
// they must hear it and their calendars must show it.
func cancelSession(ctx context.Context, tx *data.Tx, one Session) error {
	if err := freeSession(ctx, tx, one.ID); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM attendance WHERE session_id = $1 AND mark = 'expected'`, one.ID); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE course_sessions SET state = 'cancelled', sequence = sequence + 1 WHERE id = $1`, one.ID)
	return err
}
