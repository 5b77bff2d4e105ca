package calendar_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"digibrug/data"
	"digibrug/data/calendar"
)

func hours(s string) calendar.Hours {
	h, err := calendar.ParseHours(s)
	if err != nil {
		panic(err)
	}
	return h
}

// weekdays is a week that is open from Monday to Friday.
func weekdays(h string) (w calendar.Week) {
	for d := time.Monday; d <= time.Friday; d++ {
		w[d] = hours(h)
	}
	return w
}

// library is open in the week and on Saturday morning, shorter in summer.
func library() calendar.Calendar {
	week := weekdays("9-12, 13:30-17")
	week[time.Saturday] = hours("9-12")
	return calendar.Calendar{
		Week:      week,
		Seasons:   []calendar.Season{{Name: "zomer", First: day("2027-07-01"), Last: day("2027-08-31"), Week: weekdays("9-12")}},
		HalfDays:  []calendar.HalfDay{{Day: day("2027-12-24"), Keep: calendar.Block{To: calendar.Noon}, Note: "kerstavond"}, {Day: day("2027-12-19"), Keep: calendar.Block{To: calendar.Noon}}},
		Closures:  []calendar.Closure{{First: day("2027-07-26"), Last: day("2027-07-30"), Reason: "nieuwe vloer"}, {First: day("2027-12-25"), Last: day("2027-12-25"), Reason: "kerst"}},
		Ticks:     append(calendar.PublicHolidays(), calendar.FlemishDay, calendar.BoxingDay, calendar.Fair, calendar.Bridge),
		LocalDays: []calendar.LocalDay{{Day: day("2027-05-07"), Code: calendar.Bridge}, {Day: day("2027-09-13"), Code: calendar.Fair}},
	}
}

func TestOpenOn(t *testing.T) {
	unticked := library()
	unticked.Ticks = nil
	school := library()
	school.Ticks = append(school.Ticks, calendar.CarnivalBreak)
	school.School = []calendar.SchoolHoliday{{Year: 2026, Code: calendar.CarnivalBreak, First: day("2027-02-15"), Last: day("2027-02-21")}}
	for name, c := range map[string]struct {
		c    calendar.Calendar
		on   string
		want string
		why  calendar.Reason
	}{
		"an ordinary Wednesday":                    {library(), "2027-02-10", "09:00-12:00, 13:30-17:00", calendar.Reason{By: calendar.ByWeek}},
		"a Sunday":                                 {library(), "2027-02-14", "", calendar.Reason{By: calendar.ByWeek}},
		"the last day before a season":             {library(), "2027-06-30", "09:00-12:00, 13:30-17:00", calendar.Reason{By: calendar.ByWeek}},
		"the first day of a season":                {library(), "2027-07-01", "09:00-12:00", calendar.Reason{By: calendar.BySeason, Note: "zomer"}},
		"the last day of a season":                 {library(), "2027-08-31", "09:00-12:00", calendar.Reason{By: calendar.BySeason, Note: "zomer"}},
		"a Saturday of a season without Saturdays": {library(), "2027-07-03", "", calendar.Reason{By: calendar.BySeason, Note: "zomer"}},
		"the first day of a closure":               {library(), "2027-07-26", "", calendar.Reason{By: calendar.ByClosure, Note: "nieuwe vloer"}},
		"the last day of a closure":                {library(), "2027-07-30", "", calendar.Reason{By: calendar.ByClosure, Note: "nieuwe vloer"}},
		"a public holiday":                         {library(), "2027-05-06", "", calendar.Reason{By: "ascension"}},
		"a public holiday in a season":             {library(), "2027-07-21", "", calendar.Reason{By: "national_day"}},
		"a closure on a public holiday":            {library(), "2027-12-25", "", calendar.Reason{By: calendar.ByClosure, Note: "kerst"}},
		"a ticked local day":                       {library(), "2027-12-26", "", calendar.Reason{By: "boxing_day"}},
		"a local day without a tick":               {library(), "2027-11-02", "09:00-12:00, 13:30-17:00", calendar.Reason{By: calendar.ByWeek}},
		"a bridge day":                             {library(), "2027-05-07", "", calendar.Reason{By: "bridge"}},
		"the fair":                                 {library(), "2027-09-13", "", calendar.Reason{By: "fair"}},
		"the fair, for who doesn't close":          {unticked, "2027-09-13", "09:00-12:00, 13:30-17:00", calendar.Reason{By: calendar.ByWeek}},
		"a public holiday, for who doesn't close":  {unticked, "2027-05-06", "09:00-12:00, 13:30-17:00", calendar.Reason{By: calendar.ByWeek}},
		"a half day":                               {library(), "2027-12-24", "09:00-12:00", calendar.Reason{By: calendar.ByHalfDay, Note: "kerstavond"}},
		"a half day on a closed day":               {library(), "2027-12-19", "", calendar.Reason{By: calendar.ByWeek}},
		"a school holiday without a tick":          {library(), "2027-02-10", "09:00-12:00, 13:30-17:00", calendar.Reason{By: calendar.ByWeek}},
		"a school holiday, by official dates":      {school, "2027-02-15", "", calendar.Reason{By: "school_carnival"}},
		"a school holiday that was moved":          {school, "2027-02-10", "09:00-12:00, 13:30-17:00", calendar.Reason{By: calendar.ByWeek}},
		"nothing at all":                           {calendar.Calendar{}, "2027-02-10", "", calendar.Reason{By: calendar.ByWeek}},
	} {
		got, why := c.c.OpenOn(day(c.on))
		if got.String() != c.want || why != c.why || c.c.IsOpen(day(c.on)) != (c.want != "") {
			t.Errorf("%s (%s): got %q by %+v, want %q by %+v", name, c.on, got, why, c.want, c.why)
		}
	}
}

