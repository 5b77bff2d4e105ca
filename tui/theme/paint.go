package theme

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Paint lays the theme's own colours under a whole page, so that what has no style of its own, and the
// empty cells, are readable on any terminal: it makes page exactly w cells wide and h lines high, cutting
// and filling. A theme without own colours only cuts and fills.
func (t Theme) Paint(page string, w, h int) string {
	if w <= 0 || h <= 0 {
		return ""
	}
	var base ansi.Style
	if t.fore != nil && t.back != nil {
		base = base.ForegroundColor(t.fore).BackgroundColor(t.back)
	}
	from := strings.Split(page, "\n")
	out := make([]string, h)
	for y := range out {
		line := ""
		if y < len(from) {
			line = ansi.Truncate(from[y], w, "")
		}
		out[y] = paintLine(line, base, w)
	}
	return strings.Join(out, "\n")
}

// paintLine puts base under one line of at most w cells: at its start, and again after every reset.
func paintLine(line string, base ansi.Style, w int) string {
	line += strings.Repeat(" ", max(0, w-ansi.StringWidth(line)))
	if len(base) == 0 {
		return line
	}
	open := base.String()
	line = strings.NewReplacer("\x1b[m", "\x1b[m"+open, "\x1b[0m", "\x1b[m"+open).Replace(line)
	return open + line + ansi.ResetStyle
}
