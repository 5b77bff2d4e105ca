package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestNoWritePermission runs the real binary as a user who may read the data directory and not write it. Root may
// write everything, so that root becomes nobody first.
func TestNoWritePermission(t *testing.T) {
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	outside, err := os.MkdirTemp("", "digibrug-readonly-") // t.TempDir lies below a folder that nobody may enter
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(outside, "data")
	t.Cleanup(func() {
		_ = os.Chmod(dir, 0o700) // so that it can be removed
		_ = os.RemoveAll(outside)
	})
	if out, err := exec.Command(path, "init", "--data", dir, "--place", "Zandwerve").CombinedOutput(); err != nil {
		t.Fatalf("init: %v: %s", err, out)
	}
	as := &syscall.SysProcAttr{}
	if os.Geteuid() == 0 {
		const nobody = 65534
		as.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
		for _, open := range []string{filepath.Dir(path), outside, dir} {
			if err := os.Chmod(open, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if err := os.Chown(file, nobody, nobody); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := os.Chmod(filepath.Join(dir, "digibrug.db"), 0o400); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"user", "list"}, {"serve", "--listen", "127.0.0.1:0"}} {
		cmd := exec.Command(path, append(args, "--data", dir)...)
		cmd.SysProcAttr = as
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		err := cmd.Run()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != exitFailed {
			t.Errorf("%v without permission to write: %v, want exit %d", args, err, exitFailed)
		}
		line := strings.TrimSpace(stderr.String())
		if !strings.HasPrefix(line, "digibrug: ") || strings.Contains(line, "\n") || !strings.Contains(line, "mag hier niet lezen of schrijven") {
			t.Errorf("%v says:\n%s\nwant one line about the permission", args, line)
		}
	}
}
