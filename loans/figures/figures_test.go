package figures_test

import (
	"fmt"
	"reflect"
	"testing"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/loans/figures"
)

func january(lent ...figures.Past) figures.World {
	w := year(1, lent...)
	w.To = "2026-01-31"
	return w
}

func TestUtilisation(t *testing.T) {
	for name, c := range map[string]struct {
		w               figures.World
		out, days, lent int
	}{
		"never lent":                            {january(), 0, 31, 0},
		"the day of its return it is there":     {january(past("ann", "2026-01-05", "2026-01-26", "2026-01-26")), 21, 31, 1},
		"lent and back on one day":              {january(past("ann", "2026-01-05", "2026-01-26", "2026-01-05")), 1, 31, 1},
		"twice on one day counts once":          {january(past("ann", "2026-01-05", "2026-01-26", "2026-01-05"), past("bob", "2026-01-05", "2026-01-26", "2026-01-06")), 1, 31, 2},
		"over both ends of the period":          {january(past("ann", "2025-12-20", "2026-03-01", "2026-03-01")), 31, 31, 0},
		"still out":                             {january(past("ann", "2026-01-30", "2026-02-20", "")), 2, 31, 1},
		"in repair it is not there":             {here(january(), figures.Span{From: "2026-01-01", To: "2026-01-10"}), 0, 10, 0},
		"lent from paper before it was entered": {here(january(past("ann", "2026-01-05", "2026-01-26", "2026-01-15")), figures.Span{From: "2026-01-20"}), 10, 22, 1},
	} {
		t.Run(name, func(t *testing.T) {
			types, devices := figures.Utilisation(c.w)
			if len(types) != 1 || len(devices) != 1 || types[0].Out != devices[0].Out {
				t.Fatalf("got %+v and %+v", types, devices)
			}
			if got := devices[0]; got.Out != c.out || got.Days != c.days || got.Loans != c.lent {
				t.Errorf("got %+v, want %d of %d days, %d loans", got, c.out, c.days, c.lent)
			}
		})
	}
}

func here(w figures.World, spans ...figures.Span) figures.World {
	w.Devices[0].Here = spans
	return w
}

func TestNoDeviceNoShare(t *testing.T) {
	if _, ok := (figures.Use{}).Share(); ok {
		t.Error("a share of no days")
	}
	types, devices := figures.Utilisation(here(january()))
	if len(types) != 0 || len(devices) != 0 {
		t.Errorf("got %v and %v for a device that was never there", types, devices)
	}
}

func wishes(n int, c loans.Category, waited bool) (all []figures.Wish) {
	for range n {
		all = append(all, figures.Wish{TypeID: "laptop", Category: c, From: "2026-01-05", To: "2026-01-06", On: "2026-01-05", Waited: waited})
	}
	return all
}

