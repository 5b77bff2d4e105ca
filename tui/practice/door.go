package practice

import (
	"fmt"
	"strconv"

	"digibrug/quiz"
	"digibrug/tui/keys"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Rows of the door that are no bank.
const (
	rowAll   = "*all"
	rowPlace = "*place"
)

// Door lets people choose what to practise.
type Door struct {
	room
	banks []quiz.Bank
	list  parts.List
}

// New opens the room.
func New(s *shell.Session, desk Desk) shell.Screen {
	return Door{room: room{page.New(s, words.PracticeLoading), desk}, list: parts.NewList(parts.Kind{}, nil)}
}

// Init loads what can be practised.
func (d Door) Init() tea.Cmd {
	return page.Fetch(d.Loading, func() ([]quiz.Bank, error) { return d.desk.banks(d.S.Ctx) })
}

// Title is the name of the room.
func (d Door) Title() string { return d.S.T(words.PracticeTitle) }

// Update chooses.
func (d Door) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		d.W, d.H = msg.Width, msg.Height
		return d.listed(), nil
	case page.DoneMsg[[]quiz.Bank]:
		settled, ok, tell := page.Settled(d.Page, msg)
		if d.Page = settled; ok {
			d.banks = msg.Got
		}
		return d.listed(), tell
	case shell.LookedMsg:
		return d.listed(), nil
	}
	if d.Retries(msg) {
		d.Page = d.Again()
		return d, d.Init()
	}
	if !d.Loaded {
		return d, nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok {
		if n, digit := keys.Digit(press); digit && n >= 1 && n <= len(d.rows()) {
			d.list = d.list.On(d.rows()[n-1].ID)
			return d, d.open(d.rows()[n-1].ID)
		}
	}
	var event parts.Event
	d.list, event = d.list.Update(d.S.Look(), parts.Shift(msg, 0, len(d.lead())))
	if row, ok := d.list.Current(); ok && event == parts.Chose {
		return d, d.open(row.ID)
	}
	return d, nil
}

// open begins what a row is for.
func (d Door) open(id string) tea.Cmd {
	switch id {
	case rowAll:
		return shell.Open(newAsking(d.room, roundOf{banks: d.banks, Round: Draw(d.banks, d.desk.seed())}))
	case rowPlace:
		return shell.Open(newAsking(d.room, placing{Place(forCitizens(d.banks), d.desk.seed())}))
	}
	for _, b := range d.banks {
		if b.ID == id {
			one := []quiz.Bank{b}
			return shell.Open(newAsking(d.room, roundOf{banks: one, Round: Draw(one, d.desk.seed())}))
		}
	}
	return nil
}

// rows are the choices, those that a digit reaches with it. Line by line every choice has its number already.
func (d Door) rows() (rows []parts.Item) {
	add := func(id, title, note string) {
		number := "   "
		switch n := len(rows) + 1; {
		case d.S.Reading():
			number = ""
		case n <= 9:
			number = strconv.Itoa(n) + "  "
		}
		rows = append(rows, parts.Item{ID: id, Title: number + title, Note: note})
	}
	if len(d.banks) == 0 {
		return nil
	}
	for _, b := range d.banks {
		add(b.ID, b.Title, d.S.T(words.PracticeCount, "n", len(b.Items)))
	}
	add(rowAll, d.S.T(words.PracticeAll), "")
	if len(forCitizens(d.banks)) > 0 {
		add(rowPlace, d.S.T(words.PracticePlace), "")
	}
	return rows
}

func (d Door) listed() Door {
	d.list = d.list.With(d.rows()).Sized(d.W, max(1, d.H-len(d.lead())))
	return d
}

// lead is the lines above the choices, with an empty one at the end.
func (d Door) lead() (lines []string) {
	lines = append(lines, d.Headline(d.S.T(words.PracticeWhat)), "")
	for _, line := range d.Paragraphs(d.S.T(words.PracticeNothingKept)) {
		lines = append(lines, d.S.Theme().Quiet.Render(line))
	}
	return append(lines, "")
}

// View gives the choices.
func (d Door) View() string {
	switch {
	case !d.Loaded:
		return d.Waiting()
	case len(d.banks) == 0:
		return page.Fitted(d.Paragraphs(d.S.T(words.PracticeNone)), d.H)
	}
	return parts.Rows(append(d.lead(), d.list.View(d.S.Look())), d.H)
}

// Cursor is on the choice.
func (d Door) Cursor() (x, y int, shown bool) {
	x, y, shown = d.list.Cursor()
	return x, y + len(d.lead()), shown && len(d.banks) > 0
}

// Mouse: choices can be clicked.
func (d Door) Mouse() bool { return true }

// ShortHelp is the footer.
func (d Door) ShortHelp() []key.Binding {
	if !d.Loaded {
		return []key.Binding{d.Enter(words.PageAgain)}
	}
	if len(d.banks) == 0 {
		return nil
	}
	if d.S.Reading() {
		return []key.Binding{d.Enter(words.PracticeChoose)}
	}
	return []key.Binding{d.digits(), d.S.Keys().Arrows, d.Enter(words.PracticeChoose)}
}

// digits are the numbers of the choices, as any keyboard types them.
func (d Door) digits() key.Binding {
	most := min(9, len(d.rows()))
	return key.NewBinding(key.WithKeys("1", "2", "3", "4", "5", "6", "7", "8", "9", "&", "é", "\"", "'", "(", "§", "è", "!", "ç"),
		key.WithHelp(fmt.Sprintf("1-%d", most), d.S.T(words.PracticeChoose)))
}

// FullHelp is the help page.
func (d Door) FullHelp() [][]key.Binding {
	return [][]key.Binding{d.ShortHelp(), d.S.Keys().Moving()}
}
