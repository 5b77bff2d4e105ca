package reminders

import (
	"strings"

	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Call is one person to call, or whom a social worker talks to: the number, what to say, and what came of it.
type Call struct {
	base
	j loans.Bundle
}

func newCall(s *shell.Session, desk Desk, j loans.Bundle) shell.Screen {
	return Call{base{page.Still(s), desk}, j}
}

// Init does nothing: the list had it all.
func (c Call) Init() tea.Cmd { return nil }

// Title says who it is.
func (c Call) Title() string {
	if c.task() {
		return c.S.T(words.ReminderTaskTitle)
	}
	return c.S.T(words.ReminderCallTitle)
}

// task tells whether it is one of a social worker.
func (c Call) task() bool { return c.j.Channel == loans.SocialWorker }

func (c Call) reached() key.Binding { return c.Letter("b", words.ReminderReached) }
func (c Call) silent() key.Binding  { return c.Letter("g", words.ReminderSilent) }
func (c Call) noted() key.Binding   { return c.Letter("n", words.ReminderNoted) }
func (c Call) letter() key.Binding  { return c.Letter("l", words.ReminderInstead) }

// Update writes down what came of it, and goes back.
func (c Call) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		c.W, c.H = msg.Width, msg.Height
	case page.DoneMsg[saved]:
		mine := msg.Of != nil && msg.Of == c.Acting
		next, ok, tell := page.Settled(c.Page, msg)
		if c.Page = next; ok {
			tell = msg.Got.tell()
		}
		if mine {
			return c, tea.Batch(shell.Back(), tell) // after a failure too: the list knows what was written
		}
		return c, tell
	case tea.KeyPressMsg:
		return c.pressed(msg)
	}
	return c, nil
}

func (c Call) pressed(msg tea.KeyPressMsg) (shell.Screen, tea.Cmd) {
	switch {
	case c.Busy():
	case key.Matches(msg, c.reached()):
		return c.write(true)
	case key.Matches(msg, c.silent()):
		return c.write(false)
	case key.Matches(msg, c.noted()):
		return c, shell.Replace(newNoted(c.S, c.desk, c.j))
	case !c.task() && key.Matches(msg, c.letter()):
		return c, shell.Replace(newLetter(c.S, c.desk, asLetter(c.j)))
	case key.Matches(msg, c.history()):
		return c, shell.Open(newHistory(c.S, c.desk, c.j.All))
	}
	return c, nil
}

func (c Call) write(reached bool) (shell.Screen, tea.Cmd) {
	c.Page = c.Acts(words.ReminderSaving)
	return c, page.Fetch(c.Acting, func() (saved, error) { return c.came(c.j, reached, "") })
}

// came writes down what came of a call, and says so.
func (b base) came(j loans.Bundle, reached bool, note string) (saved, error) {
	n, err := b.desk.called(b.S.Ctx, b.By(), j, reached, note)
	switch {
	case err != nil:
		return saved{}, err
	case n == 0:
		return meanwhile(), nil
	case reached:
		return saved{said: words.ReminderReachedNow, args: []any{"name", j.To.Name()}}, nil
	}
	return saved{said: words.ReminderSilentNow, args: []any{"name", j.To.Name()}}, nil
}

// View gives the number in a frame, the sentence, the devices, and what was tried before.
func (c Call) View() string {
	lines := append([]string{c.Headline(c.j.To.Name())}, c.Boxed(c.phone(c.j))...)
	if c.H < 18 { // the frame has no room
		lines = []string{c.Headline(c.j.To.Name() + "  " + c.phone(c.j)), ""}
	}
	lines = append(lines, c.Paragraphs(c.say(c.j))...)
	if !c.task() {
		lines = append(lines, c.Paragraphs(c.S.T(words.ReminderVoicemail))...)
	}
	lines = append(lines, "")
	var facts []page.Fact
	if c.task() && c.j.To.Mail != "" {
		facts = append(facts, page.Named(words.ReminderColMail, c.j.To.Mail))
	}
	for _, r := range c.j.All {
		device := r.Loan.Device
		if r.Who.ID != c.j.To.ID {
			device += ", " + r.Who.Name()
		}
		facts = append(facts, page.Named(words.ReminderColDevice, c.S.T(words.ReminderDeviceLine, "device", device, "day", c.weekday(r.Loan.DueOn), "late", c.days(r.Loan))))
	}
	for _, r := range c.j.All {
		for _, t := range r.Tries {
			facts = append(facts, page.Named(words.ReminderColTries, strings.TrimSpace(c.S.T(words.ReminderTryLine, "at", c.Moment(t.At), "by", t.Actor)+" "+t.Note)))
		}
	}
	return page.Fitted(append(lines, c.Facts(facts...)...), c.H)
}

// ShortHelp is the footer.
func (c Call) ShortHelp() []key.Binding {
	short := []key.Binding{c.reached(), c.silent(), c.noted()}
	if !c.task() {
		short = append(short, c.letter())
	}
	return append(short, c.history())
}

// FullHelp is the help page.
func (c Call) FullHelp() [][]key.Binding { return [][]key.Binding{c.ShortHelp()} }

// Values of the choice what came of a call.
const (
	wasReached = "reached"
	wasSilent  = "silent"
)

// newNoted asks what came of a call together with a note.
func newNoted(s *shell.Session, desk Desk, j loans.Bundle) shell.Screen {
	b := base{page.Still(s), desk}
	return page.NewTask(s, words.ReminderNoteTitle, words.ReminderSaving, func() (page.Brief, error) {
		return page.Brief{Title: j.To.Name(), Lead: words.ReminderNoteLead, Body: parts.NewForm(words.ReminderSave,
			parts.Field{Name: "outcome", Label: words.ReminderOutcome, Kind: parts.Choice, Need: true, Value: wasReached, Options: []parts.Option{
				{Value: wasReached, Label: s.T(words.ReminderReached)}, {Value: wasSilent, Label: s.T(words.ReminderSilent)}}},
			parts.Field{Name: "note", Label: words.ReminderNote, Hint: words.ReminderNoteHint, Max: mostNote}),
			Do: func(form parts.Form) (page.Outcome, error) {
				said, err := b.came(j, form.Value("outcome") == wasReached, form.Value("note"))
				return page.Outcome{Said: said.said, Args: said.args, Warn: said.warn}, err
			}}, nil
	})
}

// mostNote is how many characters of a note the form takes.
const mostNote = 200
