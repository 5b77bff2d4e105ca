package regulation

import (
	"fmt"
	"strconv"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/loans/figures"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Simulator asks which other figures to try on the loans of the last twelve months.
type Simulator struct{ Form }

// tried are the figures that can be tried.
func tried() []loans.Param {
	return []loans.Param{loans.TermDays, loans.Renewals, loans.MostLoans, loans.MostYear, loans.DepositCents, loans.FineCents, loans.BlockPerDay, loans.GapDays}
}

// triedField is the name of the field of a figure: two of them are amounts.
func triedField(p loans.Param) string { return "try " + string(p) }

func newSimulator(s *shell.Session, desk Desk) shell.Screen {
	f := newForm(s, desk, words.LoanruleSimulator, words.LoanruleSimulatorLead)
	f.fields = func(f Form) parts.Form {
		r := f.room()
		who := parts.Field{Name: "category", Label: words.LoanruleColFor, Kind: parts.Choice}
		for _, c := range rows() {
			who.Options = append(who.Options, parts.Option{Value: string(c), Label: r.categoryName(c)})
		}
		which := parts.Field{Name: "type", Label: words.LoanruleColType, Kind: parts.Choice, Options: []parts.Option{{Label: f.S.T(words.LoanruleAllTypes)}}}
		for _, t := range f.st.types {
			which.Options = append(which.Options, parts.Option{Value: t.ID, Label: t.Name})
		}
		all := []parts.Field{who, which}
		for _, p := range tried() {
			field := r.field(p, triedField(p), "")
			field.Hint = words.LoanruleTryHint
			all = append(all, field)
		}
		return parts.NewForm(words.LoanruleReckon, all...)
	}
	return Simulator{f}
}

// Update fills in, and opens what it would come to.
func (s Simulator) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	next, event := s.Form, parts.FormNone
	if _, reply := msg.(page.DoneMsg[state]); !reply && s.Loaded {
		if next.Form, event = s.Fill(msg); event != parts.FormSubmitted {
			s.Form = next
			return s, nil
		}
		rules, changed, err := next.trial()
		switch {
		case err != nil:
			next.Form, _ = next.Blamed(err)
		case !changed:
			s.Form = next
			return s, shell.Notify(shell.Info, words.LoanruleTryNothing)
		default:
			s.Form = next
			return s, shell.Open(newOutcome(s.S, s.desk, rules))
		}
		s.Form = next
		return s, nil
	}
	screen, cmd := s.Form.Update(msg)
	s.Form = screen.(Form)
	return s, cmd
}

// trial is the regulation of today with the figures of the form.
func (f Form) trial() (rules loans.Regulation, changed bool, err error) {
	v := copied(f.st.current())
	at := loans.Cell{Category: loans.Category(f.Body.Value("category")), Device: f.Body.Value("type")}
	for _, p := range tried() {
		value, set, err := typed(p, f.Body.Value(triedField(p)))
		if err != nil {
			return rules, false, &data.Invalid{Field: triedField(p), Why: data.WhyNumber, Got: data.Clean(f.Body.Value(triedField(p)), 20)}
		}
		if !set {
			continue
		}
		if v.Cells[at] == nil {
			v.Cells[at] = map[loans.Param]int64{}
		}
		v.Cells[at][p], changed = value, true
		if p == loans.TermDays { // a renewal lasts as long
			v.Cells[at][loans.RenewalDays] = value
		}
	}
	return v.Regulation, changed, nil
}

// Leaving: nothing is lost that was only tried.
func (s Simulator) Leaving() (ask words.Key, must bool) { return "", false }

// outcomeRow is one figure, as it was and as it would have been.
type outcomeRow struct {
	id             string
	name           string
	was, would, by string
}

// Outcome shows what other figures would have done.
type Outcome struct {
	page.List[outcomeRow]
}

