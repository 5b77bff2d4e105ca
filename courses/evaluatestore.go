package courses

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
)

// What stands in the way of evaluating.
var (
	// ErrToken says that a code opens no form: there is no such code, or it was used.
	ErrToken = errors.New("no form for this code")
	// ErrEvaluated says that the evaluation of a series is closed, or that as many answered as took part.
	ErrEvaluated = errors.New("the evaluation is closed")
	// ErrFewAnswers says that too few answered for anybody to read the totals.
	ErrFewAnswers = errors.New("too few answers")
)

// Form is what somebody who evaluates sees.
type Form struct {
	Course string   // title
	Goals  []string // of the course
	Next   []Course // that one can take after it
}

// tokenHash is how a token is stored: what it was can't be read back.
func tokenHash(code string) string {
	sum := sha256.Sum256([]byte("evaluation " + code))
	return hex.EncodeToString(sum[:])
}

// IssueTokens makes one-time codes for the participants of a series that have none yet, and audits how many. Nobody knows
// whose is which: they are dealt out as slips, from a hat. It returns the new codes, in no order, and data.ErrNotFound.
func (s *Store) IssueTokens(ctx context.Context, by data.Actor, series string) (codes []string, err error) {
	err = s.db.InTxFor(ctx, by, append(desk(), data.RoleTrainer), func(tx *data.Tx) error {
		codes = nil
		of, err := seriesOf(ctx, tx, series)
		if err != nil {
			return err
		}
		if err := openToAnswers(ctx, tx, series); err != nil {
			return err
		}
		var people, have int
		if err := data.One(ctx, tx, []any{&people, &have}, `SELECT (SELECT count(*) FROM enrolments WHERE series_id = $1 AND state = 'booked'),
			(SELECT count(*) FROM evaluation_tokens WHERE series_id = $1)`, series); err != nil {
			return err
		}
		for range people - have {
			code := data.NewCode()
			if _, err := tx.ExecContext(ctx, `INSERT INTO evaluation_tokens (token_hash, series_id, used) VALUES ($1, $2, 0)`, tokenHash(code), series); err != nil {
				return err
			}
			codes = append(codes, code)
		}
		slices.Sort(codes)
		return tx.Audit(ctx, by, "evaluation.issue", series, "number", of.Code, "count", strconv.Itoa(len(codes)))
	})
	if err != nil {
		return nil, fmt.Errorf("issue evaluation codes for series %s: %w", data.Clean(series, 40), err)
	}
	return codes, nil
}

// openToAnswers returns ErrEvaluated once the evaluation of a series is closed.
func openToAnswers(ctx context.Context, q data.Query, series string) error {
	var closed int
	err := data.One(ctx, q, []any{&closed}, `SELECT count(*) FROM evaluation_closings WHERE series_id = $1`, series)
	if err == nil && closed > 0 {
		err = ErrEvaluated
	}
	return err
}

// OpenForm gives the form that a code is for. Who sits at a kiosk may, and staff with an account. It returns ErrToken,
// also once the evaluation is closed.
func (s *Store) OpenForm(ctx context.Context, by data.Actor, code string) (f Form, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		if err := mayAnswer(ctx, q, by); err != nil {
			return err
		}
		series, err := tokenFor(ctx, q, code)
		if err != nil {
			return err
		}
		f, _, err = formOf(ctx, q, series)
		return err
	})
	if err != nil {
		return Form{}, fmt.Errorf("open an evaluation form: %w", err)
	}
	return f, nil
}

func mayAnswer(ctx context.Context, q data.Query, by data.Actor) error {
	if by.KioskID != "" {
		_, err := data.OwnKiosk(ctx, q, by)
		return err
	}
	return data.Require(ctx, q, by, data.Roles()...)
}

