package loans_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/loans"

	"pgregory.net/rapid"
)

// shutDesk is open from nine to five from Monday to Friday, and closed from 24 December to 3 January.
func shutDesk(t testing.TB) calendar.Calendar {
	var c calendar.Calendar
	for d := time.Monday; d <= time.Friday; d++ {
		c.Week[d] = calendar.Hours{{From: 9 * 60, To: 17 * 60}}
	}
	c.Closures = []calendar.Closure{{First: day(t, "2026-12-24"), Last: day(t, "2027-01-03"), Reason: "eindejaar"}}
	return c
}

// said writes a move: "lent due 2026-12-24 → 2027-01-04 closed".
func said(m loans.Move) string {
	span := func(p loans.Promise) string {
		text := strings.TrimPrefix(p.From+".."+p.To, "..")
		if p.At != 0 {
			text = wallText(data.Milli(p.At))
		}
		return strings.TrimSpace(p.Device + " " + text)
	}
	text := fmt.Sprintf("%s: %s → %s %s", m.ID, span(m.Was), span(m.Will), m.Why)
	if m.Clash != "" {
		text += " by " + m.Clash
	}
	if m.Earlier() {
		text += ", earlier"
	}
	if m.Stuck {
		text += ", stuck"
	}
	return text
}

func TestReplanner(t *testing.T) {
	desk := shutDesk(t)
	on := func(text string) time.Time { return day(t, text) }
	lent := func(device, due string, more ...func(*loans.PromisedLoan)) loans.PromisedLoan {
		l := loans.PromisedLoan{ID: "lent " + device, Device: device, Borrower: "ann", Due: on(due), Mode: loans.ModeDatedue, Days: 21, Opening: desk}
		for _, m := range more {
			m(&l)
		}
		return l
	}
	booked := func(id, device, from, to string, more ...func(*loans.PromisedBooking)) loans.PromisedBooking {
		b := loans.PromisedBooking{ID: id, Device: device, Borrower: id + "'s", From: on(from), To: on(to), Fetch: on(to), Opening: desk}
		for _, m := range more {
			m(&b)
		}
		return b
	}
	named := func(b *loans.PromisedBooking) { b.Named = true }
	mode := func(m loans.Mode, days int) func(*loans.PromisedLoan) {
		return func(l *loans.PromisedLoan) { l.Mode, l.Days = m, days }
	}
	made := func(on string) func(*loans.PromisedLoan) {
		return func(l *loans.PromisedLoan) { l.Lent = day(t, on).Add(12 * time.Hour) }
	}
	right := func(until string) func(*loans.PromisedLoan) {
		return func(l *loans.PromisedLoan) { l.RightEnds = on(until) }
	}
	at := func(wall string) func(*loans.PromisedLoan) {
		return func(l *loans.PromisedLoan) {
			l.At = must(time.Parse("2006-01-02 15:04 MST -0700", wall+" CET +0100"))(t)
		}
	}
	tests := map[string]struct {
		now      string // noon of 2026-11-23 when empty
		gap      int
		loans    []loans.PromisedLoan
		bookings []loans.PromisedBooking
		repairs  []loans.Claim
		want     []string
	}{
		"open days stay":                {loans: []loans.PromisedLoan{lent("A", "2026-12-23")}, bookings: []loans.PromisedBooking{booked("k", "B", "2026-12-21", "2026-12-23")}},
		"due on a closed day":           {loans: []loans.PromisedLoan{lent("A", "2026-12-24")}, want: []string{"lent A: 2026-12-24 → 2027-01-04 closed"}},
		"any day will do":               {loans: []loans.PromisedLoan{lent("A", "2026-12-24", mode(loans.ModeDays, 21))}},
		"by whole weeks":                {loans: []loans.PromisedLoan{lent("A", "2026-12-24", mode(loans.ModeDayweek, 21))}, want: []string{"lent A: 2026-12-24 → 2027-01-07 closed"}},
		"a day before today":            {now: "2026-12-29", loans: []loans.PromisedLoan{lent("A", "2026-12-24")}, want: []string{"lent A: 2026-12-24 → 2027-01-04 closed"}},
		"the right ends before":         {loans: []loans.PromisedLoan{lent("A", "2026-12-24", right("2026-12-31"))}, want: []string{"lent A: 2026-12-24 → 2026-12-23 right, earlier"}},
		"the right ends after":          {loans: []loans.PromisedLoan{lent("A", "2026-12-24", right("2027-01-04"))}, want: []string{"lent A: 2026-12-24 → 2027-01-04 closed"}},
		"lent by a clock ahead of ours": {now: "2026-12-22", loans: []loans.PromisedLoan{lent("A", "2026-12-24", made("2026-12-24"), right("2026-12-31"))}, want: []string{"lent A: 2026-12-24 → 2026-12-24 right, stuck"}},
		"no day before it is left":      {now: "2026-12-24", loans: []loans.PromisedLoan{lent("A", "2026-12-24", right("2026-12-31"))}, want: []string{"lent A: 2026-12-24 → 2026-12-24 right, stuck"}},
		"a loan of hours":               {loans: []loans.PromisedLoan{lent("A", "2026-12-24", at("2026-12-24 15:00"))}, want: []string{"lent A: 2026-12-24 15:00 CET → 2027-01-04 09:00 CET closed"}},
		"hours until the closing":       {loans: []loans.PromisedLoan{lent("A", "2026-12-23", at("2026-12-23 17:00"))}},
		"hours before a right ends":     {loans: []loans.PromisedLoan{lent("A", "2026-12-24", at("2026-12-24 15:00"), right("2026-12-28"))}, want: []string{"lent A: 2026-12-24 15:00 CET → 2026-12-23 17:00 CET right, earlier"}},
		"one of any gives way":          {loans: []loans.PromisedLoan{lent("A", "2026-12-24")}, bookings: []loans.PromisedBooking{booked("k", "A", "2027-01-04", "2027-01-08")}, want: []string{"lent A: 2026-12-24 → 2027-01-04 closed", "k: A 2027-01-04..2027-01-08 → B 2027-01-04..2027-01-08 room by lent A"}},
		"that device was asked for":     {loans: []loans.PromisedLoan{lent("A", "2026-12-24")}, bookings: []loans.PromisedBooking{booked("k", "A", "2027-01-04", "2027-01-08", named)}, want: []string{"lent A: 2026-12-24 → 2026-12-23 clash by k, earlier"}},
		"service days count":            {gap: 1, loans: []loans.PromisedLoan{lent("A", "2026-12-24")}, bookings: []loans.PromisedBooking{booked("k", "A", "2027-01-05", "2027-01-08", named)}, want: []string{"lent A: 2026-12-24 → 2026-12-23 clash by k, earlier"}},
		"the day after will do":         {loans: []loans.PromisedLoan{lent("A", "2026-12-24")}, bookings: []loans.PromisedBooking{booked("k", "A", "2027-01-05", "2027-01-08", named)}, want: []string{"lent A: 2026-12-24 → 2027-01-04 closed"}},
		"the borrower's own booking":    {loans: []loans.PromisedLoan{lent("A", "2026-12-24")}, bookings: []loans.PromisedBooking{booked("k", "A", "2027-01-04", "2027-01-08", named, func(b *loans.PromisedBooking) { b.Borrower = "ann" })}, want: []string{"lent A: 2026-12-24 → 2027-01-04 closed"}},
		"neither later nor earlier":     {now: "2026-12-24", loans: []loans.PromisedLoan{lent("A", "2026-12-24")}, bookings: []loans.PromisedBooking{booked("k", "A", "2027-01-04", "2027-01-08", named)}, want: []string{"lent A: 2026-12-24 → 2026-12-24 clash by k, stuck"}},
		"a booking begins":              {bookings: []loans.PromisedBooking{booked("k", "A", "2026-12-28", "2027-01-08")}, want: []string{"k: A 2026-12-28..2027-01-08 → A 2027-01-04..2027-01-08 closed"}},
		"a booking ends":                {bookings: []loans.PromisedBooking{booked("k", "A", "2026-12-14", "2026-12-24")}, want: []string{"k: A 2026-12-14..2026-12-24 → A 2026-12-14..2027-01-04 closed"}},
		"it lay in the closing":         {bookings: []loans.PromisedBooking{booked("k", "A", "2026-12-28", "2026-12-31")}, want: []string{"k: A 2026-12-28..2026-12-31 → A 2027-01-04..2027-01-07 closed"}},
		"it has begun":                  {now: "2026-12-29", bookings: []loans.PromisedBooking{booked("k", "A", "2026-12-28", "2027-01-08")}},
		"another device, later":         {bookings: []loans.PromisedBooking{booked("k", "A", "2026-12-14", "2026-12-24"), booked("m", "A", "2027-01-04", "2027-01-08", named)}, want: []string{"k: A 2026-12-14..2026-12-24 → B 2026-12-14..2027-01-04 closed by m"}},
		"its own device, shorter":       {bookings: []loans.PromisedBooking{booked("k", "A", "2026-12-14", "2026-12-24", named), booked("m", "A", "2027-01-04", "2027-01-08", named)}, want: []string{"k: A 2026-12-14..2026-12-24 → A 2026-12-14..2026-12-23 clash by m, earlier"}},
		"it can't begin":                {bookings: []loans.PromisedBooking{booked("k", "A", "2026-12-28", "2026-12-31", named), booked("m", "A", "2027-01-01", "2027-01-08", named)}, want: []string{"k: A 2026-12-28..2026-12-31 → A 2026-12-28..2026-12-31 clash by m, stuck", "m: A 2027-01-01..2027-01-08 → A 2027-01-04..2027-01-08 closed"}},
		"what was in the way goes elsewhere": {bookings: []loans.PromisedBooking{booked("k", "B", "2026-12-25", "2026-12-25", named), booked("m", "B", "2026-12-26", "2027-01-05"), booked("n", "B", "2027-01-05", "2027-01-08", named)},
			want: []string{"k: B 2026-12-25..2026-12-25 → B 2027-01-04..2027-01-04 closed", "m: B 2026-12-26..2027-01-05 → A 2027-01-04..2027-01-05 closed by n"}},
		"in repair by then": {bookings: []loans.PromisedBooking{booked("k", "A", "2026-12-28", "2026-12-31", named)}, repairs: []loans.Claim{{Device: "A", From: on("2027-01-04"), Repair: true}}, want: []string{"k: A 2026-12-28..2026-12-31 → A 2026-12-28..2026-12-31 clash by A, stuck"}},
		"it is out and late anyway": {now: "2026-12-22", loans: []loans.PromisedLoan{lent("A", "2026-12-18")}, bookings: []loans.PromisedBooking{booked("k", "A", "2026-12-28", "2027-01-08", named)},
			want: []string{"k: A 2026-12-28..2027-01-08 → A 2027-01-04..2027-01-08 closed"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			now := data.StartOf(on("2026-11-23")).Add(12 * time.Hour)
			if tt.now != "" {
				now = data.StartOf(on(tt.now)).Add(12 * time.Hour)
			}
			r := loans.Replanner{Now: now, Fleet: loans.Fleet{Devices: []string{"A", "B"}, Gap: tt.gap, Today: on(data.DayOf(now)), Claims: tt.repairs}, Loans: tt.loans, Bookings: tt.bookings}
			var got []string
			for _, m := range r.Moves() {
				got = append(got, said(m))
			}
			if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", tt.want) {
				t.Errorf("moves\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(tt.want, "\n\t"))
			}
		})
	}
}

