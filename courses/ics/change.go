package ics

import (
	"slices"
	"time"
)

// Changes says what must be sent to one person whose lessons were before and are after: request are invitations,
// new or changed, cancel are those that are taken back. Both are ordered by time and have the sequence to send, and
// to remember: after a change it is higher than what the person has.
//
// A lesson that moved to another time or place, or that got another name, is invited to again; a comma in its
// description is no reason to write to anybody. A lesson that is over at now is left as it is in everybody's
// calendar, unless it moved to a time that is still to come. Who comes and who leaves is the same question: before
// or after has no lessons then.
func Changes(before, after []Event, now time.Time) (request, cancel []Event) {
	had := map[string]Event{}
	for _, e := range before {
		had[e.UID] = e
	}
	has := map[string]bool{}
	for _, e := range after {
		has[e.UID] = true
		old, known := had[e.UID]
		if known && (!same(old, e) || old.Cancelled != e.Cancelled) {
			e.Sequence = max(e.Sequence, old.Sequence+1)
		}
		switch {
		case e.Cancelled && known && !old.Cancelled && !over(old, now):
			cancel = append(cancel, e)
		case e.Cancelled || over(e, now):
		case !known || old.Cancelled || !same(old, e):
			request = append(request, e)
		}
	}
	for _, e := range before {
		if !has[e.UID] && !e.Cancelled && !over(e, now) {
			e.Cancelled = true
			e.Sequence++
			cancel = append(cancel, e)
		}
	}
	slices.SortFunc(request, byTime)
	slices.SortFunc(cancel, byTime)
	return request, cancel
}

// same tells whether somebody who has a would miss nothing of b.
func same(a, b Event) bool {
	return a.Start.Bound().Equal(b.Start.Bound()) && a.End.Bound().Equal(b.End.Bound()) && a.Location == b.Location && a.Summary == b.Summary
}

func over(e Event, now time.Time) bool { return !e.End.Bound().After(now) }
