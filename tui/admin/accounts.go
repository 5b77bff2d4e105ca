package admin

import (
	"context"
	"strings"

	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// accounts is what the list of accounts, and the screens that it opens, need of the ground floor;
// *data.Accounts has it.
type accounts interface {
	List(ctx context.Context, by data.Actor) ([]data.Account, error)
	accountAdder
	accountKeeper
}

// Accounts lists all accounts.
type Accounts struct {
	page.List[data.Account]
	store  accounts
	people people
	fresh  func() string // makes a first password
}

// NewAccounts opens the list.
func NewAccounts(s *shell.Session, store accounts, people people) shell.Screen {
	columns := []parts.Column{
		{Title: words.AdminName, Min: 13, Grow: 2},
		{Title: words.AdminLogin, Min: 13, Grow: 1},
		{Title: words.AdminService, Min: 14, Grow: 1, Drop: 1},
		{Title: words.AdminRoles, Min: 12, Grow: 3, Drop: 2},
		{Title: words.AdminLast, Min: 16, Drop: 3},
		{Title: words.AdminState, Min: 8},
	}
	d := still(s)
	return Accounts{store: store, people: people, fresh: data.NewPassword,
		List: page.NewList(s, words.AdminAccountsLoading, columns, page.Filling[data.Account]{
			Load:  func() ([]data.Account, error) { return store.List(s.Ctx, d.By()) },
			Rows:  d.accountRows,
			Opens: words.AdminOpen,
			Can: func() []key.Binding {
				if !d.ict() {
					return nil
				}
				return []key.Binding{d.addAccount()}
			},
		})}
}

// Title is the name of the room.
func (a Accounts) Title() string { return a.S.T(words.AdminAccounts) }

// Update moves along the list, and opens an account or the form for a new one.
func (a Accounts) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if d := still(a.S); d.ict() && a.Pressed(msg, d.addAccount()) {
		return a, shell.Open(newAccountForm(a.S, a.store, a.people, a.fresh))
	}
	before := a.All
	var chose string
	var cmd tea.Cmd
	a.List, chose, cmd = a.Take(msg)
	switch _, loaded := msg.(page.DoneMsg[[]data.Account]); {
	case loaded:
		a.Table = a.Table.On(added(before, a.All))
	case chose != "":
		cmd = shell.Open(newAccount(a.S, a.store, chose, a.fresh))
	}
	return a, cmd
}

// added is the log-in name of the one account that was not in the list before, if there is just one: it gets
// the cursor, so that who made it sees it.
func added(before, got []data.Account) string {
	known := map[string]bool{}
	for _, one := range before {
		known[one.Login] = true
	}
	login := ""
	for _, one := range got {
		switch {
		case known[one.Login]:
		case login != "" || len(before) == 0:
			return ""
		default:
			login = one.Login
		}
	}
	return login
}

// accountRows fills the table; a row's ID is the log-in name.
func (d desk) accountRows(all []data.Account) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, one := range all {
		last := d.S.T(words.AdminNever)
		if !one.EnteredAt.IsZero() {
			last = d.Moment(one.EnteredAt)
		}
		rows[i] = parts.Row{ID: one.Login, Cells: []string{
			one.Person, one.Login, one.Service, d.special(one.Roles), last, d.S.T(stateOf(one)),
		}}
	}
	return rows
}

func (d desk) addAccount() key.Binding { return d.Letter("n", words.AdminAccountAdd) }

// special names the roles for a narrow column: without "staff", which nearly everybody is, unless it is
// the only one.
func (p desk) special(held []data.Role) string {
	var names []string
	for _, r := range held {
		if r != data.RoleStaff || len(held) == 1 {
			names = append(names, p.S.RoleName(r))
		}
	}
	return strings.Join(names, ", ")
}

// stateOf says in a word whether somebody can come in.
func stateOf(a data.Account) words.Key {
	switch {
	case a.Disabled:
		return words.AdminStateClosed
	case a.MustChange, !a.HasPassword && a.Keys == 0:
		return words.AdminStateNew
	}
	return words.AdminStateUsed
}
