package words_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/tui/words"
)

func TestT(t *testing.T) {
	for name, c := range map[string]struct {
		lang words.Lang
		key  words.Key
		args []any
		want string
	}{
		"plain":                     {words.NL, words.ShellHelpTitle, nil, "Hulp"},
		"english":                   {words.EN, words.ShellHelpTitle, nil, "Help"},
		"french":                    {words.FR, words.ShellHelpTitle, nil, "Aide"},
		"dutch for a staff area":    {words.FR, "role.staff", nil, "medewerker"},
		"unknown language is dutch": {"de", words.ShellHelpTitle, nil, "Hulp"},
		"unknown with arguments":    {"de", words.ShellMore, []any{"n", 1}, "Nog 1 bericht. Druk op een toets."},
		"missing key is itself":     {words.NL, "shell.gone", nil, "shell.gone"},
		"missing key, arguments":    {words.EN, "shell.gone", []any{"n", 2}, "shell.gone"},
		"one":                       {words.NL, words.ShellMore, []any{"n", 1}, "Nog 1 bericht. Druk op een toets."},
		"several":                   {words.NL, words.ShellMore, []any{"n", 12}, "Nog 12 berichten. Druk op een toets."},
		"none is plural in dutch":   {words.NL, words.ShellMore, []any{"n", 0}, "Nog 0 berichten. Druk op een toets."},
		"none is singular in french": {words.FR, words.ShellMore, []any{"n", 0},
			"Encore 0 message. Appuyez sur une touche."},
		"a million in french": {words.FR, words.ShellMore, []any{"n", 1000000},
			"Encore 1000000 messages. Appuyez sur une touche."},
		"int64":                  {words.NL, words.ShellMore, []any{"n", int64(1)}, "Nog 1 bericht. Druk op een toets."},
		"key as a value":         {words.EN, words.ShellThemeNow, []any{"theme", words.ShellThemeDark}, "The colours are now: dark."},
		"value missing":          {words.NL, words.ShellThemeNow, nil, "De kleuren zijn nu: ."},
		"odd arguments":          {words.NL, words.ShellThemeNow, []any{"theme"}, "De kleuren zijn nu: ."},
		"name is no text":        {words.NL, words.ShellThemeNow, []any{1, "x"}, "De kleuren zijn nu: ."},
		"escape in a value":      {words.NL, words.ShellThemeNow, []any{"theme", "\x1b[2Jx"}, "De kleuren zijn nu: [2Jx."},
		"template in a value":    {words.NL, words.ShellThemeNow, []any{"theme", "{{.n}}"}, "De kleuren zijn nu: {{.n}}."},
		"nobody gave arguments":  {words.NL, words.ShellMore, nil, "Nog  berichten. Druk op een toets."},
		"arguments nobody needs": {words.NL, words.ShellHelpTitle, []any{"n", 1}, "Hulp"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := words.T(c.lang, c.key, c.args...); got != c.want {
				t.Errorf("T(%s, %s, %v) = %q, want %q", c.lang, c.key, c.args, got, c.want)
			}
		})
	}
}

