package words

// CourseLevel is what a level, 1 to 4, is called: starter, basis, vlot, expert. Any other is the first.
func CourseLevel(level int) Key {
	switch level {
	case 2:
		return ItemBandBasis
	case 3:
		return ItemBandVlot
	case 4:
		return ItemBandExpert
	}
	return ItemBandStarter
}

// CourseAges says for which ages, in years and both included, a course is; 0 is no bound.
func CourseAges(lang Lang, from, to int) string {
	switch {
	case from > 0 && to > 0:
		return T(lang, CourseAgeSpan, "from", from, "to", to)
	case from > 0:
		return T(lang, CourseAgeFrom, "from", from)
	case to > 0:
		return T(lang, CourseAgeTo, "to", to)
	}
	return T(lang, CourseAgeAll)
}
