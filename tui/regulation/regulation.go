// Package regulation is the room of the loan regulation as figures: what holds today, the six questions of a small
// laptop library, and behind the key V what experts change: figures per kind of borrower and device, versions and the
// decisions behind them, reminders, tariffs, and what other figures would have done to last year's loans.
package regulation

import (
	"maps"
	"slices"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/loans"
	"digibrug/loans/figures"
	"digibrug/tui/page"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "regulation"

// Desk is what the room works with.
type Desk struct {
	Loans    *loans.Store
	Figures  *figures.Store
	Calendar *calendar.Store
	People   *data.People
}

// room is what the screens of the room share.
type room struct {
	page.Page
	desk Desk
}

// ict tells whether the visitor may change the regulation; the desk and the director may read it.
func (r room) ict() bool { return r.S.Who.Has(data.RoleICT) }

func (r room) expert() key.Binding { return r.Letter("v", words.LoanruleExpert) }
func (r room) start() key.Binding  { return r.Letter("i", words.LoanruleStart) }

// state is all that the register says of the regulation, as last loaded.
type state struct {
	today         string
	versions      []loans.Version // the first to begin first
	types         []loans.Type
	ladder        []loans.Rung
	tariffs       []loans.Tariff
	cash, keep    string // settings; empty: never set
	ending        map[loans.Param]loans.Decision
	locations     []calendar.Location
	calendars     map[string]calendar.Calendar
	organisations []data.Organisation
}

func (r room) read() (st state, err error) {
	ctx, by, of := r.S.Ctx, r.By(), r.desk.Loans
	st.today = data.DayOf(r.S.Now())
	for _, read := range []func() error{
		func() error { st.versions, err = of.Versions(ctx, by); return err },
		func() error { st.types, err = of.Types(ctx, by); return err },
		func() error { st.ladder, err = of.Ladder(ctx, by); return err },
		func() error { st.tariffs, err = of.Tariffs(ctx, by); return err },
		func() error { st.cash, err = of.Setting(ctx, by, loans.SettingCash); return err },
		func() error { st.keep, err = of.Setting(ctx, by, loans.SettingKeepDays); return err },
		func() error { st.ending, err = of.Ending(ctx, by); return err },
		func() error { st.locations, err = r.desk.Calendar.Locations(ctx); return err },
		func() error { st.calendars, err = r.desk.Calendar.Calendars(ctx); return err },
		func() error { st.organisations, err = r.desk.People.Organisations(ctx); return err },
	} {
		if err := read(); err != nil {
			return state{}, err
		}
	}
	return st, nil
}

// on is the version that holds on a day: the model's figures, without a name, where none has begun.
func (st state) on(day string) loans.Version {
	for _, v := range slices.Backward(st.versions) {
		if v.From <= day {
			return v
		}
	}
	return loans.Version{Regulation: loans.ModelRegulation()}
}

// current is the version that holds today.
func (st state) current() loans.Version { return st.on(st.today) }

// coming is the first version that begins after a day; ok is false when none does.
func (st state) coming(day string) (v loans.Version, ok bool) {
	for _, v := range st.versions {
		if v.From > day {
			return v, true
		}
	}
	return v, false
}

// copied is a version that can be changed without the other one.
func copied(v loans.Version) loans.Version {
	cells := map[loans.Cell]map[loans.Param]int64{}
	for cell, of := range v.Cells {
		cells[cell] = maps.Clone(of)
	}
	decisions := maps.Clone(v.Decisions)
	if decisions == nil {
		decisions = map[loans.Param]loans.Decision{}
	}
	return loans.Version{Regulation: loans.Regulation{From: v.From, Cells: cells}, Name: v.Name, Decisions: decisions}
}

// called is what a version is called.
func (r room) called(v loans.Version) string {
	switch {
	case v.ID == "":
		return r.S.T(words.LoanruleModel)
	case v.Name == "":
		return r.S.T(words.LoanruleNameless, "day", r.Day(v.From))
	}
	return v.Name
}

// typeName names a device type; "" is all.
func (r room) typeName(st state, id string) string {
	if id == "" {
		return r.S.T(words.LoanruleAllTypes)
	}
	for _, t := range st.types {
		if t.ID == id {
			return t.Name
		}
	}
	return r.S.T(words.LoanruleGoneType)
}
