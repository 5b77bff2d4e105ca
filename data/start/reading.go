package start

import (
	"fmt"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/data/workbook"
)

// How the columns of a tab were found.
const (
	ByName    = "name"    // the tab and its heads are those of the template, or known under another name
	ByMapping = "mapping" // somebody said once what the columns are
)

// Reading is how a tab was read.
type Reading struct {
	Tab         string
	Sheet       string // the Sheet that it was read as
	How         string
	Head        int // row of the heads
	Fingerprint string
	Heads       []Head
	columns     map[string]int // column by field
	split       split
}

// Head is the head of one column.
type Head struct {
	Column int    `json:"column"` // from 1
	Text   string `json:"text"`
	Field  string `json:"field,omitempty"` // what it is read as; "" when it is not read
}

// searched is how many rows with something in them are looked at for the heads: lists have titles above them.
const searched = 12

// read finds out what a tab is and gives its rows. ok is false for a tab that is none of ours; a note says so, or a
// problem when it should have been one.
func (s *Store) read(j *Job, known map[string]Mapping, tab workbook.Sheet) (r Reading, rows []Row, ok bool) {
	name := tabName(tab)
	r, at, found := s.recognise(known, tab)
	if !found {
		if sheet := s.named(name); sheet != nil {
			if len(tab.Rows) > 0 {
				first := needed(sheet)[0]
				j.add(Problem{Sheet: name, Row: tab.Rows[0].Number, Field: first, Why: WhyNoColumn, Got: first})
			}
			return r, nil, false
		}
		j.note(Note{Sheet: name, Kind: NoteTab})
		return r, nil, false
	}
	r.Tab = name
	sheet := s.named(r.Sheet)
	if !r.complete(j, sheet) {
		return r, nil, false
	}
	below := tab.Rows[at+1:]
	national := r.refuseNational(j, below)
	r.tell(j, below)
	kept := &r
	examples := 0
	for _, raw := range below {
		row := Row{Number: raw.Number, reading: kept, cells: make(map[string]workbook.Cell, len(r.columns))}
		for _, h := range r.Heads {
			c := raw.At(h.Column)
			switch {
			case h.Field == "" || c.Empty() && !c.Formula:
			case national[h.Column] && data.HasNationalNumber(c.Text):
				j.told[fmt.Sprint(name, "\n", raw.Number, "\n", workbook.Letter(h.Column))] = true // told for the whole column
			default:
				row.cells[h.Field] = c
			}
		}
		switch {
		case len(row.cells) == 0:
		case isExample(raw):
			examples++
		default:
			r.split.apply(j, row)
			j.sound(row)
			rows = append(rows, row)
		}
	}
	if examples > 0 {
		j.note(Note{Sheet: name, Kind: NoteExamples, Text: fmt.Sprint(examples)})
	}
	return r, rows, true
}

// exampleMark begins the first cell of a row of the template that shows how it is done.
const exampleMark = "voorbeeld:"

func isExample(raw workbook.Row) bool {
	return len(raw.Cells) > 0 && strings.HasPrefix(data.SortKey(raw.Cells[0].Text), exampleMark)
}

// sound tells the cells that hold what a formula did not come to.
func (j *Job) sound(row Row) {
	for _, field := range slices.Sorted(keys(row.cells)) {
		switch c := row.cells[field]; {
		case c.Kind == workbook.Fault:
			j.Problem(row, field, workbook.WhyFault, "", c.Text)
			delete(row.cells, field)
		case c.Formula && c.Empty():
			j.Problem(row, field, WhyNoResult)
		}
	}
}

