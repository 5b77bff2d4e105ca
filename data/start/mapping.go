package start

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/data/workbook"
)

// Mapping says once what the columns of a list from another program are. It holds for every file with the same
// heads in the same order.
type Mapping struct {
	Sheet   string   // the Sheet as which such a list is read
	Columns []Column // those that are read; others are not
}

// Column maps a head of a foreign list to a field.
type Column struct {
	Head  string `json:"header"`
	Field string `json:"field"` // a Field's Head, or two of them with a space between for a column with whole names
}

// split says how a column with whole names is cut.
type split string

// The two orders of whole names.
const (
	familyFirst split = colFamily + " " + colGiven // Peeters An; Van den Broeck Jan
	givenFirst  split = colGiven + " " + colFamily // An Peeters; Jan Van den Broeck
)

// wholeNameField is where a column with whole names is kept until it is cut.
const wholeNameField = "hele naam"

// apply cuts the whole name of a row. A comma says where, else the given name is the last word of a name with the
// family name first, and the first word of one with the given name first.
func (s split) apply(j *Job, row Row) {
	if s == "" {
		return
	}
	whole := row.cells[wholeNameField]
	delete(row.cells, wholeNameField)
	text := data.Clean(whole.Text, 0)
	if text == "" {
		return
	}
	given, family := "", ""
	words := strings.Fields(text)
	switch before, after, comma := strings.Cut(text, ","); {
	case comma && s == familyFirst:
		family, given = before, after
	case comma:
		given, family = before, after
	case len(words) < 2:
	case s == familyFirst:
		family, given = strings.Join(words[:len(words)-1], " "), words[len(words)-1]
	default:
		given, family = words[0], strings.Join(words[1:], " ")
	}
	given, family = data.Clean(given, 0), data.Clean(family, 0)
	if given == "" || family == "" {
		j.Problem(row, colFamily, WhyNoName, "", text)
		return
	}
	row.cells[colGiven] = workbook.Cell{Column: whole.Column, Text: given}
	row.cells[colFamily] = workbook.Cell{Column: whole.Column, Text: family}
}

// fingerprint is the same for files with the same heads in the same order, whatever their case and accents.
func fingerprint(heads []Head) string {
	var texts []string
	for _, h := range heads {
		texts = append(texts, data.SortKey(h.Text))
	}
	sum := sha256.Sum256([]byte(strings.Join(texts, "\n")))
	return hex.EncodeToString(sum[:])
}

// reading applies a mapping to heads.
func (m Mapping) reading(row int, heads []Head) Reading {
	r := Reading{Sheet: m.Sheet, How: ByMapping, Head: row, Heads: heads, Fingerprint: fingerprint(heads), columns: map[string]int{}}
	for i, h := range heads {
		at := slices.IndexFunc(m.Columns, func(c Column) bool { return h.is(c.Head) })
		if at < 0 {
			continue
		}
		switch field := m.Columns[at].Field; split(field) {
		case familyFirst, givenFirst:
			r.split = split(field)
			r.Heads[i].Field = wholeNameField
			r.columns[wholeNameField], r.columns[colGiven], r.columns[colFamily] = h.Column, h.Column, h.Column
		default:
			if _, taken := r.columns[field]; !taken {
				r.Heads[i].Field = field
				r.columns[field] = h.Column
			}
		}
	}
	return r
}

// check says what is wrong with a mapping for a sheet. Got names the head or field.
func (m Mapping) check(sheet Sheet, heads []Head) error {
	taken := map[string]string{}
	for _, c := range m.Columns {
		if !slices.ContainsFunc(heads, func(h Head) bool { return h.is(c.Head) }) {
			return &data.Invalid{Field: c.Head, Why: WhyNoColumn, Got: data.Clean(c.Head, 60)}
		}
		fields := []string{c.Field}
		if s := split(c.Field); s == familyFirst || s == givenFirst {
			fields = []string{colGiven, colFamily}
		}
		for _, f := range fields {
			if !slices.ContainsFunc(sheet.Fields(), func(one Field) bool { return one.Head == f }) {
				return &data.Invalid{Field: c.Head, Why: data.WhyNotOneOf, Want: strings.Join(FieldNames(sheet), ", "), Got: data.Clean(c.Field, 60)}
			}
			if other, ok := taken[f]; ok {
				return &data.Invalid{Field: f, Why: WhyTwoColumns, Got: other}
			}
			taken[f] = c.Head
		}
	}
	for _, f := range needed(sheet) {
		if _, ok := taken[f]; !ok {
			return &data.Invalid{Field: f, Why: WhyNoColumn, Got: f}
		}
	}
	return nil
}

// FieldNames are what the columns of a foreign list can be mapped to.
func FieldNames(sheet Sheet) (names []string) {
	for _, f := range sheet.Fields() {
		names = append(names, f.Head)
	}
	if sheet.Name() == PeopleSheet {
		names = append(names, string(familyFirst), string(givenFirst))
	}
	return names
}

