package till

import (
	"strings"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Count counts the drawer of an owner at the end of the day.
type Count struct {
	page.Form
	desk  Desk
	sheet loans.DaySheet
}

func newCount(s *shell.Session, desk Desk, sheet loans.DaySheet) shell.Screen {
	euro := func(text string) error { _, err := data.ParseEuro(text); return err }
	body := parts.NewForm(words.TillSave,
		parts.Field{Name: "morning", Label: words.TillMorning, Hint: words.TillMorningHint, Need: true, Max: maxAmount, Digits: true, Value: "0,00", Check: euro},
		parts.Field{Name: "counted", Label: words.TillEvening, Hint: words.TillEveningHint, Need: true, Max: maxAmount, Digits: true, Check: euro},
		parts.Field{Name: "note", Label: words.TillColNote, Hint: words.TillDifferenceHint, Max: maxText})
	return Count{page.NewForm(s, words.TillCountLead, body), desk, sheet}
}

func (c Count) base() base { return base{c.Page, c.desk} }

// Init does nothing: the day was loaded.
func (c Count) Init() tea.Cmd { return nil }

// Title says whose drawer it is.
func (c Count) Title() string { return c.S.T(words.TillCountTitle, "name", c.sheet.Organisation) }

// counted is what came in by the count: the drawer now, less the drawer in the morning. ok is false while either is no
// amount.
func (c Count) counted() (cents int64, ok bool) {
	morning, err := data.ParseEuro(c.Body.Value("morning"))
	evening, err2 := data.ParseEuro(c.Body.Value("counted"))
	return evening - morning, err == nil && err2 == nil
}

// Update fills in and saves.
func (c Count) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.DoneMsg[loans.CashCount]:
		next, ok, tell := c.Settle(msg.Of, msg.Err)
		if c.Form = next; ok {
			b := c.base()
			tell = tea.Batch(shell.Back(), shell.Notify(shell.Good, words.TillCountedNow, "expected", b.money(msg.Got.Expected), "counted", b.money(msg.Got.Counted)))
		}
		return c, tell
	case tea.WindowSizeMsg:
		msg.Height -= tailLines
		c.Form, _ = c.Fill(msg)
		return c, nil
	}
	next, event := c.Fill(msg)
	if c.Form = next; event != parts.FormSubmitted {
		return c, nil
	}
	cents, _ := c.counted() // the form let nothing else through
	note := c.Body.Value("note")
	c.Page = c.Acts(words.TillSaving)
	return c, page.Fetch(c.Acting, func() (loans.CashCount, error) {
		return c.desk.Store.CountCash(c.S.Ctx, c.By(), c.sheet.OrganisationID, cents, note)
	})
}

// View gives the form, and how the count compares.
func (c Count) View() string {
	b, tail := c.base(), ""
	expected := c.sheet.CashExpected()
	if cents, ok := c.counted(); !ok {
		tail = c.S.T(words.TillExpected, "expected", b.money(expected))
	} else if cents == expected {
		tail = c.S.T(words.TillCountRight, "expected", b.money(expected))
	} else {
		tail = c.S.T(words.TillCountWrong, "expected", b.money(expected), "counted", b.money(cents), "difference", b.money(cents-expected))
	}
	lines := page.Shortened(c.Paragraphs(tail), min(c.W, parts.MaxWidth), tailLines-1)
	return c.Form.View() + "\n\n" + strings.Join(lines, "\n")
}
