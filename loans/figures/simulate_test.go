package figures_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/loans/figures"
)

// workdays is open from Monday to Friday.
type workdays struct{}

func (workdays) IsOpen(on time.Time) bool {
	return on.Weekday() != time.Saturday && on.Weekday() != time.Sunday
}

func regulation(figures map[loans.Param]int64) loans.Regulation {
	return loans.Regulation{Cells: map[loans.Cell]map[loans.Param]int64{{}: figures}}
}

func with(of map[loans.Param]int64, param loans.Param, value int64) loans.Regulation {
	all := map[loans.Param]int64{param: value}
	for p, v := range of {
		if p != param {
			all[p] = v
		}
	}
	return regulation(all)
}

// three is three weeks, one a person, a deposit of 60 euro, a fine of a euro a day and a day of block.
var three = map[loans.Param]int64{loans.TermDays: 21, loans.Renewals: 1, loans.RenewalDays: 21, loans.MostLoans: 1, loans.MostHousehold: 2, loans.MostYear: 3,
	loans.DepositCents: 6000, loans.FineCents: 100, loans.FineDays: 1, loans.BlockPerDay: 1}

func past(who, lent, due, back string) figures.Past {
	return figures.Past{DeviceID: "d1", TypeID: "laptop", Who: who, Category: loans.Citizen, Lent: lent, Due: due, Back: back, Rules: three, Deposit: 6000, Opening: workdays{}}
}

func laptops(n int) (all []figures.Unit) {
	for i := range n {
		all = append(all, figures.Unit{ID: fmt.Sprintf("d%d", i+1), TypeID: "laptop", Type: "laptop", Name: fmt.Sprintf("LT-%03d", i+1), Here: []figures.Span{{From: "2025-01-01"}}})
	}
	return all
}

func year(devices int, lent ...figures.Past) figures.World {
	return figures.World{Period: figures.Period{From: "2026-01-01", To: "2026-12-31"}, Today: "2027-01-15", Loans: lent, Devices: laptops(devices)}
}

// Monday 5 January 2026 and three weeks, back on the day, two days early, or four days late.
func TestTwoWeeksInsteadOfThree(t *testing.T) {
	w := year(3, past("ann", "2026-01-05", "2026-01-26", "2026-01-26"), past("bob", "2026-01-05", "2026-01-26", "2026-01-24"), past("cas", "2026-01-05", "2026-01-26", "2026-01-30"))
	was, would := figures.Simulate(w, with(three, loans.TermDays, 14))
	if was.Late != 1 || was.LateDays != 4 || was.Fines != 400 || was.BlockDays != 4 || was.DeviceDays != 21+19+25 || was.Empty["laptop"] != 19 {
		t.Errorf("it was %+v", was)
	}
	if would.Late != 1 || would.LateDays != 4 || would.Fines != 400 || would.DeviceDays != 14+12+18 || would.Empty["laptop"] != 12 {
		t.Errorf("it would be %+v", would)
	}
}