// HeadRow is a row of a tab in which heads may stand.
type HeadRow struct {
	Row   int    `json:"row"` // from 1
	Heads []Head `json:"heads"`
}

// HeadRows gives the rows of a tab in which heads may stand: the first ones with at least two texts. Where one is a
// national number nothing is given of the row.
func HeadRows(tab workbook.Sheet) (rows []HeadRow) {
	for _, row := range tab.Rows[:min(len(tab.Rows), searched)] {
		heads := headsOf(row)
		if len(heads) >= 2 && !slices.ContainsFunc(heads, func(h Head) bool { return data.HasNationalNumber(h.Text) }) {
			rows = append(rows, HeadRow{row.Number, heads})
		}
	}
	return rows
}

// Guess gives the row of a tab that holds the heads of a sheet, most likely, with what each seems to be. ok is false
// for a tab in which nothing looks like heads.
func Guess(sheet Sheet, tab workbook.Sheet) (row HeadRow, ok bool) {
	best := -1
	for _, one := range HeadRows(tab) {
		at := slices.IndexFunc(tab.Rows, func(r workbook.Row) bool { return r.Number == one.Row })
		if r := guessed(sheet, tab.Rows[at]); len(r.columns) > best {
			best, row, ok = len(r.columns), HeadRow{one.Row, r.Heads}, true
			if h := r.wholeName(); h != nil && sheet.Name() == PeopleSheet {
				h.Field = string(familyFirst)
			}
		}
	}
	return row, ok
}

// Remember keeps a mapping for the heads of a tab, and audits it: the first row that has all the heads that the
// mapping names. It returns an *data.Invalid for an unknown sheet, head or field.
func (s *Store) Remember(ctx context.Context, by data.Actor, tab workbook.Sheet, m Mapping) (Reading, error) {
	sheet := s.named(m.Sheet)
	if sheet == nil {
		return Reading{}, &data.Invalid{Field: "sheet", Why: data.WhyNotOneOf, Want: strings.Join(s.names(), ", "), Got: data.Clean(m.Sheet, 60)}
	}
	m.Sheet = sheet.Name()
	for i, c := range m.Columns {
		for _, name := range FieldNames(sheet) {
			if plainHead(name) == plainHead(c.Field) {
				m.Columns[i].Field = name
			}
		}
	}
	var first error
	for _, row := range tab.Rows[:min(len(tab.Rows), searched)] {
		heads := headsOf(row)
		if err := m.check(sheet, heads); err != nil {
			if first == nil || len(heads) > 1 {
				first = err
			}
			if len(heads) > 1 && !missesHead(err, m) {
				break
			}
			continue
		}
		r := m.reading(row.Number, heads)
		return r, s.keep(ctx, by, r.Fingerprint, m)
	}
	if first == nil {
		first = &data.Invalid{Field: "file", Why: WhyNoSheet, Want: m.Sheet}
	}
	return Reading{}, first
}

// missesHead tells whether err says that a head of the mapping is not in the row that was tried.
func missesHead(err error, m Mapping) bool {
	bad, ok := err.(*data.Invalid)
	return ok && bad.Why == WhyNoColumn && slices.ContainsFunc(m.Columns, func(c Column) bool { return c.Head == bad.Field })
}

func (s *Store) keep(ctx context.Context, by data.Actor, fingerprint string, m Mapping) error {
	columns, err := json.Marshal(m.Columns)
	if err != nil {
		return fmt.Errorf("mapping of %s: %w", m.Sheet, err)
	}
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO start_mappings (fingerprint, sheet, columns, changed_at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (fingerprint) DO UPDATE SET sheet = excluded.sheet, columns = excluded.columns, changed_at = excluded.changed_at`,
			fingerprint, m.Sheet, string(columns), tx.Now().UnixMilli()); err != nil {
			return fmt.Errorf("remember the columns of %s: %w", m.Sheet, err)
		}
		return tx.Audit(ctx, by, "start.map", fingerprint[:16], "sheet", m.Sheet, "columns", string(columns))
	})
}

// mappings reads what was said of heads, by their fingerprint.
func mappings(ctx context.Context, q data.Query) (map[string]Mapping, error) {
	type row struct {
		fingerprint, columns string
		Mapping
	}
	rows, err := data.List(ctx, q, func(scan func(...any) error) (r row, err error) {
		if err := scan(&r.fingerprint, &r.Sheet, &r.columns); err != nil {
			return r, err
		}
		return r, json.Unmarshal([]byte(r.columns), &r.Columns)
	}, `SELECT fingerprint, sheet, columns FROM start_mappings ORDER BY fingerprint`)
	if err != nil {
		return nil, fmt.Errorf("remembered columns: %w", err)
	}
	all := map[string]Mapping{}
	for _, r := range rows {
		all[r.fingerprint] = r.Mapping
	}
	return all, nil
}
