package exchange

import (
	"errors"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/data/workbook"
	"digibrug/quiz"
)

// What a spreadsheet with questions is called and has for heads. People type them, so they are words of the form and not
// of a screen.
const (
	SheetName = "Vragen"

	headCode       = "Code"
	headKind       = "Soort"
	headLevel      = "Niveau"
	headDigComp    = "DigComp"
	headStem       = "Vraag"
	headRight      = "Juist"
	headWhy        = "Uitleg"
	headUnit       = "Eenheid"
	headTolerance  = "Afwijking"
	headDistance   = "Typfouten"
	headRubric     = "Beoordeling"
	headDifficulty = "Moeilijkheid"
	headSeconds    = "Seconden"
	headEntry      = "Instap"
	headShuffle    = "Mengen"
	headVersion    = "Versie"
	headStatus     = "Stand"
	headSource     = "Bron"
	headAuthor     = "Auteur"
	headAnswer     = "Antwoord"   // with a number behind it
	headPartner    = "Hoort bij"  // with a number behind it
	headReason     = "Uitleg bij" // with a number behind it

	yesWord, noWord = "ja", "nee"
)

// mostAnswers is the highest number behind a head.
const mostAnswers = 30

// numbered is a head with a number behind it, such as "Antwoord 3".
var numbered = regexp.MustCompile(`^(antwoord|hoort bij|uitleg bij) ([1-9][0-9]?)$`)

// single are the heads of which a sheet has one each.
func single() []string {
	return []string{headCode, headKind, headLevel, headDigComp, headStem, headRight, headWhy, headUnit, headTolerance, headDistance, headRubric,
		headDifficulty, headSeconds, headEntry, headShuffle, headVersion, headStatus, headSource, headAuthor}
}

// KindNames says what the kinds are called in a sheet.
func KindNames() map[quiz.Kind]string {
	return map[quiz.Kind]string{quiz.KindSingle: "één antwoord", quiz.KindMultiple: "meer antwoorden", quiz.KindTrueFalse: "waar of niet waar", quiz.KindNumber: "getal",
		quiz.KindText: "tekst", quiz.KindOrder: "volgorde", quiz.KindMatch: "paren", quiz.KindOpen: "open vraag"}
}

func levelNames() []string { return []string{"1 starter", "2 basis", "3 vlot", "4 expert"} }

func statusNames() map[quiz.Status]string {
	return map[quiz.Status]string{quiz.StatusDraft: "ontwerp", quiz.StatusReviewed: "nagekeken", quiz.StatusInUse: "in gebruik", quiz.StatusRetired: "uit gebruik"}
}

// What can be wrong with a sheet, beside what can be wrong with a workbook.
const (
	WhyNoHeads data.Why = "exchange.heads"   // no row with the heads that are needed; Want: which
	WhyHead    data.Why = "exchange.head"    // a head that nobody knows; Got: it
	WhyNoPlace data.Why = "exchange.place"   // Juist names an answer that isn't there; Got: it
	WhyTruth   data.Why = "exchange.truth"   // neither waar nor niet waar; Got: it
	WhyFormula data.Why = "exchange.formula" // a formula that came to nothing or to an error
	WhyDate    data.Why = "exchange.date"    // a day where a text belongs: the spreadsheet may have made one of it; Got: it
	WhyFits    data.Why = "exchange.fits"    // a cell that the kind of question has no use for; Got: it

	WhyNoPartner data.Why = "exchange.partner" // a pair with a left side only; Want: the head where the right one goes
	WhyExample   data.Why = "exchange.example" // of Skipped: a row that the template has as an example
)

// ParseSheet reads questions from a spreadsheet: XLSX or CSV, whatever the separator and encoding. All sheets with the heads
// are read but for those that are hidden; what stands above the heads is left. A row that can't be read whole gives no question.
func ParseSheet(name string, src []byte) Parsed {
	r := sheetReader{Parsed: empty(FormatXLSX)}
	limits := workbook.Standard()
	limits.Packed, limits.Unpacked, limits.Cells, limits.Text = min(limits.Packed, MaxBytes), 32<<20, 40*MaxQuestions, 8<<20
	book, err := workbook.Read(name, src, limits)
	if !strings.HasPrefix(string(src[:min(len(src), 2)]), "PK") {
		r.Format = FormatCSV
	}
	var bad *data.Invalid
	if errors.As(err, &bad) {
		r.Faults = append(r.Faults, Fault{Line: max(1, bad.Line), Column: max(1, bad.Col), Why: bad.Why, Want: bad.Want, Got: bad.Got})
		return r.Parsed
	}
	for _, s := range book.Sheets {
		if !s.Hidden { // what its author doesn't see is no question any more
			r.read(s)
		}
	}
	if r.column == nil {
		r.Faults = append(r.Faults, Fault{Line: 1, Column: 1, Why: WhyNoHeads, Want: headKind + ", " + headStem})
	}
	return r.Parsed
}

