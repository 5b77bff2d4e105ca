// Package till is the room of deposits and money: on which loans something is open, the ledger of a loan, and the day
// sheet of each owner with what was counted in the drawer.
//
// Nothing here is ever changed: what was wrong is taken back by an entry of the opposite amount, with a reason. Who lends
// enters money; the finance director reads what is of the own organisation. Why somebody pays less is nowhere here: a
// tariff has a code.
package till

import (
	"context"
	"time"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/papers"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "till"

// Desk is what the room works with. Only Store must be there: the keys of what is missing are gone.
type Desk struct {
	Store *loans.Store
	// Receipt puts the receipt of an entry in the outbox.
	Receipt func(ctx context.Context, by data.Actor, loan, entry string) error
	// Sheet puts the day sheets of a day in the outbox: to print, or for the books.
	Sheet func(ctx context.Context, by data.Actor, day string, f papers.Format) error
}

// base is what the screens of the room share.
type base struct {
	page.Page
	desk Desk
}

// clerk tells whether the visitor may enter money; who may not reads.
func (b base) clerk() bool { return b.S.Who.Has(data.RoleClerk) || b.S.Who.Has(data.RoleICT) }

// today is the day in Brussels, midnight UTC.
func (b base) today() time.Time {
	day, _ := data.ParseDay(data.DayOf(b.S.Now())) // the clock's own day is one
	return day
}

func (b base) money(cents int64) string { return words.Money(b.S.Lang(), cents) }

// method is what a way of paying is called; "-" for none.
func (b base) method(m loans.Method) string {
	return b.S.T(map[loans.Method]words.Key{loans.Cash: words.TillCash, loans.Bancontact: words.TillBancontact, loans.Transfer: words.TillTransfer, "": words.TillNoMethod}[m])
}

// what is what money is for.
func (b base) what(w loans.What) string {
	return b.S.T(map[loans.What]words.Key{loans.Deposit: words.TillDeposit, loans.Fee: words.TillFee, loans.Fine: words.TillFine, loans.Damage: words.TillDamage}[w])
}

// entry names what an entry does: "waarborg ontvangen".
func (b base) entry(k loans.Kind, w loans.What) string {
	return b.S.T(map[loans.Kind]words.Key{loans.Received: words.TillReceived, loans.Refunded: words.TillRefunded, loans.Withheld: words.TillWithheld,
		loans.Charged: words.TillCharged, loans.Paid: words.TillPaid, loans.Waived: words.TillWaived}[k], "what", b.what(w))
}

// whose names the borrower of a loan.
func (b base) whose(l loans.Loan) string {
	if l.Borrower == "" {
		return b.S.T(words.TillNobody)
	}
	return l.Borrower
}

// open says what is to be done about the money of a loan, and how much it is.
func (b base) open(a loans.Account) (what words.Key, cents int64) {
	switch {
	case a.Ended != loans.Open && a.Held > 0 && !a.Checked:
		return words.TillToCheck, a.Held
	case a.Refundable() > 0:
		return words.TillToRefund, a.Refundable()
	case a.Ended != loans.Open && a.Held > 0:
		return words.TillToWithhold, a.Held
	case a.Owed > 0:
		return words.TillToPay, a.Owed
	case a.ToCome() > 0:
		return words.TillToReceive, a.ToCome()
	}
	return words.TillSettled, 0
}

// saved is what a change came to.
type saved struct {
	said words.Key
	args []any
}

// List is the loans on which money is open, or all of one borrower.
type List struct {
	page.List[loans.Account]
	desk     Desk
	borrower string // id; empty: all on which something is open
}

// New opens the room: the loans on which money is open, deposits that can go back first.
func New(s *shell.Session, desk Desk) shell.Screen { return newList(s, desk, "") }

// NewFor lists the loans of a borrower that ever had money.
func NewFor(s *shell.Session, desk Desk, borrower string) shell.Screen {
	return newList(s, desk, borrower)
}

func newList(s *shell.Session, desk Desk, borrower string) shell.Screen {
	b := base{page.Still(s), desk}
	columns := []parts.Column{{Title: words.TillColTodo, Min: 15}, {Title: words.TillColBorrower, Min: 12, Grow: 2}, {Title: words.TillColDevice, Min: 8, Grow: 1},
		{Title: words.TillColAmount, Min: 10, Right: true}, {Title: words.TillColOwner, Min: 18, Grow: 1, Drop: 1}}
	fill := page.Filling[loans.Account]{Rows: b.rows, None: words.TillNone, Opens: words.TillLook, Above: b.totals,
		Load: func() ([]loans.Account, error) { return desk.Store.OpenMoney(s.Ctx, b.By()) },
		Can:  func() []key.Binding { return []key.Binding{b.toDay()} }}
	if borrower != "" {
		fill.None, fill.Above = words.TillNoneOf, nil
		fill.Load = func() ([]loans.Account, error) { return desk.Store.AccountsOf(s.Ctx, b.By(), borrower) }
	}
	return List{page.NewList(s, words.TillLoading, columns, fill), desk, borrower}
}

func (b base) toDay() key.Binding { return b.Letter("d", words.TillDay) }

func (b base) rows(all []loans.Account) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, a := range all {
		what, cents := b.open(a)
		rows[i] = parts.Row{ID: a.ID, Cells: []string{b.S.T(what), b.whose(a.Loan), a.Device, b.money(cents), a.Organisation}}
	}
	return rows
}

// totals adds up what goes back, what is owed, and what is still to be received of deposits.
func (b base) totals(all []loans.Account) string {
	if len(all) == 0 {
		return ""
	}
	var refund, owed, come int64
	for _, a := range all {
		if a.Checked {
			refund += a.Refundable()
		}
		if a.Ended == loans.Open || a.Owed > a.Held {
			owed += a.Owed
		}
		come += a.ToCome()
	}
	return b.S.T(words.TillTotals, "refund", b.money(refund), "owed", b.money(owed), "come", b.money(come)) + "\n"
}

// Title is the name of the room, or whose money it is.
func (l List) Title() string {
	if l.borrower != "" && len(l.All) > 0 {
		return l.S.T(words.TillOf, "name", base{l.Page, l.desk}.whose(l.All[0].Loan))
	}
	return l.S.T(words.TillTitle)
}

// Update moves along the list and opens a loan, or the day sheet.
func (l List) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	b := base{l.Page, l.desk}
	if l.Pressed(msg, b.toDay()) {
		return l, shell.Open(newDay(l.S, l.desk))
	}
	var chose string
	var cmd tea.Cmd
	if l.List, chose, cmd = l.Take(msg); chose != "" {
		return l, shell.Open(NewLoan(l.S, l.desk, chose))
	}
	return l, cmd
}
