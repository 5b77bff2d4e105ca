package recruitdesk

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Bounds of what is read from the folder.
const (
	mostFiles = 200     // of the folder that are listed
	mostBytes = 4 << 20 // of one list
)

// found is a file of the folder.
type found struct {
	name string
	size int64
	day  string // YYYY-MM-DD of its last change
}

// files lists the lists of candidates that lie ready.
func (d desk) files(p recruit.Procedure) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]found]{
		Title:   func([]found) string { return d.S.T(words.RecruitdeskFilesTitle) },
		Doing:   words.RecruitdeskLoading,
		Load:    d.found,
		Columns: []parts.Column{{Title: words.RecruitdeskColFile, Min: 24, Grow: 1}, {Title: words.RecruitdeskColSize, Min: 10, Right: true}, {Title: words.RecruitdeskColOn, Min: 10}},
		Rows: func(all []found) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, f := range all {
				rows[i] = parts.Row{ID: f.name, Cells: []string{f.name, words.Number(d.S.Lang(), float64((f.size+1023)/1024), 0) + " kB", d.Day(f.day)}}
			}
			return rows
		},
		Top: func(pg page.Page, _ []found) []string {
			return pg.Paragraphs(d.S.T(words.RecruitdeskFilesLead, "folder", filepath.Base(d.In)))
		},
		None: words.RecruitdeskFilesNone, Filter: true, Opens: words.RecruitdeskChoose,
		Open: func(_ []found, name string) tea.Cmd { return shell.Open(d.preview(p, name)) },
		Ways: func([]found, string) []page.Way {
			if d.Template == nil {
				return nil
			}
			return []page.Way{{Key: d.Letter("s", words.RecruitdeskDoTemplate), Doing: words.RecruitdeskSaving, Do: func() (page.Outcome, error) {
				name, err := d.Template(d.ctx(), d.By())
				return page.Outcome{Said: words.RecruitdeskTemplateMade, Args: []any{"name", name}}, err
			}}}
		},
	})
}

// found lists the workbooks of the folder by name. A folder that isn't there has none.
func (d desk) found() (all []found, err error) {
	entries, err := os.ReadDir(d.In)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, fmt.Errorf("list the folder of imports: %w", err)
	}
	for _, e := range entries {
		ending := strings.ToLower(filepath.Ext(e.Name()))
		if !e.Type().IsRegular() || ending != ".xlsx" && ending != ".csv" || len(all) >= mostFiles {
			continue
		}
		if info, err := e.Info(); err == nil { // else it went away meanwhile
			all = append(all, found{e.Name(), info.Size(), data.DayOf(info.ModTime())})
		}
	}
	slices.SortFunc(all, func(a, b found) int { return strings.Compare(data.SortKey(a.name), data.SortKey(b.name)) })
	return all, nil
}

// read reads a file of the folder; nothing outside it can be reached.
func (d desk) read(name string) (content []byte, err error) {
	root, err := os.OpenRoot(d.In)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	content, err = io.ReadAll(io.LimitReader(f, mostBytes+1))
	if err == nil && len(content) > mostBytes {
		err = &data.Invalid{Field: "file", Why: data.WhyTooLong, Want: strconv.Itoa(mostBytes)}
	}
	return content, err
}

// read in: what a file would add, or what is wrong with it.
type looked struct {
	all   []recruit.NewCandidate
	wrong []string
}

// look reads a file without adding anybody.
func (d desk) look(p recruit.Procedure, name string) (l looked, err error) {
	content, err := d.read(name)
	if err != nil {
		return l, err
	}
	if l.all, err = recruit.ReadCandidates(name, content); err == nil {
		_, err = d.Store.ImportCandidates(d.ctx(), d.By(), p.ID, name, content, true)
	}
	var many interface{ Unwrap() []error }
	var one *data.Invalid
	switch {
	case errors.As(err, &many):
		for _, bad := range many.Unwrap() {
			text, _ := words.Sentence(d.S.Lang(), bad)
			l.wrong = append(l.wrong, text)
		}
	case errors.As(err, &one):
		text, _ := words.Sentence(d.S.Lang(), one)
		l.wrong = append(l.wrong, text)
	default:
		return l, err
	}
	return l, nil
}

// preview shows whom a file would add, or every fault in it, before anything is done.
func (d desk) preview(p recruit.Procedure, name string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[looked]{
		Title:   func(looked) string { return name },
		Doing:   words.RecruitdeskLooking,
		Load:    func() (looked, error) { return d.look(p, name) },
		Columns: []parts.Column{{Title: words.RecruitdeskColLine, Min: 4, Right: true}, {Title: words.RecruitdeskColFound, Min: 30, Grow: 1}},
		Rows: func(l looked) (rows []parts.Row) {
			for i, text := range l.wrong {
				rows = append(rows, parts.Row{ID: strconv.Itoa(i), Cells: []string{"!", text}})
			}
			for i, c := range l.all {
				if len(l.wrong) == 0 {
					rows = append(rows, parts.Row{ID: strconv.Itoa(i), Cells: []string{strconv.Itoa(c.Line), fullName(c.Name) + ", " + contactOf(c.Name)}})
				}
			}
			return rows
		},
		Top: func(pg page.Page, l looked) []string {
			if len(l.wrong) > 0 {
				return d.warned(pg, d.S.T(words.RecruitdeskFileWrong, "n", len(l.wrong)))
			}
			return pg.Paragraphs(d.S.T(words.RecruitdeskFileGood, "n", len(l.all)))
		},
		Foot: func(l looked, id string) string {
			if len(l.wrong) == 0 {
				return ""
			}
			return l.wrong[whole(id)]
		},
		None: words.RecruitdeskFileEmpty,
		Ways: func(l looked, _ string) []page.Way {
			if len(l.wrong) > 0 || len(l.all) == 0 {
				return nil
			}
			return []page.Way{{Key: d.Letter("i", words.RecruitdeskDoImportNow), Doing: words.RecruitdeskSaving, Do: func() (page.Outcome, error) {
				content, err := d.read(name)
				if err != nil {
					return page.Outcome{}, err
				}
				added, err := d.Store.ImportCandidates(d.ctx(), d.By(), p.ID, name, content, false)
				return page.Outcome{Said: words.RecruitdeskImported, Args: []any{"n", len(added)}, Next: d.candidates(p.ID)}, err
			}}}
		},
	})
}
