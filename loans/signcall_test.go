package loans_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/regulation"
	"digibrug/loans"

	"golang.org/x/crypto/ssh"
)

// kiosk adds a kiosk PC, and gives it as it calls the register.
func (c *counter) kiosk(name string, kind data.KioskKind) data.Actor {
	c.t.Helper()
	key := must(ssh.NewPublicKey(must2(ed25519.GenerateKey(rand.Reader))))(c.t)
	k := must(data.NewKiosks(c.db).Add(c.t.Context(), datatest.Operator, data.NewKiosk{Name: name, Kind: kind, LocationID: c.library, Key: string(ssh.MarshalAuthorizedKey(key))}))(c.t)
	return data.Identity{KioskID: k.ID, Login: k.Login(), From: "192.0.2.8"}.Actor()
}

func must2(public ed25519.PublicKey, _ ed25519.PrivateKey, err error) ed25519.PublicKey {
	if err != nil {
		panic(err)
	}
	return public
}

// paper is what a contract says, for tests.
func paper() map[string]string {
	return map[string]string{"nl": "U leent LT-001.\nBreng het terug op 14/12.", "fr": "Vous empruntez LT-001."}
}

// TestSignCall sends a contract to the kiosk beside the desk, and has it accepted there.
func TestSignCall(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		balie := c.kiosk("balie-1", data.KioskCounter)
		l := c.lend(c.device("LT-001"), c.borrower("D'Hondt"))
		if _, found, err := c.CallAt(t.Context(), balie); found || err != nil {
			t.Fatalf("a call before there is one: %v %v", found, err)
		}
		call := must(c.CallSign(t.Context(), c.an, l.ContractID, loans.AtHandOver, balie.KioskID, paper()))(t)
		at, found, err := c.CallAt(t.Context(), balie)
		if !found || err != nil || at.ID != call.ID || at.Texts["fr"] != paper()["fr"] || at.By != "an.peeters" {
			t.Fatalf("at the kiosk: %+v %v %v", at, found, err)
		}
		for _, name := range []string{"", "Zoë", "Zoë Peeters", "D'Hondt"} {
			if _, err := c.AnswerCall(t.Context(), balie, call.ID, "nl", name, true); err == nil {
				t.Errorf("%q signs for Zoë D'Hondt", name)
			}
		}
		wantWhy(t, loans.WhyOtherName)(c.AnswerCall(t.Context(), balie, call.ID, "nl", "Zoë Peeters", true))
		wantWhy(t, data.WhyNotOneOf)(c.AnswerCall(t.Context(), balie, call.ID, "en", "Zoë D'Hondt", true)) // no English was shown
		r := must(c.AnswerCall(t.Context(), balie, call.ID, "fr", "dhondt  zoe", true))(t)
		if want := "[fr]\n" + paper()["fr"] + "\n\n[nl]\n" + paper()["nl"]; r.Text != want || r.Name != "dhondt zoe" || r.Paper || r.Hash == "" {
			t.Errorf("got %+v, want the text as it was shown: %q", r, want)
		}
		got := must(c.SignCall(t.Context(), c.bert, call.ID))(t)
		if got.State != loans.CallSigned || got.Receipt != r || got.Texts != nil {
			t.Errorf("the desk sees %+v, want signed with its receipt and no text", got)
		}
		wantWhy(t, loans.WhyCallOver)(c.AnswerCall(t.Context(), balie, call.ID, "nl", "Zoë D'Hondt", true))
		wantWhy(t, loans.WhySigned)(c.CallSign(t.Context(), c.an, l.ContractID, loans.AtHandOver, balie.KioskID, paper()))
		must(c.Return(t.Context(), c.an, loans.ReturnAsk{Loan: l.ID, Refund: loans.Bancontact}))(t)
		back := must(c.CallSign(t.Context(), c.an, l.ContractID, loans.AtReturn, balie.KioskID, paper()))(t)
		second := must(c.AnswerCall(t.Context(), balie, back.ID, "nl", "Zoë D'Hondt", true))(t)
		if second.Text != paper()["nl"] || second.Seq != r.Seq+1 {
			t.Errorf("at the return: %+v", second)
		}
		if n := c.count(`SELECT count(*) FROM loan_sign_calls WHERE texts <> ''`); n != 0 {
			t.Errorf("%d calls keep their text", n)
		}
		accepted := func() []regulation.Acceptance {
			return must(regulation.Of(t.Context(), c.db, regulation.Subject{Kind: regulation.Borrower, ID: l.BorrowerID}))(t)
		}
		model := must(regulation.Model(regulation.Loan))(t)
		if got := accepted(); len(got) != 1 || got[0].TextID != "" || got[0].Text != strings.TrimSpace(model.Content.Text["nl"]) {
			t.Errorf("the borrower accepted %+v, want the model's text", got)
		}
		c.ok(c.Erase(t.Context(), c.an, l.BorrowerID))
		if got := accepted(); len(got) != 0 {
			t.Errorf("an erased borrower accepted %+v", got)
		}
		c.whole()
	})
}

