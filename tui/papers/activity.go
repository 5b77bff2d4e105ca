package papers

import (
	"context"
	"strings"
	"time"

	"digibrug/courses/activity"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/words"
)

// Activities are the lists of the activities for children. Each says that it is no fiscal attest.
type Activities struct {
	Store activities
	Now   clock
}

// activities is what the lists need of the register; *activity.Store has it.
type activities interface {
	DayLists(ctx context.Context, by data.Actor, first, last time.Time) ([]activity.DayList, error)
	Counts(ctx context.Context, by data.Actor, first, last time.Time) ([]activity.DayList, error)
}

// Papers are all lists, the one for the door first.
func (a Activities) Papers() []Paper {
	door := []data.Role{data.RoleCoordinator, data.RoleClerk, data.RoleTrainer, data.RoleICT}
	asks := []Question{AsksFrom, AsksUntil}
	return []Paper{
		{Name: "activity-days", Title: words.ActivityPaperDays, Roles: door, Asks: asks, fill: a.days},
		{Name: "activity-waiting", Title: words.ActivityPaperWaits, Roles: []data.Role{data.RoleCoordinator, data.RoleClerk, data.RoleICT}, Asks: asks, fill: a.waiting},
		{Name: "activity-counts", Title: words.ActivityPaperCounts, Roles: append(door, data.RoleDirector), Asks: asks, fill: a.counts},
	}
}

// Days that a list holds where nothing was asked, and at most.
const (
	activityAhead = 13
	activityMost  = 366
)

// span reads the days that were asked: from today on for two weeks, unless said.
func (a Activities) span(ask Ask) (first, last time.Time, err error) {
	for _, one := range []struct {
		field, day string
	}{{"from", ask.From}, {"until", ask.Until}} {
		if err := data.OptionalDay(one.field, one.day); err != nil {
			return first, last, err
		}
	}
	if first = data.StoredDay(ask.From); first.IsZero() {
		first = data.StoredDay(data.DayOf(a.Now()))
	}
	if last = data.StoredDay(ask.Until); last.IsZero() {
		last = first.AddDate(0, 0, activityAhead)
	}
	switch {
	case last.Before(first):
		return first, last, &data.Invalid{Field: "until", Why: data.WhyEarly, Want: data.DayText(first), Got: data.DayText(last)}
	case last.After(first.AddDate(0, 0, activityMost)):
		return first, last, &data.Invalid{Field: "until", Why: data.WhyTooLong, Want: data.DayText(first.AddDate(0, 0, activityMost)), Got: data.DayText(last)}
	}
	return first, last, nil
}

// halfCell is a half-day as people read it, and as programs do: "2026-12-21 morning".
func halfCell(h activity.HalfDay) Cell {
	return Coded(words.WeekdayDay(lang, h.Day)+" "+nl.T(words.ActivityPart(string(h.Part))), data.DayText(h.Day)+" "+string(h.Part))
}

// childColumns are what the door must know of a child.
func childColumns() []Column {
	return []Column{column("child", words.ActivityColChild, KindText), column("group", words.ActivityColGroup, KindText), column("guardian", words.ActivityGuardian, KindText),
		column("phone", words.ActivityPhone, KindText), column("second", words.ActivitySecond, KindText), column("fetch", words.ActivityColFetch, KindList), column("note", words.ActivityNote, KindText),
		column("arrived", words.ActivityPaperIn, KindText), column("left", words.ActivityPaperOut, KindText)}
}

// childCells is one child on the list of the door.
func childCells(p activity.Place) []Cell {
	c := p.Child
	if c.ID == "" {
		return append([]Cell{Text(nl.T(words.ActivityGone)), Text(p.Group)}, make([]Cell, len(childColumns())-2)...)
	}
	first := Coded(nl.T(words.ActivityParent), "guardian")
	if c.Alone {
		first = Coded(nl.T(words.ActivityMayGo), "alone")
	}
	who := append([]string{}, c.MayFetch()...)
	fetch := List(append(first.texts, who...), append(first.codes, who...))
	in, out := Cell{}, Cell{}
	switch {
	case p.Mark == activity.Absent:
		in = Text(nl.T(words.ActivitySeenAbsent))
	case p.Arrived > 0:
		in = Text(p.Arrived.String())
	}
	if p.Mark == activity.Gone {
		out = Text(strings.TrimSpace(p.Left.String() + " " + leftWith(p)))
	}
	return []Cell{Text(c.Name()), Text(p.Group), Text(c.Guardian), Text(c.Phone), textIf(c.Second), fetch, textIf(c.Note), in, out}
}

// leftWith says with whom a child left, and who allowed it where nobody had said so before.
func leftWith(p activity.Place) string {
	switch {
	case p.LeftHow == activity.Alone:
		return nl.T(words.ActivityAlone)
	case p.LeftWhy != "":
		return p.LeftBy + " (" + p.LeftWhy + ")"
	}
	return p.LeftBy
}

