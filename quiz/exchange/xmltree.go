package exchange

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"digibrug/data"
)

// Bounds on the tree of a question.
const (
	maxDepth = 24
	maxNodes = 20_000 // of a question
)

// node is an element of a question.
type node struct {
	name         string
	attrs        map[string]string
	content      []piece
	line, column int
}

// piece is a text in an element, or an element in it.
type piece struct {
	text    string
	element *node
}

// text is that of the element itself.
func (n *node) text() string {
	var b strings.Builder
	for _, p := range n.content {
		b.WriteString(p.text)
	}
	return b.String()
}

// children are the elements in it.
func (n *node) children() (all []*node) {
	for _, p := range n.content {
		if p.element != nil {
			all = append(all, p.element)
		}
	}
	return all
}

// child is the first with a name; nil when there is none.
func (n *node) child(name string) *node {
	if n == nil {
		return nil
	}
	for _, c := range n.children() {
		if c.name == name {
			return c
		}
	}
	return nil
}

// all are the children with a name.
func (n *node) all(name string) (all []*node) {
	if n == nil {
		return nil
	}
	for _, c := range n.children() {
		if c.name == name {
			all = append(all, c)
		}
	}
	return all
}

// words is the text of an element with that of what stands in it: markup in a name is no markup to us.
func (n *node) words() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	n.flow(&b)
	return clean(strings.TrimSpace(b.String()))
}

func (n *node) flow(b *strings.Builder) {
	for _, p := range n.content {
		b.WriteString(p.text)
		if p.element != nil {
			p.element.flow(b)
		}
	}
}

// value is the text of a child, with its <text> where it has one.
func (n *node) value(name string) string {
	c := n.child(name)
	if t := c.child("text"); t != nil {
		return t.words()
	}
	return c.words()
}

// rich is a text with its markup; otherwise is that of one which says none.
func (n *node) rich(name string, otherwise Markup) (string, Markup) {
	c := n.child(name)
	s := n.value(name)
	if c == nil || s == "" {
		return "", MarkupNone
	}
	return s, xmlMarkup(c.attrs["format"], otherwise)
}

// xmlMarkup reads a format. One that nobody knows is HTML, as in Moodle.
func xmlMarkup(format string, otherwise Markup) Markup {
	switch format {
	case "":
		return otherwise
	case "moodle_auto_format":
		return MarkupMoodle
	case "plain_text":
		return MarkupPlain
	case "markdown":
		return MarkupMarkdown
	case "wiki_like":
		return MarkupWiki
	}
	return MarkupHTML
}

// truth reads a switch as Moodle does: what is there is on, but for false, 0 and nothing.
func (n *node) truth(name string, otherwise bool) bool {
	if n.child(name) == nil {
		return otherwise
	}
	switch strings.ToLower(n.value(name)) {
	case "", "false", "0":
		return false
	}
	return true
}

// elementInText finds an element where only text can stand: Moodle refuses it, and its own words would be the half of what
// it says. A name is read as its words alone. Nil when there is none.
func (n *node) elementInText() *node {
	for _, c := range n.children() {
		switch {
		case c.name == "name":
			continue
		case c.name == "text" || c.child("text") == nil && richNames[c.name]:
			if inside := c.children(); len(inside) > 0 {
				return inside[0]
			}
		}
		if in := c.elementInText(); in != nil {
			return in
		}
	}
	return nil
}

// richNames are the elements with a text and its markup.
var richNames = map[string]bool{"questiontext": true, "generalfeedback": true, "feedback": true, "correctfeedback": true, "partiallycorrectfeedback": true,
	"incorrectfeedback": true, "graderinfo": true, "hintcontent": true}

// wantsFile tells whether the answer to an essay is a file, of which we have none.
func (n *node) wantsFile() bool {
	must, _ := float(n.value("attachmentsrequired"))
	return must > 0 || n.value("responseformat") == "noinline"
}

// files tells whether there are pictures or other files anywhere in an element.
func (n *node) files() bool {
	if n.name == "file" || (n.name == "image" || n.name == "image_base64") && n.words() != "" || strings.Contains(n.text(), "@@PLUGINFILE@@") {
		return true
	}
	for _, c := range n.children() {
		if c.files() {
			return true
		}
	}
	return false
}

