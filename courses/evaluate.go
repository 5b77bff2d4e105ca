package courses

import (
	"slices"

	"digibrug/data"
)

// QuestionKind says how a question of the evaluation is answered.
type QuestionKind string

// The kinds of questions.
const (
	OneOf   QuestionKind = "one"   // one of its options
	PerGoal QuestionKind = "goals" // one of its options for each goal of the course
	AnyOf   QuestionKind = "many"  // several of its options
	Next    QuestionKind = "next"  // courses that somebody wants to take next, and something else in words
	InWords QuestionKind = "text"
)

// Question is one question of the evaluation. Options are numbered from 1; every question may be passed over.
type Question struct {
	Code    string
	Kind    QuestionKind
	Options int
	Good    []int // options that are a good answer
	Aside   []int // options that say nothing of the course: they don't count in the share
}

// Codes of the questions that the analysis looks at by name.
const (
	AskPace   = "pace"
	AskNow    = "now"
	AskBefore = "before"
)

// Questions is the evaluation form: eleven questions with concrete answers, of which one or two are good. Source: W.
// Thalheimer, Performance-Focused Smile Sheets, on why agreement scales hardly predict learning; the measure before and
// after is that of Digisterker.
func Questions() []Question {
	return []Question{
		{Code: AskPace, Kind: OneOf, Options: 5, Good: []int{3}},
		{Code: AskNow, Kind: PerGoal, Options: 5, Good: []int{4, 5}},
		{Code: AskBefore, Kind: PerGoal, Options: 5},
		{Code: "practice", Kind: OneOf, Options: 4, Good: []int{3}},
		{Code: "help", Kind: OneOf, Options: 5, Good: []int{3, 4}, Aside: []int{5}},
		{Code: "clear", Kind: OneOf, Options: 4, Good: []int{3, 4}},
		{Code: "bundle", Kind: OneOf, Options: 5, Good: []int{4, 5}, Aside: []int{1}},
		{Code: "use", Kind: OneOf, Options: 5, Good: []int{4, 5}, Aside: []int{3}},
		{Code: "better", Kind: AnyOf, Options: 6, Good: []int{6}},
		{Code: "next", Kind: Next},
		{Code: "words", Kind: InWords},
	}
}

// Answers is one form that was filled in. What was passed over is left out.
type Answers struct {
	Options map[string][]int  `json:"options,omitempty"` // by code of the question: what was chosen; of PerGoal one a goal, 0: passed over
	Next    []string          `json:"next,omitempty"`    // codes of courses
	Texts   map[string]string `json:"texts,omitempty"`   // by code of the question
}

// WhyAnswer says that an answer is none of the options of its question.
const WhyAnswer data.Why = "courses.answer"

// Normal tidies answers for a course with so many goals: unknown questions are refused, texts cut to 500 characters. It
// returns an *data.Invalid.
func (a Answers) Normal(goals int) (Answers, error) {
	known := map[string]Question{}
	for _, q := range Questions() {
		known[q.Code] = q
	}
	clean := Answers{Options: map[string][]int{}, Texts: map[string]string{}}
	for code, chosen := range a.Options {
		q, is := known[code]
		least := 1
		if q.Kind == PerGoal {
			least = 0
		}
		bad := slices.ContainsFunc(chosen, func(n int) bool { return n < least || n > q.Options })
		if !is || bad || q.Kind == OneOf && len(chosen) > 1 || q.Kind == PerGoal && len(chosen) != goals || q.Kind == Next || q.Kind == InWords {
			return Answers{}, &data.Invalid{Field: "answer", Why: WhyAnswer, Got: data.Clean(code, 20)}
		}
		if q.Kind == AnyOf {
			chosen = slices.Compact(slices.Sorted(slices.Values(chosen)))
		}
		if len(chosen) > 0 {
			clean.Options[code] = slices.Clone(chosen)
		}
	}
	for _, code := range a.Next {
		if len(clean.Next) < 20 {
			clean.Next = append(clean.Next, data.Clean(code, courseCode))
		}
	}
	for code, text := range a.Texts {
		if q, is := known[code]; !is || q.Kind != InWords && q.Kind != Next {
			return Answers{}, &data.Invalid{Field: "answer", Why: WhyAnswer, Got: data.Clean(code, 20)}
		}
		if text = data.CleanBlock(text, noteLimit); text != "" && !data.HasNationalNumber(text) {
			clean.Texts[code] = text
		}
	}
	return clean, nil
}