// read reads the questions of a sheet below its heads; nothing where it has none.
func (r *sheetReader) read(s workbook.Sheet) {
	for i, row := range s.Rows[:min(len(s.Rows), 12)] {
		before := len(r.Faults)
		if !r.heads(s, row) {
			continue
		}
		if len(r.Faults) == before { // below a head that nobody knows something would be lost
			r.rows(s.Rows[i+1:])
		}
		return
	}
}

func empty(f Format) Parsed {
	return Parsed{Format: f, Questions: []Question{}, Skipped: []Skipped{}, Faults: []Fault{}}
}

// sheetReader reads one sheet.
type sheetReader struct {
	Parsed
	sheet  string
	column map[string]int // by head, folded
	row    workbook.Row
	used   map[int]bool // columns of the row that were read
}

// heads tells whether a row is the one with the heads, and finds where each stands.
func (r *sheetReader) heads(s workbook.Sheet, row workbook.Row) bool {
	known, column := map[string]string{}, map[string]int{}
	for _, head := range single() {
		known[data.SortKey(head)] = head
	}
	var strange []workbook.Cell
	for _, c := range row.Cells {
		key := strings.TrimSpace(strings.TrimSuffix(data.SortKey(c.Text), "*"))
		m := numbered.FindStringSubmatch(key)
		switch {
		case known[key] != "", m != nil && atMost(m[2], mostAnswers):
			if column[key] == 0 {
				column[key] = c.Column
				continue
			}
			strange = append(strange, c) // twice
		case key != "":
			strange = append(strange, c)
		}
	}
	if column[data.SortKey(headKind)] == 0 || column[data.SortKey(headStem)] == 0 {
		return false
	}
	r.sheet, r.column, r.row = data.Clean(s.Name, 80), column, row
	for _, c := range strange {
		r.fault(c, WhyHead, "", c.Text)
	}
	return true
}

func atMost(digits string, most int) bool {
	n, err := strconv.Atoi(digits)
	return err == nil && n <= most
}

// fault writes down what is wrong with a cell. A code that every form knows says in which field, which is the head here.
func (r *sheetReader) fault(c workbook.Cell, why data.Why, want, got string) {
	f := Fault{Sheet: r.sheet, Line: r.row.Number, Column: max(1, c.Column), Why: why, Want: want, Got: data.Clean(got, 60)}
	if !strings.Contains(string(why), ".") {
		for _, head := range single() {
			if c.Column > 0 && r.column[data.SortKey(head)] == c.Column {
				f.Field = head
			}
		}
	}
	r.Faults = append(r.Faults, f)
}

func (r *sheetReader) rows(rows []workbook.Row) {
	for _, row := range rows {
		r.row, r.used = row, map[int]bool{}
		if n := len(r.Questions) + len(r.Faults); n >= MaxQuestions {
			if n == 0 || len(r.Faults) == 0 || r.Faults[len(r.Faults)-1].Why != WhyMany {
				r.fault(workbook.Cell{}, WhyMany, "", "")
			}
			return
		}
		if slices.ContainsFunc(row.Cells, func(c workbook.Cell) bool { return !c.Empty() || c.Formula }) {
			r.question()
		}
	}
}

// cell gives the cell below a head; a zero one where the head or the cell isn't there.
func (r *sheetReader) cell(head string) workbook.Cell {
	column := r.column[data.SortKey(head)]
	if column == 0 {
		return workbook.Cell{}
	}
	r.used[column] = true
	return r.row.At(column)
}

// text is the text below a head, with its line feeds.
func (r *sheetReader) text(head string) string { return clean(r.seen(r.cell(head))) }

// seen is the text of a cell as who typed it sees it: a spreadsheet keeps 0,5 and 50% as 0.5, and WAAR as 1. In which form it
// shows a day it keeps to itself, and it makes one of 1-3: that is a fault.
func (r *sheetReader) seen(c workbook.Cell) string {
	switch c.Kind {
	case workbook.Day, workbook.Moment:
		r.fault(c, WhyDate, "", c.Text)
	case workbook.Bool:
		return map[bool]string{true: "WAAR", false: "ONWAAR"}[c.Text == "1"]
	case workbook.Number:
		v, err := strconv.ParseFloat(c.Text, 64)
		if !c.Percent || err != nil {
			return strings.Replace(c.Text, ".", ",", 1)
		}
		return decimal(math.Round(v*1e10)/1e8) + "%" // 0.07 is 7%, and not a hair beside it
	}
	return c.Text
}

func nth(head string, n int) string { return head + " " + strconv.Itoa(n) }

