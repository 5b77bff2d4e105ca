package till

import (
	"slices"
	"strings"

	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Account is the money of one loan: what it comes to, and every entry.
type Account struct {
	base
	loan  string
	a     loans.Account
	table parts.Table
}

// NewLoan opens the ledger of a loan.
func NewLoan(s *shell.Session, desk Desk, loan string) shell.Screen {
	columns := []parts.Column{{Title: words.TillColMoment, Min: 16, Drop: 2}, {Title: words.TillColWhat, Min: 28, Grow: 1}, {Title: words.TillColAmount, Min: 10, Right: true},
		{Title: words.TillColMethod, Min: 14}, {Title: words.TillColNote, Min: 14, Grow: 2, Drop: 1}, {Title: words.TillColBy, Min: 12, Drop: 3}}
	return Account{base: base{page.New(s, words.TillLoading), desk}, loan: loan, table: parts.NewTable(columns, nil).Unfiltered()}
}

func (a Account) load() tea.Cmd {
	return page.Fetch(a.Loading, func() (loans.Account, error) { return a.desk.Store.Account(a.S.Ctx, a.By(), a.loan) })
}

// Init loads the ledger.
func (a Account) Init() tea.Cmd { return a.load() }

// Title is of which device it is.
func (a Account) Title() string {
	if !a.Loaded {
		return a.S.T(words.TillAccount)
	}
	return a.S.T(words.TillAccountOf, "device", a.a.Device)
}

// Update moves along the entries and opens the forms.
func (a Account) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.W, a.H = msg.Width, msg.Height
		return a.arranged(), nil
	case shell.LookedMsg:
		return a.arranged(), nil
	case page.DoneMsg[loans.Account]:
		next, ok, tell := page.Settled(a.Page, msg)
		if a.Page = next; ok {
			a.a = msg.Got
		}
		return a.arranged(), tell
	case page.DoneMsg[saved]:
		next, ok, tell := page.Settled(a.Page, msg)
		if a.Page = next; ok {
			tell = shell.Notify(shell.Good, msg.Got.said, msg.Got.args...)
		}
		return a, tell
	case shell.ShownMsg:
		a.Page = a.Again()
		return a, a.load()
	}
	if a.Retries(msg) {
		a.Page = a.Again()
		return a, a.load()
	}
	if !a.Loaded || a.Busy() {
		return a, nil
	}
	if press, ok := msg.(tea.KeyPressMsg); ok {
		if next := a.form(press); next != nil {
			return a, shell.Open(next)
		}
		if e, ok := a.current(); ok && a.clerk() && a.desk.Receipt != nil && key.Matches(press, a.receipt()) {
			a.Page = a.Acts(words.TillSaving)
			return a, page.Fetch(a.Acting, func() (saved, error) {
				return saved{said: words.TillReceiptMade}, a.desk.Receipt(a.S.Ctx, a.By(), a.loan, e.ID)
			})
		}
	}
	var event parts.Event
	a.table, event = a.table.Update(a.S.Look(), parts.Shift(msg, 0, len(a.top())))
	if e, ok := a.current(); ok && event == parts.Chose && a.reversible(e) {
		return a, shell.Open(newForm(a.S, a.desk, a.loan, toReverse, e))
	}
	return a, nil
}

// current is the entry under the cursor.
func (a Account) current() (e loans.Entry, ok bool) {
	row, ok := a.table.Current()
	at := slices.IndexFunc(a.a.Entries, func(e loans.Entry) bool { return e.ID == row.ID })
	if !ok || at < 0 {
		return e, false
	}
	return a.a.Entries[at], true
}

// reversible tells whether an entry can be taken back: it is no reversal itself, and was not taken back before.
func (a Account) reversible(e loans.Entry) bool {
	return a.clerk() && e.Reverses == "" && !slices.ContainsFunc(a.a.Entries, func(r loans.Entry) bool { return r.Reverses == e.ID })
}

func (a Account) receipt() key.Binding { return a.Letter("p", words.TillDoReceipt) }

// act is something that can be done with the money of a loan.
type act struct {
	key  key.Binding
	form form
}

