package supervision

import (
	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/duties"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// whyMax is how long a reason can be, in characters.
const whyMax = 600

// most is how many minutes can be given at once.
const most = 240

// plenty is from how many minutes on the desk asks once more: they can't be taken back.
const plenty = 31

// form is a page with a form about one candidate.
func (d desk) form(s recruit.Sitting, title, doing words.Key, b page.Brief) shell.Screen {
	return page.NewTask(d.S, title, doing, func() (page.Brief, error) {
		b.Title = s.Candidate.Label + ": " + d.S.T(title)
		return b, nil
	})
}

func why() parts.Field {
	return parts.Field{Name: "why", Label: words.SupervisionWhy, Hint: words.SupervisionWhyHint, Need: true, Max: whyMax}
}

// extra gives a candidate more time.
func (d desk) extra(r recruit.Room, s recruit.Sitting) shell.Screen {
	return d.form(s, words.SupervisionExtraTitle, words.SupervisionGiving, page.Brief{Lead: words.SupervisionExtraLead,
		Body: parts.NewForm(words.SupervisionExtraDo,
			parts.Field{Name: "minutes", Label: words.SupervisionMinutes, Kind: parts.Number, Need: true, Low: 1, High: most}, why()), // no value: a number typed behind one is another number
		Ask: func(f parts.Form) page.Question {
			n, err := minutes(f.Value("minutes"))
			if err != nil || n < plenty {
				return page.Question{}
			}
			return page.Question{Ask: words.SupervisionExtraAsk, Yes: words.SupervisionExtraYes, Args: []any{"label", s.Candidate.Label, "n", n}}
		},
		Do: func(f parts.Form) (page.Outcome, error) {
			n, err := minutes(f.Value("minutes"))
			if err != nil {
				return page.Outcome{}, err
			}
			err = d.store.ExtraMinutes(d.S.Ctx, d.By(), s.Candidate.ID, n, f.Value("why"))
			if first, was := d.over(r, s, err); was {
				return first, nil
			}
			return page.Outcome{Said: words.SupervisionExtraDone, Args: []any{"label", s.Candidate.Label, "n", n}}, err
		}})
}

// over tells who ended the test of a candidate meanwhile.
func (d desk) over(r recruit.Room, s recruit.Sitting, err error) (page.Outcome, bool) {
	if err == nil {
		return page.Outcome{}, false
	}
	return d.first(r, s, recruit.Ended, err)
}

// irregular notes something for the minutes.
func (d desk) irregular(_ recruit.Room, s recruit.Sitting) shell.Screen {
	options := []parts.Option{{Label: d.S.T(words.SupervisionChoose)}} // nothing is written down of somebody because Enter was pressed twice
	for _, code := range recruit.Irregularities() {
		options = append(options, parts.Option{Value: code, Label: duties.Irregularity(d.S.Lang(), code)})
	}
	return d.form(s, words.SupervisionIrregularTitle, words.SupervisionNoting, page.Brief{Lead: words.SupervisionIrregularLead,
		Body: parts.NewForm(words.SupervisionIrregularDo,
			parts.Field{Name: "irregularity", Label: words.SupervisionWhat, Kind: parts.Choice, Options: options},
			parts.Field{Name: "note", Label: words.SupervisionNote, Hint: words.SupervisionNoteHint, Max: whyMax}),
		Do: func(f parts.Form) (page.Outcome, error) {
			if f.Value("irregularity") == "" {
				return page.Outcome{}, &data.Invalid{Field: "irregularity", Why: data.WhyEmpty}
			}
			return page.Outcome{Said: words.SupervisionNoted, Args: []any{"label", s.Candidate.Label}},
				d.store.Irregularity(d.S.Ctx, d.By(), s.Candidate.ID, f.Value("irregularity"), f.Value("note"))
		}})
}

// end ends the test of a candidate.
func (d desk) end(r recruit.Room, s recruit.Sitting) shell.Screen {
	return d.form(s, words.SupervisionEndTitle, words.SupervisionEnding, page.Brief{Lead: words.SupervisionEndLead,
		Body: parts.NewForm(words.SupervisionEndDo, why()),
		Ask: func(parts.Form) page.Question {
			return page.Question{Ask: words.SupervisionEndAsk, Yes: words.SupervisionEndYes, Args: []any{"label", s.Candidate.Label, "n", s.Answered, "of", s.Items}}
		},
		Do: func(f parts.Form) (page.Outcome, error) {
			err := d.store.End(d.S.Ctx, d.By(), s.Candidate.ID, f.Value("why"))
			if first, was := d.over(r, s, err); was {
				return first, nil
			}
			return page.Outcome{Said: words.SupervisionEndDone, Args: []any{"label", s.Candidate.Label}}, err
		}})
}

// answer answers the question of a candidate about an item.
func (d desk) answer(r recruit.Room, s recruit.Sitting, scope recruit.Scope) shell.Screen {
	title, lead := words.SupervisionRefuseTitle, words.SupervisionRefuseLead
	switch scope {
	case recruit.Everybody:
		title, lead = words.SupervisionAllOutTitle, words.SupervisionAllOutLead
	case recruit.ThisOne:
		title, lead = words.SupervisionOneOutTitle, words.SupervisionOneOutLead
	}
	q := *s.Question
	return d.form(s, title, words.SupervisionAnswering, page.Brief{Lead: lead, Head: []page.Fact{page.Named(words.SupervisionQuestion, d.asks(q)), page.Named(words.SupervisionRuled, d.ruled(r))},
		Body: parts.NewForm(words.SupervisionAnswerDo, why()),
		Do: func(f parts.Form) (page.Outcome, error) {
			err := d.store.AnswerQuestion(d.S.Ctx, d.By(), q.ID, scope, f.Value("why"))
			if err != nil {
				if first, was := d.first(r, s, recruit.Answering, err); was {
					return first, nil
				}
			}
			return page.Outcome{Said: words.SupervisionAnswered, Args: []any{"label", s.Candidate.Label, "n", q.N + 1, "what", d.S.T(words.DutyScope(string(scope)))}}, err
		}})
}

// ruled says for whom a broken item goes out by the rule of the procedure, from which a supervisor can depart with the reason.
func (d desk) ruled(r recruit.Room) string {
	out := words.SupervisionRuledAll
	if r.Details.OutFor == recruit.ThisOne {
		out = words.SupervisionRuledOne
	}
	return d.S.T(out)
}

// asks is what a candidate says about an item.
func (d desk) asks(q recruit.Question) string {
	return d.S.T(words.SupervisionAskedOf, "n", q.N+1, "what", q.What)
}
