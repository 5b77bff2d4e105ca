package quiz

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"digibrug/data"
)

// Result is what a person reads after an attempt.
type Result struct {
	Attempt Attempt // without items
	Domains []DomainResult
	Blank   int    // items that could be reached and have no answer
	Offer   string // course for who ended at starter
	// Explained says that the explanations may be read now; ExplainedOn is the last day on which they may not
	// yet, if that is known.
	Explained   bool
	ExplainedOn string
}

// Submit hands in the person's own attempt and audits it. Handing in twice is fine. While the entry items were
// not judged there is nothing to hand in: an *Invalid.
func (s *Store) Submit(ctx context.Context, by data.Actor, attemptID string) (Result, error) {
	if err := s.finish(ctx, by, attemptID, EndedSubmitted); err != nil {
		return Result{}, err
	}
	return s.Result(ctx, by, attemptID)
}

// finish ends the person's own attempt. One that has ended before, perhaps a moment ago in another window,
// stays as it ended.
func (s *Store) finish(ctx context.Context, by data.Actor, attemptID string, how Ended) error {
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		a, err := own(ctx, tx, by, attemptID)
		if err != nil || !a.Running() {
			return err
		}
		as := how
		if due := a.due(tx.Now()); due != "" {
			as = due // handing in after the bell is what the bell did
		} else if how == EndedSubmitted && !a.Entered {
			return &data.Invalid{Field: "place", Why: data.WhyNumber, Want: fmt.Sprintf("0–%d", a.Entry-1)}
		}
		return s.endAudited(ctx, tx, by, a, as)
	})
}

// endAudited ends an attempt and writes down that it has, not how: that somebody failed the entry items is a
// result, and the log is read by others.
func (s *Store) endAudited(ctx context.Context, tx *data.Tx, by data.Actor, a Attempt, how Ended) error {
	if err := s.end(ctx, tx, a, how); err != nil {
		return err
	}
	return tx.Audit(ctx, by, "attempt.end", a.ID)
}

// end closes an attempt and stores what it says per domain. The person's paper code for the campaign is used up,
// but by the closing of a campaign: with it, who was cut short can still come to read.
func (s *Store) end(ctx context.Context, tx *data.Tx, a Attempt, how Ended) error {
	if how != EndedClosed {
		if err := data.UseUp(ctx, tx, a.person, assessment(a.CampaignID)); err != nil {
			return err
		}
	}
	items, err := attemptItems(ctx, tx, a.ID)
	if err != nil {
		return err
	}
	var marked []Marked
	for _, it := range a.given(items) {
		if how == EndedClosed && it.Answer.Empty() {
			continue // nobody handed this in: what was not answered was not given
		}
		marked = append(marked, Marked{Item: it.Item, Mark: it.Item.Mark(it.Answer)})
	}
	results := JudgeAll(marked, s.cuts)
	if how == EndedStarter {
		results = starterResults(items)
	}
	for _, r := range results {
		if _, err := tx.ExecContext(ctx, `INSERT INTO attempt_results (attempt_id, domain, result) VALUES ($1, $2, $3)`,
			a.ID, r.Domain, toJSON(r)); err != nil {
			return fmt.Errorf("result of %s: %w", r.Domain, err)
		}
	}
	_, err = tx.ExecContext(ctx, `UPDATE attempts SET ended_at = $1, ended = $2 WHERE id = $3`, tx.Now().UnixMilli(), string(how), a.ID)
	return err
}

// starterResults are the results of who failed the entry items: the items that were never seen say
// nothing, the entry items say starter in every domain of the attempt.
func starterResults(items []AttemptItem) []DomainResult {
	var starters []DomainResult
	for _, it := range items {
		if !slices.ContainsFunc(starters, func(r DomainResult) bool { return r.Domain == it.Item.Domain }) {
			starters = append(starters, DomainResult{Domain: it.Item.Domain, Band: BandStarter, Sure: SureFair})
		}
	}
	return starters
}

// Result gives the result of the person's own attempt, or ErrNotOpen while it still runs.
func (s *Store) Result(ctx context.Context, by data.Actor, attemptID string) (r Result, err error) {
	if r.Attempt, err = own(ctx, s.db, by, attemptID); err != nil {
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
	if err := data.One(ctx, s.db, []any{&r.Blank}, `SELECT count(*) FROM attempt_items WHERE attempt_id = $1 AND answer IS NULL AND n < $2`,
		attemptID, r.Attempt.reach(c.Blueprint.Total())); err != nil {
		return Result{}, fmt.Errorf("count blanks: %w", err)
	}
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
// returns ErrNotOpen while the campaign does not allow it. Items that were never shown are left out, and those that are in a
// recruitment which is not over are withheld: a colleague may be a candidate.
func (s *Store) Explained(ctx context.Context, by data.Actor, attemptID string) ([]AttemptItem, error) {
	r, err := s.Result(ctx, by, attemptID)
	if err != nil {
		return nil, err
	}
	if !r.Explained {
		return nil, fmt.Errorf("explanations of %s: %w", attemptID, ErrNotOpen)
	}
	items, err := attemptItems(ctx, s.db, attemptID)
	if err != nil {
		return nil, err
	}
	asked, err := askedItems(ctx, s.db)
	if err != nil {
		return nil, err
	}
	given := r.Attempt.given(items)
	for i, one := range given {
		if asked[one.Item.ID] {
			given[i] = AttemptItem{Item: Item{ID: one.Item.ID, Domain: one.Item.Domain}, Withheld: true}
		}
	}
	return given, nil
}

// Tidy ends the attempts whose time limit has passed while nobody was looking, and closes the campaigns
// whose last day is over, so that counts and figures are right. It may run at any time, on several
// processes at once; one that fails doesn't keep the others. It returns how many attempts and campaigns it
// ended itself.
func (s *Store) Tidy(ctx context.Context) (attempts, campaigns int, err error) {
	overdue, err := data.List(ctx, s.db, scanID, `SELECT id FROM attempts WHERE ended_at IS NULL AND deadline_at <= $1 ORDER BY id`, s.db.Now().UnixMilli())
	if err != nil {
		return 0, 0, err
	}
	over, err := data.List(ctx, s.db, scanID, `SELECT id FROM campaigns WHERE state = 'open' AND closes_on < $1 ORDER BY id`, s.db.Today())
	if err != nil {
		return 0, 0, err
	}
	clock := data.Actor{Name: "clock"}
	var errs []error
	for _, id := range overdue {
		did := false
		errs = append(errs, s.db.InTx(ctx, func(tx *data.Tx) error {
			a, err := attemptByID(ctx, tx, id)
			if did = err == nil && a.Running(); !did {
				return err
			}
			return s.endAudited(ctx, tx, clock, a, EndedTime)
		}))
		attempts += one(did && errs[len(errs)-1] == nil)
	}
	for _, id := range over {
		err := s.db.InTx(ctx, func(tx *data.Tx) error { return s.close(ctx, tx, clock, id) })
		if !errors.Is(err, ErrState) { // ErrState: another process was first
			errs = append(errs, err)
			campaigns += one(err == nil)
		}
	}
	return attempts, campaigns, errors.Join(errs...)
}

func one(did bool) int {
	if did {
		return 1
	}
	return 0
}
