package loans

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"digibrug/data"
	"digibrug/data/regulation"
)

// SignCall asks somebody at the kiosk beside a desk to accept a contract.
type SignCall struct {
	ID         string
	ContractID string
	Kind       Signing
	KioskID    string
	Texts      map[string]string // by language: what is shown. nl binds; others stand beside it as a help. Nil once the call ended
	By         string            // who called
	At         time.Time
	State      CallState
	Receipt    Receipt // of a call that was signed
}

// CallState is how far a call is.
type CallState string

// The states of a call. Only one that waits shows at the kiosk.
const (
	CallWaiting   CallState = "waiting"
	CallSigned    CallState = "signed"
	CallRefused   CallState = "refused"   // the borrower does not agree
	CallCancelled CallState = "cancelled" // the desk took it back, or called anew
	CallLapsed    CallState = "lapsed"    // nobody answered in time
)

// CallFor is for how long a call waits at a kiosk.
const CallFor = 10 * time.Minute

// binding is the language of the text that binds; the others are a help.
const binding = regulation.Binding

// What can be wrong with a call and its answer.
const (
	WhyNoCounter data.Why = "loans.no_counter" // the kiosk stands beside no counter, or is closed
	WhyCallOver  data.Why = "loans.call_over"  // it was answered, taken back, or waited too long
	WhyOtherName data.Why = "loans.other_name" // not the name of who must sign
)

// Counters lists the kiosks that stand beside a counter and are open: those to which a contract can be sent.
func (s *Store) Counters(ctx context.Context, by data.Actor) (all []data.Kiosk, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		all, err = data.OpenKiosks(ctx, q, data.KioskCounter)
		return err
	})
	return all, err
}

// CallSign shows a contract at a kiosk, in place of what waited there, and audits it. texts has a text per language
// code (nl, en, fr) and must have Dutch. It returns an *data.Invalid when the contract was accepted already, for a kiosk
// that stands beside no counter and for texts that can't be shown, and data.ErrNotFound.
func (s *Store) CallSign(ctx context.Context, by data.Actor, contract string, kind Signing, kiosk string, texts map[string]string) (SignCall, error) {
	c := SignCall{ID: data.NewID(), ContractID: contract, Kind: kind, KioskID: kiosk, By: actor(by), State: CallWaiting}
	var err error
	if c.Texts, err = callTexts(texts); err != nil {
		return SignCall{}, err
	}
	if kind != AtHandOver && kind != AtReturn {
		return SignCall{}, &data.Invalid{Field: "when", Why: data.WhyNotOneOf, Want: "out, in", Got: data.Clean(string(kind), 20)}
	}
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		c.At = tx.Now()
		if err := mayCall(ctx, tx, c); err != nil {
			return err
		}
		if err := endCalls(ctx, tx, kiosk); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO loan_sign_calls (id, contract_id, kind, kiosk_id, texts, actor, at, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			c.ID, c.ContractID, string(c.Kind), c.KioskID, data.Pack(c.Texts), c.By, c.At.UnixMilli(), string(c.State)); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "loan.call", contract, "kind", string(kind), "kiosk", kiosk)
	})
	if err != nil {
		return SignCall{}, fmt.Errorf("call for contract %s: %w", data.Clean(contract, 40), err)
	}
	return c, nil
}

// callTexts makes the texts of a call harmless.
func callTexts(texts map[string]string) (map[string]string, error) {
	clean := map[string]string{}
	for lang, text := range texts {
		if !slices.Contains(regulation.Langs(), lang) {
			return nil, &data.Invalid{Field: "lang", Why: data.WhyNotOneOf, Want: strings.Join(regulation.Langs(), ", "), Got: data.Clean(lang, 20)}
		}
		if clean[lang] = data.CleanBlock(text, textLimit); clean[lang] == "" {
			return nil, &data.Invalid{Field: "text", Why: WhyTextless, Got: lang}
		}
	}
	if clean[binding] == "" {
		return nil, &data.Invalid{Field: "text", Why: WhyTextless, Got: binding}
	}
	return clean, nil
}

// mayCall refuses a call that could come to nothing.
func mayCall(ctx context.Context, q data.Query, c SignCall) error {
	if _, err := signerOf(ctx, q, c.ContractID); err != nil {
		return err
	}
	if err := unsigned(ctx, q, c.ContractID, c.Kind); err != nil {
		return err
	}
	open, err := data.OpenKiosks(ctx, q, data.KioskCounter)
	if err == nil && !slices.ContainsFunc(open, func(k data.Kiosk) bool { return k.ID == c.KioskID }) {
		err = &data.Invalid{Field: "kiosk", Why: WhyNoCounter, Got: data.Clean(c.KioskID, 40)}
	}
	return err
}

