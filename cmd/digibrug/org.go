package main

import (
	"context"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) orgCommand() *cobra.Command {
	return c.group("org", words.OrgCli, c.orgList(), c.orgAdd(), c.orgService(), c.orgRename(), c.orgClose(), c.orgHead(), c.orgStandin(),
		c.orgPeople(), c.orgJoin(), c.orgLeave())
}

// branch is a service as --json prints it.
type branch struct {
	ID           string   `json:"id"`
	Organisation string   `json:"organisation"`
	Cluster      string   `json:"cluster,omitempty"`
	IsCluster    bool     `json:"is_cluster,omitempty"`
	Name         string   `json:"name"`
	Head         string   `json:"head,omitempty"`
	Standins     []string `json:"standins,omitempty"`
	People       int      `json:"people"`
	ClosedOn     string   `json:"closed_on,omitempty"`
}

func (c *cli) orgList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: nl.T(words.OrgCliList), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			tree, err := h.people.Tree(ctx, c.by())
			if err != nil {
				return err
			}
			out := []branch{}
			rows := [][]string{{nl.T(words.OrgColService), nl.T(words.OrgColHead), nl.T(words.OrgColStandins), nl.T(words.OrgColPeople), nl.T(words.OrgColClosed)}}
			organisation := ""
			for _, b := range tree {
				if b.Organisation != organisation {
					organisation = b.Organisation
					rows = append(rows, []string{organisation, "", "", "", ""})
				}
				one := branchOf(b)
				out = append(out, one)
				closed := ""
				if b.ClosedOn != "" {
					closed = dayText(b.ClosedOn)
				}
				indent := strings.Repeat("  ", 1+min(1, len(b.Cluster)))
				rows = append(rows, []string{indent + b.Name, b.Head.Name, strings.Join(one.Standins, ", "), peopleIn(b), closed})
			}
			if c.json {
				return c.printJSON(out)
			}
			return c.table(rows)
		})}
}

func peopleIn(b data.Branch) string {
	if b.IsCluster {
		return ""
	}
	return words.Number(words.NL, float64(b.People), 0)
}

func branchOf(b data.Branch) branch {
	one := branch{b.ID, b.Organisation, b.Cluster, b.IsCluster, b.Name, b.Head.Name, nil, b.People, b.ClosedOn}
	for _, s := range b.Standins {
		one.Standins = append(one.Standins, s.Name)
	}
	return one
}

func (c *cli) orgAdd() *cobra.Command {
	var kind string
	cmd := &cobra.Command{Use: "add NAAM", Short: nl.T(words.OrgCliAdd), Args: takes(1, 1)}
	cmd.Flags().StringVar(&kind, "kind", "", nl.T(words.OrgCliFlagKind))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, args []string) error {
		o, err := h.people.AddOrganisation(ctx, c.by(), data.OrganisationKind(data.SortKey(kind)), args[0])
		if err != nil {
			return err
		}
		return c.done(map[string]any{"id": o.ID, "name": o.Name, "kind": o.Kind}, nl.T(words.OrgCliAdded, "name", o.Name))
	})
	return cmd
}

// orgService is org service: a new service or cluster.
func (c *cli) orgService() *cobra.Command {
	var organisation, cluster string
	var isCluster bool
	cmd := &cobra.Command{Use: "service NAAM", Short: nl.T(words.OrgCliService), Args: takes(1, 1)}
	cmd.Flags().StringVar(&organisation, "organisation", "", nl.T(words.OrgCliFlagOrganisation))
	cmd.Flags().StringVar(&cluster, "under", "", nl.T(words.OrgCliFlagUnder))
	cmd.Flags().BoolVar(&isCluster, "cluster", false, nl.T(words.OrgCliFlagCluster))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, args []string) error {
		s := data.Service{Name: args[0], IsCluster: isCluster}
		if cluster != "" {
			above, err := h.branchNamed(ctx, c, cluster)
			if err != nil {
				return err
			}
			s.ClusterID, s.OrganisationID = above.ID, above.OrganisationID
		} else {
			o, err := h.organisationNamed(ctx, organisation)
			if err != nil {
				return err
			}
			s.OrganisationID = o.ID
		}
		added, err := h.people.AddService(ctx, c.by(), s)
		if err != nil {
			return err
		}
		return c.done(map[string]any{"id": added.ID, "name": added.Name}, nl.T(words.OrgCliAdded, "name", added.Name))
	})
	return cmd
}

// organisationNamed finds an organisation by name; the only one needs none.
func (h *house) organisationNamed(ctx context.Context, text string) (data.Organisation, error) {
	all, err := h.people.Organisations(ctx)
	if err != nil {
		return data.Organisation{}, err
	}
	var names []string
	for _, o := range all {
		if data.SortKey(o.Name) == data.SortKey(text) || text == "" && len(all) == 1 {
			return o, nil
		}
		names = append(names, o.Name)
	}
	return data.Organisation{}, failed(data.ErrNotFound, nl.T(words.OrgCliWhichOrganisation, "known", strings.Join(names, ", ")))
}

// branchNamed finds a service or cluster by id, name, or organisation and name.
func (h *house) branchNamed(ctx context.Context, c *cli, text string) (data.Branch, error) {
	tree, err := h.people.Tree(ctx, c.by())
	if err != nil {
		return data.Branch{}, err
	}
	var found []data.Branch
	var known []string
	for _, b := range tree {
		full := b.Organisation + "/" + b.Name
		known = append(known, full)
		if b.ID == text || data.SortKey(b.Name) == data.SortKey(text) || data.SortKey(full) == data.SortKey(text) {
			found = append(found, b)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) == 0:
		return data.Branch{}, failed(data.ErrNotFound, nl.T(words.CliNoService, "name", text, "known", strings.Join(known, ", ")))
	}
	return data.Branch{}, failed(nil, nl.T(words.CliTwoServices, "name", text, "known", found[0].Organisation+"/"+found[0].Name+", "+found[1].Organisation+"/"+found[1].Name))
}

