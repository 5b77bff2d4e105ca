package main

import (
	"maps"
	"slices"
	"strings"

	grouping "digibrug/courses/plan" // plan is a test of a campaign here
	"digibrug/tui/coursewords"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
)

func (c *cli) coursePlan() *cobra.Command {
	cmd := &cobra.Command{Use: "plan", Short: nl.T(words.CourseplanPlan), Long: nl.T(words.CourseplanPlanLong), Args: takes(0, 0)}
	name := cmd.Flags().String("file", "", nl.T(words.CourseplanFile))
	tries := cmd.Flags().Int("iterations", 0, nl.T(words.CourseplanTries))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if err := needs(cmd, "file"); err != nil {
			return err
		}
		if *tries < 0 {
			return misused(cmd, nl.T(words.CliFlagWrong, "name", "--iterations", "got", *tries))
		}
		src, err := readUpTo(*name, grouping.MaxBytes+1) // one more: the reader says that it is too big
		if err != nil {
			return err
		}
		p, err := grouping.Read(src)
		if err != nil {
			return atPath(*name, err)
		}
		made, err := grouping.Solve(cmd.Context(), p, grouping.Options{Iterations: *tries})
		if err != nil {
			return err
		}
		if c.json {
			return c.printJSON(planDocument(p, made))
		}
		return c.printGrouping(p, made)
	}
	return cmd
}

// planned is the document of course plan --json.
type planned struct {
	Score     int               `json:"score"`
	Groups    []grouping.Group  `json:"groups"`
	Unplaced  []plannedUnplaced `json:"unplaced"`
	Shortages []plannedShort    `json:"shortages"`
	Changes   []plannedChange   `json:"changes"`
}

type plannedUnplaced struct {
	Person string       `json:"person"`
	Course string       `json:"course"`
	Levels int          `json:"levels"`
	Why    grouping.Why `json:"why"`
	Remedy string       `json:"remedy"`           // its steps, with + between
	Slot   string       `json:"slot,omitempty"`   // of the remedy
	First  string       `json:"first,omitempty"`  // course, of the step before
	People int          `json:"people,omitempty"` // in the group then
	Stay   *int         `json:"stay,omitempty"`   // of the service then, of the step cover
	Text   string       `json:"text"`
}

type plannedShort struct {
	Course string `json:"course"`
	People int    `json:"people"`
	Seats  int    `json:"seats"`
	Placed int    `json:"placed"`
}

type plannedChange struct {
	Person string `json:"person"`
	Course string `json:"course"`
	From   string `json:"from"`
	To     string `json:"to"`
}

func planDocument(p grouping.Problem, made grouping.Plan) planned {
	doc := planned{Score: made.Score, Groups: made.Groups, Unplaced: []plannedUnplaced{}, Shortages: []plannedShort{}, Changes: []plannedChange{}}
	for _, u := range made.Unplaced {
		var steps []string
		for _, s := range u.Remedy.Steps {
			steps = append(steps, string(s))
		}
		var stay *int
		if u.Remedy.Has(grouping.StepCover) {
			stay = &u.Remedy.Stay
		}
		why, remedy := planReason(u)
		doc.Unplaced = append(doc.Unplaced, plannedUnplaced{u.Person, u.Course, u.Levels, u.Why, strings.Join(steps, "+"), u.Remedy.Slot, u.Remedy.Course,
			u.Remedy.People, stay, nl.T(words.CourseplanText, "why", why, "remedy", remedy)})
	}
	for _, s := range grouping.Shortages(p, made) {
		doc.Shortages = append(doc.Shortages, plannedShort(s))
	}
	for _, ch := range made.Changes(p.Previous) {
		doc.Changes = append(doc.Changes, plannedChange(ch))
	}
	return doc
}

// planReason says why somebody has no place, and what would give one.
func planReason(u grouping.Unplaced) (why, remedy string) {
	return coursewords.Unplaced(words.NL, u, func(id string) string { return id })
}

// printGrouping prints a plan for people: what is short first, then the groups, then who has no place.
func (c *cli) printGrouping(p grouping.Problem, made grouping.Plan) error {
	for _, service := range slices.Sorted(maps.Keys(p.Cover)) {
		if !slices.ContainsFunc(p.People, func(o grouping.Person) bool { return o.Service == service }) {
			if err := c.say(nl.T(words.CourseplanIdle, "service", service)); err != nil {
				return err
			}
		}
	}
	if err := c.say(nl.T(words.CourseplanScore, "n", made.Score, "groups", len(made.Groups))); err != nil {
		return err
	}
	if short := grouping.Shortages(p, made); len(short) > 0 {
		if err := c.say("\n" + nl.T(words.CourseplanShortages)); err != nil {
			return err
		}
		for _, s := range short {
			if err := c.say(nl.T(words.CourseplanShort, "course", s.Course, "n", s.People, "seats", s.Seats)); err != nil {
				return err
			}
		}
	}
	for _, print := range []func(grouping.Problem, grouping.Plan) error{c.printGroups, c.printUnplaced, c.printChanges} {
		if err := print(p, made); err != nil {
			return err
		}
	}
	return nil
}

// section prints a heading with a table below it.
func (c *cli) section(title words.Key, rows [][]string) error {
	if err := c.say("\n" + nl.T(title)); err != nil {
		return err
	}
	return c.table(rows)
}

func (c *cli) printGroups(p grouping.Problem, made grouping.Plan) error {
	if len(made.Groups) == 0 {
		return c.say("\n" + nl.T(words.CourseplanNobody))
	}
	rooms := map[string]string{}
	for _, s := range p.Slots {
		rooms[s.ID] = s.Room
	}
	rows := [][]string{{nl.T(words.CourseplanColSlot), nl.T(words.CourseplanColRoom), nl.T(words.CourseplanColGroup), nl.T(words.CourseplanColTrainer), nl.T(words.CourseplanColPeople)}}
	for _, g := range made.Groups {
		rows = append(rows, []string{g.Slot, rooms[g.Slot], g.Name, g.Trainer, strings.Join(g.People, ", ")})
	}
	return c.section(words.CourseplanGroups, rows)
}

func (c *cli) printUnplaced(_ grouping.Problem, made grouping.Plan) error {
	if len(made.Unplaced) == 0 {
		return c.say("\n" + nl.T(words.CourseplanAllPlaced))
	}
	rows := [][]string{{nl.T(words.CourseplanColWho), nl.T(words.CourseplanColCourse), nl.T(words.CourseplanColWhy), nl.T(words.CourseplanColRemedy)}}
	for _, u := range made.Unplaced {
		why, remedy := planReason(u)
		rows = append(rows, []string{u.Person, u.Course, why, remedy})
	}
	return c.section(words.CourseplanUnplaced, rows)
}

func (c *cli) printChanges(p grouping.Problem, made grouping.Plan) error {
	changes := made.Changes(p.Previous)
	if len(changes) == 0 {
		return nil
	}
	rows := [][]string{{nl.T(words.CourseplanColWho), nl.T(words.CourseplanColCourse), nl.T(words.CourseplanColFrom), nl.T(words.CourseplanColTo)}}
	for _, ch := range changes {
		to := ch.To
		if to == "" {
			to = nl.T(words.CourseplanNowhere)
		}
		rows = append(rows, []string{ch.Person, ch.Course, ch.From, to})
	}
	return c.section(words.CourseplanChanges, rows)
}
