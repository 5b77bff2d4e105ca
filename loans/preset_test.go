package loans_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/loans"
)

// invalid gives field and code of every piece of bad input in an error.
func invalid(err error) (all []string) {
	var many interface{ Unwrap() []error }
	var one *data.Invalid
	switch {
	case err == nil:
	case errors.As(err, &many):
		for _, e := range many.Unwrap() {
			all = append(all, invalid(e)...)
		}
	case errors.As(err, &one):
		all = append(all, one.Field+" "+string(one.Why))
	default:
		all = append(all, err.Error())
	}
	return all
}

func TestPresetOf(t *testing.T) {
	figure := func(p loans.Preset, c loans.Category, of loans.Param) int64 { return p.Version.Or(c, "", of, -1) }
	for name, c := range map[string]struct {
		change func(*loans.Answers)
		of     func(loans.Preset) any
		want   any
	}{
		"six times Enter: three weeks":       {of: func(p loans.Preset) any { return figure(p, loans.Citizen, loans.TermDays) }, want: int64(21)},
		"staff as well":                      {of: func(p loans.Preset) any { return figure(p, loans.Employee, loans.TermDays) }, want: int64(21)},
		"a booking of the whole term":        {of: func(p loans.Preset) any { return figure(p, loans.Citizen, loans.MostDays) }, want: int64(22)},
		"staff pays no deposit":              {of: func(p loans.Preset) any { return figure(p, loans.Employee, loans.DepositCents) }, want: int64(0)},
		"others do":                          {of: func(p loans.Preset) any { return figure(p, loans.Participant, loans.DepositCents) }, want: int64(6000)},
		"nobody pays":                        {func(a *loans.Answers) { a.DepositCents = 0 }, func(p loans.Preset) any { return figure(p, loans.Citizen, loans.DepositCents) }, int64(0)},
		"late costs a day":                   {of: func(p loans.Preset) any { return figure(p, loans.Citizen, loans.BlockPerDay) }, want: int64(1)},
		"and never a client of the OCMW":     {of: func(p loans.Preset) any { return figure(p, loans.Client, loans.BlockPerDay) }, want: int64(0)},
		"also when it is strict":             {func(a *loans.Answers) { a.Late = loans.LateStrict }, func(p loans.Preset) any { return figure(p, loans.Client, loans.BlockPerDay) }, int64(0)},
		"strict: a call stops lending":       {func(a *loans.Answers) { a.Late = loans.LateStrict }, func(p loans.Preset) any { return p.Ladder[1].BlockDays }, int64(7)},
		"kind: reminders alone":              {func(a *loans.Answers) { a.Late = loans.LateKind }, func(p loans.Preset) any { return figure(p, loans.Citizen, loans.BlockPerDay) + p.Ladder[4].BlockDays }, int64(0)},
		"no cash":                            {of: func(p loans.Preset) any { return p.Cash }, want: "0"},
		"cash":                               {func(a *loans.Answers) { a.Cash = true }, func(p loans.Preset) any { return p.Cash }, "1"},
		"closed on Saturday":                 {of: func(p loans.Preset) any { return len(p.Week.Week[time.Saturday]) + len(p.Week.Week[time.Monday]) }, want: 2},
		"an association keeps its own limit": {of: func(p loans.Preset) any { return figure(p, loans.Association, loans.MostLoans) }, want: int64(10)},
	} {
		t.Run(name, func(t *testing.T) {
			a := loans.Usual()
			if c.change != nil {
				c.change(&a)
			}
			p, err := loans.PresetOf(a, "Laptopbib", "2026-11-23")
			if err != nil {
				t.Fatal(err)
			}
			if got := c.of(p); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestPresetWrong(t *testing.T) {
	a := loans.Answers{Weeks: 53, Renewals: -1, PerPerson: 3, PerHousehold: 2, DepositCents: 100_001, Free: []loans.Category{loans.Client}, Late: "x"}
	_, err := loans.PresetOf(a, "", "2026-11-23")
	want := []string{"weeks number", "renewals number", "per_household number", "deposit number", "type empty", "free not_one_of", "late not_one_of", "days empty"}
	if got := invalid(err); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestOpenDesk opens a desk of which nothing was there, and lends at it.
func TestOpenDesk(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		a := loans.Usual()
		a.What, a.Place, a.OrganisationID, a.Weeks = "tablet", "OCR", c.gemeente, 2
		before := c.count(`SELECT count(*) FROM audit WHERE action LIKE 'loan.%' OR action LIKE 'device.%'`)
		if _, err := c.OpenDesk(t.Context(), c.an, a, "Laptopbib", false); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a clerk opens a desk: %v", err)
		}
		p, err := c.OpenDesk(t.Context(), c.ivo, a, "Laptopbib", false)
		c.ok(err)
		if n := c.count(`SELECT count(*) FROM audit WHERE action LIKE 'loan.%' OR action LIKE 'device.%'`); n != before+1 {
			t.Errorf("%d audit rows for one act", n-before)
		}
		locations, err := calendar.NewStore(c.db).Locations(t.Context())
		c.ok(err)
		at := slices.IndexFunc(locations, func(l calendar.Location) bool { return l.Name == "OCR" })
		d := must(c.AddDevice(t.Context(), c.an, loans.Device{TypeID: p.Type.ID, Name: "TB-1", OrganisationID: c.gemeente, LocationID: locations[at].ID}))(t)
		c.ok(c.Move(t.Context(), c.an, d.ID, loans.Ready, loans.Proof{Tested: true}))
		l := must(c.Lend(t.Context(), c.an, loans.LendAsk{Device: d.ID, Borrower: c.borrower("Vos").ID}))(t)
		if l.DepositCents != 6000 || l.DueOn != "2026-12-07" || l.Regulation != p.Version.ID || len(l.Accessories) != 2 {
			t.Errorf("lent: %+v", l)
		}
		if got := must(c.Setting(t.Context(), c.ivo, loans.SettingCash))(t); got != "0" {
			t.Errorf("cash is %q", got)
		}
		c.whole()
	})
}

// TestOpenDeskAgain is refused once there is a version, changes nothing then, and takes over when that was confirmed.
func TestOpenDeskAgain(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		a := loans.Usual()
		a.What, a.LocationID = "Laptop", c.library // there already, in other letters
		first := must(c.OpenDesk(t.Context(), c.ivo, a, "Eerste", false))(t)
		if first.Type.ID != c.laptop.ID || len(first.Type.Accessories) != 2 || first.Type.Accessories[0].Cents != 2500 {
			t.Errorf("the type that was there became %+v", first.Type)
		}
		c.days(1)
		a.Weeks, a.Cash = 1, true
		_, err := c.OpenDesk(t.Context(), c.ivo, a, "Tweede", false)
		if got := fmt.Sprint(invalid(err)); got != "[regulation loans.version_there]" {
			t.Errorf("got %s", got)
		}
		if all := must(c.Versions(t.Context(), c.ivo))(t); len(all) != 1 || must(c.Setting(t.Context(), c.ivo, loans.SettingCash))(t) != "0" {
			t.Errorf("a refused preset changed something: %+v", all)
		}
		second := must(c.OpenDesk(t.Context(), c.ivo, a, "Tweede", true))(t)
		all := must(c.Versions(t.Context(), c.ivo))(t)
		if len(all) != 2 || all[0].Or("", "", loans.TermDays, 0) != 21 || all[1].Or("", "", loans.TermDays, 0) != 7 || all[1].ID != second.Version.ID {
			t.Errorf("versions: %+v", all)
		}
		a.LocationID = data.NewID()
		if _, err := c.OpenDesk(t.Context(), c.ivo, a, "Derde", true); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("a location that is nowhere: %v", err)
		}
		a.LocationID, a.Place, a.OrganisationID, a.Hours = "", "Zaal", c.gemeente, "12-9"
		if _, err := c.OpenDesk(t.Context(), c.ivo, a, "Derde", true); len(invalid(err)) != 1 {
			t.Errorf("hours that can't be: %v", err)
		}
		c.whole()
	})
}
