package outbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"digibrug/data"
)

// CommandSender hands papers to a command, such as a printer's. Template is the command line: words as a shell
// splits them, of which {file} becomes the path of the paper, {printer} its target and {name} its name. There is no
// shell, and a value is always one word by itself. A paper without a target leaves out {printer}, and the option in
// front of it: "lp -d {printer} {file}" becomes "lp FILE", the default printer.
type CommandSender struct {
	Template string
	Timeout  time.Duration // how long the command may take; 0: as long as the outbox gives a sender
}

// The words that stand for something.
const (
	fileWord    = "{file}"
	printerWord = "{printer}"
	nameWord    = "{name}"
)

// WhyCommand says that a command line is none: an open quote, no command, one by a path that is not whole, no {file},
// or a {…} that is part of a word.
const WhyCommand data.Why = "outbox.command"

// ParseCommand splits and checks a command line. It returns an *data.Invalid of field command.
func ParseCommand(template string) ([]string, error) {
	words, err := splitWords(template)
	bad := err != nil || len(words) == 0
	files := 0
	for i, w := range words {
		switch {
		case w == fileWord && i > 0:
			files++
		case (w == printerWord || w == nameWord) && i > 0:
		case strings.Contains(w, fileWord), strings.Contains(w, printerWord), strings.Contains(w, nameWord):
			bad = true
		}
	}
	if bad || files == 0 || !findable(words[0]) {
		return nil, &data.Invalid{Field: "command", Why: WhyCommand, Got: data.Clean(template, 120)}
	}
	return words, nil
}

// Check tells what would keep the command from being run: nil, an *data.Invalid, or that there is no such program.
func (c CommandSender) Check() error {
	words, err := ParseCommand(c.Template)
	if err != nil {
		return err
	}
	_, err = exec.LookPath(words[0])
	return err
}

// findable tells whether a command is a bare name, or a whole path: from where a server was started is chance.
func findable(command string) bool {
	return filepath.IsAbs(command) || command != "" && filepath.Base(command) == command && command != "." && command != ".."
}

var errQuote = errors.New("a quote that is not closed")

// splitWords splits a line as a POSIX shell does, and knows nothing of its other signs: between single quotes all
// is taken as it is; between double quotes a backslash takes the meaning of a quote or backslash behind it; outside
// of both it takes the meaning of anything.
func splitWords(line string) (words []string, err error) {
	var word strings.Builder
	var quote rune // ' or ", 0 outside
	inWord, escaped := false, false
	for _, r := range line {
		switch {
		case escaped:
			if quote == '"' && r != '"' && r != '\\' {
				word.WriteRune('\\')
			}
			word.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'':
			escaped, inWord = true, true
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, inWord = r, true
		case r == ' ' || r == '\t' || r == '\n' || r == '\r':
			if inWord {
				words = append(words, word.String())
				word.Reset()
				inWord = false
			}
		default:
			word.WriteRune(r)
			inWord = true
		}
	}
	if quote != 0 || escaped {
		return nil, errQuote
	}
	if inWord {
		words = append(words, word.String())
	}
	return words, nil
}

// fill puts the values in their places.
func fill(words []string, p Paper, file string) (argv []string) {
	for _, w := range words {
		switch w {
		case fileWord:
			argv = append(argv, file)
		case nameWord:
			argv = append(argv, p.Name)
		case printerWord:
			if p.Target != "" {
				argv = append(argv, p.Target)
			} else if last := len(argv) - 1; last > 0 && strings.HasPrefix(argv[last], "-") {
				argv = argv[:last]
			}
		default:
			argv = append(argv, w)
		}
	}
	return argv
}

// Send writes the paper to a file of its own, runs the command, and removes the file.
func (c CommandSender) Send(ctx context.Context, p Paper, body []byte) error {
	words, err := ParseCommand(c.Template)
	if err != nil {
		return err
	}
	if p.Target != "" && !GoodTarget(p.Target) {
		return fmt.Errorf("%q can't be a printer", p.Target)
	}
	dir, err := os.MkdirTemp("", "digibrug-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) // trouble with that is no reason to print again
	p.Name = CleanName(p.Name)
	file := filepath.Join(dir, p.Name)
	if err := os.WriteFile(file, body, 0o600); err != nil {
		return err
	}
	return c.run(ctx, dir, fill(words, p, file))
}

// lingers is how long a command that was stopped has to let go of its output.
const lingers = 5 * time.Second

func (c CommandSender) run(ctx context.Context, home string, argv []string) error {
	if c.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.Timeout)
		defer cancel()
	}
	var said head
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Dir, cmd.Env = home, []string{"PATH=" + path, "LANG=C.UTF-8", "HOME=" + home}
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &said, &said, lingers
	alone(cmd)
	err := cmd.Run()
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return fmt.Errorf("%s took too long: %w", argv[0], ctx.Err())
	}
	if text := data.Clean(string(said.text), faultLimit); text != "" {
		return fmt.Errorf("%s: %w: %s", argv[0], err, text)
	}
	return fmt.Errorf("%s: %w", argv[0], err)
}

// path is where a command finds other commands. What the server's own environment says stays with the server.
const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// head keeps the beginning of what is written and takes the rest, so that a command that talks never waits.
type head struct{ text []byte }

func (h *head) Write(b []byte) (int, error) {
	room := max(0, 4*faultLimit-len(h.text))
	h.text = append(h.text, b[:min(room, len(b))]...)
	return len(b), nil
}
