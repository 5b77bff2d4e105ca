// Package evaluation is where participants say what they thought of a course, and where others read it: the form at a kiosk
// or from paper, the slips with one-time codes, the totals per course, and what an hour of training brought.
package evaluation

import (
	"context"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// Names of the rooms in the palette and for shell.GoMsg.
const (
	FormRoom shell.Room = "evaluate"
	Room     shell.Room = "evaluation"
	LoopRoom shell.Room = "loop"
)

// forms is what the form needs of the courses; *courses.Store has it.
type forms interface {
	OpenForm(ctx context.Context, by data.Actor, code string) (courses.Form, error)
	Answer(ctx context.Context, by data.Actor, code string, a courses.Answers) error
}

// NewForm asks for the code of a slip, and opens the form that it is for.
func NewForm(s *shell.Session, store forms) shell.Screen {
	by := page.Still(s).By()
	open := func(body parts.Form) (page.Outcome, error) {
		code := body.Value("code")
		form, err := store.OpenForm(s.Ctx, by, code)
		if err != nil {
			return page.Outcome{}, err
		}
		return page.Outcome{Next: newFill(s, form, func(a courses.Answers) error { return store.Answer(s.Ctx, by, code, a) })}, nil
	}
	return page.NewTask(s, words.EvaluationTitle, words.EvaluationOpening, func() (page.Brief, error) {
		field := parts.Field{Name: "code", Label: words.EvaluationCode, Need: true, Max: 20}
		return page.Brief{Lead: words.EvaluationCodeLead, Body: parts.NewForm(words.EvaluationStart, field), Do: open}, nil
	})
}
