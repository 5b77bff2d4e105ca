package data

import (
	"strconv"
	"strings"
)

// WhyEuro says that Got is no amount in euro: digits, and after a comma or point one or two more.
const WhyEuro Why = "euro"

// mostCents is the largest amount that people type here.
const mostCents = 100_000_000 // a million euro

// ParseEuro reads an amount as people type it, "60", "12,50", "€ 1.250,00" or "12.5", in cents. Either sign may part the
// cents, since keypads differ; with three digits behind it, it parts thousands. It returns an *Invalid of field amount
// for anything else, also for less than nothing and more than a million.
func ParseEuro(text string) (cents int64, err error) {
	bad := &Invalid{Field: "amount", Why: WhyEuro, Got: Clean(text, 40)}
	plain := strings.NewReplacer("€", "", "EUR", "", "euro", "", "eur", "", " ", "", "\u00a0", "", "\u202f", "").Replace(text)
	whole, part := plain, ""
	if at := strings.LastIndexAny(plain, ",."); at >= 0 && len(plain)-at-1 != 3 {
		whole, part = plain[:at], plain[at+1:]
		if part == "" || len(part) > 2 {
			return 0, bad
		}
		part += strings.Repeat("0", 2-len(part))
	}
	groups := strings.FieldsFunc(whole, func(r rune) bool { return r == ',' || r == '.' })
	for i, g := range groups {
		if i > 0 && len(g) != 3 || i == 0 && len(groups) > 1 && len(g) > 3 {
			return 0, bad
		}
	}
	digits := strings.Join(groups, "")
	if digits == "" || strings.Trim(digits+part, "0123456789") != "" || len(digits) > 7 || strings.HasPrefix(whole, ",") || strings.HasPrefix(whole, ".") {
		return 0, bad
	}
	if part == "" {
		part = "00"
	}
	if cents, err = strconv.ParseInt(digits+part, 10, 64); err != nil || cents > mostCents {
		return 0, bad
	}
	return cents, nil
}
