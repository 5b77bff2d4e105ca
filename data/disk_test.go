package data_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
)

// TestFullDisk fills a database to its last page: the write that does not fit is refused by name, all that
// was acknowledged before is there, and writing goes on once there is room.
func TestFullDisk(t *testing.T) {
	url := datatest.SQLite(t)
	db := datatest.Open(t, url)
	if err := data.LimitPages(t.Context(), db, 60); err != nil {
		t.Fatal(err)
	}
	write := func(i int) error {
		return db.InTx(t.Context(), func(tx *data.Tx) error {
			return tx.Audit(t.Context(), operator, "test.fill", fmt.Sprint(i), "text", strings.Repeat("vol ", 120))
		})
	}
	acknowledged, err := 0, error(nil)
	for ; err == nil && acknowledged < 10_000; acknowledged++ {
		err = write(acknowledged)
	}
	acknowledged--
	if !errors.Is(err, data.ErrFull) {
		t.Fatalf("a full disk gives %v, want ErrFull", err)
	}
	if rows, err := db.VerifyAudit(t.Context()); rows != int64(acknowledged) || err != nil {
		t.Errorf("%d rows, %v; want the %d that were acknowledged", rows, err, acknowledged)
	}
	if err := data.LimitPages(t.Context(), db, 600); err != nil {
		t.Fatal(err)
	}
	if err := write(acknowledged); err != nil {
		t.Errorf("after making room: %v", err)
	}
}