func TestNextAndPreviousOpen(t *testing.T) {
	c := library()
	for on, want := range map[string][2]string{ // from a day on, and up to it
		"2027-02-10": {"2027-02-10", "2027-02-10"}, "2027-02-14": {"2027-02-15", "2027-02-13"},
		"2027-05-06": {"2027-05-08", "2027-05-05"}, "2027-07-26": {"2027-08-02", "2027-07-23"}, "2027-12-25": {"2027-12-27", "2027-12-24"},
	} {
		next, _ := c.NextOpen(day(on))
		previous, _ := c.PreviousOpen(day(on))
		if text(next) != want[0] || text(previous) != want[1] {
			t.Errorf("%s: got %s and %s, want %v", on, text(next), text(previous), want)
		}
	}
	if got, found := (calendar.Calendar{}).NextOpen(day("2027-01-01")); found {
		t.Errorf("never open: got %s", text(got))
	}
	if got := len(c.OpenDays(day("2027-05-03"), day("2027-05-09"))); got != 4 {
		t.Errorf("the week of Ascension: got %d open days, want 4", got)
	}
	if got := c.OpenDays(day("2027-05-09"), day("2027-05-03")); got != nil {
		t.Errorf("backwards: got %v, want none", got)
	}
}

func TestOpenAt(t *testing.T) {
	night := calendar.Calendar{}
	for d := range night.Week {
		night.Week[d] = hours("0-6, 22-24") // 22:00 to 06:00
	}
	always := calendar.Calendar{}
	for d := range always.Week {
		always.Week[d] = hours("0-24")
	}
	late := calendar.Calendar{}
	late.Week[time.Sunday] = hours("1-2:30, 2:30-5") // blocks that touch in the hour of both changes
	for name, c := range map[string]struct {
		c      calendar.Calendar
		at     string
		closes string // "" when closed
	}{
		"before opening":                        {library(), "2027-02-10T07:59:59Z", ""},
		"at opening":                            {library(), "2027-02-10T08:00:00Z", "2027-02-10T11:00Z"},
		"at closing":                            {library(), "2027-02-10T11:00:00Z", ""},
		"summer time":                           {library(), "2027-07-01T07:00:00Z", "2027-07-01T10:00Z"},
		"over midnight":                         {night, "2026-11-23T21:30:00Z", "2026-11-24T05:00Z"},
		"over midnight, after it":               {night, "2026-11-24T03:00:00Z", "2026-11-24T05:00Z"},
		"by day":                                {night, "2026-11-24T05:00:00Z", ""},
		"the short night":                       {night, "2027-03-27T21:00:00Z", "2027-03-28T04:00Z"},
		"the long night":                        {night, "2026-10-24T20:00:00Z", "2026-10-25T05:00Z"},
		"half past two for the first time":      {late, "2026-10-25T00:30:00Z", "2026-10-25T04:00Z"},
		"half past two for the second time":     {late, "2026-10-25T01:30:00Z", "2026-10-25T04:00Z"},
		"right after the jump":                  {late, "2027-03-28T01:00:00Z", "2027-03-28T03:00Z"},
		"a place that never closes, for a week": {always, "2026-11-23T12:00:00Z", "2026-11-30T23:00Z"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		closes, open := c.c.OpenAt(at)
		if open != (c.closes != "") || open && utc(closes) != c.closes {
			t.Errorf("%s: got %s, %v, want %q", name, utc(closes), open, c.closes)
		}
	}
	if next, ok := library().NextOpening(time.Date(2027, 5, 5, 15, 30, 0, 0, time.UTC)); !ok || utc(next.From) != "2027-05-08T07:00Z" || utc(next.To) != "2027-05-08T10:00Z" {
		t.Errorf("from the eve of Ascension: got %s to %s, %v", utc(next.From), utc(next.To), ok)
	}
	if next, ok := (calendar.Calendar{}).NextOpening(time.Now()); ok {
		t.Errorf("never open: got %s", utc(next.From))
	}
	gone := calendar.Calendar{}
	gone.Week[time.Sunday] = hours("2-3")
	if got := gone.Openings(day("2027-03-28")); len(got) != 0 {
		t.Errorf("hours in the hour that is skipped: got %v, want none", got)
	}
	if got := gone.Openings(day("2026-10-25")); len(got) != 1 || got[0].Lasts() != 2*time.Hour {
		t.Errorf("hours in the hour that comes twice: got %v, want two hours", got)
	}
}

func anyWeek(t *rapid.T) (w calendar.Week) {
	for d := range w {
		if rapid.Bool().Draw(t, "open") {
			w[d] = anyHours(t)
		}
	}
	return w
}

// anyCalendar draws a calendar over the ten years; it is in its normal form.
func anyCalendar(t *rapid.T) calendar.Calendar {
	c := calendar.Calendar{Week: anyWeek(t), Ticks: rapid.SliceOfDistinct(rapid.SampledFrom(calendar.Ticks()), rapid.ID[calendar.Code]).Draw(t, "ticks")}
	last := day("2026-01-01")
	for range rapid.IntRange(0, 4).Draw(t, "seasons") {
		first := last.AddDate(0, 0, rapid.IntRange(1, 500).Draw(t, "wait"))
		last = first.AddDate(0, 0, rapid.IntRange(0, 300).Draw(t, "long"))
		c.Seasons = append(c.Seasons, calendar.Season{Name: "s", First: first, Last: last, Week: anyWeek(t)})
	}
	last = day("2026-01-01")
	for range rapid.IntRange(0, 6).Draw(t, "closures") {
		first := last.AddDate(0, 0, rapid.IntRange(1, 400).Draw(t, "wait"))
		last = first.AddDate(0, 0, rapid.IntRange(0, 40).Draw(t, "long"))
		c.Closures = append(c.Closures, calendar.Closure{First: first, Last: last, Reason: "r"})
	}
	for range rapid.IntRange(0, 5).Draw(t, "half days") {
		h := calendar.HalfDay{Day: anyDay(t, "half"), Keep: calendar.Block{To: calendar.Noon}}
		if !slices.ContainsFunc(c.HalfDays, func(o calendar.HalfDay) bool { return o.Day.Equal(h.Day) }) {
			c.HalfDays = append(c.HalfDays, h)
		}
	}
	n, err := c.Normal()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestOpenDayLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, from := anyCalendar(t), anyDay(t, "from")
		next, found := c.NextOpen(from)
		if found && !c.IsOpen(next) {
			t.Fatalf("from %s: %s is not open", text(from), text(next))
		}
		for d := from; d.Before(next) && found; d = d.AddDate(0, 0, 1) {
			if c.IsOpen(d) {
				t.Fatalf("from %s: got %s, but %s is open before it", text(from), text(next), text(d))
			}
		}
		if back, ok := c.PreviousOpen(next); found && (!ok || !back.Equal(next)) {
			t.Fatalf("back from the open day %s: got %s", text(next), text(back))
		}
		previous, ok := c.PreviousOpen(from)
		if ok && (!c.IsOpen(previous) || len(c.OpenDays(previous, from)) != 1) {
			t.Fatalf("up to %s: got %s, open days %v", text(from), text(previous), c.OpenDays(previous, from))
		}
		middle := from.AddDate(0, 0, rapid.IntRange(0, 200).Draw(t, "middle"))
		last := middle.AddDate(0, 0, rapid.IntRange(1, 200).Draw(t, "last"))
		all, days := c.OpenDays(from, last), int(last.Sub(from)/(24*time.Hour))+1
		closed := 0
		for d := from; !d.After(last); d = d.AddDate(0, 0, 1) {
			if c.IsClosed(d) {
				closed++
			}
		}
		if len(all)+closed != days || len(c.OpenDays(from, middle))+len(c.OpenDays(middle.AddDate(0, 0, 1), last)) != len(all) {
			t.Fatalf("%s to %s: %d open and %d closed of %d days", text(from), text(last), len(all), closed, days)
		}
		if len(all) > 0 && !all[0].Equal(next) {
			t.Fatalf("from %s: first %s, next %s", text(from), text(all[0]), text(next))
		}
	})
}

func TestOpeningLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, on := anyCalendar(t), anyDay(t, "on")
		begin, end := data.StartOf(on), data.StartOf(on.AddDate(0, 0, 1))
		var last time.Time
		for _, i := range c.Openings(on) {
			if !i.From.Before(i.To) || i.From.Before(begin) || i.To.After(end) || i.From.Before(last) {
				t.Fatalf("%s: %s to %s after %s", text(on), utc(i.From), utc(i.To), utc(last))
			}
			last = i.To
		}
		at := begin.Add(time.Duration(rapid.Int64Range(0, int64(end.Sub(begin))-1).Draw(t, "at")))
		want := slices.ContainsFunc(c.Openings(on), func(i calendar.Interval) bool { return i.Has(at) })
		closes, open := c.OpenAt(at)
		if open != want || open && !closes.After(at) {
			t.Fatalf("at %s: got open %v until %s, want %v", utc(at), open, utc(closes), want)
		}
		next, found := c.NextOpening(at)
		if found && next.From.Before(at) {
			t.Fatalf("at %s: next is %s", utc(at), utc(next.From))
		}
		if _, stays := c.OpenAt(closes); open && stays && closes.Sub(at) < 7*24*time.Hour {
			t.Fatalf("at %s: closes at %s, but is open then", utc(at), utc(closes))
		}
		for d := on; found && !d.After(calendar.LocalOf(next.From).Day); d = d.AddDate(0, 0, 1) {
			for _, i := range c.Openings(d) {
				if !i.From.Before(at) && i.From.Before(next.From) {
					t.Fatalf("at %s: got %s, but %s comes first", utc(at), utc(next.From), utc(i.From))
				}
			}
		}
	})
}