// ActivityDay is the list of one half-day, for the door.
func ActivityDay(d activity.DayList) Sheet {
	h := d.HalfDay
	s := Sheet{Name: "daglijst-" + data.DayText(h.Day) + "-" + string(h.Part), Columns: childColumns(),
		Title: nl.T(words.ActivityPaperDay, "title", d.Activity.Title, "half", words.WeekdayDay(lang, h.Day)+" "+nl.T(words.ActivityPart(string(h.Part))),
			"hours", words.Hours(lang, calendar.Hours{{From: h.From, To: h.To}}))}
	for _, p := range d.Booked {
		s.Rows = append(s.Rows, childCells(p))
	}
	if h.Cancelled != "" {
		s.Notes = append(s.Notes, nl.T(words.ActivityCancelledWhy, "why", h.Cancelled))
	}
	s.Notes = append(s.Notes, nl.T(words.ActivityPaperKeep, "day", words.ShortDay(lang, d.Activity.KeepUntil)), nl.T(words.ActivityNoAttest))
	return s
}

// days are the lists of all half-days of a span, one under the other.
func (a Activities) days(ctx context.Context, by data.Actor, ask Ask) (Sheet, error) {
	first, last, err := a.span(ask)
	if err != nil {
		return Sheet{}, err
	}
	all, err := a.Store.DayLists(ctx, by, first, last)
	s := Sheet{Columns: append([]Column{column("half_day", words.ActivityColHalf, KindText), column("activity", words.ActivityColActivity, KindText)}, childColumns()...),
		Notes: []string{nl.T(words.ActivityPaperThrow), nl.T(words.ActivityNoAttest)}}
	for _, d := range all {
		for _, p := range d.Booked {
			s.Rows = append(s.Rows, append([]Cell{halfCell(d.HalfDay), Text(d.Activity.Title)}, childCells(p)...))
		}
	}
	return s, err
}

// waiting is who waits, in turn, and whose parents must still be called.
func (a Activities) waiting(ctx context.Context, by data.Actor, ask Ask) (Sheet, error) {
	first, last, err := a.span(ask)
	if err != nil {
		return Sheet{}, err
	}
	all, err := a.Store.DayLists(ctx, by, first, last)
	s := Sheet{Columns: []Column{column("half_day", words.ActivityColHalf, KindText), column("activity", words.ActivityColActivity, KindText), column("turn", words.ActivityColTurn, KindNumber),
		column("child", words.ActivityColChild, KindText), column("guardian", words.ActivityGuardian, KindText), column("phone", words.ActivityPhone, KindText), column("news", words.ActivityColNews, KindText)},
		Notes: []string{nl.T(words.ActivityPaperThrow), nl.T(words.ActivityNoAttest)}}
	s.Columns[2].Ordinal = true
	row := func(d activity.DayList, p activity.Place, turn Cell, news Cell) {
		s.Rows = append(s.Rows, []Cell{halfCell(d.HalfDay), Text(d.Activity.Title), turn, Text(p.Child.Name()), Text(p.Child.Guardian), Text(p.Child.Phone), news})
	}
	for _, d := range all {
		for _, p := range d.Untold() {
			news := Coded(nl.T(words.ActivityNewsPlace), "place")
			if p.State == activity.Cancelled {
				news = Coded(nl.T(words.ActivityNewsOff), "cancelled")
			}
			row(d, p, Cell{}, news)
		}
		for _, p := range d.Waiting {
			row(d, p, Count(p.Turn), Coded(nl.T(words.ActivityState(string(activity.Waiting))), "waiting"))
		}
	}
	return s, err
}

// counts are the half-days with their places, without a name.
func (a Activities) counts(ctx context.Context, by data.Actor, ask Ask) (Sheet, error) {
	first, last, err := a.span(ask)
	if err != nil {
		return Sheet{}, err
	}
	all, err := a.Store.Counts(ctx, by, first, last)
	s := Sheet{Columns: []Column{column("half_day", words.ActivityColHalf, KindText), column("activity", words.ActivityColActivity, KindText), column("location", words.ActivityColPlace, KindText),
		column("places", words.ActivityPaperPlaces, KindNumber), column("booked", words.ActivityColIn, KindNumber), column("waiting", words.ActivityColWaits, KindNumber), column("cancelled", words.ActivityPaperOff, KindText)},
		Notes: []string{nl.T(words.ActivityNoAttest)}}
	for _, d := range all {
		h := d.HalfDay
		s.Rows = append(s.Rows, []Cell{halfCell(h), Text(d.Activity.Title), Text(d.Activity.Location), Count(h.Capacity), Count(h.Booked), Count(h.Waiting), textIf(h.Cancelled)})
	}
	return s, err
}
