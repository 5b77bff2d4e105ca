package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

// calendarTick is calendar tick: all days that can be ticked, or one of them on or off.
func (c *cli) calendarTick() *cobra.Command {
	cmd := &cobra.Command{Use: "tick LOCATIE [DAG on|off]", Short: nl.T(words.CalendarCliTick), Long: nl.T(words.CalendarCliTickLong), Args: takes(1, 3)}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 {
			return c.onCalendar(c.ticks)(cmd, args)
		}
		on := len(args) == 3 && slices.Contains([]string{"on", "aan", "off", "uit"}, strings.ToLower(args[2]))
		if !on {
			return misused(cmd, nl.T(words.CalendarCliOnOff))
		}
		return c.onCalendar(c.tick)(cmd, args)
	}
	return cmd
}

func (c *cli) ticks(_ context.Context, h *house, _ calendar.Location, k calendar.Calendar, _ []string) error {
	out := []map[string]any{}
	rows := [][]string{{"", nl.T(words.CalendarColDay), nl.T(words.CalendarColCode), nl.T(words.CalendarColNext)}}
	for _, code := range calendar.Ticks() {
		on, mark := slices.Contains(k.Ticks, code), "[ ]"
		if on {
			mark = "[x]"
		}
		one := map[string]any{"code": code, "name": nl.T(words.CalendarDay(code)), "ticked": on}
		if first, last, found := k.Next(code, h.today()); found {
			one["next_from"], one["next_until"] = first.Format(data.DayLayout), last.Format(data.DayLayout)
		}
		out = append(out, one)
		rows = append(rows, []string{mark, nl.T(words.CalendarDay(code)), string(code), nextText(k, code, h.today())})
	}
	if c.json {
		return c.printJSON(out)
	}
	return c.table(rows)
}

func (c *cli) tick(ctx context.Context, h *house, l calendar.Location, k calendar.Calendar, args []string) error {
	code, err := codeNamed(args[1], calendar.Ticks())
	if err != nil {
		return err
	}
	on := slices.Contains([]string{"on", "aan"}, strings.ToLower(args[2]))
	give, take, said := []calendar.Code{code}, []calendar.Code(nil), words.CalendarTickOn
	if !on {
		give, take, said = nil, give, words.CalendarTickOff
	}
	if err := h.calendar.ChangeTicks(ctx, c.by(), l.ID, give, take); err != nil {
		return err
	}
	return c.done(map[string]any{"location": l.Name, "code": code, "ticked": on},
		nl.T(said, "name", l.Name, "day", nl.T(words.CalendarDay(code)), "next", nextText(k, code, h.today())))
}

// codeNamed finds a holiday, local day or school holiday by code or name.
func codeNamed(text string, among []calendar.Code) (calendar.Code, error) {
	if code, ok := words.ReadCalendarDay(text, among); ok {
		return code, nil
	}
	var known []string
	for _, code := range among {
		known = append(known, string(code))
	}
	return "", &data.Invalid{Field: nl.T(words.CalendarColDay), Why: data.WhyNotOneOf, Want: strings.Join(known, ", "), Got: data.Clean(text, 40)}
}

// calendarLocal is calendar local: the fair and the bridge days of an organisation.
func (c *cli) calendarLocal() *cobra.Command {
	return c.group("local", words.CalendarCliLocal, c.localList(), c.localAdd(), c.localDrop())
}

func (c *cli) localList() *cobra.Command {
	var past bool
	cmd := &cobra.Command{Use: "list", Short: nl.T(words.CalendarCliLocalList), Args: takes(0, 0)}
	cmd.Flags().BoolVar(&past, "past", false, nl.T(words.CalendarFlagPast))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, _ []string) error {
		organisations, err := h.people.Organisations(ctx)
		if err != nil {
			return err
		}
		out := []map[string]any{}
		rows := [][]string{{nl.T(words.CalendarColDay), nl.T(words.CalendarColKind), nl.T(words.CalendarColOrganisation)}}
		for _, o := range organisations {
			all, err := h.calendar.LocalDays(ctx, o.ID)
			if err != nil {
				return err
			}
			for _, l := range all {
				if l.Day.Before(h.today()) && !past {
					continue
				}
				out = append(out, map[string]any{"organisation": o.Name, "day": l.Day.Format(data.DayLayout), "kind": l.Code})
				rows = append(rows, []string{words.WeekdayDay(words.NL, l.Day), nl.T(words.CalendarDay(l.Code)), o.Name})
			}
		}
		switch {
		case c.json:
			return c.printJSON(out)
		case len(out) == 0:
			return c.say(nl.T(words.CalendarLocalNone))
		}
		return c.table(rows)
	})
	return cmd
}

