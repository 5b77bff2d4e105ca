package recruit_test

import (
	"errors"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
)

func TestJuryDecides(t *testing.T) {
	each(t, func(t *testing.T, s *recruittest.Scene) {
		ctx := t.Context()
		s.Open()
		all, err := s.Store.Candidates(ctx, s.Rik, s.P.ID)
		s.Must(err)
		s.Must(s.Store.Withdraw(ctx, s.Rik, all[5].ID))
		good := recruit.Decision{Outcome: recruit.Passed, Reason: "14 op 20."}
		if err := s.Store.Decide(ctx, s.JuryA, all[0].ID, good); !errors.Is(err, recruit.ErrState) {
			t.Errorf("while the test is open: %v", err)
		}
		named(t, s)
		for name, c := range map[string]struct {
			d    recruit.Decision
			want data.Why
		}{
			"no outcome":            {recruit.Decision{Reason: "x"}, recruit.WhyOutcome},
			"an invented outcome":   {recruit.Decision{Outcome: "hired", Reason: "x"}, recruit.WhyOutcome},
			"failed by nobody":      {recruit.Decision{Outcome: recruit.Failed}, data.WhyEmpty},
			"reserve without end":   {recruit.Decision{Outcome: recruit.Reserve, Reason: "x"}, recruit.WhyReserve},
			"reserve of yesterday":  {recruit.Decision{Outcome: recruit.Reserve, Reason: "x", Until: "2026-11-22"}, recruit.WhyReserve},
			"with national number":  {recruit.Decision{Outcome: recruit.Failed, Reason: "85.07.30-033 28"}, data.WhyNationalNumber},
			"a reason without end":  {recruit.Decision{Outcome: recruit.Failed, Reason: strings.Repeat("x", 2001)}, data.WhyTooLong},
			"a reason of no letter": {recruit.Decision{Outcome: recruit.Failed, Reason: "\x1b\u202e \n"}, data.WhyEmpty},
		} {
			if got := whys(s.Store.Decide(ctx, s.JuryA, all[0].ID, c.d)); len(got) != 1 || got[0] != c.want {
				t.Errorf("%s: %v, want %s", name, got, c.want)
			}
		}
		d, err := s.Store.Decisions(ctx, s.JuryA, s.P.ID)
		s.Must(err)
		if len(d.All) != 6 || d.All[0].Outcome != "" || d.All[5].Outcome != recruit.Withdrawn || len(d.Missing) != 2 {
			t.Errorf("before: %+v", d)
		}
		if err := s.Store.Sign(ctx, s.JuryA, s.P.ID, d.Hash); !errors.Is(err, recruit.ErrUndecided) {
			t.Errorf("signed with five undecided: %v", err)
		}
		for _, c := range all[:5] {
			s.Must(s.Store.Decide(ctx, s.JuryA, c.ID, good))
		}
		if err := s.Store.Sign(ctx, s.JuryA, s.P.ID, d.Hash); !errors.Is(err, recruit.ErrChanged) {
			t.Errorf("signed what was read before: %v", err)
		}
		d, err = s.Store.Decisions(ctx, s.JuryA, s.P.ID)
		s.Must(err)
		s.Must(s.Store.Sign(ctx, s.JuryA, s.P.ID, d.Hash))
		s.Must(s.Store.Sign(ctx, s.JuryA, s.P.ID, d.Hash)) // again is fine
		state := func(want recruit.State) {
			t.Helper()
			if p, err := s.Store.Procedure(ctx, s.Rik, s.P.ID); err != nil || p.State != want || p.DecidedAt.IsZero() == (want == recruit.Decided) {
				t.Errorf("state %s, decided at %v, %v; want %s", p.State, p.DecidedAt, err, want)
			}
		}
		state(recruit.Named)
		s.Must(s.Store.Decide(ctx, s.JuryB, all[1].ID, recruit.Decision{Outcome: recruit.Failed, Reason: "8 op 20, en geen gesprek."}))
		if d, err = s.Store.Decisions(ctx, s.Rik, s.P.ID); err != nil || len(d.Signatures) != 0 || len(d.Missing) != 2 {
			t.Errorf("after another decision: %+v, %v", d, err)
		}
		sign(t, s)
		state(recruit.Decided)
		s.Must(s.Store.Decide(ctx, s.JuryB, all[1].ID, recruit.Decision{Outcome: recruit.Failed, Reason: "8 op 20, en geen gesprek."}))
		state(recruit.Decided) // the same decision changes nothing
		s.Must(s.Store.Decide(ctx, s.JuryB, all[1].ID, recruit.Decision{Outcome: recruit.Reserve, Reason: "Na beroep: 11 op 20.", Until: "2027-11-23"}))
		state(recruit.Named)
		counts := map[string]int{}
		rows, err := s.DB.Audit(ctx, datatest.Operator, 200)
		s.Must(err)
		for _, r := range rows {
			counts[r.Action]++
			if strings.Contains(strings.Join([]string{r.Detail["reason"], r.Detail["why"]}, ""), "op 20") {
				t.Errorf("the audit log has the reason: %+v", r)
			}
		}
		if counts["recruit.unsign"] != 2 || counts["recruit.sign"] != 4 || counts["recruit.decided"] != 1 || counts["recruit.decide"] != 7 {
			t.Errorf("audited %v", counts)
		}
	})
}

// TestJuryChanges: who is taken off the list need not sign, and signatures of others stay.
func TestJuryChanges(t *testing.T) {
	each(t, func(t *testing.T, s *recruittest.Scene) {
		ctx := t.Context()
		s.Open()
		named(t, s)
		all, err := s.Store.Candidates(ctx, s.Rik, s.P.ID)
		s.Must(err)
		for _, c := range all {
			s.Must(s.Store.Decide(ctx, s.JuryA, c.ID, recruit.Decision{Outcome: recruit.Passed, Reason: "goed"}))
		}
		s.Must(s.Store.RemoveMember(ctx, s.Rik, s.P.ID, s.JuryB.AccountID, recruit.Jury))
		d, err := s.Store.Decisions(ctx, s.JuryA, s.P.ID)
		s.Must(err)
		if err := s.Store.Sign(ctx, s.JuryB, s.P.ID, d.Hash); !errors.Is(err, data.ErrDenied) {
			t.Errorf("signed off the list: %v", err)
		}
		exec(t, s, `UPDATE procedure_items SET weight = 900 WHERE procedure_id = $1 AND n = 3`, s.P.ID)
		if err := s.Store.Sign(ctx, s.JuryA, s.P.ID, d.Hash); !errors.Is(err, recruit.ErrChanged) {
			t.Errorf("signed a test that was changed: %v", err)
		}
		exec(t, s, `UPDATE procedure_items SET weight = 100 WHERE procedure_id = $1 AND n = 3`, s.P.ID)
		s.Must(s.Store.Sign(ctx, s.JuryA, s.P.ID, d.Hash))
		if p, err := s.Store.Procedure(ctx, s.Rik, s.P.ID); err != nil || p.State != recruit.Decided {
			t.Errorf("state %s, %v", p.State, err)
		}
	})
}
