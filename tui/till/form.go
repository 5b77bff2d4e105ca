package till

import (
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// form is what a Form does.
type form int

// What forms do.
const (
	toReceive form = iota
	toPay
	toCharge
	toWaive
	toSettle
	toReverse
)

// Form enters money in the ledger of a loan.
type Form struct {
	page.Form
	desk Desk
	loan string
	kind form
	e    loans.Entry // that is taken back
	at   begun
}

// begun is what the form needs to know.
type begun struct {
	a    loans.Account
	cash bool // the desk takes cash
}

// maxText is how many characters of a reason, and maxAmount of an amount, a field takes.
const (
	maxText   = 200
	maxAmount = 20
)

// tailLines is the lines for what the form comes to, under the fields.
const tailLines = 4

func newForm(s *shell.Session, desk Desk, loan string, kind form, e loans.Entry) shell.Screen {
	lead := map[form]words.Key{toReceive: words.TillReceiveLead, toPay: words.TillPayLead, toCharge: words.TillChargeLead, toWaive: words.TillWaiveLead,
		toSettle: words.TillSettleLead, toReverse: words.TillReverseLead}[kind]
	return Form{Form: page.LoadingForm(s, words.TillLoading, lead), desk: desk, loan: loan, kind: kind, e: e}
}

func (f Form) base() base { return base{f.Page, f.desk} }

func (f Form) load() tea.Cmd {
	return page.Fetch(f.Loading, func() (b begun, err error) {
		if b.a, err = f.desk.Store.Account(f.S.Ctx, f.By(), f.loan); err != nil {
			return b, err
		}
		cash, err := f.desk.Store.Setting(f.S.Ctx, f.By(), loans.SettingCash)
		b.cash = cash == "1"
		return b, err
	})
}

// Init loads the ledger.
func (f Form) Init() tea.Cmd { return f.load() }

// Title is what it does.
func (f Form) Title() string {
	return f.S.T(map[form]words.Key{toReceive: words.TillReceiveTitle, toPay: words.TillPayTitle, toCharge: words.TillChargeTitle, toWaive: words.TillWaiveTitle,
		toSettle: words.TillSettleTitle, toReverse: words.TillReverseTitle}[f.kind])
}

// Update fills in and saves.
func (f Form) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.DoneMsg[begun]:
		next, ok, tell := page.Settled(f.Page, msg)
		if f.Page = next; ok {
			f.at = msg.Got
			f.Body = parts.NewForm(words.TillSave, f.fields()...)
			f.Form = f.Sized()
		}
		return f, tell
	case page.DoneMsg[saved]:
		next, ok, tell := f.Settle(msg.Of, msg.Err)
		if f.Form = next; ok {
			tell = tea.Batch(shell.Back(), shell.Notify(shell.Good, msg.Got.said, msg.Got.args...))
		}
		return f, tell
	case tea.WindowSizeMsg:
		msg.Height -= tailLines
		f.Form, _ = f.Fill(msg)
		return f, nil
	}
	if f.Retries(msg) {
		f.Page = f.Again()
		return f, f.load()
	}
	next, event := f.Fill(msg)
	if f.Form = next; event != parts.FormSubmitted {
		return f, nil
	}
	do, err := f.save()
	if err != nil {
		f.Form, _ = f.Blamed(err)
		return f, nil
	}
	f.Page = f.Acts(words.TillSaving)
	return f, page.Fetch(f.Acting, do)
}

// fields are what has to be filled in.
func (f Form) fields() []parts.Field {
	a := f.at.a
	amount := func(cents int64) parts.Field {
		value := ""
		if cents > 0 {
			value = strings.TrimPrefix(f.base().money(cents), "€ ")
		}
		return parts.Field{Name: "amount", Label: words.TillColAmount, Hint: words.TillAmountHint, Need: true, Max: maxAmount, Digits: true, Value: value,
			Check: func(text string) error { _, err := data.ParseEuro(text); return err }}
	}
	reason := parts.Field{Name: "reason", Label: words.TillReason, Need: true, Max: maxText}
	switch f.kind {
	case toReceive:
		return []parts.Field{amount(a.ToCome()), f.ways("pay")}
	case toPay:
		return []parts.Field{amount(a.Owed), f.ways("pay"), f.whats(loans.Fee, loans.Fine, loans.Damage)}
	case toCharge:
		note := reason
		note.Name, note.Hint = "note", words.TillChargeHint
		return []parts.Field{f.whats(loans.Damage, loans.Fee), amount(f.lostWorth()), note}
	case toWaive:
		return []parts.Field{f.whats(loans.Fee, loans.Fine, loans.Damage), amount(a.Owed), reason}
	case toSettle:
		return []parts.Field{f.ways("refund"), {Name: "iban", Label: words.TillIban, Hint: words.TillIbanHint, Max: 40}}
	}
	return []parts.Field{reason}
}

