package papers

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/start"
	"digibrug/data/workbook"
	"digibrug/loans"
	"digibrug/loans/takeover"
	"digibrug/tui/screentest"
)

// lists are the lists of a counter.
func (c *counter) lists() *Shelf {
	return NewShelf(c.DB, data.NewSettings(c.DB), LoanLists{c.store, data.NewPeople(c.DB), calendar.NewStore(c.DB), c.clock.Now}.Papers()...)
}

func (c *counter) fill(by data.Actor, name string, ask Ask) Sheet {
	c.t.Helper()
	return must(c.lists().Fill(c.t.Context(), by, name, ask))(c.t)
}

// busy is a counter with something on every list: Mo is a client of the OCMW with a lower tariff, and late.
func busy(t *testing.T) *counter {
	c := newCounter(t)
	zoe := c.zoe()
	mo := c.borrower(loans.Borrower{Category: loans.Client, Given: "Mo", Family: "Bakkali", Phone: "0470 99 88 77"})
	first, second, third := c.device("LT-001"), c.device("LT-002"), c.device("LT-003")
	c.lend(first, mo)
	c.lend(second, zoe)
	c.ok(c.store.AddCost(t.Context(), c.an, third.ID, loans.Cost{On: "2026-11-23", Cents: 4550, What: "nieuwe batterij"}))
	c.days(1)
	_ = must(c.store.Book(t.Context(), c.an, loans.BookAsk{Device: third.ID, Borrower: zoe.ID, From: data.DayOf(c.clock.Now().AddDate(0, 0, 1)), To: data.DayOf(c.clock.Now().AddDate(0, 0, 8))}))(t)
	_ = must(c.store.Wait(t.Context(), c.an, c.laptop.ID, mo.ID, data.DayOf(c.clock.Now().AddDate(0, 0, 2)), data.DayOf(c.clock.Now().AddDate(0, 0, 9))))(t)
	c.days(40)
	return c
}

func TestLoanLists(t *testing.T) {
	c := busy(t)
	var all strings.Builder
	for _, p := range c.lists().All() {
		all.WriteString(c.fill(c.an, p.Name, Ask{From: "2026-11-23", Until: "2026-11-23"}).Table(160) + "\n")
	}
	screentest.Text(t, all.String())
}

// TestListsKeepTheSecret looks in every list of the desk for what only the OCMW may know, in the form that holds most.
func TestListsKeepTheSecret(t *testing.T) {
	c := busy(t)
	for _, p := range c.lists().All() {
		for _, f := range []Format{FormatJSON, FormatCSV, FormatTable} {
			var out bytes.Buffer
			s := c.fill(c.an, p.Name, Ask{})
			s.Notes = nil // which say how clients count
			c.ok(Write(&out, f, s))
			for _, secret := range []string{`"client"`, "OCMW", "tarief", "ground"} {
				if strings.Contains(out.String(), secret) {
					t.Errorf("%s as %s tells the desk %s:\n%s", p.Name, f, secret, out.String())
				}
			}
		}
	}
}

func TestWhoMayHaveLists(t *testing.T) {
	c := busy(t)
	may := map[string][]string{"chris.wouters": {"loan-money"}, "dora.claes": nil}
	for login, names := range may {
		for _, p := range c.lists().All() {
			_, err := c.lists().Fill(t.Context(), c.Actor(login), p.Name, Ask{})
			if want := slices.Contains(names, p.Name); want != (err == nil) || !want && !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s asks for %s: %v", login, p.Name, err)
			}
		}
	}
	own := c.fill(c.chris, "loan-money", Ask{From: "2026-11-23", Until: "2026-11-23"})
	other := c.fill(c.ocmw, "loan-money", Ask{From: "2026-11-23", Until: "2026-11-23"})
	if len(own.Rows) == 0 || len(other.Rows) != 0 {
		t.Errorf("the municipality's director has %d rows of its money, that of the OCMW %d, want none", len(own.Rows), len(other.Rows))
	}
	for name, ask := range map[string]Ask{"backwards": {From: "2026-11-24", Until: "2026-11-23"}, "two years": {From: "2025-01-01", Until: "2026-12-31"}, "no day": {From: "morgen"}} {
		var bad *data.Invalid
		if _, err := c.lists().Fill(t.Context(), c.an, "loan-money", ask); !errors.As(err, &bad) {
			t.Errorf("%s: %v, want an invalid day", name, err)
		}
	}
}

// TestDevicesComeBack reads the list of devices as the start workbook does: nothing changes, and what was changed in
// it does. A device out of use keeps its name beside its successor.
func TestDevicesComeBack(t *testing.T) {
	for _, f := range []Format{FormatCSV, FormatXLSX} {
		c := busy(t)
		old := c.device("LT-014")
		c.ok(c.store.Move(t.Context(), c.an, old.ID, loans.Retired, loans.Proof{Note: "versleten"}))
		c.device("LT-014")
		s := c.fill(c.an, "loan-devices", Ask{})
		read := func(s Sheet) start.Plan {
			book := must(workbook.Read("toestellen"+f.Ext(), made(t, f, s), workbook.Standard()))(t)
			p, err := start.NewStore(c.DB, takeover.Workbook()...).Plan(t.Context(), c.ivo, book, start.Ask{})
			if err != nil || len(p.Problems) > 0 {
				t.Fatalf("%s: %v, problems %+v", f, err, p.Problems)
			}
			return p
		}
		same := 0
		for _, one := range read(s).Changes {
			if one.Kind != start.Same {
				t.Errorf("%s: an unchanged list would %s %s: %+v", f, one.Kind, one.What, one.Deltas)
			}
			same++
		}
		if same != len(s.Rows) {
			t.Errorf("%s: %d devices were read of %d", f, same, len(s.Rows))
		}
		at := slices.IndexFunc(s.Columns, func(c Column) bool { return c.Name == "price" })
		s.Rows[0][at] = Money(51234)
		changed := ""
		for _, one := range read(s).Changes {
			if one.Kind == start.Changed {
				text, _ := json.Marshal(one.Deltas)
				changed += string(text)
			}
		}
		if !strings.Contains(changed, "512,34") || strings.Count(changed, `"field"`) != 1 {
			t.Errorf("%s: another price of one device changes %s", f, changed)
		}
	}
}
