package start

import (
	"context"
	"strings"

	"digibrug/data"
)

// What sheets of other floors need of a job: locations and organisations as this package finds them, and what several
// of their sheets share.

// Place is a location of the house or of the file.
type Place struct{ of *place }

// Name is what the location is called.
func (p Place) Name() string { return p.of.Name }

// ID is the location's; empty until the writing of the sheet that adds it.
func (p Place) ID() string { return p.of.ID }

// Owner is whose location it is.
func (p Place) Owner() Owner { return Owner{p.of.org} }

// Owner is an organisation of the house or of the file.
type Owner struct{ of *org }

// Name is what the organisation is called.
func (o Owner) Name() string { return o.of.Name }

// ID is the organisation's; empty until the writing of the sheet that adds it.
func (o Owner) ID() string { return o.of.ID }

// ColLocation is the head of the column that Place reads.
const ColLocation = colLocation

// Place finds the location of a row, or makes it, as the sheet of rooms does; deltas say when it is new. ok is false
// after telling a problem.
func (j *Job) Place(ctx context.Context, r Row) (p Place, deltas []Delta, ok bool, err error) {
	h, err := j.open(ctx)
	if err != nil {
		return Place{}, nil, false, err
	}
	found, deltas := j.place(h, r)
	return Place{found}, deltas, found != nil, nil
}

// Owner finds the organisation that a cell names. ok is false for an empty cell, and after telling a problem.
func (j *Job) Owner(ctx context.Context, r Row, field string) (o Owner, ok bool, err error) {
	h, err := j.open(ctx)
	if err != nil {
		return Owner{}, false, err
	}
	found := j.org(h, r, field, false)
	return Owner{found}, found != nil, nil
}

// Once gives what sheets of a floor share while a file is planned, made at the first call; key is the floor's own, as
// a context's is.
func Once[T any](j *Job, key any, make func() (T, error)) (T, error) {
	if known, ok := j.shared[key]; ok {
		return known.(T), nil
	}
	made, err := make()
	if err == nil {
		j.shared[key] = made
	}
	return made, err
}

// Money gives the amount of a cell in cents; ok is false for an empty cell, and after telling a problem.
func (j *Job) Money(r Row, field string) (cents int64, ok bool) {
	text := r.Text(field)
	if text == "" {
		return 0, false
	}
	cents, err := data.ParseEuro(text)
	if err != nil {
		j.Wrong(r, field, err)
	}
	return cents, err == nil
}

// DayOf gives the day of a cell, YYYY-MM-DD; "" for an empty cell, and after telling a problem.
func (j *Job) DayOf(r Row, field string) string {
	day, err := r.Cell(field).Day()
	if err != nil {
		j.Wrong(r, field, err)
	}
	return day
}

// Changes lists the values of something that differ: field, old and new value in turns.
func Changes(triples ...string) (deltas []Delta) {
	for i := 0; i+2 < len(triples); i += 3 {
		deltas = append(deltas, delta(triples[i], triples[i+1], triples[i+2])...)
	}
	return deltas
}

// Or gives what a cell says of a value that the house has: an empty cell leaves it, a dash takes it away.
func Or(cell, known string) string { return or(strings.TrimSpace(cell), known) }

// Kept is a text as a cell gives it back: a lone dash would take the value away.
func Kept(text string) string { return kept(text) }

// Names tells what locations and organisations are called, for Fill.
type Names struct{ locations, organisations map[string]string }

// Location is the name of a location.
func (n Names) Location(id string) string { return n.locations[id] }

// Organisation is the name of an organisation.
func (n Names) Organisation(id string) string { return n.organisations[id] }

// Places reads the names of all locations and organisations.
func Places(ctx context.Context, q data.Query) (Names, error) {
	h, err := readHouse(ctx, q)
	if err != nil {
		return Names{}, err
	}
	n := Names{map[string]string{}, map[string]string{}}
	for _, p := range h.places {
		n.locations[p.ID] = p.Name
	}
	for _, o := range h.orgs {
		n.organisations[o.ID] = o.Name
	}
	return n, nil
}
