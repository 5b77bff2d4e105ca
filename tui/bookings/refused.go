package bookings

import (
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// refused is why a reservation can't be, and what can instead.
type refused struct {
	ask     loans.BookAsk
	typeID  string
	why     []string // sentences, in the language of the moment
	from    string   // the first days that are free; empty: none are
	until   string
	waiting bool // the waiting list helps
}

// against puts the reasons into words, with the names of the days that are closed, and looks what can be instead. What
// is wrong with the person helps no other day.
func (b base) against(wish loans.BookAsk, all []loans.Refusal) (*refused, error) {
	r := &refused{ask: wish, typeID: wish.Type}
	if wish.Device != "" {
		d, err := b.desk.Store.Device(b.S.Ctx, b.By(), wish.Device)
		if err != nil {
			return nil, err
		}
		r.typeID = d.TypeID
	}
	person := false
	for _, one := range all {
		text := b.refusal(one)
		if one.Why == loans.WhyClosedDay {
			f, err := b.desk.Store.FreeDays(b.S.Ctx, b.By(), r.typeID, one.Until, one.Until)
			if err != nil {
				return nil, err
			}
			text += " " + b.S.T(words.BookingBecause, "why", b.reason(f.Days[0].Day))
		}
		r.why = append(r.why, text)
		person = person || slices.Contains([]data.Why{loans.WhyBlocked, loans.WhyTooYoung}, one.Why)
		r.waiting = r.waiting || one.Why == loans.WhyTaken || one.Why == loans.WhyBooked
	}
	if r.waiting = r.waiting && !person; person {
		return r, nil
	}
	from, until, found, err := b.desk.Store.FirstFree(b.S.Ctx, b.By(), wish)
	if found {
		r.from, r.until = from, until
	}
	return r, err
}

// refusal is a reason as a sentence, with the article of the regulation.
func (b base) refusal(r loans.Refusal) string {
	text, _ := words.Sentence(b.S.Lang(), r.Invalid("day"))
	return text
}

func (r refused) first(b base) key.Binding { return b.Letter("v", words.BookingTakeFirst) }
func (r refused) wait(b base) key.Binding  { return b.Letter("w", words.BookingDoWait) }

// keys are the footer.
func (r refused) keys(b base) (short []key.Binding) {
	if r.from != "" {
		short = append(short, r.first(b))
	}
	if r.waiting {
		short = append(short, r.wait(b))
	}
	return append(short, key.NewBinding(key.WithKeys("esc"), key.WithHelp("Esc", b.S.T(words.BookingBackToForm))))
}

// view says every reason, and what can be instead.
func (r refused) view(b base) string {
	lines := []string{b.S.Theme().Strong.Render(parts.Cut(b.S.T(words.BookingCant), b.W)), ""}
	for _, why := range r.why {
		for i, line := range parts.Wrap(parts.Plain(why), b.W-2) {
			lines = append(lines, map[bool]string{true: "- ", false: "  "}[i == 0]+line)
		}
	}
	lines = append(lines, "")
	switch {
	case b.Busy():
		lines = append(lines, b.S.T(words.PageWait))
	case r.from != "":
		lines = append(lines, b.Paragraphs(b.S.T(words.BookingFirstFree, "days", b.span(r.from, r.until)))...)
	case r.waiting:
		lines = append(lines, b.Paragraphs(b.S.T(words.BookingNoneFree))...)
	}
	if r.waiting && !b.Busy() {
		lines = append(lines, b.Paragraphs(b.S.T(words.BookingOrWait, "days", b.span(r.ask.From, r.ask.To)))...)
	}
	return page.Fitted(strings.Split(strings.Join(lines, "\n"), "\n"), b.H)
}

// instead takes what can be, or goes back to the form.
func (f Form) instead(msg tea.KeyPressMsg) (shell.Screen, tea.Cmd) {
	r, b := *f.no, f.base()
	switch {
	case key.Matches(msg, f.S.Keys().Back):
		f.no = nil
	case r.from != "" && key.Matches(msg, r.first(b)):
		f.Body = f.Body.Set(f.S.Look(), "from", r.from).Set(f.S.Look(), "until", r.until)
		return f.reserve(r.from, r.until)
	case r.waiting && key.Matches(msg, r.wait(b)):
		f.Page = f.Acts(words.BookingSaving)
		return f, page.Fetch(f.Acting, func() (booked, error) {
			w, err := f.desk.Store.Wait(f.S.Ctx, f.By(), r.typeID, f.who.ID, r.ask.From, r.ask.To)
			return booked{w: w}, err
		})
	}
	return f, nil
}
