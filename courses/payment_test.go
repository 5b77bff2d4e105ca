package courses_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
)

// TestFeeOfWhatEnds says what becomes of the fee when an enrolment ends: what was paid goes back but for what cancelling costs,
// what wasn't needn't be, and somebody can decide otherwise with a reason.
func TestFeeOfWhatEnds(t *testing.T) {
	type end func(s *coursestest.School, of courses.Series, e courses.Enrolment)
	leaves := func(s *coursestest.School, _ courses.Series, e courses.Enrolment) {
		coursestest.Must(s.Cancel(s.T.Context(), s.Clerk, e.ID, ""))(s.T)
	}
	stops := func(s *coursestest.School, of courses.Series, _ courses.Enrolment) {
		s.OK(s.CancelSeries(s.T.Context(), s.An, of.ID, "lesgever ziek"))
	}
	decides := func(s *coursestest.School, _ courses.Series, e courses.Enrolment) {
		coursestest.Must(s.Cancel(s.T.Context(), s.An, e.ID, "langdurig ziek"))(s.T)
	}
	for name, c := range map[string]struct {
		fee, cost int64 // cents; a fee of -1: no rule
		paid      courses.Paid
		end       end
		want      courses.Paid
		amount    int64
		list      string
	}{
		"the town stops a series that was paid":                 {2000, 500, courses.PaidFee, stops, courses.Refund, 2000, "refund 2000"},
		"the town stops one that wasn't":                        {2000, 500, courses.Due, stops, courses.NotDue, 2000, ""},
		"the town stops one that nobody priced":                 {-1, 500, courses.UnknownFee, stops, courses.NotDue, 0, ""},
		"the town stops one that somebody got":                  {2000, 500, courses.Waived, stops, courses.Waived, 2000, ""},
		"the town stops a free one":                             {0, 0, courses.NoFee, stops, courses.NoFee, 0, ""},
		"the town stops one that somebody paid without a price": {-1, 500, courses.PaidFee, stops, courses.Refund, 0, "refund 0"},
		"who paid cancels for nothing":                          {2000, 0, courses.PaidFee, leaves, courses.Refund, 2000, "refund 2000"},
		"who paid cancels for a part":                           {2000, 500, courses.PaidFee, leaves, courses.Refund, 1500, "refund 1500"},
		"who paid cancels for all of it":                        {2000, 2000, courses.PaidFee, leaves, courses.PaidFee, 2000, ""},
		"who didn't pay cancels for nothing":                    {2000, 0, courses.Due, leaves, courses.NotDue, 2000, ""},
		"who didn't pay cancels for a part":                     {2000, 500, courses.Due, leaves, courses.Due, 500, "due 500"},
		"who has it free cancels for a part":                    {0, 500, courses.NoFee, leaves, courses.Due, 500, "due 500"},
		"who was let off cancels for a part":                    {2000, 500, courses.Waived, leaves, courses.Waived, 500, ""},
		"a planner decides against the rule: paid":              {2000, 500, courses.PaidFee, decides, courses.Refund, 2000, "refund 2000"},
		"a planner decides against the rule: due":               {2000, 500, courses.Due, decides, courses.NotDue, 2000, ""},
	} {
		t.Run(name, func(t *testing.T) {
			coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
				if c.fee >= 0 {
					coursestest.Must(s.PutFeeRule(t.Context(), s.An, courses.FeeRule{Cents: c.fee, Decision: "GR 12", DecidedOn: "2026-01-05", From: "2026-01-06"}))(t)
				}
				s.Email.CancelRules = courses.CancelRules{Rules: []courses.CancelRule{{Cents: c.cost}}}
				s.Email = coursestest.Must(s.PutCourse(t.Context(), s.An, s.Email))(t)
				series := s.Open(2, s.Sessions(s.PCs, s.Mia, nextWeek)...)
				e := s.Join(series, courses.Participant{})
				if c.paid == courses.PaidFee || c.paid == courses.Waived {
					e = coursestest.Must(s.SetPaid(t.Context(), s.Clerk, e.ID, c.paid, "met bancontact"))(t)
				}
				if e.Paid != c.paid {
					t.Fatalf("before it ends: %s, want %s", e.Paid, c.paid)
				}
				c.end(s, series, e)
				e = coursestest.Must(s.Enrolments(t.Context(), s.An, series.ID))(t)[0]
				if got, _ := e.Amount(); e.Paid != c.want || got != c.amount {
					t.Errorf("after it ended: %s %d, want %s %d", e.Paid, got, c.want, c.amount)
				}
				if got := openFees(s); got != c.list {
					t.Errorf("open: %q, want %q", got, c.list)
				}
				s.Clean()
			})
		})
	}
}

