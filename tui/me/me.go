// Package me is the personal page of every account: who I am, how I come in, my log-ins, and what is kept about me.
// It shows nobody else's data; the stores see to that. Setting up a second factor (Enrol) is also the first thing
// after a log-in of somebody whose role asks for one.
package me

import (
	"context"
	"strings"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Room is the name of the personal page in the palette.
const Room shell.Room = "me"

// account is what the room needs of the own account; *data.Accounts has it.
type account interface {
	Me(ctx context.Context, by data.Actor) (data.Me, error)
	keyKeeper
	seconds
}

// Stores is what the room stands on.
type Stores struct {
	Account  account
	Sessions sessions
	Tests    tests
	Settings settings
	Password func(*shell.Session) shell.Screen // the screen on which the own password is changed
}

// tests tells of the person's own tests; *quiz.Store has it.
type tests interface {
	Mine(ctx context.Context, by data.Actor) ([]quiz.Invitation, error)
}

// settings reads settings; *data.Settings has it.
type settings interface {
	Get(ctx context.Context, key data.Setting, fallback string) (string, error)
}

// Mine shows who somebody is, and what there is to do.
type Mine struct {
	page.Page
	stores Stores
	me     data.Me
	list   parts.List
}

// What there is to do.
const (
	doPassword = "password"
	doSecond   = "second"
	doKeys     = "keys"
	doSessions = "sessions"
	doKept     = "kept"
)

// New opens the personal page.
func New(s *shell.Session, stores Stores) shell.Screen {
	return Mine{Page: page.New(s, words.MeLoading), stores: stores, list: parts.NewList(parts.Kind{}, nil)}
}

// Init loads what is shown.
func (m Mine) Init() tea.Cmd {
	return page.Fetch(m.Loading, func() (data.Me, error) { return m.stores.Account.Me(m.S.Ctx, m.By()) })
}

// Title is the name of the room.
func (m Mine) Title() string { return m.S.T(words.MeTitle) }

// Update moves along the list and opens what is chosen.
func (m Mine) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.W, m.H = msg.Width, msg.Height
		return m.listed(), nil
	case page.DoneMsg[data.Me]:
		next, ok, tell := page.Settled(m.Page, msg)
		if m.Page = next; ok {
			m.me = msg.Got
		}
		return m.listed(), tell
	case shell.ShownMsg:
		m.Page = m.Again()
		return m, m.Init()
	case shell.LookedMsg:
		return m.listed(), nil
	}
	if m.Retries(msg) {
		m.Page = m.Again()
		return m, m.Init()
	}
	if !m.Loaded {
		return m, nil
	}
	var event parts.Event
	m.list, event = m.list.Update(m.S.Look(), parts.Shift(msg, 0, len(m.top())))
	row, ok := m.list.Current()
	if event != parts.Chose || !ok {
		return m, nil
	}
	return m, shell.Open(m.screen(row.ID))
}

func (m Mine) screen(what string) shell.Screen {
	switch what {
	case doPassword:
		return m.stores.Password(m.S)
	case doSecond:
		return NewSecond(m.S, m.stores.Account)
	case doKeys:
		return NewKeys(m.S, m.stores.Account)
	case doSessions:
		return NewSessions(m.S, m.stores.Sessions)
	}
	return NewKept(m.S, m.stores)
}

// listed offers what there is to do; somebody without a password has none to change.
func (m Mine) listed() Mine {
	if !m.Loaded {
		return m
	}
	var rows []parts.Item
	offer := func(id string, title words.Key, note string) {
		rows = append(rows, parts.Item{ID: id, Title: m.S.T(title), Note: note})
	}
	if m.me.Password {
		offer(doPassword, words.MeDoPassword, "")
	}
	second := words.MeOff
	if m.me.Second.On() {
		second = words.MeOn
	}
	offer(doSecond, words.MeDoSecond, m.S.T(second))
	offer(doKeys, words.MeDoKeys, m.keys())
	offer(doSessions, words.MeDoSessions, "")
	offer(doKept, words.MeDoKept, "")
	m.list = m.list.With(rows).Sized(m.W, max(1, len(rows)))
	return m
}

func (m Mine) keys() string {
	if len(m.me.Keys) == 0 {
		return m.S.T(words.MeNone)
	}
	return m.S.T(words.MeKeysCount, "n", len(m.me.Keys))
}

// top is everything above the list.
func (m Mine) top() []string {
	facts := []page.Fact{page.Named(words.MeWork, m.work())}
	facts = append(facts, page.Named(words.MeRoles, m.roles()), page.Named(words.MeLogin, m.me.Login), page.Named(words.MePassword, m.password()))
	lines := page.Shortened(m.Facts(facts...), min(m.W, parts.MaxWidth), m.H-m.list.Lines()-3)
	lines = append([]string{m.Headline(m.me.Person.Name())}, lines...)
	return append(lines, "", m.S.Theme().Quiet.Render(parts.Cut(m.S.T(words.MeWhat), m.W)))
}

// work names the employments that last, the newest first.
func (m Mine) work() string {
	today := data.DayOf(m.S.Now())
	var all []string
	for _, w := range m.me.Work {
		if w.From > today || w.Until != "" && w.Until < today {
			continue
		}
		line := m.S.T(words.MeWorkLine, "service", w.Service, "organisation", w.Organisation, "from", m.Day(w.From))
		if w.Job != "" {
			line = m.S.T(words.MeWorkJob, "job", w.Job, "service", w.Service, "organisation", w.Organisation, "from", m.Day(w.From))
		}
		all = append(all, line)
	}
	return m.orNone(all, "; ")
}

// roles names all roles that hold or will.
func (m Mine) roles() string {
	today := data.DayOf(m.S.Now())
	var all []string
	for _, h := range m.me.Roles {
		name := m.S.RoleName(h.Role)
		switch {
		case h.Until != "" && h.Until < today:
		case h.Until != "":
			all = append(all, m.S.T(words.MeRoleUntil, "role", name, "from", m.Day(h.From), "until", m.Day(h.Until)))
		default:
			all = append(all, m.S.T(words.MeRoleSince, "role", name, "from", m.Day(h.From)))
		}
	}
	return m.orNone(all, ", ")
}

func (m Mine) orNone(all []string, between string) string {
	if len(all) == 0 {
		return m.S.T(words.MeNone)
	}
	return strings.Join(all, between)
}

func (m Mine) password() string {
	switch {
	case !m.me.Password:
		return m.S.T(words.MeHasNone)
	case m.me.PasswordAt.IsZero():
		return m.S.T(words.MeHas)
	}
	return m.S.T(words.MeChanged, "day", words.ShortDay(m.S.Lang(), m.me.PasswordAt))
}

// View gives the facts and the list.
func (m Mine) View() string {
	if !m.Loaded {
		return m.Waiting()
	}
	return page.Fitted(append(m.top(), strings.Split(m.list.View(m.S.Look()), "\n")...), m.H)
}

// Cursor is on the chosen line.
func (m Mine) Cursor() (x, y int, shown bool) {
	x, y, shown = m.list.Cursor()
	return x, y + len(m.top()), shown && m.Loaded
}

// Mouse: lines can be clicked.
func (m Mine) Mouse() bool { return true }

// ShortHelp is the footer.
func (m Mine) ShortHelp() []key.Binding {
	if !m.Loaded {
		return []key.Binding{m.Enter(words.PageAgain)}
	}
	return []key.Binding{m.Enter(words.MeChoose)}
}

// FullHelp is the help page.
func (m Mine) FullHelp() [][]key.Binding {
	return [][]key.Binding{m.ShortHelp(), m.S.Keys().Moving()}
}
