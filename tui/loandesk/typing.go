package loandesk

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/keys"
	"digibrug/tui/page"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

const (
	// gap is the time within which the next key of a scanner comes; nobody types as fast (field/terminal.md §5).
	gap = 30 * time.Millisecond
	// shortest is the characters of the shortest code that counts as scanned.
	shortest = 6
	// mostQueued is how many codes wait while the register is asked; no scanner is that far ahead.
	mostQueued = 50
)

// rhythm is how the last keys came: a scanner types faster than people, and ends with Enter or Tab.
type rhythm struct {
	last   time.Time // of the last key
	before string    // what stood in the line before the burst
	burst  string    // what came in one burst
	held   string    // a letter that is a key, unless more follows at once
	ended  time.Time // of the end of the last scan
	seq    int       // of the last key, for pauses
}

// token is something typed that waits to be dealt with: a code or name, one letter as a key, or Enter on the empty
// line.
type token struct {
	text    string
	pick    string // number of the person that was chosen among the hits
	scanned bool
	letter  bool
}

func (t token) confirms() bool { return t.text == "" }

// pauseMsg says that no key came for a while after key number seq.
type pauseMsg struct{ seq int }

// press takes a key.
func (c Counter) press(msg tea.KeyPressMsg) (Counter, tea.Cmd) {
	now := c.desk.clock()
	fast := !c.rhythm.last.IsZero() && now.Sub(c.rhythm.last) < gap
	c.rhythm.last = now
	k := c.S.Keys()
	switch {
	case msg.Mod == tea.ModAlt && unicode.IsPrint(msg.Code):
		return c.escaped(msg)
	case key.Matches(msg, k.Back):
		return c.escape()
	case key.Matches(msg, k.Enter, k.Next):
		return c.ended(key.Matches(msg, k.Enter), fast, now)
	case key.Matches(msg, c.dayKey()):
		return c, shell.Open(newDay(c.S, c.desk))
	case key.Matches(msg, c.historyKey()):
		return c.openHistory()
	case key.Matches(msg, c.paperKey()):
		return c, shell.Open(newPaper(c.S, c.desk))
	case key.Matches(msg, c.blankKey()) && c.desk.Blank != nil:
		return c.printBlank()
	case key.Matches(msg, k.Up, k.Down):
		c.hits = c.hits.moved(key.Matches(msg, k.Down))
		return c, nil
	case c.line.Takes(msg):
		return c.typed(msg, fast)
	}
	return c, nil
}

// escaped is Esc with a key right behind it, which a terminal can't tell from Alt: the first key of a scan must not be
// lost to it.
func (c Counter) escaped(msg tea.KeyPressMsg) (Counter, tea.Cmd) {
	c, first := c.escape()
	r := msg.Code
	if msg.ShiftedCode != 0 {
		r = msg.ShiftedCode
	}
	c, then := c.typed(tea.KeyPressMsg{Code: msg.Code, Text: string(r)}, false)
	return c, tea.Batch(first, then)
}

// typed puts a key into the line. A letter that is a key of the moment waits until it is sure that it stands alone.
func (c Counter) typed(msg tea.KeyPressMsg, fast bool) (Counter, tea.Cmd) {
	letter := strings.ToLower(msg.Text)
	var done tea.Cmd
	if c.rhythm.held != "" {
		if fast {
			c.line = c.line.Insert(c.rhythm.held)
			c.rhythm.held = ""
		} else {
			c, done = c.release()
		}
	}
	first := !fast || c.rhythm.burst == "" // right behind Enter too: a slow line brings both at once
	if first {
		c.rhythm.before, c.rhythm.burst = c.line.Text(), ""
	}
	c.rhythm.burst += msg.Text
	if !fast && c.said.kind == shell.Alarm {
		c.said = said{} // who types on has read it
	}
	c.rhythm.seq++
	if first && c.line.Text() == "" && c.asks == askCode && c.means(letter) {
		c.rhythm.held = msg.Text
	} else {
		c.line, c.hits = c.line.Press(msg), hits{}
	}
	return c, tea.Batch(done, c.desk.wait(gap, pauseMsg{c.rhythm.seq}))
}

// means tells whether a letter is a key now.
func (c Counter) means(letter string) bool {
	if utf8.RuneCountInString(letter) != 1 {
		return false
	}
	for _, one := range c.commands() {
		if one.letter == letter {
			return true
		}
	}
	return false
}

// release deals with the letter that was held as a key.
func (c Counter) release() (Counter, tea.Cmd) {
	letter := c.rhythm.held
	c.rhythm.held, c.rhythm.burst, c.rhythm.before = "", "", ""
	return c.feed(token{text: letter, letter: true})
}

