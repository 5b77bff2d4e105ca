// Package takeover has the sheets of the start workbook by which a register of loans comes in: the devices, and what
// is out on paper on the first day. They are read as every other sheet is (package start): a preview first, each
// problem with its place, all or nothing, and a second reading changes only what is different.
package takeover

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"digibrug/data"
	"digibrug/data/start"
	"digibrug/loans"
)

// The names of the sheets.
const (
	DeviceSheet = "Toestellen"
	LoanSheet   = "Open uitleningen"
)

// The heads of the columns. They are a file format: the same in every language.
const (
	colNumber      = "inventarisnummer"
	colName        = "naam"
	colType        = "soort toestel"
	colSerial      = "serienummer"
	colAccessories = "toebehoren"
	colBought      = "aankoopdatum"
	colPrice       = "aankoopprijs"
	colGuarantee   = "garantie tot"
	colOwner       = "eigenaar"
	colState       = "stand bij overname"
	colNote        = "opmerking"

	colDevice   = "toestel"
	colCard     = "kaartnummer"
	colGiven    = "voornaam"
	colFamily   = "familienaam"
	colKind     = "soort ontlener"
	colPhone    = "telefoon"
	colMail     = "e-mail"
	colHouse    = "gezin"
	colGuardian = "ouder of voogd"
	colBirth    = "geboortemaand"
	colLent     = "uitgeleend op"
	colDue      = "terug op"
	colDeposit  = "waarborg"
	colPaid     = "betaald met"
)

// What can be wrong with a row, besides what is wrong with a cell.
const (
	WhyNoType     data.Why = "takeover.no_type"     // a new device needs the name of its type
	WhyNumber     data.Why = "takeover.number"      // Got is the number of no device here: numbers are given by the register
	WhyAccessory  data.Why = "takeover.accessory"   // Got is no name with, perhaps, a price
	WhyNoDevice   data.Why = "takeover.no_device"   // Got is neither a number nor a name of a device
	WhyOut        data.Why = "takeover.out"         // the device is lent to Got since Want
	WhyNotThere   data.Why = "takeover.not_there"   // the device is Want, and can't be out
	WhyTwice      data.Why = "takeover.twice"       // row Want says that the device is with somebody else
	WhyNoBorrower data.Why = "takeover.no_borrower" // Got is the number of no card here
	WhyNamesakes  data.Why = "takeover.namesakes"   // several are called Got: say which by the number of the card
	WhyFuture     data.Why = "takeover.future"      // lent on a day that is still to come
	WhyGuardian   data.Why = "takeover.guardian"    // Got is no borrower who can sign for a minor
)

// Bounds of what cells hold, in characters.
const (
	nameLimit = 80
	noteLimit = 500
)

// Sheets are the sheets of this package, in the order in which they are planned and written: behind those of package
// start, since they name its locations.
func Sheets() []start.Sheet { return []start.Sheet{devices{}, open{}} }

// Workbook are all sheets of the start workbook.
func Workbook() []start.Sheet { return slices.Concat(start.Sheets(), Sheets()) }

// reason is what loans keep of why they were entered later.
const reason = "overgenomen uit de startwerkmap"

// states are those in which a device can be taken over, as a cell calls them.
func states() map[string]loans.State {
	return map[string]loans.State{"klaar": loans.Ready, "in voorraad": loans.InStock, "te wissen": loans.ToWipe, "in herstelling": loans.Repair, "buiten gebruik": loans.Retired}
}

func stateNames() []string {
	return []string{"klaar", "in voorraad", "te wissen", "in herstelling", "buiten gebruik"}
}

// kinds are those of borrowers, as a cell calls them. That somebody is a client of the OCMW stands in no list.
func kinds() map[string]loans.Category {
	return map[string]loans.Category{"inwoner": loans.Citizen, "cursist": loans.Participant, "vereniging": loans.Association, "personeelslid": loans.Employee, "minderjarige": loans.Minor}
}

func kindNames() []string {
	return []string{"inwoner", "cursist", "vereniging", "personeelslid", "minderjarige"}
}

// methods are the ways in which a deposit was paid, as a cell calls them.
func methods() map[string]loans.Method {
	return map[string]loans.Method{"cash": loans.Cash, "Bancontact": loans.Bancontact, "overschrijving": loans.Transfer}
}

