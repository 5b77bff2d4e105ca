// Package page has what the screens of every room share: a body of a known size, what is being loaded or
// changed and what came of it, a question before something that hurts, facts beside their names; and a form
// that saves (Form). A screen embeds Page or Form and keeps to what is its own.
package page

import (
	"strings"
	"time"

	"digibrug/data"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// Errand is one command under way. Its address tells it from every other, also from those of another
// screen of the same kind, so that a late reply finds nobody who waits for it.
type Errand struct{ doing words.Key }

// DoneMsg is what an errand brought back.
type DoneMsg[T any] struct {
	Of  *Errand
	Got T
	Err error
}

// Fetch does an errand. (Commands bring their own failures, and not a shell.FailedMsg: that one doesn't say
// whose it is, and several screens of the stack may be waiting.)
func Fetch[T any](of *Errand, do func() (T, error)) tea.Cmd {
	return func() tea.Msg {
		got, err := do()
		return DoneMsg[T]{of, got, err}
	}
}

// YesMsg says that a question of a screen was answered with yes.
type YesMsg struct {
	of  *Errand
	Act string // what was asked, as Ask got it
}

// Page is the visit, the size of the body, and what is under way.
type Page struct {
	S       *shell.Session
	W, H    int     // cells of the body
	Loaded  bool    // something was loaded, perhaps longer ago
	Loading *Errand // nil: no load under way
	Acting  *Errand // nil: nothing is being changed

	doing  words.Key // what loading is called when it fails
	asking *Errand   // the last question; nil once it was answered
}

// New is a page whose first load is under way: Init starts it. doing is what loading is called when it fails.
func New(s *shell.Session, doing words.Key) Page { return Page{S: s, doing: doing}.Again() }

// Still is a page that loads nothing.
func Still(s *shell.Session) Page { return Page{S: s, Loaded: true} }

// Again waits for a new load, and for no older one.
func (p Page) Again() Page {
	p.Loading = &Errand{p.doing}
	return p
}

// Acts waits for the end of a change. Callers look at Busy first: one change at a time.
func (p Page) Acts(doing words.Key) Page {
	p.Acting = &Errand{doing}
	return p
}

// Busy tells whether something is being changed.
func (p Page) Busy() bool { return p.Acting != nil }

// Ask is the page with a question put, and the command that puts it; the yes comes as a YesMsg with act.
func (p Page) Ask(act string, question, yes words.Key, args ...any) (Page, tea.Cmd) {
	p.asking = &Errand{}
	answer := YesMsg{p.asking, act}
	return p, shell.Confirm(question, yes, func() tea.Msg { return answer }, args...)
}

// Agreed tells whether msg is the yes to the last question, and says so only once.
func (p Page) Agreed(msg YesMsg) (Page, bool) {
	if msg.of == nil || msg.of != p.asking || p.Busy() {
		return p, false
	}
	p.asking = nil
	return p, true
}

// Settled takes in a reply: ok tells that it is the one that the page waits for, and good. A failure comes
// back as a command that tells it.
func Settled[T any](p Page, msg DoneMsg[T]) (next Page, ok bool, tell tea.Cmd) {
	switch {
	case msg.Of == nil:
		return p, false, nil
	case msg.Of == p.Loading:
		p.Loading, p.Loaded = nil, p.Loaded || msg.Err == nil
	case msg.Of == p.Acting:
		p.Acting = nil
	default:
		return p, false, nil
	}
	if msg.Err != nil {
		failed := shell.FailedMsg{Doing: msg.Of.doing, Err: msg.Err}
		return p, false, func() tea.Msg { return failed }
	}
	return p, true, nil
}

// Retries tells whether a key asks for another try after a load that failed.
func (p Page) Retries(msg tea.Msg) bool {
	press, ok := msg.(tea.KeyPressMsg)
	return ok && !p.Loaded && p.Loading == nil && key.Matches(press, p.S.Keys().Enter)
}

// Waiting is the body while there is nothing to show yet.
func (p Page) Waiting() string {
	text := words.PageWait
	if p.Loading == nil {
		text = words.PageRetry
	}
	return Fitted(parts.Wrap(p.S.T(text), p.W), p.H)
}

// Inside keeps Esc from leaving while something is being changed: its outcome must be seen.
func (p Page) Inside() bool { return p.Busy() }

// By is who acts.
func (p Page) By() data.Actor { return p.S.Who.Actor() }

// Enter is the key Enter, named after what it does here.
func (p Page) Enter(does words.Key) key.Binding {
	b := p.S.Keys().Enter
	b.SetHelp(b.Help().Key, p.S.T(does))
	return b
}

// Letter is a letter key, small or capital, named after what it does.
func (p Page) Letter(letter string, does words.Key) key.Binding {
	return key.NewBinding(key.WithKeys(letter, strings.ToUpper(letter)), key.WithHelp(letter, p.S.T(does)))
}

// Del is the key that takes something away, named after what that is here.
func (p Page) Del(does words.Key) key.Binding {
	return key.NewBinding(key.WithKeys("delete"), key.WithHelp("Del", p.S.T(does)))
}

// Search is the key that opens the filter of a table.
func (p Page) Search() key.Binding { return p.S.Keys().Search }

// Day writes a stored day, YYYY-MM-DD, as people read it.
func (p Page) Day(stored string) string {
	at, err := data.ParseDay(stored)
	if err != nil {
		return parts.Plain(stored)
	}
	return words.ShortDay(p.S.Lang(), at)
}

// IsDay tells whether text is a stored day.
func IsDay(s string) bool {
	_, err := data.ParseDay(s)
	return err == nil
}

// Moment writes an instant shortly: "23/11/2026 12:00".
func (p Page) Moment(at time.Time) string {
	return words.ShortDay(p.S.Lang(), at) + " " + words.Clock(p.S.Lang(), at)
}

// Fact is a value with a name.
type Fact struct {
	Label words.Key
	Value string
}

// Named is a fact.
func Named(label words.Key, value string) Fact { return Fact{Label: label, Value: value} }

// labelWidth is the cells of the names of facts.
const labelWidth = 20

// Facts puts values beside their names, each on as many lines as it needs.
func (p Page) Facts(all ...Fact) []string {
	var lines []string
	for _, f := range all {
		label := parts.Plain(p.S.T(f.Label))
		if p.S.Reading() {
			lines = append(lines, parts.Named(label, parts.Wrap(parts.Plain(f.Value), parts.MaxWidth))...)
			continue
		}
		for _, value := range parts.Wrap(parts.Plain(f.Value), min(p.W, parts.MaxWidth)-labelWidth) {
			lines = append(lines, p.S.Theme().Quiet.Render(parts.Fit(label, labelWidth))+value)
			label = ""
		}
	}
	return lines
}

// Headline is the name of the thing that the page is about.
func (p Page) Headline(text string) string {
	return p.S.Theme().Title.Render(parts.Cut(parts.Plain(text), p.W))
}

// Paragraphs wraps texts to the width.
func (p Page) Paragraphs(texts ...string) []string {
	var lines []string
	for _, text := range texts {
		lines = append(lines, parts.Wrap(parts.PlainBlock(text), p.W)...)
	}
	return lines
}

// Fitted joins lines and cuts what does not fit in h lines.
func Fitted(lines []string, h int) string {
	return strings.Join(lines[:min(len(lines), max(0, h))], "\n")
}

// Shortened cuts to n lines of at most w cells; the last one then ends in "...".
func Shortened(lines []string, w, n int) []string {
	if n = max(1, n); len(lines) <= n {
		return lines
	}
	cut := append([]string(nil), lines[:n]...)
	cut[n-1] = ansi.Truncate(cut[n-1], max(0, w-4), "") + " ..."
	return cut
}

// Boxed draws a frame around a text that somebody must copy, with air around it.
func (p Page) Boxed(text string) []string {
	g, theme := p.S.Theme().Glyphs, p.S.Theme()
	text = parts.Cut(parts.Plain(text), p.W-10)
	inner := ansi.StringWidth(text) + 6
	side := theme.Border.Render(g.Pipe)
	empty := "  " + side + strings.Repeat(" ", inner) + side
	rule := strings.Repeat(g.Rule, inner)
	return []string{
		"  " + theme.Border.Render(g.TopLeft+rule+g.TopRight),
		empty,
		"  " + side + "   " + theme.Strong.Render(text) + "   " + side,
		empty,
		"  " + theme.Border.Render(g.BottomLeft+rule+g.BottomRight),
	}
}
