package exchange_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/quiz/exchange"

	"pgregory.net/rapid"
)

func yes(b bool) *bool { return &b }

func num(v, tolerance float64) *exchange.Number {
	return &exchange.Number{Value: v, Tolerance: tolerance}
}

// one is a question as ParseGIFT gives it at line 1, without what most have.
func one(kind quiz.Kind, stem string, change func(*exchange.Question)) exchange.Question {
	q := exchange.Question{Kind: kind, Title: stem, Stem: stem, Line: 1}
	if change != nil {
		change(&q)
	}
	return q
}

// TestGIFTQuestions holds every form of a question, as the rules of the format say it is read.
func TestGIFTQuestions(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		want exchange.Question
	}{
		"essay":                       {"Schrijf een mail. {}", one(quiz.KindOpen, "Schrijf een mail.", nil)},
		"essay with general feedback": {"Schrijf. {####Let op de aanhef.}", one(quiz.KindOpen, "Schrijf.", func(q *exchange.Question) { q.Feedback = "Let op de aanhef." })},
		"name":                        {"::Map 1:: Waar? {T}", one(quiz.KindTrueFalse, "Waar?", func(q *exchange.Question) { q.Title, q.True, q.Options = "Map 1", yes(true), truth(true, "", "") })},
		"name with escapes":           {`::a\:b\=c:: Waar? {F}`, one(quiz.KindTrueFalse, "Waar?", func(q *exchange.Question) { q.Title, q.True, q.Options = "a:b=c", yes(false), truth(false, "", "") })},
		"a name that never ends":      {"::Waar? {T}", one(quiz.KindTrueFalse, "Waar?", func(q *exchange.Question) { q.True, q.Options = yes(true), truth(true, "", "") })},
		"true, feedback of the wrong first": {"Juist? {TRUE#fout hoor#goed zo}", one(quiz.KindTrueFalse, "Juist?", func(q *exchange.Question) {
			q.True, q.Options = yes(true), truth(true, "goed zo", "fout hoor")
		})},
		"false with feedback for the wrong": {"Juist? {F#fout hoor}", one(quiz.KindTrueFalse, "Juist?", func(q *exchange.Question) { q.True, q.Options = yes(false), truth(false, "", "fout hoor") })},
		"small letters are a short answer":  {"Juist? {true}", one(quiz.KindText, "Juist?", func(q *exchange.Question) { q.Options = []exchange.Option{{Text: "true", Weight: 100}} })},
		"single": {"Welke? {=a ~b ~c}", one(quiz.KindSingle, "Welke?", func(q *exchange.Question) {
			q.Options = []exchange.Option{{Text: "a", Weight: 100}, {Text: "b"}, {Text: "c"}}
		})},
		"single with half points and feedback": {"Welke?{\n=a#ja\n~%50%b # half\n~%-12.5%c\n}", one(quiz.KindSingle, "Welke?", func(q *exchange.Question) {
			q.Options = []exchange.Option{{Text: "a", Weight: 100, Feedback: "ja"}, {Text: "b", Weight: 50, Feedback: "half"}, {Text: "c", Weight: -12.5}}
		})},
		"multiple": {"Welke? {~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-100%d}", one(quiz.KindMultiple, "Welke?", func(q *exchange.Question) {
			q.Options = []exchange.Option{{Text: "a", Weight: 33.33333}, {Text: "b", Weight: 33.33333}, {Text: "c", Weight: 33.33333}, {Text: "d", Weight: -100}}
		})},
		"a weight behind = is text": {"Welke? {=%50%a ~b}", one(quiz.KindSingle, "Welke?", func(q *exchange.Question) { q.Options = []exchange.Option{{Text: "%50%a", Weight: 100}, {Text: "b"}} })},
		"an escaped = makes no single": {`Welke? {~%100%a\=b ~%-100%c}`, one(quiz.KindMultiple, "Welke?", func(q *exchange.Question) {
			q.Options = []exchange.Option{{Text: "a=b", Weight: 100}, {Text: "c", Weight: -100}}
		})},
		"missing word": {"Met {=Ctrl ~Alt} en C kopieert u.", one(quiz.KindSingle, "Met _____ en C kopieert u.", func(q *exchange.Question) {
			q.Options = []exchange.Option{{Text: "Ctrl", Weight: 100}, {Text: "Alt"}}
		})},
		"missing word at the start":                    {"{=Ctrl ~Alt} en C.", one(quiz.KindSingle, "_____ en C.", func(q *exchange.Question) { q.Options = []exchange.Option{{Text: "Ctrl", Weight: 100}, {Text: "Alt"}} })},
		"a mark behind the block makes a missing word": {"Juist? {T};", one(quiz.KindTrueFalse, "Juist? _____;", func(q *exchange.Question) { q.True, q.Options = yes(true), truth(true, "", "") })},
		"short answers": {"Hoofdstad? {=Brussel =%50%Bruxelles#in het Nederlands =%0%*#nee}", one(quiz.KindText, "Hoofdstad?", func(q *exchange.Question) {
			q.Options = []exchange.Option{{Text: "Brussel", Weight: 100}, {Text: "Bruxelles", Weight: 50, Feedback: "in het Nederlands"}, {Text: "*", Feedback: "nee"}}
		})},
		"a short answer without =": {"Hoofdstad? {Brussel}", one(quiz.KindText, "Hoofdstad?", func(q *exchange.Question) { q.Options = []exchange.Option{{Text: "Brussel", Weight: 100}} })},
		"number": {"Hoeveel? {#42}", one(quiz.KindNumber, "Hoeveel?", func(q *exchange.Question) {
			q.Options = []exchange.Option{{Text: "42", Weight: 100, Number: num(42, 0)}}
		})},
		"zero": {"Hoeveel? {#0}", one(quiz.KindNumber, "Hoeveel?", func(q *exchange.Question) { q.Options = []exchange.Option{{Text: "0", Weight: 100, Number: num(0, 0)}} })},
		"number with tolerance": {"Hoeveel? {#3:2}", one(quiz.KindNumber, "Hoeveel?", func(q *exchange.Question) {
			q.Options = []exchange.Option{{Text: "3:2", Weight: 100, Number: num(3, 2)}}
		})},
		"a range": {"Hoeveel? {#-5..-1}", one(quiz.KindNumber, "Hoeveel?", func(q *exchange.Question) {
			q.Options = []exchange.Option{{Text: "-3:2", Weight: 100, Number: num(-3, 2)}}
		})},
		"numbers and any other": {"Hoeveel? {#=10:0#juist =%50%10:2 ~#mis}", one(quiz.KindNumber, "Hoeveel?", func(q *exchange.Question) {
			q.Options = []exchange.Option{{Text: "10", Weight: 100, Feedback: "juist", Number: num(10, 0)}, {Text: "10:2", Weight: 50, Number: num(10, 2)}, {Text: "*", Feedback: "mis"}}
		})},
		"matching with a distractor": {"Wat hoort samen? {=Ctrl+C -> kopiëren =Ctrl+V -> plakken = -> knippen}", one(quiz.KindMatch, "Wat hoort samen?", func(q *exchange.Question) {
			q.Pairs, q.Distractors = []exchange.Pair{{Left: "Ctrl+C", Right: "kopiëren"}, {Left: "Ctrl+V", Right: "plakken"}}, []string{"knippen"}
		})},
		"two pairs are enough": {"Wat? {=a -> b =c -> d}", one(quiz.KindMatch, "Wat?", func(q *exchange.Question) {
			q.Pairs = []exchange.Pair{{Left: "a", Right: "b"}, {Left: "c", Right: "d"}}
		})},
		"markup is inherited": {"[html]<p>Welke?</p> {=[plain]a#fa ~b#[markdown]*fb*}", one(quiz.KindSingle, "<p>Welke?</p>", func(q *exchange.Question) {
			q.Markup, q.Title = exchange.MarkupHTML, "Welke?"
			q.Options = []exchange.Option{{Text: "a", Markup: exchange.MarkupPlain, Weight: 100, Feedback: "fa", FeedbackIn: exchange.MarkupHTML},
				{Text: "b", Markup: exchange.MarkupHTML, Feedback: "*fb*", FeedbackIn: exchange.MarkupMarkdown}}
		})},
		"choices without words are none": {"Welke? {=a ~ ~b ~}", one(quiz.KindSingle, "Welke?", func(q *exchange.Question) {
			q.Options = []exchange.Option{{Text: "a", Weight: 100}, {Text: "b"}}
		})},
		"an answer without words is none":      {"Hoofdstad? {=Brussel =}", one(quiz.KindText, "Hoofdstad?", func(q *exchange.Question) { q.Options = []exchange.Option{{Text: "Brussel", Weight: 100}} })},
		"a written line feed before T":         {`Juist? {\nT}`, one(quiz.KindText, "Juist?", func(q *exchange.Question) { q.Options = []exchange.Option{{Text: "T", Weight: 100}} })},
		"a written line feed behind the block": {`Juist? {T}\n`, one(quiz.KindTrueFalse, "Juist? _____", func(q *exchange.Question) { q.True, q.Options = yes(true), truth(true, "", "") })},
		"a weight with zeros before it": {"Welke? {~%0050%a ~%-0050.50%b}", one(quiz.KindMultiple, "Welke?", func(q *exchange.Question) {
			q.Options = []exchange.Option{{Text: "a", Weight: 50}, {Text: "b", Weight: -50.5}}
		})},
		"a weight without a digit first is text": {"Welke? {~%.5%a ~%+5%b}", one(quiz.KindMultiple, "Welke?", func(q *exchange.Question) { q.Options = []exchange.Option{{Text: "%.5%a"}, {Text: "%+5%b"}} })},
		"another bracket is text":                {"[x] Welke? {T}", one(quiz.KindTrueFalse, "[x] Welke?", func(q *exchange.Question) { q.True, q.Options = yes(true), truth(true, "", "") })},
		"escapes": {`a\~b\=c\#d\{e\}f\:g\nh {T}`, one(quiz.KindTrueFalse, "a~b=c#d{e}f:g\nh", func(q *exchange.Question) {
			q.Title = "a~b=c#d{e}f:g h"
			q.True, q.Options = yes(true), truth(true, "", "")
		})},
		"a double backslash first":    {`pad C\:\\nieuw {T}`, one(quiz.KindTrueFalse, `pad C:\nieuw`, func(q *exchange.Question) { q.True, q.Options = yes(true), truth(true, "", "") })},
		"any other backslash stays":   {`a\b {T}`, one(quiz.KindTrueFalse, `a\b`, func(q *exchange.Question) { q.True, q.Options = yes(true), truth(true, "", "") })},
		"colons and equals in a stem": {"Wat is 1:2 = ? {T}", one(quiz.KindTrueFalse, "Wat is 1:2 = ?", func(q *exchange.Question) { q.True, q.Options = yes(true), truth(true, "", "") })},
		"the last #### is general feedback": {"Wat? {=a#fa####b####algemeen}", one(quiz.KindText, "Wat?", func(q *exchange.Question) {
			q.Options, q.Feedback = []exchange.Option{{Text: "a", Weight: 100, Feedback: "fa####b"}}, "algemeen"
		})},
		"a comment inside a question": {"Wat\n// niet dit {\nis dit? {T}", one(quiz.KindTrueFalse, "Wat\nis dit?", func(q *exchange.Question) {
			q.Title = "Wat is dit?"
			q.True, q.Options = yes(true), truth(true, "", "")
		})},
		"id and tags": {"// [id:393] van vroeger\n// [tag:mail] [tag:a b]\nWat? {T}", one(quiz.KindTrueFalse, "Wat?", func(q *exchange.Question) {
			q.ID, q.Tags, q.Line, q.True, q.Options = "393", []string{"mail", "a b"}, 3, yes(true), truth(true, "", "")
		})},
	} {
		t.Run(name, func(t *testing.T) {
			got := exchange.ParseGIFT([]byte(c.src))
			if len(got.Faults) > 0 || len(got.Skipped) > 0 || len(got.Questions) != 1 || !reflect.DeepEqual(got.Questions[0], c.want) {
				t.Errorf("%s\ngave %s\nwant %s", c.src, show(got), show(c.want))
			}
			again := exchange.ParseGIFT(exchange.PrintGIFT(got.Questions))
			if !same(got, again) {
				t.Errorf("%s\nwas printed as\n%s\nwhich gives %s", c.src, exchange.PrintGIFT(got.Questions), show(again))
			}
		})
	}
}

