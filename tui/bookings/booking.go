package bookings

import (
	"strings"
	"time"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Booking is one reservation, with the number that the desk scans or types.
type Booking struct {
	base
	id string
	k  loans.Booking
}

// actCancel is what the question is about.
const actCancel = "cancel"

func newBooking(s *shell.Session, desk Desk, id string) shell.Screen {
	return Booking{base: base{page.New(s, words.BookingLoading), desk}, id: id}
}

func (b Booking) load() tea.Cmd {
	return page.Fetch(b.Loading, func() (loans.Booking, error) { return b.desk.Store.Booking(b.S.Ctx, b.By(), b.id) })
}

// Init loads the reservation.
func (b Booking) Init() tea.Cmd { return b.load() }

// Title is what it is.
func (b Booking) Title() string { return b.S.T(words.BookingSingle) }

// open tells whether the reservation still keeps something free.
func (b Booking) open() bool {
	return b.Loaded && (b.k.State == loans.Booked || b.k.State == loans.SetAside || b.k.State == loans.Offered)
}

func (b Booking) print() key.Binding { return b.Letter("p", words.BookingPrint) }
func (b Booking) label() key.Binding { return b.Letter("e", words.BookingLabel) }

// Update sets aside, cancels after a question, and prints the slip and the label.
func (b Booking) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		b.W, b.H = msg.Width, msg.Height
	case page.DoneMsg[loans.Booking]:
		next, ok, tell := page.Settled(b.Page, msg)
		if b.Page = next; ok {
			b.k = msg.Got
		}
		return b, tell
	case page.DoneMsg[saved]:
		return b.done(msg)
	case page.YesMsg:
		next, ok := b.Agreed(msg)
		if b.Page = next; !ok {
			return b, nil
		}
		return b.act(saved{words.BookingCancelledNow, []any{"name", b.k.Borrower}}, func() error { return b.desk.Store.CancelBooking(b.S.Ctx, b.By(), b.id) })
	case shell.ShownMsg:
		b.Page = b.Again()
		return b, b.load()
	case tea.KeyPressMsg:
		return b.pressed(msg)
	}
	return b, nil
}

func (b Booking) pressed(msg tea.KeyPressMsg) (shell.Screen, tea.Cmd) {
	switch {
	case b.Retries(msg):
		b.Page = b.Again()
		return b, b.load()
	case !b.Loaded || b.Busy():
	case b.k.State == loans.Booked && key.Matches(msg, b.aside()):
		return b.act(saved{words.BookingReadyNow, []any{"device", b.k.Device, "name", b.k.Borrower}}, func() error { return b.desk.Store.SetAside(b.S.Ctx, b.By(), b.id) })
	case b.open() && key.Matches(msg, b.cancel()):
		var cmd tea.Cmd
		b.Page, cmd = b.Ask(actCancel, words.BookingCancelAsk, words.BookingCancelYes, "name", b.k.Borrower, "days", b.span(b.k.From, b.k.To))
		return b, cmd
	case b.open() && b.desk.Print != nil && key.Matches(msg, b.print()):
		return b.act(saved{said: words.BookingPrinted}, func() error { return b.desk.Print(b.S.Ctx, b.By(), b.k) })
	case b.open() && b.desk.Label != nil && key.Matches(msg, b.label()):
		return b.act(saved{words.BookingLabelled, []any{"device", b.k.Device}}, func() error { return b.desk.Label(b.S.Ctx, b.By(), b.k) })
	}
	return b, nil
}

func (b Booking) act(say saved, do func() error) (shell.Screen, tea.Cmd) {
	b.Page = b.Acts(words.BookingSaving)
	return b, page.Fetch(b.Acting, func() (saved, error) { return say, do() })
}

// done tells how it went and loads anew, after a failure too: somebody else may have been first.
func (b Booking) done(msg page.DoneMsg[saved]) (shell.Screen, tea.Cmd) {
	if msg.Of == nil || msg.Of != b.Acting {
		return b, nil
	}
	next, ok, tell := page.Settled(b.Page, msg)
	if b.Page = next; ok {
		tell = msg.Got.tell()
	}
	b.Page = b.Again()
	return b, tea.Batch(tell, b.load())
}

// View gives the reservation.
func (b Booking) View() string {
	if !b.Loaded {
		return b.Waiting()
	}
	name := b.k.Borrower
	if name == "" {
		name = b.S.T(words.BookingNobody)
	}
	lines := append([]string{b.Headline(name)}, b.Boxed(b.k.Number.Show())...)
	facts := []page.Fact{page.Named(words.BookingColState, b.state(b.k)), page.Named(words.BookingColDevice, b.device(b.k)), page.Named(words.BookingDays, b.span(b.k.From, b.k.To))}
	if b.open() {
		facts = append(facts, page.Named(words.BookingColLapses, b.weekday(b.k.PickUpUntil)))
	}
	lines = append(append(lines, b.Facts(facts...)...), "")
	if b.open() {
		lines = append(lines, b.Paragraphs(b.S.T(words.BookingHowScanned))...)
	}
	return page.Fitted(lines, b.H)
}

// ShortHelp is the footer.
func (b Booking) ShortHelp() []key.Binding {
	if !b.Loaded {
		return []key.Binding{b.Enter(words.PageAgain)}
	}
	var short []key.Binding
	if b.k.State == loans.Booked {
		short = append(short, b.aside())
	}
	if b.open() && b.desk.Print != nil {
		short = append(short, b.print())
	}
	if b.open() {
		short = append(short, b.cancel())
	}
	if b.open() && b.desk.Label != nil {
		short = append(short, b.label())
	}
	return short
}

// FullHelp is the help page.
func (b Booking) FullHelp() [][]key.Binding { return [][]key.Binding{b.ShortHelp()} }

// stored is a day as the register has it; empty for none.
func stored(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(data.DayLayout)
}

func joined(texts []string) string { return strings.Join(texts, " ") }
