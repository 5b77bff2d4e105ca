package quiz

import "slices"

// Line is one line of an explanation: what could be answered, what was, and why. What is filled depends
// on the kind; see Explain.
type Line struct {
	Left   string // match: left-hand side
	Text   string // option, step, right-hand side that belongs to Left, accepted text, number, rubric
	Given  string // what the person answered here; empty: nothing
	Place  int    // order: where, from 1, the person put this step; 0: nowhere
	Right  bool   // Text belongs to the key (choices) or Given is right (all other kinds)
	Chosen bool   // the person chose or gave something on this line
	Why    string // why this option is right or wrong
}

// Explain lays an answer beside the key, in canonical order, for the explanation screen:
//
//   - single, multiple: a line per option; Right, Chosen and Why as Option has them;
//   - truefalse: two lines, TextTrue and TextFalse;
//   - number, text, open: one line; Text is the first key, Given what was typed;
//   - order: a line per step in the right order; Place is the person's, Right when it is the same;
//   - match: a line per pair.
//
// An impossible answer counts as none. Open answers are never Right here: people mark them.
func (it Item) Explain(a Answer) []Line {
	a = it.Tidy(a)
	if it.CheckAnswer(a) != nil {
		a = Answer{}
	}
	switch it.Kind {
	case KindSingle, KindMultiple:
		return it.explainOptions(a)
	case KindTrueFalse:
		return it.explainTrueFalse(a)
	case KindNumber, KindText, KindOpen:
		line := Line{Given: a.Text, Chosen: !a.Empty(), Right: it.Mark(a).Points > 0}
		if key := it.Key(); len(key) > 0 {
			line.Text = key[0]
		}
		return []Line{line}
	case KindOrder:
		return it.explainOrder(a)
	case KindMatch:
		return it.explainMatch(a)
	}
	return nil
}

func (it Item) explainOptions(a Answer) []Line {
	lines := make([]Line, len(it.Options))
	for i, o := range it.Options {
		lines[i] = Line{Text: o.Text, Right: o.Right, Why: o.Why}
		if slices.Contains(a.Choices, i) {
			lines[i].Chosen, lines[i].Given = true, o.Text
		}
	}
	return lines
}

func (it Item) explainTrueFalse(a Answer) []Line {
	lines := []Line{{Text: TextTrue}, {Text: TextFalse}}
	for i, value := range []bool{true, false} {
		lines[i].Right = it.True != nil && *it.True == value
		if a.True != nil && *a.True == value {
			lines[i].Chosen, lines[i].Given = true, lines[i].Text
		}
	}
	return lines
}

func (it Item) explainOrder(a Answer) []Line {
	lines := make([]Line, len(it.Steps))
	for i, step := range it.Steps {
		lines[i] = Line{Text: step, Place: slices.Index(a.Order, i) + 1}
		lines[i].Chosen = lines[i].Place > 0
		lines[i].Right = lines[i].Place == i+1
		if lines[i].Chosen {
			lines[i].Given = it.Steps[a.Order[i]] // what stands in this place
		}
	}
	return lines
}

func (it Item) explainMatch(a Answer) []Line {
	rights := it.Rights()
	lines := make([]Line, len(it.Pairs))
	for i, p := range it.Pairs {
		lines[i] = Line{Left: p.Left, Text: p.Right}
		if i < len(a.Matches) && a.Matches[i] != NoMatch {
			lines[i].Chosen, lines[i].Given = true, rights[a.Matches[i]]
			lines[i].Right = lines[i].Given == p.Right
		}
	}
	return lines
}
