package admin_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"digibrug/tui/admin"
)

// TestEveryActHasAName looks for all acts that the floors below write into the audit log, and wants a Dutch name
// for each.
func TestEveryActHasAName(t *testing.T) {
	act := regexp.MustCompile(`"([a-z]+\.[a-z]+)"`)
	found := 0
	for _, dir := range []string{"../../data", "../../quiz"} {
		files, err := filepath.Glob(dir + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(string(text), "\n") {
				if !strings.Contains(line, "Audit(ctx") && !strings.Contains(line, "action, at") {
					continue
				}
				for _, m := range act.FindAllStringSubmatch(line, -1) {
					found++
					if !admin.Named(m[1]) {
						t.Errorf("%s writes %s, which has no name", name, m[1])
					}
				}
			}
		}
	}
	if found < 15 {
		t.Errorf("only %d acts were found: the test has lost its way", found)
	}
}
