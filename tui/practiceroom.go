package tui

import (
	"context"
	"slices"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/enroldesk"
	"digibrug/tui/practice"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// practiceRoom is where who works here practises.
func (h House) practiceRoom() shell.Entry {
	return shell.Entry{Room: practice.Room, Title: words.PracticeTitle, May: with(data.RoleStaff),
		Open: func(s *shell.Session) shell.Screen { return practice.New(s, h.practiceDesk()) }}
}

// practicePage is where anybody at a kiosk practises.
func (h House) practicePage() shell.Entry {
	desk := h.practiceDesk()
	desk.Citizens = true
	desk.Enrol = func(s *shell.Session) shell.Screen { return enroldesk.NewPublic(s, enroldesk.Desk{Store: h.Courses}) }
	return shell.Entry{Room: practice.Room, Title: words.PracticeTitle, Open: func(s *shell.Session) shell.Screen { return practice.New(s, desk) }}
}

// practiceDesk is what the room works with. Questions are in Dutch.
func (h House) practiceDesk() practice.Desk {
	return practice.Desk{
		Pool:   func(ctx context.Context) ([]quiz.Bank, error) { return h.Quiz.Library().Practice(ctx, h.DB, "nl") },
		Offers: h.offers,
	}
}

// offers gives the courses for who lives here, each with the first series that has seats.
func (h House) offers(ctx context.Context) (all []practice.Offer, err error) {
	catalogue, err := h.Courses.Courses(ctx)
	if err != nil {
		return nil, err
	}
	planned, err := h.Courses.Programme(ctx)
	if err != nil {
		return nil, err
	}
	today := data.DayOf(h.Clock())
	for _, c := range catalogue {
		if c.Admits(courses.Resident) != nil || c.RetiredOn != "" && c.RetiredOn <= today {
			continue
		}
		o := practice.Offer{Code: c.Code, Title: c.Title, Domain: string(c.Domain), Level: c.Level}
		i := slices.IndexFunc(planned, func(l courses.Listed) bool {
			return l.CourseID == c.ID && !l.Full() && (l.EnrolUntil.IsZero() || l.EnrolUntil.After(h.Clock()))
		})
		if i >= 0 {
			l := planned[i]
			o.Series, o.Begins, o.Where, o.Free = l.Code, l.First, l.Location, l.Free()
		}
		all = append(all, o)
	}
	return all, nil
}
