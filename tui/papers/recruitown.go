package papers

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/words"
)

// AsInvited is the language of a candidate's report that was made in the language of the invitation: the Dutch report, and for
// who was invited in another language a help in that language right behind it.
const AsInvited words.Lang = ""

// CandidateReports are what candidates get: the own score with how sure it is, the parts, points to work on, what happened in
// the test room, how the score was counted, and what the jury decided and why once all of it signed. There is one for each who
// has a score, by label, or only that of one label. The names are on them once those are open. The recruiters and the jury may
// have them, from when the scores are frozen.
//
// The Dutch report counts; l asks for a help in another language instead, or is AsInvited. It returns data.ErrNotFound for a
// label without a score, and an *data.Invalid for a language that the house doesn't have.
func (p RecruitPapers) CandidateReports(ctx context.Context, by data.Actor, procedure, label string, l words.Lang) (all []Document, err error) {
	if l != AsInvited && !slices.Contains(words.Langs(), l) {
		return nil, &data.Invalid{Field: "language", Why: data.WhyNotOneOf, Want: "nl, en, fr", Got: data.Clean(string(l), gotLen)}
	}
	h, of, err := p.begin(ctx, by, procedure)
	if err != nil {
		return nil, err
	}
	scores, err := p.Recruit.Scores(ctx, by, procedure)
	if err != nil {
		return nil, err
	}
	told, err := p.reported(ctx, by, of)
	if err != nil {
		return nil, err
	}
	for _, s := range scores {
		if !s.Sat() || label != "" && s.Label != label {
			continue
		}
		o := own{speaker{lang}, h, of, p.domain, recruit.Explanation{}, told.decisions[s.Candidate], told.names[s.Label]}
		if o.why, err = p.Recruit.Why(ctx, by, s.Candidate); err != nil {
			return nil, err
		}
		for _, in := range told.languages(l, s.Candidate) {
			o.speaker = speaker{in}
			all = append(all, o.document())
		}
	}
	if label != "" && len(all) == 0 {
		err = fmt.Errorf("report of candidate %s: %w", data.Clean(label, 40), data.ErrNotFound)
	}
	return all, err
}

// reported is what reports need to know of all candidates.
type reported struct {
	decisions map[string]recruit.Decision // by candidate
	names     map[string]recruit.Name     // by label
	invited   map[string]words.Lang       // by candidate
}

func (p RecruitPapers) reported(ctx context.Context, by data.Actor, of recruit.Procedure) (r reported, err error) {
	r.decisions, r.invited = map[string]recruit.Decision{}, map[string]words.Lang{}
	decisions, err := p.Recruit.Decisions(ctx, by, of.ID)
	if err != nil {
		return r, err
	}
	for _, d := range decisions.All {
		r.decisions[d.CandidateID] = d
	}
	candidates, err := p.Recruit.Candidates(ctx, by, of.ID)
	if err != nil {
		return r, err
	}
	for _, c := range candidates {
		r.invited[c.ID], _ = words.ParseLang(c.Language)
	}
	r.names, err = named(ctx, p.Recruit, by, of)
	return r, err
}

// languages are those in which a candidate gets the report, Dutch first.
func (r reported) languages(asked words.Lang, candidate string) []words.Lang {
	switch invited := r.invited[candidate]; {
	case asked != AsInvited:
		return []words.Lang{asked}
	case invited != lang && invited != "":
		return []words.Lang{lang, invited}
	}
	return []words.Lang{lang}
}

// own is what the report of one candidate tells of, in a language.
type own struct {
	speaker
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
	name := "verslag-" + s.Label
	if o.Lang != lang {
		name += "-" + string(o.Lang)
	}
	d := o.recruitHead.document(p, name, o.T(words.RecruitownTitle))
	d.To, d.Lang = o.address(), o.Lang
	d = d.with(Facts{{o.T(words.RecruitownProcedure), p.Title}, {o.T(words.RecruitownVacancy), p.Vacancy}, {o.T(words.RecruitownLabel), s.Label}, {o.T(words.RecruitownDay), words.Day(o.Lang, o.why.StartedAt)}},
		Heading(o.T(words.RecruitownYourScore)), Important(o.T(words.RecruitownYouGot, "score", o.number(s.On), "on", o.number(s.OnMax))),
		Paragraph(o.T(words.RecruitownYouSure, "low", o.number(low), "high", o.number(high))), o.parts())
	d = d.with(Heading(o.T(words.RecruitownJurySays)), Paragraph(o.decided()))
	d = d.with(Heading(o.T(words.RecruitownWork)))
	if work := o.work(); len(work) > 0 {
		d = d.with(Paragraph(o.T(words.RecruitownWorkText)), work)
	} else {
		d = d.with(Paragraph(o.T(words.RecruitownNoWork)))
	}
	d = d.with(Heading(o.T(words.RecruitownWent)), o.went(), Heading(o.T(words.RecruitownCounted)), o.counted())
	return d.with(Heading(o.T(words.RecruitownAsk)), Paragraph(o.T(words.RecruitownAskText, "contact", p.Contact, "organisation", p.Organisation)))
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
	g := Grid{Heads: []Head{{Title: o.T(words.RecruitownPart)}, {Title: o.T(words.RecruitownPoints), Right: true}, {Title: o.T(words.RecruitownMost), Right: true}, {Title: o.T(words.RecruitownMark), Right: true}}}
	for _, part := range o.why.Score.Parts {
		g.Rows = append(g.Rows, []string{o.domain(part.Domain), o.number(part.Points), o.number(part.Max), markOf(part)})
	}
	s := o.why.Score
	return Grid{Heads: g.Heads, Rows: append(g.Rows, []string{o.T(words.RecruitownTotal), o.number(s.Points), o.number(s.Max), strconv.Itoa(o.of.Pass.Total) + " %"})}
}

