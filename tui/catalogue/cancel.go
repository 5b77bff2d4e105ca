package catalogue

import (
	"slices"
	"strconv"
	"strings"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// leastRules is how many rules the form has room for at least; one more than there are stays free.
const leastRules = 3

// cancelling says until when people can cancel, and what that costs: "gratis tot 48 uur ervoor".
func (d desk) cancelling(r courses.CancelRules) string {
	var all []string
	for _, one := range r.Rules {
		cost := d.S.T(words.CatalogueFree)
		if one.Cents > 0 {
			cost = words.Money(d.S.Lang(), one.Cents)
		}
		switch {
		case one.Hours > 0:
			all = append(all, d.S.T(words.CatalogueCancelBefore, "cost", cost, "n", one.Hours))
		case one.Hours < 0:
			all = append(all, d.S.T(words.CatalogueCancelAfter, "cost", cost, "n", -one.Hours))
		default:
			all = append(all, d.S.T(words.CatalogueCancelStart, "cost", cost))
		}
	}
	untilStart := slices.ContainsFunc(r.Rules, func(one courses.CancelRule) bool { return one.Hours == 0 })
	for _, c := range r.Checks {
		if c == courses.BeforeStart && untilStart { // which the rule says already
			continue
		}
		all = append(all, d.S.T(words.CourseCancelCheck(string(c))))
	}
	return strings.Join(all, "; ")
}

// cancelForm says until when people can cancel.
func (d desk) cancelForm(id string) shell.Screen {
	return page.NewTask(d.S, words.CatalogueCancelTitle, words.CatalogueSaving, func() (page.Brief, error) {
		was, err := d.read(id)
		if err != nil {
			return page.Brief{}, err
		}
		n := max(leastRules, len(was.CancelRules.Rules)+1)
		return page.Brief{Title: d.S.T(words.CatalogueCancelTitle) + ": " + was.Title, Lead: words.CatalogueCancelLead, Body: parts.NewForm(words.CatalogueSave, d.cancelFields(was.CancelRules, n)...),
			Do: func(form parts.Form) (page.Outcome, error) {
				now := was
				if now.CancelRules, err = readCancelRules(form, n); err != nil {
					return page.Outcome{}, err
				}
				return d.save(was, now)
			}}, nil
	})
}

func hoursName(i int) string { return "hours" + strconv.Itoa(i) }
func centsName(i int) string { return "cents" + strconv.Itoa(i) }

func (d desk) cancelFields(was courses.CancelRules, n int) []parts.Field {
	checks := parts.Field{Name: "checks", Label: words.CatalogueCancelChecks, Hint: words.CatalogueCancelChecksHint, Kind: parts.Many}
	for _, c := range courses.CancelChecks() {
		checks.Options = append(checks.Options, parts.Option{Value: string(c), Label: d.S.T(words.CourseCancelCheck(string(c)))})
	}
	var ticked []string
	for _, c := range was.Checks {
		ticked = append(ticked, string(c))
	}
	checks.Value = strings.Join(ticked, "\n")
	fields := []parts.Field{checks}
	for i := range n {
		hours := parts.Field{Name: hoursName(i), Label: words.Key(d.S.T(words.CatalogueCancelHours, "n", i+1)), Hint: words.CatalogueCancelHoursHint, Kind: parts.Number, Low: -1440, High: 1440}
		cents := parts.Field{Name: centsName(i), Label: words.Key(d.S.T(words.CatalogueCancelCost, "n", i+1)), Hint: words.CatalogueCancelCostHint, Digits: true, Max: 12,
			Check: func(text string) error { _, err := data.ParseEuro(text); return err }}
		if i < len(was.Rules) {
			hours.Value = strconv.Itoa(was.Rules[i].Hours)
			cents.Value = strings.TrimPrefix(words.Money(words.NL, was.Rules[i].Cents), "€ ")
		}
		fields = append(fields, hours, cents)
	}
	return fields
}

// readCancelRules reads the rules of which the hours were filled in; without an amount cancelling is free.
func readCancelRules(form parts.Form, n int) (r courses.CancelRules, err error) {
	for _, c := range form.Values("checks") {
		r.Checks = append(r.Checks, courses.CancelCheck(c))
	}
	for i := range n {
		text := form.Value(hoursName(i))
		if text == "" {
			if form.Value(centsName(i)) != "" {
				return r, &data.Invalid{Field: hoursName(i), Why: data.WhyEmpty}
			}
			continue
		}
		one := courses.CancelRule{}
		if one.Hours, err = strconv.Atoi(text); err != nil {
			return r, &data.Invalid{Field: hoursName(i), Why: data.WhyNumber, Got: data.Clean(text, 20)}
		}
		if cost := form.Value(centsName(i)); cost != "" {
			if one.Cents, err = data.ParseEuro(cost); err != nil {
				return r, err
			}
		}
		r.Rules = append(r.Rules, one)
	}
	return r, nil
}
