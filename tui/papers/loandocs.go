package papers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/loans"
	"digibrug/tui/words"
)

// loanRegister is what the papers of the uitleendienst need of the register; *loans.Store has it.
type loanRegister interface {
	Contract(ctx context.Context, by data.Actor, id string) (loans.Contract, error)
	Loan(ctx context.Context, by data.Actor, id string) (loans.Loan, error)
	Account(ctx context.Context, by data.Actor, loan string) (loans.Account, error)
	Devices(ctx context.Context, by data.Actor) ([]loans.Device, error)
	Today(ctx context.Context, by data.Actor) (loans.Day, error)
	OpenPeople(ctx context.Context, by data.Actor) (map[string]loans.Borrower, error)
	Reminders(ctx context.Context, by data.Actor) ([]loans.Reminder, error)
	RemindAll(ctx context.Context, by data.Actor, ids []string, put func(context.Context, *data.Tx, []loans.Notice) error) ([]loans.Notice, error)
	DaySheets(ctx context.Context, by data.Actor, day string) ([]loans.DaySheet, error)
	Books(ctx context.Context, by data.Actor, from, until string) ([]loans.BookLine, error)
	Replan(ctx context.Context, by data.Actor, key string, put func(context.Context, *data.Tx, loans.ReplanPlan) error) (id string, err error)
	RemindExtra(ctx context.Context, by data.Actor, loan string, c loans.Channel, note string, put func(context.Context, *data.Tx, loans.Notice) error) error
}

// LoanPapers makes the papers of the uitleendienst: contracts, slips, receipts, letters, the noodblad. None of them
// tells who is a client of the OCMW, or why a tariff is lower. Now is the clock of the house.
type LoanPapers struct {
	Loans    loanRegister
	Settings places
	Places   locations
	Now      func() time.Time
}

// locations tells where things are lent; *calendar.Store has it.
type locations interface {
	Locations(ctx context.Context) ([]calendar.Location, error)
}

// NewLoanPapers gives the papers of a register.
func NewLoanPapers(store loanRegister, settings places, at locations, now func() time.Time) LoanPapers {
	return LoanPapers{store, settings, at, now}
}

// speaker writes in one language.
type speaker struct{ words.Lang }

// T is words.T in the language of the speaker.
func (s speaker) T(key words.Key, args ...any) string { return words.T(s.Lang, key, args...) }

// day writes a stored day with its name: "ma 14 december 2026".
func (s speaker) day(day string) string {
	at, err := data.ParseDay(day)
	if err != nil {
		return data.Clean(day, len(data.DayLayout))
	}
	return words.Day(s.Lang, at)
}

// due writes until when a loan lasts: a day, for a loan of hours with the hour.
func (s speaker) due(l loans.Loan) string {
	if l.DueAt.IsZero() {
		return s.day(l.DueOn)
	}
	return words.Moment(s.Lang, l.DueAt)
}

// shortDue is due for a table.
func (s speaker) shortDue(l loans.Loan) string {
	if l.DueAt.IsZero() {
		return words.StoredDay(s.Lang, l.DueOn)
	}
	return words.ShortDay(s.Lang, l.DueAt) + " " + words.Clock(s.Lang, l.DueAt)
}

func (s speaker) money(cents int64) string { return words.Money(s.Lang, cents) }

// Contract is the agreement of a contract, with the rules of its loans and the number of the article of each. The Dutch
// one comes in two copies, with room to sign unless it was signed on the screen; one in another language is a help and
// is not signed. It returns data.ErrNotFound.
func (p LoanPapers) Contract(ctx context.Context, by data.Actor, contract string, l words.Lang) (Document, error) {
	c, err := p.Loans.Contract(ctx, by, contract)
	if err != nil {
		return Document{}, fmt.Errorf("paper of a contract: %w", err)
	}
	return contractPaper(c, l, p.Now()), nil
}

