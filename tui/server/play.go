package server

import (
	"errors"
	"io"
	"time"

	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
	"charm.land/ssh"
	"charm.land/wish/v2/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// play runs the program of a session to its end and says farewell. It takes the place of wish's own
// middleware, whose loop never notices that the channel of window changes is closed and then spins on a
// whole core for as long as the connection is kept (OpenSSH's ControlMaster keeps it).
func (v *visit) play(s ssh.Session, g Guest, model tea.Model) {
	out := &line{Session: s, visit: v}
	if v.wipes(g) {
		_, _ = io.WriteString(out, wipe) // what a session before left when its line was cut
	}
	guarded := &guarded{inner: model, visit: v}
	hush := make(quiet)
	options := v.options(out, hush)
	if g.Say != nil {
		options = append(options, tea.WithoutRenderer(), tea.WithOutput(io.Discard))
	}
	p := tea.NewProgram(guarded, options...)
	v.program.Store(p)
	if v.gone() {
		v.quit(p) // an ending that came before there was a program
	}
	v.lastKey.Store(int64(time.Since(v.born)))
	idle, most := v.watch()
	go safely(v.log, func() { v.resize(p) })
	go safely(v.log, func() {
		if g.Say != nil {
			v.listen(s, p)
			return
		}
		v.read(s, p)
	})

	_, err := p.Run()
	close(hush)
	idle.Stop()
	most.Stop()
	v.why.CompareAndSwap(int32(stays), int32(ended(err)))
	v.log.Info("session over", "login", v.id.Login, "why", ending(v.why.Load()), "lasted", time.Since(v.born).Round(time.Second))
	if v.ctx.Err() == nil {
		v.farewell(out, g, guarded.inner)
	}
	v.cancel()
	if t := v.cut.Load(); t != nil {
		t.Stop()
	}
}

// ended reads an error of Run. To be killed is normal: it happens when the client hangs up.
func ended(err error) ending {
	if errors.Is(err, tea.ErrProgramPanic) {
		return broken // outside our guards, in Bubble Tea itself
	}
	return left
}

// options are those of wish, from a session that has our sizes and environment, and after them ours: they
// come last because the last one holds (wish's own middleware appends its filter after yours, so that
// yours has no effect).
func (v *visit) options(out *line, hush quiet) []tea.ProgramOption {
	return append(bubbletea.MakeOptions(out),
		tea.WithInput(hush), // keys come from visit.read
		tea.WithFPS(framesPerSecond),
		tea.WithFilter(v.filter),
		tea.WithoutSignalHandler(), // or every session would take the server's SIGTERM as its own
		tea.WithContext(v.ctx),
	)
}

// framesPerSecond is the most that Bubble Tea draws. What a key waits for is nearly all the next frame: 8 ms here, where its
// own 60 make it 16; fifty visitors cost a twentieth of a core more.
const framesPerSecond = 120

// filter sees every message before the screens do.
func (v *visit) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case tea.SuspendMsg:
		return tea.ResumeMsg{} // or Ctrl+Z would stop the server (wish has this in the filter that ours replaces)
	case tea.WindowSizeMsg:
		msg.Width, msg.Height = v.door.limits.clamp(msg.Width, msg.Height)
		return msg
	}
	return msg
}

// resize brings window changes to the program, the newest only, until the session ends. Who makes the
// window larger than is drawn is told so, once.
func (v *visit) resize(p *tea.Program) {
	told := false
	for {
		select {
		case <-v.ctx.Done():
			return
		case <-v.resized:
			w, h, clamped := v.size()
			p.Send(tea.WindowSizeMsg{Width: w, Height: h})
			if clamped && !told {
				l := v.door.limits
				p.Send(shell.NoticeMsg{Kind: shell.Info, Key: words.ShellTooLarge, Args: []any{"w", l.Width, "h", l.Height}})
			}
			told = clamped
		}
	}
}

// watch starts the timers of a session. The stock idle timeout starts anew at every write, so that a
// ticking clock on the screen keeps a forgotten session open; this one counts from the last key.
func (v *visit) watch() (idle, most *time.Timer) {
	l := v.limits()
	ready := make(chan struct{})
	var warned time.Duration // the lastKey for which the person has been warned
	v.rested.Store(v.lastKey.Load())
	idle = after(v.log, l.Idle-l.Warn, func() {
		<-ready
		if next := v.silence(l, &warned); next > 0 {
			idle.Reset(next)
		}
	})
	most = after(v.log, l.Max, func() {
		<-ready
		if v.occupied() {
			most.Reset(l.Idle) // not in the middle of somebody's work
			return
		}
		v.end(maxed)
	})
	close(ready) // now both are set
	return idle, most
}

// occupied tells whether somebody sits at this kiosk: a key was pressed since it last began anew.
func (v *visit) occupied() bool { return v.atKiosk() && v.rested.Load() != v.lastKey.Load() }

