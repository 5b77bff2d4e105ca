// Package groups is where the coordinator sees what people should learn (leernoden), types a need, takes needs from the
// assessment, and makes groups of them: a plan that is kept while it is made, changed by hand, and turned into draft series
// with its people in them. Planning a series by hand and enrolling are for other rooms.
package groups

import (
	"context"
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

	tea "charm.land/bubbletea/v2"
)

// Room is the list of needs, for the palette and shell.GoMsg; PlanRoom is the plan of groups.
const (
	Room     shell.Room = "needs"
	PlanRoom shell.Room = "groups"
)

// Desk is what the room works with. Only Store must be there.
type Desk struct {
	Store *courses.Store
	// Levels gives the newest levels of people: no single answers. nil: nothing is measured here.
	Levels func(ctx context.Context, by data.Actor) ([]courses.Measured, error)
	Loop   func(s *shell.Session, course string) shell.Screen // what became of the needs for a course; nil: there is no key for it
	Series shell.Room                                         // where drafts are worked on; empty: there is no key for it
}

// desk is a Desk at work for one visit.
type desk struct {
	Desk
	page.Page // that loads nothing: session, language, who acts
}

func at(s *shell.Session, d Desk) desk { return desk{d, page.Still(s)} }

func (d desk) ctx() context.Context { return d.S.Ctx }

// New opens the open needs.
func New(s *shell.Session, of Desk) shell.Screen { return at(s, of).needs(false) }

// needs lists the needs by course; closed ones too, where asked.
func (d desk) needs(all bool) shell.Screen {
	title, none := words.GroupsNeedsTitle, words.GroupsNeedsNone
	if all {
		title, none = words.GroupsAllTitle, words.GroupsAllNone
	}
	return page.NewSheet(d.S, page.Sheeted[[]courses.Need]{
		Title: func([]courses.Need) string { return d.S.T(title) },
		Doing: words.GroupsLoading,
		Load:  func() ([]courses.Need, error) { return d.Store.Needs(d.ctx(), d.By(), all) },
		Top: func(p page.Page, found []courses.Need) []string {
			if len(found) == 0 {
				return nil
			}
			return d.quiet(p, d.count(found))
		},
		Columns: []parts.Column{{Title: words.GroupsColWho, Min: 16, Grow: 2}, {Title: words.GroupsColCourse, Min: 18, Grow: 3}, {Title: words.GroupsColWhen, Min: 10, Grow: 1, Drop: 2},
			{Title: words.GroupsColService, Min: 11, Grow: 1, Drop: 3}, {Title: words.GroupsColSource, Min: 12, Drop: 1}, {Title: words.GroupsColState, Min: 9}},
		Rows: func(found []courses.Need) []parts.Row {
			rows := make([]parts.Row, len(found))
			for i, n := range found {
				rows[i] = parts.Row{ID: n.ID, Cells: []string{d.name(n.Participant), n.Course, coursewords.When(d.S.Lang(), n.Slots), orDash(n.Service), d.source(n.Source), d.stands(n)}}
			}
			return rows
		},
		Foot: func(found []courses.Need, id string) string {
			n, _ := pick(found, func(n courses.Need) bool { return n.ID == id })
			return d.needFoot(n)
		},
		None: none, Filter: true, Opens: words.GroupsOpen,
		Open: func(found []courses.Need, id string) tea.Cmd {
			n, _ := pick(found, func(n courses.Need) bool { return n.ID == id })
			return shell.Open(d.need(n))
		},
		Ways: func(found []courses.Need, id string) []page.Way {
			n, _ := pick(found, func(n courses.Need) bool { return n.ID == id })
			return d.needsWays(all, n)
		},
	})
}

// needFoot says all of a row, where cells are cut or left out.
func (d desk) needFoot(n courses.Need) string {
	when := coursewords.When(d.S.Lang(), n.Slots)
	if n.Service != "" {
		when += "; " + n.Service
	}
	return d.S.T(words.GroupsNeedFoot, "course", n.Course, "when", when)
}

func (d desk) needsWays(all bool, n courses.Need) []page.Way {
	ways := []page.Way{{Key: d.Letter("n", words.GroupsAdd), Open: func() shell.Screen { return d.who() }},
		{Key: d.Letter("g", words.GroupsMake), Open: func() shell.Screen { return d.planned() }}}
	if d.Levels != nil {
		ways = append(ways, page.Way{Key: d.Letter("k", words.GroupsMeasured), Open: func() shell.Screen { return d.target() }})
	}
	ways = append(ways, d.loopWay(n)...)
	if n.ID != "" && n.ClosedOn == "" {
		ways = append(ways, d.closeWay(n))
	}
	if !all {
		ways = append(ways, page.Way{Key: d.Letter("a", words.GroupsToAll), Open: func() shell.Screen { return d.needs(true) }})
	}
	return ways
}

// loopWay leads from a need to what became of all needs for its course.
func (d desk) loopWay(n courses.Need) []page.Way {
	if d.Loop == nil || n.ID == "" {
		return nil
	}
	return []page.Way{{Key: d.Letter("l", words.GroupsLoop), Open: func() shell.Screen { return d.Loop(d.S, n.CourseID) }}}
}

