package courses_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"

	"pgregory.net/rapid"
)

// form is one with a pace, and for one goal what somebody can now and could before.
func form(pace, now, before int) courses.Answers {
	return courses.Answers{Options: map[string][]int{courses.AskPace: {pace}, courses.AskNow: {now}, courses.AskBefore: {before}}}
}

func TestAnalyse(t *testing.T) {
	forms := []courses.Answers{form(3, 4, 1), form(3, 5, 2), form(2, 4, 4), form(3, 2, 1), form(1, 3, 1)}
	a := courses.Analyse(forms, 1)
	shares := map[string]courses.Share{}
	for _, s := range a.Shares {
		shares[s.Question.Code] = s
	}
	if pace := shares[courses.AskPace]; a.N != 5 || pace.N != 5 || pace.Good != 3 || pace.Flag != courses.TooFast {
		t.Errorf("pace: %+v of %d", pace, a.N)
	}
	if now := shares[courses.AskNow]; now.Good != 3 || now.Shift != 2 || now.Shifted != 5 || now.Flag != courses.NotAlone {
		t.Errorf("now: %+v, want three alone, a median of two steps more, and a flag for one of five with help", now)
	}
	if got := courses.Analyse(forms[:4], 1); got.N != 0 || got.Shares != nil || got.Texts != nil {
		t.Errorf("four forms show %+v", got)
	}
}

func TestAsideDoesntCount(t *testing.T) {
	var forms []courses.Answers
	for _, n := range []int{5, 5, 5, 4, 1} {
		forms = append(forms, courses.Answers{Options: map[string][]int{"help": {n}}})
	}
	for _, s := range courses.Analyse(forms, 0).Shares {
		if s.Question.Code == "help" && (s.N != 2 || s.Good != 1 || s.Counts[4] != 3) {
			t.Errorf("three were never stuck: %+v", s)
		}
	}
}

// TestPools: every group that is shown has enough, no series is in two, and the small ones are never beside one that is
// shown alone.
func TestPools(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []courses.EvaluatedSeries
		for i, n := range rapid.SliceOfN(rapid.IntRange(0, 9), 0, 12).Draw(t, "answers") {
			all = append(all, courses.EvaluatedSeries{ID: fmt.Sprint(i), N: n})
		}
		seen := map[string]bool{}
		for at := range len(all) + 1 { // as time goes by, a group that was shown stays as it was
			before, now := courses.Pools(all[:max(0, at-1)]), courses.Pools(all[:at])
			for _, group := range before {
				if !slices.ContainsFunc(now, func(g []courses.EvaluatedSeries) bool { return slices.Equal(g, group) }) {
					t.Fatalf("%v was shown and is not any more: %v", group, now)
				}
			}
		}
		for _, group := range courses.Pools(all) {
			n := 0
			for _, one := range group {
				if n += one.N; seen[one.ID] || one.N >= courses.EnoughAnswers && len(group) > 1 {
					t.Fatalf("%s in %v", one.ID, group)
				}
				seen[one.ID] = true
			}
			if n < courses.EnoughAnswers {
				t.Fatalf("%v has %d answers", group, n)
			}
		}
	})
}

