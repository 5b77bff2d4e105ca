package courses_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"digibrug/courses"
	"digibrug/data"
)

// rule is a rule of a council decision; it holds from 1 January 2026 for all courses.
func rule(id string, c courses.Category, cents int64) courses.FeeRule {
	return courses.FeeRule{ID: id, Category: c, Cents: cents, Decision: "GR 2025/114", DecidedOn: "2025-12-15", From: "2026-01-01"}
}

// with changes a rule.
func with(r courses.FeeRule, change func(*courses.FeeRule)) courses.FeeRule {
	change(&r)
	return r
}

// town are the rules of an invented town: residents € 20 in 2026 and € 25 from March 2027, with two months in which
// nobody decided anything; others € 40; non-administrative staff free; € 4 for who showed a proof in the last year.
func town() []courses.FeeRule {
	return []courses.FeeRule{
		with(rule("resident-26", courses.Resident, 2000), func(r *courses.FeeRule) { r.Until = "2026-12-31" }),
		with(rule("resident-27", courses.Resident, 2500), func(r *courses.FeeRule) { r.From = "2027-03-01" }),
		rule("elsewhere", courses.NonResident, 4000),
		rule("nonadmin", courses.NonAdmin, 0),
		with(rule("reduced", courses.Resident, 400), func(r *courses.FeeRule) { r.Reduced, r.ProofDays = true, 365 }),
		with(rule("photo", courses.Resident, 1500), func(r *courses.FeeRule) { r.CourseID, r.Until = "photo", "2026-12-31" }),
	}
}

func TestFeeOf(t *testing.T) {
	seen := func(on string) courses.Proof { return courses.Proof{On: on, By: "An Peeters"} }
	facts := func(c courses.Category, on string) courses.FeeFacts {
		return courses.FeeFacts{CourseID: "mail", Category: c, On: on}
	}
	proof := func(f courses.FeeFacts, p courses.Proof) courses.FeeFacts { f.Proof = p; return f }
	course := func(f courses.FeeFacts, id string) courses.FeeFacts { f.CourseID = id; return f }
	for name, c := range map[string]struct {
		facts  courses.FeeFacts
		cents  int64 // -1: unknown
		why    courses.FeeWhy
		rule   string
		others int
	}{
		"a resident":                            {facts(courses.Resident, "2026-06-01"), 2000, courses.FeeOnly, "resident-26", 0},
		"on the first day":                      {facts(courses.Resident, "2026-01-01"), 2000, courses.FeeOnly, "resident-26", 0},
		"the day before":                        {facts(courses.Resident, "2025-12-31"), -1, courses.FeeGap, "", 0},
		"on the last day":                       {facts(courses.Resident, "2026-12-31"), 2000, courses.FeeOnly, "resident-26", 0},
		"in the gap a proof would still do":     {facts(courses.Resident, "2027-01-01"), -1, courses.FeeNoProof, "", 0},
		"with a proof in the gap":               {proof(facts(courses.Resident, "2027-01-01"), seen("2026-12-01")), 400, courses.FeeOnly, "reduced", 0},
		"after the gap":                         {facts(courses.Resident, "2027-03-01"), 2500, courses.FeeOnly, "resident-27", 0},
		"from elsewhere":                        {facts(courses.NonResident, "2026-06-01"), 4000, courses.FeeOnly, "elsewhere", 0},
		"free is a fee":                         {facts(courses.NonAdmin, "2026-06-01"), 0, courses.FeeOnly, "nonadmin", 0},
		"other staff: nobody decided":           {facts(courses.Staff, "2026-06-01"), -1, courses.FeeNoCategory, "", 0},
		"social aid is no kind":                 {facts("client", "2026-06-01"), -1, courses.FeeNoCategory, "", 0},
		"a kind nobody knows":                   {facts("kat", "2026-06-01"), -1, courses.FeeNoCategory, "", 0},
		"no kind":                               {facts("", "2026-06-01"), -1, courses.FeeNoCategory, "", 0},
		"no day":                                {facts(courses.Resident, ""), -1, courses.FeeGap, "", 0},
		"a day that is none":                    {facts(courses.Resident, "2026-02-30"), -1, courses.FeeGap, "", 0},
		"a proof, seen that day":                {proof(facts(courses.Resident, "2026-06-01"), seen("2026-06-01")), 400, courses.FeeCheapest, "reduced", 1},
		"a proof of a year ago":                 {proof(facts(courses.Resident, "2026-06-01"), seen("2025-06-01")), 400, courses.FeeCheapest, "reduced", 1},
		"a proof of a day more":                 {proof(facts(courses.Resident, "2026-06-01"), seen("2025-05-31")), 2000, courses.FeeOnly, "resident-26", 0},
		"a proof of tomorrow":                   {proof(facts(courses.Resident, "2026-06-01"), seen("2026-06-02")), 2000, courses.FeeOnly, "resident-26", 0},
		"a proof that nobody saw":               {proof(facts(courses.Resident, "2026-06-01"), courses.Proof{On: "2026-06-01"}), 2000, courses.FeeOnly, "resident-26", 0},
		"a proof doesn't help who lives away":   {proof(facts(courses.NonResident, "2026-06-01"), seen("2026-06-01")), 4000, courses.FeeOnly, "elsewhere", 0},
		"a course with a cheaper rule":          {course(facts(courses.Resident, "2026-06-01"), "photo"), 1500, courses.FeeCheapest, "photo", 1},
		"with a proof the cheapest of three":    {proof(course(facts(courses.Resident, "2026-06-01"), "photo"), seen("2026-06-01")), 400, courses.FeeCheapest, "reduced", 2},
		"that rule is for residents only":       {course(facts(courses.NonResident, "2026-06-01"), "photo"), 4000, courses.FeeOnly, "elsewhere", 0},
		"after that rule: the one for all":      {course(facts(courses.Resident, "2027-03-01"), "photo"), 2500, courses.FeeOnly, "resident-27", 0},
		"non-administrative staff who is shown": {proof(facts(courses.NonAdmin, "2026-06-01"), seen("2026-06-01")), 0, courses.FeeOnly, "nonadmin", 0},
	} {
		t.Run(name, func(t *testing.T) {
			got := courses.FeeOf(town(), c.facts)
			if got.Known != (c.cents >= 0) || got.Known && got.Cents != c.cents || got.Why != c.why || got.Rule.ID != c.rule || got.Others != c.others {
				t.Errorf("got %+v\nwant %d cents, %s, rule %q, %d others", got, c.cents, c.why, c.rule, c.others)
			}
			if got.Category != c.facts.Category || got.On != c.facts.On {
				t.Errorf("of %s on %s: the fee forgot it: %+v", c.facts.Category, c.facts.On, got)
			}
			if got.Known && got.Rule.Decision == "" {
				t.Error("a fee without a decision")
			}
			if (got.Proof.On != "") != got.Rule.Reduced {
				t.Errorf("proof %+v with rule %s", got.Proof, got.Rule.ID)
			}
		})
	}
}

