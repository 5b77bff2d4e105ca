package recruit

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"

	"digibrug/data"
)

// Lack is something that stands between a draft and its opening, or that the recruiter must know before.
type Lack string

// What can lack, in the order in which a procedure is set up, and then the warnings.
const (
	LackVacancy    Lack = "vacancy"
	LackProfile    Lack = "profile"
	LackBlueprint  Lack = "blueprint"  // empty
	LackItems      Lack = "items"      // the pool can't fill cell Of: Want needed, Got there
	LackWritten    Lack = "written"    // people would mark open questions, and none is asked
	LackMinutes    Lack = "minutes"    //
	LackWeights    Lack = "weights"    // a level that is asked has no points; Of is the level
	LackPoints     Lack = "points"     // open questions are asked and have no points
	LackPass       Lack = "pass"       // no mark for the total
	LackPart       Lack = "part"       // a mark for part Of, of which nothing is asked
	LackDays       Lack = "days"       //
	LackPast       Lack = "past"       // the last day, Got, is over
	LackPlace      Lack = "place"      //
	LackPractical  Lack = "practical"  //
	LackContact    Lack = "contact"    //
	LackSupervisor Lack = "supervisor" // none on the days of the test
	LackJury       Lack = "jury"       //
	LackMarkers    Lack = "markers"    // two, since open questions may be drawn; Got are there
	LackPurpose    Lack = "purpose"    //
	LackKeep       Lack = "keep"       //
	LackCandidates Lack = "candidates" //

	WarnHours  Lack = "hours"  // a day of the test is Got minutes, and somebody gets Want: who begins at its end gets less
	WarnPublic Lack = "public" // Got percent of what would be drawn is public, more than Want
	WarnHeld   Lack = "held"   // Got of the sealed items that would be drawn are in another procedure that is not over
	WarnForms  Lack = "forms"  // not everybody gets the same items
	WarnBand   Lack = "band"   // who is near a mark is decided by an interview
	WarnTies   Lack = "ties"   // the ranking doesn't separate who is within error
)

// lacks gives all lacks in their order.
func lacks() []Lack {
	return []Lack{LackVacancy, LackProfile, LackBlueprint, LackItems, LackWritten, LackMinutes, LackWeights, LackPoints, LackPass, LackPart, LackDays, LackPast, LackPlace, LackPractical,
		LackContact, LackSupervisor, LackJury, LackMarkers, LackPurpose, LackKeep, LackCandidates, WarnHours, WarnPublic, WarnHeld, WarnForms, WarnBand, WarnTies}
}

// Warns tells whether it is a warning: that doesn't lack, but must be accepted.
func (l Lack) Warns() bool {
	return slices.Contains([]Lack{WarnHours, WarnPublic, WarnHeld, WarnForms, WarnBand, WarnTies}, l)
}

// OfWritten stands in Missing.Of for open questions, where others have a level: "mail/open".
const OfWritten = "open"

// ofLevel names a level in Missing.Of.
func ofLevel(level int) string {
	if level == writtenLevel {
		return OfWritten
	}
	return strconv.Itoa(level)
}

// Missing is a line of the checklist.
type Missing struct {
	Lack     Lack   `json:"code"`
	Of       string `json:"of,omitempty"`   // a cell "mail/2" or "mail/open", a domain or a level
	Want     string `json:"want,omitempty"` // a number
	Got      string `json:"got,omitempty"`  // a number or a day
	Accepted bool   `json:"accepted,omitempty"`
}

// Blocks tells whether the procedure can't open because of it.
func (m Missing) Blocks() bool { return !m.Accepted }

// Around is what a checklist looks at beside the procedure itself.
type Around struct {
	Pool       []PoolItem // in the language of the test
	Members    []Member
	Candidates int        // who have not withdrawn
	Settings   []Settings // theirs
	Today      string     // YYYY-MM-DD
}

