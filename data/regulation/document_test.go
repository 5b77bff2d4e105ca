package regulation_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"digibrug/data"
	"digibrug/data/regulation"
)

const sample = `
# Reglement

> Een model,
> op twee lijnen.

> Nog een nota.

## Artikel 1. Voorwerp

De gemeente leent uit
aan iedereen.

{{if fee}} Het kost {{fee}}.

{{unless fee}} Het is gratis.

- een laptop;
- {{if term}} voor {{term}};

## Artikel 2. Slot

Dit geldt {{term}}.
`

func TestParse(t *testing.T) {
	d := must(regulation.Parse(sample))(t)
	want := regulation.Document{Title: "Reglement", Notes: []string{"Een model, op twee lijnen.", "Nog een nota."}, Articles: []regulation.Article{
		{Number: 1, Title: "Voorwerp", Paragraphs: []regulation.Paragraph{
			{Text: "De gemeente leent uit aan iedereen.", Line: 11}, {Text: "Het kost {{fee}}.", If: "fee", Line: 14}, {Text: "Het is gratis.", Unless: "fee", Line: 16},
			{Text: "een laptop;", Item: true, Line: 18}, {Text: "voor {{term}};", Item: true, If: "term", Line: 19}}},
		{Number: 2, Title: "Slot", Paragraphs: []regulation.Paragraph{{Text: "Dit geldt {{term}}.", Line: 23}}},
	}}
	if !reflect.DeepEqual(d, want) {
		t.Errorf("read %+v\nwant %+v", d, want)
	}
	full := must(d.Fill(map[string]string{"fee": "", "term": "21 dagen"}))(t)
	if got := full.Articles[0].Paragraphs; len(got) != 4 || got[1].Text != "Het is gratis." || got[3].Text != "voor 21 dagen;" || !got[3].Item {
		t.Errorf("free: %+v", got)
	}
	full = must(d.Fill(map[string]string{"fee": "€ 5,00", "term": ""}))(t)
	if got := full.Articles[0].Paragraphs; len(got) != 3 || got[1].Text != "Het kost € 5,00." {
		t.Errorf("not free: %+v", got)
	}
	var bad *data.Invalid
	if _, err := d.Fill(map[string]string{"fee": "1"}); !errors.As(err, &bad) || bad.Why != regulation.WhyFigure || bad.Got != "term" || bad.Line != 19 {
		t.Errorf("a figure that is not known: %v", err)
	}
}

// TestFigureIsNoText: a value never becomes a place or a condition of its own.
func TestFigureIsNoText(t *testing.T) {
	d := must(regulation.Parse("# R\n## Artikel 1. A\n\nVoor {{a}} en {{b}}.\n"))(t)
	full := must(d.Fill(map[string]string{"a": "{{b}}", "b": "x"}))(t)
	if got := full.Articles[0].Paragraphs[0].Text; got != "Voor {{b}} en x." {
		t.Errorf("got %q", got)
	}
}

func TestParseRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		why  data.Why
		line int
	}{
		"nothing":                  {"", regulation.WhyNoTitle, 1},
		"no title":                 {"Reglement\n", regulation.WhyNoTitle, 1},
		"only a title":             {"# Reglement\n", regulation.WhyArticle, 1},
		"text before articles":     {"# R\n\nTekst.\n\n## Artikel 1. A\n", regulation.WhyNowhere, 3},
		"a number left out":        {"# R\n## Artikel 1. A\n## Artikel 3. B\n", regulation.WhyArticle, 3},
		"no number":                {"# R\n## Voorwerp\n", regulation.WhyArticle, 2},
		"a deeper heading":         {"# R\n## Artikel 1. A\n### x\n", regulation.WhyArticle, 3},
		"a note between":           {"# R\n## Artikel 1. A\n> nota\n", regulation.WhyNowhere, 3},
		"an open place":            {"# R\n## Artikel 1. A\n\nVoor {{term.\n", regulation.WhyPlace, 4},
		"a closed place":           {"# R\n## Artikel 1. A\n\nVoor term}}.\n", regulation.WhyPlace, 4},
		"a place without a name":   {"# R\n## Artikel 1. A\n\nVoor {{}}.\n", regulation.WhyPlace, 4},
		"a condition in the text":  {"# R\n## Artikel 1. A\n\nVoor {{if x}} y.\n", regulation.WhyPlace, 4},
		"a place over two lines":   {"# R\n## Artikel 1. A\n\nVoor {{term\n}} y.\n", regulation.WhyPlace, 4},
		"blank lines before":       {"\n\n\n# R\n\nTekst.\n", regulation.WhyNowhere, 6},
		"a paragraph of a book":    {"# R\n## Artikel 1. A\n\n" + strings.Repeat("a", 2001) + "\n", data.WhyTooLong, 4},
		"a text of a whole shelf":  {strings.Repeat("a\n", 40_000), data.WhyTooLong, 0},
		"a hundred articles":       {hundred(), regulation.WhyArticle, 101},
		"an escape for a sentence": {"\x1b[2J# R\n", regulation.WhyNoTitle, 1},
	} {
		var bad *data.Invalid
		if _, err := regulation.Parse(c.text); !errors.As(err, &bad) || bad.Why != c.why || bad.Line != c.line {
			t.Errorf("%s: %v, want %s on line %d", name, err, c.why, c.line)
		}
	}
}

