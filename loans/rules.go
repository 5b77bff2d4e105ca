package loans

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"digibrug/data"
)

// Version is a regulation in the register: its figures, and which body decided what is charged.
type Version struct {
	Regulation
	Name      string
	Decisions map[Param]Decision
}

// Decision says who decided a deposit or a fee, and until when that holds.
type Decision struct {
	Body       string // gemeenteraad, raad voor maatschappelijk welzijn
	On         string // YYYY-MM-DD
	ValidUntil string // YYYY-MM-DD; empty: no end
}

// What can be wrong with a version.
const (
	WhyParam data.Why = "loans.param"  // Got is no figure
	WhyBegun data.Why = "loans.begun"  // a version begins today at the earliest: loans were made by the one before
	WhyRange data.Why = "loans.figure" // a figure that can't be: negative, or past Want
)

// Params gives all figures.
func Params() []Param {
	return []Param{TermDays, TermMode, TermHours, TermRule, Renewals, RenewalDays, RenewBefore, MostLoans, MostHousehold, MostYear, LeadDays, HorizonDays, MostDays,
		DepositCents, FeeCents, FineCents, FineDays, FineCap, GraceDays, BlockPerDay, BlockCap, GapDays, PickUpDays, YoungestMonths}
}

// ModelRegulation gives sensible figures to begin with: what holds where no version was stored. Three weeks, one
// device a person, a deposit of 60 euro and no fee (articles 7 to 10); nothing is fined, a late day costs a day of
// lending (article 15). A municipality that wants other figures decides them in a version of its own.
func ModelRegulation() Regulation {
	return Regulation{From: "2000-01-01", Cells: map[Cell]map[Param]int64{
		{}: {TermDays: 21, TermMode: 0, Renewals: 2, RenewalDays: 21, RenewBefore: 7, MostLoans: 1, MostHousehold: 2, MostYear: 8,
			LeadDays: 0, HorizonDays: 90, MostDays: 28, DepositCents: 6000, FeeCents: 0, FineCents: 0, FineDays: 7, FineCap: 0, GraceDays: 0,
			BlockPerDay: 1, BlockCap: 90, GapDays: 1, PickUpDays: 3, YoungestMonths: 12 * 12},
		{Category: Association}: {MostLoans: 10, MostHousehold: 10, TermDays: 7, MostYear: 12},
		{Category: Employee}:    {DepositCents: 0, MostYear: 1000, TermDays: 90, Renewals: 12, RenewalDays: 90, BlockPerDay: 0},
		{Category: Participant}: {TermDays: 28, Renewals: 3, RenewalDays: 28},
		{Category: Client}:      {BlockPerDay: 0},
	}}
}

func (v Version) check() error {
	if _, err := data.ParseDay(v.From); err != nil {
		return err
	}
	for cell, figures := range v.Cells {
		if cell.Category != "" && !slices.Contains(Categories(), cell.Category) {
			return &data.Invalid{Field: "category", Why: data.WhyNotOneOf, Want: fmt.Sprint(Categories()), Got: data.Clean(string(cell.Category), 20)}
		}
		for p, value := range figures {
			most := int64(3650)
			switch p {
			case DepositCents, FeeCents, FineCents, FineCap:
				most = 1_000_000
			case TermMode:
				most = int64(len(Modes()) - 1)
			case TermRule:
				most = int64(len(HourRules()) - 1)
			}
			if !slices.Contains(Params(), p) {
				return &data.Invalid{Field: "figure", Why: WhyParam, Got: data.Clean(string(p), 40)}
			}
			if value < 0 || value > most {
				return &data.Invalid{Field: string(p), Why: WhyRange, Want: strconv.FormatInt(most, 10), Got: strconv.FormatInt(value, 10)}
			}
		}
	}
	for p, d := range v.Decisions {
		if p.article() != DepositCents.article() && p.article() != FineCents.article() {
			return &data.Invalid{Field: "figure", Why: WhyParam, Got: data.Clean(string(p), 40)}
		}
		if err := data.OptionalDay("decided", d.On); err != nil {
			return err
		}
		if err := data.OptionalDay("valid", d.ValidUntil); err != nil {
			return err
		}
	}
	return nil
}

// PutVersion stores a version that begins today or later, in place of one that begins on the same day, and audits it.
// What was lent keeps the figures that it was lent by. Only the ICT officer may. It returns an *data.Invalid.
func (s *Store) PutVersion(ctx context.Context, by data.Actor, v Version) (Version, error) {
	var err error
	if v.Name, err = data.ShortText("regulation", v.Name, nameLimit); err != nil {
		return Version{}, err
	}
	if err := v.check(); err != nil {
		return Version{}, err
	}
	err = s.db.InTxFor(ctx, by, []data.Role{data.RoleICT}, func(tx *data.Tx) error {
		if v.From < tx.Today() {
			return &data.Invalid{Field: "from", Why: WhyBegun, Want: tx.Today(), Got: v.From}
		}
		v.ID = data.NewID()
		if err := dropVersion(ctx, tx, v.From); err != nil {
			return err
		}
		if err := addVersion(ctx, tx, by, v); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "loan.regulation", v.ID, "name", v.Name, "from", v.From)
	})
	if err != nil {
		return Version{}, fmt.Errorf("put regulation of %s: %w", v.From, err)
	}
	return v, nil
}

