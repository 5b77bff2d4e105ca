package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// startsGoroutines tells whether a file has a go statement, or a call such as group.Go(func() { … }).
func startsGoroutines(t *testing.T, name string, src any) bool {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = true
		case *ast.CallExpr:
			if s, is := n.Fun.(*ast.SelectorExpr); is && s.Sel.Name == "Go" && len(n.Args) == 1 {
				_, found = n.Args[0].(*ast.FuncLit)
			}
		}
		return !found
	})
	return found
}

func TestStartsGoroutines(t *testing.T) {
	for body, want := range map[string]bool{"go f()": true, "var g group; g.Go(func() {})": true, "cursor.Go(3)": false, "f()": false, `print("go f()")`: false} {
		if got := startsGoroutines(t, "x.go", "package x\nfunc y() { "+body+" }"); got != want {
			t.Errorf("%s: %v, want %v", body, got, want)
		}
	}
}

// TestRaced holds what make check leaves out of its run with the race detector: packages in which neither code nor tests
// start a goroutine, such as rooms, whose tests run the screen and its commands one at a time. Every other one must be among
// those that it names.
func TestRaced(t *testing.T) {
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^RACED +:= (.*)$`).FindSubmatch(makefile)
	if line == nil {
		t.Fatal("the Makefile has no RACED")
	}
	raced := strings.Fields(string(line[1]))
	helpers := []string{"./tui/screentest", "./data/datatest", "./data/datatest/withpostgres"} // of tests, and raced by those
	err = filepath.WalkDir("../..", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") {
			return err
		}
		dir := "./" + strings.TrimPrefix(filepath.ToSlash(filepath.Dir(name)), "../../")
		if !slices.Contains(helpers, dir) && !slices.Contains(raced, dir) && startsGoroutines(t, name, nil) {
			t.Errorf("%s has goroutines, and %s is not in the Makefile's RACED", name, dir)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
