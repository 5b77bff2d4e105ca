package supervision_test

import (
	"testing"

	"digibrug/tui/screentest"

	tea "charm.land/bubbletea/v2"
)

func pages(t *testing.T, make func(testing.TB) scene, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen { return make(t).show("lid1", w, h, steps...) })
}

func TestBoard(t *testing.T)     { pages(t, twenty) }
func TestCandidate(t *testing.T) { pages(t, twenty, keys("home", "enter")) }
func TestAnswer(t *testing.T)    { pages(t, twenty, keys("home", "enter", "v")) }
func TestIrregular(t *testing.T) { pages(t, twenty, keys("home", "o")) }
func TestEnd(t *testing.T)       { pages(t, twenty, keys("home", "e")) }
func TestExtra(t *testing.T)     { pages(t, twenty, keys("home", "+")) }
func TestGoOn(t *testing.T)      { pages(t, twenty, keys("home", "down", "down", "r")) }
