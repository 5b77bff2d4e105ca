package enroldesk

import (
	"errors"
	"slices"
	"strconv"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// member is one enrolment as its page shows it.
type member struct {
	group
	e       courses.Enrolment
	call    *courses.Call     // nobody told the person yet; nil: there is nothing to tell
	about   courses.About     // of that
	lessons []courses.Session // of the series
	terms   string            // what cancelling comes to, as a sentence
	refused bool              // the rules don't allow to cancel
}

func (d desk) readMember(series, id string) (m member, err error) {
	if m.group, err = d.readGroup(series); err != nil {
		return m, err
	}
	at := slices.IndexFunc(m.all, func(e courses.Enrolment) bool { return e.ID == id })
	if at < 0 {
		return m, data.ErrNotFound
	}
	m.e = m.all[at]
	m.history = slices.DeleteFunc(m.history, func(e courses.Event) bool { return e.EnrolmentID != id })
	calls, err := d.Store.Calls(d.ctx(), d.By())
	if err != nil {
		return m, err
	}
	if at := slices.IndexFunc(calls, func(c courses.Call) bool { return c.ID == id }); at >= 0 {
		m.call, m.about = &calls[at], calls[at].About
	}
	if _, m.lessons, err = d.Store.Series(d.ctx(), d.By(), series); err != nil {
		return m, err
	}
	m.terms, m.refused, err = cancelWords(d.S, func() (courses.Cancellation, error) { return d.Store.CancelTerms(d.ctx(), d.By(), id) })
	return m, err
}

// cancelWords says what cancelling costs, or which rule refuses it.
func cancelWords(s *shell.Session, ask func() (courses.Cancellation, error)) (text string, refused bool, err error) {
	c, err := ask()
	var no *courses.CancelError
	switch {
	case errors.As(err, &no):
		return s.T(words.CourseCancelWhy(string(no.Why)), "hours", no.Hours), true, nil
	case errors.Is(err, courses.ErrOver):
		return "", true, nil
	case err != nil:
		return "", false, err
	case c.Cents > 0:
		return s.T(words.EnrolCancelCosts, "amount", words.Money(s.Lang(), c.Cents)), false, nil
	}
	return s.T(words.EnrolCancelFree), false, nil
}

// enrolment opens one enrolment: how it stands and why, what can be done, and what happened.
func (d desk) enrolment(series, id string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[member]{
		Title: func(m member) string { return d.name(m.e.Participant) },
		Doing: words.EnroldeskLoading,
		Load:  func() (member, error) { return d.readMember(series, id) },
		Top:   func(p page.Page, m member) []string { return p.Facts(d.facts(m)...) },
		Columns: []parts.Column{{Title: words.EnroldeskColWhen, Min: 16}, {Title: words.EnroldeskColWhat, Min: 18, Grow: 2},
			{Title: words.EnroldeskColBy, Min: 10, Grow: 1, Drop: 1}},
		Rows: func(m member) []parts.Row {
			var rows []parts.Row
			for i, e := range slices.Backward(m.history) {
				rows = append(rows, parts.Row{ID: strconv.Itoa(i), Cells: []string{d.Moment(e.At), d.event(e), e.Actor}})
			}
			return rows
		},
		Ways: func(m member, _ string) []page.Way { return d.ways(m) },
	})
}

func (d desk) facts(m member) []page.Fact {
	state := d.S.T(words.EnrolmentState(string(m.e.State)))
	switch m.e.State {
	case courses.Booked:
		state += ", " + d.S.T(words.EnroldeskSeatNumber, "seat", m.e.Seat)
	case courses.Waiting:
		state += ", " + d.S.T(words.EnroldeskPlaceNumber, "place", m.places[m.e.ID].Place) + ": " + d.why(m.places[m.e.ID])
	case courses.Offered:
		state = d.S.T(words.EnroldeskOfferedUntil, "day", d.weekday(m.e.OfferUntil))
	}
	if m.e.Reason != "" {
		state += ": " + m.e.Reason
	}
	phone := m.e.Phone
	if m.e.Mail != "" {
		phone += "  " + m.e.Mail
	}
	facts := []page.Fact{page.Named(words.EnroldeskColState, state), page.Named(words.EnroldeskColCourse, m.Course+" ("+m.Code+"), "+coursewords.FirstShort(d.S.Lang(), m.Series)),
		page.Named(words.EnroldeskColPhone, phone), page.Named(words.EnroldeskColPaid, d.paid(m.e)+". "+coursewords.Why(d.S.Lang(), m.e.Fee))}
	if m.e.Fee.Proof.On != "" {
		facts = append(facts, page.Named(words.EnroldeskProof, d.S.T(words.EnroldeskProofSeen, "day", words.StoredDay(d.S.Lang(), m.e.Fee.Proof.On), "by", m.e.Fee.Proof.By)))
	}
	if m.call != nil {
		facts = append(facts, page.Named(words.EnroldeskColCall, d.S.T(words.EnroldeskNotTold)))
	}
	return facts
}

