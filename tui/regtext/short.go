package regtext

import (
	"digibrug/data/regulation"
	"digibrug/tui/page"
	"digibrug/tui/papers"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Short is the regulation in plain words, in the language of the screen, with the articles behind Enter.
type Short struct {
	room
	edition func() (papers.Edition, error)
	got     shortText
	scroll  parts.Scroll
}

// shortText is what a load brings.
type shortText struct {
	edition papers.Edition
	text    regulation.Document
	in      words.Lang
}

// NewPublic opens the regulation that holds today, for everybody.
func NewPublic(s *shell.Session, desk Desk) shell.Screen {
	return newShort(s, desk, func() (papers.Edition, error) { return desk.Reader.Today(s.Ctx) })
}

func newShort(s *shell.Session, desk Desk, edition func() (papers.Edition, error)) shell.Screen {
	return Short{room: room{page.New(s, words.RegfigureLoading), desk}, edition: edition}
}

// Init loads the text.
func (p Short) Init() tea.Cmd {
	lang := p.S.Lang()
	return page.Fetch(p.Loading, func() (got shortText, err error) {
		if got.edition, err = p.edition(); err == nil {
			got.text, got.in, err = p.desk.Reader.Read(p.S.Ctx, got.edition, lang, true)
		}
		return got, err
	})
}

func (p Short) reload() (shell.Screen, tea.Cmd) {
	p.Page = p.Again()
	return p, p.Init()
}

// Title is what is read.
func (p Short) Title() string { return p.S.T(words.RegfigureTitle) }

// Update scrolls, and opens the articles.
func (p Short) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.W, p.H = msg.Width, msg.Height
		return p, nil
	case page.DoneMsg[shortText]:
		next, ok, tell := page.Settled(p.Page, msg)
		if p.Page = next; ok {
			p.got, p.scroll = msg.Got, parts.Scroll{}
		}
		return p, tell
	case shell.LookedMsg:
		if p.Loaded && p.got.in != p.S.Lang() || !p.Loaded {
			return p.reload()
		}
		return p, nil
	}
	if p.Retries(msg) {
		return p.reload()
	}
	if press, is := msg.(tea.KeyPressMsg); is && p.Loaded && key.Matches(press, p.S.Keys().Enter) {
		return p, shell.Open(newArticles(p.S, p.desk, p.got.edition))
	}
	p.scroll = p.scroll.Update(p.S.Look(), msg, len(p.lines()), p.H)
	return p, nil
}

// lines is the text with what is said above it.
func (p Short) lines() []string {
	lines := []string{p.Headline(p.got.text.Title), ""}
	for _, note := range p.got.text.Notes {
		for _, line := range p.Paragraphs(note) {
			lines = append(lines, p.S.Theme().Warn.Render(line))
		}
		lines = append(lines, "")
	}
	var said []string
	if stands := papers.Standing(p.S.T, p.S.Lang(), p.got.edition.Version, p.today()); stands != "" {
		said = append(said, p.Paragraphs(stands)...)
	}
	if p.S.Lang() != words.NL {
		said = append(said, p.Paragraphs(p.S.T(words.RegfigureHelpOnly))...)
	}
	for _, line := range said {
		lines = append(lines, p.S.Theme().Quiet.Render(line))
	}
	if len(said) > 0 {
		lines = append(lines, "")
	}
	return append(lines, written(p.S, p.W, p.got.text.Articles...)...)
}

// View gives the text.
func (p Short) View() string {
	if !p.Loaded {
		return p.Waiting()
	}
	return p.scroll.View(p.S.Look(), p.lines(), p.W, p.H)
}

// ShortHelp is the footer.
func (p Short) ShortHelp() []key.Binding {
	if !p.Loaded {
		return []key.Binding{p.Enter(words.PageAgain)}
	}
	return []key.Binding{p.Enter(words.RegfigureArticles), p.S.Keys().PageDown}
}

// FullHelp is the help page.
func (p Short) FullHelp() [][]key.Binding { return [][]key.Binding{p.ShortHelp(), p.S.Keys().Moving()} }

// Mouse: the wheel turns.
func (p Short) Mouse() bool { return true }
