package theme

import (
	"image/color"
	"math"
	"reflect"
	"strings"
	"testing"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// palette is the sixteen colours of a terminal, as 0xRRGGBB.
type palette struct {
	name   string
	colour [16]int
	// narrow: reverse video and bright backgrounds as the Linux console does them (drivers/tty/vt/vt.c):
	// SGR 100-107 mean 40-47, and reversing leaves the bright bit with the letters.
	narrow bool
}

var palettes = []palette{
	{ // Linux, drivers/tty/vt/vt.c, default_red, default_grn, default_blu
		"Linux console", [16]int{0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa,
			0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff}, true,
	},
	{ // Windows Terminal, "Campbell", src/cascadia/TerminalSettingsModel/defaults.json
		"Campbell", [16]int{0x0c0c0c, 0xc50f1f, 0x13a10e, 0xc19c00, 0x0037da, 0x881798, 0x3a96dd, 0xcccccc,
			0x767676, 0xe74856, 0x16c60c, 0xf9f1a5, 0x3b78ff, 0xb4009e, 0x61d6d6, 0xf2f2f2}, false,
	},
	{ // PuTTY, defaults of conf.c and settings.c (Colour6 to Colour21)
		"PuTTY", [16]int{0x000000, 0xbb0000, 0x00bb00, 0xbbbb00, 0x0000bb, 0xbb00bb, 0x00bbbb, 0xbbbbbb,
			0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff}, false,
	},
	{ // xterm.js, src/browser/Types.ts, DEFAULT_ANSI_COLORS
		"xterm.js", [16]int{0x2e3436, 0xcc0000, 0x4e9a06, 0xc4a000, 0x3465a4, 0x75507b, 0x06989a, 0xd3d7cf,
			0x555753, 0xef2929, 0x8ae234, 0xfce94f, 0x729fcf, 0xad7fa8, 0x34e2e2, 0xeeeeec}, false,
	},
}

// luminance and ratio are WCAG 2.2's relative luminance and contrast ratio.
func luminance(rgb int) float64 {
	l := 0.0
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		c := float64(rgb>>(16-8*i)&0xff) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		l += weight * c
	}
	return l
}

func ratio(a, b int) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func index(t *testing.T, c, base color.Color) int {
	t.Helper()
	if c == nil || c == (lipgloss.NoColor{}) {
		c = base
	}
	basic, ok := c.(ansi.BasicColor)
	if !ok {
		t.Fatalf("%v is not one of the sixteen colours", c)
	}
	return int(basic)
}

// seen gives the two colours in which a palette shows a style on the theme's background.
func (p palette) seen(t *testing.T, th Theme, s lipgloss.Style) (fore, back int) {
	t.Helper()
	fore, back = index(t, s.GetForeground(), th.fore), index(t, s.GetBackground(), th.back)
	if p.narrow {
		back &= 7
		if s.GetBold() {
			fore |= 8
		}
		if s.GetReverse() {
			return p.colour[fore&8|back&7], p.colour[fore&7]
		}
	}
	if s.GetReverse() {
		fore, back = back, fore
	}
	return p.colour[fore], p.colour[back]
}

func roles(th Theme) map[string]lipgloss.Style {
	all := map[string]lipgloss.Style{}
	v := reflect.ValueOf(*th.Roles)
	for i := range v.NumField() {
		all[v.Type().Field(i).Name] = v.Field(i).Interface().(lipgloss.Style)
	}
	return all
}

func TestContrast(t *testing.T) {
	drawn := map[string]float64{"Border": 3, "Bar": 3, "Rest": 3} // WCAG 1.4.11: 3:1 for what is not text
	for name, want := range map[Name]float64{Dark: 4.5, Light: 4.5, Contrast: 7} {
		th := New(name)
		for role, style := range roles(th) {
			for _, p := range palettes {
				want := want
				if w, ok := drawn[role]; ok {
					want = w
				}
				fore, back := p.seen(t, th, style)
				if got := ratio(fore, back); got < want {
					t.Errorf("%s, %s on %s: #%06x on #%06x is %.1f:1, want %.1f", name, role, p.name, fore, back, got, want)
				}
			}
		}
	}
}

