package groups

import (
	"slices"
	"strconv"
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// choose asks what groups are made of. was is the plan that is changed, or the zero one.
func (d desk) choose(was courses.Grouping) shell.Screen {
	return page.NewTask(d.S, words.GroupsChooseTitle, words.GroupsPlanning, func() (page.Brief, error) {
		facts, err := d.Store.GroupFacts(d.ctx(), d.By())
		if err != nil {
			return page.Brief{}, err
		}
		lead := words.GroupsChooseLead
		switch {
		case len(facts.Needs) == 0:
			lead = words.GroupsNoNeeds
		case len(facts.Rooms) == 0:
			lead = words.GroupsNoRooms
		}
		return page.Brief{Lead: lead, Body: d.chooseBody(facts, was), Do: func(f parts.Form) (page.Outcome, error) {
			return d.chosen(facts, was, f)
		}}, nil
	})
}

func (d desk) chooseBody(facts courses.GroupFacts, was courses.Grouping) parts.Form {
	from, until := was.From, was.Until
	if from == "" {
		from = data.DayText(data.StoredDay(data.DayOf(d.S.Now())).AddDate(0, 0, 14))
	}
	school := parts.Field{Name: "school", Label: words.GroupsSchool, Kind: parts.Choice, Need: true, Value: strconv.FormatBool(was.School),
		Options: []parts.Option{{Value: "false", Label: d.S.T(words.GroupsNo)}, {Value: "true", Label: d.S.T(words.GroupsYes)}}}
	return parts.NewForm(words.GroupsToPlan, d.coursesField(facts, was), d.roomsField(facts, was),
		parts.Field{Name: "slots", Label: words.GroupsTimes, Hint: words.GroupsTimesHint, Max: 200, Value: d.timesOf(was),
			Check: func(text string) error { return inField("slots", second(coursewords.ReadWeekTimes(text))) }},
		d.trainersField(facts, was),
		parts.Field{Name: "from", Label: words.GroupsFrom, Kind: parts.Day, Need: true, Value: from},
		parts.Field{Name: "until", Label: words.GroupsUntil, Hint: words.GroupsUntilHint, Kind: parts.Day, Value: until}, school)
}

// coursesField lets tick courses that people need, with how many do; all of them at first.
func (d desk) coursesField(facts courses.GroupFacts, was courses.Grouping) parts.Field {
	f := parts.Field{Name: "courses", Label: words.GroupsCourses, Kind: parts.Many, Need: true}
	var on []string
	for _, n := range facts.Needs {
		if slices.ContainsFunc(f.Options, func(o parts.Option) bool { return o.Value == n.CourseID }) {
			continue
		}
		c, count := facts.Courses[n.CourseID], 0
		for _, o := range facts.Needs {
			if o.CourseID == c.ID {
				count++
			}
		}
		f.Options = append(f.Options, parts.Option{Value: c.ID, Label: d.S.T(words.GroupsCourseOption, "title", c.Title, "n", count)})
		if was.Version == 0 || slices.Contains(was.Courses, c.ID) {
			on = append(on, c.ID)
		}
	}
	f.Value = strings.Join(on, "\n")
	return f
}

// roomsField lets tick rooms: those of the plan before, or those with PCs for a group.
func (d desk) roomsField(facts courses.GroupFacts, was courses.Grouping) parts.Field {
	f := parts.Field{Name: "rooms", Label: words.GroupsRooms, Kind: parts.Many, Need: true}
	var all []courses.Room
	for _, r := range facts.Rooms {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b courses.Room) int {
		return strings.Compare(data.SortKey(a.Location+" "+a.Name)+a.ID, data.SortKey(b.Location+" "+b.Name)+b.ID)
	})
	least := 0 // of the smallest group
	for _, n := range facts.Needs {
		if c := facts.Courses[n.CourseID]; least == 0 || c.Least < least {
			least = c.Least
		}
	}
	var on []string
	for _, r := range all {
		f.Options = append(f.Options, parts.Option{Value: r.ID, Label: d.S.T(words.GroupsRoomOption, "location", r.Location, "room", r.Name, "n", r.ForLessons())})
		used := slices.ContainsFunc(was.Slots, func(s courses.GroupSlot) bool { return s.Room == r.ID })
		if used || was.Version == 0 && r.PCs > 0 && r.ForLessons() >= least {
			on = append(on, r.ID)
		}
	}
	f.Value = strings.Join(on, "\n")
	return f
}