func TestSimulate(t *testing.T) {
	one := past("ann", "2026-01-05", "2026-01-26", "2026-01-26")
	for name, c := range map[string]struct {
		lent    []figures.Past
		wishes  []figures.Wish
		devices int
		rules   loans.Regulation
		want    string // late, fines, blocks, deposits, refused with reasons, device-days, wishes
	}{
		"twice the deposit":          {lent: []figures.Past{one}, rules: with(three, loans.DepositCents, 12000), want: "late 0 fines 0 blocks 0 deposit 12000 refused 0 [] days 21 wishes 0"},
		"a reduced deposit stays so": {lent: []figures.Past{reduced(one, 3000)}, rules: with(three, loans.DepositCents, 12000), want: "late 0 fines 0 blocks 0 deposit 6000 refused 0 [] days 21 wishes 0"},
		"longer: the next finds the person with one out": {lent: []figures.Past{one, past("ann", "2026-01-28", "2026-02-18", "2026-02-18")}, rules: with(three, loans.TermDays, 28),
			want: "late 0 fines 0 blocks 0 deposit 6000 refused 1 [loans.most_loans] days 28 wishes 0"},
		"longer: the only device is still out": {lent: []figures.Past{one, past("bob", "2026-01-28", "2026-02-18", "2026-02-18")}, devices: 1, rules: with(three, loans.TermDays, 28),
			want: "late 0 fines 0 blocks 0 deposit 6000 refused 1 [loans.taken] days 28 wishes 0"},
		"one loan a year": {lent: []figures.Past{one, past("ann", "2026-03-02", "2026-03-23", "2026-03-23")}, rules: with(three, loans.MostYear, 1),
			want: "late 0 fines 0 blocks 0 deposit 6000 refused 1 [loans.most_year] days 21 wishes 0"},
		"one a household": {lent: []figures.Past{at("home", one), at("home", past("bob", "2026-01-06", "2026-01-27", "2026-01-27"))}, rules: with(three, loans.MostHousehold, 1),
			want: "late 0 fines 0 blocks 0 deposit 6000 refused 1 [loans.most_household] days 21 wishes 0"},
		"more than the rules allowed was let through, and is again": {lent: []figures.Past{one, past("ann", "2026-01-06", "2026-01-27", "2026-01-27")}, rules: with(three, loans.DepositCents, 0),
			want: "late 0 fines 0 blocks 0 deposit 0 refused 0 [] days 42 wishes 0"},
		"a longer block meets the next loan": {lent: []figures.Past{past("ann", "2026-01-05", "2026-01-26", "2026-01-30"), past("ann", "2026-02-09", "2026-03-02", "2026-03-02")}, rules: with(three, loans.BlockPerDay, 7),
			want: "late 1 fines 400 blocks 1 deposit 6000 refused 1 [loans.blocked] days 25 wishes 0"},
		"too young": {lent: []figures.Past{minor(one, 150)}, rules: with(three, loans.YoungestMonths, 12*16), want: "late 0 fines 0 blocks 0 deposit 0 refused 1 [loans.too_young] days 0 wishes 0"},
		"shorter: a wish is had": {lent: []figures.Past{one}, devices: 1, rules: with(three, loans.TermDays, 7),
			wishes: []figures.Wish{{TypeID: "laptop", From: "2026-01-19", To: "2026-01-23", On: "2026-01-19"}}, want: "late 0 fines 0 blocks 0 deposit 6000 refused 0 [] days 7 wishes 0"},
		"no fine and no block for a client": {lent: []figures.Past{kind(loans.Client, past("ann", "2026-01-05", "2026-01-26", "2026-01-30"))}, rules: with(three, loans.FineCents, 500),
			want: "late 1 fines 0 blocks 0 deposit 6000 refused 0 [] days 25 wishes 0"},
		"what a booking cut stays cut": {lent: []figures.Past{past("ann", "2026-01-05", "2026-01-16", "2026-01-16")}, rules: with(three, loans.TermDays, 28),
			want: "late 0 fines 0 blocks 0 deposit 6000 refused 0 [] days 11 wishes 0"},
		"no renewal": {lent: []figures.Past{renewed(past("ann", "2026-01-05", "2026-02-16", "2026-02-16"))}, rules: with(three, loans.Renewals, 0),
			want: "late 0 fines 0 blocks 0 deposit 6000 refused 0 [] days 21 wishes 0"},
		"few of a kind stay as they were": {lent: []figures.Past{kept(one)}, rules: with(three, loans.TermDays, 7), want: "late 0 fines 0 blocks 0 deposit 6000 refused 0 [] days 21 wishes 0"},
		"limits of nobody knows whom":     {lent: []figures.Past{past("", "2026-01-05", "2026-01-26", "2026-01-26")}, rules: with(three, loans.MostYear, 0), want: "late 0 fines 0 blocks 0 deposit 6000 refused 0 [] days 21 wishes 0"},
		"on a Saturday due on Monday":     {lent: []figures.Past{one}, rules: with(three, loans.TermDays, 12), want: "late 0 fines 0 blocks 0 deposit 6000 refused 0 [] days 14 wishes 0"},
		"loans of before only take room":  {lent: []figures.Past{past("ann", "2025-12-22", "2026-01-12", "2026-01-12")}, rules: with(three, loans.TermDays, 7), want: "late 0 fines 0 blocks 0 deposit 0 refused 0 [] days 0 wishes 0"},
	} {
		t.Run(name, func(t *testing.T) {
			w := year(max(c.devices, 1)+2*(1-min(c.devices, 1)), c.lent...)
			w.Wishes = c.wishes
			_, f := figures.Simulate(w, c.rules)
			var why []string
			for one := range f.Why {
				why = append(why, string(one))
			}
			if got := fmt.Sprintf("late %d fines %d blocks %d deposit %d refused %d %v days %d wishes %d", f.Late, f.Fines, f.Blocked, f.Deposit, f.Refused, why, f.DeviceDays, f.Wishes); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func reduced(p figures.Past, cents int64) figures.Past {
	p.Deposit = cents
	return p
}

func at(house string, p figures.Past) figures.Past {
	p.House = house
	return p
}

func minor(p figures.Past, months int64) figures.Past {
	p.Category, p.Months = loans.Minor, months
	return p
}

func kind(c loans.Category, p figures.Past) figures.Past {
	p.Category = c
	return p
}

func renewed(p figures.Past) figures.Past {
	p.Renewals = 1
	return p
}

func kept(p figures.Past) figures.Past {
	p.Kept = true
	return p
}

// TestSameRegulation holds the law: the regulation of the time gives what happened, whatever happened.
func TestSameRegulation(t *testing.T) {
	var model = loans.ModelRegulation()
	for seed := range uint64(300) {
		w, r := randomYear(rand.New(rand.NewPCG(seed, 7))), model
		was, would := figures.Simulate(w, r)
		if would.Granted != 0 || !reflect.DeepEqual(was, would) {
			t.Fatalf("seed %d:\nit was      %+v\nit would be %+v", seed, was, would)
		}
	}
}

// randomYear is a year in which anything happens: loans that overlap, that are late, that no rule allows, lost
// devices, wishes.
func randomYear(dice *rand.Rand) figures.World {
	model := loans.ModelRegulation()
	on := func(from, span int) string {
		return time.Date(2025, 11, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, from+dice.IntN(span)).Format(data.DayLayout)
	}
	w := figures.World{Period: figures.Period{From: "2026-01-01", To: "2026-12-31"}, Today: "2027-01-15", Devices: laptops(1 + dice.IntN(6))}
	for range 5 + dice.IntN(60) {
		c := loans.Categories()[dice.IntN(6)]
		at := dice.IntN(420)
		p := figures.Past{DeviceID: "d1", TypeID: "laptop", Who: strings.Repeat("x", dice.IntN(6)), House: strings.Repeat("h", dice.IntN(3)), Category: c,
			Months: int64(100 + dice.IntN(100)), Lent: on(at, 1), Due: on(at, 60), Renewals: int64(dice.IntN(4)), Booked: dice.IntN(5) == 0,
			Lost: dice.IntN(20) == 0, Rules: model.For(c, "laptop"), Deposit: int64(dice.IntN(3)) * 3000, Opening: workdays{}}
		if p.Back = on(at, 80); p.Back > w.Today || !p.Lost && dice.IntN(10) == 0 {
			p.Back, p.Lost = "", false
		}
		w.Loans = append(w.Loans, p)
	}
	for range dice.IntN(10) {
		from := dice.IntN(400)
		w.Wishes = append(w.Wishes, figures.Wish{TypeID: "laptop", Category: loans.Citizen, From: on(from, 1), To: on(from, 20), On: on(from, 1)})
	}
	return w
}

// FuzzTerm: with a shorter term nobody has a device for longer, and no fewer devices are left.
func FuzzTerm(f *testing.F) {
	f.Add(uint64(1), uint8(7))
	f.Fuzz(func(t *testing.T, seed uint64, term uint8) {
		w := randomYear(rand.New(rand.NewPCG(seed, 1)))
		model := loans.ModelRegulation()
		model.Cells[loans.Cell{}][loans.MostYear], model.Cells[loans.Cell{}][loans.BlockPerDay] = 1000, 0
		for c := range model.Cells {
			if c.Category != "" {
				delete(model.Cells, c)
			}
		}
		w.Devices = laptops(500) // nobody is refused for want of one
		for i := range w.Loans {
			w.Loans[i].Rules, w.Loans[i].Who = model.For("", ""), ""
		}
		short := loans.Regulation{Cells: map[loans.Cell]map[loans.Param]int64{{}: with(model.Cells[loans.Cell{}], loans.TermDays, int64(term%21)).Cells[loans.Cell{}]}}
		was, would := figures.Simulate(w, short)
		if would.DeviceDays > was.DeviceDays || would.Loans != was.Loans {
			t.Errorf("seed %d, %d days: was %+v, would be %+v", seed, term%21, was, would)
		}
	})
}
