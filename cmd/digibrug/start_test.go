package main

import (
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/start"
	"digibrug/tui/screentest"
	"digibrug/tui/words"

	gossh "golang.org/x/crypto/ssh"
)

// TestRolesInTheWorkbook: the workbook calls roles what the screens call them.
func TestRolesInTheWorkbook(t *testing.T) {
	for _, r := range data.Roles() {
		if got, want := start.RoleText(r), words.RoleName(words.NL, r); got != want {
			t.Errorf("%s is %q in the workbook, and %q on the screens", r, got, want)
		}
	}
}

// TestPasteThroughTheDoor pastes people copied from a spreadsheet into the real program over SSH, and they work there.
func TestPasteThroughTheDoor(t *testing.T) {
	p := startDemo(t, t.TempDir(), datatest.NewSQLite(t))
	ict := ""
	for _, a := range p.Account {
		if a.Role == "ict" {
			ict = a.User
		}
	}
	v := screentest.Dial(t, p.Screens, ict, gossh.Password(p.password(ict)))
	v.WaitFor("Dag ")
	v.Press(":")
	v.Type("lijsten inlezen")
	v.WaitFor("Lijsten inlezen")
	v.Press("enter")
	v.WaitFor("rijen plakken")
	v.Press("down", "enter")
	v.WaitFor("Kopieer de rijen van Diensten")
	v.Paste(strings.Join([]string{"organisatie\tdienst\thoofd", "gemeente\tProefdienst\t", "OCMW\tTweede proefdienst\t"}, "\r\n") + "\r\n")
	v.WaitFor("3 rijen geplakt")
	v.Press("enter")
	v.WaitFor("Diensten: 2 nieuw, 0 veranderd, 0 gelijk")
	v.Press("enter")
	v.WaitFor("Er veranderen 2 rijen")
	v.Press("right", "enter")
	v.WaitFor("Er zijn 2 rijen verwerkt")
	v.Press(":")
	v.Type("diensten")
	v.WaitFor("Diensten")
	v.Press("enter")
	v.WaitFor("Proefdienst")
}
