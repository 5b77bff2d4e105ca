package practice_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/practice"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
)

var keys = screentest.Keys

// bank has three questions at each of three levels; the first option is right.
func bank(domain, title string, whom quiz.Audience) quiz.Bank {
	b := quiz.Bank{ID: domain, Language: "nl", Domain: domain, Title: title, Audience: whom}
	for level := 1; level <= 3; level++ {
		for n := range 3 {
			b.Items = append(b.Items, quiz.Item{ID: fmt.Sprintf("%s-%d%d", domain, level, n), Version: 1, Kind: quiz.KindSingle, Domain: domain, Level: level,
				Stem: fmt.Sprintf("%s, niveau %d: welke toets begint een nieuwe regel? (%d)", title, level, n+1), Status: quiz.StatusReviewed,
				Options: []quiz.Option{{Text: "De toets Enter", Right: true, Why: "Enter begint een nieuwe regel."}, {Text: "De toets Esc", Why: "Met Esc stopt u iets."}},
				Why:     "Enter is een grote toets rechts."})
		}
	}
	return b
}

func citizens() []quiz.Bank {
	return []quiz.Bank{bank("home-computer", "De computer", quiz.ForCitizens), bank("home-internet", "Internet", quiz.ForCitizens),
		bank("home-mail", "E-mail", quiz.ForCitizens)}
}

func offers() []practice.Offer {
	begins := time.Date(2026, 12, 7, 13, 0, 0, 0, time.UTC)
	return []practice.Offer{
		{Code: "muis-en-toetsen", Title: "De computer, muis en toetsen", Domain: "windows", Level: 1, Series: "26-014", Begins: begins, Where: "Bib Zonnedorp", Free: 5},
		{Code: "internet-verkennen", Title: "Op weg op het internet", Domain: "internet", Level: 1},
		{Code: "mails", Title: "Mailen voor beginners", Domain: "mail", Level: 1, Series: "26-020", Begins: begins, Where: "Bib Zonnedorp", Free: 1},
	}
}

// desk has banks for citizens and one for staff.
func desk(kiosk bool) practice.Desk {
	d := practice.Desk{
		Pool: func(context.Context) ([]quiz.Bank, error) { // in no order that means something
			all := append(citizens(), bank("sheets", "Rekenblad", quiz.ForStaff))
			slices.Reverse(all[:3])
			return all, nil
		},
		Offers:   func(context.Context) ([]practice.Offer, error) { return offers(), nil },
		Seed:     func() int64 { return 7 },
		Citizens: kiosk,
	}
	if kiosk {
		d.Enrol = func(s *shell.Session) shell.Screen { return practice.New(s, d) }
	}
	return d
}

// open shows the room, at a kiosk in a language or for who works here, after keys.
func open(t testing.TB, kiosk bool, lang string, w, h int, names ...string) *screentest.Screen {
	t.Helper()
	who := data.Identity{AccountID: "a", Name: "Ann Peeters", Roles: []data.Role{data.RoleStaff}, Language: lang}
	if kiosk {
		who = data.Identity{KioskID: "k", Name: "bib", Language: lang}
	}
	s := screentest.Session(t, who)
	s.Bare = kiosk
	return screentest.Show(t, practice.New(s, desk(kiosk)), w, h, keys(names...)...)
}

func pages(t *testing.T, kiosk bool, names ...string) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen { return open(t, kiosk, "nl", w, h, names...) })
}
