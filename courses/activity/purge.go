package activity

import (
	"context"
	"fmt"
	"strconv"

	"digibrug/data"
)

// Purge takes away which child came, after the last day that the activity keeps that: the children whom nothing keeps any
// more are deleted with all that was said of them, and counts stay. It may run as often as one likes, and audits how many
// children that were. It returns that number.
func (s *Store) Purge(ctx context.Context, by data.Actor) (n int, err error) {
	err = s.db.InTxFor(ctx, by, []data.Role{data.RoleICT}, func(tx *data.Tx) error {
		n = 0
		due, err := data.List(ctx, tx, scanActivity, activityColumns+` WHERE a.purged_on = '' AND a.keep_until < $1 ORDER BY a.keep_until, a.id`, tx.Today())
		if err != nil || len(due) == 0 {
			return err
		}
		for _, a := range due {
			if _, err := tx.ExecContext(ctx, `UPDATE activity_places SET child_id = NULL, left_by = '', left_why = '', untold = 0
				WHERE half_day_id IN (SELECT id FROM activity_half_days WHERE activity_id = $1)`, a.ID); err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `UPDATE activities SET purged_on = $1 WHERE id = $2`, tx.Today(), a.ID); err != nil {
				return err
			}
		}
		if n, err = dropChildren(ctx, tx); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "activity.purge", tx.Today(), "count", strconv.Itoa(n))
	})
	if err != nil {
		return 0, fmt.Errorf("purge activities: %w", err)
	}
	return n, nil
}

// dropChildren deletes the children whom no place names any more.
func dropChildren(ctx context.Context, tx *data.Tx) (int, error) {
	res, err := tx.ExecContext(ctx, `DELETE FROM activity_children WHERE NOT EXISTS (SELECT 1 FROM activity_places p WHERE p.child_id = activity_children.id)`)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// Erase forgets a child at once, when the guardian asks for it: counts stay. It is audited without a name. It returns
// ErrHasPlaces while the child still has a place, or a turn, in a half-day that isn't over, and data.ErrNotFound.
func (s *Store) Erase(ctx context.Context, by data.Actor, child string) error {
	err := s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		c, err := childOf(ctx, tx, child)
		if err != nil {
			return err
		}
		all, err := data.List(ctx, tx, scanPlace, placeColumns+` WHERE p.child_id = $1 AND p.state IN `+active+` ORDER BY h.on_day, p.id`, c.ID)
		if err != nil {
			return err
		}
		for _, p := range all {
			if !p.HalfDay.Over(tx.Now()) {
				return ErrHasPlaces
			}
		}
		if _, err := tx.ExecContext(ctx, `UPDATE activity_places SET child_id = NULL, left_by = '', left_why = '', untold = 0 WHERE child_id = $1`, c.ID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM activity_children WHERE id = $1`, c.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "child.erase", c.ID)
	})
	if err != nil {
		return fmt.Errorf("erase child %s: %w", data.Clean(child, 40), err)
	}
	return nil
}
