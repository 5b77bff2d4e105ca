package regulation

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/loans"
	"digibrug/tui/parts"
	"digibrug/tui/words"
)

// unit is what a figure counts.
type unit int

const (
	inDays unit = iota
	inTimes
	inDevices
	inMonths
	inEuros
	inModes
	inHours
	inRules
)

// figure is how people know a figure of the regulation.
type figure struct {
	param   loans.Param
	name    words.Key
	article int // of the model regulation
	unit    unit
}

// allFigures lists the figures, in the order of the articles.
func allFigures() []figure {
	return []figure{
		{loans.YoungestMonths, words.LoanruleYoungestMonths, 5, inMonths},
		{loans.LeadDays, words.LoanruleLeadDays, 6, inDays},
		{loans.HorizonDays, words.LoanruleHorizonDays, 6, inDays},
		{loans.MostDays, words.LoanruleMostDays, 6, inDays},
		{loans.PickUpDays, words.LoanrulePickUpDays, 6, inDays},
		{loans.MostLoans, words.LoanruleMostLoans, 7, inDevices},
		{loans.MostHousehold, words.LoanruleMostHousehold, 7, inDevices},
		{loans.MostYear, words.LoanruleMostYear, 7, inTimes},
		{loans.TermDays, words.LoanruleTermDays, 8, inDays},
		{loans.TermMode, words.LoanruleTermMode, 8, inModes},
		{loans.TermHours, words.LoanruleTermHours, 8, inHours},
		{loans.TermRule, words.LoanruleTermRule, 8, inRules},
		{loans.GapDays, words.LoanruleGapDays, 8, inDays},
		{loans.Renewals, words.LoanruleRenewals, 9, inTimes},
		{loans.RenewalDays, words.LoanruleRenewalDays, 9, inDays},
		{loans.RenewBefore, words.LoanruleRenewBefore, 9, inDays},
		{loans.DepositCents, words.LoanruleDepositCents, 10, inEuros},
		{loans.FeeCents, words.LoanruleFeeCents, 10, inEuros},
		{loans.GraceDays, words.LoanruleGraceDays, 15, inDays},
		{loans.FineCents, words.LoanruleFineCents, 15, inEuros},
		{loans.FineDays, words.LoanruleFineDays, 15, inDays},
		{loans.FineCap, words.LoanruleFineCap, 15, inEuros},
		{loans.BlockPerDay, words.LoanruleBlockPerDay, 15, inDays},
		{loans.BlockCap, words.LoanruleBlockCap, 15, inDays},
	}
}

// figureOf finds a figure; one that is none has the code as its name.
func figureOf(p loans.Param) figure {
	all := allFigures()
	if at := slices.IndexFunc(all, func(f figure) bool { return f.param == p }); at >= 0 {
		return all[at]
	}
	return figure{param: p, name: words.Key(p)}
}

// categoryName names a kind of borrower; "" is everybody.
func (r room) categoryName(c loans.Category) string { return categoryName(r.S.Lang(), c) }

func categoryName(lang words.Lang, c loans.Category) string {
	name := map[loans.Category]words.Key{"": words.LoanruleEverybody, loans.Citizen: words.LoanruleCitizen, loans.Client: words.LoanruleClient,
		loans.Participant: words.LoanruleParticipant, loans.Association: words.LoanruleAssociation, loans.Employee: words.LoanruleEmployee,
		loans.Minor: words.LoanruleMinor}[c]
	return words.T(lang, cmp.Or(name, words.Key(c)))
}

// modeNames are the ways in which closed days count, in the order of loans.Modes: short, and as a sentence.
func modeNames() map[loans.Mode][2]words.Key {
	return map[loans.Mode][2]words.Key{
		loans.ModeDatedue:  {words.LoanruleModeDatedue, words.LoanruleModeDatedueLong},
		loans.ModeDays:     {words.LoanruleModeDays, words.LoanruleModeDaysLong},
		loans.ModeCalendar: {words.LoanruleModeCalendar, words.LoanruleModeCalendarLong},
		loans.ModeDayweek:  {words.LoanruleModeDayweek, words.LoanruleModeDayweekLong},
	}
}

// ruleNames are what becomes of a loan of hours that ends while the desk is closed.
func ruleNames() map[loans.HourRule]words.Key {
	return map[loans.HourRule]words.Key{loans.RuleClose: words.LoanruleRuleClose, loans.RuleOpen: words.LoanruleRuleOpen}
}

// bare is a figure without its unit: "21", "60,00", "open dagen".
func (r room) bare(p loans.Param, value int64) string { return bare(r.S.Lang(), p, value) }

