package recruit

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/data/workbook"
)

// What can be wrong with a list of candidates, beside what is wrong with a candidate.
const (
	WhyColumn  data.Why = "recruit.column"  // Got is no column of the template; Want lists those
	WhyHead    data.Why = "recruit.head"    // the first row lacks the column Want
	WhyColumns data.Why = "recruit.columns" // columns Want and Got are both the one of Field
	WhyYes     data.Why = "recruit.yes"     // Got is neither yes nor no
)

// column is a column of a list of candidates. Heads are a file format: the same in every language.
type column struct {
	head    string
	also    []string // what other lists call it
	example string
	put     func(n *NewCandidate, text string) data.Why // empty where it fits
}

// text is a column that is kept as it is.
func text(at func(*NewCandidate) *string) func(*NewCandidate, string) data.Why {
	return func(n *NewCandidate, s string) data.Why {
		*at(n) = s
		return ""
	}
}

// flag is a column of yes or no.
func flag(at func(*NewCandidate) *bool) func(*NewCandidate, string) data.Why {
	return func(n *NewCandidate, s string) data.Why {
		switch data.SortKey(s) {
		case "ja", "j", "x", "1":
			*at(n) = true
		case "nee", "n", "", "0":
			*at(n) = false
		default:
			return WhyYes
		}
		return ""
	}
}

// columns are those of the template, in its order.
func columns() []column {
	return []column{
		{"voornaam", nil, "Mieke", text(func(n *NewCandidate) *string { return &n.Given })},
		{"familienaam", []string{"naam", "achternaam"}, "Voorbeeld", text(func(n *NewCandidate) *string { return &n.Family })},
		{"e-mail", []string{"mail", "email", "e-mailadres"}, "mieke@voorbeeld.example", text(func(n *NewCandidate) *string { return &n.Email })},
		{"straat en nummer", []string{"straat", "adres"}, "Dorp 1", text(func(n *NewCandidate) *string { return &n.Street })},
		{"postcode en gemeente", []string{"gemeente", "woonplaats"}, "9999 Zandwerve", text(func(n *NewCandidate) *string { return &n.Town })},
		{"telefoon", []string{"tel", "gsm"}, "0470 00 00 00", text(func(n *NewCandidate) *string { return &n.Phone })},
		{"referentie", []string{"dossier", "kandidaatnummer"}, "2026-114/7", text(func(n *NewCandidate) *string { return &n.Reference })},
		{"taal van de hulp", []string{"taal"}, "nl", text(func(n *NewCandidate) *string { return &n.Language })},
		{"tijdsfactor", []string{"extra tijd"}, "1,25", putFactor},
		{"pauzes (min)", []string{"pauzes", "pauze"}, "0", putBreaks},
		{"leesmodus", nil, "nee", flag(func(n *NewCandidate) *bool { return &n.Settings.Reading })},
		{"grote letters", nil, "nee", flag(func(n *NewCandidate) *bool { return &n.Settings.Big })},
		{"toetsenbord", nil, "azerty", text(func(n *NewCandidate) *string { return &n.Settings.Layout })},
		{"zonder tijd per vraag", nil, "nee", flag(func(n *NewCandidate) *bool { return &n.Settings.Untimed })},
	}
}

func putFactor(n *NewCandidate, s string) data.Why {
	f, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", "."), 64)
	if err != nil || f <= 0 {
		return WhyFactor
	}
	n.Settings.Factor = f
	return ""
}

func putBreaks(n *NewCandidate, s string) (why data.Why) {
	if n.Settings.Breaks, why = 0, ""; s != "" {
		m, err := strconv.Atoi(s)
		if err != nil {
			return data.WhyNumber
		}
		n.Settings.Breaks = m
	}
	return why
}

// CandidateTemplate is a workbook (XLSX) with the columns of a list of candidates and an example, which ReadCandidates
// leaves out.
func CandidateTemplate() ([]byte, error) {
	tab := workbook.Tab{Name: "Kandidaten", Rows: [][]string{nil}}
	for _, c := range columns() {
		tab.Columns = append(tab.Columns, workbook.DraftColumn{Head: c.head, Need: c.head == "familienaam"})
		tab.Rows[0] = append(tab.Rows[0], c.example)
	}
	tab.Rows[0][0] = example
	return workbook.Write(workbook.Draft{Tabs: []workbook.Tab{tab}})
}

