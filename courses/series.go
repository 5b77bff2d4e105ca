package courses

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
)

// SeriesState says how far a series is.
type SeriesState string

// The states of a series.
const (
	Draft           SeriesState = "draft"     // only planners see it; rooms and trainers are held
	Published       SeriesState = "published" // people can enrol
	Going           SeriesState = "going"     // somebody decided that it goes ahead
	SeriesCancelled SeriesState = "cancelled" // afgelast
	Closed          SeriesState = "closed"    // over and done
)

// Series is a course given at set times to one group. What enrolment goes by is copied from the course when the series is
// made.
type Series struct {
	ID         string
	CourseID   string
	Course     string // title
	Code       string // as people call it: "26-014"; unique
	LocationID string
	Location   string // name
	Address    calendar.Address
	State      SeriesState
	Least      int // goes ahead from this many participants
	Seats      int // 1 to 500
	Promotion  Promotion
	OfferDays  int    // opening days that an offer stands, 1 to 30
	DecideOn   string // YYYY-MM-DD: the day to decide whether it goes ahead
	// Enrolment ends at EnrolUntil, an instant, and at the latest StopMinutes before the first session; with Auto off
	// nobody moves up by itself.
	EnrolUntil  time.Time
	StopMinutes int
	Auto        bool
	Approval    bool      // staff wait for their head first
	First, Last time.Time // the beginning of the first session and the end of the last; zero without sessions
	Note        string
}

// Where is the location with its address, in one line.
func (s Series) Where() string { return s.Address.Place(s.Location) }

// seriesDetails is what of a series is only read as a whole.
type seriesDetails struct {
	Note string `json:"note,omitempty"`
}

// Shut tells why nobody can get a seat in the series by itself at an instant: empty when they can. It is one rule for who
// enrols and for who moves up.
func (s Series) Shut(now time.Time) ShutWhy {
	switch {
	case s.State == SeriesCancelled || s.State == Closed:
		return ShutOver
	case s.State == Draft:
		return ShutDraft
	case s.First.IsZero() || !now.Before(s.First):
		return ShutStarted
	case !s.EnrolUntil.IsZero() && !now.Before(s.EnrolUntil):
		return ShutEnded
	case !now.Before(s.First.Add(-time.Duration(s.StopMinutes) * time.Minute)):
		return ShutStopped
	case !s.Auto:
		return ShutByHand
	}
	return ""
}

// StateAt is State as it is in fact: who planned a series may close it long after its last session.
func (s Series) StateAt(now time.Time) SeriesState {
	if (s.State == Published || s.State == Going) && !s.Last.IsZero() && !now.Before(s.Last) {
		return Closed
	}
	return s.State
}

// AllPast tells whether the moments of all sessions are over, those of cancelled ones too: then nothing is left to cancel.
func AllPast(all []Session, now time.Time) bool {
	return len(all) > 0 && !slices.ContainsFunc(all, func(x Session) bool { return x.Instants().To.After(now) })
}

// IsRunning tells whether the lessons of a series that goes on have begun, and are not over.
func (s Series) IsRunning(now time.Time) bool {
	state := s.StateAt(now)
	return (state == Published || state == Going) && !s.First.IsZero() && !now.Before(s.First)
}

// ShutWhy says why nobody gets a seat.
type ShutWhy string

// Why a series is shut.
const (
	ShutDraft   ShutWhy = "draft"   // not published yet
	ShutOver    ShutWhy = "over"    // cancelled or done
	ShutStarted ShutWhy = "started" // the first session began
	ShutEnded   ShutWhy = "ended"   // enrolment closed
	ShutStopped ShutWhy = "stopped" // too near to the start
	ShutByHand  ShutWhy = "by_hand" // somebody decides on each seat
)

// SeriesAsk is what a planner asks of a new series, or of one that is changed.
type SeriesAsk struct {
	Course      string // id
	Location    string // id
	Code        string // empty: the next one of the year
	Least       int    // 0: the course's
	Seats       int    // 0: the course's
	DecideDays  int    // days before the first session; 0: the course's
	EnrolUntil  time.Time
	StopMinutes int
	ByHand      bool // nobody moves up by itself
	NoApproval  bool // staff don't wait for their head
	Note        string
	Sessions    []Session // Slot, RoomID, Trainers, Note; numbered anew in order of time
}

