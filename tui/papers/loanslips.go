package papers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/words"
)

// ReturnSlip is what somebody gets who brought a device back: what came back and how, what is missing, the money, and
// what is still to do. It returns data.ErrNotFound.
func (p LoanPapers) ReturnSlip(ctx context.Context, by data.Actor, loan string, l words.Lang) (Document, error) {
	c, at, err := p.contractOf(ctx, by, loan)
	if err != nil {
		return Document{}, fmt.Errorf("paper of a return: %w", err)
	}
	return slipPaper(c, c.Lines[at], l, p.Now()), nil
}

// contractOf gives the contract of a loan, and which of its lines the loan is.
func (p LoanPapers) contractOf(ctx context.Context, by data.Actor, loan string) (c loans.Contract, at int, err error) {
	one, err := p.Loans.Loan(ctx, by, loan)
	if err == nil {
		c, err = p.Loans.Contract(ctx, by, one.ContractID)
	}
	if err != nil {
		return c, 0, err
	}
	if at = slices.IndexFunc(c.Lines, func(line loans.ContractLine) bool { return line.ID == loan }); at < 0 {
		return c, 0, fmt.Errorf("loan %s was undone: %w", loan, data.ErrNotFound)
	}
	return c, at, nil
}

func slipPaper(c loans.Contract, line loans.ContractLine, l words.Lang, at time.Time) Document {
	w := agreement{speaker{cmp.Or(l, lang)}, c}
	d := Document{Name: "ontvangst-" + string(line.DeviceNumber), Title: w.T(words.LoanpaperReturn, "number", c.Number.Show()),
		Place: line.Organisation, At: at, Lang: w.Lang}
	lost := line.Ended == loans.GotLost || line.Ended == loans.WasStolen
	if lost {
		d.Parts = append(d.Parts, Important(w.T(words.LoanpaperReturnLost)))
	} else {
		d.Parts = append(d.Parts, Paragraph(w.T(words.LoanpaperReturnIntro)))
	}
	d.Parts = append(d.Parts, w.came(line, lost), Heading(w.T(words.LoanpaperMoney)), w.balance(line), Heading(w.T(words.LoanpaperTodo)))
	for _, text := range w.todo(line, lost) {
		d.Parts = append(d.Parts, Paragraph(text))
	}
	for _, r := range c.Receipts {
		if r.When == loans.AtReturn {
			d.Parts = append(d.Parts, Heading(w.T(words.LoanpaperSignedIn)), w.receipt(r), Paragraph(w.T(words.LoanpaperSignedKeep)))
		}
	}
	if w.Lang == lang && !slices.ContainsFunc(c.Receipts, func(r loans.Receipt) bool { return r.When == loans.AtReturn }) {
		d.Parts = append(d.Parts, Signatures{{Role: w.T(words.LoanpaperSignOwner, "owner", line.Organisation)}})
	}
	return d
}

// came says what came back, and how.
func (w agreement) came(line loans.ContractLine, lost bool) Facts {
	when, moment := words.LoanpaperReturnedAt, w.T(words.LoanpaperStillOut)
	if line.Ended != loans.Open {
		moment = words.Moment(w.Lang, line.EndedAt)
	}
	if lost {
		when = words.LoanpaperEndedAt
	}
	due := w.due(line.Loan)
	switch {
	case line.LateDays > 0:
		due += " (" + w.T(words.LoanpaperLateDays, "n", line.LateDays) + ")"
	case line.Ended == loans.Brought:
		due += " (" + w.T(words.LoanpaperInTime) + ")"
	}
	facts := Facts{{w.T(words.LoanpaperBorrower), w.who()},
		{w.T(words.LoanpaperDevice), line.Type + " " + line.Device + ", " + line.DeviceNumber.Show()},
		{w.T(when), moment}, {w.T(words.LoanpaperWasDue), due}}
	if !lost && line.Ended != loans.Open {
		facts = append(facts, Fact{w.T(words.LoanpaperConditionBack), cmp.Or(line.BackCondition, w.T(words.LoanpaperConditionGood))},
			Fact{w.T(words.LoanpaperMissing), cmp.Or(strings.Join(line.Missing, ", "), w.T(words.LoanpaperNothingMissing))})
	}
	return facts
}

// balance is the money of a loan: the deposit, and what was charged. What is nothing is left out.
func (w agreement) balance(line loans.ContractLine) Facts {
	var facts Facts
	for _, f := range []struct {
		key    words.Key
		cents  int64
		always bool
	}{
		{words.LoanpaperReceived, line.Received, true}, {words.LoanpaperRefunded, line.Refunded, false}, {words.LoanpaperWithheld, line.Withheld, false},
		{words.LoanpaperHeld, line.Held, line.Received > 0}, {words.LoanpaperCharged, line.Charged, false},
		{words.LoanpaperWaived, line.Waived, false}, {words.LoanpaperPaidSum, line.Paid + line.Withheld, false}, {words.LoanpaperOwed, line.Owed, true},
	} {
		if f.cents != 0 || f.always {
			facts = append(facts, Fact{w.T(f.key), w.speaker.money(f.cents)})
		}
	}
	return facts
}

