package coursedesk

import (
	"errors"
	"strings"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// readTimes reads the times of a lesson as people type them: "14u-16u", or the beginning alone, which is then as long as
// minutes says. It returns an *data.Invalid about the field "time".
func readTimes(text string, minutes int) (from, to calendar.Minute, err error) {
	if at, err := calendar.ParseMinute(text); err == nil && minutes > 0 {
		return at, at + calendar.Minute(minutes), nil
	}
	hours, err := calendar.ParseHours(text)
	if err == nil && len(hours) == 1 {
		return hours[0].From, hours[0].To, nil
	}
	var bad *data.Invalid
	if errors.As(err, &bad) {
		return 0, 0, &data.Invalid{Field: "time", Why: bad.Why, Want: bad.Want, Got: bad.Got}
	}
	return 0, 0, &data.Invalid{Field: "time", Why: calendar.WhyHours, Got: data.Clean(strings.TrimSpace(text), 40)}
}

// slot is a lesson on a day at times as people type them.
func slot(day, text string, minutes int) (courses.Slot, error) {
	from, to, err := readTimes(text, minutes)
	if err != nil {
		return courses.Slot{}, err
	}
	return courses.NewSlot(data.StoredDay(day), from, to)
}

// timesField asks for the times of a lesson.
func timesField(value string, minutes int) parts.Field {
	return parts.Field{Name: "time", Label: words.CoursedeskColHours, Hint: words.CoursedeskTimesHint, Need: true, Digits: true, Max: 40, Value: value,
		Check: func(text string) error {
			_, err := slot(data.DayText(time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)), text, minutes) // any day without a change of the clock
			return err
		}}
}

// roomField lets choose a room, among all: "Bibliotheek: Computerruimte".
func (d desk) roomField(rooms []courses.Room, value string) parts.Field {
	f := parts.Field{Name: "room", Label: words.CoursedeskColRoom, Kind: parts.Choice, Need: true, Value: value}
	for _, r := range rooms {
		f.Options = append(f.Options, parts.Option{Value: r.ID, Label: d.S.T(words.CoursedeskRoomOption, "location", r.Location, "room", r.Name, "n", r.ForLessons())})
	}
	return f
}

// trainersField lets tick who gives a lesson; value are ids with a line feed between.
func (d desk) trainersField(all []courses.Trainer, value string) parts.Field {
	f := parts.Field{Name: "trainers", Label: words.CoursedeskTrainers, Hint: words.CoursedeskTrainersHint, Kind: parts.Many, Value: value}
	for _, t := range all {
		f.Options = append(f.Options, parts.Option{Value: t.ID, Label: t.Name})
	}
	return f
}

// moveForm gives a lesson another day, other times, another room or other trainers.
func (d desk) moveForm(s series, x courses.Session) shell.Screen {
	return page.NewTask(d.S, words.CoursedeskMoveTitle, words.CoursedeskSaving, func() (page.Brief, error) {
		rooms, err := d.Store.Rooms(d.ctx(), d.By())
		if err != nil {
			return page.Brief{}, err
		}
		trainers, err := d.Store.Trainers(d.ctx(), d.By())
		if err != nil {
			return page.Brief{}, err
		}
		body := parts.NewForm(words.CoursedeskMoveDo,
			parts.Field{Name: "day", Label: words.CoursedeskColDay, Kind: parts.Day, Need: true, Value: data.DayText(x.Day)},
			timesField(d.hours(x.Slot), x.Minutes()), d.roomField(rooms, x.RoomID), d.trainersField(trainers, strings.Join(x.Trainers, "\n")))
		return page.Brief{Title: d.S.T(words.CoursedeskMoveOf, "number", x.Number, "code", s.Code), Lead: words.CoursedeskMoveLead, Body: body,
			Do: func(form parts.Form) (page.Outcome, error) { return d.move(s, x, form) }}, nil
	})
}

func (d desk) move(s series, x courses.Session, form parts.Form) (page.Outcome, error) {
	to, err := slot(form.Value("day"), form.Value("time"), x.Minutes())
	if err != nil {
		return page.Outcome{}, err
	}
	moved := page.Outcome{Said: words.CoursedeskMoved, Args: []any{"number", x.Number, "day", words.WeekdayDay(d.S.Lang(), to.Day), "time", d.hours(to)}}
	return d.telling(s.ID, false, moved, func() error {
		_, err := d.Store.ChangeSession(d.ctx(), d.By(), x, to, form.Value("room"), form.Values("trainers"))
		return err
	})
}
