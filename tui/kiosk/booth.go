package kiosk

import (
	"context"
	"errors"
	"reflect"
	"time"

	"digibrug/data"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Desk is what a Booth works with.
type Desk struct {
	Ctx    context.Context // ends with the session of the kiosk
	Who    data.Identity   // the kiosk
	PC     data.Kiosk
	Gate   gate
	Pages  []shell.Entry // what everybody may read; nil: nothing
	Calls  calls         // contracts that wait to be signed at a PC beside a desk; nil: none ever does
	Errors words.Errors
	// Session begins a visit: of the kiosk itself, where nobody is anybody, or of who came in with a code.
	Session func(ctx context.Context, who data.Identity) *shell.Session
	// Journey opens what a code is for.
	Journey func(s *shell.Session) shell.Screen
	// Wait sends a message after a while; nil: tea.Tick.
	Wait func(time.Duration, func(time.Time) tea.Msg) tea.Cmd
}

func (d Desk) wait(long time.Duration, then func(time.Time) tea.Msg) tea.Cmd {
	if d.Wait == nil {
		return tea.Tick(long, then)
	}
	return d.Wait(long, then)
}

// Booth is the program of a kiosk PC, from the moment it is switched on: its home, and each visitor who comes in
// with a code, or to sign what the desk sent, one after the other. Each has a visit of their own, with its own
// language, notices and screens; when it ends, the terminal is wiped, what it still had under way is stopped, and
// replies that come late reach nobody.
type Booth struct {
	desk   Desk
	root   shell.Root
	s      *shell.Session // of root
	end    context.CancelFunc
	size   tea.WindowSizeMsg
	turn   int    // counts visits
	inside bool   // somebody came in with a code, or signs
	call   string // id of the contract that is signed; empty: none
	deaf   bool   // the last question about contracts failed, and was logged
}

// New opens a booth with nobody in it.
func New(desk Desk) Booth { return Booth{desk: desk}.vacant() }

// vacant is the booth with nobody in it, at the home of the kiosk.
func (b Booth) vacant() Booth {
	return b.visit(b.desk.Who, func(s *shell.Session) shell.Screen {
		s.Stays = true
		return NewHome(s, b.desk.Gate, b.desk.PC, b.desk.Pages)
	})
}

// visit ends the visit of the moment and begins another.
func (b Booth) visit(who data.Identity, first func(*shell.Session) shell.Screen) Booth {
	if b.end != nil {
		b.end()
	}
	ctx, end := context.WithCancel(b.desk.Ctx)
	b.s, b.end = b.desk.Session(ctx, who), end
	b.s.Bare, b.s.KeepLook = true, nil
	b.turn++
	b.inside, b.call = who.CodeID != "", ""
	b.root = shell.NewRoot(b.s, first(b.s), nil, b.desk.Errors)
	return b
}

// Init starts the home.
func (b Booth) Init() tea.Cmd { return tea.Batch(b.own(b.root.Init()), b.listen()) }

// Update gives messages to the visit of the moment, and sees to it when it begins and ends.
func (b Booth) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if reply, is := msg.(replyMsg); is {
		if reply.turn != b.turn {
			return b, nil // for somebody who has gone
		}
		msg = reply.msg
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		b.size = msg
	case listenMsg:
		return b, b.own(b.ask)
	case calledMsg:
		return b.called(msg)
	case CameMsg:
		return b.receive(msg.Who)
	case shell.ByeMsg:
		if b.inside {
			return b.anew(nil)
		}
	case shell.GoneMsg:
		return b.anew(nil)
	case shell.StopMsg:
		if !b.inside {
			return b, tea.Quit // nobody sits there: the server need not wait
		}
	case shell.IdleMsg:
		switch {
		case b.root.Watched():
			return b, nil // a candidate may think for as long as the test lasts
		case msg.Left <= 0:
			lapse := b.lapse()
			return b.anew(lapse)
		case !b.inside:
			return b, nil // who only looks at the home has nothing to lose
		}
	}
	return b.give(msg)
}

// give gives a message to the visit of the moment.
func (b Booth) give(msg tea.Msg) (Booth, tea.Cmd) {
	next, cmd := b.root.Update(msg)
	b.root = next.(shell.Root)
	return b, b.own(cmd)
}

// receive lets somebody in, in the language and the colours that were chosen at the home.
func (b Booth) receive(who data.Identity) (Booth, tea.Cmd) {
	if b.inside || who.CodeID == "" {
		return b, nil
	}
	look := b.s.Look()
	who.Language, who.Theme = string(look.Lang), string(look.Theme.Name)
	return b.visit(who, b.desk.Journey).begin()
}

// anew takes away everything of the visit of the moment, on the screen and behind it; then it does what must follow,
// which may be nil.
func (b Booth) anew(then tea.Cmd) (Booth, tea.Cmd) {
	b, begin := b.vacant().begin()
	return b, tea.Sequence(tea.Raw(wipe), tea.ClearScreen, then, tea.Batch(begin, b.own(b.still)))
}

// wipe clears the screen and what has scrolled away, and what the terminal keeps to be pasted. The title changes
// with the page.
const wipe = "\x1b[2J\x1b[3J\x1b]52;c;!\x07"

// begin tells a new visit how large the window is, and starts it.
func (b Booth) begin() (Booth, tea.Cmd) {
	var sized tea.Cmd
	if b.size.Width > 0 {
		b, sized = b.give(b.size)
	}
	return b, tea.Batch(sized, b.own(b.root.Init()), b.listen())
}

// still asks at once whether the kiosk is open: a visit also ends because it was closed.
func (b Booth) still() tea.Msg {
	if b.s.Still != nil && errors.Is(b.s.Still(b.s.Ctx), data.ErrDenied) {
		return shell.ByeMsg{}
	}
	return nil
}

// View draws the visit of the moment.
func (b Booth) View() tea.View { return b.root.View() }

// Reading, Gist and Shown are the visit's, for who reads it line by line.
func (b Booth) Reading() bool { return b.root.Reading() }

// Gist is what shows, without digits.
func (b Booth) Gist() string { return b.root.Gist() }

// Shown is what shows, and what can be chosen.
func (b Booth) Shown() shell.Shown { return b.root.Shown() }

// Lang is the language of the moment: the server says goodbye in it.
func (b Booth) Lang() words.Lang { return b.root.Lang() }

// replyMsg is what came of a command of the visit with this number.
type replyMsg struct {
	turn int
	msg  tea.Msg
}

// own marks what comes of a command as belonging to the visit of the moment.
func (b Booth) own(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg { return b.mark(cmd()) }
}

// mark marks a message. A list of commands stays one, of the same type, with each of them marked: what tea.Sequence
// returns has no name outside Bubble Tea. Bubble Tea's own messages stay as they are, since it must know them; of
// those only keys concern a visit.
func (b Booth) mark(msg tea.Msg) tea.Msg {
	list := reflect.ValueOf(msg)
	switch {
	case msg == nil:
		return nil
	case list.Kind() == reflect.Slice && list.Type().Elem() == reflect.TypeFor[tea.Cmd]():
		marked := reflect.MakeSlice(list.Type(), list.Len(), list.Len())
		for i := range list.Len() {
			cmd, _ := list.Index(i).Interface().(tea.Cmd)
			marked.Index(i).Set(reflect.ValueOf(b.own(cmd)))
		}
		return marked.Interface()
	}
	if _, key := msg.(tea.KeyPressMsg); !key && list.Type().PkgPath() == reflect.TypeFor[tea.KeyPressMsg]().PkgPath() {
		return msg
	}
	return replyMsg{b.turn, msg}
}