// example is how the row of the template begins that is nobody.
const example = "voorbeeld: Mieke"

// ReadCandidates reads a list of candidates out of a CSV or XLSX file: heads on the first row with something in it, in any order,
// then a row each. It returns an *data.Invalid of package workbook for a file that can't be read, and quiz.Problems with the row, and the
// column as Field, for everything that is wrong in it. What a candidate needs is checked when they are added.
func ReadCandidates(name string, content []byte) ([]NewCandidate, error) {
	book, err := workbook.Read(name, content, workbook.Standard())
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(book.Sheets, func(s workbook.Sheet) bool { return !s.Hidden && len(s.Rows) > 0 })
	if at < 0 {
		return nil, &data.Invalid{Field: "familienaam", Why: WhyHead, Want: "familienaam"}
	}
	rows := book.Sheets[at].Rows
	var wrong problems
	heads := readHeads(rows[0], &wrong)
	if err := wrong.err(); err != nil {
		return nil, err
	}
	var all []NewCandidate
	for _, r := range rows[1:] {
		n := NewCandidate{Line: r.Number}
		for _, cell := range r.Cells {
			c, known := heads[cell.Column]
			if !known || cell.Empty() {
				continue
			}
			typed := workbook.Unguard(data.Clean(cell.Text, 0))
			if why := c.put(&n, typed); why != "" {
				wrong = append(wrong, &data.Invalid{Field: c.head, Why: why, Want: "1 … 3", Got: data.Clean(typed, 60), Line: r.Number})
			}
		}
		if n.Given != example {
			all = append(all, n)
		}
	}
	if err := wrong.err(); err != nil {
		return nil, err
	}
	return all, nil
}

// readHeads gives what stands in which column of a sheet, from 1.
func readHeads(r workbook.Row, wrong *problems) map[int]column {
	known, heads, called := columns(), map[int]column{}, map[string]string{}
	var names []string
	for _, c := range known {
		names = append(names, c.head)
	}
	family := false
	for _, cell := range r.Cells {
		typed := data.SortKey(strings.TrimRight(workbook.Unguard(cell.Text), "* "))
		if typed == "" {
			continue
		}
		at := slices.IndexFunc(known, func(c column) bool { return c.head == typed || slices.Contains(c.also, typed) })
		if at < 0 {
			*wrong = append(*wrong, &data.Invalid{Field: data.Clean(cell.Text, 60), Why: WhyColumn, Want: strings.Join(names, ", "), Got: data.Clean(cell.Text, 60), Line: r.Number})
			continue
		}
		if first := called[known[at].head]; first != "" {
			*wrong = append(*wrong, &data.Invalid{Field: known[at].head, Why: WhyColumns, Want: first, Got: data.Clean(cell.Text, 60), Line: r.Number})
		}
		called[known[at].head] = data.Clean(cell.Text, 60)
		heads[cell.Column] = known[at]
		family = family || known[at].head == "familienaam"
	}
	if !family && len(*wrong) == 0 {
		*wrong = append(*wrong, &data.Invalid{Field: "familienaam", Why: WhyHead, Want: "familienaam", Line: r.Number})
	}
	return heads
}

// ImportCandidates reads a list of candidates and adds them, all or none, as AddCandidates does. With dry it only tells what is
// wrong: it gives the candidates as they would be added, without ids and labels.
func (s *Store) ImportCandidates(ctx context.Context, by data.Actor, procedure, file string, content []byte, dry bool) (added []Candidate, err error) {
	if err := s.view(ctx, by, procedure, []Duty{Recruiter}, func(_ data.Query, p Procedure) error { return p.in(Draft, Open) }); err != nil {
		return nil, err
	}
	wanted, err := ReadCandidates(file, content)
	if err != nil {
		return nil, fmt.Errorf("list of candidates: %w", err)
	}
	if !dry {
		return s.AddCandidates(ctx, by, procedure, wanted)
	}
	err = s.view(ctx, by, procedure, []Duty{Recruiter}, func(q data.Query, p Procedure) error {
		names, err := namesOf(ctx, q, p.ID)
		if err != nil {
			return err
		}
		tidy, err := checkCandidates(wanted, names, len(names))
		added = nil
		for _, n := range tidy {
			added = append(added, Candidate{ProcedureID: p.ID, Language: n.Language, Settings: n.Settings})
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list of candidates: %w", err)
	}
	return added, nil
}