func TestUnmet(t *testing.T) {
	for name, c := range map[string]struct {
		wishes []figures.Wish
		want   string
	}{
		"none": {nil, "[]"},
		"five of each are split": {append(wishes(5, loans.Citizen, false), wishes(6, loans.Employee, true)...),
			"[{laptop  citizen 5 10 5 0} {laptop  employee 6 12 0 6}]"},
		"four of one are not":  {append(wishes(5, loans.Citizen, false), wishes(4, loans.Employee, false)...), "[{laptop   9 18 9 0}]"},
		"clients are citizens": {append(wishes(2, loans.Citizen, false), wishes(3, loans.Client, false)...), "[{laptop  citizen 5 10 5 0}]"},
		"of another year":      {[]figures.Wish{{TypeID: "laptop", From: "2026-01-05", To: "2026-01-06", On: "2025-12-31"}}, "[]"},
	} {
		t.Run(name, func(t *testing.T) {
			w := year(1)
			w.Wishes = c.wishes
			if got := fmt.Sprint(figures.Unmet(w)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestDamageByYear(t *testing.T) {
	got := figures.DamageByYear([]figures.Hurt{
		{On: "2025-03-01", TypeID: "laptop", Loan: true}, {On: "2026-03-01", TypeID: "laptop", Loan: true, Missing: 2}, {On: "2026-03-01", TypeID: "laptop", Charged: 4000},
		{On: "2026-03-02", TypeID: "laptop", Charged: -4000}, {On: "2026-04-01", TypeID: "laptop", Repairs: 1}, {On: "2026-04-20", TypeID: "laptop", Repair: 12000},
		{On: "2026-05-01", TypeID: "laptop", Lost: true}, {On: "2026-05-01", TypeID: "tablet", Stolen: true}, {On: "", TypeID: "tablet", Stolen: true},
	})
	want := []figures.Damage{{Year: 2026, TypeID: "laptop", Loans: 1, Incomplete: 1, Missing: 2, Repairs: 1, Repair: 12000, Lost: 1}, {Year: 2026, TypeID: "tablet", Stolen: 1},
		{Year: 2025, TypeID: "laptop", Loans: 1}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// out is a device that is out in all of January to March of 2026, so on 90 of the 365 days.
func out(device string) figures.Past {
	p := past(device, "2026-01-01", "2026-04-01", "2026-04-01")
	p.DeviceID = device
	return p
}

func TestForecast(t *testing.T) {
	demand := func(from, to string) figures.World {
		w := year(2, out("d1"), out("d2"))
		w.Wishes = []figures.Wish{{TypeID: "laptop", From: from, To: to, On: from}}
		return w
	}
	device := func(change func(*figures.Unit)) figures.World {
		w := year(2, out("d1"), out("d2"))
		change(&w.Devices[0])
		return w
	}
	laptop := func(a figures.Advice) figures.Advice {
		a.TypeID, a.Type = "laptop", "laptop"
		return a
	}
	enough := laptop(figures.Advice{Why: figures.Enough, Count: 2, Of: 365})
	for name, c := range map[string]struct {
		w    figures.World
		hurt []figures.Hurt
		want []figures.Advice
	}{
		"just enough":                     {w: year(2, out("d1"), out("d2")), want: []figures.Advice{enough}},
		"one is missing on eighteen days": {w: demand("2026-02-01", "2026-02-18"), want: []figures.Advice{laptop(figures.Advice{Why: figures.Enough, Count: 2, Days: 18, Of: 365})}},
		"one is missing on nineteen days": {w: demand("2026-02-01", "2026-02-19"), want: []figures.Advice{laptop(figures.Advice{Why: figures.Short, Count: 1, Days: 19, Of: 365})}},
		"two too many":                    {w: year(4, out("d1"), out("d2")), want: []figures.Advice{laptop(figures.Advice{Why: figures.Idle, Count: 2, Of: 365})}},
		"repairs of half the price": {w: device(func(u *figures.Unit) { u.Price = 50000 }), hurt: []figures.Hurt{{DeviceID: "d1", Repair: 25000}},
			want: []figures.Advice{laptop(figures.Advice{Why: figures.Short, Count: 1, Days: 90, Of: 365}), laptop(figures.Advice{DeviceID: "d1", Name: "LT-001", Why: figures.Costly, Cents: 25000, Of: 50000})}},
		"repairs of less": {w: device(func(u *figures.Unit) { u.Price = 50000 }), hurt: []figures.Hurt{{DeviceID: "d1", Repair: 24999}}, want: []figures.Advice{enough}},
		"three repairs": {w: device(func(u *figures.Unit) { u.Name = "LT-9" }), hurt: []figures.Hurt{{DeviceID: "d1", Repairs: 2}, {DeviceID: "d2", Repairs: 2}, {DeviceID: "d1", Repairs: 1}},
			want: []figures.Advice{laptop(figures.Advice{Why: figures.Short, Count: 1, Days: 90, Of: 365}), laptop(figures.Advice{DeviceID: "d1", Name: "LT-9", Why: figures.Broken, Count: 3})}},
		"five years old": {w: device(func(u *figures.Unit) { u.Bought = "2022-01-15" }),
			want: []figures.Advice{laptop(figures.Advice{Why: figures.Short, Count: 1, Days: 90, Of: 365}), laptop(figures.Advice{DeviceID: "d1", Name: "LT-001", Why: figures.Old, Count: 60})}},
		"five years less a day":             {w: device(func(u *figures.Unit) { u.Bought = "2022-01-16" }), want: []figures.Advice{enough}},
		"old, and the guarantee still runs": {w: device(func(u *figures.Unit) { u.Bought, u.Guarantee = "2020-01-01", "2027-01-15" }), want: []figures.Advice{enough}},
		"gone already":                      {w: device(func(u *figures.Unit) { u.Bought, u.Retired = "2020-01-01", true }), want: []figures.Advice{laptop(figures.Advice{Why: figures.Short, Count: 1, Days: 90, Of: 365})}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := figures.Forecast(c.w, c.hurt, figures.ShortShare); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestYear(t *testing.T) {
	for today, want := range map[string]figures.Period{"2026-11-23": {From: "2025-11-23", To: "2026-11-22"}, "2028-02-29": {From: "2027-03-01", To: "2028-02-28"}} {
		on, err := data.ParseDay(today)
		if got := figures.Year(on); err != nil || got != want {
			t.Errorf("of %s: got %v, %v, want %v", today, got, err, want)
		}
	}
}
