package parts

import (
	"strings"
	"unicode"

	"digibrug/data"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/rivo/uniseg"
)

// input is one line of text under edit. It is our own and not bubbles/textinput because that one reads
// the clipboard of the server on Ctrl+V, and shares its buffer between copies.
type input struct {
	text   string
	pos    int                 // clusters before the cursor
	max    int                 // clusters that fit in
	hidden bool                // shown as stars; typed text is kept byte for byte but for control characters
	digits func(string) string // maps what is typed and pasted; may be nil
}

// maxPaste is how many bytes of a paste are looked at.
const maxPaste = 64 << 10

// clusters splits text into what people see as characters.
func clusters(s string) []string {
	var all []string
	state := -1
	for s != "" {
		var c string
		c, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
		all = append(all, c)
	}
	return all
}

// takes tells whether a key means something in an input.
func (in input) takes(msg tea.KeyPressMsg) bool {
	switch msg.String() {
	case "left", "right", "home", "end", "backspace", "delete", "ctrl+u":
		return true
	}
	return msg.Text != ""
}

// update edits by key.
func (in input) update(msg tea.KeyPressMsg) input {
	all := clusters(in.text)
	in.pos = min(max(in.pos, 0), len(all))
	switch msg.String() {
	case "left":
		in.pos = max(0, in.pos-1)
	case "right":
		in.pos = min(len(all), in.pos+1)
	case "home":
		in.pos = 0
	case "end":
		in.pos = len(all)
	case "backspace":
		if in.pos > 0 {
			in.text = strings.Join(all[:in.pos-1], "") + strings.Join(all[in.pos:], "")
			in.pos--
		}
	case "delete":
		if in.pos < len(all) {
			in.text = strings.Join(all[:in.pos], "") + strings.Join(all[in.pos+1:], "")
		}
	case "ctrl+u":
		in.text, in.pos = strings.Join(all[in.pos:], ""), 0
	default:
		in, _, _ = in.insert(msg.Text)
	}
	return in
}

// insert puts text at the cursor: harmless characters only, as many as fit. dropped tells that some were
// not harmless, cut that there were too many.
func (in input) insert(text string) (next input, dropped, cut bool) {
	if len(text) > maxPaste {
		text, cut = text[:maxPaste], true
	}
	kept := strings.Map(keep, strings.ToValidUTF8(text, ""))
	dropped = len(kept) < len(strings.TrimRight(text, "\r\n"))
	if !in.hidden {
		kept = oneLine(kept)
	}
	if in.digits != nil {
		kept = in.digits(kept)
	}
	all := clusters(in.text)
	in.pos = min(max(in.pos, 0), len(all))
	left, right := strings.Join(all[:in.pos], ""), strings.Join(all[in.pos:], "")
	fresh := clusters(kept)
	if room := max(0, in.max-len(all)); len(fresh) > room {
		fresh, cut = fresh[:room], true
	}
	left += strings.Join(fresh, "")
	in.text, in.pos = left+right, len(clusters(left))
	return in, dropped, cut
}

// keep drops what no field takes: control and format characters. Line ends and tabs become spaces later.
func keep(r rune) rune {
	switch {
	case r == '\n' || r == '\t':
		return ' '
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
		return -1
	}
	return r
}

// oneLine is data.Clean, but keeps one space at either end: people type word by word.
func oneLine(s string) string {
	clean := data.Clean(s, 0)
	if clean == "" && s != "" && strings.TrimSpace(s) == "" {
		return " "
	}
	if clean != "" && strings.HasPrefix(s, " ") {
		clean = " " + clean
	}
	if clean != "" && strings.HasSuffix(s, " ") {
		clean += " "
	}
	return clean
}

// view gives the part of the text around the cursor that fits in room cells, and the cell of the cursor
// in it, from 0 to room-1.
func (in input) view(room int) (x int, text string) {
	room = max(1, room)
	all := clusters(in.text)
	for i, c := range all {
		all[i] = in.cell(c)
	}
	pos := min(max(in.pos, 0), len(all))
	from := pos
	for w := 1; from > 0; from-- { // one cell for the cursor itself
		if w += ansi.StringWidth(all[from-1]); w > room {
			break
		}
	}
	return ansi.StringWidth(strings.Join(all[from:pos], "")), ansi.Truncate(strings.Join(all[from:], ""), room, "")
}

// cell is how one cluster shows.
func (in input) cell(c string) string {
	switch {
	case in.hidden:
		return "*"
	case strings.TrimSpace(c) == "":
		return " "
	}
	return Plain(c)
}
