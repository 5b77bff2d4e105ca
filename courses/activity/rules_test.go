package activity_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"digibrug/courses/activity"
	"digibrug/courses/activity/activitytest"
	"digibrug/data"
	"digibrug/data/calendar"

	"pgregory.net/rapid"
)

// why is the code of bad input, and "" for none.
func why(t *testing.T, err error) data.Why {
	t.Helper()
	if err == nil {
		return ""
	}
	var bad *data.Invalid
	if !errors.As(err, &bad) {
		t.Fatalf("%v is no bad input", err)
	}
	return bad.Why
}

func TestGroupOf(t *testing.T) {
	groups := []activity.Group{{Name: "Kleuters", From: 3, To: 5}, {Name: "Lager", From: 6, To: 8}, {Name: "Groot", From: 9, To: 12}}
	for name, test := range map[string]struct {
		born, on, want string
		why            data.Why
	}{
		"the year is enough":                       {born: "2019", on: "2026-12-21", why: "", want: "Lager"},
		"the year leaves it open":                  {born: "2017", on: "2026-12-21", why: activity.WhyMonth},
		"the month says that the birthday is past": {born: "2017-11", on: "2026-12-21", want: "Groot"},
		"the month says that it is still to come":  {born: "2017-12", on: "2026-11-21", want: "Lager"},
		"in the month itself it counts as past":    {born: "2017-12", on: "2026-12-01", want: "Groot"},
		"on the last day of the year all are past": {born: "2017", on: "2026-12-31", want: "Groot"},
		"too young for all, by the year alone":     {born: "2024", on: "2026-12-21", why: activity.WhyAge},
		"three or two, by the year alone":          {born: "2023", on: "2026-12-21", why: activity.WhyMonth},
		"too young by the month":                   {born: "2023-12", on: "2026-11-30", why: activity.WhyAge},
		"too old for all":                          {born: "2012", on: "2026-12-21", why: activity.WhyAge},
		"no year":                                  {born: "acht", on: "2026-12-21", why: activity.WhyBorn},
		"a day is too much":                        {born: "2019-05-03", on: "2026-12-21", why: activity.WhyBorn},
	} {
		got, err := activity.GroupOf(groups, test.born, activitytest.Day(t, test.on))
		if w := why(t, err); got.Name != test.want || w != test.why {
			t.Errorf("%s: born %s on %s is %q, %q; want %q, %q", name, test.born, test.on, got.Name, w, test.want, test.why)
		}
	}
}

func TestParseBorn(t *testing.T) {
	for typed, want := range map[string]string{"2019": "2019", " 2019 ": "2019", "5/2019": "2019-05", "05-2019": "2019-05", "2019-05": "2019-05", "2019 12": "2019-12",
		"": "", "19": "", "3/5/2019": "", "13/2019": "", "0/2019": "", "mei 2019": "", "2019-": "2019"} {
		got, err := activity.ParseBorn(typed)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q is read as %q (%v), want %q", typed, got, err, want)
		}
	}
}

