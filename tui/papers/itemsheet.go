package papers

import (
	"fmt"
	"strings"
	"time"

	"digibrug/quiz"
	"digibrug/tui/words"
)

// ItemSheet are questions on paper, numbered, with room to answer, and the answers with their reasons on pages of their own:
// to read a bank over before it is used, or to practise away from a screen. seed chooses the order of options, and of a
// family the variant.
func ItemSheet(title, place string, items []quiz.Item, seed int64, at time.Time) Document {
	w := speaker{lang}
	d := Document{Name: "vragen-" + title, Title: title, Place: place, At: at, Parts: []Part{Paragraph(w.T(words.ItemsheetLead, "n", len(items)))}}
	keys := []Part{PageBreak{}, Heading(w.T(words.ItemsheetKeys))}
	for i, it := range items {
		it = it.VaryBy(seed, 0)
		shown := quiz.OptionOrder(it, seed)
		head := Heading(fmt.Sprintf("%d", i+1))
		d.Parts = append(d.Parts, head, Paragraph(it.Stem))
		d.Parts = append(d.Parts, w.answerRoom(it, shown)...)
		keys = append(keys, head, Paragraph(w.itemKey(it, shown)))
	}
	d.Parts = append(d.Parts, keys...)
	return d
}

// answerRoom is what somebody ticks, numbers or writes.
func (s speaker) answerRoom(it quiz.Item, shown []int) []Part {
	switch it.Kind {
	case quiz.KindSingle, quiz.KindMultiple:
		ask := words.ItemsheetOne
		if it.Kind == quiz.KindMultiple {
			ask = words.ItemsheetMany
		}
		lines := []string{s.T(ask)}
		for row, i := range shown {
			lines = append(lines, fmt.Sprintf("( ) %s) %s", optionLetter(row), it.Options[i].Text))
		}
		return []Part{Paragraph(strings.Join(lines, "\n"))}
	case quiz.KindTrueFalse:
		return []Part{Paragraph("( ) " + s.T(words.ItemTrue) + "\n( ) " + s.T(words.ItemFalse))}
	case quiz.KindOrder:
		lines := []string{s.T(words.ItemsheetOrder)}
		for _, i := range shown {
			lines = append(lines, "( ) "+it.Steps[i])
		}
		return []Part{Paragraph(strings.Join(lines, "\n"))}
	case quiz.KindMatch:
		lines, rights, left := []string{s.T(words.ItemsheetMatch)}, it.Rights(), Blanks{}
		for row, i := range shown {
			lines = append(lines, optionLetter(row)+") "+rights[i])
		}
		for _, p := range it.Pairs {
			left = append(left, Blank{Name: p.Left})
		}
		return []Part{Paragraph(strings.Join(lines, "\n")), left}
	case quiz.KindOpen:
		return []Part{Blanks{{Name: s.T(words.ItemYourAnswer), Lines: 8}}}
	}
	return []Part{Blanks{{Name: s.T(words.ItemYourAnswer)}}}
}

// itemKey is what is right, and why, with the reasons of what is wrong.
func (s speaker) itemKey(it quiz.Item, shown []int) string {
	var lines []string
	switch it.Kind {
	case quiz.KindSingle, quiz.KindMultiple:
		for row, i := range shown {
			o, mark := it.Options[i], s.T(words.ItemsheetWrong)
			if o.Right {
				mark = s.T(words.ItemsheetRight)
			}
			if o.Why != "" { // a draft may have none yet
				mark += ": " + o.Why
			}
			lines = append(lines, fmt.Sprintf("%s) %s", optionLetter(row), mark))
		}
	case quiz.KindTrueFalse:
		answer := words.ItemFalse
		if it.True != nil && *it.True {
			answer = words.ItemTrue
		}
		lines = append(lines, s.T(answer))
	case quiz.KindMatch:
		for _, p := range it.Pairs {
			lines = append(lines, p.Left+": "+p.Right)
		}
	case quiz.KindOrder:
		for i, step := range it.Steps {
			lines = append(lines, fmt.Sprintf("%d. %s", i+1, step))
		}
	default:
		lines = append(lines, strings.Join(it.Key(), " / "))
	}
	if it.Why != "" {
		lines = append(lines, it.Why)
	}
	return strings.Join(lines, "\n")
}

// optionLetter names a row of options, from 0: a, b, c.
func optionLetter(row int) string { return string(rune('a' + row)) }
