package recruit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/mail"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
)

// What can be wrong with a candidate.
const (
	WhyMail      data.Why = "recruit.mail"      // Got is no mail address
	WhySame      data.Why = "recruit.same"      // a candidate of this name and reference is there already
	WhyFull      data.Why = "recruit.full"      // a procedure has at most Want candidates
	WhySomething data.Why = "recruit.name"      // a candidate needs a name
	WhyFactor    data.Why = "recruit.factor"    // the time factor is not between 1 and 3
	WhyHelp      data.Why = "recruit.help_lang" // Got is none of the languages of the help, Want
)

// maxCandidates bounds one procedure.
const maxCandidates = 500

// nameLimit is how many characters a cell of the list of names has at most.
const nameLimit = 80

// NewCandidate is a candidate as typed or imported.
type NewCandidate struct {
	Name
	Language string // of the help: nl, en, fr; empty: nl
	Settings Settings
	Line     int // in the file, from 1; 0 where it was typed
}

// key is what tells two candidates apart.
func (n Name) key() string {
	return strings.Join([]string{data.SortKey(n.Family), data.SortKey(n.Given), strings.ToLower(n.Email), data.SortKey(n.Reference)}, "\x00")
}

// check tidies a candidate and notes what is wrong, each with the line of the file.
func (n *NewCandidate) check(all *problems) {
	var mine problems
	for _, f := range []struct {
		field string
		at    *string
	}{{"given", &n.Given}, {"family", &n.Family}, {"email", &n.Email}, {"street", &n.Street}, {"town", &n.Town}, {"phone", &n.Phone}, {"reference", &n.Reference}} {
		mine.text(f.field, f.at, nameLimit, false)
	}
	if n.Family == "" {
		mine.add("family", WhySomething, "", "")
	}
	if n.Email != "" && !mailAddress(n.Email) {
		mine.add("email", WhyMail, "", n.Email)
	}
	if n.Language == "" {
		n.Language = "nl"
	}
	if !slices.Contains(helpLanguages(), n.Language) {
		mine.add("language", WhyHelp, strings.Join(helpLanguages(), ", "), n.Language)
	}
	n.Settings.check(&mine)
	for _, one := range mine {
		one.Line = n.Line
		*all = append(*all, one)
	}
}

func helpLanguages() []string { return []string{"nl", "en", "fr"} }

// mailAddress tells whether a text is one plain mail address.
func mailAddress(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text
}

// check notes settings that are out of range. They say what is set, and never why.
func (s *Settings) check(all *problems) {
	if s.Factor == 1 {
		s.Factor = 0
	}
	if s.Factor != 0 && !(s.Factor > 1 && s.Factor <= 3) {
		all.add("factor", WhyFactor, "1 … 3", strconv.FormatFloat(s.Factor, 'g', 4, 64))
	}
	all.number("breaks", s.Breaks, 0, 120)
	all.text("layout", &s.Layout, 20, false)
}

// label is what the n-th candidate, from 1, is called.
func label(n int) string { return fmt.Sprintf("K-%02d", n) }

// labelNumber is the n of a label; 0 for what is none.
func labelNumber(l string) int {
	n, err := strconv.Atoi(strings.TrimPrefix(l, "K-"))
	if err != nil {
		return 0
	}
	return n
}

