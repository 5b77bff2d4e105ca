package coursedesk_test

import (
	"strings"
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/tui/coursedesk"
	"digibrug/tui/screentest"

	tea "charm.land/bubbletea/v2"
)

// listed is the series with a code, whatever its state.
func (s *scene) listed(code string) courses.Listed {
	s.T.Helper()
	all := coursestest.Must(s.SeriesList(s.T.Context(), s.An, courses.SeriesFilter{States: []courses.SeriesState{courses.Draft, courses.Published, courses.Going, courses.SeriesCancelled, courses.Closed}}))(s.T)
	for _, l := range all {
		if l.Code == code {
			return l
		}
	}
	s.T.Fatalf("no series %s among %d", code, len(all))
	return courses.Listed{}
}

// days are the days of the sessions of a series.
func (s *scene) days(code string) (all []string) {
	s.T.Helper()
	_, sessions, err := s.Series(s.T.Context(), s.An, s.listed(code).ID)
	s.OK(err)
	for _, x := range sessions {
		all = append(all, x.Day.Format("2006-01-02"))
	}
	return all
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("got %v, want %v", got, want)
	}
}

// through submits the form of a new series from the field after the times.
func through(lessons string) []tea.Msg {
	return screentest.Steps(keys("tab"), typed(lessons), keys("tab", "tab", "tab", "tab", "tab", "tab", "enter"))
}

// TestSkippedOnSunday: a Sunday of a holiday is left out for the holiday, and not since the place is never open then.
func TestSkippedOnSunday(t *testing.T) {
	school(t).plans(fill("7/2/2027", "10u"), through("2")).Says("Overgeslagen: zo 14/02/2027 (krokusvakantie).")
}

// TestNewSeries plans six lessons around the holidays, saves the draft, and opens it for who wants to enrol.
func TestNewSeries(t *testing.T) {
	s := school(t)
	p := s.plans(fill("8/12/2026", "18u30"), through("4"))
	p.Says("4 lessen, 08/12/2026 t.e.m. 12/01/2027, 8 plaatsen.", "Overgeslagen: di 22/12/2026 (kerstvakantie), di 29/12/2026 (eindejaar).", "Er is nog niets bewaard.", "18.30-20.30 u", "lesgever: Lid Nummer05")
	if all := coursestest.Must(s.SeriesList(t.Context(), s.An, courses.SeriesFilter{}))(t); len(all) != 0 {
		t.Fatalf("the preview saved %v", all)
	}
	p.Send(keys("enter")...)
	p.Says("26-001 is bewaard als ontwerp.", "26-001 E-mail voor starters", "Alle lessen kunnen doorgaan.")
	same(t, s.days("26-001"), "2026-12-08", "2026-12-15", "2027-01-05", "2027-01-12")
	p.Send(keys("p", "down", "enter")...)
	p.Says("26-001 is open voor inschrijving.")
	if got := s.listed("26-001"); got.State != courses.Published || got.Trainers != "Lid Nummer05" || got.Seats != 8 {
		t.Errorf("got %+v", got)
	}
	p.Send(keys("esc")...)
	p.Says("26-001 E-mail voor st")
	s.Clean()
}

// TestShiftBeforeSaving moves on what can't be, with one key, until it can.
func TestShiftBeforeSaving(t *testing.T) {
	s := busy(t)
	p := s.plans(fill("1/12/2026", "15u-17u"), through("3"))
	p.Says("! Computerruimte is dan al bezet. (26-001)", "3 lessen kunnen zo niet")
	p.Send(keys("enter")...)
	p.Says("Deze reeks kan zo niet open. Les 1, di 1 december 2026: Computerruimte is dan al bezet.")
	p.Send(keys("s")...)
	p.Says("schuift op: les 1 is nu op di 05/01/2027")
	p.Send(keys("enter")...)
	p.Says("is bewaard als ontwerp")
	s.Clean()
}

