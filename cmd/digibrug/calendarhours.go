package main

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// calendarHours is calendar hours set: the hours of some days of the week, ordinary or of a season, which it makes
// when its days are given.
func (c *cli) calendarHours() *cobra.Command {
	var weekdays, blocks, season string
	var days dayRange
	cmd := &cobra.Command{Use: "set LOCATIE", Short: nl.T(words.CalendarCliHours), Long: nl.T(words.CalendarCliHoursLong), Args: takes(1, 1)}
	cmd.Flags().StringVar(&weekdays, "days", "", nl.T(words.CalendarFlagDays))
	cmd.Flags().StringVar(&blocks, "blocks", "", nl.T(words.CalendarFlagBlocks))
	cmd.Flags().StringVar(&season, "season", "", nl.T(words.CalendarFlagSeason))
	days.flags(cmd.Flags(), words.CalendarFlagSeasonFrom, words.CalendarFlagSeasonUntil)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "days", "blocks"); err != nil {
			return err
		}
		if season == "" && (days.from != "" || days.until != "") {
			return misused(cmd, nl.T(words.CliFlagNeeded, "name", "--season"))
		}
		return c.onCalendar(func(ctx context.Context, h *house, l calendar.Location, k calendar.Calendar, _ []string) error {
			on, err := words.ReadWeekdays(weekdays)
			if err != nil {
				return flagged(err, "--days")
			}
			hours, err := calendar.ParseHours(blocks)
			if err != nil {
				return flagged(err, "--blocks")
			}
			first, last, err := days.read()
			if err != nil {
				return err
			}
			var s calendar.Season
			if season != "" {
				if s, err = seasonFor(l, k, season, first); errors.Is(err, data.ErrNotFound) && days.until != "" {
					s = calendar.Season{Name: season, First: first, Last: last, Week: k.Week}
					for _, d := range on {
						s.Week[d] = hours
					}
					return c.weekDone(ctx, h, l, s.First, h.calendar.ChangeSeason(ctx, c.by(), l.ID, nil, &s))
				} else if err != nil {
					return err
				}
			}
			return c.weekDone(ctx, h, l, s.First, h.calendar.SetHours(ctx, c.by(), l.ID, s.First, on, hours, nil))
		})(cmd, args)
	}
	return c.group("hours", words.CalendarCliHours, cmd)
}

// flagged gives bad input the name of the flag that it came by.
func flagged(err error, flag string) error {
	var bad *data.Invalid
	if errors.As(err, &bad) {
		one := *bad
		one.Field = flag
		return &one
	}
	return err
}

// seasonFor finds the season of a name; first, unless zero, says on which day it begins.
func seasonFor(l calendar.Location, k calendar.Calendar, name string, first time.Time) (calendar.Season, error) {
	var found []calendar.Season
	var known []string
	for _, s := range k.Seasons {
		known = append(known, s.Name+" ("+words.DaySpan(words.NL, s.First, s.Last)+")")
		if data.SortKey(s.Name) == data.SortKey(name) && (first.IsZero() || s.First.Equal(first)) {
			found = append(found, s)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		if len(known) == 0 {
			return calendar.Season{}, failed(data.ErrNotFound, nl.T(words.CalendarCliNoSeasons, "name", l.Name))
		}
		return calendar.Season{}, failed(data.ErrNotFound, nl.T(words.CalendarCliNoSeason, "name", name, "known", strings.Join(known, ", ")))
	}
	return calendar.Season{}, failed(nil, nl.T(words.CalendarCliTwoSeasons, "name", name))
}

// weekDone tells how the week looks after a change: the ordinary one, or that of the season that begins on first.
func (c *cli) weekDone(ctx context.Context, h *house, l calendar.Location, first time.Time, err error) error {
	if err != nil {
		return err
	}
	k, err := h.calendar.Calendar(ctx, l.ID)
	if err != nil {
		return err
	}
	week, title, of := k.Week, nl.T(words.CalendarWeek), ""
	if at := slices.IndexFunc(k.Seasons, func(s calendar.Season) bool { return s.First.Equal(first) }); !first.IsZero() && at >= 0 {
		s := k.Seasons[at]
		week, of, title = s.Week, s.Name, nl.T(words.CalendarSeasonLine, "name", s.Name, "days", words.DaySpan(words.NL, s.First, s.Last))
	}
	doc := map[string]any{"location": l.Name, "week": weekOf(week)}
	if of != "" {
		doc["season"] = of
	}
	return c.done(doc, l.Name+", "+title+"\n"+weekLines(week))
}

func (c *cli) calendarSeason() *cobra.Command {
	return c.group("season", words.CalendarCliSeason, c.seasonAdd(), c.seasonChange(), c.seasonDrop())
}

func (c *cli) seasonAdd() *cobra.Command {
	var days dayRange
	cmd := &cobra.Command{Use: "add LOCATIE NAAM", Short: nl.T(words.CalendarCliSeasonAdd), Args: takes(2, 2)}
	days.flags(cmd.Flags(), words.CalendarFlagSeasonFrom, words.CalendarFlagSeasonUntil)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "from", "until"); err != nil {
			return err
		}
		return c.onCalendar(func(ctx context.Context, h *house, l calendar.Location, k calendar.Calendar, args []string) error {
			first, last, err := days.read()
			if err != nil {
				return err
			}
			s := calendar.Season{Name: args[1], First: first, Last: last, Week: k.Week}
			return c.weekDone(ctx, h, l, first, h.calendar.ChangeSeason(ctx, c.by(), l.ID, nil, &s))
		})(cmd, args)
	}
	return cmd
}

