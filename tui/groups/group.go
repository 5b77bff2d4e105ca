package groups

import (
	"slices"
	"strconv"
	"strings"

	"digibrug/courses"
	"digibrug/courses/plan"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// grouped is one group with its plan, and what the series doctor finds of its lessons.
type grouped struct {
	courses.Grouped
	one     plan.Group
	lessons []courses.Session
	found   []courses.Finding
}

// group shows who is in a group, and its lessons.
func (d desk) group(slot string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[grouped]{
		Title:   func(g grouped) string { return orDash(groupName(g.Grouped, g.one)) },
		Doing:   words.GroupsLoading,
		Load:    func() (grouped, error) { return d.readGroup(slot) },
		Columns: []parts.Column{{Title: words.GroupsColWho, Min: 20, Grow: 2}, {Title: words.GroupsColService, Min: 14, Grow: 1}, {Title: words.GroupsColWhen, Min: 14, Grow: 1, Drop: 1}},
		Rows: func(g grouped) (rows []parts.Row) {
			for _, id := range g.one.People {
				n, _ := pick(g.Facts.Needs, func(n courses.Need) bool { return n.ParticipantID == id && n.CourseID == g.one.Course })
				rows = append(rows, parts.Row{ID: id, Cells: []string{d.person(g.Grouped, id), orDash(n.Service), coursewords.When(d.S.Lang(), n.Slots)}})
			}
			return rows
		},
		Top: d.groupTop, None: words.GroupsEmptied, Opens: words.GroupsMove,
		Open: func(g grouped, id string) tea.Cmd {
			return shell.Open(d.place(courses.Seat{Participant: id, Course: g.one.Course}))
		},
		Ways: func(g grouped, id string) []page.Way {
			if g.one.Slot == "" {
				return nil
			}
			ways := []page.Way{d.lockWay(g.Grouped, slot)}
			if id != "" {
				ways = append(ways, d.outWay(g.Grouped, courses.Seat{Participant: id, Course: g.one.Course}))
			}
			return ways
		},
	})
}

func (d desk) readGroup(slot string) (g grouped, err error) {
	if g.Grouped, err = d.Store.Grouping(d.ctx(), d.By()); err != nil {
		return g, err
	}
	there := false
	if g.one, there = g.Group(slot); !there { // whoever was in it moved
		return g, nil
	}
	if g.lessons, err = g.Facts.Lessons(g.GroupingAsk, g.one); err != nil {
		return g, err
	}
	s, _ := slotOf(g.Grouped, slot)
	g.found, err = d.Store.Examine(d.ctx(), d.By(), g.Facts.Rooms[s.Room].LocationID, len(g.one.People), g.lessons, "")
	return g, err
}

func (d desk) groupTop(p page.Page, g grouped) []string {
	if len(g.lessons) == 0 {
		return nil
	}
	s, _ := slotOf(g.Grouped, g.one.Slot)
	var days []string
	for _, x := range g.lessons {
		days = append(days, words.ShortDay(d.S.Lang(), x.Day)[:5])
	}
	first := g.lessons[0]
	lines := p.Facts(page.Named(words.GroupsLessons, d.S.T(words.GroupsLessonsLine, "n", len(g.lessons), "time", coursewords.WeekTime(d.S.Lang(), s.Day, s.From),
		"until", words.Hour(d.S.Lang(), first.To), "days", strings.Join(days, ", "))),
		page.Named(words.GroupsColRoom, first.Room), page.Named(words.GroupsColTrainer, orDash(g.Facts.Trainers[g.one.Trainer].Name)),
		page.Named(words.GroupsColPeople, strconv.Itoa(len(g.one.People))+"/"+strconv.Itoa(d.most(g.Grouped, g.one))))
	for _, f := range g.found {
		if f.Fault != courses.FaultNoTrainer {
			lines = append(lines, p.Paragraphs("! "+coursewords.Finding(d.S.Lang(), f))...)
		}
	}
	if g.IsLocked(g.one.Slot) {
		lines = append(lines, d.quiet(p, d.S.T(words.GroupsLockedLine))...)
	}
	return lines
}

// outWay gives somebody no place this time.
func (d desk) outWay(g courses.Grouped, seat courses.Seat) page.Way {
	return page.Way{Key: d.Letter("n", words.GroupsOut), Doing: words.GroupsPlanning, Do: func() (page.Outcome, error) {
		out, err := d.moved(g, seat, "")
		out.Back = false
		return out, err
	}}
}

