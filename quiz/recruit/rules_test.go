package recruit_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/quiz/recruit/recruittest"
)

// pool is the test pool as the rules take it; sealed of the items of each domain and level are not public.
func pool(sealed int) (all []recruit.PoolItem) {
	for _, b := range recruittest.Banks() {
		for i, it := range b.Items {
			all = append(all, recruit.PoolItem{Item: it, Public: i%12 >= sealed})
		}
	}
	return all
}

// holds says that another procedure has the first items of each domain and level.
func holds(all []recruit.PoolItem, first int) []recruit.PoolItem {
	for i := range all {
		n, _ := strconv.Atoi(all[i].ID[len(all[i].ID)-2:])
		all[i].Held = n < first
	}
	return all
}

func ready() (recruit.Procedure, recruit.Around) {
	p := recruit.Procedure{ID: "p1", OrganisationID: "o1", Title: "Medewerker", Details: recruittest.Details()}
	return p, recruit.Around{Pool: pool(0), Candidates: 6, Today: "2026-11-23", Members: []recruit.Member{
		{AccountID: "s", Duty: recruit.Supervisor, From: "2026-11-23", Until: "2026-11-23"}, {AccountID: "j", Duty: recruit.Jury, From: "2026-11-23", Until: "2026-12-31"}}}
}

