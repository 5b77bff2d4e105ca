package testroom

import (
	"context"

	"digibrug/data"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

const (
	askWhat = "what"
	askMost = 300 // characters
)

// opensAsk asks what is wrong with the item on the screen.
func (r Room) opensAsk() Room {
	r.mode = modeAsk
	r.ask = parts.NewForm(words.TestroomAskButton, parts.Field{Name: askWhat, Label: words.TestroomAskWhat, Kind: parts.Text, Max: askMost, Need: true})
	return r.sized()
}

// askLead says what happens.
func (r Room) askLead() []string {
	return append(parts.Wrap(r.s.T(words.TestroomAskLead, "n", r.at+1), r.w), "")
}

func (r Room) askHead() int {
	if r.mode != modeAsk {
		return 0
	}
	return len(r.askLead())
}

// asks gives keys to the form. What was answered so far is stored first: the clock stands still then.
func (r Room) asks(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if press, is := msg.(tea.KeyPressMsg); is && key.Matches(press, r.s.Keys().Back) {
		r.mode = modeSheet
		return r.sized(), nil
	}
	if r.busy {
		return r, nil
	}
	var event parts.FormEvent
	r.ask, event = r.ask.Update(r.s.Look(), parts.Shift(msg, 0, r.askHead()))
	if event != parts.FormSubmitted {
		return r, nil
	}
	r.busy = true
	n, what := r.at, r.ask.Value(askWhat)
	step, _ := r.step(r.at)
	return r, r.acts(words.TestroomAsking, func(ctx context.Context, by data.Actor, visit string) error {
		if step.Answer != nil {
			if err := r.store.Save(ctx, by, visit, step); err != nil {
				return err
			}
		}
		return r.store.Ask(ctx, by, visit, n, what)
	})
}
