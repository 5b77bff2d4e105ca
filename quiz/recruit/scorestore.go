package recruit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"digibrug/data"
)

// ErrNotClosed says that the procedure is not closed: answers still change, or the scores are frozen already.
var ErrNotClosed = errors.New("procedure not closed")

// ErrUnmarked says that open answers still want a mark, or to be settled. *LackError says how many.
var ErrUnmarked = errors.New("answers to mark")

// LackError says what stands in the way of freezing the scores. It Is ErrUnmarked.
type LackError struct {
	Unmarked  int // open answers with fewer than two marks
	Disputed  int // with two that lie too far apart, not settled
	Questions int // of candidates about an item, without an answer
}

func (e *LackError) Error() string {
	return fmt.Sprintf("%d answers to mark, %d to settle, %d questions to answer", e.Unmarked, e.Disputed, e.Questions)
}

// Is makes it an ErrUnmarked.
func (e *LackError) Is(target error) bool { return target == ErrUnmarked }

// record is all from which the scores of a procedure follow.
type record struct {
	details Details
	papers  []Paper
	hashes  []string // of what each candidate's score follows from
	lack    LackError
}

// recordOf reads the log of a procedure, in a few queries.
func recordOf(ctx context.Context, q data.Query, procedure string, d Details) (r record, err error) {
	r.details = d
	all, err := data.List(ctx, q, scanSitting, sittingColumns+` WHERE c.procedure_id = $1 ORDER BY length(c.label), c.label`, procedure)
	if err != nil {
		return r, fmt.Errorf("sittings: %w", err)
	}
	forms, err := formsOf(ctx, q, procedure)
	if err != nil {
		return r, err
	}
	given, err := givenOf(ctx, q, procedure)
	if err != nil {
		return r, err
	}
	hand, err := scripts(ctx, q, procedure)
	if err != nil {
		return r, err
	}
	for _, s := range all {
		p := Paper{Candidate: s.Candidate, Started: s.Started(), ByHand: map[int]int{}}
		for _, it := range forms[s.Candidate.Form] {
			a := given[scriptKey{s.Candidate.ID, it.N}]
			a.Item = it
			p.Items = append(p.Items, a)
		}
		var own []script
		for _, one := range hand {
			if one.candidate == s.Candidate.ID {
				own = append(own, one)
				if points, known := one.points(d.margin()); known {
					p.ByHand[one.n] = points
				}
			}
		}
		r.papers = append(r.papers, p)
		r.hashes = append(r.hashes, inputHash(s, p, own))
	}
	r.lack, err = lackOf(ctx, q, procedure, d, hand)
	return r, err
}

// lackOf counts what stands in the way of the scores: among the open answers, and of the questions.
func lackOf(ctx context.Context, q data.Query, procedure string, d Details, hand []script) (lack LackError, err error) {
	for _, one := range hand {
		_, known := one.points(d.margin())
		switch {
		case known:
		case len(one.marks) >= 2:
			lack.Disputed++
		default:
			lack.Unmarked++
		}
	}
	if err := data.One(ctx, q, []any{&lack.Questions}, `SELECT count(*) FROM sitting_questions q JOIN candidates c ON c.id = q.candidate_id
		WHERE c.procedure_id = $1 AND q.outcome = ''`, procedure); err != nil {
		return lack, fmt.Errorf("open questions: %w", err)
	}
	return lack, nil
}

// formsOf reads the items of a procedure by form.
func formsOf(ctx context.Context, q data.Query, procedure string) (map[string][]Item, error) {
	all, err := itemsOf(ctx, q, procedure, "")
	if err != nil {
		return nil, fmt.Errorf("items: %w", err)
	}
	forms := map[string][]Item{}
	for _, it := range all {
		forms[it.Form] = append(forms[it.Form], it)
	}
	return forms, nil
}

// givenOf reads all answers of a procedure, without their items.
func givenOf(ctx context.Context, q data.Query, procedure string) (map[scriptKey]Answered, error) {
	given := map[scriptKey]Answered{}
	_, err := data.List(ctx, q, func(scan func(...any) error) (a Answered, err error) {
		var k scriptKey
		var answer string
		var at, out int64
		if err = scan(&k.candidate, &k.n, &answer, &at, &a.Later, &out); err == nil {
			err = data.Unpack(answer, &a.Answer)
		}
		a.AnsweredAt, a.OutHere = data.StoredInstant(at), out != 0
		given[k] = a
		return a, err
	}, `SELECT a.candidate_id, a.n, a.answer, a.answered_at, a.later, a.out_at FROM sitting_answers a JOIN candidates c ON c.id = a.candidate_id
		WHERE c.procedure_id = $1 ORDER BY a.candidate_id, a.n`, procedure)
	if err != nil {
		return nil, fmt.Errorf("answers: %w", err)
	}
	return given, nil
}

// inputHash is the hash over what a candidate's score follows from: the clock, the items with their weights and what was answered when, the marks.
func inputHash(s Sitting, p Paper, own []script) string {
	type item struct {
		N, Weight, Version int
		ID                 string
		Variant            int `json:",omitempty"`
		Out                int64
		OutHere            bool
		Answer             any
		At                 int64
	}
	type mark struct {
		N       int
		Marks   []Mark
		Settled *Settled
	}
	in := struct {
		Candidate, Form  string
		Withdrawn        bool
		Started, Ended   int64
		How              End
		Allowed, Stopped time.Duration
		Items            []item
		Marks            []mark
	}{Candidate: s.Candidate.ID, Form: s.Candidate.Form, Withdrawn: s.Candidate.Withdrawn, Started: data.Stamp(s.Clock.StartedAt), Ended: data.Stamp(s.EndedAt),
		How: s.Ended, Allowed: s.Clock.Allowed, Stopped: s.Clock.Stopped}
	for _, a := range p.Items {
		in.Items = append(in.Items, item{a.N, a.Weight, a.Item.Item.Version, a.Item.Item.ID, a.Item.Item.Variant, data.Stamp(a.OutAt), a.OutHere, a.Answer, data.Stamp(a.AnsweredAt)})
	}
	for _, one := range own {
		in.Marks = append(in.Marks, mark{one.n, one.marks, one.settled})
	}
	return sum(data.Pack(in))
}

