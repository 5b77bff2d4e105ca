package loandesk

import (
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// heap is one kind of thing to do, and how much of it there is.
type heap struct {
	name words.Key
	n    int
}

func heapsOf(d loans.Day) []heap {
	return []heap{{words.LoanTodayLate, len(d.Late)}, {words.LoanTodayDue, len(d.Due)}, {words.LoanTodayPickUp, len(d.PickUps)},
		{words.LoanTodayCheck, len(d.ToCheck)}, {words.LoanTodayWipe, len(d.ToWipe)}, {words.LoanTodayTest, len(d.ToTest)}}
}

func (c Counter) heaps() []heap { return heapsOf(c.day) }

func (c Counter) dayRows() [][]string {
	var rows [][]string
	for _, one := range c.chores(c.day) {
		rows = append(rows, one.cells)
	}
	return rows
}

// chore is one thing to do today.
type chore struct {
	id     string
	cells  []string // what, device, who, when
	loan   string   // id; or else
	device string   // id
	name   string   // of the device
}

// chores lists what there is to do on a day: what is late first.
func (b base) chores(d loans.Day) []chore {
	var all []chore
	due := func(what words.Key, l loans.Loan) {
		when := b.until(l)
		if late := b.late(l); late != "" && l.DueOn < b.today() {
			when = late
		}
		all = append(all, chore{id: l.ID, cells: []string{b.S.T(what), l.Device, l.Borrower, when}, loan: l.ID})
	}
	for _, l := range d.Late {
		due(words.LoanTodayLate, l)
	}
	for _, l := range d.Due {
		due(words.LoanTodayDue, l)
	}
	for _, k := range d.PickUps {
		all = append(all, chore{id: k.ID, cells: []string{b.S.T(words.LoanTodayPickUp), k.Device, k.Borrower, b.S.T(words.LoandeskWaitsUntil, "day", b.weekday(k.PickUpUntil))},
			device: k.DeviceID, name: k.Device})
	}
	for _, list := range []struct {
		what    words.Key
		devices []loans.Device
	}{{words.LoanTodayCheck, d.ToCheck}, {words.LoanTodayWipe, d.ToWipe}, {words.LoanTodayTest, d.ToTest}} {
		for _, one := range list.devices {
			all = append(all, chore{id: one.ID, cells: []string{b.S.T(list.what), one.Called(), "", one.Type}, device: one.ID, name: one.Called()})
		}
	}
	return all
}

// Day lists what there is to do today.
type Day struct {
	page.List[chore]
	base base
}

func newDay(s *shell.Session, desk Desk) shell.Screen {
	b := base{page.Still(s), desk}
	columns := []parts.Column{{Title: words.LoandeskColWhat, Min: 13}, {Title: words.LoandeskColDevice, Min: 10, Grow: 1}, {Title: words.LoandeskBorrower, Min: 12, Grow: 2},
		{Title: words.LoandeskColWhen, Min: 16}}
	return Day{page.NewList(s, words.LoandeskLoading, columns, page.Filling[chore]{
		Load: func() ([]chore, error) {
			d, err := desk.Store.Today(s.Ctx, b.By())
			return b.chores(d), err
		},
		Rows: func(all []chore) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, one := range all {
				rows[i] = parts.Row{ID: one.id, Cells: one.cells}
			}
			return rows
		},
		None: words.LoandeskDayNone, Opens: words.LoandeskOpens,
	}), b}
}

// Title is the name of the list.
func (d Day) Title() string { return d.S.T(words.LoandeskDayTitle) }

// Update moves along the list, and opens what is chosen: the page of the loan, or of the device.
func (d Day) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	var chose string
	var cmd tea.Cmd
	d.List, chose, cmd = d.Take(msg)
	for _, one := range d.All {
		switch {
		case one.id != chose:
		case one.loan != "":
			return d, shell.Open(newLoan(d.S, d.base.desk, one.loan))
		case d.base.desk.Device != nil:
			return d, shell.Open(d.base.desk.Device(d.S, one.device))
		default:
			return d, shell.Open(newHistory(d.S, d.base.desk, ofDevice, one.device, one.name))
		}
	}
	return d, cmd
}

// about is what a list of loans is of.
type about int

const (
	ofAll about = iota // all that are open
	ofDevice
	ofBorrower
)

// History lists loans: those of a device or a borrower with what is over, or all that are open.
type History struct {
	page.List[loans.Loan]
	base base
	of   about
	name string
}

func newHistory(s *shell.Session, desk Desk, of about, id, name string) shell.Screen {
	b := base{page.Still(s), desk}
	columns := []parts.Column{{Title: words.LoandeskColDevice, Min: 10, Grow: 1}, {Title: words.LoandeskBorrower, Min: 12, Grow: 2}, {Title: words.LoandeskLentOn, Min: 13, Drop: 1},
		{Title: words.LoandeskDue, Min: 13}, {Title: words.LoandeskColHow, Min: 16}}
	return History{page.NewList(s, words.LoandeskLoading, columns, page.Filling[loans.Loan]{
		Load: func() ([]loans.Loan, error) {
			switch of {
			case ofDevice:
				return desk.Store.LoansOfDevice(s.Ctx, b.By(), id)
			case ofBorrower:
				return desk.Store.LoansOf(s.Ctx, b.By(), id)
			}
			return desk.Store.OpenNow(s.Ctx, b.By())
		},
		Rows: func(all []loans.Loan) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, l := range all {
				rows[i] = parts.Row{ID: l.ID, Cells: []string{l.Device, b.whoHad(l), b.weekday(l.LentOn), b.until(l), b.how(l)}}
			}
			return rows
		},
		None: words.LoandeskHistoryNone, Opens: words.LoandeskOpens,
	}), b, of, name}
}

// whoHad names the borrower of a loan, also when the register forgot who it was.
func (b base) whoHad(l loans.Loan) string {
	if l.Borrower == "" {
		return b.S.T(words.LoandeskForgotten)
	}
	return l.Borrower
}

// how says how a loan stands, or came to its end.
func (b base) how(l loans.Loan) string {
	switch late := b.late(l); {
	case late != "":
		return late
	case l.Ended == loans.Open:
		return b.state(loans.OnLoan)
	case l.Ended == loans.GotLost:
		return b.state(loans.Lost)
	case l.Ended == loans.WasStolen:
		return b.state(loans.Stolen)
	case l.Ended == loans.WasAMistake:
		return b.S.T(words.LoandeskMistake)
	}
	return b.S.T(words.LoandeskBackOn, "day", b.Day(l.EndedOn))
}

// Title says of what the loans are.
func (h History) Title() string {
	if h.of == ofAll {
		return h.S.T(words.LoandeskAllOpen)
	}
	return h.S.T(words.LoandeskLoansOf, "name", h.name)
}

// Update moves along the list, and opens the page of a loan.
func (h History) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	var chose string
	var cmd tea.Cmd
	h.List, chose, cmd = h.Take(msg)
	if chose != "" {
		cmd = shell.Open(newLoan(h.S, h.base.desk, chose))
	}
	return h, cmd
}
