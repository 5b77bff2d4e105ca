package papers

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/tui/words"
)

// Document is a printed text that is no list: a contract, a letter, a form to fill in by hand. WriteDocument makes
// a PDF, plain text or a page for a website of it, Text shows it on a screen, Send puts it in the outbox.
type Document struct {
	Name   string // how its file begins: "contract-93000015"
	Title  string
	Place  string     // who hands it out: the municipality, or the owner of what is lent; may be empty
	At     time.Time  // its date
	Lang   words.Lang // empty: Dutch. Another language is a help beside the Dutch paper, and the paper says so
	To     []string   // lines of an address; nil: it is no letter
	Parts  []Part
	Copies []string // for whom each copy is: "voor de ontlener"; nil: one copy, and not said for whom
	Target string   // mail address or printer, for the outbox; empty: what its channel has
}

// Part is a piece of a document: Heading, Paragraph, Important, Points, Facts, Grid, Articles, Signatures,
// Blanks, Secret, Squares or PageBreak. What people typed in it is made harmless when it is written.
type Part interface {
	// blocks breaks the part into pieces that stay whole on a page, for the width of the quill.
	blocks(q *quill, lang words.Lang) []block
	// plain gives the part as lines of at most width cells; 0: as long as they are.
	plain(width int, lang words.Lang) []string
}

// Heading is the title of what follows, and stays on its page.
type Heading string

// Paragraph is running text; a line feed begins a new line.
type Paragraph string

// Important is a paragraph in a frame: what nobody may overlook.
type Important string

// Fact is a name with its value: "Terug op", "ma 14 december 2026".
type Fact struct{ Name, Value string }

// Facts are listed with their values below each other. An empty value is a dash.
type Facts []Fact

// Grid is a small table. Heads repeat on each page that it goes on to.
type Grid struct {
	Heads []Head
	Rows  [][]string // as many texts as heads
	Blank int        // empty rows below, to fill in by hand
}

// Head is the head of a column of a Grid.
type Head struct {
	Title string
	Right bool    // numbers and amounts
	Least float64 // millimetres on paper at least, for what is filled in by hand; 0: what its texts take
}

// Article is a numbered part of a regulation or contract.
type Article struct {
	Number int
	Title  string
	Text   []string // its paragraphs
}

// Articles are a regulation, or some articles of it.
type Articles []Article

// Signature is the room for one signature.
type Signature struct {
	Role string // "De ontlener"
	Name string // printed under it; empty: a line to write the name on
	Note string // "gelezen en goedgekeurd"
}

// Signatures stand side by side, together with the end of the text before them: never alone on a page.
type Signatures []Signature

// Blank is something to fill in by hand.
type Blank struct {
	Name  string
	Lines int // how many lines of room; 0: one
}

// Blanks stand below each other.
type Blanks []Blank

// PageBreak begins a new page.
type PageBreak struct{}

// docText is how much of one text of a document is kept, in grapheme clusters.
const docText = 8000

// DocumentFormats are the forms that documents can take.
func DocumentFormats() []Format { return []Format{FormatPDF, FormatTable, FormatHTML} }

// FileName is what its file is called: "contract-93000015-2026-11-23.pdf".
func (d Document) FileName(f Format) string {
	return cmp.Or(slug(d.Name), slug(d.Title), "document") + "-" + data.DayOf(d.At) + f.Ext()
}

// slug makes a text fit for the name of a file: small letters and digits, with dashes between them.
func slug(s string) string {
	parts := strings.FieldsFunc(data.SortKey(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	name := strings.Join(parts, "-")
	return strings.Trim(name[:min(len(name), 40)], "-")
}

// WriteDocument writes a document, all of it or nothing. The same document gives the same bytes.
func WriteDocument(w io.Writer, f Format, d Document) error {
	var out bytes.Buffer
	var err error
	switch f {
	case FormatPDF:
		err = writeDocumentPDF(&out, d)
	case FormatTable:
		out.WriteString(d.Text(letterWide))
	case FormatHTML:
		err = writeDocumentHTML(&out, d)
	case FormatXLSX:
		err = writeDocumentXLSX(&out, d)
	default:
		err = fmt.Errorf("documents have no form %s", f)
	}
	if err == nil {
		_, err = w.Write(out.Bytes())
	}
	if err != nil {
		return fmt.Errorf("write document %s: %w", data.Clean(d.Name, gotLen), err)
	}
	return nil
}

// Text gives the document as plain text in lines of at most width cells, one copy of it. A width of 0 has no limit:
// then each paragraph is one line, which is what mail wants.
func (d Document) Text(width int) string {
	lines := []string{d.heading(), d.date()}
	if place := d.place(); place != "" {
		lines[1] = place + " · " + lines[1]
	}
	if help := d.help(); help != "" {
		lines = append(lines, help)
	}
	for i, to := range d.To {
		if i == 0 {
			lines = append(lines, "")
		}
		lines = append(lines, data.Clean(to, maxText))
	}
	lines = append(narrow(width, "", lines...), "")
	for _, p := range d.Parts {
		lines = append(lines, p.plain(width, d.lang())...)
	}
	lines = slices.CompactFunc(lines, func(a, b string) bool { return a == "" && b == "" })
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

func (d Document) lang() words.Lang { return cmp.Or(d.Lang, lang) }

func (d Document) heading() string { return data.Clean(d.Title, maxText) }

func (d Document) place() string { return data.Clean(d.Place, maxText) }

func (d Document) date() string { return words.Day(d.lang(), d.At) }

// help says that a document in another language than Dutch is a help.
func (d Document) help() string {
	if d.lang() == lang {
		return ""
	}
	return nl.T(words.PaperHelp) + " · " + words.T(d.lang(), words.PaperHelpOnly)
}

// Send puts a document as a PDF in the outbox, in the transaction of what it is about: both are there, or neither.
func Send(ctx context.Context, tx *data.Tx, by data.Actor, ch outbox.Channel, d Document) (outbox.Paper, error) {
	p := outbox.Paper{Channel: ch, Name: d.FileName(FormatPDF), Media: mediaPDF, Target: d.Target}
	return toOutbox(ctx, tx, by, p, func(w io.Writer) error { return WriteDocument(w, FormatPDF, d) })
}
