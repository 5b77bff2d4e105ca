package loans_test

import (
	"fmt"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/loans"

	"pgregory.net/rapid"
)

// seven devices, or as many as n.
func devices(n int) (ids []string) {
	for i := range n {
		ids = append(ids, fmt.Sprintf("d%d", i+1))
	}
	return ids
}

// booked claims any of a type, n times.
func booked(t *testing.T, n int, from, to string) (claims []loans.Claim) {
	for range n {
		claims = append(claims, loans.Claim{From: day(t, from), To: day(t, to)})
	}
	return claims
}

// told writes steps as "7 t/m 9/3".
func told(steps []loans.Step) string {
	var all []string
	for _, s := range steps {
		all = append(all, fmt.Sprintf("%d %s..%s", s.Free, s.From.Format("2/1"), s.To.Format("2/1")))
	}
	return strings.Join(all, ", ")
}

// TestT1T2FreeDays are T1 and T2 of cases/loans.md.
func TestT1T2FreeDays(t *testing.T) {
	t1 := loans.Fleet{Devices: devices(7), Today: day(t, "2030-01-01")}
	t1.Claims = append(append(booked(t, 3, "2030-03-21", "2030-03-31"), booked(t, 2, "2030-03-10", "2030-03-24")...), booked(t, 2, "2030-03-23", "2030-04-05")...)
	if got, want := told(t1.Steps(day(t, "2030-03-01"), day(t, "2030-04-10"))), "7 1/3..9/3, 5 10/3..20/3, 2 21/3..22/3, 0 23/3..24/3, 2 25/3..31/3, 5 1/4..5/4, 7 6/4..10/4"; got != want {
		t.Errorf("T1: got %s, want %s", got, want)
	}
	t2 := loans.Fleet{Devices: devices(7), Gap: 4, Today: day(t, "2030-01-01")}
	t2.Claims = append(booked(t, 3, "2030-03-21", "2030-03-31"), booked(t, 2, "2030-03-10", "2030-03-24")...)
	if got, want := told(t2.Steps(day(t, "2030-03-01"), day(t, "2030-04-10"))), "7 1/3..9/3, 5 10/3..20/3, 2 21/3..28/3, 4 29/3..4/4, 7 5/4..10/4"; got != want {
		t.Errorf("T2: got %s, want %s", got, want)
	}
}

// TestT3FreeRanges is T3.
func TestT3FreeRanges(t *testing.T) {
	f := loans.Fleet{Devices: devices(1), Claims: booked(t, 1, "2030-01-17", "2030-01-17"), Today: day(t, "2030-01-01")}
	for span, want := range map[[2]string]int{{"15", "16"}: 1, {"16", "17"}: 0, {"17", "17"}: 0, {"17", "18"}: 0, {"15", "20"}: 0, {"18", "20"}: 1} {
		if got := f.Free(day(t, "2030-01-"+span[0]), day(t, "2030-01-"+span[1])); got != want {
			t.Errorf("T3: %v: %d free, want %d", span, got, want)
		}
	}
}

// TestT5LateIsNotThere is T5, and TestT6Repair T6.
func TestT5LateIsNotThere(t *testing.T) {
	claim := loans.Claim{From: day(t, "2030-01-01"), To: day(t, "2030-01-05")}
	f := loans.Fleet{Devices: devices(1), Claims: []loans.Claim{claim}, Today: day(t, "2030-01-06")}
	if got := f.FreeOn(day(t, "2030-01-08")); got != 1 {
		t.Errorf("T5, never handed over: %d free, want 1", got)
	}
	f.Claims[0].Out = true
	if got := f.FreeOn(day(t, "2030-01-08")); got != 0 {
		t.Errorf("T5, out and late: %d free, want 0", got)
	}
}

func TestT6Repair(t *testing.T) {
	f := loans.Fleet{Devices: devices(7), Today: day(t, "2030-03-01"), Gap: 2}
	f.Claims = append(booked(t, 3, "2030-03-21", "2030-03-31"), loans.Claim{Device: "d1", From: day(t, "2030-03-18"), Repair: true})
	for at, want := range map[string]int{"2030-03-17": 7, "2030-03-20": 6, "2030-03-21": 3, "2035-01-01": 6} {
		if got := f.FreeOn(day(t, at)); got != want {
			t.Errorf("T6: %s: %d free, want %d", at, got, want)
		}
	}
}

