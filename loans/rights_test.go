package loans_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/loans"
)

// TestSocialAidStaysInside: what the desk of the municipality reads, counts, is refused and leaves in the audit log names
// neither a ground nor that somebody is a client of the OCMW.
func TestSocialAidStaysInside(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		const ground = "budgetbegeleiding-geheim"
		c.ok(c.PutTariff(t.Context(), c.ivo, loans.Tariff{Code: "V", Name: "verminderd", DepositPercent: 50}))
		client := must(c.PutBorrower(t.Context(), c.dora, loans.Borrower{Category: loans.Client, Given: "Mo", Family: "Claes", Phone: "051 1"}))(t)
		c.ok(c.SetGround(t.Context(), c.dora, client.ID, loans.Ground{Tariff: "V", Ground: ground}))
		d, e := c.device("LT-001"), c.device("LT-002")
		l := must(c.Lend(t.Context(), c.an, loans.LendAsk{Device: d.ID, Borrower: client.ID, Pay: loans.Bancontact}))(t)
		k := must(c.book(e, client, "2026-12-21", "2026-12-22"))(t)
		c.shut("2026-12-14", "2026-12-15")
		_, plan := c.preview()
		moved := must(c.Replan(t.Context(), c.an, plan.Key, nil))(t)
		_, twice := c.Lend(t.Context(), c.an, loans.LendAsk{Device: e.ID, Borrower: client.ID})
		_, again := c.Lend(t.Context(), c.bert, loans.LendAsk{Device: d.ID, Borrower: client.ID})
		if twice == nil || again == nil {
			t.Fatal("lent twice")
		}
		seen := map[string]any{"loan": l, "booking": k, "plan": plan, "refused": twice, "lent": again}
		add := func(name string, got any, err error) {
			t.Helper()
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			seen[name] = got
		}
		today, err := c.Today(t.Context(), c.an)
		add("today", today, err)
		found, err := c.Find(t.Context(), c.an, string(client.Number))
		add("find", fmt.Sprintf("%+v %+v", found, found.Borrower), err)
		people, err := c.Search(t.Context(), c.an, "claes")
		add("search", people, err)
		open, err := c.OpenNow(t.Context(), c.an)
		add("open", open, err)
		money, err := c.OpenMoney(t.Context(), c.an)
		add("money", money, err)
		moves, err := c.ReplanMoves(t.Context(), c.an, moved)
		add("moves", moves, err)
		queue, err := c.Queue(t.Context(), c.an)
		add("queue", queue, err)
		notices, err := c.NoticesOf(t.Context(), c.an, l.ID)
		add("notices", notices, err)
		audit := must(data.List(t.Context(), c.db, func(scan func(...any) error) (string, error) {
			var action, detail string
			err := scan(&action, &detail)
			return action + " " + detail, err
		}, `SELECT action, detail FROM audit ORDER BY seq`))(t)
		add("audit", audit, nil)
		for name, got := range seen {
			text := strings.ToLower(fmt.Sprintf("%+v", got))
			for _, secret := range []string{ground, string(loans.Client)} {
				if strings.Contains(text, secret) {
					t.Errorf("%s tells %q: %s", name, secret, text)
				}
			}
		}
		if g, found, err := c.GroundOf(t.Context(), c.dora, client.ID); err != nil || !found || g.Ground != ground {
			t.Errorf("the ground, asked by a social worker: %+v, %v", g, err)
		}
		if _, _, err := c.GroundOf(t.Context(), c.an, client.ID); !errors.Is(err, data.ErrDenied) {
			t.Errorf("the ground, asked by a clerk: %v", err)
		}
	})
}
