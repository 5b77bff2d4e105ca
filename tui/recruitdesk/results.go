package recruitdesk

import (
	"slices"
	"strconv"
	"strings"

	"digibrug/quiz/recruit"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// standing is a candidate in the ranking. Who has no score has place 0.
type standing struct {
	recruit.Score
	place int
	tied  []string
}

// result is the ranking of a procedure, with the names once they are open.
type result struct {
	recruit.Procedure
	all   []standing
	names map[string]string // by label
	wrong []recruit.Tampering
}

// nameable tells whether the names of a procedure are open.
func nameable(s recruit.State) bool { return s == recruit.Named || s == recruit.Decided }

// nameMap gives the names by label, where they are open.
func (d desk) nameMap(p recruit.Procedure) (map[string]string, error) {
	if !nameable(p.State) {
		return nil, nil
	}
	all, err := d.Store.Names(d.ctx(), d.By(), p.ID)
	names := map[string]string{}
	for _, n := range all {
		names[n.Label] = fullName(n.Name)
	}
	return names, err
}

func (d desk) ranked(id string) (r result, err error) {
	if r.Procedure, err = d.Store.Procedure(d.ctx(), d.By(), id); err != nil {
		return r, err
	}
	scores, err := d.Store.Scores(d.ctx(), d.By(), id)
	if err != nil {
		return r, err
	}
	if r.wrong, err = d.Store.VerifyScores(d.ctx(), d.By(), id); err != nil {
		return r, err
	}
	ranking := recruit.Rank(scores, r.Pass)
	for _, p := range ranking.Places {
		r.all = append(r.all, standing{p.Score, p.Place, p.Tied})
	}
	for _, label := range slices.Concat(ranking.Absent, ranking.Withdrawn) {
		for _, s := range scores {
			if s.Label == label {
				r.all = append(r.all, standing{Score: s})
			}
		}
	}
	r.names, err = d.nameMap(r.Procedure)
	return r, err
}

// results is the ranking: labels before the names are open, names after.
func (d desk) results(id string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[result]{
		Title: func(result) string { return d.S.T(words.RecruitdeskResultsTitle) },
		Doing: words.RecruitdeskLoading,
		Load:  func() (result, error) { return d.ranked(id) },
		Columns: []parts.Column{{Title: words.RecruitdeskColPlace, Min: 6, Right: true}, {Title: words.RecruitdeskColLabel, Min: 5}, {Title: words.RecruitdeskColName, Min: 12, Grow: 1, Drop: 1},
			{Title: words.RecruitdeskColPoints, Min: 9, Right: true}, {Title: words.RecruitdeskColBetween, Min: 13, Drop: 2}, {Title: words.RecruitdeskColVerdict, Min: 14}},
		Rows: d.resultRows,
		Top:  d.resultTop,
		Foot: func(r result, label string) string {
			for _, s := range r.all {
				if s.Label == label && len(s.tied) > 0 {
					return d.S.T(words.RecruitdeskTied, "who", label, "others", strings.Join(s.tied, ", "))
				}
			}
			return ""
		},
		None: words.RecruitdeskCandidatesNone, Opens: words.RecruitdeskOpen,
		Open: func(r result, label string) tea.Cmd {
			for _, s := range r.all {
				if s.Label == label && s.Sat() {
					return shell.Open(d.scored(r, s))
				}
			}
			return nil
		},
	})
}

func (d desk) resultTop(p page.Page, r result) []string {
	lines := []string{p.Headline(r.Title)}
	if len(r.wrong) > 0 {
		lines = append(lines, d.warned(p, d.S.T(words.RecruitdeskTampered))...)
	}
	lead := words.RecruitdeskResultsLabels
	if nameable(r.State) {
		lead = words.RecruitdeskResultsNames
	}
	return append(lines, d.quiet(p, d.S.T(lead))...)
}

func (d desk) resultRows(r result) []parts.Row {
	rows := make([]parts.Row, len(r.all))
	for i, s := range r.all {
		name := r.names[s.Label]
		if name == "" {
			name = "-"
		}
		place, points, between := "-", "-", "-"
		if s.Sat() {
			low, high := s.Interval(1.96)
			place, points = strconv.Itoa(s.place), hundredths(s.On)+"/"+hundredths(s.OnMax)
			between = hundredths(low) + " - " + hundredths(high)
		}
		rows[i] = parts.Row{ID: s.Label, Cells: []string{place, s.Label, name, points, between, d.S.T(verdict(s.Verdict))}}
	}
	return rows
}

// hundredths writes points.
func hundredths(n int) string { return decimal(float64(n) / 100) }