func contractPaper(c loans.Contract, l words.Lang, at time.Time) Document {
	w := agreement{speaker{cmp.Or(l, lang)}, c}
	d := Document{Name: "contract-" + string(c.Number), Title: w.T(words.LoanpaperContract, "number", c.Number.Show()), Place: w.owners(), At: at, Lang: w.Lang}
	if w.Lang == lang {
		d.Copies = []string{w.T(words.LoanpaperCopyBorrower), w.T(words.LoanpaperCopyDesk)}
	}
	d.Parts = append(d.Parts, Paragraph(w.T(words.LoanpaperIntro, "owner", w.owners())), w.facts())
	d.Parts = append(d.Parts, w.devices()...)
	d.Parts = append(d.Parts, w.money()...)
	d.Parts = append(d.Parts, Heading(w.T(words.LoanpaperRules)), w.rules(), Paragraph(w.regulation()))
	d.Parts = append(d.Parts, w.signatures(loans.AtHandOver)...)
	return d
}

// agreement writes the parts of a contract.
type agreement struct {
	speaker
	c loans.Contract
}

// owners names whose the devices are: "Gemeente Zandwerve, OCMW Zandwerve".
func (w agreement) owners() string { return strings.Join(w.ownerNames(), ", ") }

func (w agreement) ownerNames() (names []string) {
	for _, line := range w.c.Lines {
		if !slices.Contains(names, line.Organisation) {
			names = append(names, line.Organisation)
		}
	}
	return names
}

// who names the borrower with the number of the card.
func (w agreement) who() string {
	if w.c.Borrower.ID == "" {
		return w.T(words.LoanpaperUnknown)
	}
	return w.T(words.LoanpaperCard, "name", w.c.Borrower.Name(), "number", w.c.Borrower.Number.Show())
}

// oneDue is until when all lasts; empty when there are several days or hours.
func (w agreement) oneDue() string {
	due := w.due(w.c.Lines[0].Loan)
	for _, line := range w.c.Lines {
		if w.due(line.Loan) != due {
			return ""
		}
	}
	return due
}

func (w agreement) facts() Facts {
	first := w.c.Lines[0]
	facts := Facts{{w.T(words.LoanpaperOwner), w.owners()}, {w.T(words.LoanpaperBorrower), w.who()}}
	if w.c.Guardian != nil {
		facts = append(facts, Fact{w.T(words.LoanpaperGuardian), w.c.Guardian.Name()})
	}
	facts = append(facts, Fact{w.T(words.LoanpaperLentAt), words.Moment(w.Lang, first.LentAt)})
	if due := w.oneDue(); due != "" {
		if first.Renewals > 0 {
			due += " (" + w.T(words.LoanpaperRenewed, "n", first.Renewals) + ")"
		}
		facts = append(facts, Fact{w.T(words.LoanpaperDue), due})
	}
	var places []string
	for _, line := range w.c.Lines {
		if !slices.Contains(places, line.Location) {
			places = append(places, line.Location)
		}
	}
	return append(facts, Fact{w.T(words.LoanpaperWhere), strings.Join(places, ", ")})
}

// devices is the table of what goes along, its condition, and why a day moved.
func (w agreement) devices() []Part {
	g := Grid{Heads: []Head{{Title: w.T(words.LoanpaperDevice)}, {Title: w.T(words.LoanpaperNumber)}, {Title: w.T(words.LoanpaperSerial)},
		{Title: w.T(words.LoanpaperAccessories)}, {Title: w.T(words.LoanpaperDayBack)}}}
	var conditions Facts
	var moved []string
	for _, line := range w.c.Lines {
		g.Rows = append(g.Rows, []string{line.Type + " " + line.Device, line.DeviceNumber.Show(), cmp.Or(line.Serial, "-"),
			cmp.Or(accessories(line.Accessories), "-"), w.shortDue(line.Loan)})
		conditions = append(conditions, Fact{w.T(words.LoanpaperCondition, "device", line.Device), cmp.Or(line.Condition, w.T(words.LoanpaperConditionGood))})
		for _, shift := range line.Shifts {
			if text := w.moved(shift); !slices.Contains(moved, text) {
				moved = append(moved, text)
			}
		}
	}
	parts := []Part{Heading(w.T(words.LoanpaperDevices)), g, conditions}
	if len(moved) > 0 {
		parts = append(parts, Paragraph(w.T(words.LoanpaperWhyDay)+" "+strings.Join(moved, " ")))
	}
	return parts
}

