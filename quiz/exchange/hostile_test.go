package exchange_test

import (
	"archive/zip"
	"bytes"
	"io"
	"runtime"
	"strings"
	"testing"

	"digibrug/quiz/exchange"
)

// hostile are files that want to fill the memory, or the day.
func hostile(t testing.TB) map[string][]byte {
	full := func(piece string) []byte {
		return []byte(strings.Repeat(piece, exchange.MaxBytes/len(piece)))
	}
	inside := func(before, piece string) []byte {
		return []byte(before + strings.Repeat(piece, (exchange.MaxBytes-len(before))/len(piece)))
	}
	return map[string][]byte{
		"a hundred million bytes":           bytes.Repeat([]byte("a"), 100<<20),
		"a hundred million bytes of XML":    append([]byte("<?xml?><quiz>"), bytes.Repeat([]byte("<a>"), 33<<20)...),
		"one question without an end":       full("a"),
		"one block of answers":              inside("Wat? {", "~a "),
		"a million descriptions":            full("a\n\n"),
		"a million faults":                  full("{\n\n"),
		"a million lines":                   full("a\n"),
		"a million comments":                full("//[tag:a]\n"),
		"backslashes":                       full(`\`),
		"elements in elements":              inside("<quiz>", "<a>"),
		"elements beside elements":          inside("<quiz><question type=\"essay\">", "<a/>"),
		"questions without end":             inside("<quiz>", "<question type=\"x\"/>"),
		"a million attributes":              inside("<quiz><question ", `a="" `),
		"a long text":                       inside("<quiz><question type=\"essay\"><questiontext><text>", "tekst "),
		"a long CDATA section":              inside("<quiz><question type=\"essay\"><questiontext><text><![CDATA[", "<b>"),
		"entities in entities":              []byte("<!DOCTYPE quiz [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;\">]><quiz>&c;</quiz>"),
		"a file of the house's own":         []byte("<!DOCTYPE quiz [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><quiz>&x;</quiz>"),
		"no UTF-8":                          full("\xff"),
		"cells beside cells":                inside("Soort;Vraag\n", ";"),
		"rows below rows":                   inside("Soort;Vraag\n", "x;y\n"),
		"a quote that never ends":           inside("Soort;Vraag\n\"", "x;\n"),
		"YAML in YAML":                      inside("bank: x\nitems:\n", "["),
		"YAML beside YAML":                  inside("bank: x\nitems:\n", "- a\n"),
		"YAML by another name":              inside("bank: x\ntitle: &a [x,x,x,x]\nitems: ", "[*a,*a,*a]"),
		"a workbook that grows when opened": zipped(t, "xl/worksheets/sheet1.xml", 200<<20),
		"half a workbook":                   zipped(t, "xl/worksheets/sheet1.xml", 1<<20)[:300],
	}
}

// zipped is an archive with one part of zeros.
func zipped(t testing.TB, name string, size int64) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range []string{"[Content_Types].xml", name} {
		w, err := z.Create(part)
		if err == nil {
			_, err = io.CopyN(w, zeros{}, size)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// TestHostile: every such file is refused, and less than a hundred million bytes are taken in all, those that were given
// back included.
func TestHostile(t *testing.T) {
	for name, src := range hostile(t) {
		for _, f := range []exchange.Format{exchange.FormatAuto, exchange.FormatCSV} {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			got := exchange.Read(f, "vragen", src)
			runtime.ReadMemStats(&after)
			if taken := (after.TotalAlloc - before.TotalAlloc) >> 20; taken > 100 {
				t.Errorf("%s as %s takes %d MB", name, f, taken)
			} else {
				t.Logf("%s as %s: %d MB, %d questions, %d faults", name, f, taken, len(got.Questions), len(got.Faults))
			}
			if len(got.Questions) > 0 || len(got.Skipped) > exchange.MaxQuestions || len(got.Faults) == 0 || len(got.Faults) > exchange.MaxQuestions+1 {
				t.Errorf("%s as %s gives %d questions, %d skipped, %d faults", name, f, len(got.Questions), len(got.Skipped), len(got.Faults))
			}
		}
	}
}

func BenchmarkHostile(b *testing.B) {
	for name, src := range hostile(b) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				exchange.Read(exchange.FormatAuto, "vragen", src)
			}
		})
	}
}