// TestBackToForm changes what was filled in, and asks before a preview is thrown away.
func TestBackToForm(t *testing.T) {
	s := school(t)
	p := s.plans(fill("8/12/2026", "14u-16u"), through("4"), keys("w"))
	p.Says("Nieuwe lessenreeks", "[08/12/2026", "[14u-16u")
	p.Send(screentest.Steps(keys("tab", "tab", "tab", "tab", "tab"), screentest.Clear(), typed("2"), keys("tab", "tab", "tab", "tab", "tab", "tab", "enter"))...)
	p.Says("2 lessen, 08/12/2026 t.e.m. 15/12/2026")
	p.Send(keys("esc")...)
	p.Says("Deze reeks is nog niet bewaard. Toch weggaan?")
	p.Send(keys("down", "enter")...)
	p.Says("Er zijn nog geen lessenreeksen.")
}

// TestWrongInForm says under the field what is wrong.
func TestWrongInForm(t *testing.T) {
	s := school(t)
	for want, steps := range map[string][]tea.Msg{
		"begint en eindigt op een kwartier": screentest.Steps(fill("8/12/2026", "14u10-16u"), through("")),
		"morgenvroeg":                       screentest.Steps(fill("8/12/2026", "morgenvroeg"), through("")),
		"Dat moment is al voorbij.":         screentest.Steps(fill("2/11/2026", "14u-16u"), through("")),
		"Aantal lessen":                     screentest.Steps(fill("8/12/2026", "14u-16u"), through("61")),
		"Uren (nodig)":                      screentest.Steps(fill("8/12/2026", ""), through("")),
	} {
		p := s.plans(steps)
		p.Says("Nieuwe lessenreeks", want)
		p.Lacks("nakijken")
	}
	if all := coursestest.Must(s.SeriesList(t.Context(), s.An, courses.SeriesFilter{}))(t); len(all) != 0 {
		t.Errorf("saved %v", all)
	}
}

// TestMoveLesson moves one lesson, and says who is in the way when it can't be.
func TestMoveLesson(t *testing.T) {
	s := busy(t)
	p := s.plans(open("26-001"), keys("enter"))
	p.Send(screentest.Steps(screentest.Clear(), typed("15/12/2026"), keys("tab", "tab", "tab", "tab", "enter"))...)
	p.Says("Dat botst.", "Computerruimte is dan al bezet. (26-002)", "Les 1 van 26-001 verplaatsen")
	p.Send(screentest.Steps(keys("shift+tab", "shift+tab", "shift+tab", "shift+tab"), screentest.Clear(), typed("2/12/2026"), keys("tab", "tab", "tab", "tab", "enter"))...)
	p.Says("Les 1 is nu op wo 02/12/2026, 14.00-16.00 u. Nog te verwittigen: 2 met een")
	same(t, s.days("26-001"), "2026-12-02", "2026-12-08")
	s.Clean()
}

// TestDropAndShift cancels a lesson of a draft, and moves on the other.
func TestDropAndShift(t *testing.T) {
	s := busy(t)
	p := s.plans(open("26-002"), keys("down", "s"))
	p.Says("Zo worden de lessen als les 2", "di 05/01/2027")
	p.Send(keys("enter")...)
	p.Says("Les 2 en wat volgt, is opgeschoven.")
	same(t, s.days("26-002"), "2026-12-15", "2027-01-05")
	p.Send(keys("delete", "down", "enter")...)
	p.Says("Les 2 is afgelast.")
	p.Send(keys("delete", "s", "enter")...)
	p.Says("Deze les is gegeven of afgelast.")
	if got := s.listed("26-002"); got.Sessions != 1 {
		t.Errorf("%d sessions are left", got.Sessions)
	}
	s.Clean()
}

// TestStopSeries cancels a series with a reason; its people come on the list of whom to call.
func TestStopSeries(t *testing.T) {
	s := busy(t)
	p := s.plans(open("26-001"), keys("a"), typed("lesgever ziek"), keys("enter", "down", "enter"))
	p.Says("26-001 is afgelast. Nog te verwittigen: 3 met een telefoontje (bellijst).", "afgelast")
	if calls := coursestest.Must(s.Calls(t.Context(), s.An))(t); len(calls) != 3 {
		t.Errorf("%d calls", len(calls))
	}
	p.Send(keys("p", "w", "a", "delete", "s")...)
	p.Says("26-001 E-mail voor starters")
	p.Send(keys("esc", "esc", "v")...)
	p.Says("Voorbije lessenreeksen", "26-001")
	s.Clean()
}

