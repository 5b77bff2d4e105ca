// Package reading gives a visit line by line, to somebody whose screen reader or braille line can't follow a full screen:
// it says what shows, with a number before everything that can be chosen, and takes lines of text for answers. It drives
// the same screens by the same keys, so that nothing is there twice and nothing can be done here that can't be done there.
package reading

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// settles is how long nothing may change before what shows is said: replies of a store come in the meantime.
const settles = 250 * time.Millisecond

// Visit is a program that can be read: shell.Root, or a kiosk, which has one.
type Visit interface {
	tea.Model
	Reading() bool
	Gist() string
	Shown() shell.Shown
	Lang() words.Lang
}

// Reader is the program of a visit in its outermost form. While the visit is on screens it hands everything on. It is a
// value, as every model.
type Reader struct {
	visit Visit
	say   func(string) // writes lines to somebody without a terminal; nil: there is a terminal
	on    bool
	win   tea.WindowSizeMsg // of the terminal

	line   parts.Line // what is being typed, with a terminal
	asking ask        // what the next line answers
	pasted bool       // some of what is being typed was pasted: the screens are told so
	text   []string   // lines of an answer of several lines so far
	shown  shell.Shown
	gist   string
	said   page    // as last said
	turn   int     // counts what changed: only the last change is said, once it has settled
	met    bool    // the person was told how it works
	told   bool    // the person gave a line: changed digits are news too
	queue  []piece // what is still to be written
	busy   bool    // a piece is under way
	wipe   bool    // the terminal is wiped once it has arrived: somebody else's visit begins
}

// piece is what is written at once.
type piece struct {
	text  string
	first bool // nothing that was read before it may stay in the terminal
}

// lineMost is how many characters a line takes.
const lineMost = 4000

// New is the program of a visit in a terminal. It begins line by line when the visit says so.
func New(visit Visit) Reader { return Reader{visit: visit, line: parts.NewLine(lineMost)} }

// Plain is the program of a visit without a terminal: it goes line by line from beginning to end. say writes lines, and
// is called by one goroutine at a time.
func Plain(visit Visit, say func(string)) Reader {
	r := New(visit)
	r.say, r.on = say, true
	return r
}

// Lang is the language of the moment: the server says goodbye in it.
func (r Reader) Lang() words.Lang { return r.visit.Lang() }

type (
	// settledMsg comes when nothing changed for a while after a change.
	settledMsg struct{ turn int }
	// writtenMsg comes when a piece of text has left.
	writtenMsg struct{}
)

// Init starts the visit.
func (r Reader) Init() tea.Cmd {
	if r.say == nil {
		return r.visit.Init()
	}
	return tea.Batch(r.visit.Init(), send(tea.WindowSizeMsg{})) // nobody else tells a size
}

func send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

// wide is the window that the visit is told of while it goes line by line.
var wide = tea.WindowSizeMsg{Width: shell.ReadingWidth, Height: shell.ReadingHeight}

// Update takes lines while the visit goes line by line, and says what changed.
func (r Reader) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.win = msg
		if r.on {
			msg = wide
		}
		return r.give(msg)
	case settledMsg:
		if msg.turn != r.turn || !r.on {
			return r, nil
		}
		return r.tell()
	case writtenMsg:
		return r.written()
	case shell.LineMsg:
		return r.entered(msg.Text)
	case tea.PasteMsg:
		if r.on {
			r.line, r.pasted = r.line.Insert(msg.Content), true
			return r.give(shell.HereMsg{})
		}
	case tea.KeyPressMsg:
		if r.on {
			return r.press(msg)
		}
	case tea.MouseMsg:
		if r.on {
			return r, nil
		}
	}
	return r.give(msg)
}

// press edits the line that is being typed. Other keys, such as Esc and F1, do what they do on screens, unless an answer is
// asked.
func (r Reader) press(msg tea.KeyPressMsg) (tea.Model, tea.Cmd) {
	switch name := msg.String(); {
	case name == "enter":
		text := r.line.Text()
		echo := r.prompt() + text
		if r.asking.place.Hidden {
			echo = r.prompt() + strings.Repeat("*", utf8.RuneCountInString(text))
		}
		r.line = r.line.With("")
		r, echoed := r.write(echo) // so that it stays in the scrollback, above what comes of it
		r, cmd := r.entered(text)
		return r, tea.Batch(echoed, cmd)
	case name == "esc" && r.asking.kind != askNothing:
		return r.leaves()
	case r.line.Takes(msg):
		r.line = r.line.Press(msg)
		return r.give(shell.HereMsg{})
	case r.asking.kind == askNothing:
		r.told = true
		return r.keys([]tea.KeyPressMsg{msg})
	}
	return r, nil
}

// give hands a message on, and notices what became of it.
func (r Reader) give(msg tea.Msg) (Reader, tea.Cmd) {
	next, cmd := r.visit.Update(msg)
	if visit, is := next.(Visit); is {
		r.visit = visit
	}
	if r.say != nil && !r.visit.Reading() { // without a terminal there are no screens to go back to; another visit begins
		again, more := r.visit.Update(shell.ReadingMsg{On: true})
		if visit, is := again.(Visit); is {
			r.visit = visit
		}
		cmd = tea.Batch(cmd, more)
	}
	if on := r.visit.Reading() || r.say != nil; on != r.on {
		r, turned := r.switched(on)
		return r, tea.Batch(cmd, turned)
	}
	r, news := r.noticed()
	return r, tea.Batch(cmd, news)
}

