// Package theme says how each role of a text looks: title, quiet hint, chosen row, alarm. Screens name the
// role, never a colour, and put a word or a sign beside it, since colour never carries meaning alone.
//
// The four themes are made for sixteen colours, the Linux console of a kiosk first: ANSI indices only,
// so that nothing changes when a terminal has fewer colours. Three of them paint their own background, so
// that the contrast that the test of this package proves is the contrast that people see.
package theme

import (
	"image/color"
	"slices"

	"charm.land/lipgloss/v2"
)

// Name is a theme as accounts and configuration store it.
type Name string

// The themes.
const (
	Dark     Name = "dark"     // light letters on black
	Light    Name = "light"    // dark letters on white
	Contrast Name = "contrast" // black, white and bright colours, all at 7:1 or better
	Mono     Name = "mono"     // bold, underline and reverse only, on the terminal's own colours; ASCII lines
)

// Names gives the themes in the order in which the theme key goes round.
func Names() []Name { return []Name{Dark, Light, Contrast, Mono} }

// ParseName finds a theme by its code; what is none gives Dark and false.
func ParseName(s string) (Name, bool) {
	if n := Name(s); slices.Contains(Names(), n) {
		return n, true
	}
	return Dark, false
}

// Next is the theme after n, the first after the last.
func (n Name) Next() Name {
	all := Names()
	return all[(slices.Index(all, n)+1)%len(all)]
}

// Roles is one style per role. A style has no size, border or padding of its own.
type Roles struct {
	Title  lipgloss.Style // what this screen or block is about
	Body   lipgloss.Style // running text
	Strong lipgloss.Style // a word in running text that counts
	Quiet  lipgloss.Style // hints and what may be skipped
	Good   lipgloss.Style // it worked; beside "Gelukt"
	Warn   lipgloss.Style // look out, or a field that needs care; beside "!" or "Let op"
	Alarm  lipgloss.Style // it did not work; beside a word
	Chosen lipgloss.Style // the row or answer under the cursor; beside the cursor glyph
	Picked lipgloss.Style // a row that is ticked but not under the cursor; beside [x]

	Field      lipgloss.Style // what stands in an input field
	FieldFocus lipgloss.Style // the same, while it has the focus

	Header lipgloss.Style // place and title above the rule
	Aside  lipgloss.Style // person and clock, at the right of the header
	Footer lipgloss.Style // what a key does
	Key    lipgloss.Style // the key, as printed on its cap
	Border lipgloss.Style // rules and frames, never words
	Bar    lipgloss.Style // the full part of a progress bar
	Rest   lipgloss.Style // its empty part
}

// Glyphs are the signs that frames and lists are drawn with, one cell each. All are in code page 437, so
// that a bare console has them; ASCII replaces them where even those fail.
type Glyphs struct {
	Rule, Pipe                                     string
	TopLeft, TopRight, BottomLeft, BottomRight     string
	TeeLeft, TeeRight, TeeTop, TeeBottom, Crossing string
	Cursor                                         string // before the chosen row
	Crumb                                          string // between the parts of the header
	Dot                                            string // between the keys of the footer
	Full, Empty                                    string // of a progress bar
	Above, Below                                   string // before "nog 5 hierboven", "nog 5 hieronder"
}

// Theme is roles and glyphs. Make one with New; the zero Theme has no roles. It is never changed after,
// so sessions may share it.
type Theme struct {
	*Roles
	Name   Name
	Glyphs Glyphs

	fore, back color.Color // painted under everything; nil: the terminal's own
}

// New makes a theme; a name that is none gives Dark.
func New(name Name) Theme {
	switch name {
	case Light:
		return light()
	case Contrast:
		return contrast()
	case Mono:
		return mono()
	}
	return dark()
}

// WithASCII is the theme drawn with ASCII only, for terminals without line glyphs.
func (t Theme) WithASCII() Theme {
	t.Glyphs = ascii()
	return t
}

func lines() Glyphs {
	return Glyphs{
		Rule: "─", Pipe: "│", TopLeft: "┌", TopRight: "┐", BottomLeft: "└", BottomRight: "┘",
		TeeLeft: "├", TeeRight: "┤", TeeTop: "┬", TeeBottom: "┴", Crossing: "┼",
		Cursor: "►", Crumb: ">", Dot: "·", Full: "█", Empty: "░", Above: "▀", Below: "▄",
	}
}