// todo says what is still to be done, by whom.
func (w agreement) todo(line loans.ContractLine, lost bool) (all []string) {
	if len(line.Missing) > 0 && !lost {
		all = append(all, w.T(words.LoanpaperTodoMissing, "names", strings.Join(line.Missing, ", ")))
	}
	switch back := line.Refundable(); {
	case line.Held > 0 && line.Ended != loans.Open && !line.Checked:
		all = append(all, w.T(words.LoanpaperTodoCheck))
	case back > 0:
		all = append(all, w.T(words.LoanpaperTodoRefund, "amount", w.speaker.money(back)))
	}
	if open := line.Owed - line.Held; open > 0 {
		pay := w.T(words.LoanpaperTodoPay, "amount", w.speaker.money(open))
		if line.Held > 0 {
			pay = w.T(words.LoanpaperTodoPayMore, "amount", w.speaker.money(open))
		}
		all = append(all, pay, w.T(words.LoanpaperMessage, "message", loans.Message(w.c.Number)))
	}
	if len(all) == 0 {
		all = append(all, w.T(words.LoanpaperTodoNothing))
	}
	return all
}

// MoneyReceipt is the receipt for one entry of the ledger of a loan; of what is charged, the request to pay it, with
// the structured message of a transfer. It returns data.ErrNotFound.
func (p LoanPapers) MoneyReceipt(ctx context.Context, by data.Actor, loan, entry string, l words.Lang) (Document, error) {
	c, at, err := p.contractOf(ctx, by, loan)
	if err != nil {
		return Document{}, fmt.Errorf("receipt for money: %w", err)
	}
	found, err := p.Loans.Account(ctx, by, loan)
	if err != nil {
		return Document{}, fmt.Errorf("receipt for money: %w", err)
	}
	n := slices.IndexFunc(found.Entries, func(e loans.Entry) bool { return e.ID == entry })
	if n < 0 {
		return Document{}, fmt.Errorf("receipt for entry %s: %w", data.Clean(entry, gotLen), data.ErrNotFound)
	}
	return receiptPaper(c, c.Lines[at], found.Entries[n], n+1, l, p.Now()), nil
}

// receiptPaper is the receipt of the n-th entry, from 1.
func receiptPaper(c loans.Contract, line loans.ContractLine, e loans.Entry, n int, l words.Lang, at time.Time) Document {
	w := agreement{speaker{cmp.Or(l, lang)}, c}
	number := fmt.Sprintf("%s-%d", c.Number, n)
	title := words.LoanpaperReceipt
	if e.Kind == loans.Charged && e.Reverses == "" {
		title = words.LoanpaperCharge
	}
	d := Document{Name: "kwijting-" + number, Title: w.T(title, "number", number), Place: line.Organisation, At: at, Lang: w.Lang}
	amount := w.speaker.money(max(e.Cents, -e.Cents))
	name := cmp.Or(c.Borrower.Name(), w.T(words.LoanpaperUnknown))
	if e.Reverses != "" {
		d.Parts = append(d.Parts, Important(w.T(words.LoanpaperReceiptReversed)))
	} else {
		d.Parts = append(d.Parts, Paragraph(w.T(receiptSentence(e.Kind), "amount", amount, "name", name)))
	}
	facts := Facts{{w.T(words.LoanpaperAmount), w.speaker.money(e.Cents)}, {w.T(words.LoanpaperForWhat), w.T(whatName(e.What))}}
	if e.Method != "" {
		facts = append(facts, Fact{w.T(words.LoanpaperHow), w.T(methodName(e.Method))})
	}
	if e.IBAN != "" {
		facts = append(facts, Fact{w.T(words.LoanpaperAccount), shortIBAN(e.IBAN)})
	}
	if e.Note != "" {
		facts = append(facts, Fact{w.T(words.LoanpaperNote), e.Note})
	}
	facts = append(facts, Fact{w.T(words.LoanpaperWhen), words.Moment(w.Lang, e.At)}, Fact{w.T(words.LoanpaperWho), w.who()},
		Fact{w.T(words.LoanpaperDevice), line.Type + " " + line.Device + ", " + line.DeviceNumber.Show()}, Fact{w.T(words.LoanpaperContractIs), c.Number.Show()})
	if e.Kind == loans.Charged || e.Method == loans.Transfer {
		facts = append(facts, Fact{w.T(words.LoanpaperYourMessage), loans.Message(c.Number)})
	}
	d.Parts = append(d.Parts, facts)
	if w.Lang == lang {
		d.Parts = append(d.Parts, Signatures{{Role: w.T(words.LoanpaperSignOwner, "owner", line.Organisation)}})
	}
	return d
}

// shortIBAN hides most of an account number: enough to know it again, too little to use it.
func shortIBAN(iban string) string {
	if len(iban) < 8 {
		return "…"
	}
	return iban[:4] + " … " + iban[len(iban)-4:]
}

func receiptSentence(k loans.Kind) words.Key {
	return map[loans.Kind]words.Key{loans.Received: words.LoanpaperReceiptReceived, loans.Paid: words.LoanpaperReceiptReceived,
		loans.Refunded: words.LoanpaperReceiptReturned, loans.Withheld: words.LoanpaperReceiptWithheld, loans.Charged: words.LoanpaperReceiptCharged,
		loans.Waived: words.LoanpaperReceiptWaived}[k]
}

// whatName is what money is for, in words.
func whatName(what loans.What) words.Key {
	return map[loans.What]words.Key{loans.Deposit: words.LoanpaperForDeposit, loans.Fee: words.LoanpaperForFee, loans.Fine: words.LoanpaperForFine,
		loans.Damage: words.LoanpaperForDamage}[what]
}

// methodName is how money changes hands, in words.
func methodName(m loans.Method) words.Key {
	return map[loans.Method]words.Key{loans.Cash: words.LoanpaperHowCash, loans.Bancontact: words.LoanpaperHowBancontact, loans.Transfer: words.LoanpaperHowTransfer}[m]
}
