package regulation

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"digibrug/data"
)

// Document is a text that was read.
type Document struct {
	Title    string
	Notes    []string // what stands above the articles: of a model, that it is one
	Articles []Article
}

// Article is a numbered part of a regulation, or a part of a short text.
type Article struct {
	Number     int // from 1; 0 in a short text
	Title      string
	Paragraphs []Paragraph
}

// Paragraph is running text, or an item of a list. If and Unless name a figure: the paragraph is there only while
// that has a value, or has none.
type Paragraph struct {
	Text   string
	Item   bool
	If     string
	Unless string
	Line   int // in the file, from 1
}

// Limits of a text, in characters and parts.
const (
	titleLimit     = 160
	paragraphLimit = 2000
	articleLimit   = 99
	textLimit      = 60_000
)

var (
	heading   = regexp.MustCompile(`^## Artikel ([0-9]{1,2})\. (.+)$`)
	condition = regexp.MustCompile(`^\{\{(if|unless) ([a-z0-9_]+)\}\}\s*`)
	place     = regexp.MustCompile(`\{\{([a-z0-9_]+)\}\}`)
)

// Parse reads a regulation. Its first line is "# " and the title; lines with "> " before the first article are notes;
// each article begins with "## Artikel N. Title", numbered from 1; empty lines part its paragraphs, and "- " begins
// an item of a list. {{name}} is the place of a figure; a paragraph or item that begins with {{if name}} is left out while
// the figure has no value, one with {{unless name}} while it has. It returns an *data.Invalid with the line.
func Parse(text string) (Document, error) { return parse(text, true) }

// ParseShort reads a short text: as Parse, with "## Title" for its parts.
func ParseShort(text string) (Document, error) { return parse(text, false) }

// reader is a text that is half read.
type reader struct {
	Document
	numbered bool
	open     bool // the next line goes on with the last paragraph
	line     int
}

func parse(text string, numbered bool) (Document, error) {
	if len(text) > 4*textLimit || len([]rune(text)) > textLimit {
		return Document{}, &data.Invalid{Field: "text", Why: data.WhyTooLong, Want: strconv.Itoa(textLimit)}
	}
	r := reader{numbered: numbered, line: strings.Count(text[:len(text)-len(strings.TrimLeft(text, " \t\r\n"))], "\n")}
	for line := range strings.SplitSeq(data.CleanBlock(text, textLimit), "\n") {
		r.line++
		if err := r.take(strings.TrimSpace(line)); err != nil {
			return Document{}, err
		}
	}
	switch {
	case r.Title == "":
		return Document{}, r.bad(WhyNoTitle, "# …", "")
	case len(r.Articles) == 0:
		return Document{}, r.bad(WhyArticle, r.wanted(), "")
	}
	return r.Document, nil
}

func (r *reader) bad(why data.Why, want, got string) error {
	return &data.Invalid{Field: "text", Why: why, Want: want, Got: data.Clean(got, 60), Line: r.line, Col: 1}
}

// wanted is how the next article begins.
func (r *reader) wanted() string {
	if !r.numbered {
		return "## …"
	}
	return fmt.Sprintf("## Artikel %d. …", len(r.Articles)+1)
}

// take reads one line.
func (r *reader) take(line string) error {
	switch {
	case r.Title == "":
		return r.title(line)
	case line == "":
		r.open = false
		return nil
	case strings.HasPrefix(line, "> "), line == ">":
		return r.note(strings.TrimPrefix(strings.TrimPrefix(line, ">"), " "))
	case strings.HasPrefix(line, "#"):
		return r.article(line)
	case len(r.Articles) == 0:
		return r.bad(WhyNowhere, r.wanted(), line)
	}
	return r.text(line)
}

func (r *reader) title(line string) error {
	if line == "" {
		return nil
	}
	title, ok := strings.CutPrefix(line, "# ")
	if r.Title = data.Clean(title, titleLimit); !ok || r.Title == "" {
		return r.bad(WhyNoTitle, "# …", line)
	}
	return nil
}

func (r *reader) note(line string) error {
	if len(r.Articles) > 0 {
		return r.bad(WhyNowhere, r.wanted(), line)
	}
	line = data.Clean(line, paragraphLimit)
	if last := len(r.Notes) - 1; r.open && line != "" {
		r.Notes[last] += " " + line
	} else if line != "" {
		r.Notes = append(r.Notes, line)
	}
	r.open = line != ""
	return nil
}

