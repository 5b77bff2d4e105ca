package loandesk

import (
	"slices"
	"strings"

	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Counter is the desk: the line, what lies on the desk, and what was done last.
type Counter struct {
	base
	cash     bool       // the desk takes cash
	counters []string   // ids of the screens next to the desk
	day      loans.Day  // what there is to do today
	line     parts.Line // codes, names, amounts
	rhythm   rhythm     // how the last keys came
	queue    []token    // typed and not dealt with yet: nothing is lost while the register is asked
	hits     hits       // people whose name holds what stands in the line
	who      *loans.BorrowerCard
	out      []laid            // to be lent
	back     []coming          // to be taken back
	seen     *loans.DeviceCard // neither: to be looked at
	way      loans.Method      // how money changes hands; empty: later
	iban     string            // of a refund by transfer
	asks     question          // what the line is for now, besides codes
	sign     *signing          // what is still to be signed
	done     *done             // what can be undone
	last     []string          // what was done last, the newest first
	said     said              // what came of the last thing
	pulse    *page.Errand      // the countdown that runs; older ones end
	polling  *page.Errand      // asks whether the borrower has signed
}

// question is what the line is asked for.
type question int

const (
	askCode   question = iota // any code or name
	askDamage                 // what the damage costs
	askIBAN                   // where a refund goes
)

// said is a sentence that stays until the next key that matters.
type said struct {
	kind shell.Kind
	text string
}

// lineLimit is how much the line takes, in characters: the longest is what is damaged.
const lineLimit = 120

// New opens the desk.
func New(s *shell.Session, desk Desk) shell.Screen {
	return Counter{base: base{page.New(s, words.LoandeskLoading), desk}, line: parts.NewLine(lineLimit)}
}

// opened is what the desk knows when it opens.
type opened struct {
	day      loans.Day
	cash     bool
	counters []string
}

func (c Counter) load() tea.Cmd {
	return page.Fetch(c.Loading, func() (o opened, err error) {
		if o.day, err = c.desk.Store.Today(c.S.Ctx, c.By()); err != nil {
			return o, err
		}
		cash, err := c.desk.Store.Setting(c.S.Ctx, c.By(), loans.SettingCash)
		if err != nil {
			return o, err
		}
		screens, err := c.desk.Store.Counters(c.S.Ctx, c.By())
		for _, k := range screens {
			o.counters = append(o.counters, k.ID)
		}
		o.cash = cash == "1"
		return o, err
	})
}

// Init loads what there is to do today.
func (c Counter) Init() tea.Cmd { return c.load() }

// reload asks again what there is to do; what stands there stays until the answer comes.
func (c Counter) reload() (Counter, tea.Cmd) {
	c.Page = c.Again()
	return c, c.load()
}

// Title is the name of the room.
func (c Counter) Title() string { return c.S.T(words.LoandeskTitle) }

// Update takes keys into the line, and replies of the register.
func (c Counter) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	next, cmd := c.update(msg)
	return next, cmd
}

func (c Counter) update(msg tea.Msg) (Counter, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		c.W, c.H = msg.Width, msg.Height
	case shell.ShownMsg:
		return c.shown()
	case tea.KeyPressMsg:
		return c.press(msg)
	case tea.PasteMsg:
		return c.pasted(msg.Content)
	case pauseMsg:
		return c.paused(msg)
	case secondMsg:
		return c.ticked(msg)
	case page.DoneMsg[opened]:
		settled, ok, tell := page.Settled(c.Page, msg)
		if c.Page = settled; ok {
			c.day, c.cash, c.counters = msg.Got.day, msg.Got.cash, msg.Got.counters
		}
		return c, tell
	case page.DoneMsg[hits]:
		return c.searched(msg)
	case page.DoneMsg[found]:
		return c.found(msg)
	case page.DoneMsg[[]loans.Preview]:
		return c.previewed(msg)
	case page.DoneMsg[[]loans.Loan]:
		return c.lent(msg)
	case page.DoneMsg[returned]:
		return c.returned(msg)
	case page.DoneMsg[undone]:
		return c.undone(msg)
	case page.DoneMsg[signed]:
		return c.signed(msg)
	case page.DoneMsg[printed]:
		return c.printed(msg)
	}
	return c, nil
}

// shown comes back from another screen: what lies on the desk is looked up anew, since it may have changed there.
func (c Counter) shown() (Counter, tea.Cmd) {
	c, load := c.reload()
	var again []token
	if c.who != nil {
		again = append(again, token{text: string(c.who.Number)})
	}
	for _, l := range c.out {
		again = append(again, token{text: string(l.card.Number)})
	}
	if len(again) == 0 || c.Busy() {
		return c, load
	}
	c.who, c.out, c.queue = nil, nil, append(again, c.queue...)
	c, cmd := c.next()
	return c, tea.Batch(load, cmd)
}