func accessories(all []loans.Accessory) string {
	names := make([]string, len(all))
	for i, a := range all {
		names[i] = a.Name
	}
	return strings.Join(names, ", ")
}

// moved says why a due day is another day.
func (w agreement) moved(s loans.Shift) string {
	key := map[loans.ShiftWhy]words.Key{loans.ShiftClosed: words.LoanpaperShiftClosed, loans.ShiftRight: words.LoanpaperShiftRight,
		loans.ShiftBooking: words.LoanpaperShiftBooking}[s.Why]
	return w.T(key, "from", words.WeekdayDay(w.Lang, s.From), "to", words.WeekdayDay(w.Lang, s.To))
}

// money says what deposit and fee are, and what of them is still to be paid.
func (w agreement) money() []Part {
	var deposit, fee, depositPaid, feePaid int64
	for _, line := range w.c.Lines {
		deposit, fee = deposit+line.DepositCents, fee+line.FeeCents
		depositPaid, feePaid = depositPaid+min(line.Received, line.DepositCents), feePaid+min(line.Paid+line.Waived, line.FeeCents)
	}
	show := func(amount, paid int64) string {
		switch {
		case amount == 0:
			return w.T(words.LoanpaperNone)
		case paid >= amount:
			return w.T(words.LoanpaperPaid, "amount", w.speaker.money(amount))
		}
		return w.T(words.LoanpaperToPay, "amount", w.speaker.money(amount), "open", w.speaker.money(amount-paid))
	}
	parts := []Part{Facts{{w.T(words.LoanpaperDeposit), show(deposit, depositPaid)}, {w.T(words.LoanpaperFee), show(fee, feePaid)}}}
	if deposit > depositPaid || fee > feePaid {
		parts = append(parts, Paragraph(w.T(words.LoanpaperMessage, "message", loans.Message(w.c.Number))))
	}
	return parts
}

