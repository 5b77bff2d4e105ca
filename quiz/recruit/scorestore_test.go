package recruit_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
)

// sit lets candidates take the test: candidate i answers the first rights[i] items right, the others wrong, and hands in.
func sit(t *testing.T, h *recruittest.Hall, rights ...int) {
	t.Helper()
	for i, right := range rights {
		h.Start(i)
		for n := range 8 {
			h.Answer(i, n, n < right)
		}
		h.Must(h.Store.Submit(t.Context(), h.By(i), recruittest.Session(i)))
	}
}

// mark lets a marker give points to all answers that want a mark.
func mark(t *testing.T, h *recruittest.Hall, login string, points ...int) {
	t.Helper()
	work, err := h.Store.ToMark(t.Context(), h.Actor(login), h.Procedure)
	h.Must(err)
	for i, w := range work {
		h.Must(h.Store.Mark(t.Context(), h.Actor(login), h.Procedure, w.Code, points[i%len(points)], "zie rubriek"))
	}
}

func TestDoubleBlind(t *testing.T) {
	eachHall(t, recruittest.Options{}, func(t *testing.T, h *recruittest.Hall) {
		ctx, one, two, three := t.Context(), h.Actor("lid3"), h.Actor("lid4"), h.Actor("lid5")
		sit(t, h, 8, 4)
		h.Start(2) // hands nothing in, and answers no open item
		if _, err := h.Store.ToMark(ctx, one, h.Procedure); !errors.Is(err, recruit.ErrNotClosed) {
			t.Errorf("marking while the test runs: %v", err)
		}
		h.Close()
		if s := seen(t, h, 2); s.Ended != recruit.WithTest {
			t.Errorf("a sitting that ran when the procedure was closed ended %s", s.Ended)
		}
		work, err := h.Store.ToMark(ctx, one, h.Procedure)
		h.Must(err)
		others, err := h.Store.ToMark(ctx, two, h.Procedure)
		h.Must(err)
		if len(work) != 2 || len(others) != 2 || work[0].Max != 200 || work[0].Rubric == "" || work[0].Answer == "" || work[0].Mine != nil {
			t.Fatalf("to mark: %+v and %+v", work, others)
		}
		for _, w := range append(work, others...) {
			if strings.Contains(w.Code, "K-") || slices.ContainsFunc(h.Candidates, func(id string) bool { return strings.Contains(w.Code, id) }) {
				t.Errorf("the code %s tells whose it is", w.Code)
			}
		}
		if err := h.Store.Mark(ctx, two, h.Procedure, work[0].Code, 100, ""); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("the code of another marker: %v", err)
		}
		var invalid *data.Invalid
		for _, points := range []int{-1, 201} {
			if err := h.Store.Mark(ctx, one, h.Procedure, work[0].Code, points, ""); !errors.As(err, &invalid) {
				t.Errorf("%d points of 200: %v", points, err)
			}
		}
		// The answers say which is whose: the first candidate's gets 200 of the one and 180 of the other, the second one's 200 and 40.
		give := func(by data.Actor, work []recruit.Work, first, second int) {
			for _, w := range work {
				points := second
				if strings.Contains(w.Answer, "true") {
					points = first
				}
				h.Must(h.Store.Mark(ctx, by, h.Procedure, w.Code, points, "volgens de rubriek"))
			}
		}
		give(one, work, 100, 200)
		give(one, work, 200, 200) // thought again
		if again, err := h.Store.ToMark(ctx, two, h.Procedure); err != nil || again[0].Mine != nil || again[0].Why != "" {
			t.Errorf("the second marker sees %+v, %v", again, err)
		}
		var lack *recruit.LackError
		if err := h.Store.FreezeScores(ctx, h.Actor("an.peeters"), h.Procedure); !errors.As(err, &lack) || lack.Unmarked != 2 {
			t.Errorf("freezing with one mark each: %v", err)
		}
		lacks := func(want *recruit.LackError) {
			t.Helper()
			if got, err := h.Store.Lacking(ctx, h.Actor("an.peeters"), h.Procedure); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("what lacks: %v, %v; want %v", got, err, want)
			}
		}
		lacks(&recruit.LackError{Unmarked: 2})
		give(two, others, 180, 40)
		if err := h.Store.Mark(ctx, one, h.Procedure, work[0].Code, 0, ""); !errors.Is(err, recruit.ErrMarked) {
			t.Errorf("thinking again after the second mark: %v", err)
		}
		if left, err := h.Store.ToMark(ctx, three, h.Procedure); err != nil || len(left) != 0 {
			t.Errorf("a third marker gets %+v, %v", left, err)
		}
		disputes, err := h.Store.Disputes(ctx, three, h.Procedure)
		if err != nil || len(disputes) != 1 || !slices.Equal(disputes[0].Marks, []int{40, 200}) || !disputes[0].Third || disputes[0].Mine != nil {
			t.Fatalf("disputes %+v, %v", disputes, err)
		}
		if err := h.Store.FreezeScores(ctx, h.Actor("an.peeters"), h.Procedure); !errors.As(err, &lack) || lack.Disputed != 1 {
			t.Errorf("freezing with a dispute: %v", err)
		}
		lacks(&recruit.LackError{Disputed: 1})
		if err := h.Store.Settle(ctx, three, h.Procedure, disputes[0].Code, 120, " "); !errors.As(err, &invalid) {
			t.Errorf("settled without a reason: %v", err)
		}
		h.Must(h.Store.Settle(ctx, three, h.Procedure, disputes[0].Code, 120, "eerste stap ontbreekt"))
		if err := h.Store.Settle(ctx, three, h.Procedure, disputes[0].Code, 10, "toch niet"); !errors.Is(err, recruit.ErrMarked) {
			t.Errorf("settled twice: %v", err)
		}
		lacks(nil)
		if _, err := h.Store.Lacking(ctx, one, h.Procedure); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a marker asks what lacks: %v", err)
		}
		h.Must(h.Store.FreezeScores(ctx, h.Actor("an.peeters"), h.Procedure))
		if _, err := h.Store.Lacking(ctx, h.Actor("an.peeters"), h.Procedure); !errors.Is(err, recruit.ErrNotClosed) {
			t.Errorf("what lacks for frozen scores: %v", err)
		}
		scores, err := h.Store.Scores(ctx, h.Actor("bert.maes"), h.Procedure)
		h.Must(err)
		if len(scores) != 3 || scores[0].Points != 1190 || scores[1].Points != 720 || scores[2].Points != 0 || scores[0].Max != 1200 {
			t.Errorf("scores %v", scores)
		}
		for name, by := range map[string]data.Actor{"a supervisor": h.Actor("lid1"), "the jury": h.Actor("bert.maes"), "the recruiter": h.Actor("an.peeters"), "a candidate": h.By(0)} {
			if _, err := h.Store.ToMark(ctx, by, h.Procedure); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s marks: %v", name, err)
			}
		}
	})
}

