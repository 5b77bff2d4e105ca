package lessons

import (
	"slices"

	"digibrug/courses"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Papers are what can be printed of a series.
type Papers struct {
	page.List[Kind]
	desk   Desk
	lesson courses.Lesson
}

// printed is what was sent.
type printed struct {
	n    int
	name string
}

// kinds are the papers, those for who enrols people last, with what each is called and for.
func kinds() []struct {
	is         Kind
	title, why words.Key
	desk       bool
} {
	return []struct {
		is         Kind
		title, why words.Key
		desk       bool
	}{
		{ToSign, words.LessonPaperToSign, words.LessonPaperToSignFor, false},
		{Filled, words.LessonPaperFilled, words.LessonPaperFilledFor, false},
		{Attests, words.LessonPaperAttests, words.LessonPaperAttestsFor, false},
		{Letters, words.LessonPaperLetters, words.LessonPaperLettersFor, true},
	}
}

func newPapers(s *shell.Session, desk Desk, l courses.Lesson) shell.Screen {
	b := base{page.Still(s), desk}
	columns := []parts.Column{{Title: words.LessonColPaper, Min: 26, Grow: 1}, {Title: words.LessonColFor, Min: 24, Grow: 2, Drop: 1}}
	return Papers{page.NewList(s, words.LessonLoading, columns, page.Filling[Kind]{
		Load: func() (all []Kind, err error) {
			for _, k := range kinds() {
				if !k.desk || plans(s.Who) {
					all = append(all, k.is)
				}
			}
			return all, nil
		},
		Rows: func(all []Kind) (rows []parts.Row) {
			for _, k := range kinds() {
				if slices.Contains(all, k.is) {
					rows = append(rows, parts.Row{ID: string(k.is), Cells: []string{s.T(k.title), s.T(k.why)}})
				}
			}
			return rows
		},
		Above: func([]Kind) string { return b.S.T(words.LessonPapersOf, "course", l.Course, "code", l.Code) + "\n" }, Opens: words.LessonPrint,
	}), desk, l}
}

// Title is what it is.
func (p Papers) Title() string { return p.S.T(words.LessonPapersTitle) }

// Update makes the paper that was chosen.
func (p Papers) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if msg, ok := msg.(page.DoneMsg[printed]); ok {
		next, ok, tell := page.Settled(p.Page, msg)
		if p.Page = next; ok && msg.Got.n == 0 {
			tell = shell.Notify(shell.Info, words.LessonPrintedNone)
		} else if ok {
			tell = shell.Notify(shell.Good, words.LessonPrinted, "n", msg.Got.n, "name", msg.Got.name)
		}
		return p, tell
	}
	var chose string
	var cmd tea.Cmd
	if p.List, chose, cmd = p.Take(msg); chose == "" || p.Busy() {
		return p, cmd
	}
	p.Page = p.Acts(words.LessonPrinting)
	print, ctx, by, series := p.desk.Print, p.S.Ctx, p.By(), p.lesson.SeriesID
	return p, page.Fetch(p.Acting, func() (printed, error) {
		n, name, err := print(ctx, by, Kind(chose), series)
		return printed{n, name}, err
	})
}
