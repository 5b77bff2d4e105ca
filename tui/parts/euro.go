package parts

import (
	"strconv"

	"digibrug/data"
	"digibrug/tui/words"
)

// EuroField takes an amount in euro. cents is what stands in it; nothing for 0.
func EuroField(name string, label, hint words.Key, cents int64) Field {
	value := ""
	if cents > 0 {
		value = Euro(cents)
	}
	return Field{Name: name, Label: label, Hint: hint, Digits: true, Max: 20, Value: value, Check: func(text string) error {
		_, err := data.ParseEuro(text)
		return err
	}}
}

// Cents is what an EuroField let through; 0 for nothing.
func Cents(text string) int64 {
	cents, err := data.ParseEuro(text)
	if err != nil {
		return 0
	}
	return cents
}

// Euro writes cents as people type them: "549", "12,50".
func Euro(cents int64) string {
	text := strconv.FormatInt(cents/100, 10)
	if rest := cents % 100; rest != 0 {
		text += "," + strconv.FormatInt(100+rest, 10)[1:]
	}
	return text
}
