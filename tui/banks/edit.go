package banks

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// formKinds are the kinds that the form can hold; the others are written in a file.
func formKinds() []quiz.Kind {
	return []quiz.Kind{quiz.KindSingle, quiz.KindMultiple, quiz.KindTrueFalse, quiz.KindText, quiz.KindNumber}
}

const (
	formOptions = 5 // that the form has room for
	newSeconds  = 60
	shortWhy    = 300 // characters of a reason in the form
	retries     = 5   // with another code for a new item
)

// fits tells whether the form can hold an item without losing something of it.
func fits(it quiz.Item) bool {
	lines := it.Stem + it.Why
	for _, o := range it.Options {
		lines += o.Why
	}
	return slices.Contains(formKinds(), it.Kind) && len(it.Variants) == 0 && len(it.Options) <= formOptions && !strings.Contains(lines, "\n") &&
		!slices.ContainsFunc(it.Accept, func(s string) bool { return strings.Contains(s, ";") })
}

// kinds asks of which kind a new item is.
func (d desk) kinds(s shelved) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]quiz.Kind]{
		Title:   func([]quiz.Kind) string { return d.S.T(words.BanksNewItemTitle) },
		Doing:   words.BanksLoading,
		Load:    func() ([]quiz.Kind, error) { return formKinds(), nil },
		Top:     func(p page.Page, _ []quiz.Kind) []string { return p.Paragraphs(d.S.T(words.BanksKindLead)) },
		Columns: []parts.Column{{Title: words.BanksColKind, Min: 20, Grow: 1}},
		Rows: func(all []quiz.Kind) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, k := range all {
				rows[i] = parts.Row{ID: string(k), Cells: []string{d.S.T(kindWord(k))}}
			}
			return rows
		},
		Opens: words.BanksChoose,
		Open: func(_ []quiz.Kind, id string) tea.Cmd {
			it := quiz.Item{ID: s.freeID(), Kind: quiz.Kind(id), Domain: s.Bank.Domain, DigComp: "1.1", Level: 1, Seconds: newSeconds, Shuffle: true,
				Source: d.S.T(words.BanksOwnSource), Author: d.S.Who.Name}
			return shell.Replace(d.edit(s.Bank.ID, it))
		},
	})
}

func kindWord(k quiz.Kind) words.Key {
	return map[quiz.Kind]words.Key{quiz.KindSingle: words.BanksKindSingle, quiz.KindMultiple: words.BanksKindMultiple, quiz.KindTrueFalse: words.BanksKindTruth,
		quiz.KindText: words.BanksKindText, quiz.KindNumber: words.BanksKindNumber}[k]
}

// freeID is a code for a new item: that of the bank and the first number that is free.
func (s shelved) freeID() string {
	for n := len(s.entries) + 1; ; n++ {
		id := fmt.Sprintf("%s-%03d", s.Bank.ID, n)
		if _, there := s.entry(id); !there {
			return id
		}
	}
}

// edit changes an item, or makes one where it has no version yet. What is saved is a draft.
func (d desk) edit(bank string, it quiz.Item) shell.Screen {
	title, lead := words.BanksEditTitle, words.BanksEditLead
	if it.Version == 0 {
		title, lead = words.BanksNewItemTitle, words.BanksNewItemLead
	}
	return page.NewTask(d.S, title, words.BanksSaving, func() (page.Brief, error) {
		return page.Brief{Lead: lead, Body: parts.NewForm(words.BanksSave, d.fields(it)...),
			Do: func(f parts.Form) (page.Outcome, error) {
				_, err := d.lib.Put(d.ctx(), d.By(), bank, filled(it, f))
				for n := 0; it.Version == 0 && taken(err) && n < retries; n++ { // by a colleague who wrote one at the same time
					_, entries, seen := d.lib.Shelf(d.ctx(), d.By(), bank)
					if seen != nil {
						return page.Outcome{}, seen
					}
					it.ID = shelved{quiz.Shelf{Bank: quiz.Bank{ID: bank}}, entries}.freeID()
					_, err = d.lib.Put(d.ctx(), d.By(), bank, filled(it, f))
				}
				return page.Outcome{Said: words.BanksItemSaved}, placed(it, err)
			}}, nil
	})
}

