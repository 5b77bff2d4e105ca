package page

import (
	"errors"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Form is a page with a form under a sentence. The screen that embeds it saves: Fill tells when, Settle takes
// in how that went.
type Form struct {
	Page
	Lead words.Key // the sentence
	Body parts.Form
}

// leadMost is the most lines that the sentence gets.
const leadMost = 3

// NewForm is a page whose form needs nothing of a store.
func NewForm(s *shell.Session, lead words.Key, body parts.Form) Form {
	return Form{Page: Still(s), Lead: lead, Body: body}
}

// LoadingForm is a page whose form is made once its choices are loaded; doing is what that is called when it
// fails.
func LoadingForm(s *shell.Session, doing, lead words.Key) Form {
	return Form{Page: New(s, doing), Lead: lead}
}

// lead is the lines of the sentence; there is one at least.
func (f Form) lead() []string {
	lines := f.Paragraphs(f.S.T(f.Lead))
	if len(lines) == 0 {
		return []string{""}
	}
	return Shortened(lines, f.W, leadMost)
}

// top is the lines above the form.
func (f Form) top() int { return len(f.lead()) + 1 }

// Sized lays the form out in the body.
func (f Form) Sized() Form {
	f.Body = f.Body.Sized(f.S.Look(), f.W, max(1, f.H-f.top()))
	return f
}

// Fill gives a message to the form. While a change is under way it takes nothing, so that Enter can't save
// twice.
func (f Form) Fill(msg tea.Msg) (Form, parts.FormEvent) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		f.W, f.H = msg.Width, msg.Height
		return f.Sized(), parts.FormNone
	case shell.LookedMsg:
		return f.Sized(), parts.FormNone
	}
	if !f.Loaded || f.Busy() {
		return f, parts.FormNone
	}
	var event parts.FormEvent
	f.Body, event = f.Body.Update(f.S.Look(), parts.Shift(msg, 0, f.top()))
	return f, event
}

// Settle takes in the end of a change: bad input goes under the fields that it is about, anything else to the
// shell. ok tells that the change is done.
func (f Form) Settle(of *Errand, err error) (next Form, ok bool, tell tea.Cmd) {
	if of == nil || of != f.Acting {
		return f, false, nil
	}
	var rest []error
	if err != nil {
		f, rest = f.Blamed(err)
	}
	if err != nil && len(rest) == 0 {
		f.Acting = nil
		return f, false, nil
	}
	f.Page, ok, tell = Settled(f.Page, DoneMsg[struct{}]{Of: of, Err: errors.Join(rest...)})
	return f, ok, tell
}

// Blamed puts every piece of bad input under its field, with the focus on the first, and gives what belongs
// to no field.
func (f Form) Blamed(err error) (next Form, rest []error) {
	var many interface{ Unwrap() []error } // problems of a domain, all at once
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
	for _, err := range slices.Backward(all) {
		var bad *data.Invalid
		known := false
		var body parts.Form
		if errors.As(err, &bad) {
			body, known = f.Body.Fail(f.S.Look(), bad)
		}
		if !known {
			rest = append(rest, err)
			continue
		}
		f.Body = body
	}
	return f, rest
}

// View gives the sentence and the form.
func (f Form) View() string {
	if !f.Loaded {
		return f.Waiting()
	}
	lead := f.lead()
	if f.Busy() { // the form stays where it is
		clear(lead)
		lead[0] = parts.Cut(f.S.T(words.PageWait), f.W)
	}
	for i, line := range lead {
		lead[i] = f.S.Theme().Quiet.Render(line)
	}
	return strings.Join(lead, "\n") + "\n\n" + f.Body.View(f.S.Look())
}

// Cursor is in the field with the focus.
func (f Form) Cursor() (x, y int, shown bool) {
	x, y, shown = f.Body.Cursor()
	return x, y + f.top(), shown && f.Loaded
}

// Typing: letters go into the field.
func (f Form) Typing() bool { return f.Loaded && f.Body.Typing() }

// Place is what has the focus.
func (f Form) Place() parts.Place {
	if !f.Loaded {
		return parts.Place{}
	}
	return f.Body.Place(f.S.Look())
}

// Mouse: fields can be clicked.
func (f Form) Mouse() bool { return true }

// Leaving asks when something was filled in.
func (f Form) Leaving() (ask words.Key, must bool) {
	return words.PageFormLeave, f.Loaded && f.Body.Changed()
}

// ShortHelp is the footer.
func (f Form) ShortHelp() []key.Binding {
	if !f.Loaded {
		return []key.Binding{f.Enter(words.PageAgain)}
	}
	does := words.PageNext
	if f.Body.InLines() {
		does = words.PageNewLine
	}
	return []key.Binding{f.Enter(does), f.S.Keys().Next}
}

// FullHelp is the help page.
func (f Form) FullHelp() [][]key.Binding {
	return [][]key.Binding{f.ShortHelp(), {f.S.Keys().Previous}}
}
