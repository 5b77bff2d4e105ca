package activities

import (
	"slices"
	"strings"

	"digibrug/courses/activity"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// day is the list at the door of a half-day: one key for who arrives, one for who is fetched by the guardian.
func (d desk) day(id string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[activity.DayList]{
		Title: func(l activity.DayList) string {
			if l.HalfDay.ID == "" {
				return ""
			}
			return d.half(l.HalfDay)
		},
		Doing: words.ActivityLoading,
		Load:  func() (activity.DayList, error) { return d.Store.DayList(d.ctx(), d.By(), id) },
		Columns: []parts.Column{{Title: words.ActivityColChild, Min: 13, Grow: 1}, {Title: words.ActivityColSeen, Min: 12, Grow: 2}, {Title: words.ActivityColFetch, Min: 14, Grow: 3},
			{Title: words.ActivityNote, Min: 8, Grow: 2, Drop: 1}, {Title: words.ActivityPhone, Min: 13, Drop: 2}, {Title: words.ActivityGuardian, Min: 14, Grow: 1, Drop: 3},
			{Title: words.ActivityColGroup, Min: 13, Drop: 4}},
		Rows: func(l activity.DayList) []parts.Row {
			rows := make([]parts.Row, len(l.Booked))
			for i, p := range l.Booked {
				c := p.Child
				name, fetch := c.Name(), d.fetch(c)
				if c.ID == "" {
					name, fetch = d.S.T(words.ActivityGone), "-"
				}
				rows[i] = parts.Row{ID: p.ID, Cells: []string{name, d.seen(p), fetch, c.Note, c.Phone, c.Guardian, p.Group}}
			}
			return rows
		},
		Top:  d.dayTop,
		None: words.ActivityDayNone, Filter: true, Opens: words.ActivityOpenChild,
		Open: func(l activity.DayList, place string) tea.Cmd {
			p, known := childOf(l.Booked, place)
			if !known {
				return nil
			}
			return shell.Open(d.card(l.Activity.ID, p.Child.ID))
		},
		Ways: d.dayWays,
	})
}

// dayTop counts who is there, and says what must still be done.
func (d desk) dayTop(p page.Page, l activity.DayList) []string {
	n := map[activity.Mark]int{}
	for _, one := range l.Booked {
		n[one.Mark]++
	}
	title := l.Activity.Title + ", " + d.short(l.HalfDay) + ", " + d.hours(l.HalfDay)
	lines := []string{p.Headline(title)}
	theme := p.S.Theme()
	switch {
	case l.HalfDay.Cancelled != "":
		for _, line := range p.Paragraphs(d.S.T(words.ActivityCancelledWhy, "why", l.HalfDay.Cancelled)) {
			lines = append(lines, theme.Warn.Render(line))
		}
	default:
		lines = append(lines, p.Paragraphs(d.S.T(words.ActivityDayCounts, "booked", len(l.Booked), "all", l.HalfDay.Capacity, "here", n[activity.Here], "gone", n[activity.Gone], "absent", n[activity.Absent]))...)
	}
	if l.HalfDay.Closed && l.HalfDay.Cancelled == "" {
		why := words.DayReason(d.S.Lang(), calendar.Day{On: l.HalfDay.Day, Why: l.HalfDay.Why})
		for _, line := range p.Paragraphs(d.S.T(words.ActivityClosedNow, "days", d.short(l.HalfDay)+": "+why)) {
			lines = append(lines, theme.Warn.Render(line))
		}
	}
	var more []string
	if len(l.Waiting) > 0 {
		more = append(more, d.S.T(words.ActivityDayWaits, "n", len(l.Waiting)))
	}
	if len(l.Untold()) > 0 && d.enrols() {
		more = append(more, d.S.T(words.ActivityDayCalls, "n", len(l.Untold())))
	}
	if len(more) > 0 {
		for _, line := range p.Paragraphs(strings.Join(more, " ")) {
			lines = append(lines, theme.Warn.Render(line))
		}
	}
	return append(lines, d.quiet(p, d.S.T(words.ActivityNoAttest))...)
}

// seen says what the door saw of a child: "komt nog", "hier sinds 9:05", "weg 12:10: oma Rita".
func (d desk) seen(p activity.Place) string {
	if p.State != activity.Booked {
		return ""
	}
	switch p.Mark {
	case activity.Here:
		return d.S.T(words.ActivitySeenHere, "at", p.Arrived.String())
	case activity.Gone:
		at := d.S.T(words.ActivitySeenGone, "at", p.Left.String())
		if who := d.left(p); who != "" {
			at += ", " + who
		}
		return at
	case activity.Absent:
		return d.S.T(words.ActivitySeenAbsent)
	}
	return d.S.T(words.ActivitySeenExpected)
}

// left says how a child left, where that was not with its guardian.
func (d desk) left(p activity.Place) string {
	switch p.LeftHow {
	case activity.WithGuardian:
		return ""
	case activity.Alone:
		return d.S.T(words.ActivityAlone)
	}
	return p.LeftBy
}

