package recruit

import (
	"context"
	"fmt"
	"time"

	"digibrug/data"
)

// Question is a candidate's about an item that seems broken.
type Question struct {
	ID          string
	CandidateID string
	Label       string
	N           int
	What        string
	AskedAt     time.Time
	AnsweredAt  time.Time
	AnsweredBy  string
	Outcome     Scope // empty: open
	Why         string
}

const questionLen = 600

const questionColumns = `SELECT q.id, q.candidate_id, c.label, q.n, q.what, q.asked_at, q.answered_at, q.answered_by, q.outcome, q.why
	FROM sitting_questions q JOIN candidates c ON c.id = q.candidate_id`

func scanQuestion(scan func(...any) error) (q Question, err error) {
	var asked, answered int64
	err = scan(&q.ID, &q.CandidateID, &q.Label, &q.N, &q.What, &asked, &answered, &q.AnsweredBy, &q.Outcome, &q.Why)
	q.AskedAt, q.AnsweredAt = data.Milli(asked), data.StoredInstant(answered)
	return q, err
}

// typed tidies a reason or a question that somebody typed: it may not be empty, nor hold a national number.
func typed(field, text string, limit int) (string, error) {
	if data.HasNationalNumber(text) {
		return "", &data.Invalid{Field: field, Why: data.WhyNationalNumber}
	}
	if text = data.CleanBlock(text, limit); text == "" {
		return "", &data.Invalid{Field: field, Why: data.WhyEmpty}
	}
	return text, nil
}

// Ask asks the supervisor about item n, from 0, that seems broken: the clock stands still until there is an answer. It returns ErrOut for
// an item that is out, an *Invalid for a question without words, or an error of Save.
func (s *Store) Ask(ctx context.Context, by data.Actor, session string, n int, what string) error {
	what, err := typed("question", what, questionLen)
	if err != nil {
		return err
	}
	return s.turn(ctx, by, session, false, func(tx *data.Tx, at *seat) error {
		if err := at.answerable(); err != nil {
			return err
		}
		var out int
		err := data.One(ctx, tx, []any{&out}, `SELECT CASE WHEN i.out_at > 0 OR coalesce(a.out_at, 0) > 0 THEN 1 ELSE 0 END
			FROM procedure_items i LEFT JOIN sitting_answers a ON a.n = i.n AND a.candidate_id = $4
			WHERE i.procedure_id = $1 AND i.form = $2 AND i.n = $3`, at.Candidate.ProcedureID, at.Candidate.Form, n, at.Candidate.ID)
		if err != nil {
			return fmt.Errorf("item %d: %w", n, err)
		}
		if out == 1 {
			return ErrOut
		}
		now := at.moment(tx.Now())
		if _, err := tx.ExecContext(ctx, `INSERT INTO sitting_questions (id, candidate_id, n, what, asked_at, answered_at, answered_by, outcome, why)
			VALUES ($1, $2, $3, $4, $5, 0, '', '', '')`, data.NewID(), at.Candidate.ID, n, what, now.UnixMilli()); err != nil {
			return fmt.Errorf("ask: %w", err)
		}
		at.Clock = at.Clock.Stop(Asking, now)
		e := of(Asked, what)
		e.N = n
		return note(ctx, tx, by, at.Sitting, e)
	})
}

// AnswerQuestion answers a candidate's question, with why: the item goes out for everybody or for this one, or stays (Refused). An empty
// outcome is what the procedure was set to do when a question is accepted. The candidate's clock runs on from here. It returns
// ErrAnswered when somebody was first, and ErrNotFound.
func (s *Store) AnswerQuestion(ctx context.Context, by data.Actor, question string, outcome Scope, why string) error {
	why, err := typed("why", why, questionLen)
	if err != nil {
		return err
	}
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		asked, err := data.List(ctx, tx, scanQuestion, questionColumns+` WHERE q.id = $1`, question)
		if err == nil && len(asked) == 0 {
			err = data.ErrNotFound
		}
		if err != nil {
			return err
		}
		q := asked[0]
		at, err := watched(ctx, tx, by, q.CandidateID)
		switch {
		case err != nil:
			return err
		case q.Outcome != "":
			return ErrAnswered
		}
		scope, err := at.details.outcome(outcome)
		if err != nil {
			return err
		}
		if err := data.OneRow(tx.ExecContext(ctx, `UPDATE sitting_questions SET answered_at = $1, answered_by = $2, outcome = $3, why = $4 WHERE id = $5 AND outcome = ''`,
			tx.Now().UnixMilli(), by.Name, string(scope), why, q.ID)); err != nil {
			return err
		}
		if err := at.takeOut(ctx, tx, q.N, scope, why); err != nil {
			return err
		}
		if at.Sitting, err = settle(ctx, tx, by, at.Sitting); err != nil {
			return err
		}
		if at.Ended == "" && at.Clock.Why == Asking {
			at.Question = nil
			at.goOn(at.moment(tx.Now()))
			if err := put(ctx, tx, at.Sitting); err != nil {
				return err
			}
		}
		e := of(Answering, string(scope), why)
		e.N = q.N
		return at.told(ctx, tx, by, e, "recruit.answer_question", "item", fmt.Sprint(q.N+1), "outcome", string(scope))
	})
	if err != nil {
		return fmt.Errorf("answer question: %w", err)
	}
	return nil
}

// outcome is what an answer does; empty is the procedure's own choice, which is this one unless it says everybody.
func (d Details) outcome(asked Scope) (Scope, error) {
	switch asked {
	case Everybody, ThisOne, Refused:
		return asked, nil
	case "":
		if d.OutFor == Everybody {
			return Everybody, nil
		}
		return ThisOne, nil
	}
	return "", &data.Invalid{Field: "outcome", Why: data.WhyNotOneOf, Got: data.Clean(string(asked), 20)}
}

// takeOut takes an item of the candidate's form out. For everybody it goes out of every form that has it, of a family whichever
// variant, so that forms stay equal.
func (at seat) takeOut(ctx context.Context, tx *data.Tx, n int, scope Scope, why string) (err error) {
	now := tx.Now().UnixMilli()
	switch scope {
	case Everybody:
		_, err = tx.ExecContext(ctx, `UPDATE procedure_items SET out_at = $1, out_why = $2 WHERE procedure_id = $3 AND out_at = 0 AND item_id =
			(SELECT i.item_id FROM procedure_items i WHERE i.procedure_id = $3 AND i.form = $4 AND i.n = $5)`,
			now, why, at.Candidate.ProcedureID, at.Candidate.Form, n)
	case ThisOne:
		_, err = tx.ExecContext(ctx, `INSERT INTO sitting_answers (candidate_id, n, answer, answered_at, later, out_at) VALUES ($1, $2, '', 0, 0, $3)
			ON CONFLICT (candidate_id, n) DO UPDATE SET out_at = excluded.out_at WHERE sitting_answers.out_at = 0`, at.Candidate.ID, n, now)
	}
	if err != nil {
		return fmt.Errorf("take item %d out: %w", n, err)
	}
	return nil
}
