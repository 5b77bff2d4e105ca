package assessment

import (
	"errors"

	"digibrug/quiz"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// sheetKeys are the keys that move between questions. They are function keys and Page keys, since letters
// and arrows belong to the answer.
type sheetKeys struct{ next, previous, later, overview key.Binding }

func (t Sheet) sheetKeys() sheetKeys {
	bind := func(k, cap string, does words.Key) key.Binding {
		return key.NewBinding(key.WithKeys(k), key.WithHelp(cap, t.s.T(does)))
	}
	return sheetKeys{
		next:     bind("pgdown", "PgDn", words.ItemForward),
		previous: bind("pgup", "PgUp", words.ItemBackward),
		later:    bind("f5", "F5", words.ItemLater),
		overview: bind("f6", "F6", words.ItemOverview),
	}
}

// press handles the keys of the sheet; done is false for those of the answer.
func (t Sheet) press(msg tea.KeyPressMsg) (next shell.Screen, cmd tea.Cmd, done bool) {
	k := t.sheetKeys()
	back := key.Matches(msg, t.s.Keys().Back)
	switch {
	case !t.loaded:
		if back {
			return t, shell.Back(), true
		}
		return t, nil, true
	case t.waiting != 0:
		return t, nil, true
	case back:
		next, cmd = t.leave(t.at, thenLeave)
	case key.Matches(msg, k.previous):
		next, cmd = t.leave(max(0, t.at-1), thenShow)
	case key.Matches(msg, k.next):
		next, cmd = t.leave(t.after())
	case key.Matches(msg, k.overview):
		next, cmd = t.leave(t.at, thenOverview)
	case key.Matches(msg, k.later):
		later := !t.a.Items[t.at].Later
		step, tell := t.step(t.at)
		step.Later = &later
		next, cmd = t.save(step, thenShow)
		cmd = tea.Sequence(cmd, tell)
	default:
		return t, nil, false
	}
	return next, cmd, true
}

// step is the save of the present item with the person standing at place after it. An answer that the item
// can't have, such as half a number, keeps nobody there: it is left behind, and said so.
func (t Sheet) step(place int) (step quiz.Save, tell tea.Cmd) {
	step = quiz.Save{N: t.at, Place: place}
	if !t.q.Changed() {
		return step, nil
	}
	answer := t.q.Answer()
	if t.q.Item.CheckAnswer(answer) != nil {
		return step, shell.Notify(shell.Warn, words.ItemLeftBehind, "n", t.at+1)
	}
	step.Answer = &answer
	return step, nil
}

// leave saves what stands there and goes on to what follows.
func (t Sheet) leave(place int, next then) (shell.Screen, tea.Cmd) {
	step, tell := t.step(place)
	screen, cmd := t.save(step, next)
	return screen, tea.Sequence(cmd, tell)
}

// given saves the answer that the person has just confirmed, also one that looks the same as what was loaded:
// another window may have stored another. It goes to the next item, or to what comes after the last.
func (t Sheet) given() (shell.Screen, tea.Cmd) {
	answer := t.q.Answer()
	place, next := t.after()
	return t.save(quiz.Save{N: t.at, Answer: &answer, Place: place}, next)
}

// after says what comes after the present item.
func (t Sheet) after() (place int, next then) {
	switch {
	case !t.a.Entered && t.at == t.a.Entry-1:
		return t.at, thenEntry
	case t.at == len(t.a.Items)-1:
		return t.at, thenOverview
	}
	return t.at + 1, thenShow
}

// save stores a step. Until the reply is there, no key does anything: what shows as done is done.
func (t Sheet) save(step quiz.Save, next then) (shell.Screen, tea.Cmd) {
	t.turn++
	t.waiting = t.turn
	turn := t.turn
	return t, func() tea.Msg {
		if err := t.store.Save(t.s.Ctx, t.by(), t.id, step); err != nil {
			return refusedMsg{t.id, turn, err}
		}
		return savedMsg{t.id, turn, step, next, t.s.Now()}
	}
}

// saved takes over what is on disk now and goes on.
func (t Sheet) saved(msg savedMsg) (shell.Screen, tea.Cmd) {
	if msg.attempt != t.id || msg.turn != t.waiting {
		return t, nil
	}
	t.waiting = 0
	t.a.Items = append([]quiz.AttemptItem(nil), t.a.Items...)
	if msg.step.Answer != nil {
		t.a.Items[msg.step.N].Answer, t.a.Items[msg.step.N].AnsweredAt = *msg.step.Answer, msg.at
	}
	if msg.step.Later != nil {
		t.a.Items[msg.step.N].Later = *msg.step.Later
	}
	t.a.Place = msg.step.Place
	t = t.show(msg.step.Place)
	switch msg.then {
	case thenOverview:
		return t, shell.Open(NewOverview(t.s, t.store, t.a))
	case thenEntry:
		return t, t.passEntry(false)
	case thenLeave:
		return t, shell.Back()
	}
	return t, nil
}

// refused keeps the answer on the screen and says why it is not on disk.
func (t Sheet) refused(msg refusedMsg) (shell.Screen, tea.Cmd) {
	if msg.attempt != t.id || msg.turn != t.waiting {
		return t, nil
	}
	t.waiting = 0
	tell := func() tea.Msg { return shell.FailedMsg{Doing: words.AssessmentSaving, Err: msg.err} }
	if errors.Is(msg.err, quiz.ErrEnded) || errors.Is(msg.err, quiz.ErrNotOpen) {
		return t, tea.Sequence(shell.Replace(NewResult(t.s, t.store, t.id)), tell)
	}
	return t, tell
}

// passEntry asks for the judgement of the entry items. While some are blank nobody is judged unasked.
func (t Sheet) passEntry(blanks bool) tea.Cmd {
	return func() tea.Msg {
		passed, err := t.store.PassEntry(t.s.Ctx, t.by(), t.id, blanks)
		if errors.Is(err, quiz.ErrBlank) {
			return shell.ConfirmMsg{Ask: words.AssessmentEntryBlank, Yes: words.AssessmentEntryStop, Do: t.passEntry(true)}
		}
		if err != nil {
			return shell.FailedMsg{Doing: words.AssessmentSaving, Err: err}
		}
		return passedMsg{t.id, passed}
	}
}

// Save stores what stands on the screen when the server stops or the person is logged out.
func (t Sheet) Save() tea.Cmd {
	if !t.loaded || !t.q.Changed() {
		return nil
	}
	step, _ := t.step(t.at)
	_, cmd := t.save(step, thenShow)
	return func() tea.Msg {
		if msg, refused := cmd().(refusedMsg); refused {
			return shell.FailedMsg{Doing: words.AssessmentSaving, Err: msg.err}
		}
		return nil
	}
}
