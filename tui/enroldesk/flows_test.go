package enroldesk_test

import (
	"strings"
	"testing"
	"time"

	"digibrug/courses"
	"digibrug/courses/coursestest"
	"digibrug/data"
	"digibrug/tui/coursewords"
	"digibrug/tui/enroldesk"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"

	tea "charm.land/bubbletea/v2"
)

// TestEnrolFound enrols somebody who is known, with no more keys than the name and three times Enter.
func TestEnrolFound(t *testing.T) {
	s := newScene(t)
	zoe := s.Person()
	page := s.show(clerk, enroldesk.New, 80, 24, keys("n"), typed("zoe"), keys("enter"))
	page.Says("€ 20,00. ", "2 plaatsen vrij: meteen ingeschreven")
	page.Send(keys("k")...)
	page.Says("€ 5,00.", "[x] Kansentarief")
	page.Send(keys("enter")...)
	page.Says("Zoë Adams is ingeschreven, plaats 1.", "Dag Zoë Adams. U bent ingeschreven voor E-mail voor starters.", "De prijs is € 5,00.")
	page.Send(keys("t", "p", "enter")...)
	if len(s.printed) != 1 || !strings.Contains(s.printed[0], "You are enrolled") {
		t.Errorf("printed %q", s.printed)
	}
	page.Says("1 plaats vrij")
	all := coursestest.Must(s.Enrolments(t.Context(), s.An, s.open.ID))(t)
	if len(all) != 1 || all[0].ParticipantID != zoe.ID || all[0].Fee.Proof.By != clerk || all[0].State != courses.Booked {
		t.Errorf("got %+v", all)
	}
	s.Clean()
}

// TestEnrolNew makes a new participant of what was typed, and says under the field what is missing.
func TestEnrolNew(t *testing.T) {
	s := newScene(t)
	page := s.show(clerk, enroldesk.New, 80, 40, keys("n"), typed("mia wouters"), keys("enter", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "tab", "enter"))
	page.Says("Geef een telefoonnummer of een e-mailadres.", "[Mia", "[Wouters")
	page.Send(screentest.Steps(keys("home"), typed("0470 12 34 56"), keys("tab", "tab", "tab", "tab", "tab", "tab", "enter"))...)
	page.Says("Mia Wouters inschrijven")
	page.Send(keys("enter")...)
	page.Says("Mia Wouters is ingeschreven, plaats 1.", "Contact: 0470 12 34 56")
	s.Clean()
}

// TestUnknownFee never shows what nobody decided as free.
func TestUnknownFee(t *testing.T) {
	s := &scene{School: coursestest.New(t, "sqlite:"+t.TempDir()+"/x.db")}
	s.Open(2, s.Sessions(s.PCs, s.Mia, lessons)...)
	s.Person()
	page := s.show(clerk, enroldesk.New, 80, 24, keys("n"), typed("zoe"), keys("enter"))
	page.Says("nog niet beslist", "Dat is niet hetzelfde als gratis")
	page.Lacks("€ 0", "[ ] Kansentarief")
	page.Send(keys("k", "enter")...)
	page.Says("bedrag onbekend", "De prijs is nog niet beslist.")
}

// TestPriceLater: who enrolled before a price was decided gets it with one key, and hears it.
func TestPriceLater(t *testing.T) {
	s := &scene{School: coursestest.New(t, "sqlite:"+t.TempDir()+"/x.db")}
	e := s.Join(s.Open(2, s.Sessions(s.PCs, s.Mia, lessons)...), courses.Participant{})
	page := s.show(clerk, enroldesk.NewFees, 80, 24)
	page.Says("bedrag onbekend", "prijs bepalen")
	page.Send(keys("p", "down", "enter")...)
	page.Says("Er is nog geen prijs voor deze persoon.")
	coursestest.Must(s.PutFeeRule(t.Context(), s.An, courses.FeeRule{Cents: 2000, Decision: "GR 12", DecidedOn: "2026-01-05", From: "2026-01-06"}))(t)
	page.Send(keys("p", "down", "enter")...)
	page.Says("De prijs van " + e.Participant + " is bepaald.")
	page.Lacks("bedrag onbekend")
	if all := coursestest.Must(s.Calls(t.Context(), s.An))(t); len(all) != 1 || all[0].Paid != courses.Due || all[0].Fee.Cents != 2000 {
		t.Errorf("who must hear it: %+v", all)
	}
	s.Clean()
}