func (c *cli) localAdd() *cobra.Command {
	var organisation, kind string
	cmd := &cobra.Command{Use: "add DAG", Short: nl.T(words.CalendarCliLocalAdd), Args: takes(1, 1)}
	cmd.Flags().StringVar(&organisation, "organisation", "", nl.T(words.OrgCliFlagOrganisation))
	cmd.Flags().StringVar(&kind, "kind", "", nl.T(words.CalendarFlagKind))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "kind"); err != nil {
			return err
		}
		return c.inHouse(func(ctx context.Context, h *house, args []string) error {
			on, err := typedDay(nl.T(words.CalendarColDay), args[0])
			if err != nil {
				return err
			}
			code, err := codeNamed(kind, []calendar.Code{calendar.Fair, calendar.Bridge})
			if err != nil {
				return flagged(err, "--kind")
			}
			o, err := h.organisationNamed(ctx, organisation)
			if err != nil {
				return err
			}
			if err := h.calendar.PutLocalDay(ctx, c.by(), o.ID, calendar.LocalDay{Day: on, Code: code}); err != nil {
				return err
			}
			closed, err := h.closedBy(ctx, o.ID, code)
			if err != nil {
				return err
			}
			text := nl.T(words.CalendarLocalAdded, "day", words.WeekdayDay(words.NL, on), "kind", nl.T(words.CalendarDay(code)), "name", o.Name)
			if len(closed) == 0 {
				text += " " + nl.T(words.CalendarLocalNobody, "kind", nl.T(words.CalendarDay(code)))
			} else {
				text += " " + nl.T(words.CalendarLocalCloses, "names", strings.Join(closed, ", "))
			}
			return c.done(map[string]any{"organisation": o.Name, "day": on.Format(data.DayLayout), "kind": code, "closes": closed}, text)
		})(cmd, args)
	}
	return cmd
}

// closedBy names the locations of an organisation that tick a day.
func (h *house) closedBy(ctx context.Context, organisation string, code calendar.Code) ([]string, error) {
	all, err := h.calendar.Locations(ctx)
	if err != nil {
		return nil, err
	}
	calendars, err := h.calendar.Calendars(ctx)
	names := []string{}
	for _, l := range all {
		if l.OrganisationID == organisation && slices.Contains(calendars[l.ID].Ticks, code) {
			names = append(names, l.Name)
		}
	}
	return names, err
}

func (c *cli) localDrop() *cobra.Command {
	var organisation string
	cmd := &cobra.Command{Use: "drop DAG", Short: nl.T(words.CalendarCliLocalDrop), Args: takes(1, 1)}
	cmd.Flags().StringVar(&organisation, "organisation", "", nl.T(words.OrgCliFlagOrganisation))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, args []string) error {
		on, err := typedDay(nl.T(words.CalendarColDay), args[0])
		if err != nil {
			return err
		}
		o, err := h.organisationNamed(ctx, organisation)
		if err != nil {
			return err
		}
		if err := h.calendar.DropLocalDay(ctx, c.by(), o.ID, on); err != nil {
			return missing(err, nl.T(words.CalendarCliNoLocal, "day", words.ShortDay(words.NL, on), "name", o.Name))
		}
		return c.done(map[string]any{"organisation": o.Name, "day": on.Format(data.DayLayout), "dropped": true},
			nl.T(words.CalendarLocalDropped, "day", words.ShortDay(words.NL, on)))
	})
	return cmd
}

// calendarSchool is calendar school: the school holidays by rule, and the official dates that go before it.
func (c *cli) calendarSchool() *cobra.Command {
	return c.group("school", words.CalendarCliSchool, c.schoolList(), c.schoolSet(), c.schoolDrop())
}

