package admin

import (
	"errors"
	"slices"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// formPage is a page with a form under a sentence.
type formPage struct {
	page
	lead words.Key
	form parts.Form
}

// formTop is the lines above the form.
const formTop = 2

// newFormPage is a page whose form needs nothing of a store.
func newFormPage(s *shell.Session, lead words.Key, form parts.Form) formPage {
	return formPage{page: page{s: s, loaded: true}, lead: lead, form: form}
}

func (f formPage) sized() formPage {
	f.form = f.form.Sized(f.s.Look(), f.w, max(1, f.h-formTop))
	return f
}

// update gives a message to the form. While a change is under way it takes nothing, so that Enter can't
// save twice.
func (f formPage) update(msg tea.Msg) (formPage, parts.FormEvent) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		f.w, f.h = msg.Width, msg.Height
		return f.sized(), parts.FormNone
	case shell.LookedMsg:
		return f.sized(), parts.FormNone
	}
	if !f.loaded || f.busy() {
		return f, parts.FormNone
	}
	var event parts.FormEvent
	f.form, event = f.form.Update(f.s.Look(), parts.Shift(msg, 0, formTop))
	return f, event
}

// settled takes in the end of a change: bad input goes under the fields that it is about, anything else to
// the shell. ok tells that the change is done.
func (f formPage) settled(of *errand, err error) (next formPage, ok bool, tell tea.Cmd) {
	if of == nil || of != f.acting {
		return f, false, nil
	}
	var rest []error
	if err != nil {
		f, rest = f.blamed(err)
	}
	if err != nil && len(rest) == 0 {
		f.acting = nil
		return f, false, nil
	}
	f.page, ok, tell = settled(f.page, doneMsg[struct{}]{of: of, err: errors.Join(rest...)})
	return f, ok, tell
}

// blamed puts every piece of bad input under its field, with the focus on the first, and gives what
// belongs to no field.
func (f formPage) blamed(err error) (next formPage, rest []error) {
	var many quiz.Problems
	var one *data.Invalid
	var all []error
	switch {
	case errors.As(err, &many):
		all = many.Unwrap()
	case errors.As(err, &one):
		all = []error{one}
	default:
		return f, []error{err}
	}
	for _, bad := range slices.Backward(all) {
		form, known := f.form.Fail(f.s.Look(), bad)
		if !known {
			rest = append(rest, bad)
			continue
		}
		f.form = form
	}
	return f, rest
}

// View gives the sentence and the form.
func (f formPage) View() string {
	if !f.loaded {
		return f.waiting()
	}
	lead := f.lead
	if f.busy() {
		lead = words.AdminWait
	}
	return f.s.Theme().Quiet.Render(parts.Cut(f.s.T(lead), f.w)) + "\n\n" + f.form.View(f.s.Look())
}

// Cursor is in the field with the focus.
func (f formPage) Cursor() (x, y int, shown bool) {
	x, y, shown = f.form.Cursor()
	return x, y + formTop, shown && f.loaded
}

// Typing: letters go into the field.
func (f formPage) Typing() bool { return f.loaded && f.form.Typing() }

// Mouse: fields can be clicked.
func (f formPage) Mouse() bool { return true }

// Leaving asks when something was filled in.
func (f formPage) Leaving() (ask words.Key, must bool) {
	return words.AdminFormLeave, f.loaded && f.form.Changed()
}

// ShortHelp is the footer.
func (f formPage) ShortHelp() []key.Binding {
	if !f.loaded {
		return []key.Binding{f.enter(words.AdminAgain)}
	}
	return []key.Binding{f.enter(words.AdminNext), f.s.Keys().Next}
}

// FullHelp is the help page.
func (f formPage) FullHelp() [][]key.Binding {
	return [][]key.Binding{f.ShortHelp(), {f.s.Keys().Previous}}
}
