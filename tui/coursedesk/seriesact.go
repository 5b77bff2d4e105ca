package coursedesk

import (
	"strconv"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// seriesWays are the keys of a series' page.
func (d desk) seriesWays(s series, row string) (all []page.Way) {
	if s.over() || s.ID == "" {
		return nil
	}
	if s.State == courses.Draft {
		all = append(all, d.publish(s))
	}
	all = append(all, page.Way{Key: d.Letter("w", words.CoursedeskChange), Open: func() shell.Screen { return d.changeForm(s.ID) }})
	if x, ok := s.session(row); ok && x.State == courses.Planned && x.Instants().From.After(d.S.Now()) {
		all = append(all, page.Way{Key: d.Letter("s", words.CoursedeskShift), Open: func() shell.Screen { return d.shift(s, x.Number) }}, d.dropLesson(s, x))
	}
	if s.State != courses.Draft && !s.Last.IsZero() && !s.Last.After(d.S.Now()) {
		all = append(all, d.closeSeries(s))
	}
	if s.State != courses.Draft && courses.AllPast(s.sessions, d.S.Now()) {
		return all
	}
	return append(all, page.Way{Key: d.Letter("a", words.CoursedeskStop), Open: func() shell.Screen { return d.stopForm(s.ID) }})
}

func (d desk) publish(s series) page.Way {
	ask := page.Question{Ask: words.CoursedeskPublishAsk, Yes: words.CoursedeskPublishYes, Args: []any{"code", s.Code, "n", s.Sessions, "day", d.firstDay(s.Series), "seats", s.Seats}}
	if n := s.crowded(); n > 0 {
		ask = page.Question{Ask: words.CoursedeskPublishCrowdedAsk, Yes: words.CoursedeskPublishCrowdedYes, Args: []any{"code", s.Code, "n", n, "seats", s.Seats}}
	}
	return page.Way{Key: d.Letter("p", words.CoursedeskPublish), Doing: words.CoursedeskSaving, Ask: ask,
		Do: func() (page.Outcome, error) {
			return page.Outcome{Said: words.CoursedeskPublishedNow, Args: []any{"code", s.Code}}, d.Store.Publish(d.ctx(), d.By(), s.ID)
		}}
}

// dropLesson cancels one lesson. The question says how many people must hear of it.
func (d desk) dropLesson(s series, x courses.Session) page.Way {
	return page.Way{Key: d.Del(words.CoursedeskDropLesson), Doing: words.CoursedeskSaving,
		Ask: page.Question{Ask: words.CoursedeskDropAsk, Yes: words.CoursedeskDropYes,
			Args: []any{"number", x.Number, "day", words.WeekdayDay(d.S.Lang(), x.Day), "n", s.Booked + s.Offered}},
		Do: func() (page.Outcome, error) {
			return d.telling(s.ID, false, page.Outcome{Said: words.CoursedeskDropped, Args: []any{"number", x.Number}}, func() error {
				return d.Store.CancelSession(d.ctx(), d.By(), x.ID)
			})
		}}
}

// telling does something to a series, and adds to what is said of it by which ways its people will hear: those with a seat,
// or with all also those who wait. They are counted first: afterwards some may be in it no more.
func (d desk) telling(id string, all bool, o page.Outcome, do func() error) (page.Outcome, error) {
	r, err := d.Store.Reached(d.ctx(), d.By(), id, all)
	if err == nil {
		err = do()
	}
	return d.withTold(o, r), err
}

// withTold adds to what is said by which ways people will hear.
func (d desk) withTold(o page.Outcome, r courses.Reached) page.Outcome {
	if told := coursewords.Reached(d.S.Lang(), r); told != "" {
		o.Said, o.Args, o.Warn = words.CoursedeskTellThem, []any{"said", d.S.T(o.Said, o.Args...), "told", told}, true
	}
	return o
}

func (d desk) closeSeries(s series) page.Way {
	return page.Way{Key: d.Letter("e", words.CoursedeskEnd), Doing: words.CoursedeskSaving,
		Ask: page.Question{Ask: words.CoursedeskEndAsk, Yes: words.CoursedeskEndYes, Args: []any{"code", s.Code}},
		Do: func() (page.Outcome, error) {
			return page.Outcome{Said: words.CoursedeskEnded, Args: []any{"code", s.Code}}, d.Store.Close(d.ctx(), d.By(), s.ID)
		}}
}

// stopForm cancels a series, with a reason that its people hear.
func (d desk) stopForm(id string) shell.Screen {
	return page.NewTask(d.S, words.CoursedeskStopTitle, words.CoursedeskSaving, func() (page.Brief, error) {
		s, err := d.read(id)
		if err != nil {
			return page.Brief{}, err
		}
		return page.Brief{Title: d.S.T(words.CoursedeskStopTitle) + ": " + s.Code, Lead: words.CoursedeskStopLead, Head: d.heads(s),
			Body: parts.NewForm(words.CoursedeskStopDo, parts.Field{Name: "reason", Label: words.CoursedeskReason, Hint: words.CoursedeskReasonHint, Need: true, Max: 200}),
			Ask: func(parts.Form) page.Question {
				return page.Question{Ask: words.CoursedeskStopAsk, Yes: words.CoursedeskStopYes, Args: []any{"code", s.Code, "n", s.people()}}
			},
			Do: func(form parts.Form) (page.Outcome, error) {
				return d.telling(id, true, page.Outcome{Said: words.CoursedeskStopped, Args: []any{"code", s.Code}}, func() error {
					return d.Store.CancelSeries(d.ctx(), d.By(), id, form.Value("reason"))
				})
			}}, nil
	})
}

// heads are the facts over a form about a series.
func (d desk) heads(s series) []page.Fact {
	return []page.Fact{page.Named(words.CoursedeskColCourse, s.Course), page.Named(words.CoursedeskColFirst, d.firstDay(s.Series)),
		page.Named(words.CoursedeskColSeats, d.S.T(words.CoursedeskSeatsLine, "held", s.Booked+s.Offered, "seats", s.Seats, "least", s.Least, "waiting", s.Waiting+s.Awaiting))}
}

const (
	yes = "yes"
	no  = "no"
)

// choiceOf is a yes or no.
func choiceOf(said bool) string {
	if said {
		return yes
	}
	return no
}

// yesNo lets choose between two words.
func (d desk) yesNo(name string, label, hint words.Key, said bool, yesWord, noWord words.Key) parts.Field {
	return parts.Field{Name: name, Label: label, Hint: hint, Kind: parts.Choice, Need: true, Value: choiceOf(said),
		Options: []parts.Option{{Value: yes, Label: d.S.T(yesWord)}, {Value: no, Label: d.S.T(noWord)}}}
}

// whole reads a number that a field holds; empty is 0.
func whole(text string) int {
	n, _ := strconv.Atoi(text) // the field took whole numbers alone
	return n
}

// number is a field for a whole number; with n below 0 it is empty.
func number(name string, label, hint words.Key, n, low, high int) parts.Field {
	f := parts.Field{Name: name, Label: label, Hint: hint, Kind: parts.Number, Low: float64(low), High: float64(high), Check: wholeOnly(name)}
	if n >= 0 {
		f.Value = strconv.Itoa(n)
	}
	return f
}

func wholeOnly(name string) func(string) error {
	return func(text string) error {
		if _, err := strconv.Atoi(text); err != nil && text != "" {
			return &data.Invalid{Field: name, Why: data.WhyNumber, Got: data.Clean(text, 20)}
		}
		return nil
	}
}

// changeForm changes what can be changed of a series whose lessons stay.
func (d desk) changeForm(id string) shell.Screen {
	return page.NewTask(d.S, words.CoursedeskChangeTitle, words.CoursedeskSaving, func() (page.Brief, error) {
		s, err := d.read(id)
		if err != nil {
			return page.Brief{}, err
		}
		promotion := parts.Field{Name: "promotion", Label: words.CoursedeskPromotion, Kind: parts.Choice, Need: true, Value: string(s.Promotion)}
		for _, p := range courses.Promotions() {
			promotion.Options = append(promotion.Options, parts.Option{Value: string(p), Label: d.S.T(words.CoursePromotion(string(p)))})
		}
		body := parts.NewForm(words.CoursedeskSave,
			number("seats", words.CoursedeskColSeats, words.CoursedeskSeatsHint, s.Seats, 1, 500),
			number("least", words.CoursedeskLeast, words.CoursedeskLeastHint, s.Least, 0, 500),
			parts.Field{Name: "decide", Label: words.CoursedeskDecideOn, Hint: words.CoursedeskDecideHint, Kind: parts.Day, Value: s.DecideOn},
			parts.Field{Name: "until", Label: words.CoursedeskUntil, Hint: words.CoursedeskUntilHint, Kind: parts.Day, Value: lastDay(s.EnrolUntil)},
			number("stop", words.CoursedeskStopMinutes, words.CoursedeskStopMinutesHint, s.StopMinutes, 0, 14*24*60),
			d.yesNo("auto", words.CoursedeskAuto, words.CoursedeskAutoHint, s.Auto, words.CoursedeskAutoYes, words.CoursedeskAutoNo),
			promotion,
			number("offer_days", words.CoursedeskOfferDays, words.CoursedeskOfferDaysHint, s.OfferDays, 1, 30),
			d.yesNo("approval", words.CoursedeskApproval, words.CoursedeskApprovalHint, s.Approval, words.CoursedeskYes, words.CoursedeskNo),
			parts.Field{Name: "note", Label: words.CoursedeskNote, Hint: words.CoursedeskNoteHint, Max: 300, Value: s.Note})
		was := s.Series
		return page.Brief{Title: d.S.T(words.CoursedeskChangeTitle) + ": " + s.Code, Lead: words.CoursedeskChangeLead, Body: body,
			Do: func(form parts.Form) (page.Outcome, error) {
				_, err := d.Store.ChangeSeries(d.ctx(), d.By(), id, changed(was, form))
				return page.Outcome{Said: words.CoursedeskChanged, Args: []any{"code", was.Code}}, err
			}}, nil
	})
}

// changed is a change with what was typed, for who saw the series as it was.
func changed(was courses.Series, form parts.Form) courses.SeriesChange {
	c := courses.SeriesChange{Was: &was, Seats: whole(form.Value("seats")), Least: whole(form.Value("least")), DecideOn: form.Value("decide"), EnrolUntil: was.EnrolUntil,
		StopMinutes: whole(form.Value("stop")), ByHand: form.Value("auto") == no, NoApproval: form.Value("approval") == no,
		Promotion: courses.Promotion(form.Value("promotion")), OfferDays: whole(form.Value("offer_days")), Note: form.Value("note")}
	if day := form.Value("until"); day != lastDay(was.EnrolUntil) {
		c.EnrolUntil = endOf(day)
	}
	return c
}

// lastDay is the last day on which people enrol, YYYY-MM-DD; empty: until the first lesson.
func lastDay(until time.Time) string {
	if until.IsZero() {
		return ""
	}
	return data.DayOf(until.Add(-time.Minute))
}

// endOf is the instant at which a day ends; zero for none.
func endOf(day string) time.Time {
	if day == "" {
		return time.Time{}
	}
	return data.StartOf(data.StoredDay(day).AddDate(0, 0, 1))
}
