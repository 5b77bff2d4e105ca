package papers

import (
	"context"
	"fmt"
	"strconv"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/words"
)

// CandidateReports are what candidates get: the own score with how sure it is, the parts, points to work on, what happened in
// the test room, how the score was counted, and what the jury decided and why once all of it signed. There is one for each who
// has a score, by label, or only that of one label. The names are on them once those are open. The recruiters and the jury may
// have them, from when the scores are frozen. It returns data.ErrNotFound for a label without a score.
func (p RecruitPapers) CandidateReports(ctx context.Context, by data.Actor, procedure, label string) (all []Document, err error) {
	h, of, err := p.begin(ctx, by, procedure)
	if err != nil {
		return nil, err
	}
	scores, err := p.Recruit.Scores(ctx, by, procedure)
	if err != nil {
		return nil, err
	}
	decisions, err := p.Recruit.Decisions(ctx, by, procedure)
	if err != nil {
		return nil, err
	}
	names, err := named(ctx, p.Recruit, by, of)
	if err != nil {
		return nil, err
	}
	for _, s := range scores {
		if !s.Sat() || label != "" && s.Label != label {
			continue
		}
		o := own{recruitHead: h, of: of, title: p.domain, name: names[s.Label]}
		if o.why, err = p.Recruit.Why(ctx, by, s.Candidate); err != nil {
			return nil, err
		}
		for _, d := range decisions.All {
			if d.CandidateID == s.Candidate {
				o.decision = d
			}
		}
		all = append(all, o.document())
	}
	if label != "" && len(all) == 0 {
		err = fmt.Errorf("report of candidate %s: %w", data.Clean(label, 40), data.ErrNotFound)
	}
	return all, err
}

// own is what the report of one candidate tells of.
type own struct {
	recruitHead
	of       recruit.Procedure
	title    func(domain string) string
	why      recruit.Explanation
	decision recruit.Decision
	name     recruit.Name
}

func (o own) document() Document {
	p, s := o.of, o.why.Score
	low, high := s.Interval(sure)
	d := o.recruitHead.document(p, "verslag-"+s.Label, o.T(words.RecruitpaperOwn))
	d.To = o.address()
	d = d.with(Facts{{o.T(words.RecruitpaperProcedure), p.Title}, {o.T(words.RecruitpaperVacancy), p.Vacancy}, {o.T(words.RecruitpaperColLabel), s.Label}, {o.T(words.RecruitpaperDay), words.Day(lang, o.why.StartedAt)}},
		Heading(o.T(words.RecruitpaperYourScore)), Important(o.T(words.RecruitpaperYouGot, "score", o.number(s.On), "on", o.number(s.OnMax))),
		Paragraph(o.T(words.RecruitpaperYouSure, "low", o.number(low), "high", o.number(high))), o.parts())
	d = d.with(Heading(o.T(words.RecruitpaperJurySays)), Paragraph(o.decided()))
	d = d.with(Heading(o.T(words.RecruitpaperWork)))
	if work := o.work(); len(work) > 0 {
		d = d.with(Paragraph(o.T(words.RecruitpaperWorkText)), work)
	} else {
		d = d.with(Paragraph(o.T(words.RecruitpaperNoWork)))
	}
	d = d.with(Heading(o.T(words.RecruitpaperWent)), o.went(), Heading(o.T(words.RecruitpaperCounted)), o.counted())
	return d.with(Heading(o.T(words.RecruitpaperAsk)), Paragraph(o.T(words.RecruitpaperAskText, "contact", p.Contact, "organisation", p.Organisation)))
}

// address is where the report goes; without a name nowhere.
func (o own) address() (to []string) {
	if fullName(o.name) == "" {
		return nil
	}
	for _, line := range []string{fullName(o.name), o.name.Street, o.name.Town} {
		if line != "" {
			to = append(to, line)
		}
	}
	return to
}

