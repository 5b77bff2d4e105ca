package papers

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/quiz/recruit"
	"digibrug/tui/words"

	"github.com/BurntSushi/toml"
	"github.com/xuri/excelize/v2"
)

// wordsOf cuts a text into its words, in small letters.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
}

// sentences of an area, by their names, with those of a part of it as "part.name".
func sentences(t *testing.T, l words.Lang, area string) map[string]string {
	t.Helper()
	text, err := os.ReadFile("../words/" + string(l) + "/" + area + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	var tree map[string]any
	if err := toml.Unmarshal(text, &tree); err != nil {
		t.Fatalf("%s of %s: %v", area, l, err)
	}
	flat := map[string]string{}
	var all func(name string, v any)
	all = func(name string, v any) {
		switch v := v.(type) {
		case string:
			flat[name] = v
		case map[string]any:
			for key, one := range v {
				all(strings.TrimPrefix(name+"."+key, "."), one)
			}
		}
	}
	all("", tree)
	return flat
}

// vocabulary are the words of all sentences of a language, read from its catalogue and not through words.T, which gives Dutch
// where a sentence lacks.
func vocabulary(t *testing.T, l words.Lang) map[string]bool {
	t.Helper()
	known := map[string]bool{}
	names, err := filepath.Glob("../words/" + string(l) + "/*.toml")
	if err != nil || len(names) == 0 {
		t.Fatalf("catalogue of %s: %v %v", l, names, err)
	}
	for _, name := range names {
		for _, sentence := range sentences(t, l, strings.TrimSuffix(filepath.Base(name), ".toml")) {
			for _, word := range wordsOf(sentence) {
				known[word] = true
			}
		}
	}
	return known
}

// everything is an explanation in which all happened that can happen, with what people typed left out.
func everything(outcome recruit.Outcome, end recruit.End, stops []recruit.Stop, method recruit.Method) own {
	at := datatest.Noon
	o := own{of: recruit.Procedure{State: recruit.Decided, Details: recruit.Details{Weights: [4]int{100, 100, 200, 300}, Written: recruit.Written{Points: 400}}}}
	o.recruitHead.at, o.title = at, func(string) string { return "Rekenblad" }
	o.decision = recruit.Decision{Outcome: outcome, Until: "2027-11-23"}
	o.why = recruit.Explanation{StartedAt: at, EndedAt: at.Add(1), Ended: end, Extra: []recruit.Grant{{At: at, Minutes: 5}}}
	o.why.Score = recruit.Score{Label: "", Points: 100, Max: 300, On: 667, OnMax: 2000, Error: recruit.Precision{Method: method, Alpha: 0.8, Group: 12}}
	for i, domain := range []string{"windows", "text", "sheets", "mail", "internet", "safety", "sharing", "problems"} {
		o.why.Score.Parts = append(o.why.Score.Parts, recruit.PartScore{Domain: domain, Points: 100, Max: 1000, Pass: 50})
		o.why.Work = append(o.why.Work, recruit.LevelScore{Domain: domain, Level: i%4 + 1, Points: 100, Max: 400})
	}
	o.why.Score.Items = []recruit.ItemScore{{N: 0, Answered: true, Open: true}, {N: 1, Out: recruit.ThisOne}}
	for _, stop := range stops {
		o.why.Stops = append(o.why.Stops, recruit.Standstill{Why: stop, From: at})
	}
	for n, scope := range []recruit.Scope{"", recruit.Everybody, recruit.ThisOne, recruit.Refused} {
		o.why.Questions = append(o.why.Questions, recruit.Question{N: n, Outcome: scope})
		o.why.Outs = append(o.why.Outs, recruit.OutItem{N: n, Scope: scope})
	}
	return o
}

// TestNoWordIsLeftInDutch: each word of an English or French report stands in a sentence of that language, whatever happened.
func TestNoWordIsLeftInDutch(t *testing.T) {
	stops := []recruit.Stop{recruit.Paused, recruit.OnBreak, recruit.Cut, recruit.Asking}
	ends, methods := []recruit.End{recruit.Submitted, recruit.TimeUp, recruit.BySupervisor, recruit.WithTest}, []recruit.Method{recruit.FromGroup, recruit.FromItems}
	for l, dates := range map[words.Lang][]string{words.EN: {"mon", "november"}, words.FR: {"lun", "novembre"}} {
		dutch := sentences(t, words.NL, "recruitown")
		for name, sentence := range sentences(t, l, "recruitown") {
			if sentence == dutch[name] && sentence != "Procedure" {
				t.Errorf("%s: %s is still Dutch: %q", l, name, sentence)
			}
		}
		known := vocabulary(t, l)
		for _, word := range append(dates, "min", "s") {
			known[word] = true
		}
		for i, outcome := range append(recruit.Outcomes(), "") {
			o := everything(outcome, ends[i%len(ends)], stops, methods[i%len(methods)])
			if outcome == recruit.Absent {
				o.why.Work = nil
			}
			o.speaker = speaker{l}
			text := strings.Replace(o.document().Text(letterWide), words.T(words.NL, words.PaperHelp), "", 1) // which is Dutch on purpose
			for _, word := range wordsOf(text) {
				if !known[word] {
					t.Errorf("%s, outcome %q: the word %q is in no sentence of that language:\n%s", l, outcome, word, text)
				}
			}
			o.speaker = speaker{words.NL}
			if d := o.document(); len(d.Parts) != len(o.in(l).Parts) || d.help() != "" {
				t.Errorf("outcome %q: %d parts in Dutch, %d in %s", outcome, len(d.Parts), len(o.in(l).Parts), l)
			}
		}
	}
}

// in is the report in a language.
func (o own) in(l words.Lang) Document {
	o.speaker = speaker{l}
	return o.document()
}

// TestReportsAsInvited: the Dutch report counts, and who was invited in another language gets a help behind it; one language
// can be asked for instead. What isn't a candidate's stays Dutch.
func TestReportsAsInvited(t *testing.T) {
	s := newSat(t)
	s.sit()
	made := func(w Wanted) (all []string, err error) {
		w.Procedure = s.P.ID
		docs, err := s.papers.Make(t.Context(), s.Rik, w)
		for _, d := range docs {
			all = append(all, d.Name)
		}
		return all, err
	}
	for name, c := range map[string]struct {
		w    Wanted
		want string
	}{
		"all as invited":       {Wanted{Document: DocCandidate}, "verslag-K-01 verslag-K-02 verslag-K-02-en verslag-K-03 verslag-K-03-fr verslag-K-04 verslag-K-05"},
		"one as invited":       {Wanted{Document: DocCandidate, Label: "K-03"}, "verslag-K-03 verslag-K-03-fr"},
		"one in Dutch":         {Wanted{Document: DocCandidate, Label: "K-03", Lang: words.NL}, "verslag-K-03"},
		"one in another":       {Wanted{Document: DocCandidate, Label: "K-03", Lang: words.EN}, "verslag-K-03-en"},
		"invited in Dutch":     {Wanted{Document: DocCandidate, Label: "K-01"}, "verslag-K-01"},
		"minutes are in Dutch": {Wanted{Document: DocMinutes, Lang: words.NL}, "pv-Administratief medewerker burgerzaken"},
	} {
		if all, err := made(c.w); err != nil || strings.Join(all, " ") != c.want {
			t.Errorf("%s: %v %v, want %s", name, all, err, c.want)
		}
	}
	for name, w := range map[string]Wanted{"a language we don't have": {Document: DocCandidate, Lang: "de"}, "minutes in French": {Document: DocMinutes, Lang: words.FR}, "jury in English": {Document: DocJury, Lang: words.EN}} {
		var wrong *data.Invalid
		if all, err := made(w); !errors.As(err, &wrong) || wrong.Field != "language" || len(all) > 0 {
			t.Errorf("%s: %v %v", name, all, err)
		}
	}
}

// TestHelpInWorkbook: numbers are numbers in each language, and the sheet says that it is a help.
func TestHelpInWorkbook(t *testing.T) {
	for l, c := range map[words.Lang]struct {
		total float64
		help  string
	}{words.NL: {1234.5, ""}, words.EN: {1234.5, "Only the Dutch text counts."}, words.FR: {1234.5, "Seul le texte néerlandais compte."}} {
		o := everything(recruit.Passed, recruit.Submitted, nil, recruit.FromItems)
		o.speaker, o.why.Score.Points = speaker{l}, 123450
		var out bytes.Buffer
		if err := WriteDocument(&out, FormatXLSX, o.document()); err != nil {
			t.Fatal(err)
		}
		f, err := excelize.OpenReader(&out)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := f.GetRows(f.GetSheetName(0), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		total := ""
		for _, row := range rows {
			if text.WriteString(strings.Join(row, " ") + "\n"); len(row) == 4 && row[0] == o.T(words.RecruitownTotal) {
				total = row[1]
			}
		}
		if got, err := strconv.ParseFloat(total, 64); err != nil || got != c.total || !strings.Contains(text.String(), c.help) {
			t.Errorf("%s: the total is %q, want %v:\n%s", l, total, c.total, text.String())
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
