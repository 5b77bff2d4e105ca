package papers

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/loans"
)

// mm is a millimetre in points.
const mm = 72 / 25.4

// rect is a black rectangle on a page, in millimetres from the upper left corner.
type rect struct{ x, y, wide, high float64 }

// rectsOf gives the rectangles of each page.
func rectsOf(t *testing.T, file []byte) (pages [][]rect) {
	t.Helper()
	for _, content := range contentsOf(t, file) {
		var all []rect
		for line := range strings.Lines(string(content)) {
			var x, y, w, h float64
			if n, _ := fmt.Sscanf(line, "%f %f %f %f re f", &x, &y, &w, &h); n == 4 {
				all = append(all, rect{x / mm, longSide - y/mm, w / mm, math.Abs(h) / mm})
			}
		}
		pages = append(pages, all)
	}
	return pages
}

// within gives the rectangles inside a label.
func within(all []rect, x, y, wide, high float64) (found []rect) {
	for _, r := range all {
		if r.x >= x && r.x+r.wide <= x+wide && r.y >= y && r.y+r.high <= y+high {
			found = append(found, r)
		}
	}
	return found
}

// modules is a length in modules.
func modules(length, module float64) int { return int(math.Round(length / module)) }

// readBars reads Code 128 (ISO/IEC 15417) as a scanner does, and checks its sum.
func readBars(t *testing.T, all []rect, d die) string {
	t.Helper()
	slices.SortFunc(all, func(a, b rect) int { return int(math.Round(100 * (a.x - b.x))) })
	var widths strings.Builder
	for i, r := range all {
		if i > 0 {
			fmt.Fprint(&widths, modules(r.x-all[i-1].x-all[i-1].wide, d.bar))
		}
		fmt.Fprint(&widths, modules(r.wide, d.bar))
	}
	const patterns = `212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 123221 223211 221132 221231
		213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133
		112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422
		121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212
		421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 211232`
	const stop, startC = "2331112", 105
	text, ok := strings.CutSuffix(widths.String(), stop)
	if !ok {
		t.Fatalf("bars %s don't end in a stop", widths.String())
	}
	var values []int
	for ; len(text) >= 6; text = text[6:] {
		values = append(values, slices.Index(strings.Fields(patterns), text[:6]))
	}
	sum, digits := values[0], ""
	for i, v := range values[1 : len(values)-1] {
		sum += (i + 1) * v
		digits += fmt.Sprintf("%02d", v)
	}
	if values[0] != startC || sum%103 != values[len(values)-1] {
		t.Fatalf("bars hold %v: no digits, or a wrong sum", values)
	}
	return digits
}

// readSquares reads a QR code of version 1 at level M (ISO/IEC 18004) that holds digits.
func readSquares(t *testing.T, all []rect, d die, left, top float64) string {
	t.Helper()
	const size = 21
	var dark [size][size]bool // by row
	for _, r := range all {
		x, y := modules(r.x-left, d.square), modules(r.y-top, d.square)
		for i := range modules(r.wide, d.square) {
			dark[y][x+i] = true
		}
	}
	bit := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	mask := bit(!dark[8][2])<<2 | bit(dark[8][3])<<1 | bit(!dark[8][4])
	flips := func(i, j int) bool { // row, column
		return []bool{(i+j)%2 == 0, i%2 == 0, j%3 == 0, (i+j)%3 == 0, (i/2+j/3)%2 == 0, i*j%2+i*j%3 == 0, (i*j%2+i*j%3)%2 == 0, ((i+j)%2+i*j%3)%2 == 0}[mask]
	}
	var bits []bool
	for column, up := size-1, true; column > 0; column, up = column-2, !up {
		if column == 6 {
			column--
		}
		for step := range size {
			row := step
			if up {
				row = size - 1 - step
			}
			for _, x := range []int{column, column - 1} {
				if fixed := row == 6 || row < 9 && (x < 9 || x > 12) || row > 12 && x < 9; !fixed {
					bits = append(bits, dark[row][x] != flips(row, x))
				}
			}
		}
	}
	take := func(n int) (v int) {
		for range n {
			v, bits = v<<1|bit(bits[0]), bits[1:]
		}
		return v
	}
	if mode := take(4); mode != 1 {
		t.Fatalf("the squares have mode %d, and no digits", mode)
	}
	digits := ""
	for left := take(10); left > 0; left -= 3 {
		n := min(left, 3)
		digits += fmt.Sprintf("%0*d", n, take([]int{0, 4, 7, 10}[n]))
	}
	return digits
}

