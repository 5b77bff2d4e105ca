// Package admin is the room of the ICT officer and those who stand beside her: accounts with their roles,
// passwords and keys, the campaigns of the kennismeting, and the audit log.
//
// What a role lacks is not shown; the stores refuse it anyway.
package admin

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

// The room's names in the palette and for shell.GoMsg.
const (
	AccountsRoom  shell.Room = "admin.accounts"
	CampaignsRoom shell.Room = "admin.campaigns"
	AuditRoom     shell.Room = "admin.audit"
)

// errand is one command under way. Its address tells it from every other, also from those of another
// screen of the same kind, so that a late reply finds nobody who waits for it.
type errand struct{ doing words.Key }

// doneMsg is what an errand brought back.
type doneMsg[T any] struct {
	of  *errand
	got T
	err error
}

// fetch does an errand. (The room's commands bring their own failures, and not a shell.FailedMsg: that one
// doesn't say whose it is, and several screens of the stack may be waiting.)
func fetch[T any](of *errand, do func() (T, error)) tea.Cmd {
	return func() tea.Msg {
		got, err := do()
		return doneMsg[T]{of, got, err}
	}
}

// yesMsg says that a question of a screen was answered with yes.
type yesMsg struct {
	of  *errand
	act string
}

// page is what all screens of the room share: the visit, the size of the body, and what is under way.
type page struct {
	s       *shell.Session
	w, h    int
	doing   words.Key // what loading is called when it fails
	loaded  bool      // something was loaded, perhaps longer ago
	loading *errand   // nil: no load under way
	acting  *errand   // nil: nothing is being changed
	asking  *errand   // the last question; nil once it was answered
}

// newPage is a page whose first load is under way: Init starts it.
func newPage(s *shell.Session, doing words.Key) page { return page{s: s, doing: doing}.again() }

// again waits for a new load, and for no older one.
func (p page) again() page {
	p.loading = &errand{p.doing}
	return p
}

// acts waits for the end of a change. Callers look at busy first: one change at a time.
func (p page) acts(doing words.Key) page {
	p.acting = &errand{doing}
	return p
}

func (p page) busy() bool { return p.acting != nil }

// ask is the page with a question put, and the command that puts it.
func (p page) ask(act string, question, yes words.Key, args ...any) (page, tea.Cmd) {
	p.asking = &errand{}
	answer := yesMsg{p.asking, act}
	return p, shell.Confirm(question, yes, func() tea.Msg { return answer }, args...)
}

// agreed tells whether msg is the yes to the last question, and says so only once.
func (p page) agreed(msg yesMsg) (page, bool) {
	if msg.of == nil || msg.of != p.asking || p.busy() {
		return p, false
	}
	p.asking = nil
	return p, true
}

// settled takes in a reply: ok tells that it is the one that the page waits for, and good. A failure comes
// back as a command that tells it.
func settled[T any](p page, msg doneMsg[T]) (next page, ok bool, tell tea.Cmd) {
	switch {
	case msg.of == nil:
		return p, false, nil
	case msg.of == p.loading:
		p.loading, p.loaded = nil, p.loaded || msg.err == nil
	case msg.of == p.acting:
		p.acting = nil
	default:
		return p, false, nil
	}
	if msg.err != nil {
		failed := shell.FailedMsg{Doing: msg.of.doing, Err: msg.err}
		return p, false, func() tea.Msg { return failed }
	}
	return p, true, nil
}

// retries tells whether a key asks for another try after a load that failed.
func (p page) retries(msg tea.Msg) bool {
	press, ok := msg.(tea.KeyPressMsg)
	return ok && !p.loaded && p.loading == nil && key.Matches(press, p.s.Keys().Enter)
}

// waiting is the body while there is nothing to show yet.
func (p page) waiting() string {
	text := words.AdminWait
	if p.loading == nil {
		text = words.AdminRetry
	}
	return fitted(parts.Wrap(p.s.T(text), p.w), p.h)
}

// Inside keeps Esc from leaving while something is being changed: its outcome must be seen.
func (p page) Inside() bool { return p.busy() }

func (p page) by() data.Actor { return p.s.Who.Actor() }

func (p page) ict() bool { return p.s.Who.Has(data.RoleICT) }

func (p page) enter(does words.Key) key.Binding {
	b := p.s.Keys().Enter
	b.SetHelp(b.Help().Key, p.s.T(does))
	return b
}

func (p page) letter(letter string, does words.Key) key.Binding {
	return key.NewBinding(key.WithKeys(letter, strings.ToUpper(letter)), key.WithHelp(letter, p.s.T(does)))
}

func (p page) search() key.Binding { return p.s.Keys().Search }

// day writes a stored day, YYYY-MM-DD, as people read it.
func (p page) day(stored string) string {
	at, err := data.ParseDay(stored)
	if err != nil {
		return parts.Plain(stored)
	}
	return words.ShortDay(p.s.Lang(), at)
}

// isDay tells whether text is a stored day.
func isDay(s string) bool {
	_, err := data.ParseDay(s)
	return err == nil
}

// moment writes an instant shortly: "23/11/2026 12:00".
func (p page) moment(at time.Time) string {
	return words.ShortDay(p.s.Lang(), at) + " " + words.Clock(p.s.Lang(), at)
}

// fact is a value with a name.
type fact struct {
	label words.Key
	value string
}

// labelWidth is the cells of the names of facts.
const labelWidth = 20

// facts puts values beside their names, each on as many lines as it needs.
func (p page) facts(all ...fact) []string {
	var lines []string
	for _, f := range all {
		label := parts.Plain(p.s.T(f.label))
		for _, value := range parts.Wrap(parts.Plain(f.value), min(p.w, parts.MaxWidth)-labelWidth) {
			lines = append(lines, p.s.Theme().Quiet.Render(parts.Fit(label, labelWidth))+value)
			label = ""
		}
	}
	return lines
}

// headline is the name of the thing that the page is about.
func (p page) headline(text string) string {
	return p.s.Theme().Title.Render(parts.Cut(parts.Plain(text), p.w))
}

// paragraphs wraps texts to the width.
func (p page) paragraphs(texts ...string) []string {
	var lines []string
	for _, text := range texts {
		lines = append(lines, parts.Wrap(parts.PlainBlock(text), p.w)...)
	}
	return lines
}

// fitted joins lines and cuts what does not fit in h lines.
func fitted(lines []string, h int) string {
	return strings.Join(lines[:min(len(lines), max(0, h))], "\n")
}

// shortened cuts to n lines of at most w cells; the last one then ends in "...".
func shortened(lines []string, w, n int) []string {
	if n = max(1, n); len(lines) <= n {
		return lines
	}
	cut := append([]string(nil), lines[:n]...)
	cut[n-1] = ansi.Truncate(cut[n-1], max(0, w-4), "") + " ..."
	return cut
}
