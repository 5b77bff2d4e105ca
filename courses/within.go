package courses

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"digibrug/data"
)

// What a list of last year's courses is compared with, and how it is written, inside somebody else's transaction.

// Archive is all that such a list can be about.
type Archive struct {
	Courses      []Course
	Rules        []FeeRule
	Trainers     []Trainer
	Series       []Series
	Sessions     map[string][]Session    // by series
	Participants []Participant           // those who have a name
	Enrolments   []Enrolment             // also of who has no name any more
	Marked       map[string]map[int]bool // by enrolment: numbers of its own series' sessions of which somebody said how the person was
	Keeps        string                  // YYYY-MM-DD: who was in no series since then keeps no name (Unlink)
}

// ReadArchive reads the whole register. Callers have asked who may.
func ReadArchive(ctx context.Context, q data.Query) (a Archive, err error) {
	a.Sessions, a.Marked = map[string][]Session{}, map[string]map[int]bool{}
	var errs [8]error
	a.Courses, errs[0] = data.List(ctx, q, scanCourse, `SELECT id, details, retired_on FROM courses ORDER BY sort_key, id`)
	a.Rules, errs[1] = feeRules(ctx, q)
	a.Trainers, errs[2] = trainers(ctx, q)
	a.Series, errs[3] = data.List(ctx, q, scanSeries, seriesColumns+` ORDER BY s.code`)
	sessions, err := sessionsWhere(ctx, q, `1 = 1`)
	errs[4] = err
	for _, s := range sessions {
		a.Sessions[s.SeriesID] = append(a.Sessions[s.SeriesID], s)
	}
	a.Participants, errs[5] = data.List(ctx, q, scanParticipant, participantColumns+` WHERE p.family <> '' ORDER BY p.sort_key, p.id`)
	a.Enrolments, errs[6] = data.List(ctx, q, scanEnrolment, enrolmentColumns+` ORDER BY e.series_id, e.queued_at, e.id`)
	_, errs[7] = data.List(ctx, q, func(scan func(...any) error) (id string, err error) {
		var number int
		if err = scan(&id, &number); err == nil {
			if a.Marked[id] == nil {
				a.Marked[id] = map[int]bool{}
			}
			a.Marked[id][number] = true
		}
		return id, err
	}, `SELECT a.enrolment_id, x.number FROM attendance a JOIN enrolments e ON e.id = a.enrolment_id JOIN course_sessions x ON x.id = a.session_id AND x.series_id = e.series_id
		WHERE a.mark <> 'expected' ORDER BY a.enrolment_id, x.number`)
	days, err := data.CourseKeepDays(ctx, q)
	a.Keeps = data.DayText(data.StoredDay(data.DayOf(q.Now())).AddDate(0, 0, -days))
	if err := errors.Join(append(errs[:], err)...); err != nil {
		return Archive{}, fmt.Errorf("read the courses: %w", err)
	}
	return a, nil
}

// Physician gives the series doctor for no location yet, with everything that rooms and trainers have at any time, the past
// too, so that a list of last year can be examined. Callers have asked who may.
func Physician(ctx context.Context, q data.Query) (Doctor, error) {
	d, err := doctorSince(ctx, q, "", 0, "", time.Time{})
	if err != nil {
		return Doctor{}, fmt.Errorf("doctor for the past: %w", err)
	}
	return d, nil
}

// Checked gives a trainer as it is stored, or an *data.Invalid.
func (t Trainer) Checked() (Trainer, error) { return t.check() }

// Checked gives a participant as it is stored, or an *data.Invalid.
func (p Participant) Checked() (Participant, error) { return p.check() }

// Checked says, as an *data.Invalid, what is wrong with the figures of a series.
func (s Series) Checked() error { return s.check() }

// Taken is what a list of last year's courses comes to. Everything has its id already, and was checked.
type Taken struct {
	Courses      []TakenCourse
	Fees         []FeeRule // new ones
	Trainers     []TakenTrainer
	Participants []TakenParticipant
	Series       []TakenSeries
	Enrolments   []Enrolment // new ones: State is Booked, Waiting or Withdrawn, Queued says since when
	Marks        []TakenMark
}

// TakenCourse is a course to add, or to change.
type TakenCourse struct {
	Course
	New bool
}

// TakenTrainer is a trainer to add, or to change.
type TakenTrainer struct {
	Trainer
	New bool
}

// TakenParticipant is a participant to add, or to change when Since is zero. Since is when the town first knew the
// person: names are kept from then, not from the day on which a list was read.
type TakenParticipant struct {
	Participant
	Since time.Time
}

// TakenSeries is a new series with its sessions. Those that are over hold their room and trainers without asking whether
// these were open or free to come: they were.
type TakenSeries struct {
	Series
	Sessions []Session
}

// TakenMark says how somebody was at a session.
type TakenMark struct {
	Session, Enrolment string // ids
	Mark               Mark
}

// rows is how much there is to write.
func (t Taken) rows() int {
	return len(t.Courses) + len(t.Fees) + len(t.Trainers) + len(t.Participants) + len(t.Series) + len(t.Enrolments) + len(t.Marks)
}

