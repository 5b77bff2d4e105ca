package quiz

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
)

// A family is an item with Variants: rows of values for the placeholders in its texts, so that two people get
// questions that are equally hard and yet not the same. In the texts of a family every "[[" begins a placeholder
// "[[name]]" of lower case letters, digits and low lines; a "[[" that people should see comes out of a row, whose
// values are put in as they are. An item without Variants has no placeholders: all of its text is what it says.

// Limits on families.
const (
	MinVariants = 2
	MaxVariants = 20

	maxVariantKeys = 20
)

var (
	placeholder     = regexp.MustCompile(`\[\[([a-z][a-z0-9_]*)\]\]`)
	placeholderName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
)

// Vary gives the n-th variant of a family, counted round from 0: an item without placeholders, whose Variant, from
// 1, says which row it was made of. An item without variants is itself. Difficulty, level and time are the
// family's, so all variants are drawn as equals.
func (it Item) Vary(n int) Item {
	if len(it.Variants) == 0 {
		return it
	}
	n = (n%len(it.Variants) + len(it.Variants)) % len(it.Variants)
	row := it.Variants[n]
	varied := it.mapTexts(func(_, s string) string {
		return placeholder.ReplaceAllStringFunc(s, func(p string) string {
			if value, ok := row[p[2:len(p)-2]]; ok {
				return value
			}
			return p
		})
	})
	varied.Variants, varied.Variant = nil, n+1
	if varied.Number != nil {
		varied.Number.fill(row)
	}
	return varied
}

// VaryBy gives the variant that belongs to a seed and to a form, from 0, of the test that is drawn: forms of one
// seed get different variants as long as there are rows. It always gives the same for the same.
func (it Item) VaryBy(seed int64, form int) Item {
	if len(it.Variants) == 0 {
		return it
	}
	order := permutation(len(it.Variants), source(seed, "variant", it.ID))
	return it.Vary(order[form%len(order)])
}

// Family lists all variants of an item, in the order of its rows; of an item without variants itself.
func (it Item) Family() []Item {
	all := []Item{it.Vary(0)}
	for n := 1; n < len(it.Variants); n++ {
		all = append(all, it.Vary(n))
	}
	return all
}

// fill puts the numbers of a row in place of the names of its keys. rowProblems sees to it that they are numbers.
func (x *Number) fill(row map[string]string) {
	if x.ValueKey != "" {
		x.Value, _ = rowNumber(row[x.ValueKey])
	}
	if x.ToleranceKey != "" {
		x.Tolerance, _ = rowNumber(row[x.ToleranceKey])
	}
	x.ValueKey, x.ToleranceKey = "", ""
}

// rowNumber reads a number as a row has it, written for people: decimal comma, and no mark that could be either
// thousands or decimals.
func rowNumber(s string) (float64, bool) {
	values, unit, ok := ReadNumber(s)
	if !ok || unit != "" || len(values) != 1 {
		return 0, false
	}
	return values[0] + 0, true // -0 becomes 0
}

// mapTexts gives the item with every text that people see, or that they are compared with, changed by to, which is
// told the field's name as in a bank file. The item itself keeps its texts.
func (it Item) mapTexts(to func(field, s string) string) Item {
	it.Stem, it.Why, it.Rubric = to("stem", it.Stem), to("why", it.Why), to("rubric", it.Rubric)
	it.Options = slices.Clone(it.Options)
	for i, o := range it.Options {
		it.Options[i].Text, it.Options[i].Why = to(at("options", i)+".text", o.Text), to(at("options", i)+".why", o.Why)
	}
	each := func(field string, texts []string) []string {
		texts = slices.Clone(texts)
		for i, s := range texts {
			texts[i] = to(at(field, i), s)
		}
		return texts
	}
	it.Accept, it.Steps, it.Distractors = each("accept", it.Accept), each("steps", it.Steps), each("distractors", it.Distractors)
	it.Pairs = slices.Clone(it.Pairs)
	for i, p := range it.Pairs {
		it.Pairs[i] = Pair{to(at("pairs", i)+".left", p.Left), to(at("pairs", i)+".right", p.Right)}
	}
	if it.Number != nil {
		number := *it.Number
		number.Unit = to("number.unit", number.Unit)
		it.Number = &number
	}
	return it
}

