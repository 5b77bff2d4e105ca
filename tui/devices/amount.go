package devices

import (
	"strings"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/parts"
)

func needed(f parts.Field) parts.Field {
	f.Need = true
	return f
}

// Accessories are typed on one line, with their price: "lader 25; tas 15,50; handleiding".

// accessoriesText writes accessories as readAccessories reads them.
func accessoriesText(all []loans.Accessory) string {
	texts := make([]string, len(all))
	for i, a := range all {
		name := strings.ReplaceAll(a.Name, ";", ",")
		if _, price := cutPrice(name); a.Cents > 0 || price >= 0 { // a name that ends in a number needs a price behind it
			name += " " + parts.Euro(a.Cents)
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