// taken tells whether the code of a new item is that of another one.
func taken(err error) bool {
	var all quiz.Problems
	return errors.As(err, &all) && slices.ContainsFunc([]*data.Invalid(all), func(p *data.Invalid) bool { return p.Field == "id" && p.Why == data.WhyTwice })
}

func (d desk) fields(it quiz.Item) []parts.Field {
	level := parts.Field{Name: "level", Label: words.BanksColLevel, Kind: parts.Choice, Need: true, Value: strconv.Itoa(it.Level)}
	for n := 1; n <= 4; n++ {
		level.Options = append(level.Options, parts.Option{Value: strconv.Itoa(n), Label: strconv.Itoa(n)})
	}
	all := []parts.Field{{Name: "stem", Label: words.BanksStem, Need: true, Max: quiz.MaxStem, Value: it.Stem}, level}
	switch it.Kind {
	case quiz.KindTrueFalse:
		value := "yes"
		if it.True != nil && !*it.True {
			value = "no"
		}
		all = append(all, parts.Field{Name: "answer", Label: words.BanksAnswer, Kind: parts.Choice, Need: true, Value: value,
			Options: []parts.Option{{Value: "yes", Label: d.S.T(words.ItemTrue)}, {Value: "no", Label: d.S.T(words.ItemFalse)}}})
	case quiz.KindNumber:
		n := quiz.Number{}
		value := ""
		if it.Number != nil {
			n, value = *it.Number, quiz.FormatNumber(it.Number.Value)
		}
		all = append(all, parts.Field{Name: "number.value", Label: words.BanksAnswer, Hint: words.BanksNumberHint, Need: true, Digits: true, Max: 20, Value: value, Check: oneNumber("number.value")},
			parts.Field{Name: "number.tolerance", Label: words.BanksTolerance, Hint: words.BanksToleranceHint, Digits: true, Max: 20, Check: oneNumber("number.tolerance"), Value: quiz.FormatNumber(n.Tolerance)},
			parts.Field{Name: "number.unit", Label: words.BanksUnit, Max: 20, Value: n.Unit})
	case quiz.KindText:
		all = append(all, parts.Field{Name: "accept", Label: words.BanksAccept, Hint: words.BanksAcceptHint, Need: true, Max: 400, Value: strings.Join(it.Accept, "; ")},
			parts.Field{Name: "distance", Label: words.BanksDistance, Kind: parts.Number, Need: true, Low: 0, High: 3, Value: strconv.Itoa(it.Distance)})
	default:
		all = append(all, d.optionFields(it)...)
	}
	return append(all, parts.Field{Name: "why", Label: words.BanksItemWhy, Hint: words.BanksItemWhyHint, Need: true, Max: quiz.MaxWhy, Value: it.Why},
		parts.Field{Name: "digcomp", Label: words.BanksDigComp, Hint: words.BanksDigCompHint, Need: true, Digits: true, Max: 3, Value: it.DigComp})
}

// optionFields are a field for each answer and its reason, and which are right.
func (d desk) optionFields(it quiz.Item) (all []parts.Field) {
	right := parts.Field{Name: "right", Label: words.BanksRight, Kind: parts.Choice, Need: true, Value: "0"}
	if it.Kind == quiz.KindMultiple {
		right.Kind, right.Value, right.Label = parts.Many, "", words.BanksRightMany
	}
	var ticked []string
	for n := range formOptions {
		var o quiz.Option
		if n < len(it.Options) {
			o = it.Options[n]
		}
		if o.Right {
			ticked = append(ticked, strconv.Itoa(n))
		}
		right.Options = append(right.Options, parts.Option{Value: strconv.Itoa(n), Label: strconv.Itoa(n + 1)})
		all = append(all, parts.Field{Name: fmt.Sprintf("options[%d].text", n+1), Label: words.Key(d.S.T(words.BanksOption, "n", n+1)), Need: n < 2, Max: quiz.MaxOption, Value: o.Text},
			parts.Field{Name: fmt.Sprintf("options[%d].why", n+1), Label: words.Key(d.S.T(words.BanksOptionWhy, "n", n+1)), Max: shortWhy, Value: o.Why})
	}
	if len(ticked) > 0 {
		right.Value = strings.Join(ticked, "\n")
	}
	return append(all, right)
}

