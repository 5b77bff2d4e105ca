package recruitdesk

import (
	"errors"
	"strings"

	"digibrug/data"
	"digibrug/quiz/recruit"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

// forever is from when on a last day means that there is none.
const forever = "9000"

// people shows who has which duty in a procedure, and from when to when.
func (d desk) people(p recruit.Procedure) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]recruit.Member]{
		Title:   func([]recruit.Member) string { return d.S.T(words.RecruitdeskPeopleTitle) },
		Doing:   words.RecruitdeskLoading,
		Load:    func() ([]recruit.Member, error) { return d.Store.Members(d.ctx(), d.By(), p.ID) },
		Columns: []parts.Column{{Title: words.RecruitdeskColName, Min: 16, Grow: 1}, {Title: words.RecruitdeskColDuty, Min: 12, Grow: 4}, {Title: words.RecruitdeskColFrom, Min: 10, Drop: 1}, {Title: words.RecruitdeskColUntil, Min: 10}},
		Rows: func(all []recruit.Member) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, m := range all {
				rows[i] = parts.Row{ID: string(m.Duty) + " " + m.AccountID, Cells: []string{m.Name, d.S.T(words.RecruitDuty(string(m.Duty))), d.Day(m.From), d.until(m.Until)}}
			}
			return rows
		},
		Top: func(pg page.Page, _ []recruit.Member) []string {
			return append([]string{pg.Headline(p.Title)}, d.quiet(pg, d.S.T(words.RecruitdeskPeopleLead))...)
		},
		Opens: words.RecruitdeskDoDays,
		Open: func(all []recruit.Member, id string) tea.Cmd {
			if m, ok := memberOf(all, id); ok {
				return shell.Open(d.days(p, m))
			}
			return nil
		},
		Ways: func(all []recruit.Member, id string) []page.Way {
			ways := []page.Way{{Key: d.Letter("n", words.RecruitdeskDoGive), Open: func() shell.Screen { return d.duties(p) }}}
			if m, ok := memberOf(all, id); ok {
				ways = append(ways, page.Way{Key: d.Del(words.RecruitdeskDoTake), Doing: words.RecruitdeskSaving,
					Ask: page.Question{Ask: words.RecruitdeskTakeAsk, Yes: words.RecruitdeskTakeYes, Args: []any{"name", m.Name, "duty", d.S.T(words.RecruitDuty(string(m.Duty)))}},
					Do: func() (page.Outcome, error) {
						return page.Outcome{Said: words.RecruitdeskTaken, Args: []any{"name", m.Name}}, d.Store.RemoveMember(d.ctx(), d.By(), p.ID, m.AccountID, m.Duty)
					}})
			}
			return ways
		},
	})
}

func memberOf(all []recruit.Member, id string) (recruit.Member, bool) {
	duty, account, _ := strings.Cut(id, " ")
	for _, m := range all {
		if string(m.Duty) == duty && m.AccountID == account {
			return m, true
		}
	}
	return recruit.Member{}, false
}

// until writes a last day; nothing where there is none.
func (d desk) until(day string) string {
	if day >= forever {
		return "-"
	}
	return d.Day(day)
}

// duties asks for which duty somebody is wanted.
func (d desk) duties(p recruit.Procedure) shell.Screen {
	return page.NewSheet(d.S, page.Sheeted[[]recruit.Duty]{
		Title:   func([]recruit.Duty) string { return d.S.T(words.RecruitdeskGiveTitle) },
		Doing:   words.RecruitdeskLoading,
		Load:    func() ([]recruit.Duty, error) { return recruit.Duties(), nil },
		Columns: []parts.Column{{Title: words.RecruitdeskColDuty, Min: 28}, {Title: words.RecruitdeskColDoes, Min: 24, Grow: 1}},
		Rows: func(all []recruit.Duty) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, duty := range all {
				rows[i] = parts.Row{ID: string(duty), Cells: []string{d.S.T(words.RecruitDuty(string(duty))), d.S.T(does(duty))}}
			}
			return rows
		},
		Foot:  func(_ []recruit.Duty, id string) string { return d.S.T(does(recruit.Duty(id))) },
		Opens: words.RecruitdeskChoose,
		Open:  func(_ []recruit.Duty, id string) tea.Cmd { return shell.Replace(d.give(p, recruit.Duty(id))) },
	})
}

