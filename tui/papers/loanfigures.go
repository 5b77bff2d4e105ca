package papers

import (
	"context"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/loans/figures"
	"digibrug/tui/words"
)

// loanFigures is what the papers of figures about lending need of the loans floor; *figures.Store has it.
type loanFigures interface {
	LastYear() figures.Period
	Utilisation(ctx context.Context, by data.Actor, p figures.Period) (types, devices []figures.Use, err error)
	Unmet(ctx context.Context, by data.Actor, p figures.Period) ([]figures.Demand, error)
	Damage(ctx context.Context, by data.Actor, p figures.Period) ([]figures.Damage, error)
	Forecast(ctx context.Context, by data.Actor, p figures.Period) ([]figures.Advice, error)
}

// figureReaders lists who may have figures about lending: nobody has a name in them.
func figureReaders() []data.Role {
	return []data.Role{data.RoleClerk, data.RoleICT, data.RoleDirector, data.RoleFinance}
}

// spanNote says which days a sheet is about.
func spanNote(p figures.Period) string {
	return nl.T(words.LoanfigurePeriod, "from", words.StoredDay(lang, p.From), "until", words.StoredDay(lang, p.To))
}

// LoanUse is how much of the last twelve months each type and each device was out.
func LoanUse(store loanFigures) Paper {
	return Paper{Name: "loan-use", Title: words.LoanfigureUse, Roles: figureReaders(),
		fill: func(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
			p := store.LastYear()
			types, devices, err := store.Utilisation(ctx, by, p)
			if err != nil {
				return Sheet{}, err
			}
			s := Sheet{Columns: []Column{
				{Name: "type", Title: nl.T(words.LoanfigureColType), Kind: KindText},
				{Name: "device", Title: nl.T(words.LoanfigureColDevice), Kind: KindText},
				{Name: "loans", Title: nl.T(words.LoanfigureColLoans), Kind: KindNumber},
				{Name: "days_out", Title: nl.T(words.LoanfigureColOut), Kind: KindNumber},
				{Name: "days", Title: nl.T(words.LoanfigureColDays), Kind: KindNumber},
				{Name: "share", Title: nl.T(words.LoanfigureColShare), Kind: KindShare},
			}, Notes: []string{spanNote(p), nl.T(words.LoanfigureRuleUse)}}
			for _, t := range types {
				s.Rows = append(s.Rows, useRow(t, nl.T(words.LoanfigureAll, "n", t.Devices)))
				for _, d := range devices {
					if d.TypeID == t.TypeID {
						s.Rows = append(s.Rows, useRow(d, d.Name))
					}
				}
			}
			return s, nil
		}}
}

func useRow(u figures.Use, name string) []Cell {
	share := Cell{}
	if part, ok := u.Share(); ok {
		share = Share(part)
	}
	return []Cell{Text(u.Type), Text(name), Count(u.Loans), Count(u.Out), Count(u.Days), share}
}

// LoanDemand is what people asked for in the last twelve months, and for which no device was left.
func LoanDemand(store loanFigures) Paper {
	return Paper{Name: "loan-demand", Title: words.LoanfigureDemand, Roles: figureReaders(),
		fill: func(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
			p := store.LastYear()
			all, err := store.Unmet(ctx, by, p)
			if err != nil {
				return Sheet{}, err
			}
			s := Sheet{Columns: []Column{
				{Name: "type", Title: nl.T(words.LoanfigureColType), Kind: KindText},
				{Name: "category", Title: nl.T(words.LoanfigureColWho), Kind: KindText},
				{Name: "wishes", Title: nl.T(words.LoanfigureColWishes), Kind: KindNumber},
				{Name: "refused", Title: nl.T(words.LoanfigureColRefused), Kind: KindNumber},
				{Name: "waited", Title: nl.T(words.LoanfigureColWaited), Kind: KindNumber},
				{Name: "days", Title: nl.T(words.LoanfigureColAsked), Kind: KindNumber},
			}, Notes: []string{spanNote(p), nl.T(words.LoanfigureRuleDemand)}}
			for _, d := range all {
				s.Rows = append(s.Rows, []Cell{Text(d.Type), Coded(nl.T(borrowerKind(d.Category)), string(d.Category)), Count(d.Wishes), Count(d.Refused), Count(d.Waited), Count(d.Days)})
			}
			return s, nil
		}}
}

// borrowerKind names a kind of borrower; clients of the OCMW are citizens here, and "" is everybody.
func borrowerKind(c loans.Category) words.Key {
	switch c {
	case loans.Citizen, loans.Client:
		return words.LoanfigureCitizen
	case loans.Participant:
		return words.LoanfigureParticipant
	case loans.Association:
		return words.LoanfigureAssociation
	case loans.Employee:
		return words.LoanfigureEmployee
	case loans.Minor:
		return words.LoanfigureMinor
	}
	return words.LoanfigureEverybody
}

