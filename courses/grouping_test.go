package courses_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/courses/plan"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
)

// planning is a school in which five people need the e-mail course: three inhabitants, and Lid 1 and Lid 2 of Burgerzaken.
type planning struct {
	*coursestest.School
	people []courses.Participant
	ask    courses.GroupingAsk
}

func newPlanning(t *testing.T, s *coursestest.School) *planning {
	t.Helper()
	p := &planning{School: s}
	var asks []courses.NeedAsk
	for range 3 {
		one := s.Person()
		p.people = append(p.people, one)
		asks = append(asks, courses.NeedAsk{Participant: one.ID, Course: s.Email.ID, Levels: 1, Source: courses.FromPerson})
	}
	for _, login := range []string{"lid1", "lid2"} {
		asks = append(asks, courses.NeedAsk{Person: s.Town.Actor(login).PersonID, Course: s.Email.ID, Levels: 2, Source: courses.FromCoordinator})
	}
	if n := coursestest.Must(s.PutNeeds(t.Context(), s.An, asks))(t); n != 5 {
		t.Fatalf("%d needs are new, want 5", n)
	}
	p.ask = courses.GroupingAsk{Courses: []string{s.Email.ID}, From: "2026-12-07", Trainers: []string{s.Mia.ID},
		Slots: []courses.GroupSlot{{Day: time.Tuesday, From: 14 * 60, Room: s.PCs.ID}, {Day: time.Thursday, From: 18*60 + 30, Room: s.PCs.ID}}}
	return p
}

func (p *planning) plan(g courses.Grouping) courses.Grouped {
	p.T.Helper()
	made, err := p.PlanGroups(p.T.Context(), p.An, g)
	p.OK(err)
	return made
}

// TestGroupsFromNeeds follows a need to a group, a draft, and a seat: who works here waits for the head first.
func TestGroupsFromNeeds(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		p := newPlanning(t, s)
		made := p.plan(courses.Grouping{GroupingAsk: p.ask})
		if len(made.Plan.Groups) != 1 || len(made.Plan.Groups[0].People) != 5 || len(made.Plan.Unplaced) != 0 || made.Plan.Score != 7 {
			t.Fatalf("planned %+v", made.Plan)
		}
		kept := coursestest.Must(s.Grouping(t.Context(), s.An))(t)
		if kept.Version != 1 || len(kept.Plan.Groups) != 1 || !slices.Equal(kept.Plan.Groups[0].People, made.Plan.Groups[0].People) || kept.From != p.ask.From {
			t.Fatalf("kept %+v, made %+v", kept.Grouping, made.Grouping)
		}
		applied := coursestest.Must(s.ApplyGrouping(t.Context(), s.An, kept.Version))(t)
		if len(applied) != 1 || applied[0].People != 5 || applied[0].Awaiting != 2 || applied[0].Name != "E-mail voor starters 1" || applied[0].State != courses.Draft {
			t.Fatalf("applied %+v", applied)
		}
		if left := coursestest.Must(s.Grouping(t.Context(), s.An))(t); left.Version != 0 {
			t.Errorf("the plan is still there: %+v", left.Grouping)
		}
		s.Clock.Forward(time.Minute)
		s.OK(s.Publish(t.Context(), s.An, applied[0].ID))
		count := func() (booked, awaiting int) {
			for _, state := range s.States(applied[0].Series) {
				switch state {
				case courses.Booked:
					booked++
				case courses.AwaitsHead:
					awaiting++
				}
			}
			return booked, awaiting
		}
		if booked, awaiting := count(); booked != 3 || awaiting != 2 {
			t.Errorf("%d are booked and %d wait for the head, want 3 and 2", booked, awaiting)
		}
		for _, e := range coursestest.Must(s.ToApprove(t.Context(), s.Town.Actor("bert.maes")))(t) {
			coursestest.Must(s.Approve(t.Context(), s.Town.Actor("bert.maes"), e.ID, true, ""))(t)
		}
		if booked, _ := count(); booked != 5 {
			t.Errorf("%d are booked after the yes of the head, want 5", booked)
		}
		if calls := coursestest.Must(s.Calls(t.Context(), s.Clerk))(t); len(calls) != 5 {
			t.Errorf("%d people are to be told of their seat, want 5", len(calls))
		}
		for _, n := range coursestest.Must(s.Needs(t.Context(), s.An, false))(t) {
			if !n.Met() || n.Series != applied[0].Code {
				t.Errorf("need of %s: %s in %q", n.Participant, n.State, n.Series)
			}
		}
		s.Clean()
	})
}

