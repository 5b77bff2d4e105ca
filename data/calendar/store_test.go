package calendar_test

import (
	"errors"
	"reflect"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
)

func equal(a, b calendar.Calendar) bool { return reflect.DeepEqual(a, b) }

// place is an invented town with a library, and the ICT officer who keeps its calendar.
type place struct {
	db             *data.DB
	store          *calendar.Store
	town           *datatest.Town
	ict            data.Actor
	gemeente, ocmw string
	library        calendar.Location
}

func newPlace(t *testing.T, db *data.DB) place {
	t.Helper()
	p := place{db: db, store: calendar.NewStore(db), town: datatest.NewTown(t, db)}
	p.ict = p.town.Actor("ivo.ict")
	p.gemeente, p.ocmw = p.town.Services["Burgerzaken"].OrganisationID, p.town.Services["Sociale dienst"].OrganisationID
	var err error
	if p.library, err = p.store.AddLocation(t.Context(), p.ict, p.gemeente, "  Bibliotheek ", calendar.Calendar{Ticks: calendar.PublicHolidays()}); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p place) calendar(t *testing.T, location string) calendar.Calendar {
	t.Helper()
	c, err := p.store.Calendar(t.Context(), location)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (p place) audited(t *testing.T) int64 {
	t.Helper()
	n, err := p.db.VerifyAudit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestLocations(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		p := newPlace(t, db)
		hall, err := p.store.AddLocation(t.Context(), p.ict, p.ocmw, "Élisabethzaal", library())
		if err != nil {
			t.Fatal(err)
		}
		twin, err := p.store.AddLocation(t.Context(), p.ict, p.ocmw, "Bibliotheek", calendar.Calendar{})
		if err != nil {
			t.Fatal("another organisation may have a location of that name:", err)
		}
		if err := p.store.Rename(t.Context(), p.ict, twin.ID, "Cafetaria"); err != nil {
			t.Fatal(err)
		}
		twin.Name = "Cafetaria"
		got, err := p.store.Locations(t.Context())
		if want := []calendar.Location{p.library, twin, hall}; err != nil || !slices.Equal(got, want) {
			t.Errorf("got %v, %v, want %v", got, err, want)
		}
		if l, err := p.store.Location(t.Context(), hall.ID); err != nil || l != hall {
			t.Errorf("got %v, %v, want %v", l, err, hall)
		}
		before := p.audited(t)
		for name, c := range map[string]struct {
			err  error
			want error
			why  data.Why
		}{
			"no name":         {second(p.store.AddLocation(t.Context(), p.ict, p.gemeente, "\x1b\u200b ", calendar.Calendar{})), nil, data.WhyEmpty},
			"the same name":   {second(p.store.AddLocation(t.Context(), p.ict, p.gemeente, "BIBLIOTHÉEK", calendar.Calendar{})), nil, data.WhyTwice},
			"unknown house":   {second(p.store.AddLocation(t.Context(), p.ict, data.NewID(), "Post", calendar.Calendar{})), data.ErrNotFound, ""},
			"bad calendar":    {second(p.store.AddLocation(t.Context(), p.ict, p.gemeente, "Post", calendar.Calendar{Ticks: []calendar.Code{"x"}})), nil, data.WhyNotOneOf},
			"staff":           {second(p.store.AddLocation(t.Context(), p.town.Actor("an.peeters"), p.gemeente, "Post", calendar.Calendar{})), data.ErrDenied, ""},
			"rename nothing":  {p.store.Rename(t.Context(), p.ict, data.NewID(), "Post"), data.ErrNotFound, ""},
			"rename to known": {p.store.Rename(t.Context(), p.ict, hall.ID, "cafetaria"), nil, data.WhyTwice},
			"rename to none":  {p.store.Rename(t.Context(), p.ict, hall.ID, " "), nil, data.WhyEmpty},
			"rename by staff": {p.store.Rename(t.Context(), p.town.Actor("an.peeters"), hall.ID, "Post"), data.ErrDenied, ""},
		} {
			bad := (*data.Invalid)(nil)
			if c.want != nil && !errors.Is(c.err, c.want) || c.want == nil && (!errors.As(c.err, &bad) || bad.Why != c.why) {
				t.Errorf("%s: got %v, want %v %s", name, c.err, c.want, c.why)
			}
		}
		if after := p.audited(t); after != before {
			t.Errorf("got %d audit rows more: what is refused changes nothing", after-before)
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestCalendarIsKept(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		p := newPlace(t, db)
		other, err := p.store.AddLocation(t.Context(), p.ict, p.gemeente, "Gemeentehuis", library())
		if err != nil {
			t.Fatal(err)
		}
		want, err := library().Normal()
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range want.LocalDays {
			if err := p.store.PutLocalDay(t.Context(), p.ict, p.gemeente, l); err != nil {
				t.Fatal(err)
			}
		}
		carnival := calendar.SchoolHoliday{Year: 2026, Code: calendar.CarnivalBreak, First: day("2027-02-15"), Last: day("2027-02-21")}
		if err := p.store.PutSchoolHoliday(t.Context(), p.ict, carnival); err != nil {
			t.Fatal(err)
		}
		want.School = []calendar.SchoolHoliday{carnival}
		if got := p.calendar(t, other.ID); !equal(got, want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
		all, err := p.store.Calendars(t.Context())
		plain := calendar.Calendar{Ticks: calendar.PublicHolidays(), LocalDays: want.LocalDays, School: want.School}
		if err != nil || len(all) != 2 || !equal(all[other.ID], want) || !equal(all[p.library.ID], plain) {
			t.Errorf("got %+v, %v", all, err)
		}
		if _, err := p.store.Calendar(t.Context(), data.NewID()); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("unknown location: got %v", err)
		}
	})
}

// Whatever a calendar is made of comes back as it went in.
func TestCalendarRoundTrip(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		p := newPlace(t, db)
		rapid.Check(t, func(rt *rapid.T) {
			want := anyCalendar(rt)
			if err := p.store.Save(t.Context(), p.ict, p.library.ID, want); err != nil {
				rt.Fatal(err)
			}
			if got := p.calendar(t, p.library.ID); !equal(got, want) {
				rt.Fatalf("got  %+v\nwant %+v", got, want)
			}
		})
	})
}

