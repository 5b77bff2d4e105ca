package papers

import (
	"cmp"
	"slices"
	"strings"

	"digibrug/loans"
	"digibrug/tui/words"
)

// figureWriter writes the figures of a version as the text of the regulation has them, in one language.
type figureWriter struct {
	speaker
	rules loans.Rules
	place string
}

// all gives every figure that a text can have a place for, by its name there; empty where it has no value.
func (w figureWriter) all() map[string]string {
	out := map[string]string{loans.TextPlace: w.place, loans.TextKeep: w.kept(w.rules.KeepDays)}
	for _, p := range loans.Params() {
		out[string(p)], out[string(p)+loans.TextOther] = w.base(p), w.others(p)
	}
	for _, less := range []struct{ when, then loans.Param }{ // what says nothing without the other
		{loans.Renewals, loans.RenewalDays}, {loans.Renewals, loans.RenewBefore}, {loans.FineCents, loans.FineDays}, {loans.FineCents, loans.FineCap},
		{loans.BlockPerDay, loans.BlockCap}, {loans.TermHours, loans.TermRule}, {loans.TermDays, loans.TermMode},
	} {
		if out[string(less.when)] != "" {
			continue
		}
		if other := out[string(less.when)+loans.TextOther]; less.then != loans.TermRule || other == "" {
			out[string(less.then)] = ""
		}
		if out[string(less.when)+loans.TextOther] == "" {
			out[string(less.then)+loans.TextOther] = ""
		}
	}
	return out
}

// value is what a figure comes to for a kind of borrower and device; set is false when it says nothing there.
func (w figureWriter) value(c loans.Category, device string, p loans.Param) (value int64, set bool) {
	r := w.rules.Version.Regulation
	never := func(most loans.Param) bool { n, capped := r.Get(c, device, most); return capped && n == 0 }
	switch p {
	case loans.TermDays, loans.RenewalDays:
		if r.Or(c, device, loans.TermHours, 0) > 0 {
			return 0, false
		}
	case loans.TermMode, loans.TermRule:
		return r.Or(c, device, p, 0), true
	case loans.FineDays:
		return r.Or(c, device, p, 1), true
	case loans.FineCents:
		if never(loans.FineCap) {
			return 0, true
		}
	case loans.BlockPerDay:
		if never(loans.BlockCap) {
			return 0, true
		}
	}
	return r.Get(c, device, p)
}

// base is a figure for who and what has none of their own; empty where it says nothing.
func (w figureWriter) base(p loans.Param) string {
	value, set := w.value(everybody(p), "", p)
	switch {
	case !set, value == 0 && isNothing(p):
		return ""
	case p == loans.TermMode:
		return w.T(modeWords(value)[0])
	case p == loans.TermRule:
		return w.T(ruleWords(value)[0])
	}
	return w.write(p, value)
}

// everybody is whose figures hold for all: the age is one of minors alone.
func everybody(p loans.Param) loans.Category {
	if p == loans.YoungestMonths {
		return loans.Minor
	}
	return ""
}

// isNothing tells of which figures zero means that there is none; of the others it is a bound.
func isNothing(p loans.Param) bool {
	return slices.Contains([]loans.Param{loans.LeadDays, loans.Renewals, loans.RenewalDays, loans.PickUpDays, loans.DepositCents, loans.FeeCents, loans.FineCents,
		loans.FineCap, loans.GraceDays, loans.BlockPerDay, loans.BlockCap, loans.GapDays, loans.YoungestMonths, loans.TermHours}, p)
}

// write writes a value with its unit.
func (w figureWriter) write(p loans.Param, n int64) string {
	switch p {
	case loans.DepositCents, loans.FeeCents, loans.FineCents, loans.FineCap:
		return w.money(n)
	case loans.MostLoans, loans.MostHousehold:
		return w.T(words.RegfigureDevices, "n", n)
	case loans.MostYear, loans.Renewals:
		return w.T(words.RegfigureTimes, "n", n)
	case loans.TermHours:
		return w.T(words.RegfigureHours, "n", n)
	case loans.YoungestMonths:
		return w.age(n)
	case loans.FineDays:
		if n == 7 {
			return w.T(words.RegfigureWeek)
		}
		return w.T(words.RegfigurePeriod, "n", max(1, n))
	case loans.TermMode:
		return w.T(modeWords(n)[1])
	case loans.TermRule:
		return w.T(ruleWords(n)[1])
	}
	return w.T(words.RegfigureDays, "n", n)
}

