package loandesk

import (
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// saidMost is how many lines the last sentence gets: the sum of a return with its message is the longest.
const saidMost = 4

// View gives the line, what was said last, what lies on the desk or what there is to do, and the hint.
func (c Counter) View() string {
	top := append([]string{c.lineView()}, c.saidView()...)
	hint := c.Paragraphs(c.hint())
	room := c.H - len(top) - len(hint) - 2
	body := c.body(room)
	if len(body) > max(room, 0) {
		body = body[:max(room, 0)]
	}
	lines := append(append(top, ""), body...)
	for len(lines) < c.H-len(hint) {
		lines = append(lines, "")
	}
	for _, line := range hint {
		lines = append(lines, c.S.Theme().Quiet.Render(line))
	}
	return page.Fitted(lines, c.H)
}

func (c Counter) label() string {
	switch c.asks {
	case askDamage:
		return c.S.T(words.LoandeskAskDamage)
	case askIBAN:
		return c.S.T(words.LoandeskAskIban)
	}
	return c.S.T(words.LoandeskAskCode)
}

func (c Counter) lineView() string {
	label := parts.Cut(c.label(), c.W/2) + " "
	room := max(1, c.W-ansi.StringWidth(label))
	text, _ := c.line.View(room)
	theme := c.S.Theme()
	return theme.Strong.Render(label) + theme.FieldFocus.Render(parts.Fit(text, room))
}

// Cursor is in the line.
func (c Counter) Cursor() (x, y int, shown bool) {
	label := ansi.StringWidth(parts.Cut(c.label(), c.W/2)) + 1
	_, x = c.line.View(max(1, c.W-label))
	return label + x, 0, true
}

func (c Counter) saidView() []string {
	if c.said.text == "" {
		return nil
	}
	theme := c.S.Theme()
	key, style := words.Key(""), theme.Strong
	switch c.said.kind {
	case shell.Good:
		key, style = words.ShellGood, theme.Good
	case shell.Warn:
		key, style = words.ShellWarn, theme.Warn
	case shell.Alarm:
		key, style = words.ShellAlarm, theme.Alarm
	}
	text := c.said.text
	if key != "" {
		text = c.S.T(key, "text", text)
	}
	return styled(style, page.Shortened(c.Paragraphs(text), c.W, saidMost))
}

func styled(style lipgloss.Style, lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = style.Render(line)
	}
	return out
}

// body is what the line is about, in at most room lines: the people who can be meant, what lies on the desk, or what
// there is to do.
func (c Counter) body(room int) []string {
	switch {
	case len(c.hits.all) > 0:
		return c.hitsView(room)
	case !c.empty():
		return c.tableView()
	}
	return c.restView(room)
}

func (c Counter) hitsView(room int) []string {
	theme, first := c.S.Theme(), max(0, c.hits.at-room+1)
	var lines []string
	for i, b := range c.hits.all[first:] {
		text := parts.Plain(b.Name()) + "  " + b.Number.Show() + "  " + c.category(b.Category)
		style, sign := theme.Body, "  "
		if first+i == c.hits.at {
			style, sign = theme.Chosen, theme.Glyphs.Cursor+" "
		}
		lines = append(lines, style.Render(parts.Fit(sign+text, c.W)))
	}
	return lines
}

// hint says what to do next, in one sentence.
func (c Counter) hint() string {
	key := words.LoandeskHintStart
	switch {
	case c.asks == askDamage:
		key = words.LoandeskHintDamage
	case c.asks == askIBAN:
		key = words.LoandeskHintIban
	case len(c.hits.all) > 1:
		key = words.LoandeskHintPick
	case c.line.Text() != "":
		key = words.LoandeskHintTyped
	case len(c.back) > 0 && c.back[len(c.back)-1].card.Loan == nil:
		key = words.LoandeskHintFound
	case len(c.back) > 0:
		key = words.LoandeskHintBack
	case c.complete() && c.refused():
		key = words.LoandeskHintRefused
	case c.complete() && c.costs() > 0 && c.way == "":
		key = words.LoandeskHintPay
	case c.complete():
		key = words.LoandeskHintLend
	case c.who != nil && len(c.who.Refused) > 0:
		key = words.LoandeskHintBlocked
	case c.who != nil:
		key = words.LoandeskHintDevice
	case len(c.out) > 0:
		key = words.LoandeskHintPerson
	case c.seen != nil:
		key = words.LoandeskHintSeen
	case c.sign.waits():
		return c.S.T(words.LoandeskHintWaits, "name", c.sign.name)
	case c.sign != nil && len(c.counters) > 0:
		key = words.LoandeskHintSign
	case c.sign != nil:
		key = words.LoandeskHintSignPaper
	}
	return c.S.T(key)
}
