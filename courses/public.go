package courses

import (
	"context"
	"fmt"
	"slices"
	"time"

	"digibrug/courses/programme"
	"digibrug/data"
	"digibrug/data/calendar"
)

// Public gives what everybody may read of the series that are still to come, in a fixed number of queries: those that
// are published, and those that were and were cancelled. What is for staff alone is left out. Place and Contact are
// settings of the house, and empty here. Anybody may ask.
func (s *Store) Public(ctx context.Context) (p programme.Programme, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		p, err = public(ctx, q)
		return err
	})
	if err != nil {
		return programme.Programme{}, fmt.Errorf("read the public programme: %w", err)
	}
	return p, nil
}

// PublicCourse gives what everybody may read of a course of the catalogue, planned or not, and what it costs today. It
// returns data.ErrNotFound for a code that nobody knows, and for a course that is for staff alone. Anybody may ask.
func (s *Store) PublicCourse(ctx context.Context, code string) (c programme.Course, prices []programme.Price, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		w, err := readPublisher(ctx, q, q.Now())
		if err != nil {
			return err
		}
		for _, one := range w.courses {
			if one.Code == code && one.Audience.public() {
				c, prices = w.course(one), w.prices(one)
				return nil
			}
		}
		return data.ErrNotFound
	})
	if err != nil {
		return c, nil, fmt.Errorf("read course %s: %w", data.Clean(code, courseCode), err)
	}
	return c, prices, nil
}

func public(ctx context.Context, q data.Query) (p programme.Programme, err error) {
	p.At = q.Now()
	all, err := listed(ctx, q, SeriesFilter{States: []SeriesState{Published, Going, SeriesCancelled}, Since: data.DayOf(p.At)})
	if err != nil {
		return p, err
	}
	w, err := readPublisher(ctx, q, p.At)
	if err != nil {
		return p, err
	}
	for _, l := range all {
		if c, known := w.courses[l.CourseID]; known && c.Audience.public() && (l.State != SeriesCancelled || w.enrolled[l.ID]) {
			p.Series = append(p.Series, w.series(l, c))
		}
	}
	return p, nil
}

// public tells whether somebody from outside may come.
func (a Audience) public() bool {
	return len(a.Who) == 0 || slices.ContainsFunc(a.Who, func(c Category) bool { return c != Staff && c != NonAdmin })
}

// publisher has what a series is completed with.
type publisher struct {
	today      string
	courses    map[string]Course // by id
	titles     map[string]string // by code
	sessions   map[string][]Session
	organisers map[string]string // by location
	rules      []FeeRule
	enrolled   map[string]bool // series in which somebody ever enrolled: a draft that was cancelled is nobody's news
}

func readPublisher(ctx context.Context, q data.Query, now time.Time) (w publisher, err error) {
	w = publisher{data.DayOf(now), map[string]Course{}, map[string]string{}, map[string][]Session{}, map[string]string{}, nil, map[string]bool{}}
	if w.rules, err = feeRules(ctx, q); err != nil {
		return w, err
	}
	catalogue, err := data.List(ctx, q, scanCourse, `SELECT id, details, retired_on FROM courses ORDER BY id`)
	if err != nil {
		return w, err
	}
	for _, c := range catalogue {
		w.courses[c.ID], w.titles[c.Code] = c, c.Title
	}
	sessions, err := sessionsWhere(ctx, q, `x.series_id IN (SELECT id FROM course_series WHERE last_at >= $1)`, data.StartOf(data.StoredDay(w.today)).UnixMilli())
	if err != nil {
		return w, err
	}
	for _, one := range sessions {
		w.sessions[one.SeriesID] = append(w.sessions[one.SeriesID], one)
	}
	if _, err = data.List(ctx, q, func(scan func(...any) error) (id string, err error) {
		var name string
		err = scan(&id, &name)
		w.organisers[id] = name
		return id, err
	}, `SELECT l.id, o.name FROM locations l JOIN organisations o ON o.id = l.organisation_id ORDER BY l.id`); err != nil {
		return w, err
	}
	_, err = data.List(ctx, q, func(scan func(...any) error) (id string, err error) {
		err = scan(&id)
		w.enrolled[id] = true
		return id, err
	}, `SELECT DISTINCT series_id FROM enrolments ORDER BY series_id`)
	return w, err
}

func (w publisher) series(l Listed, c Course) programme.Series {
	s := programme.Series{Code: l.Code, Course: w.course(c), Room: l.Rooms, Location: l.Location, Address: l.Address, Organiser: w.organisers[l.LocationID], Prices: w.prices(c),
		Seats: l.Seats, SeatsFree: l.Free(), EnrolUntil: l.EnrolUntil, Cancelled: l.State == SeriesCancelled}
	if l.Full() {
		s.SeatsFree = 0 // who waits comes first
	}
	if stop := l.First.Add(-time.Duration(l.StopMinutes) * time.Minute); !l.First.IsZero() && l.StopMinutes > 0 && (s.EnrolUntil.IsZero() || stop.Before(s.EnrolUntil)) {
		s.EnrolUntil = stop
	}
	for _, one := range w.sessions[l.ID] {
		s.Lessons = append(s.Lessons, programme.Lesson{ID: one.ID, Number: one.Number, Sequence: one.Sequence, Start: calendar.Local{Day: one.Day, At: one.From},
			End: calendar.Local{Day: one.Day, At: one.To}, Note: one.Note, Cancelled: one.State == SessionCancelled})
	}
	return s
}

// course is what the catalogue tells the public.
func (w publisher) course(c Course) programme.Course {
	p := programme.Course{Code: c.Code, Title: c.Title, Blurb: c.Blurb, Goals: c.Goals, Level: c.Level, From: c.Audience.From, To: c.Audience.To,
		Lessons: c.Lessons, Minutes: c.Minutes, Outline: c.Outline, Least: c.Least, Most: c.Most}
	for _, who := range c.Audience.Who {
		p.Who = append(p.Who, string(who))
	}
	for _, code := range c.Before {
		if title := w.titles[code]; title != "" {
			p.Before = append(p.Before, title)
		}
	}
	for _, m := range c.Material {
		p.Material = append(p.Material, m.Title)
	}
	return p
}

// prices are what people pay today: who lives here, who doesn't, with a proof (kansentarief), and who works here where the
// course names them and they pay otherwise. One price where all pay the same; what is not known is left out.
func (w publisher) prices(c Course) (all []programme.Price) {
	fee := func(who Category, p Proof) Fee {
		return FeeOf(w.rules, FeeFacts{CourseID: c.ID, Category: who, On: w.today, Proof: p})
	}
	here, away := fee(Resident, Proof{}), fee(NonResident, Proof{})
	switch {
	case here.Known && away.Known && here.Cents == away.Cents:
		all = append(all, programme.Price{Cents: here.Cents})
	default:
		for _, one := range []Fee{here, away} {
			if one.Known {
				all = append(all, programme.Price{For: string(one.Category), Cents: one.Cents})
			}
		}
	}
	if low := fee(Resident, Proof{On: w.today, By: "?"}); low.Known && low.Rule.Reduced && (!here.Known || low.Cents < here.Cents) {
		all = append(all, programme.Price{Cents: low.Cents, Reduced: true})
	}
	for _, who := range []Category{Staff, NonAdmin} {
		if own := fee(who, Proof{}); slices.Contains(c.Audience.Who, who) && own.Known && (!here.Known || own.Cents != here.Cents) {
			all = append(all, programme.Price{For: string(who), Cents: own.Cents})
		}
	}
	return all
}
