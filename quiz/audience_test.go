package quiz_test

import (
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
)

func TestAudienceIsStaffOrCitizen(t *testing.T) {
	for text, want := range map[string]string{"": "", "audience: citizen\n": "", "audience: kids\n": "5:11 audience not_one_of"} {
		_, err := quiz.ParseBank("t", []byte(strings.Replace(good(), "items:", text+"items:", 1)))
		if got := places(err); got != want {
			t.Errorf("%q: %s; want %s", text, got, want)
		}
	}
}

// TestCitizensBanksArePractisedOnly: whatever measures staff or candidates never draws what was written for citizens.
func TestCitizensBanksArePractisedOnly(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		own := localBank(3)
		own.ID, own.Domain, own.Audience = "thuis", "thuis", quiz.ForCitizens
		for i := range own.Items {
			own.Items[i].ID, own.Items[i].Domain, own.Items[i].Status = "thuis-"+string(rune('a'+i)), "thuis", quiz.StatusReviewed
		}
		store := quiz.NewStore(db, []quiz.Bank{shippedBank(), own})
		offered, err := store.Banks(t.Context())
		if err != nil || len(offered) != 1 || offered[0].ID != "windows" {
			t.Errorf("a kennismeting can draw of %d banks, %v; want windows alone", len(offered), err)
		}
		stock, err := store.Library().Stock(t.Context(), db, "nl")
		if err != nil || slices.ContainsFunc(stock, func(h quiz.Holding) bool { return h.Bank == "thuis" }) {
			t.Errorf("recruitment has items for citizens, or %v", err)
		}
		open, err := store.Library().Practice(t.Context(), db, "nl")
		if err != nil || len(open) != 2 || open[1].Audience != quiz.ForCitizens {
			t.Errorf("%d banks to practise, %v; want both, with whom they are for", len(open), err)
		}
	})
}