func newOutcome(s *shell.Session, desk Desk, rules loans.Regulation) shell.Screen {
	r := room{page.Still(s), desk}
	period := desk.Figures.LastYear()
	columns := []parts.Column{{Title: words.LoanruleColFigure, Min: 30, Grow: 1}, {Title: words.LoanruleColWas, Min: 11, Right: true}, {Title: words.LoanruleColWould, Min: 11, Right: true},
		{Title: words.LoanruleColDiffer, Min: 11, Right: true, Drop: 1}}
	list := page.NewList(s, words.LoanruleReckoning, columns, page.Filling[outcomeRow]{
		Load: func() ([]outcomeRow, error) {
			o, err := desk.Figures.Simulate(s.Ctx, r.By(), period, rules)
			return r.outcome(o), err
		},
		Rows: func(all []outcomeRow) []parts.Row {
			rows := make([]parts.Row, len(all))
			for i, one := range all {
				rows[i] = parts.Row{ID: one.id, Cells: []string{one.name, one.was, one.would, one.by}}
			}
			return rows
		},
		Above: func([]outcomeRow) string {
			return s.T(words.LoanruleOutcomeLead, "from", r.Day(period.From), "until", r.Day(period.To)) + "\n" + s.T(words.LoanruleAssumption) + "\n"
		},
	})
	list.Table = list.Table.Unfiltered()
	return Outcome{list}
}

// Title is what it is.
func (o Outcome) Title() string { return o.S.T(words.LoanruleOutcome) }

// Update moves along the figures.
func (o Outcome) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	if _, again := msg.(shell.ShownMsg); again { // it was reckoned once
		return o, nil
	}
	var cmd tea.Cmd
	o.List, _, cmd = o.Take(msg)
	return o, cmd
}

// FullHelp is the help page.
func (o Outcome) FullHelp() [][]key.Binding { return o.List.FullHelp() }

// outcome puts the figures of a simulation side by side.
func (r room) outcome(o figures.Outcome) (all []outcomeRow) {
	lang := r.S.Lang()
	plain := func(n int64) string { return words.Number(lang, float64(n), 0) }
	money := func(n int64) string { return words.Money(lang, n) }
	add := func(name string, was, would int64, show func(int64) string) {
		by := "="
		if d := would - was; d > 0 {
			by = "+" + show(d)
		} else if d < 0 {
			by = "-" + show(-d)
		}
		all = append(all, outcomeRow{fmt.Sprint(len(all)), name, show(was), show(would), by})
	}
	t := func(k words.Key) string { return r.S.T(k) }
	was, would := o.Was, o.Would
	add(t(words.LoanruleOutLoans), was.Loans, would.Loans, plain)
	add(t(words.LoanruleOutRefused), was.Refused, would.Refused, plain)
	for _, one := range refusals() {
		if n := would.Why[one.why]; n > 0 {
			add("  "+t(one.name), 0, n, plain)
		}
	}
	add(t(words.LoanruleOutNoRenewal), was.NoRenewal, would.NoRenewal, plain)
	add(t(words.LoanruleOutLate), was.Late, would.Late, plain)
	add(t(words.LoanruleOutLateDays), was.LateDays, would.LateDays, plain)
	add(t(words.LoanruleOutFines), was.Fines, would.Fines, money)
	add(t(words.LoanruleOutBlocked), was.Blocked, would.Blocked, plain)
	add(t(words.LoanruleOutBlockDays), was.BlockDays, would.BlockDays, plain)
	add(t(words.LoanruleOutDeposits), was.Deposits, would.Deposits, plain)
	add(t(words.LoanruleOutDeposit), was.Deposit, would.Deposit, money)
	add(t(words.LoanruleOutFee), was.Fee, would.Fee, money)
	add(t(words.LoanruleOutDays), was.DeviceDays, would.DeviceDays, plain)
	for _, one := range o.Types {
		add(r.S.T(words.LoanruleOutEmpty, "type", one.Name), int64(was.Empty[one.ID]), int64(would.Empty[one.ID]), plain)
	}
	add(t(words.LoanruleOutWishes), was.Wishes, would.Wishes, plain)
	if would.Unknown > 0 {
		all = append(all, outcomeRow{id: "unknown", name: t(words.LoanruleOutUnknown), was: strconv.FormatInt(was.Unknown, 10)})
	}
	return append(all, outcomeRow{id: "kept", name: t(words.LoanruleOutKept)})
}

// refusals are the reasons why a loan could not have been made, in the order of the articles.
func refusals() []struct {
	why  data.Why
	name words.Key
} {
	return []struct {
		why  data.Why
		name words.Key
	}{{loans.WhyTooYoung, words.LoanruleWhyYoung}, {loans.WhyTooLong, words.LoanruleWhyLong}, {loans.WhyMostLoans, words.LoanruleWhyLoans},
		{loans.WhyMostHousehold, words.LoanruleWhyHousehold}, {loans.WhyMostYear, words.LoanruleWhyYear}, {loans.WhyBlocked, words.LoanruleWhyBlocked},
		{loans.WhyTaken, words.LoanruleWhyTaken}}
}
