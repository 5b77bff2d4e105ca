package recruit

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/quiz"
)

// Errors of marking.
var (
	// ErrMarked says that an answer has its two marks, or was settled: neither changes any more.
	ErrMarked = errors.New("answer is marked")
	// ErrAgreed says that there is nothing to settle: the two marks lie within the margin, or there are not two yet.
	ErrAgreed = errors.New("nothing to settle")
)

// DefaultMargin is how far two marks may lie apart before somebody must settle them, in percent of what the item gives, where
// the procedure does not say.
const DefaultMargin = 20

const reasonLen = 600

// Work is an open answer as a marker gets it: under a code of its own for this marker, without the candidate's label, and without what
// another marker thinks of it.
type Work struct {
	Code   string // names the answer for this marker only
	Stem   string
	Rubric string
	Answer string
	Max    int  // hundredths
	Mine   *int // what this marker gave; nil: nothing yet
	Why    string
}

// Mark is what a marker thinks of an answer.
type Mark struct {
	AccountID string
	Points    int // hundredths
	Why       string
	MarkedAt  time.Time
}

// Settled is what an answer earns that two markers saw differently, with why.
type Settled struct {
	Points int // hundredths
	Why    string
	By     string // log-in name
	At     time.Time
}

// Agree gives what two marks make together: their mean, half up. It returns false while there are fewer than two, and when they lie further apart
// than margin percent of what the item gives.
func Agree(marks []Mark, most, margin int) (points int, agreed bool) {
	if len(marks) < 2 {
		return 0, false
	}
	low, high, sum := marks[0].Points, marks[0].Points, 0
	for _, m := range marks {
		low, high, sum = min(low, m.Points), max(high, m.Points), sum+m.Points
	}
	if (high-low)*100 > margin*most {
		return 0, false
	}
	return (2*sum + len(marks)) / (2 * len(marks)), true
}

// margin is that of the procedure.
func (d Details) margin() int {
	if d.Margin <= 0 {
		return DefaultMargin
	}
	return d.Margin
}

// script is an open answer with its marks.
type script struct {
	candidate, label string
	n                int
	item             quiz.Item
	weight           int
	answer           quiz.Answer
	marks            []Mark
	settled          *Settled
}

// code names a script for one marker. It tells nothing of whose it is, and nobody who hasn't the ids can make it.
func (s script) code(procedure, account string) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{"digibrug script", procedure, account, s.candidate, strconv.Itoa(s.n)}, "\x00")))
	return strings.ToUpper(hex.EncodeToString(sum[:5]))
}

// points are what a script earns; false while nobody can say.
func (s script) points(margin int) (int, bool) {
	if s.settled != nil {
		return s.settled.Points, true
	}
	return Agree(s.marks, s.weight, margin)
}

// mine is the mark of an account; nil: none.
func (s script) mine(account string) *Mark {
	for i := range s.marks {
		if s.marks[i].AccountID == account {
			return &s.marks[i]
		}
	}
	return nil
}

// full tells whether nobody else is to mark a script.
func (s script) full() bool { return s.settled != nil || len(s.marks) >= 2 }

// scripts reads the open answers of a procedure that count: by candidates who did not withdraw, to items that are not out.
func scripts(ctx context.Context, q data.Query, procedure string) ([]script, error) {
	all, err := data.List(ctx, q, func(scan func(...any) error) (s script, err error) {
		var item, answer string
		if err = scan(&s.candidate, &s.label, &s.n, &item, &s.weight, &answer); err == nil {
			err = errors.Join(data.Unpack(item, &s.item), data.Unpack(answer, &s.answer))
		}
		return s, err
	}, `SELECT c.id, c.label, i.n, i.item, i.weight, a.answer FROM sitting_answers a JOIN candidates c ON c.id = a.candidate_id
		JOIN procedure_items i ON i.procedure_id = c.procedure_id AND i.form = c.form AND i.n = a.n
		WHERE c.procedure_id = $1 AND c.withdrawn_at = 0 AND a.answer <> '' AND a.out_at = 0 AND i.out_at = 0 ORDER BY c.label, i.n`, procedure)
	if err != nil {
		return nil, fmt.Errorf("open answers: %w", err)
	}
	all = slices.DeleteFunc(all, func(s script) bool { return s.item.Kind != quiz.KindOpen })
	marks, settled, err := marksOf(ctx, q, procedure)
	if err != nil {
		return nil, err
	}
	for i, s := range all {
		k := scriptKey{s.candidate, s.n}
		all[i].marks = marks[k]
		if done, is := settled[k]; is {
			all[i].settled = &done
		}
	}
	return all, nil
}