func truth(is bool, right, wrong string) []exchange.Option {
	options := []exchange.Option{{Text: "true", Feedback: wrong}, {Text: "false", Feedback: wrong}}
	i := 1
	if is {
		i = 0
	}
	options[i].Weight, options[i].Feedback = 100, right
	return options
}

func show(v any) string {
	text, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		return fmt.Sprint(err)
	}
	return string(text)
}

// TestGIFTFaults holds what is skipped and what is wrong, by place: nothing is half read.
func TestGIFTFaults(t *testing.T) {
	for name, c := range map[string]struct {
		src     string
		faults  []exchange.Fault
		skipped []exchange.Skipped
	}{
		"description":                 {src: "Lees dit eerst.", skipped: []exchange.Skipped{{Line: 1, Type: "description", Title: "Lees dit eerst.", Why: string(exchange.WhyKind)}}},
		"a brace that isn't closed":   {src: "\n\nWat? {=a ~b", faults: []exchange.Fault{{Line: 3, Column: 6, Why: exchange.WhyBrace}}},
		"a brace that isn't opened":   {src: "  Wat? =a ~b}", faults: []exchange.Fault{{Line: 1, Column: 13, Why: exchange.WhyBrace}}},
		"braces the wrong way round":  {src: "Wat? } {", faults: []exchange.Fault{{Line: 1, Column: 8, Why: exchange.WhyBrace}}},
		"two blocks":                  {src: "Een {=a ~b} en {=c ~d}", faults: []exchange.Fault{{Line: 1, Column: 16, Why: exchange.WhyBlocks}}},
		"one choice":                  {src: "Wat? {~a}", faults: []exchange.Fault{{Line: 1, Column: 7, Why: exchange.WhyFew, Got: "1"}}},
		"one pair":                    {src: "Wat? {=a -> b}", faults: []exchange.Fault{{Line: 1, Column: 7, Why: exchange.WhyFew, Got: "1"}}},
		"a pair without an arrow":     {src: "Wat? {=a -> b\n=c d\n=e -> f}", faults: []exchange.Fault{{Line: 2, Column: 2, Why: exchange.WhyArrow, Got: "c d"}}},
		"no number":                   {src: "Wat? {#veel}", faults: []exchange.Fault{{Line: 1, Column: 8, Why: exchange.WhyNumber, Got: "veel"}}},
		"infinity is no number":       {src: "Wat? {#Inf}", faults: []exchange.Fault{{Line: 1, Column: 8, Why: exchange.WhyNumber, Got: "Inf"}}},
		"a range the wrong way round": {src: "Wat? {#5..1}", faults: []exchange.Fault{{Line: 1, Column: 8, Why: exchange.WhyNumber, Got: "5..1"}}},
		"numbers without any":         {src: "Wat? {#}", faults: []exchange.Fault{{Line: 1, Column: 7, Why: exchange.WhyFew, Got: "0"}}},
		"a weight over hundred":       {src: "Wat? {~%150%a ~b}", faults: []exchange.Fault{{Line: 1, Column: 8, Why: exchange.WhyWeight, Got: "150"}}},
		"a choice beside nothing":     {src: "Wat? {=a ~}", faults: []exchange.Fault{{Line: 1, Column: 7, Why: exchange.WhyFew, Got: "1"}}},
		"points for nothing":          {src: "Wat? {~%50%a ~%50%b\n~%-100%}", faults: []exchange.Fault{{Line: 2, Column: 1, Why: exchange.WhyBlank}}},
		"feedback on nothing":         {src: "Wat? {=a\n =#ja}", faults: []exchange.Fault{{Line: 2, Column: 3, Why: exchange.WhyBlank}}},
		"nothing is accepted":         {src: "Wat? {=}", faults: []exchange.Fault{{Line: 1, Column: 7, Why: exchange.WhyFew, Got: "0"}}},
		"a weight of four digits":     {src: "Wat? {~%1000%a ~b}", faults: []exchange.Fault{{Line: 1, Column: 8, Why: exchange.WhyWeight, Got: "1000"}}},
		"a written line feed alone":   {src: `Wat? {\n}`, faults: []exchange.Fault{{Line: 1, Column: 7, Why: exchange.WhyFew, Got: "0"}}},
		"no stem":                     {src: "{T}", faults: []exchange.Fault{{Line: 1, Column: 1, Why: exchange.WhyNoStem}}},
		"a category without a name":   {src: "$CATEGORY:", faults: []exchange.Fault{{Line: 1, Column: 1, Why: exchange.WhyCategory}}},
		"no UTF-8 behind a mark":      {src: "\ufeffJ\xffuist? {T}", faults: []exchange.Fault{{Line: 1, Column: 2, Why: exchange.WhyUTF8}}},
		"no UTF-8 in an old Mac file": {src: "Wat? {T}\r\rJ\xffuist? {T}", faults: []exchange.Fault{{Line: 3, Column: 2, Why: exchange.WhyUTF8}}},
		"no UTF-8 in a Windows file":  {src: "Wat? {T}\r\n\r\nJ\xffuist? {T}", faults: []exchange.Fault{{Line: 3, Column: 2, Why: exchange.WhyUTF8}}},
		"UTF-16 of Notepad":           {src: "\xff\xfeW\x00?\x00", faults: []exchange.Fault{{Line: 1, Column: 1, Why: exchange.WhyUTF8}}},
		"escapes before a fault":      {src: `É\:\=\n é } \\`, faults: []exchange.Fault{{Line: 1, Column: 11, Why: exchange.WhyBrace}}},
		"thousands of answers":        {src: "Wat? {" + strings.Repeat("=a ", 2001) + "~b}", faults: []exchange.Fault{{Line: 1, Column: 6, Why: exchange.WhyDeep}}},
		"no UTF-8":                    {src: "Wat? {T}\n\nJ\xffuist? {T}", faults: []exchange.Fault{{Line: 3, Column: 2, Why: exchange.WhyUTF8}}},
		"a control character":         {src: "Wat\x1b[2J? {T}", faults: []exchange.Fault{{Line: 1, Column: 4, Why: exchange.WhyControl}}},
	} {
		t.Run(name, func(t *testing.T) {
			got := exchange.ParseGIFT([]byte(c.src))
			if len(got.Questions) > 0 {
				t.Errorf("half read: %s", show(got.Questions))
			}
			for i := range got.Faults {
				if c.faults != nil && i < len(c.faults) && c.faults[i].Got == "" {
					got.Faults[i].Got = ""
				}
			}
			if show(got.Faults) != show(orNone(c.faults)) || show(got.Skipped) != show(orNone(c.skipped)) {
				t.Errorf("%q gave faults %s and skipped %s", c.src, show(got.Faults), show(got.Skipped))
			}
		})
	}
}

