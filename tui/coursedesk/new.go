package coursedesk

import (
	"fmt"
	"slices"
	"strconv"
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

// typed is what was filled in for a new series, by the name of the field, so that the form can open again as it was left.
type typed map[string]string

// newFields are the names of what is filled in.
func newFields() []string {
	return []string{"course", "room", "trainers", "day", "time", "sessions", "every", "closed", "school", "seats", "note"}
}

// choices are what a new series is made of.
type choices struct {
	courses  []courses.Course // in use
	rooms    []courses.Room
	trainers []courses.Trainer // who still gives lessons
}

func (d desk) choices() (c choices, err error) {
	today := data.DayOf(d.S.Now())
	all, err := d.Store.Courses(d.ctx())
	if err != nil {
		return c, err
	}
	c.courses = slices.DeleteFunc(all, func(one courses.Course) bool { return one.RetiredOn != "" && one.RetiredOn <= today })
	if c.rooms, err = d.Store.Rooms(d.ctx(), d.By()); err != nil {
		return c, err
	}
	trainers, err := d.Store.Trainers(d.ctx(), d.By())
	c.trainers = slices.DeleteFunc(trainers, func(t courses.Trainer) bool { return t.EndedOn != "" && t.EndedOn < today })
	return c, err
}

// newForm asks for a new series in one form; nothing is saved before the preview was seen.
func (d desk) newForm(was typed) shell.Screen {
	return page.NewTask(d.S, words.CoursedeskNewTitle, words.CoursedeskPlanning, func() (page.Brief, error) {
		c, err := d.choices()
		if err != nil {
			return page.Brief{}, err
		}
		lead := words.CoursedeskNewLead
		switch {
		case len(c.courses) == 0:
			lead = words.CoursedeskNoCourses
		case len(c.rooms) == 0:
			lead = words.CoursedeskNoRooms
		}
		return page.Brief{Lead: lead, Body: d.newBody(c, was),
			Do: func(form parts.Form) (page.Outcome, error) {
				filled := typed{}
				for _, name := range newFields() {
					filled[name] = form.Value(name)
				}
				p, err := d.plan(c, filled)
				if err != nil {
					return page.Outcome{}, err
				}
				return page.Outcome{Next: d.preview(p)}, nil
			}}, nil
	})
}

// newBody is the form, with what was filled in before.
func (d desk) newBody(c choices, was typed) parts.Form {
	course := parts.Field{Name: "course", Label: words.CoursedeskColCourse, Kind: parts.Choice, Need: true, Value: was["course"]}
	for _, one := range c.courses {
		course.Options = append(course.Options, parts.Option{Value: one.ID, Label: d.S.T(words.CoursedeskCourseOption, "title", one.Title, "n", one.Lessons, "minutes", one.Minutes)})
	}
	optional := func(f parts.Field) parts.Field {
		f.Value = was[f.Name]
		return f
	}
	times := timesField(was["time"], courses.Quarter)
	times.Hint = words.CoursedeskTimesNewHint
	return parts.NewForm(words.CoursedeskToPreview, course, d.roomField(c.rooms, was["room"]), d.trainersField(c.trainers, was["trainers"]),
		parts.Field{Name: "day", Label: words.CoursedeskFirstDay, Kind: parts.Day, Need: true, Value: was["day"]},
		times,
		optional(number("sessions", words.CoursedeskLessons, words.CoursedeskLessonsHint, -1, 1, 60)),
		optional(number("every", words.CoursedeskEvery, words.CoursedeskEveryHint, -1, 1, 8)), // empty: a 2 typed after a 1 that stands there makes 12
		d.yesNo("closed", words.CoursedeskSkipClosed, "", was["closed"] != no, words.CoursedeskYes, words.CoursedeskNo),
		d.yesNo("school", words.CoursedeskSkipSchool, "", was["school"] != no, words.CoursedeskYes, words.CoursedeskNo),
		optional(number("seats", words.CoursedeskColSeats, words.CoursedeskSeatsNewHint, -1, 1, 500)),
		parts.Field{Name: "note", Label: words.CoursedeskNote, Hint: words.CoursedeskNoteHint, Max: 300, Value: was["note"]})
}

// plan is a new series before it is saved.
type plan struct {
	typed    typed
	course   courses.Course
	room     courses.Room
	seats    int
	lessons  []courses.Session
	trainers []courses.Trainer // none: nobody yet
	open     calendar.Calendar
	every    int // weeks between two lessons
	skipped  []skip
}

// skip is a day that the series leaves out, and why.
type skip struct {
	day time.Time
	why string // "herfstvakantie"
}

func pick[T any](all []T, is func(T) bool) (one T, ok bool) {
	at := slices.IndexFunc(all, is)
	if at < 0 {
		return one, false
	}
	return all[at], true
}

// plan works out the lessons of what was filled in.
func (d desk) plan(c choices, filled typed) (p plan, err error) {
	p.typed = filled
	var known bool
	if p.course, known = pick(c.courses, func(one courses.Course) bool { return one.ID == filled["course"] }); !known {
		return p, &data.Invalid{Field: "course", Why: data.WhyEmpty}
	}
	if p.room, known = pick(c.rooms, func(r courses.Room) bool { return r.ID == filled["room"] }); !known {
		return p, &data.Invalid{Field: "room", Why: data.WhyEmpty}
	}
	for _, id := range strings.Split(filled["trainers"], "\n") {
		if t, is := pick(c.trainers, func(t courses.Trainer) bool { return t.ID == id }); is {
			p.trainers = append(p.trainers, t)
		}
	}
	first, err := slot(filled["day"], filled["time"], p.course.Minutes)
	if err != nil {
		return p, err
	}
	if !first.Instants().From.After(d.S.Now()) {
		return p, &data.Invalid{Field: "day", Why: courses.WhyPast}
	}
	if p.open, err = d.Places.Calendar(d.ctx(), p.room.LocationID); err != nil {
		return p, fmt.Errorf("plan series: %w", err)
	}
	n := p.course.Lessons
	if filled["sessions"] != "" {
		n = whole(filled["sessions"])
	}
	if p.seats = p.course.Most; filled["seats"] != "" {
		p.seats = whole(filled["seats"])
	}
	p.every = max(1, whole(filled["every"]))
	slots, err := p.weekly(first, n)
	if err != nil {
		return p, err
	}
	for i, s := range slots {
		x := courses.Session{Number: i + 1, Slot: s, RoomID: p.room.ID, Room: p.room.Name, State: courses.Planned}
		if i < len(p.course.Outline) {
			x.Note = p.course.Outline[i]
		}
		for _, t := range p.trainers {
			x.Trainers = append(x.Trainers, t.ID)
		}
		p.lessons = append(p.lessons, x)
	}
	p.skipped = d.skippedDays(p)
	return p, nil
}

// weekly expands lessons from a slot on, without the days that are left out.
func (p plan) weekly(first courses.Slot, n int) ([]courses.Slot, error) {
	return courses.Weekly(first, n, p.every, p.leftOut)
}

// leftOut tells whether the series leaves a day out. A day of the week on which the place never opens is somebody's plan.
func (p plan) leftOut(day time.Time) bool {
	if p.typed["school"] != no && p.open.InSchoolHoliday(day) {
		return true
	}
	_, why := p.open.OpenOn(day)
	return p.typed["closed"] != no && !p.open.IsOpen(day) && why.By != calendar.ByWeek
}

// skippedDays lists what lies between two lessons and is left out.
func (d desk) skippedDays(p plan) (all []skip) {
	for i := 1; i < len(p.lessons); i++ {
		for day := p.lessons[i-1].Day.AddDate(0, 0, 7*p.every); day.Before(p.lessons[i].Day); day = day.AddDate(0, 0, 7*p.every) {
			if p.leftOut(day) {
				all = append(all, skip{day, d.whyLeftOut(p.open, day)})
			}
		}
	}
	return all
}

func (d desk) whyLeftOut(open calendar.Calendar, day time.Time) string {
	if _, why := open.OpenOn(day); !open.IsOpen(day) && why.By != calendar.ByWeek {
		if why := words.DayReason(d.S.Lang(), open.Days(day, day)[0]); why != "" {
			return why
		}
	}
	h, _ := calendar.SchoolHolidayOn(day, open.School)
	return d.S.T(words.CalendarDay(h.Code))
}

// ask is the plan as the store takes it.
func (p plan) ask() courses.SeriesAsk {
	return courses.SeriesAsk{Course: p.course.ID, Location: p.room.LocationID, Seats: p.seats, Least: min(p.course.Least, p.seats), Note: p.typed["note"], Sessions: p.lessons}
}

// series shows the plan as if it were a series.
func (p plan) series(found []courses.Finding) series {
	names := map[string]string{}
	for _, t := range p.trainers {
		names[t.ID] = t.Name
	}
	return series{sessions: p.lessons, found: found, trainers: names}
}

// numbered is the number of a lesson that a row of a preview stands for.
func numbered(row string) int {
	n, _ := strconv.Atoi(row) // no row: 0, which no lesson has
	return n
}
