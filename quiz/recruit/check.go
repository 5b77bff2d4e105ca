package recruit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/quiz"
)

// What can be wrong with a procedure or a candidate, beside the codes of data and quiz.
const (
	WhyEntry         data.Why = "recruit.entry"          // a recruitment test has no entry items: everybody gets all of it
	WhyLanguage      data.Why = "recruit.language"       // Got is no language of a test under this taalregime; Want lists them
	WhyBackwards     data.Why = "recruit.backwards"      // the hours of the test end before they begin
	WhyLong          data.Why = "recruit.long"           // from the first day to the last is more than Want days
	WhyRole          data.Why = "recruit.role"           // the account Got does not hold the role Want
	WhyWeight        data.Why = "recruit.weight"         // the points of an item are not between 0 and Want hundredths
	WhyAccept        data.Why = "recruit.accept"         // Got is no warning of this procedure
	WhyLastRecruiter data.Why = "recruit.last_recruiter" // nobody could go on with the procedure
)

// Bounds.
const (
	titleLimit   = 120
	lineLimit    = 200
	textLimit    = 2000
	maxMinutes   = 480
	minMinutes   = 5
	maxDays      = 60 // from the first day of a test to the last
	maxWeight    = 10_000
	maxOn        = 1000
	maxCredit    = 3600
	maxKeep      = 120
	maxAddresses = 40
)

// problems gathers all that is wrong with one input.
type problems quiz.Problems

func (p *problems) add(field string, why data.Why, want, got string) {
	*p = append(*p, &data.Invalid{Field: field, Why: why, Want: want, Got: data.Clean(got, 60)})
}

// number notes a number outside its range.
func (p *problems) number(field string, n, least, most int) {
	if n < least || n > most {
		p.add(field, data.WhyNumber, fmt.Sprintf("%d … %d", least, most), strconv.Itoa(n))
	}
}

// text tidies a text in place, and notes one that is too long or holds a national number.
func (p *problems) text(field string, at *string, limit int, lines bool) {
	whole := data.Clean(*at, 0)
	if lines {
		whole = data.CleanBlock(*at, 0)
	}
	cut := data.Clean(whole, limit)
	if lines {
		cut = data.CleanBlock(whole, limit)
	}
	*at = whole
	switch {
	case data.HasNationalNumber(whole):
		*p = append(*p, &data.Invalid{Field: field, Why: data.WhyNationalNumber})
	case cut != whole:
		*p = append(*p, &data.Invalid{Field: field, Why: data.WhyTooLong, Want: strconv.Itoa(limit)})
	}
}

func (p problems) err() error {
	if len(p) == 0 {
		return nil
	}
	return quiz.Problems(p)
}

// Languages lists the languages of a test under a taalregime, the value of data.SettingTaalregime: Dutch, and French as well
// in a municipality with facilities.
func Languages(taalregime string) []string {
	if taalregime == "faciliteiten" {
		return []string{"nl", "fr"}
	}
	return []string{"nl"}
}

// Check tidies what a recruiter set up and says all that is wrong with it: nil, or quiz.Problems. What is empty or 0 is not
// wrong yet: Checklist says what lacks. taalregime is the value of data.SettingTaalregime.
func (p *Procedure) Check(taalregime string) error {
	var all problems
	all.text("title", &p.Title, titleLimit, false)
	if p.Title == "" {
		all.add("title", data.WhyEmpty, "", "")
	}
	if p.OrganisationID == "" {
		all.add("organisation", data.WhyEmpty, "", "")
	}
	p.Details.check(&all, taalregime)
	return all.err()
}

func (d *Details) check(all *problems, taalregime string) {
	for field, at := range map[string]*string{"vacancy": &d.Vacancy, "place": &d.Place, "contact": &d.Contact, "purpose": &d.Purpose} {
		all.text(field, at, lineLimit, false)
	}
	all.text("profile", &d.Profile, textLimit, true)
	all.text("practical", &d.Practical, textLimit, true)
	if d.Language == "" {
		d.Language = "nl"
	}
	if known := Languages(taalregime); !slices.Contains(known, d.Language) {
		all.add("language", WhyLanguage, strings.Join(known, ", "), d.Language)
	}
	d.checkTest(all)
	d.Pass.check(all, d.Blueprint)
	d.Days.check(all)
	if d.OutFor == "" {
		d.OutFor = Everybody
	}
	if d.OutFor != Everybody && d.OutFor != ThisOne {
		all.add("out_for", data.WhyNotOneOf, "everybody, this_one", string(d.OutFor))
	}
	if len(d.Addresses) > maxAddresses || len(d.Kiosks) > maxAddresses {
		all.add("addresses", data.WhyTooLong, strconv.Itoa(maxAddresses), "")
	}
	if _, err := data.ParseAddresses(d.Addresses); err != nil {
		all.add("addresses", data.WhyCodeAddress, "", strings.Join(d.Addresses, " "))
	}
	if d.Keep != 0 {
		all.number("keep", d.Keep, 1, maxKeep)
	}
	for _, l := range d.Accepted {
		if !l.Warns() {
			all.add("accepted", WhyAccept, "", string(l))
		}
	}
	slices.SortFunc(*all, func(a, b *data.Invalid) int { return strings.Compare(a.Field, b.Field) })
}

