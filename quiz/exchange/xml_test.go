package exchange_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/quiz/exchange"

	"pgregory.net/rapid"
)

// inQuiz puts questions in a file, the first on line 2.
func inQuiz(body string) string {
	return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><quiz>\n" + body + "\n</quiz>"
}

func asked(kind, body string) string {
	return inQuiz(`<question type="` + kind + `"><name><text>Naam</text></name><questiontext format="html"><text><![CDATA[<p>Wat?</p>]]></text></questiontext>` + body + `</question>`)
}

// TestXMLQuestions holds every form of a question, as the rules of the format say it is read.
func TestXMLQuestions(t *testing.T) {
	html := exchange.MarkupHTML
	for name, c := range map[string]struct {
		src  string
		kind quiz.Kind
		want func(*exchange.Question)
	}{
		"single": {asked("multichoice", `<single>true</single><shuffleanswers>0</shuffleanswers><answer fraction="100" format="plain_text"><text>a</text><feedback format="html"><text>ja</text></feedback></answer><answer fraction="0"><text>b</text></answer>`), quiz.KindSingle, func(q *exchange.Question) {
			q.Fixed, q.Options = true, []exchange.Option{{Text: "a", Markup: exchange.MarkupPlain, Weight: 100, Feedback: "ja", FeedbackIn: html}, {Text: "b", Markup: html}}
		}},
		"multiple": {asked("multichoice", `<single>0</single><shuffleanswers>1</shuffleanswers><answer fraction="33.333"><text>a</text></answer><answer fraction="66.66667"><text>b</text></answer><answer fraction="-50"><text>c</text></answer>`), quiz.KindMultiple, func(q *exchange.Question) {
			q.Options = []exchange.Option{{Text: "a", Markup: html, Weight: 33.33333}, {Text: "b", Markup: html, Weight: 66.66667}, {Text: "c", Markup: html, Weight: -50}}
		}},
		"the three combined feedbacks": {asked("multichoice", `<answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text></answer><correctfeedback format="html"><text>goed</text></correctfeedback><partiallycorrectfeedback><text>half</text></partiallycorrectfeedback><incorrectfeedback><text>fout</text></incorrectfeedback>`), quiz.KindSingle, func(q *exchange.Question) {
			q.Fixed, q.Options, q.Combined = true, []exchange.Option{{Text: "a", Markup: html, Weight: 100}, {Text: "b", Markup: html}}, &exchange.Combined{Right: "goed", RightIn: html, Part: "half", PartIn: html, Wrong: "fout", WrongIn: html}
		}},
		"true": {asked("truefalse", `<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text><feedback><text>nee</text></feedback></answer>`), quiz.KindTrueFalse, func(q *exchange.Question) {
			q.True, q.Options = yes(true), []exchange.Option{{Text: "true", Weight: 100}, {Text: "false", Feedback: "nee", FeedbackIn: html}}
		}},
		"true after false": {asked("truefalse", `<answer fraction="100"><text>false</text></answer><answer fraction="0"><text>true</text></answer>`), quiz.KindTrueFalse, func(q *exchange.Question) {
			q.True, q.Options = yes(false), []exchange.Option{{Text: "true"}, {Text: "false", Weight: 100}}
		}},
		"true in another language": {asked("truefalse", `<answer fraction="0"><text>Waar</text></answer><answer fraction="100"><text>Niet waar</text></answer>`), quiz.KindTrueFalse, func(q *exchange.Question) {
			q.True, q.Options = yes(false), []exchange.Option{{Text: "true"}, {Text: "false", Weight: 100}}
		}},
		"short answer": {asked("shortanswer", `<usecase>1</usecase><answer fraction="100"><text>Brussel</text></answer><answer fraction="0"><text>*</text></answer>`), quiz.KindText, func(q *exchange.Question) {
			q.Case, q.Options = true, []exchange.Option{{Text: "Brussel", Weight: 100}, {Text: "*"}}
		}},
		"number": {asked("numerical", `<answer fraction="100"><text>3</text><tolerance>0.5</tolerance></answer><units><unit><multiplier>1</multiplier><unit_name>MB</unit_name></unit></units>`), quiz.KindNumber, func(q *exchange.Question) {
			q.Options, q.Units = []exchange.Option{{Text: "3:0.5", Weight: 100, Number: num(3, 0.5)}}, []exchange.Unit{{Name: "MB", Multiplier: 1}}
		}},
		"a number of an old file": {asked("numerical", `<answer><text>2,5</text><fraction>1</fraction><tolerance>0</tolerance></answer>`), quiz.KindNumber, func(q *exchange.Question) {
			q.Options = []exchange.Option{{Text: "2.5", Weight: 100, Number: num(2.5, 0)}}
		}},
		"matching": {asked("matching", `<shuffleanswers>true</shuffleanswers><subquestion format="html"><text>a</text><answer><text>1</text></answer></subquestion><subquestion><text>b</text><answer><text>2</text></answer></subquestion><subquestion><text></text><answer><text>3</text></answer></subquestion>`), quiz.KindMatch, func(q *exchange.Question) {
			q.Pairs, q.Distractors = []exchange.Pair{{Left: "a", Markup: html, Right: "1"}, {Left: "b", Markup: html, Right: "2"}}, []string{"3"}
		}},
		"essay with all around it": {asked("essay", `<generalfeedback format="markdown"><text>*let op*</text></generalfeedback><defaultgrade>2.0000000</defaultgrade><penalty>0.3333334</penalty><hidden>1</hidden><idnumber>e-1</idnumber><graderinfo format="html"><text>aanhef: 1</text></graderinfo><tags><tag><text>mail</text></tag></tags><hint format="html"><text>denk na</text><shownumcorrect/></hint>`), quiz.KindOpen, func(q *exchange.Question) {
			q.Feedback, q.FeedbackIn, q.Grade, q.Penalty, q.Hidden, q.ID = "*let op*", exchange.MarkupMarkdown, 2, 0.3333333, true, "e-1"
			q.Rubric, q.RubricIn, q.Tags, q.Hints = "aanhef: 1", html, []string{"mail"}, []exchange.Hint{{Text: "denk na", Markup: html, Number: true}}
		}},
		"markup in a name": {inQuiz(`<question type="essay"><name><text><b>N</b>aam</text></name><questiontext format="html"><text>&lt;p&gt;Wat?&lt;/p&gt;</text></questiontext></question>`), quiz.KindOpen, func(*exchange.Question) {}},
	} {
		t.Run(name, func(t *testing.T) {
			want := exchange.Question{Kind: c.kind, Title: "Naam", Markup: html, Stem: "<p>Wat?</p>", Line: 2}
			c.want(&want)
			got := exchange.ParseXML([]byte(c.src))
			if len(got.Faults) > 0 || len(got.Skipped) > 0 || len(got.Questions) != 1 || !reflect.DeepEqual(got.Questions[0], want) {
				t.Errorf("gave %s\nwant %s", show(got), show(want))
			}
			if again := exchange.ParseXML(exchange.PrintXML(got.Questions)); !same(got, again) {
				t.Errorf("was printed as\n%s\nwhich gives %s", exchange.PrintXML(got.Questions), show(again))
			}
		})
	}
}

