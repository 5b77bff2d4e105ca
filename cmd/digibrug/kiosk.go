package main

import (
	"context"
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) kioskCommand() *cobra.Command {
	return c.group("kiosk", words.KioskPCCli, c.kioskAdd(), c.kioskList(), c.kioskKey(),
		c.kioskSwitch("disable", words.KioskPCCliDisable, words.KioskPCDisabled, true),
		c.kioskSwitch("enable", words.KioskPCCliEnable, words.KioskPCEnabled, false))
}

// kioskPC is a kiosk as --json prints it. KeyFile and SSH are there only where a key was just made.
type kioskPC struct {
	Name        string         `json:"name"`
	Kind        data.KioskKind `json:"type"`
	Location    string         `json:"location"`
	Fingerprint string         `json:"fingerprint"`
	Disabled    bool           `json:"disabled"`
	SeenAt      *time.Time     `json:"seen_at,omitempty"`
	KeyFile     string         `json:"key_file,omitempty"`
	SSH         string         `json:"ssh,omitempty"`
}

func kioskOf(k data.Kiosk) kioskPC {
	out := kioskPC{Name: k.Name, Kind: k.Kind, Location: k.Location, Fingerprint: k.Fingerprint, Disabled: k.Disabled}
	if !k.SeenAt.IsZero() {
		out.SeenAt = &k.SeenAt
	}
	return out
}

func (c *cli) kioskList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: nl.T(words.KioskPCCliList), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			all, err := h.kiosks.List(ctx, c.by())
			if err != nil {
				return err
			}
			if c.json {
				out := []kioskPC{}
				for _, k := range all {
					out = append(out, kioskOf(k))
				}
				return c.printJSON(out)
			}
			if len(all) == 0 {
				return c.say(nl.T(words.KioskPCNone))
			}
			var head []string
			for _, column := range []words.Key{words.KioskPCColName, words.KioskPCColKind, words.KioskPCColPlace, words.KioskPCColSeen, words.CliColFingerprint} {
				head = append(head, strings.ToUpper(nl.T(column)))
			}
			rows := [][]string{head}
			for _, k := range all {
				seen, note := "-", ""
				if !k.SeenAt.IsZero() {
					seen = words.ShortDay(words.NL, k.SeenAt) + " " + words.Clock(words.NL, k.SeenAt)
				}
				if k.Disabled {
					note = nl.T(words.KioskPCStateClosed)
				}
				rows = append(rows, []string{k.Name, nl.T(words.KioskKind(k.Kind)), k.Location, seen, k.Fingerprint, note})
			}
			return c.table(rows)
		})}
}

func (c *cli) kioskSwitch(use string, short, done words.Key, disabled bool) *cobra.Command {
	return &cobra.Command{Use: use + " NAAM", Short: nl.T(short), Args: takes(1, 1),
		RunE: c.inHouse(func(ctx context.Context, h *house, args []string) error {
			k, err := h.kiosks.SetDisabled(ctx, c.by(), args[0], disabled)
			if err != nil {
				return missing(err, nl.T(words.KioskPCUnknown, "name", args[0]))
			}
			return c.done(map[string]any{"name": k.Name, "disabled": k.Disabled}, nl.T(done, "name", k.Name))
		})}
}

// locationNamed finds a location by id, by name, or by organisation and name: "OCMW Zandwerve/Bibliotheek".
func (h *house) locationNamed(ctx context.Context, text string) (calendar.Location, error) {
	all, err := h.calendar.Locations(ctx)
	if err != nil {
		return calendar.Location{}, err
	}
	organisations, err := h.people.Organisations(ctx)
	if err != nil {
		return calendar.Location{}, err
	}
	full := func(l calendar.Location) string {
		at := slices.IndexFunc(organisations, func(o data.Organisation) bool { return o.ID == l.OrganisationID })
		if at < 0 {
			return l.Name
		}
		return organisations[at].Name + "/" + l.Name
	}
	names := func(some []calendar.Location) string {
		list := make([]string, len(some))
		for i, l := range some {
			list[i] = full(l)
		}
		return strings.Join(list, ", ")
	}
	key, found := data.SortKey(text), []calendar.Location{}
	for _, l := range all {
		if l.ID == text || data.SortKey(l.Name) == key || data.SortKey(full(l)) == key {
			found = append(found, l)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return calendar.Location{}, failed(nil, nl.T(words.KioskPCTwoPlaces, "name", text, "known", names(found)))
	case len(all) == 0:
		return calendar.Location{}, failed(data.ErrNotFound, nl.T(words.KioskPCNoPlaces))
	}
	return calendar.Location{}, failed(data.ErrNotFound, nl.T(words.KioskPCNoPlace, "name", text, "known", names(all)))
}
