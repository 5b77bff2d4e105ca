package exchange

import (
	"bytes"
	"cmp"
	"errors"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/quiz"
)

// Formats lists what Read reads, FormatAuto first.
func Formats() []Format {
	return []Format{FormatAuto, FormatGIFT, FormatXML, FormatYAML, FormatCSV, FormatXLSX}
}

// Read reads a file of a format; FormatAuto finds out which by what is in it, and by the end of its name where that leaves a
// choice. It never fails as a whole: what is wrong is in Faults.
func Read(f Format, name string, src []byte) Parsed {
	if len(src) > MaxBytes {
		p := empty(f)
		p.Faults = append(p.Faults, Fault{Line: 1, Column: 1, Why: WhySize})
		return p
	}
	if f == FormatAuto {
		f = guess(name, src)
	}
	p, category := Parsed{}, "$CATEGORY:"
	switch f {
	case FormatYAML:
		return parseYAML(name, src)
	case FormatXML:
		p, category = ParseXML(src), "<category>"
	case FormatCSV, FormatXLSX:
		p = ParseSheet(name, src)
	default:
		p = ParseGIFT(src)
	}
	if len(p.Questions)+len(p.Skipped)+len(p.Faults) == 0 && !bytes.Contains(src, []byte(category)) {
		p.Faults = append(p.Faults, Fault{Line: 1, Column: 1, Why: WhyNotGIFT})
	}
	return p
}

// Foreign tells whether a file is surely in another form than YAML, which is our own.
func Foreign(name string, src []byte) bool {
	f := guess(name, src)
	return f != FormatYAML && (f != FormatGIFT || giftForm.Match(src[:min(len(src), 4096)]) || strings.ToLower(filepath.Ext(name)) == ".gift")
}

var (
	yamlForm = regexp.MustCompile(`(?m)^(bank|items|language|domain|title):`)
	xmlForm  = regexp.MustCompile(`^<(\?xml|quiz|!)`)
	giftForm = regexp.MustCompile(`(?m)^\s*(::|\$CATEGORY:)`)
)

// guess finds the format. A text that is nothing else is GIFT, in which anything can stand.
func guess(name string, src []byte) Format {
	start := bytes.TrimSpace(bytes.TrimPrefix(src[:min(len(src), 4096)], []byte("\ufeff")))
	first, _, _ := bytes.Cut(start, []byte("\n"))
	end := strings.ToLower(filepath.Ext(name))
	switch {
	case bytes.HasPrefix(src, []byte("PK\x03\x04")), bytes.HasPrefix(src, []byte("\xD0\xCF\x11\xE0")):
		return FormatXLSX
	case xmlForm.Match(start), bytes.HasPrefix(start, []byte("<")) && end != ".gift" && end != ".txt": // a stem may begin with <p>
		return FormatXML
	case end == ".xml":
		return FormatXML
	case end == ".gift":
		return FormatGIFT
	case end == ".yaml", end == ".yml":
		return FormatYAML
	case end == ".csv", end == ".tsv":
		return FormatCSV
	case end == ".xlsx", end == ".xlsm", end == ".xls":
		return FormatXLSX
	case len(yamlForm.FindAll(start, 3)) >= 2 && !giftForm.Match(start):
		return FormatYAML
	case headed(string(first)):
		return FormatCSV
	}
	return FormatGIFT
}

// headed tells whether a line has the heads of a sheet.
func headed(line string) bool {
	cells := strings.FieldsFunc(data.SortKey(line), func(r rune) bool { return strings.ContainsRune(";,\t\"*", r) })
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return slices.Contains(cells, data.SortKey(headKind)) && slices.Contains(cells, data.SortKey(headStem))
}

// parseYAML reads a bank, whole or not at all.
func parseYAML(name string, src []byte) Parsed {
	p := empty(FormatYAML)
	bank, err := quiz.ParseBank(name, src)
	var bad quiz.Problems
	if errors.As(err, &bad) {
		for _, one := range bad {
			p.Faults = append(p.Faults, Fault{Line: max(1, one.Line), Column: max(1, one.Col), Field: one.Field, Why: one.Why, Want: one.Want, Got: one.Got})
		}
		return p
	}
	p.Bank = &bank
	for _, it := range bank.Items {
		for _, q := range FromItem(it) {
			q.Line = cmp.Or(bank.Lines[it.ID], 1)
			p.Questions = append(p.Questions, q)
		}
	}
	return p
}

// Items makes items of what a file says: those of a bank as they are, of which nothing misses.
func (p Parsed) Items(d Defaults) (items []Made, skipped []Skipped) {
	if p.Bank == nil {
		return Items(p.Questions, d)
	}
	for _, it := range p.Bank.Items {
		items = append(items, Made{Item: it, Line: cmp.Or(p.Bank.Lines[it.ID], 1)})
	}
	return items, nil
}
