package main

import (
	"context"
	"strings"

	"digibrug/data"
	"digibrug/tui/server"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
	gossh "golang.org/x/crypto/ssh"
)

// newHouse is what init makes.
type newHouse struct {
	Dir         string `json:"dir"`
	Place       string `json:"place,omitempty"`
	Login       string `json:"login"`
	Password    string `json:"password"`
	Fingerprint string `json:"fingerprint"`       // of the host key
	Files       string `json:"files_fingerprint"` // of the host key of the files door

	given, family string
}

func (c *cli) initCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "init", Short: nl.T(words.CliInit), Long: nl.T(words.CliInitLong), Args: takes(0, 0)}
	place := cmd.Flags().String("place", "", nl.T(words.CliInitPlace))
	admin := cmd.Flags().String("admin", "", nl.T(words.CliInitAdmin))
	name := cmd.Flags().String("name", "", nl.T(words.CliInitName))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		n := newHouse{Place: data.Clean(*place, 80), Password: data.NewPassword()}
		if err := n.call(*admin, *name); err != nil {
			return err
		}
		if err := c.initialise(cmd.Context(), &n); err != nil {
			return err
		}
		if c.json {
			return c.printJSON(n)
		}
		return c.say(nl.T(words.CliInitDone, "dir", n.Dir, "login", n.Login, "password", n.Password, "fingerprint", n.Fingerprint, "files", n.Files))
	}
	return cmd
}

// call names the first administrator: by name, by log-in name, or by both.
func (n *newHouse) call(login, name string) (err error) {
	switch {
	case name == "" && login == "":
		name = "ICT Beheerder"
	case name == "":
		name = nameOf(login)
	}
	if n.given, n.family, err = splitName(name); err != nil {
		return err
	}
	if login == "" {
		login = data.LoginFor(n.given, n.family)
	}
	n.Login, err = data.ParseLogin(login)
	return err
}

// splitName takes the first word as the given name and the rest as the family name: "Jan van den Broeck".
func splitName(name string) (given, family string, err error) {
	given, family, _ = strings.Cut(data.Clean(name, 160), " ")
	if given == "" || family == "" {
		return "", "", &data.Invalid{Field: "name", Why: WhyFullName, Got: data.Clean(name, 60)}
	}
	return given, family, nil
}

// WhyFullName says that a given name and a family name are needed, with a space between.
const WhyFullName data.Why = "config.full_name"

// nameOf makes a name of a log-in name: jan.peeters is Jan Peeters.
func nameOf(login string) string {
	parts := strings.FieldsFunc(login, func(r rune) bool { return strings.ContainsRune("._-", r) })
	for i, p := range parts {
		parts[i] = strings.ToUpper(p[:1]) + p[1:]
	}
	if len(parts) == 1 {
		parts = append(parts, "Beheerder")
	}
	return strings.Join(parts, " ")
}

// initialise makes the data directory and all that is in it. When a step fails, what this run made goes.
func (c *cli) initialise(ctx context.Context, n *newHouse) (err error) {
	cfg, err := c.configure(nil)
	if err != nil {
		return err
	}
	if err := unused(cfg); err != nil {
		return err
	}
	var made traces
	defer func() {
		if err != nil {
			made.undo()
		}
	}()
	if err := made.dir(cfg.Data); err != nil {
		return err
	}
	key, err := server.MakeHostKey(cfg.path(cfg.Key))
	if err != nil {
		return err
	}
	made.note(cfg.path(cfg.Key))
	files, err := server.MakeHostKey(cfg.path(cfg.FilesKey))
	if err != nil {
		return err
	}
	made.note(cfg.path(cfg.FilesKey))
	made.database(cfg)
	if err := c.settle(ctx, cfg, *n); err != nil {
		return err
	}
	n.Dir, n.Fingerprint = cfg.Data, gossh.FingerprintSHA256(key.PublicKey())
	n.Files = gossh.FingerprintSHA256(files.PublicKey())
	return data.WriteNew(cfg.path(configName), []byte(cfg.fileText())) // last: who has this file, has been initialised
}

// settle fills a new database with the two organisations, the ICT service and the first administrator.
// On PostgreSQL an earlier try may have left a part of it: what is there is used.
func (c *cli) settle(ctx context.Context, cfg Config, n newHouse) (err error) {
	h, err := openNew(ctx, cfg, quietLog(c.err))
	if err != nil {
		return err
	}
	defer h.leave(&err)
	by := c.by()
	if accounts, err := h.accounts.List(ctx, by); err != nil {
		return err
	} else if len(accounts) > 0 {
		return failed(nil, nl.T(words.CliInitTaken))
	}
	if n.Place != "" {
		if err := h.settings.Set(ctx, by, data.SettingPlace, n.Place); err != nil {
			return err
		}
	}
	gemeente, err := h.organisation(ctx, by, data.Gemeente, "Gemeente "+n.Place)
	if err != nil {
		return err
	}
	if _, err := h.organisation(ctx, by, data.OCMW, "OCMW "+n.Place); err != nil {
		return err
	}
	ict, err := h.ictService(ctx, by, gemeente.ID)
	if err != nil {
		return err
	}
	_, err = h.accounts.AddWithPerson(ctx, by, n.given, n.family,
		data.Employment{ServiceID: ict.ID, Job: "ICT-verantwoordelijke", From: h.db.Today()},
		data.NewAccount{Login: n.Login, Password: n.Password, Roles: []data.Role{data.RoleStaff, data.RoleICT}})
	return err
}

func (h *house) organisation(ctx context.Context, by data.Actor, kind data.OrganisationKind, name string) (data.Organisation, error) {
	known, err := h.people.Organisations(ctx)
	if err != nil {
		return data.Organisation{}, err
	}
	for _, o := range known {
		if o.Kind == kind {
			return o, nil
		}
	}
	return h.people.AddOrganisation(ctx, by, kind, name)
}

func (h *house) ictService(ctx context.Context, by data.Actor, organisation string) (data.Service, error) {
	known, err := h.people.Services(ctx)
	if err != nil {
		return data.Service{}, err
	}
	for _, s := range known {
		if s.Name == "ICT" && s.OrganisationID == organisation {
			return s, nil
		}
	}
	return h.people.AddService(ctx, by, data.Service{OrganisationID: organisation, Name: "ICT"})
}
