package quiz

import (
	"context"
	"errors"
	"fmt"

	"digibrug/data"
)

// reviewLine is a draft that a review is about.
type reviewLine struct {
	item    string
	version int
	sampled bool
	note    string // why it is sent back; empty: it is not
}

func isMeanwhile(err error) bool { return errors.Is(err, ErrMeanwhile) }

func addReview(ctx context.Context, tx *data.Tx, by data.Actor, r Review, lines []reviewLine) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO item_reviews (id, bank_id, reviewer, reviewer_name, started_at, ended_at, outcome)
		VALUES ($1, $2, $3, $4, $5, 0, '')`, r.ID, r.Bank, maker(by), data.Clean(by.Name, 80), r.StartedAt.UnixMilli()); err != nil {
		return fmt.Errorf("add review: %w", err)
	}
	rows := make([][]any, len(lines))
	for i, line := range lines {
		sampled := 0
		if line.sampled {
			sampled = 1
		}
		rows[i] = []any{r.ID, line.item, line.version, sampled, line.note, ""}
	}
	return tx.InsertAll(ctx, `INSERT INTO item_review_lines (review_id, item_id, version, sampled, note, outcome)`, rows)
}

func reviewLines(ctx context.Context, q data.Query, review string) ([]reviewLine, error) {
	return data.List(ctx, q, func(scan func(...any) error) (line reviewLine, err error) {
		var sampled int64
		err = scan(&line.item, &line.version, &sampled, &line.note)
		line.sampled = sampled == 1
		return line, err
	}, `SELECT item_id, version, sampled, note FROM item_review_lines WHERE review_id = $1 ORDER BY item_id`, review)
}

// reviewByID gives a review that is open and the actor's own. It returns data.ErrNotFound for one of somebody else, and
// ErrMeanwhile for one that is over or of which a draft is none any more, or may not be seen any more.
func reviewByID(ctx context.Context, q data.Query, by data.Actor, id string) (r Review, err error) {
	var started, ended int64
	if err = data.One(ctx, q, []any{&r.ID, &r.Bank, &started, &ended}, `SELECT id, bank_id, started_at, ended_at FROM item_reviews
		WHERE id = $1 AND reviewer = $2`, id, maker(by)); err != nil {
		return Review{}, err
	}
	if ended != 0 {
		return Review{}, ErrMeanwhile
	}
	r.StartedAt = data.Milli(started)
	lines, err := reviewLines(ctx, q, id)
	if err != nil {
		return Review{}, err
	}
	drafts, err := versions(ctx, q, `v.state = 'draft' AND v.back = '' AND EXISTS (SELECT 1 FROM item_review_lines l
		WHERE l.review_id = $1 AND l.item_id = v.item_id AND l.version = v.version)`, id)
	if err != nil {
		return Review{}, err
	}
	closed, err := hidden(ctx, q, by)
	if err != nil {
		return Review{}, err
	}
	r.Notes = map[string]string{}
	for _, line := range lines {
		if line.note != "" {
			r.Notes[line.item] = line.note
		}
	}
	if r.Drafts = len(lines); len(drafts) != len(lines) {
		return Review{}, ErrMeanwhile
	}
	for i, v := range drafts { // both by item
		if closed[v.Item.ID] {
			return Review{}, ErrMeanwhile
		}
		if lines[i].sampled {
			r.Sample = append(r.Sample, v.Item)
		}
	}
	return r, nil
}

func endReview(ctx context.Context, tx *data.Tx, review, how string) error {
	return data.OneRow(tx.ExecContext(ctx, `UPDATE item_reviews SET ended_at = $1, outcome = $2 WHERE id = $3 AND ended_at = 0`,
		tx.Now().UnixMilli(), how, review))
}

// lapseOthers ends the review in bulk that the actor has open in a bank: what it was about is about to change.
func lapseOthers(ctx context.Context, tx *data.Tx, by data.Actor, bank string) error {
	_, err := tx.ExecContext(ctx, `UPDATE item_reviews SET ended_at = $1, outcome = 'lapsed' WHERE bank_id = $2 AND reviewer = $3 AND ended_at = 0`,
		tx.Now().UnixMilli(), bank, maker(by))
	return err
}