// TestXMLFile reads categories, a child before its parent, and skips what banks don't have, by name and line.
func TestXMLFile(t *testing.T) {
	category := func(path string) string {
		return `<question type="category"><category><text>` + path + `</text></category><info format="html"><text>x</text></info><idnumber>c</idnumber></question>`
	}
	essay := func(name string) string {
		return `<question type="essay"><name><text>` + name + `</text></name><questiontext><text>Schrijf.</text></questiontext></question>`
	}
	src := inQuiz(strings.Join([]string{category("$course$/top/A/B"), essay("een"), category("$course$/top/A"), essay("twee"),
		strings.Replace(essay("los"), "essay", "description", 1), strings.Replace(essay("gat"), "essay", "cloze", 1), strings.Replace(essay("som"), "essay", "calculatedsimple", 1), strings.Replace(essay("sleep"), "essay", "ddwtos", 1),
		strings.Replace(essay("prent"), "Schrijf.", `<![CDATA[<img src="@@PLUGINFILE@@/a.png">]]>`, 1), essay("drie")}, "\n"))
	got := exchange.ParseXML([]byte(src))
	var said []string
	for _, q := range got.Questions {
		said = append(said, fmt.Sprintf("%d %s %s", q.Line, q.Title, q.Category))
	}
	for _, s := range got.Skipped {
		said = append(said, fmt.Sprintf("%d %s %s %s", s.Line, s.Type, s.Title, s.Why))
	}
	want := "3 een $course$/top/A/B\n5 twee $course$/top/A\n11 drie $course$/top/A\n6 description los exchange.kind\n7 cloze gat exchange.kind\n8 calculatedsimple som exchange.kind\n9 ddwtos sleep exchange.kind\n10 essay prent exchange.file"
	if strings.Join(said, "\n") != want || len(got.Faults) > 0 {
		t.Errorf("got\n%s\nand faults %s, want\n%s", strings.Join(said, "\n"), show(got.Faults), want)
	}
}

