package recruit_test

import (
	"testing"

	"digibrug/data/datatest"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
)

// TestVerifyWhatIsLeft: who is in the reserve outlives the others. That those are gone is no tampering, and what is changed of those
// who are left still is.
func TestVerifyWhatIsLeft(t *testing.T) {
	eachHall(t, recruittest.Options{Candidates: 5}, func(t *testing.T, h *recruittest.Hall) {
		ctx, jury := t.Context(), h.Actor("bert.maes")
		sit(t, h, 8, 6, 3, 7) // the fifth never comes
		h.Close()
		mark(t, h, "lid3", 100)
		mark(t, h, "lid4", 120)
		h.Must(h.Store.FreezeScores(ctx, h.Actor("an.peeters"), h.Procedure))
		for i, c := range h.Candidates {
			d := recruit.Decision{Outcome: recruit.Failed, Reason: "Onder de grens."}
			if i == 1 {
				d = recruit.Decision{Outcome: recruit.Reserve, Reason: "Tweede.", Until: "2027-11-23"}
			}
			h.Must(h.Store.Decide(ctx, jury, c, d))
		}
		h.Exec(`UPDATE procedures SET state = 'decided', keep_until = '2026-11-01' WHERE id = $1`, h.Procedure)
		if done, err := h.Store.Purge(ctx, datatest.Operator); err != nil || len(done) != 1 || len(done[0].List) != 4 {
			t.Fatalf("destroyed %+v, %v", done, err)
		}
		left := func(name string, want ...recruit.Tampering) {
			t.Helper()
			found, err := h.Store.VerifyScores(ctx, jury, h.Procedure)
			if err != nil || len(found) != len(want) || len(want) == 1 && found[0] != want[0] {
				t.Errorf("%s: found %v, %v; want %v", name, found, err, want)
			}
		}
		left("untouched")
		c := h.Candidates[1]
		for _, one := range []struct{ name, do, undo, what string }{
			{"an answer", `UPDATE sitting_answers SET answer = '{"choices":[2]}' WHERE n = 0 AND candidate_id = $1`, `UPDATE sitting_answers SET answer = '{"choices":[0]}' WHERE n = 0 AND candidate_id = $1`, "score"},
			{"extra time", `UPDATE sittings SET allowed_ms = allowed_ms + 1 WHERE candidate_id = $1`, `UPDATE sittings SET allowed_ms = allowed_ms - 1 WHERE candidate_id = $1`, "log"},
			{"a verdict", `UPDATE candidate_scores SET score = replace(score, '"verdict":"', '"verdict":"x') WHERE candidate_id = $1`, `UPDATE candidate_scores SET score = replace(score, '"verdict":"x', '"verdict":"') WHERE candidate_id = $1`, "log"},
			{"the points", `UPDATE candidate_scores SET score = replace(score, '"points":', '"points":1') WHERE candidate_id = $1`, ``, "score"},
		} {
			h.Exec(one.do, c)
			left(one.name, recruit.Tampering{Label: "K-02", What: one.what})
			if one.undo != "" {
				h.Exec(one.undo, c)
				left(one.name + " put back")
			}
		}
	})
}
