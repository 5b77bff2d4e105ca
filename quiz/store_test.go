package quiz_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz"
)

// scene is the town with the shipped banks and one campaign for everybody.
type scene struct {
	*datatest.Town
	store    *quiz.Store
	campaign quiz.Campaign
}

var smallBlueprint = quiz.Blueprint{Entry: 3, Cells: []quiz.Cell{
	{Domain: "windows", Level: 1, Count: 2}, {Domain: "windows", Level: 2, Count: 2}, {Domain: "windows", Level: 3, Count: 1},
	{Domain: "mail", Level: 1, Count: 2}, {Domain: "mail", Level: 2, Count: 2}, {Domain: "mail", Level: 4, Count: 1},
}}

func newScene(t testing.TB, db *data.DB, change ...func(*quiz.Campaign)) scene {
	t.Helper()
	town := datatest.NewTown(t, db)
	banks, err := quiz.ShippedBanks(data.Banks, "nl")
	if err != nil {
		t.Fatal(err)
	}
	s := scene{Town: town, store: quiz.NewStore(db, banks)}
	c := quiz.Campaign{Title: "Kennismeting najaar", Blueprint: smallBlueprint, OpensOn: "2026-11-01", ClosesOn: "2026-12-31",
		Explain: quiz.ExplainAtSubmit, Offer: "Kennismaken met de computer"}
	for _, service := range town.Services {
		if !service.IsCluster {
			c.Services = append(c.Services, service.ID)
		}
	}
	for _, f := range change {
		f(&c)
	}
	if s.campaign, err = s.store.Create(t.Context(), town.Actor("ivo.ict"), c); err != nil {
		t.Fatal(err)
	}
	if err := s.store.Open(t.Context(), town.Actor("ivo.ict"), s.campaign.ID); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s scene) start(t *testing.T, login string) string {
	t.Helper()
	id, err := s.store.Start(t.Context(), s.Actor(login), s.campaign.ID, false)
	if err != nil {
		t.Fatalf("%s starts: %v", login, err)
	}
	return id
}

func (s scene) attempt(t *testing.T, login, id string) quiz.Attempt {
	t.Helper()
	a, err := s.store.Attempt(t.Context(), s.Actor(login), id)
	if err != nil {
		t.Fatalf("attempt of %s: %v", login, err)
	}
	return a
}

// right gives the right answer to an item, wrong one that earns nothing.
func right(it quiz.Item) quiz.Answer {
	var a quiz.Answer
	switch it.Kind {
	case quiz.KindSingle, quiz.KindMultiple:
		for i, o := range it.Options {
			if o.Right {
				a.Choices = append(a.Choices, i)
			}
		}
	case quiz.KindTrueFalse:
		a.True = it.True
	case quiz.KindNumber:
		a.Text = quiz.FormatNumber(it.Number.Value)
	case quiz.KindText:
		a.Text = it.Accept[0]
	case quiz.KindOrder:
		for i := range it.Steps {
			a.Order = append(a.Order, i)
		}
	case quiz.KindMatch:
		rights := it.Rights()
		for _, p := range it.Pairs {
			for i, r := range rights {
				if r == p.Right {
					a.Matches = append(a.Matches, i)
				}
			}
		}
	}
	return a
}

func wrong(it quiz.Item) quiz.Answer {
	switch it.Kind {
	case quiz.KindSingle, quiz.KindMultiple:
		for i, o := range it.Options {
			if !o.Right {
				return quiz.Answer{Choices: []int{i}}
			}
		}
	case quiz.KindTrueFalse:
		no := !*it.True
		return quiz.Answer{True: &no}
	}
	return quiz.Answer{}
}

// take answers all items, the first n right and the others wrong, and hands in.
func (s scene) take(t *testing.T, login string, n int) quiz.Result {
	t.Helper()
	by := s.Actor(login)
	id := s.start(t, login)
	a := s.attempt(t, login, id)
	for i, it := range a.Items {
		answer := wrong(it.Item)
		if i < n {
			answer = right(it.Item)
		}
		place := i
		if i == a.Entry {
			if passed, err := s.store.PassEntry(t.Context(), by, id, true); err != nil || !passed {
				t.Fatalf("%s passes the entry items: %v %v", login, passed, err)
			}
		}
		if err := s.store.Save(t.Context(), by, id, quiz.Save{N: i, Answer: &answer, Place: place}); err != nil {
			t.Fatalf("%s answers item %d: %v", login, i, err)
		}
	}
	r, err := s.store.Submit(t.Context(), by, id)
	if err != nil {
		t.Fatalf("%s hands in: %v", login, err)
	}
	return r
}

