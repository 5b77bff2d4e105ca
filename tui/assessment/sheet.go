package assessment

import (
	"time"

	"digibrug/quiz"
	"digibrug/tui/items"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Sheet asks the questions of an attempt, one at a time. The next one shows only once the answer is on
// disk.
type Sheet struct {
	page
	id      string
	a       quiz.Attempt
	loaded  bool
	at      int // item on the screen
	q       items.Question
	waiting int  // number of the save that is under way; 0: none
	turn    int  // counts saves, so that a late reply is told from the one that is waited for
	ticking bool // the seconds are counted
}

type (
	attemptMsg struct{ a quiz.Attempt }
	// savedMsg tells that a step is on disk.
	savedMsg struct {
		attempt string
		turn    int
		step    quiz.Save
		then    then
		at      time.Time
	}
	// refusedMsg tells that a step was not stored; err says why.
	refusedMsg struct {
		attempt string
		turn    int
		err     error
	}
	// passedMsg tells what the entry items have shown.
	passedMsg struct {
		attempt string
		passed  bool
	}
	secondMsg struct{ attempt string }
	// gotoMsg asks the sheet below the overview for an item.
	gotoMsg struct {
		attempt string
		n       int
	}
)

// then is what follows a save.
type then int

const (
	thenShow     then = iota // the item at the saved place
	thenOverview             // the overview
	thenEntry                // the judgement of the entry items
	thenLeave                // the screen below
)

// NewSheet opens a running attempt where the person left it.
func NewSheet(s *shell.Session, store attempts, id string) shell.Screen {
	return Sheet{page: page{s: s, store: store}, id: id}
}

// Init loads the attempt.
func (t Sheet) Init() tea.Cmd { return t.load() }

func (t Sheet) load() tea.Cmd { return loadAttempt(t.page, t.id) }

func loadAttempt(p page, id string) tea.Cmd {
	return func() tea.Msg {
		a, err := p.store.Attempt(p.s.Ctx, p.by(), id)
		if err != nil {
			return shell.FailedMsg{Doing: words.AssessmentLoading, Err: err}
		}
		return attemptMsg{a}
	}
}

// Title is the campaign's.
func (t Sheet) Title() string { return t.a.Title }

// Update answers, moves and saves.
func (t Sheet) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		t.w, t.h = msg.Width, msg.Height
		return t.sized(), nil
	case attemptMsg:
		return t.opened(msg.a)
	case shell.LookedMsg:
		return t.anew(), nil
	case savedMsg, refusedMsg, passedMsg, secondMsg, gotoMsg:
		return t.told(msg)
	case tea.KeyPressMsg:
		if next, cmd, done := t.press(msg); done {
			return next, cmd
		}
	}
	if !t.loaded || t.waiting != 0 {
		return t, nil
	}
	var event items.Event
	t.q, event = t.q.Update(t.s.Look(), parts.Shift(msg, 0, sheetHead))
	if event == items.Done {
		return t.given()
	}
	return t, nil
}

// opened takes the attempt as the database has it.
func (t Sheet) opened(a quiz.Attempt) (shell.Screen, tea.Cmd) {
	if a.ID != t.id {
		return t, nil
	}
	if !a.Running() {
		return t, shell.Replace(NewResult(t.s, t.store, t.id))
	}
	t.a, t.loaded = a, true
	t = t.show(a.Place)
	if _, limited := a.Left(t.s.Now()); limited && !t.ticking {
		t.ticking = true
		return t, tick(secondMsg{t.id})
	}
	return t, nil
}

// show puts an item on the screen.
func (t Sheet) show(n int) Sheet {
	t.at = min(max(n, 0), len(t.a.Items)-1)
	it := t.a.Items[t.at]
	t.q = items.New(t.s.Look(), it.Item, it.Shown, it.Answer)
	return t.sized()
}

// anew draws the item again in another language, with what stands there now.
func (t Sheet) anew() Sheet {
	if t.loaded {
		t.q = t.q.Again(t.s.Look())
	}
	return t.sized()
}

// sheetHead is the lines above the question: where one is, the bar, a blank line.
const sheetHead = 3

func (t Sheet) sized() Sheet {
	if t.loaded {
		t.q = t.q.Sized(t.s.Look(), t.w, max(1, t.h-sheetHead))
	}
	return t
}

// told handles replies and the clock.
func (t Sheet) told(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case savedMsg:
		return t.saved(msg)
	case refusedMsg:
		return t.refused(msg)
	case passedMsg:
		if msg.attempt != t.id {
			return t, nil
		}
		return t, t.load() // either it stands at the first real question now, or it has ended
	case gotoMsg:
		if msg.attempt == t.id && t.loaded && t.waiting == 0 {
			return t.save(quiz.Save{Place: msg.n}, thenShow)
		}
	case secondMsg:
		if msg.attempt != t.id || !t.loaded || !t.a.Running() {
			return t, nil
		}
		if left, _ := t.a.Left(t.s.Now()); left == 0 {
			return t, tea.Batch(t.load(), tick(msg)) // loading ends it; asked again until that has worked
		}
		return t, tick(msg)
	}
	return t, nil
}