// paused comes when nobody typed for a moment: a held letter was a key, and a name can be looked for.
func (c Counter) paused(msg pauseMsg) (Counter, tea.Cmd) {
	if msg.seq != c.rhythm.seq {
		return c, nil
	}
	if c.rhythm.held != "" {
		return c.release()
	}
	text := c.line.Text()
	if c.asks != askCode || !searchable(text) {
		return c, nil
	}
	of := &page.Errand{}
	c.hits = hits{of: of}
	return c, page.Fetch(of, func() (hits, error) {
		all, err := c.desk.Store.Search(c.S.Ctx, c.By(), text)
		return hits{text: text, all: all}, err
	})
}

// searchable tells whether a text can be a name: two letters at least.
func searchable(text string) bool {
	letters := 0
	for _, r := range data.SortKey(text) {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 2
}

// ended takes in Enter or Tab: the end of a scan, or of what was typed.
func (c Counter) ended(enter, fast bool, now time.Time) (Counter, tea.Cmd) {
	scanned := fast && utf8.RuneCountInString(c.rhythm.burst) >= shortest
	if c.asks != askCode { // keys that a slow line kept and brought at once are an answer all the same
		_, garbled := keys.Scanned(c.rhythm.burst, fits)
		scanned = scanned && (garbled || fits(c.rhythm.burst))
	}
	again := fast && !c.rhythm.ended.IsZero() && now.Sub(c.rhythm.ended) < gap // scanners may send two ends
	c.rhythm.seq++
	var first tea.Cmd
	if c.rhythm.held != "" {
		c, first = c.release()
	}
	t := token{text: strings.TrimSpace(c.line.Text())}
	switch {
	case t.text == "" && (!enter || again):
		return c, first
	case t.text == "":
	case scanned:
		t.text, t.scanned, c.rhythm.ended = strings.TrimSpace(c.rhythm.burst), true, now
		c.line = c.line.With(c.rhythm.before) // what was half typed stays
	default:
		if c.hits.text == c.line.Text() && len(c.hits.all) > 0 {
			t.pick = string(c.hits.all[c.hits.at].Number)
		}
		c.line = c.line.With("")
	}
	c.hits = hits{}
	c.rhythm.burst, c.rhythm.before = "", ""
	c, cmd := c.feed(t)
	return c, tea.Batch(first, cmd)
}

// pasted takes pasted text as typed; a line feed at its end is Enter.
func (c Counter) pasted(text string) (Counter, tea.Cmd) {
	c.line, c.hits = c.line.Insert(strings.TrimRight(text, "\r\n")), hits{}
	c.rhythm.burst, c.rhythm.before = "", ""
	c.rhythm.seq++
	if strings.ContainsAny(text, "\r\n") {
		return c.ended(true, false, c.desk.clock())
	}
	return c, c.desk.wait(gap, pauseMsg{c.rhythm.seq})
}

// feed puts something typed at the end of the queue, and deals with what comes first.
func (c Counter) feed(t token) (Counter, tea.Cmd) {
	if len(c.queue) >= mostQueued {
		return c.say(shell.Alarm, c.S.T(words.LoandeskTooFast))
	}
	c.queue = append(c.queue[:len(c.queue):len(c.queue)], t)
	return c.next()
}

// next deals with what was typed, one after the other: while the register is asked the rest waits.
func (c Counter) next() (Counter, tea.Cmd) {
	var cmds []tea.Cmd
	for len(c.queue) > 0 && !c.Busy() {
		t := c.queue[0]
		c.queue = c.queue[1:]
		var cmd tea.Cmd
		c, cmd = c.deal(t)
		cmds = append(cmds, cmd)
	}
	return c, tea.Batch(cmds...)
}

func (c Counter) deal(t token) (Counter, tea.Cmd) {
	switch {
	case t.letter:
		return c.command(t.text)
	case c.asks != askCode && !t.scanned:
		return c.answered(t.text)
	case t.confirms():
		return c.confirm()
	}
	return c.find(t)
}

// hits are people whose name holds what stands in the line.
type hits struct {
	of   *page.Errand // nil once they came
	text string       // what was looked for
	all  []loans.Borrower
	at   int // the chosen one
}

func (h hits) moved(down bool) hits {
	switch {
	case down && h.at < len(h.all)-1:
		h.at++
	case !down && h.at > 0:
		h.at--
	}
	return h
}

// searched takes hits in, unless something else was typed meanwhile.
func (c Counter) searched(msg page.DoneMsg[hits]) (Counter, tea.Cmd) {
	if msg.Of == nil || msg.Of != c.hits.of {
		return c, nil
	}
	if msg.Err != nil {
		c.hits = hits{}
		return c.failed(words.LoandeskFinding, msg.Err)
	}
	c.hits = msg.Got
	return c, nil
}
