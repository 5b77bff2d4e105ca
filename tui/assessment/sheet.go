package assessment

import (
	"errors"
	"strings"
	"time"

	"digibrug/quiz"
	"digibrug/tui/items"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
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

// View gives the question and where one is.
func (t Sheet) View() string {
	if !t.loaded {
		return t.s.T(words.AssessmentWait)
	}
	look, it := t.s.Look(), t.a.Items[t.at]
	where := t.s.T(words.ItemWhere, "n", t.at+1, "total", len(t.a.Items))
	if t.a.Entered {
		where += " · " + parts.Plain(t.store.DomainTitle(it.Item.Domain))
	}
	lines := []string{
		look.Theme.Title.Render(parts.Ends(where, t.state(), min(t.w, parts.MaxWidth))),
		parts.Bar(look, t.w, t.a.Answered(), len(t.a.Items), t.s.T(words.ItemAnswered, "done", t.a.Answered(), "total", len(t.a.Items))),
		"",
	}
	return parts.Rows(strings.Split(strings.Join(lines, "\n")+"\n"+t.q.View(look), "\n"), t.h)
}

// state is what stands at the right of the first line: the time left, a mark, what was saved.
func (t Sheet) state() string {
	var said []string
	if t.a.Items[t.at].Later {
		said = append(said, "["+t.s.T(words.ItemLaterMark)+"]")
	}
	if left, limited := t.a.Left(t.s.Now()); limited {
		said = append(said, t.s.T(words.ItemLeft, "left", words.Duration(t.s.Lang(), left)))
	} else if at := t.a.Items[t.at].AnsweredAt; !at.IsZero() && !t.a.Items[t.at].Answer.Empty() {
		said = append(said, t.s.T(words.ItemSaved, "time", words.Clock(t.s.Lang(), at)))
	}
	return strings.Join(said, " ")
}

// Cursor follows the answer's.
func (t Sheet) Cursor() (x, y int, shown bool) {
	if !t.loaded {
		return 0, 0, false
	}
	x, y, shown = t.q.Cursor()
	return x, y + sheetHead, shown
}

// Typing tells whether letters belong to the answer.
func (t Sheet) Typing() bool { return t.loaded && t.q.Typing() }

// Inside: Esc saves first.
func (t Sheet) Inside() bool { return true }

// Mouse: options can be clicked.
func (t Sheet) Mouse() bool { return true }

// ShortHelp is the footer.
func (t Sheet) ShortHelp() []key.Binding {
	if !t.loaded {
		return nil
	}
	k := t.sheetKeys()
	return append(t.q.Keys(t.s.Look()), k.next, k.overview, k.previous, k.later)
}

// FullHelp is the help page.
func (t Sheet) FullHelp() [][]key.Binding {
	return [][]key.Binding{t.ShortHelp(), {keys.Named(t.s.Keys().Back, t.s.T(words.ItemStop))}, t.s.Keys().Moving()}
}
