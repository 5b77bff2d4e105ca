package screentest

import (
	"fmt"
	"html"
	"image/color"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// Size of a cell in the picture, in pixels, and the margin around the screen.
const (
	cellWidth, cellHeight = 9, 19
	pictureMargin         = 14
)

// SVG draws the screen as a picture, title is its text alternative. Runs of cells that look alike are one
// piece of text with its length given, so that columns stay under each other whatever font the reader has.
func (t *Terminal) SVG(title string) string {
	w, h := t.screen.Width(), t.screen.Height()
	width, height := w*cellWidth+2*pictureMargin, h*cellHeight+2*pictureMargin
	var out strings.Builder
	fmt.Fprintf(&out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">`+"\n",
		width, height, width, height, html.EscapeString(title))
	fmt.Fprintf(&out, "<title>%s</title>\n", html.EscapeString(title))
	fmt.Fprintf(&out, `<rect width="%d" height="%d" rx="8" fill="#000000"/>`+"\n", width, height)
	fmt.Fprintf(&out, `<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="15" xml:space="preserve">`+"\n")
	for y := range h {
		for x := 0; x < w; {
			x = t.drawRun(&out, x, y, w)
		}
	}
	out.WriteString("</g>\n</svg>\n")
	return out.String()
}

// paint is how a cell looks.
type paint struct {
	fore, back string
	bold       bool
}

func paintOf(c *uv.Cell) paint {
	if c == nil {
		return paint{fore: "#d0d0d0", back: "#000000"}
	}
	p := paint{fore: hex(c.Style.Fg, "#d0d0d0"), back: hex(c.Style.Bg, "#000000"), bold: c.Style.Attrs&uv.AttrBold != 0}
	if c.Style.Attrs&uv.AttrReverse != 0 {
		p.fore, p.back = p.back, p.fore
	}
	return p
}

func hex(c color.Color, otherwise string) string {
	if c == nil {
		return otherwise
	}
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

// drawRun draws the cells from x that look alike and gives the first that does not.
func (t *Terminal) drawRun(out *strings.Builder, x, y, w int) int {
	look := paintOf(t.screen.CellAt(x, y))
	var text strings.Builder
	end := x
	for end < w && paintOf(t.screen.CellAt(end, y)) == look {
		c := t.screen.CellAt(end, y)
		if c == nil || c.Content == "" {
			text.WriteByte(' ')
		} else {
			text.WriteString(c.Content)
		}
		end += max(1, width(c))
	}
	left, top := pictureMargin+x*cellWidth, pictureMargin+y*cellHeight
	if look.back != "#000000" {
		fmt.Fprintf(out, `<rect x="%d" y="%d" width="%d" height="%d" fill="%s"/>`+"\n", left, top, (end-x)*cellWidth, cellHeight, look.back)
	}
	if strings.TrimSpace(text.String()) == "" {
		return end
	}
	weight := ""
	if look.bold {
		weight = ` font-weight="bold"`
	}
	fmt.Fprintf(out, `<text x="%d" y="%d" textLength="%d" fill="%s"%s>%s</text>`+"\n",
		left, top+cellHeight-5, (end-x)*cellWidth, look.fore, weight, html.EscapeString(text.String()))
	return end
}

func width(c *uv.Cell) int {
	if c == nil {
		return 1
	}
	return c.Width
}
