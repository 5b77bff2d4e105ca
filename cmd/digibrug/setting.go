package main

import (
	"digibrug/data"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) settingCommand() *cobra.Command {
	return c.group("setting", words.CliSetting, c.settingList(), c.settingSet())
}

func (c *cli) settingList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: nl.T(words.CliSettingList), Args: takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			h, err := c.enter(cmd.Context())
			if err != nil {
				return err
			}
			defer h.leave(&err)
			values := map[string]string{}
			rows := [][]string{{nl.T(words.CliColSetting), nl.T(words.CliColValue)}}
			for _, known := range data.KnownSettings() {
				value, err := h.settings.Get(cmd.Context(), known.Key, known.Fallback)
				if err != nil {
					return err
				}
				values[string(known.Key)] = value
				rows = append(rows, []string{string(known.Key), value})
			}
			if c.json {
				return c.printJSON(values)
			}
			return c.table(rows)
		}}
}

func (c *cli) settingSet() *cobra.Command {
	return &cobra.Command{Use: "set NAAM WAARDE", Short: nl.T(words.CliSettingSet), Args: takes(2, 2),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			h, err := c.enter(cmd.Context())
			if err != nil {
				return err
			}
			defer h.leave(&err)
			if err := h.settings.Set(cmd.Context(), c.by(), data.Setting(args[0]), args[1]); err != nil {
				return err
			}
			return c.done(map[string]any{args[0]: args[1]}, nl.T(words.CliSettingDone, "name", args[0], "value", args[1]))
		}}
}
