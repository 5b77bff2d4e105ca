package town

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/activity"
	"digibrug/data"
	calendars "digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
)

func shipped(t *testing.T) []quiz.Bank {
	t.Helper()
	banks, err := quiz.ShippedBanks(data.Banks, "nl")
	if err != nil {
		t.Fatal(err)
	}
	return banks
}

// TestPlan holds the sums that the README and the comments promise.
func TestPlan(t *testing.T) {
	var people, spring, done, half int
	names := map[string]bool{}
	for _, s := range teams() {
		people, spring, done, half = people+s.people, spring+s.spring, done+s.done, half+s.half
		names[s.name], names[s.cluster] = true, true
		if s.spring > s.people || s.done+s.half > s.people {
			t.Errorf("%s: more take part than there are", s.name)
		}
		if s.people < 5 && s.cluster == "" {
			t.Errorf("%s has %d people and stands in no cluster", s.name, s.people)
		}
	}
	if len(teams()) != 12 || people != 140 || spring != 119 || done != 63 || half != 14 {
		t.Errorf("%d services, %d people, %d in spring, %d done, %d half-way; want 12, 140, 119, 63, 14", len(teams()), people, spring, done, half)
	}
	for _, n := range cast() {
		for _, unit := range append(n.heads, n.service) {
			if !names[unit] {
				t.Errorf("%s %s belongs to %s, which is no service", n.given, n.family, unit)
			}
		}
	}
}

func TestNames(t *testing.T) {
	b := &builder{chance: rand.New(rand.NewPCG(seed, seed))}
	logins := map[string]bool{}
	for _, n := range append(b.names(), cast()...) {
		login := data.LoginFor(n.given, n.family)
		if parsed, err := data.ParseLogin(login); err != nil || parsed != login {
			t.Errorf("%s %s logs in as %q: %v", n.given, n.family, login, err)
		}
		if logins[login] {
			t.Errorf("two people log in as %s", login)
		}
		logins[login] = true
	}
	if strings.ContainsAny(Password, "aqzwm") {
		t.Errorf("the password %q has a letter that moves between keyboards", Password)
	}
}

// TestCalendar looks at every day of two years: the campaign in spring is over long before the other opens.
func TestCalendar(t *testing.T) {
	for now := time.Date(2027, 1, 1, 11, 0, 0, 0, time.UTC); now.Year() < 2029; now = now.AddDate(0, 0, 1) {
		spring, running := calendar(now)
		today := data.DayOf(now)
		switch {
		case spring.opens.Weekday() != time.Monday || spring.closes.Weekday() != time.Friday:
			t.Errorf("%s: spring lasts from a %s to a %s", today, spring.opens.Weekday(), spring.closes.Weekday())
		case !spring.closes.Before(running.opens) || spring.title == running.title:
			t.Errorf("%s: %s until %s, %s from %s", today, spring.title, spring.closes, running.title, running.opens)
		case data.DayOf(running.opens) >= today || data.DayOf(running.closes) <= today:
			t.Errorf("%s: runs from %s to %s", today, running.opens, running.closes)
		case running.opens.Sub(spring.closes) > 430*24*time.Hour:
			t.Errorf("%s: spring was over long ago, %s", today, spring.closes)
		}
	}
}

// TestAnswers draws answers to every shipped question: all can be stored, right ones earn everything and
// wrong ones don't, and they are right as often as the model says.
func TestAnswers(t *testing.T) {
	const draws = 400
	chance := rand.New(rand.NewPCG(1, 2))
	kinds := map[quiz.Kind]bool{}
	for _, ability := range []float64{-2, 0, 2} {
		var want, got, variance float64
		for _, bank := range shipped(t) {
			for _, it := range bank.Items {
				it = it.Vary(0) // of a family any row will do
				if kinds[it.Kind] = true; !it.Drawable() {
					continue // people mark open ones
				}
				p := 1 / (1 + math.Exp(it.Difficulty-ability))
				want += draws * p
				variance += draws * p * (1 - p)
				for range draws {
					a := answer(it, ability, chance)
					if err := it.CheckAnswer(a); err != nil {
						t.Fatalf("%s: %+v can't be stored: %v", it.ID, a, err)
					}
					if it.Mark(a).Points == 1 {
						got++
					}
				}
			}
		}
		if off := math.Abs(got-want) / math.Sqrt(variance); off > 4 { // a fixed seed: no luck involved
			t.Errorf("ability %v: %v right answers, the model says %.0f (%.1f deviations off)", ability, got, want, off)
		}
	}
	for _, k := range quiz.Kinds() {
		if !kinds[k] {
			t.Errorf("no question of kind %s was answered", k)
		}
	}
}

