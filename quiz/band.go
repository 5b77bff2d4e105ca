package quiz

import (
	"slices"

	"digibrug/data"
	"digibrug/quiz/measure"
)

// Band is the level of a person in a domain, in words that everybody knows. Bands are ordered.
type Band int

// The bands. BandNone says that nothing can be said.
const (
	BandNone Band = iota
	BandStarter
	BandBasis
	BandVlot
	BandExpert
)

// bandCodes are how bands are stored and exchanged, by Band.
func bandCodes() []string { return []string{"", "starter", "basis", "vlot", "expert"} }

// String is the band's code: "starter", "basis", "vlot", "expert", "" for none and for what is no band.
func (b Band) String() string {
	if codes := bandCodes(); b > 0 && int(b) < len(codes) {
		return codes[b]
	}
	return ""
}

// ParseBand finds a band by its code; "" is BandNone.
func ParseBand(code string) (Band, error) {
	if i := slices.Index(bandCodes(), code); i >= 0 {
		return Band(i), nil
	}
	return BandNone, &data.Invalid{Field: "band", Why: data.WhyNotOneOf, Want: "starter, basis, vlot, expert", Got: data.Clean(code, gotLen)}
}

// MarshalText writes the code.
func (b Band) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// UnmarshalText reads the code.
func (b *Band) UnmarshalText(text []byte) (err error) {
	*b, err = ParseBand(string(text))
	return err
}

// Cuts are the abilities, in logits and rising, at which basis, vlot and expert begin.
type Cuts [3]float64

// DefaultCuts lie at the centres of the levels on the experts' difficulty scale: an author gives a typical
// item of level l the difficulty l - 2.5, so basis begins where a typical item of level 2 (-0.5) is as
// likely right as wrong, vlot at that of level 3 (0.5), expert at that of level 4 (1.5). Whoever answers
// all items of the lower levels and none of the higher is therefore what the lower level is called.
func DefaultCuts() Cuts { return Cuts{-0.5, 0.5, 1.5} }

// Sure says how sure a band is, in a word.
type Sure string

// How sure: by the posterior probability p of the band. Four bands by pure guess give .25.
const (
	SureNone Sure = ""     // no band
	SureLow  Sure = "low"  // p < .60: it may as well be a neighbour
	SureFair Sure = "fair" // .60 ≤ p < .80: more likely than all others together
	SureHigh Sure = "high" // p ≥ .80; below it a level is too close to call (field notes on measurement, G7)
)

const (
	fairFrom = 0.60
	highFrom = 0.80
)

func sureOf(p float64) Sure {
	switch {
	case p >= highFrom:
		return SureHigh
	case p >= fairFrom:
		return SureFair
	}
	return SureLow
}

// MinMarked is how many marked items of a domain it takes before anything is said about it.
const MinMarked = 4

// Marked is an item that a person was given, with what the answer earned. An item that was given and left
// blank has a mark of 0; one that was never given is not in the list.
type Marked struct {
	Item Item
	Mark Mark
}

// DomainResult is what an attempt says about a person in one domain. Unless Enough, there is no number
// in it but Items and Pending: no share, no band, no ability can leak from three answers.
type DomainResult struct {
	Domain  string  `json:"domain"`
	Items   int     `json:"items"`   // marked ones, pending ones not counted
	Pending int     `json:"pending"` // still to be marked by a person
	Enough  bool    `json:"enough"`  // at least MinMarked items are marked
	Points  float64 `json:"points"`  // 0 ≤ Points ≤ Max
	Max     float64 `json:"max"`
	Band    Band    `json:"band"`
	Sure    Sure    `json:"sure"`
	Theta   float64 `json:"theta"` // logits
	SE      float64 `json:"se"`    // logits
}

// Share is the share of the points, 0 to 1; 0 when there is not Enough.
func (r DomainResult) Share() float64 {
	if r.Max <= 0 {
		return 0
	}
	return r.Points / r.Max
}

// priorSD of abilities, in logits. Staff runs from the cleaning team to the ICT officer: an SD of 1.5 is
// wide enough (37, 26, 21 and 16 percent in the bands before anything is known) that a handful of answers
// outweighs it, and keeps the estimate finite where all answers are right, or none.
const priorSD = 1.5

// Judge says where a person stands in a domain from the marked items of that domain; items of other
// domains are left out. The band is the most probable one (the lower of two equal ones) under the Rasch
// model with the experts' difficulties, a = 1, prior N(0, 1.5²), by EAP; see measure.EAP for partial
// credit. What was not asked can't be shown: the band is at most one above the hardest level given, and
// then Sure is about being there or higher. Theta and Band never fall when a mark rises. Provisional by
// nature until items are calibrated.
func Judge(domain string, marked []Marked, cuts Cuts) DomainResult {
	r := DomainResult{Domain: domain}
	var items []measure.Item
	var shares []float64
	points, most, hardest := 0.0, 0.0, 1
	for _, m := range marked {
		switch {
		case m.Item.Domain != domain:
		case m.Mark.Pending:
			r.Pending++
		case m.Mark.Max > 0:
			r.Items++
			points += m.Mark.Points
			most += m.Mark.Max
			hardest = max(hardest, m.Item.Level)
			items = append(items, measure.Item{A: 1, B: m.Item.Difficulty})
			shares = append(shares, m.Mark.Points/m.Mark.Max)
		}
	}
	if r.Items < MinMarked {
		return r
	}
	e := measure.EAP(items, shares, measure.Prior{Mean: 0, SD: priorSD})
	band, p := mostProbable(e.Levels(cuts[:]), Band(hardest+1))
	r.Enough, r.Points, r.Max = true, points, most
	r.Band, r.Sure, r.Theta, r.SE = band, sureOf(p), e.Theta, e.SE
	return r
}

// mostProbable is the band with the highest probability, and that probability; probs[0] is starter's. All
// above top counts for top. Of equal bands (within rounding) it is the lower.
func mostProbable(probs []float64, top Band) (Band, float64) {
	var folded [BandExpert + 1]float64
	for i, p := range probs {
		folded[min(BandExpert, top, Band(i+1))] += p
	}
	best := BandStarter
	for b := BandStarter; b <= BandExpert; b++ {
		if folded[b] > folded[best]+1e-9 {
			best = b
		}
	}
	return best, folded[best]
}

// JudgeAll judges every domain that occurs, in the order of first appearance.
func JudgeAll(marked []Marked, cuts Cuts) []DomainResult {
	var results []DomainResult
	for _, m := range marked {
		if !slices.ContainsFunc(results, func(r DomainResult) bool { return r.Domain == m.Item.Domain }) {
			results = append(results, Judge(m.Item.Domain, marked, cuts))
		}
	}
	return results
}

// EntryFailed tells whether somebody failed all entry items, so that the attempt ends kindly at starter:
// there is at least one, none is pending, and each earned less than half of its points.
func EntryFailed(marks []Mark) bool {
	return len(marks) > 0 && !slices.ContainsFunc(marks, func(m Mark) bool { return m.Pending || m.Points >= m.Max/2 })
}