func TestFeeWithoutRules(t *testing.T) {
	f := courses.FeeFacts{CourseID: "mail", Category: courses.Resident, On: "2026-06-01"}
	if got := courses.FeeOf(nil, f); got.Known || got.Why != courses.FeeNoRule {
		t.Errorf("no rules at all: %+v", got)
	}
	other := with(rule("photo", courses.Resident, 0), func(r *courses.FeeRule) { r.CourseID = "photo" })
	if got := courses.FeeOf([]courses.FeeRule{other}, f); got.Known || got.Why != courses.FeeNoRule {
		t.Errorf("rules of another course only: %+v", got)
	}
}

func TestFeeGap(t *testing.T) {
	rules := []courses.FeeRule{
		with(rule("b", courses.Resident, 1), func(r *courses.FeeRule) { r.From, r.Until = "2026-02-01", "2026-04-30" }),
		with(rule("a", courses.Resident, 1), func(r *courses.FeeRule) { r.From, r.Until = "2026-01-01", "2026-03-31" }),
		with(rule("c", courses.Resident, 1), func(r *courses.FeeRule) { r.From = "2026-09-01" }),
		with(rule("d", courses.Resident, 1), func(r *courses.FeeRule) { r.From = "2026-08-01" }),
		with(rule("e", courses.Staff, 1), func(r *courses.FeeRule) { r.From = "2026-06-01" }),
	}
	for on, want := range map[string][2]string{
		"2026-05-01": {"2026-04-30", "2026-08-01"}, "2026-07-31": {"2026-04-30", "2026-08-01"}, "2025-12-31": {"", "2026-01-01"},
	} {
		got := courses.FeeOf(rules, courses.FeeFacts{Category: courses.Resident, On: on})
		if got.Why != courses.FeeGap || got.Ended != want[0] || got.Begins != want[1] {
			t.Errorf("%s: got %s from %q to %q, want %v", on, got.Why, got.Ended, got.Begins, want)
		}
	}
	if got := courses.FeeOf(rules, courses.FeeFacts{Category: courses.Resident, On: "2026-04-30"}); !got.Known || got.Ended != "" || got.Begins != "" {
		t.Errorf("on a day of a rule: %+v", got)
	}
}

