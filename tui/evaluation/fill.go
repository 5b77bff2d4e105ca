package evaluation

import (
	"slices"
	"strconv"

	"digibrug/courses"
	"digibrug/tui/coursewords"
	"digibrug/tui/keys"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Fill is the form, one question a screen: figures and Enter choose, every question can be passed over, and Esc goes back
// one. A question starts with no option under the cursor, since Enter alone would then favour one. Nothing is kept before
// the last yes.
type Fill struct {
	page.Page
	form  courses.Form
	send  func(courses.Answers) error
	steps []step
	at    int // len(steps): the last yes
	list  parts.List
	line  parts.Line
}

// step is one question on the screen, for one goal where it is asked per goal, with what was said.
type step struct {
	courses.Question
	goal   int // index; of PerGoal
	chosen []string
	text   string
}

// Rows that are no option.
const (
	rowSkip  = "skip"
	rowOther = "other"
	rowSend  = "send"
	rowBack  = "back"
)

// textMost is the most characters of what somebody writes.
const textMost = 500

func newFill(s *shell.Session, form courses.Form, send func(courses.Answers) error) shell.Screen {
	f := Fill{Page: page.Still(s), form: form, send: send, line: parts.NewLine(textMost)}
	for _, q := range courses.Questions() {
		goals := 1
		if q.Kind == courses.PerGoal {
			goals = len(form.Goals)
		}
		for goal := range goals {
			f.steps = append(f.steps, step{Question: q, goal: goal})
		}
	}
	return f.show()
}

// Init does nothing: the form is there.
func (f Fill) Init() tea.Cmd { return nil }

// Title is the course.
func (f Fill) Title() string { return f.form.Course }

// Inside: Esc goes to the question before, and waits for the end of sending.
func (f Fill) Inside() bool { return f.Busy() || f.at > 0 }

// Leaving asks before what was said is lost.
func (f Fill) Leaving() (ask words.Key, must bool) {
	return words.EvaluationLeave, slices.ContainsFunc(f.steps, func(s step) bool { return len(s.chosen) > 0 || s.text != "" })
}

// Place is an option, or the line of a question in words.
func (f Fill) Place() parts.Place {
	switch {
	case f.writes():
		return parts.Place{Kind: parts.TextPlace, Name: "words", Label: f.S.T(words.ItemYourAnswer), Value: f.line.Text()}
	case f.kind().Many:
		return parts.Place{Kind: parts.TickPlace}
	}
	return parts.Place{}
}

// Typing: letters go into the line of a question in words, or choose an option.
func (f Fill) Typing() bool { return f.writes() || f.list.Typing() }

// Mouse: options can be clicked.
func (f Fill) Mouse() bool { return true }

// writes tells whether the question is answered in words.
func (f Fill) writes() bool { return f.at < len(f.steps) && f.steps[f.at].Kind == courses.InWords }

// show lays the question of the moment out, with what was said of it before.
func (f Fill) show() Fill {
	if f.writes() {
		f.line = parts.NewLine(textMost).With(f.steps[f.at].text)
		return f
	}
	f.list = parts.NewList(f.kind(), f.items()).Sized(f.W, max(1, f.H-len(f.head())))
	if f.at == len(f.steps) {
		return f
	}
	if !f.kind().Many && !f.S.Reading() { // who reads line by line names an option by its number
		f.list = f.list.Unplaced()
	}
	if said := f.steps[f.at].chosen; len(said) > 0 {
		f.list = f.list.Tick(said...).On(said[0])
	}
	return f
}

func (f Fill) kind() parts.Kind {
	if f.at == len(f.steps) {
		return parts.Kind{}
	}
	k := f.steps[f.at].Kind
	return parts.Kind{Many: k == courses.AnyOf || k == courses.Next, Letters: true, Wrap: true}
}

func (f Fill) items() (rows []parts.Item) {
	if f.at == len(f.steps) {
		return []parts.Item{{ID: rowSend, Title: f.S.T(words.EvaluationSendYes)}, {ID: rowBack, Title: f.S.T(words.EvaluationSendNo)}}
	}
	s := f.steps[f.at]
	for i, option := range coursewords.AskedOf(s.Question).Options {
		rows = append(rows, parts.Item{ID: strconv.Itoa(i + 1), Title: f.S.T(option)})
	}
	if s.Kind == courses.Next {
		for _, c := range f.form.Next {
			rows = append(rows, parts.Item{ID: c.Code, Title: parts.Plain(c.Title)})
		}
		rows = append(rows, parts.Item{ID: rowOther, Title: f.S.T(words.EvaluationElse)})
	}
	if s.Kind == courses.OneOf || s.Kind == courses.PerGoal {
		rows = append(rows, parts.Item{ID: rowSkip, Title: f.S.T(words.EvaluationSkip)})
	}
	return rows
}

// head is the lines above the options, with an empty one at the end.
func (f Fill) head() []string {
	if f.at == len(f.steps) {
		return append(f.Paragraphs(f.S.T(words.EvaluationSendAsk)), "")
	}
	s := f.steps[f.at]
	goal := ""
	if s.Kind == courses.PerGoal {
		goal = parts.Plain(f.form.Goals[s.goal])
	}
	lines := []string{f.S.Theme().Quiet.Render(f.S.T(words.EvaluationStep, "n", f.at+1, "of", len(f.steps))), ""}
	for _, line := range parts.Wrap(f.S.T(coursewords.AskedOf(s.Question).Title, "goal", goal), f.W) {
		lines = append(lines, f.S.Theme().Title.Render(line))
	}
	return append(lines, "")
}

// Update answers, and goes from question to question.
func (f Fill) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		f.W, f.H = msg.Width, msg.Height
		return f.kept().show(), nil
	case shell.LookedMsg:
		return f.kept().show(), nil
	case page.DoneMsg[struct{}]:
		next, ok, tell := page.Settled(f.Page, msg)
		if f.Page = next; ok {
			tell = tea.Batch(shell.Back(), shell.Notify(shell.Good, words.EvaluationThanks))
		}
		return f, tell
	case tea.PasteMsg:
		if f.writes() {
			f.line = f.line.Insert(msg.Content)
		}
		return f, nil
	case tea.KeyPressMsg:
		if f.Busy() {
			return f, nil
		}
		if key.Matches(msg, f.S.Keys().Back) && f.at > 0 {
			f = f.kept()
			f.at--
			return f.show(), nil
		}
		if f.writes() {
			return f.typed(msg)
		}
	}
	if f.Busy() || f.writes() {
		return f, nil
	}
	var event parts.Event
	f.list, event = f.list.Update(f.S.Look(), parts.Shift(msg, 0, len(f.head())))
	if event != parts.Chose {
		return f, nil
	}
	return f.chose()
}

