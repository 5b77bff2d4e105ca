package courses

import (
	"context"
	"errors"
	"fmt"
	"time"

	"digibrug/data"
)

// EnrolmentState says how an enrolment stands.
type EnrolmentState string

// The states of an enrolment. The first four are active: one person has one of them per series.
const (
	AwaitsHead EnrolmentState = "approval"  // the head of service must say yes
	Waiting    EnrolmentState = "waiting"   // on the waiting list
	Offered    EnrolmentState = "offered"   // holds a seat until OfferUntil
	Booked     EnrolmentState = "booked"    // has a seat
	Withdrawn  EnrolmentState = "cancelled" // by the person, or with the series: Reason says
	Lapsed     EnrolmentState = "lapsed"    // an offer that nobody took in time
	Refused    EnrolmentState = "refused"   // by the head
	MovedOn    EnrolmentState = "moved"     // to another series of the course
)

// active are the states in which somebody is in a series.
const active = `('approval', 'waiting', 'offered', 'booked')`

// seated are the states that hold a seat.
const seated = `('offered', 'booked')`

// Source says how an enrolment came in.
type Source string

// The sources.
const (
	BySelf        Source = "self"
	ByDesk        Source = "desk"
	ByKiosk       Source = "kiosk"
	ByCoordinator Source = "coordinator"
	ByImport      Source = "import"
)

// Enrolment is somebody in a series.
type Enrolment struct {
	ID            string
	SeriesID      string
	ParticipantID string
	Participant   string // name
	Phone         string
	Mail          string
	PersonID      string // of who works here
	State         EnrolmentState
	Seat          int // from 1; 0: none
	Priority      int
	Queued        time.Time
	Pair          string
	Source        Source
	Category      Category // as it was
	Fee           Fee      // as it was when the person enrolled, with the rule that gave it
	Paid          Paid
	Cost          int64  // cents: what cancelling cost
	OfferUntil    string // YYYY-MM-DD: the last day of an offer
	ApprovedBy    string // name of who said yes for the service
	Reason        string // why it ended, or why it was moved up
	Ended         time.Time
}

// What stands in the way of enrolling.
var (
	ErrFull     = errors.New("no seat is free")
	ErrOffered  = errors.New("a seat was offered already")
	ErrNoOffer  = errors.New("the offer is over")
	ErrOver     = errors.New("the enrolment is over")
	ErrEnrolled = errors.New("is in the series already")
)

// ErrShut is what every *ShutError Is.
var ErrShut = errors.New("series is shut")

// ShutError says that a series takes nobody any more.
type ShutError struct{ Why ShutWhy }

func (e *ShutError) Error() string { return ErrShut.Error() + ": " + string(e.Why) }

// Is makes it an ErrShut.
func (e *ShutError) Is(t error) bool { return t == ErrShut }

// EnrolledError says how somebody is in the series already. It Is ErrEnrolled.
type EnrolledError struct {
	Participant string // name
	State       EnrolmentState
	Since       time.Time
}

func (e *EnrolledError) Error() string { return fmt.Sprintf("%v: %s", ErrEnrolled, e.State) }

// Is makes it an ErrEnrolled.
func (e *EnrolledError) Is(t error) bool { return t == ErrEnrolled }

// enrolmentFields are what scanEnrolment reads, of e and p.
const enrolmentFields = `e.id, e.series_id, e.participant_id, p.given, p.family, p.phone, p.mail, coalesce(p.person_id, ''), e.state, e.seat, e.priority, e.queued_at, e.pair,
	e.source, e.category, e.fee, CASE WHEN e.settled = '' THEN e.paid ELSE e.settled END, e.cost, e.offer_until, e.approved_by, e.reason, e.ended_at`

const enrolmentColumns = `SELECT ` + enrolmentFields + ` FROM enrolments e JOIN participants p ON p.id = e.participant_id`

func scanEnrolment(scan func(...any) error) (e Enrolment, err error) {
	var given, family, fee string
	var queued, ended int64
	if err = scan(&e.ID, &e.SeriesID, &e.ParticipantID, &given, &family, &e.Phone, &e.Mail, &e.PersonID, &e.State, &e.Seat, &e.Priority, &queued, &e.Pair,
		&e.Source, &e.Category, &fee, &e.Paid, &e.Cost, &e.OfferUntil, &e.ApprovedBy, &e.Reason, &ended); err != nil {
		return e, err
	}
	e.Participant, e.Queued, e.Ended = data.Clean(given+" "+family, 0), data.Milli(queued), data.StoredInstant(ended)
	return e, data.Unpack(fee, &e.Fee)
}

func enrolmentOf(ctx context.Context, q data.Query, id string) (Enrolment, error) {
	all, err := data.List(ctx, q, scanEnrolment, enrolmentColumns+` WHERE e.id = $1`, id)
	return first(all, err, "enrolment", id)
}

// addEvent writes what happened to an enrolment: such rows are never changed.
func addEvent(ctx context.Context, tx *data.Tx, by data.Actor, e Enrolment, act, detail string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO enrolment_events (id, enrolment_id, series_id, at, actor, act, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
		data.NewID(), e.ID, e.SeriesID, tx.Now().UnixMilli(), actorName(by), act, data.Clean(detail, noteLimit))
	if err != nil {
		return fmt.Errorf("event %s of enrolment %s: %w", act, e.ID, err)
	}
	return nil
}

// Event is one thing that happened to an enrolment.
type Event struct {
	EnrolmentID string
	Participant string
	At          time.Time
	Actor       string
	Act         string // enrolled, waiting, approved, refused, offered, booked, accepted, lapsed, cancelled, passed, told, untold, tried, moved, paid, series
	Detail      string // a PassWhy for passed, a reason that somebody typed for others
}

// History lists what happened to the enrolments of a series, in order of time.
func (s *Store) History(ctx context.Context, by data.Actor, series string) (all []Event, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = data.List(ctx, q, func(scan func(...any) error) (e Event, err error) {
			var given, family string
			var at int64
			err = scan(&e.EnrolmentID, &given, &family, &at, &e.Actor, &e.Act, &e.Detail)
			e.Participant, e.At = data.Clean(given+" "+family, 0), data.Milli(at)
			return e, err
		}, `SELECT v.enrolment_id, p.given, p.family, v.at, v.actor, v.act, v.detail FROM enrolment_events v JOIN enrolments e ON e.id = v.enrolment_id
			JOIN participants p ON p.id = e.participant_id WHERE v.series_id = $1 ORDER BY v.at, v.id`, series)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("history of series %s: %w", data.Clean(series, 40), err)
	}
	return all, nil
}

// Enrolments lists who is and was in a series: by seat, then the waiting list in turn, then those whose enrolment ended.
func (s *Store) Enrolments(ctx context.Context, by data.Actor, series string) (all []Enrolment, err error) {
	err = s.db.ViewFor(ctx, by, append(desk(), data.RoleTrainer), func(q data.Query) error {
		all, err = enrolmentsOf(ctx, q, series)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("enrolments of series %s: %w", data.Clean(series, 40), err)
	}
	return all, nil
}

func enrolmentsOf(ctx context.Context, q data.Query, series string) ([]Enrolment, error) {
	return data.List(ctx, q, scanEnrolment, enrolmentColumns+` WHERE e.series_id = $1
		ORDER BY CASE WHEN e.seat > 0 THEN 0 WHEN e.state IN ('approval', 'waiting') THEN 1 ELSE 2 END, e.seat, e.priority DESC, e.queued_at, e.id`, series)
}
