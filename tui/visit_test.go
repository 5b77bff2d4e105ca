package tui_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/loans"
	"digibrug/quiz"
	"digibrug/quiz/recruit"
	"digibrug/tui"
	"digibrug/tui/screentest"
	"digibrug/tui/server"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
	gossh "golang.org/x/crypto/ssh"
)

// corner is the town behind a real door, with a kiosk PC in the library and an open kennismeting.
type corner struct {
	*datatest.Town
	t        *testing.T
	house    tui.House
	campaign quiz.Campaign
	addr     string
	key      gossh.Signer // of the kiosk
}

func newCorner(t *testing.T, change ...func(*server.Limits)) *corner {
	t.Helper()
	s := &corner{Town: datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t))), t: t}
	quiet := slog.New(slog.DiscardHandler)
	src, err := os.ReadFile(filepath.Join("assessment", "testdata", "bank.yaml"))
	check(t, err)
	bank, err := quiz.ParseBank("bank.yaml", src)
	check(t, err)
	s.house = tui.House{DB: s.DB, People: s.People, Accounts: s.Accounts, Settings: data.NewSettings(s.DB), Kiosks: data.NewKiosks(s.DB),
		Codes: data.NewCodes(s.DB, data.NewHasher(datatest.CheapHash)), Calendar: calendar.NewStore(s.DB), Courses: courses.NewStore(s.DB), Loans: loans.NewStore(s.DB),
		Quiz: quiz.NewStore(s.DB, []quiz.Bank{bank}).Seeded(func() int64 { return 7 }), Gate: data.NewGate(s.Accounts, quiet), Log: quiet, Clock: datatest.Still}
	s.house.Recruit = recruit.NewStore(s.DB, s.house.Codes, recruit.Shipped([]quiz.Bank{bank}))
	s.campaign, err = s.house.Quiz.Create(t.Context(), datatest.Operator, quiz.Campaign{Title: "Kennismeting najaar", OpensOn: "2026-11-01", ClosesOn: "2026-12-31",
		Explain: quiz.ExplainAtSubmit, Services: []string{s.Services["Burgerzaken"].ID}, Blueprint: quiz.Blueprint{Entry: 3, Cells: []quiz.Cell{{Domain: "proef", Level: 2, Count: 2}}}})
	check(t, err)
	check(t, s.house.Quiz.Open(t.Context(), datatest.Operator, s.campaign.ID))
	s.kiosk()
	s.serve(quiet, change)
	return s
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// kiosk puts a kiosk PC in the library.
func (s *corner) kiosk() {
	s.t.Helper()
	l, err := s.house.Calendar.AddLocation(s.t.Context(), datatest.Operator, s.Services["Bibliotheek"].OrganisationID, "Bibliotheek", calendar.Calendar{})
	check(s.t, err)
	_, private, err := ed25519.GenerateKey(rand.Reader)
	check(s.t, err)
	s.key, err = gossh.NewSignerFromKey(private)
	check(s.t, err)
	_, err = s.house.Kiosks.Add(s.t.Context(), datatest.Operator, data.NewKiosk{Name: "ocr-1", Kind: data.KioskOCR, LocationID: l.ID,
		Key: string(gossh.MarshalAuthorizedKey(s.key.PublicKey()))})
	check(s.t, err)
}

func (s *corner) serve(log *slog.Logger, change []func(*server.Limits)) {
	s.t.Helper()
	key, err := server.MakeHostKey(filepath.Join(s.t.TempDir(), "host"))
	check(s.t, err)
	limits := server.Limits{Stop: 300 * time.Millisecond}
	for _, c := range change {
		c(&limits)
	}
	door, err := server.New(server.Config{Limits: limits, HostKey: key, Gate: s.house.Gate, Open: s.house.Open, Wipe: s.house.Wipe, Log: log})
	check(s.t, err)
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	check(s.t, err)
	s.addr = l.Addr().String()
	served := make(chan error, 1)
	go func() { served <- door.Serve(l) }()
	s.t.Cleanup(func() {
		if err := door.Shutdown(s.t.Context()); err != nil && s.t.Context().Err() == nil {
			s.t.Error(err)
		}
		<-served
	})
}

