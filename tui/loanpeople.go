package tui

import (
	"context"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/bookings"
	"digibrug/tui/borrowers"
	"digibrug/tui/papers"
	"digibrug/tui/shell"
	"digibrug/tui/till"
)

// borrowerDesk is what the room of borrowers works with.
func (h House) borrowerDesk() borrowers.Desk {
	return borrowers.Desk{Store: h.Loans, Card: h.printCard,
		Money: func(s *shell.Session, loan string) shell.Screen { return till.NewLoan(s, h.tillDesk(), loan) },
		Book:  func(s *shell.Session, id string) shell.Screen { return bookings.NewFor(s, h.bookingDesk(), id) }}
}

// printCard sends the card of a borrower, on a label that fits in a wallet.
func (h House) printCard(ctx context.Context, by data.Actor, of loans.Number) (p outbox.Paper, err error) {
	found, err := h.Loans.Find(ctx, by, string(of))
	if err == nil && found.Borrower == nil {
		err = data.ErrNotFound
	}
	if err != nil {
		return p, err
	}
	return h.sendLabels(ctx, by, papers.Labels24, 1, papers.CardLabel(found.Borrower.Borrower))
}
