// Package start is how a municipality comes in on its first day, and how its lists come in again later: a workbook
// with a sheet for organisations, services, people, rooms and opening hours. Plan says what a file would change, with
// the row of each change and the place of each problem, and writes nothing; Apply does the same in one transaction
// and writes all of it or nothing.
//
// What a sheet means is said by a Sheet; the driver knows only that. Other floors hand over sheets of their own.
// Lists from other programs are read by their heads, once said and remembered (Mapping).
package start

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"digibrug/data"
	"digibrug/data/workbook"
)

// What can be wrong with a sheet, besides what is wrong with a cell by itself (package workbook, calendar).
const (
	WhyNoSheet    data.Why = "start.no_sheet"    // no tab of the file is one of ours; Want lists ours
	WhyNoColumn   data.Why = "start.no_column"   // a column that is needed isn't there
	WhyTwoColumns data.Why = "start.two_columns" // two columns for the same; Got is the head of the other one
	WhySplit      data.Why = "start.split"       // a whole name in one column: it must be said which part is first
	WhyNational   data.Why = "start.national"    // a national number, which is never taken in
	WhyUnknown    data.Why = "start.unknown"     // Got is neither in the file nor in the house
	WhySeveral    data.Why = "start.several"     // Got is the name of more than one; Want says which, or how to tell
	WhyNamesake   data.Why = "start.namesake"    // somebody of that name works elsewhere (Want): the same person, or another?
	WhyOtherName  data.Why = "start.other_name"  // that payroll number is of somebody else (Want)
	WhySameRow    data.Why = "start.same_row"    // says the same as row Want
	WhyKindFixed  data.Why = "start.kind_fixed"  // is there already as something else (Want), and can't become this
	WhyNoLogin    data.Why = "start.no_login"    // roles for somebody who has no account
	WhyLoginTaken data.Why = "start.login_taken" // the log-in name is of somebody else (Want)
	WhyOtherLogin data.Why = "start.other_login" // the person has another log-in name (Want)
	WhyInCluster  data.Why = "start.in_cluster"  // a cluster inside a cluster
	WhyClosed     data.Why = "start.closed"      // the service was closed on Want
	WhyNoResult   data.Why = "start.no_result"   // a formula of which the file does not hold the outcome
	WhyNoName     data.Why = "start.no_name"     // a whole name without two words
)

// Errors of Apply.
var (
	// ErrProblems says that a plan has problems, so nothing was written.
	ErrProblems = errors.New("the file has problems")
	// ErrMeanwhile says that the house changed since the plan was made, so nothing was written.
	ErrMeanwhile = errors.New("the house changed meanwhile")
)

// Problem is one thing that is wrong, and where.
type Problem struct {
	Sheet  string   `json:"sheet"`            // name of the tab
	Row    int      `json:"row,omitempty"`    // from 1; 0 when it is about the whole sheet
	Column string   `json:"column,omitempty"` // letter; empty when it is about no column that is there
	Field  string   `json:"field,omitempty"`  // as the column is called in the workbook
	Why    data.Why `json:"why"`
	Want   string   `json:"-"`
	Got    string   `json:"-"` // never a national number
}

// Invalid gives the problem without its place.
func (p Problem) Invalid() *data.Invalid {
	return &data.Invalid{Field: p.Field, Why: p.Why, Want: p.Want, Got: p.Got}
}

// Kind is what a row comes to.
type Kind string

// The kinds of changes.
const (
	Added   Kind = "add"
	Changed Kind = "change"
	Same    Kind = "same"
	Ended   Kind = "end" // an employment that is not in the list any more, and of which it was asked to end it
)

// Delta is one value that changes; days are YYYY-MM-DD.
type Delta struct {
	Field string `json:"field"`
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
}

// Change is what one row comes to.
type Change struct {
	Sheet  string  `json:"sheet"`
	Row    int     `json:"row,omitempty"`
	Kind   Kind    `json:"kind"`
	What   string  `json:"what"` // whom or what it is about
	Deltas []Delta `json:"fields,omitempty"`
}

// Leaver is an employment that lasts, in an organisation that the list is about, and that is not in the list.
type Leaver struct {
	EmploymentID string `json:"employment"`
	PersonID     string `json:"-"`
	Name         string `json:"name"`
	Number       string `json:"number,omitempty"`
	Service      string `json:"service"`
	Job          string `json:"job,omitempty"`
	From         string `json:"from"`
	Stays        bool   `json:"stays"` // the person has other work in the list
}

// Note is something that the reader should know and that stops nothing.
type Note struct {
	Sheet  string `json:"sheet"`
	Row    int    `json:"row,omitempty"`
	Column string `json:"column,omitempty"`
	Field  string `json:"field,omitempty"`
	Kind   string `json:"kind"` // one of the Note… codes
	Text   string `json:"text,omitempty"`
}

// The kinds of notes.
const (
	NoteIgnored  = "ignored"  // a column that is not read; Text is its head
	NoteMapped   = "mapped"   // a column that is read as Field; Text is its head
	NoteTab      = "tab"      // a tab that is not read
	NoteFormula  = "formula"  // a column with formulas: what they came to when the file was saved is taken
	NoteToday    = "today"    // no column says since when: new work begins today
	NoteExamples = "examples" // rows that are examples; Text is how many
	NoteGone     = "gone"     // rows of who left and was never here, which are not taken in; Text is how many
)