// trainersField lets tick who could give the lessons: who gave some before, or everybody.
func (d desk) trainersField(facts courses.GroupFacts, was courses.Grouping) parts.Field {
	f := parts.Field{Name: "trainers", Label: words.GroupsTrainers, Hint: words.GroupsTrainersHint, Kind: parts.Many}
	var all []courses.Trainer
	for _, t := range facts.Trainers {
		if t.EndedOn == "" || t.EndedOn >= data.DayOf(d.S.Now()) {
			all = append(all, t)
		}
	}
	slices.SortFunc(all, func(a, b courses.Trainer) int {
		return strings.Compare(data.SortKey(a.Name)+a.ID, data.SortKey(b.Name)+b.ID)
	})
	var on []string
	for _, t := range all {
		f.Options = append(f.Options, parts.Option{Value: t.ID, Label: t.Name})
		if was.Version == 0 || slices.Contains(was.Trainers, t.ID) {
			on = append(on, t.ID)
		}
	}
	f.Value = strings.Join(on, "\n")
	return f
}

// timesOf writes the times of a plan, each once.
func (d desk) timesOf(was courses.Grouping) string {
	var all []string
	for _, s := range was.Slots {
		if text := coursewords.WeekTime(d.S.Lang(), s.Day, s.From); !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return strings.Join(all, ", ")
}

// chosen makes groups of what was filled in.
func (d desk) chosen(facts courses.GroupFacts, was courses.Grouping, f parts.Form) (page.Outcome, error) {
	times, err := coursewords.ReadWeekTimes(f.Value("slots"))
	if err != nil {
		return page.Outcome{}, inField("slots", err)
	}
	g := was
	g.Courses, g.Trainers, g.From, g.Until, g.School = f.Values("courses"), f.Values("trainers"), f.Value("from"), f.Value("until"), f.Value("school") == "true"
	if g.Slots = courses.SlotsAt(f.Values("rooms"), times); len(times) == 0 {
		g.Slots = facts.Propose(g.Courses, f.Values("rooms"))
	}
	if g.From <= data.DayOf(d.S.Now()) {
		return page.Outcome{}, &data.Invalid{Field: "from", Why: courses.WhyPast}
	}
	made, err := d.Store.PlanGroups(d.ctx(), d.By(), g)
	if err != nil {
		return page.Outcome{}, err
	}
	return page.Outcome{Said: words.GroupsPlanned, Args: []any{"n", len(made.Plan.Groups)}}, nil // the plan is below
}

// cover asks how many people of each service must stay at work.
func (d desk) cover(g courses.Grouped) shell.Screen {
	return page.NewTask(d.S, words.GroupsCoverTitle, words.GroupsPlanning, func() (page.Brief, error) {
		var fields []parts.Field
		of := servicesOf(g.Facts)
		for _, id := range of {
			s := g.Facts.Services[id]
			f := parts.Field{Name: id, Label: words.Key(parts.Plain(s.Name)), Hint: words.Key(d.S.T(words.GroupsCoverHint, "n", len(s.People), "full", s.Full)), Kind: parts.Number, Low: 0, High: float64(len(s.People))}
			if n := g.Cover[id]; n > 0 {
				f.Value = strconv.Itoa(n)
			}
			fields = append(fields, f)
		}
		lead := words.GroupsCoverLead
		if len(of) == 0 {
			lead = words.GroupsCoverNone
		}
		return page.Brief{Lead: lead, Body: parts.NewForm(words.GroupsAnew, fields...), Do: func(f parts.Form) (page.Outcome, error) {
			next := g.Grouping
			next.Cover = map[string]int{}
			for _, id := range of {
				n, err := strconv.Atoi(f.Value(id))
				if err != nil && f.Value(id) != "" {
					return page.Outcome{}, &data.Invalid{Field: id, Why: data.WhyNumber, Got: f.Value(id)}
				}
				if n > 0 {
					next.Cover[id] = n
				}
			}
			return d.remake(next)
		}}, nil
	})
}

// servicesOf are the services of people with a need, by name.
func servicesOf(facts courses.GroupFacts) (all []string) {
	for id, s := range facts.Services {
		if slices.ContainsFunc(facts.Needs, func(n courses.Need) bool { return n.PersonID != "" && slices.Contains(s.People, n.PersonID) }) {
			all = append(all, id)
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		return strings.Compare(data.SortKey(facts.Services[a].Name)+a, data.SortKey(facts.Services[b].Name)+b)
	})
	return all
}
