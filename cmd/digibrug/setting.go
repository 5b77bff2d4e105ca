package main

import (
	"context"
	"digibrug/data"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) settingCommand() *cobra.Command {
	return c.group("setting", words.CliSetting, c.settingList(), c.settingSet())
}

func (c *cli) settingList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: nl.T(words.CliSettingList), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			values := map[string]string{}
			rows := [][]string{{nl.T(words.CliColSetting), nl.T(words.CliColValue)}}
			for _, known := range data.KnownSettings() {
				value, err := h.settings.Get(ctx, known.Key, known.Fallback)
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
		})}
}

func (c *cli) settingSet() *cobra.Command {
	return &cobra.Command{Use: "set NAAM WAARDE", Short: nl.T(words.CliSettingSet), Args: takes(2, 2),
		RunE: c.inHouse(func(ctx context.Context, h *house, args []string) error {
			if err := h.settings.Set(ctx, c.by(), data.Setting(args[0]), args[1]); err != nil {
				return err
			}
			return c.done(map[string]any{args[0]: args[1]}, nl.T(words.CliSettingDone, "name", args[0], "value", args[1]))
		})}
}
