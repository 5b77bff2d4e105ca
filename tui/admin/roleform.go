package admin

import (
	"context"
	"strings"

	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// roleGranter is what a role for a while needs of the ground floor; *data.Accounts has it.
type roleGranter interface {
	Grant(ctx context.Context, by data.Actor, login string, role data.Role, from, until string) error
	RolesOf(ctx context.Context, by data.Actor, login string) ([]data.HeldRole, error)
}

// RoleForm gives a role for a span of days: who stands in, a jury for one procedure, a marker for a week.
type RoleForm struct {
	page.Form
	store       roleGranter
	login, name string
}

// granted tells that a role was given.
type granted struct {
	role data.Role
	from string
}

func newRoleForm(s *shell.Session, store roleGranter, login, name string) shell.Screen {
	roles := []parts.Option{{Label: s.T(words.AdminSpanChoose)}}
	for _, r := range data.Roles() {
		roles = append(roles, parts.Option{Value: string(r), Label: s.RoleName(r)})
	}
	return RoleForm{page.NewForm(s, words.AdminSpanLead, parts.NewForm(words.AdminSave,
		parts.Field{Name: "role", Label: words.AdminSpanRole, Kind: parts.Choice, Need: true, Options: roles},
		parts.Field{Name: "from", Label: words.AdminFirstDay, Kind: parts.Day, Need: true, Value: data.DayOf(s.Now())},
		parts.Field{Name: "until", Label: words.AdminLastDay, Hint: words.AdminSpanUntilHint, Kind: parts.Day},
	)), store, login, name}
}

// Init does nothing: all is known.
func (f RoleForm) Init() tea.Cmd { return nil }

// Title is what it is.
func (f RoleForm) Title() string { return f.S.T(words.AdminDoSpan) }

// Update fills in and gives the role.
func (f RoleForm) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if msg, is := msg.(page.DoneMsg[granted]); is {
		next, ok, tell := f.Settle(msg.Of, msg.Err)
		if f.Form = next; !ok {
			return f, tell
		}
		said := words.AdminSpanDone
		if msg.Got.from > data.DayOf(f.S.Now()) {
			said = words.AdminSpanSoon
		}
		return f, tea.Batch(shell.Back(), shell.Notify(shell.Good, said, "name", f.name, "role", f.S.RoleName(msg.Got.role), "day", f.Day(msg.Got.from)))
	}
	next, event := f.Fill(msg)
	f.Form = next
	if event != parts.FormSubmitted {
		return f, nil
	}
	one, until := granted{data.Role(f.Body.Value("role")), f.Body.Value("from")}, f.Body.Value("until")
	f.Page = f.Acts(words.AdminRolesSaving)
	return f, page.Fetch(f.Acting, func() (granted, error) {
		return one, f.store.Grant(f.S.Ctx, f.By(), f.login, one.role, one.from, until)
	})
}

// rolesText names the roles of an account that hold or begin later, those for a span with their days.
func (d desk) rolesText(held []data.HeldRole) string {
	today := data.DayOf(d.S.Now())
	var told []string
	for _, r := range data.Roles() { // in the order of the house
		for _, h := range held {
			name := d.S.RoleName(r)
			switch {
			case h.Role != r || h.Until != "" && h.Until < today:
				continue
			case h.From > today && h.Until != "":
				name = d.S.T(words.AdminSpanBetween, "role", name, "from", d.Day(h.From), "until", d.Day(h.Until))
			case h.From > today:
				name = d.S.T(words.AdminSpanFrom, "role", name, "from", d.Day(h.From))
			case h.Until != "":
				name = d.S.T(words.AdminSpanUntil, "role", name, "until", d.Day(h.Until))
			}
			told = append(told, name)
		}
	}
	return strings.Join(told, ", ")
}
