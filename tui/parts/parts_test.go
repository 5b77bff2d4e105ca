package parts_test

import (
	"slices"
	"strings"
	"testing"

	"digibrug/tui/parts"
	"digibrug/tui/screentest"
	"digibrug/tui/theme"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

var look = parts.NewLook(words.NL, theme.Mono)

// nasty are texts that have broken terminals and layouts.
var nasty = []string{
	"\x1b[2J\x1b]0;title\x07", "\x9b31m", "a\u202eb", "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
	"👨‍👩‍👧‍👦", "日本語日本語日本語", "\xff\xfe", "\x00\x01", "\t\r\n", "x\u2028y", strings.Repeat("lang ", 200), "\u200b\u200b",
}

func anyText(t *rapid.T, label string) string {
	return rapid.OneOf(rapid.String(), rapid.SampledFrom(nasty), rapid.StringMatching(`[a-zé ]{0,30}`)).Draw(t, label)
}

// harmless fails when text holds anything but printable characters and the styles of the parts.
func harmless(t interface{ Errorf(string, ...any) }, what, text string) {
	for _, r := range ansi.Strip(text) {
		if r < ' ' && r != '\n' || r == 0x7f || r >= 0x80 && r < 0xa0 || r == '\u202e' || r == '\u200b' {
			t.Errorf("%s shows %U in %q", what, r, text)
		}
	}
	rest := text
	for {
		i := strings.IndexByte(rest, 0x1b)
		if i < 0 {
			return
		}
		rest = rest[i+1:]
		end := strings.IndexFunc(rest, func(r rune) bool { return r != '[' && r != ';' && (r < '0' || r > '9') })
		if end < 0 || rest[end] != 'm' {
			t.Errorf("%s sends a command: %q", what, text)
			return
		}
	}
}

// within fails when a view is larger than its room.
func within(t interface{ Errorf(string, ...any) }, what, view string, w, h int) {
	lines := strings.Split(view, "\n")
	if len(lines) > max(1, h) {
		t.Errorf("%s: %d lines, room for %d:\n%s", what, len(lines), h, view)
	}
	for _, line := range lines {
		if ansi.StringWidth(line) > w {
			t.Errorf("%s: a line of %d cells, room for %d: %q", what, ansi.StringWidth(line), w, line)
		}
	}
}

func TestPlain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyText(t, "text")
		once := parts.Plain(s)
		harmless(t, "Plain", once)
		if twice := parts.Plain(once); twice != once {
			t.Errorf("Plain(%q) = %q, again %q", s, once, twice)
		}
		harmless(t, "PlainBlock", parts.PlainBlock(s))
	})
}

func TestWrapAndCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, width := parts.Plain(anyText(t, "text")), rapid.IntRange(-2, 120).Draw(t, "width")
		for _, line := range parts.Wrap(s, width) {
			if got := ansi.StringWidth(line); got > width || got > parts.MaxWidth {
				t.Errorf("Wrap(%q, %d) gives a line of %d cells: %q", s, width, got, line)
			}
		}
		if got := ansi.StringWidth(parts.Cut(s, width)); got > max(0, width) {
			t.Errorf("Cut(%q, %d) is %d cells wide", s, width, got)
		}
		if got := ansi.StringWidth(parts.Fit(s, width)); got != max(0, width) {
			t.Errorf("Fit(%q, %d) is %d cells wide", s, width, got)
		}
	})
	long := "De gemeente leent u dertig dagen lang een laptop uit, als u de huisregels ondertekent."
	if got := strings.Join(parts.Wrap(long, 40), " "); got != long {
		t.Errorf("wrapping loses words: %q", got)
	}
	if got := parts.Cut("Kennismeting", 8); got != "Kenni..." {
		t.Errorf("Cut gives %q, want Kenni...", got)
	}
}

