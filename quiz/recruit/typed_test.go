package recruit_test

import (
	"fmt"
	"strings"
	"testing"

	"digibrug/quiz/recruit"
)

func TestTypedNames(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"nothing":               {"", ""},
		"empty lines":           {"\n \n\t\n;;\n", ""},
		"two lines":             {"Ann Peeters\nBram Claes\n", "1 Ann|Peeters| 2 Bram|Claes|"},
		"no end of line":        {"Ann Peeters", "1 Ann|Peeters|"},
		"an empty line between": {"Ann Peeters\n\nBram Claes", "1 Ann|Peeters| 3 Bram|Claes|"},
		"of Windows":            {"Ann Peeters\r\nBram Claes\r\n", "1 Ann|Peeters| 2 Bram|Claes|"},
		"a family name of more": {"Ann Van den Berg", "1 Ann|Van den Berg|"},
		"family name first":     {"Van den Berg, Ann Marie", "1 Ann Marie|Van den Berg|"},
		"one word":              {"Peeters", "1 |Peeters|"},
		"an address":            {"Ann Peeters ann@voorbeeld.example", "1 Ann|Peeters|ann@voorbeeld.example"},
		"an address in hooks":   {"Peeters, Ann <ann@voorbeeld.example>", "1 Ann|Peeters|ann@voorbeeld.example"},
		"cells of a sheet":      {"Ann\tVan den Berg\tann@voorbeeld.example", "1 Ann|Van den Berg|ann@voorbeeld.example"},
		"cells with semicolons": {"Ann;Peeters;;ann@voorbeeld.example;", "1 Ann|Peeters|ann@voorbeeld.example"},
		"only an address":       {"ann@voorbeeld.example", "1 ||ann@voorbeeld.example"},
		"two addresses":         {"Ann Peeters a@b.example c@d.example", "1 Ann|Peeters c@d.example|a@b.example"},
		"only a comma":          {",", ""},
	} {
		var got []string
		for _, n := range recruit.TypedNames(c.text) {
			got = append(got, fmt.Sprintf("%d %s|%s|%s", n.Line, n.Given, n.Family, n.Email))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q gives %q, want %q", name, c.text, strings.Join(got, " "), c.want)
		}
	}
}
