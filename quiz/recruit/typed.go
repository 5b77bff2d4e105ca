package recruit

import "strings"

// TypedNames reads candidates as they are typed or pasted below each other, a line each: "Ann Van den Berg", or with the
// family name first "Van den Berg, Ann", and an e-mail address anywhere behind it. What stands between cells of a
// spreadsheet (a tab, a semicolon) counts as a space. A name of one word is a family name. Line is the line, from 1; empty
// lines are left out. What a candidate needs is checked when they are added.
func TypedNames(text string) (all []NewCandidate) {
	n := 0
	for line := range strings.Lines(text) {
		n++
		one := NewCandidate{Line: n}
		var name []string
		for _, word := range strings.Fields(strings.Map(cellGap, line)) {
			if strings.Contains(word, "@") && one.Email == "" {
				one.Email = strings.Trim(word, "<>(),")
				continue
			}
			name = append(name, word)
		}
		one.Given, one.Family = givenFamily(strings.Join(name, " "))
		if one.Given+one.Family+one.Email != "" {
			all = append(all, one)
		}
	}
	return all
}

// cellGap makes a space of what stands between the cells of a spreadsheet.
func cellGap(r rune) rune {
	if r == ';' {
		return ' '
	}
	return r
}

// givenFamily cuts a name in two.
func givenFamily(name string) (given, family string) {
	if family, given, comma := strings.Cut(name, ","); comma {
		return strings.TrimSpace(given), strings.TrimSpace(family)
	}
	given, family, two := strings.Cut(name, " ")
	if !two {
		return "", name
	}
	return given, family
}
