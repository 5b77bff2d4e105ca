package papers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/tui/screentest"
	"digibrug/tui/words"
)

// sampleDocument has every part once.
func sampleDocument() Document {
	return Document{
		Name: "contract-93000015", Title: "Bruikleenovereenkomst", Place: "Gemeente Zandwerve", At: datatest.Noon,
		To: []string{"Zoë D'Hondt", "Kerkstraat 5"}, Copies: []string{"voor de ontlener", "voor het loket"},
		Parts: []Part{
			Paragraph("U leent een toestel van ons. Hier staat wat we afspreken. Lees dit blad rustig, en vraag gerust uitleg aan het loket.\nU tekent onderaan."),
			Facts{{"Contract", "93 00001 5"}, {"Terug op", "ma 14 december 2026"}, {"Waarborg", ""}},
			Heading("Wat u meekrijgt"),
			Grid{Heads: []Head{{Title: "Toestel"}, {Title: "Nummer"}, {Title: "Prijs", Right: true}}, Rows: [][]string{{"LT-014, laptop", "10 00014 4", "€ 450,00"}, {"LT-015, een laptop met een heel lange naam", "10 00015 1", "€ 1.450,00"}}},
			Important("Bel ons als u te laat bent."),
			Points{"de lader", "een tas, waar ook de muis en de handleiding in zitten: kijk goed na of ze er nog zijn"},
			Articles{{7, "Hoogstens", []string{"Eén toestel per persoon.", "Drie per gezin."}}, {15, "Te laat", []string{"We bellen u."}}},
			Blanks{{"Echte tijd", 1}, {"Waarom op papier", 2}},
			Signatures{{"De ontlener", "Zoë D'Hondt", "gelezen en goedgekeurd"}, {"Voor de gemeente", "", ""}},
			PageBreak{}, Paragraph("Op een nieuw blad."),
		},
	}
}

func documentPDF(t testing.TB, d Document) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := WriteDocument(&out, FormatPDF, d); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestDocument(t *testing.T) {
	help := sampleDocument()
	help.Lang, help.Copies, help.To = words.FR, nil, nil
	for name, d := range map[string]Document{"letter": sampleDocument(), "help": help} {
		t.Run(name, func(t *testing.T) {
			text := d.Text(60)
			for line := range strings.Lines(text) {
				if cellsOf(strings.TrimSuffix(line, "\n")) > 60 {
					t.Errorf("a line of %v: %q", cellsOf(line), line)
				}
			}
			pages := pagesOf(t, documentPDF(t, d))
			if want := 2 * max(1, len(d.Copies)); len(pages) != want {
				t.Errorf("%d pages, want %d", len(pages), want)
			}
			screentest.Text(t, text+"=== PDF\n"+strings.Join(pages, "\f\n"))
		})
	}
}

func TestDocumentKeepsSignaturesWhole(t *testing.T) {
	for lines := 25; lines < 60; lines++ {
		d := Document{Name: "proef", Title: "Proef", At: datatest.Noon}
		for i := range lines {
			d.Parts = append(d.Parts, Facts{{"Regel", fmt.Sprintf("nummer %d", i)}})
		}
		d.Parts = append(d.Parts, Paragraph("Zo afgesproken."), Signatures{{Role: "Eerste", Name: "An"}, {Role: "Tweede"}, {Role: "Derde"}, {Role: "Vierde"}})
		for _, page := range pagesOf(t, documentPDF(t, d)) {
			if !strings.Contains(page, "Eerste") {
				continue
			}
			for _, want := range []string{"Zo afgesproken.", "Tweede", "Derde", "Vierde"} {
				if !strings.Contains(page, want) {
					t.Errorf("after %d lines %q is on another page than the first signature", lines, want)
				}
			}
		}
	}
}