// filled is an item with what was typed. Where the level changes, the difficulty goes to the middle of the new one.
func filled(it quiz.Item, f parts.Form) quiz.Item {
	level, _ := strconv.Atoi(f.Value("level")) // a choice of four
	if level != it.Level || it.Version == 0 {
		it.Difficulty = float64(level) - 2.5
	}
	it.Level, it.Stem, it.Why, it.DigComp = level, f.Value("stem"), f.Value("why"), f.Value("digcomp")
	switch it.Kind {
	case quiz.KindTrueFalse:
		yes := f.Value("answer") == "yes"
		it.True = &yes
	case quiz.KindNumber:
		it.Number = &quiz.Number{Value: decimal(f.Value("number.value")), Tolerance: decimal(f.Value("number.tolerance")), Unit: f.Value("number.unit")}
	case quiz.KindText:
		it.Accept = nil
		for one := range strings.SplitSeq(f.Value("accept"), ";") {
			if one = strings.TrimSpace(one); one != "" {
				it.Accept = append(it.Accept, one)
			}
		}
		it.Distance, _ = strconv.Atoi(f.Value("distance")) // a number from 0 to 3
	default:
		right := strings.Split(f.Value("right"), "\n") // one, or each that is ticked
		it.Options = nil
		for n := range formOptions {
			if text := f.Value(fmt.Sprintf("options[%d].text", n+1)); text != "" {
				it.Options = append(it.Options, quiz.Option{Text: text, Why: f.Value(fmt.Sprintf("options[%d].why", n+1)), Right: slices.Contains(right, strconv.Itoa(n))})
			}
		}
	}
	return it
}

// oneNumber is the check of a field with a number. What can be read as two, such as 1.000, is refused: the wrong one of them
// would be the key, and nobody would see it.
func oneNumber(field string) func(text string) error {
	return func(text string) error {
		if all, unit, ok := quiz.ReadNumber(text); !ok || len(all) != 1 || unit != "" {
			return &data.Invalid{Field: field, Why: data.WhyNumber}
		}
		return nil
	}
}

// decimal reads what oneNumber let through.
func decimal(text string) float64 {
	all, _, ok := quiz.ReadNumber(text)
	if !ok {
		return 0 // a tolerance that was left empty
	}
	return all[0]
}

// placed puts what the library finds wrong under fields of the form: what is about all answers under the one that says which
// is right, and about one of them, or about what has no field, under the question.
func placed(it quiz.Item, err error) error {
	var all quiz.Problems
	if !errors.As(err, &all) {
		return err
	}
	fields := map[string]bool{}
	for _, name := range []string{"stem", "level", "why", "digcomp", "answer", "number.value", "number.tolerance", "number.unit", "accept", "distance"} {
		fields[name] = true
	}
	moved := make(quiz.Problems, len(all))
	for i, bad := range all {
		under := *bad
		choice := it.Kind == quiz.KindSingle || it.Kind == quiz.KindMultiple
		switch {
		case choice && bad.Field == "options":
			under.Field = "right"
		case choice && strings.HasPrefix(bad.Field, "options["):
		case strings.HasPrefix(bad.Field, "accept"):
			under.Field = "accept"
		case !fields[bad.Field]:
			under.Field = "stem"
		}
		moved[i] = &under
	}
	return moved
}
