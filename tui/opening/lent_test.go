package opening_test

import (
	"context"
	"errors"
	"testing"

	"digibrug/data"
	"digibrug/tui/opening"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// promised is who lends, with what a closing moves.
type promised struct {
	loans, bookings int
	err             error
}

func (p promised) Moves(context.Context, data.Actor) (int, int, error) {
	return p.loans, p.bookings, p.err
}
func (p promised) Room() shell.Room { return "moves" }

// lending opens the room beside one of what moves.
func (s *scene) lending(p promised, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	id := s.Identity("ivo.ict")
	id.Roles = []data.Role{data.RoleICT}
	session := screentest.Session(s.t, id)
	desk := opening.Desk{Store: s.store, People: s.People, Lent: p}
	rooms := []shell.Entry{{Room: "moves", Title: words.ReplanTitle, Open: func(*shell.Session) shell.Screen { return moves{} }}}
	return screentest.ShowRoot(s.t, shell.NewRoot(session, opening.New(session, desk), rooms, nil), w, h, screentest.Steps(steps...)...)
}

// moves stands for the room of what moves.
type moves struct{}

func (moves) Init() tea.Cmd                            { return nil }
func (m moves) Update(tea.Msg) (shell.Screen, tea.Cmd) { return m, nil }
func (moves) View() string                             { return "what moves" }
func (moves) Title() string                            { return "moves" }
func (moves) ShortHelp() []key.Binding                 { return nil }
func (moves) FullHelp() [][]key.Binding                { return nil }

func closes() []tea.Msg {
	return screentest.Steps(library(), row(toClosures), keys("n"), screentest.Clear(), typed("14/12/2026"), keys("tab"), screentest.Clear(), keys("tab"), typed("wateroverlast"), keys("enter"))
}

// TestClosureMoves asks to look what a closure moves, and goes there after a yes.
func TestClosureMoves(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {60, 20}} {
		page := newScene(t).lending(promised{loans: 3, bookings: 2}, size[0], size[1], closes())
		page.Fits()
		page.Says("Uitleningen: 3, reservaties: 2.", "Nu bekijken wat verschuift?")
		page.Send(keys("down", "enter")...)
		page.Says("what moves")
	}
	page := newScene(t).lending(promised{loans: 3}, 80, 24, closes(), keys("esc"))
	page.Says("wateroverlast")
}

// TestClosureMovesNothing says no more than that it was saved, also when nobody could count.
func TestClosureMovesNothing(t *testing.T) {
	for _, p := range []promised{{}, {err: data.ErrDenied}, {err: errors.New("gone")}} {
		s := newScene(t)
		page := s.lending(p, 80, 24, closes())
		page.Says("wateroverlast")
		page.Lacks("verschuift")
		if got := s.calendar().Closures; len(got) != 4 {
			t.Errorf("%d closures", len(got))
		}
	}
}
