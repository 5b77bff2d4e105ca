package admin

import (
	"context"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// accountKeeper is what one account's screens need of the ground floor; *data.Accounts has it.
type accountKeeper interface {
	Find(ctx context.Context, by data.Actor, login string) (data.Account, error)
	SetPassword(ctx context.Context, by data.Actor, login, password string) error
	SetDisabled(ctx context.Context, by data.Actor, login string, disabled bool) error
	Slowed(ctx context.Context, by data.Actor, login string) (time.Duration, error)
	Unlock(ctx context.Context, by data.Actor, login string) error
	roleKeeper
	roleGranter
	keyKeeper
	secondKeeper
}

// Account shows one account and what can be done with it.
type Account struct {
	desk
	store  accountKeeper
	fresh  func() string
	login  string
	a      data.Account
	second data.SecondFactor
	slow   bool // the next log-in has to wait
	held   []data.HeldRole
	list   parts.List
}

// unlocked tells that refused log-ins were forgotten.
type unlocked struct{}

// What can be done with an account.
const (
	actPassword = "password"
	actUnlock   = "unlock"
	actRoles    = "roles"
	actSpan     = "span"
	actKeys     = "keys"
	actSecond   = "second"
	actClose    = "close"
	actOpen     = "open"
)

// issued is a password that was given to somebody.
type issued struct{ name, login, password string }

// NewAccount opens the account with that log-in name.
func NewAccount(s *shell.Session, store accountKeeper, login string) shell.Screen {
	return newAccount(s, store, login, data.NewPassword)
}

func newAccount(s *shell.Session, store accountKeeper, login string, fresh func() string) shell.Screen {
	return Account{desk: newDesk(s, words.AdminAccountLoading), store: store, fresh: fresh, login: login,
		list: parts.NewList(parts.Kind{}, nil)}
}

func (a Account) load() tea.Cmd {
	return page.Fetch(a.Loading, a.open)
}

// Init loads the account.
func (a Account) Init() tea.Cmd { return a.load() }

// Title is the person's name.
func (a Account) Title() string {
	if a.a.Person == "" {
		return a.login
	}
	return a.a.Person
}

// Update chooses an action and does it.
func (a Account) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.W, a.H = msg.Width, msg.Height
		return a.listed(), nil
	case page.DoneMsg[opened]:
		next, ok, tell := page.Settled(a.Page, msg)
		if a.Page = next; ok {
			a.a, a.second, a.slow, a.held = msg.Got.Account, msg.Got.second, msg.Got.slow, msg.Got.held
		}
		return a.listed(), tell
	case page.DoneMsg[issued]:
		next, ok, tell := page.Settled(a.Page, msg)
		if a.Page = next; !ok {
			return a, tell
		}
		return a, shell.Open(newIssued(a.S, msg.Got))
	case page.DoneMsg[bool]:
		return a.switched(msg)
	case page.DoneMsg[unlocked]:
		next, ok, tell := page.Settled(a.Page, msg)
		if a.Page = next; ok {
			a.Page = a.Again()
			tell = tea.Batch(shell.Notify(shell.Good, words.AdminUnlocked, "name", a.a.Person), a.load())
		}
		return a, tell
	case page.DoneMsg[dropped]:
		return a.secondGone(msg)
	case page.YesMsg:
		return a.act(msg)
	case shell.ShownMsg:
		a.Page = a.Again()
		return a, a.load()
	case shell.LookedMsg:
		return a.listed(), nil
	}
	return a.chosen(msg)
}

// chosen moves along the actions.
func (a Account) chosen(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if a.Retries(msg) {
		a.Page = a.Again()
		return a, a.load()
	}
	if !a.Loaded || a.Busy() {
		return a, nil
	}
	var event parts.Event
	a.list, event = a.list.Update(a.S.Look(), parts.Shift(msg, 0, len(a.top())))
	row, ok := a.list.Current()
	if event != parts.Chose || !ok {
		return a, nil
	}
	name := a.a.Person
	var cmd tea.Cmd
	switch row.ID {
	case actUnlock:
		a.Page = a.Acts(words.AdminAccountSaving)
		cmd = page.Fetch(a.Acting, func() (unlocked, error) { return unlocked{}, a.store.Unlock(a.S.Ctx, a.By(), a.login) })
	case actRoles:
		return a, shell.Open(NewRoles(a.S, a.store, a.login))
	case actSpan:
		return a, shell.Open(newRoleForm(a.S, a.store, a.login, name))
	case actKeys:
		return a, shell.Open(NewKeys(a.S, a.store, a.login, name))
	case actPassword:
		a.Page, cmd = a.Ask(actPassword, words.AdminPasswordAsk, words.AdminPasswordYes, "name", name)
	case actSecond:
		a.Page, cmd = a.Ask(actSecond, words.AdminSecondAsk, words.AdminSecondYes, "name", name)
	case actClose:
		a.Page, cmd = a.Ask(actClose, words.AdminCloseAsk, words.AdminCloseYes, "name", name)
	case actOpen:
		a.Page, cmd = a.Ask(actOpen, words.AdminReopenAsk, words.AdminReopenYes, "name", name)
	}
	return a, cmd
}