// code issues a code for a journey.
func (s *corner) code(login string, j data.Journey) string {
	s.t.Helper()
	w, err := data.Days("2026-11-23", "2026-12-31")
	check(s.t, err)
	issued, err := s.house.Codes.Issue(s.t.Context(), datatest.Operator, j, []string{s.Identity(login).PersonID}, w, nil, nil)
	check(s.t, err)
	return issued[0].Secret
}

// assessment is what most codes are for.
func (s *corner) assessment() data.Journey {
	return data.Journey{Kind: data.JourneyAssessment, Of: s.campaign.ID}
}

// sit opens the session of the kiosk.
func (s *corner) sit() *screentest.Visitor {
	s.t.Helper()
	v := screentest.Dial(s.t, s.addr, data.KioskLogin, gossh.PublicKeys(s.key))
	v.WaitFor("Welkom · Welcome · Bienvenue")
	v.WaitFor("Bibliotheek")
	return v
}

// enterCode types a code at the kiosk.
func enterCode(v *screentest.Visitor, code string) {
	v.Press("enter")
	v.WaitFor("Typ de code van uw brief")
	v.Type(data.ShowCode(code))
	v.Press("enter")
}

// TestKioskVisit goes the whole way at a kiosk: a code, the questions, the result, and back to a home with nothing of
// it, after which the next person comes.
func TestKioskVisit(t *testing.T) {
	s := newCorner(t)
	an, ivo := s.code("an.peeters", s.assessment()), s.code("ivo.ict", data.Journey{Kind: data.JourneyStaff})
	v := s.sit()
	enterCode(v, an)
	v.WaitFor("An Peeters")
	v.WaitFor("Eerst een oefenvraag")
	v.Press("down", "enter")
	v.WaitFor("Vraag 1 van")
	v.Press("enter")
	v.WaitFor("Vraag 2 van")
	v.Press("f4", "esc") // another colour, which must not stay either
	v.WaitFor("U bent nog niet klaar: 1 van")
	before := len(v.Raw())
	v.Press("down", "enter")
	v.WaitFor("Wat wilt u doen?")
	v.WaitGone("An Peeters")
	after, at := "", -1
	eventually(t, "the screen and what scrolled away to be wiped", func() bool { // the new home may be drawn before that
		after = string(v.Raw()[before:])
		at = strings.LastIndex(after, "\x1b[3J")
		return at >= 0 && strings.Contains(after[:at], "\x1b[2J")
	})
	for _, trace := range []string{"An Peeters", "Peeters", "najaar", "Vraag", an, data.ShowCode(an)} {
		if strings.Contains(after[at:], trace) {
			t.Errorf("after the wipe the stream still has %q", trace)
		}
	}
	enterCode(v, ivo)
	v.WaitFor("Ivo Michiels")
	v.WaitFor("Mijn kennismeting")
	if page := v.Screen(); strings.Contains(page, "An Peeters") || strings.Contains(page, "Account") || strings.Contains(page, "Logboek") {
		t.Errorf("by code the ICT officer sees:\n%s", page)
	}
	v.Press("esc")
	v.WaitFor("Wilt u afmelden?")
	v.Press("down", "enter")
	v.WaitFor("Welkom")
	v.WaitGone("Ivo")
}