// domain is what a domain is called: as its bank does in Dutch. Where a help has no word for the domain of a bank of the house,
// the Dutch title stays.
func (o own) domain(code string) string {
	key := words.CourseDomain(code)
	if o.Lang == lang || !words.Has(key) {
		return o.title(code)
	}
	name := o.T(key)
	first, n := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(first)) + name[n:]
}

// number writes hundredths of a point.
func (o own) number(hundredths int) string { return words.Number(o.Lang, points(hundredths), 2) }

// because is the reason that somebody typed, in Dutch, behind what it is the reason of.
func (o own) because(said, why string) string {
	if why == "" {
		return said
	}
	return said + " " + o.T(words.RecruitownBecause, "why", why)
}

// decided says what the jury decided; before all of it signed only that it has not.
func (o own) decided() string {
	d := o.decision
	if o.of.State != recruit.Decided || d.Outcome == "" {
		return o.T(words.RecruitownNotYet)
	}
	outcome := o.T(words.RecruitownOutcome(string(d.Outcome)))
	if d.Until != "" {
		outcome = o.T(words.RecruitownUntil, "what", outcome, "day", words.StoredDay(o.Lang, d.Until))
	}
	return o.because(o.T(words.RecruitownDecided, "outcome", outcome), d.Reason)
}

// work lists what earned least, without a word of any item.
func (o own) work() (all Points) {
	for _, l := range o.why.Work {
		all = append(all, o.T(words.RecruitownWorkOn, "part", o.domain(l.Domain), "level", o.T(words.RecruitLevel(l.Level)), "points", o.number(l.Points), "most", o.number(l.Max)))
	}
	return all
}

// went tells what the log says of the test: times, stops, extra time, questions and what became of them.
func (o own) went() Points {
	w := o.why
	all := Points{o.T(words.RecruitownWentTime, "from", words.Clock(o.Lang, w.StartedAt), "until", words.Clock(o.Lang, w.EndedAt), "how", o.T(words.RecruitownEnd(string(w.Ended)))),
		o.T(words.RecruitownWentUsed, "used", words.Duration(o.Lang, w.Used), "allowed", words.Duration(o.Lang, w.Allowed))}
	for _, x := range w.Stops {
		all = append(all, o.T(words.RecruitownWentStop, "at", words.Clock(o.Lang, x.From), "long", long(x), "why", o.T(words.RecruitownStop(string(x.Why)))))
	}
	for _, x := range w.Extra {
		all = append(all, o.because(o.T(words.RecruitownWentExtra, "minutes", x.Minutes), x.Why))
	}
	for _, x := range w.Questions {
		all = append(all, o.because(o.T(words.RecruitownWentAsked, "item", x.N+1, "outcome", o.scope(x.Outcome)), x.Why))
	}
	return all
}

// scope says to the candidate what became of an item.
func (o own) scope(s recruit.Scope) string {
	switch s {
	case recruit.Everybody:
		return o.T(words.RecruitownForNobody)
	case recruit.ThisOne:
		return o.T(words.RecruitownNotForYou)
	case recruit.Refused:
		return o.T(words.RecruitownStays)
	}
	return o.T(words.RecruitownUnanswered)
}

// counted tells how the score came about.
func (o own) counted() (all Points) {
	s, add := o.why.Score, func(key words.Key, args ...any) { all = append(all, o.T(key, args...)) }
	items, answered, open := countedItems(s)
	add(words.RecruitownCountItems, "items", items, "answered", answered)
	for _, x := range o.why.Outs {
		all = append(all, o.because(o.T(words.RecruitownCountOut, "item", x.N+1, "scope", o.scope(x.Scope)), x.Why))
	}
	if open > 0 {
		add(words.RecruitownCountOpen, "n", open)
	}
	w := o.of.Weights
	add(words.RecruitownWeights, "one", o.number(w[0]), "two", o.number(w[1]), "three", o.number(w[2]), "four", o.number(w[3]))
	if open > 0 && o.of.Written.Points > 0 {
		add(words.RecruitownWritten, "points", o.number(o.of.Written.Points))
	}
	if s.Max > 0 && s.Max != s.OnMax {
		add(words.RecruitownCountOn, "points", o.number(s.Points), "most", o.number(s.Max), "score", o.number(s.On), "on", o.number(s.OnMax))
	}
	if s.Error.Method == recruit.FromGroup {
		add(words.RecruitownFromGroup, "alpha", words.Number(o.Lang, s.Error.Alpha, 2), "group", s.Error.Group)
	} else {
		add(words.RecruitownFromItems)
	}
	return all
}

// countedItems counts the items that count, those of them with an answer, and those that people marked.
func countedItems(s recruit.Score) (items, answered, open int) {
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
	return items, answered, open
}
