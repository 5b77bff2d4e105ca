package catalogue_test

import (
	"testing"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/tui/screentest"

	tea "charm.land/bubbletea/v2"
)

// course finds what the store has by code.
func (s *scene) course(code string) courses.Course {
	s.T.Helper()
	for _, c := range coursestest.Must(s.Courses(s.T.Context()))(s.T) {
		if c.Code == code {
			return c
		}
	}
	s.T.Fatalf("no course %s", code)
	return courses.Course{}
}

// TestTakeModel takes the model catalogue over, once.
func TestTakeModel(t *testing.T) {
	s := bare(t)
	model := coursestest.Must(courses.ModelCourses())(t)
	p := s.plans(keys("m", "down", "enter"))
	p.Says("cursussen zijn overgenomen.")
	if got := coursestest.Must(s.Courses(t.Context()))(t); len(got) != len(model) {
		t.Errorf("%d courses, want %d", len(got), len(model))
	}
	p.Send(keys("m", "down", "enter")...)
	p.Says("0 cursussen zijn overgenomen.")
}

// TestNewCourse adds a course, says what is wrong with it first, and changes it.
func TestNewCourse(t *testing.T) {
	s := school(t)
	p := s.plans(keys("n"), typed("Foto Draaien"), keys("tab"), typed("Foto's draaien"), keys("tab", "tab"), typed("een foto draaien; een foto bewaren"), tabs(15+6), keys("enter"))
	p.Says("is geen code. Gebruik kleine letters")
	p.Send(screentest.Steps(screentest.Clear(), typed("foto-draaien"), tabs(18+6), keys("enter"))...)
	p.Says("Foto's draaien is bewaard.", "een foto draaien; een foto bewaren", "4 lessen van 120 minuten, voor 4 tot 8 cursisten")
	c := s.course("foto-draaien")
	if len(c.Goals) != 2 || c.Level != 1 || c.Promotion != courses.Offer || c.DecideDays != 7 {
		t.Errorf("got %+v", c)
	}
	p.Send(screentest.Steps(keys("w"), screentest.Clear(), typed("Foto's"), tabs(17+6), keys("enter"))...)
	p.Says("Foto's is bewaard.")
	if got := s.course("foto-draaien"); got.Title != "Foto's" || got.ID != c.ID {
		t.Errorf("got %+v", got)
	}
}

// TestRetire takes a course out of use and back.
func TestRetire(t *testing.T) {
	s := school(t)
	p := s.plans(keys("enter", "u", "down", "enter"))
	p.Says("E-mail voor starters is gestopt.")
	if got := s.course("email").RetiredOn; got != "2026-11-23" {
		t.Errorf("retired on %q", got)
	}
	p.Send(keys("u")...)
	p.Says("E-mail voor starters is weer in gebruik.")
	if got := s.course("email").RetiredOn; got != "" {
		t.Errorf("retired on %q", got)
	}
}

// TestPrices adds a price with its decision, and sees what each kind pays by it.
func TestPrices(t *testing.T) {
	s := school(t)
	p := s.plans(keys("enter"))
	p.Says("onbekend", "Er is voor deze cursus geen prijs beslist. Dat is niet hetzelfde als gratis")
	p.Send(screentest.Steps(keys("p", "n", "tab", "tab"), typed("twaalf"), tabs(8), keys("enter"))...)
	p.Says("Nieuwe prijs", "twaalf")
	p.Send(screentest.Steps(screentest.Clear(), typed("12,50"), tabs(3), typed("GR 2026/7"), keys("tab"), typed("1/6/2026"), keys("tab"), screentest.Clear(), typed("1/9/2026"), tabs(3), keys("enter"))...)
	p.Says("De prijs is bewaard.", "alle cursussen", "€ 12,50", "Besluit GR 2026/7 van 01/06/2026.", "Geldt vandaag.")
	p.Send(keys("esc")...)
	p.Says("€ 12,50", "Zo staat het in besluit GR 2026/7 van 01/06/2026.")
	if rules := coursestest.Must(s.FeeRules(t.Context(), s.An))(t); len(rules) != 1 || rules[0].Cents != 1250 || rules[0].From != "2026-09-01" {
		t.Errorf("got %+v", rules)
	}
}

