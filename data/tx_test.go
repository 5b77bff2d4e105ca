package data_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"
)

var operator = data.Operator("test")

func TestRepeatedPlaceholders(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		var a, b, c string
		if err := data.One(t.Context(), db, []any{&a, &b, &c},
			`SELECT CAST($2 AS TEXT), CAST($1 AS TEXT), CAST($2 AS TEXT)`, "one", "two"); err != nil {
			t.Fatal(err)
		}
		if got := a + b + c; got != "twoonetwo" {
			t.Errorf("got %q, want twoonetwo: $N must mean the N-th argument wherever it stands", got)
		}
	})
}

func TestTransactionAllOrNothing(t *testing.T) {
	boom := errors.New("boom")
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		err := db.InTx(t.Context(), func(tx *data.Tx) error {
			if err := tx.Audit(t.Context(), operator, "test.half", "x"); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) {
			t.Fatalf("got %v, want the error of the act", err)
		}
		if rows, err := db.VerifyAudit(t.Context()); rows != 0 || err != nil {
			t.Errorf("after an undone act: %d audit rows, %v; want none", rows, err)
		}
	})
}

func TestPanicInActFreesTheWriter(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		func() {
			defer func() { _ = recover() }()
			_ = db.InTx(t.Context(), func(*data.Tx) error { panic("in the act") })
		}()
		if err := db.InTx(t.Context(), func(tx *data.Tx) error {
			return tx.Audit(t.Context(), operator, "test.after", "x")
		}); err != nil {
			t.Fatalf("the next write after a panic: %v", err)
		}
	})
}

func TestAuditChainManyWritersAtOnce(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		const writers, each = 20, 10
		var all sync.WaitGroup
		errs := make([]error, writers)
		for i := range writers {
			all.Go(func() {
				for j := range each {
					if err := db.InTx(t.Context(), func(tx *data.Tx) error {
						return tx.Audit(t.Context(), operator, "test.write", fmt.Sprint(i, j), "n", fmt.Sprint(j))
					}); err != nil {
						errs[i] = err
					}
				}
			})
		}
		all.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		if rows, err := db.VerifyAudit(t.Context()); rows != writers*each || err != nil {
			t.Errorf("chain: %d rows, %v; want %d", rows, err, writers*each)
		}
	})
}

// TestLongActAtOnceWithShortOnes has writers who never stop read what a long act writes, and write what it reads. In a hall full
// of candidates who answer, a supervisor who takes an item out is such an act: it must come through, however busy they are.
func TestLongActAtOnceWithShortOnes(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		ctx := t.Context()
		tamperWith(t, db, `CREATE TABLE items (n INTEGER PRIMARY KEY, out INTEGER NOT NULL);CREATE TABLE answers (n INTEGER PRIMARY KEY, a INTEGER NOT NULL);
			INSERT INTO items VALUES (1, 0);INSERT INTO answers VALUES (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0)`)
		var all sync.WaitGroup
		over := make(chan struct{})
		errs := make([]error, 7)
		for n := 1; n < len(errs); n++ {
			all.Go(func() {
				for errs[n] == nil {
					select {
					case <-over:
						return
					default:
						errs[n] = db.InPlainTx(ctx, func(tx *data.Tx) error {
							var out int
							if err := data.One(ctx, tx, []any{&out}, `SELECT out FROM items WHERE n = 1`); err != nil {
								return err
							}
							_, err := tx.ExecContext(ctx, `UPDATE answers SET a = a + 1 WHERE n = $1`, n)
							return err
						})
					}
				}
			})
		}
		for range 5 {
			if err := db.InTx(ctx, func(tx *data.Tx) error {
				var given int
				if err := data.One(ctx, tx, []any{&given}, `SELECT sum(a) FROM answers`); err != nil {
					return err
				}
				time.Sleep(20 * time.Millisecond)
				if _, err := tx.ExecContext(ctx, `UPDATE items SET out = out + 1 WHERE n = 1`); err != nil {
					return err
				}
				return tx.Audit(ctx, operator, "test.out", "1")
			}); err != nil {
				errs[0] = errors.Join(errs[0], err)
			}
		}
		close(over)
		all.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		var out int
		if err := data.One(ctx, db, []any{&out}, `SELECT out FROM items WHERE n = 1`); err != nil || out != 5 {
			t.Errorf("%d of 5 long acts are there, %v", out, err)
		}
	})
}

