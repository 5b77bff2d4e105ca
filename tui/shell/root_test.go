package shell_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/theme"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func has(t *testing.T, s *screentest.Screen, want string) {
	t.Helper()
	if !strings.Contains(s.Text(), want) {
		t.Errorf("%q is not on the page:\n%s", want, s.Text())
	}
}

func hasNot(t *testing.T, s *screentest.Screen, gone string) {
	t.Helper()
	if strings.Contains(s.Text(), gone) {
		t.Errorf("%q is still on the page:\n%s", gone, s.Text())
	}
}

func TestEscapeGoesOneStepBack(t *testing.T) {
	s := show(t, 80, 24, screentest.Keys("end", "up", "up", "enter")...)
	has(t, s, "Zonnedorp > Begin > Uitlenen")
	s.Send(screentest.Keys("esc")...)
	hasNot(t, s, "Uitlenen")
	if got := s.Top().(menu).got; len(got) != 1 || got[0] != "shown" {
		t.Errorf("the screen below hears %v, want shown", got)
	}
	has(t, s, "► Een formulier") // its state was kept
}

func TestEscapeNeverLosesWork(t *testing.T) {
	s := show(t, 80, 24, screentest.Steps(screentest.Keys("end", "up", "up", "enter"), screentest.Type("Ann"), screentest.Keys("esc", "esc"))...)
	has(t, s, "Toch weggaan?")
	s.Send(screentest.Keys("n", "enter")...)
	has(t, s, "[Ann ")
	s.Send(screentest.Keys("esc", "down", "enter")...)
	hasNot(t, s, "Uitlenen")
}

func TestLoggingOut(t *testing.T) {
	for _, trigger := range []string{"esc", "ctrl+c"} {
		s := show(t, 80, 24, screentest.Keys(trigger, trigger, trigger)...)
		has(t, s, "Wilt u afmelden?")
		s.Send(screentest.Keys("enter")...)
		if s.Left() {
			t.Fatalf("%s and Enter end the visit: Nee must be first", trigger)
		}
		s.Send(screentest.Keys(trigger, "down", "enter")...)
		if !s.Left() {
			t.Errorf("%s, down, Enter do not end the visit:\n%s", trigger, s.Text())
		}
		if content := s.View().Content; content != "" {
			t.Errorf("the next person reads %q", content)
		}
	}
}

func TestLoggingOutAsksForWork(t *testing.T) {
	s := show(t, 80, 24, screentest.Steps(screentest.Keys("end", "up", "up", "enter"), screentest.Type("Ann"), screentest.Keys("ctrl+c"))...)
	has(t, s, "Wat u invulde, is dan weg.")
	if s.Send(screentest.Keys("down", "enter")...); !s.Left() {
		t.Error("a yes does not end the visit")
	}
}

func TestLettersAreTextWhileTyping(t *testing.T) {
	s := show(t, 80, 24, screentest.Steps(screentest.Keys("end", "up", "up", "enter"), screentest.Type("h:?/ x"))...)
	has(t, s, "[h:?/ x")
}

func TestHelpRunsTheKey(t *testing.T) {
	for _, open := range []string{"f1", "?", "h"} {
		s := show(t, 80, 24, screentest.Steps(screentest.Keys(open), screentest.Type("kleuren"), screentest.Keys("enter"))...)
		has(t, s, "De kleuren zijn nu: licht.")
		hasNot(t, s, "Begin > Hulp")
	}
	s := show(t, 80, 24, screentest.Keys("f1", "f1")...)
	hasNot(t, s, "Begin > Hulp")
}

func TestPaletteShowsWhatThePersonMay(t *testing.T) {
	s := show(t, 80, 24, screentest.Keys("ctrl+p")...)
	hasNot(t, s, "Accounts beheren")
	s.Send(screentest.Steps(screentest.Type("lapt"), screentest.Keys("enter"))...)
	has(t, s, "Naam van de ontlener")
	session := screentest.Session(t, data.Identity{Login: "ict", Roles: []data.Role{data.RoleICT}})
	s = screentest.ShowRoot(t, shell.NewRoot(session, newMenu(session), entries(), nil), 80, 24, screentest.Keys("ctrl+p")...)
	has(t, s, "Accounts beheren")
}