func TestAnswersSurviveAndResume(t *testing.T) {
	datatest.EachURL(t, func(t *testing.T, url string) {
		s := newScene(t, datatest.Open(t, url))
		by := s.Actor("an.peeters")
		id := s.start(t, "an.peeters")
		first := s.attempt(t, "an.peeters", id)
		if first.Place != 0 || len(first.Items) != smallBlueprint.Total() || !first.Running() {
			t.Fatalf("a new attempt: place %d, %d items, running %v", first.Place, len(first.Items), first.Running())
		}
		answer, later := right(first.Items[0].Item), true
		if err := s.store.Save(t.Context(), by, id, quiz.Save{N: 0, Answer: &answer, Later: &later, Place: 1}); err != nil {
			t.Fatal(err)
		}
		// Another process, another connection: what a reconnect after a cut line meets.
		again := quiz.NewStore(datatest.Open(t, url), s.store.Banks())
		same, err := again.Start(t.Context(), by, s.campaign.ID, false)
		if err != nil || same != id {
			t.Fatalf("start again: %s, %v; want the same attempt %s", same, err, id)
		}
		a, err := again.Attempt(t.Context(), by, id)
		if err != nil {
			t.Fatal(err)
		}
		if a.Place != 1 || !a.Items[0].Later || !reflect.DeepEqual(a.Items[0].Answer, answer) || a.Answered() != 1 {
			t.Errorf("after the reconnect: place %d, later %v, answer %v; want 1, true, %v", a.Place, a.Items[0].Later, a.Items[0].Answer, answer)
		}
		for i := range a.Items {
			if a.Items[i].Item.ID != first.Items[i].Item.ID || fmt.Sprint(a.Items[i].Shown) != fmt.Sprint(first.Items[i].Shown) {
				t.Errorf("item %d is another one, or in another order, than before", i)
			}
		}
	})
}

func TestTimeLimitIsTheServers(t *testing.T) {
	var hand datatest.Hand
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db, func(c *quiz.Campaign) { c.Limit = 30 * time.Minute })
		by := s.Actor("an.peeters")
		id := s.start(t, "an.peeters")
		hand.Forward(29 * time.Minute)
		a := s.attempt(t, "an.peeters", id)
		if left, limited := a.Left(db.Now()); left != time.Minute || !limited {
			t.Errorf("after 29 of 30 minutes %v are left", left)
		}
		answer := right(a.Items[0].Item)
		if err := s.store.Save(t.Context(), by, id, quiz.Save{N: 0, Answer: &answer, Place: 1}); err != nil {
			t.Fatal(err)
		}
		hand.Forward(time.Minute)
		if err := s.store.Save(t.Context(), by, id, quiz.Save{N: 1, Answer: &answer, Place: 1}); !errors.Is(err, quiz.ErrTimeUp) {
			t.Errorf("an answer after the bell: %v; want ErrTimeUp", err)
		}
		r, err := s.store.Submit(t.Context(), by, id)
		if err != nil || r.Attempt.Ended != quiz.EndedTime {
			t.Errorf("handed in after the bell: %v, %v; want ended by time", r.Attempt.Ended, err)
		}
		second := s.start(t, "lid1")
		hand.Forward(31 * time.Minute)
		if n, _, err := s.store.Tidy(t.Context()); n != 1 || err != nil {
			t.Errorf("tidying ended %d attempts, %v; want 1", n, err)
		}
		if a := s.attempt(t, "lid1", second); a.Ended != quiz.EndedTime {
			t.Errorf("nobody looked, and the attempt is %q; want time", a.Ended)
		}
		hand.Forward(-91 * time.Minute)
	}, data.WithClock(hand.Now))
}

