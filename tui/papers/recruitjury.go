package papers

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/tui/words"
)

// JuryReport is what the jury decided and on what ground: the procedure and its rules as they were frozen, what was asked, the
// items that were taken out and why, the scores with their error, and the decisions with their reasons. Candidates have names
// in it once those are open. The recruiters and the jury of a procedure may have it, from when the scores are frozen.
func (p RecruitPapers) JuryReport(ctx context.Context, by data.Actor, procedure string) (Document, error) {
	h, of, err := p.begin(ctx, by, procedure)
	if err != nil {
		return Document{}, err
	}
	j := jury{recruitHead: h, of: of, title: p.domain}
	if j.scores, err = p.Recruit.Scores(ctx, by, procedure); err != nil {
		return Document{}, err
	}
	if j.items, err = p.Recruit.Frozen(ctx, by, procedure); err != nil {
		return Document{}, err
	}
	if j.decisions, err = p.Recruit.Decisions(ctx, by, procedure); err != nil {
		return Document{}, err
	}
	if j.names, err = named(ctx, p.Recruit, by, of); err != nil {
		return Document{}, err
	}
	return j.document(), nil
}

// domain is what a domain is called.
func (p RecruitPapers) domain(code string) string {
	if p.Titles == nil {
		return code
	}
	return p.Titles.DomainTitle(code)
}

// jury is what the report of the jury tells of.
type jury struct {
	recruitHead
	of        recruit.Procedure
	title     func(domain string) string
	scores    []recruit.Score
	items     []recruit.Item
	decisions recruit.Decisions
	names     map[string]recruit.Name
}

func (j jury) document() Document {
	h, p := j.recruitHead, j.of
	d := h.document(p, "juryverslag-"+p.Title, h.T(words.RecruitpaperJury),
		append(Facts{{h.T(words.RecruitpaperProcedure), p.Title}, {h.T(words.RecruitpaperVacancy), p.Vacancy}, {h.T(words.RecruitpaperDay), h.days(lang, p.Days)},
			{h.T(words.RecruitpaperPlace), p.Details.Place}, {h.T(words.RecruitpaperProfile), p.Profile}, {h.T(words.RecruitpaperClosed), h.moment(p.ClosedAt)},
			{h.T(words.RecruitpaperFixed), h.moment(p.ScoredAt)}, {h.T(words.RecruitpaperNamedAt), j.opened()}}, h.left()...),
		Heading(h.T(words.RecruitpaperRules)), j.rules(), Heading(h.T(words.RecruitpaperTest)), j.test(), j.public(),
		Heading(h.T(words.RecruitpaperOuts)), j.outs(), Heading(h.T(words.RecruitpaperRanking)), j.ranking(), Paragraph(h.T(words.RecruitpaperAdviceNote)),
		Heading(h.T(words.RecruitpaperByPart)), j.parts(), Heading(h.T(words.RecruitpaperErrors)), j.errors(),
		Heading(h.T(words.RecruitpaperDecisions)), j.decided(), Heading(h.T(words.RecruitpaperHashes)), append(h.hashes(p), Fact{h.T(words.RecruitpaperDecided), j.decisions.Hash}))
	return d.with(j.signed()...)
}

// opened says who opened the list of names, and when.
func (j jury) opened() string {
	if j.of.NamedAt.IsZero() {
		return ""
	}
	return j.moment(j.of.NamedAt) + ", " + j.of.NamedBy
}

// rules says what was frozen beforehand of how scores are judged.
func (j jury) rules() (all Points) {
	p, add := j.of, func(key words.Key, args ...any) { all = append(all, nl.T(key, args...)) }
	add(words.RecruitpaperRuleTime, "time", words.Duration(lang, time.Duration(p.Minutes)*time.Minute), "language", words.Lang(p.Language).Name())
	if p.Forms > 1 {
		add(words.RecruitpaperRuleForms, "n", p.Forms)
	} else {
		add(words.RecruitpaperRuleForm)
	}
	w := p.Weights
	add(words.RecruitpaperRuleWeights, "one", j.number(w[0]), "two", j.number(w[1]), "three", j.number(w[2]), "four", j.number(w[3]))
	add(words.RecruitpaperRuleTotal, "percent", p.Pass.Total)
	for _, part := range slices.Sorted(keysOf(p.Pass.Parts)) {
		if mark := p.Pass.Parts[part]; mark > 0 {
			add(words.RecruitpaperRulePart, "part", j.title(part), "percent", mark)
		}
	}
	if p.Pass.Band {
		add(words.RecruitpaperRuleBand, "error", words.Number(lang, p.Pass.Error, 2))
	}
	if p.Pass.Ties {
		add(words.RecruitpaperRuleTies, "error", words.Number(lang, p.Pass.Error, 2))
	}
	if p.ByHand {
		add(words.RecruitpaperRuleWritten, "points", j.number(p.Written.Points))
		add(words.RecruitpaperRuleHand, "percent", cmp.Or(p.Margin, recruit.DefaultMargin))
	}
	add(words.RecruitpaperRuleBlind)
	return all
}