// TestProofOfEach: a proof is of one of two who come together, whether it was ticked before the other came or after.
func TestProofOfEach(t *testing.T) {
	for name, order := range map[string][2][]string{"before": {{"enter", "k", "s"}, nil}, "after": {{"enter", "s"}, {"k"}}, "the other": {{"enter", "s"}, {"l"}}} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			one, two := s.Person(), s.Person()
			page := s.show(clerk, enroldesk.New, 80, 24, keys("n"), typed(one.Given+" 1"), keys(order[0]...))
			page.Send(steps(typed(two.Given), keys("enter"), keys(order[1]...))...)
			page.Says("Kansentarief voor "+one.Name(), "Kansentarief voor "+two.Name())
			page.Send(keys("enter")...)
			for _, e := range coursestest.Must(s.Enrolments(t.Context(), s.An, s.open.ID))(t) {
				want := int64(2000)
				if first := e.ParticipantID == one.ID; first == (name != "the other") {
					want = 500
				}
				if int64(e.Fee.Cents) != want {
					t.Errorf("%s pays %d, want %d", e.Participant, e.Fee.Cents, want)
				}
			}
			s.Clean()
		})
	}
}

// TestTogether enrols two who only come together: they wait together when one seat is left.
func TestTogether(t *testing.T) {
	s := newScene(t)
	s.Join(s.open, courses.Participant{})
	one, two := s.Person(), s.Person()
	page := s.show(clerk, enroldesk.New, 80, 24, keys("n"), typed(one.Given), keys("enter", "s"))
	page.Says("Wie komt mee?")
	page.Send(steps(typed(two.Given), keys("enter"))...)
	page.Says(one.Name()+" + "+two.Name(), "komt op de wachtlijst, plaats 1")
	page.Send(keys("enter")...)
	page.Says(one.Name()+" staat op de wachtlijst", two.Name()+" staat op de wachtlijst", "met twee, en er is maar een plaats vrij")
	s.Clean()
}

// TestLastSeat: two desks ask the last seat at once. One books it, the other is told of the waiting list.
func TestLastSeat(t *testing.T) {
	s := newScene(t)
	s.Join(s.open, courses.Participant{})
	a, b := s.Person(), s.Person()
	first := s.show(clerk, enroldesk.New, 80, 24, keys("n"), typed(a.Given), keys("enter"))
	second := s.show(coordinator, enroldesk.New, 80, 24, keys("n"), typed(b.Given), keys("enter"))
	first.Says("1 plaats vrij: meteen ingeschreven")
	second.Says("1 plaats vrij: meteen ingeschreven")
	first.Send(keys("enter")...)
	second.Send(keys("enter")...)
	first.Says(a.Name() + " is ingeschreven, plaats 2.")
	second.Says(b.Name()+" staat op de wachtlijst, plaats 1. Er is geen plaats vrij.", "dan bellen we u")
	s.Clean()
}

// TestTwice says in words that somebody is in the series already.
func TestTwice(t *testing.T) {
	s := newScene(t)
	s.Join(s.open, courses.Participant{})
	page := s.show(clerk, enroldesk.New, 80, 24, keys("n"), typed("zoe"), keys("enter", "enter"))
	page.Says("Zoë Adams staat al in deze reeks: ingeschreven.")
	s.Clean()
}

// TestCallList accepts an offer, notes who was not reached, and clicks off who was told.
func TestCallList(t *testing.T) {
	s := busyScene(t)
	page := s.show(clerk, enroldesk.NewCalls, 80, 24)
	page.Says("0470 11 00 05", "aanbod t.e.m. do 26/11/2026")
	page.Send(keys("n")...)
	page.Says("niet bereikt en blijft op de lijst", "0470 11 00 05")
	page.Send(keys("w", "esc", "enter", "a")...)
	page.Says("Zoë 5 Adams heeft nu een plaats.", "ingeschreven, plaats 1", "gebeld, niet bereikt")
	page.Send(keys("esc")...)
	page.Says("0470 11 00 01", "is uitgeschreven") // by who plans, with a reason
	page.Send(keys("v")...)
	page.Says("U hoeft niemand te bellen.")
	s.Clean()
}

