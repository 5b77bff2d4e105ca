package quiz

import (
	"context"
	"errors"
	"fmt"
	"time"

	"digibrug/data"
)

// Result is what a person reads after an attempt.
type Result struct {
	Attempt Attempt // without items
	Domains []DomainResult
	Offer   string // course for who ended at starter
	// Explained says that the explanations may be read now; ExplainedOn is the day from which, if that is
	// known and still to come.
	Explained   bool
	ExplainedOn string
}

// Submit hands in the person's own attempt and audits it. Handing in twice is fine.
func (s *Store) Submit(ctx context.Context, by data.Actor, attemptID string) (Result, error) {
	if _, err := s.finish(ctx, by, attemptID, EndedSubmitted); err != nil && !errors.Is(err, ErrEnded) {
		return Result{}, err
	}
	return s.Result(ctx, by, attemptID)
}

// finish ends the person's own attempt. It returns ErrEnded when it had ended before.
func (s *Store) finish(ctx context.Context, by data.Actor, attemptID string, how Ended) (at time.Time, err error) {
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		a, err := attempt(ctx, tx, attemptID, by.PersonID)
		if err != nil {
			return err
		}
		if !a.Running() {
			return fmt.Errorf("attempt %s: %w", a.ID, ErrEnded)
		}
		if left, limited := a.Left(tx.Now()); limited && left == 0 {
			how = EndedTime // handing in after the bell is what the bell did
		}
		at = tx.Now()
		return s.endAudited(ctx, tx, by, a.ID, how)
	})
	return at, err
}

func (s *Store) endAudited(ctx context.Context, tx *data.Tx, by data.Actor, attemptID string, how Ended) error {
	if err := s.end(ctx, tx, attemptID, how); err != nil {
		return err
	}
	return tx.Audit(ctx, by, "attempt.end", attemptID, "how", string(how))
}

// end closes an attempt and stores what it says per domain.
func (s *Store) end(ctx context.Context, tx *data.Tx, attemptID string, how Ended) error {
	items, err := attemptItems(ctx, tx, attemptID)
	if err != nil {
		return err
	}
	var marked []Marked
	for _, it := range items {
		if how == EndedClosed && it.Answer.Empty() {
			continue // nobody handed this in: what was not answered was not given
		}
		marked = append(marked, Marked{Item: it.Item, Mark: it.Item.Mark(it.Answer)})
	}
	results := JudgeAll(marked, s.cuts)
	if how == EndedStarter {
		results = starterResults(results)
	}
	for _, r := range results {
		if _, err := tx.ExecContext(ctx, `INSERT INTO attempt_results (attempt_id, domain, result) VALUES ($1, $2, $3)`,
			attemptID, r.Domain, toJSON(r)); err != nil {
			return fmt.Errorf("result of %s: %w", r.Domain, err)
		}
	}
	_, err = tx.ExecContext(ctx, `UPDATE attempts SET ended_at = $1, ended = $2 WHERE id = $3`, tx.Now().UnixMilli(), string(how), attemptID)
	return err
}

// starterResults are the results of who failed the entry items: the items that were never seen say
// nothing, the entry items say starter in every domain.
func starterResults(results []DomainResult) []DomainResult {
	starters := make([]DomainResult, len(results))
	for i, r := range results {
		starters[i] = DomainResult{Domain: r.Domain, Band: BandStarter, Sure: SureFair}
	}
	return starters
}

// Result gives the result of the person's own attempt, or ErrNotOpen while it still runs.
func (s *Store) Result(ctx context.Context, by data.Actor, attemptID string) (r Result, err error) {
	if r.Attempt, err = attempt(ctx, s.db, attemptID, by.PersonID); err != nil {
		return Result{}, err
	}
	if r.Attempt.Running() {
		return Result{}, fmt.Errorf("result of running attempt %s: %w", attemptID, ErrNotOpen)
	}
	c, err := campaign(ctx, s.db, r.Attempt.CampaignID)
	if err != nil {
		return Result{}, err
	}
	stored, err := data.List(ctx, s.db, scanResult, `SELECT result FROM attempt_results WHERE attempt_id = $1 ORDER BY domain`, attemptID)
	if err != nil {
		return Result{}, err
	}
	for _, domain := range c.Blueprint.Domains() { // in the order of the test
		for _, d := range stored {
			if d.Domain == domain {
				r.Domains = append(r.Domains, d)
			}
		}
	}
	r.Offer = c.Offer
	r.Explained = c.Explain == ExplainAtSubmit || c.Explain == ExplainAtClose && c.State == Closed
	if !r.Explained && c.Explain == ExplainAtClose {
		r.ExplainedOn = c.ClosesOn
	}
	return r, nil
}

func scanResult(scan func(...any) error) (DomainResult, error) {
	var text string
	if err := scan(&text); err != nil {
		return DomainResult{}, err
	}
	return fromJSON[DomainResult](text, "result")
}

// Explained gives the person's own items with answers, to be laid beside the key with Item.Explain. It
// returns ErrNotOpen while the campaign does not allow it. Items that were never shown are left out.
func (s *Store) Explained(ctx context.Context, by data.Actor, attemptID string) ([]AttemptItem, error) {
	r, err := s.Result(ctx, by, attemptID)
	if err != nil {
		return nil, err
	}
	if !r.Explained {
		return nil, fmt.Errorf("explanations of %s: %w", attemptID, ErrNotOpen)
	}
	items, err := attemptItems(ctx, s.db, attemptID)
	if err == nil && r.Attempt.Ended == EndedStarter {
		items = items[:min(r.Attempt.Entry, len(items))]
	}
	return items, err
}

// Tidy ends the attempts whose time limit has passed while nobody was looking, and closes the campaigns
// whose last day is over, so that counts and figures are right. It may run at any time, on several
// processes at once. It returns how many attempts and campaigns it ended.
func (s *Store) Tidy(ctx context.Context) (attempts, campaigns int, err error) {
	clock := data.Actor{Name: "clock"}
	overdue, err := data.List(ctx, s.db, scanID, `SELECT id FROM attempts WHERE ended_at IS NULL AND deadline_at < $1 ORDER BY id`, s.db.Now().UnixMilli())
	if err != nil {
		return 0, 0, err
	}
	for _, id := range overdue {
		err := s.db.InTx(ctx, func(tx *data.Tx) error {
			var running bool
			if err := data.One(ctx, tx, []any{&running}, `SELECT ended_at IS NULL FROM attempts WHERE id = $1`, id); err != nil || !running {
				return err
			}
			return s.endAudited(ctx, tx, clock, id, EndedTime)
		})
		if err != nil {
			return attempts, 0, err
		}
		attempts++
	}
	over, err := data.List(ctx, s.db, scanID, `SELECT id FROM campaigns WHERE state = 'open' AND closes_on < $1 ORDER BY id`, s.db.Today())
	if err != nil {
		return attempts, 0, err
	}
	for _, id := range over {
		err := s.db.InTx(ctx, func(tx *data.Tx) error { return s.close(ctx, tx, clock, id) })
		if err != nil && !errors.Is(err, ErrState) { // ErrState: another process was first
			return attempts, campaigns, err
		}
		campaigns++
	}
	return attempts, campaigns, nil
}