func TestEntryItems(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		by := s.Actor("an.peeters")
		id := s.start(t, "an.peeters")
		a := s.attempt(t, "an.peeters", id)
		var invalid *data.Invalid
		if err := s.store.Save(t.Context(), by, id, quiz.Save{N: 0, Place: 3}); !errors.As(err, &invalid) {
			t.Errorf("a jump over the entry items: %v; want *Invalid", err)
		}
		for i := range a.Entry {
			answer := wrong(a.Items[i].Item)
			if err := s.store.Save(t.Context(), by, id, quiz.Save{N: i, Answer: &answer, Place: i}); err != nil {
				t.Fatal(err)
			}
		}
		if passed, err := s.store.PassEntry(t.Context(), by, id, true); passed || err != nil {
			t.Fatalf("all entry items wrong: passed %v, %v", passed, err)
		}
		r, err := s.store.Result(t.Context(), by, id)
		if err != nil || r.Attempt.Ended != quiz.EndedStarter || r.Offer == "" {
			t.Fatalf("result of a starter: %+v, %v", r, err)
		}
		for _, d := range r.Domains {
			if d.Band != quiz.BandStarter || d.Enough {
				t.Errorf("%s of a starter: band %v, enough %v; want starter without numbers", d.Domain, d.Band, d.Enough)
			}
		}
		if items, err := s.store.Explained(t.Context(), by, id); err != nil || len(items) != a.Entry {
			t.Errorf("a starter reads %d explanations, %v; want the %d entry items only", len(items), err, a.Entry)
		}
		// One right answer among the three is enough to go on.
		second := s.start(t, "lid1")
		b := s.attempt(t, "lid1", second)
		answer := right(b.Items[1].Item)
		if err := s.store.Save(t.Context(), s.Actor("lid1"), second, quiz.Save{N: 1, Answer: &answer, Place: 2}); err != nil {
			t.Fatal(err)
		}
		if passed, err := s.store.PassEntry(t.Context(), s.Actor("lid1"), second, true); !passed || err != nil {
			t.Errorf("one entry item right: passed %v, %v", passed, err)
		}
		if b = s.attempt(t, "lid1", second); b.Place != b.Entry {
			t.Errorf("after the entry items at place %d, want %d", b.Place, b.Entry)
		}
	})
}

func TestResult(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		all := s.take(t, "an.peeters", 99)
		for _, d := range all.Domains {
			if !d.Enough || d.Points != d.Max || d.Band < quiz.BandVlot {
				t.Errorf("everything right in %s: %+v", d.Domain, d)
			}
		}
		few := s.take(t, "lid1", 1)
		for i, d := range few.Domains {
			if !d.Enough || d.Band > quiz.BandBasis || d.Theta >= all.Domains[i].Theta {
				t.Errorf("one item right, in %s: %+v", d.Domain, d)
			}
		}
		if got := []string{all.Domains[0].Domain, all.Domains[1].Domain}; fmt.Sprint(got) != "[windows mail]" {
			t.Errorf("domains in order %v, want that of the blueprint", got)
		}
		items, err := s.store.Explained(t.Context(), s.Actor("an.peeters"), all.Attempt.ID)
		if err != nil || len(items) != smallBlueprint.Total() {
			t.Errorf("explanations: %d, %v", len(items), err)
		}
		answer := quiz.Answer{}
		if err := s.store.Save(t.Context(), s.Actor("an.peeters"), all.Attempt.ID, quiz.Save{N: 0, Answer: &answer}); !errors.Is(err, quiz.ErrEnded) {
			t.Errorf("an answer after handing in: %v; want ErrEnded", err)
		}
	})
}

func TestNobodyReadsAnothersAttempt(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		id := s.take(t, "an.peeters", 5).Attempt.ID
		for _, login := range []string{"lid1", "bert.maes", "ivo.ict", "dirk.adm"} {
			by := s.Actor(login)
			if _, err := s.store.Attempt(t.Context(), by, id); !errors.Is(err, data.ErrNotFound) {
				t.Errorf("%s reads An's attempt: %v; want ErrNotFound", login, err)
			}
			if _, err := s.store.Result(t.Context(), by, id); !errors.Is(err, data.ErrNotFound) {
				t.Errorf("%s reads An's result: %v; want ErrNotFound", login, err)
			}
			if _, err := s.store.Explained(t.Context(), by, id); !errors.Is(err, data.ErrNotFound) {
				t.Errorf("%s reads An's answers: %v; want ErrNotFound", login, err)
			}
			if err := s.store.Save(t.Context(), by, id, quiz.Save{}); !errors.Is(err, data.ErrNotFound) {
				t.Errorf("%s answers for An: %v; want ErrNotFound", login, err)
			}
		}
	})
}

func TestExplanationsWaitForTheClose(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db, func(c *quiz.Campaign) { c.Explain = quiz.ExplainAtClose })
		r := s.take(t, "an.peeters", 5)
		if r.Explained || r.ExplainedOn != "2026-12-31" {
			t.Errorf("explained %v, on %q; want from the close on", r.Explained, r.ExplainedOn)
		}
		if _, err := s.store.Explained(t.Context(), s.Actor("an.peeters"), r.Attempt.ID); !errors.Is(err, quiz.ErrNotOpen) {
			t.Errorf("explanations before the close: %v; want ErrNotOpen", err)
		}
		if err := s.store.Close(t.Context(), s.Actor("ivo.ict"), s.campaign.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.store.Explained(t.Context(), s.Actor("an.peeters"), r.Attempt.ID); err != nil {
			t.Errorf("explanations after the close: %v", err)
		}
	})
}

