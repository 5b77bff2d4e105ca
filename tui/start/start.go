package start

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"digibrug/data"
	rules "digibrug/data/start"
	"digibrug/data/workbook"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "start"

// Desk is what the room works with.
type Desk struct {
	Store *rules.Store
	In    string // folder on the server whose workbooks can be read; it need not be there
	Named string // what the screen calls that folder; empty: In
	Paste int    // bytes of one paste that the door keeps; 0: as it comes
}

// leadWidth is the cells of the lines above the list: it fits the smallest window.
const leadWidth = 56

// mostFiles is how many files of the folder are shown.
const mostFiles = 200

// source is one thing to read: a sheet to paste, or a file.
type source struct {
	sheet string // to paste; empty for a file
	file  string
	size  int64
	day   string // YYYY-MM-DD of its last change
}

// Sources lists what can be read in.
type Sources struct {
	page.List[source]
	desk Desk
}

// New opens the room.
func New(s *shell.Session, desk Desk) shell.Screen {
	p := page.Still(s)
	l := Sources{desk: desk}
	l.List = page.NewList(s, words.StartLoading, []parts.Column{{Title: words.StartWhat, Min: 24, Grow: 2}, {Title: words.StartHow, Min: 30, Grow: 1}}, page.Filling[source]{
		Load: desk.sources,
		Rows: func(all []source) []parts.Row { return sourceRows(p, all) },
		Above: func([]source) string {
			lines := parts.Wrap(s.T(words.StartLead), leadWidth)
			if desk.In != "" {
				lines = append(lines, parts.Wrap(s.T(words.StartLeadFolder, "folder", cmp.Or(desk.Named, desk.In)), leadWidth)...)
			}
			return strings.Join(lines, "\n") + "\n "
		},
		Opens: words.StartChoose,
	})
	return l
}

// sources lists the sheets, and the workbooks of the folder by name. A folder that isn't there has none.
func (d Desk) sources() (all []source, err error) {
	for _, sheet := range d.Store.Sheets() {
		all = append(all, source{sheet: sheet.Name()})
	}
	if d.In == "" {
		return all, nil
	}
	entries, err := os.ReadDir(d.In)
	if errors.Is(err, fs.ErrNotExist) {
		return all, nil
	} else if err != nil {
		return nil, fmt.Errorf("list the folder of imports: %w", err)
	}
	sheets := len(all)
	for _, e := range entries {
		ending := strings.ToLower(filepath.Ext(e.Name()))
		if !e.Type().IsRegular() || ending != ".xlsx" && ending != ".csv" && ending != ".txt" || len(all) >= sheets+mostFiles {
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue // it went away meanwhile
		}
		all = append(all, source{file: e.Name(), size: info.Size(), day: data.DayOf(info.ModTime())})
	}
	slices.SortFunc(all[sheets:], func(a, b source) int {
		return cmp.Or(cmp.Compare(data.SortKey(a.file), data.SortKey(b.file)), cmp.Compare(a.file, b.file))
	})
	return all, nil
}

func sourceRows(p page.Page, all []source) []parts.Row {
	rows := make([]parts.Row, len(all))
	for i, one := range all {
		if one.sheet != "" {
			rows[i] = parts.Row{ID: "sheet " + one.sheet, Cells: []string{one.sheet, p.S.T(words.StartHowPaste)}}
			continue
		}
		size := words.Number(p.S.Lang(), float64((one.size+1023)/1024), 0)
		rows[i] = parts.Row{ID: "file " + one.file, Cells: []string{one.file, p.S.T(words.StartHowFile, "size", size, "day", p.Day(one.day))}}
	}
	return rows
}

// Title is the name of the room.
func (l Sources) Title() string { return l.S.T(words.StartTitle) }

// Update opens a place to paste, or a file.
func (l Sources) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	var chose string
	var cmd tea.Cmd
	l.List, chose, cmd = l.Take(msg)
	switch kind, name, _ := strings.Cut(chose, " "); kind {
	case "sheet":
		cmd = shell.Open(newPaste(l.S, l.desk, name))
	case "file":
		cmd = shell.Open(newPreview(l.S, l.desk, name, name, func() (workbook.Book, error) { return l.desk.open(name) }))
	}
	return l, cmd
}