func orNone[T any](all []T) []T { return append([]T{}, all...) }

// TestGIFTFile reads a whole file: categories, Windows line ends, a byte order mark, a fault in the middle.
func TestGIFTFile(t *testing.T) {
	src := "\ufeff$CATEGORY: $course$/top/Mail: basis\r\n\r\n::een:: Wat? {T}\r\n\r\n// niets\r\n\r\n::twee:: Kapot {\r\n\r\n$CATEGORY: Word\r\n\r\n::drie:: En? {=a ~b}\r\n"
	got := exchange.ParseGIFT([]byte(src))
	var said []string
	for _, q := range got.Questions {
		said = append(said, fmt.Sprintf("%d %s %s", q.Line, q.Title, q.Category))
	}
	if want := "3 een $course$/top/Mail: basis; 11 drie Word"; strings.Join(said, "; ") != want {
		t.Errorf("got %q, want %q", strings.Join(said, "; "), want)
	}
	if len(got.Faults) != 1 || got.Faults[0].Line != 7 || got.Faults[0].Why != exchange.WhyBrace {
		t.Errorf("faults %s, want one at line 7", show(got.Faults))
	}
	if again := exchange.ParseGIFT(exchange.PrintGIFT(got.Questions)); len(again.Questions) != 2 || again.Questions[1].Category != "Word" {
		t.Errorf("printed and read: %s", show(again))
	}
}

