package main

import (
	"context"
	"errors"
	"strings"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) loanCommand() *cobra.Command {
	return c.group("loan", words.LoanCli, c.loanType(), c.loanDevice(), c.loanMove(), c.loanBorrower(), c.loanLend(), c.loanRenew(), c.loanReturn(), c.loanUndo(),
		c.loanBook(), c.loanCancel(), c.loanWait(), c.loanRemind(), c.loanPay(), c.loanSettle(), c.loanCount(), c.loanLabels(), c.loanContract(), c.loanNoodblad(), c.loanToday(), c.loanCheck(),
		c.loanPreset(), c.loanRegulation())
}

func (c *cli) loanType() *cobra.Command {
	var accessories []string
	cmd := &cobra.Command{Use: "type NAAM", Short: nl.T(words.LoanCliType), Args: takes(1, 1)}
	cmd.Flags().StringArrayVar(&accessories, "with", nil, nl.T(words.LoanCliFlagWith))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, args []string) error {
		t := loans.Type{Name: args[0]}
		for _, name := range accessories {
			t.Accessories = append(t.Accessories, loans.Accessory{Name: name})
		}
		t, err := h.loans.PutType(ctx, c.by(), t)
		if err != nil {
			return err
		}
		return c.done(map[string]any{"id": t.ID, "name": t.Name, "kind": t.Kind}, nl.T(words.LoanCliTypeAdded, "name", t.Name, "kind", t.Kind))
	})
	return cmd
}

// newDevice is what loan device was given.
type newDevice struct{ kind, name, serial, location string }

func (c *cli) loanDevice() *cobra.Command {
	var n newDevice
	cmd := &cobra.Command{Use: "device", Short: nl.T(words.LoanCliDevice), Args: takes(0, 0)}
	f := cmd.Flags()
	f.StringVar(&n.kind, "type", "", nl.T(words.LoanCliFlagType))
	f.StringVar(&n.name, "name", "", nl.T(words.LoanCliFlagName))
	f.StringVar(&n.serial, "serial", "", nl.T(words.LoanCliFlagSerial))
	f.StringVar(&n.location, "location", "", nl.T(words.LoanCliFlagLocation))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "type", "location"); err != nil {
			return err
		}
		return c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			kind, err := c.typeNamed(ctx, h, n.kind)
			if err != nil {
				return err
			}
			at, err := h.locationNamed(ctx, n.location)
			if err != nil {
				return err
			}
			d, err := h.loans.AddDevice(ctx, c.by(), loans.Device{TypeID: kind.ID, Name: n.name, Serial: n.serial, Accessories: kind.Accessories,
				OrganisationID: at.OrganisationID, LocationID: at.ID})
			if err != nil {
				return err
			}
			return c.done(map[string]any{"id": d.ID, "number": d.Number, "name": d.Name, "state": d.State}, nl.T(words.LoanCliDeviceAdded, "name", d.Called(), "number", d.Number.Show()))
		})(cmd, args)
	}
	return cmd
}

func (c *cli) typeNamed(ctx context.Context, h *house, name string) (loans.Type, error) {
	all, err := h.loans.Types(ctx, c.by())
	if err != nil {
		return loans.Type{}, err
	}
	var known []string
	for _, t := range all {
		if data.SortKey(t.Name) == data.SortKey(name) {
			return t, nil
		}
		known = append(known, t.Name)
	}
	return loans.Type{}, &data.Invalid{Field: "type", Why: data.WhyNotOneOf, Want: strings.Join(known, ", "), Got: data.Clean(name, 40)}
}

// deviceNamed finds a device by number or name.
func (c *cli) deviceNamed(ctx context.Context, h *house, code string) (*loans.DeviceCard, error) {
	found, err := h.loans.Find(ctx, c.by(), code)
	if err == nil && found.Device == nil {
		err = &data.Invalid{Field: "code", Why: loans.WhyCode, Got: data.Clean(code, 40)}
	}
	return found.Device, err
}

func (c *cli) loanMove() *cobra.Command {
	var p loans.Proof
	cmd := &cobra.Command{Use: "move TOESTEL STAND", Short: nl.T(words.LoanCliMove), Long: nl.T(words.LoanCliMoveLong, "states", loanStates()), Args: takes(2, 2)}
	f := cmd.Flags()
	f.StringVar(&p.Method, "method", "", nl.T(words.LoanCliFlagMethod))
	f.BoolVar(&p.Tested, "tested", false, nl.T(words.LoanCliFlagTested))
	f.StringVar(&p.Report, "report", "", nl.T(words.LoanCliFlagReport))
	f.StringVar(&p.Note, "note", "", nl.T(words.LoanCliFlagNote))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, args []string) error {
		d, err := c.deviceNamed(ctx, h, args[0])
		if err != nil {
			return err
		}
		to, err := loans.ParseState(args[1])
		if err != nil {
			return err
		}
		if err := h.loans.Move(ctx, c.by(), d.ID, to, p); err != nil {
			return err
		}
		return c.done(map[string]any{"id": d.ID, "state": to}, nl.T(words.LoanCliMoved, "name", d.Called(), "state", nl.T(words.LoanState(string(to)))))
	})
	return cmd
}

