package recruit

import (
	"math"
	"time"

	"digibrug/data"
)

// Destroyed is a line of a destruction list: what was kept about a candidate, by label, and is no more. Numbers count rows.
type Destroyed struct {
	Label     string `json:"label"`
	Name      int    `json:"name"`
	Sitting   int    `json:"sitting"`
	Answers   int    `json:"answers"`
	Events    int    `json:"events"`
	Questions int    `json:"questions"`
	Marks     int    `json:"marks"` // with what markers settled on
	Score     int    `json:"score"`
	Decision  int    `json:"decision"`
}

// Statistics are what stays of a procedure, without people. Of fewer than MinPeople who sat the test only the number of
// candidates stays.
type Statistics struct {
	Candidates int             `json:"candidates"`
	Sat        int             `json:"sat,omitempty"`      // who have a score
	Outcomes   map[Outcome]int `json:"outcomes,omitempty"` // how many of each
	Mean       float64         `json:"mean,omitempty"`     // percent of the points
	SD         float64         `json:"sd,omitempty"`       // of the percentages, with n-1
}

// MinPeople is the fewest people that a figure may stand for.
const MinPeople = 5

// statisticsOf sums up the scores, in percent of the points, and the outcomes of candidates.
func statisticsOf(candidates int, percents []float64, outcomes []Outcome) Statistics {
	st := Statistics{Candidates: candidates}
	if len(percents) < MinPeople {
		return st
	}
	st.Sat, st.Outcomes = len(percents), map[Outcome]int{}
	for _, o := range outcomes {
		if o != "" {
			st.Outcomes[o]++
		}
	}
	for _, p := range percents {
		st.Mean += p / float64(len(percents))
	}
	for _, p := range percents {
		st.SD += (p - st.Mean) * (p - st.Mean) / float64(len(percents)-1)
	}
	st.Mean, st.SD = tenth(st.Mean), tenth(math.Sqrt(st.SD))
	return st
}

// tenth rounds to one decimal.
func tenth(x float64) float64 { return math.Round(x*10) / 10 }

// Purged is one destruction: of the candidates of a procedure whose term is over.
type Purged struct {
	ID          string // empty for one that is only foreseen
	ProcedureID string
	Title       string
	At          time.Time // zero for one that is only foreseen
	List        []Destroyed
	Hash        string // SHA-256, hexadecimal, over what was destroyed
	Statistics  Statistics
	SignedBy    string // log-in name of who signed for the list; empty: nobody yet
	SignedAt    time.Time
}

// DueOn tells whether the term of a procedure is over on a day, YYYY-MM-DD, and no appeal holds it.
func (p Procedure) DueOn(day string) bool {
	return p.PurgedOn == "" && p.KeepUntil < day && !p.HeldOn(day)
}

// HeldOn tells whether an appeal holds everything on a day: through its last day.
func (p Procedure) HeldOn(day string) bool { return p.HoldUntil >= day }

// keepsOn tells whether a decision keeps its candidate on a day, beyond the term of the procedure: through the last day of
// a place in the reserve.
func (d Decision) keepsOn(day string) bool { return d.Outcome == Reserve && d.Until >= day }

// checkHold tidies the reason of a hold, and says what is wrong with it or its last day.
func checkHold(until, why, today string) (string, error) {
	on, err := data.ParseDay(until)
	if err != nil {
		return "", &data.Invalid{Field: "until", Why: data.WhyDay, Want: "YYYY-MM-DD", Got: data.Clean(until, 40)}
	}
	switch now := data.StoredDay(today); {
	case until < today:
		return "", &data.Invalid{Field: "until", Why: data.WhyEarly, Want: today, Got: until}
	case on.After(now.AddDate(maxHold, 0, 0)):
		return "", &data.Invalid{Field: "until", Why: WhyHold, Want: data.DayText(now.AddDate(maxHold, 0, 0)), Got: until}
	}
	return reasonOf(why)
}

// maxHold is for how many years an appeal can hold a procedure, before somebody must look again.
const maxHold = 2

// WhyHold says that an appeal can't hold a procedure so long; Want is the last possible day.
const WhyHold data.Why = "recruit.hold"
