// Package courses is the floor of computer courses: the catalogue, rooms and trainers, series with their sessions, who is
// enrolled and who waits, attendance, and what people should learn. A Course is what the catalogue promises; a Series is
// that course given at set times to one group (lessenreeks), in Sessions (lessen).
//
// Rules are pure: fees, the expansion of a weekly series, the series doctor, who moves up from the waiting list, when
// something can be cancelled. Store asks them inside one transaction and keeps what they say. Package plan makes groups
// from needs, ics writes calendars. Words for people live in tui.
//
// A session is stored as a day and two times on the wall of Brussels; the instants are derived from them, so that 18:30
// stays 18:30 when the clock changes. Times are half-open, spans of days inclusive. Rooms and trainers are held by
// quarters of an hour in rows that the schema keeps unique: what is held once can't be held twice.
package courses
