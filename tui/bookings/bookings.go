// Package bookings is the room of reservations: what is kept free for whom, what is to be fetched today, how many
// devices of a type are free on each day, and who waits for one.
//
// What can't be is said by the register, all reasons at once and by article; this room adds what can be instead: the
// first days that are free, and the waiting list.
package bookings

import (
	"context"
	"time"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "bookings"

// Desk is what the room works with. Only Store must be there.
type Desk struct {
	Store *loans.Store
	// Print sends the slip of a reservation to the outbox; nil: there is no key for it.
	Print func(ctx context.Context, by data.Actor, booking loans.Booking) error
	// Label does so with the label for the bag that is set aside; nil: there is no key for it.
	Label func(ctx context.Context, by data.Actor, booking loans.Booking) error
}

// base is what the screens of the room share.
type base struct {
	page.Page
	desk Desk
}

// today is the day in Brussels, midnight UTC.
func (b base) today() time.Time {
	day, _ := data.ParseDay(data.DayOf(b.S.Now())) // the clock's own day is one
	return day
}

// weekday writes a stored day as "vr 25/12/2026".
func (b base) weekday(stored string) string {
	at, err := data.ParseDay(stored)
	if err != nil {
		return data.Clean(stored, 20)
	}
	return words.WeekdayDay(b.S.Lang(), at)
}

// span writes two stored days.
func (b base) span(from, to string) string {
	if from == to {
		return b.weekday(from)
	}
	return b.S.T(words.BookingSpan, "from", b.weekday(from), "until", b.weekday(to))
}

// state is what stands of a booking.
func (b base) state(k loans.Booking) string {
	return b.S.T(map[loans.BookingState]words.Key{loans.Offered: words.BookingOffered, loans.Booked: words.BookingBooked, loans.SetAside: words.BookingReady,
		loans.Fetched: words.BookingFetched, loans.Cancelled: words.BookingCancelled, loans.Missed: words.BookingMissed}[k.State])
}

// device is what is kept free: that device, or one of the type that can still change.
func (b base) device(k loans.Booking) string {
	if k.Named {
		return k.Device
	}
	return b.S.T(words.BookingAnyOf, "type", k.Type, "device", k.Device)
}

// Keys that several screens have.
func (b base) add() key.Binding   { return b.Letter("n", words.BookingNew) }
func (b base) aside() key.Binding { return b.Letter("k", words.BookingDoReady) }
func (b base) cancel() key.Binding {
	return key.NewBinding(key.WithKeys("delete"), key.WithHelp("Del", b.S.T(words.BookingDoCancel)))
}

// saved is what a change came to.
type saved struct {
	said words.Key
	args []any
}

func (s saved) tell() tea.Cmd { return shell.Notify(shell.Good, s.said, s.args...) }
