package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"digibrug/data"
	"digibrug/quiz"
)

// TestSentences gives every error that the floors below name to the command line: one line, in Dutch, with
// the exit code that scripts rely on.
func TestSentences(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want string
		code int
	}{
		"full disk":         {fmt.Errorf("x: %w", data.ErrFull), "De schijf is vol", exitFailed},
		"full, from a file": {&fs.PathError{Op: "write", Path: "a/b", Err: syscall.ENOSPC}, "De schijf is vol", exitFailed},
		"not writable":      {fmt.Errorf("x: %w", data.ErrReadOnly), "kan niet worden geschreven", exitFailed},
		"no permission":     {&fs.PathError{Op: "open", Path: "a/b", Err: syscall.EACCES}, "U mag hier niet lezen of schrijven: a/b", exitFailed},
		"damaged":           {data.ErrCorrupt, "beschadigd", exitFailed},
		"busy":              {data.ErrBusy, "houdt de database vast", exitFailed},
		"newer":             {data.ErrNewer, "nieuwere digibrug", exitFailed},
		"chain":             {data.ErrChain, "logboek", exitFailed},
		"state":             {quiz.ErrState, "van ontwerp naar open", exitFailed},
		"invalid":           {&data.Invalid{Field: "login", Why: data.WhyTwice, Got: "jan"}, "jan", exitFailed},
		"problems":          {quiz.Problems{{Field: "a", Why: data.WhyEmpty}, {Field: "b", Why: data.WhyEmpty}}, `"b"`, exitFailed},
		"unknown":           {errors.New("gremlins\nin the \x1b[2Jwires"), "Dit lukte niet: gremlins in the [2Jwires", exitFailed},
		"misuse":            {&misuse{"Dat kan niet.", "digibrug"}, "Dat kan niet.", exitMisuse},
		"none":              {nil, "", exitDone},
	} {
		t.Run(name, func(t *testing.T) {
			if got := exitCode(c.err); got != c.code {
				t.Errorf("exit code of %v is %d, want %d", c.err, got, c.code)
			}
			if c.err == nil {
				return
			}
			var out bytes.Buffer
			(&cli{err: &out}).tell(c.err)
			first, hint, _ := strings.Cut(out.String(), "\n")
			if !strings.HasPrefix(first, "digibrug: ") || !strings.Contains(first, c.want) || (hint != "") != (c.code == exitMisuse) {
				t.Errorf("%v is told as %q, want one line with %q", c.err, out.String(), c.want)
			}
		})
	}
}