// Leavers says what is done with leavers.
type Leavers string

// What can be done with leavers.
const (
	Tell Leavers = ""     // nothing: they are told
	Keep Leavers = "keep" // nothing, and that was said
	End  Leavers = "end"  // their employment ends
)

// Ask is what is wanted beside the file.
type Ask struct {
	Leavers Leavers
	LastDay string   // of the employments that end, YYYY-MM-DD; empty: today
	Only    []string // the employments that End is about; nil: all leavers
}

// Plan is what a file would change.
type Plan struct {
	File     string
	Hash     string // SHA-256 of the file, hex
	Readings []Reading
	Changes  []Change
	Problems []Problem
	Notes    []Note
	Leavers  []Leaver
}

// Count gives how many changes of a kind a sheet has; an empty sheet counts them all.
func (p Plan) Count(sheet string, kind Kind) (n int) {
	for _, c := range p.Changes {
		if c.Kind == kind && (sheet == "" || c.Sheet == sheet) {
			n++
		}
	}
	return n
}

// Nothing tells whether there is nothing to write.
func (p Plan) Nothing() bool { return p.Count("", Same) == len(p.Changes) }

// digest is equal for plans that come to the same.
func (p Plan) digest() string {
	text, err := json.Marshal([]any{p.Hash, p.Changes, p.Problems, p.Leavers})
	if err != nil {
		panic(fmt.Sprintf("digest of a plan: %v", err)) // can't happen: texts and numbers
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// Sheet is one kind of sheet: which columns it has and what its rows mean.
type Sheet interface {
	// Name is that of its tab.
	Name() string
	// Fields are its columns in the order of the template.
	Fields() []Field
	// Plan says through the job what rows would change and what is wrong with them. It writes nothing.
	Plan(ctx context.Context, j *Job, rows []Row) error
	// Fill gives what the house has, one text per field, as Plan reads it back.
	Fill(ctx context.Context, q data.Query) ([][]string, error)
}

// Field is a column of a sheet.
type Field struct {
	Head    string   // as the template calls it; also its name in messages and mappings
	Need    bool     // a sheet without this column can't be read
	Day     bool     // holds days
	Known   []string // what a cell may hold, for a list to choose from
	Also    []string // how other programs call it
	Example []string // of the example rows in the template
}

// Store plans and applies start workbooks. Only the ICT officer may.
type Store struct {
	db     *data.DB
	sheets []Sheet
}

// NewStore gives the store for sheets, which are planned and written in this order.
func NewStore(db *data.DB, sheets ...Sheet) *Store { return &Store{db, sheets} }

// Sheets are the sheets that the store knows.
func (s *Store) Sheets() []Sheet { return s.sheets }

// Plan says what a file would change. It reads the house once and writes nothing.
func (s *Store) Plan(ctx context.Context, by data.Actor, book workbook.Book, ask Ask) (p Plan, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		if err := data.Require(ctx, q, by, data.RoleICT); err != nil {
			return err
		}
		j, err := s.plan(ctx, q, book, ask)
		if err != nil {
			return err
		}
		p = *j.plan
		return nil
	})
	if err != nil {
		return Plan{}, fmt.Errorf("plan the import of %s: %w", book.Name, err)
	}
	return p, nil
}

// Apply plans anew and writes what the plan says, in one transaction. seen is the plan that somebody agreed to: when
// the house changed so that it would come to something else, the error is ErrMeanwhile; nil agrees to whatever the
// file says. With problems the error is ErrProblems. Either way the plan says how things stand, and nothing was
// written.
func (s *Store) Apply(ctx context.Context, by data.Actor, book workbook.Book, ask Ask, seen *Plan) (p Plan, err error) {
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		p = Plan{}
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		j, err := s.plan(ctx, tx, book, ask)
		if err != nil {
			return err
		}
		p = *j.plan
		switch {
		case len(p.Problems) > 0:
			return ErrProblems
		case seen != nil && seen.digest() != p.digest():
			return ErrMeanwhile
		case p.Nothing():
			return nil
		}
		for _, write := range j.writes {
			if err := write(ctx, tx, by); err != nil {
				return err
			}
		}
		return record(ctx, tx, by, p)
	})
	if err != nil {
		return p, fmt.Errorf("import %s: %w", book.Name, err)
	}
	return p, nil
}

// record keeps that a file came in.
func record(ctx context.Context, tx *data.Tx, by data.Actor, p Plan) error {
	id := data.NewID()
	added, changed, ended := p.Count("", Added), p.Count("", Changed), p.Count("", Ended)
	if _, err := tx.ExecContext(ctx, `INSERT INTO start_imports (id, at, actor, file, hash, added, changed, ended) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		id, tx.Now().UnixMilli(), data.Clean(by.Name, 80), p.File, p.Hash, added, changed, ended); err != nil {
		return fmt.Errorf("record the import: %w", err)
	}
	return tx.Audit(ctx, by, "start.import", id, "file", p.File, "sha256", p.Hash,
		"added", fmt.Sprint(added), "changed", fmt.Sprint(changed), "leavers", fmt.Sprint(ended))
}
