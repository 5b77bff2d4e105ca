package admin

import (
	"context"
	"strings"

	"digibrug/data"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// keyKeeper is what the SSH keys of an account need of the ground floor; *data.Accounts has it.
type keyKeeper interface {
	KeysOf(ctx context.Context, by data.Actor, login string) ([]data.Key, error)
	AddKey(ctx context.Context, by data.Actor, login, line string) (data.Key, error)
	RemoveKey(ctx context.Context, by data.Actor, login, fingerprint string) error
}

// Keys lists the SSH keys of an account.
type Keys struct {
	page
	store       keyKeeper
	login, name string
	all         []data.Key
	table       parts.Table
}

// keysTop is the lines above the table.
const keysTop = 2

// NewKeys opens the SSH keys of the account of a person called name.
func NewKeys(s *shell.Session, store keyKeeper, login, name string) shell.Screen {
	columns := []parts.Column{
		{Title: words.AdminKeyLabel, Min: 16, Grow: 2},
		{Title: words.AdminKeyType, Min: 12, Grow: 1, Drop: 1},
		{Title: words.AdminKeyUsed, Min: 16},
		{Title: words.AdminKeyPrint, Min: 50, Drop: 2},
	}
	return Keys{page: newPage(s, words.AdminKeysLoading), store: store, login: login, name: name,
		table: parts.NewTable(columns, nil)}
}

func (k Keys) load() tea.Cmd {
	return fetch(k.loading, func() ([]data.Key, error) { return k.store.KeysOf(k.s.Ctx, k.by(), k.login) })
}

// Init loads the keys.
func (k Keys) Init() tea.Cmd { return k.load() }

// Title is what it is.
func (k Keys) Title() string { return k.s.T(words.AdminKeys) }

// Update moves, adds and removes.
func (k Keys) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		k.w, k.h = msg.Width, msg.Height
		k.table = k.table.Sized(k.w, max(1, k.h-keysTop))
		return k, nil
	case doneMsg[[]data.Key]:
		next, ok, tell := settled(k.page, msg)
		if k.page = next; ok {
			k.all = msg.got
		}
		return k.listed(), tell
	case doneMsg[string]:
		next, ok, tell := settled(k.page, msg)
		if k.page = next; !ok {
			return k, tell
		}
		k.page = k.again()
		return k, tea.Batch(shell.Notify(shell.Good, words.AdminKeyRemoved), k.load())
	case yesMsg:
		return k.remove(msg)
	case shell.ShownMsg:
		k.page = k.again()
		return k, k.load()
	case shell.LookedMsg:
		return k.listed(), nil
	}
	return k.press(msg)
}

