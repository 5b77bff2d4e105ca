package me

import (
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"rsc.io/qr/coding"
)

// Enrol sets up an app as the second factor: first the QR code, then the code that the app makes of it, then the
// recovery codes. With a next screen it is what comes first after a log-in, and leads there.
type Enrol struct {
	page.Form
	store  seconds
	e      data.Enrolment
	code   *coding.Code        // nil: it can't be drawn, and the key is typed
	next   func() shell.Screen // nil: back to where the person came from
	typing bool                // the form shows, not the QR code
	flip   bool                // black and white changed places
}

// The fields, named as data.Invalid.Field names them.
const (
	fieldPresent = "present"
	fieldCode    = "code"
)

// NewFirst opens the screen for somebody who must have a second factor before anything else; next gives the screen
// that follows.
func NewFirst(s *shell.Session, store seconds, next func() shell.Screen) shell.Screen {
	return newEnrol(s, store, data.NewEnrolment(s.Who.Login), false, next)
}

// newEnrol opens the screen; has tells that there is a second factor already, which must be proved.
func newEnrol(s *shell.Session, store seconds, e data.Enrolment, has bool, next func() shell.Screen) shell.Screen {
	fields := []parts.Field{{Name: fieldCode, Label: words.MeEnrolCode, Hint: words.MeEnrolCodeHint, Need: true, Max: 12, Digits: true}}
	if has {
		fields = append([]parts.Field{present()}, fields...)
	}
	lead, _ := e.URI()
	code, err := qrOf(lead, e.Secret)
	if err != nil {
		s.Log.Error("QR code can't be made", "err", err)
		code = nil
	}
	return Enrol{Form: page.NewForm(s, words.MeEnrolLead, parts.NewForm(words.MeEnrolSave, fields...)), store: store, e: e, code: code, next: next}
}

// present is the field for a proof of the second factor that there is.
func present() parts.Field {
	return parts.Field{Name: fieldPresent, Label: words.MePresent, Hint: words.MePresentHint, Need: true, Max: 40}
}

// Init does nothing: all is known.
func (e Enrol) Init() tea.Cmd { return nil }

// Title is what it is.
func (e Enrol) Title() string { return e.S.T(words.MeEnrolTitle) }

// Update goes from the QR code to the form and back, and sends the form.
func (e Enrol) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.DoneMsg[[]string]:
		next, ok, tell := e.Settle(msg.Of, msg.Err)
		if e.Form = next; !ok {
			return e, tell
		}
		return e, shell.Replace(newCodes(e.S, msg.Got, words.MeEnrolDone, e.next))
	case tea.KeyPressMsg:
		switch {
		case !e.typing && key.Matches(msg, e.S.Keys().Enter):
			e.typing = true
			return e, nil
		case !e.typing && e.drawn() && key.Matches(msg, e.flips()):
			e.flip = !e.flip
			return e, nil
		case e.typing && !e.Busy() && key.Matches(msg, e.S.Keys().Back):
			e.typing = false
			return e, nil
		}
	}
	switch msg.(type) {
	case tea.WindowSizeMsg, shell.LookedMsg: // the form keeps its size also while it doesn't show
	default:
		if !e.typing {
			return e, nil
		}
	}
	next, event := e.Fill(msg)
	if e.Form = next; event != parts.FormSubmitted {
		return e, nil
	}
	e.Page = e.Acts(words.MeEnrolSaving)
	code, proof := e.Body.Value(fieldCode), e.Body.Value(fieldPresent)
	return e, page.Fetch(e.Acting, func() ([]string, error) {
		return e.store.EnrolSecond(e.S.Ctx, e.By(), e.e, code, proof)
	})
}

// besideMin is how many cells the text beside the QR code needs, and gap what is between them.
const besideMin, gap = 30, 2

// drawn tells whether there is room for the QR code.
func (e Enrol) drawn() bool {
	if e.code == nil {
		return false
	}
	w, h := qrSize(e.code)
	return w+gap+besideMin <= e.W && h <= e.H
}

// Dense: without its last line a QR code can't be scanned, and the smallest window has none to spare.
func (e Enrol) Dense() bool { return !e.typing && e.code != nil }

func (e Enrol) flips() key.Binding { return e.Letter("o", words.MeEnrolFlip) }

// View gives the QR code with the key in letters beside it, or the form.
func (e Enrol) View() string {
	if e.typing {
		return e.Form.View()
	}
	if !e.drawn() {
		lines := e.text(words.MeEnrolType, e.W)
		if e.code != nil {
			lines = append(append(lines, ""), e.quiet(words.MeEnrolSmall, e.W)...)
		}
		return page.Fitted(lines, e.H)
	}
	image := qrLines(e.code, e.S.Theme(), e.flip)
	width, _ := qrSize(e.code)
	beside := e.text(words.MeEnrolScan, e.W-width-gap)
	lines := make([]string, max(len(image), len(beside)))
	for i := range lines {
		left, right := strings.Repeat(" ", width), ""
		if i < len(image) {
			left = image[i]
		}
		if i < len(beside) {
			right = beside[i]
		}
		lines[i] = left + strings.Repeat(" ", gap) + right
	}
	return page.Fitted(lines, e.H)
}

// text says what to do, with the key in groups, in width cells. What can be missed in a low window comes last.
func (e Enrol) text(scan words.Key, width int) []string {
	var lines []string
	if e.next != nil {
		for _, line := range parts.Wrap(e.S.T(words.MeEnrolFirst), width) {
			lines = append(lines, e.S.Theme().Strong.Render(line))
		}
		lines = append(lines, "")
	}
	lines = append(lines, parts.Wrap(e.S.T(words.MeEnrolApp), width)...)
	lines = append(append(lines, ""), parts.Wrap(e.S.T(scan), width)...)
	lines = append(lines, "")
	for line := range slices.Chunk(e.e.Groups(), 4) { // short lines: the eye goes to and fro to the telephone
		lines = append(lines, e.S.Theme().Strong.Render(strings.Join(line, " ")))
	}
	lines = append(lines, "")
	for _, line := range parts.Wrap(e.S.T(words.MeEnrolName, "name", parts.Plain(e.e.Login)), width) {
		lines = append(lines, e.S.Theme().Quiet.Render(line))
	}
	return lines
}

func (e Enrol) quiet(text words.Key, width int) []string {
	lines := parts.Wrap(e.S.T(text), width)
	for i, line := range lines {
		lines[i] = e.S.Theme().Quiet.Render(line)
	}
	return lines
}

// Cursor is in the field.
func (e Enrol) Cursor() (x, y int, shown bool) {
	x, y, shown = e.Form.Cursor()
	return x, y, shown && e.typing
}

// Typing: letters go into the field.
func (e Enrol) Typing() bool { return e.typing && e.Form.Typing() }

// Inside: Esc goes back to the QR code.
func (e Enrol) Inside() bool { return e.typing }

// Mouse: fields can be clicked; beside the QR code the terminal selects text.
func (e Enrol) Mouse() bool { return e.typing }

// Leaving: nothing is lost, the next time brings another key.
func (e Enrol) Leaving() (ask words.Key, must bool) { return "", false }

// ShortHelp is the footer.
func (e Enrol) ShortHelp() []key.Binding {
	switch {
	case e.typing:
		return e.Form.ShortHelp()
	case e.drawn():
		return []key.Binding{e.Enter(words.MeEnrolNext), e.flips()}
	}
	return []key.Binding{e.Enter(words.MeEnrolNext)}
}

// FullHelp is the help page.
func (e Enrol) FullHelp() [][]key.Binding { return [][]key.Binding{e.ShortHelp()} }