func TestChecklist(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*recruit.Procedure, *recruit.Around)
		want   string
	}{
		"ready, with what it warns of": {func(*recruit.Procedure, *recruit.Around) {}, "public(50/100)+"},
		"a draft just made": {func(p *recruit.Procedure, a *recruit.Around) {
			p.Details, *a = recruit.Details{Weights: p.Weights}, recruit.Around{Today: a.Today}
		}, "vacancy profile blueprint minutes pass days place practical contact supervisor jury purpose keep candidates"},
		"texts":                     {func(p *recruit.Procedure, _ *recruit.Around) { p.Place, p.Practical, p.Contact = "", "", "" }, "place practical contact public(50/100)+"},
		"more items than there are": {func(p *recruit.Procedure, _ *recruit.Around) { p.Blueprint.Cells[1].Count = 13 }, "items:mail/2(13/12)"},
		"a cell twice": {func(p *recruit.Procedure, _ *recruit.Around) {
			p.Blueprint.Cells = append(p.Blueprint.Cells, quiz.Cell{Domain: "mail", Level: 1, Count: 10})
		}, "items:mail/1(13/12)"},
		"a level without points":          {func(p *recruit.Procedure, _ *recruit.Around) { p.Weights[2] = 0 }, "weights:3 public(50/100)+"},
		"a mark for what isn't asked":     {func(p *recruit.Procedure, _ *recruit.Around) { p.Pass.Parts["word"] = 50 }, "part:word public(50/100)+"},
		"yesterday":                       {func(_ *recruit.Procedure, a *recruit.Around) { a.Today = "2026-11-24" }, "past(/2026-11-23) public(50/100)+"},
		"the last day":                    {func(p *recruit.Procedure, a *recruit.Around) { a.Today = "2026-11-23" }, "public(50/100)+"},
		"a supervisor for one day of two": {func(p *recruit.Procedure, _ *recruit.Around) { p.Days.Until = "2026-11-24" }, "supervisor public(50/100)+"},
		"a supervisor in another role":    {func(_ *recruit.Procedure, a *recruit.Around) { a.Members[0].Duty = recruit.Marker }, "supervisor public(50/100)+"},
		"open questions and one marker": {func(p *recruit.Procedure, a *recruit.Around) {
			p.ByHand, p.Written = true, recruit.Written{Counts: map[string]int{"mail": 1}, Points: 400}
			a.Pool = append(a.Pool, recruit.PoolItem{Public: true, Item: quiz.Item{ID: "open", Version: 1, Kind: quiz.KindOpen, Domain: "mail", Level: 3, Status: quiz.StatusInUse}})
			a.Members = append(a.Members, recruit.Member{AccountID: "m", Duty: recruit.Marker, From: "2026-11-23", Until: "2026-12-31"})
		}, "markers(2/1) public(50/100)+"},
		"hours that are too short": {func(p *recruit.Procedure, _ *recruit.Around) {
			p.Days.Open, p.Days.Close, p.Minutes = 9*60, 9*60+44, 45
		}, "hours(45/44) public(50/100)+"},
		"hours that are just enough": {func(p *recruit.Procedure, _ *recruit.Around) {
			p.Days.Open, p.Days.Close, p.Minutes = 9*60, 9*60+45, 45
		}, "public(50/100)+"},
		"hours that are too short for one": {func(p *recruit.Procedure, a *recruit.Around) {
			p.Days.Open, p.Days.Close, p.Minutes = 9*60, 10*60, 45
			a.Settings = []recruit.Settings{{}, {Factor: 1.25, Breaks: 10}, {Factor: 1.25}}
		}, "hours(67/60) public(50/100)+"},
		"a whole day": {func(p *recruit.Procedure, a *recruit.Around) { p.Days.Open, p.Days.Close, p.Minutes = 23*60, 0, 60 }, "public(50/100)+"},
		"opt-in without a word": {func(p *recruit.Procedure, _ *recruit.Around) {
			p.Forms, p.Pass.Band, p.Pass.Ties, p.Accepted = 2, true, true, nil
		}, "public(50/100) forms(/2) band ties"},
		"opt-in accepted": {func(p *recruit.Procedure, _ *recruit.Around) {
			p.Forms, p.Accepted = 2, []recruit.Lack{recruit.WarnForms, recruit.WarnPublic}
		}, "public(50/100)+ forms(/2)+"},
		"what lacks can't be accepted": {func(p *recruit.Procedure, _ *recruit.Around) {
			p.Place, p.Accepted = "", append(p.Accepted, recruit.LackPlace)
		}, "place public(50/100)+"},
		"sealed items for all":      {func(_ *recruit.Procedure, a *recruit.Around) { a.Pool = pool(3) }, ""},
		"sealed items for most":     {func(_ *recruit.Procedure, a *recruit.Around) { a.Pool = pool(1) }, "public(50/67)+"},
		"all sealed items are free": {func(_ *recruit.Procedure, a *recruit.Around) { a.Pool = holds(pool(6), 3) }, ""},
		"too few sealed are free":   {func(_ *recruit.Procedure, a *recruit.Around) { a.Pool = holds(pool(4), 2) }, "held(/8)"},
		"all sealed are held, accepted": {func(p *recruit.Procedure, a *recruit.Around) {
			a.Pool, p.Accepted = holds(pool(2), 2), append(p.Accepted, recruit.WarnHeld)
		}, "held(/16)+"},
		"public items that are held": {func(_ *recruit.Procedure, a *recruit.Around) { a.Pool = holds(pool(0), 12) }, "public(50/100)+"},
		"held where a cell is short": {func(p *recruit.Procedure, a *recruit.Around) {
			a.Pool, p.Blueprint.Cells[1].Count = holds(pool(2), 2), 13
		}, "items:mail/2(13/12)"},
		"sealed items for one form": {func(p *recruit.Procedure, a *recruit.Around) { a.Pool = pool(1); p.Forms = 4 }, "public(50/92)+ forms(/4)"},
	} {
		t.Run(name, func(t *testing.T) {
			p, a := ready()
			c.change(&p, &a)
			missing := recruit.Checklist(p, a)
			got := listed(missing)
			if got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if want := !slices.ContainsFunc(strings.Fields(got), func(s string) bool { return !strings.HasSuffix(s, "+") }); recruit.Ready(missing) != want {
				t.Errorf("ready %v, want %v", !want, want)
			}
		})
	}
}

// listed writes a checklist: "code:of(want/got)", with a plus behind what was accepted.
func listed(missing []recruit.Missing) string {
	var got []string
	for _, m := range missing {
		s := string(m.Lack)
		if m.Of != "" {
			s += ":" + m.Of
		}
		if m.Want+m.Got != "" {
			s += fmt.Sprintf("(%s/%s)", m.Want, m.Got)
		}
		if m.Accepted {
			s += "+"
		}
		got = append(got, s)
	}
	return strings.Join(got, " ")
}

