package shell

import (
	"strings"

	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Sizes in cells. Below the minimum a sentence asks for a larger window; a larger window than the maximum
// is drawn up to there (DESIGN.md, Decided).
const (
	minWidth, minHeight = 60, 20
	maxWidth, maxHeight = 300, 120
	margin              = 2  // left and right of everything
	airy                = 24 // from this height on, an empty line stands below the header
)

// frame is where the body is in the window.
type frame struct {
	w, h                     int // of the window
	left, top, width, height int // of the body
	foot                     int // lines below the body
}

func (r Root) frame() frame {
	f := frame{w: r.w, h: r.h, left: margin, top: 2, foot: 2}
	switch {
	case isDense(r.top()):
		f.top, f.foot = 1, 1
	case f.h >= airy:
		f.top++
	}
	f.width, f.height = max(0, f.w-2*margin), max(0, f.h-f.top-f.foot)
	return f
}

func (f frame) tooSmall() bool { return f.w < minWidth || f.h < minHeight }

func (f frame) size() tea.WindowSizeMsg { return tea.WindowSizeMsg{Width: f.width, Height: f.height} }

// View draws the window.
func (r Root) View() tea.View {
	v := tea.View{AltScreen: true, WindowTitle: "digibrug"}
	f := r.frame()
	switch {
	case r.bye || f.w == 0 || f.h == 0:
		return v
	case f.tooSmall():
		v.Content = r.small()
		return v
	}
	top := r.top()
	if title := r.title(); title != "" {
		v.WindowTitle = title + " - " + v.WindowTitle
	}
	if !r.noMouse && (r.overlay != nil || top != nil && wantsMouse(top)) {
		v.MouseMode = tea.MouseModeCellMotion
	}
	v.ReportFocus = among(r.stack, Focuser.Focus)
	body, told := r.body(f), r.below(f)
	copy(body[len(body)-len(told):], told)
	lines := append(r.header(f)[:min(2, f.top)], make([]string, max(0, f.top-2))...)
	lines = append(append(lines, body...), r.footer(f)[2-f.foot:]...)
	v.Content = r.s.Theme().Paint(strings.Join(lines, "\n"), f.w, f.h)
	v.Cursor = r.cursor(f, len(told))
	return v
}

// small asks for a larger window, in as much room as there is.
func (r Root) small() string {
	look := r.s.Look()
	lines := parts.Wrap(look.T(words.ShellTooSmall), r.w)
	lines = append(lines, parts.Wrap(look.T(words.ShellTooSmallSize, "minw", minWidth, "minh", minHeight, "w", r.w, "h", r.h), r.w)...)
	return look.Theme.Paint(strings.Join(lines, "\n"), r.w, r.h)
}

// body gives exactly as many lines as the frame has for it.
func (r Root) body(f frame) []string {
	content := ""
	if r.overlay != nil {
		content = r.overlay.view(r)
	} else if top := r.top(); top != nil {
		content = top.View()
	}
	lines := make([]string, f.height)
	for y, line := range strings.Split(content, "\n") {
		if y >= f.height {
			break
		}
		lines[y] = indent(ansi.Truncate(line, f.width, ""))
	}
	return lines
}

func indent(line string) string {
	if line == "" {
		return ""
	}
	return strings.Repeat(" ", margin) + line
}

// below gives the lines over the end of the body with what the server or the program has to say.
func (r Root) below(f frame) []string {
	look := r.s.Look()
	var lines []string
	add := func(text string, style func(...string) string) {
		for _, line := range parts.Wrap(text, f.width) {
			lines = append(lines, indent(style(parts.Fit(line, min(f.width, parts.MaxWidth)))))
		}
	}
	switch {
	case r.banner.kind != bannerNone:
		add(r.banner.text(look), look.Theme.Alarm.Render)
	case len(r.notices) > 0:
		add(r.notices[0].text(look), r.notices[0].style(look).Render)
		if n := len(r.notices) - 1; n > 0 {
			add(look.T(words.ShellMore, "n", n), look.Theme.Quiet.Render)
		}
	default:
		return nil
	}
	lines = append([]string{""}, lines...) // air between the body and the sentence
	return lines[:min(len(lines), f.height)]
}

// title is the name of what is on top.
func (r Root) title() string {
	if r.overlay != nil && r.overlay.title(r) != "" {
		return parts.Plain(r.overlay.title(r))
	}
	if top := r.top(); top != nil {
		return parts.Plain(top.Title())
	}
	return ""
}

// nameRoom is how many cells a person's name keeps in the header whatever the titles need: at a PC that many use,
// people look there whether it is theirs.
const nameRoom = 22

// header is place and titles at the left, person and clock at the right, and a rule. The first titles give way to
// the person, the person's name beyond nameRoom to the titles.
func (r Root) header(f frame) []string {
	look := r.s.Look()
	room := f.width
	clock := shownClock(look, r.s.Now)
	name, aside := parts.Plain(r.s.Who.Name), clock
	keeps := min(ansi.StringWidth(name), nameRoom)
	crumbs := r.crumbs(room - ansi.StringWidth(clock) - keeps - 4)
	if name != "" {
		aside = parts.Cut(name, room-ansi.StringWidth(crumbs)-ansi.StringWidth(clock)-4) + "  " + clock
	}
	gap := strings.Repeat(" ", max(1, room-ansi.StringWidth(crumbs)-ansi.StringWidth(aside)))
	return []string{
		indent(look.Theme.Header.Render(crumbs) + gap + look.Theme.Aside.Render(aside)),
		r.rule(f),
	}
}

func (r Root) rule(f frame) string {
	th := r.s.Theme()
	return indent(th.Border.Render(strings.Repeat(th.Glyphs.Rule, f.width)))
}

// crumbs is the way to the top screen, in room cells; what does not fit goes from the start.
func (r Root) crumbs(room int) string {
	sign := " " + r.s.Theme().Glyphs.Crumb + " "
	way := []string{parts.Plain(r.s.Place)}
	for _, screen := range r.stack {
		way = append(way, parts.Plain(screen.Title()))
	}
	if r.overlay != nil {
		way = append(way, parts.Plain(r.overlay.title(r)))
	}
	text := ""
	for i := len(way) - 1; i >= 0; i-- {
		switch {
		case way[i] == "":
			continue
		case text == "":
			text = way[i]
		case ansi.StringWidth(way[i]+sign+text) > room:
			return parts.Cut(text, room)
		default:
			text = way[i] + sign + text
		}
	}
	return parts.Cut(text, room)
}

// waits tells whether the first screen of a visit that stays is on top: Esc means nothing there.
func (r Root) waits() bool {
	return r.s.Stays && len(r.stack) < 2 && (r.top() == nil || !isInside(r.top()))
}

// escKey is what Esc does now.
func (r Root) escKey() key.Binding {
	k := r.s.Keys()
	if len(r.stack) < 2 && (r.top() == nil || !isInside(r.top())) {
		return keys.Named(k.Back, r.s.T(words.KeyDoesQuit))
	}
	if top := r.top(); top != nil && isInside(top) {
		for _, b := range top.ShortHelp() {
			if sameKey(b, []key.Binding{k.Back}) {
				return b // the screen says what it does
			}
		}
	}
	return k.Back
}

// footer is a rule and the keys that work now. Esc and F1 are always there; of the others the last give
// way when the window is narrow.
func (r Root) footer(f frame) []string {
	look := r.s.Look()
	if r.hint {
		return []string{r.rule(f), indent(look.Theme.Warn.Render(parts.Cut(look.T(words.ShellUnknownKey), f.width)))}
	}
	first, last := r.footerKeys()
	sep := " " + look.Theme.Glyphs.Dot + " "
	room := f.width
	for _, b := range last {
		room -= keyWidth(b) + len(" . ")
	}
	var out []string
	for _, b := range first {
		if room -= keyWidth(b) + len(" . "); room < -len(" . ") {
			break
		}
		out = append(out, r.keyText(b))
	}
	for _, b := range last {
		out = append(out, r.keyText(b))
	}
	return []string{r.rule(f), indent(strings.Join(out, look.Theme.Footer.Render(sep)))}
}

// footerKeys gives the keys of the footer: those that may give way, and those that stay.
func (r Root) footerKeys() (first, last []key.Binding) {
	k := r.s.Keys()
	var wanted []key.Binding
	switch top := r.top(); {
	case r.overlay != nil:
		wanted = r.overlay.keys(r)
		last = wanted[len(wanted)-1:]
	case top != nil:
		wanted = top.ShortHelp()
		last = []key.Binding{r.escKey(), k.Help}
		if r.waits() {
			last = last[1:]
		}
	}
	for _, b := range wanted {
		if b.Enabled() && b.Help().Key != "" && !sameKey(b, last) {
			first = append(first, b)
		}
	}
	return first, last
}

func sameKey(b key.Binding, among []key.Binding) bool {
	for _, other := range among {
		if other.Help().Key == b.Help().Key {
			return true
		}
	}
	return false
}

func keyWidth(b key.Binding) int {
	return ansi.StringWidth(parts.Plain(b.Help().Key)) + 1 + ansi.StringWidth(parts.Plain(b.Help().Desc))
}

func (r Root) keyText(b key.Binding) string {
	th := r.s.Theme()
	return th.Key.Render(parts.Plain(b.Help().Key)) + " " + th.Footer.Render(parts.Plain(b.Help().Desc))
}

// cursor puts the hardware cursor where overlay or screen want it, when that cell shows. covered is how
// many lines at the end of the body are under a notice.
func (r Root) cursor(f frame, covered int) *tea.Cursor {
	x, y, shown := 0, 0, false
	if r.overlay != nil {
		x, y, shown = r.overlay.cursor(r)
	} else if top := r.top(); top != nil {
		x, y, shown = cursorOf(top)
	}
	if !shown || x < 0 || y < 0 || x >= f.width || y >= f.height-covered {
		return nil
	}
	c := tea.NewCursor(f.left+x, f.top+y)
	c.Blink = false
	return c
}