// openFees are the open fees as "refund 1500, due 500".
func openFees(s *coursestest.School) string {
	s.T.Helper()
	var all []string
	for _, f := range coursestest.Must(s.OpenFees(s.T.Context(), s.Clerk))(s.T) {
		cents, _ := f.Amount()
		all = append(all, fmt.Sprint(f.Paid, " ", cents))
	}
	return strings.Join(all, ", ")
}

// TestPayBack goes through what a desk can do with a fee that must be paid back.
func TestPayBack(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		coursestest.Must(s.PutFeeRule(t.Context(), s.An, courses.FeeRule{Cents: 2000, Decision: "GR 12", DecidedOn: "2026-01-05", From: "2026-01-06"}))(t)
		series := s.Open(1, s.Sessions(s.PCs, s.Mia, nextWeek)...)
		e, waits := s.Join(series, courses.Participant{}), s.Join(series, courses.Participant{})
		if got := openFees(s); got != "due 2000" {
			t.Errorf("who waits owes nothing yet: %q", got)
		}
		set := func(to courses.Paid, reason string) error {
			_, err := s.SetPaid(t.Context(), s.Clerk, e.ID, to, reason)
			return err
		}
		s.OK(set(courses.PaidFee, ""))
		if err := set(courses.Refund, "toch"); !errors.As(err, new(*data.Invalid)) {
			t.Errorf("paid back to who has a seat: %v", err)
		}
		s.OK(s.CancelSeries(t.Context(), s.An, series.ID, "lesgever ziek"))
		if got := coursestest.Must(s.OpenFees(t.Context(), s.An))(t); len(got) != 1 || got[0].Code != series.Code || got[0].ID != e.ID || got[0].Course != s.Email.Title {
			t.Errorf("open: %+v", got)
		}
		for _, step := range []struct {
			to     courses.Paid
			reason string
			fails  bool
		}{
			{courses.Waived, "kan niet", true},                      // it was paid
			{courses.PaidFee, "", true},                             // to keep it wants a reason
			{courses.PaidFee, "gaf een waardebon in ruil", false},   // kept
			{courses.Refund, "", true},                              // and back again
			{courses.Refund, "wil toch het geld", false},            //
			{courses.Refunded, "", false},                           //
			{courses.Refunded, "", false},                           // two desks at once
			{courses.Refund, "", false},                             // a slip of the finger
			{courses.Refunded, "overschrijving van vrijdag", false}, //
		} {
			if err := set(step.to, step.reason); (err != nil) != step.fails {
				t.Errorf("to %s with %q: %v", step.to, step.reason, err)
			}
		}
		if got := openFees(s); got != "" {
			t.Errorf("after it was paid back: %q", got)
		}
		if _, err := s.SetPaid(t.Context(), s.Clerk, waits.ID, courses.Due, ""); err == nil {
			t.Error("a fee that was no longer due came back without a reason")
		}
		var said []string
		for _, ev := range coursestest.Must(s.History(t.Context(), s.An, series.ID))(t) {
			if ev.Act == "paid" {
				said = append(said, ev.Detail)
			}
		}
		want := []string{"paid", "refund", "paid gaf een waardebon in ruil", "refund wil toch het geld", "refunded", "refund", "refunded overschrijving van vrijdag"}
		if !slices.Equal(said, want) {
			t.Errorf("the history says %q, want %q", said, want)
		}
		s.Clean()
	})
}

