package courses_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"

	"digibrug/courses"
	"digibrug/data"
)

func model(t *testing.T) []courses.Course {
	t.Helper()
	all, err := courses.ModelCourses()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestModelCourses(t *testing.T) {
	var citizens, staff int
	for _, c := range model(t) {
		forStaff := c.Admits(courses.Staff) == nil
		if forStaff == (c.Admits(courses.Resident) == nil) {
			t.Errorf("%s is for staff: %v, and for residents: %v", c.Code, forStaff, !forStaff)
		}
		if c.Admits(courses.NonAdmin) != nil {
			t.Errorf("%s is not for non-administrative staff", c.Code)
		}
		if forStaff {
			staff++
		} else {
			citizens++
		}
		if n := len(c.Goals); n < 4 || n > 6 {
			t.Errorf("%s has %d goals, want 4 to 6", c.Code, n)
		}
		if len(c.Outline) != c.Lessons || len(c.Equipment) == 0 || len(c.Material) == 0 || c.Blurb == "" {
			t.Errorf("%s is not complete: %+v", c.Code, c)
		}
		if total := c.Lessons * c.Minutes; total < 180 || total > 12*60 {
			t.Errorf("%s takes %d minutes", c.Code, total)
		}
	}
	if citizens != 10 || staff != 5 {
		t.Errorf("%d courses for citizens and %d for staff, want 10 and 5", citizens, staff)
	}
}

// Who can take a course, can take what it asks first; and that is of no higher level.
func TestModelPrerequisites(t *testing.T) {
	all := model(t)
	for i, c := range all {
		for _, code := range c.Before {
			at := slices.IndexFunc(all, func(o courses.Course) bool { return o.Code == code })
			first := all[at] // ModelCourses checked that it is there
			if at > i {
				t.Errorf("%s stands before %s, which it asks first", c.Code, code)
			}
			if first.Level > c.Level {
				t.Errorf("%s of level %d asks %s of level %d first", c.Code, c.Level, code, first.Level)
			}
			for _, kind := range courses.Categories() {
				if c.Admits(kind) == nil && first.Admits(kind) != nil {
					t.Errorf("%s is for %s, but %s, which it asks first, isn't", c.Code, kind, code)
				}
			}
		}
	}
}

// The words of the catalogue are plain: they address people with u, use no hard words, and no sentence is long. A goal
// completes "Wat kunt u nu?": it begins small and ends without a full stop.
func TestModelWords(t *testing.T) {
	hard := strings.Fields("je jij jou jouw jullie indien gelieve betreffende teneinde middels inzake dient alsmede tevens reeds optimaal faciliteren implementeren")
	for _, c := range model(t) {
		prose := append([]string{c.Blurb}, c.Outline...)
		for _, text := range slices.Concat(prose, c.Goals, c.Equipment, []string{c.Title}) {
			for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
				// "dient" as in "waarvoor dient dit?" is plain; "dient te" is not
				if slices.Contains(hard, word) && !(word == "dient" && strings.Contains(text, "Waarvoor dient")) {
					t.Errorf("%s says %q in %q", c.Code, word, text)
				}
			}
		}
		for _, text := range prose {
			if !strings.ContainsAny(text[len(text)-1:], ".?!") {
				t.Errorf("%s: %q has no end", c.Code, text)
			}
			for _, sentence := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".?!", r) }) {
				if n := len(strings.Fields(sentence)); n > 20 {
					t.Errorf("%s: %d words in %q", c.Code, n, sentence)
				}
			}
		}
		for _, goal := range c.Goals {
			if strings.HasSuffix(goal, ".") || unicode.IsUpper([]rune(goal)[0]) || len(strings.Fields(goal)) > 16 {
				t.Errorf("%s: goal %q", c.Code, goal)
			}
		}
	}
}

// head is a catalogue of one course, up to its last line.
const head = "courses:\n  - code: e-mail\n    title: E-mail\n    goals: [lezen]\n    domain: mail\n    level: 1\n    minutes: 120\n    least: 4\n    most: 8\n    lessons: 2\n"

