package recruit

import (
	"context"
	"fmt"
	"strconv"

	"digibrug/data"
)

// NameRow is a row of the list of names, with what the supervisor needs beside it.
type NameRow struct {
	Name
	Settings  Settings
	Withdrawn bool
}

// namesOf reads the list of names by name. Whether it may be read is the caller's to ask.
func namesOf(ctx context.Context, q data.Query, procedure string) ([]Name, error) {
	all, err := namedOf(ctx, q, procedure)
	names := make([]Name, len(all))
	for i, n := range all {
		names[i] = n.Name
	}
	return names, err
}

func namedOf(ctx context.Context, q data.Query, procedure string) ([]NameRow, error) {
	return data.List(ctx, q, func(scan func(...any) error) (n NameRow, err error) {
		var person, settings string
		var withdrawn int64
		if err = scan(&n.CandidateID, &n.Label, &person, &settings, &withdrawn); err != nil {
			return n, err
		}
		n.Withdrawn = withdrawn != 0
		if err = data.Unpack(person, &n.Name); err == nil {
			err = data.Unpack(settings, &n.Settings)
		}
		if err != nil {
			err = fmt.Errorf("name of candidate %s: %w", n.Label, err)
		}
		return n, err
	}, `SELECT c.id, c.label, n.person, c.settings, c.withdrawn_at FROM candidate_names n JOIN candidates c ON c.id = n.candidate_id
		WHERE c.procedure_id = $1 ORDER BY n.sort_key, c.id`, procedure)
}

// sealed returns ErrSealed where the list of names is closed: from when it was sealed until the names are open, and from
// the close of the test in any case. A draft's never is. uninvited is how many candidates have no paper code yet.
//
// It is sealed by Seal, by the first candidate who comes in, and by itself once the window has begun and everybody has an
// invitation: until then the recruiter has letters to write.
func (p Procedure) sealed(now window) error {
	switch {
	case p.State == Draft, p.State == Named, p.State == Decided:
		return nil
	case p.State != Open, !p.SealedAt.IsZero(), now.begun && now.uninvited == 0:
		return fmt.Errorf("procedure %s: %w", p.ID, ErrSealed)
	}
	return nil
}

// window is how far the inviting is.
type window struct {
	begun     bool
	uninvited int
}

func windowOf(ctx context.Context, q data.Query, p Procedure) (w window, err error) {
	w.begun = !q.Now().Before(p.Days.Window().From)
	if p.State != Open || !w.begun {
		return w, nil
	}
	all, err := candidatesOf(ctx, q, p.ID)
	if err != nil {
		return w, err
	}
	codes, err := data.CandidateCodes(ctx, q, p.ID)
	for _, c := range all {
		if _, has := codes[c.ID]; !has && !c.Withdrawn {
			w.uninvited++
		}
	}
	return w, err
}

// Sealed tells whether the list of names of a procedure is closed now, to who has a duty in it.
func (s *Store) Sealed(ctx context.Context, by data.Actor, procedure string) (closed bool, err error) {
	err = s.view(ctx, by, procedure, Duties(), func(q data.Query, p Procedure) error {
		w, err := windowOf(ctx, q, p)
		closed = p.sealed(w) != nil
		return err
	})
	return closed, err
}

// Names gives the list of names by name, and audits that it was read: to the recruiters of a procedure before it is sealed,
// for what they typed and for the list that lies with the supervisor on paper; and to them and the jury after OpenNames. It
// returns ErrSealed in between. Markers and supervisors never read it here.
func (s *Store) Names(ctx context.Context, by data.Actor, procedure string) (all []NameRow, err error) {
	err = s.act(ctx, by, procedure, []Duty{Recruiter, Jury}, func(tx *data.Tx, p Procedure) error {
		if p.NamedAt.IsZero() {
			if err := require(ctx, tx, by, p.ID, Recruiter); err != nil {
				return err
			}
		}
		w, err := windowOf(ctx, tx, p)
		if err != nil {
			return err
		}
		if err := p.sealed(w); err != nil {
			return err
		}
		if all, err = namedOf(ctx, tx, p.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "recruit.names", p.ID, "title", p.Title, "count", strconv.Itoa(len(all)))
	})
	if err != nil {
		return nil, fmt.Errorf("names of procedure %s: %w", data.Clean(procedure, 40), err)
	}
	return all, nil
}