// TestMergedAsTheyWere: who moves with the series has there what they had: a seat, an offer that waits for an answer, a place
// behind who waits, together with whom they came. What was paid goes along.
func TestMergedAsTheyWere(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		coursestest.Must(s.PutFeeRule(t.Context(), s.An, courses.FeeRule{Cents: 2000, Decision: "GR 12", DecidedOn: "2026-01-05", From: "2026-01-06"}))(t)
		few, other := s.Open(2, s.Sessions(s.PCs, s.Mia, "2026-12-10 14:00-16:00")...), s.Open(2, s.Sessions(s.PCs, s.Mia, "2026-12-17 14:00-16:00")...)
		sits, leaves, offered := s.Join(few, courses.Participant{}), s.Join(few, courses.Participant{}), s.Join(few, courses.Participant{})
		coursestest.Must(s.SetPaid(t.Context(), s.Clerk, sits.ID, courses.PaidFee, ""))(t)
		pair := coursestest.Must(s.Enrol(t.Context(), s.Clerk, courses.EnrolAsk{Series: few.ID, Participant: s.Person().ID, With: s.Person().ID}))(t)
		broken := coursestest.Must(s.Enrol(t.Context(), s.Clerk, courses.EnrolAsk{Series: few.ID, Participant: s.Person().ID, With: s.Person().ID}))(t)
		coursestest.Must(s.Cancel(t.Context(), s.Clerk, leaves.ID, ""))(t) // the seat is offered to the third
		coursestest.Must(s.MergeInto(t.Context(), s.An, few.ID, other.ID))(t)
		there := map[string]courses.Enrolment{}
		for _, e := range coursestest.Must(s.Enrolments(t.Context(), s.An, other.ID))(t) {
			there[e.Participant] = e
		}
		if e := there[sits.Participant]; e.State != courses.Booked || e.Paid != courses.PaidFee {
			t.Errorf("who had a seat: %+v", e)
		}
		if e := there[offered.Participant]; e.State != courses.Offered || e.Seat == 0 || e.OfferUntil == "" || e.Paid != courses.Due {
			t.Errorf("who was offered one: %+v", e)
		}
		a, b := there[pair[0].Participant], there[pair[1].Participant]
		if a.State != courses.Waiting || a.Pair == "" || a.Pair != b.Pair || a.Pair == pair[0].Pair {
			t.Errorf("two who wait together: %+v, %+v", a, b)
		}
		if c := there[broken[0].Participant]; c.Pair == a.Pair || c.Pair == "" {
			t.Errorf("two others: %+v", c)
		}
		for _, e := range coursestest.Must(s.Enrolments(t.Context(), s.An, few.ID))(t) {
			if want := map[string]courses.Paid{sits.ID: courses.PaidFee}[e.ID]; want == "" && e.Paid != courses.NotDue || want != "" && e.Paid != want {
				t.Errorf("in the old series: %+v", e)
			}
		}
		calls := coursestest.Must(s.Calls(t.Context(), s.Clerk))(t)
		if at := slices.IndexFunc(calls, func(c courses.Call) bool { return c.ID == there[offered.Participant].ID }); at < 0 || calls[at].About != courses.AboutOffered {
			t.Errorf("nobody tells of the offer: %+v", calls)
		}
		if got := openFees(s); got != "" {
			t.Errorf("open: %q", got)
		}
		coursestest.Must(s.Accept(t.Context(), s.Clerk, there[offered.Participant].ID))(t)
		if got := openFees(s); got != "due 2000" {
			t.Errorf("open after the offer was taken: %q", got)
		}
		s.Clean()
	})
}

// TestMergedToWhereOneIs: of two who wait together one has a place in the other series already: the second waits there alone.
func TestMergedToWhereOneIs(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		few, other := s.Open(1, s.Sessions(s.PCs, s.Mia, "2026-12-10 14:00-16:00")...), s.Open(2, s.Sessions(s.PCs, s.Mia, "2026-12-17 14:00-16:00")...)
		s.Join(few, courses.Participant{})
		one, two := s.Person(), s.Person()
		coursestest.Must(s.Enrol(t.Context(), s.Clerk, courses.EnrolAsk{Series: few.ID, Participant: one.ID, With: two.ID}))(t)
		s.Join(other, one)
		coursestest.Must(s.MergeInto(t.Context(), s.An, few.ID, other.ID))(t)
		for _, e := range coursestest.Must(s.Enrolments(t.Context(), s.An, other.ID))(t) {
			if e.Pair != "" {
				t.Errorf("waits for somebody who is in it: %+v", e)
			}
		}
		s.Clean()
	})
}

