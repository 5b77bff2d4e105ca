package screentest

import (
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// Ear is somebody who hears a visit line by line. Its methods may be called from several goroutines, but for Hears and
// Number, which end the test.
type Ear struct {
	t testing.TB

	mu    sync.Mutex
	lines []string
}

// hearing is how long an Ear waits for a line: longer than an eye, since an answer goes through a store and is said later.
const hearing = 6 * patience

// NewEar is an ear that has heard nothing yet.
func NewEar(t testing.TB) *Ear { return &Ear{t: t} }

// Hear takes in text of one line or more.
func (e *Ear) Hear(text string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.lines = append(e.lines, strings.Split(text, "\n")...)
}

// Hears waits for a line that has the form of a regular expression, and forgets it and what came before it.
func (e *Ear) Hears(form string) (line string) {
	e.t.Helper()
	wanted := regexp.MustCompile(form)
	for until := time.Now().Add(hearing); time.Now().Before(until); time.Sleep(10 * time.Millisecond) {
		if line, heard := e.until(wanted); heard {
			return line
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.t.Fatalf("never heard %q; heard last:\n%s", form, strings.Join(e.lines, "\n"))
	return ""
}

func (e *Ear) until(wanted *regexp.Regexp) (line string, heard bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i, line := range e.lines {
		if wanted.MatchString(line) {
			e.lines = e.lines[i+1:]
			return line, true
		}
	}
	return "", false
}

// Number waits for a choice, and gives the number that stands before it.
func (e *Ear) Number(form string) string {
	e.t.Helper()
	number, _, is := strings.Cut(e.Hears(form), ".")
	if !is {
		e.t.Fatalf("no number stands before %q", form)
	}
	return number
}
