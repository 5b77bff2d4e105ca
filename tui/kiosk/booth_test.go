package kiosk_test

import (
	"context"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	keyboard "digibrug/tui/keys"
	"digibrug/tui/kiosk"
	"digibrug/tui/parts"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/theme"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// driver runs a booth as Bubble Tea does, without a terminal.
type driver struct {
	t     *testing.T
	booth tea.Model
	gate  *porter
	wiped int  // how often the terminal was cleared
	left  bool // the program has ended
	still error
	saw   []data.Identity // whose visits were begun
	ctxs  []context.Context

	tick, slow chan struct{}  // closed when a second is over, or longer
	pending    []chan tea.Msg // replies that have not come
	busy       func() bool    // the store is being asked: its reply is no timer; nil: never
}

func drive(t *testing.T, gate *porter) *driver {
	t.Helper()
	return driveDesk(t, gate, kiosk.Desk{Who: itself, PC: pc})
}

// driveDesk is drive with what else the desk has.
func driveDesk(t *testing.T, gate *porter, with kiosk.Desk) *driver {
	t.Helper()
	d := &driver{t: t, gate: gate, tick: make(chan struct{}), slow: make(chan struct{})}
	t.Cleanup(func() { close(d.tick); close(d.slow) })
	with.Ctx, with.Gate, with.Session, with.Wait = t.Context(), gate, d.session, d.wait
	with.Journey = func(s *shell.Session) shell.Screen { return &desk{s: s, gate: gate} }
	d.booth = kiosk.New(with)
	d.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	d.run(d.booth.Init())
	return d
}

func (d *driver) session(ctx context.Context, who data.Identity) *shell.Session {
	d.saw, d.ctxs = append(d.saw, who), append(d.ctxs, ctx)
	s := shell.NewSession(ctx, who, "Zonnedorp · Bibliotheek", screentest.Noon, slog.New(slog.DiscardHandler))
	s.Still = func(context.Context) error { return d.still }
	s.KeepLook = func(context.Context, words.Lang, theme.Name) error {
		d.t.Error("the look of a kiosk was stored")
		return nil
	}
	return s
}

// desk is what a visitor comes for: it says who they are and what was loaded for them.
type desk struct {
	s      *shell.Session
	gate   *porter
	loaded string
	w      int
}

// loadedMsg has no name in it of whom it is for, as those of the careless.
type loadedMsg struct{ text string }

func (d *desk) Init() tea.Cmd { return nil }
func (d *desk) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		d.w = msg.Width
	case loadedMsg:
		d.loaded = msg.text
	case tea.KeyPressMsg:
		switch msg.String() {
		case "l": // loads, as slowly as the gate
			who, hold := d.s.Who.Name, d.gate.hold
			return d, func() tea.Msg {
				if hold != nil {
					<-hold
				}
				return loadedMsg{"secret of " + who}
			}
		case "x":
			return d, func() tea.Msg { return shell.ByeMsg{} }
		}
	}
	return d, nil
}
func (d *desk) View() string {
	return parts.Rows([]string{"visit of " + d.s.Who.Name, d.loaded, string(d.s.Lang()), string(d.s.Theme().Name)}, 9)
}
func (d *desk) Title() string             { return "Kennismeting" }
func (d *desk) ShortHelp() []key.Binding  { return nil }
func (d *desk) FullHelp() [][]key.Binding { return nil }
func (d *desk) Typing() bool              { return true }

// patience is how long a command may take before it counts as a timer, which nobody waits for here.
const patience = 150 * time.Millisecond

func (d *driver) send(msg tea.Msg) { d.run(d.update(msg)) }

func (d *driver) update(msg tea.Msg) (cmd tea.Cmd) {
	switch {
	case reflect.TypeOf(msg) == reflect.TypeOf(tea.Quit()):
		d.left = true
		return nil
	case reflect.TypeOf(msg) == reflect.TypeOf(tea.Raw("")()):
		if strings.Contains(fmt.Sprint(msg), "\x1b[3J") {
			d.wiped++
		}
		return nil
	}
	d.booth, cmd = d.booth.Update(msg)
	return cmd
}

// run runs a command and what comes of it, to rest.
func (d *driver) run(cmd tea.Cmd) {
	for _, reply := range begun(cmd) {
		d.take(reply, patience)
	}
}

// take receives a reply, or puts it aside as that of a timer.
func (d *driver) take(reply chan tea.Msg, within time.Duration) {
	for {
		select {
		case msg := <-reply:
			d.receive(msg)
			return
		case <-time.After(within):
			if d.busy == nil || !d.busy() {
				d.pending = append(d.pending, reply)
				return
			}
		}
	}
}

// wait is the booth's clock: it goes when the test says so.
func (d *driver) wait(long time.Duration, then func(time.Time) tea.Msg) tea.Cmd {
	over := d.tick
	if long > time.Second {
		over = d.slow
	}
	return func() tea.Msg {
		<-over
		return then(time.Time{})
	}
}

