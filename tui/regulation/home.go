package regulation

import (
	"strconv"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// New opens the room: what the regulation says in its simple shape.
func New(s *shell.Session, desk Desk) shell.Screen {
	return newRows(s, desk, rowed{
		title: words.LoanruleTitle,
		columns: []parts.Column{{Title: words.LoanruleColRule, Min: 26, Grow: 1}, {Title: words.LoanruleColNow, Min: 14}, {Title: words.LoanruleColExcept, Min: 14, Right: true, Drop: 1},
			{Title: words.LoanruleColArticle, Min: 4, Right: true}},
		top:  room.homeTop,
		rows: room.homeRows,
		does: words.LoanruleLook,
		chosen: func(_ room, _ state, id string) tea.Cmd {
			return shell.Open(newMatrix(s, desk, loans.Param(id)))
		},
		can: func(r room, st state) []way {
			expert, start := way{r.expert(), func() shell.Screen { return newExpert(s, desk) }}, way{r.start(), func() shell.Screen { return newPreset(s, desk) }}
			switch {
			case !r.ict():
				return []way{expert}
			case len(st.versions) == 0: // what comes first stands first
				return []way{start, expert}
			}
			return []way{expert, start}
		},
	})
}

// homeTop says which version holds, and which decisions end.
func (r room) homeTop(st state) []string {
	v := st.current()
	text := r.S.T(words.LoanruleHolds, "name", r.called(v), "day", r.Day(v.From))
	if v.ID == "" {
		text = r.S.T(words.LoanruleNone)
		if r.ict() {
			text = r.S.T(words.LoanruleNoneYet)
		}
	}
	lines := r.Paragraphs(text)
	if next, ok := st.coming(st.today); ok {
		lines = append(lines, r.Paragraphs(r.S.T(words.LoanruleComing, "name", r.called(next), "day", r.Day(next.From)))...)
	}
	return append(lines, r.warnings(st)...)
}

// warnings name the decisions that end within sixty days, or have ended.
func (r room) warnings(st state) (lines []string) {
	for _, f := range allFigures() {
		d, ends := st.ending[f.param]
		if !ends {
			continue
		}
		for _, line := range r.Paragraphs(r.S.T(words.LoanruleWarning, "what", r.S.T(f.name), "stands", r.ends(st.today, d.ValidUntil))) {
			lines = append(lines, r.S.Theme().Warn.Render(line))
		}
	}
	return lines
}

// ends says when something ends or ended.
func (r room) ends(today, until string) string {
	last, err := data.ParseDay(until)
	now, err2 := data.ParseDay(today)
	if err != nil || err2 != nil {
		return ""
	}
	left := int(last.Sub(now).Hours() / 24)
	switch {
	case left < 0:
		return r.S.T(words.LoanruleEnded, "day", r.Day(until))
	case left == 0:
		return r.S.T(words.LoanruleEndsToday)
	}
	return r.S.T(words.LoanruleEnds, "day", r.Day(until), "n", left)
}

// homeFigures are those that everybody asks for.
func homeFigures() []loans.Param {
	return []loans.Param{loans.TermDays, loans.Renewals, loans.MostLoans, loans.MostHousehold, loans.MostYear, loans.DepositCents, loans.FeeCents, loans.FineCents, loans.BlockPerDay}
}

func (r room) homeRows(st state) []parts.Row {
	v := st.current()
	var rows []parts.Row
	for _, p := range homeFigures() {
		f := figureOf(p)
		rows = append(rows, parts.Row{ID: string(p), Cells: []string{r.S.T(f.name), r.holds(v, "", "", p), strconv.Itoa(exceptions(v, p)), strconv.Itoa(f.article)}})
	}
	return rows
}

// exceptions is how many kinds of borrowers or devices have a figure of their own.
func exceptions(v loans.Version, p loans.Param) (n int) {
	for cell, of := range v.Cells {
		if _, own := of[p]; own && cell != (loans.Cell{}) {
			n++
		}
	}
	return n
}
