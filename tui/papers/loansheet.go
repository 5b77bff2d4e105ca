package papers

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/words"
)

// Noodblad is the paper of the morning for a day on which the line may be down: what is due, late, to be fetched and
// free, tables to write down what happens with its real time and reason, and a blank contract in two copies.
func (p LoanPapers) Noodblad(ctx context.Context, by data.Actor) (Document, error) {
	h, err := p.letterhead(ctx)
	if err != nil {
		return Document{}, fmt.Errorf("noodblad: %w", err)
	}
	day, err := p.Loans.Today(ctx, by)
	if err != nil {
		return Document{}, fmt.Errorf("noodblad: %w", err)
	}
	people, err := p.Loans.OpenPeople(ctx, by)
	if err != nil {
		return Document{}, fmt.Errorf("noodblad: %w", err)
	}
	devices, err := p.Loans.Devices(ctx, by)
	if err != nil {
		return Document{}, fmt.Errorf("noodblad: %w", err)
	}
	d := Document{Name: "noodblad", Title: h.T(words.LoanletterSheet), Place: h.place, At: p.Now(),
		Parts: []Part{Important(h.T(words.LoanletterSheetHow)), Heading(h.T(words.LoanletterSheetDue)), h.open(day.Due, people),
			Heading(h.T(words.LoanletterSheetLate)), h.open(day.Late, people), Heading(h.T(words.LoanletterSheetPickup)), h.pickUps(day.PickUps),
			Heading(h.T(words.LoanletterSheetFree)), h.free(devices), PageBreak{}}}
	d.Parts = append(d.Parts, h.toWrite()...)
	for _, copied := range []words.Key{words.LoanpaperCopyBorrower, words.LoanpaperCopyDesk} {
		d.Parts = append(append(d.Parts, PageBreak{}), h.blank(h.T(copied))...)
	}
	return d, nil
}

// contact is how somebody is reached: a minor by the guardian.
func contact(id string, people map[string]loans.Borrower) string {
	b := people[id]
	if g, known := people[b.GuardianID]; known {
		return cmp.Or(g.Phone, g.Mail)
	}
	return cmp.Or(b.Phone, b.Mail)
}

func (h letterhead) open(all []loans.Loan, people map[string]loans.Borrower) Grid {
	g := Grid{Heads: []Head{{Title: h.T(words.LoanletterColDevice)}, {Title: h.T(words.LoanletterColNumber)}, {Title: h.T(words.LoanletterSheetBorrowed)},
		{Title: h.T(words.LoanletterPhone)}, {Title: h.T(words.LoanletterColDue)}, {Title: h.T(words.LoanletterSheetTime), Least: 22}, {Title: h.T(words.LoanletterSheetNote), Least: 26}}}
	for _, l := range all {
		g.Rows = append(g.Rows, []string{l.Device, l.DeviceNumber.Show(), l.Borrower, contact(l.BorrowerID, people), h.shortDue(l), "", ""})
	}
	return g
}

func (h letterhead) pickUps(all []loans.Booking) Grid {
	g := Grid{Heads: []Head{{Title: h.T(words.LoanletterColDevice)}, {Title: h.T(words.LoanletterSheetBorrowed)}, {Title: h.T(words.LoanletterSheetFrom)},
		{Title: h.T(words.LoanletterSheetUntil)}, {Title: h.T(words.LoanletterSheetTime), Least: 22}, {Title: h.T(words.LoanletterSheetNote), Least: 26}}}
	for _, b := range all {
		g.Rows = append(g.Rows, []string{b.Device, b.Borrower, words.StoredDay(lang, b.From), words.StoredDay(lang, b.To), "", ""})
	}
	return g
}

func (h letterhead) free(all []loans.Device) Grid {
	g := Grid{Heads: []Head{{Title: h.T(words.LoanletterColDevice)}, {Title: h.T(words.LoanletterColNumber)}, {Title: h.T(words.LoanletterSheetAccessories)},
		{Title: h.T(words.LoanletterSheetWhere)}}}
	for _, d := range all {
		if d.State == loans.Ready {
			g.Rows = append(g.Rows, []string{d.Type + " " + d.Called(), d.Number.Show(), accessories(d.Accessories), h.places[d.LocationID]})
		}
	}
	return g
}

// toWrite are the tables in which the desk writes what happens.
func (h letterhead) toWrite() []Part {
	return []Part{
		Heading(h.T(words.LoanletterSheetLent)), Grid{Blank: 8, Heads: []Head{{Title: h.T(words.LoanletterColNumber), Least: 24}, {Title: h.T(words.LoanletterSheetName), Least: 44},
			{Title: h.T(words.LoanletterSheetTime), Least: 20}, {Title: h.T(words.LoanletterColDue), Least: 20}, {Title: h.T(words.LoanletterSheetDeposit), Least: 18},
			{Title: h.T(words.LoanletterSheetReason), Least: 20}}},
		Heading(h.T(words.LoanletterSheetBack)), Grid{Blank: 8, Heads: []Head{{Title: h.T(words.LoanletterColNumber), Least: 24}, {Title: h.T(words.LoanletterSheetName), Least: 40},
			{Title: h.T(words.LoanletterSheetTime), Least: 20}, {Title: h.T(words.LoanletterSheetMissing), Least: 44}, {Title: h.T(words.LoanletterSheetReason), Least: 20}}},
	}
}

// blank is a contract to fill in by hand.
func (h letterhead) blank(copied string) []Part {
	var blanks Blanks
	for _, key := range []words.Key{words.LoanletterBlankOwner, words.LoanletterBlankBorrower, words.LoanletterBlankContact, words.LoanletterBlankGuardian,
		words.LoanletterBlankDevice, words.LoanletterBlankSerial, words.LoanletterBlankAccessories, words.LoanletterBlankCondition, words.LoanletterBlankTime,
		words.LoanletterBlankDue, words.LoanletterBlankMoney, words.LoanletterBlankReason} {
		blanks = append(blanks, Blank{Name: h.T(key)})
	}
	return []Part{Heading(h.T(words.LoanletterBlank) + " · " + copied), Paragraph(h.T(words.LoanletterBlankIntro)), blanks, Paragraph(h.T(words.LoanletterBlankRules)),
		Signatures{{Role: h.T(words.LoanpaperSignBorrower), Note: h.T(words.LoanpaperSignRead)}, {Role: h.T(words.LoanpaperSignOwner, "owner", h.place)}}}
}

// RegulationText is the text of a regulation: a note above it, such as who must check it, and its articles.
func RegulationText(place, title, note string, at time.Time, articles Articles) Document {
	d := Document{Name: title, Title: title, Place: place, At: at}
	if note != "" {
		d.Parts = append(d.Parts, Important(note))
	}
	return d.with(articles)
}