// TestCutInTheMiddle pulls the cable during a question: the same code goes on at it, at any door.
func TestCutInTheMiddle(t *testing.T) {
	s := newCorner(t)
	code := s.code("an.peeters", s.assessment())
	v := s.sit()
	enterCode(v, code)
	v.WaitFor("Eerst een oefenvraag")
	v.Press("down", "enter")
	for _, n := range []string{"1", "2"} {
		v.WaitFor("Vraag " + n + " van")
		v.Press("enter")
	}
	v.WaitFor("Vraag 3 van")
	v.Cut()
	v = s.sit()
	if page := v.Screen(); strings.Contains(page, "Peeters") {
		t.Errorf("after the cut the kiosk shows:\n%s", page)
	}
	enterCode(v, code)
	v.WaitFor("Vraag 3 van")
	v.WaitFor("2 van")
	v.Cut()
	office := screentest.Dial(t, s.addr, data.CodeLogin, gossh.Password(code))
	office.WaitFor("Vraag 3 van")
}

// TestKioskLeftAlone counts down from the last key, wipes, and lets the same code in again: what was answered stays.
func TestKioskLeftAlone(t *testing.T) {
	s := newCorner(t, func(l *server.Limits) { l.KioskIdle, l.KioskWarn = 5*time.Second, 2500*time.Millisecond })
	code := s.code("an.peeters", s.assessment())
	v := s.sit()
	enterCode(v, code)
	v.WaitFor("Eerst een oefenvraag")
	v.Press("down", "enter")
	v.WaitFor("Vraag 1 van")
	v.Press("enter")
	v.WaitFor("Vraag 2 van")
	v.WaitFor("Druk op een toets om te blijven")
	v.Press("x")
	v.WaitGone("Druk op een toets om te blijven")
	v.WaitFor("afgemeld. Druk op een toets om te blijven")
	before := len(v.Raw())
	v.WaitFor("Welkom")
	v.WaitGone("Peeters")
	after := string(v.Raw()[before:])
	at := strings.Index(after, "\x1b[3J")
	if at < 0 || strings.Contains(after[at:], "Peeters") || strings.Contains(after[at:], "Vraag") {
		t.Errorf("after the wipe: %q", after)
	}
	enterCode(v, code)
	v.WaitFor("Vraag 2 van")
}

// TestCodeAtTheOffice comes in with the log-in name "code": the same journey, and the connection ends with it.
func TestCodeAtTheOffice(t *testing.T) {
	s := newCorner(t)
	v := screentest.Dial(t, s.addr, data.CodeLogin, gossh.Password(s.code("an.peeters", s.assessment())))
	v.WaitFor("Eerst een oefenvraag")
	v.Press("ctrl+p", "esc")
	v.WaitFor("U bent nog niet begonnen")
	v.Press("down", "enter")
	v.WaitFor("U bent afgemeld. Tot ziens!")
	if err := v.Ended(3 * time.Second); err != nil {
		t.Errorf("the end: %v", err)
	}
	if strings.Contains(string(v.Raw()), "\x1b[3J") {
		t.Error("a colleague's scrollback was wiped")
	}
	staff := screentest.Dial(t, s.addr, data.CodeLogin, gossh.Password(s.code("an.peeters", data.Journey{Kind: data.JourneyStaff})))
	staff.WaitFor("Mijn cursussen")
	staff.Press("enter")
	staff.WaitFor("Kennismeting najaar")
	staff.Press("esc")
	staff.WaitFor("Mijn cursussen")
	staff.Press("esc", "down", "enter")
	staff.WaitFor("Tot ziens!")
}

// TestRefusedAtTheKiosk reads why codes open nothing, in the language of the visitor.
func TestRefusedAtTheKiosk(t *testing.T) {
	s := newCorner(t)
	v := s.sit()
	v.Press("f", "enter")
	v.WaitFor("Tapez le code de votre lettre")
	v.Type("bcdfa")
	v.Press("enter")
	v.WaitFor("lettre 5")
	v.Press("esc")
	v.WaitGone("Tapez le code de votre lettre") // or Esc and the next key arrive as one
	v.Press("n")
	v.WaitFor("Wat wilt u doen?")
	enterCode(v, data.NewCode())
	v.WaitFor("Deze code kennen we niet")
	issued, err := s.house.Codes.List(t.Context(), datatest.Operator, data.CodeFilter{})
	check(t, err)
	if len(issued) != 0 {
		t.Fatal("a code was made")
	}
	used := s.code("an.peeters", s.assessment())
	all, err := s.house.Codes.List(t.Context(), datatest.Operator, data.CodeFilter{})
	check(t, err)
	check(t, s.house.Codes.Revoke(t.Context(), datatest.Operator, all[0].ID))
	v.Press("esc")
	v.WaitGone("Typ de code van uw brief")
	enterCode(v, used)
	v.WaitFor("Deze code is ingetrokken")
}