// TestTwoCoordinators tells the second one that a series changed meanwhile, and shows how it is.
func TestTwoCoordinators(t *testing.T) {
	s := busy(t)
	an, ivo := s.plans(open("26-003"), keys("w")), s.show("ivo.ict", coursedesk.New, 80, 24, open("26-003"), keys("w"))
	submit := keys("tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "enter")
	an.Send(screentest.Steps(screentest.Clear(), typed("6"), submit)...)
	an.Says("26-003 is gewijzigd.", "2 van 6 bezet")
	ivo.Send(screentest.Steps(screentest.Clear(), typed("4"), submit)...)
	ivo.Says("Iemand anders was u net voor")
	if got := s.listed("26-003").Seats; got != 6 {
		t.Errorf("%d seats", got)
	}
	ivo.Send(keys("esc", "down", "enter")...)
	ivo.Says("2 van 6 bezet")
	lesson := s.plans(open("26-003"), keys("enter"))
	ivo.Send(screentest.Steps(keys("enter"), screentest.Clear(), typed("26/11/2026"), keys("tab", "tab", "tab", "tab", "tab", "enter"))...)
	lesson.Send(screentest.Steps(screentest.Clear(), typed("28/11/2026"), keys("tab", "tab", "tab", "tab", "tab", "enter"))...)
	lesson.Says("Iemand anders was u net voor")
	s.Clean()
}

// TestDecideSeries takes each of the four decisions.
func TestDecideSeries(t *testing.T) {
	for name, c := range map[string]struct {
		steps []tea.Msg
		says  string
		state courses.SeriesState
		calls int
	}{
		"go":                    {keys("g", "down", "enter"), "26-003 gaat door. Nog te verwittigen: 2 met een", courses.Going, 2},
		"by page":               {keys("enter", "enter", "down", "enter"), "Over deze reeks is beslist.", courses.Going, 2},
		"merge":                 {keys("enter", "down", "enter", "enter", "enter", "down", "enter"), "2 personen van 26-003 zitten nu in 27-001. Nog te verwittigen: 2 met een", courses.SeriesCancelled, 2},
		"postpone":              {screentest.Steps(keys("l"), screentest.Clear(), typed("8"), keys("enter", "down", "enter")), "26-003 begint nu op vr 22/01/2027. Nog te verwittigen: 2 met een", courses.Published, 2},
		"postpone to a holiday": {screentest.Steps(keys("l"), screentest.Clear(), typed("5"), keys("enter", "down", "enter")), "26-003 begint nu op vr 08/01/2027. Nog te verwittigen: 2 met een", courses.Published, 2},
		"cancel":                {screentest.Steps(keys("a"), typed("te weinig cursisten"), keys("enter", "down", "enter")), "26-003 is afgelast. Nog te verwittigen: 2 met een", courses.SeriesCancelled, 2},
		"no":                    {keys("g", "enter"), "Voorstel: samenvoegen met 27-001 (8 vrij).", courses.Published, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := busy(t)
			s.decides(c.steps).Says(c.says)
			if got := s.listed("26-003").State; got != c.state {
				t.Errorf("it is %s, want %s", got, c.state)
			}
			if calls := coursestest.Must(s.Calls(t.Context(), s.An))(t); len(calls) != c.calls {
				t.Errorf("%d calls, want %d", len(calls), c.calls)
			}
			s.Clean()
		})
	}
}

// TestRights shows nothing to who doesn't plan.
func TestRights(t *testing.T) {
	s := busy(t)
	s.show("lid1", coursedesk.New, 80, 24).Says("Niet gelukt: De lessenreeksen laden.", "U hebt hier geen toegang toe.")
	s.show("lid1", coursedesk.NewDecide, 80, 24).Says("U hebt hier geen toegang toe.")
}

