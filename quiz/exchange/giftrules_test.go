package exchange_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"digibrug/quiz"
	"digibrug/quiz/exchange"
)

// told is a question in one line of text for each thing that it says, so that a file is compared as a person reads it:
// line, kind, title, stem; then what is accepted with weight, markup and feedback.
func told(q exchange.Question) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s %q %q", q.Line, q.Kind, q.Title, in(q.Stem, q.Markup))
	for _, o := range q.Options {
		fmt.Fprintf(&b, "\n  %g %q", o.Weight, in(o.Text, o.Markup))
		if o.Number != nil {
			fmt.Fprintf(&b, " %g ± %g", o.Number.Value, o.Number.Tolerance)
		}
		if o.Feedback != "" {
			fmt.Fprintf(&b, " # %q", in(o.Feedback, o.FeedbackIn))
		}
	}
	for _, p := range q.Pairs {
		fmt.Fprintf(&b, "\n  %q -> %q", in(p.Left, p.Markup), p.Right)
	}
	for _, d := range q.Distractors {
		fmt.Fprintf(&b, "\n  -> %q", d)
	}
	if q.Feedback != "" {
		fmt.Fprintf(&b, "\n  #### %q", in(q.Feedback, q.FeedbackIn))
	}
	if q.ID != "" || len(q.Tags) > 0 {
		fmt.Fprintf(&b, "\n  %s %q", q.ID, q.Tags)
	}
	return b.String()
}

func in(s string, m exchange.Markup) string {
	if m == exchange.MarkupNone {
		return s
	}
	return "[" + string(m) + "]" + s
}