func TestCheck(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*recruit.Procedure)
		regime string
		want   string // fields and codes
	}{
		"all is well":            {func(*recruit.Procedure) {}, "nl", ""},
		"nothing set yet":        {func(p *recruit.Procedure) { p.Details = recruit.Details{} }, "nl", ""},
		"no title":               {func(p *recruit.Procedure) { p.Title = " \x1b" }, "nl", "title empty"},
		"no organisation":        {func(p *recruit.Procedure) { p.OrganisationID = "" }, "nl", "organisation empty"},
		"a national number":      {func(p *recruit.Procedure) { p.Contact = "An, 85.07.30-033 28" }, "nl", "contact national_number"},
		"a long text":            {func(p *recruit.Procedure) { p.Place = strings.Repeat("x", 201) }, "nl", "place too_long"},
		"French in Dutch":        {func(p *recruit.Procedure) { p.Language = "fr" }, "nl", "language recruit.language"},
		"French with facilities": {func(p *recruit.Procedure) { p.Language = "fr" }, "faciliteiten", ""},
		"English never":          {func(p *recruit.Procedure) { p.Language = "en" }, "faciliteiten", "language recruit.language"},
		"entry items":            {func(p *recruit.Procedure) { p.Blueprint.Entry = 3 }, "nl", "blueprint.entry recruit.entry"},
		"a level of none":        {func(p *recruit.Procedure) { p.Blueprint.Cells[0].Level = 5 }, "nl", "blueprint.cells[1].level number"},
		"too many items":         {func(p *recruit.Procedure) { p.Blueprint.Cells[0].Count = 200 }, "nl", "blueprint quiz.count"},
		"a weight below nothing": {func(p *recruit.Procedure) { p.Weights[3] = -1 }, "nl", "weights[4] recruit.weight"},
		"four minutes":           {func(p *recruit.Procedure) { p.Minutes = 4 }, "nl", "minutes number"},
		"five minutes":           {func(p *recruit.Procedure) { p.Minutes = 5 }, "nl", ""},
		"five forms":             {func(p *recruit.Procedure) { p.Forms = 5 }, "nl", "forms number"},
		"101 %":                  {func(p *recruit.Procedure) { p.Pass.Parts["mail"] = 101 }, "nl", "pass.mail number"},
		"a band of nothing":      {func(p *recruit.Procedure) { p.Pass.Band = true }, "nl", "pass.error number"},
		"a band of one error":    {func(p *recruit.Procedure) { p.Pass.Band, p.Pass.Error = true, 1 }, "nl", ""},
		"days the wrong way":     {func(p *recruit.Procedure) { p.Days.Until = "2026-11-22" }, "nl", "days.until early"},
		"no day":                 {func(p *recruit.Procedure) { p.Days.From = "morgen" }, "nl", "days.from day"},
		"sixty days":             {func(p *recruit.Procedure) { p.Days.Until = "2027-01-21" }, "nl", ""},
		"sixty-one days":         {func(p *recruit.Procedure) { p.Days.Until = "2027-01-22" }, "nl", "days.until recruit.long"},
		"hours the wrong way":    {func(p *recruit.Procedure) { p.Days.Open = 18 * 60 }, "nl", "days.close recruit.backwards"},
		"no address":             {func(p *recruit.Procedure) { p.Addresses = []string{"192.0.2.0/24", "hier"} }, "nl", "addresses code.address"},
		"out for nobody":         {func(p *recruit.Procedure) { p.OutFor = recruit.Refused }, "nl", "out_for not_one_of"},
		"kept for ever":          {func(p *recruit.Procedure) { p.Keep = 121 }, "nl", "keep number"},
		"an odd warning":         {func(p *recruit.Procedure) { p.Accepted = []recruit.Lack{"place"} }, "nl", "accepted recruit.accept"},
	} {
		t.Run(name, func(t *testing.T) {
			p, _ := ready()
			c.change(&p)
			var got []string
			err := p.Check(c.regime)
			if all, ok := err.(quiz.Problems); ok {
				for _, one := range all {
					got = append(got, one.Field+" "+string(one.Why))
				}
			} else if err != nil {
				t.Fatal(err)
			}
			if s := strings.Join(got, ", "); s != c.want {
				t.Errorf("got %q, want %q", s, c.want)
			}
		})
	}
}

