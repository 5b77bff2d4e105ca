// Package jury is the room of who decides after a recruitment test: the ranking with how sure each score is, why a
// candidate has it, what the jury decides about each, and the signatures under it. Candidates are labels here, and the
// program only advises.
package jury

import (
	"context"
	"errors"
	"math"
	"slices"
	"strconv"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/duties"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "jury"

// sure is how many standard errors an interval is wide to each side: 95 of 100 times.
const sure = 1.96

// scores is what the room needs of the quiz floor; *recruit.Store has it.
type scores interface {
	Procedures(ctx context.Context, by data.Actor) ([]recruit.Summary, error)
	Procedure(ctx context.Context, by data.Actor, id string) (recruit.Procedure, error)
	Scores(ctx context.Context, by data.Actor, procedure string) ([]recruit.Score, error)
	Why(ctx context.Context, by data.Actor, candidate string) (recruit.Explanation, error)
	Decisions(ctx context.Context, by data.Actor, procedure string) (recruit.Decisions, error)
	Decide(ctx context.Context, by data.Actor, candidate string, d recruit.Decision) error
	Sign(ctx context.Context, by data.Actor, procedure, hash string) error
	Verify(ctx context.Context, by data.Actor, procedure string) error
	VerifyScores(ctx context.Context, by data.Actor, procedure string) ([]recruit.Tampering, error)
}

// Desk is what the room works with.
type Desk struct {
	Store  scores
	Domain func(domain string) string // what a domain is called
}

// desk is that at work for one visit.
type desk struct {
	page.Page // that loads nothing: session, language, who acts
	store     scores
	domain    func(string) string
}

// New opens the test whose scores are frozen, or lets choose where there are more.
func New(s *shell.Session, of Desk) shell.Screen {
	d := desk{page.Still(s), of.Store, of.Domain}
	return duties.Choose(s, of.Store, duties.Wanted{Duty: recruit.Jury, Title: words.JuryTitle, None: words.JuryNone,
		Now: func(p recruit.Summary, _ string) bool { return p.State == recruit.Scored || p.State == recruit.Named },
		Opens: func(p recruit.Summary) shell.Screen {
			if tooEarly(p.State) != "" {
				return d.early(p.ID)
			}
			return d.ranking(p.ID)
		}})
}

// tooEarly says why there is nothing to judge in a state; empty where there is.
func tooEarly(s recruit.State) words.Key {
	switch s {
	case recruit.Draft, recruit.Open:
		return words.JuryEarly
	case recruit.Closed:
		return words.JuryEarlyClosed
	case recruit.Dropped:
		return words.JuryDropped
	}
	return ""
}

// early says why there is nothing to judge yet. Asked again once there is, it gives way to the ranking.
func (d desk) early(procedure string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[recruit.Procedure]{
		Title: func(p recruit.Procedure) string { return p.Title },
		Doing: words.JuryLoading,
		Load:  func() (recruit.Procedure, error) { return d.store.Procedure(d.S.Ctx, d.By(), procedure) },
		Top: func(pg page.Page, p recruit.Procedure) []string {
			lines := []string{pg.Headline(p.Title)}
			if why := tooEarly(p.State); why != "" {
				return append(lines, pg.Paragraphs(d.S.T(why, "day", words.DaySpan(d.S.Lang(), data.StoredDay(p.Days.From), data.StoredDay(p.Days.Until))))...)
			}
			return append(lines, pg.Paragraphs(d.S.T(words.JuryThereNow))...)
		},
		Columns: []parts.Column{{Title: words.JuryColPlace, Min: 6}},
		Rows:    func(recruit.Procedure) []parts.Row { return nil },
		None:    words.JuryNothingYet,
		Ways: func(p recruit.Procedure, _ string) []page.Way {
			if tooEarly(p.State) != "" {
				return nil
			}
			return []page.Way{{Key: d.Letter("o", words.JuryToRanking), Open: func() shell.Screen { return d.ranking(procedure) }}}
		},
	})
}