func TestFreezeAndVerify(t *testing.T) {
	eachHall(t, recruittest.Options{Candidates: 4}, func(t *testing.T, h *recruittest.Hall) {
		ctx, rik, jury := t.Context(), h.Actor("an.peeters"), h.Actor("bert.maes")
		sit(t, h, 8, 6, 3) // the fourth never comes
		h.Must(h.Store.Irregularity(ctx, h.Actor("lid1"), h.Candidates[1], "phone", ""))
		if err := h.Store.FreezeScores(ctx, rik, h.Procedure); !errors.Is(err, recruit.ErrNotClosed) {
			t.Errorf("freezing while the test runs: %v", err)
		}
		h.Close()
		if _, err := h.Store.Scores(ctx, jury, h.Procedure); !errors.Is(err, recruit.ErrNotScored) {
			t.Errorf("scores before they are frozen: %v", err)
		}
		mark(t, h, "lid3", 100)
		mark(t, h, "lid4", 120)
		for name, by := range map[string]data.Actor{"a supervisor": h.Actor("lid1"), "a marker": h.Actor("lid3"), "the jury": jury, "a candidate": h.By(0), "somebody": h.Actor("lid9")} {
			if err := h.Store.FreezeScores(ctx, by, h.Procedure); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s freezes: %v", name, err)
			}
		}
		h.Must(h.Store.FreezeScores(ctx, rik, h.Procedure))
		for name, by := range map[string]data.Actor{"a supervisor": h.Actor("lid1"), "a marker": h.Actor("lid3"), "a candidate": h.By(0)} {
			if _, err := h.Store.Scores(ctx, by, h.Procedure); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s reads scores: %v", name, err)
			}
			if _, err := h.Store.Why(ctx, by, h.Candidates[0]); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s reads why: %v", name, err)
			}
		}
		if found, err := h.Store.VerifyScores(ctx, jury, h.Procedure); err != nil || len(found) != 0 {
			t.Fatalf("untouched: %v, %v", found, err)
		}
		c := h.Candidates[1]
		for name, change := range map[string]struct{ do, undo string }{
			"an answer":   {`UPDATE sitting_answers SET answer = '{"choices":[2]}' WHERE n = 7-1 AND candidate_id = $1`, `UPDATE sitting_answers SET answer = '{"choices":[1]}' WHERE n = 7-1 AND candidate_id = $1`},
			"a weight":    {`UPDATE procedure_items SET weight = weight + 1 WHERE n = 0 AND $1 <> ''`, `UPDATE procedure_items SET weight = weight - 1 WHERE n = 0 AND $1 <> ''`},
			"a mark":      {`UPDATE answer_marks SET points = points + 1 WHERE candidate_id = $1`, `UPDATE answer_marks SET points = points - 1 WHERE candidate_id = $1`},
			"a score":     {`UPDATE candidate_scores SET score = replace(score, '"pass"', '"Pass"') WHERE candidate_id = $1`, `UPDATE candidate_scores SET score = replace(score, '"Pass"', '"pass"') WHERE candidate_id = $1`},
			"a hash":      {`UPDATE candidate_scores SET hash = 'x' || hash WHERE candidate_id = $1`, `UPDATE candidate_scores SET hash = substr(hash, 2) WHERE candidate_id = $1`},
			"extra time":  {`UPDATE sittings SET allowed_ms = allowed_ms + 1 WHERE candidate_id = $1`, `UPDATE sittings SET allowed_ms = allowed_ms - 1 WHERE candidate_id = $1`},
			"an item out": {`UPDATE procedure_items SET out_at = 1 WHERE n = 6 AND $1 <> ''`, `UPDATE procedure_items SET out_at = 0 WHERE n = 6 AND $1 <> ''`},
			"the whole":   {`UPDATE procedures SET scored = 'x' || scored WHERE $1 <> ''`, `UPDATE procedures SET scored = substr(scored, 2) WHERE $1 <> ''`},
		} {
			h.Exec(change.do, c)
			found, err := h.Store.VerifyScores(ctx, jury, h.Procedure)
			if err != nil || len(found) == 0 {
				t.Errorf("%s was changed and not found: %v, %v", name, found, err)
			}
			h.Exec(change.undo, c)
			if found, err := h.Store.VerifyScores(ctx, jury, h.Procedure); err != nil || len(found) != 0 {
				t.Fatalf("%s put back: %v, %v", name, found, err)
			}
		}
	})
}

