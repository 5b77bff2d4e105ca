package main

import (
	"runtime"
	"runtime/debug"

	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// version is what this binary was built from.
type version struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

func versionOf() version {
	v := version{Version: "(devel)", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if info.Main.Version != "" {
		v.Version = info.Main.Version
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			v.Revision = s.Value
		}
	}
	return v
}

func (c *cli) versionCommand() *cobra.Command {
	return &cobra.Command{Use: "version", Short: nl.T(words.CliVersion), Args: takes(0, 0),
		RunE: func(*cobra.Command, []string) error {
			v := versionOf()
			if c.json {
				return c.printJSON(v)
			}
			return c.say("digibrug " + v.Version + ", " + v.Go + ", " + v.Platform)
		}}
}
