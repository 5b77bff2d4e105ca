package activities

import (
	"errors"
	"strconv"
	"strings"

	"digibrug/courses/activity"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// create makes an activity with all its half-days in one form.
func (d desk) create() shell.Screen {
	return page.NewTask(d.S, words.ActivityNewTitle, words.ActivitySaving, func() (b page.Brief, err error) {
		locations, err := d.Places.Locations(d.ctx())
		if err != nil {
			return b, err
		}
		where := parts.Field{Name: "location", Label: words.ActivityColPlace, Kind: parts.Choice, Need: true}
		names := map[string]string{}
		for _, l := range locations {
			names[l.ID] = l.Name
			where.Options = append(where.Options, parts.Option{Value: l.ID, Label: l.Name})
		}
		room, err := d.rooms(func(r data.Room) (string, bool) { return names[r.LocationID] + ": " + r.Name, true }, "")
		if err != nil {
			return b, err
		}
		return page.Brief{Lead: words.ActivityNewLead, Do: d.created, Body: parts.NewForm(words.ActivityMake,
			parts.Field{Name: "title", Label: words.ActivityName, Hint: words.ActivityNameHint, Need: true, Max: 80},
			where, room,
			parts.Field{Name: "first", Label: words.ActivityFirst, Kind: parts.Day, Need: true},
			parts.Field{Name: "last", Label: words.ActivityLast, Kind: parts.Day, Need: true},
			parts.Field{Name: "morning", Label: words.ActivityMorning, Hint: words.ActivityMorningHint, Value: "9u-12u", Digits: true, Max: 40, Check: oneBlock("morning")},
			parts.Field{Name: "afternoon", Label: words.ActivityAfternoon, Hint: words.ActivityAfternoonHint, Value: "13u-16u30", Digits: true, Max: 40, Check: oneBlock("afternoon")},
			parts.Field{Name: "capacity", Label: words.ActivityCapacity, Kind: parts.Number, Need: true, Low: 1, High: 500},
			parts.Field{Name: "groups", Label: words.ActivityGroups, Hint: words.ActivityGroupsHint, Need: true, Max: 300, Value: "Kleuters 3-5, Lagere school 6-12", Check: areGroups},
			parts.Field{Name: "keep", Label: words.ActivityKeep, Hint: words.ActivityKeepHint, Kind: parts.Day})}, nil
	})
}

// rooms is a field to choose a room with, or none in particular; name says how a room is called, and whether it is shown.
func (d desk) rooms(name func(data.Room) (string, bool), chosen string) (parts.Field, error) {
	f := parts.Field{Name: "room", Label: words.ActivityRoom, Kind: parts.Choice, Value: chosen, Options: []parts.Option{{Label: d.S.T(words.ActivityNoRoom)}}}
	all, err := d.Rooms(d.ctx())
	for _, r := range all {
		if label, shown := name(r); shown {
			f.Options = append(f.Options, parts.Option{Value: r.ID, Label: label})
		}
	}
	return f, err
}

func oneBlock(field string) func(string) error {
	return func(text string) error {
		_, err := activity.ParseBlock(field, text)
		return err
	}
}

func areGroups(text string) error {
	_, err := activity.ParseGroups(text)
	return err
}

func (d desk) created(f parts.Form) (o page.Outcome, err error) {
	a := activity.Activity{Title: f.Value("title"), LocationID: f.Value("location"), RoomID: f.Value("room"), First: data.StoredDay(f.Value("first")), Last: data.StoredDay(f.Value("last")),
		KeepUntil: data.StoredDay(f.Value("keep"))}
	var plan activity.Plan
	if a.Groups, err = activity.ParseGroups(f.Value("groups")); err != nil {
		return o, err
	}
	if plan.Morning, err = activity.ParseBlock("morning", f.Value("morning")); err != nil {
		return o, err
	}
	if plan.Afternoon, err = activity.ParseBlock("afternoon", f.Value("afternoon")); err != nil {
		return o, err
	}
	plan.Capacity, _ = strconv.Atoi(f.Value("capacity")) // the store refuses 0
	put, closed, err := d.Store.Add(d.ctx(), d.By(), a, plan)
	if err != nil {
		return o, err
	}
	o = page.Outcome{Said: words.ActivityMade, Args: []any{"title", put.Title}, Next: d.activity(put.ID)}
	if len(closed) > 0 {
		days := make([]string, len(closed))
		for i, c := range closed {
			days[i] = words.WeekdayDay(d.S.Lang(), c.Day) + " (" + words.DayReason(d.S.Lang(), calendar.Day{On: c.Day, Why: c.Why}) + ")"
		}
		o.Said, o.Args, o.Warn = words.ActivityMadeClosed, []any{"title", put.Title, "days", strings.Join(days, ", ")}, true
	}
	return o, nil
}

// change gives an activity another title, room, age groups or last day of its data.
func (d desk) change(of planned) shell.Screen {
	return page.NewTask(d.S, words.ActivityChangeTitle, words.ActivitySaving, func() (b page.Brief, err error) {
		room, err := d.rooms(func(r data.Room) (string, bool) { return r.Name, r.LocationID == of.LocationID }, of.RoomID)
		if err != nil {
			return b, err
		}
		return page.Brief{Title: of.Title, Lead: words.ActivityChangeLead, Body: parts.NewForm(words.ActivitySave,
			parts.Field{Name: "title", Label: words.ActivityName, Hint: words.ActivityNameHint, Need: true, Max: 80, Value: of.Title}, room,
			parts.Field{Name: "groups", Label: words.ActivityGroups, Hint: words.ActivityGroupsHint, Need: true, Max: 300, Value: activity.GroupsText(of.Groups), Check: areGroups},
			parts.Field{Name: "keep", Label: words.ActivityKeep, Hint: words.ActivityKeepHint, Kind: parts.Day, Need: true, Value: data.DayText(of.KeepUntil)}),
			Do: func(f parts.Form) (o page.Outcome, err error) {
				a := of.Activity
				a.Title, a.RoomID, a.KeepUntil = f.Value("title"), f.Value("room"), data.StoredDay(f.Value("keep"))
				if a.Groups, err = activity.ParseGroups(f.Value("groups")); err != nil {
					return o, err
				}
				_, err = d.Store.Change(d.ctx(), d.By(), a)
				return page.Outcome{Said: words.ActivitySaved}, err
			}}, nil
	})
}

// halfFields are the hours and the places of a half-day.
func halfFields(hours string, capacity int) []parts.Field {
	return []parts.Field{{Name: "hours", Label: words.ActivityColHours, Hint: words.ActivityHoursHint, Need: true, Max: 40, Digits: true, Value: hours, Check: oneBlock("hours")},
		{Name: "capacity", Label: words.ActivityCapacity, Kind: parts.Number, Need: true, Low: 1, High: 500, Value: strconv.Itoa(capacity)}}
}

// asHours puts what is wrong with the hours of a part under the field of the hours.
func asHours(err error) error {
	var bad *data.Invalid
	if errors.As(err, &bad) && (bad.Field == string(activity.Morning) || bad.Field == string(activity.Afternoon)) {
		return &data.Invalid{Field: "hours", Why: bad.Why, Want: bad.Want, Got: bad.Got}
	}
	return err
}

// withFields reads hours and places into a half-day.
func withFields(h activity.HalfDay, f parts.Form) (activity.HalfDay, error) {
	b, err := activity.ParseBlock("hours", f.Value("hours"))
	h.From, h.To = b.From, b.To
	h.Capacity, _ = strconv.Atoi(f.Value("capacity")) // the store refuses 0
	return h, err
}

// changeHalf gives a half-day other hours or places: who waits moves up.
func (d desk) changeHalf(h activity.HalfDay) shell.Screen {
	return page.NewTask(d.S, words.ActivityChangeHalf, words.ActivitySaving, func() (page.Brief, error) {
		return page.Brief{Title: d.half(h), Lead: words.ActivityChangeHalfLead, Body: parts.NewForm(words.ActivitySave, halfFields(calendar.Block{From: h.From, To: h.To}.String(), h.Capacity)...),
			Do: func(f parts.Form) (o page.Outcome, err error) {
				next, err := withFields(h, f)
				if err != nil {
					return o, err
				}
				moved, err := d.Store.ChangeHalfDay(d.ctx(), d.By(), next)
				return d.told(words.ActivitySaved, moved), asHours(err)
			}}, nil
	})
}

// addHalf adds a half-day to an activity.
func (d desk) addHalf(of planned) shell.Screen {
	return page.NewTask(d.S, words.ActivityAddHalf, words.ActivitySaving, func() (page.Brief, error) {
		part := parts.Field{Name: "part", Label: words.ActivityPartOf, Kind: parts.Choice, Need: true}
		for _, p := range activity.Parts() {
			part.Options = append(part.Options, parts.Option{Value: string(p), Label: d.S.T(words.ActivityPart(string(p)))})
		}
		capacity := 20
		if len(of.halves) > 0 {
			capacity = of.halves[0].Capacity
		}
		fields := append([]parts.Field{{Name: "day", Label: words.ActivityDay, Kind: parts.Day, Need: true, Value: data.DayText(of.First)}, part}, halfFields("9u-12u", capacity)...)
		return page.Brief{Lead: words.ActivityAddHalfLead, Body: parts.NewForm(words.ActivityDoAddHalf, fields...),
			Do: func(f parts.Form) (o page.Outcome, err error) {
				h, err := withFields(activity.HalfDay{ActivityID: of.ID, Day: data.StoredDay(f.Value("day")), Part: activity.Part(f.Value("part"))}, f)
				if err != nil {
					return o, err
				}
				put, err := d.Store.AddHalfDay(d.ctx(), d.By(), h)
				return page.Outcome{Said: words.ActivityHalfAdded, Args: []any{"half", d.half(put)}}, asHours(err)
			}}, nil
	})
}

// cancelHalf says that a half-day doesn't take place, and why: the parents must be called.
func (d desk) cancelHalf(h activity.HalfDay) shell.Screen {
	return page.NewTask(d.S, words.ActivityCancelHalf, words.ActivitySaving, func() (page.Brief, error) {
		return page.Brief{Title: d.half(h), Lead: words.ActivityCancelHalfLead,
			Body: parts.NewForm(words.ActivityCancelHalf, parts.Field{Name: "why", Label: words.ActivityWhyCancelled, Need: true, Max: 120}),
			Ask: func(parts.Form) page.Question {
				return page.Question{Ask: words.ActivityCancelHalfAsk, Yes: words.ActivityCancelHalfYes, Args: []any{"half", d.half(h), "n", h.Booked + h.Waiting}}
			},
			Do: func(f parts.Form) (page.Outcome, error) {
				n, err := d.Store.CancelHalfDay(d.ctx(), d.By(), h.ID, f.Value("why"))
				return page.Outcome{Said: words.ActivityHalfCancelled, Args: []any{"half", d.half(h), "n", n}, Warn: n > 0, Next: d.day(h.ID)}, err
			}}, nil
	})
}

// told says what was done, and whose parents must be called since they moved up.
func (d desk) told(said words.Key, moved []activity.Place) page.Outcome {
	if len(moved) == 0 {
		return page.Outcome{Said: said}
	}
	calls := make([]string, len(moved))
	for i, p := range moved {
		calls[i] = d.S.T(words.ActivityCall, "child", p.Child.Name(), "guardian", p.Child.Guardian, "phone", p.Child.Phone)
	}
	return page.Outcome{Said: words.ActivityMoved, Args: []any{"said", d.S.T(said), "calls", strings.Join(calls, "; ")}, Warn: true}
}
