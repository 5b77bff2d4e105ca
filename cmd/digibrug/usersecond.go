package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// secondFactor is how a second factor stands, as --json prints it.
type secondFactor struct {
	Login   string     `json:"login"`
	On      bool       `json:"on"`
	Since   *time.Time `json:"since,omitempty"`
	Left    int        `json:"recovery_left"`
	Stopped bool       `json:"stopped"`
	Must    bool       `json:"must"`
}

func (c *cli) userSecond() *cobra.Command {
	cmd := &cobra.Command{Use: "second LOGIN", Short: nl.T(words.CliUserSecond), Args: takes(1, 1)}
	drop := cmd.Flags().Bool("drop", false, nl.T(words.CliFlagSecondDrop))
	cmd.RunE = c.onAccount(func(ctx context.Context, h *house, a data.Account, _ []string) error {
		if *drop {
			if err := h.accounts.DropSecond(ctx, c.by(), a.Login); err != nil {
				return err
			}
		}
		f, err := h.accounts.SecondOf(ctx, c.by(), a.Login)
		if err != nil {
			return err
		}
		if c.json {
			out := secondFactor{Login: a.Login, On: f.On(), Left: f.Left, Stopped: f.Stopped, Must: f.Must}
			if f.On() {
				out.Since = &f.Since
			}
			return c.printJSON(out)
		}
		if *drop {
			return c.say(nl.T(words.CliSecondDropped, "login", a.Login))
		}
		return c.say(secondSentence(a.Login, f))
	})
	return cmd
}

func secondSentence(login string, f data.SecondFactor) string {
	switch {
	case f.Stopped:
		return nl.T(words.CliSecondStopped, "login", login, "n", f.Left)
	case f.On():
		return nl.T(words.CliSecondOn, "login", login, "day", words.ShortDay(words.NL, f.Since), "n", f.Left)
	case f.Must:
		return nl.T(words.CliSecondMissing, "login", login)
	}
	return nl.T(words.CliSecondOff, "login", login)
}

// session is a log-in as --json prints it.
type session struct {
	ID        string     `json:"id"`
	Method    string     `json:"method"`
	From      string     `json:"from"`
	StartedAt time.Time  `json:"started_at"`
	SeenAt    time.Time  `json:"seen_at"`
	EndedAt   *time.Time `json:"ended_at,omitempty"`
}

func (c *cli) userSessions() *cobra.Command {
	cmd := &cobra.Command{Use: "sessions LOGIN", Short: nl.T(words.CliUserSessions), Args: takes(1, 1)}
	id := cmd.Flags().String("end", "", nl.T(words.CliFlagSessionEnd))
	all := cmd.Flags().Bool("all", false, nl.T(words.CliFlagSessionAll))
	cmd.PreRunE = func(cmd *cobra.Command, _ []string) error {
		if *all && *id != "" {
			return misused(cmd, nl.T(words.CliSessionsOr))
		}
		return nil
	}
	cmd.RunE = c.onAccount(func(ctx context.Context, h *house, a data.Account, _ []string) error {
		store := data.NewSessions(h.db)
		switch {
		case *all:
			n, err := store.EndAll(ctx, c.by(), a.Login, "")
			if err != nil {
				return err
			}
			return c.done(map[string]any{"login": a.Login, "ended": n}, nl.T(words.CliSessionsEnded, "login", a.Login, "n", n))
		case *id != "":
			return c.endSession(ctx, store, a.Login, *id)
		}
		return c.listSessions(ctx, store, a.Login)
	})
	return cmd
}

// endSession ends one session of an account; another's is none of it.
func (c *cli) endSession(ctx context.Context, store *data.Sessions, login, id string) error {
	known, err := store.Of(ctx, c.by(), login)
	if err != nil {
		return err
	}
	for _, s := range known {
		if s.ID == id {
			if err := store.End(ctx, c.by(), id); err != nil {
				return err
			}
			return c.done(map[string]any{"login": login, "ended": 1}, nl.T(words.CliSessionsEnded, "login", login, "n", 1))
		}
	}
	return missing(fmt.Errorf("session %s: %w", data.Clean(id, 40), data.ErrNotFound), nl.T(words.CliNoSession, "login", login, "id", id))
}

func (c *cli) listSessions(ctx context.Context, store *data.Sessions, login string) error {
	all, err := store.Of(ctx, c.by(), login)
	if err != nil {
		return err
	}
	if c.json {
		out := []session{}
		for _, s := range all {
			one := session{s.ID, s.Method, s.From, s.StartedAt, s.SeenAt, nil}
			if !s.Open() {
				one.EndedAt = &s.EndedAt
			}
			out = append(out, one)
		}
		return c.printJSON(out)
	}
	rows := [][]string{{nl.T(words.CliColSession), nl.T(words.CliColBegun), nl.T(words.CliColSeen), nl.T(words.CliColAddress), nl.T(words.CliColMethod), ""}}
	for _, s := range all {
		state := ""
		if s.Open() {
			state = nl.T(words.CliSessionOpen)
		}
		rows = append(rows, []string{s.ID, momentOf(s.StartedAt), momentOf(s.SeenAt), s.From, s.Method, state})
	}
	return c.table(rows)
}

// momentOf writes an instant shortly.
func momentOf(at time.Time) string {
	return words.ShortDay(words.NL, at) + " " + words.Clock(words.NL, at)
}

// second warns of accounts whose role asks for a second factor and that have none.
func (d *doctor) second(ctx context.Context, h *house) {
	logins, err := h.accounts.SecondMissing(ctx, d.c.by())
	switch {
	case err != nil:
		d.must("second", err, "")
	case len(logins) == 0:
		d.note("second", fine, nl.T(words.CliDoctorSecond))
	default:
		d.note("second", heed, nl.T(words.CliDoctorSecondMissing, "n", len(logins), "logins", strings.Join(logins[:min(len(logins), 5)], ", ")))
	}
}