// family checks the rows of a family and, where these are sound, each variant. What is wrong with every variant is a
// problem of the field; what is wrong with some is one of their rows: "variants[2].options[1].text".
func (it Item) family() Problems {
	p := it.rowProblems()
	if len(p) > 0 {
		return p
	}
	found := make([]Problems, len(it.Variants))
	times := map[string]int{}
	for n := range it.Variants {
		found[n] = it.Vary(n).problems()
		for _, one := range found[n] {
			times[one.Field+" "+string(one.Why)]++
		}
	}
	for n, problems := range found {
		for _, one := range problems {
			everywhere := times[one.Field+" "+string(one.Why)] >= len(it.Variants)
			if everywhere && n > 0 {
				continue
			}
			if !everywhere {
				one.Field = at("variants", n) + "." + one.Field
			}
			p = append(p, one)
		}
	}
	return p
}

// rowProblems looks at the rows and placeholders: how many rows, all with the keys of the first and none like
// another, every placeholder known, every key used, numbers where numbers are needed.
func (it Item) rowProblems() (p Problems) {
	if n := len(it.Variants); n < MinVariants || n > MaxVariants {
		p.add("variants", WhyCount, fmt.Sprintf("%d–%d", MinVariants, MaxVariants), strconv.Itoa(n))
		return p
	}
	names := slices.Sorted(maps.Keys(it.Variants[0]))
	if len(names) < 1 || len(names) > maxVariantKeys {
		p.add("variants[1]", WhyCount, fmt.Sprintf("1–%d", maxVariantKeys), strconv.Itoa(len(names)))
		return p
	}
	for n, row := range it.Variants {
		it.checkRow(&p, n, row, names)
	}
	used := it.placeholders(&p, names)
	for _, name := range names {
		if !used[name] {
			p.add("variants[1]."+name, WhyUnused, "[["+name+"]]", "")
		}
	}
	return p
}

func (it Item) checkRow(p *Problems, n int, row map[string]string, names []string) {
	place := at("variants", n)
	for _, name := range slices.Sorted(maps.Keys(row)) {
		switch {
		case !placeholderName.MatchString(name):
			p.add(place+"."+data.Clean(name, gotLen), WhyPlaceholder, "a-z 0-9 _", name)
		case !slices.Contains(names, name):
			p.add(place+"."+name, data.WhyUnknown, strings.Join(names, ", "), name)
		default:
			p.line(place+"."+name, row[name], MaxOption)
			if _, ok := rowNumber(row[name]); !ok && it.Number != nil && (it.Number.ValueKey == name || it.Number.ToleranceKey == name) {
				p.add(place+"."+name, WhyNotNumber, "", row[name])
			}
		}
	}
	for _, name := range names {
		if _, ok := row[name]; !ok {
			p.add(place+"."+name, data.WhyEmpty, "", "")
		}
	}
	if slices.ContainsFunc(it.Variants[:n], func(other map[string]string) bool { return maps.Equal(other, row) }) {
		p.add(place, data.WhyTwice, "", "")
	}
}

// placeholders tells which names the texts use, and notes each "[[" that begins none of them.
func (it Item) placeholders(p *Problems, names []string) map[string]bool {
	used := map[string]bool{}
	use := func(field, name, got string) {
		if used[name] = slices.Contains(names, name); !used[name] {
			p.add(field, WhyPlaceholder, strings.Join(names, ", "), got)
		}
	}
	it.mapTexts(func(field, s string) string {
		for rest := s; ; {
			i := strings.Index(rest, "[[")
			if i < 0 {
				return s
			}
			rest = rest[i:]
			if m := placeholder.FindStringSubmatchIndex(rest); m != nil && m[0] == 0 {
				use(field, rest[m[2]:m[3]], rest[:m[1]])
				rest = rest[m[1]:]
				continue
			}
			p.add(field, WhyPlaceholder, strings.Join(names, ", "), rest)
			return s
		}
	})
	if it.Number != nil {
		for field, name := range map[string]string{"number.value": it.Number.ValueKey, "number.tolerance": it.Number.ToleranceKey} {
			if name != "" {
				use(field, name, "[["+name+"]]")
			}
		}
	}
	return used
}
