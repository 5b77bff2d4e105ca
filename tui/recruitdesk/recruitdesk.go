// Package recruitdesk is the room of who recruits (personeelsverantwoordelijke): a procedure from the first line to the last
// signature. A "kleine procedure" takes one form, a list of names and two keys; what experts set (points per level, parallel
// forms, the band of the jury) is a page of its own.
//
// Names are read only where the store gives them: before the list is sealed, and after the scores are frozen and the list
// was opened. In between this room knows labels.
package recruitdesk

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// Room is the room's name in the palette and for shell.GoMsg.
const Room shell.Room = "recruitment"

// tests is what can be asked in a test; *quiz.Library has it.
type tests interface {
	All(ctx context.Context) ([]quiz.Bank, error)
	DomainTitle(domain string) string
}

// organisations are who recruits; *data.People has them.
type organisations interface {
	Organisations(ctx context.Context) ([]data.Organisation, error)
}

// Desk is what the room works with. Invitations, Template and Printer may be nil, and In empty: then there is no key for them.
type Desk struct {
	Store         *recruit.Store
	Tests         tests
	Organisations organisations
	// Invitations makes what makes paper of new codes, inside the transaction that makes them: a letter for each, and the list
	// of names that stays with the supervisor.
	Invitations func(ctx context.Context, by data.Actor) (recruit.Inviting, error)
	// Door gives the address of the test as letters say it; empty where nobody set one: then they say none. nil: the page of
	// invitations doesn't say.
	Door func(ctx context.Context) (string, error)
	// Template puts an empty list of candidates where its maker fetches it, and gives the name of the file.
	Template func(ctx context.Context, by data.Actor) (string, error)
	Printer  *Printer
	In       string // folder on the server with lists of candidates that can be read
}

// desk is a Desk at work for one visit.
type desk struct {
	Desk
	page.Page // that loads nothing: session, language, who acts
}

func (d desk) ctx() context.Context { return d.S.Ctx }

// today is the day in Brussels, YYYY-MM-DD.
func (d desk) today() string { return data.DayOf(d.S.Now()) }

// after is the day so many days after a stored day; the day itself where it doesn't read.
func after(day string, days int) string {
	at, err := data.ParseDay(day)
	if err != nil {
		return day
	}
	return at.AddDate(0, 0, days).Format(data.DayLayout)
}

// New opens the room: the procedures of who recruits.
func New(s *shell.Session, of Desk) shell.Screen { return desk{of, page.Still(s)}.list() }

// quiet are lines that explain, in the style of what need not be read each time.
func (d desk) quiet(p page.Page, texts ...string) []string {
	lines := p.Paragraphs(texts...)
	for i, line := range lines {
		lines[i] = p.S.Theme().Quiet.Render(line)
	}
	return lines
}

// warned are lines that must be read.
func (d desk) warned(p page.Page, texts ...string) []string {
	lines := p.Paragraphs(texts...)
	for i, line := range lines {
		lines[i] = p.S.Theme().Warn.Render(line)
	}
	return lines
}

// state is a word for how a procedure stands.
func (d desk) state(s recruit.State) string { return d.S.T(words.RecruitState(string(s))) }

// span writes the days of a test: "ma 23/11/2026", or from the first to the last.
func (d desk) span(days recruit.Days) string {
	switch {
	case days.From == "":
		return d.S.T(words.RecruitdeskNoDay)
	case days.From == days.Until || days.Until == "":
		return d.Day(days.From)
	}
	return d.Day(days.From) + " - " + d.Day(days.Until)
}

// hours writes the hours of a test as they are typed.
func hours(days recruit.Days) string {
	to := calendar.Minute(days.Close)
	if to == 0 { // not set: all day
		to = calendar.Midnight
	}
	return calendar.Block{From: calendar.Minute(days.Open), To: to}.String()
}

// parseHours reads one block of hours into the window of a test.
func parseHours(text string, days *recruit.Days) error {
	all, err := calendar.ParseHours(text)
	if err == nil && len(all) != 1 {
		err = &data.Invalid{Field: "hours", Why: whyOneBlock, Got: data.Clean(text, 40)}
	}
	if err != nil {
		var bad *data.Invalid
		if errors.As(err, &bad) {
			return &data.Invalid{Field: "hours", Why: bad.Why, Want: bad.Want, Got: bad.Got}
		}
		return err
	}
	days.Open, days.Close = int(all[0].From), int(all[0].To)
	return nil
}

// What the forms of the room find themselves.
const (
	whyOneBlock data.Why = "recruitdesk.one_block" // the hours of a test are one block
	whyFour     data.Why = "recruitdesk.four"      // Got is no row of four numbers
)

// whole reads a number that its field has checked.
func whole(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// count writes a number, and a dash for none.
func count(n int) string {
	if n == 0 {
		return "-"
	}
	return strconv.Itoa(n)
}

// renamed puts problems under the fields of a form: names gives for a field of the store, or the beginning of one up to a
// dot or bracket, that of the form.
func renamed(err error, names map[string]string) error {
	under := func(bad *data.Invalid) *data.Invalid {
		one := *bad
		start, _, _ := strings.Cut(strings.ReplaceAll(one.Field, "[", "."), ".")
		if to, ok := names[one.Field]; ok {
			one.Field = to
		} else if to, ok := names[start+".*"]; ok {
			one.Field = to
		}
		return &one
	}
	var all quiz.Problems
	var one *data.Invalid
	switch {
	case errors.As(err, &all):
		moved := make(quiz.Problems, len(all))
		for i, bad := range all {
			moved[i] = under(bad)
		}
		return moved
	case errors.As(err, &one):
		return under(one)
	}
	return err
}

// domains are the domains that can be asked, as options.
func (d desk) domains() (all []parts.Option, err error) {
	banks, err := d.Tests.All(d.ctx())
	if err != nil {
		return nil, err
	}
	var seen []string
	for _, b := range banks {
		if !slices.Contains(seen, b.Domain) {
			seen = append(seen, b.Domain)
			all = append(all, parts.Option{Value: b.Domain, Label: d.Tests.DomainTitle(b.Domain)})
		}
	}
	return all, nil
}

// sure is a page that says what an act does, with a button that does it.
func (d desk) sure(title, lead, button, doing words.Key, name string, head []page.Fact, do func() (page.Outcome, error)) shell.Screen {
	return page.NewTask(d.S, title, doing, func() (page.Brief, error) {
		return page.Brief{Title: name, Lead: lead, Head: head, Body: parts.NewForm(button), Do: func(parts.Form) (page.Outcome, error) { return do() }}, nil
	})
}

// decimal writes a number with a comma, and no more digits than it has.
func decimal(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", ",", 1)
}