// open reads a file of the folder, which is one of those that were listed: nothing outside it can be reached.
func (d Desk) open(name string) (book workbook.Book, err error) {
	root, err := os.OpenRoot(d.In)
	if err != nil {
		return book, fmt.Errorf("open the folder of imports: %w", err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	if info, err := root.Lstat(name); err != nil {
		return book, fmt.Errorf("file %s: %w", name, missing(err))
	} else if !info.Mode().IsRegular() {
		return book, fmt.Errorf("file %s: %w", name, data.ErrNotFound)
	}
	f, err := root.Open(name)
	if err != nil {
		return book, fmt.Errorf("file %s: %w", name, missing(err))
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	limits := workbook.Standard()
	content, err := io.ReadAll(io.LimitReader(f, limits.Packed+1)) // one more: the reader says that it is too big
	if err != nil {
		return book, fmt.Errorf("read %s: %w", name, err)
	}
	return workbook.Read(name, content, limits)
}

// missing turns a file that isn't there any more into data.ErrNotFound.
func missing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return data.ErrNotFound
	}
	return err
}

// Paste takes rows that are pasted, in one go or in several.
type Paste struct {
	page.Page
	desk  Desk
	sheet string
	text  string // whole rows
	rows  int    // lines of it
	cut   bool   // the last paste did not come whole
}

// mostPasted is how many bytes are kept of all pastes together.
const mostPasted = 4 << 20

func newPaste(s *shell.Session, desk Desk, sheet string) shell.Screen {
	return Paste{Page: page.Still(s), desk: desk, sheet: sheet}
}

// Init does nothing: there is nothing to load.
func (p Paste) Init() tea.Cmd { return nil }

// Title is the name of the sheet.
func (p Paste) Title() string { return p.sheet }

func (p Paste) wipe() key.Binding { return p.Letter("w", words.StartWipe) }

// Update takes in what is pasted, and goes on to the preview.
func (p Paste) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.W, p.H = msg.Width, msg.Height
	case tea.PasteMsg:
		return p.take(msg.Content)
	case tea.KeyPressMsg:
		switch {
		case key.Matches(msg, p.wipe()) && p.text != "":
			p.text, p.rows, p.cut = "", 0, false
		case key.Matches(msg, p.S.Keys().Enter) && p.text == "":
			return p, shell.Notify(shell.Info, words.StartPasteFirst)
		case key.Matches(msg, p.S.Keys().Enter):
			sheet, text := p.sheet, p.text
			return p, shell.Open(newPreview(p.S, p.desk, p.S.T(words.StartPreview), sheet, func() (workbook.Book, error) { return workbook.Pasted(sheet, text, workbook.Standard()) }))
		}
	}
	return p, nil
}

// take adds a paste. Of one that the door cut off the last row, which is half a row, is left out: the next paste goes
// on there. A first line that is the same as that of the first paste is its heads again.
func (p Paste) take(text string) (shell.Screen, tea.Cmd) {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	const slack = 4 // bytes of half a character that the door leaves out
	p.cut = p.desk.Paste > 0 && len(text) >= p.desk.Paste-slack
	if p.cut {
		text = text[:strings.LastIndexByte(text, '\n')+1]
	}
	first, rest, _ := strings.Cut(text, "\n")
	if known, _, _ := strings.Cut(p.text, "\n"); p.text != "" && first == known {
		text = rest
	}
	if strings.TrimSpace(text) == "" {
		return p, nil
	}
	if text = strings.TrimRight(text, "\n") + "\n"; len(p.text)+len(text) > mostPasted {
		return p, shell.Notify(shell.Warn, words.StartPasteMuch)
	}
	p.text += text
	p.rows = strings.Count(p.text, "\n")
	return p, nil
}

// View says what to do, which columns there are, and what came in so far.
func (p Paste) View() string {
	var lines []string
	if p.text == "" {
		lines = append(p.Paragraphs(p.S.T(words.StartPasteHow, "sheet", p.sheet)), "")
		lines = append(lines, p.Paragraphs(p.S.T(words.StartPasteColumns, "names", p.columns()))...)
		return page.Fitted(lines, p.H)
	}
	lines = append(lines, p.Headline(p.S.T(words.StartPasted, "n", p.rows)), "")
	if p.cut {
		lines = append(lines, p.Paragraphs(p.S.T(words.StartPasteCut))...)
		lines = append(lines, "")
	}
	shown := strings.SplitN(p.text, "\n", showRows+1)
	for _, row := range shown[:min(len(shown), showRows)] {
		if row != "" {
			lines = append(lines, "  "+parts.Cut(parts.Plain(strings.ReplaceAll(row, "\t", " | ")), p.W-2))
		}
	}
	if p.rows > showRows {
		lines = append(lines, "  ...")
	}
	lines = append(lines, "")
	return page.Fitted(append(lines, p.Paragraphs(p.S.T(words.StartPasteMore))...), p.H)
}

// showRows is how many of the pasted rows are shown.
const showRows = 6

// columns lists the heads of the sheet; those that can't be missed have a star.
func (p Paste) columns() string {
	var names []string
	for _, sheet := range p.desk.Store.Sheets() {
		if sheet.Name() != p.sheet {
			continue
		}
		for _, f := range sheet.Fields() {
			names = append(names, f.Head+map[bool]string{true: " *"}[f.Need])
		}
	}
	return strings.Join(names, ", ")
}

// ShortHelp is the footer.
func (p Paste) ShortHelp() []key.Binding {
	if p.text == "" {
		return nil
	}
	return []key.Binding{p.Enter(words.StartLook), p.wipe()}
}

// FullHelp is the help page.
func (p Paste) FullHelp() [][]key.Binding { return [][]key.Binding{p.ShortHelp()} }
