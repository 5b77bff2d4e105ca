package opening

import (
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// upcoming puts what is over behind what still comes; the list is in order otherwise.
func upcoming[T any](all []T, today time.Time, last func(T) time.Time) []T {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b T) int {
		over := func(one T) int {
			if last(one).Before(today) {
				return 1
			}
			return 0
		}
		return over(a) - over(b)
	})
	return all
}

// newClosures lists the closures of a location.
func newClosures(s *shell.Session, desk Desk, of string) shell.Screen {
	r := room{page.Still(s), desk}
	return newList(s, desk, listed[calendar.Closure]{
		title: words.CalendarClosures,
		columns: []parts.Column{{Title: words.CalendarColFrom, Min: 13}, {Title: words.CalendarColUntil, Min: 13}, {Title: words.CalendarReason, Min: 14, Grow: 1},
			{Title: "", Min: 8, Drop: 1}},
		load: func() ([]calendar.Closure, error) {
			f, err := r.read(of)
			return upcoming(f.c.Closures, r.today(), func(one calendar.Closure) time.Time { return one.Last }), err
		},
		id: func(one calendar.Closure) string { return stored(one.First) },
		cells: func(one calendar.Closure) []string {
			return []string{words.WeekdayDay(s.Lang(), one.First), words.WeekdayDay(s.Lang(), one.Last), one.Reason, r.stands(one.First, one.Last)}
		},
		none: words.CalendarClosuresNone, does: words.CalendarDoChange,
		opens: func(one calendar.Closure) shell.Screen { return newClosureForm(s, desk, of, &one, time.Time{}) },
		adds:  func() shell.Screen { return newClosureForm(s, desk, of, nil, r.today()) },
		ask: func(one calendar.Closure) (words.Key, []any) {
			return words.CalendarClosureAsk, []any{"reason", one.Reason, "days", words.DaySpan(s.Lang(), one.First, one.Last)}
		},
		drop: func(one calendar.Closure) error { return desk.Store.ChangeClosure(s.Ctx, r.By(), of, &one, nil) },
		gone: words.CalendarClosureDropped,
	})
}

// newClosureForm adds a closure, which it proposes for a day, or changes one (was). It says which open days go.
func newClosureForm(s *shell.Session, desk Desk, of string, was *calendar.Closure, on time.Time) shell.Screen {
	title, old := words.CalendarClose, calendar.Closure{First: on, Last: on}
	if was != nil {
		title, old = words.CalendarClosureChange, *was
	}
	f := newForm(s, desk, of, title, words.CalendarCloseLead)
	f.fields = func(Form) parts.Form {
		return parts.NewForm(words.CalendarSave,
			parts.Field{Name: "closure", Label: words.CalendarColFrom, Kind: parts.Day, Need: true, Value: stored(old.First)},
			parts.Field{Name: "until", Label: words.CalendarColUntil, Kind: parts.Day, Value: stored(old.Last)},
			parts.Field{Name: "reason", Label: words.CalendarReason, Hint: words.CalendarReasonHint, Need: true, Max: maxName, Value: old.Reason})
	}
	f.save = func(f Form) (func() (saved, error), error) {
		first, last, err := f.days("closure", "until")
		if err != nil {
			return nil, err
		}
		now := calendar.Closure{First: first, Last: last, Reason: f.Body.Value("reason")}
		return func() (saved, error) {
			return saved{said: words.CalendarClosedNow, args: []any{"name", f.found.l.Name, "days", words.DaySpan(f.S.Lang(), first, last)}},
				f.desk.Store.ChangeClosure(f.S.Ctx, f.By(), f.of, was, &now)
		}, nil
	}
	f.tail = func(f Form) []string { return f.loses(was) }
	return f
}

// mostPreviewed is how many days of a closure the form counts: what is longer is a typing error.
const mostPreviewed = 3660

// loses says which open days the closure in the form closes. What it takes the place of doesn't count as closed.
func (f Form) loses(was *calendar.Closure) []string {
	if _, ok := f.day("closure"); !ok {
		return nil
	}
	first, last, err := f.days("closure", "until")
	if err != nil || last.Sub(first) > mostPreviewed*24*time.Hour {
		return nil
	}
	c := f.found.c
	c.Closures = slices.DeleteFunc(slices.Clone(c.Closures), func(one calendar.Closure) bool { return was != nil && one == *was })
	return f.Paragraphs(words.LostDays(f.S.Lang(), c.OpenDays(first, last)))
}