// AddCandidates adds candidates to a draft or an open procedure, all or none, each with a label, and audits how many. A
// recruiter of it may, also after the list of names was sealed: what is typed then can't be read back. In a draft the
// labels are for the time being; Open deals them. It returns quiz.Problems with the line of each, for what is wrong,
// double or too many, and ErrState.
func (s *Store) AddCandidates(ctx context.Context, by data.Actor, procedure string, wanted []NewCandidate) (added []Candidate, err error) {
	err = s.act(ctx, by, procedure, []Duty{Recruiter}, func(tx *data.Tx, p Procedure) error {
		added, err = addCandidates(ctx, tx, by, p, wanted)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("add candidates to procedure %s: %w", data.Clean(procedure, 40), err)
	}
	return added, nil
}

func addCandidates(ctx context.Context, tx *data.Tx, by data.Actor, p Procedure, wanted []NewCandidate) (added []Candidate, err error) {
	if err := p.in(Draft, Open); err != nil {
		return nil, err
	}
	there, err := candidatesOf(ctx, tx, p.ID)
	if err != nil {
		return nil, err
	}
	names, err := namesOf(ctx, tx, p.ID)
	if err != nil {
		return nil, err
	}
	tidy, err := checkCandidates(wanted, names, len(there))
	if err != nil || len(tidy) == 0 {
		return nil, err
	}
	last := 0
	for _, c := range there {
		last = max(last, labelNumber(c.Label))
	}
	for i, n := range tidy {
		c := Candidate{ID: data.NewID(), ProcedureID: p.ID, Label: label(last + i + 1), Language: n.Language, Settings: n.Settings}
		if p.State == Open {
			c.Form = rarestForm(p.Forms, there)
		}
		if err := insertCandidate(ctx, tx, c, n.Name); err != nil {
			return nil, err
		}
		there, added = append(there, c), append(added, c)
	}
	return added, tx.Audit(ctx, by, "recruit.candidates", p.ID, "title", p.Title, "count", strconv.Itoa(len(added)))
}

// checkCandidates tidies candidates and says all that is wrong with them: there are so many already, with these names.
func checkCandidates(wanted []NewCandidate, names []Name, there int) ([]NewCandidate, error) {
	var all problems
	known := map[string]bool{}
	for _, n := range names {
		known[n.key()] = true
	}
	tidy := slices.Clone(wanted)
	for i := range tidy {
		tidy[i].check(&all)
		if key := tidy[i].key(); known[key] && tidy[i].Family != "" {
			all = append(all, &data.Invalid{Field: "family", Why: WhySame, Got: data.Clean(tidy[i].Given+" "+tidy[i].Family, 60), Line: tidy[i].Line})
		} else {
			known[key] = true
		}
	}
	if there+len(tidy) > maxCandidates {
		all.add("candidates", WhyFull, strconv.Itoa(maxCandidates), strconv.Itoa(there+len(tidy)))
	}
	return tidy, all.err()
}

func insertCandidate(ctx context.Context, tx *data.Tx, c Candidate, n Name) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO candidates (id, procedure_id, label, form, language, settings, created_at, withdrawn_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0)`, c.ID, c.ProcedureID, c.Label, c.Form, c.Language, data.Pack(c.Settings), tx.Now().UnixMilli()); err != nil {
		return fmt.Errorf("add candidate: %w", err)
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO candidate_names (candidate_id, sort_key, person) VALUES ($1, $2, $3)`,
		c.ID, data.SortKey(n.Family+" "+n.Given), data.Pack(n)); err != nil {
		return fmt.Errorf("add name of candidate: %w", err)
	}
	return nil
}

// rarestForm is the form that the fewest of these candidates have; the first of equal ones.
func rarestForm(forms int, all []Candidate) string {
	n := map[string]int{}
	for _, c := range all {
		if !c.Withdrawn {
			n[c.Form]++
		}
	}
	best := formNames[:1]
	for f := range max(1, forms) {
		if name := formNames[f : f+1]; n[name] < n[best] {
			best = name
		}
	}
	return best
}

// dealLabels gives all candidates new labels and forms by chance: in the order in which names were typed, which is often
// the alphabet, a label would tell who it is.
func dealLabels(ctx context.Context, tx *data.Tx, p Procedure, seed int64) error {
	all, err := candidatesOf(ctx, tx, p.ID)
	if err != nil {
		return err
	}
	slices.SortFunc(all, func(a, b Candidate) int { return cmp.Compare(a.ID, b.ID) })
	if _, err := tx.ExecContext(ctx, `UPDATE candidates SET label = id WHERE procedure_id = $1`, p.ID); err != nil {
		return err
	}
	deal := rand.New(rand.NewPCG(uint64(seed), 1)).Perm(len(all))
	for place, at := range deal {
		form := formNames[place%max(1, p.Forms):][:1]
		if _, err := tx.ExecContext(ctx, `UPDATE candidates SET label = $1, form = $2 WHERE id = $3`, label(place+1), form, all[at].ID); err != nil {
			return err
		}
	}
	return nil
}

// Candidates lists the candidates of a procedure by label, with the state of their paper code, also who withdrew, to who
// has a duty in it. Settings are for recruiters and supervisors; others get none.
func (s *Store) Candidates(ctx context.Context, by data.Actor, procedure string) (all []Candidate, err error) {
	err = s.view(ctx, by, procedure, Duties(), func(q data.Query, p Procedure) error {
		if all, err = candidatesOf(ctx, q, p.ID); err != nil {
			return err
		}
		switch err := require(ctx, q, by, p.ID, Recruiter, Supervisor); {
		case errors.Is(err, data.ErrDenied):
			for i := range all {
				all[i].Settings = Settings{}
			}
		case err != nil:
			return err
		}
		states, err := data.CandidateCodes(ctx, q, p.ID)
		for i, c := range all {
			all[i].Code = states[c.ID].State
		}
		return err
	})
	return all, err
}

