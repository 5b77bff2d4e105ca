package me_test

import (
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/tui/me"
	"digibrug/tui/theme"

	"github.com/charmbracelet/x/ansi"
)

// modules reads drawn lines back: true where the upper or lower half of a cell is a block.
func modules(lines []string) [][]bool {
	var all [][]bool
	for _, line := range lines {
		var upper, lower []bool
		for _, r := range ansi.Strip(line) {
			upper, lower = append(upper, r == '█' || r == '▀'), append(lower, r == '█' || r == '▄')
		}
		all = append(all, upper, lower)
	}
	return all
}

// TestQRIsDrawnAsItIs draws codes in every theme and reads them back: each module in its place, and white around.
func TestQRIsDrawnAsItIs(t *testing.T) {
	for _, login := range []string{"an", "an.peeters", strings.Repeat("a", 32)} {
		e := data.NewEnrolment(login)
		lead, _ := e.URI()
		code, err := me.QROf(lead, e.Secret)
		if err != nil {
			t.Fatal(err)
		}
		width, height := me.QRSize(code)
		if width > 41 || height > 19 {
			t.Errorf("the code of %q takes %d×%d cells, more than a window of 80×24 has", login, width, height)
		}
		for _, name := range theme.Names() {
			for _, flip := range []bool{false, true} {
				lines := me.QRLines(code, theme.New(name), flip)
				blocksAreDark := (name == theme.Mono) == flip
				drawn := modules(lines)
				for y := range drawn {
					for x := range drawn[y] {
						if dark := drawn[y][x] == blocksAreDark; dark != code.Black(x-4, y-2) {
							t.Fatalf("%s, %s, flip %v: module %d, %d is dark: %v", login, name, flip, x, y, dark)
						}
					}
				}
				// black letters on bright white, except where there are no colours
				if has := strings.Contains(lines[0], "\x1b[30;107m"); has == (name == theme.Mono) {
					t.Errorf("%s: the code starts with %q", name, lines[0][:20])
				}
			}
		}
	}
}

// TestQRIsSmallest compares with the sizes of ISO/IEC 18004: 33 modules hold 80 codewords at level L.
func TestQRIsSmallest(t *testing.T) {
	for login, want := range map[string]int{"ivo": 33, "an.peeters": 33, strings.Repeat("a", 32): 33} {
		e := data.NewEnrolment(login)
		lead, _ := e.URI()
		code, err := me.QROf(lead, e.Secret)
		if err != nil || code.Size != want {
			t.Errorf("%q: %d modules, %v; want %d", login, code.Size, err, want)
		}
	}
}
