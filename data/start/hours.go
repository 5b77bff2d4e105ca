package start

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
)

// WhyDays says that a cell names no days of the week.
const WhyDays data.Why = "start.days"

// hours is the sheet of opening hours. A row is one block on one or more days of the week, or days on which the
// location is closed. The rows of a location that name no season are its whole ordinary week; those of a season are
// the whole week of that season. What the sheet does not name stays: other seasons, closures, half days, holidays.
type hours struct{}

func (hours) Name() string { return HoursSheet }

func (hours) Fields() []Field {
	return []Field{
		{Head: colLocation, Need: true, Also: []string{"gebouw", "plaats"},
			Example: []string{"voorbeeld: Gemeentehuis", "voorbeeld: Gemeentehuis", "voorbeeld: Gemeentehuis", "voorbeeld: Gemeentehuis"}},
		{Head: colOrganisation, Also: []string{"eigenaar", "rechtspersoon"}, Example: []string{"Gemeente Zandwerve", "", "", ""}},
		{Head: colDays, Need: true, Also: []string{"dag", "dag(en)", "weekdag", "weekdagen"}, Example: []string{"ma-vr", "wo", "za; zo", "ma-vr"}},
		{Head: colOpens, Need: true, Also: []string{"open", "begin", "vanaf", "opent"}, Example: []string{"09:00", "13:30", "gesloten", "08:00"}},
		{Head: colUntil, Also: []string{"einde", "sluit", "tot en met"}, Example: []string{"12:00", "17:00", "", "13:00"}},
		{Head: colSeason, Also: []string{"periode", "naam seizoen"}, Example: []string{"", "", "", "Zomer"}},
		{Head: colSeasonFrom, Day: true, Also: []string{"periode van", "seizoen vanaf"}, Example: []string{"", "", "", "2027-07-01"}},
		{Head: colSeasonUntil, Day: true, Also: []string{"periode tot", "seizoen tot en met"}, Example: []string{"", "", "", "2027-08-31"}},
	}
}

// season is what rows of one season say; the zero name is the ordinary week.
type season struct {
	name, from, until string
	week              calendar.Week
	first             Row
}

// timetable is what the rows of one location say.
type timetable struct {
	*place
	lines   []timeLine
	deltas  []Delta // of a new location
	fresh   bool
	seasons []*season
	failed  bool
}

// timeLine is a row of a location.
type timeLine struct {
	Row
	season *season
}

// Plan replaces the weeks that the rows describe.
func (hours) Plan(ctx context.Context, j *Job, rows []Row) error {
	h, err := j.open(ctx)
	if err != nil {
		return err
	}
	var tables []*timetable
	for _, r := range rows {
		known := len(h.places)
		p, deltas := j.place(h, r)
		if p == nil {
			continue
		}
		at := slices.IndexFunc(tables, func(t *timetable) bool { return t.place == p })
		if at < 0 {
			at = len(tables)
			tables = append(tables, &timetable{place: p, deltas: deltas, fresh: len(h.places) > known})
		}
		tables[at].row(j, r)
	}
	for _, t := range tables {
		t.plan(j)
	}
	return nil
}

// row takes in one row.
func (t *timetable) row(j *Job, r Row) {
	before := len(j.plan.Problems)
	s := t.seasonOf(j, r)
	days, ok := parseDays(r.Text(colDays))
	switch {
	case r.Text(colDays) == "":
		j.Problem(r, colDays, data.WhyEmpty)
	case !ok:
		j.Problem(r, colDays, WhyDays, "ma, ma-vr, za; zo", r.Text(colDays))
	}
	blocks := j.blocks(r)
	if len(j.plan.Problems) > before {
		t.failed = true
		return
	}
	t.lines = append(t.lines, timeLine{r, s})
	for _, day := range days {
		for _, b := range blocks {
			at := slices.IndexFunc(s.week[day], func(o calendar.Block) bool { return b.From < o.To && o.From < b.To })
			if at >= 0 {
				j.Problem(r, colOpens, calendar.WhyOverlap, "", s.week[day][at].String()+", "+b.String())
				t.failed = true
				return
			}
			s.week[day] = append(s.week[day], b)
		}
	}
	for _, day := range days {
		slices.SortFunc(s.week[day], func(a, b calendar.Block) int { return int(a.From - b.From) })
	}
}

