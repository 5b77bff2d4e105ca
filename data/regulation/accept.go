package regulation

import (
	"context"
	"fmt"
	"slices"
	"time"

	"digibrug/data"
)

// Subject is whose acceptance it is.
type Subject struct {
	Kind SubjectKind
	ID   string
}

// SubjectKind tells people who work here from people who borrow.
type SubjectKind string

// The kinds of subjects.
const (
	Person   SubjectKind = "person"
	Borrower SubjectKind = "borrower"
)

// Acceptance says that somebody accepted a text, as it was then.
type Acceptance struct {
	ID      string
	Kind    Kind
	TextID  string // of the version; empty: the model
	Subject Subject
	Lang    string // in which it was read
	Text    string // as it was shown
	Hash    string // of Text, hex: anybody can compute it again
	Actor   string // at which account or kiosk
	At      time.Time
}

// Accept writes down that the actor accepts a text, and audits it. v is the version that was shown, in a language, as
// text. It returns an *data.Invalid when the same was accepted already, or for an empty text, and data.ErrDenied for who
// is nobody.
func (s *Store) Accept(ctx context.Context, by data.Actor, v Version, lang, text string) (a Acceptance, err error) {
	if by.PersonID == "" {
		return Acceptance{}, fmt.Errorf("accept regulation %s: %s is nobody in particular: %w", v.Kind, by.Name, data.ErrDenied)
	}
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		if by.CodeID != "" {
			if _, err := data.JourneyOf(ctx, tx, by); err != nil {
				return err
			}
		} else if err := data.Require(ctx, tx, by, data.Roles()...); err != nil {
			return err
		}
		a, err = Accept(ctx, tx, by, Acceptance{Kind: v.Kind, TextID: v.ID, Subject: Subject{Person, by.PersonID}, Lang: lang, Text: text})
		return err
	})
	if err != nil {
		return Acceptance{}, err
	}
	return a, nil
}

// Accept writes down inside somebody else's transaction that a subject accepts a text. Whether the actor may say so is
// the caller's to know. It returns an *data.Invalid when the same was accepted already.
func Accept(ctx context.Context, tx *data.Tx, by data.Actor, a Acceptance) (Acceptance, error) {
	a.ID, a.At, a.Actor, a.Text = data.NewID(), tx.Now(), data.Clean(by.Name, nameLimit), data.CleanBlock(a.Text, textLimit)
	switch {
	case a.Text == "":
		return Acceptance{}, &data.Invalid{Field: "text", Why: WhyNoText}
	case !slices.Contains(Langs(), a.Lang):
		return Acceptance{}, &data.Invalid{Field: "lang", Why: data.WhyNotOneOf, Want: fmt.Sprint(Langs()), Got: data.Clean(a.Lang, 20)}
	}
	a.Hash = digest(a.Text)
	done, err := Accepted(ctx, tx, a.Subject, a.Hash)
	if err != nil {
		return Acceptance{}, err
	}
	if done {
		return Acceptance{}, &data.Invalid{Field: "text", Why: WhyAccepted}
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO regulation_shown (hash, text) VALUES ($1, $2) ON CONFLICT (hash) DO NOTHING`, a.Hash, a.Text); err != nil {
		return Acceptance{}, err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO regulation_acceptances (id, kind, text_id, subject_kind, subject, lang, hash, actor, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, a.ID, string(a.Kind), a.TextID, string(a.Subject.Kind), a.Subject.ID, a.Lang, a.Hash, a.Actor, a.At.UnixMilli()); err != nil {
		return Acceptance{}, fmt.Errorf("accept regulation %s: %w", a.Kind, err)
	}
	return a, tx.Audit(ctx, by, "regulation.accept", a.Subject.ID, "kind", string(a.Kind), "fingerprint", a.Hash)
}

// Accepted tells whether a subject accepted the text with this hash.
func Accepted(ctx context.Context, q data.Query, who Subject, hash string) (bool, error) {
	var n int
	err := data.One(ctx, q, []any{&n}, `SELECT count(*) FROM regulation_acceptances WHERE subject_kind = $1 AND subject = $2 AND hash = $3`, string(who.Kind), who.ID, hash)
	return n > 0, err
}

// Of lists what a subject accepted, the last one first.
func Of(ctx context.Context, q data.Query, who Subject) ([]Acceptance, error) {
	return data.List(ctx, q, func(scan func(...any) error) (a Acceptance, err error) {
		var at int64
		err = scan(&a.ID, &a.Kind, &a.TextID, &a.Subject.Kind, &a.Subject.ID, &a.Lang, &a.Text, &a.Hash, &a.Actor, &at)
		a.At = data.Milli(at)
		return a, err
	}, `SELECT a.id, a.kind, a.text_id, a.subject_kind, a.subject, a.lang, s.text, a.hash, a.actor, a.at FROM regulation_acceptances a
		JOIN regulation_shown s ON s.hash = a.hash WHERE a.subject_kind = $1 AND a.subject = $2 ORDER BY a.at DESC, a.id DESC`, string(who.Kind), who.ID)
}

// Mine lists what the actor accepted, the last one first.
func (s *Store) Mine(ctx context.Context, by data.Actor) ([]Acceptance, error) {
	if by.PersonID == "" {
		return nil, fmt.Errorf("%s is nobody in particular: %w", by.Name, data.ErrDenied)
	}
	return Of(ctx, s.db, Subject{Person, by.PersonID})
}

// Forget takes away what a subject accepted, when the subject itself is erased. Texts that nobody accepted any more go
// too.
func Forget(ctx context.Context, tx *data.Tx, who Subject) error {
	for _, statement := range []struct {
		sql  string
		args []any
	}{
		{`DELETE FROM regulation_acceptances WHERE subject_kind = $1 AND subject = $2`, []any{string(who.Kind), who.ID}},
		{`DELETE FROM regulation_shown WHERE NOT EXISTS (SELECT 1 FROM regulation_acceptances a WHERE a.hash = regulation_shown.hash)`, nil},
	} {
		if _, err := tx.ExecContext(ctx, statement.sql, statement.args...); err != nil {
			return fmt.Errorf("forget acceptances of %s %s: %w", who.Kind, who.ID, err)
		}
	}
	return nil
}
