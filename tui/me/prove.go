package me

import (
	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Prove asks for a code of the present app, or a recovery code, before something is done with the second factor.
type Prove struct {
	page.Form
	title, saving, done words.Key
	act                 func(by data.Actor, present string) (recovery []string, err error)
}

// newRenew opens the screen that makes new recovery codes.
func newRenew(s *shell.Session, store seconds) shell.Screen {
	return Prove{Form: page.NewForm(s, words.MeRenewLead, parts.NewForm(words.MeRenewSave, present())),
		title: words.MeRenewTitle, saving: words.MeRenewSaving, done: words.MeRenewDone,
		act: func(by data.Actor, present string) ([]string, error) { return store.RenewRecovery(s.Ctx, by, present) }}
}

// newDrop opens the screen that takes the second factor away.
func newDrop(s *shell.Session, store seconds) shell.Screen {
	return Prove{Form: page.NewForm(s, words.MeDropLead, parts.NewForm(words.MeDropSave, present())),
		title: words.MeDropTitle, saving: words.MeDropSaving, done: words.MeDropDone,
		act: func(by data.Actor, present string) ([]string, error) {
			return nil, store.DropOwnSecond(s.Ctx, by, present)
		}}
}

// Init does nothing: the form is ready.
func (p Prove) Init() tea.Cmd { return nil }

// Title is what it is.
func (p Prove) Title() string { return p.S.T(p.title) }

// Update fills in and acts; recovery codes that come of it are shown.
func (p Prove) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if msg, ok := msg.(page.DoneMsg[[]string]); ok {
		next, ok, tell := p.Settle(msg.Of, msg.Err)
		switch p.Form = next; {
		case !ok:
			return p, tell
		case len(msg.Got) > 0:
			return p, shell.Replace(newCodes(p.S, msg.Got, p.done, nil))
		}
		return p, tea.Batch(shell.Back(), shell.Notify(shell.Good, p.done))
	}
	next, event := p.Fill(msg)
	if p.Form = next; event != parts.FormSubmitted {
		return p, nil
	}
	p.Page = p.Acts(p.saving)
	proof := p.Body.Value(fieldPresent)
	return p, page.Fetch(p.Acting, func() ([]string, error) { return p.act(p.By(), proof) })
}

// Leaving: one code is soon typed again.
func (p Prove) Leaving() (ask words.Key, must bool) { return "", false }