// TestSignCallEnds ends calls in every other way: nothing of them stays, and nobody can answer any more.
func TestSignCallEnds(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		balie := c.kiosk("balie-1", data.KioskCounter)
		l := c.lend(c.device("LT-001"), c.borrower("Peeters"))
		ring := func() loans.SignCall {
			return must(c.CallSign(t.Context(), c.an, l.ContractID, loans.AtHandOver, balie.KioskID, paper()))(t)
		}
		for want, end := range map[loans.CallState]func(loans.SignCall){
			loans.CallCancelled: func(call loans.SignCall) { c.ok(c.DropSignCall(t.Context(), c.an, call.ID)) },
			loans.CallRefused: func(call loans.SignCall) {
				if r := must(c.AnswerCall(t.Context(), balie, call.ID, "nl", "", false))(t); r != (loans.Receipt{}) {
					t.Errorf("a refusal has the receipt %+v", r)
				}
			},
			loans.CallLapsed: func(loans.SignCall) { c.clock.Forward(loans.CallFor) },
		} {
			call := ring()
			end(call)
			if got := must(c.SignCall(t.Context(), c.an, call.ID))(t); got.State != want || got.Texts != nil {
				t.Errorf("%s: the desk sees %+v", want, got)
			}
			if at, found, err := c.CallAt(t.Context(), balie); found || err != nil || at.Texts != nil {
				t.Errorf("%s: the kiosk sees %+v %v", want, at, err)
			}
			wantWhy(t, loans.WhyCallOver)(c.AnswerCall(t.Context(), balie, call.ID, "nl", "Zoë Peeters", true))
			wantWhy(t, loans.WhyCallOver)(nil, c.LapseCall(t.Context(), balie, call.ID))
			c.ok(c.DropSignCall(t.Context(), c.an, call.ID)) // the desk comes late: that changes nothing
			if got := must(c.SignCall(t.Context(), c.an, call.ID))(t); got.State != want {
				t.Errorf("%s became %s", want, got.State)
			}
		}
		first, second := ring(), ring()
		if got := must(c.SignCall(t.Context(), c.an, first.ID))(t); got.State != loans.CallCancelled {
			t.Errorf("a new call leaves the old one %s", got.State)
		}
		c.ok(c.LapseCall(t.Context(), balie, second.ID))
		ring()
		c.clock.Forward(loans.CallFor)
		if _, _, _, err := c.Tidy(t.Context(), c.an); err != nil {
			t.Fatal(err)
		}
		if n := c.count(`SELECT count(*) FROM loan_sign_calls WHERE texts <> '' OR state = 'waiting'`); n != 0 {
			t.Errorf("%d calls keep their text", n)
		}
		must(c.Sign(t.Context(), c.an, loans.SignAsk{Contract: l.ContractID, When: loans.AtHandOver, Borrower: l.BorrowerID, Name: "Zoë Peeters", Text: "op papier", Paper: true}))(t)
		c.whole()
	})
}