// dayWays are the keys of the list at the door; those that mark differ by what was seen of the child under the cursor.
func (d desk) dayWays(l activity.DayList, place string) (all []page.Way) {
	p, known := childOf(l.Booked, place)
	if known && reached(l.HalfDay, data.DayOf(d.S.Now())) {
		all = d.markWays(p)
	}
	open := l.HalfDay.Cancelled == "" && !l.HalfDay.Over(d.S.Now()) && l.Activity.Purged.IsZero()
	if d.enrols() && open {
		all = append(all, page.Way{Key: d.Letter("i", words.ActivityEnrol), Open: func() shell.Screen { return d.enrol(l.Activity.ID, l.HalfDay.ID, activity.Child{}) }},
			page.Way{Key: d.Letter("k", words.ActivityKnown), Open: func() shell.Screen { return d.known(l.Activity.ID, l.HalfDay.ID) }})
	}
	if len(l.Waiting) > 0 {
		all = append(all, page.Way{Key: d.Letter("w", words.ActivityWaits), Open: func() shell.Screen { return d.waits(l.HalfDay.ID) }})
	}
	if d.enrols() && len(l.Untold()) > 0 {
		all = append(all, page.Way{Key: d.Letter("b", words.ActivityCalls), Open: func() shell.Screen { return d.calls(l.HalfDay.ID) }})
	}
	if d.Print != nil && len(l.Booked) > 0 {
		all = append(all, page.Way{Key: d.Letter("p", words.ActivityPrint), Doing: words.ActivityPrinting, Do: func() (page.Outcome, error) {
			return page.Outcome{Said: words.ActivityPrinted}, d.Print(d.ctx(), d.By(), l)
		}})
	}
	return all
}

// markWays are the steps that follow on what was seen of a child.
func (d desk) markWays(p activity.Place) []page.Way {
	see := func(letter string, does, said words.Key, sight activity.Sight) page.Way {
		return page.Way{Key: d.Letter(letter, does), Doing: words.ActivityMarking, Do: func() (page.Outcome, error) {
			_, err := d.Store.See(d.ctx(), d.By(), p.ID, sight)
			return page.Outcome{Said: said, Args: []any{"child", p.Child.Name()}}, err
		}}
	}
	arrive := see("a", words.ActivityArrive, words.ActivityArrived, activity.Sight{Step: activity.Arrive})
	back := see("t", words.ActivityUndo, words.ActivityUndone, activity.Sight{Step: activity.Undo})
	switch p.Mark {
	case activity.Expected:
		return []page.Way{arrive, see("x", words.ActivityAbsent, words.ActivityIsAbsent, activity.Sight{Step: activity.StayOff})}
	case activity.Absent:
		return []page.Way{arrive, back}
	case activity.Here:
		return []page.Way{see("o", words.ActivityFetched, words.ActivityIsFetched, activity.Sight{Step: activity.Leave, How: activity.WithGuardian}),
			{Key: d.Letter("d", words.ActivityFetchedBy), Open: func() shell.Screen { return d.fetched(p) }}, back}
	}
	return []page.Way{back}
}

// fetched marks a child that leaves in another way than with its guardian.
func (d desk) fetched(p activity.Place) shell.Screen {
	const listed = "listed:"
	return page.NewTask(d.S, words.ActivityFetchTitle, words.ActivityMarking, func() (page.Brief, error) {
		how := parts.Field{Name: "how", Label: words.ActivityWith, Kind: parts.Choice, Need: true}
		for _, who := range p.Child.MayFetch() {
			how.Options = append(how.Options, parts.Option{Value: listed + who, Label: who})
		}
		if p.Child.Alone {
			how.Options = append(how.Options, parts.Option{Value: string(activity.Alone), Label: d.S.T(words.ActivityAlone)})
		}
		how.Options = append(how.Options, parts.Option{Value: string(activity.WithOther), Label: d.S.T(words.ActivityOther)})
		return page.Brief{Title: p.Child.Name(), Lead: words.ActivityFetchLead, Head: []page.Fact{page.Named(words.ActivityGuardian, p.Child.Guardian+", "+p.Child.Phone)},
			Body: parts.NewForm(words.ActivityDoFetched, how,
				parts.Field{Name: "by", Label: words.ActivityBy, Hint: words.ActivityByHint, Max: 80},
				parts.Field{Name: "why", Label: words.ActivityWhoAllowed, Hint: words.ActivityWhoAllowedHint, Max: 120},
				parts.Field{Name: "at", Label: words.ActivityAt, Hint: words.ActivityAtHint, Max: 10, Digits: true, Check: isMinute}),
			Do: func(f parts.Form) (o page.Outcome, err error) {
				sight := activity.Sight{Step: activity.Leave, How: activity.How(f.Value("how")), By: f.Value("by"), Why: f.Value("why")}
				if who, is := strings.CutPrefix(f.Value("how"), listed); is {
					sight.How, sight.By = activity.WithListed, who
				}
				if text := f.Value("at"); text != "" {
					if sight.At, err = minute(text); err != nil {
						return o, err
					}
				}
				_, err = d.Store.See(d.ctx(), d.By(), p.ID, sight)
				return page.Outcome{Said: words.ActivityIsFetched, Args: []any{"child", p.Child.Name()}}, err
			}}, nil
	})
}

