package tui_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/loans"
	"digibrug/tui/papers"
	"digibrug/tui/screentest"

	gossh "golang.org/x/crypto/ssh"
)

// counterPC is a kiosk PC beside the desk, and the laptop that was just lent there.
type counterPC struct {
	*corner
	key      gossh.Signer
	pc       data.Kiosk
	an       data.Actor
	contract string
	borrower string
}

func newCounterPC(t *testing.T) *counterPC {
	t.Helper()
	s := &counterPC{corner: newCorner(t)}
	ctx, store := t.Context(), s.house.Loans
	hours, err := calendar.ParseHours("9-17")
	check(t, err)
	owner := s.Services["Bibliotheek"].OrganisationID
	place, err := s.house.Calendar.AddLocation(ctx, datatest.Operator, owner, "Balie", calendar.Calendar{Week: calendar.Week{nil, hours, hours, hours, hours, hours, nil}})
	check(t, err)
	_, private, err := ed25519.GenerateKey(rand.Reader)
	check(t, err)
	s.key, err = gossh.NewSignerFromKey(private)
	check(t, err)
	s.pc, err = s.house.Kiosks.Add(ctx, datatest.Operator, data.NewKiosk{Name: "balie-1", Kind: data.KioskCounter, LocationID: place.ID, Key: string(gossh.MarshalAuthorizedKey(s.key.PublicKey()))})
	check(t, err)
	check(t, s.Accounts.Grant(ctx, datatest.Operator, "an.peeters", data.RoleClerk, "2020-01-01", ""))
	s.an = s.Actor("an.peeters")
	laptop, err := store.PutType(ctx, datatest.Operator, loans.Type{Name: "laptop", Accessories: []loans.Accessory{{Name: "lader"}}})
	check(t, err)
	d, err := store.AddDevice(ctx, datatest.Operator, loans.Device{TypeID: laptop.ID, Name: "LT-001", Accessories: laptop.Accessories, OrganisationID: owner, LocationID: place.ID})
	check(t, err)
	check(t, store.Move(ctx, s.an, d.ID, loans.Ready, loans.Proof{Tested: true}))
	b, err := store.PutBorrower(ctx, s.an, loans.Borrower{Category: loans.Citizen, Given: "Zoë", Family: "D'Hondt", Phone: "051 12 34 56"})
	check(t, err)
	l, err := store.Lend(ctx, s.an, loans.LendAsk{Device: d.ID, Borrower: b.ID, Pay: loans.Bancontact})
	check(t, err)
	s.contract, s.borrower = l.ContractID, b.ID
	return s
}

// ring sends the contract to the PC, as the desk does.
func (s *counterPC) ring(when loans.Signing) loans.SignCall {
	s.t.Helper()
	texts, err := papers.NewLoanPapers(s.house.Loans, s.house.Settings, s.house.Calendar, s.DB.Now).SignTexts(s.t.Context(), s.an, s.contract, when)
	check(s.t, err)
	call, err := s.house.Loans.CallSign(s.t.Context(), s.an, s.contract, when, s.pc.ID, texts)
	check(s.t, err)
	return call
}

func (s *counterPC) sit() *screentest.Visitor {
	s.t.Helper()
	v := screentest.Dial(s.t, s.addr, data.KioskLogin, gossh.PublicKeys(s.key))
	v.WaitFor("Deze computer heet balie-1")
	return v
}

// TestSignStory: the desk lends and sends the contract to the PC beside it; the borrower reads it there and signs, and
// nothing of it stays on the screen. Then the desk takes another one back.
func TestSignStory(t *testing.T) {
	s := newCounterPC(t)
	v := s.sit()
	call := s.ring(loans.AtHandOver)
	v.WaitFor("Lees en teken uw contract.")
	v.Type("n")
	v.WaitFor("Bladzijde 1 van")
	v.WaitFor("Zoë D'Hondt")
	v.Press("enter")
	v.WaitFor("laptop LT-001")
	v.Press("end", "enter")
	v.WaitFor("Gaat u akkoord?")
	v.Press("enter")
	v.WaitFor("Typ uw voornaam en uw familienaam.")
	v.Type("Zoe Dhondt")
	v.Press("enter")
	v.WaitFor("Bedankt. U hebt getekend.")
	got, err := s.house.Loans.SignCall(t.Context(), s.an, call.ID)
	if err != nil || got.State != loans.CallSigned || got.Receipt.Name != "Zoe Dhondt" || !strings.Contains(got.Receipt.Text, "laptop LT-001") {
		t.Errorf("the desk sees %+v, %v", got, err)
	}
	before := len(v.Raw())
	v.Press("enter")
	v.WaitFor("Code invoeren")
	after, at := "", -1
	eventually(t, "the screen to be wiped", func() bool {
		after = string(v.Raw()[before:])
		at = strings.LastIndex(after, "\x1b[3J")
		return at >= 0
	})
	for _, trace := range []string{"Zo", "hondt", "LT-001", "ontract"} {
		if strings.Contains(strings.ReplaceAll(after[at:], "Zonnedorp", ""), trace) {
			t.Errorf("after the wipe the stream still has %q", trace)
		}
	}
	if _, err := s.house.Loans.Return(t.Context(), s.an, loans.ReturnAsk{Loan: s.loan(), Refund: loans.Bancontact}); err != nil {
		t.Fatal(err)
	}
	back := s.ring(loans.AtReturn)
	v.WaitFor("Lees en teken uw contract.")
	check(t, s.house.Loans.DropSignCall(t.Context(), s.an, back.ID))
	v.WaitFor("Code invoeren")
	violations, err := s.house.Loans.Check(t.Context(), datatest.Operator)
	if err != nil || len(violations) > 0 {
		t.Errorf("the register: %v %v", violations, err)
	}
}

// loan is the loan of the contract.
func (s *counterPC) loan() string {
	s.t.Helper()
	c, err := s.house.Loans.Contract(s.t.Context(), s.an, s.contract)
	check(s.t, err)
	return c.Lines[0].ID
}

// TestKioskReadsRegulation: everybody reads the regulation at every kiosk, in each language, and gets back to the home.
func TestKioskReadsRegulation(t *testing.T) {
	s := newCorner(t)
	v := s.sit()
	v.WaitFor("Uitleenreglement lezen")
	v.Press("down", "down", "down", "down", "down", "enter")
	v.WaitFor("Wie mag lenen?")
	v.WaitFor("Dit is een model.")
	v.Press("f2", "f2")
	v.WaitFor("Qui peut emprunter ?")
	v.Press("enter", "enter")
	v.WaitFor("Voorwerp en eigendom")
	v.Press("esc", "esc", "esc")
	v.WaitFor("Entrer un code", 10*time.Second)
}