func TestWhoMayTakeIt(t *testing.T) {
	var hand datatest.Hand
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db, func(c *quiz.Campaign) { c.OpensOn, c.ClosesOn = "2026-11-24", "2026-11-25" })
		begin := func(login string) error {
			_, err := s.store.Start(t.Context(), s.Actor(login), s.campaign.ID, false)
			return err
		}
		if err := begin("an.peeters"); !errors.Is(err, quiz.ErrNotOpen) {
			t.Errorf("the day before: %v; want ErrNotOpen", err)
		}
		hand.Forward(24 * time.Hour)
		defer hand.Forward(-24 * time.Hour)
		if err := begin("an.peeters"); err != nil {
			t.Errorf("the first day: %v", err)
		}
		hand.Forward(36 * time.Hour) // midnight of the last day has passed
		if err := begin("lid1"); !errors.Is(err, quiz.ErrNotOpen) {
			t.Errorf("the day after: %v; want ErrNotOpen", err)
		}
		if _, n, err := s.store.Tidy(t.Context()); n != 1 || err != nil {
			t.Errorf("tidying closed %d campaigns, %v; want 1", n, err)
		}
		if mine, err := s.store.Mine(t.Context(), s.Actor("an.peeters")); err != nil || mine[0].Ended != quiz.EndedClosed {
			t.Errorf("the attempt that still ran: %+v, %v; want ended by the close", mine, err)
		}
		hand.Forward(-36 * time.Hour)
	}, data.WithClock(hand.Now))
}

func TestJoinerIsInvited(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		p, err := s.People.AddPerson(t.Context(), datatest.Operator, "Nele", "Nieuw", data.Employment{ServiceID: s.Services["Jeugd"].ID, From: "2026-11-20"})
		if err != nil {
			t.Fatal(err)
		}
		a, err := s.Accounts.Add(t.Context(), datatest.Operator, data.NewAccount{PersonID: p.ID, Login: "nele", Roles: []data.Role{data.RoleStaff}})
		if err != nil {
			t.Fatal(err)
		}
		by := data.Actor{AccountID: a.ID, PersonID: p.ID, Name: "nele"}
		if mine, err := s.store.Mine(t.Context(), by); err != nil || len(mine) != 1 || !mine[0].Takable {
			t.Fatalf("a joiner sees %+v, %v; want the open campaign", mine, err)
		}
		if _, err := s.store.Start(t.Context(), by, s.campaign.ID, false); err != nil {
			t.Errorf("a joiner starts: %v", err)
		}
		if r, err := s.store.Group(t.Context(), s.Actor("chris.wouters"), s.campaign.ID); err != nil || r.Rows[0].Invited != 8 || r.Rows[0].Started != 1 {
			t.Errorf("the group with a joiner: %+v, %v; want 1 of 8 begun", r.Rows, err)
		}
	})
}

func TestCreateSaysAllThatIsWrong(t *testing.T) {
	db := datatest.Open(t, datatest.SQLite(t))
	s := newScene(t, db)
	ict := s.Actor("ivo.ict")
	_, err := s.store.Create(t.Context(), ict, quiz.Campaign{OpensOn: "2026-02-30", ClosesOn: "x", Limit: time.Second, Explain: "ooit",
		Blueprint: quiz.Blueprint{Cells: []quiz.Cell{{Domain: "windows", Level: 1, Count: 99}}}})
	var all quiz.Problems
	if !errors.As(err, &all) {
		t.Fatalf("got %v, want Problems", err)
	}
	for _, field := range []string{"title", "opens", "closes", "limit", "explain", "services", "windows/1"} {
		if !strings.Contains(err.Error(), field+":") {
			t.Errorf("%s is not named in:\n%v", field, err)
		}
	}
	var invalid *data.Invalid
	again := s.campaign
	if _, err := s.store.Create(t.Context(), ict, again); !errors.As(err, &invalid) || invalid.Why != data.WhyTwice {
		t.Errorf("the same title twice: %v", err)
	}
	if err := s.store.Open(t.Context(), ict, s.campaign.ID); !errors.Is(err, quiz.ErrState) {
		t.Errorf("opened twice: %v; want ErrState", err)
	}
	for _, login := range []string{"an.peeters", "bert.maes", "dirk.adm"} {
		if _, err := s.store.Create(t.Context(), s.Actor(login), again); !errors.Is(err, data.ErrDenied) {
			t.Errorf("%s creates a campaign: %v; want ErrDenied", login, err)
		}
		if err := s.store.Close(t.Context(), s.Actor(login), s.campaign.ID); !errors.Is(err, data.ErrDenied) {
			t.Errorf("%s closes a campaign: %v; want ErrDenied", login, err)
		}
	}
}

