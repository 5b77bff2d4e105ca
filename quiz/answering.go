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
// It returns ErrTimeUp, ErrNotOpen or ErrEnded when the attempt takes no more answers (the first two end it
// with what was answered before), and an *Invalid for an answer that the item can't have and for an item or
// a place beyond the entry items while these were not judged.
func (s *Store) Save(ctx context.Context, by data.Actor, attemptID string, step Save) error {
	var due Ended
	err := s.db.InPlainTx(ctx, func(tx *data.Tx) error {
		a, err := s.running(ctx, tx, by, attemptID, &due)
		if err != nil {
			return err
		}
		if err := a.reaches(ctx, tx, step.N, step.Place); err != nil {
			return err
		}
		if err := saveItem(ctx, tx, a, step); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE attempts SET place = $1 WHERE id = $2`, step.Place, a.ID)
		return err
	})
	return s.ended(ctx, by, attemptID, due, err)
}

// running gives the person's own attempt when it takes answers. due says how it is to be ended when it
// should have ended before: ending writes an audit row, which answers don't wait for.
func (s *Store) running(ctx context.Context, tx *data.Tx, by data.Actor, attemptID string, due *Ended) (Attempt, error) {
	*due = ""
	a, err := own(ctx, tx, by, attemptID)
	if err != nil {
		return Attempt{}, err
	}
	if *due = a.due(tx.Now()); *due == EndedTime {
		return a, fmt.Errorf("attempt %s: %w", a.ID, ErrTimeUp)
	} else if *due != "" {
		return a, fmt.Errorf("attempt %s: %w", a.ID, ErrNotOpen)
	}
	if !a.Running() {
		return a, fmt.Errorf("attempt %s: %w", a.ID, ErrEnded)
	}
	return a, nil
}

// ended ends an attempt that was found to be due, and gives the error that told so.
func (s *Store) ended(ctx context.Context, by data.Actor, attemptID string, due Ended, err error) error {
	if due != "" {
		return errors.Join(err, s.finish(ctx, by, attemptID, due))
	}
	return err
}

// reaches returns an *Invalid when an item or a place can't be reached: beyond the last, or beyond the entry
// items while these were not judged.
func (a Attempt) reaches(ctx context.Context, tx *data.Tx, places ...int) error {
	total := a.Entry
	if a.Entered {
		if err := data.One(ctx, tx, []any{&total}, `SELECT count(*) FROM attempt_items WHERE attempt_id = $1`, a.ID); err != nil {
			return err
		}
	}
	for _, place := range places {
		if place < 0 || place >= total {
			return &data.Invalid{Field: "place", Why: data.WhyNumber, Want: fmt.Sprintf("0–%d", total-1), Got: fmt.Sprint(place)}
		}
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

// PassEntry judges the entry items, once: when all failed, the attempt ends kindly as EndedStarter and passed
// is false; otherwise the other items are open from now on, whatever is changed in the entry items later, and
// the person stands at the first of them. It may be called again. With blanks false it returns ErrBlank instead of
// ending an attempt in which an entry item has no answer: whoever only looks ahead is not judged unasked.
func (s *Store) PassEntry(ctx context.Context, by data.Actor, attemptID string, blanks bool) (passed bool, err error) {
	var due Ended
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		passed = false
		a, err := s.running(ctx, tx, by, attemptID, &due)
		if err != nil {
			return err
		}
		if passed = a.Entered; passed {
			return nil
		}
		items, err := attemptItems(ctx, tx, attemptID)
		if err != nil {
			return err
		}
		var marks []Mark
		blank := false
		for _, it := range a.given(items) {
			marks = append(marks, it.Item.Mark(it.Answer))
			blank = blank || it.Answer.Empty()
		}
		switch failed := EntryFailed(marks); {
		case failed && blank && !blanks:
			return fmt.Errorf("attempt %s: %w", a.ID, ErrBlank)
		case failed:
			return s.endAudited(ctx, tx, by, a, EndedStarter)
		}
		passed = true
		_, err = tx.ExecContext(ctx, `UPDATE attempts SET entered = TRUE, place = $1 WHERE id = $2`, min(a.Entry, len(items)-1), a.ID)
		return err
	})
	return passed, s.ended(ctx, by, attemptID, due, err)
}
