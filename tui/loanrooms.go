package tui

import (
	"digibrug/data"
	"digibrug/tui/loandesk"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// loanRooms are the rooms of who lends: the desk first, then what it works with.
func (h House) loanRooms() []shell.Entry {
	return []shell.Entry{
		{Room: loandesk.Room, Title: words.LoandeskTitle, May: with(data.RoleClerk, data.RoleICT),
			Open: func(s *shell.Session) shell.Screen { return loandesk.New(s, h.loanDesk()) }},
	}
}

// loanDesk is what the desk works with.
func (h House) loanDesk() loandesk.Desk {
	return loandesk.Desk{Store: h.Loans}
}
