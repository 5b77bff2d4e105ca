package quiz_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"digibrug/quiz"
)

// units reads "org; cluster*<org; service<cluster:7": id, * for a cluster, < parent, : people invited.
func units(s string) []quiz.Unit {
	var all []quiz.Unit
	for _, part := range strings.Split(s, ";") {
		var u quiz.Unit
		part, invited, _ := strings.Cut(strings.TrimSpace(part), ":")
		fmt.Sscan(invited, &u.Invited)
		id, parent, _ := strings.Cut(part, "<")
		u.ID, u.Cluster = strings.CutSuffix(id, "*")
		u.Parent, u.Name = parent, u.ID
		all = append(all, u)
	}
	return all
}

// written is groups as "id=member+member:people", with ! for hidden ones.
func written(groups []quiz.Group) string {
	var all []string
	for _, g := range groups {
		s := fmt.Sprintf("%s=%s:%d", g.ID, strings.Join(g.Members, "+"), g.Invited)
		if g.Hidden {
			s += "!"
		}
		all = append(all, s)
	}
	return strings.Join(all, " ")
}

func TestPartition(t *testing.T) {
	for name, row := range map[string]struct{ units, want string }{
		"nobody":                                 {"o", ""},
		"one large service":                      {"o; a<o:5", "a=a:5"},
		"four people in all":                     {"o; a<o:3; b<o:1", "o=a+b:4!"},
		"people of the organisation itself":      {"o:6", "o=o:6"},
		"small ones fill the cluster":            {"o; k*<o; a<k:9; b<k:2; c<k:3", "a=a:9 k=b+c:5"},
		"a remainder of four takes the smallest": {"o; k*<o; a<k:9; b<k:2; c<k:2; d<k:6", "a=a:9 k=b+c+d:10"},
		"one of one is never left alone":         {"o; k*<o; a<k:9; b<k:1", "k=a+b:10"},
		"equal ones: the first by id":            {"o; k*<o; z<k:6; a<k:6; b<k:1", "k=a+b:7 z=z:6"},
		"cluster too small, goes up":             {"o; k*<o; a<k:2; m*<o; b<m:3; c<o:8", "c=c:8 o=a+b:5"},
		"goes up and takes a direct service":     {"o; k*<o; a<k:2; c<o:8; d<o:7", "c=c:8 o=a+d:9"},
		"goes up and takes another cluster":      {"o; k*<o; a<k:2; m*<o; b<m:6; c<m:7", "c=c:7 o=a+b:8"},
		"with the small ones outside clusters":   {"o; k*<o; a<k:2; c<o:3; d<o:7", "d=d:7 o=a+c:5"},
		"organisations stay apart":               {"o; a<o:9; p; b<p:2", "a=a:9 p=b:2!"},
		"people of the cluster itself":           {"o; k*<o:7; a<k:6; b<k:1", "a=a:6 k=b+k:8"},
		"a service below a service":              {"o; k*<o; a<k:6; b<a:2; c<b:3", "a=a:6 k=b+c:5"},
		"a cluster below a cluster":              {"o; k*<o; m*<k; a<m:5; b<m:2; c<k:5", "c=c:5 m=a+b:7"},
		"services without people don't appear":   {"o; k*<o; a<k:0; b<k:5", "b=b:5"},
		"a parent that is not there":             {"a<x:5", "a=a:5"},
		"parents in a circle":                    {"a<b:2; b<a:4; c<b:7", "a=a+b:6 c=c:7"},
		"the same unit twice":                    {"o; a<o:5; a<o:5", "a=a:5"},
		"fewer than nobody":                      {"o; a<o:-3; b<o:5", "b=b:5"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := written(quiz.Partition(units(row.units), quiz.MinPeople)); got != row.want {
				t.Errorf("Partition(%s) = %q, want %q", row.units, got, row.want)
			}
		})
	}
}

