package regulation

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Preset asks the six questions of a small laptop library, one a screen, shows what they come to, and opens the desk.
// Esc goes back a question.
type Preset struct {
	page.Form
	desk    Desk
	st      state
	answers loans.Answers
	step    int // index of the question; len(questions()): the summary; one more: done
	opened  loans.Preset
}

// question is one of the six: its sentence, its fields, and what an answer changes. read returns an *data.Invalid.
type question struct {
	lead   words.Key
	fields func(Preset) []parts.Field
	read   func(p Preset, a *loans.Answers) error
}

func questions() []question {
	return []question{
		{words.LoanruleAskWhat, Preset.whatFields, Preset.readWhat},
		{words.LoanruleAskRenew, Preset.renewFields, Preset.readRenew},
		{words.LoanruleAskMost, Preset.mostFields, Preset.readMost},
		{words.LoanruleAskMoney, Preset.moneyFields, Preset.readMoney},
		{words.LoanruleAskPlace, Preset.placeFields, Preset.readPlace},
		{words.LoanruleAskLate, Preset.lateFields, Preset.readLate},
	}
}

func newPreset(s *shell.Session, desk Desk) shell.Screen {
	return Preset{Form: page.LoadingForm(s, words.LoanruleLoading, words.LoanruleAskWhat), desk: desk, answers: loans.Usual()}
}

func (p Preset) room() room { return room{p.Page, p.desk} }

// Init loads the register.
func (p Preset) Init() tea.Cmd { return page.Fetch(p.Loading, p.room().read) }

// Title is the name of the preset.
func (p Preset) Title() string { return p.S.T(words.LoanrulePreset) }

func (p Preset) asking() bool { return p.step < len(questions()) }
func (p Preset) done() bool   { return p.step > len(questions()) }

// Update goes through the questions.
func (p Preset) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case page.DoneMsg[state]:
		next, ok, tell := page.Settled(p.Page, msg)
		if p.Page = next; ok {
			p.st = msg.Got
			if p.answers.LocationID == "" && len(p.st.locations) > 0 {
				p.answers.LocationID = p.st.locations[0].ID
			}
			p = p.at(0)
		}
		return p, tell
	case page.DoneMsg[loans.Preset]:
		return p.settled(msg)
	case page.YesMsg:
		next, ok := p.Agreed(msg)
		if p.Page = next; ok {
			return p.open(true)
		}
		return p, nil
	}
	if p.Retries(msg) {
		p.Page = p.Again()
		return p, p.Init()
	}
	press, is := msg.(tea.KeyPressMsg)
	switch {
	case is && p.Loaded && !p.Busy() && p.step > 0 && !p.done() && key.Matches(press, p.S.Keys().Back):
		return p.at(p.step - 1), nil
	case p.asking() || !is:
		return p.fill(msg)
	case p.Busy() || !key.Matches(press, p.S.Keys().Enter):
		return p, nil
	case p.done():
		return p, shell.Back()
	}
	return p.confirms()
}

// fill gives a message to the question, and goes to the next one when it is answered.
func (p Preset) fill(msg tea.Msg) (shell.Screen, tea.Cmd) {
	next, event := p.Fill(msg)
	if p.Form = next; event != parts.FormSubmitted || !p.asking() {
		return p, nil
	}
	a := p.answers
	if err := questions()[p.step].read(p, &a); err != nil {
		p.Form, _ = p.Blamed(err)
		return p, nil
	}
	p.answers = a
	return p.at(p.step + 1), nil
}

// at shows a question, or what they come to.
func (p Preset) at(step int) Preset {
	p.step = step
	if p.asking() {
		q := questions()[step]
		p.Lead = q.lead
		p.Body = parts.NewForm(words.LoanruleOn, q.fields(p)...)
		p.Form = p.Sized()
	}
	return p
}

// confirms opens the desk; where a version is, it asks first.
func (p Preset) confirms() (shell.Screen, tea.Cmd) {
	if len(p.st.versions) == 0 {
		return p.open(false)
	}
	var ask tea.Cmd
	p.Page, ask = p.Ask("again", words.LoanrulePresetAsk, words.LoanrulePresetYes, "name", p.room().called(p.st.current()))
	return p, ask
}

func (p Preset) open(again bool) (shell.Screen, tea.Cmd) {
	p.Page = p.Acts(words.LoanruleOpening)
	a, name := p.answers, p.S.T(words.LoanruleFirstName)
	return p, page.Fetch(p.Acting, func() (loans.Preset, error) { return p.desk.Loans.OpenDesk(p.S.Ctx, p.By(), a, name, again) })
}

// settled takes in how it went. Who was second hears of the version that is there now.
func (p Preset) settled(msg page.DoneMsg[loans.Preset]) (shell.Screen, tea.Cmd) {
	next, ok, tell := page.Settled(p.Page, msg)
	var bad *data.Invalid
	late := msg.Of == p.Acting && errors.As(msg.Err, &bad) && bad.Why == loans.WhyVersionThere
	p.Page = next
	switch {
	case ok:
		p.opened, p.step = msg.Got, len(questions())+1
	case late:
		p.Page = p.Again()
		return p, tea.Batch(tell, p.Init())
	}
	return p, tell
}

// Leaving: on the way back from the first question nothing was stored, and Enter gives it again.
func (p Preset) Leaving() (ask words.Key, must bool) {
	return words.PageFormLeave, p.Loaded && p.step == 0 && p.Body.Changed()
}

