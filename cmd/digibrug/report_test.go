package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"digibrug/data"
)

func TestReplaceFile(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "lijst.csv"), filepath.Join(dir, "link.csv")
	look := func(want string, mode fs.FileMode) {
		t.Helper()
		text, err := os.ReadFile(file)
		if err != nil || string(text) != want {
			t.Errorf("the file holds %q, %v, want %q", text, err, want)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != mode {
			t.Errorf("the file's mode is %v, %v, want %v", info.Mode(), err, mode)
		}
	}
	if err := replaceFile(file, []byte("een")); err != nil {
		t.Fatal(err)
	}
	look("een", 0o600)
	if err := os.Chmod(file, 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("lijst.csv", link); err != nil {
		t.Fatal(err)
	}
	if err := replaceFile(link, []byte("twee")); err != nil {
		t.Fatal(err)
	}
	look("twee", 0o640)
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link became %v, %v", info.Mode(), err)
	}
	if err := replaceFile(dir, []byte("drie")); err == nil {
		t.Error("a directory was replaced")
	}
	for _, dir := range []string{dir, filepath.Dir(dir)} {
		if left, _ := filepath.Glob(filepath.Join(dir, ".digibrug-*")); len(left) > 0 {
			t.Errorf("%q was left", left)
		}
	}
}

// TestNoPDFOnAScreen runs the command with a terminal as its output.
func TestNoPDFOnAScreen(t *testing.T) {
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("no terminal to try with:", err)
	}
	t.Cleanup(func() { _ = screen.Close() })
	for _, format := range []string{"pdf", "xlsx"} {
		var stderr bytes.Buffer
		code := run(t.Context(), []string{"report", "accounts", "--format", format, "--data", t.TempDir()}, nil, nil, screen, &stderr)
		if code != exitMisuse || !strings.Contains(stderr.String(), "Een "+format+" is niet op een scherm te lezen") {
			t.Errorf("%s on a screen: exit %d, %s", format, code, stderr.String())
		}
	}
	var stderr bytes.Buffer
	if code := run(t.Context(), []string{"report", "accounts", "--format", "pdf", "--out", "x", "--data", t.TempDir()}, nil, nil, screen, &stderr); code != exitFailed {
		t.Errorf("a pdf into a file is misuse: exit %d, %s", code, stderr.String())
	}
}

// TestShelf makes sure that every paper says who may have it, and that its command can be typed.
func TestShelf(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range new(house).shelf().All() {
		if len(p.Roles) == 0 || p.Name == "" || p.Name == "list" || seen[p.Name] || data.Clean(p.Name, 0) != p.Name {
			t.Errorf("paper %q for %v", p.Name, p.Roles)
		}
		seen[p.Name] = true
	}
}