func methodNames() []string { return []string{"cash", "Bancontact", "overschrijving"} }

// nameOf finds what a cell calls a value.
func nameOf[T comparable](all map[string]T, of T) string {
	for name, one := range all {
		if one == of {
			return name
		}
	}
	return ""
}

// stock is the register with what the file adds to it. What the file adds has no id until it is written, so rows refer
// to each other by pointer.
type stock struct {
	types     map[string]*loans.Type // by folded name
	numbers   map[loans.Number]*item
	names     map[string]*item // by folded name, of those in use
	borrowers []*person
	lent      []loans.Lent
}

// item is a device.
type item struct {
	loans.Device
	kind *loans.Type
	row  int // of the file that is about it; 0: none
	with int // row of the file that lends it; 0: none
}

// person is a borrower.
type person struct{ loans.Borrower }

type stockKey struct{}

// stockOf reads the register, once for both sheets.
func stockOf(ctx context.Context, j *start.Job) (*stock, error) {
	return start.Once(j, stockKey{}, func() (*stock, error) { return readStock(ctx, j.Q) })
}

func readStock(ctx context.Context, q data.Query) (*stock, error) {
	r, err := loans.ReadRegister(ctx, q)
	if err != nil {
		return nil, err
	}
	s := &stock{types: map[string]*loans.Type{}, numbers: map[loans.Number]*item{}, names: map[string]*item{}, lent: r.Lent}
	byID := map[string]*loans.Type{}
	for _, t := range r.Types {
		s.types[data.SortKey(t.Name)] = &t
		byID[t.ID] = &t
	}
	for _, d := range r.Devices {
		s.add(&item{Device: d, kind: byID[d.TypeID]})
	}
	for _, b := range r.Borrowers {
		s.borrowers = append(s.borrowers, &person{b})
	}
	return s, nil
}

func (s *stock) add(it *item) {
	if it.Number != "" {
		s.numbers[it.Number] = it
	}
	if key := data.SortKey(it.Name); key != "" && it.State != loans.Retired {
		s.names[key] = it
	}
}

// called finds a device by its number or its free name.
func (s *stock) called(text string) *item {
	if n, err := loans.ParseNumber(text); err == nil && s.numbers[n] != nil {
		return s.numbers[n]
	}
	return s.names[data.SortKey(text)]
}

// accessories reads a list such as "lader 25; muis 7,50; tas": names, each with what it costs when it doesn't come
// back.
func accessories(j *start.Job, r start.Row) (all []loans.Accessory) {
	for _, text := range parts(r.Text(colAccessories)) {
		a := loans.Accessory{Name: text}
		if at := strings.LastIndexByte(text, ' '); at > 0 && strings.ContainsAny(text[at:], "0123456789") {
			if cents, err := data.ParseEuro(strings.TrimPrefix(text[at+1:], "€")); err == nil {
				a = loans.Accessory{Name: strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text[:at]), "€")), Cents: cents}
			}
		}
		if a.Name == "" || len([]rune(a.Name)) > nameLimit {
			j.Problem(r, colAccessories, WhyAccessory, "", text)
			return nil
		}
		all = append(all, a)
	}
	return all
}

// parts cuts a list at ; or line ends, or else at commas with a space behind them: a comma also parts cents.
func parts(text string) (all []string) {
	sign := ", "
	if text = strings.ReplaceAll(text, "\n", ";"); strings.Contains(text, ";") {
		sign = ";"
	}
	for part := range strings.SplitSeq(text, sign) {
		if part = data.Clean(part, 0); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// accessoryText writes a list as accessories reads it.
func accessoryText(all []loans.Accessory) string {
	texts := make([]string, len(all))
	for i, a := range all {
		if texts[i] = a.Name; a.Cents > 0 {
			texts[i] += " " + euro(a.Cents)
		}
	}
	return strings.Join(texts, "; ")
}

// euro writes an amount as a cell holds it: 12,50; "" for none.
func euro(cents int64) string {
	if cents == 0 {
		return ""
	}
	return fmt.Sprintf("%d,%02d", cents/100, cents%100)
}