func keysOf(m map[string]int) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// number writes hundredths of a point.
func (h recruitHead) number(hundredths int) string {
	return words.Number(lang, points(hundredths), 2)
}

// test counts the items of each part by level, and the open ones, of the first form: the others have as many.
func (j jury) test() Grid {
	g := Grid{Heads: []Head{{Title: j.T(words.RecruitpaperColPart)}}}
	for level := 1; level <= 4; level++ {
		g.Heads = append(g.Heads, Head{Title: j.T(words.RecruitpaperColLevel, "level", level), Right: true})
	}
	const written = 4 // behind the levels
	if j.of.ByHand {
		g.Heads = append(g.Heads, Head{Title: j.T(words.RecruitpaperColWritten), Right: true})
	}
	g.Heads = append(g.Heads, Head{Title: j.T(words.RecruitpaperColMost), Right: true})
	counts, most, order := map[string][5]int{}, map[string]int{}, []string{}
	for _, it := range j.items {
		if it.Form != j.items[0].Form || it.Item.Level < 1 || it.Item.Level > 4 {
			continue
		}
		if !slices.Contains(order, it.Item.Domain) {
			order = append(order, it.Item.Domain)
		}
		n := counts[it.Item.Domain]
		if at := it.Item.Level - 1; it.Item.Kind == quiz.KindOpen {
			n[written]++
		} else {
			n[at]++
		}
		counts[it.Item.Domain], most[it.Item.Domain] = n, most[it.Item.Domain]+it.Weight
	}
	for _, domain := range order {
		row := []string{j.title(domain)}
		for i, n := range counts[domain] {
			if i < written || j.of.ByHand {
				row = append(row, strconv.Itoa(n))
			}
		}
		g.Rows = append(g.Rows, append(row, j.number(most[domain])))
	}
	return g
}

// public says how much of the test anybody could have read.
func (j jury) public() Paragraph {
	n := 0
	for _, it := range j.items {
		if it.Public {
			n++
		}
	}
	return Paragraph(j.T(words.RecruitpaperPublic, "n", n, "all", len(j.items)))
}

// outs lists the items that count no more, for everybody and for one.
func (j jury) outs() Grid {
	g := Grid{Heads: []Head{{Title: j.T(words.RecruitpaperColForm)}, {Title: j.T(words.RecruitpaperColItem), Right: true}, {Title: j.T(words.RecruitpaperColFor)}, {Title: j.T(words.RecruitpaperColReason)}}}
	for _, it := range j.items {
		if !it.OutAt.IsZero() {
			g.Rows = append(g.Rows, []string{it.Form, strconv.Itoa(it.N + 1), j.T(words.DutyScope(string(recruit.Everybody))), it.OutWhy})
		}
	}
	for _, s := range j.scores {
		for _, it := range s.Items {
			if it.Out == recruit.ThisOne {
				g.Rows = append(g.Rows, []string{s.Form, strconv.Itoa(it.N + 1), s.Label, j.T(words.RecruitpaperSeeMinutes)})
			}
		}
	}
	return g
}

