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

// Intro tells what a campaign is before it begins, and who will see what.
type Intro struct {
	page
	v      quiz.Invitation
	helped bool
	list   parts.List
	busy   bool
}

// What can be chosen at the instruction.
const (
	introPractice = "practice"
	introBegin    = "begin"
	introHelped   = "helped"
)

type startedMsg struct{ campaign, attempt string }

// NewIntro opens the instruction of a campaign that was not begun.
func NewIntro(s *shell.Session, store attempts, v quiz.Invitation) shell.Screen {
	return Intro{page: page{s: s, store: store}, v: v, list: parts.NewList(parts.Kind{}, nil)}.listed()
}

func (i Intro) listed() Intro {
	helped := words.AssessmentHelpedNo
	if i.helped {
		helped = words.AssessmentHelpedYes
	}
	i.list = i.list.With([]parts.Item{
		{ID: introPractice, Title: i.s.T(words.AssessmentPractice)},
		{ID: introBegin, Title: i.s.T(words.AssessmentBegin)},
		{ID: introHelped, Title: i.s.T(helped)},
	}).Sized(i.w, 3)
	return i
}

// Init does nothing: all is known.
func (i Intro) Init() tea.Cmd { return nil }

// Title is the campaign's.
func (i Intro) Title() string { return i.v.Campaign.Title }

// Update chooses.
func (i Intro) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		i.w, i.h = msg.Width, msg.Height
		return i.listed(), nil
	case shell.LookedMsg:
		return i.listed(), nil
	case shell.ShownMsg: // back from the practice question
		i.list = i.list.On(introBegin)
		return i, nil
	case shell.FailedMsg:
		i.busy = false
		return i, nil
	case startedMsg:
		if msg.campaign != i.v.Campaign.ID || !i.busy {
			return i, nil
		}
		return i, shell.Replace(NewSheet(i.s, i.store, msg.attempt))
	}
	var event parts.Event
	i.list, event = i.list.Update(i.s.Look(), parts.Shift(msg, 0, len(i.text())+1))
	if press, ok := msg.(tea.KeyPressMsg); ok && key.Matches(press, i.s.Keys().Space) { // it turns the last line over, as on a tick
		event = parts.Chose
	}
	if event == parts.Chose && !i.busy {
		return i.choose()
	}
	return i, nil
}

func (i Intro) choose() (shell.Screen, tea.Cmd) {
	row, _ := i.list.Current()
	switch row.ID {
	case introPractice:
		return i, shell.Open(items.NewPractice(i.s))
	case introHelped:
		i.helped = !i.helped
		return i.listed(), nil
	}
	i.busy = true
	return i, i.start()
}

func (i Intro) start() tea.Cmd {
	campaign, helped := i.v.Campaign.ID, i.helped
	return func() tea.Msg {
		attempt, err := i.store.Start(i.s.Ctx, i.by(), campaign, helped)
		if err != nil {
			return shell.FailedMsg{Doing: words.AssessmentStarting, Err: err}
		}
		return startedMsg{campaign, attempt}
	}
}

// minutes is how long so many questions take about, in fives: an item takes some 45 seconds, reading included.
func minutes(total int) int { return max(5, (total*45/60+4)/5*5) }

func (i Intro) text() []string {
	limit := i.s.T(words.AssessmentNoLimit, "day", words.StoredDay(i.s.Lang(), i.v.Campaign.ClosesOn))
	if l := i.v.Campaign.Limit; l > 0 {
		limit = i.s.T(words.AssessmentLimit, "limit", words.Duration(i.s.Lang(), l))
	}
	texts := []string{
		i.s.T(words.AssessmentWhat, "n", i.v.Total, "minutes", minutes(i.v.Total)),
		limit,
		i.s.T(words.AssessmentWho),
	}
	if i.h >= 20 {
		return parts.Paragraphs(i.w, texts...)
	}
	var lines []string // a low window: no empty lines between
	for _, t := range texts {
		lines = append(lines, parts.Wrap(t, i.w)...)
	}
	return lines[:max(0, min(len(lines), i.h-4))]
}

// View gives the text and the choices.
func (i Intro) View() string {
	lines := append(i.text(), "")
	return parts.Rows(append(lines, i.list.View(i.s.Look())), i.h)
}

// Cursor is on the choice.
func (i Intro) Cursor() (x, y int, shown bool) {
	x, y, shown = i.list.Cursor()
	return x, y + len(i.text()) + 1, shown
}

// Mouse: the choices can be clicked.
func (i Intro) Mouse() bool { return true }

// ShortHelp is the footer.
func (i Intro) ShortHelp() []key.Binding {
	return []key.Binding{keys.Named(i.s.Keys().Enter, i.s.T(words.AssessmentChoose))}
}

// FullHelp is the help page.
func (i Intro) FullHelp() [][]key.Binding {
	return [][]key.Binding{i.ShortHelp(), i.s.Keys().Moving()}
}