// second lets a second pass, and longer twenty.
func (d *driver) second() *driver { return d.pass(&d.tick) }
func (d *driver) longer() *driver { return d.pass(&d.slow) }

func (d *driver) pass(over *chan struct{}) *driver {
	d.t.Helper()
	was, pending := *over, d.pending
	*over, d.pending = make(chan struct{}), nil
	close(was)
	for _, reply := range pending {
		d.take(reply, patience/5)
	}
	return d
}

func (d *driver) receive(msg tea.Msg) {
	if msg == nil {
		return
	}
	if list := reflect.ValueOf(msg); list.Kind() == reflect.Slice && list.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
		for i := range list.Len() {
			d.run(list.Index(i).Interface().(tea.Cmd))
		}
		return
	}
	d.send(msg)
}

// begun starts a command, and gives where its reply comes.
func begun(cmd tea.Cmd) []chan tea.Msg {
	if cmd == nil {
		return nil
	}
	reply := make(chan tea.Msg, 1)
	go func() { reply <- cmd() }()
	return []chan tea.Msg{reply}
}

// press presses keys by name; what is no name of a key is typed.
func (d *driver) press(what ...string) *driver {
	d.t.Helper()
	for _, one := range what {
		if msg, ok := keyboard.Parse(one); ok {
			d.send(msg)
			continue
		}
		for _, msg := range screentest.Type(one) {
			d.send(msg)
		}
	}
	return d
}

// later presses a key whose reply is held up, and gives what brings it when it comes.
func (d *driver) later(name string) (arrives func()) {
	d.t.Helper()
	msg, _ := keyboard.Parse(name)
	var replies []chan tea.Msg
	for _, cmd := range flat(d.update(msg)) {
		replies = append(replies, begun(cmd)...)
	}
	return func() {
		for _, reply := range replies {
			select {
			case msg := <-reply:
				d.receive(msg)
			case <-time.After(patience):
			}
		}
	}
}

// flat gives the commands of a batch one by one; a batch answers at once.
func flat(cmd tea.Cmd) (all []tea.Cmd) {
	if cmd == nil {
		return nil
	}
	reply := begun(cmd)[0]
	select {
	case msg := <-reply:
		list := reflect.ValueOf(msg)
		if msg != nil && list.Kind() == reflect.Slice && list.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
			for i := range list.Len() {
				all = append(all, flat(list.Index(i).Interface().(tea.Cmd))...)
			}
			return all
		}
		return []tea.Cmd{func() tea.Msg { return msg }}
	case <-time.After(patience):
		return []tea.Cmd{func() tea.Msg { return <-reply }}
	}
}

func (d *driver) text() string {
	view := d.booth.View()
	return ansi.Strip(view.Content) + "\n" + view.WindowTitle
}

func TestVisitorsOneAfterAnother(t *testing.T) {
	gate := calm()
	d := drive(t, gate)
	has(t, d.text(), "Welkom", "Zonnedorp · Bibliotheek", "Deze computer heet ocr-1")
	d.press("f", "f4", "enter", annCode, "enter")
	has(t, d.text(), "visit of Ann Peeters fr light", "Ann Peeters 12:00")
	if d.wiped != 0 {
		t.Errorf("wiped %d times while Ann came in", d.wiped)
	}
	d.press("l")
	has(t, d.text(), "secret of Ann Peeters")
	d.press("x")
	has(t, d.text(), "Wat wilt u doen?", "Code invoeren")
	lacks(t, d.text(), "Ann", "secret", annCode, "vous", "Que")
	if d.wiped != 1 || d.left {
		t.Errorf("wiped %d times, ended %v; want once, and the kiosk goes on", d.wiped, d.left)
	}
	if d.ctxs[1].Err() == nil {
		t.Error("what Ann had under way goes on after her")
	}
	d.press("enter", boCode, "enter")
	has(t, d.text(), "visit of Bo Wouters nl dark")
	lacks(t, d.text(), "Ann", "secret")
	if len(gate.entered) != 2 || gate.entered[1].Name != "Bo Wouters" || gate.entered[1].CodeID == "" {
		t.Errorf("entered %+v", gate.entered)
	}
	if d.saw[0].CodeID != "" || d.saw[2].CodeID != "" || d.saw[3].Name != "Bo Wouters" || d.saw[3].Language != "nl" {
		t.Errorf("visits of %+v", d.saw)
	}
}

// TestEscAsks: leaving a visit is asked, with No first.
func TestEscAsks(t *testing.T) {
	d := drive(t, calm()).press("enter", annCode, "enter", "esc")
	has(t, d.text(), "Wilt u afmelden?")
	has(t, d.press("enter").text(), "visit of Ann Peeters")
	has(t, d.press("esc", "down", "enter").text(), "Code invoeren")
	lacks(t, d.text(), "Ann")
	if d.wiped != 1 {
		t.Errorf("wiped %d times, want once", d.wiped)
	}
	// Ctrl+C is another way out of the visit, and none out of the kiosk.
	d.press("enter", annCode, "enter", "ctrl+c", "down", "enter")
	lacks(t, d.text(), "Ann")
	if d.left || d.wiped != 2 {
		t.Errorf("ended %v, wiped %d times", d.left, d.wiped)
	}
}

