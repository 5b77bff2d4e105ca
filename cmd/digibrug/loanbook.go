package main

import (
	"context"
	"strconv"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// lastLoan gives the loan that a device is out on, or else the last one that it was out on.
func (c *cli) lastLoan(ctx context.Context, h *house, code string) (loans.Loan, error) {
	d, err := c.deviceNamed(ctx, h, code)
	if err != nil {
		return loans.Loan{}, err
	}
	if d.Loan != nil {
		return *d.Loan, nil
	}
	all, err := h.loans.LoansOfDevice(ctx, c.by(), d.ID)
	if err == nil && len(all) == 0 {
		err = failed(data.ErrNotFound, nl.T(words.LoancliNoLoan, "device", d.Called()))
	}
	if err != nil {
		return loans.Loan{}, err
	}
	return all[0], nil
}

func (c *cli) loanRenew() *cobra.Command {
	return &cobra.Command{Use: "renew TOESTEL", Short: nl.T(words.LoancliRenew), Args: takes(1, 1),
		RunE: c.inHouse(func(ctx context.Context, h *house, args []string) error {
			l, err := c.lastLoan(ctx, h, args[0])
			if err != nil {
				return err
			}
			if l, err = h.loans.Renew(ctx, c.by(), l.ID); err != nil {
				return refusal(err)
			}
			return c.done(map[string]any{"loan": l.ID, "due_on": l.DueOn, "renewals": l.Renewals}, nl.T(words.LoancliRenewed, "device", l.Device, "name", l.Borrower, "day", dayText(l.DueOn)))
		})}
}

// loanUndo undoes what this computer's command line did within the last minute.
func (c *cli) loanUndo() *cobra.Command {
	return &cobra.Command{Use: "undo TOESTEL", Short: nl.T(words.LoancliUndo), Args: takes(1, 1),
		RunE: c.inHouse(func(ctx context.Context, h *house, args []string) error {
			l, err := c.lastLoan(ctx, h, args[0])
			if err != nil {
				return err
			}
			kind, err := h.loans.Undo(ctx, c.by(), l.ID)
			if err != nil {
				return err
			}
			said := map[string]words.Key{"lend": words.LoancliUndoneLend, "renew": words.LoancliUndoneRenew, "return": words.LoancliUndoneReturn}[kind]
			return c.done(map[string]any{"loan": l.ID, "undone": kind}, nl.T(said, "device", l.Device))
		})}
}

// bookDays is the days that book and wait were given, as typed.
type bookDays struct{ from, until string }

func (s *bookDays) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&s.from, "from", "", nl.T(words.LoancliFlagFrom))
	cmd.Flags().StringVar(&s.until, "until", "", nl.T(words.LoancliFlagUntil))
}

// days gives both days as they are stored.
func (s *bookDays) days(cmd *cobra.Command) (from, until string, err error) {
	if err := needs(cmd, "from", "until"); err != nil {
		return "", "", err
	}
	first, err := typedDay("--from", s.from)
	if err != nil {
		return "", "", err
	}
	last, err := typedDay("--until", s.until)
	return first.Format(data.DayLayout), last.Format(data.DayLayout), err
}

func (c *cli) loanBook() *cobra.Command {
	var s bookDays
	cmd := &cobra.Command{Use: "book SOORT|TOESTEL ONTLENER", Short: nl.T(words.LoancliBook), Args: takes(2, 2)}
	s.flags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ask := loans.BookAsk{}
		var err error
		if ask.From, ask.To, err = s.days(cmd); err != nil {
			return err
		}
		return c.inHouse(func(ctx context.Context, h *house, _ []string) error { return c.book(ctx, h, ask, args) })(cmd, args)
	}
	return cmd
}