// blocks reads the hours of a row: from and until, or all in the first cell ("9u-12u, 13u30-17u", "gesloten").
func (j *Job) blocks(r Row) calendar.Hours {
	from, to := r.Text(colOpens), r.Text(colUntil)
	switch {
	case from == "" && to == "":
		j.Problem(r, colOpens, data.WhyEmpty)
		return nil
	case to == "" || to == Erase:
		all, err := calendar.ParseHours(from)
		if err != nil {
			j.Wrong(r, colOpens, err)
		}
		return all
	}
	b := calendar.Block{}
	var err error
	if b.From, err = calendar.ParseMinute(from); err != nil {
		j.Wrong(r, colOpens, err)
		return nil
	}
	if b.To, err = calendar.ParseMinute(to); err != nil {
		j.Wrong(r, colUntil, err)
		return nil
	}
	if b.From >= b.To {
		j.Problem(r, colUntil, calendar.WhyOrder, "", b.String())
		return nil
	}
	return calendar.Hours{b}
}

// seasonOf finds the season of a row: its name and both its days, or nothing of it.
func (t *timetable) seasonOf(j *Job, r Row) *season {
	name := j.Name(r, colSeason, nameLimit)
	from, err := r.Cell(colSeasonFrom).Day()
	if err != nil {
		j.Wrong(r, colSeasonFrom, err)
	}
	until, err := r.Cell(colSeasonUntil).Day()
	if err != nil {
		j.Wrong(r, colSeasonUntil, err)
	}
	if name+from+until != "" {
		for _, one := range [][2]string{{colSeason, name}, {colSeasonFrom, from}, {colSeasonUntil, until}} {
			if one[1] == "" {
				j.Problem(r, one[0], data.WhyEmpty)
			}
		}
	}
	if until != "" && until < from {
		j.Problem(r, colSeasonUntil, data.WhyEarly, from, until)
	}
	at := slices.IndexFunc(t.seasons, func(s *season) bool { return s.name == name && s.from == from && s.until == until })
	if at < 0 {
		at = len(t.seasons)
		t.seasons = append(t.seasons, &season{name: name, from: from, until: until, first: r})
	}
	return t.seasons[at]
}

// plan compares what the rows say with the calendar that there is.
func (t *timetable) plan(j *Job) {
	if t.failed {
		return
	}
	now, told, ok := t.merged(j)
	if !ok || t.fits(j, now) != nil {
		return
	}
	t.hours = now
	changes := len(t.deltas)
	for _, deltas := range told {
		changes += len(deltas)
	}
	said := map[*season]bool{}
	for i, line := range t.lines {
		kind, deltas := Changed, told[line.season]
		if said[line.season] { // one row of a week tells what changes in it
			deltas = nil
		}
		said[line.season] = true
		if i == 0 {
			deltas = slices.Concat(t.deltas, deltas)
			if t.fresh {
				kind = Added
			}
		}
		j.Change(line.Row, kind, t.label(line.season), deltas...)
	}
	if changes == 0 {
		return
	}
	j.Write(func(ctx context.Context, tx *data.Tx, by data.Actor) error {
		return calendar.Save(ctx, tx, by, t.ID, now)
	})
}

// merged is the calendar with the weeks of the rows, and what changes in each; ok is false after a problem.
func (t *timetable) merged(j *Job) (now calendar.Calendar, told map[*season][]Delta, ok bool) {
	now = t.hours
	now.Seasons, told = slices.Clone(t.hours.Seasons), map[*season][]Delta{}
	firsts := map[string]*season{} // of the file, by first day
	for _, s := range t.seasons {
		if s.name == "" {
			told[s] = delta(colOpens, weekText(now.Week), weekText(s.week))
			now.Week = s.week
			continue
		}
		if other := firsts[s.from]; other != nil {
			j.Problem(s.first, colSeasonFrom, calendar.WhyOverlap, "", other.name+", "+s.name)
			return now, nil, false
		}
		firsts[s.from] = s
		one := calendar.Season{Name: s.name, Week: s.week}
		one.First, _ = data.ParseDay(s.from) // read before
		one.Last, _ = data.ParseDay(s.until)
		at := slices.IndexFunc(now.Seasons, func(o calendar.Season) bool { return o.First.Equal(one.First) })
		if at < 0 {
			told[s] = added(colSeason, s.name, colSeasonFrom, s.from, colSeasonUntil, s.until, colOpens, weekText(s.week))
			now.Seasons = append(now.Seasons, one)
			continue
		}
		old := now.Seasons[at]
		told[s] = slices.Concat(delta(colSeason, old.Name, s.name), delta(colSeasonUntil, old.Last.Format(data.DayLayout), s.until),
			delta(colOpens, weekText(old.Week), weekText(s.week)))
		now.Seasons[at] = one
	}
	return now, told, true
}

func (t *timetable) label(s *season) string {
	if s.name == "" {
		return t.Name
	}
	return t.Name + ", " + s.name
}

