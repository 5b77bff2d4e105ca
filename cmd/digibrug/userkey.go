package main

import (
	"context"
	"io"
	"os"

	"digibrug/data"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) userKey() *cobra.Command {
	return c.group("key", words.CliUserKey, c.keyAdd(), c.keyList(), c.keyRemove())
}

func (c *cli) keyAdd() *cobra.Command {
	return &cobra.Command{Use: "add LOGIN BESTAND|-", Short: nl.T(words.CliKeyAdd), Args: takes(2, 2),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			line, err := c.readKey(args[1])
			if err != nil {
				return err
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
			k, err := h.accounts.AddKey(cmd.Context(), c.by(), a.Login, line)
			if err != nil {
				return err
			}
			return c.done(map[string]any{"login": a.Login, "fingerprint": k.Fingerprint, "type": k.Type, "label": k.Label},
				nl.T(words.CliKeyAdded, "login", a.Login, "fingerprint", k.Fingerprint))
		}}
}

// maxKey is the size in bytes above which a file is surely no public key.
const maxKey = 16 << 10

func (c *cli) readKey(name string) (line string, err error) {
	from := c.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return "", err
		}
		defer f.Close()
		from = f
	}
	text, err := io.ReadAll(io.LimitReader(from, maxKey+1))
	if err == nil && len(text) > maxKey {
		err = &data.Invalid{Field: "key", Why: data.WhyKeyForm}
	}
	return string(text), err
}

func (c *cli) keyList() *cobra.Command {
	return &cobra.Command{Use: "list LOGIN", Short: nl.T(words.CliKeyList), Args: takes(1, 1),
		RunE: c.onAccount(func(ctx context.Context, h *house, a data.Account, _ []string) error {
			keys, err := h.accounts.KeysOf(ctx, c.by(), a.Login)
			if err != nil {
				return err
			}
			if c.json {
				out := []map[string]string{}
				for _, k := range keys {
					out = append(out, map[string]string{"fingerprint": k.Fingerprint, "type": k.Type, "label": k.Label})
				}
				return c.printJSON(out)
			}
			rows := [][]string{{nl.T(words.CliColFingerprint), nl.T(words.CliColType), nl.T(words.CliColLabel), nl.T(words.CliColUsed)}}
			for _, k := range keys {
				used := "-"
				if !k.UsedAt.IsZero() {
					used = words.ShortDay(words.NL, k.UsedAt)
				}
				rows = append(rows, []string{k.Fingerprint, k.Type, k.Label, used})
			}
			return c.table(rows)
		})}
}

func (c *cli) keyRemove() *cobra.Command {
	return &cobra.Command{Use: "remove LOGIN VINGERAFDRUK", Short: nl.T(words.CliKeyRemove), Args: takes(2, 2),
		RunE: c.onAccount(func(ctx context.Context, h *house, a data.Account, args []string) error {
			if err := h.accounts.RemoveKey(ctx, c.by(), a.Login, args[1]); err != nil {
				return missing(err, nl.T(words.CliNoKey, "login", a.Login, "fingerprint", args[1]))
			}
			return c.done(map[string]any{"login": a.Login, "fingerprint": args[1]}, nl.T(words.CliKeyRemoved, "login", a.Login))
		})}
}