// TestClosedKiosk: whoever sits there is sent home, and the kiosk's key opens nothing more.
func TestClosedKiosk(t *testing.T) {
	s := newCorner(t)
	v := s.sit()
	enterCode(v, s.code("an.peeters", s.assessment()))
	v.WaitFor("Eerst een oefenvraag")
	_, err := s.house.Kiosks.SetDisabled(t.Context(), datatest.Operator, "ocr-1", true)
	check(t, err)
	v.Press("esc")
	v.WaitFor("U bent nog niet begonnen")
	v.Press("down", "enter")
	if err := v.Ended(5 * time.Second); err != nil {
		t.Errorf("the session of a closed kiosk: %v\n%s", err, v.Screen())
	}
	if _, err := gossh.Dial("tcp", s.addr, &gossh.ClientConfig{User: data.KioskLogin, Auth: []gossh.AuthMethod{gossh.PublicKeys(s.key)},
		HostKeyCallback: gossh.InsecureIgnoreHostKey()}); err == nil {
		t.Error("a closed kiosk comes in")
	}
}

// TestVisitorsReachNoRoom opens the program as each kind of visitor and asks for every room that the house has, by
// name, by the palette and by its keys.
func TestVisitorsReachNoRoom(t *testing.T) {
	s := newCorner(t)
	for name, id := range map[string]data.Identity{
		"kennismeting": s.visitor("ivo.ict", s.assessment()), "staff": s.visitor("ivo.ict", data.Journey{Kind: data.JourneyStaff}),
		"candidate": {CodeID: "c1", Login: "code:BCD", Name: "Kandidaat", Journey: data.Journey{Kind: data.JourneyRecruitment, Of: "p1"}},
	} {
		id.Roles = data.Roles() // as if the gate had been careless: the screens must not depend on it
		model, err := s.house.OpenVisit(server.Guest{Identity: id, Ctx: t.Context()})
		check(t, err)
		page := screentest.ShowRoot(t, model.(shell.Root), 80, 24)
		first := page.Text()
		for _, room := range rooms(t) {
			page.Send(shell.GoMsg{Room: shell.Room(room)}, shell.ReadMsg{}, shell.ReadMsg{})
			if page.Text() != first {
				t.Fatalf("%s reaches %s:\n%s", name, room, page.Text())
			}
		}
		for _, keys := range [][]tea.Msg{screentest.Keys("ctrl+p"), screentest.Keys(":")} {
			if page.Send(keys...); strings.Contains(page.Text(), "Wat wilt u doen?") {
				t.Errorf("%s has a palette:\n%s", name, page.Text())
			}
		}
	}
}

// visitor is who came in with a code.
func (s *corner) visitor(login string, j data.Journey) data.Identity {
	s.t.Helper()
	id, err := s.house.Gate.Code(s.t.Context(), s.code(login, j), "192.0.2.7", data.Identity{})
	check(s.t, err)
	return id
}

// rooms gives the names of all rooms, as the sources below declare them.
func rooms(t *testing.T) (all []string) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			return err
		}
		src, err := os.ReadFile(name)
		for line := range strings.SplitSeq(string(src), "\n") {
			if _, value, found := strings.Cut(line, "shell.Room = \""); found {
				room, _, _ := strings.Cut(value, "\"")
				all = append(all, room)
			}
		}
		return err
	})
	check(t, err)
	if len(all) < 6 {
		t.Fatalf("only %v were found", all)
	}
	return all
}
