package recruit

import (
	"context"
	"fmt"
	"time"

	"digibrug/data"
	"digibrug/quiz"
)

// OwnItems gives the candidate's own items with the answers, in order. It returns an error of the kinds of Save while nothing can be answered: who
// is paused, or not in the room, reads nothing meanwhile.
func (s *Store) OwnItems(ctx context.Context, by data.Actor, session string) ([]Answered, error) {
	var all []Answered
	err := s.db.View(ctx, func(q data.Query) error {
		at, err := held(ctx, q, by, session)
		if err != nil {
			return err
		}
		at.Sitting = at.AsOf(q.Now())
		if at.Clock.Why == Cut { // this very visit asks: its line is alive
			at.Clock = at.Clock.Run(at.moment(q.Now()))
		}
		if err := at.answerable(); err != nil {
			return err
		}
		all, err = answered(ctx, q, at.Candidate)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("items of %s: %w", by.Name, err)
	}
	return all, nil
}

// answered reads the items of a candidate's form with what the candidate answered.
func answered(ctx context.Context, q data.Query, c Candidate) ([]Answered, error) {
	return data.List(ctx, q, func(scan func(...any) error) (a Answered, err error) {
		var item, shown, answer string
		var out, at, here int64
		if err = scan(&a.N, &item, &shown, &a.Weight, &a.Public, &out, &a.OutWhy, &answer, &at, &a.Later, &here); err != nil {
			return a, err
		}
		a.OutAt, a.AnsweredAt, a.OutHere = data.StoredInstant(out), data.StoredInstant(at), here != 0
		for text, into := range map[string]any{item: &a.Item.Item, shown: &a.Shown, answer: &a.Answer} {
			if err = data.Unpack(text, into); err != nil {
				return a, fmt.Errorf("stored item %d: %w", a.N, err)
			}
		}
		return a, nil
	}, `SELECT i.n, i.item, i.shown, i.weight, i.public, i.out_at, i.out_why, coalesce(a.answer, ''), coalesce(a.answered_at, 0), coalesce(a.later, 0), coalesce(a.out_at, 0)
		FROM procedure_items i LEFT JOIN sitting_answers a ON a.n = i.n AND a.candidate_id = $3
		WHERE i.procedure_id = $1 AND i.form = $2 ORDER BY i.n`, c.ProcedureID, c.Form, c.ID)
}

// Save stores one step of the candidate's own sitting. When it returns nil, the step is on disk. It returns ErrNotStarted, a *StoppedError while
// the clock stands still, an *EndedError, ErrOut for an answer to an item that is out, ErrWaiting or ErrElsewhere for a visit that
// doesn't hold the sitting, and an *Invalid for an answer that the item can't have and for an item or a place that isn't there.
func (s *Store) Save(ctx context.Context, by data.Actor, session string, step quiz.Save) error {
	return s.turn(ctx, by, session, false, func(tx *data.Tx, at *seat) error {
		if err := at.answerable(); err != nil {
			return err
		}
		it, err := at.reach(ctx, tx, step)
		if err != nil {
			return err
		}
		at.At = step.Place
		if step.Answer == nil && step.Later == nil {
			return nil
		}
		if !it.OutAt.IsZero() {
			return ErrOut
		}
		return at.saveItem(ctx, tx, it, step)
	})
}

// reach gives the item of a step, and makes sure that the place is there too.
func (at seat) reach(ctx context.Context, q data.Query, step quiz.Save) (Item, error) {
	here := map[int]Item{}
	_, err := data.List(ctx, q, func(scan func(...any) error) (it Item, err error) {
		var text string
		var out int64
		if err = scan(&it.N, &text, &out); err == nil {
			err = data.Unpack(text, &it.Item)
		}
		it.OutAt = data.StoredInstant(out)
		here[it.N] = it
		return it, err
	}, `SELECT n, item, out_at FROM procedure_items WHERE procedure_id = $1 AND form = $2 AND n IN ($3, $4)`,
		at.Candidate.ProcedureID, at.Candidate.Form, step.N, step.Place)
	if err != nil {
		return Item{}, fmt.Errorf("item %d: %w", step.N, err)
	}
	for _, n := range []int{step.N, step.Place} {
		if _, is := here[n]; !is {
			return Item{}, &data.Invalid{Field: "place", Why: data.WhyNumber, Got: fmt.Sprint(n)}
		}
	}
	return here[step.N], nil
}

// saveItem stores an answer, or the mark to look again. Nothing is read of what others answer, so that many can save at once.
func (at seat) saveItem(ctx context.Context, tx *data.Tx, it Item, step quiz.Save) error {
	var answer string
	set, answeredAt, later := "", int64(0), false
	if step.Answer != nil {
		tidy := it.Item.Tidy(*step.Answer)
		if err := it.Item.CheckAnswer(tidy); err != nil {
			return err
		}
		if !tidy.Empty() {
			answer = data.Pack(tidy)
		}
		set, answeredAt = "answer = excluded.answer, answered_at = excluded.answered_at", tx.Now().UnixMilli()
	}
	if step.Later != nil {
		if later = *step.Later; set != "" {
			set += ", "
		}
		set += "later = excluded.later"
	}
	bit := 0
	if later {
		bit = 1
	}
	err := data.OneRow(tx.ExecContext(ctx, `INSERT INTO sitting_answers (candidate_id, n, answer, answered_at, later, out_at) VALUES ($1, $2, $3, $4, $5, 0)
		ON CONFLICT (candidate_id, n) DO UPDATE SET `+set+` WHERE sitting_answers.out_at = 0`,
		at.Candidate.ID, it.N, answer, answeredAt, bit))
	if err == data.ErrNotFound {
		return ErrOut // for this one
	}
	if err != nil {
		return fmt.Errorf("answer item %d: %w", it.N, err)
	}
	return nil
}

// Break stops the clock for a break that was granted, while there are minutes of it. It returns ErrNoBreak, or an error of Save.
func (s *Store) Break(ctx context.Context, by data.Actor, session string) error {
	return s.turn(ctx, by, session, false, func(tx *data.Tx, at *seat) error {
		if err := at.answerable(); err != nil {
			return err
		}
		if at.Clock.Break <= 0 {
			return ErrNoBreak
		}
		at.Clock = at.Clock.Stop(OnBreak, at.moment(tx.Now()))
		return note(ctx, tx, by, at.Sitting, of(TookBreak))
	})
}

// BackFromBreak lets the clock run again. It returns ErrRunning when there is no break to come back from.
func (s *Store) BackFromBreak(ctx context.Context, by data.Actor, session string) error {
	return s.turn(ctx, by, session, false, func(tx *data.Tx, at *seat) error {
		if at.Clock.Why != OnBreak {
			return ErrRunning
		}
		now := at.moment(tx.Now())
		gone := now.Sub(at.Clock.StopAt)
		at.Clock = at.Clock.Run(now)
		return note(ctx, tx, by, at.Sitting, of(BackFrom, fmt.Sprint(int(gone.Seconds()))))
	})
}

// Log writes down what the candidate's screen saw: LeftScreen, Returned, Pasted with n characters, Silent with n seconds. It is
// noted, not punished. Other kinds are an *Invalid.
func (s *Store) Log(ctx context.Context, by data.Actor, session string, kind EventKind, n int) error {
	detail := ""
	switch kind {
	case LeftScreen, Returned:
	case Pasted, Silent:
		detail = fmt.Sprint(max(0, n))
	default:
		return &data.Invalid{Field: "kind", Why: data.WhyNotOneOf, Got: data.Clean(string(kind), 20)}
	}
	return s.turn(ctx, by, session, false, func(tx *data.Tx, at *seat) error {
		if !at.Started() {
			return ErrNotStarted
		}
		if kind == Silent { // telling of a silence is no key
			at.KeyAt = at.KeyAt.Add(-time.Duration(max(0, n)) * time.Second)
		}
		e := of(kind, detail)
		e.N = at.At
		return note(ctx, tx, by, at.Sitting, e)
	})
}

// Submit hands the test in: the sitting ends and the code is used up.
func (s *Store) Submit(ctx context.Context, by data.Actor, session string) error {
	return s.turn(ctx, by, session, true, func(tx *data.Tx, at *seat) error {
		if !at.Started() {
			return ErrNotStarted
		}
		if err := finish(ctx, tx, by, at.Sitting, at.moment(tx.Now()), Submitted, ""); err != nil {
			return err
		}
		at.Ended = Submitted
		return tx.Audit(ctx, by, "recruit.submit", at.Candidate.Label, "procedure", at.Candidate.ProcedureID)
	})
}
