// Package practice is the room where anybody tries questions and reads at once why an answer is right, and the short
// placement that says which course fits. It keeps nothing: what somebody answers lives as long as the screen, and no row
// about a person is written.
package practice

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"

	"digibrug/quiz"
	"digibrug/tui/page"
	"digibrug/tui/shell"
)

// Room is the room's name in the palette and on a kiosk.
const Room shell.Room = "practice"

// Desk is what the room works with.
type Desk struct {
	// Pool gives the banks that may be practised. What is in an open recruitment is not among it.
	Pool func(ctx context.Context) ([]quiz.Bank, error)
	// Offers gives the courses that somebody from outside can follow, with what Paths names them by.
	Offers func(ctx context.Context) ([]Offer, error)
	// Enrol opens where people enrol; nil: only the desk can.
	Enrol func(*shell.Session) shell.Screen
	// Seed gives the chance of a round; nil: nobody can foresee it.
	Seed func() int64
	// Citizens leaves only the banks that were written for citizens.
	Citizens bool
}

func (d Desk) seed() int64 {
	if d.Seed == nil {
		return rand.Int64()
	}
	return d.Seed()
}

// banks gives those of the pool that show here.
func (d Desk) banks(ctx context.Context) ([]quiz.Bank, error) {
	all, err := d.Pool(ctx)
	if err != nil {
		return nil, err
	}
	own := forCitizens(all)
	if d.Citizens {
		return own, nil
	}
	rest := slices.DeleteFunc(slices.Clone(all), func(b quiz.Bank) bool { return b.Audience == quiz.ForCitizens })
	return append(rest, own...), nil
}

// forCitizens gives the banks for citizens in the order in which Paths has their domains, which is that in which people
// learn; those of the house come after them.
func forCitizens(all []quiz.Bank) (own []quiz.Bank) {
	for _, b := range all {
		if b.Audience == quiz.ForCitizens {
			own = append(own, b)
		}
	}
	paths := Paths()
	place := func(b quiz.Bank) int {
		if i := slices.IndexFunc(paths, func(p Path) bool { return p.Domain == b.Domain }); i >= 0 {
			return i
		}
		return len(paths)
	}
	slices.SortStableFunc(own, func(a, b quiz.Bank) int { return cmp.Compare(place(a), place(b)) })
	return own
}

// room is what the screens share.
type room struct {
	page.Page
	desk Desk
}