func loanStates() string {
	var all []string
	for _, s := range loans.States() {
		all = append(all, string(s))
	}
	return strings.Join(all, ", ")
}

func (c *cli) loanBorrower() *cobra.Command {
	b := loans.Borrower{Category: loans.Citizen}
	var name, category string
	cmd := &cobra.Command{Use: "borrower", Short: nl.T(words.LoanCliBorrower), Args: takes(0, 0)}
	f := cmd.Flags()
	f.StringVar(&name, "name", "", nl.T(words.OrgCliFlagName))
	f.StringVar(&category, "category", string(loans.Citizen), nl.T(words.LoanCliFlagCategory))
	f.StringVar(&b.Phone, "phone", "", nl.T(words.LoanCliFlagPhone))
	f.StringVar(&b.Mail, "mail", "", nl.T(words.LoanCliFlagMail))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "name"); err != nil {
			return err
		}
		return c.inHouse(func(ctx context.Context, h *house, _ []string) (err error) {
			if b.Given, b.Family, err = splitName(name); err != nil {
				return err
			}
			b.Category = loans.Category(category)
			put, err := h.loans.PutBorrower(ctx, c.by(), b)
			if err != nil {
				return err
			}
			return c.done(map[string]any{"id": put.ID, "number": put.Number, "name": put.Name()}, nl.T(words.LoanCliBorrowerAdded, "name", put.Name(), "number", put.Number.Show()))
		})(cmd, args)
	}
	return cmd
}

func (c *cli) loanLend() *cobra.Command {
	return &cobra.Command{Use: "lend TOESTEL ONTLENER", Short: nl.T(words.LoanCliLend), Args: takes(2, 2),
		RunE: c.inHouse(func(ctx context.Context, h *house, args []string) error {
			d, err := c.deviceNamed(ctx, h, args[0])
			if err != nil {
				return err
			}
			who, err := c.borrowerNamed(ctx, h, args[1])
			if err != nil {
				return err
			}
			l, err := h.loans.Lend(ctx, c.by(), loans.LendAsk{Device: d.ID, Borrower: who})
			if err != nil {
				return refusal(err)
			}
			return c.done(map[string]any{"loan": l.ID, "contract": l.Contract, "due_on": l.DueOn}, nl.T(words.LoanCliLent, "device", l.Device, "name", l.Borrower, "day", dayText(l.DueOn)))
		})}
}

// borrowerNamed finds a borrower by the number of the card, or by a name that only one has.
func (c *cli) borrowerNamed(ctx context.Context, h *house, text string) (id string, err error) {
	if _, bad := loans.ParseNumber(text); bad == nil {
		found, err := h.loans.Find(ctx, c.by(), text)
		if err == nil && found.Borrower == nil {
			err = &data.Invalid{Field: "code", Why: loans.WhyCode, Got: data.Clean(text, 40)}
		}
		if err != nil {
			return "", err
		}
		return found.Borrower.ID, nil
	}
	all, err := h.loans.Search(ctx, c.by(), text)
	switch {
	case err != nil:
		return "", err
	case len(all) == 1:
		return all[0].ID, nil
	case len(all) == 0:
		return "", failed(data.ErrNotFound, nl.T(words.LoanCliNoBorrower, "name", text))
	}
	return "", failed(nil, nl.T(words.LoanCliTwoBorrowers, "name", text))
}

// refusal tells every reason why something is not lent.
func refusal(err error) error {
	var refused *loans.RefusedError
	if !errors.As(err, &refused) {
		return err
	}
	var reasons []string
	for _, r := range refused.All {
		reasons = append(reasons, sentence(r.Invalid("device")))
	}
	return failed(err, strings.Join(reasons, " "))
}

func (c *cli) loanReturn() *cobra.Command {
	var missing []string
	cmd := &cobra.Command{Use: "return TOESTEL", Short: nl.T(words.LoanCliReturn), Args: takes(1, 1)}
	cmd.Flags().StringArrayVar(&missing, "missing", nil, nl.T(words.LoanCliFlagMissing))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, args []string) error {
		d, err := c.deviceNamed(ctx, h, args[0])
		if err != nil {
			return err
		}
		r, err := h.loans.Return(ctx, c.by(), loans.ReturnAsk{Device: d.ID, Missing: missing})
		if err != nil {
			return err
		}
		said := nl.T(words.LoanCliReturned, "device", d.Called())
		if r.Already {
			said = nl.T(words.LoanCliAlready, "device", d.Called())
		}
		return c.done(map[string]any{"device": d.ID, "already": r.Already, "late_days": r.Loan.LateDays, "fine_cents": r.Fine}, said)
	})
	return cmd
}