// scriptKey is whose answer to which item.
type scriptKey struct {
	candidate string
	n         int
}

// marksOf reads all marks of a procedure, and what was settled.
func marksOf(ctx context.Context, q data.Query, procedure string) (marks map[scriptKey][]Mark, settled map[scriptKey]Settled, err error) {
	marks, settled = map[scriptKey][]Mark{}, map[scriptKey]Settled{}
	_, err = data.List(ctx, q, func(scan func(...any) error) (m Mark, err error) {
		var k scriptKey
		var at int64
		err = scan(&k.candidate, &k.n, &m.AccountID, &m.Points, &m.Why, &at)
		m.MarkedAt = data.Milli(at)
		marks[k] = append(marks[k], m)
		return m, err
	}, `SELECT m.candidate_id, m.n, m.account_id, m.points, m.why, m.marked_at FROM answer_marks m JOIN candidates c ON c.id = m.candidate_id
		WHERE c.procedure_id = $1 ORDER BY m.candidate_id, m.n, m.marked_at, m.account_id`, procedure)
	if err != nil {
		return nil, nil, fmt.Errorf("marks: %w", err)
	}
	_, err = data.List(ctx, q, func(scan func(...any) error) (s Settled, err error) {
		var k scriptKey
		var at int64
		err = scan(&k.candidate, &k.n, &s.Points, &s.Why, &s.By, &at)
		s.At = data.Milli(at)
		settled[k] = s
		return s, err
	}, `SELECT s.candidate_id, s.n, s.points, s.why, s.settled_by, s.settled_at FROM answer_settled s JOIN candidates c ON c.id = s.candidate_id
		WHERE c.procedure_id = $1 ORDER BY s.candidate_id, s.n`, procedure)
	if err != nil {
		return nil, nil, fmt.Errorf("settled marks: %w", err)
	}
	return marks, settled, nil
}

