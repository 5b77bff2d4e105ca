package takeover

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/start"
)

// participants is the sheet of who took courses, or will.
type participants struct{}

// person is a participant of the register or the file.
type person struct {
	courses.Participant
	row          int // of the file that is about it; 0: none
	write, fresh bool
	entries      []*entry
}

func (participants) Name() string { return ParticipantSheet }

// categories are the kinds of participants, as a cell calls them. That somebody is a client of the OCMW stands in no list.
func categories() []choice[courses.Category] {
	return []choice[courses.Category]{{"inwoner", courses.Resident}, {"niet-inwoner", courses.NonResident}, {"personeel", courses.Staff},
		{"personeel niet-administratief", courses.NonAdmin}, {"andere organisatie", courses.Partner}}
}

func (participants) Fields() []start.Field {
	return []start.Field{
		{Head: colGiven, Example: []string{"voorbeeld: Mieke", "voorbeeld: Anke"}},
		{Head: colFamily, Need: true, Also: []string{"naam", "achternaam"}, Example: []string{"Wouters", "Daems"}},
		{Head: colCategory, Need: true, Known: names(categories()), Also: []string{"type cursist"}, Example: []string{"inwoner", "personeel"}},
		{Head: colPhone, Also: []string{"tel", "gsm", "telefoonnummer"}, Example: []string{"0470 12 34 56", ""}},
		{Head: colMail, Also: []string{"mail", "email", "e-mailadres"}, Example: []string{"", ""}},
		{Head: colLanguage, Known: []string{"nl", "en", "fr"}, Example: []string{"nl", ""}},
		{Head: colColleague, Also: []string{"personeelsnummer", "log-in"}, Example: []string{"", "Anke Daems"}},
	}
}

// Plan adds participants, and changes what is said of them.
func (participants) Plan(ctx context.Context, j *start.Job, rows []start.Row) error {
	b, err := bookOf(ctx, j)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := b.personRow(ctx, j, r); err != nil {
			return err
		}
	}
	return nil
}

func (b *book) personRow(ctx context.Context, j *start.Job, r start.Row) error {
	given, family := j.Name(r, colGiven, nameLimit), j.Needed(r, colFamily, nameLimit)
	category, said := pick(j, r, colCategory, categories())
	colleague, linked, err := j.Colleague(ctx, r, colColleague)
	if err != nil || family == "" || !linked && r.Text(colColleague) != "" && r.Text(colColleague) != start.Erase {
		return err
	}
	p, ok := b.personOf(j, r, given, family, colleague, linked)
	if !ok {
		return nil
	}
	if p == nil {
		p = &person{Participant: courses.Participant{ID: data.NewID(), Given: given, Family: family, Category: courses.Resident, Language: "nl"}, fresh: true}
		b.people = append(b.people, p)
	}
	if p.row > 0 {
		j.Problem(r, colFamily, start.WhySameRow, fmt.Sprint(p.row), p.Name())
		return nil
	}
	p.row = r.Number
	was := p.Participant
	if p.fresh {
		was.Category, was.Language = "", ""
	}
	if said {
		p.Category = category
	}
	if linked {
		p.PersonID = colleague.ID()
	}
	if phone := j.Name(r, colPhone, nameLimit); phone == start.Erase || phone != "" && data.PhoneKey(phone) != data.PhoneKey(was.Phone) {
		p.Phone = start.Or(phone, was.Phone)
	}
	p.Mail = start.Or(j.Name(r, colMail, nameLimit), p.Mail)
	if language := j.OneOf(r, colLanguage, []string{"nl", "en", "fr"}); language != "" {
		p.Language = language
	}
	if p.Participant, err = p.Checked(); err != nil {
		p.Participant = was
		j.Wrong(r, personColumn(err), err)
		return nil
	}
	deltas := start.Changes(colCategory, called(categories(), was.Category), called(categories(), p.Category), colPhone, was.Phone, p.Phone, colMail, was.Mail, p.Mail,
		colLanguage, was.Language, p.Language)
	if was.PersonID != p.PersonID {
		deltas = append(deltas, start.Delta{Field: colColleague, To: r.Text(colColleague)})
	}
	change := start.Changed
	if p.fresh {
		change = start.Added
	}
	p.write = p.fresh || len(deltas) > 0
	j.Change(r, change, p.Name(), deltas...)
	return nil
}

// personOf finds who a row is about: the colleague, or else who has the name. nil is somebody new; ok is false after
// telling that there are several.
func (b *book) personOf(j *start.Job, r start.Row, given, family string, colleague start.Colleague, linked bool) (found *person, ok bool) {
	if linked {
		for _, p := range b.people {
			if p.PersonID == colleague.ID() {
				return p, true
			}
		}
	}
	switch found := b.like(given, family, r.Text(colPhone), r.Text(colMail)); len(found) {
	case 0:
		return nil, true
	case 1:
		return found[0], true
	}
	j.Problem(r, colFamily, WhyNamesakes, "", data.Clean(given+" "+family, 0))
	return nil, false
}

// like finds those of a name; where phone number or mail address are said of both, one of them must fit. Of several, those
// with whom one of them does fit go before the others.
func (b *book) like(given, family, phone, mail string) (found []*person) {
	if phone == start.Erase {
		phone = ""
	}
	if mail == start.Erase {
		mail = ""
	}
	var sure []*person
	for _, p := range b.people {
		if data.SortKey(p.Given) != data.SortKey(given) || data.SortKey(p.Family) != data.SortKey(family) {
			continue
		}
		samePhone, sameMail := phone != "" && data.PhoneKey(p.Phone) == data.PhoneKey(phone), mail != "" && strings.EqualFold(p.Mail, mail)
		if samePhone || sameMail {
			sure = append(sure, p)
			continue
		}
		if phone != "" && p.Phone != "" || mail != "" && p.Mail != "" {
			continue
		}
		found = append(found, p)
	}
	if len(sure) > 0 {
		return sure
	}
	return found
}

// since is when the town first knew somebody who is new here: the first enrolment, or now. It is zero for who is here.
func (p *person) since(now time.Time) time.Time {
	if !p.fresh {
		return time.Time{}
	}
	first := now
	for _, e := range p.entries {
		if e.Queued.Before(first) {
			first = e.Queued
		}
	}
	return first
}

// personColumn is the head of the column that an *data.Invalid of a participant is about.
func personColumn(err error) string {
	var bad *data.Invalid
	if !errors.As(err, &bad) {
		return colFamily
	}
	head := map[string]string{"given": colGiven, "phone": colPhone, "mail": colMail, "category": colCategory, "language": colLanguage}[bad.Field]
	if head == "" {
		return colFamily
	}
	return head
}

// Fill gives nothing: names leave the register for no list that lies about.
func (participants) Fill(context.Context, data.Query) ([][]string, error) { return nil, nil }
