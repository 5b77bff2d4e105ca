package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/parts"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func (c *cli) calendarCommand() *cobra.Command {
	return c.group("calendar", words.CalendarCli, c.calendarLocations(), c.calendarLocation(), c.calendarShow(), c.calendarRules(), c.calendarNext(),
		c.calendarHours(), c.calendarSeason(), c.calendarHalfDay(), c.calendarClose(), c.calendarReopen(), c.calendarTick(), c.calendarLocal(), c.calendarSchool())
}

// openPlace is a location as --json prints it.
type openPlace struct {
	ID           string   `json:"id"`
	Organisation string   `json:"organisation"`
	Name         string   `json:"name"`
	Address      string   `json:"address,omitempty"` // in one line
	Today        *openDay `json:"today,omitempty"`
	Next         *openDay `json:"next_open,omitempty"` // the first open day after today
}

// openBlock and openDay are opening hours as --json prints them: times HH:MM, half-open.
type openBlock struct {
	From  string `json:"from"`
	Until string `json:"until"`
}

type openDay struct {
	Day    string          `json:"day"`
	Open   []openBlock     `json:"open"`
	By     calendar.Source `json:"by"`
	Reason string          `json:"reason,omitempty"`
}

func blocksOf(h calendar.Hours) []openBlock {
	all := []openBlock{}
	for _, b := range h {
		all = append(all, openBlock{b.From.String(), b.To.String()})
	}
	return all
}

func dayOf(d calendar.Day) openDay {
	return openDay{d.On.Format(data.DayLayout), blocksOf(d.Hours), d.Why.By, words.DayReason(words.NL, d)}
}

// dayLine is a day as people read it: "9.00-12.00 u", "gesloten (Kerstmis)".
func dayLine(d calendar.Day) string {
	text := words.Hours(words.NL, d.Hours)
	if why := words.DayReason(words.NL, d); why != "" {
		text += " (" + why + ")"
	}
	return text
}

func (c *cli) calendarLocations() *cobra.Command {
	return &cobra.Command{Use: "locations", Short: nl.T(words.CalendarCliLocations), Args: takes(0, 0),
		RunE: c.inHouse(func(ctx context.Context, h *house, _ []string) error {
			all, err := h.calendar.Locations(ctx)
			if err != nil {
				return err
			}
			calendars, err := h.calendar.Calendars(ctx)
			if err != nil {
				return err
			}
			names, err := h.organisationNames(ctx)
			if err != nil {
				return err
			}
			out := []openPlace{}
			rows := [][]string{{nl.T(words.CalendarColLocation), nl.T(words.CalendarColOrganisation), nl.T(words.CalendarColToday), nl.T(words.CalendarColNextOpen)}}
			for _, l := range all {
				now := h.today()
				today := calendars[l.ID].Days(now, now)[0]
				one, next := openPlace{l.ID, names[l.OrganisationID], l.Name, l.Address.String(), new(openDay), nil}, "-"
				*one.Today = dayOf(today)
				if open, found := calendars[l.ID].NthOpen(now, 1); found {
					next = words.WeekdayDay(words.NL, open)
					then := dayOf(calendars[l.ID].Days(open, open)[0])
					one.Next = &then
				}
				out = append(out, one)
				rows = append(rows, []string{l.Name, one.Organisation, dayLine(today), next})
			}
			switch {
			case c.json:
				return c.printJSON(out)
			case len(all) == 0:
				return c.say(nl.T(words.CalendarNone) + " " + nl.T(words.CalendarCliNone))
			}
			return c.table(rows)
		})}
}

func (h *house) organisationNames(ctx context.Context) (map[string]string, error) {
	all, err := h.people.Organisations(ctx)
	names := make(map[string]string, len(all))
	for _, o := range all {
		names[o.ID] = o.Name
	}
	return names, err
}

// today is the day in Brussels, midnight UTC.
func (h *house) today() time.Time {
	day, _ := data.ParseDay(h.db.Today()) // the clock's own day is one
	return day
}

func (c *cli) calendarLocation() *cobra.Command {
	var organisation string
	add := &cobra.Command{Use: "add NAAM", Short: nl.T(words.CalendarCliAdd), Long: nl.T(words.CalendarCliAddLong), Args: takes(1, 1)}
	add.Flags().StringVar(&organisation, "organisation", "", nl.T(words.OrgCliFlagOrganisation))
	add.RunE = c.inHouse(func(ctx context.Context, h *house, args []string) error {
		o, err := h.organisationNamed(ctx, organisation)
		if err != nil {
			return err
		}
		l, err := h.calendar.AddLocation(ctx, c.by(), o.ID, args[0], calendar.Calendar{Ticks: calendar.PublicHolidays()})
		if err != nil {
			return err
		}
		return c.done(map[string]any{"id": l.ID, "name": l.Name, "organisation": o.Name},
			nl.T(words.CalendarAdded, "name", l.Name)+" "+nl.T(words.CalendarAddedNext))
	})
	rename := &cobra.Command{Use: "rename LOCATIE NAAM", Short: nl.T(words.CalendarCliRename), Args: takes(2, 2),
		RunE: c.onLocation(func(ctx context.Context, h *house, l calendar.Location, args []string) error {
			if err := h.calendar.Rename(ctx, c.by(), l.ID, args[1]); err != nil {
				return err
			}
			return c.done(map[string]any{"id": l.ID, "name": args[1]}, nl.T(words.CalendarRenamed, "name", args[1]))
		})}
	return c.group("location", words.CalendarCliLocation, add, rename, c.calendarAddress())
}

