package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floorOf is the height of a top-level directory: imports go down only.
var floorOf = map[string]int{"data": 1, "quiz": 2, "loans": 2, "courses": 2, "tui": 3, "cmd": 4}

// rankOf is the height of a package inside tui. What is not named here is a room.
var rankOf = map[string]int{"words": 1, "theme": 2, "keys": 2, "parts": 3, "coursewords": 3, "shell": 4, "items": 5, "page": 5, "papers": 5, "server": 5, "duties": 6,
	"screentest": 8, "": 9}

const roomRank = 7

// guests are dependencies that may be imported from some places only, by the start of their path.
var guests = map[string][]string{
	"modernc.org/":                  {"data", "cmd"},
	"github.com/jackc/":             {"data", "cmd"},
	"github.com/pressly/goose":      {"data", "cmd"},
	"golang.org/x/crypto/argon2":    {"data", "cmd"},
	"charm.land/":                   {"tui", "cmd"},
	"github.com/gliderlabs/ssh":     {"tui"},
	"github.com/pkg/sftp":           {"tui"},
	"github.com/charmbracelet/":     {"tui", "cmd"},
	"github.com/nicksnyder/go-i18n": {"tui", "cmd"},
	"github.com/spf13/":             {"cmd"},
	"github.com/gofrs/flock":        {"cmd"},
	"codeberg.org/go-pdf/":          {"tui"},
	"github.com/xuri/excelize":      {"tui", "data"},
	"github.com/pquerna/":           {"data"},
	"github.com/wneessen/":          {"data"},
	"github.com/emersion/":          {}, // reads in tests what we wrote
	"rsc.io/":                       {"tui"},
}

// imported is one import: who imports what.
type imported struct {
	file, from, path string // from: directory below the root, with slashes
	test             bool
}

// imports reads the import lists of all Go files of the module.
func imports(t *testing.T) (all []imported) {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "testdata" || name != root && strings.HasPrefix(entry.Name(), ".")):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		for _, i := range file.Imports {
			what, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			all = append(all, imported{rel, path.Dir(rel), what, strings.HasSuffix(name, "_test.go")})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestFloors holds the arrows of DESIGN.md: cmd → tui → quiz | loans | courses → data.
func TestFloors(t *testing.T) {
	all := imports(t)
	if len(all) < 100 {
		t.Fatalf("only %d imports were found: is this the module?", len(all))
	}
	for _, i := range all {
		if wrong := judge(i); wrong != "" {
			t.Errorf("%s imports %s: %s", i.file, i.path, wrong)
		}
	}
}

// judge says what is wrong with an import, "" when nothing is.
func judge(i imported) string {
	wing, _, _ := strings.Cut(i.from, "/")
	for start, may := range guests {
		if strings.HasPrefix(i.path, start) && !slices.Contains(may, wing) && !i.test {
			return fmt.Sprintf("only %s may", strings.Join(may, " and "))
		}
	}
	own, ok := strings.CutPrefix(i.path, "digibrug/")
	if !ok {
		return ""
	}
	other, _, _ := strings.Cut(own, "/")
	from, to := floorOf[wing], floorOf[other]
	switch {
	case from == 0 || to == 0:
		return "unknown floor"
	case !i.test && forTests(own) && own != "tui/screentest" && !forTests(i.from) && !strings.HasPrefix(i.from, own):
		return "only tests may"
	case to > from:
		return "imports go down"
	case to == from && wing != other:
		return "domains don't know each other"
	case wing == "tui" && other == "tui" && !i.test:
		return judgeRoom(i.from, own)
	}
	return ""
}

// forTests tells whether a package only helps tests.
func forTests(dir string) bool {
	return slices.Contains([]string{"datatest", "coursestest", "activitytest", "recruittest", "screentest"}, path.Base(dir))
}

func judgeRoom(from, to string) string {
	here, there := room(from), room(to)
	if here == there {
		return ""
	}
	rank := func(name string) int {
		if r, ok := rankOf[name]; ok {
			return r
		}
		return roomRank
	}
	switch {
	case rank(here) == roomRank && rank(there) == roomRank:
		return "rooms don't know each other"
	case rank(there) >= rank(here):
		return "inside tui imports go down: app → rooms → shell → parts → theme, keys → words"
	}
	return ""
}

// room is the directory right below tui; "" for tui itself.
func room(dir string) string {
	_, rest, _ := strings.Cut(dir, "/")
	name, _, _ := strings.Cut(rest, "/")
	return name
}

// TestJudge makes sure that the rule can say no.
func TestJudge(t *testing.T) {
	for name, c := range map[string]struct {
		from, path string
		test       bool
		ok         bool
	}{
		"down":                    {"tui/home", "digibrug/quiz", false, true},
		"two floors down":         {"cmd/digibrug", "digibrug/data", false, true},
		"up":                      {"quiz", "digibrug/tui/words", false, false},
		"data knows nobody":       {"data", "digibrug/quiz", false, false},
		"other wing":              {"quiz", "digibrug/loans", false, false},
		"own wing":                {"quiz", "digibrug/quiz/measure", false, true},
		"room to room":            {"tui/admin", "digibrug/tui/assessment", false, false},
		"room to shell":           {"tui/admin", "digibrug/tui/shell", false, true},
		"shell to room":           {"tui/shell", "digibrug/tui/admin", false, false},
		"app to room":             {"tui", "digibrug/tui/admin", false, true},
		"room to app":             {"tui/admin", "digibrug/tui", false, false},
		"words to parts":          {"tui/words", "digibrug/tui/parts", false, false},
		"driver in a domain":      {"quiz", "modernc.org/sqlite", false, false},
		"driver in a test":        {"quiz", "modernc.org/sqlite", true, true},
		"screens in a domain":     {"loans", "charm.land/lipgloss/v2", false, false},
		"test helper in the open": {"quiz", "digibrug/data/datatest", false, false},
		"test helper in a test":   {"quiz", "digibrug/data/datatest", true, true},
		"helper of a helper":      {"courses/coursestest", "digibrug/data/datatest", false, true},
		"a domain's test helper":  {"tui/coursedesk", "digibrug/courses/coursestest", false, false},
		"room to shared words":    {"tui/coursedesk", "digibrug/tui/coursewords", false, true},
		"standard library":        {"quiz", "database/sql", false, true},
		"a floor nobody planned":  {"util", "digibrug/data", false, false},
	} {
		if got := judge(imported{"", c.from, c.path, c.test}); (got == "") != c.ok {
			t.Errorf("%s: %s imports %s is judged %q, want fine: %v", name, c.from, c.path, got, c.ok)
		}
	}
}

// TestTopLevel holds the list of directories at the top.
func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && floorOf[e.Name()] == 0 && !strings.HasPrefix(e.Name(), ".") && e.Name() != "bin" {
			t.Errorf("%s at the top is no floor of the house", e.Name())
		}
	}
}
