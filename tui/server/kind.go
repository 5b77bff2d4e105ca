package server

import (
	"slices"

	"digibrug/data"
)

// Kind is a kind of visitor. A listener admits some of them, so that the network of the public rooms never meets a
// log-in of staff.
type Kind string

// The kinds of visitors.
const (
	Staff     Kind = "staff"     // accounts, and paper codes for who works here
	Candidate Kind = "candidate" // paper codes for a test at recruitment
	Kiosk     Kind = "kiosk"     // keys of kiosk PCs; a paper code that is typed there follows the kiosk
)

// Kinds gives all kinds.
func Kinds() []Kind { return []Kind{Staff, Candidate, Kiosk} }

// kindOf is what kind of visitor somebody is at the door itself.
func kindOf(id data.Identity) Kind {
	switch {
	case id.CodeID != "" && id.Journey.Kind == data.JourneyRecruitment:
		return Candidate
	case id.CodeID == "" && id.KioskID != "":
		return Kiosk
	}
	return Staff
}

// admits tells whether the listener of this connection lets a kind of visitor in. A listener of which nothing was
// said lets in all.
func (w *wire) admits(k Kind) bool { return len(w.kinds) == 0 || slices.Contains(w.kinds, k) }
