package loans

import (
	"slices"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
)

// MoveKind says what moves.
type MoveKind string

// The kinds.
const (
	MoveLoan    MoveKind = "loan"    // the due day of a loan
	MoveBooking MoveKind = "booking" // the days of a booking or an offer
)

// MoveWhy says why something moves, or can't.
type MoveWhy string

// Why things move.
const (
	// ForClosed: the desk is closed on a day of it, which moves to the next open one.
	ForClosed MoveWhy = "closed"
	// ForRight: the next open day comes after the borrower's right, so that it is due earlier.
	ForRight MoveWhy = "right"
	// ForClash: the next open day is somebody else's: Move.Clash. So that it ends earlier.
	ForClash MoveWhy = "clash"
	// ForRoom: a booking gets another device, because a loan of its own one lasts longer.
	ForRoom MoveWhy = "room"
)

// Promise is what was said about days. All are YYYY-MM-DD.
type Promise struct {
	Device string `json:"device,omitempty"` // id: of a booking, that is kept free
	From   string `json:"from,omitempty"`   // of a booking
	To     string `json:"to"`               // due day of a loan, last day of a booking
	At     int64  `json:"at,omitempty"`     // of a loan of hours: until when, Unix milliseconds
	Fetch  string `json:"fetch,omitempty"`  // of a booking: the last day to fetch it
	Offer  string `json:"offer,omitempty"`  // of an offer: the last day on which it stands
}

// Move is one thing that a changed calendar moves, or should and can't.
type Move struct {
	Kind      MoveKind
	ID        string
	Was, Will Promise // the same when it is stuck
	Why       MoveWhy
	Clash     string // id of the booking or loan in the way; of a repair that of the device
	Stuck     bool   // no day is left to move to: somebody must call
}

// Earlier tells whether something ends sooner than was promised.
func (m Move) Earlier() bool {
	return m.Will.To < m.Was.To || m.Will.To == m.Was.To && m.Will.At < m.Was.At
}

// Hours says when a desk is open, by day and by the clock; a calendar.Calendar does.
type Hours interface {
	Opening
	OpenHours
}

// PromisedLoan is an open loan as a Replanner sees it. Days are midnight UTC.
type PromisedLoan struct {
	ID, Device, Borrower string
	Lent                 time.Time // instant; nothing is due before it, whatever the clock says now
	Due                  time.Time
	At                   time.Time // of a loan of hours; zero for one of days
	Mode                 Mode
	Days                 int       // of its term: whole weeks count in ModeDayweek
	RightEnds            time.Time // zero: it doesn't
	Opening              Hours
}

// PromisedBooking is a booking or an offer as a Replanner sees it.
type PromisedBooking struct {
	ID, Device, Borrower string
	Named                bool // the device was asked for: another one won't do
	From, To             time.Time
	Fetch                time.Time // the last day to fetch it
	FetchDays            int       // how many opening days that is; 0: no such rule
	Offer                time.Time // zero for what is no offer
	Opening              Opening
}

// Replanner works out what a changed calendar moves among the loans and bookings of one type. Fleet has its devices,
// the service days and the repairs; the claims of loans and bookings come from the lists.
type Replanner struct {
	Now      time.Time
	Fleet    Fleet
	Loans    []PromisedLoan
	Bookings []PromisedBooking
}

// Moves gives what moves, loans first, each in the order of the lists. What is promised moves later; it moves earlier
// only where somebody's right ends before, or somebody else comes after it and no other device is free for them. What
// fits nowhere is stuck and stays as it is. No two bookings come to keep one device free on one day, and once all of it
// is done nothing is left that could move.
func (r Replanner) Moves() []Move {
	moved := map[string]Move{}
	for {
		p, moves := r.settled()
		more := false
		for _, m := range moves {
			before, is := moved[m.ID]
			if is && m.Stuck {
				continue
			}
			if is {
				m.Was = before.Was
				if m.Why == ForRoom && m.Earlier() { // it was shortened first, and that is what somebody asks about
					m.Why, m.Clash = before.Why, before.Clash
				}
			}
			moved[m.ID], more = m, more || !m.Stuck
		}
		if !more {
			return p.inOrder(moved)
		}
		r = p.after(moved) // what was stuck may have been in the way of something that went elsewhere
	}
}

