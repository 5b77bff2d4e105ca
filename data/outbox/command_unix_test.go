//go:build unix

package outbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// printer is a program that a test wrote.
func printer(t *testing.T, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "druk af")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	return "'" + path + "'"
}

// What we split is what a shell splits, for lines in which it sees nothing but words.
func TestSplitAsShell(t *testing.T) {
	for _, line := range []string{`a b  c`, `'a b' "c d"`, `a\ b`, `"a\"b"`, `"a\\b"`, `"a\zb"`, `'a\b'`, `a'b'"c"d`, `''`, `'' ""`, `a "" b`, `\a\b`, `'"'"'"`, `\\`, `"a'b"`, "a\tb\\\tc"} {
		out, err := exec.Command("sh", "-c", `printf '%s\0' `+line).Output()
		if err != nil {
			t.Fatalf("sh on %s: %v", line, err)
		}
		want := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
		if got, err := splitWords(line); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s splits into %q, %v; a shell makes %q", line, got, err, want)
		}
	}
}

// The command gets each value as one word, reads the paper in the file, and finds nothing of the server around it.
func TestCommand(t *testing.T) {
	out := filepath.Join(t.TempDir(), "uit")
	t.Setenv("DIGIBRUG_SECRET", "geheim")
	pr := printer(t, `{ for w in "$@"; do printf '%s\n' "$w"; done; cat "$5"; echo; env; pwd; ls -A; stat -c %a "$5" 2>/dev/null; } > '`+out+`'`)
	p := pdf(Print, "$(touch x) `id` '; rm -rf \"*\" & {file}.pdf")
	p.Target = "balie"
	err := CommandSender{Template: pr + " -d {printer} -t {name} {file} ';' '$(id)'"}.Send(t.Context(), p, []byte("%PDF inhoud"))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	name := CleanName(p.Name)
	if !slices.Equal(lines[:4], []string{"-d", "balie", "-t", name}) || filepath.Base(lines[4]) != name || !filepath.IsAbs(lines[4]) ||
		!slices.Equal(lines[5:8], []string{";", "$(id)", "%PDF inhoud"}) {
		t.Errorf("the printer got\n%s", text)
	}
	if strings.Contains(string(text), "geheim") || !strings.Contains(string(text), "\n"+name+"\n") || !strings.Contains(string(text), "\n600\n") {
		t.Errorf("around the printer:\n%s", text)
	}
	if _, err := os.Stat(filepath.Dir(lines[4])); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the paper is left behind: %v", err)
	}
}

func TestCommandFails(t *testing.T) {
	for what, c := range map[string]struct {
		script string
		want   []string
	}{
		"says why":       {"echo 'bezig met afdrukken'; echo 'lade 2: geen papier' >&2; exit 3", []string{"exit status 3", "bezig met afdrukken lade 2: geen papier"}},
		"says nothing":   {"exit 1", []string{"exit status 1"}},
		"kills itself":   {"kill -9 $$", []string{"killed"}},
		"says odd bytes": {`printf 'fout\033[2J\0\377!' ; exit 1`, []string{"fout[2J?!"}},
	} {
		err := CommandSender{Template: printer(t, c.script) + " {file}"}.Send(t.Context(), pdf(Print, "a.pdf"), []byte("x"))
		for _, want := range c.want {
			if err == nil || !strings.Contains(err.Error(), want) || strings.ContainsAny(err.Error(), "\x1b\n\x00") {
				t.Errorf("a printer that %s: %q, want %q", what, err, want)
			}
		}
	}
}

// A command that talks without end is heard out, and not kept.
func TestCommandTalks(t *testing.T) {
	err := CommandSender{Template: printer(t, "i=0; while [ $i -lt 20000 ]; do echo 'een lange regel die maar doorgaat'; i=$((i+1)); done; exit 1") + " {file}"}.Send(t.Context(), pdf(Print, "a.pdf"), []byte("x"))
	if err == nil || !strings.Contains(err.Error(), "exit status 1") || len(err.Error()) > faultLimit+200 {
		t.Errorf("got %d characters: %.200v", len(fmt.Sprint(err)), err)
	}
}

// A command that hangs is ended when its time is up, and everything that it started.
func TestCommandHangs(t *testing.T) {
	pids := filepath.Join(t.TempDir(), "pids")
	pr := printer(t, "sleep 300 & echo $$ $! > '"+pids+"'; wait")
	for what, run := range map[string]func() error{
		"its own time": func() error {
			return CommandSender{Template: pr + " {file}", Timeout: 500 * time.Millisecond}.Send(t.Context(), pdf(Print, "a.pdf"), []byte("x"))
		},
		"that of the round": func() error {
			ctx, stop := context.WithTimeout(t.Context(), 500*time.Millisecond)
			defer stop()
			return CommandSender{Template: pr + " {file}"}.Send(ctx, pdf(Print, "a.pdf"), []byte("x"))
		},
	} {
		err := run()
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "took too long") {
			t.Errorf("%s: %v", what, err)
		}
		text, err := os.ReadFile(pids)
		if err != nil {
			t.Fatal(err)
		}
		for _, pid := range strings.Fields(string(text)) {
			var n int
			if _, err := fmt.Sscan(pid, &n); err != nil {
				t.Fatal(err)
			}
			gone := false
			for range 200 { // whoever inherits it may take a moment to bury it
				if gone = syscall.Kill(n, 0) != nil || zombie(n); gone {
					break
				}
				time.Sleep(10 * time.Millisecond)
			}
			if !gone {
				t.Errorf("%s: process %d goes on", what, n)
			}
		}
	}
}

// zombie tells whether a process is dead and only not buried, where the system tells.
func zombie(pid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, state, _ := strings.Cut(string(text), ") ")
	return strings.HasPrefix(state, "Z")
}
