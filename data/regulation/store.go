package regulation

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"digibrug/data"
)

// Store keeps versions of regulations and who accepted them. The ICT officer writes and publishes; everybody may read
// what was published.
type Store struct{ db *data.DB }

// NewStore gives the regulations of a database.
func NewStore(db *data.DB) *Store { return &Store{db} }

const nameLimit = 120 // characters of a name and of who decided

// PutDraft stores the draft of a kind, in place of the one that there is, and audits it. Only the ICT officer may. It
// returns an *data.Invalid for a content that can't be read.
func (s *Store) PutDraft(ctx context.Context, by data.Actor, kind Kind, name string, c Content) (Version, error) {
	kind, err := ParseKind(string(kind))
	if err != nil {
		return Version{}, err
	}
	if err := c.Check(); err != nil {
		return Version{}, err
	}
	v := Version{Kind: kind, Name: data.Clean(name, nameLimit), Status: Draft, Content: c, Hash: c.Hash(), Actor: data.Clean(by.Name, nameLimit)}
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		if err := v.store(ctx, tx); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "regulation.draft", v.ID, "kind", string(kind), "version", strconv.Itoa(v.Number), "fingerprint", v.Hash)
	})
	if err != nil {
		return Version{}, fmt.Errorf("draft of regulation %s: %w", kind, err)
	}
	return v, nil
}

// store writes a draft: over the one that there is, or as a new one.
func (v *Version) store(ctx context.Context, tx *data.Tx) error {
	v.ChangedAt = tx.Now()
	packed, err := json.Marshal(v.Content)
	if err != nil {
		return err
	}
	err = data.One(ctx, tx, []any{&v.ID, &v.Number}, `SELECT id, number FROM regulation_texts WHERE kind = $1 AND status = 'draft'`, string(v.Kind))
	switch {
	case err == nil:
		_, err = tx.ExecContext(ctx, `UPDATE regulation_texts SET name = $1, content = $2, hash = $3, actor = $4, changed_at = $5 WHERE id = $6`,
			v.Name, string(packed), v.Hash, v.Actor, v.ChangedAt.UnixMilli(), v.ID)
		return err
	case !errors.Is(err, data.ErrNotFound):
		return err
	}
	v.ID = data.NewID()
	if err := data.One(ctx, tx, []any{&v.Number}, `SELECT coalesce(max(number), 0) + 1 FROM regulation_texts WHERE kind = $1`, string(v.Kind)); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO regulation_texts (id, kind, number, name, status, from_on, body, decided_on, content, hash, actor, changed_at)
		VALUES ($1, $2, $3, $4, 'draft', '', '', '', $5, $6, $7, $8)`, v.ID, string(v.Kind), v.Number, v.Name, string(packed), v.Hash, v.Actor, v.ChangedAt.UnixMilli())
	return err
}

// DropDraft throws the draft of a kind away, and audits it. It returns data.ErrNotFound when there is none.
func (s *Store) DropDraft(ctx context.Context, by data.Actor, kind Kind) error {
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		v, err := one(ctx, tx, `kind = $1 AND status = 'draft'`, string(kind))
		if err != nil {
			return fmt.Errorf("draft of regulation %s: %w", data.Clean(string(kind), 40), err)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM regulation_texts WHERE id = $1 AND status = 'draft'`, v.ID); err != nil {
			return err
		}
		return tx.Audit(ctx, by, "regulation.drop", v.ID, "kind", string(kind), "version", strconv.Itoa(v.Number))
	})
}

// Decision says who decided a version, and from when it holds.
type Decision struct {
	From      string // YYYY-MM-DD: today or later
	Body      string // gemeenteraad, raad voor maatschappelijk welzijn
	DecidedOn string // YYYY-MM-DD, not after From
}

// Figures are the names that a text can have places for, each with the article in which it must stand, since refusals
// quote that; 0: anywhere.
type Figures map[string]int

// Check says what is wrong with the figures of a text: one that is not known, or stands elsewhere than refusals say.
func (f Figures) Check(c Content) error {
	for _, texts := range []struct {
		of    map[string]string
		parse func(string) (Document, error)
		short bool
	}{{c.Text, Parse, false}, {c.Short, ParseShort, true}} {
		for _, text := range texts.of {
			d, err := texts.parse(text)
			if err != nil {
				return err
			}
			for _, u := range d.Uses() {
				article, known := f[u.Figure]
				switch {
				case !known:
					return &data.Invalid{Field: "text", Why: WhyFigure, Got: u.Figure, Line: u.Line, Col: 1}
				case !texts.short && article > 0 && u.Article != article:
					return &data.Invalid{Field: "text", Why: WhyMoved, Want: strconv.Itoa(article), Got: u.Figure, Line: u.Line, Col: 1}
				}
			}
		}
	}
	return nil
}

