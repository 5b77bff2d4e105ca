package courses

import (
	"cmp"
	"slices"
	"time"

	"digibrug/data/calendar"
)

// WeekTime is a time of each week.
type WeekTime struct {
	Day  time.Weekday
	From calendar.Minute
}

// SlotsAt gives the slots of rooms at times of the week.
func SlotsAt(rooms []string, at []WeekTime) (slots []GroupSlot) {
	for _, t := range at {
		for _, room := range rooms {
			slots = append(slots, GroupSlot{t.Day, t.From, room})
		}
	}
	return slots
}

// Propose gives the slots in which rooms are open for the longest of the courses, one after the other from when they open:
// by the room's own windows, or else by the hours of its location. Slots of several rooms begin together or follow each
// other. Where there are more than MostSlots the later ones of a day are left out.
func (f GroupFacts) Propose(courses, rooms []string) (slots []GroupSlot) {
	_, minutes := size(f.chosen(GroupingAsk{Courses: courses}))
	long := calendar.Minute((minutes + Quarter - 1) / Quarter * Quarter)
	if long == 0 {
		return nil
	}
	rank := map[GroupSlot]int{} // how many begin before it that day
	for day := range time.Saturday + 1 {
		for i, from := range f.starts(day, rooms, long) {
			for _, room := range rooms {
				if covers(f.windows(room)[day], from, from+long) {
					s := GroupSlot{day, from, room}
					rank[s] = i
					slots = append(slots, s)
				}
			}
		}
	}
	slices.SortFunc(slots, func(a, b GroupSlot) int {
		return cmp.Or(cmp.Compare(rank[a], rank[b]), cmp.Compare((a.Day+6)%7, (b.Day+6)%7), cmp.Compare(a.From, b.From), cmpText(a.Room, b.Room))
	})
	return slots[:min(len(slots), MostSlots)]
}

// windows are the hours of each weekday at which a room can be used.
func (f GroupFacts) windows(room string) calendar.Week {
	r := f.Rooms[room]
	if anyTime(r.Windows) {
		return f.Doctors[r.LocationID].Calendar.Week
	}
	return r.Windows
}

// starts are when lessons could begin on a weekday so that none begins while another goes on.
func (f GroupFacts) starts(day time.Weekday, rooms []string, long calendar.Minute) (all []calendar.Minute) {
	var could []calendar.Minute
	for _, room := range rooms {
		for _, block := range f.windows(room)[day] {
			for from := (block.From + Quarter - 1) / Quarter * Quarter; from+long <= block.To; from += long {
				could = append(could, from)
			}
		}
	}
	slices.Sort(could)
	for _, from := range could {
		if n := len(all); n == 0 || from >= all[n-1]+long {
			all = append(all, from)
		}
	}
	return all
}
