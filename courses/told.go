package courses

import (
	"context"
	"fmt"
	"time"

	"digibrug/data"
)

// Told writes down that somebody was told all that there was to tell, by phone or otherwise: the desk's list of who to call
// is shorter by one.
func (s *Store) Told(ctx context.Context, by data.Actor, id, how string) (Enrolment, error) {
	return s.toldUntil(ctx, by, id, how, time.Time{})
}

// ToldCall is Told for who saw a call on the list: what came after it was read stays to be told.
func (s *Store) ToldCall(ctx context.Context, by data.Actor, c Call, how string) (Enrolment, error) {
	return s.toldUntil(ctx, by, c.ID, how, c.At)
}

func (s *Store) toldUntil(ctx context.Context, by data.Actor, id, how string, seen time.Time) (Enrolment, error) {
	return s.act(ctx, by, desk(), id, "enrolment.told", func(tx *data.Tx, _ Series, e Enrolment) (bool, error) {
		if seen.IsZero() {
			seen = tx.Now()
		}
		if _, err := told(ctx, tx, "enrolment_id", id, seen, how); err != nil {
			return false, err
		}
		return false, addEvent(ctx, tx, by, e, "told", how)
	})
}

// Tried writes down that somebody was called and not reached: the list of who to call keeps the name.
func (s *Store) Tried(ctx context.Context, by data.Actor, id string) (Enrolment, error) {
	return s.act(ctx, by, desk(), id, "enrolment.tried", func(tx *data.Tx, _ Series, e Enrolment) (bool, error) {
		return false, addEvent(ctx, tx, by, e, "tried", "")
	})
}

// slip is for how long who noted that somebody was told can take it back.
const slip = 15 * time.Minute

// LastTold gives the enrolment of whom the actor noted last as told, by hand and not longer ago than a slip of the finger is
// noticed. It returns data.ErrNotFound when there is none.
func (s *Store) LastTold(ctx context.Context, by data.Actor) (e Enrolment, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		e, err = lastTold(ctx, q, by)
		return err
	})
	if err != nil {
		return Enrolment{}, fmt.Errorf("last one told: %w", err)
	}
	return e, nil
}

func lastTold(ctx context.Context, q data.Query, by data.Actor) (Enrolment, error) {
	all, err := data.List(ctx, q, scanEnrolment, enrolmentColumns+` JOIN enrolment_events v ON v.enrolment_id = e.id
		WHERE v.act = 'told' AND v.actor = $1 AND v.at >= $2 AND EXISTS (SELECT 1 FROM course_news n WHERE n.enrolment_id = e.id AND n.told_at = v.at AND n.how NOT IN ('mail', 'letter'))
		ORDER BY v.at DESC, v.id DESC LIMIT 1`, actorName(by), q.Now().Add(-slip).UnixMilli())
	if err == nil && len(all) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return Enrolment{}, err
	}
	return all[0], nil
}

// Untold takes the last Told of the actor back: what there was to tell is to be told again, but for what came anew since. It
// returns data.ErrNotFound for who isn't the one whom LastTold gives.
func (s *Store) Untold(ctx context.Context, by data.Actor, id string) (Enrolment, error) {
	return s.act(ctx, by, desk(), id, "enrolment.untold", func(tx *data.Tx, _ Series, e Enrolment) (bool, error) {
		last, err := lastTold(ctx, tx, by)
		if err == nil && last.ID != id {
			err = data.ErrNotFound
		}
		if err != nil {
			return false, err
		}
		var at int64
		if err := data.One(ctx, tx, []any{&at}, `SELECT max(told_at) FROM course_news WHERE enrolment_id = $1 AND how NOT IN ('mail', 'letter', 'present', 'stale')`, id); err != nil {
			return false, err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE course_news SET told_at = 0, how = '' WHERE enrolment_id = $1 AND told_at = $2 AND NOT EXISTS
			(SELECT 1 FROM course_news n WHERE n.enrolment_id = course_news.enrolment_id AND n.series_id = course_news.series_id AND n.about = course_news.about AND n.told_at = 0)`, id, at); err != nil {
			return false, err
		}
		return false, addEvent(ctx, tx, by, e, "untold", "")
	})
}
