package home

import (
	"context"
	"errors"
	"strconv"

	"digibrug/data"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// PasswordRoom is the name of the own password in the palette.
const PasswordRoom shell.Room = "password"

// passwords is what the screen needs of the ground floor; *data.Accounts has it.
type passwords interface {
	ChangePassword(ctx context.Context, by data.Actor, old, password string) error
	ChooseFirst(ctx context.Context, by data.Actor, password string) error
	PasswordMin(ctx context.Context) (int, error)
}

// Password lets a person choose a new password. With a next screen, it is the first thing after a log-in
// with a password that somebody else made, and leads there.
type Password struct {
	s     *shell.Session
	store passwords
	id    string              // of this screen, so that it knows the replies to its own questions
	next  func() shell.Screen // nil: back to where the person came from
	w, h  int
	least int // characters; 0 until loaded
	form  parts.Form
	busy  bool
}

type (
	leastMsg   struct{ characters int }
	changedMsg struct{ screen string }
	refusedMsg struct {
		screen string
		err    error
	}
)

// The fields, named as data.Invalid.Field names them.
const (
	fieldOld   = "old"
	fieldNew   = "password"
	fieldAgain = "again"
)

// NewPassword opens the screen; next gives the screen that follows once the password is changed, nil means going
// back.
func NewPassword(s *shell.Session, store passwords, next func() shell.Screen) shell.Screen {
	fields := []parts.Field{
		{Name: fieldNew, Label: words.HomePasswordNew, Kind: parts.Password, Need: true},
		{Name: fieldAgain, Label: words.HomePasswordAgain, Kind: parts.Password, Need: true},
	}
	if next == nil { // otherwise the present one was typed a moment ago, to come in
		fields = append([]parts.Field{{Name: fieldOld, Label: words.HomePasswordOld, Kind: parts.Password, Need: true}}, fields...)
	}
	return Password{s: s, store: store, id: data.NewID(), next: next, form: parts.NewForm(words.HomePasswordSave, fields...)}
}

// Init asks how long a password must be.
func (p Password) Init() tea.Cmd {
	return func() tea.Msg {
		least, err := p.store.PasswordMin(p.s.Ctx)
		if err != nil {
			return shell.FailedMsg{Doing: words.HomeLoading, Err: err}
		}
		return leastMsg{least}
	}
}

// Title is what it is.
func (p Password) Title() string { return p.s.T(words.HomePasswordTitle) }

// Update fills in the form and sends it.
func (p Password) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	look := p.s.Look()
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.w, p.h = msg.Width, msg.Height
		return p.sized(), nil
	case leastMsg:
		p.least = msg.characters
		return p.sized(), nil
	case changedMsg:
		if msg.screen != p.id {
			return p, nil
		}
		if p.next != nil {
			next := p.next()
			if dense, is := next.(shell.Denser); is && dense.Dense() { // a notice would hide a line, and a QR code needs each
				return p, shell.Replace(next)
			}
			return p, tea.Sequence(shell.Replace(next), shell.Notify(shell.Good, words.HomePasswordDone))
		}
		return p, tea.Sequence(shell.Back(), shell.Notify(shell.Good, words.HomePasswordDone))
	case refusedMsg:
		if msg.screen != p.id {
			return p, nil
		}
		return p.refused(msg.err)
	case shell.LookedMsg:
		return p.sized(), nil
	}
	if p.busy {
		return p, nil
	}
	var event parts.FormEvent
	p.form, event = p.form.Update(look, parts.Shift(msg, 0, len(p.text())+1))
	if event != parts.FormSubmitted {
		return p, nil
	}
	if p.form.Value(fieldNew) != p.form.Value(fieldAgain) {
		p.form, _ = p.form.Fail(look, &data.Invalid{Field: fieldAgain, Why: data.WhyPasswordAgain})
		return p, nil
	}
	p.busy = true
	return p, p.change(p.form.Value(fieldOld), p.form.Value(fieldNew))
}

func (p Password) change(old, fresh string) tea.Cmd {
	return func() tea.Msg {
		var err error
		if p.next != nil {
			err = p.store.ChooseFirst(p.s.Ctx, p.s.Who.Actor(), fresh)
		} else {
			err = p.store.ChangePassword(p.s.Ctx, p.s.Who.Actor(), old, fresh)
		}
		if err != nil {
			return refusedMsg{p.id, err}
		}
		return changedMsg{p.id}
	}
}

// refused puts the sentence under the field that it is about; other trouble is told by the frame.
func (p Password) refused(err error) (shell.Screen, tea.Cmd) {
	p.busy = false
	var invalid *data.Invalid
	if errors.As(err, &invalid) {
		var ok bool
		if p.form, ok = p.form.Fail(p.s.Look(), invalid); ok {
			return p, nil
		}
	}
	return p, func() tea.Msg { return shell.FailedMsg{Doing: words.HomePasswordSaving, Err: err} }
}

func (p Password) text() []string {
	var texts []string
	if p.next != nil {
		texts = append(texts, p.s.T(words.HomePasswordFirst))
	}
	if p.least > 0 {
		texts = append(texts, p.s.T(words.HomePasswordRule, "least", strconv.Itoa(p.least)))
	}
	return parts.Paragraphs(p.w, texts...)
}

func (p Password) sized() Password {
	p.form = p.form.Sized(p.s.Look(), p.w, max(1, p.h-len(p.text())-1))
	return p
}

// View gives the rule and the form.
func (p Password) View() string {
	return parts.Rows(append(p.text(), "", p.form.View(p.s.Look())), p.h)
}

// Cursor is in the field.
func (p Password) Cursor() (x, y int, shown bool) {
	x, y, shown = p.form.Cursor()
	return x, y + len(p.text()) + 1, shown
}

// Place is what has the focus.
func (p Password) Place() parts.Place { return p.form.Place(p.s.Look()) }

// Typing: letters are text.
func (p Password) Typing() bool { return p.form.Typing() }

// Mouse: fields can be clicked.
func (p Password) Mouse() bool { return true }

// ShortHelp is the footer.
func (p Password) ShortHelp() []key.Binding {
	k := p.s.Keys()
	return []key.Binding{keys.Named(k.Enter, p.s.T(words.HomePasswordNext)), k.Next}
}

// FullHelp is the help page.
func (p Password) FullHelp() [][]key.Binding {
	return [][]key.Binding{p.ShortHelp(), {p.s.Keys().Previous}}
}
