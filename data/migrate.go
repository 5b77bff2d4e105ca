package data

import (
	"context"
	"embed"
	"fmt"
	"hash/fnv"
	"io/fs"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the schema up to this program's version. Each file is one transaction on either engine;
// on PostgreSQL an advisory lock keeps two processes that start together apart.
func (db *DB) migrate(ctx context.Context) error {
	provider, err := db.migrator(ctx)
	if err != nil {
		return err
	}
	current, newest, err := provider.GetVersions(ctx)
	if err != nil {
		return err
	}
	if current > newest {
		return fmt.Errorf("%w: schema %d, this program knows %d", ErrNewer, current, newest)
	}
	if db.asIs {
		if current < newest {
			return fmt.Errorf("%w: schema %d, this program wants %d", ErrOlder, current, newest)
		}
		return nil
	}
	if _, err = provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

func (db *DB) migrator(ctx context.Context) (*goose.Provider, error) {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, err
	}
	if db.Engine == SQLite {
		return goose.NewProvider(goose.DialectSQLite3, db.write, files)
	}
	// One lock per schema: municipalities that share a cluster don't wait for each other.
	var schema string
	if err := db.write.QueryRowContext(ctx, `SELECT current_schema()`).Scan(&schema); err != nil {
		return nil, err
	}
	sum := fnv.New32a()
	_, _ = sum.Write([]byte("digibrug " + schema)) // a hash never fails
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockID(int64(sum.Sum32())), lock.WithLockTimeout(1, 300))
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(goose.DialectPostgres, db.write, files, goose.WithSessionLocker(locker))
}

// SchemaVersion is the number of the newest migration that the database has.
func (db *DB) SchemaVersion(ctx context.Context) (int64, error) {
	provider, err := db.migrator(ctx)
	if err != nil {
		return 0, err
	}
	return provider.GetDBVersion(ctx)
}

// Check asks the engine whether the database is whole: SQLite reads every page and index; PostgreSQL watches
// over its own pages, so there it only looks whether they can be read. It returns ErrCorrupt with the first
// finding.
func (db *DB) Check(ctx context.Context) error {
	if db.Engine == PostgreSQL {
		var n int
		return db.named(One(ctx, db, []any{&n}, `SELECT count(*) FROM audit`))
	}
	found, err := List(ctx, db, func(scan func(...any) error) (line string, err error) { return line, scan(&line) }, `PRAGMA quick_check(5)`)
	if err != nil {
		return db.named(err)
	}
	if len(found) != 1 || found[0] != "ok" {
		return fmt.Errorf("%w: %s", ErrCorrupt, Clean(fmt.Sprint(found), 300))
	}
	return nil
}
