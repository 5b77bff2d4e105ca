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
	return db.plainOrder(ctx)
}

// plainOrder makes PostgreSQL order sort_key columns by their bytes, as SQLite does: a cluster is usually made
// with the machine's locale, which weighs spaces and signs its own way. The files of the migrations can't
// say it in a way that both engines read.
func (db *DB) plainOrder(ctx context.Context) error {
	if db.Engine != PostgreSQL {
		return nil
	}
	tables, err := List(ctx, db, func(scan func(...any) error) (table string, err error) { return table, scan(&table) },
		`SELECT table_name FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'sort_key'
		 AND coalesce(collation_name, '') <> 'C' ORDER BY table_name`)
	if err != nil {
		return fmt.Errorf("order of names: %w", err)
	}
	for _, table := range tables { // names out of our own migrations
		if _, err := db.write.ExecContext(ctx, `ALTER TABLE `+table+` ALTER COLUMN sort_key TYPE TEXT COLLATE "C"`); err != nil {
			return fmt.Errorf("order of %s: %w", table, err)
		}
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
		return named(One(ctx, db, []any{&n}, `SELECT count(*) FROM audit`))
	}
	found, err := List(ctx, db, func(scan func(...any) error) (line string, err error) { return line, scan(&line) }, `PRAGMA quick_check(5)`)
	if err != nil {
		return named(err)
	}
	if len(found) != 1 || found[0] != "ok" {
		return fmt.Errorf("%w: %s", ErrCorrupt, Clean(fmt.Sprint(found), 300))
	}
	return nil
}
