// Package assessment is the room of the kennismeting: the person's own list, the instruction and a
// practice question, the questions themselves, the overview, the result and the explanations; and for
// heads of service the figures of their groups.
package assessment

import (
	"context"
	"time"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

// The room's names in the palette and for shell.GoMsg.
const (
	Room       shell.Room = "assessment"
	GroupsRoom shell.Room = "assessment.groups" // a head's own services
	// AllGroupsRoom is the same room for who sees all services.
	AllGroupsRoom shell.Room = "assessment.groups.all"
)

// attempts is what the room needs of the quiz floor for the person's own attempts; *quiz.Store has it.
type attempts interface {
	Mine(ctx context.Context, by data.Actor) ([]quiz.Invitation, error)
	Start(ctx context.Context, by data.Actor, campaign string, helped bool) (string, error)
	Attempt(ctx context.Context, by data.Actor, id string) (quiz.Attempt, error)
	Save(ctx context.Context, by data.Actor, attempt string, step quiz.Save) error
	PassEntry(ctx context.Context, by data.Actor, attempt string, blanks bool) (bool, error)
	Submit(ctx context.Context, by data.Actor, attempt string) (quiz.Result, error)
	Result(ctx context.Context, by data.Actor, attempt string) (quiz.Result, error)
	Explained(ctx context.Context, by data.Actor, attempt string) ([]quiz.AttemptItem, error)
	DomainTitle(domain string) string
}

// page is what the screens of the room share: the visit, the store, the size of the body.
type page struct {
	s     *shell.Session
	store attempts
	w, h  int
}

func (p page) by() data.Actor { return p.s.Who.Actor() }

// tick sends msg after a second.
func tick(msg tea.Msg) tea.Cmd { return tea.Tick(time.Second, func(time.Time) tea.Msg { return msg }) }

// dayOf is today in Brussels by the server's clock, YYYY-MM-DD.
func dayOf(s *shell.Session) string { return data.DayOf(s.Now()) }