// Rename corrects who a candidate is, before the list is sealed, and audits that it was done. A recruiter may. It returns
// quiz.Problems, ErrSealed and ErrState.
func (s *Store) Rename(ctx context.Context, by data.Actor, candidate string, n Name) error {
	one := NewCandidate{Name: n}
	var wrong problems
	one.check(&wrong)
	if err := wrong.err(); err != nil {
		return err
	}
	return s.onCandidate(ctx, by, candidate, []Duty{Recruiter}, []State{Draft, Open}, func(tx *data.Tx, p Procedure, c Candidate) error {
		w, err := windowOf(ctx, tx, p)
		if err != nil {
			return err
		}
		if err := p.sealed(w); err != nil {
			return err
		}
		names, err := namesOf(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		for _, other := range names {
			if other.CandidateID != c.ID && other.key() == one.key() {
				return &data.Invalid{Field: "family", Why: WhySame, Got: data.Clean(one.Given+" "+one.Family, 60)}
			}
		}
		if _, err := tx.ExecContext(ctx, `UPDATE candidate_names SET sort_key = $1, person = $2 WHERE candidate_id = $3`,
			data.SortKey(one.Family+" "+one.Given), data.Pack(one.Name), c.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "recruit.rename", p.ID, "candidate", c.Label)
	})
}

// Seal closes the list of names of an open procedure until its scores are frozen, and audits it. A recruiter may, and a
// supervisor, who has it on paper. Sealing twice is fine. It returns ErrState for one that is not open.
func (s *Store) Seal(ctx context.Context, by data.Actor, procedure string) error {
	return s.act(ctx, by, procedure, []Duty{Recruiter, Supervisor}, func(tx *data.Tx, p Procedure) error {
		if err := p.in(Open); err != nil {
			return err
		}
		return seal(ctx, tx, by, p)
	})
}

// seal closes the list of names in somebody else's transaction: of the last invitation, and of the first candidate who
// comes in. It does nothing where it is sealed.
func seal(ctx context.Context, tx *data.Tx, by data.Actor, p Procedure) error {
	if !p.SealedAt.IsZero() {
		return nil
	}
	if _, err := tx.ExecContext(ctx, `UPDATE procedures SET sealed_at = $1 WHERE id = $2 AND sealed_at = 0`, tx.Now().UnixMilli(), p.ID); err != nil {
		return err
	}
	return tx.Audit(ctx, by, "recruit.seal", p.ID, "title", p.Title)
}

// sealed makes sure, as the first candidate comes in, that the list of names of a procedure is closed.
func sealed(ctx context.Context, tx *data.Tx, by data.Actor, procedure string) error {
	p, err := procedureByID(ctx, tx, procedure)
	if err != nil {
		return err
	}
	return seal(ctx, tx, by, p)
}

// OpenNames opens the list of names, now that the scores are frozen, and writes down who did and when, with the procedure
// and in the audit log. A recruiter of it may. It returns ErrState in any state but Scored, and an error that wraps
// ErrChanged where the frozen test is not what it was.
func (s *Store) OpenNames(ctx context.Context, by data.Actor, procedure string) error {
	return s.act(ctx, by, procedure, []Duty{Recruiter}, func(tx *data.Tx, p Procedure) error {
		if p.State != Scored {
			return fmt.Errorf("open names of procedure that is %s: %w", p.State, ErrState)
		}
		if err := verify(ctx, tx, p); err != nil {
			return err
		}
		if err := step(ctx, tx, p, Named); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE procedures SET named_by = $1 WHERE id = $2`, by.Name, p.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "recruit.open_names", p.ID, "title", p.Title, "scored", p.ScoredHash)
	})
}
