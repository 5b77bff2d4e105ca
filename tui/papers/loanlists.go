package papers

import (
	"cmp"
	"context"
	"strings"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/words"
)

// LoanLists are the lists of the uitleendienst. None of them tells who is a client of the OCMW, or why a tariff is
// lower.
type LoanLists struct {
	Loans  loanLists
	People owners
	Places locations
	Now    clock
}

// loanLists is what the lists need of the register; *loans.Store has it.
type loanLists interface {
	Devices(ctx context.Context, by data.Actor) ([]loans.Device, error)
	Uses(ctx context.Context, by data.Actor) ([]loans.Use, error)
	Types(ctx context.Context, by data.Actor) ([]loans.Type, error)
	OpenNow(ctx context.Context, by data.Actor) ([]loans.Loan, error)
	OpenPeople(ctx context.Context, by data.Actor) (map[string]loans.Borrower, error)
	Today(ctx context.Context, by data.Actor) (loans.Day, error)
	Bookings(ctx context.Context, by data.Actor) ([]loans.Booking, error)
	Queue(ctx context.Context, by data.Actor) ([]loans.Place, error)
	Counts(ctx context.Context, by data.Actor) ([]loans.Count, error)
	DaySheets(ctx context.Context, by data.Actor, day string) ([]loans.DaySheet, error)
}

// ListOfDevices is the name of the list that the start workbook reads back.
const ListOfDevices = "loan-devices"

// Papers are all lists, those of every day first.
func (l LoanLists) Papers() []Paper {
	desk := []data.Role{data.RoleClerk, data.RoleICT}
	return []Paper{
		{Name: "loan-today", Title: words.LoanlistToday, Roles: desk, fill: l.today},
		{Name: "loan-late", Title: words.LoanlistLate, Roles: desk, fill: l.late},
		{Name: "loan-open", Title: words.LoanlistOpen, Roles: desk, fill: l.open},
		{Name: "loan-bookings", Title: words.LoanlistBookings, Roles: desk, fill: l.bookings},
		{Name: "loan-waiting", Title: words.LoanlistWaiting, Roles: desk, fill: l.waiting},
		{Name: ListOfDevices, Title: words.LoanlistDevices, Roles: desk, fill: l.devices},
		{Name: "loan-costs", Title: words.LoanlistCosts, Roles: desk, fill: l.costs},
		{Name: "loan-counts", Title: words.LoanlistCounts, Roles: append(desk, data.RoleDirector), fill: l.counts},
		{Name: "loan-money", Title: words.LoanlistMoney, Roles: append(desk, data.RoleFinance), Asks: []Question{AsksFrom, AsksUntil}, fill: l.money},
	}
}

// column is a column with a title of the lists.
func column(name string, title words.Key, kind Kind) Column {
	return Column{Name: name, Title: nl.T(title), Kind: kind}
}

// number is an inventory number as it is read aloud: digits for programs.
func number(n loans.Number) Cell { return Coded(n.Show(), string(n)) }

// dayIf is a day, or an empty cell where none is known.
func dayIf(day string) Cell {
	if day == "" {
		return Cell{}
	}
	return Day(day)
}

// textIf is a text, or an empty cell.
func textIf(text string) Cell {
	if text == "" {
		return Cell{}
	}
	return Text(text)
}

// dueCell is until when a loan lasts: a day, for a loan of hours with the hour.
func dueCell(l loans.Loan) Cell { return Coded(speaker{lang}.shortDue(l), l.DueOn) }

// today is what there is to do: first what is late.
func (l LoanLists) today(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
	day, err := l.Loans.Today(ctx, by)
	if err != nil {
		return Sheet{}, err
	}
	people, err := l.Loans.OpenPeople(ctx, by)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Columns: []Column{column("what", words.LoanlistColWhat, KindText), column("device", words.LoanlistColDevice, KindText), column("number", words.LoanlistColNumber, KindText),
		column("borrower", words.LoanlistColBorrower, KindText), column("phone", words.LoanlistColContact, KindText), column("day", words.LoanlistColDay, KindText)}}
	lent := func(code string, what words.Key, all []loans.Loan) {
		for _, one := range all {
			s.Rows = append(s.Rows, []Cell{Coded(nl.T(what), code), Text(one.Device), number(one.DeviceNumber), Text(one.Borrower), textIf(contact(one.BorrowerID, people)), dueCell(one)})
		}
	}
	lent("late", words.LoanTodayLate, day.Late)
	lent("due", words.LoanTodayDue, day.Due)
	for _, b := range day.PickUps {
		s.Rows = append(s.Rows, []Cell{Coded(nl.T(words.LoanTodayPickUp), "pick_up"), Text(cmp.Or(b.Device, b.Type)), number(b.Number), Text(b.Borrower), {}, Coded(words.StoredDay(lang, b.PickUpUntil), b.PickUpUntil)})
	}
	step := func(code string, what words.Key, all []loans.Device) {
		for _, d := range all {
			s.Rows = append(s.Rows, []Cell{Coded(nl.T(what), code), Text(d.Called()), number(d.Number), {}, {}, {}})
		}
	}
	step("check", words.LoanTodayCheck, day.ToCheck)
	step("wipe", words.LoanTodayWipe, day.ToWipe)
	step("test", words.LoanTodayTest, day.ToTest)
	return s, nil
}

