package catalogue

import (
	"slices"
	"strconv"

	"digibrug/courses"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// material lists what a course hands out or points to: papers, files, addresses.
func (d desk) material(id string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[courses.Course]{
		Title:   func(courses.Course) string { return d.S.T(words.CatalogueMaterialTitle) },
		Doing:   words.CatalogueLoading,
		Load:    func() (courses.Course, error) { return d.read(id) },
		Columns: []parts.Column{{Title: words.CatalogueColMaterial, Min: 20, Grow: 2}, {Title: words.CatalogueColSort, Min: 10}, {Title: words.CatalogueColAt, Min: 16, Grow: 2}},
		Rows: func(c courses.Course) []parts.Row {
			rows := make([]parts.Row, len(c.Material))
			for i, m := range c.Material {
				at := m.At
				if at == "" {
					at = "-"
				}
				rows[i] = parts.Row{ID: strconv.Itoa(i), Cells: []string{m.Title, d.S.T(words.CourseMaterial(string(m.Kind))), at}}
			}
			return rows
		},
		None: words.CatalogueNoMaterial, Opens: words.CatalogueChange,
		Open: func(c courses.Course, row string) tea.Cmd { return shell.Open(d.materialForm(c, index(row))) },
		Ways: func(c courses.Course, row string) []page.Way {
			if c.ID == "" {
				return nil
			}
			ways := []page.Way{{Key: d.Letter("n", words.CatalogueNewMaterial), Open: func() shell.Screen { return d.materialForm(c, -1) }}}
			if row == "" {
				return ways
			}
			at := index(row)
			return append(ways, page.Way{Key: d.Del(words.CatalogueDropMaterial), Doing: words.CatalogueSaving,
				Ask: page.Question{Ask: words.CatalogueDropAsk, Yes: words.CatalogueDropYes, Args: []any{"title", c.Material[at].Title}},
				Do: func() (page.Outcome, error) {
					now := c
					now.Material = slices.Delete(slices.Clone(c.Material), at, at+1)
					return d.save(c, now)
				}})
		},
	})
}

func index(row string) int {
	n, _ := strconv.Atoi(row) // rows are numbers
	return n
}

// materialForm adds a piece of material to a course, or changes the one at an index.
func (d desk) materialForm(c courses.Course, at int) shell.Screen {
	was := courses.Material{Kind: courses.MaterialPaper}
	if at >= 0 {
		was = c.Material[at]
	}
	kind := choice("kind", words.CatalogueColSort, string(was.Kind))
	for _, k := range courses.MaterialKinds() {
		kind.Options = append(kind.Options, parts.Option{Value: string(k), Label: d.S.T(words.CourseMaterial(string(k)))})
	}
	return page.NewTask(d.S, words.CatalogueMaterialTitle, words.CatalogueSaving, func() (page.Brief, error) {
		return page.Brief{Title: d.S.T(words.CatalogueMaterialTitle) + ": " + c.Title, Lead: words.CatalogueMaterialLead,
			Body: parts.NewForm(words.CatalogueSave, parts.Field{Name: "title", Label: words.CatalogueColMaterial, Need: true, Max: 80, Value: was.Title}, kind,
				parts.Field{Name: "at", Label: words.CatalogueColAt, Hint: words.CatalogueAtHint, Max: 200, Value: was.At}),
			Do: func(form parts.Form) (page.Outcome, error) {
				now := c
				now.Material = slices.Clone(c.Material)
				one := courses.Material{Kind: courses.MaterialKind(form.Value("kind")), Title: form.Value("title"), At: form.Value("at")}
				if at >= 0 {
					now.Material[at] = one
				} else {
					now.Material = append(now.Material, one)
				}
				return d.save(c, now)
			}}, nil
	})
}