// settled plans until nobody counts on days that are not free after all.
func (r Replanner) settled() (plan, []Move) {
	stuck := map[string]Move{}
	for {
		p := plan{Replanner: r, spans: map[string]PromisedBooking{}, dues: map[string]time.Time{}, stuck: stuck}
		before := len(stuck)
		if moves := p.moves(); len(stuck) == before {
			return p, moves
		}
	}
}

// after is how everything lies once a plan is carried out.
func (p plan) after(moved map[string]Move) Replanner {
	r := p.Replanner
	r.Loans, r.Bookings = slices.Clone(p.Loans), slices.Clone(p.Bookings)
	for i, l := range r.Loans {
		if m, is := moved[l.ID]; is && !m.Stuck {
			r.Loans[i].Due = p.dues[l.ID]
			if m.Will.At != 0 {
				r.Loans[i].At = data.Milli(m.Will.At)
			}
		}
	}
	for i, b := range r.Bookings {
		r.Bookings[i] = p.spans[b.ID]
	}
	return r
}

// inOrder lists the moves of loans and then of bookings. What came back to where it was did not move.
func (p plan) inOrder(moved map[string]Move) (moves []Move) {
	add := func(id string) {
		if m, is := moved[id]; is && (m.Stuck || m.Will != m.Was) {
			moves = append(moves, m)
		}
	}
	for _, l := range p.Loans {
		add(l.ID)
	}
	for _, b := range p.Bookings {
		add(b.ID)
	}
	return moves
}

// plan is one try: what everything comes to, given what is known to be stuck.
type plan struct {
	Replanner
	spans map[string]PromisedBooking // by id, as they will be
	dues  map[string]time.Time       // of loans
	stuck map[string]Move            // by id; what gets stuck is added
}

func (p plan) today() time.Time { return data.StoredDay(data.DayOf(p.Now)) }

func (p plan) moves() (moves []Move) {
	for _, b := range p.Bookings {
		p.spans[b.ID] = b
		if _, is := p.stuck[b.ID]; !is {
			if to, ok := b.shifted(p.today()); ok {
				p.spans[b.ID] = to
			} else {
				p.stuck[b.ID] = Move{Kind: MoveBooking, ID: b.ID, Was: b.promise(), Will: b.promise(), Why: ForClosed, Stuck: true}
			}
		}
	}
	for _, l := range p.Loans {
		p.dues[l.ID] = l.Due
	}
	made := map[string]string{} // booking → loan that it made room for
	for _, l := range p.Loans {
		if m, moved := p.loan(l, made); moved {
			moves = append(moves, m)
		}
	}
	for _, b := range p.Bookings {
		if m, moved := p.booking(b, made[b.ID]); moved {
			moves = append(moves, m)
		}
	}
	return moves
}

// open finds the next open day as the loan's mode has it; false: the desk never opens.
func (l PromisedLoan) open() (day, at time.Time, found bool) {
	if !l.At.IsZero() {
		next, found := l.Opening.NextOpening(l.At)
		return calendar.LocalOf(next.From).Day, next.From, found
	}
	d, err := Term{Mode: l.Mode, Days: l.Days, Opening: l.Opening}.opened(l.Due)
	return d.Day, time.Time{}, err == nil
}

// closed tells whether nobody can bring it back on its day.
func (l PromisedLoan) closed() bool {
	if !l.At.IsZero() {
		return !reachable(l.Opening, l.At)
	}
	return l.Mode != ModeDays && !l.Opening.IsOpen(l.Due)
}

func (l PromisedLoan) promise(day, at time.Time) Promise {
	return Promise{To: data.DayText(day), At: data.Stamp(at)}
}