// TestTakenMeanwhile: somebody takes the room of one of two groups after the plan was made. Nothing is written of either,
// the plan stays, and planning anew goes round it.
func TestTakenMeanwhile(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		p := newPlanning(t, s)
		other := coursestest.Must(s.PutCourse(t.Context(), s.An, courses.Course{Code: "tekst", Title: "Tekst", Goals: []string{"een brief typen"}, Domain: courses.DomainText, Level: 1, Lessons: 2, Minutes: 120, Least: 1, Most: 8}))(t)
		coursestest.Must(s.PutNeeds(t.Context(), s.An, []courses.NeedAsk{{Participant: p.people[0].ID, Course: other.ID, Levels: 1, Source: courses.FromPerson}}))(t)
		p.ask.Courses = append(p.ask.Courses, other.ID)
		made := p.plan(courses.Grouping{GroupingAsk: p.ask})
		if len(made.Plan.Groups) != 2 {
			t.Fatalf("planned %+v", made.Plan.Groups)
		}
		s.Draft(2, s.Sessions(s.PCs, courses.Trainer{}, "2026-12-17 19:00-20:00")...)
		_, err := s.ApplyGrouping(t.Context(), s.An, made.Version)
		var conflict *courses.ConflictError
		if !errors.Is(err, courses.ErrGroup) || !errors.As(err, &conflict) || conflict.Fault != courses.FaultRoomTaken || conflict.Session != 2 {
			t.Fatalf("got %v", err)
		}
		if all := coursestest.Must(s.SeriesList(t.Context(), s.An, courses.SeriesFilter{}))(t); len(all) != 1 {
			t.Errorf("%d series, want only the other one", len(all))
		}
		again := coursestest.Must(s.Grouping(t.Context(), s.An))(t)
		if again.Version != made.Version || len(again.Facts.Needs) != 6 || len(again.Shut) != 1 || again.Shut[0].Finding.Fault != courses.FaultRoomTaken {
			t.Errorf("after it: version %d, %d needs, shut %+v", again.Version, len(again.Facts.Needs), again.Shut)
		}
		next := p.plan(again.Grouping)
		if len(next.Lost) != 1 || len(next.Plan.Groups) != 1 || next.Plan.Groups[0].Slot != p.ask.Slots[0].ID() {
			t.Errorf("planned anew %+v, lost %+v", next.Plan.Groups, next.Lost)
		}
		coursestest.Must(s.ApplyGrouping(t.Context(), s.An, next.Version))(t)
		s.Clean()
	})
}

// TestTwoPlanners: of two who change the same plan the second hears of it, and so does who makes series of an old one.
func TestTwoPlanners(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		p := newPlanning(t, s)
		one := p.plan(courses.Grouping{GroupingAsk: p.ask})
		two := p.plan(one.Grouping)
		if _, err := s.PlanGroups(t.Context(), s.An, one.Grouping); !errors.Is(err, courses.ErrChanged) {
			t.Errorf("planned over: %v", err)
		}
		if _, err := s.PlanGroups(t.Context(), s.An, courses.Grouping{GroupingAsk: p.ask}); !errors.Is(err, courses.ErrChanged) {
			t.Errorf("a second plan: %v", err)
		}
		if _, err := s.ApplyGrouping(t.Context(), s.An, one.Version); !errors.Is(err, courses.ErrChanged) {
			t.Errorf("applied an old one: %v", err)
		}
		s.OK(s.CloseNeed(t.Context(), s.An, two.Facts.Needs[0].ID, "kan het al"))
		if _, err := s.ApplyGrouping(t.Context(), s.An, two.Version); !errors.Is(err, courses.ErrNoNeed) {
			t.Errorf("applied with somebody who has no need: %v", err)
		}
		if _, err := s.PlanGroups(t.Context(), s.Clerk, two.Grouping); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a clerk plans: %v", err)
		}
		s.OK(s.DropGrouping(t.Context(), s.An, two.Version))
		if err := s.DropGrouping(t.Context(), s.An, two.Version); !errors.Is(err, courses.ErrChanged) {
			t.Errorf("dropped twice: %v", err)
		}
	})
}

