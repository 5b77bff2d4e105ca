package loandesk

import (
	"context"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/data/regulation"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// signing is a contract that waits for the borrower's signature, at the hand-over or at the return.
type signing struct {
	contract string // id
	number   loans.Number
	when     loans.Signing
	name     string // of the borrower
	borrower string // id
	call     string // id of the call at the kiosk; empty: there is none
	asking   bool   // the register is being asked how the call stands
}

// waits tells whether the kiosk shows the contract now.
func (s *signing) waits() bool { return s != nil && s.call != "" }

// signed is how a signature stands.
type signed struct {
	contract string
	call     string
	state    loans.CallState
	paper    bool
	way      outbox.Channel // by which the contract leaves
	unsent   error          // it could not be made, or put there
}

// texts gives the contract in the languages of a kiosk. Without papers a few plain sentences stand for it.
func (c Counter) texts(ctx context.Context, by data.Actor, s signing) (map[string]string, error) {
	if c.desk.Texts != nil {
		return c.desk.Texts(ctx, by, s.contract, s.when)
	}
	key := words.LoandeskContractOut
	if s.when == loans.AtReturn {
		key = words.LoandeskContractIn
	}
	return map[string]string{regulation.Binding: c.S.T(key, "number", s.number.Show(), "name", s.name, "day", c.weekday(c.today()))}, nil
}

// callSign shows the contract at the screen next to the desk.
func (c Counter) callSign() (Counter, tea.Cmd) {
	c.Page = c.Acts(words.LoandeskSigning)
	ctx, by, s, kiosk := c.S.Ctx, c.By(), *c.sign, c.counters[0]
	return c, page.Fetch(c.Acting, func() (signed, error) {
		texts, err := c.texts(ctx, by, s)
		if err != nil {
			return signed{}, err
		}
		call, err := c.desk.Store.CallSign(ctx, by, s.contract, s.when, kiosk, texts)
		return signed{contract: s.contract, call: call.ID, state: call.State}, err
	})
}

// signPaper prints the contract and writes down that it is signed on paper. A printer that is off does not stop it.
func (c Counter) signPaper() (Counter, tea.Cmd) {
	c.Page = c.Acts(words.LoandeskSigning)
	ctx, by, s, store := c.S.Ctx, c.By(), *c.sign, c.desk.Store
	return c, page.Fetch(c.Acting, func() (signed, error) {
		texts, err := c.texts(ctx, by, s)
		if err != nil {
			return signed{}, err
		}
		b, err := store.Borrower(ctx, by, s.borrower)
		if err == nil && b.Category == loans.Minor {
			b, err = store.Borrower(ctx, by, b.GuardianID)
		}
		if err != nil {
			return signed{}, err
		}
		if _, err := store.Sign(ctx, by, loans.SignAsk{Contract: s.contract, When: s.when, Borrower: b.ID, Name: b.Name(), Text: texts[regulation.Binding], Paper: true}); err != nil {
			return signed{}, err
		}
		done := signed{contract: s.contract, state: loans.CallSigned, paper: true}
		if c.desk.Print != nil {
			done.way, done.unsent = c.desk.Print(ctx, by, s.contract, s.when)
		}
		return done, nil
	})
}

// poll asks how the call at the kiosk stands.
func (c Counter) poll() (Counter, tea.Cmd) {
	if !c.sign.waits() || c.sign.asking {
		return c, nil
	}
	s := *c.sign
	s.asking = true
	c.sign = &s
	c.polling = &page.Errand{}
	ctx, by, store := c.S.Ctx, c.By(), c.desk.Store
	return c, page.Fetch(c.polling, func() (signed, error) {
		call, err := store.SignCall(ctx, by, s.call)
		return signed{contract: s.contract, call: s.call, state: call.State}, err
	})
}

// later leaves what was to be signed for later; what shows at the kiosk goes away.
func (c Counter) later() (Counter, tea.Cmd) {
	was := c.sign
	c.sign, c.polling = nil, nil
	if !was.waits() {
		return c, nil
	}
	ctx, by, store := c.S.Ctx, c.By(), c.desk.Store
	return c, func() tea.Msg {
		if err := store.DropSignCall(ctx, by, was.call); err != nil {
			return shell.FailedMsg{Doing: words.LoandeskSigning, Err: err}
		}
		return nil
	}
}

// signed takes in how a signature stands.
func (c Counter) signed(msg page.DoneMsg[signed]) (Counter, tea.Cmd) {
	if msg.Of == nil || msg.Of != c.Acting && msg.Of != c.polling {
		return c, nil
	}
	polled := msg.Of == c.polling
	if !polled {
		c.Acting = nil
	}
	if c.sign == nil || msg.Err == nil && msg.Got.contract != c.sign.contract {
		return c.next()
	}
	s := *c.sign
	s.asking = false
	c.sign = &s
	if msg.Err != nil {
		c, tell := c.failed(words.LoandeskSigning, msg.Err)
		c, more := c.next()
		return c, tea.Batch(tell, more)
	}
	var tell tea.Cmd
	switch got := msg.Got; {
	case got.state == loans.CallWaiting && polled:
		return c, nil
	case got.state == loans.CallWaiting:
		s.call = got.call
		c.sign = &s
		c, tell = c.say(shell.Info, c.S.T(words.LoandeskAtScreen, "name", s.name))
		c.pulse = &page.Errand{}
		tell = tea.Batch(tell, c.second())
	case got.state == loans.CallSigned && got.unsent != nil:
		c.sign = nil
		c, tell = c.say(shell.Warn, c.S.T(words.LoandeskUnprinted))
	case got.state == loans.CallSigned && got.paper && c.desk.Print == nil:
		c.sign = nil
		c, tell = c.say(shell.Good, c.S.T(words.LoandeskSignedPaper))
	case got.state == loans.CallSigned && got.paper:
		c.sign = nil
		c, tell = c.say(shell.Good, c.S.T(leaves(got.way))+" "+c.S.T(words.LoandeskSignedPaper))
	case got.state == loans.CallSigned:
		c.sign = nil
		c, tell = c.say(shell.Good, c.S.T(words.LoandeskSigned, "name", s.name))
	default:
		s.call = ""
		c.sign = &s
		c, tell = c.say(shell.Alarm, c.S.T(words.LoandeskNotSigned, "name", s.name))
	}
	c, more := c.next()
	return c, tea.Batch(tell, more)
}

// printed says by which way sheets leave.
type printed struct{ way outbox.Channel }

func (c Counter) printBlank() (Counter, tea.Cmd) {
	if c.Busy() {
		return c, nil
	}
	c.Page = c.Acts(words.LoandeskPrinting)
	ctx, by := c.S.Ctx, c.By()
	return c, page.Fetch(c.Acting, func() (printed, error) {
		way, err := c.desk.Blank(ctx, by)
		return printed{way}, err
	})
}

func (c Counter) printed(msg page.DoneMsg[printed]) (Counter, tea.Cmd) {
	if msg.Of == nil || msg.Of != c.Acting {
		return c, nil
	}
	c.Acting = nil
	if msg.Err != nil {
		c, tell := c.failed(words.LoandeskPrinting, msg.Err)
		c, more := c.next()
		return c, tea.Batch(tell, more)
	}
	c, tell := c.say(shell.Good, c.S.T(leaves(msg.Got.way)))
	c, more := c.next()
	return c, tea.Batch(tell, more)
}
