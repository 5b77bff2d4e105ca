package regulation

import (
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// decisionRow is an amount with who decided it.
type decisionRow struct {
	param loans.Param
	value string
	loans.Decision
	ends string
}

// moneyFigures are the amounts that a council decides.
func moneyFigures() []loans.Param {
	return []loans.Param{loans.DepositCents, loans.FeeCents, loans.FineCents}
}

// decided says shortly who decided something.
func (r room) decided(d loans.Decision) string {
	switch {
	case d == loans.Decision{}:
		return "-"
	case d.On == "":
		return d.Body
	}
	return d.Body + " " + r.Day(d.On)
}

// newDecisions lists the amounts with the decision behind each.
func newDecisions(s *shell.Session, desk Desk) shell.Screen {
	r := room{page.Still(s), desk}
	return newList(s, desk, listed[decisionRow]{
		title: words.LoanruleDecisions,
		columns: []parts.Column{{Title: words.LoanruleColFigure, Min: 10}, {Title: words.LoanruleColNow, Min: 9, Right: true}, {Title: words.LoanruleColDecided, Min: 20, Grow: 1},
			{Title: words.LoanruleColValid, Min: 23, Drop: 1}},
		load: func() (all []decisionRow, err error) {
			st, err := r.read()
			if err != nil {
				return nil, err
			}
			v := st.current()
			for _, p := range moneyFigures() {
				row := decisionRow{param: p, value: r.holds(v, "", "", p), Decision: v.Decisions[p]}
				if row.ValidUntil != "" {
					row.ends = s.T(words.LoanruleValidUntil, "day", r.Day(row.ValidUntil))
				}
				if _, warn := st.ending[p]; warn {
					row.ends = "! " + row.ends
				}
				all = append(all, row)
			}
			return all, nil
		},
		above: func([]decisionRow) string { return s.T(words.LoanruleDecisionsLead) + "\n" },
		id:    func(d decisionRow) string { return string(d.param) },
		cells: func(d decisionRow) []string {
			return []string{s.T(figureOf(d.param).name), d.value, r.decided(d.Decision), d.ends}
		},
		does:  words.LoanruleChange,
		opens: func(d decisionRow) shell.Screen { return newDecision(s, desk, d.param) },
	})
}

// newDecision says who decided an amount, and until when that holds.
func newDecision(s *shell.Session, desk Desk, p loans.Param) shell.Screen {
	f := newForm(s, desk, figureOf(p).name, words.LoanruleDecisionLead)
	f.fields = func(f Form) parts.Form {
		d := f.st.current().Decisions[p]
		return parts.NewForm(words.LoanruleSave,
			parts.Field{Name: "body", Label: words.LoanruleBody, Hint: words.LoanruleBodyHint, Need: true, Max: maxName, Value: d.Body},
			parts.Field{Name: "decided", Label: words.LoanruleDecidedOn, Kind: parts.Day, Need: true, Value: d.On},
			parts.Field{Name: "valid", Label: words.LoanruleValid, Hint: words.LoanruleValidHint, Kind: parts.Day, Value: d.ValidUntil},
			f.fromField(), f.nameField())
	}
	f.save = func(f Form) (func() (saved, error), error) {
		d := loans.Decision{Body: f.Body.Value("body"), On: f.Body.Value("decided"), ValidUntil: f.Body.Value("valid")}
		return f.version(saved{words.LoanruleDecisionSaved, []any{"what", f.S.T(figureOf(p).name)}}, func(v *loans.Version) { v.Decisions[p] = d })
	}
	f.tail = func(f Form) []string { return f.later() }
	return f
}