func TestActsOnACalendar(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		p := newPlace(t, db)
		ctx, s, id := t.Context(), p.store, p.library.ID
		src := library()
		before := p.audited(t)
		acts := []error{
			s.SetWeek(ctx, p.ict, id, src.Week),
			s.SetTicks(ctx, p.ict, id, src.Ticks),
			s.PutSeason(ctx, p.ict, id, src.Seasons[0]),
			s.PutHalfDay(ctx, p.ict, id, src.HalfDays[0]), s.PutHalfDay(ctx, p.ict, id, src.HalfDays[1]),
			s.PutClosure(ctx, p.ict, id, calendar.Closure{First: day("2027-07-26"), Last: day("2027-07-27"), Reason: "vloer"}),
			s.PutClosure(ctx, p.ict, id, src.Closures[0]), // takes the place of the one before
			s.PutClosure(ctx, p.ict, id, src.Closures[1]),
		}
		if err := errors.Join(acts...); err != nil {
			t.Fatal(err)
		}
		want, err := src.Normal()
		if err != nil {
			t.Fatal(err)
		}
		want.LocalDays = nil
		if got := p.calendar(t, id); !equal(got, want) {
			t.Fatalf("got  %+v\nwant %+v", got, want)
		}
		if rows := p.audited(t) - before; rows != int64(len(acts)) {
			t.Errorf("got %d audit rows for %d acts", rows, len(acts))
		}
		refused := map[string]error{
			"staff changes a week":           s.SetWeek(ctx, p.town.Actor("bert.maes"), id, calendar.Week{}),
			"a season over another":          s.PutSeason(ctx, p.ict, id, calendar.Season{Name: "b", First: day("2027-08-01"), Last: day("2027-08-02")}),
			"a closure over another":         s.PutClosure(ctx, p.ict, id, calendar.Closure{First: day("2027-07-30"), Last: day("2027-08-02"), Reason: "b"}),
			"no season on that day":          s.DropSeason(ctx, p.ict, id, day("2027-07-02")),
			"no closure on that day":         s.DropClosure(ctx, p.ict, id, day("2027-07-27")),
			"no half day on that day":        s.DropHalfDay(ctx, p.ict, id, day("2027-07-27")),
			"no such location":               s.SetTicks(ctx, p.ict, data.NewID(), nil),
			"a saved calendar that can't be": s.Save(ctx, p.ict, id, calendar.Calendar{Closures: []calendar.Closure{{}}}),
		}
		for name, err := range refused {
			if err == nil {
				t.Errorf("%s: got no error", name)
			}
		}
		if got := p.calendar(t, id); !equal(got, want) || p.audited(t) != before+int64(len(acts)) {
			t.Errorf("what is refused changed something: got %+v", got)
		}
		if err := errors.Join(s.DropSeason(ctx, p.ict, id, day("2027-07-01")), s.DropClosure(ctx, p.ict, id, day("2027-07-26")),
			s.DropHalfDay(ctx, p.ict, id, day("2027-12-19"))); err != nil {
			t.Fatal(err)
		}
		if got := p.calendar(t, id); len(got.Seasons) != 0 || len(got.Closures) != 1 || len(got.HalfDays) != 1 {
			t.Errorf("got %+v", got)
		}
	})
}