// ToMark gives a marker the open answers of a closed procedure that want a mark of theirs, or have one: item by item, and within an item in an order
// that is each marker's own.
func (s *Store) ToMark(ctx context.Context, by data.Actor, procedure string) ([]Work, error) {
	var all []Work
	err := s.db.View(ctx, func(q data.Query) error {
		todo, _, err := forMarker(ctx, q, by, procedure)
		if err != nil {
			return err
		}
		slices.SortFunc(todo, func(a, b script) int {
			return cmp.Or(cmp.Compare(a.item.ID, b.item.ID), cmp.Compare(a.code(procedure, by.AccountID), b.code(procedure, by.AccountID)))
		})
		all = nil
		for _, one := range todo {
			w := Work{Code: one.code(procedure, by.AccountID), Stem: one.item.Stem, Rubric: one.item.Rubric, Answer: one.answer.Text, Max: one.weight}
			if m := one.mine(by.AccountID); m != nil {
				w.Mine, w.Why = &m.Points, m.Why
			} else if one.full() {
				continue
			}
			all = append(all, w)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("answers to mark: %w", err)
	}
	return all, nil
}

// forMarker reads the scripts of a closed procedure for one of its markers.
func forMarker(ctx context.Context, q data.Query, by data.Actor, procedure string) ([]script, Details, error) {
	if err := require(ctx, q, by, procedure, Marker); err != nil {
		return nil, Details{}, err
	}
	state, details, err := setup(ctx, q, procedure)
	if err != nil {
		return nil, details, err
	}
	if state != Closed {
		return nil, details, fmt.Errorf("procedure is %s: %w", state, ErrNotClosed)
	}
	all, err := scripts(ctx, q, procedure)
	return all, details, err
}

// find gives the script of a marker's code.
func find(all []script, code, procedure, account string) (script, error) {
	for _, s := range all {
		if s.code(procedure, account) == code {
			return s, nil
		}
	}
	return script{}, fmt.Errorf("answer %s: %w", data.Clean(code, 20), data.ErrNotFound)
}

// checkPoints returns an *Invalid for points that the item can't give.
func (s script) checkPoints(points int) error {
	if points < 0 || points > s.weight {
		return &data.Invalid{Field: "points", Why: data.WhyNumber, Want: fmt.Sprintf("0–%d", s.weight), Got: fmt.Sprint(points)}
	}
	return nil
}

// Mark gives an answer points, in hundredths from 0 to what the item gives, with why. A marker can think again until the answer has its second mark. It
// returns ErrMarked after that, data.ErrNotFound for a code of another marker, and an *Invalid.
func (s *Store) Mark(ctx context.Context, by data.Actor, procedure, code string, points int, why string) error {
	if why = strings.TrimSpace(why); why != "" {
		var err error
		if why, err = typed("why", why, reasonLen); err != nil {
			return err
		}
	}
	err := s.db.InTx(ctx, func(tx *data.Tx) error {
		all, _, err := forMarker(ctx, tx, by, procedure)
		if err != nil {
			return err
		}
		one, err := find(all, code, procedure, by.AccountID)
		if err == nil {
			err = one.checkPoints(points)
		}
		if err != nil {
			return err
		}
		if one.full() {
			return ErrMarked
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO answer_marks (candidate_id, n, account_id, points, why, marked_at) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (candidate_id, n, account_id) DO UPDATE SET points = excluded.points, why = excluded.why, marked_at = excluded.marked_at`,
			one.candidate, one.n, by.AccountID, points, why, tx.Now().UnixMilli()); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "recruit.mark", code, "procedure", procedure)
	})
	if err != nil {
		return fmt.Errorf("mark an answer: %w", err)
	}
	return nil
}

// Dispute is an answer that two markers saw differently. Who they were is not said.
type Dispute struct {
	Work
	Marks []int // the two, the lower first; hundredths
	Whys  []string
	Done  *Settled // nil: not settled yet
	Third bool     // this marker gave neither mark
}

// Disputes gives a marker the answers whose marks lie too far apart, settled ones too.
func (s *Store) Disputes(ctx context.Context, by data.Actor, procedure string) ([]Dispute, error) {
	var all []Dispute
	err := s.db.View(ctx, func(q data.Query) error {
		todo, details, err := forMarker(ctx, q, by, procedure)
		if err != nil {
			return err
		}
		all = nil
		for _, one := range todo {
			if !one.disputed(details.margin()) {
				continue
			}
			d := Dispute{Work: Work{Code: one.code(procedure, by.AccountID), Stem: one.item.Stem, Rubric: one.item.Rubric, Answer: one.answer.Text, Max: one.weight},
				Done: one.settled, Third: true}
			slices.SortFunc(one.marks, func(a, b Mark) int { return cmp.Or(cmp.Compare(a.Points, b.Points), cmp.Compare(a.Why, b.Why)) })
			for _, m := range one.marks {
				d.Marks, d.Whys = append(d.Marks, m.Points), append(d.Whys, m.Why)
			}
			if m := one.mine(by.AccountID); m != nil {
				d.Mine, d.Work.Why, d.Third = &m.Points, m.Why, false
			}
			all = append(all, d)
		}
		slices.SortFunc(all, func(a, b Dispute) int { return cmp.Compare(a.Code, b.Code) })
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("disputed answers: %w", err)
	}
	return all, nil
}

// disputed tells whether a script's two marks lie too far apart.
func (s script) disputed(margin int) bool {
	_, agreed := Agree(s.marks, s.weight, margin)
	return len(s.marks) >= 2 && !agreed
}

// Settle says what a disputed answer earns, with the reason: by a third marker, or by one of the two after both talked. It returns ErrAgreed where there
// is nothing to settle, and ErrMarked where somebody was first.
func (s *Store) Settle(ctx context.Context, by data.Actor, procedure, code string, points int, why string) error {
	why, err := typed("why", why, reasonLen)
	if err != nil {
		return err
	}
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		all, details, err := forMarker(ctx, tx, by, procedure)
		if err != nil {
			return err
		}
		one, err := find(all, code, procedure, by.AccountID)
		if err == nil {
			err = one.checkPoints(points)
		}
		switch {
		case err != nil:
			return err
		case !one.disputed(details.margin()):
			return ErrAgreed
		case one.settled != nil:
			return ErrMarked
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO answer_settled (candidate_id, n, points, why, settled_by, settled_at) VALUES ($1, $2, $3, $4, $5, $6)`,
			one.candidate, one.n, points, why, by.Name, tx.Now().UnixMilli()); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "recruit.settle", code, "procedure", procedure)
	})
	if err != nil {
		return fmt.Errorf("settle an answer: %w", err)
	}
	return nil
}
