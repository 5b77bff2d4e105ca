package exchange_test

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/quiz/exchange"

	"pgregory.net/rapid"
)

var proef = exchange.Defaults{Bank: "proef", Domain: "mail", Source: "lijst.gift", Author: "An Peeters", Rubric: "Nog aan te vullen."}

// TestItem: what a question becomes as an item, and what keeps it from being one.
func TestItem(t *testing.T) {
	for name, c := range map[string]struct {
		gift string
		want string // the item as YAML would say it in short, or the reason
	}{
		"tags":                                 {"// [id:v-1] [tag:level:3] [tag:digcomp:1.3] [tag:difficulty:0.7] [tag:seconds:40] [tag:entry]\n::A::Wat? {=a#ja ~b#nee ####zo}", "v-1 single 3 1.3 0.7 40 true Wat? | +a (ja) -b (nee) | zo"},
		"defaults are named":                   {"::Één Vraag!::Wat? {=a ~b}", "proef-een-vraag single 2 5.2 -0.5 20 false Wat? | +a () -b () |  draft misses options[1].why options[2].why level digcomp difficulty seconds why"},
		"HTML becomes words":                   {"[html]<p>Wat is <b>dit</b>&nbsp;hier?</p><ul><li>een</li><li>twee</li></ul><script>x()</script> {=a#<i>ja</i> ~b#nee ####zo}", "Wat is dit hier?\n- een\n- twee | +a (ja)"},
		"what looks like a tag is a word":      {"Typ <naam> en a<b {=a#x ~b#y}", "Typ <naam> en a<b |"},
		"tags in a text without markup":        {"Wat is <b>dit</b>? {=a ~b}", "Wat is dit? |"},
		"two right ones, alike":                {"Wat? {~%50%a ~%50%b ~%-100%c}", "| +a () +b () -c () |"},
		"a wrong one may cost what it likes":   {"Wat? {=a ~%-50%b}", "| +a () -b () |"},
		"true with both feedbacks":             {"Wat? {T#fout#goed####zo}", "truefalse"},
		"number":                               {"Hoeveel? {#=10:2 ~#mis}", "10±2"},
		"text":                                 {`Wat? {=%100%a\* =b =%0%*#nee}`, "[a* b]"},
		"match":                                {"Wat? {=a -> 1 =b -> 2 = -> 3}", "a=1 b=2 /3"},
		"essay":                                {"Schrijf. {}", "Nog aan te vullen."},
		"points in part":                       {"Wat? {=a ~%50%b}", "exchange.partial b"},
		"shares that differ":                   {"Wat? {~%60%a ~%40%b}", "exchange.partial a"},
		"two keys":                             {"Wat? {=a =b ~c}", "quiz.two_keys b"},
		"none is right":                        {"Wat? {~a ~b}", "quiz.no_key"},
		"twice the same":                       {"Wat? {=a ~a}", "twice a"},
		"a text too long":                      {"Wat? {=" + strings.Repeat("a", 200) + " ~b}", "too_long"},
		"nine options":                         {"Wat? {=a ~b ~c ~d ~e ~f ~g ~h ~i}", "quiz.count"},
		"several numbers":                      {"Wat? {#=1 =2}", "exchange.numbers 2"},
		"half a number":                        {"Wat? {#=1 =%50%1:5}", "exchange.partial 1:5"},
		"half a text":                          {"Wat? {=a =%50%b}", "exchange.partial b"},
		"anything goes":                        {"Wat? {=a*}", "exchange.wildcard a*"},
		"a picture":                            {`[html]Wat? <img src\="http\://x/a.png"> {=a ~b}`, "exchange.file img"},
		"a picture in Markdown":                {"[markdown]Wat? ![x](a.png) {=a ~b}", "exchange.file img"},
		"a table":                              {"[html]<table><tr><td>a</td></tr></table> {=a ~b}", "exchange.markup table"},
		"a level that isn't one":               {"// [tag:level:9]\nWat? {=a ~b}", "misses options[1].why options[2].why level"},
		"a code that isn't one":                {"// [tag:digcomp:9.9]\nWat? {=a ~b}", "quiz.digcomp 9.9"},
		"said to be reviewed, without reasons": {"// [tag:status:reviewed]\nWat? {=a ~b}", "draft"},
	} {
		t.Run(name, func(t *testing.T) {
			p := exchange.ParseGIFT([]byte(c.gift))
			if len(p.Questions) != 1 {
				t.Fatalf("read as %s", show(p))
			}
			items, skipped := exchange.Items(p.Questions, proef)
			said := ""
			for _, m := range items {
				said = short(m)
				if err := m.Item.Check(); err != nil {
					t.Error(err)
				}
			}
			for _, s := range skipped {
				said = s.Why + " " + s.Got
			}
			if !strings.Contains(said, c.want) {
				t.Errorf("%s\ngave %q\nwant %q in it", c.gift, said, c.want)
			}
		})
	}
}

