package start_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/datatest"
	"digibrug/data/start"
)

// TestNationalNumbers puts a national number into each column of each sheet, in all ways of writing it, and into the
// names of file, tab and column: it is refused, and stands nowhere afterwards.
func TestNationalNumbers(t *testing.T) {
	db := datatest.Open(t, datatest.SQLite(t))
	town(t, db)
	for _, number := range []string{"85.07.30-033.28", "85073003328", "85 07 30 033 28", "850730-033.28", "85.47.30-033.17"} {
		if !data.HasNationalNumber(number) {
			t.Fatalf("%s is no national number", number)
		}
		for _, sheet := range start.Sheets() {
			for i, field := range sheet.Fields() {
				heads, values := []string{}, []string{}
				for n, f := range sheet.Fields() {
					value := ""
					if len(f.Example) > 0 {
						value = strings.TrimPrefix(f.Example[0], "voorbeeld: ")
					}
					if n == i {
						value = number
					}
					heads, values = append(heads, f.Head), append(values, `"`+value+`"`)
				}
				refused(t, db, number, sheet.Name()+" "+field.Head, sheet.Name(), strings.Join(heads, ";")+"\n"+strings.Join(values, ";")+"\n", true)
			}
		}
		refused(t, db, number, "a head", "Personeel", "voornaam;familienaam;dienst;"+number+"\nAn;Peeters;ICT;x\n", false)
		refused(t, db, number, "a tab", number, "a;b\n1;2\n", true)
		refused(t, db, number, "a line without heads", "Personeel", number+";An\n", true)
	}
}

// refused plans and applies a file, and looks for the number everywhere. problems tells whether there must be some.
func refused(t *testing.T, db *data.DB, number, where, tab, rows string, problems bool) {
	t.Helper()
	b := file(t, tab, rows)
	b.Name = number + ".csv"
	p := plan(t, db, b, start.Ask{})
	if problems && len(p.Problems) == 0 {
		t.Errorf("%s takes in %s", where, number)
	}
	if _, err := store(db).Apply(t.Context(), datatest.Operator, b, start.Ask{}, nil); problems && !errors.Is(err, start.ErrProblems) {
		t.Errorf("%s: %v", where, err)
	}
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	for what, said := range map[string]string{"the plan": string(text) + fmt.Sprint(p), "the database": dump(t, db)} {
		if strings.Contains(said, number) {
			t.Errorf("%s: %s repeats %s", where, what, number)
		}
	}
}

// dump is the texts of the tables that an import writes.
func dump(t *testing.T, db *data.DB) string {
	t.Helper()
	var out strings.Builder
	for _, query := range []string{`SELECT name FROM organisations`, `SELECT name FROM services`, `SELECT given || family || coalesce(number, '') FROM persons`,
		`SELECT job || employer FROM employments`, `SELECT login FROM accounts`, `SELECT name FROM locations`, `SELECT name FROM rooms`,
		`SELECT name FROM location_seasons`, `SELECT file FROM start_imports`, `SELECT columns FROM start_mappings`, `SELECT object || detail FROM audit`} {
		texts, err := data.List(t.Context(), db, func(scan func(...any) error) (s string, err error) { return s, scan(&s) }, query)
		if err != nil {
			t.Fatal(err)
		}
		out.WriteString(strings.Join(texts, "\n"))
	}
	return out.String()
}
