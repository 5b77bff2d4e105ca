package outbox

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// tray is a folder, and what lies outside it.
type tray struct {
	t       *testing.T
	dir     string // the folder
	outside string // a file beside it
	sender  FolderSender
}

func newTray(t *testing.T) *tray {
	t.Helper()
	home := t.TempDir()
	f := &tray{t: t, dir: filepath.Join(home, "lade"), outside: filepath.Join(home, "geheim")}
	f.sender = FolderSender{f.dir}
	f.must(os.Mkdir(f.dir, 0o700))
	f.must(os.WriteFile(f.outside, []byte("van een ander"), 0o600))
	return f
}

func (f *tray) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *tray) send(id, name, target, body string) error {
	p := pdf(Folder, name)
	p.ID, p.Target = id, target
	return f.sender.Send(f.t.Context(), p, []byte(body))
}

// has lists the folder: "name=content", a folder with a slash.
func (f *tray) has() (all []string) {
	f.t.Helper()
	f.must(filepath.WalkDir(f.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || path == f.dir {
			return err
		}
		rel, _ := filepath.Rel(f.dir, path)
		switch {
		case e.IsDir():
			all = append(all, filepath.ToSlash(rel)+"/")
		case e.Type().IsRegular():
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			all = append(all, filepath.ToSlash(rel)+"="+string(text))
		}
		return nil
	}))
	return all
}

func (f *tray) want(want ...string) {
	f.t.Helper()
	if got := f.has(); !slices.Equal(got, want) {
		f.t.Errorf("the folder has %q, want %q", got, want)
	}
	if text, err := os.ReadFile(f.outside); err != nil || string(text) != "van een ander" {
		f.t.Errorf("outside it says %q, %v", text, err)
	}
}

func TestFolder(t *testing.T) {
	f := newTray(t)
	f.must(f.sender.Check())
	f.want()
	f.must(os.Mkdir(filepath.Join(f.dir, "balie"), 0o700))
	f.must(f.send("1", "lijst.pdf", "", "een"))
	f.must(f.send("2", "lijst.pdf", "", "twee"))
	f.must(f.send("2", "lijst.pdf", "", "twee")) // the end of the first try was never heard of
	f.must(f.send("3", "lijst.pdf", "balie", "drie"))
	f.must(f.send("4", "../geheim", "", "vier"))
	f.want("balie/", "balie/lijst.pdf=drie", "geheim=vier", "lijst-2.pdf=twee", "lijst.pdf=een")
	if info, err := os.Stat(filepath.Join(f.dir, "lijst.pdf")); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v %v", info.Mode(), err)
	}
}

// What can't be written leaves nothing behind.
func TestFolderFails(t *testing.T) {
	f := newTray(t)
	f.must(os.Mkdir(filepath.Join(f.dir, ".digibrug-1.part"), 0o700)) // in the way of writing
	f.must(os.WriteFile(filepath.Join(f.dir, ".digibrug-1.part", "x"), nil, 0o600))
	if err := f.send("1", "a.pdf", "", "een"); err == nil {
		t.Error("written through a folder")
	}
	f.must(os.RemoveAll(filepath.Join(f.dir, ".digibrug-1.part")))
	for what, target := range map[string]string{"a folder that is not there": "weg", "a parent": "..", "a path": "a/b", "a file": "bestand"} {
		f.must(os.WriteFile(filepath.Join(f.dir, "bestand"), nil, 0o600))
		if err := f.send("2", "a.pdf", target, "een"); err == nil {
			t.Errorf("written into %s", what)
		}
	}
	f.want("bestand=")
	gone := FolderSender{filepath.Join(f.dir, "nergens")}
	if err := errors.Join(gone.Send(t.Context(), pdf(Folder, "a"), []byte("x"))); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that does not exist: %v", err)
	}
	if err := gone.Check(); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("check of a folder that does not exist: %v", err)
	}
}

// A try that died is taken up again, wherever it died.
func TestFolderAfterDeath(t *testing.T) {
	f := newTray(t)
	part, place := filepath.Join(f.dir, ".digibrug-1.part"), filepath.Join(f.dir, "a.pdf")
	f.must(os.WriteFile(part, []byte("half"), 0o600)) // died while writing
	f.must(f.send("1", "a.pdf", "", "heel"))
	f.want("a.pdf=heel")

	f.must(os.Link(place, part)) // died after the file had its name
	before, err := os.Stat(place)
	f.must(err)
	f.must(f.send("1", "a.pdf", "", "heel"))
	after, err := os.Stat(place)
	f.must(err)
	if !os.SameFile(before, after) || !before.ModTime().Equal(after.ModTime()) {
		t.Error("the file that had its place was written again")
	}
	f.want("a.pdf=heel")
}

// On a disk that knows no links a file gets its place by a rename, and still takes nobody else's.
func TestFolderWithoutLinks(t *testing.T) {
	f := newTray(t)
	root, err := os.OpenRoot(f.dir)
	f.must(err)
	defer root.Close()
	none := func(string, string) error { return &os.LinkError{Op: "link", Err: syscall.EPERM} }
	put := func(id, name, body string) error {
		part := ".digibrug-" + id + ".part"
		f.must(writePart(root, part, []byte(body)))
		return errors.Join(place(root, part, name, []byte(body), none), removeIfThere(root, part))
	}
	f.must(os.WriteFile(filepath.Join(f.dir, "a.pdf"), []byte("van een ander"), 0o600))
	f.must(put("1", "a.pdf", "een"))
	f.must(put("1", "a.pdf", "een"))
	f.must(put("2", "b.pdf", "twee"))
	f.want("a-2.pdf=een", "a.pdf=van een ander", "b.pdf=twee")
	f.must(os.Mkdir(filepath.Join(f.dir, "c.pdf"), 0o700))
	f.must(put("3", "c.pdf", "drie"))
	f.want("a-2.pdf=een", "a.pdf=van een ander", "b.pdf=twee", "c-2.pdf=drie", "c.pdf/")
}

func TestFolderIsFull(t *testing.T) {
	f := newTray(t)
	for n := 1; n <= numbers; n++ {
		f.must(os.WriteFile(filepath.Join(f.dir, numbered("a.pdf", n)), nil, 0o600))
	}
	if err := f.send("1", "a.pdf", "", "een"); !errors.Is(err, fs.ErrExist) {
		t.Errorf("file %d of a name: %v", numbers+1, err)
	}
	if n := len(f.has()); n != numbers {
		t.Errorf("%d files, want %d", n, numbers)
	}
}

// Many that drop at the same time lose none.
func TestFolderAtOnce(t *testing.T) {
	f := newTray(t)
	errs := make(chan error, 16)
	for i := range cap(errs) {
		go func() {
			p := pdf(Folder, "a.pdf")
			p.ID = strings.Repeat("x", i+1)
			errs <- f.sender.Send(context.Background(), p, bytes.Repeat([]byte("x"), i+1))
		}()
	}
	for range cap(errs) {
		f.must(<-errs)
	}
	sizes := map[int]bool{}
	for _, file := range f.has() {
		_, text, _ := strings.Cut(file, "=")
		sizes[len(text)] = true
	}
	if len(sizes) != cap(errs) {
		t.Errorf("%d papers are there, want %d", len(sizes), cap(errs))
	}
}
