package testroom

import (
	"context"
	"errors"
	"slices"
	"time"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/items"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// mode is what a busy sitting shows.
type mode int

const (
	modeSheet mode = iota
	modeOverview
	modeAsk // what is wrong with the item
)

// Room is the whole test of one candidate.
type Room struct {
	s     *shell.Session
	store sittings
	visit string // names this visit; the sitting belongs to one
	place string // of the PC, for the supervisor
	room  int    // width that there is, in cells
	w, h  int    // that is used: w is less for who asked for few words a line

	st      recruit.Standing
	loaded  bool
	refused error // why the candidate can't come in; Enter tries again
	busy    bool  // an act is under way
	keyAt   time.Time
	silent  bool // a long silence was noted
	log     noted

	items   []recruit.Answered
	asked   bool // the items were asked for
	mode    mode
	at      int // item on the screen
	q       items.Question
	waiting int       // number of the save that is under way; 0: none
	draft   int       // number of the save of a draft that is under way; 0: none. Keys go on meanwhile
	queued  *savedMsg // what is saved once the draft is
	turn    int
	moved   time.Time  // when what was on the screen was taken away: keys that were meant for it are nobody's
	covered bool       // the practice lies over the room
	list    parts.List // what can be chosen while nothing is asked
	over    parts.List
	ask     parts.Form
}

// New opens the test of who came with a candidate's code, at a PC that place names.
func New(s *shell.Session, store sittings, place string) shell.Screen {
	return Room{s: s, store: store, visit: data.NewID(), place: place, keyAt: s.Now(),
		list: parts.NewList(parts.Kind{}, nil), over: parts.NewList(parts.Kind{}, nil)}
}

// Init comes in.
func (r Room) Init() tea.Cmd {
	return tea.Batch(r.arrive(), tick(beatEvery, beatMsg{r.visit}), tick(time.Second, secondMsg{r.visit}))
}

// arrive tells the store that somebody sits here, and sees to it that it hears when the line is gone.
func (r Room) arrive() tea.Cmd {
	return func() tea.Msg {
		st, err := r.store.Arrive(r.s.Ctx, r.by(), r.visit, r.place)
		if err == nil {
			r.s.AtEnd(func() {
				if err := r.store.CutOff(context.WithoutCancel(r.s.Ctx), r.by(), r.visit); err != nil {
					r.s.Log.Warn("a candidate's line", "code", r.s.Who.Login, "error", err)
				}
			})
		}
		return standingMsg{visit: r.visit, st: st, err: err}
	}
}

func (r Room) by() data.Actor { return r.s.Who.Actor() }

// Title is what it is.
func (r Room) Title() string {
	if r.st.Label == "" {
		return r.s.T(words.TestroomTitle)
	}
	return r.s.T(words.TestroomTitleOf, "label", r.st.Label)
}

// Update answers keys, the clock and the store.
func (r Room) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.room, r.h = msg.Width, msg.Height
		return r.sized(), nil
	case shell.LookedMsg:
		return r.anew(), nil
	case shell.FailedMsg:
		r.busy = false
		return r, nil
	case standingMsg, itemsMsg, savedMsg, beatMsg, secondMsg:
		return r.told(msg)
	case shell.ShownMsg:
		r.covered = false
		return r, nil
	case tea.BlurMsg:
		return r.looksAway(true)
	case tea.FocusMsg:
		return r.looksAway(false)
	case tea.PasteMsg:
		r, note := r.notePaste(len([]rune(msg.Content)))
		next, cmd := r.typed(msg)
		return next, tea.Batch(cmd, note)
	case shell.HereMsg:
		r.keyAt, r.silent = r.s.Now(), false
		return r, nil
	case tea.KeyPressMsg, tea.MouseMsg:
		r.keyAt, r.silent = r.s.Now(), false
	}
	return r.typed(msg)
}

// typed gives keys to what shows.
func (r Room) typed(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch {
	case !r.loaded:
		return r.retried(msg)
	case r.st.Phase != recruit.PhaseBusy || len(r.items) == 0:
		return r.waits(msg)
	case r.mode == modeOverview:
		return r.looksOver(msg)
	case r.mode == modeAsk:
		return r.asks(msg)
	}
	return r.answers(msg)
}

