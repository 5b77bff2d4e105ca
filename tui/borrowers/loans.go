package borrowers

import (
	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Loans lists what somebody has and had; Enter opens the money of a loan.
type Loans struct {
	page.List[loans.Loan]
	desk Desk
	name string
}

func newLoans(s *shell.Session, desk Desk, id, name string) shell.Screen {
	columns := []parts.Column{{Title: words.BorrowerColDevice, Min: 12, Grow: 2}, {Title: words.BorrowerColLent, Min: 10}, {Title: words.BorrowerColDue, Min: 10},
		{Title: words.BorrowerColBack, Min: 10}, {Title: words.BorrowerColHow, Min: 14, Grow: 1, Drop: 1}}
	fill := page.Filling[loans.Loan]{
		Load: func() ([]loans.Loan, error) { return desk.Store.LoansOf(s.Ctx, s.Who.Actor(), id) },
		Rows: func(all []loans.Loan) []parts.Row { return loanRows(page.Still(s), all) },
		None: words.BorrowerNothing,
	}
	if desk.Money != nil {
		fill.Opens = words.BorrowerOpenMoney
	}
	return Loans{page.NewList(s, words.BorrowerLoading, columns, fill), desk, name}
}

func loanRows(p page.Page, all []loans.Loan) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, l := range all {
		how := p.S.T(words.LoanState(string(loans.OnLoan)))
		switch {
		case l.Ended == loans.WasAMistake:
			how = p.S.T(words.BorrowerUndone)
		case l.Ended != loans.Open && l.Ended != loans.Brought:
			how = p.S.T(words.LoanState(string(l.Ended)))
		case l.Ended == loans.Brought && l.LateDays > 0:
			how = p.S.T(words.BorrowerWasLate, "n", l.LateDays)
		case l.Ended == loans.Brought:
			how = p.S.T(words.BorrowerInTime)
		case l.LateOn(data.DayOf(p.S.Now())) > 0:
			how = p.S.T(words.BorrowerWasLate, "n", l.LateOn(data.DayOf(p.S.Now())))
		}
		back := ""
		if l.EndedOn != "" {
			back = p.Day(l.EndedOn)
		}
		rows[i] = parts.Row{ID: l.ID, Cells: []string{l.Device, p.Day(l.LentOn), p.Day(l.DueOn), back, how}}
	}
	return rows
}

// Title is whose they are.
func (l Loans) Title() string { return parts.Plain(l.S.T(words.BorrowerLoans, "name", l.name)) }

// Update opens the money of a loan.
func (l Loans) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	var chose string
	var cmd tea.Cmd
	if l.List, chose, cmd = l.Take(msg); chose != "" && l.desk.Money != nil {
		cmd = shell.Open(l.desk.Money(l.S, chose))
	}
	return l, cmd
}