func bare(lang words.Lang, p loans.Param, value int64) string {
	switch figureOf(p).unit {
	case inEuros:
		return strings.TrimPrefix(words.Money(lang, value), "€ ")
	case inModes:
		if value >= 0 && value < int64(len(loans.Modes())) {
			return words.T(lang, modeNames()[loans.Modes()[value]][0])
		}
	case inRules:
		if value >= 0 && value < int64(len(loans.HourRules())) {
			return words.T(lang, ruleNames()[loans.HourRules()[value]])
		}
	}
	return strconv.FormatInt(value, 10)
}

// full is a figure with its unit: "21 dagen", "€ 60,00".
func (r room) full(p loans.Param, value int64) string { return full(r.S.Lang(), p, value) }

func full(lang words.Lang, p loans.Param, value int64) string {
	switch figureOf(p).unit {
	case inDays:
		return words.T(lang, words.LoanruleDays, "n", value)
	case inTimes:
		return words.T(lang, words.LoanruleTimes, "n", value)
	case inDevices:
		return words.T(lang, words.LoanruleDevices, "n", value)
	case inMonths:
		return words.T(lang, words.LoanruleMonths, "n", value)
	case inHours:
		return words.T(lang, words.LoanruleHours, "n", value)
	case inEuros:
		return words.Money(lang, value)
	}
	return bare(lang, p, value)
}

// unitName is what a figure counts, for heads: "dagen".
func (r room) unitName(p loans.Param) string {
	return r.S.T(map[unit]words.Key{inDays: words.LoanruleUnitDays, inTimes: words.LoanruleUnitTimes, inDevices: words.LoanruleUnitDevices,
		inMonths: words.LoanruleUnitMonths, inEuros: words.LoanruleUnitEuros, inModes: words.LoanruleUnitModes,
		inHours: words.LoanruleUnitHours, inRules: words.LoanruleUnitModes}[figureOf(p).unit])
}

// holds is what a figure comes to for a kind of borrower and device, in words; "geen grens" where it isn't set.
func (r room) holds(v loans.Version, c loans.Category, device string, p loans.Param) string {
	value, set := v.Get(c, device, p)
	if !set {
		return r.S.T(words.LoanruleUnset)
	}
	return r.full(p, value)
}

// largest is the highest amount in cents that a figure can be, and of what counts days the highest number.
const (
	largestCents = 1_000_000
	largestCount = 3650
)

// euroField takes an amount of money. Its name is amount: what can't be read as one says so.
const euroField = "amount"

// field is the field that takes a figure; value is empty for none.
func (r room) field(p loans.Param, name, value string) parts.Field {
	f := parts.Field{Name: name, Label: figureOf(p).name, Value: value}
	switch figureOf(p).unit {
	case inEuros:
		f.Max, f.Check, f.Hint, f.Digits = 20, checkEuro, words.LoanruleEuroHint, true
	case inModes:
		f.Kind = parts.Choice
		for i, m := range loans.Modes() {
			f.Options = append(f.Options, parts.Option{Value: strconv.Itoa(i), Label: r.S.T(modeNames()[m][1])})
		}
	case inRules:
		f.Kind = parts.Choice
		for i, rule := range loans.HourRules() {
			f.Options = append(f.Options, parts.Option{Value: strconv.Itoa(i), Label: r.S.T(ruleNames()[rule])})
		}
	default:
		f.Kind, f.Low, f.High = parts.Number, 0, largestCount
	}
	return f
}

func checkEuro(text string) error {
	cents, err := data.ParseEuro(text)
	if err == nil && cents > largestCents {
		err = &data.Invalid{Field: euroField, Why: loans.WhyRange, Want: "10.000", Got: data.Clean(text, 20)}
	}
	return err
}

// typed reads what stands in a field of a figure; set is false for nothing.
func typed(p loans.Param, text string) (value int64, set bool, err error) {
	if text = strings.TrimSpace(text); text == "" {
		return 0, false, nil
	}
	if figureOf(p).unit == inEuros {
		value, err = data.ParseEuro(text)
		return value, err == nil, err
	}
	value, err = strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, false, &data.Invalid{Field: string(p), Why: data.WhyNumber, Got: data.Clean(text, 20)}
	}
	return value, true, nil
}

// written is a figure as its field takes it.
func (r room) written(p loans.Param, value int64) string {
	if figureOf(p).unit == inEuros {
		return r.bare(p, value)
	}
	return strconv.FormatInt(value, 10)
}
