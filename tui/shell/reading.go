package shell

import (
	"slices"
	"strings"
	"unicode"

	"digibrug/tui/keys"
	"digibrug/tui/parts"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// ReadingWidth and ReadingHeight are the window that a visit is told of while it goes line by line: wide enough that no
// column leaves, and high enough that hardly anything is out of view.
const (
	ReadingWidth  = 240
	ReadingHeight = maxHeight
)

// Shown is what a visit shows now, for who reads it line by line. It comes from the same screens as the window does: what
// can be chosen is what the arrows reach.
type Shown struct {
	Title string
	Lines []string // of the body as drawn, without colours; an index is a Spot's Y
	Told  []string // what the program or the server has to say
	Spots []Spot   // what can have the focus, from top to bottom
	At    int      // index in Spots of what has it; -1: nothing
	Start bool     // the first page of a PC that many use, where nobody has begun
	Takes bool     // words are taken as they come, such as what is looked for; otherwise letters are keys
	Keys  []Act    // the keys of the footer that no number stands for
}

// Spot is a place that can have the focus.
type Spot struct {
	Y     int               // line of the body that names it
	Place parts.Place       // what it is
	Path  []tea.KeyPressMsg // the keys that bring the focus there from where it is now

	line string // as drawn once it has the focus, without the sign of that
}

// Act is a key and what it does.
type Act struct {
	Cap, Does  string
	Press      tea.KeyPressMsg
	Everywhere bool // it does the same on every screen: it works, and need not be read aloud on each
}

// maxSpots is how many places are looked for in one direction; what lies behind comes in view by Page Down.
const maxSpots = 250

// Reading tells whether the visit goes line by line.
func (r Root) Reading() bool { return r.s.Reading() }

// Gist is what shows, without digits: it stays the same while only clocks and counters run. It is cheap.
func (r Root) Gist() string {
	f := r.frame()
	if f.tooSmall() {
		return ""
	}
	text := r.title() + "\n" + strings.Join(r.body(f), "\n") + "\n" + strings.Join(r.saying(), "\n")
	return strings.Map(func(c rune) rune {
		if unicode.IsDigit(c) {
			return -1
		}
		return c
	}, ansi.Strip(text))
}

// Shown looks at everything that shows, and tries on a copy where the arrows lead.
func (r Root) Shown() Shown {
	f := r.frame()
	if f.tooSmall() || r.bye {
		return Shown{At: -1}
	}
	s := Shown{Title: r.title(), Told: r.saying()}
	for _, line := range r.body(f) {
		s.Lines = append(s.Lines, strings.TrimRight(ansi.Strip(line), " "))
	}
	s.Spots, s.At = r.spots()
	_, tells := r.placed()
	s.Takes = r.overlay != nil || !tells && isTyping(r.top())
	s.Start = r.overlay == nil && r.waits()
	s.Keys = r.acts(s)
	return s
}

// saying is the banner, or the notices that nobody has read yet.
func (r Root) saying() (lines []string) {
	look := r.s.Look()
	if r.banner.kind != bannerNone {
		lines = append(lines, r.banner.text(look))
	}
	for _, n := range r.notices {
		lines = append(lines, n.text(look))
	}
	return lines
}

// here takes away what the person has read by now.
func (r Root) here(msg HereMsg) (Root, tea.Cmd) {
	if r.banner.kind == bannerIdle {
		r.banner = banner{}
	}
	if msg.Read {
		for _, n := range r.notices {
			r.told = remember(r.told, n)
		}
		r.notices, r.hint = nil, false
	}
	return r.toTop(msg)
}

// trigger is the name of the key that called a question and can't answer it. A line is no key that repeats.
func (r Root) trigger() string {
	if r.s.Reading() {
		return ""
	}
	return r.lastKey
}

// placed is what the top screen says that has the focus; ok is false when it says nothing, or something stands before it.
func (r Root) placed() (p parts.Place, ok bool) {
	if t, is := r.top().(Placer); is && r.overlay == nil {
		return t.Place(), true
	}
	return p, false
}

// focus is where a root has its focus; ok is false when nothing has it.
func (r Root) focus() (s Spot, ok bool) {
	f := r.frame()
	c := r.cursor(f, 0)
	if c == nil {
		return s, false
	}
	var tells bool
	s.Place, tells = r.placed()
	lines := r.body(f)
	at := min(c.Y-f.top, len(lines)-1)
	if s.Y = at; s.Place.Kind != parts.TickPlace {
		s.Y = r.named(lines, at)
	}
	switch {
	case s.Y > at: // letters narrow a list, whose row is below
		s.Place = parts.Place{}
	case s.Y < at && !tells && r.overlay == nil && isTyping(r.top()):
		s.Place.Kind = parts.TextPlace
	}
	s.line = r.unsigned(lines[s.Y])
	return s, true
}

// named is the line that has the sign of what is chosen: the row itself, the label over a field, or the row below a line
// in which letters narrow a list. Without a sign it is the cursor's own.
func (r Root) named(lines []string, at int) int {
	for y := at; y >= 0; y-- {
		if r.signed(lines[y]) {
			return y
		}
	}
	for y := at + 1; y < len(lines); y++ {
		if r.signed(lines[y]) {
			return y
		}
	}
	return at
}

// signed tells whether the sign of what is chosen stands at the start of a line.
func (r Root) signed(line string) bool {
	return strings.HasPrefix(strings.TrimLeft(ansi.Strip(line), " "), r.s.Theme().Glyphs.Cursor)
}

// unsigned is a drawn line without colours and without the sign of what is chosen.
func (r Root) unsigned(line string) string {
	return strings.TrimSpace(strings.Replace(ansi.Strip(line), r.s.Theme().Glyphs.Cursor, " ", 1))
}

// same tells whether two spots are the same one; the lines of a long text are.
func (s Spot) same(other Spot) bool {
	if s.Place.Name != "" && s.Place.Kind != parts.TickPlace {
		return s.Place.Name == other.Place.Name && s.Place.Label == other.Place.Label
	}
	return s.Y == other.Y
}

// spots walks a copy of the visit up and down from where the focus is. What those steps would ask of a store is not done.
func (r Root) spots() (all []Spot, at int) {
	here, ok := r.focus()
	if !ok || here.Place.Kind == parts.GridPlace {
		return nil, -1
	}
	k := r.s.Keys()
	above := r.walk([]Spot{here}, k.Up)
	slices.Reverse(above)
	below := r.walk(append(slices.Clone(above), here), k.Down)
	all = append(append(above, here), below...)
	r.place(all)
	return all, len(above)
}

// place finds the line of each spot on the page as it is now: what has the focus may take more lines, such as a hint.
func (r Root) place(all []Spot) {
	lines := r.body(r.frame())
	from := 0
	for i, s := range all {
		for y := from; y < len(lines); y++ {
			if r.unsigned(lines[y]) == s.line {
				all[i].Y, from = y, y+1
				break
			}
		}
	}
}

// walk presses a key on a copy, again and again, until that leads nowhere new.
func (r Root) walk(seen []Spot, way key.Binding) (found []Spot) {
	press, _ := keys.Press(way)
	var path []tea.KeyPressMsg
	for range maxSpots {
		next, spot, steps := r.stride(seen, press)
		if steps == 0 {
			return found
		}
		path = append(path, slices.Repeat([]tea.KeyPressMsg{press}, steps)...)
		r, spot.Path = next, slices.Clone(path)
		seen, found = append(seen, spot), append(found, spot)
	}
	return found
}

// stride presses a key until the focus is on a spot that was not seen, and counts how often; 0: it never is. Only through
// the lines of a long text is it more than once.
func (r Root) stride(seen []Spot, press tea.KeyPressMsg) (next Root, s Spot, steps int) {
	for steps = 1; steps <= maxSpots; steps++ {
		before := r.cursor(r.frame(), 0)
		r, _ = r.update(press)
		spot, ok := r.focus()
		if ok && !slices.ContainsFunc(seen, spot.same) {
			return r, spot, steps
		}
		after := r.cursor(r.frame(), 0)
		if !ok || spot.Place.Kind != parts.LinesPlace || before == nil || after == nil || before.Position == after.Position {
			break
		}
	}
	return r, s, 0
}

// acts are the keys that do something which no number does.
func (r Root) acts(s Shown) (all []Act) {
	k := r.s.Keys()
	first, last := r.footerKeys()
	row := s.At >= 0 && s.Spots[s.At].Place.Kind == parts.RowPlace
	skip := []key.Binding{k.Arrows, k.Up, k.Down, k.Left, k.Right, k.Space, k.Previous}
	if row {
		skip = append(skip, k.Enter)
	}
	if len(s.Spots) > 1 {
		skip = append(skip, k.Next)
	}
	for _, line := range s.Lines {
		switch g := r.s.Theme().Glyphs; {
		case strings.HasPrefix(strings.TrimLeft(line, " "), g.Above):
			first = append(first, k.PageUp)
		case strings.HasPrefix(strings.TrimLeft(line, " "), g.Below):
			first = append(first, k.PageDown)
		}
	}
	add := func(everywhere bool, bindings ...key.Binding) {
		for _, b := range bindings {
			press, ok := keys.Press(b)
			if h := b.Help(); ok && h.Key != "" && !sameKey(b, skip) {
				all = append(all, Act{Cap: parts.Plain(h.Key), Does: parts.Plain(h.Desc), Press: press, Everywhere: everywhere})
				skip = append(skip, b)
			}
		}
	}
	add(false, append(first, last...)...)
	if p, _ := r.placed(); p.Kind == parts.GridPlace {
		skip = nil
		add(false, k.Left, k.Right, k.Up, k.Down)
	}
	add(true, r.common()...)
	skip = nil
	add(true, k.Enter, k.Space, k.Next, k.Previous, k.Left, k.Right, k.Up, k.Down, k.PageUp, k.PageDown, k.Home, k.End)
	return all
}