// TestLateReplyReachesNobody: what was loaded for Ann arrives after she left and Bo came.
func TestLateReplyReachesNobody(t *testing.T) {
	gate := calm()
	d := drive(t, gate).press("enter", annCode, "enter")
	gate.hold = make(chan struct{})
	arrives := d.later("l")
	hold := gate.hold
	gate.hold = nil
	d.press("x", "enter", boCode, "enter")
	has(t, d.text(), "visit of Bo Wouters")
	close(hold)
	arrives()
	lacks(t, d.text(), "Ann", "secret")
	has(t, d.press("l").text(), "secret of Bo Wouters") // his own does arrive
}

// TestIdle warns who is inside, counts down, and begins anew; at the home nobody is warned, and half a code goes.
func TestIdle(t *testing.T) {
	d := drive(t, calm())
	d.send(shell.IdleMsg{Left: 30 * time.Second})
	lacks(t, d.text(), "afgemeld", "30")
	d.press("e", "enter", "bcdfg")
	has(t, d.text(), "B C D F G")
	d.send(shell.IdleMsg{})
	has(t, d.text(), "Code invoeren", "Wat wilt u doen?")
	lacks(t, d.text(), "B C D F G", "What")
	d.press("enter", annCode, "enter")
	for _, left := range []int{60, 59, 2} {
		d.send(shell.IdleMsg{Left: time.Duration(left) * time.Second})
		has(t, d.text(), "visit of Ann Peeters", "U wordt over "+words.Duration(words.NL, time.Duration(left)*time.Second)+" afgemeld")
	}
	d.press("l") // says "I am here", and does nothing else
	lacks(t, d.text(), "afgemeld", "secret")
	d.send(shell.IdleMsg{Left: time.Second})
	d.send(shell.IdleMsg{})
	lacks(t, d.text(), "Ann", "afgemeld")
	has(t, d.text(), "Code invoeren")
	if d.wiped != 2 || d.left {
		t.Errorf("wiped %d times, ended %v", d.wiped, d.left)
	}
}

// TestClosedKiosk ends with the session: at the home at the next look, inside a visit after a look at the home.
func TestClosedKiosk(t *testing.T) {
	d := drive(t, calm()).press("enter", annCode, "enter")
	d.still = data.ErrDenied
	d.press("x")
	if !d.left {
		t.Errorf("the kiosk goes on:\n%s", d.text())
	}
	lacks(t, d.text(), "Ann")
}

// TestNobodyComesInTwice: an identity without a code, or a second one, is no visitor.
func TestNobodyComesInTwice(t *testing.T) {
	d := drive(t, calm())
	d.send(kiosk.CameMsg{Who: data.Identity{AccountID: "a", Name: "Ivo", Roles: data.Roles()}})
	lacks(t, d.text(), "Ivo")
	d.press("enter", annCode, "enter")
	d.send(kiosk.CameMsg{Who: data.Identity{CodeID: "c", Name: "Bo"}})
	has(t, d.text(), "visit of Ann Peeters")
}

// TestNoWayAside presses what leads to rooms, in a visit.
func TestNoWayAside(t *testing.T) {
	d := drive(t, calm()).press("enter", annCode, "enter", "ctrl+p")
	d.send(shell.GoMsg{Room: "admin.accounts"})
	d.press("enter")
	has(t, d.text(), "visit of Ann Peeters")
	lacks(t, d.text(), "Account", "Wat wilt u doen?")
	help := d.press("f1").text()
	lacks(t, help, "Ctrl+P")
	has(t, help, "Ctrl+C")
}

// TestTinyWindow opens the booth in windows of every size.
func TestTinyWindow(t *testing.T) {
	d := drive(t, calm())
	for _, size := range [][2]int{{1, 1}, {0, 0}, {60, 20}, {300, 120}, {59, 20}, {80, 24}} {
		d.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
		d.press("enter", annCode, "enter", "x")
		if d.left {
			t.Fatalf("ended at %v", size)
		}
	}
	d.send(shell.IdleMsg{})
	has(t, d.text(), "Code invoeren")
}

// TestStop ends the program at once where nobody sits, and gives a visitor the time to save.
func TestStop(t *testing.T) {
	d := drive(t, calm())
	d.press("enter", annCode, "enter")
	d.send(shell.StopMsg{Left: 10 * time.Second})
	has(t, d.text(), "visit of Ann Peeters")
	if d.left {
		t.Error("somebody was sent away before the time to save was over")
	}
	empty := drive(t, calm())
	empty.send(shell.StopMsg{Left: 10 * time.Second})
	if !empty.left {
		t.Error("the server waits for a kiosk at which nobody sits")
	}
}
