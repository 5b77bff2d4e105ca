package opening

import (
	"errors"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// Form is a form of the room. It loads the calendar that it is about, lets fill in, saves, and goes back.
type Form struct {
	page.Form
	desk  Desk
	of    string // location
	title words.Key
	found found // as loaded

	fields func(Form) parts.Form // made once, from what was loaded
	// save reads what was typed, and gives what then writes it. Bad input goes under its field.
	save func(Form) (func() (saved, error), error)
	tail func(Form) []string // what follows from what was typed, under the form; nil: nothing
}

// saved is what a change came to.
type saved struct {
	said words.Key
	args []any
	next shell.Screen // in the place of the form; nil: back

	loans, bookings int // of who borrows, that fall on closed days by now
}

// tailLines is the lines for what follows from what was typed.
const tailLines = 4

func newForm(s *shell.Session, desk Desk, of string, title, lead words.Key) Form {
	return Form{Form: page.LoadingForm(s, words.CalendarLoading, lead), desk: desk, of: of, title: title}
}

func (f Form) room() room { return room{f.Page, f.desk} }

func (f Form) load() tea.Cmd {
	return page.Fetch(f.Loading, func() (found, error) {
		if f.of == "" {
			return found{}, nil
		}
		return f.room().read(f.of)
	})
}

// Init loads the calendar.
func (f Form) Init() tea.Cmd { return f.load() }

// Title is what it is.
func (f Form) Title() string { return f.S.T(f.title) }

// Update fills in and saves. When somebody else was first it goes back to what is there now.
func (f Form) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.DoneMsg[found]:
		next, ok, tell := page.Settled(f.Page, msg)
		if f.Page = next; ok {
			f.found = msg.Got
			f.Body = f.fields(f)
			f.Form = f.Sized()
		}
		return f, tell
	case page.DoneMsg[saved]:
		return f.settled(msg)
	case tea.WindowSizeMsg:
		if f.tail != nil {
			msg.Height -= tailLines
		}
		f.Form, _ = f.Fill(msg)
		return f, nil
	}
	if f.Retries(msg) {
		f.Page = f.Again()
		return f, f.load()
	}
	next, event := f.Fill(msg)
	if f.Form = next; event != parts.FormSubmitted {
		return f, nil
	}
	do, err := f.save(f)
	if err != nil {
		f.Form, _ = f.Blamed(err)
		return f, nil
	}
	f.Page = f.Acts(words.CalendarSaving)
	return f, page.Fetch(f.Acting, func() (saved, error) {
		got, err := do()
		if err == nil {
			got.loans, got.bookings = f.lent()
		}
		return got, err
	})
}

// lent counts what falls on closed days by now. The hours are saved: what can't be counted is no failure of that.
func (f Form) lent() (loans, bookings int) {
	if f.desk.Lent == nil {
		return 0, 0
	}
	loans, bookings, err := f.desk.Lent.Moves(f.S.Ctx, f.By())
	if err != nil && !errors.Is(err, data.ErrDenied) {
		f.S.Log.Warn("count what a closing moves", "err", err)
	}
	return loans, bookings
}

func (f Form) settled(msg page.DoneMsg[saved]) (shell.Screen, tea.Cmd) {
	mine := msg.Of != nil && msg.Of == f.Acting
	next, ok, failed := f.Settle(msg.Of, msg.Err)
	f.Form = next
	switch {
	case mine && (errors.Is(msg.Err, calendar.ErrChanged) || errors.Is(msg.Err, data.ErrNotFound)):
		return f, tea.Batch(shell.Back(), failed)
	case !ok:
		return f, failed
	}
	leave := shell.Back()
	if msg.Got.next != nil {
		leave = shell.Replace(msg.Got.next)
	}
	tell := shell.Notify(shell.Good, msg.Got.said, msg.Got.args...)
	if msg.Got.loans+msg.Got.bookings == 0 {
		return f, tea.Batch(leave, tell)
	}
	return f, tea.Sequence(leave, tell, shell.Confirm(words.ReplanSavedMoves, words.ReplanSavedLook, shell.Go(f.desk.Lent.Room()),
		"loans", msg.Got.loans, "bookings", msg.Got.bookings))
}

// View gives the form, and what follows from what was typed.
func (f Form) View() string {
	if f.tail == nil || !f.Loaded {
		return f.Form.View()
	}
	lines := page.Shortened(f.tail(f), min(f.W, parts.MaxWidth), tailLines-1)
	return f.Form.View() + "\n\n" + strings.Join(lines, "\n")
}

