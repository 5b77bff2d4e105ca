package items

import (
	"slices"
	"strconv"
	"strings"

	"digibrug/quiz"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// match puts a right-hand side beside each left one. The arrows walk along the left sides, a letter puts
// the right side of that letter there, Left and Right go through them.
type match struct {
	list   parts.List // left sides, each with what stands beside it
	pairs  []quiz.Pair
	rights []string // canonical
	shown  []int    // canonical indices of rights, as their letters go
	now    []int    // per pair an index in rights, or quiz.NoMatch
	unique bool     // a right side can stand in one place only
	width  int
	height int
}

func newMatch(look parts.Look, it quiz.Item, shown []int, given quiz.Answer) answerer {
	m := match{pairs: it.Pairs, rights: it.Rights(), shown: shown, now: slices.Repeat([]int{quiz.NoMatch}, len(it.Pairs))}
	m.unique = true
	for i, p := range it.Pairs {
		m.unique = m.unique && !slices.ContainsFunc(it.Pairs[:i], func(q quiz.Pair) bool { return q.Right == p.Right })
	}
	if len(given.Matches) == len(it.Pairs) {
		m.now = slices.Clone(given.Matches)
	}
	m.list = parts.NewList(parts.Kind{Wrap: true}, nil)
	return m.listed(look)
}

func (m match) listed(look parts.Look) match {
	var rows []parts.Item
	for i, p := range m.pairs {
		beside := look.T(words.ItemNotYet)
		if m.now[i] != quiz.NoMatch {
			beside = letter(slices.Index(m.shown, m.now[i])) + " " + m.rights[m.now[i]]
		}
		rows = append(rows, parts.Item{ID: strconv.Itoa(i), Title: p.Left + " > " + beside})
	}
	m.list = m.list.With(rows)
	return m
}

func (m match) update(look parts.Look, msg tea.Msg) (answerer, Event) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		if row, ok := keys.Letter(press); ok && row < len(m.shown) {
			return m.put(look, m.shown[row]).below(look), Changed
		}
		switch {
		case key.Matches(press, look.Keys.Enter):
			return m, Done
		case key.Matches(press, look.Keys.Right):
			return m.turned(look, 1), Changed
		case key.Matches(press, look.Keys.Left):
			return m.turned(look, -1), Changed
		case press.Code == tea.KeyBackspace, press.Code == tea.KeyDelete:
			return m.put(look, quiz.NoMatch), Changed
		}
	}
	var event parts.Event
	m.list, event = m.list.Update(look, msg)
	if event == parts.None {
		return m, None
	}
	return m, Moved
}

// at is the pair under the cursor, -1 for none.
func (m match) at() int {
	item, ok := m.list.Current()
	if !ok {
		return -1
	}
	i, err := strconv.Atoi(item.ID)
	if err != nil {
		return -1
	}
	return i
}

// put is the match with a right side beside the pair under the cursor. Where each belongs in one place, it
// leaves the place where it stood.
func (m match) put(look parts.Look, right int) match {
	at := m.at()
	if at < 0 {
		return m
	}
	m.now = slices.Clone(m.now)
	if m.unique && right != quiz.NoMatch {
		for i, r := range m.now {
			if r == right {
				m.now[i] = quiz.NoMatch
			}
		}
	}
	m.now[at] = right
	return m.listed(look)
}

// below is the match with the cursor one pair down, after the last it stays: after a letter the next is asked.
func (m match) below(look parts.Look) match {
	if m.at() == len(m.pairs)-1 {
		return m
	}
	m.list, _ = m.list.Update(look, tea.KeyPressMsg{Code: tea.KeyDown})
	return m
}

// turned puts the next (1) or previous (-1) right side beside the pair under the cursor.
func (m match) turned(look parts.Look, by int) match {
	at := m.at()
	if at < 0 || len(m.shown) == 0 {
		return m
	}
	row := slices.Index(m.shown, m.now[at]) // -1 when there is none yet
	if row < 0 && by < 0 {
		row = 0
	}
	n := len(m.shown)
	return m.put(look, m.shown[((row+by)%n+n)%n])
}

// options are the right sides with their letters, as lines: each on its own where there is room for that,
// else one behind the other.
func (m match) options() []string {
	var own, pieces []string
	for row, i := range m.shown {
		piece := letter(row) + ") " + parts.Plain(m.rights[i])
		pieces = append(pieces, strings.ReplaceAll(piece, " ", "\u00a0")) // a piece stays whole
		for n, line := range parts.Wrap(piece, max(1, m.width-5)) {
			own = append(own, strings.Repeat(" ", 2+3*min(n, 1))+line)
		}
	}
	if m.list.Lines()+1+len(own) <= m.height {
		return own
	}
	var compact []string
	for _, line := range parts.Wrap(strings.Join(pieces, "  "), max(1, m.width-2)) {
		compact = append(compact, "  "+strings.ReplaceAll(line, "\u00a0", " "))
	}
	return compact
}

func (m match) view(look parts.Look) string {
	return m.list.View(look) + "\n\n" + look.Theme.Body.Render(strings.Join(m.options(), "\n"))
}

func (m match) lines() int                     { return m.list.Lines() + 1 + len(m.options()) }
func (m match) typing() bool                   { return true }
func (m match) cursor() (x, y int, shown bool) { return m.list.Cursor() }
func (m match) ask() words.Key                 { return words.ItemAskMatch }

func (m match) answer() quiz.Answer {
	if !slices.ContainsFunc(m.now, func(i int) bool { return i != quiz.NoMatch }) {
		return quiz.Answer{}
	}
	return quiz.Answer{Matches: slices.Clone(m.now)}
}

func (m match) sized(_ parts.Look, width, height int) answerer {
	m.width, m.height = width, height
	m.list = m.list.Sized(width, height) // for its lines
	m.list = m.list.Sized(width, max(1, height-1-len(m.options())))
	return m
}

func (m match) keys(look parts.Look) []key.Binding {
	letters := key.NewBinding(key.WithKeys("a"), key.WithHelp("a-"+letter(max(0, len(m.shown)-1)), look.T(words.ItemPut)))
	return []key.Binding{letters, keys.Named(look.Keys.Enter, look.T(words.ItemNext))}
}
