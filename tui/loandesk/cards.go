package loandesk

import (
	"slices"
	"strconv"
	"strings"

	"digibrug/loans"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/words"
)

// tableView is what lies on the desk: what comes back first, then who and what is lent.
func (c Counter) tableView() []string {
	var lines []string
	for i, one := range c.back {
		if i < len(c.back)-1 {
			lines = append(lines, c.backLine(one))
			continue
		}
		lines = append(lines, c.backCard(one)...)
	}
	if c.who != nil {
		lines = append(lines, c.whoCard()...)
	}
	for i, l := range c.out {
		if i < len(c.out)-1 {
			lines = append(lines, c.outLine(l))
			continue
		}
		lines = append(lines, c.outCard(l)...)
	}
	if c.complete() {
		lines = append(lines, c.payLine()...)
		lines = append(lines, c.reasons(c.why())...)
	}
	if c.seen != nil {
		lines = append(lines, c.seenCard()...)
	}
	return lines
}

func (c Counter) head(key words.Key, name string) string {
	return c.Headline(c.S.T(key, "name", name))
}

// reasons are what stands in the way, each with its article.
func (c Counter) reasons(all []string) []string {
	var lines []string
	for _, text := range all {
		lines = append(lines, c.Paragraphs("! "+text)...)
	}
	return styled(c.S.Theme().Alarm, lines)
}

func deviceName(d loans.Device) string {
	text := d.Called()
	if d.Name != "" {
		text += ", " + d.Number.Show()
	}
	return text + " (" + d.Type + ")"
}

// category is what a kind of borrower is called.
func (b base) category(k loans.Category) string { return b.S.T(words.LoanCategory(string(k))) }

func (c Counter) whoCard() []string {
	who := c.who
	kind := who.Number.Show() + ", " + c.category(who.Category)
	if who.Tariff.Code != "" {
		kind += ", " + c.S.T(words.LoandeskTariff, "code", who.Tariff.Code, "name", who.Tariff.Name)
	}
	facts := []page.Fact{page.Named(words.LoandeskCard, kind)}
	if len(who.Open) > 0 {
		facts = append(facts, page.Named(words.LoandeskHas, c.openText(who.Open)))
	}
	if who.Held > 0 || who.Owed > 0 {
		facts = append(facts, page.Named(words.LoandeskMoney, c.S.T(words.LoandeskHeldOwed, "held", c.money(who.Held), "owed", c.money(who.Owed))))
	}
	lines := append([]string{c.head(words.LoandeskWho, who.Name())}, c.Facts(facts...)...)
	if c.complete() { // the device's card has all reasons
		return lines
	}
	var why []string
	for _, r := range who.Refused {
		why = append(why, c.refusal(r))
	}
	return append(lines, c.reasons(why)...)
}

// openMost is how many open loans a card names.
const openMost = 3

func (c Counter) openText(open []loans.Loan) string {
	var texts []string
	for _, l := range open[:min(len(open), openMost)] {
		text := c.S.T(words.LoandeskUntil, "device", l.Device, "day", c.until(l))
		if late := c.late(l); late != "" {
			text += " (" + late + ")"
		}
		texts = append(texts, text)
	}
	if more := len(open) - openMost; more > 0 {
		texts = append(texts, c.S.T(words.LoandeskMore, "n", more))
	}
	return strings.Join(texts, ", ")
}

func (c Counter) outLine(l laid) string {
	text := c.S.T(words.LoandeskOut, "name", deviceName(l.card.Device))
	if l.preview.Loan.DueOn != "" {
		text += ", " + c.until(l.preview.Loan)
	}
	return parts.Cut(parts.Plain(text), c.W)
}

func (c Counter) outCard(l laid) []string {
	var facts []page.Fact
	if l.preview.Loan.DueOn != "" {
		facts = append(facts, page.Named(words.LoandeskDue, c.dueText(l.preview.Loan)))
	}
	facts = append(facts, c.nextFact(l.card)...)
	if len(l.card.Accessories) > 0 && l.preview.Loan.DueOn != "" {
		facts = append(facts, page.Named(words.LoandeskGoAlong, c.accessories(l.card.Accessories, l.without, words.LoandeskStays)))
	} else if len(l.card.Accessories) > 0 {
		facts = append(facts, page.Named(words.LoandeskGoAlong, names(l.card.Accessories)))
	}
	return append([]string{c.head(words.LoandeskOut, deviceName(l.card.Device)+", "+c.state(l.card.State))}, c.Facts(facts...)...)
}

