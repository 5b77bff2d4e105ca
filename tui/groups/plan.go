package groups

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"digibrug/courses"
	"digibrug/courses/plan"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// NewPlan opens the plan of groups that is in the making, or asks what to make groups of.
func NewPlan(s *shell.Session, of Desk) shell.Screen { return at(s, of).planned() }

// Rows of the plan begin with what they are: a group, somebody without a place, somebody who gets none this time.
const (
	rowGroup = "group "
	rowLeft  = "left "
	rowOut   = "out "
)

// planned shows the groups: first what is short, then each group, then who has no place and what could help.
func (d desk) planned() shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[courses.Grouped]{
		Title: func(courses.Grouped) string { return d.S.T(words.GroupsPlanTitle) },
		Doing: words.GroupsLoading,
		Load:  func() (courses.Grouped, error) { return d.Store.Grouping(d.ctx(), d.By()) },
		Columns: []parts.Column{{Title: words.GroupsColNumber, Min: 2, Right: true}, {Title: words.GroupsColGroup, Min: 18, Grow: 3}, {Title: words.GroupsColTime, Min: 11}, {Title: words.GroupsColRoom, Min: 13, Grow: 1, Drop: 3},
			{Title: words.GroupsColTrainer, Min: 13, Grow: 1, Drop: 2}, {Title: words.GroupsColPeople, Min: 7}, {Title: words.GroupsColNote, Min: 6, Grow: 3, Drop: 1}},
		Rows: d.planRows,
		Top:  d.planTop,
		Foot: d.planFoot,
		None: words.GroupsPlanNone, Opens: words.GroupsOpen,
		Open: func(g courses.Grouped, row string) tea.Cmd { return shell.Open(d.openRow(g, row)) },
		Ways: d.planWays,
	})
}

func (d desk) planRows(g courses.Grouped) (rows []parts.Row) {
	if g.Version == 0 {
		return nil
	}
	for _, one := range g.Plan.Groups {
		note := ""
		if g.IsLocked(one.Slot) {
			note = d.S.T(words.GroupsLocked)
		}
		s, _ := slotOf(g, one.Slot)
		rows = append(rows, parts.Row{ID: rowGroup + one.Slot, Cells: []string{strings.TrimSpace(courses.GroupName(one, "")), g.Facts.Courses[one.Course].Title, coursewords.WeekTime(d.S.Lang(), s.Day, s.From), g.Facts.Rooms[s.Room].Name,
			orDash(g.Facts.Trainers[one.Trainer].Name), strconv.Itoa(len(one.People)) + "/" + strconv.Itoa(d.most(g, one)), note}})
	}
	for _, u := range g.Plan.Unplaced {
		why, _ := coursewords.Unplaced(d.S.Lang(), u, d.names(g))
		rows = append(rows, parts.Row{ID: rowLeft + u.Person + " " + u.Course, Cells: []string{"-", d.person(g, u.Person), d.S.T(words.GroupsNoPlace), "", "", "-", why}})
	}
	for _, s := range g.Out {
		rows = append(rows, parts.Row{ID: rowOut + s.Participant + " " + s.Course, Cells: []string{"-", d.person(g, s.Participant), d.S.T(words.GroupsNotNow), "", "", "-", g.Facts.Courses[s.Course].Title}})
	}
	return rows
}

// planTop says what is short, what was lost, and how old the plan is.
func (d desk) planTop(p page.Page, g courses.Grouped) (lines []string) {
	if g.Version == 0 {
		return nil
	}
	for _, s := range g.Short {
		lines = append(lines, p.Paragraphs("! "+d.S.T(words.GroupsShort, "course", g.Facts.Courses[s.Course].Title, "n", s.People, "placed", s.Placed))...)
	}
	for _, o := range g.Lost {
		lines = append(lines, p.Paragraphs("! "+d.S.T(words.GroupsLost, "group", groupName(g, o), "time", d.slotName(g, o.Slot)))...)
	}
	for _, gone := range d.gone(g) {
		lines = append(lines, p.Paragraphs("! "+gone)...)
	}
	texts := []string{d.S.T(words.GroupsPlanLine, "n", placed(g), "groups", len(g.Plan.Groups), "moment", p.Moment(g.ChangedAt), "name", g.ChangedBy)}
	if n := len(g.Changes); n > 0 {
		texts = append(texts, d.S.T(words.GroupsChangedLine, "n", n))
	}
	if n := len(g.Shut); n > 0 {
		texts = append(texts, d.S.T(words.GroupsShutLine, "n", n, "all", len(g.Slots)))
	}
	return append(lines, d.quiet(p, strings.Join(texts, " "))...)
}

