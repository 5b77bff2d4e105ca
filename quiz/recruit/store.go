package recruit

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"digibrug/data"
	"digibrug/quiz"
)

// Errors that callers tell apart.
var (
	// ErrState says that a procedure is not in a state in which the asked can be done.
	ErrState = errors.New("procedure state does not allow it")
	// ErrSealed says that the list of names is closed until the scores are frozen.
	ErrSealed = errors.New("list of names is sealed")
	// ErrChanged says that what was frozen is not what it was when it was frozen.
	ErrChanged = errors.New("frozen test was changed")
	// ErrSat says that a candidate has begun the test, so that what it hangs on can't change.
	ErrSat = errors.New("candidate has begun")
	// ErrUndecided says that a candidate has no decision yet.
	ErrUndecided = errors.New("candidates without a decision")
)

// PoolItem is an item that a test can be drawn from.
type PoolItem struct {
	quiz.Item
	Public bool // of a bank that everybody can read, as the shipped ones are
	Held   bool // another procedure that is not over asks it too: who sits there can tell of it
}

// Pool gives what tests in a language are drawn from. Shipped is the pool of the banks that come with the program;
// another one adds those of the house.
type Pool func(ctx context.Context, q data.Query, language string) ([]PoolItem, error)

// Shipped is a pool of banks that anybody can read, less those for citizens.
func Shipped(banks []quiz.Bank) Pool {
	return func(_ context.Context, _ data.Query, language string) (all []PoolItem, err error) {
		for _, b := range banks {
			if b.Language != language || b.Audience != quiz.ForStaff {
				continue
			}
			for _, it := range b.Items {
				all = append(all, PoolItem{Item: it, Public: true})
			}
		}
		return all, nil
	}
}

// Held is the pool of a library: the shipped banks, and the local ones with what is sealed in them.
func Held(library *quiz.Library) Pool {
	return func(ctx context.Context, q data.Query, language string) ([]PoolItem, error) {
		held, err := library.Stock(ctx, q, language)
		all := make([]PoolItem, len(held))
		for i, h := range held {
			all[i] = PoolItem{Item: h.Item, Public: h.Public}
		}
		return all, err
	}
}

// Store keeps the procedures. pool is what items are drawn from when a procedure opens.
type Store struct {
	db    *data.DB
	codes *data.Codes
	pool  Pool
	seed  func() int64
}

// NewStore gives the procedures of a database.
func NewStore(db *data.DB, codes *data.Codes, pool Pool) *Store {
	return &Store{db: db, codes: codes, pool: pool, seed: chance}
}

// Seeded is the store with draws by the seeds that next gives, for tests that compare screens and for a demo that is the
// same every time. Seeds of real procedures can't be foreseen.
func (s *Store) Seeded(next func() int64) *Store {
	seeded := *s
	seeded.seed = next
	return &seeded
}

// chance is a seed that nobody can foresee.
func chance() int64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return int64(binary.LittleEndian.Uint64(b[:]))
}

// Role is the role that an account needs for a duty, besides being given the duty in the procedure.
func (d Duty) Role() data.Role { return data.Role(d) }

// Duties gives all duties in the order in which screens show them.
func Duties() []Duty { return []Duty{Recruiter, Supervisor, Jury, Marker} }

// require returns nil when the actor may act in a procedure today: the account holds the role of one of the duties, and was
// given that duty in this very procedure from a day to a day. It returns an error that wraps data.ErrDenied otherwise,
// also for a procedure that isn't there. The operator at the local command line may do everything.
func require(ctx context.Context, q data.Query, by data.Actor, procedure string, duties ...Duty) error {
	if by.Operator {
		return nil
	}
	given, err := data.List(ctx, q, scanDuty, `SELECT role FROM procedure_people WHERE procedure_id = $1 AND account_id = $2
		AND from_on <= $3 AND until_on >= $3 ORDER BY role`, procedure, by.AccountID, data.DayOf(q.Now()))
	if err != nil {
		return fmt.Errorf("duties of %s: %w", by.Name, err)
	}
	var roles []data.Role
	for _, d := range given {
		if slices.Contains(duties, d) {
			roles = append(roles, d.Role())
		}
	}
	if len(roles) == 0 {
		return fmt.Errorf("%s has none of %v in procedure %s: %w", by.Name, duties, data.Clean(procedure, 40), data.ErrDenied)
	}
	return data.Require(ctx, q, by, roles...)
}

