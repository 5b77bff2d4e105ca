package parts_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/tui/parts"
	"digibrug/tui/screentest"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

func fields() []parts.Field {
	return []parts.Field{
		{Name: "name", Label: "Naam", Need: true, Max: 10},
		{Name: "secret", Label: "Wachtwoord", Kind: parts.Password},
		{Name: "count", Label: "Aantal", Kind: parts.Number, Low: 1, High: 20},
		{Name: "day", Label: "Terug op", Kind: parts.Day},
		{Name: "desk", Label: "Loket", Kind: parts.Choice, Options: []parts.Option{{Value: "g", Label: "Gemeente"}, {Value: "o", Label: "OCMW"}}},
		{Name: "with", Label: "Mee", Kind: parts.Many, Options: []parts.Option{{Value: "b", Label: "Tas"}, {Value: "m", Label: "Muis"}}},
	}
}

func newForm() parts.Form { return parts.NewForm("Bewaren", fields()...).Sized(look, 70, 40) }

func fill(f parts.Form, msgs ...tea.Msg) (parts.Form, parts.FormEvent) {
	var event parts.FormEvent
	for _, msg := range msgs {
		f, event = f.Update(look, msg)
	}
	return f, event
}

func TestFormIsFilledIn(t *testing.T) {
	k, typed := screentest.Keys, screentest.Type
	f, event := fill(newForm(), screentest.Steps(
		typed("Zoë P"), k("enter"), typed("  Ge Heim "), k("enter"), typed("&é"), k("tab"), typed("é'-11-2026"), k("down"),
		k("right", "right", "down"), k("down", "space"), k("enter"))...)
	if event != parts.FormSubmitted {
		t.Fatalf("event %d, want submitted:\n%s", event, f.View(look))
	}
	for name, want := range map[string]string{
		"name": "Zoë P", "secret": "  Ge Heim ", "count": "12", "day": "2026-11-24", "desk": "o", "with": "m", "gone": "",
	} {
		if got := f.Value(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := f.Values("with"); len(got) != 1 || got[0] != "m" {
		t.Errorf("ticked %v, want m", got)
	}
	if view := f.View(look); strings.Contains(view, "Heim") {
		t.Errorf("the password shows:\n%s", view)
	}
	if !f.Changed() || newForm().Changed() {
		t.Error("Changed is wrong")
	}
}

func TestFormFindsTheFirstFault(t *testing.T) {
	k, typed := screentest.Keys, screentest.Type
	f, event := fill(newForm(), screentest.Steps(k("tab", "tab"), typed("99"), k("tab"), typed("31/2/2026"), k("pgdown", "enter"))...)
	view := ansi.Strip(f.View(look))
	if event == parts.FormSubmitted || !strings.Contains(view, `! Vul dit in: "Naam".`) ||
		!strings.Contains(view, `! Schrijf een getal bij "Aantal". Nodig: van 1 tot 20.`) || !strings.Contains(view, `! Schrijf een dag bij "Terug op"`) {
		t.Fatalf("event %d:\n%s", event, view)
	}
	if x, y, shown := f.Cursor(); !shown || y != 1 || x != 3 {
		t.Errorf("the cursor is at %d,%d %v, want the first field", x, y, shown)
	}
	if f, _ = fill(f, typed("A")...); strings.Contains(f.View(look), "Vul dit in") {
		t.Error("the fault stays after the field was changed")
	}
}

func TestFormChecks(t *testing.T) {
	errTaken := errors.New("taken")
	f := parts.NewForm("Bewaren", parts.Field{Name: "tag", Label: "Nummer", Check: func(v string) error {
		return fmt.Errorf("check %s: %w", v, errTaken)
	}}).Knowing(words.Errors{{Err: errTaken, Key: "Dit nummer is al in gebruik."}}).Sized(look, 70, 20)
	f, event := fill(f, screentest.Steps(screentest.Type("42"), screentest.Keys("enter"))...)
	if view := f.View(look); event == parts.FormSubmitted || !strings.Contains(view, "! Dit nummer is al in gebruik.") {
		t.Errorf("event %d:\n%s", event, view)
	}
	f, ok := newForm().Fail(look, fmt.Errorf("save: %w", &data.Invalid{Field: "day", Why: data.WhyDay}))
	if view := f.View(look); !ok || !strings.Contains(view, `! Schrijf een dag bij "Terug op"`) {
		t.Errorf("Fail gives %v:\n%s", ok, view)
	}
	if _, ok := f.Fail(look, &data.Invalid{Field: "elsewhere"}); ok {
		t.Error("Fail takes a field that is not there")
	}
}

func TestFormPaste(t *testing.T) {
	for name, c := range map[string]struct{ paste, want, says string }{
		"plain":       {"Ann", "Ann", ""},
		"line end":    {"Ann\r\n", "Ann", ""},
		"escape":      {"\x1b[31mAnn", "[31mAnn", "weggelaten"},
		"too long":    {strings.Repeat("x", 1<<20), "xxxxxxxxxx", "te veel tekst"},
		"binary":      {"\x00\xff\xfe\x01", "", "weggelaten"},
		"two lines":   {"a\nb", "a b", ""},
		"only spaces": {"   ", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			f, _ := newForm().Update(look, tea.PasteMsg{Content: c.paste})
			if got := f.Value("name"); got != c.want {
				t.Errorf("pasting gives %q, want %q", got, c.want)
			}
			if view := f.View(look); c.says != "" && !strings.Contains(view, c.says) || c.says == "" && strings.Contains(view, "weggelaten") {
				t.Errorf("want a sentence with %q:\n%s", c.says, view)
			}
		})
	}
}

func TestFormCapitals(t *testing.T) {
	for typed, want := range map[string]bool{"GEHEIM": true, "Geheim": false, "123": false, "GE HEIM1": true, "": false} {
		f, _ := fill(newForm(), screentest.Steps(screentest.Keys("tab"), screentest.Type(typed))...)
		if got := strings.Contains(f.View(look), "Caps Lock"); got != want {
			t.Errorf("%q: the hint about capitals shows %v, want %v", typed, got, want)
		}
	}
}

func TestFormMouse(t *testing.T) {
	f, _ := newForm().Update(look, tea.MouseClickMsg{X: 5, Y: 4, Button: tea.MouseLeft})
	if f, _ = fill(f, screentest.Type("x")...); f.Value("secret") != "x" {
		t.Errorf("a click on the password leads to %q there:\n%s", f.Value("secret"), f.View(look))
	}
	lines := strings.Split(ansi.Strip(f.View(look)), "\n")
	for y, line := range lines {
		if strings.Contains(line, "[ ] Muis") {
			f, _ = f.Update(look, tea.MouseClickMsg{X: 5, Y: y, Button: tea.MouseLeft})
		}
	}
	if f.Value("with") != "m" {
		t.Errorf("a click on an option ticks %q", f.Value("with"))
	}
}

func TestFormScrolls(t *testing.T) {
	f := parts.NewForm("Bewaren", fields()...).Sized(look, 60, 6)
	for range 12 {
		within(t, "form", f.View(look), 60, 6)
		if x, y, shown := f.Cursor(); !shown || y >= 6 || x >= 60 {
			t.Errorf("the cursor is at %d,%d %v:\n%s", x, y, shown, f.View(look))
		}
		f, _ = fill(f, screentest.Keys("tab")...)
	}
}

func TestReadDay(t *testing.T) {
	for in, want := range map[string]string{
		"3/12/2026": "2026-12-03", "3-12-2026": "2026-12-03", "3.12.2026": "2026-12-03", "3:12:2026": "2026-12-03",
		"03122026": "2026-12-03", "2026-12-03": "2026-12-03", " 03 12 2026 ": "2026-12-03", "29/2/2028": "2028-02-29",
		`"-&é-éàé§`: "2026-12-03", // the unshifted row
	} {
		if got, ok := parts.ReadDay(in); got != want || !ok {
			t.Errorf("ReadDay(%q) = %q, %v, want %s", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "31/2/2026", "29/2/2026", "3/12/26", "3/12", "0/1/2026", "1/13/2026", "x", "1/1/0000", "3122026", "١/1/2026", "+1/1/2026"} {
		if got, ok := parts.ReadDay(in); ok {
			t.Errorf("ReadDay(%q) = %s, want none", in, got)
		}
	}
}

func TestDayRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := fmt.Sprintf("%04d-%02d-%02d", rapid.IntRange(1, 9999).Draw(t, "y"), rapid.IntRange(1, 12).Draw(t, "m"), rapid.IntRange(1, 28).Draw(t, "d"))
		f := parts.NewForm("Bewaren", parts.Field{Name: "day", Label: "Dag", Kind: parts.Day, Value: day}).Sized(look, 60, 10)
		if got := f.Value("day"); got != day {
			t.Errorf("day %s comes back as %q", day, got)
		}
	})
}

