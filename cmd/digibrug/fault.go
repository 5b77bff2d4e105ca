package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"syscall"

	"digibrug/data"
	"digibrug/quiz"
	"digibrug/tui"
	"digibrug/tui/words"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// failure is an error that already has its sentence.
type failure struct {
	text  string
	cause error // may be nil
}

func (f *failure) Error() string { return f.text }
func (f *failure) Unwrap() error { return f.cause }

// failed gives an error with its sentence; cause may be nil.
func failed(cause error, text string) error { return &failure{text, cause} }

// misuse is a command line that can't be understood.
type misuse struct{ text, command string }

func (m *misuse) Error() string { return m.text }

func misused(cmd *cobra.Command, text string) error { return &misuse{text, cmd.CommandPath()} }

// flagMisuse turns what pflag says about flags into our sentences.
func flagMisuse(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var missing *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	switch {
	case errors.Is(err, pflag.ErrHelp):
		return err
	case errors.As(err, &unknown):
		return misused(cmd, nl.T(words.CliUnknownFlag, "name", dashed(unknown.GetSpecifiedName())))
	case errors.As(err, &missing):
		return misused(cmd, nl.T(words.CliFlagValue, "name", dashed(missing.GetSpecifiedName())))
	case errors.As(err, &wrong):
		return misused(cmd, nl.T(words.CliFlagWrong, "name", "--"+wrong.GetFlag().Name, "got", wrong.GetValue()))
	}
	return misused(cmd, err.Error())
}

func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// needs checks flags that must be given.
func needs(cmd *cobra.Command, names ...string) error {
	for _, name := range names {
		if !cmd.Flags().Changed(name) {
			return misused(cmd, nl.T(words.CliFlagNeeded, "name", "--"+name))
		}
	}
	return nil
}

func exitCode(err error) int {
	var m *misuse
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &m):
		return exitMisuse
	}
	return exitFailed
}

// tell writes the one line that says why the run failed, and after misuse a hint.
func (c *cli) tell(err error) {
	_, _ = fmt.Fprintf(c.err, "digibrug: %s\n", data.Clean(sentence(err), maxLine)) // nobody left to tell
	var m *misuse
	if errors.As(err, &m) {
		_, _ = fmt.Fprintln(c.err, nl.T(words.CliHint, "command", m.command))
	}
}

// maxLine is the length in characters at which a line on stderr is cut.
const maxLine = 1000

// sentence says in Dutch what err means and what to do.
func sentence(err error) string {
	var f *failure
	var m *misuse
	var problems quiz.Problems
	switch {
	case errors.As(err, &f):
		return f.text
	case errors.As(err, &m):
		return m.text
	case errors.As(err, &problems):
		return problemSentences(problems)
	}
	if text, known := faults().Sentence(words.NL, err); known {
		return text
	}
	return nl.T(words.CliFailed, "cause", err.Error())
}

func problemSentences(problems quiz.Problems) (text string) {
	for i, p := range problems {
		one, _ := words.Sentence(words.NL, p) // an Invalid is always known
		if i > 0 {
			one = " " + one
		}
		text += one
	}
	return text
}

// faults are the errors that have a sentence of their own at the command line, before those of the screens.
func faults() words.Errors {
	cause := func(_ words.Lang, err error) []any { return []any{"cause", err.Error()} }
	path := func(_ words.Lang, err error) []any {
		var p *fs.PathError
		if errors.As(err, &p) {
			return []any{"path", p.Path}
		}
		return []any{"path", "?"}
	}
	return append(words.Errors{
		{Err: data.ErrFull, Key: words.CliFull},
		{Err: syscall.ENOSPC, Key: words.CliFull},
		{Err: data.ErrReadOnly, Key: words.CliReadOnly},
		{Err: data.ErrCorrupt, Key: words.CliCorrupt},
		{Err: data.ErrBusy, Key: words.CliBusy},
		{Err: data.ErrNewer, Key: words.CliNewer},
		{Err: data.ErrChain, Key: words.CliChain, Args: cause},
		{Err: quiz.ErrState, Key: words.CliState},
		{Err: fs.ErrPermission, Key: words.CliPermission, Args: path},
		{Err: fs.ErrNotExist, Key: words.CliNoFile, Args: path},
		{Err: syscall.ENOTDIR, Key: words.CliNoDir, Args: path},
		{Err: syscall.ECONNREFUSED, Key: words.CliUnreachable, Args: address},
	}, tui.Errors()...)
}

func address(_ words.Lang, err error) []any {
	var op *net.OpError
	if errors.As(err, &op) && op.Addr != nil {
		return []any{"addr", op.Addr.String()}
	}
	return []any{"addr", "?"}
}