func (c *cli) schoolList() *cobra.Command {
	var year string
	cmd := &cobra.Command{Use: "list", Short: nl.T(words.CalendarCliSchoolList), Args: takes(0, 0)}
	cmd.Flags().StringVar(&year, "year", "", nl.T(words.CalendarFlagSchoolYear))
	cmd.RunE = c.inHouse(func(ctx context.Context, h *house, _ []string) error {
		official, err := h.calendar.OfficialSchoolHolidays(ctx)
		if err != nil {
			return err
		}
		years := []int{calendar.SchoolYear(h.today()), calendar.SchoolYear(h.today()) + 1}
		if year != "" {
			one, err := schoolYear("--year", year)
			if err != nil {
				return err
			}
			years = []int{one}
		}
		out := []map[string]any{}
		rows := [][]string{{nl.T(words.CalendarColYear), nl.T(words.CalendarColHoliday), nl.T(words.CalendarColFrom), nl.T(words.CalendarColUntil), ""}}
		for _, y := range years {
			for _, s := range calendar.SchoolHolidays(y, official) {
				by := words.CalendarByRule
				if calendar.IsOfficial(s, official) {
					by = words.CalendarOfficial
				}
				out = append(out, map[string]any{"school_year": s.Year, "code": s.Code, "from": s.First.Format(data.DayLayout), "until": s.Last.Format(data.DayLayout),
					"official": by == words.CalendarOfficial})
				rows = append(rows, []string{yearText(y), nl.T(words.CalendarDay(s.Code)), words.WeekdayDay(words.NL, s.First), words.WeekdayDay(words.NL, s.Last), nl.T(by)})
			}
		}
		if c.json {
			return c.printJSON(out)
		}
		return c.table(rows)
	})
	return cmd
}

func yearText(year int) string { return fmt.Sprintf("%d-%d", year, year+1) }

// schoolYear reads a school year as people write it: 2026, or 2026-2027.
func schoolYear(field, text string) (int, error) {
	first, second, two := strings.Cut(strings.NewReplacer("/", "-", "–", "-", " ", "").Replace(text), "-")
	year, err := strconv.Atoi(first)
	if err != nil || year < 1991 || year > 2998 || two && second != strconv.Itoa(year+1) {
		return 0, &data.Invalid{Field: field, Why: data.WhyNumber, Want: "2026, 2026-2027", Got: data.Clean(text, 20)}
	}
	return year, nil
}

func (c *cli) schoolSet() *cobra.Command {
	var days dayRange
	cmd := &cobra.Command{Use: "set SCHOOLJAAR VAKANTIE", Short: nl.T(words.CalendarCliSchoolSet), Long: nl.T(words.CalendarCliSchoolSetLong), Args: takes(2, 2)}
	days.flags(cmd.Flags(), words.CalendarFlagFirst, words.CalendarFlagLast)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := needs(cmd, "from", "until"); err != nil {
			return err
		}
		return c.onSchool(func(ctx context.Context, h *house, year int, code calendar.Code) error {
			first, last, err := days.read()
			if err != nil {
				return err
			}
			if err := h.calendar.PutSchoolHoliday(ctx, c.by(), calendar.SchoolHoliday{Year: year, Code: code, First: first, Last: last}); err != nil {
				return err
			}
			return c.done(map[string]any{"school_year": year, "code": code, "from": first.Format(data.DayLayout), "until": last.Format(data.DayLayout), "official": true},
				nl.T(words.CalendarSchoolSet, "name", nl.T(words.CalendarDay(code)), "year", yearText(year), "days", words.DaySpan(words.NL, first, last)))
		})(cmd, args)
	}
	return cmd
}

func (c *cli) schoolDrop() *cobra.Command {
	return &cobra.Command{Use: "drop SCHOOLJAAR VAKANTIE", Short: nl.T(words.CalendarCliSchoolDrop), Args: takes(2, 2),
		RunE: c.onSchool(func(ctx context.Context, h *house, year int, code calendar.Code) error {
			name := nl.T(words.CalendarDay(code))
			if err := h.calendar.DropSchoolHoliday(ctx, c.by(), year, code); err != nil {
				return missing(err, nl.T(words.CalendarCliNoOfficial, "name", name, "year", yearText(year)))
			}
			return c.done(map[string]any{"school_year": year, "code": code, "official": false}, nl.T(words.CalendarSchoolDropped, "name", name, "year", yearText(year)))
		})}
}

// onSchool is inHouse for one school holiday: its school year and its name are the arguments.
func (c *cli) onSchool(act func(ctx context.Context, h *house, year int, code calendar.Code) error) func(*cobra.Command, []string) error {
	return c.inHouse(func(ctx context.Context, h *house, args []string) error {
		year, err := schoolYear(nl.T(words.CalendarColYear), args[0])
		if err != nil {
			return err
		}
		code, err := codeNamed(args[1], calendar.SchoolBreaks())
		if err != nil {
			return err
		}
		return act(ctx, h, year, code)
	})
}
