package keys_test

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"digibrug/tui/keys"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

func bindings(k keys.Keys) map[string]key.Binding {
	all := map[string]key.Binding{}
	v := reflect.ValueOf(k)
	for i := range v.NumField() {
		all[v.Type().Field(i).Name] = v.Field(i).Interface().(key.Binding)
	}
	return all
}

// forbidden are the keys of field/terminal.md §4 that Belgian keyboards, terminals or window managers
// don't give: F10 and up, what needs AltGr, Ctrl with C Z S Q M I H J or a sign, Alt, digits.
var forbidden = regexp.MustCompile("^(f1[0-9]+|[\\[\\]{}\\\\|@#~^`.;0-9]|ctrl\\+([czsqmihj]|[^a-z]|shift.*|alt.*)|.*alt\\+.*)$")

func TestNoForbiddenKey(t *testing.T) {
	for name, b := range bindings(keys.New(words.NL)) {
		for _, k := range b.Keys() {
			if forbidden.MatchString(k) && !(name == "Quit" && k == "ctrl+c") { // it asks, and nothing more
				t.Errorf("%s is bound to %q", name, k)
			}
		}
	}
	for _, k := range []string{"f10", "f11", "[", "\\", "@", "ctrl+z", "ctrl+1", "alt+x", ".", ";", "5"} {
		if !forbidden.MatchString(k) {
			t.Errorf("the test lets %q pass", k)
		}
	}
}

func TestNamesAndHelp(t *testing.T) {
	for _, lang := range words.Langs() {
		for name, b := range bindings(keys.New(lang)) {
			if h := b.Help(); h.Key == "" || h.Desc == "" || strings.Contains(h.Desc, "key.") {
				t.Errorf("%s, %s: help is %+v", lang, name, h)
			}
		}
	}
	if got := keys.New(words.NL).Space.Help().Key; got != "Spatie" {
		t.Errorf("the space bar is called %q, want Spatie", got)
	}
}

func TestNoKeyTwice(t *testing.T) {
	seen := map[string]string{}
	for name, b := range bindings(keys.New(words.NL)) {
		if name == "SearchTyping" || name == "Arrows" { // the keys of another binding
			continue
		}
		for _, k := range b.Keys() {
			if other := seen[k]; other != "" {
				t.Errorf("%q means %s and %s", k, name, other)
			}
			seen[k] = name
		}
	}
}

func TestPress(t *testing.T) {
	for name, b := range bindings(keys.New(words.NL)) {
		msg, ok := keys.Press(b)
		if !ok || !key.Matches(msg, b) {
			t.Errorf("pressing %s gives %q, %v", name, msg, ok)
		}
	}
	if _, ok := keys.Press(key.NewBinding(key.WithKeys("a"), key.WithDisabled())); ok {
		t.Error("a binding that is off can be pressed")
	}
}

func TestParse(t *testing.T) {
	for _, name := range []string{"a", "A", "é", "+", "?", "enter", "shift+tab", "ctrl+p", "f9", "space", "pgdown", "ctrl+end"} {
		if msg, ok := keys.Parse(name); !ok || msg.String() != name {
			t.Errorf("Parse(%q) = %q, %v", name, msg, ok)
		}
	}
	for _, name := range []string{"", "abc", "f10", "hyper+x", "\xff"} {
		if msg, ok := keys.Parse(name); ok {
			t.Errorf("Parse(%q) = %q, want none", name, msg)
		}
	}
}

func TestDigit(t *testing.T) {
	for text, want := range map[string]int{
		"1": 1, "0": 0, "9": 9, "&": 1, "é": 2, `"`: 3, "'": 4, "(": 5, "§": 6, "è": 7, "!": 8, "ç": 9, "à": 0,
	} {
		if got, ok := keys.Digit(tea.KeyPressMsg{Text: text, Code: []rune(text)[0]}); got != want || !ok {
			t.Errorf("Digit(%q) = %d, %v, want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "a", "É", "12", "é1", "-", ")"} {
		if got, ok := keys.Digit(tea.KeyPressMsg{Text: text}); ok {
			t.Errorf("Digit(%q) = %d, want none", text, got)
		}
	}
	if got, ok := keys.Digit(tea.KeyPressMsg{Code: tea.KeyKp7, Mod: tea.ModNumLock}); got != 7 || !ok {
		t.Errorf("7 of the keypad gives %d, %v", got, ok)
	}
	if got, ok := keys.Digit(tea.KeyPressMsg{Code: '1', Mod: tea.ModCtrl}); ok {
		t.Errorf("Ctrl+1 gives %d, want none", got)
	}
	if got := keys.Digits("é("); got != "25" {
		t.Errorf(`Digits("é(") = %q, want 25`, got)
	}
	if got := keys.Digits("3-12-2026"); got != "3-12-2026" {
		t.Errorf("Digits changes a day with digits into %q", got)
	}
}

func TestLetter(t *testing.T) {
	for i, c := range "abcdefgh" {
		for _, text := range []string{string(c), strings.ToUpper(string(c))} {
			if got, ok := keys.Letter(tea.KeyPressMsg{Text: text}); got != i || !ok {
				t.Errorf("Letter(%q) = %d, %v, want %d", text, got, ok, i)
			}
		}
	}
	for _, text := range []string{"i", "", "ab", "@", "`", "1", "é"} {
		if got, ok := keys.Letter(tea.KeyPressMsg{Text: text}); ok {
			t.Errorf("Letter(%q) = %d, want none", text, got)
		}
	}
}

func TestEverywhereIsBound(t *testing.T) {
	for _, b := range slices.Concat(keys.New(words.FR).Everywhere(), keys.New(words.FR).Moving()) {
		if !b.Enabled() {
			t.Errorf("%v is off", b.Help())
		}
	}
}