// told handles replies and the clock. What another visit asked, before this one at the same PC, is nobody's.
func (r Room) told(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case standingMsg:
		if msg.visit == r.visit {
			return r.stands(msg)
		}
	case itemsMsg:
		if msg.visit == r.visit {
			return r.took(msg)
		}
	case savedMsg:
		switch {
		case msg.visit == r.visit && msg.turn == r.draft:
			return r.drafted(msg)
		case msg.visit == r.visit && msg.turn == r.waiting:
			return r.saved(msg)
		}
	case beatMsg:
		if msg.visit == r.visit {
			return r.beat()
		}
	case secondMsg:
		if msg.visit == r.visit && r.st.Phase != recruit.PhaseFinished {
			return r, tick(time.Second, msg)
		}
	}
	return r, nil
}

// beat tells that the visit is alive, stores what was typed so far, and notes a long silence once.
func (r Room) beat() (shell.Screen, tea.Cmd) {
	if r.st.Phase == recruit.PhaseFinished {
		return r, nil
	}
	next := tick(beatEvery, beatMsg{r.visit})
	if !r.loaded {
		return r, next
	}
	idle := r.s.Now().Sub(r.keyAt)
	cmds := []tea.Cmd{next, func() tea.Msg {
		if !r.answersPing() {
			return nil // nobody there, as far as anybody knows: the store hears nothing, and stops the clock
		}
		st, err := r.store.Alive(r.s.Ctx, r.by(), r.visit, idle)
		return standingMsg{visit: r.visit, st: st, err: err, beat: true}
	}}
	if idle >= longSilent && !r.silent && r.st.Phase == recruit.PhaseBusy {
		r.silent = true
		cmds = append(cmds, r.note(recruit.Silent, int(idle.Seconds())))
	}
	r, rest := r.notesRest()
	screen, draft := r.drafts()
	return screen, tea.Batch(append(cmds, rest, draft)...)
}

// pingWait is how long the terminal at the other end may take to answer.
const pingWait = 1500 * time.Millisecond

// answersPing tells whether the line is alive: a cable that was pulled out looks like a candidate who thinks.
func (r Room) answersPing() bool {
	if r.s.Ping == nil {
		return true
	}
	ctx, end := context.WithTimeout(r.s.Ctx, pingWait)
	defer end()
	return r.s.Ping(ctx) == nil
}

// note tells the log of the test room. That it could not be told stops nobody: the supervisor sees the line itself.
func (r Room) note(kind recruit.EventKind, n int) tea.Cmd {
	if !r.noting() {
		return nil
	}
	return func() tea.Msg {
		if err := r.store.Log(r.s.Ctx, r.by(), r.visit, kind, n); err != nil {
			r.s.Log.Warn("test room", "code", r.s.Who.Login, "kind", kind, "error", err)
		}
		return nil
	}
}

// stands takes over where the sitting stands.
func (r Room) stands(msg standingMsg) (shell.Screen, tea.Cmd) {
	if msg.err != nil {
		return r.failed(msg)
	}
	was := r.st
	if r.busy && !msg.beat && r.mode == modeAsk { // it is asked, and may be answered already
		r.mode, r.moved = modeSheet, r.s.Now()
	}
	r.st, r.refused, r.busy = msg.st, nil, r.busy && msg.beat
	first := !r.loaded
	r.loaded = true
	cmds := []tea.Cmd{r.tells(was, first)}
	if first {
		r = r.sized() // the settings are known now
		if r.st.Settings.Reading {
			cmds = append(cmds, func() tea.Msg { return shell.ReadingMsg{On: true} })
		}
	}
	if r.st.Phase != was.Phase || first {
		r = r.chooses()
		if r.covered && r.st.Phase != recruit.PhaseReady { // the clock may run: nobody practises on
			r.moved = r.s.Now()
			cmds = append(cmds, shell.Back(), shell.Notify(shell.Info, words.TestroomPracticeOver))
		}
		if was.Phase == recruit.PhaseAsking {
			r.mode = modeSheet
		}
		if r.st.Phase == recruit.PhaseBusy && r.st.Together { // nobody pressed a key for it: the help may stand over the clock
			r.moved = r.s.Now()
			cmds = append(cmds, shell.Uncover())
		}
	}
	switch {
	case r.st.Phase == recruit.PhaseReleased && r.st.Together && !r.busy:
		r.busy = true
		cmds = append(cmds, r.begin())
	case r.st.Phase == recruit.PhaseBusy && !r.asked:
		r.asked = true
		cmds = append(cmds, r.load())
	}
	r, out := r.without(was.Out)
	return r, tea.Batch(append(cmds, out)...)
}

