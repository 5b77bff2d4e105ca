package borrowers

import (
	"errors"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// newBlock blocks somebody for a span of days.
func newBlock(s *shell.Session, d Desk, id string) shell.Screen {
	return d.about(s, id, words.BorrowerBlock, func(f loans.BorrowerFile) page.Brief {
		return page.Brief{Lead: words.BorrowerBlockLead, Body: parts.NewForm(words.BorrowerDoBlock,
			parts.Field{Name: "from", Label: words.BorrowerBlockFrom, Kind: parts.Day, Need: true, Value: data.DayOf(s.Now())},
			parts.Field{Name: "until", Label: words.BorrowerBlockUntil, Hint: words.BorrowerBlockUntilHint, Kind: parts.Day, Need: true},
			parts.Field{Name: "reason", Label: words.BorrowerReason, Hint: words.BorrowerReasonHint, Need: true, Max: maxWhy}),
			Do: func(form parts.Form) (page.Outcome, error) {
				b := loans.Block{From: form.Value("from"), Until: form.Value("until"), Reason: form.Value("reason")}
				return page.Outcome{Said: words.BorrowerBlockedNow, Args: []any{"name", f.Name(), "day", page.Still(s).Day(b.Until)}},
					d.Store.AddBlock(s.Ctx, s.Who.Actor(), id, b)
			}}
	})
}

// newLift lifts a block before its time.
func newLift(s *shell.Session, d Desk, id string) shell.Screen {
	return d.about(s, id, words.BorrowerLift, func(f loans.BorrowerFile) page.Brief {
		which := parts.Field{Name: "block", Label: words.BorrowerBlocked, Kind: parts.Choice, Need: true}
		p := page.Still(s)
		for _, b := range f.Blocks {
			if !b.Over {
				which.Options = append(which.Options, parts.Option{Value: b.ID, Label: s.T(words.BorrowerBlockIs, "from", p.Day(b.From), "until", p.Day(b.Until), "reason", b.Reason, "by", b.Actor)})
			}
		}
		return page.Brief{Lead: words.BorrowerLiftLead, Body: parts.NewForm(words.BorrowerDoLift, which),
			Do: func(form parts.Form) (page.Outcome, error) {
				return page.Outcome{Said: words.BorrowerLifted, Args: []any{"name", f.Name()}}, d.Store.LiftBlock(s.Ctx, s.Who.Actor(), form.Value("block"))
			}}
	})
}

// newErase says what keeps a borrower from being erased, and erases who nothing keeps, after a question.
func newErase(s *shell.Session, d Desk, id string) shell.Screen {
	return d.about(s, id, words.BorrowerErase, func(f loans.BorrowerFile) page.Brief {
		b := page.Brief{Lead: words.BorrowerEraseLead, Body: parts.NewForm(words.BorrowerDoErase),
			Ask: func(parts.Form) page.Question {
				return page.Question{Ask: words.BorrowerEraseAsk, Yes: words.BorrowerEraseYes, Args: []any{"name", f.Name()}}
			},
			Do: func(parts.Form) (page.Outcome, error) {
				return page.Outcome{Said: words.BorrowerErased, Args: []any{"name", f.Name()}, Next: New(s, d)}, d.Store.Erase(s.Ctx, s.Who.Actor(), id)
			}}
		if len(f.Holds) == 0 {
			return b
		}
		for _, h := range f.Holds {
			text, _ := words.Sentence(s.Lang(), &data.Invalid{Field: "borrower", Why: h.Why, Got: strconv.FormatInt(h.Count, 10)})
			b.Head = append(b.Head, page.Named(words.BorrowerHolds, text))
		}
		b.Lead, b.Ask = words.BorrowerEraseHeld, nil
		b.Do = func(parts.Form) (page.Outcome, error) { return page.Outcome{}, nil }
		b.Body = parts.NewForm(words.BorrowerBack)
		return b
	})
}

// newCard makes the card of a borrower.
func newCard(s *shell.Session, d Desk, id string) shell.Screen {
	return d.about(s, id, words.BorrowerCard, func(f loans.BorrowerFile) page.Brief {
		return page.Brief{Lead: words.BorrowerCardLead, Head: []page.Fact{page.Named(words.BorrowerColNumber, f.Number.Show())}, Body: parts.NewForm(words.BorrowerDoCard),
			Do: func(parts.Form) (page.Outcome, error) {
				p, err := d.Card(s.Ctx, s.Who.Actor(), f.Number)
				return page.Outcome{Said: words.BorrowerCardMade, Args: []any{"name", p.Name}}, err
			}}
	})
}

// under puts bad input under the field that it was typed in.
func under(field string, err error) error {
	var bad *data.Invalid
	if !errors.As(err, &bad) {
		return err
	}
	moved := *bad
	moved.Field = field
	return &moved
}

// cutTwo cuts a text in two at a sign that stands in it once.
func cutTwo(text, sign string) (before, after string, ok bool) {
	before, after, ok = strings.Cut(strings.TrimSpace(text), sign)
	return before, after, ok && !strings.Contains(after, sign)
}