// minute reads the time at which a child left.
func minute(text string) (calendar.Minute, error) {
	at, err := calendar.ParseMinute(text)
	if err != nil {
		return 0, &data.Invalid{Field: "at", Why: calendar.WhyTime, Got: data.Clean(text, 20)}
	}
	return at, nil
}

func isMinute(text string) error {
	if text == "" {
		return nil
	}
	_, err := minute(text)
	return err
}

// waits is the waiting list of a half-day, in turn.
func (d desk) waits(id string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[activity.DayList]{
		Title: func(activity.DayList) string { return d.S.T(words.ActivityWaits) },
		Doing: words.ActivityLoading,
		Load:  func() (activity.DayList, error) { return d.Store.DayList(d.ctx(), d.By(), id) },
		Columns: []parts.Column{{Title: words.ActivityColTurn, Min: 5, Right: true}, {Title: words.ActivityColChild, Min: 16, Grow: 2}, {Title: words.ActivityGuardian, Min: 14, Grow: 1, Drop: 1},
			{Title: words.ActivityPhone, Min: 13}, {Title: words.ActivityColSince, Min: 16}},
		Rows: func(l activity.DayList) []parts.Row {
			rows := make([]parts.Row, len(l.Waiting))
			for i, p := range l.Waiting {
				rows[i] = parts.Row{ID: p.ID, Cells: []string{d.count(p.Turn), p.Child.Name(), p.Child.Guardian, p.Child.Phone, d.Moment(p.Queued)}}
			}
			return rows
		},
		Top: func(p page.Page, l activity.DayList) []string {
			return append([]string{p.Headline(l.Activity.Title + ", " + d.half(l.HalfDay))}, d.quiet(p, d.S.T(words.ActivityWaitsLead))...)
		},
		None: words.ActivityWaitsNone, Opens: words.ActivityOpenChild,
		Open: func(l activity.DayList, place string) tea.Cmd {
			p, known := childOf(l.Waiting, place)
			if !known {
				return nil
			}
			return shell.Open(d.card(l.Activity.ID, p.Child.ID))
		},
		Ways: func(l activity.DayList, place string) []page.Way {
			p, known := childOf(l.Waiting, place)
			if !known || !d.enrols() {
				return nil
			}
			return []page.Way{{Key: d.Del(words.ActivityLeave), Doing: words.ActivitySaving,
				Ask: page.Question{Ask: words.ActivityLeaveAsk, Yes: words.ActivityLeaveYes, Args: []any{"child", p.Child.Name(), "half", d.half(l.HalfDay)}},
				Do: func() (page.Outcome, error) {
					_, err := d.Store.Cancel(d.ctx(), d.By(), p.ID)
					return page.Outcome{Said: words.ActivityLeft}, err
				}}}
		},
	})
}

// calls lists the parents who must still hear what changed; a key clicks one off.
func (d desk) calls(id string) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[activity.DayList]{
		Title: func(activity.DayList) string { return d.S.T(words.ActivityCalls) },
		Doing: words.ActivityLoading,
		Load:  func() (activity.DayList, error) { return d.Store.DayList(d.ctx(), d.By(), id) },
		Columns: []parts.Column{{Title: words.ActivityPhone, Min: 13}, {Title: words.ActivityGuardian, Min: 14, Grow: 1}, {Title: words.ActivityColChild, Min: 14, Grow: 1},
			{Title: words.ActivityColNews, Min: 14, Grow: 1}},
		Rows: func(l activity.DayList) []parts.Row {
			untold := l.Untold()
			rows := make([]parts.Row, len(untold))
			for i, p := range untold {
				news := words.ActivityNewsPlace
				if p.State == activity.Cancelled {
					news = words.ActivityNewsOff
				}
				rows[i] = parts.Row{ID: p.ID, Cells: []string{p.Child.Phone, p.Child.Guardian, p.Child.Name(), d.S.T(news)}}
			}
			return rows
		},
		Top: func(p page.Page, l activity.DayList) []string {
			return append([]string{p.Headline(l.Activity.Title + ", " + d.half(l.HalfDay))}, d.quiet(p, d.S.T(words.ActivityCallsLead))...)
		},
		None: words.ActivityCallsNone,
		Ways: func(l activity.DayList, place string) []page.Way {
			at := slices.IndexFunc(l.Untold(), func(p activity.Place) bool { return p.ID == place })
			if at < 0 {
				return nil
			}
			p := l.Untold()[at]
			return []page.Way{{Key: d.Letter("b", words.ActivityDoCalled), Doing: words.ActivitySaving, Do: func() (page.Outcome, error) {
				return page.Outcome{Said: words.ActivityCalled, Args: []any{"guardian", p.Child.Guardian}}, d.Store.Told(d.ctx(), d.By(), p.ID)
			}}}
		},
	})
}