// failed says why the sitting can't be had. A sign of life that fails once is tried again; a visit that lost the sitting
// is over.
func (r Room) failed(msg standingMsg) (shell.Screen, tea.Cmd) {
	r.busy = false
	var ended *recruit.EndedError
	switch {
	case errors.As(msg.err, &ended):
		r.st.Phase, r.st.Ended, r.loaded = recruit.PhaseFinished, ended.How, true
		return r.chooses(), nil
	case msg.beat && !known(msg.err):
		return r, func() tea.Msg { return shell.FailedMsg{Doing: words.TestroomAlive, Err: msg.err} }
	}
	r.refused, r.loaded = msg.err, false
	return r.chooses(), nil
}

// known tells whether an error has a sentence of its own here.
func known(err error) bool { return whyNot(err) != words.TestroomNotNow }

// tells says what the supervisor did since.
func (r Room) tells(was recruit.Standing, first bool) tea.Cmd {
	if first {
		return nil
	}
	var cmds []tea.Cmd
	if more := r.st.Clock.Allowed - was.Clock.Allowed; more > 0 && !was.Clock.StartedAt.IsZero() {
		cmds = append(cmds, shell.Notify(shell.Good, words.TestroomMore, "minutes", int(more.Minutes())))
	}
	if q := r.st.Question; q != nil && q.Outcome != "" && was.Question != nil && was.Question.Outcome == "" {
		key := words.TestroomAnswerOut
		if q.Outcome == recruit.Refused {
			key = words.TestroomAnswerStays
		}
		cmds = append(cmds, shell.Notify(shell.Info, key, "n", q.N+1, "why", q.Why))
	}
	return tea.Batch(cmds...)
}

// without leaves an item that went out meanwhile.
func (r Room) without(was []int) (Room, tea.Cmd) {
	if len(r.items) == 0 || slices.Equal(was, r.st.Out) {
		return r, nil
	}
	r.items = slices.Clone(r.items)
	for i := range r.items {
		if slices.Contains(r.st.Out, r.items[i].N) {
			r.items[i].OutHere = true
		}
	}
	r = r.overviewed()
	if !r.items[r.at].Skipped() {
		return r, nil
	}
	n := r.at
	r.moved = r.s.Now()
	return r.show(r.nearest(n)), shell.Notify(shell.Info, words.TestroomOut, "n", n+1)
}

func (r Room) load() tea.Cmd {
	return func() tea.Msg {
		all, err := r.store.OwnItems(r.s.Ctx, r.by(), r.visit)
		return itemsMsg{r.visit, all, err}
	}
}

// took puts the items on the screen. Loaded again, they keep what was typed meanwhile.
func (r Room) took(msg itemsMsg) (shell.Screen, tea.Cmd) {
	if msg.err != nil {
		r.asked = false // the next sign of life asks again
		if errors.Is(msg.err, recruit.ErrStopped) {
			return r, nil
		}
		return r, func() tea.Msg { return shell.FailedMsg{Doing: words.TestroomLoading, Err: msg.err} }
	}
	r.items = msg.items
	return r.show(r.nearest(min(max(0, r.st.At), len(r.items)-1))), nil
}

// nearest is the item at a place, or the first behind or else before it that is not out.
func (r Room) nearest(n int) int {
	for i := n; i < len(r.items); i++ {
		if !r.items[i].Skipped() {
			return i
		}
	}
	for i := n; i >= 0; i-- {
		if !r.items[i].Skipped() {
			return i
		}
	}
	return max(0, n)
}

// Sized, in the language of the moment.
func (r Room) anew() Room {
	if len(r.items) > 0 {
		r.q = r.q.Again(r.s.Look())
	}
	return r.chooses().overviewed().sized()
}

func (r Room) sized() Room {
	look := r.s.Look()
	if r.w = r.room; r.st.Settings.Big {
		r.w = min(r.room, bigWidth)
	}
	if len(r.items) > 0 {
		r.q = r.q.Sized(look, r.w, max(1, r.h-sheetHead))
	}
	r.over = r.over.Sized(r.w, max(1, r.h-overHead))
	r.ask = r.ask.Sized(look, r.w, max(1, r.h-r.askHead()))
	r.list = r.list.Sized(r.w, r.list.Len())
	return r
}

// Inside: Esc never leaves the test. It goes from a question to the overview, and from there back.
func (r Room) Inside() bool { return r.loaded && r.st.Phase == recruit.PhaseBusy }

// Mouse: choices can be clicked.
func (r Room) Mouse() bool { return true }

// Focus: the room hears when another window takes the keys.
func (r Room) Focus() bool { return true }

// Watched: the supervisor watches over the visit until the test is over.
func (r Room) Watched() bool { return r.loaded && r.st.Phase != recruit.PhaseFinished }
