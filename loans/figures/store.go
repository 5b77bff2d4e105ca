package figures

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/loans"
)

// Store reads the register for figures. It writes nothing.
type Store struct{ db *data.DB }

// NewStore gives the figures of a database.
func NewStore(db *data.DB) *Store { return &Store{db} }

// readers lists who may see figures: nobody in them has a name.
func readers() []data.Role {
	return []data.Role{data.RoleClerk, data.RoleICT, data.RoleDirector, data.RoleFinance}
}

// look runs a reading of a period, with one view of the database.
func (s *Store) look(ctx context.Context, by data.Actor, p Period, doing string, read func(*reading) error) error {
	if err := p.check(); err != nil {
		return err
	}
	err := s.db.View(ctx, func(q data.Query) error {
		if err := data.Require(ctx, q, by, readers()...); err != nil {
			return err
		}
		r := &reading{ctx: ctx, q: q, names: map[string]string{}}
		r.Period, r.Today = p, data.DayOf(q.Now())
		if err := r.types(); err != nil {
			return err
		}
		return read(r)
	})
	if err != nil {
		return fmt.Errorf("%s from %s to %s: %w", doing, p.From, p.To, err)
	}
	return nil
}

// Outcome is what a simulation came to.
type Outcome struct {
	Period
	Was, Would Figures
	Types      []loans.Type // by name, for Figures.Empty
}

// Simulate says what another regulation would have done to the loans of a period: see the rule of that name. Where
// fewer than five clients of the OCMW borrowed, their loans are left as they were, so that nobody can be made out.
// It returns an *data.Invalid for a period that can't be.
func (s *Store) Simulate(ctx context.Context, by data.Actor, p Period, rules loans.Regulation) (o Outcome, err error) {
	err = s.look(ctx, by, p, "simulate loans", func(r *reading) error {
		if err := r.all(); err != nil {
			return err
		}
		keepFew(r.Loans)
		o = Outcome{Period: p, Types: r.known}
		o.Was, o.Would = Simulate(r.World, rules)
		return nil
	})
	return o, err
}

// keepFew keeps the loans of clients from being changed when fewer than five of them borrowed.
func keepFew(all []Past) {
	people := map[string]bool{}
	for _, p := range all {
		if p.Category == loans.Client && p.Who != "" {
			people[p.Who] = true
		}
	}
	for i := range all {
		all[i].Kept = all[i].Category == loans.Client && len(people) < fewest
	}
}

// Utilisation gives how much of a period types and devices were out, by name.
func (s *Store) Utilisation(ctx context.Context, by data.Actor, p Period) (types, devices []Use, err error) {
	err = s.look(ctx, by, p, "utilisation", func(r *reading) error {
		if err := r.all(); err != nil {
			return err
		}
		types, devices = Utilisation(r.World)
		return nil
	})
	return types, devices, err
}

// Unmet gives what was asked for in a period and not had, by name of the type.
func (s *Store) Unmet(ctx context.Context, by data.Actor, p Period) (all []Demand, err error) {
	err = s.look(ctx, by, p, "unmet demand", func(r *reading) error {
		if err := r.wishes(); err != nil {
			return err
		}
		all = Unmet(r.World)
		for i := range all {
			all[i].Type = r.names[all[i].TypeID]
		}
		slices.SortStableFunc(all, func(a, b Demand) int { return strings.Compare(data.SortKey(a.Type), data.SortKey(b.Type)) })
		return nil
	})
	return all, err
}

// Damage gives what became of devices, the last year first, of the years that a period touches.
func (s *Store) Damage(ctx context.Context, by data.Actor, p Period) (all []Damage, err error) {
	err = s.look(ctx, by, p, "damage", func(r *reading) error {
		hurt, err := r.hurt(p.From[:4]+"-01-01", p.To[:4]+"-12-31")
		if err != nil {
			return err
		}
		all = DamageByYear(hurt)
		for i := range all {
			all[i].Type = r.names[all[i].TypeID]
		}
		slices.SortStableFunc(all, func(a, b Damage) int {
			if a.Year != b.Year {
				return b.Year - a.Year
			}
			return strings.Compare(data.SortKey(a.Type), data.SortKey(b.Type))
		})
		return nil
	})
	return all, err
}

// Forecast says what to buy or retire, by name of the type, so that on at most ShortShare percents of the days of a
// period a device would have been missing.
func (s *Store) Forecast(ctx context.Context, by data.Actor, p Period) (all []Advice, err error) {
	err = s.look(ctx, by, p, "forecast", func(r *reading) error {
		if err := r.all(); err != nil {
			return err
		}
		hurt, err := r.hurt("", "9999-12-31")
		if err != nil {
			return err
		}
		all = Forecast(r.World, hurt, ShortShare)
		return nil
	})
	return all, err
}

// LastYear is the twelve months that end yesterday.
func (s *Store) LastYear() Period { return Year(day(data.DayOf(s.db.Now()))) }
