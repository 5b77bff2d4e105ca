package papers

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode"

	"digibrug/data/datatest"
	"digibrug/tui/screentest"
	"digibrug/tui/words"

	"golang.org/x/net/html"
)

func documentHTML(t testing.TB, d Document) string {
	t.Helper()
	var out bytes.Buffer
	if err := WriteDocument(&out, FormatHTML, d); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// whatPage says what is wrong with a page: an element or attribute that it has no need of, something that a browser
// would fetch or run, a heading that nothing leads to, a link to nowhere.
func whatPage(t testing.TB, text string) (wrong []string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	elements := strings.Fields("html head meta title style body a header nav main footer h1 h2 p br hr ul li dl dt dd div table thead tbody tr th td")
	attributes := strings.Fields("lang charset name content http-equiv class href id aria-label tabindex scope")
	ids, links := map[string]int{}, []string{}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			if !slices.Contains(elements, n.Data) {
				wrong = append(wrong, "an element "+n.Data)
			}
			for _, a := range n.Attr {
				switch {
				case !slices.Contains(attributes, a.Key):
					wrong = append(wrong, "an attribute "+a.Key)
				case a.Key == "id":
					ids[a.Val]++
				case a.Key == "href" && strings.HasPrefix(a.Val, "#"):
					links = append(links, a.Val[1:])
				case a.Key == "href" && !strings.HasPrefix(a.Val, "https://") && !strings.HasPrefix(a.Val, "http://") && !strings.HasPrefix(a.Val, "mailto:"):
					wrong = append(wrong, "a link to "+a.Val)
				}
			}
		}
		if n.Type == html.TextNode && n.Parent.Data == "style" && (strings.Contains(n.Data, "url(") || strings.Contains(n.Data, "@import")) {
			wrong = append(wrong, "a style that fetches")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	for id, n := range ids {
		if n > 1 {
			wrong = append(wrong, "several called "+id)
		}
	}
	for _, to := range links {
		if ids[to] == 0 {
			wrong = append(wrong, "a link to nowhere: "+to)
		}
	}
	for _, r := range text {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			wrong = append(wrong, "a control character "+string(r))
			break
		}
	}
	return wrong
}

func TestDocumentAsPage(t *testing.T) {
	d := sampleDocument()
	d.Parts = append(d.Parts, Paragraph("Kijk op https://www.zandwerve.example/lessen?a=1&b=2. Of mail naar les@zandwerve.example, of niet."))
	text := documentHTML(t, d)
	if wrong := whatPage(t, text); wrong != nil {
		t.Errorf("wrong: %v", wrong)
	}
	screentest.Text(t, text)
	d.Lang = words.FR
	if text = documentHTML(t, d); !strings.Contains(text, `<html lang="fr">`) || !strings.Contains(text, words.T(words.FR, words.ProgrammeSkip)) {
		t.Error("a page in French doesn't say so")
	}
}

// Whatever people typed stays text.
func TestPageOfHostileTexts(t *testing.T) {
	var d Document
	d.At, d.To = datatest.Noon, hostile()
	for _, s := range append(hostile(), `<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `javascript:alert(1)`, `https://a.example/"onclick="x`, `a@b.example"><b>`, `{{.Title}}`, `<!--`, `</style><script>`) {
		d.Title, d.Place = s, s
		d.Parts = append(d.Parts, Heading(s), Paragraph(s), Important(s), Points{s, s}, Facts{{s, s}}, Grid{Heads: []Head{{Title: s}, {Title: s, Right: true}}, Rows: [][]string{{s, s}, {s}}},
			Articles{{1, s, []string{s}}}, Blanks{{s, 1}}, Signatures{{s, s, s}})
	}
	text := documentHTML(t, d)
	if wrong := whatPage(t, text); wrong != nil {
		t.Errorf("wrong: %v", wrong)
	}
	for _, s := range []string{"&lt;script&gt;alert(1)&lt;/script&gt;", "{{.Title}}"} {
		if !strings.Contains(text, s) {
			t.Errorf("the page lost %s", s)
		}
	}
}

func TestLinked(t *testing.T) {
	for text, want := range map[string]string{
		"niets":                               "niets",
		"kijk op https://a.example/b?c=d&e.":  "kijk op |https://a.example/b?c=d&e>https://a.example/b?c=d&e|.",
		"mail an.peeters+les@a.example, of u": "mail |an.peeters+les@a.example>mailto:an.peeters+les@a.example|, of u",
		"(http://a.example)":                  "(|http://a.example>http://a.example|)",
		"javascript:alert(1) ftp://a.example": "javascript:alert(1) ftp://a.example",
		"@ a@ @b a@b":                         "@ a@ @b a@b",
	} {
		var got []string
		for _, s := range linked(text) {
			one := s.Text
			if s.Href != "" {
				one += ">" + s.Href
			}
			got = append(got, one)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", text, strings.Join(got, "|"), want)
		}
	}
}
