package bookings

import (
	"errors"
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Form makes a reservation for somebody. When it can't be, it says every reason, and offers the first days that are
// free and the waiting list.
type Form struct {
	page.Form
	desk  Desk
	who   loans.Borrower
	id    string // of a borrower that must still be loaded
	wish  ask
	types []loans.Type
	free  map[string]loans.FreeDays // by type, from today on
	no    *refused                  // what stands in the way; nil: nothing was asked, or it was put away
}

// ask is what the form proposes; the zero ask is the first type from today on.
type ask struct {
	typeID string
	from   time.Time
}

// begun is what the form needs.
type begun struct {
	who   loans.Borrower
	types []loans.Type
	free  map[string]loans.FreeDays
}

// booked is what came of a reservation: one of the three.
type booked struct {
	k  loans.Booking
	w  loans.Wait
	no *refused
}

// aheadDays is for how long the form knows what is free, from today.
const aheadDays = 200

// usualDays is the length of a loan that the form proposes.
const usualDays = 14

// tailLines is the lines for what is free, under the fields.
const tailLines = 3

// NewFor makes a reservation for a borrower.
func NewFor(s *shell.Session, desk Desk, borrower string) shell.Screen {
	f := newForm(s, desk, loans.Borrower{}, ask{}).(Form)
	f.id = borrower
	return f
}

func newForm(s *shell.Session, desk Desk, who loans.Borrower, wish ask) shell.Screen {
	return Form{Form: page.LoadingForm(s, words.BookingLoading, words.BookingFormLead), desk: desk, who: who, id: who.ID, wish: wish}
}

func (f Form) base() base { return base{f.Page, f.desk} }

func (f Form) load() tea.Cmd {
	return page.Fetch(f.Loading, func() (b begun, err error) {
		store, by, ctx := f.desk.Store, f.By(), f.S.Ctx
		if b.who, err = store.Borrower(ctx, by, f.id); err != nil {
			return b, err
		}
		if b.types, err = store.Types(ctx, by); err != nil {
			return b, err
		}
		b.free = map[string]loans.FreeDays{}
		today := f.base().today()
		for _, t := range b.types {
			if b.free[t.ID], err = store.FreeDays(ctx, by, t.ID, stored(today), stored(today.AddDate(0, 0, aheadDays))); err != nil {
				return b, err
			}
		}
		return b, nil
	})
}

// Init loads what can be reserved.
func (f Form) Init() tea.Cmd { return f.load() }

// Title says for whom it is.
func (f Form) Title() string {
	if f.who.ID == "" {
		return f.S.T(words.BookingNewTitle)
	}
	return f.S.T(words.BookingNewFor, "name", f.who.Name())
}

// Update fills in, reserves, and takes what is offered instead.
func (f Form) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.DoneMsg[begun]:
		next, ok, tell := page.Settled(f.Page, msg)
		if f.Page = next; ok {
			f.who, f.types, f.free = msg.Got.who, msg.Got.types, msg.Got.free
			f.Body = f.fields()
			f.Form = f.Sized()
		}
		return f, tell
	case page.DoneMsg[booked]:
		return f.settled(msg)
	case tea.WindowSizeMsg:
		msg.Height -= tailLines
		f.Form, _ = f.Fill(msg)
		return f, nil
	case tea.KeyPressMsg:
		if f.no != nil && !f.Busy() {
			return f.instead(msg)
		}
	}
	if f.Retries(msg) {
		f.Page = f.Again()
		return f, f.load()
	}
	if f.no != nil {
		return f, nil
	}
	next, event := f.Fill(msg)
	if f.Form = next; event != parts.FormSubmitted {
		return f, nil
	}
	return f.reserve(f.Body.Value("from"), f.Body.Value("until"))
}

func (f Form) fields() parts.Form {
	kinds := parts.Field{Name: "type", Label: words.BookingType, Kind: parts.Choice, Need: true, Value: f.wish.typeID}
	for _, t := range f.types {
		kinds.Options = append(kinds.Options, parts.Option{Value: t.ID, Label: t.Name})
	}
	from := f.wish.from
	if from.IsZero() {
		from = f.base().today()
	}
	return parts.NewForm(words.BookingDoReserve, kinds,
		parts.Field{Name: "from", Label: words.BookingColFrom, Kind: parts.Day, Need: true, Value: stored(from)},
		parts.Field{Name: "until", Label: words.BookingColUntil, Kind: parts.Day, Need: true, Value: stored(f.lastOpen(f.wish.typeID, from))},
		parts.Field{Name: "device", Label: words.BookingDevice, Hint: words.BookingDeviceHint, Max: mostTyped})
}

// lastOpen is the last day that the form proposes: two weeks on, or the open day before it.
func (f Form) lastOpen(typeID string, from time.Time) time.Time {
	if typeID == "" && len(f.types) > 0 {
		typeID = f.types[0].ID
	}
	for day := from.AddDate(0, 0, usualDays); day.After(from); day = day.AddDate(0, 0, -1) {
		if d, ok := f.dayOf(typeID, day); ok && len(d.Hours) > 0 {
			return day
		}
	}
	return from.AddDate(0, 0, usualDays)
}