// AddSeries makes a draft with its sessions, holds the rooms and the trainers, and audits it. It returns a
// *ConflictError when something is taken, an *data.Invalid, and data.ErrNotFound.
func (s *Store) AddSeries(ctx context.Context, by data.Actor, ask SeriesAsk) (one Series, err error) {
	if err := data.ShortTexts(noteLimit, data.Typed("note", &ask.Note)); err != nil {
		return Series{}, err
	}
	if len(ask.Sessions) == 0 || len(ask.Sessions) > mostSessions {
		return Series{}, &data.Invalid{Field: "sessions", Why: data.WhyNumber, Want: "1 … " + strconv.Itoa(mostSessions), Got: strconv.Itoa(len(ask.Sessions))}
	}
	err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		one, err = addSeries(ctx, tx, by, ask)
		return err
	})
	if err != nil {
		return Series{}, fmt.Errorf("add series: %w", err)
	}
	return one, nil
}

func addSeries(ctx context.Context, tx *data.Tx, by data.Actor, ask SeriesAsk) (Series, error) {
	c, err := courseOf(ctx, tx, ask.Course)
	if err != nil {
		return Series{}, err
	}
	one := Series{ID: data.NewID(), CourseID: c.ID, Course: c.Title, Code: data.Clean(ask.Code, 20), LocationID: ask.Location, State: Draft,
		Least: or(ask.Least, c.Least), Seats: or(ask.Seats, c.Most), Promotion: c.Promotion, OfferDays: or(c.OfferDays, 3), EnrolUntil: ask.EnrolUntil,
		StopMinutes: ask.StopMinutes, Auto: !ask.ByHand, Approval: !ask.NoApproval, Note: ask.Note}
	if err := one.check(); err != nil {
		return Series{}, err
	}
	sessions := ordered(ask.Sessions)
	one.span(sessions)
	one.DecideOn = data.DayText(data.StoredDay(data.DayOf(one.First)).AddDate(0, 0, -or(ask.DecideDays, c.DecideDays)))
	if one.Code == "" {
		if one.Code, err = nextCode(ctx, tx, one.First); err != nil {
			return Series{}, err
		}
	}
	if err := insertSeries(ctx, tx, one); err != nil {
		return Series{}, err
	}
	for i := range sessions {
		sessions[i].ID, sessions[i].SeriesID = data.NewID(), one.ID
		if err := insertSession(ctx, tx, one, sessions[i]); err != nil {
			return Series{}, err
		}
	}
	return one, tx.Audit(ctx, by, "series.add", one.ID, "number", one.Code, "title", one.Course)
}

// insertSeries writes a new series. It returns an *data.Invalid for a code that another one has.
func insertSeries(ctx context.Context, tx *data.Tx, one Series) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO course_series (id, course_id, code, location_id, state, least, seats, promotion, offer_days, decide_on, enrol_until,
		stop_minutes, auto, approval, details, first_at, last_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
		one.ID, one.CourseID, one.Code, one.LocationID, string(one.State), one.Least, one.Seats, string(one.Promotion), one.OfferDays, one.DecideOn, data.Stamp(one.EnrolUntil),
		one.StopMinutes, boolInt(one.Auto), boolInt(one.Approval), data.Pack(seriesDetails{one.Note}), data.Stamp(one.First), data.Stamp(one.Last), tx.Now().UnixMilli())
	if data.IsUnique(err) {
		return &data.Invalid{Field: "code", Why: data.WhyTwice, Got: one.Code}
	}
	return err
}

// or gives a number that was said, or else another one.
func or(said, other int) int {
	if said > 0 {
		return said
	}
	return other
}

func (s *Series) check() error {
	switch {
	case s.Seats < 1 || s.Seats > 500:
		return &data.Invalid{Field: "seats", Why: data.WhyNumber, Want: "1 … 500", Got: strconv.Itoa(s.Seats)}
	case s.Least < 0 || s.Least > s.Seats:
		return &data.Invalid{Field: "least", Why: data.WhyNumber, Want: "0 … " + strconv.Itoa(s.Seats), Got: strconv.Itoa(s.Least)}
	case s.StopMinutes < 0 || s.StopMinutes > 14*24*60:
		return &data.Invalid{Field: "stop", Why: data.WhyNumber, Want: "0 … 20160", Got: strconv.Itoa(s.StopMinutes)}
	}
	return nil
}