// TestLetters: who asked for letters stands on the list without a number, and one key prints the letters of all of them.
func TestLetters(t *testing.T) {
	s := newScene(t)
	bea := coursestest.Must(s.PutParticipant(t.Context(), s.An, courses.Participant{Given: "Bea", Family: "Claes", Category: courses.Resident, Channel: courses.ByLetter, Address: "Kerkplein 1, 9999 Zandwerve"}))(t)
	s.Join(s.open, bea)
	page := s.show(clerk, enroldesk.NewCalls, 80, 24)
	page.Says("(een brief)", "Bea Claes", "heeft nu een plaats", "P drukt die af")
	page.Send(keys("p")...)
	page.Says("1 brief ligt klaar bij de papieren.", "U hoeft niemand te bellen.")
	page.Lacks("P drukt die af")
	s.Clean()
}

// TestDecline gives the seat of who doesn't want it to the two who wait together only when there are two.
func TestDecline(t *testing.T) {
	s := busyScene(t)
	page := s.show(clerk, enroldesk.New, 80, 24, keys("enter", "enter", "w", "down", "enter"))
	page.Says("krijgt deze plaats niet meer")
	page.Send(keys("esc", "down", "enter")...)
	page.Says("met twee, en er is maar een plaats vrij")
	s.Clean()
}

// TestOutOfTurn: a coordinator offers a seat with a reason, which who was passed finds; a clerk has no key for it.
func TestOutOfTurn(t *testing.T) {
	s := busyScene(t)
	s.show(clerk, enroldesk.New, 80, 24, keys("enter", "enter", "w", "down", "enter"))
	page := s.show(clerk, enroldesk.New, 80, 24, keys("enter", "down", "enter", "o"))
	page.Says("op de wachtlijst, plaats 1").Lacks("plaats aanbieden")
	page = s.show(coordinator, enroldesk.New, 80, 24, keys("enter", "down", "enter", "o", "enter"))
	page.Says("Vul dit in: \"Reden\".")
	page.Send(steps(typed("haar zus komt mee"), keys("enter"))...)
	page.Says("krijgt een aanbod. Bel die persoon.")
	s.Clean()
}

// TestCancel asks with the sentence of the rule, and lets a coordinator go against it with a reason.
func TestCancel(t *testing.T) {
	s := newScene(t)
	s.Join(s.open, courses.Participant{})
	page := s.show(clerk, enroldesk.New, 80, 24, keys("enter", "enter", "delete"))
	page.Says("Zoë Adams uitschrijven? Uitschrijven kost nu niets.")
	page.Send(keys("esc")...)
	s.Clock.Forward(s.open.First.Add(time.Hour).Sub(s.Clock.Now()))
	page = s.show(clerk, enroldesk.New, 80, 24, keys("enter", "enter", "delete"))
	page.Says("De eerste les is al begonnen. Annuleren kan niet meer.")
	page = s.show(coordinator, enroldesk.New, 80, 24, keys("enter", "enter", "delete"))
	page.Says("De regel", "De eerste les is al begonnen.")
	page.Send(steps(typed("verhuisd"), keys("enter"))...)
	page.Says("Zoë Adams is uitgeschreven.", "uitgeschreven: verhuisd")
	s.Clean()
}

// TestFee marks a fee as paid, as due again, and waives it with a reason.
func TestFee(t *testing.T) {
	s := newScene(t)
	s.Join(s.open, courses.Participant{})
	page := s.show(clerk, enroldesk.New, 80, 24, keys("enter", "enter", "b"))
	page.Says("Zoë Adams heeft betaald.", "betaald (€ 20,00)")
	page.Send(steps(keys("t", "k"), typed("les viel weg"), keys("enter"))...)
	page.Says("kwijtgescholden", "prijs: kwijtgescholden les viel weg")
	s.Clean()
}

// TestApprove says yes and no as a head.
func TestApprove(t *testing.T) {
	s := askedScene(t)
	coursestest.Must(s.EnrolSelf(t.Context(), s.Town.Actor("lid2"), s.open.ID))(t)
	page := s.show("bert.maes", enroldesk.NewApprovals, 80, 24, keys("j"))
	page.Says("Goedgekeurd: Lid Nummer01")
	page.Send(keys("n", "enter")...)
	page.Says("Vul dit in: \"Reden\".")
	page.Send(steps(typed("te druk"), keys("enter"))...)
	page.Says("Er wacht niemand op uw ja.")
	s.show("lid2", enroldesk.NewOwn, 120, 40).Says("niet goedgekeurd: te druk")
	s.show("lid1", enroldesk.NewOwn, 120, 40).Says("ingeschreven")
	s.Clean()
}