// TestSignCallRights: who is not the kiosk of the call gets nothing of it.
func TestSignCallRights(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		balie, other, room := c.kiosk("balie-1", data.KioskCounter), c.kiosk("balie-2", data.KioskCounter), c.kiosk("ocr-1", data.KioskOCR)
		l := c.lend(c.device("LT-001"), c.borrower("Peeters"))
		wantWhy(t, loans.WhyNoCounter)(c.CallSign(t.Context(), c.an, l.ContractID, loans.AtHandOver, room.KioskID, paper()))
		wantWhy(t, loans.WhyNoCounter)(c.CallSign(t.Context(), c.an, l.ContractID, loans.AtHandOver, "nowhere", paper()))
		wantWhy(t, loans.WhyTextless)(c.CallSign(t.Context(), c.an, l.ContractID, loans.AtHandOver, balie.KioskID, map[string]string{"en": "You borrow."}))
		wantWhy(t, data.WhyNotOneOf)(c.CallSign(t.Context(), c.an, l.ContractID, loans.AtHandOver, balie.KioskID, map[string]string{"nl": "U leent.", "xx": "?"}))
		if _, err := c.CallSign(t.Context(), c.an, "no such", loans.AtHandOver, balie.KioskID, paper()); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("a call for no contract: %v", err)
		}
		if got := must(c.Counters(t.Context(), c.an))(t); len(got) != 2 || got[0].Name != "balie-1" {
			t.Errorf("counters: %+v", got)
		}
		call := must(c.CallSign(t.Context(), c.an, l.ContractID, loans.AtHandOver, balie.KioskID, paper()))(t)
		if _, found, err := c.CallAt(t.Context(), other); found || err != nil {
			t.Errorf("another kiosk sees the call: %v %v", found, err)
		}
		if _, err := c.AnswerCall(t.Context(), other, call.ID, "nl", "Zoë Peeters", true); !errors.Is(err, data.ErrNotFound) {
			t.Errorf("another kiosk answers: %v", err)
		}
		coded := balie
		coded.CodeID = "c" // somebody with a paper code, at that kiosk
		for name, by := range map[string]data.Actor{"clerk": c.an, "nobody": {}, "code": coded, "operator": datatest.Operator, "unknown kiosk": {KioskID: "k"}} {
			_, _, look := c.CallAt(t.Context(), by)
			_, answer := c.AnswerCall(t.Context(), by, call.ID, "nl", "Zoë Peeters", true)
			for act, err := range map[string]error{"look": look, "answer": answer, "lapse": c.LapseCall(t.Context(), by, call.ID)} {
				if !errors.Is(err, data.ErrDenied) {
					t.Errorf("%s of %s: %v, want ErrDenied", act, name, err)
				}
			}
		}
		for name, by := range map[string]data.Actor{"deputy": c.town.Actor("lid1"), "kiosk": balie} {
			_, ring := c.CallSign(t.Context(), by, l.ContractID, loans.AtHandOver, balie.KioskID, paper())
			_, look := c.SignCall(t.Context(), by, call.ID)
			_, list := c.Counters(t.Context(), by)
			for act, err := range map[string]error{"call": ring, "look": look, "list": list, "drop": c.DropSignCall(t.Context(), by, call.ID)} {
				if !errors.Is(err, data.ErrDenied) {
					t.Errorf("%s of %s: %v, want ErrDenied", act, name, err)
				}
			}
		}
		must(data.NewKiosks(c.db).SetDisabled(t.Context(), datatest.Operator, "balie-1", true))(t)
		if _, _, err := c.CallAt(t.Context(), balie); !errors.Is(err, data.ErrDenied) {
			t.Errorf("a closed kiosk looks: %v", err)
		}
		c.whole()
	})
}