// TestGroupRules: who can come when, what a service can spare, what comes first, which slots there are.
func TestGroupRules(t *testing.T) {
	s := coursestest.New(t, datatest.SQLite(t))
	p := newPlanning(t, s)
	zoe := p.people[0]
	coursestest.Must(s.PutNeeds(t.Context(), s.An, []courses.NeedAsk{{Participant: zoe.ID, Course: s.Email.ID, Levels: 1, Source: courses.FromPerson, Slots: []courses.WeekPart{"thu-ev", "tue-am"}}}))(t)
	burgerzaken := s.Town.Services["Burgerzaken"].ID
	advanced := coursestest.Must(s.PutCourse(t.Context(), s.An, courses.Course{Code: "email-2", Title: "E-mail voor gevorderden", Goals: []string{"sorteren"}, Domain: courses.DomainMail, Level: 2, Before: []string{"email"},
		Lessons: 3, Minutes: 120, Least: 1, Most: 8}))(t)
	coursestest.Must(s.PutNeeds(t.Context(), s.An, []courses.NeedAsk{{Participant: zoe.ID, Course: advanced.ID, Levels: 1, Source: courses.FromPerson}}))(t)
	facts := coursestest.Must(s.GroupFacts(t.Context(), s.An))(t)
	for name, test := range map[string]struct {
		change         func(*courses.GroupingAsk)
		groups, placed int
		why            plan.Why
	}{
		"two times":                    {func(*courses.GroupingAsk) {}, 1, 5, ""},
		"one, in which Zoë can't come": {func(a *courses.GroupingAsk) { a.Slots = a.Slots[:1] }, 1, 4, plan.WhyNoSlot},
		"nobody of a service": {func(a *courses.GroupingAsk) {
			a.Cover = map[string]int{burgerzaken: len(facts.Services[burgerzaken].People)}
		}, 1, 3, plan.WhyCover},
		"what comes first":         {func(a *courses.GroupingAsk) { a.Courses = append(a.Courses, advanced.ID) }, 1, 5, plan.WhyOrder},
		"no time is open":          {func(a *courses.GroupingAsk) { a.Until = "2026-12-09" }, 0, 0, plan.WhyNoSlot},
		"a trainer who is nowhere": {func(a *courses.GroupingAsk) { a.Trainers = []string{"nobody"} }, 0, 0, plan.WhyTrainer},
	} {
		ask := p.ask
		test.change(&ask)
		now := coursestest.Must(s.Grouping(t.Context(), s.An))(t)
		made := p.plan(courses.Grouping{Version: now.Version, GroupingAsk: ask})
		placed := 0
		for _, g := range made.Plan.Groups {
			placed += len(g.People)
		}
		if len(made.Plan.Groups) != test.groups || placed != test.placed {
			t.Errorf("%s: %d groups of %d people, want %d of %d: %+v", name, len(made.Plan.Groups), placed, test.groups, test.placed, made.Plan)
		}
		if test.why != "" && !slices.ContainsFunc(made.Plan.Unplaced, func(u plan.Unplaced) bool { return u.Why == test.why }) {
			t.Errorf("%s: nobody is left because %s: %+v", name, test.why, made.Plan.Unplaced)
		}
	}
	for name, change := range map[string]func(*courses.GroupingAsk){
		"courses": func(a *courses.GroupingAsk) { a.Courses = nil },
		"from":    func(a *courses.GroupingAsk) { a.From = "morgen" },
		"until":   func(a *courses.GroupingAsk) { a.Until = "2026-12-01" },
		"slots":   func(a *courses.GroupingAsk) { a.Slots = nil },
		"slots that cross": func(a *courses.GroupingAsk) {
			a.Slots = append(a.Slots[:1:1], courses.GroupSlot{Day: time.Tuesday, From: 15 * 60, Room: s.Hall.ID})
		},
		"more slots than one plans": func(a *courses.GroupingAsk) { a.Slots = manySlots(s.PCs.ID, courses.MostSlots+1) },
	} {
		ask := p.ask
		change(&ask)
		var bad *data.Invalid
		if _, err := s.PlanGroups(t.Context(), s.An, courses.Grouping{GroupingAsk: ask}); !errors.As(err, &bad) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func manySlots(room string, n int) (all []courses.GroupSlot) {
	for i := range n {
		all = append(all, courses.GroupSlot{Day: time.Weekday(i % 7), From: calendar.Minute(i / 7 * 120), Room: room})
	}
	return all
}

// TestMoveByHand: who is moved stays there in the next plan, who is out gets no place, and a locked group stays.
func TestMoveByHand(t *testing.T) {
	s := coursestest.New(t, datatest.SQLite(t))
	p := newPlanning(t, s)
	zoe := p.people[0]
	coursestest.Must(s.PutNeeds(t.Context(), s.An, []courses.NeedAsk{{Participant: zoe.ID, Course: s.Email.ID, Levels: 1, Source: courses.FromPerson, Slots: []courses.WeekPart{"thu-ev"}}}))(t)
	made := p.plan(courses.Grouping{GroupingAsk: p.ask})
	tuesday, thursday := p.ask.Slots[0].ID(), p.ask.Slots[1].ID()
	who := p.people[1].ID
	from, to := tuesday, thursday
	if g, _ := made.Group(thursday); slices.Contains(g.People, who) {
		from, to = thursday, tuesday
	}
	made = p.plan(made.Move(courses.Seat{Participant: who, Course: s.Email.ID}, to))
	if g, _ := made.Group(to); !slices.Contains(g.People, who) || !made.IsLocked(to) {
		t.Errorf("moved to %s: %+v", to, made.Plan.Groups)
	}
	if len(made.Changes) != 0 {
		t.Errorf("others moved too: %+v", made.Changes)
	}
	made = p.plan(made.Move(courses.Seat{Participant: who, Course: s.Email.ID}, ""))
	for _, g := range made.Plan.Groups {
		if slices.Contains(g.People, who) {
			t.Errorf("who is out sits in %s", g.Slot)
		}
	}
	_, err := s.PlanGroups(t.Context(), s.An, made.Move(courses.Seat{Participant: zoe.ID, Course: s.Email.ID}, tuesday))
	var bad *data.Invalid
	if !errors.As(err, &bad) || bad.Why != plan.BrokenAway || bad.Got != zoe.Name() {
		t.Errorf("moved to where she can't come: %v", err)
	}
	made = coursestest.Must(s.Grouping(t.Context(), s.An))(t)
	made = p.plan(made.Lock(to, false).Move(courses.Seat{Participant: who, Course: s.Email.ID}, from))
	if g, _ := made.Group(from); !slices.Contains(g.People, who) || made.IsLocked(to) {
		t.Errorf("brought back: %+v", made.Plan.Groups)
	}
}

// TestNeedsOfWhoIsIn: a need of who is in a series already is met, what was said of times stays, and a need whose enrolment
// ended is open again.
func TestNeedsOfWhoIsIn(t *testing.T) {
	coursestest.Each(t, func(t *testing.T, s *coursestest.School) {
		series := s.Open(4, s.Sessions(s.PCs, s.Mia, "2026-12-01 14:00-16:00")...)
		zoe := s.Person()
		e := s.Join(series, zoe)
		put := func(slots ...courses.WeekPart) error {
			_, err := s.PutNeeds(t.Context(), s.An, []courses.NeedAsk{{Participant: zoe.ID, Course: s.Email.ID, Levels: 1, Source: courses.FromPerson, Slots: slots}})
			return err
		}
		s.OK(put("tue-pm", "mon-am"))
		s.OK(put())
		need := coursestest.Must(s.Needs(t.Context(), s.An, false))(t)[0]
		if !need.Met() || need.Series != series.Code || !slices.Equal(need.Slots, []courses.WeekPart{"mon-am", "tue-pm"}) {
			t.Errorf("got %+v", need)
		}
		if err := put("someday"); err == nil {
			t.Error("a day that is none is taken")
		}
		coursestest.Must(s.Cancel(t.Context(), s.An, e.ID, "verhuisd"))(t)
		if need = coursestest.Must(s.Needs(t.Context(), s.An, false))(t)[0]; need.Met() {
			t.Errorf("after she left it is still met: %+v", need)
		}
	})
}

// TestCutOff: planning stops with the visit, and keeps nothing.
func TestCutOff(t *testing.T) {
	s := coursestest.New(t, datatest.SQLite(t))
	p := newPlanning(t, s)
	ctx, cut := context.WithCancel(t.Context())
	cut()
	if _, err := s.PlanGroups(ctx, s.An, courses.Grouping{GroupingAsk: p.ask}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if g := coursestest.Must(s.Grouping(t.Context(), s.An))(t); g.Version != 0 {
		t.Errorf("kept %+v", g.Grouping)
	}
}
