package parts

import (
	"errors"
	"slices"

	"digibrug/data"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// FormEvent says what a form made of a message.
type FormEvent int

// The events.
const (
	FormNone      FormEvent = iota // the message was not for the form
	FormMoved                      // another field has the focus, or the form found something wrong
	FormChanged                    // a field has another value
	FormSubmitted                  // everything is in order: take the values
)

// Form is fields under each other with a button at the end.
//
// Tab and the arrows move, Enter goes to the next field and submits on the last one and on the button; in a field of
// several lines Enter begins a new one.
// Submitting checks every field, puts a sentence under each that is not in order and the focus on the
// first of them.
type Form struct {
	entries []entry
	submit  words.Key
	errs    words.Errors
	focus   int // index in entries; len(entries): the button
	width   int
	height  int
	top     int // first line in view
	plan    plan
}

// NewForm makes a form; submit is the verb on its button. Sized gives it room.
func NewForm(submit words.Key, fields ...Field) Form {
	f := Form{submit: submit}
	for _, field := range fields {
		f.entries = append(f.entries, newEntry(field))
	}
	return f
}

// Knowing is the form with the sentences of a domain's errors, for what Field.Check and Fail bring.
func (f Form) Knowing(errs words.Errors) Form {
	f.errs = errs
	return f
}

// Sized is the form in a room of width cells and height lines.
func (f Form) Sized(look Look, width, height int) Form {
	f.width, f.height = max(0, width), max(0, height)
	f.entries = slices.Clone(f.entries)
	for i, e := range f.entries {
		if e.Kind == Lines {
			f.entries[i].area = e.area.Sized(f.room(), e.Rows)
		}
	}
	return f.planned(look)
}

// Value is what stands in a field: a day as YYYY-MM-DD, a number with a point as decimal sign, a choice
// as its value. What can't be read comes as typed; after FormSubmitted everything could.
func (f Form) Value(name string) string {
	if i := f.index(name); i >= 0 {
		return f.entries[i].value()
	}
	return ""
}

// Values is what is ticked in a Many field, in the order of its options.
func (f Form) Values(name string) []string {
	var on []string
	if i := f.index(name); i >= 0 {
		for _, o := range f.entries[i].Options {
			if f.entries[i].ticked[o.Value] {
				on = append(on, o.Value)
			}
		}
	}
	return on
}

func (f Form) index(name string) int {
	return slices.IndexFunc(f.entries, func(e entry) bool { return e.Name == name })
}

// Changed tells whether a value differs from the one at the start, so that leaving would lose work.
func (f Form) Changed() bool {
	return slices.ContainsFunc(f.entries, func(e entry) bool { return e.value() != newEntry(e.Field).value() })
}

// Set is the form with another value in a field.
func (f Form) Set(look Look, name, value string) Form {
	return f.with(look, f.index(name), func(e entry) entry { return e.set(value) })
}

// On is the form with the focus on a field.
func (f Form) On(look Look, name string) Form {
	if i := f.index(name); i >= 0 {
		f.focus = i
	}
	return f.planned(look)
}

// Fail is the form with err under its field and the focus there, when err is a *data.Invalid whose Field
// is the name of one. ok is false for other errors: the shell shows those.
func (f Form) Fail(look Look, err error) (next Form, ok bool) {
	var bad *data.Invalid
	if !errors.As(err, &bad) || bad == nil {
		return f, false
	}
	i := f.index(bad.Field)
	if i < 0 {
		return f, false
	}
	named := *bad
	named.Field = Plain(look.T(f.entries[i].Label))
	f = f.with(look, i, func(e entry) entry {
		e.err = &named
		return e
	})
	f.focus = i
	return f.planned(look), true
}

// with is the form with one entry changed; the entries of the old form stay as they were.
func (f Form) with(look Look, i int, change func(entry) entry) Form {
	if i < 0 || i >= len(f.entries) {
		return f
	}
	f.entries = slices.Clone(f.entries)
	f.entries[i] = change(f.entries[i])
	return f.planned(look)
}

// Typing tells whether the field with the focus takes letters: a screen hands it on to the shell.
func (f Form) Typing() bool { return f.focus < len(f.entries) && f.entries[f.focus].typed() }

// InLines tells whether the field with the focus takes several lines, where Enter begins a new one.
func (f Form) InLines() bool { return f.focus < len(f.entries) && f.entries[f.focus].Kind == Lines }

// Update moves, edits and submits. Mouse messages count from the form's corner.
func (f Form) Update(look Look, msg tea.Msg) (Form, FormEvent) {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		if !f.Typing() {
			return f, FormNone
		}
		return f.edited(look, func(e entry) (entry, bool) { return e.paste(msg.Content), true })
	case tea.KeyPressMsg:
		return f.press(look, msg)
	case tea.MouseWheelMsg:
		switch msg.Button {
		case tea.MouseWheelUp:
			return f.move(look, -1)
		case tea.MouseWheelDown:
			return f.move(look, +1)
		}
	case tea.MouseClickMsg:
		if msg.Button == tea.MouseLeft {
			return f.click(look, msg.X, msg.Y)
		}
	}
	return f, FormNone
}

