package testroom

import (
	"errors"

	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/tui/items"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// sheetKeys are the keys beside those of the answer: function keys and Page keys, since letters and arrows belong to it.
type sheetKeys struct{ next, previous, later, overview, broken, pause, submit key.Binding } // overview is Esc too; submit is on the overview

func (r Room) sheetKeys() sheetKeys {
	bind := func(k, cap string, does words.Key) key.Binding {
		return key.NewBinding(key.WithKeys(k), key.WithHelp(cap, r.s.T(does)))
	}
	return sheetKeys{next: bind("pgdown", "PgDn", words.ItemForward), previous: bind("pgup", "PgUp", words.ItemBackward),
		later: bind("f5", "F5", words.ItemLater), overview: bind("f6", "F6", words.ItemOverview),
		broken: bind("f7", "F7", words.TestroomBroken), pause: bind("f8", "F8", words.TestroomPause), submit: bind("f9", "F9", words.ItemSubmitKey)}
}

// show puts an item on the screen.
func (r Room) show(n int) Room {
	r.at = n
	it := r.items[n]
	r.q = items.New(r.s.Look(), it.Item.Item, it.Shown, it.Answer)
	return r.sized()
}

// answers gives keys to the sheet. While a save is under way no key does anything: what shows as done is done.
func (r Room) answers(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if r.waiting != 0 || r.busy || r.s.Now().Sub(r.moved) < startled && !r.s.Reading() { // a line is never a slip of the finger
		return r, nil
	}
	if press, is := msg.(tea.KeyPressMsg); is {
		if next, cmd, done := r.press(press); done {
			return next, cmd
		}
	}
	var event items.Event
	r.q, event = r.q.Update(r.s.Look(), parts.Shift(msg, 0, sheetHead))
	if event == items.Done {
		return r.given()
	}
	return r, nil
}

// press handles the keys of the sheet; done is false for those of the answer.
func (r Room) press(msg tea.KeyPressMsg) (next shell.Screen, cmd tea.Cmd, done bool) {
	k := r.sheetKeys()
	switch {
	case key.Matches(msg, k.next):
		next, cmd = r.leave(r.after())
	case key.Matches(msg, k.previous):
		next, cmd = r.leave(r.before(), thenShow)
	case key.Matches(msg, k.overview, r.s.Keys().Back):
		next, cmd = r.leave(r.at, thenOverview)
	case key.Matches(msg, k.later):
		later := !r.items[r.at].Later
		step, tell := r.step(r.at)
		step.Later = &later
		next, cmd = r.save(step, thenShow)
		cmd = tea.Sequence(cmd, tell)
	case key.Matches(msg, k.broken):
		return r.opensAsk(), nil, true
	case key.Matches(msg, k.pause) && r.breakLeft() > 0:
		r.busy = true
		next, cmd = r, r.acts(words.TestroomGoing, r.store.Break)
	default:
		return r, nil, false
	}
	return next, cmd, true
}

// after is what comes behind the present item: the next that is not out, or the overview behind the last.
func (r Room) after() (int, then) {
	for n := r.at + 1; n < len(r.items); n++ {
		if !r.items[n].Skipped() {
			return n, thenShow
		}
	}
	return r.at, thenOverview
}

func (r Room) before() int {
	for n := r.at - 1; n >= 0; n-- {
		if !r.items[n].Skipped() {
			return n
		}
	}
	return r.at
}

// step is the save of the present item with the person at place after it. An answer that the item can't have, such as half
// a number, keeps nobody there: it is left behind, and said so.
func (r Room) step(place int) (step quiz.Save, tell tea.Cmd) {
	step = quiz.Save{N: r.at, Place: place}
	if !r.q.Changed() {
		return step, nil
	}
	answer := r.q.Answer()
	if r.q.Item.CheckAnswer(answer) != nil {
		return step, shell.Notify(shell.Warn, words.ItemLeftBehind, "n", r.at+1)
	}
	step.Answer = &answer
	return step, nil
}

func (r Room) leave(place int, next then) (shell.Screen, tea.Cmd) {
	step, tell := r.step(place)
	screen, cmd := r.save(step, next)
	return screen, tea.Sequence(cmd, tell)
}

// given saves the answer that the person has just confirmed, and goes on.
func (r Room) given() (shell.Screen, tea.Cmd) {
	answer := r.q.Answer()
	place, next := r.after()
	return r.save(quiz.Save{N: r.at, Answer: &answer, Place: place}, next)
}

// drafts stores an answer that was begun: what stands on the screen is never older on disk than a sign of life.
func (r Room) drafts() (Room, tea.Cmd) {
	if r.st.Phase != recruit.PhaseBusy || len(r.items) == 0 || r.waiting != 0 || r.draft != 0 || r.busy || r.mode != modeSheet || !r.q.Changed() {
		return r, nil
	}
	step, _ := r.step(r.at)
	if step.Answer == nil || sameAs(r.items[r.at].Answer, *step.Answer) {
		return r, nil
	}
	r.turn++
	r.draft = r.turn
	return r, r.puts(savedMsg{visit: r.visit, turn: r.turn, step: step})
}

// drafted takes over that a draft is on disk, or tries it again at the next sign of life; then what waited for it is saved.
func (r Room) drafted(msg savedMsg) (shell.Screen, tea.Cmd) {
	r.draft = 0
	if msg.err == nil {
		r = r.with(msg)
	}
	if r.queued == nil {
		return r, nil
	}
	next := *r.queued
	r.queued = nil
	return r, r.puts(next)
}

// save stores a step. Until the reply is there, no key does anything: what shows as done is done. One step follows another, so
// that an older answer never comes after a newer one.
func (r Room) save(step quiz.Save, next then) (shell.Screen, tea.Cmd) {
	r.turn++
	r.waiting = r.turn
	asks := savedMsg{visit: r.visit, turn: r.turn, step: step, then: next}
	if r.draft != 0 {
		r.queued = &asks
		return r, nil
	}
	return r, r.puts(asks)
}

// puts brings a step to disk.
func (r Room) puts(msg savedMsg) tea.Cmd {
	return func() tea.Msg {
		msg.err = r.store.Save(r.s.Ctx, r.by(), r.visit, msg.step)
		msg.at = r.s.Now()
		return msg
	}
}

// with has the answer and the mark that are on disk now.
func (r Room) with(msg savedMsg) Room {
	r.items = append([]recruit.Answered(nil), r.items...)
	if msg.step.Answer != nil {
		r.items[msg.step.N].Answer, r.items[msg.step.N].AnsweredAt = *msg.step.Answer, msg.at
	}
	if msg.step.Later != nil {
		r.items[msg.step.N].Later = *msg.step.Later
	}
	return r
}

// saved takes over what is on disk now and goes on; or keeps the answer on the screen and says why it is not on disk.
func (r Room) saved(msg savedMsg) (shell.Screen, tea.Cmd) {
	r.waiting = 0
	var ended *recruit.EndedError
	switch {
	case errors.As(msg.err, &ended):
		r.st.Phase, r.st.Ended = recruit.PhaseFinished, ended.How
		return r.chooses(), nil
	case errors.Is(msg.err, recruit.ErrStopped), errors.Is(msg.err, recruit.ErrOut):
		return r, nil // the next sign of life tells why; the answer still stands here
	case msg.err != nil:
		return r, func() tea.Msg { return shell.FailedMsg{Doing: words.TestroomSaving, Err: msg.err} }
	}
	r = r.with(msg)
	if msg.then == thenOverview {
		r = r.show(msg.step.Place)
		r.mode = modeOverview
		return r.overviewed().first(), nil
	}
	return r.show(r.nearest(msg.step.Place)), nil
}

// Save stores what stands on the screen when the server stops.
func (r Room) Save() tea.Cmd {
	_, cmd := r.drafts()
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		if msg, is := cmd().(savedMsg); is && msg.err != nil {
			return shell.FailedMsg{Doing: words.TestroomSaving, Err: msg.err}
		}
		return nil
	}
}
