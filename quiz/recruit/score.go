package recruit

import (
	"fmt"
	"math"
	"slices"

	"digibrug/quiz"
	"digibrug/quiz/measure"
)

// Verdict is what the pass rule says of a score. It decides nothing: the jury does.
type Verdict string

// The verdicts.
const (
	VerdictPass      Verdict = "pass"
	VerdictBand      Verdict = "band" // within the error of a mark, or nothing was left to judge: the jury's interview
	VerdictFail      Verdict = "fail"
	VerdictAbsent    Verdict = "absent"    // never started
	VerdictWithdrawn Verdict = "withdrawn" // withdrew
)

// Method is how a standard error was found.
type Method string

// The methods.
const (
	// FromGroup is the classical standard error of measurement, from the alpha of all who had the form.
	FromGroup Method = "group"
	// FromItems is the binomial error of measure.Binomial, which is on the wide side: for fewer than MinGroup candidates of a form, or
	// where alpha does not exist or is not above 0.
	FromItems Method = "items"
)

// MinGroup is how many candidates must have sat the same items before their alpha is used.
const MinGroup = 10

// Precision is a standard error, in hundredths of a point, and how it was found.
type Precision struct {
	SE     float64 `json:"se"` // rounded to a ten-thousandth, so that every machine finds the same
	Method Method  `json:"method"`
	Alpha  float64 `json:"alpha,omitempty"` // of the form, where Method is FromGroup
	Group  int     `json:"group"`           // candidates of the form who sat all of its items
}

// ItemScore is what one item earned. Points and Max are hundredths; both 0 where it is out.
type ItemScore struct {
	N        int    `json:"n"` // from 0
	Item     string `json:"item"`
	Version  int    `json:"version"`
	Variant  int    `json:"variant,omitempty"` // of a family; see quiz.Item
	Domain   string `json:"domain"`
	DigComp  string `json:"digcomp"`
	Level    int    `json:"level"`
	Answered bool   `json:"answered"`
	Open     bool   `json:"open,omitempty"` // marked by people
	Out      Scope  `json:"out,omitempty"`  // Everybody, ThisOne, or empty
	Points   int    `json:"points"`
	Max      int    `json:"max"`
}

// PartScore is the score of a domain, in hundredths.
type PartScore struct {
	Domain  string    `json:"domain"`
	Points  int       `json:"points"`
	Max     int       `json:"max"`
	Pass    int       `json:"pass"` // percent; 0: no mark of its own
	Error   Precision `json:"error"`
	Verdict Verdict   `json:"verdict,omitempty"` // empty: no mark of its own
}

// Score is the score of a candidate, frozen with the others of the procedure.
type Score struct {
	Candidate string      `json:"candidate"` // id
	Label     string      `json:"label"`
	Form      string      `json:"form"`
	Items     []ItemScore `json:"items"`
	Parts     []PartScore `json:"parts"`
	Points    int         `json:"points"` // hundredths
	Max       int         `json:"max"`
	On        int         `json:"on"`     // the points on OnMax, hundredths, half up
	OnMax     int         `json:"on_max"` // hundredths
	Error     Precision   `json:"error"`  // of Points
	Verdict   Verdict     `json:"verdict"`
}

// Sat tells whether there is a score: the candidate started, and did not withdraw.
func (s Score) Sat() bool { return s.Verdict != VerdictAbsent && s.Verdict != VerdictWithdrawn }

// Interval is between which points on OnMax, in hundredths, the score lies by z standard errors to each side; 1.96 is 95 of 100 times.
func (s Score) Interval(z float64) (low, high int) {
	if s.Max == 0 {
		return 0, s.OnMax
	}
	half := z * s.Error.SE * float64(s.OnMax) / float64(s.Max)
	return max(0, int(math.Floor(float64(s.On)-half))), min(s.OnMax, int(math.Ceil(float64(s.On)+half)))
}

// Paper is what a candidate made of the test.
type Paper struct {
	Candidate Candidate
	Started   bool
	Items     []Answered
	ByHand    map[int]int // points, in hundredths, of open answers, by item
}

// Unmarked lists the items of a paper, from 0, that people still have to mark: open ones that are answered and not out.
func (p Paper) Unmarked() (all []int) {
	for _, a := range p.Items {
		if _, marked := p.ByHand[a.N]; p.Started && a.Item.Item.Kind == quiz.KindOpen && !a.Skipped() && !a.Answer.Empty() && !marked {
			all = append(all, a.N)
		}
	}
	return all
}

// score marks an item of a paper. What was not answered, and an open answer that nobody marked, earns 0.
func (p Paper) score(a Answered) ItemScore {
	it := a.Item.Item
	s := ItemScore{N: a.N, Item: it.ID, Version: it.Version, Variant: it.Variant, Domain: it.Domain, DigComp: it.DigComp, Level: it.Level, Answered: !a.Answer.Empty(), Open: it.Kind == quiz.KindOpen, Max: a.Weight}
	switch {
	case !a.OutAt.IsZero():
		s.Out, s.Max = Everybody, 0
	case a.OutHere:
		s.Out, s.Max = ThisOne, 0
	case s.Open:
		s.Points = min(p.ByHand[a.N], a.Weight)
	default:
		s.Points = int(math.Round(float64(a.Weight) * it.Mark(a.Answer).Points))
	}
	return s
}

