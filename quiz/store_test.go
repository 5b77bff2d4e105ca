package quiz_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
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
	banks    []quiz.Bank
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
	s := scene{Town: town, store: quiz.NewStore(db, banks), banks: banks}
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
		again := quiz.NewStore(datatest.Open(t, url), s.banks)
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

// TestExplanationsOfWhatIsAskedAreWithheld: an item in an open recruitment is not read again by a colleague who had it, and
// is when the jury has decided.
func TestExplanationsOfWhatIsAskedAreWithheld(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		s := newScene(t, db)
		r := s.take(t, "an.peeters", 99)
		explained := func() []quiz.AttemptItem {
			t.Helper()
			items, err := s.store.Explained(t.Context(), s.Actor("an.peeters"), r.Attempt.ID)
			if err != nil {
				t.Fatal(err)
			}
			return items
		}
		do := func(statement string, args ...any) {
			t.Helper()
			if err := db.InPlainTx(t.Context(), func(tx *data.Tx) error {
				_, err := tx.ExecContext(t.Context(), statement, args...)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		asked := explained()[1].Item.ID
		do(`INSERT INTO procedures (id, organisation_id, title, sort_key, details, state, created_at, created_by, opened_at, frozen, sealed_at, closed_at,
			scored_at, scored, named_at, named_by, decided_at, hold_until, hold_why, keep_until, purged_on)
			SELECT 'p', MIN(id), 'x', 'x', '{}', 'open', 1, '', 1, '', 0, 0, 0, '', 0, '', 0, '', '', '', '' FROM organisations`)
		do(`INSERT INTO procedure_items (procedure_id, form, n, item_id, version, item, shown, weight, public, out_at, out_why)
			VALUES ('p', 'A', 0, $1, 1, '{}', '[]', 100, 1, 0, '')`, asked)
		for i, one := range explained() {
			if withheld := i == 1; one.Withheld != withheld || (one.Item.Stem == "") != withheld || len(one.Shown) > 0 && withheld {
				t.Errorf("question %d, with %s asked in a recruitment: %+v", i+1, asked, one)
			}
		}
		do(`UPDATE procedures SET state = 'decided' WHERE id = 'p'`)
		if one := explained()[1]; one.Withheld || one.Item.Stem == "" {
			t.Errorf("after the decision: %+v", one)
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
// TestPassingTheEntryItemsIsForGood goes back to them after passing, wipes them, and wants the rest untouched.
// TestOnlyReachableItemsCount lets the bell ring among the entry items: the items that nobody saw are no
// mistakes, and are not explained.
// TestLastDay wants the time left and the end of the last day to agree, and an attempt after it to end.
// TestLogTellsNoResult reads the audit log as the ICT officer does, and errors as the server log would.
// TestWhoMayDoWhat tries every method with every role: the stores decide, whatever a screen shows.

// TestMoveCampaign gives a campaign another last day while somebody is at it, and not where it can't be.
func TestMoveCampaign(t *testing.T) {
	clock := &datatest.Hand{}
	datatest.EachURL(t, func(t *testing.T, url string) {
		s := newScene(t, datatest.Open(t, url, data.WithClock(clock.Now)))
		ict := s.Actor("ivo.ict")
		id := s.start(t, "an.peeters")
		if err := s.store.Move(t.Context(), ict, s.campaign.ID, "2027-02-26"); err != nil {
			t.Fatal(err)
		}
		c, err := s.store.Campaign(t.Context(), ict, s.campaign.ID)
		if err != nil || c.ClosesOn != "2027-02-26" {
			t.Errorf("the last day is %s, %v", c.ClosesOn, err)
		}
		if a := s.attempt(t, "an.peeters", id); !a.Running() {
			t.Error("the attempt has ended")
		}
		for _, bad := range []string{"2026-11-22", "2026-10-31", "ooit", ""} {
			var wrong *data.Invalid
			if err := s.store.Move(t.Context(), ict, s.campaign.ID, bad); !errors.As(err, &wrong) || wrong.Field != "closes" {
				t.Errorf("to %q: %v", bad, err)
			}
		}
		if err := s.store.Move(t.Context(), s.Actor("dirk.adm"), s.campaign.ID, "2027-03-01"); !errors.Is(err, data.ErrDenied) {
			t.Errorf("the director moves it: %v", err)
		}
		if err := s.store.Move(t.Context(), ict, "nergens", "2027-03-01"); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("one that isn't: %v", err)
		}
		if err := s.store.Close(t.Context(), ict, s.campaign.ID); err != nil {
			t.Fatal(err)
		}
		if err := s.store.Move(t.Context(), ict, s.campaign.ID, "2027-03-01"); !errors.Is(err, quiz.ErrState) {
			t.Errorf("a closed one: %v", err)
		}
	})
}
