package loans

import (
	"slices"
	"strconv"
	"time"

	"digibrug/data"
)

// Category is a kind of borrower.
type Category string

// The kinds of borrowers.
const (
	Citizen     Category = "citizen"     // inwoner
	Client      Category = "client"      // cliënt van het OCMW
	Participant Category = "participant" // cursist
	Association Category = "association" // vereniging
	Employee    Category = "employee"    // personeel
	Minor       Category = "minor"       // minderjarige, by a guardian
)

// Categories gives all kinds.
func Categories() []Category {
	return []Category{Citizen, Client, Participant, Association, Employee, Minor}
}

// Param is one figure of the regulation.
type Param string

// The figures. Days are days of the calendar unless said; amounts are cents; an absent figure sets no bound.
const (
	TermDays       Param = "term_days"       // length of a loan
	TermMode       Param = "term_mode"       // index in Modes
	TermHours      Param = "term_hours"      // length in hours, in the place of TermDays and RenewalDays; 0 or absent: days
	TermRule       Param = "term_rule"       // index in HourRules, of a term in hours
	Renewals       Param = "renewals"        // how often a loan can be renewed
	RenewalDays    Param = "renewal_days"    // length of a renewal
	RenewBefore    Param = "renew_before"    // at most so many days before the due day, so that nobody renews at once
	MostLoans      Param = "most_loans"      // at the same time, per person
	MostHousehold  Param = "most_household"  // at the same time, per household
	MostYear       Param = "most_year"       // loans begun per person per year
	LeadDays       Param = "lead_days"       // a booking is asked at least so many days before
	HorizonDays    Param = "horizon_days"    // and at most so many
	MostDays       Param = "most_days"       // days of a booking, both its ends counted
	DepositCents   Param = "deposit_cents"   // waarborg
	FeeCents       Param = "fee_cents"       // retributie per loan
	FineCents      Param = "fine_cents"      // per FineDays late
	FineDays       Param = "fine_days"       //
	FineCap        Param = "fine_cap"        // at most
	GraceDays      Param = "grace_days"      // days late that cost nothing
	BlockPerDay    Param = "block_per_day"   // days of no lending per day late
	BlockCap       Param = "block_cap"       // at most
	GapDays        Param = "gap_days"        // service days between two loans
	PickUpDays     Param = "pick_up_days"    // opening days that a booking waits to be fetched
	YoungestMonths Param = "youngest_months" // age of a minor, in months
)

// article says which article of the model regulation a figure stands in.
func (p Param) article() int {
	switch p {
	case YoungestMonths:
		return 5
	case LeadDays, HorizonDays, MostDays, PickUpDays:
		return 6
	case MostLoans, MostHousehold, MostYear:
		return 7
	case TermDays, TermMode, TermHours, TermRule, GapDays:
		return 8
	case Renewals, RenewalDays, RenewBefore:
		return 9
	case DepositCents, FeeCents:
		return 10
	case FineCents, FineDays, FineCap, GraceDays, BlockPerDay, BlockCap:
		return 15
	}
	return 0
}

// Cell is where a figure holds: for a kind of borrower and a kind of device, of which either may be empty for all.
type Cell struct {
	Category Category
	Device   string // id of a device type
}

// Regulation is one version of the figures.
type Regulation struct {
	ID    string
	From  string // YYYY-MM-DD, its first day
	Cells map[Cell]map[Param]int64
}

// Get gives a figure for a kind of borrower and device. Each figure is looked up by itself: for both, for the kind of
// borrower, for the device, for all. set is false when the regulation says nothing of it.
func (r Regulation) Get(c Category, device string, p Param) (value int64, set bool) {
	for _, at := range []Cell{{c, device}, {c, ""}, {"", device}, {}} {
		if value, set = r.Cells[at][p]; set {
			return value, true
		}
	}
	return 0, false
}

// Or is Get with a value for a figure that is not set.
func (r Regulation) Or(c Category, device string, p Param, otherwise int64) int64 {
	if value, set := r.Get(c, device, p); set {
		return value
	}
	return otherwise
}

// Current is the version that holds on a day: the one that began last. found is false when none has begun.
func Current(all []Regulation, day string) (r Regulation, found bool) {
	for _, one := range all {
		if one.From <= day && (!found || one.From > r.From) {
			r, found = one, true
		}
	}
	return r, found
}

// Refusal is one reason why something can't be lent or booked, with the article that says so.
type Refusal struct {
	Why     data.Why
	Article int    // of the regulation; 0: it is no article but a fact
	Have    int64  // how many there are
	Most    int64  // how many there may be
	Until   string // YYYY-MM-DD, of a block
	Text    string // of a block: the reason that was given
}

// Invalid gives the refusal as bad input in a field, for the sentence that people read: what is wanted and what there
// is, the last day of a block and its reason, or the day that is closed.
func (r Refusal) Invalid(field string) *data.Invalid {
	bad := &data.Invalid{Field: field, Why: r.Why, Want: strconv.FormatInt(r.Most, 10), Got: strconv.FormatInt(r.Have, 10)}
	switch {
	case r.Why == WhyClosedDay:
		bad.Want, bad.Got = "", r.Until
	case r.Until != "":
		bad.Want, bad.Got = r.Until, r.Text
	}
	return bad
}

