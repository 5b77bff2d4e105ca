package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

const (
	// sessionSeen is how often it is written down that a session goes on.
	sessionSeen = time.Minute
	// sessionLost is how long after it was last seen a session counts as over: its process died, or the line.
	sessionLost = 5 * time.Minute
	// sessionKept is how long it is known that there was a session.
	sessionKept = 90 * 24 * time.Hour
	// sessionsShown is how many sessions of an account are listed.
	sessionsShown = 200
)

// Session is one log-in of an account, from the moment it was proved to its end.
type Session struct {
	ID        string
	Login     string
	Method    string // as Identity.Method
	From      string // address
	StartedAt time.Time
	SeenAt    time.Time // at most a minute before the last sign of life
	EndedAt   time.Time // zero while it is open
}

// Open tells whether the session was there a moment ago, as the list was made.
func (s Session) Open() bool { return s.EndedAt.IsZero() }

// beginSession writes down the session of an account that has just come in.
func beginSession(ctx context.Context, tx *Tx, id Identity) error {
	if id.AccountID == "" || id.SessionID == "" {
		return nil
	}
	now := tx.Now().UnixMilli()
	if _, err := tx.ExecContext(ctx, `INSERT INTO sessions (id, account_id, method, origin, started_at, seen_at) VALUES ($1, $2, $3, $4, $5, $5)`,
		id.SessionID, id.AccountID, Clean(id.Method, 40), Clean(id.From, 60), now); err != nil {
		return fmt.Errorf("begin session: %w", err)
	}
	return nil
}

// sessionStill returns ErrDenied once the session was ended from elsewhere, and writes down that it goes on. A session
// that couldn't be written down when it began can't be ended, and goes on.
func (g *Gate) sessionStill(ctx context.Context, id Identity) error {
	if id.SessionID == "" {
		return nil
	}
	db := g.accounts.db
	var seen int64
	var ended sql.NullInt64
	switch err := One(ctx, db, []any{&seen, &ended}, `SELECT seen_at, ended_at FROM sessions WHERE id = $1`, id.SessionID); {
	case errors.Is(err, ErrNotFound):
		return nil
	case err != nil:
		return fmt.Errorf("session of %s: %w", id.Login, err)
	case ended.Valid:
		return fmt.Errorf("session of %s was ended: %w", id.Login, ErrDenied)
	case db.Now().Sub(Milli(seen)) < sessionSeen:
		return nil
	}
	err := db.InPlainTx(ctx, func(tx *Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE sessions SET seen_at = $1 WHERE id = $2 AND seen_at < $1`, tx.Now().UnixMilli(), id.SessionID)
		return err
	})
	if err != nil { // a full disk must not throw people out
		g.log.WarnContext(ctx, "session can't be written down as seen", "login", id.Login, "err", err)
	}
	return nil
}

// Left writes down that a session is over; the door calls it once the connection has gone. It may be called twice.
func (g *Gate) Left(ctx context.Context, id Identity) {
	if id.SessionID == "" {
		return
	}
	err := g.accounts.db.InPlainTx(ctx, func(tx *Tx) error {
		now := tx.Now().UnixMilli()
		_, err := tx.ExecContext(ctx, `UPDATE sessions SET seen_at = $1, ended_at = $1 WHERE id = $2 AND ended_at IS NULL`, now, id.SessionID)
		return err
	})
	if err != nil { // it counts as over once it was not seen for a while
		g.log.WarnContext(ctx, "end of session can't be written down", "login", id.Login, "err", err)
	}
}

// tidySessions forgets sessions that were last seen long ago.
func (g *Gate) tidySessions(ctx context.Context) error {
	return g.accounts.db.InPlainTx(ctx, func(tx *Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM sessions WHERE seen_at < $1`, tx.Now().Add(-sessionKept).UnixMilli())
		return err
	})
}

// Sessions lists and ends log-ins.
type Sessions struct{ db *DB }

// NewSessions gives the sessions of a database.
func NewSessions(db *DB) *Sessions { return &Sessions{db} }

// Mine lists the sessions of the own account of the last 90 days, the newest first.
func (s *Sessions) Mine(ctx context.Context, by Actor) ([]Session, error) {
	return s.of(ctx, by, by.Name)
}

// Of lists the sessions of an account. Everybody may for the own account, the ICT officer for all.
func (s *Sessions) Of(ctx context.Context, by Actor, login string) ([]Session, error) {
	return s.of(ctx, by, SortKey(login))
}

