package data_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
)

func TestHasNationalNumber(t *testing.T) {
	// born 1985-07-30, order number 033; the check number is made here, so that no real number stands in a file
	number := func(head int64, y2000 bool) string {
		sum := head
		if y2000 {
			sum += 2_000_000_000
		}
		return fmt.Sprintf("%09d%02d", head, 97-sum%97)
	}
	old, young, bis := number(850730033, false), number(40229125, true), number(854730033, false)
	signs := func(n string) string {
		return n[:2] + "." + n[2:4] + "." + n[4:6] + "-" + n[6:9] + "." + n[9:]
	}
	for name, c := range map[string]struct {
		text string
		want bool
	}{
		"plain":                 {old, true},
		"with signs":            {signs(old), true},
		"with spaces":           {"85 07 30 " + old[6:9] + " " + old[9:], true},
		"born from 2000 on":     {young, true},
		"BIS":                   {bis, true},
		"in a sentence":         {"zie " + signs(young) + " (INSZ)", true},
		"one digit wrong":       {old[:10] + string('0'+(old[10]-'0'+1)%10), false},
		"part of a longer one":  {old + "7", false},
		"ten digits":            {old[1:], false},
		"a phone number":        {"050 12 34 56", false},
		"a month that is none":  {number(851530033, false), false},
		"a day that is none":    {number(850732033, false), false},
		"letters between":       {old[:6] + "x" + old[6:], false},
		"nothing":               {"", false},
		"a bare inventory code": {"10000000017", false},
	} {
		if got := data.HasNationalNumber(c.text); got != c.want {
			t.Errorf("%s: HasNationalNumber(%q) = %v, want %v", name, c.text, got, c.want)
		}
	}
}

func FuzzHasNationalNumber(f *testing.F) {
	f.Add("85.07.30-033.61")
	f.Fuzz(func(t *testing.T, text string) {
		got := data.HasNationalNumber(text)
		if got != data.HasNationalNumber("a"+text+"b") {
			t.Errorf("letters around %q change the answer", text)
		}
	})
}

// put does one tx-level act.
func put[T any](db *data.DB, do func(ctx context.Context, tx *data.Tx) (T, error)) (got T, err error) {
	err = db.InTx(context.Background(), func(tx *data.Tx) error {
		got, err = do(context.Background(), tx)
		return err
	})
	return got, err
}

