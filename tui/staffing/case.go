package staffing

import (
	"slices"
	"strings"

	"digibrug/data/staffing"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Case shows who comes or goes with the steps, and ticks them off.
type Case struct {
	room
	desk       Desk
	employment string
	move       staffing.Move
	c          staffing.Case
	steps      []staffing.Checked
	table      parts.Table
}

// found is a case with its steps.
type found struct {
	c     staffing.Case
	steps []staffing.Checked
}

// stayed is the reply to somebody who stays.
type stayed struct{}

const actStay = "stay"

func newCase(s *shell.Session, desk Desk, employment string, move staffing.Move) shell.Screen {
	columns := []parts.Column{{Title: "", Min: 3}, {Title: words.StaffingStep, Min: 37}, {Title: words.StaffingState, Min: 18, Grow: 1}}
	return Case{room: room{page.New(s, words.StaffingLoading)}, desk: desk, employment: employment, move: move, table: parts.NewTable(columns, nil)}
}

func (c Case) load() tea.Cmd {
	return page.Fetch(c.Loading, func() (f found, err error) {
		f.c, f.steps, err = c.desk.Store.Case(c.S.Ctx, c.By(), c.employment, c.move)
		return f, err
	})
}

// Init loads the case.
func (c Case) Init() tea.Cmd { return c.load() }

// Title is who it is about.
func (c Case) Title() string {
	if !c.Loaded {
		return c.S.T(words.StaffingMoveName(string(c.move)))
	}
	return c.c.Person.Name()
}

// stay is the key for who doesn't leave after all.
func (c Case) stay() key.Binding { return c.Letter("b", words.StaffingStay) }

// Update moves along the steps, ticks, and opens what a step needs.
func (c Case) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		c.W, c.H = msg.Width, msg.Height
		return c.listed(), nil
	case page.DoneMsg[found]:
		return c.loaded(msg)
	case page.DoneMsg[stayed]:
		next, ok, tell := page.Settled(c.Page, msg)
		if c.Page = next; ok {
			return c, tea.Batch(shell.Back(), shell.Notify(shell.Good, words.StaffingStays, "name", c.c.Person.Name()))
		}
		return c, tell
	case page.YesMsg:
		next, ok := c.Agreed(msg)
		if c.Page = next; !ok {
			return c, nil
		}
		c.Page = c.Acts(words.StaffingSaving)
		return c, page.Fetch(c.Acting, func() (stayed, error) { return stayed{}, c.desk.Store.Stay(c.S.Ctx, c.By(), c.employment) })
	case shell.ShownMsg:
		c.Page = c.Again()
		return c, c.load()
	case shell.LookedMsg:
		return c.listed(), nil
	}
	if c.Retries(msg) {
		c.Page = c.Again()
		return c, c.load()
	}
	if !c.Loaded || c.Busy() {
		return c, nil
	}
	return c.press(msg)
}

// loaded takes in a case, as it was loaded or as a tick left it.
func (c Case) loaded(msg page.DoneMsg[found]) (shell.Screen, tea.Cmd) {
	next, ok, tell := page.Settled(c.Page, msg)
	if c.Page = next; ok {
		c.c, c.steps = msg.Got.c, msg.Got.steps
	}
	return c.listed(), tell
}

func (c Case) press(msg tea.Msg) (shell.Screen, tea.Cmd) {
	press, is := msg.(tea.KeyPressMsg)
	if is && c.ict() && c.move == staffing.Leave && key.Matches(press, c.stay()) {
		var cmd tea.Cmd
		c.Page, cmd = c.Ask(actStay, words.StaffingStayAsk, words.StaffingStayYes, "name", c.c.Person.Name())
		return c, cmd
	}
	if is && key.Matches(press, c.S.Keys().Space) {
		return c.act()
	}
	var event parts.Event
	c.table, event = c.table.Update(c.S.Look(), parts.Shift(msg, 0, len(c.head())))
	if event == parts.Chose {
		return c.act()
	}
	return c, nil
}

// makes tells whether a step asks for an account.
func (c Case) makes(step staffing.Checked) bool {
	return c.move == staffing.Join && step.Code == "account" && step.State == staffing.Todo
}

// act does what the step under the cursor asks for.
func (c Case) act() (shell.Screen, tea.Cmd) {
	step, ok := c.current()
	switch {
	case !ok:
		return c, nil
	case !c.ict():
		return c, shell.Notify(shell.Warn, words.StaffingOnlyICT)
	case step.ByHand && step.State != staffing.Never:
		return c.tick(step)
	case c.makes(step):
		return c, shell.Open(c.desk.Account(c.S, c.c.Person))
	}
	return c, shell.Notify(shell.Info, words.StaffingItself)
}

// tick ticks a step off, or takes the tick away.
func (c Case) tick(step staffing.Checked) (shell.Screen, tea.Cmd) {
	c.Page = c.Acts(words.StaffingSaving)
	return c, page.Fetch(c.Acting, func() (f found, err error) {
		if err = c.desk.Store.Tick(c.S.Ctx, c.By(), c.employment, c.move, step.Code, step.State != staffing.Done); err != nil {
			return f, err
		}
		f.c, f.steps, err = c.desk.Store.Case(c.S.Ctx, c.By(), c.employment, c.move)
		return f, err
	})
}

