package quiz

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"digibrug/data"
)

// readYAML gives the root value of a YAML file, or the one problem because of which it can't be read.
func readYAML(src []byte) (*yaml.Node, *data.Invalid) {
	file := func(why data.Why, want, got string, line, col int) *data.Invalid {
		return &data.Invalid{Field: "bank", Why: why, Want: want, Got: data.Clean(got, gotLen), Line: line, Col: col}
	}
	if len(src) > MaxBankBytes {
		return nil, file(WhyTooBig, strconv.Itoa(MaxBankBytes), strconv.Itoa(len(src)), 1, 1)
	}
	if line, col := firstNotUTF8(src); line > 0 {
		return nil, file(WhyUTF8, "", "", line, col)
	}
	if n := marks(src); n > maxMarks {
		return nil, file(WhyTooBig, strconv.Itoa(maxMarks), strconv.Itoa(n), 1, 1)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(src))
	var doc, next yaml.Node
	if err := decoder.Decode(&doc); errors.Is(err, io.EOF) || (err == nil && len(doc.Content) == 0) {
		return nil, file(data.WhyEmpty, "", "", 1, 1)
	} else if err != nil {
		line, col, got := whereBroken(src, err)
		return nil, file(data.WhySyntax, "yaml", got, line, col)
	}
	switch err := decoder.Decode(&next); {
	case err == nil:
		return nil, file(WhyDocuments, "1", "", max(1, next.Line), max(1, next.Column))
	case !errors.Is(err, io.EOF):
		line, col, got := whereBroken(src, err)
		return nil, file(data.WhySyntax, "yaml", got, line, col)
	}
	return doc.Content[0], nil
}

// firstNotUTF8 is the place, both from 1, of the first byte that is no UTF-8; 0, 0 when there is none.
func firstNotUTF8(src []byte) (line, col int) {
	line, col = 1, 1
	for len(src) > 0 {
		r, size := utf8.DecodeRune(src)
		if r == utf8.RuneError && size == 1 {
			return line, col
		}
		if col++; r == '\n' {
			line, col = line+1, 1
		}
		src = src[size:]
	}
	return 0, 0
}

// marks counts the bytes that can begin a YAML node: an upper bound on nodes, roughly.
func marks(src []byte) int {
	n := 0
	for _, c := range src {
		switch c {
		case ',', '[', '{', ':', '-', '\n':
			n++
		}
	}
	return n
}

var (
	yamlLine  = regexp.MustCompile(`^yaml: line (\d+)`)
	listEntry = regexp.MustCompile(`^ *- `)
)

// whereBroken finds the place of a syntax error, both from 1, and the text of that line. The YAML library
// names the line where the broken construct began, often the first of the file; so the entries of the list
// of items are tried one by one, and within the first that is broken it is the line after the longest start
// that still reads.
func whereBroken(src []byte, err error) (line, col int, got string) {
	lines := strings.Split(string(src), "\n")
	line = 1
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		line, _ = strconv.Atoi(m[1])
	}
	if from, to := brokenEntry(lines); from >= 0 && to-from > maxListed {
		line = max(line, from+1) // no entry of a bank: the library's line will do
	} else if from >= 0 {
		line = from + 1
		for end := to; end > from; end-- {
			if reads(lines[from:end]) {
				line = min(end+1, to)
				break
			}
		}
	}
	line = min(max(1, line), len(lines))
	got = lines[line-1]
	col = 1 + utf8.RuneCountInString(got) - utf8.RuneCountInString(strings.TrimLeftFunc(got, unicode.IsSpace))
	return line, col, got
}

// brokenEntry gives the first stretch of lines, from index from up to but not including to, that does not
// read on its own: the head of the file or one entry of its outermost list. -1, -1: each reads.
func brokenEntry(lines []string) (from, to int) {
	dash := ""
	for i := 0; i <= len(lines); i++ {
		if i < len(lines) {
			here := listEntry.FindString(lines[i])
			if here == "" || (dash != "" && here != dash) {
				continue
			}
			dash = here
		}
		if i > from && !reads(lines[from:i]) {
			return from, i
		}
		from = i
	}
	return -1, -1
}

func reads(lines []string) bool {
	var n yaml.Node
	return yaml.Unmarshal([]byte(strings.Join(lines, "\n")), &n) == nil
}

// harmful tells whether text holds control or invisible characters that Clean would drop. Line feeds
// and tabs are white space, not harm.
func harmful(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r != '\n' && r != '\t' && r != '\r' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs)
	})
}