func (k Keys) press(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if k.retries(msg) {
		k.page = k.again()
		return k, k.load()
	}
	if !k.loaded || k.busy() {
		return k, nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok && !k.table.Typing() && key.Matches(press, k.add()) {
		return k, shell.Open(NewKeyForm(k.s, k.store, k.login))
	}
	var event parts.Event
	k.table, event = k.table.Update(k.s.Look(), parts.Shift(msg, 0, keysTop))
	if row, ok := k.table.Current(); ok && event == parts.Chose {
		var cmd tea.Cmd
		k.page, cmd = k.ask(row.ID, words.AdminKeyAsk, words.AdminKeyYes, "key", k.label(row.ID), "name", k.name)
		return k, cmd
	}
	return k, nil
}

// remove takes away the key whose fingerprint the question was about.
func (k Keys) remove(msg yesMsg) (shell.Screen, tea.Cmd) {
	next, ok := k.agreed(msg)
	if k.page = next; !ok {
		return k, nil
	}
	k.page = k.acts(words.AdminKeyRemoving)
	return k, fetch(k.acting, func() (string, error) {
		return msg.act, k.store.RemoveKey(k.s.Ctx, k.by(), k.login, msg.act)
	})
}

// listed fills the table; a row's ID is the fingerprint.
func (k Keys) listed() Keys {
	rows := make([]parts.Row, len(k.all))
	for i, one := range k.all {
		used := k.s.T(words.AdminNever)
		if !one.UsedAt.IsZero() {
			used = k.moment(one.UsedAt)
		}
		rows[i] = parts.Row{ID: one.Fingerprint, Cells: []string{k.label(one.Fingerprint), one.Type, used, one.Fingerprint}}
	}
	k.table = k.table.With(rows)
	return k
}

// label is what the owner called a key, or its fingerprint.
func (k Keys) label(fingerprint string) string {
	for _, one := range k.all {
		if one.Fingerprint == fingerprint && one.Label != "" {
			return one.Label
		}
	}
	return fingerprint
}

// View gives the table, or how to add a first key.
func (k Keys) View() string {
	if !k.loaded {
		return k.waiting()
	}
	lead := k.s.T(words.AdminKeysLead, "name", k.name)
	switch {
	case k.busy():
		lead = k.s.T(words.AdminWait)
	case len(k.all) == 0:
		return fitted(k.paragraphs(k.s.T(words.AdminKeysNone, "name", k.name)), k.h)
	}
	return k.s.Theme().Quiet.Render(parts.Cut(parts.Plain(lead), k.w)) + "\n\n" + k.table.View(k.s.Look())
}

// Cursor is on the chosen key.
func (k Keys) Cursor() (x, y int, shown bool) {
	x, y, shown = k.table.Cursor()
	return x, y + keysTop, shown && k.loaded && len(k.all) > 0
}

// Typing: letters go into the filter.
func (k Keys) Typing() bool { return k.loaded && k.table.Typing() }

// Inside: Esc closes the filter.
func (k Keys) Inside() bool { return k.busy() || k.table.Inside() }

// Mouse: keys can be clicked.
func (k Keys) Mouse() bool { return true }

func (k Keys) add() key.Binding { return k.letter("n", words.AdminKeyAdd) }

// ShortHelp is the footer.
func (k Keys) ShortHelp() []key.Binding {
	switch {
	case !k.loaded:
		return []key.Binding{k.enter(words.AdminAgain)}
	case len(k.all) == 0:
		return []key.Binding{k.add()}
	}
	return []key.Binding{k.add(), k.enter(words.AdminKeyRemove)}
}

// FullHelp is the help page.
func (k Keys) FullHelp() [][]key.Binding {
	return [][]key.Binding{k.ShortHelp(), k.s.Keys().Moving()}
}

// KeyForm takes a new key.
type KeyForm struct {
	formPage
	store keyKeeper
	login string
}

// maxKey is how many characters a public key takes: RSA with 8192 bits and a comment fit.
const maxKey = 2000

// whyPrivateKey says that somebody is about to hand over the secret half.
const whyPrivateKey data.Why = "admin.private_key"

// NewKeyForm opens the form for a new key.
func NewKeyForm(s *shell.Session, store keyKeeper, login string) shell.Screen {
	form := parts.NewForm(words.AdminKeySave, parts.Field{
		Name: "key", Label: words.AdminKeyLine, Hint: words.AdminKeyHint, Need: true, Max: maxKey,
		Check: func(line string) error {
			if strings.Contains(line, "PRIVATE") {
				return &data.Invalid{Field: "key", Why: whyPrivateKey}
			}
			return nil
		}})
	return KeyForm{formPage: newFormPage(s, words.AdminKeyLead, form), store: store, login: login}
}

// Init does nothing: the form is ready.
func (k KeyForm) Init() tea.Cmd { return nil }

// Title is what it is.
func (k KeyForm) Title() string { return k.s.T(words.AdminKeyTitle) }

// Update fills in and saves.
func (k KeyForm) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if msg, ok := msg.(doneMsg[data.Key]); ok {
		return k.saved(msg)
	}
	next, event := k.formPage.update(msg)
	if k.formPage = next; event != parts.FormSubmitted {
		return k, nil
	}
	k.page = k.acts(words.AdminKeySaving)
	line := k.form.Value("key")
	return k, fetch(k.acting, func() (data.Key, error) { return k.store.AddKey(k.s.Ctx, k.by(), k.login, line) })
}

func (k KeyForm) saved(msg doneMsg[data.Key]) (shell.Screen, tea.Cmd) {
	next, ok, tell := k.formPage.settled(msg.of, msg.err)
	if k.formPage = next; !ok {
		return k, tell
	}
	return k, tea.Batch(shell.Back(), shell.Notify(shell.Good, words.AdminKeyAdded))
}
