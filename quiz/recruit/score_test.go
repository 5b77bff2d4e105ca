package recruit_test

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
)

// paper is what somebody made of the items of a hall: "1" right, "0" wrong, " " nothing, "x" out for all, "o" out for this one.
func paper(label, marks string) recruit.Paper {
	p := recruit.Paper{Candidate: recruit.Candidate{ID: "id-" + label, Label: label, Form: "A"}, Started: true, ByHand: map[int]int{}}
	for n, it := range recruittest.Items(true) {
		a := recruit.Answered{Item: recruit.Item{N: n, Item: it, Weight: 100}}
		switch marks[n] {
		case '1', '0':
			a.Answer = *recruittest.Give(marks[n] == '1', n)
			if n == 7 {
				p.ByHand[7] = int(marks[n]-'0') * 100
			}
		case 'x':
			a.OutAt = start
		case 'o':
			a.OutHere = true
		}
		p.Items = append(p.Items, a)
	}
	return p
}

func details(change ...func(*recruit.Details)) recruit.Details {
	d := recruit.Details{OnPoints: 20, Pass: recruit.Rule{Total: 50, Error: 1.96}}
	for _, f := range change {
		f(&d)
	}
	return d
}

func TestScore(t *testing.T) {
	absent := paper("K-09", "        ")
	absent.Started = false
	withdrawn := paper("K-09", "11111111")
	withdrawn.Candidate.Withdrawn = true
	half := paper("K-09", "11111110")
	half.ByHand[7] = 50
	for name, c := range map[string]struct {
		paper   recruit.Paper
		details recruit.Details
		want    string // points/max on/onmax verdict
	}{
		"all right":                     {paper("K-01", "11111111"), details(), "800/800 2000/2000 pass"},
		"all wrong":                     {paper("K-01", "00000000"), details(), "0/800 0/2000 fail"},
		"nothing answered":              {paper("K-01", "        "), details(), "0/800 0/2000 fail"},
		"just the mark":                 {paper("K-01", "11110000"), details(), "400/800 1000/2000 pass"},
		"just under the mark":           {paper("K-01", "11100000"), details(), "300/800 750/2000 fail"},
		"half of an open answer":        {half, details(), "750/800 1875/2000 pass"},
		"an item out for all":           {paper("K-01", "x1110000"), details(), "300/700 857/2000 fail"},
		"an item out for this one":      {paper("K-01", "o1110001"), details(), "400/700 1143/2000 pass"},
		"everything out":                {paper("K-01", "xxxxxxxx"), details(), "0/0 0/2000 band"},
		"on as many points as it has":   {paper("K-01", "11110000"), details(func(d *recruit.Details) { d.OnPoints = 0 }), "400/800 400/800 pass"},
		"a third of a point, half up":   {paper("K-01", "x1111100"), details(func(d *recruit.Details) { d.OnPoints = 10 }), "500/700 714/1000 pass"},
		"within the error, with a band": {paper("K-01", "11100000"), details(func(d *recruit.Details) { d.Pass.Band = true }), "300/800 750/2000 band"},
		"far above, with a band":        {paper("K-01", "11111111"), details(func(d *recruit.Details) { d.Pass.Band = true; d.Pass.Error = 1 }), "800/800 2000/2000 pass"},
		"a part under its mark": {paper("K-01", "11110000"), details(func(d *recruit.Details) { d.Pass.Parts = map[string]int{"windows": 25} }),
			"400/800 1000/2000 fail"},
		"both parts at their mark": {paper("K-01", "10001110"), details(func(d *recruit.Details) { d.Pass.Parts = map[string]int{"windows": 75, "mail": 25} }),
			"400/800 1000/2000 pass"},
		"a part that is all out has no mark": {paper("K-01", "1111xxxx"), details(func(d *recruit.Details) { d.Pass.Parts = map[string]int{"windows": 75} }),
			"400/400 2000/2000 pass"},
		"never started": {absent, details(), "0/0 0/0 absent"},
		"withdrew":      {withdrawn, details(), "0/0 0/0 withdrawn"},
	} {
		s := recruit.ScoreAll(c.details, []recruit.Paper{c.paper})[0]
		if got := fmt.Sprintf("%d/%d %d/%d %s", s.Points, s.Max, s.On, s.OnMax, s.Verdict); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestErrorOfTheGroup compares with the sums of measure: with ten candidates their alpha counts, with nine it doesn't.
func TestErrorOfTheGroup(t *testing.T) {
	marks := []string{"11111111", "11111110", "11111100", "11111000", "11110000", "11100000", "11000000", "10000000", "00000000", "10101010"}
	var papers []recruit.Paper
	for i, m := range marks {
		papers = append(papers, paper(fmt.Sprintf("K-%02d", i+1), m))
	}
	for i, s := range recruit.ScoreAll(details(), papers) {
		if s.Error.Method != recruit.FromGroup || s.Error.Group != 10 || s.Error.Alpha < .8 || s.Error.Alpha > .95 {
			t.Errorf("candidate %d: %+v", i, s.Error)
		}
	}
	for _, s := range recruit.ScoreAll(details(), papers[:9]) {
		if s.Error.Method != recruit.FromItems || s.Error.Alpha != 0 || s.Error.Group != 9 {
			t.Errorf("nine candidates: %+v", s.Error)
		}
	}
	papers[0].Items[0].OutHere = true
	if s := recruit.ScoreAll(details(), papers)[0]; s.Error.Method != recruit.FromItems || s.Error.Group != 9 {
		t.Errorf("one of ten misses an item: %+v", s.Error)
	}
	same := slices.Repeat([]recruit.Paper{paper("K-01", "11110000")}, 12)
	if s := recruit.ScoreAll(details(), same)[0]; s.Error.Method != recruit.FromItems || s.Error.SE <= 0 {
		t.Errorf("no alpha where all are equal: %+v", s.Error)
	}
}

func TestInterval(t *testing.T) {
	s := recruit.Score{Points: 400, Max: 800, On: 1000, OnMax: 2000, Error: recruit.Precision{SE: 100}}
	if low, high := s.Interval(1.96); low != 510 || high != 1490 {
		t.Errorf("from %d to %d, want 510 to 1490", low, high)
	}
	s.On, s.Error.SE = 1900, 300
	if low, high := s.Interval(1.96); low != 430 || high != 2000 {
		t.Errorf("from %d to %d, want 430 to 2000", low, high)
	}
	if low, high := (recruit.Score{OnMax: 2000}).Interval(1); low != 0 || high != 2000 {
		t.Errorf("of nothing: from %d to %d", low, high)
	}
}

func TestRank(t *testing.T) {
	score := func(label string, points int, se float64) recruit.Score {
		return recruit.Score{Label: label, Points: points, Max: 1000, Verdict: recruit.VerdictPass, Error: recruit.Precision{SE: se}}
	}
	out := score("K-04", 450, 1)
	out.Max = 500 // nine tenths, of fewer items
	gone, away := score("K-08", 0, 0), score("K-07", 0, 0)
	gone.Verdict, away.Verdict = recruit.VerdictWithdrawn, recruit.VerdictAbsent
	for name, c := range map[string]struct {
		rule   recruit.Rule
		scores []recruit.Score
		want   string
	}{
		"by points":             {recruit.Rule{}, []recruit.Score{score("K-01", 700, 90), score("K-02", 800, 90)}, "1 K-02, 2 K-01"},
		"equal points":          {recruit.Rule{}, []recruit.Score{score("K-02", 700, 9), score("K-03", 800, 9), score("K-01", 700, 9), score("K-05", 600, 9)}, "1 K-03, 2 K-01, 2 K-02, 4 K-05"},
		"by share, not points":  {recruit.Rule{}, []recruit.Score{score("K-01", 890, 9), out}, "1 K-04, 2 K-01"},
		"ties within the error": {recruit.Rule{Ties: true}, []recruit.Score{score("K-01", 800, 50), score("K-02", 700, 50), score("K-03", 600, 50)}, "1 K-01 ~ K-02, 1 K-02 ~ K-01 K-03, 2 K-03 ~ K-02"},
		"at the very error":     {recruit.Rule{Ties: true, Error: 1}, []recruit.Score{score("K-01", 750, 30), score("K-02", 700, 40)}, "1 K-01 ~ K-02, 1 K-02 ~ K-01"},
		"just beyond it":        {recruit.Rule{Ties: true, Error: 1}, []recruit.Score{score("K-01", 751, 30), score("K-02", 700, 40)}, "1 K-01, 2 K-02"},
		"a wide error gives no better place": {recruit.Rule{Ties: true}, []recruit.Score{score("K-01", 900, 10), score("K-02", 800, 10), score("K-03", 790, 300)},
			"1 K-01 ~ K-03, 2 K-02 ~ K-03, 2 K-03 ~ K-01 K-02"},
		"apart":  {recruit.Rule{}, []recruit.Score{gone, away, score("K-01", 1, 1)}, "1 K-01, absent K-07, withdrawn K-08"},
		"nobody": {recruit.Rule{}, nil, ""},
	} {
		r := recruit.Rank(c.scores, c.rule)
		var got []string
		for _, p := range r.Places {
			line := fmt.Sprintf("%d %s", p.Place, p.Score.Label)
			if len(p.Tied) > 0 {
				line += " ~ " + strings.Join(p.Tied, " ")
			}
			got = append(got, line)
		}
		for _, l := range r.Absent {
			got = append(got, "absent "+l)
		}
		for _, l := range r.Withdrawn {
			got = append(got, "withdrawn "+l)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %q, want %q", name, strings.Join(got, ", "), c.want)
		}
	}
}

func TestAgree(t *testing.T) {
	for name, c := range map[string]struct {
		marks  []int
		margin int
		want   int
		agreed bool
	}{
		"none":              {nil, 20, 0, false},
		"one":               {[]int{80}, 20, 0, false},
		"the same":          {[]int{80, 80}, 20, 80, true},
		"half up":           {[]int{80, 81}, 20, 81, true},
		"just the margin":   {[]int{60, 100}, 20, 80, true},
		"beyond the margin": {[]int{59, 100}, 20, 0, false},
		"no margin":         {[]int{80, 81}, 0, 0, false},
	} {
		var marks []recruit.Mark
		for _, p := range c.marks {
			marks = append(marks, recruit.Mark{Points: p})
		}
		if got, agreed := recruit.Agree(marks, 200, c.margin); got != c.want || agreed != c.agreed {
			t.Errorf("%s: %d, %v; want %d, %v", name, got, agreed, c.want, c.agreed)
		}
	}
}

func TestWorkOn(t *testing.T) {
	s := recruit.ScoreAll(details(), []recruit.Paper{paper("K-01", "1001x0 1")})[0]
	var got []string
	for _, l := range s.WorkOn(9) {
		got = append(got, fmt.Sprintf("%s/%d %d/%d", l.Domain, l.Level, l.Points, l.Max))
	}
	want := []string{"mail/2 0/100", "windows/2 0/100", "mail/3 0/100", "windows/3 0/100"}
	if !slices.Equal(got, want) {
		t.Errorf("to work on: %v, want %v", got, want)
	}
	if n := len(s.WorkOn(2)); n != 2 {
		t.Errorf("%d of at most 2", n)
	}
}

func TestStandstills(t *testing.T) {
	ev := func(minutes float64, kind recruit.EventKind) recruit.Event {
		return recruit.Event{At: at(minutes), Kind: kind}
	}
	got := recruit.Standstills([]recruit.Event{ev(-5, recruit.LineCut), ev(0, recruit.Started), ev(5, recruit.LineCut), ev(7, recruit.CameBack), ev(8, recruit.Resumed),
		ev(10, recruit.Asked), ev(11, recruit.PausedBy), ev(12, recruit.LineCut), ev(13, recruit.Resumed), ev(14, recruit.Answering), ev(20, recruit.TookBreak), ev(25, recruit.BackFrom),
		ev(30, recruit.PausedBy), ev(40, recruit.Ended)})
	want := []recruit.Standstill{{Why: recruit.Cut, From: at(5), Till: at(8)}, {Why: recruit.Asking, From: at(10), Till: at(11)}, {Why: recruit.Paused, From: at(11), Till: at(13)},
		{Why: recruit.Asking, From: at(13), Till: at(14)}, {Why: recruit.OnBreak, From: at(20), Till: at(25)}, {Why: recruit.Paused, From: at(30), Till: at(40)}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("stood still %v, want %v", got, want)
	}
}

// TestScoresAreTheSame: the order of the papers changes no score.
func TestScoresAreTheSame(t *testing.T) {
	var papers []recruit.Paper
	for i := range 30 {
		papers = append(papers, paper(fmt.Sprintf("K-%02d", i+1), fmt.Sprintf("%08b", (i*37)%256)))
	}
	first := recruit.ScoreAll(details(), papers)
	slices.Reverse(papers)
	again := recruit.ScoreAll(details(), papers)
	slices.Reverse(again)
	for i := range first {
		if math.Abs(first[i].Error.SE-again[i].Error.SE) > 1e-3 {
			t.Errorf("%s and %s", first[i], again[i])
		}
		again[i].Error, again[i].Parts = first[i].Error, first[i].Parts
		if !reflect.DeepEqual(first[i], again[i]) {
			t.Errorf("%s and %s", first[i], again[i])
		}
	}
}