func dropVersion(ctx context.Context, tx *data.Tx, from string) error {
	for _, table := range []string{"loan_figures", "loan_decisions"} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE regulation_id IN (SELECT id FROM loan_regulations WHERE from_on = $1)`, from); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM loan_regulations WHERE from_on = $1`, from)
	return err
}

func addVersion(ctx context.Context, tx *data.Tx, by data.Actor, v Version) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO loan_regulations (id, from_on, name, actor, created_at) VALUES ($1, $2, $3, $4, $5)`,
		v.ID, v.From, v.Name, actor(by), tx.Now().UnixMilli()); err != nil {
		return err
	}
	for cell, figures := range v.Cells {
		for p, value := range figures {
			if _, err := tx.ExecContext(ctx, `INSERT INTO loan_figures (regulation_id, category, type_id, param, value) VALUES ($1, $2, $3, $4, $5)`,
				v.ID, string(cell.Category), cell.Device, string(p), value); err != nil {
				return err
			}
		}
	}
	for p, d := range v.Decisions {
		if _, err := tx.ExecContext(ctx, `INSERT INTO loan_decisions (regulation_id, param, body, decided_on, valid_until) VALUES ($1, $2, $3, $4, $5)`,
			v.ID, string(p), data.Clean(d.Body, nameLimit), d.On, d.ValidUntil); err != nil {
			return err
		}
	}
	return nil
}

// Versions lists all versions, the first to begin first.
func (s *Store) Versions(ctx context.Context, by data.Actor) (all []Version, err error) {
	err = s.db.ViewFor(ctx, by, readers(), func(q data.Query) error {
		all, err = versions(ctx, q)
		return err
	})
	return all, err
}

func versions(ctx context.Context, q data.Query) ([]Version, error) {
	all, err := data.List(ctx, q, func(scan func(...any) error) (v Version, err error) {
		v.Cells, v.Decisions = map[Cell]map[Param]int64{}, map[Param]Decision{}
		return v, scan(&v.ID, &v.From, &v.Name)
	}, `SELECT id, from_on, name FROM loan_regulations ORDER BY from_on`)
	if err != nil {
		return nil, err
	}
	at := func(id string) int { return slices.IndexFunc(all, func(v Version) bool { return v.ID == id }) }
	_, err = data.List(ctx, q, func(scan func(...any) error) (none struct{}, err error) {
		var id string
		var cell Cell
		var p Param
		var value int64
		if err = scan(&id, &cell.Category, &cell.Device, &p, &value); err != nil {
			return none, err
		}
		if v := all[at(id)]; v.Cells[cell] == nil {
			v.Cells[cell] = map[Param]int64{}
		}
		all[at(id)].Cells[cell][p] = value
		return none, nil
	}, `SELECT regulation_id, category, type_id, param, value FROM loan_figures ORDER BY regulation_id, category, type_id, param`)
	if err != nil {
		return nil, err
	}
	_, err = data.List(ctx, q, func(scan func(...any) error) (none struct{}, err error) {
		var id string
		var p Param
		var d Decision
		if err = scan(&id, &p, &d.Body, &d.On, &d.ValidUntil); err == nil {
			all[at(id)].Decisions[p] = d
		}
		return none, err
	}, `SELECT regulation_id, param, body, decided_on, valid_until FROM loan_decisions ORDER BY regulation_id, param`)
	return all, err
}

// current gives the figures that hold on a day: the model's where no version has begun.
func current(ctx context.Context, q data.Query, day string) (Regulation, error) {
	all, err := versions(ctx, q)
	if err != nil {
		return Regulation{}, fmt.Errorf("regulation of %s: %w", day, err)
	}
	plain := make([]Regulation, len(all))
	for i, v := range all {
		plain[i] = v.Regulation
	}
	if r, found := Current(plain, day); found {
		return r, nil
	}
	return ModelRegulation(), nil
}

// For gives all figures for a kind of borrower and device: what is copied onto a loan.
func (r Regulation) For(c Category, device string) map[Param]int64 {
	all := map[Param]int64{}
	for _, p := range Params() {
		if value, set := r.Get(c, device, p); set {
			all[p] = value
		}
	}
	return all
}

// fixed is a regulation of the figures that a loan was made by.
func fixed(id string, rules map[Param]int64) Regulation {
	return Regulation{ID: id, Cells: map[Cell]map[Param]int64{{}: rules}}
}

// endingDays is how long before its end a decision is warned about.
const endingDays = 60

// Ending gives the decisions of the version that holds today which end within 60 days, or have ended.
func (s *Store) Ending(ctx context.Context, by data.Actor) (ending map[Param]Decision, err error) {
	err = s.db.ViewFor(ctx, by, append(readers(), data.RoleFinance), func(q data.Query) error {
		ending = map[Param]Decision{}
		all, err := versions(ctx, q)
		if err != nil {
			return err
		}
		today := data.DayOf(q.Now())
		last := data.DayText(data.StoredDay(today).AddDate(0, 0, endingDays))
		for i, v := range all {
			if v.From > today || i+1 < len(all) && all[i+1].From <= today {
				continue
			}
			for p, d := range v.Decisions {
				if d.ValidUntil != "" && d.ValidUntil <= last {
					ending[p] = d
				}
			}
		}
		return nil
	})
	return ending, err
}