func TestHeadSeesTheGroupAndNotThePerson(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		for _, service := range []string{"Burgerzaken", "Bibliotheek", "Jeugd"} {
			for i, login := range s.Logins(service) {
				s.take(t, login, 3+i)
			}
		}
		report := func(login string) quiz.GroupReport {
			t.Helper()
			r, err := s.store.Group(t.Context(), s.Actor(login), s.campaign.ID)
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		bert := report("bert.maes")
		if len(bert.Rows) != 1 || bert.Rows[0].Group.Name != "Burgerzaken" || bert.Rows[0].Ended != 7 {
			t.Fatalf("the head of Burgerzaken sees %+v", bert.Rows)
		}
		if f := bert.Rows[0].Figures[0]; f.Shown {
			t.Errorf("seven results in an open campaign give %+v; want none before ten", f)
		}
		if rows := report("dora.claes").Rows; len(rows) != 1 || rows[0].Ended != 0 || rows[0].Group.Name != "Sociale dienst" {
			t.Errorf("the head of the OCMW's service sees %+v", rows)
		}
		if err := s.store.Close(t.Context(), s.Actor("ivo.ict"), s.campaign.ID); err != nil {
			t.Fatal(err)
		}
		if f := report("bert.maes").Rows[0].Figures[0]; !f.Shown || f.N != 7 {
			t.Errorf("after the close: %+v; want a figure of seven people", f)
		}
		chris := report("chris.wouters").Rows
		if len(chris) != 1 || chris[0].Group.Name != "Vrije tijd" || fmt.Sprint(chris[0].Names) != "[Bibliotheek Jeugd]" || chris[0].Figures[0].N != 7 {
			t.Errorf("two small services give %+v; want them merged into their cluster", chris)
		}
		if rows := report("dirk.adm").Rows; len(rows) != 3 {
			t.Errorf("the director sees %d groups, want 3", len(rows))
		}
		if _, err := s.store.Group(t.Context(), s.Actor("an.peeters"), s.campaign.ID); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a staff member reads the groups: %v; want ErrDenied", err)
		}
		if seen, err := s.store.Reports(t.Context(), s.Actor("bert.maes")); err != nil || len(seen) != 1 {
			t.Errorf("reports of a head: %d, %v", len(seen), err)
		}
	})
}

// TestManyAnswerAtOnce wants every acknowledged answer in the database, whatever the engine does to keep
// its transactions apart.
func TestManyAnswerAtOnce(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		logins := append(s.Logins("Burgerzaken"), s.Logins("Sociale dienst")...)
		ids := make([]string, len(logins))
		errs := make([]error, len(logins))
		var people sync.WaitGroup
		for i, login := range logins {
			ids[i] = s.start(t, login)
			a := s.attempt(t, login, ids[i])
			people.Go(func() {
				for round := range 10 {
					n := round % a.Entry
					answer := right(a.Items[n].Item)
					if err := s.store.Save(t.Context(), s.Actor(login), ids[i], quiz.Save{N: n, Answer: &answer, Place: n}); err != nil {
						errs[i] = errors.Join(errs[i], err)
					}
				}
			})
		}
		people.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		for i, login := range logins {
			if a := s.attempt(t, login, ids[i]); a.Answered() != a.Entry {
				t.Errorf("%s has %d answers, want %d", login, a.Answered(), a.Entry)
			}
		}
	})
}

func TestDiscard(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		ict := s.Actor("ivo.ict")
		if err := s.store.Discard(t.Context(), ict, s.campaign.ID); !errors.Is(err, quiz.ErrState) {
			t.Errorf("an open campaign: %v; want ErrState", err)
		}
		draft := s.campaign
		draft.Title = "Met een tikfout"
		draft, err := s.store.Create(t.Context(), ict, draft)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.store.Discard(t.Context(), s.Actor("dirk.adm"), draft.ID); !errors.Is(err, data.ErrDenied) {
			t.Errorf("the director discards: %v; want ErrDenied", err)
		}
		if err := s.store.Discard(t.Context(), ict, draft.ID); err != nil {
			t.Errorf("a draft: %v", err)
		}
		if _, err := s.store.Campaign(t.Context(), ict, draft.ID); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("the draft afterwards: %v; want ErrNotFound", err)
		}
	})
}

