package kiosk

import (
	"context"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/regulation"
	"digibrug/loans"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// calls is what a kiosk beside a desk asks about contracts that wait there to be signed; *loans.Store has it.
type calls interface {
	CallAt(ctx context.Context, kiosk data.Actor) (c loans.SignCall, found bool, err error)
	AnswerCall(ctx context.Context, kiosk data.Actor, id, lang, name string, accept bool) (loans.Receipt, error)
	LapseCall(ctx context.Context, kiosk data.Actor, id string) error
}

// Sign shows a contract that the desk sent here, and takes the signature: the borrower chooses a language, reads page
// by page, agrees or not, and types a name. There is no way out but an answer: else the desk takes the contract back,
// or nobody presses a key for too long.
type Sign struct {
	s     *shell.Session
	calls calls
	call  loans.SignCall
	wait  func(time.Duration, func(time.Time) tea.Msg) tea.Cmd
	w, h  int

	at      step
	page    int        // of the contract, from 0
	list    parts.List // of languages, or of answers
	field   parts.Line // takes the name
	wrong   words.Key  // what is wrong with the name; empty: nothing
	waiting *answer    // nil: none is under way
	said    outcome
}

// step is how far the borrower is.
type step int

const (
	choosing step = iota // a language
	reading
	deciding
	naming
	ended
)

// answer is one answer under way. Its address tells it from every other.
type answer struct {
	name   string
	accept bool
}

// outcome is what the last page says.
type outcome struct {
	key     words.Key
	receipt loans.Receipt // of who signed
}

// answeredMsg tells what came of an answer.
type answeredMsg struct {
	of      *answer
	receipt loans.Receipt
	err     error
}

// refusedMsg is the yes to the question whether somebody does not agree.
type refusedMsg struct{ call string }

// Rows of the list of answers.
const (
	rowAgree  = "agree"
	rowAgain  = "again"
	rowRefuse = "refuse"
)

// nameMost is the most characters of a name.
const nameMost = 120

// closeAfter is for how long the last page shows.
const closeAfter = 20 * time.Second

func newSign(s *shell.Session, calls calls, call loans.SignCall, wait func(time.Duration, func(time.Time) tea.Msg) tea.Cmd) Sign {
	g := Sign{s: s, calls: calls, call: call, wait: wait, field: parts.NewLine(nameMost)}
	if len(g.langs()) == 1 {
		g.at = reading
	}
	return g.listed()
}

// Init does nothing: the contract is there.
func (g Sign) Init() tea.Cmd { return nil }

// Title is what waits to be signed.
func (g Sign) Title() string { return g.s.T(words.SignTitle) }

// held tells whether the screen stays although the call is over: an answer is under way, or its outcome shows.
func (g Sign) held() bool { return g.waiting != nil || g.at == ended }

// langs are the languages of the contract.
func (g Sign) langs() (all []words.Lang) {
	for _, lang := range words.Langs() {
		if g.call.Texts[string(lang)] != "" {
			all = append(all, lang)
		}
	}
	return all
}

// lang is the language in which the contract is read: that of the screen, or Dutch where there is no such text.
func (g Sign) lang() words.Lang {
	if lang := g.s.Lang(); g.call.Texts[string(lang)] != "" {
		return lang
	}
	return regulation.Binding
}

// Update goes from page to page and answers.
func (g Sign) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		g.w, g.h = msg.Width, msg.Height
		return g.listed(), nil
	case shell.LookedMsg:
		if g.at == reading { // another language has other pages
			g.page = 0
		}
		return g.listed(), nil
	case answeredMsg:
		return g.answered(msg)
	case refusedMsg:
		if msg.call == g.call.ID && g.at == deciding && g.waiting == nil {
			return g.answer(answer{})
		}
		return g, nil
	case tea.PasteMsg:
		if g.at == naming && g.waiting == nil {
			g.field, g.wrong = g.field.Insert(msg.Content), ""
		}
		return g, nil
	}
	if g.waiting != nil {
		return g, nil
	}
	switch g.at {
	case choosing, deciding:
		return g.pick(msg)
	case reading, naming, ended:
		if press, is := msg.(tea.KeyPressMsg); is {
			return g.press(press)
		}
	}
	return g, nil
}

func (g Sign) press(msg tea.KeyPressMsg) (shell.Screen, tea.Cmd) {
	switch g.at {
	case reading:
		return g.leaf(msg), nil
	case naming:
		return g.typed(msg)
	}
	if key.Matches(msg, g.s.Keys().Enter) {
		return g, func() tea.Msg { return shell.ByeMsg{} }
	}
	return g, nil
}

