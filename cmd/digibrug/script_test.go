package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/data/datatest"

	"github.com/rogpeppe/go-internal/testscript"
)

// crew runs the tests with a PostgreSQL at hand, and removes the binary that they may have built.
type crew struct{ m *testing.M }

func (c crew) Run() int {
	defer func() {
		if dir := binaryDir.Load(); dir != nil {
			_ = os.RemoveAll(*dir) // it lies in the folder for temporary files
		}
	}()
	return datatest.Main(c.m)
}

func TestMain(m *testing.M) {
	testscript.Main(crew{m}, map[string]func(){
		"digibrug": func() {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			os.Exit(run(ctx, os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestScripts reads like what an ICT officer types. Beside testscript's own commands there are
//
//	exits CODE COMMAND…   runs a command that must end with this code
//	oneline stderr        what was written there last is one line
//	freeport NAME         puts 127.0.0.1:PORT, free a moment ago, into a variable
//	await ADDR            waits until something listens there
//	day NAME N            puts the day N days from now, YYYY-MM-DD, into a variable
//	grab NAME REGEXP      puts what the first group matches in the last stdout into a variable
//	place FILE KIND NAME  adds a location of the gemeente or the OCMW to an SQLite database
//	newer FILE            makes an SQLite database look as a newer version left it
//	late FILE N           makes all that is out due N days earlier in an SQLite database, with its reminders
//	sql FILE STATEMENT    runs a statement in an SQLite database behind the program's back
//	tamper FILE           changes a row of the audit log behind the program's back
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "oneline": oneLine, "freeport": freePort, "await": await, "day": day, "grab": grab, "place": addPlace, "newer": newer, "late": late, "sql": sqlIn, "tamper": tamper,
		},
		Condition: func(cond string) (bool, error) {
			if cond == "mounts" { // may this user mount a small disk of his own?
				return exec.Command("unshare", "-rm", "true").Run() == nil, nil
			}
			return false, errors.New("unknown condition " + cond)
		},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%s: %v", args[1], err)
	}
	if code != want {
		ts.Fatalf("%s exits %d, want %d", strings.Join(args[1:], " "), code, want)
	}
}

func oneLine(ts *testscript.TestScript, neg bool, args []string) {
	text := ts.ReadFile(args[0])
	if lines := strings.Count(text, "\n"); lines != 1 || !strings.HasSuffix(text, "\n") {
		ts.Fatalf("%s has %d lines, want one: %q", args[0], lines, text)
	}
}

func freePort(ts *testscript.TestScript, neg bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv(args[0], l.Addr().String())
	ts.Check(l.Close())
}

func await(ts *testscript.TestScript, neg bool, args []string) {
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if conn, err := net.DialTimeout("tcp", args[0], time.Second); err == nil {
			ts.Check(conn.Close())
			return
		}
	}
	ts.Fatalf("nothing listens on %s", args[0])
}

func day(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Setenv(args[0], data.DayOf(time.Now().AddDate(0, 0, n)))
}

func grab(ts *testscript.TestScript, neg bool, args []string) {
	found := regexp.MustCompile(args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if len(found) < 2 {
		ts.Fatalf("%s is not in the last stdout", args[1])
	}
	ts.Setenv(args[0], found[1])
}

func newer(ts *testscript.TestScript, neg bool, args []string) {
	change(ts, args[0], `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`)
}

func late(ts *testscript.TestScript, neg bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	change(ts, args[0], fmt.Sprintf(`UPDATE loans SET due_on = date(due_on, '-%[1]d days'), lent_on = date(lent_on, '-%[1]d days') WHERE ended = '';
		UPDATE loan_contracts SET begun_on = date(begun_on, '-%[1]d days') WHERE closed_at IS NULL;
		UPDATE loan_notices SET plan_on = date(plan_on, '-%[1]d days')`, n))
}

func tamper(ts *testscript.TestScript, neg bool, args []string) {
	change(ts, args[0], `UPDATE audit SET object = 'iemand anders' WHERE seq = 2`)
}

func sqlIn(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sql FILE STATEMENT")
	}
	change(ts, args[0], args[1])
}

func change(ts *testscript.TestScript, file, statement string) {
	db, err := sql.Open("sqlite", filepath.ToSlash(ts.MkAbs(file)))
	ts.Check(err)
	_, err = db.Exec(statement)
	ts.Check(err)
	ts.Check(db.Close())
}
