package recruit

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/data"
)

// Outcome is what the jury decides about a candidate.
type Outcome string

// The outcomes.
const (
	Passed    Outcome = "passed"
	Reserve   Outcome = "reserve" // passed, and on the list of who can be called until a day
	Failed    Outcome = "failed"
	Absent    Outcome = "absent"
	Withdrawn Outcome = "withdrawn"
)

// Outcomes lists the outcomes in the order in which screens and papers show them.
func Outcomes() []Outcome { return []Outcome{Passed, Reserve, Failed, Absent, Withdrawn} }

// What can be wrong with a decision.
const (
	WhyOutcome data.Why = "recruit.outcome" // no outcome; Want lists them
	WhyReserve data.Why = "recruit.reserve" // a place in the reserve needs a last day that is still to come
	WhyJury    data.Why = "recruit.jury"    // nobody is on the list of the jury
)

// Decision is what the jury decided about a candidate, with the reason that the candidate is told.
type Decision struct {
	CandidateID string    `json:"candidate"`
	Label       string    `json:"label"`
	Outcome     Outcome   `json:"outcome"` // empty: none yet
	Reason      string    `json:"reason"`
	Until       string    `json:"until,omitempty"` // YYYY-MM-DD, last day in the reserve
	By          string    `json:"by"`              // log-in name
	At          time.Time `json:"at"`
}

// Signature is somebody's name under the decisions as they then stood.
type Signature struct {
	AccountID string
	Name      string
	Hash      string
	At        time.Time
}

// check tidies a decision and says what is wrong with it.
func (d *Decision) check(today string) error {
	if !slices.Contains(Outcomes(), d.Outcome) {
		var known []string
		for _, o := range Outcomes() {
			known = append(known, string(o))
		}
		return &data.Invalid{Field: "outcome", Why: WhyOutcome, Want: strings.Join(known, ", "), Got: data.Clean(string(d.Outcome), 40)}
	}
	var wrong problems
	wrong.text("reason", &d.Reason, textLimit, true)
	if d.Reason == "" {
		wrong.add("reason", data.WhyEmpty, "", "")
	}
	if d.Outcome != Reserve {
		d.Until = ""
	} else if _, err := data.ParseDay(d.Until); err != nil || d.Until < today {
		wrong.add("until", WhyReserve, today, d.Until)
	}
	return wrong.err()
}

// decisionsHash is the SHA-256 over all decisions of a procedure and the scores that they rest on: what the jury signs.
func decisionsHash(p Procedure, all []Decision) string {
	type signed struct {
		Procedure string     `json:"procedure"`
		Frozen    string     `json:"frozen"`
		Scored    string     `json:"scored"`
		Decisions []Decision `json:"decisions"` // by label
	}
	return hashOf(signed{p.ID, p.Frozen, p.ScoredHash, all})
}

