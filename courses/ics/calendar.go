// Package ics writes calendars as iCalendar text (RFC 5545), for the programs in which people keep their days: one
// VEVENT a lesson, in local time with the rules of Brussels beside it. It also says which invitations must go out
// after lessons changed (RFC 5546). Only what courses need can be written; nothing is read here.
package ics

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
)

// Method is what a calendar is for.
type Method string

// The methods.
const (
	Publish Method = "PUBLISH" // to read: nobody is invited, and no guest is named
	Request Method = "REQUEST" // an invitation, or the change of one
	Cancel  Method = "CANCEL"  // an invitation that is taken back
)

// Calendar is a file of events, or one invitation.
type Calendar struct {
	Method Method
	Name   string    // as programs show it among other calendars; empty: none. An invitation has none
	At     time.Time // when it is made
	Events []Event   // of an invitation exactly one: clients look at the first, and RFC 5546 forbids others
}

// Event is one lesson. Texts are made harmless when they are written.
type Event struct {
	UID         string         // the same as long as the lesson lives; see UID
	Sequence    int            // from 0; rises when the lesson moves, so that old news never wins
	Start, End  calendar.Local // End after Start; 24:00 is the midnight that ends the day
	Summary     string         // "Word voor starters, les 2 van 6"
	Description string         // may have several lines
	Location    string         // "Bib Zandwerve, computerlokaal, Kerkplein 4"
	Categories  []string
	URL         string   // http or https; empty: none
	Organiser   Person   // needed for an invitation
	Guests      []Person // who is invited. They see each other: usually one
	Cancelled   bool     // it doesn't take place
}

// Person is who gives or gets an invitation.
type Person struct {
	Name string // empty: only the address is known
	Mail string
}

// UID is what a session is called in all calendars, for ever.
func UID(session string) string { return session + "@digibrug" }

// SessionOf is the session whose UID that is.
func SessionOf(uid string) string { return strings.TrimSuffix(uid, "@digibrug") }

// What can be wrong with an event, besides its times.
const (
	WhyMail data.Why = "ics.mail" // not a mail address that calendars know
	WhyURL  data.Why = "ics.url"  // not an address of a web page
)

var (
	mailForm = regexp.MustCompile(`^[A-Za-z0-9_'+.=~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,180}[A-Za-z0-9])?$`)
	uidForm  = regexp.MustCompile(`^[A-Za-z0-9._@-]{1,200}$`)
	urlForm  = regexp.MustCompile(`^https?://[!-~]{1,1000}$`)
)

// check says what keeps a calendar from being written. What people can mend is an *data.Invalid or a
// *calendar.WallError; the rest is a mistake of the program.
func (c Calendar) check() error {
	switch {
	case !slices.Contains([]Method{Publish, Request, Cancel}, c.Method):
		return fmt.Errorf("no method %q", data.Clean(string(c.Method), 20))
	case c.At.IsZero():
		return fmt.Errorf("a calendar without its moment")
	case c.Method != Publish && len(c.Events) != 1:
		return fmt.Errorf("%d events in one invitation", len(c.Events))
	}
	seen := map[string]bool{}
	for _, e := range c.Events {
		if seen[e.UID] {
			return fmt.Errorf("event %s twice in a calendar", e.UID)
		}
		seen[e.UID] = true
		if err := e.check(c.Method); err != nil {
			return fmt.Errorf("event %s: %w", data.Clean(e.UID, 80), err)
		}
	}
	return nil
}

func (e Event) check(m Method) error {
	switch {
	case !uidForm.MatchString(e.UID):
		return fmt.Errorf("no name by which calendars know it")
	case e.Sequence < 0:
		return fmt.Errorf("sequence %d", e.Sequence)
	case m == Request && (len(e.Guests) == 0 || e.Cancelled), m == Cancel && len(e.Guests) == 0:
		return fmt.Errorf("nobody to send a %s to", m)
	case data.Clean(e.Summary, textLimit) == "":
		return &data.Invalid{Field: "title", Why: data.WhyEmpty}
	case e.URL != "" && !goodURL(e.URL):
		return &data.Invalid{Field: "url", Why: WhyURL, Got: data.Clean(e.URL, 60)}
	}
	if err := e.times(); err != nil {
		return err
	}
	people := e.Guests
	if m != Publish || e.Organiser != (Person{}) {
		people = append(slices.Clone(people), e.Organiser)
	}
	for _, p := range people {
		if !GoodMail(p.Mail) {
			return &data.Invalid{Field: "mail", Why: WhyMail, Got: data.Clean(p.Mail, 60)}
		}
	}
	return nil
}

// times says what is wrong with when it is. A time that the clock skips or shows twice is refused, as everywhere in
// the house: programs don't agree on what such a time means.
func (e Event) times() error {
	start, err := e.Start.Instant()
	if err != nil {
		return err
	}
	end, err := e.End.Instant()
	if err != nil {
		return err
	}
	if !end.After(start) {
		return &data.Invalid{Field: "time", Why: calendar.WhyOrder, Got: e.Start.String() + " - " + e.End.String()}
	}
	return nil
}

// GoodMail tells whether an invitation can go to an address.
func GoodMail(s string) bool { return mailForm.MatchString(s) }

func goodURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && urlForm.MatchString(s)
}

// Apart gives each event of a calendar as a calendar of its own, with its guests: invitations go one by one.
func (c Calendar) Apart() (all []Calendar) {
	for _, e := range c.Events {
		all = append(all, Calendar{Method: c.Method, At: c.At, Events: []Event{e}})
	}
	return all
}

// byTime orders events by when they begin, those of the same moment by UID.
func byTime(a, b Event) int {
	return cmp.Or(a.Start.Day.Compare(b.Start.Day), cmp.Compare(a.Start.At, b.Start.At), cmp.Compare(a.UID, b.UID))
}
