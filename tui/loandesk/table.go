package loandesk

import (
	"slices"
	"strings"
	"unicode/utf8"

	"digibrug/data"
	"digibrug/loans"
)

// laid is a device that lies on the desk to be lent.
type laid struct {
	card    loans.DeviceCard
	without []string // accessories that do not go along
	preview loans.Preview
}

// ask is what lending it asks of the register.
func (l laid) ask(borrower string, pay loans.Method) loans.LendAsk {
	ask := loans.LendAsk{Device: l.card.ID, Borrower: borrower, Pay: pay}
	if len(l.without) > 0 {
		ask.Accessories = []string{}
		for _, a := range l.card.Accessories {
			if !slices.Contains(l.without, a.Name) {
				ask.Accessories = append(ask.Accessories, a.Name)
			}
		}
	}
	return ask
}

// coming is a device that lies on the desk to be taken back: one that is out, or one that was lost and is found.
type coming struct {
	card    loans.DeviceCard
	balance loans.Balance // of its loan
	missing []string      // accessories that are not there
	damaged bool
	damage  int64  // cents that are asked for the damage
	note    string // what is damaged
}

// charged is what the return asks for in cents: what is missing, what is damaged, and being late.
func (c coming) charged(today string) (missing, damage, fine int64) {
	l := c.card.Loan
	if l == nil {
		return 0, 0, 0
	}
	for _, a := range l.Accessories {
		if slices.Contains(c.missing, a.Name) {
			missing += a.Cents
		}
	}
	due, _ := data.ParseDay(l.DueOn)
	back, _ := data.ParseDay(today)
	late := loans.Regulation{Cells: map[loans.Cell]map[loans.Param]int64{{}: l.Rules}}.Late("", "", due, back)
	return missing, c.damage, late.Cents
}

// ask is what taking it back asks of the register.
func (c coming) ask(way loans.Method, iban string) loans.ReturnAsk {
	ask := loans.ReturnAsk{Device: c.card.ID, Missing: c.missing, Condition: c.note}
	if c.damage > 0 {
		ask.Charges = []loans.Charge{{Cents: c.damage, Note: c.note}}
	}
	if c.balance.Held > 0 {
		ask.Refund = way
		if way == loans.Transfer {
			ask.IBAN = iban
		}
	}
	return ask
}

// toggled is a list with a name put in, or taken out when it was there. The old list stays as it was.
func toggled(all []string, name string) []string {
	if i := slices.Index(all, name); i >= 0 {
		return slices.Delete(slices.Clone(all), i, i+1)
	}
	return append(slices.Clone(all), name)
}

// taken are the letters that mean something else while a device lies on the desk: schade, Bancontact, overschrijving,
// cash.
const taken = "sboc"

// accessoryLetters gives each accessory a letter of its own: the first of its name that is still free, else the first
// of the alphabet. "" is left for more than there are letters.
func accessoryLetters(all []loans.Accessory) []string {
	used, letters := taken, make([]string, len(all))
	for i, a := range all {
		for _, r := range data.SortKey(a.Name) + "abcdefghijklmnopqrstuvwxyz" {
			if r >= 'a' && r <= 'z' && !strings.ContainsRune(used, r) {
				letters[i], used = string(r), used+string(r)
				break
			}
		}
	}
	return letters
}

// damageOf reads what was typed about a damage: an amount in euro, a few words, or both. cents is 0 without an amount.
func damageOf(typed string) (cents int64, note string, err error) {
	typed = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(typed), "€"))
	first, rest, _ := strings.Cut(typed, " ")
	r, _ := utf8.DecodeRuneInString(first)
	if r < '0' || r > '9' {
		return 0, typed, nil
	}
	cents, err = data.ParseEuro(first)
	return cents, strings.TrimSpace(rest), err
}