// Checklist says what must still be done before a procedure can open, in the order in which it is set up, and after that
// the warnings, each with whether it was accepted. It is empty for one that is ready and has nothing to warn of.
func Checklist(p Procedure, a Around) []Missing {
	var all []Missing
	add := func(when bool, m Missing) {
		if when {
			m.Accepted = m.Lack.Warns() && slices.Contains(p.Accepted, m.Lack)
			all = append(all, m)
		}
	}
	add(p.Vacancy == "", Missing{Lack: LackVacancy})
	add(p.Profile == "", Missing{Lack: LackProfile})
	add(p.Asked() == 0, Missing{Lack: LackBlueprint})
	for _, m := range p.shortOf(a.Pool) {
		add(true, m)
	}
	add(p.ByHand && p.Asked() == p.Blueprint.Total(), Missing{Lack: LackWritten})
	add(p.Minutes == 0, Missing{Lack: LackMinutes})
	for _, level := range p.unweighed() {
		add(true, Missing{Lack: LackWeights, Of: strconv.Itoa(level)})
	}
	add(p.Asked() > p.Blueprint.Total() && p.Written.Points == 0, Missing{Lack: LackPoints})
	add(p.Pass.Total == 0, Missing{Lack: LackPass})
	for domain := range p.Pass.Parts {
		add(!slices.Contains(p.Blueprint.Domains(), domain), Missing{Lack: LackPart, Of: domain})
	}
	dated := p.Days.From != "" && p.Days.Until != ""
	add(!dated, Missing{Lack: LackDays})
	add(dated && p.Days.Until < a.Today, Missing{Lack: LackPast, Got: p.Days.Until})
	add(p.Place == "", Missing{Lack: LackPlace})
	add(p.Practical == "", Missing{Lack: LackPractical})
	add(p.Contact == "", Missing{Lack: LackContact})
	add(!covered(a.Members, Supervisor, p.Days), Missing{Lack: LackSupervisor})
	add(count(a.Members, Jury) == 0, Missing{Lack: LackJury})
	markers := count(a.Members, Marker)
	add(p.ByHand && markers < 2, Missing{Lack: LackMarkers, Want: "2", Got: strconv.Itoa(markers)})
	add(p.Purpose == "", Missing{Lack: LackPurpose})
	add(p.Keep == 0, Missing{Lack: LackKeep})
	add(a.Candidates == 0, Missing{Lack: LackCandidates})
	need, there := p.longest(a.Settings), p.Days.minutes()
	add(dated && p.Minutes > 0 && need > there, Missing{Lack: WarnHours, Want: strconv.Itoa(need), Got: strconv.Itoa(there)})
	share, held := p.foreseen(a.Pool)
	add(share > p.PublicMax, Missing{Lack: WarnPublic, Want: strconv.Itoa(p.PublicMax), Got: strconv.Itoa(share)})
	add(held > 0, Missing{Lack: WarnHeld, Got: strconv.Itoa(held)})
	add(p.Forms > 1, Missing{Lack: WarnForms, Got: strconv.Itoa(p.Forms)})
	add(p.Pass.Band, Missing{Lack: WarnBand})
	add(p.Pass.Ties, Missing{Lack: WarnTies})
	order := lacks()
	slices.SortStableFunc(all, func(a, b Missing) int {
		return cmp.Or(cmp.Compare(slices.Index(order, a.Lack), slices.Index(order, b.Lack)), cmp.Compare(a.Of, b.Of))
	})
	return all
}

// longest is how many minutes the test takes for whom it takes longest, breaks too.
func (d Details) longest(all []Settings) int {
	most := d.Minutes
	for _, s := range all {
		allowed := NewClock(time.Time{}, d.Minutes, s.Factor, 0, 0, time.Time{}).Allowed
		most = max(most, int(math.Ceil(allowed.Minutes()))+s.Breaks)
	}
	return most
}

// minutes is how long the test is open on a day.
func (d Days) minutes() int {
	if d.Close == 0 {
		return dayMinutes - d.Open
	}
	return d.Close - d.Open
}

// Ready tells whether nothing on a checklist keeps the procedure from opening.
func Ready(all []Missing) bool { return !slices.ContainsFunc(all, Missing.Blocks) }

// shortOf lists the cells that the pool can't fill, even for one form.
func (d Details) shortOf(pool []PoolItem) (short []Missing) {
	stock := d.stock(pool)
	for _, c := range d.cells() {
		if have := len(stock[place{c.Domain, c.Level}]); have < c.Count {
			short = append(short, Missing{Lack: LackItems, Of: c.Domain + "/" + ofLevel(c.Level), Want: strconv.Itoa(c.Count), Got: strconv.Itoa(have)})
		}
	}
	return short
}

// unweighed lists the levels that are asked and have no points.
func (d Details) unweighed() (levels []int) {
	for _, c := range d.cells() {
		if c.Level != writtenLevel && d.weight(c.Level) == 0 && !slices.Contains(levels, c.Level) {
			levels = append(levels, c.Level)
		}
	}
	return levels
}

// foreseen tells of the items that would be drawn of this pool for all forms what percentage is public, rounded up, and how
// many are sealed and held by another procedure. Every draw has the same, since it goes by rank. Both are 0 where the pool
// can't fill the blueprint.
func (d Details) foreseen(pool []PoolItem) (public, held int) {
	stock, total := d.stock(pool), 0
	for _, c := range d.cells() {
		fit := stock[place{c.Domain, c.Level}]
		if len(fit) < c.Count {
			return 0, 0
		}
		var free, sealed int
		for _, it := range fit {
			switch {
			case it.Public:
			case it.Held:
				sealed++
			default:
				free++
				sealed++
			}
		}
		drawn := min(len(fit), c.Count*max(1, d.Forms))
		public += max(0, drawn-sealed)
		held += max(0, min(drawn, sealed)-free)
		total += drawn
	}
	if total == 0 {
		return 0, 0
	}
	return (public*100 + total - 1) / total, held
}

func count(all []Member, duty Duty) (n int) {
	for _, m := range all {
		if m.Duty == duty {
			n++
		}
	}
	return n
}

// covered tells whether somebody has a duty on every day of the test; on any day where no days are set yet.
func covered(all []Member, duty Duty, d Days) bool {
	first, err := data.ParseDay(d.From)
	if err != nil {
		return count(all, duty) > 0
	}
	for day := first; data.DayText(day) <= d.Until; day = day.AddDate(0, 0, 1) {
		on := data.DayText(day)
		if !slices.ContainsFunc(all, func(m Member) bool { return m.Duty == duty && m.From <= on && on <= m.Until }) {
			return false
		}
	}
	return true
}