// TestTwoCoordinators tells the second one that somebody was first.
func TestTwoCoordinators(t *testing.T) {
	s := busy(t)
	for name, steps := range map[string][2][]tea.Msg{
		"course": {keys("enter", "w"), screentest.Steps(screentest.Clear(), typed("E-mail"), tabs(17+8), keys("enter"))},
		"fee":    {keys("p", "enter"), screentest.Steps(keys("tab", "tab"), screentest.Clear(), typed("7"), tabs(8), keys("enter"))},
	} {
		an, ivo := s.plans(steps[0]), s.show("ivo.ict", 80, 24, steps[0])
		an.Send(steps[1]...)
		an.Says("is bewaard.")
		ivo.Send(steps[1]...)
		ivo.Says("Iemand anders was u net voor")
		t.Log(name)
	}
}

// TestRights lets nobody else change what there is.
func TestRights(t *testing.T) {
	s := school(t)
	p := s.show("lid1", 80, 24, keys("m", "down", "enter"))
	p.Says("U hebt hier geen toegang toe.")
	if got := coursestest.Must(s.Courses(t.Context()))(t); len(got) != 1 {
		t.Errorf("%d courses", len(got))
	}
}

// TestHostile shows what people typed harmless, and whatever is pressed.
func TestHostile(t *testing.T) {
	s := school(t)
	_, err := s.PutCourse(t.Context(), s.An, courses.Course{Code: "aaa", Title: "=Aa{{.x}}<b>", Blurb: "@SUM(1)", Goals: []string{"+1"}, Domain: courses.DomainMail, Level: 1, Lessons: 1, Minutes: 60, Least: 1, Most: 8})
	s.OK(err)
	for _, steps := range [][]tea.Msg{nil, keys("enter"), keys("enter", "w"), keys("p"), keys("p", "n")} {
		p := s.show(coordinator, 60, 20, steps, keys("x", "ctrl+x", "f5", "end", "pgdown", "left"))
		p.Fits()
	}
}

// taught is busy with material and rules for cancelling in its first course.
func taught(t testing.TB) *scene {
	t.Helper()
	s := busy(t)
	c := s.Email
	c.Material = []courses.Material{{Kind: courses.MaterialPaper, Title: "Stappenplan"}, {Kind: courses.MaterialLink, Title: "Oefeningen", At: "https://voorbeeld.be/oefenen"}}
	c.CancelRules = courses.CancelRules{Checks: []courses.CancelCheck{courses.BeforeDay}, Rules: []courses.CancelRule{{Hours: 168}, {Hours: 48, Cents: 750}}}
	s.Email = coursestest.Must(s.PutCourse(t.Context(), s.An, c))(t)
	return s
}

// TestMaterialLife adds a link, refuses one that is none, and takes material away.
func TestMaterialLife(t *testing.T) {
	s := taught(t)
	p := s.plans(keys("enter", "m", "n"), typed("Filmpje"), keys("tab", "right", "right", "tab"), typed("http://voorbeeld.be"), keys("tab", "enter"))
	p.Says("Materiaal", "https://")
	p.Send(screentest.Steps(keys("shift+tab"), screentest.Clear(), typed("https://voorbeeld.be/film"), keys("tab", "enter"))...)
	p.Says("Filmpje", "https://voorbeeld.be/film", "website")
	if m := s.course("email").Material; len(m) != 3 || m[2] != (courses.Material{Kind: courses.MaterialLink, Title: "Filmpje", At: "https://voorbeeld.be/film"}) {
		t.Errorf("got %+v", m)
	}
	p.Send(keys("home", "delete", "down", "enter")...)
	if m := s.course("email").Material; len(m) != 2 || m[0].Title != "Oefeningen" {
		t.Errorf("got %+v", m)
	}
}

// TestCancelLife says until when people can cancel and what it costs; a price without a moment is refused.
func TestCancelLife(t *testing.T) {
	s := taught(t)
	p := s.plans(keys("enter", "a", "tab", "tab", "tab", "tab"), screentest.Clear(), typed("10"), keys("tab", "tab"), typed("5"), keys("tab", "enter"))
	p.Says("Annuleren", "Regel 3")
	if r := s.course("email").CancelRules; len(r.Rules) != 2 || r.Rules[1].Cents != 750 {
		t.Errorf("saved what is wrong: %+v", r)
	}
	p.Send(screentest.Steps(typed("0"), keys("tab", "tab", "enter"))...)
	if r := s.course("email").CancelRules; len(r.Rules) != 3 || r.Rules[1] != (courses.CancelRule{Hours: 48, Cents: 1000}) || r.Rules[2] != (courses.CancelRule{Cents: 500}) || len(r.Checks) != 1 {
		t.Errorf("got %+v", r)
	}
}
