package regtext

import (
	"strconv"

	"digibrug/data/regulation"
	"digibrug/tui/keys"
	"digibrug/tui/page"
	"digibrug/tui/papers"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Articles lists the articles of a version; Enter reads one.
type Articles struct {
	page.List[regulation.Article]
	desk Desk
}

func newArticles(s *shell.Session, desk Desk, e papers.Edition) shell.Screen {
	columns := []parts.Column{{Title: words.RegfigureColArticle, Min: 4, Right: true}, {Title: words.RegfigureColTitle, Min: 30, Grow: 1}}
	fill := page.Filling[regulation.Article]{
		Load: func() ([]regulation.Article, error) {
			d, _, err := desk.Reader.Read(s.Ctx, e, words.NL, false)
			return d.Articles, err
		},
		Rows: func(all []regulation.Article) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, a := range all {
				rows[i] = parts.Row{ID: strconv.Itoa(i), Cells: []string{strconv.Itoa(a.Number), a.Title}}
			}
			return rows
		},
		Above: func([]regulation.Article) string {
			if s.Lang() == words.NL {
				return ""
			}
			return s.T(words.RegfigureDutchOnly) + "\n"
		},
		Opens: words.RegfigureRead,
	}
	return Articles{page.NewList(s, words.RegfigureLoading, columns, fill), desk}
}

// Title is what it lists.
func (l Articles) Title() string { return l.S.T(words.RegfigureArticlesTitle) }

// Update moves along the list and opens an article.
func (l Articles) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	next, chose, cmd := l.Take(msg)
	l.List = next
	at, err := strconv.Atoi(chose)
	if err != nil || at >= len(l.All) {
		return l, cmd
	}
	return l, shell.Open(Article{Page: page.Still(l.S), all: l.All, at: at})
}

// Article is one article, with the next and the one before a key away.
type Article struct {
	page.Page
	all    []regulation.Article
	at     int
	scroll parts.Scroll
}

// Init does nothing: all is there.
func (a Article) Init() tea.Cmd { return nil }

// Title is its number.
func (a Article) Title() string { return a.S.T(words.RegfigureArticle, "n", a.all[a.at].Number) }

// Update scrolls and turns.
func (a Article) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.W, a.H = msg.Width, msg.Height
		return a, nil
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, a.next()):
			return a.turned(+1), nil
		case key.Matches(msg, a.previous()):
			return a.turned(-1), nil
		}
	}
	a.scroll = a.scroll.Update(a.S.Look(), msg, len(a.lines()), a.H)
	return a, nil
}

func (a Article) turned(by int) Article {
	if to := a.at + by; to >= 0 && to < len(a.all) {
		a.at, a.scroll = to, parts.Scroll{}
	}
	return a
}

// next turns to the article after it: Enter too, which is what people press to read on.
func (a Article) next() key.Binding {
	return key.NewBinding(key.WithKeys("enter", "right"), key.WithHelp("Enter", a.S.T(words.RegfigureNext)))
}

func (a Article) previous() key.Binding {
	return keys.Named(a.S.Keys().Left, a.S.T(words.RegfigurePrevious))
}

func (a Article) lines() (lines []string) {
	if a.S.Lang() != words.NL {
		for _, line := range a.Paragraphs(a.S.T(words.RegfigureDutchOnly)) {
			lines = append(lines, a.S.Theme().Quiet.Render(line))
		}
		lines = append(lines, "")
	}
	return append(lines, written(a.S, a.W, a.all[a.at])...)
}

// View gives the article.
func (a Article) View() string { return a.scroll.View(a.S.Look(), a.lines(), a.W, a.H) }

// ShortHelp is the footer.
func (a Article) ShortHelp() []key.Binding {
	var short []key.Binding
	if a.at+1 < len(a.all) {
		short = append(short, a.next())
	}
	if a.at > 0 {
		short = append(short, a.previous())
	}
	return short
}

// FullHelp is the help page.
func (a Article) FullHelp() [][]key.Binding {
	return [][]key.Binding{a.ShortHelp(), a.S.Keys().Moving()}
}

// Mouse: the wheel turns.
func (a Article) Mouse() bool { return true }
