package coursewords

import (
	"strings"

	"digibrug/courses"
	"digibrug/tui/words"
)

// Reached says in a sentence by which ways people are told; empty when there is nobody.
func Reached(lang words.Lang, r courses.Reached) string {
	var parts []string
	for _, one := range []struct {
		key words.Key
		n   int
	}{{words.CoursereachMail, r.Mail}, {words.CoursereachPhone, r.Phone}, {words.CoursereachLetter, r.Letter}} {
		if one.n > 0 {
			parts = append(parts, words.T(lang, one.key, "n", one.n))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return words.T(lang, words.CoursereachTold, "parts", strings.Join(parts, ", "))
}