func TestGoing(t *testing.T) {
	s := show(t, 80, 24, shell.GoMsg{Room: roomLoans})
	has(t, s, "Naam van de ontlener")
	s.Send(shell.GoMsg{Room: roomAdmin}) // not for Ann
	has(t, s, "Dit onderdeel is er niet, of niet voor u.")
	has(t, s, "Naam van de ontlener")
	s.Send(screentest.Type("Ann")...)
	s.Send(shell.GoMsg{Room: "café"})
	has(t, s, "Toch weggaan?")
	s.Send(screentest.Keys("down", "enter")...)
	has(t, s, "Zonnedorp > Begin > Begin")
	s.Send(shell.HomeMsg{}, shell.BackMsg{}, shell.BackMsg{})
	has(t, s, "Zonnedorp > Begin  ")
	s.Send(shell.GoMsg{Room: "broken"}, shell.OpenMsg{}, shell.ReplaceMsg{})
	has(t, s, "Dit onderdeel is er niet")
}

func TestReplace(t *testing.T) {
	s := show(t, 80, 24)
	s.Send(shell.ReplaceMsg{Screen: newLend(screentest.Session(t))})
	has(t, s, "Zonnedorp > Uitlenen")
}

func TestLook(t *testing.T) {
	session := screentest.Session(t)
	var kept []string
	session.KeepLook = func(_ context.Context, lang words.Lang, name theme.Name) error {
		kept = append(kept, string(lang)+" "+string(name))
		if len(kept) > 1 {
			return errors.New("disk on fire")
		}
		return nil
	}
	s := screentest.ShowRoot(t, shell.NewRoot(session, newMenu(session), nil, nil), 80, 24, screentest.Keys("f2")...)
	has(t, s, "The language is now English.")
	has(t, s, "F1 help")
	s.Send(shell.LookMsg{Lang: words.NL, Theme: theme.Mono})
	s.Send(screentest.Keys("down", "down")...)
	has(t, s, "Niet gelukt: Uw keuze bewaren.")
	if strings.Join(kept, ", ") != "en dark, nl mono" {
		t.Errorf("kept %v", kept)
	}
	if got := s.Top().(menu).got; len(got) != 2 {
		t.Errorf("the screen hears %v, want looked twice", got)
	}
	s.Send(shell.LookMsg{Lang: "xx", Theme: "pink"}, shell.LookMsg{})
	if session.Lang() != words.NL || session.Theme().Name != theme.Mono || len(kept) != 2 {
		t.Errorf("an unknown look changes it to %s, %s, kept %v", session.Lang(), session.Theme().Name, kept)
	}
}

func TestNoticesWaitToBeRead(t *testing.T) {
	s := show(t, 80, 24, shell.NoticeMsg{Key: "Een."}, shell.NoticeMsg{Kind: shell.Good, Key: "Twee."})
	has(t, s, "Een.")
	has(t, s, "Nog 1 bericht.")
	s.Send(screentest.Keys("down")...)
	has(t, s, "Gelukt: Twee.")
	s.Send(screentest.Keys("down")...)
	hasNot(t, s, "Twee.")
	for range 100 {
		s.Send(shell.NoticeMsg{Key: "Veel."})
	}
	s.Send(screentest.Steps(screentest.Keys("ctrl+p"), screentest.Type("berichten"), screentest.Keys("enter"))...)
	has(t, s, "Laatste berichten nalezen")
}