// LoanDamage is what this year and the last did to the devices of each type.
func LoanDamage(store loanFigures) Paper {
	return Paper{Name: "loan-damage", Title: words.LoanfigureDamage, Roles: figureReaders(),
		fill: func(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
			all, err := store.Damage(ctx, by, store.LastYear())
			if err != nil {
				return Sheet{}, err
			}
			s := Sheet{Columns: []Column{
				{Name: "year", Title: nl.T(words.LoanfigureColYear), Kind: KindNumber, Ordinal: true},
				{Name: "type", Title: nl.T(words.LoanfigureColType), Kind: KindText},
				{Name: "returns", Title: nl.T(words.LoanfigureColEnded), Kind: KindNumber},
				{Name: "incomplete", Title: nl.T(words.LoanfigureColIncomplete), Kind: KindNumber},
				{Name: "missing", Title: nl.T(words.LoanfigureColMissing), Kind: KindNumber},
				{Name: "charged", Title: nl.T(words.LoanfigureColCharged), Kind: KindMoney},
				{Name: "repairs", Title: nl.T(words.LoanfigureColRepairs), Kind: KindNumber},
				{Name: "upkeep", Title: nl.T(words.LoanfigureColRepair), Kind: KindMoney},
				{Name: "lost", Title: nl.T(words.LoanfigureColLost), Kind: KindNumber},
				{Name: "stolen", Title: nl.T(words.LoanfigureColStolen), Kind: KindNumber},
			}, Notes: []string{nl.T(words.LoanfigureRuleDamage)}}
			for _, d := range all {
				s.Rows = append(s.Rows, []Cell{Count(d.Year), Text(d.Type), Count(d.Loans), Count(d.Incomplete), Count(d.Missing), Money(d.Charged), Count(d.Repairs),
					Money(d.Repair), Count(d.Lost), Count(d.Stolen)})
			}
			return s, nil
		}}
}

// LoanForecast is what to buy and what to retire, each line with why.
func LoanForecast(store loanFigures) Paper {
	return Paper{Name: "loan-forecast", Title: words.LoanfigureForecast, Roles: figureReaders(),
		fill: func(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
			p := store.LastYear()
			all, err := store.Forecast(ctx, by, p)
			if err != nil {
				return Sheet{}, err
			}
			s := Sheet{Columns: []Column{
				{Name: "type", Title: nl.T(words.LoanfigureColType), Kind: KindText},
				{Name: "device", Title: nl.T(words.LoanfigureColDevice), Kind: KindText},
				{Name: "advice", Title: nl.T(words.LoanfigureColAdvice), Kind: KindText},
				{Name: "why", Title: nl.T(words.LoanfigureColWhy), Kind: KindText},
			}, Notes: []string{spanNote(p), nl.T(words.LoanfigureRuleForecast, "share", figures.ShortShare)}}
			for _, a := range all {
				device := Cell{}
				if a.Name != "" {
					device = Text(a.Name)
				}
				s.Rows = append(s.Rows, []Cell{Text(a.Type), device, advice(a), Text(because(a))})
			}
			return s, nil
		}}
}

// advice says what to do.
func advice(a figures.Advice) Cell {
	switch {
	case a.Why == figures.Short:
		return Coded(nl.T(words.LoanfigureBuy, "n", a.Count), string(a.Why))
	case a.Why.Retires():
		return Coded(nl.T(words.LoanfigureRetire), string(a.Why))
	case a.Why == figures.Idle:
		return Coded(nl.T(words.LoanfigureKeepNone, "n", a.Count), string(a.Why))
	}
	return Coded(nl.T(words.LoanfigureEnough), string(a.Why))
}

// because explains an advice in one sentence.
func because(a figures.Advice) string {
	switch a.Why {
	case figures.Short:
		return nl.T(words.LoanfigureWhyShort, "n", a.Days, "of", a.Of)
	case figures.Idle:
		return nl.T(words.LoanfigureWhyIdle, "n", a.Count)
	case figures.Costly:
		return nl.T(words.LoanfigureWhyCostly, "cents", words.Money(lang, a.Cents), "price", words.Money(lang, a.Of))
	case figures.Broken:
		return nl.T(words.LoanfigureWhyBroken, "n", a.Count)
	case figures.Old:
		return nl.T(words.LoanfigureWhyOld, "n", a.Count/12)
	}
	return nl.T(words.LoanfigureWhyEnough, "n", a.Days, "of", a.Of)
}
