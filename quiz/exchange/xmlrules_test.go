package exchange_test

import (
	"fmt"
	"os"
	"testing"

	"digibrug/quiz/exchange"
)

// TestEveryXML reads a file with every form once. Each expectation is written from the rules in field/assessment.md §4.2,
// whose word stands before it.
func TestEveryXML(t *testing.T) {
	src, err := os.ReadFile("testdata/every.xml")
	if err != nil {
		t.Fatal(err)
	}
	got := exchange.ParseXML(src)
	var said []string
	for _, q := range got.Questions {
		said = append(said, told(q))
	}
	want := []string{
		// Common: a format that is missing is that of the stem, one that nobody knows is HTML; ]]> split over two sections.
		"5 multiple \"Naam met <b>opmaak</b>: x > 1 & x < 2\" \"[markdown]Welke **twee**?\"\n  50 \"[html]<p>a &amp; b]]></p>\" # \"[wiki]ja\"\n  50 \"[markdown]c < d\"\n  -33.33333 \"[html]e\"\n  #### \"[markdown]Zo is het.\"\n  m-1 [\"mail\" \"2026\"]",
		"19 single \"zonder enkelvoud\" \"[html]Welke?\"\n  100 \"[html]a\"\n  0 \"[html]b\"",                                // multichoice: without <single> one answer
		"20 truefalse \"andersom\" \"[moodle]Juist?\"\n  0 \"true\" # \"[html]neen\"\n  100 \"false\" # \"[moodle]nee dus\"", // truefalse: in either order
		"21 truefalse \"vertaald\" \"[html]Juist?\"\n  100 \"true\"\n  0 \"false\"",                                          // truefalse: other words, then the order says it
		"22 text \"kort\" \"[html]Hoofdstad?\"\n  100 \"Brussel\"\n  80 \"Br*\"\n  0 \"*\"",                                  // shortanswer
		"23 number \"getal\" \"[html]Hoe groot?\"\n  100 \"3:0.5\" 3 ± 0.5 # \"[html]ja\"\n  0 \"*\"",                        // numerical
		"25 number \"oud getal\" \"[html]Hoeveel?\"\n  100 \"2.5\" 2.5 ± 0",                                                  // numerical: <fraction> as a share, the answer outside <text>
		"26 match \"paren\" \"[html]Wat hoort samen?\"\n  \"[plain]a\" -> \"1\"\n  \"[html]b\" -> \"2\"\n  -> \"3\"",         // matching: an empty text is a distractor
		"27 match \"oude paren\" \"[html]Wat?\"\n  \"[html]a\" -> \"1\"\n  \"[html]b\" -> \"2\"",                             // matching|match
		"28 open \"opstel\" \"[html]Schrijf.\"",                                                                              // essay
		"39 open \"lege prent\" \"[html]Wat?\"",                                                                              // image: an empty one is none
	}
	compareLines(t, said, want)
	said = nil
	for _, s := range got.Skipped {
		said = append(said, fmt.Sprintf("%d %s %q %s", s.Line, s.Type, s.Title, s.Why))
	}
	compareLines(t, said, []string{
		`30 description "uitleg" exchange.kind`, `31 cloze "gaten" exchange.kind`, `32 multianswer "gaten twee" exchange.kind`, `33 calculated "som" exchange.kind`,
		`34 calculatedsimple "som twee" exchange.kind`, `35 calculatedmulti "som drie" exchange.kind`, `36 ddwtos "slepen" exchange.kind`,
		`37 essay "prent" exchange.file`, `38 essay "oude prent" exchange.file`,
	})
	said = nil
	for _, f := range got.Faults {
		said = append(said, fmt.Sprintf("%d %s %s", f.Line, f.Why, f.Got))
	}
	compareLines(t, said, []string{"41 exchange.fraction 33"}) // fractions: 33.33333 is in the list, 33 isn't
	m, single, kort, num := got.Questions[0], got.Questions[1], got.Questions[4], got.Questions[5]
	html := exchange.MarkupHTML
	for name, c := range map[string][2]any{
		"penalty near a third": {m.Penalty, 0.3333333}, "grade": {m.Grade, 2.0}, "numbering when empty": {m.Numbering, ""}, "shuffled": {m.Fixed, false}, "shuffled unless it says so": {single.Fixed, true}, "numbering": {single.Numbering, "none"},
		"combined":              {*m.Combined, exchange.Combined{Right: "Goed", RightIn: exchange.MarkupPlain, Part: "Half", PartIn: html, Wrong: "Fout", WrongIn: exchange.MarkupMarkdown, Number: true}},
		"combined of old files": {*single.Combined, exchange.Combined{Number: true}},
		"hint":                  {m.Hints[0], exchange.Hint{Text: "Kijk", Markup: html, Number: true, Clear: true, Options: true}}, "hint of old files": {m.Hints[1], exchange.Hint{Text: "Oud", Markup: exchange.MarkupPlain, Number: true}},
		"capitals count": {kort.Case, true}, "units": {fmt.Sprint(num.Units), "[{MB 1} {GB 0.001}]"}, "unit rule": {*num.UnitRule, exchange.UnitRule{Grading: "1", Penalty: "0.1000000", Show: "2", Left: "0"}},
		"fixed pairs": {got.Questions[7].Fixed, true}, "rubric": {got.Questions[9].Rubric, "Aanhef: 1 punt"}, "a child before its parent": {m.Category, "$course$/top/Kind/Kleinkind"}, "its parent": {got.Questions[10].Category, "$course$/top/Kind"},
	} {
		if c[0] != c[1] {
			t.Errorf("%s: %v, want %v", name, c[0], c[1])
		}
	}
	if again := exchange.ParseXML(exchange.PrintXML(got.Questions)); !same(exchange.Parsed{Questions: got.Questions}, again) {
		t.Errorf("printed and read again it is %s", show(again))
	}
}
