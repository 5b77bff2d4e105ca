package courses

import (
	"slices"
	"time"
)

// Waiter is somebody on the waiting list of a series, as the rule of moving up sees it.
type Waiter struct {
	ID       string // of the enrolment
	Priority int    // higher goes first
	Queued   time.Time
	Pair     string // shared by two who only come together; empty: alone
	Taken    string // code of another series that the person has at that time; empty: none
}

// PassWhy says why somebody gets no seat while another one does, or while one is free.
type PassWhy string

// Why somebody gets no seat.
const (
	PassNoSeat PassWhy = "no_seat" // there is none
	PassPair   PassWhy = "pair"    // two wait together, and one seat is left
	PassTaken  PassWhy = "taken"   // has another lesson at that time
	PassShut   PassWhy = "shut"    // the series gives no seats by itself any more
)

// Passed is one who gets no seat, and why.
type Passed struct {
	ID  string
	Why PassWhy
}

// InTurn gives waiters in the order in which they get seats: by priority, then by time, then by id. Two who wait together
// stand where the later of them does, next to one another.
func InTurn(all []Waiter) []Waiter {
	all = slices.Clone(all)
	turn := map[string]Waiter{} // pair → the place of both
	for _, w := range all {
		if w.Pair == "" {
			continue
		}
		if last, is := turn[w.Pair]; !is || before(last, w) {
			turn[w.Pair] = w
		}
	}
	place := func(w Waiter) Waiter {
		if w.Pair == "" {
			return w
		}
		return turn[w.Pair]
	}
	slices.SortFunc(all, func(a, b Waiter) int {
		switch pa, pb := place(a), place(b); {
		case before(pa, pb):
			return -1
		case before(pb, pa):
			return 1
		}
		return cmpText(a.ID, b.ID)
	})
	return all
}

func before(a, b Waiter) bool {
	switch {
	case a.Priority != b.Priority:
		return a.Priority > b.Priority
	case !a.Queued.Equal(b.Queued):
		return a.Queued.Before(b.Queued)
	}
	return a.ID < b.ID
}

// MoveUp says who gets the free seats, in turn, and why each of the others doesn't. Nobody is passed but who can't have a
// seat: somebody who has another lesson then, or two who come together when one seat is left.
func MoveUp(waiting []Waiter, free int, shut ShutWhy) (up []string, passed []Passed) {
	waiting = InTurn(waiting)
	for at := 0; at < len(waiting); {
		group := 1
		for waiting[at].Pair != "" && at+group < len(waiting) && waiting[at+group].Pair == waiting[at].Pair {
			group++
		}
		why := passWhy(waiting[at:at+group], free, shut)
		for _, w := range waiting[at : at+group] {
			if why == "" {
				up = append(up, w.ID)
				free--
			} else {
				passed = append(passed, Passed{w.ID, why})
			}
		}
		at += group
	}
	return up, passed
}

func passWhy(group []Waiter, free int, shut ShutWhy) PassWhy {
	switch {
	case shut != "":
		return PassShut
	case free == 0:
		return PassNoSeat
	case slices.ContainsFunc(group, func(w Waiter) bool { return w.Taken != "" }):
		return PassTaken
	case len(group) > free:
		return PassPair
	}
	return ""
}