// propPartition: every group is large enough or hidden with the whole of its organisation, groups are
// disjoint and cover everybody, ids are unique, and the order of units plays no part.
func propPartition(t *rapid.T) {
	n := rapid.IntRange(1, 25).Draw(t, "n")
	all, invited := make([]quiz.Unit, n), map[string]int{}
	for i := range all {
		id := fmt.Sprintf("u%02d", i)
		all[i] = quiz.Unit{
			ID: id, Name: rapid.SampledFrom([]string{"Zorg", "zörg", "Balie"}).Draw(t, "name"),
			Cluster: rapid.Bool().Draw(t, "cluster"), Invited: rapid.IntRange(0, 8).Draw(t, "invited"),
		}
		if parent := rapid.IntRange(-1, n).Draw(t, "parent"); parent >= 0 { // also circles and unknown ones
			all[i].Parent = fmt.Sprintf("u%02d", parent)
		}
		if all[i].Invited > 0 {
			invited[id] = all[i].Invited
		}
	}
	groups := quiz.Partition(all, quiz.MinPeople)
	ids := map[string]bool{}
	for _, g := range groups {
		sum := 0
		for _, m := range g.Members {
			sum += invited[m]
			if invited[m] == 0 {
				t.Fatalf("%s is in two groups, or has nobody: %s", m, written(groups))
			}
			delete(invited, m)
		}
		if sum != g.Invited || (sum < quiz.MinPeople) != g.Hidden || ids[g.ID] {
			t.Fatalf("group %+v of %s", g, written(groups))
		}
		ids[g.ID] = true
	}
	if len(invited) > 0 {
		t.Fatalf("not covered: %v", invited)
	}
	if again := quiz.Partition(rapid.Permutation(all).Draw(t, "shuffled"), quiz.MinPeople); !reflect.DeepEqual(again, groups) {
		t.Fatalf("order matters: %s and %s", written(groups), written(again))
	}
}

func TestPartitionLaw(t *testing.T) { rapid.Check(t, propPartition) }
func FuzzPartition(f *testing.F)    { f.Fuzz(rapid.MakeFuzz(propPartition)) }

func TestUsedPeople(t *testing.T) {
	for n, want := range map[int][2]int{ // open, closed
		0: {0, 0}, 4: {0, 0}, 5: {0, 5}, 9: {0, 9}, 10: {5, 10}, 14: {5, 14}, 15: {10, 15}, 23: {15, 23},
	} {
		if got := [2]int{quiz.UsedPeople(n, false), quiz.UsedPeople(n, true)}; got != want {
			t.Errorf("of %d people: %v, want %v", n, got, want)
		}
	}
}

// crowd makes people p00, p01 … of one service and domain, one an hour, with the given bands.
func crowd(service, domain string, bands ...quiz.Band) []quiz.PersonDomain {
	var all []quiz.PersonDomain
	for i, b := range bands {
		all = append(all, quiz.PersonDomain{
			Person: fmt.Sprintf("%s%02d", service, i), Service: service, Domain: domain,
			Final: time.Unix(0, 0).Add(time.Duration(i) * time.Hour), Share: float64(b) / 4, Band: b,
		})
	}
	return all
}