// TestOwnCourses enrols oneself and cancels.
func TestOwnCourses(t *testing.T) {
	s := newScene(t)
	page := s.show("lid1", enroldesk.NewOwn, 120, 40, keys("n", "enter", "enter"))
	page.Says("Uw diensthoofd moet nog ja zeggen.", "wacht op het diensthoofd")
	page.Send(keys("delete")...)
	page.Says("Uitschrijven kost nu niets.")
	page.Send(keys("enter")...)
	page.Says("uitgeschreven")
	s.Clean()
}

// TestVisitor enrols at a kiosk without a mail address, a second time in words, and nobody of other people shows.
func TestVisitor(t *testing.T) {
	s := newScene(t)
	s.Join(s.open, courses.Participant{})
	pc := s.Kiosk()
	fill := steps(keys("enter"), typed("Mia"), keys("tab"), typed("Wouters"), keys("tab"), typed("0470 12 34 56"), keys("tab", "tab", "enter"))
	page := s.kiosk(pc, enroldesk.NewPublic, "nl", 80, 24, fill)
	page.Says("Bedankt. We hebben uw inschrijving.", "U bent ingeschreven voor E-mail voor starters.", "De prijs is € 20,00.")
	page.Lacks("Adams")
	page = s.kiosk(pc, enroldesk.NewPublic, "fr", 80, 24, fill)
	page.Says("Mia Wouters est déjà dans cette série : inscrit.")
	s.kiosk(pc, enroldesk.NewPublic, "en", 80, 24, steps(keys("enter"), typed("Jan"), keys("tab"), typed("Maes"), keys("tab"), typed("0470 12 34 57"), keys("tab", "tab", "enter"))).
		Says("Thank you. You are on the waiting list.", "at place 1")
	s.Clean()
}

// TestKioskRights: the desk's rooms give a kiosk nothing.
func TestKioskRights(t *testing.T) {
	s := busyScene(t)
	pc := s.Kiosk()
	for name, open := range map[string]opens{"list": enroldesk.New, "calls": enroldesk.NewCalls, "approvals": enroldesk.NewApprovals, "own": enroldesk.NewOwn} {
		page := s.kiosk(pc, open, "nl", 80, 24)
		page.Lacks("Adams", "0470")
		if !strings.Contains(page.Text(), "toegang") {
			t.Errorf("%s: %s", name, page.Text())
		}
	}
	s.show("lid1", enroldesk.New, 80, 24).Says("U hebt hier geen toegang toe.").Lacks("Adams")
}

// TestHostileNames shows what people typed harmless, at the desk and at the kiosk.
func TestHostileNames(t *testing.T) {
	s := newScene(t)
	evil := coursestest.Must(s.PutParticipant(t.Context(), s.An, courses.Participant{Given: "Eve\x1b[2J\x07", Family: "\u202eliam{{.x}}\r\n=1+1" + strings.Repeat("é", 60), Phone: "0470 12 34 56\x1b]0;x\x07", Category: courses.Resident}))(t)
	s.Join(s.open, evil)
	for _, msgs := range [][]tea.Msg{nil, keys("enter"), keys("enter", "enter"), keys("enter", "g"), keys("enter", "enter", "l"), steps(keys("n"), typed("eve")), steps(keys("n"), typed("eve"), keys("enter"))} {
		page := s.show(clerk, enroldesk.New, 60, 20, msgs)
		page.Fits()
		for _, sign := range []string{"\x1b]0;", "\u202e", "\x07", "\x1b[2J"} {
			if strings.Contains(page.View().Content+page.View().WindowTitle, sign) {
				t.Errorf("%q reaches the terminal", sign)
			}
		}
	}
}

// TestWrongKeys presses what means nothing, and changes nothing.
func TestWrongKeys(t *testing.T) {
	s := busyScene(t)
	before := s.States(s.open)
	page := s.show(clerk, enroldesk.New, 60, 20)
	for _, k := range []string{"x", "delete", "k", "o", "a", "f9", "home", "end", "pgup", "pgdown", "left", "right", "tab", "space"} {
		page.Send(keys(k)...)
		page.Fits()
	}
	after := s.States(s.open)
	for who, state := range before {
		if after[who] != state {
			t.Errorf("%s went from %s to %s", who, state, after[who])
		}
	}
}

