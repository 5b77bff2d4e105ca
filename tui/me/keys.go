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

// keyKeeper is what the own SSH keys need; *data.Accounts has it.
type keyKeeper interface {
	KeysOf(ctx context.Context, by data.Actor, login string) ([]data.Key, error)
	AddKey(ctx context.Context, by data.Actor, login, line string) (data.Key, error)
	RemoveKey(ctx context.Context, by data.Actor, login, fingerprint string) error
}

// Keys lists the own SSH keys.
type Keys struct {
	page.List[data.Key]
	store keyKeeper
}

// NewKeys opens the list.
func NewKeys(s *shell.Session, store keyKeeper) shell.Screen {
	columns := []parts.Column{
		{Title: words.MeKeyLabel, Min: 14, Grow: 2},
		{Title: words.MeKeyType, Min: 12, Grow: 1, Drop: 2},
		{Title: words.MeKeyUsed, Min: 16, Drop: 1},
		{Title: words.MeKeyPrint, Min: 20, Grow: 3},
	}
	p := page.Still(s)
	return Keys{store: store, List: page.NewList(s, words.MeKeysLoading, columns, page.Filling[data.Key]{
		Load:  func() ([]data.Key, error) { return store.KeysOf(s.Ctx, p.By(), s.Who.Login) },
		Rows:  func(all []data.Key) []parts.Row { return keyRows(p, all) },
		Above: func([]data.Key) string { return s.T(words.MeKeysLead) },
		None:  words.MeKeysNone,
		Opens: words.MeKeyRemove,
		Can:   func() []key.Binding { return []key.Binding{addKey(p)} },
	})}
}

func addKey(p page.Page) key.Binding { return p.Letter("n", words.MeKeyAdd) }

// Title is what it is.
func (k Keys) Title() string { return k.S.T(words.MeKeysTitle) }

// Update moves, adds and removes.
func (k Keys) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.YesMsg:
		next, ok := k.Agreed(msg)
		if k.Page = next; !ok {
			return k, nil
		}
		k.Page = k.Acts(words.MeKeyRemoving)
		return k, page.Fetch(k.Acting, func() (string, error) {
			return msg.Act, k.store.RemoveKey(k.S.Ctx, k.By(), k.S.Who.Login, msg.Act)
		})
	case page.DoneMsg[string]:
		next, ok, tell := page.Settled(k.Page, msg)
		if k.Page = next; !ok {
			return k, tell
		}
		var load tea.Cmd
		k.List, _, load = k.Reload()
		return k, tea.Batch(shell.Notify(shell.Good, words.MeKeyRemoved), load)
	}
	if k.Pressed(msg, addKey(k.Page)) {
		return k, shell.Open(newKeyForm(k.S, k.store))
	}
	var chose string
	var cmd tea.Cmd
	if k.List, chose, cmd = k.Take(msg); chose != "" && !k.Busy() {
		k.Page, cmd = k.Ask(chose, words.MeKeyAsk, words.MeKeyYes, "key", k.label(chose))
	}
	return k, cmd
}

// label is what the owner called a key, or its fingerprint.
func (k Keys) label(fingerprint string) string {
	for _, one := range k.All {
		if one.Fingerprint == fingerprint && one.Label != "" {
			return one.Label
		}
	}
	return fingerprint
}

// keyRows fills the table; a row's ID is the fingerprint.
func keyRows(p page.Page, all []data.Key) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, one := range all {
		used := p.S.T(words.MeNever)
		if !one.UsedAt.IsZero() {
			used = p.Moment(one.UsedAt)
		}
		rows[i] = parts.Row{ID: one.Fingerprint, Cells: []string{one.Label, one.Type, used, one.Fingerprint}}
	}
	return rows
}

// KeyForm takes a new key.
type KeyForm struct {
	page.Form
	store keyKeeper
}

// maxKey is how many characters a public key takes: RSA with 8192 bits and a comment fit.
const maxKey = 2000

// whyPrivateKey says that somebody is about to hand over the secret half.
const whyPrivateKey data.Why = "admin.private_key"

func newKeyForm(s *shell.Session, store keyKeeper) shell.Screen {
	form := parts.NewForm(words.MeKeySave, parts.Field{
		Name: "key", Label: words.MeKeyLine, Hint: words.MeKeyHint, Need: true, Max: maxKey,
		Check: func(line string) error {
			if strings.Contains(line, "PRIVATE") {
				return &data.Invalid{Field: "key", Why: whyPrivateKey}
			}
			return nil
		}})
	return KeyForm{Form: page.NewForm(s, words.MeKeyLead, form), store: store}
}

// Init does nothing: the form is ready.
func (k KeyForm) Init() tea.Cmd { return nil }

// Title is what it is.
func (k KeyForm) Title() string { return k.S.T(words.MeKeyTitle) }

// Update fills in and saves.
func (k KeyForm) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if msg, ok := msg.(page.DoneMsg[data.Key]); ok {
		next, ok, tell := k.Form.Settle(msg.Of, msg.Err)
		if k.Form = next; !ok {
			return k, tell
		}
		return k, tea.Batch(shell.Back(), shell.Notify(shell.Good, words.MeKeyAdded))
	}
	next, event := k.Form.Fill(msg)
	if k.Form = next; event != parts.FormSubmitted {
		return k, nil
	}
	k.Page = k.Acts(words.MeKeySaving)
	line := k.Body.Value("key")
	return k, page.Fetch(k.Acting, func() (data.Key, error) { return k.store.AddKey(k.S.Ctx, k.By(), k.S.Who.Login, line) })
}