// loan moves the due day of a loan when the desk is closed on it.
func (p plan) loan(l PromisedLoan, made map[string]string) (m Move, moved bool) {
	if !l.closed() {
		return Move{}, false
	}
	m = Move{Kind: MoveLoan, ID: l.ID, Was: l.promise(l.Due, l.At), Why: ForClosed}
	m.Will = m.Was
	day, at, found := l.open()
	if !found {
		m.Stuck = true
		return m, true
	}
	last := far
	if !l.RightEnds.IsZero() && !l.RightEnds.Before(l.Due) && day.After(l.RightEnds) {
		last, m.Why = l.RightEnds, ForRight
	}
	if b, clash := p.clash(l, minDay(day, last), made); clash {
		if before := b.From.AddDate(0, 0, -1-p.Fleet.Gap); before.Before(last) {
			last, m.Why, m.Clash = before, ForClash, b.ID
		}
	}
	if day.After(last) {
		if day, at, found = p.earlier(l, last); !found {
			m.Stuck = true
			return m, true
		}
	}
	p.dues[l.ID], m.Will = day, l.promise(day, at)
	return m, true
}

// clash gives the first booking of somebody else that begins too soon after a loan that lasts up to a day. One of any of
// the type goes to another device where one is free.
func (p plan) clash(l PromisedLoan, day time.Time, made map[string]string) (first PromisedBooking, found bool) {
	for _, was := range p.Bookings {
		b := p.spans[was.ID]
		if b.Device != l.Device || b.Borrower == l.Borrower && b.Borrower != "" {
			continue
		}
		if begins := b.From.AddDate(0, 0, -p.Fleet.Gap); !begins.After(l.Due) || begins.After(day) || day.Before(p.today()) {
			continue // they were in each other's way already, or are not at all
		}
		if _, is := p.stuck[b.ID]; !b.Named && !is {
			f := p.fleet(b.ID)
			f.Claims = append(f.Claims, Claim{Device: l.Device, From: p.today(), To: day})
			if other, free := f.Assign(b.From, b.To); free && other != l.Device {
				b.Device = other
				p.spans[b.ID], made[b.ID] = b, l.ID
				continue
			}
		}
		if !found || b.From.Before(first.From) {
			first, found = b, true
		}
	}
	return first, found
}

// earlier finds the last day up to last, and neither before now nor before the lending, on which a loan can be brought
// back.
func (p plan) earlier(l PromisedLoan, last time.Time) (day, at time.Time, found bool) {
	from := p.Now
	if l.Lent.After(from) { // by another process, whose clock is ahead
		from = l.Lent
	}
	if !l.At.IsZero() {
		limit := minDay(l.At, data.StartOf(last.AddDate(0, 0, 1)).Add(-time.Minute))
		at, found = lastOpen(l.Opening, from, limit)
		return calendar.LocalOf(at).Day, at, found
	}
	day, found = lastOpenDay(l.Opening, data.StoredDay(data.DayOf(from)), last)
	return day, time.Time{}, found
}

// shifted is a booking as it would be if nobody were in its way: what falls on closed days moves to the next open one.
// ok is false when the desk never opens. Days that are over stay.
func (b PromisedBooking) shifted(today time.Time) (to PromisedBooking, ok bool) {
	to, ok = b, true
	next := func(day time.Time) time.Time {
		if day.IsZero() || day.Before(today) {
			return day
		}
		open, found := nextOpenDay(b.Opening, day)
		ok = ok && found
		return open
	}
	to.From, to.To = next(b.From), next(b.To)
	if to.From.After(b.To) { // it lay in the closing altogether: as long, and later
		to.To = next(to.From.Add(b.To.Sub(b.From)))
	}
	to.Offer, to.Fetch = next(b.Offer), next(b.Fetch)
	if !to.From.Equal(b.From) && b.FetchDays > 0 {
		to.Fetch = to.From
		for range b.FetchDays - 1 {
			to.Fetch = next(to.Fetch.AddDate(0, 0, 1))
		}
	}
	to.Fetch = minDay(to.Fetch, to.To)
	return to, ok
}

