package shell

import (
	"errors"
	"io"
	"log/slog"
	"slices"
	"time"

	"digibrug/data"
	"digibrug/tui/parts"
	"digibrug/tui/theme"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Root is the program of one visit: the stack of screens, and the frame, overlays and notices around
// them. It is the only tea.Model and the only one that gives a tea.View.
type Root struct {
	s       *Session
	entries []Entry
	errs    words.Errors

	stack    []Screen // the home screen first; never changed in place
	w, h     int      // of the window, clamped
	huge     bool     // the window is larger than what is drawn
	overlay  overlay  // help, palette or question above the top screen; nil: none
	notices  []notice // the first shows, the others wait
	told     []notice // those that were shown, the last one at the end
	noticeID int      // of the notice that shows, for its timer
	banner   banner   // what the server has to say
	hint     bool     // the last key meant nothing
	lastKey  string   // name of the last key, for questions that it calls
	noMouse  bool     // the person switched the mouse off
	bye      bool     // the visit is over
}

// minuteMsg comes at the start of every minute, for the clock in the header.
type minuteMsg struct{}

// NewRoot makes the program of a visit, with home at the bottom of the stack. entries are the rooms; errs
// are the errors of the domains, for FailedMsg.
func NewRoot(s *Session, home Screen, entries []Entry, errs words.Errors) Root {
	if s.Now == nil {
		s.Now = data.SystemClock
	}
	if s.Log == nil {
		s.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	r := Root{s: s, entries: entries, errs: errs}
	if home != nil {
		r.stack = []Screen{home}
	}
	return r
}

// Init starts the clock and the home screen.
func (r Root) Init() tea.Cmd {
	var first tea.Cmd
	if len(r.stack) > 0 {
		first = r.stack[0].Init()
	}
	return tea.Batch(first, r.tick())
}

// tick waits for the next full minute.
func (r Root) tick() tea.Cmd {
	now := r.s.Now()
	return tea.Tick(now.Truncate(time.Minute).Add(time.Minute).Sub(now), func(time.Time) tea.Msg { return minuteMsg{} })
}

// still ends the visit of somebody whose account was closed meanwhile. A database that can't be asked is no
// reason to throw people out: every action asks again.
func (r Root) still() tea.Cmd {
	s := r.s
	if s.Still == nil {
		return nil
	}
	return func() tea.Msg {
		err := s.Still(s.Ctx)
		switch {
		case errors.Is(err, data.ErrDenied):
			s.Log.Info("visit ended: account closed", "login", s.Who.Login)
			return ByeMsg{}
		case err != nil && s.Ctx.Err() == nil:
			s.Log.Warn("account can't be asked for", "login", s.Who.Login, "err", err)
		}
		return nil
	}
}

// Update gives a message to whom it concerns: Root itself, an overlay, the top screen or all screens.
func (r Root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if r.bye {
		return r, nil
	}
	return r.update(msg)
}

func (r Root) update(msg tea.Msg) (Root, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return r.resized(msg)
	case tea.KeyPressMsg:
		return r.press(msg)
	case tea.KeyReleaseMsg:
		return r, nil
	case tea.PasteMsg:
		return r.paste(msg)
	case tea.MouseMsg:
		return r.mouse(msg)
	case minuteMsg:
		return r, tea.Batch(r.tick(), r.still())
	case noticeOverMsg:
		return r.noticeOver(msg)
	case ReadMsg:
		return r.read()
	}
	return r.ask(msg)
}

// ask does what screens and server ask for; every other message goes to all screens.
func (r Root) ask(msg tea.Msg) (Root, tea.Cmd) {
	switch msg := msg.(type) {
	case OpenMsg:
		return r.open(msg.Screen)
	case ReplaceMsg:
		return r.replace(msg.Screen)
	case BackMsg:
		return r.back()
	case UncoverMsg:
		r.overlay = nil
		return r, nil
	case HomeMsg:
		return r.unlessLosing("", send(homeNowMsg{}))
	case homeNowMsg:
		return r.home()
	case GoMsg:
		return r.unlessLosing("", send(goNowMsg(msg)))
	case goNowMsg:
		return r.enter(msg.Room)
	case NoticeMsg:
		return r.notify(notice{msg.Kind, msg.Key, msg.Args})
	case FailedMsg:
		return r.failed(msg)
	case ConfirmMsg:
		r.overlay = question{confirm: parts.NewConfirm(msg.Ask, msg.Args, msg.Yes, r.trigger()), do: msg.Do}
		return r, nil
	case LookMsg:
		return r.looked(msg)
	case mouseMsg:
		return r.switchMouse()
	case ReadingMsg:
		r.s.lines.Store(msg.On)
		return r, nil
	case HereMsg:
		return r.here(msg)
	case IdleMsg:
		if r.Watched() {
			return r, nil
		}
		r.banner = banner{kind: bannerIdle, left: msg.Left}
		return r, nil
	case StopMsg:
		return r.stopping(msg)
	case ByeMsg:
		r.bye = true
		return r, tea.Quit
	}
	return r.all(msg)
}

// all gives a message to every screen of the stack.
func (r Root) all(msg tea.Msg) (Root, tea.Cmd) {
	var cmds []tea.Cmd
	for i := range r.stack {
		var cmd tea.Cmd
		r, cmd = r.at(i, msg)
		cmds = append(cmds, cmd)
	}
	return r, tea.Batch(cmds...)
}

// at gives a message to one screen.
func (r Root) at(i int, msg tea.Msg) (Root, tea.Cmd) {
	if i < 0 || i >= len(r.stack) {
		return r, nil
	}
	next, cmd := r.stack[i].Update(msg)
	if next != nil {
		r.stack = slices.Clone(r.stack)
		r.stack[i] = next
	}
	return r, cmd
}

// toTop gives a message to the screen on top.
func (r Root) toTop(msg tea.Msg) (Root, tea.Cmd) { return r.at(len(r.stack)-1, msg) }

// Watched tells whether somebody watches over the visit, so that it doesn't end because no key comes.
func (r Root) Watched() bool { return among(r.stack, Watched.Watched) }

// Top is the screen on top, nil for a visit without screens.
func (r Root) Top() Screen { return r.top() }

// BodySize is the room that screens have, in cells.
func (r Root) BodySize() (width, height int) { return r.frame().width, r.frame().height }

// Ready tells whether screens show: the window is known and large enough.
func (r Root) Ready() bool { return !r.frame().tooSmall() }

func (r Root) top() Screen {
	if len(r.stack) == 0 {
		return nil
	}
	return r.stack[len(r.stack)-1]
}

// looked changes language or theme, tells the screens, and has it stored.
func (r Root) looked(msg LookMsg) (Root, tea.Cmd) {
	lang, ok := words.ParseLang(string(msg.Lang))
	if !ok {
		lang = r.s.Lang()
	}
	name, ok := theme.ParseName(string(msg.Theme))
	if !ok {
		name = r.s.Theme().Name
	}
	if lang == r.s.Lang() && name == r.s.Theme().Name {
		return r, nil
	}
	news := notice{Info, words.ShellThemeNow, []any{"theme", themeName(name)}}
	if lang != r.s.Lang() {
		news = notice{Info, words.ShellLangNow, nil}
	}
	r.s.setLook(lang, name)
	if r.overlay != nil {
		r.overlay = r.overlay.sized(r)
	}
	r, cmd := r.all(LookedMsg{})
	r, timer := r.notify(news)
	return r, tea.Batch(cmd, timer, r.keepLook(lang, name))
}

func (r Root) keepLook(lang words.Lang, name theme.Name) tea.Cmd {
	s := r.s
	if s.KeepLook == nil {
		return nil
	}
	return func() tea.Msg {
		if err := s.KeepLook(s.Ctx, lang, name); err != nil {
			return FailedMsg{Doing: words.ShellKeepLook, Err: err}
		}
		return nil
	}
}

// stopping saves what can be saved and says so.
func (r Root) stopping(msg StopMsg) (Root, tea.Cmd) {
	r.banner = banner{kind: bannerStop, left: msg.Left}
	return r, tea.Batch(r.saves()...)
}

// mouseMsg switches the mouse on or off, at the person's wish.
type mouseMsg struct{}

func (r Root) switchMouse() (Root, tea.Cmd) {
	r.noMouse = !r.noMouse
	if r.noMouse {
		return r.notify(notice{Info, words.ShellMouseOff, nil})
	}
	return r.notify(notice{Info, words.ShellMouseOn, nil})
}

// Lang is the language of the moment: the server says goodbye in it.
func (r Root) Lang() words.Lang { return r.s.Lang() }