func (s scene) save(t *testing.T, login, id string, step quiz.Save) error {
	t.Helper()
	return s.store.Save(t.Context(), s.Actor(login), id, step)
}

// TestPassingTheEntryItemsIsForGood goes back to them after passing, wipes them, and wants the rest untouched.
func TestPassingTheEntryItemsIsForGood(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		by := s.Actor("an.peeters")
		id := s.start(t, "an.peeters")
		a := s.attempt(t, "an.peeters", id)
		for n := range a.Entry {
			answer := right(a.Items[n].Item)
			if err := s.save(t, "an.peeters", id, quiz.Save{N: n, Answer: &answer, Place: n}); err != nil {
				t.Fatal(err)
			}
		}
		var invalid *data.Invalid
		if _, err := s.store.Submit(t.Context(), by, id); !errors.As(err, &invalid) {
			t.Errorf("handing in among the entry items: %v; want *Invalid", err)
		}
		answer := right(a.Items[a.Entry].Item)
		if err := s.save(t, "an.peeters", id, quiz.Save{N: a.Entry, Answer: &answer}); !errors.As(err, &invalid) {
			t.Errorf("an answer beyond the entry items: %v; want *Invalid", err)
		}
		if passed, err := s.store.PassEntry(t.Context(), by, id, true); !passed || err != nil {
			t.Fatalf("passed %v, %v", passed, err)
		}
		if err := s.save(t, "an.peeters", id, quiz.Save{N: a.Entry, Answer: &answer, Place: 0}); err != nil {
			t.Fatalf("back to the first item: %v", err)
		}
		for n := range a.Entry {
			if err := s.save(t, "an.peeters", id, quiz.Save{N: n, Answer: &quiz.Answer{}, Place: n}); err != nil {
				t.Fatal(err)
			}
		}
		if passed, err := s.store.PassEntry(t.Context(), by, id, true); !passed || err != nil {
			t.Errorf("passing again with the entry answers wiped: %v, %v; want passed", passed, err)
		}
		if err := s.save(t, "an.peeters", id, quiz.Save{N: len(a.Items) - 1, Place: len(a.Items) - 1}); err != nil {
			t.Errorf("to the last item: %v", err)
		}
		if r, err := s.store.Submit(t.Context(), by, id); err != nil || r.Attempt.Ended != quiz.EndedSubmitted {
			t.Errorf("handed in: %v, %v", r.Attempt.Ended, err)
		}
	})
}

// TestOnlyReachableItemsCount lets the bell ring among the entry items: the items that nobody saw are no
// mistakes, and are not explained.
func TestOnlyReachableItemsCount(t *testing.T) {
	var hand datatest.Hand
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db, func(c *quiz.Campaign) { c.Limit = 10 * time.Minute })
		defer hand.Forward(-time.Hour)
		id := s.start(t, "an.peeters")
		hand.Forward(time.Hour)
		a := s.attempt(t, "an.peeters", id)
		r, err := s.store.Result(t.Context(), s.Actor("an.peeters"), id)
		if err != nil || a.Ended != quiz.EndedTime {
			t.Fatalf("ended %q, %v", a.Ended, err)
		}
		for _, d := range r.Domains {
			if d.Enough || d.Band != quiz.BandNone {
				t.Errorf("three items were given and %s says %+v", d.Domain, d)
			}
		}
		if items, err := s.store.Explained(t.Context(), s.Actor("an.peeters"), id); err != nil || len(items) != a.Entry {
			t.Errorf("%d explanations, %v; want those of the %d items that could be seen", len(items), err, a.Entry)
		}
	}, data.WithClock(hand.Now))
}

