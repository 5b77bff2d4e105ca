package reading

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"digibrug/tui/parts"
	"digibrug/tui/shell"
	"digibrug/tui/words"
)

// page is what shows as lines to be read: the name, the body with a number before what can be chosen, the keys that are
// left with the numbers that follow, and what the program has to say, which comes last because it is heard last.
type page struct {
	lines []string
	texts []string // of the body what is no choice: as long as it stands there, it is the same page
}

func (r Reader) page(s shell.Shown) (p page) {
	if s.Title != "" {
		p.lines = append(p.lines, r.t(words.ReadingPage, "title", s.Title))
		p.texts = append(p.texts, s.Title)
	}
	numbers := map[int]int{}
	for n, spot := range s.Spots {
		numbers[spot.Y] = n + 1
	}
	for y, line := range s.Lines {
		text := spoken(line)
		if n, is := numbers[y]; is {
			p.lines = append(p.lines, r.t(words.ReadingChoice, "n", n, "text", text))
		} else if text != "" && !slices.Contains(blanks, text) {
			p.lines, p.texts = append(p.lines, text), append(p.texts, text)
		}
	}
	for i, act := range s.Keys {
		if !act.Everywhere {
			p.lines = append(p.lines, r.t(words.ReadingKey, "n", len(s.Spots)+i+1, "key", act.Cap, "does", act.Does))
		}
	}
	p.lines = append(p.lines, s.Told...)
	return p
}

func (r Reader) t(key words.Key, args ...any) string { return words.T(r.visit.Lang(), key, args...) }

// blanks are lines for what is typed, with nothing on them yet: a line of a text, what a list is searched for.
var blanks = []string{"[]", "/", ">"}

var gaps = regexp.MustCompile(` {2,}`)

// spoken is a drawn line as it is read aloud: without what is only drawn, and with a comma where columns have a gap.
func spoken(line string) string {
	line = strings.Map(func(c rune) rune {
		switch {
		case c >= 0x2500 && c <= 0x259f, c == '►', c == '·': // frames, bars, the sign of what is chosen
			return ' '
		case unicode.IsControl(c):
			return -1
		}
		return c
	}, line)
	line = strings.TrimSpace(line)
	if strings.HasPrefix(line, "[") && strings.HasSuffix(line, "]") { // a field is padded to its width
		line = "[" + strings.TrimSpace(line[1:len(line)-1]) + "]"
	}
	return gaps.ReplaceAllString(line, ", ")
}

// news is what of a page was not said yet. Where a text has gone it is another page, and all of it is: the options of the
// next question may look like those of the one before.
func (p page) news(said page) (fresh []string) {
	for _, text := range said.texts {
		if !slices.Contains(p.texts, text) {
			return p.lines
		}
	}
	had := map[string]int{}
	for _, line := range said.lines {
		had[line]++
	}
	for _, line := range p.lines {
		if had[line]--; had[line] < 0 {
			fresh = append(fresh, line)
		}
	}
	return fresh
}

// prompt is what stands before the line that is being typed.
func (r Reader) prompt() string {
	switch r.asking.kind {
	case askText, askLines:
		return parts.Plain(r.asking.place.Label) + ": "
	case askOption, askCarry:
		return r.t(words.ReadingNumber) + " "
	}
	return r.t(words.ReadingPrompt) + " "
}

// question is what the next line answers, with what can be chosen.
func (r Reader) question() (lines []string) {
	p := r.asking.place
	label := parts.Plain(p.Label)
	switch r.asking.kind {
	case askText:
		now := p.Value
		if p.Hidden || now == "" {
			lines = append(lines, r.t(words.ReadingText, "label", label))
		} else {
			lines = append(lines, r.t(words.ReadingTextNow, "label", label, "now", now))
		}
		if p.Hidden && r.say != nil {
			lines = append(lines, r.t(words.ReadingOpenly))
		}
	case askLines:
		lines = append(lines, r.t(words.ReadingLines, "label", label))
		if p.Value != "" {
			lines = append(lines, strings.Split(p.Value, "\n")...)
		}
	case askOption, askCarry:
		ask := words.ReadingOption
		if r.asking.kind == askCarry {
			ask = words.ReadingCarry
		}
		lines = append(lines, r.t(ask, "label", label))
		for i, option := range p.Options {
			lines = append(lines, r.t(words.ReadingChoice, "n", strconv.Itoa(i+1), "text", option))
		}
	}
	return lines
}
