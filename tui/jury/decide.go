package jury

import (
	"strings"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// reasonMax is how long a reason can be, in characters.
const reasonMax = 2000

// decide writes down what the jury decides about a candidate. Nothing is chosen beforehand: the program advises and the jury decides.
func (d desk) decide(procedure, candidate string) shell.Screen {
	return page.NewTask(d.S, words.JuryDecideTitle, words.JuryDeciding, func() (page.Brief, error) {
		t, err := d.read(procedure)
		if err != nil {
			return page.Brief{}, err
		}
		old := t.decided(candidate)
		options := []parts.Option{{Label: d.S.T(words.JuryChoose)}}
		for _, o := range recruit.Outcomes() {
			options = append(options, parts.Option{Value: string(o), Label: d.S.T(words.RecruitOutcome(string(o)))})
		}
		lead := words.JuryDecideLead
		if len(t.decisions.Signatures) > 0 {
			lead = words.JuryDecideSigned
		}
		return page.Brief{Title: old.Label + ": " + d.S.T(words.JuryDecideTitle), Lead: lead, Head: d.facts(t, candidate),
			Body: parts.NewForm(words.JuryDecideDo,
				parts.Field{Name: "outcome", Label: words.JuryColDecision, Kind: parts.Choice, Options: options, Value: string(old.Outcome)},
				parts.Field{Name: "reason", Label: words.JuryReason, Hint: words.JuryReasonHint, Need: true, Max: reasonMax, Value: old.Reason},
				parts.Field{Name: "until", Label: words.JuryUntil, Hint: words.JuryUntilHint, Kind: parts.Day, Value: old.Until}),
			Ask: func(f parts.Form) page.Question { return d.doubts(t, candidate, recruit.Outcome(f.Value("outcome"))) },
			Do: func(f parts.Form) (page.Outcome, error) {
				if f.Value("outcome") == "" {
					return page.Outcome{}, &data.Invalid{Field: "outcome", Why: data.WhyEmpty}
				}
				err := d.store.Decide(d.S.Ctx, d.By(), candidate, recruit.Decision{Outcome: recruit.Outcome(f.Value("outcome")), Reason: f.Value("reason"), Until: f.Value("until")})
				return page.Outcome{Said: words.JuryDecided, Args: []any{"label", old.Label}}, err
			}}, nil
	})
}

// doubts asks once more where a decision can't be meant: somebody passed who didn't sit the test, or was absent who did; and
// whether the interview took place, of who is so near a mark that one is due.
func (d desk) doubts(t table, candidate string, o recruit.Outcome) page.Question {
	for _, s := range t.scores {
		if s.Candidate != candidate {
			continue
		}
		ask, yes := words.JuryAbsentAsk, words.JuryDoubtYes
		switch {
		case !s.Sat() && (o == recruit.Passed || o == recruit.Reserve):
		case s.Sat() && o == recruit.Absent:
			ask = words.JurySatAsk
		case s.Verdict == recruit.VerdictBand && o != recruit.Withdrawn:
			ask, yes = words.JuryBandAsk, words.JuryBandYes
		default:
			return page.Question{}
		}
		return page.Question{Ask: ask, Yes: yes, Args: []any{"label", s.Label, "what", d.S.T(words.RecruitOutcome(string(o)))}}
	}
	return page.Question{}
}

// facts are the score and the advice beside a decision.
func (d desk) facts(t table, candidate string) []page.Fact {
	for _, s := range t.scores {
		if s.Candidate != candidate {
			continue
		}
		advice := page.Named(words.JuryColAdvice, d.S.T(words.JuryVerdict(string(s.Verdict))))
		if !s.Sat() {
			return []page.Fact{advice}
		}
		return []page.Fact{page.Named(words.JuryColScore, d.score(s)+" ("+d.margin(s)+")"), advice}
	}
	return nil
}

// overview is what was decided about everybody, with the reasons, and who signed.
func (d desk) overview(procedure string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[table]{
		Title:   func(table) string { return d.S.T(words.JuryOverviewTitle) },
		Doing:   words.JuryLoading,
		Load:    func() (table, error) { return d.read(procedure) },
		Columns: []parts.Column{{Title: words.JuryColLabel, Min: 5}, {Title: words.JuryColDecision, Min: 20}, {Title: words.JuryReason, Min: 16, Grow: 1}, {Title: words.JuryColBy, Min: 11, Drop: 1}},
		Rows: func(t table) (rows []parts.Row) {
			for _, one := range t.decisions.All {
				rows = append(rows, parts.Row{ID: one.CandidateID, Cells: []string{one.Label, d.outcome(one), one.Reason, one.By}})
			}
			return rows
		},
		Top: d.signatures, None: words.JuryNobody, Opens: words.JuryDecide,
		Foot: d.whole,
		Open: func(_ table, id string) tea.Cmd { return shell.Open(d.decide(procedure, id)) },
		Ways: func(t table, _ string) []page.Way {
			if !d.signs(t) {
				return nil
			}
			hash := t.decisions.Hash
			return []page.Way{{Key: d.Letter("t", words.JurySign), Doing: words.JurySigning,
				Ask: page.Question{Ask: words.JurySignAsk, Yes: words.JurySignYes, Args: []any{"n", len(t.decisions.All), "hash", short(hash)}},
				Do: func() (page.Outcome, error) {
					return page.Outcome{Said: words.JurySigned}, d.store.Sign(d.S.Ctx, d.By(), procedure, hash)
				}}}
		},
	})
}

// signs tells whether the signature of who looks is the next thing.
func (d desk) signs(t table) bool {
	if t.State != recruit.Named || t.undecided() > 0 {
		return false
	}
	for _, m := range t.decisions.Missing {
		if m.AccountID == d.By().AccountID {
			return true
		}
	}
	return false
}

// signatures say under what the jury signs, who did and who must.
func (d desk) signatures(p page.Page, t table) []string {
	lines := d.next(p, t)
	lines = append(lines, d.verified(p, t)...)
	facts := []page.Fact{page.Named(words.JurySum, short(t.decisions.Hash))}
	var signed, missing []string
	for _, s := range t.decisions.Signatures {
		signed = append(signed, s.Name+" ("+p.Moment(s.At)+")")
	}
	for _, m := range t.decisions.Missing {
		missing = append(missing, m.Name)
	}
	if len(signed) > 0 {
		facts = append(facts, page.Named(words.JuryHaveSigned, strings.Join(signed, ", ")))
	}
	if len(missing) > 0 {
		facts = append(facts, page.Named(words.JuryMustSign, strings.Join(missing, ", ")))
	}
	return append(lines, p.Facts(facts...)...)
}
