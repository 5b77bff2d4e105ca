package courses

import (
	"cmp"
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
	With    string // what is in the way: the code of a series, the title of an activity; empty: none, or a visitor
}

// Busy is a time at which a trainer gives a lesson somewhere, or at which a room is taken.
type Busy struct {
	Of       string // id of the trainer or the room
	Span     calendar.Interval
	Location string // of the lesson: what travel goes by
	Places   int    // taken, of a room
	With     string // code of the series, or title of the activity; empty: a visitor
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
	Busy     []Busy // of other series, activities and visitors, rooms and trainers alike
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
	if closedOn(d.Calendar, s.Day) {
		_, why := d.Calendar.OpenOn(s.Day)
		say(FaultClosed, noteOf(why))
	}
	if len(before) == 0 {
		if _, found := d.Calendar.NthOpen(s.Day, 1); !found {
			say(FaultNoHours, "")
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

// Shift moves the session with a number on by whole weeks until nothing keeps it from being given, and all after it as
// Later does: the one key of the series doctor. Sessions before it stay. skip tells which days the series leaves out; nil:
// those that LeavesOut says. It tells whether a week was found within a year.
func (d Doctor) Shift(sessions []Session, number int, skip func(day time.Time) bool) (shifted []Session, found bool) {
	at := slices.IndexFunc(sessions, func(s Session) bool { return s.Number == number })
	if at < 0 {
		return sessions, false
	}
	if skip == nil {
		skip = LeavesOut(d.Calendar, sessions)
	}
	for weeks := 1; weeks <= mostWeeks; weeks++ {
		later, ok := Later(sessions[at:], weeks, skip)
		if !ok {
			return sessions, false
		}
		if !slices.ContainsFunc(d.one(later[0], sessions[:at]), func(f Finding) bool { return f.Fault.Hard() || f.Fault == FaultClosed }) {
			return slices.Concat(sessions[:at], later), true
		}
	}
	return sessions, false
}

// mostWeeks is how far one act puts lessons off.
const mostWeeks = 52

// Later gives sessions some weeks later, each at its own time of its own day of the week, around the days that skip leaves
// out and the times that the clock skips: six lessons stay six, in their order, and as many weeks apart as they were, of
// those that count. Those that were cancelled stay where they are. found tells whether a year more was enough.
func Later(sessions []Session, weeks int, skip func(day time.Time) bool) (later []Session, found bool) {
	later = slices.Clone(sessions)
	prev := -1
	for _, i := range placesInTime(sessions) {
		s := sessions[i]
		day, passed := s.Day.AddDate(0, 0, 7*weeks), 0
		if prev >= 0 {
			day, passed = sameWeekday(later[prev].Day, sessions[prev].Day, s.Day), chances(sessions[prev].Day, s.Day, skip)
		}
		for tries := 0; ; day = day.AddDate(0, 0, 7) {
			if _, err := NewSlot(day, s.From, s.To); err == nil && !skip(day) {
				if passed == 0 {
					break
				}
				passed--
			}
			if tries++; tries > mostWeeks {
				return sessions, false
			}
		}
		later[i].Day, prev = day, i
	}
	return later, true
}

// placesInTime gives the places of sessions that weren't cancelled in order of time: one may have passed another.
func placesInTime(all []Session) (places []int) {
	for i, s := range all {
		if s.State != SessionCancelled {
			places = append(places, i)
		}
	}
	slices.SortStableFunc(places, func(a, b int) int {
		return cmp.Or(all[a].Day.Compare(all[b].Day), cmp.Compare(all[a].From, all[b].From))
	})
	return places
}

// chances counts the days of the week of day that lie between prev and day and aren't left out.
func chances(prev, day time.Time, skip func(time.Time) bool) (n int) {
	for d := day.AddDate(0, 0, -7); d.After(prev); d = d.AddDate(0, 0, -7) {
		if !skip(d) {
			n++
		}
	}
	return n
}

// sameWeekday is the first day after from that is of the day of the week of day; from itself where day was the same day as
// was.
func sameWeekday(from, was, day time.Time) time.Time {
	if day.Equal(was) {
		return from
	}
	return from.AddDate(0, 0, (int(day.Weekday())-int(from.Weekday())+6)%7+1)
}

// LeavesOut tells which days a series leaves out: those on which its location is closed though that day of the week is
// one on which it opens, and the school holidays where none of its sessions is in one. A session on a day of the week on
// which the place never opens, or in a holiday, is somebody's plan.
func LeavesOut(open calendar.Calendar, sessions []Session) func(day time.Time) bool {
	atSchool := !slices.ContainsFunc(sessions, func(s Session) bool { return s.State != SessionCancelled && open.InSchoolHoliday(s.Day) })
	return func(day time.Time) bool {
		return closedOn(open, day) || atSchool && open.InSchoolHoliday(day)
	}
}

// closedOn tells whether a place is closed on a day for another reason than that it never opens on that day of the week.
func closedOn(open calendar.Calendar, day time.Time) bool {
	if open.IsOpen(day) {
		return false
	}
	_, why := open.OpenOn(day)
	return why.By != calendar.ByWeek
}
