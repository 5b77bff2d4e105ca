package quiz

import (
	"fmt"
	"slices"
	"strings"

	"digibrug/data"
)

// Bank is a set of items about one domain in one language, as one YAML file holds it.
type Bank struct {
	ID       string // lower case letters, digits, hyphens
	Language string // nl, en or fr
	Domain   string // code of the domain; that of every item
	Title    string // for people, in Language
	Audience Audience
	Items    []Item
	Waive    []Waiver // what lint would find of the bank as a whole and need not

	Lines map[string]int `json:"-"` // line in the file, from 1, where an item begins, by item id; nil unless parsed
}

// Audience says whose knowledge a bank measures. The zero value is staff.
type Audience string

// The audiences.
const (
	ForStaff    Audience = ""        // the kennismeting and recruitment draw from it
	ForCitizens Audience = "citizen" // only to practise, and to find a course that fits
)

// Languages lists the languages in which a bank can be written.
func Languages() []string { return []string{"nl", "en", "fr"} }

// Limits on bank files.
const (
	MaxBankBytes = 5 << 20
	MaxItems     = 5000

	maxMarks    = 300_000 // bound on YAML nodes, so that a small file can't fill the memory
	maxProblems = 500     // that are listed
)

// Check tells everything that is wrong with a bank: nil, or Problems. Fields of items are named
// "items[3].stem", counted from 1.
func (b Bank) Check() error {
	p := b.head()
	ids := map[string]bool{}
	for i, it := range b.Items {
		for _, one := range it.problems() {
			one.Field = at("items", i) + "." + one.Field
			p = append(p, one)
		}
		p.whole(at("items", i)+".variant", it.Variant, 0, 0) // a bank has families, not what is made of them
		if it.Domain != b.Domain {
			p.add(at("items", i)+".domain", WhyDomain, b.Domain, it.Domain)
		}
		if it.ID != "" && ids[it.ID] {
			p.add(at("items", i)+".id", data.WhyTwice, "", it.ID)
		}
		ids[it.ID] = true
	}
	return p.err()
}

// head checks all but the items themselves.
func (b Bank) head() Problems {
	var p Problems
	p.code("bank", b.ID)
	if !slices.Contains(Languages(), b.Language) {
		p.add("language", data.WhyNotOneOf, strings.Join(Languages(), ", "), b.Language)
	}
	p.code("domain", b.Domain)
	p.line("title", b.Title, MaxName)
	if b.Audience != ForStaff && b.Audience != ForCitizens {
		p.add("audience", data.WhyNotOneOf, string(ForCitizens), string(b.Audience))
	}
	p.waivers(b.Waive)
	if n := len(b.Items); n < 1 || n > MaxItems {
		p.add("items", WhyCount, fmt.Sprintf("1–%d", MaxItems), fmt.Sprint(n))
	}
	return p
}

// ParseBank reads a bank file; name is the file's, for the error only. Its error wraps Problems: all
// that is wrong with the file, each with line and column, in the order of the file, at most some
// hundreds. A file that is too big, is no UTF-8 or is no YAML gives one problem only, at the place where
// reading stopped. Keys that are not known, keys given twice and YAML aliases are problems. Text may be
// written without quotes whatever it looks like (10, true, 1.3); numbers and true/false may not be quoted.
// Text is stored as data.Clean and data.CleanBlock give it.
func ParseBank(name string, src []byte) (Bank, error) {
	root, problem := readYAML(src)
	if problem != nil {
		return Bank{}, fmt.Errorf("bank %s: %w", name, Problems{problem})
	}
	r := newReader(root)
	b := r.bank(root)
	if len(r.probs) > 0 {
		return Bank{}, fmt.Errorf("bank %s: %w", name, r.sorted())
	}
	return b, nil
}
