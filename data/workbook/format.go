package workbook

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
)

// format says what the numbers of a cell mean by the way in which they are shown.
type format struct {
	kind    Kind // Number, Day (a day, perhaps with a time) or Time
	percent bool
	zeros   int // digits to which a whole number is filled up with zeros, such as 5 for 00042
}

// readStyles reads which style shows numbers as what.
func (x *xlsx) readStyles(name string) error {
	codes := map[int]string{}
	inCells := false
	_, err := x.each(name, x.count, func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(e, "numFmtId")); err == nil && len(codes) < x.limits.Columns*10 {
				codes[id] = attr(e, "formatCode")
			}
		case "cellXfs":
			inCells = true
		case "cellStyleXfs", "cellStyles", "dxfs":
			inCells = false
		case "xf":
			if !inCells {
				return nil
			}
			if len(x.formats) >= x.limits.Cells {
				return refused(WhyBig, name)
			}
			id, err := strconv.Atoi(attr(e, "numFmtId"))
			if err != nil {
				id = 0
			}
			x.formats = append(x.formats, formatOf(id, codes[id]))
		}
		return nil
	})
	return err
}

// formatOf tells what a format means: by its own code, or by the number of one that every spreadsheet knows
// (ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are days in the East).
func formatOf(id int, code string) format {
	if code != "" {
		return parseFormat(code)
	}
	switch {
	case id == 9, id == 10:
		return format{kind: Number, percent: true}
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 58:
		return format{kind: Day}
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47:
		return format{kind: Time}
	}
	return format{kind: Number}
}

// parseFormat reads the code of a format, of which only what holds for positive numbers counts.
func parseFormat(code string) format {
	var signs strings.Builder
	for i := 0; i < len(code) && code[i] != ';'; i++ {
		switch c := code[i]; c {
		case '"':
			if end := strings.IndexByte(code[i+1:], '"'); end >= 0 {
				i += end + 1
			} else {
				i = len(code)
			}
		case '\\', '_', '*':
			i++ // the next one is shown as it is
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				end = len(code) - i
			}
			if inside := strings.ToLower(code[i+1 : max(i+1, min(i+end, len(code)))]); strings.Trim(inside, "hms") == "" {
				signs.WriteString(inside) // hours that go on after 24
			}
			i += end
		default:
			signs.WriteByte(c)
		}
	}
	text := strings.ToLower(signs.String())
	switch {
	case text == "general", text == "standaard", text == "@":
		return format{kind: Number}
	case strings.ContainsAny(text, "yd"):
		return format{kind: Day}
	case strings.ContainsAny(text, "hs"):
		return format{kind: Time}
	case strings.Contains(text, "m"):
		return format{kind: Day}
	case strings.Contains(text, "%"):
		return format{kind: Number, percent: true}
	case len(text) > 1 && strings.Trim(text, "0") == "":
		return format{kind: Number, zeros: min(len(text), 20)}
	}
	return format{kind: Number}
}

// cell gives a cell with a number its kind and text.
func (f format) cell(c Cell, n float64, from1904 bool) Cell {
	switch f.kind {
	case Day:
		if day, ok := serialDay(n, from1904); ok {
			c.Kind, c.Text = Day, day.Format(data.DayLayout)
			if minutes := minutesOf(n); minutes > 0 {
				c.Kind, c.Text = Moment, c.Text+" "+clock(minutes)
			}
			return c
		}
	case Time:
		switch {
		case n == 1: // the end of the day
			c.Kind, c.Text = Time, "24:00"
			return c
		case n >= 0 && n < 1:
			c.Kind, c.Text = Time, clock(minutesOf(n))
			return c
		}
	}
	c.Kind, c.Text = Number, decimal(n)
	switch {
	case f.percent:
		c.Percent = true
	case f.zeros > 0 && n == math.Trunc(n) && n >= 0:
		c.Text = strings.Repeat("0", max(0, f.zeros-len(c.Text))) + c.Text
	}
	return c
}

// decimal writes a number with a point, to the 15 digits that a spreadsheet keeps.
func decimal(n float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64)
	if err != nil || math.IsInf(rounded, 0) || math.IsNaN(rounded) {
		return strconv.FormatFloat(n, 'g', -1, 64)
	}
	if math.Abs(rounded) >= 1e21 || rounded != 0 && math.Abs(rounded) < 1e-9 {
		return strconv.FormatFloat(rounded, 'g', -1, 64)
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// serialDay is the day of a number. Days count from 30 December 1899, so that 1 March 1900 is 61: before it
// spreadsheets count a 29 February 1900 that never was, and those days are not read. With from1904 day 0 is
// 1 January 1904.
func serialDay(n float64, from1904 bool) (time.Time, bool) {
	whole := math.Floor(n)
	first, least := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC), 61.0
	if from1904 {
		first, least = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC), 0
	}
	if !(whole >= least && whole < 400_000) { // 400,000 is in the year 2995
		return time.Time{}, false
	}
	return first.AddDate(0, 0, int(whole)), true
}

// minutesOf is the time of day in a number, in minutes since midnight.
func minutesOf(n float64) int { return min(int(math.Round((n-math.Floor(n))*24*60)), 24*60-1) }

func clock(minutes int) string {
	return strconv.Itoa(100 + minutes/60)[1:] + ":" + strconv.Itoa(100 + minutes%60)[1:]
}

// isoCell reads a day that stands in the file as text (t="d").
func isoCell(c Cell, value string) Cell {
	day, rest, _ := strings.Cut(strings.TrimSpace(value), "T")
	c.Kind, c.Text = Text, valid(value)
	if _, err := data.ParseDay(day); err == nil {
		c.Kind, c.Text = Day, day
		if len(rest) >= 5 && rest[:5] != "00:00" {
			c.Kind, c.Text = Moment, day+" "+rest[:5]
		}
	}
	return c
}