// TestWrapTogether: a box stays with its letter and word, an amount with its euro sign, at any width that has room for it.
func TestWrapTogether(t *testing.T) {
	for _, c := range []struct{ text, kept string }{
		{"Is alles er? [x] L lader [x] M muis [ ] T tas", "[x] M muis"},
		{"Is alles er? [x] L lader [x] M muis [ ] T tas", "[ ] T tas"},
		{"Hoe [ ] B Bancontact [x] O overschrijving", "[x] O overschrijving"},
		{"Schade [ ] nagekeken", "[ ] nagekeken"},
		{"De waarborg is nog altijd € 60,00 per toestel", "€ 60,00"},
		{"Samen € 60,00 − € 65,00 = € -5,00", "€ -5,00"},
		{"La caution s'élève à 60,00 € par appareil", "60,00 €"},
		{"Choisissez votre langue : néerlandais, français", "langue :"},
		{"Voulez-vous vraiment arrêter ? Rien n'est perdu", "arrêter ?"},
		{"Appuyez sur « Continuer » pour aller plus loin", "« Continuer »"},
		{"La caution s'élève à 1\u00a0060,00\u00a0€ par appareil", "1 060,00 €"},
	} {
		for width := len(c.kept) + 2; width <= 60; width++ {
			if lines := parts.Wrap(c.text, width); !slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, c.kept) }) {
				t.Errorf("at %d cells %q is torn:\n%s", width, c.kept, strings.Join(lines, "\n"))
			}
		}
	}
}

