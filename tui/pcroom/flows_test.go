package pcroom_test

import (
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/tui/screentest"

	tea "charm.land/bubbletea/v2"
)

// shut is quiet on a day on which the room is closed.
func shut(t testing.TB) *scene {
	t.Helper()
	s := quiet(t)
	s.OK(s.SetRoom(t.Context(), s.An, courses.Room{Room: s.PCs, Closures: []courses.RoomClosure{{First: "2026-12-01", Last: "2026-12-01"}}}))
	return s
}

// TestSeat gives a PC with one key, more time with the same one, and takes it back.
func TestSeat(t *testing.T) {
	s := quiet(t)
	p := s.as(clerk, keys("enter"))
	p.Says("Pc 8 is voor de bezoeker tot 13:30.", "7 van de 8 pc's zijn vrij.", "vrij om 13:30")
	p.Send(keys("enter")...)
	p.Says("Pc 8 is voor de bezoeker tot 14:00.", "vrij om 14:00")
	p.Send(keys("delete")...)
	p.Says("Pc 8 is weer vrij.", "8 van de 8 pc's zijn vrij.")
	p.Send(keys("home", "u")...)
	p.Says("Pc 1 is voor de bezoeker tot 14:00.")
}

// TestShorter tells when a visitor gets less time than was asked, and that no more can be had.
func TestShorter(t *testing.T) {
	s := busy(t)
	p := s.as(trainer, keys("home", "u"))
	p.Says("Pc 1 is voor de bezoeker tot 14:00, niet langer.", "weg om 14:00: E-mail voor starters", "Wie aan pc 1, 2 zit, moet dan weg.")
	s.as(trainer, keys("home", "enter")).Says("Pc 1 is al bezet. (E-mail voor starters) Die is weer vrij om 16:00.")
}

// TestTwoClerks tells the second one that the PC is given.
func TestTwoClerks(t *testing.T) {
	s := quiet(t)
	first, second := s.as(clerk), s.as(trainer)
	first.Send(keys("enter")...)
	first.Says("Pc 8 is voor de bezoeker tot 13:30.")
	second.Send(keys("enter")...)
	second.Says("Pc 8 is al bezet. Die is weer vrij om 13:30.", "7 van de 8 pc's zijn vrij.")
}

// TestReserved keeps PCs for a class, shows them, and gives them back.
func TestReserved(t *testing.T) {
	s := quiet(t)
	p := s.as(clerk, keys("k", "n", "tab"), typed("15u-16u"), keys("tab"), screentest.Clear(), typed("4"), keys("tab", "enter"))
	p.Says("4 pc's zijn gereserveerd", "15:00-16:00", "gereserveerd")
	if all := coursestest.Must(s.RoomUses(t.Context(), s.Clerk, s.PCs.ID, 1))(t); len(all) != 1 || all[0].Places != 4 {
		t.Errorf("got %+v", all)
	}
	p.Send(keys("delete", "down", "enter")...)
	p.Says("De pc's zijn weer vrij.")
	p.Send(screentest.Steps(keys("n", "tab"), typed("15u-15u10"), keys("tab", "tab", "enter"))...)
	p.Says("Pc's reserveren")
	if all := coursestest.Must(s.RoomUses(t.Context(), s.Clerk, s.PCs.ID, 1))(t); len(all) != 0 {
		t.Errorf("got %+v", all)
	}
}

// TestShutRoom gives nothing in a closed room, whatever is pressed.
func TestShutRoom(t *testing.T) {
	s := shut(t)
	s.as(clerk, keys("enter", "u", "delete")).Says("Dit lokaal is nu gesloten.", "gesloten")
	if b := coursestest.Must(s.PCBoard(t.Context(), s.Clerk, s.PCs.ID))(t); b.Free() != 0 || len(b.Leaving()) != 0 {
		t.Errorf("got %+v", b)
	}
}

// TestRights shows nothing to who gives no PCs.
func TestRights(t *testing.T) { quiet(t).as(nobody).Says("U hebt hier geen toegang toe.") }

// TestHostile shows what people typed harmless, and whatever is pressed.
func TestHostile(t *testing.T) {
	s := quiet(t)
	s.Email.Title = "=Aa{{.x}}\u00ad<b>"
	s.Email = coursestest.Must(s.PutCourse(t.Context(), s.An, s.Email))(t)
	s.Draft(5, s.Sessions(s.PCs, courses.Trainer{}, "2026-12-01 14:00-16:00")...)
	for _, steps := range [][]tea.Msg{nil, keys("enter"), keys("k"), keys("k", "n"), keys("a")} {
		p := s.show(clerk, 60, 20, steps, keys("x", "ctrl+x", "f5", "end", "pgdown", "left"))
		p.Fits()
		p.Lacks("\u00ad")
	}
}
