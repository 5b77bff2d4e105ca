package screentest

import (
	"bytes"
	"compress/zlib"
	"io"
	"strings"
	"testing"
	"unicode/utf16"
)

// PDFPages reads the text of each page of a PDF as package papers makes them: one line per height on the page, from
// the top, with " | " between what stands apart.
func PDFPages(t testing.TB, file []byte) (pages []string) {
	t.Helper()
	for _, content := range PDFContents(t, file) {
		pages = append(pages, pageText(content))
	}
	return pages
}

// PDFContents gives what is drawn on each page of a PDF.
func PDFContents(t testing.TB, file []byte) (contents [][]byte) {
	t.Helper()
	for _, rest := range bytes.Split(file, []byte("stream\n"))[1:] {
		r, err := zlib.NewReader(bytes.NewReader(rest))
		if err != nil {
			continue // "endstream"
		}
		content, err := io.ReadAll(r)
		if err != nil || !bytes.Contains(content, []byte(" Td (")) || bytes.Contains(content, []byte("begincmap")) {
			continue
		}
		contents = append(contents, content)
	}
	return contents
}

// pageText reads what is drawn on one page.
func pageText(content []byte) string {
	var out strings.Builder
	at := ""
	for _, piece := range bytes.Split(content, []byte("BT "))[1:] {
		where, text, ok := bytes.Cut(piece, []byte(" Td ("))
		if !ok {
			continue
		}
		_, y, _ := strings.Cut(string(where), " ")
		switch {
		case at == y:
			out.WriteString(" | ")
		case at != "":
			out.WriteString("\n")
		}
		at = y
		out.WriteString(stringOf(text))
	}
	return out.String() + "\n"
}

// stringOf reads a string of PDF in UTF-16 up to its bracket.
func stringOf(text []byte) string {
	var raw []byte
	for i := 0; i < len(text) && text[i] != ')'; i++ {
		if text[i] == '\\' {
			i++
			if text[i] == 'r' {
				text[i] = '\r'
			}
		}
		raw = append(raw, text[i])
	}
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	return string(utf16.Decode(units))
}
