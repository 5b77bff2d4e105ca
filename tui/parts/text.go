// Package parts has the pieces that screens are built of: wrapped and cut text, a progress bar, a choice
// list, a table, a form, a confirmation. Each is a small value: Update gives the next value and what
// happened, View gives lines, nothing does I/O. Language, theme and keys come along with every call as a
// Look, since a person may change them while the part is on the screen.
//
// Text that people typed is made harmless here, at the last moment before it is shown: titles, cells and
// values go through Plain, so parts take plain text and put styles around it themselves.
package parts

import (
	"regexp"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/tui/keys"
	"digibrug/tui/theme"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// MaxWidth is how wide running text gets, in cells: longer lines are hard to read (field/terminal.md §4).
const MaxWidth = 76

// maxLine and maxBlock are how much of one text is ever shown, in grapheme clusters.
const (
	maxLine  = 1000
	maxBlock = 20000
)

// Look is how a visit wants its screens: language, theme, and the keys named in that language.
type Look struct {
	Lang  words.Lang
	Theme theme.Theme
	Keys  keys.Keys
	Read  bool // it is read line by line: a name and what it stands for share a line, and no line tells of arrows
}

// NewLook is the look for a language and a theme.
func NewLook(lang words.Lang, name theme.Name) Look {
	return Look{Lang: lang, Theme: theme.New(name), Keys: keys.New(lang)}
}

// T is words.T in the look's language.
func (l Look) T(key words.Key, args ...any) string { return words.T(l.Lang, key, args...) }

// Named are lines to be read aloud with what they are called before them: "Stand: open".
func Named(label string, lines []string) []string {
	label = strings.TrimSuffix(label, ":") + ":"
	if len(lines) == 0 {
		return []string{label}
	}
	named := slices.Clone(lines)
	named[0] = strings.TrimSpace(label + " " + strings.TrimSpace(named[0]))
	return named
}

// Plain makes one line of text harmless to show: no byte of it reaches the terminal as a command.
func Plain(s string) string { return data.Clean(s, maxLine) }

// PlainBlock is Plain for text of several lines.
func PlainBlock(s string) string { return data.CleanBlock(s, maxBlock) }

// Wrap breaks text into lines of at most width cells, and never more than MaxWidth. Styles in s stay. No line ends
// within what bound holds together, or at a no-break space or hyphen; those become ordinary ones. It gives no line for
// width below 1.
func Wrap(s string, width int) []string {
	if width < 1 {
		return nil
	}
	width = min(width, MaxWidth)
	var lines []string
	for _, line := range strings.Split(ansi.Wrap(bound(s), width, " "), "\n") {
		line = strings.NewReplacer(noBreak, " ", noBreakHyphen, "-").Replace(line)
		lines = append(lines, ansi.Truncate(strings.TrimRight(line, " "), width, ""))
	}
	return lines
}

const (
	noBreak       = "\u00a0"
	noBreakHyphen = "\u2011"
)

// together is a box with the letter that ticks it, an amount with its euro sign, a French mark with the space before it.
var together = regexp.MustCompile(`\[[ x]\] (?:\p{Lu} )?|€ [-−]?\d|\d €|[\pL\d)»] [:;?!»]|« `)

// bound puts spaces and hyphens that no line ends at into what reads badly over two lines: "[x] M muis", "€ -60,00".
func bound(s string) string {
	return together.ReplaceAllStringFunc(s, strings.NewReplacer(" ", noBreak, "-", noBreakHyphen).Replace)
}

// Cut shortens one line to at most width cells; "..." shows that something is missing, where there is room
// for it. (The one-cell ellipsis is not in the fonts of a bare console.)
func Cut(s string, width int) string {
	switch {
	case width < 1:
		return ""
	case ansi.StringWidth(s) <= width:
		return s
	case width < 6:
		return ansi.Truncate(s, width, "")
	}
	return ansi.Truncate(s, width, "...")
}

// Fit is Cut, filled with spaces to exactly width cells.
func Fit(s string, width int) string {
	s = Cut(s, width)
	return s + strings.Repeat(" ", max(0, width-ansi.StringWidth(s)))
}

// Bar is a progress bar of width cells with text at its right, which says the same in words or figures
// ("3 van 12"). done is taken between 0 and total; nothing to do counts as nothing done. Where there is no
// room for ten cells of bar only the text is left.
func Bar(look Look, width, done, total int, text string) string {
	text = Plain(text)
	room := min(width, MaxWidth) - ansi.StringWidth(text) - 2
	if room < 10 {
		return look.Theme.Body.Render(Cut(text, width))
	}
	done, total = min(max(done, 0), max(total, 0)), max(total, 1)
	full := int(int64(room) * int64(done) / int64(total))
	g := look.Theme.Glyphs
	return look.Theme.Bar.Render(strings.Repeat(g.Full, full)) +
		look.Theme.Rest.Render(strings.Repeat(g.Empty, room-full)) +
		"  " + look.Theme.Body.Render(text)
}

// Shift moves a mouse message dx cells left and dy lines up, so that a part that does not stand in the
// corner of the body counts from its own corner. Other messages stay as they are.
func Shift(msg tea.Msg, dx, dy int) tea.Msg {
	switch m := msg.(type) {
	case tea.MouseClickMsg:
		m.X, m.Y = m.X-dx, m.Y-dy
		return m
	case tea.MouseReleaseMsg:
		m.X, m.Y = m.X-dx, m.Y-dy
		return m
	case tea.MouseWheelMsg:
		m.X, m.Y = m.X-dx, m.Y-dy
		return m
	case tea.MouseMotionMsg:
		m.X, m.Y = m.X-dx, m.Y-dy
		return m
	}
	return msg
}
