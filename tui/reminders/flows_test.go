package reminders_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"digibrug/data"
	"digibrug/data/outbox"
	"digibrug/loans"
	"digibrug/tui/screentest"
)

// told writes what was done about a loan, as somebody reads it.
func (s *scene) told(by data.Actor, loan string) string {
	s.t.Helper()
	text := ""
	for _, t := range must(s.ToldOf(s.t.Context(), by, loan))(s.t) {
		if t.State == "done" {
			text += fmt.Sprintf("%d %s %s %q; ", t.Step, t.Channel, t.Outcome, t.Note)
		}
	}
	return text
}

// TestCalls reaches one, does not reach another, and notes what was said.
func TestCalls(t *testing.T) {
	s := lateScene(t)
	due := must(s.Reminders(t.Context(), s.an))(t)
	page := s.clerk(keys("enter", "b"))
	page.Says("Zoë Peeters is bereikt. Deze stap is gedaan.", "Bellen: 1, brieven: 1.")
	page.Send(keys("enter", "g")...)
	page.Says("Genoteerd: An Wouters gaf geen antwoord. De stap blijft staan.", "bellen An Wouters LT-002 4 dagen te laat 1 keer")
	page.Send(screentest.Steps(keys("enter", "n", "right", "tab"), typed("belt zelf terug"), keys("enter"))...)
	page.Says("bellen An Wouters LT-002 4 dagen te laat 2 keer")
	page.Send(keys("enter")...)
	page.Says("door an.peeters, geen antwoord. belt zelf terug", "LT-002, Lou Maes, terug op ma 14/12/2026")
	if got, want := s.told(s.an, due[0].LoanID), `0 mail  ""; 1 call  ""; -1 call reached ""; `; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, want := s.told(s.an, due[1].LoanID), `0 mail  ""; -1 call no_answer ""; -1 call no_answer "belt zelf terug"; `; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	s.whole()
}

// TestLetterInsteadOfCall makes a letter where calling does not help.
func TestLetterInsteadOfCall(t *testing.T) {
	s := lateScene(t)
	page := s.clerk(keys("enter", "l"))
	page.Says("Naar Zoë Peeters: brief", "Wilt u dit terugbrengen?", "Kerkstraat 1")
	page.Send(keys("m")...)
	all := s.waiting(s.an)
	if len(all) != 1 || !strings.HasPrefix(all[0].Name, "brief-") || all[0].Media != "application/pdf" || all[0].Channel != outbox.Fetch {
		t.Fatalf("got %+v", all)
	}
	page.Says(all[0].Name+" staat klaar bij \"Brieven en prints\".", "Bellen: 1, brieven: 1.")
	if body := must(s.outbox.Body(t.Context(), s.an, all[0].ID))(t); !bytes.HasPrefix(body, []byte("%PDF")) {
		t.Errorf("got %.20q", body)
	}
	s.whole()
}

// TestMailText makes the text of a mail, and calls in the place of one.
func TestMailText(t *testing.T) {
	s := lateScene(t)
	page := s.clerk(keys("end", "enter", "m"))
	all := s.waiting(s.an)
	if len(all) != 1 || !strings.HasPrefix(all[0].Name, "mail-") || !strings.HasSuffix(all[0].Name, ".txt") {
		t.Fatalf("got %+v\n%s", all, page.Text())
	}
	body := string(must(s.outbox.Body(t.Context(), s.an, all[0].ID))(t))
	if want := "Aan: jef@voorbeeld.be\nOnderwerp: Uw toestel moet binnenkort terug\n\n"; !strings.HasPrefix(body, want) || !strings.Contains(body, "LT-004") {
		t.Errorf("got %s", body)
	}
	s = lateScene(t)
	page = s.clerk(keys("end", "enter", "b", "b"))
	page.Says("Jef Vandenbroucke-Vanhoutteghem is bereikt.", "Bellen: 2, brieven: 0.")
	if n := len(s.waiting(s.an)); n != 0 {
		t.Errorf("%d papers", n)
	}
}

