package courses

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
)

// EnrolAsk is what somebody asks: a seat for one, or for two who only come together.
type EnrolAsk struct {
	Series      string
	Participant string // id
	With        string // id of who comes along; empty: nobody
	Source      Source
	Priority    int // by a coordinator, who gives the Reason; 0: in turn
	Reason      string
	// A proof of the right to a lower fee was seen now, of the participant and of who comes along: the day and who saw it are
	// kept, the proof never.
	ProofSeen, WithProof bool
}

// Enrol gives a participant a seat, or a place on the waiting list, and audits it: seats are counted in the transaction and
// nobody passes who waits. Staff of a series with Approval wait for their head first. It returns one enrolment, or two for
// who comes along; a *ShutError, an *EnrolledError, a *ConflictError when somebody has another lesson then, an
// *AudienceError, an *data.Invalid, and data.ErrNotFound.
func (s *Store) Enrol(ctx context.Context, by data.Actor, ask EnrolAsk) (all []Enrolment, err error) {
	if ask.Source == "" {
		ask.Source = ByDesk
	}
	roles := desk()
	if ask.Priority != 0 {
		roles = planners()
		if ask.Reason = data.Clean(ask.Reason, noteLimit); ask.Reason == "" {
			return nil, &data.Invalid{Field: "reason", Why: data.WhyEmpty}
		}
	}
	err = s.db.InTxFor(ctx, by, roles, func(tx *data.Tx) error {
		all, err = enrol(ctx, tx, by, ask)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("enrol in series %s: %w", data.Clean(ask.Series, 40), err)
	}
	return all, nil
}

// EnrolSelf enrols who works here: with an account, or at a kiosk with a paper code ("Ik werk hier"). It returns what Enrol
// returns.
func (s *Store) EnrolSelf(ctx context.Context, by data.Actor, series string) (e Enrolment, err error) {
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.RequireFor(ctx, tx, by, data.Journey{Kind: data.JourneyStaff}, data.Roles()...); err != nil {
			return err
		}
		p, err := participantForPerson(ctx, tx, by, by.PersonID, Staff)
		if err != nil {
			return err
		}
		all, err := enrol(ctx, tx, by, EnrolAsk{Series: series, Participant: p.ID, Source: BySelf})
		if err != nil {
			return err
		}
		e = all[0]
		return nil
	})
	if err != nil {
		return Enrolment{}, fmt.Errorf("enrol oneself in series %s: %w", data.Clean(series, 40), err)
	}
	return e, nil
}

// EnrolVisitor enrols somebody who sits at a kiosk and says a name and a phone number or mail address: who gave the same
// name and phone before is the same participant. It returns what Enrol returns.
func (s *Store) EnrolVisitor(ctx context.Context, by data.Actor, series string, p Participant) (e Enrolment, err error) {
	p.ID, p.PersonID = "", ""
	if p, err = p.check(); err != nil {
		return Enrolment{}, err
	}
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		if _, err := data.OwnKiosk(ctx, tx, by); err != nil {
			return err
		}
		who, err := sameParticipant(ctx, tx, p)
		if err != nil {
			return err
		}
		if who.ID == "" {
			if who, err = putParticipant(ctx, tx, by, p); err != nil {
				return err
			}
		}
		all, err := enrol(ctx, tx, by, EnrolAsk{Series: series, Participant: who.ID, Source: ByKiosk})
		if err != nil {
			return err
		}
		e = all[0]
		return nil
	})
	if err != nil {
		return Enrolment{}, fmt.Errorf("enrol a visitor in series %s: %w", data.Clean(series, 40), err)
	}
	return e, nil
}

// sameParticipant finds who gave the same name with the same phone number, however it is written, or the same mail
// address; the zero Participant for none.
func sameParticipant(ctx context.Context, q data.Query, p Participant) (Participant, error) {
	all, err := data.List(ctx, q, scanParticipant, participantColumns+` WHERE p.person_id IS NULL AND p.sort_key = $1 ORDER BY p.created_at, p.id`, data.SortKey(p.Family+" "+p.Given))
	if err != nil {
		return Participant{}, err
	}
	at := slices.IndexFunc(all, func(known Participant) bool {
		return p.Phone != "" && data.PhoneKey(known.Phone) == data.PhoneKey(p.Phone) || p.Mail != "" && strings.EqualFold(known.Mail, p.Mail)
	})
	if at < 0 {
		return Participant{}, nil
	}
	return all[at], nil
}

