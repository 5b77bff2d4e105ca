package me

import (
	"context"
	"strings"

	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// seconds is what the own second factor needs; *data.Accounts has it.
type seconds interface {
	SecondOf(ctx context.Context, by data.Actor, login string) (data.SecondFactor, error)
	EnrolSecond(ctx context.Context, by data.Actor, e data.Enrolment, code, present string) (recovery []string, err error)
	RenewRecovery(ctx context.Context, by data.Actor, present string) (recovery []string, err error)
	DropOwnSecond(ctx context.Context, by data.Actor, present string) error
}

// Second shows the own second factor and what can be done with it.
type Second struct {
	page.Page
	store seconds
	fresh func(login string) data.Enrolment
	f     data.SecondFactor
	list  parts.List
}

// What can be done with a second factor.
const (
	doEnrol = "enrol"
	doCodes = "codes"
	doDrop  = "drop"
)

// fewCodes is from how many recovery codes on new ones should be made.
const fewCodes = 3

// NewSecond opens the screen.
func NewSecond(s *shell.Session, store seconds) shell.Screen {
	return Second{Page: page.New(s, words.MeSecondLoading), store: store, fresh: data.NewEnrolment, list: parts.NewList(parts.Kind{}, nil)}
}

// Init loads how it stands.
func (f Second) Init() tea.Cmd {
	return page.Fetch(f.Loading, func() (data.SecondFactor, error) { return f.store.SecondOf(f.S.Ctx, f.By(), f.S.Who.Login) })
}

// Title is what it is.
func (f Second) Title() string { return f.S.T(words.MeSecondTitle) }

// Update chooses what to do.
func (f Second) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		f.W, f.H = msg.Width, msg.Height
		return f.listed(), nil
	case page.DoneMsg[data.SecondFactor]:
		next, ok, tell := page.Settled(f.Page, msg)
		if f.Page = next; ok {
			f.f = msg.Got
		}
		return f.listed(), tell
	case shell.ShownMsg:
		f.Page = f.Again()
		return f, f.Init()
	case shell.LookedMsg:
		return f.listed(), nil
	}
	if f.Retries(msg) {
		f.Page = f.Again()
		return f, f.Init()
	}
	if !f.Loaded {
		return f, nil
	}
	var event parts.Event
	f.list, event = f.list.Update(f.S.Look(), parts.Shift(msg, 0, len(f.top())))
	row, ok := f.list.Current()
	if event != parts.Chose || !ok {
		return f, nil
	}
	switch row.ID {
	case doEnrol:
		return f, shell.Open(newEnrol(f.S, f.store, f.fresh(f.S.Who.Login), f.f.On(), nil))
	case doCodes:
		return f, shell.Open(newRenew(f.S, f.store))
	}
	return f, shell.Open(newDrop(f.S, f.store))
}

func (f Second) listed() Second {
	if !f.Loaded {
		return f
	}
	var rows []parts.Item
	offer := func(id string, title words.Key) { rows = append(rows, parts.Item{ID: id, Title: f.S.T(title)}) }
	if f.f.On() {
		offer(doCodes, words.MeDoCodes)
		offer(doEnrol, words.MeDoReplace)
		if !f.f.Must {
			offer(doDrop, words.MeDoDrop)
		}
	} else {
		offer(doEnrol, words.MeDoEnrol)
	}
	f.list = f.list.With(rows).Sized(f.W, max(1, len(rows)))
	return f
}

// top is everything above what can be done.
func (f Second) top() []string {
	lines := append(f.Paragraphs(f.S.T(words.MeSecondAbout)), "")
	if !f.f.On() {
		return append(append(lines, f.Facts(page.Named(words.MeSecondState, f.S.T(words.MeSecondOff)))...), "")
	}
	here := words.MeSecondAsked
	if f.f.Trusted {
		here = words.MeSecondTrusted
	}
	lines = append(lines, f.Facts(
		page.Named(words.MeSecondState, f.S.T(words.MeSecondOn, "day", words.ShortDay(f.S.Lang(), f.f.Since))),
		page.Named(words.MeSecondCodes, f.left()),
		page.Named(words.MeSecondHere, f.S.T(here)),
	)...)
	if f.f.Must {
		lines = append(lines, "")
		lines = append(lines, f.Paragraphs(f.S.T(words.MeSecondMust))...)
	}
	switch {
	case f.f.Stopped:
		lines = append(lines, "", f.warned(words.MeSecondStopped))
	case f.f.Left < fewCodes:
		lines = append(lines, "", f.warned(words.MeSecondFew))
	}
	return append(strings.Split(strings.Join(lines, "\n"), "\n"), "")
}

func (f Second) left() string {
	if f.f.Left == 0 {
		return f.S.T(words.MeNone)
	}
	return f.S.T(words.MeSecondLeft, "n", f.f.Left)
}

func (f Second) warned(text words.Key) string {
	lines := f.Paragraphs(f.S.T(text))
	for i, line := range lines {
		lines[i] = f.S.Theme().Warn.Render(line)
	}
	return strings.Join(lines, "\n")
}

// View gives how it stands and what can be done.
func (f Second) View() string {
	if !f.Loaded {
		return f.Waiting()
	}
	return page.Fitted(append(f.top(), strings.Split(f.list.View(f.S.Look()), "\n")...), f.H)
}

// Cursor is on the chosen line.
func (f Second) Cursor() (x, y int, shown bool) {
	x, y, shown = f.list.Cursor()
	return x, y + len(f.top()), shown && f.Loaded
}

// Mouse: lines can be clicked.
func (f Second) Mouse() bool { return true }

// ShortHelp is the footer.
func (f Second) ShortHelp() []key.Binding {
	if !f.Loaded {
		return []key.Binding{f.Enter(words.PageAgain)}
	}
	return []key.Binding{f.Enter(words.MeChoose)}
}

// FullHelp is the help page.
func (f Second) FullHelp() [][]key.Binding {
	return [][]key.Binding{f.ShortHelp(), f.S.Keys().Moving()}
}
