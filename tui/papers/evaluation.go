package papers

import (
	"strings"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/words"
)

// EvaluationSlips are the one-time codes of the evaluation of a course, one slip each, to cut apart and deal out from a hat:
// nobody's name stands on any.
func EvaluationSlips(course, place string, codes []string, at time.Time) Document {
	w := speaker{lang}
	title := w.T(words.EvaluationSlipTitle, "course", course)
	d := Document{Name: "evaluatieblaadjes", Title: title, Place: place, At: at}
	for _, code := range codes {
		d.Parts = append(d.Parts, Heading(title), Paragraph(w.T(words.EvaluationSlipLine)), Important(data.ShowCode(code)))
	}
	return d
}

// EvaluationForm is the evaluation of a course on paper, for who doesn't sit at a kiosk.
func EvaluationForm(form courses.Form, place string, at time.Time) Document {
	w := speaker{lang}
	d := Document{Name: "evaluatie", Title: w.T(words.EvaluationSlipTitle, "course", form.Course), Place: place, At: at, Parts: []Part{Paragraph(w.T(words.EvaluationPaperLead))}}
	for _, q := range courses.Questions() {
		asked := coursewords.AskedOf(q)
		var options []string
		for _, o := range asked.Options {
			options = append(options, "( ) "+w.T(o))
		}
		switch q.Kind {
		case courses.PerGoal:
			d.Parts = append(d.Parts, Heading(strings.TrimSpace(w.T(asked.Title, "goal", ""))), Paragraph(strings.Join(options, "\n")))
			var blanks Blanks
			for _, goal := range form.Goals {
				blanks = append(blanks, Blank{Name: goal})
			}
			d.Parts = append(d.Parts, blanks)
		case courses.InWords:
			d.Parts = append(d.Parts, Heading(w.T(asked.Title)), Blanks{{Lines: 4}})
		case courses.Next:
			for _, c := range form.Next {
				options = append(options, "( ) "+c.Title)
			}
			options = append(options, "( ) "+w.T(words.EvaluationElse))
			d.Parts = append(d.Parts, Heading(w.T(asked.Title)), Paragraph(strings.Join(options, "\n")))
		default:
			d.Parts = append(d.Parts, Heading(w.T(asked.Title)), Paragraph(strings.Join(options, "\n")))
		}
	}
	return d
}