func TestDaysOfTheHouse(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		p := newPlace(t, db)
		ctx, s := t.Context(), p.store
		bridge := calendar.LocalDay{Day: day("2027-05-07"), Code: calendar.Bridge}
		easter := calendar.SchoolHoliday{Year: 2026, Code: calendar.EasterBreak, First: day("2027-03-27"), Last: day("2027-04-11")}
		longer := calendar.SchoolHoliday{Year: 2026, Code: calendar.EasterBreak, First: day("2027-02-08"), Last: day("2027-02-21")}
		carnival := calendar.SchoolHoliday{Year: 2026, Code: calendar.CarnivalBreak, First: day("2027-02-01"), Last: day("2027-02-07")}
		if err := errors.Join(
			s.PutLocalDay(ctx, p.ict, p.gemeente, calendar.LocalDay{Day: bridge.Day, Code: calendar.Fair}), s.PutLocalDay(ctx, p.ict, p.gemeente, bridge),
			s.PutSchoolHoliday(ctx, p.ict, easter), s.PutSchoolHoliday(ctx, p.ict, carnival), s.PutSchoolHoliday(ctx, p.ict, longer),
		); err != nil {
			t.Fatal(err)
		}
		if got, err := s.LocalDays(ctx, p.gemeente); err != nil || !slices.Equal(got, []calendar.LocalDay{bridge}) {
			t.Errorf("got %v, %v, want %v", got, err, bridge)
		}
		if got, err := s.LocalDays(ctx, p.ocmw); err != nil || got != nil {
			t.Errorf("the other organisation: got %v, %v, want none", got, err)
		}
		if got, err := s.OfficialSchoolHolidays(ctx); err != nil || !slices.Equal(got, []calendar.SchoolHoliday{carnival, longer}) {
			t.Errorf("got %v, %v, want carnival and the last Easter", got, err)
		}
		before := p.audited(t)
		for name, c := range map[string]struct {
			err, want error
		}{
			"staff announces":                  {s.PutLocalDay(ctx, p.town.Actor("an.peeters"), p.gemeente, bridge), data.ErrDenied},
			"unknown organisation":             {s.PutLocalDay(ctx, p.ict, data.NewID(), bridge), data.ErrNotFound},
			"nothing to take back":             {s.DropLocalDay(ctx, p.ict, p.ocmw, bridge.Day), data.ErrNotFound},
			"no official dates":                {s.DropSchoolHoliday(ctx, p.ict, 2027, calendar.EasterBreak), data.ErrNotFound},
			"staff lays down":                  {s.PutSchoolHoliday(ctx, p.town.Actor("an.peeters"), easter), data.ErrDenied},
			"all souls is no given day":        {s.PutLocalDay(ctx, p.ict, p.gemeente, calendar.LocalDay{Day: bridge.Day, Code: calendar.AllSouls}), nil},
			"over the Christmas of the rule":   {s.PutSchoolHoliday(ctx, p.ict, calendar.SchoolHoliday{Year: 2026, Code: calendar.AutumnBreak, First: day("2026-12-21"), Last: day("2026-12-21")}), nil},
			"the rule is over official Easter": {s.DropSchoolHoliday(ctx, p.ict, 2026, calendar.CarnivalBreak), nil},
		} {
			bad := (*data.Invalid)(nil)
			if c.want != nil && !errors.Is(c.err, c.want) || c.want == nil && !errors.As(c.err, &bad) {
				t.Errorf("%s: got %v, want %v", name, c.err, c.want)
			}
		}
		if rows := p.audited(t) - before; rows != 0 {
			t.Errorf("got %d audit rows of what was refused", rows)
		}
		if err := errors.Join(s.DropLocalDay(ctx, p.ict, p.gemeente, bridge.Day), s.DropSchoolHoliday(ctx, p.ict, 2026, calendar.EasterBreak)); err != nil {
			t.Fatal(err)
		}
		if got := p.calendar(t, p.library.ID); got.LocalDays != nil || !slices.Equal(got.School, []calendar.SchoolHoliday{carnival}) {
			t.Errorf("got %+v", got)
		}
	})
}

// Twenty clerks change one calendar at once: every change is in it.
func TestChangesAtOnce(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		p := newPlace(t, db)
		errs := make([]error, 20)
		var officers sync.WaitGroup
		for i := range errs {
			officers.Go(func() {
				on := day("2027-01-04").AddDate(0, 0, 7*i)
				errs[i] = p.store.PutClosure(t.Context(), p.ict, p.library.ID, calendar.Closure{First: on, Last: on, Reason: "opleiding"})
			})
		}
		officers.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		if got := len(p.calendar(t, p.library.ID).Closures); got != len(errs) {
			t.Errorf("got %d closures, want %d", got, len(errs))
		}
	})
}
