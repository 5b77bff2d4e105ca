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

// goroutines gives the functions and methods of a file that start a goroutine: by a go statement, by a call such as
// group.Go(func() { … }), or with AfterFunc.
func goroutines(t *testing.T, name string, src any) (starters []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range file.Decls {
		if f, is := d.(*ast.FuncDecl); is && startsGoroutine(f) {
			starters = append(starters, f.Name.Name)
		}
	}
	return starters
}

func startsGoroutine(f *ast.FuncDecl) (found bool) {
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = true
		case *ast.CallExpr:
			s, is := n.Fun.(*ast.SelectorExpr)
			if is && s.Sel.Name == "Go" && len(n.Args) == 1 {
				_, found = n.Args[0].(*ast.FuncLit)
			} else if is && s.Sel.Name == "AfterFunc" {
				found = true
			}
		}
		return !found
	})
	return found
}

func TestGoroutines(t *testing.T) {
	for body, want := range map[string]bool{"go f()": true, "var g group; g.Go(func() {})": true, "time.AfterFunc(1, f)": true,
		"if x { f(func() { go f() }) }": true, "cursor.Go(3)": false, "f()": false, `print("go f()")`: false} {
		if got := goroutines(t, "x.go", "package x\nfunc y() { "+body+" }\nfunc z() {}"); (len(got) == 1 && got[0] == "y") != want {
			t.Errorf("%s: %q, want one %v", body, got, want)
		}
	}
}

// TestRaced holds what make check leaves out of its runs with the race detector. A package in which a goroutine is started
// is raced whole, or, where only tests start them and their names say so, by those tests; a store starts none.
func TestRaced(t *testing.T) {
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	list := func(name string) []string {
		line := regexp.MustCompile(`(?m)^` + name + ` +:= (.*)$`).FindSubmatch(makefile)
		if line == nil {
			t.Fatalf("the Makefile has no %s", name)
		}
		return strings.Fields(string(line[1]))
	}
	whole, atOnce := list("RACED"), list("AT_ONCE")
	whole = append(whole, "./tui/screentest", "./data/datatest", "./data/datatest/withpostgres") // helpers of tests, raced by those
	err = filepath.WalkDir("../..", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") {
			return err
		}
		dir := "./" + strings.TrimPrefix(filepath.ToSlash(filepath.Dir(name)), "../../")
		if slices.Contains(whole, dir) {
			return nil
		}
		for _, f := range goroutines(t, name, nil) {
			switch {
			case !strings.HasSuffix(name, "_test.go"):
				t.Errorf("%s: %s starts a goroutine, and %s is not in the Makefile's RACED", name, f, dir)
			case !slices.Contains(atOnce, dir):
				t.Errorf("%s: %s starts a goroutine, and %s is neither in the Makefile's RACED nor in its AT_ONCE", name, f, dir)
			case !strings.HasPrefix(f, "Test") || !strings.Contains(f, "AtOnce"):
				t.Errorf("%s: %s starts a goroutine, and its name has no AtOnce", name, f)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
