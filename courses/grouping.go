package courses

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/courses/plan"
	"digibrug/data"
	"digibrug/data/calendar"
)

// GroupSlot is a time of each week in a room at which a group could be taught.
type GroupSlot struct {
	Day  time.Weekday    `json:"day"`
	From calendar.Minute `json:"from"`
	Room string          `json:"room"` // id
}

// ID names the slot in a plan.
func (s GroupSlot) ID() string { return s.at() + " " + s.Room }

// at is the same for slots that are at the same time.
func (s GroupSlot) at() string { return fmt.Sprintf("%d %s", (s.Day+6)%7, s.From) }

// GroupingAsk is what a coordinator chooses before groups are made.
type GroupingAsk struct {
	Courses  []string       `json:"courses"` // ids
	From     string         `json:"from"`    // YYYY-MM-DD: no lesson before it
	Until    string         `json:"until"`   // YYYY-MM-DD: no lesson after it; empty: no end
	School   bool           `json:"school"`  // lessons go on in school holidays
	Slots    []GroupSlot    `json:"slots"`
	Trainers []string       `json:"trainers"` // ids of who could give the lessons; empty: that is for later
	Cover    map[string]int `json:"cover"`    // by service: how many of its people must stay at work
}

// Seat is a place of somebody in a course.
type Seat struct{ Participant, Course string }

// Grouping is a plan of groups in the making, as it is kept: what was chosen, and the groups that came of it. Groups are of
// the slots' ids, of courses' and of participants'.
type Grouping struct {
	Version   int64     `json:"-"` // 0: not kept yet
	ChangedAt time.Time `json:"-"`
	ChangedBy string    `json:"-"`
	GroupingAsk
	Out     []Seat        `json:"out,omitempty"`    // who gets no place this time
	Locked  []string      `json:"locked,omitempty"` // slots whose groups stay as they are
	Plan    plan.Plan     `json:"plan"`
	Changes []plan.Change `json:"changes,omitempty"` // of the plan against the one before
	Lost    []plan.Group  `json:"lost,omitempty"`    // of the one before, whose slot can't be used any more
}

// Group is the group in a slot; ok is false when there is none.
func (g Grouping) Group(slot string) (one plan.Group, ok bool) {
	at := slices.IndexFunc(g.Plan.Groups, func(o plan.Group) bool { return o.Slot == slot })
	if at < 0 {
		return one, false
	}
	return g.Plan.Groups[at], true
}

// IsLocked tells whether a group stays as it is.
func (g Grouping) IsLocked(slot string) bool { return slices.Contains(g.Locked, slot) }

// Lock is the grouping with a group locked, or loose again.
func (g Grouping) Lock(slot string, on bool) Grouping {
	g.Locked = slices.DeleteFunc(slices.Clone(g.Locked), func(s string) bool { return s == slot })
	if on {
		g.Locked = append(g.Locked, slot)
	}
	return g
}

// Move is the grouping with a person moved by hand to the group in a slot, or to a new one in an empty slot, which is locked
// from then on; without a slot: to no group, this time. Whoever had no place gets one.
func (g Grouping) Move(seat Seat, to string) Grouping {
	g.Plan.Groups = slices.Clone(g.Plan.Groups)
	if _, there := g.Group(to); !there && to != "" {
		g.Plan.Groups = append(g.Plan.Groups, plan.Group{Slot: to, Course: seat.Course})
	}
	for i, o := range g.Plan.Groups {
		if o.Course != seat.Course {
			continue
		}
		o.People = slices.DeleteFunc(slices.Clone(o.People), func(id string) bool { return id == seat.Participant })
		if o.Slot == to {
			o.People = append(o.People, seat.Participant)
		}
		g.Plan.Groups[i].People = o.People
	}
	g.Out = slices.DeleteFunc(slices.Clone(g.Out), func(s Seat) bool { return s == seat })
	if to == "" {
		g.Out = append(g.Out, seat)
		return g
	}
	return g.Lock(to, true)
}

// GroupName is how people call a group of a plan: the title of its course and its number.
func GroupName(g plan.Group, title string) string {
	return title + strings.TrimPrefix(g.Name, g.Course)
}

// What can be wrong with what groups are made of.
const (
	WhySlotsCross data.Why = "courses.slots_cross" // the slots Got and Want are partly at the same time
	WhySlotsMany  data.Why = "courses.slots_many"  // more than Want slots
)

// MostSlots is how many slots one plan takes.
const MostSlots = 60

// WhyNotFor is why a need of somebody isn't planned whom the course doesn't admit any more.
const WhyNotFor plan.Why = "not_for"

