package calendar_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
)

func TestHoursOfSomeDays(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		p := newPlace(t, db)
		ctx, s, id := t.Context(), p.store, p.library.ID
		summer := library().Seasons[0]
		if err := errors.Join(s.SetWeek(ctx, p.ict, id, library().Week), s.ChangeSeason(ctx, p.ict, id, nil, &summer)); err != nil {
			t.Fatal(err)
		}
		seen, before := p.calendar(t, id), p.audited(t)
		days := []time.Weekday{time.Tuesday, time.Saturday}
		if err := errors.Join(s.SetHours(ctx, p.ict, id, time.Time{}, days, hours("10-12"), &seen.Week),
			s.SetHours(ctx, p.ict, id, summer.First, []time.Weekday{time.Friday}, nil, &seen.Seasons[0].Week)); err != nil {
			t.Fatal(err)
		}
		want := seen
		want.Week[time.Tuesday], want.Week[time.Saturday] = hours("10-12"), hours("10-12")
		want.Seasons = slices.Clone(seen.Seasons)
		want.Seasons[0].Week[time.Friday] = nil
		if got := p.calendar(t, id); !equal(got, want) {
			t.Fatalf("got  %+v\nwant %+v", got, want)
		}
		for name, c := range map[string]struct {
			err, want error
		}{
			"a day that somebody changed": {s.SetHours(ctx, p.ict, id, time.Time{}, days, hours("9-10"), &seen.Week), calendar.ErrChanged},
			"no such season":              {s.SetHours(ctx, p.ict, id, day("2027-07-02"), days, nil, nil), data.ErrNotFound},
			"no such location":            {s.SetHours(ctx, p.ict, data.NewID(), time.Time{}, days, nil, nil), data.ErrNotFound},
			"staff":                       {s.SetHours(ctx, p.town.Actor("an.peeters"), id, time.Time{}, days, nil, nil), data.ErrDenied},
			"no days":                     {s.SetHours(ctx, p.ict, id, time.Time{}, nil, nil, nil), nil},
			"an eighth day":               {s.SetHours(ctx, p.ict, id, time.Time{}, []time.Weekday{7}, nil, nil), nil},
			"hours that can't be":         {s.SetHours(ctx, p.ict, id, time.Time{}, days, calendar.Hours{{60, 50}}, nil), nil},
		} {
			if bad := (*data.Invalid)(nil); c.want != nil && !errors.Is(c.err, c.want) || c.want == nil && !errors.As(c.err, &bad) {
				t.Errorf("%s: got %v, want %v", name, c.err, c.want)
			}
		}
		// Another day than the one that somebody changed, and what is so already, are fine; the latter is no act.
		if err := errors.Join(s.SetHours(ctx, p.ict, id, time.Time{}, []time.Weekday{time.Monday}, hours("8-9"), &seen.Week),
			s.SetHours(ctx, p.ict, id, time.Time{}, days, hours("10-12"), nil), s.SetWeek(ctx, p.ict, id, p.calendar(t, id).Week)); err != nil {
			t.Error(err)
		}
		if got := p.calendar(t, id); got.Week[time.Monday].String() != "08:00-09:00" || p.audited(t) != before+3 {
			t.Errorf("got %s and %d audit rows, want 3", got.Week, p.audited(t)-before)
		}
	})
}

// Each clerk ticks one day and takes another away: the end has all of it, however they meet.
func TestTicksAtOnce(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		p := newPlace(t, db)
		give := append(calendar.LocalDays(), calendar.SchoolBreaks()...)
		take := calendar.PublicHolidays()
		errs := make([]error, len(give))
		var clerks sync.WaitGroup
		for i := range give {
			clerks.Go(func() {
				errs[i] = p.store.ChangeTicks(t.Context(), p.ict, p.library.ID, give[i:i+1], take[min(i, 9):min(i+1, 10)])
			})
		}
		clerks.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		if got := p.calendar(t, p.library.ID).Ticks; !slices.Equal(got, give) {
			t.Errorf("got %v, want %v", got, give)
		}
		before := p.audited(t)
		if err := p.store.ChangeTicks(t.Context(), p.ict, p.library.ID, give[:1], take[:1]); err != nil || p.audited(t) != before {
			t.Errorf("as it is already: %v, %d audit rows", err, p.audited(t)-before)
		}
		for _, err := range []error{p.store.ChangeTicks(t.Context(), p.ict, p.library.ID, []calendar.Code{"x"}, nil),
			p.store.ChangeTicks(t.Context(), p.ict, p.library.ID, nil, []calendar.Code{"x"})} {
			if bad := (*data.Invalid)(nil); !errors.As(err, &bad) || bad.Why != data.WhyNotOneOf {
				t.Errorf("an unknown day: got %v", err)
			}
		}
	})
}