// TestLongCategory: a path of many levels is kept whole, or two of them would be one.
func TestLongCategory(t *testing.T) {
	path := "$course$/top" + strings.Repeat("/Een hele lange naam", 20)
	for _, src := range []string{"$CATEGORY: " + path + "\n\nWat? {}", string(exchange.PrintXML([]exchange.Question{{Kind: quiz.KindOpen, Category: path, Stem: "Wat?"}}))} {
		got := exchange.Read(exchange.FormatAuto, "v", []byte(src))
		if len(got.Questions) != 1 || got.Questions[0].Category != path {
			t.Errorf("%s gave %s", src, show(got))
		}
	}
}

// TestGIFTLineEnds: a file of Windows or of an old Mac says the same, at the same places.
func TestGIFTLineEnds(t *testing.T) {
	src := "::een:: Wat?\n {=a#zo\nis dat\n~b}\n\n\n// niets\n$CATEGORY: x\n\nKapot {\n\nJuist? {T}"
	want := show(exchange.ParseGIFT([]byte(src)))
	for name, end := range map[string]string{"CR LF": "\r\n", "CR": "\r"} {
		if got := show(exchange.ParseGIFT([]byte(strings.ReplaceAll(src, "\n", end)))); got != want {
			t.Errorf("%s gave %s\nwant %s", name, got, want)
		}
	}
}

