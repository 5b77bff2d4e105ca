package courses

import (
	"context"
	"fmt"
	"strconv"

	"digibrug/data"
)

// unlinkable are the participants who keep a name without a purpose: registered before an instant, in no series that ends
// after it or is still to be decided, and with no open need from after it. $1 is the instant.
const unlinkable = `SELECT p.id FROM participants p WHERE p.family <> '' AND p.created_at < $1
	AND NOT EXISTS (SELECT 1 FROM enrolments e JOIN course_series s ON s.id = e.series_id WHERE e.participant_id = p.id AND (s.last_at >= $1 OR s.state = 'draft'))
	AND NOT EXISTS (SELECT 1 FROM training_needs n WHERE n.participant_id = p.id AND n.closed_on = '' AND n.created_at >= $1) ORDER BY p.id`

// Unlink takes the name and all that tells who it was away from participants whose last series ended longer ago than the
// setting courses.keep_days says. Purpose: to invite again, to make an attest anew, to answer a question about a fee. Counts,
// attendance and fees stay, without a person; what somebody typed as a reason goes, and who saw a proof of what. It audits
// how many there were, and nothing when there were none. A plan of groups that nobody touched for so long ends too.
func (s *Store) Unlink(ctx context.Context, by data.Actor) (n int, err error) {
	err = s.db.InTxFor(ctx, by, []data.Role{data.RoleICT}, func(tx *data.Tx) error {
		n = 0
		days, err := data.CourseKeepDays(ctx, tx)
		if err != nil {
			return err
		}
		before := data.StoredDay(tx.Today()).AddDate(0, 0, -days)
		if err := endGrouping(ctx, tx, by, data.StartOf(before)); err != nil {
			return err
		}
		who, err := data.List(ctx, tx, func(scan func(...any) error) (id string, err error) { return id, scan(&id) }, unlinkable, data.StartOf(before).UnixMilli())
		if err != nil {
			return err
		}
		for _, id := range who {
			if err := unlink(ctx, tx, id); err != nil {
				return fmt.Errorf("participant %s: %w", id, err)
			}
		}
		if n = len(who); n == 0 {
			return nil
		}
		return tx.Audit(ctx, by, "participant.unlink", data.DayText(before), "count", strconv.Itoa(n))
	})
	if err != nil {
		return 0, fmt.Errorf("unlink participants: %w", err)
	}
	return n, nil
}

// unlink takes one participant's name away.
func unlink(ctx context.Context, tx *data.Tx, id string) error {
	own, err := data.List(ctx, tx, scanEnrolment, enrolmentColumns+` WHERE e.participant_id = $1 ORDER BY e.id`, id)
	if err != nil {
		return err
	}
	for _, e := range own {
		e.Fee.Proof = Proof{}
		if _, err := tx.ExecContext(ctx, `UPDATE enrolments SET reason = '', approved_by = '', fee = $1 WHERE id = $2`, data.Pack(e.Fee), e.ID); err != nil {
			return err
		}
	}
	for _, statement := range []string{
		`UPDATE enrolment_events SET detail = '' WHERE act NOT IN ('passed', 'booked', 'offered') AND enrolment_id IN (SELECT id FROM enrolments WHERE participant_id = $1)`,
		`UPDATE enrolment_events SET detail = '' WHERE act = 'passed' AND detail NOT IN ('no_seat', 'pair', 'taken', 'shut') AND enrolment_id IN (SELECT id FROM enrolments WHERE participant_id = $1)`,
		`DELETE FROM training_needs WHERE participant_id = $1 AND enrolment_id = ''`,
		`UPDATE training_needs SET slots = '', service_id = '', why_closed = '' WHERE participant_id = $1`,
		`UPDATE participants SET person_id = NULL, given = '', family = '', sort_key = '', phone = '', mail = '', channel = '', address = '' WHERE id = $1`,
		`DELETE FROM course_invited WHERE holder = $1`,
	} {
		if _, err := tx.ExecContext(ctx, statement, id); err != nil {
			return err
		}
	}
	return nil
}
