package devices

import (
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/parts"
	"digibrug/tui/words"
)

// euroField takes an amount in euro; cents is what stands in it, nothing for 0.
func euroField(name string, label, hint words.Key, cents int64) parts.Field {
	value := ""
	if cents > 0 {
		value = plainEuro(cents)
	}
	return parts.Field{Name: name, Label: label, Hint: hint, Digits: true, Max: 20, Value: value, Check: func(text string) error {
		_, err := data.ParseEuro(text)
		return err
	}}
}

func needed(f parts.Field) parts.Field {
	f.Need = true
	return f
}

// euro is the cents of what a euroField let through.
func euro(text string) int64 {
	cents, err := data.ParseEuro(text)
	if err != nil {
		return 0
	}
	return cents
}

// plainEuro writes cents as people type them: "549", "12,50".
func plainEuro(cents int64) string {
	text := strconv.FormatInt(cents/100, 10)
	if rest := cents % 100; rest != 0 {
		text += "," + strconv.FormatInt(100+rest, 10)[1:]
	}
	return text
}

// Accessories are typed on one line, with their price: "lader 25; tas 15,50; handleiding".

// accessoriesText writes accessories as readAccessories reads them.
func accessoriesText(all []loans.Accessory) string {
	texts := make([]string, len(all))
	for i, a := range all {
		name := strings.ReplaceAll(a.Name, ";", ",")
		if _, price := cutPrice(name); a.Cents > 0 || price >= 0 { // a name that ends in a number needs a price behind it
			name += " " + plainEuro(a.Cents)
		}
		texts[i] = name
	}
	return strings.Join(texts, "; ")
}

// readAccessories reads what somebody typed. Names are checked by the register.
func readAccessories(text string) []loans.Accessory {
	var all []loans.Accessory
	for one := range strings.SplitSeq(text, ";") {
		name, cents := cutPrice(strings.TrimSpace(one))
		if name != "" {
			all = append(all, loans.Accessory{Name: name, Cents: max(0, cents)})
		}
	}
	return all
}

// cutPrice cuts the price off the end of an accessory; -1 for none.
func cutPrice(text string) (name string, cents int64) {
	at := strings.LastIndexByte(text, ' ')
	if at < 0 {
		return text, -1
	}
	if got, err := data.ParseEuro(text[at:]); err == nil {
		return strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text[:at]), "€")), got
	}
	return text, -1
}
