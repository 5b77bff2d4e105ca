package assessment_test

import (
	"fmt"
	"testing"

	"digibrug/quiz"
	"digibrug/tui/assessment"
	"digibrug/tui/screentest"

	tea "charm.land/bubbletea/v2"
)

// sizes are the windows that every screen must fit.
var sizes = screentest.Sizes()

// walk drives a visit of the own kennismeting and compares the page with a golden file at every size, and at
// 80×24 in every language.
func walk(t *testing.T, login string, change func(*quiz.Campaign), before func(*testing.T, scene), steps ...[]tea.Msg) {
	t.Helper()
	for _, lang := range []string{"nl", "en", "fr"} {
		for _, size := range sizes {
			if lang != "nl" && size != sizes[0] {
				continue
			}
			t.Run(fmt.Sprintf("%s_%dx%d", lang, size[0], size[1]), func(t *testing.T) {
				s := newScene(t, func(c *quiz.Campaign) {
					if change != nil {
						change(c)
					}
				})
				if before != nil {
					before(t, s)
				}
				screen := screentest.Show(t, assessment.NewMine(s.session(t, login, lang), s.store), size[0], size[1], screentest.Steps(steps...)...)
				screentest.Golden(t, screen)
			})
		}
	}
}

var (
	keys  = screentest.Keys
	begin = keys("enter", "down", "enter") // from the list, past the practice question, into the first item
)

// entry answers the three entry items: the first option of each, whatever it is.
func entry() []tea.Msg { return keys("enter", "enter", "enter") }

func TestMine(t *testing.T)  { walk(t, "an.peeters", nil, nil) }
func TestIntro(t *testing.T) { walk(t, "an.peeters", nil, nil, keys("enter")) }
func TestIntroHelped(t *testing.T) {
	walk(t, "an.peeters", nil, nil, keys("enter", "down", "down", "enter"))
}
func TestPractice(t *testing.T) { walk(t, "an.peeters", nil, nil, keys("enter", "enter")) }
func TestPracticeWrong(t *testing.T) {
	walk(t, "an.peeters", nil, nil, keys("enter", "enter", "enter"))
}
func TestPracticeRight(t *testing.T) {
	walk(t, "an.peeters", nil, nil, keys("enter", "enter", "b", "enter"))
}
func TestFirstItem(t *testing.T) { walk(t, "an.peeters", nil, nil, begin) }
func TestSecondItem(t *testing.T) {
	walk(t, "an.peeters", nil, nil, begin, keys("down", "enter"))
}
func TestItemLater(t *testing.T) { walk(t, "an.peeters", nil, nil, begin, keys("f5")) }

// at answers the entry items and goes to the n-th item after them, from 0.
func at(n int) []tea.Msg {
	steps := screentest.Steps(begin, entry())
	for range n {
		steps = append(steps, keys("pgdown")...)
	}
	return steps
}

func TestItemKinds(t *testing.T) {
	for n, name := range []string{"a", "b", "c", "d", "e"} {
		t.Run(name, func(t *testing.T) { walk(t, "an.peeters", nil, nil, at(n)) })
	}
}

func TestOverview(t *testing.T) { walk(t, "an.peeters", nil, nil, at(1), keys("f6")) }
func TestSubmitAsks(t *testing.T) {
	walk(t, "an.peeters", nil, nil, at(1), keys("f6", "end", "f9"))
}
func TestStarterScreen(t *testing.T) {
	walk(t, "an.peeters", nil, nil, begin, keys("pgdown", "pgdown", "pgdown", "down", "enter"))
}
func TestEntryBlankAsks(t *testing.T) {
	walk(t, "an.peeters", nil, nil, begin, keys("pgdown", "pgdown", "pgdown"))
}
func TestResultScreen(t *testing.T) {
	walk(t, "an.peeters", nil, nil, at(0), keys("space", "enter", "f6", "home", "enter", "right", "enter"))
}
func TestExplainedScreen(t *testing.T) {
	walk(t, "an.peeters", nil, nil, at(0), screentest.Type("8"), keys("enter", "f6", "home", "enter", "down", "enter", "enter", "right", "right", "right"))
}
func TestResultExpert(t *testing.T) {
	walk(t, "an.peeters", nil, nil, at(0), screentest.Type("8"), keys("enter", "f6", "home", "enter", "down", "enter", "v"))
}
