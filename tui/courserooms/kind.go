package courserooms

import (
	"slices"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// mostSeats is how many seats or PCs a room has at most.
const mostSeats = 500

// kindForm adds a room, or changes what a room is: its name, kind, seats and PCs. A room stays in its location.
func (d desk) kindForm(was courses.Room) shell.Screen {
	title := words.CourseroomsNewRoomTitle
	if was.ID != "" {
		title = words.CourseroomsChangeKindTitle
	}
	return page.NewTask(d.S, title, words.CourseroomsSaving, func() (page.Brief, error) {
		fields, err := d.kindFields(was)
		lead := words.CourseroomsKindLead
		if at := slices.IndexFunc(fields, func(f parts.Field) bool { return f.Name == "location" }); at >= 0 && len(fields[at].Options) == 0 {
			lead = words.CourseroomsNoPlaces
		}
		return page.Brief{Title: d.S.T(title), Lead: lead, Body: parts.NewForm(words.CourseroomsSave, fields...),
			Do: func(form parts.Form) (page.Outcome, error) {
				now := data.Room{ID: was.ID, LocationID: was.LocationID, Name: form.Value("room"), Kind: form.Value("kind"), Seats: whole(form.Value("seats")), PCs: whole(form.Value("pcs"))}
				if was.ID == "" {
					now.LocationID = form.Value("location")
				}
				put, err := d.Store.PutRoom(d.S.Ctx, d.By(), now)
				done := page.Outcome{Said: words.CourseroomsSaved, Args: []any{"name", put.Name}}
				if err == nil && was.ID == "" {
					done.Next = d.room(put.ID)
				}
				return done, err
			}}, err
	})
}

func (d desk) kindFields(was courses.Room) (fields []parts.Field, err error) {
	if was.ID == "" {
		places, err := d.Places.Locations(d.S.Ctx)
		if err != nil {
			return nil, err
		}
		where := parts.Field{Name: "location", Label: words.CourseroomsColLocation, Kind: parts.Choice, Need: true}
		for _, l := range places {
			where.Options = append(where.Options, parts.Option{Value: l.ID, Label: l.Name})
		}
		fields = append(fields, where)
	}
	kind := parts.Field{Name: "kind", Label: words.CourseroomsKindOf, Kind: parts.Choice, Need: true, Value: was.Kind}
	for _, k := range data.RoomKinds() {
		kind.Options = append(kind.Options, parts.Option{Value: k, Label: d.S.T(words.RoomKind(k))})
	}
	return append(fields, parts.Field{Name: "room", Label: words.CourseroomsName, Need: true, Max: 80, Value: was.Name}, kind,
		number("seats", words.CourseroomsSeats, "", was.Seats, mostSeats), number("pcs", words.CourseroomsPcs, words.CourseroomsPcsHint, was.PCs, mostSeats)), nil
}
