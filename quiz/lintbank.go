package quiz

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Thresholds for a bank as a whole. With fewer items than lintMin a share says nothing.
const (
	lintMin        = 8
	lintLevelMin   = 6
	lintPlaceShare = 0.5 // of keys in one place; of three or four options by luck a quarter to a third
	lintTrueShare  = 0.7
	lintLongShare  = 0.5  // by luck it is a quarter to a third
	lintLonger     = 1.2  // how many times the next longest a key is when it stands out
	lintMenuShare  = 0.15 // of items of which the key is the name of a menu or button
)

// menuName matches an answer that is a name of the screen and nothing else, in quotes, or a place among menus.
var menuName = regexp.MustCompile(`^['"‘’“”][^'"‘’“”]+['"‘’“”]$|^(via|in|onder|op) (het|de) (menu|lint|tabblad|knop)\b`)

// lintCount is what lintShares counts.
type lintCount struct {
	unshuffled, written  [maxOptions]int // keys of single choices, by place
	singles, longest     int
	truths, trues, names int
	levels               [5]int
}

func (c *lintCount) add(it Item) {
	if it.Level >= 1 && it.Level <= 4 {
		c.levels[it.Level]++
	}
	if it.keyIsName() {
		c.names++
	}
	key := slices.IndexFunc(it.Options, func(o Option) bool { return o.Right })
	switch {
	case it.Kind == KindTrueFalse && it.True != nil:
		if c.truths++; *it.True {
			c.trues++
		}
	case it.Kind == KindSingle && key >= 0 && key < maxOptions:
		if c.singles++; it.keyStandsOut(key) {
			c.longest++
		}
		if c.written[key]++; !it.Shuffle {
			c.unshuffled[key]++
		}
	}
}

// lintShares looks at a bank as a whole.
func (b Bank) lintShares(n note) {
	var c lintCount
	for _, it := range b.Items {
		c.add(it.Vary(0))
	}
	warn := func(rule Rule, detail string) { n(rule, detail, true) }
	for _, places := range [][maxOptions]int{c.unshuffled, c.written} { // papers and exports keep the written order
		if total := sumOf(places[:]); total >= lintMin && share(slices.Max(places[:]), total) > lintPlaceShare {
			warn(RuleKeyPlace, strings.Trim(fmt.Sprint(places), "[]"))
			break
		}
	}
	if c.truths >= lintMin && share(max(c.trues, c.truths-c.trues), c.truths) > lintTrueShare {
		warn(RuleTrueFalse, fmt.Sprintf("%d/%d", c.trues, c.truths))
	}
	if c.singles >= lintMin && share(c.longest, c.singles) > lintLongShare {
		warn(RuleLongestKey, fmt.Sprintf("%d/%d", c.longest, c.singles))
	}
	if all := len(b.Items); all >= lintMin && share(c.names, all) > lintMenuShare {
		warn(RuleMenuNames, fmt.Sprintf("%d/%d", c.names, all))
	}
	for level := 1; level <= 4; level++ {
		if c.levels[level] < lintLevelMin {
			warn(RuleLevelCount, fmt.Sprintf("%d:%d", level, c.levels[level]))
		}
	}
}

func share(part, whole int) float64 { return float64(part) / float64(whole) }

func sumOf(all []int) (sum int) {
	for _, n := range all {
		sum += n
	}
	return sum
}

// keyIsName tells whether knowing a name on the screen is all that the item asks.
func (it Item) keyIsName() bool {
	for _, key := range it.keyTexts() {
		if menuName.MatchString(strings.ToLower(strings.TrimSpace(key))) {
			return true
		}
	}
	return false
}

// keyTexts lists the texts that are right: of options, or accepted.
func (it Item) keyTexts() []string {
	keys := slices.Clone(it.Accept)
	for _, o := range it.Options {
		if o.Right {
			keys = append(keys, o.Text)
		}
	}
	return keys
}

// keyStandsOut tells whether the option at key is clearly longer than every other.
func (it Item) keyStandsOut(key int) bool {
	n := float64(utf8.RuneCountInString(it.Options[key].Text))
	for i, o := range it.Options {
		if i != key && n < lintLonger*float64(utf8.RuneCountInString(o.Text)) {
			return false
		}
	}
	return true
}
