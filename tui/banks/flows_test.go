package banks_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui/banks"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

func (s *scene) is(id, want string) {
	s.t.Helper()
	r, err := s.lib.Record(s.t.Context(), s.Actor(rik), id)
	s.must(err)
	if got := string(r.Item.Status); got != want {
		s.t.Errorf("%s is %s; want %s", id, got, want)
	}
}

func TestReviewWithANote(t *testing.T) {
	s := filled(t)
	screen := s.as(rita, screentest.Row(1), keys("r", "t"), typed("Te vaag."), keys("enter"))
	screen.Says("terug: Te vaag.", "toch in orde")
	screen.Send(screentest.Steps(keys("k", "down", "enter"))...)
	screen.Says("5 goedgekeurd, 1 teruggestuurd, 24 nog na te zien")
	s.is("dossiers-02", "draft")
	s.is("dossiers-03", "reviewed")
	s.is("dossiers-30", "draft")
}

func TestReviewOfAll(t *testing.T) {
	s := filled(t)
	s.as(rita, screentest.Row(1), keys("r", "t"), typed("Te vaag."), keys("enter", "g", "k", "down", "enter")).Says("30 goedgekeurd")
	s.is("dossiers-30", "reviewed")
	s.as(rik, screentest.Row(1), keys("u", "enter")).Says("In gebruik genomen: 30")
	s.is("dossiers-30", "inuse")
}

func TestWhoWasLate(t *testing.T) {
	s := filled(t)
	screen := s.as(rita, screentest.Row(1), keys("r"))
	r, err := s.lib.Review(t.Context(), s.Actor("ivo.ict"), "dossiers")
	s.must(err)
	_, err = s.lib.Finish(t.Context(), s.Actor("ivo.ict"), r.ID)
	s.must(err)
	screen.Send(screentest.Steps(keys("k", "down", "enter"))...)
	screen.Says("Een collega was u voor")
}

// TestReviewTellsWhatIsUnread: what was opened counts as read, and finishing with less is asked about.
func TestReviewTellsWhatIsUnread(t *testing.T) {
	s := filled(t)
	screen := s.as(rita, screentest.Row(1), keys("r"))
	screen.Says("niveau 2 nog te lezen").Lacks("niveau 2 in orde")
	screen.Send(keys("enter", "esc", "k")...)
	screen.Says("Van de 6 vragen hebt u er 5")
	screen.Send(keys("esc")...)
	screen.Says("niveau 2 in orde")
	for range 5 {
		screen.Send(keys("down", "enter", "esc")...)
	}
	screen.Lacks("nog te lezen")
	screen.Send(keys("k")...)
	screen.Says("U keurt alle 30 ontwerpen goed")
}

// TestPublishAsks: what can't be undone is not done by two Enters.
func TestPublishAsks(t *testing.T) {
	s := filled(t)
	s.as(rita, screentest.Row(1), keys("r", "k", "down", "enter"))
	screen := s.as(rik, screentest.Row(1), keys("enter", "p", "enter"))
	screen.Says("nooit meer gesloten")
	public := func() bool {
		r, err := s.lib.Record(t.Context(), s.Actor(rik), "dossiers-01")
		s.must(err)
		return r.Public
	}
	screen.Send(keys("enter")...)
	if public() {
		t.Error("a second Enter made it public")
	}
	screen.Send(keys("enter", "down", "enter")...)
	if !public() {
		t.Error("yes did not make it public")
	}
}

func TestMakerHasNoReview(t *testing.T) {
	screen := filled(t).as(rik, screentest.Row(1))
	screen.Lacks("nazien ·")
	screen.Send(keys("enter")...)
	screen.Lacks("goedkeuren")
}

func TestMakeAndChange(t *testing.T) {
	s := empty(t)
	screen := s.as(rik, keys("n"), typed("Onthaal"), keys("tab"), typed("onthaal"), keys("tab"), typed("onthaal"), keys("tab", "tab", "enter"))
	screen.Says("De bank is gemaakt", "nog geen vraag")
	screen.Send(screentest.Steps(keys("n", "down", "down", "enter"), typed("Een bezoeker tekent zich in."), keys("tab", "tab", "right", "tab"), typed("Zo weet u wie er is."), keys("tab", "tab", "enter"))...)
	screen.Says("Bewaard als ontwerp", "Een bezoeker tekent zich in.")
	s.is("onthaal-001", "draft")
	screen.Send(screentest.Steps(keys("enter", "w", "end"), typed(" Juist?"), keys("tab", "tab", "tab", "tab", "tab", "enter"))...)
	screen.Says("Juist?")
	r, err := s.lib.Record(t.Context(), s.Actor(rik), "onthaal-001")
	s.must(err)
	if r.Item.Version != 2 || *r.Item.True || len(r.Versions) != 2 {
		t.Errorf("after a change: version %d, key %v, %d versions; want 2, false, 2", r.Item.Version, *r.Item.True, len(r.Versions))
	}
}

