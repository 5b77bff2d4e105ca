package town

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/courses"
	"digibrug/data"
	dates "digibrug/data/calendar"
)

// learnerNames are people who take courses: invented, and none of them works here.
const learnerNames = `Maria Coene, Gaston Devos, Rik Bauwens, Amira Saidi, Leona Tack, Frans Ghijs, Denise Maes, Albert Roose, Jeanine Stuyck, Mohamed Amrani,
	Simonne Wils, Hubert Cleys, Nora Zaman, Roger Baes, Godelieve Pauwels, Ilona Novak`

// teaching is what the courses of the demo are made with.
type teaching struct {
	*builder
	by       data.Actor // who coordinates
	location string
	rooms    map[string]courses.Room
	courses  map[string]courses.Course // by code
	trainers []courses.Trainer
	people   []courses.Participant
	runs     courses.Series // on the real day
}

// teachWeek gives the town a catalogue with prices and trainers, and in the week before a day a course of a lesson a day,
// which was evaluated afterwards, and one to come that runs on the real day.
func (b *builder) teachWeek(before time.Time) error {
	t := &teaching{builder: b, rooms: map[string]courses.Room{}, courses: map[string]courses.Course{}}
	b.teaching = t
	b.clock.set(before.AddDate(0, 0, -7).Add(8 * time.Hour))
	if err := t.prepare(); err != nil {
		return err
	}
	over, err := t.series(planned{code: courseMail, room: "Openbare computerruimte", first: data.StoredDay(data.DayOf(before.AddDate(0, 0, -6))), hour: 10, seats: 6, daily: true})
	if err != nil {
		return err
	}
	begins := data.StoredDay(data.DayOf(b.now.AddDate(0, 0, -14)))
	if begins.Before(before) {
		begins = before
	}
	if t.runs, err = t.series(planned{code: courseSafe, room: "Openbare computerruimte", first: begins, hour: 14, seats: 6}); err != nil {
		return err
	}
	if err := errors.Join(t.enrol(over, t.people[:6]), t.enrol(t.runs, t.people[6:12])); err != nil {
		return err
	}
	if err := t.attended(over, 80, before); err != nil {
		return err
	}
	return t.evaluated(over)
}

// teachNow leaves the courses as they are on an ordinary day: lessons that were given, and three series to enrol in, of
// which the first is full, and needs to make groups of.
func (b *builder) teachNow() error {
	t := b.teaching
	b.clock.set(b.now.Add(-90 * time.Minute))
	if err := t.attended(t.runs, 70, b.now.Add(-90*time.Minute)); err != nil {
		return err
	}
	for i, code := range []string{courseMouse, courseMail, courseFiles} {
		next, err := t.series(planned{code: code, room: "Leslokaal", first: data.StoredDay(data.DayOf(b.now.AddDate(0, 0, 10+4*i))), hour: 9 + 2*i, seats: 8, trainer: i % 2})
		if err != nil {
			return err
		}
		if err := t.enrol(next, t.people[i*3:i*3+[]int{10, 3, 1}[i]]); err != nil {
			return err
		}
	}
	return t.needed()
}

// Codes of the model catalogue.
const (
	courseMouse = "muis-en-toetsen"
	courseMail  = "e-mail-starten"
	courseSafe  = "veilig-online"
	courseFiles = "bestanden-en-mappen"
)

// prepare fills catalogue, prices, rooms, trainers and participants.
func (t *teaching) prepare() error {
	at := slices.IndexFunc(t.crowd, func(p *inhabitant) bool { return p.role == data.RoleCoordinator })
	if at < 0 {
		return errors.New("nobody coordinates courses")
	}
	t.by = t.crowd[at].identity().Actor()
	model, err := courses.ModelCourses()
	if err != nil {
		return err
	}
	if _, err := t.taught.TakeModel(t.ctx, t.by, model); err != nil {
		return err
	}
	all, err := t.taught.Courses(t.ctx)
	if err != nil {
		return err
	}
	for _, c := range all {
		t.courses[c.Code] = c
	}
	rooms, err := t.taught.Rooms(t.ctx, t.by)
	if err != nil {
		return err
	}
	for _, r := range rooms {
		t.rooms[r.Name] = r
		if r.Location == library {
			t.location = r.LocationID
		}
	}
	from := data.DayOf(t.now.AddDate(-1, 0, 0))
	for _, r := range []courses.FeeRule{{Cents: 2500, Note: "gewoon tarief"}, {Category: courses.NonAdmin, Note: "gratis voor niet-administratief personeel"}, {Category: courses.Staff, Cents: 0},
		{Category: courses.Resident, Cents: 500, Reduced: true, ProofDays: 365, Note: "kansentarief"}} {
		r.Decision, r.DecidedOn, r.From = "gemeenteraad, punt 12", from, from
		if _, err := t.taught.PutFeeRule(t.ctx, t.by, r); err != nil {
			return err
		}
	}
	return t.invite()
}

