package exchange

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"strconv"
	"strings"

	"digibrug/data/workbook"
	"digibrug/quiz"
)

// lists are the heads whose cells have a list to choose from.
func lists() map[string][]string {
	var kinds, statuses []string
	for _, k := range quiz.Kinds() {
		kinds = append(kinds, KindNames()[k])
	}
	for _, s := range quiz.Statuses() {
		statuses = append(statuses, statusNames()[s])
	}
	return map[string][]string{headKind: kinds, headLevel: levelNames(), headStatus: statuses, headEntry: {yesWord, noWord}, headShuffle: {yesWord, noWord}}
}

// Sheet is a sheet of items that ParseSheet reads as the same items; families as their variants.
func Sheet(items []quiz.Item) workbook.Tab {
	var flat []quiz.Item
	answers := 6
	for _, it := range items {
		for n := range max(1, len(it.Variants)) {
			one := it.Vary(n)
			if len(it.Variants) > 0 {
				one.ID = variantID(it.ID, n)
			}
			flat = append(flat, one)
			answers = max(answers, len(one.Options), len(one.Accept), len(one.Steps), len(one.Pairs)+len(one.Distractors))
		}
	}
	t := workbook.Tab{Name: SheetName}
	for _, head := range sheetHeads(answers) {
		t.Columns = append(t.Columns, workbook.DraftColumn{Head: head, Need: head == headKind || head == headStem, Known: lists()[head]})
	}
	for _, it := range flat {
		t.Rows = append(t.Rows, sheetRow(it, t.Columns))
	}
	return t
}

// sheetHeads are the heads in the order in which people fill them in.
func sheetHeads(answers int) []string {
	heads := []string{headCode, headKind, headLevel, headDigComp, headStem}
	for n := range answers {
		heads = append(heads, nth(headAnswer, n+1))
	}
	heads = append(heads, headRight, headWhy)
	for _, head := range []string{headReason, headPartner} {
		for n := range answers {
			heads = append(heads, nth(head, n+1))
		}
	}
	return append(heads, headUnit, headTolerance, headDistance, headRubric, headDifficulty, headSeconds, headEntry, headShuffle, headVersion, headStatus, headSource, headAuthor)
}

func sheetRow(it quiz.Item, columns []workbook.DraftColumn) []string {
	said := map[string]string{headCode: it.ID, headKind: KindNames()[it.Kind], headLevel: levelNames()[it.Level-1], headDigComp: it.DigComp, headStem: it.Stem, headWhy: it.Why,
		headRubric: it.Rubric, headDifficulty: decimal(it.Difficulty), headSeconds: strconv.Itoa(it.Seconds), headVersion: strconv.Itoa(it.Version),
		headStatus: statusNames()[it.Status], headSource: it.Source, headAuthor: it.Author}
	if it.Entry {
		said[headEntry] = yesWord
	}
	if !it.Shuffle {
		said[headShuffle] = noWord
	}
	var right []string
	for i, o := range it.Options {
		said[nth(headAnswer, i+1)], said[nth(headReason, i+1)] = o.Text, o.Why
		if o.Right {
			right = append(right, strconv.Itoa(i+1))
		}
	}
	said[headRight] = strings.Join(right, ", ")
	if it.True != nil {
		said[headRight] = map[bool]string{true: "waar", false: "niet waar"}[*it.True]
	}
	if n := it.Number; n != nil {
		said[nth(headAnswer, 1)], said[headUnit] = decimal(n.Value), n.Unit
		if n.Tolerance != 0 {
			said[headTolerance] = decimal(n.Tolerance)
		}
	}
	for i, text := range append(it.Accept, it.Steps...) {
		said[nth(headAnswer, i+1)] = text
	}
	if it.Distance > 0 {
		said[headDistance] = strconv.Itoa(it.Distance)
	}
	for i, p := range it.Pairs {
		said[nth(headAnswer, i+1)], said[nth(headPartner, i+1)] = p.Left, p.Right
	}
	for i, d := range it.Distractors {
		said[nth(headPartner, len(it.Pairs)+i+1)] = d
	}
	row := make([]string, len(columns))
	for i, c := range columns {
		row[i] = said[c.Head]
	}
	return row
}

// decimal is a number with a decimal comma, as a spreadsheet here shows it.
func decimal(v float64) string { return strings.Replace(plain(v), ".", ",", 1) }

// PrintCSV writes a sheet as a spreadsheet here saves it: UTF-8 with its mark, semicolons. No text runs as a formula.
func PrintCSV(t workbook.Tab) []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.Comma = ';'
	heads := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = c.Head
	}
	_ = w.Write(heads) // into memory: it can't fail
	for _, row := range t.Rows {
		guarded := make([]string, len(row))
		for i, text := range row {
			guarded[i] = workbook.Guard(text)
		}
		_ = w.Write(guarded)
	}
	w.Flush()
	return b.Bytes()
}