// switched goes from screens to lines or back: the visit learns of another window.
func (r Reader) switched(on bool) (Reader, tea.Cmd) {
	fresh := Reader{visit: r.visit, say: r.say, win: r.win, on: on, line: parts.NewLine(lineMost), turn: r.turn, busy: r.busy}
	if !on {
		fresh.wipe = r.busy // what is on its way arrives on the screens of whoever comes next
		r, cmd := fresh.give(r.win)
		return r, tea.Batch(cmd, tea.Sequence(tea.Raw(wiped), tea.ClearScreen))
	}
	fresh.told = true
	return fresh.give(wide)
}

// noticed has what shows said, once it has settled, when more than clocks and counters changed.
func (r Reader) noticed() (Reader, tea.Cmd) {
	if !r.on {
		return r, nil
	}
	gist := r.visit.Gist()
	if gist == r.gist && !r.told {
		return r, nil
	}
	r.gist = gist
	return r.soon()
}

func (r Reader) soon() (Reader, tea.Cmd) {
	r.turn++
	turn := r.turn
	return r, tea.Tick(settles, func(time.Time) tea.Msg { return settledMsg{turn} })
}

// tell says what shows: all of it when it is another page, what is new of it otherwise.
func (r Reader) tell() (Reader, tea.Cmd) {
	left := r.met && !r.shown.Start // at a PC that many use, who comes back to the start may be somebody else
	r.shown = r.visit.Shown()
	if left = left && r.shown.Start; left {
		r.said = page{}
	}
	page := r.page(r.shown)
	fresh := page.news(r.said)
	r.said, r.told = page, false
	if !r.met || left {
		r.met, fresh = true, append([]string{r.t(words.ReadingHow)}, fresh...)
	}
	if r.asking.kind != askNothing {
		fresh = append(fresh, r.question()...)
	}
	if left && r.say == nil {
		r.queue = []piece{{first: true}}
	}
	return r.write(fresh...)
}

// again says all of what shows.
func (r Reader) again() (Reader, tea.Cmd) {
	r.said, r.told = page{}, true
	return r.soon()
}

// keys presses keys one after the other, as a person would.
func (r Reader) keys(all []tea.KeyPressMsg) (Reader, tea.Cmd) {
	var cmds []tea.Cmd
	for _, one := range all {
		var cmd tea.Cmd
		r, cmd = r.give(one)
		cmds = append(cmds, cmd)
	}
	return r, tea.Batch(cmds...)
}

// write puts lines behind what is still to be written.
func (r Reader) write(lines ...string) (Reader, tea.Cmd) {
	if len(lines) == 0 {
		return r, nil
	}
	most := len(lines)
	if r.say == nil {
		wrapped := make([]string, 0, len(lines))
		for _, line := range lines {
			wrapped = append(wrapped, parts.Wrap(line, max(20, r.win.Width-1))...)
		}
		lines = wrapped
		most = max(1, r.win.Height-2) // what is longer than the window would run over the line that is being typed
	}
	r.queue = slices.Clone(r.queue)
	for part := range slices.Chunk(lines, most) {
		r.queue = append(r.queue, piece{text: strings.Join(part, "\n")})
	}
	return r.next()
}

// next brings one piece out at a time: commands run beside each other, and what is read must stay in order.
func (r Reader) next() (Reader, tea.Cmd) {
	if r.busy || len(r.queue) == 0 {
		return r, nil
	}
	one := r.queue[0]
	r.queue, r.busy = r.queue[1:], true
	if say := r.say; say != nil {
		return r, func() tea.Msg {
			say(one.text)
			return writtenMsg{}
		}
	}
	if one.first { // Bubble Tea draws the cleared screen with its next frame, and would take away what was written until then
		return r, tea.Sequence(tea.Raw(cleared), tea.ClearScreen, tea.Tick(settles, func(time.Time) tea.Msg { return writtenMsg{} }))
	}
	return r, tea.Sequence(tea.Println(one.text), send(writtenMsg{}))
}

// cleared takes away what was read, also what has scrolled away; wiped does so while the full screen stands before it.
const (
	cleared = "\x1b[H\x1b[2J\x1b[3J"
	wiped   = "\x1b[?1049l" + cleared + "\x1b[?1049h"
)

func (r Reader) written() (Reader, tea.Cmd) {
	r.busy = false
	if r.wipe {
		r.wipe = false
		return r, tea.Sequence(tea.Raw(wiped), tea.ClearScreen)
	}
	return r.next()
}

// View is the visit's, or the line that is being typed; what was said stands above it, in the terminal's own scrollback.
func (r Reader) View() tea.View {
	v := r.visit.View()
	if !r.on {
		return v
	}
	room := max(10, r.win.Width-1)
	prompt := parts.Cut(r.prompt(), room/2)
	text, at := r.line.Hidden(r.asking.place.Hidden).View(room - ansi.StringWidth(prompt))
	lines := tea.View{Content: prompt + strings.TrimRight(text, " "), WindowTitle: v.WindowTitle, ReportFocus: v.ReportFocus}
	lines.Cursor = tea.NewCursor(ansi.StringWidth(prompt)+at, 0)
	lines.Cursor.Blink = false
	return lines
}
