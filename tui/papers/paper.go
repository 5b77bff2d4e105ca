// Package papers has what leaves the house to be read elsewhere: lists and reports. A Paper is defined once:
// its name, who may have it, and how it is filled from a domain. Filled it is a Sheet: title, columns, rows
// and the rules that the reader must know. From a Sheet, Write makes every form: text for a terminal, CSV,
// XLSX, JSON and PDF, for the screens, the files door and the command line alike.
//
// The papers themselves are values such as Accounts(store); a Shelf holds those of this house. Papers are in
// Dutch: local services must use Dutch on paper.
package papers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/tui/words"
)

// lang is the language of every paper.
const lang = words.NL

type dutch struct{}

// T is words.T in the language of papers.
func (dutch) T(key words.Key, args ...any) string { return words.T(lang, key, args...) }

var nl dutch

// Paper is one report, defined once. Make it with Accounts, Campaigns, Groups or Audit.
type Paper struct {
	Name  string      // in commands, paths and JSON: "accounts"
	Title words.Key   // what it is called in lists of papers
	Roles []data.Role // who may have it; the store that fills it decides again
	Asks  []Question  // what Ask must or may hold
	fill  func(ctx context.Context, by data.Actor, ask Ask) (Sheet, error)
}

// Question is something that a paper wants to know before it can be filled.
type Question string

// The questions, by the name of the option at the command line.
const (
	AsksCampaign Question = "campaign" // needed: which one
	AsksLimit    Question = "limit"    // how many rows at most; there is a default
	AsksFrom     Question = "from"     // the first day; there is a default
	AsksUntil    Question = "until"    // the last day; there is a default
	AsksSeries   Question = "series"   // needed: code of a series of lessons
	AsksCourse   Question = "course"   // code of a course; none: all
	// AsksProcedure is needed: the vacancy, title or id of a recruitment.
	AsksProcedure Question = "procedure"
)

// Ask has the answers to the questions of a paper. What a paper doesn't ask for is ignored.
type Ask struct {
	Campaign string // title, id, or the start of an id
	Limit    int    // rows; 0: DefaultLimit
	From     string // YYYY-MM-DD; empty: as the paper says
	Until    string // YYYY-MM-DD; empty: as the paper says
	Series   string // code or id
	Course   string // code or id; empty: all
	// Procedure is the vacancy, the title, the id or the start of the id of a recruitment.
	Procedure string
}

// places gives the name of the municipality; *data.Settings has it.
type places interface {
	Get(ctx context.Context, key data.Setting, fallback string) (string, error)
}

// Shelf is the papers of a house.
type Shelf struct {
	db       data.Query
	settings places
	papers   []Paper
}

// NewShelf gives a shelf with these papers, in this order. db tells the time and who holds which role.
func NewShelf(db data.Query, settings places, papers ...Paper) *Shelf {
	return &Shelf{db: db, settings: settings, papers: papers}
}

// All lists the papers.
func (s *Shelf) All() []Paper { return slices.Clone(s.papers) }

// Needs gives the question that must be answered before the paper can be filled; empty: none.
func (p Paper) Needs() Question {
	for _, q := range []Question{AsksCampaign, AsksSeries, AsksProcedure} {
		if slices.Contains(p.Asks, q) {
			return q
		}
	}
	return ""
}

// For lists the papers that somebody with these roles may have.
func (s *Shelf) For(roles []data.Role) []Paper {
	return slices.DeleteFunc(s.All(), func(p Paper) bool {
		return !slices.ContainsFunc(p.Roles, func(r data.Role) bool { return slices.Contains(roles, r) })
	})
}

// Named finds a paper by its name. It returns an *data.Invalid that lists the names for one that is not there.
func (s *Shelf) Named(name string) (Paper, error) {
	names := make([]string, len(s.papers))
	for i, p := range s.papers {
		if p.Name == name {
			return p, nil
		}
		names[i] = p.Name
	}
	return Paper{}, &data.Invalid{Field: "paper", Why: data.WhyNotOneOf, Want: strings.Join(names, ", "), Got: data.Clean(name, gotLen)}
}

const gotLen = 60

// Fill makes the sheet of a paper as the house stands now. It returns data.ErrDenied when the actor holds none
// of the paper's roles today, and an *data.Invalid for an answer in ask that can't be used.
func (s *Shelf) Fill(ctx context.Context, by data.Actor, name string, ask Ask) (Sheet, error) {
	p, err := s.Named(name)
	if err != nil {
		return Sheet{}, err
	}
	if err := data.Require(ctx, s.db, by, p.Roles...); err != nil {
		return Sheet{}, err
	}
	place, err := s.settings.Get(ctx, data.SettingPlace, "")
	if err != nil {
		return Sheet{}, err
	}
	sheet, err := p.fill(ctx, by, ask)
	if err != nil {
		return Sheet{}, fmt.Errorf("fill paper %s: %w", p.Name, err)
	}
	sheet.Name, sheet.Place, sheet.At = p.Name, place, s.db.Now()
	if sheet.Title == "" {
		sheet.Title = nl.T(p.Title)
	}
	return sheet, sheet.check()
}
