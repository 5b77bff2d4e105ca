package coursewords

import "digibrug/tui/words"

// CalendarMade says what became of a calendar of n lessons: the name of its file, or that there was nothing to put in it.
func CalendarMade(file string, n int) (said words.Key, args []any) {
	if n == 0 {
		return words.CourseicsNone, nil
	}
	return words.CourseicsMade, []any{"n", n, "name", file}
}