// table is a procedure with its scores, what the jury decided, and whether all is as it was frozen.
type table struct {
	recruit.Procedure
	scores    []recruit.Score
	rank      recruit.Ranking
	decisions recruit.Decisions
	changed   bool // the frozen test is not what it was
	tampered  []recruit.Tampering
}

func (d desk) read(procedure string) (t table, err error) {
	if t.Procedure, err = d.store.Procedure(d.S.Ctx, d.By(), procedure); err != nil {
		return t, err
	}
	if t.scores, err = d.store.Scores(d.S.Ctx, d.By(), procedure); err != nil {
		return t, err
	}
	t.rank = recruit.Rank(t.scores, t.Pass)
	if t.decisions, err = d.store.Decisions(d.S.Ctx, d.By(), procedure); err != nil {
		return t, err
	}
	err = d.store.Verify(d.S.Ctx, d.By(), procedure)
	if t.changed = errors.Is(err, recruit.ErrChanged); err != nil && !t.changed {
		return t, err
	}
	t.tampered, err = d.store.VerifyScores(d.S.Ctx, d.By(), procedure)
	return t, err
}

// decided is what was decided about a candidate.
func (t table) decided(candidate string) recruit.Decision {
	at := slices.IndexFunc(t.decisions.All, func(one recruit.Decision) bool { return one.CandidateID == candidate })
	if at < 0 {
		return recruit.Decision{}
	}
	return t.decisions.All[at]
}

// undecided counts who has no decision yet.
func (t table) undecided() (n int) {
	for _, one := range t.decisions.All {
		if one.Outcome == "" {
			n++
		}
	}
	return n
}

// ranking lists the candidates in their order; who has no score comes after.
func (d desk) ranking(procedure string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[table]{
		Title: func(t table) string {
			if t.Title == "" {
				return d.S.T(words.JuryTitle)
			}
			return t.Title
		},
		Doing: words.JuryLoading,
		Load:  func() (table, error) { return d.read(procedure) },
		Columns: []parts.Column{{Title: words.JuryColPlace, Min: 6}, {Title: words.JuryColLabel, Min: 5}, {Title: words.JuryColScore, Min: 12}, {Title: words.JuryColMargin, Min: 13, Drop: 1},
			{Title: words.JuryColAdvice, Min: 13}, {Title: words.JuryColDecision, Min: 14, Grow: 1}},
		Rows: d.rows, Top: d.top, Foot: d.whole, None: words.JuryNobody, Opens: words.JuryOpen,
		Open: func(_ table, id string) tea.Cmd { return shell.Open(d.why(procedure, id)) },
		Ways: func(t table, row string) (all []page.Way) {
			if row != "" {
				all = append(all, page.Way{Key: d.Letter("b", words.JuryDecide), Open: func() shell.Screen { return d.decide(procedure, row) }})
			}
			return append(all, page.Way{Key: d.Letter("o", words.JuryOverview), Open: func() shell.Screen { return d.overview(procedure) }})
		},
	})
}

func (d desk) rows(t table) (rows []parts.Row) {
	for _, p := range t.rank.Places {
		place := strconv.Itoa(p.Place)
		if len(p.Tied) > 0 {
			place += " ~"
		}
		rows = append(rows, parts.Row{ID: p.Score.Candidate, Cells: []string{place, p.Score.Label, d.score(p.Score), d.margin(p.Score),
			d.S.T(words.JuryVerdict(string(p.Score.Verdict))), d.outcome(t.decided(p.Score.Candidate))}})
	}
	for _, s := range t.scores {
		if !s.Sat() {
			rows = append(rows, parts.Row{ID: s.Candidate, Cells: []string{"-", s.Label, "-", "-", d.S.T(words.JuryVerdict(string(s.Verdict))), d.outcome(t.decided(s.Candidate))}})
		}
	}
	return rows
}

// score writes what a candidate has: "12,5 op 20".
func (d desk) score(s recruit.Score) string {
	return d.S.T(words.JuryScore, "n", d.points(s.On), "of", d.points(s.OnMax))
}