func TestBar(t *testing.T) {
	for name, c := range map[string]struct {
		w, done, total int
		want           string
	}{
		"half":         {30, 6, 12, "##########..........  6 van 12"},
		"nothing":      {30, 0, 0, "....................  6 van 12"},
		"too much":     {30, 99, 12, "####################  6 van 12"},
		"below zero":   {30, -5, 12, "....................  6 van 12"},
		"text only":    {12, 6, 12, "6 van 12"},
		"no room even": {3, 6, 12, "6 v"},
	} {
		if got := ansi.Strip(parts.Bar(look, c.w, c.done, c.total, "6 van 12")); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func items(n int) []parts.Item {
	all := make([]parts.Item, n)
	for i := range all {
		all[i] = parts.Item{ID: string(rune('A' + i)), Title: "Ding " + string(rune('A'+i))}
	}
	return all
}

func press(l parts.List, names ...string) (parts.List, parts.Event) {
	var event parts.Event
	for _, msg := range screentest.Keys(names...) {
		l, event = l.Update(look, msg)
	}
	return l, event
}

func at(l parts.List) string {
	item, _ := l.Current()
	return item.ID
}

func TestListMoves(t *testing.T) {
	for name, c := range map[string]struct {
		keys []string
		want string
	}{
		"starts at the first":      {nil, "A"},
		"down":                     {[]string{"down", "down"}, "C"},
		"stops at the top":         {[]string{"up"}, "A"},
		"stops at the end":         {[]string{"end", "down"}, "T"},
		"home":                     {[]string{"end", "home"}, "A"},
		"a page":                   {[]string{"pgdown"}, "H"},
		"a page and back":          {[]string{"pgdown", "pgup"}, "A"},
		"pages to the end":         {[]string{"pgdown", "pgdown", "pgdown"}, "T"},
		"an unknown key":           {[]string{"x"}, "A"},
		"letters without the kind": {[]string{"c"}, "A"},
	} {
		t.Run(name, func(t *testing.T) {
			l, _ := press(parts.NewList(parts.Kind{}, items(20)).Sized(40, 10), c.keys...)
			if got := at(l); got != c.want {
				t.Errorf("after %v the cursor is on %s, want %s", c.keys, got, c.want)
			}
			if !strings.Contains(l.View(look), "> Ding "+c.want) {
				t.Errorf("%s is not in view:\n%s", c.want, l.View(look))
			}
			x, y, shown := l.Cursor()
			if line := strings.Split(ansi.Strip(l.View(look)), "\n")[y]; !shown || x != 0 || !strings.HasPrefix(line, "> Ding "+c.want) {
				t.Errorf("the hardware cursor is at %d,%d %v: %q", x, y, shown, line)
			}
		})
	}
}

func TestListMarkers(t *testing.T) {
	l, _ := press(parts.NewList(parts.Kind{}, items(20)).Sized(40, 10), "pgdown")
	view := ansi.Strip(l.View(look))
	if !strings.Contains(view, "^ nog 1 hierboven") && !strings.Contains(view, "v nog") {
		t.Errorf("nothing says what is out of view:\n%s", view)
	}
	if all := ansi.Strip(parts.NewList(parts.Kind{}, items(8)).Sized(40, 8).View(look)); strings.Contains(all, "nog") {
		t.Errorf("a list that fits speaks of more:\n%s", all)
	}
}

func TestListLetters(t *testing.T) {
	l := parts.NewList(parts.Kind{Letters: true}, items(4)).Sized(40, 10)
	for key, want := range map[string]string{"c": "C", "C": "C", "2": "B", "é": "B", "'": "D", "h": "A", "9": "A"} {
		if next, _ := l.Update(look, screentest.Type(key)[0]); at(next) != want {
			t.Errorf("%s moves to %s, want %s", key, at(next), want)
		}
	}
	if _, event := press(l, "c"); event != parts.Moved {
		t.Errorf("a letter gives event %d: only Enter chooses", event)
	}
}

func TestListTicks(t *testing.T) {
	l := parts.NewList(parts.Kind{Many: true}, items(4)).Sized(40, 10)
	l, _ = press(l, "down", "space", "down", "space", "up", "space")
	if got := l.Ticked(); !slices.Equal(got, []string{"C"}) {
		t.Errorf("ticked %v, want C", got)
	}
	if view := ansi.Strip(l.View(look)); !strings.Contains(view, "[x] Ding C") {
		t.Errorf("no tick in\n%s", view)
	}
	if _, event := press(l, "enter"); event != parts.Chose {
		t.Errorf("Enter gives event %d, want Chose", event)
	}
}

func TestListFilter(t *testing.T) {
	l := parts.NewList(parts.Kind{Filter: true}, []parts.Item{
		{ID: "1", Title: "Zoë Peeters"}, {ID: "2", Title: "Jan Janssens"}, {ID: "3", Title: "Çelik", Note: "OCMW"},
	}).Sized(40, 10)
	for query, want := range map[string]string{"zoe": "1", "ZOË": "1", "celik": "3", "ocmw": "3", "jns": "2", "pe zo": "1"} {
		next, _ := press(l, "/")
		for _, msg := range screentest.Type(query) {
			next, _ = next.Update(look, msg)
		}
		if at(next) != want || next.Len() != 1 {
			t.Errorf("%q finds %d items, the first %s, want %s alone", query, next.Len(), at(next), want)
		}
		if !next.Typing() || !next.Inside() {
			t.Error("a filter under edit wants neither letters nor Esc")
		}
		if next, _ = press(next, "enter"); next.Typing() || !next.Inside() {
			t.Error("Enter ends the typing and keeps the filter")
		}
		if next, _ = press(next, "esc"); next.Inside() || next.Len() != 3 {
			t.Errorf("Esc leaves %d items, want 3", next.Len())
		}
	}
	next, _ := press(l, "f3", "w", "w")
	if view := next.View(look); next.Len() != 0 || !strings.Contains(view, "Niets gevonden") {
		t.Errorf("a word that is nowhere gives\n%s", view)
	}
}

func TestListMouse(t *testing.T) {
	l := parts.NewList(parts.Kind{}, items(20)).Sized(40, 10)
	next, event := l.Update(look, tea.MouseClickMsg{X: 3, Y: 3, Button: tea.MouseLeft})
	if at(next) != "C" || event != parts.Moved { // the marker has the first line
		t.Errorf("a click on the fourth line gives %s, %d", at(next), event)
	}
	if _, event = next.Update(look, tea.MouseClickMsg{X: 3, Y: 3, Button: tea.MouseLeft}); event != parts.Chose {
		t.Errorf("a second click gives %d, want Chose", event)
	}
	if next, _ = l.Update(look, tea.MouseWheelMsg{Button: tea.MouseWheelDown}); at(next) != "D" {
		t.Errorf("the wheel moves to %s, want D", at(next))
	}
	if _, event = l.Update(look, tea.MouseClickMsg{X: 3, Y: 30, Button: tea.MouseLeft}); event != parts.None {
		t.Errorf("a click below the list gives %d", event)
	}
}

func TestListWith(t *testing.T) {
	l, _ := press(parts.NewList(parts.Kind{Many: true}, items(5)).Sized(40, 10), "down", "down", "space")
	l = l.With(append([]parts.Item{{ID: "new", Title: "Nieuw"}}, items(5)...))
	if at(l) != "C" || !slices.Equal(l.Ticked(), []string{"C"}) {
		t.Errorf("with more items the cursor is on %s, ticked %v", at(l), l.Ticked())
	}
	if l = l.With(nil); l.Len() != 0 || !strings.Contains(l.View(look), "nog niets") {
		t.Errorf("an empty list shows\n%s", l.View(look))
	}
}

func columns() []parts.Column {
	return []parts.Column{
		{Title: "Toestel", Min: 8}, {Title: "Ontlener", Min: 14, Grow: 2},
		{Title: "Terug", Min: 10, Right: true}, {Title: "Opmerking", Min: 20, Grow: 1, Drop: 1}, {Title: "Loket", Min: 10, Drop: 2},
	}
}

func TestTable(t *testing.T) {
	rows := []parts.Row{
		{ID: "1", Cells: []string{"PC-0042", "Zoë Peeters", "23/11/2026", "tas mee", "OCMW"}},
		{ID: "2", Cells: []string{"PC-0043", "Een heel lange naam die niet past in de kolom", "3/12/2026"}},
	}
	for _, w := range []int{100, 76, 56, 30, 5} {
		table := parts.NewTable(columns(), rows).Sized(w, 10)
		within(t, "table", table.View(look), w, 10)
		view := ansi.Strip(table.View(look))
		if got, want := strings.Contains(view, "Opmerking"), w >= 70; got != want {
			t.Errorf("at %d cells the remark shows: %v\n%s", w, got, view)
		}
		if w >= 30 && !strings.Contains(view, "PC-0042") {
			t.Errorf("at %d cells the device is gone:\n%s", w, view)
		}
	}
	table, event := parts.NewTable(columns(), rows).Sized(80, 10).Update(look, screentest.Keys("down")[0])
	if row, ok := table.Current(); row.ID != "2" || !ok || event != parts.Moved {
		t.Errorf("down gives %s, %d", row.ID, event)
	}
	if _, y, _ := table.Cursor(); !strings.HasPrefix(strings.Split(ansi.Strip(table.View(look)), "\n")[y], "> PC-0043") {
		t.Errorf("the hardware cursor is on line %d of\n%s", y, table.View(look))
	}
}

func TestConfirm(t *testing.T) {
	for name, c := range map[string]struct {
		keys []string
		want parts.Answer
	}{
		"no is first":               {[]string{"space"}, parts.No},
		"the key that called it":    {[]string{"enter", "enter", "enter"}, parts.Waiting},
		"another key, then that":    {[]string{"down", "enter"}, parts.Yes},
		"down and up again":         {[]string{"down", "up", "enter"}, parts.No},
		"escape":                    {[]string{"down", "esc"}, parts.No},
		"the letter only moves":     {[]string{"j"}, parts.Waiting},
		"the letter, then enter":    {[]string{"j", "enter"}, parts.Yes},
		"the letter of no":          {[]string{"j", "n", "enter"}, parts.No},
		"tab":                       {[]string{"tab", "space"}, parts.Yes},
		"another letter is nothing": {[]string{"x", "enter"}, parts.No},
	} {
		t.Run(name, func(t *testing.T) {
			q := parts.NewConfirm("Laptop 0042 wissen?", nil, "Ja, wissen", "enter")
			var answer parts.Answer
			for _, msg := range screentest.Keys(c.keys...) {
				if q, answer = q.Update(look, 70, msg); answer != parts.Waiting {
					break
				}
			}
			if answer != c.want {
				t.Errorf("%v answers %d, want %d", c.keys, answer, c.want)
			}
		})
	}
	q := parts.NewConfirm("Wissen?", nil, "", "")
	if _, answer := q.Update(look, 70, tea.KeyPressMsg{Code: tea.KeyEnter, IsRepeat: true}); answer != parts.Waiting {
		t.Errorf("a held key answers %d", answer)
	}
	q, _ = q.Update(look, 70, tea.MouseClickMsg{Y: 3, Button: tea.MouseLeft})
	if _, answer := q.Update(look, 70, tea.MouseClickMsg{Y: 3, Button: tea.MouseLeft}); answer != parts.Yes {
		t.Errorf("two clicks on yes answer %d", answer)
	}
}

func TestNothingTypedReachesTheTerminal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyText(t, "text")
		list := parts.NewList(parts.Kind{Wrap: true, Many: true, Letters: true}, []parts.Item{{ID: "1", Title: s, Note: s}}).Sized(60, 6)
		table := parts.NewTable([]parts.Column{{Title: words.Key(s), Min: 5, Grow: 1}}, []parts.Row{{ID: "1", Cells: []string{s}}}).Sized(60, 6)
		form := parts.NewForm(words.Key(s), parts.Field{Name: "a", Label: words.Key(s), Hint: words.Key(s), Value: s}).Sized(look, 60, 20)
		form, _ = form.Update(look, tea.PasteMsg{Content: s})
		for what, view := range map[string]string{
			"list": list.View(look), "form": form.View(look),
			"confirm": parts.NewConfirm(words.Key(s), nil, words.Key(s), "").View(look, 60),
			"bar":     parts.Bar(look, 60, 1, 2, s),
			"table":   table.View(look),
		} {
			harmless(t, what, view)
			within(t, what, view, 60, map[string]int{"list": 6, "table": 6, "form": 20}[what]+map[string]int{"confirm": 1000, "bar": 1}[what])
		}
	})
}