// TestAuditChainShowsTampering changes the log behind the program's back, as somebody with the database
// file could, and wants each change seen at its row.
func TestAuditChainShowsTampering(t *testing.T) {
	for name, tamper := range map[string]string{
		"a changed actor":    `UPDATE audit SET actor = 'somebody' WHERE seq = 2`,
		"a changed detail":   `UPDATE audit SET detail = '{"n":"9"}' WHERE seq = 2`,
		"a changed moment":   `UPDATE audit SET at = at + 1 WHERE seq = 2`,
		"a removed row":      `DELETE FROM audit WHERE seq = 2`,
		"a cut-off tail":     `DELETE FROM audit WHERE seq = 3`,
		"an inserted row":    `INSERT INTO audit SELECT 4, at, actor, origin, action, object, detail, prev, hash FROM audit WHERE seq = 3`,
		"an emptied log":     `DELETE FROM audit`,
		"swapped neighbours": `UPDATE audit SET seq = seq + 10 WHERE seq IN (2, 3);UPDATE audit SET seq = 15 - seq WHERE seq > 10`,
	} {
		t.Run(name, func(t *testing.T) {
			datatest.Each(t, func(t *testing.T, db *data.DB) {
				for i := range 3 {
					if err := db.InTx(t.Context(), func(tx *data.Tx) error {
						return tx.Audit(t.Context(), operator, "test.write", "x", "n", fmt.Sprint(i))
					}); err != nil {
						t.Fatal(err)
					}
				}
				tamperWith(t, db, tamper)
				if _, err := db.VerifyAudit(t.Context()); !errors.Is(err, data.ErrChain) {
					t.Errorf("after %s: %v; want ErrChain", name, err)
				}
			})
		})
	}
}

func tamperWith(t *testing.T, db *data.DB, statement string) {
	t.Helper()
	for _, s := range strings.Split(statement, ";") {
		if err := db.InPlainTx(t.Context(), func(tx *data.Tx) error {
			_, err := tx.ExecContext(t.Context(), s)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestViewCannotWrite(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		err := db.View(t.Context(), func(q data.Query) error {
			_, err := q.(*data.Tx).ExecContext(t.Context(), `UPDATE audit_head SET seq = 7`)
			return err
		})
		if err == nil {
			t.Error("a view wrote")
		}
	})
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	datatest.EachURL(t, func(t *testing.T, url string) {
		db := datatest.Open(t, url)
		if err := db.InPlainTx(t.Context(), func(tx *data.Tx) error {
			_, err := tx.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, TRUE)`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := data.Open(context.Background(), url); !errors.Is(err, data.ErrNewer) {
			t.Errorf("open a database of a newer version: %v; want ErrNewer", err)
		}
	})
}

func TestOpenRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		url  string
		want error
	}{
		"a folder":               {"sqlite:" + t.TempDir(), nil},
		"a file that is no base": {"sqlite:" + textFile(t), data.ErrCorrupt},
		"another kind of url":    {"mysql://x", nil},
		"nothing":                {"", nil},
	} {
		t.Run(name, func(t *testing.T) {
			db, err := data.Open(t.Context(), test.url)
			if err == nil {
				_ = db.Close()
				t.Fatal("opened")
			}
			if test.want != nil && !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
	}
}

func TestAsIsChangesNothing(t *testing.T) {
	datatest.EachURL(t, func(t *testing.T, url string) {
		db := datatest.Open(t, url)
		again, err := data.Open(t.Context(), url, data.AsIs())
		if err != nil {
			t.Fatalf("a database at this program's version: %v", err)
		}
		_ = again.Close()
		if err := db.InPlainTx(t.Context(), func(tx *data.Tx) error {
			_, err := tx.ExecContext(t.Context(), `DELETE FROM goose_db_version WHERE version_id > 1`)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := data.Open(t.Context(), url, data.AsIs()); !errors.Is(err, data.ErrOlder) {
			t.Errorf("an older database: %v; want ErrOlder", err)
		}
	})
}

func TestCheckFindsADamagedPage(t *testing.T) {
	url := datatest.SQLite(t)
	db := datatest.Open(t, url)
	for i := range 200 {
		if err := db.InTx(t.Context(), func(tx *data.Tx) error {
			return tx.Audit(t.Context(), operator, "test.fill", fmt.Sprint(i), "text", strings.Repeat("vol ", 100))
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Check(t.Context()); err != nil {
		t.Fatalf("a whole database: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	path := strings.TrimPrefix(url, "sqlite:")
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	copy(file[len(file)-8*4096:], strings.Repeat("\x7f", 4*4096))
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	hurt, err := data.Open(t.Context(), url)
	if err == nil {
		defer hurt.Close()
		err = hurt.Check(t.Context())
	}
	if !errors.Is(err, data.ErrCorrupt) {
		t.Errorf("four overwritten pages: %v; want ErrCorrupt", err)
	}
}

// TestNamesInTheSameOrderOnBothEngines lists names that locales order each their own way.
func TestNamesInTheSameOrderOnBothEngines(t *testing.T) {
	datatest.Each(t, func(t *testing.T, db *data.DB) {
		people := data.NewPeople(db)
		org := must(people.AddOrganisation(t.Context(), operator, data.Gemeente, "Gemeente Zandwerve"))(t)
		for _, name := range []string{"De Smet", "Desmet", "de-smet", "Dé Smet B", "D'Hondt", "Dhondt", "Zoë", "Zoe 2", "a_b", "a b"} {
			must(people.AddService(t.Context(), operator, data.Service{OrganisationID: org.ID, Name: name}))(t)
		}
		var got []string
		for _, s := range must(people.Services(t.Context()))(t) {
			got = append(got, s.Name)
		}
		want := "[a b a_b D'Hondt De Smet Dé Smet B de-smet Desmet Dhondt Zoë Zoe 2]"
		if fmt.Sprint(got) != want {
			t.Errorf("order %v\nwant  %s", got, want)
		}
	})
}
