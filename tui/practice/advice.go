package practice

import (
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// placing is a placement as Asking shows it.
type placing struct{ Placement }

func (p placing) now() (Task, bool)             { return p.Now() }
func (p placing) answered(right bool) questions { return placing{p.Answered(right)} }
func (p placing) explains() bool                { return false }

func (p placing) where(s *shell.Session, t Task) string {
	n, total := p.Where()
	return s.T(words.PracticePlaceWhere, "n", n, "total", total) + " " + s.Theme().Glyphs.Dot + " " + t.Title
}

func (p placing) title(s *shell.Session, _ Task) string { return s.T(words.PracticePlace) }

func (p placing) end(of room) shell.Screen {
	a := Advice{room: room{page.New(of.S, words.PracticeLoadingCourses), of.desk}, reached: p.Results}
	a.W, a.H = of.W, of.H
	return a
}

// Advice says which courses fit, when they begin and how to enrol. It is written down nowhere.
type Advice struct {
	room
	reached []Reached
	offers  []Offer
	scroll  parts.Scroll
}

// Init loads the courses.
func (a Advice) Init() tea.Cmd {
	return page.Fetch(a.Loading, func() ([]Offer, error) { return a.desk.Offers(a.S.Ctx) })
}

// Title is what it is.
func (a Advice) Title() string { return a.S.T(words.PracticePlace) }

// Update reads on, goes to where people enrol, or back to the choices.
func (a Advice) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.W, a.H = msg.Width, msg.Height
		return a, nil
	case page.DoneMsg[[]Offer]:
		settled, ok, tell := page.Settled(a.Page, msg)
		if a.Page = settled; ok {
			a.offers = msg.Got
		}
		return a, tell
	}
	if a.Retries(msg) {
		a.Page = a.Again()
		return a, a.Init()
	}
	if press, ok := msg.(tea.KeyPressMsg); ok && a.Loaded {
		switch {
		case a.desk.Enrol != nil && key.Matches(press, a.enrol()):
			return a, shell.Open(a.desk.Enrol(a.S))
		case key.Matches(press, a.S.Keys().Enter):
			return a, shell.Back()
		}
	}
	a.scroll = a.scroll.Update(a.S.Look(), msg, len(a.lines()), a.H)
	return a, nil
}

func (a Advice) enrol() key.Binding { return a.Letter("s", words.PracticeEnrol) }

// lines is all that there is to read.
func (a Advice) lines() []string {
	fit, more := Advise(a.reached, Paths(), a.offers)
	title := words.PracticeFits
	switch {
	case len(fit) == 0 && more:
		title = words.PracticeNoCourse
	case len(fit) == 0:
		title = words.PracticeKnowsAll
	}
	var lines []string
	for _, line := range a.Paragraphs(a.S.T(title)) {
		lines = append(lines, a.S.Theme().Title.Render(line))
	}
	lines = append(lines, "")
	for i, o := range fit {
		when := a.S.T(words.PracticeThen)
		if i == 0 {
			when = a.S.T(words.PracticeBegin)
		}
		lines = append(lines, a.S.Theme().Strong.Render(parts.Cut(when+" "+parts.Plain(o.Title), a.W)))
		for _, line := range a.paragraphs(a.next(o), a.W-2) {
			lines = append(lines, "  "+line)
		}
		lines = append(lines, "")
	}
	if len(fit) > 0 {
		how := words.PracticeHowDesk
		if a.desk.Enrol != nil {
			how = words.PracticeHowHere
		}
		lines = append(lines, append(a.Paragraphs(a.S.T(how)), "")...)
	}
	for _, line := range a.Paragraphs(a.S.T(words.PracticeWriteDown)) {
		lines = append(lines, a.S.Theme().Quiet.Render(line))
	}
	return lines
}

func (a Advice) paragraphs(text string, width int) []string {
	return parts.Wrap(parts.PlainBlock(text), width)
}

// next says when a course begins that still has seats.
func (a Advice) next(o Offer) string {
	if o.Series == "" {
		return a.S.T(words.PracticeNoSeries, "code", o.Code)
	}
	return a.S.T(words.PracticeSeries, "code", o.Series, "day", words.Day(a.S.Lang(), o.Begins), "hour", words.Clock(a.S.Lang(), o.Begins), "where", o.Where, "n", o.Free)
}

// View gives what there is to read.
func (a Advice) View() string {
	if !a.Loaded {
		return a.Waiting()
	}
	return a.scroll.View(a.S.Look(), a.lines(), a.W, a.H)
}

// ShortHelp is the footer.
func (a Advice) ShortHelp() []key.Binding {
	if !a.Loaded {
		return []key.Binding{a.Enter(words.PageAgain)}
	}
	if a.desk.Enrol == nil {
		return []key.Binding{a.Enter(words.PracticeToChoices)}
	}
	return []key.Binding{a.enrol(), a.Enter(words.PracticeToChoices)}
}

// FullHelp is the help page.
func (a Advice) FullHelp() [][]key.Binding {
	return [][]key.Binding{a.ShortHelp(), a.S.Keys().Moving()}
}
