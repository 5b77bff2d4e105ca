package kiosk

import (
	"errors"
	"time"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

// listenEvery is how often a PC beside a desk asks whether a contract waits there.
const listenEvery = time.Second

// listenMsg says that it is time to ask.
type listenMsg struct{}

// calledMsg tells what waits.
type calledMsg struct {
	call  loans.SignCall
	found bool
	err   error
}

// listens tells whether the booth asks for contracts: at a PC beside a desk, unless somebody is inside with a code.
func (b Booth) listens() bool {
	return b.desk.Calls != nil && b.desk.PC.Kind == data.KioskCounter && (!b.inside || b.call != "")
}

// listen waits until it is time to ask. It goes on as long as the visit of the moment.
func (b Booth) listen() tea.Cmd {
	if !b.listens() {
		return nil
	}
	return b.own(b.desk.wait(listenEvery, func(time.Time) tea.Msg { return listenMsg{} }))
}

// ask asks what waits.
func (b Booth) ask() tea.Msg {
	call, found, err := b.desk.Calls.CallAt(b.s.Ctx, b.desk.Who.Actor())
	return calledMsg{call, found, err}
}

// called shows the contract that waits, and takes one away that waits no more: the desk took it back, sent another one,
// or it waited too long.
func (b Booth) called(msg calledMsg) (Booth, tea.Cmd) {
	if !b.listens() {
		return b, nil
	}
	switch sign, signs := b.root.Top().(Sign); {
	case msg.err != nil:
		b = b.unheard(msg.err)
	case signs && sign.held():
	case b.call != "" && (!msg.found || msg.call.ID != b.call):
		return b.anew(nil)
	case b.call == "" && msg.found && !b.typing():
		return b.sign(msg.call)
	}
	if msg.err == nil {
		b.deaf = false
	}
	return b, b.listen()
}

// unheard logs that it could not be asked, once until it can again. Who may not ask any more is sent away by the
// session itself.
func (b Booth) unheard(err error) Booth {
	if !b.deaf && b.s.Ctx.Err() == nil && !errors.Is(err, data.ErrDenied) {
		b.s.Log.Warn("kiosk can't ask for contracts", "login", b.desk.Who.Login, "err", err)
	}
	b.deaf = true
	return b
}

// typing tells whether somebody is typing a code: the contract waits until they are done.
func (b Booth) typing() bool {
	code, is := b.root.Top().(Code)
	return is && (code.waiting != nil || code.field.text() != "")
}

// sign begins the visit of who signs, in the language and the colours that were chosen at the home.
func (b Booth) sign(call loans.SignCall) (Booth, tea.Cmd) {
	who, look := b.desk.Who, b.s.Look()
	who.Language, who.Theme = string(look.Lang), string(look.Theme.Name)
	b = b.visit(who, func(s *shell.Session) shell.Screen {
		s.Stays = true
		return newSign(s, b.desk.Calls, call, b.desk.wait)
	})
	b.inside, b.call = true, call.ID
	return b.begin()
}

// lapse tells the desk that nobody answers the contract that shows; nil when none does.
func (b Booth) lapse() tea.Cmd {
	if b.call == "" {
		return nil
	}
	desk, call, log := b.desk, b.call, b.s.Log
	return func() tea.Msg {
		var bad *data.Invalid // it is over already
		if err := desk.Calls.LapseCall(desk.Ctx, desk.Who.Actor(), call); err != nil && !errors.As(err, &bad) && desk.Ctx.Err() == nil {
			log.Warn("kiosk can't end a contract's wait", "login", desk.Who.Login, "err", err)
		}
		return nil
	}
}
