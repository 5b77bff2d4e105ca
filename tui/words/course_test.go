package words

import "testing"

func TestCourseAges(t *testing.T) {
	for want, c := range map[string]struct {
		lang     Lang
		from, to int
	}{
		"alle leeftijden": {NL, 0, 0}, "vanaf 60 jaar": {NL, 60, 0}, "tot en met 12 jaar": {NL, 0, 12}, "van 6 tot en met 12 jaar": {NL, 6, 12},
		"from 6 up to and including 12 years": {EN, 6, 12}, "à partir de 60 ans": {FR, 60, 0},
	} {
		if got := CourseAges(c.lang, c.from, c.to); got != want {
			t.Errorf("%d to %d: got %q, want %q", c.from, c.to, got, want)
		}
	}
}

func TestCourseLevel(t *testing.T) {
	for level, want := range map[int]string{0: "starter", 1: "starter", 2: "basis", 3: "vlot", 4: "expert", 5: "starter"} {
		if got := T(NL, CourseLevel(level)); got != want {
			t.Errorf("level %d: got %q, want %q", level, got, want)
		}
	}
}