// ways are the keys that an enrolment has in its state.
func (d desk) ways(m member) []page.Way {
	all := d.callWays(m)
	switch {
	case m.e.State == courses.Waiting && d.plans():
		all = append(all, page.Way{Key: d.Letter("o", words.EnroldeskOffer), Open: func() shell.Screen { return d.offer(m) }})
	case m.e.State == courses.Booked || !m.e.State.IsActive():
		all = append(all, d.payWays(m)...)
	}
	if m.e.State.IsActive() {
		all = append(all, d.cancelWay(m))
	}
	return append(all, page.Way{Key: d.Letter("l", words.EnroldeskMessage), Open: func() shell.Screen { return d.message(m, "") }})
}

// callWays are what can come of a call: somebody was told or not reached, and takes an offer or not.
func (d desk) callWays(m member) (all []page.Way) {
	id, args := m.e.ID, []any{"name", m.e.Participant}
	does := func(letter string, does, said words.Key, ask page.Question, do func() error) {
		all = append(all, page.Way{Key: d.Letter(letter, does), Doing: words.EnroldeskSaving, Ask: ask, Do: func() (page.Outcome, error) {
			return page.Outcome{Said: said, Args: args}, do()
		}})
	}
	if m.e.State == courses.Offered {
		does("a", words.EnroldeskAccept, words.EnroldeskAccepted, page.Question{}, func() error {
			_, err := d.Store.Accept(d.ctx(), d.By(), id)
			return err
		})
		does("w", words.EnroldeskDecline, words.EnroldeskDeclined, page.Question{Ask: words.EnroldeskDeclineAsk, Yes: words.EnroldeskDeclineYes, Args: args}, func() error {
			_, err := d.Store.Decline(d.ctx(), d.By(), id)
			return err
		})
	}
	if m.call != nil {
		does("v", words.EnroldeskTold, words.EnroldeskToldNow, page.Question{}, func() error {
			_, err := d.Store.ToldCall(d.ctx(), d.By(), *m.call, d.S.T(words.EnroldeskByPhone))
			return err
		})
		does("n", words.EnroldeskTried, words.EnroldeskTriedNow, page.Question{}, func() error {
			_, err := d.Store.Tried(d.ctx(), d.By(), id)
			return err
		})
	}
	return all
}

// cancelWay asks with the sentence of the rule; who plans may go against it with a reason.
func (d desk) cancelWay(m member) page.Way {
	b := d.Del(words.EnroldeskCancel)
	if m.refused && d.plans() {
		return page.Way{Key: b, Open: func() shell.Screen { return d.cancelAnyway(m) }}
	}
	w := page.Way{Key: b, Doing: words.EnroldeskCancelling, Do: func() (page.Outcome, error) {
		_, err := d.Store.Cancel(d.ctx(), d.By(), m.e.ID, "")
		return page.Outcome{Said: words.EnroldeskCancelled, Args: []any{"name", m.e.Participant}}, err
	}}
	if !m.refused {
		w.Ask = page.Question{Ask: words.EnroldeskCancelAsk, Yes: words.EnroldeskCancelYes, Args: []any{"name", m.e.Participant, "terms", m.terms}}
	}
	return w
}

// reasoned is a form that asks a reason for something.
func (d desk) reasoned(m member, title, lead, does, said words.Key, head []page.Fact, do func(reason string) error) shell.Screen {
	return page.NewTask(d.S, title, words.EnroldeskSaving, func() (page.Brief, error) {
		return page.Brief{Title: d.name(m.e.Participant), Lead: lead, Head: head,
			Body: parts.NewForm(does, parts.Field{Name: "reason", Label: words.EnroldeskReason, Need: true, Max: mostReason}),
			Do: func(f parts.Form) (page.Outcome, error) {
				return page.Outcome{Said: said, Args: []any{"name", m.e.Participant}}, do(f.Value("reason"))
			}}, nil
	})
}

// mostReason is how many characters of a reason the forms take.
const mostReason = 200

func (d desk) offer(m member) shell.Screen {
	return d.reasoned(m, words.EnroldeskOffer, words.EnroldeskOfferLead, words.EnroldeskOffer, words.EnroldeskOfferedNow, nil, func(reason string) error {
		_, err := d.Store.OfferSeat(d.ctx(), d.By(), m.e.ID, reason)
		return err
	})
}

func (d desk) cancelAnyway(m member) shell.Screen {
	return d.reasoned(m, words.EnroldeskCancel, words.EnroldeskCancelLead, words.EnroldeskCancel, words.EnroldeskCancelled,
		[]page.Fact{page.Named(words.EnroldeskRule, m.terms)}, func(reason string) error {
			_, err := d.Store.Cancel(d.ctx(), d.By(), m.e.ID, reason)
			return err
		})
}
