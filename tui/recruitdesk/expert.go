package recruitdesk

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/tui/page"
	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// expertNames are the fields of the form for what the store calls otherwise.
func expertNames() map[string]string {
	return map[string]string{"weights.*": "weights", "blueprint.*": "weights", "pass.error": "error", "written": writtenPoints, "addresses": "addresses", "kiosks": kioskField}
}

// expert is what the expert sets ("Vakman"); of a procedure that opened it only shows. The form begins at a field; empty:
// at the first.
func (d desk) expert(p recruit.Procedure, at string) shell.Screen {
	if p.State != recruit.Draft {
		return d.ruled(p)
	}
	return page.NewTask(d.S, words.RecruitdeskExpertTitle, words.RecruitdeskSaving, func() (page.Brief, error) {
		banks, err := d.Tests.All(d.ctx())
		if err != nil {
			return page.Brief{}, err
		}
		pcs, err := d.Store.PCs(d.ctx(), d.By(), p.ID)
		if err != nil {
			return page.Brief{}, err
		}
		body := parts.NewForm(words.RecruitdeskSave, slices.Concat(d.cellFields(p, banks), d.expertFields(p), kioskFields(p, pcs), d.keepingFields(p))...)
		if at != "" {
			body = body.On(d.S.Look(), at)
		}
		return page.Brief{Title: d.S.T(words.RecruitdeskExpertTitle), Lead: words.RecruitdeskExpertLead, Body: body,
			Do: func(f parts.Form) (page.Outcome, error) {
				next, err := d.mastered(p, f)
				if len(pcs) > 0 {
					next.Kiosks = f.Values(kioskField)
				}
				if err == nil {
					_, err = d.Store.Change(d.ctx(), d.By(), next)
				}
				return page.Outcome{Said: words.RecruitdeskSaved}, renamed(err, expertNames())
			}}, nil
	})
}

// cellFields are a field of each domain for how many questions of the levels 1 to 4 are asked, and its mark.
func (d desk) cellFields(p recruit.Procedure, banks []quiz.Bank) (all []parts.Field) {
	for _, domain := range p.Blueprint.Domains() {
		asked, stock, written := levels(p.Blueprint, domain), stock(banks, domain, p.Language), written(banks, domain, p.Language)
		title := d.Tests.DomainTitle(domain)
		all = append(all,
			parts.Field{Name: "cells " + domain, Label: words.Key(d.S.T(words.RecruitdeskCells, "domain", title)), Hint: words.Key(d.S.T(words.RecruitdeskCellsHint, "stock", four(stock))),
				Need: true, Digits: true, Max: 40, Value: four(asked), Check: areFour},
			parts.Field{Name: "mark " + domain, Label: words.Key(d.S.T(words.RecruitdeskMark, "domain", title)), Hint: words.RecruitdeskPartHint, Kind: parts.Number, Low: 0, High: 100,
				Value: strconv.Itoa(p.Pass.Parts[domain])})
		all = append(all, d.writtenField(p, domain, written)...)
	}
	return all
}

// levels counts what a blueprint asks of a domain, by level.
func levels(b quiz.Blueprint, domain string) (n [4]int) {
	for _, c := range b.Cells {
		if c.Domain == domain && c.Level >= 1 && c.Level <= 4 {
			n[c.Level-1] += c.Count
		}
	}
	return n
}

// four writes four numbers as they are typed.
func four(n [4]int) string { return strings.Trim(fmt.Sprint(n), "[]") }

// parseFour reads four numbers with anything between them; decimals have a comma or a point.
func parseFour(text string) (n [4]float64, err error) {
	fields := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '/' || r == ';' || r == '-' })
	if len(fields) != len(n) {
		return n, &data.Invalid{Why: whyFour, Got: data.Clean(text, 40)}
	}
	for i, f := range fields {
		if n[i], err = strconv.ParseFloat(strings.ReplaceAll(f, ",", "."), 64); err != nil || !(n[i] >= 0 && n[i] <= 1000) {
			return n, &data.Invalid{Why: whyFour, Got: data.Clean(text, 40)}
		}
	}
	return n, nil
}

func areFour(text string) error {
	_, err := parseFour(text)
	return err
}

// points writes the points of the four levels as they are typed.
func (d desk) points(weights [4]int) string {
	all := make([]string, len(weights))
	for i, w := range weights {
		all[i] = decimal(float64(w) / 100)
	}
	return strings.Join(all, " ")
}