// Decide writes down what the jury decided about a candidate, with the reason, in the place of what was decided before, and
// audits it without the reason. A member of the jury may, from when the scores are frozen: before or after the names are
// open. The program decides about nobody. Another decision than before takes away every signature, which is audited, and
// the procedure is no longer decided. It returns quiz.Problems or an *Invalid, and ErrState.
func (s *Store) Decide(ctx context.Context, by data.Actor, candidate string, d Decision) error {
	return s.onCandidate(ctx, by, candidate, []Duty{Jury}, []State{Scored, Named, Decided}, func(tx *data.Tx, p Procedure, c Candidate) error {
		d := d
		if err := d.check(tx.Today()); err != nil {
			return err
		}
		old, err := decisionsOf(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(old, func(o Decision) bool { return o.CandidateID == c.ID })
		if at >= 0 && old[at].Outcome == d.Outcome && old[at].Reason == d.Reason && old[at].Until == d.Until {
			return nil
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO candidate_decisions (candidate_id, outcome, reason, until_on, decided_by, decided_at) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (candidate_id) DO UPDATE SET outcome = excluded.outcome, reason = excluded.reason, until_on = excluded.until_on,
				decided_by = excluded.decided_by, decided_at = excluded.decided_at`,
			c.ID, string(d.Outcome), d.Reason, d.Until, by.Name, tx.Now().UnixMilli()); err != nil {
			return err
		}
		if err := tx.Audit(ctx, by, "recruit.decide", p.ID, "candidate", c.Label, "outcome", string(d.Outcome), "until", d.Until); err != nil {
			return err
		}
		return unsign(ctx, tx, by, p)
	})
}

// unsign takes away the signatures under decisions that are no longer what was signed.
func unsign(ctx context.Context, tx *data.Tx, by data.Actor, p Procedure) error {
	if p.State == Decided {
		if err := step(ctx, tx, p, Named); err != nil {
			return err
		}
	}
	res, err := tx.ExecContext(ctx, `DELETE FROM procedure_signatures WHERE procedure_id = $1`, p.ID)
	if err := data.OneRow(res, err); errors.Is(err, data.ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	return tx.Audit(ctx, by, "recruit.unsign", p.ID, "title", p.Title)
}

// decisionsOf reads what was decided about each candidate of a procedure, by label; also who has no decision yet. Who
// withdrew needs none.
func decisionsOf(ctx context.Context, q data.Query, procedure string) ([]Decision, error) {
	return data.List(ctx, q, func(scan func(...any) error) (d Decision, err error) {
		var at int64
		err = scan(&d.CandidateID, &d.Label, &d.Outcome, &d.Reason, &d.Until, &d.By, &at)
		d.At = data.StoredInstant(at)
		return d, err
	}, `SELECT c.id, c.label, coalesce(d.outcome, CASE WHEN c.withdrawn_at > 0 THEN 'withdrawn' ELSE '' END), coalesce(d.reason, ''), coalesce(d.until_on, ''), coalesce(d.decided_by, ''), coalesce(d.decided_at, 0)
		FROM candidates c LEFT JOIN candidate_decisions d ON d.candidate_id = c.id WHERE c.procedure_id = $1 ORDER BY length(c.label), c.label`, procedure)
}

// Decisions is how far the jury of a procedure is.
type Decisions struct {
	All        []Decision  // one for each candidate, by label
	Hash       string      // what the jury signs now, or signed of what was partly destroyed since
	Signatures []Signature // under this hash, in the order in which they came
	Missing    []Member    // of the jury, who have not signed
}

// Decisions gives what the jury decided and who signed, to the recruiters and the jury of a procedure.
func (s *Store) Decisions(ctx context.Context, by data.Actor, procedure string) (d Decisions, err error) {
	err = s.view(ctx, by, procedure, []Duty{Recruiter, Jury}, func(q data.Query, p Procedure) error {
		d, err = decided(ctx, q, p)
		return err
	})
	return d, err
}

func decided(ctx context.Context, q data.Query, p Procedure) (d Decisions, err error) {
	if d.All, err = decisionsOf(ctx, q, p.ID); err != nil {
		return d, err
	}
	if d.Hash, err = sumOf(ctx, q, p, d.All); err != nil {
		return d, err
	}
	if d.Signatures, err = signaturesOf(ctx, q, p.ID, d.Hash); err != nil {
		return d, err
	}
	members, err := membersOf(ctx, q, p.ID)
	today := data.DayOf(q.Now())
	for _, m := range members {
		signed := slices.ContainsFunc(d.Signatures, func(s Signature) bool { return s.AccountID == m.AccountID })
		if m.Duty == Jury && m.From <= today && today <= m.Until && !signed {
			d.Missing = append(d.Missing, m)
		}
	}
	return d, err
}

// sumOf is what the jury signs of decisions; of those of which a part was destroyed since, what it signed. A change takes all
// signatures away, so that of a procedure that is decided they all stand under the same.
func sumOf(ctx context.Context, q data.Query, p Procedure, all []Decision) (hash string, err error) {
	if p.State == Decided {
		err = data.One(ctx, q, []any{&hash}, `SELECT hash FROM procedure_signatures WHERE procedure_id = $1
			AND procedure_id IN (SELECT procedure_id FROM procedure_purges) ORDER BY signed_at DESC, account_id LIMIT 1`, p.ID)
		if err == nil || !errors.Is(err, data.ErrNotFound) {
			return hash, err
		}
	}
	return decisionsHash(p, all), nil
}

func signaturesOf(ctx context.Context, q data.Query, procedure, hash string) ([]Signature, error) {
	return data.List(ctx, q, func(scan func(...any) error) (g Signature, err error) {
		var p data.Person
		var at int64
		err = scan(&g.AccountID, &p.Given, &p.Family, &g.Hash, &at)
		g.Name, g.At = p.Name(), data.Milli(at)
		return g, err
	}, `SELECT s.account_id, p.given, p.family, s.hash, s.signed_at FROM procedure_signatures s JOIN accounts a ON a.id = s.account_id
		JOIN persons p ON p.id = a.person_id WHERE s.procedure_id = $1 AND s.hash = $2 ORDER BY s.signed_at, s.account_id`, procedure, hash)
}

// Sign puts the actor's name under all decisions of a procedure as they stand, and audits it with their hash. A member of
// its jury may, once the names are open and every candidate has a decision. hash is what the signer read, as Decisions gave
// it. With the signature of the last jury member who has the duty that day the procedure is decided: all of them sign, since
// nobody's no may be outvoted in silence; a member who can't is taken off the list by the recruiter, which is audited. It
// returns ErrUndecided, ErrState, and an error that wraps ErrChanged where the decisions, or the frozen test, are not what
// they were.
func (s *Store) Sign(ctx context.Context, by data.Actor, procedure, hash string) error {
	return s.act(ctx, by, procedure, []Duty{Jury}, func(tx *data.Tx, p Procedure) error {
		if err := p.in(Named); err != nil {
			return err
		}
		if by.AccountID == "" { // the operator is no jury
			return fmt.Errorf("sign as %s: %w", by.Name, data.ErrDenied)
		}
		if err := verify(ctx, tx, p); err != nil {
			return err
		}
		d, err := decided(ctx, tx, p)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(d.All, func(d Decision) bool { return d.Outcome == "" }) {
			return ErrUndecided
		}
		if hash != d.Hash {
			return fmt.Errorf("decisions of procedure %s: %w", p.ID, ErrChanged)
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO procedure_signatures (procedure_id, account_id, hash, signed_at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (procedure_id, account_id) DO UPDATE SET hash = excluded.hash, signed_at = excluded.signed_at`,
			p.ID, by.AccountID, d.Hash, tx.Now().UnixMilli()); err != nil {
			return err
		}
		if err := tx.Audit(ctx, by, "recruit.sign", p.ID, "title", p.Title, "sum", d.Hash); err != nil {
			return err
		}
		if slices.ContainsFunc(d.Missing, func(m Member) bool { return m.AccountID != by.AccountID }) {
			return nil
		}
		if err := step(ctx, tx, p, Decided); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "recruit.decided", p.ID, "title", p.Title, "sum", d.Hash)
	})
}