// TestGIFTBounds: what is too long or too much is refused, not cut.
func TestGIFTBounds(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		want data.Why
	}{
		"a file":      {strings.Repeat("a", exchange.MaxBytes+1), exchange.WhySize},
		"a stem":      {strings.Repeat("a", exchange.MaxText+1) + " {T}", exchange.WhyTooLong},
		"questions":   {strings.Repeat("a {T}\n\n", exchange.MaxQuestions+2), exchange.WhyMany},
		"open braces": {strings.Repeat("{", 100_000), exchange.WhyBrace},
	} {
		got := exchange.ParseGIFT([]byte(c.src))
		if len(got.Faults) != 1 || got.Faults[0].Why != c.want {
			t.Errorf("%s: %d faults, first %.200s, want one %s", name, len(got.Faults), show(got.Faults), c.want)
		}
	}
}

// same tells whether two readings say the same, lines aside.
func same(a, b exchange.Parsed) bool {
	if len(b.Faults) > 0 || len(b.Skipped) > 0 || len(a.Questions) != len(b.Questions) {
		return false
	}
	for i := range a.Questions {
		x, y := a.Questions[i], b.Questions[i]
		x.Line, y.Line = 0, 0
		if !reflect.DeepEqual(x, y) {
			return false
		}
	}
	return true
}

