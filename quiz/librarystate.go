package quiz

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"digibrug/data"
)

// Codes for what can be wrong with what is put in the library.
const (
	WhyShipped   data.Why = "quiz.shipped"    // the id is one of the program's own
	WhyElsewhere data.Why = "quiz.elsewhere"  // the id belongs to an item of bank Want
	WhyOtherBank data.Why = "quiz.other_bank" // the bank that is here has Want
	WhyFull      data.Why = "quiz.full"       // there would be Got items, of at most Want
	WhyVersions  data.Why = "quiz.versions"   // the item has as many versions as it can have, Want
)

// May tells whether people may put an item from one state into another by a word of theirs. A draft becomes reviewed by
// a review only. The text of a shipped item isn't ours to change, so it is never a draft.
func (s Status) May(to Status, local bool) bool {
	next := map[Status][]Status{
		StatusReviewed: {StatusInUse, StatusRetired, StatusDraft},
		StatusInUse:    {StatusRetired, StatusDraft},
		StatusRetired:  {StatusInUse, StatusDraft},
	}
	return slices.Contains(next[s], to) && (local || to != StatusDraft)
}

// minSample is the fewest drafts of a review in bulk that are read.
const minSample = 5

// SampleSize is how many of n drafts a reviewer reads before all are approved: the square root, rounded up, and at least
// five, or all where there are fewer.
func SampleSize(n int) int {
	return min(max(0, n), max(minSample, int(math.Ceil(math.Sqrt(float64(n))))))
}

// ImportWhat says what an import does with an item.
type ImportWhat string

// What an import does.
const (
	ImportNew     ImportWhat = "new"     // becomes a draft
	ImportChanged ImportWhat = "changed" // becomes a new version, a draft
	ImportSame    ImportWhat = "same"    // stays as it is
)

// ImportLine is what an import does with one item.
type ImportLine struct {
	ID      string     `json:"id"`
	What    ImportWhat `json:"what"`
	Version int        `json:"version"` // that it gets, or has
}

// ImportPlan is what an import does, or did.
type ImportPlan struct {
	Bank    string       `json:"bank"`
	NewBank bool         `json:"new_bank"`
	Lines   []ImportLine `json:"items"` // in the order of the input
	Left    []string     `json:"left"`  // ids of the bank that the input doesn't have: they stay as they are
}

// Count counts the items with which an import does something.
func (p ImportPlan) Count(what ImportWhat) (n int) {
	for _, line := range p.Lines {
		if line.What == what {
			n++
		}
	}
	return n
}

// newest is the newest version of an item that is here, as a plan compares it.
type newest struct {
	bank    string
	version int
	sum     string
}

// plan says what the import of a bank, which passes Check, does. head is the bank that is here, nil where there is none;
// here are the newest versions of all local items; shipped gives the bank of each shipped item.
func (b Bank) plan(head *Bank, here map[string]newest, shipped map[string]string) (ImportPlan, Problems) {
	var p Problems
	plan := ImportPlan{Bank: b.ID, NewBank: head == nil, Lines: []ImportLine{}, Left: []string{}}
	if head != nil {
		if head.Language != b.Language {
			p.add("language", WhyOtherBank, head.Language, b.Language)
		}
		if head.Domain != b.Domain {
			p.add("domain", WhyOtherBank, head.Domain, b.Domain)
		}
		if head.Audience != b.Audience {
			p.add("audience", WhyOtherBank, string(head.Audience), string(b.Audience))
		}
	}
	mine := map[string]bool{}
	for i, it := range b.Items {
		mine[it.ID] = true
		old, known := here[it.ID]
		line := ImportLine{ID: it.ID, What: ImportNew, Version: 1}
		switch {
		case shipped[it.ID] != "":
			p.add(at("items", i)+".id", WhyShipped, "", it.ID)
		case known && old.bank != b.ID:
			p.add(at("items", i)+".id", WhyElsewhere, old.bank, it.ID)
		case known && old.sum == textSum(it):
			line.What, line.Version = ImportSame, old.version
		case known && old.version >= maxVersion:
			p.add(at("items", i)+".version", WhyVersions, strconv.Itoa(maxVersion), strconv.Itoa(old.version))
		case known:
			line.What, line.Version = ImportChanged, old.version+1
		}
		plan.Lines = append(plan.Lines, line)
	}
	for id, old := range here {
		if old.bank == b.ID && !mine[id] {
			plan.Left = append(plan.Left, id)
		}
	}
	slices.Sort(plan.Left)
	if n := len(plan.Lines) + len(plan.Left); n > MaxItems {
		p.add("items", WhyFull, fmt.Sprint(MaxItems), fmt.Sprint(n))
	}
	return plan, p
}

// sortVersions puts the newest version first.
func sortVersions(all []Version) {
	slices.SortFunc(all, func(a, b Version) int { return b.Item.Version - a.Item.Version })
}
