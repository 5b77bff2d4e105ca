package papers

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"time"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/words"
)

// clock tells the time; of a house that is not there yet it is nil.
type clock func() time.Time

// devices is all that was ever lent, under heads that the start workbook reads back (package takeover).
func (l LoanLists) devices(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
	all, err := l.Loans.Devices(ctx, by)
	if err != nil {
		return Sheet{}, err
	}
	owner, place, err := l.names(ctx)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Columns: []Column{column("number", words.LoanlistHeadNumber, KindText), column("name", words.LoanlistHeadName, KindText), column("type", words.LoanlistHeadType, KindText),
		column("serial", words.LoanlistHeadSerial, KindText), column("accessories", words.LoanlistHeadAccessories, KindText), column("bought_on", words.LoanlistHeadBought, KindDay),
		column("price", words.LoanlistHeadPrice, KindMoney), column("guarantee", words.LoanlistHeadGuarantee, KindDay), column("owner", words.LoanlistHeadOwner, KindText),
		column("location", words.LoanlistHeadPlace, KindText), column("state", words.LoanlistHeadState, KindText), column("note", words.LoanlistHeadNote, KindText)},
		Notes: []string{nl.T(words.LoanlistBack)}}
	for _, d := range all {
		s.Rows = append(s.Rows, []Cell{number(d.Number), textIf(d.Name), Text(d.Type), textIf(d.Serial), textIf(priced(d.Accessories)), dayIf(d.BoughtOn), centsIf(d.PriceCents),
			dayIf(d.GuaranteeUntil), Text(owner[d.OrganisationID]), Text(place[d.LocationID]), Coded(nl.T(words.LoanState(string(d.State))), string(d.State)), textIf(d.Note)})
	}
	return s, nil
}

// centsIf is an amount, or an empty cell where none is known.
func centsIf(cents int64) Cell {
	if cents == 0 {
		return Cell{}
	}
	return Money(cents)
}

// names gives what organisations and locations are called, by id.
func (l LoanLists) names(ctx context.Context) (owner, place map[string]string, err error) {
	organisations, err := l.People.Organisations(ctx)
	if err != nil {
		return nil, nil, err
	}
	locations, err := l.Places.Locations(ctx)
	owner, place = map[string]string{}, map[string]string{}
	for _, o := range organisations {
		owner[o.ID] = o.Name
	}
	for _, at := range locations {
		place[at.ID] = at.Name
	}
	return owner, place, err
}

// costs is what each device cost, and how often it was lent.
func (l LoanLists) costs(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
	all, err := l.Loans.Uses(ctx, by)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{Columns: []Column{column("device", words.LoanlistColDevice, KindText), column("number", words.LoanlistColNumber, KindText), column("type", words.LoanlistColType, KindText),
		column("bought_on", words.LoanlistColBought, KindDay), column("price", words.LoanlistColPrice, KindMoney), column("upkeep", words.LoanlistColUpkeep, KindMoney),
		column("loans", words.LoanlistColLoans, KindNumber), column("late", words.LoanlistColLateLoans, KindNumber), column("last_on", words.LoanlistColLast, KindDay),
		column("state", words.LoanlistColState, KindText)}}
	for _, u := range all {
		s.Rows = append(s.Rows, []Cell{Text(u.Called()), number(u.Number), Text(u.Type), dayIf(u.BoughtOn), centsIf(u.PriceCents), Money(u.CostCents), Count(int(u.Loans)), Count(int(u.Late)),
			dayIf(u.LastOn), Coded(nl.T(words.LoanState(string(u.State))), string(u.State))})
	}
	return s, nil
}

// counts is how often each type was lent, by year and kind of borrower. Clients of the OCMW count as citizens.
func (l LoanLists) counts(ctx context.Context, by data.Actor, _ Ask) (Sheet, error) {
	all, err := l.Loans.Counts(ctx, by)
	if err != nil {
		return Sheet{}, err
	}
	types, err := l.Loans.Types(ctx, by)
	if err != nil {
		return Sheet{}, err
	}
	names := map[string]string{}
	for _, t := range types {
		names[t.ID] = t.Name
	}
	s := Sheet{Columns: []Column{column("year", words.LoanfigureColYear, KindNumber), column("type", words.LoanlistColType, KindText), column("category", words.LoanfigureColWho, KindText),
		column("loans", words.LoanlistColLoans, KindNumber), column("late", words.LoanlistColLateLoans, KindNumber), column("lost", words.LoanlistColLost, KindNumber)},
		Notes: []string{nl.T(words.LoanlistNobody)}}
	s.Columns[0].Ordinal = true
	for _, c := range all {
		s.Rows = append(s.Rows, []Cell{Count(c.Year), Text(names[c.TypeID]), Coded(nl.T(borrowerKind(c.Category)), string(c.Category)), Count(int(c.Loans)), Count(int(c.Late)), Count(int(c.Lost))})
	}
	return s, nil
}

// mostDays is how many day sheets one list puts together: a year.
const mostDays = 366

// money is the day sheets from one day to another, per owner; of today unless days are asked for.
func (l LoanLists) money(ctx context.Context, by data.Actor, ask Ask) (Sheet, error) {
	from := cmp.Or(ask.From, ask.Until, data.DayOf(l.Now()))
	until := cmp.Or(ask.Until, from)
	first, err := data.ParseDay(from)
	if err != nil {
		return Sheet{}, err
	}
	last, err := data.ParseDay(until)
	if err != nil {
		return Sheet{}, err
	}
	switch days := int(last.Sub(first).Hours()/24) + 1; {
	case days < 1:
		return Sheet{}, &data.Invalid{Field: "until", Why: data.WhyEarly, Want: from, Got: until}
	case days > mostDays:
		return Sheet{}, &data.Invalid{Field: "days", Why: data.WhyNumber, Want: fmt.Sprintf("1 … %d", mostDays), Got: strconv.Itoa(days)}
	}
	w := speaker{lang}
	s := Sheet{Columns: []Column{column("day", words.LoanmoneyColDay, KindDay), column("owner", words.TillColOwner, KindText), column("entry", words.TillColWhat, KindText),
		column("method", words.TillColMethod, KindText), column("count", words.TillColCount, KindNumber), column("amount", words.TillColAmount, KindMoney)},
		Notes: []string{nl.T(words.LoanmoneySpan, "from", words.StoredDay(lang, from), "until", words.StoredDay(lang, until))}}
	for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
		sheets, err := l.Loans.DaySheets(ctx, by, day.Format(data.DayLayout))
		if err != nil {
			return Sheet{}, err
		}
		for _, one := range sheets {
			for _, line := range one.Lines {
				s.Rows = append(s.Rows, []Cell{Day(day.Format(data.DayLayout)), Text(one.Organisation), Coded(w.entryName(line.Kind, line.What), string(line.Kind)+" "+string(line.What)),
					methodCell(w, line.Method), Count(int(line.Count)), Money(line.Cents)})
			}
		}
	}
	return s, nil
}

func methodCell(w speaker, m loans.Method) Cell {
	if m == "" {
		return Cell{}
	}
	return Coded(w.methodName(m), string(m))
}