// anyMsg is a message as a person, a paste gone wrong or a mouse may send it.
func anyMsg(t *rapid.T) tea.Msg {
	names := []string{"up", "down", "left", "right", "enter", "esc", "tab", "shift+tab", "space", "home", "end", "pgup", "pgdown",
		"backspace", "delete", "ctrl+u", "/", "f3", "a", "j", "é", "1"}
	switch rapid.IntRange(0, 5).Draw(t, "sort") {
	case 0, 1, 2:
		return screentest.Keys(rapid.SampledFrom(names).Draw(t, "key"))[0]
	case 3:
		text := anyText(t, "typed")
		if text == "" {
			text = "x"
		}
		return tea.KeyPressMsg{Text: text, Code: tea.KeyExtended}
	case 4:
		return tea.PasteMsg{Content: anyText(t, "pasted")}
	}
	x, y := rapid.IntRange(-3, 90).Draw(t, "x"), rapid.IntRange(-3, 40).Draw(t, "y")
	if rapid.Bool().Draw(t, "wheel") {
		return tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelDown}
	}
	return tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft}
}

func TestListAndTableStand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := parts.Kind{Many: rapid.Bool().Draw(t, "many"), Letters: rapid.Bool().Draw(t, "letters"),
			Wrap: rapid.Bool().Draw(t, "wrap"), Filter: rapid.Bool().Draw(t, "filter")}
		var all []parts.Item
		var rows []parts.Row
		for i := range rapid.IntRange(0, 30).Draw(t, "items") {
			s := anyText(t, "title")
			all = append(all, parts.Item{ID: string(rune('A' + i)), Title: s, Note: s})
			rows = append(rows, parts.Row{ID: string(rune('A' + i)), Cells: []string{s, s, s}})
		}
		w, h := rapid.IntRange(0, 90).Draw(t, "w"), rapid.IntRange(0, 30).Draw(t, "h")
		list, table := parts.NewList(kind, all).Sized(w, h), parts.NewTable(columns(), rows).Sized(w, h)
		for range rapid.IntRange(0, 30).Draw(t, "steps") {
			if rapid.IntRange(0, 9).Draw(t, "resize") == 0 {
				w, h = rapid.IntRange(0, 90).Draw(t, "w"), rapid.IntRange(0, 30).Draw(t, "h")
				list, table = list.Sized(w, h), table.Sized(w, h)
			}
			msg := anyMsg(t)
			list, _ = list.Update(look, msg)
			table, _ = table.Update(look, msg)
			within(t, "list", list.View(look), w, h)
			within(t, "table", table.View(look), w, h)
			if _, y, shown := list.Cursor(); shown && (y < 0 || y >= max(1, h)) {
				t.Errorf("the cursor is on line %d of %d", y, h)
			}
			if _, ok := list.Current(); ok != (list.Len() > 0) {
				t.Errorf("%d items show, and Current says %v", list.Len(), ok)
			}
		}
	})
}