// tokenFor gives the series of a code that can still be used.
func tokenFor(ctx context.Context, q data.Query, code string) (series string, err error) {
	clean, err := data.ParseCode(code)
	if err != nil {
		return "", err
	}
	found, err := data.List(ctx, q, func(scan func(...any) error) (id string, err error) { return id, scan(&id) },
		`SELECT series_id FROM evaluation_tokens WHERE token_hash = $1 AND used = 0`, tokenHash(clean))
	if err != nil {
		return "", err
	}
	if len(found) == 0 || openToAnswers(ctx, q, found[0]) != nil {
		return "", ErrToken
	}
	return found[0], nil
}

// formOf gives the form of a series, and its course.
func formOf(ctx context.Context, q data.Query, series string) (f Form, c Course, err error) {
	of, err := seriesOf(ctx, q, series)
	if err != nil {
		return f, c, err
	}
	if c, err = courseOf(ctx, q, of.CourseID); err != nil {
		return f, c, err
	}
	all, err := data.List(ctx, q, scanCourse, `SELECT id, details, retired_on FROM courses WHERE retired_on = '' OR retired_on > $1 ORDER BY sort_key, id`, data.DayOf(q.Now()))
	f = Form{Course: c.Title, Goals: c.Goals}
	next := NextCourses(all, []string{c.Code})
	for _, other := range all {
		fits := func(n Course) bool { return n.Code == other.Code }
		if slices.ContainsFunc(next, fits) || other.Domain == c.Domain && other.Level == c.Level+1 {
			f.Next = append(f.Next, other)
		}
	}
	return f, c, err
}

// Answer keeps a form, once for each code, without anything that tells who or when: there is no audit row. It returns
// ErrToken, and an *data.Invalid; the code stays good then.
func (s *Store) Answer(ctx context.Context, by data.Actor, code string, a Answers) error {
	err := s.db.InPlainTx(ctx, func(tx *data.Tx) error {
		if err := mayAnswer(ctx, tx, by); err != nil {
			return err
		}
		series, err := tokenFor(ctx, tx, code)
		if err != nil {
			return err
		}
		clean, err := data.ParseCode(code)
		if err != nil {
			return err
		}
		if err := data.OneRow(tx.ExecContext(ctx, `UPDATE evaluation_tokens SET used = 1 WHERE token_hash = $1 AND used = 0`, tokenHash(clean))); err != nil {
			return err
		}
		return keep(ctx, tx, series, a)
	})
	if err != nil {
		return fmt.Errorf("keep an evaluation form: %w", err)
	}
	return nil
}

// AnswerPaper keeps a form that somebody filled in on paper. A slip that nobody used yet is spent with it, so that no more
// answer than took part. It returns ErrEvaluated when all have, an *data.Invalid, and data.ErrNotFound.
func (s *Store) AnswerPaper(ctx context.Context, by data.Actor, series string, a Answers) error {
	err := s.db.InPlainTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, append(desk(), data.RoleTrainer)...); err != nil {
			return err
		}
		if err := openToAnswers(ctx, tx, series); err != nil {
			return err
		}
		var people, answered int
		if err := data.One(ctx, tx, []any{&people, &answered}, `SELECT (SELECT count(*) FROM enrolments WHERE series_id = $1 AND state = 'booked'),
			(SELECT count(*) FROM evaluation_answers WHERE series_id = $1)`, series); err != nil {
			return err
		}
		if answered >= people {
			return ErrEvaluated
		}
		if _, err := tx.ExecContext(ctx, `UPDATE evaluation_tokens SET used = 1 WHERE token_hash = (SELECT min(token_hash) FROM evaluation_tokens WHERE series_id = $1 AND used = 0)`, series); err != nil {
			return err
		}
		return keep(ctx, tx, series, a)
	})
	if err != nil {
		return fmt.Errorf("keep a paper form of series %s: %w", data.Clean(series, 40), err)
	}
	return nil
}