// enrol does the work of all of them.
func enrol(ctx context.Context, tx *data.Tx, by data.Actor, ask EnrolAsk) (all []Enrolment, err error) {
	of, err := seriesOf(ctx, tx, ask.Series)
	if err != nil {
		return nil, err
	}
	switch shut := of.Shut(tx.Now()); shut {
	case "", ShutByHand:
	default:
		return nil, &ShutError{shut}
	}
	c, err := courseOf(ctx, tx, of.CourseID)
	if err != nil {
		return nil, err
	}
	who := []string{ask.Participant}
	pair := ""
	if ask.With != "" {
		if ask.With == ask.Participant {
			return nil, &data.Invalid{Field: "with", Why: data.WhyTwice}
		}
		who, pair = append(who, ask.With), data.NewID()
	}
	for i, id := range who {
		e, err := join(ctx, tx, by, of, c, ask, joining{id, pair, i == 0 && ask.ProofSeen || i == 1 && ask.WithProof})
		if err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	fresh := make([]string, len(all))
	for i, e := range all {
		fresh[i] = e.ID
	}
	if _, err := moveUp(ctx, tx, by, of, fresh...); err != nil {
		return nil, err
	}
	for i := range all { // as they are now
		if all[i], err = enrolmentOf(ctx, tx, all[i].ID); err != nil {
			return nil, err
		}
		if err := tell(ctx, tx, all[i], aboutState(all[i].State), ask.Source != ByCoordinator); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// joining is one of those whom an EnrolAsk is for.
type joining struct {
	participant, pair string
	proven            bool
}

// join puts one participant at the end of the waiting list, or before the head of the service.
func join(ctx context.Context, tx *data.Tx, by data.Actor, of Series, c Course, ask EnrolAsk, who joining) (Enrolment, error) {
	p, err := participantOf(ctx, tx, who.participant)
	if err != nil {
		return Enrolment{}, err
	}
	if err := c.Admits(p.Category); err != nil {
		return Enrolment{}, err
	}
	if err := otherLesson(ctx, tx, of.ID, p); err != nil {
		return Enrolment{}, err
	}
	fee, err := feeFor(ctx, tx, by, c, p.Category, who.proven)
	if err != nil {
		return Enrolment{}, err
	}
	e := Enrolment{ID: data.NewID(), SeriesID: of.ID, ParticipantID: p.ID, State: Waiting, Priority: ask.Priority, Queued: tx.Now(), Pair: who.pair, Source: ask.Source,
		Category: p.Category, Fee: fee, Paid: paidFor(fee), Reason: ask.Reason}
	if of.Approval && p.PersonID != "" {
		e.State = AwaitsHead
	}
	if err := insertEnrolment(ctx, tx, e); data.IsUnique(err) { // never reached on PostgreSQL: alreadyIn looked
		return Enrolment{}, &EnrolledError{Participant: p.Name(), State: Waiting, Since: tx.Now()}
	} else if err != nil {
		return Enrolment{}, err
	}
	if err := meetNeed(ctx, tx, e, c.ID); err != nil {
		return Enrolment{}, err
	}
	if err := addEvent(ctx, tx, by, e, "enrolled", ask.Reason); err != nil {
		return Enrolment{}, err
	}
	return e, tx.Audit(ctx, by, "enrolment.add", e.ID, "number", of.Code, "method", string(ask.Source))
}

// insertEnrolment writes one. It returns an *EnrolledError for who is in the series already.
func insertEnrolment(ctx context.Context, tx *data.Tx, e Enrolment) error {
	in, err := data.List(ctx, tx, scanEnrolment, enrolmentColumns+` WHERE e.series_id = $1 AND e.participant_id = $2 AND e.state IN `+active, e.SeriesID, e.ParticipantID)
	if err != nil {
		return err
	}
	if len(in) > 0 {
		return &EnrolledError{Participant: in[0].Participant, State: in[0].State, Since: in[0].Queued}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO enrolments (id, series_id, participant_id, state, seat, priority, queued_at, pair, source, category, fee, paid, offer_until, approved_by,
		reason, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`, e.ID, e.SeriesID, e.ParticipantID, string(e.State), e.Seat, e.Priority,
		e.Queued.UnixMilli(), e.Pair, string(e.Source), string(e.Category), data.Pack(e.Fee), string(e.Paid), e.OfferUntil, e.ApprovedBy, e.Reason, data.Stamp(e.Ended))
	return err
}

// otherLesson refuses who has a seat in another series at the time of one of these sessions.
func otherLesson(ctx context.Context, q data.Query, series string, p Participant) error {
	busy, err := takenIn(ctx, q, series, p.ID)
	if err != nil || len(busy) == 0 {
		return err
	}
	c := busy[p.ID]
	c.Who = p.Name()
	return &c
}

// takenIn gives, by participant, a conflict of those who have a seat elsewhere at the time of a session of the series: of
// one participant, or of all who wait when participant is empty.
func takenIn(ctx context.Context, q data.Query, series, participant string) (map[string]ConflictError, error) {
	busy := map[string]ConflictError{}
	who := `e.participant_id IN (SELECT w.participant_id FROM enrolments w WHERE w.series_id = $1 AND w.state IN ('approval', 'waiting'))`
	args := []any{series}
	if participant != "" {
		who, args = `e.participant_id = $2`, append(args, participant)
	}
	_, err := data.List(ctx, q, func(scan func(...any) error) (id string, err error) {
		c := ConflictError{Fault: FaultParticipantTaken}
		var at int64
		if err = scan(&id, &c.With, &c.Session, &at); err == nil {
			c.At = data.Milli(at)
			busy[id] = c
		}
		return id, err
	}, `SELECT e.participant_id, s.code, x.number, x.start_at FROM course_sessions x JOIN course_sessions o ON o.start_at < x.end_at AND o.end_at > x.start_at AND o.series_id <> x.series_id
		AND o.state = 'planned' JOIN course_series s ON s.id = o.series_id JOIN enrolments e ON e.series_id = s.id AND e.state IN `+seated+`
		WHERE x.series_id = $1 AND x.state = 'planned' AND `+who+` ORDER BY e.participant_id, x.start_at DESC, s.code`, args...)
	return busy, err
}

// seatsOf tells which seats of a series are held.
func seatsOf(ctx context.Context, q data.Query, series string) (map[int]bool, error) {
	held := map[int]bool{}
	_, err := data.List(ctx, q, func(scan func(...any) error) (seat int, err error) {
		if err = scan(&seat); err == nil {
			held[seat] = true
		}
		return seat, err
	}, `SELECT seat FROM enrolments WHERE series_id = $1 AND seat > 0 ORDER BY seat`, series)
	return held, err
}

// firstFree is the lowest seat that nobody holds.
func firstFree(held map[int]bool) int {
	seat := 1
	for held[seat] {
		seat++
	}
	return seat
}

// moveUp gives the free seats of a series to who waits, in turn, in the transaction that freed them, and writes why
// somebody was passed. fresh are the ids of those who asked, or got their head's yes, just now: they are booked at once,
// and offered nothing. It returns how many moved up.
func moveUp(ctx context.Context, tx *data.Tx, by data.Actor, of Series, fresh ...string) (int, error) {
	waiting, byID, err := waiters(ctx, tx, of.ID)
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	held, err := seatsOf(ctx, tx, of.ID)
	if err != nil {
		return 0, err
	}
	up, passed := MoveUp(waiting, max(0, of.Seats-len(held)), of.Shut(tx.Now()))
	for _, id := range up {
		seat := firstFree(held)
		held[seat] = true
		if slices.Contains(fresh, id) {
			err = seatOne(ctx, tx, by, of, byID[id], seat, false) // whoever made it fresh tells
		} else {
			err = promote(ctx, tx, by, of, byID[id], seat)
		}
		if err != nil {
			return 0, err
		}
	}
	if len(up) == 0 {
		return 0, nil
	}
	for _, p := range passed { // whoever still waits while somebody else got a seat hears why
		if p.Why == PassPair || p.Why == PassTaken {
			if err := addEvent(ctx, tx, by, byID[p.ID], "passed", string(p.Why)); err != nil {
				return 0, err
			}
		}
	}
	return len(up), nil
}

// waiters gives the waiting list as the rule wants it, and the enrolments by id.
func waiters(ctx context.Context, q data.Query, series string) (all []Waiter, byID map[string]Enrolment, err error) {
	list, err := data.List(ctx, q, scanEnrolment, enrolmentColumns+` WHERE e.series_id = $1 AND e.state = 'waiting' ORDER BY e.queued_at, e.id`, series)
	if err != nil || len(list) == 0 {
		return nil, nil, err
	}
	busy, err := takenIn(ctx, q, series, "")
	if err != nil {
		return nil, nil, err
	}
	byID = map[string]Enrolment{}
	for _, e := range list {
		byID[e.ID] = e
		all = append(all, Waiter{ID: e.ID, Priority: e.Priority, Queued: e.Queued, Pair: e.Pair, Taken: busy[e.ParticipantID].With})
	}
	return all, byID, nil
}

// promote gives a seat to somebody who waited, or offers it, and has it told: the person isn't there.
func promote(ctx context.Context, tx *data.Tx, by data.Actor, of Series, e Enrolment, seat int) error {
	offer, about := of.Promotion == Offer, AboutBooked
	if offer {
		about = AboutOffered
	}
	if err := seatOne(ctx, tx, by, of, e, seat, offer); err != nil {
		return err
	}
	return tell(ctx, tx, e, about, false)
}

// seatOne gives somebody a seat, or offers it for some days.
func seatOne(ctx context.Context, tx *data.Tx, by data.Actor, of Series, e Enrolment, seat int, offer bool) error {
	state, until := Booked, ""
	if offer {
		state = Offered
		var err error
		if until, err = offerUntil(ctx, tx, of); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, `UPDATE enrolments SET state = $1, seat = $2, offer_until = $3 WHERE id = $4`, string(state), seat, until, e.ID); err != nil {
		return err
	}
	return addEvent(ctx, tx, by, e, string(state), strconv.Itoa(seat))
}

// offerUntil is the last day of an offer that is made today: so many opening days from now, or days where nobody gave the
// location hours, and not past the day before the first session.
func offerUntil(ctx context.Context, tx *data.Tx, of Series) (string, error) {
	open, err := calendarOf(ctx, tx, of)
	if err != nil {
		return "", err
	}
	today := data.StoredDay(tx.Today())
	until, found := open.NthOpen(today, of.OfferDays)
	if !found {
		until = today.AddDate(0, 0, of.OfferDays)
	}
	return max(tx.Today(), min(data.DayText(until), data.DayText(data.StoredDay(data.DayOf(of.First)).AddDate(0, 0, -1)))), nil
}
