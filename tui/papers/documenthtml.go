package papers

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"regexp"
	"strings"

	"digibrug/tui/words"
)

// FormatHTML is a page for a website: one file with nothing outside it and no script. Documents have this form, lists
// have not.
const FormatHTML Format = "html"

//go:embed document.html
var pageSource string

var pageForm = template.Must(template.New("document").Parse(pageSource))

// webPage is a document as its template takes it. All text is escaped there.
type webPage struct {
	Lang, Title, Place, Date, Help string
	Skip, Contents                 string // words
	To                             []string
	Index                          []webPart // the headings, when there are enough to look for one
	Parts                          []webPart
}

// webPart is a part of a page; one of the lists is filled, as Kind says.
type webPart struct {
	Kind   string // heading, paragraph, important, facts, points, table, blank, break
	ID     string // of a heading
	Lines  []webLine
	Facts  []webFact
	Points []webLine
	Heads  []webCell
	Rows   [][]webCell
}

type webFact struct {
	Name  string
	Lines []webLine
}

type webCell struct {
	Line  webLine
	Right bool
}

// webLine is a line of text, in pieces of which some lead elsewhere.
type webLine []webSpan

type webSpan struct{ Text, Href string }

// indexFrom is from how many headings on a page begins with a list of them.
const indexFrom = 4

// writeDocumentHTML writes a document as a page.
func writeDocumentHTML(out *bytes.Buffer, d Document) error {
	l := d.lang()
	p := webPage{Lang: string(l), Title: d.heading(), Place: d.place(), Date: d.date(), Help: d.help(),
		Skip: words.T(l, words.ProgrammeSkip), Contents: words.T(l, words.ProgrammeContents)}
	for _, to := range d.To {
		p.To = append(p.To, oneLine(to))
	}
	for _, part := range d.Parts {
		p.Parts = append(p.Parts, webParts(part, l)...)
	}
	for i := range p.Parts {
		if p.Parts[i].Kind == "heading" {
			p.Parts[i].ID = fmt.Sprintf("deel-%d", len(p.Index)+1)
			p.Index = append(p.Index, p.Parts[i])
		}
	}
	if len(p.Index) < indexFrom {
		p.Index = nil
	}
	return pageForm.Execute(out, p)
}

// webParts is a part of a document as parts of a page.
func webParts(part Part, l words.Lang) []webPart {
	switch part := part.(type) {
	case Heading:
		return []webPart{{Kind: "heading", Lines: webLines(oneLine(string(part)))}}
	case Paragraph:
		return []webPart{{Kind: "paragraph", Lines: webLines(string(part))}}
	case Important:
		return []webPart{{Kind: "important", Lines: webLines(string(part))}}
	case Points:
		all := webPart{Kind: "points"}
		for _, item := range part {
			all.Points = append(all.Points, linked(oneLine(item)))
		}
		return []webPart{all}
	case Facts:
		all := webPart{Kind: "facts"}
		for _, f := range part {
			all.Facts = append(all.Facts, webFact{oneLine(f.Name), webLines(f.shown())})
		}
		return []webPart{all}
	case Grid:
		return []webPart{part.web(l)}
	case Articles:
		var all []webPart
		for _, a := range part {
			all = append(all, webPart{Kind: "heading", Lines: webLines(oneLine(a.title(l)))})
			for _, text := range a.Text {
				all = append(all, webPart{Kind: "paragraph", Lines: webLines(text)})
			}
		}
		return all
	case PageBreak:
		return []webPart{{Kind: "break"}}
	}
	// What is for a pen (Signatures, Blanks) is on a page what it is in plain text.
	return []webPart{{Kind: "blank", Lines: webLines(strings.Join(part.plain(0, l), "\n"))}}
}

func (g Grid) web(l words.Lang) webPart {
	_, heads, rows := g.sheet()
	if len(rows) == 0 {
		return webPart{Kind: "paragraph", Lines: webLines(words.T(l, words.PaperNothing))}
	}
	cells := func(texts []string) (all []webCell) {
		for i, text := range texts {
			all = append(all, webCell{linked(text), g.Heads[i].Right})
		}
		return all
	}
	t := webPart{Kind: "table", Heads: cells(heads)}
	for _, row := range rows {
		t.Rows = append(t.Rows, cells(row))
	}
	return t
}

// webLines makes a text harmless and gives its lines.
func webLines(s string) (all []webLine) {
	for _, text := range split(s) {
		all = append(all, linked(text))
	}
	return all
}

// leads finds what a reader can go to: pages, and mail addresses.
var leads = regexp.MustCompile(`https?://[^\s<>"']*[^\s<>"'.,;:!?)]|[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`)

// linked takes a line apart at what a reader can go to.
func linked(s string) (all webLine) {
	at := 0
	for _, found := range leads.FindAllStringIndex(s, -1) {
		if found[0] > at {
			all = append(all, webSpan{Text: s[at:found[0]]})
		}
		text := s[found[0]:found[1]]
		href := text
		if !strings.HasPrefix(text, "http") {
			href = "mailto:" + text
		}
		all = append(all, webSpan{text, href})
		at = found[1]
	}
	if at < len(s) {
		all = append(all, webSpan{Text: s[at:]})
	}
	return all
}