// TestEveryGIFT reads a file with every form once. Each expectation is written from the rules in field/assessment.md §4.1,
// whose number stands before it; what several rules say is under the first.
func TestEveryGIFT(t *testing.T) {
	src, err := os.ReadFile("testdata/every.gift")
	if err != nil {
		t.Fatal(err)
	}
	got := exchange.ParseGIFT(src)
	var said []string
	for _, q := range got.Questions {
		said = append(said, told(q))
	}
	want := []string{
		"6 open \"essay\" \"Schrijf een mail aan de dienst.\"",                   // 8: {} is an essay; 2: the category alone; 1: the comment above it
		"8 open \"essay met uitleg\" \"Schrijf.\"\n  #### \"Let op de aanhef.\"", // 7: taken off before the kind is looked for
		"10 single \"één juist\" \"Waar staat een weggegooid bestand?\"\n  100 \"In de prullenbak\" # \"Juist.\"\n  0 \"In Downloads\" # \"Daar komt wat u ophaalt.\"\n  50 \"Op het bureaublad\"\n  -25 \"Nergens\"",            // 9
		"17 multiple \"meer juist\" \"Welke sluiten een venster?\"\n  33.33333 \"Alt+F4\"\n  33.33333 \"Ctrl+W\"\n  33.33333 \"Het kruisje\"\n  -100 \"Ctrl+C\" # \"Dat kopieert.\"",                                             // 9: no = at all
		"23 single \"missing word\" \"Met _____ en C kopieert u.\"\n  100 \"Ctrl\"\n  0 \"Alt\"\n  0 \"Shift\"",                                                                                                                  // 6
		"25 single \"_____ staat vooraan.\" \"_____ staat vooraan.\"\n  100 \"Ctrl\"\n  0 \"Alt\"",                                                                                                                               // 6, 3: a name from the stem
		"27 number \"puntkomma\" \"Hoeveel is het? _____\\\";\"\n  100 \"3:2\" 3 ± 2\n  0 \"*\" # \"Helemaal niet\"",                                                                                                             // 6: }"; is a missing word; 12: ~#
		"29 truefalse \"waar\" \"De map Afbeeldingen kan een andere naam krijgen.\"\n  100 \"true\"\n  0 \"false\"",                                                                                                              // 8
		"31 truefalse \"niet waar\" \"Een mail gaat altijd aan.\"\n  0 \"true\" # \"Nee, soms niet.\"\n  100 \"false\" # \"Goed gezien.\"\n  #### \"Denk aan het adres.\"",                                                       // 10
		"34 truefalse \"dubbel\" \"Eén.\"\n  100 \"true\"\n  0 \"false\"",                                                                                                                                                        // 3: names need not differ
		"36 truefalse \"dubbel\" \"Twee.\"\n  0 \"true\"\n  100 \"false\"",                                                                                                                                                       //
		"38 text \"kleine letters\" \"Is dit een keuze?\"\n  100 \"true\"",                                                                                                                                                       // 8: capitals only
		"40 text \"kort antwoord\" \"Hoofdstad?\"\n  100 \"Brussel\" # \"Ja\"\n  50 \"Bruxelles\" # \"Half\"\n  0 \"*\" # \"Neen\"",                                                                                              // 11
		"46 text \"kort zonder is\" \"Hoofdstad?\"\n  100 \"Brussel\"",                                                                                                                                                           // 11
		"48 text \"kort eerst zonder\" \"Hoofdstad?\"\n  100 \"Brussel\"\n  75 \"Brüssel\"",                                                                                                                                      // 11
		"50 number \"getal\" \"Hoeveel?\"\n  100 \"42\" 42 ± 0",                                                                                                                                                                  // 12
		"52 number \"getal ±\" \"Hoeveel?\"\n  100 \"3.1415:0.0005\" 3.1415 ± 0.0005",                                                                                                                                            // 12
		"54 number \"getal van tot\" \"Hoeveel?\"\n  100 \"3.1415:0.0005\" 3.1415 ± 0.0005",                                                                                                                                      // 12: the middle ± half
		"56 number \"getal onder nul\" \"Hoeveel graden?\"\n  100 \"-3:2\" -3 ± 2",                                                                                                                                               // 12
		"58 number \"getallen\" \"Wanneer?\"\n  100 \"1822\" 1822 ± 0 # \"Helemaal\"\n  50 \"1822:2\" 1822 ± 2 # \"Bijna,\\nop twee jaar na.\"\n  0 \"*\" # \"Neen\"",                                                            // 12
		"65 match \"paren\" \"Wat hoort samen?\"\n  \"Ctrl+C\" -> \"kopiëren\"\n  \"Ctrl+V\" -> \"plakken\"\n  -> \"knippen\"",                                                                                                   // 13
		"71 match \"twee paren\" \"Wat hoort samen?\"\n  \"a\" -> \"1\"\n  \"b\" -> \"2\"",                                                                                                                                       // 13
		"73 single \"opmaak\" \"[markdown]Wie is **hier**?\"\n  100 \"[html]<b>ik</b>\" # \"[plain]ja\"\n  0 \"[markdown]jij\" # \"[markdown]nee\"\n  #### \"[moodle]zo is het\"",                                                // 4
		"79 single \"onbekende opmaak\" \"[latex]Wat?\"\n  100 \"[x] ja\"\n  0 \"nee\"",                                                                                                                                          // 4: other brackets are text
		"81 single \"tekens\" \"Welk teken hoort niet thuis?\"\n  0 \"~\" # \"~ is er een\"\n  0 \"=\" # \"= ook\"\n  0 \"#\"\n  0 \"{\"\n  0 \"}\"\n  100 \"\\\\\" # \"deze \\\\ niet,\\nwant ze dient om te ontsnappen : zo\"", // 5
		"91 truefalse \"regels\" \"Eén\\ntwee \\\\n drie \\\\x vier: vijf\"\n  100 \"true\"\n  0 \"false\"",                                                                                                                      // 5: the double backslash first, any other stays
		"93 text \"na het laatste\" \"Wat?\"\n  100 \"a\" # \"een####twee\"\n  #### \"drie\"",                                                                                                                                    // 7: the last ####
		"97 truefalse \"met nummer\" \"Wat\\nis dit?\"\n  100 \"true\"\n  0 \"false\"\n  v-12] [\"mail\" \"a b\"]",                                                                                                               // 14; 1: a comment inside
		"109 truefalse \"elders\" \"Waar is dit?\"\n  100 \"true\"\n  0 \"false\"",                                                                                                                                               // 2
	}
	compareLines(t, said, want)
	said = nil
	for _, s := range got.Skipped {
		said = append(said, fmt.Sprintf("%d %s %q %s", s.Line, s.Type, s.Title, s.Why))
	}
	compareLines(t, said, []string{`4 description "Lees dit eerst: straks komen er vragen." exchange.kind`}) // 8: no braces
	said = nil
	for _, f := range got.Faults {
		said = append(said, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Why))
	}
	compareLines(t, said, []string{"101:12 exchange.brace", "103:22 exchange.brace", "105:22 exchange.blocks"}) // 6
	if first, last := got.Questions[0], got.Questions[len(got.Questions)-1]; first.Category != "$course$/top/Mail: de basis" || last.Category != "Elders/En dieper" {
		t.Errorf("categories %q and %q", first.Category, last.Category)
	}
	if again := exchange.ParseGIFT(exchange.PrintGIFT(got.Questions)); !same(exchange.Parsed{Questions: got.Questions}, again) {
		t.Errorf("printed and read again it is %s", show(again))
	}
}

func compareLines(t *testing.T, got, want []string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		var a, b string
		if i < len(got) {
			a = got[i]
		}
		if i < len(want) {
			b = want[i]
		}
		if a != b {
			t.Errorf("gave %s\nwant %s", a, b)
		}
	}
}

// TestGIFTPrinted is rule 15: what means something is written with a backslash, a line feed as \n, and what must be typed
// always with its weight.
func TestGIFTPrinted(t *testing.T) {
	q := exchange.Question{Kind: quiz.KindText, Title: "a:b", Stem: "1 = 1 {~#}\\\nja?", Options: []exchange.Option{{Text: "Brussel", Weight: 100}}}
	want := "::a\\:b::1 \\= 1 \\{\\~\\#\\}\\\\\\nja?{\n\t=%100%Brussel#\n}\n"
	if got := string(exchange.PrintGIFT([]exchange.Question{q})); got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}
