package papers

import (
	"bytes"
	"strings"
	"testing"

	"digibrug/data/datatest"
	"digibrug/tui/screentest"
)

// beside is the page of a PC at the counter.
func beside() Access {
	return Access{Place: "Zandwerve", At: datatest.Noon, Host: "digibrug.zandwerve.example", Port: "2222", Windows: true, Least: 12, Help: "ICT-dienst, 051 12 34 56",
		Screens: "SHA256:4V3nq1N0JmKpTJ0yWyyyyyyyyyyyyyyyyyyyyyyyyyy", Files: "SHA256:9aQ1N0JmKpTJ0yWyyyyyyyyyyyyyyyyyyyyyyyyyyyy"}
}

func access(t testing.TB, a Access) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := WriteAccess(&out, a); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAccess(t *testing.T) {
	own := beside()
	own.Windows, own.Login, own.Files, own.Help, own.Place = false, "an.peeters", "", "", ""
	for name, a := range map[string]Access{"windows": beside(), "own": own} {
		t.Run(name, func(t *testing.T) {
			file := access(t, a)
			pages := pagesOf(t, file)
			if len(pages) != 1 {
				t.Errorf("%d pages, want one", len(pages))
			}
			if !bytes.Equal(file, access(t, a)) {
				t.Error("the same page gives other bytes")
			}
			screentest.Text(t, strings.Join(pages, "\f\n"))
		})
	}
}

// TestAccessFitsOnOnePage: nothing runs off the page, also with the longest and the strangest of everything.
func TestAccessFitsOnOnePage(t *testing.T) {
	long := beside()
	long.Place, long.Help = strings.Repeat("Sint-Pieters-Kapelle ", 6), strings.Repeat("ICT-dienst 051 12 34 56 ", 9)
	long.Host, long.Port, long.Least = strings.Repeat("digibrug.", 20)+"example", "65535", 64
	long.Screens, long.Files = strings.Repeat("SHA256", 30), strings.Repeat("x", 500)
	all := []Access{beside(), long}
	for _, text := range hostile() {
		all = append(all, Access{Place: text, At: datatest.Noon, Host: text, Port: text, Login: text, Help: text, Screens: text, Files: text})
	}
	for _, a := range all {
		file := access(t, a)
		if n := len(pagesOf(t, file)); n != 1 {
			t.Errorf("%.40q: %d pages", a.Place, n)
		}
		for n, at := range placesOf(t, file) {
			if at[0] < 30 || at[0] > 595-30 || at[1] < 30 || at[1] > 842-30 {
				t.Errorf("%.40q: text %d stands at %.0f, %.0f points", a.Place, n, at[0], at[1])
			}
		}
	}
}