func TestFailures(t *testing.T) {
	var log bytes.Buffer
	session := screentest.Session(t)
	session.Log = slog.New(slog.NewTextHandler(&log, nil))
	errFull := errors.New("full")
	errs := words.Errors{{Err: errFull, Key: "Deze cursus is volzet."}}
	s := screentest.ShowRoot(t, shell.NewRoot(session, newMenu(session), nil, errs), 80, 24,
		shell.FailedMsg{Doing: "Inschrijven", Err: errFull})
	has(t, s, "Niet gelukt: Inschrijven. Deze cursus is volzet.")
	s.Send(screentest.Keys("down")...)
	s.Send(shell.FailedMsg{Err: errors.New("dial tcp: secret-host refused")})
	has(t, s, "Niet gelukt: uw opdracht. Probeer het later opnieuw")
	hasNot(t, s, "secret-host")
	ref := s.Text()[strings.Index(s.Text(), "(referentie ")+len("(referentie "):][:4]
	if !strings.Contains(log.String(), "ref="+ref) || !strings.Contains(log.String(), "secret-host") {
		t.Errorf("reference %s is not with its cause in the log:\n%s", ref, log.String())
	}
	s.Send(shell.FailedMsg{}) // no cause is no reason to fall over
}

func TestConfirmRunsAfterYes(t *testing.T) {
	s := show(t, 80, 24, screentest.Keys("end", "enter", "enter", "enter")...) // a held Enter answers nothing
	has(t, s, "Laptop {{x}} 0042 van Ann Peeters wissen?")
	s.Send(screentest.Keys("j", "enter")...)
	has(t, s, "Gelukt: Laptop 0042 is gewist.")
}

func TestIdle(t *testing.T) {
	s := show(t, 80, 24, shell.IdleMsg{Left: time.Minute})
	has(t, s, "U wordt over 1 min afgemeld.")
	s.Send(screentest.Keys("down")...)
	hasNot(t, s, "afgemeld.")
	has(t, s, "► Kennismeting doen") // the key did nothing else
}

type saver struct {
	menu
	saved *int
}

func (s saver) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	next, cmd := s.menu.Update(msg)
	s.menu = next.(menu)
	return s, cmd
}

func (s saver) Save() tea.Cmd { return func() tea.Msg { *s.saved++; return nil } }

func TestStopSaves(t *testing.T) {
	session := screentest.Session(t)
	saved := 0
	s := screentest.Show(t, saver{newMenu(session), &saved}, 80, 24, shell.StopMsg{Left: time.Minute})
	has(t, s, "Digibrug stopt over 1 min")
	s.Send(screentest.Keys("down")...)
	has(t, s, "Digibrug stopt over 1 min")
	if s.Send(shell.StopMsg{}); saved != 2 {
		t.Errorf("saved %d times, want at each warning", saved)
	}
	has(t, s, "Digibrug stopt nu")
}

func TestUnknownKey(t *testing.T) {
	s := show(t, 80, 24, screentest.Keys("x")...)
	has(t, s, "Gebruik de pijltjes en Enter.")
	for _, known := range []string{"down", "pgdown", "tab", "space", "enter", "f4"} {
		s.Send(screentest.Keys("x", known)...)
		hasNot(t, s, "Gebruik de pijltjes en Enter.")
	}
}

func TestSizes(t *testing.T) {
	s := show(t, 80, 24, screentest.Keys("down")...)
	for _, size := range [][2]int{{1, 1}, {0, 0}, {59, 40}, {60, 20}, {300, 120}} {
		s.Send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		s.Send(screentest.Keys("q")...)
		s.Fits()
	}
	has(t, s, "► Mijn profiel bekijken")
	s.Send(tea.WindowSizeMsg{Width: 1000, Height: 500})
	has(t, s, "Het scherm blijft 300 bij 120.")
	if w, h := s.Top().(menu).w, strings.Count(s.View().Content, "\n")+1; w != 296 || h != 120 {
		t.Errorf("a body of %d cells in %d lines, want 296 in 120", w, h)
	}
}

func TestCursorFollows(t *testing.T) {
	s := show(t, 80, 24, screentest.Keys("down")...)
	c := s.View().Cursor
	if c == nil || !strings.HasPrefix(strings.Split(s.Text(), "\n")[c.Y][c.X:], "► Mijn profiel") {
		t.Errorf("the cursor is at %+v of\n%s", c, s.Text())
	}
	for _, key := range []string{"f1", "ctrl+p", "ctrl+c"} {
		if s := show(t, 80, 24, screentest.Keys(key)...); s.View().Cursor == nil {
			t.Errorf("no cursor after %s", key)
		}
	}
}

