package town

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/loans"
)

// deviceLines is the sheet of devices: what the library and the Sociaal Huis lend.
func deviceLines() (lines []line) {
	for i := range 14 {
		place, owner := library, data.Gemeente
		if i >= 9 {
			place, owner = ocmwHall, data.OCMW
		}
		lines = append(lines, line{"naam": fmt.Sprintf("LT-%03d", i+1), "soort toestel": "laptop", "serienummer": fmt.Sprintf("5CD%04dZW", 1200+7*i), "toebehoren": "lader 25; muis 10; tas 15",
			"aankoopdatum": []string{"2023-09-01", "2025-02-10"}[i%2], "aankoopprijs": "549,00", "garantie tot": []string{"2026-08-31", "2028-02-09"}[i%2],
			"eigenaar": legalName(owner), "locatie": place, "stand bij overname": "klaar"})
	}
	for i := range 4 {
		lines = append(lines, line{"naam": fmt.Sprintf("TB-%03d", i+1), "soort toestel": "tablet", "serienummer": fmt.Sprintf("DMP%03dZW", 310+i), "toebehoren": "lader 20; hoes 12",
			"aankoopdatum": "2024-11-15", "aankoopprijs": "329,00", "eigenaar": legalName(data.Gemeente), "locatie": library, "stand bij overname": "klaar"})
	}
	return lines
}

// borrowerNames are people who borrow: invented, and none of them works here.
const borrowerNames = `Mieke Wouters, Bram Wouters, Ahmed Benali, Greta Lenaerts, Jos Claessens, Fatma Yilmaz, Wout Hermans, Lieve Mertens, Dirk Pauwels, Rosa Martens,
	Kurt Jacobs, Saskia Vos, Emiel Aerts, Yasmina Haddad, Paul Smets, Chantal Michiels, Tuur Willems, Hanne Goris, Omar Farouk, Irène Dubois`

// lender is who stands at the desk in Zandwerve.
func (b *builder) lender() (data.Actor, error) {
	for _, p := range b.crowd {
		if p.role == data.RoleClerk {
			return p.identity().Actor(), nil
		}
	}
	return data.Actor{}, errors.New("nobody lends")
}

// lend is how laptops went out and came back from first to last: in opening hours, some late, now and then without a
// charger. What is not back by then is still out.
func (b *builder) lend(first, last time.Time) error {
	by, err := b.lender()
	if err != nil {
		return err
	}
	b.clock.set(first.Add(14 * time.Hour))
	if err := b.borrowers(by); err != nil {
		return err
	}
	if err := b.regulate(first); err != nil {
		return err
	}
	back := map[string]time.Time{} // by device: when it comes back
	for day := first; day.Before(last); day = day.AddDate(0, 0, 1) {
		if day.Weekday() != time.Tuesday && day.Weekday() != time.Thursday { // the library is open from two
			continue
		}
		b.clock.set(day.Add(14*time.Hour + time.Duration(b.chance.IntN(200))*time.Minute))
		if err := b.deskDay(by, day, back); err != nil {
			return err
		}
	}
	return nil
}

// regulate stores the town's regulation: the model with a deposit of 50 euro, decided by a council whose decision ends
// soon, so that there is a warning to see.
func (b *builder) regulate(first time.Time) error {
	rules := loans.ModelRegulation()
	rules.From = data.DayOf(first)
	rules.Cells[loans.Cell{}][loans.DepositCents] = 5000
	rules.Cells[loans.Cell{}][loans.MostYear] = 20
	_, err := b.loans.PutVersion(b.ctx, b.ict, loans.Version{Regulation: rules, Name: "Uitleenreglement " + Place, Decisions: map[loans.Param]loans.Decision{
		loans.DepositCents: {Body: "gemeenteraad", On: data.DayOf(first.AddDate(0, -1, 0)), ValidUntil: data.DayOf(b.now.AddDate(0, 0, 45))}}})
	return err
}

// borrowers gives everybody a card.
func (b *builder) borrowers(by data.Actor) error {
	categories := []loans.Category{loans.Citizen, loans.Citizen, loans.Citizen, loans.Participant, loans.Citizen, loans.Association}
	for i, name := range strings.Split(borrowerNames, ",") {
		given, family, _ := strings.Cut(strings.TrimSpace(name), " ")
		one := loans.Borrower{Category: categories[i%len(categories)], Given: given, Family: family, Phone: fmt.Sprintf("0470 %02d %02d %02d", 10+i, 20+i, 30+i)}
		if one.Category == loans.Association {
			one.Given, one.Family = "", "vzw "+family
		}
		if family == "Wouters" {
			one.Household = "Wouters, Dorp 3"
		}
		put, err := b.loans.PutBorrower(b.ctx, by, one)
		if err != nil {
			return err
		}
		b.borrow = append(b.borrow, put)
	}
	return nil
}

