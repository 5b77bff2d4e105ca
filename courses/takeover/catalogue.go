package takeover

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/start"
)

// catalogue is the sheet of courses.
type catalogue struct{}

// course is one of the register or the file.
type course struct {
	courses.Course
	row          int // of the file that is about it; 0: none
	write, fresh bool
}

func (catalogue) Name() string { return CourseSheet }

func domains() []choice[courses.Domain] {
	return []choice[courses.Domain]{{"Windows en bestanden", courses.DomainWindows}, {"tekstverwerking", courses.DomainText}, {"rekenblad", courses.DomainSheets},
		{"e-mail en agenda", courses.DomainMail}, {"internet", courses.DomainInternet}, {"veiligheid", courses.DomainSafety}, {"samenwerken", courses.DomainSharing},
		{"problemen oplossen", courses.DomainProblems}}
}

func levels() []choice[int] {
	return []choice[int]{{"starter", 1}, {"basis", 2}, {"vlot", 3}, {"expert", 4}}
}

func (catalogue) Fields() []start.Field {
	return []start.Field{
		{Head: colCode, Need: true, Also: []string{"code cursus"}, Example: []string{"voorbeeld: foto-starters", "voorbeeld: rekenblad-basis"}},
		{Head: colTitle, Need: true, Also: []string{"titel cursus", "titel"}, Example: []string{"Foto's bewaren en delen", "Rekenen met een rekenblad"}},
		{Head: colDomain, Known: names(domains()), Also: []string{"domein", "thema"}, Example: []string{"Windows en bestanden", "rekenblad"}},
		{Head: colLevel, Known: names(levels()), Example: []string{"starter", "basis"}},
		{Head: colGoals, Also: []string{"wat kunt u nadien", "doel"}, Example: []string{"een foto draaien; een foto versturen", "een som maken"}},
		{Head: colLessons, Also: []string{"aantal lessen"}, Example: []string{"3", "5"}},
		{Head: colMinutes, Also: []string{"minuten", "duur"}, Example: []string{"120", "150"}},
		{Head: colLeast, Also: []string{"minimum cursisten"}, Example: []string{"5", "4"}},
		{Head: colMost, Also: []string{"maximum cursisten"}, Example: []string{"10", "10"}},
		{Head: colFee, Also: []string{"prijs"}, Example: []string{"15,00", ""}},
		{Head: colDecision, Also: []string{"besluit", "nummer besluit"}, Example: []string{"2025/112", ""}},
		{Head: colDecided, Day: true, Also: []string{"datum besluit"}, Example: []string{"2025-06-24", ""}},
		{Head: colValid, Day: true, Example: []string{"2025-09-01", ""}},
	}
}

// Plan adds courses, changes what is said of them, and adds the fee of a course that has none.
func (catalogue) Plan(ctx context.Context, j *start.Job, rows []start.Row) error {
	b, err := bookOf(ctx, j)
	if err != nil {
		return err
	}
	for _, r := range rows {
		b.courseRow(j, r)
	}
	return nil
}

func (b *book) courseRow(j *start.Job, r start.Row) {
	code, title := strings.ToLower(j.Needed(r, colCode, nameLimit)), j.Needed(r, colTitle, nameLimit)
	if code == "" || title == "" {
		return
	}
	at := slices.IndexFunc(b.courses, func(c *course) bool { return c.Code == code })
	if at < 0 {
		at = len(b.courses)
		b.courses = append(b.courses, &course{Course: courses.Course{ID: data.NewID(), Code: code}, fresh: true})
	}
	c := b.courses[at]
	if c.row > 0 {
		j.Problem(r, colCode, start.WhySameRow, fmt.Sprint(c.row), code)
		return
	}
	c.row = r.Number
	was := c.Course
	c.Title = title
	if domain, ok := pick(j, r, colDomain, domains()); ok {
		c.Domain = domain
	}
	if level, ok := pick(j, r, colLevel, levels()); ok {
		c.Level = level
	}
	if goals := pieces(r.Cell(colGoals).Text); len(goals) > 0 {
		c.Goals = goals
	}
	for _, n := range []struct {
		field string
		most  int
		at    *int
	}{{colLessons, 60, &c.Lessons}, {colMinutes, 480, &c.Minutes}, {colLeast, 500, &c.Least}, {colMost, 500, &c.Most}} {
		whole(j, r, n.field, n.most, n.at)
	}
	normal, err := c.Normal()
	if err != nil {
		j.Wrong(r, courseColumn(err), err)
		return
	}
	normal.ID, normal.RetiredOn = c.ID, c.RetiredOn
	c.Course = normal
	deltas := start.Changes(colTitle, was.Title, c.Title, colDomain, called(domains(), was.Domain), called(domains(), c.Domain), colLevel, called(levels(), was.Level), called(levels(), c.Level),
		colGoals, strings.Join(was.Goals, "; "), strings.Join(c.Goals, "; "), colLessons, numberText(was.Lessons), numberText(c.Lessons), colMinutes, numberText(was.Minutes), numberText(c.Minutes),
		colLeast, numberText(was.Least), numberText(c.Least), colMost, numberText(was.Most), numberText(c.Most))
	c.write = c.fresh || len(deltas) > 0
	deltas = append(deltas, b.feeOf(j, r, c)...)
	change := start.Changed
	if c.fresh {
		change = start.Added
	}
	j.Change(r, change, c.Title, deltas...)
}

