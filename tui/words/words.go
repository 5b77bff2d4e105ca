// Package words has every sentence that digibrug shows to people, in Dutch (nl-BE), English and French,
// and how days, hours, amounts and errors are written in those languages.
//
// One file per area and language holds the sentences (nl/shell.toml); one Go file per area holds their
// keys as constants (keys_shell.go). A screen asks by constant, so that a typing error does not compile:
//
//	words.T(words.NL, words.ShellNoticesMore, "n", 3)
//
// Areas that visitors without an account see exist in all three languages, the others in Dutch alone;
// what is missing in a language falls back to Dutch. The test of this package keeps keys, catalogues and
// the sources of the whole module in step. Nothing here changes after start.
package words

import (
	"fmt"
	"slices"
	"strings"

	"digibrug/data"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
)

// Lang is a language that screens speak.
type Lang string

// The languages of the house. Dutch is the first and complete one.
const (
	NL Lang = "nl"
	EN Lang = "en"
	FR Lang = "fr"
)

// Langs gives the languages in the order in which the language key goes round.
func Langs() []Lang { return []Lang{NL, EN, FR} }

// Name is the language in its own words: "Nederlands".
func (l Lang) Name() string {
	switch l {
	case EN:
		return "English"
	case FR:
		return "Français"
	}
	return "Nederlands"
}

// Next is the language after l, the first after the last.
func (l Lang) Next() Lang {
	all := Langs()
	return all[(slices.Index(all, l)+1)%len(all)]
}

// ParseLang reads a language as accounts, configuration and terminals write it: "fr", "fr-BE",
// "fr_BE.UTF-8". What is not one of the three gives NL and false.
func ParseLang(s string) (Lang, bool) {
	s, _, _ = strings.Cut(strings.ToLower(s), ".")
	s, _, _ = strings.Cut(s, "_")
	s, _, _ = strings.Cut(s, "-")
	if l := Lang(s); slices.Contains(Langs(), l) {
		return l, true
	}
	return NL, false
}

// Key names a sentence: area, dot, name ("shell.help_title").
type Key string

// VisitorAreas are the areas that citizens and candidates see: they exist in Dutch, English and French.
func VisitorAreas() []string {
	return []string{"door", "shell", "kiosk", "help", "item", "login", "key", "part", "error", "invalid", "home", "page", "me", "assessment", "loanpaper", "regfigure", "sign", "enrol", "programme", "recruitletter", "recruitown", "practice"}
}

// maxArg is how many characters of one argument a sentence takes in, in grapheme clusters.
const maxArg = 2000

// T gives the sentence of key in lang, in Dutch where lang has none, and the key itself, made harmless,
// where Dutch has none either: so text that is not in a catalogue can go where a key is asked. args are name, value pairs that fill {{.name}}. The name "n" also picks the plural form,
// when its value is a whole number. A value that is a Key is translated; any other is printed as fmt does
// and made harmless with data.CleanBlock, so an argument can't carry styles or escape sequences. A
// placeholder without a value becomes empty.
func T(lang Lang, key Key, args ...any) string {
	c := catalogues()
	if len(args) == 0 {
		if s, ok := c.plain[lang][key]; ok {
			return s
		}
	}
	return c.fill(lang, key, args)
}

// Has tells whether there is a Dutch sentence for key.
func Has(key Key) bool { return catalogues().keys[key] }

// syntax reads {{.name}}; a name without a value leaves nothing.
var syntax template.Parser = &template.TextParser{Option: "missingkey=zero"}

func (c *catalogue) fill(lang Lang, key Key, args []any) string {
	if !c.keys[key] {
		return harmless(string(key))
	}
	loc, ok := c.localizers[lang]
	if !ok {
		loc = c.localizers[NL]
	}
	values, count := arguments(lang, args)
	s, err := loc.Localize(&i18n.LocalizeConfig{
		MessageID: string(key), TemplateData: values, PluralCount: count, TemplateParser: syntax,
	})
	if s == "" && err != nil {
		return harmless(string(key))
	}
	return s
}

// arguments turns name, value pairs into what a template takes, and the plural count (nil without one).
func arguments(lang Lang, args []any) (values map[string]string, count any) {
	values = make(map[string]string, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		name, ok := args[i].(string)
		if !ok {
			continue
		}
		if name == "n" {
			count = whole(args[i+1])
		}
		values[name] = argument(lang, args[i+1])
	}
	return values, count
}

func whole(v any) any {
	switch v.(type) {
	case int, int8, int16, int32, int64:
		return v
	}
	return nil
}

func argument(lang Lang, v any) string {
	switch v := v.(type) {
	case Key:
		return T(lang, v)
	case int:
		return fmt.Sprint(v)
	case string:
		return harmless(v)
	}
	return harmless(fmt.Sprint(v))
}

// harmless is data.CleanBlock with a short way for what is plainly harmless already.
func harmless(s string) string {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || len(s) > maxArg {
			return data.CleanBlock(s, maxArg)
		}
	}
	return s
}
