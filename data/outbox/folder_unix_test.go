//go:build unix

package outbox

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// Nothing that others put in the folder leads out of it, or holds the sender up.
func TestFolderTraps(t *testing.T) {
	f := newTray(t)
	in := func(name string) string { return filepath.Join(f.dir, name) }
	f.must(os.Symlink(f.outside, in(".digibrug-1.part")))
	f.must(f.send("1", "a.pdf", "", "een"))
	f.must(os.Symlink(f.outside, in("b.pdf")))
	f.must(os.Symlink(in("nergens"), in("b-2.pdf")))
	f.must(f.send("2", "b.pdf", "", "twee"))
	f.must(os.Symlink(filepath.Dir(f.outside), in("uit")))
	if err := f.send("3", "c.pdf", "uit", "drie"); err == nil {
		t.Error("written outside through a link")
	}
	f.must(syscall.Mkfifo(in("d.pdf"), 0o600))
	done := make(chan error, 1)
	go func() { done <- f.send("4", "d.pdf", "", "") }()
	select {
	case err := <-done:
		f.must(err)
	case <-time.After(10 * time.Second):
		t.Fatal("a pipe holds the sender up")
	}
	f.want("a.pdf=een", "b-3.pdf=twee", "d-2.pdf=")
}
