package papers

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"digibrug/data"
	"digibrug/tui/words"
)

// narrow breaks lines at a width in cells, each with an indent before it; 0: they stay as they are.
func narrow(width int, indent string, lines ...string) (out []string) {
	room := float64(width) - cellsOf(indent)
	if width <= 0 {
		room = math.MaxInt32
	}
	for _, line := range lines {
		if line == "" {
			out = append(out, "")
			continue
		}
		for _, part := range wrap(line, max(room, 8), cellsOf) {
			out = append(out, indent+part)
		}
	}
	return out
}

// split makes a text harmless and gives its lines.
func split(s string) []string { return strings.Split(data.CleanBlock(s, docText), "\n") }

func (h Heading) plain(width int, _ words.Lang) []string {
	return append([]string{""}, narrow(width, "", data.Clean(string(h), maxText))...)
}

func (p Paragraph) plain(width int, _ words.Lang) []string {
	return append(narrow(width, "", split(string(p))...), "")
}

func (p Important) plain(width int, _ words.Lang) []string {
	return append(append([]string{""}, narrow(width, "! ", split(string(p))...)...), "")
}

func (all Facts) plain(width int, _ words.Lang) (out []string) {
	names := 0.0
	for _, f := range all {
		names = max(names, cellsOf(data.Clean(f.Name, maxText)))
	}
	most := 24.0
	if width > 0 {
		most = min(most, float64(width/3))
	}
	names = min(names, most)
	for _, f := range all {
		name := narrow(int(names), "", data.Clean(f.Name, maxText))
		room := 0
		if width > 0 {
			room = width - int(names) - len(between)
		}
		values := narrow(room, "", split(f.shown())...)
		for i := range max(len(name), len(values)) {
			line := strings.Repeat(" ", int(names))
			if i < len(name) {
				line = name[i] + line[min(len(line), int(cellsOf(name[i]))):]
			}
			if i < len(values) {
				line += between + values[i]
			}
			out = append(out, strings.TrimRight(line, " "))
		}
	}
	return append(out, "")
}

func (f Fact) shown() string { return cmp.Or(data.CleanBlock(f.Value, docText), "-") }

// sheet is the grid as a Sheet knows columns.
func (g Grid) sheet() (s Sheet, heads []string, rows [][]string) {
	for _, h := range g.Heads {
		kind := KindText
		if h.Right {
			kind = KindNumber
		}
		s.Columns = append(s.Columns, Column{Title: h.Title, Kind: kind})
		heads = append(heads, data.Clean(h.Title, maxText))
	}
	for _, row := range g.Rows {
		texts := make([]string, len(g.Heads))
		for i := range texts[:min(len(row), len(texts))] {
			texts[i] = data.Clean(row[i], maxText)
		}
		rows = append(rows, texts)
	}
	return s, heads, rows
}

func (g Grid) plain(width int, l words.Lang) []string {
	s, heads, rows := g.sheet()
	if len(rows) == 0 {
		if g.Blank > 0 { // there is nothing to write on
			return nil
		}
		return []string{words.T(l, words.PaperNothing), ""}
	}
	var out strings.Builder
	widths := s.tableWidths(heads, rows, width)
	s.tableRow(&out, heads, widths)
	for i, w := range widths {
		heads[i] = strings.Repeat("-", w)
	}
	s.tableRow(&out, heads, widths)
	for _, row := range rows {
		s.tableRow(&out, row, widths)
	}
	return append(strings.Split(strings.TrimRight(out.String(), "\n"), "\n"), "")
}

// title is "Artikel 7. Hoogstens".
func (a Article) title(l words.Lang) string {
	return words.T(l, words.PaperArticle, "number", a.Number, "title", data.Clean(a.Title, maxText))
}

func (all Articles) plain(width int, l words.Lang) (out []string) {
	for _, a := range all {
		out = append(append(out, ""), narrow(width, "", a.title(l))...)
		for _, text := range a.Text {
			out = append(out, narrow(width, "  ", split(text)...)...)
		}
	}
	return append(out, "")
}

func (all Signatures) plain(width int, l words.Lang) []string {
	out := []string{""}
	for _, s := range all {
		line := data.Clean(s.Role, maxText)
		if name := data.Clean(s.Name, maxText); name != "" {
			line += ": " + name
		}
		out = append(out, narrow(width, "", line)...)
		if note := data.Clean(s.Note, maxText); note != "" {
			out = append(out, narrow(width, "  ", note)...)
		}
		out = append(out, narrow(width, "  ", words.T(l, words.PaperSign)+": ......................")...)
	}
	return append(out, "")
}

func (all Blanks) plain(width int, _ words.Lang) (out []string) {
	for _, b := range all {
		out = append(out, narrow(width, "", fmt.Sprintf("%s: ......................", data.Clean(b.Name, maxText)))...)
	}
	return append(out, "")
}

func (PageBreak) plain(int, words.Lang) []string { return []string{""} }
