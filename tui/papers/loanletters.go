package papers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/words"
)

// letterhead is what all letters of the uitleendienst say alike.
type letterhead struct {
	speaker
	place  string
	help   string            // whom to call; may be empty
	places map[string]string // names of locations by id
	today  string            // YYYY-MM-DD
}

func (p LoanPapers) letterhead(ctx context.Context) (h letterhead, err error) {
	h = letterhead{speaker: speaker{lang}, places: map[string]string{}, today: data.DayOf(p.Now())}
	for key, to := range map[data.Setting]*string{data.SettingPlace: &h.place, data.SettingHelp: &h.help} {
		if *to, err = p.Settings.Get(ctx, key, ""); err != nil {
			return h, err
		}
	}
	locations, err := p.Places.Locations(ctx)
	for _, l := range locations {
		h.places[l.ID] = l.Name
	}
	return h, err
}

// Letter is the paper of a bundle of reminders: one for a household or a person, in the tone of its highest step. It
// never asks a fine of a client of the OCMW.
func (p LoanPapers) Letter(ctx context.Context, b loans.Bundle) (Document, error) {
	h, err := p.letterhead(ctx)
	if err != nil {
		return Document{}, fmt.Errorf("letter: %w", err)
	}
	return h.letter(b, p), nil
}

// Reminder makes the papers of reminders that are due and that the actor may do: a letter or mail for each household or
// person, a script for each call, a task for the social worker instead of a letter. What was done meanwhile gives none.
func (p LoanPapers) Reminder(ctx context.Context, by data.Actor, notices ...loans.Notice) (all []Document, err error) {
	h, err := p.letterhead(ctx)
	if err != nil {
		return nil, fmt.Errorf("reminders: %w", err)
	}
	due, err := p.Loans.Reminders(ctx, by)
	if err != nil {
		return nil, fmt.Errorf("reminders: %w", err)
	}
	due = slices.DeleteFunc(due, func(r loans.Reminder) bool {
		return !slices.ContainsFunc(notices, func(n loans.Notice) bool { return n.ID == r.ID })
	})
	for _, b := range loans.Bundles(due) {
		all = append(all, h.letter(b, p))
	}
	for _, to := range calls(due) {
		all = append(all, h.script(to, p))
	}
	for _, r := range due {
		if r.By() == loans.SocialWorker {
			all = append(all, h.task(r, p))
		}
	}
	return all, nil
}

// tone is how a step speaks.
type tone struct{ title, text words.Key }

// toneOf finds the tone of a bundle: that of its highest step. A municipality's own steps speak as the model's do.
func toneOf(b loans.Bundle, today string) tone {
	highest := b.All[0]
	for _, r := range b.All {
		if r.Step > highest.Step {
			highest = r
		}
	}
	known, ok := map[string]tone{
		"before": {words.LoanletterBeforeTitle, words.LoanletterBeforeText}, "first": {words.LoanletterFirstTitle, words.LoanletterFirstText},
		"second": {words.LoanletterSecondTitle, words.LoanletterSecondText}, "third": {words.LoanletterThirdTitle, words.LoanletterThirdText},
		"registered": {words.LoanletterRegisteredTitle, words.LoanletterRegisteredText}, "extra": {words.LoanletterExtraTitle, words.LoanletterExtraText},
	}[highest.Letter]
	switch {
	case ok:
		return known
	case highest.Channel == loans.Registered:
		return tone{words.LoanletterRegisteredTitle, words.LoanletterRegisteredText}
	case highest.Loan.DueOn >= today:
		return tone{words.LoanletterBeforeTitle, words.LoanletterBeforeText}
	}
	return tone{words.LoanletterFirstTitle, words.LoanletterFirstText}
}

