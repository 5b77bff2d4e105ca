package loandesk

import (
	"context"
	"errors"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/keys"
	"digibrug/tui/page"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// found is what a code or name was of.
type found struct {
	token
	garbled  bool // scanner and computer don't agree about the keyboard
	who      *loans.BorrowerCard
	devices  []loans.DeviceCard
	balances map[string]loans.Balance // of the loans that are open, by id
	kit      string                   // name of the kit that the devices are of
	booking  *loans.Booking
	hits     []loans.Borrower // more than one can be meant
}

// find asks the register what a code or name is of.
func (c Counter) find(t token) (Counter, tea.Cmd) {
	c.Page = c.Acts(words.LoandeskFinding)
	ctx, by, store := c.S.Ctx, c.By(), c.desk.Store
	return c, page.Fetch(c.Acting, func() (found, error) { return find(ctx, store, by, t) })
}

// fits tells whether a text is a number by its check digit.
func fits(text string) bool {
	_, err := loans.ParseNumber(text)
	return err == nil
}

func find(ctx context.Context, store *loans.Store, by data.Actor, t token) (found, error) {
	f := found{token: t}
	code := t.pick
	if code == "" {
		code, f.garbled = keys.Scanned(t.text, fits)
		f.garbled = f.garbled && t.scanned // a person may forget Shift
	}
	got, err := store.Find(ctx, by, code)
	var unknown *data.Invalid
	if errors.As(err, &unknown) && searchable(t.text) {
		all, failed := store.Search(ctx, by, t.text)
		switch {
		case failed != nil:
			return f, failed
		case len(all) > 1:
			f.hits = all
			return f, nil
		case len(all) == 1:
			got, err = store.Find(ctx, by, string(all[0].Number))
		}
	}
	if err != nil {
		return f, err
	}
	return f, f.take(ctx, store, by, got)
}

// take gathers what the desk must know of what was found: the devices of a kit, who booked, what is held for a loan.
func (f *found) take(ctx context.Context, store *loans.Store, by data.Actor, got loans.Found) error {
	var ids []string
	switch {
	case got.Borrower != nil:
		f.who = got.Borrower
	case got.Device != nil:
		f.devices = []loans.DeviceCard{*got.Device}
	case got.Kit != nil:
		f.kit, ids = got.Kit.Name, got.Kit.Devices
	case got.Booking != nil:
		f.booking, ids = got.Booking, []string{got.Booking.DeviceID}
		if !slices.Contains([]loans.BookingState{loans.Offered, loans.Booked, loans.SetAside}, got.Booking.State) {
			return loans.ErrBookingOver
		}
		if got.Booking.BorrowerID != "" {
			b, err := store.Borrower(ctx, by, got.Booking.BorrowerID)
			if err != nil {
				return err
			}
			who, err := store.Find(ctx, by, string(b.Number))
			if err != nil {
				return err
			}
			f.who = who.Borrower
		}
	}
	for _, id := range ids {
		d, err := store.Device(ctx, by, id)
		if err != nil {
			return err
		}
		one, err := store.Find(ctx, by, string(d.Number))
		if err != nil {
			return err
		}
		f.devices = append(f.devices, *one.Device)
	}
	f.balances = map[string]loans.Balance{}
	for _, d := range f.devices {
		if d.Loan == nil {
			continue
		}
		_, balance, err := store.Ledger(ctx, by, d.Loan.ID)
		if err != nil {
			return err
		}
		f.balances[d.Loan.ID] = balance
	}
	return nil
}

// found puts on the desk what was found.
func (c Counter) found(msg page.DoneMsg[found]) (Counter, tea.Cmd) {
	if msg.Of == nil || msg.Of != c.Acting {
		return c, nil
	}
	c.Acting = nil
	if msg.Err != nil {
		c, tell := c.failed(words.LoandeskFinding, msg.Err)
		c, more := c.next()
		return c, tea.Batch(tell, more)
	}
	f := msg.Got
	c.said = said{}
	if len(f.hits) > 0 {
		if c.line.Text() == "" { // not over what is being typed by now
			c.line, c.hits = c.line.With(f.text), hits{text: f.text, all: f.hits}
		}
		return c.next()
	}
	if f.who != nil {
		c.who = f.who
	}
	c.seen = nil
	var tell tea.Cmd
	for _, d := range f.devices {
		var one tea.Cmd
		c, one = c.place(d, f.balances)
		tell = tea.Batch(tell, one)
	}
	if len(f.devices) == 0 && f.kit != "" {
		c, tell = c.say(shell.Alarm, c.S.T(words.LoandeskKitEmpty, "kit", f.kit))
	}
	if f.garbled {
		c, tell = c.say(shell.Warn, c.S.T(words.LoandeskGarbled))
	}
	if !c.complete() {
		c, more := c.next()
		return c, tea.Batch(tell, more)
	}
	c, look := c.preview()
	return c, tea.Batch(tell, look)
}

// place puts a device where it belongs: to be taken back when it is out, to be lent when it is ready, else to be
// looked at.
func (c Counter) place(d loans.DeviceCard, balances map[string]loans.Balance) (Counter, tea.Cmd) {
	here := func(card loans.DeviceCard) bool { return card.ID == d.ID }
	twice := slices.ContainsFunc(c.out, func(l laid) bool { return here(l.card) }) || slices.ContainsFunc(c.back, func(b coming) bool { return here(b.card) })
	switch {
	case twice:
		return c.say(shell.Info, c.S.T(words.LoandeskTwice, "device", d.Called()))
	case d.Loan != nil:
		if len(c.back) == 0 {
			c.way, c.iban = "", "" // chosen for what is lent
		}
		at := len(c.back)
		if c.asks == askDamage {
			at-- // the question is about the last one, which stays the last
		}
		c.back = slices.Insert(slices.Clone(c.back), at, coming{card: d, balance: balances[d.Loan.ID]})
	case d.State == loans.Lost || d.State == loans.Stolen:
		c.back = append(c.back[:len(c.back):len(c.back)], coming{card: d})
	case d.State == loans.Ready:
		c.out = append(c.out[:len(c.out):len(c.out)], laid{card: d})
	default:
		c.seen = &d
		return c.say(shell.Alarm, d.Called()+": "+c.notReady(d.State))
	}
	return c, nil
}

// preview asks the register what lending comes to.
func (c Counter) preview() (Counter, tea.Cmd) {
	c.Page = c.Acts(words.LoandeskFinding)
	ctx, by, store, asks := c.S.Ctx, c.By(), c.desk.Store, c.asksOf("")
	return c, page.Fetch(c.Acting, func() ([]loans.Preview, error) { return store.Preview(ctx, by, asks...) })
}

func (c Counter) asksOf(pay loans.Method) []loans.LendAsk {
	asks := make([]loans.LendAsk, len(c.out))
	for i, l := range c.out {
		asks[i] = l.ask(c.who.ID, pay)
	}
	return asks
}

// previewed shows what lending comes to.
func (c Counter) previewed(msg page.DoneMsg[[]loans.Preview]) (Counter, tea.Cmd) {
	if msg.Of == nil || msg.Of != c.Acting {
		return c, nil
	}
	c.Acting = nil
	if msg.Err != nil {
		return c.beaten(words.LoandeskFinding, msg.Err)
	}
	c.out = slices.Clone(c.out)
	for i := range c.out {
		for _, p := range msg.Got {
			if p.Device == c.out[i].card.ID {
				c.out[i].preview = p
			}
		}
	}
	var bell tea.Cmd
	if c.refused() {
		bell = tea.Raw("\a")
	}
	c, more := c.next()
	return c, tea.Batch(bell, more)
}

// refused tells whether something is in the way of lending.
func (c Counter) refused() bool {
	return slices.ContainsFunc(c.out, func(l laid) bool { return len(l.preview.Refused) > 0 })
}

// beaten tells about an error at lending; a device that somebody else lent meanwhile leaves the desk.
func (c Counter) beaten(doing words.Key, err error) (Counter, tea.Cmd) {
	var lent *loans.LentError
	if errors.As(err, &lent) {
		c.out = slices.DeleteFunc(slices.Clone(c.out), func(l laid) bool { return l.card.Called() == lent.Device })
	}
	c, tell := c.failed(doing, err)
	c, more := c.next()
	return c, tea.Batch(tell, more)
}

// why lists what is in the way of lending, each reason once, with the devices that it is about where others could go.
func (c Counter) why() []string {
	var all []string
	of := map[string][]string{} // devices by reason
	for _, l := range c.out {
		for _, r := range l.preview.Refused {
			text := c.refusal(r)
			if of[text] == nil {
				all = append(all, text)
			}
			if name := l.card.Called(); !slices.Contains(of[text], name) {
				of[text] = append(of[text], name)
			}
		}
	}
	for i, text := range all {
		if len(of[text]) < len(c.out) {
			all[i] = strings.Join(of[text], ", ") + ": " + text
		}
	}
	return all
}

// openHistory opens the loans of what lies on the desk, of what was done last, or all that are open.
func (c Counter) openHistory() (Counter, tea.Cmd) {
	s, desk := c.S, c.desk
	switch {
	case len(c.back) > 0:
		d := c.back[len(c.back)-1].card
		return c, shell.Open(newHistory(s, desk, ofDevice, d.ID, d.Called()))
	case len(c.out) > 0 && c.who == nil:
		d := c.out[len(c.out)-1].card
		return c, shell.Open(newHistory(s, desk, ofDevice, d.ID, d.Called()))
	case c.seen != nil && desk.Device != nil:
		return c, shell.Open(desk.Device(s, c.seen.ID))
	case c.seen != nil:
		return c, shell.Open(newHistory(s, desk, ofDevice, c.seen.ID, c.seen.Called()))
	case c.who != nil:
		return c, shell.Open(newHistory(s, desk, ofBorrower, c.who.ID, c.who.Name()))
	}
	return c, shell.Open(newHistory(s, desk, ofAll, "", strings.TrimSpace(c.S.T(words.LoandeskAllOpen))))
}
