package loans

import (
	"fmt"
	"strconv"
	"strings"

	"digibrug/data"
)

// Number is the inventory number on a device's label: digits only, so that a scanner and a keyboard agree about it
// whatever the layout. It is two digits of the kind of device, five of a serial number that is never used again, and
// a check digit by Luhn (ISO/IEC 7812-1, annex B), which finds every single wrong digit and nearly every pair that
// was swapped.
type Number string

// numberLen is the digits of a Number: kind, serial, check.
const numberLen = 8

// Bounds of the parts of a Number.
const (
	MinKind   = 10 // so that no number begins with a 0, which spreadsheets take away
	MaxKind   = 99
	MaxSerial = 99_999
)

// What can be wrong with a number as somebody types or scans it.
const (
	WhyNumberLength data.Why = "loans.number_length" // Want digits, Got is how many there are
	WhyNumberDigit  data.Why = "loans.number_digit"  // Got is no digit
	WhyNumberCheck  data.Why = "loans.number_check"  // the check digit says that one is wrong
)

// NewNumber makes the number of the serial-th device of a kind. It panics when either is out of bounds: callers have
// looked.
func NewNumber(kind, serial int) Number {
	if kind < MinKind || kind > MaxKind || serial < 1 || serial > MaxSerial {
		panic(fmt.Sprintf("no inventory number for kind %d, serial %d", kind, serial))
	}
	digits := fmt.Sprintf("%02d%05d", kind, serial)
	return Number(digits + strconv.Itoa(luhn(digits)))
}

// ParseNumber reads a number; spaces, dots and dashes between digits mean nothing. It returns an *data.Invalid of
// field number.
func ParseNumber(s string) (Number, error) {
	var digits strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits.WriteRune(r)
		case r == ' ' || r == '.' || r == '-':
		default:
			return "", &data.Invalid{Field: "number", Why: WhyNumberDigit, Got: data.Clean(string(r), 4)}
		}
	}
	text := digits.String()
	if len(text) != numberLen {
		return "", &data.Invalid{Field: "number", Why: WhyNumberLength, Want: strconv.Itoa(numberLen), Got: strconv.Itoa(len(text))}
	}
	if luhn(text[:numberLen-1]) != int(text[numberLen-1]-'0') || text[0] == '0' {
		return "", &data.Invalid{Field: "number", Why: WhyNumberCheck, Got: text}
	}
	return Number(text), nil
}

// Kind is the two digits of the kind of device.
func (n Number) Kind() int { return n.part(0, 2) }

// Serial is the serial number within its kind.
func (n Number) Serial() int { return n.part(2, numberLen-1) }

func (n Number) part(from, to int) int {
	if len(n) != numberLen {
		return 0
	}
	v, _ := strconv.Atoi(string(n[from:to])) // ParseNumber took digits only
	return v
}

// Show writes the number as a label does, in groups that people can read out: "10 00042 7".
func (n Number) Show() string {
	if len(n) != numberLen {
		return string(n)
	}
	return string(n[:2] + " " + n[2:numberLen-1] + " " + n[numberLen-1:])
}

// luhn is the check digit behind digits.
func luhn(digits string) int {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 0 { // the digit before the check digit counts twice, and so on to the left
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return (10 - sum%10) % 10
}