// feeOf plans the fee of a course for everybody. One that the course has already stays: another one is another decision of
// the council, from a day on, and isn't made by a list.
func (b *book) feeOf(j *start.Job, r start.Row, c *course) []start.Delta {
	cents, ok := j.Money(r, colFee)
	decided, valid := j.DayOf(r, colDecided), j.DayOf(r, colValid)
	if !ok {
		return nil
	}
	has := slices.DeleteFunc(slices.Clone(b.Rules), func(f courses.FeeRule) bool { return f.CourseID != c.ID || f.Category != "" || f.Reduced })
	switch {
	case slices.ContainsFunc(has, func(f courses.FeeRule) bool { return f.Cents == cents }):
		return nil
	case len(has) > 0:
		j.Problem(r, colFee, WhyFeeSet, euro(has[len(has)-1].Cents), euro(cents))
		return nil
	}
	if valid == "" {
		valid = decided
	}
	rule, err := courses.FeeRule{ID: data.NewID(), CourseID: c.ID, Cents: cents, Decision: j.Name(r, colDecision, nameLimit), DecidedOn: decided, From: valid}.Normal()
	if err != nil {
		j.Wrong(r, feeColumn(err), err)
		return nil
	}
	b.Rules, b.fees = append(b.Rules, rule), append(b.fees, rule)
	return start.Changes(colFee, "", euro(cents), colDecision, "", rule.Decision, colValid, "", rule.From)
}

// courseColumn is the head of the column that an *data.Invalid of a course is about.
func courseColumn(err error) string {
	var bad *data.Invalid
	if !errors.As(err, &bad) {
		return colCode
	}
	head := map[string]string{"title": colTitle, "domain": colDomain, "level": colLevel, "goals": colGoals, "lessons": colLessons, "outline": colLessons, "minutes": colMinutes,
		"least": colLeast, "most": colMost}[bad.Field]
	if head == "" {
		return colCode
	}
	return head
}

func feeColumn(err error) string {
	var bad *data.Invalid
	if errors.As(err, &bad) && bad.Field == "decision" {
		return colDecision
	}
	return colFee
}

// course finds a course by its code or its title; nil after telling a problem.
func (b *book) course(j *start.Job, r start.Row) *course {
	text := j.Needed(r, colCourse, nameLimit)
	if text == "" {
		return nil
	}
	var found []*course
	for _, c := range b.courses {
		if c.Code == strings.ToLower(text) {
			return c
		}
		if data.SortKey(c.Title) == data.SortKey(text) {
			found = append(found, c)
		}
	}
	switch len(found) {
	case 1:
		return found[0]
	case 0:
		j.Problem(r, colCourse, WhyNoCourse, "", text)
	default:
		j.Problem(r, colCourse, start.WhySeveral, found[0].Code+", "+found[1].Code, text)
	}
	return nil
}

// Fill gives the courses that are in use, as Plan reads them back. A fee is told with the decision that is the first to
// hold for everybody.
func (catalogue) Fill(ctx context.Context, q data.Query) ([][]string, error) {
	a, err := courses.ReadArchive(ctx, q)
	if err != nil {
		return nil, err
	}
	today := data.DayOf(q.Now())
	var rows [][]string
	for _, c := range a.Courses {
		if c.RetiredOn != "" && c.RetiredOn <= today {
			continue
		}
		row := []string{c.Code, c.Title, called(domains(), c.Domain), called(levels(), c.Level), strings.Join(c.Goals, "; "), numberText(c.Lessons), numberText(c.Minutes), numberText(c.Least),
			numberText(c.Most), "", "", "", ""}
		if strings.Contains(strings.Join(c.Goals, ""), ";") {
			row[4] = "" // a cell would cut such a goal in two
		}
		at := slices.IndexFunc(a.Rules, func(r courses.FeeRule) bool { return r.CourseID == c.ID && r.Category == "" && !r.Reduced })
		if at >= 0 {
			copy(row[9:], []string{euro(a.Rules[at].Cents), start.Kept(a.Rules[at].Decision), a.Rules[at].DecidedOn, a.Rules[at].From})
		}
		rows = append(rows, row)
	}
	return rows, nil
}