// checkTest looks at what is asked.
func (d *Details) checkTest(all *problems) {
	if d.Blueprint.Entry != 0 {
		all.add("blueprint.entry", WhyEntry, "", strconv.Itoa(d.Blueprint.Entry))
	}
	for i, c := range d.Blueprint.Cells {
		field := fmt.Sprintf("blueprint.cells[%d]", i+1)
		if c.Domain == "" || data.Clean(c.Domain, 40) != c.Domain {
			all.add(field+".domain", data.WhyUnknown, "", c.Domain)
		}
		all.number(field+".level", c.Level, 1, 4)
		all.number(field+".count", c.Count, 0, quiz.MaxBlueprint)
	}
	if n := d.Asked(); n > quiz.MaxBlueprint {
		all.add("blueprint", quiz.WhyCount, strconv.Itoa(quiz.MaxBlueprint), strconv.Itoa(n))
	}
	d.checkWritten(all)
	for i, w := range d.Weights {
		if w < 0 || w > maxWeight {
			all.add(fmt.Sprintf("weights[%d]", i+1), WhyWeight, strconv.Itoa(maxWeight), strconv.Itoa(w))
		}
	}
	if d.Minutes != 0 {
		all.number("minutes", d.Minutes, minMinutes, maxMinutes)
	}
	if d.Forms == 0 {
		d.Forms = 1
	}
	all.number("forms", d.Forms, 1, len(formNames))
	all.number("on", d.OnPoints, 0, maxOn)
	all.number("credit", d.Credit, 0, maxCredit)
	all.number("margin", d.Margin, 0, 100)
	all.number("public", d.PublicMax, 0, 100)
}

// checkWritten looks at the open questions; where nobody marks, there are none.
func (d *Details) checkWritten(all *problems) {
	if !d.ByHand {
		d.Written = Written{}
		return
	}
	domains := d.Blueprint.Domains()
	for _, domain := range sortedKeys(d.Written.Counts) {
		if !slices.Contains(domains, domain) {
			all.add("written", data.WhyUnknown, "", domain)
		}
		all.number("written."+data.Clean(domain, 40), d.Written.Counts[domain], 0, quiz.MaxBlueprint)
	}
	if w := d.Written.Points; w < 0 || w > maxWeight {
		all.add("written.points", WhyWeight, strconv.Itoa(maxWeight), strconv.Itoa(w))
	}
}

// check looks at the pass rule.
func (r *Rule) check(all *problems, b quiz.Blueprint) {
	all.number("pass.total", r.Total, 0, 100)
	for _, domain := range sortedKeys(r.Parts) {
		all.number("pass."+data.Clean(domain, 40), r.Parts[domain], 0, 100)
	}
	if !r.Band && !r.Ties {
		r.Error = 0
	} else if r.Error < 1 || r.Error > 2 {
		all.add("pass.error", data.WhyNumber, "1 … 2", strconv.FormatFloat(r.Error, 'g', 4, 64))
	}
	if len(r.Parts) > 0 && len(b.Cells) == 0 {
		all.add("pass.parts", data.WhyEmpty, "", "")
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// check looks at the window.
func (d *Days) check(all *problems) {
	if d.From == "" && d.Until == "" {
		return
	}
	first, err := data.ParseDay(d.From)
	last, err2 := data.ParseDay(d.Until)
	switch {
	case err != nil:
		all.add("days.from", data.WhyDay, "YYYY-MM-DD", d.From)
	case err2 != nil:
		all.add("days.until", data.WhyDay, "YYYY-MM-DD", d.Until)
	case last.Before(first):
		all.add("days.until", data.WhyEarly, d.From, d.Until)
	case last.After(first.AddDate(0, 0, maxDays-1)):
		all.add("days.until", WhyLong, strconv.Itoa(maxDays), d.Until)
	}
	all.number("days.open", d.Open, 0, dayMinutes-1)
	all.number("days.close", d.Close, 1, dayMinutes)
	if d.Close <= d.Open {
		all.add("days.close", WhyBackwards, clock(d.Open), clock(d.Close))
	}
}

// clock writes a minute of the day as people read it: 13:30.
func clock(minute int) string { return fmt.Sprintf("%02d:%02d", minute/60, minute%60) }
