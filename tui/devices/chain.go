package devices

import (
	"strings"

	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Chain is the work list of what came back: to be checked, to be wiped, to be charged and tested. A scan or some letters
// find a device, Enter does what is next for it, and the cursor is then on the one after it.
type Chain struct {
	page.List[loans.Device]
	desk Desk
}

func chainColumns() []parts.Column {
	return []parts.Column{
		{Title: words.DeviceColTodo, Min: 21},
		{Title: words.DeviceColDevice, Min: 12, Grow: 2},
		{Title: words.DeviceColNumber, Min: 8},
		{Title: words.DeviceColType, Min: 8, Grow: 1, Drop: 1},
	}
}

func newChain(s *shell.Session, desk Desk) shell.Screen {
	fill := page.Filling[loans.Device]{
		Load:  func() ([]loans.Device, error) { return desk.todo(s) },
		Rows:  func(all []loans.Device) []parts.Row { return todoRows(s, all) },
		Above: func(all []loans.Device) string { return todoSummary(s, all) + "\n" },
		None:  words.DeviceChainNone,
	}
	c := Chain{page.NewList(s, words.DeviceLoading, chainColumns(), fill), desk}
	c.Table = c.Table.Finding()
	return c
}

// todo lists what is on its way back to where it can be lent, in the order of the steps.
func (d Desk) todo(s *shell.Session) ([]loans.Device, error) {
	day, err := d.Store.Today(s.Ctx, s.Who.Actor())
	return append(append(day.ToCheck, day.ToWipe...), day.ToTest...), err
}

// todoKey is what is to be done with a device that is on its way back.
func todoKey(s loans.State) words.Key {
	return map[loans.State]words.Key{loans.ToCheck: words.DeviceDoCheck, loans.ToWipe: words.DeviceDoWipe, loans.InStock: words.DeviceNeedTest}[s]
}

// todoRows gives a row per device. The ID has the step too: once it was taken, the cursor stays where it was, on the
// next device of the same step.
func todoRows(s *shell.Session, all []loans.Device) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, d := range all {
		rows[i] = parts.Row{ID: string(d.State) + " " + d.ID, Cells: []string{s.T(todoKey(d.State)), orDash(d.Name), string(d.Number), d.Type}}
	}
	return rows
}

// todoSummary counts what there is to do.
func todoSummary(s *shell.Session, all []loans.Device) string {
	count := map[loans.State]int{}
	for _, d := range all {
		count[d.State]++
	}
	return s.T(words.DeviceChainLead, "check", count[loans.ToCheck], "wipe", count[loans.ToWipe], "test", count[loans.InStock])
}

// Title is what it is.
func (c Chain) Title() string { return c.S.T(words.DeviceChain) }

// Update finds, and opens the next step of a device.
func (c Chain) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if _, shown := msg.(shell.ShownMsg); shown && c.Table.Len() < len(c.All) { // what was scanned is done: wait for the next
		c.Table = parts.NewTable(chainColumns(), nil).Finding()
	}
	var chose string
	var cmd tea.Cmd
	if c.List, chose, cmd = c.Take(msg); chose == "" {
		return c, cmd
	}
	state, id, _ := strings.Cut(chose, " ")
	steps := map[loans.State]func(*shell.Session, Desk, string) shell.Screen{loans.ToCheck: newCheck, loans.ToWipe: newWipe, loans.InStock: newTest}
	return c, shell.Open(steps[loans.State(state)](c.S, c.desk, id))
}

// ShortHelp is the footer.
func (c Chain) ShortHelp() []key.Binding {
	switch {
	case !c.Loaded:
		return []key.Binding{c.Enter(words.PageAgain)}
	case len(c.All) == 0:
		return nil
	}
	return []key.Binding{c.Enter(words.DeviceDoNext), c.S.Keys().Arrows}
}

// FullHelp is the help page.
func (c Chain) FullHelp() [][]key.Binding { return [][]key.Binding{c.ShortHelp(), c.S.Keys().Moving()} }