func TestNormal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCalendar(t)
		again, err := c.Normal()
		if err != nil || !equal(again, c) {
			t.Fatalf("got %+v, %v, want %+v", again, err, c)
		}
	})
	for name, c := range map[string]struct {
		change func(*calendar.Calendar)
		field  string
		why    data.Why
	}{
		"blocks over one another":     {func(c *calendar.Calendar) { c.Week[1] = calendar.Hours{{0, 60}, {59, 90}} }, "hours", calendar.WhyOverlap},
		"a block that ends too early": {func(c *calendar.Calendar) { c.Week[1] = calendar.Hours{{60, 60}} }, "hours", calendar.WhyOrder},
		"a block past midnight":       {func(c *calendar.Calendar) { c.Week[1] = calendar.Hours{{60, 1441}} }, "hours", calendar.WhyOrder},
		"seasons over one another": {func(c *calendar.Calendar) {
			c.Seasons = append(c.Seasons, calendar.Season{Name: "b", First: day("2027-08-31"), Last: day("2027-09-01")})
		}, "season", calendar.WhyOverlap},
		"a season that ends before it begins": {func(c *calendar.Calendar) { c.Seasons[0].Last = day("2027-06-30") }, "season", data.WhyDay},
		"a season without a name":             {func(c *calendar.Calendar) { c.Seasons[0].Name = " \x1b" }, "season_name", data.WhyEmpty},
		"closures over one another": {func(c *calendar.Calendar) {
			c.Closures = append(c.Closures, calendar.Closure{First: day("2027-07-01"), Last: day("2027-07-26"), Reason: "b"})
		}, "closure", calendar.WhyOverlap},
		"a closure without a reason":    {func(c *calendar.Calendar) { c.Closures[0].Reason = "" }, "reason", data.WhyEmpty},
		"a closure without a day":       {func(c *calendar.Calendar) { c.Closures[0].First = time.Time{} }, "closure", data.WhyDay},
		"two half days on one day":      {func(c *calendar.Calendar) { c.HalfDays[1].Day = c.HalfDays[0].Day }, "half_day", data.WhyTwice},
		"a half day that keeps nothing": {func(c *calendar.Calendar) { c.HalfDays[0].Keep = calendar.Block{} }, "half_day", calendar.WhyOrder},
		"an unknown tick":               {func(c *calendar.Calendar) { c.Ticks = append(c.Ticks, "halloween") }, "tick", data.WhyNotOneOf},
		"a bridge day twice":            {func(c *calendar.Calendar) { c.LocalDays[1].Day = c.LocalDays[0].Day }, "local_day", data.WhyTwice},
		"a local day of another kind":   {func(c *calendar.Calendar) { c.LocalDays[0].Code = calendar.AllSouls }, "local_day", data.WhyNotOneOf},
		"an official holiday in another year": {func(c *calendar.Calendar) {
			c.School = []calendar.SchoolHoliday{{Year: 2026, Code: calendar.AutumnBreak, First: day("2025-11-02"), Last: day("2025-11-09")}}
		}, "school_holiday", data.WhyDay},
		"an official holiday over another": {func(c *calendar.Calendar) {
			c.School = []calendar.SchoolHoliday{{Year: 2026, Code: calendar.AutumnBreak, First: day("2026-11-02"), Last: day("2026-12-25")}}
		}, "school_holiday", calendar.WhyOverlap},
	} {
		bent := library()
		c.change(&bent)
		_, err := bent.Normal()
		if bad := (*data.Invalid)(nil); !errors.As(err, &bad) || bad.Why != c.why || bad.Field != c.field {
			t.Errorf("%s: got %v, want %s: %s", name, err, c.field, c.why)
		}
	}
}
