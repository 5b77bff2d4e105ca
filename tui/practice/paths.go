package practice

import (
	"slices"
	"time"
)

// Offer is a course as advice names it.
type Offer struct {
	Code, Title string
	Domain      string // as the catalogue has it
	Level       int    // 1 to 4
	Series      string // code of the next series that has seats; empty: none now
	Begins      time.Time
	Where       string
	Free        int // seats
}

// Path says which course fits somebody who reached a level of a domain for citizens.
type Path struct {
	Domain    string // of the bank
	UpTo      int    // the level that was reached, at most
	Course    string // code in the catalogue
	Else      string // domain of the catalogue, of which another course of ElseLevel does; empty: none does
	ElseLevel int
}

// Paths leads from the banks for citizens to the model catalogue, in the order in which people take the courses. The
// first path of a domain that fits holds.
func Paths() []Path {
	return []Path{
		{Domain: "home-computer", UpTo: 0, Course: "muis-en-toetsen", Else: "windows", ElseLevel: 1},
		{Domain: "home-computer", UpTo: 1, Course: "bestanden-en-mappen", Else: "windows", ElseLevel: 2},
		{Domain: "home-internet", UpTo: 1, Course: "internet-verkennen", Else: "internet", ElseLevel: 1},
		{Domain: "home-mail", UpTo: 1, Course: "e-mail-starten", Else: "mail", ElseLevel: 1},
		{Domain: "home-safety", UpTo: 1, Course: "veilig-online", Else: "safety", ElseLevel: 2},
		{Domain: "home-safety", UpTo: 2, Course: "online-bankieren"},
		{Domain: "home-government", UpTo: 2, Course: "overheid-online"},
	}
}

const adviceMost = 3 // courses that are named

// Advise gives the courses that fit, the one to begin with first. more tells that a domain asks for a course that the
// house doesn't have.
func Advise(reached []Reached, paths []Path, offers []Offer) (fit []Offer, more bool) {
	for _, r := range reached {
		i := slices.IndexFunc(paths, func(p Path) bool { return p.Domain == r.Domain && r.Level <= p.UpTo })
		if i < 0 {
			continue
		}
		o, found := paths[i].course(offers)
		switch {
		case !found:
			more = true
		case len(fit) < adviceMost && !slices.ContainsFunc(fit, func(f Offer) bool { return f.Code == o.Code }):
			fit = append(fit, o)
		}
	}
	return fit, more
}

func (p Path) course(offers []Offer) (Offer, bool) {
	i := slices.IndexFunc(offers, func(o Offer) bool { return o.Code == p.Course })
	if i < 0 {
		i = slices.IndexFunc(offers, func(o Offer) bool { return o.Domain == p.Else && o.Level == p.ElseLevel })
	}
	if i < 0 {
		return Offer{}, false
	}
	return offers[i], true
}