// Inside: Esc goes back a question.
func (p Preset) Inside() bool { return p.Busy() || p.Loaded && p.step > 0 && !p.done() }

// Place is what has the focus; between the questions there is no field.
func (p Preset) Place() parts.Place {
	if !p.asking() {
		return parts.Place{}
	}
	return p.Form.Place()
}

// Typing: letters go into the field.
func (p Preset) Typing() bool { return p.asking() && p.Form.Typing() }

// View gives the question, what the answers come to, or what is there now.
func (p Preset) View() string {
	if !p.Loaded || p.asking() {
		return p.Form.View()
	}
	lead, hint := words.LoanruleSummary, words.LoanruleSummaryHint
	if p.done() {
		lead, hint = words.LoanruleDone, words.LoanruleDoneHint
	} else if len(p.st.versions) > 0 {
		hint = words.LoanruleSummaryAgain
	}
	if p.Busy() {
		lead = words.PageWait
	}
	lines := append(p.Paragraphs(p.S.T(lead)), "")
	lines = append(lines, p.Facts(p.summary()...)...)
	lines = append(append(lines, ""), p.Paragraphs(p.S.T(hint))...)
	if next, ok := p.st.coming(p.st.today); ok {
		lines = append(lines, p.Paragraphs(p.S.T(words.LoanruleLater, "name", p.room().called(next), "day", p.Day(next.From)))...)
	}
	return page.Fitted(lines, p.H)
}

// summary is what the answers come to, a line each.
func (p Preset) summary() []page.Fact {
	a, r := p.answers, p.room()
	money := p.S.T(words.LoanruleNoDeposit)
	if a.DepositCents > 0 {
		money = words.Money(p.S.Lang(), a.DepositCents)
		if len(a.Free) > 0 {
			money = p.S.T(words.LoanruleDepositBut, "amount", money, "who", strings.Join(p.names(a.Free), ", "))
		}
	}
	cash := words.LoanruleCashNo
	if a.Cash {
		cash = words.LoanruleCashYes
	}
	what, with := a.What, a.Accessories
	if p.done() { // a type that was there keeps what it had
		what, with = p.opened.Type.Name, nil
		for _, one := range p.opened.Type.Accessories {
			with = append(with, one.Name)
		}
	}
	if len(with) > 0 {
		what = p.S.T(words.LoanruleWithAccessories, "what", what, "with", strings.Join(with, ", "))
	}
	return []page.Fact{
		page.Named(words.LoanruleSumWhat, what),
		page.Named(words.LoanruleSumTerm, p.S.T(words.LoanruleWeeks, "n", a.Weeks)),
		page.Named(words.LoanruleSumRenew, p.S.T(words.LoanruleTimes, "n", a.Renewals)),
		page.Named(words.LoanruleSumMost, p.S.T(words.LoanruleMostBoth, "person", strconv.FormatInt(a.PerPerson, 10), "house", strconv.FormatInt(a.PerHousehold, 10))),
		page.Named(words.LoanruleSumDeposit, money),
		page.Named(words.LoanruleCash, p.S.T(cash)),
		page.Named(words.LoanruleSumPlace, r.placeOf(p.st, a)),
		page.Named(words.LoanruleSumLate, p.S.T(lateNames()[a.Late])),
	}
}

func (p Preset) names(all []loans.Category) []string {
	names := make([]string, len(all))
	for i, c := range all {
		names[i] = strings.ToLower(p.room().categoryName(c))
	}
	return names
}

// placeOf is where the desk is, and on which days it is open.
func (r room) placeOf(st state, a loans.Answers) string {
	name, week := a.Place, calendar.Week{}
	if at := slices.IndexFunc(st.locations, func(l calendar.Location) bool { return l.ID == a.LocationID }); at >= 0 {
		name, week = st.locations[at].Name, st.calendars[a.LocationID].Week
	} else if hours, err := calendar.ParseHours(a.Hours); err == nil {
		for _, d := range a.Days {
			week[d] = hours
		}
	}
	var open []string
	for _, d := range words.Week() {
		if len(week[d]) > 0 {
			open = append(open, words.Weekday(r.S.Lang(), d))
		}
	}
	if len(open) == 0 {
		return r.S.T(words.LoanrulePlaceShut, "name", name)
	}
	return r.S.T(words.LoanrulePlaceOpen, "name", name, "days", strings.Join(open, ", "))
}

// ShortHelp is the footer.
func (p Preset) ShortHelp() []key.Binding {
	switch {
	case !p.Loaded:
		return []key.Binding{p.Enter(words.PageAgain)}
	case p.done():
		return []key.Binding{p.Enter(words.LoanruleReady)}
	case !p.asking():
		return []key.Binding{p.Enter(words.LoanruleOpens)}
	}
	return []key.Binding{p.Enter(words.PageNext), p.S.Keys().Next}
}

// FullHelp is the help page.
func (p Preset) FullHelp() [][]key.Binding { return [][]key.Binding{p.ShortHelp()} }

// number reads a field of whole numbers.
func (p Preset) number(name string, into *int64) error {
	n, err := strconv.ParseInt(cmp.Or(p.Body.Value(name), "0"), 10, 64)
	if err != nil {
		return notWhole(name, p.Body.Value(name))
	}
	*into = n
	return nil
}

// days reads ticked days of the week.
func (p Preset) days(name string) (all []time.Weekday) {
	for _, d := range p.Body.Values(name) {
		if n, err := strconv.Atoi(d); err == nil {
			all = append(all, time.Weekday(n))
		}
	}
	return all
}
