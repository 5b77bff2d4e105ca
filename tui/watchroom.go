package tui

import (
	"digibrug/data"
	"digibrug/tui/jury"
	"digibrug/tui/marking"
	"digibrug/tui/shell"
	"digibrug/tui/supervision"
	"digibrug/tui/words"
)

// watchRooms are the rooms of who has a duty in a recruitment test: the supervisor's, the marker's, the jury's.
func (h House) watchRooms() []shell.Entry {
	return []shell.Entry{
		{Room: supervision.Room, Title: words.SupervisionTitle, May: with(data.RoleSupervisor),
			Open: func(s *shell.Session) shell.Screen { return supervision.New(s, h.Recruit) }},
		{Room: marking.Room, Title: words.MarkingTitle, May: with(data.RoleMarker),
			Open: func(s *shell.Session) shell.Screen { return marking.New(s, h.Recruit) }},
		{Room: jury.Room, Title: words.JuryTitle, May: with(data.RoleJury),
			Open: func(s *shell.Session) shell.Screen {
				return jury.New(s, jury.Desk{Store: h.Recruit, Domain: h.Quiz.DomainTitle})
			}},
	}
}