// rules are what was agreed, by the figures that the first loan was made by, under the numbers of the articles.
func (w agreement) rules() Articles {
	first := w.c.Lines[0]
	rule := first.Rules
	term := w.T(words.LoanpaperRuleTermMany)
	if due := w.oneDue(); due != "" {
		term = w.T(words.LoanpaperRuleTermText, "day", due)
	}
	renew := w.T(words.LoanpaperRuleRenewNot)
	if n := rule[loans.Renewals]; n > 0 && rule[loans.RenewalDays] > 0 {
		renew = w.T(words.LoanpaperRuleRenewText, "n", n, "days", rule[loans.RenewalDays])
	}
	late := []string{w.T(words.LoanpaperRuleLateCall)}
	if n := rule[loans.BlockPerDay]; n > 0 {
		late = append(late, w.T(words.LoanpaperRuleLateBlock, "n", n, "most", rule[loans.BlockCap]))
	}
	if fine := rule[loans.FineCents]; fine > 0 && first.Category != loans.Client {
		late = append(late, w.T(words.LoanpaperRuleLateFine, "amount", w.speaker.money(fine), "days", max(1, rule[loans.FineDays]), "most", w.speaker.money(rule[loans.FineCap])))
	}
	all := Articles{{1, w.T(words.LoanpaperRuleOwner), []string{w.T(words.LoanpaperRuleOwnerText, "owner", w.owners())}}}
	if w.c.Guardian != nil {
		all = append(all, Article{5, w.T(words.LoanpaperGuardian), []string{w.T(words.LoanpaperGuardianSays, "name", w.c.Borrower.Name(), "guardian", w.c.Guardian.Name())}})
	}
	all = append(all, Article{8, w.T(words.LoanpaperRuleTerm), []string{term}}, Article{9, w.T(words.LoanpaperRuleRenew), []string{renew}})
	if first.DepositCents > 0 {
		total := int64(0)
		for _, line := range w.c.Lines {
			total += line.DepositCents
		}
		all = append(all, Article{10, w.T(words.LoanpaperRuleDeposit), []string{w.T(words.LoanpaperRuleDepositText, "amount", w.speaker.money(total))}})
	}
	return append(all,
		Article{12, w.T(words.LoanpaperRuleUse), []string{w.T(words.LoanpaperRuleUseText)}},
		Article{13, w.T(words.LoanpaperRuleDamage), []string{w.T(words.LoanpaperRuleDamageText, "years", loans.WorthYears)}},
		Article{14, w.T(words.LoanpaperRuleLost), []string{w.T(words.LoanpaperRuleLostText)}},
		Article{15, w.T(words.LoanpaperRuleLate), []string{strings.Join(late, " ")}},
		Article{16, w.T(words.LoanpaperRuleBack), []string{w.T(words.LoanpaperRuleBackText)}},
		Article{17, w.T(words.LoanpaperRuleData), []string{w.T(words.LoanpaperRuleDataText, "days", w.c.KeepDays)}})
}

func (w agreement) regulation() string {
	if w.c.Version.From == "" {
		return w.T(words.LoanpaperRegulationModel)
	}
	return w.T(words.LoanpaperRegulation, "name", w.c.Version.Name, "day", words.StoredDay(w.Lang, w.c.Version.From))
}

// signatures is the receipt of what was signed at a time, or the room to sign.
func (w agreement) signatures(when loans.Signing) []Part {
	for _, r := range w.c.Receipts {
		if r.When != when {
			continue
		}
		parts := []Part{Heading(w.T(words.LoanpaperSigned)), w.receipt(r), Paragraph(w.T(words.LoanpaperSignedKeep))}
		if !r.Paper {
			return parts
		}
		return append(parts, w.room()...)
	}
	return w.room()
}

func (w agreement) receipt(r loans.Receipt) Facts {
	way := words.LoanpaperSignedScreen
	if r.Paper {
		way = words.LoanpaperSignedPaper
	}
	return Facts{{w.T(words.LoanpaperSignedBy), cmp.Or(r.Name, w.T(words.LoanpaperUnknown))}, {w.T(words.LoanpaperSignedAt), words.Moment(w.Lang, r.At)},
		{w.T(words.LoanpaperSignedWay), w.T(way)}, {w.T(words.LoanpaperSignedHash), grouped(r.Hash)}}
}

// grouped writes a hash in groups of eight, which people can compare.
func grouped(hash string) string {
	var out strings.Builder
	for i, r := range hash {
		if i > 0 && i%8 == 0 {
			out.WriteByte(' ')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// room is where the borrower, or the guardian, and each owner sign the Dutch paper.
func (w agreement) room() []Part {
	if w.Lang != lang {
		return []Part{Important(w.T(words.LoanpaperSignDutch))}
	}
	who := Signature{w.T(words.LoanpaperSignBorrower), w.c.Borrower.Name(), w.T(words.LoanpaperSignRead)}
	if w.c.Guardian != nil {
		who.Role, who.Name = w.T(words.LoanpaperSignGuardian), w.c.Guardian.Name()
	}
	all := Signatures{who}
	for _, owner := range w.ownerNames() {
		all = append(all, Signature{Role: w.T(words.LoanpaperSignOwner, "owner", owner)})
	}
	return []Part{all}
}
