package activities_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"digibrug/courses/activity"
	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/tui/screentest"

	tea "charm.land/bubbletea/v2"
)

// into types texts into the fields of a form, one after the other, from the field under the cursor.
func into(texts ...string) (all []tea.Msg) {
	for _, text := range texts {
		all = append(all, screentest.Steps(typed(text), keys("tab"))...)
	}
	return all
}

// written is the form of a child filled in up to the half-days.
func written(given, born, phone string) []tea.Msg {
	return into(given, "Adams", born, "Els Hermans", phone, "opa Jos 0470 11 00 09", "oma Rita", "", "bril")
}

// TestEnrolAtTheDesk writes a child down for two half-days with the keyboard alone, and a brother with what is the same.
func TestEnrolAtTheDesk(t *testing.T) {
	s := quiet(t)
	page := s.as(clerk, keys("enter", "i"), written("Noor", "2018", "0470110001"), keys("down", "space", "tab", "enter"))
	page.Says("Noor Adams is ingeschreven voor 2 halve dagen.", "Wie haalt op ouder, oma Rita", "Let op bril", "ma 21/12 namiddag")
	page.Send(screentest.Steps(keys("z"), into("Sem"), keys("tab"), typed("2020"), keys("tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "enter"))...)
	page.Says("Met 2020 alleen is de leeftijdsgroep niet zeker.")
	page.Send(screentest.Steps(screentest.Clear(), typed("5/2020"), keys("tab", "tab", "tab", "tab", "tab", "tab", "tab", "enter"))...)
	page.Says("Sem Adams is ingeschreven voor 2 halve dagen.", "Geboren in 5/2020", "Els Hermans, 0470110001")
	found, err := s.Children(t.Context(), s.Clerk, "adams", 10)
	if err != nil || len(found) != 2 || found[1].Born != "2020-05" || found[1].Note != "" {
		t.Errorf("got %+v, %v; a note is of one child", found, err)
	}
}

// TestWrongInForm says under each field what is wrong, and keeps what was typed.
func TestWrongInForm(t *testing.T) {
	s := quiet(t)
	page := s.as(clerk, keys("enter", "i"), written("Noor", "3/5/2018", "0470110001"), keys("tab", "enter"))
	page.Says("Schrijf het geboortejaar, zoals 2019")
	page = s.as(clerk, keys("enter", "i"), written("Noor", "2018", "0470"), keys("tab", "enter"))
	page.Says("\"0470\" is geen volledig telefoonnummer.")
	page = s.as(clerk, keys("enter", "i"), written("Noor", "2018", "93051822361"), keys("tab", "enter"))
	page.Says("Dit lijkt een rijksregisternummer")
	page = s.as(clerk, keys("enter", "i"), written("Noor", "2025", "0470110001"), keys("tab", "enter"))
	page.Says("Dit kind is 1 jaar bij het begin.")
	page.Send(keys("esc")...)
	page.Says("Wat u invulde")
	if found, err := s.Children(t.Context(), s.Clerk, "", 10); err != nil || len(found) != 0 {
		t.Errorf("written down: %+v, %v", found, err)
	}
}

// TestFullAndWaiting enrols a known child where it is full, cancels another, and calls who moved up.
func TestFullAndWaiting(t *testing.T) {
	s := busy(t)
	page := s.as(clerk, keys("enter", "k"), typed("noor"), keys("enter", "tab", "enter"))
	page.Says("Dit kind staat dan al op een lijst: Kinderclub kerstweek, ma 21/12/2026 voormiddag (ingeschreven).")
	page = s.as(clerk, keys("enter", "down", "i"), written("Tess", "2018", "0470119999"), keys("space", "tab", "enter"))
	page.Says("Tess Adams is ingeschreven voor 1 halve dag. Op de wachtlijst: ma 21/12 voormiddag (plaats 3).")
	page = s.as(clerk, keys("enter", "enter", "enter", "delete", "down", "enter"))
	page.Says("Uitgeschreven. Bel de ouders van wie nu een plaats heeft: Sem Dockx, Ria Dockx, 0470 11 00 04.")
	page.Send(keys("esc")...)
	page.Says("1 ouder te bellen (toets b).", "Sem Dockx", "2 kinderen wachten (toets w).")
	page.Send(keys("b")...)
	page.Says("heeft nu een plaats")
	page.Send(keys("b")...)
	page.Says("Ria Dockx weet het.", "U moet niemand meer bellen.")
	page.Send(keys("b", "esc", "w", "down", "delete", "down", "enter")...)
	page.Says("Uitgeschreven.", "1 Yara Everaert").Lacks("Tess")
	page.Send(keys("enter")...)
	page.Says("Geboren in 2019", "op de wachtlijst")
	if found, err := s.Check(t.Context(), s.An); err != nil || len(found) > 0 {
		t.Errorf("violated: %v, %v", found, err)
	}
}

// TestAtTheDoor marks with one key each, and only what can follow.
func TestAtTheDoor(t *testing.T) {
	s := morning(t)
	page := s.as(host, keys("enter", "enter", "o"))
	page.Says("Noor Adams is vertrokken.", "weg 11:30")
	page.Send(keys("o", "a", "x", "d")...) // nothing follows on leaving but a step back
	page.Send(keys("t")...)
	page.Says("Noor Adams: de laatste stap is weg.", "hier 09:05")
	page.Send(keys("d", "enter", "tab", "tab", "tab", "enter")...)
	page.Says("Noor Adams is vertrokken.")
	if p := s.place("Noor"); p.LeftHow != activity.WithListed || p.LeftBy != "oma Rita" {
		t.Errorf("left as %+v", p)
	}
	page.Send(keys("t", "d", "right", "right", "tab")...)
	page.Send(screentest.Steps(into("tante An", ""), keys("tab", "enter"))...)
	page.Says("tante An staat niet op de lijst van wie dit kind mag ophalen.")
	page.Send(screentest.Steps(into("mama belde"), into("12.10"), keys("enter"))...)
	page.Says("12:10 kan niet: dat uur moet nog komen")
	page.Send(screentest.Steps(screentest.Clear(), typed("11.20"), keys("tab", "enter"))...)
	page.Says("Noor Adams is vertrokken.", "weg 11:20")
	page.Send(keys("down", "down", "a")...) // Lou was absent
	page.Says("Lou Claes is aangekomen.", "hier 11:30", "Hier: 1. Weg: 2. Afwezig: 0.")
	page.Send(keys("i", "k", "b", "n", "delete")...) // keys of the desk do nothing at the door
	page.Says("Lou Claes").Lacks("Familienaam")
	page.Send(keys("enter", "delete", "w", "z", "g", "i")...)
	page.Says("Geboren in 3/2022").Lacks("Uitschrijven", "Wissen")
	page.Send(keys("esc", "p")...)
	page.Says("De daglijst ligt klaar")
	if len(s.printed) != 1 || s.printed[0] != s.halves[0].ID {
		t.Errorf("printed %v", s.printed)
	}
}

// TestNotYet: before the day nothing can be marked, and the keys aren't there.
func TestNotYet(t *testing.T) {
	s := busy(t)
	page := s.as(clerk, keys("enter", "enter", "a", "x", "o", "t", "d"))
	page.Says("Hier: 0. Weg: 0. Afwezig: 0.").Lacks("Aangekomen")
	if _, err := s.See(t.Context(), s.Clerk, s.place("Noor").ID, activity.Sight{Step: activity.Arrive}); !errors.Is(err, activity.ErrNotYet) {
		t.Errorf("got %v", err)
	}
}

// TestNoRoomInParticular: an activity needs no room of its own, when it is made and when it is changed.
func TestNoRoomInParticular(t *testing.T) {
	s := empty(t)
	page := s.as(planner, keys("n"), typed("Kinderclub kerstweek"), keys("tab", "tab", "tab"), into("21/12/2026", "24/12/2026"), keys("tab", "tab"), typed("12"), keys("tab", "tab", "tab", "enter"))
	page.Says("Kinderclub kerstweek is gemaakt.")
	page.Send(screentest.Steps(keys("w"), screentest.Clear(), typed("Kamp"), keys("tab", "tab", "tab", "tab", "enter"))...)
	page.Says("Bewaard.", "Kamp")
}

// TestPlanAWeek makes a week over Christmas, changes it and cancels a half-day.
func TestPlanAWeek(t *testing.T) {
	s := empty(t)
	page := s.as(planner, keys("n"), typed("Kinderclub kerstweek"), keys("tab", "tab", "right", "tab"), into("21/12/2026", "25/12/2026"),
		keys("tab", "tab"), typed("12"), keys("tab", "tab", "tab", "enter"))
	page.Says("Kinderclub kerstweek is gemaakt. Niet gepland, want gesloten: vr 25/12/2026 (Kerstmis).", "Jeugdhuis De Kade, Speelzaal", "do 24/12 namiddag")
	page.Send(screentest.Steps(keys("u"), screentest.Clear(), typed("8u-13u30"), keys("tab", "tab", "enter"))...)
	page.Says("Dit valt samen met iets anders: 13:00-16:30.")
	page.Send(screentest.Steps(keys("shift+tab", "shift+tab"), screentest.Clear(), typed("8u30-12u"), keys("tab"), screentest.Clear(), typed("8"), keys("tab", "enter"))...)
	page.Says("Bewaard.", "8.30-12.00 u", "0/8")
	page.Send(screentest.Steps(keys("e"), screentest.Clear(), typed("25/12/2026"), keys("tab", "tab", "tab", "tab", "enter"))...)
	page.Says("De plaats is gesloten op vr 25/12/2026: Kerstmis. Kies een andere dag.")
	page.Send(screentest.Steps(keys("shift+tab", "shift+tab", "shift+tab", "shift+tab"), screentest.Clear(), typed("28/12/2026"), keys("tab", "tab", "tab", "tab", "enter"))...)
	page.Says("valt buiten de activiteit")
	page.Send(keys("esc", "down", "enter", "w", "tab", "tab")...)
	page.Send(screentest.Steps(screentest.Clear(), typed("Iedereen 3-12"), keys("tab", "tab", "enter"))...)
	page.Says("Bewaard.", "Iedereen (3 tot 12 jaar)")
	page.Send(screentest.Steps(keys("end", "delete"), typed("zieke begeleider"), keys("tab", "enter", "down", "enter"))...)
	page.Says("Afgelast: zieke begeleider.", "do 24/12 namiddag")
	all, err := s.Activities(t.Context(), s.An, time.Time{})
	if err != nil || len(all) != 1 || all[0].HalfDays != 7 || all[0].RoomID != s.Room.ID {
		t.Errorf("got %+v, %v", all, err)
	}
}

// TestChildChanged corrects a child, and erases one whose half-days are over.
func TestChildChanged(t *testing.T) {
	s := quiet(t)
	s.Join(activity.Child{Given: "Noor", Family: "Adams", Born: "2018", Guardian: "Els Hermans", Phone: "0470 11 00 01"}, s.halves[0])
	page := s.as(clerk, keys("enter", "enter", "enter", "w"), screentest.Clear(), typed("Nora"), keys("tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "enter"))
	page.Says("Bewaard.", "Nora Adams")
	page.Send(keys("g", "down", "enter")...)
	page.Says("Dit kind komt nog. Schrijf het eerst uit, daarna kunt u wissen.")
	page.Send(keys("delete", "down", "enter", "g", "down", "enter")...)
	page.Says("De gegevens van het kind zijn gewist.", "0/3")
	if found, err := s.Children(t.Context(), s.Clerk, "", 10); err != nil || len(found) != 0 {
		t.Errorf("left: %+v, %v", found, err)
	}
}

// TestClosedLater: the location closes a day that was planned, and the room says so.
func TestClosedLater(t *testing.T) {
	s := busy(t)
	s.closes("2026-12-21")
	page := s.as(clerk, keys("enter"))
	page.Says("gesloten", "De plaats is dan gesloten: ma 21/12 voormiddag: lekkage; ma 21/12 namiddag: lekkage.")
	page.Send(keys("enter")...)
	page.Says("Kijk na of de activiteit doorgaat.")
}

// TestPurged: after the end of the data the lists have no names, and no key that needs one.
func TestPurged(t *testing.T) {
	s := morning(t)
	s.On("2027-02-24 09:00")
	if _, err := s.Purge(t.Context(), datatest.Operator); err != nil {
		t.Fatal(err)
	}
	page := s.as(clerk, keys("v", "enter"))
	page.Says("De namen zijn gewist op 24/02/2027. De aantallen blijven.")
	page.Send(keys("i", "k", "enter")...)
	page.Says("(gewist)", "Ingeschreven: 3 van 3.").Lacks("Noor", "0470", "oma")
	page.Send(keys("enter", "a", "t", "o")...)
	page.Says("(gewist)")
}

// TestDirector sees counts, and no child.
func TestDirector(t *testing.T) {
	s := busy(t)
	page := s.as(boss, keys("enter"))
	page.Says("volzet", "3/3")
	page.Send(keys("enter", "i", "k", "u", "e", "w", "delete", "n")...)
	page.Says("volzet").Lacks("Noor", "Daglijst")
	if _, err := s.DayList(t.Context(), s.Town.Actor(boss), s.halves[0].ID); !errors.Is(err, data.ErrDenied) {
		t.Errorf("the list of names: %v", err)
	}
}

func TestHostileText(t *testing.T) {
	s := quiet(t)
	evil := "\x1b]0;pwned\x07Ev\x1b[2J\u202eil =1+1 " + strings.Repeat("lang ", 40)
	child := activity.Child{Given: evil, Family: evil, Born: "2018", Guardian: evil, Phone: "0470 11 00 01 " + evil, Second: evil, Fetchers: evil + ", " + evil, Note: evil}
	s.Join(child, s.halves[0])
	for i := range 3 {
		child.Phone = "0470 11 00 1" + string(rune('0'+i))
		s.Join(child, s.halves[0])
	}
	week, plan := s.Ask(1)
	week.Title, week.RoomID, week.Groups = evil, "", []activity.Group{{Name: strings.ReplaceAll(evil, ",", ""), From: 3, To: 12}}
	_, _, err := s.Add(t.Context(), s.An, week, plan)
	s.OK(err)
	s.On("2026-12-21 09:05")
	s.see(data.Clean(evil, 80), activity.Sight{Step: activity.Arrive})
	for _, steps := range [][]tea.Msg{nil, keys("end", "enter"), keys("end", "enter", "w"), keys("home", "enter", "enter"), keys("home", "enter", "enter", "enter"), keys("home", "enter", "enter", "enter", "w"),
		keys("home", "enter", "enter", "enter", "z"), keys("home", "enter", "enter", "d"), keys("home", "enter", "enter", "w"), screentest.Steps(keys("home", "enter", "k"), typed("ev"))} {
		for _, size := range screentest.Sizes() {
			page := s.show(planner, size[0], size[1], steps)
			if view := page.View().Content; strings.ContainsAny(view, "\x07\u202e") || strings.Contains(view, "\x1b]0") || strings.Contains(view, "\x1b[2J") {
				t.Errorf("an escape came through:\n%q", view)
			}
			page.Fits()
		}
	}
}