// TestAllLetters makes one letter for a household, each step once, on the printer where there is one.
func TestAllLetters(t *testing.T) {
	s := letterScene(t)
	s.channels = []outbox.Channel{outbox.Fetch, outbox.Print}
	page := s.clerk(keys("m", "down", "enter"))
	page.Says("2 brieven gemaakt.", "Vandaag is er niemand te bellen")
	all := s.waiting(s.an)
	if len(all) != 2 || all[0].Channel != outbox.Print {
		t.Fatalf("got %+v", all)
	}
	page.Send(keys("m")...)
	if n := len(s.waiting(s.an)); n != 2 {
		t.Errorf("%d papers, want 2", n)
	}
	s.whole()
}

// TestCallOneOfHousehold calls one person in the place of a letter for a household: the step of the other stays.
func TestCallOneOfHousehold(t *testing.T) {
	s := letterScene(t)
	page := s.clerk(keys("enter", "b"))
	if text := page.Text(); strings.Contains(text, "LT-005") {
		t.Errorf("the call is about somebody else's device too:\n%s", text)
	}
	page.Send(keys("b")...)
	page.Says("Zoë Peeters is bereikt.", "brief Bo Peeters LT-005")
	s.whole()
}

// TestTwoAtOnce makes one letter when two people make it, and none when the device came back.
func TestTwoAtOnce(t *testing.T) {
	s := letterScene(t)
	an, bert := s.clerk(keys("enter")), s.show("bert.maes", 80, 24, keys("enter"))
	bert.Send(keys("m")...)
	an.Send(keys("m")...)
	an.Says("Iemand anders deed dit al, of het toestel is intussen terug.", "Bellen: 0, brieven: 1.")
	if a, b := len(s.waiting(s.an)), len(s.waiting(s.bert)); a != 0 || b != 1 {
		t.Errorf("%d papers of An and %d of Bert, want 0 and 1", a, b)
	}
	an.Send(keys("enter", "b")...) // a call in the place of the letter
	loan := must(s.Reminders(t.Context(), s.an))(t)[0].LoanID
	must(s.Return(t.Context(), s.bert, loans.ReturnAsk{Loan: loan, Refund: loans.Bancontact}))(t)
	an.Send(keys("b")...)
	an.Says("Iemand anders deed dit al, of het toestel is intussen terug.", "Vandaag is er niemand te bellen")
	s.whole()
}

// TestPartOfBundle writes a letter about what is still out, when part of it came back while the letter was read.
func TestPartOfBundle(t *testing.T) {
	s := letterScene(t)
	page := s.clerk(keys("enter"))
	loan := must(s.Reminders(t.Context(), s.an))(t)[0]
	must(s.Return(t.Context(), s.bert, loans.ReturnAsk{Loan: loan.LoanID, Refund: loans.Bancontact}))(t)
	page.Send(keys("m")...)
	page.Says("staat klaar bij \"Brieven en prints\"")
	done := 0
	for _, r := range must(s.OpenNow(t.Context(), s.an))(t) {
		done += strings.Count(s.told(s.an, r.ID), "2 letter")
	}
	if done != 1 || len(s.waiting(s.an)) != 1 {
		t.Errorf("%d second letters done, %d papers; want 1 and 1", done, len(s.waiting(s.an)))
	}
	s.whole()
}

// TestRights keeps the tasks of social workers from the desk, and the desk from who has tasks alone.
func TestRights(t *testing.T) {
	s := lateScene(t)
	if text := s.clerk().Text(); strings.Contains(text, "Claes") {
		t.Errorf("the desk sees the task:\n%s", text)
	}
	task := must(s.Reminders(t.Context(), s.dora))(t)
	if len(task) != 1 {
		t.Fatalf("got %d tasks", len(task))
	}
	history := s.clerk(keys("u", "down", "down", "enter"))
	history.Says("Geschiedenis van LT-003", "vooraf: mail")
	if text := history.Text(); strings.Contains(text, "taak") {
		t.Errorf("the desk sees the task:\n%s", text)
	}
	page := s.show(social, 80, 24)
	if text := page.Text(); strings.Contains(text, "Peeters") || strings.Contains(text, "alle brieven") {
		t.Errorf("the social worker sees the desk:\n%s", text)
	}
	page.Send(keys("m", "u")...) // keys of the desk
	page.Says("taak Mo Claes LT-003")
	page.Send(screentest.Steps(keys("enter", "l", "n", "tab"), typed("komt dinsdag"), keys("enter"))...)
	page.Says("Mo Claes is bereikt. Deze stap is gedaan.", "U hebt geen taken over toestellen die te laat zijn.")
	if got := s.told(s.dora, task[0].LoanID); !strings.Contains(got, `-1 social reached "komt dinsdag"`) {
		t.Errorf("got %s", got)
	}
	if got := s.told(s.an, task[0].LoanID); strings.Contains(got, "dinsdag") {
		t.Errorf("the desk reads %s", got)
	}
	s.show("chris.wouters", 80, 24).Says("U hebt hier geen toegang toe.")
	if _, err := s.Store.Reminders(t.Context(), s.Actor("chris.wouters")); !errors.Is(err, data.ErrDenied) {
		t.Errorf("got %v", err)
	}
	s.whole()
}

