package loandesk

import (
	"slices"
	"strings"

	"digibrug/loans"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// command is a letter that means something now.
type command struct {
	letter string
	does   words.Key
	label  string // in place of does: the name of an accessory
	footer bool
	do     func(Counter) (Counter, tea.Cmd)
}

// commands are the letters that mean something as long as the line is empty: exceptions and money while a device
// lies on the desk, else the signature and the undo.
func (c Counter) commands() []command {
	switch {
	case len(c.back) > 0:
		return c.backCommands()
	case c.complete():
		return c.outCommands()
	case !c.empty():
		return nil
	}
	var all []command
	if c.sign != nil && !c.sign.waits() {
		if len(c.counters) > 0 {
			all = append(all, command{letter: "s", does: words.LoandeskSignScreen, footer: true, do: Counter.callSign})
		}
		all = append(all, command{letter: "p", does: words.LoandeskSignPaper, footer: true, do: Counter.signPaper})
	}
	if c.done.left(c.S.Now()) > 0 && len(c.done.loans) > 0 {
		all = append(all, command{letter: "u", does: words.LoandeskUndo, footer: true, do: Counter.undo})
	}
	return all
}

func (c Counter) backCommands() []command {
	last := c.back[len(c.back)-1]
	if last.card.Loan == nil {
		return nil
	}
	var all []command
	for i, letter := range accessoryLetters(last.card.Loan.Accessories) {
		name := last.card.Loan.Accessories[i].Name
		all = append(all, command{letter: letter, label: name, does: words.LoandeskMissing, do: func(c Counter) (Counter, tea.Cmd) {
			return c.onLast(func(one coming) coming {
				one.missing = toggled(one.missing, name)
				return one
			}), nil
		}})
	}
	all = append(all, command{letter: "s", does: words.LoandeskDamage, footer: true, do: Counter.askForDamage})
	if c.held() > 0 {
		all = append(all, c.moneyCommands()...)
	}
	return all
}

func (c Counter) outCommands() []command {
	var all []command
	last := c.out[len(c.out)-1]
	for i, letter := range accessoryLetters(last.card.Accessories) {
		name := last.card.Accessories[i].Name
		all = append(all, command{letter: letter, label: name, does: words.LoandeskWithout, do: func(c Counter) (Counter, tea.Cmd) {
			c.out = slices.Clone(c.out)
			at := len(c.out) - 1
			c.out[at].without = toggled(c.out[at].without, name)
			return c, nil
		}})
	}
	if c.costs() > 0 {
		all = append(all, c.moneyCommands()...)
	}
	return all
}

// costs is what deposit and fee of what is lent come to, in cents.
func (c Counter) costs() (cents int64) {
	for _, l := range c.out {
		cents += l.preview.Loan.DepositCents + l.preview.Loan.FeeCents
	}
	return cents
}

// held is what is held for what comes back, in cents.
func (c Counter) held() (cents int64) {
	for _, one := range c.back {
		cents += one.balance.Held
	}
	return cents
}

func (c Counter) moneyCommands() []command {
	choose := func(way loans.Method) func(Counter) (Counter, tea.Cmd) {
		return func(c Counter) (Counter, tea.Cmd) {
			if c.way == way {
				c.way = ""
				return c, nil
			}
			if c.way = way; way == loans.Transfer && len(c.back) > 0 {
				c.asks = askIBAN
			}
			return c, nil
		}
	}
	all := []command{
		{letter: "b", does: words.LoandeskBancontact, do: choose(loans.Bancontact)},
		{letter: "o", does: words.LoandeskTransfer, do: choose(loans.Transfer)},
	}
	if c.cash {
		all = append(all, command{letter: "c", does: words.LoandeskCash, do: choose(loans.Cash)})
	}
	return all
}

// askForDamage asks what is damaged; a second time it takes that back.
func (c Counter) askForDamage() (Counter, tea.Cmd) {
	if c.back[len(c.back)-1].damaged {
		return c.onLast(func(one coming) coming {
			one.damaged, one.damage, one.note = false, 0, ""
			return one
		}), nil
	}
	c = c.onLast(func(one coming) coming {
		one.damaged = true
		return one
	})
	c.asks = askDamage
	return c, nil
}

// command deals with a letter as a key; one that means nothing by now is text again.
func (c Counter) command(letter string) (Counter, tea.Cmd) {
	small := strings.ToLower(letter)
	for _, one := range c.commands() {
		if one.letter == small {
			if c.said.kind == shell.Alarm {
				c.said = said{}
			}
			return one.do(c)
		}
	}
	c.line = c.line.Insert(letter)
	return c, nil
}
