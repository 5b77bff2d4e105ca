package server

import (
	"reflect"

	tea "charm.land/bubbletea/v2"
)

// guarded stands around the screens of a session. It catches panics in them, which ends this session
// with a sentence and a log record that names it. Bubble Tea catches most of them too, but prints them on
// the server's standard error and says nothing to the person, and it runs the command of View.OnMouse in
// a goroutine that catches nothing. It also sees to it that what is drawn is ink only.
//
// Bubble Tea calls it from one goroutine.
type guarded struct {
	inner tea.Model
	visit *visit
	last  tea.View
	hurt  bool // a panic has happened: the screens get nothing more
}

// hurtMsg comes from a command that panicked.
type hurtMsg struct{}

func (g *guarded) Init() (cmd tea.Cmd) {
	if !g.try(func() { cmd = g.inner.Init() }) {
		return tea.Quit
	}
	return g.command(cmd)
}

func (g *guarded) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(hurtMsg); ok {
		g.harm()
	}
	if g.hurt {
		return g, tea.Quit
	}
	g.commands(msg)
	var cmd tea.Cmd
	fine := g.try(func() {
		var next tea.Model
		if next, cmd = g.inner.Update(msg); next != nil {
			g.inner = next
		}
	})
	if !fine {
		return g, tea.Quit
	}
	return g, g.command(cmd)
}

func (g *guarded) View() tea.View {
	if g.hurt {
		return g.last
	}
	g.try(func() {
		view := g.inner.View()
		view.Content = ink(view.Content)
		view.WindowTitle = title(view.WindowTitle)
		view.OnMouse = g.mouse(view.OnMouse)
		g.last = view
	})
	return g.last
}

func (g *guarded) mouse(on func(tea.MouseMsg) tea.Cmd) func(tea.MouseMsg) tea.Cmd {
	if on == nil {
		return nil
	}
	return func(msg tea.MouseMsg) (cmd tea.Cmd) {
		g.try(func() { cmd = on(msg) })
		return g.command(cmd)
	}
}

// try runs a part of the screens; after a panic in it the session ends.
func (g *guarded) try(part func()) bool {
	if safely(g.visit.log, part) {
		return true
	}
	g.harm()
	return false
}

func (g *guarded) harm() {
	if !g.hurt {
		g.hurt = true
		g.visit.end(broken)
	}
}

// command guards a command, and those in the batch or sequence that it returns: Bubble Tea runs each in a
// goroutine of its own.
func (g *guarded) command(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	log := g.visit.log
	return func() (msg tea.Msg) {
		if !safely(log, func() { msg = cmd() }) {
			return hurtMsg{}
		}
		g.commands(msg)
		return msg
	}
}

// commands guards the commands in a message that is a list of them. tea.BatchMsg has a name; what
// tea.Sequence returns has none outside Bubble Tea, but it is a list of commands all the same.
func (g *guarded) commands(msg tea.Msg) {
	list := reflect.ValueOf(msg)
	if list.Kind() != reflect.Slice || list.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return
	}
	for i := range list.Len() {
		cmd, _ := list.Index(i).Interface().(tea.Cmd)
		list.Index(i).Set(reflect.ValueOf(g.command(cmd)))
	}
}
