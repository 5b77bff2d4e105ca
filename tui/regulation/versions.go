package regulation

import (
	"cmp"
	"slices"
	"strconv"

	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// versionRow is a version beside the one before it.
type versionRow struct {
	loans.Version
	before loans.Version
	stands words.Key
}

// newVersions lists the versions, the last to begin first.
func newVersions(s *shell.Session, desk Desk) shell.Screen {
	r := room{page.Still(s), desk}
	return newList(s, desk, listed[versionRow]{
		title: words.LoanruleVersions,
		columns: []parts.Column{{Title: words.LoanruleColFrom, Min: 10}, {Title: words.LoanruleColName, Min: 20, Grow: 1}, {Title: words.LoanruleColStands, Min: 10},
			{Title: words.LoanruleColDiffers, Min: 10, Right: true, Drop: 1}},
		load: func() (all []versionRow, err error) {
			st, err := r.read()
			if err != nil {
				return nil, err
			}
			before := loans.Version{Regulation: loans.ModelRegulation()}
			for _, v := range st.versions {
				stands := words.LoanruleOver
				switch {
				case v.From > st.today:
					stands = words.LoanruleComes
				case v.ID == st.current().ID:
					stands = words.LoanruleNow
				}
				all, before = append(all, versionRow{v, before, stands}), v
			}
			slices.Reverse(all)
			return all, nil
		},
		id: func(v versionRow) string { return v.ID },
		cells: func(v versionRow) []string {
			return []string{r.Day(v.From), r.called(v.Version), s.T(v.stands), strconv.Itoa(len(differences(v.before, v.Version)))}
		},
		none: words.LoanruleVersionsNone, does: words.LoanruleCompare, looked: true,
		opens: func(v versionRow) shell.Screen { return newCompare(s, desk, v) },
	})
}

// difference is one figure that is different in two versions; set tells whether it is there.
type difference struct {
	param            loans.Param
	at               loans.Cell
	was, now         int64
	wasSet, isSet    bool
	wasBody, nowBody loans.Decision // of a decision that is different
}

// differences lists what is different in two versions: by figure, then everybody first.
func differences(a, b loans.Version) (all []difference) {
	seen := map[loans.Cell]bool{}
	var cells []loans.Cell
	for _, v := range []loans.Version{a, b} {
		for cell := range v.Cells {
			if !seen[cell] {
				seen[cell] = true
				cells = append(cells, cell)
			}
		}
	}
	slices.SortFunc(cells, func(x, y loans.Cell) int {
		return cmp.Or(cmp.Compare(slices.Index(rows(), x.Category), slices.Index(rows(), y.Category)), cmp.Compare(x.Device, y.Device))
	})
	for _, f := range allFigures() {
		for _, cell := range cells {
			was, wasSet := a.Cells[cell][f.param]
			now, isSet := b.Cells[cell][f.param]
			if was != now || wasSet != isSet {
				all = append(all, difference{param: f.param, at: cell, was: was, now: now, wasSet: wasSet, isSet: isSet})
			}
		}
		if x, y := a.Decisions[f.param], b.Decisions[f.param]; x != y {
			all = append(all, difference{param: f.param, wasBody: x, nowBody: y})
		}
	}
	return all
}

// newCompare shows what a version changed of the one before.
func newCompare(s *shell.Session, desk Desk, v versionRow) shell.Screen {
	return newRows(s, desk, rowed{
		title: words.LoanruleCompareTitle,
		columns: []parts.Column{{Title: words.LoanruleColFigure, Min: 22, Grow: 2}, {Title: words.LoanruleColFor, Min: 14, Grow: 1}, {Title: words.LoanruleColWas, Min: 10, Grow: 1},
			{Title: words.LoanruleColBecomes, Min: 10, Grow: 1}},
		top: func(r room, _ state) []string {
			lead := words.LoanruleCompareLead
			if len(differences(v.before, v.Version)) == 0 {
				lead = words.LoanruleCompareNone
			}
			return r.Paragraphs(r.S.T(lead, "name", r.called(v.Version), "day", r.Day(v.From), "before", r.called(v.before)))
		},
		rows: func(r room, st state) (rows []parts.Row) {
			for i, d := range differences(v.before, v.Version) {
				rows = append(rows, parts.Row{ID: strconv.Itoa(i), Cells: r.differs(st, d)})
			}
			return rows
		},
	})
}

// differs is one row of what two versions differ in.
func (r room) differs(st state, d difference) []string {
	name := r.S.T(figureOf(d.param).name)
	if d.wasBody != d.nowBody {
		return []string{name, r.S.T(words.LoanruleDecision), r.decided(d.wasBody), r.decided(d.nowBody)}
	}
	value := func(value int64, set bool) string {
		if !set {
			return r.S.T(words.LoanruleNoneOwn)
		}
		return r.full(d.param, value)
	}
	return []string{name, r.S.T(words.LoanruleFor, "who", r.categoryName(d.at.Category), "type", r.typeName(st, d.at.Device)), value(d.was, d.wasSet), value(d.now, d.isSet)}
}