func (o own) parts() Grid {
	g := Grid{Heads: []Head{{Title: o.T(words.RecruitpaperColPart)}, {Title: o.T(words.RecruitpaperYourPoints), Right: true}, {Title: o.T(words.RecruitpaperColMost), Right: true}, {Title: o.T(words.RecruitpaperColMark), Right: true}}}
	for _, part := range o.why.Score.Parts {
		g.Rows = append(g.Rows, []string{o.title(part.Domain), o.number(part.Points), o.number(part.Max), markOf(part)})
	}
	s := o.why.Score
	return Grid{Heads: g.Heads, Rows: append(g.Rows, []string{o.T(words.RecruitpaperTotal), o.number(s.Points), o.number(s.Max), strconv.Itoa(o.of.Pass.Total) + " %"})}
}

// decided says what the jury decided; before all of it signed only that it has not.
func (o own) decided() string {
	d := o.decision
	if o.of.State != recruit.Decided || d.Outcome == "" {
		return o.T(words.RecruitpaperNotYet)
	}
	outcome := o.T(words.RecruitOutcome(string(d.Outcome)))
	if d.Until != "" {
		outcome = o.T(words.RecruitpaperUntil, "what", outcome, "day", words.StoredDay(lang, d.Until))
	}
	return o.T(words.RecruitpaperYourOutcome, "outcome", outcome, "reason", d.Reason)
}

// work lists what earned least, without a word of any item.
func (o own) work() (all Points) {
	for _, l := range o.why.Work {
		all = append(all, o.T(words.RecruitpaperWorkOn, "part", o.title(l.Domain), "level", o.T(words.RecruitLevel(l.Level)), "points", o.number(l.Points), "most", o.number(l.Max)))
	}
	return all
}

// went tells what the log says of the test: times, stops, extra time, questions and what became of them.
func (o own) went() (all Points) {
	w, add := o.why, func(key words.Key, args ...any) { all = append(all, nl.T(key, args...)) }
	add(words.RecruitpaperWentTime, "from", words.Clock(lang, w.StartedAt), "until", words.Clock(lang, w.EndedAt), "how", nl.T(words.RecruitEnd(string(w.Ended))))
	add(words.RecruitpaperWentUsed, "used", words.Duration(lang, w.Used), "allowed", words.Duration(lang, w.Allowed))
	for _, x := range w.Stops {
		add(words.RecruitpaperWentStop, "at", words.Clock(lang, x.From), "long", long(x), "why", nl.T(words.RecruitStop(string(x.Why))))
	}
	for _, x := range w.Extra {
		add(words.RecruitpaperWentExtra, "minutes", x.Minutes, "why", x.Why)
	}
	for _, x := range w.Questions {
		add(words.RecruitpaperWentAsked, "item", x.N+1, "outcome", o.scope(x.Outcome), "why", x.Why)
	}
	return all
}

// scope says to the candidate what became of an item.
func (o own) scope(s recruit.Scope) string {
	switch s {
	case recruit.Everybody:
		return o.T(words.RecruitpaperForNobody)
	case recruit.ThisOne:
		return o.T(words.RecruitpaperNotForYou)
	case recruit.Refused:
		return o.T(words.RecruitpaperStays)
	}
	return o.T(words.RecruitpaperUnanswered)
}

// counted tells how the score came about.
func (o own) counted() (all Points) {
	s, add := o.why.Score, func(key words.Key, args ...any) { all = append(all, nl.T(key, args...)) }
	items, answered, open := 0, 0, 0
	for _, it := range s.Items {
		if it.Out != "" {
			continue
		}
		items++
		if it.Answered {
			answered++
		}
		if it.Open {
			open++
		}
	}
	add(words.RecruitpaperCountItems, "items", items, "answered", answered)
	for _, x := range o.why.Outs {
		add(words.RecruitpaperCountOut, "item", x.N+1, "scope", o.scope(x.Scope), "why", x.Why)
	}
	if open > 0 {
		add(words.RecruitpaperCountOpen, "n", open)
	}
	w := o.of.Weights
	add(words.RecruitpaperRuleWeights, "one", o.number(w[0]), "two", o.number(w[1]), "three", o.number(w[2]), "four", o.number(w[3]))
	if open > 0 && o.of.Written.Points > 0 {
		add(words.RecruitpaperRuleWritten, "points", o.number(o.of.Written.Points))
	}
	if s.Max > 0 && s.Max != s.OnMax {
		add(words.RecruitpaperCountOn, "points", o.number(s.Points), "most", o.number(s.Max), "score", o.number(s.On), "on", o.number(s.OnMax))
	}
	return append(all, precision(s.Error))
}