// candidateIn gives a candidate with its procedure, to who has one of the duties there. Who hasn't can't tell whether there
// is such a candidate: the answer is data.ErrDenied.
func candidateIn(ctx context.Context, q data.Query, by data.Actor, id string, duties ...Duty) (Procedure, Candidate, error) {
	c, err := candidateByID(ctx, q, id)
	if errors.Is(err, data.ErrNotFound) && !by.Operator {
		return Procedure{}, Candidate{}, fmt.Errorf("candidate %s: %w", data.Clean(id, 40), data.ErrDenied)
	} else if err != nil {
		return Procedure{}, Candidate{}, err
	}
	p, err := procedureFor(ctx, q, by, c.ProcedureID, duties...)
	return p, c, err
}

// onCandidate is a write on one candidate of a procedure that is in one of the states, of who has one of the duties.
func (s *Store) onCandidate(ctx context.Context, by data.Actor, id string, duties []Duty, states []State, body func(*data.Tx, Procedure, Candidate) error) error {
	err := s.db.InTx(ctx, func(tx *data.Tx) error {
		p, c, err := candidateIn(ctx, tx, by, id, duties...)
		if err == nil {
			err = p.in(states...)
		}
		if err != nil {
			return err
		}
		return body(tx, p, c)
	})
	if err != nil {
		return fmt.Errorf("candidate %s: %w", data.Clean(id, 40), err)
	}
	return nil
}

// SetSettings changes the language of the help and the accommodations of a candidate who has not begun, and audits that it
// was done, not what. A recruiter may, and on the day a supervisor. It returns quiz.Problems, ErrSat and ErrState.
func (s *Store) SetSettings(ctx context.Context, by data.Actor, candidate, language string, set Settings) error {
	one := NewCandidate{Name: Name{Family: "-"}, Language: language, Settings: set}
	var wrong problems
	one.check(&wrong)
	if err := wrong.err(); err != nil {
		return err
	}
	return s.onCandidate(ctx, by, candidate, []Duty{Recruiter, Supervisor}, []State{Draft, Open}, func(tx *data.Tx, p Procedure, c Candidate) error {
		if err := unbegun(ctx, tx, c.ID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE candidates SET language = $1, settings = $2 WHERE id = $3`, one.Language, data.Pack(one.Settings), c.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "recruit.settings", p.ID, "candidate", c.Label)
	})
}

// unbegun returns ErrSat for a candidate whose clock was started.
func unbegun(ctx context.Context, q data.Query, candidate string) error {
	var n int
	err := data.One(ctx, q, []any{&n}, `SELECT count(*) FROM sittings WHERE candidate_id = $1 AND started_at > 0`, candidate)
	if err == nil && n > 0 {
		err = ErrSat
	}
	return err
}

// Withdraw writes down that a candidate takes no part any more, and audits it; the code opens nothing from then on. A
// candidate of a draft is removed altogether. A recruiter may. It returns ErrSat for who has begun: that is ended in the
// test room, and decided by the jury. Withdrawing twice is fine.
func (s *Store) Withdraw(ctx context.Context, by data.Actor, candidate string) error {
	return s.onCandidate(ctx, by, candidate, []Duty{Recruiter}, []State{Draft, Open}, func(tx *data.Tx, p Procedure, c Candidate) error {
		if c.Withdrawn {
			return nil
		}
		if err := unbegun(ctx, tx, c.ID); err != nil {
			return err
		}
		if p.State == Draft {
			for _, sql := range []string{`DELETE FROM candidate_names WHERE candidate_id = $1`, `DELETE FROM candidates WHERE id = $1`} {
				if _, err := tx.ExecContext(ctx, sql, c.ID); err != nil {
					return err
				}
			}
		} else if _, err := tx.ExecContext(ctx, `UPDATE candidates SET withdrawn_at = $1 WHERE id = $2`, tx.Now().UnixMilli(), c.ID); err != nil {
			return err
		}
		if err := data.UseUp(ctx, tx, c.ID, journey(p.ID)); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "recruit.withdraw", p.ID, "candidate", c.Label)
	})
}
