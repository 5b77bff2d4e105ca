package data

import (
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// What can be wrong with the database itself. Each wraps the driver's error.
var (
	// ErrFull says that the disk under the database is full. Nothing was written.
	ErrFull = errors.New("disk full")
	// ErrDisk says that the disk itself failed: nothing that it holds can be trusted until it is looked at.
	ErrDisk = errors.New("disk error")
	// ErrReadOnly says that the database can't be written: permissions, or a read-only disk.
	ErrReadOnly = errors.New("database not writable")
	// ErrCorrupt says that the file is damaged or no database of ours.
	ErrCorrupt = errors.New("database damaged")
	// ErrBusy says that others held the database for longer than we wait.
	ErrBusy = errors.New("database busy")
	// ErrNewer says that a newer version of the program has migrated this database.
	ErrNewer = errors.New("database of a newer version")
	// ErrOlder says that the schema is older than this program's, and that it was not to be changed (AsIs).
	ErrOlder = errors.New("database of an older version")
)

// named puts one of the names above, once, around a driver's error that people can do something about.
func named(err error) error {
	var lite *sqlite.Error
	var pg *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case isNamed(err):
		return err
	case errors.As(err, &lite):
		switch lite.Code() & 0xff {
		case lib.SQLITE_FULL:
			return fmt.Errorf("%w: %w", ErrFull, err)
		case lib.SQLITE_IOERR:
			if lite.Code() == lib.SQLITE_IOERR_SHMSIZE { // no room for the index of the write-ahead log
				return fmt.Errorf("%w: %w", ErrFull, err)
			}
			return fmt.Errorf("%w: %w", ErrDisk, err)
		case lib.SQLITE_READONLY, lib.SQLITE_CANTOPEN, lib.SQLITE_PERM:
			return fmt.Errorf("%w: %w", ErrReadOnly, err)
		case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
			return fmt.Errorf("%w: %w", ErrCorrupt, err)
		case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
			return fmt.Errorf("%w: %w", ErrBusy, err)
		}
	case errors.As(err, &pg):
		switch pg.Code {
		case "53100":
			return fmt.Errorf("%w: %w", ErrFull, err)
		case "25006", "42501":
			return fmt.Errorf("%w: %w", ErrReadOnly, err)
		case "40001", "40P01", "55P03", "53200":
			return fmt.Errorf("%w: %w", ErrBusy, err)
		}
	}
	return err
}

func isNamed(err error) bool {
	for _, name := range []error{ErrFull, ErrDisk, ErrReadOnly, ErrCorrupt, ErrBusy, ErrNewer, ErrOlder} {
		if errors.Is(err, name) {
			return true
		}
	}
	return false
}

// mayRetry tells whether the same transaction may succeed when it is run again: SQLite was locked by
// another process, or PostgreSQL undid one of two transactions that could not both be serial, or had no room left to
// note what they read (53200): that comes back when others end.
func mayRetry(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		code := lite.Code() & 0xff
		return code == lib.SQLITE_BUSY || code == lib.SQLITE_LOCKED
	}
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01" || pg.Code == "53200")
}

// IsUnique tells whether a write failed because a unique index already holds such a row.
func IsUnique(err error) bool {
	var lite *sqlite.Error
	if errors.As(err, &lite) {
		return lite.Code() == lib.SQLITE_CONSTRAINT_UNIQUE || lite.Code() == lib.SQLITE_CONSTRAINT_PRIMARYKEY
	}
	var pg *pgconn.PgError
	return errors.As(err, &pg) && pg.Code == "23505"
}
