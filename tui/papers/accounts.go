package papers

import (
	"context"

	"digibrug/data"
	"digibrug/tui/words"
)

// accountList is what the paper of accounts needs of the ground floor; *data.Accounts has it.
type accountList interface {
	List(ctx context.Context, by data.Actor) ([]data.Account, error)
}

// titles tells what the municipality calls its roles; *data.Settings has it.
type titles interface {
	Titles(ctx context.Context) (map[data.Role]string, error)
}

// Accounts is the list of who can log in, for the ICT officer and the deputy.
func Accounts(store accountList, called titles) Paper {
	return Paper{Name: "accounts", Title: words.PaperAccounts, Roles: []data.Role{data.RoleICT, data.RoleDeputy},
		fill: func(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
			all, err := store.List(ctx, by)
			if err != nil {
				return Sheet{}, err
			}
			own, err := called.Titles(ctx)
			if err != nil {
				return Sheet{}, err
			}
			return accountSheet(all, own), nil
		}}
}

func accountSheet(all []data.Account, own words.Titles) Sheet {
	s := Sheet{Columns: []Column{
		{Name: "name", Title: nl.T(words.PaperColName), Kind: KindText},
		{Name: "login", Title: nl.T(words.PaperColLogin), Kind: KindText},
		{Name: "service", Title: nl.T(words.PaperColService), Kind: KindText},
		{Name: "roles", Title: nl.T(words.PaperColRoles), Kind: KindList},
		{Name: "state", Title: nl.T(words.PaperColState), Kind: KindText},
		{Name: "entered_on", Title: nl.T(words.PaperColEntered), Kind: KindDay},
	}}
	for _, a := range all {
		roles, codes := make([]string, len(a.Roles)), make([]string, len(a.Roles))
		for i, r := range a.Roles {
			roles[i], codes[i] = own.Of(lang, r), string(r)
		}
		entered := ""
		if !a.EnteredAt.IsZero() {
			entered = data.DayOf(a.EnteredAt)
		}
		s.Rows = append(s.Rows, []Cell{Text(a.Person), Text(a.Login), Text(a.Service), List(roles, codes), accountState(a), Day(entered)})
	}
	return s
}

// accountState says whether somebody can log in with an account.
func accountState(a data.Account) Cell {
	switch {
	case a.Disabled:
		return Coded(nl.T(words.PaperStateShut), "disabled")
	case !a.HasPassword && a.Keys == 0:
		return Coded(nl.T(words.PaperStateNoWay), "no_way")
	case a.MustChange:
		return Coded(nl.T(words.PaperStateMustChange), "must_change")
	}
	return Coded(nl.T(words.PaperStateActive), "active")
}
