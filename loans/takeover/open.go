package takeover

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/start"
	"digibrug/loans"
)

// open is the sheet of what is out on paper, a row per device.
type open struct{}

func (open) Name() string { return LoanSheet }

func (open) Fields() []start.Field {
	return []start.Field{
		{Head: colDevice, Need: true, Also: []string{"toestelnaam", "laptop"}, Example: []string{"voorbeeld: LT-014", "voorbeeld: LT-015"}},
		{Head: colCard, Example: []string{"", ""}},
		{Head: colGiven, Also: []string{"voornaam ontlener"}, Example: []string{"Mieke", "Bram"}},
		{Head: colFamily, Also: []string{"naam", "ontlener", "achternaam"}, Example: []string{"Wouters", "Wouters"}},
		{Head: colKind, Known: kindNames(), Also: []string{"categorie"}, Example: []string{"inwoner", "minderjarige"}},
		{Head: colPhone, Also: []string{"tel", "gsm", "telefoonnummer"}, Example: []string{"0470 12 34 56", ""}},
		{Head: colMail, Also: []string{"mail", "email", "e-mailadres"}, Example: []string{"", ""}},
		{Head: colHouse, Also: []string{"gezinshoofd"}, Example: []string{"Wouters, Dorp 3", "Wouters, Dorp 3"}},
		{Head: colGuardian, Also: []string{"voogd", "ouder"}, Example: []string{"", "Mieke Wouters"}},
		{Head: colBirth, Example: []string{"", "2013-04"}},
		{Head: colLent, Need: true, Day: true, Also: []string{"uitgeleend", "datum uitlening", "van"}, Example: []string{"2026-11-02", "2026-11-09"}},
		{Head: colDue, Need: true, Day: true, Also: []string{"inleverdatum", "einddatum", "terug"}, Example: []string{"2026-11-30", "2026-12-07"}},
		{Head: colDeposit, Also: []string{"betaalde waarborg"}, Example: []string{"60", ""}},
		{Head: colPaid, Known: methodNames(), Also: []string{"betaling"}, Example: []string{"cash", ""}},
		{Head: colNote, Also: []string{"nota"}, Example: []string{"", ""}},
	}
}

// Plan writes down what is out, with its own days. What is known already, or came back meanwhile, stays.
func (open) Plan(ctx context.Context, j *start.Job, rows []start.Row) error {
	s, err := stockOf(ctx, j)
	if err != nil {
		return err
	}
	for _, r := range rows {
		s.loanRow(j, r)
	}
	return nil
}

func (s *stock) loanRow(j *start.Job, r start.Row) {
	it := s.lentDevice(j, r)
	on := j.DayOf(r, colLent)
	switch {
	case on == "" && r.Text(colLent) == "":
		j.Problem(r, colLent, data.WhyEmpty)
	case on > j.Today:
		j.Problem(r, colLent, WhyFuture, j.Today, on)
	}
	due := j.DayOf(r, colDue) // the paper's: the opening hours of today may not have been known then
	switch {
	case due == "" && r.Text(colDue) == "":
		j.Problem(r, colDue, data.WhyEmpty)
	case due != "" && on != "" && due < on:
		j.Problem(r, colDue, data.WhyEarly, on, due)
	}
	paid := s.deposit(j, r)
	who, fresh := s.borrower(j, r)
	if it == nil || who == nil || on == "" || due == "" || on > j.Today {
		return
	}
	if s.known(j, r, it, who, on) {
		return
	}
	if it.State != loans.Ready && it.State != loans.InStock {
		j.Problem(r, colDevice, WhyNotThere, nameOf(states(), it.State), it.Called())
		return
	}
	it.with = r.Number
	var deltas []start.Delta
	if fresh {
		deltas = start.Changes(colKind, "", nameOf(kinds(), who.Category), colPhone, "", who.Phone, colMail, "", who.Mail, colHouse, "", who.Household)
	}
	note := j.Name(r, colNote, noteLimit)
	deltas = append(deltas, start.Changes(colDevice, "", it.Called(), colLent, "", on, colDue, "", due, colDeposit, "", euro(paid.Cents), colNote, "", note)...)
	j.Change(r, start.Added, who.Name(), deltas...)
	j.Write(func(ctx context.Context, tx *data.Tx, by data.Actor) error {
		_, err := loans.TakeOver(ctx, tx, by, loans.LendAsk{Device: it.ID, Borrower: who.ID, Condition: note, At: noon(on, tx.Now()), Due: due, Why: reason}, paid)
		return err
	})
}

// lentDevice finds the device of a row.
func (s *stock) lentDevice(j *start.Job, r start.Row) *item {
	text := r.Text(colDevice)
	if text == "" {
		j.Problem(r, colDevice, data.WhyEmpty)
		return nil
	}
	it := s.called(text)
	switch {
	case it == nil:
		j.Problem(r, colDevice, WhyNoDevice, "", text)
	case it.with > 0:
		j.Problem(r, colDevice, WhyTwice, fmt.Sprint(it.with), it.Called())
		return nil
	}
	return it
}

// known tells whether the register has the loan of a row, and tells a problem when the device is with somebody else.
func (s *stock) known(j *start.Job, r start.Row, it *item, who *person, on string) bool {
	for _, l := range s.lent {
		switch {
		case it.ID == "" || l.DeviceID != it.ID:
		case who.ID != "" && l.BorrowerID == who.ID && l.On == on:
			it.with = r.Number
			j.Change(r, start.Same, who.Name())
			return true
		case l.Open:
			j.Problem(r, colDevice, WhyOut, l.On, l.Borrower)
			return true
		}
	}
	return false
}

