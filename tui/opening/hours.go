package opening

import (
	"strconv"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// newHoursForm gives days of a week other hours; season is the first day of the season that is proposed, zero for the
// ordinary week.
func newHoursForm(s *shell.Session, desk Desk, of string, season time.Time, days []time.Weekday) shell.Screen {
	f := newForm(s, desk, of, words.CalendarHoursTitle, words.CalendarHoursLead)
	f.fields = func(f Form) parts.Form { return f.hoursFields(season, days) }
	f.save = Form.savesHours
	return f
}

func (f Form) hoursFields(season time.Time, days []time.Weekday) parts.Form {
	lang := f.S.Lang()
	week := f.found.c.Week
	which := parts.Field{Name: "week", Label: words.CalendarWhichWeek, Kind: parts.Choice, Value: stored(season), Options: []parts.Option{{Label: f.S.T(words.CalendarWeek)}}}
	for _, s := range f.found.c.Seasons {
		which.Options = append(which.Options, parts.Option{Value: stored(s.First), Label: s.Name + " (" + words.DaySpan(lang, s.First, s.Last) + ")"})
		if s.First.Equal(season) {
			week = s.Week
		}
	}
	on := parts.Field{Name: "days", Label: words.CalendarWhichDays, Kind: parts.Many, Need: true}
	var ticked []string
	for _, d := range words.Week() {
		on.Options = append(on.Options, parts.Option{Value: strconv.Itoa(int(d)), Label: words.Weekday(lang, d)})
	}
	for _, d := range days {
		ticked = append(ticked, strconv.Itoa(int(d)))
	}
	on.Value = strings.Join(ticked, "\n")
	hours := parts.Field{Name: "hours", Label: words.CalendarColHours, Hint: words.CalendarHoursHint, Max: maxHours,
		Value: words.Hours(lang, week[days[0]]), Check: checkHours}
	all := []parts.Field{on, hours}
	if len(which.Options) > 1 {
		all = append([]parts.Field{which}, all...)
	}
	return parts.NewForm(words.CalendarSave, all...)
}

func checkHours(text string) error {
	_, err := calendar.ParseHours(text)
	return err
}

func (f Form) savesHours() (func() (saved, error), error) {
	hours, err := calendar.ParseHours(f.Body.Value("hours"))
	if err != nil {
		return nil, err
	}
	seen, season := f.found.c.Week, time.Time{}
	if first, ok := f.day("week"); ok {
		s, err := seasonFrom(f.found.c, first)
		if err != nil {
			return nil, err
		}
		seen, season = s.Week, first
	}
	var days []time.Weekday
	for _, d := range f.Body.Values("days") {
		n, err := strconv.Atoi(d)
		if err != nil {
			return nil, err
		}
		days = append(days, time.Weekday(n))
	}
	return func() (saved, error) {
		return saved{said: words.CalendarHoursSaved}, f.desk.Store.SetHours(f.S.Ctx, f.By(), f.of, season, days, hours, &seen)
	}, nil
}

// seasonFrom finds the season that begins on a day. It returns data.ErrNotFound when none does.
func seasonFrom(c calendar.Calendar, first time.Time) (calendar.Season, error) {
	for _, s := range c.Seasons {
		if s.First.Equal(first) {
			return s, nil
		}
	}
	return calendar.Season{}, data.ErrNotFound
}

// newSeasons lists the seasons of a location.
func newSeasons(s *shell.Session, desk Desk, of string) shell.Screen {
	r := room{page.Still(s), desk}
	return newList(s, desk, listed[calendar.Season]{
		title:   words.CalendarSeasons,
		columns: []parts.Column{{Title: words.CalendarName, Min: 16, Grow: 1}, {Title: words.CalendarColFrom, Min: 10}, {Title: words.CalendarColUntil, Min: 13}, {Title: "", Min: 8, Drop: 1}},
		load: func() ([]calendar.Season, error) {
			f, err := r.read(of)
			return f.c.Seasons, err
		},
		id: func(s calendar.Season) string { return stored(s.First) },
		cells: func(one calendar.Season) []string {
			return []string{one.Name, words.ShortDay(s.Lang(), one.First), words.ShortDay(s.Lang(), one.Last), r.stands(one.First, one.Last)}
		},
		none: words.CalendarSeasonsNone, does: words.CalendarLook, looked: true,
		opens: func(one calendar.Season) shell.Screen { return newWeekOf(s, desk, of, one.First) },
		adds:  func() shell.Screen { return newSeasonForm(s, desk, of, nil) },
		ask: func(one calendar.Season) (words.Key, []any) {
			return words.CalendarSeasonAsk, []any{"name", one.Name, "days", words.DaySpan(s.Lang(), one.First, one.Last)}
		},
		drop: func(one calendar.Season) error { return desk.Store.ChangeSeason(s.Ctx, r.By(), of, &one, nil) },
		gone: words.CalendarSeasonDropped,
	})
}

// stands says whether a span of days is over or under way.
func (r room) stands(first, last time.Time) string {
	switch {
	case last.Before(r.today()):
		return r.S.T(words.CalendarOver)
	case !first.After(r.today()):
		return r.S.T(words.CalendarNow)
	}
	return ""
}

// newSeasonForm adds a season, or changes the name and the days of one.
func newSeasonForm(s *shell.Session, desk Desk, of string, was *calendar.Season) shell.Screen {
	title, lead := words.CalendarSeasonNew, words.CalendarSeasonLead
	var old calendar.Season
	if was != nil {
		title, lead, old = words.CalendarSeasonChange, words.CalendarSeasonChangeLead, *was
	}
	f := newForm(s, desk, of, title, lead)
	f.fields = func(Form) parts.Form {
		return parts.NewForm(words.CalendarSave,
			parts.Field{Name: "season_name", Label: words.CalendarName, Hint: words.CalendarSeasonHint, Need: true, Max: maxName, Value: old.Name},
			parts.Field{Name: "season", Label: words.CalendarColFrom, Kind: parts.Day, Need: true, Value: stored(old.First)},
			parts.Field{Name: "until", Label: words.CalendarColUntil, Kind: parts.Day, Need: true, Value: stored(old.Last)})
	}
	f.save = func(f Form) (func() (saved, error), error) {
		now := calendar.Season{Name: f.Body.Value("season_name"), Week: f.found.c.Week}
		var err error
		if now.First, now.Last, err = f.days("season", "until"); err != nil {
			return nil, err
		}
		done := saved{said: words.CalendarSeasonSaved, args: []any{"name", now.Name}, next: newWeekOf(f.S, f.desk, f.of, now.First)}
		return func() (saved, error) { return done, f.desk.Store.ChangeSeason(f.S.Ctx, f.By(), f.of, was, &now) }, nil
	}
	return f
}
