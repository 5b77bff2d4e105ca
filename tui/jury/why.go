package jury

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"digibrug/quiz/recruit"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// why is the page that tells where the score of a candidate comes from, item by item. No text of an item stands on it: items
// stay good for a next test.
func (d desk) why(procedure, candidate string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[recruit.Explanation]{
		Title: func(e recruit.Explanation) string { return d.S.T(words.JuryWhyTitle, "label", e.Score.Label) },
		Doing: words.JuryLoadingOne,
		Load:  func() (recruit.Explanation, error) { return d.store.Why(d.S.Ctx, d.By(), candidate) },
		Columns: []parts.Column{{Title: words.JuryColItem, Min: 5}, {Title: words.JuryColDomain, Min: 16, Grow: 2}, {Title: words.JuryColLevel, Min: 6, Right: true},
			{Title: words.JuryColPoints, Min: 10}, {Title: words.JuryColNote, Min: 14, Grow: 1}},
		Rows: func(e recruit.Explanation) []parts.Row {
			rows := make([]parts.Row, len(e.Score.Items))
			for i, it := range e.Score.Items {
				rows[i] = parts.Row{ID: strconv.Itoa(it.N), Cells: []string{strconv.Itoa(it.N + 1), d.domain(it.Domain), strconv.Itoa(it.Level), d.earned(it), d.remark(it)}}
			}
			return rows
		},
		Top: d.told, None: words.JuryNoItems,
		Ways: func(recruit.Explanation, string) []page.Way {
			return []page.Way{{Key: d.Letter("b", words.JuryDecide), Open: func() shell.Screen { return d.decide(procedure, candidate) }},
				{Key: d.Letter("v", words.JuryCourse), Open: func() shell.Screen { return d.course(candidate) }}}
		},
	})
}

// earned is what an item gave: "1 op 2".
func (d desk) earned(it recruit.ItemScore) string {
	if it.Out != "" {
		return "-"
	}
	return d.S.T(words.JuryScore, "n", d.points(it.Points), "of", d.points(it.Max))
}

// remark is what is special about an item.
func (d desk) remark(it recruit.ItemScore) string {
	switch {
	case it.Out != "":
		return d.S.T(words.JuryOut)
	case !it.Answered:
		return d.S.T(words.JuryUnanswered)
	case it.Open:
		return d.S.T(words.JuryByHand)
	}
	return ""
}

// told is the score in words: the whole, the parts, and what to work on.
func (d desk) told(p page.Page, e recruit.Explanation) []string {
	s := e.Score
	if !s.Sat() {
		return p.Paragraphs(d.S.T(words.JuryVerdict(string(s.Verdict))))
	}
	how := words.JurySureItems
	if s.Error.Method == recruit.FromGroup {
		how = words.JurySureGroup
	}
	lines := p.Paragraphs(d.S.T(words.JuryWhole, "score", d.score(s), "margin", d.margin(s), "advice", d.S.T(words.JuryVerdict(string(s.Verdict)))) + " " + d.S.T(how))
	for _, part := range s.Parts {
		text := d.S.T(words.JuryPart, "domain", d.domain(part.Domain), "n", d.points(part.Points), "of", d.points(part.Max))
		if part.Pass > 0 {
			text += " " + d.S.T(words.JuryPartPass, "pass", part.Pass, "advice", d.S.T(words.JuryVerdict(string(part.Verdict))))
		}
		lines = append(lines, parts.Cut(parts.Plain(text), p.W))
	}
	if len(e.Work) > 0 {
		texts := make([]string, len(e.Work))
		for i, l := range e.Work {
			texts[i] = d.S.T(words.JuryWorkOne, "domain", d.domain(l.Domain), "level", l.Level)
		}
		lines = append(lines, p.Paragraphs(d.S.T(words.JuryWork, "what", strings.Join(texts, "; ")))...)
	}
	return lines
}

// moment is something that happened during the test.
type moment struct {
	at   time.Time
	text string
}

// course is the page of what happened to a candidate: time, pauses, extra minutes, questions.
func (d desk) course(candidate string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[recruit.Explanation]{
		Title:   func(e recruit.Explanation) string { return d.S.T(words.JuryCourseTitle, "label", e.Score.Label) },
		Doing:   words.JuryLoadingOne,
		Load:    func() (recruit.Explanation, error) { return d.store.Why(d.S.Ctx, d.By(), candidate) },
		Columns: []parts.Column{{Title: words.JuryColAt, Min: 5}, {Title: words.JuryColWhat, Min: 30, Grow: 1}},
		Rows: func(e recruit.Explanation) (rows []parts.Row) {
			for i, m := range d.moments(e) {
				rows = append(rows, parts.Row{ID: strconv.Itoa(i), Cells: []string{words.Clock(d.S.Lang(), m.at), m.text}})
			}
			return rows
		},
		Top: func(p page.Page, e recruit.Explanation) []string {
			if e.StartedAt.IsZero() {
				return nil
			}
			return p.Paragraphs(d.S.T(words.JuryTime, "from", words.Clock(d.S.Lang(), e.StartedAt), "till", words.Clock(d.S.Lang(), e.EndedAt), "how", d.S.T(words.DutyEnd(string(e.Ended))),
				"used", words.Duration(d.S.Lang(), e.Used), "all", words.Duration(d.S.Lang(), e.Allowed)))
		},
		Foot: func(e recruit.Explanation, row string) string {
			at, err := strconv.Atoi(row)
			if all := d.moments(e); err == nil && at >= 0 && at < len(all) {
				return all[at].text
			}
			return ""
		},
		None: words.JuryNoMoments,
	})
}

// moments are the pauses, the extra minutes and the questions, in their order.
func (d desk) moments(e recruit.Explanation) (all []moment) {
	for _, s := range e.Stops {
		key := map[recruit.Stop]words.Key{recruit.Paused: words.JuryStopPaused, recruit.OnBreak: words.JuryStopBreak, recruit.Cut: words.JuryStopCut, recruit.Asking: words.JuryStopAsking}[s.Why]
		if key == "" {
			continue
		}
		length := "?"
		if !s.Till.IsZero() {
			length = words.Duration(d.S.Lang(), s.Till.Sub(s.From))
		}
		all = append(all, moment{s.From, d.S.T(words.JuryStop, "what", d.S.T(key), "long", length)})
	}
	for _, g := range e.Extra {
		all = append(all, moment{g.At, d.S.T(words.JuryExtra, "n", g.Minutes, "who", g.By, "why", g.Why)})
	}
	for _, q := range e.Questions {
		text := d.S.T(words.JuryAsked, "n", q.N+1, "what", q.What)
		if q.Outcome != "" {
			text += " " + d.S.T(words.JuryAnswered, "what", d.S.T(words.DutyScope(string(q.Outcome))), "why", q.Why)
		}
		all = append(all, moment{q.AskedAt, text})
	}
	slices.SortStableFunc(all, func(a, b moment) int { return a.at.Compare(b.at) })
	return all
}

// short is the first characters of a hash, in groups that can be read out.
func short(hash string) string {
	if len(hash) < 12 {
		return hash
	}
	return fmt.Sprintf("%s %s %s", hash[:4], hash[4:8], hash[8:12])
}
