// Package testroom is what a candidate sees of a recruitment test, from the code to the thanks at the end, and nothing
// else: the wait for the supervisor, practice, the questions, a pause, a question about a broken item. All of it is one
// screen over one sitting, which tells every two seconds that it is alive and hears what the supervisor did.
package testroom

import (
	"context"
	"time"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/quiz/recruit"

	tea "charm.land/bubbletea/v2"
)

// sittings is what the room needs of the quiz floor; *recruit.Store has it.
type sittings interface {
	Arrive(ctx context.Context, by data.Actor, session, place string) (recruit.Standing, error)
	Alive(ctx context.Context, by data.Actor, session string, idle time.Duration) (recruit.Standing, error)
	CutOff(ctx context.Context, by data.Actor, session string) error
	Practised(ctx context.Context, by data.Actor, session string) error
	Start(ctx context.Context, by data.Actor, session string) error
	OwnItems(ctx context.Context, by data.Actor, session string) ([]recruit.Answered, error)
	Save(ctx context.Context, by data.Actor, session string, step quiz.Save) error
	Ask(ctx context.Context, by data.Actor, session string, n int, what string) error
	Break(ctx context.Context, by data.Actor, session string) error
	BackFromBreak(ctx context.Context, by data.Actor, session string) error
	Log(ctx context.Context, by data.Actor, session string, kind recruit.EventKind, n int) error
	Submit(ctx context.Context, by data.Actor, session string) error
}

// How often the room tells that it is alive, after how long without a key that is noted, and how long keys are dropped after
// an item was taken away: they were meant for that one.
const (
	beatEvery  = 2 * time.Second
	longSilent = 3 * time.Minute
	startled   = time.Second
)

// bigWidth is how many cells a line has for who asked for few words a line: what is left beside large letters of the terminal.
const bigWidth = 46

// Messages. visit names the visit that asked, so that a late reply reaches nobody else.
type (
	// standingMsg is where the sitting stands. beat tells that it answers a sign of life.
	standingMsg struct {
		visit string
		st    recruit.Standing
		err   error
		beat  bool
	}
	beatMsg   struct{ visit string }
	secondMsg struct{ visit string }
	itemsMsg  struct {
		visit string
		items []recruit.Answered
		err   error
	}
	// savedMsg tells that a step is on disk, or why not.
	savedMsg struct {
		visit string
		turn  int
		step  quiz.Save
		then  then
		at    time.Time
		err   error
	}
)

// then is what follows a save.
type then int

const (
	thenShow     then = iota // the item at the saved place
	thenOverview             // the overview
)

func tick(after time.Duration, msg tea.Msg) tea.Cmd {
	return tea.Tick(after, func(time.Time) tea.Msg { return msg })
}
