package main

import (
	"context"
	"errors"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// newcomer is what user add was given.
type newcomer struct {
	login, name, service, job string
	roles                     []string
	typed                     bool // the password comes from stdin
}

func (c *cli) userAdd() *cobra.Command {
	var n newcomer
	cmd := &cobra.Command{Use: "add LOGIN", Short: nl.T(words.CliUserAdd), Long: nl.T(words.CliUserAddLong), Args: takes(1, 1)}
	cmd.Flags().StringVar(&n.name, "name", "", nl.T(words.CliFlagName))
	cmd.Flags().StringVar(&n.service, "service", "", nl.T(words.CliFlagService))
	cmd.Flags().StringVar(&n.job, "job", "", nl.T(words.CliFlagJob))
	cmd.Flags().StringArrayVar(&n.roles, "role", []string{string(data.RoleStaff)}, nl.T(words.CliFlagRole, "roles", knownRoles()))
	cmd.Flags().BoolVar(&n.typed, "password-stdin", false, nl.T(words.CliFlagStdin))
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if err := needs(cmd, "name", "service"); err != nil {
			return err
		}
		h, err := c.enter(cmd.Context())
		if err != nil {
			return err
		}
		defer h.leave(&err)
		n.login = args[0]
		return c.addUser(cmd.Context(), h, n)
	}
	return cmd
}

func knownRoles() string {
	var names []string
	for _, r := range data.Roles() {
		names = append(names, string(r))
	}
	return strings.Join(names, ", ")
}

// addUser adds the person and the account, both or neither.
func (c *cli) addUser(ctx context.Context, h *house, n newcomer) error {
	given, family, err := splitName(n.name)
	if err != nil {
		return err
	}
	var roles []data.Role
	for _, code := range n.roles {
		r, err := parseRole(code)
		if err != nil {
			return err
		}
		roles = append(roles, r)
	}
	service, err := h.serviceNamed(ctx, n.service)
	if err != nil {
		return err
	}
	password, err := c.password(n.typed)
	if err != nil {
		return err
	}
	account, err := h.accounts.AddWithPerson(ctx, c.by(), given, family, data.Employment{ServiceID: service.ID, Job: n.job, From: h.db.Today()},
		data.NewAccount{Login: n.login, Password: password, Roles: roles})
	if err != nil {
		return err
	}
	return c.tellPassword(account.Login, password, n.typed, words.CliUserAdded)
}

// parseRole finds a role by its code or its Dutch name.
func parseRole(s string) (data.Role, error) {
	for _, r := range data.Roles() {
		if data.SortKey(s) == data.SortKey(words.RoleName(words.NL, r)) {
			return r, nil
		}
	}
	r, err := data.ParseRole(s)
	var bad *data.Invalid
	if errors.As(err, &bad) {
		bad.Want = knownRoles()
	}
	return r, err
}

// missing puts a sentence on an ErrNotFound and leaves other errors as they are.
func missing(err error, text string) error {
	if errors.Is(err, data.ErrNotFound) {
		return failed(err, text)
	}
	return err
}

// place is a service with the name of its organisation, as people write it when the service's name alone
// would not do: "OCMW Zandwerve/Personeel".
type place struct {
	data.Service
	organisation string
}

func (p place) full() string { return p.organisation + "/" + p.Name }

func (h *house) places(ctx context.Context) ([]place, error) {
	organisations, err := h.people.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, o := range organisations {
		names[o.ID] = o.Name
	}
	services, err := h.people.Services(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]place, len(services))
	for i, s := range services {
		all[i] = place{s, names[s.OrganisationID]}
	}
	return all, nil
}

// serviceNamed finds a service where people work (no cluster) by id, by name, or by organisation and name.
func (h *house) serviceNamed(ctx context.Context, text string) (data.Service, error) {
	all, err := h.places(ctx)
	if err != nil {
		return data.Service{}, err
	}
	all = slices.DeleteFunc(all, func(p place) bool { return p.IsCluster })
	found := named(all, text)
	switch len(found) {
	case 1:
		return found[0].Service, nil
	case 0:
		return data.Service{}, failed(data.ErrNotFound, nl.T(words.CliNoService, "name", text, "known", fullNames(all)))
	}
	return data.Service{}, failed(nil, nl.T(words.CliTwoServices, "name", text, "known", fullNames(found)))
}

func named(all []place, text string) (found []place) {
	key := data.SortKey(text)
	for _, p := range all {
		if p.ID == text || data.SortKey(p.Name) == key || data.SortKey(p.full()) == key {
			found = append(found, p)
		}
	}
	return found
}

func fullNames(all []place) string {
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.full()
	}
	return strings.Join(names, ", ")
}
