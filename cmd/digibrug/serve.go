package main

import (
	"fmt"
	"maps"
	"net"
	"os"

	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) serveCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "serve", Short: nl.T(words.CliServe), Long: nl.T(words.CliServeLong), Args: takes(0, 0)}
	addr := cmd.Flags().String("listen", "", nl.T(words.CliServeListen))
	files := cmd.Flags().String("files-listen", "", nl.T(words.FilesFlagListen))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		options := given(cmd, "listen", "screens.listen", *addr)
		maps.Copy(options, given(cmd, "files-listen", "files.listen", *files))
		cfg, err := c.configureReady(options)
		if err != nil {
			return err
		}
		return serveDoors(cmd.Context(), cfg, cfg.logger(c.err), func(_ *house, at reached) error {
			return c.ready(cfg, at)
		})
	}
	return cmd
}

// ready tells where to come in.
func (c *cli) ready(cfg Config, at reached) error {
	if c.json {
		doc := map[string]any{"screens": at.screens, "dir": cfg.Data}
		if len(at.doors) > 1 {
			doc["doors"] = at.doors
		}
		if at.files != "" {
			doc["files"] = at.files
		}
		return c.printJSON(doc)
	}
	if err := c.say(nl.T(words.CliServeReady, "addr", at.screens, "line", sshLine(cfg.Listen, at.screens, "voornaam.naam"))); err != nil {
		return err
	}
	if len(at.doors) > 1 {
		for _, d := range at.doors {
			if err := c.say(nl.T(words.KioskPCServeDoor, "addr", d.Address, "kinds", kindsInWords(d.Admits))); err != nil {
				return err
			}
		}
	}
	if at.files == "" {
		return nil
	}
	return c.say(nl.T(words.FilesReady, "line", sftpLine(cfg.FilesListen, at.files, "voornaam.naam")))
}

// given is a flag as configure takes it, when it was given.
func given(cmd *cobra.Command, flag, option, value string) map[string]string {
	if !cmd.Flags().Changed(flag) {
		return map[string]string{}
	}
	return map[string]string{option: value}
}

// sshLine is what to type to come in. A door that listens everywhere is reached by the machine's name.
func sshLine(configured, screens, login string) string {
	host, port := hostPort(configured, screens)
	return fmt.Sprintf("ssh -p %s %s@%s", port, login, host)
}

// hostPort takes an address apart, for a line that people type.
func hostPort(configured, addr string) (host, port string) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return addr, "22" // no listener gives such an address
	}
	if asked, _, err := net.SplitHostPort(configured); err == nil && asked == "" {
		if name, err := os.Hostname(); err == nil {
			host = name
		}
	}
	return host, port
}
