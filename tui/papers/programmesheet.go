package papers

import (
	"context"
	"fmt"
	"strings"

	"digibrug/courses"
	"digibrug/courses/programme"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/words"
)

// publicSeries gives what everybody may know of the series; *courses.Store does.
type publicSeries interface {
	Public(ctx context.Context) (programme.Programme, error)
}

// PublicProgramme reads the programme, with the settings of the house in it.
type PublicProgramme struct {
	Series   publicSeries
	Settings places
}

// Read gives the programme as it stands now. Series that say not how to enrol get how people reach the course service.
func (r PublicProgramme) Read(ctx context.Context) (programme.Programme, error) {
	p, err := r.Series.Public(ctx)
	if err != nil {
		return p, err
	}
	if p.Place, err = r.Settings.Get(ctx, data.SettingPlace, ""); err != nil {
		return p, err
	}
	contact, err := CourseContact(ctx, r.Settings)
	for i := range p.Series {
		if p.Series[i].Contact == (programme.Contact{}) {
			p.Series[i].Contact = contact
		}
	}
	return p, err
}

// ProgrammeList is the programme as a list with the fields of UiTdatabank, one row a series.
func ProgrammeList(source PublicProgramme) Paper {
	return Paper{Name: "programme", Title: words.UitList, Roles: []data.Role{data.RoleCoordinator, data.RoleTrainer, data.RoleClerk, data.RoleICT},
		fill: func(ctx context.Context, _ data.Actor, _ Ask) (Sheet, error) {
			p, err := source.Read(ctx)
			if err != nil {
				return Sheet{}, err
			}
			return ProgrammeSheet(p), nil
		}}
}

// ProgrammeSheet is the programme with the fields of UiTdatabank. Columns are called as there, so that a machine can
// read the list; days and hours stand in codes as RFC 3339 has them, without zone.
func ProgrammeSheet(p programme.Programme) Sheet {
	w := courseSpeaker{speaker{lang}, p.At}
	s := Sheet{Name: "programme", Title: nl.T(words.UitList), Place: p.Place, At: p.At, Notes: []string{nl.T(words.UitNoteType), nl.T(words.UitNotePrice)}}
	for _, c := range []struct {
		name string
		key  words.Key
		kind Kind
	}{
		{"name", words.UitColName, KindText}, {"type", words.UitColType, KindText}, {"theme", words.UitColTheme, KindText},
		{"calendarType", words.UitColCalendar, KindText}, {"startDate", words.UitColFirst, KindDay}, {"endDate", words.UitColLast, KindDay},
		{"startHour", words.UitColFrom, KindText}, {"endHour", words.UitColTo, KindText}, {"subEvent", words.UitColLessons, KindList},
		{"status", words.UitColStatus, KindText}, {"bookingAvailability", words.UitColBooking, KindText},
		{"location", words.UitColLocation, KindText}, {"streetAddress", words.UitColStreet, KindText}, {"postalCode", words.UitColPostcode, KindText},
		{"addressLocality", words.UitColTown, KindText}, {"price", words.UitColPrice, KindMoney}, {"priceReduced", words.UitColReduced, KindMoney},
		{"priceInfo", words.UitColPrices, KindText}, {"audienceType", words.UitColAudience, KindText}, {"typicalAgeRange", words.UitColAges, KindText},
		{"description", words.UitColText, KindText}, {"phone", words.UitColPhone, KindText}, {"email", words.UitColMail, KindText},
		{"url", words.UitColWeb, KindText}, {"availabilityEnds", words.UitColUntil, KindMoment}, {"organizer", words.UitColOrganiser, KindText},
		{"code", words.UitColCode, KindText},
	} {
		s.Columns = append(s.Columns, column(c.name, c.key, c.kind))
	}
	for _, one := range p.Upcoming() {
		s.Rows = append(s.Rows, w.row(one))
	}
	return s
}