func (c *cli) seasonChange() *cobra.Command {
	var on, name, from, until string
	cmd := &cobra.Command{Use: "change LOCATIE SEIZOEN", Short: nl.T(words.CalendarCliSeasonChange), Args: takes(2, 2)}
	cmd.Flags().StringVar(&on, "begins", "", nl.T(words.CalendarFlagBegins))
	cmd.Flags().StringVar(&name, "name", "", nl.T(words.CalendarFlagName))
	cmd.Flags().StringVar(&from, "from", "", nl.T(words.CalendarFlagSeasonFrom))
	cmd.Flags().StringVar(&until, "until", "", nl.T(words.CalendarFlagSeasonUntil))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if name == "" && from == "" && until == "" {
			return misused(cmd, nl.T(words.CalendarCliNoChange))
		}
		return c.onSeason(&on, func(ctx context.Context, h *house, l calendar.Location, was calendar.Season) (err error) {
			now := was
			if name != "" {
				now.Name = name
			}
			if from != "" {
				if now.First, err = typedDay("--from", from); err != nil {
					return err
				}
			}
			if until != "" {
				if now.Last, err = typedDay("--until", until); err != nil {
					return err
				}
			}
			return c.weekDone(ctx, h, l, now.First, h.calendar.ChangeSeason(ctx, c.by(), l.ID, &was, &now))
		})(cmd, args)
	}
	return cmd
}

func (c *cli) seasonDrop() *cobra.Command {
	var on string
	cmd := &cobra.Command{Use: "drop LOCATIE SEIZOEN", Short: nl.T(words.CalendarCliSeasonDrop), Args: takes(2, 2)}
	cmd.Flags().StringVar(&on, "begins", "", nl.T(words.CalendarFlagBegins))
	cmd.RunE = c.onSeason(&on, func(ctx context.Context, h *house, l calendar.Location, was calendar.Season) error {
		if err := h.calendar.ChangeSeason(ctx, c.by(), l.ID, &was, nil); err != nil {
			return err
		}
		return c.done(map[string]any{"location": l.Name, "season": was.Name, "dropped": true}, nl.T(words.CalendarSeasonDropped, "name", was.Name))
	})
	return cmd
}

// onSeason is onCalendar for a season: its name is the second argument, and begins, unless empty, its first day.
func (c *cli) onSeason(begins *string, act func(ctx context.Context, h *house, l calendar.Location, s calendar.Season) error) func(*cobra.Command, []string) error {
	return c.onCalendar(func(ctx context.Context, h *house, l calendar.Location, k calendar.Calendar, args []string) (err error) {
		var first time.Time
		if *begins != "" {
			if first, err = typedDay("--begins", *begins); err != nil {
				return err
			}
		}
		s, err := seasonFor(l, k, args[1], first)
		if err != nil {
			return err
		}
		return act(ctx, h, l, s)
	})
}