// Why something is refused.
const (
	WhyMostLoans     data.Why = "loans.most_loans"
	WhyMostHousehold data.Why = "loans.most_household"
	WhyMostYear      data.Why = "loans.most_year"
	WhyBlocked       data.Why = "loans.blocked"
	WhyTooLong       data.Why = "loans.too_long"  // a booking of more days than Most
	WhyTooSoon       data.Why = "loans.too_soon"  // a booking asked less than Most days before
	WhyTooFar        data.Why = "loans.too_far"   // or more
	WhyTooYoung      data.Why = "loans.too_young" // younger than Most months
	WhyClosedDay     data.Why = "loans.closed"    // the desk is closed on the first or last day: Until, and Text says why
)

// Standing is what a borrower has and had.
type Standing struct {
	Category      Category
	Open          int64 // loans of this person
	OpenHousehold int64 // of everybody at the address, this person's too
	ThisYear      int64 // begun since 1 January
	AgeMonths     int64 // of a minor
	Blocks        []Block
}

// Block is a span of days on which somebody may not borrow. It lifts itself.
type Block struct {
	From   string // YYYY-MM-DD
	Until  string // included
	Reason string
}

// MayLend lists every reason why a device can't be lent to somebody on a day; none when it can.
func (r Regulation) MayLend(s Standing, device, day string) (all []Refusal) {
	for _, b := range s.Blocks {
		if b.From <= day && day <= b.Until {
			all = append(all, Refusal{Why: WhyBlocked, Article: 18, Until: b.Until, Text: b.Reason})
		}
	}
	for _, limit := range []struct {
		why  data.Why
		by   Param
		have int64
	}{{WhyMostLoans, MostLoans, s.Open}, {WhyMostHousehold, MostHousehold, s.OpenHousehold}, {WhyMostYear, MostYear, s.ThisYear}} {
		if most, set := r.Get(s.Category, device, limit.by); set && limit.have >= most {
			all = append(all, Refusal{Why: limit.why, Article: limit.by.article(), Have: limit.have, Most: most})
		}
	}
	if least, set := r.Get(s.Category, device, YoungestMonths); set && s.Category == Minor && s.AgeMonths < least {
		all = append(all, Refusal{Why: WhyTooYoung, Article: YoungestMonths.article(), Have: s.AgeMonths, Most: least})
	}
	return all
}

// MayBook lists every reason, besides those of MayLend, why somebody can't book a device for a span of days.
func (r Regulation) MayBook(s Standing, device string, today, from, to time.Time, open Opening) (all []Refusal) {
	lead, days := int64(from.Sub(today).Hours()/24), int64(to.Sub(from).Hours()/24)+1
	for _, limit := range []struct {
		why  data.Why
		by   Param
		have int64
		over func(have, most int64) bool
	}{
		{WhyTooLong, MostDays, days, func(have, most int64) bool { return have > most }},
		{WhyTooSoon, LeadDays, lead, func(have, most int64) bool { return have < most }},
		{WhyTooFar, HorizonDays, lead, func(have, most int64) bool { return have > most }},
	} {
		if most, set := r.Get(s.Category, device, limit.by); set && limit.over(limit.have, most) {
			all = append(all, Refusal{Why: limit.why, Article: limit.by.article(), Have: limit.have, Most: most})
		}
	}
	for _, day := range slices.Compact([]time.Time{from, to}) {
		if !open.IsOpen(day) {
			all = append(all, Refusal{Why: WhyClosedDay, Article: 6, Until: day.Format(data.DayLayout)})
		}
	}
	return all
}

// Mode is how closed days count.
func (r Regulation) Mode(c Category, device string) Mode {
	at := r.Or(c, device, TermMode, 0)
	if at < 0 || at >= int64(len(Modes())) {
		return ModeDatedue
	}
	return Modes()[at]
}

// Late is what being late comes to.
type Late struct {
	Days  int64 // days of the calendar, after the grace
	Cents int64
	Block int64 // days without lending
}

// Late works out a fine and a block for something that was due on one day and came back on another; days are
// counted by the calendar, never by the hour.
func (r Regulation) Late(c Category, device string, due, back time.Time) Late {
	return r.lateBy(c, device, int64(back.Sub(due).Hours()/24))
}

// lateBy is Late for so many days.
func (r Regulation) lateBy(c Category, device string, days int64) Late {
	days -= r.Or(c, device, GraceDays, 0)
	if days <= 0 {
		return Late{}
	}
	l := Late{Days: days}
	if every := r.Or(c, device, FineDays, 1); every > 0 {
		l.Cents = (days + every - 1) / every * r.Or(c, device, FineCents, 0)
	}
	if most, set := r.Get(c, device, FineCap); set {
		l.Cents = min(l.Cents, most)
	}
	l.Block = days * r.Or(c, device, BlockPerDay, 0)
	if most, set := r.Get(c, device, BlockCap); set {
		l.Block = min(l.Block, most)
	}
	return l
}

// String tells where a figure holds, for logs.
func (c Cell) String() string {
	return strconv.Quote(string(c.Category)) + "/" + strconv.Quote(c.Device)
}