// dayOf is a day of a type as loaded.
func (f Form) dayOf(typeID string, day time.Time) (loans.FreeDay, bool) {
	all := f.free[typeID].Days
	at := slices.IndexFunc(all, func(d loans.FreeDay) bool { return d.On.Equal(day) })
	if at < 0 {
		return loans.FreeDay{}, false
	}
	return all[at], true
}

// reserve asks the register, and where it refuses what can be instead.
func (f Form) reserve(from, until string) (shell.Screen, tea.Cmd) {
	wish := loans.BookAsk{Type: f.Body.Value("type"), Borrower: f.who.ID, From: from, To: until}
	code := f.Body.Value("device")
	f.Page = f.Acts(words.BookingSaving)
	return f, page.Fetch(f.Acting, func() (b booked, err error) {
		if code != "" {
			found, err := f.desk.Store.Find(f.S.Ctx, f.By(), code)
			var bad *data.Invalid
			if errors.As(err, &bad) {
				return b, &data.Invalid{Field: "device", Why: bad.Why, Want: bad.Want, Got: bad.Got}
			}
			if err != nil {
				return b, err
			}
			if found.Device == nil {
				return b, &data.Invalid{Field: "device", Why: loans.WhyCode, Got: code}
			}
			wish.Device = found.Device.ID
		}
		b.k, err = f.desk.Store.Book(f.S.Ctx, f.By(), wish)
		var refusals *loans.RefusedError
		if errors.As(err, &refusals) {
			b.no, err = f.base().against(wish, refusals.All)
		}
		return b, err
	})
}

func (f Form) settled(msg page.DoneMsg[booked]) (shell.Screen, tea.Cmd) {
	if msg.Err == nil && msg.Got.no != nil {
		next, ok, _ := page.Settled(f.Page, page.DoneMsg[booked]{Of: msg.Of})
		if f.Page = next; ok {
			f.no = msg.Got.no
		}
		return f, nil
	}
	next, ok, tell := f.Settle(msg.Of, msg.Err)
	f.Form = next
	var bad *data.Invalid
	switch {
	case errors.As(msg.Err, &bad) && tell == nil:
		f.no = nil // it stands under its field
	case !ok:
		return f, tell
	case msg.Got.w.ID != "":
		return f, tea.Batch(shell.Replace(newWaits(f.S, f.desk)), shell.Notify(shell.Good, words.BookingWaitsNow, "name", f.who.Name()))
	case ok:
		k := msg.Got.k
		return f, tea.Batch(shell.Replace(newBooking(f.S, f.desk, k.ID)),
			shell.Notify(shell.Good, words.BookingMade, "device", k.Device, "days", f.base().span(k.From, k.To)))
	}
	return f, tell
}

// View gives the form and what is free, or why it can't be and what can instead.
func (f Form) View() string {
	if f.no != nil {
		b := f.base()
		b.H += tailLines
		return f.no.view(b)
	}
	if !f.Loaded {
		return f.Form.View()
	}
	if len(f.types) == 0 {
		return page.Fitted(f.Paragraphs(f.S.T(words.BookingNoTypes)), f.H)
	}
	tail := page.Shortened(f.Paragraphs(f.about()), min(f.W, parts.MaxWidth), tailLines-1)
	return f.Form.View() + "\n\n" + strings.Join(tail, "\n")
}

// about says what is free on the days that were filled in, and which of the ends is closed.
func (f Form) about() string {
	from, err := data.ParseDay(f.Body.Value("from"))
	until, err2 := data.ParseDay(f.Body.Value("until"))
	typeID := f.Body.Value("type")
	if err != nil || err2 != nil || until.Before(from) {
		return ""
	}
	least, known := 0, false
	for _, d := range f.free[typeID].Days {
		if d.On.Before(from) || d.On.After(until) {
			continue
		}
		if !known || d.Free < least {
			least, known = d.Free, true
		}
	}
	if !known {
		return ""
	}
	text := f.S.T(words.BookingFormFree, "free", max(0, least), "n", f.free[typeID].Devices)
	for _, day := range slices.Compact([]time.Time{from, until}) {
		if d, ok := f.dayOf(typeID, day); ok && len(d.Hours) == 0 {
			text += " " + f.S.T(words.BookingClosedOn, "day", words.WeekdayDay(f.S.Lang(), day), "why", f.base().reason(d.Day))
		}
	}
	return text
}

// reason says why a day is closed.
func (b base) reason(d calendar.Day) string { return words.DayReason(b.S.Lang(), d) }

// Inside: Esc goes back to the form from why it can't be.
func (f Form) Inside() bool { return f.Busy() || f.no != nil }

// Place is what has the focus; without a form there is no field.
func (f Form) Place() parts.Place {
	if f.no != nil {
		return parts.Place{}
	}
	return f.Form.Place()
}

// Typing: letters go into the field, and choose what can be instead.
func (f Form) Typing() bool { return f.no == nil && f.Form.Typing() }

// Cursor is in the field with the focus.
func (f Form) Cursor() (x, y int, shown bool) {
	x, y, shown = f.Form.Cursor()
	return x, y, shown && f.no == nil
}

// ShortHelp is the footer.
func (f Form) ShortHelp() []key.Binding {
	if f.no == nil {
		return f.Form.ShortHelp()
	}
	return f.no.keys(f.base())
}

// FullHelp is the help page.
func (f Form) FullHelp() [][]key.Binding { return [][]key.Binding{f.ShortHelp()} }
