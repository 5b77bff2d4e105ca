package outbox

import (
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"strconv"
	"time"

	"digibrug/data"
)

// Store keeps the papers. Whoever has an account puts papers in and has the own ones; the ICT officer and the
// deputy see what waits and failed, but never what is on it.
type Store struct{ db *data.DB }

// NewStore gives the outbox of a database.
func NewStore(db *data.DB) *Store { return &Store{db} }

// Put puts a paper in the outbox and audits it. It gives the paper back as it was stored: with its id, the name
// that it got, and the day until which it is kept. It returns an *data.Invalid for a paper that can't be.
func (s *Store) Put(ctx context.Context, by data.Actor, p Paper, body []byte) (put Paper, err error) {
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		put, err = Put(ctx, tx, by, p, body)
		return err
	})
	if err != nil {
		return Paper{}, err
	}
	return put, nil
}

// Put is Store.Put inside another act's transaction, so that a letter and the code on it are there both or not.
func Put(ctx context.Context, tx *data.Tx, by data.Actor, p Paper, body []byte) (Paper, error) {
	if err := data.Require(ctx, tx, by, data.Roles()...); err != nil {
		return Paper{}, err
	}
	if err := p.check(tx.Now(), body); err != nil {
		return Paper{}, err
	}
	p.ID, p.MakerID, p.Maker, p.MadeAt, p.State = data.NewID(), makerOf(by), data.Clean(by.Name, 80), tx.Now(), Waiting
	p.SentAt, p.NextAt, p.Tries, p.Fault = time.Time{}, time.Time{}, 0, ""
	name, err := freeName(ctx, tx, p)
	if err != nil {
		return Paper{}, fmt.Errorf("put %s in the outbox: %w", p.Name, err)
	}
	p.Name = name
	if _, err := tx.ExecContext(ctx, `INSERT INTO outbox (id, channel, name, name_key, media, body, size, target, made_by, maker, made_at,
		keep_until, state, tries, next_at, claim, fault) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, $11, '', '')`,
		p.ID, string(p.Channel), p.Name, data.SortKey(p.Name), p.Media, base64.StdEncoding.EncodeToString(body), p.Size, p.Target,
		p.MakerID, p.Maker, p.MadeAt.UnixMilli(), p.KeepUntil.UnixMilli(), string(p.State)); err != nil {
		return Paper{}, fmt.Errorf("put %s in the outbox: %w", p.Name, err)
	}
	return p, tx.Audit(ctx, by, "outbox.put", p.ID, "name", p.Name, "channel", string(p.Channel), "target", p.Target,
		"size", strconv.FormatInt(p.Size, 10), "until", data.DayOf(p.KeepUntil))
}

// makerOf is under which account papers stand: none for the operator.
func makerOf(by data.Actor) string {
	if by.Operator {
		return ""
	}
	return by.AccountID
}

// freeName is the name of a paper, or the next one like it that its maker has not in use. Writes that are audited
// come one by one on both engines, so that nobody takes it before the row is there.
func freeName(ctx context.Context, tx *data.Tx, p Paper) (string, error) {
	for n := 1; ; n++ {
		name, used := numbered(p.Name, n), int64(0)
		if err := data.One(ctx, tx, []any{&used}, `SELECT count(*) FROM outbox WHERE made_by = $1 AND name_key = $2`,
			p.MakerID, data.SortKey(name)); err != nil || used == 0 {
			return name, err
		}
	}
}

// Mine lists the own papers that are kept still, newest first: those of the account, and for the operator those
// that were made at the command line.
func (s *Store) Mine(ctx context.Context, by data.Actor) (all []Paper, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		if err := data.Require(ctx, q, by, data.Roles()...); err != nil {
			return err
		}
		all, err = data.List(ctx, q, scanPaper, paperColumns+` WHERE made_by = $1 AND keep_until > $2 ORDER BY made_at DESC, id DESC`,
			makerOf(by), q.Now().UnixMilli())
		return err
	})
	return all, err
}