func short(m exchange.Made) string {
	it := m.Item
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %d %s %g %d %t %s |", it.ID, it.Kind, it.Level, it.DigComp, it.Difficulty, it.Seconds, it.Entry, it.Stem)
	for _, o := range it.Options {
		fmt.Fprintf(&b, " %s%s (%s)", map[bool]string{true: "+", false: "-"}[o.Right], o.Text, o.Why)
	}
	if it.Number != nil {
		fmt.Fprintf(&b, " %g±%g", it.Number.Value, it.Number.Tolerance)
	}
	if it.Accept != nil {
		fmt.Fprintf(&b, " %v", it.Accept)
	}
	for _, p := range it.Pairs {
		fmt.Fprintf(&b, " %s=%s", p.Left, p.Right)
	}
	for _, d := range it.Distractors {
		fmt.Fprintf(&b, " /%s", d)
	}
	fmt.Fprintf(&b, " | %s%s %s", it.Why, it.Rubric, it.Status)
	if len(m.Misses) > 0 {
		b.WriteString(" misses " + strings.Join(m.Misses, " "))
	}
	return strings.Replace(b.String(), " draft", "", strings.Count(m.Item.Stem, "zo"))
}

// TestItemXML: what only Moodle XML can say.
func TestItemXML(t *testing.T) {
	number := `<answer fraction="100"><text>3</text><tolerance>0.5</tolerance></answer>`
	for name, c := range map[string]struct{ xml, want string }{
		"capitals count":            {asked("shortanswer", `<usecase>1</usecase><answer fraction="100"><text>a</text></answer>`), "exchange.case"},
		"not asked any more":        {asked("essay", `<hidden>1</hidden>`), "exchange.hidden"},
		"a unit":                    {asked("numerical", number+`<units><unit><multiplier>1</multiplier><unit_name>MB</unit_name></unit></units>`), "MB"},
		"a unit that multiplies":    {asked("numerical", number+`<units><unit><multiplier>1</multiplier><unit_name>MB</unit_name></unit><unit><multiplier>2</multiplier><unit_name>x</unit_name></unit></units>`), "exchange.units"},
		"a unit that counts":        {asked("numerical", number+`<unitgradingtype>1</unitgradingtype>`), "exchange.units"},
		"hints have no place":       {asked("essay", `<hint><text>h</text></hint>`), "hints"},
		"what is said on the whole": {asked("multichoice", `<answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text></answer><correctfeedback><text>ja</text></correctfeedback>`), "combined"},
	} {
		items, skipped := exchange.Items(exchange.ParseXML([]byte(c.xml)).Questions, proef)
		if said := show(items) + show(skipped); !strings.Contains(said, c.want) {
			t.Errorf("%s: %s, want %s in it", name, said, c.want)
		}
	}
}

// TestIDs: two questions with one name get ids of their own, and none takes that of a question that has one.
func TestIDs(t *testing.T) {
	items, _ := exchange.Items(exchange.ParseGIFT([]byte("::A::x {T}\n\n::A::y {T}\n\n// [id:proef-a-2]\n::B::z {T}\n\n// [id:Nr. 7]\n::C::w {T}")).Questions, proef)
	var ids []string
	for _, m := range items {
		ids = append(ids, m.Item.ID)
	}
	if got, want := strings.Join(ids, " "), "proef-a proef-a-3 proef-a-2 proef-nr-7"; got != want {
		t.Errorf("ids %s, want %s", got, want)
	}
}

