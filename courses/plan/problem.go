package plan

import (
	"fmt"
	"maps"
	"slices"

	"digibrug/data"
)

// Problem is what there is to plan. The JSON is that of a problem file.
type Problem struct {
	People   []Person       `json:"people"`
	Slots    []Slot         `json:"slots"` // in the order of time
	Courses  []Course       `json:"courses"`
	Cover    map[string]int `json:"cover"`              // by service: how many who are at work must stay
	Trainers []Trainer      `json:"trainers,omitempty"` // only who has limits; others of a slot's list have none
	Locked   []Group        `json:"locked,omitempty"`   // what the coordinator placed
	Previous []Group        `json:"previous,omitempty"` // an earlier plan; what of it can't be any more is passed over
}

// Person is somebody who needs courses, or who counts for the cover of a service.
type Person struct {
	ID      string   `json:"id"`
	Service string   `json:"service,omitempty"`
	Needs   []Need   `json:"needs"`
	Slots   []string `json:"slots,omitzero"`   // in which the person can come; nil: in all, empty: in none
	AtWork  []string `json:"at_work,omitzero"` // slots besides in which the person is at work, and can't come; nil: in all
}

// always tells whether somebody is at work at every time: who can always come, and of whom nothing else was said.
func (o Person) always() bool { return o.Slots == nil || o.AtWork == nil }

// Need is a course that a person should take, and the levels that it would train: 1 to MaxLevels.
type Need struct {
	Course string `json:"course"`
	Levels int    `json:"levels"`
}

// Slot is one room at one time.
type Slot struct {
	ID       string   `json:"id"`
	Room     string   `json:"room,omitempty"`
	Seats    int      `json:"seats"`
	Trainers []string `json:"trainers,omitzero"` // who can give a group then; nil: none is needed, empty: nobody can
	At       string   `json:"at,omitempty"`      // any text: slots with the same one are at the same time; empty: at a time of its own
}

// Course is what a group learns.
type Course struct {
	ID    string   `json:"id"`
	Min   int      `json:"min"`             // a group goes ahead from so many; 0 is 1
	Max   int      `json:"max"`             // in a group; 0: as many as there are seats
	After []string `json:"after,omitempty"` // courses that whoever needs them too takes first
}

// Trainer is what limits a trainer.
type Trainer struct {
	ID      string   `json:"id"`
	Most    int      `json:"most,omitempty"`   // groups in this plan; 0: no limit
	Courses []string `json:"courses,omitzero"` // that the trainer gives; nil: all
}

// Group is a course in a slot, with who sits in it.
type Group struct {
	Slot    string   `json:"slot"`
	Course  string   `json:"course"`
	Name    string   `json:"name,omitempty"` // such as "word 2": the course and a number that stays in later plans
	Trainer string   `json:"trainer,omitempty"`
	People  []string `json:"people"`
	Closed  bool     `json:"closed,omitempty"` // of a locked group: nobody joins
}

// Limits of a problem.
const (
	MaxPeople  = 5000
	MaxSlots   = 400
	MaxCourses = 200
	MaxSeats   = 1000
	MaxLevels  = 100

	maxGroups = 1000 // locked or previous
	maxID     = 100  // characters
)

// What can be wrong with a problem, beside what a plan can break.
const (
	WhyLeast  data.Why = "plan.least"  // a course asks at least Got people and takes at most Want
	WhyCircle data.Why = "plan.circle" // the course Got comes after itself, by way of others
	WhyRoom   data.Why = "plan.room"   // the room Got is in two slots of the same time
	WhyKind   data.Why = "plan.kind"   // of a file: Got is no value of the kind Want
	WhyText   data.Why = "plan.text"   // hidden characters, spaces at an end, or longer than Want characters
)