// Of rules that are equally cheap always the same one sets the fee, whatever their order.
func TestFeeTies(t *testing.T) {
	base := rule("x", "", 1000)
	for name, c := range map[string]struct{ wins, loses courses.FeeRule }{
		"a cheaper one":                    {rule("z", "", 999), with(base, func(r *courses.FeeRule) { r.CourseID, r.Category = "mail", courses.Resident })},
		"one of this course":               {with(rule("z", "", 1000), func(r *courses.FeeRule) { r.CourseID = "mail" }), rule("a", courses.Resident, 1000)},
		"one of this kind of participants": {rule("z", courses.Resident, 1000), with(base, func(r *courses.FeeRule) { r.ID, r.From = "a", "2025-01-01" })},
		"one without a proof":              {rule("z", "", 1000), with(base, func(r *courses.FeeRule) { r.ID, r.Reduced = "a", true })},
		"the one that began first":         {with(rule("z", "", 1000), func(r *courses.FeeRule) { r.From = "2025-01-01" }), rule("a", "", 1000)},
		"the first by id":                  {rule("a", "", 1000), rule("b", "", 1000)},
	} {
		f := courses.FeeFacts{CourseID: "mail", Category: courses.Resident, On: "2026-06-01", Proof: courses.Proof{On: "2026-06-01", By: "An Peeters"}}
		want := courses.FeeEqual
		if c.wins.Cents < c.loses.Cents {
			want = courses.FeeCheapest
		}
		for _, rules := range [][]courses.FeeRule{{c.wins, c.loses}, {c.loses, c.wins}} {
			if got := courses.FeeOf(rules, f); got.Rule != c.wins || got.Why != want || got.Others != 1 {
				t.Errorf("%s: got rule %+v, %s", name, got.Rule, got.Why)
			}
		}
	}
}

// Whatever the rules: a fee is never negative, an unknown one has no amount, the order of rules changes nothing, and the
// fee is the least of those that the rules that hold ask by themselves. So a rule more never raises a fee that was known.
func TestFeeLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := rapid.SliceOfN(anyRule(), 0, 6).Draw(t, "rules")
		facts := courses.FeeFacts{CourseID: rapid.SampledFrom([]string{"mail", "photo"}).Draw(t, "course"), Category: rapid.SampledFrom(courses.Categories()).Draw(t, "category"),
			On: anyDayOf2026().Draw(t, "on"), Proof: courses.Proof{On: rapid.OneOf(rapid.Just(""), anyDayOf2026()).Draw(t, "seen"), By: "An Peeters"}}
		fee := courses.FeeOf(rules, facts)
		if fee.Cents < 0 || !fee.Known && (fee.Cents != 0 || fee.Rule != courses.FeeRule{}) || fee.Known != (fee.Rule.Decision != "") {
			t.Fatalf("%+v", fee)
		}
		shuffled := append([]courses.FeeRule(nil), rules...)
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		if again := courses.FeeOf(shuffled, facts); again != fee {
			t.Fatalf("in another order: %+v\nwas %+v", again, fee)
		}
		known, least := 0, int64(-1)
		for _, r := range rules {
			if one := courses.FeeOf([]courses.FeeRule{r}, facts); one.Known {
				if known++; least < 0 || one.Cents < least {
					least = one.Cents
				}
			}
		}
		if fee.Known != (known > 0) || fee.Known && (fee.Cents != least || fee.Others != known-1) {
			t.Fatalf("%d rules hold, the cheapest asks %d: %+v", known, least, fee)
		}
		more := courses.FeeOf(append(shuffled, anyRule().Draw(t, "more")), facts)
		if fee.Known && (!more.Known || more.Cents > fee.Cents) {
			t.Fatalf("a rule more raised %d to %+v", fee.Cents, more)
		}
		var back courses.Fee
		if err := data.Unpack(data.Pack(fee), &back); err != nil || back != fee {
			t.Fatalf("stored and read: %+v, %v\nwas %+v", back, err, fee)
		}
	})
}

func anyDayOf2026() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		first, _ := data.ParseDay("2026-01-01")
		return data.DayText(first.AddDate(0, 0, rapid.IntRange(0, 364).Draw(t, "day")))
	})
}

