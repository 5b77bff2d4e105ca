package courses

import (
	"cmp"
	"slices"
	"time"

	"digibrug/data/calendar"
)

// Use is what holds a room, or PCs in it, for a while: a lesson, an activity, visitors.
type Use struct {
	Holder   string // id
	Kind     HolderKind
	Title    string // of the course or the activity; empty: a visitor
	From, To time.Time
	Places   int
	PC       int  // that a visitor has, from 1; 0: none in particular
	Alone    bool // it has the whole room
}

// group tells whether it is a lesson or an activity.
func (u Use) group() bool { return u.Kind != HeldByVisit }

func (u Use) at(t time.Time) bool { return !t.Before(u.From) && t.Before(u.To) }

// PC is how a PC of a room stands at a moment.
type PC struct {
	Number int
	Now    Use       // who has it; the zero Use for a free one
	Until  time.Time // a free one: when somebody has it next; a taken one: when it comes free; zero: not in the time looked at
	Then   Use       // a free one: who has it then
	Left   time.Time // when the time of the last visitor ended, if that was a moment ago and no other came; zero: it wasn't
}

// Free tells whether somebody can sit down.
func (p PC) Free() bool { return p.Now.Holder == "" }

// Board is how the PCs of a room stand at a moment.
type Board struct {
	Room   Room
	At     time.Time
	Shut   Fault     // why nobody can sit down now: the room is closed; empty: it isn't
	Closes time.Time // when the room or its location closes today; zero: that isn't known
	PCs    []PC      // in order of number
	Group  Use       // lesson or activity in it now; the zero Use: none
	Next   Use       // lesson or activity that comes first; the zero Use: none in the time looked at
}

// Free counts the PCs at which somebody can sit down.
func (b Board) Free() (n int) {
	for _, p := range b.PCs {
		if p.Free() && b.Shut == "" {
			n++
		}
	}
	return n
}

// Fewer is the first moment at which fewer PCs are free than now, and who comes then; zero when none comes.
func (b Board) Fewer() (at time.Time, who Use) {
	for _, p := range b.PCs {
		if p.Free() && !p.Until.IsZero() && (at.IsZero() || p.Until.Before(at)) {
			at, who = p.Until, p.Then
		}
	}
	return at, who
}

// Leaving lists the visitors whose PC the next group takes: they must go by the time that it begins.
func (b Board) Leaving() (all []PC) {
	for _, p := range b.PCs {
		if p.Now.Kind == HeldByVisit && p.Now.PC > 0 && b.Next.Holder != "" && !p.Now.To.After(b.Next.From) && p.Then.Holder == b.Next.Holder {
			all = append(all, p)
		}
	}
	return all
}

// Late lists the PCs that the group in the room took from a visitor a moment ago, who may still sit there.
func (b Board) Late() (all []PC) {
	for _, p := range b.PCs {
		if !p.Free() && !p.Left.IsZero() {
			all = append(all, p)
		}
	}
	return all
}

// Best is the free PC that stays free longest, the last one of those that do; 0 when none is free.
func (b Board) Best() int {
	best := PC{}
	for _, p := range b.PCs {
		longer := p.Until.IsZero() || !best.Until.IsZero() && !p.Until.Before(best.Until)
		if p.Free() && (best.Number == 0 || longer) {
			best = p
		}
	}
	return best.Number
}

// PC gives one by its number, from 1; false for none.
func (b Board) PC(number int) (PC, bool) {
	if number < 1 || number > len(b.PCs) {
		return PC{}, false
	}
	return b.PCs[number-1], true
}

// justLeft is how long a board shows that a visitor's time is over.
const justLeft = 10 * time.Minute

// boardOf tells how the PCs of a room stand at an instant, of all that holds it from a quarter of an hour before on.
// Closed times are left to the caller.
func boardOf(r Room, now time.Time, uses []Use) Board {
	b := Board{Room: r, At: now, PCs: make([]PC, r.PCs)}
	for _, u := range uses {
		switch {
		case !u.group():
		case u.at(now) && b.Group.Holder == "":
			b.Group = u
		case u.From.After(now) && (b.Next.Holder == "" || u.From.Before(b.Next.From)):
			b.Next = u
		}
	}
	turns := turnsAfter(now, uses)
	held := seating(r, uses, now)
	for i := range b.PCs {
		b.PCs[i] = PC{Number: i + 1, Now: held[i]}
	}
	for _, at := range turns {
		for i, then := range seating(r, uses, at) {
			b.PCs[i] = b.PCs[i].after(at, then)
		}
	}
	for i := range b.PCs {
		for _, u := range uses {
			if p := &b.PCs[i]; p.Now.Kind != HeldByVisit && u.PC == p.Number && !u.To.After(now) && now.Sub(u.To) < justLeft {
				p.Left = u.To
			}
		}
	}
	return b
}

