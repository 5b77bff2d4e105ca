package papers

import (
	"fmt"
	"math"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/tui/words"
)

// Kind is what the cells of a column hold.
type Kind string

// The kinds. How each is written is in cell.go (for people and for CSV), json.go and xlsx.go.
const (
	KindText   Kind = "text"
	KindList   Kind = "list"   // several short texts
	KindNumber Kind = "number" // with Column.Decimals
	KindShare  Kind = "share"  // 0 to 1, for people in percents
	KindDay    Kind = "day"
	KindMoment Kind = "moment" // an instant, for people in Brussels to the minute
	KindMoney  Kind = "money"  // euros, kept in cents
)

// right tells whether cells of the kind stand at the right.
func (k Kind) right() bool { return k == KindNumber || k == KindShare || k == KindMoney }

// Column is one column of a Sheet.
type Column struct {
	Name     string // machine name, in JSON: "opens_on"
	Title    string
	Kind     Kind
	Unit     string // for KindNumber: what is counted, where the title doesn't say it
	Decimals int    // of a number, or of a share in percents
	Ordinal  bool   // a number that names a row and counts nothing: no sign between thousands
}

// head is the title with the unit.
func (c Column) head() string {
	unit := c.Unit
	switch c.Kind {
	case KindShare:
		unit = "%"
	case KindMoney:
		unit = "€"
	}
	title := data.Clean(c.Title, maxText)
	if unit == "" {
		return title
	}
	return title + " (" + data.Clean(unit, maxText) + ")"
}

// Sheet is a paper, filled.
type Sheet struct {
	Name    string // of the paper
	Of      string // the code of what it is about, for the name of its file; empty: it is about more
	Title   string
	Place   string // the municipality; may be empty
	At      time.Time
	Columns []Column
	Rows    [][]Cell // as many cells as columns, each empty or of the column's kind
	Notes   []string // rules that the reader must know, each a sentence or more
}

// maxText is how much of one text is kept, in grapheme clusters: of at most 8 code points each, so that it
// fits the 32,767 characters of a cell in Excel, even where each takes two.
const maxText = 2000

// Cell is one value. The zero Cell is empty: there is nothing, or it may not be shown.
type Cell struct {
	kind  Kind
	texts []string // as people read them; one for KindText
	codes []string // as machines read them, where that is different
	day   string   // YYYY-MM-DD
	at    time.Time
	value float64
	cents int64
}

// Text is a cell of KindText. All text is made harmless here: control bytes go no further.
func Text(s string) Cell { return Cell{kind: KindText, texts: []string{data.Clean(s, maxText)}} }

// Coded is a cell of KindText that people read as text, and machines as code.
func Coded(text, code string) Cell {
	return Cell{kind: KindText, texts: []string{data.Clean(text, maxText)}, codes: []string{data.Clean(code, maxText)}}
}

// maxList is how many texts of a list are kept.
const maxList = 200

// List is a cell of KindList; codes are what machines read, nil: the texts.
func List(texts, codes []string) Cell {
	c := Cell{kind: KindList, texts: []string{}}
	for i, s := range texts[:min(len(texts), maxList)] {
		c.texts = append(c.texts, data.Clean(s, maxText/10))
		if codes != nil {
			c.codes = append(c.codes, data.Clean(codes[i], maxText/10))
		}
	}
	return c
}

// Number is a cell of KindNumber; what is no number gives an empty one.
func Number(v float64) Cell { return finite(KindNumber, v) }

// Count is Number for whole numbers.
func Count(n int) Cell { return Number(float64(n)) }

// Share is a cell of KindShare, v from 0 to 1.
func Share(v float64) Cell { return finite(KindShare, v) }

func finite(kind Kind, v float64) Cell {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return Cell{}
	}
	return Cell{kind: kind, value: v}
}

// Day is a cell of KindDay; day as it is stored, YYYY-MM-DD, or empty.
func Day(day string) Cell {
	if day == "" {
		return Cell{}
	}
	return Cell{kind: KindDay, day: day}
}

// Moment is a cell of KindMoment; the zero time gives an empty one.
func Moment(at time.Time) Cell {
	if at.IsZero() {
		return Cell{}
	}
	return Cell{kind: KindMoment, at: at}
}

// Money is a cell of KindMoney.
func Money(cents int64) Cell { return Cell{kind: KindMoney, cents: cents} }

// Empty tells whether the cell holds nothing.
func (c Cell) Empty() bool { return c.kind == "" }

// text is a text or list in one line.
func (c Cell) text() string { return data.Clean(strings.Join(c.texts, ", "), maxText) }

// check says what is wrong with a sheet; that is a mistake in the paper that made it, not in what it says.
func (s Sheet) check() error {
	if len(s.Columns) == 0 {
		return fmt.Errorf("paper %s has no columns", s.Name)
	}
	for i, row := range s.Rows {
		if len(row) != len(s.Columns) {
			return fmt.Errorf("paper %s, row %d: %d cells in %d columns", s.Name, i+1, len(row), len(s.Columns))
		}
		for j, c := range row {
			if !c.Empty() && c.kind != s.Columns[j].Kind {
				return fmt.Errorf("paper %s, row %d: %s in column %s, which is of kind %s", s.Name, i+1, c.kind, s.Columns[j].Name, s.Columns[j].Kind)
			}
			if c.kind == KindDay {
				if _, err := data.ParseDay(c.day); err != nil {
					return fmt.Errorf("paper %s, row %d, column %s: %w", s.Name, i+1, s.Columns[j].Name, err)
				}
			}
		}
	}
	return nil
}

// heading, place and notes are the texts around the rows, made harmless.
func (s Sheet) heading() string { return data.Clean(s.Title, maxText) }

// stamp is the line under the title: "Zandwerve · ma 23 november 2026, 12:00".
func (s Sheet) stamp() string {
	at := words.Moment(lang, s.At)
	if place := s.place(); place != "" {
		return place + " · " + at
	}
	return at
}

func (s Sheet) place() string { return data.Clean(s.Place, maxText) }

func (s Sheet) notes() []string {
	notes := make([]string, 0, len(s.Notes))
	for _, n := range s.Notes {
		notes = append(notes, data.Clean(n, maxText))
	}
	return notes
}

// size says how many rows there are, in words.
func (s Sheet) size() string {
	if len(s.Rows) == 0 {
		return nl.T(words.PaperNone)
	}
	return nl.T(words.PaperRows, "n", len(s.Rows))
}
