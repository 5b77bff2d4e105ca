package main

import (
	"context"
	"strings"

	"digibrug/data"
	"digibrug/data/staffing"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// worker is who works here as --json prints it.
type worker struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Services []string `json:"services"`
	Login    string   `json:"login,omitempty"`
}

func (c *cli) orgPeople() *cobra.Command {
	return &cobra.Command{Use: "people [ZOEK]", Short: nl.T(words.OrgCliPeople), Args: takes(0, -1),
		RunE: c.inHouse(func(ctx context.Context, h *house, args []string) error {
			all, err := h.people.Persons(ctx, c.by(), strings.Join(args, " "))
			if err != nil {
				return err
			}
			out := []worker{}
			rows := [][]string{{nl.T(words.OrgColName), nl.T(words.OrgColService), nl.T(words.OrgColLogin)}}
			for _, one := range all {
				out = append(out, worker{one.ID, one.Name, one.Services, one.Login})
				rows = append(rows, []string{one.Name, strings.Join(one.Services, ", "), one.Login})
			}
			switch {
			case c.json:
				return c.printJSON(out)
			case len(all) == 0:
				return c.say(nl.T(words.OrgCliNobody))
			}
			return c.table(rows)
		})}
}

// orgJoin is org join: somebody who comes to work here.
func (c *cli) orgJoin() *cobra.Command {
	var n staffing.Joiner
	var name, service, from, until string
	var percent float64
	var again bool
	cmd := &cobra.Command{Use: "join", Short: nl.T(words.OrgCliJoin), Args: takes(0, 0)}
	f := cmd.Flags()
	f.StringVar(&name, "name", "", nl.T(words.OrgCliFlagName))
	f.StringVar(&service, "service", "", nl.T(words.OrgCliFlagService))
	f.StringVar(&n.Employment.Job, "job", "", nl.T(words.OrgCliFlagJob))
	f.StringVar(&n.Person.Number, "number", "", nl.T(words.OrgCliFlagNumber))
	f.StringVar(&n.Employment.Employer, "employer", "", nl.T(words.OrgCliFlagEmployer))
	f.Float64Var(&percent, "percent", 100, nl.T(words.OrgCliFlagPercent))
	f.StringVar(&from, "from", "", nl.T(words.OrgCliFlagFrom))
	f.StringVar(&until, "until", "", nl.T(words.OrgCliFlagUntil))
	f.BoolVar(&again, "namesake", false, nl.T(words.OrgCliFlagNamesake))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "name", "service"); err != nil {
			return err
		}
		return c.inHouse(func(ctx context.Context, h *house, _ []string) (err error) {
			if n.Person.Given, n.Person.Family, err = splitName(name); err != nil {
				return err
			}
			s, err := h.serviceNamed(ctx, service)
			if err != nil {
				return err
			}
			known, err := h.staffing.Namesakes(ctx, c.by(), n.Person.Given, n.Person.Family)
			if err != nil {
				return err
			}
			if len(known) > 0 && !again {
				return failed(nil, nl.T(words.OrgCliNamesake, "name", known[0].Name()))
			}
			n.Employment.ServiceID, n.Employment.From, n.Employment.Until = s.ID, isoDay(from), isoDay(until)
			n.Employment.Fraction = int(percent*data.FullTime/100 + 0.5)
			if n.Employment.From == "" {
				n.Employment.From = h.db.Today()
			}
			got, err := h.staffing.Join(ctx, c.by(), n)
			if err != nil {
				return err
			}
			return c.done(map[string]any{"person": got.Person.ID, "employment": got.EmploymentID, "from": got.Day},
				nl.T(words.StaffingJoined, "name", got.Person.Name(), "day", dayText(got.Day)))
		})(cmd, args)
	}
	return cmd
}

// orgLeave is org leave: somebody whose work here ends.
func (c *cli) orgLeave() *cobra.Command {
	var day, service string
	cmd := &cobra.Command{Use: "leave PERSOON", Short: nl.T(words.OrgCliLeave), Args: takes(1, 1)}
	cmd.Flags().StringVar(&day, "last-day", "", nl.T(words.OrgCliFlagLast))
	cmd.Flags().StringVar(&service, "service", "", nl.T(words.OrgCliFlagLeaveService))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, args []string) error {
		who, err := h.people.PersonNamed(ctx, c.by(), strings.TrimSpace(args[0]+" "+service))
		if err != nil {
			return err
		}
		work, err := h.staffing.Working(ctx, c.by())
		if err != nil {
			return err
		}
		var ends []staffing.Work
		for _, w := range work {
			if w.Person.ID == who.ID && (service == "" || data.SortKey(w.Service) == data.SortKey(service)) {
				ends = append(ends, w)
			}
		}
		switch {
		case len(ends) == 0:
			return failed(data.ErrNotFound, nl.T(words.OrgCliNotThere, "name", who.Name))
		case len(ends) > 1:
			return failed(nil, nl.T(words.OrgCliWhichWork, "name", who.Name))
		}
		if day = isoDay(day); day == "" {
			day = h.db.Today()
		}
		got, err := h.staffing.Leave(ctx, c.by(), ends[0].EmploymentID, day)
		if err != nil {
			return err
		}
		return c.done(map[string]any{"person": who.ID, "employment": got.EmploymentID, "last_day": got.Day, "other_work": got.Other},
			nl.T(words.OrgCliLeft, "name", who.Name, "day", dayText(got.Day)))
	})
	return cmd
}
