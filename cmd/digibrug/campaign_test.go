package main

import (
	"slices"
	"testing"
)

func TestShortest(t *testing.T) {
	for name, c := range map[string]struct{ ids, want []string }{
		"one":              {[]string{"01a209a8-867d"}, []string{"01a209a8"}},
		"told apart early": {[]string{"01a209a8-867d", "02a209a8-867d"}, []string{"01a209a8", "02a209a8"}},
		"same minute":      {[]string{"01a209a8-867d", "01a209a8-7f20"}, []string{"01a209a8-8", "01a209a8-7"}},
		"short ids":        {[]string{"a", "ab"}, []string{"a", "ab"}},
		"none":             {nil, []string{}},
	} {
		if got := shortest(c.ids); !slices.Equal(got, c.want) {
			t.Errorf("%s: shortest of %v is %v, want %v", name, c.ids, got, c.want)
		}
	}
}

func TestIsoDay(t *testing.T) {
	for in, want := range map[string]string{
		"23/11/2026": "2026-11-23", "3-1-2026": "2026-01-03", "2026-11-23": "2026-11-23", "": "", "31/02/2026": "31/02/2026", "morgen": "morgen",
	} {
		if got := isoDay(in); got != want {
			t.Errorf("isoDay(%q) = %q, want %q", in, got, want)
		}
	}
}