// TestHostile shows what people typed harmless, in the smallest window.
func TestHostile(t *testing.T) {
	s := school(t)
	evil := "Eve\x1b[2J\u202e{{.x}}\r\n=1+1"
	of, err := s.PutCourse(t.Context(), s.An, courses.Course{Code: "evil", Title: "=HYPERLINK()", Goals: []string{"x"}, Domain: courses.DomainMail, Level: 1, Lessons: 1, Minutes: 60, Least: 1, Most: 8})
	s.OK(err)
	one := must(s.AddSeries(t.Context(), s.An, courses.SeriesAsk{Course: of.ID, Location: s.Library, Note: strings.ReplaceAll(evil, "\u202e", ""), Sessions: s.Sessions(s.PCs, s.Mia, "2026-12-01 14:00-15:00")}))(t)
	for _, steps := range [][]tea.Msg{nil, keys("enter"), keys("enter", "w"), keys("enter", "a"), keys("enter", "enter"), keys("n")} {
		p := s.show(coordinator, coursedesk.New, 60, 20, steps)
		p.Fits()
		for _, r := range p.Text() {
			if r < ' ' && r != '\n' || r == '\u202e' || r == 0x7f {
				t.Fatalf("the page of %s has %q:\n%s", one.Code, r, p.Text())
			}
		}
	}
}

// TestOtherKeys presses what means nothing.
func TestOtherKeys(t *testing.T) {
	s := busy(t)
	for _, steps := range [][]tea.Msg{nil, open("26-001"), fill("8/12/2026", "14u")} {
		p := s.plans(steps)
		for _, key := range []string{"x", "ctrl+x", "f5", "home", "end", "pgup", "pgdown", "left", "right", "ctrl+z"} {
			p.Send(keys(key)...)
			p.Fits()
		}
	}
	s.Clean()
}

// TestMoreSeatsThanPlaces: the heading doesn't say that all is well, and the question before publishing names it.
func TestMoreSeatsThanPlaces(t *testing.T) {
	s := school(t)
	one := s.Draft(10, s.Sessions(s.PCs, s.Mia, "2026-12-01 14:00-16:00", "2026-12-08 14:00-16:00")...)
	screen := s.plans(open(one.Code))
	screen.Says("Bij 2 lessen heeft de reeks meer plaatsen dan het lokaal.")
	screen.Lacks("Alles kan.")
	screen.Send(keys("p")...)
	screen.Says("toch openen", "10 plaatsen", "bij 2 lessen meer dan het lokaal")
	screen.Send(keys("down", "enter")...)
	screen.Says("is open voor inschrijving.")
}

// TestEveryIsEmpty: a figure typed for the weeks between two lessons is that figure, and none is every week.
func TestEveryIsEmpty(t *testing.T) {
	for every, second := range map[string]string{"": "08/12/2026", "2": "15/12/2026"} {
		s := school(t)
		screen := s.plans(fill("1/12/2026", "14u-16u"))
		screen.Send(keys("tab", "tab")...)
		screen.Send(screentest.Type(every)...)
		screen.Send(keys("tab", "tab", "tab", "tab", "tab", "enter")...)
		screen.Says("01/12/2026", second)
	}
}

// TestCancelledLessonIsASentence: what the page says below the lessons ends with a full stop.
func TestCancelledLessonIsASentence(t *testing.T) {
	s := busy(t)
	s.plans(open("26-001"), keys("delete", "down", "enter")).Says("Mia Vermeulen. afgelast.")
}

// TestOverAndNotClosed: a series whose lessons are over can be closed, and nothing says that it goes ahead or can be stopped.
func TestOverAndNotClosed(t *testing.T) {
	s := busy(t)
	code := "26-003"
	s.Clock.Forward(s.listed(code).First.Sub(s.Clock.Now()))
	page := s.plans(keys("enter"))
	page.Says(code, "bezig", "Alle lessen kunnen doorgaan")
	page.Send(keys("f1")...)
	page.Says("reeks afgelasten")
	s.Clock.Forward(s.listed(code).Last.Sub(s.Clock.Now()))
	page = s.plans(keys("enter"))
	page.Says(code, "afgelopen", "e afsluiten")
	page.Lacks("Alle lessen kunnen doorgaan")
	page.Send(keys("f1")...)
	page.Lacks("reeks afgelasten")
}
