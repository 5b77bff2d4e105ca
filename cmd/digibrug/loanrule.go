package main

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/loans"
	rules "digibrug/tui/regulation"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// preset is what loan preset was given for the six questions; what isn't given is as usual.
type preset struct {
	loans.Answers
	deposit, location, organisation, days, name string
	free                                        []string
	late                                        string
	again                                       bool
}

func (c *cli) loanPreset() *cobra.Command {
	p := preset{Answers: loans.Usual()}
	for _, one := range p.Free {
		p.free = append(p.free, string(one))
	}
	cmd := &cobra.Command{Use: "preset", Short: nl.T(words.RulecliPreset), Long: nl.T(words.RulecliPresetLong), Args: takes(0, 0)}
	f := cmd.Flags()
	f.StringVar(&p.What, "type", p.What, nl.T(words.RulecliFlagType))
	f.StringSliceVar(&p.Accessories, "with", p.Accessories, nl.T(words.RulecliFlagWith))
	f.Int64Var(&p.Weeks, "weeks", p.Weeks, nl.T(words.RulecliFlagWeeks))
	f.Int64Var(&p.Renewals, "renewals", p.Renewals, nl.T(words.RulecliFlagRenewals))
	f.Int64Var(&p.PerPerson, "per-person", p.PerPerson, nl.T(words.RulecliFlagPerson))
	f.Int64Var(&p.PerHousehold, "per-household", p.PerHousehold, nl.T(words.RulecliFlagHousehold))
	f.StringVar(&p.deposit, "deposit", strconv.FormatInt(p.DepositCents/100, 10), nl.T(words.RulecliFlagDeposit))
	f.StringSliceVar(&p.free, "free", p.free, nl.T(words.RulecliFlagFree, "known", listOf(payers())))
	f.BoolVar(&p.Cash, "cash", p.Cash, nl.T(words.RulecliFlagCash))
	f.StringVar(&p.location, "location", "", nl.T(words.RulecliFlagLocation))
	f.StringVar(&p.organisation, "organisation", "", nl.T(words.RulecliFlagOrganisation))
	f.StringVar(&p.days, "days", "ma-vr", nl.T(words.RulecliFlagDays))
	f.StringVar(&p.Hours, "hours", p.Hours, nl.T(words.RulecliFlagHours))
	f.StringVar(&p.late, "late", string(p.Late), nl.T(words.RulecliFlagLate, "known", listOf(loans.LatePolicies())))
	f.StringVar(&p.name, "name", nl.T(words.LoanruleFirstName), nl.T(words.RulecliFlagName))
	f.BoolVar(&p.again, "again", false, nl.T(words.RulecliFlagAgain))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, _ []string) error {
		if err := p.read(ctx, h); err != nil {
			return err
		}
		made, err := h.loans.OpenDesk(ctx, c.by(), p.Answers, p.name, p.again)
		if err != nil {
			return refused(err)
		}
		return c.done(map[string]any{"id": made.Version.ID, "name": made.Version.Name, "from": made.Version.From, "type": made.Type.Name, "kind": made.Type.Kind},
			nl.T(words.RulecliPresetDone, "name", made.Version.Name, "day", dayText(made.Version.From), "type", made.Type.Name))
	})
	return cmd
}

// refused names the flag of the answer that the register refuses, or the one that takes the place of a regulation that is
// there.
func refused(err error) error {
	var bad *data.Invalid
	switch {
	case !errors.As(err, &bad):
		return err
	case bad.Why == loans.WhyVersionThere:
		return failed(err, nl.T(words.RulecliThere, "day", dayText(bad.Want)))
	}
	flag := map[string]string{"weeks": "--weeks", "renewals": "--renewals", "deposit": "--deposit", "per_person": "--per-person", "per_household": "--per-household", "type": "--type",
		"accessories": "--with", "free": "--free", "late": "--late", "days": "--days", "hours": "--hours", "regulation": "--name", "location": "--location", "name": "--location"}[bad.Field]
	if flag == "" {
		return err
	}
	return flagged(err, flag)
}

// listOf joins codes for the help of a flag.
func listOf[T ~string](all []T) string {
	var names []string
	for _, one := range all {
		names = append(names, string(one))
	}
	return strings.Join(names, ", ")
}

// payers are who can be asked no deposit; what clients pay, a tariff of the OCMW says.
func payers() []loans.Category {
	return slices.DeleteFunc(loans.Categories(), func(c loans.Category) bool { return c == loans.Client })
}

