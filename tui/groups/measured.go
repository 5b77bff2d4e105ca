package groups

import (
	"slices"
	"strconv"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// target asks which level everybody should reach.
func (d desk) target() shell.Screen {
	return page.NewTask(d.S, words.GroupsMeasuredTitle, words.GroupsLoading, func() (page.Brief, error) {
		level := parts.Field{Name: "level", Label: words.GroupsTarget, Hint: words.GroupsTargetHint, Kind: parts.Choice, Need: true, Value: "2"}
		for n := 2; n <= 4; n++ {
			level.Options = append(level.Options, parts.Option{Value: strconv.Itoa(n), Label: d.S.T(words.CourseLevel(n))})
		}
		return page.Brief{Lead: words.GroupsMeasuredLead, Body: parts.NewForm(words.GroupsPreview, level),
			Do: func(f parts.Form) (page.Outcome, error) {
				n, _ := strconv.Atoi(f.Value("level")) // one of the options
				return page.Outcome{Next: d.gaps(n)}, nil
			}}, nil
	})
}

// gap is how many needs for a course an assessment shows: a number, and nobody's level.
type gap struct {
	course  courses.Course
	asks    []courses.NeedAsk // that are new
	already int
}

// gaps shows how many needs the newest levels give, by course, before they are written.
func (d desk) gaps(target int) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]gap]{
		Title:   func([]gap) string { return d.S.T(words.GroupsGapsTitle, "level", d.S.T(words.CourseLevel(target))) },
		Doing:   words.GroupsLoading,
		Load:    func() ([]gap, error) { return d.readGaps(target) },
		Columns: []parts.Column{{Title: words.GroupsColCourse, Min: 24, Grow: 2}, {Title: words.GroupsColNew, Min: 14, Right: true}, {Title: words.GroupsColAlready, Min: 14, Right: true}},
		Rows: func(all []gap) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, g := range all {
				rows[i] = parts.Row{ID: g.course.ID, Cells: []string{g.course.Title, strconv.Itoa(len(g.asks)), strconv.Itoa(g.already)}}
			}
			return rows
		},
		Top: func(p page.Page, all []gap) []string {
			if len(all) == 0 {
				return nil
			}
			return d.quiet(p, d.S.T(words.GroupsGapsLead, "n", len(newAsks(all))), d.S.T(words.GroupsGapsPrivacy))
		},
		None: words.GroupsGapsNone,
		Ways: func(all []gap, _ string) []page.Way {
			asks := newAsks(all)
			if len(asks) == 0 {
				return nil
			}
			return []page.Way{{Key: d.Enter(words.GroupsWrite), Doing: words.GroupsSaving, Do: func() (page.Outcome, error) {
				n, err := d.Store.PutNeeds(d.ctx(), d.By(), asks)
				return page.Outcome{Said: words.GroupsWritten, Args: []any{"n", n}, Back: true}, err
			}}}
		},
	})
}

func newAsks(all []gap) (asks []courses.NeedAsk) {
	for _, g := range all {
		asks = append(asks, g.asks...)
	}
	return asks
}

// readGaps counts the needs by course. Who left, and who has the need already, is asked nothing new.
func (d desk) readGaps(target int) (all []gap, err error) {
	levels, err := d.Levels(d.ctx(), d.By())
	if err != nil {
		return nil, err
	}
	catalogue, err := d.Store.Courses(d.ctx())
	if err != nil {
		return nil, err
	}
	here, err := d.Store.Colleagues(d.ctx(), d.By(), "", 0)
	if err != nil {
		return nil, err
	}
	open, err := d.Store.Needs(d.ctx(), d.By(), false)
	if err != nil {
		return nil, err
	}
	levels = slices.DeleteFunc(levels, func(l courses.Measured) bool {
		return !slices.ContainsFunc(here, func(c courses.Colleague) bool { return c.PersonID == l.PersonID })
	})
	asks := courses.Gaps(levels, catalogue, target, data.DayOf(d.S.Now()))
	for _, c := range catalogue {
		g := gap{course: c}
		for _, ask := range asks {
			switch {
			case ask.Course != c.ID:
			case slices.ContainsFunc(open, func(n courses.Need) bool { return n.PersonID == ask.Person && n.CourseID == c.ID }):
				g.already++
			default:
				g.asks = append(g.asks, ask)
			}
		}
		if len(g.asks)+g.already > 0 {
			all = append(all, g)
		}
	}
	return all, nil
}
