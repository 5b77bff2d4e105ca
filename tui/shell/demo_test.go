package shell_test

import (
	"errors"
	"testing"

	"digibrug/data"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// menu is a home screen as rooms have one: a sentence and a list.
type menu struct {
	s    *shell.Session
	list parts.List
	w    int
	got  []string // messages that the tests look for
}

func newMenu(s *shell.Session) menu {
	return menu{s: s, list: parts.NewList(parts.Kind{Filter: true}, []parts.Item{
		{ID: "measure", Title: "Kennismeting doen", Note: "nog 3 dagen"},
		{ID: "profile", Title: "Mijn profiel bekijken"},
		{ID: "course", Title: "Een cursus kiezen", Note: "2 vrij"},
		{ID: "rules", Title: "Reglementen lezen"},
		{ID: "form", Title: "Een formulier"},
		{ID: "fail", Title: "Iets dat niet lukt"},
		{ID: "wipe", Title: "Iets wissen"},
	})}
}

func (m menu) Init() tea.Cmd { return nil }

func (m menu) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w = msg.Width
		m.list = m.list.Sized(msg.Width, msg.Height-2)
	case shell.ShownMsg:
		m.got = append(m.got, "shown")
	case shell.LookedMsg:
		m.got = append(m.got, "looked")
	}
	var event parts.Event
	m.list, event = m.list.Update(m.s.Look(), parts.Shift(msg, 0, 2))
	if item, ok := m.list.Current(); ok && event == parts.Chose {
		return m, m.chose(item.ID)
	}
	return m, nil
}

func (m menu) chose(id string) tea.Cmd {
	switch id {
	case "form":
		return shell.Open(newLend(m.s))
	case "fail":
		return func() tea.Msg { return shell.FailedMsg{Doing: "Uitleningen laden", Err: errors.New("disk on fire")} }
	case "rules":
		return func() tea.Msg { return shell.FailedMsg{Doing: "Reglementen lezen", Err: data.ErrDenied} }
	case "wipe":
		return shell.Confirm("Laptop {{x}} 0042 van Ann Peeters wissen?", "Ja, wissen", shell.Notify(shell.Good, "Laptop 0042 is gewist."))
	}
	return shell.Notify(shell.Good, "U koos iets.")
}

func (m menu) View() string {
	return m.s.Theme().Body.Render(parts.Cut("Goedendag. Wat wilt u doen?", m.w)) + "\n\n" + m.list.View(m.s.Look())
}

func (m menu) Title() string { return "Begin" }
func (m menu) Typing() bool  { return m.list.Typing() }
func (m menu) Inside() bool  { return m.list.Inside() }
func (m menu) Mouse() bool   { return true }

func (m menu) Cursor() (x, y int, shown bool) {
	x, y, shown = m.list.Cursor()
	return x, y + 2, shown
}

func (m menu) ShortHelp() []key.Binding {
	k := m.s.Keys()
	return []key.Binding{k.Arrows, k.Enter, k.Search}
}

func (m menu) FullHelp() [][]key.Binding { return [][]key.Binding{m.s.Keys().Moving()} }

// lend is a screen with a form, which asks before work is lost.
type lend struct {
	s    *shell.Session
	form parts.Form
}

func newLend(s *shell.Session) lend {
	return lend{s: s, form: parts.NewForm("Laptop uitlenen",
		parts.Field{Name: "name", Label: "Naam van de ontlener", Need: true, Max: 40},
		parts.Field{Name: "day", Label: "Terug op", Kind: parts.Day, Need: true},
		parts.Field{Name: "desk", Label: "Loket", Kind: parts.Choice, Need: true, Options: []parts.Option{
			{Value: "g", Label: "Gemeentehuis"}, {Value: "o", Label: "OCMW"}, {Value: "b", Label: "Bibliotheek"},
		}},
		parts.Field{Name: "with", Label: "Wat gaat mee", Kind: parts.Many, Options: []parts.Option{
			{Value: "bag", Label: "Tas"}, {Value: "mouse", Label: "Muis"},
		}},
	)}
}

func (l lend) Init() tea.Cmd { return nil }

func (l lend) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if size, ok := msg.(tea.WindowSizeMsg); ok {
		l.form = l.form.Sized(l.s.Look(), size.Width, size.Height)
		return l, nil
	}
	var event parts.FormEvent
	l.form, event = l.form.Update(l.s.Look(), msg)
	if event == parts.FormSubmitted {
		return l, tea.Sequence(shell.Back(), shell.Notify(shell.Good, words.Key("Uitgeleend aan "+l.form.Value("name")+".")))
	}
	return l, nil
}

func (l lend) View() string                  { return l.form.View(l.s.Look()) }
func (l lend) Title() string                 { return "Uitlenen" }
func (l lend) Typing() bool                  { return l.form.Typing() }
func (l lend) Mouse() bool                   { return true }
func (l lend) Cursor() (x, y int, show bool) { return l.form.Cursor() }
func (l lend) Leaving() (words.Key, bool) {
	return "Wat u invulde, is dan weg. Toch weggaan?", l.form.Changed()
}

func (l lend) ShortHelp() []key.Binding {
	k := l.s.Keys()
	return []key.Binding{keys.Named(k.Next, "volgend vak"), keys.Named(k.Enter, "verder")}
}
func (l lend) FullHelp() [][]key.Binding { return nil }

const (
	roomLoans shell.Room = "loans"
	roomAdmin shell.Room = "admin"
)

func entries() []shell.Entry {
	return []shell.Entry{
		{Room: roomLoans, Title: "Laptops uitlenen", Open: func(s *shell.Session) shell.Screen { return newLend(s) }},
		{Room: roomAdmin, Title: "Accounts beheren", May: func(id data.Identity) bool { return id.Has(data.RoleICT) },
			Open: func(s *shell.Session) shell.Screen { return newMenu(s) }},
		{Room: "café", Title: "Café: internet-pc's", Open: func(s *shell.Session) shell.Screen { return newMenu(s) }},
		{Room: "broken", Title: "Niets", Open: func(*shell.Session) shell.Screen { return nil }},
	}
}

func show(t *testing.T, w, h int, msgs ...tea.Msg) *screentest.Screen {
	t.Helper()
	s := screentest.Session(t)
	return screentest.ShowRoot(t, shell.NewRoot(s, newMenu(s), entries(), nil), w, h, msgs...)
}
