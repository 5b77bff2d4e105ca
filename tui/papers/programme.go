package papers

import (
	"fmt"
	"strings"
	"time"

	"digibrug/courses/ics"
	"digibrug/courses/programme"
	"digibrug/tui/words"
)

// ProgrammePaper is the public programme: for paper, for mail, and as a page of the website.
func ProgrammePaper(p programme.Programme, l words.Lang) Document {
	w := courseSpeaker{speaker{l}, p.At}
	d := Document{Name: "programma", Title: w.programmeTitle(p.Place), Place: p.Place, At: p.At, Lang: l}
	all := p.Upcoming()
	if len(all) == 0 {
		d.Parts = []Part{Paragraph(w.T(words.ProgrammeNothing))}
		return d
	}
	d.Parts = []Part{Paragraph(w.T(words.ProgrammeIntro))}
	for _, s := range all {
		d.Parts = append(d.Parts, w.series(s)...)
	}
	return d
}

// ProgrammeCalendar is the public programme for calendars.
func ProgrammeCalendar(p programme.Programme, l words.Lang) ics.Calendar {
	w := courseSpeaker{speaker{l}, p.At}
	return p.Calendar(programme.Labels{Name: w.programmeTitle(p.Place), Title: w.event, Detail: w.detail, Kind: w.T(words.ProgrammeKind)})
}

// courseSpeaker says things about courses in a language, as they stand at a moment.
type courseSpeaker struct {
	speaker
	at time.Time
}

func (w courseSpeaker) programmeTitle(place string) string {
	if place == "" {
		return w.T(words.ProgrammeTitle)
	}
	return w.T(words.ProgrammeTitleIn, "place", place)
}

// series is all that people read of one series.
func (w courseSpeaker) series(s programme.Series) []Part {
	title := s.Course.Title
	if first, ok := s.First(); ok {
		title = w.T(words.ProgrammeHeading, "title", title, "day", words.Day(w.Lang, first.Start.Day))
	}
	parts := []Part{Heading(title)}
	state := s.StateAt(w.at)
	if state == programme.Cancelled {
		parts = append(parts, Important(w.T(words.ProgrammeOff)))
	}
	if s.Course.Blurb != "" {
		parts = append(parts, Paragraph(s.Course.Blurb))
	}
	if len(s.Course.Goals) > 0 {
		parts = append(parts, Paragraph(w.T(words.ProgrammeGoals)), Points(s.Course.Goals))
	}
	facts := append(w.forWhom(s.Course), Fact{w.T(words.ProgrammeWhen), strings.Join(w.moments(s), "\n")}, Fact{w.T(words.ProgrammeWhere), s.Where()},
		Fact{w.T(words.ProgrammePrice), w.prices(s.Prices)}, Fact{w.T(words.ProgrammeSeats), w.seats(s)})
	if state == programme.Open || state == programme.Full {
		facts = append(facts, Fact{w.T(words.ProgrammeEnrol), w.reach(s.Contact)})
		if !s.EnrolUntil.IsZero() {
			facts = append(facts, Fact{w.T(words.ProgrammeUntil), words.Moment(w.Lang, s.EnrolUntil)})
		}
	}
	if s.Organiser != "" {
		facts = append(facts, Fact{w.T(words.ProgrammeOrganiser), s.Organiser})
	}
	return append(parts, append(facts, Fact{w.T(words.ProgrammeCode), s.Code}))
}

// forWhom says for whom a course is, and what one must know before.
func (w courseSpeaker) forWhom(c programme.Course) Facts {
	who := w.T(words.ProgrammeEverybody)
	if len(c.Who) > 0 {
		names := make([]string, len(c.Who))
		for i, code := range c.Who {
			names[i] = w.kind(code)
		}
		who = strings.Join(names, ", ")
	}
	if ages := w.ages(c); ages != "" {
		who += ", " + ages
	}
	facts := Facts{{w.T(words.ProgrammeWho), who}}
	if level := w.level(c.Level); level != "" {
		facts = append(facts, Fact{w.T(words.ProgrammeLevel), level})
	}
	if len(c.Before) > 0 {
		facts = append(facts, Fact{w.T(words.ProgrammeBefore), strings.Join(c.Before, "\n")})
	}
	return facts
}

// kind is what a kind of participant is called; nothing for none.
func (w courseSpeaker) kind(code string) string {
	if code == "" {
		return ""
	}
	return w.T(words.Key("course.category." + code))
}

