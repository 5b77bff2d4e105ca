package ics

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
)

// product is who made the file (PRODID), which programs ask for.
const product = "-//digibrug//courses//NL"

// zone is the name of the time zone in which all events are.
const zone = "Europe/Brussels"

// brussels are the rules of the clock since 1996, when the countries of the Union began to change it on the same
// nights. They stand in each file: Outlook trusts no name of a zone without its rules.
var brussels = [...]string{
	"BEGIN:VTIMEZONE", "TZID:" + zone,
	"BEGIN:DAYLIGHT", "TZNAME:CEST", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "DTSTART:19960331T020000",
	"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
	"BEGIN:STANDARD", "TZNAME:CET", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "DTSTART:19961027T030000",
	"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
	"END:VTIMEZONE",
}

// Write writes a calendar, all of it or nothing. The same calendar gives the same bytes. It returns an *data.Invalid
// for an address or a title that can't be, and a *calendar.WallError for a time that isn't one instant.
func Write(w io.Writer, c Calendar) error {
	if err := c.check(); err != nil {
		return fmt.Errorf("write calendar: %w", err)
	}
	var l lines
	l.put("BEGIN:VCALENDAR")
	l.put("VERSION:2.0")
	l.put("PRODID:", product)
	l.put("CALSCALE:GREGORIAN")
	l.put("METHOD:", string(c.Method))
	if c.Method == Publish {
		l.text("NAME", c.Name) // RFC 7986; the other is what programs have read since before it
		l.text("X-WR-CALNAME", c.Name)
		l.put("X-WR-TIMEZONE:", zone)
	}
	for _, line := range brussels {
		l.put(line)
	}
	for _, e := range c.Events {
		l.event(e, c.Method, c.At)
	}
	l.put("END:VCALENDAR")
	_, err := w.Write(l.out.Bytes())
	return err
}

func (l *lines) event(e Event, m Method, at time.Time) {
	l.put("BEGIN:VEVENT")
	l.put("UID:", e.UID)
	l.put("SEQUENCE:", strconv.Itoa(e.Sequence))
	l.put("DTSTAMP:", at.UTC().Format("20060102T150405Z"))
	l.local("DTSTART", e.Start)
	l.local("DTEND", e.End)
	l.text("SUMMARY", e.Summary)
	l.block("DESCRIPTION", e.Description)
	l.text("LOCATION", e.Location)
	l.list("CATEGORIES", e.Categories)
	if e.URL != "" {
		l.put("URL:", e.URL)
	}
	if e.Organiser != (Person{}) {
		l.person("ORGANIZER", e.Organiser)
	}
	if m != Publish { // RFC 5546, 3.2.1; and a list of guests is nobody's business
		for _, g := range e.Guests {
			// The person has enrolled already: nobody waits for an answer, and none is read.
			l.person("ATTENDEE", g, ";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE")
		}
	}
	if e.Cancelled || m == Cancel {
		l.put("STATUS:CANCELLED")
	} else {
		l.put("STATUS:CONFIRMED")
	}
	l.put("END:VEVENT")
}

// local adds a time as the wall in Brussels shows it: a lesson stays at half past six when the clock changes.
func (l *lines) local(name string, at calendar.Local) {
	day := at.Day
	if at.At == calendar.Midnight {
		day, at.At = day.AddDate(0, 0, 1), 0
	}
	l.put(name, ";TZID=", zone, ":", day.Format("20060102"), fmt.Sprintf("T%02d%02d00", at.At/60, at.At%60))
}

func (l *lines) person(name string, p Person, params ...string) {
	if data.Clean(p.Name, textLimit) != "" {
		params = append(params, ";CN="+quoted(p.Name))
	}
	all := append([]string{name}, params...)
	l.put(append(all, ":mailto:", p.Mail)...)
}
