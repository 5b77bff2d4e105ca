package data

import (
	"fmt"
	"strings"
)

// WhyPhone says that a text is no telephone number that somebody can call.
const WhyPhone Why = "phone"

// leastPhone is how many digits a number has that can be called from elsewhere: a Belgian zone and number have eight, after
// the zero.
const leastPhone = 8

// belgium is the prefix of its numbers from abroad.
const belgium = "32"

// phoneSigns are what people write between the digits of a telephone number.
const phoneSigns = " /.-()+"

// PhoneKey is what counts of a telephone number: its digits without the zero, or Belgium's prefix, in front. So
// +32 470 12 34 56, and 32470123456 without its sign, are 0470/12.34.56.
func PhoneKey(text string) string {
	only := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
	abroad, zeros := strings.CutPrefix(only, "00")
	plus := strings.HasPrefix(strings.TrimLeft(text, " ("), "+")
	if zeros || plus || len(only) >= leastPhone+len(belgium) { // a number without its zero is shorter
		only = strings.TrimPrefix(abroad, belgium)
	}
	return strings.TrimLeft(only, "0")
}

// IsPhone tells whether a text is a telephone number that can be called from elsewhere.
func IsPhone(text string) bool { return len(PhoneKey(text)) >= leastPhone }

// NameOrPhone is the condition, and its arguments from $1 on, by which people are found: each word of find begins a word of
// names (a column with SortKey's form), or stands in phone (a column with numbers as people wrote them). A whole telephone
// number finds the same number however it was written. An empty find holds for all.
func NameOrPhone(find, names, phone string) (where string, args []any) {
	bare := phone
	for _, sign := range phoneSigns {
		bare = fmt.Sprintf(`replace(%s, '%c', '')`, bare, sign)
	}
	if IsPhone(find) && strings.IndexFunc(find, notOfPhone) < 0 {
		return bare + ` LIKE $1`, []any{"%" + PhoneKey(find)}
	}
	conditions := []string{"1 = 1"}
	for _, word := range strings.Fields(SortKey(find)) {
		word = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(word)
		args = append(args, word+"%", "% "+word+"%", "%"+word+"%")
		n := len(args)
		conditions = append(conditions, fmt.Sprintf(`(%[1]s LIKE $%[3]d ESCAPE '!' OR %[1]s LIKE $%[4]d ESCAPE '!' OR %[2]s LIKE $%[5]d ESCAPE '!' OR %[6]s LIKE $%[5]d ESCAPE '!')`,
			names, phone, n-2, n-1, n, bare))
	}
	return strings.Join(conditions, " AND "), args
}

func notOfPhone(r rune) bool { return (r < '0' || r > '9') && !strings.ContainsRune(phoneSigns, r) }
