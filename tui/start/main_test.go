package start_test

import (
	"os"
	"path/filepath"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	rules "digibrug/data/start"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/start"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// scene is the town with a folder of imports.
type scene struct {
	*datatest.Town
	t    testing.TB
	desk start.Desk
}

func newScene(t testing.TB) scene {
	t.Helper()
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t)))
	return scene{town, t, start.Desk{Store: rules.NewStore(town.DB, rules.Sheets()...), Paste: 64 << 10}}
}

// with has a file in the folder.
func (s scene) with(name, content string) scene {
	s.t.Helper()
	if s.desk.In == "" {
		s.desk.In = s.t.TempDir()
	}
	path := filepath.Join(s.desk.In, name)
	err := os.WriteFile(path, []byte(content), 0o600)
	if err == nil {
		err = os.Chtimes(path, datatest.Noon, datatest.Noon)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return s
}

// show opens the room as somebody, above a home screen.
func (s scene) show(login string, w, h int, msgs ...tea.Msg) *screentest.Screen {
	s.t.Helper()
	id := s.Identity(login)
	session := screentest.Session(s.t, id)
	entries := []shell.Entry{{Room: start.Room, Title: words.StartTitle, Open: func(*shell.Session) shell.Screen { return start.New(session, s.desk) }}}
	errs := words.Errors{{Err: rules.ErrMeanwhile, Key: words.StartMeanwhile}, {Err: data.ErrLastICT, Key: words.ErrorLastICT}}
	root := shell.NewRoot(session, base{}, entries, errs)
	return screentest.ShowRoot(s.t, root, w, h, append([]tea.Msg{shell.GoMsg{Room: start.Room}}, msgs...)...)
}

// base stands for the home screen.
type base struct{}

func (b base) Init() tea.Cmd                          { return nil }
func (b base) Update(tea.Msg) (shell.Screen, tea.Cmd) { return b, nil }
func (b base) View() string                           { return "thuis" }
func (b base) Title() string                          { return "Thuis" }
func (b base) ShortHelp() []key.Binding               { return nil }
func (b base) FullHelp() [][]key.Binding              { return nil }

var (
	keys = screentest.Keys
)

func paste(text string) []tea.Msg { return []tea.Msg{tea.PasteMsg{Content: text}} }

// sheet moves to a sheet and opens it.
func sheet(n int) []tea.Msg {
	var msgs []tea.Msg
	for range n {
		msgs = append(msgs, keys("down")...)
	}
	return append(msgs, keys("enter")...)
}

func pages(t *testing.T, scene func(scene) scene, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen {
		s := newScene(t)
		if scene != nil {
			s = scene(s)
		}
		return s.show("ivo.ict", w, h, screentest.Steps(steps...)...)
	})
}

func (s scene) count(table string) (n int) {
	s.t.Helper()
	if err := data.One(s.t.Context(), s.DB, []any{&n}, `SELECT count(*) FROM `+table); err != nil {
		s.t.Fatal(err)
	}
	return n
}
