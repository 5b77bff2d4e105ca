package loandesk

import (
	"strings"

	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// returned is what taking back came to, for as far as it came.
type returned struct {
	all  []loans.Returned
	card []coming // what was brought, in the same order
	err  error    // of the one after the last of all
}

// takeBack takes back what lies on the desk. Each is an act of its own: one that fails keeps no other from coming back.
func (c Counter) takeBack() (Counter, tea.Cmd) {
	c.Page = c.Acts(words.LoandeskTaking)
	ctx, by, store := c.S.Ctx, c.By(), c.desk.Store
	back, way, iban := c.back, c.way, c.iban
	return c, page.Fetch(c.Acting, func() (r returned, err error) {
		for _, one := range back {
			got, err := store.Return(ctx, by, one.ask(way, iban))
			if err != nil {
				r.err = err
				return r, nil
			}
			r.all, r.card = append(r.all, got), append(r.card, one)
		}
		return r, nil
	})
}

// returned tells what came back, what it cost and what is paid back, and asks to sign for the return.
func (c Counter) returned(msg page.DoneMsg[returned]) (Counter, tea.Cmd) {
	if msg.Of == nil || msg.Of != c.Acting {
		return c, nil
	}
	c.Acting = nil
	r := msg.Got
	rest := c.back[len(r.all):]
	var ids, did, texts []string
	var sign *signing
	for i, one := range r.all {
		texts = append(texts, c.returnText(r.card[i], one))
		if one.Already || one.Found {
			continue
		}
		ids = append(ids, one.Loan.ID)
		did = append(did, c.S.T(words.LoandeskBack, "device", r.card[i].card.Called(), "name", one.Loan.Borrower))
		sign = &signing{contract: one.Loan.ContractID, number: one.Loan.Contract, when: loans.AtReturn, name: one.Loan.Borrower, borrower: one.Loan.BorrowerID}
	}
	if len(texts) == 0 {
		c, tell := c.failed(words.LoandeskTaking, r.err)
		c, more := c.next()
		return c, tea.Batch(tell, more)
	}
	who, out := c.who, c.out
	c, cmd := c.finished(ids, strings.Join(did, " "), strings.Join(texts, " "), sign)
	c.who, c.out, c.back = who, out, rest // who brings one back may take another
	if r.err != nil {
		c, tell := c.failed(words.LoandeskTaking, r.err)
		return c, tea.Batch(cmd, tell)
	}
	if c.who != nil && !c.Busy() { // what stands in the way of this person may have changed
		again := token{text: string(c.who.Number)}
		c.who = nil
		kept := c.said
		c, look := c.feed(again)
		c.said = kept
		return c, tea.Batch(cmd, look)
	}
	return c, cmd
}

// returnText says what one return came to, with the sum of the deposit.
func (c Counter) returnText(was coming, r loans.Returned) string {
	device := was.card.Called()
	switch {
	case r.Already:
		return c.S.T(words.LoandeskAlready, "device", device)
	case r.Found && r.Asked > 0 && r.Loan.Borrower != "":
		return c.S.T(words.LoandeskFound, "device", device) + " " + c.S.T(words.LoandeskFoundMoney, "name", r.Loan.Borrower)
	case r.Found:
		return c.S.T(words.LoandeskFound, "device", device)
	}
	text := []string{c.S.T(words.LoandeskBack, "device", device, "name", r.Loan.Borrower)}
	if r.Loan.LateDays > 0 {
		text = append(text, c.S.T(words.LoandeskWasLate, "n", r.Loan.LateDays))
	}
	if r.Blocked != "" {
		text = append(text, c.S.T(words.LoandeskNowBlocked, "day", c.weekday(r.Blocked)))
	}
	if r.Social {
		text = append(text, c.S.T(words.LoandeskSocial))
	}
	b := r.Balance
	switch {
	case b.Refunded > 0:
		text = append(text, c.S.T(words.LoandeskRefunded, "sum", c.sum(b.Received, b.Withheld, b.Refunded), "way", c.wayText(c.way)))
	case b.Held > 0:
		text = append(text, c.S.T(words.LoandeskStillHeld, "money", c.money(b.Held)))
	}
	if b.Owed > 0 {
		text = append(text, c.S.T(words.LoandeskStillOwed, "money", c.money(b.Owed)))
	}
	return strings.Join(text, " ")
}

// sum writes how a deposit comes out: "€ 60,00 − € 25,00 = € 35,00".
func (b base) sum(held, off, rest int64) string {
	if off == 0 {
		return b.money(rest)
	}
	return b.money(held) + " − " + b.money(off) + " = " + b.money(rest)
}

// answered takes in what was typed to a question of the return card.
func (c Counter) answered(text string) (Counter, tea.Cmd) {
	asked := c.asks
	c.asks, c.said = askCode, said{}
	if asked == askIBAN {
		switch {
		case text == "":
			c.way = ""
		case !loans.GoodIBAN(text):
			c.asks, c.line = askIBAN, c.line.With(text)
			return c.say(shell.Alarm, c.S.T(words.LoandeskBadIban))
		default:
			c.iban = text
		}
		return c, nil
	}
	if len(c.back) == 0 {
		return c, nil
	}
	cents, note, err := damageOf(text)
	if err != nil {
		c.asks, c.line = askDamage, c.line.With(text)
		return c.failed(words.LoandeskTaking, err)
	}
	return c.onLast(func(one coming) coming {
		one.damaged, one.damage, one.note = text != "", cents, note
		return one
	}), nil
}

// onLast changes what was brought last; what lay there before stays as it was.
func (c Counter) onLast(change func(coming) coming) Counter {
	back := append([]coming(nil), c.back...)
	back[len(back)-1] = change(back[len(back)-1])
	c.back = back
	return c
}
