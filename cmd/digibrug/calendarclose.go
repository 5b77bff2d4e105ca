package main

import (
	"context"
	"fmt"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// calendarClose is calendar close: days without hours, for a reason.
func (c *cli) calendarClose() *cobra.Command {
	var days dayRange
	var reason string
	var dry bool
	cmd := &cobra.Command{Use: "close LOCATIE", Short: nl.T(words.CalendarCliClose), Long: nl.T(words.CalendarCliCloseLong), Args: takes(1, 1)}
	days.flags(cmd.Flags(), words.CalendarFlagCloseFrom, words.CalendarFlagCloseUntil)
	cmd.Flags().StringVar(&reason, "reason", "", nl.T(words.CalendarFlagReason))
	cmd.Flags().BoolVar(&dry, "dry-run", false, nl.T(words.CalendarFlagDryRun))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "from", "reason"); err != nil {
			return err
		}
		return c.onCalendar(func(ctx context.Context, h *house, l calendar.Location, k calendar.Calendar, _ []string) error {
			first, last, err := days.read()
			if err != nil {
				return err
			}
			lost := k.OpenDays(first, last)
			said := words.CalendarClosedNow
			if dry {
				said = words.CalendarWouldClose
			} else if err := h.calendar.ChangeClosure(ctx, c.by(), l.ID, nil, &calendar.Closure{First: first, Last: last, Reason: reason}); err != nil {
				return err
			}
			text := nl.T(said, "name", l.Name, "days", words.DaySpan(words.NL, first, last)) + " " + words.LostDays(words.NL, lost)
			return c.done(map[string]any{"location": l.Name, "from": first.Format(data.DayLayout), "until": last.Format(data.DayLayout),
				"reason": reason, "open_days_closed": storedDays(lost), "dry_run": dry}, text)
		})(cmd, args)
	}
	return cmd
}

func storedDays(days []time.Time) []string {
	all := []string{}
	for _, d := range days {
		all = append(all, d.Format(data.DayLayout))
	}
	return all
}

// calendarReopen is calendar reopen: the end of the closure that a day lies in.
func (c *cli) calendarReopen() *cobra.Command {
	return &cobra.Command{Use: "reopen LOCATIE DAG", Short: nl.T(words.CalendarCliReopen), Args: takes(2, 2),
		RunE: c.onCalendar(func(ctx context.Context, h *house, l calendar.Location, k calendar.Calendar, args []string) error {
			on, err := typedDay(nl.T(words.CalendarColDay), args[1])
			if err != nil {
				return err
			}
			for _, was := range k.Closures {
				if on.Before(was.First) || on.After(was.Last) {
					continue
				}
				if err := h.calendar.ChangeClosure(ctx, c.by(), l.ID, &was, nil); err != nil {
					return err
				}
				return c.done(map[string]any{"location": l.Name, "from": was.First.Format(data.DayLayout), "until": was.Last.Format(data.DayLayout), "dropped": true},
					nl.T(words.CalendarClosureDropped, "reason", was.Reason, "days", words.DaySpan(words.NL, was.First, was.Last)))
			}
			return failed(data.ErrNotFound, nl.T(words.CalendarCliNoClosure, "name", l.Name, "day", words.ShortDay(words.NL, on)))
		})}
}

// calendarHalfDay is calendar halfday add and drop: a day of which only a part is kept.
func (c *cli) calendarHalfDay() *cobra.Command {
	var keep, note string
	add := &cobra.Command{Use: "add LOCATIE DAG", Short: nl.T(words.CalendarCliHalfAdd), Args: takes(2, 2)}
	add.Flags().StringVar(&keep, "keep", "", nl.T(words.CalendarFlagKeep))
	add.Flags().StringVar(&note, "reason", "", nl.T(words.CalendarFlagNote))
	add.RunE = c.onCalendar(func(ctx context.Context, h *house, l calendar.Location, _ calendar.Calendar, args []string) error {
		on, err := typedDay(nl.T(words.CalendarColDay), args[1])
		if err != nil {
			return err
		}
		kept, err := keptPart(keep)
		if err != nil {
			return flagged(err, "--keep")
		}
		half := calendar.HalfDay{Day: on, Keep: kept, Note: note}
		if err := h.calendar.ChangeHalfDay(ctx, c.by(), l.ID, nil, &half); err != nil {
			return err
		}
		k, err := h.calendar.Calendar(ctx, l.ID)
		if err != nil {
			return err
		}
		d := k.Days(on, on)[0]
		return c.done(map[string]any{"location": l.Name, "day": dayOf(d)}, fmt.Sprintf("%s, %s: %s", l.Name, words.WeekdayDay(words.NL, on), dayLine(d)))
	})
	drop := &cobra.Command{Use: "drop LOCATIE DAG", Short: nl.T(words.CalendarCliHalfDrop), Args: takes(2, 2),
		RunE: c.onLocation(func(ctx context.Context, h *house, l calendar.Location, args []string) error {
			on, err := typedDay(nl.T(words.CalendarColDay), args[1])
			if err != nil {
				return err
			}
			if err := h.calendar.DropHalfDay(ctx, c.by(), l.ID, on); err != nil {
				return missing(err, nl.T(words.CalendarCliNoHalfDay, "name", l.Name, "day", words.ShortDay(words.NL, on)))
			}
			return c.done(map[string]any{"location": l.Name, "day": on.Format(data.DayLayout), "dropped": true},
				nl.T(words.CalendarHalfDropped, "day", words.ShortDay(words.NL, on)))
		})}
	return c.group("halfday", words.CalendarCliHalf, add, drop)
}

// keptPart reads the part of a day that is kept: one block; nothing is the morning.
func keptPart(text string) (calendar.Block, error) {
	if text == "" {
		return calendar.Block{To: calendar.Noon}, nil
	}
	hours, err := calendar.ParseHours(text)
	if err != nil {
		return calendar.Block{}, err
	}
	if len(hours) != 1 {
		return calendar.Block{}, &data.Invalid{Why: calendar.WhyHours, Got: data.Clean(text, 40)}
	}
	return hours[0], nil
}
