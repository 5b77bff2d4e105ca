package tui

import (
	"context"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/bookings"
	"digibrug/tui/papers"
	"digibrug/tui/reminders"
	"digibrug/tui/till"
	"digibrug/tui/words"
)

// loanPapers makes the papers of the uitleendienst.
func (h House) loanPapers() papers.LoanPapers {
	return papers.NewLoanPapers(h.Loans, h.Settings, h.Calendar, h.DB.Now)
}

// way is how a paper leaves unless somebody says otherwise.
func (h House) way() outbox.Channel {
	if len(h.Channels) == 0 {
		return outbox.Fetch
	}
	return h.Channels[0]
}

// send puts a paper in the outbox.
func (h House) send(ctx context.Context, by data.Actor, d papers.Document) error {
	return h.DB.InTx(ctx, func(tx *data.Tx) error {
		_, err := papers.Send(ctx, tx, by, h.way(), d)
		return err
	})
}

// bookingDesk is what the room of reservations works with.
func (h House) bookingDesk() bookings.Desk {
	return bookings.Desk{Store: h.Loans, Print: func(ctx context.Context, by data.Actor, k loans.Booking) error {
		d, err := h.loanPapers().BookingSlip(ctx, k)
		if err != nil {
			return err
		}
		return h.send(ctx, by, d)
	}}
}

// reminderDesk is what the room of what is late works with.
func (h House) reminderDesk() reminders.Desk {
	return reminders.Desk{Store: h.Loans, Papers: h.loanPapers(), Channels: h.Channels}
}

// tillDesk is what the room of money works with. What is for the books is a file, and goes to no printer.
func (h House) tillDesk() till.Desk {
	return till.Desk{Store: h.Loans,
		Receipt: func(ctx context.Context, by data.Actor, loan, entry string) error {
			d, err := h.loanPapers().MoneyReceipt(ctx, by, loan, entry, words.NL)
			if err != nil {
				return err
			}
			return h.send(ctx, by, d)
		},
		Sheet: func(ctx context.Context, by data.Actor, day string, f papers.Format) error {
			if f == papers.FormatPDF {
				d, err := h.loanPapers().DaySheet(ctx, by, day)
				if err != nil {
					return err
				}
				return h.send(ctx, by, d)
			}
			s, err := h.loanPapers().Books(ctx, by, day, day)
			if err != nil {
				return err
			}
			return h.DB.InTx(ctx, func(tx *data.Tx) error {
				_, err := papers.SendSheet(ctx, tx, by, outbox.Fetch, f, s)
				return err
			})
		}}
}
