package quiz

import (
	"context"
	"errors"
	"fmt"

	"digibrug/data"
)

// Save is what one step in an attempt changes. Place is always stored, so that whoever comes back stands
// where they left.
type Save struct {
	N      int     // item, from 0
	Answer *Answer // nil: leave the answer as it is; an empty Answer takes it away
	Later  *bool   // nil: leave the mark as it is
	Place  int     // item to stand at after this step, from 0
}

// Save stores one step of the person's own running attempt. When it returns nil, the step is on disk.
// It returns ErrTimeUp or ErrEnded when the attempt takes no more answers, an *Invalid for an answer that
// the item can't have, and refuses to jump over entry items that were not judged yet.
func (s *Store) Save(ctx context.Context, by data.Actor, attemptID string, step Save) error {
	timeUp := false
	err := s.db.InPlainTx(ctx, func(tx *data.Tx) error {
		timeUp = false
		a, err := attempt(ctx, tx, attemptID, by.PersonID)
		if err != nil {
			return err
		}
		if err := takes(ctx, tx, a); err != nil {
			timeUp = errors.Is(err, ErrTimeUp)
			return err
		}
		if err := saveItem(ctx, tx, a, step); err != nil {
			return err
		}
		return savePlace(ctx, tx, a, step.Place)
	})
	if timeUp { // ending writes an audit row, which answers don't wait for
		if _, ferr := s.finish(ctx, by, attemptID, EndedTime); ferr != nil && !errors.Is(ferr, ErrEnded) {
			return errors.Join(err, ferr)
		}
	}
	return err
}

// takes tells whether an attempt takes answers at the moment of the transaction.
func takes(ctx context.Context, tx *data.Tx, a Attempt) error {
	if !a.Running() {
		return fmt.Errorf("attempt %s: %w", a.ID, ErrEnded)
	}
	if left, limited := a.Left(tx.Now()); limited && left == 0 {
		return fmt.Errorf("attempt %s: %w", a.ID, ErrTimeUp)
	}
	var c Campaign
	var state string
	if err := data.One(ctx, tx, []any{&state, &c.OpensOn, &c.ClosesOn},
		`SELECT state, opens_on, closes_on FROM campaigns WHERE id = $1`, a.CampaignID); err != nil {
		return err
	}
	if c.State = State(state); !c.TakableOn(tx.Today()) {
		return fmt.Errorf("campaign %s: %w", a.CampaignID, ErrNotOpen)
	}
	return nil
}

func saveItem(ctx context.Context, tx *data.Tx, a Attempt, step Save) error {
	if step.Answer == nil && step.Later == nil {
		return nil
	}
	var text string
	if err := data.One(ctx, tx, []any{&text}, `SELECT item FROM attempt_items WHERE attempt_id = $1 AND n = $2`, a.ID, step.N); err != nil {
		return fmt.Errorf("item %d: %w", step.N, err)
	}
	if step.Later != nil {
		if _, err := tx.ExecContext(ctx, `UPDATE attempt_items SET later = $1 WHERE attempt_id = $2 AND n = $3`, *step.Later, a.ID, step.N); err != nil {
			return fmt.Errorf("mark item %d: %w", step.N, err)
		}
	}
	if step.Answer == nil {
		return nil
	}
	it, err := fromJSON[Item](text, "item")
	if err != nil {
		return err
	}
	answer := it.Tidy(*step.Answer)
	if err := it.CheckAnswer(answer); err != nil {
		return err
	}
	var stored any
	if !answer.Empty() {
		stored = toJSON(answer)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE attempt_items SET answer = $1, answered_at = $2 WHERE attempt_id = $3 AND n = $4`,
		stored, tx.Now().UnixMilli(), a.ID, step.N); err != nil {
		return fmt.Errorf("answer item %d: %w", step.N, err)
	}
	return nil
}

// savePlace stores where the person stands. Out of the entry items leads only PassEntry.
func savePlace(ctx context.Context, tx *data.Tx, a Attempt, place int) error {
	var total int
	if err := data.One(ctx, tx, []any{&total}, `SELECT count(*) FROM attempt_items WHERE attempt_id = $1`, a.ID); err != nil {
		return err
	}
	last := total - 1
	if a.InEntry() {
		last = a.Entry - 1
	}
	if place < 0 || place > last {
		return &data.Invalid{Field: "place", Why: data.WhyNumber, Want: fmt.Sprintf("0–%d", last), Got: fmt.Sprint(place)}
	}
	_, err := tx.ExecContext(ctx, `UPDATE attempts SET place = $1 WHERE id = $2`, place, a.ID)
	return err
}

// PassEntry judges the entry items. When all failed, the attempt ends kindly as EndedStarter and passed is
// false; otherwise the person stands at the first item after them. It may be called again.
func (s *Store) PassEntry(ctx context.Context, by data.Actor, attemptID string) (passed bool, err error) {
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		a, err := attempt(ctx, tx, attemptID, by.PersonID)
		if err != nil {
			return err
		}
		if err := takes(ctx, tx, a); err != nil {
			return err
		}
		if passed = !a.InEntry(); passed {
			return nil
		}
		items, err := attemptItems(ctx, tx, attemptID)
		if err != nil {
			return err
		}
		var marks []Mark
		for _, it := range items[:min(a.Entry, len(items))] {
			marks = append(marks, it.Item.Mark(it.Answer))
		}
		if EntryFailed(marks) {
			return s.endAudited(ctx, tx, by, a.ID, EndedStarter)
		}
		passed = true
		_, err = tx.ExecContext(ctx, `UPDATE attempts SET place = $1 WHERE id = $2`, min(a.Entry, len(items)-1), a.ID)
		return err
	})
	return passed, err
}