// TestTableShowsAll: in a very wide window, as who reads line by line has one, no cell is cut where there is room for all.
func TestTableShowsAll(t *testing.T) {
	columns := []parts.Column{{Title: "Naam", Min: 5}, {Title: "Beslissing", Min: 6}, {Title: "Reden", Min: 5, Grow: 1}}
	rows := []parts.Row{{ID: "a", Cells: []string{"K-01", "wervingsreserve tot en met 30/11/2028", "Geslaagd."}}, {ID: "b", Cells: []string{"Kandidaat 2", "geslaagd", "-"}}}
	wide := parts.NewTable(columns, rows).Sized(240, 10)
	for _, want := range []string{"wervingsreserve tot en met 30/11/2028", "Kandidaat 2"} {
		if view := wide.View(look); !strings.Contains(view, want) {
			t.Errorf("%q is cut:\n%s", want, view)
		}
	}
	other := wide.With([]parts.Row{{ID: "c", Cells: []string{"Een naam die veel langer is", "-", "-"}}})
	if view := other.View(look); !strings.Contains(view, "Een naam die veel langer is") {
		t.Errorf("other rows are cut:\n%s", view)
	}
	within(t, "a row wider than the window", wide.With([]parts.Row{{ID: "d", Cells: []string{strings.Repeat("lang ", 99), "x", "y"}}}).View(look), 240, 10)
	if view := parts.NewTable(columns, rows).Sized(80, 10).View(look); strings.Contains(view, "30/11/2028") {
		t.Errorf("columns moved in a small window:\n%s", view)
	}
}
