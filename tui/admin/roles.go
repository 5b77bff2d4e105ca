package admin

import (
	"context"
	"slices"

	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// roleKeeper is what the roles of an account need of the ground floor; *data.Accounts has it.
type roleKeeper interface {
	Find(ctx context.Context, by data.Actor, login string) (data.Account, error)
	ChangeRoles(ctx context.Context, by data.Actor, login string, give, take []data.Role) error
}

// Roles ticks the roles of an account.
type Roles struct {
	desk
	store roleKeeper
	login string
	a     data.Account
	list  parts.List
}

// rolesTop is the lines above the list.
const rolesTop = 2

// NewRoles opens the roles of an account.
func NewRoles(s *shell.Session, store roleKeeper, login string) shell.Screen {
	return Roles{desk: newDesk(s, words.AdminAccountLoading), store: store, login: login,
		list: parts.NewList(parts.Kind{Many: true}, nil)}
}

func (r Roles) load() tea.Cmd {
	return page.Fetch(r.Loading, func() (data.Account, error) { return r.store.Find(r.S.Ctx, r.By(), r.login) })
}

// Init loads the roles of today.
func (r Roles) Init() tea.Cmd { return r.load() }

// Title is what it is.
func (r Roles) Title() string { return r.S.T(words.AdminRolesTitle) }

// Update ticks, and saves after a question.
func (r Roles) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.W, r.H = msg.Width, msg.Height
		return r.listed(), nil
	case page.DoneMsg[data.Account]:
		next, ok, tell := page.Settled(r.Page, msg)
		if r.Page = next; ok {
			r.a = msg.Got
			r.list = r.list.Tick(codes(r.a.Roles)...)
		}
		return r.listed(), tell
	case page.DoneMsg[[]data.Role]:
		return r.saved(msg)
	case page.YesMsg:
		next, ok := r.Agreed(msg)
		if r.Page = next; ok {
			return r.save()
		}
		return r, nil
	case shell.LookedMsg:
		return r.listed(), nil
	}
	if r.Retries(msg) {
		r.Page = r.Again()
		return r, r.load()
	}
	if !r.Loaded || r.Busy() {
		return r, nil
	}
	var event parts.Event
	r.list, event = r.list.Update(r.S.Look(), parts.Shift(msg, 0, rolesTop))
	if event == parts.Chose {
		return r.done()
	}
	return r, nil
}

func (r Roles) listed() Roles {
	var rows []parts.Item
	for _, role := range data.Roles() {
		rows = append(rows, parts.Item{ID: string(role), Title: r.S.RoleName(role)})
	}
	r.list = r.list.With(rows).Sized(r.W, max(1, r.H-rolesTop))
	return r
}

func codes(held []data.Role) []string {
	ids := make([]string, len(held))
	for i, role := range held {
		ids[i] = string(role)
	}
	return ids
}

// changes gives the roles that were ticked and unticked since the roles were loaded.
func (r Roles) changes() (added, dropped []data.Role) {
	ticked := r.list.Ticked()
	for _, role := range data.Roles() {
		now, was := slices.Contains(ticked, string(role)), slices.Contains(r.a.Roles, role)
		switch {
		case now && !was:
			added = append(added, role)
		case was && !now:
			dropped = append(dropped, role)
		}
	}
	return added, dropped
}

// done asks before it saves, and tells what can't be saved.
func (r Roles) done() (shell.Screen, tea.Cmd) {
	added, dropped := r.changes()
	switch {
	case len(added)+len(dropped) == 0:
		return r, shell.Back()
	case len(r.list.Ticked()) == 0:
		return r, shell.Notify(shell.Warn, words.AdminRolesNone)
	case r.a.ID == r.S.Who.AccountID && slices.Contains(dropped, data.RoleICT):
		return r, shell.Notify(shell.Warn, words.AdminRolesOwn, "role", r.S.RoleName(data.RoleICT))
	}
	var cmd tea.Cmd
	r.Page, cmd = r.Ask("", words.AdminRolesAsk, words.AdminRolesYes, "name", r.a.Person, "changes", r.told(added, dropped))
	return r, cmd
}

// told says what changes: "Erbij: diensthoofd. Weg: lesgever."
func (r Roles) told(added, dropped []data.Role) string {
	text := ""
	if len(added) > 0 {
		text = r.S.T(words.AdminRolesAdded, "roles", r.roleNames(added))
	}
	if len(dropped) > 0 {
		if text != "" {
			text += " "
		}
		text += r.S.T(words.AdminRolesDropped, "roles", r.roleNames(dropped))
	}
	return text
}

// save changes what was asked and agreed to, in one act.
func (r Roles) save() (shell.Screen, tea.Cmd) {
	added, dropped := r.changes()
	r.Page = r.Acts(words.AdminRolesSaving)
	return r, page.Fetch(r.Acting, func() ([]data.Role, error) {
		return added, r.store.ChangeRoles(r.S.Ctx, r.By(), r.login, added, dropped)
	})
}

// saved goes back; after a failure it loads what is true now: somebody else may have been first.
func (r Roles) saved(msg page.DoneMsg[[]data.Role]) (shell.Screen, tea.Cmd) {
	mine := msg.Of != nil && msg.Of == r.Acting
	next, ok, tell := page.Settled(r.Page, msg)
	r.Page = next
	switch {
	case ok:
		return r, tea.Batch(shell.Back(), shell.Notify(shell.Good, words.AdminRolesDone, "name", r.a.Person))
	case mine:
		r.Page = r.Again()
		return r, tea.Batch(tell, r.load())
	}
	return r, nil
}

// View gives the list.
func (r Roles) View() string {
	if !r.Loaded {
		return r.Waiting()
	}
	lead := r.S.T(words.AdminRolesLead, "name", r.a.Person)
	if r.Busy() {
		lead = r.S.T(words.PageWait)
	}
	return r.S.Theme().Quiet.Render(parts.Cut(parts.Plain(lead), r.W)) + "\n\n" + r.list.View(r.S.Look())
}

// Cursor is on the role under the cursor.
func (r Roles) Cursor() (x, y int, shown bool) {
	x, y, shown = r.list.Cursor()
	return x, y + rolesTop, shown && r.Loaded
}

// Mouse: roles can be clicked.
func (r Roles) Mouse() bool { return true }

// Leaving asks when roles were ticked and not saved.
func (r Roles) Leaving() (ask words.Key, must bool) {
	added, dropped := r.changes()
	return words.AdminRolesLeave, r.Loaded && len(added)+len(dropped) > 0
}

// ShortHelp is the footer.
func (r Roles) ShortHelp() []key.Binding {
	if !r.Loaded {
		return []key.Binding{r.Enter(words.PageAgain)}
	}
	return []key.Binding{r.S.Keys().Space, r.Enter(words.AdminSave)}
}

// FullHelp is the help page.
func (r Roles) FullHelp() [][]key.Binding {
	return [][]key.Binding{r.ShortHelp(), r.S.Keys().Moving()}
}
