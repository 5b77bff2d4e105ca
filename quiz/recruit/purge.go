package recruit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"digibrug/data"
)

// Hold keeps everything of a procedure through a day, while an appeal runs, beyond its term, and audits it with the reason.
// It replaces an earlier hold. A recruiter of it may, once it opened and before everything is purged. It returns an
// *Invalid, and ErrState. The reason names nobody: the audit log keeps it for good.
func (s *Store) Hold(ctx context.Context, by data.Actor, procedure, until, why string) error {
	return s.act(ctx, by, procedure, []Duty{Recruiter}, func(tx *data.Tx, p Procedure) error {
		if p.State == Draft || p.PurgedOn != "" {
			return fmt.Errorf("hold procedure %s: %w", p.ID, ErrState)
		}
		reason, err := checkHold(until, why, tx.Today())
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE procedures SET hold_until = $1, hold_why = $2 WHERE id = $3`, until, reason, p.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "recruit.hold", p.ID, "title", p.Title, "until", until, "why", reason)
	})
}

// EndHold ends a hold before its day, and audits it with the reason. A recruiter of the procedure may.
func (s *Store) EndHold(ctx context.Context, by data.Actor, procedure, why string) error {
	return s.act(ctx, by, procedure, []Duty{Recruiter}, func(tx *data.Tx, p Procedure) error {
		reason, err := reasonOf(why)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE procedures SET hold_until = '', hold_why = '' WHERE id = $1`, p.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "recruit.end_hold", p.ID, "title", p.Title, "why", reason)
	})
}