// act does what the person agreed to.
func (a Account) act(msg page.YesMsg) (shell.Screen, tea.Cmd) {
	next, ok := a.Agreed(msg)
	if a.Page = next; !ok {
		return a, nil
	}
	if msg.Act == actSecond {
		return a.dropSecond()
	}
	if msg.Act == actPassword {
		a.Page = a.Acts(words.AdminPasswordSaving)
		one := issued{a.a.Person, a.login, a.fresh()}
		return a, page.Fetch(a.Acting, func() (issued, error) {
			return one, a.store.SetPassword(a.S.Ctx, a.By(), one.login, one.password)
		})
	}
	a.Page = a.Acts(words.AdminAccountSaving)
	disabled := msg.Act == actClose
	return a, page.Fetch(a.Acting, func() (bool, error) {
		return disabled, a.store.SetDisabled(a.S.Ctx, a.By(), a.login, disabled)
	})
}

// switched tells that the account was closed or opened, and loads it anew.
func (a Account) switched(msg page.DoneMsg[bool]) (shell.Screen, tea.Cmd) {
	next, ok, tell := page.Settled(a.Page, msg)
	if a.Page = next; !ok {
		return a, tell
	}
	said := words.AdminReopenDone
	if msg.Got {
		said = words.AdminCloseDone
	}
	a.Page = a.Again()
	return a, tea.Batch(shell.Notify(shell.Good, said, "name", a.a.Person), a.load())
}

// guarded tells whether only an ICT officer may give this account a password.
func (a Account) guarded() bool { return !a.ict() && data.Guarded(a.a.Roles) }

// listed offers what the visitor's role may do.
func (a Account) listed() Account {
	var rows []parts.Item
	offer := func(id string, title words.Key) { rows = append(rows, parts.Item{ID: id, Title: a.S.T(title)}) }
	if (a.ict() || a.S.Who.Has(data.RoleDeputy)) && !a.guarded() {
		offer(actPassword, words.AdminDoPassword)
	}
	if a.slow && (a.ict() || a.S.Who.Has(data.RoleDeputy)) {
		offer(actUnlock, words.AdminDoUnlock)
	}
	if a.ict() {
		offer(actRoles, words.AdminDoRoles)
		offer(actKeys, words.AdminDoKeys)
		offer(actSpan, words.AdminDoSpan)
		if a.second.On() && a.a.ID != a.S.Who.AccountID {
			offer(actSecond, words.AdminDoSecond)
		}
		switch {
		case a.a.Disabled:
			offer(actOpen, words.AdminDoReopen)
		case a.a.ID != a.S.Who.AccountID:
			offer(actClose, words.AdminDoClose)
		}
	}
	a.list = a.list.With(rows).Sized(a.W, max(1, len(rows)))
	return a
}

// top is everything above the actions.
func (a Account) top() []string {
	facts := append([]page.Fact{
		page.Named(words.AdminLogin, a.a.Login),
		page.Named(words.AdminService, dash(a.a.Service)),
		page.Named(words.AdminState, a.S.T(accountState(a.a))),
		page.Named(words.AdminPassword, a.S.T(passwordState(a.a))),
	}, a.secondFact()...)
	lines := a.Facts(append(facts,
		page.Named(words.AdminKeys, strconv.Itoa(a.a.Keys)),
		page.Named(words.AdminLast, a.entered()),
		page.Named(words.AdminRoles, dash(a.rolesText(a.held))),
	)...)
	lines = page.Shortened(lines, min(a.W, parts.MaxWidth), a.H-a.list.Lines()-3)
	lead := words.AdminWhat
	switch {
	case a.Busy():
		lead = words.PageWait
	case a.list.Len() == 0 && a.guarded():
		lead = words.AdminGuarded
	case a.list.Len() == 0:
		lead = words.AdminNothing
	}
	lines = append([]string{a.Headline(a.a.Person)}, lines...)
	return append(lines, "", a.S.Theme().Quiet.Render(parts.Cut(a.S.T(lead), a.W)))
}

func (a Account) entered() string {
	if a.a.EnteredAt.IsZero() {
		return a.S.T(words.AdminNever)
	}
	return a.Moment(a.a.EnteredAt)
}

// roleNames lists roles in the order of the house.
func (p desk) roleNames(held []data.Role) string {
	names := make([]string, len(held))
	for i, r := range held {
		names[i] = p.S.RoleName(r)
	}
	return strings.Join(names, ", ")
}

func accountState(a data.Account) words.Key {
	if a.Disabled {
		return words.AdminStateClosed
	}
	return words.AdminStateOpen
}

func passwordState(a data.Account) words.Key {
	switch {
	case !a.HasPassword:
		return words.AdminPasswordNone
	case a.MustChange:
		return words.AdminPasswordFirst
	}
	return words.AdminPasswordOwn
}

// dash stands where there is nothing.
func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// View gives the facts and the actions.
func (a Account) View() string {
	if !a.Loaded {
		return a.Waiting()
	}
	lines := a.top()
	if a.list.Len() > 0 {
		lines = append(lines, strings.Split(a.list.View(a.S.Look()), "\n")...)
	}
	return page.Fitted(lines, a.H)
}

// Cursor is on the chosen action.
func (a Account) Cursor() (x, y int, shown bool) {
	x, y, shown = a.list.Cursor()
	return x, y + len(a.top()), shown && a.Loaded
}

// Mouse: actions can be clicked.
func (a Account) Mouse() bool { return true }

// ShortHelp is the footer.
func (a Account) ShortHelp() []key.Binding {
	switch {
	case !a.Loaded:
		return []key.Binding{a.Enter(words.PageAgain)}
	case a.list.Len() == 0:
		return nil
	}
	return []key.Binding{a.Enter(words.AdminChoose)}
}

// FullHelp is the help page.
func (a Account) FullHelp() [][]key.Binding {
	return [][]key.Binding{a.ShortHelp(), a.S.Keys().Moving()}
}