func (b PromisedBooking) promise() Promise {
	return Promise{Device: b.Device, From: data.DayText(b.From), To: data.DayText(b.To), Fetch: data.DayText(b.Fetch), Offer: data.DayText(b.Offer)}
}

// booking settles where a booking goes, once the loans have their days.
func (p plan) booking(b PromisedBooking, roomFor string) (m Move, moved bool) {
	if m, is := p.stuck[b.ID]; is {
		return m, true
	}
	to := p.spans[b.ID]
	m = Move{Kind: MoveBooking, ID: b.ID, Was: b.promise(), Why: ForClosed}
	if roomFor != "" {
		m.Why, m.Clash = ForRoom, roomFor
	}
	if m.Will = to.promise(); m.Will == m.Was {
		return Move{}, false
	}
	f := p.fleet(b.ID)
	clash, hit := p.blocked(f, b, to)
	if hit && !b.Named {
		if other, free := f.Assign(to.From, to.To); free {
			to.Device, hit, m.Clash = other, false, clash
		}
	}
	if hit { // on its device, but shorter
		m.Why, m.Clash = ForClash, clash
		if last, found := lastOpenDay(b.Opening, to.From, b.To); found {
			to.To, to.Fetch = last, minDay(to.Fetch, last)
			_, hit = p.blocked(f, b, to)
		}
	}
	if hit {
		m.Will, m.Stuck = m.Was, true
		p.stuck[b.ID], p.spans[b.ID] = m, b
		return m, true
	}
	p.spans[b.ID], m.Will = to, to.promise()
	return m, true
}

// blocked gives what is in the way of a booking on its device. A loan that was in its way already, because it is late,
// is none of the calendar's doing.
func (p plan) blocked(f Fleet, was, to PromisedBooking) (id string, found bool) {
	for _, c := range f.Claims {
		if c.Device != to.Device || c.From.After(to.To.AddDate(0, 0, f.Gap)) || f.until(c).Before(to.From) {
			continue
		}
		old := c.Out && c.Device == was.Device && !c.From.After(was.To.AddDate(0, 0, f.Gap)) && !f.until(Claim{From: c.From, To: p.dueOf(c.ID), Out: true}).Before(was.From)
		if !old {
			if id = c.ID; id == "" {
				id = c.Device
			}
			return id, true
		}
	}
	return "", false
}

// dueOf is when a loan was due before anything moved.
func (p plan) dueOf(id string) time.Time {
	at := slices.IndexFunc(p.Loans, func(l PromisedLoan) bool { return l.ID == id })
	return p.Loans[at].Due
}

// fleet is the devices with all that claims them as planned so far, but for one booking.
func (p plan) fleet(but string) Fleet {
	f := p.Fleet
	f.Claims = slices.Clone(f.Claims)
	for _, l := range p.Loans {
		f.Claims = append(f.Claims, Claim{ID: l.ID, Device: l.Device, From: minDay(l.Due, f.Today), To: p.dues[l.ID], Out: true})
	}
	for _, b := range p.Bookings {
		if b.ID != but {
			to := p.spans[b.ID]
			f.Claims = append(f.Claims, Claim{ID: b.ID, Device: to.Device, From: to.From, To: to.To})
		}
	}
	return f
}

// nextOpenDay is the first open day from a day on; found is false when the desk stays closed.
func nextOpenDay(open Opening, day time.Time) (next time.Time, found bool) {
	for n := range seekDays {
		if next = day.AddDate(0, 0, n); open.IsOpen(next) {
			return next, true
		}
	}
	return time.Time{}, false
}

// lastOpenDay is the last open day from first up to last; found is false when there is none.
func lastOpenDay(open Opening, first, last time.Time) (day time.Time, found bool) {
	for day = last; !day.Before(first); day = day.AddDate(0, 0, -1) {
		if open.IsOpen(day) {
			return day, true
		}
	}
	return time.Time{}, false
}

func minDay(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