// TestExtraReminder reminds once more, and leaves the steps as they were.
func TestExtraReminder(t *testing.T) {
	s := letterScene(t)
	loan := must(s.OpenNow(t.Context(), s.an))(t)[0].ID
	page := s.clerk(keys("u", "enter", "e"))
	page.Send(screentest.Steps(keys("right", "tab"), typed("vroeg erom"), keys("enter"))...)
	page.Says("staat klaar bij \"Brieven en prints\"", "extra: brief", "stap 2: brief gepland")
	if got := s.told(s.an, loan); !strings.HasSuffix(got, `-1 letter added "vroeg erom"; `) {
		t.Errorf("got %s", got)
	}
	page.Send(keys("e", "tab", "enter")...)
	page.Says("Genoteerd. De gewone stappen gaan door zoals gepland.", "extra: bellen")
	if n := len(s.waiting(s.an)); n != 1 {
		t.Errorf("%d papers, want one: a call has none", n)
	}
	must(s.Return(t.Context(), s.bert, loans.ReturnAsk{Loan: loan, Refund: loans.Bancontact}))(t)
	page.Send(keys("e", "tab", "enter")...)
	page.Says("Het toestel is al terug. Er is niets meer om aan te herinneren.")
}

// TestRegistered says that a registered letter must still be sent.
func TestRegistered(t *testing.T) {
	s := letterScene(t)
	for range 2 {
		s.skip()
		s.days(30)
	}
	page := s.clerk()
	page.Says("aangetekend Zoë Peeters")
	page.Send(keys("enter")...)
	page.Says("AANGETEKEND", "Ingebrekestelling")
	page.Send(keys("m")...)
	page.Says("Stuur die aangetekend, en bewaar het bewijs van de post.")
	page.Send(keys("m", "down", "enter")...)
	page.Says("1 brief gemaakt. Stuur die aangetekend")
	s.whole()
}

// TestHostileNames: what people typed reaches no terminal and breaks no page.
func TestHostileNames(t *testing.T) {
	s := newScene(t)
	for i, text := range []string{"x\x1b[2J\x07", "y\u202egnirts", "z\r\n\tb", strings.Repeat("ẅ", 70), "{{.name}} %s <b>"} {
		b := loans.Borrower{Category: loans.Association, Family: text, Phone: "051 1", Household: text}
		if _, err := s.PutBorrower(t.Context(), s.an, b); err != nil {
			continue // the register took it for no name
		}
		s.lend(fmt.Sprint("H", i), s.an, b)
	}
	s.days(18)
	for _, size := range screentest.Sizes() {
		page := s.show(clerk, size[0], size[1])
		for _, step := range [][]string{{"enter"}, {"l"}, {"esc"}, {"down"}, {"enter"}, {"n"}, {"esc"}, {"u"}, {"enter"}, {"e"}} {
			page.Send(keys(step...)...)
			page.Fits()
			for _, r := range page.Text() {
				if r != '\n' && (unicode.IsControl(r) || r == '\u202e') {
					t.Fatalf("%U on the page after %v:\n%q", r, step, page.Text())
				}
			}
		}
	}
}

// TestWrongKeys does nothing at keys that mean nothing.
func TestWrongKeys(t *testing.T) {
	s := lateScene(t)
	page := s.clerk(keys("x", "delete", "b", "g", "enter", "m", "x", "u"))
	page.Says("Bellen", "051 12 34 56")
	page.Send(keys("esc", "end", "enter", "l", "g", "u", "esc")...)
	page.Says("Bellen: 2, brieven: 1.")
	if n := len(s.waiting(s.an)); n != 0 {
		t.Errorf("%d papers", n)
	}
}
