package regulation

import (
	"strconv"

	"digibrug/loans"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// What experts can open.
const (
	toFigures   = "figures"
	toVersions  = "versions"
	toDecisions = "decisions"
	toModes     = "modes"
	toLadder    = "ladder"
	toTariffs   = "tariffs"
	toSettings  = "settings"
	toSimulate  = "simulate"
)

// newExpert lists what experts change, each with what it is now.
func newExpert(s *shell.Session, desk Desk) shell.Screen {
	return newRows(s, desk, rowed{
		title:   words.LoanruleExpertTitle,
		columns: []parts.Column{{Title: words.LoanruleColWhat, Min: 26}, {Title: words.LoanruleColNow, Min: 20, Grow: 1}},
		top:     room.warningsTop,
		rows:    room.expertRows,
		does:    words.LoanruleLook,
		chosen: func(r room, _ state, id string) tea.Cmd {
			switch id {
			case toFigures:
				return shell.Open(newFigures(s, desk))
			case toVersions:
				return shell.Open(newVersions(s, desk))
			case toDecisions:
				return shell.Open(newDecisions(s, desk))
			case toModes:
				return shell.Open(newMatrix(s, desk, loans.TermMode))
			case toLadder:
				return shell.Open(newLadder(s, desk))
			case toTariffs:
				return shell.Open(newTariffs(s, desk))
			case toSimulate:
				return shell.Open(newSimulator(s, desk))
			}
			if r.ict() {
				return shell.Open(newSettings(s, desk))
			}
			return shell.Notify(shell.Info, words.LoanruleOnlyIct)
		},
	})
}

func (r room) warningsTop(st state) []string {
	return append(r.Paragraphs(r.S.T(words.LoanruleExpertLead)), r.warnings(st)...)
}

func (r room) expertRows(st state) []parts.Row {
	v := st.current()
	cash := words.LoanruleCashNo
	if st.cash == "1" {
		cash = words.LoanruleCashYes
	}
	row := func(id string, name words.Key, now string) parts.Row {
		return parts.Row{ID: id, Cells: []string{r.S.T(name), now}}
	}
	return []parts.Row{
		row(toFigures, words.LoanruleFigures, r.S.T(words.LoanruleFiguresNow, "n", len(allFigures()))),
		row(toVersions, words.LoanruleVersions, r.called(v)),
		row(toDecisions, words.LoanruleDecisions, r.S.T(words.LoanruleDecisionsNow, "n", len(v.Decisions))),
		row(toModes, words.LoanruleModes, r.holds(v, "", "", loans.TermMode)),
		row(toLadder, words.LoanruleLadder, r.S.T(words.LoanruleLadderNow, "n", len(st.ladder))),
		row(toTariffs, words.LoanruleTariffs, r.S.T(words.LoanruleTariffsNow, "n", len(st.tariffs))),
		row(toSettings, words.LoanruleSettings, r.S.T(cash)),
		row(toSimulate, words.LoanruleSimulator, r.S.T(words.LoanruleSimulatorNow)),
	}
}

// newFigures lists all figures with what holds for everybody.
func newFigures(s *shell.Session, desk Desk) shell.Screen {
	return newRows(s, desk, rowed{
		title: words.LoanruleFigures,
		columns: []parts.Column{{Title: words.LoanruleColArticle, Min: 4, Right: true}, {Title: words.LoanruleColFigure, Min: 30, Grow: 2}, {Title: words.LoanruleColEverybody, Min: 16, Grow: 1},
			{Title: words.LoanruleColExcept, Min: 14, Drop: 1, Right: true}},
		rows: func(r room, st state) (rows []parts.Row) {
			v := st.current()
			for _, f := range allFigures() {
				rows = append(rows, parts.Row{ID: string(f.param), Cells: []string{strconv.Itoa(f.article), r.S.T(f.name), r.holds(v, "", "", f.param),
					strconv.Itoa(exceptions(v, f.param))}})
			}
			return rows
		},
		does:   words.LoanruleLook,
		chosen: func(_ room, _ state, id string) tea.Cmd { return shell.Open(newMatrix(s, desk, loans.Param(id))) },
	})
}