// empty tells whether nothing lies on the desk.
func (c Counter) empty() bool {
	return c.who == nil && len(c.out) == 0 && len(c.back) == 0 && c.seen == nil
}

// complete tells whether there is somebody and something to lend.
func (c Counter) complete() bool { return c.who != nil && len(c.out) > 0 && len(c.back) == 0 }

// cleared is the desk with nothing on it.
func (c Counter) cleared() Counter {
	c.who, c.out, c.back, c.seen, c.way, c.iban, c.asks = nil, nil, nil, nil, "", "", askCode
	return c
}

// Inside keeps Esc: it takes back one thing after the other before it leaves.
func (c Counter) Inside() bool {
	return c.Busy() || c.line.Text() != "" || c.asks != askCode || !c.empty() || c.sign != nil
}

// escape takes the last thing back: what stands in the line, a question, what lies on the desk, what was to be signed.
func (c Counter) escape() (Counter, tea.Cmd) {
	c.said, c.hits, c.queue = said{}, hits{}, nil
	switch {
	case c.line.Text() != "" || c.rhythm.held != "":
		c.line, c.rhythm = c.line.With(""), rhythm{}
	case c.asks != askCode:
		c.asks = askCode
	case c.Busy():
	case !c.empty():
		c = c.cleared()
	case c.sign != nil:
		return c.later()
	}
	return c, nil
}

// say puts a sentence there; an alarm also rings the bell, for who looks at the scanner and not at the screen.
func (c Counter) say(kind shell.Kind, text string) (Counter, tea.Cmd) {
	c.said = said{kind, text}
	if kind == shell.Alarm {
		return c, tea.Raw("\a")
	}
	return c, nil
}

// failed tells about an error: in words, or with a reference to the log. What waited for its success is forgotten,
// codes are not.
func (c Counter) failed(doing words.Key, err error) (Counter, tea.Cmd) {
	c.queue = slices.DeleteFunc(slices.Clone(c.queue), func(t token) bool { return t.confirms() })
	text, known := c.sentence(err)
	if !known {
		msg := shell.FailedMsg{Doing: doing, Err: err}
		return c, func() tea.Msg { return msg }
	}
	return c.say(shell.Alarm, text)
}

// Place is the line.
func (c Counter) Place() parts.Place {
	return parts.Place{Kind: parts.TextPlace, Name: "line", Label: strings.TrimSuffix(c.label(), ":"), Value: c.line.Text()}
}

// Typing: letters are the line's.
func (c Counter) Typing() bool { return true }

// Leaving asks while something lies on the desk.
func (c Counter) Leaving() (ask words.Key, must bool) { return words.LoandeskLeave, !c.empty() }

func (c Counter) function(name string, does words.Key) key.Binding {
	return key.NewBinding(key.WithKeys(name), key.WithHelp("F"+name[1:], c.S.T(does)))
}

func (c Counter) dayKey() key.Binding     { return c.function("f5", words.LoandeskToDay) }
func (c Counter) historyKey() key.Binding { return c.function("f6", words.LoandeskToHistory) }
func (c Counter) paperKey() key.Binding   { return c.function("f7", words.LoandeskToPaper) }
func (c Counter) blankKey() key.Binding   { return c.function("f8", words.LoandeskToBlank) }

// ShortHelp is the footer: what Enter does now, the letters that mean something, the other screens.
func (c Counter) ShortHelp() []key.Binding {
	var short []key.Binding
	switch {
	case c.line.Text() != "":
		short = append(short, c.Enter(words.LoandeskSearch))
	case len(c.back) > 0:
		short = append(short, c.Enter(words.LoandeskTakeBack))
	case c.complete() && !c.refused():
		short = append(short, c.Enter(words.LoandeskLend))
	}
	for _, one := range c.commands() {
		if one.footer {
			short = append(short, c.Letter(one.letter, one.does))
		}
	}
	if !c.empty() {
		return append(short, c.historyKey())
	}
	short = append(short, c.dayKey(), c.historyKey(), c.paperKey())
	if c.desk.Blank != nil {
		short = append(short, c.blankKey())
	}
	return short
}

// FullHelp is the help page.
func (c Counter) FullHelp() [][]key.Binding {
	functions := []key.Binding{c.dayKey(), c.historyKey(), c.paperKey()}
	if c.desk.Blank != nil {
		functions = append(functions, c.blankKey())
	}
	var letters []key.Binding
	for _, one := range c.commands() {
		b := c.Letter(one.letter, one.does)
		if one.label != "" {
			b = key.NewBinding(key.WithKeys(one.letter), key.WithHelp(one.letter, one.label))
		}
		letters = append(letters, b)
	}
	return [][]key.Binding{{c.Enter(words.LoandeskSearch), c.S.Keys().Next}, letters, functions}
}
