package main

import (
	"context"
	"time"

	"digibrug/data"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// roleChange is what user role was given.
type roleChange struct{ grant, revoke, from, until string }

func (c *cli) userRole() *cobra.Command {
	var r roleChange
	cmd := &cobra.Command{Use: "role LOGIN", Short: nl.T(words.CliUserRole), Args: takes(1, 1)}
	cmd.Flags().StringVar(&r.grant, "grant", "", nl.T(words.CliFlagGrant, "roles", knownRoles()))
	cmd.Flags().StringVar(&r.revoke, "revoke", "", nl.T(words.CliFlagRevoke))
	cmd.Flags().StringVar(&r.from, "from", "", nl.T(words.CliFlagFrom))
	cmd.Flags().StringVar(&r.until, "until", "", nl.T(words.CliFlagUntil))
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		if (r.grant == "") == (r.revoke == "") {
			return misused(cmd, nl.T(words.CliGrantOrRevoke))
		}
		h, err := c.enter(cmd.Context())
		if err != nil {
			return err
		}
		defer h.leave(&err)
		a, err := c.find(cmd.Context(), h, args[0])
		if err != nil {
			return err
		}
		if r.grant != "" {
			return c.grant(cmd.Context(), h, a.Login, r)
		}
		return c.revoke(cmd.Context(), h, a.Login, r.revoke)
	}
	return cmd
}

func (c *cli) grant(ctx context.Context, h *house, login string, r roleChange) error {
	role, err := parseRole(r.grant)
	if err != nil {
		return err
	}
	from, until := isoDay(r.from), isoDay(r.until)
	if err := h.accounts.Grant(ctx, c.by(), login, role, from, until); err != nil {
		return err
	}
	said := nl.T(words.CliGranted, "login", login, "role", words.RoleName(words.NL, role))
	if from > h.db.Today() {
		said = nl.T(words.CliGrantedSoon, "login", login, "role", words.RoleName(words.NL, role), "day", dayText(from))
	}
	return c.done(map[string]any{"login": login, "granted": role, "from": from, "until": until}, said)
}

func (c *cli) revoke(ctx context.Context, h *house, login, code string) error {
	role, err := parseRole(code)
	if err != nil {
		return err
	}
	name := words.RoleName(words.NL, role)
	if err := h.accounts.Revoke(ctx, c.by(), login, role); err != nil {
		return missing(err, nl.T(words.CliNoRole, "login", login, "role", name))
	}
	return c.done(map[string]any{"login": login, "revoked": role}, nl.T(words.CliRevoked, "login", login, "role", name))
}

// isoDay gives YYYY-MM-DD for a day as people write it, 23/11/2026 or 23-11-2026. What is no day stays
// as it is: the store refuses it.
func isoDay(s string) string {
	for _, layout := range []string{"2/1/2006", "2-1-2006"} {
		if day, err := time.Parse(layout, s); err == nil {
			return day.Format(data.DayLayout)
		}
	}
	return s
}