func ascii() Glyphs {
	return Glyphs{
		Rule: "-", Pipe: "|", TopLeft: "+", TopRight: "+", BottomLeft: "+", BottomRight: "+",
		TeeLeft: "+", TeeRight: "+", TeeTop: "+", TeeBottom: "+", Crossing: "+",
		Cursor: ">", Crumb: ">", Dot: "|", Full: "#", Empty: ".", Above: "^", Below: "v",
	}
}

func ink(c color.Color) lipgloss.Style { return lipgloss.NewStyle().Foreground(c) }

func on(fore, back color.Color) lipgloss.Style {
	return lipgloss.NewStyle().Foreground(fore).Background(back)
}

// dark writes in white, bright white, bright cyan, green and yellow only: the others fall below 4.5:1 on
// one of the palettes (field/terminal.md §4). Rows are chosen by reversing white, not bright white: the
// Linux console keeps the bright bit with the letters when it reverses, and would show grey on grey.
func dark() Theme {
	body, title := ink(lipgloss.BrightWhite), ink(lipgloss.BrightCyan).Bold(true)
	return Theme{Name: Dark, Glyphs: lines(), fore: lipgloss.BrightWhite, back: lipgloss.Black, Roles: &Roles{
		Title: title, Body: body, Strong: body.Bold(true), Quiet: ink(lipgloss.White),
		Good: ink(lipgloss.BrightGreen), Warn: ink(lipgloss.BrightYellow), Alarm: on(lipgloss.BrightWhite, lipgloss.Red),
		Chosen: on(lipgloss.White, lipgloss.Black).Reverse(true), Picked: ink(lipgloss.BrightGreen),
		Field: ink(lipgloss.White).Underline(true), FieldFocus: on(lipgloss.White, lipgloss.Black).Reverse(true),
		Header: title, Aside: ink(lipgloss.White), Footer: ink(lipgloss.White), Key: ink(lipgloss.BrightYellow),
		Border: ink(lipgloss.Cyan), Bar: ink(lipgloss.BrightGreen), Rest: ink(lipgloss.White),
	}}
}

// light writes in black and blue. No bold and no underline: the Linux console shows those as grey and
// cyan letters, which vanish on its white.
func light() Theme {
	body, title := ink(lipgloss.Black), ink(lipgloss.Blue)
	return Theme{Name: Light, Glyphs: lines(), fore: lipgloss.Black, back: lipgloss.BrightWhite, Roles: &Roles{
		Title: title, Body: body, Strong: title, Quiet: body,
		Good: title, Warn: on(lipgloss.BrightWhite, lipgloss.Blue), Alarm: on(lipgloss.BrightWhite, lipgloss.Red),
		Chosen: on(lipgloss.Black, lipgloss.White).Reverse(true), Picked: title,
		Field: body, FieldFocus: on(lipgloss.Black, lipgloss.White).Reverse(true),
		Header: title, Aside: body, Footer: body, Key: title,
		Border: title, Bar: title, Rest: body,
	}}
}

// contrast keeps every word at 7:1 or better on all four palettes.
func contrast() Theme {
	body, title := ink(lipgloss.BrightWhite), ink(lipgloss.BrightYellow).Bold(true)
	chosen := on(lipgloss.White, lipgloss.Black).Reverse(true)
	return Theme{Name: Contrast, Glyphs: lines(), fore: lipgloss.BrightWhite, back: lipgloss.Black, Roles: &Roles{
		Title: title, Body: body, Strong: body.Bold(true), Quiet: body,
		Good: ink(lipgloss.BrightGreen).Bold(true), Warn: title, Alarm: chosen,
		Chosen: chosen, Picked: ink(lipgloss.BrightGreen).Bold(true),
		Field: body.Underline(true), FieldFocus: chosen,
		Header: title, Aside: body, Footer: body, Key: title,
		Border: body, Bar: body, Rest: body,
	}}
}

func mono() Theme {
	plain := lipgloss.NewStyle()
	bold, reverse := plain.Bold(true), plain.Reverse(true)
	return Theme{Name: Mono, Glyphs: ascii(), Roles: &Roles{
		Title: bold, Body: plain, Strong: bold, Quiet: plain,
		Good: bold, Warn: bold, Alarm: reverse.Bold(true),
		Chosen: reverse, Picked: bold,
		Field: plain.Underline(true), FieldFocus: reverse,
		Header: bold, Aside: plain, Footer: plain, Key: bold,
		Border: plain, Bar: plain, Rest: plain,
	}}
}
