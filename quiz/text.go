package quiz

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"digibrug/data"
)

// endMarks are dropped from both ends of a text answer. Signs that mean something at a keyboard
// (* @ # / \ % & + - _ ~ $ =) are not among them.
const endMarks = ".,;:!?…'\"`´‘’“”„«»‹›()[]{}<>"

// NormText is the form in which text answers are compared: without case and accents, without any white
// space ("prullen bak" is "prullenbak"), curly apostrophes straightened, sentence marks and quotes
// dropped at both ends unless nothing else is there. NormText(NormText(s)) == NormText(s).
func NormText(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r == '’' || r == '‘' || r == '´':
			return '\''
		}
		return r
	}, data.SortKey(s))
	if bare := strings.Trim(s, endMarks); bare != "" {
		return bare
	}
	return s
}

// distance counts the typing errors between two texts: the optimal string alignment distance, that is
// Damerau-Levenshtein without editing a swapped pair again. Source: Boytsov, "Indexing methods for
// approximate dictionary searching", ACM JEA 16 (2011), section 2.
func distance(a, b []rune) int {
	before, last, now := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range now {
		now[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before, last, now = last, now, before
		now[0] = i
		for j := 1; j <= len(b); j++ {
			replace := 1
			if a[i-1] == b[j-1] {
				replace = 0
			}
			now[j] = min(last[j]+1, now[j-1]+1, last[j-1]+replace)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], before[j-2]+1)
			}
		}
	}
	return now[len(b)]
}

// FormatNumber writes a number with a decimal comma and without thousands marks. ReadNumber reads it
// back as the same, single value.
func FormatNumber(x float64) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', -1, 64), ".", ",", 1)
}

// ReadNumber reads a number as people here type it, with an optional sign, and a word or sign for the
// unit behind it or a currency sign before it. Rules for the marks:
//
//   - one comma alone is a decimal comma: "1,234" is 1.234, as in Belgian writing;
//   - one point alone is a decimal point, as the numeric keypad types it; but exactly three digits behind
//     it and one to three before it, the first not 0, may also be thousands: "1.234" has two readings,
//     1234 and 1.234, and an item takes either;
//   - of a comma and points (or a point and commas) the last is decimal, the others thousands;
//   - several commas, several points, and spaces (also hard and narrow ones) are thousands marks;
//   - thousands marks must stand before groups of exactly three digits: "12 34" is no number.
//
// values has one or two finite readings; unit is what stands behind or before, without points at its
// end. ok is false when there is no number, or more than one.
func ReadNumber(s string) (values []float64, unit string, ok bool) {
	s = strings.NewReplacer("−", "-", "–", "-", "\u00a0", " ", "\u202f", " ").Replace(data.Clean(s, MaxShort))
	sign, unit, s := leading(s)
	end := strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune("0123456789., ", r) })
	if end < 0 {
		end = len(s)
	}
	body, behind := strings.TrimRight(s[:end], " "), strings.TrimRight(s[end:], ". ")
	if behind == "" {
		body = strings.TrimSuffix(body, ".") // the end of a sentence
	}
	if strings.ContainsAny(behind, "0123456789½¼¾⅓⅔") || (behind != "" && unit != "") {
		return nil, "", false
	}
	for _, x := range readings(body) {
		if x *= sign; !math.IsInf(x, 0) {
			values = append(values, x)
		}
	}
	return values, unit + behind, len(values) > 0
}

// leading takes a sign and a currency sign, in either order and each at most once, off the front.
func leading(s string) (sign float64, currency, rest string) {
	signed := false
	for i, r := range s {
		switch {
		case (r == '-' || r == '+') && !signed:
			signed = true
		case unicode.Is(unicode.Sc, r) && currency == "":
			currency = string(r)
		case r != ' ':
			sign = 1
			if strings.Contains(s[:i], "-") {
				sign = -1
			}
			return sign, currency, s[i:]
		}
	}
	return 1, currency, ""
}

// readings gives the one or two numbers that digits, points, commas and spaces can stand for.
func readings(body string) []float64 {
	points, commas := strings.Count(body, "."), strings.Count(body, ",")
	spaces := strings.Contains(body, " ")
	switch {
	case spaces && points > 0 && commas > 0:
		return nil
	case spaces && points > 0:
		return reading(body, " ", ".")
	case spaces:
		return reading(body, " ", ",")
	case points > 0 && commas > 0 && strings.LastIndex(body, ".") > strings.LastIndex(body, ","):
		return reading(body, ",", ".")
	case points > 0 && commas > 0:
		return reading(body, ".", ",")
	case commas > 1:
		return reading(body, ",", "")
	case commas == 1:
		return reading(body, "", ",")
	case points > 1:
		return reading(body, ".", "")
	case points == 1 && body[0] != '0':
		return append(reading(body, ".", ""), reading(body, "", ".")...)
	}
	return reading(body, "", ".")
}

// reading reads body with the given marks ("" for none); nil when it is not written so.
func reading(body, thousands, decimal string) []float64 {
	whole, fraction := body, ""
	if decimal != "" {
		var found bool
		if whole, fraction, found = strings.Cut(body, decimal); found && !onlyDigits(fraction) {
			return nil
		}
	}
	if thousands != "" {
		groups := strings.Split(whole, thousands)
		for i, group := range groups {
			if (i > 0 && len(group) != 3) || len(group) < 1 || (len(groups) > 1 && len(group) > 3) {
				return nil
			}
		}
		whole = strings.Join(groups, "")
	}
	if whole == "" && fraction != "" {
		whole = "0" // ",5"
	}
	if !onlyDigits(whole) {
		return nil
	}
	x, err := strconv.ParseFloat(whole+"."+fraction, 64)
	if err != nil {
		return nil
	}
	return []float64{x}
}

func onlyDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