// kept writes days, as years where they are whole ones.
func (w figureWriter) kept(days int) string {
	if days > 0 && days%365 == 0 {
		return w.T(words.RegfigureYears, "n", days/365)
	}
	return w.T(words.RegfigureDays, "n", days)
}

// age writes months as years, and what is left.
func (w figureWriter) age(months int64) string {
	years, left := w.T(words.RegfigureYears, "n", months/12), w.T(words.RegfigureMonths, "n", months%12)
	switch {
	case months%12 == 0:
		return years
	case months < 12:
		return left
	}
	return w.T(words.RegfigureYearsMonths, "years", years, "months", left)
}

// modeWords are the sentence of how closed days count, and the same for who differs.
func modeWords(at int64) [2]words.Key {
	all := map[loans.Mode][2]words.Key{
		loans.ModeDatedue: {words.RegfigureModeDatedue, words.RegfigureShortDatedue}, loans.ModeDays: {words.RegfigureModeDays, words.RegfigureShortDays},
		loans.ModeCalendar: {words.RegfigureModeCalendar, words.RegfigureShortCalendar}, loans.ModeDayweek: {words.RegfigureModeDayweek, words.RegfigureShortDayweek}}
	if at < 0 || at >= int64(len(loans.Modes())) {
		return all[loans.ModeDatedue]
	}
	return all[loans.Modes()[at]]
}

// ruleWords are the sentence of what becomes of a loan of hours that ends while the desk is closed, and the short one.
func ruleWords(at int64) [2]words.Key {
	if at == int64(slices.Index(loans.HourRules(), loans.RuleOpen)) {
		return [2]words.Key{words.RegfigureRuleOpen, words.RegfigureShortOpen}
	}
	return [2]words.Key{words.RegfigureRuleClose, words.RegfigureShortClose}
}

// others lists for whom, and for what, a figure is different: "verenigingen (7 dagen), tablet (14 dagen)". Who is in it
// for themselves keeps that for every device: a device of theirs is named only where it differs from what is said of
// them, or else of the device.
func (w figureWriter) others(p loans.Param) string {
	type figure struct {
		value int64
		set   bool
	}
	at := func(c loans.Category, device string) figure {
		value, set := w.value(c, device, p)
		return figure{value, set}
	}
	all := at(everybody(p), "")
	var out []string
	for _, c := range w.categories(p) {
		for _, device := range w.devices() {
			if c == everybody(p) && device == "" {
				continue
			}
			told := all
			if of := at(everybody(p), device); of != all {
				told = of
			}
			if of := at(c, ""); of != all {
				told = of
			}
			plain := c == everybody(p) || device == ""
			if here := at(c, device); here.set && (plain && here != all || !plain && here != told) {
				out = append(out, w.T(words.RegfigureExcept, "who", w.who(c, device, p), "value", w.shortly(p, here.value)))
			}
		}
	}
	return strings.Join(out, ", ")
}

func (w figureWriter) shortly(p loans.Param, n int64) string {
	if n == 0 && isNothing(p) {
		return w.T(words.RegfigureNone)
	}
	return w.write(p, n)
}

// categories are the kinds of borrowers with figures of their own, everybody first.
func (w figureWriter) categories(p loans.Param) []loans.Category {
	out := []loans.Category{everybody(p)}
	if p == loans.YoungestMonths {
		return out
	}
	for _, c := range loans.Categories() {
		for cell := range w.rules.Version.Cells {
			if cell.Category == c {
				out = append(out, c)
				break
			}
		}
	}
	return out
}

// devices are the ids of the device types with figures of their own, by name, "" first.
func (w figureWriter) devices() []string {
	var out []string
	for cell := range w.rules.Version.Cells {
		if _, there := w.rules.Types[cell.Device]; there && !slices.Contains(out, cell.Device) {
			out = append(out, cell.Device)
		}
	}
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(cmp.Compare(w.rules.Types[a], w.rules.Types[b]), cmp.Compare(a, b))
	})
	return append([]string{""}, out...)
}

// who names whom and what a figure is for.
func (w figureWriter) who(c loans.Category, device string, p loans.Param) string {
	name := map[loans.Category]words.Key{loans.Citizen: words.RegfigureCitizen, loans.Client: words.RegfigureClient, loans.Participant: words.RegfigureParticipant,
		loans.Association: words.RegfigureAssociation, loans.Employee: words.RegfigureEmployee, loans.Minor: words.RegfigureMinor}[c]
	switch {
	case device == "":
		return w.T(name)
	case c == everybody(p):
		return w.rules.Types[device]
	}
	return w.T(words.RegfigureBoth, "who", name, "device", w.rules.Types[device])
}
