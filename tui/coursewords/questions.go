package coursewords

import (
	"digibrug/courses"
	"digibrug/tui/words"
)

// Asked is what a question of the evaluation and its options are called.
type Asked struct {
	Title   words.Key // takes the goal, of questions per goal
	Options []words.Key
}

// AskedOf gives the words of a question of courses.Questions.
func AskedOf(q courses.Question) Asked {
	skills := []words.Key{words.EvaluationONow1, words.EvaluationONow2, words.EvaluationONow3, words.EvaluationONow4, words.EvaluationONow5}
	switch q.Code {
	case courses.AskPace:
		return Asked{words.EvaluationQPace, []words.Key{words.EvaluationOPace1, words.EvaluationOPace2, words.EvaluationOPace3, words.EvaluationOPace4, words.EvaluationOPace5}}
	case courses.AskNow:
		return Asked{words.EvaluationQNow, skills}
	case courses.AskBefore:
		return Asked{words.EvaluationQBefore, skills}
	case "practice":
		return Asked{words.EvaluationQPractice, []words.Key{words.EvaluationOPractice1, words.EvaluationOPractice2, words.EvaluationOPractice3, words.EvaluationOPractice4}}
	case "help":
		return Asked{words.EvaluationQHelp, []words.Key{words.EvaluationOHelp1, words.EvaluationOHelp2, words.EvaluationOHelp3, words.EvaluationOHelp4, words.EvaluationOHelp5}}
	case "clear":
		return Asked{words.EvaluationQClear, []words.Key{words.EvaluationOClear1, words.EvaluationOClear2, words.EvaluationOClear3, words.EvaluationOClear4}}
	case "bundle":
		return Asked{words.EvaluationQBundle, []words.Key{words.EvaluationOBundle1, words.EvaluationOBundle2, words.EvaluationOBundle3, words.EvaluationOBundle4, words.EvaluationOBundle5}}
	case "use":
		return Asked{words.EvaluationQUse, []words.Key{words.EvaluationOUse1, words.EvaluationOUse2, words.EvaluationOUse3, words.EvaluationOUse4, words.EvaluationOUse5}}
	case "better":
		return Asked{words.EvaluationQBetter, []words.Key{words.EvaluationOBetter1, words.EvaluationOBetter2, words.EvaluationOBetter3, words.EvaluationOBetter4, words.EvaluationOBetter5, words.EvaluationOBetter6}}
	case "next":
		return Asked{words.EvaluationQNext, nil}
	case "words":
		return Asked{words.EvaluationQWords, nil}
	}
	return Asked{}
}