func (f Form) press(look Look, msg tea.KeyPressMsg) (Form, FormEvent) {
	if next, event := f.edited(look, func(e entry) (entry, bool) { return e.press(look, msg) }); event != FormNone {
		return next, event
	}
	k := look.Keys
	switch {
	case key.Matches(msg, k.Enter):
		if f.focus >= len(f.entries)-1 {
			return f.check(look)
		}
		return f.move(look, +1)
	case key.Matches(msg, k.Next, k.Down):
		return f.move(look, +1)
	case key.Matches(msg, k.Previous, k.Up):
		return f.move(look, -1)
	case key.Matches(msg, k.PageUp):
		return f.move(look, -len(f.entries)-1)
	case key.Matches(msg, k.PageDown):
		return f.move(look, len(f.entries)+1)
	}
	return f, FormNone
}

// edited changes the entry with the focus; its error goes away, since the value is another one now.
func (f Form) edited(look Look, change func(entry) (entry, bool)) (Form, FormEvent) {
	if f.focus >= len(f.entries) {
		return f, FormNone
	}
	before := f.entries[f.focus]
	after, done := change(before)
	if !done {
		return f, FormNone
	}
	event := FormMoved
	if after.value() != before.value() || after.input.text != before.input.text || after.area.text != before.area.text {
		after.err, event = nil, FormChanged
	}
	return f.with(look, f.focus, func(entry) entry { return after }), event
}

func (f Form) move(look Look, by int) (Form, FormEvent) {
	to := min(max(f.focus+by, 0), len(f.entries))
	if to == f.focus {
		return f, FormNone
	}
	f.focus = to
	if to == len(f.entries) {
		return f.planned(look), FormMoved
	}
	return f.with(look, to, func(e entry) entry {
		if e.Kind == Many { // come in at the near end
			e.at = 0
			if by < 0 {
				e.at = max(0, len(e.Options)-1)
			}
		}
		return e.entered()
	}), FormMoved
}

// check looks at every field; without errors the form is submitted.
func (f Form) check(look Look) (Form, FormEvent) {
	f.entries = slices.Clone(f.entries)
	first := -1
	for i, e := range f.entries {
		f.entries[i].err = e.check(look)
		if f.entries[i].err != nil && first < 0 {
			first = i
		}
	}
	if first < 0 {
		return f.planned(look), FormSubmitted
	}
	f.focus = first
	return f.planned(look), FormMoved
}

// click puts the focus where the mouse is; on a choice or an option that has it already it also chooses,
// on the button it submits.
func (f Form) click(look Look, x, y int) (Form, FormEvent) {
	spot, ok := f.plan.at(y + f.top)
	if !ok || y < 0 || y >= f.height || x < 0 || x >= f.width {
		return f, FormNone
	}
	if spot.field == len(f.entries) {
		f.focus = spot.field
		return f.check(look)
	}
	again := f.focus == spot.field
	f.focus = spot.field
	e := f.entries[f.focus]
	switch {
	case e.Kind == Many && spot.option >= 0:
		return f.edited(look, func(e entry) (entry, bool) {
			e.at = spot.option
			return e.tick(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
		})
	case e.Kind == Choice && again:
		return f.edited(look, func(e entry) (entry, bool) { return e.turn(tea.KeyPressMsg{Code: tea.KeyRight}) })
	}
	return f.planned(look), FormMoved
}
