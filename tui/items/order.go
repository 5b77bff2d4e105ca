package items

import (
	"slices"
	"strconv"
	"strings"

	"digibrug/quiz"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// order puts steps in a row. Space picks a step up, the arrows carry it, Space puts it down.
type order struct {
	list          parts.List
	steps         []string // canonical
	now           []int    // canonical indices, first to last as they stand now
	held          bool
	width, height int
	moved         bool // the person has put something somewhere, or said that it is right as it stands
}

func newOrder(it quiz.Item, shown []int, given quiz.Answer) answerer {
	o := order{steps: it.Steps, now: slices.Clone(shown)}
	if len(given.Order) == len(it.Steps) {
		o.now, o.moved = slices.Clone(given.Order), true
	}
	o.list = parts.NewList(parts.Kind{Wrap: true}, nil)
	return o.listed()
}

// listed is the order with its list made anew: each step with its place before it.
func (o order) listed() order {
	var rows []parts.Item
	for place, i := range o.now {
		rows = append(rows, parts.Item{ID: strconv.Itoa(i), Title: strconv.Itoa(place+1) + ". " + o.steps[i]})
	}
	o.list = o.list.With(rows)
	return o
}

func (o order) update(look parts.Look, msg tea.Msg) (answerer, Event) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch {
		case key.Matches(press, look.Keys.Space):
			o.held = !o.held
			return o, Moved
		case key.Matches(press, look.Keys.Enter):
			o.held, o.moved = false, true
			return o, Done
		case o.held && key.Matches(press, look.Keys.Up):
			return o.carried(-1), Changed
		case o.held && key.Matches(press, look.Keys.Down):
			return o.carried(1), Changed
		}
	}
	if o.held {
		return o, None
	}
	var event parts.Event
	o.list, event = o.list.Update(look, msg)
	if event == parts.None {
		return o, None
	}
	return o, Moved
}

// carried is the order with the held step one place up (-1) or down (1).
func (o order) carried(by int) order {
	item, ok := o.list.Current()
	if !ok {
		return o
	}
	at := slices.IndexFunc(o.now, func(i int) bool { return strconv.Itoa(i) == item.ID })
	if to := at + by; at >= 0 && to >= 0 && to < len(o.now) {
		o.now, o.moved = slices.Clone(o.now), true
		o.now[at], o.now[to] = o.now[to], o.now[at]
	}
	return o.listed().on(item.ID)
}

func (o order) on(id string) order {
	o.list = o.list.On(id)
	return o
}

func (o order) view(look parts.Look) string {
	view := o.list.View(look)
	if o.held && o.list.Lines()+3 <= o.height { // in a low window the footer alone says it
		view += "\n\n" + look.Theme.Warn.Render(strings.Join(parts.Wrap(look.T(words.ItemHeld), o.width), "\n"))
	}
	return view
}

func (o order) lines() int                     { return o.list.Lines() + 3 }
func (o order) typing() bool                   { return false }
func (o order) cursor() (x, y int, shown bool) { return o.list.Cursor() }
func (o order) ask() words.Key                 { return words.ItemAskOrder }

func (o order) answer() quiz.Answer {
	if !o.moved {
		return quiz.Answer{}
	}
	return quiz.Answer{Order: slices.Clone(o.now)}
}

func (o order) sized(_ parts.Look, width, height int) answerer {
	o.width, o.height = width, height
	o.list = o.list.Sized(width, height)
	return o
}

func (o order) keys(look parts.Look) []key.Binding {
	space := words.ItemPickUp
	if o.held {
		space = words.ItemPutDown
	}
	return []key.Binding{keys.Named(look.Keys.Space, look.T(space)), keys.Named(look.Keys.Enter, look.T(words.ItemNext))}
}