// Template is a sheet with two examples of each kind.
func Template() workbook.Tab {
	t := Sheet(nil)
	t.Rows = nil
	yes, no := true, false
	item := func(kind quiz.Kind, id, stem, why string, body quiz.Item) {
		body.Kind, body.ID, body.Stem, body.Why = kind, id, stem, why
		body.Level, body.DigComp, body.Difficulty, body.Seconds, body.Version, body.Status, body.Shuffle = 1, "1.3", -1.5, 30, 1, quiz.StatusDraft, true
		t.Rows = append(t.Rows, sheetRow(body, t.Columns))
	}
	item(quiz.KindSingle, "voorbeeld-1", "U gooit een bestand weg. Waar staat het dan?", "Wat in de prullenbak ligt, kan terug.", quiz.Item{Options: []quiz.Option{
		{Text: "In de prullenbak", Right: true, Why: "Daar blijft het tot u ze leegmaakt."}, {Text: "In de map Downloads", Why: "Daar komt wat u van internet haalt."}, {Text: "Nergens meer", Why: "Dat is pas zo als de prullenbak leeg is."}}})
	item(quiz.KindSingle, "voorbeeld-2", "Met welke toetsen kopieert u een stuk tekst?", "Kopiëren is Ctrl en C, plakken is Ctrl en V.", quiz.Item{Options: []quiz.Option{
		{Text: "Ctrl+V", Why: "Dat plakt."}, {Text: "Ctrl+C", Right: true, Why: "De C van kopiëren."}}})
	item(quiz.KindMultiple, "voorbeeld-3", "Wat hoort in een sterk wachtwoord? Kies alles wat past.", "Lang is het sterkst.", quiz.Item{Options: []quiz.Option{
		{Text: "Veel tekens", Right: true, Why: "Elk teken maakt raden moeilijker."}, {Text: "Uw geboortedatum", Why: "Die is op te zoeken."}, {Text: "Woorden die niet bij elkaar horen", Right: true, Why: "Dat onthoudt u en raadt niemand."}}})
	item(quiz.KindMultiple, "voorbeeld-4", "Welke bestanden zijn foto's? Kies alles wat past.", "Het deel na de punt zegt het.", quiz.Item{Options: []quiz.Option{
		{Text: "zee.jpg", Right: true, Why: "jpg is een foto."}, {Text: "brief.docx", Why: "docx is een tekst."}, {Text: "hond.png", Right: true, Why: "png is een beeld."}}})
	item(quiz.KindTrueFalse, "voorbeeld-5", "Een map kan andere mappen bevatten.", "Zo maakt u een boom van mappen.", quiz.Item{True: &yes})
	item(quiz.KindTrueFalse, "voorbeeld-6", "Wie een mail in cc krijgt, ziet de andere adressen niet.", "In cc ziet iedereen iedereen. In bcc niet.", quiz.Item{True: &no})
	item(quiz.KindNumber, "voorbeeld-7", "Een foto is 4 MB. Hoeveel MB zijn 25 zulke foto's?", "25 maal 4 is 100.", quiz.Item{Number: &quiz.Number{Value: 100, Unit: "MB"}})
	item(quiz.KindNumber, "voorbeeld-8", "In A1 staat 10 en in A2 staat 2,5. Hoeveel is A1*A2?", "10 maal 2,5 is 25.", quiz.Item{Number: &quiz.Number{Value: 25, Tolerance: 0.5}})
	item(quiz.KindText, "voorbeeld-9", "Hoe heet het teken @ in een mailadres?", "Het staat tussen de naam en de plaats.", quiz.Item{Accept: []string{"apenstaart", "apenstaartje", "at"}, Distance: 0})
	item(quiz.KindText, "voorbeeld-10", "Welk programma toont webpagina's?", "Een browser haalt pagina's op en toont ze.", quiz.Item{Accept: []string{"browser", "webbrowser"}, Distance: 1})
	item(quiz.KindOrder, "voorbeeld-11", "Zet in de juiste volgorde: een bestand hernoemen.", "Eerst kiezen, dan pas typen.", quiz.Item{Steps: []string{"Het bestand kiezen", "Op F2 drukken", "De nieuwe naam typen", "Op Enter drukken"}})
	item(quiz.KindOrder, "voorbeeld-12", "Zet in de juiste volgorde: een bijlage sturen.", "Kijk na voor u verzendt.", quiz.Item{Steps: []string{"Een mail beginnen", "Het bestand toevoegen", "Nakijken", "Verzenden"}})
	item(quiz.KindMatch, "voorbeeld-13", "Wat doet elke toets?", "Wie ze kent, werkt vlotter.", quiz.Item{Pairs: []quiz.Pair{{Left: "Ctrl+C", Right: "kopiëren"}, {Left: "Ctrl+V", Right: "plakken"}}, Distractors: []string{"afdrukken"}})
	item(quiz.KindMatch, "voorbeeld-14", "Welk programma past bij het werk?", "Elk werk heeft zijn programma.", quiz.Item{Pairs: []quiz.Pair{{Left: "Een brief", Right: "tekstverwerker"}, {Left: "Een budget", Right: "rekenblad"}}})
	item(quiz.KindOpen, "voorbeeld-15", "Schrijf een mail: u bent morgen ziek.", "Kort en volledig is genoeg.", quiz.Item{Rubric: "aanhef 1, dag en reden 1, wie neemt over 1, groet 1"})
	item(quiz.KindOpen, "voorbeeld-16", "Leg aan een collega uit hoe u een map deelt.", "Stap voor stap, in gewone woorden.", quiz.Item{Rubric: "stappen juist 2, volgorde 1, taal 1"})
	return t
}

// variantID is the id of a variant of a family that goes out on its own.
func variantID(id string, n int) string {
	end := "-" + strconv.Itoa(n+1)
	return strings.TrimRight(id[:min(len(id), quiz.MaxCode-len(end))], "-") + end
}

// isExample tells whether a row is one of the template's own.
func isExample(id string) bool { return exampleForm.MatchString(id) }

var exampleForm = regexp.MustCompile(`^voorbeeld-[0-9]+$`)
