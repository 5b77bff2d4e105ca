package quiz_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"digibrug/quiz"
)

func yes() *bool { b := true; return &b }
func no() *bool  { return new(bool) }

// options makes options of which the marked ones ("+…") are right.
func options(texts ...string) []quiz.Option {
	var all []quiz.Option
	for _, s := range texts {
		all = append(all, quiz.Option{Text: s, Right: s[0] == '+', Why: "omdat"})
	}
	return all
}

var (
	single   = quiz.Item{Kind: quiz.KindSingle, Options: options("-a", "+b", "-c")}
	multiple = quiz.Item{Kind: quiz.KindMultiple, Options: options("+a", "+b", "-c", "-d")}
	truth    = quiz.Item{Kind: quiz.KindTrueFalse, True: yes()}
	megabyte = quiz.Item{Kind: quiz.KindNumber, Number: &quiz.Number{Value: 1500, Unit: "MB"}}
	tenth    = quiz.Item{Kind: quiz.KindNumber, Number: &quiz.Number{Value: 0.3, Tolerance: 0.1}}
	bin      = quiz.Item{Kind: quiz.KindText, Accept: []string{"Prullenbak", "Recycle Bin"}, Distance: 1}
	order    = quiz.Item{Kind: quiz.KindOrder, Steps: []string{"a", "b", "c", "d"}}
	match    = quiz.Item{Kind: quiz.KindMatch, Pairs: []quiz.Pair{{"docx", "tekst"}, {"xlsx", "rekenblad"}, {"pdf", "vast"}}, Distractors: []string{"muziek"}}
	shared   = quiz.Item{Kind: quiz.KindMatch, Pairs: []quiz.Pair{{"jpg", "beeld"}, {"png", "beeld"}, {"mp3", "klank"}}}
	open     = quiz.Item{Kind: quiz.KindOpen, Rubric: "volledig"}
)

func TestMark(t *testing.T) {
	choose := func(i ...int) quiz.Answer { return quiz.Answer{Choices: i} }
	put := func(i ...int) quiz.Answer { return quiz.Answer{Order: i} }
	link := func(i ...int) quiz.Answer { return quiz.Answer{Matches: i} }
	typed := func(s string) quiz.Answer { return quiz.Answer{Text: s} }
	for name, row := range map[string]struct {
		item   quiz.Item
		answer quiz.Answer
		want   float64
	}{
		"single: blank":                     {single, quiz.Answer{}, 0},
		"single: right":                     {single, choose(1), 1},
		"single: wrong":                     {single, choose(0), 0},
		"single: two chosen":                {single, choose(1, 2), 0},
		"single: index out of range":        {single, choose(7), 0},
		"multiple: blank":                   {multiple, quiz.Answer{}, 0},
		"multiple: both":                    {multiple, choose(1, 0), 1},
		"multiple: one of two":              {multiple, choose(0), .5},
		"multiple: both and a wrong":        {multiple, choose(0, 1, 2), .5},
		"multiple: one right, one wrong":    {multiple, choose(0, 2), 0},
		"multiple: everything":              {multiple, choose(0, 1, 2, 3), 0},
		"multiple: only wrong":              {multiple, choose(2, 3), 0},
		"multiple: a choice twice":          {multiple, choose(0, 0), 0},
		"truefalse: right":                  {truth, quiz.Answer{True: yes()}, 1},
		"truefalse: wrong":                  {truth, quiz.Answer{True: no()}, 0},
		"number: exact":                     {megabyte, typed("1500"), 1},
		"number: thousands point":           {megabyte, typed("1.500"), 1},
		"number: thousands space":           {megabyte, typed("1 500"), 1},
		"number: unit typed along":          {megabyte, typed("1500 mb"), 1},
		"number: unit without space":        {megabyte, typed("1500MB."), 1},
		"number: another unit":              {megabyte, typed("1500 GB"), 0},
		"number: beside it":                 {megabyte, typed("1501"), 0},
		"number: decimal comma is not 1500": {megabyte, typed("1,500"), 0},
		"number: no number":                 {megabyte, typed("veel"), 0},
		"number: lower end, in binary":      {tenth, typed("0,2"), 1},
		"number: upper end":                 {tenth, typed(".4"), 1},
		"number: just outside":              {tenth, typed("0,4001"), 0},
		"number: no unit asked":             {tenth, typed("0.3 seconden"), 1},
		"text: right":                       {bin, typed("prullenbak"), 1},
		"text: accents, spaces, marks":      {bin, typed("  «Prüllen bak!» "), 1},
		"text: one error":                   {bin, typed("prulenbak"), 1},
		"text: neighbours swapped":          {bin, typed("prullenbka"), 1},
		"text: two errors":                  {bin, typed("prulenbk"), 0},
		"text: second accepted":             {bin, typed("recycle bin"), 1},
		"text: only a mark":                 {bin, typed("."), 0},
		"order: right":                      {order, put(0, 1, 2, 3), 1},
		"order: one swap of neighbours":     {order, put(1, 0, 2, 3), 1 - 4.0/12},
		"order: half wrong":                 {order, put(2, 0, 3, 1), 0},
		"order: upside down":                {order, put(3, 2, 1, 0), 0},
		"order: a step missing":             {order, put(0, 1, 2), 0},
		"order: a step twice":               {order, put(0, 1, 2, 2), 0},
		"match: all":                        {match, link(0, 1, 2), 1},
		"match: one to the distractor":      {match, link(0, 1, 3), 2.0 / 3},
		"match: one left open":              {match, link(0, quiz.NoMatch, 2), 2.0 / 3},
		"match: one right twice":            {match, link(0, 0, 2), 0},
		"match: nothing matched":            {match, link(-1, -1, -1), 0},
		"match: shared right side":          {shared, link(0, 0, 1), 1},
		"open: blank":                       {open, typed("  "), 0},
		"another kind's field":              {single, typed("b"), 0},
	} {
		t.Run(name, func(t *testing.T) {
			got := row.item.Mark(row.answer)
			if math.Abs(got.Points-row.want) > 1e-12 || got.Max != 1 || got.Pending {
				t.Errorf("Mark(%+v) = %+v, want %v of 1", row.answer, got, row.want)
			}
		})
	}
	if got := open.Mark(typed("een antwoord")); !got.Pending || got.Points != 0 {
		t.Errorf("open answer: %+v, want pending", got)
	}
}

