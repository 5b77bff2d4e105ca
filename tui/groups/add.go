package groups

import (
	"errors"
	"slices"
	"strconv"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// someone is who could need a course: a participant, or a colleague who is none yet.
type someone struct {
	participant, person string
	name, about         string
}

// mostFound is how many people a name shows of each kind.
const mostFound = 30

// who finds of whom a need is, among participants and colleagues.
func (d desk) who() shell.Screen {
	columns := []parts.Column{{Title: words.GroupsColWho, Min: 20, Grow: 2}, {Title: words.GroupsColAbout, Min: 16, Grow: 2}}
	return page.NewFinder(d.S, words.GroupsSearching, columns, page.Finding[someone]{
		Title: words.GroupsWho, Lead: words.GroupsWhoLead, None: words.GroupsWhoNone, NoCode: words.GroupsWhoNone, Chooses: words.GroupsChoose,
		Search: d.search,
		IsCode: func(string) bool { return false },
		Row: func(one someone) parts.Row {
			return parts.Row{ID: one.participant + one.person, Cells: []string{one.name, one.about}}
		},
		Open: func(one someone) tea.Cmd { return shell.Replace(d.add(one)) },
	})
}

func (d desk) search(typed string) (all []someone, err error) {
	if len([]rune(typed)) < 2 {
		return nil, nil
	}
	known, err := d.Store.Participants(d.ctx(), d.By(), typed, mostFound)
	if err != nil {
		return nil, err
	}
	colleagues, err := d.Store.Colleagues(d.ctx(), d.By(), typed, mostFound)
	if err != nil {
		return nil, err
	}
	for _, p := range known {
		about := d.S.T(words.CourseCategory(string(p.Category)))
		if p.Phone != "" {
			about += ", " + p.Phone
		}
		if c, is := pick(colleagues, func(c courses.Colleague) bool { return c.PersonID == p.PersonID && p.PersonID != "" }); is {
			about = c.Services
		}
		all = append(all, someone{participant: p.ID, name: p.Name(), about: about})
	}
	for _, c := range colleagues {
		if !slices.ContainsFunc(known, func(p courses.Participant) bool { return p.PersonID == c.PersonID }) {
			all = append(all, someone{person: c.PersonID, name: c.Name, about: c.Services})
		}
	}
	return all, nil
}

// add asks what somebody needs, how much of it, and when the person can come.
func (d desk) add(one someone) shell.Screen {
	return page.NewTask(d.S, words.GroupsAddTitle, words.GroupsSaving, func() (page.Brief, error) {
		all, err := d.Store.Courses(d.ctx())
		if err != nil {
			return page.Brief{}, err
		}
		course := parts.Field{Name: "course", Label: words.GroupsColCourse, Kind: parts.Choice, Need: true}
		for _, c := range all {
			if c.RetiredOn == "" || c.RetiredOn > data.DayOf(d.S.Now()) {
				course.Options = append(course.Options, parts.Option{Value: c.ID, Label: c.Title})
			}
		}
		lead := words.GroupsAddLead
		if len(course.Options) == 0 {
			lead = words.GroupsNoCourses
		}
		levels := parts.Field{Name: "levels", Label: words.GroupsLevels, Hint: words.GroupsLevelsHint, Kind: parts.Choice, Need: true, Value: "1"}
		for n := range 3 {
			levels.Options = append(levels.Options, parts.Option{Value: strconv.Itoa(n + 1), Label: strconv.Itoa(n + 1)})
		}
		source := parts.Field{Name: "source", Label: words.GroupsColSource, Kind: parts.Choice, Need: true, Options: []parts.Option{
			{Value: string(courses.FromPerson), Label: d.source(courses.FromPerson)}, {Value: string(courses.FromCoordinator), Label: d.source(courses.FromCoordinator)}}}
		return page.Brief{Lead: lead, Head: []page.Fact{page.Named(words.GroupsColWho, one.name)}, Do: func(f parts.Form) (page.Outcome, error) { return d.put(one, f) },
			Body: parts.NewForm(words.GroupsSave, course, levels,
				parts.Field{Name: "slots", Label: words.GroupsColWhen, Hint: words.GroupsWhenHint, Max: 100, Check: func(text string) error { return inField("slots", second(coursewords.ReadWhen(text))) }}, source)}, nil
	})
}

func (d desk) put(one someone, f parts.Form) (page.Outcome, error) {
	when, err := coursewords.ReadWhen(f.Value("slots"))
	if err != nil {
		return page.Outcome{}, inField("slots", err)
	}
	levels, _ := strconv.Atoi(f.Value("levels")) // one of the options
	n, err := d.Store.PutNeeds(d.ctx(), d.By(), []courses.NeedAsk{{Participant: one.participant, Person: one.person, Course: f.Value("course"), Levels: levels,
		Source: courses.NeedSource(f.Value("source")), Slots: when}})
	if err != nil {
		return page.Outcome{}, courseField(err)
	}
	if n == 0 {
		return page.Outcome{Said: words.GroupsPutAgain, Args: []any{"name", one.name}}, nil
	}
	return page.Outcome{Said: words.GroupsPut, Args: []any{"name", one.name}}, nil
}

// second is the error of a call of which the rest isn't asked.
func second[T any](_ T, err error) error { return err }

// inField is bad input about a field of a form.
func inField(field string, err error) error {
	var bad *data.Invalid
	if !errors.As(err, &bad) {
		return err
	}
	named := *bad
	named.Field = field
	return &named
}

// courseField puts under the course that it is not for who the person is.
func courseField(err error) error {
	var bad *data.Invalid
	if errors.As(err, &bad) && bad.Why == courses.WhyAudience {
		return inField("course", err)
	}
	return err
}