func TestWhy(t *testing.T) {
	eachHall(t, recruittest.Options{Closed: true}, func(t *testing.T, h *recruittest.Hall) {
		ctx, sup, me := t.Context(), h.Actor("lid1"), recruittest.Session(0)
		h.Start(0)
		for n := range 6 {
			h.Answer(0, n, n != 1)
		}
		h.Pass(10*time.Minute, 0)
		h.Must(h.Store.Pause(ctx, sup, h.Candidates[0]))
		h.Pass(5*time.Minute, 0)
		h.Must(h.Store.Resume(ctx, sup, h.Candidates[0]))
		h.Must(h.Store.ExtraMinutes(ctx, sup, h.Candidates[0], 7, "lawaai"))
		h.Must(h.Store.Ask(ctx, h.By(0), me, 7, "Hier staat niets."))
		h.Must(h.Store.AnswerQuestion(ctx, sup, seen(t, h, 0).Question.ID, recruit.ThisOne, "leeg scherm"))
		h.Pass(10*time.Minute, 0)
		h.Must(h.Store.Submit(ctx, h.By(0), me))
		h.Close()
		h.Must(h.Store.FreezeScores(ctx, h.Actor("an.peeters"), h.Procedure))
		e, err := h.Store.Why(ctx, h.Actor("bert.maes"), h.Candidates[0])
		h.Must(err)
		if e.Used != 20*time.Minute || e.Allowed != 67*time.Minute || e.Ended != recruit.Submitted {
			t.Errorf("used %v of %v, ended %s", e.Used, e.Allowed, e.Ended)
		}
		if len(e.Stops) != 2 || e.Stops[0].Why != recruit.Paused || e.Stops[0].Till.Sub(e.Stops[0].From) != 5*time.Minute || e.Stops[1].Why != recruit.Asking {
			t.Errorf("stood still %+v", e.Stops)
		}
		if len(e.Extra) != 1 || e.Extra[0].Minutes != 7 || e.Extra[0].Why != "lawaai" || e.Extra[0].By != "lid1" {
			t.Errorf("extra time %+v", e.Extra)
		}
		if len(e.Outs) != 1 || e.Outs[0] != (recruit.OutItem{N: 7, Scope: recruit.ThisOne, Why: "leeg scherm"}) || len(e.Questions) != 1 {
			t.Errorf("out %+v, questions %+v", e.Outs, e.Questions)
		}
		if e.Score.Points != 700 || e.Score.Max != 1000 || len(e.Score.Items) != 8 || e.Score.Items[6].Answered || !e.Score.Items[0].Answered {
			t.Errorf("score %s %+v", e.Score, e.Score.Items)
		}
		if len(e.Work) != 2 || e.Work[0].Domain != "mail" || e.Work[0].Level != 2 || e.Work[1].Level != 3 {
			t.Errorf("to work on %+v", e.Work)
		}
	})
}