// FuzzGIFT holds the law that what is printed reads as what was read, whatever the file.
func FuzzGIFT(f *testing.F) {
	for _, s := range []string{"a {T}", "::x:: a {=b ~%50%c#d}", "a {#1..2}", "a {=b -> c =d -> e}", "a {%100%b->c}", "a {%100%b#-\\->c}", "a {####x}", "$CATEGORY: x\n\na {~%0%%5%b ~c}", "a {=%50%b =c ~d}", "// [id:a[b]\na{}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if broken := unlawful(src); broken != "" {
			t.Fatal(broken)
		}
	})
}

// unlawful tells how a file breaks the law; empty when it keeps it.
func unlawful(src []byte) string {
	got := exchange.ParseGIFT(src)
	printed := exchange.PrintGIFT(got.Questions)
	if again := exchange.ParseGIFT(printed); !same(got, again) {
		return fmt.Sprintf("%q\nwas read as %s\nprinted as\n%s\nand read as %s", src, show(got), printed, show(again))
	}
	return ""
}

// TestGIFTLaw holds the law on files made of what means something in the format.
func TestGIFTLaw(t *testing.T) {
	parts := rapid.SliceOf(rapid.SampledFrom([]string{"a", "b ", " ", "\n", "\n\n", "{", "}", "=", "~", "#", "####", "->", "%50%", "%", "::", "\\", "\\n", "[html]", "[", "]", "T", "F", ":", "..", "1", "//", "$CATEGORY: ", "*", "é", "0"}))
	rapid.Check(t, func(r *rapid.T) {
		src := []byte(strings.Join(parts.Draw(r, "parts"), ""))
		if broken := unlawful(src); broken != "" {
			r.Fatal(broken)
		}
	})
}
