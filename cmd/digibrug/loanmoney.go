package main

import (
	"context"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// forDeposit is the what of pay for a deposit; the others are those of the ledger.
const forDeposit = string(loans.Deposit)

// payFor lists what can be paid.
func payFor() []string {
	return []string{forDeposit, string(loans.Fee), string(loans.Fine), string(loans.Damage)}
}

func methods() string {
	var all []string
	for _, m := range loans.Methods() {
		all = append(all, string(m))
	}
	return strings.Join(all, ", ")
}

func (c *cli) loanPay() *cobra.Command {
	var what, method string
	cmd := &cobra.Command{Use: "pay TOESTEL BEDRAG", Short: nl.T(words.LoancliPay), Args: takes(2, 2)}
	cmd.Flags().StringVar(&what, "for", "", nl.T(words.LoancliFlagFor, "known", strings.Join(payFor(), ", ")))
	cmd.Flags().StringVar(&method, "method", string(loans.Bancontact), nl.T(words.LoancliFlagMethod, "known", methods()))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "for"); err != nil {
			return err
		}
		if !slices.Contains(payFor(), what) {
			return misused(cmd, nl.T(words.CliFlagWrong, "name", "--for", "got", what))
		}
		cents, err := data.ParseEuro(args[1])
		if err != nil {
			return err
		}
		return c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			l, err := c.lastLoan(ctx, h, args[0])
			if err != nil {
				return err
			}
			var b loans.Balance
			if what == forDeposit {
				b, err = h.loans.Receive(ctx, c.by(), l.ID, cents, loans.Method(method))
			} else {
				b, err = h.loans.Pay(ctx, c.by(), l.ID, loans.What(what), cents, loans.Method(method))
			}
			if err != nil {
				return err
			}
			return c.done(balanceOut(l, b), nl.T(words.LoancliPaid, "amount", euro(cents), "name", l.Borrower, "held", euro(b.Held), "owed", euro(b.Owed)))
		})(cmd, args)
	}
	return cmd
}

// balanceOut is what stands of a loan's money, as --json prints it: in cents.
func balanceOut(l loans.Loan, b loans.Balance) map[string]any {
	return map[string]any{"loan": l.ID, "contract": l.Contract, "message": loans.Message(l.Contract), "received_cents": b.Received, "refunded_cents": b.Refunded,
		"withheld_cents": b.Withheld, "held_cents": b.Held, "charged_cents": b.Charged, "paid_cents": b.Paid, "waived_cents": b.Waived, "owed_cents": b.Owed}
}

func euro(cents int64) string { return words.Money(words.NL, cents) }

func (c *cli) loanSettle() *cobra.Command {
	var method, iban string
	cmd := &cobra.Command{Use: "settle TOESTEL", Short: nl.T(words.LoancliSettle), Args: takes(1, 1)}
	cmd.Flags().StringVar(&method, "method", string(loans.Bancontact), nl.T(words.LoancliFlagMethod, "known", methods()))
	cmd.Flags().StringVar(&iban, "iban", "", nl.T(words.LoancliFlagIban))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, args []string) error {
		l, err := c.lastLoan(ctx, h, args[0])
		if err != nil {
			return err
		}
		b, err := h.loans.Settle(ctx, c.by(), l.ID, loans.Method(method), iban)
		if err != nil {
			return err
		}
		return c.done(balanceOut(l, b), nl.T(words.LoancliSettled, "device", l.Device, "refunded", euro(b.Refunded), "withheld", euro(b.Withheld), "owed", euro(b.Owed)))
	})
	return cmd
}

// loanCount writes down what came into the drawer of an owner today: what is in it now less what was in it in the
// morning.
func (c *cli) loanCount() *cobra.Command {
	var organisation, note, morning string
	cmd := &cobra.Command{Use: "count BEDRAG", Short: nl.T(words.LoancliCount), Args: takes(1, 1)}
	cmd.Flags().StringVar(&organisation, "organisation", "", nl.T(words.LoancliFlagOwner))
	cmd.Flags().StringVar(&morning, "morning", "0", nl.T(words.LoancliFlagMorning))
	cmd.Flags().StringVar(&note, "note", "", nl.T(words.LoancliFlagDifference))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, args []string) error {
		now, err := data.ParseEuro(args[0])
		if err != nil {
			return err
		}
		began, err := data.ParseEuro(morning)
		if err != nil {
			return err
		}
		o, err := h.organisationNamed(ctx, organisation)
		if err != nil {
			return err
		}
		count, err := h.loans.CountCash(ctx, c.by(), o.ID, now-began, note)
		if err != nil {
			return err
		}
		return c.done(map[string]any{"organisation": o.Name, "counted_cents": count.Counted, "expected_cents": count.Expected},
			nl.T(words.LoancliCounted, "name", o.Name, "counted", euro(count.Counted), "expected", euro(count.Expected)))
	})
	return cmd
}