func anyRule() *rapid.Generator[courses.FeeRule] {
	return rapid.Custom(func(t *rapid.T) courses.FeeRule {
		r := courses.FeeRule{ID: rapid.StringMatching(`[a-e]`).Draw(t, "id"), CourseID: rapid.SampledFrom([]string{"", "mail", "photo"}).Draw(t, "course"),
			Category: rapid.SampledFrom(append(courses.Categories(), "", "kat")).Draw(t, "category"), Cents: rapid.Int64Range(-2, 6).Draw(t, "cents"),
			Reduced: rapid.Bool().Draw(t, "reduced"), ProofDays: rapid.IntRange(0, 300).Draw(t, "proof"), Decision: "GR 1", DecidedOn: "2025-12-15", From: anyDayOf2026().Draw(t, "from")}
		if rapid.Bool().Draw(t, "ends") {
			r.Until = anyDayOf2026().Draw(t, "until")
		}
		return r
	})
}

func TestFeeRuleNormal(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*courses.FeeRule)
		want   string
	}{
		"nothing wrong":            {func(*courses.FeeRule) {}, ""},
		"for everybody, no end":    {func(r *courses.FeeRule) { r.Category, r.Until = "", "" }, ""},
		"one day only":             {func(r *courses.FeeRule) { r.Until = r.From }, ""},
		"no number of a decision":  {func(r *courses.FeeRule) { r.Decision = " " }, "decision courses.decision"},
		"no day of a decision":     {func(r *courses.FeeRule) { r.DecidedOn = "" }, "decision courses.decision"},
		"decided on no day":        {func(r *courses.FeeRule) { r.DecidedOn = "15/12/2025" }, "decided day"},
		"a long number":            {func(r *courses.FeeRule) { r.Decision = strings.Repeat("x", 81) }, "decision too_long"},
		"a national number":        {func(r *courses.FeeRule) { r.Note = "85073003328" }, "note national_number"},
		"less than nothing":        {func(r *courses.FeeRule) { r.Cents = -1 }, "cents number"},
		"a thousand euro":          {func(r *courses.FeeRule) { r.Cents = 100_000 }, ""},
		"more than that":           {func(r *courses.FeeRule) { r.Cents = 100_001 }, "cents number"},
		"a category nobody knows":  {func(r *courses.FeeRule) { r.Category = "kat" }, "category not_one_of"},
		"no first day":             {func(r *courses.FeeRule) { r.From = "" }, "from empty"},
		"a first day that is none": {func(r *courses.FeeRule) { r.From = "2026-13-01" }, "from day"},
		"ends before it begins":    {func(r *courses.FeeRule) { r.Until = "2025-12-31" }, "until early"},
		"a proof of ten years":     {func(r *courses.FeeRule) { r.Reduced, r.ProofDays = true, 3650 }, "proof_days number"},
	} {
		one := rule("x", courses.Resident, 2000)
		c.change(&one)
		if _, err := one.Normal(); badInput(err) != c.want {
			t.Errorf("%s: got %q, want %q", name, badInput(err), c.want)
		}
	}
	got, err := courses.FeeRule{Decision: " GR\n1 ", DecidedOn: "2025-12-15", From: "2026-01-01", ProofDays: 9}.Normal()
	if err != nil || got.Decision != "GR 1" || got.ProofDays != 0 {
		t.Errorf("tidied: %+v, %v", got, err)
	}
}

func TestProofNormal(t *testing.T) {
	for name, c := range map[string]struct {
		in   courses.Proof
		out  courses.Proof
		want string
	}{
		"none":                        {},
		"a name without a day":        {in: courses.Proof{By: "An Peeters"}},
		"seen that day":               {courses.Proof{"2026-06-01", " An  Peeters "}, courses.Proof{"2026-06-01", "An Peeters"}, ""},
		"seen before":                 {courses.Proof{"2025-06-01", "An Peeters"}, courses.Proof{"2025-06-01", "An Peeters"}, ""},
		"seen after":                  {courses.Proof{"2026-06-02", "An Peeters"}, courses.Proof{}, "seen courses.proof"},
		"seen by nobody":              {courses.Proof{On: "2026-06-01"}, courses.Proof{}, "seen_by courses.proof_by"},
		"seen on no day":              {courses.Proof{"gisteren", "An Peeters"}, courses.Proof{}, "seen day"},
		"seen by a national number":   {courses.Proof{"2026-06-01", "85073003328"}, courses.Proof{}, "seen_by national_number"},
		"a day that comes after text": {courses.Proof{"2026-06-01 ", "An Peeters"}, courses.Proof{}, "seen day"},
	} {
		if got, err := c.in.Normal("2026-06-01"); got != c.out || badInput(err) != c.want {
			t.Errorf("%s: got %+v, %q, want %+v, %q", name, got, badInput(err), c.out, c.want)
		}
	}
}
