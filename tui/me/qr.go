package me

import (
	"strings"

	"digibrug/tui/theme"

	"charm.land/lipgloss/v2"
	"rsc.io/qr/coding"
)

// A QR code of half blocks: two modules above each other in one cell. Around it stays white what scanners need to
// find it (ISO/IEC 18004 asks four modules; above and below two will do, so that a code of 33 modules fits the 19
// lines that a screen of 24 has).
const (
	qrSide = 4 // modules left and right
	qrTop  = 2 // modules above, and at least as many below
)

// qrOf encodes an address whose end is capitals and digits: those take less room than other text, so that the whole
// is a size smaller.
func qrOf(lead, capitals string) (*coding.Code, error) {
	parts := []coding.Encoding{coding.String(lead), coding.Alpha(capitals)}
	for v := coding.Version(coding.MinVersion); ; v++ {
		bits := 0
		for _, p := range parts {
			bits += p.Bits(v)
		}
		if bits > v.DataBytes(coding.L)*8 && v < coding.MaxVersion {
			continue
		}
		plan, err := coding.NewPlan(v, coding.L, 0) // the least redundancy: a screen has no stains
		if err != nil {
			return nil, err
		}
		return plan.Encode(parts...)
	}
}

// qrSize is how many cells and lines a code takes.
func qrSize(c *coding.Code) (width, height int) {
	return c.Size + 2*qrSide, (c.Size + 2*qrTop + 1) / 2
}

// qrLines draws a code. It is black on white whatever the theme, since many scanners don't read white on black. On a
// terminal without colours nobody knows which of the two the blocks are: flip changes that. They count as white
// there, since most such terminals are dark.
func qrLines(c *coding.Code, t theme.Theme, flip bool) []string {
	style := lipgloss.NewStyle().Foreground(lipgloss.Black).Background(lipgloss.BrightWhite)
	if t.Name == theme.Mono {
		style, flip = lipgloss.NewStyle(), !flip
	}
	width, height := qrSize(c)
	lines := make([]string, height)
	for row := range lines {
		var line strings.Builder
		for x := range width {
			upper := c.Black(x-qrSide, 2*row-qrTop) != flip
			lower := c.Black(x-qrSide, 2*row+1-qrTop) != flip
			line.WriteString(halves[upper][lower])
		}
		lines[row] = style.Render(line.String())
	}
	return lines
}

// halves are the cells by what is drawn of them: upper half, lower half.
var halves = map[bool]map[bool]string{true: {true: "█", false: "▀"}, false: {true: "▄", false: " "}}
