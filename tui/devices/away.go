package devices

import (
	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// newRepair sends a device to be mended, with the day on which it is expected back.
func newRepair(s *shell.Session, d Desk, id string) shell.Screen {
	return d.about(s, id, words.DeviceRepairTitle, func(f file) (page.Brief, error) {
		return page.Brief{Lead: words.DeviceRepairLead,
			Body: parts.NewForm(words.DeviceRepairSave, noteField(words.DeviceRepairWhat, words.DeviceRepairWhatHint), backField(s, "")),
			Do: func(form parts.Form) (page.Outcome, error) {
				out, err := d.move(s, f, loans.Repair, loans.Proof{Note: form.Value("note")})
				if err != nil || form.Value("back") == "" {
					return out, err
				}
				return out, d.Store.ExpectBack(s.Ctx, s.Who.Actor(), f.ID, form.Value("back"))
			}}, nil
	})
}

// backField asks when a device comes back from being mended: not before today.
func backField(s *shell.Session, value string) parts.Field {
	return parts.Field{Name: "back", Label: words.DeviceBackOn, Hint: words.DeviceBackOnHint, Kind: parts.Day, Value: value, Check: func(day string) error {
		if day < today(s) {
			return &data.Invalid{Field: s.T(words.DeviceBackOn), Why: data.WhyEarly, Want: today(s)}
		}
		return nil
	}}
}

// newExpect says when a device in repair is expected back.
func newExpect(s *shell.Session, d Desk, id string) shell.Screen {
	return d.about(s, id, words.DeviceExpectTitle, func(f file) (page.Brief, error) {
		return page.Brief{Lead: words.DeviceExpectLead, Body: parts.NewForm(words.DeviceSave, backField(s, f.BackOn)),
			Do: func(form parts.Form) (page.Outcome, error) {
				day := form.Value("back")
				out := page.Outcome{Said: words.DeviceExpected, Args: []any{"name", f.Called(), "day", page.Still(s).Day(day)}}
				if day == "" {
					out = page.Outcome{Said: words.DeviceExpectedNever, Args: []any{"name", f.Called()}}
				}
				return out, d.Store.ExpectBack(s.Ctx, s.Who.Actor(), f.ID, day)
			}}, nil
	})
}

// newMended takes a device in that was mended, with what that cost. It is wiped before it goes back: who mended it may
// have left anything.
func newMended(s *shell.Session, d Desk, id string) shell.Screen {
	return d.about(s, id, words.DeviceMendedTitle, func(f file) (page.Brief, error) {
		return page.Brief{Lead: words.DeviceMendedLead,
			Body: parts.NewForm(words.DeviceMendedSave, noteField(words.DeviceMendedWhat, ""), parts.EuroField("cost", words.DeviceMendedCost, words.DeviceMendedCostHint, 0)),
			Do: func(form parts.Form) (page.Outcome, error) {
				what, cents := form.Value("note"), parts.Cents(form.Value("cost"))
				if cents > 0 && what == "" {
					what = s.T(words.DeviceMended)
				}
				out, err := d.move(s, f, loans.ToWipe, loans.Proof{Note: what})
				if err != nil || cents == 0 {
					return out, err
				}
				return out, d.Store.AddCost(s.Ctx, s.Who.Actor(), f.ID, loans.Cost{On: today(s), Cents: cents, What: what})
			}}, nil
	})
}

// newLost says that nobody knows where the device is. While it is out, that ends the loan, and costs the borrower what
// the device is worth.
func newLost(s *shell.Session, d Desk, id string) shell.Screen {
	return d.about(s, id, words.DeviceLostTitle, func(f file) (page.Brief, error) {
		worth, _ := f.WorthOn(today(s))
		return d.gone(s, f, page.Brief{Lead: words.DeviceLostLead, Ask: func(parts.Form) page.Question {
			return gone(f, words.DeviceLostAsk, words.DeviceLostAskLent, words.DeviceLostYes)
		}}, loans.Lost, words.DeviceLostSave,
			parts.EuroField("cost", words.DeviceLostCost, words.DeviceLostCostHint, worth), noteField(words.DeviceLostWhere, "")), nil
	})
}

// newStolen says that the device was stolen, with the number of the police report or why there is none. That costs the
// borrower something only after carelessness, so that nothing is proposed.
func newStolen(s *shell.Session, d Desk, id string) shell.Screen {
	return d.about(s, id, words.DeviceStolenTitle, func(f file) (page.Brief, error) {
		return d.gone(s, f, page.Brief{Lead: words.DeviceStolenLead, Ask: func(form parts.Form) page.Question {
			if form.Value("report") == "" && form.Value("note") == "" {
				return page.Question{} // the register says what is missing
			}
			return gone(f, words.DeviceStolenAsk, words.DeviceStolenAskLent, words.DeviceStolenYes)
		}}, loans.Stolen, words.DeviceStolenSave,
			parts.EuroField("cost", words.DeviceLostCost, words.DeviceStolenCostHint, 0),
			parts.Field{Name: "report", Label: words.DeviceReportNumber, Hint: words.DeviceReportHint, Max: maxName},
			noteField(words.DeviceReportWhyNot, words.DeviceReportWhyNotHint)), nil
	})
}

// gone asks whether a device is to be written down as gone.
func gone(f file, ask, lent, yes words.Key) page.Question {
	if f.Loan != nil {
		return page.Question{Ask: lent, Yes: yes, Args: []any{"name", f.Called(), "who", f.Loan.Borrower}}
	}
	return page.Question{Ask: ask, Yes: yes, Args: []any{"name", f.Called()}}
}

// gone completes the form of a device that won't come back soon. Only while somebody has it does it ask for the cost,
// under what is known.
func (d Desk) gone(s *shell.Session, f file, b page.Brief, to loans.State, save words.Key, cost parts.Field, known ...parts.Field) page.Brief {
	if f.Loan != nil {
		known = append(known, cost)
		b.Head = []page.Fact{page.Named(words.DeviceLoan, f.Loan.Borrower), worthFact(s, f.Device)}
	}
	b.Body = parts.NewForm(save, known...)
	b.Do = func(form parts.Form) (page.Outcome, error) {
		state := s.T(words.LoanState(string(to)))
		out := page.Outcome{Said: words.DeviceMoved, Args: []any{"name", f.Called(), "state", state}}
		c := loans.Charge{Cents: parts.Cents(form.Value("cost")), Note: state}
		if c.Cents > 0 {
			out.Said, out.Warn = words.DeviceLostCharged, true
			out.Args = append(out.Args, "amount", words.Money(s.Lang(), c.Cents), "who", f.Loan.Borrower)
		}
		return out, d.Store.Lose(s.Ctx, s.Who.Actor(), f.ID, to, loans.Proof{Report: form.Value("report"), Note: form.Value("note")}, c)
	}
	return b
}

// newRetire takes a device out of use, after a question. It stays in the register for good.
func newRetire(s *shell.Session, d Desk, id string) shell.Screen {
	return d.about(s, id, words.DeviceRetireTitle, func(f file) (page.Brief, error) {
		return page.Brief{Lead: words.DeviceRetireLead,
			Body: parts.NewForm(words.DeviceRetireSave, parts.Field{Name: "note", Label: words.DeviceWhy, Hint: words.DeviceRetireHint, Need: true, Max: maxNote}),
			Ask: func(parts.Form) page.Question {
				return page.Question{Ask: words.DeviceRetireAsk, Yes: words.DeviceRetireYes, Args: []any{"name", f.Called()}}
			},
			Do: func(form parts.Form) (page.Outcome, error) {
				return d.move(s, f, loans.Retired, loans.Proof{Note: form.Value("note")})
			}}, nil
	})
}

// newFound takes a device in that was lost or stolen: it is looked over like any that comes back.
func newFound(s *shell.Session, d Desk, id string) shell.Screen {
	return d.about(s, id, words.DeviceFoundTitle, func(f file) (page.Brief, error) {
		return page.Brief{Lead: words.DeviceFoundLead, Body: parts.NewForm(words.DeviceFoundSave, noteField(words.DeviceFoundWhere, "")),
			Do: func(form parts.Form) (page.Outcome, error) {
				return d.move(s, f, loans.ToCheck, loans.Proof{Note: form.Value("note")})
			}}, nil
	})
}

// newCost writes down what the upkeep of a device cost.
func newCost(s *shell.Session, d Desk, id string) shell.Screen {
	return d.about(s, id, words.DeviceCostTitle, func(f file) (page.Brief, error) {
		return page.Brief{Lead: words.DeviceCostLead,
			Body: parts.NewForm(words.DeviceSave, parts.Field{Name: "what", Label: words.DeviceCostWhat, Hint: words.DeviceCostWhatHint, Need: true, Max: maxNote},
				needed(parts.EuroField("cost", words.DeviceCostAmount, "", 0)), parts.Field{Name: "on", Label: words.DeviceCostDay, Kind: parts.Day, Need: true, Value: today(s)}),
			Do: func(form parts.Form) (page.Outcome, error) {
				c := loans.Cost{On: form.Value("on"), Cents: parts.Cents(form.Value("cost")), What: form.Value("what")}
				return page.Outcome{Said: words.DeviceCostAdded, Args: []any{"name", f.Called(), "amount", words.Money(s.Lang(), c.Cents)}},
					d.Store.AddCost(s.Ctx, s.Who.Actor(), f.ID, c)
			}}, nil
	})
}
