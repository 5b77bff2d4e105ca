package courses

import (
	"context"
	"fmt"
	"slices"
	"time"

	"digibrug/data"
)

// NeedSource says where a need comes from.
type NeedSource string

// The sources of a need.
const (
	FromAssessment  NeedSource = "assessment"
	FromPerson      NeedSource = "person"
	FromCoordinator NeedSource = "coordinator"
)

// Need is a course that somebody should take (leernood).
type Need struct {
	ID            string
	ParticipantID string
	Participant   string // name
	PersonID      string // of who works here
	CourseID      string
	Course        string // title
	Levels        int    // 1 to 3: how many levels are missing
	Source        NeedSource
	Slots         []WeekPart // when the person can come, in the order of the week; empty: any time
	ServiceID     string     // that must stay staffed meanwhile; empty: none
	Service       string     // its name
	EnrolmentID   string     // that meets it; empty: not yet
	State         EnrolmentState
	Series        string // code of the series of the enrolment
	Since         time.Time
	ClosedOn      string // YYYY-MM-DD
	Why           string // it was closed
}

// Met tells whether an enrolment stands for the need: one that ended in no seat leaves it as it was.
func (n Need) Met() bool {
	return slices.Contains([]EnrolmentState{AwaitsHead, Waiting, Offered, Booked}, n.State)
}

// NeedAsk is a need of somebody, by participant, or by person for who works here and may be no participant yet.
type NeedAsk struct {
	Participant, Person string
	Course              string
	Levels              int
	Source              NeedSource
	Slots               []WeekPart // empty: any time, or as was said before
}

// PutNeeds writes needs in one act, and audits it: who has an open need for a course keeps the larger one. Needs of who
// works here go with the service of today. Who is in a series of the course already has a need that is met. It returns how
// many are new, an *data.Invalid, and data.ErrNotFound.
func (s *Store) PutNeeds(ctx context.Context, by data.Actor, all []NeedAsk) (added int, err error) {
	err = s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		added = 0
		for _, ask := range all {
			isNew, err := putNeed(ctx, tx, by, ask)
			if err != nil {
				return err
			}
			added += boolInt(isNew)
		}
		return tx.Audit(ctx, by, "need.put", "", "count", fmt.Sprint(len(all)))
	})
	if err != nil {
		return 0, fmt.Errorf("put needs: %w", err)
	}
	return added, nil
}

