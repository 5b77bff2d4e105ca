package evaluation

import (
	"digibrug/courses"
	"digibrug/tui/words"
)

// asked is what a question and its options are called.
type asked struct {
	title   words.Key // takes the goal, of questions per goal
	options []words.Key
}

// askedOf gives the words of a question of courses.Questions.
func askedOf(q courses.Question) asked {
	skills := []words.Key{words.EvaluationONow1, words.EvaluationONow2, words.EvaluationONow3, words.EvaluationONow4, words.EvaluationONow5}
	switch q.Code {
	case courses.AskPace:
		return asked{words.EvaluationQPace, []words.Key{words.EvaluationOPace1, words.EvaluationOPace2, words.EvaluationOPace3, words.EvaluationOPace4, words.EvaluationOPace5}}
	case courses.AskNow:
		return asked{words.EvaluationQNow, skills}
	case courses.AskBefore:
		return asked{words.EvaluationQBefore, skills}
	case "practice":
		return asked{words.EvaluationQPractice, []words.Key{words.EvaluationOPractice1, words.EvaluationOPractice2, words.EvaluationOPractice3, words.EvaluationOPractice4}}
	case "help":
		return asked{words.EvaluationQHelp, []words.Key{words.EvaluationOHelp1, words.EvaluationOHelp2, words.EvaluationOHelp3, words.EvaluationOHelp4, words.EvaluationOHelp5}}
	case "clear":
		return asked{words.EvaluationQClear, []words.Key{words.EvaluationOClear1, words.EvaluationOClear2, words.EvaluationOClear3, words.EvaluationOClear4}}
	case "bundle":
		return asked{words.EvaluationQBundle, []words.Key{words.EvaluationOBundle1, words.EvaluationOBundle2, words.EvaluationOBundle3, words.EvaluationOBundle4, words.EvaluationOBundle5}}
	case "use":
		return asked{words.EvaluationQUse, []words.Key{words.EvaluationOUse1, words.EvaluationOUse2, words.EvaluationOUse3, words.EvaluationOUse4, words.EvaluationOUse5}}
	case "better":
		return asked{words.EvaluationQBetter, []words.Key{words.EvaluationOBetter1, words.EvaluationOBetter2, words.EvaluationOBetter3, words.EvaluationOBetter4, words.EvaluationOBetter5, words.EvaluationOBetter6}}
	case "next":
		return asked{words.EvaluationQNext, nil}
	case "words":
		return asked{words.EvaluationQWords, nil}
	}
	return asked{}
}