// after adds to a PC what comes at a later turn; turns come in order.
func (p PC) after(at time.Time, then Use) PC {
	switch {
	case p.Free() && p.Until.IsZero() && then.Holder != "":
		p.Until, p.Then = at, then
	case !p.Free() && p.Until.IsZero() && then.Holder == "":
		p.Until = at
	case p.Now.Kind == HeldByVisit && p.Then.Holder == "" && then.Holder != "" && then.Holder != p.Now.Holder:
		p.Then = then
	}
	return p
}

// turnsAfter lists the moments after now at which somebody comes or goes, in order.
func turnsAfter(now time.Time, uses []Use) (all []time.Time) {
	for _, u := range uses {
		for _, at := range []time.Time{u.From, u.To} {
			if at.After(now) {
				all = append(all, at)
			}
		}
	}
	slices.SortFunc(all, time.Time.Compare)
	return slices.CompactFunc(all, time.Time.Equal)
}

// seating tells who has which PC at an instant, by index from 0: visitors their own; a group that is alone in the room all
// others; other groups, and visitors without a PC in particular, the first ones that are left, so that the last ones stay
// for who walks in.
func seating(r Room, uses []Use, at time.Time) []Use {
	held := make([]Use, r.PCs)
	var rest []Use
	for _, u := range uses {
		switch {
		case !u.at(at):
		case u.PC > 0 && u.PC <= len(held):
			held[u.PC-1] = u
		default:
			rest = append(rest, u)
		}
	}
	slices.SortStableFunc(rest, func(a, b Use) int { return cmp.Or(a.From.Compare(b.From), cmpText(a.Holder, b.Holder)) })
	free := 0
	for _, u := range rest {
		n := u.Places
		if u.Alone {
			n = len(held)
		}
		for ; n > 0 && free < len(held); free++ {
			if held[free].Holder == "" {
				held[free] = u
				n--
			}
		}
	}
	return held
}

// Lengths of a visit, in minutes. A visit ends on a quarter of an hour, as everything in a room does.
const (
	shortVisit = 15
	longVisit  = 240
	visitSlack = 9 // how many minutes more than asked a visit may take to end on a quarter
)

// VisitEnd is when a visit of some minutes ends that begins now: on a quarter of an hour, from five minutes less to nine
// minutes more than was asked.
func VisitEnd(now time.Time, minutes int) time.Time {
	return startOf(quarterAt(now.Add(time.Duration(minutes+visitSlack) * time.Minute)))
}

// openAt tells whether a room can be used at an instant, and until when: zero for as long as nobody says otherwise. The
// opening hours of its location count where it is open at that instant: who works there later on knows what they do.
func openAt(r Room, location calendar.Calendar, now time.Time) (until time.Time, f Fault) {
	local := calendar.LocalOf(now)
	if f := r.Usable(Slot{Day: local.Day, From: local.At, To: local.At + 1}); f != "" {
		return time.Time{}, f
	}
	hours, _ := location.OpenOn(local.Day)
	for _, all := range []calendar.Hours{r.Windows[local.Day.Weekday()], hours} {
		for _, block := range all {
			if local.At < block.From || local.At >= block.To {
				continue
			}
			if end := (calendar.Local{Day: local.Day, At: block.To}).Bound(); until.IsZero() || end.Before(until) {
				until = end
			}
		}
	}
	return until, ""
}

// FreeRoom is how many PCs of a public room are free now.
type FreeRoom struct {
	Room  string    // name
	Free  int       // PCs
	Until time.Time // when fewer will be; zero: not within twelve hours
	Then  string    // title of the course or activity that begins then; empty: a visitor comes, or nobody
	Again time.Time // when a PC comes free, where none is; zero: not within twelve hours
	Shut  bool      // the room is closed now
}

// free sums a board up.
func (b Board) free() FreeRoom {
	f := FreeRoom{Room: b.Room.Name, Free: b.Free(), Shut: b.Shut != ""}
	if f.Free == 0 {
		for _, p := range b.PCs {
			if !f.Shut && !p.Until.IsZero() && (f.Again.IsZero() || p.Until.Before(f.Again)) {
				f.Again = p.Until
			}
		}
		return f
	}
	at, who := b.Fewer()
	f.Until, f.Then = at, who.Title
	return f
}
