package main

import (
	"context"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// shownDays is how many days calendar show gives unless it is told otherwise; mostShown how many at most: ten years.
const (
	shownDays = 14
	mostShown = 3660
)

// calendarShow is calendar show: every day with its hours and why.
func (c *cli) calendarShow() *cobra.Command {
	var days dayRange
	var year int
	var special bool
	cmd := &cobra.Command{Use: "show LOCATIE", Short: nl.T(words.CalendarCliShow), Long: nl.T(words.CalendarCliShowLong), Args: takes(1, 1)}
	days.flags(cmd.Flags(), words.CalendarFlagShowFrom, words.CalendarFlagShowUntil)
	cmd.Flags().IntVar(&year, "year", 0, nl.T(words.CalendarFlagYear))
	cmd.Flags().BoolVar(&special, "special", false, nl.T(words.CalendarFlagSpecial))
	cmd.RunE = c.onCalendar(func(_ context.Context, h *house, l calendar.Location, k calendar.Calendar, _ []string) error {
		first, last, err := days.shown(h.today(), year)
		if err != nil {
			return err
		}
		out := []openDay{}
		var rows [][]string
		for _, d := range k.Days(first, last) {
			if special && d.Why.By == calendar.ByWeek {
				continue
			}
			out = append(out, dayOf(d))
			rows = append(rows, []string{words.WeekdayDay(words.NL, d.On), words.Hours(words.NL, d.Hours), words.DayReason(words.NL, d)})
		}
		switch {
		case c.json:
			return c.printJSON(map[string]any{"location": l.Name, "from": first.Format(data.DayLayout), "until": last.Format(data.DayLayout), "days": out})
		case len(rows) == 0:
			return c.say(nl.T(words.CalendarNothingSpecial))
		}
		return c.table(rows)
	})
	return cmd
}

// shown gives the days to show: those asked for, a year, or two weeks from today.
func (s *dayRange) shown(today time.Time, year int) (first, last time.Time, err error) {
	if year != 0 {
		if year < 1900 || year > 2999 {
			return first, last, &data.Invalid{Field: "--year", Why: data.WhyNumber, Want: "1900 … 2999", Got: strconv.Itoa(year)}
		}
		return time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC), time.Date(year, time.December, 31, 0, 0, 0, 0, time.UTC), nil
	}
	from := *s
	if from.from == "" && from.until != "" {
		from.from = today.Format(data.DayLayout)
	}
	if first, last, err = from.read(); err != nil {
		return first, last, err
	}
	if first.IsZero() {
		first = today
	}
	if s.until == "" {
		last = first.AddDate(0, 0, shownDays-1)
	}
	if last.Sub(first) > mostShown*24*time.Hour {
		return first, last, &data.Invalid{Field: "--until", Why: data.WhyTooLong, Want: first.AddDate(0, 0, mostShown).Format(data.DayLayout)}
	}
	return first, last, nil
}

// calendarRules is calendar rules: what is laid down for a location.
func (c *cli) calendarRules() *cobra.Command {
	return &cobra.Command{Use: "rules LOCATIE", Short: nl.T(words.CalendarCliRules), Args: takes(1, 1),
		RunE: c.onCalendar(func(_ context.Context, h *house, l calendar.Location, k calendar.Calendar, _ []string) error {
			if c.json {
				return c.printJSON(rulesOf(l, k))
			}
			text := []string{l.Name, "", nl.T(words.CalendarWeek), weekLines(k.Week)}
			for _, s := range k.Seasons {
				text = append(text, "", nl.T(words.CalendarSeasonLine, "name", s.Name, "days", words.DaySpan(words.NL, s.First, s.Last)), weekLines(s.Week))
			}
			section := func(title words.Key, lines []string) {
				if len(lines) > 0 {
					text = append(append(text, "", nl.T(title)), lines...)
				}
			}
			var halves, closures, ticks []string
			for _, d := range k.HalfDays {
				halves = append(halves, strings.TrimRight("  "+words.WeekdayDay(words.NL, d.Day)+"  "+words.Kept(words.NL, d.Keep)+"  "+d.Note, " "))
			}
			for _, one := range k.Closures {
				closures = append(closures, "  "+words.DaySpan(words.NL, one.First, one.Last)+"  "+one.Reason)
			}
			for _, code := range k.Ticks {
				ticks = append(ticks, "  "+nl.T(words.CalendarDay(code))+"  "+nextText(k, code, h.today()))
			}
			section(words.CalendarHalfDays, halves)
			section(words.CalendarClosures, closures)
			section(words.CalendarTicked, ticks)
			return c.say(strings.Join(text, "\n"))
		})}
}

// nextText says when a day comes next.
func nextText(k calendar.Calendar, code calendar.Code, from time.Time) string {
	first, last, found := k.Next(code, from)
	if !found {
		return nl.T(words.CalendarNotAnnounced)
	}
	return words.DaySpan(words.NL, first, last)
}

func rulesOf(l calendar.Location, k calendar.Calendar) map[string]any {
	text := func(day time.Time) string { return day.Format(data.DayLayout) }
	seasons, halves, closures, ticks := []map[string]any{}, []map[string]any{}, []map[string]any{}, []calendar.Code{}
	for _, s := range k.Seasons {
		seasons = append(seasons, map[string]any{"name": s.Name, "from": text(s.First), "until": text(s.Last), "week": weekOf(s.Week)})
	}
	for _, d := range k.HalfDays {
		halves = append(halves, map[string]any{"day": text(d.Day), "keep": openBlock{d.Keep.From.String(), d.Keep.To.String()}, "note": d.Note})
	}
	for _, one := range k.Closures {
		closures = append(closures, map[string]any{"from": text(one.First), "until": text(one.Last), "reason": one.Reason})
	}
	return map[string]any{"id": l.ID, "location": l.Name, "week": weekOf(k.Week), "seasons": seasons, "half_days": halves, "closures": closures,
		"ticks": append(ticks, k.Ticks...)}
}