func TestAnswersNormal(t *testing.T) {
	for name, bad := range map[string]courses.Answers{
		"an unknown question": {Options: map[string][]int{"iq": {1}}}, "option 6 of 5": {Options: map[string][]int{courses.AskPace: {6}}},
		"two of one": {Options: map[string][]int{courses.AskPace: {1, 2}}}, "one goal too many": {Options: map[string][]int{courses.AskNow: {1, 2}}},
		"words for a choice": {Texts: map[string]string{courses.AskPace: "snel"}}, "option 0": {Options: map[string][]int{"help": {0}}},
	} {
		if _, err := bad.Normal(1); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	got, err := courses.Answers{Options: map[string][]int{"better": {3, 1, 3}, courses.AskNow: {0}}, Texts: map[string]string{"words": "heel \x1b[31mgoed", "next": strings.Repeat("x", 900)}}.Normal(1)
	if err != nil || !slices.Equal(got.Options["better"], []int{1, 3}) || strings.Contains(got.Texts["words"], "\x1b") || len(got.Texts["next"]) > 500 {
		t.Errorf("%+v, %v", got, err)
	}
}

// TestEvaluation goes from slips to totals, and nothing that is stored tells who answered what.
func TestEvaluation(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		one, pc := s.Open(6, s.Sessions(s.PCs, s.Own, nextWeek)...), s.Kiosk()
		for range 6 {
			s.Join(one, courses.Participant{})
		}
		slips := coursestest.Must(s.IssueTokens(t.Context(), s.Lesson, one.ID))(t)
		if again := coursestest.Must(s.IssueTokens(t.Context(), s.Lesson, one.ID))(t); len(slips) != 6 || len(again) != 0 {
			t.Fatalf("%d slips, then %d", len(slips), len(again))
		}
		if f := coursestest.Must(s.OpenForm(t.Context(), pc, slips[0]))(t); f.Course != s.Email.Title || len(f.Goals) != 1 {
			t.Errorf("the form: %+v", f)
		}
		if err := s.Answer(t.Context(), pc, slips[0], form(9, 1, 1)); err == nil {
			t.Error("option 9 was taken")
		}
		for i, code := range slips[:5] {
			a := form(3, 4, 2)
			a.Texts = map[string]string{"words": fmt.Sprintf("woord %d", i)}
			s.OK(s.Answer(t.Context(), pc, data.ShowCode(code), a))
			s.Clock.Forward(time.Hour)
		}
		for name, code := range map[string]string{"used": slips[0], "never made": data.NewCode()} {
			if err := s.Answer(t.Context(), pc, code, form(1, 1, 1)); !errors.Is(err, courses.ErrToken) {
				t.Errorf("a code that was %s: %v, want ErrToken", name, err)
			}
		}
		s.OK(s.AnswerPaper(t.Context(), s.Clerk, one.ID, form(2, 5, 2)))
		if err := s.AnswerPaper(t.Context(), s.Clerk, one.ID, form(2, 5, 2)); !errors.Is(err, courses.ErrEvaluated) {
			t.Errorf("a seventh form of six people: %v", err)
		}
		if _, _, err := s.Trend(t.Context(), s.An, s.Email.ID); !errors.Is(err, courses.ErrFewAnswers) {
			t.Errorf("totals of an open evaluation: %v", err)
		}
		s.OK(s.CloseEvaluation(t.Context(), s.An, one.ID))
		if err := s.Answer(t.Context(), pc, slips[5], form(3, 3, 3)); !errors.Is(err, courses.ErrToken) {
			t.Errorf("after the closing: %v", err)
		}
		_, groups, err := s.Trend(t.Context(), s.Lesson, s.Email.ID)
		if err != nil || len(groups) != 1 || groups[0].N != 6 || len(groups[0].Texts["words"]) != 5 {
			t.Fatalf("totals: %+v, %v", groups, err)
		}
		nothingTells(t, s)
	})
}

// nothingTells reads every column of the answers and the tokens, and the audit log, for people and times.
func nothingTells(t *testing.T, s *coursestest.School) {
	t.Helper()
	people := coursestest.Must(s.Participants(t.Context(), s.An, "", 100))(t)
	for _, query := range []string{`SELECT id || ' ' || series_id || ' ' || answers FROM evaluation_answers`, `SELECT token_hash || ' ' || series_id || ' ' || used FROM evaluation_tokens`} {
		rows := coursestest.Must(data.List(t.Context(), s.DB, func(scan func(...any) error) (row string, err error) { return row, scan(&row) }, query))(t)
		for _, row := range rows {
			for _, p := range people {
				if strings.Contains(row, p.ID) || strings.Contains(row, p.Family) {
					t.Errorf("%s names %s", row, p.Name())
				}
			}
		}
	}
	order := coursestest.Must(data.List(t.Context(), s.DB, func(scan func(...any) error) (id string, err error) { return id, scan(&id) }, `SELECT id FROM evaluation_answers`))(t)
	if s.DB.Engine == data.SQLite && !slices.IsSorted(order) {
		t.Errorf("the rows lie in the order of the answers: %v", order)
	}
	var answered int
	s.OK(data.One(t.Context(), s.DB, []any{&answered}, `SELECT count(*) FROM audit WHERE action LIKE 'evaluation.answer%'`))
	if answered != 0 {
		t.Errorf("the audit log tells %d times that somebody answered", answered)
	}
}