func putNeed(ctx context.Context, tx *data.Tx, by data.Actor, ask NeedAsk) (isNew bool, err error) {
	if ask.Levels < 1 || ask.Levels > 3 {
		return false, &data.Invalid{Field: "levels", Why: data.WhyNumber, Want: "1 … 3", Got: fmt.Sprint(ask.Levels)}
	}
	if !slices.Contains([]NeedSource{FromAssessment, FromPerson, FromCoordinator}, ask.Source) {
		return false, &data.Invalid{Field: "source", Why: data.WhyNotOneOf, Got: data.Clean(string(ask.Source), 20)}
	}
	if ask.Slots, err = orderedParts(ask.Slots); err != nil {
		return false, err
	}
	c, err := courseOf(ctx, tx, ask.Course)
	if err != nil {
		return false, err
	}
	var p Participant
	if ask.Person != "" {
		p, err = participantForPerson(ctx, tx, by, ask.Person, Staff)
	} else {
		p, err = participantOf(ctx, tx, ask.Participant)
	}
	if err != nil {
		return false, err
	}
	if err := c.Admits(p.Category); err != nil {
		if ask.Source == FromAssessment { // one who is registered as something else keeps nobody's need back
			return false, nil
		}
		return false, err
	}
	service, err := textOf(ctx, tx, `SELECT service_id FROM employments WHERE person_id = $1 AND from_on <= $2 AND (until_on IS NULL OR until_on >= $2)
		ORDER BY fraction DESC, service_id LIMIT 1`, p.PersonID, tx.Today())
	if err != nil {
		return false, err
	}
	in, err := textOf(ctx, tx, `SELECT e.id FROM enrolments e JOIN course_series s ON s.id = e.series_id WHERE e.participant_id = $1 AND s.course_id = $2
		AND s.state <> 'closed' AND e.state IN `+active+` ORDER BY s.first_at, e.id LIMIT 1`, p.ID, ask.Course)
	if err != nil {
		return false, err
	}
	var n int
	err = data.One(ctx, tx, []any{&n}, `SELECT count(*) FROM training_needs WHERE participant_id = $1 AND course_id = $2 AND closed_on = ''`, p.ID, ask.Course)
	if err != nil {
		return false, err
	}
	when := ""
	if len(ask.Slots) > 0 {
		when = data.Pack(ask.Slots)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO training_needs (id, participant_id, course_id, levels, source, slots, service_id, enrolment_id, closed_on, why_closed, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', '', $9) ON CONFLICT (participant_id, course_id) WHERE closed_on = '' DO UPDATE
		SET levels = CASE WHEN excluded.levels > training_needs.levels THEN excluded.levels ELSE training_needs.levels END,
		slots = CASE WHEN excluded.slots = '' THEN training_needs.slots ELSE excluded.slots END`,
		data.NewID(), p.ID, ask.Course, ask.Levels, string(ask.Source), when, service, in, tx.Now().UnixMilli())
	return n == 0, err
}

// textOf is the first column of the first row of a query; empty for none.
func textOf(ctx context.Context, q data.Query, query string, args ...any) (string, error) {
	all, err := data.List(ctx, q, func(scan func(...any) error) (text string, err error) { return text, scan(&text) }, query, args...)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0], nil
}

// Needs lists the open needs, or all, by course and name.
func (s *Store) Needs(ctx context.Context, by data.Actor, closedToo bool) (all []Need, err error) {
	err = s.db.ViewFor(ctx, by, planners(), func(q data.Query) error {
		all, err = needs(ctx, q, closedToo)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list needs: %w", err)
	}
	return all, nil
}

func needs(ctx context.Context, q data.Query, closedToo bool) ([]Need, error) {
	where := ` WHERE n.closed_on = ''`
	if closedToo {
		where = ``
	}
	return data.List(ctx, q, scanNeed, needColumns+where+` ORDER BY c.sort_key, c.id, p.sort_key, p.id, n.created_at, n.id`)
}

const needColumns = `SELECT n.id, n.participant_id, p.given, p.family, coalesce(p.person_id, ''), n.course_id, c.title, n.levels, n.source, n.slots, n.service_id, coalesce(v.name, ''),
	n.enrolment_id, coalesce(e.state, ''), coalesce(s.code, ''), n.created_at, n.closed_on, n.why_closed
	FROM training_needs n JOIN participants p ON p.id = n.participant_id JOIN courses c ON c.id = n.course_id LEFT JOIN services v ON v.id = n.service_id
	LEFT JOIN enrolments e ON e.id = n.enrolment_id LEFT JOIN course_series s ON s.id = e.series_id`

func scanNeed(scan func(...any) error) (n Need, err error) {
	var given, family, slots string
	var since int64
	if err = scan(&n.ID, &n.ParticipantID, &given, &family, &n.PersonID, &n.CourseID, &n.Course, &n.Levels, &n.Source, &slots, &n.ServiceID, &n.Service,
		&n.EnrolmentID, &n.State, &n.Series, &since, &n.ClosedOn, &n.Why); err != nil {
		return n, err
	}
	n.Participant, n.Since = data.Clean(given+" "+family, 0), data.Milli(since)
	return n, data.Unpack(slots, &n.Slots)
}

// CloseNeed closes a need that is met another way, or was wrong, with a reason, and audits it. It returns an *data.Invalid,
// and data.ErrNotFound.
func (s *Store) CloseNeed(ctx context.Context, by data.Actor, id, why string) error {
	if why = data.Clean(why, noteLimit); why == "" {
		return &data.Invalid{Field: "reason", Why: data.WhyEmpty}
	}
	err := s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		if err := data.OneRow(tx.ExecContext(ctx, `UPDATE training_needs SET closed_on = $1, why_closed = $2 WHERE id = $3 AND closed_on = ''`, tx.Today(), why, id)); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "need.close", id)
	})
	if err != nil {
		return fmt.Errorf("close need %s: %w", data.Clean(id, 40), err)
	}
	return nil
}

// meetNeed ties an open need of a participant for a course to the enrolment that will meet it.
func meetNeed(ctx context.Context, tx *data.Tx, e Enrolment, course string) error {
	_, err := tx.ExecContext(ctx, `UPDATE training_needs SET enrolment_id = $1 WHERE participant_id = $2 AND course_id = $3 AND closed_on = ''`, e.ID, e.ParticipantID, course)
	return err
}