func keys[V any](m map[string]V) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// recognise finds the row with heads and what they mean. at is its index in tab.Rows. What somebody said of such
// heads comes first, then the name of the tab, then the heads themselves.
func (s *Store) recognise(known map[string]Mapping, tab workbook.Sheet) (r Reading, at int, found bool) {
	rows := tab.Rows[:min(len(tab.Rows), searched)]
	for i, row := range rows {
		heads := headsOf(row)
		if m, ok := known[fingerprint(heads)]; ok && s.named(m.Sheet) != nil {
			return m.reading(row.Number, heads), i, true
		}
	}
	candidates := s.sheets
	byTab := s.named(tab.Name)
	if byTab != nil {
		candidates = []Sheet{byTab}
	}
	best, least := 0, 3
	if byTab != nil {
		least = 2
	}
	for i, row := range rows {
		for _, sheet := range candidates {
			guess := guessed(sheet, row)
			if n := len(guess.columns); n > best && n >= min(least, len(sheet.Fields())) && (byTab != nil || guess.whole(sheet)) {
				r, at, best, found = guess, i, n, true
			}
		}
	}
	return r, at, found
}

// tabName is what a tab is called in messages.
func tabName(tab workbook.Sheet) string { return hidden(data.Clean(tab.Name, 80)) }

func (s *Store) named(name string) Sheet {
	for _, sheet := range s.sheets {
		if data.SortKey(sheet.Name()) == data.SortKey(name) {
			return sheet
		}
	}
	return nil
}

// hidden is a name of a file, tab or column as it may be repeated: not one that holds a national number.
func hidden(name string) string {
	if data.HasNationalNumber(name) {
		return "..."
	}
	return name
}

func headsOf(row workbook.Row) (heads []Head) {
	for _, c := range row.Cells {
		if !c.Empty() {
			heads = append(heads, Head{Column: c.Column, Text: hidden(data.Clean(c.Text, 80))})
		}
	}
	return heads
}

// guessed reads a row as the heads of a sheet, by their names.
func guessed(sheet Sheet, row workbook.Row) Reading {
	r := Reading{Sheet: sheet.Name(), How: ByName, Head: row.Number, Heads: headsOf(row), columns: map[string]int{}}
	r.Fingerprint = fingerprint(r.Heads)
	for pass := range 2 { // the template's own names go before those of others
		for i, h := range r.Heads {
			for _, f := range sheet.Fields() {
				names := []string{f.Head}
				if pass == 1 {
					names = f.Also
				}
				if _, taken := r.columns[f.Head]; taken || h.Field != "" || r.Heads[i].Field != "" || !slices.ContainsFunc(names, h.is) {
					continue
				}
				r.Heads[i].Field = f.Head
				r.columns[f.Head] = h.Column
			}
		}
	}
	return r
}

// is tells whether a head says a name, whatever its case, accents, signs and the star for what is needed.
func (h Head) is(name string) bool { return plainHead(h.Text) == plainHead(name) }

func plainHead(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -_.*:'’()/", r) {
			return -1
		}
		return r
	}, data.SortKey(s))
}

func needed(sheet Sheet) (heads []string) {
	for _, f := range sheet.Fields() {
		if f.Need {
			heads = append(heads, f.Head)
		}
	}
	return heads
}

// whole tells whether a guess has all columns that the sheet needs, or a whole name for the two of a person.
func (r Reading) whole(sheet Sheet) bool {
	for _, head := range needed(sheet) {
		if _, ok := r.columns[head]; !ok && !(r.wholeName() != nil && (head == colGiven || head == colFamily)) {
			return false
		}
	}
	return true
}

// wholeName is the head of a column that seems to hold whole names, when there is none for given names.
func (r Reading) wholeName() *Head {
	if _, ok := r.columns[colGiven]; ok || r.split != "" {
		return nil
	}
	for i, h := range r.Heads {
		if slices.ContainsFunc([]string{"naam", "naam werknemer", "volledige naam", "naam en voornaam", "naam voornaam", "voornaam en naam", "voornaam naam",
			"personeelslid", "werknemer", "medewerker", "nom", "nom et prénom"}, h.is) {
			return &r.Heads[i]
		}
	}
	return nil
}