// back is the law that an item comes back through a format as it was.
func back(items []quiz.Item) string {
	var want []quiz.Item
	for _, it := range items {
		it.Waive = nil
		if len(it.Variants) == 0 {
			want = append(want, it)
		}
		for n := range it.Variants {
			one := it.Vary(n)
			one.ID, one.Variant = it.ID+"-"+strconv.Itoa(n+1), 0
			want = append(want, one)
		}
	}
	questions := exchange.FromItems(items)
	for name, got := range map[string]exchange.Parsed{"GIFT": exchange.ParseGIFT(exchange.PrintGIFT(questions)), "XML": exchange.ParseXML(exchange.PrintXML(questions))} {
		made, skipped := exchange.Items(got.Questions, exchange.Defaults{Domain: want[0].Domain})
		if len(got.Faults) > 0 || len(skipped) > 0 || len(made) != len(want) {
			return fmt.Sprintf("%s: faults %s, skipped %s, %d of %d items of\n%s", name, show(got.Faults), show(skipped), len(made), len(want), show(items))
		}
		for i, m := range made {
			if !reflect.DeepEqual(m.Item, want[i]) {
				return fmt.Sprintf("%s: %s\ncame back as %s", name, show(want[i]), show(m.Item))
			}
		}
	}
	return ""
}

// TestShippedBanksComeBack: export and import again gives equal items, over all that ships.
func TestShippedBanksComeBack(t *testing.T) {
	banks, err := quiz.ShippedBanks(data.Banks, "nl")
	if err != nil || len(banks) < 8 {
		t.Fatal(len(banks), err)
	}
	for _, b := range banks {
		if broken := back(b.Items); broken != "" {
			t.Errorf("%s: %s", b.ID, broken)
		}
	}
}

// TestItemsComeBack holds the law with any text in any place.
func TestItemsComeBack(t *testing.T) {
	text := rapid.Custom(func(r *rapid.T) string {
		s := rapid.StringOf(rapid.SampledFrom([]rune("ab é<>&;\"'\\n=~{}#:/[]%0*->!("))).Draw(r, "text")
		return data.Clean("x"+s+rapid.SampledFrom([]string{"", "<b>", "[html]", "->", "&amp;", "//", "::", "]]>"}).Draw(r, "more"), 0)
	})
	rapid.Check(t, func(r *rapid.T) {
		it := drawn(r, text)
		if err := it.Check(); err != nil {
			r.Skip()
		}
		if len(exchange.NotInGIFT(exchange.FromItem(it))) > 0 {
			r.Skip()
		}
		if broken := back([]quiz.Item{it}); broken != "" {
			r.Fatal(broken)
		}
	})
}

// drawn is an item with such texts.
func drawn(r *rapid.T, text *rapid.Generator[string]) quiz.Item {
	some := func(name string) string { return text.Draw(r, name) }
	list := func(name string) []string { return rapid.SliceOfNDistinct(text, 2, 5, rapid.ID).Draw(r, name) }
	it := quiz.Item{ID: "a-1", Version: rapid.IntRange(1, 9).Draw(r, "version"), Kind: rapid.SampledFrom(quiz.Kinds()).Draw(r, "kind"), Domain: "mail", DigComp: "1.3", Level: rapid.IntRange(1, 4).Draw(r, "level"),
		Difficulty: rapid.Float64Range(-4, 4).Draw(r, "difficulty") + 0, Entry: rapid.Bool().Draw(r, "entry"), Seconds: 30, Stem: some("stem") + "\n  " + some("stem"), Shuffle: rapid.Bool().Draw(r, "shuffle"),
		Why: some("why"), Source: some("source"), Author: some("author"), Status: quiz.StatusReviewed}
	switch it.Kind {
	case quiz.KindSingle, quiz.KindMultiple:
		for i, s := range list("options") {
			it.Options = append(it.Options, quiz.Option{Text: s, Right: i == 0 || it.Kind == quiz.KindMultiple && rapid.Bool().Draw(r, "right"), Why: some("reason")})
		}
	case quiz.KindTrueFalse:
		it.True = yes(rapid.Bool().Draw(r, "true"))
	case quiz.KindNumber:
		it.Number = &quiz.Number{Value: rapid.Float64Range(-1e6, 1e6).Draw(r, "value") + 0, Tolerance: rapid.Float64Range(0, 9).Draw(r, "tolerance"), Unit: rapid.SampledFrom([]string{"", "MB", "°C"}).Draw(r, "unit")}
	case quiz.KindText:
		it.Accept = list("accept")
	case quiz.KindOrder:
		it.Steps = list("steps")
	case quiz.KindMatch:
		for _, s := range list("left") {
			it.Pairs = append(it.Pairs, quiz.Pair{Left: s, Right: some("right")})
		}
		it.Distractors = []string{"d-" + some("distractor")}
	case quiz.KindOpen:
		it.Rubric = some("rubric") + "\n" + some("rubric")
	}
	return it
}
