package screentest

import (
	"log/slog"
	"reflect"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/tui/shell"
)

// Noon is the moment at which the clock of test sessions stands: Monday 23 November 2026, 12:00 in
// Brussels.
func Noon() time.Time { return time.Date(2026, 11, 23, 11, 0, 0, 0, time.UTC) }

// Session makes a session for who, or for Ann Peeters, a staff member, in Zonnedorp. Its clock stands at
// Noon; what it logs is the test's output.
func Session(t testing.TB, who ...data.Identity) *shell.Session {
	t.Helper()
	id := data.Identity{
		AccountID: "account-ann", PersonID: "person-ann", Login: "ann", Name: "Ann Peeters",
		Roles: []data.Role{data.RoleStaff}, Method: "password", From: "192.0.2.7", Language: "nl",
	}
	if len(who) > 0 {
		id = who[0]
	}
	return shell.NewSession(t.Context(), id, "Zonnedorp", Noon, slog.New(slog.NewTextHandler(t.Output(), nil)))
}

// sessionIn finds the session that a screen holds in one of its fields, at most depth levels down.
func sessionIn(v reflect.Value, depth int) *shell.Session {
	if !v.IsValid() || depth == 0 {
		return nil
	}
	if v.Type() == reflect.TypeFor[*shell.Session]() {
		return (*shell.Session)(v.UnsafePointer())
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return sessionIn(v.Elem(), depth-1)
	case reflect.Struct:
		for i := range v.NumField() {
			if s := sessionIn(v.Field(i), depth-1); s != nil {
				return s
			}
		}
	}
	return nil
}