func TestReadNumber(t *testing.T) {
	for typed, want := range map[string]struct {
		values []float64
		unit   string
	}{
		"0":            {[]float64{0}, ""},
		"1234":         {[]float64{1234}, ""},
		"1.234,5":      {[]float64{1234.5}, ""},
		"1,234.5":      {[]float64{1234.5}, ""},
		"1234.5":       {[]float64{1234.5}, ""},
		"1 234,5":      {[]float64{1234.5}, ""},
		"1\u202f234.5": {[]float64{1234.5}, ""},
		"1\u00a0234":   {[]float64{1234}, ""},
		"1.234":        {[]float64{1234, 1.234}, ""},
		"-12.345":      {[]float64{-12345, -12.345}, ""},
		"0.125":        {[]float64{0.125}, ""},
		"1234.567":     {[]float64{1234.567}, ""},
		"1,234":        {[]float64{1.234}, ""},
		"1.234.567":    {[]float64{1234567}, ""},
		"1,234,567":    {[]float64{1234567}, ""},
		"1.234.567,8":  {[]float64{1234567.8}, ""},
		",5":           {[]float64{.5}, ""},
		".5":           {[]float64{.5}, ""},
		"−3":           {[]float64{-3}, ""},
		"+3":           {[]float64{3}, ""},
		"- 3":          {[]float64{-3}, ""},
		"12.":          {[]float64{12}, ""},
		"€ 5,50":       {[]float64{5.5}, "€"},
		"-€5":          {[]float64{-5}, "€"},
		"50%":          {[]float64{50}, "%"},
		"12 km/u":      {[]float64{12}, "km/u"},
		"3 vensters.":  {[]float64{3}, "vensters"},
		"":             {},
		"-":            {},
		"--5":          {},
		"+-5":          {},
		",":            {},
		".":            {},
		"12,":          {},
		"12 34":        {},
		"1½":           {},
		"1 ¼ uur":      {},
		"1.23.456":     {},
		"1.2345,6":     {},
		"12.34.":       {[]float64{12.34}, ""},
		"1,2,3":        {},
		"3 of 4":       {},
		"drie":         {},
		"1e5":          {},
		"€ 5 MB":       {},
		"0x10":         {},
		"1 234.567,8":  {},
	} {
		values, unit, ok := quiz.ReadNumber(typed)
		if !slices.Equal(values, want.values) || unit != want.unit && ok || ok != (len(want.values) > 0) {
			t.Errorf("ReadNumber(%q) = %v %q %v, want %v %q", typed, values, unit, ok, want.values, want.unit)
		}
	}
}

func TestNormText(t *testing.T) {
	for typed, want := range map[string]string{
		"Ctrl + C":  "ctrl+c",
		" É-mail. ": "e-mail",
		"*.docx":    "*.docx",
		".DOCX":     "docx",
		"@":         "@",
		"?":         "?",
		"“foto’s”":  "foto's",
		"\u00a0":    "",
	} {
		if got := quiz.NormText(typed); got != want {
			t.Errorf("NormText(%q) = %q, want %q", typed, got, want)
		}
	}
}

// The laws: points stay between 0 and max, a blank earns 0, and a better answer never earns less.

func propMarkBounds(t *rapid.T) {
	it := anyItem(t)
	a := anyAnswer(t, it)
	m := it.Mark(a)
	if !(m.Points >= 0 && m.Points <= m.Max) {
		t.Fatalf("%+v earns %+v on %+v", a, m, it)
	}
	if a.Empty() && (m.Points != 0 || m.Pending) {
		t.Fatalf("blank earns %+v", m)
	}
	if tidy := it.Tidy(a); it.Mark(tidy) != m {
		t.Fatalf("tidied: %+v, as sent: %+v", it.Mark(tidy), m)
	}
	if lines := it.Explain(a); len(lines) == 0 {
		t.Fatal("no explanation")
	}
	it.Given(a)
}

