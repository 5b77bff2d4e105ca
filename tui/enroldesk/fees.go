package enroldesk

import (
	"slices"

	"digibrug/courses"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// NewFees opens the money that has still to come in or to go back.
func NewFees(s *shell.Session, of Desk) shell.Screen {
	d := at(s, of)
	find := func(all []courses.OpenFee, id string) int {
		return slices.IndexFunc(all, func(f courses.OpenFee) bool { return f.ID == id })
	}
	return page.NewSheet(s, page.Sheeted[[]courses.OpenFee]{
		Title: func([]courses.OpenFee) string { return s.T(words.EnroldeskFeesTitle) },
		Doing: words.EnroldeskLoading,
		Load:  func() ([]courses.OpenFee, error) { return d.Store.OpenFees(d.ctx(), d.By()) },
		Top: func(p page.Page, all []courses.OpenFee) []string {
			if len(all) == 0 {
				return nil
			}
			return append(d.quiet(p, s.T(words.EnroldeskFeesLead)), d.sums(all))
		},
		Columns: []parts.Column{{Title: words.EnroldeskColPaid, Min: 16}, {Title: words.EnroldeskColAmount, Min: 9, Right: true}, {Title: words.EnroldeskColName, Min: 14, Grow: 2},
			{Title: words.EnroldeskColPhone, Min: 13}, {Title: words.EnroldeskColCode, Min: 6}, {Title: words.EnroldeskColCourse, Min: 14, Grow: 2, Drop: 1}},
		Rows: func(all []courses.OpenFee) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, f := range all {
				amount := "?"
				if cents, known := f.Amount(); known {
					amount = words.Money(s.Lang(), cents)
				}
				rows[i] = parts.Row{ID: f.ID, Cells: []string{s.T(words.FeePaid(string(f.Paid))), amount, d.name(f.Participant), f.Phone, f.Code, f.Course}}
			}
			return rows
		},
		None: words.EnroldeskFeesNone, Filter: true, Opens: words.EnroldeskOpen,
		Open: func(all []courses.OpenFee, id string) tea.Cmd {
			return shell.Open(d.enrolment(all[find(all, id)].SeriesID, id))
		},
		Ways: func(all []courses.OpenFee, id string) []page.Way {
			if at := find(all, id); at >= 0 {
				return d.payWaysInList(member{e: all[at].Enrolment})
			}
			return nil
		},
	})
}

// sums adds up what goes back and what comes in.
func (d desk) sums(all []courses.OpenFee) string {
	var back, due int64
	unknown := 0
	for _, f := range all {
		cents, known := f.Amount()
		switch {
		case !known:
			unknown++
		case f.Paid == courses.Refund:
			back += cents
		default:
			due += cents
		}
	}
	text := d.S.T(words.EnroldeskFeesBoth, "back", words.Money(d.S.Lang(), back), "due", words.Money(d.S.Lang(), due))
	if unknown > 0 {
		text += " " + d.S.T(words.EnroldeskFeesNoSum, "n", unknown)
	}
	return text
}

// paid is what became of a fee, with the amount where there is one.
func (d desk) paid(e courses.Enrolment) string {
	text := d.S.T(words.FeePaid(string(e.Paid)))
	if cents, known := e.Amount(); known && cents > 0 {
		text += " (" + words.Money(d.S.Lang(), cents) + ")"
	}
	return text
}

// payWays are what can become of the fee.
func (d desk) payWays(m member) (all []page.Way) {
	if m.e.Paid == courses.UnknownFee {
		all = append(all, page.Way{Key: d.Letter("p", words.EnroldeskPrice), Doing: words.EnroldeskSaving, Do: func() (page.Outcome, error) {
			_, err := d.Store.Price(d.ctx(), d.By(), m.e.ID)
			return page.Outcome{Said: words.EnroldeskPriceNow, Args: []any{"name", m.e.Participant}}, err
		}})
	}
	for _, to := range m.e.Payments() {
		all = append(all, d.payWay(m, to))
	}
	return all
}

// payWaysInList are payWays for a list: what one key does there asks for a yes, as the row is gone after it.
func (d desk) payWaysInList(m member) []page.Way {
	all := d.payWays(m)
	for i, w := range all {
		if w.Do != nil {
			all[i].Ask = page.Question{Ask: words.EnroldeskFeesAsk, Yes: words.EnroldeskFeesYes, Args: []any{"name", d.name(m.e.Participant), "what", w.Key.Help().Desc, "amount", d.paid(m.e)}}
		}
	}
	return all
}

// payWay is the key that makes a fee so. What goes against the rules asks why.
func (d desk) payWay(m member, to courses.Paid) page.Way {
	at := func(letter string, does, said words.Key) page.Way {
		return page.Way{Key: d.Letter(letter, does), Doing: words.EnroldeskSaving, Do: func() (page.Outcome, error) {
			_, err := d.Store.SetPaid(d.ctx(), d.By(), m.e.ID, to, "")
			return page.Outcome{Said: said, Args: []any{"name", m.e.Participant}}, err
		}}
	}
	why := func(b key.Binding, does, lead, said words.Key) page.Way {
		return page.Way{Key: b, Open: func() shell.Screen {
			return d.reasoned(m, does, lead, does, said, nil, func(reason string) error {
				_, err := d.Store.SetPaid(d.ctx(), d.By(), m.e.ID, to, reason)
				return err
			})
		}}
	}
	switch {
	case to == courses.Waived:
		return why(d.Letter("k", words.EnroldeskWaive), words.EnroldeskWaive, words.EnroldeskWaiveLead, words.EnroldeskWaivedNow)
	case to == courses.Refunded:
		return at("b", words.EnroldeskRefunded, words.EnroldeskRefundedAt)
	case to == courses.Refund && m.e.Paid == courses.Refunded:
		return at("t", words.EnroldeskUnrefund, words.EnroldeskRefundNow)
	case to == courses.Refund:
		return why(d.Letter("r", words.EnroldeskRefund), words.EnroldeskRefund, words.EnroldeskRefundLead, words.EnroldeskRefundNow)
	case to == courses.PaidFee && m.e.Paid == courses.Refund:
		return why(d.Letter("k", words.EnroldeskKeep), words.EnroldeskKeep, words.EnroldeskKeepLead, words.EnroldeskKeepNow)
	case to == courses.PaidFee:
		return at("b", words.EnroldeskPay, words.EnroldeskPaidNow)
	case m.e.Paid == courses.NotDue:
		return why(d.Letter("t", words.EnroldeskUnpay), words.EnroldeskUnpay, words.EnroldeskAskLead, words.EnroldeskUnpaidNow)
	}
	return at("t", words.EnroldeskUnpay, words.EnroldeskUnpaidNow)
}
