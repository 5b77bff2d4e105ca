package server

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"digibrug/data"
)

// safely runs do and turns a panic in it into a record in the log; it tells whether do came to its end.
// Every goroutine and timer of this package starts with it: Go has no handler for the whole process, so
// one bare goroutine that panics ends the sessions of everybody.
func safely(log *slog.Logger, do func()) (fine bool) {
	defer func() {
		if r := recover(); r != nil {
			log.Error("panic", "panic", data.Clean(fmt.Sprint(r), 300), "stack", string(debug.Stack()))
		}
	}()
	do()
	return true
}

// after runs do once d has passed, safely, unless the timer is stopped before.
func after(log *slog.Logger, d time.Duration, do func()) *time.Timer {
	return time.AfterFunc(d, func() { safely(log, do) })
}

// newRef makes a short name for a session: people read it out over the telephone, the log has it too.
func newRef() string { return rand.Text()[:8] }

// loudEvery is how often the same kind of refusal is logged: loud enough to be seen, not so often that
// an attacker fills the disk with it.
const loudEvery = 10 * time.Second

// loud logs refusals: the first of a kind at once, then one line per loudEvery that says how many were
// left out since the last.
type loud struct {
	log  *slog.Logger
	mu   sync.Mutex
	last map[string]time.Time
	more map[string]int
}

func newLoud(log *slog.Logger) *loud {
	return &loud{log: log, last: map[string]time.Time{}, more: map[string]int{}}
}

// warn logs what happened. what must be one of a few constants: it is the kind that is counted.
func (l *loud) warn(what string, args ...any) {
	l.mu.Lock()
	now := time.Now()
	if now.Sub(l.last[what]) < loudEvery {
		l.more[what]++
		l.mu.Unlock()
		return
	}
	args = append(args, "left_out", l.more[what])
	l.last[what], l.more[what] = now, 0
	l.mu.Unlock()
	l.log.Warn(what, args...)
}