// TestMergedOutOfBoth: who is in both series keeps the better place, and pays once.
func TestMergedOutOfBoth(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		rule := courses.FeeRule{Cents: 2000, Decision: "GR 12", DecidedOn: "2026-01-05", From: "2026-01-06"}
		rule = coursestest.Must(s.PutFeeRule(t.Context(), s.An, rule))(t)
		few, other := s.Open(3, s.Sessions(s.PCs, s.Mia, "2026-12-10 14:00-16:00")...), s.Open(3, s.Sessions(s.PCs, s.Mia, "2026-12-17 14:00-16:00")...)
		pays := func(e courses.Enrolment) {
			coursestest.Must(s.SetPaid(t.Context(), s.Clerk, e.ID, courses.PaidFee, ""))(t)
		}
		same, cheap, hopes := s.Person(), s.Person(), s.Person()
		pays(s.Join(few, same))
		pays(s.Join(few, cheap))
		pays(s.Join(few, hopes))
		s.Join(other, same)
		rule.Cents = 1500
		coursestest.Must(s.PutFeeRule(t.Context(), s.An, rule))(t)
		s.Join(other, cheap)
		leaves := s.Join(other, courses.Participant{})
		s.Join(other, hopes) // waits there, and sits here
		coursestest.Must(s.Cancel(t.Context(), s.Clerk, leaves.ID, ""))(t)
		coursestest.Must(s.MergeInto(t.Context(), s.An, few.ID, other.ID))(t)
		var got []string
		for _, e := range coursestest.Must(s.Enrolments(t.Context(), s.An, other.ID))(t) {
			if e.State != courses.Withdrawn {
				cents, _ := e.Amount()
				got = append(got, fmt.Sprint(e.Participant, " ", e.State, " ", e.Paid, " ", cents))
			}
		}
		slices.Sort(got)
		want := []string{same.Name() + " booked paid 2000", cheap.Name() + " booked due 1500", hopes.Name() + " booked paid 2000", hopes.Name() + " moved lapsed 1500"}
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("after the merge: %q, want %q", got, want)
		}
		if got := openFees(s); got != "refund 2000, due 1500" {
			t.Errorf("open: %q", got)
		}
		s.Clean()
	})
}

// TestPrice: who enrolled before a price was decided gets the one of today, once, and who has a seat hears it.
func TestPrice(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		series := s.Open(2, s.Sessions(s.PCs, s.Mia, nextWeek)...)
		e, paid := s.Join(series, courses.Participant{}), s.Join(series, courses.Participant{})
		coursestest.Must(s.SetPaid(t.Context(), s.Clerk, paid.ID, courses.PaidFee, ""))(t)
		if _, err := s.Price(t.Context(), s.Clerk, e.ID); !errors.Is(err, courses.ErrNoPrice) {
			t.Errorf("without a rule: %v", err)
		}
		rule := coursestest.Must(s.PutFeeRule(t.Context(), s.An, courses.FeeRule{Cents: 2000, Decision: "GR 12", DecidedOn: "2026-01-05", From: "2026-01-06"}))(t)
		got := coursestest.Must(s.Price(t.Context(), s.Clerk, e.ID))(t)
		if cents, known := got.Amount(); got.Paid != courses.Due || !known || cents != 2000 || got.Fee.Rule.ID != rule.ID {
			t.Errorf("priced: %+v", got)
		}
		rule.Cents = 1500
		coursestest.Must(s.PutFeeRule(t.Context(), s.An, rule))(t)
		if got := coursestest.Must(s.Price(t.Context(), s.Clerk, e.ID))(t); got.Fee.Cents != 2000 {
			t.Errorf("a price that was known changed: %+v", got)
		}
		if _, err := s.Price(t.Context(), s.Clerk, paid.ID); !errors.As(err, new(*data.Invalid)) {
			t.Errorf("a price for what was paid without one: %v", err)
		}
		if calls := coursestest.Must(s.Calls(t.Context(), s.Clerk))(t); !slices.ContainsFunc(calls, func(c courses.Call) bool { return c.ID == e.ID }) {
			t.Errorf("nobody tells the price: %+v", calls)
		}
		s.Clean()
	})
}