// onLocation is inHouse for a command on the location that its first argument names.
func (c *cli) onLocation(act func(ctx context.Context, h *house, l calendar.Location, args []string) error) func(*cobra.Command, []string) error {
	return c.inHouse(func(ctx context.Context, h *house, args []string) error {
		l, err := h.locationNamed(ctx, args[0])
		if err != nil {
			return err
		}
		return act(ctx, h, l, args)
	})
}

// onCalendar is onLocation with its calendar read.
func (c *cli) onCalendar(act func(ctx context.Context, h *house, l calendar.Location, k calendar.Calendar, args []string) error) func(*cobra.Command, []string) error {
	return c.onLocation(func(ctx context.Context, h *house, l calendar.Location, args []string) error {
		k, err := h.calendar.Calendar(ctx, l.ID)
		if err != nil {
			return err
		}
		return act(ctx, h, l, k, args)
	})
}

// dayRange is the flags --from and --until of a command. --to is another name of the latter.
type dayRange struct{ from, until string }

func (s *dayRange) flags(f *pflag.FlagSet, from, until words.Key) {
	f.StringVar(&s.from, "from", "", nl.T(from))
	f.StringVar(&s.until, "until", "", nl.T(until))
	f.SetNormalizeFunc(func(_ *pflag.FlagSet, name string) pflag.NormalizedName {
		if name == "to" {
			name = "until"
		}
		return pflag.NormalizedName(name)
	})
}

// read gives the days; without --until the last is the first, and without --from both are zero.
func (s *dayRange) read() (first, last time.Time, err error) {
	if s.from == "" && s.until == "" {
		return first, last, nil
	}
	if first, err = typedDay("--from", s.from); err != nil {
		return first, last, err
	}
	if last = first; s.until != "" {
		if last, err = typedDay("--until", s.until); err != nil {
			return first, last, err
		}
	}
	if last.Before(first) {
		return first, last, &data.Invalid{Field: "--until", Why: data.WhyEarly, Want: first.Format(data.DayLayout)}
	}
	return first, last, nil
}

// typedDay reads a day as people type it: 24/12/2026, 24-12-2026, 2026-12-24. field is what it is called.
func typedDay(field, text string) (time.Time, error) {
	stored, ok := parts.ReadDay(text)
	if !ok {
		return time.Time{}, &data.Invalid{Field: field, Why: data.WhyDay, Got: data.Clean(text, 40)}
	}
	return data.ParseDay(stored)
}

func (c *cli) calendarNext() *cobra.Command {
	var after string
	var n int
	cmd := &cobra.Command{Use: "next LOCATIE", Short: nl.T(words.CalendarCliNext), Long: nl.T(words.CalendarCliNextLong), Args: takes(1, 1)}
	cmd.Flags().StringVar(&after, "after", "", nl.T(words.CalendarFlagAfter))
	cmd.Flags().IntVar(&n, "days", 1, nl.T(words.CalendarFlagNth))
	cmd.RunE = c.onCalendar(func(_ context.Context, h *house, l calendar.Location, k calendar.Calendar, _ []string) (err error) {
		from := h.today()
		if after != "" {
			if from, err = typedDay("--after", after); err != nil {
				return err
			}
		}
		if n < 1 {
			return &data.Invalid{Field: "--days", Why: data.WhyNumber, Want: ">= 1", Got: fmt.Sprint(n)}
		}
		open, found := k.NthOpen(from, n)
		if !found {
			return failed(data.ErrNotFound, nl.T(words.CalendarCliNever, "name", l.Name, "n", n))
		}
		d := k.Days(open, open)[0]
		if c.json {
			return c.printJSON(map[string]any{"location": l.Name, "after": from.Format(data.DayLayout), "days": n, "next": dayOf(d)})
		}
		return c.say(words.WeekdayDay(words.NL, open) + "  " + dayLine(d))
	})
	return cmd
}

// weekLines writes a week, a line per day.
func weekLines(w calendar.Week) string {
	var lines []string
	for _, d := range words.Week() {
		lines = append(lines, fmt.Sprintf("  %s  %s", words.Weekday(words.NL, d), words.Hours(words.NL, w[d])))
	}
	return strings.Join(lines, "\n")
}

// weekOf is a week as --json prints it, Monday first.
func weekOf(w calendar.Week) []map[string]any {
	all := []map[string]any{}
	for _, d := range words.Week() {
		all = append(all, map[string]any{"weekday": strings.ToLower(d.String()), "open": blocksOf(w[d])})
	}
	return all
}
