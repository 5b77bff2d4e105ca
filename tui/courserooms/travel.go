package courserooms

import (
	"slices"
	"strconv"

	"digibrug/data/calendar"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// way is two locations, and the minutes between them; said is false where each trainer's own count.
type way struct {
	a, b    calendar.Location
	minutes int
	said    bool
}

func (w way) id() string { return w.a.ID + " " + w.b.ID }

// ways lists every pair of locations, by name.
func (d desk) ways() (all []way, err error) {
	places, err := d.Places.Locations(d.S.Ctx)
	if err != nil {
		return nil, err
	}
	times, err := d.Store.TravelTimes(d.S.Ctx, d.By())
	if err != nil {
		return nil, err
	}
	said := map[[2]string]int{}
	for _, t := range times {
		said[[2]string{t.A, t.B}] = t.Minutes
	}
	for i, a := range places {
		for _, b := range places[i+1:] {
			minutes, known := said[[2]string{min(a.ID, b.ID), max(a.ID, b.ID)}]
			all = append(all, way{a, b, minutes, known})
		}
	}
	return all, nil
}

// travel lists how long it takes from one location to another.
func (d desk) travel() shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]way]{
		Title:   func([]way) string { return d.S.T(words.CourseroomsTravelTitle) },
		Doing:   words.CourseroomsLoading,
		Load:    d.ways,
		Columns: []parts.Column{{Title: words.CourseroomsColLocation, Min: 14, Grow: 1}, {Title: words.CourseroomsColOther, Min: 14, Grow: 1}, {Title: words.CourseroomsColMinutes, Min: 16}},
		Rows: func(all []way) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, w := range all {
				text := d.S.T(words.CourseroomsOwnMinutes)
				if w.said {
					text = d.S.T(words.CourseroomsMinutes, "n", w.minutes)
				}
				rows[i] = parts.Row{ID: w.id(), Cells: []string{w.a.Name, w.b.Name, text}}
			}
			return rows
		},
		Top:  func(p page.Page, _ []way) []string { return p.Paragraphs(d.S.T(words.CourseroomsTravelLead)) },
		None: words.CourseroomsTravelNone, Opens: words.CourseroomsChange,
		Open: func(all []way, id string) tea.Cmd {
			at := slices.IndexFunc(all, func(w way) bool { return w.id() == id })
			return shell.Open(d.travelForm(all[at]))
		},
	})
}

// mostTravel is the longest way, in minutes.
const mostTravel = 240

func (d desk) travelForm(w way) shell.Screen {
	return page.NewTask(d.S, words.CourseroomsTravelTitle, words.CourseroomsSaving, func() (page.Brief, error) {
		field := number("travel", words.CourseroomsColMinutes, "", w.minutes, mostTravel)
		field.Need = true
		return page.Brief{Title: w.a.Name + " - " + w.b.Name, Lead: words.CourseroomsTravelAsk, Body: parts.NewForm(words.CourseroomsSave, field),
			Do: func(form parts.Form) (page.Outcome, error) {
				return page.Outcome{Said: words.CourseroomsTravelSaved, Args: []any{"from", w.a.Name, "to", w.b.Name, "minutes", strconv.Itoa(whole(form.Value("travel")))}},
					d.Store.SetTravel(d.S.Ctx, d.By(), w.a.ID, w.b.ID, whole(form.Value("travel")))
			}}, nil
	})
}
