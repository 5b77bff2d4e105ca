package exchange

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// plainHTML gives the words of a text in HTML: blocks and breaks on lines of their own, points of a list behind a dash, and
// nothing of scripts, styles and comments. What can't be told in words alone (a picture, a formula, a table, something that
// moves) is named in not; then the words are not the whole text.
func plainHTML(s string) (words, not string) {
	var f flow
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return clean(f.String()), f.not
		case html.TextToken:
			if f.silent == 0 {
				f.text(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			name, _ := z.TagName()
			f.tag(atom.Lookup(name), kind)
		}
	}
}

// flow is the text that was read so far.
type flow struct {
	strings.Builder
	not    string
	silent int  // elements around that say nothing: script, style
	pre    int  // elements around in which line feeds count
	space  bool // white space waits before the next word
	lines  int  // line feeds wait before the next word
}

func (f *flow) text(s string) {
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) && r == '\n' && f.pre > 0:
			f.lines++
		case unicode.IsSpace(r) && r != '\u00a0':
			f.space = true
		default:
			f.before()
			if r == '\u00a0' {
				r = ' '
			}
			f.WriteRune(r)
		}
	}
}

// before writes the white space that waits.
func (f *flow) before() {
	switch {
	case f.Len() == 0:
	case f.lines > 0:
		f.WriteString(strings.Repeat("\n", min(f.lines, 2)))
	case f.space:
		f.WriteByte(' ')
	}
	f.lines, f.space = 0, false
}

func (f *flow) tag(name atom.Atom, kind html.TokenType) {
	opens := kind == html.StartTagToken
	switch name {
	case atom.Script, atom.Style, atom.Title, atom.Template:
		f.silent = max(0, f.silent+step(kind))
	case atom.Pre, atom.Textarea:
		f.pre = max(0, f.pre+step(kind))
		f.lines = max(f.lines, 1)
	case atom.Br:
		f.lines++
	case atom.Li:
		f.lines = max(f.lines, 1)
		if opens {
			f.before()
			f.WriteString("- ")
		}
	case atom.P, atom.Div, atom.Ul, atom.Ol, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Blockquote, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Hr, atom.Dt, atom.Dd, atom.Dl:
		f.lines = max(f.lines, 1)
	case atom.Img, atom.Svg, atom.Picture, atom.Canvas, atom.Map:
		f.not = "img"
	case atom.Video, atom.Audio, atom.Iframe, atom.Object, atom.Embed, atom.Math, atom.Table, atom.Input, atom.Select, atom.Sub, atom.Sup:
		f.not = name.String()
	}
}

func step(kind html.TokenType) int {
	switch kind {
	case html.StartTagToken:
		return 1
	case html.EndTagToken:
		return -1
	}
	return 0
}