func TestForbidden(t *testing.T) {
	for _, name := range Names() {
		th := New(name)
		for role, s := range roles(th) {
			if s.GetFaint() || s.GetItalic() || s.GetBlink() {
				t.Errorf("%s, %s: faint, italic or blinking letters", name, role)
			}
			// The Linux console shows underlined letters in cyan: fine on black, lost on white.
			if name == Light && (s.GetUnderline() || s.GetBold()) {
				t.Errorf("%s: bold or underline on white", role)
			}
			if name == Mono && (s.GetForeground() != lipgloss.NoColor{} || s.GetBackground() != lipgloss.NoColor{}) {
				t.Errorf("mono, %s has a colour", role)
			}
			for _, c := range []color.Color{s.GetForeground(), s.GetBackground()} {
				if down := colorprofile.ANSI.Convert(c); c != (lipgloss.NoColor{}) && down != c {
					t.Errorf("%s, %s: %v becomes %v with sixteen colours", name, role, c, down)
				}
			}
		}
		if s := th.Chosen; !s.GetReverse() {
			t.Errorf("%s: the chosen row is not reversed", name)
		}
	}
}

func TestGlyphs(t *testing.T) {
	const allowed = "─│┌┐└┘├┤┬┴┼█▀▄░▒▓►·"
	for _, name := range Names() {
		for _, set := range []Glyphs{New(name).Glyphs, New(name).WithASCII().Glyphs} {
			v := reflect.ValueOf(set)
			for i := range v.NumField() {
				g := v.Field(i).String()
				if ansi.StringWidth(g) != 1 || g > "~" && !strings.Contains(allowed, g) {
					t.Errorf("%s: %s is %q, want one permitted cell", name, v.Type().Field(i).Name, g)
				}
				if (name == Mono || set == ascii()) && g > "~" {
					t.Errorf("%s: %s is %q, want ASCII", name, v.Type().Field(i).Name, g)
				}
			}
		}
	}
}

func TestPaint(t *testing.T) {
	for _, name := range Names() {
		th := New(name)
		page := "a" + th.Title.Render("b") + "c\n" + strings.Repeat("x", 30) + "\n\nlost"
		got := th.Paint(page, 10, 3)
		if want := "abc       \nxxxxxxxxxx\n          "; ansi.Strip(got) != want {
			t.Errorf("%s: painted %q, want %q", name, ansi.Strip(got), want)
		}
		for y, line := range strings.Split(got, "\n") {
			if name != Mono && !strings.HasPrefix(line, "\x1b[") {
				t.Errorf("%s: line %d starts unpainted: %q", name, y, line)
			}
		}
		if resets := strings.Count(got, "\x1b[m"); name == Dark && resets != 4 {
			t.Errorf("%d resets in %q, want one after the title and one per line", resets, got)
		}
	}
	if got := New(Dark).Paint("x", 0, 5); got != "" {
		t.Errorf("no room gives %q, want nothing", got)
	}
}

func TestNames(t *testing.T) {
	seen, n := map[Name]bool{}, Dark
	for range Names() {
		seen[n] = true
		n = n.Next()
	}
	if len(seen) != len(Names()) || n != Dark {
		t.Errorf("going round gives %v and ends at %s", seen, n)
	}
	if n, ok := ParseName("x\x1b"); n != Dark || ok {
		t.Errorf("an unknown theme is %s, %v, want dark, false", n, ok)
	}
	for _, n := range Names() {
		if got, ok := ParseName(string(n)); got != n || !ok || New(n).Name != n {
			t.Errorf("ParseName(%s) = %s, %v", n, got, ok)
		}
	}
}