// lostWorth is what to charge for a device that did not come back: what it was worth, unless that was charged already.
func (f Form) lostWorth() int64 {
	a := f.at.a
	if a.Ended != loans.GotLost || slices.ContainsFunc(a.Entries, func(e loans.Entry) bool { return e.Kind == loans.Charged && e.What == loans.Damage }) {
		return 0
	}
	worth, _ := a.WorthOn(data.DayOf(f.S.Now()))
	return worth
}

// ways are the ways in which the desk takes or gives money.
func (f Form) ways(name string) parts.Field {
	field := parts.Field{Name: name, Label: words.TillColMethod, Kind: parts.Choice, Need: true}
	for _, m := range loans.Methods() {
		if m != loans.Cash || f.at.cash {
			field.Options = append(field.Options, parts.Option{Value: string(m), Label: f.base().method(m)})
		}
	}
	return field
}

// whats are what money can be for; what most is owed for comes first.
func (f Form) whats(all ...loans.What) parts.Field {
	field := parts.Field{Name: "what", Label: words.TillColWhat, Kind: parts.Choice, Need: true}
	owed, most := map[loans.What]int64{}, int64(0)
	for _, e := range f.at.a.Entries {
		switch e.Kind {
		case loans.Charged:
			owed[e.What] += e.Cents
		case loans.Paid, loans.Waived:
			owed[e.What] -= e.Cents
		}
	}
	for _, w := range all {
		field.Options = append(field.Options, parts.Option{Value: string(w), Label: f.base().what(w)})
		if owed[w] > most {
			most, field.Value = owed[w], string(w)
		}
	}
	return field
}

// save gives what enters it.
func (f Form) save() (func() (saved, error), error) {
	var cents int64
	if f.kind != toSettle && f.kind != toReverse {
		var err error
		if cents, err = data.ParseEuro(f.Body.Value("amount")); err != nil {
			return nil, err
		}
	}
	store, ctx, by, b := f.desk.Store, f.S.Ctx, f.By(), f.base()
	what, reason, method := loans.What(f.Body.Value("what")), f.Body.Value("reason"), loans.Method(f.Body.Value("pay"))
	if f.kind == toSettle {
		method = loans.Method(f.Body.Value("refund"))
	}
	note, iban := f.Body.Value("note"), strings.TrimSpace(f.Body.Value("iban"))
	amount := []any{"amount", b.money(cents)}
	return func() (s saved, err error) {
		switch f.kind {
		case toReceive:
			_, err = store.Receive(ctx, by, f.loan, cents, method)
			return saved{words.TillReceivedNow, amount}, err
		case toPay:
			_, err = store.Pay(ctx, by, f.loan, what, cents, method)
			return saved{words.TillPaidNow, amount}, err
		case toCharge:
			_, err = store.Charge(ctx, by, f.loan, what, loans.Charge{Cents: cents, Note: note})
			return saved{words.TillChargedNow, amount}, err
		case toWaive:
			_, err = store.Waive(ctx, by, f.loan, what, cents, reason)
			return saved{words.TillWaivedNow, amount}, err
		case toSettle:
			before := f.at.a.Balance
			now, err := store.Refund(ctx, by, f.loan, before, method, iban)
			return saved{words.TillSettledNow, []any{"refund", b.money(now.Refunded - before.Refunded), "withheld", b.money(now.Withheld - before.Withheld)}}, err
		}
		_, err = store.Reverse(ctx, by, f.e.ID, reason)
		return saved{words.TillReversedNow, []any{"what", b.entry(f.e.Kind, f.e.What), "amount", b.money(f.e.Cents)}}, err
	}, nil
}

// View gives the form, and what it comes to.
func (f Form) View() string {
	if !f.Loaded {
		return f.Form.View()
	}
	tail := page.Shortened(f.Paragraphs(f.about()), min(f.W, parts.MaxWidth), tailLines-1)
	return f.Form.View() + "\n\n" + strings.Join(tail, "\n")
}

// about says what will happen, or what the person who pays must know.
func (f Form) about() string {
	a, b := f.at.a, f.base()
	switch f.kind {
	case toSettle:
		text := b.S.T(words.TillSettleAbout, "held", b.money(a.Held), "withheld", b.money(min(a.Held, a.Owed)), "refund", b.money(a.Refundable()))
		if !a.Checked {
			text = b.S.T(words.TillNotChecked) + " " + text
		}
		return text
	case toCharge:
		return f.worth()
	case toReverse:
		return b.S.T(words.TillReverseAbout, "what", b.entry(f.e.Kind, f.e.What), "amount", b.money(f.e.Cents), "day", b.Moment(f.e.At))
	case toReceive, toPay:
		if f.Body.Value("pay") == string(loans.Transfer) {
			return b.S.T(words.TillMessage, "message", loans.Message(a.Contract))
		}
	}
	return ""
}

// worth says what damage or loss may cost at most.
func (f Form) worth() string {
	day := data.DayOf(f.S.Now())
	worth, known := f.at.a.WorthOn(day)
	switch {
	case !known:
		return f.S.T(words.TillWorthUnknown)
	case f.at.a.Ended != loans.Open:
		day = f.at.a.EndedOn
	}
	return f.S.T(words.TillWorth, "amount", f.base().money(worth), "day", f.Day(day))
}