func (r *reader) article(line string) error {
	a := Article{Title: strings.TrimPrefix(line, "## ")}
	if r.numbered {
		found := heading.FindStringSubmatch(line)
		if found == nil {
			return r.bad(WhyArticle, r.wanted(), line)
		}
		a.Number, _ = strconv.Atoi(found[1]) // one or two digits
		if a.Title = found[2]; a.Number != len(r.Articles)+1 {
			return r.bad(WhyArticle, r.wanted(), line)
		}
	}
	a.Title = data.Clean(a.Title, titleLimit)
	if !strings.HasPrefix(line, "## ") || a.Title == "" || len(r.Articles) == articleLimit {
		return r.bad(WhyArticle, r.wanted(), line)
	}
	r.Articles, r.open = append(r.Articles, a), false
	return nil
}

// text begins a paragraph, or goes on with one.
func (r *reader) text(line string) error {
	a := &r.Articles[len(r.Articles)-1]
	rest, item := strings.CutPrefix(line+" ", "- ")
	if r.open && !item {
		p := &a.Paragraphs[len(a.Paragraphs)-1]
		p.Text = strings.TrimSpace(p.Text + " " + line)
		return r.checked(*p)
	}
	p := Paragraph{Item: item, Line: r.line}
	if found := condition.FindStringSubmatch(rest); found != nil {
		rest = rest[len(found[0]):]
		if p.If = found[2]; found[1] == "unless" {
			p.If, p.Unless = "", found[2]
		}
	}
	p.Text = strings.TrimSpace(rest)
	a.Paragraphs, r.open = append(a.Paragraphs, p), true
	return r.checked(p)
}

// checked refuses places that are none, so that nobody ever reads a brace.
func (r *reader) checked(p Paragraph) error {
	if len([]rune(p.Text)) > paragraphLimit {
		return r.bad(data.WhyTooLong, strconv.Itoa(paragraphLimit), "")
	}
	if rest := place.ReplaceAllString(p.Text, ""); strings.Contains(rest, "{{") || strings.Contains(rest, "}}") {
		return r.bad(WhyPlace, "{{term_days}}", p.Text)
	}
	return nil
}

// Use is where a text has a figure.
type Use struct {
	Figure  string
	Article int // 0 in a short text
	Line    int
}

// Uses lists every figure that the text has a place for or depends on, in the order of the text.
func (d Document) Uses() (all []Use) {
	for _, a := range d.Articles {
		for _, p := range a.Paragraphs {
			for _, name := range []string{p.If, p.Unless} {
				if name != "" {
					all = append(all, Use{name, a.Number, p.Line})
				}
			}
			for _, found := range place.FindAllStringSubmatch(p.Text, -1) {
				all = append(all, Use{found[1], a.Number, p.Line})
			}
		}
	}
	return all
}

// Fill puts figures in their places, and leaves out what their values leave out. A figure with an empty value has
// none. It returns an *data.Invalid for a place that figures has no name for.
func (d Document) Fill(figures map[string]string) (Document, error) {
	for _, u := range d.Uses() {
		if _, known := figures[u.Figure]; !known {
			return Document{}, &data.Invalid{Field: "text", Why: WhyFigure, Got: u.Figure, Line: u.Line, Col: 1}
		}
	}
	full := Document{Title: d.Title, Notes: d.Notes}
	for _, a := range d.Articles {
		filled := Article{Number: a.Number, Title: a.Title}
		for _, p := range a.Paragraphs {
			if p.If != "" && figures[p.If] == "" || p.Unless != "" && figures[p.Unless] != "" {
				continue
			}
			p.Text = place.ReplaceAllStringFunc(p.Text, func(at string) string { return figures[at[2:len(at)-2]] })
			filled.Paragraphs = append(filled.Paragraphs, Paragraph{Text: p.Text, Item: p.Item, Line: p.Line})
		}
		full.Articles = append(full.Articles, filled)
	}
	return full, nil
}

// String gives the text in the form that Parse reads.
func (d Document) String() string {
	var out strings.Builder
	out.WriteString("# " + d.Title + "\n")
	for _, n := range d.Notes {
		out.WriteString("\n> " + n + "\n")
	}
	for _, a := range d.Articles {
		title := a.Title
		if a.Number > 0 {
			title = fmt.Sprintf("Artikel %d. %s", a.Number, a.Title)
		}
		out.WriteString("\n## " + title + "\n")
		item := false
		for i, p := range a.Paragraphs {
			if i == 0 || !p.Item || !item {
				out.WriteString("\n")
			}
			item = p.Item
			out.WriteString(p.String() + "\n")
		}
	}
	return out.String()
}

// String gives the paragraph as a line of the file.
func (p Paragraph) String() string {
	line := p.Text
	switch {
	case p.If != "":
		line = "{{if " + p.If + "}} " + line
	case p.Unless != "":
		line = "{{unless " + p.Unless + "}} " + line
	}
	if p.Item {
		return "- " + line
	}
	return line
}
