package papers

import (
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/tui/words"
)

// shown is a cell as people read it on a screen and on paper: "1.234,5", "75", "23/11/2026 12:00". An empty
// cell is a dash, so that nobody takes it for something that was forgotten. Units stand in the head.
func (c Cell) shown(col Column) string {
	switch c.kind {
	case KindText, KindList:
		return c.text()
	case KindNumber:
		if col.Ordinal {
			return decimal(c.value, col.Decimals)
		}
		return words.Number(lang, c.value, col.Decimals)
	case KindShare:
		return words.Number(lang, 100*c.value, col.Decimals)
	case KindMoney:
		return strings.TrimPrefix(words.Money(lang, c.cents), "€ ")
	case KindDay:
		return words.StoredDay(lang, c.day)
	case KindMoment:
		return words.ShortDay(lang, c.at) + " " + words.Clock(lang, c.at)
	}
	return "-"
}

// plain is a cell as a spreadsheet set to Belgium reads it out of a CSV file: shown, without the sign between
// thousands, and nothing for an empty cell. Texts are not guarded yet.
func (c Cell) plain(col Column) string {
	switch c.kind {
	case "":
		return ""
	case KindNumber:
		return decimal(c.value, col.Decimals)
	case KindShare:
		return decimal(100*c.value, col.Decimals)
	case KindMoney:
		size := uint64(c.cents)
		if c.cents < 0 {
			size = -size
		}
		sign := ""
		if c.cents < 0 {
			sign = "-"
		}
		cents := strconv.FormatUint(size%100+100, 10)[1:]
		return sign + strconv.FormatUint(size/100, 10) + "," + cents
	}
	return c.shown(col)
}

// decimal writes a number with a comma: "-1234,50".
func decimal(v float64, decimals int) string {
	s := strconv.FormatFloat(v, 'f', min(max(decimals, 0), 9), 64)
	if strings.Trim(s, "-0.") == "" { // no "-0"
		s = strings.TrimPrefix(s, "-")
	}
	return strings.Replace(s, ".", ",", 1)
}

// machine is a cell as a program reads it out of JSON: a text or a list of texts (the codes, where there are
// any), a number, a share from 0 to 1, cents, YYYY-MM-DD, an instant in UTC, or nil.
func (c Cell) machine() any {
	texts := c.texts
	if c.codes != nil {
		texts = c.codes
	}
	switch c.kind {
	case KindText:
		return texts[0]
	case KindList:
		return texts
	case KindNumber, KindShare:
		return c.value
	case KindMoney:
		return c.cents
	case KindDay:
		return data.Clean(c.day, len(data.DayLayout))
	case KindMoment:
		return c.at.UTC()
	}
	return nil
}
