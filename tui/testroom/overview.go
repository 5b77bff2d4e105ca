package testroom

import (
	"reflect"
	"strconv"

	"digibrug/quiz"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

const (
	overSubmit = "submit"
	overHead   = 2 // the lines above the list
)

func sameAs(a, b quiz.Answer) bool { return reflect.DeepEqual(a, b) }

// overviewed lists the items that are not out, with how they stand.
func (r Room) overviewed() Room {
	rows := []parts.Item{{ID: overSubmit, Title: "[ " + r.s.T(words.ItemSubmit) + " ]"}}
	for n, it := range r.items {
		if it.Skipped() {
			continue
		}
		note := r.s.T(words.ItemStateOpen)
		if !it.Answer.Empty() {
			note = r.s.T(words.ItemStateDone)
		}
		if it.Later {
			note += " · " + r.s.T(words.ItemLaterMark)
		}
		rows = append(rows, parts.Item{ID: strconv.Itoa(n), Title: strconv.Itoa(n+1) + ". " + it.Item.Item.Stem, Note: note})
	}
	r.over = r.over.With(rows).Sized(r.w, max(1, r.h-overHead))
	return r
}

// first puts the cursor on the first item that still asks for something, or else on handing in.
func (r Room) first() Room {
	r.over = r.over.On(overSubmit)
	for n, it := range r.items {
		if it.Answer.Empty() && !it.Skipped() {
			r.over = r.over.On(strconv.Itoa(n))
			break
		}
	}
	return r
}

// looksOver gives keys to the overview.
func (r Room) looksOver(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if press, is := msg.(tea.KeyPressMsg); is {
		switch {
		case key.Matches(press, r.s.Keys().Back):
			r.mode = modeSheet
			return r.sized(), nil
		case key.Matches(press, r.sheetKeys().submit) && !r.busy && r.waiting == 0:
			return r.submits()
		}
	}
	var event parts.Event
	r.over, event = r.over.Update(r.s.Look(), parts.Shift(msg, 0, overHead))
	if event != parts.Chose || r.busy || r.waiting != 0 {
		return r, nil
	}
	row, _ := r.over.Current()
	if row.ID == overSubmit {
		return r.submits()
	}
	if n, err := strconv.Atoi(row.ID); err == nil {
		r.mode = modeSheet
		return r.save(quiz.Save{N: r.at, Place: n}, thenShow)
	}
	return r, nil
}

// submits asks whether the test is handed in.
func (r Room) submits() (shell.Screen, tea.Cmd) {
	submit := r.acts(words.TestroomSubmitting, r.store.Submit)
	if blank := r.count() - r.done(); blank > 0 {
		return r, shell.Confirm(words.ItemSubmitBlank, words.ItemSubmitYes, submit, "n", blank)
	}
	return r, shell.Confirm(words.ItemSubmitAll, words.ItemSubmitYes, submit)
}

// count is how many items are asked.
func (r Room) count() (n int) {
	for _, it := range r.items {
		if !it.Skipped() {
			n++
		}
	}
	return n
}

// done is how many of them have an answer.
func (r Room) done() (n int) {
	for _, it := range r.items {
		if !it.Skipped() && !it.Answer.Empty() {
			n++
		}
	}
	return n
}
