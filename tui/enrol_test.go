package tui_test

import (
	"strings"
	"testing"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
)

// TestKioskEnrolStory: a visitor at a kiosk reads the programme, enrols with a name and a phone number, and nothing of the
// visitor stays on the screen, or can be scrolled back to.
func TestKioskEnrolStory(t *testing.T) {
	s := newCorner(t)
	ctx, by := t.Context(), datatest.Operator
	store := s.house.Courses
	places, err := s.house.Calendar.Locations(ctx)
	check(t, err)
	library := places[0].ID
	room := data.Room{LocationID: library, Name: "Computerruimte", Kind: "ocr", Seats: 8, PCs: 8}
	check(t, s.DB.InTx(ctx, func(tx *data.Tx) (err error) {
		room, err = data.PutRoom(ctx, tx, by, room)
		return err
	}))
	c, err := store.PutCourse(ctx, by, courses.Course{Code: "email", Title: "E-mail voor starters", Goals: []string{"een e-mail sturen"}, Domain: courses.DomainMail, Level: 1,
		Lessons: 1, Minutes: 120, Least: 1, Most: 8, Promotion: courses.Offer, OfferDays: 3, DecideDays: 7})
	check(t, err)
	slot, err := courses.NewSlot(data.StoredDay("2026-12-01"), calendar.Minute(14*60), calendar.Minute(16*60))
	check(t, err)
	series, err := store.AddSeries(ctx, by, courses.SeriesAsk{Course: c.ID, Location: library, Seats: 2, Sessions: []courses.Session{{Slot: slot, RoomID: room.ID}}})
	check(t, err)
	check(t, store.Publish(ctx, by, series.ID))

	v := s.sit()
	v.WaitFor("Computerlessen")
	v.Press("down", "enter")
	v.WaitFor("2 plaatsen vrij")
	v.Press("enter")
	v.WaitFor("Voornaam (nodig)")
	v.Type("Zoë")
	v.Press("tab")
	v.Type("Verhaegen")
	v.Press("tab")
	v.Type("0470 12 34 56")
	v.Press("tab", "tab", "enter")
	v.WaitFor("Bedankt. We hebben uw inschrijving.")
	all, err := store.Enrolments(ctx, by, series.ID)
	check(t, err)
	if len(all) != 1 || all[0].Participant != "Zoë Verhaegen" || all[0].State != courses.Booked || all[0].Source != courses.ByKiosk {
		t.Errorf("the register has %+v", all)
	}
	before := len(v.Raw())
	v.Press("enter")
	v.WaitFor("Code invoeren")
	after, at := "", -1
	eventually(t, "the screen to be wiped", func() bool {
		after = string(v.Raw()[before:])
		at = strings.LastIndex(after, "\x1b[3J")
		return at >= 0
	})
	for _, trace := range []string{"Zoë", "Verhaegen", "0470", "E-mail voor"} {
		if strings.Contains(after[at:], trace) {
			t.Errorf("after the wipe the stream still has %q", trace)
		}
	}
	v.Press("down", "down", "down", "enter") // the list stands at its first row again
	v.WaitFor("8 computers vrij")
	found, err := store.Check(ctx, by)
	if err != nil || len(found) > 0 {
		t.Errorf("the register: %v %v", found, err)
	}
}
