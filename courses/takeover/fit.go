package takeover

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/start"
)

// plan says what a new series comes to, and tells the lessons that can't be.
func (b *book) plan(j *start.Job, s *series) {
	if s.broken {
		return
	}
	now := j.Q.Now()
	s.number()
	c := s.of
	s.Seats, s.Least = s.seats, s.least
	if s.Seats == 0 {
		s.Seats = c.Most
	}
	if s.Least == 0 {
		s.Least = min(c.Least, s.Seats)
	}
	s.Promotion, s.OfferDays, s.Auto, s.Approval = c.Promotion, c.OfferDays, true, true
	s.DecideOn = data.DayText(data.StoredDay(data.DayOf(s.First)).AddDate(0, 0, -c.DecideDays))
	if err := s.Checked(); err != nil {
		field := colSeats
		var bad *data.Invalid
		if errors.As(err, &bad) && bad.Field == "least" {
			field = colLeast
		}
		j.Wrong(s.first, field, err)
		return
	}
	if !s.stand(j, now) {
		return
	}
	for i := range s.sessions {
		b.fit(j, s, i, now)
	}
	days := make([]string, len(s.sessions))
	for i, x := range s.sessions {
		days[i] = x.Day.Format("2/1/2006")
	}
	said := map[int]bool{}
	for _, r := range s.rows {
		if said[r.Number] {
			continue
		}
		said[r.Number] = true
		var deltas []start.Delta
		if r.Number == s.first.Number {
			deltas = start.Changes(colCourse, "", s.Course, colDays, "", strings.Join(days, "; "), start.ColLocation, "", s.Location, colRoom, "", b.doctor.Rooms[s.sessions[0].RoomID].Name,
				colTrainer, "", b.trainerNames(s), colSeats, "", fmt.Sprint(s.Seats), colState, "", called(stands(), shownState(s.State)))
		}
		j.Change(r, start.Added, s.Code, deltas...)
	}
}

// shownState is the state that a cell can say: one that goes on is open.
func shownState(s courses.SeriesState) courses.SeriesState {
	if s == courses.Going {
		return courses.Published
	}
	return s
}

func (b *book) trainerNames(s *series) string {
	var all []string
	for _, x := range s.sessions {
		for _, id := range x.Trainers {
			if name := b.doctor.Trainers[id].Name; !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	return strings.Join(all, ", ")
}

// number puts the lessons in order of time and numbers them from 1.
func (s *series) number() {
	order := make([]int, len(s.sessions))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return s.sessions[a].Instants().From.Compare(s.sessions[b].Instants().From) })
	was := *s
	s.sessions, s.halls, s.rows = nil, nil, nil
	for n, i := range order {
		one := was.sessions[i]
		one.Number = n + 1
		s.sessions, s.halls, s.rows = append(s.sessions, one), append(s.halls, was.halls[i]), append(s.rows, was.rows[i])
	}
}

// stand settles the state of a series: what is over is done, what goes on goes on, and what is to come is a draft unless
// the file says that people can enrol.
func (s *series) stand(j *start.Job, now time.Time) bool {
	over, begun := !s.Last.After(now), !s.First.After(now)
	switch {
	case over:
		s.State = courses.Closed
	case begun:
		s.State = courses.Going
	default:
		s.State = courses.Draft
	}
	if s.state == nil {
		return true
	}
	said := *s.state
	if over != (said == courses.Closed) || begun && said == courses.Draft {
		j.Problem(s.first, colState, WhyStand, "", called(stands(), said))
		return false
	}
	if !begun {
		s.State = said
	}
	return true
}

// fit looks whether the room and the trainers of a lesson are free, and has them from now on. Of a lesson that is over
// only counts who was there: hours and leave of today say nothing of then.
func (b *book) fit(j *start.Job, s *series, at int, now time.Time) {
	x, r := s.sessions[at], s.rows[at]
	span := x.Instants()
	past := !span.To.After(now)
	d := b.doctor
	d.Location, d.Seats = s.place.ID(), s.Seats
	if past {
		d.Travel = nil
	}
	when := x.Day.Format("2/1/2006") + " " + x.From.String()
	for _, f := range d.Examine([]courses.Session{x}) {
		why, field := faultWhy(f.Fault)
		if why == "" || past && (why == WhyRoomShut || why == WhyTrainerAway) {
			continue
		}
		want := when
		if f.With != "" {
			want += " (" + f.With + ")"
		}
		j.Problem(r, field, why, want, f.Note)
	}
	b.doctor.Busy = append(b.doctor.Busy, courses.Busy{Of: x.RoomID, Span: span, Location: d.Location, Places: s.Seats, With: s.Code})
	for _, id := range x.Trainers {
		b.doctor.Busy = append(b.doctor.Busy, courses.Busy{Of: id, Span: span, Location: d.Location, With: s.Code})
	}
}

// faultWhy is what a fault is to who fills in a sheet, and its column; "" for what is told elsewhere or can be.
func faultWhy(f courses.Fault) (why data.Why, field string) {
	switch f {
	case courses.FaultRoomTaken, courses.FaultRoomFull:
		return WhyRoomTaken, colRoom
	case courses.FaultRoomClosed, courses.FaultRoomHours:
		return WhyRoomShut, colRoom
	case courses.FaultTrainerTaken:
		return WhyTrainerTaken, colTrainer
	case courses.FaultTrainerLeave, courses.FaultTrainerHours, courses.FaultTrainerEnded, courses.FaultTrainerTravel:
		return WhyTrainerAway, colTrainer
	}
	return "", ""
}

// Fill gives nothing: series are here, and aren't taken over again.
func (lessons) Fill(context.Context, data.Query) ([][]string, error) { return nil, nil }