// margin writes between which points a score lies.
func (d desk) margin(s recruit.Score) string {
	low, high := s.Interval(sure)
	return d.S.T(words.JuryMargin, "low", words.Number(d.S.Lang(), float64(low)/100, 1), "high", words.Number(d.S.Lang(), float64(high)/100, 1))
}

func (d desk) points(hundredths int) string { return duties.Points(d.S.Lang(), hundredths) }

// outcome writes a decision, or that there is none.
func (d desk) outcome(one recruit.Decision) string {
	switch {
	case one.Outcome == "":
		return d.S.T(words.JuryUndecided)
	case one.Outcome == recruit.Reserve:
		return d.S.T(words.JuryReserve, "what", d.S.T(words.RecruitOutcome(string(one.Outcome))), "day", d.Day(one.Until))
	}
	return d.S.T(words.RecruitOutcome(string(one.Outcome)))
}

// whole is all of the decision under the cursor: its last day is what gets cut in a column, and is what the jury signs.
func (d desk) whole(t table, row string) string {
	one := t.decided(row)
	if one.Outcome == "" {
		return ""
	}
	return d.outcome(one) + ": " + one.Reason
}

// top says what is needed to pass, whether all is as it was frozen, and what is still to do.
func (d desk) top(p page.Page, t table) []string {
	rule := d.S.T(words.JuryRule, "pass", t.Pass.Total)
	if len(t.Pass.Parts) > 0 {
		rule += " " + d.S.T(words.JuryRuleParts)
	}
	if t.Pass.Band {
		rule += " " + d.S.T(words.JuryRuleBand, "n", d.points(int(math.Round(100*t.Pass.Error))))
		if t.Pass.Error < sure {
			rule += " " + d.S.T(words.JuryRuleWider, "n", d.points(100*sure))
		}
	}
	if slices.ContainsFunc(t.rank.Places, func(p recruit.Place) bool { return len(p.Tied) > 0 }) {
		rule += " " + d.S.T(words.JuryTied)
	}
	lines := p.Paragraphs(rule + " " + d.S.T(words.JuryAdvice))
	lines = append(lines, d.verified(p, t)...)
	return append(lines, d.next(p, t)...)
}

// next writes the next thing to do, on as many lines as it needs.
func (d desk) next(p page.Page, t table) []string {
	lines := p.Paragraphs(d.standing(t))
	for i, line := range lines {
		lines[i] = p.Headline(line)
	}
	return lines
}

// standing is the next thing to do.
func (d desk) standing(t table) string {
	switch n := t.undecided(); {
	case t.State == recruit.Decided:
		return d.S.T(words.JurySignedAll)
	case n > 0:
		return d.S.T(words.JuryToDecide, "n", n)
	case t.State == recruit.Scored:
		return d.S.T(words.JuryNamesFirst)
	}
	return d.S.T(words.JuryToSign, "n", len(t.decisions.Missing))
}

// verified says whether the test and the scores are what they were when they were frozen, and what is not.
func (d desk) verified(p page.Page, t table) []string {
	if !t.changed && len(t.tampered) == 0 {
		return []string{d.S.Theme().Good.Render(parts.Cut(d.S.T(words.JuryVerified), p.W))}
	}
	var texts []string
	if t.changed {
		texts = append(texts, d.S.T(words.JuryChanged))
	}
	for _, one := range t.tampered {
		if key, known := tamperings()[one.What]; known {
			texts = append(texts, d.S.T(key, "label", one.Label))
		}
	}
	lines := p.Paragraphs(append([]string{d.S.T(words.JuryNotVerified)}, texts...)...)
	for i := range lines {
		lines[i] = d.S.Theme().Alarm.Render(lines[i])
	}
	return lines
}

// tamperings says what is not as it was.
func tamperings() map[string]words.Key {
	return map[string]words.Key{"score": words.JuryTamperedScore, "log": words.JuryTamperedLog, "missing": words.JuryTamperedMissing,
		"extra": words.JuryTamperedExtra, "all": words.JuryTamperedAll, "audit": words.JuryTamperedAudit}
}