// gone says whose group can't be made as it stands: who is in it needs the course no more, or has a place elsewhere.
func (d desk) gone(g courses.Grouped) (said []string) {
	for _, one := range g.Plan.Groups {
		for _, id := range one.People {
			if !slices.ContainsFunc(g.Facts.Needs, func(n courses.Need) bool { return n.ParticipantID == id && n.CourseID == one.Course }) {
				said = append(said, d.S.T(words.GroupsGone, "name", d.person(g, id), "group", groupName(g, one)))
			}
		}
	}
	return said
}

// planFoot says all of the row: the people of a group, or what could help somebody.
func (d desk) planFoot(g courses.Grouped, row string) string {
	if slot, is := strings.CutPrefix(row, rowGroup); is {
		one, _ := g.Group(slot)
		var names []string
		for _, id := range one.People {
			names = append(names, d.person(g, id))
		}
		return d.S.T(words.GroupsMembers, "names", strings.Join(names, ", "))
	}
	if u, is := leftOf(g, row); is {
		why, remedy := coursewords.Unplaced(d.S.Lang(), u, d.names(g))
		if remedy == "" {
			return d.S.T(words.GroupsLeftFoot, "course", g.Facts.Courses[u.Course].Title, "why", why)
		}
		return d.S.T(words.GroupsLeftHelp, "course", g.Facts.Courses[u.Course].Title, "why", why, "remedy", remedy)
	}
	if seat, is := outOf(g, row); is {
		return d.S.T(words.GroupsOutFoot, "course", g.Facts.Courses[seat.Course].Title)
	}
	return ""
}

func (d desk) planWays(g courses.Grouped, row string) []page.Way {
	if g.Version == 0 {
		return []page.Way{{Key: d.Enter(words.GroupsBegin), Open: func() shell.Screen { return d.choose(courses.Grouping{}) }}}
	}
	var ways []page.Way
	if len(g.Plan.Groups) > 0 {
		ways = append(ways, page.Way{Key: d.Letter("t", words.GroupsApply), Doing: words.GroupsApplying,
			Ask: page.Question{Ask: words.GroupsApplyAsk, Yes: words.GroupsApplyYes, Args: []any{"n", len(g.Plan.Groups), "people", placed(g)}},
			Do:  func() (page.Outcome, error) { return d.apply(g) }})
	}
	if slot, is := strings.CutPrefix(row, rowGroup); is {
		ways = append(ways, d.lockWay(g, slot))
	}
	ways = append(ways, page.Way{Key: d.Letter("m", words.GroupsAnew), Doing: words.GroupsPlanning, Do: func() (page.Outcome, error) {
		out, err := d.remake(g.Grouping)
		out.Back = false
		return out, err
	}},
		page.Way{Key: d.Letter("w", words.GroupsChange), Open: func() shell.Screen { return d.choose(g.Grouping) }},
		page.Way{Key: d.Letter("b", words.GroupsCover), Open: func() shell.Screen { return d.cover(g) }})
	if len(g.Changes)+len(g.Shut) > 0 {
		ways = append(ways, page.Way{Key: d.Letter("c", words.GroupsWhatChanged), Open: func() shell.Screen { return d.changes() }})
	}
	return append(ways, page.Way{Key: d.Del(words.GroupsDrop), Doing: words.GroupsSaving, Ask: page.Question{Ask: words.GroupsDropAsk, Yes: words.GroupsDropYes},
		Do: func() (page.Outcome, error) {
			return page.Outcome{Said: words.GroupsDropped, Back: true}, d.Store.DropGrouping(d.ctx(), d.By(), g.Version)
		}})
}

