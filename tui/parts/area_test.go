package parts_test

import (
	"strings"
	"testing"

	"digibrug/tui/parts"
	"digibrug/tui/screentest"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"
)

// typed gives keys to an area.
func typed(a parts.Area, msgs ...tea.Msg) parts.Area {
	for _, msg := range msgs {
		if press, is := msg.(tea.KeyPressMsg); is && a.Takes(press) {
			a = a.Update(press)
		}
	}
	return a
}

func TestArea(t *testing.T) {
	for name, c := range map[string]struct {
		had  string
		keys []tea.Msg
		want string // with a bar where the cursor is; lines in view have a slash between them
	}{
		"typed in lines":            {"", screentest.Steps(screentest.Type("Dag"), screentest.Keys("enter"), screentest.Type("Zoë")), "Dag/Zoë|/"},
		"broken between words":      {"een twee drie", nil, "een twee/drie|/"},
		"a word that is too long":   {"abcdefghijkl", nil, "abcdefghi/jkl|/"},
		"up keeps the column":       {"abcdef\nx\nuvwxyz", screentest.Keys("up", "up"), "abcdef|/x/uvwxyz"},
		"up over a shorter line":    {"abcdef\nx\nuvwxyz", screentest.Keys("up"), "abcdef/x|/uvwxyz"},
		"down at the end is no key": {"ab\ncd", screentest.Keys("down", "home"), "ab/|cd/"},
		"home and end of a line":    {"ab\ncd", screentest.Keys("up", "home", "delete", "end", "backspace"), "|/cd/"},
		"a line break goes":         {"ab\ncd", screentest.Keys("home", "backspace"), "ab|cd//"},
		"the line and no other":     {"ab\ncd", screentest.Keys("ctrl+u"), "ab/|/"},
		"scrolled":                  {"1\n2\n3\n4\n5", nil, "3/4/5|"},
		"spaces between words":      {"", screentest.Type("a  b "), "a  b |//"},
		"typing goes on in between": {"ac", screentest.Steps(screentest.Keys("left"), screentest.Type("b")), "ab|c//"},
		"end of a broken line":      {"een twee drie", screentest.Keys("up", "end"), "een twee|/drie/"},
	} {
		a := typed(parts.NewArea(100, c.had).Sized(10, 3), c.keys...)
		lines, x, y := a.View()
		for i, line := range lines {
			line = strings.TrimRight(line, " ")
			if i == y {
				line += strings.Repeat(" ", max(0, x-len([]rune(line))))
				line = string([]rune(line)[:x]) + "|" + string([]rune(line)[x:])
			}
			lines[i] = line
		}
		if got := strings.Join(lines, "/"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestAreaHidden counts the lines out of view, over and under it, wherever the cursor is.
func TestAreaHidden(t *testing.T) {
	for name, c := range map[string]struct {
		had          string
		keys         []tea.Msg
		above, below int
	}{
		"nothing":             {"", nil, 0, 0},
		"just full":           {"1\n2\n3", nil, 0, 0},
		"at the end":          {"1\n2\n3\n4\n5", nil, 2, 0},
		"in the middle":       {"1\n2\n3\n4\n5", screentest.Keys("up"), 1, 1},
		"at the begin":        {"1\n2\n3\n4\n5", screentest.Keys("up", "up", "up", "up"), 0, 2},
		"of what was broken":  {"een twee drie vier vijf zes", nil, 1, 0},
		"of more of the same": {"een twee drie vier vijf zes zeven acht", nil, 3, 0},
	} {
		a := typed(parts.NewArea(100, c.had).Sized(10, 3), c.keys...)
		if above, below := a.Hidden(); above != c.above || below != c.below {
			t.Errorf("%s: %d over and %d under it, want %d and %d", name, above, below, c.above, c.below)
		}
	}
}

// TestAreaPaste: what is pasted keeps its lines, loses what is not harmless, and stops where the text is full.
func TestAreaPaste(t *testing.T) {
	for name, c := range map[string]struct {
		pasted, want string
		dropped, cut bool
	}{
		"lines of another system": {"een\r\ntwee\rdrie", "een\ntwee\ndrie", false, false},
		"a command in disguise":   {"\x1b]0;x\x07ja\u202e", "]0;xja", true, false},
		"too much":                {strings.Repeat("é", 30), strings.Repeat("é", 20), false, true},
	} {
		a, dropped, cut := parts.NewArea(20, "").Paste(c.pasted)
		if a.Text() != c.want || dropped != c.dropped || cut != c.cut {
			t.Errorf("%s: %q, dropped %v, cut %v", name, a.Text(), dropped, cut)
		}
		if n, most := a.Count(); n > most || most != 20 {
			t.Errorf("%s: %d of %d", name, n, most)
		}
	}
}

// TestAreaLaws: whatever is pressed and pasted, the cursor is on a line that shows, every line fills the width, and the text
// is as harmless as what is stored.
func TestAreaLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		width, height := rapid.IntRange(1, 30).Draw(t, "width"), rapid.IntRange(1, 6).Draw(t, "height")
		a := parts.NewArea(60, rapid.String().Draw(t, "text")).Sized(width, height)
		for _, key := range rapid.SliceOf(rapid.SampledFrom([]string{"up", "down", "left", "right", "home", "end", "enter", "backspace", "delete", "ctrl+u", "a", "é", "paste"})).Draw(t, "keys") {
			if key == "paste" {
				a, _, _ = a.Paste(rapid.String().Draw(t, "pasted"))
			} else {
				a = typed(a, screentest.Keys(key)...)
			}
		}
		lines, x, y := a.View()
		if len(lines) != height || y < 0 || y >= height || x < 0 || x >= width {
			t.Fatalf("cursor at %d, %d of %d lines of %d", x, y, len(lines), width)
		}
		if again := parts.NewArea(60, a.Text()); again.Text() != a.Text() {
			t.Fatalf("%q became %q", a.Text(), again.Text())
		}
	})
}

// TestLinesField: in a form Enter stays in the text, and Tab and the last arrow go on.
func TestLinesField(t *testing.T) {
	f := parts.NewForm("Bewaren", parts.Field{Name: "text", Label: "Uitleg", Kind: parts.Lines, Max: 200, Rows: 3, Value: "een"}, parts.Field{Name: "next", Label: "Daarna"}).Sized(look, 40, 20)
	for _, msg := range screentest.Steps(screentest.Keys("enter"), screentest.Type("twee"), screentest.Keys("down"), screentest.Type("x")) {
		f, _ = f.Update(look, msg)
	}
	if f.Value("text") != "een\ntwee" || f.Value("next") != "x" {
		t.Errorf("%q and %q", f.Value("text"), f.Value("next"))
	}
	if !f.Changed() || f.Set(look, "text", "een").Set(look, "next", "").Changed() {
		t.Error("a text that differs from the one at the start is no change, or the same is one")
	}
}
