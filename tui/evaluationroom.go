package tui

import (
	"context"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/tui/evaluation"
	"digibrug/tui/papers"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// evaluationRooms are where one reads what participants thought, and what training brought.
func (h House) evaluationRooms() []shell.Entry {
	return []shell.Entry{
		{Room: evaluation.Room, Title: words.EvaluationDeskTitle, May: with(data.RoleCoordinator, data.RoleTrainer, data.RoleDirector, data.RoleICT),
			Open: func(s *shell.Session) shell.Screen { return evaluation.New(s, h.evaluationDesk()) }},
		{Room: evaluation.LoopRoom, Title: words.EvaluationLoopTitle, May: with(data.RoleCoordinator, data.RoleDirector, data.RoleICT), Quiet: true,
			Open: func(s *shell.Session) shell.Screen { return evaluation.NewLoop(s, h.evaluationDesk()) }},
	}
}

// evaluationForm is the form, for who sits at a kiosk with the code of a slip.
func (h House) evaluationForm() shell.Entry {
	return shell.Entry{Room: evaluation.FormRoom, Title: words.EvaluationTitle, Open: func(s *shell.Session) shell.Screen { return evaluation.NewForm(s, h.Courses) }}
}

func (h House) evaluationDesk() evaluation.Desk {
	return evaluation.Desk{Store: h.Courses, Levels: h.measured,
		Slips: func(ctx context.Context, by data.Actor, course string, codes []string) (outbox.Channel, error) {
			place, err := h.place(ctx)
			if err != nil {
				return "", err
			}
			return h.send(ctx, by, papers.EvaluationSlips(course, place, codes, h.DB.Now()))
		},
		Blank: func(ctx context.Context, by data.Actor, form courses.Form) (outbox.Channel, error) {
			place, err := h.place(ctx)
			if err != nil {
				return "", err
			}
			return h.send(ctx, by, papers.EvaluationForm(form, place, h.DB.Now()))
		}}
}

// place is what the municipality is called on paper.
func (h House) place(ctx context.Context) (string, error) {
	return h.Settings.Get(ctx, data.SettingPlace, "")
}

// measured gives the courses what assessments say of people: levels, no answers.
func (h House) measured(ctx context.Context, by data.Actor) ([]courses.Measured, error) {
	levels, err := h.Quiz.Levels(ctx, by, "")
	if err != nil {
		return nil, err
	}
	var all []courses.Measured
	for _, l := range levels {
		all = append(all, courses.Measured{PersonID: l.PersonID, Domain: courses.Domain(l.Domain), At: l.At, Level: int(l.Band)})
	}
	return all, nil
}
