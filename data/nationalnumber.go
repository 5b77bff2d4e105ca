package data

import (
	"strconv"
	"strings"
)

// WhyNationalNumber says that a text holds a national number (rijksregisternummer), which this house never keeps.
const WhyNationalNumber Why = "national_number"

// HasNationalNumber tells whether eleven digits in a row in text, with or without the usual signs between them,
// are a valid Belgian national number or BIS number: the last two are 97 minus the others modulo 97, with a 2
// before them for who was born from 2000 on. The month may be raised by 20 or 40 (BIS). Its use needs a legal
// ground that this program has not (law of 8 August 1983, art. 5 and 8), so no field takes it in.
func HasNationalNumber(text string) bool {
	for start := range len(text) {
		if !digit(text[start]) || start > 0 && digit(text[start-1]) {
			continue
		}
		if isNationalNumber(digitsFrom(text[start:])) {
			return true
		}
	}
	return false
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

// digitsFrom gives the digits at the start of text, of which at most two signs stand between two; empty when
// there are more or fewer than eleven.
func digitsFrom(text string) string {
	var digits strings.Builder
	signs := 0
	for i := range len(text) {
		switch {
		case digit(text[i]):
			digits.WriteByte(text[i])
			signs = 0
		case strings.IndexByte(" .-/", text[i]) >= 0 && signs < 2 && digits.Len() < 11:
			signs++
		case digits.Len() == 11:
			return digits.String()
		default:
			return ""
		}
	}
	if digits.Len() != 11 {
		return ""
	}
	return digits.String()
}

func isNationalNumber(digits string) bool {
	if len(digits) != 11 {
		return false
	}
	month, errMonth := strconv.Atoi(digits[2:4])
	day, errDay := strconv.Atoi(digits[4:6])
	head, errHead := strconv.ParseInt(digits[:9], 10, 64)
	check, errCheck := strconv.ParseInt(digits[9:], 10, 64)
	if errMonth != nil || errDay != nil || errHead != nil || errCheck != nil || month%20 > 12 || month >= 60 || day > 31 {
		return false
	}
	return check == 97-head%97 || check == 97-(2_000_000_000+head)%97
}
