package words

// PlanRemedy puts the steps of a remedy into one text, which begins with the slot where there is one.
func PlanRemedy(lang Lang, slot string, steps []string) (text string) {
	for i, s := range steps {
		if i == 0 {
			text = s
			continue
		}
		text = T(lang, CourseplanAnd, "first", text, "next", s)
	}
	if slot == "" {
		return text
	}
	return T(lang, CourseplanRemedy, "slot", slot, "text", text)
}
