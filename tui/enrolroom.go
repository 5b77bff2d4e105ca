package tui

import (
	"context"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/enroldesk"
	"digibrug/tui/papers"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// enrolRooms are where people are enrolled in courses, and whom to call.
func (h House) enrolRooms() []shell.Entry {
	return []shell.Entry{
		{Room: enroldesk.Room, Title: words.EnroldeskTitle, May: with(data.RoleClerk, data.RoleCoordinator, data.RoleICT),
			Open: func(s *shell.Session) shell.Screen { return enroldesk.New(s, h.enrolDesk()) }},
		{Room: enroldesk.CallsRoom, Title: words.EnroldeskCallsTitle, May: with(data.RoleClerk, data.RoleCoordinator, data.RoleICT),
			Open: func(s *shell.Session) shell.Screen { return enroldesk.NewCalls(s, h.enrolDesk()) }},
		{Room: enroldesk.FeesRoom, Title: words.EnroldeskFeesTitle, May: with(data.RoleClerk, data.RoleCoordinator, data.RoleICT), Quiet: true,
			Open: func(s *shell.Session) shell.Screen { return enroldesk.NewFees(s, h.enrolDesk()) }, Waits: h.someoneIsOwed},
	}
}

// someoneIsOwed tells whether a fee must be paid back.
func (h House) someoneIsOwed(ctx context.Context, by data.Actor) (bool, error) {
	open, err := h.Courses.OpenFees(ctx, by)
	return len(open) > 0 && open[0].Paid == courses.Refund, err
}

// approvals is what waits for the yes of a head of service, or of who plans.
func (h House) approvals() shell.Entry {
	return shell.Entry{Room: enroldesk.ApprovalsRoom, Title: words.EnroldeskApprovals, May: with(data.RoleHead, data.RoleCoordinator, data.RoleICT), Quiet: true,
		Open: func(s *shell.Session) shell.Screen { return enroldesk.NewApprovals(s, h.enrolDesk()) },
		Waits: func(ctx context.Context, by data.Actor) (bool, error) {
			waiting, err := h.Courses.ToApprove(ctx, by)
			return len(waiting) > 0, err
		}}
}

// ownCourses is the room in which who works here sees and chooses courses.
func (h House) ownCourses() shell.Entry {
	return shell.Entry{Room: enroldesk.OwnRoom, Title: words.EnrolOwnTitle, May: with(data.RoleStaff),
		Open: func(s *shell.Session) shell.Screen { return enroldesk.NewOwn(s, h.enrolDesk()) }}
}

// lessonPages are what everybody may do at a kiosk about lessons.
func (h House) lessonPages() []shell.Entry {
	desk := enroldesk.Desk{Store: h.Courses}
	return []shell.Entry{
		{Room: enroldesk.PublicRoom, Title: words.EnrolProgramme, Open: func(s *shell.Session) shell.Screen { return enroldesk.NewPublic(s, desk) }},
		{Room: enroldesk.SignInRoom, Title: words.EnrolSignIn, Open: func(s *shell.Session) shell.Screen { return enroldesk.NewSignIn(s, desk) }},
		{Room: enroldesk.FreeRoom, Title: words.EnrolFreePCs, Open: func(s *shell.Session) shell.Screen { return enroldesk.NewFree(s, desk) }},
	}
}

// enrolDesk is what the rooms work with.
func (h House) enrolDesk() enroldesk.Desk {
	return enroldesk.Desk{Store: h.Courses, Print: h.printMessage, Letters: h.printLetters, Calendar: h.ownCalendar}
}

// printLetters sends the letters of all who are told by letter.
func (h House) printLetters(ctx context.Context, by data.Actor) (int, error) {
	n, _, err := h.sendLetters(ctx, by, "")
	return n, err
}

// printMessage sends a letter to the papers. It has no address: the desk hands it over, or writes one.
func (h House) printMessage(ctx context.Context, by data.Actor, to courses.Participant, lang words.Lang, text string) error {
	place, err := h.place(ctx)
	if err != nil {
		return err
	}
	_, err = h.send(ctx, by, papers.Document{Name: "brief-cursus", Title: words.T(lang, words.EnrolLetter), Place: place, At: h.DB.Now(), Lang: lang, To: []string{to.Name()},
		Parts: []papers.Part{papers.Paragraph(text)}})
	return err
}
