package borrowers

import (
	"strings"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/words"
)

// lines is the whole page.
func (p Page) lines() []string {
	lines := []string{p.Headline(p.f.Name() + "   " + p.f.Number.Show())}
	lines = append(lines, p.against()...)
	lines = append(append(lines, ""), p.known()...)
	if p.f.Desk {
		lines = append(append(lines, ""), p.lent()...)
		lines = append(append(lines, ""), p.Paragraphs(p.S.T(words.BorrowerKept, "days", p.f.KeepDays))...)
	}
	return lines
}

// against is what stands in the way of lending, each with its article.
func (p Page) against() []string {
	var lines []string
	for _, r := range p.f.Refused {
		text, _ := words.Sentence(p.S.Lang(), r.Invalid("device"))
		for _, line := range p.Paragraphs("! " + text) {
			lines = append(lines, p.S.Theme().Alarm.Render(line))
		}
	}
	return lines
}

// known is what is known of the person.
func (p Page) known() []string {
	f := p.f
	facts := []page.Fact{page.Named(words.BorrowerColKind, p.S.T(words.LoanCategory(string(f.Category))))}
	add := func(label words.Key, value string) {
		if value != "" {
			facts = append(facts, page.Named(label, value))
		}
	}
	add(words.BorrowerColPhone, f.Phone)
	add(words.BorrowerMail, f.Mail)
	add(words.BorrowerBirth, f.BirthMonth)
	add(words.BorrowerGuardian, f.Guardian)
	add(words.BorrowerMinors, named(f.Minors))
	if f.Borrower.Household != "" {
		add(words.BorrowerHousehold, p.S.T(words.BorrowerHouseholdWith, "name", f.Borrower.Household, "others", orNobody(p, named(p.f.Household))))
	}
	if f.RightUntil != "" {
		add(words.BorrowerRight, p.Day(f.RightUntil))
	}
	if f.Tariff.Code != "" {
		add(words.BorrowerTariff, p.S.T(words.BorrowerTariffIs, "code", f.Tariff.Code, "name", f.Tariff.Name, "deposit", f.Tariff.DepositPercent, "fee", f.Tariff.FeePercent))
	}
	if g := f.Ground; g != nil { // for social workers alone: the store gives it to nobody else
		text := g.Ground
		if g.Until != "" {
			text = p.S.T(words.BorrowerGroundUntil, "ground", g.Ground, "day", p.Day(g.Until))
		}
		add(words.BorrowerGround, text)
	}
	return p.Facts(facts...)
}

func named(all []loans.Borrower) string {
	names := make([]string, len(all))
	for i, b := range all {
		names[i] = b.Name()
	}
	return strings.Join(names, ", ")
}

func orNobody(p Page, text string) string {
	if text == "" {
		return p.S.T(words.BorrowerNobodyElse)
	}
	return text
}

// lent is what somebody has, booked, waits for, owes, and by what they are blocked.
func (p Page) lent() []string {
	f, today := p.f, data.DayOf(p.S.Now())
	var facts []page.Fact
	has := p.S.T(words.BorrowerNothing)
	var all []string
	for _, l := range f.Open {
		text := p.S.T(words.BorrowerHasUntil, "device", l.Device, "day", p.Day(l.DueOn))
		if late := l.LateOn(today); late > 0 {
			text = p.S.T(words.BorrowerHasLate, "device", l.Device, "day", p.Day(l.DueOn), "n", late)
		}
		all = append(all, text)
	}
	if len(all) > 0 {
		has = strings.Join(all, "; ")
	}
	facts = append(facts, page.Named(words.BorrowerHas, has))
	for _, b := range f.Bookings {
		facts = append(facts, page.Named(words.BorrowerBooked, p.S.T(words.BorrowerBookedIs, "device", b.Device, "from", p.Day(b.From), "to", p.Day(b.To), "number", b.Number.Show())))
	}
	for _, w := range f.Waits {
		facts = append(facts, page.Named(words.BorrowerWaits, p.S.T(words.BorrowerWaitsIs, "from", p.Day(w.From), "to", p.Day(w.To))))
	}
	facts = append(facts, page.Named(words.BorrowerMoney, p.S.T(words.BorrowerMoneyIs, "held", words.Money(p.S.Lang(), f.Held), "owed", words.Money(p.S.Lang(), f.Owed))))
	for _, b := range f.Blocks {
		key := words.BorrowerBlockIs
		if b.Over {
			key = words.BorrowerBlockWas
		}
		facts = append(facts, page.Named(words.BorrowerBlocked, p.S.T(key, "from", p.Day(b.From), "until", p.Day(b.Until), "reason", b.Reason, "by", b.Actor)))
	}
	had := len(f.Past)
	if had > 0 {
		facts = append(facts, page.Named(words.BorrowerHad, p.S.T(words.BorrowerHadIs, "n", had, "day", p.Day(f.Past[0].EndedOn))))
	}
	return p.Facts(facts...)
}
