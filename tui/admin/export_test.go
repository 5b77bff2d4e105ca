package admin

import "digibrug/tui/shell"

// WithPasswords is a list of accounts, or one account, whose first passwords are what fresh makes.
func WithPasswords(screen shell.Screen, fresh func() string) shell.Screen {
	switch s := screen.(type) {
	case Accounts:
		s.fresh = fresh
		return s
	case Account:
		s.fresh = fresh
		return s
	case AccountForm:
		s.fresh = fresh
		return s
	}
	return screen
}