// newHalfDays lists the half days of a location.
func newHalfDays(s *shell.Session, desk Desk, of string) shell.Screen {
	r := room{page.Still(s), desk}
	return newList(s, desk, listed[calendar.HalfDay]{
		title: words.CalendarHalfDays,
		columns: []parts.Column{{Title: words.CalendarColDay, Min: 13}, {Title: words.CalendarKeep, Min: 14, Grow: 1}, {Title: words.CalendarReason, Min: 12, Grow: 1},
			{Title: "", Min: 8, Drop: 1}},
		load: func() ([]calendar.HalfDay, error) {
			f, err := r.read(of)
			return upcoming(f.c.HalfDays, r.today(), func(one calendar.HalfDay) time.Time { return one.Day }), err
		},
		id: func(one calendar.HalfDay) string { return stored(one.Day) },
		cells: func(one calendar.HalfDay) []string {
			return []string{words.WeekdayDay(s.Lang(), one.Day), words.Kept(s.Lang(), one.Keep), one.Note, r.stands(one.Day, one.Day)}
		},
		none: words.CalendarHalfNone, does: words.CalendarDoChange,
		opens: func(one calendar.HalfDay) shell.Screen { return newHalfForm(s, desk, of, &one) },
		adds:  func() shell.Screen { return newHalfForm(s, desk, of, nil) },
		ask: func(one calendar.HalfDay) (words.Key, []any) {
			return words.CalendarHalfAsk, []any{"day", words.WeekdayDay(s.Lang(), one.Day)}
		},
		drop: func(one calendar.HalfDay) error { return desk.Store.ChangeHalfDay(s.Ctx, r.By(), of, &one, nil) },
		gone: words.CalendarHalfDropped,
	})
}

// newHalfForm adds a half day, or changes one (was). It says what stays open.
func newHalfForm(s *shell.Session, desk Desk, of string, was *calendar.HalfDay) shell.Screen {
	title, old := words.CalendarHalfNew, calendar.HalfDay{Keep: calendar.Block{To: calendar.Noon}}
	if was != nil {
		title, old = words.CalendarHalfChange, *was
	}
	f := newForm(s, desk, of, title, words.CalendarHalfLead)
	f.fields = func(Form) parts.Form {
		return parts.NewForm(words.CalendarSave,
			parts.Field{Name: "half_day", Label: words.CalendarColDay, Kind: parts.Day, Need: true, Value: stored(old.Day)},
			parts.Field{Name: "hours", Label: words.CalendarKeep, Hint: words.CalendarKeepHint, Need: true, Max: maxHours,
				Value: words.Hours(s.Lang(), calendar.Hours{old.Keep}), Check: func(text string) error { _, err := kept(text); return err }},
			parts.Field{Name: "note", Label: words.CalendarReason, Hint: words.CalendarNoteHint, Max: maxName, Value: old.Note})
	}
	f.save = func(f Form) (func() (saved, error), error) {
		now, err := f.half()
		if err != nil {
			return nil, err
		}
		return func() (saved, error) {
			return saved{said: words.CalendarHalfSaved, args: []any{"day", words.WeekdayDay(f.S.Lang(), now.Day)}},
				f.desk.Store.ChangeHalfDay(f.S.Ctx, f.By(), f.of, was, &now)
		}, nil
	}
	f.tail = Form.stays
	return f
}

// kept reads the part of a day that stays: one block.
func kept(text string) (calendar.Block, error) {
	hours, err := calendar.ParseHours(text)
	if err != nil {
		return calendar.Block{}, err
	}
	if len(hours) != 1 {
		return calendar.Block{}, &data.Invalid{Field: "hours", Why: calendar.WhyHours, Got: data.Clean(strings.TrimSpace(text), 40)}
	}
	return hours[0], nil
}

func (f Form) half() (calendar.HalfDay, error) {
	day, _ := f.day("half_day")
	keep, err := kept(f.Body.Value("hours"))
	return calendar.HalfDay{Day: day, Keep: keep, Note: f.Body.Value("note")}, err
}

// stays says what the half day in the form leaves of the day.
func (f Form) stays() []string {
	now, err := f.half()
	if err != nil || now.Day.IsZero() {
		return nil
	}
	c := f.found.c
	c.HalfDays = nil
	before := c.Days(now.Day, now.Day)[0]
	c.HalfDays = []calendar.HalfDay{now}
	after := c.Days(now.Day, now.Day)[0]
	return f.Paragraphs(f.S.T(words.CalendarHalfStays, "day", words.WeekdayDay(f.S.Lang(), now.Day), "before", f.room().dayText(before), "after", f.room().dayText(after)))
}