func TestParseGroups(t *testing.T) {
	for typed, want := range map[string]string{
		"Kleuters 3-5, Lagere school 6 tot 12 jaar": "Kleuters 3-5, Lagere school 6-12",
		"Groot 9-12, Klein 3-8":                     "Klein 3-8, Groot 9-12",
		"Zesjarigen 6":                              "Zesjarigen 6-6",
		"":                                          "",
		"iedereen":                                  "",
		"3-5":                                       "",
		"Klein 3-6, Groot 6-12":                     "", // a child of six would be in both
		"Klein 5-3":                                 "",
		"Groot 9-99":                                "",
		"a 3-3, b 4-4, c 5-5, d 6-6, e 7-7, f 8-8, g 9-9, h 10-10, i 11-11": "",
	} {
		all, err := activity.ParseGroups(typed)
		if got := activity.GroupsText(all); got != want || (err == nil) != (want != "") {
			t.Errorf("%q is read as %q (%v), want %q", typed, got, err, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) { // parse(print(x)) == x
		var all []activity.Group
		for from := rapid.IntRange(2, 17).Draw(t, "from"); from <= 18 && len(all) < 8; from += rapid.IntRange(1, 4).Draw(t, "gap") {
			g := activity.Group{Name: rapid.StringMatching(`[A-Z][a-zé]{0,8}( [a-z]{1,8}){0,2}`).Draw(t, "name"), From: from, To: min(18, from+rapid.IntRange(0, 3).Draw(t, "years"))}
			from = g.To
			all = append(all, g)
		}
		back, err := activity.ParseGroups(activity.GroupsText(all))
		if err != nil || !slices.Equal(back, all) {
			t.Fatalf("%v is printed as %q and read as %v (%v)", all, activity.GroupsText(all), back, err)
		}
	})
}

// planned writes half-days and what was left out: "21 am, 21 pm, closed 25 christmas".
func planned(all []activity.HalfDay, closed []activity.Closed) (text string) {
	for _, h := range all {
		text += fmt.Sprintf("%d %s, ", h.Day.Day(), h.Part)
	}
	for _, c := range closed {
		text += fmt.Sprintf("closed %d %s, ", c.Day.Day(), c.Why.By)
	}
	return text
}

func TestPlan(t *testing.T) {
	var week calendar.Week
	for d := range week {
		week[d] = calendar.Hours{{From: 9 * 60, To: 18 * 60}}
	}
	open := calendar.Calendar{Week: week, Ticks: calendar.PublicHolidays()}
	morning, afternoon := calendar.Block{From: 9 * 60, To: 12 * 60}, calendar.Block{From: 13 * 60, To: 16 * 60}
	for name, test := range map[string]struct {
		plan activity.Plan
		want string
		why  data.Why
	}{
		"both parts, a holiday left out": {plan: activity.Plan{Morning: morning, Afternoon: afternoon, Capacity: 20},
			want: "24 morning, 24 afternoon, closed 25 christmas, "},
		"afternoons with the weekend": {plan: activity.Plan{Afternoon: afternoon, Capacity: 20, Weekends: true}, want: "24 afternoon, 26 afternoon, 27 afternoon, closed 25 christmas, "},
		"no part at all":              {plan: activity.Plan{Capacity: 20}, why: data.WhyEmpty},
		"no places":                   {plan: activity.Plan{Morning: morning}, why: data.WhyNumber},
		"a morning that ends too late": {plan: activity.Plan{Morning: calendar.Block{From: 9 * 60, To: 15 * 60}, Capacity: 20},
			why: activity.WhyPart},
		"parts over one another": {plan: activity.Plan{Morning: calendar.Block{From: 9 * 60, To: 13*60 + 30}, Afternoon: afternoon, Capacity: 20}, why: calendar.WhyOverlap},
		"an end before the beginning": {plan: activity.Plan{Morning: calendar.Block{From: 12 * 60, To: 9 * 60}, Capacity: 20},
			why: calendar.WhyOrder},
	} {
		test.plan.First, test.plan.Last = activitytest.Day(t, "2026-12-24"), activitytest.Day(t, "2026-12-27")
		all, closed, err := test.plan.HalfDays(open)
		if got, w := planned(all, closed), why(t, err); got != test.want || w != test.why {
			t.Errorf("%s: %q, %q; want %q, %q", name, got, w, test.want, test.why)
		}
	}
	_, _, err := activity.Plan{First: activitytest.Day(t, "2026-12-25"), Last: activitytest.Day(t, "2026-12-25"), Morning: morning, Capacity: 20}.HalfDays(open)
	if w := why(t, err); w != activity.WhyNoDays {
		t.Errorf("only a closed day: %q, want %q", w, activity.WhyNoDays)
	}
}

func TestLeaves(t *testing.T) {
	free := activity.Child{Guardian: "Els Hermans", Alone: true, Fetchers: "oma Rita, buur Tom Maes"}
	kept := activity.Child{Guardian: "Els Hermans", Second: "opa Jos 0470 00 00 09"}
	for name, test := range map[string]struct {
		child    activity.Child
		how      activity.How
		by, said string
		want     string
		why      data.Why
	}{
		"with the guardian, whatever name was typed": {child: kept, how: activity.WithGuardian, by: "X", want: "Els Hermans"},
		"alone, with leave":                          {child: free, how: activity.Alone},
		"alone, without leave":                       {child: kept, how: activity.Alone, why: activity.WhyNotAlone},
		"with who was named, in other letters":       {child: free, how: activity.WithListed, by: "Oma Rita", want: "Oma Rita"},
		"with who wasn't named":                      {child: free, how: activity.WithListed, by: "tante An", why: activity.WhyFetcher},
		"the second contact is only called":          {child: kept, how: activity.WithListed, by: "opa Jos", why: activity.WhyFetcher},
		"with nobody":                                {child: free, how: activity.WithListed, why: activity.WhyFetcher},
		"with another, who was allowed":              {child: kept, how: activity.WithOther, by: "tante An", said: "mama belde", want: "tante An"},
		"with another, and nobody allowed it":        {child: kept, how: activity.WithOther, by: "tante An", why: activity.WhyFetcher},
		"with another without a name":                {child: kept, how: activity.WithOther, said: "mama belde", why: data.WhyEmpty},
		"in an unknown way":                          {child: kept, how: "bus", why: data.WhyNotOneOf},
	} {
		got, err := test.child.Leaves(test.how, test.by, test.said)
		if w := why(t, err); got != test.want || w != test.why {
			t.Errorf("%s: %q, %q; want %q, %q", name, got, w, test.want, test.why)
		}
	}
}

func TestMarked(t *testing.T) {
	child := activity.Child{Guardian: "Els Hermans"}
	arrive, leave, off, undo := activity.Sight{Step: activity.Arrive}, activity.Sight{Step: activity.Leave, How: activity.WithGuardian}, activity.Sight{Step: activity.StayOff}, activity.Sight{Step: activity.Undo}
	for name, test := range map[string]struct {
		steps []activity.Sight
		want  activity.Mark
		last  error // of the last step
	}{
		"comes and goes":                   {steps: []activity.Sight{arrive, leave}, want: activity.Gone},
		"goes back a step":                 {steps: []activity.Sight{arrive, leave, undo}, want: activity.Here},
		"goes back two":                    {steps: []activity.Sight{arrive, leave, undo, undo}, want: activity.Expected},
		"came after all":                   {steps: []activity.Sight{off, arrive}, want: activity.Here},
		"leaves without having come":       {steps: []activity.Sight{leave}, last: activity.ErrMarked},
		"comes twice":                      {steps: []activity.Sight{arrive, arrive}, last: activity.ErrMarked},
		"is fetched twice":                 {steps: []activity.Sight{arrive, leave, leave}, last: activity.ErrMarked},
		"is absent while here":             {steps: []activity.Sight{arrive, off}, last: activity.ErrMarked},
		"has nothing to take back":         {steps: []activity.Sight{undo}, last: activity.ErrMarked},
		"does something that isn't a step": {steps: []activity.Sight{{Step: "fly"}}, last: activity.ErrMarked},
	} {
		p, at := activity.Place{Child: child, Mark: activity.Expected}, calendar.Minute(9*60)
		var err error
		for _, s := range test.steps {
			if err != nil {
				t.Fatalf("%s: %v before the last step", name, err)
			}
			p, err = p.Marked(s, at)
			at++
		}
		if !errors.Is(err, test.last) || err == nil && p.Mark != test.want {
			t.Errorf("%s: %s, %v; want %s, %v", name, p.Mark, err, test.want, test.last)
		}
		if (p.Mark == activity.Gone) != (p.LeftHow != "") || (p.Mark == activity.Expected) && p.Arrived != 0 {
			t.Errorf("%s: %+v holds what no longer is", name, p)
		}
	}
	_, err := activity.Place{Child: child, Mark: activity.Here, Arrived: 600}.Marked(leave, 540)
	if w := why(t, err); w != activity.WhyBeforeNow {
		t.Errorf("leaving before arriving: %q", w)
	}
}

func TestHalfDayTimes(t *testing.T) {
	h := activity.HalfDay{Day: activitytest.Day(t, "2026-12-21"), From: 9 * 60, To: 12 * 60, Capacity: 2, Booked: 1}
	for at, want := range map[string]string{"07:59": "false false", "08:00": "true false", "10:59": "true false", "11:00": "true true"} { // UTC
		now, err := time.Parse("2006-01-02 15:04", "2026-12-21 "+at)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(h.Begun(now), h.Over(now)); got != want {
			t.Errorf("at %s UTC: %s, want %s", at, got, want)
		}
	}
	if h.Free() != 1 {
		t.Errorf("%d free, want 1", h.Free())
	}
	h.Cancelled = "ziekte"
	if h.Free() != 0 {
		t.Errorf("%d free of what doesn't take place", h.Free())
	}
}

func TestParseBlock(t *testing.T) {
	for typed, want := range map[string]string{"9u-12u": "09:00-12:00", "van 13.30 tot 16.30": "13:30-16:30", "": "00:00-00:00", "-": "00:00-00:00", "9-10, 11-12": "", "12-9": "", "vroeg": ""} {
		b, err := activity.ParseBlock("morning", typed)
		var bad *data.Invalid
		if errors.As(err, &bad) && bad.Field != "morning" {
			t.Errorf("%q is wrong in %q", typed, bad.Field)
		}
		if (err == nil) != (want != "") || err == nil && b.String() != want {
			t.Errorf("%q is read as %s (%v), want %q", typed, b, err, want)
		}
	}
}
