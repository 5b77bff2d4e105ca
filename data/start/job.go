package start

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/data/workbook"
)

// Job is one planning at work: what sheets read, and where they say what they found.
type Job struct {
	Q     data.Query
	Ask   Ask
	Today string // YYYY-MM-DD

	plan   *Plan
	house  *house // of the sheets of this package, read once; nil until one of them asks
	later  []func()
	told   map[string]bool // cells of which a problem was told
	shared map[any]any     // what sheets of other floors share, by their keys (Once)
	writes []func(context.Context, *data.Tx, data.Actor) error
}

// plan reads every tab of a book and lets its sheet say what it means, in the order of the sheets.
func (s *Store) plan(ctx context.Context, q data.Query, book workbook.Book, ask Ask) (*Job, error) {
	j := &Job{Q: q, Ask: ask, Today: data.DayOf(q.Now()), told: map[string]bool{}, shared: map[any]any{}, plan: &Plan{File: hidden(book.Name), Hash: book.Hash}}
	known, err := mappings(ctx, q)
	if err != nil {
		return nil, err
	}
	byName := map[string][]Row{}
	for _, tab := range book.Sheets {
		if r, rows, ok := s.read(j, known, tab); ok {
			j.plan.Readings = append(j.plan.Readings, r)
			byName[r.Sheet] = append(byName[r.Sheet], rows...)
		}
	}
	if len(j.plan.Readings) == 0 && len(j.plan.Problems) == 0 {
		j.add(Problem{Sheet: hidden(book.Name), Why: WhyNoSheet, Want: strings.Join(s.names(), ", ")})
	}
	for _, sheet := range s.sheets {
		rows, ok := byName[sheet.Name()]
		if !ok {
			continue
		}
		if err := sheet.Plan(ctx, j, rows); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", sheet.Name(), err)
		}
	}
	for _, f := range j.later {
		f()
	}
	j.sort(book)
	return j, nil
}

// sort brings what was found into the order of the file. Changes without a row come after the others of their tab.
func (j *Job) sort(book workbook.Book) {
	tabs := map[string]int{}
	for i, tab := range book.Sheets {
		tabs[tabName(tab)] = i + 1
	}
	slices.SortStableFunc(j.plan.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(tabs[a.Sheet], tabs[b.Sheet]), cmp.Compare(uint(a.Row-1), uint(b.Row-1)))
	})
	slices.SortStableFunc(j.plan.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(tabs[a.Sheet], tabs[b.Sheet]), cmp.Compare(a.Row, b.Row), cmp.Compare(len(a.Column), len(b.Column)), cmp.Compare(a.Column, b.Column))
	})
}

func (s *Store) names() (names []string) {
	for _, sheet := range s.sheets {
		names = append(names, sheet.Name())
	}
	return names
}

func (j *Job) add(p Problem) { j.plan.Problems = append(j.plan.Problems, p) }

// Later runs f once every sheet was planned: for what refers to rows of a later sheet.
func (j *Job) Later(f func()) { j.later = append(j.later, f) }

// Write adds a piece of writing, done when the plan is applied, in the order in which pieces came.
func (j *Job) Write(do func(context.Context, *data.Tx, data.Actor) error) {
	j.writes = append(j.writes, do)
}

// Change says what a row comes to. Without deltas, Changed is Same.
func (j *Job) Change(r Row, kind Kind, what string, deltas ...Delta) {
	if kind == Changed && len(deltas) == 0 {
		kind = Same
	}
	j.plan.Changes = append(j.plan.Changes, Change{Sheet: r.reading.Tab, Row: r.Number, Kind: kind, What: what, Deltas: deltas})
}

// Problem says what is wrong with a cell of a row, once per cell. Want and got come after each other and may be left
// off.
func (j *Job) Problem(r Row, field string, why data.Why, wantGot ...string) {
	p := Problem{Sheet: r.reading.Tab, Row: r.Number, Field: field, Why: why}
	if column, ok := r.reading.columns[field]; ok {
		p.Column = workbook.Letter(column)
	}
	cell := fmt.Sprint(p.Sheet, "\n", p.Row, "\n", cmp.Or(p.Column, p.Field))
	if j.told[cell] { // the first says it
		return
	}
	j.told[cell] = true
	if len(wantGot) > 0 {
		p.Want = data.Clean(wantGot[0], 400)
	}
	if len(wantGot) > 1 {
		p.Got = data.Clean(wantGot[1], 60)
	}
	j.add(p)
}

// Wrong is Problem for an *data.Invalid that reading a value gave; its own Field counts for nothing.
func (j *Job) Wrong(r Row, field string, err error) {
	var bad *data.Invalid
	if !errors.As(err, &bad) {
		bad = &data.Invalid{Why: data.WhySyntax}
	}
	j.Problem(r, field, bad.Why, bad.Want, bad.Got)
}

// note keeps something that the reader should know.
func (j *Job) note(n Note) { j.plan.Notes = append(j.plan.Notes, n) }

// Row is a row of a sheet with its cells by field.
type Row struct {
	Number  int // from 1, as the spreadsheet counts
	reading *Reading
	cells   map[string]workbook.Cell
}

// Has tells whether the sheet has a column for a field.
func (r Row) Has(field string) bool {
	_, ok := r.reading.columns[field]
	return ok
}

// Cell gives the cell of a field.
func (r Row) Cell(field string) workbook.Cell { return r.cells[field] }

// Text gives the text of a field, made harmless, in one line.
func (r Row) Text(field string) string { return data.Clean(r.cells[field].Text, 0) }

// Name is Text for a name or another short text of at most limit characters, told when it is longer.
func (j *Job) Name(r Row, field string, limit int) string {
	text := r.Text(field)
	if cut := data.Clean(text, limit); cut != text {
		j.Problem(r, field, data.WhyTooLong, fmt.Sprint(limit))
		return cut
	}
	return text
}

// Needed is Name for a field that can't be empty.
func (j *Job) Needed(r Row, field string, limit int) string {
	text := j.Name(r, field, limit)
	if text == "" {
		j.Problem(r, field, data.WhyEmpty)
	}
	return text
}

// OneOf gives the one of known that a cell names, whatever its case; "" for an empty cell.
func (j *Job) OneOf(r Row, field string, known []string) string {
	text := r.Text(field)
	if text == "" {
		return ""
	}
	for _, k := range known {
		if data.SortKey(k) == data.SortKey(text) {
			return k
		}
	}
	j.Problem(r, field, data.WhyNotOneOf, strings.Join(known, ", "), text)
	return ""
}

// Erase is what a cell holds that takes a value away: an empty cell leaves it as it is.
const Erase = "-"

// pieces cuts a cell with several names at ; and line ends, or else at commas.
func pieces(text string) (all []string) {
	cut := func(r rune) bool { return r == ';' || r == '\n' }
	if !strings.ContainsFunc(text, cut) {
		cut = func(r rune) bool { return r == ',' }
	}
	for _, part := range strings.FieldsFunc(text, cut) {
		if part = data.Clean(part, 0); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// delta gives a value that changes, in a list that append takes; none when it does not.
func delta(field, from, to string) []Delta {
	if from == to {
		return nil
	}
	return []Delta{{field, from, to}}
}
