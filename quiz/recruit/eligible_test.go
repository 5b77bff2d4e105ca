package recruit_test

import (
	"errors"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
)

// TestEligible lists who holds the role of a duty, and nobody whose account is closed or whose role is over.
func TestEligible(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := recruittest.NewScene(t, db)
		s.Must(s.Accounts.Grant(t.Context(), datatest.Operator, "bert.maes", data.RoleJury, "2026-01-01", "2026-11-22")) // until yesterday
		all, err := s.Store.Eligible(t.Context(), s.Rik, s.P.ID, recruit.Jury)
		if err != nil || len(all) != 2 || all[0].AccountID != s.JuryA.AccountID || all[1].AccountID != s.JuryB.AccountID || all[0].Name == "" || all[0].Duty != recruit.Jury {
			t.Fatalf("got %+v, %v", all, err)
		}
		s.Must(s.Accounts.SetDisabled(t.Context(), datatest.Operator, "lid5", true))
		if all, err = s.Store.Eligible(t.Context(), s.Rik, s.P.ID, recruit.Jury); err != nil || len(all) != 1 {
			t.Errorf("with a closed account: %+v, %v", all, err)
		}
		if _, err := s.Store.Eligible(t.Context(), s.Other, s.P.ID, recruit.Jury); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a recruiter of another procedure: %v", err)
		}
		var bad *data.Invalid
		if _, err := s.Store.Eligible(t.Context(), s.Rik, s.P.ID, "boss"); !errors.As(err, &bad) || bad.Field != "duty" {
			t.Errorf("no duty: %v", err)
		}
	})
}