// deskDay takes back what comes today, makes it ready again, and lends to one or two people.
func (b *builder) deskDay(by data.Actor, day time.Time, back map[string]time.Time) error {
	devices, err := b.loans.Devices(b.ctx, by)
	if err != nil {
		return err
	}
	for _, d := range devices {
		if comes, out := back[d.ID]; out && !comes.After(day) {
			if err := b.bringBack(by, d); err != nil {
				return err
			}
			delete(back, d.ID)
		}
	}
	for range 1 + b.chance.IntN(2) {
		at := b.chance.IntN(len(devices))
		d, who := devices[at], b.borrow[b.chance.IntN(len(b.borrow))]
		if d.State != loans.Ready || !back[d.ID].IsZero() {
			continue
		}
		l, err := b.loans.Lend(b.ctx, by, loans.LendAsk{Device: d.ID, Borrower: who.ID, Pay: loans.Bancontact})
		switch {
		case errors.Is(err, loans.ErrRefused): // that one has a device, or was late
			continue
		case err != nil:
			return err
		}
		due, err := data.ParseDay(l.DueOn)
		if err != nil {
			return err
		}
		back[d.ID] = due.AddDate(0, 0, -b.chance.IntN(6)+4*b.chance.IntN(2)*b.chance.IntN(3))
	}
	return nil
}

// bringBack takes a device in and through the return chain.
func (b *builder) bringBack(by data.Actor, d loans.Device) error {
	ask := loans.ReturnAsk{Device: d.ID, Refund: loans.Bancontact}
	if b.chance.IntN(9) == 0 {
		ask.Missing = []string{"lader"}
	}
	if _, err := b.loans.Return(b.ctx, by, ask); err != nil {
		return err
	}
	for _, to := range []loans.State{loans.ToWipe, loans.InStock, loans.Ready} {
		if err := b.loans.Move(b.ctx, by, d.ID, to, loans.Proof{Method: "opnieuw geïnstalleerd", Tested: true}); err != nil {
			return err
		}
	}
	return nil
}

// lendNow leaves the desk as it is on an ordinary day: something due today, something late, a reservation to be
// fetched, a device to look at and one to wipe.
func (b *builder) lendNow() error {
	by, err := b.lender()
	if err != nil {
		return err
	}
	b.clock.set(b.now.Add(-2 * time.Hour))
	open, err := b.loans.OpenNow(b.ctx, by)
	if err != nil {
		return err
	}
	for i, to := range [][]loans.State{{}, {loans.ToWipe}} { // two came back this morning
		if i >= len(open) {
			break
		}
		if _, err := b.loans.Return(b.ctx, by, loans.ReturnAsk{Loan: open[len(open)-1-i].ID, Condition: "kras op het deksel"}); err != nil {
			return err
		}
		for _, step := range to {
			if err := b.loans.Move(b.ctx, by, open[len(open)-1-i].DeviceID, step, loans.Proof{}); err != nil {
				return err
			}
		}
	}
	return b.lendOut(by)
}

// lendOut lends to some people who have nothing, with days of the past as the paper says, and books for two others.
func (b *builder) lendOut(by data.Actor) error {
	devices, err := b.loans.Devices(b.ctx, by)
	if err != nil {
		return err
	}
	devices = slices.DeleteFunc(devices, func(d loans.Device) bool { return d.State != loans.Ready })
	today, ago := data.DayOf(b.now), []int{21, 25, 40, 3}
	for i, days := range ago {
		if i >= len(devices) {
			return nil
		}
		due := b.now.AddDate(0, 0, 21-days)
		ask := loans.LendAsk{Device: devices[i].ID, Borrower: b.borrow[i*4].ID, At: b.now.AddDate(0, 0, -days), Due: data.DayOf(due), Why: "op papier, de lijn lag uit"}
		if _, err := b.loans.Lend(b.ctx, by, ask); err != nil && !errors.Is(err, loans.ErrRefused) {
			return err
		}
	}
	for i := len(ago); i < min(len(devices), len(ago)+2); i++ {
		ask := loans.BookAsk{Device: devices[i].ID, Borrower: b.borrow[1+i].ID, From: today, To: data.DayOf(b.now.AddDate(0, 0, 14))}
		if _, err := b.loans.Book(b.ctx, by, ask); err != nil && !errors.Is(err, loans.ErrRefused) {
			return err
		}
	}
	return nil
}
