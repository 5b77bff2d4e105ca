package exchange_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"digibrug/quiz/exchange"
)

// TestShape: programs that read the document find the same fields in every item, option and fault, with something in them
// or not.
func TestShape(t *testing.T) {
	text, err := json.Marshal(exchange.ParseGIFT([]byte("Wat? {=a ~b}\n\nLees dit.\n\nStuk {")))
	if err != nil {
		t.Fatal(err)
	}
	var file map[string]any
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	first := func(in map[string]any, name string) map[string]any {
		list, _ := in[name].([]any)
		if len(list) == 0 {
			t.Fatalf("no %s in %s", name, text)
		}
		one, _ := list[0].(map[string]any)
		return one
	}
	item := first(file, "items")
	for _, c := range []struct {
		where string
		in    map[string]any
		want  string
	}{
		{"file", file, "format items skipped errors"},
		{"item", item, "id kind title stem options"},
		{"option", first(item, "options"), "text weight feedback"},
		{"skipped", first(file, "skipped"), "line type why"},
		{"error", first(file, "errors"), "line column why"},
	} {
		for _, name := range strings.Fields(c.want) {
			if _, is := c.in[name]; !is {
				t.Errorf("%s has %v, and no %s", c.where, slices.Sorted(maps.Keys(c.in)), name)
			}
		}
	}
}