// Queue lists what leaves by a sender and waits or failed, oldest first. Papers that wait to be fetched are their
// maker's own business.
func (s *Store) Queue(ctx context.Context, by data.Actor) (all []Paper, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		if err := data.Require(ctx, q, by, data.RoleICT, data.RoleDeputy); err != nil {
			return err
		}
		all, err = data.List(ctx, q, scanPaper, paperColumns+` WHERE state <> 'sent' AND channel <> 'fetch' AND keep_until > $1
			ORDER BY made_at, id`, q.Now().UnixMilli())
		return err
	})
	return all, err
}

// Pile is what waits for its maker to fetch it.
type Pile struct {
	Maker string // log-in name
	N     int    // papers
}

// Piles counts by maker what waits to be fetched by people with an account, by log-in name. What is on those papers, and
// what they are called, is their maker's own business.
func (s *Store) Piles(ctx context.Context, by data.Actor) (all []Pile, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		if err := data.Require(ctx, q, by, data.RoleICT, data.RoleDeputy); err != nil {
			return err
		}
		all, err = data.List(ctx, q, func(scan func(...any) error) (p Pile, err error) { return p, scan(&p.Maker, &p.N) },
			`SELECT maker, count(*) FROM outbox WHERE state = 'waiting' AND channel = 'fetch' AND made_by <> '' AND keep_until > $1 GROUP BY maker ORDER BY maker`,
			q.Now().UnixMilli())
		return err
	})
	return all, err
}

// Find gives an own paper, and for the ICT officer and the deputy also one of the queue. It returns data.ErrNotFound
// for any other.
func (s *Store) Find(ctx context.Context, by data.Actor, id string) (p Paper, err error) {
	err = s.db.View(ctx, func(q data.Query) error {
		p, err = reach(ctx, q, by, id, data.RoleICT, data.RoleDeputy)
		return err
	})
	return p, err
}

// Body gives what is on an own paper, and audits that it was read: there may be codes on it. A paper that waited
// to be fetched is then sent. It returns data.ErrNotFound for a paper of somebody else, and for one that a sender has
// brought out: the outbox keeps no copy.
func (s *Store) Body(ctx context.Context, by data.Actor, id string) (body []byte, err error) {
	err = s.db.InTx(ctx, func(tx *data.Tx) error {
		p, err := own(ctx, tx, by, id)
		if err == nil && p.Channel != Fetch && p.State == Sent {
			err = fmt.Errorf("body of paper %s that was sent: %w", id, data.ErrNotFound)
		}
		if err != nil {
			return err
		}
		if body, err = bodyOf(ctx, tx, id); err != nil {
			return err
		}
		if p.Channel == Fetch && p.State == Waiting {
			if _, err := tx.ExecContext(ctx, `UPDATE outbox SET state = 'sent', sent_at = $1 WHERE id = $2`, tx.Now().UnixMilli(), id); err != nil {
				return fmt.Errorf("fetch paper %s: %w", id, err)
			}
		}
		return tx.Audit(ctx, by, "outbox.fetch", id, "name", p.Name)
	})
	if err != nil {
		return nil, err
	}
	return body, nil
}

func bodyOf(ctx context.Context, q data.Query, id string) ([]byte, error) {
	var text string
	if err := data.One(ctx, q, []any{&text}, `SELECT body FROM outbox WHERE id = $1`, id); err != nil {
		return nil, fmt.Errorf("body of paper %s: %w", id, err)
	}
	body, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("body of paper %s: %w: %w", id, errBody, err)
	}
	return body, nil
}

// errBody says that what is stored is not a body.
var errBody = errors.New("the stored content is damaged")

// own reads an own paper that is kept still. It returns data.ErrNotFound for any other.
func own(ctx context.Context, q data.Query, by data.Actor, id string) (Paper, error) {
	if err := data.Require(ctx, q, by, data.Roles()...); err != nil {
		return Paper{}, err
	}
	p, err := paper(ctx, q, id)
	if err == nil && p.MakerID != makerOf(by) {
		err = fmt.Errorf("paper %s of %s: %w", id, p.Maker, data.ErrNotFound)
	}
	return p, err
}