// EnoughAnswers is the fewest answers of which totals are shown.
const EnoughAnswers = 5

// Share is how a question was answered.
type Share struct {
	Question Question
	Goal     int     // index from 0, of PerGoal; -1: none
	N        int     // answers that count
	Good     int     // of them
	Counts   []int   // by option, from 1 at index 0
	Shift    float64 // of AskNow: the median of now less before, in steps; 0 without both
	Shifted  int     // answers that have both
	Flag     FlagWhy
}

// FlagWhy says what deserves a look.
type FlagWhy string

// The flags.
const (
	TooFast  FlagWhy = "fast" // three in ten or more say that it goes too fast
	NotAlone FlagWhy = "goal" // one in five or more can't do it, or only with help
)

// Analysis is what a group of forms says together.
type Analysis struct {
	N      int
	Shares []Share
	Next   map[string]int      // by code of the course: how many want it
	Texts  map[string][]string // by code of the question, in no order that says who
}

// Analyse sums up forms of a course with so many goals. Fewer than EnoughAnswers give the zero Analysis with N of 0: they
// are not for anybody's eyes.
func Analyse(forms []Answers, goals int) Analysis {
	if len(forms) < EnoughAnswers {
		return Analysis{}
	}
	a := Analysis{N: len(forms), Next: map[string]int{}, Texts: map[string][]string{}}
	for _, q := range Questions() {
		switch q.Kind {
		case OneOf, AnyOf:
			a.Shares = append(a.Shares, share(q, -1, forms))
		case PerGoal:
			if q.Code == AskBefore {
				continue // read beside what people can do now
			}
			for goal := range goals {
				a.Shares = append(a.Shares, share(q, goal, forms))
			}
		}
	}
	for _, f := range forms {
		for _, code := range slices.Compact(slices.Sorted(slices.Values(f.Next))) {
			a.Next[code]++
		}
		for code, text := range f.Texts {
			a.Texts[code] = append(a.Texts[code], text)
		}
	}
	for _, all := range a.Texts {
		slices.Sort(all) // neither when nor by whom
	}
	return a
}

// share counts one question, for one goal when it is asked per goal.
func share(q Question, goal int, forms []Answers) Share {
	s := Share{Question: q, Goal: goal, Counts: make([]int, q.Options)}
	var shifts []int
	for _, f := range forms {
		chosen := f.Options[q.Code]
		if goal >= 0 {
			if goal >= len(chosen) || chosen[goal] == 0 {
				continue
			}
			chosen = chosen[goal : goal+1]
			if was := f.Options[AskBefore]; goal < len(was) && was[goal] > 0 {
				shifts = append(shifts, chosen[0]-was[goal])
			}
		}
		if len(chosen) == 0 {
			continue
		}
		counts, good := false, false
		for _, n := range chosen {
			s.Counts[n-1]++
			counts = counts || !slices.Contains(q.Aside, n)
			good = good || slices.Contains(q.Good, n)
		}
		s.N += boolInt(counts)
		s.Good += boolInt(counts && good)
	}
	s.Shift, s.Shifted = median(shifts), len(shifts)
	low := 0
	if q.Options > 1 {
		low = s.Counts[0] + s.Counts[1]
	}
	switch {
	case s.N < EnoughAnswers:
	case q.Code == AskPace && low*10 >= 3*s.N:
		s.Flag = TooFast
	case q.Code == AskNow && low*5 >= s.N:
		s.Flag = NotAlone
	}
	return s
}

// median is the middle of numbers, or the mean of the two in the middle; 0 for none.
func median(all []int) float64 {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return float64(all[(len(all)-1)/2]+all[len(all)/2]) / 2
}

// EvaluatedSeries is a series whose evaluation is closed, with how many answered.
type EvaluatedSeries struct {
	ID, Code string
	N        int
}

// Pools says which series are shown together, in the order in which they are given. Each series with enough answers
// stands alone; the others are added up until there are enough, and wait until then. Groups share no series, so that no
// two totals can be subtracted to find a smaller group.
func Pools(all []EvaluatedSeries) (groups [][]EvaluatedSeries) {
	var small []EvaluatedSeries
	n := 0
	for _, one := range all {
		if one.N >= EnoughAnswers {
			groups = append(groups, []EvaluatedSeries{one})
			continue
		}
		if small, n = append(small, one), n+one.N; n >= EnoughAnswers {
			groups, small, n = append(groups, small), nil, 0
		}
	}
	return groups
}