func scanDuty(scan func(...any) error) (d Duty, err error) { return d, scan(&d) }

// act is a write of who has one of the duties: body gets the procedure as it stands, in the same transaction.
func (s *Store) act(ctx context.Context, by data.Actor, procedure string, duties []Duty, body func(*data.Tx, Procedure) error) error {
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		p, err := procedureFor(ctx, tx, by, procedure, duties...)
		if err != nil {
			return err
		}
		return body(tx, p)
	})
}

// view is act that only reads.
func (s *Store) view(ctx context.Context, by data.Actor, procedure string, duties []Duty, look func(data.Query, Procedure) error) error {
	return s.db.View(ctx, func(q data.Query) error {
		p, err := procedureFor(ctx, q, by, procedure, duties...)
		if err != nil {
			return err
		}
		return look(q, p)
	})
}

// procedureFor gives a procedure to who has one of the duties in it today.
func procedureFor(ctx context.Context, q data.Query, by data.Actor, id string, duties ...Duty) (Procedure, error) {
	if err := require(ctx, q, by, id, duties...); err != nil {
		return Procedure{}, err
	}
	return procedureByID(ctx, q, id)
}

// procedureByID reads one procedure. It returns data.ErrNotFound.
func procedureByID(ctx context.Context, q data.Query, id string) (Procedure, error) {
	found, err := data.List(ctx, q, scanProcedure, procedureColumns+` WHERE p.id = $1`, id)
	if err == nil && len(found) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return Procedure{}, fmt.Errorf("procedure %s: %w", data.Clean(id, 40), err)
	}
	return found[0], nil
}

const procedureColumns = `SELECT p.id, p.organisation_id, o.name, p.title, p.details, p.state, p.created_at, p.opened_at, p.frozen, p.sealed_at,
	p.closed_at, p.scored_at, p.scored, p.named_at, p.named_by, p.decided_at, p.hold_until, p.hold_why, p.keep_until, p.purged_on
	FROM procedures p JOIN organisations o ON o.id = p.organisation_id`

func scanProcedure(scan func(...any) error) (p Procedure, err error) {
	var details string
	var created, opened, sealed, closed, scored, named, decided int64
	if err = scan(&p.ID, &p.OrganisationID, &p.Organisation, &p.Title, &details, &p.State, &created, &opened, &p.Frozen, &sealed,
		&closed, &scored, &p.ScoredHash, &named, &p.NamedBy, &decided, &p.HoldUntil, &p.HoldWhy, &p.KeepUntil, &p.PurgedOn); err != nil {
		return p, err
	}
	p.CreatedAt, p.OpenedAt, p.SealedAt, p.ClosedAt = data.Milli(created), data.StoredInstant(opened), data.StoredInstant(sealed), data.StoredInstant(closed)
	p.ScoredAt, p.NamedAt, p.DecidedAt = data.StoredInstant(scored), data.StoredInstant(named), data.StoredInstant(decided)
	if err = data.Unpack(details, &p.Details); err != nil {
		err = fmt.Errorf("details of procedure %s: %w", p.ID, err)
	}
	return p, err
}

// itemsOf reads the frozen items of a form, in order; of all forms where form is empty.
func itemsOf(ctx context.Context, q data.Query, procedure, form string) ([]Item, error) {
	return data.List(ctx, q, scanItem, `SELECT form, n, item, shown, weight, public, out_at, out_why FROM procedure_items
		WHERE procedure_id = $1 AND (form = $2 OR $2 = '') ORDER BY form, n`, procedure, form)
}