func (w courseSpeaker) level(n int) string {
	if key, ok := map[int]words.Key{1: words.ProgrammeLevel1, 2: words.ProgrammeLevel2, 3: words.ProgrammeLevel3, 4: words.ProgrammeLevel4}[n]; ok {
		return w.T(key)
	}
	return ""
}

func (w courseSpeaker) ages(c programme.Course) string {
	switch {
	case c.From > 0 && c.To > 0:
		return w.T(words.ProgrammeAges, "from", c.From, "to", c.To)
	case c.From > 0:
		return w.T(words.ProgrammeAgeFrom, "from", c.From)
	case c.To > 0:
		return w.T(words.ProgrammeAgeTo, "to", c.To)
	}
	return ""
}

// moments are the lessons, each on a line.
func (w courseSpeaker) moments(s programme.Series) (all []string) {
	for _, l := range s.Ordered() {
		text := w.moment(l)
		if l.Note != "" {
			text += ": " + oneLine(l.Note)
		}
		if l.Cancelled && !s.Cancelled {
			text = w.T(words.ProgrammeLessonOff, "moment", text)
		}
		all = append(all, text)
	}
	return all
}

// moment is "di 6 oktober 2026, 18:30 tot 20:30".
func (w courseSpeaker) moment(l programme.Lesson) string {
	return w.T(words.ProgrammeMoment, "day", words.Day(w.Lang, l.Start.Day), "from", l.Start.At.String(), "to", l.End.At.String())
}

func (w courseSpeaker) prices(all []programme.Price) string {
	if len(all) == 0 {
		return w.T(words.ProgrammePriceUnknown)
	}
	lines := make([]string, len(all))
	for i, p := range all {
		lines[i] = w.price(p, len(all) == 1)
	}
	return strings.Join(lines, "\n")
}

// price is "inwoners: € 10,00"; the only one needs no name.
func (w courseSpeaker) price(p programme.Price, only bool) string {
	amount, name := w.T(words.ProgrammeFree), w.kind(p.For)
	if p.Cents != 0 {
		amount = words.Money(w.Lang, p.Cents)
	}
	switch {
	case name != "":
	case p.Reduced:
		name = w.T(words.ProgrammeReduced)
	case only:
		return amount
	default:
		name = w.T(words.ProgrammeUsual)
	}
	return w.T(words.ProgrammePriced, "name", name, "amount", amount)
}

func (w courseSpeaker) seats(s programme.Series) string {
	switch s.StateAt(w.at) {
	case programme.Cancelled:
		return w.T(words.ProgrammeStateOff)
	case programme.Shut:
		return w.T(words.ProgrammeStateShut)
	case programme.Full:
		return w.T(words.ProgrammeStateFull)
	}
	return w.T(words.ProgrammeSeatsFree, "n", min(s.SeatsFree, s.Seats))
}

// reach says how people ask and enrol.
func (w courseSpeaker) reach(c programme.Contact) string {
	var ways []string
	for _, way := range []struct {
		key words.Key
		to  string
	}{{words.ProgrammeWeb, c.Web}, {words.ProgrammeMail, c.Mail}, {words.ProgrammeCall, c.Phone}} {
		if to := oneLine(way.to); to != "" {
			ways = append(ways, w.T(way.key, "to", to))
		}
	}
	if len(ways) == 0 {
		return w.T(words.ProgrammeDesk)
	}
	return strings.Join(ways, "\n")
}

// event is a lesson in a calendar: "Word voor starters, les 2 van 6".
func (w courseSpeaker) event(s programme.Series, l programme.Lesson) string {
	if len(s.Lessons) == 1 {
		return s.Course.Title
	}
	return w.T(words.ProgrammeEvent, "title", s.Course.Title, "number", l.Number, "of", len(s.Lessons))
}

// detail is what stands below a lesson in a calendar.
func (w courseSpeaker) detail(s programme.Series, l programme.Lesson) string {
	var lines []string
	if l.Note != "" {
		lines = append(lines, l.Note)
	}
	if at := l.Number - 1; at >= 0 && at < len(s.Course.Outline) && len(s.Course.Outline) == len(s.Lessons) && s.Course.Outline[at] != l.Note { // a new series takes it over
		lines = append(lines, s.Course.Outline[at])
	}
	lines = append(lines, fmt.Sprintf("%s: %s", w.T(words.ProgrammeSeats), w.seats(s)))
	if s.StateAt(w.at) == programme.Open || s.StateAt(w.at) == programme.Full {
		lines = append(lines, fmt.Sprintf("%s: %s", w.T(words.ProgrammeEnrol), strings.ReplaceAll(w.reach(s.Contact), "\n", ", ")))
	}
	return strings.Join(lines, "\n")
}