// TestLastDay wants the time left and the end of the last day to agree, and an attempt after it to end.
func TestLastDay(t *testing.T) {
	var hand datatest.Hand
	hand.Forward(11*time.Hour + 30*time.Minute) // 23:30 in Brussels
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db, func(c *quiz.Campaign) { c.ClosesOn, c.Limit = "2026-11-23", 8*time.Hour })
		defer hand.Forward(-31 * time.Minute)
		id := s.start(t, "an.peeters")
		a := s.attempt(t, "an.peeters", id)
		if left, _ := a.Left(db.Now()); left != 30*time.Minute {
			t.Errorf("at half past eleven of the last day %v are left, want 30m", left)
		}
		slow := s.start(t, "lid1")
		hand.Forward(31 * time.Minute)
		answer := right(a.Items[0].Item)
		if err := s.save(t, "an.peeters", id, quiz.Save{N: 0, Answer: &answer}); !errors.Is(err, quiz.ErrEnded) {
			t.Errorf("an answer after midnight: %v; want ErrEnded", err)
		}
		if _, err := s.store.Result(t.Context(), s.Actor("an.peeters"), id); err != nil {
			t.Errorf("the result right after midnight: %v", err)
		}
		if a := s.attempt(t, "lid1", slow); a.Running() {
			t.Error("an attempt that is opened after midnight still runs")
		}
	}, data.WithClock(hand.Now))
}

func TestTwoWindowsAtTheBell(t *testing.T) {
	var hand datatest.Hand
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db, func(c *quiz.Campaign) { c.Limit = 30 * time.Minute })
		defer hand.Forward(-time.Hour)
		id := s.start(t, "an.peeters")
		hand.Forward(time.Hour)
		by := s.Actor("an.peeters")
		errs := make([]error, 20)
		var windows sync.WaitGroup
		for i := range errs {
			windows.Go(func() { _, errs[i] = s.store.Attempt(t.Context(), by, id) })
		}
		windows.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Errorf("twenty readers at the bell: %v", err)
		}
	}, data.WithClock(hand.Now))
}

// TestLogTellsNoResult reads the audit log as the ICT officer does, and errors as the server log would.
func TestLogTellsNoResult(t *testing.T) {
	db := datatest.Open(t, datatest.SQLite(t))
	s := newScene(t, db)
	id := s.start(t, "an.peeters")
	if passed, err := s.store.PassEntry(t.Context(), s.Actor("an.peeters"), id, true); passed || err != nil {
		t.Fatalf("nothing answered: passed %v, %v", passed, err)
	}
	rows, err := db.Audit(t.Context(), s.Actor("ivo.ict"), 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if strings.Contains(fmt.Sprint(r), "starter") {
			t.Errorf("the log says who is a starter: %+v", r)
		}
	}
	const secret = "ik weet het echt niet"
	it := quiz.Item{Kind: quiz.KindNumber, Number: &quiz.Number{Value: 1}}
	if err := it.CheckAnswer(quiz.Answer{Text: secret}); err == nil || strings.Contains(err.Error(), secret) {
		t.Errorf("the error of a refused answer is %v", err)
	}
}