// Check tells what is wrong with a problem: nil, or an *data.Invalid whose Field is such as "people[3].needs[1].course",
// counted from 1. What is locked must keep the rules too.
func (p Problem) Check() error {
	for _, step := range []func() error{p.checkSize, p.checkSlots, p.checkCourses, p.checkTrainers, p.checkPeople, p.checkCover, p.checkGroups} {
		if err := step(); err != nil {
			return err
		}
	}
	return p.checkLocked()
}

func (p Problem) checkSize() error {
	for _, s := range []struct {
		field   string
		n, most int
	}{{"people", len(p.People), MaxPeople}, {"slots", len(p.Slots), MaxSlots}, {"courses", len(p.Courses), MaxCourses}, {"trainers", len(p.Trainers), MaxPeople},
		{"locked", len(p.Locked), maxGroups}, {"previous", len(p.Previous), maxGroups}} {
		if err := inRange(s.field, s.n, 0, s.most); err != nil {
			return err
		}
	}
	return nil
}

func (p Problem) checkSlots() error {
	var ids idSet
	rooms := map[[2]string]bool{}
	for i, s := range p.Slots {
		f := at("slots", i)
		if err := firstOf(ids.add(f+".id", s.ID), inRange(f+".seats", s.Seats, 0, MaxSeats), optionalText(f+".room", s.Room), optionalText(f+".at", s.At), eachOnce(f+".trainers", s.Trainers)); err != nil {
			return err
		}
		place := [2]string{s.At, s.Room}
		if s.At != "" && s.Room != "" && rooms[place] {
			return &data.Invalid{Field: f + ".room", Why: WhyRoom, Got: s.Room, Want: s.At}
		}
		rooms[place] = true
	}
	return nil
}

func (p Problem) checkCourses() error {
	var ids idSet
	for i, c := range p.Courses {
		f := at("courses", i)
		if err := firstOf(ids.add(f+".id", c.ID), inRange(f+".min", c.Min, 0, MaxSeats), inRange(f+".max", c.Max, 0, MaxSeats)); err != nil {
			return err
		}
		if c.Max > 0 && c.Min > c.Max {
			return &data.Invalid{Field: f + ".min", Why: WhyLeast, Want: fmt.Sprint(c.Max), Got: fmt.Sprint(c.Min)}
		}
	}
	after := map[string][]string{}
	for i, c := range p.Courses {
		if err := ids.known(at("courses", i)+".after", c.After); err != nil {
			return err
		}
		after[c.ID] = c.After
	}
	for i, c := range p.Courses {
		if circles(after, c.ID) {
			return &data.Invalid{Field: at("courses", i) + ".after", Why: WhyCircle, Got: c.ID}
		}
	}
	return nil
}

// circles tells whether a course comes after itself.
func circles(after map[string][]string, id string) bool {
	seen, queue := map[string]bool{}, slices.Clone(after[id])
	for len(queue) > 0 {
		next := queue[0]
		queue = queue[1:]
		if next == id {
			return true
		}
		if !seen[next] {
			seen[next] = true
			queue = append(queue, after[next]...)
		}
	}
	return false
}

func (p Problem) checkTrainers() error {
	var ids idSet
	courses := idsOf(p.Courses, func(c Course) string { return c.ID })
	for i, t := range p.Trainers {
		f := at("trainers", i)
		if err := firstOf(ids.add(f+".id", t.ID), inRange(f+".most", t.Most, 0, MaxSlots), courses.known(f+".courses", t.Courses)); err != nil {
			return err
		}
	}
	return nil
}

