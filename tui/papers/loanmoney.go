package papers

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/words"
)

// DaySheet is the money of a day for the finance director: of each owner a page, with the lines by kind and way, and
// what was counted in the drawer. Who gets only the own organisation has that one. It returns an *data.Invalid for what
// is no day, and data.ErrNotFound for a day without money.
func (p LoanPapers) DaySheet(ctx context.Context, by data.Actor, day string) (Document, error) {
	h, err := p.letterhead(ctx)
	if err != nil {
		return Document{}, fmt.Errorf("day sheet: %w", err)
	}
	all, err := p.Loans.DaySheets(ctx, by, day)
	if err == nil && len(all) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return Document{}, fmt.Errorf("day sheet of %s: %w", data.Clean(day, gotLen), err)
	}
	d := Document{Name: "dagblad", Title: h.T(words.TillDayLead, "day", h.day(day)), Place: h.place, At: p.Now()}
	for i, s := range all {
		if i > 0 {
			d.Parts = append(d.Parts, PageBreak{})
		}
		d.Parts = append(d.Parts, Heading(s.Organisation), h.dayLines(s))
		d.Parts = append(d.Parts, append(Facts{{h.T(words.TillHeld), h.money(s.Held)}}, h.drawer(s)...))
		d.Parts = append(d.Parts, Signatures{{Role: h.T(words.LoanmoneySigned, "owner", s.Organisation)}, {Role: h.T(words.LoanmoneySeen)}})
	}
	return d, nil
}

// entryName says what an entry does: "waarborg ontvangen".
func (s speaker) entryName(k loans.Kind, what loans.What) string {
	name := map[loans.What]words.Key{loans.Deposit: words.TillDeposit, loans.Fee: words.TillFee, loans.Fine: words.TillFine, loans.Damage: words.TillDamage}[what]
	return s.T(map[loans.Kind]words.Key{loans.Received: words.TillReceived, loans.Refunded: words.TillRefunded, loans.Withheld: words.TillWithheld,
		loans.Charged: words.TillCharged, loans.Paid: words.TillPaid, loans.Waived: words.TillWaived}[k], "what", s.T(name))
}

func (s speaker) methodName(m loans.Method) string {
	return s.T(map[loans.Method]words.Key{loans.Cash: words.TillCash, loans.Bancontact: words.TillBancontact, loans.Transfer: words.TillTransfer, "": words.TillNoMethod}[m])
}

// dayLines is the lines of a day sheet.
func (h letterhead) dayLines(s loans.DaySheet) Grid {
	g := Grid{Heads: []Head{{Title: h.T(words.TillColWhat)}, {Title: h.T(words.TillColMethod)}, {Title: h.T(words.TillColCount), Right: true}, {Title: h.T(words.TillColAmount), Right: true}}}
	for _, l := range s.Lines {
		g.Rows = append(g.Rows, []string{h.entryName(l.Kind, l.What), h.methodName(l.Method), strconv.FormatInt(l.Count, 10), h.money(l.Cents)})
	}
	return g
}

// drawer is what should be in the drawer and what was; nil where there was no cash.
func (h letterhead) drawer(s loans.DaySheet) Facts {
	if s.Cash == nil && s.CashExpected() == 0 {
		return nil
	}
	facts := Facts{{h.T(words.TillDrawer), h.money(s.CashExpected())}}
	if c := s.Cash; c != nil {
		facts = append(facts, Fact{h.T(words.TillCounted, "name", c.Actor), h.money(c.Counted)}, Fact{h.T(words.LoanmoneyDifference), strings.TrimSpace(h.money(c.Counted-c.Expected) + " " + c.Note)})
	}
	return facts
}

