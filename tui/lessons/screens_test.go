package lessons_test

import "testing"

func TestNone(t *testing.T)       { pages(t, emptyScene, trainer) }
func TestMine(t *testing.T)       { pages(t, newScene, trainer) }
func TestAll(t *testing.T)        { pages(t, newScene, clerk) }
func TestRoster(t *testing.T)     { pages(t, newScene, trainer, keys("enter")) }
func TestMarked(t *testing.T)     { pages(t, markedScene, trainer, keys("enter")) }
func TestComing(t *testing.T)     { pages(t, markedScene, trainer, keys("down", "enter")) }
func TestPerson(t *testing.T)     { pages(t, markedScene, trainer, keys("enter", "down", "enter")) }
func TestPersonHere(t *testing.T) { pages(t, markedScene, trainer, keys("enter", "enter")) }
func TestCatchUpAsk(t *testing.T) {
	pages(t, markedScene, trainer, keys("enter", "down", "enter", "enter"))
}
func TestPapers(t *testing.T)      { pages(t, markedScene, trainer, keys("enter", "p")) }
func TestClerkPapers(t *testing.T) { pages(t, markedScene, clerk, keys("enter", "p")) }
