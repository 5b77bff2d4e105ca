package start

import (
	"context"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/data/calendar"
)

// Hall is a room of the house or of the file. Two that are equal are the same room.
type Hall struct{ of *hall }

// Room is what is known of it; its ID and LocationID are empty until the writing of the sheet that adds it.
func (h Hall) Room() data.Room { return h.of.Room }

// Hall finds the room of a location that a cell names; ok is false for a cell that is empty or names none.
func (j *Job) Hall(ctx context.Context, r Row, at Place, field string) (found Hall, ok bool, err error) {
	h, err := j.open(ctx)
	if err != nil {
		return Hall{}, false, err
	}
	i := slices.IndexFunc(h.halls, func(o *hall) bool { return o.place == at.of && data.SortKey(o.Name) == data.SortKey(r.Text(field)) })
	if i < 0 {
		return Hall{}, false, nil
	}
	return Hall{h.halls[i]}, true, nil
}

// Colleague is who works in the house, or will once the file is written.
type Colleague struct{ of *member }

// ID is the person's, also before it is written.
func (c Colleague) ID() string { return c.of.ID }

// Colleague finds the person that a cell names, by payroll number, log-in name, or name. ok is false for an empty cell,
// and after telling a problem.
func (j *Job) Colleague(ctx context.Context, r Row, field string) (c Colleague, ok bool, err error) {
	h, err := j.open(ctx)
	text := r.Text(field)
	if err != nil || text == "" || text == Erase {
		return Colleague{}, false, err
	}
	switch found := h.whom(text); len(found) {
	case 0:
		j.Problem(r, field, WhyUnknown, "", text)
	case 1:
		return Colleague{found[0]}, true, nil
	default:
		wheres := make([]string, len(found))
		for i, m := range found {
			wheres[i] = m.where(j.Today)
		}
		j.Problem(r, field, WhySeveral, strings.Join(wheres, "; "), text)
	}
	return Colleague{}, false, nil
}

// Colleagues tells by what text Colleague finds a person, for Fill: empty for who is found by none.
func Colleagues(ctx context.Context, q data.Query) (called func(person string) string, err error) {
	h, err := readHouse(ctx, q)
	if err != nil {
		return nil, err
	}
	return func(person string) string {
		at := slices.IndexFunc(h.members, func(m *member) bool { return m.ID == person })
		if at < 0 {
			return ""
		}
		return h.called(h.members[at])
	}, nil
}

// ParseWeek reads hours of a week in one cell: "ma-vr 9u-12u; wo 13u-17u". Days with nothing behind them have the hours
// that come next: "ma; wo 9u-12u". It returns an *data.Invalid.
func ParseWeek(text string) (w calendar.Week, err error) {
	waiting := ""
	for part := range strings.SplitSeq(text, ";") {
		at := strings.IndexAny(part, "0123456789")
		if at < 0 {
			waiting += part + ";"
			continue
		}
		days, ok := parseDays(strings.TrimSuffix(data.SortKey(waiting+part[:at]), " van"))
		if !ok {
			return w, &data.Invalid{Field: "days", Why: WhyDays, Want: "ma, ma-vr, za; zo", Got: data.Clean(waiting+part[:at], 40)}
		}
		hours, err := calendar.ParseHours(part[at:])
		if err != nil {
			return w, err
		}
		for _, day := range days {
			w[day] = append(w[day], hours...)
		}
		waiting = ""
	}
	if strings.Trim(waiting, "; ") != "" {
		return w, &data.Invalid{Field: "hours", Why: calendar.WhyHours, Got: data.Clean(strings.Trim(waiting, "; "), 40)}
	}
	c, err := calendar.Calendar{Week: w}.Normal()
	return c.Week, err
}

// WeekText writes hours of a week as ParseWeek reads them back: "ma-vr 09:00-12:00", empty for a week without.
func WeekText(w calendar.Week) string { return weekText(w) }
