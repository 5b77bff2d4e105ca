// Package reports is the room where lists and figures are read: every paper that a role may have, as a table on the
// screen, and from there as a file. What a paper says and who may have it is defined in tui/papers, once for screens,
// commands and the files door.
package reports

import (
	"context"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/tui/page"
	"digibrug/tui/papers"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "reports"

// Shelf has the papers; *papers.Shelf is one.
type Shelf interface {
	For(roles []data.Role) []papers.Paper
	Fill(ctx context.Context, by data.Actor, name string, ask papers.Ask) (papers.Sheet, error)
}

// Desk is what the room works with.
type Desk struct {
	Shelf Shelf
	// Send puts a list where its maker fetches it.
	Send func(ctx context.Context, by data.Actor, f papers.Format, s papers.Sheet) (outbox.Paper, error)
}

// Of lists the papers that somebody with these roles can read without being asked anything first.
func Of(shelf Shelf, roles []data.Role) []papers.Paper {
	return slices.DeleteFunc(shelf.For(roles), func(p papers.Paper) bool { return p.Needs() != "" })
}

// List is the list of papers.
type List struct {
	page.List[papers.Paper]
	desk Desk
}

// New opens the list.
func New(s *shell.Session, desk Desk) shell.Screen {
	columns := []parts.Column{{Title: words.ReportColTitle, Min: 30, Grow: 2}, {Title: words.ReportColName, Min: 16, Grow: 1, Drop: 1}}
	return List{page.NewList(s, words.ReportLoading, columns, page.Filling[papers.Paper]{
		Load: func() ([]papers.Paper, error) { return Of(desk.Shelf, s.Who.Roles), nil },
		Rows: func(all []papers.Paper) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, p := range all {
				rows[i] = parts.Row{ID: p.Name, Cells: []string{s.T(p.Title), p.Name}}
			}
			return rows
		},
		None: words.ReportNone, Opens: words.ReportOpen,
	}), desk}
}

// Title is the name of the room.
func (l List) Title() string { return l.S.T(words.ReportTitle) }

// Update opens a paper.
func (l List) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	var chose string
	var cmd tea.Cmd
	if l.List, chose, cmd = l.Take(msg); chose != "" {
		cmd = shell.Open(newSheet(l.S, l.desk, chose))
	}
	return l, cmd
}

// Sheet is one paper as it stands now.
type Sheet struct {
	page.Page
	desk   Desk
	name   string
	sheet  papers.Sheet
	lines  []string // of the table, at the width of the body
	scroll parts.Scroll
}

func newSheet(s *shell.Session, desk Desk, name string) shell.Screen {
	return Sheet{Page: page.New(s, words.ReportLoading), desk: desk, name: name}
}

// Init fills the paper.
func (p Sheet) Init() tea.Cmd {
	return page.Fetch(p.Loading, func() (papers.Sheet, error) { return p.desk.Shelf.Fill(p.S.Ctx, p.By(), p.name, papers.Ask{}) })
}

// Title is the paper's.
func (p Sheet) Title() string {
	if !p.Loaded {
		return p.S.T(words.ReportTitle)
	}
	return parts.Plain(p.sheet.Title)
}

// files are the keys that make a file, with its form.
func (p Sheet) files() []struct {
	key key.Binding
	as  papers.Format
} {
	return []struct {
		key key.Binding
		as  papers.Format
	}{{p.Letter("x", words.ReportXlsx), papers.FormatXLSX}, {p.Letter("c", words.ReportCsv), papers.FormatCSV}, {p.Letter("p", words.ReportPdf), papers.FormatPDF}}
}

// Update scrolls, and makes files.
func (p Sheet) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.W, p.H = msg.Width, msg.Height
		return p.laid(), nil
	case page.DoneMsg[papers.Sheet]:
		next, ok, tell := page.Settled(p.Page, msg)
		if p.Page = next; ok {
			p.sheet = msg.Got
		}
		return p.laid(), tell
	case page.DoneMsg[outbox.Paper]:
		next, ok, tell := page.Settled(p.Page, msg)
		if p.Page = next; ok {
			tell = shell.Notify(shell.Good, words.ReportMade, "name", msg.Got.Name)
		}
		return p, tell
	}
	if p.Retries(msg) {
		p.Page = p.Again()
		return p, p.Init()
	}
	if press, ok := msg.(tea.KeyPressMsg); ok && p.Loaded && !p.Busy() {
		for _, f := range p.files() {
			if key.Matches(press, f.key) {
				return p.send(f.as)
			}
		}
	}
	p.scroll = p.scroll.Update(p.S.Look(), msg, len(p.lines), p.H)
	return p, nil
}

// laid writes the table at the width of the body.
func (p Sheet) laid() Sheet {
	if p.Loaded && p.W > 0 {
		p.lines = strings.Split(strings.TrimRight(p.sheet.Table(p.W), "\n"), "\n")
	}
	return p
}

func (p Sheet) send(as papers.Format) (shell.Screen, tea.Cmd) {
	p.Page = p.Acts(words.ReportMaking)
	ctx, by, send, sheet := p.S.Ctx, p.By(), p.desk.Send, p.sheet
	return p, page.Fetch(p.Acting, func() (outbox.Paper, error) { return send(ctx, by, as, sheet) })
}

// View gives the table.
func (p Sheet) View() string {
	if !p.Loaded {
		return p.Waiting()
	}
	return p.scroll.View(p.S.Look(), p.lines, p.W, p.H)
}

// Mouse: the wheel scrolls.
func (p Sheet) Mouse() bool { return true }

// ShortHelp is the footer.
func (p Sheet) ShortHelp() []key.Binding {
	if !p.Loaded {
		return []key.Binding{p.Enter(words.PageAgain)}
	}
	var short []key.Binding
	for _, f := range p.files() {
		short = append(short, f.key)
	}
	return short
}

// FullHelp is the help page.
func (p Sheet) FullHelp() [][]key.Binding { return [][]key.Binding{p.ShortHelp(), p.S.Keys().Moving()} }
