package recruit

import "digibrug/quiz"

// Preset names a way to set up a procedure.
type Preset string

// The presets.
const (
	PresetSmall Preset = "small" // kleine procedure: six candidates on one afternoon
	PresetLarge Preset = "large" // a longer test over some days
)

// Presets lists the presets, the simplest first.
func Presets() []Preset { return []Preset{PresetSmall, PresetLarge} }

// plain is what presets share: one fixed form, points on 20, half of the points in total and of every part, one point an
// item, five minutes of credit for cut lines, everybody at once.
func plain(domains []string, per int) Details {
	d := Details{Language: "nl", Weights: [4]int{100, 100, 100, 100}, Forms: 1, OnPoints: 20, Pass: Rule{Total: 50, Parts: map[string]int{}},
		Together: true, Credit: 300, OutFor: Everybody, PublicMax: 50, Keep: 6}
	for _, domain := range domains {
		d.Pass.Parts[domain] = 50
		for level := 1; level <= 4; level++ {
			d.Blueprint.Cells = append(d.Blueprint.Cells, quiz.Cell{Domain: domain, Level: level, Count: per})
		}
	}
	return d
}

// share is how many items of a level and domain there are where the test has about so many in all: from 1 to most.
func share(total, domains, most int) int { return max(1, min(most, total/(4*max(1, domains)))) }

// Of sets up a procedure by a preset. domains are those that the job asks for, in the order in which they are asked; day is
// the day of the test, YYYY-MM-DD. What is said of the vacancy, place and purpose is left to the recruiter; Checklist asks.
//
//   - small: about 36 items, at most three of each of the levels 1 to 4 in a domain; 45 minutes, that day from 13:00 to 17:00;
//   - large: about 80, at most five of each; 90 minutes, five days from that day on, from 8:30 to 17:00, each candidate alone.
//
// An unknown preset is the small one.
func (p Preset) Of(domains []string, day string) Details {
	if p == PresetLarge {
		d := plain(domains, share(80, len(domains), 5))
		d.Minutes, d.Together = 90, false
		d.Days = Days{From: day, Until: daysAfter(day, 4), Open: 8*60 + 30, Close: 17 * 60}
		return d
	}
	d := plain(domains, share(36, len(domains), 3))
	d.Minutes = 45
	d.Days = Days{From: day, Until: day, Open: 13 * 60, Close: 17 * 60}
	return d
}