func TestFormStands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(0, 90).Draw(t, "w"), rapid.IntRange(0, 30).Draw(t, "h")
		f := parts.NewForm("Bewaren", fields()...).Sized(look, w, h)
		for range rapid.IntRange(0, 40).Draw(t, "steps") {
			if rapid.IntRange(0, 9).Draw(t, "resize") == 0 {
				w, h = rapid.IntRange(0, 90).Draw(t, "w"), rapid.IntRange(0, 30).Draw(t, "h")
				f = f.Sized(look, w, h)
			}
			f, _ = f.Update(look, anyMsg(t))
			within(t, "form", f.View(look), w, h)
			harmless(t, "form", f.View(look))
			if n := len([]rune(f.Value("name"))); n > 10*8 {
				t.Errorf("the name has %d code points", n)
			}
			if x, y, shown := f.Cursor(); shown && (x < 0 || x >= w || y < 0 || y >= h) {
				t.Errorf("the cursor is at %d,%d in %dx%d", x, y, w, h)
			}
		}
	})
}

// TestTypedOverWhatStands: a number or a day that stands in a field gives way to what is typed first when the focus comes to
// it, as 5 after 10 is never meant to be 105; who moves the cursor first goes on in what is there. A text is never lost so.
func TestTypedOverWhatStands(t *testing.T) {
	k := screentest.Keys
	for name, c := range map[string]struct {
		field parts.Field
		send  []tea.Msg
		want  string
	}{
		"a number":                {parts.Field{Kind: parts.Number, Value: "10"}, k("5"), "5"},
		"two digits":              {parts.Field{Kind: parts.Number, Value: "10"}, k("1", "5"), "15"},
		"a day":                   {parts.Field{Kind: parts.Day, Value: "2026-11-23"}, k("0", "3", "1", "2", "2", "0", "2", "6"), "2026-12-03"},
		"the last digit of it":    {parts.Field{Kind: parts.Day, Value: "2026-11-23"}, k("backspace", "7"), "2027-11-23"},
		"at the end":              {parts.Field{Kind: parts.Number, Value: "10"}, k("end", "5"), "105"},
		"a letter is no number":   {parts.Field{Kind: parts.Number, Value: "10"}, k("x"), "10"},
		"pasted":                  {parts.Field{Kind: parts.Number, Value: "10"}, []tea.Msg{tea.PasteMsg{Content: "7"}}, "7"},
		"nothing pasted":          {parts.Field{Kind: parts.Number, Value: "10"}, []tea.Msg{tea.PasteMsg{Content: ""}}, "10"},
		"nothing typed":           {parts.Field{Kind: parts.Number, Value: "10"}, k("tab"), "10"},
		"the second time it's on": {parts.Field{Kind: parts.Number, Value: "10"}, k("5", "tab", "shift+tab", "7"), "7"},
		"a space too many":        {parts.Field{Kind: parts.Day, Value: "2026-11-23"}, k("space"), "2026-11-23"},
		"a text":                  {parts.Field{Kind: parts.Text, Value: "Mia"}, k("s"), "Mias"},
		"digits that are a text":  {parts.Field{Kind: parts.Text, Digits: true, Value: "0470"}, k("1"), "04701"},
	} {
		c.field.Name, c.field.Label = "x", "x"
		f := parts.NewForm("ok", c.field, parts.Field{Name: "y", Label: "y"}).Sized(look, 60, 20)
		for _, m := range c.send {
			f, _ = f.Update(look, m)
		}
		if got := f.Value("x"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