func (d desk) expertFields(p recruit.Procedure) []parts.Field {
	option := func(value string, label words.Key) parts.Option {
		return parts.Option{Value: value, Label: d.S.T(label)}
	}
	var ticked []string
	for _, one := range []struct {
		name string
		on   bool
	}{{"band", p.Pass.Band}, {"ties", p.Pass.Ties}} {
		if one.on {
			ticked = append(ticked, one.name)
		}
	}
	together, outFor, wide := "alone", string(p.OutFor), p.Pass.Error
	if p.Together {
		together = "together"
	}
	if outFor == "" {
		outFor = string(recruit.Everybody)
	}
	if wide == 0 {
		wide = 1
	}
	forms := make([]parts.Option, 4)
	for i := range forms {
		forms[i] = parts.Option{Value: strconv.Itoa(i + 1), Label: strconv.Itoa(i + 1)}
	}
	return []parts.Field{
		{Name: "weights", Label: words.RecruitdeskWeights, Hint: words.RecruitdeskWeightsHint, Need: true, Digits: true, Max: 40, Value: d.points(p.Weights), Check: areFour},
		writtenPointsField(p),
		{Name: "forms", Label: words.RecruitdeskForms, Hint: words.RecruitdeskFormsHint, Kind: parts.Choice, Options: forms, Value: strconv.Itoa(max(1, p.Forms))},
		{Name: "opt", Label: words.RecruitdeskOpt, Kind: parts.Many, Value: strings.Join(ticked, "\n"),
			Options: []parts.Option{option("band", words.RecruitdeskBand), option("ties", words.RecruitdeskTies)}},
		{Name: "error", Label: words.RecruitdeskError, Hint: words.RecruitdeskErrorHint, Kind: parts.Number, Low: 1, High: 2, Value: strconv.FormatFloat(wide, 'f', -1, 64)},
		{Name: "margin", Label: words.RecruitdeskMargin, Hint: words.RecruitdeskMarginHint, Kind: parts.Number, Low: 0, High: 100, Value: strconv.Itoa(p.Margin)},
		{Name: "public", Label: words.RecruitdeskPublic, Hint: words.RecruitdeskPublicHint, Kind: parts.Number, Low: 0, High: 100, Value: strconv.Itoa(p.PublicMax)},
		{Name: "together", Label: words.RecruitdeskStart, Kind: parts.Choice, Value: together,
			Options: []parts.Option{option("together", words.RecruitdeskTogether), option("alone", words.RecruitdeskAlone)}},
		{Name: "credit", Label: words.RecruitdeskCredit, Hint: words.RecruitdeskCreditHint, Kind: parts.Number, Low: 0, High: 3600, Value: strconv.Itoa(p.Credit)},
		{Name: "out_for", Label: words.RecruitdeskOutFor, Hint: words.RecruitdeskOutForHint, Kind: parts.Choice, Value: outFor,
			Options: []parts.Option{option(string(recruit.Everybody), words.RecruitdeskEverybody), option(string(recruit.ThisOne), words.RecruitdeskThisOne)}},
		{Name: "addresses", Label: words.RecruitdeskAddresses, Hint: words.RecruitdeskAddressesHint, Digits: true, Max: 400, Value: strings.Join(p.Addresses, " ")},
	}
}

// kioskField names the field of the PCs.
const kioskField = "kiosks"

// kioskFields let tick the PCs with a key at which the test may be taken, where the house has any.
func kioskFields(p recruit.Procedure, pcs []data.Kiosk) []parts.Field {
	if len(pcs) == 0 {
		return nil
	}
	options := make([]parts.Option, len(pcs))
	for i, k := range pcs {
		options[i] = parts.Option{Value: k.ID, Label: k.Name + " (" + k.Location + ")"}
	}
	return []parts.Field{{Name: kioskField, Label: words.RecruitdeskKiosks, Hint: words.RecruitdeskKiosksHint, Kind: parts.Many, Options: options, Value: strings.Join(p.Kiosks, "\n")}}
}

// keepingFields say why and how long everything is kept.
func (d desk) keepingFields(p recruit.Procedure) []parts.Field {
	return []parts.Field{
		{Name: "purpose", Label: words.RecruitdeskPurpose, Hint: words.RecruitdeskPurposeHint, Max: longestLine, Value: p.Purpose},
		{Name: "keep", Label: words.RecruitdeskKeep, Hint: words.RecruitdeskKeepHint, Kind: parts.Number, Need: true, Low: 1, High: 120, Value: strconv.Itoa(p.Keep)},
	}
}