func (p Problem) checkPeople() error {
	var ids idSet
	slots := idsOf(p.Slots, func(s Slot) string { return s.ID })
	courses := idsOf(p.Courses, func(c Course) string { return c.ID })
	for i, one := range p.People {
		f := at("people", i)
		if err := firstOf(ids.add(f+".id", one.ID), optionalText(f+".service", one.Service), slots.known(f+".slots", one.Slots), slots.known(f+".at_work", one.AtWork)); err != nil {
			return err
		}
		var once idSet
		for j, n := range one.Needs {
			f := at(f+".needs", j)
			if err := firstOf(once.add(f+".course", n.Course), courses.has(f+".course", n.Course), inRange(f+".levels", n.Levels, 1, MaxLevels)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p Problem) checkCover() error {
	for _, service := range slices.Sorted(maps.Keys(p.Cover)) {
		if err := firstOf(neededText("cover", service), inRange("cover."+service, p.Cover[service], 0, MaxPeople)); err != nil {
			return err
		}
	}
	return nil
}

// checkGroups checks the shape of the groups that are given. Those of an earlier plan may name what isn't there any more.
func (p Problem) checkGroups() error {
	for _, list := range []struct {
		field string
		all   []Group
	}{{"locked", p.Locked}, {"previous", p.Previous}} {
		var slots idSet
		for i, g := range list.all {
			f := at(list.field, i)
			if err := firstOf(slots.add(f+".slot", g.Slot), neededText(f+".course", g.Course), optionalText(f+".name", g.Name), optionalText(f+".trainer", g.Trainer), eachOnce(f+".people", g.People)); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkLocked holds what is locked against the rules, and sees whether its trainers can be found.
func (p Problem) checkLocked() error {
	if len(p.Locked) == 0 {
		return nil
	}
	if all := p.broken(p.Locked, true); len(all) > 0 {
		v := all[0]
		return &data.Invalid{Field: at("locked", v.Group), Why: v.Why, Want: v.Want, Got: v.Got}
	}
	t := newTable(p)
	if !t.newStaff().find(t.fixed, nil) {
		return &data.Invalid{Field: "locked", Why: BrokenTrainer}
	}
	return nil
}

// at names an element of a list, for people: from 1.
func at(list string, i int) string { return fmt.Sprintf("%s[%d]", list, i+1) }

// firstOf is the first error.
func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func inRange(field string, n, low, high int) error {
	if n < low || n > high {
		return &data.Invalid{Field: field, Why: data.WhyNumber, Want: fmt.Sprintf("%d … %d", low, high), Got: fmt.Sprint(n)}
	}
	return nil
}

func optionalText(field, text string) error {
	if text != data.Clean(text, maxID) {
		return &data.Invalid{Field: field, Why: WhyText, Want: fmt.Sprint(maxID), Got: data.Clean(text, 40)}
	}
	return nil
}

func neededText(field, text string) error {
	if text == "" {
		return &data.Invalid{Field: field, Why: data.WhyEmpty}
	}
	return optionalText(field, text)
}

func eachOnce(field string, all []string) error {
	var ids idSet
	for i, id := range all {
		if err := ids.add(at(field, i), id); err != nil {
			return err
		}
	}
	return nil
}

// idSet is the ids of a list, each once. The zero value is empty.
type idSet struct{ ids map[string]bool }

func idsOf[T any](all []T, id func(T) string) idSet {
	s := idSet{map[string]bool{}}
	for _, one := range all {
		s.ids[id(one)] = true
	}
	return s
}

// add takes an id that must be new.
func (s *idSet) add(field, id string) error {
	if err := neededText(field, id); err != nil {
		return err
	}
	if s.ids == nil {
		s.ids = map[string]bool{}
	}
	if s.ids[id] {
		return &data.Invalid{Field: field, Why: data.WhyTwice, Got: id}
	}
	s.ids[id] = true
	return nil
}

func (s idSet) has(field, id string) error {
	if !s.ids[id] {
		return &data.Invalid{Field: field, Why: data.WhyUnknown, Got: data.Clean(id, 40)}
	}
	return nil
}

// known checks a list of ids: each there, and once.
func (s idSet) known(field string, all []string) error {
	for i, id := range all {
		if err := s.has(at(field, i), id); err != nil {
			return err
		}
	}
	return eachOnce(field, all)
}