// TestMakeAndChangeAChoice: the answer that the form says is right is the key, of a new question and of a changed one.
func TestMakeAndChangeAChoice(t *testing.T) {
	s := empty(t)
	s.must(s.lib.AddBank(t.Context(), s.Actor(rik), bank("onthaal", "Onthaal", 0)))
	tabs := func(n int) []tea.Msg { return screentest.Keys(slices.Repeat([]string{"tab"}, n)...) }
	right := func(id string) (all []bool) {
		r, err := s.lib.Record(t.Context(), s.Actor(rik), id)
		s.must(err)
		for _, o := range r.Item.Options {
			all = append(all, o.Right)
		}
		return all
	}
	screen := s.as(rik, screentest.Row(1), keys("n", "enter"), typed("Wat eerst?"), tabs(2), typed("Dit"), tabs(2), typed("Dat"), tabs(9), typed("Daarom."), tabs(2), keys("enter"))
	screen.Says("Bewaard als ontwerp", "Wat eerst?")
	if got := right("onthaal-001"); !slices.Equal(got, []bool{true, false}) {
		t.Errorf("right of the answers as typed: %v; want the first", got)
	}
	screen.Send(screentest.Steps(keys("enter", "w"), tabs(12), keys("right"), tabs(3), keys("enter"))...)
	if got := right("onthaal-001"); !slices.Equal(got, []bool{false, true}) {
		t.Errorf("right of the answers as changed: %v; want the second", got)
	}
	s.as(rik, screentest.Row(1), keys("n", "down", "enter"), typed("Wat hoort erbij?"), tabs(2), typed("Dit"), tabs(2), typed("Dat"), tabs(2), typed("Niets"),
		tabs(6), keys("space", "down", "space"), tabs(1), typed("Daarom."), tabs(2), keys("enter")).Says("Wat hoort erbij?")
	if got := right("onthaal-002"); !slices.Equal(got, []bool{true, true, false}) {
		t.Errorf("right of more answers: %v; want the first two", got)
	}
}

// TestNumberWithTwoReadings: 1.000 is a thousand to some and one to others, so the form asks for it without a point.
func TestNumberWithTwoReadings(t *testing.T) {
	s := filled(t)
	screen := s.as(rik, screentest.Row(1), keys("n", "down", "down", "down", "down", "enter"), typed("Hoeveel gram is een kilo?"), keys("tab", "tab"), typed("1.000"),
		keys("tab", "tab"), typed("g"), keys("tab"), typed("Wie het weet, weegt juist."), keys("tab", "tab", "enter"))
	screen.Says("Schrijf een getal bij", "zonder punt")
	for range 5 {
		screen.Send(keys("backspace")...)
	}
	screen.Send(screentest.Steps(typed("1 000,5"), keys("tab", "tab", "tab", "tab", "tab", "enter"))...)
	screen.Says("Bewaard als ontwerp")
	r, err := s.lib.Record(t.Context(), s.Actor(rik), "dossiers-031")
	s.must(err)
	if r.Item.Number.Value != 1000.5 || r.Item.Number.Tolerance != 0 || r.Item.Number.Unit != "g" {
		t.Errorf("got %+v; want 1000.5 g", *r.Item.Number)
	}
}

// TestTwoWriteAtOnce: both keep what they typed, each with a code of its own.
func TestTwoWriteAtOnce(t *testing.T) {
	s := filled(t)
	write := screentest.Steps(keys("n", "down", "down", "enter"))
	first, second := s.as(rik, screentest.Row(1), write), s.as(rita, screentest.Row(1), write)
	for _, screen := range []*screentest.Screen{first, second} {
		screen.Send(screentest.Steps(typed("Een bezoeker tekent zich in."), keys("tab", "tab", "tab"), typed("Zo weet u wie er is."), keys("tab", "tab", "enter"))...)
		screen.Says("Bewaard als ontwerp")
	}
	s.is("dossiers-031", "draft")
	s.is("dossiers-032", "draft")
}

