package keys_test

import (
	"slices"
	"testing"

	"digibrug/tui/keys"
)

func TestScanned(t *testing.T) {
	fits := func(s string) bool { return slices.Contains([]string{"10000427", "5412345678908"}, s) }
	for name, c := range map[string]struct {
		text, want string
		garbled    bool
	}{
		"as it came":                                {"10000427", "10000427", false},
		"American scanner, Belgian computer":        {`&àààà'éè`, "10000427", true},
		"the same, all ten digits":                  {`('&é"'(§è!çà!`, "5412345678908", true},
		"Belgian scanner, American computer":        {`!))))$@&`, "10000427", true},
		"no check digit that fits":                  {`&àààà'é§`, `&àààà'é§`, false},
		"letters among it":                          {`&àààà'éèx`, `&àààà'éèx`, false},
		"a name stays a name":                       {"Zoë", "Zoë", false},
		"nothing":                                   {"", "", false},
		"digits and the unshifted row mixed: typed": {`1àààà'éè`, `1àààà'éè`, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got, garbled := keys.Scanned(c.text, fits); got != c.want || garbled != c.garbled {
				t.Errorf("Scanned(%q) = %q, %v, want %q, %v", c.text, got, garbled, c.want, c.garbled)
			}
		})
	}
}
