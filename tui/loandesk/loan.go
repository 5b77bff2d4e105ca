package loandesk

import (
	"fmt"
	"strings"

	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Loan shows one loan: what it is, what it owes, who signed; and renews it, or says that the device is lost or stolen.
type Loan struct {
	base
	id    string
	known facts
}

// facts is a loan as its page shows it.
type facts struct {
	loan     loans.Loan
	balance  loans.Balance
	receipts []loans.Receipt
	renewal  loans.Preview // of an open loan: what renewing comes to
}

// acted is what an act on the page came to.
type acted struct {
	said words.Key
	args []any
}

const actRenew = "renew"

func newLoan(s *shell.Session, desk Desk, id string) shell.Screen {
	return Loan{base: base{page.New(s, words.LoandeskLoading), desk}, id: id}
}

func (l Loan) load() tea.Cmd {
	ctx, by, store := l.S.Ctx, l.By(), l.desk.Store
	return page.Fetch(l.Loading, func() (f facts, err error) {
		if f.loan, err = store.Loan(ctx, by, l.id); err != nil {
			return f, err
		}
		if _, f.balance, err = store.Ledger(ctx, by, l.id); err != nil {
			return f, err
		}
		if f.receipts, err = store.Receipts(ctx, by, f.loan.ContractID); err != nil {
			return f, err
		}
		if f.loan.Ended == loans.Open {
			f.renewal, err = store.PreviewRenew(ctx, by, l.id)
		}
		return f, err
	})
}

// Init loads the loan.
func (l Loan) Init() tea.Cmd { return l.load() }

// Title names the device and the borrower.
func (l Loan) Title() string {
	if !l.Loaded {
		return l.S.T(words.LoandeskLoanTitle)
	}
	return l.known.loan.Device
}

func (l Loan) open() bool { return l.Loaded && l.known.loan.Ended == loans.Open }

func (l Loan) renewKey() key.Binding  { return l.Letter("v", words.LoandeskRenew) }
func (l Loan) lostKey() key.Binding   { return l.Letter("l", words.LoandeskLost) }
func (l Loan) stolenKey() key.Binding { return l.Letter("s", words.LoandeskStolen) }
func (l Loan) moneyKey() key.Binding  { return l.Letter("g", words.LoandeskToMoney) }
func (l Loan) printKey() key.Binding  { return l.Letter("p", words.LoandeskPrint) }

// Update loads, and does what a letter says.
func (l Loan) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		l.W, l.H = msg.Width, msg.Height
	case shell.ShownMsg:
		l.Page = l.Again()
		return l, l.load()
	case page.DoneMsg[facts]:
		next, ok, tell := page.Settled(l.Page, msg)
		if l.Page = next; ok {
			l.known = msg.Got
		}
		return l, tell
	case page.DoneMsg[acted]:
		next, ok, tell := page.Settled(l.Page, msg)
		if l.Page = next; !ok {
			return l, tell
		}
		l.Page = l.Again()
		return l, tea.Batch(shell.Notify(shell.Good, msg.Got.said, msg.Got.args...), l.load())
	case page.YesMsg:
		next, ok := l.Agreed(msg)
		if l.Page = next; ok && msg.Act == actRenew {
			return l.renew()
		}
	case tea.KeyPressMsg:
		return l.pressed(msg)
	}
	return l, nil
}

func (l Loan) pressed(msg tea.KeyPressMsg) (shell.Screen, tea.Cmd) {
	switch {
	case l.Retries(msg):
		l.Page = l.Again()
		return l, l.load()
	case !l.Loaded || l.Busy():
	case l.open() && key.Matches(msg, l.renewKey()):
		return l.askRenew()
	case l.open() && key.Matches(msg, l.lostKey()):
		return l, shell.Open(l.gone(loans.Lost))
	case l.open() && key.Matches(msg, l.stolenKey()):
		return l, shell.Open(l.gone(loans.Stolen))
	case l.desk.Money != nil && key.Matches(msg, l.moneyKey()):
		return l, shell.Open(l.desk.Money(l.S, l.id))
	case l.desk.Print != nil && key.Matches(msg, l.printKey()):
		return l.print()
	}
	return l, nil
}

// askRenew asks with the new due day, or says why not.
func (l Loan) askRenew() (shell.Screen, tea.Cmd) {
	if refused := l.known.renewal.Refused; len(refused) > 0 {
		text, _ := l.sentence(&loans.RefusedError{All: refused})
		return l, shell.Notify(shell.Alarm, words.Key(text))
	}
	var ask tea.Cmd
	l.Page, ask = l.Ask(actRenew, words.LoandeskRenewAsk, words.LoandeskRenewYes, "device", l.known.loan.Device, "due", l.dueText(l.known.renewal.Loan))
	return l, ask
}

func (l Loan) renew() (shell.Screen, tea.Cmd) {
	l.Page = l.Acts(words.LoandeskRenewing)
	return l, page.Fetch(l.Acting, func() (acted, error) {
		got, err := l.desk.Store.Renew(l.S.Ctx, l.By(), l.id)
		return acted{words.LoandeskRenewed, []any{"device", got.Device, "due", l.until(got)}}, err
	})
}

// print makes the contract once more; of a return the slip.
func (l Loan) print() (shell.Screen, tea.Cmd) {
	when := loans.AtHandOver
	if l.known.loan.Ended == loans.Brought {
		when = loans.AtReturn
	}
	l.Page = l.Acts(words.LoandeskPrinting)
	return l, page.Fetch(l.Acting, func() (acted, error) {
		way, err := l.desk.Print(l.S.Ctx, l.By(), l.known.loan.ContractID, when)
		return acted{said: leaves(way)}, err
	})
}

