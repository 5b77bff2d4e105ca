package tui

import (
	"digibrug/data"
	"digibrug/tui/bookings"
	"digibrug/tui/loandesk"
	"digibrug/tui/reminders"
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
		{Room: reminders.Room, Title: words.ReminderTitle, May: with(data.RoleClerk, data.RoleICT, data.RoleSocial),
			Open: func(s *shell.Session) shell.Screen { return reminders.New(s, h.reminderDesk()) }},
		{Room: till.Room, Title: words.TillTitle, May: with(data.RoleClerk, data.RoleICT, data.RoleFinance),
			Open: func(s *shell.Session) shell.Screen { return till.New(s, h.tillDesk()) }},
	}
}

// loanDesk is what the desk works with.
func (h House) loanDesk() loandesk.Desk {
	return loandesk.Desk{Store: h.Loans}
}