// late is the list for who calls: the latest first.
func (l LoanLists) late(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
	day, err := l.Loans.Today(ctx, by)
	if err != nil {
		return Sheet{}, err
	}
	s, err := l.lent(ctx, by, day.Late)
	s.Notes = []string{nl.T(words.LoanlistCall)}
	return s, err
}

// open is all that is out.
func (l LoanLists) open(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
	all, err := l.Loans.OpenNow(ctx, by)
	if err != nil {
		return Sheet{}, err
	}
	return l.lent(ctx, by, all)
}

// lent lists loans with how to reach who has the device: a minor by the guardian.
func (l LoanLists) lent(ctx context.Context, by data.Actor, all []loans.Loan) (Sheet, error) {
	people, err := l.Loans.OpenPeople(ctx, by)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Columns: []Column{column("device", words.LoanlistColDevice, KindText), column("number", words.LoanlistColNumber, KindText), column("borrower", words.LoanlistColBorrower, KindText),
		column("phone", words.LoanlistColContact, KindText), column("lent_on", words.LoanlistColLent, KindDay), column("due_on", words.LoanlistColDue, KindText),
		column("late", words.LoanlistColLate, KindNumber), column("contract", words.LoanlistColContract, KindText)}}
	today := data.DayOf(l.Now())
	for _, one := range all {
		s.Rows = append(s.Rows, []Cell{Text(one.Device), number(one.DeviceNumber), Text(one.Borrower), textIf(contact(one.BorrowerID, people)), Day(one.LentOn), dueCell(one),
			Count(int(one.LateOn(today))), number(one.Contract)})
	}
	return s, nil
}

// bookings is what is kept free.
func (l LoanLists) bookings(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
	all, err := l.Loans.Bookings(ctx, by)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Columns: []Column{column("number", words.LoanlistColNumber, KindText), column("type", words.LoanlistColType, KindText), column("device", words.LoanlistColDevice, KindText),
		column("borrower", words.LoanlistColBorrower, KindText), column("from", words.LoanlistColFrom, KindDay), column("until", words.LoanlistColUntil, KindDay),
		column("fetch_until", words.LoanlistColFetch, KindDay), column("state", words.LoanlistColState, KindText)}}
	for _, b := range all {
		state := map[loans.BookingState]words.Key{loans.Offered: words.LoanlistOffered, loans.Booked: words.LoanlistBooked, loans.SetAside: words.LoanlistSetAside}[b.State]
		s.Rows = append(s.Rows, []Cell{number(b.Number), Text(b.Type), textIf(b.Device), Text(b.Borrower), dayIf(b.From), dayIf(b.To), dayIf(b.PickUpUntil), Coded(nl.T(state), string(b.State))})
	}
	return s, nil
}

// waiting is who waits, by type, who waits longest first.
func (l LoanLists) waiting(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
	all, err := l.Loans.Queue(ctx, by)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Columns: []Column{column("type", words.LoanlistColType, KindText), column("place", words.LoanlistColPlace, KindNumber), column("borrower", words.LoanlistColBorrower, KindText),
		column("phone", words.LoanlistColContact, KindText), column("from", words.LoanlistColFrom, KindDay), column("until", words.LoanlistColUntil, KindDay),
		column("offer", words.LoanlistColOffer, KindText), column("offer_until", words.LoanlistColOfferUntil, KindDay)}}
	s.Columns[1].Ordinal = true
	for _, w := range all {
		s.Rows = append(s.Rows, []Cell{Text(w.Type), Count(w.Ahead + 1), Text(w.Borrower), textIf(w.Phone), dayIf(w.From), dayIf(w.To), textIf(w.Device), dayIf(w.OfferUntil)})
	}
	return s, nil
}

// priced lists accessories with what they cost as the start workbook reads them: "lader 25,00; tas".
func priced(all []loans.Accessory) string {
	texts := make([]string, len(all))
	for i, a := range all {
		if texts[i] = a.Name; a.Cents > 0 {
			texts[i] += " " + strings.TrimPrefix(words.Money(lang, a.Cents), "€ ")
		}
	}
	return strings.Join(texts, "; ")
}