func (d desk) closeWay(n courses.Need) page.Way {
	return page.Way{Key: d.Del(words.GroupsClose), Open: func() shell.Screen { return d.close(n) }}
}

// count says how many needs there are, and how many of them have no place yet.
func (d desk) count(found []courses.Need) string {
	open, loose := 0, 0
	for _, n := range found {
		if n.ClosedOn == "" {
			open++
			if !n.Met() {
				loose++
			}
		}
	}
	return d.S.T(words.GroupsCount, "n", open, "loose", loose)
}

// need is one need in full: of who, for what, and what became of it. How far somebody got in the assessment isn't said.
func (d desk) need(n courses.Need) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[courses.Need]{
		Title: func(courses.Need) string { return d.name(n.Participant) },
		Doing: words.GroupsLoading,
		Load: func() (courses.Need, error) {
			found, err := d.Store.Needs(d.ctx(), d.By(), true)
			if err != nil {
				return courses.Need{}, err
			}
			now, ok := pick(found, func(o courses.Need) bool { return o.ID == n.ID })
			if !ok {
				return now, data.ErrNotFound
			}
			return now, nil
		},
		Top:  func(p page.Page, n courses.Need) []string { return d.needFacts(p, n) },
		Rows: func(courses.Need) []parts.Row { return nil }, None: words.GroupsNeedBelow,
		Ways: func(n courses.Need, _ string) []page.Way {
			ways := d.loopWay(n)
			if n.ID != "" && n.ClosedOn == "" {
				ways = append(ways, d.closeWay(n))
			}
			return ways
		},
	})
}

func (d desk) needFacts(p page.Page, n courses.Need) []string {
	facts := []page.Fact{page.Named(words.GroupsColCourse, n.Course)}
	if n.Source != courses.FromAssessment {
		facts = append(facts, page.Named(words.GroupsLevels, strconv.Itoa(n.Levels)))
	}
	facts = append(facts, page.Named(words.GroupsColWhen, coursewords.When(d.S.Lang(), n.Slots)), page.Named(words.GroupsColSource, d.source(n.Source)),
		page.Named(words.GroupsSince, p.Day(data.DayOf(n.Since))))
	if n.Service != "" {
		facts = append(facts, page.Named(words.GroupsColService, n.Service))
	}
	facts = append(facts, page.Named(words.GroupsColState, d.stands(n)))
	if n.Series != "" {
		facts = append(facts, page.Named(words.GroupsSeries, n.Series))
	}
	if n.Why != "" {
		facts = append(facts, page.Named(words.GroupsReason, n.Why))
	}
	return append([]string{p.Headline(d.name(n.Participant)), ""}, p.Facts(facts...)...)
}

// close asks why a need ends without a course.
func (d desk) close(n courses.Need) shell.Screen {
	return page.NewTask(d.S, words.GroupsCloseTitle, words.GroupsSaving, func() (page.Brief, error) {
		return page.Brief{Lead: words.GroupsCloseLead, Head: []page.Fact{page.Named(words.GroupsColWho, d.name(n.Participant)), page.Named(words.GroupsColCourse, n.Course)},
			Body: parts.NewForm(words.GroupsClose, parts.Field{Name: "reason", Label: words.GroupsReason, Hint: words.GroupsReasonHint, Need: true, Max: 200}),
			Do: func(f parts.Form) (page.Outcome, error) {
				return page.Outcome{Said: words.GroupsClosed, Args: []any{"name", d.name(n.Participant)}}, d.Store.CloseNeed(d.ctx(), d.By(), n.ID, f.Value("reason"))
			}}, nil
	})
}

// stands says how it stands with a need, in one or two words.
func (d desk) stands(n courses.Need) string {
	switch {
	case n.ClosedOn != "":
		return d.S.T(words.GroupsStateClosed)
	case !n.Met():
		return d.S.T(words.GroupsStateOpen)
	case n.State == courses.AwaitsHead:
		return d.S.T(words.GroupsStateHead)
	case n.State == courses.Booked:
		return d.S.T(words.GroupsStateIn)
	}
	return d.S.T(words.GroupsStateWaits)
}

func (d desk) source(s courses.NeedSource) string {
	switch s {
	case courses.FromAssessment:
		return d.S.T(words.GroupsFromAssessment)
	case courses.FromPerson:
		return d.S.T(words.GroupsFromPerson)
	}
	return d.S.T(words.GroupsFromCoordinator)
}

// name is who a need is of; who was unlinked has none.
func (d desk) name(name string) string {
	if strings.TrimSpace(name) == "" {
		return d.S.T(words.GroupsNoName)
	}
	return name
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// quiet are lines that explain.
func (d desk) quiet(p page.Page, texts ...string) []string {
	lines := p.Paragraphs(texts...)
	for i, line := range lines {
		lines[i] = d.S.Theme().Quiet.Render(line)
	}
	return lines
}

func pick[T any](all []T, is func(T) bool) (one T, ok bool) {
	at := slices.IndexFunc(all, is)
	if at < 0 {
		return one, false
	}
	return all[at], true
}
