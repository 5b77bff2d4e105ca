package loans

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"digibrug/data"
	"digibrug/data/regulation"
)

// Signing is when a text is accepted.
type Signing string

// The two times.
const (
	AtHandOver Signing = "out"
	AtReturn   Signing = "in"
)

// SignAsk is an acceptance of a text by the borrower, or by a minor's guardian.
type SignAsk struct {
	Contract string
	When     Signing
	Borrower string // id of who signs
	Name     string // as it was typed
	Text     string // that was shown: it is kept as it was
	Paper    bool   // signed on paper; otherwise on the screen
}

// Receipt is what the one who signed gets: with it anybody can see later that nothing was changed.
type Receipt struct {
	Seq      int64
	Contract string
	When     Signing
	At       time.Time
	Paper    bool
	Name     string // empty once it was erased
	Text     string // empty once it was erased
	Hash     string // over this and all before, hex
}

// What can be wrong with an acceptance.
const (
	WhySigned   data.Why = "loans.signed"    // given already
	WhyStranger data.Why = "loans.stranger"  // by another person than the borrower or the guardian
	WhyTextless data.Why = "loans.text_gone" // no text was shown
)

const textLimit = 40_000 // characters of a contract

// Sign writes an acceptance down, once for a hand-over and once for a return, chained by hash to the one before, and
// audits it. It returns an *data.Invalid when it was given already, or by another person, and data.ErrNotFound.
func (s *Store) Sign(ctx context.Context, by data.Actor, ask SignAsk) (r Receipt, err error) {
	if ask.Name, err = data.ShortText("name", ask.Name, nameLimit); err != nil {
		return Receipt{}, err
	}
	ask.Text = data.CleanBlock(ask.Text, textLimit)
	switch {
	case ask.Name == "":
		return Receipt{}, &data.Invalid{Field: "name", Why: data.WhyEmpty}
	case ask.Text == "":
		return Receipt{}, &data.Invalid{Field: "text", Why: WhyTextless}
	case ask.When != AtHandOver && ask.When != AtReturn:
		return Receipt{}, &data.Invalid{Field: "when", Why: data.WhyNotOneOf, Want: "out, in", Got: data.Clean(string(ask.When), 20)}
	}
	err = s.db.InTxFor(ctx, by, desk(), func(tx *data.Tx) error {
		r, err = sign(ctx, tx, by, ask)
		return err
	})
	if data.IsUnique(err) {
		err = &data.Invalid{Field: "contract", Why: WhySigned}
	}
	if err != nil {
		return Receipt{}, fmt.Errorf("sign contract %s: %w", data.Clean(ask.Contract, 40), err)
	}
	return r, nil
}

func sign(ctx context.Context, tx *data.Tx, by data.Actor, ask SignAsk) (Receipt, error) {
	signer, err := signerOf(ctx, tx, ask.Contract)
	if err != nil {
		return Receipt{}, err
	}
	if ask.Borrower != signer.ID {
		return Receipt{}, &data.Invalid{Field: "borrower", Why: WhyStranger}
	}
	if err := unsigned(ctx, tx, ask.Contract, ask.When); err != nil {
		return Receipt{}, err
	}
	r := signature{Receipt: Receipt{Contract: ask.Contract, When: ask.When, At: tx.Now(), Paper: ask.Paper, Name: ask.Name, Text: ask.Text}, salt: data.NewID() + data.NewID()}
	err = data.One(ctx, tx, []any{&r.Seq, &r.prev}, `SELECT seq, hash FROM loan_signatures ORDER BY seq DESC LIMIT 1`)
	if err != nil && err != data.ErrNotFound {
		return Receipt{}, err
	}
	r.Seq++
	r.nameHash, r.textHash = salted(r.salt, r.Name), salted(r.salt, r.Text)
	r.Hash = r.sum()
	if _, err := tx.ExecContext(ctx, `INSERT INTO loan_signatures (seq, contract_id, kind, at, way, name, text, salt, name_hash, text_hash, prev, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`, r.Seq, r.Contract, string(r.When), r.At.UnixMilli(), r.way(), r.Name, r.Text, r.salt,
		r.nameHash, r.textHash, r.prev, r.Hash); err != nil {
		return Receipt{}, err
	}
	if ask.When == AtHandOver {
		if err := acceptText(ctx, tx, by, signer); err != nil {
			return Receipt{}, err
		}
	}
	return r.Receipt, tx.Audit(ctx, by, "loan.sign", ask.Contract, "kind", string(ask.When), "method", r.way())
}