// row is a series, in the order of the columns.
func (w courseSpeaker) row(s programme.Series) []Cell {
	row := []Cell{Text(s.Course.Title), Text(w.T(words.UitType)), Text(w.T(words.UitTheme))}
	row = append(row, w.days(s)...)
	state := s.StateAt(w.at)
	status, booking := Coded(w.T(words.UitGoesOn), "Available"), Coded(w.T(words.UitBookable), "Available")
	if state == programme.Cancelled {
		status = Coded(w.T(words.ProgrammeStateOff), "Unavailable")
	}
	if state != programme.Open {
		booking = Coded(w.seats(s), "Unavailable")
	}
	usual, reduced := uitPrices(s.Prices)
	return append(row, status, booking, Text(joinedPlace(s)), textIf(s.Address.Street), textIf(s.Address.Postcode), textIf(s.Address.Town), usual, reduced,
		Text(strings.ReplaceAll(w.prices(s.Prices), "\n", "; ")), Coded(w.forWhom(s.Course)[0].Value, "everyone"), w.ageRange(s.Course), Text(w.description(s.Course)),
		textIf(s.Contact.Phone), textIf(s.Contact.Mail), textIf(s.Contact.Web), Moment(s.EnrolUntil), textIf(s.Organiser), Text(s.Code))
}

// days are the cells about when a series is: its kind, first and last day, the hours of its first lesson, all lessons.
func (w courseSpeaker) days(s programme.Series) []Cell {
	lessons := s.Ordered()
	first, last := lessons[0], lessons[len(lessons)-1]
	if f, ok := s.First(); ok {
		first = f
		last, _ = s.Last()
	}
	kind := Coded(w.T(words.UitManyDays), "multiple")
	if first.Number == last.Number {
		kind = Coded(w.T(words.UitOneDay), "single")
	}
	var texts, codes []string
	for _, l := range s.Ordered() {
		if l.Cancelled && !s.Cancelled {
			continue
		}
		texts = append(texts, words.Day(w.Lang, l.Start.Day)+" "+l.Start.At.String()+"-"+l.End.At.String()) // no comma: one stands between lessons
		codes = append(codes, stamp(l.Start)+"/"+stamp(l.End))
	}
	return []Cell{kind, Day(first.Start.Day.Format(data.DayLayout)), Day(last.End.Day.Format(data.DayLayout)), Text(first.Start.At.String()), Text(first.End.At.String()), List(texts, codes)}
}

// stamp is a local time as RFC 3339 writes it, without zone.
func stamp(at calendar.Local) string { return at.Day.Format(data.DayLayout) + "T" + at.At.String() }

func joinedPlace(s programme.Series) string {
	return strings.Trim(s.Location+", "+s.Room, ", ")
}

// uitPrices are the usual price, and the lowest social tariff; empty where they are not known.
func uitPrices(all []programme.Price) (usual, reduced Cell) {
	known, found, least := false, false, int64(0)
	for _, p := range all {
		switch {
		case p.Reduced && (!found || p.Cents < least):
			found, least = true, p.Cents
		case !p.Reduced && !known && p.For != string(courses.Staff) && p.For != string(courses.NonAdmin):
			usual, known = Money(p.Cents), true
		}
	}
	if found {
		reduced = Money(least)
	}
	return usual, reduced
}

// ageRange is for machines "18-" for 18 and older, and "-" for everybody.
func (w courseSpeaker) ageRange(c programme.Course) Cell {
	if c.From == 0 && c.To == 0 {
		return Coded(w.T(words.UitAllAges), "-")
	}
	to := ""
	if c.To > 0 {
		to = fmt.Sprint(c.To)
	}
	return Coded(w.ages(c), fmt.Sprintf("%d-%s", c.From, to))
}

// description is what a course is, in one text.
func (w courseSpeaker) description(c programme.Course) string {
	text := c.Blurb
	if len(c.Goals) > 0 {
		text += " " + w.T(words.ProgrammeGoals) + " " + strings.Join(c.Goals, "; ") + "."
	}
	if len(c.Before) > 0 {
		text += " " + w.T(words.ProgrammeBefore) + ": " + strings.Join(c.Before, ", ") + "."
	}
	return strings.TrimSpace(text)
}