// book reserves any device of a type where the first argument names one, and that device otherwise.
func (c *cli) book(ctx context.Context, h *house, ask loans.BookAsk, args []string) error {
	kind, err := c.typeNamed(ctx, h, args[0])
	if err == nil {
		ask.Type = kind.ID
	} else {
		d, bad := c.deviceNamed(ctx, h, args[0])
		if bad != nil {
			return bad
		}
		ask.Device = d.ID
	}
	if ask.Borrower, err = c.borrowerNamed(ctx, h, args[1]); err != nil {
		return err
	}
	k, err := h.loans.Book(ctx, c.by(), ask)
	if err != nil {
		return refusal(err)
	}
	return c.done(map[string]any{"id": k.ID, "number": k.Number, "device": k.Device, "from": k.From, "until": k.To, "pick_up_until": k.PickUpUntil},
		nl.T(words.LoancliBooked, "device", k.Device, "name", k.Borrower, "from", dayText(k.From), "until", dayText(k.To), "number", k.Number.Show(), "fetch", dayText(k.PickUpUntil)))
}

func (c *cli) loanCancel() *cobra.Command {
	return &cobra.Command{Use: "cancel NUMMER", Short: nl.T(words.LoancliCancel), Args: takes(1, 1),
		RunE: c.inHouse(func(ctx context.Context, h *house, args []string) error {
			found, err := h.loans.Find(ctx, c.by(), args[0])
			if err == nil && found.Booking == nil {
				err = &data.Invalid{Field: "code", Why: loans.WhyCode, Got: data.Clean(args[0], 40)}
			}
			if err != nil {
				return err
			}
			k := found.Booking
			if err := h.loans.CancelBooking(ctx, c.by(), k.ID); err != nil {
				return err
			}
			return c.done(map[string]any{"id": k.ID, "number": k.Number}, nl.T(words.LoancliCancelled, "number", k.Number.Show(), "name", k.Borrower))
		})}
}

// loanWait puts somebody on the waiting list; without arguments it shows the list.
func (c *cli) loanWait() *cobra.Command {
	var s bookDays
	cmd := &cobra.Command{Use: "wait [SOORT ONTLENER]", Short: nl.T(words.LoancliWait), Args: takes(0, 2)}
	s.flags(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch len(args) {
		case 0:
			return c.inHouse(c.queue)(cmd, args)
		case 1:
			return misused(cmd, nl.T(words.CliTooFew, "use", cmd.UseLine()))
		}
		from, until, err := s.days(cmd)
		if err != nil {
			return err
		}
		return c.inHouse(func(ctx context.Context, h *house, args []string) error {
			kind, err := c.typeNamed(ctx, h, args[0])
			if err != nil {
				return err
			}
			who, err := c.borrowerNamed(ctx, h, args[1])
			if err != nil {
				return err
			}
			w, err := h.loans.Wait(ctx, c.by(), kind.ID, who, from, until)
			if err != nil {
				return err
			}
			return c.done(map[string]any{"id": w.ID, "from": w.From, "until": w.To}, nl.T(words.LoancliWaits, "name", w.Borrower, "type", kind.Name))
		})(cmd, args)
	}
	return cmd
}

// queue shows who waits, and who has an offer until when.
func (c *cli) queue(ctx context.Context, h *house, _ []string) error {
	all, err := h.loans.Queue(ctx, c.by())
	if err != nil {
		return err
	}
	type place struct {
		ID         string `json:"id"`
		Type       string `json:"type"`
		Borrower   string `json:"borrower"`
		From       string `json:"from"`
		Until      string `json:"until"`
		State      string `json:"state"` // waiting or offered
		Ahead      int    `json:"ahead"`
		OfferUntil string `json:"offer_until,omitempty"`
	}
	out := []place{}
	rows := [][]string{{nl.T(words.LoancliColType), nl.T(words.LoanCliColBorrower), nl.T(words.LoancliColFrom), nl.T(words.LoancliColUntil), nl.T(words.LoancliColAhead), nl.T(words.LoancliColOffer)}}
	for _, p := range all {
		out = append(out, place{p.ID, p.Type, p.Borrower, p.From, p.To, p.State, p.Ahead, p.OfferUntil})
		offer := ""
		if p.OfferUntil != "" {
			offer = dayText(p.OfferUntil)
		}
		rows = append(rows, []string{p.Type, p.Borrower, dayText(p.From), dayText(p.To), strconv.Itoa(p.Ahead), offer})
	}
	switch {
	case c.json:
		return c.printJSON(out)
	case len(all) == 0:
		return c.say(nl.T(words.LoancliNobodyWaits))
	}
	return c.table(rows)
}