// TestSupervisorChangesNoScore: whatever a supervisor does after the close, answers and scores stay.
func TestSupervisorChangesNoScore(t *testing.T) {
	eachHall(t, recruittest.Options{Closed: true}, func(t *testing.T, h *recruittest.Hall) {
		ctx, sup := t.Context(), h.Actor("lid1")
		sit(t, h, 5)
		for name, err := range map[string]error{
			"answers":     h.Store.Save(ctx, sup, recruittest.Session(0), quiz.Save{N: 7, Answer: recruittest.Give(true, 1)}),
			"as operator": h.Store.Save(ctx, data.Operator("x"), recruittest.Session(0), quiz.Save{N: 7, Answer: recruittest.Give(true, 1)}),
			"marks":       h.Store.Mark(ctx, sup, h.Procedure, "AB", 100, ""),
			"settles":     h.Store.Settle(ctx, sup, h.Procedure, "AB", 100, "zomaar"),
			"freezes":     h.Store.FreezeScores(ctx, sup, h.Procedure),
		} {
			if !errors.Is(err, data.ErrDenied) {
				t.Errorf("a supervisor %s: %v", name, err)
			}
		}
		h.Close()
		h.Must(h.Store.FreezeScores(ctx, h.Actor("an.peeters"), h.Procedure))
		for name, err := range map[string]error{"extra": h.Store.ExtraMinutes(ctx, sup, h.Candidates[0], 5, "x"), "pause": h.Store.Pause(ctx, sup, h.Candidates[0]), "end": h.Store.End(ctx, sup, h.Candidates[0], "x")} {
			if !errors.Is(err, recruit.ErrEnded) {
				t.Errorf("%s after the end: %v", name, err)
			}
		}
		if found, err := h.Store.VerifyScores(ctx, h.Actor("bert.maes"), h.Procedure); err != nil || len(found) != 0 {
			t.Errorf("changed: %v, %v", found, err)
		}
	})
}
