package loans_test

import (
	"fmt"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/loans"
)

// crowd fills a counter with 5 000 devices, 2 000 borrowers, 50 000 loans that ended and 1 000 that are open, of which
// 300 are late.
func crowd(b *testing.B, url string) (*counter, []loans.Number) {
	b.Helper()
	c := newCounter(b, url)
	const devices, people, past, open = 5000, 2000, 50_000, 1000
	var numbers []loans.Number
	at := datatest.Noon.UnixMilli()
	c.ok(c.db.InPlainTx(b.Context(), func(tx *data.Tx) error {
		fill := func(into string, columns, n int, row func(i int) []any) {
			for from := 0; from < n; from += 200 {
				var args []any
				var rows []string
				for i := from; i < min(n, from+200); i++ {
					var marks []string
					for range columns {
						marks = append(marks, fmt.Sprintf("$%d", len(args)+len(marks)+1))
					}
					rows, args = append(rows, "("+strings.Join(marks, ",")+")"), append(args, row(i)...)
				}
				if _, err := tx.ExecContext(b.Context(), into+` VALUES `+strings.Join(rows, ","), args...); err != nil {
					b.Fatal(err)
				}
			}
		}
		numbers = nil
		fill(`INSERT INTO loan_serials (kind, last)`, 2, 2, func(i int) []any {
			return [][]any{{loans.KindBorrower, people}, {loans.KindContract, past + open}}[i]
		})
		fill(`INSERT INTO devices (id, type_id, number, name, sort_key, serial, accessories, bought_on, price_cents, guarantee_until, organisation_id, location_id, state, back_on, note, created_at)`, 16, devices, func(i int) []any {
			state := "ready"
			if i < open {
				state = "loan"
			}
			numbers = append(numbers, loans.NewNumber(c.laptop.Kind, i+1))
			name := fmt.Sprintf("LT-%05d", i)
			return []any{fmt.Sprintf("d%d", i), c.laptop.ID, string(numbers[i]), name, strings.ToLower(name), "", "[]", "", 0, "", c.gemeente, c.library, state, "", "", at}
		})
		fill(`INSERT INTO borrowers (id, number, category, given, family, sort_key, phone, mail, birth_month, household, right_until, created_at)`, 12, people, func(i int) []any {
			return []any{fmt.Sprintf("b%d", i), string(loans.NewNumber(loans.KindBorrower, i+1)), "citizen", "Zoë", fmt.Sprintf("Nummer%d", i), fmt.Sprintf("nummer%d zoe", i), "1", "", "", "", "", at}
		})
		fill(`INSERT INTO loan_contracts (id, number, borrower_id, begun_on, regulation, actor, at)`, 7, past+open, func(i int) []any {
			return []any{fmt.Sprintf("c%d", i), string(loans.NewNumber(loans.KindContract, i+1)), fmt.Sprintf("b%d", i%people), "2026-01-05", "", "an.peeters", at}
		})
		fill(`INSERT INTO loans (id, contract_id, device_id, type_id, organisation_id, location_id, borrower_id, category, tariff, lent_at, lent_on, lent_by, due_on, shifts, renewals,
			regulation, rules, accessories, condition, deposit_cents, fee_cents, booking_id, entered_why, ended, ended_at, ended_on, ended_by, missing, back_condition, late_days)`, 30, past+open, func(i int) []any {
			due, ended, on, endedAt := "2026-01-26", "returned", "2026-01-26", any(at)
			if i >= past {
				ended, on, endedAt = "", "", nil
				if due = "2026-12-14"; (i-past)%10 < 3 {
					due = "2026-11-20"
				}
			}
			device := fmt.Sprintf("d%d", i%devices)
			if i >= past {
				device = fmt.Sprintf("d%d", i-past)
			}
			return []any{fmt.Sprintf("l%d", i), fmt.Sprintf("c%d", i), device, c.laptop.ID, c.gemeente, c.library, fmt.Sprintf("b%d", i%people), "citizen", "", at, "2026-01-05", "an.peeters", due, "null", 0,
				"", `{"term_days":21}`, "[]", "", 6000, 0, "", "", ended, endedAt, on, "", "null", "", 0}
		})
		fill(`INSERT INTO loan_ledger (id, loan_id, organisation_id, act_id, at, on_day, kind, what, cents, method, iban, note, actor)`, 13, past+open, func(i int) []any {
			return []any{fmt.Sprintf("g%d", i), fmt.Sprintf("l%d", i), c.gemeente, "", at, "2026-01-05", "received", "deposit", 6000, "bancontact", "", "", "an.peeters"}
		})
		return nil
	}))
	return c, numbers
}

// eachCrowd runs a benchmark at a crowded counter on both engines.
func eachCrowd(b *testing.B, run func(b *testing.B, c *counter, numbers []loans.Number)) {
	for name, url := range map[string]func(testing.TB) string{"sqlite": datatest.SQLite, "postgres": datatest.Postgres} {
		b.Run(name, func(b *testing.B) {
			c, numbers := crowd(b, url(b))
			b.ResetTimer()
			run(b, c, numbers)
		})
	}
}

// BenchmarkFind is a scan at the desk's line: of a device that is in, one that is out, and a borrower.
func BenchmarkFind(b *testing.B) {
	eachCrowd(b, func(b *testing.B, c *counter, numbers []loans.Number) {
		for i := 0; b.Loop(); i++ {
			code := string(numbers[i*7%len(numbers)])
			if i%3 == 0 {
				code = string(loans.NewNumber(loans.KindBorrower, i%2000+1))
			}
			if _, err := c.Find(b.Context(), c.an, code); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkToday opens the day list.
func BenchmarkToday(b *testing.B) {
	eachCrowd(b, func(b *testing.B, c *counter, _ []loans.Number) {
		for b.Loop() {
			d, err := c.Today(b.Context(), c.an)
			if err != nil || len(d.Late) != 300 {
				b.Fatal(len(d.Late), err)
			}
		}
	})
}

// BenchmarkSearch looks a borrower up by a part of the name.
func BenchmarkSearch(b *testing.B) {
	eachCrowd(b, func(b *testing.B, c *counter, _ []loans.Number) {
		for b.Loop() {
			if _, err := c.Search(b.Context(), c.an, "zoé mer19"); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkLend lends and undoes, as the desk does with each loan, with all that is in the register.
func BenchmarkLend(b *testing.B) {
	eachCrowd(b, func(b *testing.B, c *counter, _ []loans.Number) {
		who := c.borrower("Nieuw")
		for b.Loop() {
			l, err := c.Lend(b.Context(), c.an, loans.LendAsk{Device: "d4000", Borrower: who.ID, Pay: loans.Bancontact})
			if err == nil {
				_, err = c.Undo(b.Context(), c.an, l.ID)
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}
