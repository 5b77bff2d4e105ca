package regtext_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"digibrug/data/regulation"
	"digibrug/tui/screentest"

	tea "charm.land/bubbletea/v2"
)

// pages compares a page of the room in every window.
func pages(t *testing.T, town func(testing.TB) *scene, login string, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen { return town(t).show(login, w, h, steps...) })
}

// publicPages compares a page that everybody may read in every window and language.
func publicPages(t *testing.T, town func(testing.TB) *scene, steps ...[]tea.Msg) {
	t.Helper()
	for _, w := range []struct {
		w, h int
		lang string
	}{{80, 24, "nl"}, {120, 40, "nl"}, {60, 20, "nl"}, {80, 24, "en"}, {80, 24, "fr"}} {
		t.Run(fmt.Sprintf("%s_%dx%d", w.lang, w.w, w.h), func(t *testing.T) {
			page := town(t).public(w.lang, w.w, w.h, steps...)
			page.Fits()
			screentest.Golden(t, page)
		})
	}
}

func TestPublic(t *testing.T)         { publicPages(t, newTown) }
func TestPublicEnd(t *testing.T)      { publicPages(t, newTown, keys("end")) }
func TestPublicDecided(t *testing.T)  { publicPages(t, decided) }
func TestPublicArticles(t *testing.T) { publicPages(t, newTown, keys("enter")) }
func TestPublicArticle(t *testing.T) {
	publicPages(t, newTown, keys("enter", "down", "down", "down", "down", "down", "down", "down", "enter"))
}

func TestRoom(t *testing.T)        { pages(t, decided, ict) }
func TestRoomOfModel(t *testing.T) { pages(t, newTown, ict) }
func TestDraft(t *testing.T)       { pages(t, decided, ict, keys("enter")) }
func TestPublished(t *testing.T)   { pages(t, decided, ict, keys("down", "enter")) }
func TestModel(t *testing.T)       { pages(t, newTown, reader, keys("enter")) }
func TestPublishForm(t *testing.T) { pages(t, decided, ict, keys("enter", "b")) }
func TestPublishAsk(t *testing.T) {
	pages(t, decided, ict, keys("enter", "b"), typed("01012027"), keys("enter"), typed("gemeenteraad"), keys("enter"), typed("14122026"), keys("enter"))
}
func TestPublishRefused(t *testing.T) {
	pages(t, decided, ict, keys("enter", "b"), typed("01112026"), keys("enter"), typed("gemeenteraad"), keys("enter"), typed("14102026"), keys("enter", "down", "enter"))
}

// TestEveryArticle reads all twenty, in every window, and back.
func TestEveryArticle(t *testing.T) {
	for _, size := range screentest.Sizes() {
		s := newTown(t).public("nl", size[0], size[1], keys("enter", "enter"))
		for n := 1; n <= 20; n++ {
			s.Fits()
			s.Says(fmt.Sprintf("Artikel %d.", n))
			if strings.Contains(s.Text(), "{{") {
				t.Errorf("a brace shows:\n%s", s.Text())
			}
			s.Send(keys("enter")...)
		}
		s.Says("Artikel 20.").Send(keys("left", "esc", "esc")...)
		s.Says("Wie mag lenen?")
	}
}

// TestFirstText takes the way of a municipality from the model to a text of its own.
func TestFirstText(t *testing.T) {
	town := newTown(t)
	s := town.show(ict, 80, 24)
	s.Says("Er is nog geen eigen reglement.", "het model", "geldt nu")
	s.Send(keys("enter", "o")...).Says("Wilt u van deze tekst een nieuw ontwerp maken?")
	s.Send(keys("down", "enter")...).Says("Het ontwerp is bewaard.", "versie 1", "ontwerp")
	s.Send(keys("home", "enter", "b")...)
	s.Send(screentest.Steps(typed("23112026"), keys("enter"), typed("gemeenteraad"), keys("enter"), typed("16112026"), keys("enter", "down", "enter"))...)
	s.Says("Versie 1 geldt vanaf 23/11/2026.", "geldt nu", "gemeenteraad", "niet meer")
	s.Lacks("publiceren")
	v, err := town.texts.On(t.Context(), regulation.Loan, "2026-11-23")
	if err != nil || v.Number != 1 || v.Body != "gemeenteraad" || v.DecidedOn != "2026-11-16" {
		t.Errorf("holds %+v, %v", v, err)
	}
	town.public("nl", 80, 24).Says("Dit reglement geldt sinds 23/11/2026.").Lacks("model")
	town.clock.Forward(time.Hour)
}

// TestRights: who is not of ICT reads what was published and the model, and changes nothing.
func TestRights(t *testing.T) {
	s := decided(t).show(reader, 80, 24)
	s.Says("Reglement 2026", "het model")
	s.Lacks("Reglement 2027", "ontwerp")
	s.Send(keys("enter", "o", "b", "delete")...).Lacks("publiceren", "Wilt u")
	s.Send(keys("enter", "enter")...).Says("Artikel 1. Voorwerp en eigendom")
}

func TestDrop(t *testing.T) {
	town := decided(t)
	s := town.show(ict, 80, 24, keys("enter", "delete", "down", "enter"))
	s.Says("Het ontwerp is weg.", "Reglement 2026")
	s.Lacks("Reglement 2027")
}

func TestPrint(t *testing.T) {
	town := decided(t)
	s := town.show(reader, 80, 24, keys("enter", "p"))
	s.Says(`Het bestand uitleenreglement-2026-11-23.pdf staat klaar bij "Brieven en prints".`)
	town.fail = errors.New("the disk is on fire")
	s.Send(keys("p")...).Says("Het reglement afdrukken", "referentie")
}

// TestShort reads the short text of an old version, and changes the language.
func TestShort(t *testing.T) {
	s := decided(t).show(reader, 80, 24, keys("enter", "k"))
	s.Says("Wie mag lenen?")
	s.In("fr").Says("Qui peut emprunter ?", "Seul le texte néerlandais fait foi.")
}

// TestDraftWithAWrongFigure says which one, and does not open.
func TestDraftWithAWrongFigure(t *testing.T) {
	town := decided(t)
	c := regulation.Content{Text: map[string]string{"nl": "# R\x1b]0;pwned\x07\n## Artikel 1. A\n\nVoor {{trem}}.\n"}, Short: map[string]string{}}
	_, err := town.texts.PutDraft(t.Context(), town.Actor(ict), regulation.Loan, "fout", c)
	town.ok(err)
	s := town.show(ict, 80, 24, keys("enter", "b"))
	s.Says(`Het getal "trem" bestaat niet in de regels.`)
	s.Send(keys("esc", "enter")...).Says(`Het getal "trem" bestaat niet in de regels.`)
	s.Send(keys("esc", "k")...)
	s.Fits()
}
