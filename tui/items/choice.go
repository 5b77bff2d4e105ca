package items

import (
	"encoding/json"
	"slices"
	"strconv"

	"digibrug/quiz"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// sameAnswer compares two tidied answers.
func sameAnswer(a, b quiz.Answer) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

// choice answers single and multiple choice. The ids in its list are the options' canonical indices.
type choice struct {
	list   parts.List
	many   bool
	chosen []int // of a single choice: none or one
}

func newChoice(it quiz.Item, shown []int, given quiz.Answer) answerer {
	var options []parts.Item
	for _, i := range shown {
		options = append(options, parts.Item{ID: strconv.Itoa(i), Title: it.Options[i].Text})
	}
	many := it.Kind == quiz.KindMultiple
	c := choice{many: many, list: parts.NewList(parts.Kind{Many: many, One: !many, Letters: true, Wrap: true}, options)}
	for _, i := range given.Choices {
		c.list = c.list.On(strconv.Itoa(i))
	}
	return c.with(given.Choices)
}

// with is the choice with these options chosen.
func (c choice) with(chosen []int) choice {
	ids := make([]string, len(chosen))
	for n, i := range chosen {
		ids[n] = strconv.Itoa(i)
	}
	c.chosen, c.list = chosen, c.list.Tick(ids...)
	return c
}

func (c choice) update(look parts.Look, msg tea.Msg) (answerer, Event) {
	if enter(look, msg) {
		return c.taken(), Done
	}
	var event parts.Event
	c.list, event = c.list.Update(look, msg)
	switch event {
	case parts.Ticked:
		return c.taken(), Changed
	case parts.Chose: // a click on the row that had the cursor
		return c.taken(), Done
	case parts.Moved:
		if direct(msg) && !c.many { // its letter chooses an option; the arrows only look around
			return c.taken(), Changed
		}
		return c, Moved
	}
	return c, None
}

// direct tells whether a key names an option by its letter or number.
func direct(msg tea.Msg) bool {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return false
	}
	_, letter := keys.Letter(press)
	_, digit := keys.Digit(press)
	return letter || digit
}

// taken is the choice with what is ticked, or what is under the cursor, as the answer.
func (c choice) taken() choice {
	var ids []string
	if c.many {
		ids = c.list.Ticked()
	} else if item, ok := c.list.Current(); ok {
		ids = []string{item.ID}
	}
	var chosen []int
	for _, id := range ids {
		if i, err := strconv.Atoi(id); err == nil {
			chosen = append(chosen, i)
		}
	}
	return c.with(chosen)
}

func (c choice) view(look parts.Look) string { return c.list.View(look) }
func (c choice) lines() int                  { return c.list.Lines() }
func (c choice) answer() quiz.Answer         { return quiz.Answer{Choices: slices.Clone(c.chosen)} }
func (c choice) typing() bool                { return true }

func (c choice) sized(_ parts.Look, width, height int) answerer {
	c.list = c.list.Sized(width, height)
	return c
}

func (c choice) cursor() (x, y int, shown bool) { return c.list.Cursor() }

func (c choice) ask() words.Key {
	if c.many {
		return words.ItemAskMany
	}
	return words.ItemAskOne
}

func (c choice) keys(look parts.Look) []key.Binding {
	if c.many {
		return []key.Binding{keys.Named(look.Keys.Space, look.T(words.ItemTick)), keys.Named(look.Keys.Enter, look.T(words.ItemNext))}
	}
	return []key.Binding{keys.Named(look.Keys.Enter, look.T(words.ItemChoose))}
}

func enter(look parts.Look, msg tea.Msg) bool {
	press, ok := msg.(tea.KeyPressMsg)
	return ok && key.Matches(press, look.Keys.Enter)
}

// truth answers true/false: a choice between two, in words of the reader's language.
type truth struct{ choice }

func newTruth(look parts.Look, given quiz.Answer) answerer {
	t := truth{choice{list: parts.NewList(parts.Kind{One: true, Letters: true}, []parts.Item{
		{ID: "1", Title: look.T(words.ItemTrue)}, {ID: "0", Title: look.T(words.ItemFalse)},
	})}}
	if given.True != nil {
		id := 0
		if *given.True {
			id = 1
		}
		t.list = t.list.On(strconv.Itoa(id))
		t.choice = t.with([]int{id})
	}
	return t
}

func (t truth) update(look parts.Look, msg tea.Msg) (answerer, Event) {
	next, event := t.choice.update(look, msg)
	t.choice = next.(choice)
	return t, event
}

func (t truth) sized(look parts.Look, width, height int) answerer {
	t.choice = t.choice.sized(look, width, height).(choice)
	return t
}

func (t truth) answer() quiz.Answer {
	if len(t.chosen) == 0 {
		return quiz.Answer{}
	}
	yes := t.chosen[0] == 1
	return quiz.Answer{True: &yes}
}

func (t truth) ask() words.Key { return words.ItemAskTruth }