func scanItem(scan func(...any) error) (it Item, err error) {
	var item, shown string
	var public, out int64
	if err = scan(&it.Form, &it.N, &item, &shown, &it.Weight, &public, &out, &it.OutWhy); err != nil {
		return it, err
	}
	it.Public, it.OutAt = public == 1, data.StoredInstant(out)
	if err = errors.Join(data.Unpack(item, &it.Item), data.Unpack(shown, &it.Shown)); err != nil {
		err = fmt.Errorf("frozen item %s %d: %w", it.Form, it.N, err)
	}
	return it, err
}

// candidateColumns reads candidates with the state of their newest code left out; add a WHERE.
const candidateColumns = `SELECT c.id, c.procedure_id, c.label, c.form, c.language, c.settings, c.withdrawn_at FROM candidates c`

func scanCandidate(scan func(...any) error) (c Candidate, err error) {
	var settings string
	var withdrawn int64
	if err = scan(&c.ID, &c.ProcedureID, &c.Label, &c.Form, &c.Language, &settings, &withdrawn); err != nil {
		return c, err
	}
	c.Withdrawn = withdrawn != 0
	if err = data.Unpack(settings, &c.Settings); err != nil {
		err = fmt.Errorf("settings of candidate %s: %w", c.Label, err)
	}
	return c, err
}

// candidatesOf reads the candidates of a procedure by label, also who withdrew.
func candidatesOf(ctx context.Context, q data.Query, procedure string) ([]Candidate, error) {
	return data.List(ctx, q, scanCandidate, candidateColumns+` WHERE c.procedure_id = $1 ORDER BY length(c.label), c.label`, procedure)
}

// candidateByID reads one candidate. It returns data.ErrNotFound.
func candidateByID(ctx context.Context, q data.Query, id string) (Candidate, error) {
	found, err := data.List(ctx, q, scanCandidate, candidateColumns+` WHERE c.id = $1`, id)
	if err == nil && len(found) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return Candidate{}, fmt.Errorf("candidate %s: %w", data.Clean(id, 40), err)
	}
	return found[0], nil
}

// steps says which state may follow which. Scores freeze after the close, names open after the scores, and a jury that
// thinks again undoes its own decision; dropping is possible until names are open.
func steps() map[State][]State {
	return map[State][]State{
		Draft:   {Open, Dropped},
		Open:    {Closed, Dropped},
		Closed:  {Scored, Dropped},
		Scored:  {Named, Dropped},
		Named:   {Decided},
		Decided: {Named},
	}
}

// May tells whether a procedure can go from one state to another.
func (s State) May(to State) bool { return slices.Contains(steps()[s], to) }

// step moves a procedure to another state, writes down when, and lets its term of retention begin anew that day. It returns
// ErrState where the table of steps doesn't have it. The caller writes what else comes with the step, and audits.
func step(ctx context.Context, tx *data.Tx, p Procedure, to State) error {
	if !p.State.May(to) {
		return fmt.Errorf("procedure %s from %s to %s: %w", p.ID, p.State, to, ErrState)
	}
	stamp, at := "", tx.Now().UnixMilli()
	if to == Dropped || p.State == Decided { // nothing is decided, or no longer
		stamp, at = "decided_at", 0
	} else {
		stamp = map[State]string{Open: "opened_at", Closed: "closed_at", Scored: "scored_at", Named: "named_at", Decided: "decided_at"}[to]
	}
	return data.OneRow(tx.ExecContext(ctx, `UPDATE procedures SET state = $1, keep_until = $2, `+stamp+` = $3 WHERE id = $4`, string(to), p.keptUntil(tx.Today()), at, p.ID))
}

// in returns ErrState unless the procedure is in one of the states.
func (p Procedure) in(states ...State) error {
	if !slices.Contains(states, p.State) {
		return fmt.Errorf("procedure %s is %s: %w", p.ID, p.State, ErrState)
	}
	return nil
}