func TestGroupFigures(t *testing.T) {
	const s, b, v, x = quiz.BandStarter, quiz.BandBasis, quiz.BandVlot, quiz.BandExpert
	groups := []quiz.Group{{ID: "a", Members: []string{"a"}}}
	shown := func(n int, share float64, median quiz.Band, counts ...int) quiz.Figure {
		return quiz.Figure{Group: "a", Domain: "win", Shown: true, N: n, Share: share, Median: median, Counts: counts}
	}
	hidden := quiz.Figure{Group: "a", Domain: "win"}
	for name, row := range map[string]struct {
		people []quiz.PersonDomain
		closed bool
		want   quiz.Figure
	}{
		"closed with four":                      {crowd("a", "win", s, s, s, s), true, hidden},
		"closed with five":                      {crowd("a", "win", s, s, b, b, x), true, shown(5, .5, b)},
		"five, one without a band":              {crowd("a", "win", s, s, b, b, quiz.BandNone), true, hidden},
		"open with nine":                        {crowd("a", "win", s, s, b, b, x, x, x, x, x), false, hidden},
		"open with ten: the first five":         {crowd("a", "win", s, s, b, b, x, x, x, x, x, x), false, shown(5, .5, b)},
		"open with fourteen: still those":       {crowd("a", "win", s, s, b, b, x, x, x, x, x, x, x, x, x, x), false, shown(5, .5, b)},
		"closed with ten, two bands of five":    {crowd("a", "win", b, b, b, b, b, v, v, v, v, v), true, shown(10, .63, b, 0, 5, 5, 0)},
		"open: no counts":                       {crowd("a", "win", b, b, b, b, b, v, v, v, v, v, b, b, b, b, b), false, shown(10, .63, b)},
		"closed, all in one band: no counts":    {crowd("a", "win", b, b, b, b, b), true, shown(5, .5, b)},
		"everybody has everything: cut":         {crowd("a", "win", x, x, x, x, x), true, shown(5, .95, x)},
		"lower median":                          {crowd("a", "win", s, s, s, x, x, x), true, shown(6, .63, s)},
		"somebody twice counts once":            {append(crowd("a", "win", s, s, b, b), crowd("a", "win", x)...), true, hidden},
		"people of another service don't count": {append(crowd("a", "win", s, s, b, b), crowd("z", "win", x)...), true, hidden},
	} {
		t.Run(name, func(t *testing.T) {
			slices.Reverse(row.people) // the order of the list plays no part
			got := quiz.GroupFigures(groups, row.people, row.closed)
			if !reflect.DeepEqual(got, []quiz.Figure{row.want}) {
				t.Errorf("got %+v, want %+v", got, row.want)
			}
		})
	}
}

func TestGroupFiguresHiddenGroup(t *testing.T) {
	groups := []quiz.Group{{ID: "o", Members: []string{"a"}, Hidden: true}}
	for _, f := range quiz.GroupFigures(groups, crowd("a", "win", 1, 2, 3, 4, 1, 2), true) {
		if f.Shown || f.N != 0 {
			t.Errorf("a hidden group shows %+v", f)
		}
	}
}

// propNoSmallStep watches a campaign as a curious head would, after every single submission and at the
// end: between any two figures that are shown, the people they stand for differ by none or at least five.
func propNoSmallStep(t *rapid.T) {
	groups := []quiz.Group{{ID: "a", Members: []string{"a"}}, {ID: "b", Members: []string{"b"}}}
	var people []quiz.PersonDomain
	seen := map[string][]int{} // group and domain: the N that were shown
	look := func(closed bool) {
		for _, f := range quiz.GroupFigures(groups, people, closed) {
			if !f.Shown {
				if f.N != 0 || f.Share != 0 || f.Median != quiz.BandNone || f.Counts != nil {
					t.Fatalf("not shown, yet %+v", f)
				}
				continue
			}
			seen[f.Group+f.Domain] = append(seen[f.Group+f.Domain], f.N)
			for _, n := range f.Counts {
				if n > 0 && n < quiz.MinPeople {
					t.Fatalf("counts %v", f.Counts)
				}
			}
		}
	}
	for i := range rapid.IntRange(0, 45).Draw(t, "people") {
		for _, domain := range []string{"mail", "win"} {
			people = append(people, quiz.PersonDomain{
				Person: fmt.Sprint(i), Service: rapid.SampledFrom([]string{"a", "a", "b", "z"}).Draw(t, "service"), Domain: domain,
				Final: time.Unix(int64(i), 0), Share: rapid.Float64Range(0, 1).Draw(t, "share"),
				Band: quiz.Band(rapid.IntRange(0, 4).Draw(t, "band")),
			})
		}
		look(false)
	}
	look(true)
	for cell, ns := range seen {
		for i, n := range ns {
			if n < quiz.MinPeople || (i > 0 && n != ns[i-1] && n-ns[i-1] < quiz.MinPeople) {
				t.Fatalf("%s was shown for %v people", cell, ns)
			}
		}
	}
}

func TestNoSmallStep(t *testing.T) { rapid.Check(t, propNoSmallStep) }
func FuzzNoSmallStep(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propNoSmallStep)) }
