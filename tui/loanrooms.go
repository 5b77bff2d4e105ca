package tui

import "digibrug/tui/shell"

// loanRooms are the rooms of who lends: the desk first, then what it works with.
func (h House) loanRooms() []shell.Entry {
	return []shell.Entry{}
}
