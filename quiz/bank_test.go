package quiz_test

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"digibrug/quiz"
)

const head = "bank: t\nlanguage: nl\ndomain: windows\ntitle: T\nitems:\n"

// entry is a good item from line 6 on when it follows head; %s stands at its line 5 (line 10 of the file).
const entry = `  - id: win-001
    version: 1
    kind: single
    level: 1
    %s
    difficulty: -1.9
    seconds: 40
    stem: Wat?
    options: [{text: ja, right: true, why: w}, {text: nee, why: w}]
    why: daarom
    source: eigen werk
    author: digibrug
    status: reviewed
`

func bankWith(line5 string) string { return head + fmt.Sprintf(entry, line5) }

func good() string { return bankWith(`digcomp: "1.3"`) }

// TestParseBankProblems: every problem is told, each with its place, as "line:col field code".
func TestParseBankProblems(t *testing.T) {
	replace := func(old, new string) string { return strings.Replace(good(), old, new, 1) }
	for name, row := range map[string]struct {
		src  string
		want string
	}{
		"a good one":             {good(), ""},
		"empty":                  {"", "1:1 bank empty"},
		"only a comment":         {"# niets\n", "1:1 bank empty"},
		"no mapping":             {"- a\n", "1:1 bank quiz.type"},
		"an empty mapping":       {"{}", "1:1 bank empty, 1:1 domain empty, 1:1 items quiz.count, 1:1 language not_one_of, 1:1 title empty"},
		"no UTF-8":               {"bank: t\ntitle: \xff\n", "2:8 bank quiz.utf8"},
		"two documents":          {good() + "---\na: b\n", "19:1 bank quiz.documents"},
		"too big":                {strings.Repeat(" ", quiz.MaxBankBytes+1), "1:1 bank quiz.too_big"},
		"too many nodes":         {"items: [" + strings.Repeat("a,", 500_000) + "]", "1:1 bank quiz.too_big"},
		"unclosed quote":         {replace("stem: Wat?", `stem: "Wat?`), "13:5 bank syntax"},
		"bad indentation":        {replace("    seconds", "   seconds"), "12:4 bank syntax"},
		"a tab":                  {replace("    seconds", "\tseconds"), "12:2 bank syntax"},
		"a colon in plain text":  {replace("Wat?", "Wat: dit?"), "13:5 bank syntax"},
		"head broken":            {replace("title: T", "title: [T"), "4:1 bank syntax"},
		"unknown key":            {bankWith("digcomp: \"1.3\"\n    kleur: rood"), "11:5 kleur unknown"},
		"unknown key in option":  {replace("text: nee", "tekst: nee"), "14:49 options[2].tekst unknown, 14:48 options[2].text empty"},
		"a key twice":            {bankWith("digcomp: \"1.3\"\n    level: 2"), "11:5 level twice"},
		"unknown key in head":    {"versie: 2\n" + good(), "1:1 versie unknown"},
		"alias":                  {replace("why: daarom", "why: *x"), "15:5 bank syntax"},
		"alias of an anchor":     {strings.Replace(replace("why: daarom", "why: *x"), "title: T", "title: &x T", 1), "15:10 *x quiz.alias"},
		"merge key":              {strings.Replace(replace("    why: daarom", "    <<: *x"), "title: T", "title: &x T", 1), "6:5 why quiz.no_rationale, 15:5 << unknown, 15:9 *x quiz.alias"},
		"a list for a text":      {replace("stem: Wat?", "stem: [a]"), "13:11 stem quiz.type"},
		"a text for a list":      {replace("options: [{text: ja, right: true, why: w}, {text: nee, why: w}]", "options: ja"), "14:14 options quiz.type"},
		"a text for an option":   {replace("{text: nee, why: w}", "nee"), "14:48 options[2] quiz.type"},
		"an item that is a text": {head + "  - ja\n", "6:5 items quiz.type"},
		"no items":               {head, "5:7 items quiz.count"},
		"a text for an integer":  {replace("level: 1", "level: een"), "9:12 level quiz.type"},
		"a quoted integer":       {replace("level: 1", `level: "1"`), "9:12 level quiz.type"},
		"a fraction of a level":  {replace("level: 1", "level: 1.5"), "9:12 level quiz.type"},
		"level out of range":     {replace("level: 1", "level: 5"), "9:12 level number"},
		"not a number":           {replace("-1.9", "-1,9"), "11:17 difficulty quiz.type"},
		"infinite":               {replace("-1.9", ".inf"), "11:17 difficulty quiz.type"},
		"too difficult":          {replace("-1.9", "-9"), "11:17 difficulty number"},
		"no difficulty":          {replace("    difficulty: -1.9\n", ""), "6:5 difficulty empty"},
		"no yes for right":       {replace("right: true", "right: ja"), "14:33 options[1].right quiz.type"},
		"bad digcomp":            {bankWith(`digcomp: "6.1"`), "10:14 digcomp quiz.digcomp"},
		"unquoted digcomp":       {bankWith("digcomp: 1.3"), ""},
		"unquoted text":          {replace("text: nee", "text: 10"), ""},
		"two keys right":         {replace("{text: nee,", "{text: nee, right: true,"), "14:67 options[2].right quiz.two_keys"},
		"no key":                 {replace("right: true, ", ""), "14:14 options quiz.no_key"},
		"one option":             {replace(", {text: nee, why: w}", ""), "14:14 options quiz.count"},
		"the same option":        {replace("text: nee", "text: ja"), "14:55 options[2].text twice"},
		"no rationale":           {replace("    why: daarom\n", ""), "6:5 why quiz.no_rationale"},
		"option without one":     {replace("{text: nee, why: w}", "{text: nee}"), "14:48 options[2].why quiz.no_rationale"},
		"a draft may lack them":  {strings.Replace(replace("    why: daarom\n", ""), "reviewed", "draft", 1), ""},
		"option too long":        {replace("text: nee", "text: "+strings.Repeat("n", 161)), "14:55 options[2].text too_long"},
		"control byte":           {replace("stem: Wat?", `stem: "Wat\e[2J?"`), "13:11 stem quiz.control"},
		"hidden direction":       {replace("stem: Wat?", "stem: Wat\u202e?"), "13:11 stem quiz.control"},
		"unknown kind":           {replace("single", "enkel"), "8:11 kind not_one_of"},
		"unknown status":         {replace("reviewed", "klaar"), "18:13 status not_one_of"},
		"another kind's key":     {replace("    why: daarom", "    answer: true\n    why: daarom"), "15:13 answer quiz.kind"},
		"bad id":                 {replace("win-001", "Win 001"), "6:9 id quiz.code"},
		"the same id":            {good() + fmt.Sprintf(entry, `digcomp: "1.3"`), "19:9 id twice"},
		"bad head":               {strings.Replace(good(), "language: nl", "language: de", 1), "2:11 language not_one_of"},
		"all in one go": {replace("level: 1\n", "level: 7\n    kleur: rood\n") + fmt.Sprintf(entry, "digcomp: x"),
			"9:12 level number, 10:5 kleur unknown, 20:9 id twice, 24:14 digcomp quiz.digcomp"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := quiz.ParseBank("t.yaml", []byte(row.src))
			if got := places(err); !sameSet(got, row.want) {
				t.Errorf("got  %s\nwant %s\nerr %v", got, row.want, err)
			}
		})
	}
}

