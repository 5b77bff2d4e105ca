package regulation

import (
	"cmp"
	"slices"
	"strconv"

	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// letterNames are the letters that a step can send.
func letterNames() []struct {
	code string
	name words.Key
} {
	return []struct {
		code string
		name words.Key
	}{{"before", words.LoanruleLetterBefore}, {"first", words.LoanruleLetterFirst}, {"second", words.LoanruleLetterSecond},
		{"third", words.LoanruleLetterThird}, {"registered", words.LoanruleLetterRegistered}}
}

func (r room) letterName(code string) string {
	for _, l := range letterNames() {
		if l.code == code {
			return r.S.T(l.name)
		}
	}
	return code
}

func (r room) channelName(c loans.Channel) string {
	name := map[loans.Channel]words.Key{loans.ByCall: words.LoanruleByCall, loans.ByLetter: words.LoanruleByLetter, loans.ByMail: words.LoanruleByMail,
		loans.ByText: words.LoanruleByText, loans.Registered: words.LoanruleRegistered}[c]
	return r.S.T(cmp.Or(name, words.Key(c)))
}

// when says how long before or after the due day a step comes.
func (r room) when(days int64) string {
	switch {
	case days < 0:
		return r.S.T(words.LoanruleBeforeDue, "n", -days)
	case days == 0:
		return r.S.T(words.LoanruleOnDue)
	}
	return r.S.T(words.LoanruleAfterDue, "n", days)
}

// newLadder lists the steps of the reminders.
func newLadder(s *shell.Session, desk Desk) shell.Screen {
	r := room{page.Still(s), desk}
	return newList(s, desk, listed[loans.Rung]{
		title: words.LoanruleLadder,
		columns: []parts.Column{{Title: words.LoanruleColWhen, Min: 18}, {Title: words.LoanruleColLetter, Min: 16, Grow: 1}, {Title: words.LoanruleColChannel, Min: 12},
			{Title: words.LoanruleColBlock, Min: 10, Drop: 1}},
		load: func() ([]loans.Rung, error) { return desk.Loans.Ladder(s.Ctx, r.By()) },
		id:   rungID,
		cells: func(g loans.Rung) []string {
			block := "-"
			if g.BlockDays > 0 {
				block = s.T(words.LoanruleDays, "n", g.BlockDays)
			}
			return []string{r.when(g.Days), r.letterName(g.Letter), r.channelName(g.Channel), block}
		},
		above: func([]loans.Rung) string {
			return s.T(words.LoanruleLadderLead) + "\n" + s.T(words.LoanruleLadderSocial) + "\n"
		},
		does:  words.LoanruleChange,
		opens: func(g loans.Rung) shell.Screen { return newRung(s, desk, &g) },
		adds:  func([]loans.Rung) shell.Screen { return newRung(s, desk, nil) },
		ask:   func(g loans.Rung) (words.Key, []any) { return words.LoanruleRungAsk, []any{"when", r.when(g.Days)} },
		drop: func(all []loans.Rung, g loans.Rung) error {
			left := slices.DeleteFunc(slices.Clone(all), func(one loans.Rung) bool { return one.Step == g.Step })
			return desk.Loans.SetLadder(s.Ctx, r.By(), left)
		},
		gone: words.LoanruleRungGone,
	})
}

func rungID(g loans.Rung) string { return strconv.FormatInt(g.Step, 10) }

// farDays is how far from the due day a step can be.
const farDays = 365

// newRung adds a step, or changes one (was).
func newRung(s *shell.Session, desk Desk, was *loans.Rung) shell.Screen {
	title, old := words.LoanruleRungNew, loans.Rung{Days: 7, Letter: "first", Channel: loans.ByLetter}
	if was != nil {
		title, old = words.LoanruleRungChange, *was
	}
	f := newForm(s, desk, title, words.LoanruleRungLead)
	f.fields = func(f Form) parts.Form {
		letter := parts.Field{Name: "letter", Label: words.LoanruleColLetter, Kind: parts.Choice, Need: true, Value: old.Letter}
		for _, l := range letterNames() {
			letter.Options = append(letter.Options, parts.Option{Value: l.code, Label: f.S.T(l.name)})
		}
		channel := parts.Field{Name: "channel", Label: words.LoanruleColChannel, Kind: parts.Choice, Need: true, Value: string(old.Channel)}
		for _, c := range loans.Channels() {
			channel.Options = append(channel.Options, parts.Option{Value: string(c), Label: f.room().channelName(c)})
		}
		return parts.NewForm(words.LoanruleSave,
			parts.Field{Name: "ladder", Label: words.LoanruleRungDays, Hint: words.LoanruleRungDaysHint, Kind: parts.Number, Need: true, Low: -farDays, High: farDays, Value: strconv.FormatInt(old.Days, 10)},
			letter, channel,
			parts.Field{Name: "block", Label: words.LoanruleRungBlock, Kind: parts.Number, Low: 0, High: farDays, Value: strconv.FormatInt(old.BlockDays, 10)})
	}
	f.save = func(f Form) (func() (saved, error), error) {
		now := loans.Rung{Letter: f.Body.Value("letter"), Channel: loans.Channel(f.Body.Value("channel"))}
		var err error
		if now.Days, err = strconv.ParseInt(f.Body.Value("ladder"), 10, 64); err != nil {
			return nil, notWhole("ladder", f.Body.Value("ladder"))
		}
		if now.BlockDays, err = strconv.ParseInt(cmp.Or(f.Body.Value("block"), "0"), 10, 64); err != nil {
			return nil, notWhole("block", f.Body.Value("block"))
		}
		all := slices.DeleteFunc(slices.Clone(f.st.ladder), func(one loans.Rung) bool { return was != nil && one.Step == was.Step })
		all = append(all, now)
		slices.SortStableFunc(all, func(a, b loans.Rung) int { return cmp.Compare(a.Days, b.Days) })
		return func() (saved, error) {
			return saved{said: words.LoanruleRungSaved}, f.desk.Loans.SetLadder(f.S.Ctx, f.By(), all)
		}, nil
	}
	return f
}
