package tui

import (
	"slices"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/catalogue"
	"digibrug/tui/coursedesk"
	"digibrug/tui/courserooms"
	"digibrug/tui/evaluation"
	"digibrug/tui/groups"
	"digibrug/tui/pcroom"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// courseRooms are the rooms of who plans and gives courses.
func (h House) courseRooms() []shell.Entry {
	return slices.Concat(h.planRooms(), h.enrolRooms(), h.activityRooms())
}

// planRooms are the rooms of who plans, the coordinator, and of who watches over the rooms meanwhile.
func (h House) planRooms() []shell.Entry {
	plans := with(data.RoleCoordinator, data.RoleICT)
	return []shell.Entry{
		{Room: coursedesk.Room, Title: words.CoursedeskTitle, May: plans,
			Open: func(s *shell.Session) shell.Screen { return coursedesk.New(s, h.courseDesk()) }},
		{Room: coursedesk.DecideRoom, Title: words.CoursedeskDecideTitle, May: plans,
			Open: func(s *shell.Session) shell.Screen { return coursedesk.NewDecide(s, h.courseDesk()) }},
		{Room: groups.Room, Title: words.GroupsNeedsTitle, May: plans,
			Open: func(s *shell.Session) shell.Screen { return groups.New(s, h.groupsDesk()) }},
		{Room: groups.PlanRoom, Title: words.GroupsPlanTitle, May: plans, Quiet: true,
			Open: func(s *shell.Session) shell.Screen { return groups.NewPlan(s, h.groupsDesk()) }},
		{Room: catalogue.Room, Title: words.CatalogueTitle, May: plans,
			Open: func(s *shell.Session) shell.Screen {
				return catalogue.New(s, catalogue.Desk{Store: h.Courses, Model: courses.ModelCourses})
			}},
		{Room: pcroom.Room, Title: words.PcroomTitle, May: with(data.RoleCoordinator, data.RoleClerk, data.RoleTrainer, data.RoleICT),
			Open: func(s *shell.Session) shell.Screen { return pcroom.New(s, h.Courses) }},
		{Room: courserooms.Room, Title: words.CourseroomsTitle, May: plans,
			Open: func(s *shell.Session) shell.Screen {
				return courserooms.New(s, courserooms.Desk{Store: h.Courses, Places: h.Calendar, Calendar: h.lessonCalendar})
			}},
	}
}

// groupsDesk is what the rooms of needs and groups work with.
func (h House) groupsDesk() groups.Desk {
	return groups.Desk{Store: h.Courses, Levels: h.measured, Series: coursedesk.Room,
		Loop: func(s *shell.Session, course string) shell.Screen {
			return evaluation.NewLoopOf(s, h.evaluationDesk(), course)
		}}
}

// courseDesk is what the rooms where series are planned work with.
func (h House) courseDesk() coursedesk.Desk {
	return coursedesk.Desk{Store: h.Courses, Places: h.Calendar}
}