// unsigned returns an *data.Invalid when a contract was accepted already for a hand-over or return.
func unsigned(ctx context.Context, q data.Query, contract string, kind Signing) error {
	var n int
	err := data.One(ctx, q, []any{&n}, `SELECT count(*) FROM loan_signatures WHERE contract_id = $1 AND kind = $2`, contract, string(kind))
	if err == nil && n > 0 {
		err = &data.Invalid{Field: "contract", Why: WhySigned}
	}
	return err
}

// signerOf gives who must accept a contract: the borrower, or a minor's guardian.
func signerOf(ctx context.Context, q data.Query, contract string) (Borrower, error) {
	var who string
	if err := data.One(ctx, q, []any{&who}, `SELECT coalesce(borrower_id, '') FROM loan_contracts WHERE id = $1`, contract); err != nil {
		return Borrower{}, err
	}
	b, err := borrower(ctx, q, who)
	if err == nil && b.Category == Minor {
		return borrower(ctx, q, b.GuardianID)
	}
	return b, err
}

// endCalls ends what waits at a kiosk, and everywhere what waited too long.
func endCalls(ctx context.Context, tx *data.Tx, kiosk string) error {
	if err := lapseCalls(ctx, tx); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE loan_sign_calls SET state = 'cancelled', texts = '' WHERE kiosk_id = $1 AND state = 'waiting'`, kiosk)
	return err
}

// lapseCalls forgets what waited too long.
func lapseCalls(ctx context.Context, tx *data.Tx) error {
	_, err := tx.ExecContext(ctx, `UPDATE loan_sign_calls SET state = 'lapsed', texts = '' WHERE state = 'waiting' AND at <= $1`, tx.Now().Add(-CallFor).UnixMilli())
	return err
}

const callColumns = `SELECT id, contract_id, kind, kiosk_id, texts, actor, at, state FROM loan_sign_calls`

func scanCall(scan func(...any) error) (c SignCall, err error) {
	var at int64
	var texts string
	if err = scan(&c.ID, &c.ContractID, &c.Kind, &c.KioskID, &texts, &c.By, &at, &c.State); err != nil {
		return c, err
	}
	c.At = data.Milli(at)
	return c, data.Unpack(texts, &c.Texts)
}

// call gives the first call that a condition finds, as it stands at the moment; data.ErrNotFound when there is none.
func call(ctx context.Context, q data.Query, where string, args ...any) (SignCall, error) {
	found, err := data.List(ctx, q, scanCall, callColumns+` WHERE `+where, args...)
	if err == nil && len(found) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return SignCall{}, err
	}
	c := found[0]
	if c.State == CallWaiting && q.Now().Sub(c.At) >= CallFor {
		c.State, c.Texts = CallLapsed, nil
	}
	return c, nil
}

// SignCall gives a call as it stands, for the desk that waits for it. It returns data.ErrNotFound.
func (s *Store) SignCall(ctx context.Context, by data.Actor, id string) (c SignCall, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		if c, err = call(ctx, q, `id = $1`, id); err != nil || c.State != CallSigned {
			return err
		}
		found, err := data.List(ctx, q, scanSignature, signatureColumns+` WHERE contract_id = $1 AND kind = $2`, c.ContractID, string(c.Kind))
		if err == nil && len(found) == 1 {
			c.Receipt = found[0].Receipt
		}
		return err
	})
	if err != nil {
		return SignCall{}, fmt.Errorf("call %s: %w", data.Clean(id, 40), err)
	}
	return c, nil
}

// DropSignCall takes a call back: the kiosk shows its home again. A call that ended already stays as it is. It returns
// data.ErrNotFound.
func (s *Store) DropSignCall(ctx context.Context, by data.Actor, id string) error {
	return s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		c, err := call(ctx, tx, `id = $1`, id)
		if err != nil || c.State != CallWaiting {
			return err
		}
		if err := endCall(ctx, tx, id, CallCancelled); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "loan.call_end", c.ContractID, "state", string(CallCancelled))
	})
}

// endCall writes down how a call that waits ended, and forgets what it showed.
func endCall(ctx context.Context, tx *data.Tx, id string, state CallState) error {
	return data.OneRow(tx.ExecContext(ctx, `UPDATE loan_sign_calls SET state = $1, texts = '' WHERE id = $2 AND state = 'waiting'`, string(state), id))
}

// atKiosk gives the kiosk that an actor is: nobody in particular, at a PC that is open.
func atKiosk(ctx context.Context, q data.Query, by data.Actor) (data.Kiosk, error) {
	if by.AccountID != "" || by.CodeID != "" || by.Operator {
		return data.Kiosk{}, fmt.Errorf("%s is no kiosk: %w", by.Name, data.ErrDenied)
	}
	return data.OwnKiosk(ctx, q, by)
}

// CallAt gives what waits at a kiosk to be accepted. Only the kiosk itself may ask, and never sees the calls of
// another. found is false when nothing waits.
func (s *Store) CallAt(ctx context.Context, kiosk data.Actor) (c SignCall, found bool, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		k, err := atKiosk(ctx, q, kiosk)
		if err != nil {
			return err
		}
		c, err = call(ctx, q, `kiosk_id = $1 AND state = 'waiting'`, k.ID)
		if errors.Is(err, data.ErrNotFound) {
			return nil
		}
		found = err == nil && c.State == CallWaiting
		return err
	})
	if !found {
		c = SignCall{}
	}
	return c, found, err
}

// AnswerCall writes down what somebody at the kiosk said to the call that waits there, and audits it. lang is the
// language in which the text was read, name what was typed. Who accepts gets the receipt of Sign; with accept false
// the contract stays unsigned and the Receipt is zero. It returns an *data.Invalid for a name that is not the
// signer's and for a call that is over, data.ErrNotFound for the call of another kiosk, and data.ErrDenied to who is
// no kiosk.
func (s *Store) AnswerCall(ctx context.Context, kiosk data.Actor, id, lang, name string, accept bool) (r Receipt, err error) {
	name = data.Clean(name, nameLimit)
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		c, err := waiting(ctx, tx, kiosk, id)
		if err != nil {
			return err
		}
		if !accept {
			r = Receipt{}
			if err := endCall(ctx, tx, id, CallRefused); err != nil {
				return err
			}
			return tx.Audit(ctx, kiosk, "loan.call_end", c.ContractID, "state", string(CallRefused))
		}
		if r, err = c.accept(ctx, tx, kiosk, lang, name); err != nil {
			return err
		}
		return endCall(ctx, tx, id, CallSigned)
	})
	if data.IsUnique(err) {
		err = &data.Invalid{Field: "contract", Why: WhySigned}
	}
	if err != nil {
		return Receipt{}, fmt.Errorf("answer call %s: %w", data.Clean(id, 40), err)
	}
	return r, nil
}

// LapseCall ends a call to which nobody at the kiosk says anything. It returns the errors of AnswerCall.
func (s *Store) LapseCall(ctx context.Context, kiosk data.Actor, id string) error {
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		c, err := waiting(ctx, tx, kiosk, id)
		if err != nil {
			return err
		}
		if err := endCall(ctx, tx, id, CallLapsed); err != nil {
			return err
		}
		return tx.Audit(ctx, kiosk, "loan.call_end", c.ContractID, "state", string(CallLapsed))
	})
}

// waiting gives the call with an id that waits at a kiosk.
func waiting(ctx context.Context, tx *data.Tx, kiosk data.Actor, id string) (SignCall, error) {
	k, err := atKiosk(ctx, tx, kiosk)
	if err != nil {
		return SignCall{}, err
	}
	c, err := call(ctx, tx, `id = $1 AND kiosk_id = $2`, id, k.ID)
	if err == nil && c.State != CallWaiting {
		err = &data.Invalid{Field: "call", Why: WhyCallOver}
	}
	return c, err
}

// accept signs the contract of a call for who typed a name.
func (c SignCall) accept(ctx context.Context, tx *data.Tx, kiosk data.Actor, lang, name string) (Receipt, error) {
	text, shown := c.shown(lang)
	if !shown {
		return Receipt{}, &data.Invalid{Field: "lang", Why: data.WhyNotOneOf, Want: strings.Join(slices.Sorted(maps.Keys(c.Texts)), ", "), Got: data.Clean(lang, 20)}
	}
	who, err := signerOf(ctx, tx, c.ContractID)
	switch {
	case err != nil:
		return Receipt{}, err
	case name == "":
		return Receipt{}, &data.Invalid{Field: "name", Why: data.WhyEmpty}
	case data.HasNationalNumber(name):
		return Receipt{}, &data.Invalid{Field: "name", Why: data.WhyNationalNumber}
	case !who.signsAs(name):
		return Receipt{}, &data.Invalid{Field: "name", Why: WhyOtherName}
	}
	return sign(ctx, tx, kiosk, SignAsk{Contract: c.ContractID, When: c.Kind, Borrower: who.ID, Name: name, Text: text})
}

// shown is the text as somebody saw it who read it in a language: a translation stands above the text that binds.
func (c SignCall) shown(lang string) (string, bool) {
	text, has := c.Texts[lang]
	if has && lang != binding {
		text = "[" + lang + "]\n" + text + "\n\n[" + binding + "]\n" + c.Texts[binding]
	}
	return text, has
}

// signsAs tells whether a typed name is the borrower's: accents, capitals, signs and which of the names comes first
// make no difference. Who signs for an association signs with a name of their own, which the register does not have.
func (b Borrower) signsAs(name string) bool {
	typed := letters(name)
	if b.Category == Association {
		return typed != ""
	}
	given, family := letters(b.Given), letters(b.Family)
	return typed == given+family || typed == family+given
}

// letters folds a name to its letters and digits.
func letters(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, data.SortKey(name))
}