func TestParseLang(t *testing.T) {
	for in, want := range map[string]words.Lang{
		"nl": words.NL, "FR": words.FR, "fr_BE.UTF-8": words.FR, "en-GB": words.EN, "nl_BE": words.NL,
	} {
		if got, ok := words.ParseLang(in); got != want || !ok {
			t.Errorf("ParseLang(%q) = %s, %v, want %s, true", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "de_BE", "C", "\x1b[2J", "nederlands"} {
		if got, ok := words.ParseLang(in); got != words.NL || ok {
			t.Errorf("ParseLang(%q) = %s, %v, want nl, false", in, got, ok)
		}
	}
	if got := words.FR.Next(); got != words.NL {
		t.Errorf("after fr comes %s, want nl", got)
	}
	if got := words.Lang("de").Next(); got != words.NL {
		t.Errorf("after an unknown language comes %s, want nl", got)
	}
}

func TestManyAtOnce(t *testing.T) { // the race detector watches
	var visitors sync.WaitGroup
	for i := range 20 {
		visitors.Go(func() {
			for _, lang := range words.Langs() {
				if got := words.T(lang, words.ShellMore, "n", i); !strings.Contains(got, fmt.Sprint(i)) {
					t.Errorf("T(%s, more, n, %d) = %q", lang, i, got)
				}
			}
		})
	}
	visitors.Wait()
}

type lentError struct{ by string }

var errLent = errors.New("lent")

func (l lentError) Error() string        { return "lent by " + l.by }
func (l lentError) Is(target error) bool { return target == errLent }

func TestSentence(t *testing.T) {
	table := words.Errors{{Err: errLent, Key: words.ShellThemeNow, Args: func(_ words.Lang, err error) []any {
		var lent lentError
		errors.As(err, &lent)
		return []any{"theme", lent.by}
	}}, {Err: context.Canceled, Key: words.ShellNoRoom}}
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"nothing":              {nil, ""},
		"denied, wrapped":      {fmt.Errorf("lend: %w", data.ErrDenied), "U hebt hier geen toegang toe. Vraag hulp aan de ICT-dienst als u dit nodig hebt."},
		"not found":            {data.ErrNotFound, "Dit is niet (meer) te vinden. Ga terug en kies opnieuw."},
		"too late":             {context.DeadlineExceeded, "Dit duurde te lang. Probeer het over een minuut opnieuw."},
		"the table goes first": {context.Canceled, "Dit onderdeel is er niet, of niet voor u."},
		"a domain's error":     {fmt.Errorf("lend: %w", lentError{"Ann"}), "De kleuren zijn nu: Ann."},
		"empty":                {&data.Invalid{Field: "naam", Why: data.WhyEmpty}, "Vul dit in: \"naam\"."},
		"in a file": {&data.Invalid{Field: "rol", Why: data.WhyNotOneOf, Want: "staff, head", Got: "baas", Line: 3, Col: 7},
			"Regel 3, teken 7: Dit kennen we niet bij \"rol\". Kies een van de mogelijkheden. Nodig: staff, head. Er staat nu: baas."},
		"on a line": {&data.Invalid{Field: "dag", Why: data.WhyDay, Line: 2}, "Regel 2: Schrijf een dag bij \"dag\", zoals 23/11/2026."},
		"code without sentence": {&data.Invalid{Field: "iets", Why: "test.none"},
			"Kijk na: \"iets\". Wat er staat, klopt niet."},
		"a domain's own sentence": {&data.Invalid{Field: "password", Why: data.WhyPasswordCommon, Want: "12"},
			"Dit wachtwoord proberen anderen als eerste. Kies andere woorden."},
		"escape in what was given": {&data.Invalid{Field: "naam", Why: data.WhyTwice, Got: "a\x1b]0;x\x07b"},
			"Dit bestaat al: \"naam\". Kies iets anders. Er staat nu: a]0;xb."},
	} {
		t.Run(name, func(t *testing.T) {
			got, known := table.Sentence(words.NL, c.err)
			if got != c.want || !known {
				t.Errorf("Sentence(%v) = %q, %v, want %q, true", c.err, got, known, c.want)
			}
		})
	}
	if got, known := table.Sentence(words.NL, errors.New("disk on fire")); known || got != "" {
		t.Errorf("an unknown error gives %q, %v, want nothing, false", got, known)
	}
}

func TestFormat(t *testing.T) {
	noon := time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)
	day, _ := data.ParseDay("2026-11-23")
	late := time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC) // the new year in Brussels
	for got, want := range map[string]string{
		words.Day(words.NL, noon):                                    "ma 23 november 2026",
		words.Day(words.EN, noon):                                    "Mon 23 November 2026",
		words.Day(words.FR, noon):                                    "lun. 23 novembre 2026",
		words.Day(words.NL, day) + " (a rule's day)":                 "ma 23 november 2026 (a rule's day)",
		words.Day(words.FR, late):                                    "ven. 1er janvier 2027",
		words.ShortDay(words.NL, late):                               "01/01/2027",
		words.Clock(words.NL, noon):                                  "12:00",
		words.Clock(words.NL, noon.AddDate(0, -5, 0)) + " in summer": "13:00 in summer",
		words.Moment(words.NL, noon):                                 "ma 23 november 2026, 12:00",
		words.Duration(words.NL, 65*time.Minute):                     "1 u 05 min",
		words.Duration(words.FR, 65*time.Minute):                     "1 h 05 min",
		words.Duration(words.NL, 119*time.Second):                    "1 min",
		words.Duration(words.NL, 45*time.Second):                     "45 sec",
		words.Duration(words.EN, 45*time.Second):                     "45 s",
		words.Duration(words.NL, -time.Hour):                         "0 sec",
		words.Number(words.NL, 1234567.891, 2):                       "1.234.567,89",
		words.Number(words.EN, 1234.5, 1):                            "1,234.5",
		words.Number(words.FR, 1234.5, 1):                            "1\u00a0234,5",
		words.Number(words.NL, -0.04, 1):                             "0,0",
		words.Number(words.NL, -999.96, 1):                           "-1.000,0",
		words.Number(words.NL, 7, 0):                                 "7",
		words.Money(words.NL, 123450):                                "€ 1.234,50",
		words.Money(words.EN, 5):                                     "€0.05",
		words.Money(words.FR, -1250):                                 "-12,50\u00a0€",
		words.Money(words.NL, -1<<63):                                "€ -92.233.720.368.547.758,08",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func BenchmarkT(b *testing.B) {
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			words.T(words.FR, words.ShellHelpTitle)
		}
	})
	b.Run("filled", func(b *testing.B) {
		for b.Loop() {
			words.T(words.FR, words.ShellMore, "n", 3)
		}
	})
}

func TestTitlesOfTheHouse(t *testing.T) {
	own := words.Titles{data.RoleDirector: "secretaris"}
	if got := own.Of(words.NL, data.RoleDirector); got != "secretaris" {
		t.Errorf("the director is called %q", got)
	}
	if got := own.Of(words.NL, data.RoleHead); got != words.RoleName(words.NL, data.RoleHead) {
		t.Errorf("the head is called %q", got)
	}
	if got := words.Titles(nil).Of(words.FR, data.RoleHead); got != words.RoleName(words.FR, data.RoleHead) {
		t.Errorf("without titles the head is called %q", got)
	}
}