// TakeOver writes what a list of last year comes to, inside somebody else's transaction, and audits it in one row. It
// writes nothing for a list that says nothing new. It returns a *ConflictError for what can't be held, an *data.Invalid,
// and data.ErrNotFound.
func TakeOver(ctx context.Context, tx *data.Tx, by data.Actor, t Taken) error {
	if err := data.Require(ctx, tx, by, planners()...); err != nil || t.rows() == 0 {
		return err
	}
	for _, step := range []func(context.Context, *data.Tx, data.Actor) error{t.catalogue, t.people, t.series, t.enrolments, t.marks} {
		if err := step(ctx, tx, by); err != nil {
			return fmt.Errorf("take over courses: %w", err)
		}
	}
	return tx.Audit(ctx, by, "course.takeover", "", "courses", strconv.Itoa(len(t.Courses)), "trainers", strconv.Itoa(len(t.Trainers)), "series", strconv.Itoa(len(t.Series)),
		"participants", strconv.Itoa(len(t.Participants)), "enrolments", strconv.Itoa(len(t.Enrolments)), "marks", strconv.Itoa(len(t.Marks)))
}

func (t Taken) catalogue(ctx context.Context, tx *data.Tx, _ data.Actor) error {
	for _, c := range t.Courses {
		if err := writeCourse(ctx, tx, c.Course, c.New); err != nil {
			return err
		}
	}
	for _, r := range t.Fees {
		if err := addFeeRule(ctx, tx, r); err != nil {
			return err
		}
	}
	return nil
}

func (t Taken) people(ctx context.Context, tx *data.Tx, _ data.Actor) error {
	for _, one := range t.Trainers {
		if err := writeTrainer(ctx, tx, one.Trainer, one.New); data.IsUnique(err) {
			return &data.Invalid{Field: "person", Why: data.WhyTwice}
		} else if err != nil {
			return err
		}
	}
	for _, p := range t.Participants {
		if err := writeParticipant(ctx, tx, p.Participant, p.Since); err != nil {
			return err
		}
	}
	return nil
}

func (t Taken) series(ctx context.Context, tx *data.Tx, _ data.Actor) error {
	known, err := trainers(ctx, tx)
	if err != nil {
		return err
	}
	byID := map[string]Trainer{}
	for _, one := range known {
		byID[one.ID] = one
	}
	for _, one := range t.Series {
		one.span(one.Sessions)
		if err := insertSeries(ctx, tx, one.Series); err != nil {
			return err
		}
		for _, s := range one.Sessions {
			write := insertSession
			if !s.Instants().To.After(tx.Now()) {
				write = func(ctx context.Context, tx *data.Tx, of Series, s Session) error {
					return insertGiven(ctx, tx, of, s, byID)
				}
			}
			if err := write(ctx, tx, one.Series, s); err != nil {
				return err
			}
		}
	}
	return nil
}

// insertGiven writes a session that is over: the room and the trainers that it had are held, whatever their hours are now.
func insertGiven(ctx context.Context, tx *data.Tx, of Series, s Session, known map[string]Trainer) error {
	if _, err := NewSlot(s.Day, s.From, s.To); err != nil {
		return err
	}
	if err := writeSession(ctx, tx, s); err != nil {
		return err
	}
	span := s.Instants()
	room, err := roomOf(ctx, tx, s.RoomID)
	if err != nil {
		return err
	}
	if err := holdRoom(ctx, tx, room, holding{holder: s.ID, span: span, places: of.Seats, group: true}); err != nil {
		return numbered(err, s)
	}
	for _, id := range s.Trainers {
		t, is := known[id]
		if !is {
			return fmt.Errorf("trainer %s: %w", data.Clean(id, 40), data.ErrNotFound)
		}
		if err := holdTrainer(ctx, tx, s, t, span); err != nil {
			return numbered(err, s)
		}
	}
	return nil
}

// enrolments writes who is, or was, in the series; who has a seat gets the lowest that is free.
func (t Taken) enrolments(ctx context.Context, tx *data.Tx, by data.Actor) error {
	held := map[string]map[int]bool{}
	for _, e := range t.Enrolments {
		if held[e.SeriesID] == nil {
			seats, err := seatsOf(ctx, tx, e.SeriesID)
			if err != nil {
				return err
			}
			held[e.SeriesID] = seats
		}
		if e.State == Booked {
			e.Seat = firstFree(held[e.SeriesID])
			held[e.SeriesID][e.Seat] = true
		}
		if err := insertEnrolment(ctx, tx, e); err != nil {
			return err
		}
		if err := addEvent(ctx, tx, by, e, "import", ""); err != nil {
			return err
		}
		if e.State == Withdrawn {
			if err := addEvent(ctx, tx, by, e, string(Withdrawn), e.Reason); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t Taken) marks(ctx context.Context, tx *data.Tx, by data.Actor) error {
	for _, m := range t.Marks {
		if _, err := tx.ExecContext(ctx, `INSERT INTO attendance (session_id, enrolment_id, mark, instead, at, actor) VALUES ($1, $2, $3, '', $4, $5)`,
			m.Session, m.Enrolment, string(m.Mark), tx.Now().UnixMilli(), actorName(by)); err != nil {
			return err
		}
	}
	return nil
}

// FeeThen is what the rules say that somebody paid who enrolled on a day, YYYY-MM-DD, without a proof; nothing is known of
// a fee for which no rule held then.
func (a Archive) FeeThen(course string, kind Category, day string) Fee {
	return FeeOf(a.Rules, FeeFacts{CourseID: course, Category: kind, On: day})
}