// sum is the SHA-256 of texts, each with its length, in hexadecimal.
func sum(texts ...string) string {
	h := sha256.New()
	for _, t := range texts {
		fmt.Fprintf(h, "%d:%s", len(t), t)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// frozenScore is a score as it is stored.
type frozenScore struct{ candidate, label, text, hash string }

// freeze gives the scores of a log as they are stored, in the order of the papers.
func (r record) freeze() (all []frozenScore) {
	for i, s := range ScoreAll(r.details, r.papers) {
		text := data.Pack(s)
		all = append(all, frozenScore{s.Candidate, s.Label, text, sum(text, r.hashes[i])})
	}
	return all
}

// wholeHash is the hash over all scores of a procedure.
func wholeHash(all []frozenScore) string {
	var texts []string
	for _, s := range all {
		texts = append(texts, s.label, s.hash)
	}
	return sum(texts...)
}

// Lacking says what still stands in the way of FreezeScores, as it would; nil for nothing. A recruiter of the procedure may ask.
// It returns ErrNotClosed before the test is closed and once the scores are frozen.
func (s *Store) Lacking(ctx context.Context, by data.Actor, procedure string) (*LackError, error) {
	var lack LackError
	err := s.view(ctx, by, procedure, []Duty{Recruiter}, func(q data.Query, p Procedure) error {
		if p.State != Closed {
			return ErrNotClosed
		}
		hand, err := scripts(ctx, q, procedure)
		if err != nil {
			return err
		}
		lack, err = lackOf(ctx, q, procedure, p.Details, hand)
		return err
	})
	switch {
	case err != nil:
		return nil, fmt.Errorf("what lacks for scores: %w", err)
	case lack == LackError{}:
		return nil, nil
	}
	return &lack, nil
}

// FreezeScores works out all scores of a closed procedure and freezes them; the hash over all of them goes into the audit log too. It may be done by
// a recruiter, once all open answers are marked. It returns ErrNotClosed, and a *LackError.
func (s *Store) FreezeScores(ctx context.Context, by data.Actor, procedure string) error {
	err := s.act(ctx, by, procedure, []Duty{Recruiter}, func(tx *data.Tx, p Procedure) error {
		if p.State != Closed {
			return ErrNotClosed
		}
		r, err := recordOf(ctx, tx, procedure, p.Details)
		if err != nil {
			return err
		}
		if r.lack != (LackError{}) {
			return &r.lack
		}
		frozen := r.freeze()
		for _, f := range frozen {
			if _, err := tx.ExecContext(ctx, `INSERT INTO candidate_scores (candidate_id, score, hash) VALUES ($1, $2, $3)`, f.candidate, f.text, f.hash); err != nil {
				return fmt.Errorf("freeze the score of %s: %w", f.label, err)
			}
		}
		if err := step(ctx, tx, p, Scored); err != nil {
			return err
		}
		whole := wholeHash(frozen)
		if err := data.OneRow(tx.ExecContext(ctx, `UPDATE procedures SET scored = $1 WHERE id = $2`, whole, p.ID)); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "recruit.score", p.ID, "title", p.Title, "sum", whole, "candidates", fmt.Sprint(len(frozen)))
	})
	if err != nil {
		return fmt.Errorf("freeze scores: %w", err)
	}
	return nil
}

// Scores gives the frozen scores of a procedure by label, for its recruiters and its jury. It returns ErrNotScored before they are frozen.
func (s *Store) Scores(ctx context.Context, by data.Actor, procedure string) ([]Score, error) {
	var all []Score
	err := s.db.View(ctx, func(q data.Query) error {
		stored, err := s.frozen(ctx, q, by, procedure)
		if err != nil {
			return err
		}
		all = make([]Score, len(stored))
		for i, f := range stored {
			if err := json.Unmarshal([]byte(f.text), &all[i]); err != nil {
				return fmt.Errorf("score of %s: %w", f.label, err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("scores of procedure %s: %w", data.Clean(procedure, 40), err)
	}
	return all, nil
}

// ErrNotScored says that the scores are not frozen yet.
var ErrNotScored = errors.New("scores not frozen")

// frozen reads what is stored of the scores, for who may see them.
func (s *Store) frozen(ctx context.Context, q data.Query, by data.Actor, procedure string) ([]frozenScore, error) {
	if err := require(ctx, q, by, procedure, Recruiter, Jury); err != nil {
		return nil, err
	}
	var at int64
	if err := data.One(ctx, q, []any{&at}, `SELECT scored_at FROM procedures WHERE id = $1`, procedure); err != nil {
		return nil, err
	}
	if at == 0 {
		return nil, ErrNotScored
	}
	return storedScores(ctx, q, procedure)
}

func storedScores(ctx context.Context, q data.Query, procedure string) ([]frozenScore, error) {
	return data.List(ctx, q, func(scan func(...any) error) (f frozenScore, err error) {
		return f, scan(&f.candidate, &f.label, &f.text, &f.hash)
	}, `SELECT c.id, c.label, s.score, s.hash FROM candidate_scores s JOIN candidates c ON c.id = s.candidate_id
		WHERE c.procedure_id = $1 ORDER BY length(c.label), c.label`, procedure)
}
