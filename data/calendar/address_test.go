package calendar_test

import (
	"errors"
	"testing"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
)

// TestAddress gives a location an address, and refuses what is none, what somebody else was first with, and who may not.
func TestAddress(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		p := newPlace(t, db)
		now := p.library
		now.Name, now.Address = "Bib", calendar.Address{Street: "Kerkplein\x1b[2J 4 ", Postcode: "8999", Town: "Zandwerve"}
		before := p.audited(t)
		if err := p.store.ChangeLocation(t.Context(), p.ict, p.library, now); err != nil {
			t.Fatal(err)
		}
		if after := p.audited(t); after != before+2 {
			t.Errorf("%d audit rows, want one for the name and one for the address", after-before)
		}
		got, err := p.store.Location(t.Context(), p.library.ID)
		if want := "Bib, Kerkplein[2J 4, 8999 Zandwerve"; err != nil || got.Address.Place(got.Name) != want {
			t.Fatalf("got %q, %v, want %q", got.Address.Place(got.Name), err, want)
		}
		same := p.store.ChangeLocation(t.Context(), p.ict, got, got)
		with := func(a calendar.Address) calendar.Location {
			l := got
			l.Address = a
			return l
		}
		before = p.audited(t)
		for name, c := range map[string]struct {
			by       data.Actor
			was, now calendar.Location
			want     error
			field    string
		}{
			"somebody was first": {p.ict, p.library, now, calendar.ErrChanged, ""},
			"staff":              {p.town.Actor("an.peeters"), got, now, data.ErrDenied, ""},
			"nowhere":            {p.ict, calendar.Location{ID: data.NewID()}, now, data.ErrNotFound, ""},
			"no name":            {p.ict, got, calendar.Location{}, nil, "location"},
			"no town":            {p.ict, got, with(calendar.Address{Street: "Markt 1"}), nil, "town"},
			"letters":            {p.ict, got, with(calendar.Address{Postcode: "B899", Town: "Zandwerve"}), nil, "postcode"},
			"too low":            {p.ict, got, with(calendar.Address{Postcode: "0999", Town: "Zandwerve"}), nil, "postcode"},
			"Dutch":              {p.ict, got, with(calendar.Address{Postcode: "1012 AB", Town: "Amsterdam"}), nil, "postcode"},
		} {
			err, bad := p.store.ChangeLocation(t.Context(), c.by, c.was, c.now), (*data.Invalid)(nil)
			if c.want != nil && !errors.Is(err, c.want) || c.want == nil && (!errors.As(err, &bad) || bad.Field != c.field) {
				t.Errorf("%s: got %v, want %v %s", name, err, c.want, c.field)
			}
		}
		if after := p.audited(t); same != nil || after != before {
			t.Errorf("%v and %d audit rows: what is refused or as it was changes nothing", same, after-before)
		}
		if err := p.store.ChangeLocation(t.Context(), p.ict, got, with(calendar.Address{})); err != nil {
			t.Errorf("an address can't be taken away: %v", err)
		}
	})
}

// TestAddressLine writes what is there.
func TestAddressLine(t *testing.T) {
	for want, a := range map[string]calendar.Address{
		"Bib": {}, "Bib, Kerkplein 4": {Street: "Kerkplein 4"}, "Bib, 8999 Zandwerve": {Postcode: "8999", Town: "Zandwerve"}, "Bib, Kerkplein 4, Zandwerve": {Street: "Kerkplein 4", Town: "Zandwerve"},
	} {
		if got := a.Place("Bib"); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
