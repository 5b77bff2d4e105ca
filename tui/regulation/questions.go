package regulation

import (
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/loans"
	"digibrug/tui/parts"
	"digibrug/tui/words"
)

// Bounds of the answers, those of the preset.
const (
	mostWeeks    = 52
	mostRenewals = 12
	mostDevices  = 50
	maxHours     = 190
)

func count(name string, label, hint words.Key, value int64, low, high float64) parts.Field {
	return parts.Field{Name: name, Label: label, Hint: hint, Kind: parts.Number, Need: true, Low: low, High: high, Value: strconv.FormatInt(value, 10)}
}

func (p Preset) whatFields() []parts.Field {
	return []parts.Field{
		{Name: "type", Label: words.LoanruleWhat, Hint: words.LoanruleWhatHint, Need: true, Max: maxName, Value: p.answers.What},
		{Name: "accessories", Label: words.LoanruleAccessories, Hint: words.LoanruleAccessoriesHint, Value: strings.Join(p.answers.Accessories, ", ")},
		count("weeks", words.LoanruleWeeksAsk, "", p.answers.Weeks, 1, mostWeeks),
	}
}

func (p Preset) readWhat(a *loans.Answers) error {
	a.What, a.Accessories = p.Body.Value("type"), nil
	for one := range strings.SplitSeq(p.Body.Value("accessories"), ",") {
		if one = data.Clean(one, maxName); one != "" {
			a.Accessories = append(a.Accessories, one)
		}
	}
	return p.number("weeks", &a.Weeks)
}

func (p Preset) renewFields() []parts.Field {
	return []parts.Field{count("renewals", words.LoanruleRenewals, words.LoanruleRenewalsHint, p.answers.Renewals, 0, mostRenewals)}
}

func (p Preset) readRenew(a *loans.Answers) error { return p.number("renewals", &a.Renewals) }

func (p Preset) mostFields() []parts.Field {
	return []parts.Field{
		count("per_person", words.LoanrulePerPerson, "", p.answers.PerPerson, 1, mostDevices),
		count("per_household", words.LoanrulePerHousehold, words.LoanrulePerHouseholdHint, p.answers.PerHousehold, 1, mostDevices),
	}
}

func (p Preset) readMost(a *loans.Answers) error {
	if err := p.number("per_person", &a.PerPerson); err != nil {
		return err
	}
	if err := p.number("per_household", &a.PerHousehold); err != nil {
		return err
	}
	if a.PerHousehold < a.PerPerson {
		return &data.Invalid{Field: "per_household", Why: data.WhyNumber, Want: strconv.FormatInt(a.PerPerson, 10) + " … " + strconv.Itoa(mostDevices), Got: strconv.FormatInt(a.PerHousehold, 10)}
	}
	return nil
}

// deposit is the largest that the preset takes, in cents.
const mostDeposit = 100_000

func (p Preset) moneyFields() []parts.Field {
	free := parts.Field{Name: "free", Label: words.LoanruleFree, Hint: words.LoanruleFreeHint, Kind: parts.Many}
	var ticked []string
	for _, c := range p.answers.Free {
		ticked = append(ticked, string(c))
	}
	free.Value = strings.Join(ticked, "\n")
	for _, c := range loans.Categories() {
		if c != loans.Client { // who of them pays less, the OCMW says by a tariff
			free.Options = append(free.Options, parts.Option{Value: string(c), Label: p.room().categoryName(c)})
		}
	}
	cash := "0"
	if p.answers.Cash {
		cash = "1"
	}
	return []parts.Field{
		{Name: euroField, Label: words.LoanruleDepositCents, Hint: words.LoanruleDepositHint, Max: 20, Digits: true, Need: true, Value: p.room().bare(loans.DepositCents, p.answers.DepositCents), Check: checkDeposit},
		free, p.room().cashField(cash),
	}
}

