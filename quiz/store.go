package quiz

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"digibrug/data"
)

// Errors that callers tell apart.
var (
	// ErrNotOpen says that the campaign can't be taken today: not opened yet, closed, or outside its days.
	ErrNotOpen = errors.New("campaign not open")
	// ErrNotInvited says that the person does not belong to an invited service.
	ErrNotInvited = errors.New("not invited")
	// ErrEnded says that the attempt has ended and takes no more answers.
	ErrEnded = errors.New("attempt ended")
	// ErrTimeUp says that the time limit has passed. It also Is ErrEnded.
	ErrTimeUp = fmt.Errorf("time is up: %w", ErrEnded)
	// ErrBlank says that entry items without an answer would be judged.
	ErrBlank = errors.New("entry items without an answer")
	// ErrState says that a campaign can't go from its present state to the asked one.
	ErrState = errors.New("campaign state does not allow it")
)

// Store keeps campaigns and attempts.
type Store struct {
	db   *data.DB
	lib  *Library
	cuts Cuts
	seed func() int64
}

// NewStore gives the campaigns and attempts of a database; new attempts draw their items from the banks, which come with the
// program, and from local ones of the database.
func NewStore(db *data.DB, banks []Bank) *Store {
	return &Store{db: db, lib: NewLibrary(db, banks), cuts: DefaultCuts(), seed: newSeed}
}

// Library gives the banks that attempts draw from.
func (s *Store) Library() *Library { return s.lib }

// Seeded is the store with attempts that draw by the seeds that next gives, for tests that compare screens and
// for a demo that is the same every time. Seeds of real attempts can't be foreseen.
func (s *Store) Seeded(next func() int64) *Store {
	seeded := *s
	seeded.seed = next
	return &seeded
}

// Banks lists the banks of which attempts can draw something.
func (s *Store) Banks(ctx context.Context) ([]Bank, error) { return s.lib.offered(ctx) }

// DomainTitle is the title of a domain's bank, or its code when no bank has it.
func (s *Store) DomainTitle(domain string) string { return s.lib.DomainTitle(domain) }

// ShippedBanks reads all banks of a language out of files laid out as data.Banks is: those for staff, then those for
// citizens.
func ShippedBanks(files fs.FS, language string) ([]Bank, error) {
	names, err := fs.Glob(files, path.Join("banks", language, "*.yaml"))
	if err != nil {
		return nil, err
	}
	citizens, err := fs.Glob(files, "banks/burger/*.yaml")
	if err != nil {
		return nil, err
	}
	var banks []Bank
	for _, name := range append(names, citizens...) {
		src, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		bank, err := ParseBank(name, src)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if bank.Language == language {
			banks = append(banks, bank)
		}
	}
	return banks, nil
}

// fromJSON reads a stored JSON column.
func fromJSON[T any](text, what string) (v T, err error) {
	if err = json.Unmarshal([]byte(text), &v); err != nil {
		return v, fmt.Errorf("stored %s: %w", what, err)
	}
	return v, nil
}

// toJSON writes a value for a JSON column. The values are ours and have no cycles or channels.
func toJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("value of type %T has no JSON form: %v", v, err))
	}
	return string(text)
}