// does says what somebody with a duty does.
func does(duty recruit.Duty) words.Key {
	switch duty {
	case recruit.Supervisor:
		return words.RecruitdeskDoesSupervisor
	case recruit.Jury:
		return words.RecruitdeskDoesJury
	case recruit.Marker:
		return words.RecruitdeskDoesMarker
	}
	return words.RecruitdeskDoesRecruiter
}

// give gives a duty to somebody who holds the role for it.
func (d desk) give(p recruit.Procedure, duty recruit.Duty) shell.Screen {
	return page.NewTask(d.S, words.RecruitdeskGiveTitle, words.RecruitdeskSaving, func() (b page.Brief, err error) {
		all, err := d.Store.Eligible(d.ctx(), d.By(), p.ID, duty)
		if err != nil {
			return b, err
		}
		who := parts.Field{Name: "account", Label: words.RecruitdeskWho, Hint: words.RecruitdeskWhoHint, Kind: parts.Choice, Need: true}
		for _, m := range all {
			who.Options = append(who.Options, parts.Option{Value: m.AccountID, Label: m.Name + " (" + m.Login + ")"})
		}
		if len(all) == 0 {
			who.Hint = words.RecruitdeskNobody
		}
		from, until := d.proposed(p, duty)
		return page.Brief{Title: d.S.T(words.RecruitDuty(string(duty))), Lead: does(duty), Body: parts.NewForm(words.RecruitdeskGive, append([]parts.Field{who}, dayFields(from, until)...)...),
			Do: func(f parts.Form) (page.Outcome, error) {
				m := recruit.Member{AccountID: f.Value("account"), Duty: duty, From: f.Value("from"), Until: f.Value("until")}
				return page.Outcome{Said: words.RecruitdeskGiven, Args: []any{"duty", d.S.T(words.RecruitDuty(string(duty)))}}, d.roleNamed(d.Store.PutMember(d.ctx(), d.By(), p.ID, m))
			}}, nil
	})
}

// juryDays is how many days after the test jury and markers are expected to be done.
const juryDays = 60

// proposed are the days that a duty is proposed for: of the supervisor those of the test, of others from now until well after it.
func (d desk) proposed(p recruit.Procedure, duty recruit.Duty) (from, until string) {
	first, last := untilOr(p.Days.From, d.today()), untilOr(p.Days.Until, d.today())
	switch duty {
	case recruit.Supervisor:
		return max(first, d.today()), max(last, d.today())
	case recruit.Recruiter:
		return d.today(), after(max(last, d.today()), 365)
	}
	return d.today(), after(max(last, d.today()), juryDays)
}

func dayFields(from, until string) []parts.Field {
	return []parts.Field{{Name: "from", Label: words.RecruitdeskColFrom, Kind: parts.Day, Need: true, Value: from}, {Name: "until", Label: words.RecruitdeskColUntil, Kind: parts.Day, Need: true, Value: until}}
}

// days changes from when to when somebody has a duty.
func (d desk) days(p recruit.Procedure, m recruit.Member) shell.Screen {
	return page.NewTask(d.S, words.RecruitdeskDoDays, words.RecruitdeskSaving, func() (page.Brief, error) {
		until := m.Until
		if until >= forever {
			until = after(d.today(), 365)
		}
		return page.Brief{Title: m.Name, Lead: does(m.Duty), Body: parts.NewForm(words.RecruitdeskSave, dayFields(m.From, until)...),
			Do: func(f parts.Form) (page.Outcome, error) {
				m := m
				m.From, m.Until = f.Value("from"), f.Value("until")
				return page.Outcome{Said: words.RecruitdeskSaved}, d.roleNamed(d.Store.PutMember(d.ctx(), d.By(), p.ID, m))
			}}, nil
	})
}

// roleNamed calls the role that somebody lacks by its name.
func (d desk) roleNamed(err error) error {
	var bad *data.Invalid
	if !errors.As(err, &bad) || bad.Why != recruit.WhyRole {
		return err
	}
	return &data.Invalid{Field: bad.Field, Why: bad.Why, Got: bad.Got, Want: d.S.RoleName(data.Role(bad.Want))}
}
