package start

import (
	"fmt"
	"slices"
	"strconv"

	rules "digibrug/data/start"
	"digibrug/data/workbook"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// mappedMsg says that the columns of a tab are known now, for the preview of a book.
type mappedMsg struct{ of *workbook.Book }

// As asks which tab is read as which sheet.
type As struct {
	page.Page
	desk    Desk
	book    *workbook.Book
	choices []choice
	list    parts.List
}

// choice is a tab read as a sheet.
type choice struct {
	tab   workbook.Sheet
	sheet rules.Sheet
}

func newAs(s *shell.Session, desk Desk, book *workbook.Book) shell.Screen {
	a := As{Page: page.Still(s), desk: desk, book: book}
	var items []parts.Item
	for _, tab := range book.Sheets {
		if len(rules.HeadRows(tab)) == 0 {
			continue
		}
		for _, sheet := range desk.Store.Sheets() {
			items = append(items, parts.Item{ID: strconv.Itoa(len(a.choices)), Title: s.T(words.StartAs, "tab", tab.Name, "sheet", sheet.Name())})
			a.choices = append(a.choices, choice{tab, sheet})
		}
	}
	a.list = parts.NewList(parts.Kind{Filter: true}, items)
	if at := slices.IndexFunc(a.choices, func(c choice) bool { return c.sheet.Name() == c.tab.Name }); at >= 0 {
		a.list = a.list.On(strconv.Itoa(at))
	}
	return a
}

// Init does nothing: the book is there.
func (a As) Init() tea.Cmd { return nil }

// Title is what it asks.
func (a As) Title() string { return a.S.T(words.StartColumnsTitle) }

// Update chooses.
func (a As) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.W, a.H = msg.Width, msg.Height
		a.list = a.list.Sized(a.W, max(1, a.H-2))
		return a, nil
	case mappedMsg:
		return a, nil
	}
	var event parts.Event
	a.list, event = a.list.Update(a.S.Look(), parts.Shift(msg, 0, 2))
	if item, ok := a.list.Current(); ok && event == parts.Chose {
		at, _ := strconv.Atoi(item.ID) // an index of choices
		return a, shell.Replace(newColumns(a.S, a.desk, a.book, a.choices[at]))
	}
	return a, nil
}

// View gives the question and the choices.
func (a As) View() string {
	if len(a.choices) == 0 {
		return page.Fitted(a.Paragraphs(a.S.T(words.StartNoHeads)), a.H)
	}
	return page.Fitted([]string{a.S.Theme().Quiet.Render(parts.Cut(a.S.T(words.StartAsLead), a.W)), "", a.list.View(a.S.Look())}, a.H)
}

// Cursor is on the choice.
func (a As) Cursor() (x, y int, shown bool) {
	x, y, shown = a.list.Cursor()
	return x, y + 2, shown && len(a.choices) > 0
}

// Typing: letters go into the filter.
func (a As) Typing() bool { return a.list.Typing() }

// Inside: Esc closes the filter.
func (a As) Inside() bool { return a.list.Inside() }

// Mouse: choices can be clicked.
func (a As) Mouse() bool { return true }

// ShortHelp is the footer.
func (a As) ShortHelp() []key.Binding {
	if len(a.choices) == 0 {
		return nil
	}
	return []key.Binding{a.Enter(words.StartChoose), a.Search()}
}

// FullHelp is the help page.
func (a As) FullHelp() [][]key.Binding { return [][]key.Binding{a.ShortHelp(), a.S.Keys().Moving()} }

// Columns says what each column of a tab is.
type Columns struct {
	page.Form
	desk  Desk
	book  *workbook.Book
	of    choice
	heads []rules.Head
}

// remembered is the reply to the columns being kept.
type remembered struct{}

func newColumns(s *shell.Session, desk Desk, book *workbook.Book, of choice) shell.Screen {
	c := Columns{desk: desk, book: book, of: of}
	row, _ := rules.Guess(of.sheet, of.tab) // newAs offers only tabs with heads
	options := []parts.Option{{Label: s.T(words.StartNotRead)}}
	for _, name := range rules.FieldNames(of.sheet) {
		options = append(options, parts.Option{Value: name, Label: name})
	}
	var fields []parts.Field
	for _, head := range row.Heads {
		if slices.ContainsFunc(c.heads, func(h rules.Head) bool { return h.Text == head.Text }) {
			continue // the first of two with one name is meant
		}
		label := words.Key(fmt.Sprintf("%s (%s)", head.Text, workbook.Letter(head.Column))) // a head is no key: it shows as it is
		c.heads = append(c.heads, head)
		fields = append(fields, parts.Field{Name: head.Text, Label: label, Kind: parts.Choice, Options: options, Value: head.Field})
	}
	c.Form = page.NewForm(s, words.StartColumnsLead, parts.NewForm(words.StartColumnsDone, fields...))
	return c
}

// Init does nothing: the heads are there.
func (c Columns) Init() tea.Cmd { return nil }

// Title is what it asks.
func (c Columns) Title() string { return c.S.T(words.StartColumnsTitle) }

// Update chooses, and keeps what was chosen.
func (c Columns) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if msg, ok := msg.(page.DoneMsg[remembered]); ok {
		next, good, tell := c.Settle(msg.Of, msg.Err)
		if c.Form = next; !good {
			return c, tell
		}
		return c, tea.Sequence(shell.Back(), func() tea.Msg { return mappedMsg{c.book} })
	}
	next, event := c.Fill(msg)
	if c.Form = next; event != parts.FormSubmitted {
		return c, nil
	}
	m := rules.Mapping{Sheet: c.of.sheet.Name()}
	for _, head := range c.heads {
		if field := c.Body.Value(head.Text); field != "" {
			m.Columns = append(m.Columns, rules.Column{Head: head.Text, Field: field})
		}
	}
	c.Page = c.Acts(words.StartKeeping)
	return c, page.Fetch(c.Acting, func() (remembered, error) {
		_, err := c.desk.Store.Remember(c.S.Ctx, c.By(), c.of.tab, m)
		return remembered{}, err
	})
}