// TestSignCallOfMinor: the parent signs, and nobody else.
func TestSignCallOfMinor(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		balie := c.kiosk("balie-1", data.KioskCounter)
		parent := c.borrower("Peeters")
		kid := must(c.PutBorrower(t.Context(), c.an, loans.Borrower{Category: loans.Minor, Given: "Élise", Family: "Maes", BirthMonth: "2012-03", GuardianID: parent.ID}))(t)
		l := c.lend(c.device("LT-001"), kid)
		call := must(c.CallSign(t.Context(), c.an, l.ContractID, loans.AtHandOver, balie.KioskID, paper()))(t)
		wantWhy(t, loans.WhyOtherName)(c.AnswerCall(t.Context(), balie, call.ID, "nl", "Élise Maes", true))
		must(c.AnswerCall(t.Context(), balie, call.ID, "nl", "Zoë Peeters", true))(t)
		club := must(c.PutBorrower(t.Context(), c.an, loans.Borrower{Category: loans.Association, Family: "Chiro Zandwerve", Phone: "1"}))(t)
		l = c.lend(c.device("LT-002"), club)
		call = must(c.CallSign(t.Context(), c.an, l.ContractID, loans.AtHandOver, balie.KioskID, paper()))(t)
		if r := must(c.AnswerCall(t.Context(), balie, call.ID, "nl", "Tom Claes", true))(t); r.Name != "Tom Claes" {
			t.Errorf("for the association signed %q", r.Name)
		}
		c.whole()
	})
}

// TestSignCallAnswersAtOnce: two answers at once, and a desk that takes the call back meanwhile, come to one end.
func TestSignCallAnswersAtOnce(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		balie := c.kiosk("balie-1", data.KioskCounter)
		l := c.lend(c.device("LT-001"), c.borrower("Peeters"))
		call := must(c.CallSign(t.Context(), c.an, l.ContractID, loans.AtHandOver, balie.KioskID, paper()))(t)
		errs := make([]error, 6)
		var all sync.WaitGroup
		for i := range errs {
			all.Go(func() { _, errs[i] = c.AnswerCall(t.Context(), balie, call.ID, "nl", "Zoë Peeters", true) })
		}
		all.Wait()
		done := 0
		for _, err := range errs {
			var bad *data.Invalid
			switch {
			case err == nil:
				done++
			case !errors.As(err, &bad) || bad.Why != loans.WhyCallOver:
				t.Errorf("got %v, want %s", err, loans.WhyCallOver)
			}
		}
		if n := c.count(`SELECT count(*) FROM loan_signatures`); done != 1 || n != 1 {
			t.Errorf("%d answers counted, %d signatures, want one", done, n)
		}
		c.whole()
	})
}

// TestSignCallHostile: what the desk sends and the kiosk types is made harmless.
func TestSignCallHostile(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		balie := c.kiosk("balie-1", data.KioskCounter)
		club := must(c.PutBorrower(t.Context(), c.an, loans.Borrower{Category: loans.Association, Family: "Chiro", Phone: "1"}))(t)
		l := c.lend(c.device("LT-001"), club)
		call := must(c.CallSign(t.Context(), c.an, l.ContractID, loans.AtHandOver, balie.KioskID, map[string]string{"nl": "U leent\x1b]0;pwned\x07\u202e\nLT-001."}))(t)
		if strings.ContainsAny(call.Texts["nl"], "\x1b\x07\u202e") || !strings.Contains(call.Texts["nl"], "\n") {
			t.Errorf("the text is %q", call.Texts["nl"])
		}
		wantWhy(t, data.WhyNationalNumber)(c.AnswerCall(t.Context(), balie, call.ID, "nl", "93.05.18-223.61", true))
		wantWhy(t, data.WhyEmpty)(c.AnswerCall(t.Context(), balie, call.ID, "nl", "\x1b\u202e \t", true))
		r := must(c.AnswerCall(t.Context(), balie, call.ID, "nl", "Tom\x1b[2J Claes", true))(t)
		if r.Name != "Tom[2J Claes" {
			t.Errorf("the name is %q", r.Name)
		}
		c.clock.Forward(time.Minute)
		c.whole()
	})
}