// places writes Problems as "line:col field code, …".
func places(err error) string {
	var problems quiz.Problems
	if !errors.As(err, &problems) {
		return ""
	}
	var all []string
	for _, p := range problems {
		all = append(all, fmt.Sprintf("%d:%d %s %s", p.Line, p.Col, p.Field, p.Why))
	}
	return strings.Join(all, ", ")
}

// sameSet compares lists without regard to order of those on one line.
func sameSet(a, b string) bool {
	count := map[string]int{}
	for _, s := range strings.Split(a, ", ") {
		count[s]++
	}
	for _, s := range strings.Split(b, ", ") {
		count[s]--
	}
	for _, n := range count {
		if n != 0 {
			return false
		}
	}
	return true
}

func TestParseBankBodies(t *testing.T) {
	options := "options: [{text: ja, right: true, why: w}, {text: nee, why: w}]"
	for name, row := range map[string]struct{ kind, body, want string }{
		"truefalse":              {"truefalse", "answer: false", ""},
		"truefalse without":      {"truefalse", "seconden: 1", "14:5 seconden unknown, 6:5 answer empty"},
		"truefalse, no bool":     {"truefalse", "answer: misschien", "14:13 answer quiz.type"},
		"number":                 {"number", "number: {value: 1500, tolerance: 0, unit: MB}", ""},
		"number without value":   {"number", "number: {unit: MB}", "14:13 number.value empty"},
		"number, a bare value":   {"number", "number: 15", "14:13 number quiz.type"},
		"number, tolerance < 0":  {"number", "number: {value: 1, tolerance: -1}", "14:35 number.tolerance number"},
		"number, digits in unit": {"number", "number: {value: 1, unit: m2}", "14:30 number.unit quiz.not_number"},
		"text":                   {"text", "accept: [prullenbak, 7-Zip]\n    distance: 1", ""},
		"text, too short for it": {"text", "accept: [ok]\n    distance: 1", "14:14 accept[1] quiz.distance"},
		"text, nothing accepted": {"text", "accept: []", "14:13 accept quiz.count"},
		"order":                  {"order", "steps: [a, b]", ""},
		"order, a step twice":    {"order", "steps: [a, b, a]", "14:19 steps[3] twice"},
		"match":                  {"match", "pairs: [{left: a, right: b}, {left: c, right: d}]\n    distractors: [e]", ""},
		"match, no right side":   {"match", "pairs: [{left: a, right: b}, {left: c}]", "14:34 pairs[2].right empty"},
		"match, one right side":  {"match", "pairs: [{left: a, right: b}, {left: c, right: b}]", "14:12 pairs quiz.count"},
		"match, key as distractor": {"match", "pairs: [{left: a, right: b}, {left: c, right: d}]\n    distractors: [d]",
			"15:19 distractors[1] twice"},
		"open":            {"open", "rubric: wat telt", ""},
		"open, no rubric": {"open", "shuffle: false", "6:5 rubric empty"},
	} {
		t.Run(name, func(t *testing.T) {
			src := strings.Replace(strings.Replace(good(), "kind: single", "kind: "+row.kind, 1), options, row.body, 1)
			_, err := quiz.ParseBank("t.yaml", []byte(src))
			if got := places(err); !sameSet(got, row.want) {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
		})
	}
}

func TestParseBankManyProblems(t *testing.T) {
	var src strings.Builder
	src.WriteString(head)
	for range 2000 {
		src.WriteString("  - ja\n")
	}
	_, err := quiz.ParseBank("t.yaml", []byte(src.String()))
	var problems quiz.Problems
	if !errors.As(err, &problems) || len(problems) != 501 || problems[500].Why != quiz.WhyMany || problems[500].Got != "2000" {
		t.Errorf("%d problems, last %v", len(problems), problems[len(problems)-1])
	}
	if !strings.HasPrefix(err.Error(), "bank t.yaml: line 6, column 5: items: quiz.type") {
		t.Errorf("error %.100s", err)
	}
}

func TestParseBankLines(t *testing.T) {
	b, err := quiz.ParseBank("t.yaml", []byte(good()))
	if err != nil || b.Lines["win-001"] != 6 || !b.Items[0].Shuffle || b.Items[0].Domain != "windows" {
		t.Errorf("%+v, %v", b, err)
	}
}

func TestYAMLRefusesWhatIsWrong(t *testing.T) {
	if _, err := (quiz.Bank{}).YAML(); err == nil {
		t.Error("an empty bank is printed")
	}
	b, err := quiz.ParseBank("t.yaml", []byte(good()))
	if err != nil {
		t.Fatal(err)
	}
	b.Items = append(b.Items, b.Items[0])
	b.Items[1].Domain = "mail"
	if got := places(b.Check()); got != "0:0 items[2].domain quiz.domain, 0:0 items[2].id twice" {
		t.Error(got)
	}
}

// propBankRoundTrip: parse(print(bank)) is the bank.
func propBankRoundTrip(t *rapid.T) {
	b := quiz.Bank{ID: "t", Language: "nl", Domain: "windows", Title: word(t, "title"), Waive: drawWaivers(t),
		Audience: rapid.SampledFrom([]quiz.Audience{quiz.ForStaff, quiz.ForCitizens}).Draw(t, "audience")}
	for i := range rapid.IntRange(1, 3).Draw(t, "items") {
		kind := rapid.SampledFrom(quiz.Kinds()).Draw(t, "kind")
		b.Items = append(b.Items, drawItem(t, kind, fmt.Sprintf("w-%d", i), "windows"))
	}
	src, err := b.YAML()
	if err != nil {
		t.Fatal(err)
	}
	back, err := quiz.ParseBank("t", src)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	back.Lines = nil
	if !reflect.DeepEqual(back, b) {
		t.Fatalf("got %+v\nwant %+v\n%s", back, b, src)
	}
}

func TestBankRoundTrip(t *testing.T) { rapid.Check(t, propBankRoundTrip) }
func FuzzBankRoundTrip(f *testing.F) { f.Fuzz(rapid.MakeFuzz(propBankRoundTrip)) }

// FuzzParseBank: no input panics; every problem has a place inside the file; what parses prints and parses.
func FuzzParseBank(f *testing.F) {
	for _, s := range []string{good(), head, "a: &a [*a]", "- - -", "{{{", "items: [", "\xff", bankWith("digcomp: x"), bankWith("digcomp: 1.3\n    variants: [{a: x, n: 1}, {a: y, n: \"[[a]]\"}]\n    waive: [{rule: x, reason: [[a]]}]"), "--- a\n--- b", "? [a]\n: b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		b, err := quiz.ParseBank("f", src)
		if err == nil {
			printed, err := b.YAML()
			if err != nil {
				t.Fatalf("parsed, but not printed: %v", err)
			}
			back, err := quiz.ParseBank("f", printed)
			if b.Lines, back.Lines = nil, nil; err != nil || !reflect.DeepEqual(back, b) {
				t.Fatalf("got %+v\nwant %+v\n%v", back, b, err)
			}
			return
		}
		var problems quiz.Problems
		if !errors.As(err, &problems) || len(problems) == 0 {
			t.Fatalf("an error without problems: %v", err)
		}
		for _, p := range problems {
			if p.Line < 1 || p.Col < 1 || p.Field == "" || p.Why == "" {
				t.Fatalf("a problem without place or name: %+v", p)
			}
		}
	})
}

// TestMergeSignIsText: << as a value is a text, though YAML knows it as a key.
func TestMergeSignIsText(t *testing.T) {
	b, err := quiz.ParseBank("t", []byte(regexp.MustCompile(`(?m)^title: .*$`).ReplaceAllString(good(), "title: <<")))
	if err != nil || b.Title != "<<" {
		t.Errorf("title %q, %v", b.Title, err)
	}
}