// place lets choose where somebody goes: a group of the course, or a time that is still free.
func (d desk) place(seat courses.Seat) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[courses.Grouped]{
		Title: func(g courses.Grouped) string {
			return d.S.T(words.GroupsPlaceTitle, "name", d.person(g, seat.Participant))
		},
		Doing: words.GroupsLoading,
		Load:  func() (courses.Grouped, error) { return d.Store.Grouping(d.ctx(), d.By()) },
		Columns: []parts.Column{{Title: words.GroupsColGroup, Min: 24, Grow: 2}, {Title: words.GroupsColTime, Min: 11}, {Title: words.GroupsColRoom, Min: 14, Grow: 1, Drop: 1},
			{Title: words.GroupsColPeople, Min: 8}},
		Rows: func(g courses.Grouped) []parts.Row { return d.places(g, seat) },
		Top: func(p page.Page, g courses.Grouped) []string {
			return d.quiet(p, d.S.T(words.GroupsPlaceLead, "course", g.Facts.Courses[seat.Course].Title))
		},
		None: words.GroupsPlaceNone,
		Ways: func(g courses.Grouped, slot string) (ways []page.Way) {
			if slot != "" {
				ways = append(ways, page.Way{Key: d.Enter(words.GroupsPlace), Doing: words.GroupsPlanning, Do: func() (page.Outcome, error) { return d.moved(g, seat, slot) }})
			}
			if !slices.Contains(g.Out, seat) && g.Version > 0 {
				ways = append(ways, page.Way{Key: d.Letter("n", words.GroupsOut), Doing: words.GroupsPlanning, Do: func() (page.Outcome, error) { return d.moved(g, seat, "") }})
			}
			return ways
		},
	})
}

// places are the groups of a course, the own one last known with a star, and the times that can still be used.
func (d desk) places(g courses.Grouped, seat courses.Seat) (rows []parts.Row) {
	var free []parts.Row
	for _, s := range g.Slots {
		one, taken := g.Group(s.ID())
		row := parts.Row{ID: s.ID(), Cells: []string{d.S.T(words.GroupsNewGroup), coursewords.WeekTime(d.S.Lang(), s.Day, s.From), g.Facts.Rooms[s.Room].Name, "-"}}
		switch {
		case taken && one.Course != seat.Course:
		case taken:
			row.Cells[0], row.Cells[3] = groupName(g, one), strconv.Itoa(len(one.People))+"/"+strconv.Itoa(d.most(g, one))
			if slices.Contains(one.People, seat.Participant) {
				row.Cells[0] = "* " + row.Cells[0]
			}
			rows = append(rows, row)
		case !slices.ContainsFunc(g.Shut, func(f courses.SlotFault) bool { return f.Slot == s }):
			free = append(free, row)
		}
	}
	return append(rows, free...)
}

// moved moves somebody and plans around that.
func (d desk) moved(g courses.Grouped, seat courses.Seat, slot string) (page.Outcome, error) {
	made, err := d.Store.PlanGroups(d.ctx(), d.By(), g.Move(seat, slot))
	if err != nil {
		return page.Outcome{}, d.told(g, err)
	}
	said := words.GroupsMoved
	if slot == "" {
		said = words.GroupsOutNow
	}
	return page.Outcome{Said: said, Args: []any{"name", d.person(g, seat.Participant), "time", d.slotName(made, slot), "n", len(made.Changes)}, Back: true}, nil
}

// changes lists who has another place than in the plan before, and which times can't be used and why.
func (d desk) changes() shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[courses.Grouped]{
		Title: func(courses.Grouped) string { return d.S.T(words.GroupsChangesTitle) },
		Doing: words.GroupsLoading,
		Load:  func() (courses.Grouped, error) { return d.Store.Grouping(d.ctx(), d.By()) },
		Columns: []parts.Column{{Title: words.GroupsColWhat, Min: 20, Grow: 1}, {Title: words.GroupsColCourse, Min: 16, Grow: 1, Drop: 1}, {Title: words.GroupsColWas, Min: 12, Grow: 1, Drop: 2},
			{Title: words.GroupsColBecomes, Min: 22, Grow: 3}},
		Rows: func(g courses.Grouped) (rows []parts.Row) {
			for i, c := range g.Changes {
				to := d.S.T(words.GroupsNoPlace)
				if c.To != "" {
					to = d.slotName(g, c.To)
				}
				rows = append(rows, parts.Row{ID: strconv.Itoa(i), Cells: []string{d.person(g, c.Person), g.Facts.Courses[c.Course].Title, d.slotName(g, c.From), to}})
			}
			for _, f := range g.Shut {
				rows = append(rows, parts.Row{ID: f.Slot.ID(), Cells: []string{d.slotName(g, f.Slot.ID()), "-", "-", coursewords.Finding(d.S.Lang(), f.Finding)}})
			}
			return rows
		},
		Foot: func(g courses.Grouped, row string) string {
			if f, is := pick(g.Shut, func(f courses.SlotFault) bool { return f.Slot.ID() == row }); is {
				return d.S.T(words.GroupsShutFoot, "time", d.slotName(g, row), "why", coursewords.Finding(d.S.Lang(), f.Finding))
			}
			return ""
		},
		None: words.GroupsChangesNone,
	})
}
