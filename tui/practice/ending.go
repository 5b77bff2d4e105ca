package practice

import (
	"digibrug/quiz"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// roundOf is a round as Asking shows it, with the banks from which the next one is drawn.
type roundOf struct {
	Round
	banks []quiz.Bank
}

func (r roundOf) now() (Task, bool) { return r.Now() }
func (r roundOf) answered(right bool) questions {
	r.Round = r.Answered(right)
	return r
}
func (r roundOf) explains() bool { return true }

func (r roundOf) where(s *shell.Session, t Task) string {
	if t.Again {
		return s.T(words.PracticeAgain)
	}
	return s.T(words.ItemWhere, "n", r.Asked+1, "total", r.Total)
}

func (r roundOf) title(_ *shell.Session, t Task) string { return t.Title }

func (r roundOf) end(of room) shell.Screen {
	return End{room: room{page.Still(of.S), of.desk}, round: r}.in(of)
}

// End says what went well and what is worth another try. It counts nothing up.
type End struct {
	room
	round  roundOf
	scroll parts.Scroll
}

func (e End) in(of room) End {
	e.W, e.H = of.W, of.H
	return e
}

// Init does nothing: all is known.
func (e End) Init() tea.Cmd { return nil }

// Title says that it is done.
func (e End) Title() string { return e.S.T(words.PracticeReady) }

// Update reads on, begins another round, or goes back to the choices.
func (e End) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		e.W, e.H = msg.Width, msg.Height
		return e, nil
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, e.again()):
			next := roundOf{banks: e.round.banks, Round: Draw(e.round.banks, e.desk.seed())}
			return e, shell.Replace(newAsking(e.room, next))
		case key.Matches(msg, e.S.Keys().Enter):
			return e, shell.Back()
		}
	}
	e.scroll = e.scroll.Update(e.S.Look(), msg, len(e.lines()), e.H)
	return e, nil
}

func (e End) again() key.Binding { return e.Letter("n", words.PracticeAnother) }

// lines is all that there is to read.
func (e End) lines() []string {
	lines := []string{e.Headline(e.S.T(words.PracticeEnd)), ""}
	list := func(title words.Key, tasks []Task) {
		if len(tasks) == 0 {
			return
		}
		lines = append(lines, e.S.Theme().Strong.Render(parts.Cut(e.S.T(title), e.W)))
		for _, t := range tasks {
			lines = append(lines, "  "+parts.Cut("- "+parts.Plain(t.Item.Stem), min(e.W, parts.MaxWidth)-2))
		}
		lines = append(lines, "")
	}
	list(words.PracticeWell, e.round.Well)
	list(words.PracticeLearn, e.round.Learn)
	if len(e.round.Learn) == 0 {
		lines = append(lines, append(e.Paragraphs(e.S.T(words.PracticeAllWell)), "")...)
	}
	for _, line := range e.Paragraphs(e.S.T(words.PracticeForgotten)) {
		lines = append(lines, e.S.Theme().Quiet.Render(line))
	}
	return lines
}

// View gives what there is to read.
func (e End) View() string { return e.scroll.View(e.S.Look(), e.lines(), e.W, e.H) }

// ShortHelp is the footer.
func (e End) ShortHelp() []key.Binding {
	return []key.Binding{e.again(), e.Enter(words.PracticeToChoices)}
}

// FullHelp is the help page.
func (e End) FullHelp() [][]key.Binding {
	return [][]key.Binding{e.ShortHelp(), e.S.Keys().Moving()}
}