// invite adds trainers and participants.
func (t *teaching) invite() error {
	trainers := []courses.Trainer{{Name: "Magda Rombouts", Kind: courses.TrainerVolunteer, Phone: "0470 61 62 63", AllowanceCents: 1200, TravelMinutes: 20}}
	if at := slices.IndexFunc(t.crowd, func(p *inhabitant) bool { return p.role == data.RoleTrainer }); at >= 0 {
		trainers = append(trainers, courses.Trainer{Name: t.crowd[at].account.Person, Kind: courses.TrainerStaff, PersonID: t.crowd[at].account.PersonID})
	}
	for _, one := range trainers {
		put, err := t.taught.PutTrainer(t.ctx, t.by, one)
		if err != nil {
			return err
		}
		t.trainers = append(t.trainers, put)
	}
	for i, name := range strings.Split(learnerNames, ",") {
		given, family, _ := strings.Cut(strings.TrimSpace(name), " ")
		put, err := t.taught.PutParticipant(t.ctx, t.by, courses.Participant{Given: given, Family: family, Phone: fmt.Sprintf("0471 %02d %02d %02d", 11+i, 21+i, 31+i), Category: courses.Resident})
		if err != nil {
			return err
		}
		t.people = append(t.people, put)
	}
	return nil
}

// planned is a series of the demo: from the first day on, a lesson a week on Tuesday or Thursday by its trainer, or one on
// each working day.
type planned struct {
	code, room string
	first      time.Time
	hour       int
	seats      int
	trainer    int // index
	daily      bool
}

// series plans a series and publishes it.
func (t *teaching) series(p planned) (courses.Series, error) {
	c, known := t.courses[p.code]
	if !known {
		return courses.Series{}, fmt.Errorf("the catalogue has no %s", p.code)
	}
	at := courses.Slot{From: dates.Minute(p.hour * 60), To: dates.Minute(p.hour*60 + c.Minutes)}
	days := map[time.Weekday]courses.Slot{[]time.Weekday{time.Tuesday, time.Thursday}[p.trainer]: at}
	if p.daily {
		for d := time.Monday; d <= time.Saturday; d++ {
			days[d] = at
		}
	}
	slots, err := courses.Between(p.first, p.first.AddDate(0, 0, 7*c.Lessons), 1, days, nil)
	if err != nil {
		return courses.Series{}, err
	}
	slots = slots[:min(c.Lessons, len(slots))]
	var sessions []courses.Session
	for i, slot := range slots {
		one := courses.Session{Slot: slot, RoomID: t.rooms[p.room].ID, Trainers: []string{t.trainers[p.trainer].ID}}
		if i < len(c.Outline) {
			one.Note = c.Outline[i]
		}
		sessions = append(sessions, one)
	}
	s, err := t.taught.AddSeries(t.ctx, t.by, courses.SeriesAsk{Course: c.ID, Location: t.location, Seats: p.seats, Least: min(c.Least, p.seats), Sessions: sessions})
	if err != nil {
		return s, err
	}
	return s, t.taught.Publish(t.ctx, t.by, s.ID)
}

// enrol gives people a seat, or a place on the list. Who has another lesson then stays out.
func (t *teaching) enrol(s courses.Series, people []courses.Participant) error {
	for _, p := range people {
		_, err := t.taught.Enrol(t.ctx, t.by, courses.EnrolAsk{Series: s.ID, Participant: p.ID})
		if err != nil && !errors.Is(err, courses.ErrConflict) {
			return err
		}
	}
	return nil
}

// attended marks the sessions that are over by a moment: percent of the people were there.
func (t *teaching) attended(s courses.Series, percent int, by time.Time) error {
	_, sessions, err := t.taught.Series(t.ctx, t.by, s.ID)
	if err != nil {
		return err
	}
	for _, one := range sessions {
		span := one.Instants()
		if !span.To.Before(by) {
			continue
		}
		if t.clock.Now().Before(span.To) {
			t.clock.set(span.To)
		}
		_, roster, err := t.taught.Roster(t.ctx, t.by, one.ID)
		if err != nil {
			return err
		}
		for _, row := range roster {
			mark := courses.Present
			if t.chance.IntN(100) >= percent {
				mark = []courses.Mark{courses.Excused, courses.Absent, courses.Late}[t.chance.IntN(3)]
			}
			if err := t.taught.Mark(t.ctx, t.by, one.ID, row.ID, mark); err != nil {
				return err
			}
		}
	}
	return nil
}

// evaluated fills in the forms of a series from a stated model: most find the pace good, and can do after it what they
// couldn't before.
func (t *teaching) evaluated(s courses.Series) error {
	goals := len(t.courses[courseMail].Goals)
	rows, err := t.taught.Enrolments(t.ctx, t.by, s.ID)
	if err != nil {
		return err
	}
	for range rows {
		a := courses.Answers{Options: map[string][]int{courses.AskPace: {3 - t.chance.IntN(2)}, "practice": {3}, "help": {3 + t.chance.IntN(2)}, "clear": {3 + t.chance.IntN(2)}}}
		for range goals {
			a.Options[courses.AskNow] = append(a.Options[courses.AskNow], 3+t.chance.IntN(3))
			a.Options[courses.AskBefore] = append(a.Options[courses.AskBefore], 1+t.chance.IntN(2))
		}
		if err := t.taught.AnswerPaper(t.ctx, t.by, s.ID, a); err != nil {
			return err
		}
	}
	return t.taught.CloseEvaluation(t.ctx, t.by, s.ID)
}