// Books is the ledger from one day to another for the books, both days included, a row for each entry.
func (p LoanPapers) Books(ctx context.Context, by data.Actor, from, until string) (Sheet, error) {
	h, err := p.letterhead(ctx)
	if err != nil {
		return Sheet{}, fmt.Errorf("books: %w", err)
	}
	all, err := p.Loans.Books(ctx, by, from, until)
	if err != nil {
		return Sheet{}, fmt.Errorf("books: %w", err)
	}
	s := Sheet{Name: "loan-books", Title: h.T(words.LoanmoneyBooks), Place: h.place, At: p.Now(), Columns: []Column{
		{Name: "day", Title: h.T(words.LoanmoneyColDay), Kind: KindDay}, {Name: "moment", Title: h.T(words.TillColMoment), Kind: KindMoment},
		{Name: "owner", Title: h.T(words.TillColOwner), Kind: KindText}, {Name: "contract", Title: h.T(words.LoanmoneyColContract), Kind: KindText},
		{Name: "device", Title: h.T(words.TillColDevice), Kind: KindText}, {Name: "entry", Title: h.T(words.TillColWhat), Kind: KindText},
		{Name: "method", Title: h.T(words.TillColMethod), Kind: KindText}, {Name: "amount", Title: h.T(words.TillColAmount), Kind: KindMoney},
		{Name: "iban", Title: h.T(words.TillIban), Kind: KindText}, {Name: "message", Title: h.T(words.LoanmoneyColMessage), Kind: KindText},
		{Name: "note", Title: h.T(words.TillColNote), Kind: KindText}, {Name: "by", Title: h.T(words.TillColBy), Kind: KindText}},
		Notes: []string{h.T(words.LoanmoneySpan, "from", words.StoredDay(lang, from), "until", words.StoredDay(lang, until)), h.T(words.LoanmoneySign)}}
	for _, l := range all {
		what, message, method := h.entryName(l.Kind, l.What), "", Cell{}
		if l.Reverses != "" {
			what = h.T(words.TillReversed, "what", what)
		}
		if l.Method != "" {
			method = Coded(h.methodName(l.Method), string(l.Method))
		}
		if l.Method == loans.Transfer {
			message = loans.Message(l.Contract)
		}
		s.Rows = append(s.Rows, []Cell{Day(l.On), Moment(l.At), Text(l.Organisation), Text(string(l.Contract)), Text(string(l.Device)), Coded(what, string(l.Kind)+" "+string(l.What)),
			method, Money(l.Cents), Text(l.IBAN), Text(message), Text(l.Note), Text(l.Actor)})
	}
	return s, s.check()
}

// FileName is what its file is called: "course-attendance-26-001-2026-11-23.pdf".
func (s Sheet) FileName(f Format) string {
	name := s.Name
	if of := slug(s.Of); of != "" {
		name += "-" + of
	}
	return name + "-" + data.DayOf(s.At) + f.Ext()
}

// SendSheet puts a sheet in the outbox in a form, in the transaction of what it is about. It returns an *data.Invalid for
// a form that is none.
func SendSheet(ctx context.Context, tx *data.Tx, by data.Actor, ch outbox.Channel, f Format, s Sheet) (outbox.Paper, error) {
	media, err := f.media()
	if err != nil {
		return outbox.Paper{}, err
	}
	p := outbox.Paper{Channel: ch, Name: s.FileName(f), Media: media}
	return toOutbox(ctx, tx, by, p, func(w io.Writer) error { return Write(w, f, s) })
}

// BookingSlip is what somebody gets who reserved: the number that the desk scans or types, what is kept free, and until
// when it waits.
func (p LoanPapers) BookingSlip(ctx context.Context, k loans.Booking) (Document, error) {
	h, err := p.letterhead(ctx)
	if err != nil {
		return Document{}, fmt.Errorf("slip of a reservation: %w", err)
	}
	device := k.Type
	if k.Named {
		device += " " + k.Device
	}
	d := Document{Name: "reservatie-" + string(k.Number), Title: h.T(words.LoanmoneySlip, "number", k.Number.Show()), Place: h.place, At: p.Now(),
		Parts: []Part{Facts{{h.T(words.LoanpaperBorrower), k.Borrower}, {h.T(words.LoanpaperDevice), device},
			{h.T(words.LoanmoneySlipFrom), h.day(k.From)}, {h.T(words.LoanmoneySlipUntil), h.day(k.To)}, {h.T(words.LoanmoneySlipFetch), h.day(k.PickUpUntil)}},
			Important(h.T(words.LoanmoneySlipBring))}}
	if h.help != "" {
		d = d.with(Paragraph(h.T(words.LoanletterQuestions, "help", h.help)))
	}
	return d, nil
}

// LoanBooks is the ledger for the books, from one day to another; from the first of the month until today unless the
// days are asked for. The finance director gets the own organisation's.
func LoanBooks(p LoanPapers) Paper {
	return Paper{Name: "loan-books", Title: words.LoanmoneyBooks, Roles: []data.Role{data.RoleFinance, data.RoleClerk, data.RoleICT}, Asks: []Question{AsksFrom, AsksUntil},
		fill: func(ctx context.Context, by data.Actor, ask Ask) (Sheet, error) {
			today := data.DayOf(p.Now())
			from, until := cmp.Or(ask.From, today[:len("2006-01-")]+"01"), cmp.Or(ask.Until, today)
			return p.Books(ctx, by, from, until)
		}}
}
