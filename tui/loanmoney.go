package tui

import (
	"context"
	"slices"

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

// way is how a paper for somebody at the desk leaves: by the printer, where there is one.
func (h House) way() outbox.Channel {
	switch {
	case slices.Contains(h.Channels, outbox.Print):
		return outbox.Print
	case len(h.Channels) == 0:
		return outbox.Fetch
	}
	return h.Channels[0]
}

// send puts papers in the outbox, all or none, and tells by which way they leave.
func (h House) send(ctx context.Context, by data.Actor, all ...papers.Document) (outbox.Channel, error) {
	way := h.way()
	return way, h.DB.InTx(ctx, func(tx *data.Tx) error {
		for _, d := range all {
			if _, err := papers.Send(ctx, tx, by, way, d); err != nil {
				return err
			}
		}
		return nil
	})
}

// printContract sends a contract, or the slips of what came back of it last: of a return that day more than one device
// can be.
func (h House) printContract(ctx context.Context, by data.Actor, contract string, when loans.Signing) (outbox.Channel, error) {
	if when != loans.AtReturn {
		d, err := h.loanPapers().Contract(ctx, by, contract, words.NL)
		if err != nil {
			return "", err
		}
		return h.send(ctx, by, d)
	}
	c, err := h.Loans.Contract(ctx, by, contract)
	if err != nil {
		return "", err
	}
	last := ""
	for _, line := range c.Lines {
		last = max(last, line.EndedOn)
	}
	var slips []papers.Document
	for _, line := range c.Lines {
		if line.Ended == loans.Open || line.EndedOn != last {
			continue
		}
		d, err := h.loanPapers().ReturnSlip(ctx, by, line.ID, words.NL)
		if err != nil {
			return "", err
		}
		slips = append(slips, d)
	}
	return h.send(ctx, by, slips...)
}

// printBlank sends the sheets for a day on which the line may be down.
func (h House) printBlank(ctx context.Context, by data.Actor) (outbox.Channel, error) {
	d, err := h.loanPapers().Noodblad(ctx, by)
	if err != nil {
		return "", err
	}
	return h.send(ctx, by, d)
}

// bookingDesk is what the room of reservations works with.
func (h House) bookingDesk() bookings.Desk {
	return bookings.Desk{Store: h.Loans, Print: func(ctx context.Context, by data.Actor, k loans.Booking) error {
		d, err := h.loanPapers().BookingSlip(ctx, k)
		if err != nil {
			return err
		}
		_, err = h.send(ctx, by, d)
		return err
	}, Label: func(ctx context.Context, by data.Actor, k loans.Booking) error {
		_, err := h.sendLabels(ctx, by, papers.Labels24, 1, papers.BookingLabel(k))
		return err
	}}
}

// reminderDesk is what the room of what is late works with.
func (h House) reminderDesk() reminders.Desk {
	desk := reminders.Desk{Store: h.Loans, Papers: h.loanPapers(), Channels: h.Channels}
	if h.Mails {
		desk.Channels = append(slices.Clone(h.Channels), outbox.Mail)
	}
	return desk
}

// tillDesk is what the room of money works with. What is for the books is a file, and goes to no printer.
func (h House) tillDesk() till.Desk {
	return till.Desk{Store: h.Loans,
		Receipt: func(ctx context.Context, by data.Actor, loan, entry string) error {
			d, err := h.loanPapers().MoneyReceipt(ctx, by, loan, entry, words.NL)
			if err != nil {
				return err
			}
			_, err = h.send(ctx, by, d)
			return err
		},
		Sheet: func(ctx context.Context, by data.Actor, day string, f papers.Format) error {
			if f == papers.FormatPDF {
				d, err := h.loanPapers().DaySheet(ctx, by, day)
				if err != nil {
					return err
				}
				_, err = h.send(ctx, by, d)
				return err
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