func propMarkRises(t *rapid.T) {
	kind := rapid.SampledFrom([]quiz.Kind{quiz.KindMultiple, quiz.KindOrder, quiz.KindMatch, quiz.KindNumber}).Draw(t, "kind")
	it := drawItem(t, kind, "t-1", "test")
	worse := fitting(t, it)
	better := improve(t, it, worse)
	if it.Mark(better).Points < it.Mark(worse).Points {
		t.Fatalf("%+v earns %+v, the better %+v earns %+v", worse, it.Mark(worse), better, it.Mark(better))
	}
	if err := it.CheckAnswer(better); err != nil {
		t.Fatal(err)
	}
}

// improve makes one step towards the key.
func improve(t *rapid.T, it quiz.Item, a quiz.Answer) quiz.Answer {
	switch it.Kind {
	case quiz.KindMultiple:
		i := rapid.IntRange(0, len(it.Options)-1).Draw(t, "i")
		choices := slices.DeleteFunc(slices.Clone(a.Choices), func(c int) bool { return c == i })
		if it.Options[i].Right {
			choices = append(choices, i)
		}
		return quiz.Answer{Choices: choices}
	case quiz.KindOrder:
		i := rapid.IntRange(0, len(a.Order)-2).Draw(t, "i")
		order := slices.Clone(a.Order)
		slices.Sort(order[i : i+2])
		return quiz.Answer{Order: order}
	case quiz.KindMatch:
		i := rapid.IntRange(0, len(a.Matches)-1).Draw(t, "i")
		right := slices.Index(it.Rights(), it.Pairs[i].Right)
		matches := slices.Clone(a.Matches)
		for j, m := range matches {
			if m == right && it.Pairs[j].Right != it.Pairs[i].Right {
				matches[j] = quiz.NoMatch // it stood wrong there
			}
		}
		matches[i] = right
		return quiz.Answer{Matches: matches}
	}
	values, _, _ := quiz.ReadNumber(a.Text)
	part := rapid.Float64Range(0, 1).Draw(t, "part")
	return quiz.Answer{Text: quiz.FormatNumber(math.Round((values[0]+part*(it.Number.Value-values[0]))*1e6) / 1e6)}
}

func propNumberRoundTrip(t *rapid.T) {
	x := float64(rapid.Int64Range(-1e15, 1e15).Draw(t, "millionths")) / 1e6
	values, unit, ok := quiz.ReadNumber(quiz.FormatNumber(x))
	if !ok || len(values) != 1 || values[0] != x || unit != "" {
		t.Fatalf("%v reads back as %v %q", x, values, unit)
	}
}

func propTextKeyIsRight(t *rapid.T) {
	it := drawItem(t, quiz.KindText, "t-1", "test")
	for _, s := range it.Key() {
		if it.Mark(quiz.Answer{Text: s}).Points != 1 {
			t.Fatalf("%q is accepted, but earns nothing", s)
		}
		if n := quiz.NormText(s); quiz.NormText(n) != n {
			t.Fatalf("NormText twice: %q, %q", n, quiz.NormText(n))
		}
	}
}

func TestMarkLaws(t *testing.T) {
	t.Run("bounds", rapid.MakeCheck(propMarkBounds))
	t.Run("rises", rapid.MakeCheck(propMarkRises))
	t.Run("number", rapid.MakeCheck(propNumberRoundTrip))
	t.Run("text", rapid.MakeCheck(propTextKeyIsRight))
}

func FuzzMarkBounds(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propMarkBounds)) }
func FuzzMarkRises(f *testing.F)  { f.Fuzz(rapid.MakeFuzz(propMarkRises)) }

func FuzzTyped(f *testing.F) {
	for _, s := range []string{"1.234,5", "1 234.5", "€ 5", "-", "1.234", "Prullen bak", "\x1b[2J", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		values, _, ok := quiz.ReadNumber(s)
		if ok != (len(values) > 0) || len(values) > 2 {
			t.Fatalf("ReadNumber(%q) = %v, %v", s, values, ok)
		}
		for _, x := range values {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Fatalf("ReadNumber(%q) = %v", s, values)
			}
		}
		if n := quiz.NormText(s); quiz.NormText(n) != n {
			t.Fatalf("NormText(%q): %q, again %q", s, n, quiz.NormText(n))
		}
		for _, it := range []quiz.Item{megabyte, bin, open} {
			a := it.Tidy(quiz.Answer{Text: s})
			if again := it.Tidy(a); again.Text != a.Text {
				t.Fatalf("Tidy twice: %q, %q", a.Text, again.Text)
			}
			if m := it.Mark(a); m.Points < 0 || m.Points > m.Max {
				t.Fatalf("%q earns %+v", s, m)
			}
		}
	})
}
