package me

import (
	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// Kept tells what is kept about the person, for how long, and whom to ask.
type Kept struct {
	page.Page
	stores Stores
	kept   kept
	top    parts.Scroll
}

// kept is what was loaded.
type kept struct {
	me    data.Me
	tests []quiz.Invitation
	help  string // whom people call; may be empty
}

// NewKept opens the page.
func NewKept(s *shell.Session, stores Stores) shell.Screen {
	return Kept{Page: page.New(s, words.MeKeptLoading), stores: stores}
}

// Init loads what is told.
func (k Kept) Init() tea.Cmd {
	return page.Fetch(k.Loading, func() (got kept, err error) {
		ctx, by := k.S.Ctx, k.By()
		if got.me, err = k.stores.Account.Me(ctx, by); err != nil {
			return kept{}, err
		}
		if k.S.Who.Has(data.RoleStaff) { // nobody else has any
			if got.tests, err = k.stores.Tests.Mine(ctx, by); err != nil {
				return kept{}, err
			}
		}
		got.help, err = k.stores.Settings.Get(ctx, data.SettingHelp, "")
		return got, err
	})
}

// Title is what it is.
func (k Kept) Title() string { return k.S.T(words.MeKeptTitle) }

// Update reads on.
func (k Kept) Update(msg tea.Msg) (shell.Screen, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		k.W, k.H = msg.Width, msg.Height
		return k, nil
	case page.DoneMsg[kept]:
		next, ok, tell := page.Settled(k.Page, msg)
		if k.Page = next; ok {
			k.kept = msg.Got
		}
		return k, tell
	}
	if k.Retries(msg) {
		k.Page = k.Again()
		return k, k.Init()
	}
	if press, ok := msg.(tea.KeyPressMsg); ok && k.Loaded && key.Matches(press, k.S.Keys().Enter) {
		return k, shell.Back()
	}
	k.top = k.top.Update(k.S.Look(), msg, len(k.lines()), k.H)
	return k, nil
}

// lines is the whole text.
func (k Kept) lines() []string {
	me := k.kept.me
	lines := append(k.Paragraphs(k.S.T(words.MeKeptLead)), k.section(words.MeKeptPerson, k.person()...)...)
	lines = append(lines, k.section(words.MeKeptWork, k.work()...)...)
	lines = append(lines, k.section(words.MeKeptAccount, k.account()...)...)
	lines = append(lines, k.section(words.MeKeptTests, k.tests()...)...)
	log := []string{k.S.T(words.MeKeptGuesses)}
	if me.Acts > 0 {
		log = append([]string{k.S.T(words.MeKeptLogText, "n", me.Acts, "day", k.shortDay(me))}, log...)
	}
	lines = append(lines, k.section(words.MeKeptLog, log...)...)
	ask := []string{k.S.T(words.MeKeptNot), k.S.T(words.MeKeptAskText)}
	if k.kept.help != "" {
		ask = append(ask, k.S.T(words.MeKeptHelp, "help", k.kept.help))
	}
	return append(lines, k.section(words.MeKeptAsk, ask...)...)
}

func (k Kept) shortDay(me data.Me) string { return words.ShortDay(k.S.Lang(), me.ActsSince) }

// section is a headline with what stands below it, and an empty line before.
func (k Kept) section(headline words.Key, texts ...string) []string {
	return append([]string{"", k.Headline(k.S.T(headline))}, k.Paragraphs(texts...)...)
}

func (k Kept) person() []string {
	me := k.kept.me
	texts := []string{k.S.T(words.MeKeptPersonText, "name", me.Person.Name(), "day", words.ShortDay(k.S.Lang(), me.Since))}
	if me.Person.Number != "" {
		texts = append(texts, k.S.T(words.MeKeptNumber, "number", me.Person.Number))
	}
	return texts
}

func (k Kept) work() []string {
	var texts []string
	for _, w := range k.kept.me.Work {
		job, part := w.Job, words.Number(k.S.Lang(), float64(w.Fraction)/100, decimals(w.Fraction))
		if job == "" {
			job = "-"
		}
		text := k.S.T(words.MeKeptWorkNow, "job", job, "service", w.Service, "organisation", w.Organisation, "from", k.Day(w.From), "part", part)
		if w.Until != "" {
			text = k.S.T(words.MeKeptWorkText, "job", job, "service", w.Service, "organisation", w.Organisation,
				"from", k.Day(w.From), "until", k.Day(w.Until), "part", part)
		}
		if w.Employer != "" {
			text += " " + k.S.T(words.MeKeptEmployer, "employer", w.Employer)
		}
		texts = append(texts, text)
	}
	if len(texts) == 0 {
		return []string{k.S.T(words.MeKeptTestsNone)}
	}
	return texts
}

// decimals is how many figures a fraction in ten-thousandths needs after the comma, as a percentage.
func decimals(fraction int) int {
	if fraction%100 == 0 {
		return 0
	}
	return 2
}

func (k Kept) account() []string {
	me := k.kept.me
	texts := []string{k.S.T(words.MeKeptAccountText, "login", me.Login)}
	if me.Second.On() {
		texts = append(texts, k.S.T(words.MeKeptSecond))
	}
	if n := len(me.Keys); n > 0 {
		texts = append(texts, k.S.T(words.MeKeptKeys, "n", n))
	}
	if me.Sessions > 0 {
		texts = append(texts, k.S.T(words.MeKeptSessions, "n", me.Sessions))
	}
	if me.Codes > 0 {
		texts = append(texts, k.S.T(words.MeKeptCodes, "n", me.Codes))
	}
	return texts
}

func (k Kept) tests() []string {
	if len(k.kept.tests) == 0 {
		return []string{k.S.T(words.MeKeptTestsNone)}
	}
	var texts []string
	for _, t := range k.kept.tests {
		state := k.S.T(words.MeKeptNotBegun)
		switch {
		case t.Ended != "":
			state = k.S.T(words.MeKeptEnded, "day", words.ShortDay(k.S.Lang(), t.EndedAt))
		case t.Attempt != "":
			state = k.S.T(words.MeKeptBegun, "done", t.Answered, "total", t.Total)
		}
		texts = append(texts, k.S.T(words.MeKeptTest, "title", t.Campaign.Title, "from", k.Day(t.Campaign.OpensOn),
			"until", k.Day(t.Campaign.ClosesOn), "state", state))
	}
	return append(texts, k.S.T(words.MeKeptTestsText))
}

// View gives the part of the text that is in view.
func (k Kept) View() string {
	if !k.Loaded {
		return k.Waiting()
	}
	return k.top.View(k.S.Look(), k.lines(), k.W, k.H)
}

// Mouse: the wheel reads on.
func (k Kept) Mouse() bool { return true }

// ShortHelp is the footer.
func (k Kept) ShortHelp() []key.Binding {
	if !k.Loaded {
		return []key.Binding{k.Enter(words.PageAgain)}
	}
	return []key.Binding{k.Enter(words.MeBack)}
}

// FullHelp is the help page.
func (k Kept) FullHelp() [][]key.Binding {
	return [][]key.Binding{k.ShortHelp(), k.S.Keys().Moving()}
}
