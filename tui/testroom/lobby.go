package testroom

import (
	"context"
	"errors"
	"time"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/items"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// What can be chosen while nothing is asked.
const (
	choosePractice = "practice"
	chooseBegin    = "begin"
	chooseBack     = "back"  // from the break
	chooseClose    = "close" // the visit
)

// chooses lists what can be chosen where the sitting stands.
func (r Room) chooses() Room {
	var rows []parts.Item
	add := func(id string, title words.Key) { rows = append(rows, parts.Item{ID: id, Title: r.s.T(title)}) }
	if r.loaded {
		switch r.st.Phase {
		case recruit.PhaseReleased:
			add(chooseBegin, words.TestroomBegin)
			add(choosePractice, words.TestroomPractice)
		case recruit.PhaseArrived, recruit.PhaseReady:
			add(choosePractice, words.TestroomPractice)
		case recruit.PhaseBreak:
			add(chooseBack, words.TestroomGoOn)
		case recruit.PhaseFinished:
			add(chooseClose, words.KioskClose)
		}
	}
	r.list = r.list.With(rows).Sized(r.w, len(rows))
	if len(rows) > 0 {
		r.list = r.list.On(rows[0].ID)
	}
	return r
}

// retried tries again to come in.
func (r Room) retried(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if press, is := msg.(tea.KeyPressMsg); is && r.refused != nil && key.Matches(press, r.s.Keys().Enter) {
		r.refused = nil
		return r, r.arrive()
	}
	return r, nil
}

// waits chooses, while nothing is asked.
func (r Room) waits(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if r.list.Len() == 0 || r.busy || r.s.Now().Sub(r.moved) < startled {
		return r, nil
	}
	var event parts.Event
	r.list, event = r.list.Update(r.s.Look(), parts.Shift(msg, 0, len(r.text())+1))
	if event != parts.Chose {
		return r, nil
	}
	row, _ := r.list.Current()
	switch row.ID {
	case choosePractice:
		r.covered = true
		return r, tea.Batch(shell.Open(items.NewPractices(r.s)), r.practised())
	case chooseClose:
		return r, func() tea.Msg { return shell.ByeMsg{} }
	case chooseBack:
		r.busy = true
		return r, r.acts(words.TestroomGoing, r.store.BackFromBreak)
	}
	r.busy = true
	return r, r.begin()
}

// practised notes that the candidate looked at the practice question.
func (r Room) practised() tea.Cmd {
	return func() tea.Msg {
		if err := r.store.Practised(r.s.Ctx, r.by(), r.visit); err != nil {
			return shell.FailedMsg{Doing: words.TestroomGoing, Err: err}
		}
		return nil
	}
}

func (r Room) begin() tea.Cmd { return r.acts(words.TestroomBeginning, r.store.Start) }

// act is what the store does for a visit.
type act = func(ctx context.Context, by data.Actor, session string) error

// acts does something with the sitting, and asks how it stands then.
func (r Room) acts(doing words.Key, do act) tea.Cmd {
	return func() tea.Msg {
		if err := do(r.s.Ctx, r.by(), r.visit); err != nil {
			return shell.FailedMsg{Doing: doing, Err: err}
		}
		st, err := r.store.Alive(r.s.Ctx, r.by(), r.visit, 0)
		return standingMsg{visit: r.visit, st: st, err: err}
	}
}

// whyNot says why somebody can't come in.
func whyNot(err error) words.Key {
	for _, k := range []struct {
		err error
		key words.Key
	}{{recruit.ErrWindow, words.TestroomWindow}, {recruit.ErrNotOpen, words.TestroomNotOpen}, {data.ErrCodeAddress, words.TestroomAddress},
		{recruit.ErrElsewhere, words.TestroomElsewhere}, {recruit.ErrEnded, words.TestroomEndedAlready}, {data.ErrDenied, words.TestroomDenied}} {
		if errors.Is(err, k.err) {
			return k.key
		}
	}
	return words.TestroomNotNow
}

// text says where the sitting stands.
func (r Room) text() []string {
	if r.refused != nil {
		return parts.Paragraphs(r.w, r.s.T(whyNot(r.refused)), r.s.T(words.TestroomAgain))
	}
	left := words.Duration(r.s.Lang(), r.left())
	var texts []string
	say := func(key words.Key, args ...any) { texts = append(texts, r.s.T(key, args...)) }
	switch r.st.Phase {
	case recruit.PhaseArrived:
		say(words.TestroomWelcome, "label", r.st.Label)
		say(words.TestroomCard)
		say(words.TestroomRights)
	case recruit.PhaseReady:
		say(words.TestroomSeen)
		if r.st.Together {
			say(words.TestroomTogether)
		} else {
			say(words.TestroomSoon)
		}
		say(words.TestroomRights)
	case recruit.PhaseReleased:
		say(words.TestroomMay, "left", left)
		say(words.TestroomRules)
	case recruit.PhasePaused:
		say(words.TestroomPaused, "left", left)
	case recruit.PhaseBreak:
		say(words.TestroomBreak, "left", left, "break", words.Duration(r.s.Lang(), r.breakLeft()))
	case recruit.PhaseAsking:
		say(words.TestroomAsked, "n", r.questionN()+1)
	case recruit.PhaseWaiting:
		say(words.TestroomHand)
	case recruit.PhaseFinished:
		say(ending(r.st.Ended))
		say(words.TestroomNext)
	default:
		say(words.PageWait)
	}
	return parts.Paragraphs(r.w, texts...)
}

func ending(how recruit.End) words.Key {
	switch how {
	case recruit.TimeUp:
		return words.TestroomTimeUp
	case recruit.BySupervisor, recruit.WithTest:
		return words.TestroomStopped
	}
	return words.TestroomThanks
}

func (r Room) questionN() int {
	if r.st.Question == nil {
		return r.at
	}
	return r.st.Question.N
}

// left is the time that is left now.
func (r Room) left() time.Duration {
	if r.st.Clock.StartedAt.IsZero() {
		return r.st.Left
	}
	return r.st.Clock.Left(r.s.Now())
}

// breakLeft is what is left of the minutes of break.
func (r Room) breakLeft() time.Duration {
	c := r.st.Clock
	if c.Why != recruit.OnBreak {
		return c.Break
	}
	return max(0, c.Break-r.s.Now().Sub(c.StopAt))
}