func (c *cli) orgRename() *cobra.Command {
	var under string
	var alone bool
	cmd := &cobra.Command{Use: "rename DIENST [NAAM]", Short: nl.T(words.OrgCliRename), Args: takes(1, 2)}
	cmd.Flags().StringVar(&under, "under", "", nl.T(words.OrgCliFlagUnder))
	cmd.Flags().BoolVar(&alone, "alone", false, nl.T(words.OrgCliFlagAlone))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, args []string) error {
		b, err := h.branchNamed(ctx, c, args[0])
		if err != nil {
			return err
		}
		name, cluster := b.Name, b.ClusterID
		if len(args) == 2 {
			name = args[1]
		}
		if under != "" {
			above, err := h.branchNamed(ctx, c, under)
			if err != nil {
				return err
			}
			cluster = above.ID
		} else if alone {
			cluster = ""
		}
		if err := h.people.ChangeService(ctx, c.by(), b.ID, name, cluster); err != nil {
			return err
		}
		return c.done(map[string]any{"id": b.ID, "name": name}, nl.T(words.OrgCliChanged, "name", name))
	})
	return cmd
}

func (c *cli) orgClose() *cobra.Command {
	var day string
	cmd := &cobra.Command{Use: "close DIENST", Short: nl.T(words.OrgCliClose), Args: takes(1, 1)}
	cmd.Flags().StringVar(&day, "on", "", nl.T(words.OrgCliFlagOn))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, args []string) error {
		b, err := h.branchNamed(ctx, c, args[0])
		if err != nil {
			return err
		}
		if day = isoDay(day); day == "" {
			day = h.db.Today()
		}
		if err := h.people.Close(ctx, c.by(), b.ID, day); err != nil {
			return err
		}
		return c.done(map[string]any{"id": b.ID, "closed_on": day}, nl.T(words.OrgCliClosed, "name", b.Name, "day", dayText(day)))
	})
	return cmd
}

func (c *cli) orgHead() *cobra.Command {
	var none bool
	cmd := &cobra.Command{Use: "head DIENST [PERSOON]", Short: nl.T(words.OrgCliHead), Args: takes(1, 2)}
	cmd.Flags().BoolVar(&none, "none", false, nl.T(words.OrgCliFlagNone))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if none == (len(args) == 2) {
			return misused(cmd, nl.T(words.OrgCliWhoHead))
		}
		return c.inHouse(func(ctx context.Context, h *house, args []string) error {
			b, err := h.branchNamed(ctx, c, args[0])
			if err != nil {
				return err
			}
			who := data.PersonRow{}
			if !none {
				if who, err = h.people.PersonNamed(ctx, c.by(), args[1]); err != nil {
					return err
				}
			}
			if err := h.people.SetHead(ctx, c.by(), b.ID, who.ID); err != nil {
				return err
			}
			said := nl.T(words.OrgCliHeadSet, "name", who.Name, "service", b.Name)
			if none {
				said = nl.T(words.OrgCliHeadNone, "service", b.Name)
			}
			return c.done(map[string]any{"id": b.ID, "head": who.Name}, said)
		})(cmd, args)
	}
	return cmd
}

func (c *cli) orgStandin() *cobra.Command {
	var from, until string
	var drop bool
	cmd := &cobra.Command{Use: "standin DIENST PERSOON", Short: nl.T(words.OrgCliStandin), Args: takes(2, 2)}
	cmd.Flags().StringVar(&from, "from", "", nl.T(words.OrgCliFlagFrom))
	cmd.Flags().StringVar(&until, "until", "", nl.T(words.OrgCliFlagUntil))
	cmd.Flags().BoolVar(&drop, "drop", false, nl.T(words.OrgCliFlagDrop))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, args []string) error {
		b, err := h.branchNamed(ctx, c, args[0])
		if err != nil {
			return err
		}
		if drop {
			at := slices.IndexFunc(b.Standins, func(l data.Leader) bool {
				return l.Login == data.SortKey(args[1]) || data.SortKey(l.Name) == data.SortKey(args[1])
			})
			if at < 0 {
				return failed(data.ErrNotFound, nl.T(words.OrgCliNoStandin, "name", args[1], "service", b.Name))
			}
			if err := h.people.DropStandIn(ctx, c.by(), b.ID, b.Standins[at].PersonID); err != nil {
				return err
			}
			return c.done(map[string]any{"id": b.ID, "dropped": b.Standins[at].Name}, nl.T(words.OrgCliDropped, "name", b.Standins[at].Name, "service", b.Name))
		}
		who, err := h.people.PersonNamed(ctx, c.by(), args[1])
		if err != nil {
			return err
		}
		s := data.Standin{ServiceID: b.ID, PersonID: who.ID, From: isoDay(from), Until: isoDay(until)}
		if s.From == "" {
			s.From = h.db.Today()
		}
		if err := h.people.StandIn(ctx, c.by(), s); err != nil {
			return err
		}
		return c.done(map[string]any{"id": b.ID, "standin": who.Name, "from": s.From, "until": s.Until},
			nl.T(words.OrgCliStandinSet, "name", who.Name, "service", b.Name, "day", dayText(s.From)))
	})
	return cmd
}
