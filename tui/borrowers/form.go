package borrowers

import (
	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// Limits of what is typed, in characters; those of the register.
const (
	maxName = 80
	maxWhy  = 160
)

// about opens a form about a borrower, as the register has them when it opens.
func (d Desk) about(s *shell.Session, id string, title words.Key, brief func(loans.BorrowerFile) page.Brief) shell.Screen {
	return page.NewTask(s, title, words.BorrowerSaving, func() (page.Brief, error) {
		f, err := d.Store.BorrowerFile(s.Ctx, s.Who.Actor(), id)
		if err != nil {
			return page.Brief{}, err
		}
		b := brief(f)
		b.Title = s.T(title) + ": " + f.Name()
		return b, nil
	})
}

// newForm adds a borrower, or changes the one with that id. The number on the card is given, and stays.
func newForm(s *shell.Session, d Desk, id string) shell.Screen {
	if id == "" {
		return page.NewTask(s, words.BorrowerNew, words.BorrowerSaving, func() (page.Brief, error) {
			return d.edit(s, loans.BorrowerFile{BorrowerCard: loans.BorrowerCard{Borrower: loans.Borrower{Category: loans.Citizen}}}), nil
		})
	}
	return d.about(s, id, words.BorrowerChange, func(f loans.BorrowerFile) page.Brief { return d.edit(s, f) })
}

// categories are those that somebody may say: a client of the OCMW only a social worker.
func categories(s *shell.Session) (all []parts.Option) {
	for _, c := range loans.Categories() {
		if c != loans.Client || s.Who.Has(data.RoleSocial) {
			all = append(all, parts.Option{Value: string(c), Label: s.T(words.LoanCategory(string(c)))})
		}
	}
	return all
}

func (d Desk) edit(s *shell.Session, f loans.BorrowerFile) page.Brief {
	b := f.Borrower
	guardian := f.Guardian
	return page.Brief{Lead: words.BorrowerFormLead, Body: parts.NewForm(words.BorrowerSave,
		parts.Field{Name: "category", Label: words.BorrowerColKind, Kind: parts.Choice, Need: true, Options: categories(s), Value: string(b.Category)},
		parts.Field{Name: "given", Label: words.BorrowerGiven, Hint: words.BorrowerGivenHint, Max: maxName, Value: b.Given},
		parts.Field{Name: "family", Label: words.BorrowerFamily, Hint: words.BorrowerFamilyHint, Need: true, Max: maxName, Value: b.Family},
		parts.Field{Name: "phone", Label: words.BorrowerColPhone, Hint: words.BorrowerContactHint, Max: maxName, Value: b.Phone, Digits: true},
		parts.Field{Name: "mail", Label: words.BorrowerMail, Hint: words.BorrowerContactHint, Max: maxName, Value: b.Mail},
		parts.Field{Name: "right", Label: words.BorrowerRight, Hint: words.BorrowerRightHint, Kind: parts.Day, Value: b.RightUntil},
		parts.Field{Name: "guardian", Label: words.BorrowerGuardian, Hint: words.BorrowerGuardianHint, Max: maxName, Value: guardian},
		parts.Field{Name: "birth", Label: words.BorrowerBirth, Hint: words.BorrowerBirthHint, Max: 7, Value: b.BirthMonth, Digits: true}),
		Do: func(form parts.Form) (page.Outcome, error) { return d.put(s, b, guardian, form) }}
}

// put stores what was filled in. A guardian who stays is not looked for again: the name may be another's too.
func (d Desk) put(s *shell.Session, b loans.Borrower, guardian string, form parts.Form) (page.Outcome, error) {
	fresh := b.ID == ""
	b.Category = loans.Category(form.Value("category"))
	b.Given, b.Family, b.Phone, b.Mail = form.Value("given"), form.Value("family"), form.Value("phone"), form.Value("mail")
	b.RightUntil, b.BirthMonth = form.Value("right"), month(form.Value("birth"))
	if b.Category != loans.Minor {
		b.GuardianID, b.BirthMonth = "", ""
	} else if typed := form.Value("guardian"); typed == "" {
		b.GuardianID = ""
	} else if typed != guardian || b.GuardianID == "" {
		g, err := d.one(s, "guardian", typed)
		if err != nil {
			return page.Outcome{}, err
		}
		b.GuardianID = g.ID
	}
	put, err := d.Store.PutBorrower(s.Ctx, s.Who.Actor(), b)
	if err != nil {
		return page.Outcome{}, err
	}
	if fresh {
		return page.Outcome{Said: words.BorrowerAdded, Args: []any{"name", put.Name(), "number", put.Number.Show()}, Next: NewPage(s, d, put.ID)}, nil
	}
	return page.Outcome{Said: words.BorrowerChanged, Args: []any{"name", put.Name()}}, nil
}

// month reads a month of birth as people type it, "4/2013" or "2013-04", as YYYY-MM; what is none comes back as it was,
// for the register to refuse.
func month(typed string) string {
	var year, mon string
	for _, sign := range []string{"/", "-", ".", " "} {
		if a, b, ok := cutTwo(typed, sign); ok {
			year, mon = a, b
		}
	}
	if len(mon) == 4 {
		year, mon = mon, year
	}
	if len(year) != 4 || mon == "" || len(mon) > 2 {
		return typed
	}
	if len(mon) == 1 {
		mon = "0" + mon
	}
	return year + "-" + mon
}

// newHousehold puts a borrower in the household of another one.
func newHousehold(s *shell.Session, d Desk, id string) shell.Screen {
	return d.about(s, id, words.BorrowerJoin, func(f loans.BorrowerFile) page.Brief {
		return page.Brief{Lead: words.BorrowerJoinLead,
			Body: parts.NewForm(words.BorrowerSave, parts.Field{Name: "with", Label: words.BorrowerJoinWith, Hint: words.BorrowerJoinHint, Need: true, Max: maxName}),
			Do: func(form parts.Form) (page.Outcome, error) {
				other, err := d.one(s, "with", form.Value("with"))
				if err != nil {
					return page.Outcome{}, err
				}
				name, err := d.Store.JoinHousehold(s.Ctx, s.Who.Actor(), id, other.ID)
				return page.Outcome{Said: words.BorrowerJoined, Args: []any{"name", f.Name(), "other", other.Name(), "household", name}}, under("with", err)
			}}
	})
}

// newGround gives a borrower a tariff with its ground, or takes it away. The store lets social workers alone.
func newGround(s *shell.Session, d Desk, id string) shell.Screen {
	return page.NewTask(s, words.BorrowerGroundTitle, words.BorrowerSaving, func() (page.Brief, error) {
		by := s.Who.Actor()
		tariffs, err := d.Store.Tariffs(s.Ctx, by)
		if err != nil {
			return page.Brief{}, err
		}
		now, _, err := d.Store.GroundOf(s.Ctx, by, id)
		if err != nil {
			return page.Brief{}, err
		}
		kind := parts.Field{Name: "tariff", Label: words.BorrowerTariff, Kind: parts.Choice, Need: true, Value: now.Tariff,
			Options: []parts.Option{{Value: normalTariff, Label: s.T(words.BorrowerNormal)}}}
		for _, t := range tariffs {
			kind.Options = append(kind.Options, parts.Option{Value: t.Code, Label: s.T(words.BorrowerTariffIs, "code", t.Code, "name", t.Name, "deposit", t.DepositPercent, "fee", t.FeePercent)})
		}
		return page.Brief{Lead: words.BorrowerGroundLead, Body: parts.NewForm(words.BorrowerSave, kind,
			parts.Field{Name: "ground", Label: words.BorrowerGround, Hint: words.BorrowerGroundHint, Max: maxWhy, Value: now.Ground},
			parts.Field{Name: "until", Label: words.BorrowerGroundEnd, Hint: words.BorrowerGroundEndHint, Kind: parts.Day, Value: now.Until}),
			Do: func(form parts.Form) (page.Outcome, error) {
				g := loans.Ground{Tariff: form.Value("tariff"), Ground: form.Value("ground"), Until: form.Value("until")}
				if g.Tariff == normalTariff {
					g = loans.Ground{}
				}
				return page.Outcome{Said: words.BorrowerGroundSet}, d.Store.SetGround(s.Ctx, by, id, g)
			}}, nil
	})
}

// normalTariff is the choice of no tariff but the normal one.
const normalTariff = "normal"