func TestParseCourses(t *testing.T) {
	all, err := courses.ParseCourses([]byte(head + "    audience: {who: [staff], from: 18}\n    cancel: {rules: [{hours: 24, cents: 500}]}\n"))
	if err != nil || len(all) != 1 || all[0].OfferDays != 3 || all[0].Audience.From != 18 || all[0].CancelRules.Rules[0].Cents != 500 {
		t.Fatalf("%+v, %v", all, err)
	}
	for name, c := range map[string]struct{ src, want string }{
		"nothing":                    {"", "0 courses empty"},
		"a comment":                  {"# niets\n", "0 courses empty"},
		"no courses":                 {"courses: []\n", "0 courses empty"},
		"another key on top":         {"cursussen: []\n", "1 cursussen unknown"},
		"an unknown key of a course": {head + "    prijs: 20\n", "11 prijs unknown"},
		"an unknown key below that":  {head + "    audience: {wie: [staff]}\n", "11 wie unknown"},
		"a key twice":                {head + "    level: 2\n", "11 courses syntax"},
		"text for a number":          {strings.Replace(head, "120", "twee uur", 1), "7 courses syntax"},
		"a list for a text":          {strings.Replace(head, "title: E-mail", "title: [a]", 1), "3 courses syntax"},
		"no YAML":                    {head + "  - [\n", "11 courses syntax"},
		"a value that can't be":      {strings.Replace(head, "level: 1", "level: 7", 1), "6 level number"},
		"such a value, deeper":       {head + "    audience:\n      who: [staff, kat]\n", "12 who not_one_of"},
		"a key that is missing":      {strings.Replace(head, "    title: E-mail\n", "", 1), "2 title empty"},
		"the second course is wrong": {head + "  - code: Foto\n", "11 code courses.code"},
		"a course that is nothing":   {head + "  -\n", "11 code empty"},
		"a course that is a text":    {head + "  - foto\n", "11 courses syntax"},
		"a second document":          {head + "---\n" + head, "0 courses courses.catalogue"},
		"no UTF-8":                   {head + "    blurb: \xff\n", "0 courses courses.catalogue"},
		"too big":                    {head + strings.Repeat("#", 1<<20), "0 courses courses.catalogue"},
	} {
		_, err := courses.ParseCourses([]byte(c.src))
		var bad *data.Invalid
		got := fmt.Sprint(err)
		if errors.As(err, &bad) {
			got = fmt.Sprintf("%d %s", bad.Line, badInput(err))
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
}

// Whatever the file: no panic, and an error that a person can read, or courses that are Normal.
func FuzzParseCourses(f *testing.F) {
	f.Add(head)
	f.Add("courses:\n  - &a {code: a}\n  - *a\n  - <<: *a\n")
	f.Add("courses: &c [*c]\n")
	f.Fuzz(func(t *testing.T, src string) {
		all, err := courses.ParseCourses([]byte(src))
		var bad *data.Invalid
		if err != nil && !errors.As(err, &bad) {
			t.Fatalf("%q: %v", src, err)
		}
		for _, c := range all {
			if again, err := c.Normal(); err != nil || data.Pack(again) != data.Pack(c) {
				t.Fatalf("%q: %+v is not as it is stored: %v", src, c, err)
			}
		}
	})
}

func TestCheckCourses(t *testing.T) {
	asks := func(code string, before ...string) courses.Course { return courses.Course{Code: code, Before: before} }
	for name, c := range map[string]struct {
		all  []courses.Course
		want string
	}{
		"none":                      {nil, ""},
		"a ladder":                  {[]courses.Course{asks("c", "a", "b"), asks("b", "a"), asks("a")}, ""},
		"a code twice":              {[]courses.Course{asks("a"), asks("a")}, "code twice"},
		"asks what isn't there":     {[]courses.Course{asks("a"), asks("b", "x")}, "before courses.before"},
		"a circle of two":           {[]courses.Course{asks("a", "b"), asks("b", "a")}, "before courses.circle"},
		"a circle that isn't first": {[]courses.Course{asks("z", "a"), asks("a", "b"), asks("b", "c"), asks("c", "a")}, "before courses.circle"},
	} {
		if got := badInput(courses.CheckCourses(c.all)); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	// A ladder of doubles: 2^60 ways lead down, each rung is looked at once.
	var ladder []courses.Course
	for i := range 60 {
		ladder = append(ladder, asks(fmt.Sprint("a", i), fmt.Sprint("a", i+1), fmt.Sprint("b", i+1)), asks(fmt.Sprint("b", i), fmt.Sprint("a", i+1), fmt.Sprint("b", i+1)))
	}
	if err := courses.CheckCourses(append(ladder, asks("a60"), asks("b60"))); err != nil {
		t.Error(err)
	}
}

func TestNextCourses(t *testing.T) {
	for had, want := range map[string]string{
		"":                                      "",
		"muis-en-toetsen":                       "bestanden-en-mappen internet-verkennen",
		"muis-en-toetsen internet-verkennen":    "bestanden-en-mappen e-mail-starten veilig-online overheid-online videobellen",
		"videobellen":                           "",
		"internet-verkennen veilig-online oude": "e-mail-starten overheid-online videobellen online-bankieren",
	} {
		var got []string
		for _, c := range courses.NextCourses(model(t), strings.Fields(had)) {
			got = append(got, c.Code)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("after %q: got %v, want %q", had, got, want)
		}
	}
}
