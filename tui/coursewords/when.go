package coursewords

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/words"
)

// partKey is the short name of a part of a day.
func partKey(part string) words.Key {
	switch part {
	case courses.Morning:
		return words.GroupsMorning
	case courses.Afternoon:
		return words.GroupsAfternoon
	}
	return words.GroupsEvening
}

// When writes parts of the week shortly: "ma di vm, do av", "wo" for all of Wednesday; nothing said is any time.
func When(lang words.Lang, all []courses.WeekPart) string {
	if len(all) == 0 {
		return words.T(lang, words.GroupsAnyTime)
	}
	var days, said []string // days with the same parts, in order
	for _, day := range words.Week() {
		var on []string
		for _, part := range courses.DayParts() {
			if slices.Contains(all, courses.PartOf(day, part)) {
				on = append(on, words.T(lang, partKey(part)))
			}
		}
		text := strings.Join(on, " ")
		if len(on) == len(courses.DayParts()) {
			text = "" // all day
		}
		switch n := len(said); {
		case len(on) == 0:
		case n > 0 && said[n-1] == text:
			days[n-1] += " " + words.Weekday(lang, day)
		default:
			days, said = append(days, words.Weekday(lang, day)), append(said, text)
		}
	}
	for i := range days {
		days[i] = strings.TrimSpace(days[i] + " " + said[i])
	}
	return strings.Join(days, ", ")
}

// longestWhen is how many characters of such a text are looked at.
const longestWhen = 120

// ReadWhen reads parts of the week as people type them in Dutch, and as When writes them: "di vm, do av", "ma-vr vm",
// "wo namiddag", "av" for every evening, "za" for all of Saturday. An empty text is any time: no parts. It returns an
// *data.Invalid without a field.
func ReadWhen(text string) (all []courses.WeekPart, err error) {
	for piece := range strings.FieldsFuncSeq(strings.ToLower(data.Clean(text, longestWhen)), func(r rune) bool { return r == ',' || r == ';' }) {
		days, parts, err := readPiece(piece)
		if err != nil {
			return nil, err
		}
		for _, day := range days {
			for _, part := range parts {
				all = append(all, courses.PartOf(day, part))
			}
		}
	}
	return slices.DeleteFunc(courses.WeekParts(), func(p courses.WeekPart) bool { return !slices.Contains(all, p) }), nil
}

// readPiece reads days with their parts. Days without a part are whole days, parts without a day are of every day.
func readPiece(piece string) (days []time.Weekday, parts []string, err error) {
	for _, word := range strings.FieldsFunc(piece, func(r rune) bool { return unicode.IsSpace(r) || r == '+' || r == '/' }) {
		if part, ok := readPart(word); ok {
			parts = append(parts, part)
			continue
		}
		if word == "en" {
			continue
		}
		some, err := words.ReadWeekdays(word)
		if err != nil {
			return nil, nil, &data.Invalid{Why: courses.WhyWeekPart, Got: data.Clean(word, 40)}
		}
		days = append(days, some...)
	}
	if len(parts) == 0 {
		parts = courses.DayParts()
	} else if len(days) == 0 {
		days = words.Week()
	}
	return days, parts, nil
}

func readPart(word string) (string, bool) {
	for part, long := range map[string]words.Key{courses.Morning: words.GroupsMorningLong, courses.Afternoon: words.GroupsAfternoonLong, courses.Evening: words.GroupsEveningLong} {
		if word == words.T(words.NL, partKey(part)) || word == words.T(words.NL, long) {
			return part, true
		}
	}
	return "", false
}

// WeekTime writes a time of each week: "di 14.00 u".
func WeekTime(lang words.Lang, day time.Weekday, from calendar.Minute) string {
	return words.Weekday(lang, day) + " " + words.Hour(lang, from)
}

// ReadWeekTimes reads times of the week as people type them in Dutch: "di 14.00, do 18u30", "ma-vr 9". It returns an
// *data.Invalid without a field.
func ReadWeekTimes(text string) (all []courses.WeekTime, err error) {
	for piece := range strings.FieldsFuncSeq(strings.ToLower(data.Clean(text, 2*longestWhen)), func(r rune) bool { return r == ',' || r == ';' }) {
		piece = strings.TrimSpace(piece)
		at := strings.IndexFunc(piece, unicode.IsDigit)
		if at <= 0 {
			return nil, &data.Invalid{Why: WhyWeekTime, Got: data.Clean(piece, 40)}
		}
		days, err := words.ReadWeekdays(strings.Join(strings.Fields(piece[:at]), ","))
		if err != nil {
			return nil, &data.Invalid{Why: WhyWeekTime, Got: data.Clean(piece, 40)}
		}
		from, err := calendar.ParseMinute(piece[at:])
		if err != nil {
			return nil, err
		}
		if from%courses.Quarter != 0 {
			return nil, &data.Invalid{Why: courses.WhyQuarter, Got: from.String()}
		}
		for _, day := range days {
			all = append(all, courses.WeekTime{Day: day, From: from})
		}
	}
	return all, nil
}

// WhyWeekTime says that Got is no day of the week with a time.
const WhyWeekTime data.Why = "courses.week_time"