// lockWay fixes a group as it is, or lets it go again. That alone makes no other plan.
func (d desk) lockWay(g courses.Grouped, slot string) page.Way {
	does, said := words.GroupsLock, words.GroupsLockedNow
	if g.IsLocked(slot) {
		does, said = words.GroupsUnlock, words.GroupsUnlockedNow
	}
	return page.Way{Key: d.Letter("v", does), Doing: words.GroupsPlanning, Do: func() (page.Outcome, error) {
		one, _ := g.Group(slot)
		_, err := d.Store.PlanGroups(d.ctx(), d.By(), g.Lock(slot, !g.IsLocked(slot)))
		return page.Outcome{Said: said, Args: []any{"group", groupName(g, one)}}, d.told(g, err)
	}}
}

// remake plans anew, and tells how many have another place.
func (d desk) remake(g courses.Grouping) (page.Outcome, error) {
	made, err := d.Store.PlanGroups(d.ctx(), d.By(), g)
	if err != nil {
		return page.Outcome{}, d.told(courses.Grouped{Grouping: g, Facts: made.Facts}, err)
	}
	if n := len(made.Changes); n > 0 {
		return page.Outcome{Said: words.GroupsRemadeOther, Args: []any{"n", n}, Warn: true, Back: true}, nil
	}
	return page.Outcome{Said: words.GroupsRemade, Back: true}, nil
}

// told puts the names of slots into bad input: the domain has no words for them.
func (d desk) told(g courses.Grouped, err error) error {
	var bad *data.Invalid
	if !errors.As(err, &bad) {
		return err
	}
	named := *bad
	for _, text := range []*string{&named.Got, &named.Want} {
		if _, is := slotOf(g, *text); is {
			*text = d.slotName(g, *text)
		}
	}
	return &named
}

func (d desk) openRow(g courses.Grouped, row string) shell.Screen {
	if slot, is := strings.CutPrefix(row, rowGroup); is {
		return d.group(slot)
	}
	if u, is := leftOf(g, row); is {
		return d.place(courses.Seat{Participant: u.Person, Course: u.Course})
	}
	seat, _ := outOf(g, row)
	return d.place(seat)
}

func leftOf(g courses.Grouped, row string) (plan.Unplaced, bool) {
	return pick(g.Plan.Unplaced, func(u plan.Unplaced) bool { return rowLeft+u.Person+" "+u.Course == row })
}

func outOf(g courses.Grouped, row string) (courses.Seat, bool) {
	return pick(g.Out, func(s courses.Seat) bool { return rowOut+s.Participant+" "+s.Course == row })
}

func slotOf(g courses.Grouped, id string) (courses.GroupSlot, bool) {
	return pick(g.Slots, func(s courses.GroupSlot) bool { return s.ID() == id })
}

func placed(g courses.Grouped) (n int) {
	for _, one := range g.Plan.Groups {
		n += len(one.People)
	}
	return n
}

// most is how many a group can hold.
func (d desk) most(g courses.Grouped, one plan.Group) int {
	s, _ := slotOf(g, one.Slot)
	most := g.Facts.Courses[one.Course].Most
	if places := g.Facts.Rooms[s.Room].ForLessons(); places > 0 {
		most = min(most, places)
	}
	return most
}

func groupName(g courses.Grouped, one plan.Group) string {
	return courses.GroupName(one, g.Facts.Courses[one.Course].Title)
}

// slotName is a time of the week with its room.
func (d desk) slotName(g courses.Grouped, id string) string {
	s, ok := slotOf(g, id)
	if !ok {
		return d.S.T(words.GroupsNoSlot)
	}
	return coursewords.WeekTime(d.S.Lang(), s.Day, s.From) + ", " + g.Facts.Rooms[s.Room].Name
}

// person is the name of a participant of the plan, also of one whose need is closed by now.
func (d desk) person(g courses.Grouped, id string) string {
	return d.name(g.Facts.Names[id])
}

// names gives what the ids of a plan are called.
func (d desk) names(g courses.Grouped) func(string) string {
	return func(id string) string {
		if c, is := g.Facts.Courses[id]; is {
			return c.Title
		}
		if _, is := slotOf(g, id); is {
			return d.slotName(g, id)
		}
		return d.person(g, id)
	}
}
