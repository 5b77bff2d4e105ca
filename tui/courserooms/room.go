package courserooms

import (
	"slices"
	"strconv"
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func (d desk) readRoom(id string) (courses.Room, error) {
	all, err := d.Store.Rooms(d.S.Ctx, d.By())
	if err != nil {
		return courses.Room{}, err
	}
	at := slices.IndexFunc(all, func(r courses.Room) bool { return r.ID == id })
	if at < 0 {
		return courses.Room{}, data.ErrNotFound
	}
	return all[at], nil
}

// room is the page of one room: how it is used, and when it is closed.
func (d desk) room(id string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[courses.Room]{
		Title:   func(r courses.Room) string { return strings.TrimPrefix(r.Location+": "+r.Name, ": ") },
		Doing:   words.CourseroomsLoading,
		Load:    func() (courses.Room, error) { return d.readRoom(id) },
		Columns: []parts.Column{{Title: words.CourseroomsFrom, Min: 13}, {Title: words.CourseroomsUntil, Min: 13}, {Title: words.CourseroomsReason, Min: 12, Grow: 1}},
		Rows: func(r courses.Room) []parts.Row {
			rows := make([]parts.Row, len(r.Closures))
			for i, c := range r.Closures {
				rows[i] = parts.Row{ID: strconv.Itoa(i), Cells: []string{d.Day(c.First), d.Day(c.Last), c.Reason}}
			}
			return rows
		},
		Top: d.roomFacts, None: words.CourseroomsNeverClosed, Opens: words.CourseroomsChange,
		Open: func(r courses.Room, row string) tea.Cmd { return shell.Open(d.closureForm(r, whole(row))) },
		Ways: func(r courses.Room, row string) []page.Way {
			ways := []page.Way{{Key: d.Letter("w", words.CourseroomsChangeRoom), Open: func() shell.Screen { return d.roomForm(id) }},
				{Key: d.Letter("v", words.CourseroomsChangeKind), Open: func() shell.Screen { return d.kindForm(r) }},
				{Key: d.Letter("n", words.CourseroomsClose), Open: func() shell.Screen { return d.closureForm(r, -1) }}}
			ways = append(ways, d.calendarWay(r.Location+": "+r.Name, courses.LessonFilter{Room: r.ID})...)
			if row != "" {
				ways = append(ways, d.dropClosure(r, whole(row)))
			}
			return ways
		},
	})
}

func (d desk) roomFacts(p page.Page, r courses.Room) []string {
	equipment := strings.Join(r.Equipment, ", ")
	if equipment == "" {
		equipment = "-"
	}
	return p.Facts(page.Named(words.CourseroomsKindOf, d.S.T(words.RoomKind(r.Kind))+"; "+d.S.T(words.CourseroomsStock, "seats", r.Seats, "pcs", r.PCs)),
		page.Named(words.CourseroomsColMode, d.mode(r.Mode)),
		page.Named(words.CourseroomsColPlaces, d.S.T(words.CourseroomsPlacesLine, "places", r.Places(), "lessons", r.ForLessons(), "free", r.KeepFree)),
		page.Named(words.CourseroomsEquipment, equipment),
		page.Named(words.CourseroomsHours, d.week(r.Windows)))
}

// roomForm says how a room is used.
func (d desk) roomForm(id string) shell.Screen {
	return page.NewTask(d.S, words.CourseroomsChangeTitle, words.CourseroomsSaving, func() (page.Brief, error) {
		was, err := d.readRoom(id)
		if err != nil {
			return page.Brief{}, err
		}
		mode := parts.Field{Name: "mode", Label: words.CourseroomsColMode, Hint: words.CourseroomsModeHint, Kind: parts.Choice, Need: true, Value: string(was.Mode),
			Options: []parts.Option{{Value: string(courses.Exclusive), Label: d.mode(courses.Exclusive)}, {Value: string(courses.Capacity), Label: d.mode(courses.Capacity)}}}
		fields := append([]parts.Field{mode, number("capacity", words.CourseroomsCapacity, words.CourseroomsCapacityHint, was.Capacity, 500),
			number("keep_free", words.CourseroomsKeepFree, words.CourseroomsKeepFreeHint, was.KeepFree, 500),
			{Name: "equipment", Label: words.CourseroomsEquipment, Hint: words.CourseroomsEquipmentHint, Max: 400, Value: strings.Join(was.Equipment, "; ")}}, d.weekFields(was.Windows)...)
		return page.Brief{Title: d.S.T(words.CourseroomsChangeTitle) + ": " + was.Name, Lead: words.CourseroomsChangeLead, Body: parts.NewForm(words.CourseroomsSave, fields...),
			Do: func(form parts.Form) (page.Outcome, error) {
				now := was
				now.Mode, now.Capacity, now.KeepFree = courses.RoomMode(form.Value("mode")), whole(form.Value("capacity")), whole(form.Value("keep_free"))
				now.Equipment = split(form.Value("equipment"))
				var err error
				if now.Windows, err = readWeek(form); err != nil {
					return page.Outcome{}, err
				}
				return d.saveRoom(was, now)
			}}, nil
	})
}

func (d desk) saveRoom(was, now courses.Room) (page.Outcome, error) {
	return page.Outcome{Said: words.CourseroomsSaved, Args: []any{"name", was.Name}}, d.Store.ChangeRoom(d.S.Ctx, d.By(), was, now)
}

// split reads things on one line, with semicolons between them.
func split(text string) (all []string) {
	for one := range strings.SplitSeq(text, ";") {
		if one = strings.TrimSpace(one); one != "" {
			all = append(all, one)
		}
	}
	return all
}

// closureForm adds a closed period to a room, or changes the one at an index.
func (d desk) closureForm(r courses.Room, at int) shell.Screen {
	title, old := words.CourseroomsCloseTitle, courses.RoomClosure{}
	if at >= 0 {
		title, old = words.CourseroomsCloseChange, r.Closures[at]
	}
	fields := append(spanFields(old.First, old.Last), parts.Field{Name: "reason", Label: words.CourseroomsReason, Max: 80, Value: old.Reason})
	return page.NewTask(d.S, title, words.CourseroomsSaving, func() (page.Brief, error) {
		return page.Brief{Title: d.S.T(title) + ": " + r.Name, Lead: words.CourseroomsCloseLead, Body: parts.NewForm(words.CourseroomsSave, fields...),
			Do: func(form parts.Form) (page.Outcome, error) {
				first, last, err := readSpan(form)
				if err != nil {
					return page.Outcome{}, err
				}
				now := r
				now.Closures = slices.Clone(r.Closures)
				if at >= 0 {
					now.Closures = slices.Delete(now.Closures, at, at+1)
				}
				now.Closures = append(now.Closures, courses.RoomClosure{First: first, Last: last, Reason: form.Value("reason")})
				return d.saveRoom(r, now)
			}}, nil
	})
}

func (d desk) dropClosure(r courses.Room, at int) page.Way {
	c := r.Closures[at]
	return page.Way{Key: d.Del(words.CourseroomsDrop), Doing: words.CourseroomsSaving,
		Ask: page.Question{Ask: words.CourseroomsDropAsk, Yes: words.CourseroomsDropYes, Args: []any{"days", d.span(c.First, c.Last)}},
		Do: func() (page.Outcome, error) {
			now := r
			now.Closures = slices.Delete(slices.Clone(r.Closures), at, at+1)
			return d.saveRoom(r, now)
		}}
}
