package main

import (
	"cmp"
	"context"

	"digibrug/data/calendar"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// calendarAddress is calendar location address: where a location is.
func (c *cli) calendarAddress() *cobra.Command {
	cmd := &cobra.Command{Use: "address LOCATIE", Short: nl.T(words.AddressCli), Long: nl.T(words.AddressCliLong), Args: takes(1, 1)}
	var a calendar.Address
	flags := cmd.Flags()
	flags.StringVar(&a.Street, "street", "", nl.T(words.AddressStreet))
	flags.StringVar(&a.Postcode, "postcode", "", nl.T(words.AddressPostcode))
	flags.StringVar(&a.Town, "town", "", nl.T(words.AddressTown))
	set := c.onLocation(func(ctx context.Context, h *house, l calendar.Location, _ []string) error {
		now := l
		for name, part := range map[string]struct{ to, from *string }{"street": {&now.Address.Street, &a.Street}, "postcode": {&now.Address.Postcode, &a.Postcode}, "town": {&now.Address.Town, &a.Town}} {
			if flags.Changed(name) {
				*part.to = *part.from
			}
		}
		if err := h.calendar.ChangeLocation(ctx, c.by(), l, now); err != nil {
			return err
		}
		return c.done(map[string]any{"id": l.ID, "name": l.Name, "address": now.Address.String()}, nl.T(words.AddressSet, "name", l.Name, "address", cmp.Or(now.Address.String(), "-")))
	})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if !flags.Changed("street") && !flags.Changed("postcode") && !flags.Changed("town") {
			return misused(cmd, nl.T(words.AddressNothing))
		}
		return set(cmd, args)
	}
	return cmd
}