// mastered takes over what the expert filled in.
func (d desk) mastered(p recruit.Procedure, f parts.Form) (recruit.Procedure, error) {
	domains := p.Blueprint.Domains()
	p.Blueprint, p.Pass.Parts = quiz.Blueprint{}, map[string]int{}
	for _, domain := range domains {
		n, err := parseFour(f.Value("cells " + domain))
		if err != nil {
			return p, underField(err, "cells "+domain)
		}
		for i, count := range n {
			p.Blueprint.Cells = append(p.Blueprint.Cells, quiz.Cell{Domain: domain, Level: i + 1, Count: int(count)})
		}
		if mark := whole(f.Value("mark " + domain)); mark > 0 {
			p.Pass.Parts[domain] = mark
		}
	}
	if err := fillWritten(&p, f); err != nil {
		return p, err
	}
	weights, err := parseFour(f.Value("weights"))
	if err != nil {
		return p, underField(err, "weights")
	}
	for i, w := range weights {
		p.Weights[i] = int(w*100 + 0.5)
	}
	p.Pass.Band, p.Pass.Ties = false, false
	for _, name := range f.Values("opt") {
		p.Pass.Band, p.Pass.Ties = p.Pass.Band || name == "band", p.Pass.Ties || name == "ties"
	}
	p.Pass.Error, _ = strconv.ParseFloat(f.Value("error"), 64) // the store refuses what is out of range
	p.Forms, p.Margin, p.PublicMax, p.Credit, p.Keep = whole(f.Value("forms")), whole(f.Value("margin")), whole(f.Value("public")), whole(f.Value("credit")), whole(f.Value("keep"))
	p.Together, p.OutFor = f.Value("together") == "together", recruit.Scope(f.Value("out_for"))
	p.Addresses, p.Purpose = strings.Fields(strings.ReplaceAll(f.Value("addresses"), ",", " ")), f.Value("purpose")
	return p, nil
}

func underField(err error, field string) error {
	var bad *data.Invalid
	if errors.As(err, &bad) {
		return &data.Invalid{Field: field, Why: bad.Why, Want: bad.Want, Got: bad.Got}
	}
	return err
}

// ruled shows what the expert set, after the opening.
func (d desk) ruled(p recruit.Procedure) shell.Screen {
	return d.shown(p.Title, func() (all []shownFact) {
		for _, domain := range p.Blueprint.Domains() {
			all = append(all, shownFact{d.Tests.DomainTitle(domain), d.S.T(words.RecruitdeskCellsAre, "levels", four(levels(p.Blueprint, domain)), "mark", p.Pass.Parts[domain])})
		}
		yes := map[bool]words.Key{true: words.RecruitdeskYes, false: words.RecruitdeskNo}
		start, out := words.RecruitdeskAlone, words.RecruitdeskEverybody
		if p.Together {
			start = words.RecruitdeskTogether
		}
		if p.OutFor == recruit.ThisOne {
			out = words.RecruitdeskThisOne
		}
		where := strings.Join(p.Addresses, " ")
		if n := len(p.Kiosks); n > 0 {
			where = strings.TrimSpace(where + " " + d.S.T(words.RecruitdeskKioskCount, "n", n))
		}
		if where == "" {
			where = d.S.T(words.RecruitdeskAnywhere)
		}
		return append(all, shownFact{d.S.T(words.RecruitdeskWeights), d.points(p.Weights)}, shownFact{d.S.T(words.RecruitdeskForms), strconv.Itoa(p.Forms)},
			shownFact{d.S.T(words.RecruitdeskBand), d.S.T(yes[p.Pass.Band])}, shownFact{d.S.T(words.RecruitdeskTies), d.S.T(yes[p.Pass.Ties])}, shownFact{d.S.T(words.RecruitdeskByHand), d.writtenIs(p)},
			shownFact{d.S.T(words.RecruitdeskStart), d.S.T(start)}, shownFact{d.S.T(words.RecruitdeskCredit), strconv.Itoa(p.Credit)}, shownFact{d.S.T(words.RecruitdeskOutFor), d.S.T(out)},
			shownFact{d.S.T(words.RecruitdeskAddresses), where}, shownFact{d.S.T(words.RecruitdeskPurpose), p.Purpose}, shownFact{d.S.T(words.RecruitdeskKeep), strconv.Itoa(p.Keep)})
	})
}
