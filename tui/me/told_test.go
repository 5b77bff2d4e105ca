package me_test

import (
	"context"

	"digibrug/data"
	"digibrug/quiz"
)

// told is a list of tests.
type told []quiz.Invitation

func (l told) Mine(context.Context, data.Actor) ([]quiz.Invitation, error) { return l, nil }