// TestWhoMayDoWhat tries every method with every role: the stores decide, whatever a screen shows.
func TestWhoMayDoWhat(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		staff, ict := []data.Role{data.RoleStaff}, []data.Role{data.RoleICT}
		groups := []data.Role{data.RoleHead, data.RoleDirector}
		for name, test := range map[string]struct {
			may []data.Role
			act func(data.Actor) error
		}{
			"mine":      {staff, func(by data.Actor) error { _, err := s.store.Mine(t.Context(), by); return err }},
			"start":     {staff, func(by data.Actor) error { _, err := s.store.Start(t.Context(), by, "none", false); return err }},
			"attempt":   {staff, func(by data.Actor) error { _, err := s.store.Attempt(t.Context(), by, "none"); return err }},
			"save":      {staff, func(by data.Actor) error { return s.store.Save(t.Context(), by, "none", quiz.Save{}) }},
			"entry":     {staff, func(by data.Actor) error { _, err := s.store.PassEntry(t.Context(), by, "none", true); return err }},
			"submit":    {staff, func(by data.Actor) error { _, err := s.store.Submit(t.Context(), by, "none"); return err }},
			"result":    {staff, func(by data.Actor) error { _, err := s.store.Result(t.Context(), by, "none"); return err }},
			"explained": {staff, func(by data.Actor) error { _, err := s.store.Explained(t.Context(), by, "none"); return err }},
			"reports":   {groups, func(by data.Actor) error { _, err := s.store.Reports(t.Context(), by); return err }},
			"group":     {groups, func(by data.Actor) error { _, err := s.store.Group(t.Context(), by, "none"); return err }},
			"campaigns": {append(ict, data.RoleDirector), func(by data.Actor) error { _, err := s.store.Campaigns(t.Context(), by); return err }},
			"campaign":  {ict, func(by data.Actor) error { _, err := s.store.Campaign(t.Context(), by, "none"); return err }},
			"create": {ict, func(by data.Actor) error {
				_, err := s.store.Create(t.Context(), by, s.campaign)
				return err
			}},
			"open":    {ict, func(by data.Actor) error { return s.store.Open(t.Context(), by, "none") }},
			"close":   {ict, func(by data.Actor) error { return s.store.Close(t.Context(), by, "none") }},
			"discard": {ict, func(by data.Actor) error { return s.store.Discard(t.Context(), by, "none") }},
		} {
			for _, role := range data.Roles() {
				login := "als-" + string(role)
				if _, err := s.Accounts.Find(t.Context(), datatest.Operator, login); err != nil {
					if _, err := s.Accounts.Add(t.Context(), datatest.Operator, data.NewAccount{PersonID: s.Actor("lid1").PersonID, Login: login, Roles: []data.Role{role}}); err != nil {
						t.Fatal(err)
					}
				}
				a, err := s.Accounts.Find(t.Context(), datatest.Operator, login)
				if err != nil {
					t.Fatal(err)
				}
				err = test.act(data.Actor{AccountID: a.ID, PersonID: a.PersonID, Name: login})
				if may := slices.Contains(test.may, role); may == errors.Is(err, data.ErrDenied) {
					t.Errorf("%s as %s: %v; may is %v", name, role, err, may)
				}
			}
			if err := test.act(data.Actor{}); !errors.Is(err, data.ErrDenied) {
				t.Errorf("%s as nobody: %v", name, err)
			}
		}
		id := s.start(t, "lid1")
		if err := s.Accounts.SetDisabled(t.Context(), datatest.Operator, "lid1", true); err != nil {
			t.Fatal(err)
		}
		if err := s.save(t, "lid1", id, quiz.Save{}); !errors.Is(err, data.ErrDenied) {
			t.Errorf("an answer from a closed account: %v; want ErrDenied", err)
		}
	})
}

func TestOpenAndCreateRefuse(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		ict := s.Actor("ivo.ict")
		var invalid *data.Invalid
		past := s.campaign
		past.Title, past.OpensOn, past.ClosesOn = "Te laat", "2026-01-01", "2026-01-31"
		past.Services = append(past.Services, past.Services[0]) // twice is once
		past, err := s.store.Create(t.Context(), ict, past)
		if err != nil {
			t.Fatalf("a service that is named twice: %v", err)
		}
		if err := s.store.Open(t.Context(), ict, past.ID); !errors.As(err, &invalid) || invalid.Field != "closes" {
			t.Errorf("opening after the last day: %v; want *Invalid", err)
		}
		unknown := s.campaign
		unknown.Title, unknown.Services = "Onbekend", []string{"no such service"}
		if _, err := s.store.Create(t.Context(), ict, unknown); !errors.As(err, &invalid) || invalid.Field != "services" {
			t.Errorf("an unknown service: %v; want *Invalid", err)
		}
		if _, err := s.store.Group(t.Context(), s.Actor("bert.maes"), past.ID); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("a head reads a draft: %v; want ErrNotFound", err)
		}
	})
}

// TestCloseWhilePeopleAnswer closes a campaign under twelve people who answer: every acknowledged answer is
// there, nothing comes in after, and everybody has a result.
func TestCloseWhilePeopleAnswer(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		logins := append(s.Logins("Burgerzaken"), s.Logins("Sociale dienst")...)
		ids, acknowledged := make([]string, len(logins)), make([]int, len(logins))
		var people sync.WaitGroup
		for i, login := range logins {
			ids[i] = s.start(t, login)
			a := s.attempt(t, login, ids[i])
			people.Go(func() {
				for n := range a.Entry {
					answer := right(a.Items[n].Item)
					if s.store.Save(t.Context(), s.Actor(login), ids[i], quiz.Save{N: n, Answer: &answer, Place: n}) != nil {
						return
					}
					acknowledged[i]++
				}
			})
		}
		if err := s.store.Close(t.Context(), s.Actor("ivo.ict"), s.campaign.ID); err != nil {
			t.Fatalf("close: %v", err)
		}
		people.Wait()
		for i, login := range logins {
			a := s.attempt(t, login, ids[i])
			if a.Answered() != acknowledged[i] || a.Ended != quiz.EndedClosed {
				t.Errorf("%s: %d answers, ended %q; acknowledged were %d", login, a.Answered(), a.Ended, acknowledged[i])
			}
		}
	})
}
