package pcroom

import (
	"slices"
	"strconv"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// daysAhead is how far the list of what comes looks.
const daysAhead = 14

// uses lists what comes in a room: lessons, activities, and PCs that were reserved.
func (d desk) uses(room courses.Room) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]courses.Use]{
		Title:   func([]courses.Use) string { return d.S.T(words.PcroomComingTitle) + ": " + room.Name },
		Doing:   words.PcroomLoading,
		Load:    func() ([]courses.Use, error) { return d.store.RoomUses(d.S.Ctx, d.By(), room.ID, daysAhead) },
		Columns: []parts.Column{{Title: words.PcroomColDay, Min: 14}, {Title: words.PcroomColHours, Min: 11}, {Title: words.PcroomColPlaces, Min: 6, Right: true}, {Title: words.PcroomColWho, Min: 16, Grow: 1}},
		Rows: func(all []courses.Use) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, u := range all {
				rows[i] = parts.Row{ID: u.Holder, Cells: []string{words.WeekdayDay(d.S.Lang(), u.From), d.clock(u.From) + "-" + d.clock(u.To), d.places(room, u), d.who(u)}}
			}
			return rows
		},
		None: words.PcroomNothing,
		Ways: func(all []courses.Use, row string) []page.Way {
			ways := []page.Way{{Key: d.Letter("n", words.PcroomReserve), Open: func() shell.Screen { return d.reserve(room) }}}
			at := slices.IndexFunc(all, func(u courses.Use) bool { return u.Holder == row })
			if at < 0 || all[at].Kind != courses.HeldByVisit {
				return ways
			}
			return append(ways, page.Way{Key: d.Del(words.PcroomRelease), Doing: words.PcroomReleasing,
				Ask: page.Question{Ask: words.PcroomReleaseAsk, Yes: words.PcroomReleaseYes, Args: []any{"day", words.WeekdayDay(d.S.Lang(), all[at].From), "at", d.clock(all[at].From)}},
				Do: func() (page.Outcome, error) {
					return page.Outcome{Said: words.PcroomReleasedAll}, d.store.Release(d.S.Ctx, d.By(), row)
				}})
		},
	})
}

// places is how many PCs something takes.
func (d desk) places(room courses.Room, u courses.Use) string {
	if u.Alone {
		return d.S.T(words.PcroomWhole)
	}
	return strconv.Itoa(min(u.Places, room.PCs))
}

// who names what comes, and of a visitor the PC.
func (d desk) who(u courses.Use) string {
	if u.PC > 0 {
		return d.S.T(words.PcroomVisitorAt, "pc", u.PC)
	}
	return d.called(u)
}

// reserve keeps PCs for visitors who come later.
func (d desk) reserve(room courses.Room) shell.Screen {
	return page.NewTask(d.S, words.PcroomReserveTitle, words.PcroomReserving, func() (page.Brief, error) {
		return page.Brief{Title: d.S.T(words.PcroomReserveTitle) + ": " + room.Name, Lead: words.PcroomReserveLead,
			Body: parts.NewForm(words.PcroomReserveDo,
				parts.Field{Name: "day", Label: words.PcroomColDay, Kind: parts.Day, Need: true, Value: data.DayOf(d.S.Now())},
				parts.Field{Name: "time", Label: words.PcroomColHours, Hint: words.PcroomHoursHint, Need: true, Digits: true, Max: 40,
					Check: func(text string) error { _, err := readBlock(text); return err }},
				parts.Field{Name: "places", Label: words.PcroomPlaces, Kind: parts.Number, Need: true, Low: 1, High: float64(room.PCs), Value: "1"}),
			Do: func(form parts.Form) (page.Outcome, error) {
				block, err := readBlock(form.Value("time"))
				if err != nil {
					return page.Outcome{}, err
				}
				n, _ := strconv.Atoi(form.Value("places")) // the store says what is wrong with what is no number
				v, err := d.store.Reserve(d.S.Ctx, d.By(), room.ID, courses.Slot{Day: data.StoredDay(form.Value("day")), From: block.From, To: block.To}, n)
				return page.Outcome{Said: words.PcroomReservedDone, Args: []any{"n", v.Places, "day", words.WeekdayDay(d.S.Lang(), v.From), "at", d.clock(v.From)}}, err
			}}, nil
	})
}

// readBlock reads hours without a pause: "14u-16u".
func readBlock(text string) (calendar.Block, error) {
	all, err := calendar.ParseHours(text)
	switch {
	case err != nil:
		return calendar.Block{}, err
	case len(all) != 1:
		return calendar.Block{}, &data.Invalid{Field: "time", Why: calendar.WhyHours, Got: data.Clean(text, 40)}
	}
	return all[0], nil
}
