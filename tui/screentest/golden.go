package screentest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func init() {
	if flag.Lookup("update") == nil {
		flag.Bool("update", false, "write golden files instead of comparing with them")
	}
}

func updating() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}

// Golden compares the page with testdata/<test name>.golden, and checks that it fits its window.
func Golden(t testing.TB, s *Screen) {
	t.Helper()
	s.Fits()
	Text(t, s.Text())
}

// Text compares any text with testdata/<test name>.golden.
func Text(t testing.TB, got string) {
	t.Helper()
	name := filepath.Join("testdata", filepath.FromSlash(t.Name())+".golden")
	if updating() {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatalf("%v; go test -update writes it. The page is:\n%s", err, got)
	}
	if string(want) != got {
		t.Errorf("%s differs (- wanted, + got):\n%s", name, difference(string(want), got))
	}
}

// difference shows both texts line by line where they differ.
func difference(want, got string) string {
	var out strings.Builder
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(a), len(b)) {
		switch {
		case i >= len(a):
			fmt.Fprintf(&out, "+ %s\n", b[i])
		case i >= len(b):
			fmt.Fprintf(&out, "- %s\n", a[i])
		case a[i] == b[i]:
			fmt.Fprintf(&out, "  %s\n", a[i])
		default:
			fmt.Fprintf(&out, "- %s\n+ %s\n", a[i], b[i])
		}
	}
	return out.String()
}
