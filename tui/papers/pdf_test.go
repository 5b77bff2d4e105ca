package papers

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"testing"

	"digibrug/tui/screentest"
)

// zipped gives the parts of a zip file as text.
func zipped(t testing.TB, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[part.Name] = string(text)
	}
	return parts
}

// pagesOf reads the text of each page of a document.
func pagesOf(t testing.TB, file []byte) []string { t.Helper(); return screentest.PDFPages(t, file) }

// contentsOf gives what is drawn on each page.
func contentsOf(t testing.TB, file []byte) [][]byte {
	t.Helper()
	return screentest.PDFContents(t, file)
}

// many is the sample with n rows.
func many(n int) Sheet {
	s := sample()
	rows := s.Rows
	s.Rows = nil
	for i := range n {
		s.Rows = append(s.Rows, rows[i%len(rows)])
	}
	return s
}

func TestPDFText(t *testing.T) {
	upright := sample()
	upright.Columns = upright.Columns[2:5]
	for i, row := range upright.Rows {
		upright.Rows[i] = row[2:5]
	}
	empty := sample()
	empty.Rows = nil
	for name, c := range map[string]struct {
		s    Sheet
		box  string
		size int
	}{
		"landscape": {many(45), "841.89 595.28", 3},
		"upright":   {upright, "595.28 841.89", 1},
		"empty":     {empty, "595.28 841.89", 1},
		"hostile":   {hostileSheet(), "595.28 841.89", 0},
	} {
		t.Run(name, func(t *testing.T) {
			file := made(t, FormatPDF, c.s)
			pages := pagesOf(t, file)
			if c.size != 0 && len(pages) != c.size {
				t.Errorf("%d pages, want %d", len(pages), c.size)
			}
			if !bytes.Contains(file, []byte("/Count "+strconv.Itoa(len(pages))+"\n")) {
				t.Errorf("the document does not count %d pages", len(pages))
			}
			if !bytes.Contains(file, []byte("/MediaBox [0 0 "+c.box+"]")) {
				t.Errorf("the pages are not %s", c.box)
			}
			if !bytes.Contains(file, []byte("/Lang (nl-BE)")) {
				t.Error("the document does not tell its language")
			}
			for i, page := range pages {
				if want := fmt.Sprintf("pagina %d van %d\n", i+1, len(pages)); !strings.HasSuffix(page, want) {
					t.Errorf("page %d ends in %q, want %q", i+1, page[max(0, len(page)-30):], want)
				}
			}
			screentest.Text(t, strings.Join(pages, "\f\n"))
		})
	}
}

func TestPDFIsTheSameTwiceAndAtOnce(t *testing.T) {
	first := made(t, FormatPDF, many(45))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			var out bytes.Buffer
			if err := Write(&out, FormatPDF, many(45)); err != nil || !bytes.Equal(out.Bytes(), first) {
				t.Errorf("the same sheet gave another document (%v)", err)
			}
		})
	}
	all.Wait()
	later := many(45)
	later.At = later.At.Add(1)
	if !bytes.Equal(made(t, FormatPDF, later), first) {
		t.Error("a nanosecond later gives another document")
	}
}

func TestPDFLosesNoText(t *testing.T) {
	s := sample()
	long := strings.Repeat("regenboog ", 1900) // more than a page high
	s.Rows = append(s.Rows, []Cell{Text(long), {}, {}, {}, {}, {}, {}, {}, {}})
	text := strings.Join(pagesOf(t, made(t, FormatPDF, s)), "")
	want := strings.Count(s.Rows[len(s.Rows)-1][0].text(), "regenboog")
	if got := strings.Count(text, "regenboog"); got != want {
		t.Errorf("%d words are on paper, want %d", got, want)
	}
}

func TestFace(t *testing.T) {
	f := newFace()
	for text, want := range map[string]string{
		"Zoë Çelik – € 5 … “ja”": "Zoë Çelik – € 5 … “ja”",
		"Łukasz Ødegård Škoda":   "Łukasz Ødegård Škoda",
		"Αθήνα Москва":           "Αθήνα Москва",
		"Nguyễn Thị":             "Nguyên Thi",
	} {
		if got := f.can(text); got != want || f.lost {
			t.Errorf("can(%q) = %q, lost %v, want %q", text, got, f.lost, want)
		}
	}
	if got := f.can("李 🦊"); got != "? ?" || !f.lost {
		t.Errorf("can gives %q, lost %v, want question marks and a warning", got, f.lost)
	}
}