// DuePurges says what Purge would destroy today, and changes nothing. The ICT officer may ask.
func (s *Store) DuePurges(ctx context.Context, by data.Actor) (all []Purged, err error) {
	err = s.db.ViewFor(ctx, by, []data.Role{data.RoleICT}, func(q data.Query) error {
		due, err := dueOn(ctx, q)
		all = nil
		for _, p := range due {
			plan, err := planPurge(ctx, q, p)
			if err != nil {
				return err
			}
			if len(plan.who) > 0 {
				all = append(all, plan.Purged)
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("purges of procedures: %w", err)
	}
	return all, nil
}

// Purge destroys what is kept about candidates whose term is over: names, answers, events, questions, marks, scores and
// decisions. Who is in the reserve stays until that ends; what an appeal holds stays too. Of each procedure it leaves a list
// of what was destroyed, by label, with the hash of what it was, and figures without people; a recruiter signs for the list
// afterwards. Each procedure is a transaction of its own and audited. The house does it every day; the ICT officer may. It
// may run as often as one likes.
func (s *Store) Purge(ctx context.Context, by data.Actor) (done []Purged, err error) {
	due, err := s.due(ctx, by)
	if err != nil {
		return nil, fmt.Errorf("purge procedures: %w", err)
	}
	for _, id := range due {
		one, err := s.purge(ctx, by, id)
		if err != nil {
			return done, fmt.Errorf("purge procedure %s: %w", id, err)
		}
		if len(one.List) > 0 {
			done = append(done, one)
		}
	}
	return done, nil
}

func (s *Store) due(ctx context.Context, by data.Actor) (ids []string, err error) {
	err = s.db.ViewFor(ctx, by, []data.Role{data.RoleICT}, func(q data.Query) error {
		due, err := dueOn(ctx, q)
		ids = nil
		for _, p := range due {
			ids = append(ids, p.ID)
		}
		return err
	})
	return ids, err
}

// dueOn lists the procedures whose term is over today.
func dueOn(ctx context.Context, q data.Query) ([]Procedure, error) {
	today := data.DayOf(q.Now())
	return data.List(ctx, q, scanProcedure, procedureColumns+` WHERE p.purged_on = '' AND p.keep_until < $1 AND p.hold_until < $1
		ORDER BY p.keep_until, p.id`, today)
}

// purge destroys what is due of one procedure.
func (s *Store) purge(ctx context.Context, by data.Actor, id string) (one Purged, err error) {
	err = s.db.InTxFor(ctx, by, []data.Role{data.RoleICT}, func(tx *data.Tx) error {
		one = Purged{}
		p, err := procedureByID(ctx, tx, id)
		if err != nil || !p.DueOn(tx.Today()) {
			return err
		}
		plan, err := planPurge(ctx, tx, p)
		if err != nil {
			return err
		}
		for _, c := range plan.who {
			if err := destroy(ctx, tx, c); err != nil {
				return err
			}
		}
		if plan.last {
			if _, err := tx.ExecContext(ctx, `UPDATE procedures SET purged_on = $1, hold_until = '', hold_why = '' WHERE id = $2`, tx.Today(), p.ID); err != nil {
				return err
			}
		}
		if len(plan.who) == 0 {
			return nil
		}
		one = plan.Purged
		one.ID, one.At = data.NewID(), tx.Now()
		if _, err := tx.ExecContext(ctx, `INSERT INTO procedure_purges (id, procedure_id, purged_at, list, hash, statistics, signed_by, signed_at) VALUES ($1, $2, $3, $4, $5, $6, '', 0)`,
			one.ID, p.ID, one.At.UnixMilli(), data.Pack(one.List), one.Hash, data.Pack(one.Statistics)); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "recruit.purge", p.ID, "title", p.Title, "count", strconv.Itoa(len(one.List)), "sum", one.Hash)
	})
	return one, err
}

// purgePlan is a destruction before it happens.
type purgePlan struct {
	Purged
	who  []Candidate
	last bool // nobody stays
}

func planPurge(ctx context.Context, q data.Query, p Procedure) (plan purgePlan, err error) {
	plan.Purged = Purged{ProcedureID: p.ID, Title: p.Title}
	all, err := candidatesOf(ctx, q, p.ID)
	if err != nil {
		return plan, err
	}
	decisions, err := decisionsOf(ctx, q, p.ID)
	if err != nil {
		return plan, err
	}
	kept := map[string]bool{}
	for _, d := range decisions {
		kept[d.CandidateID] = d.keepsOn(data.DayOf(q.Now()))
	}
	proof := sha256.New()
	for _, c := range all {
		if kept[c.ID] {
			continue
		}
		line, text, err := whatIs(ctx, q, c)
		if err != nil {
			return plan, err
		}
		proof.Write([]byte(text))
		plan.who, plan.List = append(plan.who, c), append(plan.List, line)
	}
	plan.last, plan.Hash = len(plan.who) == len(all), hex.EncodeToString(proof.Sum(nil))
	plan.Statistics, err = firstStatistics(ctx, q, p, len(all), decisions)
	return plan, err
}

// firstStatistics are the figures of all candidates, made as the first of them are destroyed. A later destruction has none:
// figures of those who stayed longer could be taken off the first.
func firstStatistics(ctx context.Context, q data.Query, p Procedure, candidates int, decisions []Decision) (Statistics, error) {
	var before int
	if err := data.One(ctx, q, []any{&before}, `SELECT count(*) FROM procedure_purges WHERE procedure_id = $1`, p.ID); err != nil || before > 0 {
		return Statistics{}, err
	}
	type points struct {
		Points int `json:"points"`
		Max    int `json:"max"`
	}
	scores, err := data.List(ctx, q, func(scan func(...any) error) (s points, err error) {
		var text string
		if err = scan(&text); err == nil {
			err = data.Unpack(text, &s)
		}
		return s, err
	}, `SELECT s.score FROM candidate_scores s JOIN candidates c ON c.id = s.candidate_id JOIN sittings t ON t.candidate_id = c.id
		WHERE c.procedure_id = $1 AND t.started_at > 0 AND c.withdrawn_at = 0 ORDER BY c.id`, p.ID)
	if err != nil {
		return Statistics{}, fmt.Errorf("scores of procedure %s: %w", p.ID, err)
	}
	var percents []float64
	for _, s := range scores {
		if s.Max > 0 {
			percents = append(percents, 100*float64(s.Points)/float64(s.Max))
		}
	}
	var outcomes []Outcome
	for _, d := range decisions {
		outcomes = append(outcomes, d.Outcome)
	}
	return statisticsOf(candidates, percents, outcomes), nil
}

// A kept is a table with rows about a candidate: where to count them in a list, what they say, and how they go.
type kept struct {
	count       func(*Destroyed) *int
	say, delete string
}

// keptTables are the tables that know a candidate by id, those that refer to others first.
func keptTables() []kept {
	return []kept{
		{func(d *Destroyed) *int { return &d.Answers }, `SELECT n || ' ' || answer || ' ' || answered_at FROM sitting_answers WHERE candidate_id = $1 ORDER BY n`,
			`DELETE FROM sitting_answers WHERE candidate_id = $1`},
		{func(d *Destroyed) *int { return &d.Events }, `SELECT at || ' ' || kind || ' ' || n || ' ' || by_whom || ' ' || detail FROM sitting_events WHERE candidate_id = $1 ORDER BY at, id`,
			`DELETE FROM sitting_events WHERE candidate_id = $1`},
		{func(d *Destroyed) *int { return &d.Questions }, `SELECT n || ' ' || what || ' ' || outcome || ' ' || why FROM sitting_questions WHERE candidate_id = $1 ORDER BY asked_at, id`,
			`DELETE FROM sitting_questions WHERE candidate_id = $1`},
		{func(d *Destroyed) *int { return &d.Marks }, `SELECT n || ' ' || account_id || ' ' || points || ' ' || why FROM answer_marks WHERE candidate_id = $1 ORDER BY n, account_id`,
			`DELETE FROM answer_marks WHERE candidate_id = $1`},
		{func(d *Destroyed) *int { return &d.Marks }, `SELECT n || ' ' || points || ' ' || why FROM answer_settled WHERE candidate_id = $1 ORDER BY n`,
			`DELETE FROM answer_settled WHERE candidate_id = $1`},
		{func(d *Destroyed) *int { return &d.Score }, `SELECT score FROM candidate_scores WHERE candidate_id = $1`, `DELETE FROM candidate_scores WHERE candidate_id = $1`},
		{func(d *Destroyed) *int { return &d.Decision }, `SELECT outcome || ' ' || reason || ' ' || until_on FROM candidate_decisions WHERE candidate_id = $1`,
			`DELETE FROM candidate_decisions WHERE candidate_id = $1`},
		{func(d *Destroyed) *int { return &d.Sitting }, `SELECT started_at || ' ' || ended_at || ' ' || place FROM sittings WHERE candidate_id = $1`,
			`DELETE FROM sittings WHERE candidate_id = $1`},
		{func(d *Destroyed) *int { return &d.Name }, `SELECT person FROM candidate_names WHERE candidate_id = $1`, `DELETE FROM candidate_names WHERE candidate_id = $1`},
	}
}

// whatIs counts what is kept about a candidate, and gives it as text for the hash.
func whatIs(ctx context.Context, q data.Query, c Candidate) (line Destroyed, text string, err error) {
	line = Destroyed{Label: c.Label}
	var said strings.Builder
	fmt.Fprintln(&said, c.ID, c.Label, c.Form, data.Pack(c.Settings))
	for _, t := range keptTables() {
		rows, err := data.List(ctx, q, func(scan func(...any) error) (s string, err error) { return s, scan(&s) }, t.say, c.ID)
		if err != nil {
			return line, "", fmt.Errorf("what is kept about %s: %w", c.Label, err)
		}
		*t.count(&line) += len(rows)
		for _, r := range rows {
			fmt.Fprintln(&said, r)
		}
	}
	return line, said.String(), nil
}

// destroy deletes everything about a candidate.
func destroy(ctx context.Context, tx *data.Tx, c Candidate) error {
	for _, t := range keptTables() {
		if _, err := tx.ExecContext(ctx, t.delete, c.ID); err != nil {
			return fmt.Errorf("destroy what is kept about %s: %w", c.Label, err)
		}
	}
	if err := data.UseUp(ctx, tx, c.ID, journey(c.ProcedureID)); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM candidates WHERE id = $1`, c.ID)
	return err
}

const purgeColumns = `SELECT g.id, g.procedure_id, p.title, g.purged_at, g.list, g.hash, g.statistics, g.signed_by, g.signed_at
	FROM procedure_purges g JOIN procedures p ON p.id = g.procedure_id`

func scanPurge(scan func(...any) error) (g Purged, err error) {
	var list, statistics string
	var at, signed int64
	if err = scan(&g.ID, &g.ProcedureID, &g.Title, &at, &list, &g.Hash, &statistics, &g.SignedBy, &signed); err != nil {
		return g, err
	}
	g.At, g.SignedAt = data.Milli(at), data.StoredInstant(signed)
	return g, errors.Join(data.Unpack(list, &g.List), data.Unpack(statistics, &g.Statistics))
}

// Gone counts the candidates of a procedure who were destroyed. Whoever has a duty in it may know: a paper tells of the others only.
func (s *Store) Gone(ctx context.Context, by data.Actor, procedure string) (n int, err error) {
	err = s.view(ctx, by, procedure, Duties(), func(q data.Query, _ Procedure) error {
		all, err := data.List(ctx, q, scanPurge, purgeColumns+` WHERE g.procedure_id = $1 ORDER BY g.purged_at, g.id`, procedure)
		n = 0
		for _, one := range all {
			n += len(one.List)
		}
		return err
	})
	return n, err
}

// Purges lists the destructions of a procedure, the oldest first, to its recruiters.
func (s *Store) Purges(ctx context.Context, by data.Actor, procedure string) (all []Purged, err error) {
	err = s.view(ctx, by, procedure, []Duty{Recruiter}, func(q data.Query, _ Procedure) error {
		all, err = data.List(ctx, q, scanPurge, purgeColumns+` WHERE g.procedure_id = $1 ORDER BY g.purged_at, g.id`, procedure)
		return err
	})
	return all, err
}

// SignPurge puts the actor's name under a destruction list of a procedure, once, and audits it. A recruiter of it may. It
// returns data.ErrNotFound for a list that isn't there or was signed.
func (s *Store) SignPurge(ctx context.Context, by data.Actor, procedure, purge string) error {
	return s.act(ctx, by, procedure, []Duty{Recruiter}, func(tx *data.Tx, p Procedure) error {
		if err := data.OneRow(tx.ExecContext(ctx, `UPDATE procedure_purges SET signed_by = $1, signed_at = $2 WHERE id = $3 AND procedure_id = $4 AND signed_at = 0`,
			by.Name, tx.Now().UnixMilli(), purge, p.ID)); err != nil {
			return fmt.Errorf("destruction list %s: %w", data.Clean(purge, 40), err)
		}
		return tx.Audit(ctx, by, "recruit.purge_sign", p.ID, "title", p.Title)
	})
}
