package workbook

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
)

// What can be wrong with the value of a cell. Want and Got are filled where they help; Field is the caller's.
const (
	WhyShare    data.Why = "workbook.share"    // no part of a full week
	WhyFull     data.Why = "workbook.full"     // more than a full week, or nothing of it
	WhyTurned   data.Why = "workbook.turned"   // a day where a part such as 4/5 belongs: the spreadsheet turned it into one
	WhyFault    data.Why = "workbook.fault"    // a formula that came to nothing, such as #N/A
	WhyYear     data.Why = "workbook.year"     // a day without its century, or one that no calendar has
	WhyUnmarked data.Why = "workbook.unmarked" // a number that may be a day, in a cell that does not say so
)

// Full is a full week in the unit of Share: ten-thousandths.
const Full = 10_000

var dayForm = regexp.MustCompile(`^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})$`)

// Day reads a day: a real day of a spreadsheet, or a text d/m/yyyy (also with - . or a space) or yyyy-mm-dd. It
// gives YYYY-MM-DD, and "" for an empty cell. A number that no format says to be a day is refused: 45000 may be a
// day in 2023 and may be a salary.
func (c Cell) Day() (string, error) {
	text := data.Clean(c.Text, 60)
	bad := &data.Invalid{Field: "day", Why: data.WhyDay, Got: text}
	switch {
	case text == "":
		return "", nil
	case c.Kind == Day, c.Kind == Moment:
		return text[:len(data.DayLayout)], nil
	case c.Kind == Fault:
		bad.Why = WhyFault
		return "", bad
	case c.Kind == Number:
		bad.Why = WhyUnmarked
		return "", bad
	}
	text, _, _ = strings.Cut(text, "T")
	if day, err := time.Parse(data.DayLayout, text); err == nil {
		return sensible(day, bad)
	}
	m := dayForm.FindStringSubmatch(text)
	switch {
	case m == nil:
		return "", bad
	case len(m[3]) == 2:
		bad.Why = WhyYear
		return "", bad
	}
	day, err := time.Parse("2/1/2006", strings.TrimLeft(m[1], "0")+"/"+strings.TrimLeft(m[2], "0")+"/"+m[3])
	if err != nil {
		bad.Why = WhyYear
		return "", bad
	}
	return sensible(day, bad)
}

// sensible refuses days that nobody lives to see.
func sensible(day time.Time, bad *data.Invalid) (string, error) {
	if day.Year() < 1900 || day.Year() > 2999 {
		bad.Why = WhyYear
		return "", bad
	}
	return day.Format(data.DayLayout), nil
}

var numberForm = regexp.MustCompile(`^\d{1,6}([.,]\d{1,6})?$`)

// Share reads a part of a full week in ten-thousandths, 1 to Full: a percentage (80 %, 80), a decimal (0,8 or 0.8),
// a fraction (4/5, 30,4/38, 28:24/38:00 is refused). From 1 on, and up to 100, a plain number is a percentage,
// except 1 itself: that is a full week. It gives 0 for an empty cell.
func (c Cell) Share() (int64, error) {
	text := data.Clean(c.Text, 60)
	bad := &data.Invalid{Field: "fraction", Why: WhyShare, Got: text}
	switch c.Kind {
	case Day, Moment, Time:
		bad.Why = WhyTurned
		return 0, bad
	case Fault:
		bad.Why = WhyFault
		return 0, bad
	case Bool:
		return 0, bad
	}
	if text == "" {
		return 0, nil
	}
	part, percent := strings.CutSuffix(text, "%")
	over, under, isFraction := strings.Cut(part, "/")
	value, ok := rat(over)
	if isFraction && ok {
		var whole *big.Rat
		if whole, ok = rat(under); ok && whole.Sign() > 0 {
			value = value.Quo(value, whole)
		} else {
			ok = false
		}
	}
	switch {
	case !ok || percent && isFraction:
		return 0, bad
	case percent:
		value = value.Quo(value, big.NewRat(100, 1))
	case !isFraction && !c.Percent && value.Cmp(big.NewRat(1, 1)) > 0:
		value = value.Quo(value, big.NewRat(100, 1))
	}
	share := rounded(value.Mul(value, big.NewRat(Full, 1)))
	if share < 1 || share > Full {
		bad.Why = WhyFull
		return 0, bad
	}
	return share, nil
}

// rat reads a number with a decimal comma or point.
func rat(s string) (*big.Rat, bool) {
	if s = strings.TrimSpace(s); !numberForm.MatchString(s) {
		return nil, false
	}
	return new(big.Rat).SetString(strings.Replace(s, ",", ".", 1))
}

// rounded gives the nearest whole number, halves up; numbers here are small and not negative.
func rounded(r *big.Rat) int64 {
	half := new(big.Rat).Add(r, big.NewRat(1, 2))
	whole := new(big.Int).Quo(half.Num(), half.Denom())
	if !whole.IsInt64() {
		return -1
	}
	return whole.Int64()
}

// ShareText writes a part of a full week as people do: 8000 is "80 %", 6667 is "66,67 %". Share reads it back.
func ShareText(share int64) string {
	text := strconv.FormatFloat(float64(share)/100, 'f', -1, 64)
	return strings.Replace(text, ".", ",", 1) + " %"
}

// Whole reads a whole number from 0 to most. It gives -1 for an empty cell.
func (c Cell) Whole(most int) (int, error) {
	text := strings.TrimSpace(c.Text)
	if text == "" {
		return -1, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > most || c.Kind != Number && c.Kind != Text {
		return 0, &data.Invalid{Field: "number", Why: data.WhyNumber, Want: "0 … " + strconv.Itoa(most), Got: data.Clean(text, 60)}
	}
	return n, nil
}