// fits tells the problem of a calendar that can't be, at the first row of the season that it is about.
func (t *timetable) fits(j *Job, c calendar.Calendar) error {
	c.LocalDays, c.School = nil, nil
	_, err := c.Normal()
	if err == nil {
		return nil
	}
	at := t.lines[0].Row
	for _, s := range t.seasons {
		if s.name != "" && strings.Contains(fmt.Sprint(err), s.name) {
			at = s.first
		}
	}
	j.Wrong(at, colSeasonFrom, err)
	return err
}

// The days of the week by index, Sunday first, as cells write them.
func dayNames() [7][2]string {
	return [7][2]string{{"zo", "zondag"}, {"ma", "maandag"}, {"di", "dinsdag"}, {"wo", "woensdag"}, {"do", "donderdag"}, {"vr", "vrijdag"}, {"za", "zaterdag"}}
}

// parseDays reads days of the week: "ma", "ma-vr", "di en do", "za; zo", "elke dag", "weekdagen".
func parseDays(text string) (days []time.Weekday, ok bool) {
	text = data.SortKey(text)
	switch text {
	case "elke dag", "alle dagen", "dagelijks":
		text = "ma-zo"
	case "weekdagen", "werkdagen", "elke weekdag":
		text = "ma-vr"
	case "weekend", "in het weekend":
		text = "za-zo"
	}
	text = strings.NewReplacer(" tot en met ", "-", " t/m ", "-", " tot ", "-", "–", "-", " - ", "-", " en ", ",", ";", ",", "/", ",", "+", ",").Replace(text)
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		from, to, span := strings.Cut(part, "-")
		first, found := weekday(from)
		last := first
		if span && found {
			last, found = weekday(to)
		}
		if !found {
			return nil, false
		}
		for day := first; ; day = (day + 1) % 7 {
			if !slices.Contains(days, day) {
				days = append(days, day)
			}
			if day == last {
				break
			}
		}
	}
	return days, len(days) > 0
}

func weekday(text string) (time.Weekday, bool) {
	text = strings.TrimRight(strings.TrimSpace(text), ".")
	for i, names := range dayNames() {
		if text == names[0] || text == names[1] || text == names[1]+"en" {
			return time.Weekday(i), true
		}
	}
	return 0, false
}

// weekText is a week in one line: "ma-vr 09:00-12:00; wo 13:30-17:00", empty when it is always closed.
func weekText(w calendar.Week) string {
	var parts []string
	for _, g := range grouped(w) {
		if len(g.hours) > 0 {
			parts = append(parts, daysText(g.days)+" "+g.hours.String())
		}
	}
	return strings.Join(parts, "; ")
}

// group is the days of a week that have the same hours.
type group struct {
	days  []time.Weekday // Monday first
	hours calendar.Hours
}

func grouped(w calendar.Week) (groups []group) {
	for n := range w {
		day := time.Weekday((n + 1) % 7)
		at := slices.IndexFunc(groups, func(g group) bool { return slices.Equal(g.hours, w[day]) })
		if at < 0 {
			groups = append(groups, group{hours: w[day]})
			at = len(groups) - 1
		}
		groups[at].days = append(groups[at].days, day)
	}
	return groups
}

// daysText writes days of the week, Monday first: "ma-vr", "ma; wo; vr".
func daysText(days []time.Weekday) string {
	names := dayNames()
	if first, last := days[0], days[len(days)-1]; len(days) > 2 && (int(last)+6)%7-(int(first)+6)%7 == len(days)-1 {
		return names[first][0] + "-" + names[last][0]
	}
	parts := make([]string, len(days))
	for i, d := range days {
		parts[i] = names[d][0]
	}
	return strings.Join(parts, "; ")
}

// closedText is what a row says of days without hours.
const closedText = "gesloten"

func (hours) Fill(ctx context.Context, q data.Query) ([][]string, error) {
	h, err := readHouse(ctx, q)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	week := func(p *place, w calendar.Week, name, from, until string) {
		for _, g := range grouped(w) {
			blocks := g.hours
			if len(blocks) == 0 {
				rows = append(rows, []string{p.Name, p.org.Name, daysText(g.days), closedText, "", name, from, until})
			}
			for _, b := range blocks {
				rows = append(rows, []string{p.Name, p.org.Name, daysText(g.days), b.From.String(), b.To.String(), name, from, until})
			}
		}
	}
	for _, p := range h.places {
		week(p, p.hours.Week, "", "", "")
		for _, s := range p.hours.Seasons {
			week(p, s.Week, s.Name, s.First.Format(data.DayLayout), s.Last.Format(data.DayLayout))
		}
	}
	return rows, nil
}
