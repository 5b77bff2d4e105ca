package papers

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/words"
)

// Replanned says how who is concerned by a replan hears of it.
type Replanned struct {
	Letters int // papers, one for a household or person
	Calls   int // people on the list of whom to call; 0: there is no list
}

// Replan moves what a closing moves, as the register does, and makes in the same transaction a letter for everybody whose
// day becomes another one, and a list of whom to call: who must come earlier, and for whom there is no day. ch is the way
// by which they leave. Errors are those of the register.
func (p LoanPapers) Replan(ctx context.Context, by data.Actor, ch outbox.Channel, key string) (told Replanned, err error) {
	h, err := p.letterhead(ctx)
	if err != nil {
		return Replanned{}, err
	}
	_, err = p.Loans.Replan(ctx, by, key, func(ctx context.Context, tx *data.Tx, plan loans.ReplanPlan) error {
		letters, calls := plan.Letters(h.today), plan.Calls()
		told = Replanned{len(letters), len(calls)}
		var all []Document
		if len(calls) > 0 {
			all = append(all, h.callMoved(calls, p))
		}
		for _, l := range letters {
			all = append(all, h.moved(l, p))
		}
		for _, d := range all {
			if _, err := Send(ctx, tx, by, ch, d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Replanned{}, err
	}
	return told, nil
}

// moved is the letter that says what somebody was promised, and what becomes of it.
func (h letterhead) moved(l loans.ReplanLetter, p LoanPapers) Document {
	d := Document{Name: "verschoven-" + string(l.All[0].Number), Title: h.T(words.LoanletterMovedTitle), Place: h.place, At: p.Now(),
		To: []string{l.To.Name(), cmp.Or(l.To.Household, h.T(words.LoanletterAddress))}}
	g := Grid{Heads: []Head{{Title: h.T(words.LoanletterColWho)}, {Title: h.T(words.LoanletterColWhat)}, {Title: h.T(words.LoanletterColWas)}, {Title: h.T(words.LoanletterColWill)}}}
	var places []string
	earlier := false
	for _, m := range l.All {
		g.Rows = append(g.Rows, []string{m.Borrower, h.movedWhat(m), h.promise(m, m.Was), h.promise(m, m.Will)})
		if !slices.Contains(places, m.Location) {
			places = append(places, m.Location)
		}
		earlier = earlier || m.Earlier()
	}
	d.Parts = append(d.Parts, Paragraph(h.T(words.LoanletterHello, "name", l.To.Name())), Paragraph(h.T(words.LoanletterMovedText, "places", strings.Join(places, ", "))), g)
	if earlier {
		d.Parts = append(d.Parts, Important(h.T(words.LoanletterMovedEarlier)))
	}
	d.Parts = append(d.Parts, Paragraph(h.T(words.LoanletterMovedTrouble)))
	if h.help != "" {
		d.Parts = append(d.Parts, Paragraph(h.T(words.LoanletterQuestions, "help", h.help)))
	}
	return d.with(Paragraph(h.T(words.LoanletterGreeting, "place", h.place)))
}

// callMoved is the list of whom to call.
func (h letterhead) callMoved(all []loans.Moving, p LoanPapers) Document {
	g := Grid{Heads: []Head{{Title: h.T(words.LoanletterColWho)}, {Title: h.T(words.LoanletterPhone)}, {Title: h.T(words.LoanletterColWhat)},
		{Title: h.T(words.LoanletterColWas)}, {Title: h.T(words.LoanletterColWill)}}}
	for _, m := range all {
		who, will := cmp.Or(m.To.Name(), m.Borrower), h.promise(m, m.Will)
		if m.To.ID != m.BorrowerID {
			who = h.T(words.LoanletterCallFor, "name", who, "child", m.Borrower)
		}
		if m.Stuck {
			will = h.T(words.LoanletterMovedNowhere)
		}
		g.Rows = append(g.Rows, []string{who, cmp.Or(m.Phone, h.T(words.LoanletterNoPhone)), h.movedWhat(m), h.promise(m, m.Was), will})
	}
	return Document{Name: "bellen-sluiting", Title: h.T(words.LoanletterMovedCalls), Place: h.place, At: p.Now(),
		Parts: []Part{Paragraph(h.T(words.LoanletterMovedCallsText)), g, Paragraph(h.T(words.LoanletterCallVoicemail))}}
}

// movedWhat names what moves as its borrower knows it.
func (h letterhead) movedWhat(m loans.Moving) string {
	if m.Kind == loans.MoveLoan {
		return h.T(words.LoanletterMovedLoan, "device", m.Device)
	}
	return h.T(words.LoanletterMovedBooking, "number", m.Number.Show())
}

// promise writes a promise: until when a loan lasts, the days of a reservation and until when it waits.
func (h letterhead) promise(m loans.Moving, p loans.Promise) string {
	if m.Kind == loans.MoveLoan {
		l := loans.Loan{DueOn: p.To}
		if p.At != 0 {
			l.DueAt = data.Milli(p.At)
		}
		return h.shortDue(l)
	}
	short := func(day string) string { return words.StoredDay(h.Lang, day) }
	text := h.T(words.LoanletterMovedSpan, "from", short(p.From), "until", short(p.To))
	switch {
	case p.Offer != "":
		text += h.T(words.LoanletterMovedOffer, "day", short(p.Offer))
	case p.Fetch != "":
		text += h.T(words.LoanletterMovedFetch, "day", short(p.Fetch))
	}
	return text
}