func (h letterhead) letter(b loans.Bundle, p LoanPapers) Document {
	if len(b.All) == 0 {
		return Document{Title: h.T(words.LoanletterExtraTitle), Place: h.place, At: p.Now()}
	}
	t := toneOf(b, h.today)
	d := Document{Name: "brief-" + string(b.All[0].Loan.Contract), Title: h.T(t.title), Place: h.place, At: p.Now(), To: []string{b.To.Name()}}
	if b.Channel == loans.ByLetter || b.Channel == loans.Registered {
		if b.Channel == loans.Registered {
			d.To = append([]string{h.T(words.LoanletterRegisteredMark)}, d.To...)
		}
		d.To = append(d.To, cmp.Or(b.To.Household, h.T(words.LoanletterAddress)))
	}
	d.Parts = append(d.Parts, Paragraph(h.T(words.LoanletterHello, "name", b.To.Name())), Paragraph(h.T(t.text)), h.table(b.All))
	if costs := h.costs(b); costs != "" {
		d.Parts = append(d.Parts, Paragraph(costs))
	}
	d.Parts = append(d.Parts, Paragraph(h.T(words.LoanletterWhere, "places", h.where(b.All))), Paragraph(h.T(words.LoanletterTrouble)))
	if h.help != "" {
		d.Parts = append(d.Parts, Paragraph(h.T(words.LoanletterQuestions, "help", h.help)))
	}
	return d.with(Paragraph(h.T(words.LoanletterGreeting, "place", h.place)))
}

// with is the document with more parts.
func (d Document) with(more ...Part) Document {
	d.Parts = append(slices.Clip(d.Parts), more...)
	return d
}

// table lists what is to be brought back, and by whom where a letter is for several people.
func (h letterhead) table(all []loans.Reminder) Grid {
	g := Grid{Heads: []Head{{Title: h.T(words.LoanletterColWho)}, {Title: h.T(words.LoanletterColDevice)}, {Title: h.T(words.LoanletterColNumber)},
		{Title: h.T(words.LoanletterColDue)}, {Title: h.T(words.LoanletterColLate), Right: true}}}
	for _, r := range all {
		late := "-"
		if n := r.Late(h.today); n > 0 {
			late = strconv.FormatInt(n, 10)
		}
		g.Rows = append(g.Rows, []string{cmp.Or(r.Who.Name(), r.Loan.Borrower), r.Loan.Device, r.Loan.DeviceNumber.Show(), h.due(r.Loan), late})
	}
	return g
}

// costs says what being late costs, by the figures of the first late loan that has any. A client of the OCMW is never
// asked a fine, and an extra reminder, which may be about one, says nothing of it.
func (h letterhead) costs(b loans.Bundle) string {
	for _, r := range b.All {
		rule := r.Loan.Rules
		if r.Loan.Category == loans.Client || r.Letter == "extra" || r.Late(h.today) == 0 || rule[loans.FineCents] == 0 {
			continue
		}
		return h.T(words.LoanletterCosts, "amount", h.money(rule[loans.FineCents]), "days", max(1, rule[loans.FineDays]), "most", h.money(rule[loans.FineCap]))
	}
	return ""
}

// where names the places to bring things back to.
func (h letterhead) where(all []loans.Reminder) string {
	var names []string
	for _, r := range all {
		if name := h.places[r.Loan.LocationID]; name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// calls puts together what is said in one call to one person.
func calls(due []loans.Reminder) (all [][]loans.Reminder) {
	for _, r := range due {
		if r.By() != loans.ByCall {
			continue
		}
		at := slices.IndexFunc(all, func(same []loans.Reminder) bool { return same[0].To.ID == r.To.ID })
		if at < 0 {
			all = append(all, nil)
			at = len(all) - 1
		}
		all[at] = append(all[at], r)
	}
	return all
}

// script is what a clerk has at hand who calls somebody.
func (h letterhead) script(all []loans.Reminder, p LoanPapers) Document {
	to, say := all[0].To, words.LoanletterCallBefore
	for _, r := range all {
		if r.Late(h.today) > 0 {
			say = words.LoanletterCallSay
		}
	}
	d := Document{Name: "bellen-" + string(all[0].Loan.Contract), Title: h.T(words.LoanletterCall, "name", to.Name()), Place: h.place, At: p.Now()}
	return d.with(Facts{{h.T(words.LoanletterPhone), cmp.Or(to.Phone, h.T(words.LoanletterNoPhone))}}, h.table(all),
		Paragraph(h.T(say, "place", h.place)), Paragraph(h.T(words.LoanletterCallVoicemail)))
}

// task is what a social worker gets in the place of a letter.
func (h letterhead) task(r loans.Reminder, p LoanPapers) Document {
	d := Document{Name: "taak-" + string(r.Loan.Contract), Title: h.T(words.LoanletterTask), Place: h.place, At: p.Now()}
	return d.with(Paragraph(h.T(words.LoanletterTaskText)), h.table([]loans.Reminder{r}),
		Facts{{h.T(words.LoanletterPhone), r.To.Phone}, {h.T(words.LoanletterMail), r.To.Mail}})
}