func TestMouse(t *testing.T) {
	s := show(t, 80, 24)
	if s.View().MouseMode != tea.MouseModeCellMotion {
		t.Error("a screen that wants the mouse does not get it")
	}
	y := 0
	for i, line := range strings.Split(s.Text(), "\n") {
		if strings.Contains(line, "Een formulier") {
			y = i
		}
	}
	click := tea.MouseClickMsg{X: 6, Y: y, Button: tea.MouseLeft}
	s.Send(click, click)
	has(t, s, "Naam van de ontlener")
	s.Send(screentest.Steps(screentest.Keys("ctrl+p"), screentest.Type("muis"), screentest.Keys("enter"))...)
	has(t, s, "De muis staat uit.")
	if s.View().MouseMode != tea.MouseModeNone {
		t.Error("the mouse can't be switched off")
	}
}

func TestTypedNamesAreHarmless(t *testing.T) {
	session := screentest.Session(t, data.Identity{Name: "Eve\x1b]0;pwned\x07\x1b[2J\u202e", Language: "fr"})
	session.Place = "Zonne\x1b[31mdorp"
	s := screentest.ShowRoot(t, shell.NewRoot(session, newMenu(session), nil, nil), 100, 24)
	if content := s.View().Content; strings.Contains(content, "\x1b]") || strings.Contains(content, "\x1b[2J") || strings.Contains(content, "\u202e") {
		t.Errorf("an escape sequence gets through: %q", content)
	}
	has(t, s, "Eve]0;pwned[2J")
	if strings.ContainsAny(s.View().WindowTitle, "\x1b\x07") {
		t.Errorf("the window's title is %q", s.View().WindowTitle)
	}
}

func TestLateReplyReachesItsScreen(t *testing.T) {
	s := show(t, 80, 24, shell.GoMsg{Room: roomLoans})
	s.Send(shell.ShownMsg{}) // as any message that is not Root's
	s.Send(screentest.Keys("esc")...)
	if got := s.Top().(menu).got; len(got) != 2 {
		t.Errorf("the lower screen hears %v, want the message and its return", got)
	}
}

// odd is a screen that gives nothing useful.
type odd struct{}

func (odd) Init() tea.Cmd                          { return nil }
func (odd) Update(tea.Msg) (shell.Screen, tea.Cmd) { return nil, nil }
func (odd) View() string                           { return strings.Repeat(strings.Repeat("x", 500)+"\n", 300) }
func (odd) Title() string                          { return strings.Repeat("titel ", 100) }
func (odd) ShortHelp() []key.Binding {
	return make([]key.Binding, 50)
}
func (odd) FullHelp() [][]key.Binding           { return [][]key.Binding{nil, make([]key.Binding, 3)} }
func (odd) Cursor() (x, y int, shown bool)      { return 400, -3, true }
func (odd) Leaving() (ask words.Key, must bool) { return "", true }

