package kiosk_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/data/datatest"
	"digibrug/loans"
	"digibrug/tui/kiosk"
	"digibrug/tui/screentest"
	"digibrug/tui/shell"
	"digibrug/tui/words"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/crypto/ssh"
)

func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }

// contract is what the desk sends, in a language.
func contract(lang words.Lang) string {
	first := map[words.Lang]string{words.NL: "Contract 93000015", words.EN: "Contract 93000015 (translation)", words.FR: "Contrat 93000015 (traduction)"}[lang]
	lines := []string{first, ""}
	for article := range 12 {
		lines = append(lines, fmt.Sprintf("%s %d", map[words.Lang]string{words.NL: "Artikel", words.EN: "Article", words.FR: "Article"}[lang], article+1),
			map[words.Lang]string{words.NL: "U leent laptop LT-001 met lader en tas. Breng alles terug.", words.EN: "You borrow laptop LT-001 with its charger. Bring it back.",
				words.FR: "Vous empruntez l'ordinateur LT-001. Rapportez-le."}[lang], "")
	}
	return strings.Join(lines, "\n")
}

func contracts() map[string]string {
	return map[string]string{"nl": contract(words.NL), "en": contract(words.EN), "fr": contract(words.FR)}
}

// balie is a desk with a kiosk PC beside it, and a laptop that was just lent.
type balie struct {
	*loans.Store
	*driver
	clock *datatest.Hand
	an    data.Actor // the clerk
	at    data.Kiosk
	loan  loans.Loan
}

// desks is the register, which knows whether it is being asked.
type desks struct {
	*loans.Store
	asked atomic.Int32
}

func (d *desks) CallAt(ctx context.Context, kiosk data.Actor) (loans.SignCall, bool, error) {
	d.asked.Add(1)
	defer d.asked.Add(-1)
	return d.Store.CallAt(ctx, kiosk)
}

func (d *desks) AnswerCall(ctx context.Context, kiosk data.Actor, id, lang, name string, accept bool) (loans.Receipt, error) {
	d.asked.Add(1)
	defer d.asked.Add(-1)
	return d.Store.AnswerCall(ctx, kiosk, id, lang, name, accept)
}

func (d *desks) LapseCall(ctx context.Context, kiosk data.Actor, id string) error {
	d.asked.Add(1)
	defer d.asked.Add(-1)
	return d.Store.LapseCall(ctx, kiosk, id)
}