func sampleLabels(n int) (all []Label) {
	for i := range n {
		all = append(all, Label{Number: loans.NewNumber(10+i%80, 1+i*997), Name: fmt.Sprintf("LT-%03d", i+1), Owner: "Gemeente Zandwerve"})
	}
	return all
}

func labelPDF(t testing.TB, s LabelSheet) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := WriteLabels(&out, s); err != nil {
		t.Fatalf("write labels: %v", err)
	}
	return out.Bytes()
}

// TestLabelsAreRead reads the bars and the squares of every label where it must lie on its sheet.
func TestLabelsAreRead(t *testing.T) {
	for _, layout := range []LabelLayout{Labels24, Labels65} {
		d, _ := layout.die()
		s := LabelSheet{Layout: layout, Start: 5, Place: "Zandwerve", At: datatest.Noon, All: sampleLabels(layout.PerSheet())}
		file := labelPDF(t, s)
		pages, texts := rectsOf(t, file), pagesOf(t, file)
		if len(pages) != 2 {
			t.Fatalf("%s: %d sheets, want 2: four labels are gone already", layout, len(pages))
		}
		for i, l := range s.All {
			at := i + s.Start - 1
			page, place := at/layout.PerSheet(), at%layout.PerSheet()
			x, y := d.left+d.across*float64(place%d.columns), d.top+d.high*float64(place/d.columns)
			found := within(pages[page], x, y, d.wide, d.high)
			bars := within(found, x, y+d.bars-0.1, d.wide, d.barsHigh+0.2)
			squares := within(found, x+d.side-0.1, y+d.head-0.1, 21*d.square+0.2, 21*d.square+0.2)
			if len(bars)+len(squares) != len(found) {
				t.Errorf("%s: label %d has %d bars and %d squares of %d rectangles", layout, i, len(bars), len(squares), len(found))
			}
			if got := readBars(t, bars, d); got != string(l.Number) {
				t.Errorf("%s: label %d: the bars say %s, want %s", layout, i, got, l.Number)
			}
			if got := readSquares(t, squares, d, x+d.side, y+d.head); got != string(l.Number) {
				t.Errorf("%s: label %d: the squares say %s, want %s", layout, i, got, l.Number)
			}
			if quiet := bars[0].x - x; quiet < 10*d.bar-1e-6 && i == 0 {
				t.Errorf("%s: %.2f mm free beside the bars, want ten modules", layout, quiet)
			}
			if !strings.Contains(texts[page], l.Number.Show()) || !strings.Contains(texts[page], l.Name) {
				t.Errorf("%s: sheet %d lacks %s or %s", layout, page+1, l.Number.Show(), l.Name)
			}
		}
		if again := labelPDF(t, s); !bytes.Equal(again, file) {
			t.Errorf("%s: the same labels gave other bytes", layout)
		}
	}
}