func TestOneKeyIsSaidWhereItIsMissing(t *testing.T) {
	s := filled(t)
	screen := s.as(rik, screentest.Row(1), keys("n", "enter"), typed("Wat eerst?"), keys("tab", "tab"), typed("Dit"), keys("tab", "tab"), typed("Dat"))
	for range 8 {
		screen.Send(keys("tab")...)
	}
	screen.Send(screentest.Steps(keys("right", "right", "tab"), typed("Daarom."), keys("tab", "tab", "enter"))...)
	screen.Says("Geen enkel antwoord is juist")
}

func TestHiddenIsNotOpened(t *testing.T) {
	s := filled(t)
	session := screentest.Session(t, s.Identity(rita))
	session.Now = s.DB.Now
	evil := hiding{s.lib}
	screentest.ShowRoot(t, shell.NewRoot(session, banks.New(session, evil), nil, errorsKnown()), 80, 24, screentest.Steps(screentest.Row(1), keys("enter"))...).
		Says("selectieproef", "verborgen").Lacks("Een burger")
}

// hiding is a library whose local questions are all hidden.
type hiding struct{ *quiz.Library }

func (h hiding) Shelf(ctx context.Context, by data.Actor, bank string) (quiz.Shelf, []quiz.Entry, error) {
	s, all, err := h.Library.Shelf(ctx, by, bank)
	for i := range all {
		all[i].Hidden, all[i].Asked = true, true
		all[i].Item = quiz.Item{ID: all[i].Item.ID, Level: 1, Status: quiz.StatusInUse}
	}
	return s, all, err
}

const hostile = "\x1b[31mrood\x1b]0;titel\x07\u202eomgekeerd\u200b\nregel"

// evil is a library full of what nobody should type.
type evil struct{ *quiz.Library }

func (evil) entry() quiz.Entry {
	it := quiz.Item{ID: "x", Version: 2, Kind: quiz.KindSingle, Domain: hostile, DigComp: hostile, Level: 9, Stem: hostile, Why: hostile, Source: hostile, Author: hostile, Status: quiz.StatusDraft,
		Options: []quiz.Option{{Text: hostile, Right: true, Why: hostile}, {Text: hostile}}}
	return quiz.Entry{Item: it, Bank: "x", Local: true, Maker: hostile, Back: hostile, MadeAt: time.Unix(0, 0)}
}

func (e evil) Shelves(context.Context, data.Actor) ([]quiz.Shelf, error) {
	return []quiz.Shelf{{Bank: quiz.Bank{ID: "x", Title: hostile}, Local: true, Items: 1}}, nil
}

func (e evil) Shelf(context.Context, data.Actor, string) (quiz.Shelf, []quiz.Entry, error) {
	return quiz.Shelf{Bank: quiz.Bank{ID: "x", Title: hostile, Domain: hostile}, Local: true, Items: 1, ToReview: 1}, []quiz.Entry{e.entry()}, nil
}

func (e evil) Record(context.Context, data.Actor, string) (quiz.Record, error) {
	return quiz.Record{Entry: e.entry(), Versions: []quiz.Version{{Item: e.entry().Item, Old: true, Maker: hostile}}, Done: []quiz.Done{{What: "back", By: hostile, Why: hostile}}}, nil
}

func (e evil) Review(context.Context, data.Actor, string) (quiz.Review, error) {
	return quiz.Review{ID: "x", Drafts: 3, Sample: []quiz.Item{e.entry().Item}, Notes: map[string]string{"x": hostile}}, nil
}

func TestHostileTextIsShownHarmless(t *testing.T) {
	s := empty(t)
	for name, press := range map[string][]string{"list": nil, "bank": {"enter"}, "item": {"enter", "enter"}, "history": {"enter", "enter", "end"}, "expert": {"enter", "enter", "v"},
		"review": {"enter", "r"}, "note": {"enter", "r", "t"}, "finish": {"enter", "r", "k"}, "approve": {"enter", "enter", "g"}, "edit": {"enter", "enter", "w"}} {
		session := screentest.Session(t, s.Identity(rita))
		session.Now = s.DB.Now
		screen := screentest.ShowRoot(t, shell.NewRoot(session, banks.New(session, evil{s.lib}), nil, errorsKnown()), 80, 24, screentest.Steps(keys(press...))...)
		screen.Fits()
		if text := screen.Text(); strings.ContainsAny(text, "\x1b\x07\u202e\u200b") {
			t.Errorf("%s shows what somebody typed as it is:\n%q", name, text)
		}
	}
}
