package regulation

import (
	"cmp"
	"slices"

	"digibrug/loans"
	"digibrug/tui/words"
)

// Line is one figure of a regulation as people read it, for everybody or for a kind of borrower and device.
type Line struct {
	Article  int // of the model regulation
	Param    loans.Param
	Cell     loans.Cell
	Value    int64  // in cents for amounts; the place in loans.Modes or loans.HourRules for what is chosen
	Figure   string // its name: "Uitleentermijn"
	Category string // "iedereen", "inwoner"
	Text     string // with its unit: "21 dagen"
}

// Lines lists all figures that a version sets, in the order of the articles: what holds for everybody first, then each
// exception.
func Lines(lang words.Lang, v loans.Version) (all []Line) {
	for _, f := range allFigures() {
		var own []Line
		for cell, of := range v.Cells {
			if value, set := of[f.param]; set {
				own = append(own, Line{Article: f.article, Param: f.param, Cell: cell, Value: value, Figure: words.T(lang, f.name),
					Category: categoryName(lang, cell.Category), Text: full(lang, f.param, value)})
			}
		}
		slices.SortFunc(own, func(a, b Line) int {
			place := func(l Line) int { return slices.Index(loans.Categories(), l.Cell.Category) } // -1 for everybody
			return cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(a.Cell.Device, b.Cell.Device))
		})
		all = append(all, own...)
	}
	return all
}

// FigureName names a figure: "Waarborg".
func FigureName(lang words.Lang, p loans.Param) string { return words.T(lang, figureOf(p).name) }

// Figures lists the figures of a regulation, in the order of the articles.
func Figures() (all []loans.Param) {
	for _, f := range allFigures() {
		all = append(all, f.param)
	}
	return all
}
