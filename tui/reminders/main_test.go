package reminders_test

import (
	"os"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/papers"
	"digibrug/tui/reminders"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// scene is the desk of the town, which lends laptops since Monday 23 November 2026. An and Bert are clerks, Dora is a
// social worker and no clerk.
type scene struct {
	*datatest.Town
	*loans.Store
	t                   testing.TB
	clock               *datatest.Hand
	outbox              *outbox.Store
	papers              papers.LoanPapers
	channels            []outbox.Channel
	an, bert, ivo, dora data.Actor
	laptop              loans.Type
	gemeente, library   string
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (s *scene) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func newScene(t testing.TB) *scene {
	t.Helper()
	clock := &datatest.Hand{}
	town := datatest.NewTown(t, datatest.Open(t, datatest.SQLite(t), data.WithClock(clock.Now)))
	s := &scene{Town: town, Store: loans.NewStore(town.DB), t: t, clock: clock, outbox: outbox.NewStore(town.DB)}
	for login, role := range map[string]data.Role{"an.peeters": data.RoleClerk, "bert.maes": data.RoleClerk, "dora.claes": data.RoleSocial, "chris.wouters": data.RoleFinance} {
		s.ok(town.Accounts.Grant(t.Context(), datatest.Operator, login, role, "2020-01-01", ""))
	}
	s.an, s.bert, s.ivo, s.dora = town.Actor("an.peeters"), town.Actor("bert.maes"), town.Actor("ivo.ict"), town.Actor("dora.claes")
	s.gemeente = s.Services["Burgerzaken"].OrganisationID
	var week calendar.Week
	for d := time.Monday; d <= time.Friday; d++ {
		week[d] = calendar.Hours{{From: 9 * 60, To: 17 * 60}}
	}
	places := calendar.NewStore(s.DB)
	s.library = must(places.AddLocation(t.Context(), datatest.Operator, s.gemeente, "Bibliotheek", calendar.Calendar{Week: week}))(t).ID
	s.ok(data.NewSettings(s.DB).Set(t.Context(), datatest.Operator, data.SettingPlace, "Zonnedorp"))
	s.papers = papers.NewLoanPapers(s.Store, data.NewSettings(s.DB), places, clock.Now)
	s.laptop = must(s.PutType(t.Context(), s.ivo, loans.Type{Name: "laptop"}))(t)
	return s
}

// lend lends a device of a name to somebody who is added.
func (s *scene) lend(device string, by data.Actor, b loans.Borrower) loans.Loan {
	s.t.Helper()
	if b.ID == "" {
		b = must(s.PutBorrower(s.t.Context(), by, b))(s.t)
	}
	d := must(s.AddDevice(s.t.Context(), s.an, loans.Device{TypeID: s.laptop.ID, Name: device, OrganisationID: s.gemeente, LocationID: s.library}))(s.t)
	s.ok(s.Move(s.t.Context(), s.an, d.ID, loans.Ready, loans.Proof{Tested: true}))
	return must(s.Lend(s.t.Context(), s.an, loans.LendAsk{Device: d.ID, Borrower: b.ID, Pay: loans.Bancontact}))(s.t)
}

func (s *scene) days(n int) { s.clock.Forward(time.Duration(n) * 24 * time.Hour) }

func citizen(given, family, phone, mail, household string) loans.Borrower {
	return loans.Borrower{Category: loans.Citizen, Given: given, Family: family, Phone: phone, Mail: mail, Household: household}
}

// lateScene is three days after the first due day: calls, mails before the due day, and a task.
func lateScene(t testing.TB) *scene {
	t.Helper()
	s := newScene(t)
	s.lend("LT-001", s.an, citizen("Zoë", "Peeters", "051 12 34 56", "", "Kerkstraat 1"))
	mother := must(s.PutBorrower(t.Context(), s.an, citizen("An", "Wouters", "051 65 43 21", "", "Molenweg 3")))(t)
	s.lend("LT-002", s.an, loans.Borrower{Category: loans.Minor, Given: "Lou", Family: "Maes", BirthMonth: "2012-01", GuardianID: mother.ID, Household: "Molenweg 3"})
	s.lend("LT-003", s.dora, loans.Borrower{Category: loans.Client, Given: "Mo", Family: "Claes", Phone: "051 77 77 77"})
	s.days(6)
	s.lend("LT-004", s.an, citizen("Jef", "Vandenbroucke-Vanhoutteghem", "051 99 88 77", "jef@voorbeeld.be", ""))
	s.days(12)
	s.skip() // the reminders before the due day
	s.days(7)
	return s
}

// skip does all that is due now, without a paper.
func (s *scene) skip() {
	s.t.Helper()
	for _, r := range must(s.Reminders(s.t.Context(), s.an))(s.t) {
		must(s.Remind(s.t.Context(), s.an, r.ID, nil))(s.t)
	}
}

// letterScene is a week later: second letters, of which two go to one household.
func letterScene(t testing.TB) *scene {
	t.Helper()
	s := newScene(t)
	zoe := must(s.PutBorrower(t.Context(), s.an, citizen("Zoë", "Peeters", "051 12 34 56", "", "Kerkstraat 1")))(t)
	s.lend("LT-001", s.an, zoe)
	s.lend("LT-005", s.an, citizen("Bo", "Peeters", "051 12 34 57", "", "Kerkstraat 1"))
	s.lend("LT-006", s.an, citizen("Fé", "Sanders", "051 33 33 33", "fe@voorbeeld.be", "Dorp 7"))
	s.days(18)
	s.skip()
	s.days(6)
	s.skip()
	s.days(7)
	return s
}

func (s *scene) desk() reminders.Desk {
	return reminders.Desk{Store: s.Store, Papers: s.papers, Channels: s.channels}
}

// session is a visit of somebody, whose clock is the scene's.
func (s *scene) session(login string) *shell.Session {
	s.t.Helper()
	id := s.Identity(login)
	id.Roles = must(s.Accounts.Find(s.t.Context(), datatest.Operator, login))(s.t).Roles
	session := screentest.Session(s.t, id)
	session.Now = s.clock.Now
	return session
}

// show opens the room for somebody.
func (s *scene) show(login string, w, h int, steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	session := s.session(login)
	return screentest.ShowRoot(s.t, shell.NewRoot(session, reminders.New(session, s.desk()), nil, words.Errors{}), w, h, screentest.Steps(steps...)...)
}

func (s *scene) clerk(steps ...[]tea.Msg) *screentest.Screen {
	s.t.Helper()
	return s.show(clerk, 80, 24, steps...)
}

// waiting lists the papers of somebody in the outbox, by name.
func (s *scene) waiting(by data.Actor) []outbox.Paper {
	s.t.Helper()
	return must(s.outbox.Mine(s.t.Context(), by))(s.t)
}

var (
	keys  = screentest.Keys
	typed = screentest.Type
)

func pages(t *testing.T, make func(testing.TB) *scene, login string, steps ...[]tea.Msg) {
	t.Helper()
	screentest.Pages(t, func(t testing.TB, w, h int) *screentest.Screen {
		return make(t).show(login, w, h, steps...)
	})
}

// whole checks every invariant of the register.
func (s *scene) whole() {
	s.t.Helper()
	for _, v := range must(s.Check(s.t.Context(), s.ivo))(s.t) {
		s.t.Errorf("violated: %s", v)
	}
}