// to goes to another step.
func (g Sign) to(at step) Sign {
	g.at, g.wrong = at, ""
	if at == deciding {
		g.list = parts.NewList(parts.Kind{}, nil) // the cursor stands on the first answer
	}
	return g.listed()
}

// pick chooses in the list of languages or of answers.
func (g Sign) pick(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if press, is := msg.(tea.KeyPressMsg); is && g.at == deciding && g.back(press) {
		return g.to(reading), nil
	}
	if press, is := msg.(tea.KeyPressMsg); is && g.at == choosing {
		for _, lang := range g.langs() {
			if key.Matches(press, langKey(lang)) {
				return g.speak(lang)
			}
		}
	}
	var event parts.Event
	g.list, event = g.list.Update(g.s.Look(), parts.Shift(msg, 0, len(g.head())))
	row, _ := g.list.Current()
	switch {
	case event != parts.Chose:
		return g, nil
	case row.ID == rowAgree:
		return g.to(naming), nil
	case row.ID == rowAgain:
		g.page = 0
		return g.to(reading), nil
	case row.ID == rowRefuse:
		no := refusedMsg{g.call.ID}
		return g, shell.Confirm(words.SignRefuseAsk, words.SignRefuseYes, func() tea.Msg { return no })
	}
	return g.speak(words.Lang(row.ID))
}

// speak begins to read in a language.
func (g Sign) speak(lang words.Lang) (shell.Screen, tea.Cmd) {
	g.page = 0
	return g.to(reading), func() tea.Msg { return shell.LookMsg{Lang: lang} }
}

// back tells whether a key goes one step back.
func (g Sign) back(msg tea.KeyPressMsg) bool { return msg.String() == "esc" }

// leaf turns the pages.
func (g Sign) leaf(msg tea.KeyPressMsg) Sign {
	k, last := g.s.Keys(), len(g.pages())-1
	switch {
	case key.Matches(msg, k.Enter, k.Space, k.PageDown, k.Right, k.Down):
		if g.page >= last {
			return g.to(deciding)
		}
		g.page++
	case key.Matches(msg, k.PageUp, k.Left, k.Up), g.back(msg), msg.String() == "backspace":
		if g.page == 0 && len(g.langs()) > 1 {
			return g.to(choosing)
		}
		g.page = max(0, g.page-1)
	case key.Matches(msg, k.End):
		g.page = last
	case key.Matches(msg, k.Home):
		g.page = 0
	}
	return g
}

// typed takes the name.
func (g Sign) typed(msg tea.KeyPressMsg) (shell.Screen, tea.Cmd) {
	switch {
	case g.back(msg):
		return g.to(deciding), nil
	case !key.Matches(msg, g.s.Keys().Enter):
		if g.field.Takes(msg) {
			g.field, g.wrong = g.field.Press(msg), ""
		}
		return g, nil
	case data.Clean(g.field.Text(), nameMost) == "":
		g.wrong = words.SignEmpty
		return g, nil
	}
	return g.answer(answer{name: g.field.Text(), accept: true})
}

// listed fills the list of the step and lays it out.
func (g Sign) listed() Sign {
	var rows []parts.Item
	switch g.at {
	case choosing:
		for _, lang := range g.langs() {
			row := parts.Item{ID: string(lang), Title: langKey(lang).Help().Key + "  " + lang.Name()}
			if lang != regulation.Binding {
				row.Note = words.T(lang, words.SignHelp)
			}
			rows = append(rows, row)
		}
	case deciding:
		rows = []parts.Item{{ID: rowAgree, Title: g.s.T(words.SignAgree)}, {ID: rowAgain, Title: g.s.T(words.SignAgain)}, {ID: rowRefuse, Title: g.s.T(words.SignRefuse)}}
	}
	g.list = g.list.With(rows).Sized(g.w, max(1, g.h-len(g.head())))
	return g
}

// answer brings what somebody said to the desk.
func (g Sign) answer(said answer) (shell.Screen, tea.Cmd) {
	g.waiting, g.wrong = &said, ""
	this, lang := g.waiting, string(g.lang())
	return g, func() tea.Msg {
		r, err := g.calls.AnswerCall(g.s.Ctx, g.s.Who.Actor(), g.call.ID, lang, strings.TrimSpace(this.name), this.accept)
		return answeredMsg{this, r, err}
	}
}