// complete tells the columns that are missing or there twice.
func (r *Reading) complete(j *Job, sheet Sheet) bool {
	good := true
	for i, h := range r.Heads {
		if h.Field == "" && slices.ContainsFunc(sheet.Fields(), func(f Field) bool { return h.is(f.Head) }) {
			other := slices.IndexFunc(r.Heads, func(o Head) bool { return o.Field != "" && h.is(o.Field) })
			if other >= 0 && other != i {
				j.add(Problem{Sheet: r.Tab, Row: r.Head, Column: workbook.Letter(h.Column), Field: h.Text, Why: WhyTwoColumns, Got: workbook.Letter(r.Heads[other].Column)})
				good = false
			}
		}
	}
	for _, head := range needed(sheet) {
		if _, ok := r.columns[head]; ok {
			continue
		}
		good = false
		if h := r.wholeName(); h != nil && sheet.Name() == PeopleSheet && (head == colGiven || head == colFamily) {
			if head == colGiven {
				j.add(Problem{Sheet: r.Tab, Row: r.Head, Column: workbook.Letter(h.Column), Field: h.Text, Why: WhySplit})
			}
			continue
		}
		j.add(Problem{Sheet: r.Tab, Row: r.Head, Field: head, Why: WhyNoColumn, Got: head})
	}
	return good
}

// refuseNational tells columns that hold national numbers, whether they are read or not: the file should not have
// them. What they hold is not repeated anywhere. It gives the columns that nothing may be read of.
func (r *Reading) refuseNational(j *Job, rows []workbook.Row) map[int]bool {
	type found struct{ cells, national, row int }
	byColumn := map[int]*found{}
	for _, row := range rows {
		for _, c := range row.Cells {
			f := byColumn[c.Column]
			if f == nil {
				f = &found{}
				byColumn[c.Column] = f
			}
			f.cells++
			if data.HasNationalNumber(c.Text) {
				if f.national++; f.row == 0 {
					f.row = row.Number
				}
			}
		}
	}
	refused := map[int]bool{}
	for column := range sortedColumns(byColumn) {
		f := byColumn[column]
		head := Head{}
		if i := slices.IndexFunc(r.Heads, func(h Head) bool { return h.Column == column }); i >= 0 {
			head = r.Heads[i]
		}
		if f.national == 0 || head.Field == "" && 2*f.national < f.cells {
			continue
		}
		refused[column] = true
		field := head.Field
		if field == "" {
			field = head.Text
		}
		j.add(Problem{Sheet: r.Tab, Row: f.row, Column: workbook.Letter(column), Field: field, Why: WhyNational, Want: fmt.Sprint(f.national)})
	}
	return refused
}

func sortedColumns[V any](m map[int]V) func(func(int) bool) {
	all := make([]int, 0, len(m))
	for c := range m {
		all = append(all, c)
	}
	slices.Sort(all)
	return slices.Values(all)
}

// tell notes which columns are read as what, which are not read, and where formulas stand.
func (r *Reading) tell(j *Job, rows []workbook.Row) {
	formulas := map[int]int{} // column → first row
	for _, row := range rows {
		for _, c := range row.Cells {
			if c.Formula && formulas[c.Column] == 0 {
				formulas[c.Column] = row.Number
			}
		}
	}
	for _, h := range r.Heads {
		n := Note{Sheet: r.Tab, Row: r.Head, Column: workbook.Letter(h.Column), Field: h.Field, Kind: NoteMapped, Text: h.Text}
		switch {
		case h.Field == "":
			n.Kind = NoteIgnored
			j.note(n)
		case !h.is(h.Field):
			j.note(n)
		}
		if row := formulas[h.Column]; row > 0 && h.Field != "" {
			j.note(Note{Sheet: r.Tab, Row: row, Column: workbook.Letter(h.Column), Field: h.Field, Kind: NoteFormula})
		}
	}
}