// Publish makes the draft of a kind hold from a day on, for good, and audits it. Only the ICT officer may. It returns an
// *data.Invalid for a day that has begun or has a version already, for a decision after it, and for a text that
// can't be published: with figures that are not among figures, or with the notes of a model; and data.ErrNotFound
// when there is no draft.
func (s *Store) Publish(ctx context.Context, by data.Actor, kind Kind, d Decision, figures Figures) (v Version, err error) {
	d.Body = data.Clean(d.Body, nameLimit)
	if err := d.check(); err != nil {
		return Version{}, err
	}
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		if err := data.Require(ctx, tx, by, data.RoleICT); err != nil {
			return err
		}
		if v, err = one(ctx, tx, `kind = $1 AND status = 'draft'`, string(kind)); err != nil {
			return err
		}
		if d.From < tx.Today() {
			return &data.Invalid{Field: "from", Why: WhyBegun, Want: tx.Today(), Got: d.From}
		}
		if err := publishable(v.Content, figures); err != nil {
			return err
		}
		v.Status, v.From, v.Body, v.DecidedOn, v.PublishedAt = Published, d.From, d.Body, d.DecidedOn, tx.Now()
		_, err = tx.ExecContext(ctx, `UPDATE regulation_texts SET status = 'published', from_on = $1, body = $2, decided_on = $3, published_at = $4
			WHERE id = $5 AND status = 'draft'`, v.From, v.Body, v.DecidedOn, v.PublishedAt.UnixMilli(), v.ID)
		if data.IsUnique(err) {
			return &data.Invalid{Field: "from", Why: data.WhyTwice, Got: d.From}
		} else if err != nil {
			return err
		}
		return tx.Audit(ctx, by, "regulation.publish", v.ID, "kind", string(kind), "version", strconv.Itoa(v.Number), "from", v.From, "fingerprint", v.Hash)
	})
	if err != nil {
		return Version{}, fmt.Errorf("publish regulation %s: %w", data.Clean(string(kind), 40), err)
	}
	return v, nil
}

func (d Decision) check() error {
	for _, day := range []struct{ field, text string }{{"from", d.From}, {"decided", d.DecidedOn}} {
		if _, err := data.ParseDay(day.text); err != nil {
			return &data.Invalid{Field: day.field, Why: data.WhyDay, Want: "YYYY-MM-DD", Got: data.Clean(day.text, 40)}
		}
	}
	switch {
	case d.Body == "":
		return &data.Invalid{Field: "body", Why: data.WhyEmpty}
	case d.DecidedOn > d.From:
		return &data.Invalid{Field: "decided", Why: WhyDecided, Want: d.From, Got: d.DecidedOn}
	}
	return nil
}

// publishable says what keeps a content from being published.
func publishable(c Content, figures Figures) error {
	if err := figures.Check(c); err != nil {
		return err
	}
	d, err := Parse(c.Text[Binding])
	if err == nil && len(d.Notes) > 0 {
		err = &data.Invalid{Field: "text", Why: WhyNoted, Got: data.Clean(d.Notes[0], 60)}
	}
	return err
}

// On gives the version of a kind that holds on a day: the published one that began last, or the model. Everybody may
// read it. It returns data.ErrNotFound for a kind that has neither.
func (s *Store) On(ctx context.Context, kind Kind, day string) (Version, error) {
	return On(ctx, s.db, kind, day)
}

// On is Store.On inside somebody else's reading or transaction.
func On(ctx context.Context, q data.Query, kind Kind, day string) (Version, error) {
	v, err := one(ctx, q, `kind = $1 AND status = 'published' AND from_on <= $2`, string(kind), day)
	if errors.Is(err, data.ErrNotFound) {
		return Model(kind)
	}
	return v, err
}

// Versions lists the versions of a kind, the newest first. Only the ICT officer sees the draft.
func (s *Store) Versions(ctx context.Context, by data.Actor, kind Kind) (all []Version, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		where := `kind = $1 AND status = 'published'`
		switch err := data.Require(ctx, q, by, data.RoleICT); {
		case err == nil:
			where = `kind = $1`
		case !errors.Is(err, data.ErrDenied):
			return err
		}
		all, err = data.List(ctx, q, scan, columns+` WHERE `+where+` ORDER BY number DESC`, string(kind))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("versions of regulation %s: %w", data.Clean(string(kind), 40), err)
	}
	return all, nil
}

const columns = `SELECT id, kind, number, name, status, from_on, body, decided_on, content, hash, actor, changed_at, published_at FROM regulation_texts`

func scan(scan func(...any) error) (v Version, err error) {
	var changed int64
	var published sql.NullInt64
	var packed string
	if err = scan(&v.ID, &v.Kind, &v.Number, &v.Name, &v.Status, &v.From, &v.Body, &v.DecidedOn, &packed, &v.Hash, &v.Actor, &changed, &published); err != nil {
		return v, err
	}
	v.ChangedAt = data.Milli(changed)
	if published.Valid {
		v.PublishedAt = data.Milli(published.Int64)
	}
	return v, json.Unmarshal([]byte(packed), &v.Content)
}

// one gives the version that a condition finds: of several the one that begins last. It returns data.ErrNotFound.
func one(ctx context.Context, q data.Query, where string, args ...any) (Version, error) {
	found, err := data.List(ctx, q, scan, columns+` WHERE `+where+` ORDER BY from_on DESC, number DESC LIMIT 1`, args...)
	if err == nil && len(found) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return Version{}, err
	}
	return found[0], nil
}