// kept notes what stands on the screen, so that going back and forth loses nothing.
func (f Fill) kept() Fill {
	f.steps = slices.Clone(f.steps)
	switch {
	case f.at == len(f.steps):
	case f.writes():
		f.steps[f.at].text = f.line.Text()
	case f.kind().Many:
		f.steps[f.at].chosen = f.list.Ticked()
	}
	return f
}

func (f Fill) typed(msg tea.KeyPressMsg) (shell.Screen, tea.Cmd) {
	switch {
	case key.Matches(msg, f.S.Keys().Enter):
		f = f.kept()
		f.at++
		return f.show(), nil
	case f.line.Takes(msg):
		f.line = f.line.Press(msg)
	}
	return f, nil
}

// chose takes the row under the cursor, or what is ticked.
func (f Fill) chose() (shell.Screen, tea.Cmd) {
	row, some := f.list.Current()
	if !some {
		return f, shell.Notify(shell.Warn, words.EvaluationChooseFirst)
	}
	if f.at == len(f.steps) {
		if row.ID == rowBack {
			f.at--
			return f.show(), nil
		}
		f.Page = f.Acts(words.EvaluationSending)
		said := f.answers()
		return f, page.Fetch(f.Acting, func() (struct{}, error) { return struct{}{}, f.send(said) })
	}
	f = f.kept()
	if !f.kind().Many {
		f.steps[f.at].chosen = nil
		if row.ID != rowSkip {
			f.steps[f.at].chosen = []string{row.ID}
		}
	}
	f.at++
	return f.show(), nil
}

// answers is what was said, as the store keeps it.
func (f Fill) answers() courses.Answers {
	a := courses.Answers{Options: map[string][]int{}, Texts: map[string]string{}}
	for _, s := range f.steps {
		switch s.Kind {
		case courses.Next:
			for _, code := range s.chosen {
				if code == rowOther {
					a.Texts[s.Code] = f.S.T(words.EvaluationElse)
				} else {
					a.Next = append(a.Next, code)
				}
			}
		case courses.InWords:
			a.Texts[s.Code] = s.text
		case courses.PerGoal:
			a.Options[s.Code] = append(a.Options[s.Code], number(s.chosen))
		default:
			for _, n := range s.chosen {
				a.Options[s.Code] = append(a.Options[s.Code], number([]string{n}))
			}
		}
	}
	return a
}

// number is the option that was chosen; 0 for none.
func number(chosen []string) int {
	if len(chosen) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(chosen[0]) // the rows are numbered by us
	return n
}

// View gives the question and its options.
func (f Fill) View() string {
	lines := f.head()
	if !f.writes() {
		return page.Fitted(append(lines, f.list.View(f.S.Look())), f.H)
	}
	text, _ := f.line.View(max(1, f.W-2))
	return page.Fitted(append(lines, "> "+text, "", f.S.Theme().Quiet.Render(f.S.T(words.EvaluationTypeHere))), f.H)
}

// Cursor is on the option, or in the line.
func (f Fill) Cursor() (x, y int, shown bool) {
	if f.writes() {
		_, at := f.line.View(max(1, f.W-2))
		return 2 + at, len(f.head()), !f.Busy()
	}
	x, y, shown = f.list.Cursor()
	return x, y + len(f.head()), shown
}

// ShortHelp is the footer.
func (f Fill) ShortHelp() []key.Binding {
	enter := keys.Named(f.S.Keys().Enter, f.S.T(words.EvaluationChoose))
	if f.writes() || f.kind().Many {
		enter = keys.Named(f.S.Keys().Enter, f.S.T(words.EvaluationDone))
	}
	var all []key.Binding
	if f.kindIsMany() {
		all = append(all, keys.Named(f.S.Keys().Space, f.S.T(words.EvaluationTick)))
	}
	return append(all, enter)
}

func (f Fill) kindIsMany() bool { return !f.writes() && f.kind().Many }

// FullHelp is the help page.
func (f Fill) FullHelp() [][]key.Binding {
	return [][]key.Binding{f.ShortHelp(), f.S.Keys().Moving()}
}