// TestFillAtAnyHour: the town is built in the night too, when the test of two hours ago meets midnight.
func TestFillAtAnyHour(t *testing.T) {
	for _, at := range []string{"00:03", "01:49", "23:57"} {
		t.Run(at, func(t *testing.T) {
			now, err := time.ParseInLocation("2006-01-02 15:04", "2026-11-27 "+at, data.Brussels)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := Fill(t.Context(), datatest.NewSQLite(t), now, data.NewHasher(datatest.CheapHash), shipped(t)); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestFill builds the town and asks the stores what an inhabitant would see.
func TestFill(t *testing.T) {
	url := datatest.NewSQLite(t)
	began := time.Now()
	filled, err := Fill(t.Context(), url, datatest.Noon, data.NewHasher(datatest.CheapHash), shipped(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("filled in %s", time.Since(began).Round(10*time.Millisecond))
	db := datatest.Open(t, url)
	accounts, store := data.NewAccounts(db, data.NewHasher(datatest.CheapHash)), quiz.NewStore(db, shipped(t))
	operator := data.Operator("test")
	if rows, err := db.VerifyAudit(t.Context()); err != nil || rows == 0 {
		t.Errorf("audit log: %d rows, %v", rows, err)
	}
	trail, err := db.Audit(t.Context(), operator, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range trail {
		if row.At.After(datatest.Noon) || i > 0 && row.At.After(trail[i-1].At) {
			t.Fatalf("audit row %d is of %s, not in order or in the future", row.Seq, row.At)
		}
	}
	campaigns, err := store.Campaigns(t.Context(), operator)
	if err != nil || len(campaigns) != 2 {
		t.Fatalf("%d campaigns, %v", len(campaigns), err)
	}
	now, spring := campaigns[0], campaigns[1]
	if now.State != quiz.Open || now.Invited != 140 || now.Started != 77 || now.Ended != 63 {
		t.Errorf("the running campaign: %+v", now)
	}
	if spring.State != quiz.Closed || spring.Started != 119 || spring.Ended != 119 {
		t.Errorf("the campaign in spring: %+v", spring)
	}
	tree, err := data.NewPeople(db).Tree(t.Context(), operator)
	if err != nil || len(tree) != 14 {
		t.Errorf("%d services and clusters, %v", len(tree), err)
	}
	for _, b := range tree {
		if b.Head.Name == "" || !b.Head.HasRole && b.Head.Login != "koen.goossens" && b.Head.Login != "wim.schepers" {
			t.Errorf("%s is headed by %+v", b.Name, b.Head)
		}
	}
	locations, calendars, err := calendars.All(t.Context(), db)
	if err != nil || len(locations) != 3 {
		t.Fatalf("%d locations, %v", len(locations), err)
	}
	for _, l := range locations {
		if c := calendars[l.ID]; len(c.Ticks) == 0 {
			t.Errorf("%s is open on holidays", l.Name)
		}
		if l.Address.Street == "" || l.Address.Town != Place {
			t.Errorf("%s is at %q", l.Name, l.Address)
		}
	}
	taughtIn(t, db, operator)
	clubIn(t, db, operator)
	recruitedIn(t, db, operator, filled.Tickets)
	for _, a := range Accounts() {
		found, err := accounts.Find(t.Context(), operator, a.User)
		if err != nil || found.MustChange || !found.HasPassword {
			t.Errorf("%s: %+v, %v", a.User, found, err)
			continue
		}
		by := data.Actor{AccountID: found.ID, PersonID: found.PersonID, Name: found.Login}
		see(t, store, by, a, now.ID)
	}
}

// taughtIn checks the courses: a series that was evaluated, one that is full with people who wait, and no invariant broken.
func taughtIn(t *testing.T, db *data.DB, operator data.Actor) {
	t.Helper()
	store := courses.NewStore(db)
	all, err := store.SeriesList(t.Context(), operator, courses.SeriesFilter{})
	if err != nil || len(all) != 5 {
		t.Fatalf("%d series, %v", len(all), err)
	}
	if !slices.ContainsFunc(all, func(l courses.Listed) bool { return l.Booked == l.Seats && l.Waiting > 0 }) {
		t.Error("no series is full")
	}
	rows, err := store.Evaluations(t.Context(), operator)
	if err != nil || !slices.ContainsFunc(rows, func(r courses.EvaluationRow) bool { return r.ClosedOn != "" && r.Answered >= courses.EnoughAnswers }) {
		t.Errorf("evaluations: %+v, %v", rows, err)
	}
	if found, err := store.Check(t.Context(), operator); err != nil || len(found) > 0 {
		t.Errorf("violated: %v, %v", found, err)
	}
}

// clubIn checks the Kinderclub: a week with a first morning that is full, children at the door today, and no place given
// twice.
func clubIn(t *testing.T, db *data.DB, operator data.Actor) {
	t.Helper()
	store, today := activity.NewStore(db), data.StoredDay(data.DayOf(datatest.Noon))
	lists, err := store.DayLists(t.Context(), operator, today, today.AddDate(0, 0, 7))
	if err != nil || len(lists) != 10 {
		t.Fatalf("%d half-days, %v", len(lists), err)
	}
	first, seen := lists[0], map[activity.Mark]int{}
	for _, p := range first.Booked {
		seen[p.Mark]++
	}
	if len(first.Booked) != clubPlaces || len(first.Waiting) == 0 || seen[activity.Absent] != 1 || seen[activity.Gone] == 0 || seen[activity.Here] == 0 {
		t.Errorf("the first morning has %d children, %d who wait, and marks %v", len(first.Booked), len(first.Waiting), seen)
	}
	if found, err := store.Check(t.Context(), operator); err != nil || len(found) > 0 {
		t.Errorf("violated: %v, %v", found, err)
	}
}

// recruitedIn checks the recruitments: a test of today for which everybody has a code, and one that the jury signed.
func recruitedIn(t *testing.T, db *data.DB, operator data.Actor, tickets []Ticket) {
	t.Helper()
	codes := data.NewCodes(db, data.NewHasher(datatest.CheapHash))
	store := recruit.NewStore(db, codes, recruit.Shipped(shipped(t)))
	all, err := store.Procedures(t.Context(), operator)
	if err != nil || len(all) != 3 || all[0].State != recruit.Open || !all[0].Days.Holds(datatest.Noon) || all[1].State != recruit.Closed || all[2].State != recruit.Decided {
		t.Fatalf("procedures: %+v, %v", all, err)
	}
	if len(tickets) != all[0].Candidates || len(tickets) != 6 || tickets[0].Label != "K-01" || len(tickets[0].Code) != data.CodeLen+1 {
		t.Errorf("%d candidates, tickets %v", all[0].Candidates, tickets)
	}
	if all[1].Ended != 5 || all[2].Ended != 5 {
		t.Errorf("%d sat the test that is marked, %d that of last month, want 5", all[1].Ended, all[2].Ended)
	}
	var lack *recruit.LackError
	if err := store.FreezeScores(t.Context(), operator, all[1].ID); !errors.As(err, &lack) || lack.Unmarked == 0 || lack.Disputed == 0 {
		t.Errorf("the markers have nothing left to do, or see nothing differently: %v", err)
	}
	if wrong, err := store.VerifyScores(t.Context(), operator, all[2].ID); err != nil || len(wrong) > 0 {
		t.Errorf("the scores: %v, %v", wrong, err)
	}
}

// see checks what the people of the cast find at log-in.
func see(t *testing.T, store *quiz.Store, by data.Actor, a Account, running string) {
	t.Helper()
	mine, err := store.Mine(t.Context(), by)
	if err != nil || len(mine) != 2 || mine[0].Campaign.ID != running && mine[1].Campaign.ID != running {
		t.Errorf("%s is invited to %d campaigns, %v", a.User, len(mine), err)
		return
	}
	this := mine[0]
	if this.Campaign.ID != running {
		this = mine[1]
	}
	switch a.User {
	case "an.peeters":
		if this.Attempt != "" || !this.Takable {
			t.Errorf("an.peeters: %+v, want an invitation that waits", this)
		}
	case "tom.verlinden":
		if this.Attempt == "" || this.Ended != "" || this.Answered < 5 {
			t.Errorf("tom.verlinden: %+v, want half-way", this)
		}
	case "greet.wuyts":
		if this.Ended != quiz.EndedSubmitted {
			t.Errorf("greet.wuyts: %+v, want handed in", this)
		}
	}
	if a.Role == string(data.RoleHead) || a.Role == string(data.RoleDirector) {
		reports, err := store.Reports(t.Context(), by)
		if err != nil || len(reports) != 2 {
			t.Errorf("%s sees %d reports, %v", a.User, len(reports), err)
		}
		for _, r := range reports {
			group, err := store.Group(t.Context(), by, r.ID)
			if err != nil || len(group.Rows) == 0 || !group.Rows[0].Figures[0].Shown && r.State == quiz.Closed {
				t.Errorf("%s sees nothing of %s: %+v, %v", a.User, r.Title, group.Rows, err)
			}
		}
	}
}