// treeReader reads questions one by one, so that a file that breaks half-way gives those before it.
type treeReader struct {
	*xml.Decoder
	nodes        int
	src          []byte
	at           int // byte of src that line and column are of
	line, column int // from 1, in characters
}

var errDeep = errors.New("too deep, or too much")

func newTreeReader(src []byte) *treeReader {
	d := xml.NewDecoder(bytes.NewReader(src))
	d.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errors.New("not UTF-8") }
	return &treeReader{Decoder: d, src: src, line: 1, column: 1}
}

// longTag finds where a tag begins that is longer than any of a question, so that the decoder never gathers a million
// attributes. Comments and CDATA sections may be long.
func longTag(src []byte) (begin int, long bool) {
	for at := 0; ; {
		next := bytes.IndexByte(src[at:], '<')
		if next < 0 {
			return 0, false
		}
		at += next
		end := tagEnd(src[at:])
		if end < 0 {
			end = len(src) - at
		}
		if end > maxTagText && !bytes.HasPrefix(src[at:], []byte("<!--")) && !bytes.HasPrefix(src[at:], []byte("<![CDATA[")) {
			return at, true
		}
		at += max(1, end)
		if at >= len(src) {
			return 0, false
		}
	}
}

// tagEnd is where the tag, comment or section ends with which src begins; -1 when it never does.
func tagEnd(src []byte) int {
	switch {
	case bytes.HasPrefix(src, []byte("<!--")):
		return bytes.Index(src, []byte("-->"))
	case bytes.HasPrefix(src, []byte("<![CDATA[")):
		return bytes.Index(src, []byte("]]>"))
	}
	quote := byte(0)
	for i, c := range src {
		switch {
		case c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote == 0 && c == '>':
			return i
		}
	}
	return -1
}

// here is where the reader is.
func (r *treeReader) here() (line, column int) {
	if to := min(int(r.InputOffset()), len(r.src)); to > r.at {
		lines, last := placeOf(r.src[r.at:to], to-r.at)
		if lines > 1 {
			r.line, r.column = r.line+lines-1, 1
		}
		r.column, r.at = r.column+last-1, to
	}
	return r.line, r.column
}

// placeOf is the line and the character, from 1, of a byte.
func placeOf(src []byte, at int) (line, column int) {
	begin := 1 + bytes.LastIndexByte(src[:at], '\n')
	return 1 + bytes.Count(src[:at], []byte("\n")), 1 + utf8.RuneCount(src[begin:at])
}

// next reads to the beginning of the next element at the level where the reader is; end says that the level ends.
func (r *treeReader) next() (start xml.StartElement, line, column int, end bool, err error) {
	for {
		line, column = r.here()
		token, err := r.Token()
		if err != nil {
			return start, line, column, false, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			return t, line, column, false, nil
		case xml.EndElement:
			return start, line, column, true, nil
		}
	}
}

// tree reads an element whole.
func (r *treeReader) tree(start xml.StartElement, line, column, depth int) (*node, error) {
	if r.nodes++; depth > maxDepth || r.nodes > maxNodes {
		return nil, errDeep
	}
	n := &node{name: start.Name.Local, line: line, column: column}
	for _, a := range start.Attr {
		if n.attrs == nil {
			n.attrs = map[string]string{}
		}
		n.attrs[a.Name.Local] = data.Clean(a.Value, quizTitle)
	}
	for {
		line, column := r.here()
		token, err := r.Token()
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			c, err := r.tree(t, line, column, depth+1)
			if err != nil {
				return nil, err
			}
			n.content = append(n.content, piece{element: c})
		case xml.CharData:
			n.content = append(n.content, piece{text: string(t)})
		case xml.EndElement:
			return n, nil
		}
	}
}

// float reads the number in a text; a decimal comma is taken as a point, as old files have it.
func float(s string) (float64, bool) { return plainFloat(strings.Replace(s, ",", ".", 1)) }

func floatText(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
