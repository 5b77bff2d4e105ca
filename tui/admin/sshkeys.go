package admin

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

// keyKeeper is what the SSH keys of an account need of the ground floor; *data.Accounts has it.
type keyKeeper interface {
	KeysOf(ctx context.Context, by data.Actor, login string) ([]data.Key, error)
	AddKey(ctx context.Context, by data.Actor, login, line string) (data.Key, error)
	RemoveKey(ctx context.Context, by data.Actor, login, fingerprint string) error
}

// Keys lists the SSH keys of an account.
type Keys struct {
	desk
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
	return Keys{desk: newDesk(s, words.AdminKeysLoading), store: store, login: login, name: name,
		table: parts.NewTable(columns, nil)}
}

func (k Keys) load() tea.Cmd {
	return page.Fetch(k.Loading, func() ([]data.Key, error) { return k.store.KeysOf(k.S.Ctx, k.By(), k.login) })
}

// Init loads the keys.
func (k Keys) Init() tea.Cmd { return k.load() }

// Title is what it is.
func (k Keys) Title() string { return k.S.T(words.AdminKeys) }

// Update moves, adds and removes.
func (k Keys) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		k.W, k.H = msg.Width, msg.Height
		k.table = k.table.Sized(k.W, max(1, k.H-keysTop))
		return k, nil
	case page.DoneMsg[[]data.Key]:
		next, ok, tell := page.Settled(k.Page, msg)
		if k.Page = next; ok {
			k.all = msg.Got
		}
		return k.listed(), tell
	case page.DoneMsg[string]:
		next, ok, tell := page.Settled(k.Page, msg)
		if k.Page = next; !ok {
			return k, tell
		}
		k.Page = k.Again()
		return k, tea.Batch(shell.Notify(shell.Good, words.AdminKeyRemoved), k.load())
	case page.YesMsg:
		return k.remove(msg)
	case shell.ShownMsg:
		k.Page = k.Again()
		return k, k.load()
	case shell.LookedMsg:
		return k.listed(), nil
	}
	return k.press(msg)
}

func (k Keys) press(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if k.Retries(msg) {
		k.Page = k.Again()
		return k, k.load()
	}
	if !k.Loaded || k.Busy() {
		return k, nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok && !k.table.Typing() && key.Matches(press, k.add()) {
		return k, shell.Open(NewKeyForm(k.S, k.store, k.login))
	}
	var event parts.Event
	k.table, event = k.table.Update(k.S.Look(), parts.Shift(msg, 0, keysTop))
	if row, ok := k.table.Current(); ok && event == parts.Chose {
		var cmd tea.Cmd
		k.Page, cmd = k.Ask(row.ID, words.AdminKeyAsk, words.AdminKeyYes, "key", k.label(row.ID), "name", k.name)
		return k, cmd
	}
	return k, nil
}

// remove takes away the key whose fingerprint the question was about.
func (k Keys) remove(msg page.YesMsg) (shell.Screen, tea.Cmd) {
	next, ok := k.Agreed(msg)
	if k.Page = next; !ok {
		return k, nil
	}
	k.Page = k.Acts(words.AdminKeyRemoving)
	return k, page.Fetch(k.Acting, func() (string, error) {
		return msg.Act, k.store.RemoveKey(k.S.Ctx, k.By(), k.login, msg.Act)
	})
}

// listed fills the table; a row's ID is the fingerprint.
func (k Keys) listed() Keys {
	rows := make([]parts.Row, len(k.all))
	for i, one := range k.all {
		used := k.S.T(words.AdminNever)
		if !one.UsedAt.IsZero() {
			used = k.Moment(one.UsedAt)
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
	if !k.Loaded {
		return k.Waiting()
	}
	lead := k.S.T(words.AdminKeysLead, "name", k.name)
	switch {
	case k.Busy():
		lead = k.S.T(words.PageWait)
	case len(k.all) == 0:
		return page.Fitted(k.Paragraphs(k.S.T(words.AdminKeysNone, "name", k.name)), k.H)
	}
	return k.S.Theme().Quiet.Render(parts.Cut(parts.Plain(lead), k.W)) + "\n\n" + k.table.View(k.S.Look())
}

// Cursor is on the chosen key.
func (k Keys) Cursor() (x, y int, shown bool) {
	x, y, shown = k.table.Cursor()
	return x, y + keysTop, shown && k.Loaded && len(k.all) > 0
}

// Typing: letters go into the filter.
func (k Keys) Typing() bool { return k.Loaded && k.table.Typing() }

// Inside: Esc closes the filter.
func (k Keys) Inside() bool { return k.Busy() || k.table.Inside() }

// Mouse: keys can be clicked.
func (k Keys) Mouse() bool { return true }

func (k Keys) add() key.Binding { return k.Letter("n", words.AdminKeyAdd) }

// ShortHelp is the footer.
func (k Keys) ShortHelp() []key.Binding {
	switch {
	case !k.Loaded:
		return []key.Binding{k.Enter(words.PageAgain)}
	case len(k.all) == 0:
		return []key.Binding{k.add()}
	}
	return []key.Binding{k.add(), k.Enter(words.AdminKeyRemove)}
}

// FullHelp is the help page.
func (k Keys) FullHelp() [][]key.Binding {
	return [][]key.Binding{k.ShortHelp(), k.S.Keys().Moving()}
}

// KeyForm takes a new key.
type KeyForm struct {
	page.Form
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
	return KeyForm{Form: page.NewForm(s, words.AdminKeyLead, form), store: store, login: login}
}

// Init does nothing: the form is ready.
func (k KeyForm) Init() tea.Cmd { return nil }

// Title is what it is.
func (k KeyForm) Title() string { return k.S.T(words.AdminKeyTitle) }

// Update fills in and saves.
func (k KeyForm) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if msg, ok := msg.(page.DoneMsg[data.Key]); ok {
		return k.saved(msg)
	}
	next, event := k.Form.Fill(msg)
	if k.Form = next; event != parts.FormSubmitted {
		return k, nil
	}
	k.Page = k.Acts(words.AdminKeySaving)
	line := k.Body.Value("key")
	return k, page.Fetch(k.Acting, func() (data.Key, error) { return k.store.AddKey(k.S.Ctx, k.By(), k.login, line) })
}

func (k KeyForm) saved(msg page.DoneMsg[data.Key]) (shell.Screen, tea.Cmd) {
	next, ok, tell := k.Form.Settle(msg.Of, msg.Err)
	if k.Form = next; !ok {
		return k, tell
	}
	return k, tea.Batch(shell.Back(), shell.Notify(shell.Good, words.AdminKeyAdded))
}