// read turns the flags into answers, and finds the location.
func (p *preset) read(ctx context.Context, h *house) (err error) {
	if p.DepositCents, err = data.ParseEuro(p.deposit); err != nil {
		return flagged(err, "--deposit")
	}
	p.Late, p.Free = loans.LatePolicy(p.late), nil
	if !slices.Contains(loans.LatePolicies(), p.Late) {
		return &data.Invalid{Field: "--late", Why: data.WhyNotOneOf, Want: listOf(loans.LatePolicies()), Got: data.Clean(p.late, 20)}
	}
	for _, one := range p.free {
		c := loans.Category(one)
		if !slices.Contains(payers(), c) {
			return &data.Invalid{Field: "--free", Why: data.WhyNotOneOf, Want: listOf(payers()), Got: data.Clean(one, 20)}
		}
		p.Free = append(p.Free, c)
	}
	if p.Days, err = words.ReadWeekdays(p.days); err != nil {
		return flagged(err, "--days")
	}
	switch {
	case strings.TrimSpace(p.Hours) == "":
		return &data.Invalid{Field: "--hours", Why: data.WhyEmpty}
	case strings.TrimSpace(p.name) == "":
		return &data.Invalid{Field: "--name", Why: data.WhyEmpty}
	}
	return p.place(ctx, h)
}

// place finds where the desk is; where there is no location at all, the name and the organisation are of a new one.
func (p *preset) place(ctx context.Context, h *house) error {
	all, err := h.calendar.Locations(ctx)
	switch {
	case err != nil:
		return err
	case len(all) != 1 && p.location == "":
		return &data.Invalid{Field: "--location", Why: data.WhyEmpty}
	case len(all) == 0:
		owner, err := h.organisationNamed(ctx, p.organisation)
		p.Place, p.OrganisationID = p.location, owner.ID
		return err
	case len(all) == 1 && p.location == "":
		p.LocationID = all[0].ID
		return nil
	}
	at, err := h.locationNamed(ctx, p.location)
	p.LocationID = at.ID
	return err
}

func (c *cli) loanRegulation() *cobra.Command {
	return c.group("regulation", words.RulecliRegulation, c.loanRegulationShow())
}

// ruleFigure is a figure as --json prints it.
type ruleFigure struct {
	Article  int            `json:"article"`
	Figure   loans.Param    `json:"figure"`
	Category loans.Category `json:"category,omitempty"`
	Type     string         `json:"type,omitempty"`
	Value    int64          `json:"value"`
	Text     string         `json:"text"`
}

func (c *cli) loanRegulationShow() *cobra.Command {
	return &cobra.Command{Use: "show", Short: nl.T(words.RulecliShow), Long: nl.T(words.RulecliShowLong), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			all, err := h.loans.Versions(ctx, c.by())
			if err != nil {
				return err
			}
			types, err := h.loans.Types(ctx, c.by())
			if err != nil {
				return err
			}
			v := loans.Version{Regulation: loans.ModelRegulation()}
			for _, one := range all {
				if one.From <= h.db.Today() {
					v = one
				}
			}
			return c.showRules(v, types)
		})}
}

// showRules prints the figures of a version, one a line.
func (c *cli) showRules(v loans.Version, types []loans.Type) error {
	names := map[string]string{}
	for _, t := range types {
		names[t.ID] = t.Name
	}
	out := []ruleFigure{}
	rows := [][]string{{nl.T(words.LoanruleColArticle), nl.T(words.LoanruleColFigure), nl.T(words.LoanruleColFor), nl.T(words.LoanruleColType), nl.T(words.LoanruleColNow)}}
	for _, l := range rules.Lines(words.NL, v) {
		out = append(out, ruleFigure{l.Article, l.Param, l.Cell.Category, names[l.Cell.Device], l.Value, l.Text})
		rows = append(rows, []string{strconv.Itoa(l.Article), l.Figure, l.Category, names[l.Cell.Device], l.Text})
	}
	if c.json {
		return c.printJSON(map[string]any{"id": v.ID, "name": v.Name, "from": v.From, "figures": out})
	}
	head := nl.T(words.LoanruleHolds, "name", v.Name, "day", dayText(v.From))
	if v.ID == "" {
		head = nl.T(words.LoanruleHoldsModel)
	}
	if err := c.say(head); err != nil {
		return err
	}
	return c.table(rows)
}