// TestT10Clash is T10.
func TestT10Clash(t *testing.T) {
	f := loans.Fleet{Devices: devices(2), Today: day(t, "2030-01-01"),
		Claims: []loans.Claim{{ID: "b", Device: "d1", From: day(t, "2030-03-10"), To: day(t, "2030-03-20")}}}
	for name, span := range map[string][2]string{
		"starts inside": {"15", "25"}, "ends inside": {"05", "12"}, "envelops": {"05", "25"}, "lies inside": {"12", "15"},
		"shares its last day": {"20", "22"}, "shares its first": {"08", "10"},
	} {
		from, to := day(t, "2030-03-"+span[0]), day(t, "2030-03-"+span[1])
		if c, found := f.Clash("d1", from, to); !found || c.ID != "b" {
			t.Errorf("T10: %s: no clash", name)
		}
		if _, found := f.Clash("d2", from, to); found {
			t.Errorf("T10: %s: clash with another device", name)
		}
		if d, found := f.Assign(from, to); !found || d != "d2" {
			t.Errorf("T10: %s: any device gives %q, %v; want d2", name, d, found)
		}
	}
	for name, span := range map[string][2]string{"before": {"01", "09"}, "after": {"21", "30"}} {
		if _, found := f.Clash("d1", day(t, "2030-03-"+span[0]), day(t, "2030-03-"+span[1])); found {
			t.Errorf("T10: %s: clash", name)
		}
	}
	f.Gap = 2
	if _, found := f.Clash("d1", day(t, "2030-03-01"), day(t, "2030-03-08")); !found {
		t.Error("a booking that leaves no service days before the next is taken")
	}
	f.Gap, f.Claims = 0, append(f.Claims, loans.Claim{From: day(t, "2030-03-10"), To: day(t, "2030-03-12")})
	if d, found := f.Assign(day(t, "2030-03-11"), day(t, "2030-03-11")); found {
		t.Errorf("T10: all are taken, one of them by a booking of any device; got %s", d)
	}
}

// TestFleetLaw: the steps say the same as each day by itself, and what is assigned never makes a day negative.
func TestFleetLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := day(t, "2026-11-23")
		f := loans.Fleet{Devices: devices(rapid.IntRange(1, 4).Draw(t, "devices")), Gap: rapid.IntRange(0, 2).Draw(t, "gap"), Today: base}
		for n := range rapid.IntRange(0, 12).Draw(t, "bookings") {
			from := base.AddDate(0, 0, rapid.IntRange(0, 40).Draw(t, "from"))
			to := from.AddDate(0, 0, rapid.IntRange(0, 10).Draw(t, "length"))
			if d, found := f.Assign(from, to); found {
				f.Claims = append(f.Claims, loans.Claim{ID: fmt.Sprint(n), Device: d, From: from, To: to})
			}
		}
		first, last := base.AddDate(0, 0, -3), base.AddDate(0, 0, 60)
		at := first
		for _, s := range f.Steps(first, last) {
			if !s.From.Equal(at) {
				t.Fatalf("a step begins on %v, want %v", s.From, at)
			}
			for ; !at.After(s.To); at = at.AddDate(0, 0, 1) {
				if got := f.FreeOn(at); got != s.Free || got < 0 {
					t.Fatalf("%s: %d free, the step says %d", at.Format(data.DayLayout), got, s.Free)
				}
			}
		}
		if !at.Equal(last.AddDate(0, 0, 1)) {
			t.Fatalf("the steps end before %v", at)
		}
		low := len(f.Devices)
		from, to := base.AddDate(0, 0, 5), base.AddDate(0, 0, 15)
		for d := from; !d.After(to); d = d.AddDate(0, 0, 1) {
			low = min(low, f.FreeOn(d))
		}
		if got := f.Free(from, to); got != low {
			t.Fatalf("%d free in the span, its days say %d", got, low)
		}
	})
}