// silence looks how long ago the last key was, warns and ends. It gives when to look again, 0 for never.
//
// A session of a kiosk goes on: its program hears that the time is over, by an IdleMsg without time left, and begins
// anew. Nobody hears anything where nobody sits.
func (v *visit) silence(l Limits, warned *time.Duration) time.Duration {
	last := time.Duration(v.lastKey.Load())
	quiet := time.Since(v.born) - last
	left := l.Idle - quiet
	switch {
	case v.atKiosk() && !v.occupied():
		return l.wake(0)
	case left <= 0 && v.atKiosk():
		v.rested.Store(int64(last))
		v.send(shell.IdleMsg{})
		return l.wake(0)
	case left <= 0:
		v.end(idled)
		return 0
	case left <= l.Warn && v.atKiosk(): // the seconds are counted down
		v.send(shell.IdleMsg{Left: left})
		return min(left, time.Second)
	case left <= l.Warn && *warned != last:
		*warned = last
		v.send(shell.IdleMsg{Left: left})
	}
	return l.wake(quiet)
}

// wake is how long after a silence of quiet the next thing happens: the warning or the end.
func (l Limits) wake(quiet time.Duration) time.Duration {
	if quiet < l.Idle-l.Warn {
		return l.Idle - l.Warn - quiet
	}
	return max(l.Idle-quiet, time.Millisecond)
}

// send brings a message to the program from outside, without waiting for it: a program that hangs in its
// Update must not hold up the door.
func (v *visit) send(msg tea.Msg) {
	if p := v.program.Load(); p != nil {
		go safely(v.log, func() { p.Send(msg) })
	}
}

func (v *visit) quit(p *tea.Program) { go safely(v.log, p.Quit) }

func (v *visit) gone() bool { return ending(v.why.Load()) != stays }

// end ends the session for a reason, which decides the farewell. A program that does not come to its end
// (it hangs, or the client takes in nothing) loses its connection after endGrace.
func (v *visit) end(why ending) {
	if !v.why.CompareAndSwap(int32(stays), int32(why)) {
		return
	}
	v.cut.Store(after(v.log, endGrace, func() {
		if v.ctx.Err() == nil {
			_ = v.wire.Close()
		}
	}))
	if p := v.program.Load(); p != nil {
		v.quit(p)
	}
}

// farewell says on the normal screen why the session is over; Bubble Tea has left the other one.
func (v *visit) farewell(out *line, g Guest, last tea.Model) {
	lang := v.lang()
	if m, ok := last.(interface{ Lang() words.Lang }); ok {
		safely(v.log, func() { lang = m.Lang() })
	}
	if v.wipes(g) {
		_, _ = io.WriteString(out, wipe)
	}
	width, _, _ := v.size()
	_, _ = io.WriteString(out, ansi.Wordwrap(v.sentence(lang), width, "")+"\n")
	if ending(v.why.Load()) == broken {
		_ = out.Exit(1)
	}
}

// wipes tells whether the session leaves nothing behind: without a terminal there is nothing that a sequence could wipe.
func (v *visit) wipes(g Guest) bool { return g.Say == nil && v.door.wipe(g) }

// wipe leaves nothing for the next person at the same terminal: it clears the screen and what has scrolled
// away, and takes back colours and title.
const wipe = "\x1b[0m\x1b[H\x1b[2J\x1b[3J\x1b]0;\x07"

func (v *visit) sentence(lang words.Lang) string {
	l := v.limits()
	switch ending(v.why.Load()) {
	case idled:
		return words.T(lang, words.DoorIdle, "after", words.Duration(lang, l.Idle))
	case maxed:
		return words.T(lang, words.DoorMax, "after", words.Duration(lang, l.Max))
	case stopped:
		return words.T(lang, words.DoorStop)
	case flooded:
		return words.T(lang, words.DoorFlood)
	case broken:
		return words.T(lang, words.DoorBroken, "ref", v.ref)
	}
	return words.T(lang, words.DoorBye)
}

func (e ending) String() string {
	return [...]string{"stays", "left", "idle", "max", "stop", "flood", "panic"}[e]
}

// line is the session as the program sees it.
type line struct {
	ssh.Session
	visit *visit
}

func (l *line) Environ() []string { return l.visit.environ() }

func (l *line) Write(p []byte) (int, error) {
	defer l.visit.stall().Stop()
	return l.Session.Write(p)
}

// stall cuts the connection when the client takes in nothing for Limits.Stall, unless it is stopped. The
// deadline of the wire does not see this: with its SSH window full a client may still answer all else.
func (v *visit) stall() *time.Timer {
	return after(v.log, v.door.limits.Stall, func() {
		v.door.loud.warn("stalled reader cut", "from", v.wire.from)
		_ = v.wire.Close()
	})
}

// quiet is an input without keys: it lasts as long as the program. Bubble Tea's own reader has no guard
// against panics, and it leaves its goroutines and key table behind for ever when a key is on its way
// while the program ends; so it gets nothing to read.
type quiet chan struct{}

func (q quiet) Read([]byte) (int, error) {
	<-q
	return 0, io.EOF
}
