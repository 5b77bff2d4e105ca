package assessment

import (
	"digibrug/quiz"
	"digibrug/tui/items"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Explained lets the person read the explanation of every question, one at a time.
type Explained struct {
	page
	id     string
	items  []quiz.AttemptItem
	at     int
	scroll parts.Scroll
}

type explainedMsg struct {
	attempt string
	items   []quiz.AttemptItem
}

// NewExplained opens the explanations of an attempt.
func NewExplained(s *shell.Session, store attempts, id string) shell.Screen {
	return Explained{page: page{s: s, store: store}, id: id}
}

// Init loads the items with the answers.
func (e Explained) Init() tea.Cmd {
	return func() tea.Msg {
		got, err := e.store.Explained(e.s.Ctx, e.by(), e.id)
		if err != nil {
			return shell.FailedMsg{Doing: words.AssessmentLoading, Err: err}
		}
		return explainedMsg{e.id, got}
	}
}

// Title is what it is.
func (e Explained) Title() string { return e.s.T(words.AssessmentExplainTitle) }

func (e Explained) keys() (previous, next key.Binding) {
	k := e.s.Keys()
	return keys.Named(k.Left, e.s.T(words.ItemBackward)), keys.Named(k.Right, e.s.T(words.ItemForward))
}

// Update walks through the questions and the text.
func (e Explained) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		e.w, e.h = msg.Width, msg.Height
	case explainedMsg:
		if msg.attempt == e.id {
			e.items = msg.items
		}
	case tea.KeyPressMsg:
		previous, next := e.keys()
		switch {
		case key.Matches(msg, previous):
			e.at, e.scroll = max(0, e.at-1), parts.Scroll{}
		case key.Matches(msg, e.s.Keys().Enter) && e.scroll.More(len(e.lines()), e.h-2):
			e.scroll = e.scroll.Update(e.s.Look(), tea.KeyPressMsg{Code: tea.KeyPgDown}, len(e.lines()), e.h-2)
			return e, nil
		case key.Matches(msg, next, e.s.Keys().Enter):
			if e.at == len(e.items)-1 && key.Matches(msg, e.s.Keys().Enter) {
				return e, shell.Back()
			}
			e.at, e.scroll = min(len(e.items)-1, e.at+1), parts.Scroll{}
		}
	}
	e.scroll = e.scroll.Update(e.s.Look(), msg, len(e.lines()), e.h-2)
	return e, nil
}

func (e Explained) lines() []string {
	if len(e.items) == 0 {
		return nil
	}
	it := e.items[e.at]
	if it.Withheld {
		return parts.Wrap(e.s.T(words.AssessmentWithheld), max(1, e.w))
	}
	return items.Explanation(e.s.Look(), it.Item, it.Shown, it.Answer, e.w)
}

// View gives one explanation.
func (e Explained) View() string {
	if len(e.items) == 0 {
		return e.s.T(words.AssessmentWait)
	}
	where := e.s.T(words.ItemWhere, "n", e.at+1, "total", len(e.items)) + " · " + parts.Plain(e.store.DomainTitle(e.items[e.at].Item.Domain))
	return e.s.Theme().Title.Render(parts.Cut(where, e.w)) + "\n\n" + e.scroll.View(e.s.Look(), e.lines(), e.w, e.h-2)
}

// ShortHelp is the footer.
func (e Explained) ShortHelp() []key.Binding {
	previous, next := e.keys()
	return []key.Binding{keys.Named(e.s.Keys().Enter, e.s.T(words.ItemForward)), previous, next}
}

// FullHelp is the help page.
func (e Explained) FullHelp() [][]key.Binding {
	return [][]key.Binding{e.ShortHelp(), e.s.Keys().Moving()}
}
