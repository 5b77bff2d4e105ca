package start

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"digibrug/data"
	"digibrug/data/calendar"
)

// rooms is the sheet of rooms in locations.
type rooms struct{}

const mostSeats = 500 // also of PCs, as the table has it

func (rooms) Name() string { return RoomSheet }

func (rooms) Fields() []Field {
	return []Field{
		{Head: colLocation, Need: true, Also: []string{"gebouw", "plaats"}, Example: []string{"voorbeeld: Gemeentehuis", "voorbeeld: Bibliotheek"}},
		{Head: colOrganisation, Also: []string{"eigenaar", "rechtspersoon"}, Example: []string{"Gemeente Zandwerve", "Gemeente Zandwerve"}},
		{Head: colRoom, Need: true, Also: []string{"naam", "naam lokaal", "zaal"}, Example: []string{"Openbare computerruimte", "Leeszaal"}},
		{Head: colKind, Need: true, Known: data.RoomKinds(), Also: []string{"soort lokaal", "type"}, Example: []string{"ocr", "leslokaal"}},
		{Head: colSeats, Also: []string{"aantal plaatsen", "capaciteit", "zitplaatsen"}, Example: []string{"12", "20"}},
		{Head: colPCs, Also: []string{"aantal pc's", "computers", "aantal computers"}, Example: []string{"10", "0"}},
	}
}

// Plan adds and changes rooms. A location that isn't there yet is added, closed on public holidays.
func (rooms) Plan(ctx context.Context, j *Job, rows []Row) error {
	h, err := j.open(ctx)
	if err != nil {
		return err
	}
	seen := map[string]int{}
	for _, r := range rows {
		name, kind := j.Needed(r, colRoom, nameLimit), j.OneOf(r, colKind, data.RoomKinds())
		seats, err := r.Cell(colSeats).Whole(mostSeats)
		if err != nil {
			j.Wrong(r, colSeats, err)
		}
		pcs, err := r.Cell(colPCs).Whole(mostSeats)
		if err != nil {
			j.Wrong(r, colPCs, err)
		}
		p, deltas := j.place(h, r)
		if p == nil || name == "" {
			continue
		}
		key := fmt.Sprintf("%p %s", p, data.SortKey(name))
		if seen[key] > 0 {
			j.Problem(r, colRoom, WhySameRow, fmt.Sprint(seen[key]), name)
			continue
		}
		seen[key] = r.Number
		planRoom(j, h, r, p, data.Room{Name: name, Kind: kind, Seats: seats, PCs: pcs}, deltas)
	}
	return nil
}

// planRoom adds a room to a location or changes it. Seats and PCs of -1 are not said.
func planRoom(j *Job, h *house, r Row, p *place, room data.Room, deltas []Delta) {
	at := slices.IndexFunc(h.rooms, func(o data.Room) bool {
		return p.ID != "" && o.LocationID == p.ID && data.SortKey(o.Name) == data.SortKey(room.Name)
	})
	kind := Added
	var in *hall
	if at < 0 {
		if room.Kind == "" && r.Text(colKind) == "" {
			j.Problem(r, colKind, data.WhyEmpty)
		}
		room.Seats, room.PCs = max(room.Seats, 0), max(room.PCs, 0)
		deltas = append(deltas, added(colLocation, p.Name, colKind, room.Kind, colSeats, strconv.Itoa(room.Seats), colPCs, strconv.Itoa(room.PCs))...)
		in = &hall{place: p}
		h.halls = append(h.halls, in)
	} else {
		old := h.rooms[at]
		kind, room.ID = Changed, old.ID
		if room.Kind == "" {
			room.Kind = old.Kind
		}
		if room.Seats < 0 {
			room.Seats = old.Seats
		}
		if room.PCs < 0 {
			room.PCs = old.PCs
		}
		deltas = append(deltas, slices.Concat(delta(colRoom, old.Name, room.Name), delta(colKind, old.Kind, room.Kind),
			delta(colSeats, strconv.Itoa(old.Seats), strconv.Itoa(room.Seats)), delta(colPCs, strconv.Itoa(old.PCs), strconv.Itoa(room.PCs)))...)
	}
	if in == nil {
		in = h.halls[slices.IndexFunc(h.halls, func(o *hall) bool { return o.ID == room.ID })]
	}
	in.Room = room
	j.Change(r, kind, room.Name, deltas...)
	if len(deltas) == 0 {
		return
	}
	j.Write(func(ctx context.Context, tx *data.Tx, by data.Actor) error {
		room.LocationID = p.ID
		put, err := data.PutRoom(ctx, tx, by, room)
		in.ID = put.ID
		return err
	})
}

// place finds the location of a row, or makes it: of the organisation that the row says, or else of the one that there
// is, or else of the municipality; when only another organisation has one of that name, that is it. It gives nil after
// telling a problem.
func (j *Job) place(h *house, r Row) (*place, []Delta) {
	name, text := j.Needed(r, colLocation, nameLimit), r.Text(colOrganisation)
	o := j.org(h, r, colOrganisation, false)
	if name == "" || o == nil && text != "" {
		return nil, nil
	}
	found := h.placesCalled(name, o)
	key := data.SortKey(name)
	if o == nil {
		own := slices.DeleteFunc(slices.Clone(found), func(p *place) bool { return p.org != h.owner() })
		if len(own) == 1 {
			found = own
		} else if len(found) == 1 {
			h.unsaid[key] = found[0].org
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		var orgs []*org
		for _, p := range found {
			orgs = append(orgs, p.org)
		}
		j.Problem(r, colOrganisation, WhySeveral, orgNames(orgs), name)
		return nil, nil
	}
	if o == nil {
		o = h.owner()
	}
	if o == nil {
		j.Problem(r, colOrganisation, data.WhyEmpty)
		return nil, nil
	}
	if other := h.unsaid[key]; other != nil { // an earlier row means that one, and could mean this one from now on
		j.Problem(r, colOrganisation, WhySeveral, orgNames([]*org{other, o}), name)
		return nil, nil
	}
	p := &place{Location: calendar.Location{Name: name}, org: o, hours: calendar.Calendar{Ticks: calendar.PublicHolidays()}}
	h.places = append(h.places, p)
	j.Write(func(ctx context.Context, tx *data.Tx, by data.Actor) error {
		l, err := calendar.AddLocation(ctx, tx, by, o.ID, name, calendar.Calendar{Ticks: calendar.PublicHolidays()})
		p.ID = l.ID
		return err
	})
	return p, added(colOrganisation, o.Name)
}

// owner is the organisation of a location of which the file says none; nil when it is not plain which.
func (h *house) owner() *org {
	if len(h.orgs) == 1 {
		return h.orgs[0]
	}
	var found *org
	for _, o := range h.orgs {
		switch {
		case o.Kind != data.Gemeente:
		case found != nil:
			return nil
		default:
			found = o
		}
	}
	return found
}

func (rooms) Fill(ctx context.Context, q data.Query) ([][]string, error) {
	h, err := readHouse(ctx, q)
	if err != nil {
		return nil, err
	}
	places := map[string]*place{}
	for _, p := range h.places {
		places[p.ID] = p
	}
	var rows [][]string
	for _, r := range h.rooms {
		p := places[r.LocationID]
		rows = append(rows, []string{p.Name, p.org.Name, r.Name, r.Kind, strconv.Itoa(r.Seats), strconv.Itoa(r.PCs)})
	}
	return rows, nil
}