// acceptText writes down that who signs accepts the text of the regulation that holds today, once for each text. Its
// figures are those that the loan was made by.
func acceptText(ctx context.Context, tx *data.Tx, by data.Actor, who Borrower) error {
	v, err := regulation.On(ctx, tx, regulation.Loan, tx.Today())
	if err != nil {
		return err
	}
	_, err = regulation.Accept(ctx, tx, by, regulation.Acceptance{Kind: v.Kind, TextID: v.ID, Lang: regulation.Binding, Text: v.Content.Text[regulation.Binding],
		Subject: regulation.Subject{Kind: regulation.Borrower, ID: who.ID}})
	var bad *data.Invalid
	if errors.As(err, &bad) && bad.Why == regulation.WhyAccepted {
		return nil
	}
	return err
}

// signature is a receipt with what its hash is made of.
type signature struct {
	Receipt
	salt, nameHash, textHash, prev string
}

func (r signature) way() string {
	if r.Paper {
		return "paper"
	}
	return "screen"
}

// sum is the hash of a signature: its fields, each with its length before it.
func (r signature) sum() string {
	var all strings.Builder
	for _, f := range []string{strconv.FormatInt(r.Seq, 10), r.Contract, string(r.When), strconv.FormatInt(r.At.UnixMilli(), 10), r.way(), r.nameHash, r.textHash, r.prev} {
		fmt.Fprintf(&all, "%d:%s", len(f), f)
	}
	h := sha256.Sum256([]byte(all.String()))
	return hex.EncodeToString(h[:])
}

func salted(salt, text string) string {
	h := sha256.Sum256([]byte(salt + "\x00" + text))
	return hex.EncodeToString(h[:])
}

func scanSignature(scan func(...any) error) (r signature, err error) {
	var at int64
	var way string
	err = scan(&r.Seq, &r.Contract, &r.When, &at, &way, &r.Name, &r.Text, &r.salt, &r.nameHash, &r.textHash, &r.prev, &r.Hash)
	r.At, r.Paper = data.Milli(at), way == "paper"
	return r, err
}

const signatureColumns = `SELECT seq, contract_id, kind, at, way, name, text, salt, name_hash, text_hash, prev, hash FROM loan_signatures`

// Receipts lists the acceptances of a contract.
func (s *Store) Receipts(ctx context.Context, by data.Actor, contract string) (all []Receipt, err error) {
	err = s.db.ViewFor(ctx, by, desk(), func(q data.Query) error {
		found, err := data.List(ctx, q, scanSignature, signatureColumns+` WHERE contract_id = $1 ORDER BY seq`, contract)
		for _, r := range found {
			all = append(all, r.Receipt)
		}
		return err
	})
	return all, err
}

// checkSignatures walks the chain of signatures. What was erased has neither name nor text nor salt.
func checkSignatures(ctx context.Context, q data.Query) (all []Violation, err error) {
	found, err := data.List(ctx, q, scanSignature, signatureColumns+` ORDER BY seq`)
	if err != nil {
		return nil, fmt.Errorf("rule 11: %w", err)
	}
	prev := ""
	for i, r := range found {
		erased := r.salt == "" && r.Name == "" && r.Text == ""
		if r.Seq != int64(i+1) || r.prev != prev || r.Hash != r.sum() || !erased && (r.nameHash != salted(r.salt, r.Name) || r.textHash != salted(r.salt, r.Text)) {
			all = append(all, Violation{11, "signature " + strconv.FormatInt(r.Seq, 10), "was changed, or one before it is gone"})
		}
		prev = r.Hash
	}
	return all, nil
}
