package papers

import (
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/screentest"
)

// closing is a desk that closes on days that were promised: what Zoë and her son have moves later, what Lou has earlier,
// since she may have nothing after it, and so does a reservation.
func closing(t *testing.T) *counter {
	t.Helper()
	c := newCounter(t)
	c.ok(data.NewSettings(c.DB).Set(t.Context(), datatest.Operator, data.SettingHelp, "Bel de uitleendienst, 051 12 34 56."))
	zoe := c.zoe()
	son := c.borrower(loans.Borrower{Category: loans.Minor, Given: "Tuur", Family: "D'Hondt", BirthMonth: "2012-05", GuardianID: zoe.ID, Household: "Kerkstraat 5"})
	l := c.lend(c.device("LT-014"), zoe)
	c.lend(c.device("LT-015"), son)
	c.lend(c.device("LT-016"), c.borrower(loans.Borrower{Category: loans.Client, Given: "Lou", Family: "Maes", Phone: "051 98 76 54", RightUntil: l.DueOn}))
	must(c.store.Book(t.Context(), c.an, loans.BookAsk{Device: c.device("LT-017").ID, Borrower: c.borrower(loans.Borrower{Category: loans.Citizen, Given: "Bo", Family: "Aerts"}).ID,
		From: l.DueOn, To: "2026-12-22"}))(t)
	day := parseDay(t, l.DueOn)
	c.ok(calendar.NewStore(c.DB).ChangeClosure(t.Context(), datatest.Operator, c.library, nil, &calendar.Closure{First: day, Last: day, Reason: "wateroverlast"}))
	return c
}

// TestReplanPapers: one letter for a household or person, and a list of whom to call.
func TestReplanPapers(t *testing.T) {
	c := closing(t)
	plan := must(c.store.ReplanPreview(t.Context(), c.an))(t)
	h := must(c.papers.letterhead(t.Context()))(t)
	text := h.callMoved(plan.Calls(), c.papers).Text(76)
	for _, l := range plan.Letters(h.today) {
		text += "---\n" + h.moved(l, c.papers).Text(76)
	}
	screentest.Text(t, text)
}

// TestReplanSends puts those papers in the outbox with the act, once, and says how many.
func TestReplanSends(t *testing.T) {
	c := closing(t)
	key := must(c.store.ReplanPreview(t.Context(), c.an))(t).Key
	told, err := c.papers.Replan(t.Context(), c.an, outbox.Fetch, key)
	if err != nil || told != (Replanned{Letters: 3, Calls: 1}) {
		t.Fatalf("told %+v, %v", told, err)
	}
	if again, err := c.papers.Replan(t.Context(), c.an, outbox.Fetch, key); err == nil || again != (Replanned{}) {
		t.Errorf("a second time %+v, %v", again, err)
	}
	var names []string
	for _, p := range must(outbox.NewStore(c.DB).Mine(t.Context(), c.an))(t) {
		names = append(names, p.Name)
	}
	if got := strings.Join(names, " "); len(names) != 4 || strings.Count(got, "verschoven-") != 3 || !strings.Contains(got, "bellen-sluiting-2026-11-23.pdf") {
		t.Errorf("in the outbox: %s", got)
	}
}
