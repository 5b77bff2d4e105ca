package datatest

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"testing"
	"time"

	"digibrug/data"
)

// envWorker makes a test's program a worker at the database that it names.
const envWorker = "DIGIBRUG_TEST_WORKER"

// WorkerURL is the database of the worker that this process is; empty in the process of the tests. A package that starts
// workers asks it first thing in TestMain, and calls Work.
func WorkerURL() string { return os.Getenv(envWorker) }

// order is a task with the wall clock's instant at which it must be done, Unix nanoseconds; 0: when it comes.
type order[Task any] struct {
	At   int64
	Task Task
}

// Work does the tasks that its input tells, one a line, until it ends, and writes what came of each. at gives what does
// one at the database, whose clock stands still at Noon. It gives the exit code.
func Work[Task, Outcome any](url string, at func(*data.DB) func(context.Context, Task) Outcome) int {
	if err := work(context.Background(), url, at); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func work[Task, Outcome any](ctx context.Context, url string, at func(*data.DB) func(context.Context, Task) Outcome) (err error) {
	db, err := data.Open(ctx, url, data.WithClock(Still), data.WithLog(slog.New(slog.DiscardHandler)))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	do, in, out := at(db), json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var next order[Task]
		if err := in.Decode(&next); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		for time.Now().UnixNano() < next.At { // all wait for the same instant, without sleeping past it
		}
		if err := out.Encode(do(ctx, next.Task)); err != nil {
			return err
		}
	}
}

// Worker is a process of its own at a test's database: this package's tests, run as WorkerURL tells.
type Worker[Task, Outcome any] struct {
	t    testing.TB
	tell *json.Encoder
	hear *json.Decoder
}

// StartWorker starts a worker, which ends with the test.
func StartWorker[Task, Outcome any](t testing.TB, url string) Worker[Task, Outcome] {
	t.Helper()
	fail := func(err error) {
		if err != nil {
			t.Fatalf("start a worker: %v", err)
		}
	}
	program, err := os.Executable()
	fail(err)
	cmd := exec.CommandContext(t.Context(), program)
	cmd.Env, cmd.Stderr = append(os.Environ(), envWorker+"="+url), os.Stderr
	in, err := cmd.StdinPipe()
	fail(err)
	out, err := cmd.StdoutPipe()
	fail(err)
	fail(cmd.Start())
	t.Cleanup(func() {
		if err := errors.Join(in.Close(), cmd.Wait()); err != nil && t.Context().Err() == nil {
			t.Errorf("a worker's process: %v", err)
		}
	})
	return Worker[Task, Outcome]{t, json.NewEncoder(in), json.NewDecoder(bufio.NewReader(out))}
}

// Tell gives the worker a task for an instant; the zero instant: at once.
func (w Worker[Task, Outcome]) Tell(at time.Time, task Task) {
	w.t.Helper()
	o := order[Task]{Task: task}
	if !at.IsZero() {
		o.At = at.UnixNano()
	}
	if err := w.tell.Encode(o); err != nil {
		w.t.Fatalf("tell a worker: %v", err)
	}
}

// Hear waits for what came of the next task.
func (w Worker[Task, Outcome]) Hear() (o Outcome) {
	w.t.Helper()
	if err := w.hear.Decode(&o); err != nil {
		w.t.Fatalf("hear a worker: %v", err)
	}
	return o
}
