package tui

import (
	"digibrug/data"
	"digibrug/tui/coursedesk"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// courseRooms are the rooms of who plans and gives courses.
func (h House) courseRooms() []shell.Entry {
	return append([]shell.Entry{
		{Room: coursedesk.Room, Title: words.CoursedeskTitle, May: with(data.RoleCoordinator, data.RoleICT),
			Open: func(s *shell.Session) shell.Screen { return coursedesk.New(s, h.courseDesk()) }},
	}, h.evaluationRooms()...)
}

// courseDesk is what the rooms where series are planned work with.
func (h House) courseDesk() coursedesk.Desk {
	return coursedesk.Desk{Store: h.Courses, Places: h.Calendar}
}
