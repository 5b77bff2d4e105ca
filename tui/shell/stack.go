package shell

import (
	"slices"

	"digibrug/tui/parts"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// What HomeMsg and GoMsg become once nothing is lost any more.
type (
	homeNowMsg struct{}
	goNowMsg   GoMsg
)

// open puts a screen on top: it learns its size, then starts.
func (r Root) open(s Screen) (Root, tea.Cmd) {
	if s == nil {
		return r, nil
	}
	r.overlay, r.hint = nil, false
	r.stack = append(slices.Clone(r.stack), s)
	return r.start()
}

func (r Root) replace(s Screen) (Root, tea.Cmd) {
	if s == nil {
		return r, nil
	}
	r.stack = slices.Clone(r.stack[:max(0, len(r.stack)-1)])
	return r.open(s)
}

// start tells the top screen its size and starts it.
func (r Root) start() (Root, tea.Cmd) {
	var sized tea.Cmd
	if r.w > 0 {
		r, sized = r.toTop(r.frame().size())
	}
	return r, tea.Batch(sized, r.top().Init())
}

// back takes the top screen off. The home screen stays.
func (r Root) back() (Root, tea.Cmd) {
	if len(r.stack) < 2 {
		return r, nil
	}
	r.overlay, r.hint = nil, false
	left := isDense(r.top())
	r.stack = slices.Clone(r.stack[:len(r.stack)-1])
	if isDense(r.top()) == left || r.w == 0 {
		return r.toTop(ShownMsg{})
	}
	r, sized := r.toTop(r.frame().size()) // the window may have changed size under a frame of other margins
	r, cmd := r.toTop(ShownMsg{})
	return r, tea.Batch(sized, cmd)
}

func (r Root) home() (Root, tea.Cmd) {
	if len(r.stack) < 2 {
		r.overlay = nil
		return r, nil
	}
	r.stack = slices.Clone(r.stack[:2])
	return r.back()
}

// enter opens a room above the home screen, when the person may see it.
func (r Root) enter(room Room) (Root, tea.Cmd) {
	for _, e := range r.entries {
		if e.Room != room || e.Open == nil || e.May != nil && !e.May(r.s.Who) {
			continue
		}
		screen := e.Open(r.s)
		if screen == nil {
			break
		}
		r.stack = slices.Clone(r.stack[:min(1, len(r.stack))])
		return r.open(screen)
	}
	return r.notify(notice{Warn, words.ShellNoRoom, nil})
}

// unlessLosing does something that closes all screens above the home screen, or first asks what the
// topmost screen that would lose work wants asked. fallback is asked when none would; empty: no question.
func (r Root) unlessLosing(fallback words.Key, do tea.Cmd) (Root, tea.Cmd) {
	ask, yes := fallback, words.ShellLogoutYes
	for i := len(r.stack) - 1; i >= 0; i-- {
		if own, must := leaving(r.stack[i]); must {
			ask, yes = own, words.ShellLeaveYes
			break
		}
	}
	do = tea.Sequence(append(r.saves(), do)...)
	if ask == "" {
		return r, do
	}
	r.overlay = question{confirm: parts.NewConfirm(ask, nil, yes, r.trigger()), do: do}
	return r, nil
}

// saves are the commands that store what would be lost when the screens close.
func (r Root) saves() []tea.Cmd {
	var cmds []tea.Cmd
	for _, screen := range r.stack {
		if s, ok := screen.(Saver); ok {
			cmds = append(cmds, s.Save())
		}
	}
	return cmds
}

// logout asks to end the visit.
func (r Root) logout() (Root, tea.Cmd) { return r.unlessLosing(words.ShellLogoutAsk, send(ByeMsg{})) }

// escape goes one step back: out of what the screen has open inside, off the screen, out of the visit.
func (r Root) escape(msg tea.KeyPressMsg) (Root, tea.Cmd) {
	top := r.top()
	switch {
	case top != nil && isInside(top):
		return r.toTop(msg)
	case r.waits():
		return r, nil
	case len(r.stack) < 2:
		return r.logout()
	}
	if ask, must := leaving(top); must {
		r.overlay = question{confirm: parts.NewConfirm(ask, nil, words.ShellLeaveYes, r.trigger()), do: Back()}
		return r, nil
	}
	return r.back()
}
