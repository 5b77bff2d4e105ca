package calendar

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"digibrug/data"
)

// Codes for what can be wrong with times and calendars.
const (
	WhyTime    data.Why = "calendar.time"    // not a time of day
	WhyHours   data.Why = "calendar.hours"   // not blocks of hours
	WhyOrder   data.Why = "calendar.order"   // a block that ends before it begins, or goes past midnight
	WhyOverlap data.Why = "calendar.overlap" // shares time or days with what is there already; Invalid.Got says with what
	WhyGap     data.Why = "calendar.gap"     // a time that the clock skips in spring
	WhyTwice   data.Why = "calendar.twice"   // a time that the clock shows twice in autumn
	WhyNoWeek  data.Why = "calendar.no_week" // a series that finds no free week any more
)

// Minute is a time of day on the wall: minutes since midnight, 0 (00:00) to Midnight (24:00).
type Minute int

// Two times of day that have a name.
const (
	Noon     Minute = 12 * 60
	Midnight Minute = 24 * 60 // the end of the day; its beginning is 0
)

// String gives HH:MM.
func (m Minute) String() string { return fmt.Sprintf("%02d:%02d", m/60, m%60) }

// Block is a part of a day, from its first minute up to, not with, To. 0 <= From < To <= Midnight.
type Block struct{ From, To Minute }

// String gives HH:MM-HH:MM.
func (b Block) String() string { return b.From.String() + "-" + b.To.String() }

func (b Block) ok() bool { return 0 <= b.From && b.From < b.To && b.To <= Midnight }

// Hours are the blocks of one day, in order, none over another; they may touch. None at all is closed.
type Hours []Block

// String gives "09:00-12:00, 13:30-17:00", and "" for closed. ParseHours reads it back.
func (h Hours) String() string {
	parts := make([]string, len(h))
	for i, b := range h {
		parts[i] = b.String()
	}
	return strings.Join(parts, ", ")
}

// Within keeps the part of the hours that lies in b.
func (h Hours) Within(b Block) Hours {
	var kept Hours
	for _, one := range h {
		if one = (Block{max(one.From, b.From), min(one.To, b.To)}); one.From < one.To {
			kept = append(kept, one)
		}
	}
	return kept
}

// normal gives the hours in order, nil for none. It returns an *data.Invalid for a block that is none, or over another.
func (h Hours) normal(field string) (Hours, error) {
	if len(h) == 0 {
		return nil, nil
	}
	if len(h) > mostBlocks {
		return nil, &data.Invalid{Field: field, Why: data.WhyTooLong, Want: strconv.Itoa(mostBlocks)}
	}
	h = slices.Clone(h)
	slices.SortFunc(h, func(a, b Block) int { return int(a.From - b.From) })
	for i, b := range h {
		switch {
		case !b.ok():
			return nil, &data.Invalid{Field: field, Why: WhyOrder, Got: b.String()}
		case i > 0 && b.From < h[i-1].To:
			return nil, &data.Invalid{Field: field, Why: WhyOverlap, Got: h[i-1].String() + ", " + b.String()}
		}
	}
	return h, nil
}

// mostBlocks bounds the blocks of a day; longestText the characters of hours that somebody typed.
const (
	mostBlocks  = 12
	longestText = 200
)

// signs takes the spaces away around what stands between hours and minutes, and turns uur into u.
var signs = strings.NewReplacer(" uur ", "u", " uur", "u", "uur ", "u", "uur", "u", " u ", "u", " u", "u", "u ", "u", " h ", "h", " h", "h", "h ", "h")

// ParseMinute reads a time of day as people type it: 9:00, 09.00, 9.00 u, 9u, 9u30, 9 uur, 9h30, 0900, 900 and
// plain 9; up to 24:00. A colon or point wants minutes behind it, and minutes have two digits: 9u5 could be five
// past nine or half past.
func ParseMinute(s string) (Minute, error) {
	text := strings.ToLower(data.Clean(s, longestText))
	text = signs.Replace(text)
	if strings.HasSuffix(text, "u.") { // the abbreviation with its point
		text = strings.TrimSuffix(text, ".")
	}
	if strings.ContainsAny(text, ":.") { // 9.00 u
		text = strings.TrimSuffix(strings.TrimSuffix(text, "h"), "u")
	}
	hours, minutes := text, "00"
	switch at := strings.IndexAny(text, ":.uh "); {
	case at >= 0 && at == len(text)-1 && (text[at] == 'u' || text[at] == 'h'):
		hours = text[:at]
	case at >= 0:
		hours, minutes = text[:at], text[at+1:]
	case len(text) == 3 || len(text) == 4:
		hours, minutes = text[:len(text)-2], text[len(text)-2:]
	}
	h, okH := digits(hours, 1, 2)
	m, okM := digits(minutes, 2, 2)
	if at := Minute(60*h + m); okH && okM && m < 60 && at <= Midnight {
		return at, nil
	}
	return 0, &data.Invalid{Field: "time", Why: WhyTime, Got: data.Clean(s, 40)}
}

// digits reads a number of least to most ASCII digits.
func digits(s string, least, most int) (n int, ok bool) {
	if len(s) < least || len(s) > most {
		return 0, false
	}
	for _, r := range s {
		if r < '0' || r > '9' {
			return 0, false
		}
		n = 10*n + int(r-'0')
	}
	return n, true
}

// separators turns what people write between times and blocks into - and , (with spaces around words, so
// that no word is cut).
var separators = strings.NewReplacer("van ", "", "–", "-", "—", "-", "−", "-", " tot ", "-", " to ", "-", " à ", "-",
	";", ",", "/", ",", " en ", ",", " et ", ",", " and ", ",")

// ParseHours reads the hours of one day as people type them: "9u-12u, 13u30-17u", "van 9.00 tot 12.00 u en van 13.30
// tot 17.00 u", in any order. Empty, a dash, gesloten, fermé and closed give none. Hours past midnight are
// refused: they are a block up to 24:00, and one from 00:00 on the day after.
func ParseHours(s string) (Hours, error) {
	text := strings.ToLower(data.Clean(s, longestText+1))
	if utf8.RuneCountInString(text) > longestText {
		return nil, &data.Invalid{Field: "hours", Why: data.WhyTooLong, Want: strconv.Itoa(longestText), Got: data.Clean(s, 40)}
	}
	switch text = separators.Replace(text); text {
	case "", "-", "gesloten", "toe", "dicht", "fermé", "closed":
		return nil, nil
	}
	var h Hours
	for part := range strings.SplitSeq(text, ",") {
		from, to, ok := strings.Cut(part, "-")
		if !ok || strings.Contains(to, "-") {
			return nil, &data.Invalid{Field: "hours", Why: WhyHours, Got: data.Clean(cmp.Or(strings.TrimSpace(part), s), 40)}
		}
		b, err := parseBlock(from, to)
		if err != nil {
			return nil, err
		}
		h = append(h, b)
	}
	return h.normal("hours")
}

func parseBlock(from, to string) (b Block, err error) {
	if b.From, err = ParseMinute(from); err != nil {
		return b, err
	}
	if b.To, err = ParseMinute(to); err != nil {
		return b, err
	}
	if !b.ok() {
		return b, &data.Invalid{Field: "hours", Why: WhyOrder, Got: b.String()}
	}
	return b, nil
}
