package loandesk

import (
	"strings"
	"time"

	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// done is what was done last, for as long as it can be undone.
type done struct {
	loans []string
	text  string // what was done
	at    time.Time
}

// left is the whole seconds in which it can still be undone.
func (d *done) left(now time.Time) int {
	if d == nil {
		return 0
	}
	return int((loans.UndoFor - now.Sub(d.at)) / time.Second)
}

// secondMsg comes once a second while something can be undone or waits to be signed.
type secondMsg struct{ of *page.Errand }

// undone is what an undo took back.
type undone struct {
	kind string
	text string
}

// lastKept is how many things that were done last are listed.
const lastKept = 5

// confirm is Enter on the empty line: it does what lies on the desk. On an empty desk it means nothing.
func (c Counter) confirm() (Counter, tea.Cmd) {
	switch {
	case len(c.back) > 0:
		return c.takeBack()
	case c.complete() && c.refused():
		return c.say(shell.Alarm, strings.Join(c.why(), " "))
	case c.complete():
		return c.lend()
	case c.who != nil && len(c.who.Refused) > 0:
		return c.say(shell.Alarm, c.S.T(words.LoandeskHintBlocked))
	case c.who != nil:
		return c.say(shell.Info, c.S.T(words.LoandeskHintDevice))
	case len(c.out) > 0:
		return c.say(shell.Info, c.S.T(words.LoandeskHintPerson))
	}
	return c, nil
}

// lend lends what lies on the desk, on one contract.
func (c Counter) lend() (Counter, tea.Cmd) {
	c.Page = c.Acts(words.LoandeskLending)
	pay := c.way
	if pay == loans.Transfer {
		pay = "" // it is booked when it comes in
	}
	ctx, by, store, asks := c.S.Ctx, c.By(), c.desk.Store, c.asksOf(pay)
	return c, page.Fetch(c.Acting, func() ([]loans.Loan, error) { return store.LendAll(ctx, by, asks...) })
}

// lent tells what was lent, and asks to sign.
func (c Counter) lent(msg page.DoneMsg[[]loans.Loan]) (Counter, tea.Cmd) {
	if msg.Of == nil || msg.Of != c.Acting {
		return c, nil
	}
	c.Acting = nil
	if msg.Err != nil || len(msg.Got) == 0 {
		return c.beaten(words.LoandeskLending, msg.Err)
	}
	var ids, devices []string
	var due int64
	for _, l := range msg.Got {
		ids, devices, due = append(ids, l.ID), append(devices, l.Device), due+l.DepositCents+l.FeeCents
	}
	l := msg.Got[0]
	text := c.S.T(words.LoandeskLent, "device", strings.Join(devices, ", "), "name", l.Borrower, "due", c.until(l))
	did := text
	switch {
	case due == 0:
	case c.way == loans.Transfer:
		text += " " + c.S.T(words.LoandeskLentTransfer, "money", c.money(due), "message", loans.Message(l.Contract))
	case c.way == "":
		text += " " + c.S.T(words.LoandeskLentUnpaid, "money", c.money(due))
	default:
		text += " " + c.S.T(words.LoandeskLentPaid, "money", c.money(due), "way", c.wayText(c.way))
	}
	sign := &signing{contract: l.ContractID, number: l.Contract, when: loans.AtHandOver, name: l.Borrower, borrower: l.BorrowerID}
	return c.finished(ids, did, text, sign)
}

// finished clears the desk after something was done that can be undone: did is what, text says what follows too.
func (c Counter) finished(ids []string, did, text string, sign *signing) (Counter, tea.Cmd) {
	now := c.S.Now()
	c = c.cleared()
	c.said = said{shell.Good, text}
	c.done, c.pulse = nil, &page.Errand{}
	if len(ids) > 0 { // what is found, or was back already, has no undo
		c.done = &done{loans: ids, text: did, at: now}
	}
	c.last = noted(c.last, words.Clock(c.S.Lang(), now)+"  "+text)
	var drop tea.Cmd
	if sign != nil {
		c, drop = c.later()
		c.said = said{shell.Good, text}
		c.sign = sign
	}
	c, load := c.reload()
	c, more := c.next()
	return c, tea.Batch(drop, load, c.second(), more)
}

// noted is a list with one more at its head, and no longer than what is shown.
func noted(all []string, one string) []string {
	all = append([]string{one}, all...)
	return all[:min(len(all), lastKept)]
}

// second waits for the next second of the countdown.
func (c Counter) second() tea.Cmd { return c.desk.wait(time.Second, secondMsg{c.pulse}) }

// ticked counts down, and asks whether the borrower has signed.
func (c Counter) ticked(msg secondMsg) (Counter, tea.Cmd) {
	if msg.of != c.pulse {
		return c, nil
	}
	if c.done.left(c.S.Now()) <= 0 {
		c.done = nil
	}
	var ask tea.Cmd
	c, ask = c.poll()
	if c.done == nil && !c.sign.waits() {
		return c, ask
	}
	return c, tea.Batch(ask, c.desk.wait(time.Second, msg))
}

// undo takes back what was done last.
func (c Counter) undo() (Counter, tea.Cmd) {
	was := c.done
	c.Page = c.Acts(words.LoandeskUndoing)
	ctx, by, store := c.S.Ctx, c.By(), c.desk.Store
	return c, page.Fetch(c.Acting, func() (undone, error) {
		kind, err := store.UndoAll(ctx, by, was.loans...)
		return undone{kind, was.text}, err
	})
}

func (c Counter) undone(msg page.DoneMsg[undone]) (Counter, tea.Cmd) {
	if msg.Of == nil || msg.Of != c.Acting {
		return c, nil
	}
	c.Acting, c.done = nil, nil
	if msg.Err != nil {
		c, tell := c.failed(words.LoandeskUndoing, msg.Err)
		c, more := c.next()
		return c, tea.Batch(tell, more)
	}
	text := c.S.T(words.LoandeskUndone, "what", msg.Got.text)
	c, drop := c.later()
	c.said, c.sign = said{shell.Good, text}, nil
	c.last = noted(c.last, words.Clock(c.S.Lang(), c.S.Now())+"  "+text)
	c, load := c.reload()
	c, more := c.next()
	return c, tea.Batch(drop, load, more)
}

// wayText is what a way of paying is called.
func (b base) wayText(m loans.Method) string {
	switch m {
	case loans.Bancontact:
		return b.S.T(words.LoandeskBancontact)
	case loans.Transfer:
		return b.S.T(words.LoandeskTransfer)
	case loans.Cash:
		return b.S.T(words.LoandeskCash)
	}
	return b.S.T(words.LoandeskLater)
}
