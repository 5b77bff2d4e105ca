package figures_test

import (
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/loans"
	"digibrug/loans/figures"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// shop is a desk that is always open, with two laptops and clients of the OCMW among its borrowers.
type shop struct {
	*loans.Store
	figures *figures.Store
	db      *data.DB
	clock   *datatest.Hand
	town    *datatest.Town
	laptop  loans.Type
	devices []loans.Device
	t       testing.TB
}

func (s *shop) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func each(t *testing.T, test func(t *testing.T, s *shop)) {
	t.Helper()
	datatest.EachURL(t, func(t *testing.T, url string) {
		clock := &datatest.Hand{}
		db := datatest.Open(t, url, data.WithClock(clock.Now))
		s := &shop{Store: loans.NewStore(db), figures: figures.NewStore(db), db: db, clock: clock, town: datatest.NewTown(t, db), t: t}
		gemeente := s.town.Services["Burgerzaken"].OrganisationID
		var week calendar.Week
		for d := range week {
			week[d] = calendar.Hours{{From: 9 * 60, To: 17 * 60}}
		}
		place, err := calendar.NewStore(db).AddLocation(t.Context(), datatest.Operator, gemeente, "Bibliotheek", calendar.Calendar{Week: week})
		s.ok(err)
		s.laptop, err = s.PutType(t.Context(), datatest.Operator, loans.Type{Name: "laptop", Accessories: []loans.Accessory{{Name: "lader", Cents: 2500}}})
		s.ok(err)
		for i := range 2 {
			d, err := s.AddDevice(t.Context(), datatest.Operator, loans.Device{TypeID: s.laptop.ID, Name: fmt.Sprintf("LT-%d", i+1), OrganisationID: gemeente,
				LocationID: place.ID, PriceCents: 50000, BoughtOn: "2026-01-05"})
			s.ok(err)
			s.ok(s.Move(t.Context(), datatest.Operator, d.ID, loans.Ready, loans.Proof{Tested: true}))
			s.devices = append(s.devices, d)
		}
		test(t, s)
	})
}

func (s *shop) lend(device int, c loans.Category, family string) loans.Loan {
	s.t.Helper()
	b, err := s.PutBorrower(s.t.Context(), datatest.Operator, loans.Borrower{Category: c, Given: "Zoë", Family: family, Phone: "051 12 34 56"})
	s.ok(err)
	l, err := s.Lend(s.t.Context(), datatest.Operator, loans.LendAsk{Device: s.devices[device].ID, Borrower: b.ID, Pay: loans.Bancontact})
	s.ok(err)
	return l
}

func (s *shop) days(n int) { s.clock.Forward(time.Duration(n) * 24 * time.Hour) }

// wish writes down that somebody found no device.
func (s *shop) wish(c loans.Category, from, to string) {
	s.t.Helper()
	s.ok(s.db.InTx(s.t.Context(), func(tx *data.Tx) error {
		_, err := tx.ExecContext(s.t.Context(), `INSERT INTO loan_demand (id, at, on_day, type_id, category, how, from_on, to_on) VALUES ($1, $2, $3, $4, $5, 'refused', $6, $7)`,
			data.NewID(), tx.Now().UnixMilli(), tx.Today(), s.laptop.ID, string(c), from, to)
		return err
	}))
}

// TestRegister reads all figures from a register in which a laptop came back late and incomplete, went into repair,
// and another is out.
func TestRegister(t *testing.T) {
	each(t, func(t *testing.T, s *shop) {
		ctx, by := t.Context(), datatest.Operator
		l := s.lend(0, loans.Citizen, "Vos") // 23 November, due 14 December
		s.lend(1, loans.Client, "Maes")
		for range 5 {
			s.wish(loans.Citizen, "2026-12-01", "2026-12-05")
		}
		s.days(25)
		_, err := s.Return(ctx, by, loans.ReturnAsk{Loan: l.ID, Missing: []string{"lader"}})
		s.ok(err)
		s.ok(s.Move(ctx, by, s.devices[0].ID, loans.Repair, loans.Proof{}))
		s.ok(s.AddCost(ctx, by, s.devices[0].ID, loans.Cost{On: data.DayOf(s.db.Now()), Cents: 30000, What: "scherm"}))
		s.days(10) // 28 December
		p := s.figures.LastYear()
		types, devices, err := s.figures.Utilisation(ctx, by, p)
		s.ok(err)
		if len(types) != 1 || len(devices) != 2 || devices[0].Out != 25 || devices[0].Days != 25 || devices[1].Out != 35 || devices[1].Days != 35 || types[0].Loans != 2 || types[0].Type != "laptop" {
			t.Errorf("use: %+v, %+v", types, devices)
		}
		unmet, err := s.figures.Unmet(ctx, by, p)
		s.ok(err)
		if len(unmet) != 1 || unmet[0].Wishes != 5 || unmet[0].Refused != 5 || unmet[0].Category != loans.Citizen || unmet[0].Type != "laptop" {
			t.Errorf("unmet: %+v", unmet)
		}
		damage, err := s.figures.Damage(ctx, by, p)
		s.ok(err)
		want := figures.Damage{Year: 2026, TypeID: s.laptop.ID, Type: "laptop", Loans: 1, Incomplete: 1, Missing: 1, Charged: 2500, Repairs: 1, Repair: 30000}
		if len(damage) != 1 || damage[0] != want {
			t.Errorf("damage: %+v, want %+v", damage, want)
		}
		advice, err := s.figures.Forecast(ctx, by, p)
		s.ok(err)
		if len(advice) != 2 || advice[0].Why != figures.Short || advice[1].Why != figures.Costly || advice[1].Name != "LT-1" {
			t.Errorf("advice: %+v", advice)
		}
	})
}

// TestSimulateRegister tries a week on the register: the client's loan stays as it was, since there are too few.
func TestSimulateRegister(t *testing.T) {
	each(t, func(t *testing.T, s *shop) {
		ctx, by := t.Context(), datatest.Operator
		first, second := s.lend(0, loans.Citizen, "Vos"), s.lend(1, loans.Client, "Maes")
		s.days(25)
		for _, l := range []loans.Loan{first, second} {
			_, err := s.Return(ctx, by, loans.ReturnAsk{Loan: l.ID})
			s.ok(err)
		}
		s.days(5)
		model := loans.ModelRegulation()
		same, err := s.figures.Simulate(ctx, by, s.figures.LastYear(), model)
		s.ok(err)
		if fmt.Sprint(same.Was) != fmt.Sprint(same.Would) || same.Was.Loans != 2 || same.Was.Late != 2 || same.Was.BlockDays != 4 || same.Was.DeviceDays != 50 {
			t.Errorf("the same regulation: %+v, %+v", same.Was, same.Would)
		}
		model.Cells[loans.Cell{}][loans.TermDays] = 7
		week, err := s.figures.Simulate(ctx, by, s.figures.LastYear(), model)
		s.ok(err)
		if week.Would.DeviceDays != 11+25 {
			t.Errorf("a week: %+v", week.Would)
		}
	})
}

func TestWhoReads(t *testing.T) {
	each(t, func(t *testing.T, s *shop) {
		s.ok(s.town.Accounts.Grant(t.Context(), datatest.Operator, "lid1", data.RoleFinance, "2020-01-01", ""))
		p := s.figures.LastYear()
		for login, may := range map[string]bool{"ivo.ict": true, "dirk.adm": true, "lid1": true, "bert.maes": false, "dora.claes": false} {
			if _, err := s.figures.Forecast(t.Context(), s.town.Actor(login), p); errors.Is(err, data.ErrDenied) == may {
				t.Errorf("%s: %v", login, err)
			}
		}
		for _, wrong := range []figures.Period{{}, {From: "2026-02-01", To: "2026-01-01"}, {From: "1990-01-01", To: "2026-01-01"}} {
			var bad *data.Invalid
			if _, err := s.figures.Unmet(t.Context(), datatest.Operator, wrong); !errors.As(err, &bad) {
				t.Errorf("%v: %v", wrong, err)
			}
		}
	})
}