// day reads a field of days; ok is false while it is not one.
func (f Form) day(name string) (day time.Time, ok bool) {
	day, err := data.ParseDay(f.Body.Value(name))
	return day, err == nil
}

// days reads two fields of days. Without a last day it is the first.
func (f Form) days(from, until string) (first, last time.Time, err error) {
	first, _ = f.day(from) // the form let no other through
	last, ok := f.day(until)
	if !ok {
		last = first
	}
	if last.Before(first) {
		return first, last, &data.Invalid{Field: until, Why: data.WhyEarly, Want: first.Format(data.DayLayout)}
	}
	return first, last, nil
}

// stored is a day as fields take it; empty for none.
func stored(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(data.DayLayout)
}

// maxName is how many characters a name, reason or note takes.
const maxName = 80

// maxHours is how many characters of hours a field takes: twelve blocks.
const maxHours = 190

// newLocationForm adds a location, closed on the public holidays.
func newLocationForm(s *shell.Session, desk Desk) shell.Screen {
	f := newForm(s, desk, "", words.CalendarNewTitle, words.CalendarNewLead)
	return LocationForm{f, nil}
}

// LocationForm is the form for a new location, which also loads the organisations to choose from.
type LocationForm struct {
	Form
	organisations []data.Organisation
}

// Init loads the organisations.
func (f LocationForm) Init() tea.Cmd {
	return page.Fetch(f.Loading, func() ([]data.Organisation, error) { return f.desk.People.Organisations(f.S.Ctx) })
}

// Update takes in the organisations, and is Form's for the rest.
func (f LocationForm) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if msg, is := msg.(page.DoneMsg[[]data.Organisation]); is {
		next, ok, tell := page.Settled(f.Page, msg)
		if f.Page = next; ok {
			f.organisations = msg.Got
			f.Body = f.body()
			f.Form.Form = f.Sized()
			f.Form.save = f.adds
		}
		return f, tell
	}
	if f.Retries(msg) {
		f.Page = f.Again()
		return f, f.Init()
	}
	next, cmd := f.Form.Update(msg)
	f.Form = next.(Form)
	return f, cmd
}

func (f LocationForm) body() parts.Form {
	own := parts.Field{Name: "organisation", Label: words.CalendarColOrganisation, Kind: parts.Choice, Need: true}
	for _, o := range f.organisations {
		own.Options = append(own.Options, parts.Option{Value: o.ID, Label: o.Name})
	}
	return parts.NewForm(words.CalendarSave, parts.Field{Name: "location", Label: words.CalendarName, Hint: words.CalendarNameHint, Need: true, Max: maxName}, own)
}

func (f LocationForm) adds(now Form) (func() (saved, error), error) {
	name, organisation := now.Body.Value("location"), now.Body.Value("organisation")
	return func() (saved, error) {
		l, err := f.desk.Store.AddLocation(f.S.Ctx, f.By(), organisation, name, calendar.Calendar{Ticks: calendar.PublicHolidays()})
		if err != nil {
			return saved{}, err
		}
		return saved{said: words.CalendarAdded, args: []any{"name", l.Name}, next: newPlace(f.S, f.desk, l.ID)}, nil
	}, nil
}

// newRenameForm gives a location another name or address.
func newRenameForm(s *shell.Session, desk Desk, of string) shell.Screen {
	f := newForm(s, desk, of, words.CalendarRename, words.CalendarRenameLead)
	f.fields = func(f Form) parts.Form {
		return parts.NewForm(words.CalendarSave, parts.Field{Name: "location", Label: words.CalendarName, Need: true, Max: maxName, Value: f.found.l.Name},
			parts.Field{Name: "street", Label: words.AddressStreet, Hint: words.AddressHint, Max: maxName, Value: f.found.l.Address.Street},
			parts.Field{Name: "postcode", Label: words.AddressPostcode, Digits: true, Max: 4, Value: f.found.l.Address.Postcode},
			parts.Field{Name: "town", Label: words.AddressTown, Max: maxName, Value: f.found.l.Address.Town})
	}
	f.save = func(f Form) (func() (saved, error), error) {
		was, now := f.found.l, f.found.l
		now.Name = f.Body.Value("location")
		now.Address = calendar.Address{Street: f.Body.Value("street"), Postcode: f.Body.Value("postcode"), Town: f.Body.Value("town")}
		return func() (saved, error) {
			return saved{said: words.AddressSaved, args: []any{"name", now.Name}}, f.desk.Store.ChangeLocation(f.S.Ctx, f.By(), was, now)
		}, nil
	}
	return f
}