func TestRootStands(t *testing.T) {
	names := []string{"up", "down", "left", "right", "enter", "esc", "tab", "space", "home", "end", "pgup", "pgdown", "f1", "f2", "f3", "f4",
		"ctrl+p", "ctrl+c", "ctrl+l", ":", "?", "/", "h", "x", "backspace"}
	rapid.Check(t, func(rt *rapid.T) {
		session := screentest.Session(t)
		session.Log = slog.New(slog.DiscardHandler)
		root := tea.Model(shell.NewRoot(session, rapid.SampledFrom([]shell.Screen{newMenu(session), newLend(session), odd{}, nil}).Draw(rt, "home"), entries(), nil))
		root.Init()
		for range rapid.IntRange(1, 60).Draw(rt, "steps") {
			var msg tea.Msg
			switch rapid.IntRange(0, 9).Draw(rt, "sort") {
			case 0:
				msg = tea.WindowSizeMsg{Width: rapid.IntRange(-5, 400).Draw(rt, "w"), Height: rapid.IntRange(-5, 200).Draw(rt, "h")}
			case 1:
				msg = tea.PasteMsg{Content: rapid.String().Draw(rt, "paste")}
			case 2:
				msg = tea.MouseClickMsg{X: rapid.IntRange(-5, 400).Draw(rt, "x"), Y: rapid.IntRange(-5, 200).Draw(rt, "y"), Button: tea.MouseLeft}
			case 3:
				msg = rapid.SampledFrom([]tea.Msg{
					shell.OpenMsg{Screen: odd{}}, shell.OpenMsg{}, shell.OpenMsg{Screen: newLend(session)}, shell.ReplaceMsg{Screen: odd{}}, shell.BackMsg{}, shell.HomeMsg{},
					shell.GoMsg{Room: roomLoans}, shell.GoMsg{Room: "gone"}, shell.NoticeMsg{Key: words.Key(strings.Repeat("woord ", 500))},
					shell.NoticeMsg{Kind: 99, Args: []any{1}}, shell.FailedMsg{}, shell.ConfirmMsg{}, shell.ConfirmMsg{Ask: words.Key(strings.Repeat("Zeker? ", 500))},
					shell.LookMsg{Lang: "xx"}, shell.LookMsg{Theme: theme.Mono}, shell.IdleMsg{Left: -1}, shell.StopMsg{}, nil, 3, tea.KeyReleaseMsg{}, shell.ReadMsg{},
				}).Draw(rt, "msg")
			default:
				msg = screentest.Keys(rapid.SampledFrom(names).Draw(rt, "key"))[0]
			}
			var cmd tea.Cmd
			root, cmd = root.Update(msg)
			for depth := 0; cmd != nil && depth < 5; depth++ { // follow what is not a timer or a list of commands
				if next, ok := quick(cmd); ok {
					root, cmd = root.Update(next)
					continue
				}
				break
			}
			checkFrame(rt, root.View())
		}
	})
}

// quick runs a command when it ends at once.
func quick(cmd tea.Cmd) (tea.Msg, bool) {
	done := make(chan tea.Msg, 1)
	go func() { done <- cmd() }()
	select {
	case msg := <-done:
		_, batch := msg.(tea.BatchMsg)
		return msg, !batch
	case <-time.After(2 * time.Millisecond):
		return nil, false
	}
}

func checkFrame(t *rapid.T, v tea.View) {
	lines := strings.Split(v.Content, "\n")
	if len(lines) > 120 {
		t.Errorf("%d lines", len(lines))
	}
	for _, line := range lines {
		if ansi.StringWidth(line) > 300 {
			t.Errorf("a line of %d cells", ansi.StringWidth(line))
		}
	}
	if v.Cursor != nil && (v.Cursor.Y >= len(lines) || v.Cursor.Y < 0 || v.Cursor.X < 0) {
		t.Errorf("the cursor is at %+v of %d lines", v.Cursor.Position, len(lines))
	}
}

func TestLookIsSafe(t *testing.T) { // the race detector watches
	session := screentest.Session(t)
	root := tea.Model(shell.NewRoot(session, newMenu(session), nil, nil))
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 200 {
			_ = session.T(words.ShellHelpTitle) + session.Theme().Title.Render(session.Keys().Enter.Help().Desc)
		}
	}()
	for range 200 {
		root, _ = root.Update(screentest.Keys("f2")[0])
		root, _ = root.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		_ = root.View()
	}
	<-done
}

func BenchmarkView(b *testing.B) {
	session := shell.NewSession(b.Context(), data.Identity{Name: "Ann Peeters"}, "Zonnedorp", screentest.Noon, nil)
	root := tea.Model(shell.NewRoot(session, newMenu(session), entries(), nil))
	root, _ = root.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	for b.Loop() {
		_ = root.View()
	}
}
