package kiosk

import (
	"errors"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/regulation"
	"digibrug/loans"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// answered takes in what came of the answer: a name that is not the right one can be typed again; all else is the end.
func (g Sign) answered(msg answeredMsg) (shell.Screen, tea.Cmd) {
	if msg.of == nil || msg.of != g.waiting {
		return g, nil
	}
	g.waiting = nil
	var bad *data.Invalid
	switch {
	case msg.err == nil && msg.of.accept:
		return g.end(outcome{words.SignDone, msg.receipt})
	case msg.err == nil:
		return g.end(outcome{key: words.SignRefused})
	case errors.As(msg.err, &bad):
		if g.wrong = wrongName(bad.Why); g.wrong != "" {
			return g, nil
		}
		return g.end(outcome{key: words.SignOver})
	case errors.Is(msg.err, data.ErrNotFound), errors.Is(msg.err, data.ErrDenied):
		return g.end(outcome{key: words.SignOver})
	}
	return g, func() tea.Msg { return shell.FailedMsg{Doing: words.SignDoing, Err: msg.err} }
}

// wrongName says what is wrong with a name; empty when it is something else.
func wrongName(why data.Why) words.Key {
	return map[data.Why]words.Key{data.WhyEmpty: words.SignEmpty, data.WhyNationalNumber: words.SignNumber, loans.WhyOtherName: words.SignOtherName}[why]
}

// end shows the last page, for a while. What was typed goes at once.
func (g Sign) end(said outcome) (shell.Screen, tea.Cmd) {
	g.said, g.field, g.call.Texts = said, parts.NewLine(nameMost), nil
	return g.to(ended), g.wait(closeAfter, func(time.Time) tea.Msg { return shell.ByeMsg{} })
}

// leafOf is one page of the contract.
type leafOf struct {
	lines []string
	top   []string // the lines above them: in which language they are
}

// pages breaks the contract into pages. After a translation comes the Dutch text, which is signed.
func (g Sign) pages() (all []leafOf) {
	lang := g.lang()
	if lang != regulation.Binding {
		all = g.broken(lang, words.SignHelpOnly)
		return append(all, g.broken(regulation.Binding, words.SignDutch)...)
	}
	return g.broken(lang, "")
}

// broken breaks the text of a language into pages, one at least, at an empty line where there is one near the end of a page.
func (g Sign) broken(lang words.Lang, note words.Key) (all []leafOf) {
	var top []string
	if note != "" {
		top = parts.Wrap(g.s.T(note), g.w)
	}
	var lines []string
	for line := range strings.SplitSeq(data.CleanBlock(g.call.Texts[string(lang)], 0), "\n") {
		if line == "" {
			lines = append(lines, "")
			continue
		}
		lines = append(lines, parts.Wrap(line, g.w)...)
	}
	if len(lines) == 0 { // the room is not known yet
		return []leafOf{{nil, top}}
	}
	room := max(1, g.h-len(top)-2) // the number of the page, and an empty line
	for len(lines) > 0 {
		n := min(room, len(lines))
		for at := n; n < len(lines) && at > room*2/3; at-- {
			if lines[at] == "" {
				n = at
				break
			}
		}
		if n < len(lines) && n > max(2, room/2) && lines[n-2] == "" { // a line alone at the end is the title of what follows
			n--
		}
		all = append(all, leafOf{lines[:n], top})
		for lines = lines[n:]; len(lines) > 0 && lines[0] == ""; {
			lines = lines[1:]
		}
	}
	return all
}

// head is the lines above what is chosen, read or typed, with an empty one at the end.
func (g Sign) head() []string {
	theme := g.s.Theme()
	var lines []string
	switch g.at {
	case choosing: // nobody's language is known yet
		for _, lang := range g.langs() {
			lines = append(lines, parts.Wrap(words.T(lang, words.SignChoose), g.w)...)
		}
	case reading:
		all := g.pages()
		at := min(g.page, len(all)-1)
		lines = append(lines, theme.Quiet.Render(parts.Cut(g.s.T(words.SignPage, "page", at+1, "total", len(all)), g.w)))
		for _, line := range all[at].top {
			lines = append(lines, theme.Warn.Render(line))
		}
	case deciding:
		lines = append(lines, theme.Title.Render(parts.Cut(g.s.T(words.SignDecide), g.w)), "")
		lines = append(lines, parts.Wrap(g.s.T(g.when(words.SignDecideOut, words.SignDecideIn)), g.w)...)
	case naming:
		lines = append(lines, parts.Paragraphs(g.w, g.s.T(words.SignName), g.s.T(words.SignNameGuardian))...)
	}
	return append(lines, "")
}

// when is what is said at a hand-over, or at a return.
func (g Sign) when(out, in words.Key) words.Key {
	if g.call.Kind == loans.AtReturn {
		return in
	}
	return out
}

// View gives the step.
func (g Sign) View() string {
	if g.waiting != nil {
		return parts.Rows(parts.Wrap(g.s.T(words.SignWait), g.w), g.h)
	}
	lines := g.head()
	switch g.at {
	case choosing, deciding:
		lines = append(lines, g.list.View(g.s.Look()))
	case reading:
		all := g.pages()
		lines = append(lines, all[min(g.page, len(all)-1)].lines...)
	case naming:
		lines = append(lines, g.frame()...)
	case ended:
		lines = g.last()
	}
	return parts.Rows(lines, g.h)
}

// fieldRoom is the cells in which the name is typed.
func (g Sign) fieldRoom() int { return max(10, min(g.w, parts.MaxWidth)-12) }

// frame is the field of the name in its frame, and what is wrong.
func (g Sign) frame() []string {
	theme := g.s.Theme()
	glyphs := theme.Glyphs
	text, _ := g.field.View(g.fieldRoom())
	side, rule := theme.Border.Render(glyphs.Pipe), strings.Repeat(glyphs.Rule, g.fieldRoom()+4)
	lines := []string{"  " + theme.Border.Render(glyphs.TopLeft+rule+glyphs.TopRight),
		"  " + side + "  " + theme.Strong.Render(parts.Fit(text, g.fieldRoom())) + "  " + side,
		"  " + theme.Border.Render(glyphs.BottomLeft+rule+glyphs.BottomRight), ""}
	if g.wrong != "" {
		for _, line := range parts.Wrap(g.s.T(words.ShellAlarm, "text", g.s.T(g.wrong)), g.w) {
			lines = append(lines, theme.Alarm.Render(line))
		}
	}
	return lines
}

// last is the last page: what happened, and what comes next.
func (g Sign) last() []string {
	if g.said.key != words.SignDone {
		return parts.Wrap(g.s.T(g.said.key), g.w)
	}
	r := g.said.receipt
	lines := []string{g.s.Theme().Good.Render(parts.Cut(g.s.T(words.SignDone), g.w)), ""}
	lines = append(lines, parts.Paragraphs(g.w, g.s.T(g.when(words.SignDoneOut, words.SignDoneIn)),
		g.s.T(words.SignProof, "number", r.Seq, "code", r.Hash[:min(codeLen, len(r.Hash))]))...)
	return lines
}

// codeLen is how much of the hash of a signature is shown; the paper has all of it.
const codeLen = 8

// Cursor is on the choice, or in the field.
func (g Sign) Cursor() (x, y int, shown bool) {
	switch {
	case g.waiting != nil:
		return 0, 0, false
	case g.at == naming:
		_, at := g.field.View(g.fieldRoom())
		return 5 + at, len(g.head()) + 1, true
	case g.at == choosing || g.at == deciding:
		x, y, shown = g.list.Cursor()
		return x, y + len(g.head()), shown
	}
	return 0, 0, false
}

// Place is the choice, or the field of the name.
func (g Sign) Place() parts.Place {
	if g.at != naming {
		return parts.Place{}
	}
	return parts.Place{Kind: parts.TextPlace, Name: "name", Label: g.s.T(words.SignName), Value: g.field.Text()}
}

// Typing: letters go into the field.
func (g Sign) Typing() bool { return g.at == naming }

// Inside: Esc goes one step back, and never away.
func (g Sign) Inside() bool {
	switch g.at {
	case reading:
		return g.page > 0 || len(g.langs()) > 1
	case deciding, naming:
		return true
	}
	return false
}

// Mouse: choices can be clicked.
func (g Sign) Mouse() bool { return true }

// ShortHelp is the footer.
func (g Sign) ShortHelp() []key.Binding {
	k := g.s.Keys()
	switch g.at {
	case choosing:
		return []key.Binding{k.Arrows, keys.Named(k.Enter, g.s.T(words.SignChoosing))}
	case reading:
		return []key.Binding{keys.Named(k.Enter, g.s.T(words.SignNext)), keys.Named(k.PageUp, g.s.T(words.SignPrevious)), keys.Named(k.End, g.s.T(words.SignLast))}
	case deciding:
		return []key.Binding{k.Arrows, keys.Named(k.Enter, g.s.T(words.SignChoosing))}
	case naming:
		return []key.Binding{keys.Named(k.Enter, g.s.T(words.SignSign))}
	}
	return []key.Binding{keys.Named(k.Enter, g.s.T(words.SignClose))}
}

// FullHelp is the help page.
func (g Sign) FullHelp() [][]key.Binding {
	k := g.s.Keys()
	if g.at == choosing {
		var langs []key.Binding
		for _, lang := range g.langs() {
			langs = append(langs, langKey(lang))
		}
		return [][]key.Binding{g.ShortHelp(), langs}
	}
	if g.at == reading {
		return [][]key.Binding{g.ShortHelp(), {k.PageDown, k.Home}}
	}
	return [][]key.Binding{g.ShortHelp()}
}
