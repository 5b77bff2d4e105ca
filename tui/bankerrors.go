package tui

import (
	"digibrug/quiz"
	"digibrug/tui/words"
)

// bankErrors are the errors of the banks of questions.
func bankErrors() words.Errors {
	return words.Errors{
		{Err: quiz.ErrOwnWork, Key: words.BanksOwnWork},
		{Err: quiz.ErrMeanwhile, Key: words.BanksMeanwhile},
		{Err: quiz.ErrItemState, Key: words.BanksState},
		{Err: quiz.ErrAsked, Key: words.BanksAsked},
		{Err: quiz.ErrNothingToReview, Key: words.BanksNothing},
	}
}
