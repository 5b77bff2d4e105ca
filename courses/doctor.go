package courses

import (
	"slices"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
)

// Finding is what the series doctor found about one session.
type Finding struct {
	Session int // number
	Slot    Slot
	Fault   Fault
	Note    string // who or what it is: a holiday's code, the name of a room or trainer
	With    string // code of the series that is in the way; empty: none, or a visitor
}

// Busy is a time at which a trainer gives a lesson somewhere, or at which a room is taken.
type Busy struct {
	Of       string // id of the trainer or the room
	Span     calendar.Interval
	Location string // of the lesson: what travel goes by
	Places   int    // taken, of a room
	With     string // code of the series; empty: a visitor
}

// Travel tells how many minutes a trainer needs between two locations.
type Travel func(t Trainer, a, b string) int

// Doctor knows what a series must fit in. It is pure: the store fills it.
type Doctor struct {
	Now      time.Time
	Calendar calendar.Calendar // of the location
	Location string            // id
	Rooms    map[string]Room
	Trainers map[string]Trainer
	Busy     []Busy // of other series and visitors, rooms and trainers alike
	Travel   Travel
	Seats    int // of the series
}

// Examine lists what is wrong with sessions, in their order, the worst of one session first.
func (d Doctor) Examine(sessions []Session) (all []Finding) {
	for i, s := range sessions {
		if s.State == SessionCancelled {
			continue
		}
		one := d.one(s, sessions[:i])
		slices.SortStableFunc(one, func(a, b Finding) int { return boolInt(b.Fault.Hard()) - boolInt(a.Fault.Hard()) })
		all = append(all, one...)
	}
	return all
}

func (d Doctor) one(s Session, before []Session) (all []Finding) {
	say := func(f Fault, note string) {
		all = append(all, Finding{Session: s.Number, Slot: s.Slot, Fault: f, Note: note})
	}
	meet := func(f Fault, note, with string) {
		all = append(all, Finding{Session: s.Number, Slot: s.Slot, Fault: f, Note: note, With: with})
	}
	span := s.Instants()
	if !span.From.After(d.Now) {
		say(FaultPast, "")
	}
	if !d.Calendar.IsOpen(s.Day) {
		_, why := d.Calendar.OpenOn(s.Day)
		if why.By != calendar.ByWeek { // a lesson on a day on which the place never opens is somebody's plan
			say(FaultClosed, noteOf(why))
		}
	}
	if d.Calendar.InSchoolHoliday(s.Day) {
		say(FaultSchool, "")
	}
	if len(before) > 0 && offset(before[len(before)-1].Slot) != offset(s.Slot) {
		say(FaultClock, "")
	}
	d.room(s, span, say, meet)
	if len(s.Trainers) == 0 {
		say(FaultNoTrainer, "")
	}
	for _, id := range s.Trainers {
		d.trainer(s, id, span, say, meet)
	}
	return all
}

// noteOf names why a day is closed.
func noteOf(why calendar.Reason) string {
	if why.Note != "" {
		return why.Note
	}
	return string(why.By)
}

// offset is how far the wall is ahead of UTC when a slot begins, in seconds.
func offset(s Slot) int {
	_, seconds := s.Instants().From.In(data.Brussels).Zone()
	return seconds
}

func (d Doctor) room(s Session, span calendar.Interval, say func(Fault, string), meet func(f Fault, note, with string)) {
	r, known := d.Rooms[s.RoomID]
	if !known {
		return
	}
	if f := r.Usable(s.Slot); f != "" {
		say(f, r.Name)
	}
	if places := r.ForLessons(); places > 0 && d.Seats > places {
		say(FaultSeats, r.Name)
	}
	used := map[int64]int{}
	for _, b := range d.Busy {
		if b.Of != r.ID || !overlap(b.Span, span) {
			continue
		}
		if r.Mode == Exclusive {
			meet(FaultRoomTaken, r.Name, b.With)
			return
		}
		for _, q := range quarters(b.Span) {
			used[q] += b.Places
		}
	}
	if r.Mode == Capacity && slices.ContainsFunc(quarters(span), func(q int64) bool { return used[q]+d.Seats > r.ForLessons() }) {
		say(FaultRoomFull, r.Name)
	}
}

func overlap(a, b calendar.Interval) bool { return a.From.Before(b.To) && b.From.Before(a.To) }

// trainer looks at what one trainer said, gives elsewhere, and must travel for.
func (d Doctor) trainer(s Session, id string, span calendar.Interval, say func(Fault, string), meet func(f Fault, note, with string)) {
	t, known := d.Trainers[id]
	if !known {
		return
	}
	if f := t.Available(s.Day, s.From, s.To); f != "" {
		say(f, t.Name)
	}
	for _, b := range d.Busy {
		if b.Of != id {
			continue
		}
		if overlap(b.Span, span) {
			meet(FaultTrainerTaken, t.Name, b.With)
			return
		}
		if far := time.Duration(d.minutes(t, b.Location)) * time.Minute; far > 0 && overlap(calendar.Interval{From: b.Span.From.Add(-far), To: b.Span.To.Add(far)}, span) {
			meet(FaultTrainerTravel, t.Name, b.With)
			return
		}
	}
}

func (d Doctor) minutes(t Trainer, other string) int {
	if d.Travel == nil {
		return 0
	}
	return d.Travel(t, d.Location, other)
}

// Shift moves the session with a number, and all after it, by whole weeks until nothing keeps that session from being
// given and the location is open: the one key of the series doctor. Sessions before it stay. It tells whether a week was
// found within a year.
func (d Doctor) Shift(sessions []Session, number int) (shifted []Session, found bool) {
	at := slices.IndexFunc(sessions, func(s Session) bool { return s.Number == number })
	if at < 0 {
		return sessions, false
	}
	for weeks := 1; weeks <= 52; weeks++ {
		try := slices.Clone(sessions)
		for i := at; i < len(try); i++ {
			if try[i].State != SessionCancelled {
				try[i].Slot = sessions[i].After(7 * weeks)
			}
		}
		if _, err := NewSlot(try[at].Day, try[at].From, try[at].To); err != nil {
			continue
		}
		if !slices.ContainsFunc(d.one(try[at], try[:at]), func(f Finding) bool { return f.Fault.Hard() || f.Fault == FaultClosed }) {
			return try, true
		}
	}
	return sessions, false
}