// TestReplannerOffers: the last days to fetch a booking and to take an offer move too, never past the booking.
func TestReplannerOffers(t *testing.T) {
	desk := shutDesk(t)
	on := func(text string) time.Time { return day(t, text) }
	r := loans.Replanner{Now: data.StartOf(on("2026-12-21")).Add(12 * time.Hour), Fleet: loans.Fleet{Devices: []string{"A", "B", "C"}, Today: on("2026-12-21")}, Bookings: []loans.PromisedBooking{
		{ID: "fetch", Device: "A", From: on("2026-12-23"), To: on("2027-01-08"), Fetch: on("2026-12-28"), FetchDays: 3, Opening: desk},
		{ID: "begins", Device: "B", From: on("2026-12-28"), To: on("2027-01-08"), Fetch: on("2026-12-30"), FetchDays: 3, Opening: desk},
		{ID: "offer", Device: "C", From: on("2026-12-28"), To: on("2026-12-28"), Fetch: on("2026-12-28"), FetchDays: 3, Offer: on("2026-12-24"), Opening: desk}}}
	want := map[string]loans.Promise{"fetch": {Device: "A", From: "2026-12-23", To: "2027-01-08", Fetch: "2027-01-04"},
		"begins": {Device: "B", From: "2027-01-04", To: "2027-01-08", Fetch: "2027-01-06"},
		"offer":  {Device: "C", From: "2027-01-04", To: "2027-01-04", Fetch: "2027-01-04", Offer: "2027-01-04"}}
	moves := r.Moves()
	if len(moves) != len(want) {
		t.Fatalf("%d moves, want %d", len(moves), len(want))
	}
	for _, m := range moves {
		if m.Will != want[m.ID] {
			t.Errorf("%s goes to %+v, want %+v", m.ID, m.Will, want[m.ID])
		}
	}
}

