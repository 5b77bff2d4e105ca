// Package datatest gives tests throw-away databases on both engines. A package that uses it has
//
//	func TestMain(m *testing.M) { os.Exit(datatest.Main(m)) }
//
// and its store tests run inside Each.
package datatest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"digibrug/data"
)

// Noon is where time stands in tests: Monday 23 November 2026, 12:00 in Brussels.
var Noon = time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC)

// Environment variables: the address of a running cluster, and whether PostgreSQL may be skipped.
const (
	EnvPostgres = "DIGIBRUG_TEST_POSTGRES"
	EnvRequired = "DIGIBRUG_TEST_POSTGRES_REQUIRED" // "1": no PostgreSQL is a failure, not a skip
)

// Main runs the tests of a package with a PostgreSQL cluster at hand: the one that EnvPostgres names, or
// one of its own where the server's binaries are installed.
func Main(m *testing.M) int {
	if os.Getenv(EnvPostgres) == "" && !slices.Contains(os.Args, "-test.fuzzworker") {
		if c, err := StartCluster(); err == nil {
			defer c.Stop()
			if err := os.Setenv(EnvPostgres, c.URL); err != nil {
				fmt.Fprintln(os.Stderr, err)
				return 1
			}
		} else {
			fmt.Fprintln(os.Stderr, "no PostgreSQL for tests:", err)
		}
	}
	return m.Run()
}

// Each runs test twice, on SQLite and on PostgreSQL, each time on an empty database at the newest schema
// with time standing at Noon, unless an option says otherwise.
func Each(t *testing.T, test func(t *testing.T, db *data.DB), opts ...data.Option) {
	t.Helper()
	EachURL(t, func(t *testing.T, url string) { test(t, Open(t, url, opts...)) })
}

// EachURL is Each for tests that open the database themselves, more than once or from other processes.
func EachURL(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// EachNew is EachURL where nothing was made yet: the SQLite file isn't there, the PostgreSQL schema is empty. For tests of
// what makes a database.
func EachNew(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, NewSQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// NewSQLite gives the url of a SQLite file that isn't there yet.
func NewSQLite(t testing.TB) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "test.db")
}

// Open opens a database for the length of a test, with time standing at Noon unless an option says otherwise.
func Open(t testing.TB, url string, opts ...data.Option) *data.DB {
	t.Helper()
	quiet := slog.New(slog.DiscardHandler)
	db, err := data.Open(context.Background(), url, append([]data.Option{data.WithClock(Still), data.WithLog(quiet)}, opts...)...)
	if err != nil {
		t.Fatalf("open %s: %v", url, err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close %s: %v", url, err)
		}
	})
	return db
}

// Still is the clock that stands at Noon.
func Still() time.Time { return Noon }

// Hand is a clock that a test moves by hand. It is safe for concurrent use; the zero Hand stands at Noon.
type Hand struct {
	mu sync.Mutex
	by time.Duration
}

// Now is the time on the clock.
func (h *Hand) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return Noon.Add(h.by)
}

// Forward moves the clock; d may be negative.
func (h *Hand) Forward(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.by += d
}

// SQLite gives the url of a new SQLite file, empty at the newest schema, that goes when the test ends.
func SQLite(t testing.TB) string {
	t.Helper()
	empty, err := migrated()
	if err != nil {
		t.Fatalf("an empty database: %v", err)
	}
	name := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(name, empty, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + name
}

// migrated gives the bytes of an empty database at the newest schema, made once for all tests of a package: the race
// detector makes migrating cost a second.
var migrated = sync.OnceValues(func() (file []byte, err error) {
	dir, err := os.MkdirTemp("", "digibrug-empty-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	name := filepath.Join(dir, "empty.db")
	db, err := data.Open(context.Background(), "sqlite:"+name, data.WithClock(Still), data.WithLog(slog.New(slog.DiscardHandler)))
	if err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(name)
})

// Postgres gives the url of a new PostgreSQL schema that goes when the test ends, or skips the test.
func Postgres(t testing.TB) string {
	t.Helper()
	base := os.Getenv(EnvPostgres)
	if base == "" {
		if os.Getenv(EnvRequired) == "1" {
			t.Fatalf("%s=1, but there is no PostgreSQL: install Debian's package postgresql", EnvRequired)
		}
		t.Skip("no PostgreSQL: install the server's binaries or set " + EnvPostgres)
	}
	admin, err := sql.Open("pgx", base)
	if err != nil {
		t.Fatal(err)
	}
	schema := "t" + strings.ReplaceAll(data.NewID(), "-", "")
	if _, err := admin.Exec(`CREATE SCHEMA ` + schema); err != nil {
		t.Fatalf("create schema in %s: %v", EnvPostgres, err)
	}
	t.Cleanup(func() {
		if _, err := admin.Exec(`DROP SCHEMA ` + schema + ` CASCADE`); err != nil {
			t.Errorf("drop schema: %v", err)
		}
		if err := admin.Close(); err != nil {
			t.Error(err)
		}
	})
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}