// TestXMLFaults: what is wrong is named by place, what came before it stays, and nothing is half read.
func TestXMLFaults(t *testing.T) {
	for name, c := range map[string]struct {
		src  string
		line int
		why  data.Why
	}{
		"an element in a text":        {inQuiz(`<question type="essay"><questiontext format="html"><text>Wat is <img src="a"/> dit?</text></questiontext></question>`), 2, exchange.WhyElement},
		"an element for a text":       {inQuiz(`<question type="essay"><questiontext format="html"><p>Wat?</p></questiontext></question>`), 2, exchange.WhyElement},
		"an element in an answer":     {asked("shortanswer", "\n"+`<answer fraction="100"><text>a<sub>1</sub></text></answer>`), 3, exchange.WhyElement},
		"points for nothing":          {asked("multichoice", `<answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text></answer>`+"\n"+`<answer fraction="-50"><text></text></answer>`), 3, exchange.WhyBlank},
		"feedback on nothing":         {asked("shortanswer", `<answer fraction="100"><text>a</text></answer>`+"\n"+`<answer fraction="0"><text></text><feedback><text>ja</text></feedback></answer>`), 3, exchange.WhyBlank},
		"a choice beside nothing":     {asked("multichoice", `<answer fraction="100"><text>a</text></answer><answer fraction="0"><text></text></answer>`), 2, exchange.WhyFew},
		"a tolerance below zero":      {asked("numerical", `<answer fraction="100"><text>3</text>`+"\n"+`<tolerance>-1</tolerance></answer>`), 3, exchange.WhyNumber},
		"a multiplier that is a word": {asked("numerical", `<answer fraction="100"><text>3</text></answer>`+"\n"+`<units><unit><multiplier>veel</multiplier><unit_name>km</unit_name></unit></units>`), 3, exchange.WhyNumber},
		"a second quiz":               {"<quiz></quiz>\n<quiz></quiz>", 2, exchange.WhyAfter},
		"words behind the end":        {"<quiz></quiz>\nrommel", 2, exchange.WhyAfter},
		"a tag behind the end":        {"<quiz></quiz>\n</a>", 2, exchange.WhyXML},
		"lines of an old Mac":         {"<quiz>\r<question type=\"essay\"/>\r</quiz>", 2, exchange.WhyNoStem},
		"lines of Windows":            {"<quiz>\r\n<question type=\"essay\"/>\r\n</quiz>", 2, exchange.WhyNoStem},
		"33 is no fraction":           {asked("multichoice", `<answer fraction="33"><text>a</text></answer><answer fraction="0"><text>b</text></answer>`), 2, exchange.WhyFraction},
		"no fraction at all":          {asked("multichoice", `<answer fraction="veel"><text>a</text></answer><answer fraction="0"><text>b</text></answer>`), 2, exchange.WhyFraction},
		"one choice":                  {asked("multichoice", `<answer fraction="100"><text>a</text></answer>`), 2, exchange.WhyFew},
		"neither true nor not":        {asked("truefalse", `<answer fraction="0"><text>true</text></answer><answer fraction="0"><text>false</text></answer>`), 2, exchange.WhyNoKey},
		"no number":                   {asked("numerical", `<answer fraction="100"><text>drie</text></answer>`), 2, exchange.WhyNumber},
		"a pair without right":        {asked("matching", `<subquestion><text>a</text><answer><text></text></answer></subquestion><subquestion><text>b</text><answer><text>2</text></answer></subquestion>`), 2, exchange.WhyArrow},
		"no stem":                     {inQuiz(`<question type="essay"><name><text>x</text></name></question>`), 2, exchange.WhyNoStem},
		"no quiz":                     {"<html/>", 1, exchange.WhyNotQuiz},
		"no XML":                      {"hallo", 1, exchange.WhyXML},
		"cut off":                     {"<quiz>\n<question type=\"essay\">", 2, exchange.WhyXML},
		"an entity of its own":        {"<!DOCTYPE quiz [<!ENTITY a \"aaaa\">]>\n<quiz><question type=\"essay\"><name><text>&a;</text></name></question></quiz>", 2, exchange.WhyXML},
		"elements in elements":        {"<quiz><question type=\"essay\">" + strings.Repeat("<a>", 50), 1, exchange.WhyDeep},
		"millions of elements":        {"<quiz><question type=\"essay\">" + strings.Repeat("<a/>", 300_000), 1, exchange.WhyDeep},
		"longer than any":             {strings.Repeat("<", exchange.MaxBytes+1), 1, exchange.WhySize},
		"another encoding":            {`<?xml version="1.0" encoding="ISO-8859-1"?><quiz></quiz>`, 1, exchange.WhyXML},
		"a control character":         {"<quiz>\n\x00</quiz>", 2, exchange.WhyControl},
		"a text without an end":       {asked("essay", `<graderinfo><text>`+strings.Repeat("a", 10)+`</text></graderinfo>`)[:200], 2, exchange.WhyXML},
	} {
		t.Run(name, func(t *testing.T) {
			got := exchange.ParseXML([]byte(c.src))
			if len(got.Faults) != 1 || got.Faults[0].Why != c.why || got.Faults[0].Line != c.line || got.Faults[0].Column < 1 || len(got.Questions) > 0 {
				t.Errorf("gave %.600s\nwant one %s on line %d", show(got), c.why, c.line)
			}
		})
	}
}

