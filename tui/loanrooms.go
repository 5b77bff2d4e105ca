package tui

import (
	"context"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/loans/figures"
	"digibrug/tui/bookings"
	"digibrug/tui/borrowers"
	"digibrug/tui/devices"
	"digibrug/tui/loandesk"
	"digibrug/tui/regulation"
	"digibrug/tui/reminders"
	"digibrug/tui/replan"
	"digibrug/tui/shell"
	"digibrug/tui/till"
	"digibrug/tui/words"
)

// loanRooms are the rooms of who lends: the desk first, then what it works with.
func (h House) loanRooms() []shell.Entry {
	return []shell.Entry{
		{Room: loandesk.Room, Title: words.LoandeskTitle, May: with(data.RoleClerk, data.RoleICT),
			Open: func(s *shell.Session) shell.Screen { return loandesk.New(s, h.loanDesk()) }},
		{Room: bookings.Room, Title: words.BookingTitle, May: with(data.RoleClerk, data.RoleICT),
			Open: func(s *shell.Session) shell.Screen { return bookings.New(s, h.bookingDesk()) }},
		{Room: devices.Room, Title: words.DeviceTitle, May: with(data.RoleClerk, data.RoleICT),
			Open: func(s *shell.Session) shell.Screen { return devices.New(s, h.deviceDesk()) }},
		{Room: borrowers.Room, Title: words.BorrowerTitle, May: with(data.RoleClerk, data.RoleICT, data.RoleSocial),
			Open: func(s *shell.Session) shell.Screen { return borrowers.New(s, h.borrowerDesk()) }},
		{Room: reminders.Room, Title: words.ReminderTitle, May: with(data.RoleClerk, data.RoleICT, data.RoleSocial),
			Open: func(s *shell.Session) shell.Screen { return reminders.New(s, h.reminderDesk()) }},
		{Room: till.Room, Title: words.TillTitle, May: with(data.RoleClerk, data.RoleICT, data.RoleFinance),
			Open: func(s *shell.Session) shell.Screen { return till.New(s, h.tillDesk()) }},
		{Room: replan.Room, Title: words.ReplanTitle, May: with(data.RoleClerk, data.RoleICT), Quiet: true,
			Open: func(s *shell.Session) shell.Screen {
				return replan.New(s, replan.Desk{Store: h.Loans, Papers: h.loanPapers(), Way: h.way()})
			}},
		{Room: regulation.Room, Title: words.LoanruleTitle, May: with(data.RoleICT, data.RoleClerk, data.RoleDirector),
			Open: func(s *shell.Session) shell.Screen { return regulation.New(s, h.ruleDesk()) }},
		h.regtextRoom(),
	}
}

// loanDesk is what the desk works with.
func (h House) loanDesk() loandesk.Desk {
	return loandesk.Desk{Store: h.Loans, Texts: h.loanPapers().SignTexts, Print: h.printContract, Blank: h.printBlank,
		Money:  func(s *shell.Session, loan string) shell.Screen { return till.NewLoan(s, h.tillDesk(), loan) },
		Device: func(s *shell.Session, id string) shell.Screen { return devices.NewPage(s, h.deviceDesk(), id) }}
}

// ruleDesk is what the room of the regulation works with.
func (h House) ruleDesk() regulation.Desk {
	return regulation.Desk{Loans: h.Loans, Figures: figures.NewStore(h.DB), Calendar: h.Calendar, People: h.People}
}

// lent tells the room of opening hours what was promised to who borrows.
type lent struct{ store *loans.Store }

// Moves counts what falls on closed days by now, also what can't move.
func (l lent) Moves(ctx context.Context, by data.Actor) (due, booked int, err error) {
	p, err := l.store.ReplanPreview(ctx, by)
	for _, m := range p.Moves {
		if m.Kind == loans.MoveLoan {
			due++
		} else {
			booked++
		}
	}
	return due, booked, err
}

// Room moves them.
func (l lent) Room() shell.Room { return replan.Room }