// TestDocumentLosesNothing: every line is on paper once, whatever the length, and none below the edge.
func TestDocumentLosesNothing(t *testing.T) {
	g := Grid{Heads: []Head{{Title: "Nummer"}}, Blank: 40}
	for i := range 150 {
		g.Rows = append(g.Rows, []string{fmt.Sprintf("rij%03d", i)})
	}
	d := Document{Title: "Lang", At: datatest.Noon, Parts: []Part{Paragraph(strings.Repeat("regenboog ", 3000)), Heading("Tabel"), g,
		Important(strings.Repeat("let op ", 200))}}
	file := documentPDF(t, d)
	pages := pagesOf(t, file)
	all := strings.Join(pages, "")
	if n := strings.Count(all, "regenboog"); n != strings.Count(d.Text(0), "regenboog") || n < 700 {
		t.Errorf("%d words are on paper", n)
	}
	for i := range 150 {
		if n := strings.Count(all, fmt.Sprintf("rij%03d", i)); n != 1 {
			t.Errorf("row %d is there %d times", i, n)
		}
	}
	for n, at := range placesOf(t, file) {
		if at[1] < 25 || at[1] > 842-20 {
			t.Errorf("text %d stands at %.0f points", n, at[1])
		}
	}
	for i, page := range pages[1:] {
		if strings.Contains(page, "rij") && !strings.Contains(page, "Nummer") {
			t.Errorf("page %d goes on with the table without its head", i+2)
		}
	}
}

func TestDocumentOfHostileTexts(t *testing.T) {
	var d Document
	d.At, d.To, d.Copies = datatest.Noon, hostile(), []string{hostile()[16], hostile()[17]}
	d.Title, d.Place, d.Name = hostile()[15], hostile()[16], hostile()[17]
	for _, s := range hostile() {
		d.Parts = append(d.Parts, Heading(s), Paragraph(s), Important(s), Facts{{s, s}}, Grid{Heads: []Head{{Title: s}, {Title: s, Right: true}}, Rows: [][]string{{s, s}, {s}}},
			Articles{{1, s, []string{s}}}, Blanks{{s, 1}}, Signatures{{s, s, s}})
	}
	for _, width := range []int{0, 40, 76} {
		for _, r := range d.Text(width) {
			if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
				t.Fatalf("the text has a control character %U", r)
			}
		}
	}
	if len(pagesOf(t, documentPDF(t, d))) < 10 {
		t.Error("the document is shorter than its parts")
	}
	if name := d.FileName(FormatPDF); strings.ContainsAny(name, "/\\ \x1b") || !strings.HasSuffix(name, "-2026-11-23.pdf") {
		t.Errorf("the file is called %q", name)
	}
	if got := (Document{At: datatest.Noon}).FileName(FormatTable); got != "document-2026-11-23.txt" {
		t.Errorf("a document without a name is %q", got)
	}
}

func TestDocumentIsTheSameTwice(t *testing.T) {
	if !bytes.Equal(documentPDF(t, sampleDocument()), documentPDF(t, sampleDocument())) {
		t.Error("the same document gave other bytes")
	}
	var out bytes.Buffer
	if err := WriteDocument(&out, FormatJSON, sampleDocument()); err == nil || out.Len() > 0 {
		t.Errorf("a document as JSON: %v", err)
	}
}

func TestSend(t *testing.T) {
	s := newScene(t)
	out, by := outbox.NewStore(s.DB), s.Actor("an.peeters")
	fail := errors.New("no")
	for _, want := range []error{fail, nil} {
		var p outbox.Paper
		err := s.DB.InTx(t.Context(), func(tx *data.Tx) (err error) {
			if p, err = Send(t.Context(), tx, by, outbox.Fetch, sampleDocument()); err != nil {
				return err
			}
			return want
		})
		if !errors.Is(err, want) {
			t.Fatal(err)
		}
		body, err := out.Body(context.Background(), by, p.ID)
		if want != nil && !errors.Is(err, data.ErrNotFound) {
			t.Errorf("the act failed and the paper is there: %v", err)
		}
		if want == nil && (err != nil || !bytes.Equal(body, documentPDF(t, sampleDocument())) || p.Name != "contract-93000015-2026-11-23.pdf") {
			t.Errorf("%q has %d bytes, %v", p.Name, len(body), err)
		}
	}
}
