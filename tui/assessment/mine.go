package assessment

import (
	"digibrug/quiz"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Mine lists the campaigns that the person is invited to.
type Mine struct {
	page
	loaded bool
	all    []quiz.Invitation
	list   parts.List
}

type mineMsg struct{ all []quiz.Invitation }

// NewMine opens the room.
func NewMine(s *shell.Session, store attempts) shell.Screen {
	return Mine{page: page{s: s, store: store}, list: parts.NewList(parts.Kind{}, nil)}
}

func (m Mine) load() tea.Cmd {
	return func() tea.Msg {
		all, err := m.store.Mine(m.s.Ctx, m.by())
		if err != nil {
			return shell.FailedMsg{Doing: words.AssessmentLoading, Err: err}
		}
		return mineMsg{all}
	}
}

// Init loads the list.
func (m Mine) Init() tea.Cmd { return m.load() }

// Title is the name of the room.
func (m Mine) Title() string { return m.s.T(words.AssessmentTitle) }

// Update moves along the list and opens what is chosen.
func (m Mine) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.w, m.h = msg.Width, msg.Height
		return m.listed(), nil
	case mineMsg:
		m.all, m.loaded = msg.all, true
		return m.listed(), nil
	case shell.ShownMsg:
		return m, m.load()
	case shell.LookedMsg:
		return m.listed(), nil
	}
	var event parts.Event
	m.list, event = m.list.Update(m.s.Look(), parts.Shift(msg, 0, 2))
	if event == parts.Chose {
		return m, m.open()
	}
	return m, nil
}

func (m Mine) listed() Mine {
	var rows []parts.Item
	for _, v := range m.all {
		rows = append(rows, parts.Item{ID: v.Campaign.ID, Title: v.Campaign.Title, Note: m.state(v)})
	}
	m.list = m.list.With(rows).Sized(m.w, max(1, m.h-5))
	return m
}

// state says in a few words how it stands with a campaign.
func (m Mine) state(v quiz.Invitation) string {
	switch {
	case v.Ended != "":
		return m.s.T(words.AssessmentStateDone, "day", words.ShortDay(m.s.Lang(), v.EndedAt))
	case !v.Takable && v.Campaign.State == quiz.Open && v.Campaign.OpensOn > m.today():
		return m.s.T(words.AssessmentStateSoon, "day", words.StoredDay(m.s.Lang(), v.Campaign.OpensOn))
	case !v.Takable:
		return m.s.T(words.AssessmentStateOver)
	case v.Attempt != "":
		return m.s.T(words.AssessmentStateBusy, "done", v.Answered, "total", v.Total)
	}
	return m.s.T(words.AssessmentStateNew, "day", words.StoredDay(m.s.Lang(), v.Campaign.ClosesOn))
}

// open goes to the screen that belongs to the state of the chosen campaign.
func (m Mine) open() tea.Cmd {
	row, ok := m.list.Current()
	if !ok {
		return nil
	}
	for _, v := range m.all {
		if v.Campaign.ID != row.ID {
			continue
		}
		switch {
		case v.Ended != "":
			return shell.Open(NewResult(m.s, m.store, v.Attempt))
		case !v.Takable && v.Campaign.OpensOn > m.today():
			return shell.Notify(shell.Info, words.AssessmentNotYet, "day", words.StoredDay(m.s.Lang(), v.Campaign.OpensOn))
		case !v.Takable:
			return shell.Notify(shell.Info, words.AssessmentNoMore)
		case v.Attempt != "":
			return shell.Open(NewSheet(m.s, m.store, v.Attempt))
		}
		return shell.Open(NewIntro(m.s, m.store, v))
	}
	return nil
}

func (m Mine) today() string { return dayOf(m.s) }

// View gives the list, with a word about what it is.
func (m Mine) View() string {
	lead := m.s.T(words.AssessmentLead)
	switch {
	case !m.loaded:
		lead = m.s.T(words.AssessmentWait)
	case len(m.all) == 0:
		return parts.Rows(parts.Paragraphs(m.w, m.s.T(words.AssessmentNone)), m.h)
	}
	return m.s.Theme().Quiet.Render(parts.Cut(lead, m.w)) + "\n\n" + m.list.View(m.s.Look())
}

// Cursor is on the chosen campaign.
func (m Mine) Cursor() (x, y int, shown bool) {
	x, y, shown = m.list.Cursor()
	return x, y + 2, shown && len(m.all) > 0
}

// Mouse: campaigns can be clicked.
func (m Mine) Mouse() bool { return true }

// ShortHelp is the footer.
func (m Mine) ShortHelp() []key.Binding {
	return []key.Binding{keys.Named(m.s.Keys().Enter, m.s.T(words.AssessmentOpen))}
}

// FullHelp is the help page.
func (m Mine) FullHelp() [][]key.Binding {
	return [][]key.Binding{m.ShortHelp(), m.s.Keys().Moving()}
}
