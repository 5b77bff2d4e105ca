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
	desk
	store  accounts
	people people
	fresh  func() string // makes a first password
	all    []data.Account
	table  parts.Table
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
	return Accounts{desk: newDesk(s, words.AdminAccountsLoading), store: store, people: people,
		fresh: data.NewPassword, table: parts.NewTable(columns, nil)}
}

func (a Accounts) load() tea.Cmd {
	return page.Fetch(a.Loading, func() ([]data.Account, error) { return a.store.List(a.S.Ctx, a.By()) })
}

// Init loads the list.
func (a Accounts) Init() tea.Cmd { return a.load() }

// Title is the name of the room.
func (a Accounts) Title() string { return a.S.T(words.AdminAccounts) }

// Update moves along the list, and opens an account or the form for a new one.
func (a Accounts) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.W, a.H = msg.Width, msg.Height
		a.table = a.table.Sized(a.W, a.H)
		return a, nil
	case page.DoneMsg[[]data.Account]:
		return a.took(msg)
	case shell.ShownMsg:
		a.Page = a.Again()
		return a, a.load()
	case shell.LookedMsg:
		return a.listed(), nil
	}
	if a.Retries(msg) {
		a.Page = a.Again()
		return a, a.load()
	}
	if !a.Loaded {
		return a, nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok && !a.table.Typing() && a.ict() && key.Matches(press, a.add()) {
		return a, shell.Open(newAccountForm(a.S, a.store, a.people, a.fresh))
	}
	var event parts.Event
	a.table, event = a.table.Update(a.S.Look(), msg)
	if row, ok := a.table.Current(); ok && event == parts.Chose {
		return a, shell.Open(newAccount(a.S, a.store, row.ID, a.fresh))
	}
	return a, nil
}

func (a Accounts) took(msg page.DoneMsg[[]data.Account]) (shell.Screen, tea.Cmd) {
	next, ok, tell := page.Settled(a.Page, msg)
	if a.Page = next; !ok {
		return a, tell
	}
	added := a.added(msg.Got)
	a.all = msg.Got
	a = a.listed()
	a.table = a.table.On(added)
	return a, nil
}

// added is the log-in name of the one account that was not in the list before, if there is just one: it
// gets the cursor, so that who made it sees it.
func (a Accounts) added(got []data.Account) string {
	before := map[string]bool{}
	for _, one := range a.all {
		before[one.Login] = true
	}
	login := ""
	for _, one := range got {
		switch {
		case before[one.Login]:
		case login != "" || len(a.all) == 0:
			return ""
		default:
			login = one.Login
		}
	}
	return login
}

// listed fills the table; a row's ID is the log-in name.
func (a Accounts) listed() Accounts {
	rows := make([]parts.Row, len(a.all))
	for i, one := range a.all {
		last := a.S.T(words.AdminNever)
		if !one.EnteredAt.IsZero() {
			last = a.Moment(one.EnteredAt)
		}
		rows[i] = parts.Row{ID: one.Login, Cells: []string{
			one.Person, one.Login, one.Service, a.special(one.Roles), last, a.S.T(stateOf(one)),
		}}
	}
	a.table = a.table.With(rows)
	return a
}

// special names the roles for a narrow column: without "staff", which nearly everybody is, unless it is
// the only one.
func (p desk) special(held []data.Role) string {
	var names []string
	for _, r := range held {
		if r != data.RoleStaff || len(held) == 1 {
			names = append(names, words.RoleName(p.S.Lang(), r))
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

// View gives the table.
func (a Accounts) View() string {
	if !a.Loaded {
		return a.Waiting()
	}
	return a.table.View(a.S.Look())
}

// Cursor is on the chosen account.
func (a Accounts) Cursor() (x, y int, shown bool) {
	x, y, shown = a.table.Cursor()
	return x, y, shown && a.Loaded
}

// Typing: letters go into the filter.
func (a Accounts) Typing() bool { return a.Loaded && a.table.Typing() }

// Inside: Esc closes the filter.
func (a Accounts) Inside() bool { return a.table.Inside() }

// Mouse: accounts can be clicked.
func (a Accounts) Mouse() bool { return true }

func (a Accounts) add() key.Binding { return a.Letter("n", words.AdminAccountAdd) }

// ShortHelp is the footer.
func (a Accounts) ShortHelp() []key.Binding {
	if !a.Loaded {
		return []key.Binding{a.Enter(words.PageAgain)}
	}
	short := []key.Binding{a.Enter(words.AdminOpen)}
	if a.ict() {
		short = append(short, a.add())
	}
	return append(short, a.Search())
}

// FullHelp is the help page.
func (a Accounts) FullHelp() [][]key.Binding {
	return [][]key.Binding{a.ShortHelp(), a.S.Keys().Moving()}
}