// ScoreAll scores the papers of a procedure. Points are whole hundredths: the same papers give the same scores everywhere and always. An item that
// is out counts for nothing, neither in what was earned nor in what could be.
func ScoreAll(d Details, papers []Paper) []Score {
	all := make([]Score, len(papers))
	for i, p := range papers {
		all[i] = d.count(p)
	}
	for i := range all {
		d.judge(&all[i], all)
	}
	return all
}

// count adds the points of a paper up.
func (d Details) count(p Paper) Score {
	s := Score{Candidate: p.Candidate.ID, Label: p.Candidate.Label, Form: p.Candidate.Form}
	switch {
	case p.Candidate.Withdrawn:
		s.Verdict = VerdictWithdrawn
		return s
	case !p.Started:
		s.Verdict = VerdictAbsent
		return s
	}
	for _, a := range p.Items {
		it := p.score(a)
		s.Items = append(s.Items, it)
		s.Points += it.Points
		s.Max += it.Max
		part := slices.IndexFunc(s.Parts, func(q PartScore) bool { return q.Domain == it.Domain })
		if part < 0 {
			part = len(s.Parts)
			s.Parts = append(s.Parts, PartScore{Domain: it.Domain, Pass: d.Pass.Parts[it.Domain]})
		}
		s.Parts[part].Points += it.Points
		s.Parts[part].Max += it.Max
	}
	if s.OnMax = d.OnPoints * 100; s.OnMax == 0 {
		s.OnMax = s.Max
	}
	if s.Max > 0 {
		s.On = (2*s.Points*s.OnMax + s.Max) / (2 * s.Max)
	}
	return s
}

// judge adds the errors and what the rule says.
func (d Details) judge(s *Score, all []Score) {
	if !s.Sat() {
		return
	}
	s.Error = errorOf(*s, all, func(ItemScore) bool { return true })
	verdicts := []Verdict{d.Pass.of(s.Points, s.Max, d.Pass.Total, s.Error.SE)}
	for i := range s.Parts {
		p := &s.Parts[i]
		p.Error = errorOf(*s, all, func(it ItemScore) bool { return it.Domain == p.Domain })
		if p.Pass > 0 && p.Max > 0 {
			p.Verdict = d.Pass.of(p.Points, p.Max, p.Pass, p.Error.SE)
			verdicts = append(verdicts, p.Verdict)
		}
	}
	s.Verdict = VerdictPass
	for _, worst := range []Verdict{VerdictBand, VerdictFail} {
		if slices.Contains(verdicts, worst) {
			s.Verdict = worst
		}
	}
}

// of says how points stand to a mark in percent of max. With the band, who is no further from the mark than the error, on either side, is in it.
func (r Rule) of(points, most, percent int, se float64) Verdict {
	gap := points*100 - percent*most // hundredths of a hundredth of a point
	switch {
	case most == 0:
		return VerdictBand
	case r.Band && math.Abs(float64(gap)) <= r.width()*se*100:
		return VerdictBand
	case gap >= 0:
		return VerdictPass
	}
	return VerdictFail
}

// width is how many standard errors the band and a tie are wide.
func (r Rule) width() float64 {
	if r.Error <= 0 {
		return 1.96
	}
	return r.Error
}

// errorOf is the standard error of a score over the items that keep keeps: from those who had the same form and sat all that the form
// still has, or from the score alone.
func errorOf(s Score, all []Score, keep func(ItemScore) bool) Precision {
	var weights []float64
	most, earned := 0, 0
	for _, it := range s.Items {
		if keep(it) && it.Max > 0 {
			weights = append(weights, float64(it.Max))
			most, earned = most+it.Max, earned+it.Points
		}
	}
	table, whole := tableOf(s.Form, all, keep)
	e := Precision{Group: len(table), Method: FromItems, SE: measure.Binomial(weights, float64(earned))}
	if c := measure.ClassicalOf(table); len(table) >= MinGroup && c.Alpha > 0 && whole > 0 {
		// Who has fewer items has less error in points: variances of items add up.
		e.Method, e.Alpha, e.SE = FromGroup, rounded(c.Alpha), c.SEM*math.Sqrt(float64(most)/whole)
	}
	e.SE = rounded(e.SE)
	return e
}

// tableOf gives the points of those who had a form and for whom nothing of it is out, but what is out for everybody; whole is the most that they could
// earn.
func tableOf(form string, all []Score, keep func(ItemScore) bool) (table [][]float64, whole float64) {
	for _, s := range all {
		if s.Form != form || !s.Sat() || slices.ContainsFunc(s.Items, func(it ItemScore) bool { return keep(it) && it.Out == ThisOne }) {
			continue
		}
		var row []float64
		whole = 0
		for _, it := range s.Items {
			if keep(it) && it.Out == "" {
				row = append(row, float64(it.Points))
				whole += float64(it.Max)
			}
		}
		table = append(table, row)
	}
	return table, whole
}

func rounded(x float64) float64 { return math.Round(x*1e4) / 1e4 }

// String is for logs.
func (s Score) String() string {
	return fmt.Sprintf("%s %d/%d (%d/%d) ± %.2f %s", s.Label, s.Points, s.Max, s.On, s.OnMax, s.Error.SE, s.Verdict)
}
