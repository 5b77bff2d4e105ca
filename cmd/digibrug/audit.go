package main

import (
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) auditCommand() *cobra.Command {
	return c.group("audit", words.CliAudit, c.auditVerify())
}

func (c *cli) auditVerify() *cobra.Command {
	return &cobra.Command{Use: "verify", Short: nl.T(words.CliAuditVerify), Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			h, err := c.enter(cmd.Context())
			if err != nil {
				return err
			}
			defer h.leave(&err)
			rows, err := h.db.VerifyAudit(cmd.Context())
			if err != nil {
				return err
			}
			return c.done(map[string]any{"rows": rows, "whole": true}, nl.T(words.CliAuditGood, "n", rows))
		}}
}