// keep writes answers among the others of the series, all of them anew in the order of their random ids.
func keep(ctx context.Context, tx *data.Tx, series string, a Answers) error {
	_, c, err := formOf(ctx, tx, series)
	if err != nil {
		return err
	}
	if a, err = a.Normal(len(c.Goals)); err != nil {
		return err
	}
	type row struct{ id, text string }
	all, err := data.List(ctx, tx, func(scan func(...any) error) (r row, err error) { return r, scan(&r.id, &r.text) },
		`SELECT id, answers FROM evaluation_answers WHERE series_id = $1 ORDER BY id`, series)
	if err != nil {
		return err
	}
	all = append(all, row{rand.Text(), data.Pack(a)})
	slices.SortFunc(all, func(a, b row) int { return strings.Compare(a.id, b.id) })
	if _, err := tx.ExecContext(ctx, `DELETE FROM evaluation_answers WHERE series_id = $1`, series); err != nil {
		return err
	}
	for _, r := range all {
		if _, err := tx.ExecContext(ctx, `INSERT INTO evaluation_answers (id, series_id, answers) VALUES ($1, $2, $3)`, r.id, series, r.text); err != nil {
			return err
		}
	}
	return nil
}

// CloseEvaluation ends the evaluation of a series for good: from then on totals can be read, and nobody answers any more.
// It audits. It returns ErrEvaluated for one that is closed, and data.ErrNotFound.
func (s *Store) CloseEvaluation(ctx context.Context, by data.Actor, series string) error {
	err := s.db.InTxFor(ctx, by, planners(), func(tx *data.Tx) error {
		of, err := seriesOf(ctx, tx, series)
		if err != nil {
			return err
		}
		if err := openToAnswers(ctx, tx, series); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO evaluation_closings (series_id, on_day, actor) VALUES ($1, $2, $3)`, series, tx.Today(), actorName(by)); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "evaluation.close", series, "number", of.Code)
	})
	if err != nil {
		return fmt.Errorf("close the evaluation of series %s: %w", data.Clean(series, 40), err)
	}
	return nil
}

// EvaluationState is how far the evaluation of a series is.
type EvaluationState struct {
	People, Issued, Answered int
	ClosedOn                 string // YYYY-MM-DD; empty: open
}

// EvaluationRow is a series that began, with how far its evaluation is.
type EvaluationRow struct {
	ID, Code, CourseID, Course string
	EvaluationState
}

// Evaluations lists the series that began, with how far their evaluation is, the newest first. A trainer sees the own
// ones.
func (s *Store) Evaluations(ctx context.Context, by data.Actor) (all []EvaluationRow, err error) {
	err = s.db.ViewFor(ctx, by, readers(), func(q data.Query) error {
		own := ""
		if data.Require(ctx, q, by, append(desk(), data.RoleDirector)...) != nil {
			if own, err = trainerIDOf(ctx, q, by); err != nil || own == "" {
				return err
			}
		}
		all, err = data.List(ctx, q, func(scan func(...any) error) (r EvaluationRow, err error) {
			return r, scan(&r.ID, &r.Code, &r.CourseID, &r.Course, &r.People, &r.Issued, &r.Answered, &r.ClosedOn)
		}, `SELECT s.id, s.code, s.course_id, c.title, (SELECT count(*) FROM enrolments e WHERE e.series_id = s.id AND e.state = 'booked'),
			(SELECT count(*) FROM evaluation_tokens t WHERE t.series_id = s.id), (SELECT count(*) FROM evaluation_answers a WHERE a.series_id = s.id),
			coalesce((SELECT on_day FROM evaluation_closings x WHERE x.series_id = s.id), '')
			FROM course_series s JOIN courses c ON c.id = s.course_id WHERE s.state IN ('published', 'going', 'closed') AND s.first_at <= $1
			AND ($2 = '' OR EXISTS (SELECT 1 FROM course_sessions y JOIN course_session_trainers g ON g.session_id = y.id WHERE y.series_id = s.id AND g.trainer_id = $2))
			ORDER BY s.last_at DESC, s.code, s.id`, q.Now().UnixMilli(), own)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list evaluations: %w", err)
	}
	return all, nil
}

// PaperForm gives the form of a series for who types what was filled in on paper. It returns data.ErrNotFound.
func (s *Store) PaperForm(ctx context.Context, by data.Actor, series string) (f Form, err error) {
	err = s.db.ViewFor(ctx, by, append(desk(), data.RoleTrainer), func(q data.Query) error {
		f, _, err = formOf(ctx, q, series)
		return err
	})
	if err != nil {
		return Form{}, fmt.Errorf("form of series %s: %w", data.Clean(series, 40), err)
	}
	return f, nil
}

// Evaluation tells how far the evaluation of a series is. It returns data.ErrNotFound.
func (s *Store) Evaluation(ctx context.Context, by data.Actor, series string) (e EvaluationState, err error) {
	err = s.db.ViewFor(ctx, by, readers(), func(q data.Query) error {
		if _, err := seriesOf(ctx, q, series); err != nil {
			return err
		}
		return data.One(ctx, q, []any{&e.People, &e.Issued, &e.Answered, &e.ClosedOn}, `SELECT (SELECT count(*) FROM enrolments WHERE series_id = $1 AND state = 'booked'),
			(SELECT count(*) FROM evaluation_tokens WHERE series_id = $1), (SELECT count(*) FROM evaluation_answers WHERE series_id = $1),
			coalesce((SELECT on_day FROM evaluation_closings WHERE series_id = $1), '')`, series)
	})
	if err != nil {
		return EvaluationState{}, fmt.Errorf("evaluation of series %s: %w", data.Clean(series, 40), err)
	}
	return e, nil
}

// Evaluated is what the participants of one series, or of several small ones together, said of a course.
type Evaluated struct {
	Series []EvaluatedSeries
	Analysis
}

// Trend gives what was said of a course, group by group as Pools has them, in the order in which evaluations were closed.
// It returns ErrFewAnswers when no group has enough, and data.ErrNotFound.
func (s *Store) Trend(ctx context.Context, by data.Actor, course string) (c Course, all []Evaluated, err error) {
	err = s.db.ViewFor(ctx, by, readers(), func(q data.Query) error {
		if c, err = courseOf(ctx, q, course); err != nil {
			return err
		}
		closed, err := closedSeries(ctx, q, course)
		if err != nil {
			return err
		}
		all = nil
		for _, group := range Pools(closed) {
			forms, err := formsOf(ctx, q, group)
			if err != nil {
				return err
			}
			all = append(all, Evaluated{group, Analyse(forms, len(c.Goals))})
		}
		if len(all) == 0 {
			return ErrFewAnswers
		}
		return nil
	})
	if err != nil {
		return Course{}, nil, fmt.Errorf("what was said of course %s: %w", data.Clean(course, 40), err)
	}
	return c, all, nil
}

// closedSeries lists the series of a course whose evaluation is closed, in the order in which they were.
func closedSeries(ctx context.Context, q data.Query, course string) ([]EvaluatedSeries, error) {
	return data.List(ctx, q, func(scan func(...any) error) (e EvaluatedSeries, err error) { return e, scan(&e.ID, &e.Code, &e.N) },
		`SELECT s.id, s.code, (SELECT count(*) FROM evaluation_answers a WHERE a.series_id = s.id) FROM course_series s JOIN evaluation_closings c ON c.series_id = s.id
			WHERE s.course_id = $1 ORDER BY c.on_day, s.code, s.id`, course)
}

func formsOf(ctx context.Context, q data.Query, group []EvaluatedSeries) (forms []Answers, err error) {
	for _, one := range group {
		some, err := data.List(ctx, q, func(scan func(...any) error) (a Answers, err error) {
			var text string
			if err = scan(&text); err != nil {
				return a, err
			}
			return a, data.Unpack(text, &a)
		}, `SELECT answers FROM evaluation_answers WHERE series_id = $1 ORDER BY id`, one.ID)
		if err != nil {
			return nil, err
		}
		forms = append(forms, some...)
	}
	return forms, nil
}