// verdict is what the pass rule says; the jury decides.
func verdict(v recruit.Verdict) words.Key {
	switch v {
	case recruit.VerdictPass:
		return words.RecruitdeskVerdictPass
	case recruit.VerdictBand:
		return words.RecruitdeskVerdictBand
	case recruit.VerdictFail:
		return words.RecruitdeskVerdictFail
	case recruit.VerdictAbsent:
		return words.RecruitdeskVerdictAbsent
	}
	return words.RecruitdeskVerdictWithdrawn
}

// scored is the score of one candidate, part by part, and what to work on.
func (d desk) scored(r result, s standing) shell.Screen {
	who := s.Label
	if name := r.names[s.Label]; name != "" {
		who = name + " (" + s.Label + ")"
	}
	return d.shown(who, func() (all []shownFact) {
		low, high := s.Interval(1.96)
		all = append(all, shownFact{d.S.T(words.RecruitdeskTotal), d.S.T(words.RecruitdeskTotalIs, "points", hundredths(s.On), "on", hundredths(s.OnMax), "low", hundredths(low), "high", hundredths(high),
			"verdict", d.S.T(verdict(s.Verdict)))})
		for _, p := range s.Parts {
			how := d.S.T(words.RecruitdeskPartScore, "points", hundredths(p.Points), "on", hundredths(p.Max))
			if p.Pass > 0 {
				how += d.S.T(words.RecruitdeskPartVerdict, "pass", p.Pass, "verdict", d.S.T(verdict(p.Verdict)))
			}
			all = append(all, shownFact{d.Tests.DomainTitle(p.Domain), how})
		}
		for _, l := range s.WorkOn(3) {
			all = append(all, shownFact{d.S.T(words.RecruitdeskWorkOn), d.S.T(words.RecruitdeskCell, "domain", d.Tests.DomainTitle(l.Domain), "level", l.Level)})
		}
		return all
	})
}

// jury is what was decided, with the names once they are open.
type jury struct {
	recruit.Procedure
	recruit.Decisions
	names map[string]string
}

// decisions shows what the jury decided and who signed. The jury has a room of its own to decide in.
func (d desk) decisions(id string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[jury]{
		Title: func(jury) string { return d.S.T(words.RecruitdeskDecisionsTitle) },
		Doing: words.RecruitdeskLoading,
		Load: func() (j jury, err error) {
			if j.Procedure, err = d.Store.Procedure(d.ctx(), d.By(), id); err != nil {
				return j, err
			}
			if j.Decisions, err = d.Store.Decisions(d.ctx(), d.By(), id); err != nil {
				return j, err
			}
			j.names, err = d.nameMap(j.Procedure)
			return j, err
		},
		Columns: []parts.Column{{Title: words.RecruitdeskColLabel, Min: 6}, {Title: words.RecruitdeskColName, Min: 14, Grow: 1, Drop: 1}, {Title: words.RecruitdeskColOutcome, Min: 16}, {Title: words.RecruitdeskColReason, Min: 16, Grow: 2}},
		Rows: func(j jury) []parts.Row {
			rows := make([]parts.Row, len(j.All))
			for i, one := range j.All {
				outcome, name := d.S.T(words.RecruitdeskUndecided), j.names[one.Label]
				if one.Outcome != "" {
					outcome = d.S.T(words.RecruitOutcome(string(one.Outcome)))
				}
				if name == "" {
					name = "-"
				}
				rows[i] = parts.Row{ID: one.Label, Cells: []string{one.Label, name, outcome, oneLine(one.Reason)}}
			}
			return rows
		},
		Top: func(p page.Page, j jury) []string {
			lines := []string{p.Headline(j.Title)}
			var signed, missing []string
			for _, s := range j.Signatures {
				signed = append(signed, s.Name)
			}
			for _, m := range j.Missing {
				missing = append(missing, m.Name)
			}
			return append(lines, p.Facts(page.Named(words.RecruitdeskSigned, orDash(signed)), page.Named(words.RecruitdeskUnsigned, orDash(missing)))...)
		},
		Foot: func(j jury, label string) string {
			for _, one := range j.All {
				if one.Label == label && one.Outcome != "" && one.By != "" {
					text := d.S.T(words.RecruitdeskDecidedBy, "reason", oneLine(one.Reason), "by", one.By)
					if one.Until != "" {
						text += d.S.T(words.RecruitdeskReserveUntil, "day", d.asDay(one.Until))
					}
					return text
				}
			}
			return ""
		},
		None: words.RecruitdeskCandidatesNone,
	})
}

func orDash(all []string) string {
	if len(all) == 0 {
		return "-"
	}
	return strings.Join(all, ", ")
}