func (b *balie) ok(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func atDesk(t *testing.T) *balie {
	t.Helper()
	t.Parallel() // most of it waits for timers
	b := &balie{clock: &datatest.Hand{}, driver: &driver{t: t}}
	db := datatest.Open(t, datatest.SQLite(t), data.WithClock(b.clock.Now))
	town := datatest.NewTown(t, db)
	b.Store, b.an = loans.NewStore(db), town.Actor("an.peeters")
	b.ok(town.Accounts.Grant(t.Context(), datatest.Operator, "an.peeters", data.RoleClerk, "2020-01-01", ""))
	hours, err := calendar.ParseHours("9-17")
	b.ok(err)
	owner := town.Services["Burgerzaken"].OrganisationID
	place, err := calendar.NewStore(db).AddLocation(t.Context(), datatest.Operator, owner, "Bibliotheek", calendar.Calendar{Week: calendar.Week{nil, hours, hours, hours, hours, hours, nil}})
	b.ok(err)
	public, _, err := ed25519.GenerateKey(rand.Reader)
	b.ok(err)
	key, err := ssh.NewPublicKey(public)
	b.ok(err)
	b.at, err = data.NewKiosks(db).Add(t.Context(), datatest.Operator, data.NewKiosk{Name: "balie-1", Kind: data.KioskCounter, LocationID: place.ID, Key: string(ssh.MarshalAuthorizedKey(key))})
	b.ok(err)
	b.lend(owner, place.ID)
	who := data.Identity{KioskID: b.at.ID, Login: b.at.Login(), From: "192.0.2.8"}
	counted := &desks{Store: b.Store}
	b.driver = driveDesk(t, calm(), kiosk.Desk{Who: who, PC: b.at, Calls: counted})
	b.busy = func() bool { return counted.asked.Load() > 0 }
	return b
}

func (b *balie) lend(owner, place string) {
	b.t.Helper()
	ctx := b.t.Context()
	laptop, err := b.PutType(ctx, datatest.Operator, loans.Type{Name: "laptop"})
	b.ok(err)
	d, err := b.AddDevice(ctx, datatest.Operator, loans.Device{TypeID: laptop.ID, Name: "LT-001", OrganisationID: owner, LocationID: place})
	b.ok(err)
	b.ok(b.Move(ctx, b.an, d.ID, loans.Ready, loans.Proof{Tested: true}))
	zoe, err := b.PutBorrower(ctx, b.an, loans.Borrower{Category: loans.Citizen, Given: "Zoë", Family: "D'Hondt", Phone: "051 12 34 56"})
	b.ok(err)
	b.loan, err = b.Lend(ctx, b.an, loans.LendAsk{Device: d.ID, Borrower: zoe.ID, Pay: loans.Bancontact})
	b.ok(err)
}

// ring sends the contract to the kiosk.
func (b *balie) ring(texts map[string]string) loans.SignCall {
	b.t.Helper()
	call, err := b.CallSign(b.t.Context(), b.an, b.loan.ContractID, loans.AtHandOver, b.at.ID, texts)
	b.ok(err)
	return call
}

// stands is how a call stands for the desk.
func (b *balie) stands(id string, want loans.CallState) loans.SignCall {
	b.t.Helper()
	call, err := b.SignCall(b.t.Context(), b.an, id)
	b.ok(err)
	if call.State != want {
		b.t.Errorf("the desk sees the call %s, want %s", call.State, want)
	}
	return call
}

// home wants the kiosk at its home, with nothing left of who signed.
func (b *balie) home(wiped int) {
	b.t.Helper()
	has(b.t, b.text(), "Code invoeren", "Deze computer heet balie-1")
	lacks(b.t, b.text(), "LT-001", "Zoë", "zoe", "contract", "Contract")
	if b.wiped != wiped || b.left {
		b.t.Errorf("wiped %d times, want %d; ended %v", b.wiped, wiped, b.left)
	}
}

// TestSignAtTheDesk: the desk sends a contract, the borrower reads it in French, types a wrong name and the right one,
// and the desk sees that it is signed.
func TestSignAtTheDesk(t *testing.T) {
	b := atDesk(t)
	b.second()
	has(t, b.text(), "Code invoeren")
	call := b.ring(contracts())
	b.second()
	has(t, b.text(), "Lees en teken uw contract.", "Lisez et signez votre contrat.", "Read and sign your contract.", "E English", "a translation, as a help")
	b.press("f")
	has(t, b.text(), "Page 1 sur 6", "Traduction pour vous aider. Seul le texte néerlandais fait foi.", "Contrat 93000015")
	b.second()
	b.press("enter", "enter", "enter")
	has(t, b.text(), "Page 4 sur 6", "Seul ce texte fait foi", "Contract 93000015")
	b.press("end", "enter")
	has(t, b.text(), "Êtes-vous d'accord ?", "Je ne suis pas d'accord")
	b.press("enter", "enter")
	has(t, b.text(), "Tapez d'abord votre nom.")
	b.press("Zoe Peeters", "enter")
	has(t, b.text(), "Ce nom n'est pas sur le contrat.", "Zoe Peeters")
	b.stands(call.ID, loans.CallWaiting)
	b.press("ctrl+u", "zoe dhondt", "enter")
	has(t, b.text(), "Merci. Vous avez signé.", "Numéro de votre signature : 1.")
	lacks(t, b.text(), "dhondt")
	got := b.stands(call.ID, loans.CallSigned)
	if r := got.Receipt; r.Name != "zoe dhondt" || !strings.HasPrefix(r.Text, "[fr]\nContrat") || !strings.Contains(r.Text, "[nl]\nContract") {
		t.Errorf("signed %+v", r)
	}
	has(t, b.text(), "Code de contrôle : "+got.Receipt.Hash[:8])
	b.second() // the call is over, and what it came to still shows
	has(t, b.text(), "Merci.")
	b.longer()
	b.home(1)
	b.second()
	b.home(1)
}

// TestSignInDutch needs no choice of a language where there is one only, and closes with Enter.
func TestSignInDutch(t *testing.T) {
	b := atDesk(t)
	call := b.ring(map[string]string{"nl": contract(words.NL)})
	b.second()
	has(t, b.text(), "Bladzijde 1 van 3")
	lacks(t, b.text(), "Vertaling", "Esc")
	b.press("esc", "down", "pgdown", "right")
	has(t, b.text(), "Gaat u akkoord?")
	b.press("down", "enter")
	has(t, b.text(), "Bladzijde 1 van 3")
	b.press("end", "enter", "enter", "Zoë D'Hondt", "esc")
	has(t, b.text(), "Gaat u akkoord?")
	b.press("enter", "enter")
	has(t, b.text(), "Bedankt. U hebt getekend.")
	b.stands(call.ID, loans.CallSigned)
	b.press("enter")
	b.home(1)
}

// TestSignEnds ends the call in every other way: the kiosk is at its home, and nothing of the contract stays.
func TestSignEnds(t *testing.T) {
	for name, c := range map[string]struct {
		end   func(b *balie, call loans.SignCall)
		state loans.CallState
	}{
		"does not agree": {func(b *balie, _ loans.SignCall) {
			b.press("n", "end", "enter", "down", "down", "enter")
			has(b.t, b.text(), "U gaat niet akkoord.")
			b.press("enter", "up", "enter") // the Enter that asked answers nothing, and No stands first
			has(b.t, b.text(), "Gaat u akkoord?")
			b.press("down", "down", "enter", "down", "enter")
			has(b.t, b.text(), "U hebt niet getekend.")
			b.longer()
		}, loans.CallRefused},
		"the desk takes it back": {func(b *balie, call loans.SignCall) {
			b.press("n", "end", "enter", "enter", "Zoë")
			b.ok(b.DropSignCall(b.t.Context(), b.an, call.ID))
			b.second()
		}, loans.CallCancelled},
		"ten minutes pass": {func(b *balie, _ loans.SignCall) {
			b.press("n")
			b.clock.Forward(loans.CallFor)
			b.second()
		}, loans.CallLapsed},
		"nobody presses a key": {func(b *balie, _ loans.SignCall) {
			b.send(shell.IdleMsg{Left: 30 * time.Second})
			has(b.t, b.text(), "U wordt over")
			b.send(shell.IdleMsg{})
		}, loans.CallLapsed},
		"signed on paper meanwhile": {func(b *balie, call loans.SignCall) {
			b.press("n", "end", "enter", "enter", "Zoë D'Hondt")
			_, err := b.Sign(b.t.Context(), b.an, loans.SignAsk{Contract: call.ContractID, When: loans.AtHandOver, Borrower: b.loan.BorrowerID, Name: "Zoë D'Hondt", Text: "op papier", Paper: true})
			b.ok(err)
			b.press("enter")
			has(b.t, b.text(), "Dit contract wacht niet meer.")
			b.ok(b.DropSignCall(b.t.Context(), b.an, call.ID))
			b.press("enter")
		}, loans.CallCancelled},
	} {
		t.Run(name, func(t *testing.T) {
			b := atDesk(t)
			call := b.ring(contracts())
			b.second()
			has(t, b.text(), "Lees en teken uw contract.")
			c.end(b, call)
			b.home(1)
			b.stands(call.ID, c.state)
			b.second()
			b.home(1)
			if b.ctxs[1].Err() == nil {
				t.Error("the visit of who signed goes on")
			}
		})
	}
}

// TestSignAnew: another contract takes the place of the one that shows, with nothing of the first in it.
func TestSignAnew(t *testing.T) {
	b := atDesk(t)
	first := b.ring(contracts())
	b.second().press("n", "end", "enter", "enter", "Zoë")
	second := b.ring(map[string]string{"nl": "Ander contract."})
	b.second().second()
	has(t, b.text(), "Ander contract.", "Bladzijde 1 van 1")
	b.stands(first.ID, loans.CallCancelled)
	b.press("enter", "enter")
	lacks(t, b.text(), "Zoë")
	b.press("Zoë D'Hondt", "enter")
	b.stands(second.ID, loans.CallSigned)
}

// TestSignWaits: a code that is being typed, and somebody who is inside with one, are left alone.
func TestSignWaits(t *testing.T) {
	b := atDesk(t)
	b.press("enter", "bcdf")
	call := b.ring(contracts())
	b.second()
	has(t, b.text(), "B C D F")
	b.press("backspace", "backspace", "backspace", "backspace", annCode, "enter")
	b.second()
	has(t, b.text(), "visit of Ann Peeters")
	b.press("x").second()
	has(t, b.text(), "Lees en teken uw contract.")
	lacks(t, b.text(), "Ann")
	b.stands(call.ID, loans.CallWaiting)
}

// TestSignReachesNothing presses what leads elsewhere.
func TestSignReachesNothing(t *testing.T) {
	b := atDesk(t)
	call := b.ring(contracts())
	b.second()
	for _, way := range []string{"ctrl+p", "ctrl+c", "esc", "q", "tab", ":"} {
		b.press(way)
		has(t, b.text(), "Lees en teken uw contract.")
	}
	b.send(shell.GoMsg{Room: "admin.accounts"})
	b.send(shell.HomeMsg{})
	b.send(kiosk.CameMsg{Who: data.Identity{CodeID: "c", Name: "Bo"}})
	has(t, b.text(), "Lees en teken uw contract.")
	b.press("n", "ctrl+c", "ctrl+p", "q")
	has(t, b.text(), "Bladzijde 1 van 3")
	b.send(shell.StopMsg{Left: time.Second})
	b.press("end", "enter", "enter", "q:?Zoë")
	has(t, b.text(), "q:?Zoë")
	if b.left {
		t.Error("the kiosk ended")
	}
	b.stands(call.ID, loans.CallWaiting)
}

// ear counts how often a kiosk asks, and may fail.
type ear struct {
	mu    sync.Mutex
	asked int
	err   error

	receipt loans.Receipt
}

func (e *ear) CallAt(context.Context, data.Actor) (c loans.SignCall, found bool, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.asked++
	return c, false, e.err
}

func (e *ear) AnswerCall(context.Context, data.Actor, string, string, string, bool) (loans.Receipt, error) {
	return e.receipt, e.err
}

func (e *ear) LapseCall(context.Context, data.Actor, string) error { return e.err }

// TestListens asks once a second at a PC beside a desk, also after visits and failures, and nowhere else.
func TestListens(t *testing.T) {
	beside := pc
	beside.Kind = data.KioskCounter
	e := &ear{}
	d := driveDesk(t, calm(), kiosk.Desk{Who: itself, PC: beside, Calls: e})
	d.second().second()
	e.err = errBroken
	d.second()
	e.err = nil
	d.press("enter", annCode, "enter").second().press("x") // nobody asks while somebody is inside
	d.send(shell.IdleMsg{})
	d.second().second()
	if e.asked != 5 {
		t.Errorf("asked %d times in five seconds", e.asked)
	}
	lacks(t, d.text(), "referentie", "fire")
	room := &ear{}
	driveDesk(t, calm(), kiosk.Desk{Who: itself, PC: pc, Calls: room}).second()
	if room.asked != 0 {
		t.Error("a PC of the public room asks for contracts")
	}
}

// TestSignFails keeps what was typed when the database can't be asked.
func TestSignFails(t *testing.T) {
	s := screentest.Session(t, itself)
	s.Bare, s.Stays = true, true
	call := loans.SignCall{ID: "c", Kind: loans.AtReturn, Texts: map[string]string{"nl": "U bracht terug."}}
	page := screentest.Show(t, kiosk.NewSign(s, &ear{err: errBroken}, call), 80, 24, screentest.Steps(keys("enter", "enter"), typed("Zoë"), keys("enter"))...)
	has(t, page.Text(), "Zoë", "Tekenen")
	page = screentest.Show(t, kiosk.NewSign(s, &ear{err: fmt.Errorf("x: %w", data.ErrDenied)}, call), 80, 24, screentest.Steps(keys("enter", "enter"), typed("Zoë"), keys("enter"))...)
	has(t, page.Text(), "Dit contract wacht niet meer.")
	if errors.Is(errBroken, data.ErrDenied) {
		t.Fatal("the two are the same")
	}
}

// TestSignHostile: what the desk sends can't leave its lines.
func TestSignHostile(t *testing.T) {
	s := screentest.Session(t, itself)
	call := loans.SignCall{ID: "c", Texts: map[string]string{"nl": "U leent\x1b]0;pwned\x07\u202e " + strings.Repeat("é", 5000) + "\n\n\n" + strings.Repeat("a\n", 900)}}
	page := screentest.Show(t, kiosk.NewSign(s, &ear{}, call), 60, 20)
	for range 200 {
		page.Fits()
		if strings.ContainsAny(page.View().Content, "\x07\u202e") || strings.Contains(page.View().Content, "\x1b]0;") {
			t.Fatal("a sign of the contract reaches the terminal")
		}
		page.Send(keys("enter")...)
	}
}

// TestSignLong shows all of the longest text that the register takes: nobody signs what could not be read.
func TestSignLong(t *testing.T) {
	s := screentest.Session(t, itself)
	long := strings.Repeat("Een zin van veertig letters, en niet meer.\n", 900) + "Het einde."
	page := screentest.Show(t, kiosk.NewSign(s, &ear{}, loans.SignCall{ID: "c", Texts: map[string]string{"nl": long}}), 60, 20, keys("end")...)
	has(t, page.Text(), "Het einde.")
}

// TestSign compares each step in every window and language. LANG is the letter of the language, NAME a name.
func TestSign(t *testing.T) {
	const decide, sign = "LANG end enter", "LANG end enter enter NAME enter"
	for name, c := range map[string]struct {
		kind  loans.Signing
		steps string
		err   error
	}{
		"language":      {},
		"page":          {steps: "LANG"},
		"last":          {steps: "LANG end"},
		"decide":        {steps: decide},
		"decide-return": {kind: loans.AtReturn, steps: decide},
		"refuse":        {steps: decide + " down down enter"},
		"refused":       {steps: decide + " down down enter down enter"},
		"name":          {steps: decide + " enter NAME"},
		"name-empty":    {steps: decide + " enter enter"},
		"name-wrong":    {steps: sign, err: &data.Invalid{Field: "name", Why: loans.WhyOtherName}},
		"name-number":   {steps: sign, err: &data.Invalid{Field: "name", Why: data.WhyNationalNumber}},
		"done":          {steps: sign},
		"done-return":   {kind: loans.AtReturn, steps: sign},
		"over":          {steps: sign, err: &data.Invalid{Field: "call", Why: loans.WhyCallOver}},
		"help":          {steps: "LANG f1"},
	} {
		t.Run(name, func(t *testing.T) { signPages(t, c.kind, c.err, strings.Fields(c.steps)) })
	}
}

func signPages(t *testing.T, kind loans.Signing, err error, steps []string) {
	t.Helper()
	for _, w := range windows {
		t.Run(fmt.Sprintf("%s_%dx%d", w.lang, w.w, w.h), func(t *testing.T) {
			who := itself
			who.Language = w.lang
			s := screentest.Session(t, who)
			s.Bare, s.Stays = true, true
			var msgs []tea.Msg
			for _, step := range steps {
				switch step {
				case "LANG":
					msgs = append(msgs, keys(w.lang[:1])...)
				case "NAME":
					msgs = append(msgs, typed("Zoë D'Hondt")...)
				default:
					msgs = append(msgs, keys(step)...)
				}
			}
			call := loans.SignCall{ID: "c", Kind: kind, Texts: contracts()}
			page := screentest.Show(t, kiosk.NewSign(s, &ear{err: err, receipt: loans.Receipt{Seq: 41, Hash: "9f86d081884c7d65"}}, call), w.w, w.h, msgs...)
			page.Fits()
			screentest.Golden(t, page)
		})
	}
}
