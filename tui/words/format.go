package words

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
)

// calendar is how a language names days and months. Weekdays start on Sunday, as time.Weekday does.
type calendar struct {
	weekdays [7]string
	months   [12]string
}

func calendarOf(lang Lang) calendar {
	switch lang {
	case EN:
		return calendar{
			[7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
			[12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September",
				"October", "November", "December"},
		}
	case FR:
		return calendar{
			[7]string{"dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."},
			[12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
				"octobre", "novembre", "décembre"},
		}
	}
	return calendar{
		[7]string{"zo", "ma", "di", "wo", "do", "vr", "za"},
		[12]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
			"oktober", "november", "december"},
	}
}

// Day writes the day in Brussels on which an instant falls: "ma 23 november 2026". A day in the form that
// rules take (midnight UTC, as data.ParseDay gives it) comes out as that same day.
func Day(lang Lang, at time.Time) string {
	at = at.In(data.Brussels)
	c := calendarOf(lang)
	day := strconv.Itoa(at.Day())
	if lang == FR && at.Day() == 1 {
		day = "1er"
	}
	return fmt.Sprintf("%s %s %s %d", c.weekdays[at.Weekday()], day, c.months[at.Month()-1], at.Year())
}

// ShortDay writes the day in Brussels as "23/11/2026", in all languages the Belgian way.
func ShortDay(_ Lang, at time.Time) string { return at.In(data.Brussels).Format("02/01/2006") }

// StoredDay writes a day as it is stored, YYYY-MM-DD, as ShortDay does. What is no day comes back harmless.
func StoredDay(lang Lang, day string) string {
	at, err := data.ParseDay(day)
	if err != nil {
		return data.Clean(day, 20)
	}
	return ShortDay(lang, at)
}

// Clock writes the hour in Brussels as "14:30", from 00:00 to 23:59.
func Clock(_ Lang, at time.Time) string { return at.In(data.Brussels).Format("15:04") }

// Moment writes day and hour: "ma 23 november 2026, 14:30".
func Moment(lang Lang, at time.Time) string { return Day(lang, at) + ", " + Clock(lang, at) }

// Duration writes a length of time in hours and minutes: "1 u 05 min", "12 min". Seconds are left off
// from one minute on, so time left is never promised too long; below it they are written: "45 sec". A
// negative length counts as none.
func Duration(lang Lang, d time.Duration) string {
	d = max(d, 0)
	h, m := int(d/time.Hour), int(d/time.Minute)%60
	hour, second := "h", "s"
	if lang != EN && lang != FR {
		hour, second = "u", "sec"
	}
	switch {
	case h > 0:
		return fmt.Sprintf("%d %s %02d min", h, hour, m)
	case m > 0:
		return fmt.Sprintf("%d min", m)
	}
	return fmt.Sprintf("%d %s", int(d/time.Second), second)
}

// Number writes v with decimals digits after the decimal sign (0 to 9) and a sign between thousands:
// "1.234,5", in English "1,234.5", in French "1 234,5" with a hard space. What is not a number gives "-".
func Number(lang Lang, v float64, decimals int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "-"
	}
	text := strconv.FormatFloat(math.Abs(v), 'f', min(max(decimals, 0), 9), 64)
	negative := v < 0 && strings.ContainsAny(text, "123456789")
	digits, fraction, _ := strings.Cut(text, ".")
	return sign(negative) + grouped(lang, digits, fraction)
}

// Money writes an amount in cents as euros: "€ 1.234,50", "€1,234.50", "1 234,50 €".
func Money(lang Lang, cents int64) string {
	size := uint64(cents)
	if cents < 0 {
		size = -size // right for the smallest number too
	}
	text := grouped(lang, strconv.FormatUint(size/100, 10), fmt.Sprintf("%02d", size%100))
	switch lang {
	case EN:
		return sign(cents < 0) + "€" + text
	case FR:
		return sign(cents < 0) + text + "\u00a0€"
	}
	return "€ " + sign(cents < 0) + text
}

func sign(negative bool) string {
	if negative {
		return "-"
	}
	return ""
}

// grouped puts the thousands sign between digits and the decimal sign before fraction, if there is one.
func grouped(lang Lang, digits, fraction string) string {
	thousand, decimal := ".", ","
	switch lang {
	case EN:
		thousand, decimal = ",", "."
	case FR:
		thousand = "\u00a0"
	}
	var out strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out.WriteString(thousand)
		}
		out.WriteRune(d)
	}
	if fraction != "" {
		out.WriteString(decimal + fraction)
	}
	return out.String()
}