func (j jury) ranking() Grid {
	g := Grid{Heads: []Head{{Title: j.T(words.RecruitpaperPlaceNr), Right: true}, {Title: j.T(words.RecruitpaperColLabel)}, {Title: j.T(words.RecruitpaperColName)}, {Title: j.T(words.RecruitpaperColScore), Right: true},
		{Title: j.T(words.RecruitpaperColBetween), Right: true}, {Title: j.T(words.RecruitpaperColAdvice)}}}
	r := recruit.Rank(j.scores, j.of.Pass)
	for _, one := range r.Places {
		s := one.Score
		low, high := s.Interval(sure)
		g.Rows = append(g.Rows, []string{strconv.Itoa(one.Place), s.Label, j.called(s.Label), j.number(s.On) + " / " + j.number(s.OnMax), j.number(low) + " - " + j.number(high), j.T(words.RecruitVerdict(string(s.Verdict)))})
	}
	for _, s := range j.scores {
		if !s.Sat() {
			g.Rows = append(g.Rows, []string{"", s.Label, j.called(s.Label), "", "", j.T(words.RecruitVerdict(string(s.Verdict)))})
		}
	}
	return g
}

// called is the name of a candidate, once names are open.
func (j jury) called(label string) string { return listedName(j.names[label]) }

// parts has the points of each candidate by part.
func (j jury) parts() Grid {
	g := Grid{Heads: []Head{{Title: j.T(words.RecruitpaperColLabel)}, {Title: j.T(words.RecruitpaperColPart)}, {Title: j.T(words.RecruitpaperColPoints), Right: true}, {Title: j.T(words.RecruitpaperColMost), Right: true},
		{Title: j.T(words.RecruitpaperColMark), Right: true}, {Title: j.T(words.RecruitpaperColAdvice)}}}
	for _, s := range j.scores {
		for _, part := range s.Parts {
			if s.Sat() {
				g.Rows = append(g.Rows, []string{s.Label, j.title(part.Domain), j.number(part.Points), j.number(part.Max), markOf(part), verdictOf(part.Verdict)})
			}
		}
	}
	return g
}

// markOf is the mark of a part, in percent; a dash where it has none.
func markOf(part recruit.PartScore) string {
	if part.Pass == 0 {
		return "-"
	}
	return strconv.Itoa(part.Pass) + " %"
}

// verdictOf is what the rule says, in words; nothing where it says nothing.
func verdictOf(v recruit.Verdict) string {
	if v == "" {
		return ""
	}
	return nl.T(words.RecruitVerdict(string(v)))
}

// errors says how the error of the scores was found, each way once.
func (j jury) errors() (all Points) {
	for _, s := range j.scores {
		if !s.Sat() {
			continue
		}
		if text := precision(s.Error); !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return append(all, j.T(words.RecruitpaperInterval))
}

// precision says in words how a standard error was found.
func precision(e recruit.Precision) string {
	if e.Method == recruit.FromGroup {
		return nl.T(words.RecruitpaperFromGroup, "alpha", words.Number(lang, e.Alpha, 2), "group", e.Group)
	}
	return nl.T(words.RecruitpaperFromItems)
}

func (j jury) decided() Grid {
	g := Grid{Heads: []Head{{Title: j.T(words.RecruitpaperColLabel)}, {Title: j.T(words.RecruitpaperColName)}, {Title: j.T(words.RecruitpaperColOutcome)}, {Title: j.T(words.RecruitpaperColReason)}}}
	for _, one := range j.decisions.All {
		outcome := j.T(words.RecruitpaperUndecided)
		if one.Outcome != "" {
			outcome = j.T(words.RecruitOutcome(string(one.Outcome)))
		}
		if one.Until != "" {
			outcome = j.T(words.RecruitpaperUntil, "what", outcome, "day", words.StoredDay(lang, one.Until))
		}
		g.Rows = append(g.Rows, []string{one.Label, j.called(one.Label), outcome, one.Reason})
	}
	return g
}

// signed has a place for every member of the jury, with what was signed in the program.
func (j jury) signed() []Part {
	var points Points
	var signs Signatures
	for _, x := range j.decisions.Signatures {
		points = append(points, j.T(words.RecruitpaperSigned, "name", x.Name, "at", j.moment(x.At)))
		signs = append(signs, Signature{Role: j.T(words.RecruitpaperMember), Name: x.Name})
	}
	for _, m := range j.decisions.Missing {
		points = append(points, j.T(words.RecruitpaperUnsigned, "name", m.Name))
		signs = append(signs, Signature{Role: j.T(words.RecruitpaperMember), Name: m.Name})
	}
	return []Part{Heading(j.T(words.RecruitpaperSignatures)), points, signs}
}
