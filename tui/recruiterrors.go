package tui

import (
	"errors"
	"fmt"

	"digibrug/quiz/recruit"
	"digibrug/tui/words"
)

// recruitErrors are the errors of the test room, of marking and of scores.
func recruitErrors() words.Errors {
	return words.Errors{
		{Err: recruit.ErrNotOpen, Key: words.RecruitNotOpen},
		{Err: recruit.ErrWindow, Key: words.RecruitWindow},
		{Err: recruit.ErrAbsent, Key: words.RecruitAbsent},
		{Err: recruit.ErrNotChecked, Key: words.RecruitNotChecked},
		{Err: recruit.ErrNotReleased, Key: words.RecruitNotReleased},
		{Err: recruit.ErrNotStarted, Key: words.RecruitNotStarted},
		{Err: recruit.ErrEnded, Key: words.RecruitEnded},
		{Err: recruit.ErrStopped, Key: words.RecruitStopped},
		{Err: recruit.ErrRunning, Key: words.RecruitRunning},
		{Err: recruit.ErrWaiting, Key: words.RecruitWaiting},
		{Err: recruit.ErrElsewhere, Key: words.RecruitElsewhere},
		{Err: recruit.ErrGone, Key: words.RecruitGone},
		{Err: recruit.ErrOut, Key: words.RecruitOut},
		{Err: recruit.ErrNoBreak, Key: words.RecruitNoBreak},
		{Err: recruit.ErrAnswered, Key: words.RecruitAnswered},
		{Err: recruit.ErrMarked, Key: words.RecruitMarked},
		{Err: recruit.ErrAgreed, Key: words.RecruitAgreed},
		{Err: recruit.ErrNotClosed, Key: words.RecruitNotClosed},
		{Err: recruit.ErrNotScored, Key: words.RecruitNotScored},
		{Err: recruit.ErrUnmarked, Key: words.RecruitUnmarked, Args: lackArgs},
	}
}

// lackArgs are what is still to do before the scores can be frozen.
func lackArgs(_ words.Lang, err error) []any {
	var lack *recruit.LackError
	if !errors.As(err, &lack) {
		lack = &recruit.LackError{}
	}
	return []any{"unmarked", fmt.Sprint(lack.Unmarked), "disputed", fmt.Sprint(lack.Disputed), "questions", fmt.Sprint(lack.Questions)}
}
