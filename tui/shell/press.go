package shell

import (
	"digibrug/tui/parts"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// press handles a key: what the frame answers to first, the rest is the overlay's or the top screen's.
func (r Root) press(msg tea.KeyPressMsg) (Root, tea.Cmd) {
	if r.banner.kind == bannerIdle {
		r.banner = banner{} // the key says "I am here", and must not do anything by accident
		return r, nil
	}
	if r.frame().tooSmall() {
		return r, nil // nobody sees what a key would do
	}
	r.lastKey, r.hint = msg.String(), false
	r, timer := r.read()
	r, cmd := r.pressed(msg)
	return r, tea.Batch(timer, cmd)
}

func (r Root) pressed(msg tea.KeyPressMsg) (Root, tea.Cmd) {
	k := r.s.Keys()
	if key.Matches(msg, k.Redraw) {
		return r, tea.ClearScreen
	}
	if r.overlay != nil {
		return r.pressOverlay(msg)
	}
	switch {
	case key.Matches(msg, k.Back):
		return r.escape(msg)
	case key.Matches(msg, k.Help):
		return r.openHelp()
	case key.Matches(msg, k.Palette) && !r.s.Bare:
		return r.openPalette()
	case key.Matches(msg, k.Language):
		return r.looked(LookMsg{Lang: r.s.Lang().Next()})
	case key.Matches(msg, k.Theme):
		return r.looked(LookMsg{Theme: r.s.Theme().Name.Next()})
	case key.Matches(msg, k.Reading):
		r.s.lines.Store(!r.s.Reading())
		return r, nil
	case key.Matches(msg, k.Quit) && !r.s.Stays:
		return r.logout()
	}
	top := r.top()
	if top == nil || isTyping(top) || binds(top, msg) {
		return r.toTop(msg)
	}
	switch {
	case key.Matches(msg, k.HelpLetter):
		return r.openHelp()
	case key.Matches(msg, k.PaletteSign) && !r.s.Bare:
		return r.openPalette()
	}
	r.hint = !key.Matches(msg, k.Up, k.Down, k.Left, k.Right, k.PageUp, k.PageDown, k.Home, k.End,
		k.Enter, k.Space, k.Next, k.Previous, k.Search)
	return r.toTop(msg)
}

// binds tells whether a key is among those that a screen says it has.
func binds(s Screen, msg tea.KeyPressMsg) bool {
	if key.Matches(msg, s.ShortHelp()...) {
		return true
	}
	for _, group := range s.FullHelp() {
		if key.Matches(msg, group...) {
			return true
		}
	}
	return false
}

// paste gives pasted text to the overlay or the top screen.
func (r Root) paste(msg tea.PasteMsg) (Root, tea.Cmd) {
	switch {
	case r.banner.kind == bannerIdle:
		r.banner = banner{}
		return r, nil
	case r.frame().tooSmall():
		return r, nil
	case r.overlay != nil:
		next, cmd := r.overlay.update(r, msg)
		r.overlay = next
		return r, cmd
	}
	return r.toTop(msg)
}

// mouse gives clicks and the wheel in the body to the overlay or to a top screen that wants them, counted
// from the corner of the body.
func (r Root) mouse(msg tea.MouseMsg) (Root, tea.Cmd) {
	f := r.frame()
	at := msg.Mouse()
	if r.noMouse || f.tooSmall() || at.X < f.left || at.X >= f.left+f.width || at.Y < f.top || at.Y >= f.top+f.height {
		return r, nil
	}
	if _, click := msg.(tea.MouseClickMsg); click {
		if r.banner.kind == bannerIdle {
			r.banner = banner{}
			return r, nil
		}
		r.hint = false
	}
	moved := parts.Shift(msg, f.left, f.top)
	switch top := r.top(); {
	case r.overlay != nil:
		next, cmd := r.overlay.update(r, moved)
		r.overlay = next
		return r, cmd
	case top != nil && wantsMouse(top):
		return r.toTop(moved)
	}
	return r, nil
}

// resized tells the overlay and all screens how large the body is now.
func (r Root) resized(msg tea.WindowSizeMsg) (Root, tea.Cmd) {
	huge := msg.Width > maxWidth || msg.Height > maxHeight
	news := huge && !r.huge
	r.huge = huge
	r.w, r.h = min(max(0, msg.Width), maxWidth), min(max(0, msg.Height), maxHeight)
	if r.frame().tooSmall() {
		return r, nil // screens keep the size that they had
	}
	if r.overlay != nil {
		r.overlay = r.overlay.sized(r)
	}
	r, cmd := r.all(r.frame().size())
	if !news {
		return r, cmd
	}
	r, timer := r.notify(tooLarge())
	return r, tea.Batch(cmd, timer)
}
