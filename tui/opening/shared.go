package opening

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/data/calendar"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// localDay is a day of the fair or a bridge day, with the locations that close on it.
type localDay struct {
	calendar.LocalDay
	closes []string
}

// newLocal lists the fair and the bridge days of an organisation.
func newLocal(s *shell.Session, desk Desk, organisation string) shell.Screen {
	r := room{page.Still(s), desk}
	return newList(s, desk, listed[localDay]{
		title: words.CalendarLocal,
		columns: []parts.Column{{Title: words.CalendarColDay, Min: 13}, {Title: words.CalendarColKind, Min: 8}, {Title: words.CalendarColCloses, Min: 16, Grow: 1},
			{Title: "", Min: 8, Drop: 1}},
		load: func() ([]localDay, error) { return r.localDays(organisation) },
		id:   func(l localDay) string { return stored(l.Day) },
		cells: func(l localDay) []string {
			closes := strings.Join(l.closes, ", ")
			if closes == "" {
				closes = s.T(words.CalendarNobody)
			}
			return []string{words.WeekdayDay(s.Lang(), l.Day), s.T(words.CalendarDay(l.Code)), closes, r.stands(l.Day, l.Day)}
		},
		none: words.CalendarLocalNone,
		adds: func() shell.Screen { return newLocalForm(s, desk, organisation) },
		ask: func(l localDay) (words.Key, []any) {
			return words.CalendarLocalAsk, []any{"day", words.WeekdayDay(s.Lang(), l.Day), "kind", s.T(words.CalendarDay(l.Code))}
		},
		drop: func(l localDay) error { return desk.Store.DropLocalDay(s.Ctx, r.By(), organisation, l.Day) },
		gone: words.CalendarLocalDropped,
	})
}

func (r room) localDays(organisation string) ([]localDay, error) {
	days, err := r.desk.Store.LocalDays(r.S.Ctx, organisation)
	if err != nil {
		return nil, err
	}
	places, err := r.places()
	if err != nil {
		return nil, err
	}
	all := make([]localDay, len(days))
	for i, l := range days {
		all[i].LocalDay = l
		for _, p := range places {
			if p.l.OrganisationID == organisation && slices.Contains(p.c.Ticks, l.Code) {
				all[i].closes = append(all[i].closes, p.l.Name)
			}
		}
	}
	return upcoming(all, r.today(), func(l localDay) time.Time { return l.Day }), nil
}

// newLocalForm announces a day of the fair or a bridge day.
func newLocalForm(s *shell.Session, desk Desk, organisation string) shell.Screen {
	f := newForm(s, desk, "", words.CalendarLocalNew, words.CalendarLocalLead)
	f.fields = func(f Form) parts.Form {
		kind := parts.Field{Name: "kind", Label: words.CalendarColKind, Kind: parts.Choice, Need: true}
		for _, code := range []calendar.Code{calendar.Bridge, calendar.Fair} {
			kind.Options = append(kind.Options, parts.Option{Value: string(code), Label: f.S.T(words.CalendarDay(code))})
		}
		return parts.NewForm(words.CalendarSave, parts.Field{Name: "local_day", Label: words.CalendarColDay, Kind: parts.Day, Need: true}, kind)
	}
	f.save = func(f Form) (func() (saved, error), error) {
		on, _ := f.day("local_day")
		l := calendar.LocalDay{Day: on, Code: calendar.Code(f.Body.Value("kind"))}
		return func() (saved, error) {
			return saved{said: words.CalendarLocalSaved, args: []any{"day", words.WeekdayDay(f.S.Lang(), on), "kind", f.S.T(words.CalendarDay(l.Code))}},
				f.desk.Store.PutLocalDay(f.S.Ctx, f.By(), organisation, l)
		}, nil
	}
	return f
}

// schoolHoliday is a school holiday, and whether its dates are official ones.
type schoolHoliday struct {
	calendar.SchoolHoliday
	official bool
}

func (h schoolHoliday) year() string { return fmt.Sprintf("%d-%d", h.Year, h.Year+1) }

// newSchool lists the school holidays of this school year and the next.
func newSchool(s *shell.Session, desk Desk) shell.Screen {
	r := room{page.Still(s), desk}
	return newList(s, desk, listed[schoolHoliday]{
		title: words.CalendarSchool,
		columns: []parts.Column{{Title: words.CalendarColYear, Min: 10, Drop: 2}, {Title: words.CalendarColHoliday, Min: 15, Grow: 1}, {Title: words.CalendarColFrom, Min: 13},
			{Title: words.CalendarColUntil, Min: 13}, {Title: words.CalendarColBy, Min: 17, Drop: 1}},
		load: r.schoolHolidays,
		id:   func(h schoolHoliday) string { return fmt.Sprintf("%d %s", h.Year, h.Code) },
		cells: func(h schoolHoliday) []string {
			by := words.CalendarByRule
			if h.official {
				by = words.CalendarOfficial
			}
			return []string{h.year(), s.T(words.CalendarDay(h.Code)), words.WeekdayDay(s.Lang(), h.First), words.WeekdayDay(s.Lang(), h.Last), s.T(by)}
		},
		above: words.CalendarSchoolLead, does: words.CalendarDoChange,
		opens: func(h schoolHoliday) shell.Screen { return newSchoolForm(s, desk, h) },
		can:   func(h schoolHoliday) bool { return h.official },
		ask: func(h schoolHoliday) (words.Key, []any) {
			return words.CalendarSchoolAsk, []any{"name", s.T(words.CalendarDay(h.Code)), "year", h.year()}
		},
		drops: words.CalendarToRule, yes: words.CalendarSchoolYes,
		drop: func(h schoolHoliday) error { return desk.Store.DropSchoolHoliday(s.Ctx, r.By(), h.Year, h.Code) },
		gone: words.CalendarSchoolDropped,
	})
}

func (r room) schoolHolidays() (all []schoolHoliday, err error) {
	official, err := r.desk.Store.OfficialSchoolHolidays(r.S.Ctx)
	year := calendar.SchoolYear(r.today())
	for _, y := range []int{year, year + 1} {
		for _, h := range calendar.SchoolHolidays(y, official) {
			all = append(all, schoolHoliday{h, calendar.IsOfficial(h, official)})
		}
	}
	return all, err
}

// newSchoolForm gives a school holiday official dates.
func newSchoolForm(s *shell.Session, desk Desk, h schoolHoliday) shell.Screen {
	f := newForm(s, desk, "", words.CalendarDay(h.Code), words.CalendarSchoolFormLead)
	f.fields = func(Form) parts.Form {
		return parts.NewForm(words.CalendarSave,
			parts.Field{Name: "school_holiday", Label: words.CalendarColFrom, Kind: parts.Day, Need: true, Value: stored(h.First)},
			parts.Field{Name: "until", Label: words.CalendarColUntil, Kind: parts.Day, Need: true, Value: stored(h.Last)})
	}
	f.save = func(f Form) (func() (saved, error), error) {
		first, last, err := f.days("school_holiday", "until")
		if err != nil {
			return nil, err
		}
		now := calendar.SchoolHoliday{Year: h.Year, Code: h.Code, First: first, Last: last}
		return func() (saved, error) {
			return saved{said: words.CalendarSchoolSet, args: []any{"name", f.S.T(words.CalendarDay(h.Code)), "year", h.year(), "days", words.DaySpan(f.S.Lang(), first, last)}},
				f.desk.Store.PutSchoolHoliday(f.S.Ctx, f.By(), now)
		}, nil
	}
	return f
}