func (s *Sessions) of(ctx context.Context, by Actor, login string) (all []Session, err error) {
	err = s.db.View(ctx, func(q Query) error {
		account, err := s.account(ctx, q, by, login)
		if err != nil {
			return err
		}
		all, err = List(ctx, q, scanSession(q.Now()), sessionColumns+` WHERE s.account_id = $1 ORDER BY s.started_at DESC, s.id DESC LIMIT $2`,
			account, sessionsShown)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("sessions of %s: %w", Clean(login, 40), err)
	}
	return all, nil
}

const sessionColumns = `SELECT s.id, a.login, s.method, s.origin, s.started_at, s.seen_at, s.ended_at
	FROM sessions s JOIN accounts a ON a.id = s.account_id`

// scanSession reads sessions as they stand at a moment: one that was not seen for a while is over.
func scanSession(now time.Time) func(func(...any) error) (Session, error) {
	return func(scan func(...any) error) (s Session, err error) {
		var started, seen int64
		var ended sql.NullInt64
		err = scan(&s.ID, &s.Login, &s.Method, &s.From, &started, &seen, &ended)
		s.StartedAt, s.SeenAt = Milli(started), Milli(seen)
		switch {
		case ended.Valid:
			s.EndedAt = Milli(ended.Int64)
		case now.Sub(s.SeenAt) > sessionLost:
			s.EndedAt = s.SeenAt
		}
		return s, err
	}
}

// account finds an account whose sessions the actor may see and end: the own, and for the ICT officer all.
func (s *Sessions) account(ctx context.Context, q Query, by Actor, login string) (id string, err error) {
	if err := One(ctx, q, []any{&id}, `SELECT id FROM accounts WHERE login = $1`, login); err != nil {
		if !by.Operator && errors.Is(err, ErrNotFound) {
			err = errors.Join(Require(ctx, q, by, RoleICT), err)
		}
		return "", err
	}
	if id == by.AccountID {
		return id, requireOwn(ctx, q, by)
	}
	return id, Require(ctx, q, by, RoleICT)
}

// End ends a session: at its next sign of life, within a minute, its screen closes. Everybody may for the own
// account, the ICT officer for all. It audits the act; a session that is over already stays as it is. It returns
// ErrNotFound, also for others' sessions.
func (s *Sessions) End(ctx context.Context, by Actor, id string) error {
	return s.db.InTx(ctx, func(tx *Tx) error {
		found, err := List(ctx, tx, scanSession(tx.Now()), sessionColumns+` WHERE s.id = $1`, id)
		if err == nil && len(found) == 0 {
			err = ErrNotFound
		}
		if err == nil {
			_, err = s.account(ctx, tx, by, found[0].Login)
		}
		if errors.Is(err, ErrDenied) && !errors.Is(err, ErrMustChange) && !errors.Is(err, ErrMustEnrol) {
			err = ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("end session: %w", err)
		}
		_, err = s.end(ctx, tx, by, found[0].Login, ` AND id = $3`, id)
		return err
	})
}

// EndAll ends the open sessions of an account, but for the one with the ID keep (empty: all), and says how many.
func (s *Sessions) EndAll(ctx context.Context, by Actor, login, keep string) (ended int64, err error) {
	login = SortKey(login)
	err = s.db.InTx(ctx, func(tx *Tx) error {
		if _, err := s.account(ctx, tx, by, login); err != nil {
			return fmt.Errorf("end sessions of %s: %w", Clean(login, 40), err)
		}
		ended, err = s.end(ctx, tx, by, login, ` AND id <> $3`, keep)
		return err
	})
	return ended, err
}

// end ends those open sessions of an account that which picks, and audits it when there were any.
func (s *Sessions) end(ctx context.Context, tx *Tx, by Actor, login, which, arg string) (ended int64, err error) {
	res, err := tx.ExecContext(ctx, `UPDATE sessions SET ended_at = $1 WHERE ended_at IS NULL
		AND account_id = (SELECT id FROM accounts WHERE login = $2)`+which, tx.Now().UnixMilli(), login, arg)
	if err == nil {
		ended, err = res.RowsAffected()
	}
	if err != nil || ended == 0 {
		return 0, err
	}
	return ended, tx.Audit(ctx, by, "session.end", login, "sessions", fmt.Sprint(ended))
}