// GroupFacts is what groups are made from, as it stands. It is pure: the store fills it.
type GroupFacts struct {
	Needs    []Need              // open, and not met
	Names    map[string]string   // of participants with a need, also of those whose need is met or closed
	Category map[string]Category // of the same
	Courses  map[string]Course
	Rooms    map[string]Room
	Trainers map[string]Trainer
	Services map[string]GroupService
	Doctors  map[string]Doctor              // by location
	Busy     map[string][]calendar.Interval // by participant: lessons that they have
}

// GroupService is a service with who works there today.
type GroupService struct {
	Name   string
	People []string // ids of persons
	Full   int      // of their fractions together, the whole ones
}

// missing is how many of its people a service must do without on an ordinary day, since they work part-time.
func (s GroupService) missing() int { return max(0, len(s.People)-s.Full) }

// SlotFault says why nobody can be taught in a slot.
type SlotFault struct {
	Slot    GroupSlot
	Finding Finding
}

// groupRules is a problem with what its words mean.
type groupRules struct {
	problem plan.Problem
	shut    []SlotFault     // slots that can't be used
	held    []plan.Unplaced // needs that aren't planned
	lost    []plan.Group
}

// chosen are the courses of a grouping that are in use, by code.
func (f GroupFacts) chosen(ask GroupingAsk) (all []Course) {
	for _, c := range f.Courses {
		if slices.Contains(ask.Courses, c.ID) && (c.RetiredOn == "" || c.RetiredOn > ask.From) {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b Course) int { return cmpText(a.Code, b.Code) })
	return all
}

// size is what a slot must hold whatever course comes in it: the most lessons, and the longest.
func size(all []Course) (lessons, minutes int) {
	for _, c := range all {
		lessons, minutes = max(lessons, c.Lessons), max(minutes, c.Minutes)
	}
	return lessons, minutes
}

// rules makes a problem of what was chosen and what is. A slot must be free for the longest of the courses, in all weeks of
// the one with the most lessons, so that any of them can come in it.
func (f GroupFacts) rules(g Grouping) (r groupRules, err error) {
	all := f.chosen(g.GroupingAsk)
	if len(all) == 0 {
		return r, &data.Invalid{Field: "courses", Why: data.WhyEmpty}
	}
	if _, err := data.ParseDay(g.From); err != nil {
		return r, &data.Invalid{Field: "from", Why: data.WhyDay, Got: data.Clean(g.From, 20)}
	}
	if err := data.OptionalDay("until", g.Until); err != nil {
		return r, err
	}
	if g.Until != "" && g.Until < g.From {
		return r, &data.Invalid{Field: "until", Why: data.WhyEarly, Want: g.From, Got: g.Until}
	}
	if r.problem.Slots, r.shut, err = f.slots(g.GroupingAsk, all); err != nil {
		return r, err
	}
	for _, c := range all {
		r.problem.Courses = append(r.problem.Courses, plan.Course{ID: c.ID, Min: c.Least, Max: c.Most})
	}
	f.people(&r, g, all)
	f.given(&r, g)
	return r, nil
}

// slots are those that can be used, in the order of the week, and what is the matter with the others.
func (f GroupFacts) slots(ask GroupingAsk, all []Course) (usable []plan.Slot, shut []SlotFault, err error) {
	lessons, minutes := size(all)
	slots := slices.Clone(ask.Slots)
	slices.SortFunc(slots, func(a, b GroupSlot) int {
		return cmp.Or(cmp.Compare((a.Day+6)%7, (b.Day+6)%7), cmp.Compare(a.From, b.From), cmpText(f.Rooms[a.Room].Name, f.Rooms[b.Room].Name), cmpText(a.Room, b.Room))
	})
	slots = slices.Compact(slots)
	if len(slots) == 0 {
		return nil, nil, &data.Invalid{Field: "slots", Why: data.WhyEmpty}
	}
	if len(slots) > MostSlots {
		return nil, nil, &data.Invalid{Field: "slots", Why: WhySlotsMany, Want: fmt.Sprint(MostSlots), Got: fmt.Sprint(len(slots))}
	}
	for i, s := range slots {
		if i > 0 && slots[i-1].Day == s.Day && slots[i-1].From != s.From && slots[i-1].From+calendar.Minute(minutes) > s.From {
			return nil, nil, &data.Invalid{Field: "slots", Why: WhySlotsCross, Got: slots[i-1].From.String(), Want: s.From.String()}
		}
		one, fault, err := f.slot(ask, s, lessons, minutes)
		switch {
		case err != nil:
			return nil, nil, err
		case fault.Fault != "":
			shut = append(shut, SlotFault{s, fault})
		default:
			usable = append(usable, one)
		}
	}
	return usable, shut, nil
}

