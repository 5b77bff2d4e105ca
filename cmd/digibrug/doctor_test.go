package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"digibrug/data"
)

// TestDoctorMissesTheICTOfficer lets the days of the only ICT officer's role run out, which no act forbids.
func TestDoctorMissesTheICTOfficer(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	var out, err bytes.Buffer
	if code := run(t.Context(), []string{"init", "--data", dir, "--place", "Zandwerve"}, nil, strings.NewReader(""), &out, &err); code != exitDone {
		t.Fatalf("init: exit %d: %s", code, err.String())
	}
	db, openErr := data.Open(t.Context(), "sqlite:"+filepath.Join(dir, "digibrug.db"))
	if openErr != nil {
		t.Fatal(openErr)
	}
	if err := db.InPlainTx(t.Context(), func(tx *data.Tx) error {
		_, err := tx.ExecContext(t.Context(), `UPDATE account_roles SET from_on = '2020-01-01', until_on = '2020-12-31' WHERE role = 'ict'`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	out.Reset()
	env := []string{"DIGIBRUG_SCREENS_LISTEN=127.0.0.1:0"}
	if code := run(t.Context(), []string{"doctor", "--data", dir}, env, strings.NewReader(""), &out, &err); code != exitFailed {
		t.Errorf("doctor: exit %d, want %d", code, exitFailed)
	}
	if !strings.Contains(out.String(), "geen ICT-verantwoordelijke kan aanmelden") || !strings.Contains(out.String(), "De databank is gaaf.") {
		t.Errorf("the doctor says:\n%s", out.String())
	}
}