// listed fills the table of steps.
func (c Case) listed() Case {
	var rows []parts.Row
	for _, step := range c.steps {
		mark := "[ ]"
		switch step.State {
		case staffing.Done:
			mark = "[x]"
		case staffing.Itself, staffing.Never:
			mark = " - "
		}
		rows = append(rows, parts.Row{ID: step.Code, Cells: []string{mark, c.S.T(words.StaffingStepName(string(c.move), step.Code)), c.stands(step)}})
	}
	c.table = c.table.With(rows).Sized(c.W, max(1, c.H-len(c.head())-caseFoot))
	return c
}

// caseFoot is the lines under the steps: an empty one, and the step under the cursor in full, since a narrow window cuts
// who ticked it off and when.
const caseFoot = 3

// foot is what stands under the steps.
func (c Case) foot() []string {
	step, ok := c.current()
	if !ok {
		return nil
	}
	told := parts.Wrap(parts.Plain(c.S.T(words.StaffingStepName(string(c.move), step.Code))+": "+c.stands(step)), c.W)
	lines := []string{""}
	for _, line := range page.Shortened(told, c.W, caseFoot-1) {
		lines = append(lines, c.S.Theme().Quiet.Render(line))
	}
	return lines
}

// current is the step under the cursor.
func (c Case) current() (staffing.Checked, bool) {
	row, ok := c.table.Current()
	if !ok {
		return staffing.Checked{}, false
	}
	at := slices.IndexFunc(c.steps, func(step staffing.Checked) bool { return step.Code == row.ID })
	if at < 0 {
		return staffing.Checked{}, false
	}
	return c.steps[at], true
}

// stands says how far a step is.
func (c Case) stands(step staffing.Checked) string {
	switch {
	case step.State == staffing.Never:
		return c.S.T(words.StaffingNever)
	case step.State == staffing.Itself:
		return c.S.T(words.StaffingByItself, "day", c.Day(c.c.Day))
	case step.State == staffing.Done && step.By != "":
		return c.S.T(words.StaffingTicked, "by", step.By, "at", c.Moment(step.At))
	case step.State == staffing.Done && step.About != "":
		return step.About
	case step.State == staffing.Done:
		return c.S.T(words.StaffingDone)
	case step.About != "":
		return c.S.T(words.StaffingTodoAbout, "about", step.About)
	}
	return c.S.T(words.StaffingTodo)
}

// head is what stands above the steps.
func (c Case) head() []string {
	name := c.c.Person.Name()
	said := words.StaffingComes
	if c.move == staffing.Leave {
		said = words.StaffingGoes
	}
	lines := append([]string{c.Headline(name)}, c.Paragraphs(c.S.T(said, "day", c.Day(c.c.Day)))...)
	work := []string{c.c.Service}
	for _, more := range []string{c.c.Job, c.c.Employer} {
		if more != "" {
			work = append(work, more)
		}
	}
	if c.c.Person.Number != "" {
		work = append(work, c.S.T(words.StaffingNumber, "number", c.c.Person.Number))
	}
	lines = append(lines, c.S.Theme().Quiet.Render(parts.Cut(parts.Plain(strings.Join(work, ", ")), c.W)))
	if c.c.Other {
		lines = append(lines, c.Paragraphs(c.S.T(words.StaffingElsewhere))...)
	}
	return append(lines, "")
}

// View gives the head and the steps.
func (c Case) View() string {
	if !c.Loaded {
		return c.Waiting()
	}
	lines := append(c.head(), strings.Split(c.table.View(c.S.Look()), "\n")...)
	return page.Fitted(append(lines, c.foot()...), c.H)
}

// Cursor is on the step.
func (c Case) Cursor() (x, y int, shown bool) {
	x, y, shown = c.table.Cursor()
	return x, y + len(c.head()), shown && c.Loaded
}

// Mouse: steps can be clicked.
func (c Case) Mouse() bool { return true }

// ShortHelp is the footer: Enter is in it where it does something.
func (c Case) ShortHelp() []key.Binding {
	switch {
	case !c.Loaded:
		return []key.Binding{c.Enter(words.PageAgain)}
	case !c.ict():
		return nil
	}
	var can []key.Binding
	switch step, ok := c.current(); {
	case !ok:
	case c.makes(step):
		can = append(can, c.Enter(words.StaffingAccount))
	case step.ByHand && step.State == staffing.Done:
		can = append(can, c.Enter(words.StaffingUntick))
	case step.ByHand && step.State != staffing.Never:
		can = append(can, c.Enter(words.StaffingTick))
	}
	if c.move == staffing.Leave {
		can = append(can, c.stay())
	}
	return can
}

// FullHelp is the help page.
func (c Case) FullHelp() [][]key.Binding { return [][]key.Binding{c.ShortHelp(), c.S.Keys().Moving()} }