// gone is the form that says that the device is lost or stolen while it is out. What is lost costs what it is worth, what
// was stolen only who was careless.
func (l Loan) gone(to loans.State) shell.Screen {
	store, device := l.desk.Store, l.known.loan
	title, lead, said := words.LoandeskLostTitle, words.LoandeskLostLead, words.LoandeskIsLost
	fields, hint := []parts.Field{{Name: "note", Label: words.LoandeskNote, Max: 200}}, words.LoandeskLostCostHint
	if to == loans.Stolen {
		title, lead, said = words.LoandeskStolenTitle, words.LoandeskStolenLead, words.LoandeskIsStolen
		fields = []parts.Field{{Name: "report", Label: words.LoandeskReport, Hint: words.LoandeskReportHint, Max: 60}, fields[0]}
		hint = words.LoandeskStolenCostHint
	}
	return page.NewTask(l.S, title, words.LoandeskSaving, func() (page.Brief, error) {
		d, err := store.Device(l.S.Ctx, l.By(), device.DeviceID)
		if err != nil {
			return page.Brief{}, err
		}
		worth, text := l.worth(d)
		if to == loans.Stolen {
			worth = 0
		}
		return page.Brief{Lead: lead, Head: []page.Fact{page.Named(words.LoandeskColDevice, device.Device), page.Named(words.LoandeskBorrower, l.whoHad(device)), page.Named(words.LoandeskWorth, text)},
			Body: parts.NewForm(words.LoandeskSave, append(fields, parts.EuroField("cost", words.LoandeskLostCost, hint, worth))...),
			Do: func(f parts.Form) (page.Outcome, error) {
				out := page.Outcome{Said: said, Args: []any{"device", device.Device}}
				c := loans.Charge{Cents: parts.Cents(f.Value("cost")), Note: l.state(to)}
				if c.Cents > 0 {
					out.Said = words.LoandeskLostCharged
					out.Args = append(out.Args, "state", c.Note, "money", l.money(c.Cents), "name", l.whoHad(device))
				}
				return out, store.Lose(l.S.Ctx, l.By(), device.DeviceID, to, loans.Proof{Report: f.Value("report"), Note: f.Value("note")}, c)
			}}, nil
	})
}

// View gives the facts.
func (l Loan) View() string {
	if !l.Loaded {
		return l.Waiting()
	}
	k := l.known.loan
	lines := []string{l.Headline(l.S.T(words.LoandeskLoanHead, "device", k.Device, "name", l.whoHad(k))), ""}
	all := []page.Fact{page.Named(words.LoandeskContract, k.Contract.Show()),
		page.Named(words.LoandeskLentOn, l.S.T(words.LoandeskDoneBy, "day", l.Moment(k.LentAt), "name", k.LentBy)),
		page.Named(words.LoandeskDue, l.dueText(k)), page.Named(words.LoandeskState, l.how(k))}
	if k.Why != "" {
		all = append(all, page.Named(words.LoandeskOnPaper, k.Why))
	}
	if k.Renewals > 0 {
		all = append(all, page.Named(words.LoandeskRenewedTimes, fmt.Sprint(k.Renewals)))
	}
	if l.open() {
		all = append(all, page.Named(words.LoandeskRenewTo, l.renewText()))
	}
	if len(k.Accessories) > 0 {
		all = append(all, page.Named(words.LoandeskWentAlong, names(k.Accessories)))
	}
	if len(k.Missing) > 0 {
		all = append(all, page.Named(words.LoandeskMissingFact, strings.Join(k.Missing, ", ")))
	}
	if k.BackCondition != "" {
		all = append(all, page.Named(words.LoandeskCondition, k.BackCondition))
	}
	if b := l.known.balance; k.DepositCents > 0 || b.Charged > 0 {
		all = append(all, page.Named(words.LoandeskMoney, l.S.T(words.LoandeskMoneyStands, "deposit", l.money(k.DepositCents), "held", l.money(b.Held), "owed", l.money(b.Owed))))
	}
	for _, r := range l.known.receipts {
		all = append(all, page.Named(l.signedKey(r), l.signedText(r)))
	}
	return page.Fitted(append(lines, l.Facts(all...)...), l.H)
}

func (l Loan) renewText() string {
	if refused := l.known.renewal.Refused; len(refused) > 0 {
		text, _ := l.sentence(&loans.RefusedError{All: refused})
		return l.S.T(words.LoandeskNotNow, "why", text)
	}
	return l.S.T(words.LoandeskRenewCan, "due", l.dueText(l.known.renewal.Loan))
}

func (l Loan) signedKey(r loans.Receipt) words.Key {
	if r.When == loans.AtReturn {
		return words.LoandeskSignedIn
	}
	return words.LoandeskSignedOut
}

// hashShown is how much of a receipt's hash is shown: enough to compare with paper.
const hashShown = 12

func (l Loan) signedText(r loans.Receipt) string {
	way := words.LoandeskOnScreen
	if r.Paper {
		way = words.LoandeskOnPaperWay
	}
	return l.S.T(words.LoandeskSignedBy, "day", l.Moment(r.At), "name", r.Name, "way", way, "hash", r.Hash[:min(len(r.Hash), hashShown)])
}

// ShortHelp is the footer.
func (l Loan) ShortHelp() (short []key.Binding) {
	if !l.Loaded {
		return []key.Binding{l.Enter(words.PageAgain)}
	}
	if l.open() {
		short = append(short, l.renewKey(), l.lostKey(), l.stolenKey())
	}
	if l.desk.Money != nil {
		short = append(short, l.moneyKey())
	}
	if l.desk.Print != nil {
		short = append(short, l.printKey())
	}
	return short
}

// FullHelp is the help page.
func (l Loan) FullHelp() [][]key.Binding { return [][]key.Binding{l.ShortHelp()} }
