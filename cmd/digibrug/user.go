package main

import (
	"bufio"
	"context"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"digibrug/data"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) userCommand() *cobra.Command {
	return c.group("user", words.CliUser, c.userAdd(), c.userList(), c.userPasswd(), c.userUnlock(), c.userKey(),
		c.userSwitch("disable", words.CliUserDisable, words.CliUserDisabled, true),
		c.userSwitch("enable", words.CliUserEnable, words.CliUserEnabled, false), c.userRole(), c.userSecond(), c.userSessions())
}

// account is an account as --json prints it.
type account struct {
	Login      string      `json:"login"`
	Name       string      `json:"name"`
	Service    string      `json:"service,omitempty"`
	Roles      []data.Role `json:"roles"`
	Disabled   bool        `json:"disabled"`
	Password   bool        `json:"has_password"`
	MustChange bool        `json:"must_change"`
	Keys       int         `json:"keys"`
	EnteredAt  *time.Time  `json:"entered_at,omitempty"`
}

func accountOf(a data.Account) account {
	out := account{Login: a.Login, Name: a.Person, Service: a.Service, Roles: append([]data.Role{}, a.Roles...), Disabled: a.Disabled,
		Password: a.HasPassword, MustChange: a.MustChange, Keys: a.Keys}
	if !a.EnteredAt.IsZero() {
		out.EnteredAt = &a.EnteredAt
	}
	return out
}

func (c *cli) userList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: nl.T(words.CliUserList), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			all, err := h.accounts.List(ctx, c.by())
			if err != nil {
				return err
			}
			if c.json {
				out := []account{}
				for _, a := range all {
					out = append(out, accountOf(a))
				}
				return c.printJSON(out)
			}
			own, err := h.settings.Titles(ctx)
			if err != nil {
				return err
			}
			rows := [][]string{{nl.T(words.CliColLogin), nl.T(words.CliColName), nl.T(words.CliColService), nl.T(words.CliColRoles), nl.T(words.CliColEntered), ""}}
			for _, a := range all {
				rows = append(rows, []string{a.Login, a.Person, a.Service, roleNames(own, a.Roles), enteredOn(a), accountNote(a)})
			}
			return c.table(rows)
		})}
}

func roleNames(own words.Titles, roles []data.Role) string {
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = own.Of(words.NL, r)
	}
	return strings.Join(names, ", ")
}

func enteredOn(a data.Account) string {
	if a.EnteredAt.IsZero() {
		return "-"
	}
	return words.ShortDay(words.NL, a.EnteredAt)
}

func accountNote(a data.Account) string {
	switch {
	case a.Disabled:
		return nl.T(words.CliNoteDisabled)
	case !a.HasPassword && a.Keys == 0:
		return nl.T(words.CliNoteNoWay)
	case a.MustChange:
		return nl.T(words.CliNoteMustChange)
	}
	return ""
}

// table writes rows in columns. A row may be shorter than others and have empty cells at its end: the columns stay where
// they are below and above it.
func (c *cli) table(rows [][]string) error {
	wide := 0
	for _, row := range rows {
		wide = max(wide, len(row))
	}
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		// Every cell but the last of the widest row ends in a tab: a tabwriter ends a column where one is missing.
		if _, err := io.WriteString(w, strings.Join(row, "\t")+strings.Repeat("\t", wide-len(row))+"\n"); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for line := range strings.Lines(b.String()) {
		if _, err := io.WriteString(c.out, strings.TrimRight(line, " \n")+"\n"); err != nil {
			return err
		}
	}
	return nil
}

func (c *cli) userPasswd() *cobra.Command {
	cmd := &cobra.Command{Use: "passwd LOGIN", Short: nl.T(words.CliUserPasswd), Args: takes(1, 1)}
	typed := cmd.Flags().Bool("password-stdin", false, nl.T(words.CliFlagStdin))
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		h, err := c.enter(cmd.Context())
		if err != nil {
			return err
		}
		defer h.leave(&err)
		a, err := c.find(cmd.Context(), h, args[0])
		if err != nil {
			return err
		}
		password, err := c.password(*typed)
		if err != nil {
			return err
		}
		if err := h.accounts.SetPassword(cmd.Context(), c.by(), a.Login, password); err != nil {
			return err
		}
		return c.tellPassword(a.Login, password, *typed, words.CliPasswordSet)
	}
	return cmd
}

// password is what stdin has, or a new one.
func (c *cli) password(typed bool) (string, error) {
	if !typed {
		return data.NewPassword(), nil
	}
	line, err := bufio.NewReader(io.LimitReader(c.in, data.PasswordMax+2)).ReadString('\n')
	if err != nil && err != io.EOF {
		return "", err
	}
	if line = strings.TrimRight(line, "\r\n"); line == "" {
		return "", &data.Invalid{Field: "password", Why: data.WhyEmpty}
	}
	return line, nil
}

// tellPassword says that something was done, and once what the password is, unless the caller knew it.
func (c *cli) tellPassword(login, password string, typed bool, done words.Key) error {
	if c.json {
		out := map[string]string{"login": login}
		if !typed {
			out["password"] = password
		}
		return c.printJSON(out)
	}
	if err := c.say(nl.T(done, "login", login)); err != nil || typed {
		return err
	}
	return c.say(nl.T(words.CliPasswordOnce, "password", password))
}

// find gives an account, or a sentence with its name.
func (c *cli) find(ctx context.Context, h *house, login string) (data.Account, error) {
	a, err := h.accounts.Find(ctx, c.by(), login)
	if err != nil {
		return a, missing(err, nl.T(words.CliNoAccount, "login", login))
	}
	return a, nil
}

func (c *cli) userSwitch(use string, short, done words.Key, disabled bool) *cobra.Command {
	return &cobra.Command{Use: use + " LOGIN", Short: nl.T(short), Args: takes(1, 1),
		RunE: c.onAccount(func(ctx context.Context, h *house, a data.Account, _ []string) error {
			if err := h.accounts.SetDisabled(ctx, c.by(), a.Login, disabled); err != nil {
				return err
			}
			return c.done(map[string]any{"login": a.Login, "disabled": disabled}, nl.T(done, "login", a.Login))
		})}
}

func (c *cli) userUnlock() *cobra.Command {
	return &cobra.Command{Use: "unlock LOGIN", Short: nl.T(words.CliUserUnlock), Args: takes(1, 1),
		RunE: c.onAccount(func(ctx context.Context, h *house, a data.Account, _ []string) error {
			if err := h.accounts.Unlock(ctx, c.by(), a.Login); err != nil {
				return err
			}
			return c.done(map[string]any{"login": a.Login, "unlocked": true}, nl.T(words.CliUserUnlocked, "login", a.Login))
		})}
}

// done says that something was done, as JSON or as a sentence.
func (c *cli) done(doc map[string]any, text string) error {
	if c.json {
		return c.printJSON(doc)
	}
	return c.say(text)
}
