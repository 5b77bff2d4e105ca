package recruitdesk

import (
	"cmp"
	"strconv"
	"strings"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/tui/parts"
	"digibrug/tui/words"
)

// The fields of open questions: how many of a domain, whose code follows, and their points.
const (
	writtenOf     = "written "
	writtenPoints = "written.points"
)

// usable gives the items of a domain that a test can be drawn from.
func usable(banks []quiz.Bank, domain, language string) (all []quiz.Item) {
	for _, b := range banks {
		if b.Domain != domain || b.Language != language {
			continue
		}
		for _, it := range b.Items {
			if (it.Status == quiz.StatusReviewed || it.Status == quiz.StatusInUse) && it.Level >= 1 && it.Level <= 4 {
				all = append(all, it)
			}
		}
	}
	return all
}

// stock counts what the banks have of a domain, by level.
func stock(banks []quiz.Bank, domain, language string) (n [4]int) {
	for _, it := range usable(banks, domain, language) {
		if it.Kind != quiz.KindOpen {
			n[it.Level-1]++
		}
	}
	return n
}

// written counts the open questions of a domain.
func written(banks []quiz.Bank, domain, language string) (n int) {
	for _, it := range usable(banks, domain, language) {
		if it.Kind == quiz.KindOpen {
			n++
		}
	}
	return n
}

// writtenField asks how many open questions a domain has, where the banks have any.
func (d desk) writtenField(p recruit.Procedure, domain string, stock int) []parts.Field {
	n := p.Written.Counts[domain]
	if stock == 0 && n == 0 {
		return nil
	}
	return []parts.Field{{Name: writtenOf + domain, Label: words.Key(d.S.T(words.RecruitdeskWritten, "domain", d.Tests.DomainTitle(domain), "stock", stock)),
		Hint: words.RecruitdeskWrittenHint, Kind: parts.Number, Low: 0, High: quiz.MaxBlueprint, Value: strconv.Itoa(n)}}
}

func writtenPointsField(p recruit.Procedure) parts.Field {
	return parts.Field{Name: writtenPoints, Label: words.RecruitdeskWrittenPoints, Hint: words.RecruitdeskWrittenPointsHint, Kind: parts.Number, Low: 0, High: 100,
		Value: decimal(float64(cmp.Or(p.Written.Points, recruit.WrittenPoints)) / 100)}
}

// fillWritten takes over what is asked of open questions: people mark where there are any.
func fillWritten(p *recruit.Procedure, f parts.Form) error {
	p.ByHand, p.Written = false, recruit.Written{}
	for _, domain := range p.Blueprint.Domains() {
		if n := whole(f.Value(writtenOf + domain)); n > 0 {
			p.ByHand, p.Written.Counts = true, with(p.Written.Counts, domain, n)
		}
	}
	if !p.ByHand {
		return nil
	}
	points, err := strconv.ParseFloat(f.Value(writtenPoints), 64)
	if err != nil {
		return &data.Invalid{Field: writtenPoints, Why: data.WhyNumber}
	}
	p.Written.Points = int(points*100 + 0.5)
	return nil
}

// with is counts with one more.
func with(counts map[string]int, domain string, n int) map[string]int {
	if counts == nil {
		counts = map[string]int{}
	}
	counts[domain] = n
	return counts
}

// keeps is what is asked of open questions in these domains, and whether any is.
func keeps(old recruit.Written, domains []string) (w recruit.Written, any bool) {
	w.Points = old.Points
	for _, domain := range domains {
		if n := old.Counts[domain]; n > 0 {
			w.Counts, any = with(w.Counts, domain, n), true
		}
	}
	return w, any
}

// writtenIs says how many open questions of what there are: "E-mail en agenda: 1, elk 4 punten".
func (d desk) writtenIs(p recruit.Procedure) string {
	var all []string
	for _, domain := range p.Blueprint.Domains() {
		if n := p.Written.Counts[domain]; n > 0 {
			all = append(all, d.Tests.DomainTitle(domain)+": "+strconv.Itoa(n))
		}
	}
	if len(all) == 0 {
		return d.S.T(words.RecruitdeskNo)
	}
	return d.S.T(words.RecruitdeskWrittenAre, "counts", strings.Join(all, ", "), "points", decimal(float64(p.Written.Points)/100))
}