// TestOwnCalendar makes a calendar of the own lessons. Who came with a paper code could not fetch it, and has no key.
func TestOwnCalendar(t *testing.T) {
	s := newScene(t)
	s.show("lid1", enroldesk.NewOwn, 80, 24, keys("a")).Says("Er komen nog geen lessen.")
	p := coursestest.Must(s.ParticipantFor(t.Context(), s.An, s.Town.Actor("lid1").PersonID))(t)
	all := coursestest.Must(s.Enrol(t.Context(), s.An, courses.EnrolAsk{Series: s.open.ID, Participant: p.ID}))(t)
	coursestest.Must(s.Approve(t.Context(), s.Town.Actor("bert.maes"), all[0].ID, true, ""))(t)
	s.show("lid1", enroldesk.NewOwn, 80, 24, keys("a")).Says("agenda-mijn-cursussen.ics is gemaakt (lessen: 2).")

	id := s.Town.Identity("lid1")
	id.Roles, id.Language, id.AccountID = []data.Role{data.RoleStaff}, "nl", ""
	session := screentest.Session(t, id)
	session.Now = s.Clock.Now
	root := shell.NewRoot(session, enroldesk.NewOwn(session, s.desk()), nil, coursewords.Errors())
	screentest.ShowRoot(t, root, 80, 24, keys("a")...).Lacks("agenda")
}

// TestPayBackAtTheDesk pays back what a stopped series cost, by one key on the list; what goes against the rules asks why.
func TestPayBackAtTheDesk(t *testing.T) {
	s := stoppedScene(t)
	page := s.show(clerk, enroldesk.New, 80, 24, keys("t"))
	page.Says("Terug te betalen: € 20,00. Te betalen: € 20,00.", "terug te betalen", "Zoë Adams", "b terugbetaald")
	page.Send(keys("k")...)
	page.Send(keys("enter")...)
	page.Says("Vul dit in")
	page.Send(steps(typed("nam een boek"), keys("enter"))...)
	page.Says("Zoë Adams krijgt het geld niet terug.")
	page.Lacks("terug te betalen   € 20,00")
	page.Send(keys("b")...)
	page.Says("Zoë 3 Adams, te betalen (€ 20,00): betaald?")
	page.Send(keys("down", "enter")...)
	page.Says("Iedereen betaalde, en niemand moet geld terugkrijgen.")
	s.Clean()

	s = stoppedScene(t)
	page = s.show(clerk, enroldesk.NewFees, 80, 24, keys("enter"))
	page.Says("terug te betalen (€ 20,00)", "26-001", "lesgever ziek")
	page.Send(keys("l")...)
	page.Says("gaan niet door", "De reden: lesgever ziek. U betaalde al. € 20,00 betalen we u terug.")
	page.Send(keys("esc", "b")...)
	page.Says("Zoë Adams heeft het geld terug.", "terugbetaald (€ 20,00)")
	page.Send(keys("t")...)
	page.Says("terug te betalen (€ 20,00)", "Zoë Adams moet het geld terugkrijgen.")
}

// TestToldByMistake: a V too many is taken back by Z, and the name stands on the list again.
func TestToldByMistake(t *testing.T) {
	s := busyScene(t)
	page := s.show(clerk, enroldesk.NewCalls, 80, 24)
	page.Lacks("vorige niet verteld")
	before := len(coursestest.Must(s.Calls(t.Context(), s.Clerk))(t))
	page.Send(keys("v")...)
	if got := len(coursestest.Must(s.Calls(t.Context(), s.Clerk))(t)); got != before-1 {
		t.Fatalf("after V %d of %d are on the list", got, before)
	}
	page.Send(keys("z")...)
	page.Says("staat weer op de lijst.")
	if got := len(coursestest.Must(s.Calls(t.Context(), s.Clerk))(t)); got != before {
		t.Errorf("after Z %d of %d are on the list", got, before)
	}
	page.Send(keys("z")...)
	page.Lacks("vorige niet verteld", "is er niet")
	s.Clean()
}
