package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"digibrug/data"
	"digibrug/loans"
)

// TestDoctorWarnsOfDecisions lets a decision on the deposit end within the sixty days, and one on the fee just after.
func TestDoctorWarnsOfDecisions(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"init", "--data", dir, "--place", "Zandwerve", "--admin", "jan.maes"}, nil, strings.NewReader(""), &out, &errs); code != exitDone {
		t.Fatalf("init: exit %d: %s", code, errs.String())
	}
	db, err := data.Open(t.Context(), "sqlite:"+filepath.Join(dir, "digibrug.db"))
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	in := func(days int) string { return data.DayOf(now.AddDate(0, 0, days)) }
	v := loans.Version{Regulation: loans.Regulation{From: in(0), Cells: loans.ModelRegulation().Cells}, Name: "Reglement", Decisions: map[loans.Param]loans.Decision{
		loans.DepositCents: {Body: "gemeenteraad", On: in(-100), ValidUntil: in(59)},
		loans.FeeCents:     {Body: "gemeenteraad", On: in(-100), ValidUntil: in(62)},
		loans.FineCents:    {Body: "de raad van toen", On: in(-100), ValidUntil: in(-1)},
	}}
	if _, err := loans.NewStore(db).PutVersion(t.Context(), data.Operator("test"), v); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	out.Reset()
	env := []string{"DIGIBRUG_SCREENS_LISTEN=127.0.0.1:0", "DIGIBRUG_FILES_LISTEN=127.0.0.1:0"}
	run(t.Context(), []string{"doctor", "--data", dir}, env, strings.NewReader(""), &out, &errs)
	for _, want := range []string{"Waarborg: het besluit van gemeenteraad loopt af op " + dayText(in(59)), "Telaatgeld: het besluit van de raad van toen liep af op " + dayText(in(-1))} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the doctor doesn't say %q:\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "Retributie") || strings.Contains(out.String(), "Geen besluit") {
		t.Errorf("the doctor warns too early, or not at all:\n%s", out.String())
	}
}
