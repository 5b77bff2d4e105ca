package main

import (
	"context"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) auditCommand() *cobra.Command {
	return c.group("audit", words.CliAudit, c.auditVerify())
}

func (c *cli) auditVerify() *cobra.Command {
	return &cobra.Command{Use: "verify", Short: nl.T(words.CliAuditVerify), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			rows, err := h.db.VerifyAudit(ctx)
			if err != nil {
				return err
			}
			return c.done(map[string]any{"rows": rows, "whole": true}, nl.T(words.CliAuditGood, "n", rows))
		})}
}