func TestPeoplePuts(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db)
		person := func(p data.Person) (data.Person, error) {
			return put(db, func(ctx context.Context, tx *data.Tx) (data.Person, error) {
				return data.PutPerson(ctx, tx, operator, p)
			})
		}
		bo := must(person(data.Person{Given: "Bo", Family: "Claes", Number: "104"}))(t)
		if bo.ID == "" {
			t.Fatal("a new person has no id")
		}
		bo.Family = "De Claes"
		must(person(bo))(t)

		job := func(e data.Employment) (data.Employment, error) {
			return put(db, func(ctx context.Context, tx *data.Tx) (data.Employment, error) {
				return data.PutEmployment(ctx, tx, operator, e)
			})
		}
		half := must(job(data.Employment{PersonID: bo.ID, ServiceID: h.service.ID, Job: "bediende", Fraction: 5000, From: "2024-01-01"}))(t)
		whole := must(job(data.Employment{PersonID: bo.ID, ServiceID: h.service.ID, Employer: "Interim Noord", From: "2025-01-01", Until: "2025-12-31"}))(t)
		if whole.Fraction != data.FullTime {
			t.Errorf("no fraction gives %d, want %d", whole.Fraction, data.FullTime)
		}
		end := func(id, day string) error {
			_, err := put(db, func(ctx context.Context, tx *data.Tx) (struct{}, error) {
				return struct{}{}, data.EndEmployment(ctx, tx, operator, id, day)
			})
			return err
		}
		if err := end(half.ID, "2026-11-30"); err != nil {
			t.Fatal(err)
		}
		all := must(data.Employments(t.Context(), db))(t)
		var got []string
		for _, e := range all {
			if e.PersonID == bo.ID {
				got = append(got, fmt.Sprintf("%s %d %s %s..%s", e.Job, e.Fraction, e.Employer, e.From, e.Until))
			}
		}
		want := "[bediende 5000  2024-01-01..2026-11-30  10000 Interim Noord 2025-01-01..2025-12-31]"
		if fmt.Sprint(got) != want {
			t.Errorf("employments %v, want %s", got, want)
		}

		drop := func(_ any, err error) error { return err }
		for name, c := range map[string]struct {
			err   error
			field string
			why   data.Why
		}{
			"a number twice":        {drop(person(data.Person{Given: "Jo", Family: "Smit", Number: "104"})), "number", data.WhyTwice},
			"no family name":        {drop(person(data.Person{Given: "Jo", Family: " \x07 "})), "family", data.WhyEmpty},
			"a national number":     {drop(person(data.Person{Given: "Jo", Family: "Smit", Number: "85.07.30-033.28"})), "number", data.WhyNationalNumber},
			"a fraction above one":  {drop(job(data.Employment{PersonID: bo.ID, ServiceID: h.service.ID, Fraction: 10001, From: "2024-01-01"})), "fraction", data.WhyNumber},
			"an end before the day": {drop(job(data.Employment{PersonID: bo.ID, ServiceID: h.service.ID, From: "2024-01-01", Until: "2023-12-31"})), "until", data.WhyEarly},
			"no first day":          {drop(job(data.Employment{PersonID: bo.ID, ServiceID: h.service.ID})), "from", data.WhyDay},
			"ended before it began": {end(whole.ID, "2024-12-31"), "until", data.WhyEarly},
		} {
			var bad *data.Invalid
			if !errors.As(c.err, &bad) || bad.Field != c.field || bad.Why != c.why {
				t.Errorf("%s: got %v, want %s: %s", name, c.err, c.field, c.why)
			}
		}
		if err := end("nobody", "2026-01-01"); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("an employment that is not there: %v", err)
		}
		bo.ID = "nobody"
		bo.Number = ""
		if _, err := person(bo); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("a person who is not there: %v", err)
		}
	})
}

func TestStandinsAndRooms(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		h := newHouse(t, db)
		standin := data.Standin{ServiceID: h.service.ID, PersonID: h.an.ID, From: "2026-11-01", Until: "2026-11-30"}
		act := func(do func(ctx context.Context, tx *data.Tx) error) error {
			return db.InTx(t.Context(), func(tx *data.Tx) error { return do(t.Context(), tx) })
		}
		for _, until := range []string{"2026-11-30", "2026-12-31"} { // the second changes the days
			standin.Until = until
			if err := act(func(ctx context.Context, tx *data.Tx) error { return data.PutStandin(ctx, tx, operator, standin) }); err != nil {
				t.Fatal(err)
			}
		}
		if got := must(data.Standins(t.Context(), db))(t); len(got) != 1 || got[0] != standin {
			t.Errorf("stand-ins %v, want %v", got, standin)
		}
		if err := act(func(ctx context.Context, tx *data.Tx) error {
			return data.DropStandin(ctx, tx, operator, h.service.ID, h.an.ID)
		}); err != nil {
			t.Error(err)
		}
		if err := act(func(ctx context.Context, tx *data.Tx) error {
			return data.DropStandin(ctx, tx, operator, h.service.ID, h.an.ID)
		}); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("a stand-in who is not there: %v", err)
		}
		if err := act(func(ctx context.Context, tx *data.Tx) error {
			return data.CloseService(ctx, tx, operator, h.service.ID, "2026-12-31")
		}); err != nil {
			t.Error(err)
		}
		if all := must(h.people.Services(t.Context()))(t); all[0].ClosedOn != "2026-12-31" {
			t.Errorf("closed on %q", all[0].ClosedOn)
		}
	})
}