func TestPresets(t *testing.T) {
	for _, preset := range recruit.Presets() {
		for n := 1; n <= 9; n++ {
			var domains []string
			for i := range n {
				domains = append(domains, fmt.Sprintf("domein%d", i))
			}
			p := recruit.Procedure{OrganisationID: "o1", Title: "x", Details: preset.Of(domains, "2026-11-23")}
			if err := p.Check("nl"); err != nil {
				t.Errorf("%s of %d domains: %v", preset, n, err)
			}
			if got := p.Blueprint.Domains(); !slices.Equal(got, domains) || p.Blueprint.Total() > 80 || p.Forms != 1 || p.Pass.Band || p.Pass.Ties {
				t.Errorf("%s of %d domains: %+v", preset, n, p.Details)
			}
		}
	}
	small := recruit.PresetSmall.Of([]string{"mail", "windows"}, "2026-11-23")
	if small.Minutes != 45 || small.OnPoints != 20 || small.Pass.Total != 50 || small.Pass.Parts["mail"] != 50 || small.Credit != 300 || small.Blueprint.Total() != 24 {
		t.Errorf("kleine procedure: %+v", small)
	}
}

func TestWindow(t *testing.T) {
	d := recruit.Days{From: "2026-03-28", Until: "2026-03-30", Open: 9 * 60, Close: 17 * 60} // summer time begins on the 29th
	w := d.Window()
	if from, until := w.From.Format(time.RFC3339), w.Until.Format(time.RFC3339); from != "2026-03-28T08:00:00Z" || until != "2026-03-30T15:00:00Z" {
		t.Errorf("window from %s until %s", from, until)
	}
	for at, want := range map[string]bool{"2026-03-28T07:59:59Z": false, "2026-03-28T08:00:00Z": true, "2026-03-28T15:59:59Z": true, "2026-03-28T16:00:00Z": false,
		"2026-03-29T07:00:00Z": true, "2026-03-29T15:00:00Z": false, "2026-03-30T14:59:59Z": true, "2026-03-31T09:00:00Z": false, "2026-03-27T09:00:00Z": false} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if d.Holds(now) != want {
			t.Errorf("open at %s: %v", at, !want)
		}
	}
	if w := (recruit.Days{}).Window(); !w.From.IsZero() || (recruit.Days{}).Holds(datatest.Noon) {
		t.Errorf("no days: %v", w)
	}
}