func checkDeposit(text string) error {
	cents, err := data.ParseEuro(text)
	if err == nil && cents > mostDeposit {
		err = &data.Invalid{Field: euroField, Why: loans.WhyRange, Want: "1.000", Got: data.Clean(text, 20)}
	}
	return err
}

func (p Preset) readMoney(a *loans.Answers) (err error) {
	if a.DepositCents, err = data.ParseEuro(p.Body.Value(euroField)); err != nil {
		return err
	}
	a.Free = nil
	for _, c := range p.Body.Values("free") {
		a.Free = append(a.Free, loans.Category(c))
	}
	a.Cash = p.Body.Value(loans.SettingCash) == "1"
	return nil
}

func (p Preset) placeFields() []parts.Field {
	if len(p.st.locations) > 0 {
		where := parts.Field{Name: "location", Label: words.LoanrulePlace, Hint: words.LoanrulePlaceHint, Kind: parts.Choice, Need: true, Value: p.answers.LocationID}
		for _, l := range p.st.locations {
			label := p.room().placeOf(p.st, loans.Answers{LocationID: l.ID})
			where.Options = append(where.Options, parts.Option{Value: l.ID, Label: label})
		}
		return []parts.Field{where}
	}
	owner := parts.Field{Name: "organisation", Label: words.LoanruleOwner, Kind: parts.Choice, Need: true, Value: p.answers.OrganisationID}
	for _, o := range p.st.organisations {
		owner.Options = append(owner.Options, parts.Option{Value: o.ID, Label: o.Name})
	}
	on := parts.Field{Name: "days", Label: words.LoanruleOpenDays, Kind: parts.Many, Need: true}
	var ticked []string
	for _, d := range words.Week() {
		on.Options = append(on.Options, parts.Option{Value: strconv.Itoa(int(d)), Label: words.Weekday(p.S.Lang(), d)})
	}
	for _, d := range p.answers.Days {
		ticked = append(ticked, strconv.Itoa(int(d)))
	}
	on.Value = strings.Join(ticked, "\n")
	return []parts.Field{
		{Name: "place", Label: words.LoanrulePlace, Hint: words.LoanrulePlaceNewHint, Need: true, Max: maxName, Value: p.answers.Place},
		owner, on,
		{Name: "hours", Label: words.LoanruleOpenHours, Hint: words.LoanruleOpenHoursHint, Need: true, Max: maxHours, Value: p.answers.Hours, Check: checkHours},
	}
}

// checkHours says what is wrong with opening hours; a desk that never opens lends nothing.
func checkHours(text string) error {
	hours, err := calendar.ParseHours(text)
	if err == nil && len(hours) == 0 {
		err = &data.Invalid{Field: "hours", Why: data.WhyEmpty}
	}
	return err
}

func (p Preset) readPlace(a *loans.Answers) error {
	if len(p.st.locations) > 0 {
		a.LocationID = p.Body.Value("location")
		return nil
	}
	a.Place, a.OrganisationID = p.Body.Value("place"), p.Body.Value("organisation")
	a.Days, a.Hours = p.days("days"), p.Body.Value("hours")
	return nil
}

// lateNames are the policies for who is late.
func lateNames() map[loans.LatePolicy]words.Key {
	return map[loans.LatePolicy]words.Key{loans.LateBlock: words.LoanruleLateBlock, loans.LateKind: words.LoanruleLateKind, loans.LateStrict: words.LoanruleLateStrict}
}

func (p Preset) lateFields() []parts.Field {
	late := parts.Field{Name: "late", Label: words.LoanruleLate, Hint: words.LoanruleLateHint, Kind: parts.Choice, Need: true, Value: string(p.answers.Late)}
	for _, policy := range loans.LatePolicies() {
		late.Options = append(late.Options, parts.Option{Value: string(policy), Label: p.S.T(lateNames()[policy])})
	}
	return []parts.Field{late}
}

func (p Preset) readLate(a *loans.Answers) error {
	a.Late = loans.LatePolicy(p.Body.Value("late"))
	return nil
}
