// Package regulation keeps the text of what a municipality decided: the loan regulation, the one on the use of
// computers. A text is a title and numbered articles, in Dutch, which binds, and in other languages as a help; beside it
// stands a short text in plain words. Where a text names a figure (a term, an amount) it has a place for it, {{term_days}},
// that is filled in from the parameters of the moment: text and parameters can't differ.
//
// A version is a draft until it is published with its first day and who decided it. What was published never
// changes: another version comes after it. Until there is one, the model that ships with the program holds.
//
// What the figures are, and how they are written, lives with who has them: in loans and tui.
package regulation

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"digibrug/data"
)

// Kind is what a regulation is about.
type Kind string

// The kinds.
const (
	Loan     Kind = "loan"     // uitleenreglement
	Computer Kind = "computer" // gebruik van computers en internet
)

// Kinds gives all kinds.
func Kinds() []Kind { return []Kind{Loan, Computer} }

// ParseKind reads a kind. It returns an *data.Invalid of field kind.
func ParseKind(s string) (Kind, error) {
	if slices.Contains(Kinds(), Kind(s)) {
		return Kind(s), nil
	}
	return "", &data.Invalid{Field: "kind", Why: data.WhyNotOneOf, Want: "loan, computer", Got: data.Clean(s, 40)}
}

// Binding is the language of the text that binds.
const Binding = "nl"

// Langs gives the languages that a text can be in, the binding one first.
func Langs() []string { return []string{Binding, "en", "fr"} }

// Content is what a version says, per language.
type Content struct {
	Text  map[string]string `json:"text"`  // the regulation, in the form that Parse reads; must have Binding
	Short map[string]string `json:"short"` // the same in plain words, for who has two minutes; may be empty
}

// Hash is over all of the content, hex.
func (c Content) Hash() string {
	packed, err := json.Marshal(c) // with its keys in order
	if err != nil {
		panic(fmt.Sprintf("pack content: %v", err)) // two maps of text can always be JSON
	}
	return digest(string(packed))
}

func digest(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}

// Read parses a text of the content: the regulation itself, or with short the one in plain words. A language that is
// not there gives the binding one; lang says which it is. It returns an *data.Invalid for a text that can't be read.
func (c Content) Read(in string, short bool) (d Document, lang string, err error) {
	texts, parse := c.Text, Parse
	if short {
		texts, parse = c.Short, ParseShort
	}
	if lang = in; texts[lang] == "" {
		lang = Binding
	}
	d, err = parse(texts[lang])
	return d, lang, err
}

// Check says what is wrong with the content: no binding text, a language that is not known, a text that can't be read.
func (c Content) Check() error {
	if c.Text[Binding] == "" {
		return &data.Invalid{Field: "text", Why: WhyNoText, Want: Binding}
	}
	for _, texts := range []struct {
		of    map[string]string
		parse func(string) (Document, error)
	}{{c.Text, Parse}, {c.Short, ParseShort}} {
		for lang, text := range texts.of {
			if !slices.Contains(Langs(), lang) {
				return &data.Invalid{Field: "lang", Why: data.WhyNotOneOf, Want: fmt.Sprint(Langs()), Got: data.Clean(lang, 20)}
			}
			if _, err := texts.parse(text); err != nil {
				return err
			}
		}
	}
	return nil
}

// Status is how far a version is.
type Status string

// The states of a version.
const (
	Draft     Status = "draft"
	Published Status = "published"
)

// Version is a text with where it comes from.
type Version struct {
	ID          string // empty: the model
	Kind        Kind
	Number      int    // from 1; 0: the model
	Name        string // "gemeenteraad 12/11/2026"; may be empty
	Status      Status // of the model: ""
	From        string // YYYY-MM-DD, its first day; empty for a draft
	Body        string // who decided it: gemeenteraad, raad voor maatschappelijk welzijn
	DecidedOn   string // YYYY-MM-DD
	Content     Content
	Hash        string // of the content
	Actor       string
	ChangedAt   time.Time
	PublishedAt time.Time
}

// IsModel tells whether the version is the one that ships with the program, which nobody decided.
func (v Version) IsModel() bool { return v.ID == "" }

// What can be wrong with a text.
const (
	WhyNoText   data.Why = "regulation.no_text"  // the binding text is not there
	WhyNoTitle  data.Why = "regulation.no_title" // it does not begin with "# " and a title
	WhyArticle  data.Why = "regulation.article"  // not "## Artikel N. Titel" with N one more than the last: Want
	WhyNowhere  data.Why = "regulation.nowhere"  // text before the first article
	WhyPlace    data.Why = "regulation.place"    // a place of a figure that is not closed, or has no name
	WhyFigure   data.Why = "regulation.figure"   // Got is no figure of this regulation
	WhyMoved    data.Why = "regulation.moved"    // figure Got must stand in article Want, which refusals quote
	WhyNoted    data.Why = "regulation.noted"    // the notice of the model still stands above it
	WhyBegun    data.Why = "regulation.begun"    // a version begins today at the earliest
	WhyDecided  data.Why = "regulation.decided"  // decided after the day on which it begins: Got
	WhyAccepted data.Why = "regulation.accepted" // this person accepted this text already
)