// TestReplannerLaws: whatever is booked, no two bookings come to share a device and a day, what moved is open, and what
// moved earlier says why.
func TestReplannerLaws(t *testing.T) {
	desk := shutDesk(t)
	rapid.Check(t, func(t *rapid.T) {
		today := time.Date(2026, 12, 21, 0, 0, 0, 0, time.UTC)
		r := loans.Replanner{Now: data.StartOf(today).Add(12 * time.Hour), Fleet: loans.Fleet{Devices: []string{"A", "B", "C"}, Gap: rapid.IntRange(0, 1).Draw(t, "gap"), Today: today}}
		taken := map[string]time.Time{}
		for _, d := range r.Fleet.Devices {
			if rapid.Bool().Draw(t, "lent") {
				due := today.AddDate(0, 0, rapid.IntRange(-3, 12).Draw(t, "due"))
				r.Loans, taken[d] = append(r.Loans, loans.PromisedLoan{ID: "lent" + d, Device: d, Borrower: "ann", Due: due, Mode: loans.ModeDatedue, Opening: desk}), due
			}
		}
		for i := range rapid.IntRange(0, 8).Draw(t, "bookings") {
			d := rapid.SampledFrom(r.Fleet.Devices).Draw(t, "device")
			from := today.AddDate(0, 0, rapid.IntRange(0, 3).Draw(t, "after"))
			if last, is := taken[d]; is && !from.After(last) {
				from = last.AddDate(0, 0, 1+rapid.IntRange(0, 3).Draw(t, "after another"))
			}
			to := from.AddDate(0, 0, rapid.IntRange(0, 5).Draw(t, "days"))
			taken[d] = to
			r.Bookings = append(r.Bookings, loans.PromisedBooking{ID: fmt.Sprint("k", i), Device: d, Borrower: fmt.Sprint("b", i), Named: rapid.Bool().Draw(t, "named"), From: from, To: to, Fetch: to, Opening: desk})
		}
		will := map[string]loans.Promise{}
		for _, l := range r.Loans {
			will[l.ID] = loans.Promise{To: l.Due.Format(data.DayLayout)}
		}
		for _, b := range r.Bookings {
			will[b.ID] = loans.Promise{Device: b.Device, From: b.From.Format(data.DayLayout), To: b.To.Format(data.DayLayout)}
		}
		for _, m := range r.Moves() {
			will[m.ID] = m.Will
			end, err := data.ParseDay(m.Will.To)
			switch {
			case err != nil:
				t.Fatal(err)
			case m.Stuck && m.Will != m.Was:
				t.Fatalf("stuck, and moves: %s", said(m))
			case !m.Stuck && m.Will == m.Was:
				t.Fatalf("moves to where it is: %s", said(m))
			case !m.Stuck && m.Kind == loans.MoveLoan && !desk.IsOpen(end), !m.Stuck && m.Why != loans.ForRoom && !end.Before(today) && !desk.IsOpen(end):
				t.Fatalf("moves to a closed day: %s", said(m))
			case m.Earlier() && m.Why != loans.ForRight && (m.Why != loans.ForClash || m.Clash == ""):
				t.Fatalf("earlier without a reason: %s", said(m))
			}
		}
		for _, m := range done(t, r, will).Moves() {
			if !m.Stuck {
				t.Fatalf("after everything moved there still moves %s", said(m))
			}
		}
		for _, a := range r.Bookings {
			for _, b := range r.Bookings {
				x, y := will[a.ID], will[b.ID]
				if a.ID < b.ID && x.Device == y.Device && x.From <= y.To && y.From <= x.To {
					t.Fatalf("%s and %s share device %s: %+v, %+v", a.ID, b.ID, x.Device, x, y)
				}
			}
		}
	})
}

// done is a Replanner once everything is where it will be.
func done(t *rapid.T, r loans.Replanner, will map[string]loans.Promise) loans.Replanner {
	on := func(text string) time.Time {
		day, err := data.ParseDay(text)
		if err != nil {
			t.Fatal(err)
		}
		return day
	}
	r.Loans, r.Bookings = slices.Clone(r.Loans), slices.Clone(r.Bookings)
	for i, l := range r.Loans {
		r.Loans[i].Due = on(will[l.ID].To)
	}
	for i, b := range r.Bookings {
		p := will[b.ID]
		r.Bookings[i].Device, r.Bookings[i].From, r.Bookings[i].To = p.Device, on(p.From), on(p.To)
		r.Bookings[i].Fetch = r.Bookings[i].To
	}
	return r
}
