package assessment

import (
	"strconv"

	"digibrug/quiz"
	"digibrug/tui/keys"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Overview lists all questions of an attempt and is where it is handed in.
type Overview struct {
	page
	a    quiz.Attempt
	list parts.List
	// loaded says that a is what the database has, busy that handing in is under way.
	loaded, busy bool
}

type submittedMsg struct{ attempt string }

const overviewSubmit = "submit"

// NewOverview shows an attempt as the sheet knows it, and as it is on disk a moment later.
func NewOverview(s *shell.Session, store attempts, a quiz.Attempt) shell.Screen {
	o := Overview{page: page{s: s, store: store}, a: a, list: parts.NewList(parts.Kind{}, nil)}
	return o.listed().first()
}

// first is the overview with the cursor on the first question that still asks for something, or else on handing
// in.
func (o Overview) first() Overview {
	o.list = o.list.On(overviewSubmit)
	for n, it := range o.a.Items {
		if it.Answer.Empty() && o.a.Entered {
			o.list = o.list.On(strconv.Itoa(n))
			break
		}
	}
	return o
}

// reachable is how many items can be gone to: while among the entry items, only those.
func (o Overview) reachable() int {
	if !o.a.Entered {
		return o.a.Entry
	}
	return len(o.a.Items)
}

func (o Overview) listed() Overview {
	var rows []parts.Item
	if o.a.Entered {
		rows = append(rows, parts.Item{ID: overviewSubmit, Title: "[ " + o.s.T(words.ItemSubmit) + " ]"})
	}
	for n, it := range o.a.Items[:o.reachable()] {
		state := words.ItemStateOpen
		if !it.Answer.Empty() {
			state = words.ItemStateDone
		}
		note := o.s.T(state)
		if it.Later {
			note += " · " + o.s.T(words.ItemLaterMark)
		}
		rows = append(rows, parts.Item{ID: strconv.Itoa(n), Title: strconv.Itoa(n+1) + ". " + it.Item.Stem, Note: note})
	}
	o.list = o.list.With(rows).Sized(o.w, max(1, o.h-3))
	return o
}

// Init loads the attempt: another window of the same person may have answered too.
func (o Overview) Init() tea.Cmd { return loadAttempt(o.page, o.a.ID) }

// Title is what it is.
func (o Overview) Title() string { return o.s.T(words.ItemOverviewTitle) }

// Update goes to a question or hands in.
func (o Overview) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		o.w, o.h = msg.Width, msg.Height
		return o.listed(), nil
	case shell.LookedMsg:
		return o.listed(), nil
	case shell.FailedMsg:
		o.busy = false
		return o, nil
	case attemptMsg:
		if msg.a.ID == o.a.ID && msg.a.Running() {
			fresh := !o.loaded
			o.a, o.loaded = msg.a, true
			if o = o.listed(); fresh {
				o = o.first()
			}
		}
		return o, nil
	case submittedMsg:
		if msg.attempt != o.a.ID {
			return o, nil
		}
		// The sheet below goes too: there is nothing to go back to.
		return o, tea.Sequence(shell.Back(), shell.Replace(NewResult(o.s, o.store, o.a.ID)))
	}
	if press, is := msg.(tea.KeyPressMsg); is && key.Matches(press, o.hand()) && o.a.Entered && !o.busy {
		return o.submits()
	}
	var event parts.Event
	o.list, event = o.list.Update(o.s.Look(), parts.Shift(msg, 0, 2))
	if event != parts.Chose || o.busy {
		return o, nil
	}
	return o.choose()
}

func (o Overview) choose() (shell.Screen, tea.Cmd) {
	row, ok := o.list.Current()
	if !ok {
		return o, nil
	}
	if row.ID == overviewSubmit {
		return o.submits()
	}
	n, err := strconv.Atoi(row.ID)
	if err != nil {
		return o, nil
	}
	goTo := gotoMsg{o.a.ID, n}
	return o, tea.Sequence(shell.Back(), func() tea.Msg { return goTo })
}

// hand is the key for handing in: the button scrolls out of view where there are many questions.
func (o Overview) hand() key.Binding {
	return key.NewBinding(key.WithKeys("f9"), key.WithHelp("F9", o.s.T(words.ItemSubmitKey)))
}

// submits asks whether all is handed in.
func (o Overview) submits() (shell.Screen, tea.Cmd) {
	if blank := len(o.a.Items) - o.a.Answered(); blank > 0 {
		return o, shell.Confirm(words.ItemSubmitBlank, words.ItemSubmitYes, o.submit(), "n", blank)
	}
	return o, shell.Confirm(words.ItemSubmitAll, words.ItemSubmitYes, o.submit())
}

func (o Overview) submit() tea.Cmd {
	id := o.a.ID
	return func() tea.Msg {
		if _, err := o.store.Submit(o.s.Ctx, o.by(), id); err != nil {
			return shell.FailedMsg{Doing: words.AssessmentSubmitting, Err: err}
		}
		return submittedMsg{id}
	}
}

// View gives the list under a line that counts.
func (o Overview) View() string {
	count := o.s.T(words.ItemAnswered, "done", o.a.Answered(), "total", len(o.a.Items))
	if !o.a.Entered {
		count += " · " + o.s.T(words.ItemEntryFirst, "n", o.a.Entry)
	}
	return o.s.Theme().Title.Render(parts.Cut(count, o.w)) + "\n\n" + o.list.View(o.s.Look())
}

// Cursor is on the chosen row.
func (o Overview) Cursor() (x, y int, shown bool) {
	x, y, shown = o.list.Cursor()
	return x, y + 2, shown
}

// Mouse: rows can be clicked.
func (o Overview) Mouse() bool { return true }

// ShortHelp is the footer.
func (o Overview) ShortHelp() []key.Binding {
	does := words.ItemGo
	if row, ok := o.list.Current(); ok && row.ID == overviewSubmit {
		does = words.ItemSubmitKey
	}
	help := []key.Binding{keys.Named(o.s.Keys().Enter, o.s.T(does))}
	if o.a.Entered {
		help = append(help, o.hand())
	}
	return help
}

// FullHelp is the help page.
func (o Overview) FullHelp() [][]key.Binding {
	return [][]key.Binding{o.ShortHelp(), o.s.Keys().Moving()}
}