func (s *stock) deposit(j *start.Job, r start.Row) (paid loans.Taken) {
	paid.Cents, _ = j.Money(r, colDeposit)
	method := j.OneOf(r, colPaid, methodNames())
	if paid.Cents > 0 {
		paid.Method = loans.Cash
		if method != "" {
			paid.Method = methods()[method]
		}
	}
	return paid
}

// borrower finds the borrower of a row, by card or by name, or plans a new one. nil after telling a problem.
func (s *stock) borrower(j *start.Job, r start.Row) (who *person, fresh bool) {
	if text := r.Text(colCard); text != "" {
		n, err := loans.ParseNumber(text)
		if err != nil {
			j.Wrong(r, colCard, err)
			return nil, false
		}
		for _, p := range s.borrowers {
			if p.Number == n {
				return p, false
			}
		}
		j.Problem(r, colCard, WhyNoBorrower, "", text)
		return nil, false
	}
	family := j.Needed(r, colFamily, nameLimit)
	if family == "" {
		return nil, false
	}
	kind := loans.Citizen
	if text := j.OneOf(r, colKind, kindNames()); text != "" {
		kind = kinds()[text]
	}
	given, phone, mail := j.Name(r, colGiven, nameLimit), j.Name(r, colPhone, nameLimit), j.Name(r, colMail, nameLimit)
	switch found := s.like(given, family, phone, mail); len(found) {
	case 0:
		return s.newBorrower(j, r, kind, given, family)
	case 1:
		return found[0], false
	}
	j.Problem(r, colFamily, WhyNamesakes, "", given+" "+family)
	return nil, false
}

// like finds the borrowers of a name; where phone number or mail address are said of both, one of them must fit.
func (s *stock) like(given, family, phone, mail string) (found []*person) {
	for _, p := range s.borrowers {
		if data.SortKey(p.Given) != data.SortKey(given) || data.SortKey(p.Family) != data.SortKey(family) {
			continue
		}
		samePhone, sameMail := data.PhoneKey(p.Phone) == data.PhoneKey(phone), strings.EqualFold(p.Mail, mail)
		if phone != "" && p.Phone != "" && !samePhone && (mail == "" || !sameMail) || phone == "" && mail != "" && p.Mail != "" && !sameMail {
			continue
		}
		found = append(found, p)
	}
	return found
}

// newBorrower plans a borrower who is not here yet.
func (s *stock) newBorrower(j *start.Job, r start.Row, kind loans.Category, given, family string) (*person, bool) {
	b := loans.Borrower{Category: kind, Given: given, Family: family, Phone: j.Name(r, colPhone, nameLimit), Mail: j.Name(r, colMail, nameLimit),
		Household: j.Name(r, colHouse, nameLimit)}
	var guardian *person
	if b.Category == loans.Minor {
		if b.BirthMonth = r.Text(colBirth); len(b.BirthMonth) > 7 {
			b.BirthMonth = b.BirthMonth[:7] // a spreadsheet makes a day of 2013-04
		}
		if guardian = s.guardian(j, r); guardian == nil {
			return nil, false
		}
		b.GuardianID = "known when it is written"
	}
	if err := loans.CheckBorrower(b); err != nil {
		j.Wrong(r, column(err), err)
		return nil, false
	}
	p := &person{b}
	s.borrowers = append(s.borrowers, p)
	j.Write(func(ctx context.Context, tx *data.Tx, by data.Actor) error {
		if guardian != nil {
			p.GuardianID = guardian.ID
		}
		put, err := loans.AddBorrower(ctx, tx, by, p.Borrower)
		p.Borrower = put
		return err
	})
	return p, true
}

// guardian finds who signs for a minor, among the borrowers here and those of earlier rows.
func (s *stock) guardian(j *start.Job, r start.Row) (found *person) {
	text := r.Text(colGuardian)
	n := 0
	for _, p := range s.borrowers {
		if key := data.SortKey(text); p.Category != loans.Minor && (key == data.SortKey(p.Name()) || key == data.SortKey(p.Family+" "+p.Given) || text == string(p.Number)) {
			found = p
			n++
		}
	}
	if n != 1 || text == "" {
		j.Problem(r, colGuardian, WhyGuardian, "", text)
		return nil
	}
	return found
}

// column is the head of the column that an *data.Invalid of a borrower is about.
func column(err error) string {
	var bad *data.Invalid
	if !errors.As(err, &bad) {
		return colFamily
	}
	return map[string]string{"given": colGiven, "family": colFamily, "phone": colPhone, "mail": colMail, "household": colHouse, "birth": colBirth, "guardian": colGuardian}[bad.Field]
}

// noon is the middle of a day in Brussels, or now when that is still to come.
func noon(day string, now time.Time) time.Time {
	at, err := data.ParseDay(day)
	if err != nil {
		return now
	}
	if at = time.Date(at.Year(), at.Month(), at.Day(), 12, 0, 0, 0, data.Brussels); at.After(now) {
		return now
	}
	return at
}

// Fill gives nothing: what is out is in the register, and is not taken over again.
func (open) Fill(context.Context, data.Query) ([][]string, error) { return nil, nil }
