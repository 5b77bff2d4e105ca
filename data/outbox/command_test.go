package outbox

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestParseCommand(t *testing.T) {
	for line, want := range map[string][]string{
		"lp {file}":                             {"lp", "{file}"},
		"lp -d {printer} -t {name} {file}":      {"lp", "-d", "{printer}", "-t", "{name}", "{file}"},
		`/usr/bin/lp "-o" 'media=A4' -- {file}`: {"/usr/bin/lp", "-o", "media=A4", "--", "{file}"},
		`lp -o a\ b "c\"d\e" '{file}' {file}`:   {"lp", "-o", "a b", `c"d\e`, "{file}", "{file}"},
		`lp '' {file}`:                          {"lp", "", "{file}"},
		"lp {file} ; rm -rf $HOME | `x` > y":    {"lp", "{file}", ";", "rm", "-rf", "$HOME", "|", "`x`", ">", "y"},

		"": nil, "  ": nil, "lp": nil, "{file}": nil, "{file} lp": nil, "lp {name}": nil, "{printer} {file}": nil, "lp -P{printer} {file}": nil, "lp x{file}": nil, "lp {file}{file}": nil,
		"lp '{file}": nil, `lp "{file}`: nil, `lp {file}\`: nil, `'' {file}`: nil, "./lp {file}": nil, "bin/lp {file}": nil, "../lp {file}": nil, ". {file}": nil, ".. {file}": nil,
	} {
		got, err := ParseCommand(line)
		if want == nil {
			wantBad(t, line, err, "command", WhyCommand)
			continue
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q gives %q, %v; want %q", line, got, err, want)
		}
	}
	if err := (CommandSender{Template: "nergens-is-dit-een-programma {file}"}).Check(); err == nil {
		t.Error("a program that does not exist is found")
	}
}

func TestFill(t *testing.T) {
	for _, c := range []struct{ template, target, want string }{
		{"lp -d {printer} {file}", "balie", "lp|-d|balie|/f"},
		{"lp -d {printer} {file}", "", "lp|/f"},
		{"lp -s {file} -d {printer}", "", "lp|-s|/f"},
		{"pr {printer} {file}", "", "pr|/f"},
		{"lp -o x {printer} {file}", "", "lp|-o|x|/f"},
		{"lp -t {name} {file} {file}", "", "lp|-t|een naam; $(x) {printer}|/f|/f"},
	} {
		words, err := ParseCommand(c.template)
		if err != nil {
			t.Fatal(err)
		}
		p := Paper{Name: "een naam; $(x) {printer}", Target: c.target}
		if got := strings.Join(fill(words, p, "/f"), "|"); got != c.want {
			t.Errorf("%s for %q gives %s, want %s", c.template, c.target, got, c.want)
		}
	}
}

// quoted writes a word so that a shell, and splitWords, read it as it is.
func quoted(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }

// Words that are quoted come out as they went in, and no line of any kind makes a word of nothing.
func FuzzSplitWords(f *testing.F) {
	f.Add("lp\x00-d x\x00it's\x00\\")
	f.Add(`a "b\"c" 'd' \e`)
	f.Add("\x00\x00")
	f.Fuzz(func(t *testing.T, text string) {
		in := strings.Split(text, "\x00")
		var line []string
		for _, w := range in {
			line = append(line, quoted(w))
		}
		got, err := splitWords(strings.Join(line, " \t"))
		if err != nil || !slices.Equal(got, validated(in)) {
			t.Errorf("%q comes out as %q, %v", in, got, err)
		}
		words, err := splitWords(text)
		if err != nil && len(words) > 0 || len(strings.Join(words, "")) > len(string([]rune(text))) {
			t.Errorf("%q splits into %q, %v", text, words, err)
		}
		if err == nil && !strings.ContainsAny(text, `'"\`) && !slices.Equal(words, strings.FieldsFunc(validated([]string{text})[0], isSpace)) {
			t.Errorf("%q without quotes splits into %q", text, words)
		}
	})
}

func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }

// validated is what range makes of bytes that are no text.
func validated(words []string) (out []string) {
	for _, w := range words {
		out = append(out, string([]rune(w)))
	}
	return out
}

func TestSenderTakesNoOddTarget(t *testing.T) {
	p := pdf(Print, "a.pdf")
	p.Target = "-oraw"
	if err := (CommandSender{Template: "lp {file}"}).Send(t.Context(), p, nil); err == nil || !strings.Contains(err.Error(), "can't be a printer") {
		t.Errorf("an option as a printer: %v", err)
	}
	wantBad(t, "a template of nothing", CommandSender{}.Send(t.Context(), pdf(Print, "a"), nil), "command", WhyCommand)
	if err := (CommandSender{Template: "/nergens/lp {file}"}).Send(t.Context(), pdf(Print, "a"), nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a command that is not there: %v", err)
	}
}
