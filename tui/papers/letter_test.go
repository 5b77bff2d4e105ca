package papers

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/tui/screentest"
)

// post is a batch of n letters for a kennismeting.
func post(n int) Letters {
	w, err := data.Days("2026-11-23", "2026-12-18")
	if err != nil {
		panic(err)
	}
	l := Letters{Place: "Zandwerve", At: datatest.Noon, Title: "Kennismeting najaar", Host: "digibrug.zandwerve.be", Port: "2222", Help: "ICT-dienst, 051 12 34 56"}
	names := []string{"An Peeters", "Zoë D'Hondt", "Jean-Baptiste van der Straeten-Waillet de Sint-Genesius-Rode", "Nguyễn Thị Ánh"}
	for i := range n {
		l.All = append(l.All, Letter{Person: names[i%len(names)], Service: []string{"Burgerzaken", "Technische dienst"}[i*2/n], Code: "bcdfghjknp", From: w.From, Until: w.Until, Bound: i == 1})
	}
	return l
}

func letters(t testing.TB, f Format, layout Layout, l Letters) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := WriteLetters(&out, f, layout, l); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func staffPost() Letters {
	l := post(2)
	l.Title, l.Host, l.Help = "", "", ""
	l.All[0].From, l.All[0].Until = datatest.Noon, datatest.Noon.Add(90*time.Minute)
	l.All[1].Until = l.All[1].From.Add(24 * time.Hour)
	return l
}

func TestLettersAsText(t *testing.T) {
	limited := post(1)
	limited.Limit, limited.Port = 45*time.Minute, "22"
	for name, c := range map[string]struct {
		l      Letters
		layout Layout
	}{"page": {post(2), OnePage}, "sheet": {post(4), EightSheet}, "staff": {staffPost(), OnePage}, "limit": {limited, OnePage}} {
		t.Run(name, func(t *testing.T) {
			text := string(letters(t, FormatTable, c.layout, c.l))
			for line := range strings.Lines(text) {
				if cellsOf(strings.TrimSuffix(line, "\n")) > letterWide {
					t.Errorf("a line of %v: %q", cellsOf(line), line)
				}
			}
			screentest.Text(t, text)
		})
	}
}

func TestLettersAsPDF(t *testing.T) {
	for name, c := range map[string]struct {
		l      Letters
		layout Layout
		pages  int
	}{"page": {post(3), OnePage, 3}, "sheet": {post(9), EightSheet, 2}, "staff": {staffPost(), OnePage, 2}} {
		t.Run(name, func(t *testing.T) {
			file := letters(t, FormatPDF, c.layout, c.l)
			pages := pagesOf(t, file)
			if len(pages) != c.pages {
				t.Errorf("%d pages, want %d", len(pages), c.pages)
			}
			all := strings.Join(pages, "")
			if n := strings.Count(all, "BCDFG-HJKNP"); n != len(c.l.All) {
				t.Errorf("%d codes for %d letters", n, len(c.l.All))
			}
			if !bytes.Contains(file, []byte("/MediaBox [0 0 595.28 841.89]")) {
				t.Error("the pages are not A4")
			}
			screentest.Text(t, strings.Join(pages, "\f\n"))
		})
	}
}

// TestLettersStayInTheirPlace: nothing of a letter runs off the page, nothing of a label over its lines, also
// with the longest of everything.
func TestLettersStayInTheirPlace(t *testing.T) {
	long := post(16)
	long.Place, long.Title = strings.Repeat("Sint-Pieters-Kapelle ", 6), strings.Repeat("Kennismeting van het najaar ", 6)
	long.Host, long.Help = strings.Repeat("digibrug.", 8)+"zandwerve.be", strings.Repeat("ICT-dienst 051 12 34 56 ", 6)
	for i := range long.All {
		long.All[i].Person, long.All[i].Service, long.All[i].Bound = strings.Repeat("Wollewei", 20), strings.Repeat("Dienst voor alles ", 8), true
		long.All[i].From = datatest.Noon
	}
	for _, layout := range []Layout{OnePage, EightSheet} {
		file := letters(t, FormatPDF, layout, long)
		for n, at := range placesOf(t, file) {
			if at[0] < 15 || at[0] > 595-15 || at[1] < 15 || at[1] > 842-15 {
				t.Errorf("layout %d: text %d stands at %.0f, %.0f points", layout, n, at[0], at[1])
			}
			if row := at[1] / (labelHigh * 72 / 25.4); layout == EightSheet && row-float64(int(row)) < 0.04 {
				t.Errorf("text %d stands on a cut line: %.0f points high", n, at[1])
			}
		}
	}
}

