package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// Tx is one transaction. Its clock stands still, so that all that one act writes has one moment.
type Tx struct {
	db      *DB
	tx      *sql.Tx
	at      time.Time
	audited bool
}

// Now is the moment of the transaction, UTC, whole milliseconds.
func (tx *Tx) Now() time.Time { return tx.at }

// Today is the day in Brussels of the transaction, YYYY-MM-DD.
func (tx *Tx) Today() string { return DayOf(tx.at) }

// ExecContext runs a statement.
func (tx *Tx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	return tx.tx.ExecContext(ctx, query, args...)
}

// QueryContext reads rows.
func (tx *Tx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return tx.tx.QueryContext(ctx, query, args...)
}

// QueryRowContext reads one row.
func (tx *Tx) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return tx.tx.QueryRowContext(ctx, query, args...)
}

const (
	// maxTries bounds how often a transaction runs before the engine's refusal is told to the caller.
	maxTries = 12
	// sharedTries is how many of them run beside other writers. What others undid as often as that runs alone: a long act
	// that reads what many short ones write would lose from them each time.
	sharedTries = 3
)

// writing is the lock on the audit table with which a transaction on PostgreSQL begins. LOCK TABLE sees nothing yet: what the
// transaction sees is fixed when it has the lock. Readers, pg_dump among them, wait for none of the three.
type writing string

const (
	plain   writing = `LOCK TABLE audit_head IN ROW SHARE MODE`           // beside all but alone
	chained writing = `LOCK TABLE audit_head IN SHARE ROW EXCLUSIVE MODE` // beside plain
	alone   writing = `LOCK TABLE audit_head IN EXCLUSIVE MODE`
)

// InTx runs act in one transaction that may write audit rows, and commits when act returns nil.
// act may run more than once (both engines can ask for it): it touches only the database and variables
// that it sets anew. What must follow the commit comes after InTx.
//
// On PostgreSQL such transactions queue on the audit table from their first statement: the chain makes
// them serial anyway, and waiting is cheaper than being undone and run again.
func (db *DB) InTx(ctx context.Context, act func(*Tx) error) error {
	return db.inTx(ctx, true, act)
}

// InPlainTx is InTx for writes without an audit row, such as a person's own answers: they don't wait
// for each other. Tx.Audit is an error inside it.
func (db *DB) InPlainTx(ctx context.Context, act func(*Tx) error) error {
	return db.inTx(ctx, false, act)
}

func (db *DB) inTx(ctx context.Context, audited bool, act func(*Tx) error) error {
	how := plain
	if audited {
		how = chained
	}
	for try := 1; ; try++ {
		if try > sharedTries {
			how = alone
		}
		err := db.once(ctx, audited, how, act)
		if err == nil {
			return nil
		}
		if !mayRetry(err) || try == maxTries || ctx.Err() != nil {
			return named(err)
		}
		db.log.Debug("transaction runs again", "try", try, "err", err)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(rand.N(time.Duration(try) * 4 * time.Millisecond)):
		}
	}
}

func (db *DB) once(ctx context.Context, audited bool, how writing, act func(*Tx) error) (err error) {
	opts := &sql.TxOptions{}
	if db.Engine == PostgreSQL {
		opts.Isolation = sql.LevelSerializable
	}
	inner, err := db.write.BeginTx(ctx, opts)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	done := false
	defer func() {
		if !done { // also when act panics: the one writer connection must come free
			if rerr := inner.Rollback(); rerr != nil && !errors.Is(rerr, sql.ErrTxDone) {
				err = errors.Join(err, rerr)
			}
		}
	}()
	if db.Engine == PostgreSQL {
		if _, err = inner.ExecContext(ctx, string(how)); err != nil {
			return err
		}
	}
	if err = act(&Tx{db: db, tx: inner, at: db.Now(), audited: audited}); err != nil {
		return err
	}
	done = true
	if err = inner.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// View runs look with one unchanging view of the database, for what must be read in several queries and
// still fit together. Nothing can be written in it.
func (db *DB) View(ctx context.Context, look func(Query) error) error {
	inner, err := db.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: db.viewLevel()})
	if err != nil {
		return named(fmt.Errorf("begin: %w", err))
	}
	defer func() { _ = inner.Rollback() }() // nothing was written: ending it can't lose anything
	return named(look(&Tx{db: db, tx: inner, at: db.Now()}))
}

func (db *DB) viewLevel() sql.IsolationLevel {
	if db.Engine == PostgreSQL {
		return sql.LevelRepeatableRead
	}
	return sql.LevelDefault // a SQLite reader sees one snapshot for as long as its transaction lasts
}

// One reads the single row that query gives into dest. It returns ErrNotFound when there is none.
func One(ctx context.Context, q Query, dest []any, query string, args ...any) error {
	err := q.QueryRowContext(ctx, query, args...).Scan(dest...)
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNotFound
	}
	return named(err)
}

// List reads all rows that query gives, each through scan. It never returns a part of the rows: an
// error in the middle is an error of the whole.
func List[T any](ctx context.Context, q Query, scan func(func(...any) error) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, named(err)
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows.Scan)
		if err != nil {
			return nil, named(err)
		}
		all = append(all, one)
	}
	return all, named(rows.Err())
}