// Somebody changes what two people saw; the second is told so, and nothing of the first's is lost.
func TestSomebodyWasFirst(t *testing.T) {
	floor := calendar.Closure{First: day("2027-07-26"), Last: day("2027-07-30"), Reason: "nieuwe vloer"}
	longer := calendar.Closure{First: day("2027-07-26"), Last: day("2027-08-06"), Reason: "nieuwe vloer"}
	eve := calendar.HalfDay{Day: day("2027-12-24"), Keep: calendar.Block{To: calendar.Noon}, Note: "kerstavond"}
	party := calendar.HalfDay{Day: day("2027-12-24"), Keep: calendar.Block{To: 15 * 60}, Note: "feest"}
	summer := library().Seasons[0]
	moved := calendar.Season{Name: "zomeruren", First: day("2027-06-28"), Last: day("2027-08-31")}
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		p := newPlace(t, db)
		ctx, s, id := t.Context(), p.store, p.library.ID
		for name, change := range map[string][]func() error{ // add, add once more, change, change what isn't there, remove it, remove what is
			"closure": {
				func() error { return s.ChangeClosure(ctx, p.ict, id, nil, &floor) }, func() error { return s.ChangeClosure(ctx, p.ict, id, nil, &longer) },
				func() error { return s.ChangeClosure(ctx, p.ict, id, &floor, &longer) }, func() error { return s.ChangeClosure(ctx, p.ict, id, &floor, &floor) },
				func() error { return s.ChangeClosure(ctx, p.ict, id, &floor, nil) }, func() error { return s.ChangeClosure(ctx, p.ict, id, &longer, nil) },
			},
			"half day": {
				func() error { return s.ChangeHalfDay(ctx, p.ict, id, nil, &eve) }, func() error { return s.ChangeHalfDay(ctx, p.ict, id, nil, &party) },
				func() error { return s.ChangeHalfDay(ctx, p.ict, id, &eve, &party) }, func() error { return s.ChangeHalfDay(ctx, p.ict, id, &eve, &eve) },
				func() error { return s.ChangeHalfDay(ctx, p.ict, id, &eve, nil) }, func() error { return s.ChangeHalfDay(ctx, p.ict, id, &party, nil) },
			},
			"season": {
				func() error { return s.ChangeSeason(ctx, p.ict, id, nil, &summer) }, func() error { return s.ChangeSeason(ctx, p.ict, id, nil, &moved) },
				func() error { return s.ChangeSeason(ctx, p.ict, id, &summer, &moved) }, func() error { return s.ChangeSeason(ctx, p.ict, id, &summer, &summer) },
				func() error { return s.ChangeSeason(ctx, p.ict, id, &summer, nil) }, func() error { return s.ChangeSeason(ctx, p.ict, id, &moved, nil) },
			},
		} {
			empty, rows := p.calendar(t, id), p.audited(t)
			for step, want := range []string{"", "invalid", "", "changed", "changed", ""} {
				before := p.calendar(t, id)
				err := change[step]()
				bad := (*data.Invalid)(nil)
				if want == "" && err != nil || want == "invalid" && !errors.As(err, &bad) || want == "changed" && !errors.Is(err, calendar.ErrChanged) {
					t.Errorf("%s, step %d: got %v, want %q", name, step, err, want)
				}
				if got := p.calendar(t, id); want != "" && !equal(got, before) {
					t.Errorf("%s, step %d was refused and changed something: got %+v", name, step, got)
				} else if name == "season" && step == 2 && got.Seasons[0].Week.String() != summer.Week.String() {
					t.Errorf("the season lost its hours: got %s", got.Seasons[0].Week)
				}
			}
			if got := p.calendar(t, id); !equal(got, empty) || p.audited(t)-rows != 3 {
				t.Errorf("%s: after all is taken away: got %+v and %d audit rows", name, got, p.audited(t)-rows)
			}
		}
	})
}
