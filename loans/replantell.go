package loans

import (
	"cmp"

	"digibrug/data"
)

// ReplanLetter is what one letter about a replan says.
type ReplanLetter struct {
	To  Borrower // the guardian of a minor, and otherwise whose it is; of a household the first of them
	All []Moving
}

// Tells tells whether what somebody was promised is another day or hour now. A booking that only has another device kept
// free for the same days changes nothing for who fetches it, and a day that is over by today (YYYY-MM-DD) is no news for
// who is late.
func (m Move) Tells(today string) bool {
	was, will := m.Was, m.Will
	was.Device, will.Device = "", ""
	return !m.Stuck && was != will && will.To >= today
}

// Calls tells whether somebody must hear of it by telephone: a letter may come too late, or there is nothing to write.
func (m Move) Calls() bool { return m.Stuck || m.Earlier() }

// Letters puts together what goes out as one letter, for a household or a person, in the order of the moves. What lost
// its name has nobody to write to. today is YYYY-MM-DD.
func (p ReplanPlan) Letters(today string) (all []ReplanLetter) {
	at := map[string]int{}
	for _, m := range p.Moves {
		if !m.Tells(today) || m.BorrowerID == "" {
			continue
		}
		whom := cmp.Or(data.SortKey(m.To.Household), "person "+m.To.ID)
		i, known := at[whom]
		if !known {
			i, at[whom] = len(all), len(all)
			all = append(all, ReplanLetter{To: m.To})
		}
		all[i].All = append(all[i].All, m)
	}
	return all
}

// Calls lists whom to call.
func (p ReplanPlan) Calls() (all []Moving) {
	for _, m := range p.Moves {
		if m.Move.Calls() {
			all = append(all, m)
		}
	}
	return all
}
