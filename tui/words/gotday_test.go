package words_test

import (
	"strings"
	"testing"

	"digibrug/data"
	"digibrug/data/calendar"
	"digibrug/tui/words"
)

// TestDayWithTime: a stored day in a sentence is written as people do, also with the time of day that follows it.
func TestDayWithTime(t *testing.T) {
	for got, want := range map[string]string{"2026-03-29 02:15": " 29/03/2026 02:15.", "2026-03-29": " 29/03/2026.", "2026-03-29 xx": " 2026-03-29 xx."} {
		text, known := words.Errors{}.Sentence(words.NL, &data.Invalid{Field: "time", Why: calendar.WhyGap, Got: got})
		if !known || !strings.Contains(text, want) {
			t.Errorf("%s gives %q, want %q in it", got, text, want)
		}
	}
}