func TestGoodAt(t *testing.T) {
	for _, c := range []struct {
		networks, kiosks string
		address, kiosk   string
		want             bool
	}{
		{"", "", "203.0.113.9", "", true},
		{"192.0.2.0/24", "", "192.0.2.7", "", true},
		{"192.0.2.0/24", "", "::ffff:192.0.2.7", "", true},
		{"192.0.2.0/24", "", "203.0.113.9", "", false},
		{"192.0.2.0/24", "", "203.0.113.9", "k1", false},
		{"", "k1", "203.0.113.9", "k1", true},
		{"", "k1", "203.0.113.9", "k2", false},
		{"", "k1", "203.0.113.9", "", false},
		{"192.0.2.0/24", "k1", "192.0.2.7", "", true},
		{"192.0.2.0/24", "k1", "203.0.113.9", "k1", true},
		{"192.0.2.0/24", "k1", "203.0.113.9", "k2", false},
		{"nergens", "", "192.0.2.7", "", false},
		{"192.0.2.0/24", "", "", "", false},
	} {
		d := recruit.Details{Addresses: strings.Fields(c.networks), Kiosks: strings.Fields(c.kiosks)}
		if got := d.GoodAt(c.address, c.kiosk); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestSteps(t *testing.T) {
	all := []recruit.State{recruit.Draft, recruit.Open, recruit.Closed, recruit.Scored, recruit.Named, recruit.Decided, recruit.Dropped}
	may := "draft>open draft>dropped open>closed open>dropped closed>scored closed>dropped scored>named scored>dropped named>decided decided>named"
	for _, from := range all {
		for _, to := range all {
			if want := slices.Contains(strings.Fields(may), string(from)+">"+string(to)); from.May(to) != want {
				t.Errorf("%s to %s: %v", from, to, !want)
			}
		}
	}
}

// TestDraw: whatever the pool and the number of forms, every form has what the blueprint asks, no item twice, sealed items
// before public ones, and forms that are near to each other in difficulty.
func TestDraw(t *testing.T) {
	for _, sealed := range []int{0, 2, 12} {
		for forms := 1; forms <= 4; forms++ {
			for seed := range int64(20) {
				p, _ := ready()
				p.Forms = forms
				drawn := recruit.Draw(p.Details, pool(sealed), seed)
				name := fmt.Sprintf("%d sealed, %d forms, seed %d", sealed, forms, seed)
				if len(drawn) != forms {
					t.Fatalf("%s: %d forms", name, len(drawn))
				}
				everywhere := map[string]int{}
				for f, items := range drawn {
					cells, local, sum := map[string]int{}, 0, 0.0
					for i, it := range items {
						everywhere[it.Item.ID]++
						cells[fmt.Sprintf("%s/%d", it.Item.Domain, it.Item.Level)]++
						sum += it.Item.Difficulty
						if !it.Public {
							local++
						}
						if it.N != i || it.Form != "ABCD"[f:f+1] {
							t.Errorf("%s: item %d of form %d is %s %d", name, i, f, it.Form, it.N)
						}
					}
					if len(items) != 24 || len(cells) != 8 || cells["mail/3"] != 3 {
						t.Errorf("%s: form %d has %v", name, f, cells)
					}
					if mean := sum / 24; mean < 0.05 || mean > 0.5 { // all items of the pool: 0.275
						t.Errorf("%s: form %d has mean difficulty %.2f", name, f, mean)
					}
					if sealed == 12 && local != 24 || forms == 1 && sealed == 2 && local != 16 {
						t.Errorf("%s: form %d has %d sealed items", name, f, local)
					}
				}
				for id, n := range everywhere {
					if n > 1 {
						t.Errorf("%s: %s comes %d times, in a pool with enough", name, id, n)
					}
				}
			}
		}
	}
	p, _ := ready()
	if got := recruit.Draw(p.Details, pool(0)[:10], 1); got != nil {
		t.Errorf("of ten items: %v", got)
	}
}

// TestDrawHeld: what another procedure holds is drawn last of the sealed items, and still before a public one; of the public
// items too those that are free go first.
func TestDrawHeld(t *testing.T) {
	for name, c := range map[string]struct {
		sealed, held int // of the twelve of a cell, of which a form needs three
		heldDrawn    int // sealed ones
		public       int
	}{
		"enough are free":        {sealed: 6, held: 3},
		"one too few":            {sealed: 5, held: 3, heldDrawn: 1},
		"none is free":           {sealed: 4, held: 4, heldDrawn: 3},
		"fewer than are needed":  {sealed: 2, held: 1, heldDrawn: 1, public: 1},
		"public ones, half held": {held: 6, public: 3},
	} {
		for seed := range int64(10) {
			p, _ := ready()
			all := holds(pool(c.sealed), c.held)
			heldBy := map[string]bool{}
			for _, it := range all {
				heldBy[it.ID] = it.Held
			}
			held, public := map[string]int{}, map[string]int{}
			for _, it := range recruit.Draw(p.Details, all, seed)[0] {
				cell := fmt.Sprintf("%s/%d", it.Item.Domain, it.Item.Level)
				switch {
				case it.Public && heldBy[it.Item.ID]:
					t.Errorf("%s, seed %d: public %s is drawn, which another holds", name, seed, it.Item.ID)
				case it.Public:
					public[cell]++
				case heldBy[it.Item.ID]:
					held[cell]++
				}
			}
			for _, cell := range []string{"mail/1", "mail/4", "windows/2"} {
				if held[cell] != c.heldDrawn || public[cell] != c.public {
					t.Errorf("%s, seed %d: %s has %d held and %d public, want %d and %d", name, seed, cell, held[cell], public[cell], c.heldDrawn, c.public)
				}
			}
		}
	}
}

func TestDrawShares(t *testing.T) {
	p, _ := ready()
	p.Forms = 4
	var few []recruit.PoolItem // four of each cell, of which each form needs three
	for _, it := range pool(0) {
		if it.ID[len(it.ID)-2:] < "04" {
			few = append(few, it)
		}
	}
	for _, items := range recruit.Draw(p.Details, few, 1) {
		seen := map[string]bool{}
		for _, it := range items {
			if seen[it.Item.ID] {
				t.Errorf("form %s has %s twice", it.Form, it.Item.ID)
			}
			seen[it.Item.ID] = true
		}
		if len(items) != 24 {
			t.Errorf("%d items", len(items))
		}
	}
}

// TestDrawFamilies: forms that share a family ask different variants of it, and where items are short it is the family
// that comes more than once.
func TestDrawFamilies(t *testing.T) {
	p, _ := ready()
	p.Forms = 4
	var few []recruit.PoolItem // three of each cell, of which each form needs all
	for _, it := range pool(0) {
		if it.ID[len(it.ID)-2:] < "03" {
			for n := range 4 {
				it.Variants = append(it.Variants, map[string]string{"n": fmt.Sprint(n)})
			}
			few = append(few, it)
		}
	}
	for seed := range int64(10) {
		seen := map[string]bool{}
		for _, items := range recruit.Draw(p.Details, few, seed) {
			for _, it := range items {
				name := fmt.Sprint(it.Item.ID, " ", it.Item.Variant)
				if seen[name] || it.Item.Variant < 1 || it.Item.Variants != nil {
					t.Errorf("seed %d: form %s asks %s again, or the family itself", seed, it.Form, name)
				}
				seen[name] = true
			}
		}
		if len(seen) != 4*24 {
			t.Errorf("seed %d: %d variants", seed, len(seen))
		}
	}
	var mixed []recruit.PoolItem // four of each cell: one layer holds two items for four forms
	for _, it := range pool(0) {
		if n := it.ID[len(it.ID)-2:]; n < "04" {
			if it.Difficulty = 0; n == "03" {
				it.Variants = few[0].Variants
			}
			mixed = append(mixed, it)
		}
	}
	for seed := range int64(10) {
		for name, n := range times(recruit.Draw(p.Details, mixed, seed)) {
			if want := map[string]int{"02": 1, "03": 3}[name[len(name)-2:]]; want > 0 && n != want {
				t.Errorf("seed %d: %s fills %d forms, want %d", seed, name, n, want)
			}
		}
	}
}

// times counts how often each item comes.
func times(forms [][]recruit.Item) map[string]int {
	n := map[string]int{}
	for _, items := range forms {
		for _, it := range items {
			n[it.Item.ID]++
		}
	}
	return n
}

// written gives a test with open questions: the pool has ten of mail, of all levels, and none of windows.
func written(counts map[string]int) (recruit.Procedure, recruit.Around) {
	p, a := ready()
	for i := range 8 { // beside the two that the pool has
		a.Pool = append(a.Pool, recruit.PoolItem{Public: true, Item: quiz.Item{ID: fmt.Sprint("open-", i), Version: 1, Kind: quiz.KindOpen, Domain: "mail", Level: i%4 + 1,
			Stem: "Schrijf.", Rubric: "vier punten", Status: quiz.StatusInUse}})
	}
	p.ByHand, p.Written = true, recruit.Written{Counts: counts, Points: 400}
	for _, login := range []string{"m1", "m2"} {
		a.Members = append(a.Members, recruit.Member{AccountID: login, Duty: recruit.Marker, From: "2026-11-23", Until: "2026-12-31"})
	}
	return p, a
}

// TestOpenItems: what people must mark is drawn only where the procedure asks for it by name, behind the rest of its domain,
// with points of its own, and never in the place of a question that the program marks.
func TestOpenItems(t *testing.T) {
	p, a := written(map[string]int{"mail": 2})
	p.Forms = 3
	forms, seen := recruit.Draw(p.Details, a.Pool, 1), map[string]int{}
	if len(forms) != 3 {
		t.Fatalf("%d forms", len(forms))
	}
	for _, items := range forms {
		if len(items) != 26 || p.Asked() != 26 {
			t.Fatalf("%d items, %d asked", len(items), p.Asked())
		}
		for n, it := range items {
			open := n == 12 || n == 13 // behind twelve of mail, before twelve of windows
			if got := it.Item.Kind == quiz.KindOpen; got != open || it.Weight == 400 != open {
				t.Errorf("item %d is %s of %s for %d", n, it.Item.Kind, it.Item.Domain, it.Weight)
			}
			if open {
				seen[it.Item.ID]++
			}
		}
	}
	if len(seen) != 6 {
		t.Errorf("three forms share open questions: %v", seen)
	}
	p.ByHand = false
	if got := recruit.Draw(p.Details, a.Pool, 1); len(got[0]) != 24 || p.Asked() != 24 {
		t.Errorf("without people who mark, %d items", len(got[0]))
	}
}

func TestWrittenChecklist(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*recruit.Procedure)
		want   string
	}{
		"in order":            {func(*recruit.Procedure) {}, "public(50/100)+"},
		"more than there are": {func(p *recruit.Procedure) { p.Written.Counts["mail"] = 11 }, "items:mail/open(11/10)"},
		"none is there":       {func(p *recruit.Procedure) { p.Written.Counts["windows"] = 1 }, "items:windows/open(1/0)"},
		"none is asked":       {func(p *recruit.Procedure) { p.Written.Counts = nil }, "written public(50/100)+"},
		"for no points":       {func(p *recruit.Procedure) { p.Written.Points = 0 }, "points public(50/100)+"},
		"nothing but these":   {func(p *recruit.Procedure) { clear(p.Pass.Parts); only(p) }, "public(50/100)+"},
	} {
		p, a := written(map[string]int{"mail": 2})
		c.change(&p)
		if got := listed(recruit.Checklist(p, a)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// only leaves nothing of the blueprint but its domains.
func only(p *recruit.Procedure) {
	p.Blueprint.Cells = []quiz.Cell{{Domain: "mail", Level: 1}}
}

// TestWrittenCheck: open questions are of a domain that is asked, and there are none where nobody marks.
func TestWrittenCheck(t *testing.T) {
	p, _ := written(map[string]int{"mail": 2})
	if err := p.Check(""); err != nil || p.Written.Counts["mail"] != 2 {
		t.Errorf("%v, %v", p.Written, err)
	}
	for name, w := range map[string]recruit.Written{"another domain": {Counts: map[string]int{"word": 1}}, "fewer than none": {Counts: map[string]int{"mail": -1}}, "too many points": {Points: 10_001}} {
		p.Written = w
		if p.Check("") == nil {
			t.Errorf("%s passes", name)
		}
	}
	if p.ByHand = false; p.Check("") != nil || p.Written.Points != 0 {
		t.Errorf("where nobody marks there is %v", p.Written)
	}
}

// TestFrozenBefore: a test that was frozen before there was anything to say of open questions keeps its hash.
func TestFrozenBefore(t *testing.T) {
	p, _ := ready()
	if text := data.Pack(p.Details); strings.Contains(text, "written") {
		t.Errorf("a test without open questions is written as %s", text)
	}
}

func TestFrozenHash(t *testing.T) {
	p, a := ready()
	items := recruit.Draw(p.Details, a.Pool, 1)[0]
	want := recruit.FrozenHash(p, items)
	out := slices.Clone(items)
	out[3].OutAt, out[3].OutWhy = datatest.Noon, "het antwoord stond in de vraag"
	if recruit.FrozenHash(p, out) != want {
		t.Error("an item that is taken out changes the hash")
	}
	p.State, p.KeepUntil, p.HoldWhy = recruit.Decided, "2027-01-01", "beroep"
	if recruit.FrozenHash(p, items) != want {
		t.Error("the course of the procedure changes the hash")
	}
	p.Pass.Parts = map[string]int{"windows": 50, "mail": 50} // in another order
	if recruit.FrozenHash(p, items) != want {
		t.Error("the order of parts changes the hash")
	}
	p.Accepted = append(p.Accepted, recruit.WarnTies)
	if recruit.FrozenHash(p, items) == want {
		t.Error("another accepted warning doesn't change the hash")
	}
}