// slot looks at one slot: its seats and who can teach then, or what is the matter.
func (f GroupFacts) slot(ask GroupingAsk, s GroupSlot, lessons, minutes int) (one plan.Slot, _ Finding, err error) {
	room, known := f.Rooms[s.Room]
	if !known {
		return one, Finding{}, fmt.Errorf("room %s: %w", data.Clean(s.Room, 40), data.ErrNotFound)
	}
	sessions, err := f.lessons(ask, s, lessons, minutes)
	if err != nil {
		return one, Finding{}, err
	}
	if last := sessions[len(sessions)-1]; ask.Until != "" && data.DayText(last.Day) > ask.Until {
		return one, Finding{Session: last.Number, Slot: last.Slot, Fault: FaultPeriod}, nil
	}
	doctor := f.Doctors[room.LocationID]
	doctor.Seats = 1
	if hard, found := worst(doctor.Examine(sessions)); found {
		return one, hard, nil
	}
	one = plan.Slot{ID: s.ID(), Room: s.Room, At: s.at(), Seats: seatsIn(doctor, room, sessions)}
	if len(ask.Trainers) == 0 {
		return one, Finding{}, nil
	}
	one.Trainers = []string{}
	var missing Finding
	for _, id := range ask.Trainers {
		if hard, found := worst(doctor.Examine(given(sessions, id))); found {
			missing = hard
		} else if _, known := f.Trainers[id]; known {
			one.Trainers = append(one.Trainers, id)
		}
	}
	if len(one.Trainers) == 0 && missing.Fault != "" {
		return one, missing, nil
	}
	return one, Finding{}, nil
}

// FaultPeriod says that the lessons go on after the last day that was chosen.
const FaultPeriod Fault = "period"

func worst(found []Finding) (Finding, bool) {
	at := slices.IndexFunc(found, func(f Finding) bool { return f.Fault.Hard() })
	if at < 0 {
		return Finding{}, false
	}
	return found[at], true
}

// given is sessions with who gives them.
func given(sessions []Session, trainer string) []Session {
	sessions = slices.Clone(sessions)
	for i := range sessions {
		if sessions[i].Trainers = nil; trainer != "" {
			sessions[i].Trainers = []string{trainer}
		}
	}
	return sessions
}

// seatsIn is how many can be taught in a room in all of some sessions. A room that says nothing of its places takes as many
// as the course does.
func seatsIn(d Doctor, r Room, sessions []Session) int {
	places := r.ForLessons()
	if places == 0 && r.Places() == 0 {
		return 500
	}
	if r.Mode != Capacity {
		return places
	}
	used := map[int64]int{}
	for _, b := range d.Busy {
		if b.Of == r.ID {
			for _, q := range quarters(b.Span) {
				used[q] += b.Places
			}
		}
	}
	free := places
	for _, s := range sessions {
		for _, q := range quarters(s.Instants()) {
			free = min(free, places-used[q])
		}
	}
	return max(0, free)
}

// lessons are the sessions of a slot: one a week from the first day that is open on, without the days on which the location
// is closed.
func (f GroupFacts) lessons(ask GroupingAsk, s GroupSlot, n, minutes int) ([]Session, error) {
	room := f.Rooms[s.Room]
	open := f.Doctors[room.LocationID].Calendar
	out := func(day time.Time) bool {
		_, why := open.OpenOn(day)
		return !open.IsOpen(day) && why.By != calendar.ByWeek || !ask.School && open.InSchoolHoliday(day)
	}
	first := data.StoredDay(ask.From)
	for range 366 { // a location that is closed for a year has no first day
		if first.Weekday() == s.Day && !out(first) {
			break
		}
		first = first.AddDate(0, 0, 1)
	}
	slots, err := Weekly(Slot{Day: first, From: s.From, To: s.From + calendar.Minute(minutes)}, n, 1, out)
	if err != nil {
		return nil, err
	}
	all := make([]Session, len(slots))
	for i, one := range slots {
		all[i] = Session{Number: i + 1, Slot: one, RoomID: room.ID, Room: room.Name, State: Planned}
	}
	return all, nil
}

// Lessons are the sessions that a group of a plan would have, with its trainer and what each is about.
func (f GroupFacts) Lessons(ask GroupingAsk, g plan.Group) ([]Session, error) {
	c := f.Courses[g.Course]
	at := slices.IndexFunc(ask.Slots, func(s GroupSlot) bool { return s.ID() == g.Slot })
	if at < 0 || c.ID == "" {
		return nil, fmt.Errorf("group %s: %w", data.Clean(g.Name, 60), data.ErrNotFound)
	}
	all, err := f.lessons(ask, ask.Slots[at], c.Lessons, c.Minutes)
	if err != nil {
		return nil, err
	}
	all = given(all, g.Trainer)
	for i := range all {
		if i < len(c.Outline) {
			all[i].Note = c.Outline[i]
		}
	}
	return all, nil
}