// placesOf gives where each text of a document begins, in points from the lower left corner.
func placesOf(t *testing.T, file []byte) (places [][2]float64) {
	t.Helper()
	for _, content := range contentsOf(t, file) {
		for _, piece := range bytes.Split(content, []byte("BT "))[1:] {
			var at [2]float64
			if _, err := fmt.Sscanf(string(piece), "%f %f Td", &at[0], &at[1]); err == nil { // else the choice of a font
				places = append(places, at)
			}
		}
	}
	return places
}

func TestLettersOfHostileNames(t *testing.T) {
	l := post(1)
	l.All = nil
	for i, text := range hostile() {
		l.All = append(l.All, Letter{Person: text, Service: hostile()[len(hostile())-1-i], Code: "bcdfghjknp", From: datatest.Noon, Until: datatest.Noon.Add(time.Hour)})
	}
	l.Place, l.Title, l.Help, l.Host = hostile()[17], hostile()[16], hostile()[18], hostile()[19]
	for _, layout := range []Layout{OnePage, EightSheet} {
		for _, r := range string(letters(t, FormatTable, layout, l)) {
			if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
				t.Fatalf("layout %d has a control character %U", layout, r)
			}
		}
		if got := bytes.Count(letters(t, FormatPDF, layout, l), []byte("/Type /Page\n")); got != (len(l.All)+int(layout)-1)/int(layout) {
			t.Errorf("layout %d has %d pages for %d letters", layout, got, len(l.All))
		}
	}
	if name := l.Name(FormatPDF); strings.ContainsAny(name, "/\\ \x1b") || !strings.HasSuffix(name, "-2026-11-23.pdf") {
		t.Errorf("the file is called %q", name)
	}
}

func TestLettersAreTheSameTwice(t *testing.T) {
	for _, f := range LetterFormats() {
		for _, layout := range []Layout{OnePage, EightSheet} {
			if !bytes.Equal(letters(t, f, layout, post(10)), letters(t, f, layout, post(10))) {
				t.Errorf("%s of %d a page differs the second time", f, layout)
			}
		}
	}
	var out bytes.Buffer
	if err := WriteLetters(&out, FormatXLSX, OnePage, post(1)); err == nil || out.Len() > 0 {
		t.Errorf("letters in a spreadsheet: %v", err)
	}
	if err := WriteLetters(&out, FormatPDF, 3, post(1)); err == nil || out.Len() > 0 {
		t.Errorf("three letters a page: %v", err)
	}
}

func TestLettersOf(t *testing.T) {
	made := LettersOf([]data.Issued{
		{Code: data.Code{Person: "B", Service: "Zwembad"}, Secret: "x"}, {Code: data.Code{Person: "C", Service: "Échevins"}, Secret: "y"},
		{Code: data.Code{Person: "A", Service: "Zwembad"}, Secret: "z"},
	})
	var order string
	for _, l := range made {
		order += l.Person + l.Code
	}
	if order != "CyBxAz" { // names come in order already
		t.Errorf("order %s", order)
	}
	for title, want := range map[string]string{"": "brieven-ik-werk-hier-2026-11-23.pdf", "Kennismeting: najaar/2026!": "brieven-kennismeting-najaar-2026-2026-11-23.pdf"} {
		if got := (Letters{Title: title, At: datatest.Noon}).Name(FormatPDF); got != want {
			t.Errorf("file %q, want %q", got, want)
		}
	}
}

func BenchmarkLetters(b *testing.B) {
	for _, layout := range []Layout{OnePage, EightSheet} {
		l := post(1000)
		for i := range l.All {
			l.All[i].Person, l.All[i].Code = fmt.Sprintf("Medewerker %d van Zandwerve", i), data.NewCode()
		}
		b.Run(fmt.Sprint(layout), func(b *testing.B) {
			b.ReportAllocs()
			size := 0
			for b.Loop() {
				size = len(letters(b, FormatPDF, layout, l))
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
}