// paper reads a paper that is kept still.
func paper(ctx context.Context, q data.Query, id string) (Paper, error) {
	found, err := data.List(ctx, q, scanPaper, paperColumns+` WHERE id = $1 AND keep_until > $2`, id, q.Now().UnixMilli())
	if err == nil && len(found) == 0 {
		err = data.ErrNotFound
	}
	if err != nil {
		return Paper{}, fmt.Errorf("paper %s: %w", data.Clean(id, 60), err)
	}
	return found[0], nil
}

// Drop throws a paper away, and audits it: an own one, and for the ICT officer also one that waits for a sender or
// failed. It returns data.ErrNotFound for any other.
func (s *Store) Drop(ctx context.Context, by data.Actor, id string) error {
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		p, err := reach(ctx, tx, by, id, data.RoleICT)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM outbox WHERE id = $1`, id); err != nil {
			return fmt.Errorf("drop paper %s: %w", id, err)
		}
		return tx.Audit(ctx, by, "outbox.drop", id, "name", p.Name, "login", p.Maker)
	})
}

// Retry lets a paper that failed or waits for its next try go at once, and audits it: an own one, and for the ICT
// officer and the deputy all of the queue. A paper that a sender is at goes on as it is, and nothing is audited. It
// returns data.ErrNotFound for any other, and for one that is gone already.
func (s *Store) Retry(ctx context.Context, by data.Actor, id string) error {
	return s.db.InTx(ctx, func(tx *data.Tx) error {
		p, err := reach(ctx, tx, by, id, data.RoleICT, data.RoleDeputy)
		if err != nil {
			return err
		}
		if p.Channel == Fetch || p.State == Sent {
			return fmt.Errorf("retry paper %s that is %s: %w", id, p.State, data.ErrNotFound)
		}
		res, err := tx.ExecContext(ctx, `UPDATE outbox SET state = 'waiting', tries = CASE state WHEN 'failed' THEN 0 ELSE tries END, next_at = $1
			WHERE id = $2 AND (claim = '' OR next_at <= $1)`, tx.Now().UnixMilli(), id)
		if err != nil {
			return fmt.Errorf("retry paper %s: %w", id, err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return tx.Audit(ctx, by, "outbox.retry", id, "name", p.Name)
	})
}

// reach reads an own paper, or one of the queue for who holds one of the roles.
func reach(ctx context.Context, q data.Query, by data.Actor, id string, roles ...data.Role) (Paper, error) {
	p, err := own(ctx, q, by, id)
	if !errors.Is(err, data.ErrNotFound) {
		return p, err
	}
	if denied := data.Require(ctx, q, by, roles...); denied != nil {
		return Paper{}, err // that there is such a paper is not told
	}
	p, err = paper(ctx, q, id)
	if err == nil && (p.Channel == Fetch || p.State == Sent) {
		err = fmt.Errorf("paper %s is not in the queue: %w", id, data.ErrNotFound)
	}
	return p, err
}

// Tidy throws papers away whose end has come, sent or not. It returns how many.
func (s *Store) Tidy(ctx context.Context) (n int, err error) {
	err = s.db.InPlainTx(ctx, func(tx *data.Tx) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM outbox WHERE keep_until <= $1`, tx.Now().UnixMilli())
		if err != nil {
			return err
		}
		gone, err := res.RowsAffected()
		n = int(gone)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("tidy the outbox: %w", err)
	}
	return n, nil
}

const paperColumns = `SELECT id, channel, name, media, size, target, made_by, maker, made_at, keep_until, state, tries, next_at, sent_at, fault FROM outbox`

func scanPaper(scan func(...any) error) (p Paper, err error) {
	var made, keep, next int64
	var sent sql.NullInt64
	err = scan(&p.ID, &p.Channel, &p.Name, &p.Media, &p.Size, &p.Target, &p.MakerID, &p.Maker, &made, &keep, &p.State, &p.Tries, &next, &sent, &p.Fault)
	p.MadeAt, p.KeepUntil = data.Milli(made), data.Milli(keep)
	if p.State == Waiting && p.Tries > 0 {
		p.NextAt = data.Milli(next)
	}
	if sent.Valid {
		p.SentAt = data.Milli(sent.Int64)
	}
	return p, err
}
