package items

import (
	"digibrug/quiz"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

const typedField = "answer"

// typed answers with a number or a short text.
type typed struct {
	form parts.Form
	kind quiz.Kind
}

func newTyped(look parts.Look, it quiz.Item, given quiz.Answer) answerer {
	field := parts.Field{Name: typedField, Label: words.ItemYourAnswer, Kind: parts.Text, Max: quiz.MaxShort, Value: given.Text}
	if it.Kind == quiz.KindNumber {
		field.Digits, field.Max = true, 40 // what a number may look like, the marking rule knows best
		if it.Number != nil && it.Number.Unit != "" {
			field.Label = words.Key(look.T(words.ItemYourAnswerIn, "unit", it.Number.Unit))
		}
	}
	return typed{form: parts.NewForm(words.ItemNext, field), kind: it.Kind}
}

func (t typed) update(look parts.Look, msg tea.Msg) (answerer, Event) {
	var event parts.FormEvent
	t.form, event = t.form.Update(look, msg)
	switch event {
	case parts.FormSubmitted:
		return t, Done
	case parts.FormChanged:
		return t, Changed
	case parts.FormMoved:
		return t, Moved
	}
	return t, None
}

func (t typed) view(look parts.Look) string    { return t.form.View(look) }
func (t typed) lines() int                     { return 4 }
func (t typed) answer() quiz.Answer            { return quiz.Answer{Text: t.form.Value(typedField)} }
func (t typed) typing() bool                   { return t.form.Typing() }
func (t typed) cursor() (x, y int, shown bool) { return t.form.Cursor() }

func (t typed) sized(look parts.Look, width, height int) answerer {
	t.form = t.form.Sized(look, width, height)
	return t
}

func (t typed) ask() words.Key {
	if t.kind == quiz.KindNumber {
		return words.ItemAskNumber
	}
	return words.ItemAskText
}

func (t typed) keys(look parts.Look) []key.Binding {
	return []key.Binding{keys.Named(look.Keys.Enter, look.T(words.ItemNext))}
}