// nextFact is the next booking that keeps a device free.
func (c Counter) nextFact(d loans.DeviceCard) []page.Fact {
	if d.Next == nil {
		return nil
	}
	return []page.Fact{page.Named(words.LoandeskBooked, c.S.T(words.LoandeskBookedFor, "day", c.weekday(d.Next.From), "name", d.Next.Borrower))}
}

// accessories lists what belongs to a device, each with its letter: ticked off, but for the exceptions.
func (c Counter) accessories(all []loans.Accessory, not []string, as words.Key) string {
	var texts []string
	for i, letter := range accessoryLetters(all) {
		text := "[x] " + strings.ToUpper(letter) + " " + all[i].Name
		if slices.Contains(not, all[i].Name) {
			text = "[ ] " + strings.ToUpper(letter) + " " + c.S.T(as, "name", all[i].Name)
			if all[i].Cents > 0 && as == words.LoandeskGone {
				text += " " + c.money(all[i].Cents)
			}
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, "   ")
}

// payLine is what lending costs, and how it is paid.
func (c Counter) payLine() []string {
	var deposit, fee int64
	for _, l := range c.out {
		deposit, fee = deposit+l.preview.Loan.DepositCents, fee+l.preview.Loan.FeeCents
	}
	if deposit+fee == 0 {
		return nil
	}
	text := c.S.T(words.LoandeskDeposit, "money", c.money(deposit))
	if fee > 0 {
		text += ", " + c.S.T(words.LoandeskFee, "money", c.money(fee))
	}
	return c.Facts(page.Named(words.LoandeskToPay, text), page.Named(words.LoandeskWay, c.ways()))
}

// ways are the ways of paying with their letters, and which one is chosen.
func (c Counter) ways() string {
	var texts []string
	for _, one := range c.moneyCommands() {
		sign := "[ ] "
		if c.wayText(c.way) == c.S.T(one.does) {
			sign = "[x] "
		}
		texts = append(texts, sign+strings.ToUpper(one.letter)+" "+c.S.T(one.does))
	}
	if c.way == "" {
		texts = append(texts, "("+c.S.T(words.LoandeskLater)+")")
	}
	return strings.Join(texts, "   ")
}

func (c Counter) backLine(one coming) string {
	text := c.S.T(words.LoandeskBackHead, "name", one.card.Called())
	if one.card.Loan != nil {
		text += ", " + one.card.Loan.Borrower
	}
	if len(one.missing) > 0 {
		text += ", " + c.S.T(words.LoandeskGone, "name", strings.Join(one.missing, ", "))
	}
	return parts.Cut(parts.Plain(text), c.W)
}

func (c Counter) backCard(one coming) []string {
	l := one.card.Loan
	lines := []string{c.head(words.LoandeskBackHead, deviceName(one.card.Device))}
	if l == nil {
		return append(lines, c.Facts(page.Named(words.LoandeskState, c.state(one.card.State)))...)
	}
	due := c.until(*l)
	if late := c.late(*l); late != "" {
		due += " (" + late + ")"
	}
	facts := []page.Fact{page.Named(words.LoandeskBorrower, l.Borrower), page.Named(words.LoandeskLentOn, c.weekday(l.LentOn)), page.Named(words.LoandeskDue, due)}
	if l.Condition != "" {
		facts = append(facts, page.Named(words.LoandeskCondition, l.Condition))
	}
	if len(l.Accessories) > 0 {
		facts = append(facts, page.Named(words.LoandeskIsThere, c.accessories(l.Accessories, one.missing, words.LoandeskGone)))
	}
	facts = append(facts, c.damageFacts(one)...)
	facts = append(facts, c.backMoney(one)...)
	return append(lines, c.Facts(append(facts, c.nextFact(one.card)...)...)...)
}

// damageFacts are what is damaged, and what may be asked for that at most.
func (c Counter) damageFacts(one coming) []page.Fact {
	if !one.damaged {
		return []page.Fact{page.Named(words.LoandeskDamageFact, "[ ] S")}
	}
	text := "[x] S " + c.S.T(words.LoandeskDamaged)
	if one.damage > 0 {
		text += " " + c.money(one.damage)
	}
	worth, most := c.worth(one.card.Device)
	if worth >= 0 && one.damage > worth {
		most = c.S.T(words.LoandeskWorthTooMuch, "money", c.money(worth))
	}
	return []page.Fact{page.Named(words.LoandeskDamageFact, text+" "+one.note), page.Named(words.LoandeskWorth, most)}
}

// worth is what a device is worth today in cents, -1 when that is not known, and how that is said.
func (b base) worth(d loans.Device) (cents int64, text string) {
	worth, known := d.WorthOn(b.today())
	if !known {
		return -1, b.S.T(words.LoandeskWorthUnknown)
	}
	return worth, b.S.T(words.LoandeskWorthMost, "money", b.money(worth))
}

// backMoney is how the deposit comes out with what is asked, before it is written.
func (c Counter) backMoney(one coming) []page.Fact {
	missing, damage, fine := one.charged(c.today())
	ask := missing + damage + fine
	var facts []page.Fact
	if owed := one.balance.Owed + ask; one.balance.Held > 0 {
		off := min(one.balance.Held, owed)
		facts = append(facts, page.Named(words.LoandeskDepositBack, c.sum(one.balance.Held, off, one.balance.Held-off)))
		if owed > off {
			facts = append(facts, page.Named(words.LoandeskToPay, c.money(owed-off)))
		}
	} else if owed > 0 {
		facts = append(facts, page.Named(words.LoandeskToPay, c.money(owed)))
	}
	if c.held() > 0 {
		way := c.ways()
		if c.way == loans.Transfer && c.iban != "" {
			way += " " + c.iban
		}
		facts = append(facts, page.Named(words.LoandeskWay, way))
	}
	return facts
}

func (c Counter) seenCard() []string {
	d := c.seen
	facts := append([]page.Fact{page.Named(words.LoandeskState, c.state(d.State))}, c.nextFact(*d)...)
	if len(d.Accessories) > 0 {
		facts = append(facts, page.Named(words.LoandeskGoAlong, names(d.Accessories)))
	}
	return append([]string{c.head(words.LoandeskSeen, deviceName(d.Device))}, c.Facts(facts...)...)
}

// restView is the desk with nothing on it: what is still to be signed, what there is to do today, what was done last.
func (c Counter) restView(room int) []string {
	if !c.Loaded {
		return []string{c.S.T(words.PageWait)}
	}
	var lines []string
	if c.sign != nil {
		lines = append(lines, c.head(words.LoandeskToSign, c.sign.name+", "+c.sign.number.Show()), "")
	}
	lines = append(lines, c.Headline(c.S.T(words.LoandeskToday, "day", words.Day(c.S.Lang(), c.S.Now()))))
	lines = append(lines, c.counts()...)
	last := c.lastView()
	most := room - len(lines) - len(last)
	for _, row := range c.dayRows()[:max(0, min(len(c.dayRows()), most))] {
		lines = append(lines, parts.Cut("  "+parts.Plain(strings.Join(row, "  ")), c.W))
	}
	return append(lines, last...)
}

// counts is how much of everything there is to do.
func (c Counter) counts() []string {
	var texts []string
	for _, one := range c.heaps() {
		texts = append(texts, c.S.T(one.name)+" "+strconv.Itoa(one.n))
	}
	return c.Paragraphs(strings.Join(texts, ", "))
}

func (c Counter) lastView() []string {
	if len(c.last) == 0 {
		return nil
	}
	lines := []string{"", c.Headline(c.S.T(words.LoandeskLast))}
	if left := c.done.left(c.S.Now()); left > 0 {
		lines = append(lines, c.S.Theme().Strong.Render(parts.Cut(c.S.T(words.LoandeskCountdown, "n", left), c.W)))
	}
	for _, text := range c.last[:min(len(c.last), 3)] {
		lines = append(lines, parts.Cut(parts.Plain(text), c.W))
	}
	return lines
}