func hundred() string {
	var text strings.Builder
	text.WriteString("# R\n")
	for i := range 100 {
		text.WriteString("## Artikel " + string([]byte{byte('0' + (i+1)/10%10), byte('0' + (i+1)%10)}) + ". A\n")
	}
	return text.String()
}

// TestHostileText: nothing of an escape comes through.
func TestHostileText(t *testing.T) {
	d := must(regulation.Parse("# R\x1b]0;pwned\x07\u202e\r\n> n\x9bota\r\n## Artikel 1. A\x1b[2J\r\n\r\nTekst\u200f\x07.\r\n"))(t)
	if text := d.String(); strings.ContainsAny(text, "\x1b\x07\u202e\u200f\u009b\r") || !utf8.ValidString(text) {
		t.Errorf("got %q", text)
	}
}

// FuzzParse: what was read and printed reads the same.
func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Add("# R\n## Artikel 1. A\n- {{unless a}} b\nc\n\n- d\n")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := regulation.Parse(text)
		if err != nil {
			return
		}
		again, err := regulation.Parse(d.String())
		if err != nil {
			t.Fatalf("%v\nof\n%s", err, d)
		}
		if !reflect.DeepEqual(bare(d), bare(again)) {
			t.Errorf("read %+v\nthen %+v\nof %q", d, again, d.String())
		}
	})
}

// bare is a document without its lines, which differ once it was laid out anew.
func bare(d regulation.Document) regulation.Document {
	for _, a := range d.Articles {
		for i := range a.Paragraphs {
			a.Paragraphs[i].Line = 0
		}
	}
	return d
}

// TestModel: the model has its twenty articles, reads in every language, and says on top that it is one.
func TestModel(t *testing.T) {
	v := must(regulation.Model(regulation.Loan))(t)
	if err := v.Content.Check(); err != nil {
		t.Fatal(err)
	}
	d, lang, err := v.Content.Read("nl", false)
	if err != nil || lang != "nl" || len(d.Articles) != 20 || len(d.Notes) == 0 || !strings.Contains(d.Notes[0], "model") || !v.IsModel() {
		t.Errorf("%d articles, notes %q, %v", len(d.Articles), d.Notes, err)
	}
	for i, title := range []string{"Voorwerp en eigendom", "Definities", "Doelgroep", "Identificatie", "Minderjarigen", "Aanvraag en reservatie", "Maximum", "Uitleentermijn",
		"Verlenging", "Waarborg en retributie", "Overhandiging", "Gebruik", "Schade", "Verlies en diefstal", "Te laat", "Terugbrengen", "Persoonsgegevens",
		"Sancties en uitsluiting", "Aansprakelijkheid en verzekering", "Inwerkingtreding, versie en bekendmaking"} {
		if a := d.Articles[i]; a.Title != title || len(a.Paragraphs) == 0 {
			t.Errorf("article %d is %q with %d paragraphs, want %q", i+1, a.Title, len(a.Paragraphs), title)
		}
	}
	for _, in := range regulation.Langs() {
		if short, lang, err := v.Content.Read(in, true); err != nil || lang != in || len(short.Articles) < 5 || len(short.Notes) == 0 {
			t.Errorf("%s: %d parts, in %s, %v", in, len(short.Articles), lang, err)
		}
	}
	if _, lang, err := v.Content.Read("fr", false); err != nil || lang != "nl" {
		t.Errorf("a text that is not there in French comes in %s, %v", lang, err)
	}
	own := must(v.Content.Adopted())(t)
	if d, _, err := own.Read("nl", false); err != nil || len(d.Notes) != 0 || len(d.Articles) != 20 {
		t.Errorf("adopted: notes %q, %v", d.Notes, err)
	}
	if _, err := regulation.Model(regulation.Computer); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a kind without a model: %v", err)
	}
}