// TestXMLPlaces: a place is a line and a character of it, however many bytes a character has.
func TestXMLPlaces(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"a question":          {"\ufeff<quiz>één\n  één <question type=\"essay\"/></quiz>", "2:7 exchange.stem"},
		"two on a line":       {"<quiz>\n<!-- é --><question type=\"essay\"/>é<question type=\"essay\"/></quiz>", "2:11 exchange.stem, 2:36 exchange.stem"},
		"no XML any more":     {"<quiz>\né</a></quiz>", "2:6 exchange.xml"},
		"a tag that is long":  {"<quiz>\né<a b=\"" + strings.Repeat("x", 70_000) + "\"/></quiz>", "2:2 exchange.deep"},
		"behind the end":      {"<quiz></quiz>\né <a/>", "2:1 exchange.after"},
		"a tag behind":        {"<quiz><!--é--></quiz><a/>", "1:22 exchange.after"},
		"a tolerance":         {"<quiz><question type=\"numerical\"><questiontext><text>é?</text></questiontext>\n<answer><text>é1</text></answer><answer><text>1</text><tolerance>é</tolerance></answer></question></quiz>", "2:1 exchange.number, 2:55 exchange.number"},
		"a control character": {"<quiz>\né\x00</quiz>", "2:2 exchange.control"},
	} {
		var said []string
		for _, f := range exchange.ParseXML([]byte(c.src)).Faults {
			said = append(said, fmt.Sprintf("%d:%d %s", f.Line, f.Column, f.Why))
		}
		if got := strings.Join(said, ", "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestXMLLeftBehind: what is in a quiz and is none of our questions is named, and a file without any is no quiet success.
func TestXMLLeftBehind(t *testing.T) {
	for name, c := range map[string]struct{ src, want string }{
		"an element of another name": {"<quiz>\n<vraag/>\n</quiz>", "2 vraag exchange.kind"},
		"questions in an element":    {"<quiz>\n<questions><question type=\"essay\"/></questions>\n</quiz>", "2 questions exchange.kind"},
		"an essay with files only":   {asked("essay", "<responseformat>noinline</responseformat>"), "2 essay exchange.file"},
		"an essay that needs a file": {asked("essay", "<attachments>1</attachments><attachmentsrequired>1</attachmentsrequired>"), "2 essay exchange.file"},
		"an essay that may have one": {asked("essay", "<responseformat>editor</responseformat><attachments>1</attachments><attachmentsrequired>0</attachmentsrequired>"), "open"},
		"an empty quiz":              {"<quiz>\n</quiz>", "1 exchange.gift"},
	} {
		p := exchange.Read(exchange.FormatAuto, "v.xml", []byte(c.src))
		var said []string
		for _, q := range p.Questions {
			said = append(said, string(q.Kind))
		}
		for _, s := range p.Skipped {
			said = append(said, fmt.Sprintf("%d %s %s", s.Line, s.Type, s.Why))
		}
		for _, f := range p.Faults {
			said = append(said, fmt.Sprintf("%d %s", f.Line, f.Why))
		}
		if got := strings.Join(said, ", "); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestXMLLaw: what is printed reads as what was read, with any text in any place.
func TestXMLLaw(t *testing.T) {
	text := rapid.StringOf(rapid.SampledFrom([]rune("ab é<>&\"']]>\n\t=~{}#:/[]%0")))
	rapid.Check(t, func(r *rapid.T) {
		some := func(name string) string { return "x" + text.Draw(r, name) }
		options := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) exchange.Option {
			return exchange.Option{Text: "x" + text.Draw(r, "option"), Markup: exchange.MarkupMarkdown, Weight: rapid.SampledFrom([]float64{100, 50, 33.33333, 0, -14.28571}).Draw(r, "weight"), Feedback: text.Draw(r, "feedback")}
		}), 2, 5)
		q := exchange.Question{Kind: rapid.SampledFrom([]quiz.Kind{quiz.KindSingle, quiz.KindMultiple, quiz.KindText, quiz.KindOpen, quiz.KindMatch}).Draw(r, "kind"),
			Title: some("title"), Stem: some("stem"), Category: text.Draw(r, "category"), Feedback: text.Draw(r, "general"), Tags: []string{some("tag")}, Hints: []exchange.Hint{{Text: some("hint"), Number: rapid.Bool().Draw(r, "number"), Clear: rapid.Bool().Draw(r, "clear")}}}
		switch q.Kind {
		case quiz.KindOpen:
			q.Rubric = text.Draw(r, "rubric")
		case quiz.KindMatch:
			q.Pairs, q.Distractors = []exchange.Pair{{Left: some("left"), Right: some("right")}}, []string{some("distractor")}
		default:
			q.Options = options.Draw(r, "options")
		}
		if strings.TrimSpace(q.Category) == "" {
			q.Category = ""
		}
		once := exchange.ParseXML(exchange.PrintXML([]exchange.Question{q}))
		if len(once.Faults) > 0 || len(once.Questions) != 1 {
			r.Fatalf("%s\nwas printed so that it reads as %s", show(q), show(once))
		}
		if twice := exchange.ParseXML(exchange.PrintXML(once.Questions)); !same(once, twice) {
			r.Fatalf("%s\nthen %s", show(once), show(twice))
		}
	})
}

// FuzzXML holds the law whatever the file.
func FuzzXML(f *testing.F) {
	f.Add([]byte(asked("multichoice", `<answer fraction="100"><text>a</text></answer><answer fraction="0"><text>b</text></answer>`)))
	f.Add([]byte(asked("numerical", `<answer fraction="100"><text>3</text><tolerance>0.5</tolerance></answer>`)))
	f.Add([]byte(asked("matching", `<subquestion><text>a</text><answer><text>1</text></answer></subquestion><subquestion><text></text><answer><text>2</text></answer></subquestion>`)))
	f.Fuzz(func(t *testing.T, src []byte) {
		got := exchange.ParseXML(src)
		if again := exchange.ParseXML(exchange.PrintXML(got.Questions)); !same(got, again) {
			t.Fatalf("%q\nwas read as %s\nand again as %s", src, show(got), show(again))
		}
	})
}