// question reads the row. Every cell must be of use: what a kind has no place for is a fault, and no loss.
func (r *sheetReader) question() {
	before := len(r.Faults)
	for _, c := range r.row.Cells {
		if c.Kind == workbook.Fault || c.Formula && c.Empty() {
			r.fault(c, WhyFormula, "", c.Text)
		}
	}
	q := Question{ID: data.Clean(r.text(headCode), quizTitle), Stem: r.text(headStem), Markup: MarkupPlain, Feedback: r.text(headWhy), Line: r.row.Number}
	if r.Format == FormatXLSX {
		q.Sheet = r.sheet
	}
	if q.Feedback != "" {
		q.FeedbackIn = MarkupPlain
	}
	if q.Stem == "" {
		r.fault(workbook.Cell{Column: r.column[data.SortKey(headStem)]}, WhyNoStem, "", "")
	}
	q.Title = firstWords(q.ID, q.Stem, MarkupPlain)
	kind := r.kind()
	if q.Kind = kind; kind == quiz.KindOrder {
		q.Kind = quiz.KindMatch
		q.Tags = append(q.Tags, "kind:order")
	}
	r.tagged(&q)
	r.answers(&q, kind)
	for _, c := range r.row.Cells {
		if !r.used[c.Column] && !c.Empty() && kind != "" {
			r.fault(c, WhyFits, "", c.Text)
		}
	}
	if tooLong(q) {
		r.fault(workbook.Cell{}, WhyTooLong, "", "")
	}
	if len(r.Faults) == before {
		r.Questions = append(r.Questions, q)
	}
}

func (r *sheetReader) kind() quiz.Kind {
	c := r.cell(headKind)
	key := data.SortKey(c.Text)
	var names []string
	for _, k := range quiz.Kinds() {
		name := KindNames()[k]
		if key == data.SortKey(name) || key == string(k) {
			return k
		}
		names = append(names, name)
	}
	c.Column = r.column[data.SortKey(headKind)]
	why := data.WhyNotOneOf
	if c.Empty() {
		why = data.WhyEmpty
	}
	r.fault(c, why, strings.Join(names, ", "), c.Text)
	return ""
}

// tagged reads what goes along as tags. A level is its number, its name or both.
func (r *sheetReader) tagged(q *Question) {
	add := func(name, value string) {
		if value != "" {
			q.Tags = append(q.Tags, name+":"+data.Clean(value, quizTitle))
		}
	}
	if c := r.cell(headLevel); !c.Empty() {
		level := levelOf(c.Text)
		if level == "" {
			r.fault(c, data.WhyNotOneOf, strings.Join(levelNames(), ", "), c.Text)
		}
		add("level", level)
	}
	add("digcomp", strings.Replace(r.text(headDigComp), ",", ".", 1))
	for _, one := range []struct{ head, tag string }{{headDifficulty, "difficulty"}, {headSeconds, "seconds"}, {headVersion, "version"}, {headDistance, "distance"}} {
		if one.head == headDistance && q.Kind != quiz.KindText {
			continue
		}
		c := r.cell(one.head)
		if c.Empty() {
			continue
		}
		v, ok := float(c.Text)
		if !ok || one.tag != "difficulty" && v != float64(int(v)) {
			r.fault(c, data.WhyNumber, "", c.Text)
		}
		add(one.tag, plain(v))
	}
	r.stand(add)
	add("source", r.text(headSource))
	add("author", r.text(headAuthor))
	if on, said := r.yes(headEntry); on && said {
		q.Tags = append(q.Tags, "entry")
	}
	if on, said := r.yes(headShuffle); !on && said {
		q.Tags = append(q.Tags, "shuffle:false")
		q.Fixed = q.Kind == quiz.KindSingle || q.Kind == quiz.KindMultiple || q.Kind == quiz.KindMatch
	}
}

func (r *sheetReader) stand(add func(name, value string)) {
	c := r.cell(headStatus)
	if c.Empty() {
		return
	}
	var names []string
	for _, s := range quiz.Statuses() {
		if data.SortKey(c.Text) == data.SortKey(statusNames()[s]) {
			add("status", string(s))
			return
		}
		names = append(names, statusNames()[s])
	}
	r.fault(c, data.WhyNotOneOf, strings.Join(names, ", "), c.Text)
}

func levelOf(text string) string {
	key := data.SortKey(text)
	for i, name := range levelNames() {
		number, word, _ := strings.Cut(name, " ")
		if key == name || key == number || key == word {
			return strconv.Itoa(i + 1)
		}
	}
	return ""
}

// yes reads ja and nee.
func (r *sheetReader) yes(head string) (on, said bool) {
	c := r.cell(head)
	switch data.SortKey(c.Text) {
	case "":
		return false, false
	case yesWord, "1", "x":
		return true, true
	case noWord, "0":
		return false, true
	}
	r.fault(c, data.WhyNotOneOf, yesWord+", "+noWord, c.Text)
	return false, false
}
