// Package loandesk is the desk where laptops are lent and taken back. One line takes every code in any order, scanned
// or typed: of a person, a device, a kit, a reservation. Lending is two scans and Enter, taking back one scan and
// Enter. What is done on paper, the list of the day and the page of one loan are a key away.
//
// Who lends decides nothing here: the register does, and says why by article before anything is written.
package loandesk

import (
	"context"
	"errors"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "loandesk"

// Desk is what the room works with. Only Store must be there: without the rest the desk lends and takes back all the
// same, and the keys of what is missing are gone.
type Desk struct {
	Store *loans.Store
	// Texts gives the contract of a hand-over or return in the languages that a kiosk shows, by code (nl, en, fr).
	Texts func(ctx context.Context, by data.Actor, contract string, when loans.Signing) (map[string]string, error)
	// Print puts the contract or the slip of a return where papers leave, and tells by which way it does.
	Print func(ctx context.Context, by data.Actor, contract string, when loans.Signing) (outbox.Channel, error)
	// Blank does so with the sheets for when the line is down.
	Blank func(ctx context.Context, by data.Actor) (outbox.Channel, error)
	// Money opens the ledger of a loan, Device the page of a device.
	Money  func(s *shell.Session, loan string) shell.Screen
	Device func(s *shell.Session, device string) shell.Screen
	// Clock tells the time between two keys; nil: time.Now. Wait sends a message after a while; nil: tea.Tick.
	Clock func() time.Time
	Wait  func(time.Duration, func(time.Time) tea.Msg) tea.Cmd
}

// leaves is the sentence for a paper that leaves by a way.
func leaves(way outbox.Channel) words.Key {
	switch way {
	case outbox.Print:
		return words.LoandeskToPrinter
	case outbox.Folder:
		return words.LoandeskToFolder
	}
	return words.LoandeskToFetch
}

func (d Desk) clock() time.Time {
	if d.Clock == nil {
		return time.Now()
	}
	return d.Clock()
}

func (d Desk) wait(long time.Duration, msg tea.Msg) tea.Cmd {
	then := func(time.Time) tea.Msg { return msg }
	if d.Wait == nil {
		return tea.Tick(long, then)
	}
	return d.Wait(long, then)
}

// base is what the screens of the room share.
type base struct {
	page.Page
	desk Desk
}

func (b base) today() string { return data.DayOf(b.S.Now()) }

func (b base) money(cents int64) string { return words.Money(b.S.Lang(), cents) }

// weekday writes a stored day as "vr 25/12/2026".
func (b base) weekday(day string) string {
	at, err := data.ParseDay(day)
	if err != nil {
		return data.Clean(day, 20)
	}
	return words.WeekdayDay(b.S.Lang(), at)
}

// state is what the state of a device is called.
func (b base) state(s loans.State) string { return b.S.T(words.LoanState(string(s))) }

// refusal says why something is refused, with the article of the regulation.
func (b base) refusal(r loans.Refusal) string {
	if r.Why == loans.WhyNotReady {
		return b.notReady(loans.State(r.Text))
	}
	text, _ := words.Sentence(b.S.Lang(), r.Invalid("device"))
	return text
}

// notReady says which steps a device still has before it.
func (b base) notReady(s loans.State) string {
	var steps []string
	for _, step := range s.Missing() {
		steps = append(steps, b.S.T(map[loans.State]words.Key{
			loans.ToCheck: words.LoandeskStepCheck, loans.ToWipe: words.LoandeskStepWipe, loans.InStock: words.LoandeskStepTest}[step]))
	}
	if len(steps) == 0 {
		return b.S.T(words.LoandeskNotReady, "state", b.state(s))
	}
	return b.S.T(words.LoandeskNotReadyYet, "state", b.state(s), "steps", strings.Join(steps, ", "))
}

// sentence says what an error means; known is false for one that belongs in the log.
func (b base) sentence(err error) (text string, known bool) {
	var lent *loans.LentError
	var refused *loans.RefusedError
	switch {
	case errors.As(err, &lent):
		return lent.Device + ": " + b.S.T(words.ErrorLent, "by", lent.By, "at", words.Clock(b.S.Lang(), lent.At)), true
	case errors.As(err, &refused):
		var all []string
		for _, r := range refused.All {
			all = append(all, b.refusal(r))
		}
		return strings.Join(all, " "), true
	}
	return words.Sentence(b.S.Lang(), err)
}

// until is when a loan is due: a day, and of a loan of hours the hour too, "ma 23/11/2026 15:00".
func (b base) until(l loans.Loan) string {
	if l.DueAt.IsZero() {
		return b.weekday(l.DueOn)
	}
	return b.bound(l.DueAt, true)
}

// bound writes a day, or an instant when clock is true.
func (b base) bound(at time.Time, clock bool) string {
	if !clock {
		return words.WeekdayDay(b.S.Lang(), at)
	}
	local := at.In(data.Brussels)
	return words.WeekdayDay(b.S.Lang(), local) + " " + words.Clock(b.S.Lang(), local)
}

// late says how late an open loan is; empty when it is not. A loan of hours can be late on its own day.
func (b base) late(l loans.Loan) string {
	switch days := l.LateOn(b.today()); {
	case days > 0:
		return b.S.T(words.LoandeskLate, "n", days)
	case l.LateAt(b.S.Now()):
		return b.S.T(words.LoanTodayLate)
	}
	return ""
}

// dueText says when a device is due, and why on that day: "ma 04/01/2027 (vr 25/12/2026 gesloten → ma 04/01/2027)".
func (b base) dueText(l loans.Loan) string {
	text := b.until(l)
	var why []string
	for _, s := range l.Shifts {
		key := map[loans.ShiftWhy]words.Key{loans.ShiftClosed: words.LoandeskShiftClosed, loans.ShiftRight: words.LoandeskShiftRight,
			loans.ShiftBooking: words.LoandeskShiftBooking}[s.Why]
		why = append(why, b.S.T(key, "from", b.bound(s.From, s.Clock), "to", b.bound(s.To, s.Clock)))
	}
	if len(why) > 0 {
		text += " (" + strings.Join(why, "; ") + ")"
	}
	return text
}

// names lists accessories.
func names(all []loans.Accessory) string {
	out := make([]string, len(all))
	for i, a := range all {
		out[i] = a.Name
	}
	return strings.Join(out, ", ")
}
