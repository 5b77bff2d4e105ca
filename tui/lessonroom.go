package tui

import (
	"digibrug/data"
	"digibrug/tui/lessons"
	"digibrug/tui/shell"
)

// lessonRoom is where lessons and attendance are, called after what somebody sees of them.
func (h House) lessonRoom(who data.Identity) shell.Entry {
	return shell.Entry{Room: lessons.Room, Title: lessons.Title(who), May: with(data.RoleTrainer, data.RoleCoordinator, data.RoleClerk, data.RoleICT),
		Open: func(s *shell.Session) shell.Screen { return lessons.New(s, h.lessonDesk()) }}
}

// lessonDesk is what the room of lessons works with.
func (h House) lessonDesk() lessons.Desk { return lessons.Desk{Store: h.Courses} }
