package regulation

import (
	"strings"

	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Form is a form of the room. It loads what the register says, lets fill in, saves, and goes back.
type Form struct {
	page.Form
	desk  Desk
	title words.Key
	st    state // as loaded

	fields func(Form) parts.Form // made once, from what was loaded
	// save reads what was typed, and gives what then writes it. Bad input goes under its field.
	save func(Form) (func() (saved, error), error)
	tail func(Form) []string // what follows from what was typed, under the form; nil: nothing
}

// saved is what a change came to.
type saved struct {
	said words.Key
	args []any
}

// tailLines is the lines for what follows from what was typed.
const tailLines = 4

func newForm(s *shell.Session, desk Desk, title, lead words.Key) Form {
	return Form{Form: page.LoadingForm(s, words.LoanruleLoading, lead), desk: desk, title: title}
}

func (f Form) room() room { return room{f.Page, f.desk} }

func (f Form) load() tea.Cmd { return page.Fetch(f.Loading, f.room().read) }

// Init loads the register.
func (f Form) Init() tea.Cmd { return f.load() }

// Title is what it is.
func (f Form) Title() string { return f.S.T(f.title) }

// Update fills in and saves.
func (f Form) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.DoneMsg[state]:
		next, ok, tell := page.Settled(f.Page, msg)
		if f.Page = next; ok {
			f.st = msg.Got
			f.Body = f.fields(f)
			f.Form = f.Sized()
		}
		return f, tell
	case page.DoneMsg[saved]:
		next, ok, tell := f.Settle(msg.Of, msg.Err)
		if f.Form = next; ok {
			tell = tea.Batch(shell.Back(), shell.Notify(shell.Good, msg.Got.said, msg.Got.args...))
		}
		return f, tell
	case tea.WindowSizeMsg:
		if f.tail != nil {
			msg.Height -= tailLines
		}
		f.Form, _ = f.Fill(msg)
		return f, nil
	}
	if f.Retries(msg) {
		f.Page = f.Again()
		return f, f.load()
	}
	next, event := f.Fill(msg)
	if f.Form = next; event != parts.FormSubmitted {
		return f, nil
	}
	do, err := f.save(f)
	if err != nil {
		f.Form, _ = f.Blamed(err)
		return f, nil
	}
	f.Page = f.Acts(words.LoanruleSaving)
	return f, page.Fetch(f.Acting, do)
}

// View gives the form, and what follows from what was typed.
func (f Form) View() string {
	if f.tail == nil || !f.Loaded {
		return f.Form.View()
	}
	lines := page.Shortened(f.tail(f), min(f.W, parts.MaxWidth), tailLines-1)
	return f.Form.View() + "\n\n" + strings.Join(lines, "\n")
}

// maxName is how many characters a name takes.
const maxName = 80

// fromField asks from which day a change holds.
func (f Form) fromField() parts.Field {
	return parts.Field{Name: "from", Label: words.LoanruleFrom, Hint: words.LoanruleFromHint, Kind: parts.Day, Need: true, Value: f.st.today}
}

// nameField asks what the version is called from then on.
func (f Form) nameField() parts.Field {
	name := f.st.current().Name
	if name == "" {
		name = f.S.T(words.LoanruleFirstName)
	}
	return parts.Field{Name: "regulation", Label: words.LoanruleVersionName, Max: maxName, Value: name}
}

// version stores the version that holds on the day in the form, changed, from that day on.
func (f Form) version(done saved, change func(v *loans.Version)) (func() (saved, error), error) {
	from := f.Body.Value("from")
	v := copied(f.st.on(from))
	v.From, v.Name = from, f.Body.Value("regulation")
	change(&v)
	return func() (saved, error) {
		_, err := f.desk.Loans.PutVersion(f.S.Ctx, f.By(), v)
		return done, err
	}, nil
}

// later says that a version that comes after the day in the form doesn't change along.
func (f Form) later() []string {
	from := f.Body.Value("from")
	next, ok := f.st.coming(from)
	if !ok || !page.IsDay(from) {
		return nil
	}
	return f.Paragraphs(f.S.T(words.LoanruleLater, "name", f.room().called(next), "day", f.Day(next.From)))
}
