package main

import (
	"fmt"
	"net"
	"os"

	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) serveCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "serve", Short: nl.T(words.CliServe), Long: nl.T(words.CliServeLong), Args: takes(0, 0)}
	addr := cmd.Flags().String("listen", "", nl.T(words.CliServeListen))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		cfg, err := c.configureReady(given(cmd, "listen", "screens.listen", *addr))
		if err != nil {
			return err
		}
		return serveScreens(cmd.Context(), cfg, cfg.logger(c.err), func(_ *house, screens string) error {
			if c.json {
				return c.printJSON(map[string]string{"screens": screens, "dir": cfg.Data})
			}
			return c.say(nl.T(words.CliServeReady, "addr", screens, "line", sshLine(cfg.Listen, screens, "voornaam.naam")))
		})
	}
	return cmd
}

// given is a flag as configure takes it, when it was given.
func given(cmd *cobra.Command, flag, option, value string) map[string]string {
	if !cmd.Flags().Changed(flag) {
		return nil
	}
	return map[string]string{option: value}
}

// sshLine is what to type to come in. A door that listens everywhere is reached by the machine's name.
func sshLine(configured, screens, login string) string {
	host, port, err := net.SplitHostPort(screens)
	if err != nil {
		return "ssh " + login + "@" + screens
	}
	if asked, _, err := net.SplitHostPort(configured); err == nil && asked == "" {
		if name, err := os.Hostname(); err == nil {
			host = name
		}
	}
	return fmt.Sprintf("ssh -p %s %s@%s", port, login, host)
}
