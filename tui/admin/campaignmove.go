package admin

import (
	"digibrug/quiz"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// MoveForm gives a campaign another last day.
type MoveForm struct {
	page.Form
	store campaignKeeper
	c     quiz.Campaign
}

// moved tells that a campaign has another last day.
type moved struct{ day string }

func newMoveForm(s *shell.Session, store campaignKeeper, c quiz.Campaign) shell.Screen {
	body := parts.NewForm(words.AdminSave, parts.Field{Name: "closes", Label: words.AdminLastDay, Kind: parts.Day, Need: true, Value: c.ClosesOn})
	return MoveForm{page.NewForm(s, words.AdminMoveLead, body), store, c}
}

// Init does nothing: all is known.
func (m MoveForm) Init() tea.Cmd { return nil }

// Title is what it is.
func (m MoveForm) Title() string { return m.S.T(words.AdminMoveTitle) }

// Update takes the day and saves it.
func (m MoveForm) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if msg, is := msg.(page.DoneMsg[moved]); is {
		next, ok, tell := m.Settle(msg.Of, msg.Err)
		if m.Form = next; !ok {
			return m, tell
		}
		return m, tea.Batch(shell.Back(), shell.Notify(shell.Good, words.AdminMoved, "day", m.Day(msg.Got.day)))
	}
	next, event := m.Fill(msg)
	m.Form = next
	if event != parts.FormSubmitted {
		return m, nil
	}
	day := m.Body.Value("closes")
	m.Page = m.Acts(words.AdminCampaignSaving)
	return m, page.Fetch(m.Acting, func() (moved, error) { return moved{day}, m.store.Move(m.S.Ctx, m.By(), m.c.ID, day) })
}
