package tui

import (
	"context"

	"digibrug/data"
	"digibrug/tui/assessment"
	"digibrug/tui/kiosk"
	"digibrug/tui/reading"
	"digibrug/tui/server"
	"digibrug/tui/shell"
	"digibrug/tui/testroom"
	"digibrug/tui/words"
)

// Wipe tells whether a guest's terminal is cleared when the session begins and ends: server.Config.Wipe.
func (h House) Wipe(g server.Guest) bool { return g.Identity.KioskID != "" }

// openVisitor makes the program of who has no account: a kiosk PC, or somebody with a paper code. Neither has any
// of the rooms.
func (h House) openVisitor(g server.Guest, place string) (reading.Visit, error) {
	if g.Identity.CodeID == "" {
		return h.booth(g, place)
	}
	s := h.visit(g.Ctx, g, g.Identity, place)
	return shell.NewRoot(s, h.journey(s, g.Identity.From), nil, Errors()), nil
}

// booth makes the program of a kiosk PC.
func (h House) booth(g server.Guest, place string) (reading.Visit, error) {
	pc, err := h.Kiosks.Own(g.Ctx, g.Identity.Actor())
	if err != nil {
		return nil, err
	}
	here := place + " · " + pc.Location
	return kiosk.New(kiosk.Desk{Ctx: g.Ctx, Who: g.Identity, PC: pc, Gate: h.Gate, Errors: Errors(), Pages: h.publicPages(), Calls: h.Loans,
		Session: func(ctx context.Context, who data.Identity) *shell.Session { return h.visit(ctx, g, who, here) },
		Journey: func(s *shell.Session) shell.Screen { return h.journey(s, pc.Name) },
	}), nil
}

// visit begins the visit of who has no account. What they choose for the eyes lasts as long as it.
func (h House) visit(ctx context.Context, g server.Guest, who data.Identity, place string) *shell.Session {
	s := shell.NewSession(ctx, who, place, h.Clock, h.Log)
	s.Bare, s.Ping = true, g.Ping
	if h.Ends != nil {
		s.Over = func(do func()) {
			h.Ends.Add(1)
			context.AfterFunc(ctx, func() {
				defer h.Ends.Done()
				do()
			})
		}
	}
	s.Still = func(ctx context.Context) error { return h.Gate.Still(ctx, who) }
	return s
}

// journey opens what a paper code is for, at a PC or an address. The stores decide whether it may.
func (h House) journey(s *shell.Session, at string) shell.Screen {
	switch j := s.Who.Journey; j.Kind {
	case data.JourneyAssessment:
		return assessment.NewJourney(s, h.Quiz, j.Of)
	case data.JourneyStaff:
		return kiosk.NewStaff(s, h.staffPages())
	case data.JourneyRecruitment:
		return testroom.New(s, h.Recruit, at)
	}
	return kiosk.NewNothing(s)
}

// staffPages are what who works here may do at a kiosk, with a paper code.
func (h House) staffPages() []shell.Entry {
	return []shell.Entry{
		{Room: assessment.Room, Title: words.AssessmentTitle, Open: func(s *shell.Session) shell.Screen { return assessment.NewMine(s, h.Quiz) }},
		h.ownCourses(), h.practiceRoom(),
	}
}