// acts lists what can be done now.
func (a Account) acts() (all []act) {
	if !a.clerk() {
		return nil
	}
	if a.a.Ended != loans.Open && a.a.Held > 0 {
		all = append(all, act{a.Letter("t", words.TillDoSettle), toSettle})
	}
	if a.a.ToCome() > 0 {
		all = append(all, act{a.Letter("o", words.TillDoReceive), toReceive})
	}
	if a.a.Owed > 0 {
		all = append(all, act{a.Letter("b", words.TillDoPay), toPay}, act{a.Letter("k", words.TillDoWaive), toWaive})
	}
	return append(all, act{a.Letter("r", words.TillDoCharge), toCharge})
}

// form is the form that a key opens, or nil.
func (a Account) form(msg tea.KeyPressMsg) shell.Screen {
	for _, one := range a.acts() {
		if key.Matches(msg, one.key) {
			return newForm(a.S, a.desk, a.loan, one.form, loans.Entry{})
		}
	}
	return nil
}

func (a Account) arranged() Account {
	rows := make([]parts.Row, len(a.a.Entries))
	for i, e := range a.a.Entries {
		what, note := a.entry(e.Kind, e.What), e.Note
		if e.Reverses != "" {
			what = a.S.T(words.TillReversed, "what", what)
		}
		if e.IBAN != "" {
			note = strings.TrimSpace(e.IBAN + " " + note)
		}
		rows[i] = parts.Row{ID: e.ID, Cells: []string{a.Moment(e.At), what, a.money(e.Cents), a.method(e.Method), note, e.Actor}}
	}
	a.table = a.table.With(rows).Sized(a.W, max(1, a.H-len(a.top())))
	return a
}

// top is what stands above the entries: whose it is, what it comes to, what can be done.
func (a Account) top() []string {
	if !a.Loaded {
		return nil
	}
	x := a.a
	who := a.S.T(words.TillWhose, "name", a.whose(x.Loan), "contract", x.Contract.Show(), "owner", x.Organisation)
	if x.Tariff != "" {
		who += " " + a.S.T(words.TillTariff, "code", x.Tariff)
	}
	lines := []string{a.S.Theme().Title.Render(parts.Cut(parts.Plain(who), a.W))}
	deposit := a.S.T(words.TillDepositLine, "asked", a.money(x.DepositCents), "received", a.money(x.Received), "refunded", a.money(x.Refunded),
		"withheld", a.money(x.Withheld), "held", a.money(x.Held))
	owed := a.S.T(words.TillOwedLine, "charged", a.money(x.Charged), "paid", a.money(x.Paid), "waived", a.money(x.Waived), "owed", a.money(x.Owed))
	lines = append(lines, a.Paragraphs(deposit, owed)...)
	if x.Owed > 0 || x.ToCome() > 0 {
		lines = append(lines, a.S.Theme().Quiet.Render(parts.Cut(a.S.T(words.TillMessage, "message", loans.Message(x.Contract)), a.W)))
	}
	var can []string
	for _, one := range a.acts() {
		can = append(can, one.key.Help().Key+" = "+one.key.Help().Desc)
	}
	if len(can) > 0 {
		lines = append(lines, a.S.Theme().Quiet.Render(parts.Cut(strings.Join(can, ", "), a.W)))
	}
	return append(lines, "")
}

// View gives the ledger.
func (a Account) View() string {
	switch {
	case !a.Loaded:
		return a.Waiting()
	case len(a.a.Entries) == 0:
		return page.Fitted(append(a.top(), a.Paragraphs(a.S.T(words.TillNoEntries))...), a.H)
	}
	return page.Fitted(append(a.top(), strings.Split(a.table.View(a.S.Look()), "\n")...), a.H)
}

// Cursor is on the entry.
func (a Account) Cursor() (x, y int, shown bool) {
	x, y, shown = a.table.Cursor()
	return x, y + len(a.top()), shown && a.Loaded
}

// Mouse: entries can be clicked.
func (a Account) Mouse() bool { return true }

// ShortHelp is the footer.
func (a Account) ShortHelp() []key.Binding {
	if !a.Loaded {
		return []key.Binding{a.Enter(words.PageAgain)}
	}
	var short []key.Binding
	for _, one := range a.acts() {
		short = append(short, one.key)
	}
	e, ok := a.current()
	if ok && a.reversible(e) {
		short = slices.Insert(short, min(1, len(short)), a.Enter(words.TillDoReverse))
	}
	if ok && a.clerk() && a.desk.Receipt != nil {
		short = append(short, a.receipt())
	}
	return short
}

// FullHelp is the help page.
func (a Account) FullHelp() [][]key.Binding {
	return [][]key.Binding{a.ShortHelp(), a.S.Keys().Moving()}
}
