package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // registers "pgx"
	_ "modernc.org/sqlite"             // registers "sqlite"
)

// Engine names the database that a DB stands on.
type Engine string

// The two engines.
const (
	SQLite     Engine = "sqlite"
	PostgreSQL Engine = "postgres"
)

// DB is the database of one municipality. It is safe for concurrent use.
// SQLite has one connection for writes and a pool for reads, so that a long list never makes a clerk
// wait and two writes never collide; PostgreSQL has one pool for both.
type DB struct {
	Engine Engine
	write  *sql.DB
	read   *sql.DB
	clock  Clock
	log    *slog.Logger
	asIs   bool
}

// Option changes how a database is opened.
type Option func(*DB)

// WithClock replaces the system's clock.
func WithClock(c Clock) Option { return func(db *DB) { db.clock = c } }

// WithLog sets where retries and other quiet trouble are reported; without it they go to slog's default.
func WithLog(l *slog.Logger) Option { return func(db *DB) { db.log = l } }

// AsIs opens a database without bringing its schema up to date: Open returns ErrOlder when it is not. It is
// for commands beside a server that runs, which must not change the ground under it.
func AsIs() Option { return func(db *DB) { db.asIs = true } }

// Open opens the database that url names, "sqlite:PATH" or "postgres://…", and brings its schema up to
// date. It returns ErrNewer when a newer digibrug has written to it, and an *Invalid for another url.
// The caller closes it.
func Open(ctx context.Context, url string, opts ...Option) (*DB, error) {
	db := &DB{clock: SystemClock, log: slog.Default()}
	for _, opt := range opts {
		opt(db)
	}
	err := db.connect(url)
	if err == nil {
		err = db.migrate(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", named(err)), db.Close())
	}
	return db, nil
}

func (db *DB) connect(url string) (err error) {
	path, isFile := strings.CutPrefix(url, "sqlite:")
	switch {
	case isFile && path != "":
		db.Engine = SQLite
		return db.connectSQLite(path)
	case strings.HasPrefix(url, "postgres://"), strings.HasPrefix(url, "postgresql://"):
		db.Engine = PostgreSQL
		if db.write, err = sql.Open("pgx", url); err != nil {
			return err
		}
		db.write.SetMaxOpenConns(4 * runtime.NumCPU())
		db.write.SetMaxIdleConns(2 * runtime.NumCPU())
		db.read = db.write
		return nil
	}
	return &Invalid{Field: "db", Why: WhyNotOneOf, Want: "sqlite:PATH, postgres://…", Got: Clean(redactURL(url), 80)}
}

// connectSQLite opens PATH twice. What the pragmas buy: WAL lets readers go on while one writes; FULL puts a
// commit on disk before it is acknowledged (NORMAL loses the last ones at a power cut); secure_delete
// leaves no residue of erased people in the file; IMMEDIATE takes the write lock at BEGIN, so that a
// transaction never finds out half-way that it can't write.
func (db *DB) connectSQLite(path string) (err error) {
	// The file and its folder belong to the server alone: it holds names and results.
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	if err = file.Close(); err != nil {
		return err
	}
	common := "_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)&_pragma=synchronous(FULL)"
	if db.write, err = sql.Open("sqlite", sqliteName(path,
		common+"&_pragma=journal_mode(WAL)&_pragma=secure_delete(1)&_txlock=immediate")); err != nil {
		return err
	}
	db.write.SetMaxOpenConns(1)
	if db.read, err = sql.Open("sqlite", sqliteName(path, common+"&_pragma=query_only(1)")); err != nil {
		return err
	}
	db.read.SetMaxOpenConns(max(4, 2*runtime.NumCPU()))
	db.read.SetMaxIdleConns(4)
	return nil
}

func sqliteName(path, query string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + query
}

func redactURL(raw string) string {
	if u, err := url.Parse(raw); err == nil {
		return u.Redacted()
	}
	return raw
}

// Close closes the connections. It may be called more than once.
func (db *DB) Close() error {
	var errs []error
	if db.read != nil && db.read != db.write {
		errs = append(errs, db.read.Close())
	}
	if db.write != nil {
		errs = append(errs, db.write.Close())
	}
	return errors.Join(errs...)
}

// Now is the moment by the database's clock, in UTC, cut to milliseconds as it is stored.
func (db *DB) Now() time.Time { return Milli(db.clock().UnixMilli()) }

// Today is the day in Brussels, YYYY-MM-DD.
func (db *DB) Today() string { return DayOf(db.clock()) }

// Query is what a reading function needs: *DB (a fresh view for each query) and *Tx both have it.
type Query interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	Now() time.Time
}

// QueryContext reads rows outside a transaction.
func (db *DB) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	rows, err := db.read.QueryContext(ctx, query, args...)
	return rows, named(err)
}

// QueryRowContext reads one row outside a transaction.
func (db *DB) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return db.read.QueryRowContext(ctx, query, args...)
}