// TestLabelsStayInTheirPlace prints names that are too long or hostile, and finds each text inside its label.
func TestLabelsStayInTheirPlace(t *testing.T) {
	for _, layout := range []LabelLayout{Labels24, Labels65} {
		d, _ := layout.die()
		s := LabelSheet{Layout: layout, Start: 1, Place: hostile()[0], At: datatest.Noon}
		for i, text := range hostile() {
			s.All = append(s.All, Label{Number: loans.NewNumber(20, i+1), Name: text, Owner: text + strings.Repeat(" lang", 30)})
		}
		for n, at := range placesOf(t, labelPDF(t, s)) {
			x, y := at[0]/mm-d.left, longSide-at[1]/mm-d.top
			if inX, inY := math.Mod(x, d.across), math.Mod(y, d.high); inX < d.side || inX > d.wide-d.side || inY < d.head || inY > d.bars {
				t.Errorf("%s: text %d stands at %.1f, %.1f mm in its label", layout, n, inX, inY)
			}
		}
	}
}

func TestNoLabels(t *testing.T) {
	good := LabelSheet{Layout: Labels24, Start: 1, At: datatest.Noon, All: sampleLabels(1)}
	for name, c := range map[string]struct {
		change func(*LabelSheet)
		field  string
	}{
		"another layout":   {func(s *LabelSheet) { s.Layout = "30" }, "layout"},
		"before the sheet": {func(s *LabelSheet) { s.Start = 0 }, "start"},
		"after the sheet":  {func(s *LabelSheet) { s.Start = 25 }, "start"},
		"nothing to print": {func(s *LabelSheet) { s.All = nil }, "labels"},
		"a wrong digit":    {func(s *LabelSheet) { s.All[0].Number = "10000011" }, "number"},
	} {
		s := good
		s.All = slices.Clone(good.All)
		c.change(&s)
		var out bytes.Buffer
		var bad *data.Invalid
		if err := WriteLabels(&out, s); !errors.As(err, &bad) || bad.Field != c.field || out.Len() > 0 {
			t.Errorf("%s: %v and %d bytes, want an invalid %s and nothing", name, err, out.Len(), c.field)
		}
	}
	s := good
	s.Start = 24
	if n := len(contentsOf(t, labelPDF(t, s))); n != 1 {
		t.Errorf("the last label of a sheet takes %d sheets", n)
	}
}

func TestDeviceLabels(t *testing.T) {
	c := newCounter(t)
	d := c.device("LT-014")
	people := data.NewPeople(c.DB)
	kit := must(c.store.PutKit(t.Context(), c.ivo, loans.Kit{Name: "Lesset", Devices: []string{d.ID}}))(t)
	all := must(DeviceLabels(t.Context(), c.an, c.store, people, []loans.Number{kit.Number, d.Number}))(t)
	if len(all) != 2 || all[0] != (Label{Number: kit.Number, Name: "Lesset"}) || all[1].Name != "LT-014" || all[1].Owner == "" {
		t.Errorf("labels %+v, want the kit and then the device with its owner", all)
	}
	if _, err := DeviceLabels(t.Context(), c.an, c.store, people, []loans.Number{loans.NewNumber(88, 1)}); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a number of nothing: %v", err)
	}
	if _, err := DeviceLabels(t.Context(), c.ocmw, c.store, people, nil); !errors.Is(err, data.ErrDenied) {
		t.Errorf("labels for the finance director: %v", err)
	}
	zoe := c.zoe()
	cards := LabelSheet{Layout: Labels24, Start: 1, At: datatest.Noon, All: []Label{CardLabel(zoe),
		BookingLabel(loans.Booking{Number: d.Number, Borrower: zoe.Name(), Device: "LT-014", PickUpUntil: "2026-12-18"})}}
	text := strings.Join(pagesOf(t, labelPDF(t, cards)), "")
	if !strings.Contains(text, zoe.Number.Show()) || !strings.Contains(text, "18/12/2026") {
		t.Errorf("the card and the slip say %q", text)
	}
	var put outbox.Paper
	c.ok(c.DB.InTx(t.Context(), func(tx *data.Tx) (err error) {
		put, err = SendLabels(t.Context(), tx, c.an, outbox.Fetch, cards)
		return err
	}))
	if !strings.HasPrefix(put.Name, "etiketten-") || put.Media != mediaPDF {
		t.Errorf("the outbox has %+v", put)
	}
}
