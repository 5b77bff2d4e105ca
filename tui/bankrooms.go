package tui

import (
	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/banks"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// bankRoom is the room of who works at the questions.
func (h House) bankRoom() shell.Entry {
	return shell.Entry{Room: banks.Room, Title: words.BanksTitle, May: with(data.RoleRecruiter, data.RoleICT),
		Open: func(s *shell.Session) shell.Screen { return banks.New(s, h.Quiz.Library()) }}
}

// bankErrors are the errors of the banks of questions.
func bankErrors() words.Errors {
	return words.Errors{
		{Err: quiz.ErrOwnWork, Key: words.BanksOwnWork},
		{Err: quiz.ErrMeanwhile, Key: words.BanksMeanwhile},
		{Err: quiz.ErrItemState, Key: words.BanksState},
		{Err: quiz.ErrAsked, Key: words.BanksAsked},
		{Err: quiz.ErrNeeded, Key: words.BanksNeeded},
		{Err: quiz.ErrNothingToReview, Key: words.BanksNothing},
	}
}
