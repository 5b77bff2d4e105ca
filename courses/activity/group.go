package activity

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
)

// Group is an age group: children of From to To years, both included, on the first day of the activity.
type Group struct {
	Name     string
	From, To int
}

// String gives "Kleuters 3-5". ParseGroups reads it back.
func (g Group) String() string { return fmt.Sprintf("%s %d-%d", g.Name, g.From, g.To) }

// Bounds of ages in years, and of the number of groups.
const (
	youngest   = 2
	oldest     = 18
	mostGroups = 8
)

// GroupsText gives groups as somebody types them: "Kleuters 3-5, Lagere school 6-12".
func GroupsText(all []Group) string {
	texts := make([]string, len(all))
	for i, g := range all {
		texts[i] = g.String()
	}
	return strings.Join(texts, ", ")
}

// aGroup is a name and two ages; a single age is a group of one year.
var aGroup = regexp.MustCompile(`^(.*?\S)\s+(\d{1,2})(?:\s*(?:-|–|tot)\s*(\d{1,2}))?(?:\s*jaar)?$`)

// ParseGroups reads age groups as somebody types them, with a comma between two: "Kleuters 3-5, Lagere school 6 tot 12
// jaar". It returns an *data.Invalid.
func ParseGroups(text string) ([]Group, error) {
	const how = "Kleuters 3-5, Lagere school 6-12"
	var all []Group
	for part := range strings.SplitSeq(data.Clean(text, 400), ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		m := aGroup.FindStringSubmatch(part)
		if m == nil {
			return nil, &data.Invalid{Field: "groups", Why: WhyGroups, Want: how, Got: data.Clean(part, 40)}
		}
		g := Group{Name: m[1]}
		g.From, _ = strconv.Atoi(m[2]) // two digits
		if g.To = g.From; m[3] != "" {
			g.To, _ = strconv.Atoi(m[3])
		}
		all = append(all, g)
	}
	return checkGroups(all)
}

// checkGroups gives groups in order of age. It returns an *data.Invalid for none, too many, ages that can't be, and
// groups over one another: a child belongs to one.
func checkGroups(all []Group) ([]Group, error) {
	if len(all) == 0 {
		return nil, &data.Invalid{Field: "groups", Why: data.WhyEmpty}
	}
	if len(all) > mostGroups {
		return nil, &data.Invalid{Field: "groups", Why: data.WhyTooLong, Want: strconv.Itoa(mostGroups)}
	}
	all = slices.Clone(all)
	for i := range all {
		if err := data.ShortTexts(nameLimit, data.Typed("groups", &all[i].Name)); err != nil {
			return nil, err
		}
		if g := all[i]; g.Name == "" || strings.Contains(g.Name, ",") || g.From < youngest || g.To > oldest || g.To < g.From {
			return nil, &data.Invalid{Field: "groups", Why: WhyGroups, Want: fmt.Sprintf("%d-%d", youngest, oldest), Got: data.Clean(g.String(), 40)}
		}
	}
	slices.SortStableFunc(all, func(a, b Group) int { return a.From - b.From })
	for i := 1; i < len(all); i++ {
		if all[i].From <= all[i-1].To {
			return nil, &data.Invalid{Field: "groups", Why: WhyGroups, Want: GroupsText(all[i-1 : i]), Got: data.Clean(all[i].String(), 40)}
		}
	}
	return all, nil
}

// Ages gives the youngest and the oldest age in whole years that somebody born in a year (YYYY) or month (YYYY-MM) can
// have on a day: two that differ for a year, as long as the birthday can still come, and one for a month, in which the
// birthday counts as past. It returns an *data.Invalid.
func Ages(born string, day time.Time) (least, most int, err error) {
	year, month, ok := readBorn(born)
	if !ok {
		return 0, 0, &data.Invalid{Field: "born", Why: WhyBorn, Want: "2019, 2019-05", Got: data.Clean(born, 20)}
	}
	most = day.Year() - year
	switch {
	case month == 0 && day.YearDay() == time.Date(day.Year(), time.December, 31, 0, 0, 0, 0, time.UTC).YearDay(): // every birthday is past
		least = most
	case month == 0:
		least = most - 1
	case month > day.Month():
		least, most = most-1, most-1
	default:
		least = most
	}
	return least, most, nil
}

// readBorn reads "2019" or "2019-05"; month is 0 for a year.
func readBorn(born string) (year int, month time.Month, ok bool) {
	if at, err := time.Parse("2006", born); err == nil {
		return at.Year(), 0, true
	}
	at, err := time.Parse("2006-01", born)
	return at.Year(), at.Month(), err == nil
}

// ParseBorn reads a year of birth, with or without the month, as somebody types it: 2019, 5/2019, 05-2019, 2019-05. It
// gives YYYY or YYYY-MM, and returns an *data.Invalid, also for a whole date: the day is more than anybody needs.
func ParseBorn(text string) (string, error) {
	bad := &data.Invalid{Field: "born", Why: WhyBorn, Want: "2019, 5/2019", Got: data.Clean(text, 20)}
	all := strings.FieldsFunc(data.Clean(text, 20), func(r rune) bool { return strings.ContainsRune("/-. ", r) })
	switch len(all) {
	case 1:
		all = append(all, "")
	case 2:
		if len(all[0]) < 4 {
			all[0], all[1] = all[1], all[0]
		}
	default:
		return "", bad
	}
	born := all[0]
	if all[1] != "" {
		month, err := strconv.Atoi(all[1])
		if err != nil {
			return "", bad
		}
		born += fmt.Sprintf("-%02d", month)
	}
	if _, _, ok := readBorn(born); !ok {
		return "", bad
	}
	return born, nil
}

// GroupOf gives the age group of a child on the first day of an activity. It returns an *data.Invalid: WhyMonth when the
// year alone leaves it open, WhyAge when no group takes that age.
func GroupOf(groups []Group, born string, on time.Time) (Group, error) {
	least, most, err := Ages(born, on)
	if err != nil {
		return Group{}, err
	}
	find := func(age int) int {
		return slices.IndexFunc(groups, func(g Group) bool { return g.From <= age && age <= g.To })
	}
	low, high := find(least), find(most)
	switch {
	case low != high:
		return Group{}, &data.Invalid{Field: "born", Why: WhyMonth, Got: data.Clean(born, 20)}
	case low < 0:
		return Group{}, &data.Invalid{Field: "born", Why: WhyAge, Want: GroupsText(groups), Got: strconv.Itoa(most)}
	}
	return groups[low], nil
}
