package page

import (
	"errors"

	"digibrug/data"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Brief is what a Task is about, as it stands when the page opens.
type Brief struct {
	Title string    // of the page, such as the name of the thing; empty: the Task's own
	Lead  words.Key // the sentence over the form
	Head  []Fact    // facts over the sentence, for who must compare; nil: none
	Body  parts.Form
	// Ask puts a question before it is done; an empty one, or a nil Ask: none.
	Ask func(parts.Form) Question
	// Do does it with what was filled in, as a command. Bad input goes under its field.
	Do func(parts.Form) (Outcome, error)
}

// Question is asked before something that hurts.
type Question struct {
	Ask, Yes words.Key
	Args     []any
}

// Outcome is what a Task did.
type Outcome struct {
	Said words.Key // the sentence that tells; empty: none
	Args []any
	Warn bool         // the sentence is one that must be read
	Next shell.Screen // in the place of the form; nil: back to where the person came from
	Back bool         // a Sheet is left; a Task always is
}

// Task is a form that does one thing: it loads what it is about, lets fill in, does it, tells, and goes back. A room
// makes one with NewTask and needs no screen of its own.
type Task struct {
	Form
	title words.Key
	load  func() (Brief, error)
	brief Brief
	taken int // lines of the body that the head has
}

// NewTask is a form that Init loads. doing is what loading, and doing it, are called when they fail.
func NewTask(s *shell.Session, title, doing words.Key, load func() (Brief, error)) Task {
	return Task{Form: LoadingForm(s, doing, ""), title: title, load: load}
}

// Init loads what it is about.
func (t Task) Init() tea.Cmd { return Fetch(t.Loading, t.load) }

// Title is what it is about.
func (t Task) Title() string {
	if t.brief.Title != "" {
		return parts.Plain(t.brief.Title)
	}
	return t.S.T(t.title)
}

// head is the lines over the sentence; where they would leave too little of the form, the first ones stay.
func (t Task) head() []string {
	if len(t.brief.Head) == 0 || !t.Loaded {
		return nil
	}
	lines := t.Facts(t.brief.Head...)
	most := max(1, t.whole()-t.top()-taskForm-1)
	return append(Shortened(lines, t.W, most), "")
}

// taskForm is the lines that a form keeps under a long head.
const taskForm = 6

// whole is the height of the body; H is what the form has of it.
func (t Task) whole() int { return t.H + t.taken }

// Update fills in, asks, and does it.
func (t Task) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		t.W, t.H, t.taken = msg.Width, msg.Height, 0
		return t.arranged(), nil
	case shell.LookedMsg:
		return t.arranged(), nil
	case DoneMsg[Brief]:
		next, ok, tell := Settled(t.Page, msg)
		if t.Page = next; ok {
			t.brief, t.Lead, t.Body = msg.Got, msg.Got.Lead, msg.Got.Body
		}
		return t.arranged(), tell
	case DoneMsg[Outcome]:
		return t.done(msg)
	case YesMsg:
		next, ok := t.Agreed(msg)
		if t.Page = next; ok {
			return t.does()
		}
		return t, nil
	}
	if t.Retries(msg) {
		t.Page = t.Again()
		return t, t.Init()
	}
	next, event := t.Fill(parts.Shift(msg, 0, len(t.head())))
	if t.Form = next; event != parts.FormSubmitted {
		return t, nil
	}
	if t.brief.Ask != nil {
		if q := t.brief.Ask(t.Body); q.Ask != "" {
			var cmd tea.Cmd
			t.Page, cmd = t.Page.Ask("", q.Ask, q.Yes, q.Args...)
			return t, cmd
		}
	}
	return t.does()
}

// arranged gives the form the room that the head leaves.
func (t Task) arranged() Task {
	whole := t.whole()
	t.taken = len(t.head())
	t.H = whole - t.taken
	if t.Loaded {
		t.Form = t.Sized()
	}
	return t
}

func (t Task) does() (shell.Screen, tea.Cmd) {
	do, body := t.brief.Do, t.Body
	t.Page = t.Acts(t.doing)
	return t, Fetch(t.Acting, func() (Outcome, error) { return do(body) })
}

// done tells how it went. Of a thing that is not there any more there is nothing to go back to but the page before.
func (t Task) done(msg DoneMsg[Outcome]) (shell.Screen, tea.Cmd) {
	mine := msg.Of != nil && msg.Of == t.Acting
	next, ok, tell := t.Settle(msg.Of, msg.Err)
	t.Form = next
	switch {
	case mine && errors.Is(msg.Err, data.ErrNotFound):
		return t, tea.Batch(shell.Back(), tell)
	case !ok:
		return t, tell
	}
	return t, tea.Batch(msg.Got.leave(), msg.Got.told())
}

func (o Outcome) leave() tea.Cmd {
	if o.Next != nil {
		return shell.Replace(o.Next)
	}
	return shell.Back()
}

func (o Outcome) told() tea.Cmd {
	switch {
	case o.Said == "":
		return nil
	case o.Warn:
		return shell.Notify(shell.Warn, o.Said, o.Args...)
	}
	return shell.Notify(shell.Good, o.Said, o.Args...)
}

// View gives the head and the form.
func (t Task) View() string {
	if !t.Loaded {
		return t.Waiting()
	}
	head := t.head()
	return Fitted(append(head, t.Form.View()), t.whole())
}

// Cursor is in the field with the focus.
func (t Task) Cursor() (x, y int, shown bool) {
	x, y, shown = t.Form.Cursor()
	return x, y + len(t.head()), shown
}
