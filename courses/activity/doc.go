// Package activity is the floor of activities for children, such as a holiday week of the Kinderclub: half-days with
// places, which child comes to which, who may fetch it, who came, and who left with whom at what time.
//
// It keeps a list and nothing more: no fiscal attest and no national number, which no field takes in. Of a child it asks
// what a person at the door needs: the name, the year of birth (the month only where the year doesn't tell the age group),
// a guardian with a phone number, a second contact, and one short practical note. All of that has a last day, KeepUntil;
// Purge takes it away after it, and leaves counts.
//
// Rules are pure: age groups, the plan of half-days, who gets a free place, who may take a child along. Store asks them
// inside one transaction and keeps what they say. A half-day is a day with two times on the wall of Brussels; days are
// midnight UTC, spans of days inclusive, times half-open. Words for people live in tui.
package activity