// ordered gives sessions in order of time, numbered from 1.
func ordered(all []Session) []Session {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b Session) int {
		if c := a.Day.Compare(b.Day); c != 0 {
			return c
		}
		return int(a.From - b.From)
	})
	for i := range all {
		all[i].Number, all[i].State = i+1, Planned
	}
	return all
}

// span sets when the series begins and ends.
func (s *Series) span(all []Session) {
	s.First, s.Last = time.Time{}, time.Time{}
	for _, one := range all {
		if one.State == SessionCancelled {
			continue
		}
		real := one.Instants()
		if s.First.IsZero() || real.From.Before(s.First) {
			s.First = real.From
		}
		if real.To.After(s.Last) {
			s.Last = real.To
		}
	}
}

// nextCode gives the next free code of the year in which a series begins: "26-001".
func nextCode(ctx context.Context, tx *data.Tx, begins time.Time) (string, error) {
	year := begins.In(data.Brussels).Format("06")
	var last string
	if err := data.One(ctx, tx, []any{&last}, `SELECT coalesce(max(code), '') FROM course_series WHERE code LIKE $1 AND length(code) = 6`, year+"-%"); err != nil {
		return "", err
	}
	n := 0
	if last != "" {
		n, _ = strconv.Atoi(last[3:]) // a code that somebody typed counts from 0
	}
	for n++; ; n++ {
		code := fmt.Sprintf("%s-%03d", year, n)
		var taken int
		if err := data.One(ctx, tx, []any{&taken}, `SELECT count(*) FROM course_series WHERE code = $1`, code); err != nil || taken == 0 {
			return code, err
		}
	}
}

// seriesFields are what scanSeries reads, of s, c and l.
const seriesFields = `s.id, s.course_id, c.title, s.code, s.location_id, l.name, l.street, l.postcode, l.town, s.state, s.least, s.seats, s.promotion, s.offer_days, s.decide_on, s.enrol_until,
	s.stop_minutes, s.auto, s.approval, s.details, s.first_at, s.last_at`

const seriesColumns = `SELECT ` + seriesFields + ` FROM course_series s JOIN courses c ON c.id = s.course_id JOIN locations l ON l.id = s.location_id`

func scanSeries(scan func(...any) error) (s Series, err error) {
	var until, firstAt, lastAt int64
	var details string
	if err = scan(&s.ID, &s.CourseID, &s.Course, &s.Code, &s.LocationID, &s.Location, &s.Address.Street, &s.Address.Postcode, &s.Address.Town, &s.State, &s.Least, &s.Seats, &s.Promotion, &s.OfferDays, &s.DecideOn, &until,
		&s.StopMinutes, &s.Auto, &s.Approval, &details, &firstAt, &lastAt); err != nil {
		return s, err
	}
	s.EnrolUntil, s.First, s.Last = data.StoredInstant(until), data.StoredInstant(firstAt), data.StoredInstant(lastAt)
	var d seriesDetails
	err = data.Unpack(details, &d)
	s.Note = d.Note
	return s, err
}

func seriesOf(ctx context.Context, q data.Query, id string) (Series, error) {
	all, err := data.List(ctx, q, scanSeries, seriesColumns+` WHERE s.id = $1`, id)
	return first(all, err, "series", id)
}

// Series finds one. It returns data.ErrNotFound.
func (s *Store) Series(ctx context.Context, by data.Actor, id string) (one Series, sessions []Session, err error) {
	err = s.db.ViewFor(ctx, by, readers(), func(q data.Query) error {
		if one, err = seriesOf(ctx, q, id); err != nil {
			return err
		}
		sessions, err = sessionsOf(ctx, q, id)
		return err
	})
	return one, sessions, err
}

// calendarOf is the calendar of a series' location.
func calendarOf(ctx context.Context, q data.Query, s Series) (calendar.Calendar, error) {
	return calendar.Of(ctx, q, s.LocationID)
}
